package contract_test

import (
	"fmt"
	"math/big"
	"slices"
	"testing"
	"time"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/cfd16870/contract"
	"github.com/cfd16870/contract/proof"
)

// noReadings strikes the sample's other readings out, which edits would not fit.
var noReadings = edit{"/readings", list{}}

// priced is an amendment that changes one place of the fees from a day on.
func priced(at string, was, becomes any, from string) edit {
	return edit{"/amendments", list{amending("P1", "2024-03-02", from, obj{"at": at, "was": was, "becomes": becomes})}}
}

const supportPrice = "/fees/items/support/price"

func flat(item, from, through string) contract.FlatUse {
	return contract.FlatUse{Source: "invoices.csv:2", Item: item, Period: contract.Through(day(from), day(through))}
}

func work(id, from, to string, keys map[string]string) contract.Work {
	return contract.Work{Source: "work.csv:2", ID: id, Item: "repair", From: at(from), To: at(to), Keys: keys}
}

func part(on, quantity, price string) contract.Usage {
	return contract.Usage{Source: "usage.csv:2", ID: "U1", Item: "parts", On: day(on), Quantity: decimal.RequireFromString(quantity), Amount: yuan(price)}
}

func fault(class, difficulty string) map[string]string {
	return map[string]string{"fault class": class, "difficulty": difficulty}
}

// holds requires that a working holds and comes to a figure.
func holds(t require.TestingT, w *proof.Working, figure string) {
	require.NoError(t, w.Check().Err())
	require.Equal(t, figure, w.Result.Text)
}

// net is the net of the one line of an invoice, whose working holds.
func net(t require.TestingT, c *contract.Contract, f contract.InvoiceFacts) string {
	v, err := c.Invoice(f)
	require.NoError(t, err)
	require.Len(t, v.Lines, 1)
	holds(t, v.Lines[0].Explain(), v.Lines[0].Gross.String())
	holds(t, v.Explain(), v.Payable.String())
	return v.Lines[0].Net.String()
}

// The support fee without tax, so that a row reads as the clause does.
var withoutTax = edit{"/fees/items/support/tax", obj{"treatment": "exempt", "document": "invoice"}}

func TestFlatFee(t *testing.T) {
	whole := edit{"/fees/items/support/partPeriod", "charged whole"}
	for _, row := range []struct {
		why           string
		edits         []edit
		from, through string
		want          string
	}{
		{"the contract year is the price", nil, "2024-03-01", "2025-02-28", "120000.00 CNY"},
		{"a month from the first day is a twelfth", nil, "2024-03-01", "2024-03-31", "10000.00 CNY"},
		{"eleven months, one after the other, are eleven twelfths", nil, "2024-04-01", "2025-02-28", "110000.00 CNY"},
		{"other days are by the days of the contract year, of which there are 365", nil, "2024-03-01", "2024-03-30", "9863.01 CNY"},
		{"one day", nil, "2024-03-01", "2024-03-01", "328.77 CNY"},
		{"a month that begins elsewhere is no whole month of the contract year", nil, "2024-03-15", "2024-04-14", "10191.78 CNY"},
		{"over two contract years it is charged in each", nil, "2025-02-01", "2025-03-31", "20000.00 CNY"},
		{"two contract years", nil, "2024-03-01", "2026-02-28", "240000.00 CNY"},
		{"a contract year with 29 February has 366 days", nil, "2027-03-01", "2027-03-30", "9836.07 CNY"}, // 120,000 x 30 / 366
		{"without a monthly part a month is by days", []edit{{"/fees/items/support/monthly", nil}, {"/serviceCredits", nil}, {"/breach", nil}},
			"2024-03-01", "2024-03-31", "10191.78 CNY"}, // 120,000 x 31 / 365
		{"charged whole, however few days", []edit{{"/fees/items/support/partPeriod", "charged whole"}}, "2024-03-01", "2024-03-01", "120000.00 CNY"},
		{"a price that changes on a month's first day: six months at each",
			[]edit{priced(supportPrice, "120000.00 CNY", "132000.00 CNY", "2024-09-01")}, "2024-03-01", "2025-02-28", "126000.00 CNY"},
		{"a price that changes within a month: days at each", // 120,000 x 198/365 + 132,000 x 167/365
			[]edit{priced(supportPrice, "120000.00 CNY", "132000.00 CNY", "2024-09-15")}, "2024-03-01", "2025-02-28", "125490.41 CNY"},
		{"charged whole, a price that changes within a month is charged once, as on the first day",
			[]edit{whole, priced(supportPrice, "120000.00 CNY", "132000.00 CNY", "2024-09-15")}, "2024-03-01", "2025-02-28", "120000.00 CNY"},
		{"so is part of a year",
			[]edit{whole, priced(supportPrice, "120000.00 CNY", "132000.00 CNY", "2024-09-15")}, "2024-09-01", "2024-09-20", "120000.00 CNY"},
		{"from the change on at the new one",
			[]edit{whole, priced(supportPrice, "120000.00 CNY", "132000.00 CNY", "2024-09-15")}, "2024-09-15", "2024-09-20", "132000.00 CNY"},
		{"whole months up to a change, and days after it, are no two prices",
			[]edit{whole, priced(supportPrice, "120000.00 CNY", "132000.00 CNY", "2024-09-01")}, "2024-03-01", "2025-02-10", "120000.00 CNY"},
		{"whole months at each price are twelfths all the same",
			[]edit{whole, priced(supportPrice, "120000.00 CNY", "132000.00 CNY", "2024-09-01")}, "2024-03-01", "2025-02-28", "126000.00 CNY"},
		{"of two contract years each is charged once",
			[]edit{whole, priced(supportPrice, "120000.00 CNY", "132000.00 CNY", "2024-09-15")}, "2024-03-01", "2025-03-10", "252000.00 CNY"},
		{"a change on the first day of a contract year is that year's price",
			[]edit{whole, priced(supportPrice, "120000.00 CNY", "132000.00 CNY", "2025-03-01")}, "2024-04-15", "2025-03-10", "252000.00 CNY"},
		{"an amendment of something else splits nothing",
			[]edit{priced("/fees/items/repair/price", "300.00 CNY", "320.00 CNY", "2024-09-15")}, "2024-03-01", "2025-02-28", "120000.00 CNY"},
	} {
		t.Run(row.why, func(t *testing.T) {
			c := compileEdited(t, append([]edit{noReadings, withoutTax}, row.edits...)...)
			assert.Equal(t, row.want, net(t, c, contract.InvoiceFacts{Flat: []contract.FlatUse{flat("support", row.from, row.through)}}))
		})
	}
}

func TestFlatFeeOfAMonth(t *testing.T) {
	monthly := obj{"clause": "support fees", "charge": "flat", "price": "800.00 CNY", "per": "month", "partPeriod": "actual days of the month",
		"tax": obj{"treatment": "exempt", "document": "invoice"}}
	c := compileEdited(t, noReadings, edit{"/fees/items/line", monthly})
	for _, row := range []struct{ why, from, through, want string }{
		{"a calendar month is the price", "2024-04-01", "2024-04-30", "800.00 CNY"},
		{"leap February is a month as any", "2024-03-01", "2024-03-31", "800.00 CNY"},
		{"a part by the days of its own month", "2024-04-01", "2024-04-10", "266.67 CNY"},
		{"two parts, each by its month: 800 x 16/30 + 800 x 15/31", "2024-04-15", "2024-05-15", "813.76 CNY"},
		{"whole months between two parts", "2024-04-30", "2024-06-01", "853.33 CNY"},
	} {
		t.Run(row.why, func(t *testing.T) {
			assert.Equal(t, row.want, net(t, c, contract.InvoiceFacts{Flat: []contract.FlatUse{flat("line", row.from, row.through)}}))
		})
	}
}

// A price of a month that is charged whole is charged once in a month in which it changes.
func TestFlatFeeOfAMonthChargedWhole(t *testing.T) {
	monthly := obj{"clause": "support fees", "charge": "flat", "price": "800.00 CNY", "per": "month", "partPeriod": "charged whole",
		"tax": obj{"treatment": "exempt", "document": "invoice"}}
	c := compileEdited(t, noReadings, edit{"/fees/items/line", monthly}, priced("/fees/items/line/price", "800.00 CNY", "900.00 CNY", "2024-04-15"))
	for _, row := range []struct{ why, from, through, want string }{
		{"the month of the change, as on its first day", "2024-04-01", "2024-04-30", "800.00 CNY"},
		{"days of it, as on the first of them", "2024-04-20", "2024-04-25", "900.00 CNY"},
		{"and the month after at the new price", "2024-04-10", "2024-05-01", "1700.00 CNY"},
	} {
		t.Run(row.why, func(t *testing.T) {
			assert.Equal(t, row.want, net(t, c, contract.InvoiceFacts{Flat: []contract.FlatUse{flat("line", row.from, row.through)}}))
		})
	}
}

func TestFlatFeeThatNobodyCanTell(t *testing.T) {
	for _, row := range []struct {
		why   string
		edits []edit
		use   contract.FlatUse
		kind  error
		says  string
	}{
		{"before the first day of the term", nil, flat("support", "2024-02-29", "2024-03-31"), contract.ErrRange, "no fee is owed for it"},
		{"no days at all are charged in full by nobody", nil, contract.FlatUse{Source: "invoices.csv:2", Item: "support"}, contract.ErrRequired, "no da"},
		{"from a day until that day", nil, contract.FlatUse{Source: "invoices.csv:2", Item: "support", Period: contract.Period{From: day("2024-04-01"), Until: day("2024-04-01")}}, contract.ErrRequired, "no days for which support is charged"},
		{"an item that is charged otherwise", nil, flat("repair", "2024-03-01", "2024-03-31"), contract.ErrInvalid, "repair charges time: it has no fee of a period"},
		{"an item that the card does not have", nil, flat("suport", "2024-03-01", "2024-03-31"), contract.ErrUnknown, `no item "suport"; have parts, repair, support`},
		{"a part of a period, and no clause says what part of the price", []edit{{"/fees/items/support/partPeriod", nil}}, flat("support", "2024-03-01", "2024-03-15"), contract.ErrSilent, "no clause says what support costs for part of its period"},
	} {
		t.Run(row.why, func(t *testing.T) {
			_, err := compileEdited(t, append([]edit{noReadings}, row.edits...)...).Invoice(contract.InvoiceFacts{Flat: []contract.FlatUse{row.use}})
			require.ErrorIs(t, err, row.kind)
			assert.Contains(t, err.Error(), row.says)
		})
	}
}

// What a contract may say of work out of hours, beside its factors.
var (
	asBegun      = []edit{{bands + "/begunInHours", "charged as in hours"}}
	leastOfBands = []edit{{bands + "/atLeast", obj{"rest day": "90 clock minutes", "out of hours": "1 clock hour"}}}
	refused      = []edit{{bands + "/refused", list{"statutory holiday"}}, {bands + "/table/statutory holiday", nil}}
)

const bands = "/fees/factors/time of work"

func TestChargeOfWork(t *testing.T) {
	low := fault("ordinary", "low")
	for _, row := range []struct {
		why      string
		edits    []edit
		from, to string
		keys     map[string]string
		want     string
	}{
		{"an hour in hours", nil, "2024-05-06 09:00", "2024-05-06 10:00", low, "300.00 CNY"},
		{"the least is an hour", nil, "2024-05-06 09:00", "2024-05-06 09:00:01", low, "300.00 CNY"},
		{"an hour sharp is not rounded", nil, "2024-05-06 09:00", "2024-05-06 10:00", low, "300.00 CNY"},
		{"a second more is half an hour more", nil, "2024-05-06 09:00", "2024-05-06 10:00:01", low, "450.00 CNY"},
		{"until noon is all in hours", nil, "2024-05-06 11:00", "2024-05-06 12:00", low, "300.00 CNY"},
		{"over noon an hour lies out of hours: 300 x (1 + 1 x 1.5 + 1)", nil, "2024-05-06 11:00", "2024-05-06 14:00", low, "1050.00 CNY"},
		{"what rounding adds lies where the work ended, out of hours: 300 x (1 h + 0.5 h x 1.5)", nil, "2024-05-06 17:00", "2024-05-06 18:01", low, "525.00 CNY"},
		{"work that ends at closing ends in hours", nil, "2024-05-06 17:15", "2024-05-06 18:00", low, "300.00 CNY"},
		{"a second after closing the work ends out of hours: 300 x (50 min + 10 min x 1.5)", nil, "2024-05-06 17:10", "2024-05-06 18:00:01", low, "325.00 CNY"},
		{"factors multiply: 300 x 3.0 x 1", nil, "2024-05-06 09:00", "2024-05-06 10:00", fault("critical", "high"), "900.00 CNY"},
		{"a Sunday is a rest day", nil, "2024-05-19 09:00", "2024-05-19 10:00", low, "600.00 CNY"},
		{"a shifted rest day is a rest day: Thu 2 May 2024 is statutory no more", nil, "2024-05-02 09:00", "2024-05-02 10:00", low, "600.00 CNY"},
		{"Labour Day is statutory", nil, "2024-05-01 09:00", "2024-05-01 10:00", low, "900.00 CNY"},
		{"over midnight into Labour Day: 300 x (1 h x 1.5 + 1 h x 3)", nil, "2024-04-30 23:00", "2024-05-01 01:00", low, "1350.00 CNY"},
		{"the minimum of a visit that ends as Labour Day begins lies on the eve", nil, "2024-04-30 23:30", "2024-05-01 00:00", low, "450.00 CNY"},
		{"a make-up Saturday", nil, "2024-05-11 09:00", "2024-05-11 10:00", low, "450.00 CNY"},
		{"surcharges add: 300 x (1 + 2.0 + 1.0) an hour of a critical, high fault on a Sunday", []edit{{"/fees/items/repair/stacking", "add the surcharges"}},
			"2024-05-19 09:00", "2024-05-19 10:00", fault("critical", "high"), "1200.00 CNY"},
		{"the highest factor: 3.0 over 2.0", []edit{{"/fees/items/repair/stacking", "highest"}}, "2024-05-19 09:00", "2024-05-19 10:00", fault("critical", "high"), "900.00 CNY"},
		{"without a table of bands the hours as a whole: 1.5 h", []edit{{"/fees/items/repair/factors", list{"fault and difficulty"}}, {"/fees/items/repair/stacking", nil}, {"/fees/items/repair/added", nil}},
			"2024-05-06 17:00", "2024-05-06 18:01", low, "450.00 CNY"},
		{"without increment and minimum by the second: 300 / 3600", []edit{{"/fees/items/repair/increment", nil}, {"/fees/items/repair/atLeast", nil}, {"/fees/items/repair/counted", nil}, {"/fees/items/repair/added", nil}},
			"2024-05-06 09:00", "2024-05-06 09:00:01", low, "0.08 CNY"},
		{"each band is rounded no more than the line: 20 min and 20 min out of hours", []edit{{"/fees/items/repair/increment", nil}, {"/fees/items/repair/atLeast", nil}, {"/fees/items/repair/counted", nil}, {"/fees/items/repair/added", nil}},
			"2024-05-06 17:40", "2024-05-06 18:20", low, "250.00 CNY"},
		{"begun in hours, finishing it is free of the surcharge: 2 h", asBegun, "2024-05-06 17:00", "2024-05-06 19:00", low, "600.00 CNY"},
		{"and so is noon", asBegun, "2024-05-06 11:00", "2024-05-06 14:00", low, "900.00 CNY"},
		{"and Labour Day, into which it lasts: 8 h", asBegun, "2024-04-30 17:00", "2024-05-01 01:00", low, "2400.00 CNY"},
		{"begun at closing is begun out of hours", asBegun, "2024-05-06 18:00", "2024-05-06 19:00", low, "450.00 CNY"},
		{"begun before opening, by its bands: 300 x (1 h x 1.5 + 1 h)", asBegun, "2024-05-06 08:00", "2024-05-06 10:00", low, "750.00 CNY"},
		{"a contract may say that each band counts", []edit{{bands + "/begunInHours", "charged by band"}}, "2024-05-06 17:00", "2024-05-06 19:00", low, "750.00 CNY"},
		{"the least of a rest day is an hour and a half", leastOfBands, "2024-05-19 09:00", "2024-05-19 10:00", low, "900.00 CNY"},
		{"what is above the least of a band is charged as it is", leastOfBands, "2024-05-19 09:00", "2024-05-19 11:00", low, "1200.00 CNY"},
		{"the least of a band, after the visit was rounded up: 300 x (30 min + 1 h x 1.5)", leastOfBands, "2024-05-06 17:30", "2024-05-06 18:10", low, "600.00 CNY"},
		{"of a band that is not the last too: 300 x (1 h x 1.5 + 1 h x 3)", leastOfBands, "2024-04-30 23:30", "2024-05-01 01:00", low, "1350.00 CNY"},
		{"a band without work has no least", leastOfBands, "2024-05-06 09:00", "2024-05-06 10:00", low, "300.00 CNY"},
		{"begun in hours it has the least of those", append(asBegun, leastOfBands...), "2024-05-06 17:30", "2024-05-06 18:10", low, "300.00 CNY"},
		{"the least of the hours is put to all that is charged in them, once", append(asBegun, edit{bands + "/atLeast", obj{"normal": "1 clock hour"}}), "2024-05-06 17:30", "2024-05-06 18:30", low, "300.00 CNY"},
		{"and two and a half hours are above it", append(asBegun, edit{bands + "/atLeast", obj{"normal": "1 clock hour"}}), "2024-05-06 17:30", "2024-05-06 20:00", low, "750.00 CNY"},
		{"where holidays are refused, other work is charged as ever", refused, "2024-05-06 17:00", "2024-05-06 18:01", low, "525.00 CNY"},
		{"work that ends as a refused band begins", refused, "2024-04-30 23:00", "2024-05-01 00:00", low, "450.00 CNY"},
		{"begun in hours it may be finished where none is begun", append(asBegun, refused...), "2024-04-30 17:00", "2024-05-01 01:00", low, "2400.00 CNY"},
	} {
		t.Run(row.why, func(t *testing.T) {
			c := compileEdited(t, append([]edit{noReadings}, row.edits...)...)
			assert.Equal(t, row.want, net(t, c, contract.InvoiceFacts{Work: []contract.Work{work("W1", row.from, row.to, row.keys)}}))
		})
	}
}

func TestWorkInARefusedBand(t *testing.T) {
	for why, c := range map[string]*contract.Contract{"refused": compileEdited(t, append([]edit{noReadings}, refused...)...),
		"begun out of hours": compileEdited(t, slices.Concat([]edit{noReadings}, refused, asBegun)...)} {
		for _, to := range []string{"2024-05-01 00:00:01", "2024-05-02 09:00"} { // the band of the end, and one before
			_, err := c.Invoice(contract.InvoiceFacts{Work: []contract.Work{work("W1", "2024-04-30 23:00", to, fault("ordinary", "low"))}})
			require.ErrorIs(t, err, contract.ErrConflict, why)
			var e *contract.Error
			require.ErrorAs(t, err, &e)
			assert.Equal(t, []string{"work.csv:2", bands + "/refused"}, []string{e.In, e.Pointer}, why)
			assert.Contains(t, e.Msg, `the band "statutory holiday", in which none is done`)
		}
	}
}

func TestWorkThatNobodyCanCharge(t *testing.T) {
	for _, row := range []struct {
		why  string
		work contract.Work
		kind error
		says string
	}{
		{"no time", work("W1", "2024-05-06 09:00", "2024-05-06 09:00", fault("ordinary", "low")), contract.ErrConflict, "takes no time"},
		{"backwards", work("W1", "2024-05-06 10:00", "2024-05-06 09:00", fault("ordinary", "low")), contract.ErrConflict, "takes no time"},
		{"longer than any visit", work("W1", "2024-05-06 09:00", "2024-07-06 09:00", fault("ordinary", "low")), contract.ErrLimit, "at most"},
		{"a key that the record does not say", work("W1", "2024-05-06 09:00", "2024-05-06 10:00", map[string]string{"fault class": "serious"}), contract.ErrRequired, `does not say its "difficulty"`},
		{"an entry that the table does not have is no factor of 1", work("W1", "2024-05-06 09:00", "2024-05-06 10:00", fault("grave", "low")), contract.ErrUnknown, "no entry for grave and low; have critical and high, critical and low"},
		{"a key that no table asks for", work("W1", "2024-05-06 09:00", "2024-05-06 10:00", map[string]string{"fault class": "serious", "difficulty": "low", "weather": "rain"}), contract.ErrUnknown, `no factor of repair goes by "weather"`},
		{"the bands are no key of a record", work("W1", "2024-05-06 09:00", "2024-05-06 10:00", map[string]string{"fault class": "serious", "difficulty": "low", "time": "normal"}), contract.ErrUnknown, `goes by "time"`},
		{"before the term", work("W1", "2024-02-29 09:00", "2024-02-29 10:00", fault("ordinary", "low")), contract.ErrRange, "no fee is owed for it"},
		{"in a year of which no arrangement is published", work("W1", "2031-05-06 09:00", "2031-05-06 10:00", fault("ordinary", "low")), contract.ErrRange, ""},
		{"without times", contract.Work{Source: "work.csv:2", ID: "W1", Item: "repair"}, contract.ErrRange, ""},
	} {
		t.Run(row.why, func(t *testing.T) {
			_, err := sample(t).Invoice(contract.InvoiceFacts{Work: []contract.Work{row.work}})
			require.ErrorIs(t, err, row.kind)
			assert.Contains(t, err.Error(), row.says)
			var e *contract.Error
			require.ErrorAs(t, err, &e)
			assert.Equal(t, "work.csv:2", e.In, "the fault says in which row")
		})
	}
}

func TestChargeOfUse(t *testing.T) {
	unit := func(price, per string) edit {
		return edit{"/fees/items/call", obj{"clause": "after-sales fees", "charge": "unit", "price": price, "per": per, "factors": list{"fault and difficulty"},
			"tax": obj{"treatment": "exempt", "document": "invoice"}}}
	}
	low := fault("ordinary", "low")
	for _, row := range []struct {
		why      string
		price    string
		quantity string
		keys     map[string]string
		want     string
	}{
		{"quantity times price", "12.50 CNY", "4", low, "50.00 CNY"},
		{"nothing used costs nothing", "12.50 CNY", "0", low, "0.00 CNY"},
		{"a correction is a negative quantity", "12.50 CNY", "-4", low, "-50.00 CNY"},
		{"a fraction, rounded once for the line", "0.333 CNY", "2.5", low, "0.83 CNY"},
		{"a tie goes away from zero", "0.01 CNY", "0.5", low, "0.01 CNY"},
		{"on either side of it", "0.01 CNY", "-0.5", low, "-0.01 CNY"},
		{"with the factor of the table", "10.00 CNY", "3", fault("serious", "middle"), "54.00 CNY"},
	} {
		t.Run(row.why, func(t *testing.T) {
			c := compileEdited(t, noReadings, unit(row.price, "unit"))
			u := contract.Usage{Source: "usage.csv:2", ID: "U1", Item: "call", On: day("2024-05-06"), Quantity: decimal.RequireFromString(row.quantity), Keys: row.keys}
			assert.Equal(t, row.want, net(t, c, contract.InvoiceFacts{Usage: []contract.Usage{u}}))
		})
	}
	t.Run("a visit is charged once, however long", func(t *testing.T) {
		c := compileEdited(t, noReadings, unit("200.00 CNY", "visit"))
		w := contract.Work{Source: "work.csv:2", ID: "W1", Item: "call", From: at("2024-05-06 09:00"), To: at("2024-05-06 19:30"), Keys: fault("serious", "low")}
		assert.Equal(t, "300.00 CNY", net(t, c, contract.InvoiceFacts{Work: []contract.Work{w}}))
	})
	t.Run("a unit is no visit", func(t *testing.T) {
		c := compileEdited(t, noReadings, unit("200.00 CNY", "unit"))
		w := contract.Work{Source: "work.csv:2", ID: "W1", Item: "call", From: at("2024-05-06 09:00"), To: at("2024-05-06 19:30"), Keys: low}
		_, err := c.Invoice(contract.InvoiceFacts{Work: []contract.Work{w}})
		require.ErrorIs(t, err, contract.ErrInvalid)
	})
	t.Run("a share of the list price", func(t *testing.T) {
		c := compileEdited(t, noReadings, edit{"/fees/items/parts/rate", "92.5%"})
		assert.Equal(t, "740.00 CNY", net(t, c, contract.InvoiceFacts{Usage: []contract.Usage{part("2024-05-06", "2", "400.00")}}))
	})
	for _, row := range []struct {
		why  string
		use  contract.Usage
		kind error
	}{
		{"a share of an amount that is not told", contract.Usage{Source: "usage.csv:2", Item: "parts", On: day("2024-05-06"), Quantity: decimal.New(1, 0)}, contract.ErrRequired},
		{"in another currency", contract.Usage{Source: "usage.csv:2", Item: "parts", On: day("2024-05-06"), Quantity: decimal.New(1, 0), Amount: contract.MustParseMoney("1.00 USD")}, contract.ErrCurrency},
		{"on no day", contract.Usage{Source: "usage.csv:2", Item: "parts", Quantity: decimal.New(1, 0), Amount: yuan("1.00")}, contract.ErrRequired},
		{"before the term", part("2024-02-29", "1", "1.00"), contract.ErrRange},
		{"a number beyond all digits", contract.Usage{Source: "usage.csv:2", Item: "parts", On: day("2024-05-06"), Quantity: decimal.New(1, 1<<30), Amount: yuan("1.00")}, contract.ErrLimit},
		{"of what is charged by time", contract.Usage{Source: "usage.csv:2", Item: "repair", On: day("2024-05-06"), Quantity: decimal.New(1, 0), Keys: low}, contract.ErrInvalid},
	} {
		t.Run(row.why, func(t *testing.T) {
			_, err := sample(t).Invoice(contract.InvoiceFacts{Usage: []contract.Usage{row.use}})
			require.ErrorIs(t, err, row.kind)
			var e *contract.Error
			require.ErrorAs(t, err, &e)
			assert.Equal(t, "usage.csv:2", e.In)
		})
	}
}

// slowWork is the charge of a visit minute by minute, from the words of the clause:
// the calendar's days are looked up one by one, the hours read off the page.
//
// least is the least minutes of a band, begun says that work begun in hours is charged so.
func slowWork(t require.TestingT, from, to time.Time, factor *big.Rat, least map[string]int64, begun bool) *big.Rat {
	days := published
	bandOf := func(at time.Time) string {
		clock := at.Hour()*60 + at.Minute()
		date := contract.DateOf(at)
		info, err := days.Day(date)
		require.NoError(t, err)
		weekend := at.Weekday() == time.Saturday || at.Weekday() == time.Sunday
		switch {
		case info.Kind == contract.DayWorking && (clock >= 540 && clock < 720 || clock >= 780 && clock < 1080):
			return "normal"
		case info.Kind == contract.DayHoliday:
			return "statutory holiday"
		case info.Kind == contract.DayMakeup:
			return "make-up day"
		case info.Kind == contract.DayRest || weekend:
			return "rest day"
		}
		return "out of hours"
	}
	rates := map[string]*big.Rat{"normal": big.NewRat(1, 1), "out of hours": big.NewRat(3, 2), "make-up day": big.NewRat(3, 2), "rest day": big.NewRat(2, 1), "statutory holiday": big.NewRat(3, 1)}
	minutes := int64(to.Sub(from) / time.Minute)
	begun = begun && bandOf(from) == "normal"
	charged := make(map[string]int64)
	for m := range max((minutes+29)/30*30, 60) {
		at := from.Add(time.Duration(m) * time.Minute)
		if m >= minutes {
			at = to.Add(-time.Nanosecond)
		}
		if begun {
			at = from
		}
		charged[bandOf(at)]++
	}
	sum := new(big.Rat)
	for band, minutes := range charged {
		sum.Add(sum, new(big.Rat).Mul(big.NewRat(max(minutes, least[band]), 1), rates[band]))
	}
	sum.Mul(sum, big.NewRat(300, 60))
	return sum.Mul(sum, factor)
}

func TestWorkAgainstTheMinutes(t *testing.T) {
	plain, special := sample(t), compileEdited(t, slices.Concat([]edit{noReadings}, asBegun, leastOfBands)...)
	edges := []string{"2024-04-30 23:00", "2024-05-01 00:00", "2024-05-06 09:00", "2024-05-06 12:00", "2024-05-06 13:00", "2024-05-06 18:00",
		"2024-05-10 17:30", "2024-05-11 08:00", "2024-05-11 13:00", "2024-05-12 00:00", "2024-09-30 23:30", "2024-10-12 08:45", "2025-01-28 12:00", "2025-02-08 09:00"}
	rapid.Check(t, func(t *rapid.T) {
		from := at(rapid.SampledFrom(edges).Draw(t, "edge")).Add(time.Duration(rapid.IntRange(-90, 90).Draw(t, "minutes before or after")) * time.Minute)
		to := from.Add(time.Duration(rapid.IntRange(1, 600).Draw(t, "minutes")) * time.Minute)
		c, least, begun := plain, map[string]int64(nil), false
		if rapid.Bool().Draw(t, "with what else a contract may say") {
			c, least, begun = special, map[string]int64{"rest day": 90, "out of hours": 60}, true
		}
		v, err := c.Invoice(contract.InvoiceFacts{Work: []contract.Work{{Source: "work.csv:2", ID: "W1", Item: "repair", From: from, To: to, Keys: fault("serious", "middle")}}})
		require.NoError(t, err)
		want := slowWork(t, from, to, big.NewRat(9, 5), least, begun)
		if contract.DateOf(from).String() == "2024-10-12" || contract.DateOf(to).String() == "2024-10-12" {
			return // amendment A1 opens that Saturday: the page does not say so
		}
		require.Equal(t, want.FloatString(2)+" CNY", v.Net.String(), "%v to %v", from, to)
		holds(t, v.Lines[0].Explain(), v.Lines[0].Gross.String())
	})
}

// More work never costs less, and a longer period never less than a shorter one.
func TestFlatFeeAddsUp(t *testing.T) {
	c := compileEdited(t, noReadings, withoutTax, edit{"/fees/items/support/monthly", nil}, edit{"/serviceCredits", nil}, edit{"/breach", nil},
		priced(supportPrice, "120000.00 CNY", "131313.13 CNY", "2024-09-15"))
	first := day("2024-03-01")
	fee := func(t *rapid.T, from, until int) *big.Rat {
		v, err := c.Invoice(contract.InvoiceFacts{Flat: []contract.FlatUse{{Item: "support", Period: contract.Period{From: first.AddDays(from), Until: first.AddDays(until)}}}})
		require.NoError(t, err)
		holds(t, v.Explain(), v.Payable.String())
		sum, _ := new(big.Rat).SetString(v.Net.Decimal().String())
		return sum
	}
	near := rapid.Custom(func(t *rapid.T) int {
		return rapid.SampledFrom([]int{0, 31, 197, 198, 199, 364, 365, 366, 729, 730, 731}).Draw(t, "edge") + rapid.IntRange(0, 3).Draw(t, "days after")
	})
	rapid.Check(t, func(t *rapid.T) {
		a, b, d := near.Draw(t, "from"), near.Draw(t, "between"), near.Draw(t, "until")
		a, b, d = min(a, b, d), a+b+d-min(a, b, d)-max(a, b, d), max(a, b, d)
		if a == b || b == d {
			return
		}
		whole, parts := fee(t, a, d), new(big.Rat).Add(fee(t, a, b), fee(t, b, d))
		apart := new(big.Rat).Sub(whole, parts)
		require.LessOrEqual(t, apart.Abs(apart).Cmp(big.NewRat(1, 100)), 0, "days apart or together: %s", fmt.Sprint(apart))
		require.GreaterOrEqual(t, whole.Cmp(fee(t, a, b)), 0, "more days never cost less")
	})
}
