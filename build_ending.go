package contract

// ending compiles the chapter of the term and its ending of a version.
func (b *builder) ending(i int) *endingRules {
	t := &b.c.terms[i]
	r := &endingRules{count: &t.counting, rounding: t.rounding(), law: t.law(), others: map[string]bool{GroundRaise: true, GroundSetOff: true, GroundCured: true}}
	for name := range t.doc.Breach {
		r.others[name] = true
	}
	if c := t.doc.Term; c != nil {
		r.term, r.termAt = c, t.source("/term", c.Clause)
	}
	if c := t.doc.Renewal; c != nil {
		r.renewal, r.renewalAt = c, t.source("/renewal", c.Clause)
		if c.Mode == RenewsAutomatically {
			r.times, _ = c.Times.count()
		}
	}
	if c := t.doc.Suspension; c != nil {
		r.suspension, r.suspendAt = c, t.source("/suspension", c.Clause)
	}
	for _, name := range sortedKeys(t.doc.Endings) {
		c := t.doc.Endings[name]
		r.endings = append(r.endings, endingRule{name, c, t.source("/endings/"+escape(name), c.Clause)})
	}
	if c := t.doc.Settlement; c != nil {
		r.settlement, r.settleAt = c, t.source("/settlement", c.Clause)
	}
	for _, name := range sortedKeys(t.doc.Survival) {
		c := t.doc.Survival[name]
		span, _ := c.For.span()
		r.survival = append(r.survival, survivalRule{name, c, span, t.source("/survival/"+escape(name), c.Clause)})
	}
	return r
}

// life puts the rules of all versions beside what was known on a day: a notice that
// became known later is left out, and a debt that was paid later is not paid yet.
func (c *Contract) life(f LifeFacts, asOf Date) *life {
	l := &life{zone: c.Zone(), asOf: asOf}
	for _, n := range f.Notices {
		if n.Recorded.IsZero() || !DateOf(n.Recorded.In(l.zone)).After(asOf) {
			l.facts.Notices = append(l.facts.Notices, n)
		}
	}
	for _, o := range f.Debts {
		if o.Paid.After(asOf) {
			o.Paid = Date{}
		}
		l.facts.Debts = append(l.facts.Debts, o)
	}
	for i := range c.terms {
		l.rules = append(l.rules, version[*endingRules]{c.terms[i].from, c.terms[i].ending})
	}
	if len(l.rules) == 0 {
		l.rules = versions[*endingRules]{{}}
	}
	return l
}
