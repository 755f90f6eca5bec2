package contract

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
)

// Questions of what a failure costs: which credits and penalties are owed, and how
// they stand to the cap of liability.

// Credits returns the service credits of periods, in order of period, target and
// clause: what the band of the attainment, or of the availability, gives of the fee, rounded, and no more
// than the cap of the contract year leaves after the credits given before and those
// of earlier periods. Of several whose clauses rank "highest", for one period and
// one fee, the largest is owed.
//
// A period without data, or in which no clause was in force, has no credit, and a
// period whose band gives 0% one of 0. A contract without such a clause in any
// version is ErrSilent. Faults of all rows come back at once; a period before the
// term is one, since no fee is owed for it, and so is a notice of a raise of which
// nobody can say whether it is in time.
func (c *Contract) Credits(f CreditFacts) ([]ServiceCredit, error) {
	run := crediting{book: c.priceBook(f.Notices), given: slices.Clone(f.Given), rules: make(map[string]versions[*creditRule])}
	for i := range c.terms {
		for name := range c.terms[i].doc.ServiceCredits {
			run.rules[name] = nil
		}
	}
	if len(run.rules) == 0 {
		return nil, silent(c.on(Date{maxDate}).law(), "/serviceCredits", "no clause gives credit for what was attained")
	}
	for name := range run.rules {
		for i := range c.terms {
			var r *creditRule
			if p := c.terms[i].penalties; p != nil {
				r = p.credits[name]
			}
			run.rules[name] = append(run.rules[name], version[*creditRule]{c.terms[i].from, r})
		}
	}
	if err := c.checkCredits(f, run.rules, run.book); err != nil {
		return nil, err
	}
	run.rows = f.credited()
	k := new(calc)
	steps := run.run(k)
	if k.err != nil {
		return nil, k.err
	}
	var list []ServiceCredit
	for i, s := range steps {
		list = append(list, ServiceCredit{Name: s.rule.name, Clause: s.rule.source.clause, Period: s.row.period, Target: s.row.target, Group: s.row.group, Availability: s.row.availability, Percent: s.row.percent,
			Rate: s.rate.percent(), Base: s.base.rounded(s.rule.rounding), Uncapped: s.uncapped.money(), Amount: s.amount.money(), Capped: s.amount.n.Cmp(s.uncapped.n) < 0,
			about: fmt.Sprintf("service credit %q for %v", s.rule.name, s.row.period),
			tell: func(k *calc) int {
				if list := run.run(k); i < len(list) {
					return list[i].amount.at
				}
				return 0
			}})
	}
	return list, nil
}

// checkCredits finds all that is wrong with the rows that credits are computed from.
func (c *Contract) checkCredits(f CreditFacts, rules map[string]versions[*creditRule], book *priceBook) error {
	var faults Errors
	bad := func(in, pointer string, kind error, format string, args ...any) {
		faults = append(faults, &Error{In: in, Pointer: pointer, Kind: kind, Msg: fmt.Sprintf(format, args...)})
	}
	type row struct {
		period Period
		name   string // of a target, or of a clause
		group  string
	}
	counted := make(map[row]bool)
	for _, a := range f.Attainment {
		switch {
		case !a.bound():
			bad("", "attainment", ErrRequired, "%v: bind the counts to their clause, by AttainmentOf", a.Period)
		case counted[row{a.Period, a.Target, a.Group}]:
			bad("", "attainment", ErrDuplicate, "%v is there twice", a.Period)
		}
		counted[row{a.Period, a.Target, a.Group}] = true
	}
	available := make(map[row]bool)
	for _, a := range f.Availability {
		switch {
		case a.down == nil:
			bad("", "availability", ErrRequired, "%v: give it as Contract.Availability does", a.Period)
		case available[row{a.Period, a.Name, ""}]:
			bad("", "availability", ErrDuplicate, "%q of %v is there twice", a.Name, a.Period)
		}
		available[row{a.Period, a.Name, ""}] = true
	}
	computed := make(map[creditBasis]bool)
	for _, a := range f.credited() {
		computed[a.creditBasis] = true
	}
	computes := func(g GivenCredit) bool {
		r := rules[g.Name].on(g.Period.From)
		return r != nil && computed[r.basis(g.Period)]
	}
	given := make(map[row]bool)
	for _, g := range f.Given {
		_, known := rules[g.Name]
		switch {
		case !known:
			bad(g.Source, "name", ErrUnknown, "no service credit %q; %s", clip(g.Name), have(sortedKeys(rules)))
		case !g.Period.IsValid():
			bad(g.Source, "period", ErrRequired, "say for which days the credit was given")
		case !g.Period.Until.After(c.terms[0].counting.years.first):
			bad(g.Source, "period", ErrRange, "%v lies before the first day of the term, %v: it counts in no contract year", g.Period, c.terms[0].counting.years.first)
		case computes(g):
			bad(g.Source, "period", ErrConflict, "the credit of %v is computed from its %s; it was not given before that", g.Period, rules[g.Name].on(g.Period.From).clause.Measure)
		case given[row{g.Period, g.Name, ""}]:
			bad(g.Source, "period", ErrDuplicate, "the credit of %v is there twice", g.Period)
		}
		given[row{g.Period, g.Name, ""}] = true
		switch {
		case g.Amount.Currency() != c.doc.Currency:
			bad(g.Source, "amount", ErrCurrency, "%v in a contract in %s", g.Amount, c.doc.Currency)
		case g.Amount.Sign() < 0:
			bad(g.Source, "amount", ErrInvalid, "%v; a credit is 0 or more", g.Amount)
		}
	}
	if err := book.faults(); err != nil {
		faults.take(err)
	}
	return faults.orNil()
}

// Penalties returns the penalties that are owed, in order of period, of name and of
// notice: for satisfaction below its target in a period with data, and for breaches
// on record, by a notice whose ground is the name of the clause; a notice that is
// there twice is one. A period in which the target was reached has a penalty of 0.
// A contract without such clauses in any version is ErrSilent, a notice of a raise of
// which nobody can say whether it is in time a fault where a fee is asked for.
func (c *Contract) Penalties(f PenaltyFacts) ([]Penalty, error) {
	any := false
	for i := range c.terms {
		any = any || len(c.terms[i].doc.Breach) > 0
	}
	if !any {
		return nil, silent(c.on(Date{maxDate}).law(), "/breach", "no clause sets a penalty for a breach")
	}
	var list []Penalty
	var faults Errors
	book := c.priceBook(f.Notices)
	if len(f.Satisfaction) > 0 { // what a breach on record costs rests on no price
		if err := book.faults(); err != nil {
			faults.take(err)
		}
	}
	put := func(r *breachRule, p Penalty, in, of string, run func(*calc) penaltySteps) {
		k := new(calc)
		s := run(k)
		if k.err != nil {
			faults = append(faults, faultOf(k.err, in))
			return
		}
		p.Name, p.Clause = r.name, r.source.clause
		p.Points, p.Rate, p.Base, p.Uncapped, p.Amount = s.points.percent(), s.rate.percent(), s.base.rounded(r.rounding), s.uncapped.money(), s.amount.money()
		p.about, p.tell = fmt.Sprintf("%s, %s", r.name, of), func(k *calc) int { return run(k).amount.at }
		list = append(list, p)
	}
	counted := make(map[Period]bool)
	for _, s := range f.Satisfaction {
		switch {
		case s.clause.Period == "":
			faults = append(faults, &Error{Pointer: "satisfaction", Kind: ErrRequired, Msg: fmt.Sprintf("%v: bind the counts to their clause, by SatisfactionOf", s.Period)})
			continue
		case counted[s.Period]:
			faults = append(faults, &Error{Pointer: "satisfaction", Kind: ErrDuplicate, Msg: fmt.Sprintf("%v is there twice", s.Period)})
			continue
		}
		counted[s.Period] = true
		rules := c.on(s.Period.From).penalties
		if _, ok := s.Percent(); !ok || rules == nil {
			continue
		}
		s.Answers = maps.Clone(s.Answers)
		for _, name := range sortedKeys(rules.breaches) {
			if r := rules.breaches[name]; r.clause.When == WhenSatisfactionBelow {
				put(r, Penalty{Period: s.Period, By: r.clause.By}, "", s.Period.String(), func(k *calc) penaltySteps { return r.below(k, book, s) })
			}
		}
	}
	seen := make(map[string]bool)
	for _, n := range f.Notices {
		on := n.Sent
		if on.IsZero() {
			on = n.Received
		}
		day := DateOf(on.In(c.Zone()))
		rules := c.on(day).penalties
		if rules == nil {
			continue
		}
		r := rules.breaches[n.Ground]
		if r == nil || r.clause.When != WhenRecorded {
			continue
		}
		by := r.clause.By
		switch {
		case n.ID == "":
			faults = append(faults, &Error{In: n.Source, Pointer: "id", Kind: ErrRequired, Msg: "a notice of a breach has an id: without one, a row that is there twice would count twice"})
			continue
		case seen[n.ID]:
			continue
		case on.IsZero():
			faults = append(faults, &Error{In: n.Source, Pointer: "sent", Kind: ErrRequired, Msg: fmt.Sprintf("notice %q was neither sent nor received at any time", clip(n.ID))})
			continue
		case by == Either && n.By == Customer: // the one who is told of it is in breach
			by = Provider
		case by == Either && n.By == Provider:
			by = Customer
		case by == Either:
			faults = append(faults, &Error{In: n.Source, Pointer: "by", Kind: ErrRequired, Msg: fmt.Sprintf("notice %q: say who gave it, customer or provider; the other is in breach", clip(n.ID))})
			continue
		}
		seen[n.ID] = true
		put(r, Penalty{Of: n.ID, On: day, By: by}, n.Source, "notice "+n.ID, func(k *calc) penaltySteps {
			f := r.fixed(k)
			return penaltySteps{uncapped: f, amount: f}
		})
	}
	if err := faults.orNil(); err != nil {
		return nil, err
	}
	slices.SortStableFunc(list, func(a, b Penalty) int {
		return cmp.Or(a.Period.From.Compare(b.Period.From), cmp.Compare(a.Name, b.Name), cmp.Compare(a.Of, b.Of))
	})
	return list, nil
}

// faultOf is an error of a calculation as a fault of a record.
func faultOf(err error, in string) *Error {
	if e, ok := at(err, in, "").(*Error); ok {
		return e
	}
	kind := kindOf(err)
	return &Error{In: in, Kind: kind, Msg: withoutKind(err.Error(), kind), Cause: err}
}

// Liability holds credits and penalties that the provider owes against the cap of
// clause 10.3, by the terms of a day. A contract without the clause is ErrSilent. Where
// the cap is a multiple of a fee, a notice of a raise of which nobody can say whether
// it is in time is an error.
func (c *Contract) Liability(f LiabilityFacts, day Date) (Liability, error) {
	t := c.on(day)
	if t.penalties == nil || t.penalties.liability == nil {
		return Liability{}, silent(t.law(), "/liability", "no clause caps liability")
	}
	r, book := t.penalties.liability, c.priceBook(f.Notices)
	if r.clause.Cap.Amount == nil { // a multiple of a fee
		if err := book.faults(); err != nil {
			return Liability{}, err
		}
	}
	if _, n := book.years.of(day); n == 0 {
		return Liability{}, &Error{Pointer: "/term/from", Clause: book.years.source.clause, Kind: ErrRange, Msg: fmt.Sprintf("%v lies before the first day of the term, %v", day, book.years.first)}
	}
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
	rule, p := ruleOfPeriod(t.rules, a.Period.From, (*attainmentRule).periods)
	for _, n := range []int64{a.Met, a.Breached, a.OpenAndLate, a.Open, a.Excused, a.Cancelled, a.NotMeasured} {
		if n < 0 || n > 1<<40 {
			return Attainment{}, &Error{Pointer: "/attainment", Kind: ErrInvalid, Msg: fmt.Sprintf("%d measurements; a count is 0 or more", n)}
		}
	}
	switch {
	case rule == nil:
		return Attainment{}, &Error{Pointer: "/attainment", Kind: ErrSilent, Msg: fmt.Sprintf("no clause says how requests are counted in %v", a.Period)}
	case p != a.Period || !p.IsValid():
		return Attainment{}, &Error{Pointer: "/attainment/period", Clause: rule.source.clause, Kind: ErrConflict, Msg: fmt.Sprintf("%v is no period of the clause; the one of its first day is %v", a.Period, p)}
	case a.Group != "" && rule.clause.GroupedBy == "":
		return Attainment{}, &Error{Pointer: "/attainment/groupedBy", Clause: rule.source.clause, Kind: ErrInvalid, Msg: fmt.Sprintf("the clause makes no groups, and these are of %q", clip(a.Group))}
	case a.Group != "" && !c.on(p.From).has(rule.clause.GroupedBy, a.Group):
		return Attainment{}, &Error{Pointer: "/attainment/groupedBy", Clause: rule.source.clause, Kind: ErrUnknown, Msg: fmt.Sprintf("no %s %q", rule.clause.GroupedBy, clip(a.Group))}
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
	rule, p := ruleOfPeriod(t.rules, s.Period.From, (*satisfactionRule).periods)
	switch {
	case rule == nil:
		return Satisfaction{}, &Error{Pointer: "/satisfaction", Kind: ErrSilent, Msg: fmt.Sprintf("no clause says how satisfaction is counted in %v", s.Period)}
	case p != s.Period || !p.IsValid():
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
