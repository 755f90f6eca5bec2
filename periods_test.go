package contract_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/cfd16870/contract"
	"github.com/cfd16870/contract/proof"
)

// civilCode is periods by Civil Code art. 200 to 203, as changed.
func civilCode(t require.TestingT, change func(*contract.PeriodsClause)) *contract.Periods {
	c := contract.PeriodsClause{FirstDay: contract.FirstDayNotCounted, MonthEnd: contract.MonthEndLast, RestDay: contract.RestDayRolls, Ends: contract.DayEndsAt24}
	change(&c)
	p, err := contract.NewPeriods(beijing, c, repairDays(contract.MakeupCount), supportHours())
	require.NoError(t, err)
	return p
}

func asIs(*contract.PeriodsClause)         {}
func fromTheDay(c *contract.PeriodsClause) { c.FirstDay = contract.FirstDayCounted }
func toClosing(c *contract.PeriodsClause)  { c.Ends = contract.DayEndsAtClosing }
func overMonth(c *contract.PeriodsClause)  { c.MonthEnd = contract.MonthEndNext }
func noMonthEnd(c *contract.PeriodsClause) { c.MonthEnd = contract.MonthEndRefuse }

// The end of a span on every clock, by each convention.
func TestEndAt(t *testing.T) {
	const stays, rolls, back, within = contract.RestDayStays, contract.RestDayRolls, contract.RestDayRollsBack, contract.RestDayRollsWithin
	for _, c := range []struct {
		why, from, span string
		rest            contract.RestDay
		change          func(*contract.PeriodsClause)
		day, at         string
	}{
		{"art. 201: hours run from the moment itself", "Fri 2024-03-01 17:30", "12 clock hours", stays, asIs, "2024-03-02", "2024-03-02 05:30"},
		{"service hours run in hours", "Fri 2024-03-01 17:30", "12 service hours", stays, asIs, "2024-03-05", "2024-03-05 13:30"},
		{"service time used up at closing ends at closing", "Fri 2024-03-01 17:30", "30 service minutes", stays, asIs, "2024-03-01", "2024-03-01 18:00"},
		{"no service time at all is the moment itself, out of hours too", "Sat 2024-03-02 03:00", "0 service minutes", stays, asIs, "2024-03-02", "2024-03-02 03:00"},
		{"working days, the day itself not counted", "Mon 2024-04-29 10:00", "7 working days", stays, asIs, "2024-05-11", "2024-05-12 00:00"},
		{"working days end at closing; a make-up Saturday without a window as Monday", "Mon 2024-04-29 10:00", "7 working days", stays, toClosing, "2024-05-11", "2024-05-11 18:00"},
		{"working days, the day itself counted", "Mon 2024-04-29 10:00", "2 working days", stays, fromTheDay, "2024-04-30", "2024-05-01 00:00"},
		{"no working day is the day itself", "Sat 2024-03-02 10:00", "0 working days", stays, asIs, "2024-03-02", "2024-03-03 00:00"},
		{"days", "Fri 2024-03-01 17:30", "30 days", stays, asIs, "2024-03-31", "2024-04-01 00:00"},
		{"days that roll", "Fri 2024-03-01 17:30", "30 days", rolls, asIs, "2024-04-01", "2024-04-02 00:00"},
		{"days that roll back", "Fri 2024-03-01 17:30", "30 days", back, asIs, "2024-03-29", "2024-03-30 00:00"},
		{"days that roll, but not into another month", "Fri 2024-03-01 17:30", "30 days", within, asIs, "2024-03-29", "2024-03-30 00:00"},
		{"within the month a day rolls on", "Fri 2024-03-01 17:30", "15 days", within, asIs, "2024-03-18", "2024-03-19 00:00"},
		{"days end at closing", "Fri 2024-03-01 17:30", "30 days", rolls, toClosing, "2024-04-01", "2024-04-01 18:00"},
		{"a half day that was agreed closes at noon", "Tue 2024-02-06 10:00", "3 days", stays, toClosing, "2024-02-09", "2024-02-09 12:00"},
		{"weeks", "Fri 2024-03-01 17:30", "2 weeks", stays, asIs, "2024-03-15", "2024-03-16 00:00"},
		{"a month without the day: its last", "Wed 2024-01-31 09:00", "1 month", stays, asIs, "2024-02-29", "2024-03-01 00:00"},
		{"a month without the day: the first of the next", "Wed 2024-01-31 09:00", "1 month", stays, overMonth, "2024-03-01", "2024-03-02 00:00"},
		{"a year", "Fri 2024-03-01 09:00", "1 year", stays, asIs, "2025-03-01", "2025-03-02 00:00"},
		{"a year, its first day counted", "Fri 2024-03-01 09:00", "1 year", stays, fromTheDay, "2025-02-28", "2025-03-01 00:00"},
	} {
		t.Run(c.why, func(t *testing.T) {
			end, err := civilCode(t, c.change).EndAt(contract.MustParseSpan(c.span), when(c.from), c.rest)
			require.NoError(t, err)
			assert.Equal(t, c.day, end.Day.String())
			assert.Equal(t, c.at, end.At.Format("2006-01-02 15:04"))
			explains(t, end.Explain(), proof.InstantOf(end.At))
		})
	}
}

// Counted back.
func TestStartOf(t *testing.T) {
	const stays, back = contract.RestDayStays, contract.RestDayRollsBack
	for _, c := range []struct {
		why, by, span string
		rest          contract.RestDay
		change        func(*contract.PeriodsClause)
		want          string
	}{
		{"thirty days before a term ends", "2024-12-31", "30 days", stays, asIs, "2024-12-01"},
		{"on a Sunday, rolled back to Friday", "2024-12-31", "30 days", back, asIs, "2024-11-29"},
		{"a Sunday that is worked stays", "2024-05-28", "30 days", back, asIs, "2024-04-28"},
		{"the day itself counted, it is a day later", "2024-12-31", "30 days", stays, fromTheDay, "2024-12-02"},
		{"two weeks", "2024-12-31", "2 weeks", stays, asIs, "2024-12-17"},
		{"a month before the last of March", "2024-03-31", "1 month", stays, asIs, "2024-02-29"},
		{"or the first of March", "2024-03-31", "1 month", stays, overMonth, "2024-03-01"},
		{"a year before the 29th of February", "2024-02-29", "1 year", stays, asIs, "2023-02-28"},
		{"five working days by a Monday", "2024-03-11", "5 working days", stays, asIs, "2024-03-04"},
		{"five working days by a Sunday", "2024-03-10", "5 working days", stays, asIs, "2024-03-03"},
		{"over Labour Day and the make-up Saturday", "2024-05-13", "8 working days", stays, asIs, "2024-04-29"},
		{"no working day", "2024-03-10", "0 working days", stays, asIs, "2024-03-10"},
	} {
		t.Run(c.why, func(t *testing.T) {
			start, err := civilCode(t, c.change).StartOf(contract.MustParseSpan(c.span), on(c.by), c.rest)
			require.NoError(t, err)
			assert.Equal(t, c.want, start.Day.String())
			assert.Equal(t, on(c.want).AddDays(1).StartIn(beijing), start.At)
			explains(t, start.Explain(), dateOf(start.Day))
		})
	}
}

// Art. 1259: more than 30 days, 30 full days and after 30 days begin on two days.
func TestFirstDayOfATrigger(t *testing.T) {
	for _, c := range []struct {
		why, trigger, from string
		change             func(*contract.PeriodsClause)
		want               string
	}{
		{"full days are there on the last", "30 full days", "2024-03-01", asIs, "2024-03-31"},
		{"more than excludes the number", "more than 30 days", "2024-03-01", asIs, "2024-04-01"},
		{"after comes the day after", "after 30 days", "2024-03-01", asIs, "2024-04-01"},
		{"full days, the first counted", "30 full days", "2024-03-01", fromTheDay, "2024-03-30"},
		{"a full month from the 31st", "1 full month", "2024-01-31", asIs, "2024-02-29"},
		{"more than a month from the 31st", "more than 1 month", "2024-01-31", asIs, "2024-03-01"},
		{"more than two weeks", "more than 2 weeks", "2024-03-01", asIs, "2024-03-16"},
	} {
		t.Run(c.why, func(t *testing.T) {
			trigger, err := contract.ParseTrigger(c.trigger)
			require.NoError(t, err)
			first, err := civilCode(t, c.change).FirstDay(trigger, on(c.from))
			require.NoError(t, err)
			assert.Equal(t, c.want, first.Day.String())
			explains(t, first.Explain(), dateOf(first.Day))
		})
	}
}

// Days and working days counted back and forward again come to the day, and a day
// later does not; what ends by a day ends on it or before.
func TestStartAndEndAreInverse(t *testing.T) {
	for name, change := range map[string]func(*contract.PeriodsClause){"not counted": asIs, "counted": fromTheDay} {
		t.Run(name, rapid.MakeCheck(func(t *rapid.T) {
			p := civilCode(t, change)
			by := on("2024-01-01").AddDays(rapid.IntRange(0, 700).Draw(t, "by"))
			n := rapid.IntRange(1, 40).Draw(t, "n")
			units := []contract.Unit{contract.UnitDays, contract.UnitWeeks, contract.UnitWorkingDays}
			if name == "counted" { // else a month back is to the corresponding day, of which there may be several
				units = append(units, contract.UnitMonths)
			}
			unit := rapid.SampledFrom(units).Draw(t, "unit")
			span, err := contract.CountSpan(n, unit)
			require.NoError(t, err)
			start, err := p.StartOf(span, by, contract.RestDayStays)
			require.NoError(t, err)
			end, err := p.EndOf(span, start.Day, contract.RestDayStays)
			require.NoError(t, err)
			require.False(t, end.Day.After(by), "%v from %v ends on %v, after %v", span, start.Day, end.Day, by)
			later, err := p.EndOf(span, start.Day.AddDays(1), contract.RestDayStays)
			require.NoError(t, err)
			require.True(t, later.Day.After(by), "%v from %v ends on %v", span, start.Day.AddDays(1), later.Day)
		}))
	}
}

func TestStartOfMonths(t *testing.T) {
	for _, row := range []struct{ why, span, by, start string }{
		{"a month that ends on 27 March", "1 month", "2023-03-28", "2023-02-28"},
		{"from 1 March it would end on 31 May", "3 months", "2023-05-28", "2023-02-28"},
		{"from 1 March it would end on 29 February", "1 year", "2024-02-28", "2023-02-28"},
		{"February whole", "1 month", "2023-02-28", "2023-02-01"},
	} {
		start, err := civilCode(t, fromTheDay).StartOf(contract.MustParseSpan(row.span), on(row.by), contract.RestDayStays)
		require.NoError(t, err)
		assert.Equal(t, on(row.start), start.Day, row.why)
		require.NoError(t, start.Explain().Check().Err(), row.why)
	}
	_, err := civilCode(t, asIs).EndAt(contract.MustParseSpan("30 days"), time.Time{}, contract.RestDayStays)
	require.ErrorIs(t, err, contract.ErrRequired, "from no instant")
}

func TestPeriodsFaults(t *testing.T) {
	_, err := contract.NewPeriods(nil, contract.PeriodsClause{FirstDay: "first", Ends: contract.DayEndsAtClosing}, nil, nil)
	var faults contract.Errors
	require.ErrorAs(t, err, &faults)
	var at []string
	for _, f := range faults {
		at = append(at, f.Pointer)
	}
	assert.Equal(t, []string{"", "/firstDay", "/monthEnd", "/restDay", "/days", "/hours"}, at, "all at once")

	// Hours that cannot be those of the periods.
	closing := contract.PeriodsClause{FirstDay: contract.FirstDayNotCounted, MonthEnd: contract.MonthEndLast, RestDay: contract.RestDayStays, Ends: contract.DayEndsAtClosing}
	days := func(end contract.DayEnd) *contract.WorkingDays {
		w, err := contract.NewWorkingDays(contract.DaysClause{Week: "mon-fri", MakeupDays: contract.MakeupCount, WithoutWindow: end}, published)
		require.NoError(t, err)
		return w
	}
	_, err = contract.NewPeriods(inZone("Europe/London"), closing, days("ends 18:00"), hoursWith(t))
	require.ErrorIs(t, err, contract.ErrConflict)
	assert.ErrorContains(t, err, "they are of the zone Asia/Shanghai, and the periods of Europe/London")
	_, err = contract.NewPeriods(beijing, closing, days("ends as sun"), hoursWith(t))
	require.ErrorIs(t, err, contract.ErrConflict)
	assert.ErrorContains(t, err, "ends as sun, on which they have none (/week)")
	_, err = contract.NewPeriods(beijing, closing, days("ends as fri"), hoursWith(t))
	require.NoError(t, err)

	p := civilCode(t, asIs)
	span := contract.MustParseSpan("30 days")
	for _, c := range []struct {
		why  string
		ask  func() error
		kind error
	}{
		{"no day", func() error { _, err := p.EndOf(span, contract.Date{}, contract.RestDayStays); return err }, contract.ErrRequired},
		{"no word", func() error { _, err := p.EndOf(span, on("2024-03-01"), ""); return err }, contract.ErrRequired},
		{"hours from a day", func() error {
			_, err := p.EndOf(contract.MustParseSpan("3 clock hours"), on("2024-03-01"), contract.RestDayStays)
			return err
		}, contract.ErrInvalid},
		{"an instant does not roll", func() error {
			_, err := p.EndAt(contract.MustParseSpan("3 clock hours"), when("Fri 2024-03-01 09:00"), contract.RestDayRolls)
			return err
		}, contract.ErrInvalid},
		{"counted back it does not roll later", func() error { _, err := p.StartOf(span, on("2024-03-01"), contract.RestDayRolls); return err }, contract.ErrInvalid},
		{"nor within the month, which may be later", func() error { _, err := p.StartOf(span, on("2024-03-01"), contract.RestDayRollsWithin); return err }, contract.ErrInvalid},
		{"no trigger", func() error { _, err := p.FirstDay(contract.Trigger{}, on("2024-03-01")); return err }, contract.ErrRequired},
		{"an unpublished year", func() error {
			_, err := p.EndOf(contract.MustParseSpan("7 working days"), on("2028-03-01"), contract.RestDayStays)
			return err
		}, contract.ErrRange},
		{"a month that lacks the day is refused", func() error {
			_, err := civilCode(t, noMonthEnd).EndOf(contract.MustParseSpan("1 month"), on("2024-01-31"), contract.RestDayStays)
			return err
		}, contract.ErrInvalid},
		{"the zero Periods", func() error {
			_, err := new(contract.Periods).EndAt(span, time.Now(), contract.RestDayStays)
			return err
		}, contract.ErrInvalid},
	} {
		t.Run(c.why, func(t *testing.T) { assert.ErrorIs(t, c.ask(), c.kind) })
	}
	last, err := p.EndOf(contract.MustParseSpan("1 calendar day"), on("9999-12-30"), contract.RestDayStays)
	require.NoError(t, err)
	assert.True(t, last.At.IsZero(), "the last day that there is has no end")
	_, err = p.EndAt(contract.MustParseSpan("0 days"), on("9999-12-31").StartIn(beijing), contract.RestDayStays)
	require.ErrorIs(t, err, contract.ErrRange)
	_, err = p.EndAt(contract.MustParseSpan("24 clock hours"), on("9999-12-28").StartIn(beijing), contract.RestDayStays)
	require.ErrorIs(t, err, contract.ErrRange)
	last, err = p.EndAt(contract.MustParseSpan("3 days"), on("9999-12-28").StartIn(beijing), contract.RestDayStays)
	require.NoError(t, err)
	explains(t, last.Explain(), proof.DateOf(9999, time.December, 31))
	_, err = p.EndAt(contract.MustParseSpan("1 clock hour"), on("0001-01-09").StartIn(beijing), contract.RestDayStays)
	require.ErrorIs(t, err, contract.ErrRange, "an instant that no working can spell")
	first, err := p.EndAt(contract.MustParseSpan("1 calendar day"), on("0001-01-10").StartIn(beijing), contract.RestDayStays)
	require.NoError(t, err)
	require.NoError(t, first.Explain().Check().Err())

	without, err := contract.NewPeriods(beijing, contract.PeriodsClause{FirstDay: contract.FirstDayCounted, MonthEnd: contract.MonthEndLast, RestDay: contract.RestDayStays, Ends: contract.DayEndsAt24}, repairDays(contract.MakeupCount), nil)
	require.NoError(t, err)
	_, err = without.EndAt(contract.MustParseSpan("3 service hours"), when("Fri 2024-03-01 09:00"), contract.RestDayStays)
	assert.ErrorIs(t, err, contract.ErrRequired, "service time of which hours?")
}

// A document may end its days at the closing of its hours.
func TestPeriodsOfADocumentEndAtClosing(t *testing.T) {
	c := compileEdited(t, edit{"/periods/ends", "closing"}, edit{"/periods/hours", "service"})
	end, err := c.EndOf(contract.MustParseSpan("30 days"), on("2024-03-04"), contract.RestDayRolls)
	require.NoError(t, err)
	assert.Equal(t, when("Wed 2024-04-03 18:00"), end.At)
	p, err := c.Periods(on("2024-03-04"))
	require.NoError(t, err)
	at, err := p.EndAt(contract.MustParseSpan("30 days"), when("Mon 2024-03-04 10:00"), contract.RestDayRolls)
	require.NoError(t, err)
	explains(t, at.Explain(), proof.InstantOf(end.At))
}
