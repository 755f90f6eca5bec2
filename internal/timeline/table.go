package timeline

import (
	"math/bits"

	"github.com/cfd16870/contract/internal/effort"
)

// An offset is time since the beginning of a line. 32 bits hold 136 years of
// seconds, in half the memory of 64: what a question reads stays in the cache.
type offset interface{ uint32 | uint64 }

// A mark is the start of an interval and the open time before it. The interval
// is as long as the open time up to the next mark.
type mark[N offset] struct{ start, before N }

// A table is the marks of a line between two that stand for its ends: an
// interval of no length at its beginning, and one that starts after its end. So
// every instant has a mark at or before it and one after it.
//
// A directory divides an axis into cells of a power of two and holds, for each,
// the last mark at or before its beginning: of byTime by start, of byOpen by
// before. There are about as many cells as marks, so that few marks lie in one.
type table[N offset] struct {
	marks                []mark[N]
	byTime, byOpen       []uint32
	timeShift, openShift uint8
}

// newTable makes the table of marks whose first stands for the beginning.
func newTable[N offset](marks []mark[N], length, total N) table[N] {
	marks = append(marks, mark[N]{length + 1, total})
	t := table[N]{marks: marks}
	t.timeShift = shiftFor(uint64(length), len(marks))
	t.openShift = shiftFor(uint64(total), len(marks)) + 1 // half as many: less memory for little time
	cells := int(uint64(length)>>t.timeShift) + 2
	both := make([]uint32, cells+int(uint64(total)>>t.openShift)+2)
	t.byTime, t.byOpen = both[:cells:cells], both[cells:]
	// Each mark but the last into the first cell that begins at or after it, the later
	// of two over the earlier; then the cells without one get that of the cell before.
	// Marks ascend in both, and no branch depends on them.
	roundTime, roundOpen := uint64(1)<<t.timeShift-1, uint64(1)<<t.openShift-1
	for i, m := range marks[:len(marks)-1] {
		t.byTime[(uint64(m.start)+roundTime)>>t.timeShift] = uint32(i)
		t.byOpen[(uint64(m.before)+roundOpen)>>t.openShift] = uint32(i)
	}
	fill(t.byTime)
	fill(t.byOpen)
	return t
}

// fill gives each cell the greatest value of those up to it.
func fill(cells []uint32) {
	var last uint32
	for i, c := range cells {
		last = max(last, c)
		cells[i] = last
	}
}

// shiftFor is the least width of a cell, as a power of two, with which an axis
// has no more cells than there are marks.
func shiftFor(length uint64, marks int) uint8 {
	shift := bits.Len64(length / uint64(marks))
	return uint8(shift)
}

// few is how many marks of a cell are looked at one by one; of more, half are
// left out at a time, so that no question takes more steps than bits.
const few = 8

// started returns the last mark that starts at or before x.
func (t *table[N]) started(x N) int {
	c := uint64(x) >> t.timeShift
	i, last := int(t.byTime[c]), int(t.byTime[c+1])
	for last-i > few {
		effort.Take()
		if mid := int(uint(i+last) >> 1); t.marks[mid].start <= x {
			i = mid
		} else {
			last = mid - 1
		}
	}
	marks := t.marks
	for i+1 < len(marks) && marks[i+1].start <= x {
		effort.Take()
		i++
	}
	return i
}

// holding returns the mark of the interval in which the open time goes from x to
// x+1; x is below the total.
func (t *table[N]) holding(x N) int {
	c := uint64(x) >> t.openShift
	i, last := int(t.byOpen[c]), int(t.byOpen[c+1])
	for last-i > few {
		effort.Take()
		if mid := int(uint(i+last) >> 1); t.marks[mid].before <= x {
			i = mid
		} else {
			last = mid - 1
		}
	}
	marks := t.marks
	for i+1 < len(marks) && marks[i+1].before <= x {
		effort.Take()
		i++
	}
	return i
}

// look returns the open time before x and whether x is open; x is before the end.
func (t *table[N]) look(x N) (before int64, open bool) {
	i := t.started(x)
	m, next := t.marks[i], t.marks[i+1]
	into, length := x-m.start, next.before-m.before
	return int64(m.before + min(into, length)), into < length
}

// at returns the instant in an interval with the open time x before it.
func (t *table[N]) at(x N) int64 {
	m := t.marks[t.holding(x)]
	return int64(m.start + (x - m.before))
}

func (t *table[N]) len() int { return max(len(t.marks)-2, 0) }

func (t *table[N]) startedBy(x N) int { return t.started(x) }

func (t *table[N]) interval(i int) (start, length int64) {
	m := t.marks[i+1]
	return int64(m.start), int64(t.marks[i+2].before - m.before)
}
