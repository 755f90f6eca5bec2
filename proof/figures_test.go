package proof

import (
	"math/big"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func cny(s string) Value     { return Value{Money, s + " CNY"} }
func lasting(s string) Value { return SpanOf(s) }

func TestMoneyByHand(t *testing.T) {
	for _, c := range []struct {
		why  string
		op   Op
		args []Value
		want Value
	}{
		{"49 days at 0.05 %", Mul, []Value{cny("120000.00"), pct("0.05%"), DaysOf(49)}, cny("2940.00")},
		{"a third stays a third", Div, []Value{cny("100.00"), num("3")}, Value{Money, "100/3 CNY"}},
		{"a price with tax without it", Div, []Value{cny("120000.00"), pct("106%")}, Value{Money, "6000000/53 CNY"}},
		{"money by money is a number", Div, []Value{cny("6000.00"), cny("30.00")}, num("200")},
		{"time by time is a number", Div, []Value{dur("1h30m0s"), dur("1h0m0s")}, num("1.5")},
		{"a percentage of a count is a percentage", Mul, []Value{num("4"), pct("1%")}, pct("4%")},
		{"percent by percent is a number", Div, []Value{pct("4%"), pct("1%")}, num("4")},
		{"days and days", Add, []Value{DaysOf(8), DaysOf(31), DaysOf(10)}, DaysOf(49)},
		{"money below zero", Sub, []Value{cny("1.00"), cny("2.50")}, cny("-1.50")},
		{"a currency without minor units", Add, []Value{{Money, "100 JPY"}, {Money, "50 JPY"}}, Value{Money, "150 JPY"}},
		{"a currency with three digits", Add, []Value{{Money, "1.500 KWD"}, {Money, "0.250 KWD"}}, Value{Money, "1.750 KWD"}},
		{"to the fen, half up", Round, []Value{Value{Money, "6000000/53 CNY"}, cny("0.01"), WordOf("half up")}, cny("113207.55")},
		{"a tie in money, to even", Round, []Value{cny("225.045"), cny("0.01"), WordOf("half even")}, cny("225.04")},
		{"to five cents", Round, []Value{cny("1.03"), cny("0.05"), WordOf("half up")}, cny("1.05")},
		{"time up to half an hour", Round, []Value{dur("1h10m0s"), dur("30m0s"), WordOf("up")}, dur("1h30m0s")},
		{"least of money", Min, []Value{cny("8190.00"), cny("6000.00")}, cny("6000.00")},
		{"latest of days", Max, []Value{on("2024-02-18"), on("2024-02-21")}, on("2024-02-21")},
		{"more than excludes the number", MoreThan, []Value{DaysOf(30), DaysOf(30)}, TruthOf(false)},
		{"of money", MoreThan, []Value{cny("30.01"), cny("30.00")}, TruthOf(true)},
		{"at least a day", AtLeast, []Value{on("2024-12-31"), on("2024-12-31")}, TruthOf(true)},
		{"first of three equal parts has the odd fen", Split, []Value{cny("0.10"), num("1"), num("1"), num("1"), num("1")}, cny("0.04")},
		{"and the others have not", Split, []Value{cny("0.10"), num("3"), num("1"), num("1"), num("1")}, cny("0.03")},
		{"the odd fen goes to the largest remainder", Split, []Value{cny("225.05"), num("2"), num("1"), num("2"), num("0.5")}, cny("128.60")},
		{"a negative is shared by its magnitude", Split, []Value{cny("-0.10"), num("1"), num("1"), num("1"), num("1")}, cny("-0.04")},
		{"no weight, no part", Split, []Value{cny("1.00"), num("2"), num("1"), num("0")}, cny("0.00")},

		{"a band holds its lower end", Find, []Value{pct("95%"), {BandRow, "below 95%: 5%"}, {BandRow, "from 95%: 0%"}}, pct("0%")},
		{"and not its upper one", Find, []Value{pct("94.99%"), {BandRow, "below 95%: 5%"}, {BandRow, "from 95%: 0%"}}, pct("5%")},
		{"a band of money", Find, []Value{{Money, "1000.00 GBP"}, {BandRow, "below 1000.00 GBP: 40.00 GBP"}, {BandRow, "from 1000.00 GBP below 10000.00 GBP: 70.00 GBP"}, {BandRow, "from 10000.00 GBP: 100.00 GBP"}}, Value{Money, "70.00 GBP"}},
		{"one band for all", Find, []Value{num("7"), {BandRow, "any: 3"}}, num("3")},
		{"a cell by two words", Entry, []Value{WordOf("serious"), WordOf("low"), {Cell, "ordinary, low: 1"}, {Cell, "serious, low: 1.5"}}, num("1.5")},
		{"the row on its own day", Latest, []Value{on("2024-07-22"), {Period, "2024-06-20..2024-08-19"}, {Dated, "2024-06-20 3.45%"}, {Dated, "2024-07-22 3.35%"}}, pct("3.35%")},
		{"the row before", Latest, []Value{on("2024-07-21"), {Period, "2024-06-20..2024-08-19"}, {Dated, "2024-06-20 3.45%"}, {Dated, "2024-07-22 3.35%"}}, pct("3.45%")},
		{"chosen", Choose, []Value{TruthOf(true), pct("4%"), pct("0%")}, pct("4%")},
		{"not chosen", Choose, []Value{TruthOf(false), pct("4%"), pct("0%")}, pct("0%")},

		{"leap February counts", Between, []Value{on("2024-02-21"), on("2024-04-10")}, DaysOf(49)},
		{"the day itself is not counted", After, []Value{on("2024-01-12"), lasting("30 days")}, on("2024-02-11")},
		{"two weeks", After, []Value{on("2024-02-20"), lasting("2 weeks")}, on("2024-03-05")},
		{"a month to its last day", After, []Value{on("2024-01-31"), lasting("1 month"), WordOf("last day")}, on("2024-02-29")},
		{"a month to the first of the next", After, []Value{on("2024-01-31"), lasting("1 month"), WordOf("first of next month")}, on("2024-03-01")},
		{"a year from a leap day", After, []Value{on("2024-02-29"), lasting("1 year"), WordOf("last day")}, on("2025-02-28")},
		{"a number of days", After, []Value{on("2024-09-30"), num("200")}, on("2025-04-18")},
		{"a month back", Before, []Value{on("2025-02-28"), lasting("1 month"), WordOf("last day")}, on("2025-01-28")},
		{"a month back to a shorter one", Before, []Value{on("2024-03-31"), lasting("1 month"), WordOf("last day")}, on("2024-02-29")},
		{"sixty days back", Before, []Value{on("2025-03-01"), lasting("60 days")}, on("2024-12-31")},
	} {
		t.Run(c.why, func(t *testing.T) {
			n := newNotes(c.why)
			var args []int
			for _, v := range c.args {
				args = append(args, n.fact("", v))
			}
			n.derive(c.op, "", c.want, args...)
			w := n.done()
			require.Equal(t, Verdict{Outcome: Holds}, w.Check())
			last := &w.Steps[len(w.Steps)-1]
			last.Value = altered(c.want)
			w.Result = last.Value
			require.Equal(t, Fails, w.Check().Outcome)
		})
	}
}

func TestMoneyStepsThatFail(t *testing.T) {
	for _, c := range []struct {
		reason string
		op     Op
		args   []Value
	}{
		{"holds CNY against GBP", Add, []Value{cny("1.00"), {Money, "1.00 GBP"}}},
		{"holds a money against a number", Sub, []Value{cny("1.00"), num("1")}},
		{"multiplies money by money", Mul, []Value{cny("1.00"), cny("1.00")}},
		{"multiplies a percentage by a percentage", Mul, []Value{pct("1%"), pct("2%")}},
		{"divides by nothing", Div, []Value{cny("1.00"), num("0")}},
		{"divides a number by a money", Div, []Value{num("1"), cny("1.00")}},
		{"rounds days", Round, []Value{DaysOf(3), num("0"), WordOf("up")}},
		{"above 0", Round, []Value{cny("1.00"), cny("0.00"), WordOf("up")}},
		{"rounds a number by a money", Round, []Value{num("1"), cny("0.01"), WordOf("up")}},
		{"takes part 4 of 3", Split, []Value{cny("1.00"), num("4"), num("1"), num("1"), num("1")}},
		{"a weight is 0 or more", Split, []Value{cny("1.00"), num("1"), num("1"), num("-1")}},
		{"weights that are all 0", Split, []Value{cny("1.00"), num("1"), num("0"), num("0")}},
		{"which has no last digit", Split, []Value{{Money, "1/3 CNY"}, num("1"), num("1")}},
		{"the first has no lower end", Find, []Value{pct("1%"), {BandRow, "from 1% below 2%: 1%"}, {BandRow, "from 2%: 0%"}}},
		{"the last has no upper end", Find, []Value{pct("1%"), {BandRow, "below 1%: 1%"}, {BandRow, "from 1% below 2%: 0%"}}},
		{"a hole or an overlap", Find, []Value{pct("1%"), {BandRow, "below 1%: 1%"}, {BandRow, "from 2%: 0%"}}},
		{"of another kind or currency", Find, []Value{num("1"), {BandRow, "below 1%: 1%"}, {BandRow, "from 1%: 0%"}}},
		{"which holds nothing", Find, []Value{pct("1%"), {BandRow, "below 3%: 1%"}, {BandRow, "from 3% below 2%: 1%"}, {BandRow, "from 2%: 0%"}}},
		{`finds no entry for "grave, low"`, Entry, []Value{WordOf("grave"), WordOf("low"), {Cell, "serious, low: 1.5"}}},
		{"seeks by 1 words in a table of 2", Entry, []Value{WordOf("serious"), {Cell, "serious, low: 1.5"}}},
		{"takes two entries", Entry, []Value{WordOf("serious"), {Cell, "serious: 1.5"}, {Cell, "serious: 2"}}},
		{"the words come first", Entry, []Value{WordOf("serious"), {Cell, "serious: 1.5"}, WordOf("low")}},
		{"outside the quoted", Latest, []Value{on("2024-08-20"), {Period, "2024-06-20..2024-08-19"}, {Dated, "2024-06-20 3.45%"}}},
		{"rows ascend", Latest, []Value{on("2024-08-10"), {Period, "2024-06-20..2024-08-19"}, {Dated, "2024-07-22 3.35%"}, {Dated, "2024-06-20 3.45%"}}},
		{"finds no row on or before", Latest, []Value{on("2024-06-20"), {Period, "2024-06-20..2024-08-19"}, {Dated, "2024-07-22 3.35%"}}},
		{"chooses between a percent and a number", Choose, []Value{TruthOf(true), pct("4%"), num("0")}},
		{"comes to day 31 of a month of 29", After, []Value{on("2024-01-31"), lasting("1 month")}},
		{"comes to day 31 of a month of 29", Before, []Value{on("2024-03-31"), lasting("1 month"), WordOf("refuse")}},
		{"those are for a step of working days", After, []Value{on("2024-01-31"), lasting("10 working days")}},
		{"outside the years", After, []Value{on("9999-12-31"), lasting("1 calendar day")}},
		{"outside the years", Before, []Value{on("0001-01-31"), lasting("2 months"), WordOf("last day")}},
		{"outside the years", After, []Value{on("2024-01-01"), lasting("1000000 years"), WordOf("last day")}},
		{"they are a whole number, 0 or more", After, []Value{on("2024-01-01"), num("1.5")}},
		{"holds a number against a date", Max, []Value{on("2024-01-01"), num("1")}},
		{"holds a number against a date", MoreThan, []Value{num("1"), on("2024-01-01")}},
		{"has no stretch", Accrue, []Value{on("2024-01-01"), on("2024-01-02"), {Dated, "2024-01-01 1.00 CNY"}}},
		{"made of 0 steps of days", Accrue, []Value{on("2024-01-01"), on("2024-01-02"), cny("1.00")}},
	} {
		t.Run(string(c.op)+" "+c.reason, func(t *testing.T) {
			n := newNotes(c.reason)
			var args []int
			for _, v := range c.args {
				args = append(args, n.fact("", v))
			}
			n.derive(c.op, "", num("0"), args...)
			v := n.done().Check()
			require.Equal(t, Fails, v.Outcome, v.Reason)
			require.Contains(t, v.Reason, c.reason)
		})
	}
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
	one := n.put(Step{Op: Rule, Name: "next day", Value: lasting("1 calendar day"), Source: &Source{In: "the day after"}})
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

// What interest rests on: no rate and no payment may be passed over, and the
// stretches fill the time.
func TestAccrueFindsWhatIsPassedOver(t *testing.T) {
	w := debtOf200000().done()
	require.NoError(t, w.Check().Err())
	for reason, spoil := range map[string]func(n *notes){
		"the one before ends on 2024-07-21": func(n *notes) {
			for i := range n.Steps {
				if n.Steps[i].Op == Between && n.Steps[i].Value == DaysOf(91) {
					n.Steps[i].Args[0] = n.Steps[i-0].Args[1]
					n.Steps[i].Value = DaysOf(0)
					n.Steps[i+1].Value = cny("0.00")
					n.Steps[i+2].Value = cny("0.00")
				}
			}
		},
		"ends its stretches on 2025-05-30": func(n *notes) {
			i := n.stepOf(Accrue)
			n.Steps[i-1].Args[1] = n.Steps[i-1].Args[0]
		},
	} {
		n := debtOf200000()
		spoil(n)
		v := n.done().Check()
		require.Equal(t, Fails, v.Outcome, reason)
		require.Contains(t, v.Reason, reason)
	}
	// A row that the products do not heed: a payment or a rate inside a stretch.
	for row, reason := range map[string]string{
		"2024-09-01 1000.00 CNY": "passes over the payment of 2024-09-01",
		"2024-07-01 3.4%":        "passes over the rate of 2024-07-01",
		"2024-06-16 3.4%":        "passes over the rate of 2024-06-16",
		"2024-07-21 3.4%":        "passes over the rate of 2024-07-21",
	} {
		require.Contains(t, debtWithRow(row).done().Check().Reason, reason)
	}
	// At the end of a stretch, or before the first day, it passes over nothing.
	for _, row := range []string{"2024-07-21 1000.00 CNY", "2024-06-14 1000.00 CNY", "2024-06-15 3.45%", "2025-05-30 1000.00 CNY", "2025-05-31 2%"} {
		require.NoError(t, debtWithRow(row).done().Check().Err(), row)
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

func TestMarksOfBounds(t *testing.T) {
	for _, c := range []struct {
		op     Op
		figure string
		mark   Mark
	}{
		{Min, "8190.00", CapReached},
		{Min, "6000.00", CapReached}, // exactly at it
		{Min, "5999.99", CapNotReached},
		{Max, "5999.99", MinimumApplies},
		{Max, "6000.00", MinimumNotNeeded},
		{Max, "8190.00", MinimumNotNeeded},
	} {
		for _, mark := range []Mark{CapReached, CapNotReached, MinimumApplies, MinimumNotNeeded, InTime} {
			n := newNotes("")
			a, b := n.fact("", cny(c.figure)), n.fact("", cny("6000.00"))
			want := "6000.00"
			if c.mark == CapNotReached || c.mark == MinimumNotNeeded {
				want = c.figure
			}
			n.put(Step{Op: c.op, Args: []int{a, b}, Value: cny(want), Mark: mark})
			require.Equal(t, mark == c.mark, n.done().Check().Outcome == Holds, "%s of %s marked %s", c.op, c.figure, mark)
		}
	}
}

// The parts of an amount add up to it, whatever the weights; and none is more than
// a minor unit from its share.
func TestPartsAddUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		fen := rapid.Int64Range(-100_000, 100_000).Draw(t, "fen")
		weights := rapid.SliceOfN(rapid.Int64Range(0, 1000), 1, 7).Draw(t, "weights")
		total := int64(0)
		for _, w := range weights {
			total += w
		}
		if total == 0 {
			return
		}
		whole := MoneyOf(big.NewRat(fen, 100), "CNY")
		sum := new(big.Rat)
		for k := range weights {
			o := operands{budget: &budget{maxWork}}
			for _, v := range append([]Value{whole, NumberOf(new(big.Rat).SetInt64(int64(k + 1)))}, numbers(weights)...) {
				o.steps = append(o.steps, found{step: &Step{Value: v}, meaning: must(read(v))})
			}
			a, err := split(o)
			require.NoError(t, err)
			part := must(read(a.value)).(amount).number
			sum.Add(sum, part)
			share := new(big.Rat).Mul(big.NewRat(fen, 100), big.NewRat(weights[k], total))
			require.Negative(t, new(big.Rat).Abs(share.Sub(share, part)).Cmp(big.NewRat(1, 100)))
		}
		require.Zero(t, sum.Cmp(big.NewRat(fen, 100)))
	})
}

func numbers(list []int64) []Value {
	values := make([]Value, len(list))
	for i, n := range list {
		values[i] = NumberOf(new(big.Rat).SetInt64(n))
	}
	return values
}

func TestMoneyReadsBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := big.NewRat(rapid.Int64().Draw(t, "n"), rapid.Int64Range(1, 1_000_000).Draw(t, "d"))
		currency := rapid.SampledFrom([]string{"CNY", "JPY", "KWD", "CLF", "GBP"}).Draw(t, "currency")
		v := MoneyOf(r, currency)
		a := must(read(v)).(amount)
		require.Zero(t, a.number.Cmp(r))
		require.Equal(t, currency, a.currency)
	})
}

func TestMoneyTextsRefused(t *testing.T) {
	for kind, texts := range map[Kind][]string{
		Money:   {"", "1 CNY", "1.0 CNY", "1.000 CNY", "1.00CNY", "1.00 cny", "1.00 CN", "CNY 1.00", "1.00  CNY", "2/4 CNY", "-0.00 CNY", "1,000.00 CNY"},
		Span:    {"", "30", "30 day", "1 days", "1 day", "01 days", "-1 days", "1.5 months", "30 hours", "1000001 days", "2 month"},
		Dated:   {"", "2024-07-22", "2024-07-22 ", "2024-07-22 3.350%", "22-07-2024 3%", "2024-07-22 x"},
		BandRow: {"", "80%: 10%", "below 80% 10%", "from 80% to 90%: 10%", "below 80%: ", "any", "from : 1%", "below : 1%"},
		Cell:    {"", "serious", "serious:1.5", "serious,low: 1.5", ": 1.5", "serious, : 1.5", "serious: x"},
	} {
		for _, text := range texts {
			_, err := read(Value{kind, text})
			require.Error(t, err, "%s %q", kind, text)
		}
	}
	_, err := read(Value{Money, strings.Repeat("9", maxDigits+1) + ".00 CNY"})
	require.Error(t, err)
}

// visitOfApril has the operations that hold nothing of interest: a visit of work on
// a make-up Sunday and the Monday after, its invoice, and when that is due.
func visitOfApril() *notes {
	n := newNotes("the invoice of a visit, and its due date")
	q := april24.quote(n)
	from, to := n.fact("from", at("2024-04-07T22:00:00+08:00")), n.fact("to", at("2024-04-08T10:20:00+08:00"))
	worked := n.derive(Length, "hours worked", dur("12h20m0s"), from, to)
	half := n.term("increment", dur("30m0s"), "8.1(2)", "/fees/items/repair/increment")
	up := n.put(Step{Op: Rule, Name: "rounding", Value: WordOf("up"), Source: &Source{In: "an increment is charged whole"}})
	rounded := n.derive(Round, "hours charged", dur("12h30m0s"), worked, half, up)
	least := n.term("minimum", dur("1h0m0s"), "8.1(2)", "/fees/items/repair/atLeast")
	charged := n.derive(Max, "hours charged", dur("12h30m0s"), rounded, least)
	n.Steps[len(n.Steps)-1].Mark = MinimumNotNeeded
	left := charged
	for _, b := range []struct {
		word       string
		time, left string
	}{{"make-up day", "2h0m0s", "10h30m0s"}, {"rest day", "0s", "10h30m0s"}, {"statutory holiday", "0s", "10h30m0s"}, {"out of hours", "9h0m0s", "1h30m0s"}} {
		word := n.put(Step{Op: Rule, Name: "band", Value: WordOf(b.word), Source: &Source{In: "time bands"}})
		in := n.derive(InBand, "time "+b.word, dur(b.time), from, to, q.hours, q.days, word)
		left = n.derive(Sub, "time left", dur(b.left), left, in)
	}
	normal := n.put(Step{Op: Rule, Name: "band", Value: WordOf("normal"), Source: &Source{In: "time bands"}})
	in := n.derive(InBand, "time normal", dur("1h20m0s"), from, to, q.hours, q.days, normal)
	n.derive(MoreThan, "rounding added time", TruthOf(true), left, in)
	class, low := n.fact("fault class", WordOf("serious")), n.fact("difficulty", WordOf("low"))
	cells := []int{class, low}
	for _, c := range []string{"ordinary, low: 1", "serious, low: 1.5"} {
		cells = append(cells, n.term("factor", Value{Cell, c}, "8.1(2)", "/fees/factors/fault and difficulty/table"))
	}
	factor := n.derive(Entry, "factor", num("1.5"), cells...)
	hour := n.put(Step{Op: Rule, Name: "one hour", Value: dur("1h0m0s"), Source: &Source{In: "unit of time"}})
	hours := n.derive(Div, "hours", num("1.5"), left, hour)
	price := n.term("price", cny("300.00"), "8.1(2)", "/fees/items/repair/price")
	net := n.derive(Mul, "amount", cny("675.00"), price, hours, factor)
	cap := n.term("cap", cny("600.00"), "8.1(2)", "/cap")
	net = n.derive(Min, "amount", cny("600.00"), net, cap)
	n.Steps[len(n.Steps)-1].Mark = CapReached
	bands := []int{n.fact("attainment", pct("92.5%"))}
	for _, b := range []string{"below 95%: 5%", "from 95%: 0%"} {
		bands = append(bands, n.term("band", Value{BandRow, b}, "10.2", "/serviceCredits/monthly attainment/bands"))
	}
	rate := n.derive(Find, "credit rate", pct("5%"), bands...)
	none := n.put(Step{Op: Rule, Name: "nothing", Value: pct("0%"), Source: &Source{In: "no credit"}})
	rate = n.derive(Choose, "credit rate", pct("5%"), n.derive(MoreThan, "counted", TruthOf(true), n.fact("measurements", num("41")), n.term("fewest", num("20"), "10.2", "/attainment/fewest")), rate, none)
	credit := n.derive(Mul, "credit", cny("30.00"), net, rate)
	one := n.put(Step{Op: Rule, Name: "part", Value: num("1"), Source: &Source{In: "largest remainder"}})
	two := n.fact("quantity", num("2"))
	part := n.derive(Split, "part of the tax", cny("10.00"), credit, one, one, two)
	payable := n.derive(Sub, "payable", cny("590.00"), net, part)

	received := n.fact("invoice received", on("2024-03-06"))
	word := n.term("rest day", WordOf("rolls over rest days"), "8.2", "/payments/repairs/restDay")
	last := n.derive(After, "before rolling", on("2024-04-05"), received, n.term("after", SpanOf("30 days"), "8.2", "/payments/repairs/due/span"))
	due := n.derive(Roll, "due date", on("2024-04-07"), last, word, q.days)
	before := n.derive(NthBack, "last dispatch", on("2024-04-02"), due, n.term("after dispatch", DaysOf(2), "14.1", "/notices/post/deemed"), q.days)
	month := n.derive(Before, "notice", on("2024-03-07"), due, n.term("notice", SpanOf("1 month"), "8.2", "/renewal/unless/span"), n.term("month end", WordOf("last day"), "", "/periods/monthEnd"))
	n.derive(Max, "latest", on("2024-04-07"), month, due, before)
	n.derive(Closing, "last dispatch", at("2024-04-03T18:00:00+08:00"), n.derive(Midnight, "end of the day", at("2024-04-08T00:00:00+08:00"), due, q.zone), q.hours)
	n.derive(Between, "days", DaysOf(32), received, due)
	shown := n.derive(Latest, "index", num("104.2"), due, n.put(Step{Op: Row, Name: "index published", Value: Value{Period, "2024-01-01..2024-12-31"}, Source: &Source{In: "index"}}),
		n.put(Step{Op: Row, Name: "index", Value: Value{Dated, "2024-01-01 104.2"}, Source: &Source{In: "index"}}))
	n.derive(Mul, "payable", cny("61478.00"), payable, shown)
	return n
}
