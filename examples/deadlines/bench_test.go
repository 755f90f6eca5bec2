package main

import (
	"bufio"
	"io"
	"os"
	"path/filepath"
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

func (p prepared) run(tb testing.TB, path string) result {
	file, err := os.Open(path)
	require.NoError(tb, err)
	defer file.Close()
	in := bufio.NewReader(file)
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
// else the machine does befalls both: "times" is how many times as fast the one is as the
// other; "cpu-times" the same by the time that the process had a core, which a busy
// machine changes less.
func BenchmarkTickets(b *testing.B) {
	for _, c := range []struct {
		name   string
		always bool
	}{{"pauses as in the records", false}, {"each with 0 to 3 pauses", true}} {
		const rows = 200_000
		source := newSource(rows, 1)
		source.always = c.always
		path := filepath.Join(b.TempDir(), "tickets.csv") // and not in the heap, whose size says how often it is collected
		file, err := os.Create(path)
		require.NoError(b, err)
		size, err := io.Copy(file, source)
		require.NoError(b, err)
		require.NoError(b, file.Close())
		fast, plain := prepare(b), prepare(b, "-plain")
		for _, way := range []struct {
			name string
			prepared
		}{{"fast", fast}, {"plain", plain}} {
			b.Run(c.name+"/"+way.name, func(b *testing.B) {
				b.ReportAllocs()
				b.SetBytes(size)
				for b.Loop() {
					way.run(b, path)
				}
				b.ReportMetric(rows*float64(b.N)/b.Elapsed().Seconds(), "rows/s")
			})
		}
		b.Run(c.name+"/in turns", func(b *testing.B) {
			var wall, cores [2]time.Duration
			turn := func(i int, way prepared) {
				runtime.GC() // what the other left behind is not of this turn
				start, had := time.Now(), spent()
				way.run(b, path)
				wall[i], cores[i] = wall[i]+time.Since(start), cores[i]+spent()-had
			}
			for b.Loop() {
				turn(0, fast)
				turn(1, plain)
			}
			b.ReportMetric(wall[1].Seconds()/wall[0].Seconds(), "times")
			b.ReportMetric(cores[1].Seconds()/cores[0].Seconds(), "cpu-times")
		})
	}
}
