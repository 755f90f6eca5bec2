package contract

import (
	"cmp"
	"fmt"
	"slices"
	"time"
)

// A Request is a record: what was asked, when, and what happened to it.
type Request struct {
	Source string // where it was read: requests.csv:17; workings quote it
	ID     string
	Selector
	Received time.Time
	Recorded time.Time // when it became known; the zero time: at once
	Events   []Event   // in any order
}

// An EventKind says what happened to a request.
type EventKind uint8

const (
	EventAccepted   EventKind = iota + 1
	EventResponded            // by a person
	EventAutoReply            // by a machine
	EventArrived              // on site
	EventPaused               // for a reason
	EventResumed              // the pause for the reason ends; without a reason, the one pause that is open
	EventWorkaround           // service is back by other means
	EventRestored             // service is back
	EventResolved             // the cause is gone
	EventReopened             // kept, and without effect on what was measured: the first stop stands
	EventCancelled            // by the customer
	EventExcused              // a breach is excused, for a reason; of every target of the request
)

var eventWords = [...]string{
	EventAccepted: "accepted", EventResponded: "responded", EventAutoReply: "automatic reply", EventArrived: "arrived",
	EventPaused: "paused", EventResumed: "resumed", EventWorkaround: "workaround", EventRestored: "restored",
	EventResolved: "resolved", EventReopened: "reopened", EventCancelled: "cancelled", EventExcused: "excused",
}

// EventKinds returns the words by which ParseEventKind knows the kinds.
func EventKinds() []string { return slices.Clone(eventWords[1:]) }

// ParseEventKind reads a kind by its word, such as "responded".
func ParseEventKind(s string) (EventKind, error) {
	if i := slices.Index(eventWords[:], s); i > 0 {
		return EventKind(i), nil
	}
	return 0, fmt.Errorf("no event %q; %s: %w", clip(s), have(EventKinds()), ErrUnknown)
}

// String returns the word for the kind.
func (k EventKind) String() string {
	if k == 0 || int(k) >= len(eventWords) {
		return fmt.Sprintf("EventKind(%d)", uint8(k))
	}
	return eventWords[k]
}

// An Event is one thing that happened to a request.
type Event struct {
	Kind   EventKind
	At     time.Time
	Reason string // of a pause, or of an excuse
	Source string // where it was read: events.csv:40

	Recorded time.Time // when it became known; the zero time: at once
}

// known reports whether the event had happened and was on record at an instant.
func (e *Event) known(asOf time.Time) bool { return !e.At.After(asOf) && !e.Recorded.After(asOf) }

// A Status says how a target stands for a request.
type Status uint8

const (
	StatusRunning     Status = iota + 1 // open, in time
	StatusPaused                        // open, in time, the clock stopped by a pause
	StatusMet                           // done in time
	StatusBreached                      // done late, or open and late
	StatusExcused                       // what would be a breach, excused
	StatusCancelled                     // by the customer, before it was due
	StatusNotStarted                    // the event that starts the clock has not happened
	StatusNotMeasured                   // received out of hours, which the document does not measure
)

var statusWords = [...]string{
	StatusRunning: "running", StatusPaused: "paused", StatusMet: "met", StatusBreached: "breached", StatusExcused: "excused",
	StatusCancelled: "cancelled", StatusNotStarted: "not started", StatusNotMeasured: "not measured",
}

// String returns the word for the status.
func (s Status) String() string {
	if s == 0 || int(s) >= len(statusWords) {
		return fmt.Sprintf("Status(%d)", uint8(s))
	}
	return statusWords[s]
}

// A Measurement is how a target stood for a request at an instant. It refers to
// its request and does not copy it: Explain reads the request again, which must
// not have been changed since. The zero Measurement is none.
type Measurement struct {
	Status Status
	Due    time.Time // with the pauses so far; zero if no clock has started
	Done   time.Time // the first event that qualifies; zero while open
	// Used and Left are on the target's own clock, for working days in service
	// time; Left is negative once late. While the clock runs they add up to the
	// budget. Both are zero where no clock was started, and where they are not known:
	// of a breach that ends beyond what the calendar knows.
	Used, Left time.Duration
	UsedKnown  bool // Used and Left are
	// Overrun is the time on the clock by which Done, or the instant asked about,
	// is after Due; 0 if it is not.
	Overrun     time.Duration
	Provisional Date // the first provisional day that the answer touches

	service   time.Duration // the overrun in service time
	inService bool
	cancelled bool      // by the customer, before it was done
	ended     time.Time // when it was done or cancelled, or the instant as of which it is measured
	rule      *targetRule
	request   *Request
	asOf      time.Time
}

// Request returns the request that was measured.
func (m Measurement) Request() *Request { return m.request }

// Target returns the name of the target.
func (m Measurement) Target() string { return m.rule.called() }

// Clause returns the printed number of the target's clause.
func (m Measurement) Clause() string { return m.rule.cited() }

// OverrunService returns the overrun in service time: of the target's own hours,
// or of those that it names for it. ok is false if it names none, or if they
// are not known so far. A breach can have an overrun of no service time at all:
// an answer a second after closing.
func (m Measurement) OverrunService() (d time.Duration, ok bool) { return m.service, m.inService }

// IsOpen reports whether the request still waits for what the target measures:
// it is neither done nor cancelled, late or not, excused or not.
func (m Measurement) IsOpen() bool {
	return m.Status != 0 && m.Status != StatusNotMeasured && m.Done.IsZero() && !m.cancelled
}

// Measure tells how the target stands for a request at asOf: only what happened
// by then counts. A request with an impossible order of events is an error that
// names the event; a deadline beyond the calendar is ErrRange.
func (t *Target) Measure(r *Request, asOf time.Time) (Measurement, error) {
	if r == nil {
		return Measurement{}, fmt.Errorf("no request to measure: %w", ErrInvalid)
	}
	rule, err := t.rule(r.Received)
	if err != nil {
		return Measurement{}, err
	}
	return rule.measure(r, asOf)
}

// measured is a measurement with what it came by.
type measured struct {
	Measurement
	event  Event // that started the clock
	pauses []stretch
	steps  deadlineSteps
	excuse *Event // if what was late is excused
	end    *Event // that ended it: it was done, or cancelled
}

func (r *targetRule) measure(q *Request, asOf time.Time) (Measurement, error) {
	m, err := r.fold(q, asOf)
	return m.Measurement, err
}

// fold reads the events up to asOf and measures.
func (r *targetRule) fold(q *Request, asOf time.Time) (m measured, err error) {
	m.Measurement = Measurement{rule: r, request: q, asOf: asOf}
	if q.Received.After(asOf) {
		return m, &Error{In: q.Source, Pointer: "received", Kind: ErrInvalid,
			Msg: fmt.Sprintf("received %s, after %s, as of which it is measured", stamp(q.Received), stamp(asOf))}
	}
	events, err := ordered(q, asOf)
	if err != nil {
		return m, err
	}
	m.ended = asOf
	for _, e := range events {
		switch {
		case e.Kind == EventExcused:
			m.excuse = e
		case m.end != nil: // the first event that ends it stands
		case r.stops(e.Kind):
			m.end, m.Done, m.ended = e, e.At.In(r.zone), e.At
		case e.Kind == EventCancelled:
			m.end, m.cancelled, m.ended = e, true, e.At
		}
	}
	var open bool
	var started bool
	if m.event, started = r.started(q); !started || m.event.At.After(asOf) {
		switch {
		case m.cancelled:
			m.Status = StatusCancelled
		case m.end != nil:
			m.Status = StatusMet // done before the clock began
		default:
			m.Status = StatusNotStarted
		}
		return m, nil
	}
	pauses, err := pausesOf(q, events, m.ended)
	if err != nil {
		return m, err
	}
	for _, p := range pauses {
		if r.pausable[p.Reason] {
			m.pauses = append(m.pauses, stretch{p.From, p.To, p.Source})
			open = open || p.Open
		}
	}
	m.pauses = merge(m.pauses)
	if m.steps, err = r.steps(m.event.At, m.pauses); err != nil {
		return m, fmt.Errorf("%s: %w", r.name, err)
	}
	if m.steps.start.IsZero() {
		m.Status, m.Done, m.Provisional = StatusNotMeasured, time.Time{}, r.provisional(m.steps)
		return m, nil
	}
	m.Due, m.Provisional = m.steps.due, r.provisional(m.steps)
	late := m.ended.After(m.Due)
	switch {
	case late && m.excuse != nil:
		m.Status = StatusExcused
	case late:
		m.Status = StatusBreached
	case m.end != nil && !m.cancelled:
		m.Status = StatusMet
	case m.cancelled:
		m.Status = StatusCancelled
	case open:
		m.Status = StatusPaused
	default:
		m.Status = StatusRunning
	}
	if late {
		m.Overrun = m.ended.Sub(m.Due)
		if told := r.overrunHours(); told != nil {
			d, err := told.Between(m.Due, m.ended)
			m.service, m.inService = d, err == nil // beyond the calendar it is not known, and the breach stands
			if err == nil && !m.Provisional.IsValid() {
				m.Provisional = told.ProvisionalFrom(m.ended)
			}
		}
	}
	err = r.use(&m)
	if r.clock != nil && m.UsedKnown && !r.clause.Within.Unit().OnClock() && !m.Provisional.IsValid() {
		m.Provisional = r.clock.ProvisionalFrom(m.ended)
	}
	return m, err
}

// started returns the event that starts the clock: the receipt, or the first
// acceptance.
func (r *targetRule) started(q *Request) (e Event, ok bool) {
	if r.clause.Start.Event == StartReceived {
		return Event{At: q.Received, Source: q.Source}, true
	}
	for _, one := range q.Events {
		if one.Kind == EventAccepted && (!ok || one.At.Before(e.At)) {
			e, ok = one, true
		}
	}
	if e.Source == "" {
		e.Source = q.Source
	}
	return e, ok
}

// use fills in Used and Left.
func (r *targetRule) use(m *measured) error {
	start, end := m.steps.start, m.ended
	if end.Before(start) {
		end = start // done before the clock began, which is in time
	}
	budget := r.length
	var err error
	switch unit := r.clause.Within.Unit(); {
	case unit.OnClock():
		m.Used = passed(start, end, m.pauses)
	case unit.OnService():
		m.Used, err = r.clock.passed(start, end, m.pauses)
	case r.clock == nil:
		m.Used, budget = passed(start, end, m.pauses), passed(start, m.Due, m.pauses)
	default:
		if m.Used, err = r.clock.passed(start, end, m.pauses); err == nil {
			budget, err = r.clock.passed(start, m.Due, m.pauses)
		}
	}
	if err != nil && m.Overrun > 0 {
		m.Used = 0 // late beyond the calendar: how much of the clock is not known, and the breach stands
		return nil
	}
	m.Left, m.UsedKnown = budget-m.Used, err == nil
	return err
}

// overrunHours is the schedule in which an overrun is told.
func (r *targetRule) overrunHours() *Schedule {
	if r.overrun != nil {
		return r.overrun
	}
	return r.clock
}

// stops reports whether an event ends the clock.
func (r *targetRule) stops(k EventKind) bool {
	switch k {
	case EventResponded:
		return r.clause.Stop.Event == StopResponded
	case EventAutoReply:
		return r.clause.Stop.Event == StopResponded && r.clause.Stop.AutomaticReply == CountsYes
	case EventArrived:
		return r.clause.Stop.Event == StopArrived
	case EventRestored:
		return r.clause.Stop.Event == StopRestored
	case EventResolved:
		return r.clause.Stop.Event == StopResolved
	case EventWorkaround:
		return (r.clause.Stop.Event == StopRestored || r.clause.Stop.Event == StopResolved) && r.clause.Stop.Workaround == CountsYes
	}
	return false
}

// ordered returns the events known at asOf in the order in which they happened, so
// that the order in which they are told makes no difference.
func ordered(q *Request, asOf time.Time) ([]*Event, error) {
	events := make([]*Event, 0, len(q.Events))
	for i := range q.Events {
		e := &q.Events[i]
		switch {
		case e.Kind == 0 || int(e.Kind) >= len(eventWords):
			return nil, eventError(q, e, ErrUnknown, "%v is no kind of event", e.Kind)
		case e.At.IsZero():
			return nil, eventError(q, e, ErrRequired, "%v has no time", e.Kind)
		case e.Kind == EventExcused && e.Reason == "":
			return nil, eventError(q, e, ErrRequired, "excused without a reason")
		case e.At.Before(q.Received):
			return nil, eventError(q, e, ErrConflict, "%v at %s, before the request was received at %s", e.Kind, stamp(e.At), stamp(q.Received))
		case e.known(asOf):
			events = append(events, e)
		}
	}
	slices.SortStableFunc(events, func(a, b *Event) int {
		return cmp.Or(a.At.Compare(b.At), cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Reason, b.Reason), cmp.Compare(a.Source, b.Source))
	})
	return events, nil
}

// eventError is a fault of an event; it lies at the event's place in the request.
func eventError(q *Request, e *Event, kind error, format string, args ...any) *Error {
	err := &Error{In: e.Source, Kind: kind, Msg: fmt.Sprintf(format, args...)}
	if err.In == "" {
		err.In = q.Source
	}
	for i := range q.Events {
		if &q.Events[i] == e {
			err.Pointer = fmt.Sprintf("events/%d", i)
		}
	}
	return err
}

// PausesNotAllowed returns the pauses whose reason the target does not allow:
// they stop no clock and are there to be reported.
func (m Measurement) PausesNotAllowed() []Pause {
	if m.rule == nil {
		return nil
	}
	events, err := ordered(m.request, m.asOf)
	if err != nil {
		return nil // Measure said so
	}
	pauses, err := pausesOf(m.request, events, m.asOf)
	if err != nil {
		return nil
	}
	return slices.DeleteFunc(pauses, func(p Pause) bool { return m.rule.pausable[p.Reason] })
}
