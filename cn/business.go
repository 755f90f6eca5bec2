package cn

import (
	"fmt"
	"slices"
	"time"

	"github.com/cfd16870/contract"
	"github.com/rickar/cal/v2"
)

// Holidays returns the days off of the table as holidays of rickar/cal, usable
// in any of its calendars. A cal.Holiday has one date a year, so a holiday of
// several days is several: one for its first statutory day of the calendar
// year, one for its second, and so on (Type ObservancePublic), then one for
// each day off that the notices add (Type ObservanceOther). Name is the
// notice's, Description says the rest in English.
//
// In a year in which there is no such day, and in a year that no notice has
// arranged, the holiday is not observed: its Calc returns the zero time. rickar/cal
// has no way to say "not known"; ask a [contract.Calendar] where that matters.
// Weekend days worked in exchange are not holidays: [Business] has them.
//
// As rickar/cal has it, a date is the start of the day in cal.DefaultLoc at the
// time of the call, and what counts of it is year, month and day: the day of
// the month in China, whatever the zone.
func Holidays() []*cal.Holiday {
	type series struct {
		name string
		kind contract.DayKind
	}
	days := latestDays()
	var names []string
	dates := make(map[series][]map[int]contract.Date) // the n-th day of each, by year
	seen := make(map[series]map[int]int)              // how many of them a year has so far
	for _, d := range sortedDates(days) {
		s := series{days[d].Name, days[d].Kind}
		if s.kind == contract.DayMakeup {
			continue
		}
		if !slices.Contains(names, s.name) {
			names = append(names, s.name)
		}
		if seen[s] == nil {
			seen[s] = make(map[int]int)
		}
		// By the year of the date, not of the notice: rickar/cal asks Func for the
		// year of the date in question, and then compares month and day alone.
		n := seen[s][d.Year()]
		seen[s][d.Year()]++
		if n == len(dates[s]) {
			dates[s] = append(dates[s], make(map[int]contract.Date))
		}
		dates[s][n][d.Year()] = d
	}
	var all []*cal.Holiday
	for _, name := range names {
		for _, of := range []struct {
			kind   contract.DayKind
			typ    cal.ObservanceType
			called string
		}{
			{contract.DayHoliday, cal.ObservancePublic, "statutory day"},
			{contract.DayRest, cal.ObservanceOther, "day off by notice"},
		} {
			for n, byYear := range dates[series{name, of.kind}] {
				all = append(all, &cal.Holiday{
					Name:        name,
					Description: fmt.Sprintf("%s, %s %d", english(name), of.called, n+1),
					Type:        of.typ,
					Func: func(_ *cal.Holiday, year int) time.Time {
						return byYear[year].StartIn(cal.DefaultLoc)
					},
				})
			}
		}
	}
	return all
}

// Business returns a business calendar of rickar/cal with [Holidays] and with
// the weekend days worked in exchange as workdays. Within the certain days of
// [Calendar] it has the same working days; after them it takes every weekday
// for one, without a word. Its working hours are rickar/cal's own, 9 to 17,
// until SetWorkHours.
//
// It looks at year, month and day of the time that it is given, in that time's
// own zone: give it times in Asia/Shanghai. Every call makes a new one, which
// the caller may change.
func Business() *cal.BusinessCalendar {
	days := latestDays()
	b := cal.NewBusinessCalendar()
	b.Name = "cn"
	b.Description = "Mainland China, by the State Council's notices"
	b.AddHoliday(Holidays()...)
	b.WorkdayFunc = func(date time.Time) bool {
		return !cal.IsWeekend(date) || days[contract.DateOf(date)].Kind == contract.DayMakeup
	}
	return b
}

// latestDays is the days named by all notices of the table.
func latestDays() map[contract.Date]contract.Day {
	return must(namedDays(notices(), lastIssued()))
}

func sortedDates(days map[contract.Date]contract.Day) []contract.Date {
	dates := make([]contract.Date, 0, len(days))
	for d := range days {
		dates = append(dates, d)
	}
	slices.SortFunc(dates, contract.Date.Compare)
	return dates
}
