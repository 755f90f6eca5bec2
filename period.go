package contract

import (
	"fmt"
	"strings"
	"time"

	"github.com/cfd16870/contract/internal/effort"
	"github.com/cfd16870/contract/proof"
)

// Periods of days, weeks, months and years: Civil Code art. 200 to 204, or what
// the document says in their place. They are counted in civil days of the
// contract's zone, forward and backward.

// A PeriodsClause says how days, months and years are counted, once. A document
// whose rules count any has one.
type PeriodsClause struct {
	FirstDay FirstDay `json:"firstDay,omitzero"`
	MonthEnd MonthEnd `json:"monthEnd,omitzero"`
	RestDay  RestDay  `json:"restDay,omitzero"` // where a clause that counts does not say
	Ends     DayEnds  `json:"ends,omitzero"`
	Hours    string   `json:"hours,omitzero" optional:"true" ref:"hours"` // of which a day ends at closing
	Days     string   `json:"days,omitzero" ref:"workingDays"`            // whose rest days they are over which a last day rolls
	By       string   `json:"by,omitzero" optional:"true"`                // the rule that it follows, for people
}

// FirstDay says whether the day from which a period runs is its first.
type FirstDay string

const (
	FirstDayNotCounted FirstDay = "not counted" // Civil Code art. 201
	// The day before the corresponding day is the last: from 1 March a month ends on 31
	// March, from 31 January on 27 February, for the next is counted from the 28th.
	FirstDayCounted FirstDay = "counted"
)

// Words returns the words of the choice.
func (FirstDay) Words() []string {
	return []string{string(FirstDayNotCounted), string(FirstDayCounted)}
}

// RestDay says what becomes of a last day on which nobody works: Civil Code art. 203.
type RestDay string

const (
	RestDayRolls                    RestDay = "rolls over rest days"          // to the day after the rest ends; a make-up day is no rest day if it counts as a working day
	RestDayRollsStatutory           RestDay = "rolls over statutory holidays" // weekends and shifted rest days stay
	RestDayStays                    RestDay = "stays"
	RestDayRollsBack                RestDay = "rolls back over rest days" // to the last day before that is none
	RestDayRollsBackStatutory       RestDay = "rolls back over statutory holidays"
	RestDayRollsWithin              RestDay = "rolls within the month over rest days" // to the day after the rest ends, but back where that lies in another month
	RestDayRollsWithinStatutory     RestDay = "rolls within the month over statutory holidays"
	RestDayRollsBackWithin          RestDay = "rolls back within the month over rest days" // to the last day before, but on where that lies in another month
	RestDayRollsBackWithinStatutory RestDay = "rolls back within the month over statutory holidays"
	RestDayRollsWithinHalf          RestDay = "rolls within the half-month over rest days" // as within the month; its second half begins on the 16th
	RestDayRollsWithinHalfStatutory RestDay = "rolls within the half-month over statutory holidays"
	RestDayRollsNearer              RestDay = "rolls the nearer way over rest days" // on or back, whichever is nearer; on where both are as near
	RestDayRollsNearerStatutory     RestDay = "rolls the nearer way over statutory holidays"
)

// Words returns the words of the choice.
func (RestDay) Words() []string {
	return []string{string(RestDayRolls), string(RestDayRollsStatutory), string(RestDayStays),
		string(RestDayRollsBack), string(RestDayRollsBackStatutory),
		string(RestDayRollsWithin), string(RestDayRollsWithinStatutory),
		string(RestDayRollsBackWithin), string(RestDayRollsBackWithinStatutory),
		string(RestDayRollsWithinHalf), string(RestDayRollsWithinHalfStatutory),
		string(RestDayRollsNearer), string(RestDayRollsNearerStatutory)}
}

// statutory reports whether statutory holidays alone are rest days.
func (r RestDay) statutory() bool { return strings.HasSuffix(string(r), " over statutory holidays") }

// back reports whether a day never moves later.
func (r RestDay) back() bool { return r == RestDayRollsBack || r == RestDayRollsBackStatutory }

// step is the way that a day rolls first: 1 on, -1 back, 0 whichever is nearer.
func (r RestDay) step() int {
	switch r {
	case RestDayRollsNearer, RestDayRollsNearerStatutory:
		return 0
	case RestDayRollsBack, RestDayRollsBackStatutory, RestDayRollsBackWithin, RestDayRollsBackWithinStatutory:
		return -1
	}
	return +1
}

// within is the days around d which a day does not leave while it rolls that way; the
// zero Period where there is no such bound.
func (r RestDay) within(d Date) Period {
	month := CalendarMonth.of(d)
	switch r {
	case RestDayRollsWithin, RestDayRollsWithinStatutory, RestDayRollsBackWithin, RestDayRollsBackWithinStatutory:
		return month
	case RestDayRollsWithinHalf, RestDayRollsWithinHalfStatutory:
		if second := month.From.AddDays(15); d.Before(second) {
			month.Until = second
		} else {
			month.From = second
		}
		return month
	}
	return Period{}
}

// DayEnds says when the last day of a period ends.
type DayEnds string

const (
	DayEndsAt24      DayEnds = "24:00"   // Civil Code art. 203
	DayEndsAtClosing DayEnds = "closing" // of the hours: art. 203, where there are hours of business
)

// Words returns the words of the choice.
func (DayEnds) Words() []string { return []string{string(DayEndsAt24), string(DayEndsAtClosing)} }

// A Limit is a span before or after something, and how it is kept: one shape for
// every notice, cure and window.
type Limit struct {
	By      Role      `json:"by,omitzero" optional:"true"`     // who keeps it
	Span    Span      `json:"span,omitzero"`                   // 60 days
	After   string    `json:"after,omitzero" optional:"true"`  // of what it is counted: notice
	Before  string    `json:"before,omitzero" optional:"true"` // of what it is counted back: the renewal
	Must    MustReach `json:"must,omitzero" optional:"true"`
	RestDay RestDay   `json:"restDay,omitzero"`              // of the last day; counted back it never moves later
	Late    string    `json:"late,omitzero" optional:"true"` // what a late one does: renews
}

// MustReach says what a notice has to do in time.
type MustReach string

const (
	MustArrive MustReach = "arrive"  // be deemed to have arrived: contents 14.1
	MustBeSent MustReach = "be sent" // leave in time, whenever it arrives
)

// Words returns the words of the choice.
func (MustReach) Words() []string { return []string{string(MustArrive), string(MustBeSent)} }

// A Trigger says on which day something has lasted long enough: more than 30
// days, 30 full days, after 30 days. They begin on different days: by Civil Code
// art. 1259 "more than" excludes the number, so that it needs the day after the
// 30th, and so does what comes after 30 days; 30 full days are there on the 30th.
// The zero Trigger is not stated. Triggers are comparable with ==.
type Trigger struct {
	full bool // the last day itself will do
	word string
	span Span
}

// ParseTrigger reads a trigger: "more than 30 days", "30 full days", "after 30
// days". It counts days, weeks, months or years.
func ParseTrigger(s string) (Trigger, error) {
	word, rest, full := "", s, false
	if number, unit, ok := strings.Cut(s, " full "); ok {
		word, rest, full = "full", number+" "+unit, true
	} else {
		for _, w := range []string{"more than", "after"} {
			if after, ok := strings.CutPrefix(s, w+" "); ok {
				word, rest = w, after
			}
		}
	}
	if number, _, _ := strings.Cut(rest, " "); full && !isDigits(number) {
		return Trigger{}, fmt.Errorf("%q: full days are counted by a number; write 30 full days, or more than 30 days: %w", clip(s), ErrSyntax)
	}
	if word == "" {
		return Trigger{}, fmt.Errorf("%q does not say whether the number itself is enough; write more than 30 days, 30 full days or after 30 days: %w", clip(s), ErrSyntax)
	}
	if rest == "1 day" {
		return Trigger{}, fmt.Errorf("%q: one day is written 1 calendar day: more than 1 calendar day, 1 full calendar day: %w", s, ErrSyntax)
	}
	span, err := ParseSpan(rest)
	if err != nil {
		return Trigger{}, fmt.Errorf("%q: %w", clip(s), err)
	}
	if u := span.Unit(); u < UnitDays {
		return Trigger{}, fmt.Errorf("%q: it counts days, weeks, months or years: %w", clip(s), ErrSyntax)
	}
	return Trigger{full: full, word: word, span: span}, nil
}

// Span returns the length that has to be reached or passed.
func (t Trigger) Span() Span { return t.span }

// Passed reports whether the length has to be passed: on its last day it is not yet.
func (t Trigger) Passed() bool { return !t.full }

// IsZero reports whether t is the zero Trigger, which is not stated.
func (t Trigger) IsZero() bool { return t == Trigger{} }

// String returns t as it is written, "" for the zero Trigger.
func (t Trigger) String() string {
	switch {
	case t.IsZero():
		return ""
	case t.full:
		n, _ := t.span.Count()
		_, unit, _ := strings.Cut(t.span.String(), " ")
		return fmt.Sprintf("%d full %s", n, unit)
	}
	return t.word + " " + t.span.String()
}

// MarshalText writes what String returns.
func (t Trigger) MarshalText() ([]byte, error) { return []byte(t.String()), nil }

// UnmarshalText reads what ParseTrigger reads.
func (t *Trigger) UnmarshalText(b []byte) error {
	v, err := ParseTrigger(string(b))
	if err != nil {
		return err
	}
	*t = v
	return nil
}

// A periodRule is how one version of a document counts.
type periodRule struct {
	clause PeriodsClause
	days   *WorkingDays // whose rest days a last day rolls over
	hours  *Schedule    // at whose closing a last day ends; nil: none
	zone   *time.Location
	source source
}

// after is the day on which a span ends that runs from a day: the corresponding day,
// or, where the clause counts the day itself, the day before it, so that periods
// which adjoin leave no day out and count none twice.
func (k *calc) after(name, clause string, from told[Date], span told[Span], p *periodRule) told[Date] {
	return k.end(name, clause, from, span, p, +1)
}

// before is the corresponding day a span before another; where a month lacks it, the
// last of that month, unless the clause refuses.
func (k *calc) before(name, clause string, from told[Date], span told[Span], p *periodRule) told[Date] {
	return k.end(name, clause, from, span, p, -1)
}

func (k *calc) end(name, clause string, from told[Date], span told[Span], p *periodRule, sign int) told[Date] {
	if k.err != nil {
		return told[Date]{}
	}
	n, _ := span.v.Count()
	d, err := p.corresponding(from.v, span.v, sign)
	if err != nil {
		k.fail(err)
		return told[Date]{}
	}
	args := []int{from.at, span.at}
	if u := span.v.Unit(); u == UnitMonths || u == UnitYears {
		args = append(args, k.termWord("month end", string(p.clause.MonthEnd), p.source, "/monthEnd").at)
	}
	op := proof.After
	if sign < 0 {
		op = proof.Before
	}
	t := told[Date]{v: d}
	t.at = k.derive(op, name, func() proof.Value { return dateValue(d) }, clause, args...)
	if sign > 0 && n > 0 && p.countsFirst() {
		one := k.termSpan("first day counted", Span{1, UnitDays}, p.source, "/firstDay")
		if t.v = d.AddDays(-1); !t.v.IsValid() {
			k.fail(fmt.Errorf("no day comes before %v: %w", d, ErrRange))
			return told[Date]{}
		}
		t.at = k.derive(proof.Before, name, func() proof.Value { return dateValue(t.v) }, clause, t.at, one.at)
	}
	return t
}

// countsFirst reports whether the day from which a period runs is its first; p may be
// nil, where a document says nothing of periods, and then it is not: Civil Code art. 201.
func (p *periodRule) countsFirst() bool {
	return p != nil && p.clause.FirstDay == FirstDayCounted
}

// back is the day from which a span of civil days has run by another: the corresponding
// day before it, or, where the clause counts the day itself, the day after that.
func (k *calc) back(name, clause string, by told[Date], span told[Span], p *periodRule) told[Date] {
	if p.countsFirst() && span.v.n > 0 {
		by = k.next("day after", clause, by)
	}
	return k.before(name, clause, by, span, p)
}

// uncounted is the day from which working days are counted that does not count itself:
// the day, or the day before it where the clause counts it.
func (k *calc) uncounted(clause string, d told[Date], p *periodRule) told[Date] {
	if !p.countsFirst() {
		return d
	}
	return k.before("day before", clause, d, k.termSpan("first day counted", Span{1, UnitDays}, p.source, "/firstDay"), p)
}

// workingDaysBack is the day from which working days have run by another.
func (k *calc) workingDaysBack(name, clause string, by told[Date], span told[Span], p *periodRule, w *WorkingDays) told[Date] {
	d := k.workingDayBack(name, clause, by, span, w)
	if p.countsFirst() {
		d = k.next("first day", clause, d)
	}
	return d
}

// corresponding is the corresponding day a span after another, or before it for a sign
// of -1.
func (p *periodRule) corresponding(from Date, span Span, sign int) (d Date, err error) {
	n, _ := span.Count()
	switch u := span.Unit(); u {
	case UnitDays:
		d = from.AddDays(sign * n)
	case UnitWeeks:
		d = from.AddDays(sign * 7 * n)
	case UnitMonths, UnitYears:
		if u == UnitYears {
			n *= 12
		}
		end := p.clause.MonthEnd
		if sign < 0 && end == MonthEndNext {
			end = MonthEndLast // what is counted back never moves later
		}
		d, err = from.AddMonths(sign*n, end)
	default:
		err = fmt.Errorf("%v are not counted in civil days: %w", span, ErrInvalid)
	}
	if err == nil && !d.IsValid() {
		err = fmt.Errorf("%v from %v lies outside the years 1 to 9999: %w", span, from, ErrRange)
	}
	return d, err
}

// lastOf is the last day of a span of civil days that runs from a day, rolled as the
// clause says, and the last of the days that were looked at for it: what lastDay of a
// calc tells, without one.
func (p *periodRule) lastOf(from Date, span Span) (last, seen Date, err error) {
	if last, err = p.corresponding(from, span, +1); err != nil {
		return Date{}, Date{}, err
	}
	if p.countsFirst() && span.n > 0 {
		last = last.AddDays(-1)
	}
	last, days, err := p.days.roll(last, p.clause.RestDay)
	return last, days.Last(), err
}

// next is the day after another.
func (k *calc) next(name, clause string, d told[Date]) told[Date] {
	one := k.lawSpan("next day", Span{1, UnitDays}, "the day after", "")
	if k.err != nil {
		return told[Date]{}
	}
	t := told[Date]{v: d.v.AddDays(1)}
	if !t.v.IsValid() {
		k.fail(fmt.Errorf("no day follows %v: %w", d.v, ErrRange))
		return told[Date]{}
	}
	t.at = k.derive(proof.After, name, func() proof.Value { return dateValue(t.v) }, clause, d.at, one.at)
	return t
}

// workingDay is the n-th working day after a day, which is not counted.
func (k *calc) workingDay(name, clause string, from told[Date], span told[Span], w *WorkingDays) told[Date] {
	if k.err != nil {
		return told[Date]{}
	}
	n, _ := span.v.Count()
	d, err := w.AddWorkingDays(from.v, n)
	if err != nil {
		k.fail(err)
		return told[Date]{}
	}
	t := told[Date]{v: d}
	if k.tells() {
		days := newQuotes(k.w, Through(from.v, d)).workingDays(w)
		t.at = k.w.derive(proof.Nth, name, dateValue(d), clause, from.at, span.at, days)
	}
	return t
}

// roll moves a last day on which nobody works: Civil Code art. 203.
func (k *calc) roll(name, clause string, d told[Date], word told[string], w *WorkingDays) told[Date] {
	if k.err != nil || RestDay(word.v) == RestDayStays {
		return d
	}
	last, seen, err := w.rolled(d.v, RestDay(word.v))
	if err != nil {
		k.fail(err)
		return told[Date]{}
	}
	t := told[Date]{v: last}
	if k.tells() {
		days := newQuotes(k.w, seen).workingDays(w)
		t.at = k.w.derive(proof.Roll, name, dateValue(last), clause, d.at, word.at, days)
	}
	return t
}

// ends is the last day of a span that runs from a day, rolled as the word says.
func (k *calc) ends(name, clause string, from told[Date], span told[Span], restDay told[string], p *periodRule) told[Date] {
	if RestDay(restDay.v) == RestDayStays {
		return k.after(name, clause, from, span, p)
	}
	return k.roll(name, clause, k.after("before rolling", clause, from, span, p), restDay, p.days)
}

// factSpan quotes a span that was asked about.
func (k *calc) factSpan(name string, s Span, in, at string) told[Span] {
	t := told[Span]{v: s}
	if k.tells() {
		t.at = k.w.fact(name, spanValue(s), in, at)
	}
	return t
}

// firstDay is the first day on which what runs from a day has lasted long enough
// for a trigger: the last of full days itself, else the day after it (art. 1259).
func (k *calc) firstDay(name, clause string, from told[Date], t Trigger, src source, key string, p *periodRule) told[Date] {
	return k.firstDayAfter(name, clause, from, t, k.termSpan("after", t.span, src, key), p)
}

func (k *calc) firstDayAfter(name, clause string, from told[Date], t Trigger, span told[Span], p *periodRule) told[Date] {
	if !t.Passed() {
		return k.after(name, clause, from, span, p)
	}
	return k.next(name, clause, k.after("last day", clause, from, span, p))
}

// dayOf is the civil day on which an instant falls in a zone.
func (k *calc) dayOf(name, clause string, t told[time.Time], zone *time.Location) told[Date] {
	if k.err != nil {
		return told[Date]{}
	}
	d := told[Date]{v: DateOf(t.v.In(zone))}
	if k.tells() {
		q := newQuotes(k.w, daysSpanned(zone, t.v))
		d.at = k.w.derive(proof.DayOf, name, dateValue(d.v), clause, t.at, q.zone(zone))
	}
	return d
}

// opening is the instant itself if service is open then, else the next opening.
func (k *calc) opening(name, clause string, t told[time.Time], s *Schedule) told[time.Time] {
	if k.err != nil {
		return told[time.Time]{}
	}
	at, err := s.OpenFrom(t.v)
	if err != nil {
		k.fail(err)
		return told[time.Time]{}
	}
	o := told[time.Time]{v: at}
	if k.tells() {
		q := newQuotes(k.w, daysSpanned(s.zone, t.v, at))
		o.at = k.w.derive(proof.Opening, name, proof.InstantOf(at), clause, t.at, q.hours(s))
	}
	return o
}

// closing is the instant itself if service is open just before it, else the last
// closing before it.
func (k *calc) closing(name, clause string, t told[time.Time], s *Schedule) told[time.Time] {
	if k.err != nil {
		return told[time.Time]{}
	}
	at, err := s.OpenUntil(t.v)
	if err != nil {
		k.fail(err)
		return told[time.Time]{}
	}
	c := told[time.Time]{v: at}
	if k.tells() {
		q := newQuotes(k.w, daysSpanned(s.zone, t.v, at, at.Add(-1))) // whether service ran until then, the day before tells
		c.at = k.w.derive(proof.Closing, name, proof.InstantOf(at), clause, t.at, q.hours(s))
	}
	return c
}

// midnight is 24:00 of a day in a zone.
func (k *calc) midnight(name, clause string, d told[Date], zone *time.Location) told[time.Time] {
	if k.err != nil {
		return told[time.Time]{}
	}
	next := d.v.AddDays(1)
	if !next.IsValid() {
		k.fail(fmt.Errorf("no day follows %v: %w", d.v, ErrRange))
		return told[time.Time]{}
	}
	m := told[time.Time]{v: next.StartIn(zone)}
	if k.tells() {
		q := newQuotes(k.w, Through(d.v, d.v))
		m.at = k.w.derive(proof.Midnight, name, proof.InstantOf(m.v), clause, d.at, q.zone(zone))
	}
	return m
}

// workingDayBack is the last day after which n working days lie up to and with
// another: the inverse of workingDay.
func (k *calc) workingDayBack(name, clause string, by told[Date], span told[Span], w *WorkingDays) told[Date] {
	if k.err != nil {
		return told[Date]{}
	}
	n, _ := span.v.Count()
	// The n-th working day back from the day after, less one day.
	d, err := w.backFrom(by.v, n)
	if err != nil {
		k.fail(err)
		return told[Date]{}
	}
	t := told[Date]{v: d.AddDays(-1)}
	if k.tells() {
		days := newQuotes(k.w, Through(d, by.v)).workingDays(w)
		t.at = k.w.derive(proof.NthBack, name, dateValue(t.v), clause, by.at, span.at, days)
	}
	return t
}

// backFrom is the n-th working day up to and with d, counted back.
func (w *WorkingDays) backFrom(d Date, n int) (Date, error) {
	working, err := w.IsWorkingDay(d)
	if err != nil {
		return Date{}, err
	}
	if working {
		n-- // d is the first
	}
	return w.AddWorkingDays(d, -n)
}

// contractYears are the years of a term, counted from its first day: the second
// begins twelve months after the first.
type contractYears struct {
	first  Date
	end    MonthEnd
	source source // of the term
}

// of returns the contract year in which a day lies, and its number from 1; the
// zero Period for a day before the first.
func (y contractYears) of(d Date) (Period, int) {
	if !y.first.IsValid() || d.Before(y.first) {
		return Period{}, 0
	}
	n := d.Year() - y.first.Year() + 1 // the one that begins in the year of d, or the one before it
	for ; n >= 1; n-- {
		effort.Take()
		if p := y.nth(n); p.Contains(d) {
			return p, n
		}
	}
	return Period{}, 0
}

// nth returns the n-th contract year, from 1.
func (y contractYears) nth(n int) Period {
	from, err := y.first.AddMonths(12*(n-1), y.end)
	until, err2 := y.first.AddMonths(12*n, y.end)
	if err != nil || err2 != nil {
		return Period{}
	}
	return Period{from, until}
}

// CountPeriod is the period of one figure.
type CountPeriod string

const (
	CalendarMonth   CountPeriod = "calendar month"
	CalendarQuarter CountPeriod = "calendar quarter"
	ServiceMonth    CountPeriod = "service month" // to the corresponding day, from the first day of the term
	ThirtyDays      CountPeriod = "30 days"       // one after the other, from the first day of the term
)

// Words returns the words of the choice.
func (CountPeriod) Words() []string {
	return []string{string(CalendarMonth), string(CalendarQuarter), string(ServiceMonth), string(ThirtyDays)}
}

// ofTerm reports whether the periods are counted from the first day of the term.
func (c CountPeriod) ofTerm() bool { return c == ServiceMonth || c == ThirtyDays }

// of returns the calendar period in which a day lies.
func (c CountPeriod) of(d Date) Period {
	y, m, _ := d.Date()
	months := 1
	if c == CalendarQuarter {
		m -= (m - 1) % 3
		months = 3
	}
	from := civil(y, m, 1)
	until, err := from.AddMonths(months, MonthEndLast)
	if err != nil { // the last period of the year 9999
		until = Date{maxDate}
	}
	return Period{from, until}
}

// countedBy is how the periods of one figure follow one another.
type countedBy struct {
	every CountPeriod
	term  contractYears // from whose first day those of a term are counted
}

// of returns the period in which a day lies; the zero Period for a day before the
// first period of a term.
func (c countedBy) of(d Date) Period {
	first := c.term.first
	switch {
	case !c.every.ofTerm():
		return c.every.of(d)
	case !first.IsValid() || d.Before(first):
		return Period{}
	case c.every == ThirtyDays:
		from := d.AddDays(-(d.Sub(first) % 30))
		return Period{from, orLast(from.AddDays(30), nil)}
	}
	y, m, _ := d.Date()
	y0, m0, _ := first.Date()
	n := 12*(y-y0) + int(m) - int(m0) // the month that begins in that of d, or the one before it
	for ; n >= 0; n-- {
		from, err := first.AddMonths(n, c.term.end)
		if err != nil || d.Before(from) {
			continue
		}
		return Period{from, orLast(first.AddMonths(n+1, c.term.end))}
	}
	return Period{}
}

// orLast is a day, or the last that there is where it lies beyond.
func orLast(d Date, err error) Date {
	if err != nil || !d.IsValid() {
		return Date{maxDate}
	}
	return d
}

// starting returns the first day from d on that begins a period.
func (c countedBy) starting(d Date) Date {
	switch p := c.of(d); {
	case !p.IsValid():
		return c.term.first
	case p.From != d:
		return p.Until
	}
	return d
}

// mostStarts bounds the search for a day that begins a period of two kinds.
const mostStarts = 1200

// together returns the first day from d on that begins a period of both; ok is false
// where none does within so many.
func (c countedBy) together(next countedBy, d Date) (from Date, ok bool) {
	from = c.starting(d)
	for range mostStarts {
		if next.starting(from) == from {
			return from, true
		}
		if from = c.starting(from.AddDays(1)); !from.IsValid() || from.n == maxDate {
			break
		}
	}
	return Date{maxDate}, false
}

// ruleOfPeriod returns the rule by which a day counts, and its period: a clause
// that changes within a period holds from the next that begins under both, so
// that no period has two rules. The zero R is no clause.
func ruleOfPeriod[R comparable](rules versions[R], day Date, by func(R) countedBy) (R, Period) {
	var none R
	rule := rules[0].rule
	for _, next := range rules[1:] {
		from := next.from
		switch {
		case rule == none || next.rule == rule:
		case next.rule == none:
			from = by(rule).starting(from)
		default:
			from, _ = by(rule).together(by(next.rule), from)
		}
		if day.Before(from) {
			break
		}
		rule = next.rule
	}
	if rule == none {
		return rule, Period{}
	}
	return rule, by(rule).of(day)
}
