package contract_test

import (
	"fmt"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/cfd16870/contract"
)

// The questions of money as a billing system asks them: one invoice, an account of
// a year, the statement of so many requests.

func BenchmarkInvoice(b *testing.B) {
	c := stated()
	r := springRecords()
	facts := contract.InvoiceFacts{Source: "invoices.csv:3", ID: "V1", Work: r.Work, Usage: r.Usage,
		Dates: contract.InvoiceDates{Received: day("2024-05-10"), Compliant: true}}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := c.Invoice(facts); err != nil {
			b.Fatal(err)
		}
	}
}

// monthly are so many debts, one due a week, each paid in two parts, the second late.
func monthly(tb testing.TB, n int) (f contract.AccountFacts) {
	for i := range n {
		due := day("2024-03-04").AddDays(7 * i)
		amount, err := contract.NewMoney(decimal.New(int64(100000+i), -2), "CNY")
		require.NoError(tb, err)
		half, err := contract.NewMoney(decimal.New(50000, -2), "CNY")
		require.NoError(tb, err)
		id := fmt.Sprint("D", i)
		f.Debts = append(f.Debts, contract.Debt{ID: id, Amount: amount, Due: due})
		f.Payments = append(f.Payments,
			contract.Payment{ID: id + "a", On: due, Amount: half, For: id},
			contract.Payment{ID: id + "b", On: due.AddDays(20), Amount: half, For: id})
	}
	return f
}

func BenchmarkAccount(b *testing.B) {
	c := stated()
	for _, n := range []int{10, 100, 1000} {
		b.Run(fmt.Sprint(n, " debts"), func(b *testing.B) {
			facts := monthly(b, n)
			b.ReportAllocs()
			for b.Loop() {
				if _, err := c.Account(facts, day("2046-01-01")); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func BenchmarkStatement(b *testing.B) {
	c := stated()
	for _, n := range []int{100, 10_000} {
		b.Run(fmt.Sprint(n, " requests"), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				r := springRecords()
				r.Requests = tickets(n)
				if _, err := c.Statement(r, at("2024-09-02 12:00")); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
