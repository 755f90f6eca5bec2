// Package timeline is one non-decreasing function on a line of instants and its
// inverse: F(t), the open time before t. Adding d of open time to t is
// F⁻¹(F(t)+d), open time between a and b is F(b)−F(a).
//
// Instants and lengths are int64 in one unit, which is the caller's to choose.
// Inside are running sums and a search; no question allocates.
package timeline

import (
	"errors"
	"fmt"
)

// An Interval is half-open: Start is in it, End is not.
type Interval struct{ Start, End int64 }

// A Line is the open intervals between two instants. It is immutable and safe
// for concurrent use. The zero Line is empty and answers for the instant 0 only.
type Line struct {
	from, until int64
	start, end  []int64
	before      []int64 // open time before each interval
	total       int64
}

// ErrOrder says that intervals are empty, inverted, or not in ascending order.
var ErrOrder = errors.New("intervals out of order")

// New makes the line of the given intervals, which ascend and do not overlap,
// seen from one instant to another. Intervals that touch are joined; what lies
// outside from and until is cut off.
func New(from, until int64, open []Interval) (*Line, error) {
	if until < from {
		return nil, fmt.Errorf("the line ends at %d, before it begins at %d: %w", until, from, ErrOrder)
	}
	l := &Line{from: from, until: until}
	last := int64(-1 << 63)
	for _, v := range open {
		if v.End <= v.Start || v.Start < last {
			return nil, fmt.Errorf("[%d, %d) after %d: %w", v.Start, v.End, last, ErrOrder)
		}
		last = v.End
		s, e := max(v.Start, from), min(v.End, until)
		if s >= e {
			continue
		}
		if n := len(l.end); n > 0 && l.end[n-1] == s {
			l.end[n-1] = e
		} else {
			l.start = append(l.start, s)
			l.end = append(l.end, e)
			l.before = append(l.before, l.total)
		}
		l.total += e - s
	}
	return l, nil
}

// Bounds returns the instants from and until which the line answers, both included.
func (l *Line) Bounds() (from, until int64) { return l.from, l.until }

// Total returns the open time of the whole line.
func (l *Line) Total() int64 { return l.total }

// Answers reports whether t lies on the line, its ends included.
func (l *Line) Answers(t int64) bool { return l.from <= t && t <= l.until }

// Len returns the number of open intervals.
func (l *Line) Len() int { return len(l.start) }

// At returns the i-th open interval, from 0.
func (l *Line) At(i int) Interval { return Interval{l.start[i], l.end[i]} }

// StartedBy returns how many intervals start at or before t.
func (l *Line) StartedBy(t int64) int {
	lo, hi := 0, len(l.start)
	for lo < hi {
		mid := int(uint(lo+hi) >> 1)
		if l.start[mid] <= t {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	return lo
}

// F returns the open time before t. An instant outside the line counts as its
// nearer end.
func (l *Line) F(t int64) int64 {
	i := l.StartedBy(t) - 1
	if i < 0 {
		return 0
	}
	return l.before[i] + min(t, l.end[i]) - l.start[i]
}

// Earliest returns the earliest instant t with F(t) = x, so that time used up at
// the end of an interval ends there. ok is false if the line does not hold x.
// For x = 0 that is the beginning of the line.
func (l *Line) Earliest(x int64) (t int64, ok bool) {
	if x < 0 || x > l.total {
		return 0, false
	}
	if x == 0 {
		return l.from, true
	}
	i := l.holding(x - 1)
	return l.start[i] + x - l.before[i], true
}

// Latest returns the latest instant t with F(t) = x: the mirror of Earliest. For
// x = Total that is the end of the line.
func (l *Line) Latest(x int64) (t int64, ok bool) {
	if x < 0 || x > l.total {
		return 0, false
	}
	if x == l.total {
		return l.until, true
	}
	i := l.holding(x)
	return l.start[i] + x - l.before[i], true
}

// holding returns the interval in which the open time goes from x to x+1; x is
// at least 0 and below the total.
func (l *Line) holding(x int64) int {
	lo, hi := 0, len(l.before)
	for lo < hi {
		mid := int(uint(lo+hi) >> 1)
		if l.before[mid] <= x {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	return lo - 1
}

// Open reports whether t lies in an interval.
func (l *Line) Open(t int64) bool {
	i := l.StartedBy(t) - 1
	return i >= 0 && t < l.end[i]
}
