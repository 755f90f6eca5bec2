package proof

import (
	"fmt"
	"math/big"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func cny(s string) Value { return Value{Money, s + " CNY"} }
func gbp(s string) Value { return Value{Money, s + " GBP"} }

func TestFiguresByHand(t *testing.T) {
	hold(t, []handCase{
		{"49 days at 0.05 %", Mul, []Value{cny("120000.00"), pct("0.05%"), DaysOf(49)}, cny("2940.00")},
		{"money at a percentage of a percentage", Mul, []Value{cny("100.00"), pct("50%"), pct("50%")}, cny("25.00")},
		{"money comes in any place", Mul, []Value{num("3"), cny("0.10")}, cny("0.30")},
		{"a percentage of a count is a percentage", Mul, []Value{num("4"), pct("1%")}, pct("4%")},
		{"a rate times a multiple is a rate", Mul, []Value{pct("3.45%"), num("1.3")}, pct("4.485%")},
		{"a rate a day over days is a percentage", Mul, []Value{DaysOf(49), pct("0.05%")}, pct("2.45%")},
		{"days times days is a number", Mul, []Value{DaysOf(7), DaysOf(2)}, num("14")},
		{"half of an hour", Part, []Value{dur("1h0m0s"), pct("50%")}, dur("30m0s")},
		{"a nanosecond that is begun counts whole", Part, []Value{dur("10ns"), pct("33%")}, dur("4ns")},
		{"a part by a number", Part, []Value{dur("8h0m0s"), num("0.75")}, dur("6h0m0s")},
		{"all of no time", Part, []Value{dur("0s"), pct("100%")}, dur("0s")},
		{"a third stays a third", Div, []Value{cny("100.00"), num("3")}, cny("100/3")},
		{"a price with tax without it", Div, []Value{cny("120000.00"), pct("106%")}, cny("6000000/53")},
		{"money a day", Div, []Value{cny("365.00"), DaysOf(365)}, cny("1.00")},
		{"money by money is a number", Div, []Value{cny("6000.00"), cny("30.00")}, num("200")},
		{"time by time is a number", Div, []Value{dur("1h30m0s"), dur("1h0m0s")}, num("1.5")},
		{"percent by percent is a number", Div, []Value{pct("4%"), pct("1%")}, num("4")},
		{"days by days is a number", Div, []Value{DaysOf(7), DaysOf(2)}, num("3.5")},
		{"days by a number are one too", Div, []Value{DaysOf(7), num("2")}, num("3.5")},
		{"a number by a percentage", Div, []Value{num("3"), pct("50%")}, num("6")},
		{"a rate a year is one a day", Div, []Value{pct("3.65%"), DaysOf(365)}, pct("0.01%")},

		{"days and days", Add, []Value{DaysOf(8), DaysOf(31), DaysOf(10)}, DaysOf(49)},
		{"time and time", Add, []Value{dur("1h30m0s"), dur("45m0s")}, dur("2h15m0s")},
		{"percentages", Add, []Value{pct("3.35%"), pct("1.5%")}, pct("4.85%")},
		{"money of one is its own sum", Add, []Value{cny("2/3")}, cny("2/3")},
		{"two thirds and a third are a whole", Add, []Value{cny("2/3"), cny("1/3")}, cny("1.00")},
		{"a currency without minor units", Add, []Value{{Money, "100 JPY"}, {Money, "50 JPY"}}, Value{Money, "150 JPY"}},
		{"a currency with three digits", Add, []Value{{Money, "1.500 KWD"}, {Money, "0.250 KWD"}}, Value{Money, "1.750 KWD"}},
		{"money below zero", Sub, []Value{cny("1.00"), cny("2.50")}, cny("-1.50")},
		{"time below zero", Sub, []Value{dur("1h0m0s"), dur("1h30m0s")}, dur("-30m0s")},
		{"days below zero", Sub, []Value{DaysOf(8), DaysOf(31)}, DaysOf(-23)},

		{"to the fen, half up", Round, []Value{cny("6000000/53"), cny("0.01"), WordOf("half up")}, cny("113207.55")},
		{"a tie in money, to even", Round, []Value{cny("225.045"), cny("0.01"), WordOf("half even")}, cny("225.04")},
		{"a tie below zero goes away from it", Round, []Value{cny("-225.045"), cny("0.01"), WordOf("half up")}, cny("-225.05")},
		{"to five cents", Round, []Value{cny("1.03"), cny("0.05"), WordOf("half up")}, cny("1.05")},
		{"to whole thousands", Round, []Value{cny("1999.99"), cny("1000.00"), WordOf("down")}, cny("1000.00")},
		{"time up to half an hour", Round, []Value{dur("1h10m0s"), dur("30m0s"), WordOf("up")}, dur("1h30m0s")},
		{"time that is whole stays", Round, []Value{dur("1h30m0s"), dur("30m0s"), WordOf("up")}, dur("1h30m0s")},
		{"time down to the minute", Round, []Value{dur("1m59.999s"), dur("1m0s"), WordOf("down")}, dur("1m0s")},

		{"least of money", Min, []Value{cny("8190.00"), cny("6000.00")}, cny("6000.00")},
		{"least of one", Min, []Value{DaysOf(3)}, DaysOf(3)},
		{"least time", Min, []Value{dur("1h1m0s"), dur("1h0m0s")}, dur("1h0m0s")},
		{"latest of days", Max, []Value{on("2024-02-18"), on("2024-02-21"), on("2024-02-20")}, on("2024-02-21")},
		{"greatest percentage", Max, []Value{pct("9%"), pct("10%")}, pct("10%")},
		{"the latest, of one instant twice the first", Max, []Value{at("2024-03-04T10:00:00Z"), at("2024-03-04T18:00:00+08:00")}, at("2024-03-04T10:00:00Z")},
		{"the latest in any offset", Max, []Value{at("2024-03-04T10:00:00Z"), at("2024-03-04T17:00:00+08:00")}, at("2024-03-04T18:00:00+08:00")},
		{"more than excludes the number", MoreThan, []Value{DaysOf(30), DaysOf(30)}, TruthOf(false)},
		{"more by a fen", MoreThan, []Value{cny("30.01"), cny("30.00")}, TruthOf(true)},
		{"a later instant is more", MoreThan, []Value{at("2024-03-04T10:00:00.000000001Z"), at("2024-03-04T18:00:00+08:00")}, TruthOf(true)},
		{"at least a day", AtLeast, []Value{on("2024-12-31"), on("2024-12-31")}, TruthOf(true)},
		{"not at least the day after", AtLeast, []Value{on("2024-12-31"), on("2025-01-01")}, TruthOf(false)},
		{"at least so much time", AtLeast, []Value{dur("4h0m0s"), dur("4h0m0s")}, TruthOf(true)},
	})
}

func TestFiguresThatFail(t *testing.T) {
	fail(t, []failCase{
		{"holds CNY against GBP", Add, []Value{cny("1.00"), gbp("1.00")}},
		{"holds a number against a percent", Add, []Value{num("1"), num("2"), pct("3%")}},
		{"would be a number, percent, money, days or elapsed time", Add, []Value{on("2024-01-01")}},
		{"has 0 operands", Add, nil},
		{"more than the 292 years", Add, []Value{ElapsedOf(1<<63 - 1), dur("1ns")}},
		{"holds money against a number", Sub, []Value{cny("1.00"), num("1")}},
		{"holds CNY against GBP", Sub, []Value{cny("1.00"), gbp("1.00")}},
		{"has 3 operands; it takes 2", Sub, []Value{num("1"), num("1"), num("1")}},
		{"more than the 292 years", Sub, []Value{ElapsedOf(-1 << 63), dur("1ns")}},

		{"has 1 operands", Mul, []Value{num("1")}},
		{"multiplies money by money", Mul, []Value{cny("1.00"), num("2"), cny("1.00")}},
		{"multiplies money by money", Mul, []Value{cny("1.00"), gbp("1.00")}},
		{"multiplies a percentage by a percentage", Mul, []Value{pct("1%"), num("3"), pct("2%")}},
		{"would be a number, percent, money or days", Mul, []Value{num("2"), dur("1h0m0s")}},
		{"more than the 292 years", Part, []Value{ElapsedOf(1<<63 - 1), num("2")}},
		{"would be a number or percent", Part, []Value{dur("1h0m0s"), dur("1h0m0s")}},
		{"divides by nothing", Div, []Value{cny("1.00"), num("0")}},
		{"divides by nothing", Div, []Value{cny("0.00"), cny("0.00")}},
		{"divides a number by money", Div, []Value{num("1"), cny("1.00")}},
		{"holds CNY against GBP", Div, []Value{cny("1.00"), gbp("1.00")}},
		{"has 3 operands; it takes 2", Div, []Value{num("1"), num("1"), num("1")}},

		{"rounds days", Round, []Value{DaysOf(3), num("0"), WordOf("up")}},
		{"to a multiple of 0.00 CNY; it is above 0", Round, []Value{cny("1.00"), cny("0.00"), WordOf("up")}},
		{"above 0", Round, []Value{cny("1.00"), cny("-0.01"), WordOf("up")}},
		{"above 0", Round, []Value{dur("1h0m0s"), dur("0s"), WordOf("up")}},
		{"holds CNY against GBP", Round, []Value{cny("1.00"), gbp("0.01"), WordOf("up")}},
		{"holds an elapsed time against a number", Round, []Value{dur("1h0m0s"), num("0"), WordOf("up")}},
		{"rounds a number by money", Round, []Value{num("1"), cny("0.01"), WordOf("up")}},
		{"rounds a percent by a percent", Round, []Value{pct("1%"), pct("0.01%"), WordOf("up")}},
		{`rounds by "sideways"`, Round, []Value{cny("1.00"), cny("0.01"), WordOf("sideways")}},
		{"more than the 292 years", Round, []Value{ElapsedOf(1<<63 - 1), dur("1h0m0s"), WordOf("up")}},

		{"holds a number against a date", Max, []Value{on("2024-01-01"), num("1")}},
		{"holds a date against an instant", Min, []Value{at("2024-01-01T00:00:00Z"), on("2024-01-01")}},
		{"holds GBP against CNY", Min, []Value{cny("1.00"), gbp("1.00")}},
		{"holds a percent against a number", Max, []Value{num("1"), pct("1%")}},
		{"has 0 operands", Min, nil},
		{"would be a number, percent, money, days, elapsed time, date or instant", Max, []Value{TruthOf(true)}},
		{"holds a number against a date", MoreThan, []Value{num("1"), on("2024-01-01")}},
		{"holds CNY against GBP", MoreThan, []Value{cny("1.00"), gbp("1.00")}},
		{"holds an instant against a date", AtLeast, []Value{at("2024-01-01T00:00:00Z"), on("2024-01-01")}},
		{"has 3 operands; it takes 2", AtLeast, []Value{num("1"), num("1"), num("1")}},
	})
}

// The kind of a product and of a quotient, for every pair of kinds; "" is that there
// is none. What they come to follows from what a percentage is: hundredths.
func TestKindsOfProductsAndQuotients(t *testing.T) {
	kinds := []Kind{Number, Percent, Money, Days, Elapsed}
	products := [5][5]Kind{
		{Number, Percent, Money, Number, ""},
		{Percent, "", Money, Percent, ""},
		{Money, Money, "", Money, ""},
		{Number, Percent, Money, Number, ""},
		{},
	}
	quotients := [5][5]Kind{
		{Number, Number, "", Number, ""},
		{Percent, Number, "", Percent, ""},
		{Money, Money, Number, Money, ""},
		{Number, "", "", Number, ""},
		{"", "", "", "", Number},
	}
	worth := func(n int64, kind Kind) *big.Rat {
		if kind == Percent {
			return big.NewRat(n, 100)
		}
		return big.NewRat(n, 1)
	}
	for i, a := range kinds {
		for j, b := range kinds {
			for op, table := range map[Op][5][5]Kind{Mul: products, Div: quotients} {
				t.Run(fmt.Sprint(a, " ", op, " ", b), func(t *testing.T) {
					args := []Value{whole(a, 7), whole(b, 4)}
					kind := table[i][j]
					if kind == "" {
						v := handCase{"", op, args, num("0")}.working().Check()
						require.Equal(t, Fails, v.Outcome)
						require.Equal(t, 3, v.Step)
						require.NotContains(t, v.Reason, "the steps before give")
						return
					}
					r := new(big.Rat).Mul(worth(7, a), worth(4, b))
					if op == Div {
						r.Quo(worth(7, a), worth(4, b))
					}
					want := map[Kind]Value{Number: NumberOf(r), Money: MoneyOf(r, "CNY"), Percent: PercentOf(new(big.Rat).Mul(r, big.NewRat(100, 1)))}[kind]
					require.NoError(t, handCase{"", op, args, want}.working().Check().Err())
				})
			}
		}
	}
}

// whole is the whole number n as a value of a kind that has an order.
func whole(kind Kind, n int64) Value {
	switch kind {
	case Percent:
		return PercentOf(big.NewRat(n, 1))
	case Money:
		return MoneyOf(big.NewRat(n, 1), "CNY")
	case Days:
		return DaysOf(int(n))
	case Elapsed:
		return ElapsedOf(time.Duration(n))
	case Date:
		return (day(19_000) + day(n)).value()
	case Instant: // each in an offset of its own
		return InstantOf(time.Unix(1_700_000_000+n, 0).In(time.FixedZone("", int(n%12)*3600)))
	}
	return NumberOf(big.NewRat(n, 1))
}

var ordered = []Kind{Number, Percent, Money, Days, Elapsed, Date, Instant}

// Values are ordered as the whole numbers that they hold.
func TestOrderAgainstNumbers(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		kind := rapid.SampledFrom(ordered).Draw(t, "kind")
		list := rapid.SliceOfN(rapid.Int64Range(-3, 3), 1, 5).Draw(t, "values")
		var args []Value
		for _, n := range list {
			args = append(args, whole(kind, n))
		}
		asked := []handCase{{"", Min, args, whole(kind, slices.Min(list))}, {"", Max, args, whole(kind, slices.Max(list))}}
		if len(list) > 1 {
			asked = append(asked, handCase{"", AtLeast, args[:2], TruthOf(list[0] >= list[1])}, handCase{"", MoreThan, args[:2], TruthOf(list[0] > list[1])})
		}
		for _, c := range asked {
			require.NoError(t, c.working().Check().Err())
			c.want = altered(c.want)
			require.Equal(t, Fails, c.working().Check().Outcome)
		}
	})
}

// Sums of each kind are those of the whole numbers, in thousandths where the kind
// has them.
func TestSumsAgainstNumbers(t *testing.T) {
	of := map[Kind]func(n int64) Value{
		Number:  func(n int64) Value { return NumberOf(big.NewRat(n, 1000)) },
		Percent: func(n int64) Value { return PercentOf(big.NewRat(n, 1000)) },
		Money:   func(n int64) Value { return MoneyOf(big.NewRat(n, 1000), "KWD") },
		Days:    func(n int64) Value { return DaysOf(int(n)) },
		Elapsed: func(n int64) Value { return ElapsedOf(time.Duration(n)) },
	}
	rapid.Check(t, func(t *rapid.T) {
		kind := rapid.SampledFrom([]Kind{Number, Percent, Money, Days, Elapsed}).Draw(t, "kind")
		list := rapid.SliceOfN(rapid.Int64Range(-2000, 2000), 2, 6).Draw(t, "values")
		var args []Value
		sum := int64(0)
		for _, n := range list {
			args = append(args, of[kind](n))
			sum += n
		}
		require.NoError(t, handCase{"", Add, args, of[kind](sum)}.working().Check().Err())
		require.NoError(t, handCase{"", Sub, args[:2], of[kind](list[0] - list[1])}.working().Check().Err())
		require.Equal(t, Fails, handCase{"", Add, args, of[kind](sum + 1)}.working().Check().Outcome)
		require.Equal(t, Fails, handCase{"", Sub, args[:2], of[kind](list[1] - list[0] - 1)}.working().Check().Outcome)
	})
}

// What rounding is, by each mode, rather than how it is done: of all multiples of
// the unit the answer is the one that the mode allows.
func TestRoundingIsWhatItSays(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		mode := rapid.SampledFrom([]string{"half up", "half down", "half even", "up", "down"}).Draw(t, "mode")
		unit := rapid.Int64Range(1, 50).Draw(t, "unit")
		// Twice the figure, so that every other one is a tie.
		twice := rapid.Int64Range(-6, 6).Draw(t, "halves")*unit + rapid.Int64Range(-1, 1).Draw(t, "beside")
		var multiples []int64
		for k := int64(-5); k <= 5; k++ {
			distance, outward := abs(twice-2*k*unit), abs(2*k*unit)-abs(twice)
			nearest := distance < unit || distance == unit && (mode == "half up" && outward > 0 || mode == "half down" && outward < 0 || mode == "half even" && k%2 == 0)
			switch mode {
			case "up":
				nearest = distance < 2*unit && outward >= 0 && k*twice >= 0
			case "down":
				nearest = distance < 2*unit && outward <= 0 && k*twice >= 0
			}
			if nearest {
				multiples = append(multiples, k)
			}
		}
		require.Len(t, multiples, 1, "one answer and no other")
		to := multiples[0] * unit
		for _, c := range []handCase{
			{"", Round, []Value{MoneyOf(big.NewRat(twice, 200), "CNY"), MoneyOf(big.NewRat(unit, 100), "CNY"), WordOf(mode)}, MoneyOf(big.NewRat(to, 100), "CNY")},
			{"", Round, []Value{ElapsedOf(time.Duration(twice)), ElapsedOf(time.Duration(2 * unit)), WordOf(mode)}, ElapsedOf(time.Duration(2 * to))},
			{"", Round, []Value{NumberOf(big.NewRat(twice, 200*unit)), num("2"), WordOf(mode)}, NumberOf(big.NewRat(multiples[0], 100))},
			{"", Round, []Value{PercentOf(big.NewRat(twice, 2*unit)), num("0"), WordOf(mode)}, PercentOf(big.NewRat(multiples[0], 1))},
		} {
			require.NoError(t, c.working().Check().Err())
		}
	})
}

func abs(n int64) int64 { return max(n, -n) }

func TestMarksOfBounds(t *testing.T) {
	all := []Mark{CapReached, CapNotReached, MinimumApplies, MinimumNotNeeded, InTime}
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
		want := "6000.00"
		if c.mark == CapNotReached || c.mark == MinimumNotNeeded {
			want = c.figure
		}
		for _, mark := range append(all, "") { // without a mark it is a least or greatest of two, and no bound
			w := handCase{"", c.op, []Value{cny(c.figure), cny("6000.00")}, cny(want)}.working()
			w.Steps[2].Mark = mark
			require.Equal(t, mark == c.mark || mark == "", w.Check().Outcome == Holds, "%s of %s marked %s", c.op, c.figure, mark)
		}
		// Of one or of three there is no figure and its bound; nor of a sum.
		for _, other := range []handCase{
			{"", c.op, []Value{cny("1.00")}, cny("1.00")},
			{"", c.op, []Value{cny("1.00"), cny("1.00"), cny("1.00")}, cny("1.00")},
			{"", Add, []Value{cny("1.00"), cny("0.00")}, cny("1.00")},
		} {
			w := other.working()
			w.Steps[len(w.Steps)-1].Mark = c.mark
			v := w.Check()
			require.Equal(t, Fails, v.Outcome)
			require.Contains(t, v.Reason, "which is for a figure and its bound")
		}
	}
	// The bound of a date is one as well.
	w := handCase{"", Min, []Value{on("2024-03-31"), on("2024-03-30")}, on("2024-03-30")}.working()
	w.Steps[2].Mark = CapReached
	require.NoError(t, w.Check().Err())
	w.Steps[2].Mark = CapNotReached
	require.Contains(t, w.Check().Reason, `is marked "cap not reached"; by its operands it is "cap reached"`)
}
