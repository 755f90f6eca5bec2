// Package timeline is one non-decreasing function on a line of instants and its
// inverse: F(t), the open time before t. Adding d of open time to t is
// F⁻¹(F(t)+d), open time between a and b is F(b)−F(a).
//
// Instants and lengths are int64 in one unit, which is the caller's to choose.
// Inside are running sums with two directories, by time and by open time, that
// lead to the right place in one look; no question allocates.
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
	total       int64
	near        table[uint32]
	far         *table[uint64] // of a line too long for 32 bits; else nil
}

// ErrOrder says that intervals are empty, inverted, or not in ascending order.
var ErrOrder = errors.New("intervals out of order")

// New makes the line of the given intervals, which ascend and do not overlap,
// seen from one instant to another. Intervals that touch are joined; what lies
// outside from and until is cut off.
func New(from, until int64, open []Interval) (*Line, error) {
	b := NewBuilder(from, until, len(open))
	last := int64(-1 << 63)
	for _, v := range open {
		if v.Start < last {
			return nil, fmt.Errorf("[%d, %d) after %d: %w", v.Start, v.End, last, ErrOrder)
		}
		last = v.End
		b.Add(v.Start, v.End)
	}
	return b.Line()
}

// A Builder makes a Line of one interval after another. It is for one line.
type Builder struct {
	from, until int64
	last        int64 // start of the interval added last
	begun, end  int64 // the interval that may still grow; empty: none
	total       int64
	near        []mark[uint32]
	far         []mark[uint64]
	long        bool
	err         error
}

// NewBuilder begins a line from one instant to another, of about so many intervals.
func NewBuilder(from, until int64, intervals int) *Builder {
	b := &Builder{from: from, until: until, last: -1 << 63, begun: from, end: from}
	if until < from {
		b.err = fmt.Errorf("the line ends at %d, before it begins at %d: %w", until, from, ErrOrder)
		return b
	}
	b.long = uint64(until)-uint64(from) >= 1<<32-1
	if b.long {
		b.far = make([]mark[uint64], 1, intervals+2)
	} else {
		b.near = make([]mark[uint32], 1, intervals+2)
	}
	return b
}

// Add adds an interval that starts no earlier than those before it. What
// overlaps or touches is joined; what lies outside the line is cut off.
func (b *Builder) Add(start, end int64) {
	if b.err != nil {
		return
	}
	if end <= start || start < b.last {
		b.err = fmt.Errorf("[%d, %d) after %d: %w", start, end, b.last, ErrOrder)
		return
	}
	b.last = start
	if start > b.end && end < b.until { // the plain case: apart from the one before
		b.flush()
		b.begun, b.end = start, end
		return
	}
	if start = max(start, b.from); start < b.end {
		b.end = max(b.end, min(end, b.until))
		return
	}
	if end = min(end, b.until); end <= start {
		return
	}
	if start == b.end && b.begun < b.end {
		b.end = end
		return
	}
	b.flush()
	b.begun, b.end = start, end
}

// flush writes the interval that no longer grows.
func (b *Builder) flush() {
	if b.begun >= b.end {
		return
	}
	if b.long {
		b.far = append(b.far, mark[uint64]{uint64(b.begun - b.from), uint64(b.total)})
	} else {
		b.near = append(b.near, mark[uint32]{uint32(b.begun - b.from), uint32(b.total)})
	}
	b.total += b.end - b.begun
}

// Line is the line of what was added.
func (b *Builder) Line() (*Line, error) {
	b.flush()
	if b.err != nil {
		return nil, b.err
	}
	l := &Line{from: b.from, until: b.until, total: b.total}
	if b.long {
		far := newTable(b.far, uint64(b.until-b.from), uint64(b.total))
		l.far = &far
	} else {
		l.near = newTable(b.near, uint32(b.until-b.from), uint32(b.total))
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
func (l *Line) Len() int {
	if l.far != nil {
		return l.far.len()
	}
	return l.near.len()
}

// At returns the i-th open interval, from 0.
func (l *Line) At(i int) Interval {
	var start, length int64
	if l.far != nil {
		start, length = l.far.interval(i)
	} else {
		start, length = l.near.interval(i)
	}
	return Interval{l.from + start, l.from + start + length}
}

// StartedBy returns how many intervals start at or before t.
func (l *Line) StartedBy(t int64) int {
	switch {
	case t < l.from || l.total == 0:
		return 0
	case l.far != nil:
		return l.far.startedBy(uint64(min(t, l.until) - l.from))
	}
	return l.near.startedBy(uint32(min(t, l.until) - l.from))
}

// F returns the open time before t. An instant outside the line counts as its
// nearer end.
func (l *Line) F(t int64) int64 {
	before, _ := l.Look(t)
	return before
}

// Open reports whether t lies in an interval.
func (l *Line) Open(t int64) bool {
	_, open := l.Look(t)
	return open
}

// Look returns F(t) and Open(t) at once.
func (l *Line) Look(t int64) (before int64, open bool) {
	switch {
	case t < l.from || l.total == 0:
		return 0, false
	case t >= l.until:
		return l.total, false
	case l.far != nil:
		return l.far.look(uint64(t - l.from))
	}
	return l.near.look(uint32(t - l.from))
}

// Earliest returns the earliest instant t with F(t) = x, so that time used up at
// the end of an interval ends there. ok is false if the line does not hold x.
// For x = 0 that is the beginning of the line.
func (l *Line) Earliest(x int64) (t int64, ok bool) {
	switch {
	case x < 0 || x > l.total:
		return 0, false
	case x == 0:
		return l.from, true
	}
	if l.far != nil {
		return l.from + l.far.at(uint64(x-1)) + 1, true
	}
	return l.from + l.near.at(uint32(x-1)) + 1, true
}

// Latest returns the latest instant t with F(t) = x: the mirror of Earliest. For
// x = Total that is the end of the line.
func (l *Line) Latest(x int64) (t int64, ok bool) {
	switch {
	case x < 0 || x > l.total:
		return 0, false
	case x == l.total:
		return l.until, true
	}
	if l.far != nil {
		return l.from + l.far.at(uint64(x)), true
	}
	return l.from + l.near.at(uint32(x)), true
}
