package contract

import (
	"fmt"

	"github.com/cfd16870/contract/proof"
)

// CreditFacts are what credits are computed from.
type CreditFacts struct {
	Attainment []Attainment  // as [Tally.Attainment] or [Contract.AttainmentOf] gives it
	Notices    []Notice      // raises change the fee that a credit is a share of
	Given      []GivenCredit // given before, of periods that are not among the others
}

// A GivenCredit is a credit that was given before: it counts towards caps.
type GivenCredit struct {
	Source string
	Name   string // of the credit clause
	Period Period
	Amount Money
}

// A ServiceCredit is what is owed for the attainment of a period: clause 10.2.
type ServiceCredit struct {
	Name, Clause string
	Period       Period
	Target       string  // "" for all targets together
	Percent      Percent // attained, as compared
	Rate         Percent // of the band
	Base         Money   // the fee that it is a share of, rounded
	Uncapped     Money
	Amount       Money
	Capped       bool // the cap of the contract year took something off

	about string
	tell  func(*calc) int
}

// Explain is the working of the credit.
func (s ServiceCredit) Explain() *proof.Working { return explained(s.about, s.tell) }

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

// uncapped is the credit of a period before caps.
func (r *creditRule) uncapped(k *calc, b *priceBook, a Attainment) (rate, base, amount figure) {
	clause := r.source.clause
	rate = k.band("credit rate", clause, a.compared(k), r.bands, r.source, func(i int) string { return fmt.Sprint("/bands/", r.places[i]) })
	base, _ = b.fee(k, r.clause.Of, a.Period.From)
	amount = k.round("credit", clause, k.mul("credit", clause, base, rate), r.rounding)
	return rate, base, amount
}

// A crediting computes the credits of one clause over periods, in their order: what
// a cap leaves depends on those before.
type crediting struct {
	rules versions[*creditRule]
	book  *priceBook
	rows  []Attainment // with data, in order of period
	given []GivenCredit
}

type creditSteps struct {
	rule                         *creditRule
	rate, base, uncapped, amount figure
}

func (c *crediting) run(k *calc) []creditSteps {
	var list []creditSteps
	before := make(map[Period][]figure) // by contract year
	for _, g := range c.given {
		year, _ := c.book.years.of(g.Period.From)
		before[year] = append(before[year], k.fact("credited before", moneyFigure(g.Amount), g.Source, g.Period.String()))
	}
	for _, a := range c.rows {
		r := c.rules.on(a.Period.From)
		if r == nil || k.err != nil {
			list = append(list, creditSteps{})
			continue
		}
		s := creditSteps{rule: r}
		s.rate, s.base, s.uncapped = r.uncapped(k, c.book, a)
		s.amount = s.uncapped
		year, _ := c.book.years.of(a.Period.From)
		for i, cap := range r.clause.Caps {
			clause := r.source.clause
			fee, _ := c.book.fee(k, cap.Of, a.Period.From)
			most := k.round("cap", clause, k.mul("cap", clause, fee, k.term("cap rate", percentFigure(cap.Rate), r.source, fmt.Sprintf("/caps/%d/rate", i))), r.rounding)
			left := most
			if so := before[year]; len(so) > 0 {
				// What was given beyond the cap before takes nothing back.
				left = k.atLeast("left under the cap", clause, k.sub("left under the cap", clause, most, k.add("credited before", clause, so...)),
					k.law("nothing", moneyFigure(Money{cur: most.cur}), "a credit is 0 or more", ""))
			}
			s.amount = k.atMost("credit", clause, s.amount, left)
		}
		before[year] = append(before[year], s.amount)
		list = append(list, s)
	}
	return list
}
