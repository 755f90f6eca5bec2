package contract

import (
	"fmt"
	"time"

	"github.com/cfd16870/contract/internal/exact"
	"github.com/cfd16870/contract/proof"
)

// A Warning is a part of the time for a request, and when it has been used up: on
// the target's own clock, for days of the service time from the start to the due
// instant, and outside the pauses; once more time was granted, of that time. The zero
// Warning is none.
type Warning struct {
	At     Percent   // of the time
	Falls  time.Time // in the contract's zone
	Fallen bool      // it fell by the instant asked about, and before the request was done

	of    Measurement
	place int // among those of the clause
}

// Warnings returns the warnings that the target's clause names, in its order, as
// of the instant of the measurement. While a request is paused they fall as if its
// clock went on at that instant. There are none where no clock has started.
func (m Measurement) Warnings() []Warning {
	if m.rule == nil || len(m.rule.clause.Warnings) == 0 || m.Due.IsZero() {
		return nil
	}
	var own room
	f, pauses, err := m.rule.base().fold(m.request, m.asOf, m.scope, &own)
	if err != nil {
		return nil // Measure said so
	}
	budget, err := m.rule.budget(&f.steps, pauses)
	if err != nil {
		return nil
	}
	list := make([]Warning, 0, len(m.rule.clause.Warnings))
	for i, at := range m.rule.clause.Warnings {
		falls, err := m.rule.ran(f.steps.start, partOf(budget, at), pauses)
		if err != nil {
			return nil
		}
		list = append(list, Warning{At: at, Falls: falls, Fallen: !falls.After(m.ended), of: m, place: i})
	}
	return list
}

// partOf is a percentage of a time, a nanosecond that is begun counted whole.
func partOf(d time.Duration, p Percent) time.Duration {
	n, err := exact.New(int64(d)).Mul(p.n).Div(exact.New(100))
	if err == nil {
		n, err = n.Round(0, exact.Up)
	}
	part, ok := n.Int64()
	if err != nil || !ok {
		return d // of a part, which Compile sees to, it is less
	}
	return time.Duration(part)
}

// ran returns the earliest instant by which d of the target's own clock has run
// since it started.
func (r *targetRule) ran(start time.Time, d time.Duration, pauses []stretch) (time.Time, error) {
	if r.clause.Within.Unit().OnClock() || r.clock == nil {
		return addOutside(start, d, pauses), nil
	}
	return r.clock.addOutside(start, d, pauses)
}

// Next returns the next instant after the one of the measurement at which, if
// nothing else is recorded, the status changes or a warning falls: when to ask
// again. ok is false where time alone changes neither: what is done, late, paused
// for good or not started. Late begins the nanosecond after Due. Of a paused
// request warnings are left out: its clock stands, and only one of days may run out
// all the same, on a day that is not paused enough to be skipped.
func (m Measurement) Next() (at time.Time, ok bool) {
	switch m.Status {
	case StatusRunning:
		at = m.Due.Add(1)
		for _, w := range m.Warnings() {
			if !w.Fallen && w.Falls.Before(at) {
				at = w.Falls
			}
		}
		return at, true
	case StatusPaused:
		return m.nextPaused()
	}
	return time.Time{}, false
}

// nextPaused finds when a clock runs out that an open pause stops: one of which
// nothing was left at once, and one of days if nothing that the pause takes puts the
// due instant off.
func (m Measurement) nextPaused() (time.Time, bool) {
	if m.rule == nil {
		return time.Time{}, false
	}
	var own room
	f, pauses, err := m.rule.base().fold(m.request, m.asOf, m.scope, &own)
	if err != nil {
		return time.Time{}, false
	}
	pauses = append(pauses, stretch{from: m.asOf}) // the open pause goes on
	last := &pauses[len(pauses)-1]
	for due := f.steps.due; ; {
		at := due.Add(1)
		last.to = at
		again, err := f.dueAgain(pauses)
		if err != nil {
			return time.Time{}, false // it would be known only beyond the calendar
		}
		if at.After(again) {
			return at, true
		}
		if m.rule.days == nil && m.rule.periods == nil || m.rule.clause.Pauses.OnDays == AddPausedTime {
			return time.Time{}, false // what is left of the clock is left
		}
		due = again
	}
}

// Explain is the working of the instant at which the warning falls. The zero
// Warning has an empty working.
func (v Warning) Explain() *proof.Working {
	m := v.of
	if m.rule == nil {
		return new(proof.Working)
	}
	r := m.rule
	var own room
	f, paused, err := r.base().fold(m.request, m.asOf, m.scope, &own)
	if err != nil {
		return new(proof.Working) // it was given, so it can be found again
	}
	w := newRecorder(fmt.Sprintf("warning at %v of %q, %s, as of %s", v.At, r.name, m.request.ID, stamp(m.asOf.In(r.zone))))
	begins := w.fact(f.began.word, proof.InstantOf(f.began.at.In(r.zone)), f.began.source, f.began.word)
	pauses := m.quotePauses(w, paused)
	q := newQuotes(w, daysSpanned(r.zone, f.began.at, f.former.start, f.former.base, f.former.due, f.steps.start, f.steps.base, f.steps.beforeBase(f.rule), m.Due, v.Falls))
	begins = f.explainStart(w, q, begins, pauses)
	start, whole := begins, 0
	clause := r.source.clause
	switch unit := r.clause.Within.Unit(); {
	case unit.OnClock(), unit.OnService():
		if r.clause.Start.OutOfHours == OutOfHoursNextOpening {
			start = w.derive(proof.Opening, "start", proof.InstantOf(f.steps.start), clause, begins, q.hours(r.shift))
		}
		name := "within, service time"
		if unit.OnClock() {
			name = "within, on the clock"
		}
		whole = w.term(name, proof.ElapsedOf(r.length), r.source, "/within")
	default:
		due := r.explain(w, q, begins, pauses, f.steps)
		if r.clause.Start.OutOfHours == OutOfHoursNextOpening {
			start = w.derive(proof.Opening, "start", proof.InstantOf(f.steps.start), clause, begins, q.hours(r.shift))
		}
		budget, err := r.budget(&f.steps, paused)
		if err != nil {
			return new(proof.Working)
		}
		whole = w.derive(proof.Open, "time from start to due", proof.ElapsedOf(budget), clause, args([]int{start, due, q.hours(r.clock)}, pauses)...)
	}
	share := w.term("warning at", proof.PercentOf(v.At.n.Rat()), r.base().source, fmt.Sprintf("/warnings/%d", v.place))
	budget, _ := r.budget(&f.steps, paused)
	part := w.derive(proof.Part, "time until the warning", proof.ElapsedOf(partOf(budget, v.At)), clause, whole, share)
	if r.clause.Within.Unit().OnClock() {
		w.derive(proof.Elapse, "warning", proof.InstantOf(v.Falls), clause, args([]int{start, part}, pauses)...)
	} else {
		w.derive(proof.Reach, "warning", proof.InstantOf(v.Falls), clause, args([]int{start, part, q.hours(r.clock)}, pauses)...)
	}
	w.trim(len(w.w.Steps))
	return w.done()
}
