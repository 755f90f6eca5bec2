package proof

import (
	"math/big"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func banded(s string) Value { return Value{Band, s} }
func celled(s string) Value { return Value{Cell, s} }

func TestRowsOfTablesAreSpelled(t *testing.T) {
	for want, v := range map[string]Value{
		"below 80%: 20%":                          BandOf(Value{}, pct("80%"), pct("20%")),
		"from 80% below 90%: 10%":                 BandOf(pct("80%"), pct("90%"), pct("10%")),
		"from 95%: 0%":                            BandOf(pct("95%"), Value{}, pct("0%")),
		"any: 5%":                                 BandOf(Value{}, Value{}, pct("5%")),
		"from 0 below 1.5: 70.00 GBP":             BandOf(num("0"), num("1.5"), gbp("70.00")),
		"from -1 below 0: 2/3":                    BandOf(num("-1"), num("0"), num("2/3")),
		"from 1000.00 GBP below 2000.00 GBP: 0.5": BandOf(gbp("1000.00"), gbp("2000.00"), num("0.5")),
		"below 1/3 CNY: 1%":                       BandOf(Value{}, cny("1/3"), pct("1%")),
		"serious, low: 1.5":                       CellOf([]string{"serious", "low"}, num("1.5")),
		"rest day: 150%":                          CellOf([]string{"rest day"}, pct("150%")),
		"a - b, c/d, 3 (x): 100 JPY":              CellOf([]string{"a - b", "c/d", "3 (x)"}, Value{Money, "100 JPY"}),
		"2024-07-22 3.35%":                        DatedOf(on("2024-07-22"), pct("3.35%")),
		"2024-03-31 50000.00 CNY":                 DatedOf(on("2024-03-31"), cny("50000.00")),
		"2024-01-01 104.2":                        DatedOf(on("2024-01-01"), num("104.2")),
	} {
		require.Equal(t, want, v.Text)
		_, err := read(v)
		require.NoError(t, err, want)
	}
}

func TestRowsOfTablesRefused(t *testing.T) {
	for kind, texts := range map[Kind][]string{
		Band: {"", "80%: 10%", "below 80% 10%", "below 80%:10%", "from 80% to 90%: 10%", "below 80%: ", "any", "any : 1%", "any 1%: 1%", "from : 1%", "below : 1%", "from 80% below : 1%", "from  below 90%: 1%",
			" below 90%: 1%", "below 90% from 80%: 1%", "from 80% below 90% below 95%: 1%", "from 80% from 90%: 1%", "below below 90%: 1%", "Below 90%: 1%", "below 90%: 1%: 2%",
			"below 80.0%: 10%", "below 80%: 10.0%", "from 080% below 90%: 10%", "below 80% : 10%", "below 1.0 CNY: 1%", "below 2024-01-01: 1%", "below 80%: yes", "below x: 1%", "any: x"},
		Cell: {"", "serious", ": 1.5", "serious:1.5", "serious,low: 1.5", "serious : 1.5", " serious: 1.5", "serious, : 1.5", ", serious: 1.5", "serious,  low: 1.5",
			"serious: low: 1.5", "serious: x", "serious: ", "serious: 1.50", "serious: 1.5 cny", "a\tb: 1.5"},
		Dated: {"", "2024-07-22", "2024-07-22 ", "2024-07-22 3.350%", "2024-7-22 3%", "22-07-2024 3%", "2024-07-22 x", "2024-07-22  3%", "2024-07-22: 3%", "2024-02-30 3%", "2024-07-22 3 %", "2024-07-22 yes"},
	} {
		for _, text := range texts {
			_, err := read(Value{kind, text})
			require.Error(t, err, "%s %q", kind, text)
			require.Equal(t, Fails, verdict(1, err).Outcome, "%s %q", kind, text)
		}
	}
	for text, reason := range map[string]string{
		"from 80% below 90: 10%":            "whose ends are of two kinds or currencies",
		"from 80.00 CNY below 90%: 10%":     "whose ends are of two kinds or currencies",
		"from 1.00 CNY below 2.00 GBP: 10%": "whose ends are of two kinds or currencies",
		"from 3% below 2%: 1%":              "a band that holds nothing",
		"from 2% below 2%: 1%":              "a band that holds nothing",
		"from 10 below 9: 1%":               "a band that holds nothing",
		"from 80 % below 90%: 1%":           "which is no percent",
		"below 90%: 1%%":                    "which is no percent",
		"from 9.50 below 10: 1%":            `whose one spelling is "from 9.5 below 10: 1%"`,
		"below 1 CNY: 1%":                   `whose one spelling is "below 1.00 CNY: 1%"`,
		"from 80% to 90% below 95%: 1%":     "which is no percent",
	} {
		_, err := read(banded(text))
		require.ErrorContains(t, err, reason, text)
	}
	for _, v := range []Value{banded("below " + strings.Repeat("9", 500) + ": 1%"), banded("any: " + strings.Repeat("9", 500)), celled("a: " + strings.Repeat("9", 500)), row("2024-01-01 " + strings.Repeat("9", 500))} {
		_, err := read(v)
		require.Equal(t, CannotCheck, verdict(1, err).Outcome, "a number of too many digits is not looked at")
	}
}

func TestTablesByHand(t *testing.T) {
	attainment := []Value{banded("below 80%: 20%"), banded("from 80% below 90%: 10%"), banded("from 90% below 95%: 5%"), banded("from 95%: 0%")}
	debts := []Value{banded("below 1000.00 GBP: 40.00 GBP"), banded("from 1000.00 GBP below 10000.00 GBP: 70.00 GBP"), banded("from 10000.00 GBP: 100.00 GBP")}
	faults := []Value{celled("ordinary, low: 1"), celled("ordinary, high: 1.2"), celled("serious, low: 1.5"), celled("serious, high: 2")}
	sought := func(v Value, rows []Value) []Value { return append([]Value{v}, rows...) }
	words := func(a, b string) []Value { return append([]Value{WordOf(a), WordOf(b)}, faults...) }
	hold(t, []handCase{
		{"a band holds its lower end", Find, sought(pct("95%"), attainment), pct("0%")},
		{"and not its upper one", Find, sought(pct("94.99%"), attainment), pct("5%")},
		{"by a hair", Find, sought(pct("284999999/3000000%"), attainment), pct("5%")},
		{"the first holds all below", Find, sought(pct("-1%"), attainment), pct("20%")},
		{"the last holds all above", Find, sought(pct("1000%"), attainment), pct("0%")},
		{"a fixed sum by the debt", Find, sought(gbp("999.99"), debts), gbp("40.00")},
		{"from its lower end on", Find, sought(gbp("1000.00"), debts), gbp("70.00")},
		{"the largest", Find, sought(gbp("10000.00"), debts), gbp("100.00")},
		{"one band for all", Find, []Value{num("7"), banded("any: 3")}, num("3")},
		{"for money too", Find, []Value{cny("7.00"), banded("any: 3%")}, pct("3%")},

		{"an entry by two words", Entry, words("serious", "low"), num("1.5")},
		{"the last of them", Entry, words("serious", "high"), num("2")},
		{"an entry by one word", Entry, []Value{WordOf("rest day"), celled("normal: 1"), celled("rest day: 200%")}, pct("200%")},
		{"an entry of money", Entry, []Value{WordOf("on site"), celled("on site: 300.00 CNY")}, cny("300.00")},

		{"if yes, the first", Choose, []Value{TruthOf(true), pct("4%"), pct("0%")}, pct("4%")},
		{"if no, the second", Choose, []Value{TruthOf(false), pct("4%"), pct("0%")}, pct("0%")},
		{"between dates", Choose, []Value{TruthOf(false), on("2024-01-01"), on("2024-01-02")}, on("2024-01-02")},
		{"between instants, as they are spelled", Choose, []Value{TruthOf(true), at("2024-01-01T08:00:00+08:00"), at("2024-01-01T00:00:00Z")}, at("2024-01-01T08:00:00+08:00")},
		{"between words", Choose, []Value{TruthOf(false), WordOf("closed"), WordOf("as mon")}, WordOf("as mon")},
	})
	fail(t, []failCase{
		{"takes the band \"from 1% below 2%: 1%\" as band 1; the first has no lower end", Find, []Value{pct("1%"), banded("from 1% below 2%: 1%"), banded("from 2%: 0%")}},
		{"as band 2; the first has no lower end, and each other has one", Find, []Value{pct("1%"), banded("below 2%: 1%"), banded("below 3%: 0%")}},
		{"as band 1; the first has no lower end", Find, []Value{pct("1%"), banded("from 2%: 1%")}},
		{"as band 2 of 2; the last has no upper end", Find, []Value{pct("1%"), banded("below 1%: 1%"), banded("from 1% below 2%: 0%")}},
		{"as band 1 of 2; the last has no upper end, and each other has one", Find, []Value{pct("1%"), banded("any: 1%"), banded("from 1%: 0%")}},
		{"as band 1 of 1; the last has no upper end", Find, []Value{pct("1%"), banded("below 2%: 1%")}},
		{`takes a band from "2%" after one below "1%": a hole or an overlap`, Find, []Value{pct("1%"), banded("below 1%: 1%"), banded("from 2%: 0%")}},
		{"a hole or an overlap", Find, []Value{pct("1%"), banded("below 2%: 1%"), banded("from 1%: 0%")}},
		{"a hole or an overlap", Find, []Value{pct("1%"), banded("below 3%: 1%"), banded("from 5% below 6%: 0%"), banded("from 6%: 1%")}},
		{"a hole or an overlap", Find, []Value{pct("1%"), banded("below 1%: 1%"), banded("from 1: 0%")}},
		{`seeks "1" in the band "below 1%: 1%", of another kind or currency`, Find, []Value{num("1"), banded("below 1%: 1%"), banded("from 1%: 0%")}},
		{"of another kind or currency", Find, []Value{cny("1.00"), banded("below 1.00 GBP: 1%"), banded("from 1.00 GBP: 0%")}},
		{"would be a number, percent or money", Find, []Value{DaysOf(1), banded("any: 1%")}},
		{"would be a quoted band", Find, []Value{num("1"), pct("1%")}},
		{"has 1 operands", Find, []Value{num("1")}},

		{`finds no entry for "grave, low"`, Entry, words("grave", "low")},
		{`finds no entry for "low, serious"`, Entry, words("low", "serious")},
		{"seeks by 1 words in a table of 2", Entry, []Value{WordOf("serious"), celled("serious, low: 1.5")}},
		{"seeks by 2 words in a table of 1", Entry, []Value{WordOf("serious"), WordOf("low"), celled("serious: 1.5")}},
		{"seeks by 1 words in a table of 2", Entry, []Value{WordOf("serious, low"), celled("serious, low: 1.5")}},
		{`takes two entries for "serious"`, Entry, []Value{WordOf("low"), celled("serious: 1.5"), celled("serious: 2"), celled("low: 1")}},
		{"takes a word after an entry of the table", Entry, []Value{WordOf("serious"), celled("serious: 1.5"), WordOf("low")}},
		{"takes no entry of a table", Entry, []Value{WordOf("serious"), WordOf("low")}},
		{"would be a word or a quoted entry", Entry, []Value{WordOf("serious"), num("1")}},
		{"would be a word", Entry, []Value{celled("serious: 1.5"), celled("low: 1")}},
		{"has 1 operands", Entry, []Value{WordOf("serious")}},

		{"chooses between a percent and a number", Choose, []Value{TruthOf(true), pct("4%"), num("0")}},
		{"would be a truth", Choose, []Value{num("1"), pct("4%"), pct("0%")}},
		{"has 2 operands", Choose, []Value{TruthOf(true), pct("4%")}},
	})
}

// Bands between whole numbers: how many ends a figure has reached says which holds it.
func TestBandsAgainstCounting(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		kind := rapid.SampledFrom([]Kind{Number, Percent, Money}).Draw(t, "kind")
		ends := slices.Sorted(slices.Values(rapid.SliceOfNDistinct(rapid.Int64Range(-5, 5), 0, 5, rapid.ID).Draw(t, "ends")))
		third := rapid.Int64Range(-20, 20).Draw(t, "figure") // in thirds
		args := []Value{{}}
		switch r := big.NewRat(third, 3); kind {
		case Percent:
			args[0] = PercentOf(r)
		case Money:
			args[0] = MoneyOf(r, "CNY")
		default:
			args[0] = NumberOf(r)
		}
		var lower Value
		reached := int64(0)
		for i, e := range ends {
			args = append(args, BandOf(lower, whole(kind, e), whole(Percent, int64(i))))
			lower = whole(kind, e)
			if third >= 3*e {
				reached++
			}
		}
		args = append(args, BandOf(lower, Value{}, whole(Percent, int64(len(ends)))))
		require.NoError(t, handCase{"", Find, args, whole(Percent, reached)}.working().Check().Err())
		require.Equal(t, Fails, handCase{"", Find, args, whole(Percent, reached+1)}.working().Check().Outcome)
		if len(ends) > 0 { // a band left out is a hole, or an end that is missing
			i := rapid.IntRange(1, len(args)-1).Draw(t, "left out")
			require.Equal(t, Fails, handCase{"", Find, slices.Delete(slices.Clone(args), i, i+1), whole(Percent, reached)}.working().Check().Outcome)
		}
	})
}

// A table of two words, its entries in any order.
func TestEntriesAgainstMap(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		table, cells := map[[2]string]int64{}, []Value{}
		for i, a := range []string{"minor", "serious", "make-up day"} {
			for j, b := range []string{"low", "high"} {
				if rapid.IntRange(0, 3).Draw(t, "stated") > 0 {
					table[[2]string{a, b}] = int64(10*i + j)
					cells = append(cells, CellOf([]string{a, b}, whole(Percent, int64(10*i+j))))
				}
			}
		}
		if len(cells) == 0 {
			return
		}
		cells = rapid.Permutation(cells).Draw(t, "cells")
		keys := [2]string{rapid.SampledFrom([]string{"minor", "serious", "make-up day"}).Draw(t, "first"), rapid.SampledFrom([]string{"low", "high"}).Draw(t, "second")}
		args := append([]Value{WordOf(keys[0]), WordOf(keys[1])}, cells...)
		want, stated := table[keys]
		require.Equal(t, stated, handCase{"", Entry, args, whole(Percent, want)}.working().Check().Outcome == Holds)
		require.Equal(t, Fails, handCase{"", Entry, args, whole(Percent, want+1)}.working().Check().Outcome)
	})
}

// What a table is asked by is a word, and its rows are quoted: the name of a zone is
// no word, and a row that was chosen is none of the table.
func TestRowsOfTablesAreQuoted(t *testing.T) {
	for why, ask := range map[string]func(n *notes){
		"would be a word": func(n *notes) {
			zone := n.derive(Zone, "", WordOf("serious"), n.put(Step{Op: Offset, Value: Value{Shift, "1991-09-14T15:00:00Z +08:00"}, Source: &Source{In: "tz database"}}))
			n.derive(Entry, "", num("1.5"), zone, n.fact("", celled("serious: 1.5")))
		},
		"would be a word or a quoted entry of a table": func(n *notes) {
			cell := n.derive(Choose, "", celled("serious: 1.5"), n.fact("", TruthOf(true)), n.fact("", celled("serious: 1.5")), n.fact("", celled("serious: 2")))
			n.derive(Entry, "", num("1.5"), n.fact("", WordOf("serious")), cell)
		},
		"would be a quoted band": func(n *notes) {
			band := n.derive(Choose, "", banded("any: 1%"), n.fact("", TruthOf(true)), n.fact("", banded("any: 1%")), n.fact("", banded("any: 2%")))
			n.derive(Find, "", pct("1%"), n.fact("", num("1")), band)
		},
		"would be a quoted figure of a day": func(n *notes) {
			chosen := n.derive(Choose, "", row("2024-01-01 1%"), n.fact("", TruthOf(true)), n.fact("", row("2024-01-01 1%")), n.fact("", row("2024-01-01 2%")))
			n.derive(Latest, "", pct("1%"), n.fact("", on("2024-01-01")), n.fact("", quotedPeriod("2024-01-01..2024-01-02")), chosen)
		},
		"would be a value": func(n *notes) {
			q := april24.quote(n)
			n.derive(Choose, "", n.Steps[q.hours-1].Value, n.fact("", TruthOf(true)), q.hours, q.hours)
		},
	} {
		n := newNotes(why)
		ask(n)
		v := n.done().Check()
		require.Equal(t, Fails, v.Outcome)
		require.Contains(t, v.Reason, why)
	}
	// A word may be derived.
	n := newNotes("the factor of the band in which the work ended")
	word := n.derive(Choose, "", WordOf("rest day"), n.fact("", TruthOf(false)), n.fact("", WordOf("normal")), n.fact("", WordOf("rest day")))
	n.derive(Entry, "factor", num("2"), word, n.fact("", celled("normal: 1")), n.fact("", celled("rest day: 2")))
	require.NoError(t, n.done().Check().Err())
}
