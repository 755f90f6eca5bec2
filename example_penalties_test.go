package contract_test

import (
	"errors"
	"fmt"
	"log"
	"strings"

	"github.com/cfd16870/contract"
	"github.com/cfd16870/contract/cn"
	"github.com/cfd16870/contract/proof"
)

// lastSteps prints the last lines of a working as an auditor reads it.
func lastSteps(w *proof.Working, n int) {
	var body []string
	for line := range strings.Lines(w.Text(proof.English)) {
		if line = strings.TrimRight(line, "\n"); line != "" && !strings.HasPrefix(line, "Seal") {
			body = append(body, strings.Join(strings.Fields(line), " "))
		}
	}
	for _, line := range body[max(0, len(body)-n):] {
		fmt.Println(line)
	}
}

// exampleDebt is the support fee of the first year, due 2024-02-21.
func exampleDebt() contract.Debt {
	return contract.Debt{Source: "invoices.csv:2", ID: "S-2024", Item: "support", Amount: contract.MustParseMoney("120000.00 CNY"), Due: contract.MustParseDate("2024-02-21")}
}

func exampleMonth(s string) contract.Period {
	from := contract.MustParseDate(s + "-01")
	until, err := from.AddMonths(1, contract.MonthEndLast)
	if err != nil {
		log.Fatal(err)
	}
	return contract.Period{From: from, Until: until}
}

// Late by 49 days at 0.05 % a day; the day of credit is charged.
func ExampleContract_LateCharge() {
	c := exampleContract()
	paid := contract.Payment{Source: "payments.csv:2", ID: "P1", On: contract.MustParseDate("2024-04-10"), Amount: contract.MustParseMoney("120000.00 CNY")}
	d, err := c.LateCharge(exampleDebt(), []contract.Payment{paid}, contract.MustParseDate("2024-04-10"), nil)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(d.DaysLate, "days:", d.Charged)
	fmt.Println("the charge is met first; of the principal is left:", d.Principal)
	// Output:
	// 49 days: 2940.00 CNY
	// the charge is met first; of the principal is left: 2940.00 CNY
}

// A contract without such a clause is silent, which is not 0. The caller may declare
// the statute that fills the gap.
func ExampleContract_LateCharge_declared() {
	doc := exampleDocument()
	doc.LatePayment = nil
	doc.Readings, doc.Completed = nil, nil
	ref := exampleReference()
	ref.Series = map[string]*contract.Series{"lpr1y": cn.LPR1Y()}
	c := contract.MustCompile(doc, ref)
	debt := contract.Debt{Source: "invoices.csv:2", ID: "S-2024", Amount: contract.MustParseMoney("200000.00 CNY"), Due: contract.MustParseDate("2024-06-14")}
	asOf := contract.MustParseDate("2025-05-30")

	_, err := c.LateCharge(debt, nil, asOf, nil)
	fmt.Println(errors.Is(err, contract.ErrSilent))
	d, err := c.LateCharge(debt, nil, asOf, &contract.Declared{Statute: contract.SaleInterpretation18, Above: contract.MustParsePercent("30%")})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(d.Charged)
	// Output:
	// true
	// 8601.37 CNY
}

// Two part payments: each meets the late charge first, then the principal.
func ExampleContract_Account() {
	a, err := exampleAccount()
	if err != nil {
		log.Fatal(err)
	}
	for _, e := range a.Entries {
		fmt.Println(e.On, e.What, e.Of, e.Amount, "→", e.Balance)
	}
	fmt.Println("owed:", a.Owed)
	// Output:
	// 2024-02-21 falls due S-2024 120000.00 CNY → 120000.00 CNY
	// 2024-03-31 late charge S-2024 2340.00 CNY → 122340.00 CNY
	// 2024-03-31 payment P1 -50000.00 CNY → 72340.00 CNY
	// 2024-05-20 late charge S-2024 1808.50 CNY → 74148.50 CNY
	// 2024-05-20 payment P2 -50000.00 CNY → 24148.50 CNY
	// 2024-06-30 late charge S-2024 495.04 CNY → 24643.54 CNY
	// owed: 24643.54 CNY
}

func exampleAccount() (*contract.Account, error) {
	fifty := contract.MustParseMoney("50000.00 CNY")
	return exampleContract().Account(contract.AccountFacts{
		Debts: []contract.Debt{exampleDebt()},
		Payments: []contract.Payment{
			{Source: "payments.csv:2", ID: "P1", On: contract.MustParseDate("2024-03-31"), Amount: fifty},
			{Source: "payments.csv:3", ID: "P2", On: contract.MustParseDate("2024-05-20"), Amount: fifty},
		},
	}, contract.MustParseDate("2024-06-30"))
}

func ExampleDebtState_Explain() {
	a, err := exampleAccount()
	if err != nil {
		log.Fatal(err)
	}
	w := a.Debts[0].Explain()
	lastSteps(w, 3)
	fmt.Println(w.Check().Err())
	// Output:
	// [46] owed 24643.54 CNY
	// sum of [36], [45]
	// Result: owed: 24643.54 CNY
	// <nil>
}

func ExampleDebtState_ExplainCharge() {
	a, err := exampleAccount()
	if err != nil {
		log.Fatal(err)
	}
	lastSteps(a.Debts[0].ExplainCharge(), 3)
	// Output:
	// [44] late charge in all 4643.54 CNY
	// contents 10.1: sum of [16], [30], [43]
	// Result: late charge in all: 4643.54 CNY
}

func ExampleDebtState_ExplainPrincipal() {
	a, err := exampleAccount()
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(a.Debts[0].Principal, a.Debts[0].ExplainPrincipal().Check())
	// Output:
	// 24148.50 CNY holds
}

func ExampleDebtState_ExplainLateCharge() {
	a, err := exampleAccount()
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(a.Debts[0].LateCharge, "of", a.Debts[0].Charged, "is not paid:", a.Debts[0].ExplainLateCharge().Check())
	// Output:
	// 495.04 CNY of 4643.54 CNY is not paid: holds
}

// English law owes a fixed sum for each late debt beside the interest.
func ExampleDebtState_ExplainFixedSum() {
	doc := exampleDocument()
	doc.LatePayment.FixedSums = []contract.FixedSum{
		{Below: new(contract.MustParseMoney("100000.00 CNY")), Sum: new(contract.MustParseMoney("400.00 CNY"))},
		{From: new(contract.MustParseMoney("100000.00 CNY")), Sum: new(contract.MustParseMoney("700.00 CNY"))},
	}
	c := contract.MustCompile(doc, exampleReference())
	d, err := c.LateCharge(exampleDebt(), nil, contract.MustParseDate("2024-02-22"), nil)
	if err != nil {
		log.Fatal(err)
	}
	lastSteps(d.ExplainFixedSum(), 3)
	// Output:
	// [4] fixed sum 700.00 CNY
	// contents 10.1: what the band gives that holds [1]: [2], [3]
	// Result: fixed sum: 700.00 CNY
}

// The dates of a debt are what rights depend on: it was due on a day, and is not
// paid.
func ExampleDebtState_Dates() {
	a, err := exampleAccount()
	if err != nil {
		log.Fatal(err)
	}
	rights, err := exampleContract().Rights(contract.LifeFacts{Debts: []contract.DebtDates{a.Debts[0].Dates()}}, a.AsOf)
	if err != nil {
		log.Fatal(err)
	}
	for _, r := range rights {
		fmt.Println(r.Name, "by the", r.By, "from", r.From)
	}
	// Output:
	// suspension by the provider from 2024-03-23
	// non-payment by the provider from 2024-04-22
}

func ExampleEntry_Explain() {
	a, err := exampleAccount()
	if err != nil {
		log.Fatal(err)
	}
	lastSteps(a.Entries[1].Explain(), 3)
	// Output:
	// [14] late charge 2340.00 CNY (cap not reached)
	// contents 10.1: least of [10], [13]
	// Result: late charge: 2340.00 CNY
}

// exampleCapped is a debt that reaches the cap of 10 % after 200 days.
func exampleCapped() contract.DebtState {
	d, err := exampleContract().LateCharge(contract.Debt{Source: "invoices.csv:3", ID: "R-7", Amount: contract.MustParseMoney("60000.00 CNY"), Due: contract.MustParseDate("2024-09-30")},
		nil, contract.MustParseDate("2025-06-30"), nil)
	if err != nil {
		log.Fatal(err)
	}
	return d
}

func ExampleDebtState_ExplainCapDay() {
	lastSteps(exampleCapped().ExplainCapDay(), 3)
	// Output:
	// [14] day the cap is reached Fri 2025-04-18
	// contents 10.1: day on which [13] end that run from [2], itself not counted
	// Result: day the cap is reached: Fri 2025-04-18
}

func ExampleDebtState_ExplainTakenByCap() {
	lastSteps(exampleCapped().ExplainTakenByCap(), 3)
	// Output:
	// [15] taken by the cap 2190.00 CNY
	// contents 10.1: [10] less [14]
	// Result: taken by the cap: 2190.00 CNY
}

// Counts known elsewhere are bound to the clause of their month: open and late
// counts as breached, excused is left out.
func ExampleContract_AttainmentOf() {
	a, err := exampleContract().AttainmentOf(contract.Attainment{Period: exampleMonth("2024-03"), Met: 38, Breached: 2, OpenAndLate: 1, Open: 3, Excused: 2})
	if err != nil {
		log.Fatal(err)
	}
	met, of := a.Counted()
	fmt.Println(met, "of", of)
	// Output:
	// 38 of 41
}

func exampleCredits(given ...contract.GivenCredit) []contract.ServiceCredit {
	c := exampleContract()
	a, err := c.AttainmentOf(contract.Attainment{Period: exampleMonth("2025-01"), Met: 38, Breached: 2, OpenAndLate: 1})
	if err != nil {
		log.Fatal(err)
	}
	list, err := c.Credits(contract.CreditFacts{Attainment: []contract.Attainment{a}, Given: given})
	if err != nil {
		log.Fatal(err)
	}
	return list
}

// 38 of 41 is in the band from 90 % below 95 %: 5 % of the month's fee, under the
// cap of the contract year.
func ExampleContract_Credits() {
	for _, s := range exampleCredits() {
		fmt.Println(s.Rate, "of", s.Base, "=", s.Amount)
	}
	given := contract.GivenCredit{Source: "claims.csv:2", Name: "monthly attainment", Period: exampleMonth("2024-11"), Amount: contract.MustParseMoney("11600.00 CNY")}
	for _, s := range exampleCredits(given) {
		fmt.Println(s.Amount, "capped:", s.Capped)
	}
	// Output:
	// 5% of 10000.00 CNY = 500.00 CNY
	// 400.00 CNY capped: true
}

func ExampleServiceCredit_Explain() {
	w := exampleCredits()[0].Explain()
	lastSteps(w, 3)
	fmt.Println(w.Check().Err())
	// Output:
	// [21] credit 500.00 CNY (cap not reached)
	// contents 10.2: least of [17], [20]
	// Result: credit: 500.00 CNY
	// <nil>
}

// A credit is taken off the next invoice.
func ExampleServiceCredit_Deduction() {
	d := exampleCredits()[0].Deduction()
	fmt.Println(d.Reason, d.Amount, d.Clause)
	// Output:
	// service credit 2025-01-01..2025-01-31 500.00 CNY contents 10.2
}

func ExampleContract_SatisfactionOf() {
	s, err := exampleSatisfaction(exampleContract())
	if err != nil {
		log.Fatal(err)
	}
	p, _ := s.Percent()
	met, _ := s.Met()
	fmt.Println(p, met)
	// Output:
	// 86% false
}

func exampleSatisfaction(c *contract.Contract) (contract.Satisfaction, error) {
	return c.SatisfactionOf(contract.Satisfaction{
		Period:  contract.Through(contract.MustParseDate("2024-04-01"), contract.MustParseDate("2024-06-30")),
		Answers: map[string]int64{"very satisfied": 56, "satisfied": 30, "neutral": 9, "dissatisfied": 5}, Invalid: 10,
	})
}

func examplePenalties() []contract.Penalty {
	c := exampleContract()
	s, err := exampleSatisfaction(c)
	if err != nil {
		log.Fatal(err)
	}
	leak := contract.Notice{Source: "notices.csv:2", ID: "N4", Channel: "hand", By: contract.Customer, Ground: "breach of confidence", Received: inChina("2024-07-01 10:00:00")}
	list, err := c.Penalties(contract.PenaltyFacts{Satisfaction: []contract.Satisfaction{s}, Notices: []contract.Notice{leak}})
	if err != nil {
		log.Fatal(err)
	}
	return list
}

// Four complete points below 90 %, and a breach on record.
func ExampleContract_Penalties() {
	for _, p := range examplePenalties() {
		fmt.Println(p.Name, p.By, p.Amount)
	}
	// Output:
	// breach of confidence provider 50000.00 CNY
	// satisfaction below target provider 1200.00 CNY
}

func ExamplePenalty_Explain() {
	lastSteps(examplePenalties()[1].Explain(), 3)
	// Output:
	// [31] deduction 1200.00 CNY (cap not reached)
	// contents 10.2: least of [27], [30]
	// Result: deduction: 1200.00 CNY
}

// Clause 10.3 leaves the breach of confidence outside its cap.
func ExampleContract_Liability() {
	l := exampleLiability()
	fmt.Println("inside", l.Inside, "outside", l.Outside, "cap", l.Cap, "over it", l.Excess)
	// Output:
	// inside 1700.00 CNY outside 50000.00 CNY cap 120000.00 CNY over it 0.00 CNY
}

func exampleLiability() contract.Liability {
	l, err := exampleContract().Liability(contract.LiabilityFacts{Credits: exampleCredits(), Penalties: examplePenalties()}, contract.MustParseDate("2025-02-28"))
	if err != nil {
		log.Fatal(err)
	}
	return l
}

func ExampleLiability_Explain() {
	lastSteps(exampleLiability().Explain(), 3)
	// Output:
	// [13] over the cap 0.00 CNY (minimum applies)
	// contents 10.3: greatest of [11], [12]
	// Result: over the cap: 0.00 CNY
}
