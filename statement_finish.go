package contract

import (
	"cmp"
	"fmt"
	"iter"
	"slices"
	"strings"

	"github.com/cfd16870/contract/internal/strictjson"
	"github.com/cfd16870/contract/proof"
)

// life tells the term, the rights and the dates ahead.
func (m *making) life() {
	facts := LifeFacts{Notices: m.r.Notices, Debts: m.dates}
	if m.terms.doc.Term == nil {
		return
	}
	term, err := m.c.Term(facts, m.day)
	if m.answered("", err) {
		m.Term = term
		last := term.Period.Last()
		if term.Ended.IsValid() { // it may have ended before it began
			last = term.Ended
		}
		m.figure(Figure{ID: "term", What: "last day of the term", Clause: term.Clause, Value: dateValue(last), explain: term.Explain})
		if term.NoticeBy.IsValid() {
			m.figure(Figure{ID: "notice by", What: "last day for a notice against the renewal", Clause: term.Clause, Value: dateValue(term.NoticeBy), explain: term.ExplainNoticeBy})
		}
		for _, v := range term.Void {
			m.Findings = append(m.Findings, Finding{ID: "notice without effect: " + v.Notice.ID, Code: FindingNoticeVoid, Of: v.Notice.ID, Source: v.Notice.Source, Clause: term.Clause, Msg: v.Why})
		}
	}
	m.refunds()
	rights, err := m.c.Rights(facts, m.day)
	if m.answered("", err) {
		m.Rights = rights
		for _, r := range rights {
			m.figure(Figure{ID: strings.TrimSpace("right " + r.Name + " " + r.Of), What: "first day of the right", Of: strings.TrimSpace(r.Name + " " + r.Of), Clause: r.Clause,
				Value: dateValue(r.From), explain: r.Explain})
		}
	}
	agenda, err := m.c.Agenda(facts, m.day)
	if m.answered("", err) {
		m.Agenda = agenda
	}
}

// refunds are what is paid back of flat fees that were billed for days after the end,
// in the contract year in which it came: at most what was billed.
func (m *making) refunds() {
	clause := m.terms.doc.Settlement
	if clause == nil || !m.Term.Ended.IsValid() || m.Term.Ended.After(m.day) {
		return
	}
	cause := CauseNoBreach
	switch when := m.terms.doc.Endings[m.Term.Ground].When; {
	case when == WhenPaymentOverdue, when == WhenMaterialBreach && m.Term.By == Provider:
		cause = CauseCustomerBreach
	case when == WhenMaterialBreach:
		cause = CauseProviderBreach
	}
	for _, v := range m.Invoices {
		owed := m.owing[v.Record.ID]
		if owed == nil {
			continue
		}
		for _, u := range owed.facts.Flat {
			if !slices.Contains(clause.Refund.Of, u.Item) || !u.Period.Contains(m.Term.Ended) || u.Period.Last() == m.Term.Ended {
				continue
			}
			refund, err := m.c.refund(u.Item, m.Term.Ended, m.r.Notices, cause, &billedAhead{v.Record.Source, v.Record.ID, u.Period.Last(), owed.plain()})
			if !m.answered("", err) {
				continue
			}
			refund.Invoice = v.Record.ID
			m.Refunds = append(m.Refunds, refund)
			m.figure(Figure{ID: "refund " + v.Record.ID, What: "refund", Of: v.Record.ID, Clause: refund.Clause, Value: moneyFigure(refund.Amount).value(), Note: refund.None, explain: refund.Explain})
		}
	}
}

// requests measures the requests, one after the other. Nothing of them is kept but
// counts and the worst breaches.
func (m *making) requests() error {
	claimed := make(map[string][]Claim)
	for _, cl := range m.r.Claims {
		if cl.Of == ClaimStatus {
			claimed[cl.Subject] = append(claimed[cl.Subject], cl)
		}
	}
	tally, err := m.c.NewTally()
	counts := m.answered("", err)
	for q, err := range orNone(m.r.Requests) {
		switch {
		case err != nil:
			return err
		case q == nil:
			return &Error{Pointer: "requests", Kind: ErrInvalid, Msg: "a sequence of requests holds none at a place"}
		}
		m.Counts.Requests++
		m.digest.request(q)
		received := DateOf(q.Received.In(m.c.Zone()))
		switch {
		case q.Received.After(m.asOf), q.Recorded.After(m.asOf):
			m.Counts.Later++
			continue
		case m.outside(received):
			m.Counts.Outside++
			continue
		}
		found, err := m.c.measured(q, m.asOf)
		if err == nil && len(found.told()) == 0 {
			err = found.err()
		}
		if err != nil {
			m.refuse(q.Source, err)
			continue
		}
		list := found.told()
		if len(list) == 0 {
			m.Counts.Unbound++
			continue
		}
		m.Counts.Measured++
		for _, e := range found.unknown { // the targets whose deadline is known are measured all the same
			m.Counts.Unknown++
			m.fault(q.Source, e)
		}
		for _, cl := range claimed[q.ID] {
			if slices.ContainsFunc(list, func(one Measurement) bool { return one.Target() == cl.Target }) {
				continue
			}
			at := "/targets/" + escape(cl.Target)
			if k := slices.IndexFunc(found.unknown, func(e *Error) bool { return e.Pointer == at }); k >= 0 {
				m.refuse(cl.Source, found.unknown[k])
				continue
			}
			m.refuse(cl.Source, &Error{Pointer: "target", Kind: ErrUnknown, Msg: fmt.Sprintf("no target %q binds request %s; %s", clip(cl.Target), clip(q.ID), have(targetsOf(list)))})
		}
		for _, one := range list {
			if err := m.measurement(one, tally, counts, claimed[q.ID]); err != nil {
				return err
			}
		}
		delete(claimed, q.ID)
	}
	for _, id := range sortedKeys(claimed) {
		for _, cl := range claimed[id] {
			m.refuse(cl.Source, &Error{Pointer: "of", Kind: ErrUnknown, Msg: fmt.Sprintf("no request %q was measured", clip(id))})
		}
	}
	if counts {
		m.Attainment = tally.Attainment()
		for _, a := range m.Attainment {
			if p, ok := a.Percent(); ok {
				of := spaced(periodName(a.Period), a.Target, a.group())
				m.figure(Figure{ID: "attainment " + of, What: "attainment", Of: of,
					Clause: a.Clause(), Value: percentFigure(p).value(), explain: a.Explain})
			}
		}
	}
	return nil
}

// outside reports whether a day lies outside the term; all do of a contract that ended
// before it began.
func (m *making) outside(d Date) bool {
	if !m.Term.Period.IsValid() {
		return m.Term.Ended.IsValid()
	}
	return !m.Term.Period.Contains(d)
}

func targetsOf(list []Measurement) (names []string) {
	for _, one := range list {
		names = append(names, one.Target())
	}
	return names
}

func (m *making) measurement(one Measurement, tally *Tally, counts bool, claimed []Claim) error {
	m.Counts.Measurements++
	m.Counts.ByStatus[one.Status]++
	if one.Status == StatusBreached && one.IsOpen() {
		m.Counts.OpenAndLate++
	}
	if counts {
		tally.Add(one)
	}
	if one.Status == StatusBreached && m.r.Breaches > 0 {
		m.worst(one)
	}
	for _, cl := range claimed {
		if cl.Target != one.Target() || cl.Status == one.Status {
			continue
		}
		id := m.figure(Figure{ID: "status " + cl.Subject + " " + cl.Target, What: "status", Of: cl.Subject + ", " + cl.Target, Clause: one.Clause(),
			Value: proof.WordOf(one.Status.String()), explain: one.Explain})
		note := ""
		if one.Overrun > 0 {
			note = fmt.Sprintf("late by %v", one.Overrun)
		}
		m.Differences = append(m.Differences, Difference{ID: "status: " + cl.Subject + " " + cl.Target, What: "status", Of: cl.Subject + ", " + cl.Target, Source: cl.Source,
			Clause: one.Clause(), Claimed: proof.WordOf(cl.Status.String()), Computed: proof.WordOf(one.Status.String()), Overrun: one.Overrun, Note: note, figure: id})
	}
	if m.r.Measured != nil {
		return m.r.Measured(one)
	}
	return nil
}

// worst keeps the breaches with the longest overrun, in that order; of equal ones
// those by id.
func (m *making) worst(one Measurement) {
	less := func(a, b Measurement) int {
		return cmp.Or(-cmp.Compare(a.Overrun, b.Overrun), cmp.Compare(a.request.ID, b.request.ID), cmp.Compare(a.Target(), b.Target()))
	}
	i, _ := slices.BinarySearchFunc(m.Breaches, one, less)
	if i >= m.r.Breaches {
		return
	}
	m.Breaches = slices.Insert(m.Breaches, i, one)
	m.Breaches = m.Breaches[:min(len(m.Breaches), m.r.Breaches)]
}

// orNone is a sequence, or one without anything.
func orNone[V any](s iter.Seq2[V, error]) iter.Seq2[V, error] {
	if s == nil {
		return func(func(V, error) bool) {}
	}
	return s
}

// surveys counts the answers, one after the other.
func (m *making) surveys() error {
	if m.r.Surveys == nil {
		return nil
	}
	count, err := m.c.NewSurveyTally()
	counts := m.answered("", err)
	for s, err := range m.r.Surveys {
		if err != nil {
			return err
		}
		m.digest.survey(s)
		switch {
		case s.On.After(m.day), s.Recorded.After(m.day):
			m.Counts.Later++
			continue
		case s.On.IsValid() && m.outside(s.On):
			m.Counts.Outside++
			continue
		}
		if !counts {
			continue
		}
		if err := count.Add(s); err != nil {
			m.refuse(s.Source, err)
		}
	}
	if counts {
		m.Satisfaction = count.Satisfaction()
		for _, s := range m.Satisfaction {
			if f, ok := s.figure(); ok {
				m.figure(Figure{ID: "satisfaction " + periodName(s.Period), What: "satisfaction", Of: periodName(s.Period), Clause: s.Clause(),
					Value: f.value(), explain: s.Explain})
			}
		}
	}
	return nil
}

// availability makes figures of the outages.
func (m *making) availability() {
	if m.r.Outages == nil || m.Term.Ended.IsValid() && !m.Term.Period.IsValid() {
		return
	}
	_, services := m.c.availabilityRules()
	if len(services) > 0 {
		m.r.Outages = slices.DeleteFunc(m.r.Outages, func(o Outage) bool {
			faults := checkOutages([]Outage{o}, m.asOf, services)
			if len(faults) > 0 {
				m.refuse(o.Source, faults)
				m.withhold(o)
			}
			return len(faults) > 0
		})
	}
	rows, err := m.c.Availability(AvailabilityFacts{Outages: m.r.Outages, AsOf: m.asOf, Term: m.Term.Period})
	m.answered("", err)
	m.Availability = slices.DeleteFunc(rows, func(a Availability) bool {
		service := a.down.rule.clause.Of
		source, not := m.withheld[service]
		for _, of := range sortedKeys(m.withheld) {
			if !not && !slices.Contains(services, of) { // of which it was, nobody can say
				source, not = m.withheld[of], true
			}
		}
		id := "availability not told: " + service
		if not && !slices.ContainsFunc(m.Findings, func(f Finding) bool { return f.ID == id }) {
			m.Findings = append(m.Findings, Finding{ID: id, Code: FindingNotTold, Of: service, Source: source, Clause: a.Clause(),
				Msg: "a record of an outage was refused; what the others come to is too good, and no credit rests on it"})
		}
		return not
	})
	for _, a := range m.Availability {
		if p, ok := a.Percent(); ok {
			of := periodName(a.Period) + " " + a.Name
			m.figure(Figure{ID: "availability " + of, What: "availability", Of: of, Clause: a.Clause(), Value: percentFigure(p).value(), explain: a.Explain})
		}
	}
}

// withhold notes that no availability can be told of a service, since a record of an
// outage of it was refused.
func (m *making) withhold(o Outage) {
	if m.withheld == nil {
		m.withheld = make(map[string]string)
	}
	if source, ok := m.withheld[o.Service]; !ok || o.Source < source {
		m.withheld[o.Service] = o.Source
	}
}

// balance is what each side owes the other, line by line.
func (m *making) balance() {
	put := func(o Owing) {
		if o.Amount.Sign() > 0 {
			m.Balance = append(m.Balance, o)
		}
	}
	if m.Account != nil {
		for _, d := range m.Account.Debts {
			put(Owing{By: Customer, What: "principal", Of: d.ID, Clause: d.Clause, Amount: d.Principal, Due: d.Due, figure: "principal " + d.ID})
			what := "late charge"
			if d.FixedSum.Sign() > 0 {
				what = "late charge with fixed sum"
			}
			put(Owing{By: Customer, What: what, Of: d.ID, Clause: d.LateClause, Amount: d.LateCharge, figure: "late charge not paid " + d.ID})
		}
		m.surplus(put)
	}
	for _, v := range m.Invoices {
		debt := m.owing[v.Record.ID]
		switch {
		case debt == nil:
		case debt.Payable.Sign() < 0:
			put(Owing{By: Provider, What: "credit note", Of: v.Record.ID, Clause: debt.Due.Clause, Amount: debt.Payable.Neg(), figure: "debt " + v.Record.ID})
		case !debt.Due.On.IsValid():
			put(Owing{By: Customer, What: "principal", Of: v.Record.ID, Clause: debt.Due.Clause, Amount: debt.Payable, Waiting: debt.Due.Waiting, figure: "debt " + v.Record.ID})
		}
	}
	for _, r := range m.Refunds {
		put(Owing{By: Provider, What: "refund", Of: r.Invoice, Clause: r.Clause, Amount: r.Amount, figure: "refund " + r.Invoice})
	}
	for _, s := range m.Credits {
		of := s.subject()
		left, figure := m.notGiven(given{ClaimCredit, periodName(s.Period)}, m.creditFigure(s), of, s.Clause, s.Amount, s.tell)
		put(Owing{By: Provider, What: "service credit not given yet", Of: of, Clause: s.Clause, Amount: left, figure: figure})
	}
	for _, p := range m.Penalties {
		by := p.By
		if by != Customer {
			by = Provider
		}
		left, figure := m.notGiven(given{ClaimDeduction, p.subject()}, "penalty "+p.Name+" "+p.subject(), p.subject(), p.Clause, p.Amount, p.tell)
		put(Owing{By: by, What: "penalty not given yet: " + p.Name, Of: p.subject(), Clause: p.Clause, Amount: left, figure: figure})
	}
}

// surplus is what was paid beyond the debts. Where the debt of some invoice cannot be
// said, nobody knows whether anything was.
func (m *making) surplus(put func(Owing)) {
	over := m.Account.Surplus
	if !m.uncertain {
		put(Owing{By: Provider, What: "paid beyond all debts", Amount: over})
		return
	}
	if over.Sign() > 0 {
		m.Findings = append(m.Findings, Finding{ID: "payment unmatched: the rest", Code: FindingPaymentUnmatched, Amount: over,
			Msg: "paid beyond the debts that can be computed; some invoice cannot be: nobody knows whether it is owed back"})
	}
}

// notGiven is what is left of an amount after what was taken off invoices for it, and
// the figure that tells it; what is taken for one is not taken for another.
func (m *making) notGiven(key given, name, of, clause string, amount Money, tell func(*calc) int) (left Money, figure string) {
	given := m.given[key]
	if given.Sign() <= 0 {
		return amount, name
	}
	if c, err := given.Compare(amount); err != nil || c > 0 {
		given = amount
	}
	m.given[key], _ = m.given[key].Sub(given)
	left, _ = amount.Sub(given)
	if left.IsZero() {
		return left, name
	}
	return left, m.figure(Figure{ID: "not given yet: " + name, What: "not given yet", Of: of, Clause: clause, Value: moneyFigure(left).value(),
		explain: func() *proof.Working {
			return explained("what was not given yet of "+name, func(k *calc) int {
				all := moneyFigure(amount)
				all.at = tell(k)
				return k.sub("not given yet", clause, all, k.fact("taken off invoices", moneyFigure(given), "claims", of)).at
			})
		}})
}

// Owed returns what one side owes in all. Nothing is netted: that takes a clause or
// a notice of set-off.
func (s *Statement) Owed(by Role) Money {
	sum := Money{cur: s.currency}
	for _, o := range s.Balance {
		if o.By == by {
			sum, _ = sum.Add(o.Amount) // one document, one currency
		}
	}
	return sum
}

// doubts lists the readings and the completed places of the terms in force.
func (m *making) doubts() {
	doc := m.terms.doc
	tree, err := doc.tree()
	if err != nil {
		return
	}
	stands := func(at string) string {
		v, ok := strictjson.Resolve(tree, at)
		if !ok {
			return ""
		}
		return short(v)
	}
	clauseOf := func(at string) string {
		for ; at != ""; at = at[:strings.LastIndexByte(at, '/')] {
			part, _ := strictjson.Resolve(tree, at)
			if of, ok := part.(map[string]any); ok {
				if name, ok := of["clause"].(string); ok {
					return doc.Cite(name)
				}
			}
		}
		return ""
	}
	for _, r := range doc.Readings {
		m.Doubts = append(m.Doubts, Doubt{At: r.At, Clause: clauseOf(r.At), Text: r.Text, Reads: stands(r.At), Also: r.Also})
	}
	for _, c := range doc.Completed {
		m.Doubts = append(m.Doubts, Doubt{At: c.At, Clause: clauseOf(c.At), Text: c.Because, Reads: stands(c.At)})
	}
}

// finish puts the lists in order and seals the result.
func (m *making) finish() {
	slices.SortStableFunc(m.Differences, func(a, b Difference) int {
		return cmp.Or(b.Amount.n.Abs().Cmp(a.Amount.n.Abs()), cmp.Compare(a.ID, b.ID))
	})
	slices.SortStableFunc(m.Findings, func(a, b Finding) int { return cmp.Or(cmp.Compare(a.Code, b.Code), cmp.Compare(a.ID, b.ID)) })
	m.receipt()
}

// FigureID is the name of the figure in which the line is computed, for
// [Statement.Figure]; "" for none.
func (o Owing) FigureID() string { return o.figure }

// FigureID is the name of the figure that the claim is held against.
func (d Difference) FigureID() string { return d.figure }

// FigureID is the name of the figure that shows the finding; "" for none.
func (f Finding) FigureID() string { return f.figure }

// Errors returns the differences and findings that say that a record is wrong, by id.
func (s *Statement) Errors() []string {
	var ids []string
	for _, d := range s.Differences {
		ids = append(ids, d.ID)
	}
	for _, f := range s.Findings {
		if f.Code.IsError() {
			ids = append(ids, f.ID)
		}
	}
	slices.Sort(ids)
	return ids
}
