package contract

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/cfd16870/contract/internal/exact"
	"github.com/cfd16870/contract/proof"
)

// A Raise is what a notice on the ground "raise" comes to by itself: clause 8.3. A
// raise below 0 is a reduction, and keeps the same notice. Of several notices for
// one contract year the one that arrived last stands, of those in time that are not
// void, and of those that arrived on one day the one that was sent last:
// [Contract.Prices] tells the price that they come to together. The zero Raise is none.
type Raise struct {
	Notice  Notice
	Item    string
	Clause  string
	Arrived Date // deemed, or sent where that is what counts
	LastDay Date // by which it had to
	InTime  bool
	Asked   Percent
	Applied Percent
	Before  Money
	After   Money  // of a refused one the price before
	Refused string // why it changes nothing; "" if it does

	about string
	tell  func(*calc) int
}

// Explain is the working of the price after the notice; an empty one where the
// notice is of no raise that could be.
func (r Raise) Explain() *proof.Working { return explained(r.about, r.tell) }

// An adjustmentRule is clause 8.3 in one version.
type adjustmentRule struct {
	clause   AdjustmentClause
	rounding roundingRule
	periods  *periodRule
	source   source
}

// raiseSteps is how a raise came about.
type raiseSteps struct {
	rule       *adjustmentRule
	structural string // why it is none at all
	year       int    // the contract year that it is for
	inTime     bool
	arrived    Date
	at         time.Time // of the record: sent or received
	lastDay    Date
	applied    figure
	after      figure
	over       bool // above the most
	err        error
}

// raise works out what a notice makes of the price of an item. It is judged by the
// terms of the day on which it was sent, or received where that is not recorded.
func (b *priceBook) raise(k *calc, n *Notice, item string, before figure) (s raiseSteps) {
	s.after = before
	day := n.day()
	rules, count := b.fees.on(day), b.count.on(day)
	if rules == nil || rules.adjustment == nil {
		s.structural = "no clause adjusts prices"
		return s
	}
	r := rules.adjustment
	s.rule = r
	_, s.year = b.years.of(n.From)
	switch {
	case !slices.Contains(r.clause.Of, item):
		s.structural = fmt.Sprintf("the clause adjusts the price of %s, and not that of %s", strings.Join(r.clause.Of, ", "), item)
	case r.clause.Mode != AdjustByNotice:
		s.structural = "prices change by agreement only"
	case n.By != Provider:
		s.structural = "only the provider gives notice of a raise"
	case !n.Raise.IsStated():
		s.structural = "the notice does not say by how much"
	case n.Raise.n.Cmp(exact.New(-100)) < 0:
		s.structural = fmt.Sprintf("%v would leave a price below 0", n.Raise)
	case !n.From.IsValid():
		s.structural = "the notice does not say from when"
	case !b.renews(day, n.From):
		s.structural = fmt.Sprintf("%v is not the first day of a renewed term", n.From)
	}
	if s.structural != "" || k.err != nil {
		return s
	}
	clause := r.source.clause
	by, err := count.notice(n)
	if err != nil {
		k.fail(err)
		s.err = err
		return s
	}
	from := k.factDate("raised from", n.From, n.Source, "from")
	last := k.back("last day to arrive", clause, from, k.termSpan("notice", r.clause.Notice.Span, r.source, "/notice/span"), r.periods)
	arrived, at := by.reached(k, n, r.clause.Notice.Must)
	inTime := k.notBefore("notice in time", clause, last, arrived)
	asked := k.fact("request", percentFigure(n.Raise), n.Source, "raise")
	none := k.law("no raise", figure{what: percent}, "a late notice changes nothing", "")
	rate := asked
	var over told[bool]
	if most := r.clause.AtMost; most != nil {
		cap := k.term("most", percentFigure(most.Rate), r.source, "/atMost/rate")
		if r.clause.AboveThat == AboveIsVoid {
			over = k.moreThan("above the most", clause, asked, cap)
		} else {
			rate = k.atMost("raise", clause, asked, cap)
		}
	}
	whole := k.add("new price in percent", clause, k.hundred(), rate)
	after := k.round("new price", clause, k.mul("new price", clause, before, whole), r.rounding)
	// What changes nothing leaves the price as it is, and does not even round it.
	s.applied = k.choose("raise", clause, inTime, rate, none)
	if r.clause.AtMost != nil && r.clause.AboveThat == AboveIsVoid {
		after = k.choose("new price", clause, over, before, after)
		s.applied = k.choose("raise", clause, over, none, s.applied)
	}
	s.after = k.choose("new price", clause, inTime, after, before)
	s.over = over.v
	if first := b.years.nth(s.year).From; first != n.From && inTime.v && !over.v {
		k.fail(&Error{In: n.Source, Pointer: "from", Clause: clause, Kind: ErrLater,
			Msg: fmt.Sprintf("a renewed term begins on %v, inside the contract year from %v; this version changes a price on the first day of a contract year", n.From, first)})
	}
	s.inTime, s.arrived, s.at, s.lastDay, s.err = inTime.v, arrived.v, at, last.v, k.err
	return s
}

// yearStart is the first day of a contract year.
func (k *calc) yearStart(y contractYears, n int) told[Date] {
	first := k.termDate("first day of the term", y.first, y.source, "/from")
	if k.err != nil || n == 1 {
		return first
	}
	t := told[Date]{v: y.nth(n).From}
	if !t.v.IsValid() {
		k.fail(fmt.Errorf("contract year %d lies outside the years 1 to 9999: %w", n, ErrRange))
		return told[Date]{}
	}
	if k.tells() {
		span := k.lawSpan("contract years", Span{int64(12 * (n - 1)), UnitMonths}, fmt.Sprintf("contract year %d", n), "")
		word := k.lawWord("month end", string(y.end), "contract years", "")
		t.at = k.w.derive(proof.After, "first day of the contract year", dateValue(t.v), y.source.clause, first.at, span.at, word.at)
	}
	return t
}

// faults are the notices of which nobody can say whether they are in time: a
// channel that the contract does not list, an arrival that the record does not
// tell. A price that passed them over would be wrong without a word.
func (b *priceBook) faults() error {
	var all Errors
	for i := range b.notices {
		n := &b.notices[i]
		rules := b.fees.on(n.day())
		if rules == nil || rules.adjustment == nil {
			continue // a notice that no clause answers changes nothing
		}
		for _, item := range rules.adjustment.clause.Of {
			s := b.raise(new(calc), n, item, figure{what: money, cur: rules.adjustment.rounding.to.cur})
			if s.err != nil {
				all = append(all, located(s.err, n.Source, ""))
				break
			}
		}
	}
	return all.single()
}

// single is the one error, all of them if there are several, nil if there is none.
func (e Errors) single() error {
	if len(e) == 1 {
		return e[0]
	}
	return e.orNil()
}

// located is an error with a place: a record's, where it has none of its own.
func located(err error, in, pointer string) *Error {
	var e *Error
	if !errors.As(err, &e) {
		kind := kindOf(err)
		return &Error{In: in, Pointer: pointer, Kind: kind, Msg: withoutKind(err.Error(), kind), Cause: err}
	}
	own := *e
	if own.In == "" && in != "" {
		own.In = in
		if own.Pointer == "" {
			own.Pointer = pointer
		}
	}
	return &own
}
