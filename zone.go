package contract

import (
	"fmt"
	"time"

	"github.com/cfd16870/contract/internal/effort"
)

// One rule turns a reading of a local clock into an instant, everywhere in this
// library: the first instant at which the local clock shows that time or later.
// A time that a change of clocks skips is the instant of the change; a time
// that comes twice is its first. (time.Date resolves a skipped time by zone,
// and puts São Paulo's 2018-11-04 00:00 on the day before.)

// loadZone finds a zone of the tz database by its name. "" and "Local" are
// refused: they would make an answer depend on the machine.
func loadZone(name string) (*time.Location, error) {
	switch name {
	case "":
		return nil, fmt.Errorf("the zone is not stated; write one of the tz database, such as Asia/Shanghai: %w", ErrRequired)
	case "Local":
		return nil, fmt.Errorf(`"Local" is another zone on every machine; write one of the tz database, such as Asia/Shanghai: %w`, ErrInvalid)
	}
	loc, err := time.LoadLocation(name)
	if err != nil {
		return nil, fmt.Errorf("no zone %q in the tz database (a program on a system without one imports time/tzdata): %w", clip(name), ErrUnknown)
	}
	return loc, nil
}

// mostOffset is more than any zone was ever from UTC, in seconds.
const mostOffset = 26 * 3600

// stretchAt returns the offset in force at t and the instant at which it ends,
// both in seconds; the end is the largest number where none is known.
func stretchAt(loc *time.Location, t int64) (offset, end int64) {
	at := time.Unix(t, 0).In(loc)
	_, off := at.Zone()
	_, until := at.ZoneBounds()
	switch {
	case until.IsZero():
		return int64(off), 1<<63 - 1
	case until.Unix() <= t:
		// Past the table of a zone with clock changes ZoneBounds may return an end
		// that is not after the instant, on 31 December of leap years from 2040. The
		// offset is right; an hour on, so is the end.
		return int64(off), t + 3600
	}
	return int64(off), until.Unix()
}

// firstInstant applies the rule: local is the reading of the clock in seconds
// since 1970-01-01 00:00, as if it were UTC.
func firstInstant(loc *time.Location, local int64) int64 {
	for t := local - mostOffset; ; {
		effort.Take()
		offset, end := stretchAt(loc, t)
		if at := max(t, local-offset); at < end {
			return at
		}
		t = end
	}
}

// A zoneTable is the offsets of a zone over some time: what firstInstant looks
// up, looked up once. Entry i holds from at[i] until at[i+1].
type zoneTable struct {
	at     []int64
	offset []int64
}

// newZoneTable reads the offsets from one instant to another.
func newZoneTable(loc *time.Location, from, to int64) zoneTable {
	var z zoneTable
	for t := from - mostOffset; t <= to+mostOffset; {
		effort.Take()
		offset, end := stretchAt(loc, t)
		if n := len(z.offset); n == 0 || z.offset[n-1] != offset {
			z.at = append(z.at, t)
			z.offset = append(z.offset, offset)
		}
		if end == 1<<63-1 {
			break
		}
		t = end
	}
	return z
}

// first is firstInstant within the table, from entry i on; it returns the entry
// in which the instant lies, where the search for a later reading may begin.
func (z zoneTable) first(local int64, i int) (int64, int) {
	for ; ; i++ {
		effort.Take()
		at := max(z.at[i], local-z.offset[i])
		if i+1 == len(z.at) || at < z.at[i+1] {
			return at, i
		}
	}
}

// calm returns the entry, from i on, in which the instant of a reading lies, and
// the reading up to which all from there on are instants of that entry: each is
// the reading less the offset. It is no later than the reading if the entry
// begins by skipping it.
func (z zoneTable) calm(local int64, i int) (entry int, until int64) {
	_, i = z.first(local, i)
	switch {
	case local-z.offset[i] < z.at[i]:
		return i, local
	case i+1 == len(z.at):
		return i, 1<<63 - 1
	}
	return i, z.at[i+1] + z.offset[i]
}
