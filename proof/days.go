package proof

import (
	"strings"
	"time"
)

// A day is a civil day, counted from 1970-01-01. A local clock is read the same
// way: as the time that a clock on UTC would show. Both are exact integers, and
// no zone of the machine plays a part.
type day int

// dayOf returns the day that a clock shows.
func dayOf(reading time.Time) day {
	s := reading.Unix()
	d := s / daySeconds
	if s%daySeconds < 0 {
		d--
	}
	return day(d)
}

// start returns 00:00 of d, as a reading of a clock.
func (d day) start() time.Time { return time.Unix(int64(d)*daySeconds, 0).UTC() }

// at returns the reading m minutes after 00:00 of d; 1800 is 06:00 of the day after.
func (d day) at(m int) time.Time { return d.start().Add(time.Duration(m) * time.Minute) }

func (d day) weekday() time.Weekday { return d.start().Weekday() }
func (d day) String() string        { return d.start().Format(time.DateOnly) }

func (d day) value() Value {
	year, month, n := d.start().Date()
	return DateOf(year, month, n)
}

// parseDate reads 2024-05-11 in the years 1 to 9999.
func parseDate(s string) (day, bool) {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil || !inYears(t) || t.Format(time.DateOnly) != s {
		return 0, false
	}
	return dayOf(t), true
}

// A period is the days from from through through, both in it.
type period struct{ from, through day }

func (p period) contains(d day) bool { return d >= p.from && d <= p.through }
func (p period) days() int           { return int(p.through-p.from) + 1 }
func (p period) String() string      { return p.from.String() + ".." + p.through.String() }

// outside is the fault of a step that reads a day which nothing before it quotes.
func (p period) outside(d day) error {
	return failf("reads %s, outside the quoted %s", d, p)
}

func parsePeriod(s string) (period, bool) {
	a, b, found := strings.Cut(s, "..")
	from, ok1 := parseDate(a)
	through, ok2 := parseDate(b)
	return period{from, through}, found && ok1 && ok2 && from <= through
}

// A clock is a local clock: its offsets, each from an instant on.
type clock struct {
	shifts []shift
	budget *budget
}

// offset returns the offset in force at t, in seconds.
func (c *clock) offset(t time.Time) (int, error) {
	if err := c.budget.scan(len(c.shifts)); err != nil {
		return 0, err
	}
	if t.Before(c.shifts[0].from) {
		return 0, failf("reads the clock at %s, before the first offset quoted, from %s",
			InstantOf(t).Text, InstantOf(c.shifts[0].from).Text)
	}
	seconds := 0
	for _, s := range c.shifts {
		if s.from.After(t) {
			break
		}
		seconds = s.seconds
	}
	return seconds, nil
}

// shows returns what the clock shows at t, as the reading of a clock.
func (c *clock) shows(t time.Time) (time.Time, error) {
	seconds, err := c.offset(t)
	return t.UTC().Add(time.Duration(seconds) * time.Second), err
}

// first returns the first instant at which the clock shows the reading or later:
// in a gap of the clock its end, and of a repeated hour the first.
//
// What the clock showed before its first quoted offset is not known. It may have
// shown the reading there already, if it was ahead by up to a day; so a reading
// counts only from a day after the first offset on.
func (c *clock) first(reading time.Time) (time.Time, error) {
	if err := c.budget.scan(len(c.shifts)); err != nil {
		return time.Time{}, err
	}
	if reading.Add(-daySeconds * time.Second).Before(c.shifts[0].from) {
		return time.Time{}, failf("looks for the first time at which the clock shows %s, and the first offset quoted, from %s, is less than a day before it",
			reading.Format("2006-01-02 15:04:05"), InstantOf(c.shifts[0].from).Text)
	}
	var t time.Time
	for i, s := range c.shifts {
		t = reading.Add(-time.Duration(s.seconds) * time.Second)
		if t.Before(s.from) {
			t = s.from // the change of the clock skipped it: it shows a later time at once
		}
		if i+1 < len(c.shifts) && t.Before(c.shifts[i+1].from) {
			break // the last offset has no end
		}
	}
	return t, nil
}

// value spells t with the offset in force.
func (c *clock) value(t time.Time) (Value, error) {
	seconds, err := c.offset(t)
	return InstantOf(t.In(time.FixedZone("", seconds))), err
}

// day returns the civil day that the clock shows at t.
func (c *clock) day(t time.Time) (day, error) {
	reading, err := c.shows(t)
	return dayOf(reading), err
}

// dayEnds returns an instant after t up to which the clock shows one day: midnight,
// or the next change of the clock, which may put it back to the day before. A day
// that the clock shows twice ends twice.
func (c *clock) dayEnds(t time.Time) (time.Time, error) {
	reading, err := c.shows(t)
	if err != nil {
		return time.Time{}, err
	}
	today := dayOf(reading)
	end := t.Add((today + 1).start().Sub(reading))
	for _, s := range c.shifts {
		if s.from.After(t) && s.from.Before(end) {
			end = s.from
		}
	}
	return end, nil
}

// newClock makes the clock of a Zone step.
func newClock(o operands) (answer, error) {
	c := &clock{budget: o.budget}
	for i := range o.steps {
		s := o.steps[i].meaning.(shift)
		if i > 0 && !s.from.After(c.shifts[i-1].from) {
			return answer{}, failf("takes the offset from %s after that from %s; they must ascend",
				InstantOf(s.from).Text, InstantOf(c.shifts[i-1].from).Text)
		}
		c.shifts = append(c.shifts, s)
	}
	return answer{anyWord: true, object: c}, nil
}

// workdays is the working days of a period; more than one part where versions
// of the terms follow one another.
type workdays struct {
	period period
	parts  []*workdaysPart
	budget *budget
}

type workdaysPart struct {
	period  period
	weekday [7]bool
	makeup  bool // days worked to make up count
	named   map[day]string
}

// part returns the part of the working days in which d falls.
func (w *workdays) part(d day) (*workdaysPart, error) {
	if err := w.budget.scan(len(w.parts)); err != nil {
		return nil, err
	}
	for _, p := range w.parts {
		if p.period.contains(d) {
			return p, nil
		}
	}
	return nil, w.period.outside(d)
}

// is reports whether d is a working day.
func (w *workdays) is(d day) (bool, error) {
	p, err := w.part(d)
	if err != nil {
		return false, err
	}
	switch class := p.named[d]; {
	case class == work && p.makeup:
		return true, nil
	case class == statutory || class == rest:
		return false, nil
	}
	return p.weekday[d.weekday()], nil
}

// newWorkdays makes the days of a WorkingDays step.
func newWorkdays(o operands) (answer, error) {
	p := &workdaysPart{period: o.period(2)}
	var ok bool
	if p.weekday, ok = parseWeekdays(o.word(0)); !ok || p.weekday == [7]bool{} {
		return answer{}, failf("takes the weekdays %s; they read as mon-fri or mon-wed, fri", quote(o.word(0)))
	}
	switch o.word(1) {
	case "count":
		p.makeup = true
	case "ignored":
	default:
		return answer{}, failf("has %s for make-up days; they count, or are ignored", quote(o.word(1)))
	}
	var err error
	if p.named, _, err = o.rows(3, p.period); err != nil {
		return answer{}, err
	}
	w := &workdays{period: p.period, parts: []*workdaysPart{p}, budget: o.budget}
	return answer{value: o.steps[2].step.Value, object: w}, nil
}

// rows returns the day and agreed rows that are the operands from the i-th on.
// Each kind ascends by itself, without repeats: a date may have one of both.
func (o operands) rows(i int, p period) (map[day]string, map[day][]Window, error) {
	named, agreed := map[day]string{}, map[day][]Window{}
	last := map[Kind]day{}
	for _, f := range o.steps[min(i, len(o.steps)):] {
		var d day
		switch row := f.meaning.(type) {
		case namedDay:
			d = row.day
			named[d] = row.class
		case agreedDay:
			d = row.day
			agreed[d] = row.windows
		}
		kind := f.step.Value.Kind
		if before, ok := last[kind]; ok && d <= before {
			return nil, nil, failf("takes the row of %s after that of %s; rows ascend, one a day", d, before)
		}
		last[kind] = d
		if !p.contains(d) {
			return nil, nil, failf("takes the row of %s, outside the period %s", d, p)
		}
	}
	return named, agreed, nil
}

// nth is the Nth step.
func nth(o operands) (answer, error) {
	d, n, days := o.day(0), o.count(1), o.workdays(2)
	step := day(1)
	switch {
	case n == 0, n < 0 && len(o.steps) > 3:
		return answer{}, failf("counts %d working days; the first is day 1", n)
	case n < 0:
		step, n = -1, -n
	}
	skips := func(day) (bool, error) { return false, nil }
	if len(o.steps) > 3 {
		var err error
		if skips, err = o.skips(); err != nil {
			return answer{}, err
		}
	}
	for n > 0 {
		d += step
		if err := o.budget.spend(1); err != nil {
			return answer{}, err
		}
		working, err := days.is(d)
		if err != nil {
			return answer{}, err
		}
		if !working {
			continue
		}
		skipped, err := skips(d)
		if err != nil {
			return answer{}, err
		}
		if !skipped {
			n--
		}
	}
	return answer{value: d.value()}, nil
}

// skips returns the question whether pauses skip a working day, from the operands
// of an Nth step: hours, without, skip and stretches.
func (o operands) skips() (func(day) (bool, error), error) {
	h, paused, wholly := o.hours(3), merge(o.stretches(6)), false
	without, err := parseWithout(o.word(4))
	if err != nil {
		return nil, err
	}
	switch o.word(5) {
	case "wholly paused days are skipped":
		wholly = true
	case "touched days are skipped":
	default:
		return nil, failf("skips by %s; pauses skip wholly paused days or touched days", quote(o.word(5)))
	}
	return func(d day) (bool, error) {
		service, err := h.dayService(d, without)
		if err != nil {
			return false, err
		}
		if err := o.budget.scan(len(paused) * len(service)); err != nil {
			return false, err
		}
		var left, all time.Duration
		for _, s := range service {
			all += s.length()
			for _, open := range s.outside(paused) {
				left += open.length()
			}
		}
		if wholly {
			return left == 0 && all > 0, nil
		}
		return left < all, nil
	}, nil
}

// dayOfInstant is the DayOf step.
func dayOfInstant(o operands) (answer, error) {
	d, err := o.clock(1).day(o.instant(0))
	return answer{value: d.value()}, err
}

// midnight is the Midnight step.
func midnight(o operands) (answer, error) {
	return o.clock(1).answer(o.day(0).at(dayMinutes))
}

// sameTime is the SameTime step.
func sameTime(o operands) (answer, error) {
	c := o.clock(2)
	reading, err := c.shows(o.instant(0))
	if err != nil {
		return answer{}, err
	}
	timeOfDay := reading.Sub(dayOf(reading).start())
	return c.answer(o.day(1).start().Add(timeOfDay))
}

// answer is the first instant at which the clock shows the reading.
func (c *clock) answer(reading time.Time) (answer, error) {
	t, err := c.first(reading)
	if err != nil {
		return answer{}, err
	}
	v, err := c.value(t)
	return answer{value: v}, err
}

// The bands of InBand.
const (
	bandNormal    = "normal"
	bandStatutory = "statutory holiday"
	bandMakeup    = "make-up day"
	bandRest      = "rest day"
	bandOutside   = "out of hours"
)

// band is the band of what is out of hours on d.
func (w *workdays) band(d day) (string, error) {
	p, err := w.part(d)
	if err != nil {
		return "", err
	}
	switch class := p.named[d]; {
	case class == statutory:
		return bandStatutory, nil
	case class == work:
		return bandMakeup, nil
	case class == rest || !p.weekday[d.weekday()]:
		return bandRest, nil
	}
	return bandOutside, nil
}

// inBand is the InBand step: the time in the band, day by day.
func inBand(o operands) (answer, error) {
	from, to, h, days, band := o.instant(0), o.instant(1), o.hours(2), o.workdays(3), o.word(4)
	if to.Before(from) {
		return answer{}, failf("measures from %s back to %s", o.steps[0].step.Value.Text, o.steps[1].step.Value.Text)
	}
	switch band {
	case bandNormal, bandStatutory, bandMakeup, bandRest, bandOutside:
	default:
		return answer{}, failf("seeks the band %s; the bands are normal, statutory holiday, make-up day, rest day, out of hours", quote(band))
	}
	var total time.Duration
	for t := from; t.Before(to); {
		if err := o.budget.spend(1); err != nil {
			return answer{}, err
		}
		end, err := h.clock.dayEnds(t)
		if err != nil {
			return answer{}, err
		}
		if end.After(to) {
			end = to
		}
		open, err := h.service(t, end, nil)
		if err != nil {
			return answer{}, err
		}
		if band == bandNormal {
			total += open
		} else {
			d, err := h.clock.day(t)
			if err != nil {
				return answer{}, err
			}
			closed, err := days.band(d)
			if err != nil {
				return answer{}, err
			}
			if closed == band {
				total += end.Sub(t) - open
			}
		}
		t = end
	}
	return answer{value: ElapsedOf(total)}, nil
}

// kindOfDay is the KindOfDay step.
func kindOfDay(o operands) (answer, error) {
	d, h, word := o.day(0), o.hours(1), o.word(2)
	weekend, ok := parseWeekdays(word)
	if !ok && word != "never" {
		return answer{}, failf("takes the weekend %s; it reads as sat-sun, or never", quote(word))
	}
	p, err := h.part(d)
	if err != nil {
		return answer{}, err
	}
	class := p.named[d]
	_, agreed := p.agreed[d]
	switch {
	case agreed && (class != work || p.makeup != ownHours): // else the row is of the make-up day itself
		return answer{value: WordOf("agreed day")}, nil
	case class == work:
		return answer{value: WordOf("make-up day")}, nil
	case class == statutory:
		return answer{value: WordOf("statutory holiday")}, nil
	case class == rest:
		return answer{value: WordOf("rest day")}, nil
	case weekend[d.weekday()]:
		return answer{value: WordOf("weekend")}, nil
	}
	return answer{value: WordOf("working day")}, nil
}
