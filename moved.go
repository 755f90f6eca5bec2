package contract

import (
	"cmp"
	"iter"
	"maps"
	"slices"
	"time"
)

// A Move is a deadline that is another after the calendar changed.
type Move struct {
	Request *Request
	Target  string
	Cycle   int       // of a target whose clock starts again: see [Measurement.Cycle]
	Was, Is time.Time // the zero time: not known by that calendar
	// Provisional is the first provisional day that Was touches; the zero Date if it
	// was certain.
	Provisional Date
}

// Moved tells which deadlines are others by a contract that is compiled of the same
// document with another calendar: what a notice changes when it arrives. Each request
// is measured by both as of an instant, with its pauses so far. A deadline that only
// one of them knows has moved too; one that neither knows is an error, and so is every
// other fault of a request, yielded in its place. Which of several targets is the
// strictest a calendar knows that reaches all of them. To start from provisional
// deadlines ask the contract's Provisional handle.
func (c *Contract) Moved(is *Contract, requests iter.Seq2[*Request, error], asOf time.Time) iter.Seq2[Move, error] {
	return func(yield func(Move, error) bool) {
		if is == nil || requests == nil {
			yield(Move{}, &Error{Kind: ErrRequired, Msg: "moved by which contract, and which requests?"})
			return
		}
		for r, err := range requests {
			if err == nil {
				var more bool
				if more, err = c.moved(is, r, asOf, yield); !more {
					return
				}
			}
			if err != nil && !yield(Move{Request: r}, err) {
				return
			}
		}
	}
}

// moved yields the moves of one request; more is false where the loop stopped.
func (c *Contract) moved(is *Contract, r *Request, asOf time.Time, yield func(Move, error) bool) (more bool, err error) {
	was, unknown, err := c.dues(r, asOf)
	if err != nil {
		return true, err
	}
	now, there, err := is.dues(r, asOf)
	if err != nil {
		return true, err
	}
	clocks := slices.Concat(slices.Collect(maps.Keys(was)), slices.Collect(maps.Keys(now)))
	slices.SortFunc(clocks, clockOf.compare)
	for _, of := range slices.Compact(clocks) {
		a, b := was[of], now[of]
		if a.Due.Equal(b.Due) {
			continue
		}
		if !yield(Move{Request: r, Target: of.target, Cycle: of.cycle, Was: a.Due, Is: b.Due, Provisional: a.Provisional}, nil) {
			return false, nil
		}
	}
	for _, e := range unknown {
		if slices.ContainsFunc(there, func(o *Error) bool { return o.Pointer == e.Pointer }) {
			return true, e // which neither knows
		}
	}
	return true, nil
}

// A clockOf is one clock of a request.
type clockOf struct {
	target string
	cycle  int
	begin  int64 // of one that a change of priority starts: its instant, in nanoseconds
}

func (a clockOf) compare(b clockOf) int {
	return cmp.Or(cmp.Compare(a.target, b.target), cmp.Compare(a.begin, b.begin), cmp.Compare(a.cycle, b.cycle))
}

// dues are the deadlines of a request by clock, and what the calendar does not reach.
func (c *Contract) dues(r *Request, asOf time.Time) (map[clockOf]Measurement, []*Error, error) {
	found, err := c.measured(r, asOf)
	if err != nil {
		return nil, nil, err
	}
	list := found.told()
	due := make(map[clockOf]Measurement, len(list))
	for _, m := range list {
		of := clockOf{target: m.Target(), cycle: m.Cycle()}
		if e := m.scope.begin; e != nil {
			of.begin = e.At.UnixNano()
		}
		due[of] = m
	}
	return due, found.unknown, nil
}
