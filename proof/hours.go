package proof

import (
	"slices"
	"strings"
	"time"
)

// A span is time from from up to, not including, until.
type span struct{ from, until time.Time }

// length returns the time from s.from to s.until. It is for the spans of a few
// days that service hours are made of; see length for any two instants.
func (s span) length() time.Duration { return s.until.Sub(s.from) }

// outside returns the parts of s that lie outside the merged spans, in order.
func (s span) outside(merged []span) []span {
	var parts []span
	for _, m := range merged {
		if !m.until.After(s.from) {
			continue
		}
		if !m.from.Before(s.until) {
			break
		}
		if m.from.After(s.from) {
			parts = append(parts, span{s.from, m.from})
		}
		s.from = m.until
	}
	if s.from.Before(s.until) {
		parts = append(parts, s)
	}
	return parts
}

// merge returns the spans in order, those that touch or overlap as one: time that
// is paused twice is paused.
func merge(spans []span) []span {
	spans = slices.Clone(spans)
	slices.SortFunc(spans, func(a, b span) int { return a.from.Compare(b.from) })
	var merged []span
	for _, s := range spans {
		if n := len(merged); n > 0 && !s.from.After(merged[n-1].until) {
			if s.until.After(merged[n-1].until) {
				merged[n-1].until = s.until
			}
		} else if s.from.Before(s.until) {
			merged = append(merged, s)
		}
	}
	return merged
}

// hours is the service hours of a period; more than one part where versions of
// the terms follow one another.
type hours struct {
	clock  *clock
	period period
	parts  []*hoursPart
	budget *budget
	mix    *mixture // of combined hours, which have no parts
}

type hoursPart struct {
	period   period
	week     week
	holidays string
	makeup   string
	named    map[day]string
	agreed   map[day][]Window
}

// newHours makes the hours of an Hours step.
func newHours(o operands) (answer, error) {
	p := &hoursPart{week: o.week(1), holidays: o.word(2), makeup: o.word(3), period: o.period(4)}
	switch p.holidays {
	case "closed", "open", "closed on statutory days only":
	default:
		return answer{}, failf("has %s for holidays; they are closed, open, or closed on statutory days only", quote(p.holidays))
	}
	if _, ok := asWeekday(p.makeup, "as "); !ok && p.makeup != "closed" && p.makeup != ownHours {
		return answer{}, failf("has %s for make-up days; they are closed, with their own hours, or as a weekday: as mon", quote(p.makeup))
	}
	var err error
	if p.named, p.agreed, err = o.rows(5, p.period); err != nil {
		return answer{}, err
	}
	for d, class := range p.named {
		if _, ok := p.agreed[d]; class == work && p.makeup == ownHours && !ok {
			return answer{}, failf("has make-up days with their own hours, and no hours of %s", earliestOf(p, d))
		}
	}
	h := &hours{clock: o.clock(0), period: p.period, parts: []*hoursPart{p}, budget: o.budget}
	return answer{value: o.steps[4].step.Value, object: h}, nil
}

// ownHours is the word for make-up days whose hours are quoted day by day.
const ownHours = "with their own hours"

// earliestOf returns the first make-up day without hours, so that a fault names the
// same one every time.
func earliestOf(p *hoursPart, d day) day {
	for other, class := range p.named {
		if _, ok := p.agreed[other]; class == work && !ok {
			d = min(d, other)
		}
	}
	return d
}

// asWeekday reads a word such as "as mon", the prefix being "as ".
func asWeekday(word, prefix string) (time.Weekday, bool) {
	name, found := strings.CutPrefix(word, prefix)
	d := slices.Index(weekdayNames[:], name)
	return time.Weekday(d), found && d >= 0
}

// windows returns the windows of d by the precedence of a date.
func (p *hoursPart) windows(d day) []Window {
	if agreed, ok := p.agreed[d]; ok {
		return agreed
	}
	class := p.named[d]
	switch {
	case class == work:
		if as, ok := asWeekday(p.makeup, "as "); ok {
			return p.week[as]
		}
		return nil
	case class == statutory && p.holidays != "open":
		return nil
	case class == rest && p.holidays == "closed":
		return nil
	}
	return p.week[d.weekday()]
}

// nights reports whether any of the windows runs past midnight.
func nights(windows ...Window) bool {
	return slices.ContainsFunc(windows, func(w Window) bool { return w.Until > dayMinutes })
}

// part returns the part of the hours that d falls in.
func (h *hours) part(d day) (*hoursPart, error) {
	if h.mix != nil {
		return nil, failf("asks combined hours for the windows of %s; they have open time only", d)
	}
	if err := h.budget.scan(len(h.parts)); err != nil {
		return nil, err
	}
	for _, p := range h.parts {
		if p.period.contains(d) {
			return p, nil
		}
	}
	return nil, h.period.outside(d)
}

// spans returns the windows of d as instants, in order; those that a change of
// the clock swallows are left out.
func (h *hours) spans(d day, windows []Window) ([]span, error) {
	var spans []span
	for _, w := range windows {
		from, err := h.clock.first(d.at(w.From))
		if err != nil {
			return nil, err
		}
		until, err := h.clock.first(d.at(w.Until))
		if err != nil {
			return nil, err
		}
		if from.Before(until) {
			spans = append(spans, span{from, until})
		}
	}
	return spans, nil
}

// firstDay returns the first day whose windows may be open at t or after it: the
// day that the clock shows at t, or the day before if its windows run past
// midnight. Two days before is never needed: a window ends at 48:00 at most, and
// when the clock shows a day, it has shown the start of that day.
func (h *hours) firstDay(t time.Time) (day, error) {
	d, err := h.clock.day(t)
	if err != nil {
		return 0, err
	}
	p, err := h.part(d)
	if err != nil {
		return 0, err
	}
	before := d - 1
	if !h.period.contains(before) {
		if nights(slices.Concat(p.week[:]...)...) {
			return 0, h.period.outside(before)
		}
		return d, nil
	}
	if p, err = h.part(before); err != nil {
		return 0, err
	}
	if nights(p.windows(before)...) {
		return before, nil
	}
	return d, nil
}

// walk visits the open time from from on, day by day in order, until visit
// returns false or a day starts at end or later; the zero end is none. What two
// windows have in common is visited once. The last span may run past end.
func (h *hours) walk(from, end time.Time, visit func(span) (bool, error)) error {
	if h.mix != nil {
		return h.walkMix(from, end, visit)
	}
	first, err := h.firstDay(from)
	if err != nil {
		return err
	}
	for d := first; ; d++ {
		if err := h.budget.spend(1); err != nil {
			return err
		}
		if d > first && !end.IsZero() {
			start, err := h.clock.first(d.start())
			if err != nil {
				return err
			}
			if !start.Before(end) {
				return nil
			}
		}
		p, err := h.part(d)
		if err != nil {
			return err
		}
		spans, err := h.spans(d, p.windows(d))
		if err != nil {
			return err
		}
		for _, s := range spans {
			if s.from.Before(from) {
				s.from = from
			}
			if !s.from.Before(s.until) {
				continue
			}
			more, err := visit(s)
			if err != nil || !more {
				return err
			}
			from = s.until
		}
	}
}

// service returns the service time from a to b outside the merged spans; it is
// negative where b is before a.
func (h *hours) service(a, b time.Time, paused []span) (time.Duration, error) {
	if b.Before(a) {
		d, err := h.service(b, a, paused)
		return -d, err
	}
	if a.Equal(b) {
		return 0, nil
	}
	var total time.Duration
	err := h.walk(a, b, func(s span) (bool, error) {
		if !s.from.Before(b) {
			return false, nil
		}
		if s.until.After(b) {
			s.until = b
		}
		for _, part := range s.outside(paused) {
			total += part.length()
		}
		return true, h.budget.scan(len(paused))
	})
	return total, err
}

// openTime is the Open step.
func openTime(o operands) (answer, error) {
	d, err := o.hours(2).service(o.instant(0), o.instant(1), merge(o.stretches(3)))
	return answer{value: ElapsedOf(d)}, err
}

// pausedTime is the Paused step: all service time less that outside the stretches.
func pausedTime(o operands) (answer, error) {
	h, a, b := o.hours(2), o.instant(0), o.instant(1)
	all, err := h.service(a, b, nil)
	if err != nil {
		return answer{}, err
	}
	running, err := h.service(a, b, merge(o.stretches(3)))
	return answer{value: ElapsedOf(all - running)}, err
}

// reach is the Reach step.
func reach(o operands) (answer, error) {
	t, left, h, paused := o.instant(0), o.elapsed(1), o.hours(2), merge(o.stretches(3))
	if left < 0 {
		return answer{}, failf("looks for the time at which %s has passed; that is not negative", left)
	}
	if left > 0 {
		err := h.walk(t, time.Time{}, func(s span) (bool, error) {
			for _, part := range s.outside(paused) {
				if left <= part.length() {
					t, left = part.from.Add(left), 0
					return false, nil
				}
				left -= part.length()
			}
			return true, h.budget.scan(len(paused))
		})
		if err != nil {
			return answer{}, err
		}
	}
	v, err := h.clock.value(t)
	return answer{value: v}, err
}

// opening is the Opening step.
func opening(o operands) (answer, error) {
	t, h := o.instant(0), o.hours(1)
	err := h.walk(t, time.Time{}, func(s span) (bool, error) {
		t = s.from
		return false, nil
	})
	if err != nil {
		return answer{}, err
	}
	v, err := h.clock.value(t)
	return answer{value: v}, err
}

// before returns the open time of the day d that lies before end, in order, what
// touches as one, and the start of the day.
func (h *hours) before(d day, end time.Time) (spans []span, start time.Time, err error) {
	if err := h.budget.spend(1); err != nil {
		return nil, start, err
	}
	if start, err = h.clock.first(d.start()); err != nil || !start.Before(end) {
		return nil, start, err // a day that the clock skips, or one of which nothing lies before the instant
	}
	if h.mix != nil {
		begun, _, err := h.quoted()
		if err != nil {
			return nil, start, err
		}
		if !begun.Before(end) {
			return nil, start, h.period.outside(d)
		}
		if start.Before(begun) {
			start = begun
		}
	}
	err = h.walk(start, end, func(s span) (bool, error) {
		if s.until.After(end) {
			s.until = end
		}
		if s.from.Before(s.until) {
			spans = append(spans, s)
		}
		return true, nil
	})
	return merge(spans), start, err
}

// closedFrom goes back day by day to the last instant of open time before t: t itself
// if it is open just before.
func (h *hours) closedFrom(t time.Time) (time.Time, error) {
	d, err := h.clock.day(t)
	if err != nil {
		return t, err
	}
	for end := t; ; d-- {
		spans, start, err := h.before(d, end)
		if err != nil {
			return t, err
		}
		if n := len(spans); n > 0 {
			return spans[n-1].until, nil
		}
		if start.Before(end) {
			end = start
		}
	}
}

// openedFrom goes back to where the open time that ends at t began.
func (h *hours) openedFrom(t time.Time) (time.Time, error) {
	d, err := h.clock.day(t)
	if err != nil {
		return t, err
	}
	for ; ; d-- {
		spans, start, err := h.before(d, t)
		if err != nil {
			return t, err
		}
		if !start.Before(t) {
			continue
		}
		n := len(spans)
		if n == 0 || spans[n-1].until.Before(t) {
			return t, nil
		}
		if t = spans[n-1].from; t.After(start) {
			return t, nil
		}
	}
}

// closingBefore is the Closing step.
func closingBefore(o operands) (answer, error) {
	h := o.hours(1)
	t, err := h.closedFrom(o.instant(0))
	if err != nil {
		return answer{}, err
	}
	v, err := h.clock.value(t)
	return answer{value: v}, err
}

// turn is the Turn step.
func turn(o operands) (answer, error) {
	t, h := o.instant(0), o.hours(2)
	var err error
	switch o.word(1) {
	case "next opening":
		t, err = h.opensAfter(t)
	case "next closing":
		t, err = h.closesAfter(t)
	case "previous opening":
		if t, err = h.closedFrom(t); err == nil {
			t, err = h.openedFrom(t)
		}
	case "previous closing":
		end, e := h.closedFrom(t)
		if err = e; err == nil && end.Equal(t) {
			if end, err = h.openedFrom(t); err == nil {
				end, err = h.closedFrom(end)
			}
		}
		t = end
	default:
		return answer{}, failf("turns by %s; it takes next opening, next closing, previous opening or previous closing", quote(o.word(1)))
	}
	if err != nil {
		return answer{}, err
	}
	v, err := h.clock.value(t)
	return answer{value: v}, err
}

// opensAfter returns the first instant after t at which it is open and just before not.
func (h *hours) opensAfter(t time.Time) (time.Time, error) {
	runs := t // it is open from t up to here
	err := h.walk(t, time.Time{}, func(s span) (bool, error) {
		if s.from.Equal(runs) {
			runs = s.until
			return true, nil
		}
		t = s.from
		return false, nil
	})
	return t, err
}

// closesAfter returns the first instant after t at which it is not open and just
// before is.
func (h *hours) closesAfter(t time.Time) (time.Time, error) {
	err := h.walk(t, time.Time{}, func(s span) (bool, error) {
		t = s.until
		return false, nil
	})
	for more := true; more && err == nil; {
		more = false
		end := t.Add(1)   // to see whether it is open there takes no more
		if h.mix != nil { // whose spans are cut where one looks no further: at the end of the day
			if end, err = h.clock.dayEnds(t); err != nil {
				return t, err
			}
			if _, until, err := h.quoted(); err != nil {
				return t, err
			} else if t.Before(until) && until.Before(end) {
				end = until
			}
		}
		err = h.walk(t, end, func(s span) (bool, error) {
			if more = s.from.Equal(t); more {
				t = s.until
			}
			return false, nil
		})
	}
	return t, err
}

// reachBack is the ReachBack step.
func reachBack(o operands) (answer, error) {
	t, left, h := o.instant(0), o.elapsed(1), o.hours(2)
	if left < 0 {
		return answer{}, failf("looks for the time before which %s lies; that is not negative", left)
	}
	d, err := h.clock.day(t)
	if err != nil {
		return answer{}, err
	}
	for end := t; left > 0; d-- {
		spans, start, err := h.before(d, end)
		if err != nil {
			return answer{}, err
		}
		for i := len(spans) - 1; i >= 0 && left > 0; i-- {
			if length := spans[i].length(); left > length {
				left -= length
				continue
			}
			t, left = spans[i].until.Add(-left), 0
		}
		if start.Before(end) {
			end = start
		}
	}
	v, err := h.clock.value(t)
	return answer{value: v}, err
}

// isOpen is the IsOpen step.
func isOpen(o operands) (answer, error) {
	t, open := o.instant(0), false
	err := o.hours(1).walk(t, t.Add(1), func(s span) (bool, error) {
		open = s.from.Equal(t)
		return false, nil
	})
	return answer{value: TruthOf(open)}, err
}

// closeOf is the Close step.
func closeOf(o operands) (answer, error) {
	d, h := o.day(0), o.hours(1)
	without, err := parseWithout(o.word(2))
	if err != nil {
		return answer{}, err
	}
	p, err := h.part(d)
	if err != nil {
		return answer{}, err
	}
	windows := p.windows(d)
	if len(windows) == 0 {
		if windows, err = p.instead(without); err != nil {
			return answer{}, err
		}
	}
	return h.clock.answer(d.at(windows[len(windows)-1].Until))
}

// A without says what a day without a window ends by: the last window of a
// weekday, or minutes since its start where they are not 0.
type without struct {
	as      time.Weekday
	minutes int
}

func parseWithout(word string) (without, error) {
	if as, ok := asWeekday(word, "ends as "); ok {
		return without{as: as}, nil
	}
	hour, found := strings.CutPrefix(word, "ends ")
	if m, ok := parseMinutes(hour); found && ok && m > 0 && m <= dayMinutes {
		return without{minutes: m}, nil
	}
	return without{}, failf("has %s for a day without a window; it reads as ends as mon, ends 18:00 or ends 24:00", quote(word))
}

// instead returns the windows of a day that has none: those of the weekday, or
// the time from its start to the hour.
func (p *hoursPart) instead(w without) ([]Window, error) {
	if w.minutes > 0 {
		return []Window{{0, w.minutes}}, nil
	}
	if len(p.week[w.as]) == 0 {
		return nil, failf("is to end a day without a window as %s, which has none either", weekdayNames[w.as])
	}
	return p.week[w.as], nil
}

// dayService returns the service time of a working day: of its own windows, or
// of those instead where it has none. A change of the clock may leave neither.
func (h *hours) dayService(d day, w without) ([]span, error) {
	p, err := h.part(d)
	if err != nil {
		return nil, err
	}
	spans, err := h.spans(d, p.windows(d))
	if err != nil || len(spans) > 0 {
		return spans, err
	}
	windows, err := p.instead(w)
	if err != nil {
		return nil, err
	}
	return h.spans(d, windows)
}
