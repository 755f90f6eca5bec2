package contract

import (
	"fmt"
	"maps"
	"slices"
)

// Calendars that change: days of one's own laid over a calendar, and how one edition
// differs from another.

// With returns the calendar with days of one's own laid over it: a day granted once, a
// local holiday, a plant's shutdown. Each date is then what it is given as: a holiday,
// a rest day or a make-up day, with a name; or DayWorking for what its weekday makes
// it. A make-up day is a day of the weekend. Of foreseen days only the holidays can be
// told. The new calendar has the same name, by which documents know it, and the version
// of both. Every fault is returned at once, as Errors.
func (c *Calendar) With(version string, days map[Date]Day) (*Calendar, error) {
	var faults Errors
	in := "calendar " + c.name + " with " + clip(version)
	fault := func(at string, kind error, format string, args ...any) {
		faults = append(faults, &Error{In: in, Pointer: at, Kind: kind, Msg: fmt.Sprintf(format, args...)})
	}
	if version == "" {
		fault("", ErrRequired, "say which version this is: whoever reads an answer has to tell it from the calendar alone")
	}
	t := c.table
	t.Version = version
	if c.table.Version != "" {
		t.Version = c.table.Version + "+" + version
	}
	t.Days, t.Statutory = maps.Clone(t.Days), maps.Clone(t.Statutory)
	if t.Statutory == nil {
		t.Statutory = make(map[Date]Day)
	}
	for _, d := range slices.SortedFunc(maps.Keys(days), Date.Compare) {
		day, list := days[d], t.Days
		switch {
		case t.Certain.Contains(d):
		case t.Foreseen.Contains(d):
			list = t.Statutory
		default:
			fault(d.String(), ErrRange, "not among the days that the calendar knows, %v", c.reach(true))
			continue
		}
		switch {
		case day.Kind == DayWorking:
			delete(list, d)
			continue
		case day.Kind == DayMakeup && !slices.Contains(t.Weekend, d.Weekday()):
			fault(d.String(), ErrInvalid, "a %v is no day to make up; write %v", d.Weekday(), DayWorking)
		case day.Kind != DayHoliday && day.Kind != DayRest && day.Kind != DayMakeup:
			fault(d.String(), ErrInvalid, "%v is not for a calendar to name; write a %v, %v, %v or %v", day.Kind, DayHoliday, DayRest, DayMakeup, DayWorking)
		case t.Foreseen.Contains(d) && day.Kind != DayHoliday:
			fault(d.String(), ErrInvalid, "a %v, and of the days foreseen only the holidays are told", day.Kind)
		case day.Name == "":
			fault(d.String(), ErrRequired, "a %v has a name", day.Kind)
		}
		list[d] = day
	}
	if err := faults.orNil(); err != nil {
		return nil, err
	}
	return NewCalendar(c.name, t)
}

// A DayChange is a day that one edition of a calendar has otherwise than another.
type DayChange struct {
	On      Date
	Was, Is Day
}

// Changes returns the days that another edition has otherwise, in order: of those that
// both know, foreseen days included. What counts is the kind of the day; a make-up day
// that was foreseen as a weekend is one.
func (c *Calendar) Changes(is *Calendar) (changes []DayChange) {
	if is == nil {
		return nil
	}
	note := func(d Date) {
		if was, now := c.day(d), is.day(d); was.Kind != now.Kind {
			changes = append(changes, DayChange{d, was, now})
		}
	}
	both := c.reach(true).common(is.reach(true))
	next := func(list []namedDay, i int) (Date, bool) {
		if i < len(list) && both.Contains(list[i].day) {
			return list[i].day, true
		}
		return Date{}, false
	}
	from := func(list []namedDay) int {
		i, _ := slices.BinarySearchFunc(list, both.From, func(n namedDay, d Date) int { return n.day.Compare(d) })
		return i
	}
	sameWeekend := slices.Equal(slices.Sorted(slices.Values(c.table.Weekend)), slices.Sorted(slices.Values(is.table.Weekend)))
	if !sameWeekend { // every week differs
		for d := both.From; both.Contains(d); d = d.AddDays(1) {
			note(d)
		}
		return changes
	}
	// A day that neither names is the same in both.
	for i, j := from(c.named), from(is.named); ; {
		a, okA := next(c.named, i)
		b, okB := next(is.named, j)
		if !okA && !okB {
			return changes
		}
		d := a
		if !okA || okB && b.Before(a) {
			d = b
		}
		if okA && a == d {
			i++
		}
		if okB && b == d {
			j++
		}
		note(d)
	}
}
