package contract

import (
	"cmp"
	"errors"
	"slices"
	"sort"
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

// pausesOf appends the pauses that events tell, paired, in the order in which they
// began, as seen at an instant: what came later is cut off. Pauses for different
// reasons may overlap, and one may be of no length.
//
// It is one function with functions inside, and not a type with methods: a list
// that is stored through a pointer would have to live on the heap.
func pausesOf(q *Request, events []happened, until time.Time, list []stretch) ([]stretch, error) {
	first := len(list)
	var (
		few  [4]int // places in list of the pauses that are open, as long as there are few
		n    int
		many map[string]int
	)
	// find returns the place of the pause that is open for a reason, or for any if
	// reason is "", and how many there are.
	find := func(reason string) (at, count int) {
		if many == nil {
			for _, i := range few[:n] {
				if reason == "" || list[i].by.Reason == reason {
					at, count = i, count+1
				}
			}
			return at, count
		}
		if reason == "" {
			for _, at = range many {
				break
			}
			return at, len(many)
		}
		if i, ok := many[reason]; ok {
			return i, 1
		}
		return 0, 0
	}
	// take begins or ends a pause, if that is possible now.
	take := func(h *happened) bool {
		at, count := find(h.Reason)
		switch {
		case h.Kind == EventResumed && count == 1:
			list[at].to, list[at].open = h.at, false
			if many != nil {
				delete(many, list[at].by.Reason)
				return true
			}
			n--
			for k := range n {
				if few[k] == at {
					few[k] = few[n]
				}
			}
			return true
		case h.Kind == EventPaused && count == 0 && h.Reason != "":
			switch {
			case many == nil && n < len(few):
				few[n] = len(list)
				n++
			case many == nil:
				many = make(map[string]int)
				for _, i := range few {
					many[list[i].by.Reason] = i
				}
				fallthrough
			default:
				many[h.Reason] = len(list)
			}
			list = append(list, stretch{from: h.at, by: h.Event, open: true})
			return true
		}
		return false
	}
	for i := 0; i < len(events); {
		same, told := i, 0 // the events of one instant, whose order says nothing
		for ; same < len(events) && (same == i || events[same].at.Equal(events[i].at)); same++ {
			if events[same].pauses() {
				told++
			}
		}
		together := events[i:same]
		i = same
		switch {
		case told == 2: // as where one pause follows another: as inTurns, and nothing on the heap
			a, b := pair(together)
			if !take(&together[a]) {
				a, b = b, a
				if !take(&together[a]) {
					b = min(a, b)
				}
			}
			together = together[b : b+1]
		case told > 2:
			together = inTurns(slices.Clone(together), take)
		}
		for k := range together {
			if h := &together[k]; h.pauses() && !take(h) {
				_, count := find(h.Reason)
				return nil, pauseError(q, h.Event, count)
			}
		}
	}
	kept := list[:first]
	for _, s := range list[first:] {
		if s.from.After(until) || s.from.Equal(until) && !s.open {
			continue // one that begins at the instant is open, and has no length yet
		}
		if s.open || s.to.After(until) {
			s.to, s.open = until, true
		}
		kept = append(kept, s)
	}
	return kept, nil
}

// pair finds the two events of pauses among some; what ends one goes first, and what says
// the reason of the one that it ends before what does not.
func pair(events []happened) (a, b int) {
	a = -1
	for k := range events {
		switch {
		case !events[k].pauses():
		case a < 0:
			a = k
		case events[k].Kind == EventResumed && (events[a].Kind == EventPaused || events[a].Reason == ""):
			a, b = k, a
		default:
			b = k
		}
	}
	return a, b
}

// inTurns takes the events of pauses of one instant in an order in which they are
// possible, and returns those that are possible in none. An open pause ends before the
// next for its reason begins, and one that begins may end at once; ends that say their
// reason go before those that mean the one pause that is open.
func inTurns(events []happened, take func(*happened) bool) (left []happened) {
	type turns struct{ begins, ends []*happened }
	var (
		of       = make(map[string]*turns) // by reason
		named    []*turns
		nameless []*happened
	)
	for k := range events {
		switch h := &events[k]; {
		case h.Kind == EventResumed && h.Reason == "":
			nameless = append(nameless, h)
		case h.pauses():
			t := of[h.Reason]
			if t == nil {
				t = new(turns)
				of[h.Reason], named = t, append(named, t)
			}
			if h.Kind == EventPaused {
				t.begins = append(t.begins, h)
			} else {
				t.ends = append(t.ends, h)
			}
		}
	}
	next := func(list *[]*happened) bool {
		effort.Take()
		if len(*list) == 0 || !take((*list)[0]) {
			return false
		}
		(*list)[0].Event = nil
		*list = (*list)[1:]
		return true
	}
	for _, t := range named {
		next(&t.ends)
		for len(t.ends) > 0 && next(&t.begins) {
			next(&t.ends)
		}
	}
	for begun := true; begun; {
		for next(&nameless) {
		}
		named = slices.DeleteFunc(named, func(t *turns) bool { return len(t.begins) == 0 })
		begun = false
		for _, t := range named {
			begun = next(&t.begins) || begun
		}
	}
	return slices.DeleteFunc(events, func(h happened) bool { return h.Event == nil || !h.pauses() })
}

// pauses reports whether an event begins or ends a pause.
func (h *happened) pauses() bool { return h.Kind == EventPaused || h.Kind == EventResumed }

// pauseError says why an event can be taken in no order; count pauses are open that
// it may mean.
func pauseError(q *Request, e *Event, count int) error {
	switch {
	case e.Kind == EventPaused && e.Reason == "":
		return eventError(q, e, ErrRequired, "paused without a reason; a contract allows pauses by their reason")
	case e.Kind == EventPaused:
		return eventError(q, e, ErrConflict, "paused for %q, which it was already; a pause ends before the next for its reason begins", e.Reason)
	case count > 1:
		return eventError(q, e, ErrInvalid, "resumed, and %d pauses are open; say the reason of the one that ends", count)
	}
	return eventError(q, e, ErrConflict, "resumed at %s, and no such pause was open", stamp(e.At))
}

// A stretch is a pause of a clock: from is in it, to is not. Lists of stretches
// ascend and do not overlap.
type stretch struct {
	from, to time.Time
	by       *Event // that began it
	open     bool   // not ended by the instant asked about, which is its to
}

// merge sorts stretches and joins those that overlap or touch; empty ones go.
func merge(list []stretch) []stretch {
	apart := true // as they are nearly always
	for i, s := range list {
		if !s.to.After(s.from) || i > 0 && !s.from.After(list[i-1].to) {
			apart = false
			break
		}
	}
	if apart {
		return list
	}
	list = slices.DeleteFunc(list, func(s stretch) bool { return !s.to.After(s.from) })
	slices.SortStableFunc(list, func(a, b stretch) int {
		return cmp.Or(a.from.Compare(b.from), b.to.Compare(a.to), cmp.Compare(a.by.Source, b.by.Source))
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
func (s *Schedule) addOutside(t time.Time, d time.Duration, pauses []stretch) (time.Time, error) {
	if _, _, err := s.at(t); err != nil {
		return time.Time{}, err // though a pause lasts until the hours are known: a working begins with the clock
	}
	for i := range pauses {
		p := &pauses[i]
		if d == 0 || !p.to.After(t) {
			continue
		}
		if p.from.After(t) {
			run, err := s.Between(t, p.from)
			if errors.Is(err, ErrRange) {
				return s.Add(t, d) // the pause begins beyond the calendar: if d ends within, it ends before
			}
			if err != nil {
				return time.Time{}, err
			}
			if run >= d {
				break
			}
			d -= run
		}
		t = p.to
	}
	return s.Add(t, d)
}

// overlapping is the pauses that have something in common with [from, to), found without
// going through those that have not.
func overlapping(pauses []stretch, from, to time.Time) []stretch {
	i := sort.Search(len(pauses), func(i int) bool { return pauses[i].to.After(from) })
	n := sort.Search(len(pauses)-i, func(k int) bool { return !pauses[i+k].from.Before(to) })
	return pauses[i : i+n]
}

// passed returns the clock time of [from, to) that lies outside the pauses.
func passed(from, to time.Time, pauses []stretch) time.Duration {
	d := to.Sub(from)
	for _, p := range overlapping(pauses, from, to) {
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
