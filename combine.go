package contract

import (
	"fmt"
	"time"

	"github.com/cfd16870/contract/internal/timeline"
	"github.com/cfd16870/contract/proof"
)

// Hours put together: open when either is, when both are, when one is and the
// other is not.

// combined is what a schedule is made of that was put together of two.
type combined struct {
	word string // of the working: proof's for the step
	a, b *Schedule
}

// Union returns the hours in which s or o is open. It is known where both are, and
// answers in the zone of s. What is put together has open time and no windows of a
// day of its own: Day tells what the day is for s, wherever that is known.
func (s *Schedule) Union(o *Schedule) (*Schedule, error) { return combine("either", s, o) }

// Intersection returns the hours in which s and o are both open: see [Schedule.Union].
func (s *Schedule) Intersection(o *Schedule) (*Schedule, error) { return combine("both", s, o) }

// Difference returns the hours in which s is open and o is not: see [Schedule.Union].
func (s *Schedule) Difference(o *Schedule) (*Schedule, error) {
	return combine("first without second", s, o)
}

func combine(word string, a, b *Schedule) (*Schedule, error) {
	if a == nil || b == nil || a.line == nil || b.line == nil {
		return nil, errNoHours()
	}
	if err := distinct(append(a.rests(), b.rests()...)); err != nil {
		return nil, err
	}
	l := &serviceLine{days: a.line.days.common(b.line.days), from: max(a.line.from, b.line.from), until: min(a.line.until, b.line.until)}
	if l.until <= l.from || !l.days.IsValid() {
		return nil, fmt.Errorf("one is known for %v and the other for %v: no day in common: %w", a.line.days, b.line.days, ErrInvalid)
	}
	out := timeline.NewBuilder(l.from, l.until, a.line.open.Len()+b.line.open.Len())
	switch word {
	case "either":
		timeline.Union(out, a.line.open, b.line.open)
	case "both":
		timeline.Intersection(out, a.line.open, b.line.open)
	default:
		timeline.Difference(out, a.line.open, b.line.open)
	}
	var err error
	if l.open, err = out.Line(); err != nil {
		return nil, err
	}
	return &Schedule{zone: a.zone, line: l, of: &combined{word, a, b}}, nil
}

// rests is the calendars on which hours rest.
func (s *Schedule) rests() (list []*Calendar) {
	if s.of != nil {
		return append(s.of.a.rests(), s.of.b.rests()...)
	}
	for _, p := range s.parts {
		list = append(list, p.rule.calendar)
	}
	return list
}

// distinct refuses two calendars of one name and version that are not alike: whoever
// reads an answer, or checks a working, could not tell whose days they are.
func distinct(list []*Calendar) error {
	for i, c := range list {
		for _, o := range list[:i] {
			if c != o && c.label() == o.label() && (c.reach(true) != o.reach(true) || len(o.Changes(c)) > 0) {
				return &Error{In: "calendar " + c.label(), Kind: ErrConflict, Msg: "two calendars of this name and version have other days; give one of them another version"}
			}
		}
	}
	return nil
}

// provisional puts the provisional handles of both together.
func (c *combined) provisional() (*Schedule, error) {
	a, err := c.a.Provisional()
	if err != nil {
		return nil, err
	}
	b, err := c.b.Provisional()
	if err != nil {
		return nil, err
	}
	return combine(c.word, a, b)
}

// provisionalFrom is the earlier of what both say.
func (c *combined) provisionalFrom(t time.Time) Date {
	a, b := c.a.ProvisionalFrom(t), c.b.ProvisionalFrom(t)
	if !a.IsValid() || b.IsValid() && b.Before(a) {
		return b
	}
	return a
}

// quote quotes both, and how they are put together. The clock of the other may show
// another day, by up to two, and more of it is quoted.
func (c *combined) quote(q *quotes) int {
	days := q.days
	if end := time.Unix(min(c.a.line.until, c.b.line.until), 0).In(c.a.zone); !days.From.StartIn(c.a.zone).Before(end) {
		q.days = daysSpanned(c.a.zone, end.Add(-1)) // asked at the very end of what both know
	}
	near := q.days
	a := q.hours(c.a)
	q.days = Period{near.From.AddDays(-2), near.Until.AddDays(2)}
	b := q.hours(c.b)
	q.days = days
	word := q.r.asked("combined by", c.word)
	both := q.covers[a].of(q.covers[b])
	days = daysSpanned(c.a.zone, both.from, both.until.Add(-1))
	step := q.r.derive(proof.Combine, "service hours", periodValue(days), "", a, word, b)
	q.covers[step] = both
	return step
}
