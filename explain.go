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
		base = w.derive(proof.Opening, "rolled", proof.InstantOf(s.due), clause, base, q.hours(r.roll))
	}
	return base
}

// explainDays is explain for working days.
func (r *targetRule) explainDays(w *recorder, q *quotes, start int, pauses []int, s deadlineSteps) int {
	clause := r.source.clause
	days := q.workingDays(r.days)
	without := 0
	end := func() int {
		if without == 0 {
			rule := r.dayEnd(s.first)
			without = w.term("a working day without a window", proof.WordOf(string(rule.clause.WithoutWindow)), rule.source, "/withoutWindow")
		}
		return without
	}
	within := w.term("within, working days", proof.DaysOf(r.count), r.source, "/within")
	first := w.derive(proof.DayOf, "day of receipt", dateValue(s.first), clause, start, q.zone(r.zone))
	nth := []int{first, within, days}
	onDays := r.clause.Pauses.OnDays
	if len(pauses) > 0 && (onDays == SkipWhollyPaused || onDays == SkipTouched) {
		skip := w.term("skips", proof.WordOf(string(onDays)), r.source, "/pauses/onDays")
		nth = args(append(nth, q.hours(r.clock), end(), skip), pauses)
	}
	last := w.derive(proof.Nth, "last day", dateValue(s.last), clause, nth...)
	var base int
	switch r.clause.Clock.Ends {
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

// args puts the operands of a step together.
func args(list, more []int) []int { return append(list[:len(list):len(list)], more...) }

// Explain is the working of the measurement: the deadline with its pauses, what
// happened, and whether it was late. The zero Measurement has an empty working.
func (m Measurement) Explain() *proof.Working {
	if m.rule == nil {
		return new(proof.Working)
	}
	r := m.rule
	var own room
	f, paused, err := r.fold(m.request, m.asOf, m.scope, &own)
	if err == nil {
		err = r.finish(&f, paused)
	}
	if err != nil || f.steps.event.IsZero() {
		return new(proof.Working) // Measure said so; and where no clock has started nothing was computed
	}
	w := newRecorder(fmt.Sprintf("%s of %q, received %s, as of %s", m.request.ID, r.name, stamp(m.request.Received.In(r.zone)), stamp(m.asOf.In(r.zone))))
	start := w.fact(f.began.word, proof.InstantOf(f.began.at.In(r.zone)), f.began.source, f.began.word)
	var pauses []int
	if f.Status != StatusNotMeasured { // else no clock that they could stop
		pauses = m.quotePauses(w, paused)
	}
	span := daysSpanned(r.zone, f.began.at, f.steps.start, f.steps.base, f.Due)
	told := r.overrunHours()
	if f.inService {
		span = daysSpanned(r.zone, f.began.at, f.steps.start, f.steps.base, f.Due, f.ended)
	}
	q := newQuotes(w, span)
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
