package contract

import (
	"fmt"
	"slices"
	"time"

	"github.com/cfd16870/contract/internal/effort"
	"github.com/cfd16870/contract/proof"
)

// An ExtensionClause grants a target more time, once for each of its clocks: by the
// first event that the request was extended for one of the reasons, such as a loan unit
// that was delivered. It has to come no earlier than the event that starts the clock, by the
// instant that is due with the pauses so far, and before what is owed is done or
// cancelled; any other is kept and has no effect. The new span starts at once, in hours
// or out of them, and runs on its own clock with the pauses, the warnings and the roll
// of the target.
type ExtensionClause struct {
	Clause  string        `json:"clause,omitzero" optional:"true" ref:"clauses"` // where it is not that of the target
	Reasons []string      `json:"reasons,omitzero" optional:"true"`              // at least one
	Within  Span          `json:"within,omitzero"`
	Clock   ClockClause   `json:"clock"`
	From    ExtensionFrom `json:"from,omitzero"`
}

// ExtensionFrom is what the time that is granted runs from.
type ExtensionFrom string

const (
	ExtensionFromEvent    ExtensionFrom = "event"    // what was left is gone: the new span takes its place, where it ends sooner too
	ExtensionFromDeadline ExtensionFrom = "deadline" // that it extends; days are counted from the day that ends with it, and a span that ends no later grants nothing
)

// Words returns the words of the choice.
func (ExtensionFrom) Words() []string {
	return []string{string(ExtensionFromEvent), string(ExtensionFromDeadline)}
}

// ExtendedBy returns the event of the request that granted more time, nil if none did.
// Due, Used, Left, the overrun and the warnings are then of the time that was granted.
func (m Measurement) ExtendedBy() *Event { return m.extended }

// took is the time that the request took, on the clock of the target itself, extended
// or not: from the start of that. ok is false where it is not known.
func (m Measurement) took() (d time.Duration, ok bool) {
	if m.extended == nil {
		return m.Used, m.UsedKnown
	}
	r := m.rule.base()
	var own room
	f, pauses, err := r.fold(m.request, m.asOf, m.scope, &own)
	if err != nil || f.extended == nil {
		return 0, false // Measure said so
	}
	end := f.ended
	if end.Before(f.former.start) {
		end = f.former.start
	}
	d, err = r.run(f.former.start, end, pauses)
	return d, err == nil
}

// base is the rule itself, of the time that an extension grants the rule that it extends.
func (r *targetRule) base() *targetRule {
	if r.extends != nil {
		return r.extends
	}
	return r
}

// extendedBy returns the event that grants a clock more time, by when it is due without.
func (r *targetRule) extendedBy(m *measured, events []happened) *happened {
	for i := range events {
		effort.Take()
		e := &events[i]
		if e.Kind != EventExtended || e.at.Before(m.began.at) || !slices.Contains(r.clause.Extension.Reasons, e.Reason) {
			continue
		}
		if e.at.After(m.steps.due) || m.end != nil && !e.at.Before(m.ended) {
			return nil // and so is every later one
		}
		return e
	}
	return nil
}

// granted searches the deadline of the time that is granted by an event at an instant.
func (r *targetRule) granted(at time.Time, extended deadlineSteps, pauses []stretch) (deadlineSteps, error) {
	if r.goesOn() {
		return r.find(extended.due, pauses)
	}
	return r.steps(at, pauses)
}

// goesOn reports whether the clock of a rule starts as another runs out.
func (r *targetRule) goesOn() bool {
	return r.extends != nil && r.extends.clause.Extension.From == ExtensionFromDeadline
}

// firstDay is the day from which days are counted for a clock that starts at an
// instant: where it goes on from a deadline, that of the deadline, which may be over.
func (r *targetRule) firstDay(start time.Time) (day Date, over bool) {
	day = DateOf(start.In(r.zone))
	if r.goesOn() {
		on := r.extends.dueDay(start, r.extends.roll != nil && !r.extends.openBefore(start)) // else it did not roll to there
		return on, on.Before(day)
	}
	return day, false
}

// dueDay is the day on which a deadline falls. One at 24:00 is of the day that ends then,
// but for an opening at midnight to which it rolled.
func (r *targetRule) dueDay(due time.Time, rolled bool) Date {
	day := DateOf(due.In(r.zone))
	if !day.StartIn(r.zone).Equal(due) || rolled && r.clause.Roll.To == RollNextOpening {
		return day
	}
	return day.AddDays(-1)
}

// dueAgain is when a measurement would be due with other pauses.
func (m *measured) dueAgain(pauses []stretch) (time.Time, error) {
	r := m.rule.base()
	s, err := r.steps(m.began.at, pauses)
	if err == nil && m.extended != nil {
		s, err = m.rule.granted(m.granted, s, pauses)
	}
	return s.due, err
}

// explainStart writes how the clock of a measurement came to start that an extension
// grants: the former deadline, the event, and that it was in time. It returns the step
// at which the clock starts; begins is that at which the request's began.
func (m *measured) explainStart(w *recorder, q *quotes, begins int, pauses []int) int {
	if m.extended == nil {
		return begins
	}
	r := m.rule.base()
	due := r.explain(w, q, begins, pauses, m.former)
	source := sourceOf(m.request, m.extended)
	event := w.fact(EventExtended.String(), proof.InstantOf(m.granted.In(r.zone)), source, EventExtended.String())
	late := w.late(m.granted.In(r.zone), m.former.due, m.rule.source.clause, event, due)
	reason := w.fact("reason", proof.WordOf(m.extended.Reason), source, "reason")
	grants := w.term("reason for more time", proof.WordOf(m.extended.Reason), m.rule.source, fmt.Sprintf("/reasons/%d", slices.Index(r.clause.Extension.Reasons, m.extended.Reason)))
	w.derive(proof.Grant, "more time", proof.TruthOf(true), m.rule.source.clause, late, reason, grants)
	if m.rule.goesOn() {
		return due
	}
	return event
}
