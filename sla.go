package contract

import (
	"fmt"
	"slices"
	"time"

	"github.com/cfd16870/contract/proof"
)

// A TargetClause is one service level as written: clauses 4.1, 5.2 and 6.2.
// Which of its fields it takes follows from the span's unit; one without effect
// is refused. A span of days that ends before its clock starts, since it counts its
// first day or rolls back, is an error of the request.
type TargetClause struct {
	Clause       string              `json:"clause,omitzero" ref:"clauses"`
	For          map[string][]string `json:"for,omitzero"` // channel, category, priority or item: the names that it binds
	Measure      Measure             `json:"measure,omitzero"`
	Within       Span                `json:"within,omitzero"`
	Clock        ClockClause         `json:"clock"`
	Start        StartClause         `json:"start"`
	Stop         StopClause          `json:"stop"`
	Roll         RollClause          `json:"roll"`
	Pauses       PausesClause        `json:"pauses"`
	Warnings     []Percent           `json:"warnings,omitzero" optional:"true"`                 // of the time, ascending: 50%, 75%, 90%
	OverrunHours string              `json:"overrunHours,omitzero" optional:"true" ref:"hours"` // in which an overrun is told too, where the clock names no hours
	Extension    *ExtensionClause    `json:"extension,omitzero" optional:"true"`                // what grants more time
}

// Measure is what a target measures.
type Measure string

const (
	MeasureResponse Measure = "response"
	MeasureArrival  Measure = "arrival"
	MeasureRestore  Measure = "restore"
	MeasureResolve  Measure = "resolve"

	MeasureNextResponse Measure = "next response" // to what the customer asks after a response; each is measured on its own
)

// Words returns the words of the choice.
func (Measure) Words() []string {
	return []string{string(MeasureResponse), string(MeasureArrival), string(MeasureRestore), string(MeasureResolve), string(MeasureNextResponse)}
}

// stop is the event that ends what is measured.
func (m Measure) stop() StopEvent {
	return map[Measure]StopEvent{
		MeasureResponse: StopResponded, MeasureNextResponse: StopResponded, MeasureArrival: StopArrived, MeasureRestore: StopRestored, MeasureResolve: StopResolved,
	}[m]
}

// A ClockClause names what the span runs on: hours for service time, days and
// where they end for working days, nothing for clock time. Days, weeks, months and
// years are counted as the document's [PeriodsClause] says; where the last one ends
// is said here.
type ClockClause struct {
	Hours string `json:"hours,omitzero" optional:"true" ref:"hours"`
	Days  string `json:"days,omitzero" optional:"true" ref:"workingDays"`
	Ends  Ends   `json:"ends,omitzero" optional:"true"`
}

// Ends says where the last of some days ends.
type Ends string

const (
	EndsAtClosing  Ends = "closing"          // of the day's last window: Civil Code art. 203
	EndsAt24       Ends = "24:00"            //
	EndsAtSameTime Ends = "same time of day" // as the clock started
)

// Words returns the words of the choice.
func (Ends) Words() []string {
	return []string{string(EndsAtClosing), string(EndsAt24), string(EndsAtSameTime)}
}

// A StartClause begins the clock.
type StartClause struct {
	Event      StartEvent `json:"event,omitzero"`
	OutOfHours OutOfHours `json:"outOfHours,omitzero" optional:"true"`
	Hours      string     `json:"hours,omitzero" optional:"true" ref:"hours"`
}

// StartEvent is the event that begins a clock.
type StartEvent string

const (
	StartReceived StartEvent = "received"
	StartAccepted StartEvent = "accepted"

	StartResponded  StartEvent = "responded"   // by a person: the time for a repair does not include that for the response
	StartAskedAgain StartEvent = "asked again" // after a response; what the next response is measured from
)

// Words returns the words of the choice.
func (StartEvent) Words() []string {
	return []string{string(StartReceived), string(StartAccepted), string(StartResponded), string(StartAskedAgain)}
}

// OutOfHours says what an event outside the hours does.
type OutOfHours string

const (
	OutOfHoursRuns        OutOfHours = "runs"         // the clock starts then
	OutOfHoursNextOpening OutOfHours = "next opening" // it counts as received at the next opening
	OutOfHoursNotMeasured OutOfHours = "not measured" // the target does not bind it
)

// Words returns the words of the choice.
func (OutOfHours) Words() []string {
	return []string{string(OutOfHoursRuns), string(OutOfHoursNextOpening), string(OutOfHoursNotMeasured)}
}

// A StopClause ends the clock, at the first event that qualifies.
type StopClause struct {
	Event          StopEvent `json:"event,omitzero"`
	AutomaticReply Counts    `json:"automaticReply,omitzero" optional:"true"`
	Workaround     Counts    `json:"workaround,omitzero" optional:"true"`
	Reopened       Reopened  `json:"reopened,omitzero" optional:"true"`
	ReopenedWithin Span      `json:"reopenedWithin,omitzero" optional:"true"` // days after the day of the stop; a later reopening has no effect, and without it none is too late
}

// Reopened says what it does to a clock that was stopped that the request is
// opened again: what was repaired was not, or fails again within some days.
type Reopened string

const (
	ReopenedStands   Reopened = "first stop stands" // the clock was stopped, and stays so
	ReopenedResumes  Reopened = "clock resumes"     // the clock goes on; the time until then is a pause
	ReopenedRunsOn   Reopened = "clock ran on"      // as if it had not been stopped
	ReopenedNewClock Reopened = "new clock starts"  // at the reopening; each clock is measured on its own
)

// Words returns the words of the choice.
func (Reopened) Words() []string {
	return []string{string(ReopenedStands), string(ReopenedResumes), string(ReopenedRunsOn), string(ReopenedNewClock)}
}

// StopEvent is the event that ends a clock.
type StopEvent string

const (
	StopResponded StopEvent = "responded"
	StopArrived   StopEvent = "arrived"
	StopRestored  StopEvent = "restored"
	StopResolved  StopEvent = "resolved"
)

// Words returns the words of the choice.
func (StopEvent) Words() []string {
	return []string{string(StopResponded), string(StopArrived), string(StopRestored), string(StopResolved)}
}

// Counts says whether something counts.
type Counts string

const (
	CountsYes Counts = "counts"
	CountsNo  Counts = "does not count"
)

// Words returns the words of the choice.
func (Counts) Words() []string { return []string{string(CountsYes), string(CountsNo)} }

// A RollClause says what becomes of a deadline outside the hours.
type RollClause struct {
	To    Roll   `json:"to,omitzero"`
	Hours string `json:"hours,omitzero" optional:"true" ref:"hours"`
}

// Roll is where a deadline outside the hours goes.
type Roll string

const (
	RollNone        Roll = "none"
	RollNextOpening Roll = "next opening" // out of hours, and at closing, when they are over
	RollCloseOfDay  Roll = "close of day" // of the day on which service opens next; a deadline in hours, or at a closing, stays
)

// Words returns the words of the choice.
func (Roll) Words() []string {
	return []string{string(RollNone), string(RollNextOpening), string(RollCloseOfDay)}
}

// A PausesClause says which pauses stop the clock, and what they do to one of
// days.
type PausesClause struct {
	Reasons []string `json:"reasons,omitzero"`
	OnDays  OnDays   `json:"onDays,omitzero" optional:"true"`
}

// OnDays says what a pause does to a clock of days. Those that skip are of working
// days alone.
type OnDays string

const (
	SkipWhollyPaused OnDays = "wholly paused days are skipped" // all of a day's service time lies in pauses
	SkipTouched      OnDays = "touched days are skipped"       // some of it does
	AddPausedTime    OnDays = "paused service time is added"   // to the deadline without pauses, as service time
)

// Words returns the words of the choice.
func (OnDays) Words() []string {
	return []string{string(SkipWhollyPaused), string(SkipTouched), string(AddPausedTime)}
}

// SeveralTargets says which of several targets of one measure bind a request.
type SeveralTargets string

const (
	AllApply            SeveralTargets = "all apply"
	CategoryOverChannel SeveralTargets = "category over channel" // a target for the category displaces those for the channel alone
	Strictest           SeveralTargets = "strictest"             // the one that is due first
)

// Words returns the words of the choice.
func (SeveralTargets) Words() []string {
	return []string{string(AllApply), string(CategoryOverChannel), string(Strictest)}
}

// PriorityChange says which targets bind a request whose priority changes. A target
// that fits it before and after is the same one, and goes on.
type PriorityChange string

const (
	PriorityStands    PriorityChange = "first priority stands"
	PriorityRederives PriorityChange = "new target from the start"  // as if it had had that priority all along; what was done before the change was done
	PriorityRestarts  PriorityChange = "new target from the change" // whose clock starts then, or with its own event if that comes later; what was late before it stays late
)

// Words returns the words of the choice.
func (PriorityChange) Words() []string {
	return []string{string(PriorityStands), string(PriorityRederives), string(PriorityRestarts)}
}

// A Selector is what a request is: names of the document's channels, categories
// and priorities, and of an item where targets ask for one. "" is none. Attributes
// are those that a document adds: plan, site, class of asset.
type Selector struct {
	Channel, Category, Priority, Item string
	Attributes                        map[string]string
}

// attributes of a selector, by the words of a target's "for".
func (s Selector) attribute(name string) string {
	switch name {
	case "channel":
		return s.Channel
	case "category":
		return s.Category
	case "priority":
		return s.Priority
	case "item":
		return s.Item
	}
	return s.Attributes[name]
}

// A Version is one state of the terms.
type Version struct {
	From      Date   // the first day on which it is in force; the zero Date for the first
	Amendment string // the ID of the amendment that made it; "" for the document as signed
	Digest    string // of the document with the amendments worked in
}

// A Target is one service level of a Contract, in all its versions: which of
// them a request falls under follows from the day it was received. A Target is
// immutable and safe for concurrent use; Deadline allocates nothing.
type Target struct {
	name     string
	zone     *time.Location
	versions []targetVersion
}

type targetVersion struct {
	from  Date  // of receipt, from which requests fall under it
	start int64 // of that day, in seconds since 1970
	rule  *targetRule
}

// holds reports whether the version is in force on the day of an instant. Two days
// from where it begins no change of the clock can matter, and the instants tell.
func (v *targetVersion) holds(at time.Time, zone *time.Location) bool {
	switch sec := at.Unix(); {
	case sec > v.start+2*secondsADay:
		return true
	case sec < v.start-2*secondsADay:
		return false
	}
	return !DateOf(at.In(zone)).Before(v.from)
}

// Name returns the name that the document gives the target.
func (t *Target) Name() string { return t.name }

// rule returns the version for a request received at an instant.
func (t *Target) rule(received time.Time) (*targetRule, error) {
	if received.IsZero() {
		return nil, &Error{Pointer: "received", Kind: ErrRequired, Msg: "the instant of receipt is not stated"}
	}
	for i := len(t.versions) - 1; i >= 0; i-- {
		if v := &t.versions[i]; i == 0 || v.holds(received, t.zone) {
			if v.rule == nil {
				return nil, &Error{Kind: ErrUnknown, Msg: fmt.Sprintf("the terms of %s have no target %q", stamp(received), t.name)}
			}
			return v.rule, nil
		}
	}
	return nil, fmt.Errorf("the zero Target has no deadlines: %w", ErrInvalid)
}

// A Deadline is the instant by which something is due. An event exactly at Due
// is in time. The zero Deadline is none.
type Deadline struct {
	Due         time.Time // in the contract's zone; zero if NotMeasured or NotStarted
	NotMeasured bool      // received out of hours, and the document says that such requests are not measured
	NotStarted  bool      // the event that starts the clock has not happened
	Provisional Date      // the first provisional day that the answer touches; zero: it is certain
	rule        *targetRule
	event       time.Time // that starts the clock
	word        string    // what the event is
	source      string    // of the event, if it came from a record
}

// Target returns the name of the target.
func (d Deadline) Target() string { return d.rule.called() }

// Clause returns the printed number of the target's clause.
func (d Deadline) Clause() string { return d.rule.cited() }

// Terms returns the version of the terms that the deadline is by: that of the day
// on which the request was received.
func (d Deadline) Terms() Version { return d.rule.version() }

// Calendars returns the calendars on which the deadline rests, each with its
// version; none for a clock that runs day and night and names no hours.
func (d Deadline) Calendars() []string { return d.rule.calendars() }

// Deadline returns when the target is due for a request received at an instant,
// without pauses, and without what an extension grants. A target whose clock starts
// with another event than receipt is an error (ErrRequired): [Contract.Deadlines] and
// [Target.Measure] know the events. Whether the contract ran on that day it does not
// ask, nor do they: [Contract.Term] tells. Beyond what the calendar knows the error is
// ErrRange; a contract compiled by [Contract.Provisional] answers there too. It
// allocates nothing, but for an error.
func (t *Target) Deadline(received time.Time) (Deadline, error) {
	rule, err := t.rule(received)
	if err != nil {
		return Deadline{}, err
	}
	if !rule.plain.received {
		return Deadline{}, rule.startsLater()
	}
	return rule.deadline(received)
}

// startsLater is the error of a question that knows the receipt alone.
func (r *targetRule) startsLater() error {
	return &Error{Pointer: "received", Clause: r.source.clause, Kind: ErrRequired,
		Msg: fmt.Sprintf("the clock of %q starts when the request is %s; ask for the deadlines of a request with its events", r.name, r.clause.Start.Event)}
}

// deadlineOf is the deadline of a request by its events, without its pauses; begin
// is the change of priority at which the clock starts again, if one does.
func (r *targetRule) deadlineOf(q *Request, begin *Event) (Deadline, error) {
	began, err := r.starting(q, begin)
	if err != nil {
		return Deadline{}, err
	}
	if began.at.IsZero() {
		return Deadline{NotStarted: true, rule: r}, nil
	}
	d, err := r.deadline(began.at)
	if err != nil {
		return Deadline{}, fmt.Errorf("%s: %w", r.name, err)
	}
	d.word, d.source = began.word, began.source
	return d, nil
}

// A targetRule is one version of a target, compiled.
type targetRule struct {
	name     string
	clause   TargetClause
	source   source
	zone     *time.Location
	length   time.Duration // of a span of clock or service time
	count    int           // of working days
	clock    *Schedule     // the hours of the clock; nil: none named
	days     *WorkingDays
	periods  *periodRule // that count days, weeks, months and years
	shift    *Schedule   // the hours that the start asks for
	roll     *Schedule   // the hours that the deadline rolls to
	overrun  *Schedule   // the hours in which an overrun is told
	pausable map[string]bool
	forward  []Date // of a clock of working days that skips paused ones: days of which a change of the clock may swallow service time
	plain    plainRule
	terms    Version       // of which it is
	guesses  bool          // it answers beyond the certain days
	skew     time.Duration // by which an event may be told to lie before the receipt

	firstPriority bool        // the first priority of a request stands
	extension     *targetRule // the clock of the time that is granted; nil: none is
	extends       *targetRule // of such a clock: the rule that it extends
}

// calendars are the calendars on which its answers rest.
func (r *targetRule) calendars() (list []string) {
	if r == nil {
		return nil
	}
	rests := func(c *Calendar) {
		if !slices.Contains(list, c.label()) {
			list = append(list, c.label())
		}
	}
	if r.extends != nil {
		list = r.extends.calendars()
	}
	for _, s := range []*Schedule{r.clock, r.shift, r.roll, r.overrun} {
		if s != nil {
			for _, c := range s.rests() {
				rests(c)
			}
		}
	}
	if r.days != nil {
		for _, p := range r.days.parts {
			rests(p.rule.calendar)
		}
	}
	if r.periods != nil && r.periods.clause.RestDay != RestDayStays {
		for _, p := range r.periods.days.parts {
			rests(p.rule.calendar)
		}
	}
	slices.Sort(list)
	return list
}

// version is the version of the terms of which it is.
func (r *targetRule) version() Version {
	if r == nil {
		return Version{}
	}
	return r.terms
}

// called is the name of the target, cited its clause; "" where there is no rule.
func (r *targetRule) called() string {
	if r == nil {
		return ""
	}
	return r.name
}

func (r *targetRule) cited() string {
	if r == nil {
		return ""
	}
	return r.base().source.clause
}

// deadlineSteps is a deadline with what the search came by: the working quotes it.
type deadlineSteps struct {
	event       time.Time // that starts the clock
	start       time.Time // of the clock; zero: not measured
	first, last Date      // of days: the one on which the clock starts, and the last
	seen        Date      // of days that are no working days: the last that was looked at for where the last one rolls
	base        time.Time // before the deadline rolls
	ended       time.Time // of the last day, before paused service time is added
	paused      time.Duration
	held        bool      // of working days: pauses were held against their hours
	opens       time.Time // service, on the day to whose close the deadline rolls; zero: it stays
	due         time.Time
}

// beforeBase is the instant before the deadline that rolls to the close of a day, where
// whether service ran until then decides; else the zero time.
func (s *deadlineSteps) beforeBase(r *targetRule) time.Time {
	if r.clause.Roll.To != RollCloseOfDay || s.base.IsZero() {
		return time.Time{}
	}
	return s.base.Add(-1)
}

func (r *targetRule) deadline(event time.Time) (Deadline, error) {
	s, err := r.steps(event, nil)
	if err != nil {
		return Deadline{}, err
	}
	return Deadline{Due: s.due, NotMeasured: s.start.IsZero(), Provisional: r.provisional(s), rule: r, event: event}, nil
}

// steps searches the deadline of a clock that an event at an instant starts,
// with pauses: the one search of this file, for deadline, measurement and working.
func (r *targetRule) steps(event time.Time, pauses []stretch) (deadlineSteps, error) {
	s, err := r.find(event, pauses)
	if err == nil && s.ended.Before(s.start) && !s.ended.IsZero() { // whatever is added to it, and wherever it rolls
		err = &Error{Clause: r.source.clause, Kind: ErrConflict, Msg: fmt.Sprintf("the last day ends at %s, before the clock starts at %s: it is counted from the day itself, or rolls back", stamp(s.ended), stamp(s.start))}
	}
	return s, err
}

// find is steps, whether or not the deadline comes after the start.
func (r *targetRule) find(event time.Time, pauses []stretch) (s deadlineSteps, err error) {
	s.event, s.start = event, event.In(r.zone)
	if r.shift != nil {
		switch r.clause.Start.OutOfHours {
		case OutOfHoursNextOpening:
			s.start, err = r.shift.OpenFrom(event)
		case OutOfHoursNotMeasured:
			var open bool
			if open, err = r.shift.IsOpen(event); err == nil && !open {
				return deadlineSteps{event: event}, nil
			}
		}
		if err != nil {
			return s, err
		}
	}
	switch {
	case r.clause.Within.Unit().OnClock():
		s.base = addOutside(s.start, r.length, pauses)
	case r.clause.Within.Unit().OnService():
		s.base, err = r.clock.addOutside(s.start, r.length, pauses)
	case r.periods != nil:
		s, err = r.civilDays(s, pauses)
	default:
		s, err = r.workingDays(s, pauses)
	}
	if err != nil {
		return s, err
	}
	s.due = s.base
	switch r.clause.Roll.To {
	case RollNextOpening:
		s.due, err = r.roll.OpenFrom(s.base)
	case RollCloseOfDay:
		s.due, s.opens, err = r.closeOfDay(s.base)
	}
	return s, err
}

// closeOfDay is where a deadline rolls that lies out of hours: the last instant of
// service on the day on which service opens next, and that opening. A deadline in hours
// stays, and so does one at which they close; opens is then the zero time.
func (r *targetRule) closeOfDay(base time.Time) (due, opens time.Time, err error) {
	if r.openBefore(base) {
		return base, time.Time{}, nil
	}
	if opens, err = r.roll.OpenFrom(base); err != nil || opens.Equal(base) {
		return base, time.Time{}, err
	}
	due, err = r.roll.OpenUntil(DateOf(opens).AddDays(1).StartIn(r.zone))
	return due, opens, err
}

// openBefore reports whether the hours that the deadline rolls to are open just before
// an instant.
func (r *targetRule) openBefore(t time.Time) bool {
	until, err := r.roll.OpenUntil(t)
	return err == nil && until.Equal(t)
}

// unknownAt reports whether an instant lies beyond what the calendars of the target know.
func (r *targetRule) unknownAt(t time.Time) bool {
	for _, s := range []*Schedule{r.clock, r.shift, r.roll} {
		if s != nil && s.line != nil {
			if _, until := s.Known(); t.After(until) {
				return true
			}
		}
	}
	for _, w := range []*WorkingDays{r.days, r.restDays()} {
		if w != nil && !DateOf(t.In(r.zone)).Before(w.Known().Until) {
			return true
		}
	}
	return false
}

// restDays are the working days by which the last day of a period rolls.
func (r *targetRule) restDays() *WorkingDays {
	if r.periods == nil || r.periods.clause.RestDay == RestDayStays {
		return nil
	}
	return r.periods.days
}

// provisional is the first provisional day that an answer touches. That service
// is open at an instant rests on the day that begins then; that it closed, or
// that its time was used up by then, does not.
func (r *targetRule) provisional(s deadlineSteps) Date {
	var first Date
	if !r.guesses {
		return first // beyond the certain days there is no answer
	}
	take := func(d Date) {
		if d.IsValid() && (!first.IsValid() || d.Before(first)) {
			first = d
		}
	}
	opened := func(hours *Schedule, t time.Time) {
		if hours != nil {
			take(hours.ProvisionalFrom(t.Add(1)))
		}
	}
	if s.start.IsZero() { // not measured, since it was closed
		opened(r.shift, s.event)
		return first
	}
	opened(r.shift, s.start)
	switch unit := r.clause.Within.Unit(); {
	case unit.OnClock():
	case unit.OnService():
		take(r.clock.ProvisionalFrom(s.base))
	default:
		switch {
		case r.days != nil:
			take(r.days.ProvisionalFrom(s.last))
		case r.periods.clause.RestDay != RestDayStays:
			take(r.periods.days.ProvisionalFrom(s.seen))
		}
		if r.clock != nil {
			ends := s.held || r.clause.Clock.Ends == EndsAtClosing
			if until := reachOf(r.clock.parts, false).Until; ends && !s.last.Before(until) {
				take(until)
			}
			if s.paused > 0 {
				take(r.clock.ProvisionalFrom(s.base))
			}
		}
	}
	switch {
	case r.clause.Roll.To == RollCloseOfDay && (!s.opens.IsZero() || r.openBefore(s.due)):
		take(r.roll.ProvisionalFrom(s.due)) // which is open until then
	default:
		opened(r.roll, s.due)
	}
	return first
}

// Explain is the working of the deadline. It recomputes, so a Deadline carries
// nothing for it. The zero Deadline has an empty working, and so has one that is
// not started.
func (d Deadline) Explain() *proof.Working {
	if d.rule == nil || d.NotStarted {
		return new(proof.Working)
	}
	start := d.word
	if start == "" {
		start = string(d.rule.clause.Start.Event)
	}
	r := newRecorder(fmt.Sprintf("deadline of %q, %s %s", d.rule.name, start, stamp(d.event.In(d.rule.zone))))
	event := r.fact(start, proof.InstantOf(d.event.In(d.rule.zone)), d.source, start)
	s, err := d.rule.steps(d.event, nil)
	if err != nil {
		return new(proof.Working) // the deadline was given, so it can be found again
	}
	q := newQuotes(r, daysSpanned(d.rule.zone, d.event, s.start, s.base, s.beforeBase(d.rule), s.due))
	d.rule.explain(r, q, event, nil, s)
	return r.done()
}
