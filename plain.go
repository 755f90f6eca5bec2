package contract

import (
	"slices"
	"time"

	"github.com/cfd16870/contract/internal/effort"
)

// A plain ticket is one that nearly every ticket is: its pauses follow one another, one
// event ends the clock, and nothing opens it again. Its events are read once and where
// they lie, and its clock is searched on one axis of int64, so that a due instant with
// pauses costs about as much as a few questions about hours. Whatever is not plain, and
// every fault, is for fold, which answers for plain tickets too: the tests hold the one
// to the other, and workings are always fold's.

// A tick is an instant as one number that orders as instants do: seconds since 1970 and,
// in the lower bits, nanoseconds.
type tick int64

const tickBits = 30

// mostTick is the seconds from 1970, either way, within which a ticket is plain: from
// 1833 to 2106. No sum of a clock then leaves 64 bits of nanoseconds, with a span of up
// to mostPlain.
const (
	mostTick  = 1 << 32
	mostPlain = time.Duration(1) << 62
)

// tickOf returns the tick of an instant; ok is false beyond the years of plain tickets,
// as for the zero time.
func tickOf(t time.Time) (_ tick, ok bool) {
	sec := t.Unix()
	return tick(sec<<tickBits | int64(t.Nanosecond())), uint64(sec+mostTick) < 2*mostTick
}

func (t tick) seconds() int64     { return int64(t) >> tickBits }
func (t tick) nanoseconds() int64 { return int64(t) & (1<<tickBits - 1) }
func (t tick) sinceEpoch() int64  { return t.seconds()*int64(time.Second) + t.nanoseconds() }
func (t tick) time() time.Time    { return time.Unix(t.seconds(), t.nanoseconds()).UTC() }

// A role is what an event is to a target, in a plain ticket.
type role uint8

const (
	roleRare  role = iota // the ticket is not plain
	roleNone              // nothing
	roleStop              // it ends the clock
	roleStart             // it starts the clock
	roleExcuse
	rolePause
	roleResume
)

// A plainRule is what a rule reads plain tickets by.
type plainRule struct {
	roles    [len(eventWords)]role
	reasons  []string // of the pauses that stop the clock
	received bool     // the clock starts with the receipt
	line     *serviceLine
	clock    plainClock
}

// A plainClock is what the clock of a plain ticket runs on.
type plainClock uint8

const (
	clockNone    plainClock = iota // no ticket is plain
	clockDays                      // days: the tickets are read as plain ones, and searched as all
	clockService                   // service time, of the rule's line
	clockTime                      // time on the clock
)

// mostReasons is how many reasons are compared one by one.
const mostReasons = 8

// newPlainRule reads off a rule how its plain tickets are read.
func newPlainRule(r *targetRule) (p plainRule) {
	clause := &r.clause
	p.received = clause.Start.Event == StartReceived
	for k := EventAccepted; int(k) < len(p.roles); k++ {
		switch {
		case k == EventPaused:
			p.roles[k] = rolePause
		case k == EventResumed:
			p.roles[k] = roleResume
		case k == EventExcused:
			p.roles[k] = roleExcuse
		case k == EventCancelled, r.stops(k):
			p.roles[k] = roleStop
		case r.starts(k):
			p.roles[k] = roleStart
		case k == EventPriorityChanged, k == EventExtended, k == EventReopened && clause.Stop.Reopened != ReopenedStands && clause.Stop.Reopened != "":
			p.roles[k] = roleRare
		default:
			p.roles[k] = roleNone
		}
	}
	p.reasons = slices.Clone(clause.Pauses.Reasons)
	switch unit := clause.Within.Unit(); {
	case clause.Start.Event == StartAskedAgain, len(p.reasons) > mostReasons, clause.Roll.To == RollCloseOfDay, clause.Extension != nil:
	case unit.OnClock() && r.length > 0 && r.length <= mostPlain:
		p.clock = clockTime
	case unit.OnService() && r.length > 0 && r.length <= mostPlain && r.clock != nil && r.clock.line != nil && r.clock.line.open.HasCursor():
		p.clock, p.line = clockService, r.clock.line
	case r.days != nil, r.periods != nil:
		p.clock = clockDays
	}
	return p
}

// mostPauses is how many pauses a plain ticket may have.
const mostPauses = 8

// A plainTicket is what the events of a plain ticket come to for a target.
//
// What is known half way through the events is in it too, and not in variables: the
// loop over the events then keeps its own in registers, which is a third of its time.
type plainTicket struct {
	began  tick   // when the clock started
	starts *Event // what started it; nil: the receipt, or nothing yet
	ended  tick   // when it was ended, or the instant asked about
	end    *Event // that ended it; nil: it runs
	excuse *Event

	paused *Event // the pause that is open
	since  tick
	stops  bool // it stops the clock
	tied   bool // the last two events of pauses are of one instant
	turn   tick // the last of them

	n      int
	pauses [mostPauses]plainPause // those that stop the clock, in order, apart, none empty, none after the end
}

// A plainPause is a pause: from is in it, to is not.
type plainPause struct {
	from, to tick
	by       *Event
}

// open reports whether a pause that stops the clock lasts.
func (p *plainTicket) open() bool { return p.paused != nil && p.stops }

// read reads the events of a request as of an instant. It reports false if the ticket
// is not plain, and says nothing then.
func (r *plainRule) read(q *Request, asOf time.Time, p *plainTicket) bool {
	received, ok := tickOf(q.Received)
	now, inYears := tickOf(asOf)
	if !ok || !inYears || now < received || r.clock == clockNone || !q.Recorded.IsZero() && !isKnown(q.Recorded, now) {
		return false
	}
	p.began, p.ended, p.turn = received, now, received-1
	events := q.Events
	for i := range events {
		effort.Take()
		e := &events[i]
		at, ok := tickOf(e.At)
		if !ok || at < received || int(e.Kind) >= len(r.roles) {
			return false
		}
		switch does := r.roles[e.Kind]; {
		case does == roleNone:
		case does == roleRare || does == roleExcuse && e.Reason == "":
			return false
		case at > now || !e.Recorded.IsZero() && !isKnown(e.Recorded, now):
		case does == rolePause:
			if !p.follows(at) || p.paused != nil || e.Reason == "" {
				return false
			}
			p.paused, p.since, p.stops = e, at, r.pausedBy(e.Reason)
		case does == roleResume:
			if !p.follows(at) || p.paused == nil || e.Reason != "" && e.Reason != p.paused.Reason {
				return false
			}
			if p.stops && at > p.since {
				if p.n == len(p.pauses) {
					return false
				}
				p.pauses[p.n] = plainPause{p.since, at, p.paused}
				p.n++
			}
			p.paused = nil
		case does == roleStop:
			if p.end != nil && at == p.ended {
				return false
			}
			if p.end == nil || at < p.ended {
				p.end, p.ended = e, at
			}
		case does == roleStart:
			if p.starts != nil && at == p.began {
				return false
			}
			if p.starts == nil || at < p.began {
				p.starts, p.began = e, at
			}
		case does == roleExcuse:
			p.excuse = e
		}
	}
	return p.close(now, r.received)
}

// isKnown reports whether what was recorded at an instant is known at a tick.
func isKnown(recorded time.Time, now tick) bool {
	at, inYears := tickOf(recorded)
	if !inYears {
		return recorded.Before(now.time())
	}
	return at <= now
}

// follows reports whether an event of a pause comes after those before it, as is plain.
// Of one instant the end of one pause and the beginning of the next are plain too, or a
// pause of no length; the order of more says nothing.
func (p *plainTicket) follows(at tick) bool {
	if at < p.turn || at == p.turn && p.tied {
		return false
	}
	p.tied, p.turn = at == p.turn, at
	return true
}

// close ends what lasts at the end of the clock, or at the instant asked about.
func (p *plainTicket) close(now tick, starts bool) bool {
	if !starts && (p.starts == nil || p.end != nil && p.ended <= p.began) {
		return false
	}
	if p.open() {
		if p.n == len(p.pauses) {
			return false
		}
		p.pauses[p.n] = plainPause{p.since, now, p.paused}
		p.n++
	}
	for p.n > 0 && p.pauses[p.n-1].from >= p.ended {
		effort.Take()
		p.n--
	}
	if p.n > 0 {
		last := &p.pauses[p.n-1]
		last.to = min(last.to, p.ended)
	}
	return true
}

// pausedBy reports whether a pause for a reason stops the clock.
func (r *plainRule) pausedBy(reason string) bool {
	for _, known := range r.reasons {
		if known == reason {
			return true
		}
	}
	return false
}
