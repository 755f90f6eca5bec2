package contract

import (
	"fmt"
	"slices"

	"github.com/cfd16870/contract/internal/exact"
	"github.com/cfd16870/contract/proof"
)

// PenaltyFacts are what penalties are computed from.
type PenaltyFacts struct {
	Satisfaction []Satisfaction // as [SurveyTally.Satisfaction] or [Contract.SatisfactionOf] gives it
	Notices      []Notice       // of breaches, by the name of the clause; and raises
}

// A Penalty is what a breach costs: clauses 9 and 10.2.
type Penalty struct {
	Name, Clause string
	By           Role    // who owes it
	Period       Period  // of satisfaction; the zero Period of a breach on record
	Of           string  // the notice of a breach on record
	On           Date    // of that notice
	Points       Percent // below the target, as they count
	Rate         Percent // of the base, for all points together
	Base         Money   // the fee that it is a share of, rounded; the amount is computed from the exact one
	Uncapped     Money
	Amount       Money

	about string
	tell  func(*calc) int
}

// Explain is the working of the penalty.
func (p Penalty) Explain() *proof.Working { return explained(p.about, p.tell) }

// subject is what a penalty is of: a period, or a notice.
func (p Penalty) subject() string {
	if p.Period.IsValid() {
		return periodName(p.Period)
	}
	return p.Of
}

// periodName is a month as 2024-05, a quarter as 2024-Q2, any other by its days.
func periodName(p Period) string {
	y, m, d := p.From.Date()
	switch {
	case d == 1 && p == CalendarMonth.of(p.From):
		return fmt.Sprintf("%04d-%02d", y, int(m))
	case d == 1 && p == CalendarQuarter.of(p.From):
		return fmt.Sprintf("%04d-Q%d", y, (int(m)+2)/3)
	}
	return p.String()
}

// A breachRule is one penalty in one version.
type breachRule struct {
	name     string
	clause   BreachClause
	rounding roundingRule
	source   source
}

type penaltySteps struct {
	points, rate, base, uncapped, amount figure
}

// compared tells the satisfaction of a period as it is compared.
func (s Satisfaction) compared(k *calc) figure {
	p, _ := s.Percent()
	f := percentFigure(p)
	if k.tells() {
		f.at = s.write(k.w)
	}
	return f
}

// below is the penalty for satisfaction below its target: a rate for each point.
func (r *breachRule) below(k *calc, b *priceBook, s Satisfaction) (out penaltySteps) {
	clause := r.source.clause
	target := k.term("satisfaction at least", percentFigure(s.clause.AtLeast), s.source, "/atLeast")
	short := k.sub("points below", clause, target, s.compared(k))
	out.points = k.atLeast("points below", clause, short, k.law("nothing", figure{what: percent}, "a target that is reached costs nothing", ""))
	switch r.clause.Units {
	case PointsComplete:
		out.points = k.whole("complete points", clause, out.points, k.pointUnits(r, RoundDown))
	case PointsStarted:
		out.points = k.whole("started points", clause, out.points, k.pointUnits(r, RoundUp))
	}
	out.base, _ = b.fee(k, r.clause.Of, b.within(s.Period))
	// So many percentage points, at a rate for each.
	number := k.div("number of points", clause, out.points, k.law("one point", figure{n: exact.New(1), what: percent}, "percentage point", ""))
	out.rate = k.mul("rate", clause, number, k.term("rate a point", percentFigure(*r.clause.Rate), r.source, "/rate"))
	out.uncapped = k.round("deduction", clause, k.mul("deduction", clause, out.base, out.rate), r.rounding)
	out.amount = out.uncapped
	if c := r.clause.Cap; c != nil {
		fee, _ := b.fee(k, c.Of, b.within(s.Period))
		cap := k.round("cap", clause, k.mul("cap", clause, fee, k.term("cap rate", percentFigure(c.Rate), r.source, "/cap/rate")), r.rounding)
		out.amount = k.atMost("deduction", clause, out.amount, cap)
	}
	return out
}

// pointUnits is the rounding that the word for units stands for.
func (k *calc) pointUnits(r *breachRule, mode Rounding) told[string] {
	return k.lawWord("rounding", string(mode), string(r.clause.Units)+" units, "+r.source.pointer+"/units", "")
}

// fixed is the penalty for a breach on record.
func (r *breachRule) fixed(k *calc) figure {
	return k.round("penalty", r.source.clause, k.term("fixed sum", moneyFigure(*r.clause.Amount), r.source, "/amount"), r.rounding)
}

// LiabilityFacts are what counts towards a cap of liability.
type LiabilityFacts struct {
	Credits   []ServiceCredit
	Penalties []Penalty
	Notices   []Notice // raises change the fee that the cap is a multiple of
}

// A Liability is what counts towards the cap of clause 10.3, and what lies beyond.
type Liability struct {
	Clause  string
	Inside  Money
	Outside Money // what no cap binds, or the clause leaves out
	Cap     Money
	Excess  Money // of what is inside over the cap

	about string
	tell  func(*calc) int
}

// Explain is the working of what lies beyond the cap.
func (l Liability) Explain() *proof.Working { return explained(l.about, l.tell) }

// A liabilityRule is clause 10.3 in one version.
type liabilityRule struct {
	clause   LiabilityClause
	times    figure
	currency string
	rounding roundingRule
	source   source
}

type liabilitySteps struct{ inside, outside, cap, excess figure }

// total adds up what counts, and holds it against the cap. The amounts are told as
// they were computed: each has its own working.
func (r *liabilityRule) total(k *calc, b *priceBook, f LiabilityFacts, day Date) (out liabilitySteps) {
	clause := r.source.clause
	nothing := k.law("nothing", moneyFigure(Money{cur: [3]byte([]byte(r.currency))}), "the sum of none", "")
	inside, outside := []figure{nothing}, []figure{nothing}
	year, _ := b.years.of(day)
	counts := func(on Date) bool { return r.clause.Cap.Per == CapOverContract || year.Contains(on) }
	for _, s := range f.Credits {
		if !counts(b.within(s.Period)) {
			continue
		}
		one := k.fact("credit", moneyFigure(s.Amount), "service credits", s.Period.String())
		if r.clause.Credits == CreditsInsideCap {
			inside = append(inside, one)
		} else {
			outside = append(outside, one)
		}
	}
	for _, p := range f.Penalties {
		on := p.On
		if p.Period.IsValid() {
			on = b.within(p.Period)
		}
		if p.By == Customer || !counts(on) {
			continue
		}
		one := k.fact("penalty", moneyFigure(p.Amount), p.Name, p.subject())
		if slices.Contains(r.clause.Outside, p.Name) {
			outside = append(outside, one)
		} else {
			inside = append(inside, one)
		}
	}
	out.inside = k.add("inside the cap", clause, inside...)
	out.outside = k.add("outside the cap", clause, outside...)
	if a := r.clause.Cap.Amount; a != nil {
		out.cap = k.term("cap", moneyFigure(*a), r.source, "/cap/amount")
	} else {
		fee, _ := b.fee(k, r.clause.Cap.Of, day)
		out.cap = k.round("cap", clause, k.mul("cap", clause, fee, k.term("times", r.times, r.source, "/cap/times")), r.rounding)
	}
	over := k.sub("over the cap", clause, out.inside, out.cap)
	out.excess = k.atLeast("over the cap", clause, over, k.law("nothing", moneyFigure(Money{cur: out.cap.cur}), "what is under the cap is not over it", ""))
	return out
}
