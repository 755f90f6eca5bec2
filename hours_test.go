package contract_test

import (
	"context"
	"errors"
	"fmt"
	"math"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/cfd16870/contract"
	"github.com/cfd16870/contract/cn"
	"github.com/cfd16870/contract/proof"
)

// published is China's calendar by all notices that this version knows: certain
// from Sat 2006-12-30 through Mon 2026-12-28.
var published = cn.Calendar()

// beijing is the zone of the tables below.
var beijing = inZone("Asia/Shanghai")

// when reads an instant with its weekday, "Fri 2024-02-09 17:30" or with seconds,
// in Beijing; a wrong weekday is a mistake in the test.
func when(s string) time.Time {
	layout := "Mon 2006-01-02 15:04"
	if len(s) > len(layout) {
		layout += ":05"
	}
	t, err := time.ParseInLocation(layout, s, beijing)
	if err != nil {
		panic(err)
	}
	if got := t.Format("Mon"); got != s[:3] {
		panic(s + " is a " + got)
	}
	return t
}

// spellInstant is the other way round.
func spellInstant(t time.Time) string {
	if t.Truncate(time.Minute).Equal(t) {
		return t.Format("Mon 2006-01-02 15:04")
	}
	return t.Format("Mon 2006-01-02 15:04:05.999999999")
}

// officeHours is clause 1.2 of the sample: Monday to Friday 9 to 12 and 13 to 18,
// closed on every day off, make-up days closed.
func officeHours() contract.HoursClause {
	return contract.HoursClause{
		Clause:     "1.2",
		Calendar:   "cn",
		Week:       map[string][]string{"mon-fri": {"09:00-12:00", "13:00-18:00"}},
		Holidays:   contract.HolidaysClosed,
		MakeupDays: contract.MakeupClosed,
	}
}

// hoursWith compiles the office hours with changes, in Beijing.
func hoursWith(t testing.TB, changes ...func(*contract.HoursClause)) *contract.Schedule {
	t.Helper()
	h := officeHours()
	for _, change := range changes {
		change(&h)
	}
	s, err := contract.NewSchedule(beijing, h, published)
	require.NoError(t, err)
	return s
}

func week(w map[string][]string) func(*contract.HoursClause) {
	return func(h *contract.HoursClause) { h.Week = w }
}

func makeup(m contract.MakeupHours) func(*contract.HoursClause) {
	return func(h *contract.HoursClause) { h.MakeupDays = m }
}

func holidays(o contract.HolidayHours) func(*contract.HoursClause) {
	return func(h *contract.HoursClause) { h.Holidays = o }
}

func agreed(date string, open ...string) func(*contract.HoursClause) {
	return func(h *contract.HoursClause) {
		if h.Agreed == nil {
			h.Agreed = make(map[contract.Date]contract.AgreedClause)
		}
		h.Agreed[on(date)] = contract.AgreedClause{Open: open, Agreement: "side letter of " + date, Targets: contract.AgreedCount}
	}
}

var (
	always    = week(map[string][]string{"mon-sun": {"00:00-24:00"}})
	nights    = week(map[string][]string{"mon-fri": {"22:00-30:00"}})
	untilLate = week(map[string][]string{"mon-fri": {"18:00-24:00"}})
)

func TestScheduleAdd(t *testing.T) {
	office := hoursWith(t)
	asMonday := hoursWith(t, makeup("as mon"))
	for _, c := range []struct {
		why  string
		s    *contract.Schedule
		from string
		d    time.Duration
		want string
	}{
		{"within a window", office, "Mon 2024-03-04 09:30", time.Hour, "Mon 2024-03-04 10:30"},
		{"time used up exactly at closing ends at closing, not at the next opening", office, "Fri 2024-02-09 17:00", time.Hour, "Fri 2024-02-09 18:00"},
		{"a nanosecond more runs on after Spring Festival: nine days off, and Sunday 18th is a make-up day with the window shut", office,
			"Fri 2024-02-09 17:00", time.Hour + 1, "Mon 2024-02-19 09:00:00.000000001"},
		{"the same where make-up days are as Monday", asMonday, "Fri 2024-02-09 17:00", time.Hour + 1, "Sun 2024-02-18 09:00:00.000000001"},
		{"over lunch", office, "Mon 2024-03-04 11:58:30", 3 * time.Minute, "Mon 2024-03-04 13:01:30"},
		{"used up exactly at lunch ends at lunch", office, "Mon 2024-03-04 11:57", 3 * time.Minute, "Mon 2024-03-04 12:00"},
		{"from within lunch it runs from the next opening", office, "Mon 2024-03-04 12:10", 3 * time.Minute, "Mon 2024-03-04 13:03"},
		{"from closing it runs from the next opening: at 18:00 the window is closed", office, "Mon 2024-03-04 18:00", 3 * time.Minute, "Tue 2024-03-05 09:03"},
		{"from the last nanosecond before closing one nanosecond is left", office, "Mon 2024-03-04 17:59:59.999999999", 1, "Mon 2024-03-04 18:00"},
		{"from the night before", office, "Mon 2024-03-04 03:00", time.Hour, "Mon 2024-03-04 10:00"},
		{"over a weekend", office, "Fri 2024-03-08 17:30", time.Hour, "Mon 2024-03-11 09:30"},
		{"over Qingming: Thursday to Saturday off, Sunday 7th a make-up day with the window shut", office, "Wed 2024-04-03 17:20", time.Hour, "Mon 2024-04-08 09:20"},
		{"over Qingming into the make-up Sunday", asMonday, "Wed 2024-04-03 17:20", time.Hour, "Sun 2024-04-07 09:20"},
		{"twelve service hours from Friday afternoon", office, "Fri 2025-10-10 17:30", 12 * time.Hour, "Tue 2025-10-14 13:30"},
		{"nothing changes nothing, even out of hours", office, "Sat 2024-03-09 12:34:56.789", 0, "Sat 2024-03-09 12:34:56.789"},
		{"back within a window", office, "Mon 2024-03-04 10:30", -time.Hour, "Mon 2024-03-04 09:30"},
		{"back to exactly an opening is that opening, the mirror of time used up at closing", office, "Mon 2024-02-19 10:00", -time.Hour, "Mon 2024-02-19 09:00"},
		{"a nanosecond more goes back before Spring Festival", office, "Mon 2024-02-19 10:00", -time.Hour - 1, "Fri 2024-02-09 17:59:59.999999999"},
		{"back from an opening is back from the closing before it", office, "Mon 2024-02-19 09:00", -time.Hour, "Fri 2024-02-09 17:00"},
		{"back over lunch", office, "Mon 2024-03-04 13:01:30", -3 * time.Minute, "Mon 2024-03-04 11:58:30"},
		{"a shift across midnight", hoursWith(t, nights), "Mon 2024-03-04 23:00", 6 * time.Hour, "Tue 2024-03-05 05:00"},
		{"the shift of Friday runs into Saturday and ends there", hoursWith(t, nights), "Fri 2024-03-08 23:00", 7 * time.Hour, "Sat 2024-03-09 06:00"},
		{"and goes on on Monday night", hoursWith(t, nights), "Fri 2024-03-08 23:00", 8 * time.Hour, "Mon 2024-03-11 23:00"},
		{"the night before a holiday runs into the holiday", hoursWith(t, nights), "Wed 2024-04-03 23:00", 8 * time.Hour, "Mon 2024-04-08 23:00"},
		{"around the clock there is no closing", hoursWith(t, always, holidays(contract.HolidaysOpen), makeup("as mon")), "Fri 2024-02-09 17:00", 100 * time.Hour, "Tue 2024-02-13 21:00"},
		{"around the clock, closed on days off", hoursWith(t, always), "Fri 2024-02-09 17:00", 8 * time.Hour, "Mon 2024-02-19 01:00"},
		{"around the clock on statutory days, closed on make-up days", hoursWith(t, always, holidays(contract.HolidaysOpen)), "Sat 2024-02-17 23:00", 2 * time.Hour, "Mon 2024-02-19 01:00"},
		{"a half day agreed", hoursWith(t, agreed("2024-02-09", "09:00-12:00")), "Fri 2024-02-09 11:00", 2 * time.Hour, "Mon 2024-02-19 10:00"},
	} {
		t.Run(c.why, func(t *testing.T) {
			got, err := c.s.Add(when(c.from), c.d)
			require.NoError(t, err)
			assert.Equal(t, c.want, spellInstant(got))
			assert.Equal(t, beijing, got.Location())
		})
	}
}

// What each kind of day of the notices has for hours.
func TestWindowsOfADay(t *testing.T) {
	const none = ""
	statutory := holidays(contract.HolidaysStatutoryClosed)
	open := holidays(contract.HolidaysOpen)
	for _, c := range []struct {
		why     string
		date    string // with its weekday
		changes []func(*contract.HoursClause)
		want    string
	}{
		{"an ordinary Monday", "Mon 2024-03-04", nil, "09:00-12:00 13:00-18:00"},
		{"an ordinary Saturday", "Sat 2024-03-09", nil, none},
		{"a statutory day", "Sat 2024-02-10", nil, none},
		{"a statutory day of the week", "Mon 2024-02-12", nil, none},
		{"a rest day: a Wednesday moved from a weekend", "Wed 2024-02-14", nil, none},
		{"a make-up Sunday, closed", "Sun 2024-02-18", nil, none},
		{"a make-up Sunday as Monday", "Sun 2024-02-18", []func(*contract.HoursClause){makeup("as mon")}, "09:00-12:00 13:00-18:00"},
		{"a make-up Sunday as Saturday, which has hours of its own", "Sun 2024-02-18",
			[]func(*contract.HoursClause){week(map[string][]string{"mon-fri": {"09:00-18:00"}, "sat": {"10:00-14:00"}}), makeup("as sat")}, "10:00-14:00"},
		{"a make-up Sunday as Sunday, which has none", "Sun 2024-02-18", []func(*contract.HoursClause){makeup("as sun")}, none},
		{"a make-up Saturday closed, though Saturdays are open", "Sat 2024-05-11",
			[]func(*contract.HoursClause){week(map[string][]string{"mon-sat": {"09:00-18:00"}})}, none},
		{"holidays open: a statutory Monday has Monday's", "Mon 2024-02-12", []func(*contract.HoursClause){open}, "09:00-12:00 13:00-18:00"},
		{"holidays open: a rest Wednesday has Wednesday's", "Wed 2024-02-14", []func(*contract.HoursClause){open}, "09:00-12:00 13:00-18:00"},
		{"holidays open: a Saturday inside the holiday stays a Saturday", "Sat 2024-02-17", []func(*contract.HoursClause){open}, none},
		{"holidays open does not open make-up days", "Sun 2024-02-18", []func(*contract.HoursClause){open}, none},
		{"statutory days only: a statutory Monday is closed", "Mon 2024-02-12", []func(*contract.HoursClause){statutory}, none},
		{"statutory days only: a rest Wednesday has Wednesday's", "Wed 2024-02-14", []func(*contract.HoursClause){statutory}, "09:00-12:00 13:00-18:00"},
		{"statutory days only: a Saturday inside the holiday stays a Saturday", "Sat 2024-02-17", []func(*contract.HoursClause){statutory}, none},
		{"statutory days only: a Sunday inside the holiday, where Sundays are open", "Sun 2024-05-05",
			[]func(*contract.HoursClause){week(map[string][]string{"mon-sun": {"08:00-22:00"}}), statutory}, "08:00-22:00"},
		{"hours agreed for an ordinary day", "Fri 2024-02-09", []func(*contract.HoursClause){agreed("2024-02-09", "09:00-12:00")}, "09:00-12:00"},
		{"closed by agreement on an ordinary day", "Fri 2024-02-09", []func(*contract.HoursClause){agreed("2024-02-09")}, none},
		{"hours agreed come before a statutory day", "Mon 2024-02-12", []func(*contract.HoursClause){agreed("2024-02-12", "10:00-11:00")}, "10:00-11:00"},
		{"hours agreed come before a rest day", "Wed 2024-02-14", []func(*contract.HoursClause){agreed("2024-02-14", "10:00-11:00")}, "10:00-11:00"},
		{"hours agreed come before a make-up day", "Sun 2024-02-18", []func(*contract.HoursClause){makeup("as mon"), agreed("2024-02-18", "10:00-11:00")}, "10:00-11:00"},
		{"closed by agreement comes before a make-up day", "Sun 2024-02-18", []func(*contract.HoursClause){makeup("as mon"), agreed("2024-02-18")}, none},
		{"hours agreed for a Saturday", "Sat 2024-03-09", []func(*contract.HoursClause){agreed("2024-03-09", "14:00-15:00", "09:00-10:00")}, "09:00-10:00 14:00-15:00"},
		{"windows may be written in any order", "Mon 2024-03-04", []func(*contract.HoursClause){week(map[string][]string{"mon": {"13:00-18:00", "09:00-12:00"}})}, "09:00-12:00 13:00-18:00"},
		{"windows that touch come as one", "Mon 2024-03-04", []func(*contract.HoursClause){week(map[string][]string{"mon": {"09:00-12:00", "12:00-18:00"}})}, "09:00-18:00"},
		{"a whole day is cut off at both midnights", "Mon 2024-03-04", []func(*contract.HoursClause){always}, "00:00-24:00"},
		{"a day off between nights has the morning of the shift before", "Thu 2024-04-04", []func(*contract.HoursClause){nights}, "00:00-06:00"},
		{"an ordinary day has a morning and an evening of nights", "Tue 2024-03-05", []func(*contract.HoursClause){nights}, "00:00-06:00 22:00-24:00"},
		{"a night that runs into hours agreed for the next day: what they share counts once", "Tue 2024-03-05",
			[]func(*contract.HoursClause){nights, agreed("2024-03-05", "04:00-08:00")}, "00:00-08:00"},
		{"a night that runs on past the end of hours agreed for the next day", "Tue 2024-03-05",
			[]func(*contract.HoursClause){nights, agreed("2024-03-05", "04:00-05:00")}, "00:00-06:00"},
		{"hours agreed across midnight, into the morning's window", "Tue 2024-03-05",
			[]func(*contract.HoursClause){agreed("2024-03-04", "20:00-34:00")}, "00:00-12:00 13:00-18:00"},
	} {
		t.Run(c.why, func(t *testing.T) {
			s := hoursWith(t, c.changes...)
			from := when(c.date + " 00:00")
			to := from.AddDate(0, 0, 1)
			got := ""
			var total time.Duration
			for w, err := range s.Windows(from, to) {
				require.NoError(t, err)
				end := w.End.Format("15:04")
				if w.End.Equal(to) {
					end = "24:00"
				}
				if got != "" {
					got += " "
				}
				got += w.Start.Format("15:04") + "-" + end
				total += w.End.Sub(w.Start)
			}
			assert.Equal(t, c.want, got)
			between, err := s.Between(from, to)
			require.NoError(t, err)
			assert.Equal(t, total, between, "the windows of a day are its open time")
		})
	}
}

// Days on which the local clock is put forward or back: a window opens and closes
// when the clock first shows its times or later ones.
func TestWindowsOverChangesOfClocks(t *testing.T) {
	for _, c := range []struct {
		why, zone, date, window, want string
	}{
		{"a window over the skipped hour is an hour short", "Europe/London", "2024-03-31", "00:00-03:00", "00:00+0000 03:00+0100"},
		{"an opening that is skipped is at the change", "Europe/London", "2024-03-31", "01:30-03:00", "02:00+0100 03:00+0100"},
		{"a closing that is skipped is at the change", "Europe/London", "2024-03-31", "00:30-01:30", "00:30+0000 02:00+0100"},
		{"a window that is skipped whole is none", "Europe/London", "2024-03-31", "01:00-02:00", ""},
		{"a window over the repeated hour is an hour longer", "Europe/London", "2024-10-27", "00:00-03:00", "00:00+0100 03:00+0000"},
		{"an opening that comes twice is the first", "Europe/London", "2024-10-27", "01:30-02:30", "01:30+0100 02:30+0000"},
		{"a closing that comes twice is the first", "Europe/London", "2024-10-27", "00:30-01:30", "00:30+0100 01:30+0100"},
		{"midnight is skipped: the day begins at 01:00", "America/Sao_Paulo", "2018-11-04", "00:00-12:00", "01:00-0200 12:00-0200"},
		{"midnight comes twice: the first", "America/Havana", "2024-11-03", "00:00-12:00", "00:00-0400 12:00-0500"},
		{"half an hour", "Australia/Lord_Howe", "2024-10-06", "02:10-04:00", "02:30+1100 04:00+1100"},
		{"a night over the change, by the clock", "Europe/London", "2024-03-30", "22:00-30:00", "22:00+0000 06:00+0100"},
		{"a day that was not has no window", "Pacific/Apia", "2011-12-30", "09:00-17:00", ""},
	} {
		t.Run(c.zone+": "+c.why, func(t *testing.T) {
			d := on(c.date)
			cal, err := contract.NewCalendar("days", contract.CalendarTable{Certain: contract.Through(d.AddDays(-3), d.AddDays(3))})
			require.NoError(t, err)
			h := contract.HoursClause{Week: map[string][]string{weekdayNames[d.Weekday()]: {c.window}}, Holidays: contract.HolidaysClosed, MakeupDays: contract.MakeupClosed}
			s, err := contract.NewSchedule(inZone(c.zone), h, cal)
			require.NoError(t, err)
			got := ""
			from, until := s.Known()
			for w, err := range s.Windows(from, until) {
				require.NoError(t, err)
				got += w.Start.Format("15:04-0700") + " " + w.End.Format("15:04-0700")
			}
			assert.Equal(t, c.want, got)
		})
	}
}

func TestIsOpen(t *testing.T) {
	for _, c := range []struct {
		why, at string
		want    bool
	}{
		{"at opening it is open", "Mon 2024-03-04 09:00", true},
		{"a nanosecond before opening it is not", "Mon 2024-03-04 08:59:59.999999999", false},
		{"a nanosecond before closing it is", "Mon 2024-03-04 17:59:59.999999999", true},
		{"at closing it is not: windows are half-open", "Mon 2024-03-04 18:00", false},
		{"at the beginning of lunch it is not", "Mon 2024-03-04 12:00", false},
		{"at the end of lunch it is", "Mon 2024-03-04 13:00", true},
		{"on a Saturday it is not", "Sat 2024-03-09 10:00", false},
		{"on a statutory day it is not", "Mon 2024-02-12 10:00", false},
	} {
		t.Run(c.why, func(t *testing.T) {
			got, err := hoursWith(t).IsOpen(when(c.at))
			require.NoError(t, err)
			assert.Equal(t, c.want, got)
		})
	}
}

func TestOpeningsAndClosings(t *testing.T) {
	office := hoursWith(t)
	turn := map[string]func(*contract.Schedule, time.Time) (time.Time, error){
		"next opening":     (*contract.Schedule).NextOpening,
		"next closing":     (*contract.Schedule).NextClosing,
		"previous opening": (*contract.Schedule).PreviousOpening,
		"previous closing": (*contract.Schedule).PreviousClosing,
	}
	for _, c := range []struct {
		why, what string
		s         *contract.Schedule
		at, want  string
	}{
		{"before Spring Festival", "next opening", office, "Fri 2024-02-09 18:00", "Mon 2024-02-19 09:00"},
		{"into the make-up Sunday", "next opening", hoursWith(t, makeup("as mon")), "Fri 2024-02-09 18:00", "Sun 2024-02-18 09:00"},
		{"an opening at t is not after t", "next opening", office, "Mon 2024-03-04 09:00", "Mon 2024-03-04 13:00"},
		{"a nanosecond before it is", "next opening", office, "Mon 2024-03-04 08:59:59.999999999", "Mon 2024-03-04 09:00"},
		{"from within a window", "next opening", office, "Mon 2024-03-04 10:00", "Mon 2024-03-04 13:00"},
		{"from within a window", "next closing", office, "Mon 2024-03-04 10:00", "Mon 2024-03-04 12:00"},
		{"at an opening", "next closing", office, "Mon 2024-03-04 09:00", "Mon 2024-03-04 12:00"},
		{"a closing at t is not after t", "next closing", office, "Mon 2024-03-04 12:00", "Mon 2024-03-04 18:00"},
		{"out of hours", "next closing", office, "Sat 2024-03-09 10:00", "Mon 2024-03-11 12:00"},
		{"an opening at t is not before t", "previous opening", office, "Mon 2024-03-04 13:00", "Mon 2024-03-04 09:00"},
		{"a nanosecond after it is", "previous opening", office, "Mon 2024-03-04 13:00:00.000000001", "Mon 2024-03-04 13:00"},
		{"after Spring Festival", "previous opening", office, "Mon 2024-02-19 09:00", "Fri 2024-02-09 13:00"},
		{"a closing at t is not before t", "previous closing", office, "Mon 2024-03-04 18:00", "Mon 2024-03-04 12:00"},
		{"a nanosecond after it is", "previous closing", office, "Mon 2024-03-04 18:00:00.000000001", "Mon 2024-03-04 18:00"},
		{"from within a window", "previous closing", office, "Mon 2024-03-04 10:00", "Fri 2024-03-01 18:00"},
		{"at an opening", "previous closing", office, "Mon 2024-03-04 09:00", "Fri 2024-03-01 18:00"},
		{"a night shift closes in the morning after", "next closing", hoursWith(t, nights), "Fri 2024-03-08 23:00", "Sat 2024-03-09 06:00"},
		{"midnight between two whole days is no closing", "next closing", hoursWith(t, week(map[string][]string{"mon-fri": {"00:00-24:00"}})), "Mon 2024-03-04 10:00", "Sat 2024-03-09 00:00"},
		{"nor an opening", "previous opening", hoursWith(t, week(map[string][]string{"mon-fri": {"00:00-24:00"}})), "Wed 2024-03-06 10:00", "Mon 2024-03-04 00:00"},
	} {
		t.Run(c.what+", "+c.why, func(t *testing.T) {
			got, err := turn[c.what](c.s, when(c.at))
			require.NoError(t, err)
			assert.Equal(t, c.want, spellInstant(got))
		})
	}
}

func TestBetween(t *testing.T) {
	office := hoursWith(t)
	for _, c := range []struct {
		why, from, to string
		want          time.Duration
	}{
		{"a whole day", "Mon 2024-03-04 00:00", "Tue 2024-03-05 00:00", 8 * time.Hour},
		{"from opening to closing over lunch", "Mon 2024-03-04 09:00", "Mon 2024-03-04 18:00", 8 * time.Hour},
		{"over a weekend", "Fri 2024-03-08 17:00", "Mon 2024-03-11 10:00", 2 * time.Hour},
		{"over Spring Festival, ten days of nothing", "Fri 2024-02-09 18:00", "Mon 2024-02-19 09:00", 0},
		{"backwards it is negative", "Mon 2024-03-11 10:00", "Fri 2024-03-08 17:00", -2 * time.Hour},
		{"the same instant", "Mon 2024-03-04 10:00", "Mon 2024-03-04 10:00", 0},
		{"the last nanosecond of a window", "Mon 2024-03-04 17:59:59.999999999", "Mon 2024-03-04 20:00", 1},
		{"a year of working days at eight hours: 366 - 104 weekend days - 28 days off of which 9 lie on weekends", "Mon 2024-01-01 00:00", "Wed 2025-01-01 00:00", (366 - 104 - 19) * 8 * time.Hour},
	} {
		t.Run(c.why, func(t *testing.T) {
			got, err := office.Between(when(c.from), when(c.to))
			require.NoError(t, err)
			assert.Equal(t, c.want, got)
		})
	}
}

func TestWindowsClip(t *testing.T) {
	office := hoursWith(t)
	list := func(from, to string) (got []string) {
		for w, err := range office.Windows(when(from), when(to)) {
			require.NoError(t, err)
			got = append(got, spellInstant(w.Start)+"/"+spellInstant(w.End)[len("Mon 2006-01-02 "):])
		}
		return got
	}
	assert.Equal(t, []string{"Mon 2024-03-04 10:00/12:00", "Mon 2024-03-04 13:00/15:30"}, list("Mon 2024-03-04 10:00", "Mon 2024-03-04 15:30"), "cut off at both ends")
	assert.Equal(t, []string{"Mon 2024-03-04 10:00/11:00"}, list("Mon 2024-03-04 10:00", "Mon 2024-03-04 11:00"), "within one window")
	assert.Equal(t, []string{"Mon 2024-03-04 09:00/12:00"}, list("Mon 2024-03-04 09:00", "Mon 2024-03-04 12:00"), "exactly one window")
	assert.Empty(t, list("Mon 2024-03-04 12:00", "Mon 2024-03-04 13:00"), "lunch is not open")
	assert.Empty(t, list("Fri 2024-02-09 18:00", "Mon 2024-02-19 09:00"), "Spring Festival is not open")
	assert.Empty(t, list("Mon 2024-03-04 10:00", "Mon 2024-03-04 10:00"), "an instant has no stretch")
	assert.Empty(t, list("Mon 2024-03-04 11:00", "Mon 2024-03-04 10:00"), "backwards within a window there is none")
	assert.Empty(t, list("Tue 2024-03-05 11:00", "Mon 2024-03-04 10:00"), "backwards over windows there is none")

	stopped := 0
	for range office.Windows(when("Mon 2024-03-04 00:00"), when("Fri 2024-03-08 00:00")) {
		if stopped++; stopped == 2 {
			break
		}
	}
	assert.Equal(t, 2, stopped, "a loop that stops is not called again")
}

// The certain days end on Monday 28 December 2026: the notice for 2027 may take
// the 29th off.
func TestWhatIsPublished(t *testing.T) {
	office, around, late := hoursWith(t), hoursWith(t, always, holidays(contract.HolidaysOpen), makeup("as mon")), hoursWith(t, untilLate)
	from, until := office.Known()
	assert.Equal(t, "Sat 2006-12-30 00:00", spellInstant(from))
	assert.Equal(t, "Tue 2026-12-29 00:00", spellInstant(until))
	from, _ = hoursWith(t, nights).Known()
	assert.Equal(t, "Sun 2006-12-31 00:00", spellInstant(from), "a shift of the day before what is known may run into the first day")
	from, _ = hoursWith(t, agreed("2024-03-04", "20:00-26:00")).Known()
	assert.Equal(t, "Sun 2006-12-31 00:00", spellInstant(from), "so does one agreed shift anywhere")

	ask := func(f func() error) error { return f() }
	instant := func(f func(time.Time) (time.Time, error), at string) error {
		_, err := f(when(at))
		return err
	}
	add := func(s *contract.Schedule, at string, d time.Duration) error {
		_, err := s.Add(when(at), d)
		return err
	}
	open := func(s *contract.Schedule, at string) error {
		_, err := s.IsOpen(when(at))
		return err
	}
	between := func(from, to string) error {
		_, err := office.Between(when(from), when(to))
		return err
	}
	for _, c := range []struct {
		why   string
		err   error
		known bool
	}{
		{"the last closing is certain", add(office, "Mon 2026-12-28 17:00", time.Hour), true},
		{"a nanosecond after it is not", add(office, "Mon 2026-12-28 17:00", time.Hour+1), false},
		{"around the clock, to the last midnight", add(around, "Mon 2026-12-28 23:00", time.Hour), true},
		{"around the clock, a nanosecond after the last midnight", add(around, "Mon 2026-12-28 23:00", time.Hour+1), false},
		{"the first unknown instant may be asked about", add(office, "Tue 2026-12-29 00:00", 0), true},
		{"and gone back from", add(office, "Tue 2026-12-29 00:00", -time.Hour), true},
		{"a nanosecond after it may not", add(office, "Tue 2026-12-29 00:00:00.000000001", 0), false},
		{"more than there ever was", add(office, "Mon 2024-03-04 09:00", math.MaxInt64), false},
		{"less than there ever was", add(office, "Mon 2024-03-04 09:00", math.MinInt64), false},
		{"before the first day", add(office, "Fri 2006-12-29 23:59:59.999999999", 0), false},
		{"back to the first opening of all", add(office, "Thu 2007-01-04 10:00", -time.Hour), true},
		{"back before it", add(office, "Thu 2007-01-04 10:00", -time.Hour-1), false},
		{"open in the last certain minute", open(office, "Mon 2026-12-28 23:59"), true},
		{"open on the first unknown day: unknown is not closed", open(office, "Tue 2026-12-29 00:00"), false},
		{"open on the first day", open(office, "Sat 2006-12-30 00:00"), true},
		{"between what is known and the end of it", between("Mon 2026-12-28 09:00", "Tue 2026-12-29 00:00"), true},
		{"between, a nanosecond too far", between("Mon 2026-12-28 09:00", "Tue 2026-12-29 00:00:00.000000001"), false},
		{"between, from before", between("Fri 2006-12-29 00:00", "Mon 2024-03-04 09:00"), false},
		{"no opening is known after the last", instant(office.NextOpening, "Mon 2026-12-28 13:00"), false},
		{"the last opening is", instant(office.NextOpening, "Mon 2026-12-28 12:00"), true},
		{"no closing is known after the last", instant(office.NextClosing, "Mon 2026-12-28 18:00"), false},
		{"the last closing is", instant(office.NextClosing, "Mon 2026-12-28 17:00"), true},
		{"a window until the last midnight may go on: no closing is known", instant(late.NextClosing, "Mon 2026-12-28 19:00"), false},
		{"nothing closed before the first opening", instant(office.PreviousClosing, "Thu 2007-01-04 09:00"), false},
		{"nothing opened before the first opening", instant(office.PreviousOpening, "Thu 2007-01-04 09:00"), false},
		{"around the clock, the first midnight is no opening that is known", instant(around.PreviousOpening, "Sun 2006-12-31 09:00"), false},
		{"an instant in the year 1", ask(func() error { _, err := office.Add(time.Time{}, time.Hour); return err }), false},
		{"an instant in the year 9999", ask(func() error {
			_, err := office.Add(time.Date(9999, 1, 1, 0, 0, 0, 0, time.UTC), time.Hour)
			return err
		}), false},
		{"an instant that is 2024 again after 64 bits of nanoseconds", ask(func() error {
			_, err := office.IsOpen(when("Mon 2024-03-04 10:00").Add(math.MaxInt64).Add(math.MaxInt64).Add(2))
			return err
		}), false},
	} {
		t.Run(c.why, func(t *testing.T) {
			if c.known {
				assert.NoError(t, c.err)
				return
			}
			require.ErrorIs(t, c.err, contract.ErrRange)
			assert.ErrorContains(t, c.err, "calendar cn 2025-11-04", "it says whose days end")
			assert.ErrorContains(t, c.err, "2026-12-29", "and where")
		})
	}
	for _, ends := range [][2]string{{"Fri 2006-12-29 00:00", "Mon 2024-03-04 10:00"}, {"Mon 2024-03-04 10:00", "Wed 2026-12-30 00:00"}} {
		n := 0
		for _, err := range office.Windows(when(ends[0]), when(ends[1])) {
			assert.ErrorIs(t, err, contract.ErrRange)
			n++
		}
		assert.Equal(t, 1, n, "one error, and no window")
	}
}

func TestProvisional(t *testing.T) {
	office := hoursWith(t)
	p, err := office.Provisional()
	require.NoError(t, err)
	again, err := p.Provisional()
	require.NoError(t, err)
	assert.Same(t, p, again, "of a provisional handle it is itself")

	_, until := p.Known()
	assert.Equal(t, "Sun 2051-01-01 00:00", spellInstant(until))
	for _, c := range []struct {
		why, from string
		d         time.Duration
		want      string
		since     contract.Date
	}{
		{"a certain answer is the same, and is not provisional", "Mon 2024-03-04 17:00", 2 * time.Hour, "Tue 2024-03-05 10:00", contract.Date{}},
		{"the last certain closing is certain", "Mon 2026-12-28 17:00", time.Hour, "Mon 2026-12-28 18:00", contract.Date{}},
		{"an answer on the first unknown day", "Mon 2026-12-28 17:30", time.Hour, "Tue 2026-12-29 09:30", on("2026-12-29")},
		{"New Year's Day is statutory, whatever the notice says", "Thu 2026-12-31 17:30", time.Hour, "Mon 2027-01-04 09:30", on("2026-12-29")},
	} {
		t.Run(c.why, func(t *testing.T) {
			got, err := p.Add(when(c.from), c.d)
			require.NoError(t, err)
			assert.Equal(t, c.want, spellInstant(got))
			assert.Equal(t, c.since, p.ProvisionalFrom(got))
			assert.Equal(t, c.since, office.ProvisionalFrom(got), "the certain handle knows as well where it ends")
		})
	}
	midnight := when("Tue 2026-12-29 00:00")
	assert.Zero(t, p.ProvisionalFrom(midnight), "24:00 of the last certain day touches nothing after it")
	assert.Equal(t, on("2026-12-29"), p.ProvisionalFrom(midnight.Add(1)))

	table := publishedTable(published, time.Saturday, time.Sunday)
	table.Foreseen, table.Statutory = contract.Period{}, nil
	cal, err := contract.NewCalendar("cn", table)
	require.NoError(t, err)
	s, err := contract.NewSchedule(beijing, officeHours(), cal)
	require.NoError(t, err)
	same, err := s.Provisional()
	require.NoError(t, err)
	_, until = same.Known()
	assert.Equal(t, "Tue 2026-12-29 00:00", spellInstant(until), "where nothing is foreseen nothing is gained")
	assert.Same(t, s, same, "it is the schedule itself")
}

func TestScheduleDay(t *testing.T) {
	s := hoursWith(t, agreed("2024-02-09", "09:00-12:00"), agreed("2024-02-18"), func(h *contract.HoursClause) {
		h.Agreed[on("2024-03-09")] = contract.AgreedClause{Open: []string{"09:00-12:00"}, Agreement: "training", Targets: contract.AgreedDoNotCount}
	})
	for _, c := range []struct {
		why, date string
		want      contract.DayKind
		name      string
	}{
		{"an ordinary day", "2024-03-04", contract.DayWorking, ""},
		{"a weekend", "2024-03-10", contract.DayWeekend, ""},
		{"a statutory day", "2024-02-12", contract.DayHoliday, "春节"},
		{"a rest day", "2024-02-14", contract.DayRest, "春节"},
		{"a make-up day", "2024-05-11", contract.DayMakeup, "劳动节"},
		{"hours agreed", "2024-02-09", contract.DayAgreed, "side letter of 2024-02-09"},
		{"closed by agreement is agreed too, make-up day or not", "2024-02-18", contract.DayAgreed, "side letter of 2024-02-18"},
		{"open by agreement, though targets do not count it: service is open", "2024-03-09", contract.DayAgreed, "training"},
	} {
		t.Run(c.why, func(t *testing.T) {
			got, err := s.Day(on(c.date))
			require.NoError(t, err)
			assert.Equal(t, c.want, got.Kind)
			assert.Equal(t, c.name, got.Name)
		})
	}
	_, err := s.Day(on("2026-12-29"))
	assert.ErrorIs(t, err, contract.ErrRange)
	p, err := s.Provisional()
	require.NoError(t, err)
	day, err := p.Day(on("2027-10-01"))
	require.NoError(t, err)
	assert.Equal(t, contract.DayHoliday, day.Kind)
	_, err = p.Day(on("2051-01-01"))
	assert.ErrorIs(t, err, contract.ErrRange)

	open, err := s.IsOpen(when("Sat 2024-03-09 10:00"))
	require.NoError(t, err)
	assert.True(t, open, "hours that targets do not count are hours of service all the same")
}

// A day that is agreed for a date beyond what is published is not known: of the
// windows of the days around it nothing is.
func TestAgreedHoursDoNotExtendWhatIsPublished(t *testing.T) {
	s := hoursWith(t, agreed("2027-01-05", "09:00-12:00"))
	_, err := s.IsOpen(when("Tue 2027-01-05 10:00"))
	assert.ErrorIs(t, err, contract.ErrRange)
	_, err = s.Day(on("2027-01-05"))
	assert.ErrorIs(t, err, contract.ErrRange, "Day and IsOpen know the same days")
}

// Every fault of a clause, at its pointer, all at once and in one order.
func TestHoursFaults(t *testing.T) {
	type fault struct {
		at   string
		kind error
		says string
	}
	hours := func(change func(*contract.HoursClause)) func() (any, error) {
		return func() (any, error) {
			h := officeHours()
			change(&h)
			return contract.NewSchedule(beijing, h, published)
		}
	}
	open := func(windows ...string) func() (any, error) {
		return hours(week(map[string][]string{"mon": windows}))
	}
	keys := func(keys ...string) func() (any, error) {
		w := make(map[string][]string)
		for _, k := range keys {
			w[k] = []string{"09:00-12:00"}
		}
		return hours(week(w))
	}
	days := func(change func(*contract.DaysClause)) func() (any, error) {
		return func() (any, error) {
			c := chinaDays()
			change(&c)
			return contract.NewWorkingDays(c, published)
		}
	}
	for _, c := range []struct {
		why  string
		ask  func() (any, error)
		want []fault
	}{
		{"a window without a hyphen", open("09:00"), []fault{{"/week/mon/0", contract.ErrSyntax, "write it as 09:00-12:00"}}},
		{"one digit of an hour", open("9:00-12:00"), []fault{{"/week/mon/0", contract.ErrSyntax, "09:00-12:00"}}},
		{"spaces", open("09:00 - 12:00"), []fault{{"/week/mon/0", contract.ErrSyntax, "09:00-12:00"}}},
		{"a dash", open("09:00–12:00"), []fault{{"/week/mon/0", contract.ErrSyntax, "09:00-12:00"}}},
		{"seconds", open("09:00:00-12:00:00"), []fault{{"/week/mon/0", contract.ErrSyntax, "09:00-12:00"}}},
		{"minute 60", open("09:60-12:00"), []fault{{"/week/mon/0", contract.ErrSyntax, "09:00-12:00"}}},
		{"a sign", open("09:00-+2:00"), []fault{{"/week/mon/0", contract.ErrSyntax, "09:00-12:00"}}},
		{"twelve-hour time", open("9am-5pm"), []fault{{"/week/mon/0", contract.ErrSyntax, "09:00-12:00"}}},
		{"an hour after 48", open("20:00-48:01"), []fault{{"/week/mon/0", contract.ErrSyntax, "09:00-12:00"}}},
		{"nothing", open(""), []fault{{"/week/mon/0", contract.ErrSyntax, "09:00-12:00"}}},
		{"an empty window", open("09:00-09:00"), []fault{{"/week/mon/0", contract.ErrInvalid, "empty"}}},
		{"a window across midnight written as it is read aloud", open("22:00-06:00"), []fault{{"/week/mon/0", contract.ErrInvalid, "22:00-30:00"}}},
		{"a window that begins on the next day", open("24:00-30:00"), []fault{{"/week/mon/0", contract.ErrInvalid, "give it to the next"}}},
		{"a window longer than a day", open("09:00-33:01"), []fault{{"/week/mon/0", contract.ErrInvalid, "longer than a day"}}},
		{"windows that overlap", open("09:00-12:00", "11:00-14:00"), []fault{{"/week/mon/1", contract.ErrConflict, "overlaps 09:00-12:00"}}},
		{"one window twice", open("09:00-12:00", "09:00-12:00"), []fault{{"/week/mon/1", contract.ErrConflict, "overlaps"}}},
		{"of many that overlap each is told once", open("09:00-12:00", "09:00-12:00", "09:00-12:00"), []fault{{"/week/mon/1", contract.ErrConflict, "overlaps"}, {"/week/mon/2", contract.ErrConflict, "overlaps"}}},
		{"a window within another", open("09:00-18:00", "12:00-13:00"), []fault{{"/week/mon/1", contract.ErrConflict, "overlaps 09:00-18:00"}}},
		{"an overnight window that overlaps another of its day", open("20:00-30:00", "22:00-23:00"), []fault{{"/week/mon/1", contract.ErrConflict, "overlaps"}}},
		{"an overnight window that runs into the next day's", hours(week(map[string][]string{"mon-sun": {"05:00-06:00", "22:00-30:00"}})), []fault{
			{"/week", contract.ErrConflict, "mon 22:00-30:00 runs into tue 05:00-06:00"},
			{"/week", contract.ErrConflict, "tue 22:00-30:00 runs into wed"}, {"/week", contract.ErrConflict, "wed"}, {"/week", contract.ErrConflict, "thu"},
			{"/week", contract.ErrConflict, "fri"}, {"/week", contract.ErrConflict, "sat"}, {"/week", contract.ErrConflict, "sun 22:00-30:00 runs into mon"}}},
		{"a day with no windows", hours(week(map[string][]string{"mon-fri": {"09:00-18:00"}, "sat": {}})), []fault{{"/week/sat", contract.ErrInvalid, "leave the days out"}}},
		{"never open", hours(week(nil)), []fault{{"/week", contract.ErrInvalid, "never open"}}},
		{"a weekday in capitals", keys("MON"), []fault{{"/week/MON", contract.ErrSyntax, "mon tue wed thu fri sat sun"}}},
		{"a weekday written out", keys("monday"), []fault{{"/week/monday", contract.ErrSyntax, "mon-fri"}}},
		{"a weekday by number", keys("1-5"), []fault{{"/week/1-5", contract.ErrSyntax, "mon-fri"}}},
		{"a key that a pointer has to escape", keys("mon/tue~"), []fault{{"/week/mon~1tue~0", contract.ErrSyntax, "mon-fri"}}},
		{"no weekday", keys(""), []fault{{"/week/", contract.ErrRequired, "mon-fri"}}},
		{"a weekday missing from a list", keys("mon,,wed"), []fault{{"/week/mon,,wed", contract.ErrSyntax, "mon-fri"}}},
		{"a week that runs backwards", keys("fri-mon"), []fault{{"/week/fri-mon", contract.ErrInvalid, "from mon to sun"}}},
		{"a range of one day", keys("mon-mon"), []fault{{"/week/mon-mon", contract.ErrInvalid, "backwards"}}},
		{"a day twice in one key", keys("mon-wed, tue"), []fault{{"/week/mon-wed, tue", contract.ErrDuplicate, "tue is given twice"}}},
		{"a day in two keys", keys("mon-fri", "wed"), []fault{{"/week/wed", contract.ErrDuplicate, `wed is given by "mon-fri" already`}}},
		{"holidays not stated", hours(holidays("")), []fault{{"/holidays", contract.ErrRequired, "closed, open, closed on statutory days only"}}},
		{"a word for holidays that is none", hours(holidays("shut")), []fault{{"/holidays", contract.ErrUnknown, "closed, open, closed on statutory days only"}}},
		{"make-up days not stated", hours(makeup("")), []fault{{"/makeupDays", contract.ErrRequired, "closed, as mon"}}},
		{"and it is found beside another fault of the week", hours(week(map[string][]string{"mon": {"9-12"}, "fri": {"22:00-30:00"}, "sat": {"05:00-09:00"}})), []fault{
			{"/week/mon/0", contract.ErrSyntax, ""}, {"/week", contract.ErrConflict, "fri 22:00-30:00 runs into sat 05:00-09:00"}}},
		{"make-up days as a weekday that is none", hours(makeup("as monday")), []fault{{"/makeupDays", contract.ErrUnknown, "closed, as mon"}}},
		{"make-up days as a bare weekday", hours(makeup("mon")), []fault{{"/makeupDays", contract.ErrUnknown, "closed, as mon"}}},
		{"agreed hours without an agreement", hours(func(h *contract.HoursClause) {
			h.Agreed = map[contract.Date]contract.AgreedClause{on("2024-02-09"): {Targets: contract.AgreedCount}}
		}), []fault{{"/agreed/2024-02-09/agreement", contract.ErrRequired, "which agreement"}}},
		{"agreed hours that do not say whether targets follow", hours(func(h *contract.HoursClause) {
			h.Agreed = map[contract.Date]contract.AgreedClause{on("2024-02-09"): {Agreement: "a"}}
		}), []fault{{"/agreed/2024-02-09/targets", contract.ErrRequired, "count, do not count"}}},
		{"agreed hours that overlap", hours(agreed("2024-02-09", "09:00-12:00", "11:00-13:00")), []fault{{"/agreed/2024-02-09/open/1", contract.ErrConflict, "overlaps"}}},
		{"no zone", func() (any, error) { return contract.NewSchedule(nil, officeHours(), published) }, []fault{{"", contract.ErrRequired, "zone"}}},
		{"the zone of the machine", func() (any, error) { return contract.NewSchedule(time.Local, officeHours(), published) }, []fault{{"", contract.ErrInvalid, "another on every machine"}}},
		{"no calendar", func() (any, error) { return contract.NewSchedule(beijing, officeHours(), nil) }, []fault{{"/calendar", contract.ErrRequired, "calendar"}}},
		{"all at once, in one order", func() (any, error) {
			h := officeHours()
			h.Week = map[string][]string{"sat": {"9-5", "10:00-10:00"}, "fri-mon": nil, "mon-fri": {"09:00-12:00", "11:00-12:00"}}
			h.Holidays, h.MakeupDays = "shut", ""
			h.Agreed = map[contract.Date]contract.AgreedClause{on("2024-10-12"): {Open: []string{"x"}}, on("2024-02-09"): {Agreement: "a"}}
			return contract.NewSchedule(nil, h, nil)
		}, []fault{
			{"", contract.ErrRequired, "zone"}, {"/calendar", contract.ErrRequired, ""},
			{"/week/fri-mon", contract.ErrInvalid, ""}, {"/week/mon-fri/1", contract.ErrConflict, ""},
			{"/week/sat/0", contract.ErrSyntax, ""}, {"/week/sat/1", contract.ErrInvalid, ""},
			{"/holidays", contract.ErrUnknown, ""}, {"/makeupDays", contract.ErrRequired, ""},
			{"/agreed/2024-02-09/targets", contract.ErrRequired, ""},
			{"/agreed/2024-10-12/open/0", contract.ErrSyntax, ""}, {"/agreed/2024-10-12/agreement", contract.ErrRequired, ""}, {"/agreed/2024-10-12/targets", contract.ErrRequired, ""},
		}},

		{"working days: no weekdays", days(func(c *contract.DaysClause) { c.Week = "" }), []fault{{"/week", contract.ErrRequired, "mon-fri"}}},
		{"working days: weekdays backwards", days(func(c *contract.DaysClause) { c.Week = "sat-mon" }), []fault{{"/week", contract.ErrInvalid, "mon to sun"}}},
		{"working days: make-up days not stated", days(func(c *contract.DaysClause) { c.MakeupDays = "" }), []fault{{"/makeupDays", contract.ErrRequired, "count, ignored"}}},
		{"working days: a word that is none", days(func(c *contract.DaysClause) { c.MakeupDays = "counted" }), []fault{{"/makeupDays", contract.ErrUnknown, "count, ignored"}}},
		{"working days: end not stated", days(func(c *contract.DaysClause) { c.WithoutWindow = "" }), []fault{{"/withoutWindow", contract.ErrRequired, "ends as mon, ends 18:00 or ends 24:00"}}},
		{"working days: an end at 00:00", days(func(c *contract.DaysClause) { c.WithoutWindow = "ends 00:00" }), []fault{{"/withoutWindow", contract.ErrSyntax, "ends 24:00"}}},
		{"working days: an end after the day", days(func(c *contract.DaysClause) { c.WithoutWindow = "ends 24:01" }), []fault{{"/withoutWindow", contract.ErrSyntax, "ends 24:00"}}},
		{"working days: an end without its word", days(func(c *contract.DaysClause) { c.WithoutWindow = "18:00" }), []fault{{"/withoutWindow", contract.ErrSyntax, "ends 18:00"}}},
		{"working days: an end as a day that is none", days(func(c *contract.DaysClause) { c.WithoutWindow = "ends as monday" }), []fault{{"/withoutWindow", contract.ErrSyntax, "ends as mon"}}},
		{"working days: all at once", func() (any, error) { return contract.NewWorkingDays(contract.DaysClause{}, nil) }, []fault{
			{"/calendar", contract.ErrRequired, ""}, {"/week", contract.ErrRequired, ""}, {"/makeupDays", contract.ErrRequired, ""}, {"/withoutWindow", contract.ErrRequired, ""}}},
	} {
		t.Run(c.why, func(t *testing.T) {
			_, err := c.ask()
			var faults contract.Errors
			require.True(t, errors.As(err, &faults), "%v", err)
			var got []string
			for i, f := range faults {
				got = append(got, f.Pointer)
				if i < len(c.want) {
					assert.Equal(t, c.want[i].at, f.Pointer)
					assert.ErrorIs(t, f, c.want[i].kind, f.Msg)
					assert.Contains(t, f.Error(), c.want[i].says)
				}
			}
			assert.Len(t, faults, len(c.want), "%v", got)
			for range 20 {
				_, again := c.ask()
				require.Equal(t, err.Error(), again.Error(), "the same faults every time")
			}
		})
	}
}

func TestCalendarFaults(t *testing.T) {
	year, err := contract.Years(2024, 2024)
	require.NoError(t, err)
	next := contract.Through(on("2025-01-01"), on("2025-12-31"))
	day := func(k contract.DayKind) contract.Day { return contract.Day{Kind: k, Name: "x"} }
	type days = map[contract.Date]contract.Day
	for _, c := range []struct {
		why, name string
		table     contract.CalendarTable
		kinds     []error
		says      []string
	}{
		{"no name", "", contract.CalendarTable{Certain: year}, []error{contract.ErrRequired}, []string{"has a name"}},
		{"no certain days", "x", contract.CalendarTable{}, []error{contract.ErrInvalid}, []string{"certain"}},
		{"a weekday that is none", "x", contract.CalendarTable{Certain: year, Weekend: []time.Weekday{7}}, []error{contract.ErrInvalid}, []string{"weekday 7"}},
		{"foreseen days after a gap", "x", contract.CalendarTable{Certain: year, Foreseen: contract.Through(on("2025-01-02"), on("2025-12-31"))}, []error{contract.ErrInvalid}, []string{"2025-01-01"}},
		{"foreseen days that overlap the certain", "x", contract.CalendarTable{Certain: year, Foreseen: contract.Through(on("2024-12-31"), on("2025-12-31"))}, []error{contract.ErrInvalid}, []string{"2025-01-01"}},
		{"foreseen days that end before they begin", "x", contract.CalendarTable{Certain: year, Foreseen: contract.Period{From: year.Until, Until: year.Until}}, []error{contract.ErrInvalid}, []string{"2025-01-01"}},
		{"a day before the certain ones", "x", contract.CalendarTable{Certain: year, Days: days{on("2023-12-31"): day(contract.DayRest)}}, []error{contract.ErrInvalid}, []string{"2023-12-31"}},
		{"a day after the certain ones", "x", contract.CalendarTable{Certain: year, Days: days{on("2025-01-01"): day(contract.DayHoliday)}}, []error{contract.ErrInvalid}, []string{"2025-01-01"}},
		{"a day of an ordinary kind", "x", contract.CalendarTable{Certain: year, Days: days{on("2024-03-04"): day(contract.DayWorking)}}, []error{contract.ErrInvalid}, []string{"working day"}},
		{"a weekend by name", "x", contract.CalendarTable{Certain: year, Days: days{on("2024-03-09"): day(contract.DayWeekend)}}, []error{contract.ErrInvalid}, []string{"weekend"}},
		{"an agreed day", "x", contract.CalendarTable{Certain: year, Days: days{on("2024-03-09"): day(contract.DayAgreed)}}, []error{contract.ErrInvalid}, []string{"agreed day"}},
		{"a day of no kind", "x", contract.CalendarTable{Certain: year, Days: days{on("2024-03-09"): {}}}, []error{contract.ErrInvalid}, []string{"DayKind(0)"}},
		{"a day of the weekend given twice", "x", contract.CalendarTable{Certain: year, Weekend: []time.Weekday{6, 0, 6}}, []error{contract.ErrDuplicate}, []string{"Saturday is given twice"}},
		{"a day off that nobody can name", "x", contract.CalendarTable{Certain: year, Days: days{on("2024-03-08"): {Kind: contract.DayRest}}}, []error{contract.ErrRequired}, []string{"2024-03-08: a rest day has a name"}},
		{"a make-up day that nobody can foresee", "x", contract.CalendarTable{Certain: year, Foreseen: next, Statutory: days{on("2025-01-04"): day(contract.DayMakeup)}}, []error{contract.ErrInvalid}, []string{"make-up day"}},
		{"a statutory day among the certain ones", "x", contract.CalendarTable{Certain: year, Foreseen: next, Statutory: days{on("2024-10-01"): day(contract.DayHoliday)}}, []error{contract.ErrInvalid}, []string{"2024-10-01"}},
		{"a statutory day where nothing is foreseen", "x", contract.CalendarTable{Certain: year, Statutory: days{on("2025-10-01"): day(contract.DayHoliday)}}, []error{contract.ErrInvalid}, []string{"2025-10-01"}},
		{"all at once, days in order", "", contract.CalendarTable{Certain: year, Weekend: []time.Weekday{-1}, Days: days{on("2025-03-01"): {}, on("2023-03-01"): day(contract.DayRest)}},
			[]error{contract.ErrRequired, contract.ErrInvalid, contract.ErrInvalid, contract.ErrInvalid, contract.ErrInvalid},
			[]string{"name", "weekday -1", "2023-03-01", "2025-03-01", "DayKind(0)"}},
	} {
		t.Run(c.why, func(t *testing.T) {
			cal, err := contract.NewCalendar(c.name, c.table)
			assert.Nil(t, cal)
			var faults contract.Errors
			require.True(t, errors.As(err, &faults), "%v", err)
			require.Len(t, faults, len(c.kinds), "%v", err)
			for i, f := range faults {
				assert.ErrorIs(t, f, c.kinds[i])
				assert.Contains(t, f.Error(), c.says[i])
			}
			for range 20 {
				_, again := contract.NewCalendar(c.name, c.table)
				require.Equal(t, err.Error(), again.Error())
			}
		})
	}
}

// A calendar keeps a copy of its table, and tells it again.
func TestCalendarKeepsItsTable(t *testing.T) {
	table := publishedTable(published, time.Saturday, time.Sunday)
	cal, err := contract.NewCalendar("copy", table)
	require.NoError(t, err)
	clear(table.Days)
	clear(table.Statutory)
	table.Weekend[0] = time.Monday
	assert.Equal(t, published.Version(), cal.Version())
	assert.Equal(t, published.Certain(), cal.Certain())
	assert.Equal(t, published.Foreseen(), cal.Foreseen())
	for d := published.Certain().From; d.Before(published.Certain().Until); d = d.AddDays(1) {
		want, err := published.Day(d)
		require.NoError(t, err)
		got, err := cal.Day(d)
		require.NoError(t, err)
		require.Equal(t, want, got, d.String())
	}
	for _, d := range []contract.Date{{}, on("2006-12-29"), on("2026-12-29"), on("9999-12-31")} {
		_, err := cal.Day(d)
		assert.ErrorIs(t, err, contract.ErrRange, d.String())
	}
}

func TestNamedDays(t *testing.T) {
	var got []string
	for d, day := range published.Named(contract.Through(on("2024-02-04"), on("2024-02-18"))) {
		got = append(got, fmt.Sprint(d, " ", day.Kind))
	}
	assert.Equal(t, []string{
		"2024-02-04 make-up day", "2024-02-10 statutory holiday", "2024-02-11 statutory holiday", "2024-02-12 statutory holiday",
		"2024-02-13 rest day", "2024-02-14 rest day", "2024-02-15 rest day", "2024-02-16 rest day", "2024-02-17 rest day", "2024-02-18 make-up day",
	}, got, "in order, both ends in it, ordinary days and weekends left out")
	n := 0
	for range published.Named(contract.Through(on("2024-01-01"), on("2024-12-31"))) {
		if n++; n == 3 {
			break
		}
	}
	assert.Equal(t, 3, n, "a loop that stops is not called again")
	for d := range published.Named(contract.Period{}) {
		t.Errorf("%v in no days", d)
	}
	for d, day := range published.Named(contract.Through(on("2027-01-01"), on("2027-12-31"))) {
		assert.Equal(t, contract.DayHoliday, day.Kind, "foreseen days are in it: %v", d)
		n++
	}
	assert.Equal(t, 3+13, n)
}

// Nothing panics: the zero handles answer nothing, and say so.
func TestZeroHandles(t *testing.T) {
	at := when("Mon 2024-03-04 10:00")
	var s contract.Schedule
	var w contract.WorkingDays
	var c contract.Calendar
	for name, ask := range map[string]func() error{
		"Schedule.Add":                      func() error { _, err := s.Add(at, time.Hour); return err },
		"Schedule.Between":                  func() error { _, err := s.Between(at, at); return err },
		"Schedule.IsOpen":                   func() error { _, err := s.IsOpen(at); return err },
		"Schedule.NextOpening":              func() error { _, err := s.NextOpening(at); return err },
		"Schedule.NextClosing":              func() error { _, err := s.NextClosing(at); return err },
		"Schedule.PreviousOpening":          func() error { _, err := s.PreviousOpening(at); return err },
		"Schedule.PreviousClosing":          func() error { _, err := s.PreviousClosing(at); return err },
		"Schedule.ExplainAdd":               func() error { _, err := s.ExplainAdd(at, time.Hour); return err },
		"Schedule.ExplainBetween":           func() error { _, err := s.ExplainBetween(at, at); return err },
		"Schedule.Day":                      func() error { _, err := s.Day(on("2024-03-04")); return err },
		"WorkingDays.IsWorkingDay":          func() error { _, err := w.IsWorkingDay(on("2024-03-04")); return err },
		"WorkingDays.AddWorkingDays":        func() error { _, err := w.AddWorkingDays(on("2024-03-04"), 1); return err },
		"WorkingDays.WorkingDaysBetween":    func() error { _, err := w.WorkingDaysBetween(on("2024-03-04"), on("2024-03-05"), "[)"); return err },
		"WorkingDays.ExplainAddWorkingDays": func() error { _, err := w.ExplainAddWorkingDays(on("2024-03-04"), 1); return err },
		"Calendar.Day":                      func() error { _, err := c.Day(on("2024-03-04")); return err },
	} {
		t.Run(name, func(t *testing.T) {
			assert.NotPanics(t, func() { assert.Error(t, ask()) })
		})
	}
	t.Run("Schedule.Windows", func(t *testing.T) {
		for _, err := range s.Windows(at, at) {
			assert.Error(t, err)
		}
	})
	t.Run("what has no error", func(t *testing.T) {
		assert.NotPanics(t, func() { assert.Nil(t, s.Zone()) })
		assert.NotPanics(t, func() {
			from, until := s.Known()
			assert.True(t, from.IsZero() && until.IsZero())
		}, "Schedule.Known")
		assert.NotPanics(t, func() { assert.Zero(t, s.ProvisionalFrom(at)) }, "Schedule.ProvisionalFrom")
		assert.NotPanics(t, func() { assert.Zero(t, w.Known()) })
		assert.NotPanics(t, func() { assert.Zero(t, w.ProvisionalFrom(on("2024-03-04"))) }, "WorkingDays.ProvisionalFrom")
		assert.NotPanics(t, func() { s.Provisional() }, "Schedule.Provisional")
		assert.NotPanics(t, func() { w.Provisional() }, "WorkingDays.Provisional")
		assert.Zero(t, c.Certain())
	})
}

// A schedule against the reference that walks windows and looks at the clock.
func TestScheduleAgreesWithTheReference(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := genReference().Draw(t, "hours")
		s := r.compile(t)
		from, until := s.Known()
		wantFrom, wantUntil := r.known()
		require.Equal(t, wantFrom.UTC(), from.UTC())
		require.Equal(t, wantUntil.UTC(), until.UTC())

		instants := r.genInstant()
		openings, closings := r.turns(true), r.turns(false)
		for range 6 {
			at, to := instants.Draw(t, "at"), instants.Draw(t, "to")

			open, err := s.IsOpen(at)
			if at.Before(until) {
				require.NoError(t, err)
				require.Equal(t, r.isOpen(at), open, "open at %v", at)
			} else {
				require.ErrorIs(t, err, contract.ErrRange)
			}

			between, err := s.Between(at, to)
			require.NoError(t, err)
			require.Equal(t, r.between(at, to), between, "between %v and %v", at, to)

			d := between + rapid.SampledFrom([]time.Duration{0, 1, -1, time.Minute}).Draw(t, "more")
			if rapid.IntRange(0, 3).Draw(t, "short") == 0 {
				d = time.Duration(rapid.Int64Range(-int64(40*time.Hour), int64(40*time.Hour)).Draw(t, "d"))
			}
			want, ok := r.add(at, d)
			got, err := s.Add(at, d)
			if !ok {
				require.ErrorIs(t, err, contract.ErrRange, "%v and %v is %v", at, d, got)
			} else {
				require.NoError(t, err)
				require.Equal(t, want.UTC(), got.UTC(), "%v and %v", at, d)
			}

			var windows []contract.Window
			for w, err := range s.Windows(at, to) {
				require.NoError(t, err)
				windows = append(windows, contract.Window{Start: w.Start.UTC(), End: w.End.UTC()})
			}
			var stretches []contract.Window
			if at.Before(to) {
				for _, w := range r.stretches(at, to) {
					stretches = append(stretches, contract.Window{Start: w.Start.UTC(), End: w.End.UTC()})
				}
			}
			require.Equal(t, stretches, windows, "windows from %v to %v", at, to)

			for _, q := range []struct {
				name string
				ask  func(time.Time) (time.Time, error)
				find func([]time.Time, time.Time) (time.Time, bool)
				list []time.Time
			}{
				{"next opening", s.NextOpening, firstAfter, openings},
				{"next closing", s.NextClosing, firstAfter, closings},
				{"previous opening", s.PreviousOpening, lastBefore, openings},
				{"previous closing", s.PreviousClosing, lastBefore, closings},
				{"open from", s.OpenFrom, func(list []time.Time, t time.Time) (time.Time, bool) {
					if t.Before(until) && r.isOpen(t) {
						return t, true
					}
					next, ok := firstAfter(list, t)
					return next, ok && t.Before(until)
				}, openings},
				{"open until", s.OpenUntil, func(list []time.Time, t time.Time) (time.Time, bool) {
					if t.After(from) && r.isOpen(t.Add(-1)) {
						return t, true
					}
					return lastBefore(list, t)
				}, closings},
			} {
				want, ok := q.find(q.list, at)
				got, err := q.ask(at)
				if !ok {
					require.ErrorIs(t, err, contract.ErrRange, "%s of %v is %v", q.name, at, got)
				} else {
					require.NoError(t, err, "%s of %v", q.name, at)
					require.Equal(t, want.UTC(), got.UTC(), "%s of %v", q.name, at)
				}
			}
		}
	})
}

// The same for China's notices, over years.
func TestChinaAgreesWithTheReference(t *testing.T) {
	table := publishedTable(published, time.Saturday, time.Sunday)
	for _, change := range []func(*contract.HoursClause){
		func(*contract.HoursClause) {},
		makeup("as mon"),
		holidays(contract.HolidaysStatutoryClosed),
		nights,
	} {
		h := officeHours()
		change(&h)
		r := newHoursReference(beijing, h, table)
		s := r.compile(t)
		instants := r.genInstant()
		rapid.Check(t, func(t *rapid.T) {
			at := instants.Draw(t, "at")
			to := at.Add(time.Duration(rapid.Int64Range(-int64(60*24*time.Hour), int64(60*24*time.Hour)).Draw(t, "away")))
			if from, until := s.Known(); to.Before(from) || to.After(until) {
				to = at
			}
			got, err := s.Between(at, to)
			require.NoError(t, err)
			require.Equal(t, r.between(at, to), got, "between %v and %v", at, to)
		})
	}
}

// The laws of service time, on drawn schedules.
func TestServiceTimeLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := genReference().Draw(t, "hours")
		s := r.compile(t)
		from, until := s.Known()
		instants := r.genInstant()
		between := func(a, b time.Time) time.Duration {
			d, err := s.Between(a, b)
			require.NoError(t, err)
			return d
		}
		for range 6 {
			a, b, c := instants.Draw(t, "a"), instants.Draw(t, "b"), instants.Draw(t, "c")
			require.Equal(t, between(a, c), between(a, b)+between(b, c), "time adds up over %v, %v, %v", a, b, c)
			require.Equal(t, -between(a, b), between(b, a))

			d := between(a, b)
			if d == 0 {
				continue
			}
			got, err := s.Add(a, d)
			require.NoError(t, err)
			require.Equal(t, d, between(a, got), "%v of service time lies between %v and %v", d, a, got)
			if d > 0 {
				require.False(t, got.After(b), "%v has passed by %v, and so no later than %v", d, got, b)
				require.Less(t, between(a, got.Add(-1)), d, "and a nanosecond before %v it has not", got)
			} else {
				require.False(t, got.Before(b))
				if got.Before(until) {
					require.Less(t, -between(a, got.Add(1)), -d, "a nanosecond after %v there is less", got)
				}
			}

			back, err := s.Add(got, -d)
			require.NoError(t, err)
			require.Equal(t, d, between(back, got), "to and back is the same time")

			var sum time.Duration
			previous := from.Add(-1)
			for w, err := range s.Windows(from, until) {
				require.NoError(t, err)
				require.True(t, w.Start.After(previous), "windows ascend and do not touch")
				require.True(t, w.End.After(w.Start))
				previous = w.End
				sum += w.End.Sub(w.Start)
			}
			require.Equal(t, between(from, until), sum)
		}
	})
}

// Every answer about hours explains itself: the working holds, was not changed,
// and says what was answered.
func TestHoursExplainThemselves(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := genReference().Draw(t, "hours")
		s := r.compile(t)
		instants := r.genInstant()
		from, _ := s.Known()
		first := contract.DateOf(from)
		for range 5 {
			at, to := instants.Draw(t, "at"), instants.Draw(t, "to")
			if contract.DateOf(at).Before(first) || contract.DateOf(to).Before(first) {
				continue // put back over the first midnight that is known: the day before its date is not published
			}
			d, err := s.Between(at, to)
			require.NoError(t, err)
			w, err := s.ExplainBetween(at, to)
			require.NoError(t, err)
			explains(t, w, proof.ElapsedOf(d))

			var edges []time.Time // of the windows that begin or end between
			for v, err := range s.Windows(at, to) {
				require.NoError(t, err)
				if v.Start.After(at) {
					edges = append(edges, v.Start)
				}
				if v.End.Before(to) {
					edges = append(edges, v.End)
				}
			}
			w, err = s.ExplainWindows(at, to)
			require.NoError(t, err)
			explains(t, w, proof.ElapsedOf(d))
			for _, step := range w.Steps {
				if step.Name == "opens" || step.Name == "closes" {
					require.NotEmpty(t, edges)
					require.Equal(t, proof.InstantOf(edges[0]), step.Value)
					edges = edges[1:]
				}
			}
			require.Empty(t, edges, "every edge is told")
			if day, err := s.Day(contract.DateOf(at)); err == nil {
				w, err = s.ExplainDay(contract.DateOf(at))
				require.NoError(t, err)
				explains(t, w, proof.WordOf(day.Kind.String()))
			}

			reached, err := s.Add(at, d)
			require.NoError(t, err)
			if !contract.DateOf(reached).Before(first) {
				w, err = s.ExplainAdd(at, d)
				require.NoError(t, err)
				explains(t, w, proof.InstantOf(reached))
			}
			if open, err := s.IsOpen(at); err == nil {
				w, err = s.ExplainIsOpen(at)
				require.NoError(t, err)
				explains(t, w, proof.TruthOf(open))
			}
			for _, q := range []struct {
				name    string
				ask     func(time.Time) (time.Time, error)
				explain func(time.Time) (*proof.Working, error)
			}{
				{"next opening", s.NextOpening, s.ExplainNextOpening},
				{"next closing", s.NextClosing, s.ExplainNextClosing},
				{"previous opening", s.PreviousOpening, s.ExplainPreviousOpening},
				{"previous closing", s.PreviousClosing, s.ExplainPreviousClosing},
				{"open from", s.OpenFrom, s.ExplainOpenFrom},
				{"open until", s.OpenUntil, s.ExplainOpenUntil},
			} {
				found, err := q.ask(at)
				w, explained := q.explain(at)
				if err != nil {
					require.ErrorIs(t, explained, contract.ErrRange, q.name)
					continue
				}
				require.NoError(t, explained, q.name)
				if d := contract.DateOf(found.Add(-1)); !d.Before(first) && s.Zone().String() != "Pacific/Apia" {
					explains(t, w, proof.InstantOf(found))
				}
			}
		}
	})
}

// explains requires that a working holds and that its last step is the answer.
func explains(t require.TestingT, w *proof.Working, answer proof.Value) {
	require.NoError(t, w.Check().Err(), "%s", w.Text(proof.English))
	require.True(t, w.Sealed())
	require.NotEmpty(t, w.About)
	require.Equal(t, answer, w.Result)
	require.Equal(t, answer, w.Steps[len(w.Steps)-1].Value)
}

func TestExplainAtTheEdges(t *testing.T) {
	office := hoursWith(t)
	from, until := office.Known()
	abroad := func(zone *time.Location, open ...string) *contract.Schedule {
		certain, err := contract.Years(1988, 2024)
		require.NoError(t, err)
		cal, err := contract.NewCalendar("abroad", contract.CalendarTable{Certain: certain})
		require.NoError(t, err)
		h := officeHours()
		h.Calendar, h.Week = "abroad", map[string][]string{"mon-sun": open}
		s, err := contract.NewSchedule(zone, h, cal)
		require.NoError(t, err)
		return s
	}
	fixed := time.FixedZone("UTC+14", 14*3600) // it has no change of clocks that a table could begin with
	london, stJohns := inZone("Europe/London"), inZone("America/St_Johns")
	saturday := time.Date(1988, 10, 29, 22, 1, 0, 0, stJohns).Add(2 * time.Hour) // 22:01 for the second time
	for _, c := range []struct {
		why      string
		s        *contract.Schedule
		from, to time.Time
	}{
		{"an ordinary stretch", office, when("Mon 2024-03-04 10:00"), when("Tue 2024-03-05 10:00")},
		{"over Spring Festival", office, when("Fri 2024-02-09 17:00"), when("Mon 2024-02-19 10:00")},
		{"from the first instant that is known", office, from, when("Thu 2007-01-04 10:00")},
		{"to the last instant that is known", office, when("Mon 2026-12-28 10:00"), until},
		{"at the last instant that is known", office, until, until},
		{"nights, from the first instant that is known", hoursWith(t, nights), from.AddDate(0, 0, 1), when("Fri 2007-01-05 03:00")},
		{"years", office, when("Mon 2010-03-08 10:00"), when("Mon 2024-03-04 10:00")},
		{"with hours agreed", hoursWith(t, agreed("2024-02-09", "09:00-12:00")), when("Thu 2024-02-08 10:00"), when("Mon 2024-02-19 10:00")},
		{"early in the day of a zone that never changed", abroad(fixed, "00:00-24:00"), time.Date(2024, 5, 11, 0, 0, 0, 0, fixed), time.Date(2024, 5, 11, 1, 0, 0, 0, fixed)},
		{"nights in a zone that never changed: the evening before is read too", abroad(fixed, "20:00-30:00"), time.Date(2024, 5, 11, 1, 0, 0, 0, fixed), time.Date(2024, 5, 12, 1, 0, 0, 0, fixed)},
		{"nights two days after a change of clocks", abroad(london, "00:30-00:45", "20:00-24:15"), time.Date(2024, 4, 2, 0, 0, 0, 0, london), time.Date(2024, 4, 2, 21, 0, 0, 0, london)},
		{"to a Saturday evening after St John's put its clocks back from Sunday: Sunday's window was open already", abroad(stJohns, "00:00-24:00"), saturday.Add(-24 * time.Hour), saturday},
	} {
		t.Run(c.why, func(t *testing.T) {
			d, err := c.s.Between(c.from, c.to)
			require.NoError(t, err)
			w, err := c.s.ExplainBetween(c.from, c.to)
			require.NoError(t, err)
			explains(t, w, proof.ElapsedOf(d))
			reached, err := c.s.Add(c.from, d)
			require.NoError(t, err)
			w, err = c.s.ExplainAdd(c.from, d)
			require.NoError(t, err)
			explains(t, w, proof.InstantOf(reached))
		})
	}
	_, err := office.ExplainAdd(when("Mon 2026-12-28 17:00"), 2*time.Hour)
	assert.ErrorIs(t, err, contract.ErrRange, "what has no answer has no working")
	_, err = office.ExplainBetween(until.Add(1), from)
	assert.ErrorIs(t, err, contract.ErrRange)
}

// A working quotes the clause and the notices: what is said of every day between,
// and by whom.
func TestWorkingsQuoteTheirPremises(t *testing.T) {
	w, err := hoursWith(t, agreed("2024-02-08", "09:00-12:00")).ExplainAdd(when("Wed 2024-02-07 17:00"), 9*time.Hour)
	require.NoError(t, err)
	explains(t, w, proof.InstantOf(when("Fri 2024-02-09 15:00")))
	text := w.Text(proof.English)
	for _, premise := range []string{"Mon-Fri 09:00-12:00 13:00-18:00", "closed", "calendar cn 2025-11-04", "Thu 2024-02-08 09:00-12:00", "clause 1.2"} {
		assert.Contains(t, text, premise)
	}
}

// One schedule, asked by many at once, and many made at once of one calendar.
func TestSchedulesAreSafeForConcurrentUse(t *testing.T) {
	cal := cn.Calendar()
	var all sync.WaitGroup
	ctx, stop := context.WithTimeout(context.Background(), 30*time.Second)
	defer stop()
	for i := range 16 {
		all.Go(func() {
			h := officeHours()
			if i%2 == 1 {
				h.MakeupDays = "as mon"
			}
			s, err := contract.NewSchedule(beijing, h, cal)
			if !assert.NoError(t, err) {
				return
			}
			for range 50 {
				if ctx.Err() != nil {
					return
				}
				got, err := s.Add(when("Fri 2024-02-09 17:30"), time.Hour)
				want := "Mon 2024-02-19 09:30"
				if i%2 == 1 {
					want = "Sun 2024-02-18 09:30"
				}
				if err != nil || spellInstant(got) != want {
					t.Errorf("schedule %d: %v, %v", i, got, err)
				}
			}
		})
	}
	all.Wait()
}

// Two zones of one name are two zones, whatever a program calls them.
func TestZonesOfOneName(t *testing.T) {
	cal := cn.Calendar()
	for _, offset := range []int{8, -6} {
		zone := time.FixedZone("CST", offset*3600)
		s, err := contract.NewSchedule(zone, officeHours(), cal)
		require.NoError(t, err)
		open, err := s.IsOpen(time.Date(2024, 3, 4, 10, 0, 0, 0, zone))
		require.NoError(t, err)
		assert.True(t, open, "Monday 10:00 at UTC%+d", offset)
	}
}
