package contract

import (
	"fmt"

	"github.com/cfd16870/contract/proof"
)

// A Raise is what a notice on the ground "raise" comes to: clause 8.3. A raise
// below 0 is a reduction.
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
	lastDay    Date
	applied    figure
	after      figure
	over       bool // above the most
	err        error
}

// raise works out what a notice makes of a price.
func (b *priceBook) raise(k *calc, n *Notice, item string, before figure) (s raiseSteps) {
	s.after = before
	day := DateOf(n.Sent)
	if n.Sent.IsZero() {
		day = DateOf(n.Received)
	}
	rules, count := b.fees.on(day), b.count.on(day)
	if rules == nil || rules.adjustment == nil {
		s.structural = "no clause adjusts prices"
		return s
	}
	r := rules.adjustment
	s.rule = r
	_, s.year = b.years.of(n.From)
	switch {
	case r.clause.Mode != AdjustByNotice:
		s.structural = "prices change by agreement only"
	case n.By != Provider:
		s.structural = "only the provider gives notice of a raise"
	case !n.Raise.IsStated():
		s.structural = "the notice does not say by how much"
	case s.year < 2 || b.years.nth(s.year).From != n.From:
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
	last := k.before("last day to arrive", clause, from, k.termSpan("notice", r.clause.Notice.Span, r.source, "/notice/span"), r.periods)
	var arrived told[Date]
	if r.clause.Notice.Must == MustBeSent {
		arrived = k.dayOf("sent", clause, k.factInstant("sent", n.Sent.In(by.zone), n.Source, "sent"), by.zone)
	} else {
		arrived, _ = by.arrival(k, n)
	}
	inTime := k.notBefore("notice in time", clause, last, arrived)
	asked := k.fact("request", percentFigure(n.Raise), n.Source, "raise")
	none := k.law("no raise", figure{what: percent}, "a late notice changes nothing", "")
	rate := asked
	if most := r.clause.AtMost; most != nil {
		cap := k.term("most", percentFigure(most.Rate), r.source, "/atMost/rate")
		if r.clause.AboveThat == AboveIsVoid {
			over := k.moreThan("above the most", clause, asked, cap)
			s.over = over.v
			rate = k.choose("raise", clause, over, none, asked)
		} else {
			rate = k.atMost("raise", clause, asked, cap)
		}
	}
	rate = k.choose("raise", clause, inTime, rate, none)
	whole := k.add("new price in percent", clause, k.hundred(), rate)
	s.after = k.round("new price", clause, k.mul("new price", clause, before, whole), r.rounding)
	s.inTime, s.arrived, s.lastDay, s.applied, s.err = inTime.v, arrived.v, last.v, rate, k.err
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
