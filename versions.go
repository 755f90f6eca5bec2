package contract

import (
	"iter"

	"github.com/cfd16870/contract/internal/effort"
)

// A rule of the hours chapter rests on a calendar.
type calendarRule interface{ restsOn() *Calendar }

func (h *hoursRule) restsOn() *Calendar { return h.calendar }
func (r *daysRule) restsOn() *Calendar  { return r.calendar }

// versions is a rule in all its versions: each holds from a day on until the
// next; the first, whose day is the zero Date, from the beginning.
type versions[R any] []version[R]

type version[R any] struct {
	from Date
	rule R
}

// on returns the rule in force on d.
func (v versions[R]) on(d Date) R {
	for i := len(v) - 1; i > 0; i-- {
		effort.Take()
		if !d.Before(v[i].from) {
			return v[i].rule
		}
	}
	return v[0].rule
}

// within returns the rules in force in p, each with its days.
func (v versions[R]) within(p Period) iter.Seq2[R, Period] {
	return func(yield func(R, Period) bool) {
		for i, one := range v {
			in := p
			if i > 0 && one.from.After(in.From) {
				in.From = one.from
			}
			if i+1 < len(v) && v[i+1].from.Before(in.Until) {
				in.Until = v[i+1].from
			}
			if in.IsValid() && !yield(one.rule, in) {
				return
			}
		}
	}
}

// reachOf is the days for which the calendars of all versions answer: the
// certain ones, and the foreseen ones too if provisional.
func reachOf[R calendarRule](v versions[R], provisional bool) Period {
	p := v[0].rule.restsOn().reach(provisional)
	for _, one := range v[1:] {
		p = p.common(one.rule.restsOn().reach(provisional))
	}
	return p
}
