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
	"sync"
	"testing"
	"time"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/cfd16870/contract"
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
		var list []*contract.Request
		for q := range r.Requests {
			list = append(list, q)
		}
		shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
		r.Requests = slicesOf(list...)
		st, err := stated().Statement(r, asOf)
		require.NoError(rt, err)
		require.Equal(rt, want, said(t, st), "the order of payments and requests means nothing")
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
