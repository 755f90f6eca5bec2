package contract

import (
	"cmp"
	"slices"
	"time"

	"github.com/cfd16870/contract/internal/effort"
)

// A Pause is a pause as the events of a request tell it: From is in it, To is not.
type Pause struct {
	Reason   string
	From, To time.Time
	Open     bool   // not ended by the instant asked about, which is its To
	Source   string // of the event that began it
}

// pausesOf pairs the events that begin and end pauses, in the order in which
// they began, as seen at an instant: what came later is cut off. Pauses for
// different reasons may overlap, and one may be of no length.
func pausesOf(q *Request, events []*Event, until time.Time) ([]Pause, error) {
	p := pairing{request: q, isOpen: make(map[string]int)}
	for len(events) > 0 {
		n := 1
		for n < len(events) && events[n].At.Equal(events[0].At) {
			n++
		}
		if err := p.instant(events[:n]); err != nil {
			return nil, err
		}
		events = events[n:]
	}
	list := slices.DeleteFunc(p.list, func(p Pause) bool { return !p.From.Before(until) })
	for i := range list {
		if p := &list[i]; p.Open || p.To.After(until) {
			p.To, p.Open = until, true
		}
	}
	return list, nil
}

// A pairing is the pauses told so far.
type pairing struct {
	request *Request
	list    []Pause
	isOpen  map[string]int // by reason, the place in list of the pause that is open for it
}

// open finds the pause that is open for a reason, or for any if reason is "".
func (p *pairing) open(reason string) (at, n int) {
	if reason != "" {
		if at, ok := p.isOpen[reason]; ok {
			return at, 1
		}
		return 0, 0
	}
	for _, i := range p.isOpen {
		at = i
	}
	return at, len(p.isOpen)
}

// instant takes the events of one instant, whose order says nothing: a pause that
// is open ends before the next for its reason begins, and one that begins may
// end at once.
func (p *pairing) instant(events []*Event) error {
	left := make([]*Event, 0, len(events))
	for _, e := range events {
		if e.Kind == EventPaused || e.Kind == EventResumed {
			left = append(left, e)
		}
	}
	for len(left) > 0 {
		took := len(left)
		for _, kind := range [...]EventKind{EventResumed, EventPaused} {
			left = slices.DeleteFunc(left, func(e *Event) bool { return e.Kind == kind && p.take(e) })
		}
		if len(left) == took {
			return p.fault(left[0])
		}
	}
	return nil
}

// take begins or ends a pause, if that is possible now.
func (p *pairing) take(e *Event) bool {
	at, n := p.open(e.Reason)
	switch {
	case e.Kind == EventResumed && n == 1:
		p.list[at].To, p.list[at].Open = e.At, false
		delete(p.isOpen, p.list[at].Reason)
		return true
	case e.Kind == EventPaused && n == 0 && e.Reason != "":
		p.isOpen[e.Reason] = len(p.list)
		p.list = append(p.list, Pause{Reason: e.Reason, From: e.At, Open: true, Source: e.Source})
		return true
	}
	return false
}

// fault says why an event can be taken in no order.
func (p *pairing) fault(e *Event) error {
	_, n := p.open(e.Reason)
	switch {
	case e.Kind == EventPaused && e.Reason == "":
		return eventError(p.request, e, ErrRequired, "paused without a reason; a contract allows pauses by their reason")
	case e.Kind == EventPaused:
		return eventError(p.request, e, ErrConflict, "paused for %q, which it was already; a pause ends before the next for its reason begins", e.Reason)
	case n > 1:
		return eventError(p.request, e, ErrInvalid, "resumed, and %d pauses are open; say the reason of the one that ends", n)
	}
	return eventError(p.request, e, ErrConflict, "resumed at %s, and no such pause was open", stamp(e.At))
}

// A stretch is a pause of a clock: from is in it, to is not. Lists of stretches
// ascend and do not overlap.
type stretch struct {
	from, to time.Time
	source   string // of the event that began it
}

// merge sorts stretches and joins those that overlap or touch; empty ones go.
func merge(list []stretch) []stretch {
	list = slices.DeleteFunc(list, func(s stretch) bool { return !s.to.After(s.from) })
	slices.SortStableFunc(list, func(a, b stretch) int {
		return cmp.Or(a.from.Compare(b.from), b.to.Compare(a.to), cmp.Compare(a.source, b.source))
	})
	out := list[:0]
	for _, s := range list {
		if n := len(out); n > 0 && !s.from.After(out[n-1].to) {
			if s.to.After(out[n-1].to) {
				out[n-1].to = s.to
			}
			continue
		}
		out = append(out, s)
	}
	return out
}

// outside walks the time from an instant on that lies outside the pauses, stretch
// by stretch: visit gets each, and says whether to go on. The last has no end.
func outside(from time.Time, pauses []stretch, visit func(from time.Time, to time.Time, last bool) bool) {
	for _, p := range pauses {
		effort.Take()
		if !p.to.After(from) {
			continue
		}
		if p.from.After(from) && !visit(from, p.from, false) {
			return
		}
		from = p.to
	}
	visit(from, time.Time{}, true)
}

// addOutside returns the earliest instant by which d of clock time outside the
// pauses has passed since t.
func addOutside(t time.Time, d time.Duration, pauses []stretch) time.Time {
	if d == 0 {
		return t
	}
	end := t
	outside(t, pauses, func(from, to time.Time, last bool) bool {
		if run := to.Sub(from); last || run >= d {
			end = from.Add(d)
			return false
		} else {
			d -= run
		}
		return true
	})
	return end.In(t.Location())
}

// addOutside is the same for service time.
func (s *Schedule) addOutside(t time.Time, d time.Duration, pauses []stretch) (end time.Time, err error) {
	if d == 0 || len(pauses) == 0 {
		return s.Add(t, d)
	}
	outside(t, pauses, func(from, to time.Time, last bool) bool {
		var run time.Duration
		if !last {
			if run, err = s.Between(from, to); err != nil {
				return false
			}
		}
		if last || run >= d {
			end, err = s.Add(from, d)
			return false
		}
		d -= run
		return true
	})
	return end, err
}

// passed returns the clock time of [from, to) that lies outside the pauses.
func passed(from, to time.Time, pauses []stretch) time.Duration {
	d := to.Sub(from)
	for _, p := range pauses {
		if a, b, ok := overlap(p, from, to); ok {
			d -= b.Sub(a)
		}
	}
	return d
}

// passed returns the service time of [from, to) that lies outside the pauses.
func (s *Schedule) passed(from, to time.Time, pauses []stretch) (time.Duration, error) {
	d, err := s.Between(from, to)
	if err != nil || !to.After(from) {
		return d, err
	}
	in, err := s.paused(from, to, pauses)
	return d - in, err
}

// paused returns the service time of [from, to) that lies inside the pauses.
func (s *Schedule) paused(from, to time.Time, pauses []stretch) (time.Duration, error) {
	var sum time.Duration
	for _, p := range pauses {
		a, b, ok := overlap(p, from, to)
		if !ok {
			continue
		}
		d, err := s.Between(a, b)
		if err != nil {
			return 0, err
		}
		sum += d
	}
	return sum, nil
}

// overlap is what a pause has in common with [from, to).
func overlap(p stretch, from, to time.Time) (a, b time.Time, ok bool) {
	a, b = p.from, p.to
	if a.Before(from) {
		a = from
	}
	if b.After(to) {
		b = to
	}
	return a, b, a.Before(b)
}
