package main

import (
	"bytes"
	"errors"
	"io"
	"runtime"
	"slices"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// streamed runs a text in blocks of a size.
func (p prepared) streamed(t require.TestingT, in io.Reader, workers, size int) (string, result) {
	columns, err := newTable(generatedColumns)
	require.NoError(t, err)
	p.set.plain = false
	s := &stream{
		workers: workers, size: size, most: 5, at: new(progress),
		worker: func() *worker { return newWorker(p.set, p.terms, columns, p.asOf) },
	}
	var out bytes.Buffer
	res, err := s.run(in, 2, &out)
	require.NoError(t, err)
	return out.String(), res
}

// What comes out is what one worker makes of one block, in the order of the input,
// wherever blocks end and however much a read gives.
func TestOrderForAnyBlocks(t *testing.T) {
	p := prepare(t)
	long := strings.Repeat("x", longestRow)
	rapid.Check(t, func(t *rapid.T) {
		g := newGenerator(rapid.Int64().Draw(t, "seed"))
		var text strings.Builder
		for range rapid.IntRange(0, 60).Draw(t, "rows") {
			switch rapid.IntRange(0, 30).Draw(t, "kind") {
			case 0:
				text.WriteString("\n\r\n")
			case 1:
				text.WriteString("T,\"a quote that does not end\n")
			case 2:
				text.WriteString("T" + long[:rapid.IntRange(longestRow-3, longestRow).Draw(t, "long")] + "\r\n")
			case 3:
				text.WriteString(",故障\n")
			case 4:
				text.WriteString(long + long + long + "\n")
			default:
				text.Write(g.row())
			}
		}
		all := text.String()
		if rapid.Bool().Draw(t, "without the last end") {
			all = strings.TrimSuffix(all, "\n")
		}
		want, wantCounts := p.streamed(t, strings.NewReader(all), 1, 16<<20)
		in := io.Reader(strings.NewReader(all))
		if len(all) < 20_000 && rapid.Bool().Draw(t, "byte by byte") {
			in = iotest.OneByteReader(in)
		}
		if rapid.Bool().Draw(t, "the end with data") {
			in = iotest.DataErrReader(in)
		}
		size := rapid.OneOf(rapid.IntRange(1, 400), rapid.IntRange(1, 2*longestRow)).Draw(t, "size")
		got, counts := p.streamed(t, in, rapid.IntRange(1, 4).Draw(t, "workers"), size)
		if got != want { // too long to print
			require.Equal(t, strings.SplitAfter(want, "\n"), strings.SplitAfter(got, "\n"))
		}
		require.Equal(t, wantCounts, counts)
	})
}

// The ids come out in the order in which they went in, each once or once for each
// target.
func TestOrderOfIDs(t *testing.T) {
	out, res := prepare(t).streamed(t, io.MultiReader(strings.NewReader(""), &source{newGenerator(3), 3000, nil}), 4, 1000)
	last, n := "", 0
	for line := range strings.Lines(out) {
		if id, _, _ := strings.Cut(line, ","); id != last {
			require.Less(t, last, id)
			last, n = id, n+1
		}
	}
	assert.Equal(t, 3000, n)
	assert.EqualValues(t, 3000, res.tickets)
	assert.EqualValues(t, 3, res.refused)
}

// The heap that is alive does not grow with the rows. A collection in the middle of the
// run finds what is alive then, with the blocks under way, which are more at one moment
// than at another: so blocks are small, and the least of the first third of the rows is
// held against the least of the last, where three bytes kept of each row would show.
func TestConstantMemory(t *testing.T) {
	rows := 300_000
	if testing.Short() || raceDetector {
		rows = 60_000
	}
	p := prepare(t)
	source := newSource(rows, 4)
	source.always = true
	columns, err := newTable(generatedColumns)
	require.NoError(t, err)
	_, err = io.CopyN(io.Discard, source, int64(len(generatedColumns)+1))
	require.NoError(t, err)
	s := &stream{
		workers: 2, size: p.set.block / 8, most: 20, at: new(progress),
		worker: func() *worker { return newWorker(p.set, p.terms, columns, p.asOf) },
	}
	at := &heapSampler{rows: &s.at.rows, every: int64(rows / 60)}
	before := alive()
	res, err := s.run(source, 2, at)
	require.NoError(t, err)
	require.EqualValues(t, rows, res.tickets)
	require.Greater(t, len(at.samples), 30)
	third := len(at.samples) / 3
	early, late, most := slices.Min(at.samples[:third]), slices.Min(at.samples[2*third:]), slices.Max(at.samples)
	t.Logf("alive before %d KiB; at least %d KiB in the first third, %d KiB in the last; at most %d KiB", before>>10, early>>10, late>>10, most>>10)
	assert.Less(t, late, early+512<<10, "it grows with the rows")
	assert.Less(t, most, before+2<<20, "blocks take more than they should")
}

func alive() uint64 {
	var m runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

// A heapSampler takes what is written, and looks at the heap now and then.
type heapSampler struct {
	rows    interface{ Load() int64 }
	every   int64
	samples []uint64
}

func (h *heapSampler) Write(p []byte) (int, error) {
	if h.rows.Load() >= h.every*int64(len(h.samples)+1) {
		h.samples = append(h.samples, alive())
	}
	return len(p), nil
}

// A fault of the reader comes after the rows that were read, and the row that it cut
// off is no row.
func TestReaderFails(t *testing.T) {
	p := prepare(t)
	columns, err := newTable(generatedColumns)
	require.NoError(t, err)
	broken := errors.New("the line is dead")
	for _, size := range []int{1, 100, 1 << 16} {
		s := &stream{workers: 2, size: size, most: 5, at: new(progress), worker: func() *worker { return newWorker(p.set, p.terms, columns, p.asOf) }}
		var out strings.Builder
		res, err := s.run(io.MultiReader(strings.NewReader("T-1,2024-03-05T09:00:00+08:00,,other,,,,,\nT-2,2024-03-05T09:0"), iotest.ErrReader(broken)), 2, &out)
		assert.ErrorIs(t, err, broken)
		assert.EqualValues(t, 1, res.tickets)
		assert.Equal(t, "T-1,,,,no target,,\n", out.String())
	}
}

// A writer that fails stops the reading of a stream without an end.
func TestWriterFails(t *testing.T) {
	p := prepare(t)
	columns, err := newTable(generatedColumns)
	require.NoError(t, err)
	full := errors.New("the disk is full")
	s := &stream{workers: 2, size: 1000, most: 5, at: new(progress), worker: func() *worker { return newWorker(p.set, p.terms, columns, p.asOf) }}
	_, err = s.run(&source{newGenerator(5), 1 << 60, nil}, 2, writerFunc(func([]byte) (int, error) { return 0, full }))
	assert.ErrorIs(t, err, full)
}

type writerFunc func([]byte) (int, error)

func (f writerFunc) Write(p []byte) (int, error) { return f(p) }
