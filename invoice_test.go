package contract_test

import (
	"fmt"
	"maps"
	"sync"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cfd16870/contract"
)

// repairs is an invoice of two visits and of parts.
func repairs() contract.InvoiceFacts {
	return contract.InvoiceFacts{Source: "invoices.csv:3", ID: "R-02",
		Usage: []contract.Usage{part("2024-05-06", "2", "400.00")},
		Work: []contract.Work{work("W1", "2024-05-06 09:00", "2024-05-06 10:00", fault("ordinary", "low")),
			work("W2", "2024-05-10 17:00", "2024-05-11 09:00", fault("serious", "low"))},
		Dates: contract.InvoiceDates{Source: "invoices.csv:3", Received: day("2024-05-12")}}
}

func TestInvoice(t *testing.T) {
	v, err := sample(t).Invoice(repairs())
	require.NoError(t, err)
	var lines []string
	for _, l := range v.Lines {
		lines = append(lines, fmt.Sprint(l.Source, " ", l.ID, " ", l.Item, " ", l.Period, " ", l.Rate, ": ", l.Net, " + ", l.Tax, " = ", l.Gross))
		holds(t, l.Explain(), l.Gross.String())
	}
	// W2: Fri 17:00-18:00 in hours, to midnight 6 h out of hours, then 9 h on a
	// make-up Saturday: 450 x (1 + 6 x 1.5 + 9 x 1.5) = 10,575.
	assert.Equal(t, []string{
		"usage.csv:2 U1 parts 2024-05-06..2024-05-06 goods and repair of goods: 800.00 CNY + 104.00 CNY = 904.00 CNY",
		"work.csv:2 W1 repair 2024-05-06..2024-05-06 goods and repair of goods: 300.00 CNY + 39.00 CNY = 339.00 CNY",
		"work.csv:2 W2 repair 2024-05-10..2024-05-11 goods and repair of goods: 10575.00 CNY + 1374.75 CNY = 11949.75 CNY",
	}, lines)
	assert.Equal(t, []string{"11675.00 CNY", "1517.75 CNY", "13192.75 CNY", "13192.75 CNY", "2024-06-11"},
		[]string{v.Net.String(), v.Tax.String(), v.Total.String(), v.Payable.String(), v.Due.On.String()})
	holds(t, v.Explain(), "13192.75 CNY")
	holds(t, v.Rates[0].Explain(), "1517.75 CNY")
}

func TestDeductionsComeOffTheTotal(t *testing.T) {
	f := repairs()
	f.Deductions = []contract.Deduction{
		{Source: "credits", Clause: "10.2", Reason: "service credit 2024-04", Amount: yuan("500.00")},
		{Source: "credits", Clause: "10.2", Reason: "service credit 2024-05", Amount: yuan("0.75")}}
	v, err := sample(t).Invoice(f)
	require.NoError(t, err)
	assert.Equal(t, []string{"13192.75 CNY", "1517.75 CNY", "12692.00 CNY"}, []string{v.Total.String(), v.Tax.String(), v.Payable.String()}, "and leave the tax as it is")
	holds(t, v.Explain(), "12692.00 CNY")
	f.Deductions[1].Amount = contract.MustParseMoney("1.00 USD")
	_, err = sample(t).Invoice(f)
	require.ErrorIs(t, err, contract.ErrCurrency)
	assert.Contains(t, err.Error(), "invoices.csv:3", "the fault says of which invoice")
}

// An invoice bears deductions down to nothing, and none beyond: what is payable is
// never below 0 without a word.
func TestDeductionsFitTheInvoice(t *testing.T) {
	credit := func(in, amount string) contract.Deduction {
		return contract.Deduction{Source: in, Clause: "10.2", Reason: "service credit " + in, Amount: yuan(amount)}
	}
	for _, row := range []struct {
		why        string
		deductions []contract.Deduction
		payable    string
		kind       error
		says       string
	}{
		{"all of it", []contract.Deduction{credit("credits:2", "13192.75")}, "0.00 CNY", nil, ""},
		{"nothing off nothing", []contract.Deduction{credit("credits:2", "13192.75"), credit("credits:3", "0.00")}, "0.00 CNY", nil, ""},
		{"a fen more", []contract.Deduction{credit("credits:2", "13192.76")}, "", contract.ErrConflict,
			"credits:2: amount: service credit credits:2: 13192.76 CNY off an invoice of which 13192.75 CNY is left"},
		{"the second is the one that does not fit", []contract.Deduction{credit("credits:2", "13000.00"), credit("credits:3", "192.76"), credit("credits:4", "0.01")}, "", contract.ErrConflict,
			"credits:3: amount: service credit credits:3: 192.76 CNY off an invoice of which 192.75 CNY is left"},
		{"the invoice is named where the deduction has no source", []contract.Deduction{credit("", "13192.76")}, "", contract.ErrConflict, "invoices.csv:3: amount"},
		{"below 0 it would be a charge", []contract.Deduction{credit("credits:2", "-0.01")}, "", contract.ErrInvalid, "a deduction is 0 or more"},
	} {
		t.Run(row.why, func(t *testing.T) {
			f := repairs()
			f.Deductions = row.deductions
			v, err := sample(t).Invoice(f)
			if row.kind != nil {
				require.ErrorIs(t, err, row.kind)
				assert.Contains(t, err.Error(), row.says)
				return
			}
			require.NoError(t, err)
			assert.Equal(t, row.payable, v.Payable.String())
			holds(t, v.Explain(), row.payable)
		})
	}
}

func TestInvoiceTellsAllFaultsAtOnce(t *testing.T) {
	f := repairs()
	f.Flat = []contract.FlatUse{flat("suport", "2024-03-01", "2024-03-31")}
	f.Usage[0].Amount = contract.Money{}
	f.Work[1].Keys = map[string]string{"fault class": "grave", "difficulty": "low"}
	_, err := sample(t).Invoice(f)
	var all contract.Errors
	require.ErrorAs(t, err, &all)
	var places []string
	for _, e := range all {
		places = append(places, e.In+" "+e.Pointer)
	}
	assert.Equal(t, []string{"invoices.csv:2 /fees/items", "usage.csv:2 amount", "work.csv:2 /fees/factors/fault and difficulty"}, places)
	again, other := sample(t).Invoice(f)
	assert.Nil(t, again)
	assert.Equal(t, err.Error(), other.Error(), "byte for byte")
}

func TestInvoiceOfNothing(t *testing.T) {
	_, err := sample(t).Invoice(contract.InvoiceFacts{Source: "invoices.csv:3"})
	require.ErrorIs(t, err, contract.ErrRequired)
	_, err = new(contract.Contract).Invoice(repairs())
	require.ErrorIs(t, err, contract.ErrSilent, "a contract without a rate card does not bill 0")
	f := repairs()
	f.Flat = []contract.FlatUse{flat("support", "2024-05-01", "2024-05-31")}
	_, err = sample(t).Invoice(f)
	require.ErrorIs(t, err, contract.ErrConflict, "two payment clauses")
	v, err := compileEdited(t, noReadings, edit{"/completed", list{}}, edit{"/payments", obj{}}).Invoice(repairs())
	require.NoError(t, err, "an invoice without a payment clause has no due date")
	assert.Equal(t, contract.Date{}, v.Due.On)
}

// An invoice holds what it was made of by value, and explains the same for ever.
func TestInvoiceKeepsItsFacts(t *testing.T) {
	f := repairs()
	f.Work[0].Keys = maps.Clone(f.Work[0].Keys)
	f.Deductions = []contract.Deduction{{Reason: "credit", Amount: yuan("1.00")}}
	v, err := sample(t).Invoice(f)
	require.NoError(t, err)
	before := v.Explain()
	f.Usage[0].Quantity = decimal.New(77, 0)
	f.Work[0].Keys["difficulty"] = "high"
	f.Work[1].Item = "support"
	f.Deductions[0].Amount = yuan("9.00")
	assert.Equal(t, before, v.Explain())
	assert.Equal(t, "1.00 CNY", v.Deductions[0].Amount.String())
	var wait sync.WaitGroup
	for range 8 {
		wait.Go(func() { assert.Equal(t, before.Seal, v.Explain().Seal) })
	}
	wait.Wait()
}

func TestZeroResultsOfFees(t *testing.T) {
	assert.Empty(t, new(contract.Invoice).Explain().Steps)
	assert.Empty(t, (*contract.Invoice)(nil).Explain().Steps)
	assert.Empty(t, contract.Charge{}.Explain().Steps)
	assert.Empty(t, contract.TaxTotal{}.Explain().Steps)
	assert.Empty(t, contract.Price{}.Explain().Steps)
	assert.Empty(t, contract.Raise{}.Explain().Steps)
	assert.Empty(t, contract.PaymentDue{}.Explain().Steps)
}

func TestCompileChecksFees(t *testing.T) {
	item := func(key string, to any) edit { return edit{"/fees/items/" + key, to} }
	for _, row := range []struct {
		why  string
		edit edit
		at   string
		kind error
	}{
		{"a flat item has a price", item("support/price", nil), "/fees/items/support/price", contract.ErrRequired},
		{"for a period", item("support/per", "hour"), "/fees/items/support/per", contract.ErrConflict},
		{"and no increment", item("support/increment", "30 clock minutes"), "/fees/items/support/increment", contract.ErrInvalid},
		{"days of the month are not those of a price for a year", item("support/partPeriod", "actual days of the month"), "/fees/items/support/partPeriod", contract.ErrConflict},
		{"a share has a rate", item("parts/rate", nil), "/fees/items/parts/rate", contract.ErrRequired},
		{"of something", item("parts/of", nil), "/fees/items/parts/of", contract.ErrRequired},
		{"and no price", item("parts/price", "1.00 CNY"), "/fees/items/parts/price", contract.ErrInvalid},
		{"a factor of time has no effect on a share", item("parts/factors", list{"time of work"}), "/fees/items/parts/factors/0", contract.ErrInvalid},
		{"an increment says what is rounded by itself", item("repair/counted", nil), "/fees/items/repair/counted", contract.ErrRequired},
		{"and where the rest falls", item("repair/added", nil), "/fees/items/repair/added", contract.ErrRequired},
		{"work is counted on the clock", item("repair/increment", "1 calendar day"), "/fees/items/repair/increment", contract.ErrInvalid},
		{"several factors stack", item("repair/stacking", nil), "/fees/items/repair/stacking", contract.ErrRequired},
		{"a line is taxed one way", item("support/tax/treatment", "exempt"), "/fees/items/support/tax/treatment", contract.ErrConflict},
		{"a taxed line says whether its price holds the tax", item("support/tax/prices", nil), "/fees/items/support/tax/prices", contract.ErrRequired},
		{"as the item is for credits", item("parts/tax", obj{"treatment": "as the item", "document": "invoice"}), "/fees/items/parts/tax/treatment", contract.ErrInvalid},
		{"a table of bands has all of them", edit{"/fees/factors/time of work/table/rest day", nil}, "/fees/factors/time of work/table", contract.ErrRequired},
		{"and no others", edit{"/fees/factors/time of work/table/night", "2.0"}, "/fees/factors/time of work/table/night", contract.ErrUnknown},
		{"hours say which are normal", edit{"/fees/factors/time of work/hours", nil}, "/fees/factors/time of work/hours", contract.ErrRequired},
		{"a refused band has no factor", edit{bands + "/refused", list{"rest day"}}, bands + "/table/rest day", contract.ErrConflict},
		{"a refused band is one", edit{bands + "/refused", list{"night"}}, bands + "/refused/0", contract.ErrUnknown},
		{"the hours are not refused", edit{bands + "/refused", list{"normal"}}, bands + "/refused/0", contract.ErrInvalid},
		{"a band is refused once", edit{bands + "/refused", list{"rest day", "rest day"}}, bands + "/refused/1", contract.ErrDuplicate},
		{"a least is of a band", edit{bands + "/atLeast", obj{"night": "1 clock hour"}}, bands + "/atLeast/night", contract.ErrUnknown},
		{"a least is of time on the clock", edit{bands + "/atLeast", obj{"rest day": "1 service hour"}}, bands + "/atLeast/rest day", contract.ErrInvalid},
		{"and of some", edit{bands + "/atLeast", obj{"rest day": "0 clock minutes"}}, bands + "/atLeast/rest day", contract.ErrInvalid},
		{"work begun in hours is charged one way", edit{bands + "/begunInHours", "free"}, bands + "/begunInHours", contract.ErrUnknown},
		{"only bands are refused", edit{"/fees/factors/fault and difficulty/refused", list{"rest day"}}, "/fees/factors/fault and difficulty/refused", contract.ErrInvalid},
		{"only bands have a least", edit{"/fees/factors/fault and difficulty/atLeast", obj{"rest day": "1 clock hour"}}, "/fees/factors/fault and difficulty/atLeast", contract.ErrInvalid},
		{"only of bands is it asked where work begins", edit{"/fees/factors/fault and difficulty/begunInHours", "charged by band"}, "/fees/factors/fault and difficulty/begunInHours", contract.ErrInvalid},
		{"bands go by nothing else", edit{"/fees/factors/time of work/by", list{"time", "difficulty"}}, "/fees/factors/time of work/by", contract.ErrConflict},
		{"a table goes by a word once", edit{"/fees/factors/fault and difficulty/by", list{"difficulty", "difficulty"}}, "/fees/factors/fault and difficulty/by/1", contract.ErrDuplicate},
		{"a factor is text, so that no float comes in", edit{"/fees/factors/fault and difficulty/table/serious/low", 1.5}, "/fees/factors/fault and difficulty/table/serious/low", contract.ErrSyntax},
		{"a factor is 0 or more", edit{"/fees/factors/fault and difficulty/table/serious/low", "-1"}, "/fees/factors/fault and difficulty/table/serious/low", contract.ErrInvalid},
		{"a table nests by what it goes by", edit{"/fees/factors/fault and difficulty/table/serious", "1.5"}, "/fees/factors/fault and difficulty/table/serious", contract.ErrSyntax},
		{"fees are rounded", edit{"/rounding", nil}, "/rounding", contract.ErrRequired},
		{"at each line", edit{"/rounding/at", "each price"}, "/rounding/at", contract.ErrConflict},
		{"a due date has an event", edit{"/payments/repairs/due/after", nil}, "/payments/repairs/due/after", contract.ErrRequired},
		{"its own, where there are several", edit{"/payments/support/due/after", "signing"}, "/payments/support/due/after", contract.ErrInvalid},
		{"an item is paid once", edit{"/payments/repairs/of", list{"repair", "parts", "support"}}, "/payments/support/of/0", contract.ErrConflict},
		{"a raise has a notice", edit{"/adjustment/notice", nil}, "/adjustment/notice", contract.ErrRequired},
		{"of the provider", edit{"/adjustment/notice/by", "customer"}, "/adjustment/notice/by", contract.ErrConflict},
		{"a most, and what is above it", edit{"/adjustment/aboveThat", nil}, "/adjustment/aboveThat", contract.ErrConflict},
		{"a new price is rounded", edit{"/adjustment/rounding", nil}, "/adjustment/rounding", contract.ErrRequired},
		{"as a price, which has no lines", edit{"/adjustment/rounding/at", "each line"}, "/adjustment/rounding/at", contract.ErrConflict},
	} {
		t.Run(row.why, func(t *testing.T) {
			_, err := compileText(editText(t, noReadings, row.edit))
			var found *contract.Error
			for _, e := range faultsIn(t, err) {
				if e.Pointer == row.at {
					found = e
				}
			}
			require.NotNil(t, found, "%v", err)
			assert.ErrorIs(t, found, row.kind)
		})
	}
}

func TestWorkLiesInOneBand(t *testing.T) {
	night := obj{"clause": "after-sales fees", "by": list{"time"}, "hours": "service", "days": "state",
		"table": obj{"normal": "1", "out of hours": "2", "make-up day": "2", "rest day": "2", "statutory holiday": "2"}}
	_, err := compileText(editText(t, noReadings, edit{"/fees/factors/night", night}, edit{"/fees/items/repair/factors", list{"time of work", "night"}}))
	require.ErrorIs(t, err, contract.ErrConflict)
	assert.Contains(t, err.Error(), "two tables of time bands")
}
