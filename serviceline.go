package contract

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"time"

	"github.com/cfd16870/contract/internal/timeline"
)

// A serviceLine is the service hours of some days compiled to absolute
// instants, in seconds since 1970: zone, holidays and agreements are folded in,
// so that a question needs no civil conversion. Its inside is nobody else's
// business, so that it can become faster without anyone noticing.
type serviceLine struct {
	days        Period
	open        *timeline.Line
	from, until int64   // the instants for which the line answers, both included
	closes      []int32 // end of the last window that starts on the day, in seconds from its 00:00 read as UTC; none: noWindow
}

const noWindow = math.MinInt32

// lineKey tells one compiled line from another: everything that it is made of
// but the calendar, in which the memo lives.
type lineKey string

// An hoursRule is the hours of one version, read: what windows a day has.
type hoursRule struct {
	clause   HoursClause
	seasons  []season
	week     weekRule
	weekAt   string      // where the week stands: /week, or that of a season
	makeup   int         // place in the week of the day that a make-up day is as; -1: none
	own      []dayWindow // of make-up days with their own hours
	agreed   map[Date][]dayWindow
	dates    []Date // of agreed, ascending
	calendar *Calendar
	source   source
}

// windowsOn returns the windows that start on d, in the precedence of a date:
// hours agreed for it, make-up day, holiday, weekday.
func (h *hoursRule) windowsOn(d Date) []dayWindow {
	if spans, ok := h.agreed[d]; ok {
		return spans
	}
	return h.on(d).windowsOf(h.calendar.day(d).Kind, weekdayIndex(d.Weekday()))
}

// windowsOf returns the windows of a day of a kind outside seasons, without hours
// agreed for it.
func (h *hoursRule) windowsOf(kind DayKind, weekday int) []dayWindow {
	switch kind {
	case DayMakeup:
		if h.makeup < 0 {
			return h.own
		}
		return h.week[h.makeup]
	case DayHoliday:
		if h.clause.Holidays != HolidaysOpen {
			return nil
		}
	case DayRest:
		if h.clause.Holidays == HolidaysClosed {
			return nil
		}
	}
	return h.week[weekday]
}

// A dayWalk goes through the days of a period in which no season changes and gives
// the windows that start on each. It is windowsOn for many days: what the calendar and
// the agreements name is read along with them, not looked up day by day.
type dayWalk struct {
	rule    *hoursRule
	day     Date
	weekday int
	named   []namedDay
	agreed  []Date
}

func (h *hoursRule) walk(p Period) dayWalk {
	named := h.calendar.named
	k, _ := slices.BinarySearchFunc(named, p.From, func(n namedDay, d Date) int { return n.day.Compare(d) })
	a, _ := slices.BinarySearchFunc(h.dates, p.From, Date.Compare)
	return dayWalk{h, p.From, weekdayIndex(p.From.Weekday()), named[k:], h.dates[a:]}
}

// next returns the windows of the day, and goes on to the next.
func (w *dayWalk) next() []dayWindow {
	windows := w.rule.week[w.weekday]
	if len(w.named) > 0 && w.named[0].day == w.day {
		windows = w.rule.windowsOf(w.named[0].kind, w.weekday)
		w.named = w.named[1:]
	}
	if len(w.agreed) > 0 && w.agreed[0] == w.day {
		windows = w.rule.agreed[w.day]
		w.agreed = w.agreed[1:]
	}
	w.day.n++
	if w.weekday++; w.weekday == 7 {
		w.weekday = 0
	}
	return windows
}

// count is at least the number of windows that start in such a period, and hardly more.
func (h *hoursRule) count(p Period) (n int) {
	for w, windows := range h.week {
		days := p.Days() - (w-weekdayIndex(p.From.Weekday())+7)%7
		n += (max(days, 0) + 6) / 7 * len(windows)
	}
	k, _ := slices.BinarySearchFunc(h.calendar.named, p.From, func(n namedDay, d Date) int { return n.day.Compare(d) })
	for ; k < len(h.calendar.named) && h.calendar.named[k].day.Before(p.Until); k++ {
		w := weekdayIndex(h.calendar.named[k].day.Weekday())
		n += len(h.windowsOf(h.calendar.named[k].kind, w)) - len(h.week[w])
	}
	for _, windows := range h.agreed {
		n += len(windows)
	}
	return max(n, 0)
}

// overnight reports whether a window of any kind of day ends after its own day.
func (h *hoursRule) overnight() bool {
	late := func(s dayWindow) bool { return s.to > dayLength }
	if slices.ContainsFunc(h.own, late) {
		return true
	}
	for rule := range h.every() {
		if rule.week.overnight() {
			return true
		}
	}
	for _, spans := range h.agreed {
		if slices.ContainsFunc(spans, late) {
			return true
		}
	}
	return false
}

// lineOf returns the compiled line of the parts, from the memo of their
// calendar where they have one calendar.
func lineOf(zone *time.Location, parts versions[*hoursRule], provisional bool) (*serviceLine, error) {
	days := reachOf(parts, provisional)
	if !days.IsValid() {
		return nil, fmt.Errorf("the calendars have no day in common: %w", ErrInvalid)
	}
	clock := newZoneTable(zone, days.From.local(), days.Until.local())
	cal := parts[0].rule.calendar
	for _, p := range parts[1:] {
		if p.rule.calendar != cal {
			return newServiceLine(zone, clock, parts, days)
		}
	}
	key := keyOf(zone, clock, parts, days)
	cal.memo.Lock()
	defer cal.memo.Unlock()
	if line, ok := cal.memo.lines[key]; ok {
		return line, nil
	}
	line, err := newServiceLine(zone, clock, parts, days)
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

func keyOf(zone *time.Location, clock zoneTable, parts versions[*hoursRule], days Period) lineKey {
	// The zone by its offsets too: two that a program made may have one name.
	b := append(make([]byte, 0, 256), zone.String()...)
	number := func(n int64) { b = append(strconv.AppendInt(b, n, 36), ' ') }
	windows := func(list []dayWindow) {
		for _, w := range list {
			number(int64(w.from))
			number(int64(w.to))
		}
		b = append(b, ';')
	}
	b = append(b, '|')
	for i, at := range clock.at {
		number(at)
		number(clock.offset[i])
	}
	number(int64(days.From.n))
	number(int64(days.Until.n))
	for _, p := range parts {
		h := p.rule
		b = append(b, '|')
		number(int64(p.from.n))
		for rule := range h.every() {
			for _, spans := range rule.week {
				windows(spans)
			}
		}
		for _, s := range h.seasons {
			b = s.appendTo(b)
		}
		windows(h.own)
		b = append(b, h.clause.Holidays...)
		number(int64(h.makeup))
		for _, d := range h.dates {
			number(int64(d.n))
			windows(h.agreed[d])
		}
	}
	return lineKey(b)
}

// lineYears are the years for which hours are computed: lengths of time are
// nanoseconds in 64 bits, which hold 292 years.
var lineYears = Period{civil(1700, time.January, 1), civil(2250, time.January, 1)}

func newServiceLine(zone *time.Location, clock zoneTable, parts versions[*hoursRule], days Period) (*serviceLine, error) {
	if days.From.Before(lineYears.From) || days.Until.After(lineYears.Until) {
		return nil, fmt.Errorf("the days %v; hours are computed for %v: %w", days, lineYears, ErrLimit)
	}
	// The windows of the day before the first are not known; where one could run
	// into the first day, the line begins a day later.
	first := days.From
	if slices.ContainsFunc(parts, func(p version[*hoursRule]) bool { return p.rule.overnight() }) {
		if days.Days() < 2 {
			return nil, fmt.Errorf("the days %v are too few for windows across midnight: %w", days, ErrInvalid)
		}
		first = first.AddDays(1)
	}
	l := &serviceLine{days: days, closes: make([]int32, days.Days())}
	l.from, _ = clock.first(first.local(), 0)
	l.until, _ = clock.first(days.Until.local(), 0)
	windows := 0
	for rule, in := range hoursWithin(parts, days) {
		windows += rule.count(in)
	}
	open := timeline.NewBuilder(l.from, l.until, windows)
	for rule, in := range hoursWithin(parts, days) {
		addDays(open, clock, rule.walk(in), in, l.closes[in.From.Sub(days.From):])
	}
	var err error
	l.open, err = open.Line()
	return l, err
}

// addDays adds the windows of the days of a period, and writes when each day closes.
func addDays(open *timeline.Builder, clock zoneTable, walk dayWalk, in Period, closes []int32) {
	entry, calm := 0, int64(math.MinInt64) // the windows of days that begin before calm are instants of the entry
	local := in.From.local()
	for i := range closes[:in.Days()] {
		list := walk.next()
		if len(list) > 0 && local >= calm {
			entry, calm = clock.calm(local, entry)
			calm -= 2 * secondsADay
		}
		last := int32(noWindow)
		if local < calm {
			offset := clock.offset[entry]
			for _, w := range list {
				open.Add(local-offset+int64(w.from), local-offset+int64(w.to))
				last = w.to - int32(offset) // windows of a day ascend
			}
		} else { // a change of clocks may lie within the windows
			for _, w := range list {
				from, _ := clock.first(local+int64(w.from), entry)
				to, _ := clock.first(local+int64(w.to), entry)
				if to > from { // a window that a change of clocks swallows whole is none
					open.Add(from, to)
				}
				last = max(last, int32(to-local))
			}
		}
		closes[i] = last
		local += secondsADay
	}
}

// dayIndex returns the place of d in the line.
func (l *serviceLine) dayIndex(d Date) (int, bool) {
	return d.Sub(l.days.From), l.days.Contains(d)
}
