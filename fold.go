package contract

import (
	"cmp"
	"errors"
	"fmt"
	"math"
	"slices"
	"time"
)

// A measurement is a fold over the events of a request, in the order in which they
// happened: what ended the clock, what paused it, when it is due.

// room is where a fold keeps its lists, so that one of a usual length needs no
// memory of its own. What lies in it is passed on by itself, never in a struct: the
// compiler would have to keep it for as long as anything else in there.
type room struct {
	events [10]happened
	pauses [4]stretch
	told   []happened // the events in order, where that is done already
}

// measured is a measurement with what it came by.
type measured struct {
	Measurement
	clockLife
	steps   deadlineSteps
	former  deadlineSteps // before more time was granted
	granted time.Time     // when the event happened that granted it
	paused  bool          // a pause is open at asOf
}

// A clockLife is how a clock began and ended.
type clockLife struct {
	began  beginning // what started it; zero: nothing has
	anew   beginning // what would have started it since it was done, and does if that is undone; zero: nothing
	end    *Event    // that ended it: it was done, or cancelled; nil: it runs
	at     time.Time // when it ended, or the instant asked about
	excuse *Event    // if what was late is excused
	cycle  int       // which clock of the request it is
}

// cancelled reports whether the clock ended because nothing is owed any more.
func (l *clockLife) cancelled() bool {
	return l.end != nil && (l.end.Kind == EventCancelled || l.end.Kind == EventPriorityChanged)
}

// A beginning is the event that starts a clock.
type beginning struct {
	at     time.Time
	word   string // received, accepted, reopened
	source string
}

// measure fills in how the target stands, of a plain ticket by the way for those. told
// are the events in order; nil: they are still to be put in order, if that is needed.
func (r *targetRule) measure(m *Measurement, q *Request, asOf time.Time, s scope, told []happened) error {
	var p plainTicket
	switch {
	case s.changed() || !r.plain.read(q, asOf, &p):
	case r.plain.clock == clockDays:
		return r.measureDays(m, q, asOf, &p)
	case r.measurePlain(m, q, asOf, &p):
		return nil
	}
	return r.measureAny(m, q, asOf, s, told)
}

// measureAny is measure for any request.
func (r *targetRule) measureAny(m *Measurement, q *Request, asOf time.Time, s scope, told []happened) error {
	own := room{told: told}
	f, pauses, err := r.fold(q, asOf, s, &own)
	if err == nil {
		err = f.rule.finish(&f, pauses)
	}
	*m = f.Measurement
	return err
}

// due is when the target is due, and whether it is breached.
func (r *targetRule) due(q *Request, asOf time.Time) (due time.Time, breached bool, err error) {
	var p plainTicket
	if r.plain.read(q, asOf, &p) {
		if r.plain.clock == clockDays {
			return r.dueDays(q, asOf, &p)
		}
		var d plainDue
		if r.search(&p, &d) {
			return d.at, d.late && p.excuse == nil, nil
		}
	}
	return r.dueAny(q, asOf)
}

// dueAny is due for any request.
func (r *targetRule) dueAny(q *Request, asOf time.Time) (due time.Time, breached bool, err error) {
	var own room
	m, _, err := r.fold(q, asOf, scope{cycle: lastCycle}, &own)
	return m.Due, m.Status == StatusBreached, err
}

// fold reads the events up to asOf and tells the due instant, the status, and the
// pauses of the clock.
func (r *targetRule) fold(q *Request, asOf time.Time, s scope, own *room) (m measured, pauses []stretch, err error) {
	m.rule, m.request, m.asOf, m.scope = r, q, asOf, s
	if q.Received.After(asOf) {
		return m, nil, &Error{In: q.Source, Pointer: "received", Kind: ErrInvalid,
			Msg: fmt.Sprintf("received %s, after %s, as of which it is measured", stamp(q.Received), stamp(asOf))}
	}
	if q.Recorded.After(asOf) {
		return m, nil, &Error{In: q.Source, Pointer: "recorded", Kind: ErrInvalid,
			Msg: fmt.Sprintf("recorded %s, after %s, as of which it is measured", stamp(q.Recorded), stamp(asOf))}
	}
	events := own.told
	if events == nil {
		if events, err = ordered(q, asOf, r.skew, own.events[:0]); err != nil {
			return m, nil, err
		}
	}
	told, pauses := r.life(q, asOf, s, events, own.pauses[:0])
	m.clockLife, m.ended, m.scope.cycle, m.Measurement.cancelled = told, told.at, told.cycle, told.cancelled()
	m.replaced = told.end != nil && told.end == s.until
	if m.end != nil && !m.Measurement.cancelled {
		m.Done = m.ended.In(r.zone)
	}
	if pauses, m.paused, err = r.pausing(q, events, told.at, pauses); err != nil {
		return m, nil, err
	}
	if m.began.at.IsZero() {
		switch {
		case m.Measurement.cancelled:
			m.Status = StatusCancelled
		case m.end != nil:
			m.Status = StatusMet // done before the clock began
		default:
			m.Status = StatusNotStarted
		}
		return m, pauses, nil
	}
	if err = r.settle(&m, events, pauses); err != nil {
		return m, nil, err
	}
	return m, pauses, nil
}

// settle tells the due instant and the status of a clock that began, by its pauses and
// by the events that may grant it more time.
func (r *targetRule) settle(m *measured, events []happened, pauses []stretch) (err error) {
	if m.steps, err = r.steps(m.began.at, pauses); err != nil {
		return fmt.Errorf("%s: %w", r.name, err)
	}
	if m.steps.start.IsZero() {
		m.Status, m.Done = StatusNotMeasured, time.Time{}
		return nil
	}
	if r.extension != nil {
		if e := r.extendedBy(m, events); e != nil {
			s, err := r.extension.granted(e.at, m.steps, pauses)
			if err != nil {
				return fmt.Errorf("%s: %w", r.name, err)
			}
			if !r.extension.goesOn() || s.due.After(m.steps.due) { // else nothing is granted
				m.rule, m.extended, m.granted, m.former, m.steps = r.extension, e.Event, e.at, m.steps, s
			}
		}
	}
	m.Due, m.rolled = m.steps.due, !m.steps.due.Equal(m.steps.base)
	m.Status = m.clockLife.status(m.ended.After(m.Due), m.paused)
	return nil
}

// status is how a target stands whose clock began.
func (l *clockLife) status(late, paused bool) Status {
	switch {
	case late && l.excuse != nil:
		return StatusExcused
	case late:
		return StatusBreached
	case l.cancelled():
		return StatusCancelled
	case l.end != nil:
		return StatusMet
	case paused:
		return StatusPaused
	}
	return StatusRunning
}

// life reads what started the clock that is asked about, and what ended it: the
// first event that ends it stands, unless a reopening undoes it. It appends the
// stretches from a stop to its reopening that are pauses.
func (r *targetRule) life(q *Request, asOf time.Time, s scope, events []happened, pauses []stretch) (clockLife, []stretch) {
	l := clockLife{at: asOf}
	if r.clause.Start.Event == StartReceived {
		l.began = beginning{q.Received, string(StartReceived), q.Source}
	}
	over := false        // the next clock is another's to measure
	var ceased time.Time // when the target ceased to bind; zero: it binds
	answered := false    // for the next response: what comes before the first is not asked again
	asks := r.clause.Start.Event == StartAskedAgain
	for i := range events {
		at, e := events[i].at, events[i].Event
		switch {
		case e.Kind == EventExcused:
			l.excuse = e
		case over:
			// What was done before the target ceased to bind was not, if it is undone.
			if !ceased.IsZero() && l.end != s.until && !l.cancelled() && e.Kind == EventReopened && r.undoes() && r.reopens(l.at, at) {
				if r.clause.Stop.Reopened == ReopenedResumes {
					pauses = append(pauses, stretch{from: l.at, to: ceased, by: l.end})
				}
				l.end, l.at = s.until, ceased
			}
		case e == s.until:
			if over, ceased = true, at; l.end == nil {
				l.end, l.at = e, at
			}
		case l.end != nil:
			starts := asks && e.Kind == EventAskedAgain
			if r.beginsAnew(&l, e, s) {
				l.anew = beginning{at, e.Kind.String(), sourceOf(q, e)}
			}
			if l.cancelled() || !starts && (e.Kind != EventReopened || !r.reopens(l.at, at)) {
				continue
			}
			switch {
			case starts, r.clause.Stop.Reopened == ReopenedNewClock:
				if over = l.cycle == s.cycle; over {
					continue
				}
				l.cycle++
				l.anew = beginning{at, e.Kind.String(), sourceOf(q, e)}
			case r.clause.Stop.Reopened == ReopenedResumes:
				pauses = append(pauses, stretch{from: l.at, to: at, by: l.end})
			}
			if !l.anew.at.IsZero() {
				l.began, l.anew = l.anew, beginning{}
			}
			l.end, l.at = nil, asOf
		case asks && l.began.at.IsZero() && r.stops(e.Kind):
			answered = true
		case asks && e.Kind == EventAskedAgain && !answered: // the first response is another target's
		case r.stops(e.Kind), e.Kind == EventCancelled:
			l.end, l.at = e, at
		case e == s.begin && !l.began.at.IsZero():
			l.began = beginning{at, e.Kind.String(), sourceOf(q, e)}
		case l.began.at.IsZero() && r.starts(e.Kind):
			l.began = beginning{at, e.Kind.String(), sourceOf(q, e)}
		}
	}
	return l, pauses
}

// beginsAnew reports whether an event would have started the clock, had it not ended:
// if what was done turns out not to be, it did.
func (r *targetRule) beginsAnew(l *clockLife, e *Event, s scope) bool {
	none := l.began.at.IsZero() && l.anew.at.IsZero()
	return none && r.starts(e.Kind) && r.undoes() && !l.cancelled() || !none && e == s.begin
}

// undoes reports whether a reopening makes what was done not done, of the same clock.
func (r *targetRule) undoes() bool {
	return r.clause.Stop.Reopened == ReopenedResumes || r.clause.Stop.Reopened == ReopenedRunsOn
}

// reopens reports whether a reopening has an effect: what was done at an instant
// was not, if it comes by the last day for it.
func (r *targetRule) reopens(done, at time.Time) bool {
	if r.clause.Stop.Reopened == ReopenedStands || r.clause.Stop.Reopened == "" {
		return false
	}
	days, ok := r.clause.Stop.ReopenedWithin.Count()
	return !ok || !DateOf(at.In(r.zone)).After(DateOf(done.In(r.zone)).AddDays(days))
}

// pausing puts the pauses that stop the clock to the stretches given, and reports
// whether one is open.
func (r *targetRule) pausing(q *Request, events []happened, until time.Time, pauses []stretch) ([]stretch, bool, error) {
	told, open := false, false
	for i := range events {
		if events[i].pauses() {
			told = true
			break
		}
	}
	if told {
		undone := len(pauses)
		all, err := pausesOf(q, events, until, pauses)
		if err != nil {
			return nil, false, err
		}
		pauses = all[:undone]
		for i := undone; i < len(all); i++ {
			if r.pausable[all[i].by.Reason] {
				open = open || all[i].open
				pauses = append(pauses, all[i])
			}
		}
	}
	return merge(pauses), open, nil
}

// finish fills in the rest: the overrun, what is used and left of the clock, and
// from which day the answer is provisional.
func (r *targetRule) finish(m *measured, pauses []stretch) error {
	if m.began.at.IsZero() {
		return nil
	}
	if m.ended.Sub(m.began.at) == math.MaxInt64 {
		return &Error{In: m.request.Source, Kind: ErrLimit, Msg: fmt.Sprintf("%s to %s is more than a Duration holds, 292 years", stamp(m.began.at), stamp(m.ended))}
	}
	m.Provisional = r.provisional(m.steps)
	from := func(d Date) { // of two calendars the one that ends first
		if d.IsValid() && (!m.Provisional.IsValid() || d.Before(m.Provisional)) {
			m.Provisional = d
		}
	}
	if r.extends != nil {
		from(r.extends.provisional(m.former))
	}
	if m.Status == StatusNotMeasured {
		return nil
	}
	if m.ended.After(m.Due) {
		m.Overrun = m.ended.Sub(m.Due)
		if told := r.overrunHours(); told != nil {
			d, err := told.Between(m.Due, m.ended)
			m.service, m.inService = d, err == nil // beyond the calendar it is not known, and the breach stands
			if err == nil && r.guesses {
				from(told.ProvisionalFrom(m.ended))
			}
		}
	}
	err := r.use(m, pauses)
	if unit := r.clause.Within.Unit(); r.clock != nil && r.guesses && m.UsedKnown && !unit.OnClock() {
		from(r.clock.ProvisionalFrom(m.ended))
		if !unit.OnService() { // the budget of days is told in its hours
			from(r.clock.ProvisionalFrom(m.Due))
		}
	}
	return err
}

// starting finds what starts the clock of a request by all that is told of it.
func (r *targetRule) starting(q *Request, begin *Event) (beginning, error) {
	if r.clause.Start.Event == StartReceived && begin == nil {
		return beginning{q.Received, string(StartReceived), q.Source}, nil
	}
	events, err := ordered(q, always(), r.skew, nil)
	if err != nil {
		return beginning{}, err
	}
	l, _ := r.life(q, always(), scope{cycle: lastCycle, begin: begin}, events, nil)
	if !l.anew.at.IsZero() {
		return l.anew, nil // a deadline is told without what ended its clock before
	}
	return l.began, nil
}

// always is an instant as of which all is known.
func always() time.Time { return time.Unix(1<<40, 0).UTC() }

// starts reports whether an event starts the clock.
func (r *targetRule) starts(k EventKind) bool {
	switch r.clause.Start.Event {
	case StartAccepted:
		return k == EventAccepted
	case StartResponded:
		return k == EventResponded
	case StartAskedAgain:
		return k == EventAskedAgain
	}
	return false
}

// sourceOf is where an event was read: its own source, or its request's.
func sourceOf(q *Request, e *Event) string {
	if e.Source != "" {
		return e.Source
	}
	return q.Source
}

// use fills in Used and Left.
func (r *targetRule) use(m *measured, pauses []stretch) error {
	start, end := m.steps.start, m.ended
	if end.Before(start) {
		end = start // done before the clock began, which is in time
	}
	budget, err := r.budget(&m.steps, pauses)
	if err == nil {
		m.Used, err = r.run(start, end, pauses)
	}
	if errors.Is(err, ErrRange) {
		m.Used = 0 // beyond the calendar: how much of the clock is not known, and when it is due stands
		return nil
	}
	m.Left, m.UsedKnown = budget-m.Used, err == nil
	return err
}

// budget is the time that the target gives, on its own clock: of days, the time from
// the start to the due instant outside the pauses.
func (r *targetRule) budget(s *deadlineSteps, pauses []stretch) (time.Duration, error) {
	if u := r.clause.Within.Unit(); u.OnClock() || u.OnService() {
		return r.length, nil
	}
	return r.run(s.start, s.due, pauses)
}

// run is how much of the target's own clock runs in [from, to): service time, or
// time on the clock where it names no hours.
func (r *targetRule) run(from, to time.Time, pauses []stretch) (time.Duration, error) {
	if r.clause.Within.Unit().OnClock() || r.clock == nil {
		return passed(from, to, pauses), nil
	}
	return r.clock.passed(from, to, pauses)
}

// overrunHours is the schedule in which an overrun is told.
func (r *targetRule) overrunHours() *Schedule {
	if r.clock != nil {
		return r.clock
	}
	return r.overrun
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

// happened is an event and when it happened.
type happened struct {
	at time.Time
	*Event
}

// fewEvents is how many are put in order by insertion.
const fewEvents = 12

// ordered appends the events known at asOf in the order in which they happened, so
// that the order in which they are told makes no difference. What is told to have
// happened before the receipt, by no more than the clocks may differ, happened then.
func ordered(q *Request, asOf time.Time, skew time.Duration, list []happened) ([]happened, error) {
	sorted := true
	for i := range q.Events {
		e := &q.Events[i]
		switch {
		case e.Recorded.After(asOf):
			continue // whatever is wrong with it, it was not on record
		case e.Kind == 0 || int(e.Kind) >= len(eventWords):
			return nil, eventError(q, e, ErrUnknown, "%v is no kind of event", e.Kind)
		case e.At.IsZero():
			return nil, eventError(q, e, ErrRequired, "%v has no time", e.Kind)
		case e.Kind == EventExcused && e.Reason == "":
			return nil, eventError(q, e, ErrRequired, "excused without a reason")
		case e.Kind == EventExtended && e.Reason == "":
			return nil, eventError(q, e, ErrRequired, "extended without a reason; a contract grants more time by its reason")
		case e.Kind == EventPriorityChanged && e.Priority == "":
			return nil, eventError(q, e, ErrRequired, "the priority changed, and to which is not said")
		}
		at := e.At
		if at.Before(q.Received) {
			if q.Received.Sub(at) > skew {
				return nil, eventError(q, e, ErrConflict, "%v at %s, before the request was received at %s", e.Kind, stamp(at), stamp(q.Received))
			}
			at = q.Received
		}
		if !at.After(asOf) {
			if n := len(list); n > 0 && sorted && !at.After(list[n-1].at) {
				sorted = list[n-1].compare(happened{at, e}) <= 0
			}
			list = append(list, happened{at, e})
		}
	}
	switch {
	case sorted:
	case len(list) <= fewEvents:
		for i := 1; i < len(list); i++ {
			for k := i; k > 0 && list[k-1].compare(list[k]) > 0; k-- {
				list[k-1], list[k] = list[k], list[k-1]
			}
		}
	default:
		slices.SortStableFunc(list, happened.compare)
	}
	return list, nil
}

// compare orders two events by when they happened; of one instant, as what ends
// something comes before what begins it again. Of what was told to lie before the receipt
// the order stays.
func (a happened) compare(b happened) int {
	if c := a.at.Compare(b.at); c != 0 {
		return c
	}
	return cmp.Or(cmp.Compare(a.Kind, b.Kind), a.At.Compare(b.At), cmp.Compare(a.Reason, b.Reason), cmp.Compare(a.Priority, b.Priority), cmp.Compare(a.Source, b.Source))
}

// eventError is a fault of an event; it lies at the event's place in the request.
func eventError(q *Request, e *Event, kind error, format string, args ...any) *Error {
	err := &Error{In: sourceOf(q, e), Kind: kind, Msg: fmt.Sprintf(format, args...)}
	for i := range q.Events {
		if &q.Events[i] == e {
			err.Pointer = fmt.Sprintf("events/%d", i)
		}
	}
	return err
}
