package contract_test

import (
	"fmt"
	"log"
	"slices"

	"github.com/shopspring/decimal"

	"github.com/cfd16870/contract"
	"github.com/cfd16870/contract/cn"
)

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
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

// What is owed now stands apart from what falls due later.
func ExampleOwing_IsDue() {
	st, err := exampleContract().Statement(someRecords(), inChina("2024-02-20 18:00:00"))
	check(err)
	for _, o := range st.Balance {
		fmt.Println(o.By, o.What, o.Of, o.Amount, "by", o.Due, o.IsDue(contract.DateOf(st.AsOf)))
	}
	// Output:
	// customer principal S-2024 120000.00 CNY by 2024-02-21 false
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
	f, err := st.Figure("late charge in all S-2024")
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
