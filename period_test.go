package contract_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/cfd16870/contract"
)

func TestParseTrigger(t *testing.T) {
	for _, tt := range []struct {
		why, text, span string
		passed          bool
	}{
		{"超过: the number itself is not enough", "more than 30 days", "30 days", true},
		{"满: the number itself is", "30 full days", "30 days", false},
		{"后: begins when it is over", "after 60 days", "60 days", true},
		{"one day has a spelling of its own", "1 full calendar day", "1 calendar day", false},
		{"and so has one after which something begins", "more than 1 calendar day", "1 calendar day", true},
		{"months", "3 full months", "3 months", false},
		{"weeks", "after 2 weeks", "2 weeks", true},
	} {
		t.Run(tt.why, func(t *testing.T) {
			trigger, err := contract.ParseTrigger(tt.text)
			require.NoError(t, err)
			assert.Equal(t, tt.span, trigger.Span().String())
			assert.Equal(t, tt.passed, trigger.Passed())
			assert.Equal(t, tt.text, trigger.String())
			assert.False(t, trigger.IsZero())
			again, err := contract.ParseTrigger(trigger.String())
			require.NoError(t, err)
			assert.True(t, again == trigger, "it is read as it is written")
		})
	}
	for _, text := range []string{
		"", "30 days", "over 30 days", ">30 days", "more than", "more than  30 days", "more than 30 hours", "more than 10 working days", "more than 030 days",
		"full 30 days", "30 full", "30 full hours", "30  full days", "1 full day", "30 full days ", " full days", "more than 1000001 days", "MORE THAN 30 days",
	} {
		_, err := contract.ParseTrigger(text)
		assert.Error(t, err, "%q", text)
	}
	_, err := contract.ParseTrigger("30 days")
	assert.ErrorIs(t, err, contract.ErrSyntax)
	assert.ErrorContains(t, err, "more than 30 days, 30 full days or after 30 days", "it says what would be right")
	_, err = contract.ParseTrigger("more than 30 full days")
	assert.ErrorContains(t, err, `"more than 30 full days": full days are counted by a number`)
}

func FuzzParseTrigger(f *testing.F) {
	for _, s := range []string{"more than 30 days", "30 full days", "after 2 weeks", "1 full calendar day", "x full x full x"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		trigger, err := contract.ParseTrigger(s)
		if err != nil {
			assert.True(t, trigger.IsZero())
			return
		}
		assert.Equal(t, s, trigger.String(), "one spelling")
	})
}

// Periods as the sample counts them: Civil Code art. 200 to 203.
func TestEndOf(t *testing.T) {
	const rolls, statutory, stays = contract.RestDayRolls, contract.RestDayRollsStatutory, contract.RestDayStays
	for _, tt := range []struct {
		why, span, from string
		rest            contract.RestDay
		want            string
		edits           []edit
	}{
		{"art. 201: the day itself is not counted", "30 days", "2024-03-01", stays, "2024-03-31", nil},
		{"counted it is a day less", "30 days", "2024-03-01", stays, "2024-03-30", []edit{{"/periods/firstDay", "counted"}}},
		{"a week is seven days", "2 weeks", "2024-03-01", stays, "2024-03-15", nil},
		{"a year from 1 March ends on 1 March", "1 year", "2024-03-01", stays, "2025-03-01", nil},
		{"counted it ends on the last of February", "1 year", "2024-03-01", stays, "2025-02-28", []edit{{"/periods/firstDay", "counted"}}},
		{"and on the 29th of a leap year", "12 months", "2023-03-01", stays, "2024-02-29", []edit{{"/periods/firstDay", "counted"}}},
		{"art. 202: the corresponding day", "1 month", "2024-01-15", stays, "2024-02-15", nil},
		{"art. 202: else the last of the month", "1 month", "2024-01-31", stays, "2024-02-29", nil},
		{"from the 31st of August six months on", "6 months", "2025-08-31", stays, "2026-02-28", nil},
		{"another document: the first of the next month", "1 month", "2024-01-31", stays, "2024-03-01", []edit{{"/periods/monthEnd", "first of next month"}}},
		{"the last of February is not the last of March", "1 month", "2024-02-29", stays, "2024-03-29", nil},
		{"no day at all", "0 days", "2024-03-01", stays, "2024-03-01", nil},

		{"art. 203: a Sunday goes to Monday", "30 days", "2024-02-09", rolls, "2024-03-11", nil},
		{"over statutory holidays only a Sunday stays", "30 days", "2024-02-09", statutory, "2024-03-10", nil},
		{"into the festival: to the day after the rest ends, a make-up Sunday", "30 days", "2024-01-12", rolls, "2024-02-18", nil},
		{"over statutory holidays only: past the three by statute, to the first that is merely off", "30 days", "2024-01-12", statutory, "2024-02-13", nil},
		{"a make-up Saturday is no rest day", "30 days", "2026-01-15", rolls, "2026-02-14", nil},
		{"where make-up days do not count it is one", "30 days", "2026-01-15", rolls, "2026-02-24", []edit{{"/workingDays/state/makeupDays", "ignored"}}},
		{"one day later it waits for the end of the festival", "30 days", "2026-01-16", rolls, "2026-02-24", nil},
		{"National Day on a Saturday", "15 days", "2026-09-18", rolls, "2026-10-08", nil},
		{"a day that is worked stays", "30 days", "2024-03-12", rolls, "2024-04-11", nil},
	} {
		t.Run(tt.why, func(t *testing.T) {
			c := compileEdited(t, tt.edits...)
			end, err := c.EndOf(contract.MustParseSpan(tt.span), on(tt.from), tt.rest)
			require.NoError(t, err)
			assert.Equal(t, tt.want, end.Day.String())
			w := end.Explain()
			require.NoError(t, w.Check().Err())
			assert.Equal(t, tt.want, w.Result.Text)
		})
	}
}

func TestEndOfFaults(t *testing.T) {
	c := compileEdited(t)
	for _, tt := range []struct {
		why  string
		span string
		from contract.Date
		rest contract.RestDay
		kind error
	}{
		{"no day", "30 days", contract.Date{}, contract.RestDayStays, contract.ErrRequired},
		{"no word", "30 days", on("2024-03-01"), "", contract.ErrRequired},
		{"a word that is none", "30 days", on("2024-03-01"), "rolls", contract.ErrUnknown},
		{"hours are no days", "30 clock hours", on("2024-03-01"), contract.RestDayStays, contract.ErrInvalid},
		{"past the last year", "1 calendar day", on("9999-12-31"), contract.RestDayStays, contract.ErrRange},
		{"far past it", "1000000 years", on("2024-03-01"), contract.RestDayStays, contract.ErrRange},
		{"nobody has published the rest days of 2029", "30 days", on("2029-04-15"), contract.RestDayRolls, contract.ErrRange},
	} {
		t.Run(tt.why, func(t *testing.T) {
			_, err := c.EndOf(contract.MustParseSpan(tt.span), tt.from, tt.rest)
			assert.ErrorIs(t, err, tt.kind)
		})
	}
	refuses := compileEdited(t, edit{"/periods/monthEnd", "refuse"})
	_, err := refuses.EndOf(contract.MustParseSpan("1 month"), on("2024-01-31"), contract.RestDayStays)
	assert.ErrorIs(t, err, contract.ErrInvalid, "a document may refuse a month without the day")
	counted := compileEdited(t, edit{"/periods/firstDay", "counted"})
	for _, nothing := range []string{"0 days", "0 weeks", "0 months", "0 working days"} {
		end, err := counted.EndOf(contract.MustParseSpan(nothing), on("2026-01-30"), contract.RestDayStays)
		require.NoError(t, err)
		assert.Equal(t, on("2026-01-30"), end.Day, "%s end on the day itself, which is not a first of any", nothing)
	}
}

// countedOut is the end of a period by a calendar on the wall: a day is struck out
// after the other; a month is looked up by its name.
func countedOut(n int, unit string, from time.Time, firstDay, monthEnd string, rolls func(time.Time) bool) (time.Time, bool) {
	d := from
	switch unit {
	case "weeks", "days":
		if unit == "weeks" {
			n *= 7
		}
		for range n {
			d = d.AddDate(0, 0, 1)
		}
	case "months", "years":
		if unit == "years" {
			n *= 12
		}
		first := time.Date(from.Year(), from.Month(), 1, 0, 0, 0, 0, time.UTC)
		for range n {
			first = first.AddDate(0, 1, 0)
		}
		d = first.AddDate(0, 0, from.Day()-1)
		if d.Month() != first.Month() {
			switch d = first.AddDate(0, 1, 0); monthEnd {
			case "last day":
				d = d.AddDate(0, 0, -1)
			case "refuse":
				return d, false
			}
		}
	}
	if firstDay == "counted" {
		d = d.AddDate(0, 0, -1)
	}
	for rolls(d) {
		d = d.AddDate(0, 0, 1)
	}
	return d, true
}

// restsIn2024 is the published arrangement, day by day, for the reference.
func restsIn2024(d time.Time) bool {
	s := d.Format(time.DateOnly)
	for _, worked := range []string{"2024-02-04", "2024-02-18", "2024-04-07", "2024-04-28", "2024-05-11", "2024-09-14", "2024-09-29", "2024-10-12"} {
		if s == worked {
			return false
		}
	}
	for _, off := range [][2]string{{"2024-01-01", "2024-01-01"}, {"2024-02-10", "2024-02-17"}, {"2024-04-04", "2024-04-06"}, {"2024-05-01", "2024-05-05"},
		{"2024-06-08", "2024-06-10"}, {"2024-09-15", "2024-09-17"}, {"2024-10-01", "2024-10-07"}} {
		if s >= off[0] && s <= off[1] {
			return true
		}
	}
	return d.Weekday() == time.Saturday || d.Weekday() == time.Sunday
}

// What the engine counts is what a person counts on a calendar, day by day, and the
// working of it holds.
func TestPeriodsAgainstTheCalendarOnTheWall(t *testing.T) {
	type way struct{ firstDay, monthEnd string }
	var ways []way
	compiled := make(map[way]*contract.Contract)
	for _, first := range []string{"not counted", "counted"} {
		for _, end := range []string{"last day", "first of next month", "refuse"} {
			w := way{first, end}
			ways = append(ways, w)
			compiled[w] = compileEdited(t, edit{"/periods/firstDay", first}, edit{"/periods/monthEnd", end})
		}
	}
	edges := []string{"2023-12-31", "2024-01-29", "2024-01-30", "2024-01-31", "2024-02-09", "2024-02-28", "2024-02-29", "2024-03-01", "2024-03-31", "2024-04-30", "2024-08-31", "2024-09-30"}
	rapid.Check(t, func(t *rapid.T) {
		w := rapid.SampledFrom(ways).Draw(t, "way")
		from, _ := time.Parse(time.DateOnly, rapid.SampledFrom(edges).Draw(t, "from"))
		from = from.AddDate(0, 0, rapid.SampledFrom([]int{0, 0, 0, -1, 1, 12}).Draw(t, "shifted"))
		unit := rapid.SampledFrom([]string{"days", "weeks", "months", "years"}).Draw(t, "unit")
		n := rapid.SampledFrom([]int{2, 3, 6, 10, 12, 13, 15, 30, 60}).Draw(t, "n")
		rest := rapid.SampledFrom([]contract.RestDay{contract.RestDayStays, contract.RestDayRolls}).Draw(t, "rest")

		rolls := func(time.Time) bool { return false }
		plain, ok := countedOut(n, unit, from, w.firstDay, w.monthEnd, rolls)
		if rest == contract.RestDayRolls {
			if !ok || plain.Year() != 2024 || plain.YearDay() > 360 {
				return // the reference knows one year's rest days
			}
			rolls = restsIn2024
		}
		want, ok := countedOut(n, unit, from, w.firstDay, w.monthEnd, rolls)
		end, err := compiled[w].EndOf(contract.MustParseSpan(fmt.Sprintf("%d %s", n, unit)), contract.DateOf(from), rest)
		if !ok {
			require.ErrorIs(t, err, contract.ErrInvalid)
			return
		}
		require.NoError(t, err)
		require.Equal(t, want.Format(time.DateOnly), end.Day.String())
		working := end.Explain()
		require.NoError(t, working.Check().Err())
		require.Equal(t, end.Day.String(), working.Result.Text)
	})
}
