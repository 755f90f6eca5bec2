package contract_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/cfd16870/contract"
)

// Every minute of years with hard corners: hours with windows at all of them, against
// a clock that is looked at minute by minute. A window holds the instants from the
// first at which the clock shows its beginning or later, to the first at which it shows
// its end or later.
func TestEveryMinuteOfYearsWithHardCorners(t *testing.T) {
	for row, c := range []struct {
		why, zone string
		year      int
	}{
		{"midnight is skipped in November", "America/Sao_Paulo", 2018},
		{"and comes twice in February", "America/Sao_Paulo", 2019},
		{"midnight is skipped in March, 00:30 comes twice in November", "America/Havana", 2024},
		{"half an hour is skipped and comes twice", "Australia/Lord_Howe", 2024},
		{"30 December is skipped whole", "Pacific/Apia", 2011},
		{"an hour less for Ramadan", "Africa/Casablanca", 2024},
		{"winter time is the exception", "Europe/Dublin", 2024},
		{"the first summer time of China", "Asia/Shanghai", 1986},
		{"and its last", "Asia/Shanghai", 1991},
		{"00:01 goes back to 23:01", "America/St_Johns", 2006},
	} {
		t.Run(c.zone+", "+c.why, func(t *testing.T) {
			thinUnderRace(t, row)
			zone := inZone(c.zone)
			certain, err := contract.Years(c.year-1, c.year+1)
			require.NoError(t, err)
			cal, err := contract.NewCalendar("none", contract.CalendarTable{Certain: certain})
			require.NoError(t, err)
			week := [][2]int{{45, 105}, {120, 210}, {23*60 + 10, 24*60 + 20}} // minutes: 00:45-01:45, 02:00-03:30, 23:10-24:20
			s, err := contract.NewSchedule(zone, contract.HoursClause{
				Week:     map[string][]string{"mon-sun": writeWindows(week)},
				Holidays: contract.HolidaysClosed, MakeupDays: contract.MakeupClosed,
			}, cal)
			require.NoError(t, err)

			from := time.Date(c.year-1, 12, 30, 12, 0, 0, 0, time.UTC)
			until := time.Date(c.year+1, 1, 2, 12, 0, 0, 0, time.UTC)
			shows := func(u time.Time) int64 { // minutes since 1970 as the clock shows them
				_, offset := u.In(zone).Zone()
				return (u.Unix() + int64(offset)) / 60
			}
			// The most that the clock has shown is what it has shown "or later"; what it
			// shows now is past a reading for good once it was reached.
			reached := shows(from)
			inWindow := func(m int64) bool { // of the furthest reading: half-open
				ofDay := int(((m % 1440) + 1440) % 1440)
				for _, w := range week {
					if w[0] <= ofDay && ofDay < w[1] || ofDay+1440 < w[1] {
						return true
					}
				}
				return false
			}
			var open int64
			for u := from; u.Before(until); u = u.Add(time.Minute) {
				reached = max(reached, shows(u))
				want := inWindow(reached)
				got, err := s.IsOpen(u)
				require.NoError(t, err)
				if want != got {
					t.Fatalf("open at %v: %v", u.In(zone), got)
				}
				if d, err := s.Between(from, u); err != nil || d != time.Duration(open)*time.Minute {
					t.Fatalf("service time to %v: %v %v, counted %d minutes", u.In(zone), d, err, open)
				}
				if want {
					d := time.Duration(open)*time.Minute + time.Second
					if at, err := s.Add(from, d); err != nil || !at.Equal(u.Add(time.Second)) {
						t.Fatalf("%v of service time from %v: %v %v, not %v", d, from, at, err, u.Add(time.Second))
					}
					open++
				}
			}
		})
	}
}
