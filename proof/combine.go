package proof

import (
	"slices"
	"time"
)

// Hours put together of two, and from and until when hours are quoted.

// A mixture is two hours put together.
type mixture struct {
	word string
	a, b *hours
}

// The words of Combine.
const (
	eitherOpen = "either"
	bothOpen   = "both"
	onlyFirst  = "first without second"
)

// combine is the Combine step. Its days are those of the instants that both quote, on
// the clock of the first.
func combine(o operands) (answer, error) {
	a, word, b := o.hours(0), o.word(1), o.hours(2)
	switch word {
	case eitherOpen, bothOpen, onlyFirst:
	default:
		return answer{}, failf("combines by %s; hours are combined by either, both, or first without second", quote(word))
	}
	if err := o.budget.spend(1); err != nil {
		return answer{}, err
	}
	h := &hours{clock: a.clock, budget: o.budget, mix: &mixture{word, a, b}}
	from, until, err := h.quoted()
	if err != nil {
		return answer{}, err
	}
	if !from.Before(until) {
		return answer{}, failf("combines hours of %s and of %s, which have no instant in common", a.period, b.period)
	}
	if h.period.from, err = h.clock.day(from); err != nil {
		return answer{}, err
	}
	if h.period.through, err = h.clock.day(until.Add(-1)); err != nil {
		return answer{}, err
	}
	return answer{value: PeriodOf(h.period.from.value(), h.period.through.value()), object: h}, nil
}

// quoted returns the instants from and until which the hours are quoted, of combined
// hours both.
func (h *hours) quoted() (from, until time.Time, err error) {
	if h.mix == nil {
		first := h.period.from
		if nights(slices.Concat(h.parts[0].week[:]...)...) {
			first++ // what runs into it from the night before is not quoted
		}
		if from, err = h.clock.first(first.start()); err == nil {
			until, err = h.clock.first((h.period.through + 1).start())
		}
		return from, until, err
	}
	if from, until, err = h.mix.a.quoted(); err != nil {
		return from, until, err
	}
	a, b, err := h.mix.b.quoted()
	if a.After(from) {
		from = a
	}
	if b.Before(until) {
		until = b
	}
	return from, until, err
}

// walkMix is walk for combined hours: day by day on the clock of the first, and where
// the quoted days of one end within a day of the other, up to there.
func (h *hours) walkMix(from, end time.Time, visit func(span) (bool, error)) error {
	d, err := h.clock.day(from)
	if err != nil {
		return err
	}
	begun, until, err := h.quoted()
	if err != nil {
		return err
	}
	if from.Before(begun) {
		return h.period.outside(d)
	}
	for ; end.IsZero() || from.Before(end); d++ {
		if err := h.budget.spend(1); err != nil {
			return err
		}
		if !h.period.contains(d) {
			return h.period.outside(d)
		}
		next, err := h.clock.first((d + 1).start())
		if err != nil {
			return err
		}
		if !from.Before(until) {
			return h.period.outside(d)
		}
		if until.Before(next) {
			next = until
		}
		if !end.IsZero() && end.Before(next) {
			next = end
		}
		if !from.Before(next) {
			continue
		}
		spans, err := h.mix.within(from, next)
		if err != nil {
			return err
		}
		for _, s := range spans {
			more, err := visit(s)
			if err != nil || !more {
				return err
			}
		}
		from = next
	}
	return nil
}

// within returns the open time of the mixture in [from, to), in order.
func (m *mixture) within(from, to time.Time) ([]span, error) {
	collect := func(h *hours) (spans []span, err error) {
		err = h.walk(from, to, func(s span) (bool, error) {
			if s.until.After(to) {
				s.until = to
			}
			if s.from.Before(s.until) {
				spans = append(spans, s)
			}
			return true, nil
		})
		return merge(spans), err
	}
	a, err := collect(m.a)
	if err != nil {
		return nil, err
	}
	b, err := collect(m.b)
	if err != nil {
		return nil, err
	}
	switch m.word {
	case eitherOpen:
		return merge(append(a, b...)), nil
	case onlyFirst:
		var only []span
		for _, s := range a {
			only = append(only, s.outside(b)...)
		}
		return only, nil
	}
	var both []span
	for _, s := range a {
		for _, o := range b {
			if o.from.Before(s.from) {
				o.from = s.from
			}
			if o.until.After(s.until) {
				o.until = s.until
			}
			if o.from.Before(o.until) {
				both = append(both, o)
			}
		}
	}
	return both, nil
}
