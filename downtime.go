package contract

import (
	"cmp"
	"slices"
	"time"

	"github.com/cfd16870/contract/internal/exact"
	"github.com/cfd16870/contract/proof"
)

// How outages make the figure of a period: see [AvailabilityClause].

// A downSpan is the time of one outage, as of an instant.
type downSpan struct {
	*Outage
	from, to time.Time
}

// downSpans returns the outages of the service that were known at asOf, in order.
func (r *availabilityRule) downSpans(outages []Outage, asOf time.Time) []downSpan {
	var list []downSpan
	for i := range outages {
		o := &outages[i]
		if o.Service != r.clause.Of || o.From.After(asOf) || o.Recorded.After(asOf) {
			continue
		}
		to := o.To
		if to.IsZero() || to.After(asOf) {
			to = asOf // it lasts, as far as anybody knows
		}
		list = append(list, downSpan{o, o.From.In(r.zone), to.In(r.zone)})
	}
	slices.SortFunc(list, func(a, b downSpan) int {
		return cmp.Or(a.from.Compare(b.from), a.to.Compare(b.to), cmp.Compare(a.ID, b.ID))
	})
	return list
}

// touches reports whether time lies in [from, to).
func (s downSpan) touches(from, to time.Time) bool {
	return s.from.Before(to) && s.to.After(from) && s.from.Before(s.to)
}

// value is the time as a working spells it.
func (s downSpan) value() proof.Value { return proof.StretchOf(s.from, s.to) }

// excluded reports whether an outage does not count: it is for a reason that the
// clause excludes, and was announced in time where that asks for it.
func (r *availabilityRule) excluded(k *calc, o downSpan) (yes told[bool], stated bool) {
	ex, ok := r.clause.Excluded[o.Reason]
	switch {
	case !ok || !ex.Notice.IsZero() && o.Announced.IsZero():
		return told[bool]{}, false
	case ex.Notice.IsZero():
		return told[bool]{v: true}, false
	}
	clause, key := r.source.clause, "/excluded/"+escape(o.Reason)+"/notice"
	begins := k.factInstant("outage begins", o.from, o.Source, o.ID)
	announced := k.factInstant("announced", o.Announced.In(r.zone), o.Source, o.ID)
	notice := k.termSpan("notice at least", ex.Notice, r.source, key)
	if ex.Notice.Unit().OnClock() {
		first := k.elapse("first instant after the notice", clause, announced, notice)
		return k.notSooner("announced in time", clause, begins, first), true
	}
	first := k.after("first day after the notice", clause, k.dayOf("day of the announcement", clause, announced, r.zone), notice, new(periodRule))
	return k.notBefore("announced in time", clause, k.dayOf("day on which the outage begins", clause, begins, r.zone), first), true
}

// quote tells the time of an outage, and where it is excluded only if announced in
// time, that it is: the time that counts, or none, and the same of what is excluded.
func (r *availabilityRule) quote(k *calc, o downSpan) (counts, excluded told[downSpan]) {
	name := "outage"
	if o.To.IsZero() || o.To.After(o.to) {
		name = "outage that lasts"
	}
	span, none := told[downSpan]{v: o}, told[downSpan]{v: downSpan{o.Outage, o.from, o.from}}
	if k.tells() {
		span.at = k.w.fact(name, o.value(), o.Source, o.ID)
	}
	yes, stated := r.excluded(k, o)
	switch {
	case !stated && yes.v:
		return none, span
	case !stated:
		return span, none
	}
	if k.tells() {
		none.at = k.w.put(proof.Step{Op: proof.Rule, Name: "no time", Value: none.v.value(), Source: &proof.Source{In: "an outage counts or is excluded"}})
	}
	clause := r.source.clause
	return chosen(k, "time that counts", clause, yes, none, span, downSpan.value), chosen(k, "excluded time", clause, yes, span, none, downSpan.value)
}

// A downLog is the outages of a service, as a clause counts them.
type downLog struct {
	outages  [][]downSpan // that count, those together that overlap or touch
	excluded []downSpan
}

// log sorts the outages of the service that were known at asOf.
func (r *availabilityRule) log(outages []Outage, asOf time.Time) (l downLog) {
	var end time.Time
	for _, o := range r.downSpans(outages, asOf) {
		if !o.from.Before(o.to) {
			continue // no time
		}
		if yes, _ := r.excluded(new(calc), o); yes.v {
			l.excluded = append(l.excluded, o)
			continue
		}
		if n := len(l.outages); n > 0 && !o.from.After(end) {
			l.outages[n-1] = append(l.outages[n-1], o)
		} else {
			l.outages = append(l.outages, []downSpan{o})
			end = o.to
		}
		if o.to.After(end) {
			end = o.to
		}
	}
	return l
}

// A downtime is the outages of a period, and the figures that they make.
type downtime struct {
	downLog
	rule     *availabilityRule
	period   Period
	served   Period    // the days on which the service runs
	from, to time.Time // of the days measured
}

// A downSteps is the figures of a period.
type downSteps struct {
	agreed, down, excluded, share figure
	outages                       int
	none                          bool // there is no agreed time
}

// measured is the days of the period on which the service runs.
func (d *downtime) measured() Period { return d.period.common(d.served) }

// newDowntime takes the outages of a period out of a log: those that lie in its days,
// and what is excluded in those days or while one of those lasts.
func newDowntime(r *availabilityRule, period, served Period, log downLog) *downtime {
	d := &downtime{rule: r, period: period, served: served}
	d.from, d.to = d.measured().From.StartIn(r.zone), d.measured().Until.StartIn(r.zone)
	from, to := d.from, d.to
	for _, list := range log.outages {
		a, b := hullOf(list)
		if !a.Before(d.to) || !b.After(d.from) {
			continue
		}
		d.outages = append(d.outages, list)
		if a.Before(from) {
			from = a
		}
		if b.After(to) {
			to = b
		}
	}
	for _, o := range log.excluded {
		if o.touches(from, to) {
			d.excluded = append(d.excluded, o)
		}
	}
	return d
}

// hullOf is when an outage told in several records begins and ends.
func hullOf(list []downSpan) (from, to time.Time) {
	from, to = list[0].from, list[0].to
	for _, o := range list[1:] {
		if o.to.After(to) {
			to = o.to
		}
	}
	return from, to
}

// run computes the figures of the period, and tells them.
func (d *downtime) run(k *calc) (s downSteps) {
	r := d.rule
	clause, c := r.source.clause, r.clause
	t := timeOf{k: k, rule: r}
	if k.tells() {
		days := spanning(daysSpanned(r.zone, d.from, d.to), d.period)
		for _, list := range d.outages {
			a, b := hullOf(list)
			days = spanning(days, daysSpanned(r.zone, a, b))
		}
		t.quotes = newQuotes(k.w, days)
	}
	first, last := d.firstDay(k), d.lastDay(k)
	from, to := d.bounds(k, k.latest("first day measured", clause, first...), k.earliest("last day measured", clause, last...))

	var counts, excluded []told[downSpan]
	groups := make([][]told[downSpan], len(d.outages))
	for i, list := range d.outages {
		for _, o := range list {
			span, _ := r.quote(k, o)
			groups[i] = append(groups[i], span)
		}
		counts = append(counts, groups[i]...)
	}
	all := t.outside("time measured", from, to)
	rest := all // the time measured, outside what was told so far
	if c.Overlapping == OverlappingDown {
		excluded = append(excluded, counts...)
		rest = t.outside("time outside the outages", from, to, excluded...)
	}
	var beyond []figure
	for _, reason := range r.reasons {
		told := 0
		for _, o := range d.excluded {
			if o.Reason == reason {
				_, span := r.quote(k, o)
				excluded = append(excluded, span)
				told++
			}
		}
		if told == 0 {
			continue
		}
		left := t.outside("time outside what is excluded", from, to, excluded...)
		in := k.sub(reason, clause, rest, left)
		rest = left
		if at := c.Excluded[reason].AtMost; !at.IsZero() {
			most, _ := at.Duration()
			cap := k.term("excluded at most", elapsedFigure(most), r.source, "/excluded/"+escape(reason)+"/atMost")
			less := k.atMost(reason, clause, in, cap)
			beyond = append(beyond, t.rounded("beyond the most", k.sub("beyond the most", clause, in, less)))
			in = less
		}
		s.excluded = t.sum("excluded time", s.excluded, in)
	}
	s.down = t.down(d, from, to, groups, counts, excluded, rest, all, &s.outages)
	for _, f := range beyond {
		s.down = t.sum("time down", s.down, f)
	}
	agreed := all
	if c.PartPeriod == PartAsFull {
		begins, ends := d.bounds(k, first[0], last[0])
		agreed = t.outside("agreed time", begins, ends)
	}
	if c.ExcludedTime == ExcludedTakenOff && s.excluded.what == elapsed {
		agreed = k.sub("agreed time", clause, agreed, s.excluded)
	}
	s.agreed = agreed
	if k.err != nil || agreed.n.Sign() <= 0 {
		s.none = true
		return s
	}
	up := agreed
	if s.down.what == elapsed {
		up = k.atLeast("time not down", clause, k.sub("time not down", clause, agreed, s.down), k.law("no time", elapsedFigure(0), "time is not less than none", ""))
	}
	exactly := k.share("availability", clause, up, agreed)
	s.share = percentFigure(c.Compared.of(exactly.percent()))
	if k.tells() {
		s.share.at = c.Compared.explain(k.w, "availability", r.source, exactly.at, exactly)
	}
	return s
}

// down is the time of the outages, as it counts, outside what is excluded; n is how
// many count. Where each counts as it is, they are told together.
func (t timeOf) down(d *downtime, from, to told[time.Time], groups [][]told[downSpan], counts, excluded []told[downSpan], rest, all figure, n *int) (sum figure) {
	k, clause, c := t.k, t.rule.source.clause, t.rule.clause
	if len(groups) == 0 {
		return figure{}
	}
	within := rest // the time that outages are taken from
	if c.Overlapping == OverlappingDown {
		within, excluded = all, nil
	}
	if c.Each == EachExact && c.Shortest.IsZero() {
		for _, g := range groups {
			if part := t.in(d.from, d.to, g, excluded); part > 0 {
				*n++
			}
		}
		left := t.outside("time outside the outages", from, to, append(excluded[:len(excluded):len(excluded)], counts...)...)
		return k.sub("time down", clause, within, left)
	}
	for i, g := range groups {
		left := t.outside("time outside the outage", from, to, append(excluded[:len(excluded):len(excluded)], g...)...)
		part := k.sub("time of the outage", clause, within, left)
		one := t.rounded("time of the outage", part)
		if !c.Shortest.IsZero() {
			whole := part
			if a, b := hullOf(d.outages[i]); a.Before(d.from) || b.After(d.to) {
				first, last := d.outages[i][0], lastOf(d.outages[i])
				whole = t.outside("length of the outage", k.factInstant("outage begins", a, first.Source, first.ID), k.factInstant("outage ends", b, last.Source, last.ID), excluded...)
			}
			length, _ := c.Shortest.Duration()
			enough := k.reaches("long enough to count", clause, whole, k.term("shortest outage that counts", elapsedFigure(length), t.rule.source, "/shortest"))
			one = k.choose("time of the outage", clause, enough, one, k.law("no time", elapsedFigure(0), "an outage counts or does not", ""))
		}
		if one.n.Sign() > 0 {
			*n++
		}
		sum = t.sum("time down", sum, one)
	}
	return sum
}

// lastOf is the record of an outage that ends it.
func lastOf(list []downSpan) downSpan {
	last := list[0]
	for _, o := range list[1:] {
		if o.to.After(last.to) {
			last = o
		}
	}
	return last
}

// firstDay tells the first day of the period, and that of the service.
func (d *downtime) firstDay(k *calc) []told[Date] {
	return []told[Date]{
		k.factDate("first day of the period", d.period.From, string(d.rule.by.every), d.period.String()),
		k.factDate("first day of service", d.served.From, "term", d.served.String()),
	}
}

// lastDay tells the last day of the period, and that of the service if it has one.
func (d *downtime) lastDay(k *calc) []told[Date] {
	list := []told[Date]{k.factDate("last day of the period", d.period.Last(), string(d.rule.by.every), d.period.String())}
	if d.served.Until.n < maxDate {
		list = append(list, k.factDate("last day of service", d.served.Last(), "term", d.served.String()))
	}
	return list
}

// bounds tells when the first of some days begins and the last ends.
func (d *downtime) bounds(k *calc, first, last told[Date]) (from, to told[time.Time]) {
	clause, zone := d.rule.source.clause, d.rule.zone
	before := k.before("day before", clause, first, k.lawSpan("one day", Span{1, UnitDays}, "the day before", ""), new(periodRule))
	return k.midnight("period begins", clause, before, zone), k.midnight("period ends", clause, last, zone)
}

// timeOf measures time by a clause.
type timeOf struct {
	k      *calc
	rule   *availabilityRule
	quotes *quotes
}

// outside is the agreed time from an instant to another outside outages.
func (t timeOf) outside(name string, from, to told[time.Time], outages ...told[downSpan]) figure {
	k, r := t.k, t.rule
	if k.err != nil {
		return figure{}
	}
	spans := make([]downSpan, len(outages))
	for i, o := range outages {
		spans[i] = o.v
	}
	d, err := r.outside(from.v, to.v, spans)
	if err != nil {
		k.fail(err)
		return figure{}
	}
	f := elapsedFigure(d)
	if k.tells() {
		op, list := proof.Length, []int{from.at, to.at}
		if r.hours != nil {
			op, list = proof.Open, append(list, t.quotes.hours(r.hours))
		}
		for _, o := range outages {
			list = append(list, o.at)
		}
		f.at = k.w.derive(op, name, f.value(), r.source.clause, list...)
	}
	return f
}

// in is the agreed time of an outage in [from, to) outside what is excluded.
func (t timeOf) in(from, to time.Time, outage, excluded []told[downSpan]) time.Duration {
	if t.k.err != nil {
		return 0
	}
	var cut []downSpan
	for _, o := range excluded {
		cut = append(cut, o.v)
	}
	with, err := t.rule.outside(from, to, cut)
	for _, o := range outage {
		cut = append(cut, o.v)
	}
	without, err2 := t.rule.outside(from, to, cut)
	if err != nil || err2 != nil {
		return 0 // told where the figure is computed
	}
	return with - without
}

// outside is the agreed time of [from, to) outside spans.
func (r *availabilityRule) outside(from, to time.Time, spans []downSpan) (time.Duration, error) {
	spans = slices.DeleteFunc(slices.Clone(spans), func(s downSpan) bool { return !s.touches(from, to) })
	slices.SortFunc(spans, func(a, b downSpan) int { return a.from.Compare(b.from) })
	var sum time.Duration
	add := func(a, b time.Time) error {
		d := b.Sub(a)
		if r.hours != nil {
			var err error
			if d, err = r.hours.Between(a, b); err != nil {
				return err
			}
		}
		sum += d
		return nil
	}
	at := from
	for _, s := range spans {
		if s.from.After(at) {
			if err := add(at, s.from); err != nil {
				return 0, err
			}
		}
		if s.to.After(at) {
			at = s.to
		}
	}
	if at.Before(to) {
		if err := add(at, to); err != nil {
			return 0, err
		}
	}
	return sum, nil
}

// rounded is the time of one outage, as it counts.
func (t timeOf) rounded(name string, f figure) figure {
	mode := t.rule.clause.Each.mode()
	if mode == "" {
		return f
	}
	length, _ := t.rule.clause.RoundedTo.Duration()
	word := t.k.lawWord("rounding", string(mode), string(t.rule.clause.Each)+", "+t.rule.source.pointer+"/each", "")
	return t.k.roundTime(name, t.rule.source.clause, f, t.k.term("rounded to", elapsedFigure(length), t.rule.source, "/roundedTo"), word)
}

// sum adds to a sum, which may have nothing in it yet.
func (t timeOf) sum(name string, sum, f figure) figure {
	if sum.what != elapsed {
		return f
	}
	return t.k.add(name, t.rule.source.clause, sum, f)
}

// spanning is the days from the first of two periods through the last.
func spanning(p, q Period) Period {
	if q.From.Before(p.From) {
		p.From = q.From
	}
	if q.Until.After(p.Until) {
		p.Until = q.Until
	}
	return p
}

// Calculations that only time that runs on the clock takes.

// elapse is the instant after so much time on the clock.
func (k *calc) elapse(name, clause string, from told[time.Time], span told[Span]) told[time.Time] {
	if k.err != nil {
		return told[time.Time]{}
	}
	d, _ := span.v.Duration()
	t := told[time.Time]{v: from.v.Add(d)}
	t.at = k.derive(proof.Elapse, name, func() proof.Value { return proof.InstantOf(t.v) }, clause, from.at, span.at)
	return t
}

// notSooner reports whether an instant is another or after it.
func (k *calc) notSooner(name, clause string, a, b told[time.Time]) told[bool] {
	if k.err != nil {
		return told[bool]{}
	}
	t := told[bool]{v: !a.v.Before(b.v)}
	t.at = k.derive(proof.AtLeast, name, func() proof.Value { return proof.TruthOf(t.v) }, clause, a.at, b.at)
	return t
}

// share is a figure as a percentage of another of its kind, which is not 0.
func (k *calc) share(name, clause string, f, of figure) figure {
	if !k.like(f, of) {
		return figure{}
	}
	n, err := f.n.Mul(exact.New(100)).Div(of.n)
	if err != nil {
		k.fail(err)
		return figure{}
	}
	return k.told(proof.Share, name, clause, figure{n: n, what: percent}, f, of)
}
