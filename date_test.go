package contract_test

import (
	"encoding/json"
	"fmt"
	"math"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/cfd16870/contract"
)

// on is a day, written as in a document.
func on(s string) contract.Date { return contract.MustParseDate(s) }

// inZone loads a zone of the tz database.
func inZone(name string) *time.Location {
	loc, err := time.LoadLocation(name)
	if err != nil {
		panic(err)
	}
	return loc
}

// genDate draws days: half of them at the ends of months, of February and of
// the calendar, where date arithmetic goes wrong.
func genDate() *rapid.Generator[contract.Date] {
	return rapid.Custom(func(t *rapid.T) contract.Date {
		year := rapid.OneOf(
			rapid.IntRange(1, 9999),
			rapid.IntRange(2006, 2030),
			rapid.SampledFrom([]int{1, 4, 100, 400, 1600, 1900, 1999, 2000, 2100, 9996, 9999}),
		).Draw(t, "year")
		month := rapid.OneOf(rapid.IntRange(1, 12), rapid.SampledFrom([]int{1, 2, 3, 12})).Draw(t, "month")
		last := time.Date(year, time.Month(month)+1, 0, 0, 0, 0, 0, time.UTC).Day()
		day := rapid.OneOf(rapid.IntRange(1, last), rapid.SampledFrom([]int{1, last - 1, last})).Draw(t, "day")
		d, err := contract.NewDate(year, time.Month(month), day)
		require.NoError(t, err)
		return d
	})
}

// Every day of 1990 to 2060, and one in 97 of all others, against package time.
func TestDateAgreesWithPackageTime(t *testing.T) {
	first, last := time.Date(1, 1, 1, 0, 0, 0, 0, time.UTC), time.Date(9999, 12, 31, 0, 0, 0, 0, time.UTC)
	start := on("0001-01-01")
	var before contract.Date
	days := 0
	for at := first; !at.After(last); days++ {
		y, m, day := at.Date()
		d, err := contract.NewDate(y, m, day)
		if err != nil {
			t.Fatal(err)
		}
		gotY, gotM, gotDay := d.Date()
		switch {
		case gotY != y || gotM != m || gotDay != day:
			t.Fatalf("%v is %d-%d-%d", at, gotY, gotM, gotDay)
		case d.Year() != y:
			t.Fatalf("%v has the year %d", at, d.Year())
		case d.Weekday() != at.Weekday():
			t.Fatalf("%v is a %v", at, d.Weekday())
		case d.String() != at.Format(time.DateOnly):
			t.Fatalf("%v is %v", at, d)
		case contract.DateOf(at) != d || contract.DateOf(at.Add(24*time.Hour-1)) != d:
			t.Fatalf("%v falls on %v", at, contract.DateOf(at))
		case !d.StartIn(time.UTC).Equal(at):
			t.Fatalf("%v starts at %v", d, d.StartIn(time.UTC))
		case int64(d.Sub(start)) != (at.Unix()-first.Unix())/86_400:
			t.Fatalf("%v is day %d", d, d.Sub(start))
		case !before.Before(d) || !d.After(before) || d.Compare(before) != 1 || before.Compare(d) != -1 || d.Compare(d) != 0:
			t.Fatalf("%v is not after %v", d, before)
		}
		before = d
		step := 97
		if y >= 1990 && y <= 2060 || y == 1989 && m == 12 {
			step = 1
		}
		at = at.AddDate(0, 0, step)
	}
	assert.Greater(t, days, 60_000)
}

func TestParseDate(t *testing.T) {
	for _, c := range []struct {
		why, text string
		valid     bool
	}{
		{"an ordinary day", "2024-03-01", true},
		{"29 February of a leap year", "2024-02-29", true},
		{"29 February of a year divisible by 400", "2000-02-29", true},
		{"the first day there is", "0001-01-01", true},
		{"the last day there is", "9999-12-31", true},
		{"29 February of another year", "2023-02-29", false},
		{"29 February of a century", "1900-02-29", false},
		{"30 February is not carried over to March", "2024-02-30", false},
		{"31 April", "2024-04-31", false},
		{"day 0", "2024-04-00", false},
		{"month 0", "2024-00-10", false},
		{"month 13", "2024-13-01", false},
		{"the year 0", "0000-01-01", false},
		{"one digit for the month and day", "2024-2-1", false},
		{"no hyphens", "20240201", false},
		{"slashes", "2024/02/01", false},
		{"points", "2024.02.01", false},
		{"day first", "01-02-2024", false},
		{"a space in front", " 2024-02-01", false},
		{"a space behind", "2024-02-01 ", false},
		{"a space for a zero", "2024-02- 1", false},
		{"a plus in front", "+2024-02-01", false},
		{"a plus for a digit", "2024-+2-01", false},
		{"a minus for a digit", "2024--2-01", false},
		{"five digits of year", "10000-01-01", false},
		{"full-width digits", "２０２４-02-01", false},
		{"Arabic-Indic digits that make ten bytes", "٢٠-02-01", false},
		{"Chinese", "2024年2月1日", false},
		{"a time behind", "2024-02-01T00:00:00Z", false},
		{"a line break behind", "2024-02-01\n", false},
		{"nothing", "", false},
		{"a megabyte", strings.Repeat("9", 1<<20), false},
	} {
		t.Run(c.why, func(t *testing.T) {
			d, err := contract.ParseDate(c.text)
			if c.valid {
				require.NoError(t, err)
				assert.Equal(t, c.text, d.String())
				assert.Equal(t, d, contract.MustParseDate(c.text))
				return
			}
			require.ErrorIs(t, err, contract.ErrSyntax)
			assert.Zero(t, d)
			assert.Less(t, len(err.Error()), 300, "an error does not repeat a megabyte")
			assert.Panics(t, func() { contract.MustParseDate(c.text) })
		})
	}
}

// A date that cannot be read is answered with what would have been right.
func TestDateErrorsSayWhatToWrite(t *testing.T) {
	for _, c := range []struct{ text, says string }{
		{"2024-2-1", "write it as 2024-03-01"},
		{"2024-02-30", "2024-02 has no day 30; its last is 29"},
		{"2023-02-29", "2023-02 has no day 29; its last is 28"},
		{"2024-13-01", "a month is 1 to 12"},
		{"0000-01-01", "the years 1 to 9999"},
	} {
		_, err := contract.ParseDate(c.text)
		assert.ErrorContains(t, err, c.says)
		assert.ErrorContains(t, err, fmt.Sprintf("%q", c.text))
	}
}

func TestNewDate(t *testing.T) {
	for _, c := range []struct {
		why   string
		y     int
		m     time.Month
		d     int
		valid bool
	}{
		{"an ordinary day", 2024, time.May, 11, true},
		{"the year 0", 0, time.May, 11, false},
		{"a year of five digits", 10_000, time.May, 11, false},
		{"a negative year", -1, time.May, 11, false},
		{"month 0", 2024, 0, 11, false},
		{"month 13", 2024, 13, 11, false},
		{"day 0", 2024, time.May, 0, false},
		{"a negative day", 2024, time.May, -1, false},
		{"day 32", 2024, time.May, 32, false},
		{"a day that wraps around 32 bits", 2024, time.May, 1<<32 + 1, false},
	} {
		t.Run(c.why, func(t *testing.T) {
			d, err := contract.NewDate(c.y, c.m, c.d)
			assert.Equal(t, c.valid, err == nil)
			assert.Equal(t, c.valid, d.IsValid())
			if !c.valid {
				assert.ErrorIs(t, err, contract.ErrSyntax)
			}
		})
	}
}

// FuzzParseDate holds the law that a day has one spelling.
func FuzzParseDate(f *testing.F) {
	for _, s := range []string{"2024-02-29", "0001-01-01", "9999-12-31", "2024-2-1", "20240201", "2024-02-30", ""} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		d, err := contract.ParseDate(s)
		_, timeErr := time.Parse(time.DateOnly, s)
		if err != nil {
			if d != (contract.Date{}) {
				t.Errorf("%q: %v beside the error %v", s, d, err)
			}
			if timeErr == nil && s[:4] != "0000" {
				t.Errorf("%q is refused: %v", s, err)
			}
			return
		}
		if d.String() != s {
			t.Errorf("%q comes back as %v", s, d)
		}
		if timeErr != nil {
			t.Errorf("%q is read; package time says %v", s, timeErr)
		}
	})
}

func TestAddMonths(t *testing.T) {
	const (
		last   = contract.MonthEndLast
		next   = contract.MonthEndNext
		refuse = contract.MonthEndRefuse
	)
	for _, c := range []struct {
		why  string
		from string
		n    int
		end  contract.MonthEnd
		want string
		err  error
	}{
		{"the corresponding day", "2024-01-15", 1, last, "2024-02-15", nil},
		{"31 January and a month, in a leap year: its last day (art. 202)", "2024-01-31", 1, last, "2024-02-29", nil},
		{"31 January and a month, in another year", "2023-01-31", 1, last, "2023-02-28", nil},
		{"31 January and a month: the first of the next", "2024-01-31", 1, next, "2024-03-01", nil},
		{"31 January and a month: refused", "2024-01-31", 1, refuse, "", contract.ErrInvalid},
		{"a day that the month has is never refused", "2024-01-29", 1, refuse, "2024-02-29", nil},
		{"two months step over the short one: 31 stays 31", "2024-01-31", 2, last, "2024-03-31", nil},
		{"31 to a month of 30", "2024-03-31", 1, last, "2024-04-30", nil},
		{"31 to a month of 30, the first of the next", "2024-03-31", 1, next, "2024-05-01", nil},
		{"29 February and a year", "2024-02-29", 12, last, "2025-02-28", nil},
		{"29 February and a year, the first of the next month", "2024-02-29", 12, next, "2025-03-01", nil},
		{"29 February and four years", "2024-02-29", 48, refuse, "2028-02-29", nil},
		{"29 February and four years over a century", "2096-02-29", 48, last, "2100-02-28", nil},
		{"back from 31 March", "2024-03-31", -1, last, "2024-02-29", nil},
		{"back from 31 March never lands in March for the last day, but does for the next", "2023-03-31", -1, next, "2023-03-01", nil},
		{"over the turn of the year", "2023-12-31", 2, last, "2024-02-29", nil},
		{"back over the turn of the year", "2024-01-31", -2, last, "2023-11-30", nil},
		{"no months", "2024-01-31", 0, last, "2024-01-31", nil},
		{"a year in months", "2024-03-01", 12, last, "2025-03-01", nil},
		{"the first month there is", "0002-01-31", -12, last, "0001-01-31", nil},
		{"before the first month", "0001-12-31", -12, last, "", contract.ErrRange},
		{"the last month there is", "9999-11-30", 1, last, "9999-12-30", nil},
		{"after the last month", "9999-12-01", 1, last, "", contract.ErrRange},
		{"more months than there are", "2024-01-31", math.MaxInt, last, "", contract.ErrRange},
		{"fewer months than there are", "2024-01-31", math.MinInt, last, "", contract.ErrRange},
		{"what holds at a month's end is not stated", "2024-01-31", 1, "", "", contract.ErrRequired},
		{"a word that is not in the list", "2024-01-31", 1, "last", "", contract.ErrUnknown},
	} {
		t.Run(c.why, func(t *testing.T) {
			got, err := on(c.from).AddMonths(c.n, c.end)
			if c.err != nil {
				require.ErrorIs(t, err, c.err)
				assert.Zero(t, got)
				return
			}
			require.NoError(t, err)
			assert.Equal(t, on(c.want), got)
		})
	}
	_, err := contract.Date{}.AddMonths(1, last)
	assert.ErrorIs(t, err, contract.ErrInvalid, "the zero Date has no months to count")
	_, err = on("2024-01-31").AddMonths(1, "")
	assert.ErrorContains(t, err, "last day, first of next month, refuse", "the words that could have been written")
}

// The corresponding day by the months of package time, which carries over.
func TestAddMonthsAgreesWithPackageTime(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := genDate().Draw(t, "from")
		n := rapid.OneOf(rapid.IntRange(-30, 30), rapid.IntRange(-130_000, 130_000)).Draw(t, "months")
		y, m, day := d.Date()
		first := time.Date(y, m+time.Month(n), 1, 0, 0, 0, 0, time.UTC)
		carried := first.AddDate(0, 0, day-1)
		has := carried.Month() == first.Month()
		inside := first.Year() >= 1 && first.Year() <= 9999
		for _, end := range []contract.MonthEnd{contract.MonthEndLast, contract.MonthEndNext, contract.MonthEndRefuse} {
			got, err := d.AddMonths(n, end)
			switch {
			case !inside:
				require.ErrorIs(t, err, contract.ErrRange)
			case has:
				require.NoError(t, err)
				require.Equal(t, contract.DateOf(carried), got)
			case end == contract.MonthEndLast:
				require.NoError(t, err)
				require.Equal(t, contract.DateOf(first.AddDate(0, 1, -1)), got)
			case end == contract.MonthEndNext:
				require.NoError(t, err)
				require.Equal(t, contract.DateOf(first.AddDate(0, 1, 0)), got)
			default:
				require.ErrorIs(t, err, contract.ErrInvalid)
			}
		}
	})
}

func TestAddDaysAndSubAreInverse(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d, e := genDate().Draw(t, "d"), genDate().Draw(t, "e")
		require.Equal(t, e, d.AddDays(e.Sub(d)))
		require.Equal(t, -e.Sub(d), d.Sub(e))
		require.Equal(t, e.Sub(d) < 0, e.Before(d))
		n := rapid.OneOf(rapid.IntRange(-400, 400), rapid.Int()).Draw(t, "n")
		if f := d.AddDays(n); f.IsValid() {
			require.Equal(t, n, f.Sub(d))
			require.Equal(t, (int(d.Weekday())+n%7+7)%7, int(f.Weekday()))
		} else {
			require.Zero(t, f)
			require.True(t, n > on("9999-12-31").Sub(d) || n < on("0001-01-01").Sub(d), "%d days from %v are a day", n, d)
		}
	})
}

func TestZeroDate(t *testing.T) {
	var zero contract.Date
	assert.False(t, zero.IsValid())
	assert.True(t, zero.IsZero())
	assert.False(t, on("0001-01-01").IsZero())
	assert.Equal(t, "no date", zero.String())
	y, m, d := zero.Date()
	assert.Zero(t, y)
	assert.Zero(t, m)
	assert.Zero(t, d)
	assert.Zero(t, zero.Year())
	assert.Zero(t, zero.AddDays(1))
	assert.True(t, zero.StartIn(time.UTC).IsZero())
	assert.True(t, zero.Before(on("0001-01-01")), "the zero Date is before all others")
	text, err := zero.MarshalText()
	assert.NoError(t, err)
	assert.Empty(t, text)
	assert.Zero(t, on("9999-12-31").AddDays(1), "there is no day after the last")
	assert.Zero(t, on("0001-01-01").AddDays(-1), "there is no day before the first")
}

func TestDateOf(t *testing.T) {
	for _, c := range []struct {
		why  string
		at   time.Time
		want string
	}{
		{"the last nanosecond of a day is of that day", time.Date(2024, 5, 11, 23, 59, 59, 999_999_999, time.UTC), "2024-05-11"},
		{"the day is that of the instant's own zone", time.Date(2024, 5, 11, 16, 0, 0, 0, time.UTC).In(inZone("Asia/Shanghai")), "2024-05-12"},
		{"west of UTC the day before", time.Date(2024, 5, 11, 0, 0, 0, 0, time.UTC).In(inZone("America/Sao_Paulo")), "2024-05-10"},
		{"before 1970", time.Date(1969, 12, 31, 23, 59, 59, 999_999_999, time.UTC), "1969-12-31"},
		{"the first day of all", time.Date(1, 1, 1, 0, 0, 0, 0, time.UTC), "0001-01-01"},
		{"the last day of all", time.Date(9999, 12, 31, 23, 59, 59, 0, time.UTC), "9999-12-31"},
	} {
		t.Run(c.why, func(t *testing.T) { assert.Equal(t, on(c.want), contract.DateOf(c.at)) })
	}
	assert.Zero(t, contract.DateOf(time.Date(0, 12, 31, 0, 0, 0, 0, time.UTC)), "before the first day")
	assert.Zero(t, contract.DateOf(time.Date(10000, 1, 1, 0, 0, 0, 0, time.UTC)), "after the last day")
	assert.Zero(t, contract.DateOf(time.Unix(math.MaxInt64, 0)), "far beyond")
	assert.Zero(t, contract.DateOf(time.Unix(math.MinInt64, 0)), "far before")
}

// Where a change of clocks skips midnight or repeats it.
func TestStartIn(t *testing.T) {
	for _, c := range []struct {
		why, zone, day, want string
	}{
		{"an ordinary midnight", "Asia/Shanghai", "2024-03-01", "2024-03-01T00:00:00+08:00"},
		{"São Paulo went from 24:00 to 01:00", "America/Sao_Paulo", "2018-11-04", "2018-11-04T01:00:00-02:00"},
		{"São Paulo went back from 24:00 to 23:00: midnight comes after the repeated hour", "America/Sao_Paulo", "2019-02-17", "2019-02-17T00:00:00-03:00"},
		{"Havana went from 00:00 to 01:00", "America/Havana", "2024-03-10", "2024-03-10T01:00:00-04:00"},
		{"Havana went back from 01:00 to 00:00: midnight comes twice, and the first counts", "America/Havana", "2024-11-03", "2024-11-03T00:00:00-04:00"},
		{"Apia skipped all of 30 December 2011: it starts when the clock jumps", "Pacific/Apia", "2011-12-30", "2011-12-31T00:00:00+14:00"},
		{"and so does the day after it", "Pacific/Apia", "2011-12-31", "2011-12-31T00:00:00+14:00"},
		{"the day before it is whole", "Pacific/Apia", "2011-12-29", "2011-12-29T00:00:00-10:00"},
		{"Shanghai's summer time of 1986 began at 02:00", "Asia/Shanghai", "1986-05-04", "1986-05-04T00:00:00+08:00"},
		{"within Shanghai's summer time", "Asia/Shanghai", "1986-05-05", "1986-05-05T00:00:00+09:00"},
		{"Shanghai's summer time ended at 02:00 of 14 September", "Asia/Shanghai", "1986-09-14", "1986-09-14T00:00:00+09:00"},
		{"Shanghai by mean time, with seconds", "Asia/Shanghai", "1900-12-31", "1900-12-31T00:00:00+08:05"},
		{"St John's went back at 00:01 to 23:01: midnight comes twice", "America/St_Johns", "2006-10-29", "2006-10-29T00:00:00-02:30"},
		{"Beirut skipped midnight", "Asia/Beirut", "2024-03-31", "2024-03-31T01:00:00+03:00"},
		{"the first day of all, in UTC", "UTC", "0001-01-01", "0001-01-01T00:00:00Z"},
	} {
		t.Run(c.why, func(t *testing.T) {
			got := on(c.day).StartIn(inZone(c.zone))
			assert.Equal(t, c.want, got.Format(time.RFC3339))
		})
	}
	assert.Equal(t, time.UTC, on("2024-03-01").StartIn(nil).Location(), "no zone is UTC")
}

// Days of a zone follow each other without a hole: each begins where the clock
// first shows its date or a later one.
func TestDaysBeginWhereTheClockShowsThem(t *testing.T) {
	for _, zone := range []string{"America/Sao_Paulo", "America/Havana", "Pacific/Apia", "Africa/Casablanca", "America/St_Johns", "Asia/Beirut", "Africa/Cairo", "Asia/Gaza"} {
		loc := inZone(zone)
		for d := on("1990-01-01"); d.Before(on("2038-01-01")); d = d.AddDays(1) {
			start := d.StartIn(loc)
			if shown := contract.DateOf(start); shown.Before(d) {
				t.Fatalf("%s: %v starts at %v, when it is still %v", zone, d, start, shown)
			}
			if shown := contract.DateOf(start.Add(-1)); !shown.Before(d) {
				t.Fatalf("%s: %v starts at %v; a nanosecond before it is %v", zone, d, start, shown)
			}
		}
	}
}

func TestDateJSON(t *testing.T) {
	type terms struct {
		From contract.Date            `json:"from"`
		At   map[contract.Date]string `json:"at"`
		Days []contract.Date          `json:"days"`
	}
	in := terms{From: on("2024-03-01"), At: map[contract.Date]string{on("2024-10-12"): "half day"}, Days: []contract.Date{on("2024-02-29")}}
	data, err := json.Marshal(in)
	require.NoError(t, err)
	assert.JSONEq(t, `{"from":"2024-03-01","at":{"2024-10-12":"half day"},"days":["2024-02-29"]}`, string(data))
	var out terms
	require.NoError(t, json.Unmarshal(data, &out))
	assert.Equal(t, in, out)

	for _, bad := range []string{`{"from":"2024-3-1"}`, `{"from":20240301}`, `{"at":{"2024-02-30":""}}`} {
		assert.Error(t, json.Unmarshal([]byte(bad), &out), bad)
	}
	kept := on("2024-03-01")
	assert.ErrorIs(t, kept.UnmarshalText([]byte("tomorrow")), contract.ErrSyntax)
	assert.Equal(t, on("2024-03-01"), kept, "what cannot be read changes nothing")
}

func TestPeriod(t *testing.T) {
	for _, c := range []struct {
		why   string
		p     contract.Period
		days  int
		last  string
		text  string
		valid bool
	}{
		{"a year, both days in it", contract.Through(on("2024-03-01"), on("2025-02-28")), 365, "2025-02-28", "2024-03-01..2025-02-28", true},
		{"one day", contract.Through(on("2024-02-29"), on("2024-02-29")), 1, "2024-02-29", "2024-02-29..2024-02-29", true},
		{"through the day before the first: no days", contract.Through(on("2024-03-01"), on("2024-02-29")), 0, "no date", "no days", false},
		{"backwards", contract.Through(on("2024-03-01"), on("2024-01-01")), 0, "no date", "no days", false},
		{"from and until the same day", contract.Period{From: on("2024-03-01"), Until: on("2024-03-01")}, 0, "no date", "no days", false},
		{"no first day", contract.Period{Until: on("2024-03-01")}, 0, "no date", "no days", false},
		{"no end", contract.Period{From: on("2024-03-01")}, 0, "no date", "no days", false},
		{"the zero Period", contract.Period{}, 0, "no date", "no days", false},
		{"the last day of all has none after it to end before", contract.Through(on("2024-03-01"), on("9999-12-31")), 0, "no date", "no days", false},
	} {
		t.Run(c.why, func(t *testing.T) {
			assert.Equal(t, c.valid, c.p.IsValid())
			assert.Equal(t, c.days, c.p.Days())
			assert.Equal(t, c.last, c.p.Last().String())
			assert.Equal(t, c.text, c.p.String())
		})
	}
	p := contract.Through(on("2024-03-01"), on("2025-02-28"))
	assert.True(t, p.Contains(on("2024-03-01")), "the first day is in it")
	assert.True(t, p.Contains(on("2025-02-28")), "the last day is in it")
	assert.False(t, p.Contains(on("2024-02-29")), "the day before is not")
	assert.False(t, p.Contains(on("2025-03-01")), "the day after is not")
	assert.False(t, p.Contains(contract.Date{}))
	assert.False(t, contract.Period{}.Contains(contract.Date{}))
}

func TestYears(t *testing.T) {
	p, err := contract.Years(2024, 2026)
	require.NoError(t, err)
	assert.Equal(t, contract.Through(on("2024-01-01"), on("2026-12-31")), p)
	one, err := contract.Years(2024, 2024)
	require.NoError(t, err)
	assert.Equal(t, 366, one.Days())
	for _, c := range []struct {
		why         string
		first, last int
		err         error
	}{
		{"the last before the first", 2025, 2024, contract.ErrInvalid},
		{"the year 0", 0, 2024, contract.ErrSyntax},
		{"the year 9999, after which no day follows", 2024, 9999, contract.ErrRange},
		{"a last year that wraps around", 2024, math.MaxInt, contract.ErrRange},
		{"a first year after the last of all", 10_000, 10_001, contract.ErrSyntax},
	} {
		t.Run(c.why, func(t *testing.T) {
			p, err := contract.Years(c.first, c.last)
			assert.ErrorIs(t, err, c.err)
			assert.Zero(t, p)
		})
	}
}
