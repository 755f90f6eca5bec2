package contract_test

import (
	"encoding/csv"
	"os"
	"strings"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cfd16870/contract"
)

// feesTable is the table of cases, one row each:
//
//	op         unit, month, inclusive, each line, each rate, split, round
//	given      the price, gross, list prices (with /) or amount
//	argument   the quantity; days used of those of the month, and the unit; the rate and the unit; the weights (with /); the mode and the unit
//	want       the amount; of inclusive net and tax; of split the parts; error
//	peer       what the source answers, where that differs
//	why        the reason
//	source     project and file
const feesTable = "testdata/conformance/fees.csv"

// What other projects assert of charges, parts of months, tax, shares and rounding,
// each computed by a contract that says so.
func TestFeesConformance(t *testing.T) {
	file, err := os.Open(feesTable)
	require.NoError(t, err)
	defer file.Close()
	rows, err := csv.NewReader(file).ReadAll()
	require.NoError(t, err)
	require.Equal(t, []string{"op", "given", "argument", "want", "peer", "why", "source"}, rows[0])
	require.Greater(t, len(rows), 30)
	for line, r := range rows[1:] {
		op, given, argument, want := r[0], r[1], r[2], r[3]
		t.Run(strings.Join([]string{op, given, argument}, " "), func(t *testing.T) {
			thinUnderRace(t, line)
			require.NotEmpty(t, r[5], "a row has its reason")
			require.NotEmpty(t, r[6], "and its source")
			same(t, want, answerOfFees(t, op, given, argument), r[5])
			if r[4] != "" {
				assert.NotEqual(t, want, r[4], "the peer differs, or the column is empty")
			}
		})
	}
}

// same compares figures, and not their spelling.
func same(t *testing.T, want, got, why string) {
	t.Helper()
	split := func(s string) []string {
		return strings.FieldsFunc(s, func(r rune) bool { return r == '/' || r == ' ' })
	}
	a, b := split(want), split(got)
	require.Len(t, b, len(a), "%s: %s", why, got)
	for i := range a {
		if a[i] == "error" || b[i] == "error" {
			assert.Equal(t, a[i], b[i], why)
			continue
		}
		assert.True(t, decimal.RequireFromString(a[i]).Equal(decimal.RequireFromString(b[i])), "%s: %s, and not %s", why, got, want)
	}
}

func figureOf(m contract.Money) string { return strings.TrimSuffix(m.String(), " CNY") }

func answerOfFees(t *testing.T, op, given, argument string) string {
	how, to, _ := strings.Cut(argument, " to ")
	exempt := obj{"treatment": "exempt", "document": "invoice"}
	invoice := func(f contract.InvoiceFacts, edits ...edit) *contract.Invoice {
		v, err := compileEdited(t, append([]edit{noReadings}, edits...)...).Invoice(f)
		require.NoError(t, err)
		for _, l := range v.Lines {
			holds(t, l.Explain(), l.Gross.String())
		}
		return v
	}
	use := func(quantity string) contract.InvoiceFacts {
		return contract.InvoiceFacts{Usage: []contract.Usage{{Source: "usage.csv:2", Item: "thing", On: day("2024-05-06"), Quantity: decimal.RequireFromString(quantity)}}}
	}
	thing := func(charge, per, price string, tax obj) edit {
		return edit{"/fees/items/thing", obj{"clause": "support fees", "charge": charge, "per": per, "price": price + " CNY", "tax": tax}}
	}
	unit := func(to string) []edit { return []edit{{"/rounding/to", to + " CNY"}} }
	switch op {
	case "unit":
		return figureOf(invoice(use(argument), thing("unit", "unit", given, exempt)).Net)
	case "round":
		quantity, price := "1", given
		if rest, ok := strings.CutPrefix(given, "-"); ok {
			quantity, price = "-1", rest
		}
		return figureOf(invoice(use(quantity), append(unit(to), thing("unit", "unit", price, exempt), edit{"/rounding/mode", how})...).Net)
	case "month": // of 31 days: May 2024
		used, of, ok := strings.Cut(how, " of ")
		require.True(t, ok && of == "31")
		item := thing("flat", "month", given, exempt)
		item.to.(obj)["partPeriod"] = "actual days of the month"
		first := day("2024-05-01")
		return figureOf(invoice(contract.InvoiceFacts{Flat: []contract.FlatUse{{Source: "invoices.csv:2", Item: "thing",
			Period: contract.Period{From: first, Until: first.AddDays(int(decimal.RequireFromString(used).IntPart()))}}}}, append(unit(to), item)...).Net)
	case "inclusive":
		v := invoice(use("1"), append(unit(to), edit{"/fees/taxRates/" + goodsRate, how},
			thing("unit", "unit", given, obj{"prices": "inclusive", "rate": goodsRate, "document": "invoice"}))...)
		require.True(t, v.Lines[0].Gross.Equal(v.Total))
		return figureOf(v.Net) + " " + figureOf(v.Tax)
	case "each line", "each rate":
		return figureOf(invoice(parts(strings.Split(given, "/")...), append(unit(to), edit{"/fees/taxRates/" + goodsRate, how}, edit{"/fees/taxRounded", op})...).Tax)
	case "split":
		var weights []int64
		scale := int32(0)
		list := strings.Split(argument, "/")
		for _, w := range list {
			scale = max(scale, -decimal.RequireFromString(w).Exponent())
		}
		for _, w := range list {
			weights = append(weights, decimal.RequireFromString(w).Shift(scale).IntPart())
		}
		shares, err := yuan(given).Split(weights)
		if err != nil {
			return "error"
		}
		var all []string
		for _, s := range shares {
			all = append(all, figureOf(s))
		}
		return strings.Join(all, "/")
	}
	t.Fatalf("a row asks %q", op)
	return ""
}
