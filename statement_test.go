package contract_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"math/rand"
	"os"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/cfd16870/contract"
	"github.com/cfd16870/contract/proof"
)

var stated = sync.OnceValue(func() *contract.Contract {
	data, err := os.ReadFile("testdata/sample/contract.json")
	if err != nil {
		panic(err)
	}
	return contract.MustCompile(contract.MustParse(string(data)), chinaWithRates())
})

// springRecords are two late invoices, a visit, parts, a raise and some requests.
func springRecords() contract.Records {
	invoice := func(n int, id, issued, due string, net, tax, total string) contract.InvoiceRecord {
		return contract.InvoiceRecord{Source: fmt.Sprintf("invoices.csv:%d", n), ID: id, Issued: day(issued), Received: day(issued), Compliant: true,
			Net: yuan(net), Tax: yuan(tax), Total: yuan(total), Due: day(due), Recorded: at(issued + " 10:00")}
	}
	s := invoice(2, "S1", "2024-02-02", "2024-02-21", "113207.55", "6792.45", "120000.00")
	s.Item, s.Period = "support", contract.Through(day("2024-03-01"), day("2025-02-28"))
	v := invoice(3, "V1", "2024-05-10", "2024-06-11", "450.00", "58.50", "508.50")
	v.Work = []string{"W1"}
	u := invoice(4, "V2", "2024-05-20", "2024-06-19", "94.50", "12.29", "106.79")
	u.Usage = []string{"U1"}
	return contract.Records{
		Invoices: []contract.InvoiceRecord{s, v, u},
		Work: []contract.Work{{Source: "work.csv:2", ID: "W1", Item: "repair", From: at("2024-05-06 09:00"), To: at("2024-05-06 10:30"),
			Keys: map[string]string{"fault class": "serious", "difficulty": "low"}, Recorded: at("2024-05-06 18:00")}},
		Usage: []contract.Usage{{Source: "usage.csv:2", ID: "U1", Item: "parts", On: day("2024-05-06"), Quantity: decimal.New(75, -1), Amount: yuan("12.60"), Recorded: at("2024-05-06 18:00")}},
		Payments: []contract.Payment{
			{Source: "payments.csv:2", ID: "P1", On: day("2024-03-11"), Recorded: day("2024-03-11"), Amount: yuan("60000.00"), For: "S1"},
			{Source: "payments.csv:3", ID: "P2", On: day("2024-07-01"), Recorded: day("2024-07-02"), Amount: yuan("61000.00")},
		},
		Notices: []contract.Notice{{Source: "notices.csv:2", ID: "N1", Channel: "e-mail", By: contract.Provider, Ground: contract.GroundRaise, Sent: at("2024-08-30 17:40"),
			Raise: contract.MustParsePercent("6%"), From: day("2025-03-01"), Recorded: at("2024-08-30 18:00")}},
		Claims:   []contract.Claim{{Source: "claims.csv:2", ID: "C1", Of: contract.ClaimLateCharge, Subject: "S1", AsOf: day("2024-07-01"), Amount: yuan("1.00"), Recorded: at("2024-07-05 10:00")}},
		Breaches: 3,
	}
}

// tickets are so many requests of the first months of the term, by turns in time,
// late and open.
func tickets(n int) iter.Seq2[*contract.Request, error] {
	return func(yield func(*contract.Request, error) bool) {
		for i := range n {
			received := at("2024-03-04 09:00").Add(time.Duration(i%2000) * time.Hour)
			q := &contract.Request{ID: fmt.Sprint("R", i), Source: fmt.Sprint("requests.csv:", i+2), Received: received,
				Selector: contract.Selector{Channel: "phone", Category: "technical support"}}
			if i%5 != 0 {
				q.Events = []contract.Event{{Kind: contract.EventResponded, At: received.Add(time.Duration(i%90) * time.Minute), Source: fmt.Sprint("events.csv:", i+2)}}
			}
			if !yield(q, nil) {
				return
			}
		}
	}
}

func stateAt(t testing.TB, r contract.Records, asOf time.Time) *contract.Statement {
	t.Helper()
	st, err := stated().Statement(r, asOf)
	require.NoError(t, err)
	return st
}

// said is a statement in JSON without its receipt, which also seals the order of
// the records.
func said(t testing.TB, st *contract.Statement) map[string]any {
	t.Helper()
	text, err := st.JSON()
	require.NoError(t, err)
	var all map[string]any
	require.NoError(t, json.Unmarshal(text, &all))
	require.Contains(t, all, "receipt")
	delete(all, "receipt")
	return all
}

func TestStatementIsAFunctionOfItsInput(t *testing.T) {
	asOf := at("2024-09-02 12:00")
	make := func() contract.Records {
		r := springRecords()
		r.Requests = tickets(300)
		again := r.Notices[0]
		again.Source, again.ID, again.Raise, again.From = "notices.csv:3", "N2", contract.MustParsePercent("2%"), day("2026-03-01")
		r.Notices = append(r.Notices, again)
		r.Claims = append(r.Claims, contract.Claim{Source: "claims.csv:3", ID: "C2", Of: contract.ClaimCredit, Subject: "2024-03", Off: "V1", Amount: yuan("300.00")},
			contract.Claim{Source: "claims.csv:4", ID: "C3", Of: contract.ClaimCredit, Subject: "2024-04", Off: "V1", Amount: yuan("300.00")})
		return r
	}
	first := stateAt(t, make(), asOf)
	once, err := first.JSON()
	require.NoError(t, err)
	twice, err := stateAt(t, make(), asOf).JSON()
	require.NoError(t, err)
	assert.Equal(t, string(once), string(twice), "the same bytes")

	want := said(t, first)
	rapid.Check(t, func(rt *rapid.T) {
		r := make()
		random := rand.New(rand.NewSource(rapid.Int64().Draw(rt, "seed")))
		shuffle := func(n int, swap func(i, j int)) { random.Shuffle(n, swap) }
		shuffle(len(r.Payments), func(i, j int) { r.Payments[i], r.Payments[j] = r.Payments[j], r.Payments[i] })
		shuffle(len(r.Invoices), func(i, j int) { r.Invoices[i], r.Invoices[j] = r.Invoices[j], r.Invoices[i] })
		shuffle(len(r.Notices), func(i, j int) { r.Notices[i], r.Notices[j] = r.Notices[j], r.Notices[i] })
		shuffle(len(r.Claims), func(i, j int) { r.Claims[i], r.Claims[j] = r.Claims[j], r.Claims[i] })
		var list []*contract.Request
		for q := range r.Requests {
			list = append(list, q)
		}
		shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
		r.Requests = slicesOf(list...)
		st, err := stated().Statement(r, asOf)
		require.NoError(rt, err)
		require.Equal(rt, want, said(t, st), "the order of rows means nothing")
	})
}

// The live memory at the last request of a long sequence is that of a short one.
func TestStatementMemoryDoesNotGrowWithTickets(t *testing.T) {
	live := func(n int) int64 {
		var at runtime.MemStats
		r := springRecords()
		r.Requests = func(yield func(*contract.Request, error) bool) {
			i := 0
			for q := range tickets(n) {
				if i++; i == n {
					runtime.GC()
					runtime.ReadMemStats(&at)
				}
				if !yield(q, nil) {
					return
				}
			}
		}
		st := stateAt(t, r, time.Date(2024, 9, 2, 12, 0, 0, 0, stated().Zone()))
		require.Equal(t, int64(n), st.Counts.Requests)
		require.Equal(t, int64(n), st.Counts.Measured)
		require.Len(t, st.Breaches, 3)
		return int64(at.HeapAlloc)
	}
	live(100) // what is kept of a first run
	short, long := live(3_000), live(30_000)
	// 27,000 requests of 200 bytes each would be five megabytes.
	assert.Less(t, long-short, int64(400_000), "%d live bytes at 3,000 requests, %d at 30,000", short, long)
}

func TestStatementEndsWhereASequenceSays(t *testing.T) {
	broken := errors.New("the file ends in the middle of a row")
	asOf := at("2024-09-02 12:00")
	for _, row := range []struct {
		why  string
		r    contract.Records
		want error
	}{
		{"a fault of reading requests", contract.Records{Requests: func(yield func(*contract.Request, error) bool) { yield(nil, broken) }}, broken},
		{"a fault of reading surveys", contract.Records{Surveys: func(yield func(contract.Survey, error) bool) { yield(contract.Survey{}, broken) }}, broken},
		{"cancelled while reading", contract.Records{Requests: func(yield func(*contract.Request, error) bool) { yield(nil, context.Canceled) }}, context.Canceled},
		{"no request at a place", contract.Records{Requests: slicesOf[*contract.Request](nil)}, contract.ErrInvalid},
		{"the visitor of measurements has enough", contract.Records{Requests: tickets(5), Measured: func(contract.Measurement) error { return broken }}, broken},
	} {
		st, err := stated().Statement(row.r, asOf)
		assert.ErrorIs(t, err, row.want, row.why)
		assert.Nil(t, st, row.why)
	}
}

// What was recorded after the instant asked about changes nothing: the statement is
// that of the records without it.
func TestStatementKnowsWhatWasOnRecord(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		edges := []string{"2024-03-11 12:00", "2024-05-06 17:59", "2024-05-06 18:00", "2024-05-10 09:59", "2024-05-10 10:00", "2024-07-01 12:00", "2024-07-02 12:00", "2024-07-05 09:59", "2024-07-05 10:00", "2024-08-30 17:59", "2024-08-30 18:00"}
		asOf := at(rapid.SampledFrom(edges).Draw(rt, "as of"))
		all := springRecords()
		known := springRecords()
		later := func(t time.Time) bool { return t.After(asOf) }
		today := contract.DateOf(asOf)
		known.Invoices = slices.DeleteFunc(known.Invoices, func(v contract.InvoiceRecord) bool { return later(v.Recorded) })
		known.Work = slices.DeleteFunc(known.Work, func(v contract.Work) bool { return later(v.Recorded) })
		known.Usage = slices.DeleteFunc(known.Usage, func(v contract.Usage) bool { return later(v.Recorded) })
		known.Notices = slices.DeleteFunc(known.Notices, func(v contract.Notice) bool { return later(v.Recorded) })
		known.Claims = slices.DeleteFunc(known.Claims, func(v contract.Claim) bool { return later(v.Recorded) })
		known.Payments = slices.DeleteFunc(known.Payments, func(v contract.Payment) bool { return v.Recorded.After(today) })
		left := len(all.Invoices) + len(all.Work) + len(all.Usage) + len(all.Notices) + len(all.Claims) + len(all.Payments) -
			len(known.Invoices) - len(known.Work) - len(known.Usage) - len(known.Notices) - len(known.Claims) - len(known.Payments)

		whole, part := stateAt(t, all, asOf), stateAt(t, known, asOf)
		require.Equal(rt, int64(left), whole.Counts.Later-part.Counts.Later)
		a, b := said(t, whole), said(t, part)
		delete(a, "counts")
		delete(b, "counts")
		require.Equal(rt, b, a)
	})
}

func TestStatementLeavesOutRequestsNotOnRecord(t *testing.T) {
	late := &contract.Request{ID: "R1", Selector: contract.Selector{Channel: "phone", Category: "technical support"}, Received: at("2024-03-04 09:00"), Recorded: at("2024-03-05 09:00")}
	survey := contract.Survey{On: day("2024-03-04"), Answer: "satisfied", Recorded: day("2024-03-06")}
	for _, row := range []struct {
		why, asOf       string
		later, measured int64
	}{
		{"neither is on record", "2024-03-05 08:59:59", 2, 0},
		{"the request is, at that instant", "2024-03-05 09:00", 1, 1},
		{"both are", "2024-03-06 00:00", 0, 1},
	} {
		st := stateAt(t, contract.Records{Requests: slicesOf(late), Surveys: slicesOf(survey)}, at(row.asOf))
		assert.Equal(t, row.later, st.Counts.Later, row.why)
		assert.Equal(t, row.measured, st.Counts.Measured, row.why)
	}
}

// Whatever was paid, and when: what is owed is what fell due or will, with its
// charges, less what was paid; the entries run to it; every figure explains itself.
func TestStatementBalances(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		r := springRecords()
		r.Claims = nil
		r.Payments = nil
		asOf := at("2024-09-02 12:00")
		for i := range rapid.IntRange(0, 5).Draw(rt, "payments") {
			on := day(rapid.SampledFrom([]string{"2024-02-20", "2024-02-21", "2024-02-22", "2024-06-10", "2024-06-11", "2024-06-12", "2024-06-19", "2024-06-20", "2024-09-02", "2024-09-03"}).Draw(rt, "on"))
			fen := rapid.SampledFrom([]int64{1, 50850, 10679, 61529, 12000000, 12000001, 6000000, 294000}).Draw(rt, "fen") + rapid.Int64Range(-1, 1).Draw(rt, "and")
			if fen <= 0 {
				continue
			}
			amount, err := contract.NewMoney(decimal.New(fen, -2), "CNY")
			require.NoError(rt, err)
			r.Payments = append(r.Payments, contract.Payment{Source: fmt.Sprint("payments.csv:", i+2), ID: fmt.Sprint("P", i), On: on, Recorded: on, Amount: amount,
				For: rapid.SampledFrom([]string{"", "S1", "V1", "V2"}).Draw(rt, "for")})
		}
		st := stateAt(t, r, asOf)
		require.Empty(rt, st.Refused)

		total := func(list ...contract.Money) contract.Money {
			sum := yuan("0.00")
			for _, m := range list {
				var err error
				sum, err = sum.Add(m)
				require.NoError(rt, err)
			}
			return sum
		}
		owed, charged, paid := yuan("0.00"), yuan("0.00"), yuan("0.00")
		for _, v := range st.Invoices {
			owed = total(owed, v.Debt)
		}
		for _, p := range r.Payments {
			if !p.On.After(day("2024-09-02")) {
				paid = total(paid, p.Amount)
			}
		}
		running := yuan("0.00")
		for _, e := range st.Account.Entries {
			if e.What == contract.EntryLateCharge || e.What == contract.EntryFixedSum {
				charged = total(charged, e.Amount)
			}
			running = total(running, e.Amount)
			require.True(rt, running.Equal(e.Balance), "%v on %v", e.What, e.On)
		}
		// What the sides owe on account, credits and penalties left aside.
		customer, surplus := yuan("0.00"), st.Account.Surplus
		for _, o := range st.Balance {
			if o.By == contract.Customer {
				customer = total(customer, o.Amount)
			}
		}
		if surplus.IsZero() {
			surplus = yuan("0.00")
		}
		require.Equal(rt, total(owed, charged, paid.Neg()).String(), total(customer, surplus.Neg()).String())
		require.Equal(rt, total(customer, surplus.Neg()).String(), total(running).String(), "all of it has fallen due: the account runs to what is owed")
		require.True(rt, customer.Equal(st.Owed(contract.Customer)))
		for _, f := range st.Figures() {
			w := f.Explain()
			require.NoError(rt, w.Check().Err(), f.ID)
			again, err := st.Figure(f.ID)
			require.NoError(rt, err)
			require.Equal(rt, f.Value, again.Value)
		}
		for _, o := range st.Balance {
			if id := o.FigureID(); id != "" {
				f, err := st.Figure(id)
				require.NoError(rt, err)
				require.NotEmpty(rt, f.Explain().Steps, id)
			}
		}
	})
}

func TestStatementNamesItsFigures(t *testing.T) {
	st := stateAt(t, springRecords(), at("2024-09-02 12:00"))
	_, err := st.Figure("owed S9")
	require.ErrorIs(t, err, contract.ErrUnknown)
	assert.ErrorContains(t, err, "owed V1", "the names that exist")
	seen := make(map[string]bool)
	for _, f := range st.Figures() {
		assert.False(t, seen[f.ID], "%s twice", f.ID)
		seen[f.ID] = true
	}
	assert.True(t, seen["invoice S1"] && seen["due V1"] && seen["raise N1"], seen)
	assert.Equal(t, "0.00 CNY", stateAt(t, contract.Records{}, at("2024-09-02 12:00")).Owed(contract.Customer).String(), "nothing is owed: an amount, not a void")
}

// findings lists the findings of a code, by what they are of.
func findings(st *contract.Statement, code contract.FindingCode) (of []string) {
	for _, f := range st.Findings {
		if f.Code == code {
			of = append(of, f.Of)
		}
	}
	return of
}

func debtsOf(st *contract.Statement) map[string]string {
	debts := make(map[string]string)
	for _, v := range st.Invoices {
		debts[v.Record.ID] = v.Debt.String()
	}
	return debts
}

// One bad row is refused with its place, and every figure that does not rest on it
// stays what it was.
func TestStatementOneBadRecordSpoilsNoOther(t *testing.T) {
	asOf := at("2024-09-02 12:00")
	good := stateAt(t, springRecords(), asOf)
	for _, row := range []struct {
		why   string
		spoil func(*contract.Records)
		in    string // the place
		kind  error
		says  string
	}{
		{"a payment of nothing", func(r *contract.Records) {
			r.Payments = append(r.Payments, contract.Payment{Source: "payments.csv:9", ID: "P9", On: day("2024-05-01"), Amount: yuan("0.00")})
		}, "payments.csv:9", contract.ErrInvalid, "a payment is above 0"},
		{"a payment in another currency", func(r *contract.Records) {
			r.Payments = append(r.Payments, contract.Payment{Source: "payments.csv:9", ID: "P9", On: day("2024-05-01"), Amount: contract.MustParseMoney("5.00 USD")})
		}, "payments.csv:9", contract.ErrCurrency, "5.00 USD in a contract in CNY"},
		{"a payment without a day", func(r *contract.Records) {
			r.Payments = append(r.Payments, contract.Payment{Source: "payments.csv:9", ID: "P9", Amount: yuan("5.00")})
		}, "payments.csv:9", contract.ErrRequired, "credited on no day"},
		{"a payment without an id", func(r *contract.Records) {
			r.Payments = append(r.Payments, contract.Payment{Source: "payments.csv:9", On: day("2024-05-01"), Amount: yuan("5.00")})
		}, "payments.csv:9", contract.ErrRequired, "the payment has no id"},
		{"a payment that is there twice counts once", func(r *contract.Records) {
			p := r.Payments[0]
			p.Source = "payments.csv:9"
			r.Payments = append(r.Payments, p)
		}, "payments.csv:9", contract.ErrDuplicate, `"P1" is there before, and counts once (payments.csv:2)`},
		{"a visit that is there twice", func(r *contract.Records) { w := r.Work[0]; w.Source = "work.csv:9"; r.Work = append(r.Work, w) }, "work.csv:9", contract.ErrDuplicate, "counts once"},
		{"a raise by a channel that the contract does not list", func(r *contract.Records) {
			n := r.Notices[0]
			n.Source, n.ID, n.Channel = "notices.csv:9", "N9", "fax"
			r.Notices = append(r.Notices, n)
		}, "notices.csv:9", contract.ErrUnknown, `no channel "fax"`},
		{"a raise by hand that nobody received", func(r *contract.Records) {
			n := r.Notices[0]
			n.Source, n.ID, n.Channel = "notices.csv:9", "N9", "hand"
			r.Notices = append(r.Notices, n)
		}, "notices.csv:9", contract.ErrRequired, "which the record does not say"},
		{"an invoice of a visit that is not there", func(r *contract.Records) {
			v := r.Invoices[1]
			v.Source, v.ID, v.Work = "invoices.csv:9", "V9", []string{"W9"}
			r.Invoices = append(r.Invoices, v)
		}, "invoices.csv:9", contract.ErrUnknown, `bills work "W9", of which there is no record`},
		{"an invoice of nothing", func(r *contract.Records) {
			r.Invoices = append(r.Invoices, contract.InvoiceRecord{Source: "invoices.csv:9", ID: "V9", Issued: day("2024-05-01"), Net: yuan("1.00"), Tax: yuan("0.06"), Total: yuan("1.06")})
		}, "invoices.csv:9", contract.ErrRequired, "bills nothing"},
		{"an invoice of one visit twice", func(r *contract.Records) {
			r.Work = append(r.Work, contract.Work{ID: "W2", Item: "repair", From: at("2024-05-07 09:00"), To: at("2024-05-07 10:00"), Keys: r.Work[0].Keys})
			v := r.Invoices[1]
			v.Source, v.ID, v.Work = "invoices.csv:9", "V9", []string{"W2", "W2"}
			r.Invoices = append(r.Invoices, v)
		}, "invoices.csv:9", contract.ErrDuplicate, `bills work "W2" twice`},
		{"a payment of part of a fen", func(r *contract.Records) {
			r.Payments = append(r.Payments, contract.Payment{Source: "payments.csv:9", ID: "P9", On: day("2024-05-01"), Amount: yuan("5.001")})
		}, "payments.csv:9", contract.ErrInvalid, "at most 2 decimal places"},
		{"an invoice in another currency, before the right one", func(r *contract.Records) {
			v := r.Invoices[1]
			usd := contract.MustParseMoney("450.00 USD")
			v.Source, v.ID, v.Issued, v.Net, v.Tax, v.Total = "invoices.csv:9", "V0", day("2024-05-09"), usd, usd, usd
			r.Invoices = append(r.Invoices, v)
		}, "invoices.csv:9", contract.ErrCurrency, "450.00 USD in a contract in CNY"},
		{"an invoice without its total", func(r *contract.Records) {
			v := r.Invoices[1]
			v.Source, v.ID, v.Issued, v.Total = "invoices.csv:9", "V0", day("2024-05-09"), contract.Money{}
			r.Invoices = append(r.Invoices, v)
		}, "invoices.csv:9", contract.ErrRequired, "total: not stated"},
		{"a claim of a month that is none", func(r *contract.Records) {
			r.Claims = append(r.Claims, contract.Claim{Source: "claims.csv:9", ID: "C9", Of: contract.ClaimCredit, Subject: "2024-8", Amount: yuan("1.00")})
		}, "claims.csv:9", contract.ErrUnknown, `no period "2024-8" is counted`},
		{"a claim of what will be owed in years", func(r *contract.Records) {
			r.Claims = append(r.Claims, contract.Claim{Source: "claims.csv:9", ID: "C9", Of: contract.ClaimLateCharge, Subject: "S1", AsOf: day("2030-01-01"), Amount: yuan("12000.00")})
		}, "claims.csv:9", contract.ErrRange, "2030-01-01 lies after 2024-09-02"},
		{"a claim of a word that is none", func(r *contract.Records) {
			r.Claims = append(r.Claims, contract.Claim{Source: "claims.csv:9", ID: "C9", Of: "fine", Subject: "S1", Amount: yuan("1.00")})
		}, "claims.csv:9", contract.ErrUnknown, `"fine"; write one of: late charge, credit, deduction, status`},
		{"a claim off an invoice that is not there", func(r *contract.Records) {
			r.Claims = append(r.Claims, contract.Claim{Source: "claims.csv:9", ID: "C9", Of: contract.ClaimCredit, Subject: "2024-03", Off: "V9", Amount: yuan("1.00")})
		}, "claims.csv:9", contract.ErrUnknown, `no invoice "V9"`},
		{"a claim below nothing", func(r *contract.Records) {
			r.Claims = append(r.Claims, contract.Claim{Source: "claims.csv:9", ID: "C9", Of: contract.ClaimCredit, Subject: "2024-03", Amount: yuan("-1.00")})
		}, "claims.csv:9", contract.ErrInvalid, "0 or more"},
		{"a late charge of what is no debt", func(r *contract.Records) {
			r.Claims = append(r.Claims, contract.Claim{Source: "claims.csv:9", ID: "C9", Of: contract.ClaimLateCharge, Subject: "V9", Amount: yuan("1.00")})
		}, "claims.csv:9", contract.ErrUnknown, `no invoice "V9" that can be used`},
	} {
		t.Run(row.why, func(t *testing.T) {
			r := springRecords()
			row.spoil(&r)
			st := stateAt(t, r, asOf)
			require.NotEmpty(t, st.Refused)
			assert.Equal(t, int64(1), st.Counts.Refused, "a record counts once, whatever is wrong with it")
			assert.Equal(t, row.in, st.Refused[0].In)
			require.ErrorIs(t, st.Refused[0], row.kind)
			assert.Contains(t, st.Refused[0].Error(), row.says)
			for _, f := range good.Figures() {
				same, err := st.Figure(f.ID)
				require.NoError(t, err)
				assert.Equal(t, f.Value, same.Value, f.ID)
			}
			assert.Equal(t, good.Owed(contract.Customer).String(), st.Owed(contract.Customer).String())
		})
	}
	t.Run("of two that say different things under one id none is used, in either order", func(t *testing.T) {
		var owed []string
		for _, turned := range []bool{false, true} {
			r := springRecords()
			p := r.Payments[0]
			p.Source, p.Amount = "payments.csv:9", yuan("1.00")
			r.Payments = append(r.Payments, p)
			if turned {
				slices.Reverse(r.Payments)
			}
			st := stateAt(t, r, asOf)
			require.Len(t, st.Refused, 2)
			require.ErrorIs(t, st.Refused[0], contract.ErrConflict)
			owed = append(owed, st.Owed(contract.Customer).String())
		}
		r := springRecords()
		r.Payments = r.Payments[1:]
		assert.Equal(t, owed, []string{stateAt(t, r, asOf).Owed(contract.Customer).String(), owed[0]})
	})
}

// An invoice that bills again owes the rest: 1,000.00 for what is new in it.
func TestStatementOfWhatIsBilledTwice(t *testing.T) {
	asOf := at("2024-09-02 12:00")
	for _, row := range []struct {
		why   string
		add   func(*contract.Records) // an invoice V9
		debt  string
		twice []string
	}{
		{"the same visit: nothing is owed", func(r *contract.Records) {
			v := r.Invoices[1]
			v.Source, v.ID, v.Issued = "invoices.csv:9", "V9", day("2024-06-03")
			r.Invoices = append(r.Invoices, v)
		}, " ", []string{"V9"}},
		{"the same visit and another: that one is, 300.00 x 1.5 and 13% of it", func(r *contract.Records) {
			r.Work = append(r.Work, contract.Work{ID: "W2", Item: "repair", From: at("2024-05-07 09:00"), To: at("2024-05-07 10:00"), Keys: r.Work[0].Keys})
			v := r.Invoices[1]
			v.Source, v.ID, v.Issued, v.Work, v.Total = "invoices.csv:9", "V9", day("2024-06-03"), []string{"W1", "W2"}, yuan("1271.25")
			r.Invoices = append(r.Invoices, v)
		}, "508.50 CNY", []string{"V9"}},
		{"another visit only", func(r *contract.Records) {
			r.Work = append(r.Work, contract.Work{ID: "W2", Item: "repair", From: at("2024-05-07 09:00"), To: at("2024-05-07 10:00"), Keys: r.Work[0].Keys})
			v := r.Invoices[1]
			v.Source, v.ID, v.Issued, v.Work = "invoices.csv:9", "V9", day("2024-06-03"), []string{"W2"}
			r.Invoices = append(r.Invoices, v)
		}, "508.50 CNY", nil},
		{"days of the support year that were billed: nothing", func(r *contract.Records) {
			v := r.Invoices[0]
			v.Source, v.ID, v.Issued, v.Period = "invoices.csv:9", "V9", day("2024-06-03"), contract.Through(day("2024-06-01"), day("2024-06-30"))
			r.Invoices = append(r.Invoices, v)
		}, " ", []string{"V9"}},
		{"a month beyond them: the month, a twelfth of the raised price", func(r *contract.Records) {
			v := r.Invoices[0]
			v.Source, v.ID, v.Issued, v.Period = "invoices.csv:9", "V9", day("2024-06-03"), contract.Through(day("2025-02-01"), day("2025-03-31"))
			r.Invoices = append(r.Invoices, v)
		}, "10400.00 CNY", []string{"V9"}},
		{"the month in the middle of three: the two beside it, in their years", func(r *contract.Records) {
			v := r.Invoices[0]
			v.Source, v.ID, v.Issued, v.Period = "invoices.csv:8", "V8", day("2024-06-02"), contract.Through(day("2025-05-01"), day("2025-05-31"))
			r.Invoices = append(r.Invoices, v)
			v.Source, v.ID, v.Issued, v.Period = "invoices.csv:9", "V9", day("2024-06-03"), contract.Through(day("2025-04-01"), day("2025-06-30"))
			r.Invoices = append(r.Invoices, v)
		}, "20800.00 CNY", []string{"V9"}},
		{"that adjoin: all of it, and no finding", func(r *contract.Records) {
			v := r.Invoices[0]
			v.Source, v.ID, v.Issued, v.Period = "invoices.csv:9", "V9", day("2024-06-03"), contract.Through(day("2025-03-01"), day("2025-03-31"))
			r.Invoices = append(r.Invoices, v)
		}, "10400.00 CNY", nil},
	} {
		t.Run(row.why, func(t *testing.T) {
			r := springRecords()
			row.add(&r)
			st := stateAt(t, r, asOf)
			require.Empty(t, st.Refused)
			assert.Equal(t, row.debt, cmpText(debtsOf(st)["V9"]))
			assert.Equal(t, row.twice, findings(st, contract.FindingInvoiceTwice))
			if row.debt != " " {
				f, err := st.Figure("debt V9")
				require.NoError(t, err)
				holds(t, f.Explain(), row.debt)
			}
		})
	}
}

func cmpText(s string) string {
	if s == (contract.Money{}).String() {
		return " "
	}
	return s
}

func TestStatementOfPayments(t *testing.T) {
	asOf := at("2024-09-02 12:00")
	t.Run("one that names what is no debt meets what is due", func(t *testing.T) {
		r := springRecords()
		r.Payments[1].For = "V9"
		st := stateAt(t, r, asOf)
		assert.Empty(t, st.Refused)
		assert.Equal(t, []string{"P2"}, findings(st, contract.FindingPaymentUnmatched))
		assert.Equal(t, stateAt(t, springRecords(), asOf).Owed(contract.Customer).String(), st.Owed(contract.Customer).String())
		assert.NotContains(t, st.Errors(), "payment unmatched: P2", "it is told, and no error")
	})
	t.Run("one that names a debt of another day is its own", func(t *testing.T) {
		assert.Empty(t, findings(stateAt(t, springRecords(), asOf), contract.FindingPaymentUnmatched))
	})
	t.Run("a day that lies eight days before its record is told with its worth, seven days are not", func(t *testing.T) {
		for recorded, want := range map[string][]string{"2024-03-18": nil, "2024-03-19": {"P1"}} {
			r := springRecords()
			r.Payments[0].Recorded = day(recorded)
			st := stateAt(t, r, asOf)
			assert.Equal(t, want, findings(st, contract.FindingPaymentBackdated), recorded)
			for _, f := range st.Findings {
				if f.Code == contract.FindingPaymentBackdated {
					// 60,000.00 on 11 March: 19 days at 60.00, then 61,140.00 for 112 days, then 3,563.84 for 63: 4,676.10.
					// On 19 March: 27 days at 60.00, then 61,620.00 for 104 days, then 3,824.24 for 63: 4,944.70.
					assert.Equal(t, "268.60 CNY", f.Amount.String())
					g, err := st.Figure(f.FigureID())
					require.NoError(t, err)
					holds(t, g.Explain(), f.Amount.String())
				}
			}
		}
	})
}

// A credit that was taken off an invoice lowers its debt, once, and is not owed again.
func TestStatementOfCreditsTakenOff(t *testing.T) {
	asOf := at("2024-09-02 12:00")
	claim := contract.Claim{Source: "claims.csv:9", ID: "C9", Of: contract.ClaimCredit, Subject: "2024-03", Off: "V1", Amount: yuan("500.00")}
	owes := func(st *contract.Statement) string { return st.Owed(contract.Provider).String() }
	with := func(c ...contract.Claim) *contract.Statement {
		r := springRecords()
		r.Requests = tickets(700)
		r.Claims = append(r.Claims[:0:0], c...)
		return stateAt(t, r, asOf)
	}
	plain, taken := with(), with(claim)
	require.Equal(t, "2000.00 CNY", plain.Credits[0].Amount.String(), "the worst band, a fifth of 10,000.00")
	assert.Equal(t, "508.50 CNY", debtsOf(plain)["V1"])
	assert.Equal(t, "8.50 CNY", debtsOf(taken)["V1"])
	was, err := plain.Owed(contract.Provider).Sub(yuan("500.00"))
	require.NoError(t, err)
	assert.Equal(t, was.String(), owes(taken))

	claim.Off = ""
	assert.Equal(t, owes(plain), owes(with(claim)), "one that is claimed and was taken off nothing is still owed")
	claim.Off, claim.Amount = "V1", yuan("508.51")
	over := with(claim)
	require.Len(t, over.Refused, 1)
	assert.Contains(t, over.Refused[0].Msg, "508.51 CNY off invoice V1, on which 508.50 CNY is owed")
	assert.Equal(t, owes(plain), owes(over))
	claim.Amount = yuan("2500.00")
	claim.Off = "S1"
	beyond := with(claim)
	was, err = plain.Owed(contract.Provider).Sub(plain.Credits[0].Amount)
	require.NoError(t, err)
	assert.Equal(t, was.String(), owes(beyond), "what was taken beyond the credit is taken off no other")
	assert.Contains(t, beyond.Errors(), "credit: 2024-03")
}

func TestStatementOfWhatIsNotDueYet(t *testing.T) {
	r := springRecords()
	r.Invoices[2].Received = contract.Date{} // the parts: due 30 days after it is received
	st := stateAt(t, r, at("2024-06-10 12:00"))
	due := make(map[string]bool)
	var waits contract.Anchor
	for _, o := range st.Balance {
		due[o.Of+" "+o.What] = o.IsDue(day("2024-06-10"))
		if o.Of == "V2" {
			waits = o.Waiting
		}
	}
	assert.Equal(t, map[string]bool{"S1 principal": true, "S1 late charge": true, "V1 principal": false, "V2 principal": false}, due)
	assert.Equal(t, contract.AfterInvoiceReceived, waits)
	assert.Equal(t, map[string]string{"S1": "120000.00 CNY", "V1": "508.50 CNY", "V2": "106.79 CNY"}, debtsOf(st))
}

func TestStatementOfDaysAfterTheEnd(t *testing.T) {
	r := springRecords()
	v := r.Invoices[0]
	v.Source, v.ID, v.Issued, v.Received, v.Period = "invoices.csv:9", "S2", day("2025-02-10"), day("2025-02-10"), contract.Through(day("2025-03-01"), day("2026-02-28"))
	v.Recorded = at("2025-02-10 10:00")
	r.Invoices = append(r.Invoices, v)
	asOf := at("2025-03-10 12:00")
	runs := stateAt(t, r, asOf)
	assert.Empty(t, findings(runs, contract.FindingAfterTheEnd))
	assert.Equal(t, "120000.00 CNY", debtsOf(runs)["S2"])

	r.Notices = append(r.Notices, contract.Notice{Source: "notices.csv:9", ID: "N9", By: contract.Customer, Channel: "hand", Ground: contract.GroundNoRenewal,
		Sent: at("2024-12-02 10:00"), Received: at("2024-12-02 10:00")})
	ended := stateAt(t, r, asOf)
	require.Equal(t, day("2025-02-28"), ended.Term.Ended)
	assert.Equal(t, []string{"S2"}, findings(ended, contract.FindingAfterTheEnd))
	assert.Equal(t, "0.00 CNY", debtsOf(ended)["S2"])
	assert.Contains(t, ended.Errors(), "after the end: S2")

	// A credit that was taken off it is owed again.
	r.Requests = tickets(700)
	plain := stateAt(t, r, asOf)
	r.Requests = tickets(700)
	r.Claims = append(r.Claims, contract.Claim{Source: "claims.csv:9", ID: "C9", Of: contract.ClaimCredit, Subject: "2024-03", Off: "S2", Amount: yuan("2000.00")})
	taken := stateAt(t, r, asOf)
	assert.Equal(t, plain.Owed(contract.Provider).String(), taken.Owed(contract.Provider).String())
	require.Len(t, taken.Refused, 1)
	assert.Contains(t, taken.Refused[0].Msg, "nothing is owed on invoice S2, off which it was taken")
}

// An invoice gave the right by which the contract ended, and bills days after that
// end: the end stands, and the invoice falls.
func TestStatementOfAnEndByWhatItDrops(t *testing.T) {
	r := springRecords()
	r.Payments[0].Amount, r.Payments[0].On, r.Payments[0].Recorded = yuan("120000.00"), day("2024-02-20"), day("2024-02-20")
	r.Payments = r.Payments[:1]
	r.Invoices = r.Invoices[:1]
	v := r.Invoices[0]
	v.Source, v.ID, v.Issued, v.Received, v.Period, v.Recorded = "invoices.csv:9", "S2", day("2024-03-10"), day("2024-03-10"), contract.Through(day("2025-03-01"), day("2026-02-28")), at("2024-03-10 10:00")
	r.Invoices = append(r.Invoices, v)
	r.Work, r.Usage, r.Claims = nil, nil, nil
	r.Notices = []contract.Notice{{Source: "notices.csv:9", ID: "N9", By: contract.Provider, Channel: "hand", Ground: "non-payment", Sent: at("2024-08-01 10:00"), Received: at("2024-08-01 10:00")}}
	st := stateAt(t, r, at("2024-09-02 12:00"))
	assert.Equal(t, day("2024-08-01"), st.Term.Ended)
	assert.Equal(t, []string{"S2"}, findings(st, contract.FindingAfterTheEnd))
	assert.Equal(t, "0.00 CNY", st.Owed(contract.Customer).String())
}

// Where the debt of an invoice cannot be said, what is paid beyond the others is no
// surplus.
func TestStatementOfASurplusThatNobodyKnows(t *testing.T) {
	r := springRecords()
	r.Invoices[0].Period = contract.Through(day("2024-01-01"), day("2024-01-31")) // before the term
	st := stateAt(t, r, at("2024-09-02 12:00"))
	require.NotEmpty(t, st.Refused)
	assert.Equal(t, "0.00 CNY", st.Owed(contract.Provider).String())
	assert.Equal(t, []string{"P1", ""}, findings(st, contract.FindingPaymentUnmatched))

	bare := contract.MustCompile(&contract.Document{Format: "contract/1", ID: "X-1", Title: "t", Language: "en", Signed: day("2024-01-12"), Zone: "Asia/Shanghai", Currency: "CNY",
		Parties: map[contract.Role]contract.Party{contract.Customer: {Label: "a", Name: "a"}, contract.Provider: {Label: "b", Name: "b"}}, Clauses: map[string]contract.Clause{}, Amendments: []contract.Amendment{}}, contract.Reference{})
	silent, err := bare.Statement(springRecords(), at("2024-09-02 12:00"))
	require.NoError(t, err)
	require.NotEmpty(t, silent.Silent)
	assert.Equal(t, "0.00 CNY", silent.Owed(contract.Provider).String())
}

// Claims of one credit are held together, of one month and of no other.
func TestStatementOfClaims(t *testing.T) {
	asOf := at("2024-09-02 12:00")
	with := func(claims ...contract.Claim) *contract.Statement {
		r := springRecords()
		r.Requests = tickets(700)
		for i := range claims {
			claims[i].Source, claims[i].ID = fmt.Sprint("claims.csv:", i+2), fmt.Sprint("C", i)
		}
		r.Claims = claims
		return stateAt(t, r, asOf)
	}
	differences := func(st *contract.Statement) (list []string) {
		for _, d := range st.Differences {
			if d.What == "credit" || d.What == "late charge" || d.What == "status" {
				list = append(list, d.ID+" "+d.Amount.String())
			}
		}
		return list
	}
	credit := func(of, amount string) contract.Claim {
		return contract.Claim{Of: contract.ClaimCredit, Subject: of, Amount: yuan(amount)}
	}
	assert.Empty(t, differences(with(credit("2024-03", "1000.00"), credit("2024-03", "1000.00"))), "in two parts")
	assert.Equal(t, []string{"credit: 2024-03 -500.00 CNY"}, differences(with(credit("2024-03", "1000.00"), credit("2024-03", "500.00"))))
	late := func(of, through, amount string) contract.Claim {
		return contract.Claim{Of: contract.ClaimLateCharge, Subject: of, AsOf: day(through), Amount: yuan(amount)}
	}
	assert.Equal(t, []string{"late charge: S1 60.00 CNY", "late charge: S1 C1 1.00 CNY"}, differences(with(late("S1", "2024-03-11", "1200.00"), late("S1", "2024-03-10", "1081.00"))), "of two days")
	assert.Equal(t, []string{"late charge: V2 20.00 CNY"}, differences(with(late("V2", "2024-06-01", "20.00"))), "of what is not due: nothing is charged")

	running := with(credit("2024-09", "1.00"))
	require.Len(t, running.Refused, 1)
	assert.Contains(t, running.Refused[0].Error(), `no period "2024-09" is counted`)
	other := with(contract.Claim{Of: contract.ClaimStatus, Subject: "R1", Target: "repair", Status: contract.StatusMet})
	require.Len(t, other.Refused, 1)
	assert.Contains(t, other.Refused[0].Error(), `no target "repair" binds request R1; have`)
}

// An invoice that is still on its way has no due date.
func TestStatementOfAnInvoiceOnItsWay(t *testing.T) {
	r := contract.Records{Invoices: springRecords().Invoices[:1]}
	r.Invoices[0].Received = day("2024-04-20")
	st := stateAt(t, r, at("2024-03-10 12:00"))
	require.Len(t, st.Balance, 1)
	assert.Equal(t, contract.AfterCompliantReceived, st.Balance[0].Waiting)
}

// Raises that are none by the clause have no effect; only one that came too late is late.
func TestStatementOfRaisesWithoutEffect(t *testing.T) {
	r := springRecords()
	r.Notices[0].From = day("2025-04-01")
	st := stateAt(t, r, at("2024-09-02 12:00"))
	assert.Equal(t, []string{"N1"}, findings(st, contract.FindingNoticeVoid))
	assert.Empty(t, findings(st, contract.FindingNoticeLate))
}

// A contract that ends inside a year that was billed pays the rest back, unless the
// customer's breach ended it: 120,000.00 x 181 / 365 of the days after 31 August.
func TestStatementRefundsWhatWasBilledAhead(t *testing.T) {
	gives := func(ground, sent string) contract.Records {
		r := springRecords()
		r.Notices = []contract.Notice{{Source: "notices.csv:9", ID: "N9", By: contract.Provider, Channel: "hand", Ground: ground, Sent: at(sent), Received: at(sent)}}
		return r
	}
	refund := func(st *contract.Statement) (amounts []string) {
		for _, o := range st.Balance {
			if o.What == "refund" {
				amounts = append(amounts, o.Amount.String())
				f, err := st.Figure(o.FigureID())
				require.NoError(t, err)
				holds(t, f.Explain(), o.Amount.String())
			}
		}
		return amounts
	}
	type billed struct{ from, last, total string }
	for _, row := range []struct {
		why     string
		bills   []billed
		debts   []string
		refunds []string
		after   []string
	}{
		{"the year: 228 of 365 days", []billed{{"2024-03-01", "2025-02-28", "120000.00"}}, []string{"120000.00 CNY"}, []string{"74958.90 CNY"}, nil},
		{"three months: the 47 days after the end", []billed{{"2024-06-01", "2024-08-31", "30000.00"}}, []string{"30000.00 CNY"}, []string{"15452.05 CNY"}, nil},
		{"halves: nothing of the second is owed", []billed{{"2024-03-01", "2024-08-31", "60000.00"}, {"2024-09-01", "2025-02-28", "60000.00"}}, []string{"60000.00 CNY", "0.00 CNY"}, []string{"15452.05 CNY"}, []string{"S1 60000.00 CNY"}},
		{"two years: nothing of the second is owed", []billed{{"2024-03-01", "2026-02-28", "240000.00"}}, []string{"120000.00 CNY"}, []string{"74958.90 CNY"}, []string{"S0 120000.00 CNY"}},
		{"no more than was billed", []billed{{"2024-03-01", "2025-02-28", "1.00"}}, []string{"1.00 CNY"}, []string{"1.00 CNY"}, nil},
		{"through the last day: nothing was billed beyond it", []billed{{"2024-03-01", "2024-07-15", "45000.00"}}, []string{"45000.00 CNY"}, nil, nil},
	} {
		t.Run(row.why, func(t *testing.T) {
			r := gives("convenience", "2024-06-15 10:00")
			s := r.Invoices[0]
			r.Invoices = nil
			for i, b := range row.bills {
				s.Source, s.ID, s.Period, s.Total = fmt.Sprint("invoices.csv:", i+2), fmt.Sprint("S", i), contract.Through(day(b.from), day(b.last)), yuan(b.total)
				r.Invoices = append(r.Invoices, s)
			}
			st := stateAt(t, r, at("2024-09-02 12:00"))
			require.Equal(t, day("2024-07-15"), st.Term.Ended)
			for i, want := range row.debts {
				assert.Equal(t, want, debtsOf(st)[fmt.Sprint("S", i)])
			}
			assert.Equal(t, row.refunds, refund(st))
			var after []string
			for _, f := range st.Findings {
				if f.Code == contract.FindingAfterTheEnd {
					after = append(after, f.Of+" "+f.Amount.String())
				}
			}
			assert.Equal(t, row.after, after)
		})
	}
	assert.Empty(t, refund(stateAt(t, gives("convenience", "2024-08-01 10:00"), at("2024-08-30 12:00"))), "it still runs")

	breach := stateAt(t, gives("non-payment", "2024-06-03 10:00"), at("2024-09-02 12:00"))
	require.Equal(t, day("2024-06-03"), breach.Term.Ended)
	assert.Empty(t, refund(breach), "the customer's breach gives none")
}

// A use of less than nothing makes a credit note: the provider owes it, and it is
// netted with nothing.
func TestStatementOfCreditNotes(t *testing.T) {
	r := springRecords()
	r.Usage = append(r.Usage, contract.Usage{Source: "usage.csv:9", ID: "U9", Item: "parts", On: day("2024-05-16"), Quantity: decimal.New(-1, 0), Amount: yuan("12.60")})
	r.Invoices = append(r.Invoices, contract.InvoiceRecord{Source: "invoices.csv:9", ID: "V9", Usage: []string{"U9"}, Issued: day("2024-05-17"), Received: day("2024-05-17"),
		Net: yuan("-12.60"), Tax: yuan("-1.64"), Total: yuan("-14.24"), Recorded: at("2024-05-17 10:00")})
	st := stateAt(t, r, at("2024-09-02 12:00"))
	require.Empty(t, st.Refused)
	assert.Equal(t, "14.24 CNY", st.Owed(contract.Provider).String())
	r.Invoices[3].Total = yuan("-1130.00")
	assert.Equal(t, "14.24 CNY", stateAt(t, r, at("2024-09-02 12:00")).Owed(contract.Provider).String(), "no more than the contract gives")
	r.Invoices[1].Total = yuan("-508.50")
	assert.Equal(t, "0.00 CNY", debtsOf(stateAt(t, r, at("2024-09-02 12:00")))["V1"], "an invoice is no credit note")
	assert.Equal(t, stateAt(t, springRecords(), at("2024-09-02 12:00")).Owed(contract.Customer).String(), st.Owed(contract.Customer).String())
}

// Nothing that lies ahead is known, recorded or not.
func TestStatementKnowsNothingOfWhatLiesAhead(t *testing.T) {
	r := springRecords()
	strip := func(r *contract.Records) { // as of programs that do not keep when they learned
		for i := range r.Invoices {
			r.Invoices[i].Recorded = time.Time{}
		}
		for i := range r.Work {
			r.Work[i].Recorded = time.Time{}
		}
		for i := range r.Usage {
			r.Usage[i].Recorded = time.Time{}
		}
		for i := range r.Notices {
			r.Notices[i].Recorded = time.Time{}
		}
		r.Claims = nil
	}
	strip(&r)
	st := stateAt(t, r, at("2024-02-21 12:00"))
	assert.Equal(t, int64(7), st.Counts.Later, "all but the first invoice")
	assert.Equal(t, map[string]string{"S1": "120000.00 CNY"}, debtsOf(st))
	assert.Equal(t, int64(5), stateAt(t, r, at("2024-05-06 10:29:59")).Counts.Later, "the visit goes on; the parts were used on that day, and one payment came in")
	assert.Equal(t, int64(4), stateAt(t, r, at("2024-05-06 10:30")).Counts.Later, "the visit is over")
}

// A notice by hand is on its way until it is received; one that is deemed to arrive
// when it is sent is not, whenever somebody writes down that it came.
func TestStatementOfANoticeOnItsWay(t *testing.T) {
	for _, row := range []struct {
		why, channel, asOf string
		later              int64
		ended              string
	}{
		{"by hand, not received yet", "hand", "2025-01-20 12:00", 1, "-"},
		{"by hand, received", "hand", "2025-01-21 10:00", 0, "2025-02-28"},
		{"by e-mail, on the day on which it was sent", "e-mail", "2025-01-20 12:00", 0, "2025-02-28"},
	} {
		r := contract.Records{Notices: []contract.Notice{{ID: "N1", By: contract.Customer, Channel: row.channel, Ground: contract.GroundNoRenewal,
			Sent: at("2025-01-20 10:00"), Received: at("2025-01-21 10:00")}}}
		st := stateAt(t, r, at(row.asOf))
		assert.Empty(t, st.Refused, row.why)
		assert.Equal(t, row.later, st.Counts.Later, row.why)
		assert.Equal(t, row.ended, dayOr(st.Term.Ended), row.why)
	}
}

func dayOr(d contract.Date) string {
	if !d.IsValid() {
		return "-"
	}
	return d.String()
}

// The working of a debt begins with the invoice: its own records are cited.
func TestStatementCitesTheRecords(t *testing.T) {
	st := stateAt(t, springRecords(), at("2024-09-02 12:00"))
	f, err := st.Figure("owed V1")
	require.NoError(t, err)
	cited := make(map[string]bool)
	for _, s := range f.Explain().Steps {
		if s.Source != nil {
			cited[s.Source.In] = true
		}
	}
	assert.True(t, cited["work.csv:2"] && cited["invoices.csv:3"], cited)
}

// Credits are given for periods that are over.
func TestStatementGivesCreditForWholeMonths(t *testing.T) {
	for asOf, months := range map[string]int{"2024-03-31 23:59:59": 0, "2024-04-01 00:00": 1} {
		r := contract.Records{Requests: tickets(700)}
		assert.Len(t, stateAt(t, r, at(asOf)).Credits, months, asOf)
	}
}

func TestReceiptSealsAllThatWentIn(t *testing.T) {
	asOf := at("2024-09-02 12:00")
	records := func(r contract.Records) string { return stateAt(t, r, asOf).Receipt.Records }
	was := records(springRecords())
	for why, change := range map[string]func(*contract.Records){
		"when a row was recorded":     func(r *contract.Records) { r.Invoices[0].Recorded = r.Invoices[0].Recorded.Add(1) },
		"a row that is not known yet": func(r *contract.Records) { r.Claims[0].Recorded = asOf.AddDate(1, 0, 0) },
		"a row that is refused":       func(r *contract.Records) { r.Payments[0].Amount = yuan("0.00") },
		"when a notice was recorded":  func(r *contract.Records) { r.Notices[0].Recorded = r.Notices[0].Recorded.Add(1) },
		"a survey of another day": func(r *contract.Records) {
			r.Surveys = slicesOf(contract.Survey{On: day("2030-01-01"), Answer: "satisfied"})
		},
		"a request that is not known": func(r *contract.Records) {
			r.Requests = slicesOf(&contract.Request{ID: "R1", Received: asOf.AddDate(1, 0, 0)})
		},
		"when a use was put on record": func(r *contract.Records) { r.Usage[0].Recorded = r.Usage[0].Recorded.Add(1) },
	} {
		r := springRecords()
		change(&r)
		assert.NotEqual(t, was, records(r), why)
	}
	loose, err := stated().Provisional()
	require.NoError(t, err)
	st, err := loose.Statement(springRecords(), asOf)
	require.NoError(t, err)
	assert.NotEqual(t, stateAt(t, springRecords(), asOf).Receipt.Calendars, st.Receipt.Calendars, "a contract that answers beyond certain days says so")
}

// Whatever stands in records: no panic, what is owed is the sum of its lines, every
// working holds and comes to its figure, and the same records give the same bytes.
func TestStatementOfHostileRecords(t *testing.T) {
	days := []contract.Date{{}, day("0001-01-01"), day("2024-02-29"), day("2024-03-01"), day("2024-05-06"), day("2025-02-28"), day("2025-03-01"), day("9999-12-31")}
	instants := []time.Time{{}, at("2024-02-21 18:00"), at("2024-05-06 09:00"), at("2024-05-06 10:30"), at("2025-03-01 00:00"), time.Date(-5, 1, 1, 0, 0, 0, 0, time.UTC), time.Date(12000, 1, 1, 0, 0, 0, 0, time.UTC)}
	moneys := []contract.Money{{}, yuan("0.00"), yuan("0.01"), yuan("508.50"), yuan("-508.50"), yuan("120000.00"), contract.MustParseMoney("1.00 USD"), contract.MustParseMoney("12345678901234567890.12 CNY")}
	ids := []string{"", "S1", "V1", "V2", "W1", "U1", "N1", "2024-03", "2024-Q2", "R1"}
	rapid.Check(t, func(rt *rapid.T) {
		pick := func(what string, n int) int { return rapid.IntRange(0, n-1).Draw(rt, what) }
		aDay := func() contract.Date { return days[pick("day", len(days))] }
		instant := func() time.Time { return instants[pick("instant", len(instants))] }
		money := func() contract.Money { return moneys[pick("money", len(moneys))] }
		id := func() string { return ids[pick("id", len(ids))] }
		some := func() int { return rapid.IntRange(0, 3).Draw(rt, "n") }
		r := springRecords()
		for range some() {
			r.Invoices = append(r.Invoices, contract.InvoiceRecord{ID: id(), Source: "invoices.csv:9", Item: rapid.SampledFrom([]string{"", "support", "repair", "none"}).Draw(rt, "item"), Period: contract.Period{From: aDay(), Until: aDay()},
				Work: []string{id()}[:some()%2], Usage: []string{id()}[:some()%2], Issued: aDay(), Received: aDay(), Compliant: some() > 1, Net: money(), Tax: money(), Total: money(), Due: aDay(), Recorded: instant()})
		}
		for range some() {
			r.Work = append(r.Work, contract.Work{ID: id(), Item: rapid.SampledFrom([]string{"repair", "support", ""}).Draw(rt, "item"), From: instant(), To: instant(), Keys: map[string]string{"fault class": "serious", "difficulty": id()}, Recorded: instant()})
			r.Usage = append(r.Usage, contract.Usage{ID: id(), Item: "parts", On: aDay(), Quantity: decimal.New(rapid.SampledFrom([]int64{-1, 0, 1, 1 << 40}).Draw(rt, "quantity"), rapid.SampledFrom([]int32{-20, 0, 9}).Draw(rt, "exponent")), Amount: money()})
		}
		for range some() {
			r.Payments = append(r.Payments, contract.Payment{ID: id(), On: aDay(), Recorded: aDay(), Amount: money(), For: id()})
		}
		for range some() {
			r.Notices = append(r.Notices, contract.Notice{ID: id(), Channel: rapid.SampledFrom([]string{"", "hand", "e-mail", "courier"}).Draw(rt, "channel"), By: rapid.SampledFrom([]contract.Role{"", contract.Customer, contract.Provider}).Draw(rt, "by"),
				Ground: rapid.SampledFrom([]string{"", "raise", "no renewal", "convenience", "non-payment", "material breach", "cured", "breach of confidence", "set-off"}).Draw(rt, "ground"), About: id(),
				Sent: instant(), Received: instant(), Raise: contract.MustParsePercent(rapid.SampledFrom([]string{"-100%", "0%", "3%", "900%"}).Draw(rt, "raise")), From: aDay(), Recorded: instant()})
		}
		for range some() {
			r.Claims = append(r.Claims, contract.Claim{ID: id(), Of: contract.ClaimOf(rapid.SampledFrom([]string{"", "credit", "deduction", "late charge", "status"}).Draw(rt, "of")), Subject: id(), Target: "repair", AsOf: aDay(), Off: id(), Amount: money(), Status: contract.StatusMet})
		}
		asOf := rapid.SampledFrom([]time.Time{at("2024-02-21 18:00"), at("2024-09-02 12:00"), at("2025-03-01 00:00")}).Draw(rt, "as of")
		st, err := stated().Statement(r, asOf)
		require.NoError(rt, err)
		for _, by := range []contract.Role{contract.Customer, contract.Provider} {
			sum := yuan("0.00")
			for _, o := range st.Balance {
				if o.By == by {
					require.Positive(rt, o.Amount.Sign())
					sum, err = sum.Add(o.Amount)
					require.NoError(rt, err)
				}
			}
			require.True(rt, sum.Equal(st.Owed(by)), "%v: %v, not %v", by, st.Owed(by), sum)
		}
		for _, f := range st.Figures() {
			w := f.Explain()
			if len(w.Steps) == 0 {
				continue
			}
			require.NoError(rt, w.Check().Err(), f.ID)
			if w.Result.Kind != proof.Truth {
				require.Equal(rt, f.Value, w.Result, f.ID)
			}
		}
		for _, o := range st.Balance {
			if id := o.FigureID(); id != "" {
				f, err := st.Figure(id)
				require.NoError(rt, err)
				require.Equal(rt, o.Amount.String(), strings.TrimPrefix(f.Value.Text, "-"), "the line and its figure are one amount")
			}
		}
		once, err := st.JSON()
		require.NoError(rt, err)
		require.NotContains(rt, string(once), "\\u0000")
		again, err := stated().Statement(r, asOf)
		require.NoError(rt, err)
		twice, err := again.JSON()
		require.NoError(rt, err)
		require.Equal(rt, string(once), string(twice))
	})
}

// A deadline that the calendar does not reach is told with its request, and takes nothing
// from the request's other targets: a breach of December is one before the next notice.
func TestStatementBeforeTheNextNotice(t *testing.T) {
	table := publishedTable(published, time.Saturday, time.Sunday)
	table.Foreseen, table.Statutory, table.Certain.Until = contract.Period{}, nil, on("2024-12-29")
	for d := range table.Days {
		if !table.Certain.Contains(d) {
			delete(table.Days, d)
		}
	}
	cal, err := contract.NewCalendar("cn", table)
	require.NoError(t, err)
	ref := chinaWithRates()
	ref.Calendars["cn"] = cal
	c, err := contract.Compile(sampleDocument(t), ref)
	require.NoError(t, err)
	claim := func(n int, target string) contract.Claim {
		return contract.Claim{Source: fmt.Sprintf("claims.csv:%d", n), ID: fmt.Sprint("C", n), Of: contract.ClaimStatus, Subject: "R1", Target: target, Status: contract.StatusMet, Recorded: at("2024-12-26 10:00")}
	}
	r := contract.Records{Claims: []contract.Claim{claim(2, "e-mail response"), claim(3, "repair"), claim(4, "no such target")},
		Requests: slicesOf(&contract.Request{Source: "requests.csv:2", ID: "R1", Selector: contract.Selector{Channel: "e-mail", Category: "fault"}, Received: at("2024-12-24 10:00"),
			Events: []contract.Event{ev(contract.EventResponded, "2024-12-25 10:00")}})}
	st, err := c.Statement(r, at("2024-12-27 10:00"))
	require.NoError(t, err)
	assert.Equal(t, [5]int64{1, 1, 1, 1, 2}, [5]int64{st.Counts.Requests, st.Counts.Measured, st.Counts.Measurements, st.Counts.Unknown, st.Counts.Refused})
	assert.EqualValues(t, 1, st.Counts.ByStatus[contract.StatusBreached])
	var told []string
	for _, e := range st.Refused {
		if strings.HasPrefix(e.In, "claims") || strings.HasPrefix(e.In, "requests") {
			told = append(told, fmt.Sprintf("%s %s %v", e.In, e.Pointer, e.Kind))
		}
	}
	assert.Equal(t, []string{"requests.csv:2 /targets/repair beyond what is published", "claims.csv:3 /targets/repair beyond what is published", "claims.csv:4 target unknown name"}, told)
}
