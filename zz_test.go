package contract_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/cfd16870/contract"
	"github.com/cfd16870/contract/cn"
	"github.com/cfd16870/contract/proof"
)

func TestZZ(t *testing.T) {
	ref := contract.Reference{Calendars: map[string]*contract.Calendar{"cn": cn.Calendar()}, Series: map[string]*contract.Series{"lpr1y": cn.LPR1Y()}}
	doc := sampleDocument(t)
	c, err := contract.Compile(doc, ref)
	if err != nil {
		t.Fatal(err)
	}
	show := func(w *proof.Working) {
		fmt.Println("   ", w.Result.Text, w.Check())
		if w.Check().Outcome != proof.Holds {
			fmt.Println(w.Text(proof.English))
		}
	}
	d := contract.MustParseDate
	m := contract.MustParseMoney
	debt := contract.Debt{Source: "i:1", ID: "S1", Item: "support", Amount: m("120000.00 CNY"), Due: d("2024-02-21")}
	s, err := c.LateCharge(debt, []contract.Payment{{Source: "p:1", ID: "P1", On: d("2024-04-10"), Amount: m("120000.00 CNY")}}, d("2024-04-10"), nil)
	fmt.Println("11", s.Charged, err)
	show(s.ExplainCharge())
	show(s.Explain())
	pays := []contract.Payment{{Source: "p:1", ID: "P1", On: d("2024-03-31"), Amount: m("50000.00 CNY")}, {Source: "p:2", ID: "P2", On: d("2024-05-20"), Amount: m("50000.00 CNY")}}
	a, err := c.Account(contract.AccountFacts{Debts: []contract.Debt{debt}, Payments: pays}, d("2024-06-30"))
	fmt.Println("12", a.Owed, err)
	show(a.Debts[0].Explain())
	for _, e := range a.Entries {
		fmt.Println("    ", e.On, e.What, e.Of, e.Amount, e.Balance)
	}
	d2, err := doc.Reread(doc.Readings[len(doc.Readings)-1].Also[0])
	fmt.Println(err)
	c2, err := contract.Compile(d2, ref)
	fmt.Println(err)
	a, err = c2.Account(contract.AccountFacts{Debts: []contract.Debt{debt}, Payments: pays}, d("2024-06-30"))
	fmt.Println("12b", a.Owed, err)
	show(a.Debts[0].Explain())
	fmt.Println(a.Debts[0].Explain().Text(proof.English))
	s, err = c.LateCharge(contract.Debt{Source: "i", ID: "X", Amount: m("60000.00 CNY"), Due: d("2024-09-30")}, nil, d("2025-06-30"), nil)
	fmt.Println("13", s.Charged, s.CapReached, s.TakenByCap, err)
	show(s.ExplainCharge())
	show(s.ExplainCapDay())
	show(s.ExplainTakenByCap())
	d3, err := doc.With(contract.Change{At: "/latePayment", Was: must(doc.Lookup("/latePayment"))})
	fmt.Println(err)
	c3, err := contract.Compile(d3, ref)
	fmt.Println(err)
	x := contract.Debt{Source: "i", ID: "X", Amount: m("200000.00 CNY"), Due: d("2024-06-14")}
	_, err = c3.LateCharge(x, nil, d("2025-05-30"), nil)
	fmt.Println("14", err)
	p := contract.MustParsePercent
	for _, dec := range []*contract.Declared{{Statute: contract.SaleInterpretation18, Above: p("30%")}, {Statute: contract.SMEPayment}, {Statute: contract.LatePaymentAct},
		{Clause: &contract.LatePaymentClause{By: contract.Customer, Charge: contract.LateReferenceRate, Reference: &contract.ReferenceClause{Series: "lpr1y", Times: "1.3", Reset: contract.ResetEachDay}, DayCount: contract.Actual365,
			Of: contract.LateOfStillDue, FirstDay: contract.LateFromDayAfterDue, LastDay: contract.LateThroughCredit, Grace: contract.GraceNone, Interest: contract.InterestSimple,
			WithinDebt: []contract.DebtPart{"late charge", "principal"}, AcrossDebts: []contract.DebtOrder{"Civil Code 560"}, Surplus: "credit", Tax: contract.TaxClause{Treatment: "outside scope", Document: "claim"}}}} {
		s, err = c3.LateCharge(x, nil, d("2025-05-30"), dec)
		fmt.Println("14", s.Charged, err)
		if err == nil {
			show(s.ExplainCharge())
		}
	}
	fmt.Println(s.ExplainCharge().Text(proof.English))
	at, err := c.AttainmentOf(contract.Attainment{Period: contract.Through(d("2024-03-01"), d("2024-03-31")), Met: 38, Breached: 2, OpenAndLate: 1, Open: 3, Excused: 2})
	fmt.Println(err)
	cr, err := c.Credits(contract.CreditFacts{Attainment: []contract.Attainment{at}})
	fmt.Println("17a", cr[0].Amount, err)
	show(cr[0].Explain())
	cr, err = c.Credits(contract.CreditFacts{Attainment: []contract.Attainment{at}, Given: []contract.GivenCredit{{Source: "g:1", Name: "monthly attainment", Period: contract.Through(d("2024-04-01"), d("2024-04-30")), Amount: m("11600.00 CNY")}}})
	fmt.Println("17b", cr[0].Amount, err)
	show(cr[0].Explain())
	sat, err := c.SatisfactionOf(contract.Satisfaction{Period: contract.Through(d("2024-04-01"), d("2024-06-30")), Answers: map[string]int64{"very satisfied": 56, "satisfied": 30, "neutral": 9, "dissatisfied": 5}, Invalid: 10})
	fmt.Println(err)
	pe, err := c.Penalties(contract.PenaltyFacts{Satisfaction: []contract.Satisfaction{sat}})
	fmt.Println("17c", pe[0].Amount, err)
	show(pe[0].Explain())
	tm := func(s string) time.Time { x, _ := time.Parse("2006-01-02 15:04 -0700", s+" +0800"); return x }
	term, err := c.Term(contract.LifeFacts{}, d("2025-01-01"))
	fmt.Println("19", term.Period, term.NoticeBy, err)
	show(term.ExplainNoticeBy())
	for _, ch := range []string{"e-mail", "courier", "hand"} {
		di, err := c.LastDispatch(ch, term.NoticeBy)
		fmt.Println("19", di.Day, di.Before, err)
		show(di.Explain())
	}
	ar, err := c.Arrival(contract.Notice{Source: "n", Channel: "e-mail", Sent: tm("2025-01-27 18:00")})
	fmt.Println("19", ar.Day, ar.At, err)
	show(ar.Explain())
	br := contract.Notice{Source: "n", ID: "B", Channel: "courier", By: contract.Customer, Ground: "material breach", Sent: tm("2026-09-15 10:00")}
	cu, err := c.Cure(br)
	fmt.Println("20a", cu.Day, err)
	show(cu.Explain())
	ri, err := c.Rights(contract.LifeFacts{Notices: []contract.Notice{br}, Overdue: []contract.Overdue{{Source: "i", Debt: "S1", Due: d("2024-02-21")}}}, d("2026-11-01"))
	for _, r := range ri {
		fmt.Println(r.Name, r.Of, r.From, r.Until, r.Lapses)
		show(r.Explain())
	}
	notices := []contract.Notice{{Source: "n", ID: "R", Channel: "e-mail", By: contract.Provider, Ground: "raise", Sent: tm("2024-12-31 17:40"), Raise: p("6%"), From: d("2025-03-01")},
		{Source: "n", ID: "C", Channel: "hand", By: contract.Customer, Ground: "convenience", Received: tm("2025-06-12 10:00")}}
	term, err = c.Term(contract.LifeFacts{Notices: notices}, d("2025-06-20"))
	fmt.Println("20b", term.Period, term.Ended, term.Ground, term.Renewals, err)
	show(term.Explain())
	rf, err := c.Refund("support", term.Ended, contract.LifeFacts{Notices: notices}, contract.CauseNoBreach)
	fmt.Println("20b", rf.Amount, rf.Unused, rf.Of, err)
	show(rf.Explain())
	se, err := c.Settlement(contract.SettlementFacts{End: term.Ended, Cause: contract.CauseNoBreach, Notices: notices})
	fmt.Println(se.ByCustomer, se.ByProvider, se.Netted, se.Net, err)
	show(se.Explain())
	ag, err := c.Agenda(contract.LifeFacts{Notices: notices[:1], Overdue: []contract.Overdue{{Source: "i", Debt: "S1", Due: d("2024-02-21")}}}, d("2024-03-10"))
	for _, g := range ag {
		fmt.Println(g)
	}
	fmt.Println(err)
	term, err = c.Term(contract.LifeFacts{}, d("2027-01-01"))
	fmt.Println(term.Period, term.Renewals, term.NoticeBy, err)
	show(term.Explain())
}

func must(v any, ok bool) any { return v }
