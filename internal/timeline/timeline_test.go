package timeline_test

import (
	"math"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/cfd16870/contract/internal/timeline"
)

// A scan is the line as a person reads it: a list of intervals, and every
// question answered by looking at each instant in turn.
type scan struct {
	from, until int64
	open        []timeline.Interval
}

// isOpen looks through the list.
func (s scan) isOpen(t int64) bool {
	return s.from <= t && t < s.until && slices.ContainsFunc(s.open, func(v timeline.Interval) bool {
		return v.Start <= t && t < v.End
	})
}

// f counts the open instants before t.
func (s scan) f(t int64) (n int64) {
	for u := s.from; u < t && u < s.until; u++ {
		if s.isOpen(u) {
			n++
		}
	}
	return n
}

// all returns every instant of the line with F = x.
func (s scan) all(x int64) (at []int64) {
	for t := s.from; t <= s.until; t++ {
		if s.f(t) == x {
			at = append(at, t)
		}
	}
	return at
}

// drawScan draws up to six intervals that ascend; one in three touches the one
// before it, and some lie outside the line or across its ends.
func drawScan(t *rapid.T) scan {
	s := scan{from: rapid.Int64Range(-40, 10).Draw(t, "from")}
	s.until = s.from + rapid.Int64Range(0, 80).Draw(t, "length")
	at := s.from - rapid.Int64Range(0, 12).Draw(t, "lead")
	for range rapid.IntRange(0, 6).Draw(t, "intervals") {
		at += rapid.SampledFrom([]int64{0, 1, 7}).Draw(t, "gap")
		end := at + rapid.Int64Range(1, 20).Draw(t, "open")
		s.open = append(s.open, timeline.Interval{Start: at, End: end})
		at = end
	}
	return s
}

func (s scan) line(t require.TestingT) *timeline.Line {
	l, err := timeline.New(s.from, s.until, s.open)
	require.NoError(t, err)
	return l
}

// Every question about every instant of a line, against the scan.
func TestLineAgreesWithAScan(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := drawScan(t)
		l := s.line(t)
		from, until := l.Bounds()
		require.Equal(t, s.from, from)
		require.Equal(t, s.until, until)
		require.Equal(t, s.f(s.until), l.Total())
		for at := s.from - 3; at <= s.until+3; at++ {
			require.Equal(t, s.f(at), l.F(at), "F(%d)", at)
			require.Equal(t, s.isOpen(at), l.Open(at), "Open(%d)", at)
			require.Equal(t, s.from <= at && at <= s.until, l.Answers(at), "Answers(%d)", at)
		}
		for x := int64(-2); x <= l.Total()+2; x++ {
			all := s.all(x)
			earliest, ok := l.Earliest(x)
			require.Equal(t, len(all) > 0, ok, "Earliest(%d)", x)
			latest, okLatest := l.Latest(x)
			require.Equal(t, len(all) > 0, okLatest, "Latest(%d)", x)
			if ok {
				require.Equal(t, all[0], earliest, "Earliest(%d)", x)
				require.Equal(t, all[len(all)-1], latest, "Latest(%d)", x)
			}
		}
	})
}

// Intervals come out ascending, apart from each other and within the line, and
// hold the same instants as those that went in.
func TestIntervalsAreJoinedAndCut(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := drawScan(t)
		l := s.line(t)
		var out []timeline.Interval
		for i := range l.Len() {
			out = append(out, l.At(i))
			require.Less(t, l.At(i).Start, l.At(i).End)
			require.GreaterOrEqual(t, l.At(i).Start, s.from)
			require.LessOrEqual(t, l.At(i).End, s.until)
			if i > 0 {
				require.Less(t, l.At(i-1).End, l.At(i).Start, "what touches is one interval")
			}
		}
		for at := s.from; at <= s.until; at++ {
			require.Equal(t, s.isOpen(at), scan{s.from, s.until, out}.isOpen(at))
			started := 0
			for _, v := range out {
				if v.Start <= at {
					started++
				}
			}
			require.Equal(t, started, l.StartedBy(at))
		}
	})
}

// F never falls, rises by at most the time that passes, and Earliest and Latest
// are its inverses from both sides.
func TestLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := drawScan(t)
		l := s.line(t)
		a := rapid.Int64Range(s.from, s.until).Draw(t, "a")
		b := rapid.Int64Range(a, s.until).Draw(t, "b")
		passed := l.F(b) - l.F(a)
		assert.GreaterOrEqual(t, passed, int64(0))
		assert.LessOrEqual(t, passed, b-a)
		earliest, ok := l.Earliest(l.F(a))
		require.True(t, ok)
		latest, ok := l.Latest(l.F(a))
		require.True(t, ok)
		assert.LessOrEqual(t, earliest, a)
		assert.GreaterOrEqual(t, latest, a)
		assert.Equal(t, l.F(a), l.F(earliest))
		assert.Equal(t, l.F(a), l.F(latest))
		if earliest > s.from {
			assert.Less(t, l.F(earliest-1), l.F(earliest), "an instant before the earliest has less")
		}
		if latest < s.until {
			assert.Greater(t, l.F(latest+1), l.F(latest), "an instant after the latest has more")
		}
	})
}

func TestEdges(t *testing.T) {
	l, err := timeline.New(0, 100, []timeline.Interval{{10, 20}, {20, 30}, {50, 60}, {90, 120}})
	require.NoError(t, err)
	require.Equal(t, 3, l.Len())
	assert.Equal(t, timeline.Interval{Start: 10, End: 30}, l.At(0), "intervals that touch are one")
	assert.Equal(t, timeline.Interval{Start: 90, End: 100}, l.At(2), "cut off at the end of the line")
	for _, c := range []struct {
		why              string
		x                int64
		earliest, latest int64
		ok               bool
	}{
		{"nothing: from the beginning of the line to the first opening", 0, 0, 10, true},
		{"within an interval: one instant has it", 5, 15, 15, true},
		{"where two intervals touch there is no gap", 10, 20, 20, true},
		{"used up at a closing: ends there, and holds to the next opening", 20, 30, 50, true},
		{"all of it: up to the end of the line", 40, 100, 100, true},
		{"more than there is", 41, 0, 0, false},
		{"less than nothing", -1, 0, 0, false},
	} {
		t.Run(c.why, func(t *testing.T) {
			earliest, ok := l.Earliest(c.x)
			assert.Equal(t, c.ok, ok)
			assert.Equal(t, c.earliest, earliest)
			latest, ok := l.Latest(c.x)
			assert.Equal(t, c.ok, ok)
			assert.Equal(t, c.latest, latest)
		})
	}
}

func TestLinesWithoutOpenTime(t *testing.T) {
	empty, err := timeline.New(-5, 7, nil)
	require.NoError(t, err)
	outside, err := timeline.New(-5, 7, []timeline.Interval{{-9, -5}, {7, 8}})
	require.NoError(t, err)
	for _, l := range []*timeline.Line{empty, outside} {
		assert.Zero(t, l.Len())
		assert.Zero(t, l.Total())
		earliest, ok := l.Earliest(0)
		assert.True(t, ok)
		assert.Equal(t, int64(-5), earliest)
		latest, ok := l.Latest(0)
		assert.True(t, ok)
		assert.Equal(t, int64(7), latest)
		_, ok = l.Earliest(1)
		assert.False(t, ok)
	}
	var zero timeline.Line
	assert.True(t, zero.Answers(0))
	assert.False(t, zero.Answers(1))
	assert.False(t, zero.Open(0))
	assert.Zero(t, zero.F(3))
}

func TestErrOrder(t *testing.T) {
	for _, c := range []struct {
		why         string
		from, until int64
		open        []timeline.Interval
	}{
		{"the line ends before it begins", 1, 0, nil},
		{"an empty interval", 0, 9, []timeline.Interval{{3, 3}}},
		{"an inverted interval", 0, 9, []timeline.Interval{{4, 3}}},
		{"intervals that overlap", 0, 9, []timeline.Interval{{1, 4}, {3, 6}}},
		{"intervals that descend", 0, 9, []timeline.Interval{{5, 6}, {1, 2}}},
		{"out of order outside the line, where it is cut off anyway", 0, 9, []timeline.Interval{{20, 30}, {12, 14}}},
		{"the same interval twice", 0, 9, []timeline.Interval{{1, 4}, {1, 4}}},
	} {
		t.Run(c.why, func(t *testing.T) {
			l, err := timeline.New(c.from, c.until, c.open)
			assert.Nil(t, l)
			assert.ErrorIs(t, err, timeline.ErrOrder)
		})
	}
}

// The ends of 64 bits: nothing wraps around that a caller can ask for.
func TestFarInstants(t *testing.T) {
	l, err := timeline.New(0, 100, []timeline.Interval{{10, 20}})
	require.NoError(t, err)
	assert.Equal(t, int64(0), l.F(math.MinInt64))
	assert.Equal(t, int64(10), l.F(math.MaxInt64))
	for _, x := range []int64{math.MinInt64, math.MaxInt64} {
		_, ok := l.Earliest(x)
		assert.False(t, ok)
		_, ok = l.Latest(x)
		assert.False(t, ok)
		assert.False(t, l.Open(x))
	}
}

// The list that New was given is the caller's to change.
func TestLineDoesNotKeepTheList(t *testing.T) {
	open := []timeline.Interval{{10, 20}}
	l, err := timeline.New(0, 100, open)
	require.NoError(t, err)
	open[0] = timeline.Interval{Start: 0, End: 100}
	assert.Equal(t, int64(10), l.Total())
}

func TestQuestionsDoNotAllocate(t *testing.T) {
	l, err := timeline.New(0, 100, []timeline.Interval{{10, 20}, {50, 60}})
	require.NoError(t, err)
	assert.Zero(t, testing.AllocsPerRun(100, func() {
		l.F(55)
		l.Earliest(11)
		l.Latest(11)
		l.Open(12)
		l.StartedBy(12)
	}))
}

// What two lines make together is open where the scans say.
func TestSetsAgreeWithAScan(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := drawScan(t), drawScan(t)
		from, until := max(a.from, b.from), min(a.until, b.until)
		if until < from {
			return
		}
		for _, set := range []struct {
			name string
			make func(*timeline.Builder, *timeline.Line, *timeline.Line)
			open func(a, b bool) bool
		}{
			{"union", timeline.Union, func(a, b bool) bool { return a || b }},
			{"intersection", timeline.Intersection, func(a, b bool) bool { return a && b }},
			{"difference", timeline.Difference, func(a, b bool) bool { return a && !b }},
		} {
			out := timeline.NewBuilder(from, until, 0)
			set.make(out, a.line(t), b.line(t))
			l, err := out.Line()
			require.NoError(t, err)
			for at := from; at < until; at++ {
				require.Equal(t, set.open(a.isOpen(at), b.isOpen(at)), l.Open(at), "%s at %d", set.name, at)
			}
		}
	})
}

// A line too long for 32 bits answers as a short one of the same shape.
func TestLongLines(t *testing.T) {
	const scale = 1 << 30
	rapid.Check(t, func(t *rapid.T) {
		s := drawScan(t)
		short := s.line(t)
		var open []timeline.Interval
		for _, v := range s.open {
			open = append(open, timeline.Interval{Start: v.Start * scale, End: v.End * scale})
		}
		long, err := timeline.New(s.from*scale, s.until*scale, open)
		require.NoError(t, err)
		require.Equal(t, short.Len(), long.Len())
		require.Equal(t, short.Total()*scale, long.Total())
		for i := range short.Len() {
			require.Equal(t, timeline.Interval{Start: short.At(i).Start * scale, End: short.At(i).End * scale}, long.At(i))
		}
		for at := s.from - 2; at <= s.until+2; at++ {
			require.Equal(t, short.F(at)*scale, long.F(at*scale), "F(%d)", at)
			require.Equal(t, short.Open(at), long.Open(at*scale+scale/2), "Open(%d)", at)
			require.Equal(t, short.StartedBy(at), long.StartedBy(at*scale), "StartedBy(%d)", at)
		}
		for x := int64(-1); x <= short.Total()+1; x++ {
			want, ok := short.Earliest(x)
			got, okLong := long.Earliest(x * scale)
			require.Equal(t, ok, okLong)
			require.Equal(t, want*scale, got, "Earliest(%d)", x)
			want, ok = short.Latest(x)
			got, okLong = long.Latest(x * scale)
			require.Equal(t, ok, okLong)
			require.Equal(t, want*scale, got, "Latest(%d)", x)
		}
	})
}

// Many intervals close together and none elsewhere: one cell of the directories
// holds them all, and they are found all the same.
func TestCrowdedLines(t *testing.T) {
	var s scan
	s.until = 100_000
	for at := int64(50_000); at < 51_000; at += 2 {
		s.open = append(s.open, timeline.Interval{Start: at, End: at + 1})
	}
	l := s.line(t)
	for i := range int64(500) {
		at := 50_000 + 2*i
		require.Equal(t, i, l.F(at))
		require.Equal(t, i+1, l.F(at+1))
		require.True(t, l.Open(at))
		require.False(t, l.Open(at+1))
		got, ok := l.Earliest(i + 1)
		require.True(t, ok)
		require.Equal(t, at+1, got)
		got, ok = l.Latest(i)
		require.True(t, ok)
		require.Equal(t, at, got)
	}
}
