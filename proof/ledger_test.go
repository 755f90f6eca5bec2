package proof

import (
	"fmt"
	"math/big"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func quotedPeriod(s string) Value { return Value{Period, s} }
func row(s string) Value          { return Value{Dated, s} }

func TestLatestByHand(t *testing.T) {
	summer := quotedPeriod("2024-06-20..2024-08-19")
	hold(t, []handCase{
		{"the row on its own day", Latest, []Value{on("2024-07-22"), summer, row("2024-06-20 3.45%"), row("2024-07-22 3.35%")}, pct("3.35%")},
		{"the row before, on the day before", Latest, []Value{on("2024-07-21"), summer, row("2024-06-20 3.45%"), row("2024-07-22 3.35%")}, pct("3.45%")},
		{"the last of them, to the end of what is published", Latest, []Value{on("2024-08-19"), summer, row("2024-06-20 3.45%"), row("2024-07-22 3.35%")}, pct("3.35%")},
		{"a price in money", Latest, []Value{on("2024-07-01"), summer, row("2024-06-20 300.00 CNY")}, cny("300.00")},
		{"an index", Latest, []Value{on("2024-07-01"), summer, row("2024-06-20 104.2")}, num("104.2")},
	})
	fail(t, []failCase{
		{"reads 2024-08-20, outside the quoted 2024-06-20..2024-08-19", Latest, []Value{on("2024-08-20"), summer, row("2024-06-20 3.45%")}},
		{"reads 2024-06-19, outside", Latest, []Value{on("2024-06-19"), summer, row("2024-06-20 3.45%")}},
		{"takes the row of 2024-06-20 after that of 2024-07-22; rows ascend", Latest, []Value{on("2024-08-10"), summer, row("2024-07-22 3.35%"), row("2024-06-20 3.45%")}},
		{"rows ascend, one a day", Latest, []Value{on("2024-08-10"), summer, row("2024-07-22 3.35%"), row("2024-07-22 3.45%")}},
		{"rows ascend", Latest, []Value{on("2024-06-21"), summer, row("2024-06-20 3.35%"), row("2024-08-10 3.45%"), row("2024-08-01 3.45%")}},
		{"takes the row of 2024-08-20, outside the period", Latest, []Value{on("2024-08-10"), summer, row("2024-07-22 3.35%"), row("2024-08-20 3.45%")}},
		{"takes the row of 2024-06-19, outside the period", Latest, []Value{on("2024-08-10"), summer, row("2024-06-19 3.45%")}},
		{"finds no row on or before 2024-06-20", Latest, []Value{on("2024-06-20"), summer, row("2024-07-22 3.35%")}},
		{"would be a quoted figure of a day", Latest, []Value{on("2024-06-20"), summer, pct("3.35%")}},
		{"would be a quoted period", Latest, []Value{on("2024-06-20"), on("2024-06-20"), row("2024-06-20 3.35%")}},
		{"has 2 operands", Latest, []Value{on("2024-06-20"), summer}},
	})
}

// The figure in force on a day, found by going back from it day by day.
func TestLatestAgainstGoingBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		first, table := day(19_000), map[day]int64{}
		args := []Value{{}, PeriodOf(first.value(), (first + 20).value())}
		for i, d := range slices.Sorted(slices.Values(rapid.SliceOfNDistinct(rapid.IntRange(0, 20), 1, 6, rapid.ID).Draw(t, "days"))) {
			table[first+day(d)] = int64(i)
			args = append(args, DatedOf((first+day(d)).value(), whole(Percent, int64(i))))
		}
		at := first + day(rapid.IntRange(-1, 21).Draw(t, "date"))
		args[0] = at.value()
		d := at
		for ; d >= first; d-- {
			if _, ok := table[d]; ok {
				break
			}
		}
		if d < first || at > first+20 {
			require.Equal(t, Fails, handCase{"", Latest, args, pct("0%")}.working().Check().Outcome)
			return
		}
		require.NoError(t, handCase{"", Latest, args, whole(Percent, table[d])}.working().Check().Err())
		require.Equal(t, Fails, handCase{"", Latest, args, whole(Percent, table[d]+1)}.working().Check().Outcome)
	})
}

// debtOf200000 is the floating interest of a debt, by stretches of one rate.
func debtOf200000() *notes {
	n := newNotes("interest on 200,000.00 CNY due on 2024-06-14, paid on 2025-05-30")
	sum := n.fact("overdue sum", cny("200000.00"))
	multiple := n.term("multiple", num("1.3"), "10.1", "/latePayment/reference/times")
	basis := n.put(Step{Op: Rule, Name: "basis", Value: num("365"), Source: &Source{In: "actual/365"}})
	due, paid := n.fact("due date", on("2024-06-14")), n.fact("credited", on("2025-05-30"))
	period := n.put(Step{Op: Row, Name: "lpr1y published", Value: Value{Period, "2024-05-20..2025-06-19"}, Source: &Source{In: "loan prime rate"}})
	var rows []int
	for _, r := range []string{"2024-05-20 3.45%", "2024-07-22 3.35%", "2024-10-21 3.1%", "2025-05-20 3%"} {
		rows = append(rows, n.put(Step{Op: Row, Name: "lpr1y", Value: Value{Dated, r}, Source: &Source{In: "loan prime rate"}}))
	}
	one := n.put(Step{Op: Rule, Name: "next day", Value: SpanOf("1 calendar day"), Source: &Source{In: "the day after"}})
	at, products := due, []int{}
	for _, s := range []struct {
		end, first, rate, times string
		days                    int
		product, share          string
	}{
		{"2024-07-21", "2024-06-15", "3.45%", "4.485%", 37, "331890.00", "66378/73"},
		{"2024-10-20", "2024-07-22", "3.35%", "4.355%", 91, "792610.00", "158522/73"},
		{"2025-05-19", "2024-10-21", "3.1%", "4.03%", 211, "1700660.00", "340132/73"},
		{"2025-05-30", "2025-05-20", "3%", "3.9%", 11, "85800.00", "17160/73"},
	} {
		end := paid
		if s.end != "2025-05-30" {
			end = n.fact("day before the rate changes", on(s.end))
		}
		first := n.derive(After, "day of the rate", on(s.first), at, one)
		rate := n.derive(Latest, "reference rate", pct(s.rate), append([]int{first, period}, rows...)...)
		rate = n.derive(Mul, "reference rate", pct(s.times), rate, multiple)
		days := n.derive(Between, "days late", DaysOf(s.days), at, end)
		product := n.derive(Mul, "late charge", cny(s.product), sum, rate, days)
		products = append(products, n.derive(Div, "late charge", Value{Money, s.share + " CNY"}, product, basis))
		at = end
	}
	total := n.derive(Accrue, "late charge", Value{Money, "582192/73 CNY"}, append(append([]int{due, paid}, products...), rows...)...)
	to, mode := n.term("rounded to", cny("0.01"), "", "/rounding/to"), n.term("rounding", WordOf("half up"), "", "/rounding/mode")
	n.derive(Round, "late charge", cny("7975.23"), total, to, mode)
	return n
}

// product is money that accrues over the days from one date to another, and what
// it rests on: base by 1 % by days by a hundred.
func product(n *notes, after, through string, base Value) int {
	days := must(parseBetween(after, through))
	r := must(read(base)).(amount)
	total := MoneyOf(new(big.Rat).Mul(r.number, big.NewRat(int64(days), 1)), r.currency)
	between := n.derive(Between, "days late", DaysOf(days), n.fact("", on(after)), n.fact("", on(through)))
	daily := n.derive(Mul, "", pct("1%"), n.fact("", pct("1%")), n.fact("", num("1")))
	hundred := n.derive(Mul, "", MoneyOf(new(big.Rat).Quo(must(read(total)).(amount).number, big.NewRat(100, 1)), r.currency), n.fact("", base), daily, between)
	return n.derive(Div, "late charge", total, hundred, n.fact("", pct("1%")))
}

func parseBetween(after, through string) (int, error) {
	a, ok1 := parseDate(after)
	b, ok2 := parseDate(through)
	if !ok1 || !ok2 {
		return 0, fmt.Errorf("%s to %s", after, through)
	}
	return int(b - a), nil
}

// What accrues from 1 to 31 January of 100.00 CNY at 1 % a day, in stretches and
// with rows that each case gives.
func TestAccrueByHand(t *testing.T) {
	type stretches [][2]string
	january := stretches{{"2024-01-01", "2024-01-11"}, {"2024-01-11", "2024-01-31"}}
	for _, c := range []struct {
		why    string
		days   stretches
		rows   []string
		sum    string
		reason string // "" if it holds
	}{
		{"two stretches", january, nil, "30.00", ""},
		{"one stretch", stretches{{"2024-01-01", "2024-01-31"}}, nil, "30.00", ""},
		{"a stretch of no days", stretches{{"2024-01-01", "2024-01-01"}, {"2024-01-01", "2024-01-31"}}, nil, "30.00", ""},
		{"a payment at the joint", january, []string{"2024-01-11 50.00 CNY"}, "30.00", ""},
		{"a payment on the first day and on the last", january, []string{"2024-01-01 50.00 CNY", "2024-01-31 50.00 CNY"}, "30.00", ""},
		{"a payment before and one after", january, []string{"2023-12-31 50.00 CNY", "2024-02-01 50.00 CNY"}, "30.00", ""},
		{"a payment a day after the first", january, []string{"2024-01-02 50.00 CNY"}, "30.00", "passes over the payment of 2024-01-02 inside the stretch from 2024-01-01 to 2024-01-11"},
		{"a payment a day before the joint", january, []string{"2024-01-10 50.00 CNY"}, "30.00", "passes over the payment of 2024-01-10"},
		{"a payment a day after the joint", january, []string{"2024-01-12 50.00 CNY"}, "30.00", "passes over the payment of 2024-01-12"},
		{"a payment a day before the last", january, []string{"2024-01-30 50.00 CNY"}, "30.00", "passes over the payment of 2024-01-30"},
		{"a rate from the first day charged on", january, []string{"2024-01-02 3.45%"}, "30.00", ""},
		{"a rate from the day after the joint on", january, []string{"2024-01-12 3.45%"}, "30.00", ""},
		{"a rate in force before", january, []string{"2024-01-01 3.45%", "2023-01-01 3.45"}, "30.00", ""},
		{"a rate from the day after the last on", january, []string{"2024-02-01 3.45%"}, "30.00", ""},
		{"a rate from the second day charged on", january, []string{"2024-01-03 3.45%"}, "30.00", "passes over the rate of 2024-01-03 inside the stretch from 2024-01-01 to 2024-01-11"},
		{"a rate from the joint on", january, []string{"2024-01-11 3.45%"}, "30.00", "passes over the rate of 2024-01-11"},
		{"a rate from two days after the joint on", january, []string{"2024-01-13 3.45%"}, "30.00", "passes over the rate of 2024-01-13"},
		{"a rate from the last day on", january, []string{"2024-01-31 3.45"}, "30.00", "passes over the rate of 2024-01-31"},
		{"a gap of a day", stretches{{"2024-01-01", "2024-01-11"}, {"2024-01-12", "2024-01-31"}}, nil, "29.00", "has a stretch from 2024-01-12 to 2024-01-31; what is before it ends on 2024-01-11"},
		{"a day twice", stretches{{"2024-01-01", "2024-01-11"}, {"2024-01-10", "2024-01-31"}}, nil, "31.00", "has a stretch from 2024-01-10"},
		{"out of order", stretches{{"2024-01-11", "2024-01-31"}, {"2024-01-01", "2024-01-11"}}, nil, "30.00", "has a stretch from 2024-01-11 to 2024-01-31; what is before it ends on 2024-01-01"},
		{"too late", stretches{{"2024-01-02", "2024-01-31"}}, nil, "29.00", "what is before it ends on 2024-01-01"},
		{"too short", stretches{{"2024-01-01", "2024-01-30"}}, nil, "29.00", "ends its stretches on 2024-01-30, and not on 2024-01-31"},
		{"too long", stretches{{"2024-01-01", "2024-02-01"}}, nil, "31.00", "ends its stretches on 2024-02-01, and not on 2024-01-31"},
		{"there and back", stretches{{"2024-01-01", "2024-02-11"}, {"2024-02-11", "2024-01-31"}}, nil, "30.00", "has a stretch that runs back, from 2024-02-11 to 2024-01-31"},
		{"no stretch", nil, []string{"2024-01-11 50.00 CNY"}, "0.00", "has no stretch"},
		{"another sum", january, nil, "30.01", "says 30.01 CNY, the steps before give 30.00 CNY"},
	} {
		t.Run(c.why, func(t *testing.T) {
			n := newNotes(c.why)
			args := []int{n.fact("due date", on("2024-01-01")), n.fact("credited", on("2024-01-31"))}
			for _, s := range c.days {
				args = append(args, product(n, s[0], s[1], cny("1.00")))
			}
			for _, r := range c.rows {
				args = append(args, n.fact("row", row(r)))
			}
			n.derive(Accrue, "late charge", cny(c.sum), args...)
			v := n.done().Check()
			if c.reason == "" {
				require.Equal(t, Verdict{Outcome: Holds}, v)
				return
			}
			require.Equal(t, Fails, v.Outcome)
			require.Equal(t, len(n.Steps), v.Step)
			require.Contains(t, v.Reason, c.reason)
		})
	}
}

// What counts as a product: money that Mul and Div make of one number of days.
func TestAccrueTakesProducts(t *testing.T) {
	for _, c := range []struct {
		why    string
		build  func(n *notes, base, days int) int
		reason string // "" if it holds
	}{
		{"money by days", func(n *notes, base, days int) int { return n.derive(Mul, "", cny("10.00"), base, days) }, ""},
		{"by a factor of days", func(n *notes, base, days int) int {
			year := n.derive(Div, "", num("0.1"), days, n.fact("", num("100")))
			return n.derive(Mul, "", cny("0.10"), base, year)
		}, ""},
		{"divided after", func(n *notes, base, days int) int {
			return n.derive(Div, "", cny("1.00"), n.derive(Mul, "", cny("10.00"), base, days), n.fact("", DaysOf(10)))
		}, ""},
		{"money that is quoted", func(n *notes, base, days int) int { return base }, "is made of 0 steps of days, and not of one"},
		{"days that are quoted", func(n *notes, base, days int) int {
			return n.derive(Mul, "", cny("10.00"), base, n.fact("", DaysOf(10)))
		}, "made of 0 steps of days"},
		{"days twice", func(n *notes, base, days int) int { return n.derive(Mul, "", cny("100.00"), base, days, days) }, "made of 2 steps of days"},
		{"days out of itself", func(n *notes, base, days int) int {
			return n.derive(Div, "", cny("1.00"), n.derive(Mul, "", cny("10.00"), base, days), days)
		}, "made of 2 steps of days"},
		{"rounded already", func(n *notes, base, days int) int {
			return n.derive(Round, "", cny("10.00"), n.derive(Mul, "", cny("10.00"), base, days), n.fact("", cny("0.01")), n.fact("", WordOf("up")))
		}, "made of 0 steps of days"},
		{"of days that were added to", func(n *notes, base, days int) int {
			return n.derive(Mul, "", cny("11.00"), base, n.derive(Add, "", DaysOf(11), days, n.fact("", DaysOf(1))))
		}, "made of 0 steps of days"},
		{"a number", func(n *notes, base, days int) int { return n.derive(Mul, "", num("10"), days, n.fact("", num("1"))) }, "would be money or a quoted figure of a day"},
	} {
		t.Run(c.why, func(t *testing.T) {
			n := newNotes(c.why)
			from, to := n.fact("", on("2024-01-01")), n.fact("", on("2024-01-11"))
			base, days := n.fact("", cny("1.00")), n.derive(Between, "", DaysOf(10), from, to)
			p := c.build(n, base, days)
			n.derive(Accrue, "", n.Steps[p-1].Value, from, to, p)
			v := n.done().Check()
			if c.reason == "" {
				require.Equal(t, Verdict{Outcome: Holds}, v)
				return
			}
			require.Equal(t, Fails, v.Outcome)
			require.Contains(t, v.Reason, c.reason)
		})
	}
	fail(t, []failCase{
		{"would be money or a quoted figure of a day", Accrue, []Value{on("2024-01-01"), on("2024-01-11"), pct("1%")}},
		{"has 2 operands", Accrue, []Value{on("2024-01-01"), on("2024-01-11")}},
	})
	n := newNotes("two currencies")
	from, to := n.fact("", on("2024-01-01")), n.fact("", on("2024-01-11"))
	a, b := product(n, "2024-01-01", "2024-01-05", cny("1.00")), product(n, "2024-01-05", "2024-01-11", gbp("1.00"))
	n.derive(Accrue, "", cny("10.00"), from, to, a, b)
	require.Contains(t, n.done().Check().Reason, "holds CNY against GBP")
}

// No rate and no payment of the floating interest may be passed over.
func TestAccrueFindsWhatIsPassedOver(t *testing.T) {
	require.NoError(t, debtOf200000().done().Check().Err())
	for r, reason := range map[string]string{
		"2024-09-01 1000.00 CNY": "passes over the payment of 2024-09-01",
		"2024-07-01 3.4%":        "passes over the rate of 2024-07-01",
		"2024-06-16 3.4%":        "passes over the rate of 2024-06-16",
		"2024-07-21 3.4%":        "passes over the rate of 2024-07-21",
	} {
		require.Contains(t, debtWithRow(r).done().Check().Reason, reason)
	}
	for _, r := range []string{"2024-07-21 1000.00 CNY", "2024-06-14 1000.00 CNY", "2024-06-15 3.45%", "2025-05-30 1000.00 CNY", "2025-05-31 2%"} {
		require.NoError(t, debtWithRow(r).done().Check().Err(), r)
	}
}

// debtWithRow is debtOf200000 with one more row for the sum to heed.
func debtWithRow(row string) *notes {
	n := debtOf200000()
	i := n.stepOf(Accrue)
	rest := n.Steps[i-1:]
	n.Steps = n.Steps[: i-1 : i-1]
	quoted := n.fact("row", Value{Dated, row})
	for k, s := range rest {
		args := append([]int(nil), s.Args...)
		for j := range args {
			if args[j] >= i {
				args[j]++
			}
		}
		if k == 0 {
			args = append(args, quoted)
		}
		s.Args = args
		n.Steps = append(n.Steps, s)
	}
	return n
}

// A debt with payments and rates that change, charged day by day: on each day the
// rate is that of the day, and what is paid on a day counts from the next on.
func TestAccrueAgainstDays(t *testing.T) {
	const days = 12
	first := day(19_000)
	date := func(i int) Value { return (first + day(i)).value() }
	rapid.Check(t, func(t *rapid.T) {
		var rate, owed [days + 1]int64 // of each day, in percent and in yuan
		rates := rapid.SliceOfNDistinct(rapid.IntRange(2, days), 0, 3, rapid.ID).Draw(t, "rates change on")
		payments := rapid.SliceOfNDistinct(rapid.IntRange(0, days), 0, 3, rapid.ID).Draw(t, "payments on")
		rate[1], owed[0] = 1, 1000
		sum := int64(0)
		for d := 1; d <= days; d++ {
			if d > 1 {
				rate[d] = rate[d-1]
			}
			if slices.Contains(rates, d) {
				rate[d] += 2
			}
			owed[d] = owed[d-1]
			if slices.Contains(payments, d-1) {
				owed[d] -= 100
			}
			sum += owed[d] * rate[d] // in hundredths
		}
		// The working: a stretch ends where a payment falls and before a rate begins.
		ends := []int{days}
		for _, d := range rates {
			ends = append(ends, d-1)
		}
		for _, d := range payments {
			if d > 0 {
				ends = append(ends, d)
			}
		}
		slices.Sort(ends)
		ends = slices.Compact(ends)
		working := func(ends []int) *Working {
			n := newNotes("")
			args, at := []int{n.fact("", date(0)), n.fact("", date(days))}, 0
			for _, end := range ends {
				between := n.derive(Between, "", DaysOf(end-at), n.fact("", date(at)), n.fact("", date(end)))
				args = append(args, n.derive(Mul, "", MoneyOf(big.NewRat(owed[at+1]*rate[at+1]*int64(end-at), 100), "CNY"),
					n.fact("", whole(Money, owed[at+1])), n.fact("", whole(Percent, rate[at+1])), between))
				at = end
			}
			for _, d := range rates {
				args = append(args, n.fact("", DatedOf(date(d), whole(Percent, rate[d]))))
			}
			for _, d := range payments {
				args = append(args, n.fact("", DatedOf(date(d), cny("100.00"))))
			}
			n.derive(Accrue, "", MoneyOf(big.NewRat(sum, 100), "CNY"), args...)
			return n.done()
		}
		require.NoError(t, working(ends).Check().Err())
		if len(ends) > 1 {
			// One stretch for two: it passes over what ended the first.
			i := rapid.IntRange(0, len(ends)-2).Draw(t, "passed over")
			v := working(slices.Delete(slices.Clone(ends), i, i+1)).Check()
			require.Equal(t, Fails, v.Outcome)
			require.Contains(t, v.Reason, "passes over")
		}
	})
}
