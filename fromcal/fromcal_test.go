package fromcal_test

import (
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/cfd16870/contract"
	"github.com/cfd16870/contract/fromcal"
	"github.com/rickar/cal/v2"
	"github.com/rickar/cal/v2/de"
	"github.com/rickar/cal/v2/gb"
	"github.com/rickar/cal/v2/us"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

var date = contract.MustParseDate

// named is the days that a calendar names in a year, one line each.
func named(t testing.TB, c *contract.Calendar, year int) []string {
	t.Helper()
	p, err := contract.Years(year, year)
	require.NoError(t, err)
	var lines []string
	for d, day := range c.Named(p) {
		lines = append(lines, fmt.Sprintf("%v %s %s", d, d.Weekday().String()[:3], day.Name))
		assert.Equal(t, contract.DayHoliday, day.Kind, "%v", d)
	}
	return lines
}

// The days are those that the United Kingdom's government lists for England and
// Wales, worked out by hand from the calendar of each year.
func TestLondon(t *testing.T) {
	c, err := fromcal.New("gb", 2022, 2028, gb.Holidays...)
	require.NoError(t, err)
	assert.Equal(t, "gb", c.Name())
	assert.Equal(t, "2022-01-01..2028-12-31", c.Certain().String())
	assert.False(t, c.Foreseen().IsValid())

	assert.Equal(t, []string{
		"2024-01-01 Mon New Year's Day",
		"2024-03-29 Fri Good Friday",
		"2024-04-01 Mon Easter Monday",
		"2024-05-06 Mon Early May",
		"2024-05-27 Mon Spring Bank Holiday",
		"2024-08-26 Mon Summer Bank Holiday",
		"2024-12-25 Wed Christmas Day",
		"2024-12-26 Thu Boxing Day",
	}, named(t, c, 2024))

	// Christmas on a Sunday: Monday and Tuesday are off. rickar/cal calls Monday
	// Christmas and Tuesday Boxing Day, the proclamation the other way about; the
	// days are the same. 19 September, the state funeral, is not among its rules.
	assert.Equal(t, []string{
		"2022-01-03 Mon New Year's Day",
		"2022-04-15 Fri Good Friday",
		"2022-04-18 Mon Easter Monday",
		"2022-05-02 Mon Early May",
		"2022-06-02 Thu Spring Bank Holiday",
		"2022-06-03 Fri Platinum Jubilee Bank Holiday",
		"2022-08-29 Mon Summer Bank Holiday",
		"2022-12-26 Mon Christmas Day",
		"2022-12-27 Tue Boxing Day",
	}, named(t, c, 2022))

	for _, row := range []struct {
		day  string
		want contract.Day
		why  string
	}{
		{"2022-01-01", contract.Day{Kind: contract.DayWeekend}, "New Year's own day, a Saturday, is a weekend: Monday is the holiday"},
		{"2022-01-03", contract.Day{Kind: contract.DayHoliday, Name: "New Year's Day", Source: "rickar/cal, for 2022-01-01"}, "observed on the Monday after"},
		{"2022-12-25", contract.Day{Kind: contract.DayWeekend}, "Christmas' own day, a Sunday"},
		{"2022-12-27", contract.Day{Kind: contract.DayHoliday, Name: "Boxing Day", Source: "rickar/cal, for 2022-12-26"}, "the second day observed"},
		{"2024-08-26", contract.Day{Kind: contract.DayHoliday, Name: "Summer Bank Holiday", Source: "rickar/cal"}, "the last Monday of August"},
		{"2024-08-27", contract.Day{Kind: contract.DayWorking}, "the Tuesday after"},
		{"2022-05-30", contract.Day{Kind: contract.DayWorking}, "the last Monday of May was moved for the jubilee"},
	} {
		day, err := c.Day(date(row.day))
		require.NoError(t, err)
		assert.Equal(t, row.want, day, "%s: %s", row.day, row.why)
	}
}

func TestObservedInTheYearBefore(t *testing.T) {
	// 2028-01-01 is a Saturday; in the United States the Friday before is off.
	c, err := fromcal.New("us", 2027, 2027, us.NewYear)
	require.NoError(t, err)
	assert.Equal(t, []string{"2027-01-01 Fri New Year's Day", "2027-12-31 Fri New Year's Day"}, named(t, c, 2027))

	c, err = fromcal.New("us", 2028, 2028, us.NewYear)
	require.NoError(t, err)
	assert.Empty(t, named(t, c, 2028), "the holiday of 2028 lies in 2027")
}

func TestObservedInTheYearAfter(t *testing.T) {
	eve := &cal.Holiday{Name: "New Year's Eve", Month: time.December, Day: 31, Func: cal.CalcDayOfMonth,
		Observed: []cal.AltDay{{Day: time.Saturday, Offset: 2}}}
	c, err := fromcal.New("eve", 2023, 2023, eve) // 2022-12-31 is a Saturday
	require.NoError(t, err)
	assert.Equal(t, []string{
		"2023-01-02 Mon New Year's Eve", // of 2022
		"2023-12-31 Sun New Year's Eve", // no rule moves a Sunday: named, weekend or not
	}, named(t, c, 2023))
}

func TestTwoHolidaysOnOneDate(t *testing.T) {
	// Ascension fell on May Day in 2008.
	c, err := fromcal.New("de", 2008, 2008, append([]*cal.Holiday{de.TagderArbeit}, de.Holidays...)...)
	require.NoError(t, err)
	day, err := c.Day(date("2008-05-01"))
	require.NoError(t, err)
	assert.Equal(t, contract.Day{Kind: contract.DayHoliday, Name: "Tag der Arbeit; Christi Himmelfahrt", Source: "rickar/cal"}, day,
		"each name once, though May Day was given twice")
}

func TestWeekend(t *testing.T) {
	c, err := fromcal.NewWeekend("gulf", []time.Weekday{time.Friday, time.Saturday}, 2024, 2024)
	require.NoError(t, err)
	for day, want := range map[string]contract.DayKind{
		"2024-03-01": contract.DayWeekend, // Friday
		"2024-03-02": contract.DayWeekend,
		"2024-03-03": contract.DayWorking, // Sunday
	} {
		got, err := c.Day(date(day))
		require.NoError(t, err)
		assert.Equal(t, want, got.Kind, day)
	}
	c, err = fromcal.NewWeekend("always", nil, 2024, 2024)
	require.NoError(t, err)
	got, err := c.Day(date("2024-03-03"))
	require.NoError(t, err)
	assert.Equal(t, contract.DayWorking, got.Kind)
}

func TestBeyondTheYears(t *testing.T) {
	c, err := fromcal.New("gb", 2024, 2024, gb.Holidays...)
	require.NoError(t, err)
	for _, d := range []string{"2023-12-31", "2025-01-01"} {
		_, err = c.Day(date(d))
		assert.ErrorIs(t, err, contract.ErrRange, d)
	}
}

func TestFaults(t *testing.T) {
	noRule := &cal.Holiday{Name: "Founders' Day", Month: time.May, Day: 2}
	noName := &cal.Holiday{Month: time.May, Day: 2, Func: cal.CalcDayOfMonth}
	_, err := fromcal.NewWeekend("", []time.Weekday{7}, 2030, 2024, gb.NewYear, nil, noRule, noName)
	var faults contract.Errors
	require.True(t, errors.As(err, &faults), "%v", err)
	assert.Len(t, faults, 6, "years, three holidays, name, weekday:\n%v", err)
	assert.ErrorIs(t, err, contract.ErrInvalid)
	assert.ErrorIs(t, err, contract.ErrRequired)
	assert.Contains(t, err.Error(), "Founders' Day")

	for _, row := range []struct {
		first, last int
		why         string
	}{
		{0, 2024, "no year 0"},
		{2024, 2023, "the last before the first"},
		{2024, 9999, "a period ends before 9999"},
	} {
		_, err := fromcal.New("gb", row.first, row.last, gb.Holidays...)
		assert.Error(t, err, row.why)
	}
	_, err = fromcal.New("edge", 1, 9998)
	assert.NoError(t, err)
}

func TestVersion(t *testing.T) {
	build := func(first int, holidays ...*cal.Holiday) string {
		c, err := fromcal.New("gb", first, 2030, holidays...)
		require.NoError(t, err)
		return c.Version()
	}
	want := build(2024, gb.Holidays...)
	assert.Equal(t, want, build(2024, gb.Holidays...), "the same days")
	assert.NotEqual(t, want, build(2023, gb.Holidays...), "a year more")
	assert.NotEqual(t, want, build(2024, gb.Holidays[1:]...), "a holiday less")
	assert.Len(t, want, 8)
}

// Not parallel: it sets a variable of rickar/cal.
func in(t testing.TB, zone string, f func()) {
	t.Helper()
	loc, err := time.LoadLocation(zone)
	require.NoError(t, err)
	was := cal.DefaultLoc
	defer func() { cal.DefaultLoc = was }()
	cal.DefaultLoc = loc
	f()
}

// In São Paulo the 4th of November 2018 began at 01:00, in Asunción the 1st of
// October 2023; a holiday of that day must not slip to the day before, nor be
// moved by the weekday of the day before.
func TestMidnightSkipped(t *testing.T) {
	for _, row := range []struct{ zone, day, observed string }{
		{"America/Sao_Paulo", "2018-11-04", "2018-11-05"},
		{"America/Asuncion", "2023-10-01", "2023-10-02"},
		{"Asia/Shanghai", "2018-11-04", "2018-11-05"},
	} {
		in(t, row.zone, func() {
			y, m, d := date(row.day).Date()
			same := &cal.Holiday{Name: "same day", Month: m, Day: d, Func: cal.CalcDayOfMonth}
			next := &cal.Holiday{Name: "moved", Month: m, Day: d, Func: cal.CalcDayOfMonth, // Sundays both
				Observed: []cal.AltDay{{Day: time.Saturday, Offset: 2}, {Day: time.Sunday, Offset: 1}}}
			c, err := fromcal.New("skipped", y, y, same, next)
			require.NoError(t, err)
			assert.Equal(t, []string{row.day + " Sun same day", row.observed + " Mon moved"}, named(t, c, y), row.zone)
		})
	}
}

func TestZoneOfTheMachine(t *testing.T) {
	want, err := fromcal.New("gb", 2000, 2040, gb.Holidays...)
	require.NoError(t, err)
	for _, zone := range []string{"Pacific/Kiritimati", "Pacific/Pago_Pago", "America/Asuncion", "Africa/Cairo", "UTC"} {
		in(t, zone, func() {
			got, err := fromcal.New("gb", 2000, 2040, gb.Holidays...)
			require.NoError(t, err)
			assert.Equal(t, want.Version(), got.Version(), zone)
		})
	}
}

// Working days are those of rickar/cal's own business calendar.
func TestAgreesWithCal(t *testing.T) {
	for name, holidays := range map[string][]*cal.Holiday{"gb": gb.Holidays, "us": us.Holidays, "de": de.Holidays} {
		c, err := fromcal.New(name, 2000, 2040, holidays...)
		require.NoError(t, err)
		b := cal.NewBusinessCalendar()
		b.AddHoliday(holidays...)
		for d := c.Certain().From; c.Certain().Contains(d); d = d.AddDays(1) {
			day, err := c.Day(d)
			require.NoError(t, err)
			require.Equal(t, b.IsWorkday(d.StartIn(time.UTC)), day.Kind == contract.DayWorking, "%s %v", name, d)
		}
	}
}

// Any rules: the days off are those that rickar/cal observes, asked one holiday
// at a time (of several on a date it answers for the first alone), with dates
// drawn at the turn of the year as often as elsewhere.
func TestAnyRules(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		turn := rapid.SampledFrom([][2]int{{1, 1}, {1, 2}, {12, 30}, {12, 31}})
		other := rapid.Custom(func(t *rapid.T) [2]int {
			return [2]int{rapid.IntRange(1, 12).Draw(t, "month"), rapid.IntRange(1, 28).Draw(t, "day")}
		})
		var holidays []*cal.Holiday
		for i := range rapid.IntRange(0, 4).Draw(t, "holidays") {
			on := rapid.OneOf(turn, other).Draw(t, "on")
			h := &cal.Holiday{Name: fmt.Sprint("holiday ", i), Month: time.Month(on[0]), Day: on[1], Func: cal.CalcDayOfMonth}
			for _, w := range []time.Weekday{time.Saturday, time.Sunday, time.Monday} {
				if offset := rapid.IntRange(-3, 3).Draw(t, "offset"); offset != 0 {
					h.Observed = append(h.Observed, cal.AltDay{Day: w, Offset: offset})
				}
			}
			holidays = append(holidays, h)
		}
		first := rapid.IntRange(1990, 2050).Draw(t, "first")
		last := first + rapid.IntRange(0, 2).Draw(t, "years")
		c, err := fromcal.New("any", first, last, holidays...)
		require.NoError(t, err)
		for d := c.Certain().From; c.Certain().Contains(d); d = d.AddDays(1) {
			off := slices.ContainsFunc(holidays, func(h *cal.Holiday) bool {
				alone := cal.Calendar{Holidays: []*cal.Holiday{h}}
				_, observed, _ := alone.IsHoliday(d.StartIn(time.UTC))
				return observed
			})
			day, err := c.Day(d)
			require.NoError(t, err)
			require.Equal(t, off, day.Kind == contract.DayHoliday, "%v", d)
		}
	})
}
