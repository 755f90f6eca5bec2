package contract

import (
	"fmt"
	"sort"
	"time"

	"github.com/cfd16870/contract/internal/effort"
)

// The clock of days, working days and others: the other half of a deadline's search.

// workingDays finds the end of a span of working days: the n-th working day after
// the one on which the clock starts, which is not counted.
func (r *targetRule) workingDays(s deadlineSteps, pauses []stretch) (deadlineSteps, error) {
	s.first, _ = r.firstDay(s.start)
	var err error
	if s.last, err = r.days.AddWorkingDays(s.first, r.count); err != nil {
		return s, err
	}
	if r.clause.Pauses.OnDays == SkipWhollyPaused || r.clause.Pauses.OnDays == SkipTouched {
		// As many days more as are skipped up to the day found, and as many again as
		// are skipped of those, until none is.
		rest := pauses
		for from := s.first; ; {
			effort.Take()
			// A pause that ended by then skips no later day.
			for len(rest) > 0 && !DateOf(rest[0].to.Add(-1).In(r.zone)).After(from) {
				rest = rest[1:]
			}
			if len(rest) == 0 {
				break
			}
			s.held = true
			skipped, err := r.skipped(from, s.last, r.dayEnd(s.first).end, rest)
			if err != nil {
				return s, err
			}
			if skipped == 0 {
				break
			}
			from = s.last
			if s.last, err = r.days.AddWorkingDays(s.last, skipped); err != nil {
				return s, err
			}
		}
	}
	return r.afterLast(s, pauses)
}

// civilDays finds the end of a span of days, weeks, months or years, as the clause of
// periods counts them: Civil Code art. 200 to 204.
func (r *targetRule) civilDays(s deadlineSteps, pauses []stretch) (deadlineSteps, error) {
	s.first, _ = r.firstDay(s.start)
	var err error
	if s.last, s.seen, err = r.periods.lastOf(s.first, r.clause.Within); err != nil {
		return s, err
	}
	if !toldInstants.Contains(s.first) || !toldInstants.Contains(s.last) {
		return s, fmt.Errorf("%v from %v end outside the days %v: %w", r.clause.Within, s.first, toldInstants, ErrRange)
	}
	return r.afterLast(s, pauses)
}

// afterLast finds when the last day ends, and puts to it what was paused.
func (r *targetRule) afterLast(s deadlineSteps, pauses []stretch) (_ deadlineSteps, err error) {
	if s.ended, err = r.endOf(s); err != nil {
		return s, err
	}
	s.base = s.ended
	if r.clause.Pauses.OnDays == AddPausedTime && len(pauses) > 0 {
		if _, _, err := r.clock.at(s.start); err != nil {
			return s, err // as for service time
		}
		if s.paused, err = r.clock.paused(s.start, s.ended, pauses); err != nil {
			return s, err
		}
		if s.base, err = r.clock.addOutside(s.ended, s.paused, pauses); err != nil {
			return s, err
		}
	}
	return s, nil
}

// dayEnd is how a working day ends on which no window opens: by the terms in force
// on the day on which the clock started, for all days of one clock.
func (r *targetRule) dayEnd(first Date) *daysRule {
	if r.periods != nil {
		return r.periods.days.parts.on(first)
	}
	return r.days.parts.on(first)
}

// endOf is the instant at which the last day ends for the target.
func (r *targetRule) endOf(s deadlineSteps) (time.Time, error) {
	d, start := s.last, s.start
	switch r.clause.Clock.Ends {
	case EndsAtClosing:
		return r.clock.closeOf(d, r.dayEnd(s.first).end)
	case EndsAtSameTime:
		if _, over := r.firstDay(start); over {
			break // at 24:00 too
		}
		_, offset := start.In(r.zone).Zone()
		ofDay := start.Unix() + int64(offset) - DateOf(start.In(r.zone)).local()
		at := time.Unix(firstInstant(r.zone, d.local()+ofDay), 0).In(r.zone)
		if _, offset := at.Zone(); at.Unix()+int64(offset) == d.local()+ofDay {
			at = at.Add(time.Duration(start.Nanosecond())) // not where the clock skips that time
		}
		return at, nil
	}
	return d.AddDays(1).StartIn(r.zone), nil
}

// skipped counts the working days after a day, up to and with another, that
// pauses skip.
func (r *targetRule) skipped(after, last Date, end dayEnd, pauses []stretch) (int, error) {
	n := 0
	done := after // days up to here are counted
	count := func(d Date) error {
		if !d.After(done) || d.After(last) {
			return nil
		}
		done = d
		working, err := r.days.IsWorkingDay(d)
		if err != nil || !working {
			return err
		}
		skips, err := r.skips(d, end, pauses)
		if skips {
			n++
		}
		return err
	}
	for _, p := range pauses {
		effort.Take()
		a, b := DateOf(p.from.In(r.zone)), DateOf(p.to.Add(-1).In(r.zone))
		if !b.After(after) {
			continue
		}
		if a.AddDays(-1).After(last) {
			break
		}
		// The service time of a day may run into the next: the days at both ends of a
		// pause, and those before them, are looked at one by one.
		for _, d := range [2]Date{a.AddDays(-1), a} {
			if err := count(d); err != nil {
				return 0, err
			}
		}
		// The service time of the days between lies in the pause whole.
		from, to := a, b.AddDays(-2)
		if done.After(from) {
			from = done
		}
		if to.After(last) {
			to = last
		}
		if to.After(from) {
			whole, err := r.days.WorkingDaysBetween(from, to, BoundsLast)
			if err != nil {
				return 0, err
			}
			n += whole
			for _, d := range datesWithin(r.forward, from, to) {
				working, err := r.days.IsWorkingDay(d)
				if err != nil {
					return 0, err
				}
				if skips, err := r.skips(d, end, pauses); err != nil {
					return 0, err
				} else if working && !skips {
					n-- // the clock leaves no service time of it that could be paused
				}
			}
			done = to
		}
		for _, d := range [2]Date{b.AddDays(-1), b} {
			if err := count(d); err != nil {
				return 0, err
			}
		}
	}
	return n, nil
}

// skips reports whether the pauses skip a working day. Its service time is that of
// the windows that start on it, also where one runs past midnight; without a
// window, that of the hours by which it ends. A day of which a change of the clock
// leaves neither is not skipped: nothing of it is paused.
func (r *targetRule) skips(d Date, end dayEnd, pauses []stretch) (bool, error) {
	rule := hoursOn(r.clock.parts, d)
	if !r.clock.line.days.Contains(d) {
		return false, rule.calendar.rangeError(d, r.clock.line.days)
	}
	whole, paused := r.pausedOf(d, rule.windowsOn(d), pauses)
	if whole == 0 {
		whole, paused = r.pausedOf(d, end.spans(rule.week), pauses)
	}
	if r.clause.Pauses.OnDays == SkipTouched {
		return paused > 0, nil
	}
	return whole > 0 && paused == whole, nil
}

// pausedOf is the time of windows that start on a day, and what of it is paused.
func (r *targetRule) pausedOf(d Date, windows []dayWindow, pauses []stretch) (whole, paused time.Duration) {
	for _, w := range windows {
		a := r.clock.instant(localInstant(r.zone, d, w.from))
		b := r.clock.instant(localInstant(r.zone, d, w.to))
		whole += b.Sub(a)
		paused += b.Sub(a) - passed(a, b, pauses)
	}
	return whole, paused
}

// forwardDays is the days of a period of which a clock that goes forward may swallow
// service time, ascending.
func forwardDays(zone *time.Location, p Period) (list []Date) {
	z := newZoneTable(zone, p.From.local(), p.Until.local())
	for i := 1; i < len(z.at); i++ {
		if z.offset[i] <= z.offset[i-1] {
			continue
		}
		first, last := dateOfLocal(z.at[i]+z.offset[i-1]).AddDays(-1), dateOfLocal(z.at[i]+z.offset[i])
		for d := first; !d.After(last); d = d.AddDays(1) {
			if p.Contains(d) && (len(list) == 0 || d.After(list[len(list)-1])) {
				list = append(list, d)
			}
		}
	}
	return list
}

// datesWithin is the dates of an ascending list after one day, up to and with another.
func datesWithin(list []Date, after, last Date) []Date {
	i := sort.Search(len(list), func(i int) bool { return list[i].After(after) })
	n := sort.Search(len(list)-i, func(k int) bool { return list[i+k].After(last) })
	return list[i : i+n]
}
