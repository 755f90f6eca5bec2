package contract

import (
	"fmt"

	"github.com/cfd16870/contract/proof"
)

// How deadlines and measurements are told. The figures come from the same
// search that answered (targetRule.steps); nothing is computed again here.

// explain writes the steps from the event that starts the clock to the due
// instant, and returns the step of the latter.
func (r *targetRule) explain(w *recorder, q *quotes, event int, pauses []int, s deadlineSteps) int {
	clause := r.source.clause
	start := event
	if r.shift != nil {
		switch r.clause.Start.OutOfHours {
		case OutOfHoursNextOpening:
			start = w.derive(proof.Opening, "start", proof.InstantOf(s.start), clause, event, q.hours(r.shift))
		case OutOfHoursNotMeasured:
			open := w.derive(proof.IsOpen, "open at receipt", proof.TruthOf(!s.start.IsZero()), clause, event, q.hours(r.shift))
			if s.start.IsZero() {
				return open
			}
		}
	}
	var base int
	switch unit := r.clause.Within.Unit(); {
	case unit.OnClock():
		within := w.term("within, on the clock", proof.ElapsedOf(r.length), r.source, "/within")
		base = w.derive(proof.Elapse, "due", proof.InstantOf(s.base), clause, args([]int{start, within}, pauses)...)
	case unit.OnService():
		hours := q.hours(r.clock)
		within := w.term("within, service time", proof.ElapsedOf(r.length), r.source, "/within")
		base = w.derive(proof.Reach, "due", proof.InstantOf(s.base), clause, args([]int{start, within, hours}, pauses)...)
	default:
		base = r.explainDays(w, q, start, pauses, s)
	}
	if r.roll != nil {
		base = r.explainRoll(w, q, base, s)
	}
	return base
}

// explainRoll is explain for where the deadline rolls.
func (r *targetRule) explainRoll(w *recorder, q *quotes, base int, s deadlineSteps) int {
	clause, hours := r.source.clause, q.hours(r.roll)
	if r.clause.Roll.To != RollCloseOfDay {
		return w.derive(proof.Opening, "rolled", proof.InstantOf(s.due), clause, base, hours)
	}
	if s.opens.IsZero() {
		op := proof.Opening
		if r.openBefore(s.base) {
			op = proof.Closing
		}
		return w.derive(op, "rolled", proof.InstantOf(s.due), clause, base, hours)
	}
	opens := w.derive(proof.Opening, "opens next", proof.InstantOf(s.opens), clause, base, hours)
	day := DateOf(s.opens)
	on := w.derive(proof.DayOf, "day of the opening", dateValue(day), clause, opens, q.zone(r.zone))
	end := w.derive(proof.Midnight, "end of that day", proof.InstantOf(day.AddDays(1).StartIn(r.zone)), clause, on, q.zone(r.zone))
	return w.derive(proof.Closing, "rolled", proof.InstantOf(s.due), clause, end, hours)
}

// explainDays is explain for working days, and for days, weeks, months and years.
func (r *targetRule) explainDays(w *recorder, q *quotes, start int, pauses []int, s deadlineSteps) int {
	clause := r.source.clause
	without := 0
	end := func() int {
		if without == 0 {
			rule := r.dayEnd(s.first)
			without = w.term("a working day without a window", proof.WordOf(string(rule.clause.WithoutWindow)), rule.source, "/withoutWindow")
		}
		return without
	}
	onDays := r.clause.Pauses.OnDays
	var last int
	if r.periods != nil {
		within := told[Span]{r.clause.Within, w.term("within", spanValue(r.clause.Within), r.source, "/within")}
		first := told[Date]{s.first, r.explainFirst(w, q, start, s)}
		k := &calc{w: w}
		rest := told[string]{v: string(r.periods.clause.RestDay)}
		if r.periods.clause.RestDay != RestDayStays { // else nothing rests on the word
			rest = k.termWord("rest day", rest.v, r.periods.source, "/restDay")
		}
		last = k.lastDay(first, within, rest, r.periods).at
	} else {
		days := q.workingDays(r.days)
		within := w.term("within, working days", proof.DaysOf(r.count), r.source, "/within")
		first := r.explainFirst(w, q, start, s)
		nth := []int{first, within, days}
		if len(pauses) > 0 && (onDays == SkipWhollyPaused || onDays == SkipTouched) {
			skip := w.term("skips", proof.WordOf(string(onDays)), r.base().source, "/pauses/onDays")
			nth = args(append(nth, q.hours(r.clock), end(), skip), pauses)
		}
		last = w.derive(proof.Nth, "last day", dateValue(s.last), clause, nth...)
	}
	var base int
	ends := r.clause.Clock.Ends
	if _, over := r.firstDay(s.start); over && ends == EndsAtSameTime {
		ends = EndsAt24
	}
	switch ends {
	case EndsAtClosing:
		base = w.derive(proof.Close, "due", proof.InstantOf(s.ended), clause, last, q.hours(r.clock), end())
	case EndsAt24:
		base = w.derive(proof.Midnight, "due", proof.InstantOf(s.ended), clause, last, q.zone(r.zone))
	case EndsAtSameTime:
		base = w.derive(proof.SameTime, "due", proof.InstantOf(s.ended), clause, start, last, q.zone(r.zone))
	}
	if len(pauses) > 0 && onDays == AddPausedTime {
		hours := q.hours(r.clock)
		paused := w.derive(proof.Paused, "paused service time", proof.ElapsedOf(s.paused), clause, args([]int{start, base, hours}, pauses)...)
		base = w.derive(proof.Reach, "due", proof.InstantOf(s.base), clause, args([]int{base, paused, hours}, pauses)...)
	}
	return base
}

// explainFirst is explain for the day on which the clock starts.
func (r *targetRule) explainFirst(w *recorder, q *quotes, start int, s deadlineSteps) int {
	clause := r.source.clause
	if r.extends == nil {
		return w.derive(proof.DayOf, "day of receipt", dateValue(s.first), clause, start, q.zone(r.zone))
	}
	_, over := r.firstDay(s.start)
	if !over {
		return w.derive(proof.DayOf, "day of the start", dateValue(s.first), clause, start, q.zone(r.zone))
	}
	next := w.derive(proof.DayOf, "day that begins then", dateValue(s.first.AddDays(1)), clause, start, q.zone(r.zone))
	one := w.term("ends at 24:00", spanValue(Span{1, UnitDays}), r.source, "/from")
	return w.derive(proof.Before, "day of the start", dateValue(s.first), clause, next, one)
}

// args puts the operands of a step together.
func args(list, more []int) []int { return append(list[:len(list):len(list)], more...) }

// Explain is the working of the measurement: the deadline with its pauses, what
// happened, and whether it was late; of what was done or cancelled before its clock
// started, that event. The zero Measurement has an empty working, and one whose clock has
// not started.
func (m Measurement) Explain() *proof.Working {
	if m.rule == nil {
		return new(proof.Working)
	}
	r := m.rule
	var own room
	f, paused, err := r.base().fold(m.request, m.asOf, m.scope, &own)
	if err == nil {
		err = f.rule.finish(&f, paused)
	}
	started := !f.steps.event.IsZero()
	if err != nil || !started && f.end == nil {
		return new(proof.Working) // Measure said so; and where no clock has started nothing was computed
	}
	w := newRecorder(fmt.Sprintf("%s of %q, received %s, as of %s", m.request.ID, r.name, stamp(m.request.Received.In(r.zone)), stamp(m.asOf.In(r.zone))))
	if !started {
		w.fact(f.end.Kind.String(), proof.InstantOf(f.ended.In(r.zone)), sourceOf(m.request, f.end), f.end.Kind.String())
		return w.done()
	}
	start := w.fact(f.began.word, proof.InstantOf(f.began.at.In(r.zone)), f.began.source, f.began.word)
	var pauses []int
	if f.Status != StatusNotMeasured { // else no clock that they could stop
		pauses = m.quotePauses(w, paused)
	}
	told, until := r.overrunHours(), f.Due
	if f.inService {
		until = f.ended
	}
	q := newQuotes(w, daysSpanned(r.zone, f.began.at, f.former.start, f.former.base, f.former.due, f.steps.start, f.steps.base, f.steps.beforeBase(f.rule), f.Due, until))
	start = f.explainStart(w, q, start, pauses)
	due := r.explain(w, q, start, pauses, f.steps)
	if f.Status == StatusNotMeasured {
		return w.done()
	}
	var event int
	if f.end != nil {
		event = w.fact(f.end.Kind.String(), proof.InstantOf(f.ended.In(r.zone)), sourceOf(m.request, f.end), f.end.Kind.String())
	} else {
		event = w.fact("as of", proof.InstantOf(m.asOf.In(r.zone)), "asked", "")
	}
	if f.Overrun > 0 {
		w.derive(proof.Length, "overrun", proof.ElapsedOf(f.Overrun), r.source.clause, due, event)
		if f.inService {
			w.derive(proof.Open, "overrun in service time", proof.ElapsedOf(f.service), r.source.clause, due, event, q.hours(told))
		}
	}
	if f.Status == StatusExcused {
		late := w.late(f.ended.In(r.zone), f.Due, r.source.clause, event, due)
		reason := w.fact("excuse", proof.WordOf(f.excuse.Reason), sourceOf(m.request, f.excuse), "reason")
		w.derive(proof.Excuse, "breach", proof.TruthOf(false), r.source.clause, late, reason)
		return w.done()
	}
	w.late(f.ended.In(r.zone), f.Due, r.source.clause, event, due)
	return w.done()
}

// quotePauses writes the pauses of a measurement down.
func (m Measurement) quotePauses(w *recorder, pauses []stretch) []int {
	var at []int
	for _, p := range pauses {
		at = append(at, w.fact("paused", proof.StretchOf(p.from.In(m.rule.zone), p.to.In(m.rule.zone)), sourceOf(m.request, p.by), "paused"))
	}
	return at
}
