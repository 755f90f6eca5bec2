package cn_test

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cfd16870/contract"
	"github.com/cfd16870/contract/cn"
)

func through(first, last string) []contract.Period {
	return []contract.Period{contract.Through(date(first), date(last))}
}

// supposed is a notice for 2027 as one may come: the days that the law names, with
// the weekends around them and the days worked for the rest.
func supposed() cn.Notice {
	return cn.Notice{Year: 2027, Number: "supposed", Issued: date("2026-11-05"), Items: []cn.Item{
		{Holiday: "元旦", Off: through("2027-01-01", "2027-01-03")},
		{Holiday: "春节", Off: through("2027-02-05", "2027-02-11"), Work: []contract.Date{date("2027-01-31"), date("2027-02-14")}},
		{Holiday: "清明节", Off: through("2027-04-03", "2027-04-05")},
		{Holiday: "劳动节", Off: through("2027-05-01", "2027-05-05"), Work: []contract.Date{date("2027-05-08")}},
		{Holiday: "端午节", Off: through("2027-06-09", "2027-06-09")},
		{Holiday: "中秋节", Off: through("2027-09-15", "2027-09-15")},
		{Holiday: "国庆节", Off: through("2027-10-01", "2027-10-07"), Work: []contract.Date{date("2027-09-26")}},
	}}
}

func TestWithANotice(t *testing.T) {
	c, err := cn.With(supposed())
	require.NoError(t, err)
	assert.Equal(t, "2026-11-05", c.Version())
	assert.Equal(t, date("2027-12-28"), c.Certain().Last(), "certain a year on")
	day, err := c.Day(date("2027-05-08"))
	require.NoError(t, err)
	assert.Equal(t, contract.Day{Kind: contract.DayMakeup, Name: "劳动节", Source: "supposed"}, day)
	day, err = c.Day(date("2027-05-02"))
	require.NoError(t, err)
	assert.Equal(t, contract.DayHoliday, day.Kind, "the law tells statutory days from the others")
	same, err := cn.With()
	require.NoError(t, err)
	assert.Equal(t, cn.Calendar().Version(), same.Version(), "with none it is the calendar")
	assert.Equal(t, cn.Calendar().Certain(), same.Certain())
}

// Notices of two years are taken in whichever order they are given.
func TestWithNoticesInAnyOrder(t *testing.T) {
	next := cn.Notice{Year: 2028, Number: "supposed too", Issued: date("2027-11-05"), Items: []cn.Item{
		{Holiday: "元旦", Off: through("2028-01-01", "2028-01-03")},
		{Holiday: "春节", Off: through("2028-01-25", "2028-01-30")},
		{Holiday: "清明节", Off: through("2028-04-04", "2028-04-04")},
		{Holiday: "劳动节", Off: through("2028-04-29", "2028-05-02")},
		{Holiday: "端午节", Off: through("2028-05-27", "2028-05-29")},
		{Holiday: "国庆节", Off: through("2028-10-01", "2028-10-05")},
	}}
	for _, list := range [][]cn.Notice{{supposed(), next}, {next, supposed()}} {
		c, err := cn.With(list...)
		require.NoError(t, err)
		assert.Equal(t, "2027-11-05", c.Version())
		assert.Equal(t, date("2028-12-28"), c.Certain().Last())
	}
	_, err := cn.With(next)
	assert.ErrorContains(t, err, "the years between have no notice")
}

// Every notice of the table would have been taken in its time.
func TestTheTableIsBalanced(t *testing.T) {
	granted := 0
	for _, n := range cn.Notices() {
		granted += n.Granted
	}
	assert.Equal(t, 3, granted, "one of 2015, two of 2020")
}

func TestNoticesThatAreNotTaken(t *testing.T) {
	for _, c := range []struct {
		why    string
		change func(*cn.Notice)
		kind   error
		says   string
	}{
		{"a day too many", func(n *cn.Notice) { n.Items[4].Off = through("2027-06-09", "2027-06-10") }, contract.ErrConflict, "a day is missing or one too many"},
		{"a day worked for nothing", func(n *cn.Notice) { n.Items[4].Work = []contract.Date{date("2027-06-12")} }, contract.ErrConflict, "a day is missing"},
		{"a make-up day copied wrong", func(n *cn.Notice) { n.Items[3].Work[0] = date("2027-05-07") }, contract.ErrInvalid, "a Friday is no day to make up"},
		{"a holiday of the law forgotten", func(n *cn.Notice) { n.Items = slices.Delete(n.Items, 4, 5) }, contract.ErrConflict, "2027-06-09: the law names it, 端午节"},
		{"a holiday of the law on another day", func(n *cn.Notice) { n.Items[4].Off = through("2027-06-12", "2027-06-12") }, contract.ErrConflict, "2027-06-09: the law names it, 端午节"},
		{"fewer than none granted", func(n *cn.Notice) { n.Granted = -1 }, contract.ErrInvalid, "0 or more"},
		{"a year past all years", func(n *cn.Notice) { n.Year = 10000 }, contract.ErrRange, "the years 2007 to 2050"},
		{"a year before all years", func(n *cn.Notice) { n.Year = -5 }, contract.ErrRange, "the years 2007 to 2050"},
		{"it amends itself", func(n *cn.Notice) { n.Amends = n.Number }, contract.ErrConflict, "amends itself"},
		{"issued before the last that is known: two calendars would have one version", func(n *cn.Notice) { n.Issued = date("2025-11-04") }, contract.ErrConflict, "issued through 2025-11-04"},
		{"a year too far", func(n *cn.Notice) { n.Year = 2028 }, contract.ErrInvalid, "2028 follows 2026"},
		{"a year that has one", func(n *cn.Notice) { n.Year = 2026 }, contract.ErrConflict, "2026 has a notice of its own"},
		{"a day of another year", func(n *cn.Notice) { n.Items[0].Off = through("2026-01-01", "2026-01-03") }, contract.ErrRange, "2026-12-29..2027-12-28"},
		{"no number", func(n *cn.Notice) { n.Number = "" }, contract.ErrRequired, "has a number"},
		{"no day of issue", func(n *cn.Notice) { n.Issued = contract.Date{} }, contract.ErrRequired, "on which day"},
		{"no days", func(n *cn.Notice) { n.Items = nil }, contract.ErrRequired, "names no days"},
		{"a holiday without days", func(n *cn.Notice) { n.Items[4].Off = nil }, contract.ErrRequired, "which days are off"},
		{"days the wrong way round", func(n *cn.Notice) {
			n.Items[0].Off[0] = contract.Period{From: date("2027-01-03"), Until: date("2027-01-01")}
		}, contract.ErrInvalid, "are none"},
		{"it takes back days of no other", func(n *cn.Notice) { n.Items[4].Withdrawn = []contract.Date{date("2027-06-10")} }, contract.ErrConflict, "say which one it amends"},
		{"issued when the year was over", func(n *cn.Notice) { n.Issued = date("2028-01-05") }, contract.ErrConflict, "when 2027 was over"},
		{"a day off twice", func(n *cn.Notice) { n.Items[1].Off = through("2027-01-03", "2027-01-09") }, contract.ErrConflict, "2027-01-03"},
		{"it amends a notice of another year, whose days it would not balance", func(n *cn.Notice) { n.Amends = "国办发明电〔2025〕7号" }, contract.ErrConflict, "which is for 2026"},
		{"it would make the years between certain", func(n *cn.Notice) { n.Year, n.Amends = 2029, "国办发明电〔2025〕7号" }, contract.ErrConflict, "a notice for 2029 amends"},
		{"it takes back a day of another year", func(n *cn.Notice) { n.Items[4].Withdrawn = []contract.Date{date("2026-10-10")} }, contract.ErrRange, "2026-12-29..2027-12-28"},
		{"it amends what is not there", func(n *cn.Notice) { n.Amends = "another" }, contract.ErrUnknown, "not issued before it"},
	} {
		t.Run(c.why, func(t *testing.T) {
			n := supposed()
			c.change(&n)
			_, err := cn.With(n)
			require.ErrorIs(t, err, c.kind)
			assert.ErrorContains(t, err, c.says)
		})
	}
	n := supposed()
	n.Items[4].Off, n.Granted = through("2027-06-09", "2027-06-10"), 1
	_, err := cn.With(n)
	assert.NoError(t, err, "a day granted, and said so")

	// A change of a year that has begun, withdrawn days and all.
	change := cn.Notice{Year: 2026, Number: "change", Issued: date("2026-04-01"), Amends: "国办发明电〔2025〕7号", Granted: 1,
		Items: []cn.Item{{Holiday: "端午节", Off: through("2026-06-22", "2026-06-22")}}}
	for _, own := range cn.Notices() {
		if own.Year == 2026 && own.Amends == "" {
			change.Amends = own.Number
		}
	}
	c, err := cn.With(change)
	require.NoError(t, err)
	day, err := c.Day(date("2026-06-22"))
	require.NoError(t, err)
	assert.Equal(t, contract.DayRest, day.Kind)
	assert.Equal(t, "2026-04-01", c.Version())
}

// The notices are the caller's: to ask twice is to ask the same.
func TestWithChangesNoNotice(t *testing.T) {
	a := supposed()
	am := cn.Notice{Year: 2027, Number: "change", Issued: date("2026-12-01"), Amends: "supposed", Items: []cn.Item{
		{Holiday: "劳动节", Replaces: true, Off: through("2027-05-01", "2027-05-03"), Work: nil},
	}, Granted: 0}
	first, err := cn.With(a, am)
	if err != nil { // whatever the balance says, it says twice
		_, again := cn.With(a, am)
		require.EqualError(t, again, err.Error())
	} else {
		second, err := cn.With(a, am)
		require.NoError(t, err)
		assert.Equal(t, first.Version(), second.Version())
	}
	assert.Equal(t, supposed(), a)
}
