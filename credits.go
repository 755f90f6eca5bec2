package contract

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/cfd16870/contract/proof"
)

// CreditFacts are what credits are computed from.
type CreditFacts struct {
	Attainment   []Attainment   // as [Tally.Attainment] or [Contract.AttainmentOf] gives it
	Availability []Availability // as [Contract.Availability] gives it
	Notices      []Notice       // raises change the fee that a credit is a share of
	Given        []GivenCredit  // given before, of periods that are not among the others
}

// bound reports whether counts were bound to a clause.
func (a Attainment) bound() bool { return a.clause.Period != "" }

// A GivenCredit is a credit that was given before: it counts towards caps.
type GivenCredit struct {
	Source string
	Name   string // of the credit clause
	Period Period
	Amount Money
}

// A ServiceCredit is what is owed for the attainment of a period, or the availability:
// clause 10.2.
type ServiceCredit struct {
	Name, Clause string
	Period       Period
	Target       string  // "" for all targets together
	Group        string  // where requests are grouped, those that it is for: priority P1
	Availability string  // the name of the figure; "" for attainment
	Percent      Percent // attained, or available, as compared
	Rate         Percent // of the band
	Base         Money   // the fee that it is a share of, rounded; the amount is computed from the exact one
	Uncapped     Money
	Amount       Money
	Capped       bool // the cap of the contract year took something off

	about string
	tell  func(*calc) int
}

// Explain is the working of the credit.
func (s ServiceCredit) Explain() *proof.Working { return explained(s.about, s.tell) }

// subject is what a credit is of: a period, and what was measured in it.
func (s ServiceCredit) subject() string {
	return spaced(periodName(s.Period), s.Target, s.Group, s.Availability)
}

// spaced puts the words together that are there.
func spaced(words ...string) string {
	return strings.Join(slices.DeleteFunc(words, func(w string) bool { return w == "" }), " ")
}

// Deduction is the credit as it is taken off an invoice.
func (s ServiceCredit) Deduction() Deduction {
	return Deduction{Clause: s.Clause, Reason: fmt.Sprintf("service credit %v", s.Period), Amount: s.Amount}
}

// A creditRule is one service credit in one version.
type creditRule struct {
	name     string
	clause   CreditClause
	bands    []bandRow // ascending
	places   []int     // of the bands in the document
	rounding roundingRule
	source   source
}

// compared tells the attainment of a period as it is compared: from the counts.
func (a Attainment) compared(k *calc) figure {
	p, _ := a.Percent()
	f := percentFigure(p)
	if k.tells() {
		f.at = a.write(k.w)
	}
	return f
}

// A creditFigure is a figure of a period that credits are given for.
type creditFigure struct {
	creditBasis
	target   string
	group    string
	percent  Percent
	compared func(*calc) figure
}

// A creditBasis says which credits a figure is for: by attainment, or by the
// availability of that name.
type creditBasis struct {
	period       Period
	measure      CreditMeasure
	availability string
}

// basis is the figures of a period that a credit is given for.
func (r *creditRule) basis(p Period) creditBasis {
	return creditBasis{p, r.clause.Measure, r.clause.Availability}
}

// credited returns the figures that credits are given for, in order of period: those
// with data, of periods that are over, as their clause counts them.
func (f *CreditFacts) credited() (list []creditFigure) {
	for _, a := range f.Attainment {
		if p, ok := a.Percent(); ok && a.counts() {
			list = append(list, creditFigure{creditBasis{a.Period, CreditByAttainment, ""}, a.Target, a.group(), p, a.compared})
		}
	}
	for _, a := range f.Availability {
		if p, ok := a.Percent(); ok {
			list = append(list, creditFigure{creditBasis{a.Period, CreditByAvailability, a.Name}, "", "", p, a.compared})
		}
	}
	slices.SortStableFunc(list, func(a, b creditFigure) int {
		return cmp.Or(a.period.compare(b.period), cmp.Compare(a.measure, b.measure),
			cmp.Compare(a.target, b.target), cmp.Compare(a.group, b.group), cmp.Compare(a.availability, b.availability))
	})
	return list
}

// uncapped is the credit of a period before caps.
func (r *creditRule) uncapped(k *calc, b *priceBook, a creditFigure) (rate, base, amount figure) {
	clause := r.source.clause
	rate = k.band("credit rate", clause, a.compared(k), r.bands, r.source, func(i int) string { return fmt.Sprint("/bands/", r.places[i]) })
	base, _ = b.fee(k, r.clause.Of, b.within(a.period))
	amount = k.round("credit", clause, k.mul("credit", clause, base, rate), r.rounding)
	return rate, base, amount
}

// within is the day of a period by which its contract year is told: its first, or
// the first of the term where the term begins inside it.
func (b *priceBook) within(p Period) Date {
	if p.Contains(b.years.first) {
		return b.years.first
	}
	return p.From
}

// A crediting computes credits over periods, in their order: what a cap leaves
// depends on those before, of the same period too where they stand beside each other.
// What another of the same period displaces is not given, and takes nothing off a cap.
type crediting struct {
	rules map[string]versions[*creditRule] // by name
	book  *priceBook
	rows  []creditFigure // in order of period
	given []GivenCredit
}

type creditSteps struct {
	row                          creditFigure
	rule                         *creditRule
	rate, base, uncapped, amount figure
}

// A creditYear is the credits of one clause in one contract year.
type creditYear struct {
	name string
	year Period
}

// run returns the credits that are owed, in order of period.
func (c *crediting) run(k *calc) []creditSteps {
	before := make(map[creditYear][]figure)
	put := func(name string, p Period, amount figure) {
		year, _ := c.book.years.of(c.book.within(p))
		of := creditYear{name, year}
		before[of] = append(before[of], amount)
	}
	for _, g := range c.given {
		put(g.Name, g.Period, k.fact("credited before", moneyFigure(g.Amount), g.Source, g.Period.String()))
	}
	var owed []creditSteps
	for i := 0; i < len(c.rows) && k.err == nil; {
		period := c.rows[i].period
		var list []creditSteps
		for ; i < len(c.rows) && c.rows[i].period == period; i++ {
			for _, name := range sortedKeys(c.rules) {
				r := c.rules[name].on(period.From)
				if r == nil || r.basis(period) != c.rows[i].creditBasis || k.err != nil {
					continue
				}
				s := c.credit(k, r, c.rows[i], before)
				list = append(list, s)
				if r.clause.Rank == RankAdditive { // the next of the period finds it given
					put(name, period, s.amount)
				}
			}
		}
		if k.err != nil {
			return nil
		}
		for _, s := range highest(k, list) {
			if s.rule.clause.Rank == RankHighest {
				put(s.rule.name, period, s.amount)
			}
			owed = append(owed, s)
		}
	}
	return owed
}

// credit is one credit, after the caps of its clause.
func (c *crediting) credit(k *calc, r *creditRule, a creditFigure, before map[creditYear][]figure) creditSteps {
	s := creditSteps{row: a, rule: r}
	s.rate, s.base, s.uncapped = r.uncapped(k, c.book, a)
	s.amount = s.uncapped
	clause, day := r.source.clause, c.book.within(a.period)
	year, _ := c.book.years.of(day)
	for i, cap := range r.clause.Caps {
		fee, _ := c.book.fee(k, cap.Of, day)
		most := k.round("cap", clause, k.mul("cap", clause, fee, k.term("cap rate", percentFigure(cap.Rate), r.source, fmt.Sprintf("/caps/%d/rate", i))), r.rounding)
		left := most
		if so := before[creditYear{r.name, year}]; len(so) > 0 {
			// What was given beyond the cap before takes nothing back.
			left = k.atLeast("left under the cap", clause, k.sub("left under the cap", clause, most, k.add("credited before", clause, so...)),
				k.law("nothing", moneyFigure(Money{cur: most.cur}), "a credit is 0 or more", ""))
		}
		s.amount = k.atMost("credit", clause, s.amount, left)
	}
	return s
}

// highest leaves, of the credits of one period and one fee whose clauses say so, the
// largest, and of equals the first by name; the others stand beside it. What it
// displaced is told.
func highest(k *calc, list []creditSteps) []creditSteps {
	ranked := make(map[FeeOf][]int)
	for i, s := range list {
		if s.rule.clause.Rank == RankHighest {
			ranked[s.rule.clause.Of] = append(ranked[s.rule.clause.Of], i)
		}
	}
	var kept []creditSteps
	for i, s := range list {
		group := ranked[s.rule.clause.Of]
		if s.rule.clause.Rank != RankHighest || len(group) < 2 {
			kept = append(kept, s)
			continue
		}
		first := group[0]
		amounts := make([]figure, len(group))
		for n, j := range group {
			amounts[n] = list[j].amount
			if list[j].amount.n.Cmp(list[first].amount.n) > 0 {
				first = j
			}
		}
		if i == first {
			s.amount = k.greatest("credit", s.rule.source.clause, amounts...)
			kept = append(kept, s)
		}
	}
	return kept
}
