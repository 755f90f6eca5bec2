package contract

import (
	"cmp"
	"fmt"
	"reflect"
	"slices"

	"github.com/cfd16870/contract/internal/exact"
)

// Questions of penalties: how debts stand, what lateness costs, which credits and
// penalties are owed, and how they stand to the cap of liability.

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
	silence := (*Error)(nil)
	l := ledger{facts: f, asOf: asOf, rule: func(due Date) (*lateRule, error) {
		r, err := c.lateRule(f.Declared, due)
		if e, ok := err.(*Error); ok && e.Kind == ErrSilent {
			silence = e
			return nil, nil
		}
		return r, err
	}}
	a, err := keepAccount(l)
	if err != nil {
		return nil, err
	}
	for _, d := range a.Debts {
		if silence != nil && d.DaysLate > 0 {
			a.Silent = silence
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

// lateRule is the charge for a debt due on a day: the clause of the document, or
// what is declared in its place.
func (c *Contract) lateRule(declared *Declared, due Date) (*lateRule, error) {
	t := c.on(due)
	var r *lateRule
	if t.penalties != nil {
		r = t.penalties.late
	}
	switch {
	case r != nil && declared != nil:
		return nil, &Error{Pointer: "/latePayment", Clause: r.source.clause, Kind: ErrConflict, Msg: "the contract charges late payment itself; nothing that is declared applies beside it"}
	case r != nil:
		return r, nil
	case declared != nil:
		return c.declared(declared, due)
	}
	return nil, silent(t.law(), "/latePayment", "no clause says what late payment costs")
}

// declared makes the rule of what the caller declares, for a debt due on a day.
func (c *Contract) declared(d *Declared, due Date) (*lateRule, error) {
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
		article := "regulation on payments to SMEs (2020), art. 15"
		if !due.Before(civil(2025, 6, 1)) {
			article = "regulation on payments to SMEs (2025), art. 17"
		}
		clause.Charge, clause.Rate = LateDailyRate, percentage("0.05%")
		r.source = source{in: article, law: true}
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
	w := walker{&faults, namesOf(doc), doc.Currency}
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
			bad(in, "amount", ErrInvalid, "%v; %s is above 0", m, what)
		}
	}
	debts := make(map[string]bool)
	for _, d := range f.Debts {
		money(d.Source, d.Amount, "a debt")
		if !d.Due.IsValid() {
			bad(d.Source, "due", ErrRequired, "debt %q has no due date", clip(d.ID))
		}
		if d.ID == "" || debts[d.ID] {
			bad(d.Source, "id", ErrDuplicate, "debt %q: each has an id of its own", clip(d.ID))
		}
		debts[d.ID] = true
	}
	payments := make(map[string]Payment)
	for _, p := range f.Payments {
		money(p.Source, p.Amount, "a payment; one that is reversed is struck from the records")
		if !p.On.IsValid() {
			bad(p.Source, "credited", ErrRequired, "payment %q was credited on no day", clip(p.ID))
		}
		if _, ok := payments[p.ID]; p.ID == "" || ok {
			bad(p.Source, "id", ErrDuplicate, "payment %q: each has an id of its own", clip(p.ID))
		}
		payments[p.ID] = p
		if p.For != "" && !debts[p.For] {
			bad(p.Source, "for", ErrUnknown, "no debt %q; %s", clip(p.For), have(sortedKeys(debts)))
		}
	}
	return faults.orNil()
}

// Credits returns the service credits of periods, in order of period and clause:
// what the band of the attainment gives of the fee, rounded, and no more than the
// cap of the contract year leaves. A period without data, or in which the clause
// was not in force, has no credit, and a period whose band gives 0% one of 0. A
// contract without such a clause is ErrSilent.
func (c *Contract) Credits(f CreditFacts) ([]ServiceCredit, error) {
	book := c.priceBook(slices.Clone(f.Notices))
	var rows []Attainment
	for _, a := range f.Attainment {
		if _, ok := a.Percent(); ok && a.counts() {
			rows = append(rows, a)
		}
	}
	slices.SortStableFunc(rows, func(a, b Attainment) int {
		return cmp.Or(a.Period.From.Compare(b.Period.From), cmp.Compare(a.Target, b.Target))
	})
	names := make(map[string]bool)
	for i := range c.terms {
		for name := range c.terms[i].doc.ServiceCredits {
			names[name] = true
		}
	}
	if len(names) == 0 {
		return nil, silent(c.on(Date{maxDate}).law(), "/serviceCredits", "no clause gives credit for what was attained")
	}
	var list []ServiceCredit
	for _, name := range sortedKeys(names) {
		one := crediting{book: book, rows: rows}
		for i := range c.terms {
			var r *creditRule
			if p := c.terms[i].penalties; p != nil {
				r = p.credits[name]
			}
			one.rules = append(one.rules, version[*creditRule]{c.terms[i].from, r})
		}
		for _, g := range f.Given {
			if g.Name == name {
				one.given = append(one.given, g)
			}
		}
		k := new(calc)
		for i, s := range one.run(k) {
			if s.rule == nil {
				continue
			}
			a := rows[i]
			attained, _ := a.Percent()
			list = append(list, ServiceCredit{Name: name, Clause: s.rule.source.clause, Period: a.Period, Target: a.Target, Percent: attained,
				Rate: s.rate.percent(), Base: s.base.money(), Uncapped: s.uncapped.money(), Amount: s.amount.money(), Capped: s.amount.n.Cmp(s.uncapped.n) < 0,
				about: fmt.Sprintf("service credit %q for %v", name, a.Period),
				tell: func(k *calc) int {
					if list := one.run(k); i < len(list) {
						return list[i].amount.at
					}
					return 0
				}})
		}
		if k.err != nil {
			return nil, k.err
		}
	}
	slices.SortStableFunc(list, func(a, b ServiceCredit) int {
		return cmp.Or(a.Period.From.Compare(b.Period.From), cmp.Compare(a.Target, b.Target), cmp.Compare(a.Name, b.Name))
	})
	return highest(list, c), nil
}

// highest leaves, of the credits of one period whose clauses say so, the largest.
func highest(list []ServiceCredit, c *Contract) []ServiceCredit {
	var kept []ServiceCredit
	for _, s := range list {
		stands := true
		for _, o := range list {
			if o.Name == s.Name || o.Period != s.Period || c.rankOf(o) != RankHighest || c.rankOf(s) != RankHighest {
				continue
			}
			if more := o.Amount.n.Cmp(s.Amount.n); more > 0 || more == 0 && o.Name < s.Name {
				stands = false
			}
		}
		if stands {
			kept = append(kept, s)
		}
	}
	return kept
}

func (c *Contract) rankOf(s ServiceCredit) Rank {
	if p := c.on(s.Period.From).penalties; p != nil && p.credits[s.Name] != nil {
		return p.credits[s.Name].clause.Rank
	}
	return ""
}

// Penalties returns the penalties that are owed, in order of period and of notice:
// for satisfaction below its target in a period with data, and for breaches on
// record, by a notice whose ground is the name of the clause. A contract without
// such clauses is ErrSilent.
func (c *Contract) Penalties(f PenaltyFacts) ([]Penalty, error) {
	book := c.priceBook(slices.Clone(f.Notices))
	any := false
	var list []Penalty
	put := func(r *breachRule, p Penalty, of string, run func(*calc) penaltySteps) error {
		k := new(calc)
		s := run(k)
		if k.err != nil {
			return k.err
		}
		p.Name, p.Clause, p.By = r.name, r.source.clause, r.clause.By
		p.Points, p.Base, p.Uncapped, p.Amount = s.points.percent(), s.base.money(), s.uncapped.money(), s.amount.money()
		p.about, p.tell = fmt.Sprintf("%s, %s", r.name, of), func(k *calc) int { return run(k).amount.at }
		list = append(list, p)
		return nil
	}
	for i := range c.terms {
		any = any || len(c.terms[i].doc.Breach) > 0
	}
	if !any {
		return nil, silent(c.on(Date{maxDate}).law(), "/breach", "no clause sets a penalty for a breach")
	}
	for _, s := range f.Satisfaction {
		rules := c.on(s.Period.From).penalties
		if _, ok := s.Percent(); !ok || rules == nil {
			continue
		}
		for _, name := range sortedKeys(rules.breaches) {
			r := rules.breaches[name]
			if r.clause.When != WhenSatisfactionBelow {
				continue
			}
			if err := put(r, Penalty{Period: s.Period}, s.Period.String(), func(k *calc) penaltySteps { return r.below(k, book, s) }); err != nil {
				return nil, err
			}
		}
	}
	seen := make(map[string]bool)
	for _, n := range f.Notices {
		day := DateOf(n.Sent.In(c.Zone()))
		if n.Sent.IsZero() {
			day = DateOf(n.Received.In(c.Zone()))
		}
		rules := c.on(day).penalties
		if rules == nil || seen[n.ID] {
			continue
		}
		r := rules.breaches[n.Ground]
		if r == nil || r.clause.When != WhenRecorded {
			continue
		}
		seen[n.ID] = true
		by := r.clause.By
		if by == Either { // the one who is told of it is in breach
			by = map[Role]Role{Customer: Provider, Provider: Customer}[n.By]
		}
		if err := put(r, Penalty{Of: n.ID}, "notice "+n.ID, func(k *calc) penaltySteps {
			f := r.fixed(k)
			return penaltySteps{uncapped: f, amount: f}
		}); err != nil {
			return nil, at(err, n.Source, "")
		}
		list[len(list)-1].By = by
	}
	slices.SortStableFunc(list, func(a, b Penalty) int {
		return cmp.Or(a.Period.From.Compare(b.Period.From), cmp.Compare(a.Name, b.Name), cmp.Compare(a.Of, b.Of))
	})
	return list, nil
}

// Liability holds credits and penalties that the provider owes against the cap of
// clause 10.3, by the terms of a day. A contract without the clause is ErrSilent.
func (c *Contract) Liability(f LiabilityFacts, day Date) (Liability, error) {
	t := c.on(day)
	if t.penalties == nil || t.penalties.liability == nil {
		return Liability{}, silent(t.law(), "/liability", "no clause caps liability")
	}
	r, book := t.penalties.liability, c.priceBook(slices.Clone(f.Notices))
	f.Credits, f.Penalties = slices.Clone(f.Credits), slices.Clone(f.Penalties)
	k := new(calc)
	s := r.total(k, book, f, day)
	if k.err != nil {
		return Liability{}, k.err
	}
	return Liability{Clause: r.source.clause, Inside: s.inside.money(), Outside: s.outside.money(), Cap: s.cap.money(), Excess: s.excess.money(),
		about: fmt.Sprintf("what lies over the cap of liability on %v", day), tell: func(k *calc) int { return r.total(k, book, f, day).excess.at }}, nil
}

// AttainmentOf binds counts that are known elsewhere to the clause of their period.
func (c *Contract) AttainmentOf(a Attainment) (Attainment, error) {
	t, err := c.NewTally()
	if err != nil {
		return Attainment{}, err
	}
	rule, p := ruleOfPeriod(t.rules, a.Period.From, func(r *attainmentRule) CountPeriod { return r.clause.Period })
	for _, n := range []int64{a.Met, a.Breached, a.OpenAndLate, a.Open, a.Excused, a.Cancelled, a.NotMeasured} {
		if n < 0 || n > 1<<40 {
			return Attainment{}, &Error{Pointer: "/attainment", Kind: ErrInvalid, Msg: fmt.Sprintf("%d measurements; a count is 0 or more", n)}
		}
	}
	switch {
	case rule == nil:
		return Attainment{}, &Error{Pointer: "/attainment", Kind: ErrSilent, Msg: fmt.Sprintf("no clause says how requests are counted in %v", a.Period)}
	case p != a.Period:
		return Attainment{}, &Error{Pointer: "/attainment/period", Clause: rule.source.clause, Kind: ErrConflict, Msg: fmt.Sprintf("%v is no period of the clause; the one of its first day is %v", a.Period, p)}
	case a.Target != "" && !slices.Contains(rule.clause.Of, a.Target):
		return Attainment{}, &Error{Pointer: "/attainment/of", Clause: rule.source.clause, Kind: ErrUnknown, Msg: fmt.Sprintf("no target %q; %s", clip(a.Target), have(rule.clause.Of))}
	}
	a.clause, a.source = rule.clause, rule.source
	return a, nil
}

// SatisfactionOf binds counts of answers that are known elsewhere to the clause of
// their period.
func (c *Contract) SatisfactionOf(s Satisfaction) (Satisfaction, error) {
	t, err := c.NewSurveyTally()
	if err != nil {
		return Satisfaction{}, err
	}
	rule, p := ruleOfPeriod(t.rules, s.Period.From, func(r *satisfactionRule) CountPeriod { return r.clause.Period })
	switch {
	case rule == nil:
		return Satisfaction{}, &Error{Pointer: "/satisfaction", Kind: ErrSilent, Msg: fmt.Sprintf("no clause says how satisfaction is counted in %v", s.Period)}
	case p != s.Period:
		return Satisfaction{}, &Error{Pointer: "/satisfaction/period", Clause: rule.source.clause, Kind: ErrConflict, Msg: fmt.Sprintf("%v is no period of the clause; the one of its first day is %v", s.Period, p)}
	}
	own := Satisfaction{Period: p, Answers: make(map[string]int64), Invalid: s.Invalid, clause: rule.clause, source: rule.source}
	for _, answer := range sortedKeys(s.Answers) {
		n := s.Answers[answer]
		switch {
		case n < 0 || n > 1<<40:
			return Satisfaction{}, &Error{Pointer: "/satisfaction", Kind: ErrInvalid, Msg: fmt.Sprintf("%d answers; a count is 0 or more", n)}
		case slices.Contains(rule.clause.Answers, answer):
			own.Answers[answer] = n
		default:
			own.Invalid += n
		}
	}
	return own, nil
}
