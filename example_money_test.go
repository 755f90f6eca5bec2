package contract_test

import (
	"fmt"
	"log"
	"slices"
	"time"

	"github.com/shopspring/decimal"

	"github.com/cfd16870/contract"
	"github.com/cfd16870/contract/cn"
)

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}

// support is a fee of 120,000.00 CNY, due on 21 February 2024.
func supportFee() contract.Debt {
	return contract.Debt{Source: "invoices.csv:2", ID: "S-2024", Item: "support", Amount: contract.MustParseMoney("120000.00 CNY"), Due: contract.MustParseDate("2024-02-21")}
}

// raiseOf6 is a notice of a raise by e-mail, sent on 31 December 2024 in hours.
func raiseOf6() contract.Notice {
	return contract.Notice{Source: "notices.csv:2", ID: "N1", Channel: "e-mail", By: contract.Provider, Ground: contract.GroundRaise,
		Sent: inChina("2024-12-31 17:40:00"), Raise: contract.MustParsePercent("6%"), From: contract.MustParseDate("2025-03-01")}
}

// march is the attainment of March 2024: 38 of 41.
func march() contract.Attainment {
	a, err := exampleContract().AttainmentOf(contract.Attainment{Period: contract.Through(contract.MustParseDate("2024-03-01"), contract.MustParseDate("2024-03-31")),
		Met: 38, Breached: 2, OpenAndLate: 1, Open: 3, Excused: 2})
	check(err)
	return a
}

// secondQuarter is the satisfaction of the second quarter of 2024: 86 of 100.
func secondQuarter() contract.Satisfaction {
	s, err := exampleContract().SatisfactionOf(contract.Satisfaction{Period: contract.Through(contract.MustParseDate("2024-04-01"), contract.MustParseDate("2024-06-30")),
		Answers: map[string]int64{"very satisfied": 56, "satisfied": 30, "neutral": 9, "dissatisfied": 5, "no answer": 10}})
	check(err)
	return s
}

func ExampleContract_Account() {
	paid := []contract.Payment{
		{Source: "payments.csv:2", ID: "P1", On: contract.MustParseDate("2024-03-31"), Amount: contract.MustParseMoney("50000.00 CNY")},
		{Source: "payments.csv:3", ID: "P2", On: contract.MustParseDate("2024-05-20"), Amount: contract.MustParseMoney("50000.00 CNY")},
	}
	a, err := exampleContract().Account(contract.AccountFacts{Debts: []contract.Debt{supportFee()}, Payments: paid}, contract.MustParseDate("2024-06-30"))
	check(err)
	for _, e := range a.Entries {
		fmt.Println(e.On, e.What, e.Amount, e.Balance)
	}
	fmt.Println(a.Owed)
	// Output:
	// 2024-02-21 falls due 120000.00 CNY 120000.00 CNY
	// 2024-03-31 late charge 2340.00 CNY 122340.00 CNY
	// 2024-03-31 payment -50000.00 CNY 72340.00 CNY
	// 2024-05-20 late charge 1808.50 CNY 74148.50 CNY
	// 2024-05-20 payment -50000.00 CNY 24148.50 CNY
	// 2024-06-30 late charge 495.04 CNY 24643.54 CNY
	// 24643.54 CNY
}

func ExampleContract_LateCharge() {
	d, err := exampleContract().LateCharge(supportFee(), nil, contract.MustParseDate("2024-04-10"), nil)
	check(err)
	fmt.Println(d.Charged, "for", d.DaysLate, "days, by", d.LateClause)
	// Output:
	// 2940.00 CNY for 49 days, by contents 10.1
}

func ExampleContract_Due() {
	due, err := exampleContract().Due([]string{"support"}, contract.InvoiceDates{Source: "invoices.csv:2", Received: contract.MustParseDate("2024-02-02"), Compliant: true})
	check(err)
	fmt.Println(due.On, due.On.Weekday())
	due, err = exampleContract().Due([]string{"support"}, contract.InvoiceDates{Source: "invoices.csv:2"})
	check(err)
	fmt.Println("waits for:", due.Waiting)
	// Output:
	// 2024-02-21 Wednesday
	// waits for: compliant invoice received
}

func ExampleContract_Invoice() {
	v, err := exampleContract().Invoice(contract.InvoiceFacts{ID: "R-1",
		Work: []contract.Work{{Source: "work.csv:2", ID: "W-1", Item: "repair", From: inChina("2025-10-10 16:30:00"), To: inChina("2025-10-10 20:00:00"),
			Keys: map[string]string{"fault class": "serious", "difficulty": "low"}}},
		Usage: []contract.Usage{{Source: "usage.csv:2", ID: "U-1", Item: "parts", On: contract.MustParseDate("2025-10-10"), Quantity: decimal.New(2, 0), Amount: contract.MustParseMoney("349.90 CNY")}},
	})
	check(err)
	for _, line := range v.Lines {
		fmt.Println(line.Item, line.Net, line.Tax)
	}
	fmt.Println(v.Total)
	// Output:
	// parts 699.80 CNY 90.97 CNY
	// repair 2025.00 CNY 263.25 CNY
	// 3079.02 CNY
}

func ExampleContract_Raise() {
	r, err := exampleContract().Raise(raiseOf6(), nil)
	check(err)
	fmt.Println(r.Asked, "asked,", r.Applied, "applied:", r.After)
	late := raiseOf6()
	late.Sent = late.Sent.Add(40 * time.Minute)
	r, err = exampleContract().Raise(late, nil)
	check(err)
	fmt.Println(r.After, r.Refused)
	// Output:
	// 6% asked, 4% applied: 124800.00 CNY
	// 120000.00 CNY arrived 2025-01-02, after 2024-12-31, the last day for it
}

func ExampleContract_Prices() {
	prices, err := exampleContract().Prices("support", []contract.Notice{raiseOf6()}, contract.MustParseDate("2025-06-01"))
	check(err)
	for _, p := range prices {
		fmt.Println(p.Year, p.Amount)
	}
	// Output:
	// 2024-03-01..2025-02-28 120000.00 CNY
	// 2025-03-01..2026-02-28 124800.00 CNY
}

func ExampleContract_AttainmentOf() {
	p, _ := march().Percent()
	fmt.Println(p)
	// Output:
	// 3800/41%
}

func ExampleContract_Credits() {
	credits, err := exampleContract().Credits(contract.CreditFacts{Attainment: []contract.Attainment{march()}})
	check(err)
	fmt.Println(credits[0].Rate, "of", credits[0].Base, "is", credits[0].Amount)
	// Output:
	// 5% of 10000.00 CNY is 500.00 CNY
}

func ExampleServiceCredit_Deduction() {
	credits, err := exampleContract().Credits(contract.CreditFacts{Attainment: []contract.Attainment{march()}})
	check(err)
	d := credits[0].Deduction()
	fmt.Println(d.Amount, d.Clause)
	// Output:
	// 500.00 CNY contents 10.2
}

func ExampleContract_SatisfactionOf() {
	p, _ := secondQuarter().Percent()
	fmt.Println(p, "of", secondQuarter().Valid())
	// Output:
	// 86% of 100
}

func ExampleContract_Penalties() {
	list, err := exampleContract().Penalties(contract.PenaltyFacts{Satisfaction: []contract.Satisfaction{secondQuarter()}})
	check(err)
	fmt.Println(list[0].Name, list[0].Points, list[0].Amount)
	// Output:
	// satisfaction below target 4% 1200.00 CNY
}

func ExampleContract_Liability() {
	credits, err := exampleContract().Credits(contract.CreditFacts{Attainment: []contract.Attainment{march()}})
	check(err)
	l, err := exampleContract().Liability(contract.LiabilityFacts{Credits: credits}, contract.MustParseDate("2024-04-01"))
	check(err)
	fmt.Println(l.Inside, "of", l.Cap)
	// Output:
	// 500.00 CNY of 120000.00 CNY
}

func ExampleContract_NewSurveyTally() {
	t, err := exampleContract().NewSurveyTally()
	check(err)
	for range 25 {
		check(t.Add(contract.Survey{On: contract.MustParseDate("2024-05-06"), Answer: "satisfied"}))
	}
	for _, s := range t.Satisfaction() {
		p, _ := s.Percent()
		fmt.Println(s.Period, p)
	}
	// Output:
	// 2024-04-01..2024-06-30 100%
}

func ExampleContract_Arrival() {
	late := raiseOf6()
	late.Sent = inChina("2025-01-27 18:00:00")
	a, err := exampleContract().Arrival(late)
	check(err)
	fmt.Println(a.At.Format("Mon 2006-01-02 15:04"))
	// Output:
	// Wed 2025-02-05 09:00
}

func ExampleContract_LastDispatch() {
	by := contract.MustParseDate("2025-01-28")
	mail, err := exampleContract().LastDispatch("e-mail", by)
	check(err)
	courier, err := exampleContract().LastDispatch("courier", by)
	check(err)
	fmt.Println("before", mail.Before.Format("Mon 2006-01-02 15:04"), "or on", courier.Day)
	// Output:
	// before Mon 2025-01-27 18:00 or on 2025-01-25
}

func ExampleContract_EndOf() {
	end, err := exampleContract().EndOf(contract.MustParseSpan("30 days"), contract.MustParseDate("2024-01-12"), contract.RestDayRolls)
	check(err)
	fmt.Println(end.Day, end.Day.Weekday())
	// Output:
	// 2024-02-18 Sunday
}

func ExampleContract_Term() {
	term, err := exampleContract().Term(contract.LifeFacts{}, contract.MustParseDate("2025-03-10"))
	check(err)
	fmt.Println(term.Period, term.Renewals, term.NoticeBy)
	// Output:
	// 2024-03-01..2026-02-28 1 2026-01-28
}

func ExampleContract_Rights() {
	facts := contract.LifeFacts{Overdue: []contract.Overdue{{Source: "invoices.csv:2", Debt: "S-2024", Due: contract.MustParseDate("2024-02-21")}}}
	rights, err := exampleContract().Rights(facts, contract.MustParseDate("2024-06-30"))
	check(err)
	for _, r := range rights {
		fmt.Println(r.Name, "from", r.From)
	}
	// Output:
	// suspension from 2024-03-23
	// non-payment from 2024-04-22
}

func ExampleContract_Cure() {
	n := contract.Notice{Source: "notices.csv:2", ID: "N2", Channel: "courier", By: contract.Customer, Ground: "material breach", Sent: inChina("2026-09-15 10:00:00")}
	last, err := exampleContract().Cure(n)
	check(err)
	fmt.Println(last.Day)
	// Output:
	// 2026-10-08
}

func ExampleContract_Refund() {
	r, err := exampleContract().Refund("support", contract.MustParseDate("2025-07-12"), contract.LifeFacts{Notices: []contract.Notice{raiseOf6()}}, contract.CauseNoBreach)
	check(err)
	fmt.Println(r.Price, "x", r.Unused, "/", r.Of, "=", r.Amount)
	// Output:
	// 124800.00 CNY x 231 / 365 = 78983.01 CNY
}

func ExampleContract_Settlement() {
	s, err := exampleContract().Settlement(contract.SettlementFacts{End: contract.MustParseDate("2025-07-12"), Cause: contract.CauseNoBreach,
		Lines: []contract.SettlementLine{{By: contract.Customer, What: "late charge", Source: "account", Amount: contract.MustParseMoney("2940.00 CNY")}}})
	check(err)
	fmt.Println(s.ByCustomer, s.ByProvider, s.Netted)
	// Output:
	// 2940.00 CNY 75945.21 CNY false
}

func ExampleContract_Agenda() {
	agenda, err := exampleContract().Agenda(contract.LifeFacts{}, contract.MustParseDate("2025-01-20"))
	check(err)
	for _, a := range agenda {
		fmt.Println(a.On, a.What)
	}
	// Output:
	// 2025-01-25 last dispatch by courier of a notice against the renewal
	// 2025-01-27 last dispatch by e-mail of a notice against the renewal
	// 2025-01-28 last day for a notice against the renewal to arrive
	// 2025-02-28 last day of the term
}

// records are a late invoice and a month's requests.
func someRecords() contract.Records {
	return contract.Records{
		Invoices: []contract.InvoiceRecord{{Source: "invoices.csv:2", ID: "S-2024", Item: "support", Period: contract.Through(contract.MustParseDate("2024-03-01"), contract.MustParseDate("2025-02-28")),
			Received: contract.MustParseDate("2024-02-02"), Compliant: true,
			Net: contract.MustParseMoney("113207.55 CNY"), Tax: contract.MustParseMoney("6792.45 CNY"), Total: contract.MustParseMoney("120000.00 CNY")}},
		Claims: []contract.Claim{{Source: "claims.csv:2", ID: "C1", Of: contract.ClaimLateCharge, Subject: "S-2024", AsOf: contract.MustParseDate("2024-04-10"), Amount: contract.MustParseMoney("3000.00 CNY")}},
	}
}

func ExampleContract_Statement() {
	st, err := exampleContract().Statement(someRecords(), inChina("2024-04-10 18:00:00"))
	check(err)
	fmt.Println("the customer owes", st.Owed(contract.Customer))
	for _, d := range st.Differences {
		fmt.Println(d.ID, "claimed", d.Claimed.Text, "computed", d.Computed.Text)
	}
	// Output:
	// the customer owes 122940.00 CNY
	// late charge: S-2024 claimed 3000.00 CNY computed 2940.00 CNY
}

func ExampleStatement_Owed() {
	st, err := exampleContract().Statement(someRecords(), inChina("2024-04-10 18:00:00"))
	check(err)
	fmt.Println(st.Owed(contract.Customer), st.Owed(contract.Provider))
	// Output:
	// 122940.00 CNY 0.00 CNY
}

func ExampleStatement_Errors() {
	st, err := exampleContract().Statement(someRecords(), inChina("2024-04-10 18:00:00"))
	check(err)
	fmt.Println(st.Errors())
	// Output:
	// [late charge: S-2024]
}

func ExampleStatement_Figure() {
	st, err := exampleContract().Statement(someRecords(), inChina("2024-04-10 18:00:00"))
	check(err)
	f, err := st.Figure("late charge S-2024")
	check(err)
	fmt.Println(f.Value.Text, f.Explain().Check())
	// Output:
	// 2940.00 CNY holds
}

func ExampleStatement_Figures() {
	st, err := exampleContract().Statement(someRecords(), inChina("2024-04-10 18:00:00"))
	check(err)
	for _, f := range st.Figures()[:4] {
		fmt.Println(f.ID, f.Value.Text)
	}
	// Output:
	// price support 2024-03-01 120000.00 CNY
	// invoice S-2024 120000.00 CNY
	// line S-2024 support 120000.00 CNY
	// due S-2024 2024-02-21
}

func ExampleStatement_JSON() {
	st, err := exampleContract().Statement(someRecords(), inChina("2024-04-10 18:00:00"))
	check(err)
	once, err := st.JSON()
	check(err)
	twice, err := st.JSON()
	check(err)
	fmt.Println(slices.Equal(once, twice))
	// Output:
	// true
}

func ExampleNewSeries() {
	s, err := contract.NewSeries("cpi", "statistics office", contract.Through(contract.MustParseDate("2024-01-01"), contract.MustParseDate("2024-12-31")), []contract.SeriesRow{
		{From: contract.MustParseDate("2024-01-01"), Value: decimal.New(1042, -1)},
		{From: contract.MustParseDate("2024-02-01"), Value: decimal.New(1045, -1)},
	})
	check(err)
	fmt.Println(s.Published())
	// Output:
	// 2024-01-01..2024-12-31
}

func ExampleSeries_On() {
	rate, err := cn.LPR1Y().On(contract.MustParseDate("2024-07-21"))
	check(err)
	fmt.Println(rate.StringFixed(2))
	_, err = cn.LPR1Y().On(contract.MustParseDate("2019-08-19"))
	fmt.Println(err)
	// Output:
	// 3.45
	// series lpr1y: 2019-08-19 lies outside the published days 2019-08-20..2026-08-20
}

func ExampleParseTrigger() {
	for _, s := range []string{"more than 30 days", "30 full days", "30 days"} {
		t, err := contract.ParseTrigger(s)
		fmt.Println(t.Span(), t.Passed(), err)
	}
	// Output:
	// 30 days true <nil>
	// 30 days false <nil>
	//  true "30 days" does not say whether the number itself is enough; write more than 30 days, 30 full days or after 30 days: malformed
}

func ExampleTimeBands() {
	fmt.Println(contract.TimeBands())
	// Output:
	// [normal out of hours make-up day rest day statutory holiday]
}
