package contract_test

import (
	"fmt"
	"log"

	"github.com/shopspring/decimal"

	"github.com/cfd16870/contract"
)

// exampleInvoice bills a visit and the parts that it took.
func exampleInvoice() *contract.Invoice {
	v, err := exampleContract().Invoice(contract.InvoiceFacts{
		Source: "invoices.csv:3", ID: "R-02",
		Work: []contract.Work{{Source: "work.csv:3", ID: "W-02", Item: "repair", From: inChina("2025-10-10 16:30:00"), To: inChina("2025-10-10 20:00:00"),
			Keys: map[string]string{"fault class": "serious", "difficulty": "low"}}},
		Usage: []contract.Usage{{Source: "usage.csv:2", ID: "U-01", Item: "parts", On: contract.MustParseDate("2025-10-10"),
			Quantity: decimal.New(2, 0), Amount: contract.MustParseMoney("340.00 CNY")}},
		Dates: contract.InvoiceDates{Source: "invoices.csv:3", Received: contract.MustParseDate("2025-10-20")},
	})
	if err != nil {
		log.Fatal(err)
	}
	return v
}

// exampleRaise is a notice of 6 % more from the renewal, on the last day for it.
func exampleRaise() contract.Notice {
	return contract.Notice{Source: "notices.csv:2", ID: "N-01", Channel: "e-mail", By: contract.Provider, Ground: contract.GroundRaise,
		Sent: inChina("2024-12-31 17:40:00"), Raise: contract.MustParsePercent("6%"), From: contract.MustParseDate("2025-03-01")}
}

func ExampleContract_Invoice() {
	v := exampleInvoice()
	for _, l := range v.Lines {
		fmt.Println(l.Item, l.ID, "net", l.Net, "tax", l.Tax, "by clause", l.Clause)
	}
	fmt.Println("payable", v.Payable, "by", v.Due.On)
	// Output:
	// parts U-01 net 680.00 CNY tax 88.40 CNY by clause 8.1(2) (contents 7.1)
	// repair W-02 net 2025.00 CNY tax 263.25 CNY by clause 8.1(2) (contents 7.1)
	// payable 3056.65 CNY by 2025-11-19
}

// A record that no clause can charge makes no invoice; all such records are told at once.
func ExampleContract_Invoice_faults() {
	_, err := exampleContract().Invoice(contract.InvoiceFacts{
		Flat: []contract.FlatUse{{Source: "invoices.csv:2", Item: "support", Period: contract.Through(contract.MustParseDate("2024-02-01"), contract.MustParseDate("2024-02-29"))}},
		Work: []contract.Work{{Source: "work.csv:2", ID: "W-01", Item: "repair", From: inChina("2024-05-06 09:00:00"), To: inChina("2024-05-06 10:00:00"),
			Keys: map[string]string{"fault class": "serious"}}},
	})
	fmt.Println(err)
	// Output:
	// invoices.csv:2: on: 2024-02-01 lies before the first day of the term, 2024-03-01: no fee is owed for it (clause 8.1(1) (contents 7.1))
	// work.csv:2: keys: W-01 is charged by fault and difficulty, and the record does not say its "difficulty" (clause 8.1(2) (contents 7.1))
}

func ExampleInvoice_Explain() {
	w := exampleInvoice().Explain()
	fmt.Println(w.About, "is", w.Result.Text)
	fmt.Println("holds:", w.Check().Err() == nil)
	// Output:
	// what is payable on R-02 is 3056.65 CNY
	// holds: true
}

func ExampleInvoice_ExplainTotal() {
	w := exampleInvoice().ExplainTotal()
	fmt.Println(w.About, "is", w.Result.Text)
	// Output:
	// total of R-02 is 3056.65 CNY
}

// An invoice goes into an account as a debt, and what is owed on it explains itself
// down to the visit.
func ExampleInvoice_Debt() {
	a, err := exampleContract().Account(contract.AccountFacts{Debts: []contract.Debt{exampleInvoice().Debt()}}, contract.MustParseDate("2025-11-29"))
	if err != nil {
		log.Fatal(err)
	}
	d := a.Debts[0]
	fmt.Println(d.ID, "due", d.Due, "owed", d.Owed)
	fmt.Println(d.Explain().Steps[0].Source.In)
	// Output:
	// R-02 due 2025-11-19 owed 3071.93 CNY
	// usage.csv:2
}

func ExampleCharge_Explain() {
	visit := exampleInvoice().Lines[1]
	w := visit.Explain()
	fmt.Println(w.About, "is", w.Result.Text)
	fmt.Println("holds:", w.Check().Err() == nil)
	// Output:
	// line of R-02: repair W-02 is 2288.25 CNY
	// holds: true
}

func ExampleTaxTotal_Explain() {
	r := exampleInvoice().Rates[0]
	fmt.Println(r.Percent, "of", r.Net, "is", r.Tax)
	fmt.Println(r.Explain().About, "holds:", r.Explain().Check().Err() == nil)
	// Output:
	// 13% of 2705.00 CNY is 351.65 CNY
	// tax of R-02 at goods and repair of goods holds: true
}

// The fee is due 30 days after signing, or ten working days after the invoice if
// that is later: over Spring Festival, with a Sunday worked in exchange.
func ExampleContract_Due() {
	c := exampleContract()
	due, err := c.Due([]string{"support"}, contract.InvoiceDates{Received: contract.MustParseDate("2024-02-02"), Compliant: true})
	fmt.Println(due.On, "by clause", due.Clause, err)

	due, err = c.Due([]string{"support"}, contract.InvoiceDates{Received: contract.MustParseDate("2024-02-02")})
	fmt.Println("waits for", due.Waiting, err)
	// Output:
	// 2024-02-21 by clause 8.2 (contents 7.2) <nil>
	// waits for compliant invoice received <nil>
}

func ExamplePaymentDue_Explain() {
	due, err := exampleContract().Due([]string{"repair"}, contract.InvoiceDates{Source: "invoices.csv:4", Received: contract.MustParseDate("2026-01-16")})
	if err != nil {
		log.Fatal(err)
	}
	w := due.Explain()
	fmt.Println(due.On, "holds:", w.Check().Err() == nil)
	fmt.Println("before rolling over the festival:", w.Steps[2].Value.Text)
	// Output:
	// 2026-02-24 holds: true
	// before rolling over the festival: 2026-02-15
}

// The price of each contract year, with what notices made of it.
func ExampleContract_Prices() {
	list, err := exampleContract().Prices("support", []contract.Notice{exampleRaise()}, contract.MustParseDate("2025-06-01"))
	if err != nil {
		log.Fatal(err)
	}
	for _, p := range list {
		fmt.Println(p.Year, p.Amount)
	}
	// Output:
	// 2024-03-01..2025-02-28 120000.00 CNY
	// 2025-03-01..2026-02-28 124800.00 CNY
}

func ExamplePrice_Explain() {
	list, err := exampleContract().Prices("support", []contract.Notice{exampleRaise()}, contract.MustParseDate("2025-06-01"))
	if err != nil {
		log.Fatal(err)
	}
	w := list[1].Explain()
	fmt.Println(w.About, "is", w.Result.Text)
	fmt.Println("holds:", w.Check().Err() == nil)
	// Output:
	// price of support in the contract year 2025-03-01..2026-02-28 is 124800.00 CNY
	// holds: true
}

// Twenty minutes after closing on the last day, with a holiday after it, a notice
// arrives too late: it changes nothing, and says why.
func ExampleContract_Raise() {
	c := exampleContract()
	n := exampleRaise()
	r, err := c.Raise(n, nil)
	fmt.Println("asked", r.Asked, "applied", r.Applied, "price", r.After, err)

	n.Sent = inChina("2024-12-31 18:20:00")
	r, err = c.Raise(n, nil)
	fmt.Println(r.After, r.Refused, err)
	// Output:
	// asked 6% applied 4% price 124800.00 CNY <nil>
	// 120000.00 CNY arrived 2025-01-02, after 2024-12-31, the last day for it <nil>
}

func ExampleRaise_Explain() {
	r, err := exampleContract().Raise(exampleRaise(), nil)
	if err != nil {
		log.Fatal(err)
	}
	w := r.Explain()
	for _, s := range w.Steps {
		if s.Mark != "" { // the cap of 4 %
			fmt.Println(s.Name, s.Value.Text, s.Mark)
		}
	}
	fmt.Println(w.Result.Text, "holds:", w.Check().Err() == nil)
	// Output:
	// raise 4% cap reached
	// 124800.00 CNY holds: true
}

// Each instant of work is in just one band.
func ExampleTimeBands() {
	for _, b := range contract.TimeBands() {
		fmt.Println(b)
	}
	// Output:
	// normal
	// out of hours
	// make-up day
	// rest day
	// statutory holiday
}
