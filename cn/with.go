package cn

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"github.com/cfd16870/contract"
)

// With returns the calendar with notices beside those of this package: that of a
// year which this version does not know yet, or one that changes a year. Each is
// held against the rules that every notice of the table keeps, and all faults are
// returned at once, as [contract.Errors]:
//
//   - a year of its own follows the last known, and has one notice; it was issued after
//     those of this package; an amendment is of the year of the notice that it amends;
//   - every day that the law names is off;
//   - it names days, off, worked or taken back, from 29 December of the year before
//     through 28 December, so that the certain days reach there;
//   - days worked in exchange are Saturdays and Sundays, and no day is both;
//   - what is taken is given back: the weekdays off that the law does not name are as
//     many as the days worked in exchange and the statutory days that fall on a weekend
//     or on each other, and those that a notice says it grants ([Notice.Granted]).
func With(more ...Notice) (*contract.Calendar, error) {
	known := append(notices(), clone(more)...) // what is worked in stays here
	slices.SortStableFunc(known, func(a, b Notice) int { return a.Issued.Compare(b.Issued) })
	more = slices.Clone(more)
	slices.SortStableFunc(more, func(a, b Notice) int { return cmp.Or(cmp.Compare(a.Year, b.Year), a.Issued.Compare(b.Issued)) })
	var faults contract.Errors
	last := certainDays(notices()).Last().Year()
	for _, n := range more {
		faults = append(faults, fits(n, known, &last)...)
	}
	if faults != nil {
		return nil, faults
	}
	day := lastIssued()
	for _, n := range more {
		if n.Issued.After(day) {
			day = n.Issued
		}
	}
	days, err := namedDays(clone(known), day)
	if err != nil {
		return nil, err
	}
	for _, y := range yearsOf(more) {
		if err := balanced(known, days, y, day); err != nil {
			faults = append(faults, err)
		}
	}
	if faults != nil {
		return nil, faults
	}
	return calendarOf(known, day) // its own copy of the notices
}

func yearsOf(list []Notice) (years []int) {
	for _, n := range list {
		years = append(years, n.Year)
	}
	slices.Sort(years)
	return slices.Compact(years)
}

// clone copies notices deep enough for amendments to be worked in.
func clone(list []Notice) []Notice {
	out := slices.Clone(list)
	for i := range out {
		out[i].Items = slices.Clone(out[i].Items)
		for j := range out[i].Items {
			out[i].Items[j].Work = slices.Clone(out[i].Items[j].Work)
		}
	}
	return out
}

// fits is what a notice has against the rules that need no other. last is the last
// year that has one of its own.
func fits(n Notice, known []Notice, last *int) (faults contract.Errors) {
	fault := func(at string, kind error, format string, args ...any) {
		faults = append(faults, &contract.Error{In: n.Number, Pointer: at, Kind: kind, Msg: fmt.Sprintf(format, args...)})
	}
	if n.Number == "" {
		fault("", contract.ErrRequired, "a notice of %d has a number", n.Year)
	}
	if !n.Issued.IsValid() {
		fault("", contract.ErrRequired, "say on which day it was issued")
	}
	if n.Year < firstYear || n.Year > lastYear {
		fault("", contract.ErrRange, "a notice for %d; the years %d to %d are known", n.Year, firstYear, lastYear)
		return faults
	}
	if n.Amends != "" && n.Amends == n.Number {
		fault("", contract.ErrConflict, "it amends itself; say which notice it changes")
	}
	if n.Issued.IsValid() && !n.Issued.After(lastIssued()) {
		fault("", contract.ErrConflict, "issued on %v, and the calendar holds what was issued through %v", n.Issued, lastIssued())
	}
	if n.Granted < 0 {
		fault("", contract.ErrInvalid, "%d days granted; write 0 or more", n.Granted)
	}
	if same := slices.IndexFunc(known, func(o Notice) bool { return o.Number == n.Number && !o.Issued.IsZero() }); same >= 0 && known[same].Year != n.Year {
		fault("", contract.ErrDuplicate, "the notice for %d has the same number", known[same].Year)
	}
	for _, it := range n.Items {
		if n.Amends == "" && (it.Replaces || len(it.Withdrawn) > 0) {
			fault("", contract.ErrConflict, "%s: it takes back what another notice says; say which one it amends", it.Holiday)
		}
	}
	if n.Issued.IsValid() && n.Issued.Year() > n.Year {
		fault("", contract.ErrConflict, "issued on %v, when %d was over", n.Issued, n.Year)
	}
	switch {
	case n.Amends != "":
		if i := slices.IndexFunc(known, func(o Notice) bool { return o.Number == n.Amends }); i >= 0 && known[i].Year != n.Year {
			fault("", contract.ErrConflict, "a notice for %d amends %s, which is for %d; it changes days of its own year", n.Year, n.Amends, known[i].Year)
		}
	case n.Year <= *last:
		fault("", contract.ErrConflict, "%d has a notice of its own; say which one this amends", n.Year)
	case n.Year > *last+1:
		fault("", contract.ErrInvalid, "%d follows %d; the years between have no notice", n.Year, *last)
	default:
		*last = n.Year
	}
	within := contract.Through(civil(max(n.Year, 2)-1, time.December, 29), civil(max(n.Year, 1), time.December, 28))
	inside := func(d contract.Date) {
		if !within.Contains(d) {
			fault(d.String(), contract.ErrRange, "not in the days that a notice for %d names, %v", n.Year, within)
		}
	}
	if len(n.Items) == 0 {
		fault("", contract.ErrRequired, "it names no days")
	}
	for _, it := range n.Items {
		if len(it.Off) == 0 && len(it.Withdrawn) == 0 {
			fault("", contract.ErrRequired, "%s: which days are off?", it.Holiday)
		}
		for _, p := range it.Off {
			if !p.IsValid() {
				fault("", contract.ErrInvalid, "%s: the days off %v are none", it.Holiday, p)
				continue
			}
			inside(p.From)
			inside(p.Last())
		}
		for _, d := range it.Work {
			inside(d)
			if !isWeekend(d) {
				fault(d.String(), contract.ErrInvalid, "a %v is no day to make up; days worked in exchange are Saturdays and Sundays", d.Weekday())
			}
		}
		for _, d := range it.Withdrawn {
			inside(d)
		}
	}
	return faults
}

func isWeekend(d contract.Date) bool {
	return d.Weekday() == time.Saturday || d.Weekday() == time.Sunday
}

// balanced holds a year's days off against those that are owed for them.
func balanced(known []Notice, days map[contract.Date]contract.Day, year int, on contract.Date) *contract.Error {
	off, worked, granted, numbers := 0, 0, 0, ""
	seen := make(map[contract.Date]bool)
	for _, n := range known {
		if n.Year != year {
			continue
		}
		granted += n.Granted
		numbers = n.Number
		for _, it := range n.Items {
			for _, p := range it.Off {
				for d := p.From; p.Contains(d); d = d.AddDays(1) {
					if !seen[d] && days[d].Kind == contract.DayRest && !isWeekend(d) {
						off++
					}
					seen[d] = true
				}
			}
			for _, d := range it.Work {
				if !seen[d] && days[d].Kind == contract.DayMakeup {
					worked++
				}
				seen[d] = true
			}
		}
	}
	law, err := statutory(year, on)
	if err != nil {
		return &contract.Error{In: numbers, Kind: contract.ErrRange, Msg: err.Error(), Cause: err}
	}
	spare := 0 // statutory days that fall on a weekend or on each other
	before := make(map[contract.Date]bool)
	for _, h := range law {
		if _, off := days[h.Date]; !off {
			return &contract.Error{In: numbers, Pointer: h.Date.String(), Kind: contract.ErrConflict,
				Msg: fmt.Sprintf("the law names it, %s, and no notice for %d has it off", h.Name, year)}
		}
		if isWeekend(h.Date) || before[h.Date] {
			spare++
		}
		before[h.Date] = true
	}
	if off != worked+spare+granted {
		return &contract.Error{In: numbers, Kind: contract.ErrConflict,
			Msg: fmt.Sprintf("in %d %d weekdays are off that the law does not name, and owed for them are %d: %d days worked in exchange, %d statutory days on a weekend or on each other, %d granted; a day is missing or one too many",
				year, off, worked+spare+granted, worked, spare, granted)}
	}
	return nil
}
