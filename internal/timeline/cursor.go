package timeline

// A Cursor asks a line of several instants near one another, such as those of one ticket,
// and answers as the line does. To each a directory leads, so that no look waits for the
// one before, and how many marks on it lies is counted without a branch: which it is
// cannot be foretold, and a branch foretold wrong costs as much as all the rest. From
// the mark that was found last it goes back from open time to an instant.
//
// A Cursor is for one ticket.
type Cursor struct {
	table       *table[uint32]
	from, total int64
	at          int // the mark found last
}

// ahead is how many marks are looked at: three after the first, and the next.
const ahead = 5

// HasCursor reports whether a line is short enough for a Cursor: 136 years of seconds.
func (l *Line) HasCursor() bool { return l.far == nil && len(l.near.marks) > 1 }

// Cursor returns a cursor of a line that has one.
func (l *Line) Cursor() Cursor { return Cursor{table: &l.near, from: l.from, total: l.total} }

// Before returns the open time before an instant of the line, which is so many parts
// after t: [Line.Look], where a unit of the line has so many parts as unit says.
func (c *Cursor) Before(t, parts, unit int64) int64 {
	x := uint32(t - c.from)
	i := int(c.table.byTime[x>>c.table.timeShift])
	if rest := c.table.marks[i:]; len(rest) >= ahead {
		few := (*[ahead]mark[uint32])(rest)
		n := one(few[1].start <= x) + one(few[2].start <= x) + one(few[3].start <= x)
		if m, next := few[n&3], few[n&3+1]; x < next.start {
			c.at = i + n
			return m.until(x, next, parts, unit)
		}
	}
	c.at = c.table.started(x)
	return c.table.marks[c.at].until(x, c.table.marks[c.at+1], parts, unit)
}

// until returns the open time up to parts of a unit after x, where no mark lies between
// but m. Of a unit that is open the parts count too; what is more than the interval does
// not.
func (m mark[N]) until(x N, next mark[N], parts, unit int64) int64 {
	into, length := int64(x-m.start)*unit+parts, int64(next.before-m.before)*unit
	return int64(m.before)*unit + min(into, length)
}

// Earliest is [Line.Earliest] of more than no open time.
func (c *Cursor) Earliest(x int64) (t int64, ok bool) {
	t, ok = c.Within(x - 1)
	return t + 1, ok
}

// Within returns the instant with the open time x before it from which the line is
// open: [Line.Latest] of less than Total.
func (c *Cursor) Within(x int64) (t int64, ok bool) {
	if x < 0 || x >= c.total {
		return 0, false
	}
	m := c.holding(uint32(x))
	return c.from + int64(m.start+(uint32(x)-m.before)), true
}

// holding moves to the mark of the interval in which the open time goes from x to x+1.
func (c *Cursor) holding(x uint32) mark[uint32] {
	marks := c.table.marks
	if rest := marks[c.at:]; len(rest) >= ahead {
		few := (*[ahead]mark[uint32])(rest)
		n := one(few[1].before <= x) + one(few[2].before <= x) + one(few[3].before <= x)
		if m := few[n&3]; m.before <= x && x < few[n&3+1].before {
			c.at += n
			return m
		}
	}
	c.at = c.table.holding(x)
	return marks[c.at]
}

// one is 1 for true.
func one(is bool) int {
	if is {
		return 1
	}
	return 0
}
