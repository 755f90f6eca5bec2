package proof

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func TestSpanTexts(t *testing.T) {
	for text, want := range map[string]lengthOfDays{
		"30 days": {30, "days"}, "1 calendar day": {1, "days"}, "0 days": {0, "days"}, "2 weeks": {2, "weeks"}, "1 week": {1, "weeks"},
		"3 months": {3, "months"}, "1 month": {1, "months"}, "1 year": {1, "years"}, "1000000 years": {1_000_000, "years"},
		"10 working days": {10, "working days"}, "1 working day": {1, "working days"},
	} {
		require.Equal(t, want, must(read(SpanOf(text))), text)
	}
	for _, text := range []string{"", "30", "days", "30 day", "1 day", "1 days", "2 calendar day", "2 calendar days", "01 days", "00 days", "+1 days", "-1 days", "1.5 months",
		"1/2 years", "30 hours", "1000001 days", "99999999999999999999 days", "2 month", "2  weeks", "2 weeks ", " 2 weeks", "2 Weeks", "1 working days", "２ weeks"} {
		_, err := read(SpanOf(text))
		require.Error(t, err, text)
	}
}

func TestDatesByHand(t *testing.T) {
	last, next, refuse := WordOf("last day"), WordOf("first of next month"), WordOf("refuse")
	hold(t, []handCase{
		{"leap February counts", Between, []Value{on("2024-02-21"), on("2024-04-10")}, DaysOf(49)},
		{"a day to itself has none", Between, []Value{on("2024-02-21"), on("2024-02-21")}, DaysOf(0)},
		{"backwards is negative", Between, []Value{on("2024-03-01"), on("2024-02-28")}, DaysOf(-2)},
		{"all there are", Between, []Value{on("0001-01-01"), on("9999-12-31")}, DaysOf(3_652_058)},

		{"the day itself is not counted", After, []Value{on("2024-01-12"), SpanOf("30 days")}, on("2024-02-11")},
		{"a day", After, []Value{on("2024-02-28"), SpanOf("1 calendar day")}, on("2024-02-29")},
		{"no days", After, []Value{on("2024-02-28"), SpanOf("0 days")}, on("2024-02-28")},
		{"two weeks", After, []Value{on("2024-02-20"), SpanOf("2 weeks")}, on("2024-03-05")},
		{"days need no word, and may have one", After, []Value{on("2024-02-20"), SpanOf("2 weeks"), refuse}, on("2024-03-05")},
		{"a month to the day", After, []Value{on("2024-01-29"), SpanOf("1 month")}, on("2024-02-29")},
		{"no months", After, []Value{on("2024-01-31"), SpanOf("0 months")}, on("2024-01-31")},
		{"a month that has the day needs no word", After, []Value{on("2024-01-15"), SpanOf("1 month"), refuse}, on("2024-02-15")},
		{"a month to its last day", After, []Value{on("2024-01-31"), SpanOf("1 month"), last}, on("2024-02-29")},
		{"a month to the first of the next", After, []Value{on("2024-01-31"), SpanOf("1 month"), next}, on("2024-03-01")},
		{"eleven months over the year's end", After, []Value{on("2024-03-31"), SpanOf("11 months"), last}, on("2025-02-28")},
		{"twelve months are a year", After, []Value{on("2024-12-31"), SpanOf("12 months")}, on("2025-12-31")},
		{"a year from a leap day", After, []Value{on("2024-02-29"), SpanOf("1 year"), last}, on("2025-02-28")},
		{"to the first of March", After, []Value{on("2024-02-29"), SpanOf("1 year"), next}, on("2025-03-01")},
		{"four years to the next leap day", After, []Value{on("2024-02-29"), SpanOf("4 years")}, on("2028-02-29")},
		{"1900 had no leap day", After, []Value{on("1896-02-29"), SpanOf("4 years"), last}, on("1900-02-28")},
		{"to the last month there is", After, []Value{on("9999-11-30"), SpanOf("1 month")}, on("9999-12-30")},
		{"a number of days", After, []Value{on("2024-09-30"), num("200")}, on("2025-04-18")},
		{"days that were counted", After, []Value{on("2024-09-30"), DaysOf(200)}, on("2025-04-18")},

		{"a month back", Before, []Value{on("2025-02-28"), SpanOf("1 month")}, on("2025-01-28")},
		{"a month back to a shorter one", Before, []Value{on("2024-03-31"), SpanOf("1 month"), last}, on("2024-02-29")},
		{"and not to the day after that: back nothing moves later", Before, []Value{on("2024-03-31"), SpanOf("1 month"), next}, on("2024-02-29")},
		{"three months back over the year's end", Before, []Value{on("2024-01-31"), SpanOf("2 months"), last}, on("2023-11-30")},
		{"a year back from a leap day", Before, []Value{on("2024-02-29"), SpanOf("1 year"), last}, on("2023-02-28")},
		{"a week back", Before, []Value{on("2024-03-05"), SpanOf("1 week")}, on("2024-02-27")},
		{"sixty days back", Before, []Value{on("2025-03-01"), SpanOf("60 days")}, on("2024-12-31")},
		{"to the first day there is", Before, []Value{on("0001-02-01"), SpanOf("1 month")}, on("0001-01-01")},
	})
	fail(t, []failCase{
		{"has 1 operands", Between, []Value{on("2024-01-31")}},
		{"would be a date", Between, []Value{on("2024-01-31"), at("2024-01-31T00:00:00Z")}},
		{"comes to day 31 of a month of 29", After, []Value{on("2024-01-31"), SpanOf("1 month")}},
		{"comes to day 31 of a month of 29", After, []Value{on("2024-01-31"), SpanOf("1 month"), refuse}},
		{"comes to day 31 of a month of 29", Before, []Value{on("2024-03-31"), SpanOf("1 month"), refuse}},
		{"comes to day 29 of a month of 28", After, []Value{on("2024-02-29"), SpanOf("1 year")}},
		{`says "end of month" of a day that a month lacks; it is last day, first of next month or refuse`, After, []Value{on("2024-01-31"), SpanOf("1 month"), WordOf("end of month")}},
		{`says "closed" of a day that a month lacks`, Before, []Value{on("2024-01-15"), SpanOf("2 weeks"), WordOf("closed")}},
		{"counts working days as civil days; those are for a step of working days", After, []Value{on("2024-01-31"), SpanOf("10 working days")}},
		{"counts working days as civil days", Before, []Value{on("2024-01-31"), SpanOf("1 working day")}},
		{"outside the years 1 to 9999", After, []Value{on("9999-12-31"), SpanOf("1 calendar day")}},
		{"outside the years", After, []Value{on("9999-12-31"), SpanOf("1 month"), last}},
		{"outside the years", After, []Value{on("9999-08-31"), SpanOf("5 months"), last}},
		{"outside the years", After, []Value{on("2024-01-01"), SpanOf("1000000 years"), last}},
		{"outside the years", After, []Value{on("2024-01-01"), SpanOf("1000000 weeks")}},
		{"outside the years", After, []Value{on("2024-01-01"), DaysOf(999_999_999)}},
		{"outside the years", After, []Value{on("2024-01-01"), num("4000000")}},
		{"outside the years", After, []Value{on("2024-01-01"), num("1" + fmt.Sprintf("%0390d", 0))}},
		{"outside the years", Before, []Value{on("0001-01-31"), SpanOf("2 months"), last}},
		{"outside the years", Before, []Value{on("0001-01-31"), SpanOf("1 month")}},
		{"outside the years", Before, []Value{on("0001-01-01"), SpanOf("1 calendar day")}},
		{"outside the years", Before, []Value{on("2024-01-01"), SpanOf("1000000 years"), last}},
		{"counts 1.5 days; they are a whole number, 0 or more", After, []Value{on("2024-01-01"), num("1.5")}},
		{"counts -1 days", After, []Value{on("2024-01-01"), DaysOf(-1)}},
		{"counts -1 days", Before, []Value{on("2024-01-01"), num("-1")}},
		{"would be a quoted span or a number of days", After, []Value{on("2024-01-01"), pct("1%")}},
		{"has 4 operands; it takes 3", After, []Value{on("2024-01-01"), SpanOf("1 month"), last, last}},
	})
	// A word that follows is none that the contract states.
	n := newNotes("a word that was chosen")
	chosen := n.derive(Choose, "", last, n.fact("", TruthOf(true)), n.fact("", last), n.fact("", next))
	n.derive(After, "", on("2024-02-29"), n.fact("", on("2024-01-31")), n.fact("", SpanOf("1 month")), chosen)
	require.Contains(t, n.done().Check().Reason, "would be a quoted word")
}

// Days walked one by one, and months by the firsts that are passed on the way.
func TestSpansAgainstWalking(t *testing.T) {
	dayOfMonth := func(d day) int { _, _, n := d.start().Date(); return n }
	rapid.Check(t, func(t *rapid.T) {
		from := day(rapid.IntRange(18_000, 20_000).Draw(t, "from"))
		if rapid.Bool().Draw(t, "late in its month") {
			for late := rapid.IntRange(29, 31).Draw(t, "day of the month"); dayOfMonth(from) != late; from++ {
			}
		}
		n := rapid.IntRange(0, 14).Draw(t, "n")
		op, step := After, day(1)
		if rapid.Bool().Draw(t, "back") {
			op, step = Before, -1
		}
		unit := rapid.SampledFrom([]string{"days", "weeks", "months", "years"}).Draw(t, "unit")
		word := rapid.SampledFrom([]string{"last day", "first of next month", "refuse", ""}).Draw(t, "word")
		many := map[string]string{"days": "calendar day", "weeks": "week", "months": "month", "years": "year"}
		span := SpanOf(fmt.Sprint(n, " ", unit))
		if n == 1 {
			span = SpanOf("1 " + many[unit])
		}
		args := []Value{from.value(), span}
		if word != "" {
			args = append(args, WordOf(word))
		}
		to, fails := from, false
		switch unit {
		case "days", "weeks":
			for range n * map[string]int{"days": 1, "weeks": 7}[unit] {
				to += step
			}
		default:
			wanted, first := dayOfMonth(from), from
			for dayOfMonth(first) != 1 {
				first--
			}
			for range n * map[string]int{"months": 1, "years": 12}[unit] {
				for first += step; dayOfMonth(first) != 1; first += step {
				}
			}
			for to = first; dayOfMonth(to) != wanted; to++ {
				if to > first && dayOfMonth(to) == 1 { // the month is over, and had no such day
					fails = word == "refuse" || word == ""
					if word == "last day" || word == "first of next month" && step < 0 {
						to--
					}
					break
				}
			}
		}
		w := handCase{"", op, args, to.value()}.working()
		if fails {
			require.Equal(t, Fails, w.Check().Outcome)
			return
		}
		require.NoError(t, w.Check().Err(), w.Text(English))
		require.Equal(t, Fails, handCase{"", op, args, altered(to.value())}.working().Check().Outcome)
		if unit == "days" || unit == "weeks" {
			a, b := from.value(), to.value()
			require.NoError(t, handCase{"", Between, []Value{a, b}, DaysOf(int(to - from))}.working().Check().Err())
		}
	})
}

func TestRestDaysByHand(t *testing.T) {
	restDays, holidays, stays := WordOf("rolls over rest days"), WordOf("rolls over statutory holidays"), WordOf("stays")
	for _, c := range []calendarCase{
		{"a working day stays", april24, Roll, ops(on("2024-04-03"), restDays, "days"), on("2024-04-03")},
		{"from the festival to the make-up Sunday", april24, Roll, ops(on("2024-04-04"), restDays, "days"), on("2024-04-07")},
		{"and to Monday where make-up days do not count", april24.with(counts("ignored")), Roll, ops(on("2024-04-04"), restDays, "days"), on("2024-04-08")},
		{"from a Saturday to Monday", april24, Roll, ops(on("2024-04-13"), restDays, "days"), on("2024-04-15")},
		{"a statutory holiday is rolled over, a day of rest is not", april24, Roll, ops(on("2024-04-04"), holidays, "days"), on("2024-04-05")},
		{"nor is a Saturday", april24, Roll, ops(on("2024-04-13"), holidays, "days"), on("2024-04-13")},
		{"over three statutory holidays", autumn25, Roll, ops(on("2025-10-01"), holidays, "days"), on("2025-10-04")},
		{"it stays, festival or not", april24, Roll, ops(on("2024-04-04"), stays, "days"), on("2024-04-04")},
		{"of what stays no day is read", april24, Roll, ops(on("2030-01-01"), stays, "days"), on("2030-01-01")},

		{"the day before the one that counts", april24, NthBack, ops(on("2024-04-08"), DaysOf(1), "days"), on("2024-04-07")},
		{"two working days by the make-up Sunday", april24, NthBack, ops(on("2024-04-08"), DaysOf(2), "days"), on("2024-04-06")},
		{"by a day of rest, the ones before it", april24, NthBack, ops(on("2024-04-06"), DaysOf(2), "days"), on("2024-04-01")},
		{"the day before the period is not read", april24, NthBack, ops(on("2024-03-01"), DaysOf(1), "days"), on("2024-02-29")},
	} {
		t.Run(c.why, func(t *testing.T) {
			require.Equal(t, Verdict{Outcome: Holds}, c.working().Check())
			c.want = altered(c.want)
			require.Equal(t, Fails, c.working().Check().Outcome)
		})
	}
	for _, c := range []struct {
		calendarCase
		reason string
	}{
		{calendarCase{"another word", april24, Roll, ops(on("2024-04-04"), WordOf("rolls"), "days"), on("2024-04-07")}, `rolls by "rolls"`},
		{calendarCase{"past the period", april24, Roll, ops(on("2024-04-30"), restDays, "days"), on("2024-05-01")}.with("2024-04-30 rest"), "reads 2024-05-01, outside the quoted 2024-03-01..2024-04-30"},
		{calendarCase{"before the period", april24, Roll, ops(on("2024-02-29"), holidays, "days"), on("2024-02-29")}, "reads 2024-02-29, outside"},
		{calendarCase{"by hours", april24, Roll, ops(on("2024-04-04"), restDays, "hours"), on("2024-04-07")}, "would be working days"},
		{calendarCase{"no working day", april24, NthBack, ops(on("2024-04-08"), DaysOf(0), "days"), on("2024-04-08")}, "counts 0 working days; the first is day 1"},
		{calendarCase{"before the period", april24, NthBack, ops(on("2024-03-04"), DaysOf(3), "days"), on("2024-02-28")}, "reads 2024-02-29, outside"},
	} {
		t.Run(string(c.op)+" "+c.why, func(t *testing.T) {
			v := c.working().Check()
			require.Equal(t, Fails, v.Outcome)
			require.Contains(t, v.Reason, c.reason)
		})
	}
}

// with is the case with one more named day.
func (c calendarCase) with(row string) calendarCase {
	c.s.rows = append(append([]string(nil), c.s.rows...), row)
	return c
}
