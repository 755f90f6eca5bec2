package contract

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/cfd16870/contract/internal/exact"
	"github.com/cfd16870/contract/proof"
)

// A ledger keeps the account on its way: the debts, each with what was posted. It
// goes through payments in order and looks at nothing that comes after, so that an
// account of a day stays what it was however things went on.
type ledger struct {
	facts AccountFacts
	asOf  Date
	rule  func(Debt) (*lateRule, error) // nil: the contract is silent
	cur   [3]byte

	debts   []*ledgerDebt
	surplus figure // what is left of payments
	entries []Entry
	amounts []figure // of the entries
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
	begun     bool
	late      told[Date] // after which it is late
	from      told[Date] // after which nothing is charged yet
	waiting   []lateStretch
	met       []metBy
	taken     []figure
	capDay    told[Date]
	paidOn    Date
}

// A lateStretch is days on which one sum was late.
type lateStretch struct {
	after, through told[Date]
	base           figure
}

// A metBy is a payment that met a debt, as a working quotes it.
type metBy struct {
	on  Date
	row int
}

// run keeps the account up to and with a day.
func (l *ledger) run(k *calc) {
	l.debts, l.entries, l.amounts, l.surplus = nil, nil, nil, figure{}
	list := slices.Clone(l.facts.Debts)
	slices.SortStableFunc(list, func(a, b Debt) int { return cmp.Or(a.Due.Compare(b.Due), cmp.Compare(a.ID, b.ID)) })
	for _, d := range list {
		rule, err := l.rule(d)
		if err != nil {
			k.fail(err)
			return
		}
		amount, due := d.opening(k)
		l.debts = append(l.debts, &ledgerDebt{Debt: d, rule: rule, amount: amount, principal: amount, due: due})
	}
	payments := slices.Clone(l.facts.Payments)
	payments = slices.DeleteFunc(payments, func(p Payment) bool { return p.On.After(l.asOf) || p.Recorded.After(l.asOf) })
	slices.SortStableFunc(payments, func(a, b Payment) int {
		return cmp.Or(a.On.Compare(b.On), a.Recorded.Compare(b.Recorded), cmp.Compare(a.ID, b.ID))
	})
	// A row that is there twice is one payment.
	payments = slices.CompactFunc(payments, Payment.same)
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
		if !d.paid() {
			l.post(k, d, asOf)
		}
	}
}

func (d *ledgerDebt) paid() bool { return d.principal.n.Sign() <= 0 }

// open reports whether anything is owed on the debt.
func (d *ledgerDebt) open() bool { return !d.paid() || d.charges && d.charge.n.Sign() > 0 }

// fallDue opens the debts that fall due by a day: what was paid beyond earlier ones
// meets them on their day, those of one day in proportion.
func (l *ledger) fallDue(k *calc, next *int, day Date) {
	for *next < len(l.debts) && !l.debts[*next].Due.After(day) {
		var group []*ledgerDebt
		due := l.debts[*next].Due
		for ; *next < len(l.debts) && l.debts[*next].Due == due; *next++ {
			d := l.debts[*next]
			l.entry(due, EntryDebt, d.ID, d.Source, d.Clause, d.amount, false)
			if d.surplus() == SurplusCredit && !d.paid() {
				group = append(group, d)
			}
		}
		if len(group) > 0 && l.surplus.n.Sign() > 0 && k.err == nil {
			l.credit(k, group, due)
		}
	}
}

// credit lets the surplus meet debts on the day on which they fall due.
func (l *ledger) credit(k *calc, group []*ledgerDebt, due Date) {
	owed := make([]figure, len(group))
	for i, d := range group {
		owed[i] = d.principal
	}
	var parts []figure
	if len(group) == 1 {
		parts = []figure{k.least("from the credit", "", l.surplus, owed[0])}
		l.surplus = k.sub("left of the payment", "", l.surplus, parts[0])
	} else {
		parts, l.surplus = k.inProportion(l.surplus, owed)
	}
	for i, part := range parts {
		group[i].principal = k.sub("principal owed", "", owed[i], part)
		group[i].settle(due)
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

func (l *ledger) entry(on Date, what EntryKind, of, src, clause string, f figure, paid bool) {
	amount := f.money()
	if paid {
		amount = amount.Neg()
	}
	balance := amount
	if n := len(l.entries); n > 0 {
		balance, _ = l.entries[n-1].Balance.Add(amount) // one currency: checked when it came in
	}
	l.entries = append(l.entries, Entry{On: on, What: what, Of: of, Source: src, Clause: clause, Amount: amount, Balance: balance})
	l.amounts = append(l.amounts, f)
}

// post charges a debt for the days up to and with one: rounded, and no more than
// its cap leaves. Days of grace that are a condition are charged with the first day
// after them, each for the sum that was due on it.
func (l *ledger) post(k *calc, d *ledgerDebt, day told[Date]) {
	r := d.rule
	if r == nil || k.err != nil {
		return
	}
	if !d.begun {
		d.begun = true
		d.late = r.postponed(k, d.due)
		d.from = r.begins(k, d.late)
	}
	if k.err != nil || !d.late.v.Before(day.v) {
		return
	}
	through := r.ends(k, day)
	if k.err != nil {
		return
	}
	list := d.waiting
	if d.from.v.Before(through.v) {
		base := d.principal
		if r.clause.Of == LateOfFirstDue {
			base = d.amount
		}
		list = append(list, lateStretch{d.from, through, base})
		d.from = through
	}
	if r.clause.Grace == GraceCondition && len(d.posted) == 0 {
		end := r.graceEnd(k, d.due)
		if k.err != nil || !day.v.After(end.v) {
			d.waiting = list
			return
		}
		if len(list) > 0 {
			// Once the grace is exceeded, the charge runs from the due date.
			late := k.isAfter("late", r.source.clause, day, end)
			list[0].after = k.chooseDate("day before the first charged", r.source.clause, late, list[0].after, day)
		}
	}
	if d.fixed == nil {
		l.fix(k, d, day.v)
	}
	d.waiting = nil
	if k.err == nil && len(list) > 0 {
		l.charge(k, d, list, day.v)
	}
}

// charge posts what accrued over stretches of days that join.
func (l *ledger) charge(k *calc, d *ledgerDebt, late []lateStretch, day Date) {
	r := d.rule
	clause := r.source.clause
	var list []chargedDays
	for _, s := range late {
		list = append(list, r.stretches(k, s, d.late)...)
	}
	if k.err != nil {
		return
	}
	var met []int
	for _, m := range d.met {
		// A payment that is not late, on a due day that is charged, lowers the sum of
		// that day, and so does any where the day of credit is not charged: it lies
		// inside the stretch that follows.
		if r.clause.LastDay == LateThroughCredit && (m.on.After(d.late.v) || !m.on.After(late[0].after.v)) {
			met = append(met, m.row)
		}
	}
	sum, perDay := r.accrued(k, list, met)
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
	if charge.n.Sign() > 0 {
		l.entry(day, EntryLateCharge, d.ID, d.Source, clause, charge, false)
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
	l.entry(day, EntryFixedSum, d.ID, d.Source, r.source.clause, fixed, false)
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

// pay lets a payment meet debts: the one it names first, then those that are due,
// by due date, those of one day in proportion. What is left is a credit for the
// next; where the clause repays a surplus, it meets those not yet due first, since
// nothing would meet them on their day.
//
// "Civil Code 560" and "earliest due" come to the same order: what is due comes
// before what is not either way, and records say neither which debt is secured nor
// which burdens the debtor more.
func (l *ledger) pay(k *calc, p *Payment) {
	if k.err != nil {
		return
	}
	left := k.fact("payment", moneyFigure(p.Amount), p.Source, "amount")
	amount := left
	// After the charges that it makes due.
	defer func() { l.entry(p.On, EntryPayment, p.ID, p.Source, "", amount, true) }()
	day := k.factDate("credited", p.On, p.Source, "credited")
	row := k.paymentRow(p)
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
		var parts []figure
		parts, left = k.inProportion(left, owed)
		for i, part := range parts {
			l.meet(k, group[i], part, p.On, row)
		}
	}
	if p.For != "" {
		if i := slices.IndexFunc(l.debts, func(d *ledgerDebt) bool { return d.ID == p.For }); i >= 0 && l.debts[i].open() && l.designates(l.debts[i]) {
			meet([]*ledgerDebt{l.debts[i]})
		}
	}
	for i := 0; i < len(l.debts); {
		j := i
		var group []*ledgerDebt
		for ; j < len(l.debts) && l.debts[j].Due == l.debts[i].Due; j++ {
			if d := l.debts[j]; d.open() && (!d.Due.After(p.On) || d.surplus() == SurplusRepaid) {
				group = append(group, d)
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

// inProportion shares money to debts of one day by what is owed on each, no more than
// that, and returns the parts and what is left; no parts where the calculation failed.
func (k *calc) inProportion(paid figure, owed []figure) (parts []figure, left figure) {
	given := k.least("given", "", paid, k.add("owed", "", owed...))
	left = k.sub("left of the payment", "", paid, given)
	weights := make([]figure, len(owed))
	for i, o := range owed {
		weights[i] = k.div("weight", "", o, k.law("one", figure{n: exact.New(1), what: money, cur: o.cur}, "unit of money", ""))
	}
	return k.parts("in proportion", "", given, weights), left
}

// paymentRow is what a working quotes of a payment that met a debt.
func (k *calc) paymentRow(p *Payment) int {
	if !k.tells() {
		return 0
	}
	return k.w.fact("payment", proof.DatedOf(dateValue(p.On), moneyFigure(p.Amount).value()), p.Source, "credited, amount")
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
		d.met = append(d.met, metBy{on, row})
	}
	return left
}
