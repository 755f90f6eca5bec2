package contract

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/cfd16870/contract/internal/exact"
	"github.com/cfd16870/contract/proof"
)

// A Debt is a sum owed by a day: what an invoice comes to.
type Debt struct {
	Source, ID string
	Item       string // what it is for
	Clause     string // by which it is owed
	Amount     Money
	Due        Date // the last day on which it is paid in time
}

// A Payment is money that came in.
type Payment struct {
	Source, ID string
	On         Date // credited
	Recorded   Date // when it became known; the zero Date: at once
	Amount     Money
	For        string // the debt that the payer named; "" for none
}

// AccountFacts are the debts of a side and what was paid of them.
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
}

// Explain is the working of what is owed on the debt.
func (d DebtState) Explain() *proof.Working { return explained("owed on "+d.about, d.tell) }

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
	Amount  Money
	Balance Money // after it
}

// A ledger keeps the account on its way: the debts, each with what was posted.
type ledger struct {
	facts AccountFacts
	asOf  Date
	rule  func(Date) (*lateRule, error) // of a debt due on a day; nil: the contract is silent
	free  map[string]bool               // debts paid within the days of grace, of which nothing is charged
	probe bool                          // find out which those are

	debts   []*ledgerDebt
	surplus figure // what is left of payments
	entries []Entry
}

type ledgerDebt struct {
	Debt
	rule      *lateRule
	due       told[Date]
	amount    figure   // as first due
	principal figure   // still owed
	posted    []figure // late charges
	fixed     *figure
	charge    figure // still owed; valid if there is any
	charges   bool   // something was charged
	from      told[Date]
	begun     bool
	met       []int // payment rows
	taken     []figure
	capDay    told[Date]
	paidOn    Date
}

// run keeps the account up to and with a day.
func (l *ledger) run(k *calc) {
	l.debts, l.entries, l.surplus = nil, nil, figure{}
	list := slices.Clone(l.facts.Debts)
	slices.SortStableFunc(list, func(a, b Debt) int { return cmp.Or(a.Due.Compare(b.Due), cmp.Compare(a.ID, b.ID)) })
	for _, d := range list {
		rule, err := l.rule(d.Due)
		if err != nil {
			k.fail(err)
			return
		}
		amount := k.fact("overdue sum", moneyFigure(d.Amount), d.Source, "amount")
		l.debts = append(l.debts, &ledgerDebt{Debt: d, rule: rule, amount: amount, principal: amount, due: k.factDate("due date", d.Due, d.Source, "due")})
	}
	payments := slices.Clone(l.facts.Payments)
	payments = slices.DeleteFunc(payments, func(p Payment) bool { return p.On.After(l.asOf) || p.Recorded.After(l.asOf) })
	slices.SortStableFunc(payments, func(a, b Payment) int {
		return cmp.Or(a.On.Compare(b.On), a.Recorded.Compare(b.Recorded), cmp.Compare(a.ID, b.ID))
	})
	next := 0 // of the debts whose due date has not come
	for i := range payments {
		l.fallDue(k, &next, payments[i].On)
		l.pay(k, &payments[i])
	}
	l.fallDue(k, &next, l.asOf)
	asOf := told[Date]{v: l.asOf}
	if k.tells() {
		asOf = k.factDate("as of", l.asOf, "asked", "")
	}
	for _, d := range l.debts {
		if d.Due.Before(l.asOf) && !d.paid() {
			l.post(k, d, asOf)
		}
	}
}

func (d *ledgerDebt) paid() bool { return d.principal.n.Sign() <= 0 }

// fallDue opens the debts that fall due by a day: what was paid beyond earlier ones
// meets them on their day.
func (l *ledger) fallDue(k *calc, next *int, day Date) {
	for *next < len(l.debts) && !l.debts[*next].Due.After(day) {
		d := l.debts[*next]
		*next++
		l.entry(d.Due, EntryDebt, d.ID, d.Source, d.Amount)
		if l.surplus.n.Sign() > 0 && k.err == nil && d.surplus() == SurplusCredit && !d.paid() {
			given := k.least("from the credit", "", l.surplus, d.principal)
			l.surplus = k.sub("left of the payment", "", l.surplus, given)
			d.principal = k.sub("principal owed", "", d.principal, given)
			d.settle(d.Due)
		}
	}
}

func (d *ledgerDebt) surplus() Surplus {
	if d.rule == nil {
		return SurplusCredit
	}
	return d.rule.clause.Surplus
}

// settle notes the day on which no principal was left.
func (d *ledgerDebt) settle(day Date) {
	if d.paid() && !d.paidOn.IsValid() {
		d.paidOn = day
	}
}

func (l *ledger) entry(on Date, what EntryKind, of, src string, amount Money) {
	balance := amount
	if n := len(l.entries); n > 0 {
		balance, _ = l.entries[n-1].Balance.Add(amount) // one currency: checked when it came in
	}
	l.entries = append(l.entries, Entry{On: on, What: what, Of: of, Source: src, Amount: amount, Balance: balance})
}

// post charges a debt for the days up to and with one: rounded, and no more than
// its cap leaves.
func (l *ledger) post(k *calc, d *ledgerDebt, day told[Date]) {
	r := d.rule
	if r == nil || l.probe || l.free[d.ID] || k.err != nil || !d.Due.Before(day.v) {
		return
	}
	clause := r.source.clause
	if !d.begun {
		d.begun = true
		d.from = r.begins(k, d.due)
		l.fix(k, d, day.v)
	}
	through := r.ends(k, day)
	if k.err != nil || !d.from.v.Before(through.v) {
		return
	}
	base := d.principal
	if r.clause.Of == LateOfFirstDue {
		base = d.amount
	}
	list := r.stretches(k, d.from, through, d.due)
	if k.err != nil {
		return
	}
	met := d.met
	sum, perDay := r.accrued(k, base, list, met)
	whole := k.round("late charge", clause, sum, r.rounding)
	charge := whole
	if c := r.clause.Cap; c != nil {
		cap := k.round("cap", clause, k.mul("cap", clause, d.amount, k.term("cap rate", percentFigure(c.Rate), r.source, "/cap/rate")), r.rounding)
		left := cap
		if len(d.posted) > 0 {
			left = k.sub("left under the cap", clause, cap, k.add("late charge posted", clause, d.posted...))
		}
		charge = k.atMost("late charge", clause, whole, left)
		d.taken = append(d.taken, k.sub("taken by the cap", clause, whole, charge))
		if k.err == nil && sum.n.Cmp(left.n) >= 0 && d.capDay.v.IsZero() {
			d.capDay = k.capDay(clause, left, list, perDay)
		}
	}
	if k.err != nil {
		return
	}
	d.posted = append(d.posted, charge)
	d.owe(k, clause, charge)
	d.from = through
	if charge.n.Sign() > 0 {
		l.entry(day.v, EntryLateCharge, d.ID, d.Source, charge.money())
	}
}

// fix owes the fixed sum of a debt that is late, once.
func (l *ledger) fix(k *calc, d *ledgerDebt, day Date) {
	r := d.rule
	if len(r.clause.FixedSums) == 0 {
		return
	}
	rows := make([]bandRow, len(r.clause.FixedSums))
	for i, s := range r.clause.FixedSums {
		rows[i].gives = moneyFigure(*s.Sum)
		if s.From != nil {
			f := moneyFigure(*s.From)
			rows[i].from = &f
		}
		if s.Below != nil {
			f := moneyFigure(*s.Below)
			rows[i].below = &f
		}
	}
	fixed := k.band("fixed sum", r.source.clause, d.amount, rows, r.source, func(i int) string { return fmt.Sprint("/fixedSums/", i) })
	if k.err != nil {
		return
	}
	d.fixed = &fixed
	d.owe(k, r.source.clause, fixed)
	l.entry(day, EntryFixedSum, d.ID, d.Source, fixed.money())
}

// owe adds to the charges that are not paid yet.
func (d *ledgerDebt) owe(k *calc, clause string, charge figure) {
	if !d.charges {
		d.charges, d.charge = true, charge
		return
	}
	d.charge = k.add("late charge owed", clause, d.charge, charge)
}

// owed is what a debt comes to with its charges.
func (d *ledgerDebt) owed(k *calc) figure {
	if !d.charges {
		return d.principal
	}
	return k.add("owed", "", d.principal, d.charge)
}

// pay lets a payment meet the debts that are due: the one it names first, then by
// due date, those of one day in proportion. What is left is a credit.
func (l *ledger) pay(k *calc, p *Payment) {
	if k.err != nil {
		return
	}
	left := k.fact("payment", moneyFigure(p.Amount), p.Source, "amount")
	defer func() { l.entry(p.On, EntryPayment, p.ID, p.Source, p.Amount.Neg()) }() // after the charges that it makes due
	day := k.factDate("credited", p.On, p.Source, "credited")
	row := k.paymentRow(p)
	open := func(d *ledgerDebt) bool { return !d.paid() || d.charges && d.charge.n.Sign() > 0 }
	meet := func(group []*ledgerDebt) {
		if len(group) == 0 || left.n.Sign() <= 0 || k.err != nil {
			return
		}
		for _, d := range group {
			if !d.paid() {
				l.post(k, d, day)
			}
		}
		if len(group) == 1 {
			left = l.meet(k, group[0], left, p.On, row)
			return
		}
		owed := make([]figure, len(group))
		for i, d := range group {
			owed[i] = d.owed(k)
		}
		total := k.add("owed", "", owed...)
		given := k.least("given", "", left, total)
		left = k.sub("left of the payment", "", left, given)
		if k.err != nil {
			return
		}
		for i, d := range group {
			l.meet(k, d, k.inProportion(given, i, owed), p.On, row)
		}
	}
	if p.For != "" {
		if i := slices.IndexFunc(l.debts, func(d *ledgerDebt) bool { return d.ID == p.For }); i >= 0 && open(l.debts[i]) && l.designates(l.debts[i]) {
			meet([]*ledgerDebt{l.debts[i]})
		}
	}
	for i := 0; i < len(l.debts) && !l.debts[i].Due.After(p.On); {
		j := i
		var group []*ledgerDebt
		for ; j < len(l.debts) && l.debts[j].Due == l.debts[i].Due; j++ {
			if open(l.debts[j]) {
				group = append(group, l.debts[j])
			}
		}
		meet(group)
		i = j
	}
	if k.err != nil || left.n.Sign() <= 0 {
		return
	}
	if l.surplus.n.Sign() > 0 {
		left = k.add("credit", "", l.surplus, left)
	}
	l.surplus = left
}

// designates reports whether the payer may name the debt.
func (l *ledger) designates(d *ledgerDebt) bool {
	return d.rule == nil || slices.Contains(d.rule.clause.AcrossDebts, OrderDesignated)
}

// inProportion is a part of money by what is owed on each debt.
func (k *calc) inProportion(given figure, i int, owed []figure) figure {
	weights := make([]figure, len(owed))
	for j, o := range owed {
		weights[j] = k.div("weight", "", o, k.law("one", figure{n: exact.New(1), what: money, cur: o.cur}, "unit of money", ""))
	}
	return k.part("in proportion", "", given, i, weights)
}

// meet lets money meet one debt, by the rank of its parts, and returns what is left.
func (l *ledger) meet(k *calc, d *ledgerDebt, left figure, on Date, row int) figure {
	order := []DebtPart{PartPrincipal}
	clause := ""
	if d.rule != nil {
		order, clause = d.rule.clause.WithinDebt, d.rule.source.clause
	}
	for _, part := range order {
		switch {
		case part == PartLateCharge && d.charges:
			given := k.least("to late charge", clause, left, d.charge)
			left = k.sub("left of the payment", clause, left, given)
			d.charge = k.sub("late charge owed", clause, d.charge, given)
		case part == PartPrincipal:
			given := k.least("to principal", clause, left, d.principal)
			left = k.sub("left of the payment", clause, left, given)
			d.principal = k.sub("principal owed", clause, d.principal, given)
			d.settle(on)
		}
	}
	if k.tells() {
		d.met = append(d.met, row)
	}
	return left
}

// keepAccount runs the ledger and keeps how to tell each figure.
func keepAccount(l ledger) (*Account, error) {
	if err := l.graces(); err != nil {
		return nil, err
	}
	k := new(calc)
	l.run(k)
	if k.err != nil {
		return nil, k.err
	}
	a := &Account{AsOf: l.asOf, Entries: l.entries, Surplus: l.surplus.money()}
	base := l // what is told runs it again
	base.debts, base.entries = nil, nil
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
		if d.charges {
			s.LateCharge = d.charge.money()
		}
		if d.fixed != nil {
			s.FixedSum = d.fixed.money()
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

// graces finds the debts that were paid within their days of grace, where grace is
// a condition: a run in which nothing is charged.
func (l *ledger) graces() error {
	l.free = make(map[string]bool)
	for _, d := range l.facts.Debts {
		r, err := l.rule(d.Due)
		if err != nil {
			return err
		}
		if r == nil || r.clause.Grace != GraceCondition {
			continue
		}
		k := new(calc)
		last := k.after("", "", told[Date]{v: d.Due}, told[Span]{v: r.clause.GraceFor}, r.periods)
		probe := *l
		probe.asOf, probe.probe = last.v, true
		if probe.asOf.After(l.asOf) {
			l.free[d.ID] = true // the days of grace are not over: nothing is charged yet
			continue
		}
		probe.run(k)
		if k.err != nil {
			return k.err
		}
		for _, p := range probe.debts {
			if p.ID == d.ID && p.paid() {
				l.free[d.ID] = true
			}
		}
	}
	return nil
}
