package contract

import (
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"
	"time"

	"github.com/cfd16870/contract/internal/timeline"
)

// A serviceLine is the service hours of some days compiled to absolute
// instants, in nanoseconds since 1970: zone, holidays and agreements are folded
// in, so that a question needs no civil conversion. Its inside is nobody
// else's business, so that it can become faster without anyone noticing.
type serviceLine struct {
	days   Period
	open   *timeline.Line
	known  [2]time.Time // from, until: the instants for which the line answers
	closes []int64      // end of the last window that starts on the day; none: noWindow
}

const noWindow = math.MinInt64

// lineKey tells one compiled line from another: everything that it is made of
// but the calendar, in which the memo lives.
type lineKey string

// An hoursRule is the hours of one version, read: what windows a day has.
type hoursRule struct {
	clause   HoursClause
	week     weekRule
	makeup   int // place in the week of the day that a make-up day is as; -1: closed
	agreed   map[Date][]dayWindow
	calendar *Calendar
	source   source
}

// windowsOn returns the windows that start on d, in the precedence of a date:
// hours agreed for it, make-up day, holiday, weekday.
func (h *hoursRule) windowsOn(d Date) []dayWindow {
	if spans, ok := h.agreed[d]; ok {
		return spans
	}
	weekday := h.week[weekdayIndex(d.Weekday())]
	switch h.calendar.day(d).Kind {
	case DayMakeup:
		if h.makeup < 0 {
			return nil
		}
		return h.week[h.makeup]
	case DayHoliday:
		if h.clause.Holidays == HolidaysOpen {
			return weekday
		}
		return nil
	case DayRest:
		if h.clause.Holidays == HolidaysClosed {
			return nil
		}
	}
	return weekday
}

// overnight reports whether a window of any kind of day ends after its own day.
func (h *hoursRule) overnight() bool {
	if h.week.overnight() {
		return true
	}
	for _, spans := range h.agreed {
		for _, s := range spans {
			if s.to > dayLength {
				return true
			}
		}
	}
	return false
}

// lineOf returns the compiled line of the parts, from the memo of their
// calendar where they have one calendar.
func lineOf(zone *time.Location, parts versions[*hoursRule], provisional bool) (*serviceLine, error) {
	cal := parts[0].rule.calendar
	for _, p := range parts[1:] {
		if p.rule.calendar != cal {
			return newServiceLine(zone, parts, reachOf(parts, provisional))
		}
	}
	key := keyOf(zone, parts, cal.reach(provisional))
	cal.memo.Lock()
	defer cal.memo.Unlock()
	if line, ok := cal.memo.lines[key]; ok {
		return line, nil
	}
	line, err := newServiceLine(zone, parts, cal.reach(provisional))
	if err != nil {
		return nil, err
	}
	if len(cal.memo.lines) >= mostLines {
		clear(cal.memo.lines) // those in use are held by their schedules
	}
	cal.memo.lines[key] = line
	return line, nil
}

// mostLines bounds the memo of a calendar: a line of twenty years takes some
// hundred kilobytes.
const mostLines = 256

func keyOf(zone *time.Location, parts versions[*hoursRule], days Period) lineKey {
	var b strings.Builder
	// The zone by its offsets too: two that a program made may have one name.
	z := newZoneTable(zone, days.From.local(), days.Until.local())
	fmt.Fprintf(&b, "%s|%v|%v|%v", zone, z.at, z.offset, days)
	for _, p := range parts {
		h := p.rule
		fmt.Fprintf(&b, "|%v %s; %s; %d", p.from, h.week.value().Text, h.clause.Holidays, h.makeup)
		for _, d := range slices.SortedFunc(maps.Keys(h.agreed), Date.Compare) {
			fmt.Fprintf(&b, "; %v %v", d, h.agreed[d])
		}
	}
	return lineKey(b.String())
}

// Instants are nanoseconds since 1970 in 64 bits, which hold the years 1678 to
// 2262; a line keeps clear of both ends.
var lineYears = Period{civil(1700, time.January, 1), civil(2250, time.January, 1)}

func newServiceLine(zone *time.Location, parts versions[*hoursRule], days Period) (*serviceLine, error) {
	if !days.IsValid() {
		return nil, fmt.Errorf("the calendars have no day in common: %w", ErrInvalid)
	}
	if days.From.Before(lineYears.From) || days.Until.After(lineYears.Until) {
		return nil, fmt.Errorf("the days %v; hours are computed for %v: %w", days, lineYears, ErrLimit)
	}
	n := days.Days()
	l := &serviceLine{days: days, closes: make([]int64, n)}
	zt := newZoneTable(zone, days.From.local(), days.Until.local())
	entry := 0
	instant := func(local int64) int64 {
		at, _ := zt.first(local, entry)
		return at * int64(time.Second)
	}
	open := make([]timeline.Interval, 0, 2*n)
	overnight := false
	for i := range n {
		d := days.From.AddDays(i)
		_, entry = zt.first(d.local(), entry)
		l.closes[i] = noWindow
		for _, s := range parts.on(d).windowsOn(d) {
			v := timeline.Interval{Start: instant(d.local() + int64(s.from)), End: instant(d.local() + int64(s.to))}
			if v.End > v.Start { // a window that a change of clocks swallows whole is none
				open = append(open, v)
			}
			l.closes[i] = max(l.closes[i], v.End)
			overnight = overnight || s.to > dayLength
		}
	}
	until := instant(days.Until.local())
	if overnight {
		open = merged(open)
	}
	// The windows of the day before the first are not known; where one could run
	// into the first day, the line begins a day later.
	first := days.From
	if slices.ContainsFunc(parts, func(p version[*hoursRule]) bool { return p.rule.overnight() }) {
		if n < 2 {
			return nil, fmt.Errorf("the days %v are too few for windows across midnight: %w", days, ErrInvalid)
		}
		first = first.AddDays(1)
	}
	from := firstInstant(zone, first.local()) * int64(time.Second)
	line, err := timeline.New(from, until, open)
	if err != nil {
		return nil, err
	}
	l.open = line
	l.known = [2]time.Time{time.Unix(0, from).In(zone), time.Unix(0, until).In(zone)}
	return l, nil
}

// merged joins intervals that overlap: a window of one day that runs into an
// agreed window or a make-up day's of the next.
func merged(list []timeline.Interval) []timeline.Interval {
	slices.SortFunc(list, func(a, b timeline.Interval) int {
		switch {
		case a.Start < b.Start:
			return -1
		case a.Start > b.Start:
			return +1
		}
		return 0
	})
	out := list[:0]
	for _, v := range list {
		if n := len(out); n > 0 && v.Start <= out[n-1].End {
			out[n-1].End = max(out[n-1].End, v.End)
		} else {
			out = append(out, v)
		}
	}
	return out
}

// dayIndex returns the place of d in the line.
func (l *serviceLine) dayIndex(d Date) (int, bool) {
	return d.Sub(l.days.From), l.days.Contains(d)
}
