package cn_test

import (
	"bufio"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/cfd16870/contract"
	"github.com/cfd16870/contract/cn"
	"github.com/rickar/cal/v2"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

var date = contract.MustParseDate

// rows reads a conformance table: the fields of each day, with those of the
// heading above it.
func rows(t testing.TB, file string) (all []row) {
	t.Helper()
	f, err := os.Open(file)
	require.NoError(t, err)
	defer f.Close()
	var head []string
	for s := bufio.NewScanner(f); s.Scan(); {
		switch fields := strings.Fields(s.Text()); {
		case len(fields) == 0 || fields[0] == "#":
		case fields[0] == "notice" || fields[0] == "year":
			head = fields[1:]
		default:
			require.GreaterOrEqual(t, len(fields), 5, s.Text())
			d := date(fields[0])
			require.Equal(t, fields[1], d.Weekday().String()[:3], s.Text())
			all = append(all, row{d, fields[2:], head})
		}
	}
	return all
}

type row struct {
	date         contract.Date
	fields, head []string
}

var kinds = map[string]contract.DayKind{
	"holiday": contract.DayHoliday, "rest": contract.DayRest, "make-up": contract.DayMakeup,
}

func TestDays(t *testing.T) {
	c := cn.Calendar()
	want := rows(t, "testdata/days.txt")
	assert.Len(t, want, 677)
	listed := make(map[contract.Date]bool)
	for _, r := range want {
		assert.False(t, listed[r.date], "%v is listed twice", r.date)
		listed[r.date] = true
		kind, name, why, number := r.fields[0], r.fields[1], r.fields[2], r.head[0]
		got, err := c.Day(r.date)
		require.NoError(t, err, "%v", r.date)
		assert.Equal(t, contract.Day{Kind: kinds[kind], Name: name, Source: number}, got, "%v: %s", r.date, why)

		var rules []string
		holidays, err := cn.Statutory(r.date.Year())
		if r.date.Year() > 2006 {
			require.NoError(t, err)
		}
		for _, h := range holidays {
			if h.Date == r.date {
				rules = append(rules, h.Rule)
			}
		}
		if kind == "holiday" {
			assert.Equal(t, why, strings.Join(rules, "+"), "%v", r.date)
		} else {
			assert.Empty(t, rules, "%v: no statutory holiday", r.date)
		}
	}
	for d, day := range c.Named(c.Certain()) {
		assert.True(t, listed[d], "%v %v is not in the table", d, day)
	}
}

func TestNoticesOfTheDays(t *testing.T) {
	heads := make(map[string][]string)
	for _, r := range rows(t, "testdata/days.txt") {
		heads[r.head[0]] = r.head
	}
	for _, n := range cn.Notices() {
		assert.Equal(t, []string{n.Number, n.Issued.String(), fmt.Sprint(n.Year)}, heads[n.Number])
		delete(heads, n.Number)
	}
	assert.Empty(t, heads)
}

func TestStatutory(t *testing.T) {
	type line struct {
		date                     contract.Date
		name, rule, english, law string
	}
	want := make(map[int][]line)
	total := 0
	for _, r := range rows(t, "testdata/statutory.txt") {
		y := r.date.Year()
		require.Equal(t, r.head[0], fmt.Sprint(y))
		want[y] = append(want[y], line{r.date, r.fields[0], r.fields[1], strings.Join(r.fields[2:], " "), r.head[1]})
		total++
	}
	assert.Equal(t, 275, total)
	for y := 2007; y <= 2030; y++ {
		all, err := cn.Statutory(y)
		require.NoError(t, err)
		var got []line
		for _, h := range all {
			got = append(got, line{h.Date, h.Name, h.Rule, h.English, h.Law})
		}
		assert.Equal(t, want[y], got, "%d", y)
	}
}

func TestStatutoryEveryYear(t *testing.T) {
	for y := 2007; y <= 2050; y++ {
		all, err := cn.Statutory(y)
		require.NoError(t, err)
		want := 11
		switch {
		case y == 2007:
			want = 10
		case y >= 2025:
			want = 13
		}
		assert.Len(t, all, want, "%d", y)
		assert.True(t, slices.IsSortedFunc(all, func(a, b cn.Holiday) int { return a.Date.Compare(b.Date) }), "%d", y)
		for _, h := range all {
			require.True(t, h.Date.IsValid(), "%d %v", y, h)
			assert.Equal(t, y, h.Date.Year(), "%v", h)
			_, m, d := h.Date.Date()
			// Where the sun and the moon can put a feast at all: what a slip of the
			// pen in the table of dates would first leave.
			at := int(m)*100 + d
			switch h.Rule {
			case "正月初一":
				assert.True(t, 121 <= at && at <= 221, "%v", h)
			case "清明当日":
				assert.True(t, 404 <= at && at <= 406, "%v", h)
			case "五月初五":
				assert.True(t, 525 <= at && at <= 625, "%v", h)
			case "八月十五":
				assert.True(t, 907 <= at && at <= 1008, "%v", h)
			}
		}
	}
	for _, y := range []int{-1, 0, 2006, 2051} {
		_, err := cn.Statutory(y)
		assert.ErrorIs(t, err, contract.ErrRange, "%d", y)
	}
}

// Dates on which calendars of China go wrong.
func TestDatesToTestFirst(t *testing.T) {
	c := cn.Calendar()
	for _, r := range []struct {
		day, weekday string
		kind         contract.DayKind
		why          string
	}{
		{"2007-12-29", "Sat", contract.DayMakeup, "worked for the New Year of 2008: a notice reaches into the year before"},
		{"2007-12-31", "Mon", contract.DayRest, "off in 2007 by the notice for 2008"},
		{"2009-10-03", "Sat", contract.DayHoliday, "National Day and Mid-Autumn on one date"},
		{"2011-12-31", "Sat", contract.DayMakeup, "worked for the New Year of 2012"},
		{"2015-09-03", "Thu", contract.DayRest, "off once, by a notice of its own; the law does not name it"},
		{"2015-09-04", "Fri", contract.DayRest, "moved, once"},
		{"2015-09-05", "Sat", contract.DayRest, "the weekend between"},
		{"2015-09-06", "Sun", contract.DayMakeup, "worked for it"},
		{"2015-09-28", "Mon", contract.DayWorking, "Mid-Autumn was Sunday the 27th, and nothing moved to Monday"},
		{"2018-12-29", "Sat", contract.DayMakeup, "worked for the New Year of 2019"},
		{"2019-04-28", "Sun", contract.DayMakeup, "worked by the notice that replaced the Labour Day item"},
		{"2019-05-02", "Thu", contract.DayRest, "off by the same"},
		{"2019-05-05", "Sun", contract.DayMakeup, "worked by the same"},
		{"2020-01-31", "Fri", contract.DayRest, "off by the extension"},
		{"2020-02-01", "Sat", contract.DayRest, "was to be worked, withdrawn by the extension"},
		{"2020-02-02", "Sun", contract.DayRest, "the last day of the extension"},
		{"2020-02-03", "Mon", contract.DayWorking, "work began again"},
		{"2020-10-01", "Thu", contract.DayHoliday, "National Day and Mid-Autumn on one date"},
		{"2022-12-31", "Sat", contract.DayRest, "off in 2022 by the notice for 2023"},
		{"2024-02-09", "Fri", contract.DayWorking, "the eve of Spring Festival: not statutory in 2014 to 2024, and no notice gave it"},
		{"2024-02-10", "Sat", contract.DayHoliday, "the first day of the lunar year"},
		{"2025-01-26", "Sun", contract.DayMakeup, "worked for Spring Festival"},
		{"2025-01-28", "Tue", contract.DayHoliday, "the eve: statutory again from 2025"},
		{"2025-05-02", "Fri", contract.DayHoliday, "2 May: statutory from 2025"},
		{"2024-05-02", "Thu", contract.DayRest, "2 May: not before"},
		{"2026-09-20", "Sun", contract.DayMakeup, "worked eleven days before its holiday"},
		{"2026-09-26", "Sat", contract.DayRest, "the weekend of Mid-Autumn"},
		{"2026-10-17", "Sat", contract.DayWeekend, "a Saturday that no notice names"},
	} {
		d := date(r.day)
		require.Equal(t, r.weekday, d.Weekday().String()[:3], r.day)
		got, err := c.Day(d)
		require.NoError(t, err, r.day)
		assert.Equal(t, r.kind, got.Kind, "%s: %s", r.day, r.why)
	}
	for _, y := range []struct{ year, month, day int }{{2009, 10, 3}, {2020, 10, 1}, {2028, 10, 3}} {
		d, err := contract.NewDate(y.year, time.Month(y.month), y.day)
		require.NoError(t, err)
		all, err := cn.Statutory(y.year)
		require.NoError(t, err)
		var names []string
		for _, h := range all {
			if h.Date == d {
				names = append(names, h.Name)
			}
		}
		assert.Equal(t, []string{"中秋节", "国庆节"}, names, "%v: both are reported", d)
	}
}

func TestBounds(t *testing.T) {
	c := cn.Calendar()
	assert.Equal(t, "cn", c.Name())
	assert.Equal(t, "2025-11-04", c.Version())
	assert.Equal(t, "2006-12-30..2026-12-28", c.Certain().String())
	assert.Equal(t, "2026-12-29..2050-12-31", c.Foreseen().String())
	for _, d := range []string{"2006-12-29", "2026-12-29", "2026-12-30", "2026-12-31", "2027-01-01", "2028-10-03", "2051-01-01"} {
		_, err := c.Day(date(d))
		assert.ErrorIs(t, err, contract.ErrRange, d)
	}
	for _, d := range []string{"2006-12-30", "2026-12-28"} {
		_, err := c.Day(date(d))
		assert.NoError(t, err, d)
	}
}

func TestForeseen(t *testing.T) {
	c := cn.Calendar()
	got := make(map[contract.Date]contract.Day)
	for d, day := range c.Named(c.Foreseen()) {
		got[d] = day
	}
	count := 0
	for y := 2027; y <= 2050; y++ {
		all, err := cn.Statutory(y)
		require.NoError(t, err)
		dates := make(map[contract.Date]bool)
		for _, h := range all {
			dates[h.Date] = true
			assert.Equal(t, contract.DayHoliday, got[h.Date].Kind, "%v", h)
			assert.Contains(t, got[h.Date].Name, h.Name)
			assert.Equal(t, "国务院令第795号", got[h.Date].Source)
		}
		count += len(dates)
	}
	assert.Len(t, got, count)
	assert.Equal(t, "春节", got[date("2027-02-06")].Name)
	assert.Equal(t, "中秋节、国庆节", got[date("2028-10-03")].Name)
}

func TestKnownOn(t *testing.T) {
	kind := func(known, day string) string {
		c, err := cn.KnownOn(date(known))
		require.NoError(t, err, known)
		got, err := c.Day(date(day))
		if err != nil {
			require.ErrorIs(t, err, contract.ErrRange)
			return "not known"
		}
		return strings.TrimSpace(got.Kind.String() + " " + got.Source)
	}
	for _, r := range []struct{ known, day, want, why string }{
		{"2015-05-12", "2015-09-03", "working day", "before the notice of the 70th anniversary"},
		{"2015-05-13", "2015-09-03", "rest day 国发明电〔2015〕1号", "on the day of it"},
		{"2015-05-12", "2015-09-06", "weekend", "before"},
		{"2015-05-13", "2015-09-06", "make-up day 国发明电〔2015〕1号", "after"},

		{"2019-03-21", "2019-05-01", "statutory holiday 国办发明电〔2018〕15号", "the item that was replaced"},
		{"2019-03-22", "2019-05-01", "statutory holiday 国办发明电〔2019〕3号", "the item that replaced it"},
		{"2019-03-21", "2019-05-02", "working day", "one day off, nothing moved"},
		{"2019-03-22", "2019-05-02", "rest day 国办发明电〔2019〕3号", "four days off"},
		{"2019-03-21", "2019-04-28", "weekend", "a Sunday"},
		{"2019-03-22", "2019-04-28", "make-up day 国办发明电〔2019〕3号", "a Sunday worked"},
		{"2019-03-22", "2019-04-05", "statutory holiday 国办发明电〔2018〕15号", "the other items stand"},

		{"2020-01-25", "2020-01-31", "working day", "before the extension"},
		{"2020-01-25", "2020-02-01", "make-up day 国办发明电〔2019〕16号", "a Saturday to be worked"},
		{"2020-01-25", "2020-02-02", "weekend", "a Sunday"},
		{"2020-01-26", "2020-01-31", "rest day 国办发明电〔2020〕1号", "extended"},
		{"2020-01-26", "2020-02-01", "rest day 国办发明电〔2020〕1号", "withdrawn"},
		{"2020-01-26", "2020-02-03", "working day", "work from Monday"},
		{"2020-01-26", "2020-01-30", "rest day 国办发明电〔2019〕16号", "the item extended stands"},
		{"2020-01-26", "2020-01-19", "make-up day 国办发明电〔2019〕16号", "so does its other day worked"},

		{"2007-12-14", "2007-12-28", "working day", "the last certain day of the first year"},
		{"2007-12-14", "2007-12-29", "not known", "the notice of the next day names it"},
		{"2007-12-15", "2007-12-29", "make-up day 国办发明电〔2007〕52号", "and here it is"},
		{"2024-11-11", "2025-01-28", "not known", "no notice for 2025 yet"},
	} {
		assert.Equal(t, r.want, kind(r.known, r.day), "%s as known on %s: %s", r.day, r.known, r.why)
	}

	_, err := cn.KnownOn(date("2006-12-13"))
	assert.ErrorIs(t, err, contract.ErrRange, "the day before the first notice")
	_, err = cn.KnownOn(contract.Date{})
	assert.ErrorIs(t, err, contract.ErrInvalid)
}

// What is foreseen follows from the law of that day, not of today.
func TestKnownOnForeseen(t *testing.T) {
	foreseen := func(known, day string) string {
		c, err := cn.KnownOn(date(known))
		require.NoError(t, err, known)
		for d, got := range c.Named(contract.Through(date(day), date(day))) {
			assert.Equal(t, date(day), d)
			return got.Source
		}
		return ""
	}
	for _, r := range []struct{ known, day, want, why string }{
		{"2024-11-09", "2025-01-28", "", "the eve, before the order of 10 November 2024"},
		{"2024-11-10", "2025-01-28", "国务院令第795号", "the eve, by the order"},
		{"2024-11-09", "2025-05-02", "", "2 May, before"},
		{"2024-11-10", "2025-05-02", "国务院令第795号", "2 May, after"},
		{"2013-12-10", "2014-01-30", "国务院令第513号", "the eve under the law of 2007"},
		{"2013-12-10", "2014-02-02", "", "the third day was not statutory"},
		{"2007-12-13", "2008-05-02", "国务院令第270号", "three days of May under the law of 1999"},
		{"2007-12-14", "2008-05-02", "", "one under the law of 2007"},
	} {
		assert.Equal(t, r.want, foreseen(r.known, r.day), "%s as known on %s: %s", r.day, r.known, r.why)
	}
	c, err := cn.KnownOn(date("2024-11-11"))
	require.NoError(t, err)
	assert.Equal(t, "2024-11-10", c.Version(), "an order makes an edition as a notice does")
}

// Every edition is certain through 28 December of its last year, and a later
// one changes it only where an amendment says so.
func TestEditions(t *testing.T) {
	amendments := make(map[contract.Date]bool)
	notices := cn.Notices()
	for _, n := range notices {
		if n.Amends == "" {
			continue
		}
		amendments[n.Issued] = true
	}
	assert.Len(t, amendments, 3)
	for i, n := range notices {
		c, err := cn.KnownOn(n.Issued)
		require.NoError(t, err)
		assert.Equal(t, n.Issued.String(), c.Version())
		assert.Equal(t, fmt.Sprintf("2006-12-30..%d-12-28", n.Year), c.Certain().String())
		assert.Equal(t, c.Certain().Until, c.Foreseen().From)
		eve, err := cn.KnownOn(n.Issued.AddDays(-1))
		if i == 0 {
			require.ErrorIs(t, err, contract.ErrRange)
			continue
		}
		require.NoError(t, err)
		if amendments[n.Issued] {
			continue
		}
		for d := eve.Certain().From; eve.Certain().Contains(d); d = d.AddDays(1) {
			was, err := eve.Day(d)
			require.NoError(t, err)
			is, err := c.Day(d)
			require.NoError(t, err)
			require.Equal(t, was, is, "%v changed by %s, which amends nothing", d, n.Number)
		}
	}
	last, err := cn.KnownOn(date("2030-01-01"))
	require.NoError(t, err)
	assert.Equal(t, cn.Calendar().Version(), last.Version(), "after the last notice it is the last edition")
}

// On any day: what is known then does not depend on what was issued later, and
// is what was known on the last day of issue before.
func TestKnownOnAnyDay(t *testing.T) {
	first := date("2006-12-14")
	rapid.Check(t, func(t *rapid.T) {
		known := first.AddDays(rapid.IntRange(0, 7500).Draw(t, "days after the first notice"))
		c, err := cn.KnownOn(known)
		require.NoError(t, err)
		edition := date(c.Version())
		require.False(t, edition.After(known), "edition %v", edition)
		same, err := cn.KnownOn(edition)
		require.NoError(t, err)
		all := contract.Through(c.Certain().From, c.Foreseen().Last())
		var got, want []contract.Day
		for _, day := range c.Named(all) {
			got = append(got, day)
		}
		for _, day := range same.Named(all) {
			want = append(want, day)
		}
		require.Equal(t, want, got)
	})
}

// What a person can get wrong when copying a notice.
func TestTable(t *testing.T) {
	numbers := make(map[string]int)
	years := make(map[int]int)
	var before contract.Date
	for _, n := range cn.Notices() {
		require.True(t, n.Issued.After(before), "%s: in the order of issue", n.Number)
		before = n.Issued
		assert.Contains(t, n.Number, fmt.Sprintf("〔%d〕", n.Issued.Year()), "the number has the year of issue")
		assert.NotContains(t, numbers, n.Number)
		numbers[n.Number] = n.Year
		if n.Amends == "" {
			years[n.Year]++
			assert.Equal(t, n.Year-1, n.Issued.Year(), "%s: a year's own notice is of the year before", n.Number)
		} else {
			assert.Equal(t, n.Year, numbers[n.Amends], "%s amends a notice of its own year", n.Number)
		}
		require.NotEmpty(t, n.Items, n.Number)
		var last contract.Date
		for _, it := range n.Items {
			require.NotEmpty(t, it.Off, "%s %s", n.Number, it.Holiday)
			assert.Regexp(t, `^[0-9A-Za-z' -]+$`, it.English, it.Holiday)
			for _, p := range it.Off {
				require.True(t, p.IsValid(), "%s %s", n.Number, it.Holiday)
				assert.LessOrEqual(t, p.Days(), 9, "%s %s", n.Number, it.Holiday)
				assert.True(t, p.From.After(last), "%s %s: days in order, none twice", n.Number, it.Holiday)
				last = p.Last()
			}
			for _, d := range it.Work {
				assert.Contains(t, []time.Weekday{time.Saturday, time.Sunday}, d.Weekday(), "%s: %v is worked", n.Number, d)
				near := slices.ContainsFunc(it.Off, func(p contract.Period) bool {
					return d.Sub(p.From) >= -14 && d.Sub(p.Last()) <= 14
				})
				assert.True(t, near, "%s: %v is worked more than two weeks from %s", n.Number, d, it.Holiday)
			}
			if n.Amends == "" {
				assert.False(t, it.Replaces || len(it.Withdrawn) > 0, "%s amends nothing", n.Number)
			}
		}
		// What the certain days rest on.
		earliest := contract.MustParseDate(fmt.Sprintf("%d-12-29", n.Year-1))
		latest := contract.MustParseDate(fmt.Sprintf("%d-12-28", n.Year))
		for _, it := range n.Items {
			for _, p := range it.Off {
				assert.False(t, p.From.Before(earliest) || p.Last().After(latest), "%s: %v", n.Number, p)
			}
			for _, d := range it.Work {
				assert.False(t, d.Before(earliest) || d.After(latest), "%s: %v", n.Number, d)
			}
		}
	}
	for y := 2007; y <= 2026; y++ {
		assert.Equal(t, 1, years[y], "%d has one notice of its own", y)
	}
	assert.Len(t, years, 20)
}

// Every weekday off that the law does not name is paid for: by a weekend day
// worked, or by a statutory day that fell on a weekend or on another.
func TestOwedDays(t *testing.T) {
	c := cn.Calendar()
	off, owed := make(map[int]int), make(map[int]int)
	weekend := func(d contract.Date) bool { return d.Weekday() == time.Saturday || d.Weekday() == time.Sunday }
	for _, r := range rows(t, "testdata/days.txt") { // for the year that the notice arranges
		day, err := c.Day(r.date)
		require.NoError(t, err)
		var year int
		_, err = fmt.Sscan(r.head[2], &year)
		require.NoError(t, err)
		switch {
		case day.Kind == contract.DayRest && !weekend(r.date):
			off[year]++
		case day.Kind == contract.DayMakeup:
			owed[year]++
		}
	}
	for y := 2007; y <= 2026; y++ {
		all, err := cn.Statutory(y)
		require.NoError(t, err)
		seen := make(map[contract.Date]bool)
		for _, h := range all {
			if weekend(h.Date) || seen[h.Date] {
				owed[y]++
			}
			seen[h.Date] = true
		}
		want := map[int]int{
			2015: 1, // 3 September, granted
			2020: 2, // 31 January granted, and the day worked for it withdrawn
		}[y]
		assert.Equal(t, want, off[y]-owed[y], "%d: %d weekdays off, %d owed", y, off[y], owed[y])
	}
}

func TestNoticesAreTheCallers(t *testing.T) {
	mine := cn.Notices()
	mine[0].Items[0].Off[0] = contract.Period{}
	mine[0].Items[0].Work[0] = contract.Date{}
	mine[0].Items = nil
	assert.Len(t, cn.Notices()[0].Items, 4)
	assert.True(t, cn.Notices()[0].Items[0].Off[0].IsValid())
	_, err := cn.Calendar().Day(date("2006-12-30"))
	assert.NoError(t, err)

	// Working in the amendments leaves what Notices shows as issued.
	cn.Calendar()
	i := slices.IndexFunc(cn.Notices(), func(n cn.Notice) bool { return n.Number == "国办发明电〔2019〕16号" })
	assert.Contains(t, cn.Notices()[i].Items[1].Work, date("2020-02-01"), "as issued")
}

func TestEditionsShareNothing(t *testing.T) {
	assert.NotSame(t, cn.Calendar(), cn.Calendar())
}

// Not parallel: it sets a variable of rickar/cal.
func TestBusinessAgrees(t *testing.T) {
	c := cn.Calendar()
	was := cal.DefaultLoc
	defer func() { cal.DefaultLoc = was }()
	// In Asunción National Day of 2023 began at 01:00.
	for _, zone := range []string{"Asia/Shanghai", "UTC", "America/Asuncion", "Pacific/Kiritimati"} {
		loc, err := time.LoadLocation(zone)
		require.NoError(t, err)
		cal.DefaultLoc = loc
		b := cn.Business()
		b.Cacheable = true
		for d := c.Certain().From; c.Certain().Contains(d); d = d.AddDays(1) {
			day, err := c.Day(d)
			require.NoError(t, err)
			working := day.Kind == contract.DayWorking || day.Kind == contract.DayMakeup
			y, m, dd := d.Date()
			for _, at := range []time.Time{
				time.Date(y, m, dd, 0, 0, 0, 0, time.UTC),
				time.Date(y, m, dd, 23, 59, 59, 0, loc),
			} {
				require.Equal(t, working, b.IsWorkday(at), "%v %v in %s", at, day, zone)
				actual, observed, h := b.IsHoliday(at)
				off := day.Kind == contract.DayHoliday || day.Kind == contract.DayRest
				require.Equal(t, [2]bool{off, off}, [2]bool{actual, observed}, "%v %v", at, day)
				if off {
					require.Equal(t, day.Name, h.Name)
					require.Equal(t, day.Kind == contract.DayHoliday, h.Type == cal.ObservancePublic, "%v", d)
				}
			}
		}
	}
}

func TestHolidays(t *testing.T) {
	all := cn.Holidays()
	names := make(map[string]bool)
	days := 0
	for _, h := range all {
		key := h.Name + h.Description
		assert.False(t, names[key], "%s twice", key)
		names[key] = true
		for y := 2005; y <= 2030; y++ {
			actual, observed := h.Calc(y)
			assert.Equal(t, actual, observed)
			if actual.IsZero() {
				continue
			}
			days++
			assert.Equal(t, y, actual.Year(), "%s: a date lies in the year that is asked for", key)
			assert.Equal(t, cal.DefaultLoc, actual.Location())
		}
	}
	assert.Equal(t, 677-132, days, "every day off, once")

	h := all[slices.IndexFunc(all, func(h *cal.Holiday) bool {
		return h.Name == "春节" && h.Description == "Spring Festival, statutory day 1"
	})]
	actual, _ := h.Calc(2025)
	assert.Equal(t, date("2025-01-28"), contract.DateOf(actual), "the eve")
	actual, _ = h.Calc(2024)
	assert.Equal(t, date("2024-02-10"), contract.DateOf(actual), "the first day of the lunar year")
	actual, _ = h.Calc(2027)
	assert.True(t, actual.IsZero(), "no notice yet: not observed")
}
