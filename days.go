package contract

import (
	"fmt"
	"strings"
	"time"

	"github.com/cfd16870/contract/internal/effort"
)

// A DaysClause says which days are working days. It is not a service window: a
// hotline that is always open does not make Sunday one, and a make-up Saturday
// can be one though the window is shut.
type DaysClause struct {
	Clause        string     `json:"clause,omitzero" ref:"clauses"`
	Calendar      string     `json:"calendar,omitzero"`
	Week          string     `json:"week,omitzero"` // mon-fri
	MakeupDays    MakeupDays `json:"makeupDays,omitzero"`
	WithoutWindow DayEnd     `json:"withoutWindow,omitzero"` // when a working day ends on which no window opens
}

// MakeupDays says whether make-up days are working days.
type MakeupDays string

const (
	MakeupCount   MakeupDays = "count"   // by the notice
	MakeupIgnored MakeupDays = "ignored" // a make-up day is what its weekday is
)

// Words returns the words of the choice.
func (MakeupDays) Words() []string { return []string{string(MakeupCount), string(MakeupIgnored)} }

// DayEnd says when a working day ends on which no window opens: "ends as mon",
// with the windows that the hours give that weekday, or "ends 18:00", "ends 24:00".
type DayEnd string

// EndsAtMidnight ends a day at 24:00.
const EndsAtMidnight DayEnd = "ends 24:00"

// ParseDayEnd reads a DayEnd.
func ParseDayEnd(s string) (DayEnd, error) {
	if _, err := DayEnd(s).read(); err != nil {
		return "", err
	}
	return DayEnd(s), nil
}

// A dayEnd is a DayEnd read: a weekday, or an hour.
type dayEnd struct {
	weekday int // place in the week; -1: an hour
	hour    int32
}

func (e DayEnd) read() (dayEnd, error) {
	what, ok := strings.CutPrefix(string(e), "ends ")
	if e == "" {
		return dayEnd{}, fmt.Errorf("say when a working day without a window ends; write ends as mon, ends 18:00 or ends 24:00: %w", ErrRequired)
	}
	if ok {
		if name, as := strings.CutPrefix(what, "as "); as {
			if i, ok := parseWeekday(name); ok {
				return dayEnd{weekday: i}, nil
			}
		} else if s, ok := parseClock(what); ok && s > 0 && s <= dayLength {
			return dayEnd{weekday: -1, hour: s}, nil
		}
	}
	return dayEnd{}, fmt.Errorf("%q does not say when a day ends; write ends as mon, ends 18:00 or ends 24:00: %w", clip(string(e)), ErrSyntax)
}

// Bounds says which ends of a stretch of days are counted.
type Bounds string

const (
	BoundsFirst Bounds = "[)" // the first day, not the last
	BoundsLast  Bounds = "(]" // the last day, not the first
	BoundsBoth  Bounds = "[]"
	BoundsNone  Bounds = "()"
)

// Words returns the words of the choice.
func (Bounds) Words() []string {
	return []string{string(BoundsFirst), string(BoundsLast), string(BoundsBoth), string(BoundsNone)}
}

// A daysRule is the working days of one version, read.
type daysRule struct {
	clause   DaysClause
	week     [7]bool
	end      dayEnd
	calendar *Calendar
	source   source
}

func (r *daysRule) isWorkingDay(d Date) bool {
	switch r.calendar.day(d).Kind {
	case DayMakeup:
		if r.clause.MakeupDays == MakeupCount {
			return true
		}
	case DayHoliday, DayRest:
		return false
	}
	return r.week[weekdayIndex(d.Weekday())]
}

func newDaysRule(c DaysClause, cal *Calendar, src source, faults *Errors) *daysRule {
	r := &daysRule{clause: c, calendar: cal, source: src}
	var err error
	if r.week, err = parseDays(c.Week); err != nil {
		faults.addErr(src.pointer+"/week", err)
	}
	if !known(c.MakeupDays) {
		faults.add(src.pointer+"/makeupDays", kindOfWord(c.MakeupDays), "%q; %s", c.MakeupDays, oneOf(c.MakeupDays))
	}
	if r.end, err = c.WithoutWindow.read(); err != nil {
		faults.addErr(src.pointer+"/withoutWindow", err)
	}
	return r
}

// WorkingDays are the working days of a contract, compiled. They answer within
// the days that the calendar knows; beyond them the error is ErrRange. Immutable
// and safe for concurrent use. The zero WorkingDays answers nothing.
type WorkingDays struct {
	parts       versions[*daysRule]
	provisional bool
	table       *dayTable
}

// A dayTable answers in one look-up each way.
type dayTable struct {
	days   Period
	before []int32 // working days before each day of days, and before the one after the last
	nth    []int32 // place in days of the k-th working day
}

// NewWorkingDays compiles a clause with the holidays of a calendar. Every fault
// of the clause is returned at once, as Errors with pointers into it.
func NewWorkingDays(c DaysClause, cal *Calendar) (*WorkingDays, error) {
	var faults Errors
	if cal == nil {
		faults.add("/calendar", ErrRequired, "working days need a calendar")
	} else if c.Calendar != "" && c.Calendar != cal.Name() {
		faults.add("/calendar", ErrConflict, "the clause names the calendar %q, and %q was given", clip(c.Calendar), cal.Name())
	}
	rule := newDaysRule(c, cal, source{clause: c.Clause}, &faults)
	if err := faults.orNil(); err != nil {
		return nil, err
	}
	return newWorkingDays(versions[*daysRule]{{rule: rule}}, false)
}

func newWorkingDays(parts versions[*daysRule], provisional bool) (*WorkingDays, error) {
	days := reachOf(parts, provisional)
	if !days.IsValid() {
		return nil, fmt.Errorf("the calendars have no day in common: %w", ErrInvalid)
	}
	n := days.Days()
	t := &dayTable{days: days, before: make([]int32, n+1), nth: make([]int32, 0, n)}
	for i := range n {
		d := days.From.AddDays(i)
		t.before[i] = int32(len(t.nth))
		if parts.on(d).isWorkingDay(d) {
			t.nth = append(t.nth, int32(i))
		}
	}
	t.before[n] = int32(len(t.nth))
	return &WorkingDays{parts, provisional, t}, nil
}

// Provisional returns w with answers beyond the certain days of its calendar:
// see [Schedule.Provisional].
func (w *WorkingDays) Provisional() (*WorkingDays, error) {
	if w.table == nil || reachOf(w.parts, true) == w.table.days {
		return w, nil
	}
	return newWorkingDays(w.parts, true)
}

// ProvisionalFrom returns the first provisional day that an answer touches
// which reaches to d, d included; the zero Date if all are certain.
func (w *WorkingDays) ProvisionalFrom(d Date) Date {
	if w.table == nil {
		return Date{}
	}
	if first := reachOf(w.parts, false).Until; !d.Before(first) {
		return first
	}
	return Date{}
}

// Known returns the days for which w answers.
func (w *WorkingDays) Known() Period {
	if w.table == nil {
		return Period{}
	}
	return w.table.days
}

func (w *WorkingDays) index(d Date) (int, error) {
	if w.table == nil {
		return 0, fmt.Errorf("the zero WorkingDays has no days: %w", ErrInvalid)
	}
	if !w.table.days.Contains(d) {
		return 0, w.rangeError(d)
	}
	return d.Sub(w.table.days.From), nil
}

func (w *WorkingDays) rangeError(d Date) *Error {
	return w.parts.on(d).calendar.rangeError(d, w.table.days)
}

// IsWorkingDay reports whether d is a working day.
func (w *WorkingDays) IsWorkingDay(d Date) (bool, error) {
	i, err := w.index(d)
	if err != nil {
		return false, err
	}
	return w.table.before[i+1] > w.table.before[i], nil
}

// AddWorkingDays returns the n-th working day after d, for a negative n the
// n-th before it; d itself is not counted, whether it is a working day or not
// (Civil Code art. 201). For n = 0 it is d.
func (w *WorkingDays) AddWorkingDays(d Date, n int) (Date, error) {
	i, err := w.index(d)
	if err != nil {
		return Date{}, err
	}
	t := w.table
	k := int64(n)
	switch {
	case n == 0:
		return d, nil
	case n > 0:
		k += int64(t.before[i+1]) - 1
	default:
		k += int64(t.before[i])
	}
	if k < 0 || k >= int64(len(t.nth)) {
		return Date{}, &Error{
			In: "calendar " + w.parts.on(d).calendar.label(), Kind: ErrRange,
			Msg: fmt.Sprintf("%d working days from %v run beyond what is published: the days %v are known", n, d, t.days),
		}
	}
	return t.days.From.AddDays(int(t.nth[k])), nil
}

// WorkingDaysBetween returns the number of working days from d to e, with the
// ends that b counts. If e is before d it is the number from e to d with the
// same ends counted, negative.
func (w *WorkingDays) WorkingDaysBetween(d, e Date, b Bounds) (int, error) {
	switch b { // not by the list of words, which would allocate
	case BoundsFirst, BoundsLast, BoundsBoth, BoundsNone:
	default:
		return 0, fmt.Errorf("bounds %q; %s: %w", clip(string(b)), oneOf(b), kindOfWord(b))
	}
	i, err := w.index(d)
	if err != nil {
		return 0, err
	}
	j, err := w.index(e)
	if err != nil {
		return 0, err
	}
	first, last, sign := b == BoundsFirst || b == BoundsBoth, b == BoundsLast || b == BoundsBoth, 1
	if j < i {
		i, j, sign, first, last = j, i, -1, last, first
	}
	if !first {
		i++
	}
	if last {
		j++
	}
	if j < i {
		return 0, nil // one day, neither end of it counted
	}
	return sign * int(w.table.before[j]-w.table.before[i]), nil
}

// Roll returns d, or, where it is a rest day, another as how says: the next day that
// is none, the last before that is none; the one, unless that lies in another month,
// then the other; the nearer. Rest days are all that are no working days, or the
// statutory holidays of the calendar alone.
func (w *WorkingDays) Roll(d Date, how RestDay) (Date, error) {
	to, _, err := w.rolled(d, how)
	return to, err
}

// rolled is Roll, and the days that were looked at for it.
func (w *WorkingDays) rolled(d Date, how RestDay) (to Date, seen Period, err error) {
	if !known(how) {
		return Date{}, Period{}, fmt.Errorf("rest day %q; %s: %w", clip(string(how)), oneOf(how), kindOfWord(how))
	}
	if how == RestDayStays {
		_, err := w.index(d)
		return d, Through(d, d), err
	}
	return w.roll(d, how)
}

// roll is rolled for a word that is known; a day that stays need not be.
func (w *WorkingDays) roll(d Date, how RestDay) (to Date, seen Period, err error) {
	if how == RestDayStays {
		return d, Through(d, d), nil
	}
	step, statutory := how.step(), how.statutory()
	if step == 0 {
		return w.rolledNearer(d, statutory)
	}
	to, err = w.noRest(d, step, statutory)
	within := how.within(d)
	if within == (Period{}) || err == nil && within.Contains(to) {
		return to, daysBetween(d, to), err
	}
	border := within.Last()
	if step < 0 {
		border = within.From
	}
	if _, unknown := w.index(border); unknown != nil {
		return Date{}, Period{}, unknown // nobody knows whether it is left
	}
	to, err = w.noRest(d, -step, statutory)
	return to, daysBetween(d, to, border), err
}

// rolledNearer is rolled, to the nearer side. Where one side is not known, the other
// is nearer if the days as far from d are known to be rest days.
func (w *WorkingDays) rolledNearer(d Date, statutory bool) (to Date, seen Period, err error) {
	next, unknownNext := w.noRest(d, +1, statutory)
	last, unknownLast := w.noRest(d, -1, statutory)
	switch {
	case unknownNext != nil && unknownLast != nil:
		return Date{}, Period{}, unknownNext
	case unknownNext != nil:
		if next = d.AddDays(d.Sub(last)); !w.table.days.Contains(next) {
			return Date{}, Period{}, unknownNext
		}
		return last, Through(last, next), nil
	case unknownLast != nil:
		if last = d.AddDays(-max(next.Sub(d)-1, 0)); !w.table.days.Contains(last) {
			return Date{}, Period{}, unknownLast
		}
		return next, Through(last, next), nil
	case d.Sub(last) < next.Sub(d):
		return last, Through(last, next), nil
	}
	return next, Through(last, next), nil
}

// noRest returns d, or the nearest day from there on that is no rest day: forward
// for a step of 1, back for one of -1.
func (w *WorkingDays) noRest(d Date, step int, statutory bool) (Date, error) {
	for {
		effort.Take()
		i, err := w.index(d)
		if err != nil {
			return Date{}, err
		}
		if statutory {
			// Each day but the last is one that the calendar names.
			if w.parts.on(d).calendar.day(d).Kind != DayHoliday {
				return d, nil
			}
			d = d.AddDays(step)
			continue
		}
		k := int(w.table.before[i]) // of the first working day from d on
		if step < 0 {
			k = int(w.table.before[i+1]) - 1
		}
		switch {
		case k < 0:
			return Date{}, w.rangeError(w.table.days.From.AddDays(-1))
		case k >= len(w.table.nth):
			return Date{}, w.rangeError(w.table.days.Until)
		}
		return w.table.days.From.AddDays(int(w.table.nth[k])), nil
	}
}

// LastOfMonth returns the last working day of the month in which d lies. A month
// without one is an error: ErrInvalid. The month must be known from d, and from its last
// working day, through its end.
func (w *WorkingDays) LastOfMonth(d Date) (Date, error) {
	if _, err := w.index(d); err != nil {
		return Date{}, err
	}
	month := CalendarMonth.of(d)
	if _, err := w.index(month.Last()); err != nil {
		return Date{}, err
	}
	last, err := w.noRest(month.Last(), -1, false)
	if err != nil {
		if _, unknown := w.index(month.From); unknown != nil {
			return Date{}, unknown // nobody knows whether there was one
		}
	}
	if err != nil || last.Before(month.From) {
		return Date{}, fmt.Errorf("no working day in the month of %v: %w", d, ErrInvalid)
	}
	return last, nil
}

// closeOf is the end of the last window that starts on d; without a window, what
// end says.
func (s *Schedule) closeOf(d Date, end dayEnd) (time.Time, error) {
	i, ok := s.line.dayIndex(d)
	if !ok {
		rule := s.parts.on(d)
		return time.Time{}, rule.calendar.rangeError(d, s.line.days)
	}
	if at := s.line.closes[i]; at != noWindow {
		return s.instant(d.local() + int64(at)), nil
	}
	span := end.spans(hoursOn(s.parts, d).week)
	if len(span) == 0 { // Compile refuses it of targets
		return time.Time{}, &Error{Kind: ErrConflict, Msg: fmt.Sprintf("%v has no window and would end as %s, which has none either", d, weekdays[end.weekday])}
	}
	return s.instant(localInstant(s.zone, d, span[len(span)-1].to)), nil
}

// spans is the service time that stands for that of a working day without a window.
func (e dayEnd) spans(week weekRule) []dayWindow {
	if e.weekday >= 0 {
		return week[e.weekday] // Compile refuses a weekday that has none
	}
	return []dayWindow{{0, e.hour}}
}

// localInstant is the instant at which the clock shows s seconds after 00:00 of
// d, in seconds since 1970.
func localInstant(zone *time.Location, d Date, s int32) int64 {
	return firstInstant(zone, d.local()+int64(s))
}
