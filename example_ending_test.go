package contract_test

import (
	"fmt"
	"log"

	"github.com/cfd16870/contract"
	"github.com/cfd16870/contract/proof"
)

// unpaidSupport is the support fee of 2024, due on 21 February.
func unpaidSupport() contract.LifeFacts {
	return contract.LifeFacts{Debts: []contract.DebtDates{{Source: "invoices.csv:2", Debt: "S-2024", Due: contract.MustParseDate("2024-02-21")}}}
}

// convenience is a notice by hand to end the contract at will.
func convenience() contract.Notice {
	return contract.Notice{Source: "notices.csv:3", ID: "N-02", Channel: "hand", By: contract.Customer, Ground: "convenience", Received: inChina("2025-06-12 10:00:00")}
}

// raise is a notice of 6 % more from the second year on, in time.
func raise() contract.Notice {
	return contract.Notice{Source: "notices.csv:2", ID: "N-01", Channel: "e-mail", By: contract.Provider, Ground: contract.GroundRaise,
		Sent: inChina("2024-12-31 17:40:00"), Raise: contract.MustParsePercent("6%"), From: contract.MustParseDate("2025-03-01")}
}

func ExampleContract_Arrival() {
	c := exampleContract()
	for _, sent := range []string{"2024-12-31 17:40:00", "2024-12-31 18:20:00"} {
		a, err := c.Arrival(contract.Notice{Channel: "e-mail", By: contract.Provider, Sent: inChina(sent)})
		if err != nil {
			log.Fatal(err)
		}
		fmt.Println(a.At.Format("Mon 2006-01-02 15:04"), "by", a.Clause)
	}
	// Output:
	// Tue 2024-12-31 17:40 by contents 14.1
	// Thu 2025-01-02 09:00 by contents 14.1
}

func ExampleArrival_Explain() {
	a, err := exampleContract().Arrival(contract.Notice{Source: "notices.csv:4", ID: "N-03", Channel: "courier", By: contract.Customer, Sent: inChina("2026-09-15 10:00:00")})
	if err != nil {
		log.Fatal(err)
	}
	w := a.Explain()
	fmt.Println(w.About, w.Result.Text, w.Check().Outcome == proof.Holds)
	// Output:
	// notice N-03 deemed to arrive 2026-09-18 true
}

// The term ends on 28 February 2025; the day a month before it is the eve of Spring
// Festival, on which no e-mail arrives.
func ExampleContract_LastDispatch() {
	c := exampleContract()
	by := contract.MustParseDate("2025-01-28")
	courier, err := c.LastDispatch("courier", by)
	if err != nil {
		log.Fatal(err)
	}
	mail, err := c.LastDispatch("e-mail", by)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println("courier on", courier.Day)
	fmt.Println("e-mail before", mail.Before.Format("Mon 2006-01-02 15:04:05"))
	// Output:
	// courier on 2025-01-25
	// e-mail before Mon 2025-01-27 18:00:00
}

func ExampleDispatch_Explain() {
	d, err := exampleContract().LastDispatch("e-mail", contract.MustParseDate("2025-01-28"))
	if err != nil {
		log.Fatal(err)
	}
	w := d.Explain()
	fmt.Println(w.Result.Text, w.Check().Outcome == proof.Holds)
	// Output:
	// 2025-01-27T18:00:00+08:00 true
}

// Thirty days that end in Spring Festival end on the make-up Sunday after it.
func ExampleContract_EndOf() {
	c := exampleContract()
	signed := contract.MustParseDate("2024-01-12")
	for _, rest := range []contract.RestDay{contract.RestDayStays, contract.RestDayRolls} {
		end, err := c.EndOf(contract.MustParseSpan("30 days"), signed, rest)
		if err != nil {
			log.Fatal(err)
		}
		fmt.Println(end.Day, rest)
	}
	// Output:
	// 2024-02-11 stays
	// 2024-02-18 rolls over rest days
}

func ExamplePeriodEnd_Explain() {
	end, err := exampleContract().EndOf(contract.MustParseSpan("1 month"), contract.MustParseDate("2024-01-31"), contract.RestDayStays)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Print(end.Explain().Text(proof.English))
	// Output:
	// end of 1 month from 2024-01-31
	//
	// [1]  from       Wed 2024-01-31
	//                 from the records (asked)
	// [2]  span       1 month
	//                 from the records (asked)
	// [3]  month end  last day
	//                 from the document (document, /periods/monthEnd)
	// [4]  last day   Thu 2024-02-29
	//                 day on which [2] end that run from [1], itself not counted; where a month lacks the day: [3]
	//
	// Result: last day: Thu 2024-02-29
	// Seal: bfa6284fa72ef7ac96ddcd13c92476f8d04bbf02ed18f30f02af92050fb66e0b
}

func ExampleContract_Term() {
	c := exampleContract()
	term, err := c.Term(contract.LifeFacts{}, contract.MustParseDate("2025-06-01"))
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(term.Period, "after", term.Renewals, "renewal; notice against the next by", term.NoticeBy)

	// Thirty days after a notice by hand it ends at will, on a Saturday.
	term, err = c.Term(contract.LifeFacts{Notices: []contract.Notice{convenience()}}, contract.MustParseDate("2025-06-20"))
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println("ends", term.Ended, "by", term.Ground, "under", term.Clause)
	// Output:
	// 2024-03-01..2026-02-28 after 1 renewal; notice against the next by 2026-01-28
	// ends 2025-07-12 by convenience under contents 13.3
}

// A notice that came too late is told with the reason.
func ExampleContract_Term_void() {
	late := contract.Notice{Source: "notices.csv:5", ID: "N-04", Channel: "e-mail", By: contract.Customer, Ground: contract.GroundNoRenewal, Sent: inChina("2025-01-27 18:00:00")}
	term, err := exampleContract().Term(contract.LifeFacts{Notices: []contract.Notice{late}}, contract.MustParseDate("2025-03-01"))
	if err != nil {
		log.Fatal(err)
	}
	for _, v := range term.Void {
		fmt.Println(v.Notice.ID, v.Why)
	}
	// Output:
	// N-04 it came on 2025-02-05, and the last day was 2025-01-28: the term renews
}

func ExampleTerm_Explain() {
	term, err := exampleContract().Term(contract.LifeFacts{}, contract.MustParseDate("2027-06-01"))
	if err != nil {
		log.Fatal(err)
	}
	w := term.Explain()
	fmt.Println(w.About, w.Result.Text, w.Check().Outcome == proof.Holds)
	// Output:
	// last day of the term as of 2027-06-01 2028-02-29 true
}

func ExampleTerm_ExplainNoticeBy() {
	term, err := exampleContract().Term(contract.LifeFacts{}, contract.MustParseDate("2024-12-01"))
	if err != nil {
		log.Fatal(err)
	}
	fmt.Print(term.ExplainNoticeBy().Text(proof.English))
	// Output:
	// last day for a notice against the renewal of the term as of 2024-12-01
	//
	// [1]  last day of the term  Fri 2025-02-28
	//                            from the document, contents 8.1 (document, /term/through)
	// [2]  notice                1 month
	//                            from the document, contents 8.2 (document, /renewal/unless/span)
	// [3]  month end             last day
	//                            from the document (document, /periods/monthEnd)
	// [4]  last day to arrive    Tue 2025-01-28
	//                            contents 8.2: day [2] before [1]; where a month lacks the day: [3]
	//
	// Result: last day to arrive: Tue 2025-01-28
	// Seal: 2b60851787c98d708604a602847c94b289ee7fde145c7fe99b368db4874719d8
}

// More than 30 days overdue is the 31st, more than 60 the 61st: art. 1259 of the
// Civil Code.
func ExampleContract_Rights() {
	rights, err := exampleContract().Rights(unpaidSupport(), contract.MustParseDate("2024-06-30"))
	if err != nil {
		log.Fatal(err)
	}
	for _, r := range rights {
		fmt.Println(r.Name, "of", r.Of, "by the", r.By, "from", r.From, "by", r.Clause)
	}
	// Output:
	// suspension of S-2024 by the provider from 2024-03-23 by contents 10.1
	// non-payment of S-2024 by the provider from 2024-04-22 by contents 13.3
}

func ExampleRight_Explain() {
	rights, err := exampleContract().Rights(unpaidSupport(), contract.MustParseDate("2024-03-31"))
	if err != nil {
		log.Fatal(err)
	}
	fmt.Print(rights[0].Explain().Text(proof.English))
	// Output:
	// first day of the right: suspension S-2024
	//
	// [1]  due date                Wed 2024-02-21
	//                              from the records (invoices.csv:2, due)
	// [2]  after                   30 days
	//                              from the document, contents 10.1 (document, /suspension/after)
	// [3]  last day                Fri 2024-03-22
	//                              contents 10.1: day on which [2] end that run from [1], itself not counted
	// [4]  next day                1 calendar day
	//                              by rule (the day after)
	// [5]  first day of the right  Sat 2024-03-23
	//                              contents 10.1: day on which [4] end that run from [3], itself not counted
	//
	// Result: first day of the right: Sat 2024-03-23
	// Seal: ec12633ca784f0da44a847cae23946b5e81491b434d4ce5c03d6d09fce822b91
}

// Fifteen days to cure end in the National Day rest, and so on the day after it.
func ExampleContract_Cure() {
	last, err := exampleContract().Cure(contract.Notice{Source: "notices.csv:6", ID: "N-05", Channel: "courier", By: contract.Customer, Ground: "material breach", Sent: inChina("2026-09-15 10:00:00")})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(last.Day)
	// Output:
	// 2026-10-08
}

func ExampleContract_Refund() {
	r, err := exampleContract().Refund("support", contract.MustParseDate("2025-07-12"), contract.LifeFacts{Notices: []contract.Notice{raise()}}, contract.CauseNoBreach)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(r.Unused, "of", r.Of, "days of", r.Price, "are", r.Amount)
	// Output:
	// 231 of 365 days of 124800.00 CNY are 78983.01 CNY
}

func ExampleRefund_Explain() {
	r, err := exampleContract().Refund("support", contract.MustParseDate("2025-07-12"), contract.LifeFacts{Notices: []contract.Notice{raise()}}, contract.CauseNoBreach)
	if err != nil {
		log.Fatal(err)
	}
	w := r.Explain()
	fmt.Println(w.About, w.Result.Text, w.Check().Outcome == proof.Holds)
	// Output:
	// refund of support at the end of 2025-07-12 78983.01 CNY true
}

// settled is what is owed at the end on 12 July 2025, with a notice of set-off.
func settled() *contract.Settlement {
	s, err := exampleContract().Settlement(contract.SettlementFacts{
		End: contract.MustParseDate("2025-07-12"), Cause: contract.CauseNoBreach,
		Lines: []contract.SettlementLine{
			{By: contract.Customer, What: "owed", Source: "account", Clause: "contents 10.1", Amount: contract.MustParseMoney("24643.54 CNY")},
			{By: contract.Provider, What: "credit", Source: "credit 2025-06", Clause: "contents 10.2", Amount: contract.MustParseMoney("500.00 CNY")},
		},
		Notices: []contract.Notice{raise(), {Source: "notices.csv:7", ID: "N-06", Channel: "hand", By: contract.Customer, Ground: contract.GroundSetOff, Received: inChina("2025-07-20 10:00:00")}},
	})
	if err != nil {
		log.Fatal(err)
	}
	return s
}

func ExampleContract_Settlement() {
	s := settled()
	for _, l := range s.Lines {
		fmt.Println(l.By, l.What, l.Amount)
	}
	fmt.Println("customer", s.ByCustomer, "provider", s.ByProvider, "netted", s.Netted, s.Net)
	// Output:
	// customer owed 24643.54 CNY
	// provider credit 500.00 CNY
	// provider refund of support 78983.01 CNY
	// customer 24643.54 CNY provider 79483.01 CNY netted true -54839.47 CNY
}

func ExampleSettlement_Explain() {
	fmt.Println(settled().Explain().Result.Text)
	// Output:
	// -54839.47 CNY
}

func ExampleSettlement_ExplainByCustomer() {
	fmt.Println(settled().ExplainByCustomer().Result.Text)
	// Output:
	// 24643.54 CNY
}

func ExampleSettlement_ExplainByProvider() {
	fmt.Println(settled().ExplainByProvider().Result.Text)
	// Output:
	// 79483.01 CNY
}

func ExampleContract_Agenda() {
	list, err := exampleContract().Agenda(unpaidSupport(), contract.MustParseDate("2025-01-01"))
	if err != nil {
		log.Fatal(err)
	}
	for _, g := range list {
		fmt.Println(g.On, g.What)
	}
	// Output:
	// 2025-01-25 last dispatch by courier of a notice against the renewal
	// 2025-01-27 last dispatch by e-mail of a notice against the renewal
	// 2025-01-28 last day for a notice against the renewal to arrive
	// 2025-02-28 last day of the term
	// 2025-04-22 last day of the right: non-payment
	// 2027-02-21 limitation
}

func ExampleParseTrigger() {
	for _, s := range []string{"more than 30 days", "30 full days", "30 days"} {
		trigger, err := contract.ParseTrigger(s)
		if err != nil {
			fmt.Println(s, "does not say whether the 30th will do")
			continue
		}
		fmt.Println(trigger.Span(), "passed:", trigger.Passed())
	}
	// Output:
	// 30 days passed: true
	// 30 days passed: false
	// 30 days does not say whether the 30th will do
}

func ExampleTrigger_Span() {
	trigger, err := contract.ParseTrigger("more than 60 days")
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(trigger.Span())
	// Output:
	// 60 days
}

// Full days are reached on the last of them; more than so many are not.
func ExampleTrigger_Passed() {
	trigger, err := contract.ParseTrigger("30 full days")
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(trigger.Passed())
	// Output:
	// false
}

func ExampleTrigger_IsZero() {
	var clause contract.EndingClause
	fmt.Println("stated:", !clause.After.IsZero())
	// Output:
	// stated: false
}
