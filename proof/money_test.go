package proof

import (
	"math/big"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func TestMoneySpelling(t *testing.T) {
	for _, c := range []struct {
		why    string
		number *big.Rat
		in     string
		want   string
	}{
		{"with its two digits", big.NewRat(2400, 1), "CNY", "2400.00 CNY"},
		{"and more where it has more", big.NewRat(1207425, 100000), "CNY", "12.07425 CNY"},
		{"below zero", big.NewRat(-5, 1), "CNY", "-5.00 CNY"},
		{"nothing", new(big.Rat), "CNY", "0.00 CNY"},
		{"what no decimal says is a fraction", big.NewRat(4, 6), "CNY", "2/3 CNY"},
		{"a fraction below zero", big.NewRat(-4, 6), "CNY", "-2/3 CNY"},
		{"no digits", big.NewRat(100, 1), "JPY", "100 JPY"},
		{"no digits, and a part", big.NewRat(1, 2), "JPY", "0.5 JPY"},
		{"three digits", big.NewRat(3, 2), "KWD", "1.500 KWD"},
		{"four digits", big.NewRat(3, 2), "CLF", "1.5000 CLF"},
		{"a code that is not known has two", big.NewRat(3, 2), "XXX", "1.50 XXX"},
		{"and so has one that is part of two others", big.NewRat(3, 2), "IFC", "1.50 IFC"},
	} {
		t.Run(c.why, func(t *testing.T) {
			v := MoneyOf(c.number, c.in)
			require.Equal(t, Value{Money, c.want}, v)
			a := must(read(v)).(amount)
			require.Zero(t, a.number.Cmp(c.number))
			require.Equal(t, c.in, a.currency)
		})
	}
	require.Equal(t, Value{}, MoneyOf(nil, "CNY"))
	for range 20 { // what has no currency is spelled in one way too
		require.Equal(t, Value{Money, "1.00 "}, MoneyOf(big.NewRat(1, 1), ""))
	}
	digits := map[int]string{
		0: "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF",
		2: "CNY USD EUR GBP HKD TWD SGD",
		3: "BHD IQD JOD KWD LYD OMR TND",
		4: "CLF UYW",
	}
	for n, list := range digits {
		for _, code := range strings.Fields(list) {
			require.Equal(t, n, minorUnit(code), code)
		}
	}
}

func TestMoneyReadsBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := big.NewRat(rapid.Int64().Draw(t, "n"), rapid.Int64Range(1, 1_000_000).Draw(t, "d"))
		currency := rapid.SampledFrom([]string{"CNY", "JPY", "KWD", "CLF", "GBP"}).Draw(t, "currency")
		a := must(read(MoneyOf(r, currency))).(amount)
		require.Zero(t, a.number.Cmp(r))
		require.Equal(t, currency, a.currency)
	})
}

func TestMoneyTextsRefused(t *testing.T) {
	for _, text := range []string{"", " ", "CNY", "1", "1 CNY", "1.0 CNY", "1.000 CNY", "1.00CNY", "1.00 cny", "1.00 CN", "1.00 CNYY", "1.00 C1Y", "CNY 1.00", "1.00  CNY",
		"1.00 CNY ", " 1.00 CNY", "2/4 CNY", "4/2 CNY", "1/0 CNY", "-0.00 CNY", "+1.00 CNY", "01.00 CNY", ".50 CNY", "1,000.00 CNY", "1e3 CNY", "100.00 JPY", "100.0 JPY", "1.50 KWD", "1.00 ＣＮＹ", "¥1.00"} {
		_, err := read(Value{Money, text})
		require.Error(t, err, text)
	}
	_, err := read(cny(strings.Repeat("9", maxDigits-2) + ".00"))
	require.NoError(t, err)
	_, err = read(cny(strings.Repeat("9", maxDigits-1) + ".00"))
	require.Equal(t, CannotCheck, verdict(1, err).Outcome)
}

// A price of 120,000.00 with 6 % of tax in it: the price without is rounded once,
// and the tax is what is left, so that the two add up.
func TestPriceWithTax(t *testing.T) {
	n := newNotes("a price of 120,000.00 CNY with 6 % of tax in it")
	gross := n.term("gross", cny("120000.00"), "7.1", "/fees/items/support/price")
	hundred := n.put(Step{Op: Rule, Name: "hundred percent", Value: pct("100%"), Source: &Source{In: "price and tax"}})
	with := n.derive(Add, "hundred percent", pct("106%"), hundred, n.term("tax rate", pct("6%"), "7.2", "/tax/rate"))
	exact := n.derive(Div, "net", cny("6000000/53"), gross, with)
	net := n.derive(Round, "net", cny("113207.55"), exact, n.term("rounded to", cny("0.01"), "7.3", "/rounding/to"), n.term("rounding", WordOf("half up"), "7.3", "/rounding/mode"))
	n.derive(Sub, "tax", cny("6792.45"), gross, net)
	require.NoError(t, n.done().Check().Err())
}

func TestPartsByHand(t *testing.T) {
	part := func(whole Value, k string, weights ...string) []Value {
		args := []Value{whole, num(k)}
		for _, w := range weights {
			args = append(args, num(w))
		}
		return args
	}
	hold(t, []handCase{
		{"225.05 in three: two fen are left, the first has one", Split, part(cny("225.05"), "1", "1", "1", "1"), cny("75.02")},
		{"the second the other", Split, part(cny("225.05"), "2", "1", "1", "1"), cny("75.02")},
		{"and the third none", Split, part(cny("225.05"), "3", "1", "1", "1"), cny("75.01")},
		{"first of three equal parts has the odd fen", Split, part(cny("0.10"), "1", "1", "1", "1"), cny("0.04")},
		{"and the others have not", Split, part(cny("0.10"), "3", "1", "1", "1"), cny("0.03")},
		{"the odd fen goes to the largest remainder", Split, part(cny("225.05"), "2", "1", "2", "0.5"), cny("128.60")},
		{"and not to the largest part", Split, part(cny("1.00"), "1", "5", "1"), cny("0.83")},
		{"between equals it goes to the first", Split, part(cny("1.00"), "1", "1", "7"), cny("0.13")},
		{"a weight of thirds", Split, part(cny("1.00"), "2", "1/3", "2/3"), cny("0.67")},
		{"a negative is shared by its magnitude", Split, part(cny("-0.10"), "1", "1", "1", "1"), cny("-0.04")},
		{"no weight, no part", Split, part(cny("1.00"), "2", "1", "0"), cny("0.00")},
		{"one part is the whole", Split, part(cny("1.00"), "1", "0.001"), cny("1.00")},
		{"nothing shared is nothing", Split, part(cny("0.00"), "2", "1", "1"), cny("0.00")},
		{"in whole yen", Split, part(Value{Money, "100 JPY"}, "1", "1", "1", "1"), Value{Money, "34 JPY"}},
		{"in fils", Split, part(Value{Money, "1.000 KWD"}, "1", "1", "1", "1"), Value{Money, "0.334 KWD"}},
		{"in its own last digit where it has more", Split, part(cny("0.1001"), "1", "1", "1"), cny("0.0501")},
	})
	fail(t, []failCase{
		{"takes part 4 of 3", Split, part(cny("1.00"), "4", "1", "1", "1")},
		{"takes part 0 of 1", Split, part(cny("1.00"), "0", "1")},
		{"takes part -1 of 1", Split, part(cny("1.00"), "-1", "1")},
		{"takes part 1.5 of 2", Split, part(cny("1.00"), "1.5", "1", "1")},
		{"takes part " + strings.Repeat("9", 300) + " of 1", Split, part(cny("1.00"), strings.Repeat("9", 300), "1")},
		{"a weight is 0 or more", Split, part(cny("1.00"), "1", "1", "-1")},
		{"weights that are all 0", Split, part(cny("1.00"), "1", "0", "0")},
		{"shares 1/3 CNY, which has no last digit", Split, part(cny("1/3"), "1", "1")},
		{"would be money", Split, part(num("1"), "1", "1")},
		{"would be a number", Split, []Value{cny("1.00"), num("1"), pct("100%")}},
		{"has 2 operands", Split, part(cny("1.00"), "1")},
	})
}

// Money shared in whole fen, by whole weights: the fen that are left are given out
// one after the other, each to the part that lacks most then.
func TestPartsAgainstGivingOut(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		fen := rapid.Int64Range(-100_000, 100_000).Draw(t, "fen")
		weights := rapid.SliceOfN(rapid.Int64Range(0, 12), 1, 7).Draw(t, "weights")
		total := int64(0)
		for _, w := range weights {
			total += w
		}
		if total == 0 {
			return
		}
		given, left := make([]int64, len(weights)), abs(fen)
		lacks := func(i int) int64 { return abs(fen)*weights[i] - given[i]*total } // in parts of a fen
		for i := range weights {
			for lacks(i) >= total*1000 { // thousands at once
				given[i], left = given[i]+1000, left-1000
			}
			for lacks(i) >= total {
				given[i], left = given[i]+1, left-1
			}
		}
		for ; left > 0; left-- {
			most := 0
			for i := range weights {
				if lacks(i) > lacks(most) {
					most = i
				}
			}
			given[most]++
		}
		sum, args := int64(0), []Value{MoneyOf(big.NewRat(fen, 100), "CNY"), {}}
		for _, w := range weights {
			args = append(args, whole(Number, w))
		}
		for i := range weights {
			sum += given[i]
			args[1] = whole(Number, int64(i+1))
			sign := int64(1)
			if fen < 0 {
				sign = -1
			}
			want := MoneyOf(big.NewRat(sign*given[i], 100), "CNY")
			require.NoError(t, handCase{"", Split, args, want}.working().Check().Err())
			require.Equal(t, Fails, handCase{"", Split, args, altered(want)}.working().Check().Outcome)
		}
		require.Equal(t, abs(fen), sum)
	})
}
