package contract_test

import (
	"fmt"
	"math/big"
	"os"
	"slices"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/cfd16870/contract"
	"github.com/cfd16870/contract/proof"
)

func standing(a *contract.Account) map[string]string {
	list := make(map[string]string)
	for _, d := range a.Debts {
		list[d.ID] = d.Owed.String()
	}
	return list
}

func TestAccountAcrossDebts(t *testing.T) {
	// Without lateness every figure is a principal: 300 and 100 of one day, 500 later.
	debts := []contract.Debt{debtOf("C", "500.00", "2024-07-31"), debtOf("A", "300.00", "2024-06-14"), debtOf("B", "100.00", "2024-06-14")}
	repaid := func(c *contract.LatePaymentClause) { c.Surplus = contract.SurplusRepaid }
	unnamed := func(c *contract.LatePaymentClause) { c.AcrossDebts = []contract.DebtOrder{contract.OrderEarliestDue} }
	for _, row := range []struct {
		why      string
		edit     func(*contract.LatePaymentClause)
		payments []contract.Payment
		asOf     string
		a, b, c  string
		surplus  string
	}{
		{"debts of one day in proportion to what is owed", nil, []contract.Payment{payment("P2", "2024-06-14", "200.00")}, "2024-06-14", "150.00", "50.00", "500.00", "0.00"},
		{"the odd fen to the one that lost most", nil, []contract.Payment{payment("P2", "2024-06-14", "0.02")}, "2024-06-14", "299.98", "100.00", "500.00", "0.00"},
		{"the one that the payer names comes first", nil, []contract.Payment{payment("P2", "2024-06-14", "150.00", "B")}, "2024-06-14", "250.00", "0.00", "500.00", "0.00"},
		{"also one that is not due yet", nil, []contract.Payment{payment("P2", "2024-06-14", "200.00", "C")}, "2024-06-14", "300.00", "100.00", "300.00", "0.00"},
		{"not where the contract lets him name none", unnamed, []contract.Payment{payment("P2", "2024-06-14", "100.00", "B")}, "2024-06-14", "225.00", "75.00", "500.00", "0.00"},
		{"what is due comes before what is not", nil, []contract.Payment{payment("P2", "2024-06-14", "400.00")}, "2024-06-14", "0.00", "0.00", "500.00", "0.00"},
		{"a surplus waits for the next", nil, []contract.Payment{payment("P2", "2024-06-14", "450.00")}, "2024-07-30", "0.00", "0.00", "500.00", "50.00"},
		{"and meets it on the day on which it falls due", nil, []contract.Payment{payment("P2", "2024-06-14", "450.00")}, "2024-07-31", "0.00", "0.00", "450.00", "0.00"},
		{"what is left of it stays", nil, []contract.Payment{payment("P2", "2024-06-14", "1000.00")}, "2024-07-31", "0.00", "0.00", "0.00", "100.00"},
		{"two surpluses add up", nil, []contract.Payment{payment("P2", "2024-06-14", "450.00"), payment("P3", "2024-06-20", "30.00")}, "2024-07-31", "0.00", "0.00", "420.00", "0.00"},
		{"where a surplus is repaid, what is paid early meets what is not due yet", repaid, []contract.Payment{payment("P2", "2024-06-14", "450.00")}, "2024-06-14", "0.00", "0.00", "450.00", "0.00"},
		{"and the rest is repaid", repaid, []contract.Payment{payment("P2", "2024-06-14", "1000.00")}, "2024-07-31", "0.00", "0.00", "0.00", "100.00"},
		{"a payment after the day asked about is left out", nil, []contract.Payment{payment("P2", "2024-06-15", "200.00")}, "2024-06-14", "300.00", "100.00", "500.00", "0.00"},
	} {
		t.Run(row.why, func(t *testing.T) {
			clause := dailyRate()
			if row.edit != nil {
				row.edit(clause)
			}
			clause.Rate = percentage("0%")
			a, err := silentContract(t).Account(contract.AccountFacts{Debts: debts, Payments: row.payments, Declared: &contract.Declared{Clause: clause}}, day(row.asOf))
			require.NoError(t, err)
			assert.Equal(t, map[string]string{"A": row.a + " CNY", "B": row.b + " CNY", "C": row.c + " CNY"}, standing(a))
			if row.surplus == "0.00" {
				assert.True(t, a.Surplus.IsZero())
			} else {
				assert.Equal(t, row.surplus+" CNY", a.Surplus.String())
			}
			for _, d := range a.Debts {
				proves(t, d.Explain())
			}
		})
	}
}

// A surplus meets debts that fall due on one day as a payment of that day would: in
// proportion, and not the first by name.
func TestSurplusAmongDebtsOfOneDay(t *testing.T) {
	for _, row := range []struct {
		why           string
		surplus       string
		a, b, c, left string
	}{
		{"in proportion to what is owed", "200.00", "150.00", "50.00", "300.00", "0.00"},
		{"the odd fen to the one that lost most", "0.02", "299.98", "100.00", "300.00", "0.00"},
		{"all of them exactly", "400.00", "0.00", "0.00", "300.00", "0.00"},
		{"what is left meets those of a later day", "500.00", "0.00", "0.00", "200.00", "0.00"},
		{"and what is left then stays", "800.00", "0.00", "0.00", "0.00", "100.00"},
	} {
		t.Run(row.why, func(t *testing.T) {
			clause := dailyRate(func(c *contract.LatePaymentClause) { c.Rate = percentage("0%") })
			a, err := silentContract(t).Account(contract.AccountFacts{
				Debts:    []contract.Debt{debtOf("B", "100.00", "2024-06-14"), debtOf("C", "300.00", "2024-07-31"), debtOf("A", "300.00", "2024-06-14")},
				Payments: []contract.Payment{payment("P2", "2024-05-01", row.surplus)},
				Declared: &contract.Declared{Clause: clause},
			}, day("2024-07-31"))
			require.NoError(t, err)
			assert.Equal(t, map[string]string{"A": row.a + " CNY", "B": row.b + " CNY", "C": row.c + " CNY"}, standing(a))
			assert.Equal(t, row.left == "0.00", a.Surplus.IsZero())
			for _, d := range a.Debts {
				proves(t, d.Explain())
			}
			for _, e := range a.Entries {
				proves(t, e.Explain())
			}
		})
	}
}

// Whether money comes the day before debts fall due, or on the day, it meets the same.
func TestSurplusMeetsAsAPaymentDoes(t *testing.T) {
	c := silentContract(t)
	rapid.Check(t, func(rt *rapid.T) {
		var debts []contract.Debt
		for i := range rapid.IntRange(1, 6).Draw(rt, "debts") {
			debts = append(debts, debtOf(fmt.Sprintf("D%d", i), fmt.Sprintf("%d.%02d", rapid.IntRange(0, 300).Draw(rt, "yuan"), rapid.IntRange(1, 99).Draw(rt, "fen")),
				rapid.SampledFrom([]string{"2024-06-14", "2024-06-14", "2024-06-20"}).Draw(rt, "due")))
		}
		amount := fmt.Sprintf("%d.%02d", rapid.IntRange(0, 900).Draw(rt, "yuan"), rapid.IntRange(1, 99).Draw(rt, "fen"))
		ask := func(on string) *contract.Account {
			a, err := c.Account(contract.AccountFacts{Debts: debts, Payments: []contract.Payment{payment("P2", on, amount)}, Declared: &contract.Declared{Clause: dailyRate()}}, day("2024-06-20"))
			require.NoError(rt, err)
			return a
		}
		before, on := ask("2024-06-13"), ask("2024-06-14")
		assert.Equal(rt, standing(on), standing(before))
		assert.True(rt, before.Surplus.Equal(on.Surplus))
		for _, d := range before.Debts {
			proves(rt, d.Explain())
		}
	})
}

// What was paid within days of grace depends on the charges of other debts: these
// take their part first.
func TestGraceAmongSeveralDebts(t *testing.T) {
	clause := dailyRate(func(c *contract.LatePaymentClause) {
		c.Grace, c.GraceFor = contract.GraceCondition, contract.MustParseSpan("5 days")
	})
	a, err := silentContract(t).Account(contract.AccountFacts{
		Debts:    []contract.Debt{debtOf("A", "1000.00", "2024-06-01"), debtOf("B", "1000.00", "2024-06-14")},
		Payments: []contract.Payment{payment("P2", "2024-06-16", "2000.00")},
		Declared: &contract.Declared{Clause: clause},
	}, day("2024-06-30"))
	require.NoError(t, err)
	// A: 15 days, 7.50. So 992.50 is left for B, and 7.50 of it exceeds the grace:
	// 2 days of 1,000 and 14 of 7.50, 1.0525.
	assert.Equal(t, map[string]string{"A": "0.00 CNY", "B": "8.55 CNY"}, standing(a))
	proves(t, a.Debts[1].Explain())
}

func TestAccountKnowsWhatWasRecorded(t *testing.T) {
	c := silentContract(t)
	late := payment("P2", "2024-06-24", "1005.00")
	late.Recorded = day("2024-08-01")
	ask := func(asOf string) *contract.Account {
		a, err := c.Account(contract.AccountFacts{Debts: []contract.Debt{debtOf("S", "1000.00", "2024-06-14")}, Payments: []contract.Payment{late}, Declared: &contract.Declared{Clause: dailyRate()}}, day(asOf))
		require.NoError(t, err)
		return a
	}
	assert.Equal(t, "1023.50 CNY", ask("2024-07-31").Owed.String(), "before it is known, 47 days are charged")
	assert.Equal(t, "0.00 CNY", ask("2024-08-01").Owed.String(), "once it is, it counts from the day of credit")
	assert.Equal(t, day("2024-06-24"), ask("2024-08-01").Debts[0].PaidOn)
	assert.Equal(t, 10, ask("2024-08-01").Debts[0].DaysLate)
}

func TestAccountEntries(t *testing.T) {
	c := compiled(t, chinaWithRates())
	a, err := c.Account(contract.AccountFacts{
		Debts:    []contract.Debt{debtOf("S", "1000.00", "2024-06-14")},
		Payments: []contract.Payment{payment("P2", "2024-06-24", "505.00"), payment("P3", "2024-07-04", "502.50")},
	}, day("2024-07-31"))
	require.NoError(t, err)
	var lines []string
	for _, e := range a.Entries {
		lines = append(lines, fmt.Sprintf("%v %s %s %v %v", e.On, e.What, e.Of, e.Amount, e.Balance))
		proves(t, e.Explain())
		if e.What != contract.EntryPayment {
			assert.Equal(t, e.Amount.String(), e.Explain().Result.Text)
		}
	}
	assert.Equal(t, []string{
		"2024-06-14 falls due S 1000.00 CNY 1000.00 CNY",
		"2024-06-24 late charge S 5.00 CNY 1005.00 CNY",
		"2024-06-24 payment P2 -505.00 CNY 500.00 CNY",
		"2024-07-04 late charge S 2.50 CNY 502.50 CNY",
		"2024-07-04 payment P3 -502.50 CNY 0.00 CNY",
	}, lines)
	assert.Equal(t, "contents 10.1", a.Entries[1].Clause)
}

func TestAccountOfTwoSides(t *testing.T) {
	c := compiled(t, chinaWithRates())
	refund := debtOf("R", "1000.00", "2024-06-14")
	refund.By = contract.Provider
	a, err := c.Account(contract.AccountFacts{Debts: []contract.Debt{refund}}, day("2024-06-24"))
	require.NoError(t, err)
	require.NotNil(t, a.Silent, "10.1 charges the customer: of the provider's debt the contract says nothing")
	assert.Contains(t, a.Silent.Error(), "late payment by the provider")
	assert.Equal(t, "1000.00 CNY", a.Owed.String())

	both := compiled(t, chinaWithRates(), edit{"/latePayment/by", "either"})
	d, err := both.LateCharge(refund, nil, day("2024-06-24"), nil)
	require.NoError(t, err)
	assert.Equal(t, "5.00 CNY", d.Charged.String())

	_, err = c.LateCharge(refund, nil, day("2024-06-24"), &contract.Declared{Clause: dailyRate()})
	require.ErrorIs(t, err, contract.ErrConflict)
	assert.Contains(t, err.Error(), "charges the customer, and the provider owes")
}

func TestSilenceOnLatePayment(t *testing.T) {
	c := silentContract(t)
	debts := []contract.Debt{debtOf("S", "1000.00", "2024-06-14")}
	a, err := c.Account(contract.AccountFacts{Debts: debts}, day("2024-06-14"))
	require.NoError(t, err)
	assert.Nil(t, a.Silent, "nothing is late")
	a, err = c.Account(contract.AccountFacts{Debts: debts}, day("2024-06-15"))
	require.NoError(t, err)
	require.NotNil(t, a.Silent)
	assert.Contains(t, a.Silent.Statute, "18(4)")
	assert.Equal(t, "1000.00 CNY", a.Owed.String(), "the principal is told all the same")
	_, err = c.LateCharge(debts[0], nil, day("2024-06-15"), nil)
	assert.ErrorIs(t, err, contract.ErrSilent)

	english := compiled(t, chinaWithRates(), edit{"/latePayment", nil}, edit{"/governingLaw/law", "England and Wales"})
	a, err = english.Account(contract.AccountFacts{Debts: debts}, day("2024-06-15"))
	require.NoError(t, err)
	assert.Contains(t, a.Silent.Statute, "1998")
	assert.NotContains(t, a.Silent.Statute, "Civil Code", "no article of another law is cited")

	other := compiled(t, chinaWithRates(), edit{"/latePayment", nil}, edit{"/governingLaw/law", "Utopia"})
	a, err = other.Account(contract.AccountFacts{Debts: debts}, day("2024-06-15"))
	require.NoError(t, err)
	assert.Empty(t, a.Silent.Statute)
}

func TestDeclared(t *testing.T) {
	c := silentContract(t)
	english := englishContract(t, edit{"/latePayment", nil})
	percent := contract.MustParsePercent
	for _, row := range []struct {
		why      string
		c        *contract.Contract
		declared contract.Declared
		due      string
		kind     error
		says     string
	}{
		{"30 % is within", c, contract.Declared{Statute: contract.SaleInterpretation18, Above: percent("30%")}, "2024-06-14", nil, "3.45%"},
		{"50 % too", c, contract.Declared{Statute: contract.SaleInterpretation18, Above: percent("50%")}, "2024-06-14", nil, "5.175%"},
		{"below 30 %", c, contract.Declared{Statute: contract.SaleInterpretation18, Above: percent("29.99%")}, "2024-06-14", contract.ErrRequired, "from 30% to 50%"},
		{"above 50 %", c, contract.Declared{Statute: contract.SaleInterpretation18, Above: percent("50.01%")}, "2024-06-14", contract.ErrRequired, "from 30% to 50%"},
		{"nothing on top", c, contract.Declared{Statute: contract.SaleInterpretation18}, "2024-06-14", contract.ErrRequired, "from 30% to 50%"},
		{"before the first prime rate", c, contract.Declared{Statute: contract.SaleInterpretation18, Above: percent("30%")}, "2019-08-18", contract.ErrRange, "2019-08-19"},
		{"the text of 2020", c, contract.Declared{Statute: contract.SMEPayment}, "2025-05-31", nil, "(2020), art. 15"},
		{"the text of 2025, from its first day", c, contract.Declared{Statute: contract.SMEPayment}, "2025-06-01", nil, "(2025), art. 17"},
		{"before there was one", c, contract.Declared{Statute: contract.SMEPayment}, "2020-08-31", contract.ErrRange, "in force from 2020-09-01"},
		{"a statute of another law", c, contract.Declared{Statute: contract.LatePaymentAct}, "2024-06-14", contract.ErrConflict, "England and Wales"},
		{"a Chinese article under English law", english, contract.Declared{Statute: contract.SMEPayment}, "2024-06-14", contract.ErrConflict, "PRC"},
		{"the Act", english, contract.Declared{Statute: contract.LatePaymentAct}, "2024-06-14", nil, "1998"},
		{"the sums of the Act are in pounds", compiled(t, chinaWithRates(), edit{"/latePayment", nil}, edit{"/governingLaw/law", "England and Wales"}), contract.Declared{Statute: contract.LatePaymentAct}, "2024-06-14", contract.ErrCurrency, "fixed sums are in GBP"},
		{"no such statute", c, contract.Declared{Statute: "usury law"}, "2024-06-14", contract.ErrUnknown, "write one of"},
		{"nothing declared", c, contract.Declared{}, "2024-06-14", contract.ErrRequired, "write one of"},
		{"two things declared", c, contract.Declared{Statute: contract.SMEPayment, Clause: dailyRate()}, "2024-06-14", contract.ErrConflict, "declare one"},
		{"beside a clause of the document", compiled(t, chinaWithRates()), contract.Declared{Statute: contract.SMEPayment}, "2024-06-14", contract.ErrConflict, "applies beside it"},
		{"a clause is checked as in a document", c, contract.Declared{Clause: dailyRate(func(c *contract.LatePaymentClause) { c.Rate = nil })}, "2024-06-14", contract.ErrRequired, "say the rate"},
		{"with names that exist", c, contract.Declared{Clause: agreedInterest(contract.ReferenceClause{Series: "lpr", Reset: contract.ResetAtBreach}, contract.Actual365)}, "2024-06-14", contract.ErrUnknown, `no series "lpr"`},
	} {
		t.Run(row.why, func(t *testing.T) {
			amount := cny("1000.00")
			if row.c == english {
				amount = contract.MustParseMoney("1000.00 GBP")
			}
			d := contract.Debt{Source: "invoices.csv:2", ID: "S", Amount: amount, Due: day(row.due)}
			got, err := row.c.LateCharge(d, nil, d.Due.AddDays(100), &row.declared)
			if row.kind != nil {
				require.ErrorIs(t, err, row.kind)
				assert.Contains(t, err.Error(), row.says)
				return
			}
			require.NoError(t, err)
			proves(t, got.ExplainCharge())
			assert.Contains(t, got.ExplainCharge().Text(proof.English), row.says)
		})
	}
	_, err := compiled(t, china(), edit{"/latePayment", nil}).LateCharge(debtOf("S", "1000.00", "2024-06-14"), nil, day("2024-06-30"), &contract.Declared{Statute: contract.SaleInterpretation18, Above: percent("30%")})
	require.ErrorIs(t, err, contract.ErrUnknown, "the prime rates are reference data")
	assert.Contains(t, err.Error(), `no series "lpr1y" among the reference data given`)
}

// englishContract is the English contract of testdata, with edits.
func englishContract(t testing.TB, edits ...edit) *contract.Contract {
	t.Helper()
	data, err := os.ReadFile("testdata/england/contract.json")
	require.NoError(t, err)
	doc, err := contract.Parse(edits2text(t, data, append([]edit{{"/readings", nil}}, edits...)...))
	require.NoError(t, err)
	years, err := contract.Years(2023, 2025)
	require.NoError(t, err)
	calendar, err := contract.NewCalendar("england", contract.CalendarTable{Certain: years})
	require.NoError(t, err)
	c, err := contract.Compile(doc, contract.Reference{Calendars: map[string]*contract.Calendar{"england": calendar}, Series: map[string]*contract.Series{"base rate": baseRate(t)}})
	require.NoError(t, err)
	return c
}

// baseRate is a base rate that changes inside a half-year and at its end.
func baseRate(t testing.TB) *contract.Series {
	t.Helper()
	data := []struct{ from, rate string }{{"2023-12-01", "5.25"}, {"2024-08-01", "5.00"}, {"2024-11-07", "4.75"}}
	var rows []contract.SeriesRow
	for _, d := range data {
		rows = append(rows, contract.SeriesRow{From: day(d.from), Value: decimal.RequireFromString(d.rate)})
	}
	s, err := contract.NewSeries("base rate", "Bank of England", contract.Through(day("2023-12-01"), day("2025-12-31")), rows)
	require.NoError(t, err)
	return s
}

func TestAccountFindsAllFaultsAtOnce(t *testing.T) {
	c := compiled(t, chinaWithRates())
	euro := contract.MustParseMoney("5.00 EUR")
	_, err := c.Account(contract.AccountFacts{
		Debts: []contract.Debt{
			{Source: "invoices.csv:2", ID: "A", Amount: cny("1.00"), Due: day("2024-06-14")},
			{Source: "invoices.csv:3", ID: "A", Amount: cny("2.00"), Due: day("2024-06-14")},
			{Source: "invoices.csv:4", ID: "", Amount: cny("0.00")},
			{Source: "invoices.csv:5", ID: "E", Amount: euro, Due: day("2024-06-14")},
			{Source: "invoices.csv:6", ID: "F", Amount: cny("1.00"), Due: day("2024-06-14"), By: contract.Provider},
			{Source: "invoices.csv:7", ID: "G", Amount: cny("1.00"), Due: day("2024-06-14"), By: contract.Both},
		},
		Payments: []contract.Payment{
			{Source: "payments.csv:2", ID: "P", On: day("2024-06-14"), Amount: cny("1.00")},
			{Source: "payments.csv:3", ID: "P", On: day("2024-06-14"), Amount: cny("2.00")},
			{Source: "payments.csv:4", ID: "Q", Amount: cny("-1.00"), For: "X"},
			{Source: "payments.csv:5", Amount: euro, On: day("2024-06-14")},
			{Source: "payments.csv:6", ID: "P", On: day("2024-06-14"), Amount: cny("1.00")},
		},
	}, contract.Date{})
	require.Error(t, err)
	var got []string
	for _, f := range faultsIn(t, err) {
		got = append(got, f.Error())
	}
	assert.Equal(t, []string{
		`asOf: an account is kept as of a day`,
		`invoices.csv:3: id: debt "A": each has an id of its own`,
		`invoices.csv:4: amount: 0.00 CNY; a debt is above 0`,
		`invoices.csv:4: due: debt "" has no due date`,
		`invoices.csv:4: id: a debt has an id, by which payments name it`,
		`invoices.csv:5: amount: 5.00 EUR in a contract in CNY`,
		`invoices.csv:6: by: debt "F" of the provider in an account of the customer; each side has its own`,
		`invoices.csv:7: by: debt "G" of "both"; customer or provider owes it`,
		`payments.csv:3: id: payment "P" is there with other content (payments.csv:2)`,
		`payments.csv:4: amount: -1.00 CNY; a payment is above 0; one that is reversed is struck from the records`,
		`payments.csv:4: credited: payment "Q" was credited on no day`,
		`payments.csv:4: for: no debt "X"; have A, E, F, G`,
		`payments.csv:5: amount: 5.00 EUR in a contract in CNY`,
		`payments.csv:5: id: a payment has an id: without one, a row that is there twice would count twice`,
	}, got)
}

func TestPaymentThatIsThereTwice(t *testing.T) {
	c := compiled(t, chinaWithRates())
	p := payment("P2", "2024-06-14", "400.00")
	again := p
	again.Source = "payments.csv:9"
	a, err := c.Account(contract.AccountFacts{Debts: []contract.Debt{debtOf("S", "1000.00", "2024-06-14")}, Payments: []contract.Payment{p, again}}, day("2024-06-14"))
	require.NoError(t, err)
	assert.Equal(t, "600.00 CNY", a.Owed.String(), "one payment, read twice")
}

// Laws of an account, with debts and payments drawn at their edges.
func TestAccountLaws(t *testing.T) {
	c := silentContract(t)
	rapid.Check(t, func(t *rapid.T) {
		clause := drawClause(t)
		if rapid.Bool().Draw(t, "repaid") {
			clause.Surplus = contract.SurplusRepaid
		}
		if rapid.Bool().Draw(t, "fixed sums") {
			clause.FixedSums = []contract.FixedSum{{Below: ptr(cny("1000.00")), Sum: ptr(cny("40.00"))}, {From: ptr(cny("1000.00")), Sum: ptr(cny("70.00"))}}
		}
		f := contract.AccountFacts{Declared: &contract.Declared{Clause: clause}}
		first := day(rapid.SampledFrom(edgeDays).Draw(t, "first due"))
		for i := range rapid.IntRange(1, 4).Draw(t, "debts") {
			due := first.AddDays(rapid.SampledFrom([]int{0, 0, 1, 5, 31}).Draw(t, "due after"))
			f.Debts = append(f.Debts, debtOf(fmt.Sprint("D", i), rapid.SampledFrom([]string{"1000.00", "999.99", "0.01", "33333.33"}).Draw(t, "debt"), due.String()))
		}
		f.Payments = drawPayments(t, first)
		for i := range f.Payments {
			if rapid.Bool().Draw(t, "names a debt") {
				f.Payments[i].For = rapid.SampledFrom(f.Debts).Draw(t, "debt").ID
			}
		}
		asOf := drawDay(t, "as of", first.AddDays(31))
		a, err := c.Account(f, asOf)
		require.NoError(t, err)

		// What is owed is what was charged less what was paid.
		sum, owed := new(big.Rat), new(big.Rat)
		for _, d := range a.Debts {
			sum.Add(sum, rat(d.Amount)).Add(sum, rat(d.Charged)).Add(sum, rat(d.FixedSum))
			owed.Add(owed, rat(d.Owed))
			assert.GreaterOrEqual(t, d.Principal.Sign(), 0)
			assert.GreaterOrEqual(t, d.LateCharge.Sign(), 0)
			if d.Due.After(asOf) || d.Due == asOf {
				assert.True(t, d.Charged.IsZero(), "nothing is late yet")
			}
			if c := clause.Cap; c != nil {
				most := new(big.Rat).Mul(rat(d.Amount), rat(contract.MustParseMoney(c.Rate.String()[:len(c.Rate.String())-1]+" CNY")))
				assert.LessOrEqual(t, rat(d.Charged).Cmp(fen(most.Quo(most, big.NewRat(100, 1)))), 0)
			}
			proves(t, d.Explain())
			assert.Equal(t, d.Owed.String(), d.Explain().Result.Text)
			assert.Equal(t, !d.PaidOn.IsZero(), d.Principal.IsZero())
		}
		for _, p := range paidBy(f.Payments, asOf) {
			sum.Sub(sum, rat(p.Amount))
		}
		if !a.Surplus.IsZero() {
			owed.Sub(owed, rat(a.Surplus))
		}
		assert.Zero(t, sum.Cmp(owed), "charged less paid is %s, owed less surplus %s", sum.FloatString(2), owed.FloatString(2))

		// The order of the rows says nothing, and a row read twice is one.
		g := f
		g.Debts, g.Payments = slices.Clone(f.Debts), slices.Clone(f.Payments)
		slices.Reverse(g.Debts)
		slices.Reverse(g.Payments)
		if len(g.Payments) > 0 {
			g.Payments = append(g.Payments, g.Payments[0])
		}
		b, err := c.Account(g, asOf)
		require.NoError(t, err)
		assert.Equal(t, standing(a), standing(b))

		// What comes later changes no account of before.
		g.Payments = append(g.Payments, payment("P99", asOf.AddDays(1).String(), "77.77"))
		b, err = c.Account(g, asOf)
		require.NoError(t, err)
		assert.Equal(t, standing(a), standing(b))
		for i, e := range a.Entries {
			assert.False(t, e.On.After(asOf))
			w := e.Explain()
			proves(t, w)
			if i > 0 {
				assert.False(t, e.On.Before(a.Entries[i-1].On), "entries come in order")
			}
		}
	})
}
