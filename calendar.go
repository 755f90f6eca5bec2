package contract

import (
	"fmt"
	"iter"
	"maps"
	"slices"
	"sync"
	"time"
)

// A DayKind says what a civil day is.
type DayKind uint8

const (
	DayWorking DayKind = iota + 1 // an ordinary day of the week
	DayWeekend                    // a weekend day that no notice names
	DayHoliday                    // a statutory holiday
	DayRest                       // a day off by notice, not statutory: moved, or a weekend inside a holiday
	DayMakeup                     // a weekend day worked in exchange
	DayAgreed                     // hours agreed for the date; a Schedule says so, no calendar does
)

// String returns the kind as words, such as "make-up day".
func (k DayKind) String() string {
	switch k {
	case DayWorking:
		return "working day"
	case DayWeekend:
		return "weekend"
	case DayHoliday:
		return "statutory holiday"
	case DayRest:
		return "rest day"
	case DayMakeup:
		return "make-up day"
	case DayAgreed:
		return "agreed day"
	}
	return fmt.Sprintf("DayKind(%d)", uint8(k))
}

// A Day is what a civil day is, and why: the name of the holiday or agreement,
// and the notice or statute that names it. Both are "" for a day that nothing names.
type Day struct {
	Kind   DayKind
	Name   string
	Source string
}

// A CalendarTable is the days that a Calendar is made of.
type CalendarTable struct {
	// Version tells one edition from the next: the day of the last notice.
	Version string
	// Weekend is the days of the week that are no working days unless named. None
	// is allowed.
	Weekend []time.Weekday
	// Certain is the days of which everything is known. A day in it that Days does
	// not name is what its weekday makes it.
	Certain Period
	// Days names the holidays, rest days and make-up days within Certain.
	Days map[Date]Day
	// Foreseen is the days after Certain of which only the statutory holidays are
	// known; the zero Period if there are none. It begins where Certain ends.
	Foreseen Period
	// Statutory names the holidays within Foreseen.
	Statutory map[Date]Day
}

// A Calendar says what each civil day is: working day, weekend, holiday, rest
// day or make-up day, and to which day it is certain. Beyond that a question is
// an error (ErrRange), or its answer provisional where a handle asks for that:
// unknown is not closed, and not open either.
//
// A Calendar is immutable and safe for concurrent use. Schedules compiled from
// one Calendar with the same hours and zone share their tables: the memo, of some
// hundred entries at most, lives in the Calendar, not in the package.
type Calendar struct {
	name  string
	table CalendarTable
	named []namedDay // of Days and Statutory, ascending

	memo struct {
		sync.Mutex
		lines map[lineKey]*serviceLine
	}
}

// A namedDay is a day that a calendar names, and what it makes of it.
type namedDay struct {
	day  Date
	kind DayKind
}

// NewCalendar makes a calendar of a table. The table is copied. Every fault of
// the table is returned at once: a day named outside its period or without a name, a
// kind that no calendar has, a Foreseen that does not begin where Certain ends.
func NewCalendar(name string, t CalendarTable) (*Calendar, error) {
	var faults Errors
	fault := func(at string, kind error, format string, args ...any) {
		faults = append(faults, &Error{In: "calendar " + name, Pointer: at, Kind: kind, Msg: fmt.Sprintf(format, args...)})
	}
	if name == "" {
		fault("", ErrRequired, "a calendar has a name")
	}
	if !t.Certain.IsValid() {
		fault("", ErrInvalid, "the certain days %v are none", t.Certain)
	}
	for _, w := range t.Weekend {
		if w < time.Sunday || w > time.Saturday {
			fault("", ErrInvalid, "weekday %d: a week has days 0 (Sunday) to 6", int(w))
		}
	}
	if t.Foreseen != (Period{}) && (!t.Foreseen.IsValid() || t.Foreseen.From != t.Certain.Until) {
		fault("", ErrInvalid, "the foreseen days %v do not begin on %v, where the certain days end", t.Foreseen, t.Certain.Until)
	}
	c := &Calendar{name: name, table: t}
	take := func(days map[Date]Day, within Period, may func(DayKind) bool, which string) map[Date]Day {
		own := make(map[Date]Day, len(days))
		for d, day := range days {
			own[d] = day
			c.named = append(c.named, namedDay{d, day.Kind})
		}
		dates := slices.SortedFunc(maps.Keys(own), Date.Compare)
		for _, d := range dates {
			if !within.Contains(d) {
				fault(d.String(), ErrInvalid, "named, but outside the %s days %v", which, within)
			}
			if !may(own[d].Kind) {
				fault(d.String(), ErrInvalid, "%v is not for a calendar to name among the %s days", own[d].Kind, which)
			} else if own[d].Name == "" {
				fault(d.String(), ErrRequired, "a %v has a name, by which answers tell why the day is one", own[d].Kind)
			}
		}
		return own
	}
	c.table.Days = take(t.Days, t.Certain, func(k DayKind) bool {
		return k == DayHoliday || k == DayRest || k == DayMakeup
	}, "certain")
	c.table.Statutory = take(t.Statutory, t.Foreseen, func(k DayKind) bool { return k == DayHoliday }, "foreseen")
	c.table.Weekend = slices.Clone(t.Weekend)
	slices.SortFunc(c.named, func(a, b namedDay) int { return a.day.Compare(b.day) })
	c.memo.lines = make(map[lineKey]*serviceLine)
	if err := faults.orNil(); err != nil {
		return nil, err
	}
	return c, nil
}

// Name returns the name that documents know the calendar by.
func (c *Calendar) Name() string { return c.name }

// Version tells this edition of the calendar from others.
func (c *Calendar) Version() string { return c.table.Version }

// Certain returns the days of which everything is known.
func (c *Calendar) Certain() Period { return c.table.Certain }

// Foreseen returns the days after those, of which the statutory holidays and
// the weekends are known and the make-up days are not; no days if there are none.
func (c *Calendar) Foreseen() Period { return c.table.Foreseen }

// Day returns what d is. Outside the certain days the error is ErrRange.
func (c *Calendar) Day(d Date) (Day, error) {
	if !c.table.Certain.Contains(d) {
		return Day{}, c.rangeError(d, c.table.Certain)
	}
	return c.day(d), nil
}

// day is Day with the foreseen days.
func (c *Calendar) day(d Date) Day {
	if day, ok := c.table.Days[d]; ok {
		return day
	}
	if day, ok := c.table.Statutory[d]; ok {
		return day
	}
	if slices.Contains(c.table.Weekend, d.Weekday()) {
		return Day{Kind: DayWeekend}
	}
	return Day{Kind: DayWorking}
}

// Named returns the days of p that the calendar names, in order, foreseen
// statutory days included.
func (c *Calendar) Named(p Period) iter.Seq2[Date, Day] {
	return func(yield func(Date, Day) bool) {
		i, _ := slices.BinarySearchFunc(c.named, p.From, func(n namedDay, d Date) int { return n.day.Compare(d) })
		for _, n := range c.named[i:] {
			if !p.Contains(n.day) || !yield(n.day, c.day(n.day)) {
				return
			}
		}
	}
}

// reach is the days for which the calendar answers: the certain ones, and the
// foreseen ones for a handle that asks for them.
func (c *Calendar) reach(provisional bool) Period {
	p := c.table.Certain
	if provisional && c.table.Foreseen.IsValid() {
		p.Until = c.table.Foreseen.Until
	}
	return p
}

// rangeError says that d is not in the days p that are known.
func (c *Calendar) rangeError(d Date, p Period) *Error {
	side := "after"
	if d.Before(p.From) {
		side = "before"
	}
	return &Error{
		In: "calendar " + c.label(), Kind: ErrRange,
		Msg: fmt.Sprintf("%v is %s what is published: the days from %v through %v are known", d, side, p.From, p.Last()),
	}
}

// label is how workings and faults cite the calendar: "cn 2025-11-04".
func (c *Calendar) label() string {
	if c.table.Version == "" {
		return c.name
	}
	return c.name + " " + c.table.Version
}
