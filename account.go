package contract

import (
	"fmt"

	"github.com/cfd16870/contract/proof"
)

// A Payment is money that came in.
type Payment struct {
	Source, ID string
	On         Date // credited
	Recorded   Date // when it became known; the zero Date: at once
	Amount     Money
	For        string // the debt that the payer named; "" for none
}

// same reports whether two rows tell of one payment; where they were read may differ.
func (p Payment) same(o Payment) bool {
	return p.ID == o.ID && p.On == o.On && p.Recorded == o.Recorded && p.For == o.For && p.Amount.Equal(o.Amount)
}

// AccountFacts are the debts of one side and what was paid of them.
type AccountFacts struct {
	Debts    []Debt
	Payments []Payment
	Declared *Declared // for a contract that is silent on late payment
}

// An Account is how the debts stand at the end of a day: clauses 8.2 and 10.1.
type Account struct {
	AsOf    Date
	Debts   []DebtState // by due date, then by id
	Entries []Entry     // in the order in which they fall
	Owed    Money       // of all debts, principal and late charges
	Surplus Money       // paid beyond what was due
	Silent  *Error      // something is late, and no clause says what that costs

	charged     Money // late charges and fixed sums of all debts, paid or not
	tellCharged func(*calc) figure
}

// A DebtState is a debt at the end of a day.
type DebtState struct {
	Debt
	Principal  Money // still owed
	LateCharge Money // still owed, fixed sums with it
	Owed       Money // both
	Charged    Money // late charges in all, paid or not, without fixed sums
	FixedSum   Money // owed once because the debt was late
	DaysLate   int   // to the day on which the principal was paid, or to the day asked about
	PaidOn     Date  // the day on which no principal was left; the zero Date: not yet
	CapReached Date  // the day through which the charge reached its cap; the zero Date: it did not
	TakenByCap Money // what the cap took off the charge
	LateClause string

	about                                   string
	tell, tellCharge, tellDay, tellTakenOff func(*calc) int
	tellPrincipal, tellOwing, tellFixed     func(*calc) int
}

// Dates are those on which rights depend that lateness gives.
func (d DebtState) Dates() DebtDates {
	return DebtDates{Source: d.Source, Debt: d.ID, Due: d.Due, Paid: d.PaidOn}
}

// Explain is the working of what is owed on the debt.
func (d DebtState) Explain() *proof.Working { return explained("owed on "+d.about, d.tell) }

// ExplainPrincipal is the working of the principal that is still owed.
func (d DebtState) ExplainPrincipal() *proof.Working {
	return explained("principal owed on "+d.about, d.tellPrincipal)
}

// ExplainLateCharge is the working of the late charge that is still owed, fixed sums
// with it; an empty one where nothing was charged.
func (d DebtState) ExplainLateCharge() *proof.Working {
	return explained("late charge owed on "+d.about, d.tellOwing)
}

// ExplainFixedSum is the working of the fixed sum; an empty one where none is owed.
func (d DebtState) ExplainFixedSum() *proof.Working {
	return explained("fixed sum of "+d.about, d.tellFixed)
}

// ExplainCharge is the working of the late charges in all; an empty one where
// nothing was charged.
func (d DebtState) ExplainCharge() *proof.Working {
	return explained("late charge on "+d.about, d.tellCharge)
}

// ExplainCapDay is the working of the day through which the charge reached its cap;
// an empty one where it did not.
func (d DebtState) ExplainCapDay() *proof.Working {
	return explained("day on which the cap is reached of "+d.about, d.tellDay)
}

// ExplainTakenByCap is the working of what the cap took off.
func (d DebtState) ExplainTakenByCap() *proof.Working {
	return explained("taken by the cap of "+d.about, d.tellTakenOff)
}

// EntryKind is what an entry of an account is.
type EntryKind string

const (
	EntryDebt       EntryKind = "falls due"
	EntryLateCharge EntryKind = "late charge"
	EntryFixedSum   EntryKind = "fixed sum"
	EntryPayment    EntryKind = "payment"
)

// An Entry is a line of an account. A debt and a charge are above 0, a payment below.
type Entry struct {
	On      Date
	What    EntryKind
	Of      string // the debt, or the payment
	Source  string
	Clause  string // by which it is charged; "" of a payment
	Amount  Money
	Balance Money // after it

	tell func(*calc) int
}

// Explain is the working of the amount; of a debt and of a payment it is what the
// records say.
func (e Entry) Explain() *proof.Working {
	return explained(fmt.Sprintf("%s of %s on %v", e.What, e.Of, e.On), e.tell)
}

// keepAccount runs the ledger and keeps how to tell each figure.
func keepAccount(l ledger) (*Account, error) {
	k := new(calc)
	l.run(k)
	if k.err != nil {
		return nil, k.err
	}
	a := &Account{AsOf: l.asOf, Entries: l.entries, Surplus: l.surplus.money()}
	base := l // what is told runs it again
	base.debts, base.entries, base.amounts = nil, nil, nil
	for i := range a.Entries {
		a.Entries[i].tell = func(k *calc) int {
			run := base
			run.run(k)
			if i >= len(run.amounts) {
				return 0
			}
			return run.amounts[i].at
		}
	}
	charges := func(l *ledger, k *calc) figure {
		list := []figure{k.law("nothing", figure{what: money, cur: l.cur}, "the sum of none", "")}
		for i, e := range l.entries {
			if e.What == EntryLateCharge || e.What == EntryFixedSum {
				list = append(list, l.amounts[i])
			}
		}
		return k.add("late charges in all", "", list...)
	}
	a.charged = charges(&l, k).money()
	a.tellCharged = func(k *calc) figure {
		run := base
		run.run(k)
		return charges(&run, k)
	}
	for i, d := range l.debts {
		told := func(pick func(*calc, *ledgerDebt) int) func(*calc) int {
			return func(k *calc) int {
				run := base
				run.run(k)
				if i >= len(run.debts) {
					return 0
				}
				return pick(k, run.debts[i])
			}
		}
		s := DebtState{Debt: d.Debt, Principal: d.principal.money(), PaidOn: d.paidOn, CapReached: d.capDay.v,
			about: fmt.Sprintf("%s at the end of %v", d.ID, l.asOf)}
		zero := Money{cur: d.amount.cur}
		s.LateCharge, s.Charged, s.FixedSum, s.TakenByCap = zero, zero, zero, zero
		if d.rule != nil {
			s.LateClause = d.rule.source.clause
		}
		s.Owed = d.owed(k).money()
		s.tell = told(func(k *calc, d *ledgerDebt) int { return d.owed(k).at })
		s.tellPrincipal = told(func(_ *calc, d *ledgerDebt) int { return d.principal.at })
		if d.charges {
			s.LateCharge = d.charge.money()
			s.tellOwing = told(func(_ *calc, d *ledgerDebt) int { return d.charge.at })
		}
		if d.fixed != nil {
			s.FixedSum = d.fixed.money()
			s.tellFixed = told(func(_ *calc, d *ledgerDebt) int { return d.fixed.at })
		}
		if len(d.posted) > 0 {
			clause := s.LateClause
			s.Charged = k.add("", "", d.posted...).money()
			s.tellCharge = told(func(k *calc, d *ledgerDebt) int { return k.add("late charge in all", clause, d.posted...).at })
		}
		if len(d.taken) > 0 {
			clause := s.LateClause
			s.TakenByCap = k.add("", "", d.taken...).money()
			s.tellTakenOff = told(func(k *calc, d *ledgerDebt) int { return k.add("taken by the cap", clause, d.taken...).at })
		}
		if d.capDay.v.IsValid() {
			s.tellDay = told(func(k *calc, d *ledgerDebt) int { return d.capDay.at })
		}
		until := l.asOf
		if d.paidOn.IsValid() {
			until = d.paidOn
		}
		s.DaysLate = max(0, until.Sub(d.Due))
		var err error
		if a.Owed, err = a.Owed.Add(s.Owed); err != nil {
			return nil, err
		}
		a.Debts = append(a.Debts, s)
	}
	return a, k.err
}
