package contract_test

import (
	"math/big"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/cfd16870/contract"
)

const goodsRate = "goods and repair of goods"

// parts are lines of parts at list prices without tax.
func parts(prices ...string) (f contract.InvoiceFacts) {
	for _, p := range prices {
		f.Usage = append(f.Usage, part("2024-05-06", "1", p))
	}
	return f
}

func TestTaxOfALine(t *testing.T) {
	item := func(price string, tax obj) []edit {
		return []edit{noReadings, {supportPrice, price}, {"/fees/items/support/tax", tax}}
	}
	inclusive := obj{"prices": "inclusive", "rate": "services", "document": "invoice"}
	exclusive := obj{"prices": "exclusive", "rate": "services", "document": "invoice"}
	for _, row := range []struct {
		why                     string
		price                   string
		tax                     obj
		wantNet, wantTax, gross string
	}{
		{"of a price with tax the net is rounded and the tax is the rest", "120000.00 CNY", inclusive, "113207.55 CNY", "6792.45 CNY", "120000.00 CNY"},
		{"the rest, and not 6 % of the rounded net", "0.10 CNY", inclusive, "0.09 CNY", "0.01 CNY", "0.10 CNY"},
		{"of a price without tax the tax comes on top", "120000.00 CNY", exclusive, "120000.00 CNY", "7200.00 CNY", "127200.00 CNY"},
		{"a tie of the tax goes up", "1250.25 CNY", exclusive, "1250.25 CNY", "75.02 CNY", "1325.27 CNY"},
		{"the line is rounded first: 10.005 is 10.01, and its tax 0.60", "10.005 CNY", exclusive, "10.01 CNY", "0.60 CNY", "10.61 CNY"},
		{"an exempt line has none", "120000.00 CNY", obj{"treatment": "exempt", "document": "invoice"}, "120000.00 CNY", "0.00 CNY", "120000.00 CNY"},
		{"nor has one outside the scope", "120000.00 CNY", obj{"treatment": "outside scope", "document": "claim"}, "120000.00 CNY", "0.00 CNY", "120000.00 CNY"},
	} {
		t.Run(row.why, func(t *testing.T) {
			c := compileEdited(t, item(row.price, row.tax)...)
			v, err := c.Invoice(contract.InvoiceFacts{ID: "S-1", Flat: []contract.FlatUse{flat("support", "2024-03-01", "2025-02-28")}})
			require.NoError(t, err)
			l := v.Lines[0]
			assert.Equal(t, []string{row.wantNet, row.wantTax, row.gross}, []string{l.Net.String(), l.Tax.String(), l.Gross.String()})
			holds(t, l.Explain(), row.gross)
			holds(t, v.Rates[0].Explain(), row.wantTax)
		})
	}
}

func TestTaxOfARate(t *testing.T) {
	each := []edit{noReadings, {"/fees/taxRounded", "each rate"}, {"/fees/items/parts/tax/rate", "services"}}
	taxes := func(t *testing.T, f contract.InvoiceFacts, edits ...edit) (lines []string, sum string) {
		v, err := compileEdited(t, append(each, edits...)...).Invoice(f)
		require.NoError(t, err)
		for _, l := range v.Lines {
			lines = append(lines, l.Tax.String())
			holds(t, l.Explain(), l.Gross.String())
		}
		for _, r := range v.Rates {
			holds(t, r.Explain(), r.Tax.String())
		}
		return lines, v.Tax.String()
	}
	for _, row := range []struct {
		why    string
		prices []string
		lines  []string
		sum    string
	}{
		{"225.045 for the rate, a fen less than line by line; the last of equals goes short", []string{"1250.25", "1250.25", "1250.25"}, []string{"75.02 CNY", "75.02 CNY", "75.01 CNY"}, "225.05 CNY"},
		{"one line is its rate", []string{"1250.25"}, []string{"75.02 CNY"}, "75.02 CNY"},
		{"the fen goes to the line that lost most", []string{"0.10", "0.15"}, []string{"0.01 CNY", "0.01 CNY"}, "0.02 CNY"},
		{"lines worth nothing have no tax", []string{"0.00", "0.00"}, []string{"0.00 CNY", "0.00 CNY"}, "0.00 CNY"},
		{"beside others too", []string{"0.00", "100.00"}, []string{"0.00 CNY", "6.00 CNY"}, "6.00 CNY"},
	} {
		t.Run(row.why, func(t *testing.T) {
			lines, sum := taxes(t, parts(row.prices...))
			assert.Equal(t, row.lines, lines)
			assert.Equal(t, row.sum, sum)
		})
	}
	t.Run("corrections alone mirror what they correct", func(t *testing.T) {
		f := parts("1250.25", "1250.25", "1250.25")
		for i := range f.Usage {
			f.Usage[i].Quantity = decimal.New(-1, 0)
		}
		lines, sum := taxes(t, f)
		assert.Equal(t, []string{"-75.02 CNY", "-75.02 CNY", "-75.01 CNY"}, lines)
		assert.Equal(t, "-225.05 CNY", sum)
	})
	t.Run("corrections beside what is billed have no shares", func(t *testing.T) {
		f := parts("100.00", "50.00")
		f.Usage[1].Quantity = decimal.New(-1, 0)
		_, err := compileEdited(t, each...).Invoice(f)
		require.ErrorIs(t, err, contract.ErrConflict)
		assert.Contains(t, err.Error(), "an invoice of their own")
	})
	t.Run("prices with tax are taxed line by line", func(t *testing.T) {
		lines, _ := taxes(t, parts("0.10", "0.10"), edit{"/fees/items/parts/tax/prices", "inclusive"})
		assert.Equal(t, []string{"0.01 CNY", "0.01 CNY"}, lines)
	})
	t.Run("a rate that an amendment changed is two rates of one name", func(t *testing.T) {
		c := compileEdited(t, noReadings, edit{"/fees/taxRounded", "each rate"}, priced("/fees/taxRates/"+goodsRate, "13%", "9%", "2024-09-01"))
		v, err := c.Invoice(contract.InvoiceFacts{Usage: []contract.Usage{part("2024-08-31", "1", "1000.00"), part("2024-09-01", "1", "1000.00")}})
		require.NoError(t, err)
		require.Len(t, v.Rates, 2)
		assert.Equal(t, []string{"13%", "130.00 CNY", "9%", "90.00 CNY"}, []string{v.Rates[0].Percent.String(), v.Rates[0].Tax.String(), v.Rates[1].Percent.String(), v.Rates[1].Tax.String()})
		holds(t, v.Lines[0].Explain(), "1130.00 CNY")
		holds(t, v.Rates[1].Explain(), "90.00 CNY")
	})
}

// Net and tax are the gross: of lines, of rates, of the invoice; and lines and rates
// add up to it, whatever is rounded where.
func TestNetAndTaxAreTheGross(t *testing.T) {
	var contracts []*contract.Contract
	for _, prices := range []string{"inclusive", "exclusive"} {
		for _, rounded := range []string{"each line", "each rate"} {
			for _, mode := range []string{"half up", "half even", "half down", "up", "down"} {
				contracts = append(contracts, compileEdited(t, noReadings, edit{"/fees/items/parts/tax/prices", prices}, edit{"/fees/taxRounded", rounded}, edit{"/rounding/mode", mode}))
			}
		}
	}
	cents := func(m contract.Money) *big.Rat { r, _ := new(big.Rat).SetString(m.Decimal().String()); return r }
	rapid.Check(t, func(t *rapid.T) {
		c := rapid.SampledFrom(contracts).Draw(t, "contract")
		f := contract.InvoiceFacts{ID: "R-1"}
		for range rapid.IntRange(1, 6).Draw(t, "lines") {
			u := part("2024-05-06", "1", "1.00")
			u.Quantity = decimal.New(rapid.Int64Range(0, 12).Draw(t, "quantity"), 0)
			amount, err := contract.ParseMoney(decimal.New(rapid.SampledFrom([]int64{0, 1, 5, 15, 25, 50, 75, 100, 105, 125025, 99999}).Draw(t, "cents"), -2).StringFixed(2) + " CNY")
			require.NoError(t, err)
			u.Amount = amount
			f.Usage = append(f.Usage, u)
		}
		v, err := c.Invoice(f)
		require.NoError(t, err)
		net, tax := new(big.Rat), new(big.Rat)
		for _, l := range v.Lines {
			require.Zero(t, new(big.Rat).Add(cents(l.Net), cents(l.Tax)).Cmp(cents(l.Gross)))
			require.GreaterOrEqual(t, l.Tax.Sign(), 0)
			net.Add(net, cents(l.Net))
			tax.Add(tax, cents(l.Tax))
			holds(t, l.Explain(), l.Gross.String())
		}
		require.Zero(t, net.Cmp(cents(v.Net)))
		require.Zero(t, tax.Cmp(cents(v.Tax)))
		require.Zero(t, net.Add(net, tax).Cmp(cents(v.Total)))
		require.Zero(t, cents(v.Rates[0].Tax).Cmp(cents(v.Tax)))
		holds(t, v.Explain(), v.Payable.String())
	})
}
