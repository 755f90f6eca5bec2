package contract_test

import (
	"fmt"
	"math/rand"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/cfd16870/contract"
)

// randomTickets are tickets of ten years in random order, each with its own instants,
// with so many pauses, or with 0 to 3 if that is below 0.
func randomTickets(n, pauses int) []*contract.Request {
	r := rand.New(rand.NewSource(int64(2 + pauses)))
	minutes := func(least, most int) time.Duration {
		return time.Duration(least*60+r.Intn((most-least)*60)) * time.Second
	}
	list := make([]*contract.Request, n)
	for i, at := range received(n) {
		q := &contract.Request{ID: fmt.Sprint(i), Received: at}
		told := pauses
		if told < 0 {
			told = r.Intn(4)
		}
		for range told {
			reason := []string{customer, "agreed"}[r.Intn(2)]
			at = at.Add(minutes(2, 40))
			q.Events = append(q.Events, contract.Event{Kind: contract.EventPaused, At: at, Reason: reason})
			at = at.Add(minutes(5, 600))
			q.Events = append(q.Events, contract.Event{Kind: contract.EventResumed, At: at, Reason: reason})
		}
		at = at.Add(minutes(1, 120))
		q.Events = append(q.Events, contract.Event{Kind: contract.EventResponded, At: at}, contract.Event{Kind: contract.EventRestored, At: at.Add(minutes(10, 3000))})
		list[i] = q
	}
	return list
}

// What is due and breached, of many tickets in random order over ten years, as a multiple
// of one Add in the same run, of the receipts of the same tickets: "Adds" is that ratio.
// Each figure is the least of many rounds in turns, so that what else the machine does
// falls on all alike.
func BenchmarkTicketsAgainstAdd(b *testing.B) {
	c := pausable(b, contract.SkipWhollyPaused)
	hours, err := c.Schedule("service")
	require.NoError(b, err)
	target, asOf := mustTarget(b, c, "technical response"), at("2024-04-01 09:00")
	for _, pauses := range []int{0, 1, 2, 3, -1} {
		name := fmt.Sprintf("%d pauses", pauses)
		if pauses < 0 {
			name = "0 to 3 pauses"
		}
		b.Run(name, func(b *testing.B) {
			list := randomTickets(1024, pauses)
			judged := make([][]contract.Pause, len(list))
			for i, q := range list {
				judged[i] = pausesTold(q, asOf)
			}
			var least []time.Duration
			for b.Loop() {
				took := fastest(8, len(list),
					func(i int) { hours.Add(list[i].Received, time.Hour) },
					func(i int) { target.Due(list[i], asOf) },
					func(i int) { target.Measure(list[i], asOf) },
					func(i int) { target.DuePaused(list[i].Received, judged[i]) })
				for i, d := range took {
					if len(least) == i {
						least = append(least, d)
					}
					least[i] = min(least[i], d)
				}
			}
			each := func(i int) float64 { return float64(least[i]) / float64(len(list)) }
			b.ReportMetric(0, "ns/op")
			b.ReportMetric(each(0), "ns/Add")
			b.ReportMetric(each(1), "ns/Due")
			b.ReportMetric(each(2), "ns/Measure")
			b.ReportMetric(each(1)/each(0), "Adds/Due")
			b.ReportMetric(each(3), "ns/DuePaused")
			b.ReportMetric(each(2)/each(0), "Adds/Measure")
			b.ReportMetric(each(3)/each(0), "Adds/DuePaused")
		})
	}
}
