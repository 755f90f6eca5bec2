package main

import (
	"bufio"
	"bytes"
	"io"
	"runtime"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// prepared is the program with its contract read and compiled: what a benchmark of
// the rows leaves out.
type prepared struct {
	set   settings
	terms *terms
	asOf  time.Time
}

func prepare(tb testing.TB, args ...string) prepared {
	set, _, ok := readFlags(append([]string{"-contract", sampleContract}, args...), io.Discard, io.Discard)
	require.True(tb, ok)
	t, err := readTerms(set.contract)
	require.NoError(tb, err)
	asOf, err := readAsOf(drawnUp, t.zone)
	require.NoError(tb, err)
	return prepared{set, t, asOf}
}

func (p prepared) run(tb testing.TB, data []byte) result {
	in := bufio.NewReader(bytes.NewReader(data))
	columns, line, err := readHeader(in)
	require.NoError(tb, err)
	s := &stream{
		workers: p.set.workers, size: p.set.block, most: p.set.refused, at: new(progress),
		worker: func() *worker { return newWorker(p.set, p.terms, columns, p.asOf) },
	}
	res, err := s.run(in, line, io.Discard)
	require.NoError(tb, err)
	return res
}

// The program, and the same on encoding/csv and time.Parse, in turns, so that what
// else the machine does befalls both: "times" is how often the one is as fast as the
// other, and the gate of its speed.
func BenchmarkTickets(b *testing.B) {
	for _, c := range []struct {
		name   string
		always bool
	}{{"pauses as in the records", false}, {"each with 0 to 3 pauses", true}} {
		const rows = 100_000
		source := newSource(rows, 1)
		source.always = c.always
		data, err := io.ReadAll(source)
		require.NoError(b, err)
		fast, plain := prepare(b), prepare(b, "-plain")
		for _, way := range []struct {
			name string
			prepared
		}{{"fast", fast}, {"plain", plain}} {
			b.Run(c.name+"/"+way.name, func(b *testing.B) {
				b.ReportAllocs()
				b.SetBytes(int64(len(data)))
				for b.Loop() {
					way.run(b, data)
				}
				b.ReportMetric(rows*float64(b.N)/b.Elapsed().Seconds(), "rows/s")
			})
		}
		b.Run(c.name+"/in turns", func(b *testing.B) {
			var quick, slow time.Duration
			turn := func(way prepared) time.Duration {
				runtime.GC() // what the other left behind is not of this turn
				start := time.Now()
				way.run(b, data)
				return time.Since(start)
			}
			for b.Loop() {
				quick, slow = quick+turn(fast), slow+turn(plain)
			}
			b.ReportMetric(slow.Seconds()/quick.Seconds(), "times")
		})
	}
}
