package contract

import (
	"time"

	"github.com/cfd16870/contract/proof"
)

// quotes puts into a working, once each, the zones, hours and working days that
// its steps need. It quotes the document and the published calendar, never the
// compiled tables: what the check walks is not what the engine searched.
type quotes struct {
	r      *recorder
	days   Period // that the steps may read
	steps  map[any]int
	covers map[int]Period // by the step of service hours, the days that it quotes
}

func newQuotes(r *recorder, days Period) *quotes {
	return &quotes{r: r, days: days, steps: make(map[any]int), covers: make(map[int]Period)}
}

// once returns the step that quotes what key stands for, and writes it the first time.
func (q *quotes) once(key any, write func() int) int {
	n, ok := q.steps[key]
	if !ok {
		n = write()
		q.steps[key] = n
	}
	return n
}

// daysSpanned is the civil days on which instants fall, from the first through
// the last; zero times do not count.
func daysSpanned(zone *time.Location, instants ...time.Time) Period {
	var p Period
	for _, t := range instants {
		if t.IsZero() {
			continue
		}
		d := DateOf(t.In(zone))
		if !p.From.IsValid() || d.Before(p.From) {
			p.From = d
		}
		if !d.Before(p.Until) {
			p.Until = d.AddDays(1)
		}
	}
	return p
}

// zone quotes the offsets of a zone around the days.
func (q *quotes) zone(zone *time.Location) int {
	type key struct {
		zone *time.Location // a name may be that of two
		days Period
	}
	return q.once(key{zone, q.days}, func() int {
		// Days more at both ends: a window may begin the day before and run past
		// midnight, and a clock that changes there must be seen to.
		z := newZoneTable(zone, q.days.From.local()-2*secondsADay, q.days.Until.local()+secondsADay)
		args := make([]int, len(z.at))
		for i, at := range z.at {
			from := time.Unix(at, 0).In(zone)
			if start, _ := from.ZoneBounds(); i == 0 && !start.IsZero() {
				from = start
			}
			args[i] = q.r.put(proof.Step{
				Op: proof.Offset, Name: "offset", Value: proof.ShiftOf(from, int(z.offset[i])),
				Source: &proof.Source{In: "tz database", At: zone.String()},
			})
		}
		return q.r.derive(proof.Zone, "zone", proof.WordOf(zone.String()), "", args...)
	})
}

// hours quotes the hours of a schedule, each version for the days on which it is in force.
func (q *quotes) hours(s *Schedule) int {
	type key struct {
		s    *Schedule
		days Period // of hours put together of two, the days of one may be more than those of the other
	}
	return q.once(key{s, q.days}, func() int {
		if s.of != nil {
			return s.of.quote(q)
		}
		days := q.quoted(s)
		zone := q.zone(s.zone)
		var parts []int
		for h, in := range hoursWithin(s.parts, days) {
			parts = append(parts, q.hoursOf(zone, h, in))
		}
		step := q.join("service hours", parts, days)
		q.covers[step] = days
		return step
	})
}

// quoted is the days of which the hours of a schedule are quoted.
func (q *quotes) quoted(s *Schedule) Period {
	days := q.days
	for _, v := range s.parts {
		if v.rule.overnight() {
			days.From = days.From.AddDays(-1) // its windows may run into the first day
			break
		}
	}
	if z := newZoneTable(s.zone, days.From.local(), days.Until.local()); len(z.at) > 1 {
		// A clock that is put back over midnight shows a day twice, and the windows of
		// the next lie before the end of this one.
		days = Period{days.From.AddDays(-1), days.Until.AddDays(1)}
	}
	return q.known(days, reachOf(s.parts, s.provisional))
}

func (q *quotes) hoursOf(zone int, h *hoursRule, in Period) int {
	args := []int{
		zone,
		q.r.term("service hours", h.week.value(), h.source, h.weekAt),
		q.r.term("holidays", proof.WordOf(string(h.clause.Holidays)), h.source, "/holidays"),
		q.r.term("make-up days", proof.WordOf(string(h.clause.MakeupDays)), h.source, "/makeupDays"),
		q.through(h.calendar, in),
	}
	// The days that the calendar names and the dates with agreed hours, in one
	// ascending list; hours agreed for a date come before what the calendar says.
	for i := range in.Days() {
		d := in.From.AddDays(i)
		if spans, ok := h.agreed[d]; ok {
			args = append(args, q.agreed(h, d, spans))
		} else if n, ok := q.named(h.calendar, d); ok {
			args = append(args, n)
			if h.clause.MakeupDays == MakeupOwnHours && h.calendar.day(d).Kind == DayMakeup {
				args = append(args, q.r.term("hours of make-up days", proof.AgreedOf(dateValue(d), proofWindows(h.own)...), h.source, "/makeupOpen"))
			}
		}
	}
	return q.r.derive(proof.Hours, "service hours", periodValue(in), h.source.clause, args...)
}

func (q *quotes) agreed(h *hoursRule, d Date, spans []dayWindow) int {
	return q.r.term("agreed hours", proof.AgreedOf(dateValue(d), proofWindows(spans)...), h.source, "/agreed/"+d.String())
}

// workingDays quotes working days, each version for the days on which it is in force.
func (q *quotes) workingDays(w *WorkingDays) int {
	return q.once(w, func() int {
		days := q.known(q.days, reachOf(w.parts, w.provisional))
		var parts []int
		for rule, in := range w.parts.within(days) {
			args := []int{
				q.r.term("weekdays", weekdaysValue(rule.week), rule.source, "/week"),
				q.r.term("make-up days as working days", proof.WordOf(string(rule.clause.MakeupDays)), rule.source, "/makeupDays"),
				q.through(rule.calendar, in),
			}
			for i := range in.Days() {
				if n, ok := q.named(rule.calendar, in.From.AddDays(i)); ok {
					args = append(args, n)
				}
			}
			parts = append(parts, q.r.derive(proof.WorkingDays, "working days", periodValue(in), rule.source.clause, args...))
		}
		return q.join("working days", parts, days)
	})
}

// known is the days of a period that are known; of one that begins where
// knowledge ends, the last known day, so that there is something to quote.
func (q *quotes) known(days, reach Period) Period {
	if in := days.common(reach); in.IsValid() {
		return in
	}
	return Period{reach.Last(), reach.Until}
}

// join puts the versions together where there are several.
func (q *quotes) join(name string, parts []int, days Period) int {
	if len(parts) == 1 {
		return parts[0]
	}
	return q.r.derive(proof.Join, name, periodValue(days), "", parts...)
}

// through quotes that the calendar's named days in a period are all.
func (q *quotes) through(c *Calendar, in Period) int {
	type key struct {
		c  *Calendar
		in Period
	}
	return q.once(key{c, in}, func() int {
		src := &proof.Source{In: "calendar " + c.label()}
		if first := c.table.Certain.Until; in.Until.After(first) {
			src.At = "provisional from " + first.String() // make-up days from then on are not known
		}
		return q.r.put(proof.Step{Op: proof.Row, Name: "calendar", Value: periodValue(in), Source: src})
	})
}

// named quotes what the calendar says of a day, if it names it.
func (q *quotes) named(c *Calendar, d Date) (int, bool) {
	day := c.day(d)
	var word string
	switch day.Kind {
	case DayHoliday:
		word = "statutory"
	case DayRest:
		word = "rest"
	case DayMakeup:
		word = "work"
	default:
		return 0, false
	}
	type key struct {
		c *Calendar
		d Date
	}
	return q.once(key{c, d}, func() int {
		return q.r.put(proof.Step{
			Op: proof.Row, Name: day.Name, Value: proof.NamedDayOf(dateValue(d), word),
			Source: &proof.Source{In: "calendar " + c.label(), At: day.Source},
		})
	}), true
}
