package contract_test

import (
	"math/rand"
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
