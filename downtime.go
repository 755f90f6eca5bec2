package contract

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"github.com/cfd16870/contract/internal/effort"
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
// clause excludes, and was announced in time where that asks for it. asked is false for
// any other reason.
func (r *availabilityRule) excluded(k *calc, o downSpan) (yes told[bool], asked bool) {
	ex, ok := r.clause.Excluded[o.Reason]
	switch {
	case !ok:
		return told[bool]{}, false
	case ex.Notice.IsZero():
		yes.v = true
		if k.tells() {
			yes.at = k.w.term("excluded without notice", proof.TruthOf(true), r.source, "/excluded/"+escape(o.Reason))
		}
		return yes, true
	case o.Announced.IsZero():
		if k.tells() {
			yes.at = k.w.fact("announced at all", proof.TruthOf(false), o.Source, o.ID)
		}
		return yes, true
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
	span := told[downSpan]{v: o}
	if k.tells() {
		span.at = k.w.fact(name, o.value(), o.Source, o.ID)
	}
	yes, asked := r.excluded(k, o)
	none := r.noTime(k, o)
	if !asked {
		return span, none
	}
	clause := r.source.clause
	return chosen(k, "time that counts", clause, yes, none, span, downSpan.value), chosen(k, "excluded time", clause, yes, span, none, downSpan.value)
}

// noTime is none of the time of an outage.
func (r *availabilityRule) noTime(k *calc, o downSpan) told[downSpan] {
	none := told[downSpan]{v: downSpan{o.Outage, o.from, o.from}}
	if k.tells() {
		none.at = k.w.put(proof.Step{Op: proof.Rule, Name: "no time", Value: none.v.value(), Source: &proof.Source{In: "an outage counts or does not"}})
	}
	return none
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

	groups := make([][]told[downSpan], len(d.outages))
	for i, list := range d.outages {
		for _, o := range list {
			span, _ := r.quote(k, o)
			groups[i] = append(groups[i], span)
		}
	}
	all := t.outside("time measured", from, to)
	rest := all                   // the time measured, outside what was told so far
	var excluded []told[downSpan] // before the reasons: what is down, where it is not excluded as well
	if c.Overlapping == OverlappingDown {
		s.down, s.outages, excluded = t.down(d, from, to, groups, nil, all, all)
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
	if c.Overlapping != OverlappingDown {
		s.down, s.outages, _ = t.down(d, from, to, groups, excluded, all, rest)
	}
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
// many count, and spans is the time of those. Where each counts as it is, they are told
// together. all is the time measured, and rest that outside what is excluded.
func (t timeOf) down(d *downtime, from, to told[time.Time], groups [][]told[downSpan], excluded []told[downSpan], all, rest figure) (sum figure, n int, spans []told[downSpan]) {
	k, clause, c := t.k, t.rule.source.clause, t.rule.clause
	if len(groups) == 0 {
		return figure{}, 0, nil
	}
	cut := covering(excluded)
	if c.Each == EachExact && c.Shortest.IsZero() {
		for i, g := range groups {
			if a, b := hullOf(d.outages[i]); t.counts(d, a, b, cut) {
				n++
			}
			spans = append(spans, g...)
		}
		left := t.outside("time outside the outages", from, to, slices.Concat(excluded, spans)...)
		return k.sub("time down", clause, rest, left), n, spans
	}
	for i, g := range groups {
		first, last := d.outages[i][0], lastOf(d.outages[i])
		a, b := first.from, last.to
		beside, within := touching(cut, a, b), all
		if len(beside) > 0 {
			within = t.outside("time outside what is excluded", from, to, beside...)
		}
		left := t.outside("time outside the outage", from, to, slices.Concat(beside, g)...)
		part := k.sub("time of the outage", clause, within, left)
		one := t.rounded("time of the outage", part)
		none := k.law("no time", elapsedFigure(0), "an outage counts or does not", "")
		if !c.Shortest.IsZero() {
			whole := part
			if a.Before(d.from) || b.After(d.to) {
				whole = t.outside("length of the outage", k.factInstant("outage begins", a, first.Source, first.ID), k.factInstant("outage ends", b, last.Source, last.ID), beside...)
			}
			length, _ := c.Shortest.Duration()
			enough := k.reaches("long enough to count", clause, whole, k.term("shortest outage that counts", elapsedFigure(length), t.rule.source, "/shortest"))
			one = k.choose("time of the outage", clause, enough, one, none)
		}
		// One that does not count takes nothing from what is excluded.
		counts := k.moreThan("outage counts", clause, one, none)
		if counts.v {
			n++
		}
		for j, span := range g {
			spans = append(spans, chosen(k, "time that counts", clause, counts, span, t.rule.noTime(k, d.outages[i][j]), downSpan.value))
		}
		sum = t.sum("time down", sum, one)
	}
	return sum, n, spans
}

// covering returns, in order, as many of the spans as cover what all of them do: no
// instant lies in more than two of those, however many overlap there.
func covering(spans []told[downSpan]) (list []told[downSpan]) {
	spans = slices.SortedFunc(slices.Values(spans), func(a, b told[downSpan]) int { return a.v.from.Compare(b.v.from) })
	var end time.Time
	for i := 0; i < len(spans); {
		if from := spans[i].v.from; len(list) == 0 || from.After(end) {
			end = from
		}
		far := i // of those that begin by the end, the one that ends last
		for ; i < len(spans) && !spans[i].v.from.After(end); i++ {
			effort.Take()
			if spans[i].v.to.After(spans[far].v.to) {
				far = i
			}
		}
		if spans[far].v.to.After(end) {
			list = append(list, spans[far])
			end = spans[far].v.to
		}
	}
	return list
}

// touching returns those of covering spans that have time in [from, to).
func touching(spans []told[downSpan], from, to time.Time) []told[downSpan] {
	i, _ := slices.BinarySearchFunc(spans, from, func(s told[downSpan], from time.Time) int {
		if s.v.to.After(from) {
			return 1
		}
		return -1
	})
	n := i
	for n < len(spans) && spans[n].v.from.Before(to) {
		effort.Take()
		n++
	}
	return spans[i:n]
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
	if k.err == nil && !first.v.AddDays(-1).IsValid() {
		k.fail(fmt.Errorf("no time is measured from %v, for no day lies before it: %w", first.v, ErrRange))
	}
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

// counts reports whether an outage from an instant to another has agreed time in the
// period outside covering spans.
func (t timeOf) counts(d *downtime, from, to time.Time, cut []told[downSpan]) bool {
	if t.k.err != nil {
		return false
	}
	if from.Before(d.from) {
		from = d.from
	}
	if to.After(d.to) {
		to = d.to
	}
	var spans []downSpan
	for _, o := range touching(cut, from, to) {
		spans = append(spans, o.v)
	}
	time, err := t.rule.outside(from, to, spans)
	return err == nil && time > 0 // an error is told where the figure is computed
}

// outside is the agreed time of [from, to) outside spans.
func (r *availabilityRule) outside(from, to time.Time, spans []downSpan) (time.Duration, error) {
	spans = slices.DeleteFunc(slices.Clone(spans), func(s downSpan) bool {
		effort.Take()
		return !s.touches(from, to)
	})
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
