package contract

import (
	"fmt"
	"reflect"
	"slices"

	"github.com/cfd16870/contract/internal/exact"
)

// Questions of accounts: how debts stand, and what lateness costs.

// Account keeps the account of debts at the end of a day. Only payments credited,
// and recorded, by then count; one that is recorded later changes the account of
// then, since nothing is carried over. Payments meet the debts that are due: the
// one that the payer names, if the contract lets him, then by due date, those of
// one day in proportion; what is left over meets the next debt on its due date, or
// stays. Within a debt the clause ranks late charge and principal. A charge is
// rounded when a payment meets its debt and at the day asked about.
//
// Where something is late and no clause charges it, Silent says so, and principals
// are told all the same. Faults of all debts and payments come back at once.
func (c *Contract) Account(f AccountFacts, asOf Date) (*Account, error) {
	if err := c.checkAccount(f, asOf); err != nil {
		return nil, err
	}
	f.Debts, f.Payments = slices.Clone(f.Debts), slices.Clone(f.Payments)
	silence := make(map[string]*Error) // by debt
	l := ledger{facts: f, asOf: asOf, rule: func(d Debt) (*lateRule, error) {
		r, err := c.lateRule(f.Declared, d)
		if e, ok := err.(*Error); ok && e.Kind == ErrSilent {
			silence[d.ID] = e
			return nil, nil
		}
		return r, err
	}}
	copy(l.cur[:], c.doc.Currency) // of a contract without money there is none
	a, err := keepAccount(l)
	if err != nil {
		return nil, err
	}
	for _, d := range a.Debts {
		if e := silence[d.ID]; e != nil && d.DaysLate > 0 && a.Silent == nil {
			a.Silent = e
		}
	}
	return a, nil
}

// LateCharge tells the charge for late payment of one debt by itself, at the end of
// a day. A contract without such a clause is ErrSilent where the debt was late, and
// the error names the statute that would fill the gap; what the caller declares
// fills it.
func (c *Contract) LateCharge(d Debt, payments []Payment, asOf Date, declared *Declared) (DebtState, error) {
	a, err := c.Account(AccountFacts{Debts: []Debt{d}, Payments: payments, Declared: declared}, asOf)
	if err != nil {
		return DebtState{}, err
	}
	if a.Silent != nil {
		return DebtState{}, a.Silent
	}
	return a.Debts[0], nil
}

// lateRule is the charge for a debt: the clause of the document on its due date, if
// it charges the side that owes it, or what is declared in its place.
func (c *Contract) lateRule(declared *Declared, d Debt) (*lateRule, error) {
	t := c.on(d.Due)
	var r *lateRule
	if t.penalties != nil && t.penalties.late != nil {
		if t.penalties.late.clause.charges(d.debtor()) {
			r = t.penalties.late
		}
	}
	switch {
	case r != nil && declared != nil:
		return nil, &Error{Pointer: "/latePayment", Clause: r.source.clause, Kind: ErrConflict, Msg: "the contract charges late payment itself; nothing that is declared applies beside it"}
	case r != nil:
		return r, nil
	case declared != nil:
		return c.declared(declared, d)
	}
	return nil, silent(t.law(), "/latePayment", "no clause says what late payment by the %s costs", d.debtor())
}

// declared makes the rule of what the caller declares, for a debt.
func (c *Contract) declared(d *Declared, of Debt) (*lateRule, error) {
	due := of.Due
	t := c.on(due)
	r := &lateRule{signed: t.doc.Signed, periods: t.counting.periods, rounding: t.rounding(), times: numberFigure(exact.New(1))}
	if r.rounding.mode == "" {
		return nil, &Error{Pointer: "/rounding", Kind: ErrRequired, Msg: "say in the document how amounts are rounded, and where"}
	}
	percentage := func(s string) *Percent { p := MustParsePercent(s); return &p }
	clause := LatePaymentClause{Of: LateOfStillDue, FirstDay: LateFromDayAfterDue, LastDay: LateThroughCredit, Grace: GraceNone, Interest: InterestSimple,
		WithinDebt: []DebtPart{PartLateCharge, PartPrincipal}, AcrossDebts: []DebtOrder{OrderDesignated, OrderCivilCode}, Surplus: SurplusCredit}
	switch {
	case d.Clause != nil && d.Statute != "":
		return nil, &Error{Kind: ErrConflict, Msg: "a statute and a clause are declared; declare one"}
	case d.Clause != nil:
		clause = *d.Clause
		if known(clause.By) && !clause.charges(of.debtor()) {
			return nil, &Error{In: of.Source, Pointer: "by", Kind: ErrConflict, Msg: fmt.Sprintf("the clause that is declared charges the %s, and the %s owes debt %q", clause.By, of.debtor(), clip(of.ID))}
		}
		r.source = source{in: "declared by the caller"}
		if err := checkDeclared(t.doc, clause, c.ref); err != nil {
			return nil, err
		}
	case !known(d.Statute):
		return nil, &Error{Kind: kindOfWord(d.Statute), Msg: fmt.Sprintf("declared %q; %s", d.Statute, oneOf(d.Statute))}
	case t.law() != d.Statute.law():
		return nil, &Error{Pointer: "/governingLaw", Kind: ErrConflict, Msg: fmt.Sprintf("%q is a statute of %s, and the governing law is %q", d.Statute, d.Statute.law(), t.law())}
	case d.Statute == SaleInterpretation18:
		low, high := MustParsePercent("30%"), MustParsePercent("50%")
		if !d.Above.IsStated() || d.Above.Compare(low) < 0 || d.Above.Compare(high) > 0 {
			return nil, &Error{Kind: ErrRequired, Msg: fmt.Sprintf("declared %q with %v on top; say from 30%% to 50%%", d.Statute, d.Above)}
		}
		clause.Charge, clause.DayCount = LateReferenceRate, Actual365
		more := exact.New(1).Add(d.Above.n.Mul(exact.FromDecimal(1, -2)))
		clause.Reference = &ReferenceClause{Series: "lpr1y", Times: more.String(), Reset: ResetAtBreach}
		r.times = numberFigure(more)
		r.source = source{in: "interpretation on sale contracts, art. 18(4)", law: true}
	case d.Statute == SMEPayment:
		if due.Before(civil(2020, 9, 1)) {
			return nil, &Error{Kind: ErrRange, Msg: fmt.Sprintf("declared %q for a debt due on %v; the regulation is in force from 2020-09-01", d.Statute, due)}
		}
		article := "regulation on payments to SMEs (2020), art. 15"
		if !due.Before(civil(2025, 6, 1)) {
			article = "regulation on payments to SMEs (2025), art. 17"
		}
		clause.Charge, clause.Rate = LateDailyRate, percentage("0.05%")
		r.source = source{in: article, law: true}
	case t.doc.Currency != "GBP":
		return nil, &Error{Pointer: "/currency", Kind: ErrCurrency, Msg: fmt.Sprintf("declared %q, whose fixed sums are in GBP, and the contract is in %s", d.Statute, t.doc.Currency)}
	default:
		clause.Charge, clause.DayCount = LateReferenceRate, Actual365
		clause.Reference = &ReferenceClause{Series: "base rate", Plus: percentage("8%"), Reset: ResetHalfYearBefore}
		clause.WithinDebt, clause.AcrossDebts = []DebtPart{PartPrincipal, PartLateCharge}, []DebtOrder{OrderDesignated, OrderEarliestDue}
		sum := func(s string) *Money { m := MustParseMoney(s); return &m }
		clause.FixedSums = []FixedSum{{nil, sum("1000.00 GBP"), sum("40.00 GBP")}, {sum("1000.00 GBP"), sum("10000.00 GBP"), sum("70.00 GBP")}, {sum("10000.00 GBP"), nil, sum("100.00 GBP")}}
		r.source = source{in: "Late Payment of Commercial Debts (Interest) Act 1998", law: true}
	}
	r.clause = clause
	if ref := clause.Reference; ref != nil {
		if r.series = c.ref.Series[ref.Series]; r.series == nil {
			return nil, &Error{Kind: ErrUnknown, Msg: fmt.Sprintf("no series %q among the reference data given; %s", ref.Series, have(sortedKeys(c.ref.Series)))}
		}
		var err error
		if r.times, err = times(ref.Times); err != nil {
			return nil, err
		}
	}
	return r, nil
}

// checkDeclared checks a clause that the caller declares as Compile checks one of
// the document.
func checkDeclared(doc *Document, clause LatePaymentClause, ref Reference) error {
	var faults Errors
	w := newWalker(doc, &faults)
	w.fields(reflect.ValueOf(clause), "")
	faults = slices.DeleteFunc(faults, func(f *Error) bool { return f.Pointer == "/clause" }) // it stands in no clause of this document
	var between Errors
	checkLate(doc, &clause, ref, "", &between)
	return faults.and(between).orNil()
}

// checkAccount finds all that is wrong with debts and payments.
func (c *Contract) checkAccount(f AccountFacts, asOf Date) error {
	var faults Errors
	bad := func(in, pointer string, kind error, format string, args ...any) {
		faults = append(faults, &Error{In: in, Pointer: pointer, Kind: kind, Msg: fmt.Sprintf(format, args...)})
	}
	if c.doc == nil {
		bad("", "", ErrInvalid, "the zero Contract keeps no account")
		return faults
	}
	if !asOf.IsValid() {
		bad("", "asOf", ErrRequired, "an account is kept as of a day")
	}
	money := func(in string, m Money, what string) {
		switch {
		case m.Currency() != c.doc.Currency:
			bad(in, "amount", ErrCurrency, "%v in a contract in %s", m, c.doc.Currency)
		case m.Sign() <= 0:
			bad(in, "amount", ErrInvalid, "%v; %s", m, what)
		}
	}
	debts := make(map[string]bool)
	for _, d := range f.Debts {
		switch {
		case d.By != "" && d.By != Customer && d.By != Provider:
			bad(d.Source, "by", ErrUnknown, "debt %q of %q; customer or provider owes it", clip(d.ID), clip(string(d.By)))
		case d.debtor() != f.Debts[0].debtor():
			bad(d.Source, "by", ErrConflict, "debt %q of the %s in an account of the %s; each side has its own", clip(d.ID), d.debtor(), f.Debts[0].debtor())
		}
		money(d.Source, d.Amount, "a debt is above 0")
		if !d.Due.IsValid() {
			bad(d.Source, "due", ErrRequired, "debt %q has no due date", clip(d.ID))
		}
		switch {
		case d.ID == "":
			bad(d.Source, "id", ErrRequired, "a debt has an id, by which payments name it")
		case debts[d.ID]:
			bad(d.Source, "id", ErrDuplicate, "debt %q: each has an id of its own", clip(d.ID))
		}
		if d.ID != "" {
			debts[d.ID] = true
		}
	}
	payments := make(map[string]Payment)
	for _, p := range f.Payments {
		money(p.Source, p.Amount, "a payment is above 0; one that is reversed is struck from the records")
		if !p.On.IsValid() {
			bad(p.Source, "credited", ErrRequired, "payment %q was credited on no day", clip(p.ID))
		}
		switch before, ok := payments[p.ID]; {
		case p.ID == "":
			bad(p.Source, "id", ErrRequired, "a payment has an id: without one, a row that is there twice would count twice")
		case ok && !before.same(p):
			bad(p.Source, "id", ErrConflict, "payment %q is there with other content (%s)", clip(p.ID), before.Source)
		case !ok:
			payments[p.ID] = p
		}
		if p.For != "" && !debts[p.For] {
			bad(p.Source, "for", ErrUnknown, "no debt %q; %s", clip(p.For), have(sortedKeys(debts)))
		}
	}
	return faults.orNil()
}
