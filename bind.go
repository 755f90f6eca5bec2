package contract

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
)

// Which targets bind a request: those whose selectors fit it, less those that others
// displace, for as long as its priority makes them.

// Deadlines returns the deadlines that bind a request, without its pauses and without
// what an extension grants, by name of target: all whose selectors fit, less those
// that another displaces by the rule for several targets. All that is told of the
// request counts, its last priority included: [Contract.Measure] is as of an instant.
//
// Where the calendar does not reach a deadline, the others are returned beside an error
// that is ErrRange, [Errors] with the place of each such target in the document. Of the
// strictest of several that measure the same, none is: which it would be is not known.
func (c *Contract) Deadlines(r *Request) ([]Deadline, error) {
	stints, err := c.binding(r, always())
	if err != nil {
		return nil, err
	}
	found := answers[Deadline]{list: make([]Deadline, 0, len(stints)), strict: c.strict(r)}
	for _, s := range stints {
		if s.until != nil {
			continue
		}
		rule, err := s.target.rule(r.Received)
		if err != nil {
			return nil, err
		}
		switch d, err := rule.deadlineOf(r, s.begin()); {
		case errors.Is(err, ErrRange):
			found.beyond(rule, contest{measure: rule.clause.Measure}, err)
		case err != nil:
			return nil, err
		default:
			found.take(d, contest{measure: rule.clause.Measure}, d.Due)
		}
	}
	return found.told(), found.err()
}

// Measure tells how the targets that bind a request stand at asOf, by name of
// target: see [Target.Measure]. Where a reopened request starts a new clock, or a
// customer asks again, each of its clocks is measured, in the order in which they
// were started. Of a request whose priority changed, the targets of the former
// priority are told for what was done by them, or late; what a reopening of the same
// clock undoes was not done.
//
// Where the calendar does not reach a deadline, the others are told beside the error:
// see [Contract.Deadlines].
func (c *Contract) Measure(r *Request, asOf time.Time) ([]Measurement, error) {
	found, err := c.measured(r, asOf)
	if err != nil {
		return nil, err
	}
	return found.told(), found.err()
}

// measured is Measure, with what the calendar does not reach apart.
func (c *Contract) measured(r *Request, asOf time.Time) (*answers[Measurement], error) {
	stints, err := c.binding(r, asOf)
	if err != nil {
		return nil, err
	}
	found := &answers[Measurement]{list: make([]Measurement, 0, len(stints)), strict: c.strict(r)}
	take := func(s stint, m Measurement, err error) {
		in := contest{measure: m.rule.clause.Measure, cycle: m.Cycle()}
		if m.replaced {
			in.ceased = s.until
		}
		switch {
		case err == nil && s.tells(m): // of the strictest, by the instants that are due with the pauses
			found.take(m, in, m.Due)
		case err != nil && s.mayTell(m):
			found.beyond(m.rule.base(), in, err)
		}
	}
	var told []happened // in order, once more than one clock of a target is asked about
	for _, s := range stints {
		rule, err := s.target.rule(r.Received)
		if err != nil {
			return nil, err
		}
		own := scope{cycle: lastCycle, begin: s.begin(), until: s.until}
		if told == nil && own.changed() {
			if told, err = ordered(r, asOf, rule.skew, nil); err != nil {
				return nil, err
			}
		}
		var last Measurement
		lastErr := rule.measure(&last, r, asOf, own, told)
		if lastErr != nil && !errors.Is(lastErr, ErrRange) {
			return nil, lastErr
		}
		if told == nil && last.Cycle() > 0 {
			if told, err = ordered(r, asOf, rule.skew, nil); err != nil {
				return nil, err
			}
		}
		for own.cycle = range last.Cycle() {
			var m Measurement
			err := rule.measure(&m, r, asOf, own, told)
			if err != nil && !errors.Is(err, ErrRange) {
				return nil, err
			}
			take(s, m, err)
		}
		take(s, last, lastErr)
	}
	return found, nil
}

// A contest is what several targets may be for: one measure of one clock.
type contest struct {
	measure Measure
	cycle   int
	ceased  *Event // the change of priority by which they ceased to bind; nil: they bind
}

// answers are what is found of the targets that bind a request.
type answers[T any] struct {
	list    []T
	strict  bool      // of several targets the strictest binds
	in      []contest // of the list, where it does
	due     []time.Time
	unknown []*Error // of the targets whose deadline the calendar does not reach
	without []contest
}

func (a *answers[T]) take(v T, in contest, due time.Time) {
	a.list = append(a.list, v)
	if a.strict {
		a.in, a.due = append(a.in, in), append(a.due, due)
	}
}

// beyond takes an error that says that the calendar does not reach a deadline.
func (a *answers[T]) beyond(r *targetRule, in contest, err error) {
	a.without = append(a.without, in)
	if slices.ContainsFunc(a.unknown, func(e *Error) bool { return e.Pointer == r.source.pointer }) {
		return // of another of its clocks
	}
	a.unknown = append(a.unknown, &Error{Pointer: r.source.pointer, Clause: r.source.clause, Kind: ErrRange, Msg: strings.TrimPrefix(err.Error(), r.name+": "), Cause: err})
}

// err is all that is unknown as one error.
func (a *answers[T]) err() error { return Errors(a.unknown).orNil() }

// told is the list. Of the strictest it leaves, of each measure, what is due first; of
// several due at once, the first by name. What has not started, or is not measured,
// displaces nothing: it is left where nothing of its measure is due. Where one of several
// is not known nothing is left.
func (a *answers[T]) told() []T {
	if !a.strict {
		return a.list
	}
	first := make(map[contest]int)
	for i, c := range a.in {
		k, ok := first[c]
		if !ok || !a.due[i].IsZero() && (a.due[k].IsZero() || a.due[i].Before(a.due[k])) {
			first[c] = i
		}
	}
	var kept []T
	for i, c := range a.in {
		if first[c] == i && !slices.Contains(a.without, c) {
			kept = append(kept, a.list[i])
		}
	}
	return kept
}

// A stint is the time for which a target binds a request.
type stint struct {
	target      *Target
	from, until *Event    // the changes of priority at both ends; nil: from the receipt, for good
	since       time.Time // when from happened
	restarts    bool      // a change starts the clock again
}

// begin is the change of priority at which the clock starts again, if one does.
func (s stint) begin() *Event {
	if s.restarts {
		return s.from
	}
	return nil
}

// tells reports whether a measurement is the stint's to tell.
func (s stint) tells(m Measurement) bool {
	ended := !m.IsOpen() && m.Status != StatusNotMeasured
	switch {
	case m.rule.clause.Measure == MeasureNextResponse && m.Due.IsZero() && m.Status != StatusNotMeasured:
		return false // nobody asked again
	case s.from != nil && !m.ended.After(s.since) && (ended || m.ended.Before(m.asOf)):
		return false // done before the target bound it
	case s.until == nil:
		return true
	case m.replaced:
		return s.restarts && (m.Status == StatusBreached || m.Status == StatusExcused)
	}
	return ended
}

// mayTell reports whether a measurement would be the stint's to tell whose deadline the
// calendar does not reach. What was replaced is told where it was late, which it was not
// as long as the calendar is known.
func (s stint) mayTell(m Measurement) bool {
	switch {
	case s.from != nil && !m.ended.After(s.since) && m.ended.Before(m.asOf):
		return false // done before the target bound it
	case m.replaced:
		return s.restarts && m.rule.unknownAt(m.ended)
	}
	return true
}

// binding returns the targets that bind a request by asOf, each as long as it does,
// by name and then by time; of the strictest none is chosen yet.
func (c *Contract) binding(r *Request, asOf time.Time) ([]stint, error) {
	if r == nil {
		return nil, fmt.Errorf("no request: %w", ErrInvalid)
	}
	on := DateOf(r.Received.In(c.Zone()))
	changes, err := c.changes(r, on, asOf)
	if err != nil {
		return nil, err
	}
	first, err := c.Targets(r.Selector, on)
	if err != nil {
		return nil, err
	}
	stints := make([]stint, 0, len(first))
	for _, t := range first {
		stints = append(stints, stint{target: t})
	}
	if len(changes) == 0 {
		return stints, nil
	}
	restarts := c.on(on).doc.PriorityChange == PriorityRestarts
	bound := make([]int, len(stints)) // the places of those that go on
	for k := range bound {
		bound[k] = k
	}
	for i := range changes {
		e := changes[i].Event
		s := r.Selector
		s.Priority = e.Priority
		fit, err := c.Targets(s, on)
		if err != nil {
			return nil, err
		}
		former := bound
		bound = nil
		for _, k := range former {
			if slices.Contains(fit, stints[k].target) {
				bound = append(bound, k)
			} else {
				stints[k].until = e
			}
		}
		for _, t := range fit {
			if !slices.ContainsFunc(bound, func(k int) bool { return stints[k].target == t }) {
				bound = append(bound, len(stints))
				stints = append(stints, stint{target: t, from: e, since: changes[i].at})
			}
		}
	}
	for k := range stints {
		stints[k].restarts = restarts
	}
	slices.SortStableFunc(stints, func(a, b stint) int { return strings.Compare(a.target.name, b.target.name) })
	return stints, nil
}

// changes returns the changes of priority known at asOf that change which targets
// bind a request, in order. Two of one instant to different priorities are a conflict:
// no order of telling says which came last.
func (c *Contract) changes(r *Request, on Date, asOf time.Time) ([]happened, error) {
	if !slices.ContainsFunc(r.Events, func(e Event) bool { return e.Kind == EventPriorityChanged }) {
		return nil, nil
	}
	t := c.on(on)
	var skew time.Duration
	if q := t.doc.Requests; q != nil {
		skew, _ = q.ClockSkew.Duration()
	}
	events, err := ordered(r, asOf, skew, nil)
	if err != nil {
		return nil, err
	}
	var list []happened
	for _, h := range events {
		if h.Kind != EventPriorityChanged {
			continue
		}
		if err := t.knows(Selector{Priority: h.Priority}); err != nil {
			return nil, eventError(r, h.Event, ErrUnknown, "%s", err.(Errors)[0].Msg)
		}
		list = append(list, h)
	}
	if rule := t.doc.PriorityChange; rule == PriorityStands || rule == "" {
		return nil, nil // no target chooses by it, or the first stands
	}
	for i := 1; i < len(list); i++ {
		if a, b := list[i-1], list[i]; a.At.Equal(b.At) && a.Priority != b.Priority {
			return nil, eventError(r, b.Event, ErrConflict, "the priority changed to %q and to %q at one instant, and which came last is not said", clip(a.Priority), clip(b.Priority))
		}
	}
	return list, nil
}

// strict reports whether of several targets of one measure the strictest binds a request.
func (c *Contract) strict(r *Request) bool {
	return c.on(DateOf(r.Received.In(c.Zone()))).doc.SeveralTargets == Strictest
}

// knows reports names of a selector that the document does not have.
func (t *terms) knows(s Selector) error {
	var faults Errors
	attributes := t.attributes()
	for _, word := range sortedKeys(s.Attributes) {
		if !slices.ContainsFunc(attributes, func(a attribute) bool { return a.word == word }) {
			faults.add(word, ErrUnknown, "requests have no %q", clip(word))
		}
	}
	for _, a := range attributes {
		if name := s.attribute(a.word); name != "" && a.names != nil && !slices.Contains(a.names, name) {
			faults.add(a.word, ErrUnknown, "no %s %q; %s", a.word, clip(name), have(a.names))
		}
	}
	return faults.orNil()
}

// selects reports whether a target's "for" fits a request: each attribute that it
// names has one of the names that it lists.
func selects(by map[string][]string, s Selector) bool {
	for word, names := range by {
		if !slices.Contains(names, s.attribute(word)) {
			return false
		}
	}
	return true
}

// overChannel leaves out the targets chosen by channel and not by category where
// one of the same measure is chosen by category.
func overChannel(doc *Document, list []*Target) []*Target {
	byCategory := make(map[Measure]bool)
	for _, t := range list {
		clause := doc.Targets[t.name]
		if _, ok := clause.For["category"]; ok {
			byCategory[clause.Measure] = true
		}
	}
	return slices.DeleteFunc(list, func(t *Target) bool {
		clause := doc.Targets[t.name]
		_, category := clause.For["category"]
		_, channel := clause.For["channel"]
		return channel && !category && byCategory[clause.Measure]
	})
}
