package contract

import (
	"fmt"
	"time"

	"github.com/cfd16870/contract/proof"
)

// The workings of questions about hours and working days: each quotes the clause
// and the days of the calendar from which its answer follows, and no compiled table.

// tellHours is a working of one step over the hours of s, which rests on some facts;
// the hours of the days on which the instants fall are quoted.
func (s *Schedule) tellHours(about string, answer proof.Value, step func(r *recorder, hours func() int) (proof.Op, string, []int), days Period) *proof.Working {
	r := newRecorder(about)
	q := newQuotes(r, days)
	op, name, args := step(r, func() int { return q.hours(s) })
	r.derive(op, name, answer, s.clause(), args...)
	return r.done()
}

// clause is the clause of the hours; "" for hours put together of two.
func (s *Schedule) clause() string {
	if s.of != nil {
		return ""
	}
	return s.parts[0].rule.source.clause
}

// ExplainAdd is the working of Add: the hours and the days of the calendar from
// which the answer follows.
func (s *Schedule) ExplainAdd(t time.Time, d time.Duration) (*proof.Working, error) {
	to, err := s.Add(t, d)
	if err != nil {
		return nil, err
	}
	if d < 0 {
		return s.tellHours(fmt.Sprintf("%v of service time before %s", -d, stamp(t.In(s.zone))), proof.InstantOf(to), func(r *recorder, hours func() int) (proof.Op, string, []int) {
			end := r.fact("to", proof.InstantOf(t.In(s.zone)), "", "")
			return proof.ReachBack, "from", []int{end, r.fact("service time", proof.ElapsedOf(-d), "", ""), hours()}
		}, daysSpanned(s.zone, t, to)), nil
	}
	return s.tellHours(fmt.Sprintf("%v of service time from %s", d, stamp(t.In(s.zone))), proof.InstantOf(to), func(r *recorder, hours func() int) (proof.Op, string, []int) {
		from := r.fact("received", proof.InstantOf(t.In(s.zone)), "", "")
		return proof.Reach, "due", []int{from, r.fact("within, service time", proof.ElapsedOf(d), "", ""), hours()}
	}, daysSpanned(s.zone, t, to)), nil
}

// ExplainBetween is the working of Between.
func (s *Schedule) ExplainBetween(from, to time.Time) (*proof.Working, error) {
	d, err := s.Between(from, to)
	if err != nil {
		return nil, err
	}
	about := fmt.Sprintf("service time from %s to %s", stamp(from.In(s.zone)), stamp(to.In(s.zone)))
	return s.tellHours(about, proof.ElapsedOf(d), func(r *recorder, hours func() int) (proof.Op, string, []int) {
		a := r.fact("from", proof.InstantOf(from.In(s.zone)), "", "")
		return proof.Open, "service time", []int{a, r.fact("to", proof.InstantOf(to.In(s.zone)), "", ""), hours()}
	}, daysSpanned(s.zone, from, to)), nil
}

// ExplainIsOpen is the working of IsOpen.
func (s *Schedule) ExplainIsOpen(t time.Time) (*proof.Working, error) {
	open, err := s.IsOpen(t)
	if err != nil {
		return nil, err
	}
	return s.tellHours(fmt.Sprintf("open at %s", stamp(t.In(s.zone))), proof.TruthOf(open), func(r *recorder, hours func() int) (proof.Op, string, []int) {
		return proof.IsOpen, "open", []int{r.fact("instant", proof.InstantOf(t.In(s.zone)), "", ""), hours()}
	}, daysSpanned(s.zone, t)), nil
}

// explainInstant is the working of an instant that is found from another.
func (s *Schedule) explainInstant(op proof.Op, what string, t time.Time, find func(time.Time) (time.Time, error)) (*proof.Working, error) {
	to, err := find(t)
	if err != nil {
		return nil, err
	}
	// Whether service runs on over midnight, the night before it tells.
	days := daysSpanned(s.zone, t, to, to.Add(-1))
	return s.tellHours(fmt.Sprintf("%s of %s", what, stamp(t.In(s.zone))), proof.InstantOf(to), func(r *recorder, hours func() int) (proof.Op, string, []int) {
		args := []int{r.fact("instant", proof.InstantOf(t.In(s.zone)), "", "")}
		if op == proof.Turn {
			args = append(args, r.asked("asked for", what))
		}
		return op, what, append(args, hours())
	}, days), nil
}

// ExplainNextOpening is the working of NextOpening.
func (s *Schedule) ExplainNextOpening(t time.Time) (*proof.Working, error) {
	return s.explainInstant(proof.Turn, "next opening", t, s.NextOpening)
}

// ExplainNextClosing is the working of NextClosing.
func (s *Schedule) ExplainNextClosing(t time.Time) (*proof.Working, error) {
	return s.explainInstant(proof.Turn, "next closing", t, s.NextClosing)
}

// ExplainPreviousOpening is the working of PreviousOpening.
func (s *Schedule) ExplainPreviousOpening(t time.Time) (*proof.Working, error) {
	return s.explainInstant(proof.Turn, "previous opening", t, s.PreviousOpening)
}

// ExplainPreviousClosing is the working of PreviousClosing.
func (s *Schedule) ExplainPreviousClosing(t time.Time) (*proof.Working, error) {
	return s.explainInstant(proof.Turn, "previous closing", t, s.PreviousClosing)
}

// ExplainOpenFrom is the working of OpenFrom.
func (s *Schedule) ExplainOpenFrom(t time.Time) (*proof.Working, error) {
	return s.explainInstant(proof.Opening, "open from", t, s.OpenFrom)
}

// ExplainOpenUntil is the working of OpenUntil.
func (s *Schedule) ExplainOpenUntil(t time.Time) (*proof.Working, error) {
	return s.explainInstant(proof.Closing, "open until", t, s.OpenUntil)
}

// tellDays is a working of one step over working days.
func (w *WorkingDays) tellDays(about, name string, op proof.Op, answer proof.Value, days Period, args func(r *recorder) []int) *proof.Working {
	r := newRecorder(about)
	list := args(r)
	list = append(list, newQuotes(r, days).workingDays(w))
	r.derive(op, name, answer, w.parts[0].rule.source.clause, list...)
	return r.done()
}

// asked quotes a word of the question.
func (r *recorder) asked(name, word string) int {
	return r.put(proof.Step{Op: proof.Rule, Name: name, Value: proof.WordOf(word), Source: &proof.Source{In: "asked"}})
}

// daysBetween is the days from one through another, in whichever order.
func daysBetween(list ...Date) Period {
	p := Through(list[0], list[0])
	for _, d := range list[1:] {
		p.From = earliest(p.From, d)
		p.Until = latest(p.Until, d.AddDays(1))
	}
	return p
}

// ExplainIsWorkingDay is the working of IsWorkingDay.
func (w *WorkingDays) ExplainIsWorkingDay(d Date) (*proof.Working, error) {
	is, err := w.IsWorkingDay(d)
	if err != nil {
		return nil, err
	}
	return w.tellDays(fmt.Sprintf("whether %v is a working day", d), "working day", proof.Works, proof.TruthOf(is), Through(d, d), func(r *recorder) []int {
		return []int{r.fact("day", dateValue(d), "", "")}
	}), nil
}

// ExplainAddWorkingDays is the working of AddWorkingDays.
func (w *WorkingDays) ExplainAddWorkingDays(d Date, n int) (*proof.Working, error) {
	to, err := w.AddWorkingDays(d, n)
	if err != nil {
		return nil, err
	}
	about := fmt.Sprintf("%d working days from %v", n, d)
	if n == 0 {
		return w.tellDays(about, "last day", proof.Roll, dateValue(to), Through(d, d), func(r *recorder) []int {
			return []int{r.fact("day of receipt", dateValue(d), "", ""), r.asked("rest day", string(RestDayStays))}
		}), nil
	}
	return w.tellDays(about, "last day", proof.Nth, dateValue(to), daysBetween(d, to), func(r *recorder) []int {
		return []int{r.fact("day of receipt", dateValue(d), "", ""), r.fact("within, working days", proof.DaysOf(n), "", "")}
	}), nil
}

// ExplainWorkingDaysBetween is the working of WorkingDaysBetween.
func (w *WorkingDays) ExplainWorkingDaysBetween(d, e Date, b Bounds) (*proof.Working, error) {
	n, err := w.WorkingDaysBetween(d, e, b)
	if err != nil {
		return nil, err
	}
	return w.tellDays(fmt.Sprintf("working days from %v to %v, %s", d, e, b), "working days", proof.Counted, proof.DaysOf(n), daysBetween(d, e), func(r *recorder) []int {
		return []int{r.fact("from", dateValue(d), "", ""), r.fact("to", dateValue(e), "", ""), r.asked("ends counted", string(b))}
	}), nil
}

// ExplainRoll is the working of Roll.
func (w *WorkingDays) ExplainRoll(d Date, how RestDay) (*proof.Working, error) {
	to, seen, err := w.rolled(d, how)
	if err != nil {
		return nil, err
	}
	return w.tellDays(fmt.Sprintf("%v %s", d, how), "last day", proof.Roll, dateValue(to), seen, func(r *recorder) []int {
		return []int{r.fact("day", dateValue(d), "", ""), r.asked("rest day", string(how))}
	}), nil
}

// ExplainLastOfMonth is the working of LastOfMonth.
func (w *WorkingDays) ExplainLastOfMonth(d Date) (*proof.Working, error) {
	to, err := w.LastOfMonth(d)
	if err != nil {
		return nil, err
	}
	return w.tellDays(fmt.Sprintf("last working day of the month of %v", d), "last day", proof.LastOfMonth, dateValue(to), daysBetween(d, to, CalendarMonth.of(d).Last()), func(r *recorder) []int {
		return []int{r.fact("day", dateValue(d), "", "")}
	}), nil
}
