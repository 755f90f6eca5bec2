package timeline_test

import (
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/cfd16870/contract/internal/timeline"
)

// A cursor answers as its line does, wherever it is: asked of instants and of open times
// in any order, near each other and far apart, in parts of a unit too.
func TestCursorAgreesWithItsLine(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := scan{from: rapid.Int64Range(-40, 10).Draw(t, "from")}
		at := s.from - rapid.Int64Range(0, 12).Draw(t, "lead")
		for range rapid.IntRange(0, 40).Draw(t, "intervals") {
			at += rapid.SampledFrom([]int64{0, 1, 7, 300}).Draw(t, "gap")
			end := at + rapid.Int64Range(1, 20).Draw(t, "open")
			s.open = append(s.open, timeline.Interval{Start: at, End: end})
			at = end
		}
		s.until = max(s.from, at+rapid.SampledFrom([]int64{-5, 0, 5}).Draw(t, "rest"))
		l := s.line(t)
		require.True(t, l.HasCursor())
		c := l.Cursor()
		const unit = 1000
		for range rapid.IntRange(1, 30).Draw(t, "questions") {
			if rapid.Bool().Draw(t, "of open time") {
				x := rapid.Int64Range(-1, l.Total()+1).Draw(t, "x")
				want, ok := l.Latest(x)
				got, gotOK := c.Within(x)
				require.Equal(t, ok && x < l.Total(), gotOK, "Within(%d)", x)
				if gotOK {
					require.Equal(t, want, got, "Within(%d)", x)
				}
				want, ok = l.Earliest(x)
				got, gotOK = c.Earliest(x)
				require.Equal(t, ok && x > 0, gotOK, "Earliest(%d)", x)
				if gotOK {
					require.Equal(t, want, got, "Earliest(%d)", x)
				}
				continue
			}
			at := rapid.Int64Range(s.from, s.until).Draw(t, "at")
			parts := rapid.SampledFrom([]int64{0, 1, unit - 1}).Draw(t, "parts")
			before, open := l.Look(at)
			want := before * unit
			if open {
				want += parts
			}
			require.Equal(t, want, c.Before(at, parts, unit), "Before(%d, %d)", at, parts)
		}
	})
}

func TestLinesWithoutCursor(t *testing.T) {
	var zero timeline.Line
	require.False(t, zero.HasCursor())
	long, err := timeline.New(0, 1<<40, []timeline.Interval{{Start: 1, End: 1 << 39}})
	require.NoError(t, err)
	require.False(t, long.HasCursor())
}
