package contract_test

import (
	"math/rand"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/cfd16870/contract"
)

// received are instants of ten years in random order, the same in every run.
func received(n int) []time.Time {
	r := rand.New(rand.NewSource(1))
	from := time.Date(2012, 1, 1, 0, 0, 0, 0, shanghai)
	list := make([]time.Time, n)
	for i := range list {
		list[i] = from.Add(time.Duration(r.Int63n(int64(10 * 365 * 24 * time.Hour))))
	}
	return list
}

// The cost of a deadline is flat: from 3 minutes to 8,000 hours, which is four
// years of service time.
func BenchmarkDeadline(b *testing.B) {
	at := received(4096)
	for _, within := range []string{"3 service minutes", "1 service hour", "8 service hours", "8000 service hours"} {
		c := sample(b, change{"/targets/technical response/within", within})
		benchmarkDeadline(b, within, mustTarget(b, c, "technical response"), at)
	}
	c := sample(b)
	benchmarkDeadline(b, "12 clock hours", mustTarget(b, c, "e-mail response"), at)
	benchmarkDeadline(b, "7 working days", mustTarget(b, c, "repair"), at)
}

func benchmarkDeadline(b *testing.B, name string, target *contract.Target, at []time.Time) {
	b.Run(name, func(b *testing.B) {
		b.ReportAllocs()
		for i := 0; b.Loop(); i++ {
			if _, err := target.Deadline(at[i%len(at)]); err != nil {
				b.Fatal(err)
			}
		}
	})
}

func BenchmarkMeasure(b *testing.B) {
	c := pausable(b, contract.SkipWhollyPaused)
	r := &contract.Request{ID: "R1", Received: at("2024-03-04 09:00"), Events: []contract.Event{
		ev(contract.EventPaused, "2024-03-05 09:00", customer), ev(contract.EventResumed, "2024-03-06 18:00", customer),
		ev(contract.EventResponded, "2024-03-04 09:30"), ev(contract.EventRestored, "2024-03-18 18:00")}}
	for _, name := range []string{"technical response", "repair"} {
		target := mustTarget(b, c, name)
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := target.Measure(r, at("2024-04-01 00:00")); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// threePauses are tickets of up to three pauses.
func threePauses() map[string]*contract.Request {
	r := contract.Request{ID: "R1", Received: at("2024-03-04 09:10"), Events: []contract.Event{
		ev(contract.EventPaused, "2024-03-04 09:30", customer), ev(contract.EventResumed, "2024-03-04 10:15", customer),
		ev(contract.EventPaused, "2024-03-04 11:00", "agreed"), ev(contract.EventResumed, "2024-03-04 11:20", "agreed"),
		ev(contract.EventPaused, "2024-03-04 11:30", customer), ev(contract.EventResumed, "2024-03-04 13:30", customer),
		ev(contract.EventResponded, "2024-03-04 13:40"), ev(contract.EventRestored, "2024-03-05 09:00")}}
	all := map[string]*contract.Request{"three pauses": &r}
	for name, n := range map[string]int{"no pause": 0, "one pause": 1, "two pauses": 2} {
		less := r
		less.Events = append(r.Events[:2*n:2*n], r.Events[6:]...)
		all[name] = &less
	}
	untold := r
	untold.Events = []contract.Event{r.Events[6], r.Events[1], r.Events[5], r.Events[0], r.Events[4], r.Events[3], r.Events[2]}
	all["three pauses, told in any order"] = &untold
	open := r
	open.Events = r.Events[:5]
	all["the third pause open"] = &open
	return all
}

// What is due and breached, of a ticket with pauses, against one Add in the same run.
func BenchmarkDue(b *testing.B) {
	c := pausable(b, contract.SkipWhollyPaused)
	hours, err := c.Schedule("service")
	require.NoError(b, err)
	received, asOf := received(4096), at("2024-04-01 09:00")
	b.Run("one Add", func(b *testing.B) {
		b.ReportAllocs()
		for i := 0; b.Loop(); i++ {
			if _, err := hours.Add(received[i%len(received)], time.Hour); err != nil {
				b.Fatal(err)
			}
		}
	})
	target := mustTarget(b, c, "technical response")
	tickets := threePauses()
	for _, name := range []string{"no pause", "one pause", "two pauses", "three pauses"} {
		// The same ticket at many instants, as a batch has it.
		base := tickets[name]
		list := make([]*contract.Request, 512)
		for i := range list {
			r := *base
			by := received[i].Sub(base.Received)
			r.Received, r.Events = received[i], slices.Clone(base.Events)
			for k := range r.Events {
				r.Events[k].At = r.Events[k].At.Add(by)
			}
			list[i] = &r
		}
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for i := 0; b.Loop(); i++ {
				if _, _, err := target.Due(list[i%len(list)], asOf); err != nil {
					b.Fatal(err)
				}
			}
		})
		b.Run(name+", measured", func(b *testing.B) {
			b.ReportAllocs()
			for i := 0; b.Loop(); i++ {
				if _, err := target.Measure(list[i%len(list)], asOf); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func BenchmarkExplain(b *testing.B) {
	d, err := mustTarget(b, sample(b), "repair").Deadline(at("2025-09-25 15:00"))
	require.NoError(b, err)
	b.ReportAllocs()
	for b.Loop() {
		d.Explain()
	}
}

func BenchmarkCompile(b *testing.B) {
	doc, ref := sampleDocument(b), china()
	b.ReportAllocs()
	for b.Loop() {
		if _, err := contract.Compile(doc, ref); err != nil {
			b.Fatal(err)
		}
	}
}
