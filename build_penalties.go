package contract

import "slices"

// penaltyRules are the rules of one version of the chapter.
type penaltyRules struct {
	late      *lateRule // nil where the document has no such clause
	credits   map[string]*creditRule
	breaches  map[string]*breachRule
	liability *liabilityRule
}

// penalties compiles the chapter of a version.
func (b *builder) penalties(i int) *penaltyRules {
	t := &b.c.terms[i]
	p := &penaltyRules{credits: make(map[string]*creditRule), breaches: make(map[string]*breachRule)}
	rounding := t.rounding()
	if c := t.doc.LatePayment; c != nil {
		p.late = &lateRule{clause: *c, signed: t.doc.Signed, periods: t.counting.periods, rounding: rounding, source: t.source("/latePayment", c.Clause)}
		if ref := c.Reference; ref != nil {
			p.late.series = b.c.ref.Series[ref.Series]
			p.late.times, _ = times(ref.Times)
		}
	}
	for name, c := range t.doc.ServiceCredits {
		r := &creditRule{name: name, clause: c, rounding: rounding, source: t.source("/serviceCredits/"+escape(name), c.Clause)}
		for i := range c.Bands {
			r.places = append(r.places, i)
		}
		slices.SortStableFunc(r.places, func(i, j int) int { return comparePercent(c.Bands[i].From, c.Bands[j].From) })
		for _, i := range r.places {
			r.bands = append(r.bands, c.Bands[i].row())
		}
		p.credits[name] = r
	}
	for name, c := range t.doc.Breach {
		p.breaches[name] = &breachRule{name: name, clause: c, rounding: rounding, source: t.source("/breach/"+escape(name), c.Clause)}
	}
	if c := t.doc.Liability; c != nil {
		p.liability = &liabilityRule{clause: *c, currency: t.doc.Currency, rounding: rounding, source: t.source("/liability", c.Clause)}
		p.liability.times, _ = times(c.Cap.Times)
	}
	return p
}

// row is a band as the calculator takes it.
func (b Band) row() bandRow {
	r := bandRow{gives: percentFigure(b.Credit)}
	if b.From != nil {
		f := percentFigure(*b.From)
		r.from = &f
	}
	if b.Below != nil {
		f := percentFigure(*b.Below)
		r.below = &f
	}
	return r
}
