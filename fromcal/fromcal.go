// Package fromcal makes a contract's calendar of holidays of rickar/cal, which
// has the rules of over forty countries:
//
//	london, err := fromcal.New("gb", 2024, 2030, gb.Holidays...)
//
// For mainland China use package cn: its days off follow notices, not rules,
// and a list of holidays cannot say which weekend days are worked.
package fromcal

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/cfd16870/contract"
	"github.com/rickar/cal/v2"
)

// New returns the calendar of the given name that has the holidays as days off
// in the years first through last, both whole, and Saturday and Sunday as
// weekend. It is certain of these years and foresees nothing beyond them. No
// holidays at all are allowed: the days are then what their weekdays make them.
//
// The day off is the day on which a holiday is observed: [contract.DayHoliday]
// under the holiday's name, even on a weekend. Where that is another day than
// the holiday's own, its own is what its weekday makes it, as in rickar/cal, and
// Source says it. An observed day counts in the year in which it lies: in the
// United States New Year's Day of 2028, a Saturday, is a holiday of Friday 31
// December 2027. The names of holidays on one date are joined by semicolons.
//
// What the rules do not know the calendar does not: a day granted once, such as
// 19 September 2022 in the United Kingdom, is one more cal.Holiday to give.
//
// What counts of a date of rickar/cal is year, month and day, so that the
// calendar is the same for every cal.DefaultLoc and zone of the machine. Version
// is a short digest of the days and their names: an edition of the rules that
// has others has another version.
//
// All faults are returned at once, as [contract.Errors]: no name, years out of
// order, a weekday that is none, a nil holiday, one without a name or a rule.
func New(name string, first, last int, holidays ...*cal.Holiday) (*contract.Calendar, error) {
	return NewWeekend(name, []time.Weekday{time.Saturday, time.Sunday}, first, last, holidays...)
}

// NewWeekend is New with another weekend, such as Friday and Saturday; nil for none.
func NewWeekend(name string, weekend []time.Weekday, first, last int, holidays ...*cal.Holiday) (*contract.Calendar, error) {
	in := "calendar " + name
	var faults contract.Errors
	certain, err := contract.Years(first, last)
	if err != nil {
		faults = append(faults, &contract.Error{In: in, Kind: contract.ErrInvalid, Msg: err.Error(), Cause: err})
	}
	for i, h := range holidays {
		at := fmt.Sprintf("/%d", i)
		switch {
		case h == nil:
			faults = append(faults, &contract.Error{In: in, Pointer: at, Kind: contract.ErrRequired, Msg: "the holiday is nil"})
		case h.Func == nil:
			faults = append(faults, &contract.Error{In: in, Pointer: at, Kind: contract.ErrRequired,
				Msg: fmt.Sprintf("holiday %q has no rule: its Func is nil, it would never be observed", h.Name)})
		case h.Name == "":
			faults = append(faults, &contract.Error{In: in, Pointer: at, Kind: contract.ErrRequired, Msg: "the holiday has no name"})
		}
	}
	table := contract.CalendarTable{Weekend: weekend, Certain: certain}
	if faults == nil {
		table.Days = observed(first, last, certain, holidays)
		table.Version = digest(table.Days)
	} else {
		// Whatever NewCalendar has against the name and the weekend is said too; a
		// period that is already faulted is not faulted twice.
		table.Certain, _ = contract.Years(1, 1)
	}
	c, err := contract.NewCalendar(name, table)
	if err != nil {
		var more contract.Errors
		if !errors.As(err, &more) {
			return nil, err
		}
		faults = append(faults, more...)
	}
	if faults != nil {
		return nil, faults
	}
	return c, nil
}

// observed is the days within the period on which the holidays are observed.
func observed(first, last int, within contract.Period, holidays []*cal.Holiday) map[contract.Date]contract.Day {
	days := make(map[contract.Date]contract.Day)
	// A holiday of a neighbouring year may be observed in this one.
	for year := first - 1; year <= last+1; year++ {
		for _, h := range holidays {
			actual, _ := h.Calc(year)
			if actual.IsZero() { // not in this year
				continue
			}
			own := dateOf(actual)
			d := moved(own, h.Observed)
			if !within.Contains(d) {
				continue
			}
			day := contract.Day{Kind: contract.DayHoliday, Name: h.Name, Source: "rickar/cal"}
			if own != d {
				day.Source = "rickar/cal, for " + own.String()
			}
			if same, ok := days[d]; ok {
				day.Name = join(same.Name, day.Name)
				day.Source = join(same.Source, day.Source)
			}
			days[d] = day
		}
	}
	return days
}

// join adds a name to names, once.
func join(names, name string) string {
	if slices.Contains(strings.Split(names, "; "), name) {
		return names
	}
	return names + "; " + name
}

// moved is the day on which a holiday of the day d is observed. Holiday.Calc
// says it too, but by the weekday of an instant, which where a change of clocks
// skips midnight may be the day before.
func moved(d contract.Date, rules []cal.AltDay) contract.Date {
	for _, r := range rules {
		if r.Day == d.Weekday() {
			return d.AddDays(r.Offset)
		}
	}
	return d
}

// dateOf is the day that a time of rickar/cal stands for: the start of a day in
// cal.DefaultLoc. Where a change of clocks skips midnight, time.Date makes that
// 23:00 of the day before in some zones; two hours on it is the right day in all.
func dateOf(t time.Time) contract.Date { return contract.DateOf(t.Add(2 * time.Hour)) }

// digest tells one table of days from another.
func digest(days map[contract.Date]contract.Day) string {
	lines := make([]string, 0, len(days))
	for d, day := range days {
		lines = append(lines, fmt.Sprintf("%v %s %s\n", d, day.Name, day.Source))
	}
	slices.Sort(lines)
	h := sha256.New()
	for _, l := range lines {
		io.WriteString(h, l)
	}
	return hex.EncodeToString(h.Sum(nil)[:4])
}
