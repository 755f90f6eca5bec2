package contract

import (
	"iter"
	"time"
)

// A Move is a deadline that is another after the calendar changed.
type Move struct {
	Request *Request
	Target  string
	Was, Is time.Time // the zero time: not known by that calendar
	// Provisional is the first provisional day that Was touches; the zero Date if it
	// was certain.
	Provisional Date
}

// Moved tells which deadlines are others by a contract that is compiled of the same
// document with another calendar: what a notice changes when it arrives. Each request
// is measured by both as of an instant, with its pauses so far. A deadline that only
// one of them knows has moved too; one that neither knows is an error, and so is every
// other fault of a request, yielded in its place. To start from provisional deadlines
// ask the contract's Provisional handle.
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
	was, err := c.dues(r, asOf)
	if err != nil {
		return true, err
	}
	now, err := is.dues(r, asOf)
	if err != nil {
		return true, err
	}
	if len(was) == 0 && len(now) == 0 {
		_, err = c.Measure(r, asOf)
		return true, err
	}
	names := make(map[string]bool)
	for name := range was {
		names[name] = true
	}
	for name := range now {
		names[name] = true
	}
	for _, name := range sortedKeys(names) {
		a, b := was[name], now[name]
		if a.Due.Equal(b.Due) {
			continue
		}
		if !yield(Move{Request: r, Target: name, Was: a.Due, Is: b.Due, Provisional: a.Provisional}, nil) {
			return false, nil
		}
	}
	return true, nil
}

// dues are the deadlines of a request by target; none where the calendar does not
// reach them.
func (c *Contract) dues(r *Request, asOf time.Time) (map[string]Measurement, error) {
	list, err := c.measured(r, asOf, true)
	if err != nil {
		return nil, err
	}
	due := make(map[string]Measurement, len(list))
	for _, m := range list {
		due[m.Target()] = m
	}
	return due, nil
}
