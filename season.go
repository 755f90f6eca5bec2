package contract

import (
	"fmt"
	"iter"
	"strconv"
	"time"
)

// Seasons: hours that hold for a part of the year. A rule of hours with seasons is
// one rule for each of them and one for the days outside; on every day just one holds.

// A SeasonClause is the week of a season: from and through a day of every year
// ("03-01") or of one ("2026-03-01"), both in it. On its days its week holds in
// place of the other; what make-up days are as, is a day of it. A week of no days, {},
// closes service for the season, but for dates with agreed hours and make-up days with
// their own. One of every year may run over New Year: from 11-15
// through 03-15.
type SeasonClause struct {
	From    SeasonDay           `json:"from,omitzero"`
	Through SeasonDay           `json:"through,omitzero"`
	Week    map[string][]string `json:"week,omitzero"`
}

// A SeasonDay is the first or last day of a season: "03-01" is 1 March of every
// year, "2026-03-01" that of one. 02-29 is 28 February in a year without it, or as
// a first day 1 March. The zero SeasonDay "" is not stated.
type SeasonDay string

// A seasonDay is a SeasonDay read.
type seasonDay struct {
	date Date // of one year; the zero Date: of every year
	day  int  // month and day of every year, as 301
}

func (s SeasonDay) read() (seasonDay, error) {
	if s == "" {
		return seasonDay{}, fmt.Errorf("not stated; write 03-01 for every year or 2026-03-01 for one: %w", ErrRequired)
	}
	if d, err := ParseDate(string(s)); err == nil {
		return seasonDay{date: d}, nil
	}
	if d, err := ParseDate("2000-" + string(s)); err == nil && len(s) == len("03-01") {
		return seasonDay{day: dayOfYear(d)}, nil
	}
	return seasonDay{}, fmt.Errorf("%q is no day of a year; write 03-01 for every year or 2026-03-01 for one: %w", clip(string(s)), ErrSyntax)
}

// dayOfYear is the month and day of a date as one number: 301 for 1 March.
func dayOfYear(d Date) int {
	_, m, day := d.Date()
	return int(m)*100 + day
}

// A season is a SeasonClause read.
type season struct {
	name          string
	from, through seasonDay
	rule          *hoursRule // the rule whose season it is, with the season's week
}

func (s season) contains(d Date) bool {
	if s.from.date.IsValid() {
		return !d.Before(s.from.date) && !d.After(s.through.date)
	}
	day := dayOfYear(d)
	if s.from.day <= s.through.day {
		return s.from.day <= day && day <= s.through.day
	}
	return day >= s.from.day || day <= s.through.day
}

// meets returns a day that two seasons have in common.
func (s season) meets(o season) (Date, bool) {
	if !s.from.date.IsValid() && o.from.date.IsValid() {
		s, o = o, s
	}
	from, through := civil(2000, time.January, 1), civil(2000, time.December, 31) // a leap year has every day
	if s.from.date.IsValid() {
		from, through = s.from.date, s.through.date
		if o.from.date.IsValid() {
			from = latest(from, o.from.date)
			through = earliest(through, o.through.date)
		} else {
			through = earliest(through, from.AddDays(8*366)) // within which there is a 29 February
		}
	}
	for d := from; d.IsValid() && !d.After(through); d = d.AddDays(1) {
		if s.contains(d) && o.contains(d) {
			return d, true
		}
	}
	return Date{}, false
}

// parseSeasons reads the seasons of a rule. Each has the rule's own terms but the week.
func (h *hoursRule) parseSeasons(faults *Errors) {
	for _, name := range sortedKeys(h.clause.Seasons) {
		c := h.clause.Seasons[name]
		at := h.source.pointer + "/seasons/" + escape(name)
		s := season{name: name}
		var errFrom, errThrough error
		if s.from, errFrom = c.From.read(); errFrom != nil {
			faults.addErr(at+"/from", errFrom)
		}
		if s.through, errThrough = c.Through.read(); errThrough != nil {
			faults.addErr(at+"/through", errThrough)
		}
		rule := *h
		rule.weekAt = "/seasons/" + escape(name) + "/week"
		if c.Week == nil {
			faults.add(at+"/week", ErrRequired, "not stated; write {} for a season in which service is closed")
		}
		rule.week = parseWeek(c.Week, at+"/week", faults)
		s.rule = &rule
		switch {
		case errFrom != nil || errThrough != nil:
			continue
		case s.from.date.IsValid() != s.through.date.IsValid():
			faults.add(at+"/through", ErrConflict, "%s, and the season begins on %s: both are days of every year, or both of one", c.Through, c.From)
			continue
		case s.from.date.IsValid() && s.through.date.Before(s.from.date):
			faults.add(at+"/through", ErrInvalid, "%s is before %s, on which the season begins", c.Through, c.From)
			continue
		}
		for _, o := range h.seasons {
			if d, ok := s.meets(o); ok {
				faults.add(at, ErrConflict, "%s and %s both hold on %s", name, o.name, commonDay(s, o, d))
			}
		}
		h.seasons = append(h.seasons, s)
	}
}

// commonDay spells a day that two seasons share: of every year where both are.
func commonDay(a, b season, d Date) string {
	if a.from.date.IsValid() || b.from.date.IsValid() {
		return d.String()
	}
	return d.String()[len("2000-"):] + " of every year"
}

// on returns the rule in force on d: that of a season, or the rule itself.
func (h *hoursRule) on(d Date) *hoursRule {
	for _, s := range h.seasons {
		if s.contains(d) {
			return s.rule
		}
	}
	return h
}

// within returns the rules in force in p, season by season, each with its days.
func (h *hoursRule) within(p Period) iter.Seq2[*hoursRule, Period] {
	return func(yield func(*hoursRule, Period) bool) {
		if len(h.seasons) == 0 {
			yield(h, p)
			return
		}
		from, rule := p.From, h.on(p.From)
		for d := p.From; d.Before(p.Until); d = d.AddDays(1) {
			if on := h.on(d); on != rule {
				if !yield(rule, Period{from, d}) {
					return
				}
				from, rule = d, on
			}
		}
		yield(rule, Period{from, p.Until})
	}
}

// every returns the rule itself and those of its seasons.
func (h *hoursRule) every() iter.Seq[*hoursRule] {
	return func(yield func(*hoursRule) bool) {
		if !yield(h) {
			return
		}
		for _, s := range h.seasons {
			if !yield(s.rule) {
				return
			}
		}
	}
}

// hoursOn returns the rule of hours in force on d, by its version and season.
func hoursOn(parts versions[*hoursRule], d Date) *hoursRule { return parts.on(d).on(d) }

// hoursWithin returns the rules in force in p, by version and season.
func hoursWithin(parts versions[*hoursRule], p Period) iter.Seq2[*hoursRule, Period] {
	return func(yield func(*hoursRule, Period) bool) {
		for version, in := range parts.within(p) {
			for rule, days := range version.within(in) {
				if !yield(rule, days) {
					return
				}
			}
		}
	}
}

// appendTo writes what tells one season from another.
func (s season) appendTo(b []byte) []byte {
	for _, d := range [2]seasonDay{s.from, s.through} {
		b = append(strconv.AppendInt(b, int64(d.date.n), 36), ' ')
		b = append(strconv.AppendInt(b, int64(d.day), 36), ' ')
	}
	return b
}
