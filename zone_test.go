package contract

import (
	"fmt"
	"math"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// reading is what the local clock shows at t, in seconds since 1970-01-01 00:00
// as if it were UTC.
func reading(loc *time.Location, t int64) int64 {
	_, offset := time.Unix(t, 0).In(loc).Zone()
	return t + int64(offset)
}

// mustZone is loadZone for a zone that every tz database has.
func mustZone(t require.TestingT, name string) *time.Location {
	loc, err := loadZone(name)
	require.NoError(t, err)
	return loc
}

// changeDays are the local days of some years on which an hour of the clock of
// a zone is followed by one with another offset: found by looking at every hour.
func changeDays(loc *time.Location, first, last int) (days []Date) {
	from, until := civil(first, time.January, 1), civil(last+1, time.January, 1)
	_, offset := time.Unix(from.local(), 0).In(loc).Zone()
	for t := from.local(); t < until.local(); t += 3600 {
		if _, now := time.Unix(t, 0).In(loc).Zone(); now != offset {
			offset = now
			days = append(days, DateOf(time.Unix(t, 0).In(loc)))
		}
	}
	return days
}

// scannedFirsts is the rule of the file, by looking at the clock every second:
// for each reading, in ascending order, the first instant at which the clock
// shows it or later. The scan begins before any zone can show the first reading.
func scannedFirsts(loc *time.Location, readings []int64) []int64 {
	firsts := make([]int64, 0, len(readings))
	for t := readings[0] - 16*3600; len(firsts) < len(readings); t++ {
		shown := reading(loc, t)
		for len(firsts) < len(readings) && shown >= readings[len(firsts)] {
			firsts = append(firsts, t)
		}
	}
	return firsts
}

// Every quarter of an hour of the days around each change of clocks, and the
// second before it, against a scan of every second.
func TestFirstInstantAgreesWithAScan(t *testing.T) {
	for _, c := range []struct {
		why, zone   string
		first, last int
		changes     int
	}{
		{"an hour at 01:00 UTC", "Europe/London", 2024, 2024, 2},
		{"winter time is the negative one", "Europe/Dublin", 2024, 2024, 2},
		{"midnight is skipped in spring and repeated in autumn", "America/Sao_Paulo", 2018, 2018, 2},
		{"midnight is skipped and repeated, from the other side", "America/Havana", 2024, 2024, 2},
		{"half an hour", "Australia/Lord_Howe", 2024, 2024, 2},
		{"a whole day is skipped, in summer time", "Pacific/Apia", 2011, 2011, 3},
		{"summer time is suspended for Ramadan", "Africa/Casablanca", 2024, 2024, 2},
		{"China's summer time", "Asia/Shanghai", 1986, 1991, 12},
		{"at 00:01, and two hours in 1988", "America/St_Johns", 1987, 2006, 40},
		{"from half past eight to nine", "Asia/Pyongyang", 2015, 2018, 2},
		{"past the table of the zone, by its rule", "Europe/London", 2040, 2040, 2},
	} {
		t.Run(c.zone+": "+c.why, func(t *testing.T) {
			loc := mustZone(t, c.zone)
			days := changeDays(loc, c.first, c.last)
			require.Len(t, days, c.changes)
			for _, d := range days {
				var readings []int64
				for at := d.AddDays(-1).local(); at <= d.AddDays(2).local(); at += 15 * 60 {
					readings = append(readings, at-1, at)
				}
				table := newZoneTable(loc, readings[0], readings[len(readings)-1])
				entry := 0
				for i, want := range scannedFirsts(loc, readings) {
					local := readings[i]
					if got := firstInstant(loc, local); got != want {
						t.Fatalf("%v: the clock first shows %v at %v, not at %v", d, time.Unix(local, 0).UTC(), time.Unix(want, 0).In(loc), time.Unix(got, 0).In(loc))
					}
					got, _ := table.first(local, 0)
					again, next := table.first(local, entry)
					entry = next
					if got != want || again != want {
						t.Fatalf("%v: the table has %v and %v for %v, not %v", d, got, again, time.Unix(local, 0).UTC(), want)
					}
				}
			}
		})
	}
}

// zonesOfNote are zones whose clocks do something: what random tests draw from.
var zonesOfNote = []string{
	"UTC", "Asia/Shanghai", "Asia/Kathmandu", "Asia/Tehran", "Asia/Gaza", "Asia/Pyongyang",
	"Europe/London", "Europe/Dublin", "Africa/Casablanca", "Africa/Cairo",
	"America/New_York", "America/Sao_Paulo", "America/Havana", "America/St_Johns", "America/Caracas", "America/Nuuk",
	"Australia/Lord_Howe", "Pacific/Apia", "Pacific/Kiritimati", "Pacific/Chatham", "Antarctica/Troll", "Etc/GMT-14", "Etc/GMT+12",
}

// scannedFirst is scannedFirsts for one reading: minute by minute, then second by
// second. Since 1972 no clock has changed within a minute, so that the last second
// of one shows the most.
func scannedFirst(loc *time.Location, local int64) int64 {
	t := (local - 16*3600) / 60 * 60
	for reading(loc, t+59) < local {
		t += 60
	}
	for reading(loc, t) < local {
		t++
	}
	return t
}

func TestFirstInstantOfRandomReadings(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		name := rapid.SampledFrom(zonesOfNote).Draw(t, "zone")
		loc := mustZone(t, name)
		for range 4 {
			// Aimed at the hours around some change of clocks, where there is one.
			at := rapid.Int64Range(civil(1985, time.January, 1).local(), civil(2060, time.January, 1).local()).Draw(t, "local")
			if _, end := time.Unix(at, 0).In(loc).ZoneBounds(); !end.IsZero() && rapid.Bool().Draw(t, "aimed") {
				at = reading(loc, end.Unix()) + rapid.Int64Range(-3*3600, 3*3600).Draw(t, "from the change")
			}
			want := scannedFirst(loc, at)
			require.Equal(t, want, firstInstant(loc, at), "%s: the clock first shows %v at %v", name, time.Unix(at, 0).UTC(), time.Unix(want, 0).In(loc))
			z := newZoneTable(loc, at-rapid.Int64Range(0, 400*secondsADay).Draw(t, "before"), at+rapid.Int64Range(0, 400*secondsADay).Draw(t, "after"))
			got, _ := z.first(at, 0)
			require.Equal(t, want, got, "%s: by the table", name)
		}
	})
}

// Later readings never come earlier: what keeps windows in order and apart.
func TestFirstInstantsAscend(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		loc := mustZone(t, rapid.SampledFrom(zonesOfNote).Draw(t, "zone"))
		at := rapid.Int64Range(civil(1985, time.January, 1).local(), civil(2060, time.January, 1).local()).Draw(t, "local")
		if _, end := time.Unix(at, 0).In(loc).ZoneBounds(); !end.IsZero() {
			at = reading(loc, end.Unix())
		}
		a := at + rapid.Int64Range(-30*3600, 30*3600).Draw(t, "a")
		b := a + rapid.Int64Range(0, 30*3600).Draw(t, "b")
		first, second := firstInstant(loc, a), firstInstant(loc, b)
		require.LessOrEqual(t, first, second)
		require.LessOrEqual(t, second-first, b-a+2*3600, "at most the two hours that a clock repeats lie between")
	})
}

// ZoneBounds may return an end that is not after the instant, on 31 December of
// leap years past the table. Every hour of those days against a scan.
func TestLastDayOfLeapYearsPastTheTable(t *testing.T) {
	for _, name := range []string{"Europe/London", "America/New_York", "America/Havana", "Australia/Lord_Howe", "Africa/Casablanca"} {
		loc := mustZone(t, name)
		for year := 2036; year <= 2060; year += 4 {
			for at := civil(year, time.December, 30).local(); at <= civil(year+1, time.January, 2).local(); at += 1800 {
				if want := scannedFirst(loc, at); want != firstInstant(loc, at) {
					t.Errorf("%s: the clock first shows %v at %v, not at %v", name, time.Unix(at, 0).UTC(), time.Unix(want, 0).In(loc), time.Unix(firstInstant(loc, at), 0).In(loc))
				}
			}
		}
	}
}

// A zone that a program made has no changes at all.
func TestFirstInstantOfFixedZones(t *testing.T) {
	for _, offset := range []int{0, 8 * 3600, -12 * 3600, 14 * 3600, 5*3600 + 45*60, 8*3600 + 5*60 + 43} {
		loc := time.FixedZone(fmt.Sprint(offset), offset)
		local := civil(2024, time.May, 11).local()
		assert.Equal(t, local-int64(offset), firstInstant(loc, local))
		z := newZoneTable(loc, local, local+secondsADay)
		assert.Len(t, z.at, 1)
	}
}

func TestLoadZone(t *testing.T) {
	for _, c := range []struct {
		why, name string
		err       error
	}{
		{"a zone of the tz database", "Asia/Shanghai", nil},
		{"UTC", "UTC", nil},
		{"not stated: package time would take UTC", "", ErrRequired},
		{"another zone on every machine", "Local", ErrInvalid},
		{"a zone that is none", "Asia/Peking", ErrUnknown},
		{"an abbreviation", "CST", ErrUnknown},
		{"an offset", "+08:00", ErrUnknown},
		{"a way out of the database", "../../etc/passwd", ErrUnknown},
		{"a long name is cut short", "Asia/" + string(make([]byte, 1<<16)), ErrUnknown},
	} {
		t.Run(c.why, func(t *testing.T) {
			loc, err := loadZone(c.name)
			if c.err == nil {
				require.NoError(t, err)
				assert.Equal(t, c.name, loc.String())
				return
			}
			require.ErrorIs(t, err, c.err)
			assert.Nil(t, loc)
			assert.Less(t, len(err.Error()), 600)
		})
	}
}

func TestStretchAt(t *testing.T) {
	offset, end := stretchAt(time.UTC, 0)
	assert.Zero(t, offset)
	assert.Equal(t, int64(math.MaxInt64), end, "UTC has no end")
	shanghai := mustZone(t, "Asia/Shanghai")
	offset, end = stretchAt(shanghai, civil(2024, time.May, 11).local())
	assert.Equal(t, int64(8*3600), offset)
	assert.Equal(t, int64(math.MaxInt64), end, "nor has Shanghai's time since 1991")
}
