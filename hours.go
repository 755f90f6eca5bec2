package contract

import (
	"fmt"
	"iter"
	"maps"
	"math"
	"slices"
	"strings"
	"time"

	"github.com/cfd16870/contract/internal/effort"
)

// An HoursClause is service hours as written: clause 1.2. They are local times
// of the contract's zone, half-open: at 18:00 a window until 18:00 is closed.
type HoursClause struct {
	Clause     string                  `json:"clause,omitzero" ref:"clauses"`
	Calendar   string                  `json:"calendar,omitzero"`
	Week       map[string][]string     `json:"week,omitzero"`                    // mon-fri: 09:00-12:00, 13:00-18:00; across midnight 22:00-30:00
	Seasons    map[string]SeasonClause `json:"seasons,omitzero" optional:"true"` // by name; on their days their week holds
	Holidays   HolidayHours            `json:"holidays,omitzero"`                // of statutory holidays and of the rest days around them
	MakeupDays MakeupHours             `json:"makeupDays,omitzero"`
	MakeupOpen []string                `json:"makeupOpen,omitzero" optional:"true"` // of make-up days with their own hours
	Agreed     map[Date]AgreedClause   `json:"agreed,omitzero"`                     // hours agreed for a date, which come before all else: clause 1.2(3)
}

// An AgreedClause is the hours of one date by agreement: all windows that start on it.
// One that starts the evening before and runs past midnight is of the day before, and
// stays open.
type AgreedClause struct {
	Open      []string      `json:"open,omitzero"` // none: no window starts on the date
	Agreement string        `json:"agreement,omitzero"`
	Targets   AgreedTargets `json:"targets,omitzero"`
}

// HolidayHours says whether service is open on days off.
type HolidayHours string

const (
	HolidaysClosed          HolidayHours = "closed"                        // on every day off that a notice names
	HolidaysOpen            HolidayHours = "open"                          // as on the weekday
	HolidaysStatutoryClosed HolidayHours = "closed on statutory days only" // rest days around them as on the weekday
)

// Words returns the words of the choice.
func (HolidayHours) Words() []string {
	return []string{string(HolidaysClosed), string(HolidaysOpen), string(HolidaysStatutoryClosed)}
}

// MakeupHours says what hours a make-up day has: none, those that the clause
// states for it, or those of a weekday.
type MakeupHours string

const (
	MakeupClosed   MakeupHours = "closed"
	MakeupOwnHours MakeupHours = "with their own hours" // which the clause states beside it
)

// Words returns the words of the choice: closed, as mon … as sun, with their own hours.
func (MakeupHours) Words() []string {
	return append(append([]string{string(MakeupClosed)}, asWeekday("as ")...), string(MakeupOwnHours))
}

// weekday returns the place in the week of the day that make-up days are as; -1 if none.
func (m MakeupHours) weekday() int {
	i, ok := parseWeekday(strings.TrimPrefix(string(m), "as "))
	if !ok {
		return -1
	}
	return i
}

func asWeekday(prefix string) []string {
	words := make([]string, len(weekdays))
	for i, w := range weekdays {
		words[i] = prefix + w
	}
	return words
}

// AgreedTargets says whether the clocks of targets follow the hours agreed for a date.
type AgreedTargets string

const (
	AgreedCount      AgreedTargets = "count"
	AgreedDoNotCount AgreedTargets = "do not count" // service is open, clocks run as without the agreement
)

// Words returns the words of the choice.
func (AgreedTargets) Words() []string {
	return []string{string(AgreedCount), string(AgreedDoNotCount)}
}

// newHoursRule reads a clause; its faults lie at pointers under the source's.
func newHoursRule(h HoursClause, cal *Calendar, src source, faults *Errors) *hoursRule {
	p := src.pointer
	h.Agreed = maps.Clone(h.Agreed) // what is kept is nobody else's to change
	rule := &hoursRule{clause: h, weekAt: "/week", calendar: cal, source: src, makeup: h.MakeupDays.weekday(), agreed: make(map[Date][]dayWindow, len(h.Agreed))}
	rule.week = parseWeek(h.Week, p+"/week", faults)
	if !known(h.Holidays) {
		faults.add(p+"/holidays", kindOfWord(h.Holidays), "%q; %s", h.Holidays, oneOf(h.Holidays))
	}
	if !known(h.MakeupDays) {
		faults.add(p+"/makeupDays", kindOfWord(h.MakeupDays), "%q; %s", h.MakeupDays, oneOf(h.MakeupDays))
	}
	switch own := parseWindows(h.MakeupOpen, p+"/makeupOpen", faults); {
	case h.MakeupDays == MakeupOwnHours && len(h.MakeupOpen) == 0:
		faults.add(p+"/makeupOpen", ErrRequired, "say when make-up days are open; write them as 09:00-12:00, or say that they are %q", MakeupClosed)
	case h.MakeupDays != MakeupOwnHours && len(h.MakeupOpen) > 0:
		faults.add(p+"/makeupOpen", ErrInvalid, "has no effect: make-up days are %q; write %q", h.MakeupDays, MakeupOwnHours)
	default:
		rule.own = own
	}
	for d, a := range sortedDates(h.Agreed) {
		at := p + "/agreed/" + d.String()
		if !d.IsValid() {
			faults.add(p+"/agreed", ErrRequired, "hours are agreed for no date")
		}
		rule.agreed[d] = parseWindows(a.Open, at+"/open", faults)
		if a.Agreement == "" {
			faults.add(at+"/agreement", ErrRequired, "say which agreement gives the hours of %v", d)
		}
		if !known(a.Targets) {
			faults.add(at+"/targets", kindOfWord(a.Targets), "%q; %s", a.Targets, oneOf(a.Targets))
		}
	}
	rule.dates = slices.SortedFunc(maps.Keys(rule.agreed), Date.Compare)
	before := len(*faults)
	rule.parseSeasons(faults)
	if len(*faults) == before && !rule.opens() {
		faults.add(p+"/week", ErrInvalid, "never open; a week, or a date with hours agreed for it, has at least one window")
	}
	return rule
}

// opens reports whether service is open on any kind of day. A week that cannot be
// read may be meant to.
func (h *hoursRule) opens() bool {
	if len(h.clause.Week) > 0 || len(h.own) > 0 {
		return true
	}
	for rule := range h.every() {
		if rule.week.opens() {
			return true
		}
	}
	for _, windows := range h.agreed {
		if len(windows) > 0 {
			return true
		}
	}
	return false
}

// forTargets is the rule without the agreed hours that clocks do not follow.
func (h *hoursRule) forTargets() *hoursRule {
	own := *h
	own.agreed = maps.Clone(h.agreed)
	for d := range h.agreed {
		if h.clause.Agreed[d].Targets == AgreedDoNotCount {
			delete(own.agreed, d)
		}
	}
	own.dates = slices.SortedFunc(maps.Keys(own.agreed), Date.Compare)
	own.seasons = slices.Clone(h.seasons)
	for i, s := range h.seasons {
		rule := *s.rule
		rule.agreed, rule.dates = own.agreed, own.dates
		own.seasons[i].rule = &rule
	}
	return &own
}

// A Schedule is service hours compiled: when service is open, and how much
// service time lies between instants. It answers within the days that its
// calendar knows; beyond them the error is ErrRange. A Schedule is immutable and
// safe for concurrent use. The zero Schedule answers nothing.
type Schedule struct {
	zone        *time.Location
	parts       versions[*hoursRule]
	provisional bool
	line        *serviceLine
	of          *combined // of hours put together of two, which have no parts
}

// NewSchedule compiles the hours of a clause in a zone, with the holidays of a
// calendar. Every fault of the clause is returned at once, as Errors with
// pointers into it.
func NewSchedule(zone *time.Location, h HoursClause, cal *Calendar) (*Schedule, error) {
	var faults Errors
	checkZone(zone, "hours", &faults)
	if cal == nil {
		faults.add("/calendar", ErrRequired, "hours need a calendar")
	} else if h.Calendar != "" && h.Calendar != cal.Name() {
		faults.add("/calendar", ErrConflict, "the clause names the calendar %q, and %q was given", clip(h.Calendar), cal.Name())
	}
	rule := newHoursRule(h, cal, source{clause: h.Clause}, &faults)
	if err := faults.orNil(); err != nil {
		return nil, err
	}
	return newSchedule(zone, versions[*hoursRule]{{rule: rule}}, false)
}

// checkZone requires a zone that is the same on every machine.
func checkZone(zone *time.Location, what string, faults *Errors) {
	if zone == nil {
		faults.add("", ErrRequired, "%s need a zone", what)
	} else if zone == time.Local {
		faults.add("", ErrInvalid, `the zone "Local" is another on every machine; give one of the tz database`)
	}
}

func newSchedule(zone *time.Location, parts versions[*hoursRule], provisional bool) (*Schedule, error) {
	line, err := lineOf(zone, parts, provisional)
	if err != nil {
		return nil, err
	}
	return &Schedule{zone: zone, parts: parts, provisional: provisional, line: line}, nil
}

// Provisional returns s with answers beyond the certain days of its calendar:
// statutory holidays and weekends are known there, make-up days are not.
// ProvisionalFrom tells whether an answer touched such a day. Where the calendar
// foresees nothing, it is s.
func (s *Schedule) Provisional() (*Schedule, error) {
	switch {
	case s.line == nil:
		return s, nil
	case s.of != nil:
		return s.of.provisional()
	case reachOf(s.parts, true) == s.line.days:
		return s, nil
	}
	return newSchedule(s.zone, s.parts, true)
}

// ProvisionalFrom returns the first provisional day that an answer touches
// which reaches to t: the day after the last certain one, or the zero Date if t
// is no later than the end of that one. Where the last certain day ends, the first
// provisional one begins: that service closed by then is certain, that it opens then is
// not, and whoever has found an opening asks about the instant after it, t.Add(1).
func (s *Schedule) ProvisionalFrom(t time.Time) Date {
	switch {
	case s.line == nil:
		return Date{}
	case s.of != nil:
		return s.of.provisionalFrom(t)
	}
	return provisionalFrom(s.zone, reachOf(s.parts, false).Until, t)
}

func provisionalFrom(zone *time.Location, firstUnknown Date, t time.Time) Date {
	if t.After(firstUnknown.StartIn(zone)) {
		return firstUnknown
	}
	return Date{}
}

// Zone returns the zone in which the hours are local and instants come out.
func (s *Schedule) Zone() *time.Location { return s.zone }

// inZone reports whether a zone has the clock of s, as long as s answers: a name alone
// may be that of two.
func (s *Schedule) inZone(zone *time.Location) bool {
	if s.zone == zone {
		return true
	}
	own := newZoneTable(s.zone, s.line.from, s.line.until)
	other := newZoneTable(zone, s.line.from, s.line.until)
	return s.zone.String() == zone.String() && slices.Equal(own.at, other.at) && slices.Equal(own.offset, other.offset)
}

// Known returns the instants from and until which s answers, both included; zero
// times for the zero Schedule.
func (s *Schedule) Known() (from, until time.Time) {
	if s.line == nil {
		return time.Time{}, time.Time{}
	}
	return s.instant(s.line.from), s.instant(s.line.until)
}

// errNoHours is what the zero Schedule says.
func errNoHours() error { return fmt.Errorf("the zero Schedule has no hours: %w", ErrInvalid) }

// at turns an instant into the line's whole seconds and the nanoseconds on from
// there; outside the line it is an error.
func (s *Schedule) at(t time.Time) (sec, ns int64, err error) {
	if s.line == nil {
		return 0, 0, errNoHours()
	}
	sec, ns = t.Unix(), int64(t.Nanosecond())
	if sec < s.line.from || sec >= s.line.until && (sec > s.line.until || ns > 0) {
		return 0, 0, s.rangeError(t)
	}
	return sec, ns, nil
}

func (s *Schedule) rangeError(t time.Time) *Error {
	from, until := s.Known()
	return &Error{
		In: s.calendars(), Kind: ErrRange,
		Msg: fmt.Sprintf("%s lies outside what is published; hours are known from %s until %s",
			stamp(t.In(s.zone)), stamp(from), stamp(until)),
	}
}

// calendars cites the calendars of all parts, each once.
func (s *Schedule) calendars() string {
	var labels []string
	for _, c := range s.rests() {
		if l := c.label(); !slices.Contains(labels, l) {
			labels = append(labels, l)
		}
	}
	return "calendar " + strings.Join(labels, ", ")
}

func stamp(t time.Time) string { return t.Format(time.RFC3339Nano) }

// instant turns the line's unit into an instant in the zone of s.
func (s *Schedule) instant(sec int64) time.Time { return time.Unix(sec, 0).In(s.zone) }

// openBefore is the open time of the line before an instant: whole seconds, and
// nanoseconds below one. Windows begin and end on whole seconds.
func (s *Schedule) openBefore(sec, ns int64) (int64, int64) {
	before, open := s.line.open.Look(sec)
	if !open {
		ns = 0
	}
	return before, ns
}

// IsOpen reports whether service is open at t. Windows are half-open: at its
// opening a window is open, at its closing it is not. The last instant of Known
// begins a day that is not known: there the error is ErrRange.
func (s *Schedule) IsOpen(t time.Time) (bool, error) {
	sec, _, err := s.at(t)
	if err != nil {
		return false, err
	}
	if sec == s.line.until {
		return false, s.rangeError(t) // the first instant of the first unknown day
	}
	return s.line.open.Open(sec), nil
}

// Add returns the earliest instant by which d of service time has passed since
// t: time used up exactly at closing ends at closing (the document may roll it).
// Add of 0 is t. A negative d goes back: the latest instant from which -d of
// service time lies before t.
func (s *Schedule) Add(t time.Time, d time.Duration) (time.Time, error) {
	sec, ns, err := s.at(t)
	if err != nil {
		return time.Time{}, err
	}
	if d == 0 {
		return t.In(s.zone), nil
	}
	x, part := s.openBefore(sec, ns)
	x += int64(d / time.Second)
	part += int64(d % time.Second)
	if part < 0 {
		x, part = x-1, part+int64(time.Second)
	} else if part >= int64(time.Second) {
		x, part = x+1, part-int64(time.Second)
	}
	var to int64
	var ok bool
	switch {
	case part > 0: // inside the window that is open from x to x+1
		to, ok = s.line.open.Latest(x)
		ok = ok && x < s.line.open.Total()
	case d > 0:
		to, ok = s.line.open.Earliest(x)
	default:
		to, ok = s.line.open.Latest(x)
	}
	if !ok {
		return time.Time{}, s.addError(t, d)
	}
	return time.Unix(to, part).In(s.zone), nil
}

func (s *Schedule) addError(t time.Time, d time.Duration) error {
	from, until := s.Known()
	return &Error{
		In: s.calendars(), Kind: ErrRange,
		Msg: fmt.Sprintf("%v of service time from %s runs beyond what is published; hours are known from %s until %s",
			d, stamp(t.In(s.zone)), stamp(from), stamp(until)),
	}
}

// mostOpen is below the most open time that a Duration holds, in seconds, by less than two.
const mostOpen = int64(math.MaxInt64)/int64(time.Second) - 1

// Between returns the service time in [from, to); it is negative if to is before
// from. More than a Duration holds, 292 years, is an error: ErrLimit.
func (s *Schedule) Between(from, to time.Time) (time.Duration, error) {
	a, aPart, err := s.at(from)
	if err != nil {
		return 0, err
	}
	b, bPart, err := s.at(to)
	if err != nil {
		return 0, err
	}
	a, aPart = s.openBefore(a, aPart)
	b, bPart = s.openBefore(b, bPart)
	if n := b - a; n > mostOpen || n < -mostOpen {
		return longDuration(n, bPart-aPart)
	}
	return time.Duration(b-a)*time.Second + time.Duration(bPart-aPart), nil
}

// longDuration is seconds and less than a second of nanoseconds, of either sign, which
// may be more than a Duration holds.
func longDuration(sec, ns int64) (time.Duration, error) {
	const second = int64(time.Second)
	switch { // both of one sign
	case sec > 0 && ns < 0:
		sec, ns = sec-1, ns+second
	case sec < 0 && ns > 0:
		sec, ns = sec+1, ns-second
	}
	const most, rest = math.MaxInt64 / second, math.MaxInt64 % second
	if sec > most || sec == most && ns > rest || sec < -most || sec == -most && ns < -rest-1 {
		return 0, fmt.Errorf("%d seconds of service time are more than a Duration holds: %w", sec, ErrLimit)
	}
	return time.Duration(sec*second + ns), nil
}

// NextOpening returns the first opening after t; an opening at t is not after it. Where
// none is known the error is ErrRange, as for the other three.
func (s *Schedule) NextOpening(t time.Time) (time.Time, error) {
	sec, _, err := s.at(t)
	if err != nil {
		return time.Time{}, err
	}
	if i := s.line.open.StartedBy(sec); i < s.line.open.Len() {
		return s.instant(s.line.open.At(i).Start), nil
	}
	return time.Time{}, s.noneError("opening after", t)
}

// NextClosing returns the first closing after t.
func (s *Schedule) NextClosing(t time.Time) (time.Time, error) {
	sec, _, err := s.at(t)
	if err != nil {
		return time.Time{}, err
	}
	i := s.line.open.StartedBy(sec)
	if i > 0 && sec < s.line.open.At(i-1).End {
		i--
	}
	// A window cut off where knowledge ends has no closing that is known.
	if i < s.line.open.Len() && s.line.open.At(i).End < s.line.until {
		return s.instant(s.line.open.At(i).End), nil
	}
	return time.Time{}, s.noneError("closing after", t)
}

// startedBefore is how many windows start before an instant.
func (s *Schedule) startedBefore(sec, ns int64) int {
	i := s.line.open.StartedBy(sec)
	if i > 0 && ns == 0 && s.line.open.At(i-1).Start == sec {
		i--
	}
	return i
}

// PreviousOpening returns the last opening before t.
func (s *Schedule) PreviousOpening(t time.Time) (time.Time, error) {
	sec, ns, err := s.at(t)
	if err != nil {
		return time.Time{}, err
	}
	i := s.startedBefore(sec, ns) - 1
	if i >= 0 && s.line.open.At(i).Start > s.line.from {
		return s.instant(s.line.open.At(i).Start), nil
	}
	return time.Time{}, s.noneError("opening before", t)
}

// PreviousClosing returns the last closing before t.
func (s *Schedule) PreviousClosing(t time.Time) (time.Time, error) {
	sec, ns, err := s.at(t)
	if err != nil {
		return time.Time{}, err
	}
	i := s.line.open.StartedBy(sec) - 1
	if i >= 0 && (s.line.open.At(i).End > sec || s.line.open.At(i).End == sec && ns == 0) {
		i--
	}
	if i >= 0 {
		return s.instant(s.line.open.At(i).End), nil
	}
	return time.Time{}, s.noneError("closing before", t)
}

func (s *Schedule) noneError(what string, t time.Time) *Error {
	from, until := s.Known()
	return &Error{
		In: s.calendars(), Kind: ErrRange,
		Msg: fmt.Sprintf("no %s %s is known; hours are known from %s until %s", what, stamp(t.In(s.zone)), stamp(from), stamp(until)),
	}
}

// OpenFrom returns t if service is open then, else the next opening.
func (s *Schedule) OpenFrom(t time.Time) (time.Time, error) {
	open, err := s.IsOpen(t)
	if err != nil {
		return time.Time{}, err
	}
	if open {
		return t.In(s.zone), nil
	}
	return s.NextOpening(t)
}

// OpenUntil returns t if service is open just before it, else the last closing
// before t: the latest instant before which something can be done in hours. At an
// opening that is the closing before it.
func (s *Schedule) OpenUntil(t time.Time) (time.Time, error) {
	sec, ns, err := s.at(t)
	if err != nil {
		return time.Time{}, err
	}
	i := s.startedBefore(sec, ns) - 1
	if i < 0 {
		return time.Time{}, s.noneError("closing before", t)
	}
	if end := s.line.open.At(i).End; end < sec || end == sec && ns > 0 {
		return s.instant(end), nil
	}
	return t.In(s.zone), nil
}

// A Window is a stretch of open time: Start is in it, End is not. The zero Window is none.
type Window struct{ Start, End time.Time }

// Windows returns the stretches of open time within [from, to), cut off at both
// ends, in order; none where to is not after from. Windows that touch come as one.
// Beyond what is known it yields one error, ErrRange, and no window.
func (s *Schedule) Windows(from, to time.Time) iter.Seq2[Window, error] {
	return func(yield func(Window, error) bool) {
		a, _, err := s.at(from)
		if err == nil {
			_, _, err = s.at(to)
		}
		if err != nil {
			yield(Window{}, err)
			return
		}
		if !from.Before(to) {
			return
		}
		i := s.line.open.StartedBy(a)
		if i > 0 && a < s.line.open.At(i-1).End {
			i--
		}
		for ; i < s.line.open.Len(); i++ {
			effort.Take()
			v := s.line.open.At(i)
			w := Window{s.instant(v.Start), s.instant(v.End)}
			if !w.Start.Before(to) {
				return
			}
			if w.Start.Before(from) {
				w.Start = from.In(s.zone)
			}
			if w.End.After(to) {
				w.End = to.In(s.zone)
			}
			if !yield(w, nil) {
				return
			}
		}
	}
}

// Day returns what d is for service: a day with agreed hours, or what the calendar
// says. Beyond what is known the error is ErrRange.
func (s *Schedule) Day(d Date) (Day, error) {
	if s.line == nil {
		return Day{}, errNoHours()
	}
	if s.of != nil {
		return s.of.a.Day(d)
	}
	rule := s.parts.on(d)
	if !s.line.days.Contains(d) {
		return Day{}, rule.calendar.rangeError(d, s.line.days)
	}
	if a, ok := rule.clause.Agreed[d]; ok {
		if _, counts := rule.agreed[d]; counts {
			return Day{Kind: DayAgreed, Name: a.Agreement, Source: rule.source.in}, nil
		}
	}
	return rule.calendar.day(d), nil
}
