package contract

import (
	"fmt"
	"time"

	"github.com/cfd16870/contract/proof"
)

// Periods count spans, forward and back, and the days of triggers, by one clause:
// Civil Code art. 200 to 204, or what the clause says in their place. Immutable and
// safe for concurrent use. The zero Periods counts nothing.
type Periods struct{ rule *periodRule }

// NewPeriods returns the periods of a clause in a zone. Working days say what rest
// days are; hours may be nil, for a clause that ends no day at closing and spans that
// are not of service time. Every fault of the clause is returned at once, as Errors.
func NewPeriods(zone *time.Location, c PeriodsClause, days *WorkingDays, hours *Schedule) (*Periods, error) {
	var faults Errors
	word := func(key string, w worded, text string, ok bool) {
		if !ok {
			faults.add(key, kindOfText(text), "%q; %s", clip(text), oneOf(w))
		}
	}
	checkZone(zone, "periods", &faults)
	word("/firstDay", c.FirstDay, string(c.FirstDay), known(c.FirstDay))
	word("/monthEnd", c.MonthEnd, string(c.MonthEnd), known(c.MonthEnd))
	word("/restDay", c.RestDay, string(c.RestDay), known(c.RestDay))
	word("/ends", c.Ends, string(c.Ends), known(c.Ends))
	if days == nil || days.table == nil {
		faults.add("/days", ErrRequired, "periods need working days, which say what rest days are")
	}
	if hours != nil && (hours.line == nil || hours.of != nil) {
		faults.add("/hours", ErrInvalid, "hours with windows of a day are needed, not none and not such as were put together")
	}
	if hours == nil && c.Ends == DayEndsAtClosing {
		faults.add("/hours", ErrRequired, "say whose closing ends the last day")
	}
	if err := faults.orNil(); err != nil {
		return nil, err
	}
	if hours != nil && hours.zone.String() != zone.String() {
		faults.add("/hours", ErrConflict, "they are of the zone %v, and the periods of %v", hours.zone, zone)
	}
	if c.Ends == DayEndsAtClosing {
		for _, day := range days.parts {
			for _, open := range hours.parts {
				for rule := range open.rule.every() {
					if end := day.rule.end; len(end.spans(rule.week)) == 0 {
						faults.add("/hours", ErrConflict, "a working day without a window ends as %s, on which they have none (%s)", weekdays[end.weekday], rule.weekAt)
					}
				}
			}
		}
	}
	if err := faults.orNil(); err != nil {
		return nil, err
	}
	return &Periods{&periodRule{clause: c, days: days, hours: hours, zone: zone}}, nil
}

// kindOfText is the kind of fault of a word that is none.
func kindOfText(text string) error {
	if text == "" {
		return ErrRequired
	}
	return ErrUnknown
}

// A PeriodEnd is the last day of a period, or the last to begin one. The zero
// PeriodEnd is no answer; its working is empty.
type PeriodEnd struct {
	Day Date
	At  time.Time // when the day ends, or the span; the zero time for the last day of the year 9999

	about string
	tell  func(*calc) int
}

// Explain is the working of the day, or of the instant that a span from an instant ends at.
func (e PeriodEnd) Explain() *proof.Working { return explained(e.about, e.tell) }

// EndOf returns the last day of a span of working days, days, weeks, months or years
// that runs from a day, rolled as rest says, and when that day ends. Whether the day
// itself is counted the clause says.
func (p *Periods) EndOf(span Span, from Date, rest RestDay) (PeriodEnd, error) {
	if err := p.asked(from, rest); err != nil {
		return PeriodEnd{}, err
	}
	return p.answer(fmt.Sprintf("end of %v from %v", span, from), false, func(k *calc) (told[Date], told[time.Time]) {
		d := k.lastDay(k.factDate("from", from, "", ""), k.factSpan("span", span, "", ""), k.lawWord("rest day", string(rest), "asked", ""), p.rule)
		return d, k.dayEnds("end", d, p.rule)
	})
}

// StartOf counts a span back from a day: the corresponding day before it, of working
// days the last after which as many lie up to and with it. It is the last day on which
// what needs the span before the day can still begin, and never rolls later: rest says
// that it stays, or how it rolls back.
func (p *Periods) StartOf(span Span, by Date, rest RestDay) (PeriodEnd, error) {
	if err := p.asked(by, rest); err != nil {
		return PeriodEnd{}, err
	}
	if rest != RestDayStays && !rest.back() {
		return PeriodEnd{}, &Error{Kind: ErrInvalid, Msg: fmt.Sprintf("%q; what is counted back does not roll later: write %q, %q or %q", rest, RestDayStays, RestDayRollsBack, RestDayRollsBackStatutory)}
	}
	return p.answer(fmt.Sprintf("%v back from %v", span, by), false, func(k *calc) (told[Date], told[time.Time]) {
		d := k.firstDayBack(k.factDate("by", by, "", ""), k.factSpan("span", span, "", ""), k.lawWord("rest day", string(rest), "asked", ""), p.rule)
		return d, k.dayEnds("end", d, p.rule)
	})
}

// EndAt returns when a span ends that runs from an instant: clock time and service
// time to the instant, from the moment itself (art. 201); days and longer by the end
// of the last day, as EndOf has it for the day of the instant. Of the former no day
// rolls: rest says that it stays.
func (p *Periods) EndAt(span Span, from time.Time, rest RestDay) (PeriodEnd, error) {
	if p.rule == nil {
		return PeriodEnd{}, errNoPeriods()
	}
	if from.IsZero() {
		return PeriodEnd{}, &Error{Kind: ErrRequired, Msg: "from which instant?"}
	}
	day := DateOf(from.In(p.rule.zone))
	if day.IsValid() && !toldInstants.Contains(day) {
		return PeriodEnd{}, &Error{Kind: ErrRange, Msg: fmt.Sprintf("%s: instants are counted from on the days %v", stamp(from.In(p.rule.zone)), toldInstants)}
	}
	if err := p.asked(day, rest); err != nil {
		return PeriodEnd{}, err
	}
	if _, ok := span.Duration(); ok && rest != RestDayStays {
		return PeriodEnd{}, &Error{Kind: ErrInvalid, Msg: fmt.Sprintf("%q; %v end at an instant and not on a day: write %q", rest, span, RestDayStays)}
	}
	return p.answer(fmt.Sprintf("end of %v from %s", span, stamp(from.In(p.rule.zone))), true, func(k *calc) (told[Date], told[time.Time]) {
		start := k.factInstant("from", from.In(p.rule.zone), "", "")
		if length, ok := span.Duration(); ok {
			at := k.runs(start, length, span.Unit(), p.rule)
			return told[Date]{v: DateOf(at.v.In(p.rule.zone))}, at
		}
		d := k.lastDay(k.dayOf("day", p.rule.source.clause, start, p.rule.zone), k.factSpan("span", span, "", ""), k.lawWord("rest day", string(rest), "asked", ""), p.rule)
		return d, k.dayEnds("end", d, p.rule)
	})
}

// FirstDay returns the first day on which what runs from a day has lasted long enough
// for a trigger: more than 30 days, 30 full days, after 30 days.
func (p *Periods) FirstDay(t Trigger, from Date) (PeriodEnd, error) {
	if err := p.asked(from, RestDayStays); err != nil {
		return PeriodEnd{}, err
	}
	if t.IsZero() {
		return PeriodEnd{}, &Error{Kind: ErrRequired, Msg: "for how long? write more than 30 days, 30 full days or after 30 days"}
	}
	return p.answer(fmt.Sprintf("first day of %v from %v", t, from), false, func(k *calc) (told[Date], told[time.Time]) {
		d := k.firstDayAfter("first day", p.rule.source.clause, k.factDate("from", from, "", ""), t, k.factSpan("after", t.span, "", ""), p.rule)
		return d, k.dayEnds("end", d, p.rule)
	})
}

// toldInstants are the days of which every instant can be told, on every clock and with
// the days around: at the ends of the years 1 to 9999 it is of another year elsewhere.
var toldInstants = Period{civil(1, time.January, 10), civil(9999, time.December, 29)}

func errNoPeriods() error { return fmt.Errorf("the zero Periods counts nothing: %w", ErrInvalid) }

// asked checks what is the same in every question.
func (p *Periods) asked(day Date, rest RestDay) error {
	switch {
	case p.rule == nil:
		return errNoPeriods()
	case !day.IsValid():
		return &Error{Kind: ErrRequired, Msg: "from which day does it run?"}
	case !known(rest):
		return &Error{Kind: kindOfWord(rest), Msg: fmt.Sprintf("%q; %s", clip(string(rest)), oneOf(rest))}
	}
	return nil
}

// answer runs a question once for its answer, and again for each working of it: of
// the day, or of the instant.
func (p *Periods) answer(about string, instant bool, run func(*calc) (told[Date], told[time.Time])) (PeriodEnd, error) {
	k := new(calc)
	day, at := run(k)
	if k.err != nil {
		return PeriodEnd{}, k.err
	}
	return PeriodEnd{Day: day.v, At: at.v, about: about, tell: func(k *calc) int {
		day, at := run(k)
		if instant && !at.v.IsZero() {
			return at.at
		}
		return day.at
	}}, nil
}

// lastDay is the last day of a span from a day, rolled.
func (k *calc) lastDay(from told[Date], span told[Span], rest told[string], p *periodRule) told[Date] {
	clause := p.source.clause
	if span.v.Unit() != UnitWorkingDays {
		return k.ends("last day", clause, from, span, rest, p)
	}
	if p.clause.FirstDay == FirstDayCounted && span.v.n > 0 {
		one := k.termSpan("first day counted", Span{1, UnitDays}, p.source, "/firstDay")
		from = k.before("day before", clause, from, one, p)
	}
	name := "before rolling"
	if RestDay(rest.v) == RestDayStays {
		name = "last day"
	}
	if span.v.n == 0 {
		return k.roll("last day", clause, from, rest, p.days)
	}
	return k.roll("last day", clause, k.workingDay(name, clause, from, k.dayCount(span), p.days), rest, p.days)
}

// dayCount quotes a span of working days as a number of them, which their steps take.
func (k *calc) dayCount(span told[Span]) told[Span] {
	if k.tells() {
		span.at = k.w.fact("working days", proof.DaysOf(int(span.v.n)), "", "")
	}
	return span
}

// firstDayBack is the last day from which a span ends by a day, rolled back.
func (k *calc) firstDayBack(by told[Date], span told[Span], rest told[string], p *periodRule) told[Date] {
	clause := p.source.clause
	d := by
	counted := p.clause.FirstDay == FirstDayCounted && span.v.n > 0
	switch {
	case span.v.Unit() != UnitWorkingDays:
		// A first day that is counted is a day later: the span ends the day before the
		// corresponding one.
		if counted {
			d = k.next("day after", clause, by)
		}
		d = k.before("before rolling", clause, d, span, p)
	case span.v.n > 0:
		d = k.workingDayBack("before rolling", clause, by, k.dayCount(span), p.days)
		if counted {
			d = k.next("first day", clause, d)
		}
	}
	return k.roll("last day", clause, d, rest, p.days)
}

// runs is the end of a length of clock or service time from an instant.
func (k *calc) runs(from told[time.Time], length time.Duration, u Unit, p *periodRule) told[time.Time] {
	if k.err != nil {
		return told[time.Time]{}
	}
	at := told[time.Time]{v: from.v.Add(length)}
	if u.OnService() {
		if p.hours == nil {
			k.fail(&Error{Kind: ErrRequired, Msg: fmt.Sprintf("%v of which hours? the periods were made without any", u)})
			return told[time.Time]{}
		}
		var err error
		if at.v, err = p.hours.Add(from.v, length); err != nil {
			k.fail(err)
			return told[time.Time]{}
		}
	} else if !toldInstants.Contains(DateOf(at.v.In(p.zone))) {
		k.fail(fmt.Errorf("%v from %s ends outside the days %v: %w", length, stamp(from.v), toldInstants, ErrRange))
		return told[time.Time]{}
	}
	if k.tells() {
		args := []int{from.at, k.w.fact("span", proof.ElapsedOf(length), "", "")}
		op := proof.Elapse
		if u.OnService() {
			op = proof.Reach
			args = append(args, newQuotes(k.w, daysSpanned(p.zone, from.v, at.v)).hours(p.hours))
		}
		at.at = k.w.derive(op, "end", proof.InstantOf(at.v), p.source.clause, args...)
	}
	return at
}

// dayEnds is when a last day ends: Civil Code art. 203. The last day of the year 9999
// has no end.
func (k *calc) dayEnds(name string, d told[Date], p *periodRule) told[time.Time] {
	if k.err != nil || !d.v.IsValid() || d.v.n == maxDate {
		return told[time.Time]{}
	}
	if p.clause.Ends != DayEndsAtClosing {
		return k.midnight(name, p.source.clause, d, p.zone)
	}
	rule := p.days.parts.on(d.v)
	at, err := p.hours.closeOf(d.v, rule.end)
	if err != nil {
		k.fail(err)
		return told[time.Time]{}
	}
	t := told[time.Time]{v: at}
	if k.tells() {
		hours := newQuotes(k.w, Through(d.v, d.v)).hours(p.hours)
		without := k.w.term("a working day without a window", proof.WordOf(string(rule.clause.WithoutWindow)), rule.source, "/withoutWindow")
		t.at = k.w.derive(proof.Close, name, proof.InstantOf(at), p.source.clause, d.at, hours, without)
	}
	return t
}
