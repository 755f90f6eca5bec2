package contract

import (
	"fmt"
	"math"
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
	EventAccepted        EventKind = iota + 1
	EventResponded                 // by a person
	EventAutoReply                 // by a machine
	EventArrived                   // on site
	EventPaused                    // for a reason
	EventResumed                   // the pause for the reason ends; without a reason, the one pause that is open
	EventWorkaround                // service is back by other means
	EventRestored                  // service is back
	EventResolved                  // the cause is gone
	EventReopened                  // what was done was not: what that does is the target's word, see [Reopened]
	EventCancelled                 // by the customer
	EventExcused                   // a breach is excused, for a reason; of every target of the request
	EventPriorityChanged           // to the priority that the event names: what that does is the document's word, see [PriorityChange]
	EventAskedAgain                // by the customer, after a response
	EventExtended                  // more time is granted, for a reason: which reasons grant how much is the target's word, see [ExtensionClause]
)

var eventWords = [...]string{
	EventAccepted: "accepted", EventResponded: "responded", EventAutoReply: "automatic reply", EventArrived: "arrived",
	EventPaused: "paused", EventResumed: "resumed", EventWorkaround: "workaround", EventRestored: "restored",
	EventResolved: "resolved", EventReopened: "reopened", EventCancelled: "cancelled", EventExcused: "excused",
	EventPriorityChanged: "priority changed", EventAskedAgain: "asked again",
	EventExtended: "extended",
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
	Reason string // of a pause, of an excuse, or of an extension
	Source string // where it was read: events.csv:40

	Priority string // of a change of priority: the new one

	Recorded time.Time // when it became known; the zero time: at once
}

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
// its request and does not copy it: Explain, Warnings and Next read the request
// again, which must not have been changed since. The zero Measurement is none.
type Measurement struct {
	Status Status
	Due    time.Time // with the pauses so far and the time that was granted; zero if no clock has started
	Done   time.Time // the first event that qualifies; zero while open
	// Used and Left are on the target's own clock, for days in the service time of its
	// hours, if it names any. While the clock runs they add up to the budget: the span, or
	// for days the time up to Due. Left is negative once that is used up, which is late, or
	// before Due where a deadline in hours rolls. Both are zero where no clock was started,
	// and where the calendar does not know them.
	Used, Left time.Duration
	UsedKnown  bool // Used and Left are
	// Overrun is the time on the clock by which Done, or the instant asked about,
	// is after Due; 0 if it is not.
	Overrun     time.Duration
	Provisional Date // the first provisional day that the answer touches

	service   time.Duration // the overrun in service time
	inService bool
	cancelled bool      // by the customer, before it was done; or replaced
	replaced  bool      // by the target of another priority, before it was done
	rolled    bool      // Due is where the deadline rolled to
	ended     time.Time // when it was done or cancelled, or the instant as of which it is measured
	rule      *targetRule
	extended  *Event // that granted more time: the rule is that of the extension
	request   *Request
	asOf      time.Time
	scope     scope
}

// A scope is the part of a request's life that a measurement is of.
type scope struct {
	cycle int    // the clocks of one request are counted from 0: a reopening may start the next
	begin *Event // the change of priority at which the clock starts again; nil: the clause says when it starts
	until *Event // the change of priority by which the target ceased to bind the request; nil: none
}

// changed reports whether a change of priority is at an end of it.
func (s scope) changed() bool { return s.begin != nil || s.until != nil }

// lastCycle asks for the clock that was started last.
const lastCycle = math.MaxInt

// Request returns the request that was measured.
func (m Measurement) Request() *Request { return m.request }

// Target returns the name of the target.
func (m Measurement) Target() string { return m.rule.called() }

// Clause returns the printed number of the target's clause.
func (m Measurement) Clause() string { return m.rule.cited() }

// Terms returns the version of the terms by which it was measured: that of the day
// on which the request was received.
func (m Measurement) Terms() Version { return m.rule.version() }

// Calendars returns the calendars on which the measurement rests, each with its
// version; none for a clock that runs day and night and names no hours.
func (m Measurement) Calendars() []string { return m.rule.calendars() }

// OverrunService returns the overrun in service time: of the target's own hours,
// or of those that it names for it; where a clock runs on that an extension granted, of
// that clock's. ok is false if it names none, or if they are not known so far. A breach
// can have an overrun of no service time at all: an answer a second after closing.
func (m Measurement) OverrunService() (d time.Duration, ok bool) {
	if m.Overrun == 0 && !m.Due.IsZero() {
		return 0, m.rule.overrunHours() != nil
	}
	return m.service, m.inService
}

// Cycle returns which clock of the request was measured, counted from 0: where
// reopened requests start a new one, each is measured on its own.
func (m Measurement) Cycle() int { return m.scope.cycle }

// IsOpen reports whether the request still waits for what the target measures:
// it is neither done nor cancelled, late or not, excused or not.
func (m Measurement) IsOpen() bool {
	return m.Status != 0 && m.Status != StatusNotMeasured && m.Done.IsZero() && !m.cancelled
}

// Measure tells how the target stands for a request at asOf: only what happened
// by then, and was on record, counts. A request that was received or recorded later, or
// with an impossible order of events, is an error that names the field or the event; a
// deadline beyond the calendar is ErrRange. Of a request that started several clocks it
// is the last: [Contract.Measure] tells of all. For up to three pauses it allocates
// nothing.
func (t *Target) Measure(r *Request, asOf time.Time) (Measurement, error) {
	rule, err := t.ruleFor(r)
	if err != nil {
		return Measurement{}, err
	}
	var m Measurement
	if err = rule.measure(&m, r, asOf, scope{cycle: lastCycle}, nil); err != nil {
		return Measurement{}, err
	}
	return m, nil
}

// Due tells when the target is due for a request, with the pauses and the extension
// known at asOf, and whether it is breached then: what Measure tells as Due and StatusBreached,
// and nothing else. Due is zero where no clock has started. It is for loops over
// many requests: for up to three pauses it allocates nothing.
func (t *Target) Due(r *Request, asOf time.Time) (due time.Time, breached bool, err error) {
	rule, err := t.ruleFor(r)
	if err != nil {
		return time.Time{}, false, err
	}
	return rule.due(r, asOf)
}

// DuePaused tells when the target is due for a request received at an instant, with
// pauses that the caller has judged: [Target.Due] for a service that keeps its clocks
// itself and has no events to read. Every pause stops the clock, whatever its reason;
// of one that lasts, To is the instant asked about. They are in order, do not overlap
// and begin no earlier than the receipt; one that does not is an error that names it,
// ErrConflict. Due is zero where the request was received out of hours and is not
// measured. A target whose clock starts with another event than receipt is an error,
// ErrRequired, and a deadline beyond the calendar ErrRange. For up to eight pauses it
// allocates nothing.
func (t *Target) DuePaused(received time.Time, pauses []Pause) (due time.Time, err error) {
	rule, err := t.rule(received)
	if err != nil {
		return time.Time{}, err
	}
	return rule.duePaused(received, pauses)
}

func (t *Target) ruleFor(r *Request) (*targetRule, error) {
	if r == nil {
		return nil, fmt.Errorf("no request to measure: %w", ErrInvalid)
	}
	return t.rule(r.Received)
}

// PausesNotAllowed returns the pauses whose reason the target does not allow:
// they stop no clock and are there to be reported.
func (m Measurement) PausesNotAllowed() []Pause {
	if m.rule == nil {
		return nil
	}
	events, err := ordered(m.request, m.asOf, m.rule.skew, nil)
	if err != nil {
		return nil // Measure said so
	}
	pauses, err := pausesOf(m.request, events, m.asOf, nil)
	if err != nil {
		return nil
	}
	var list []Pause
	for _, p := range pauses {
		if !m.rule.pausable[p.by.Reason] {
			list = append(list, Pause{Reason: p.by.Reason, From: p.from, To: p.to, Open: p.open, Source: p.by.Source})
		}
	}
	return list
}
