package contract

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/cfd16870/contract/proof"
)

// The money of a statement beside its invoices: prices, the account, credits and
// penalties, and what was claimed of them.

// prices tells the prices of flat items, and what raises came to.
func (m *making) prices() {
	if m.terms.doc.Fees == nil {
		return
	}
	for _, name := range sortedKeys(m.terms.doc.Fees.Items) {
		if m.terms.doc.Fees.Items[name].Charge != ChargeFlat {
			continue
		}
		list, err := m.c.Prices(name, m.r.Notices, m.day)
		if !m.answered("", err) {
			continue
		}
		for _, p := range list {
			m.Prices = append(m.Prices, p)
			m.figure(Figure{ID: fmt.Sprintf("price %s %v", p.Item, p.Year.From), What: "price", Of: fmt.Sprintf("%s, contract year %v", p.Item, p.Year),
				Clause: p.Clause, Value: moneyFigure(p.Amount).value(), explain: p.Explain})
		}
	}
	for _, n := range m.r.Notices {
		if n.Ground != GroundRaise {
			continue
		}
		// The price before it is what those for earlier years left.
		before := slices.DeleteFunc(slices.Clone(m.r.Notices), func(o Notice) bool { return !o.From.Before(n.From) })
		raise, err := m.c.Raise(n, before)
		if !m.answered(n.Source, err) {
			continue
		}
		m.Raises = append(m.Raises, raise)
		late := raise.LastDay.IsValid() && !raise.InTime
		id := m.figure(Figure{ID: "raise " + n.ID, What: "price after the notice", Of: n.ID, Clause: raise.Clause,
			Value: moneyFigure(raise.After).value(), Note: raise.Refused, explain: raise.Explain})
		if raise.Refused == "" {
			continue
		}
		if !late { // no raise by the clause, or one that is void
			m.Findings = append(m.Findings, Finding{ID: "notice without effect: " + n.ID, Code: FindingNoticeVoid, Of: n.ID, Source: n.Source, Clause: raise.Clause, figure: id, Msg: raise.Refused})
			continue
		}
		f := Finding{ID: "notice late: " + n.ID, Code: FindingNoticeLate, Of: n.ID, Source: n.Source, Clause: raise.Clause, figure: id, From: raise.LastDay, On: raise.Arrived, Msg: raise.Refused}
		if d, err := m.c.LastDispatch(n.Channel, raise.LastDay); err == nil && !d.Before.IsZero() && !n.Sent.Before(d.Before) {
			f.Msg += fmt.Sprintf("; sent %v after the last moment for it", n.Sent.Sub(d.Before))
		}
		early := n // what it would have come to a year earlier
		for _, t := range []*time.Time{&early.Sent, &early.Received} {
			if !t.IsZero() {
				*t = t.AddDate(-1, 0, 0)
			}
		}
		if would, err := m.c.Raise(early, before); err == nil {
			f.Amount, _ = would.After.Sub(raise.After)
			f.figure = m.figure(Figure{ID: f.ID, What: "worth of the notice", Of: n.ID, Clause: raise.Clause, Value: moneyFigure(f.Amount).value(),
				explain: func() *proof.Working {
					return explained(fmt.Sprintf("what notice %s would have been worth a year earlier", n.ID), func(k *calc) int {
						after, stays := moneyFigure(would.After), moneyFigure(raise.After)
						after.at, stays.at = would.tell(k), raise.tell(k)
						return k.sub("worth of the notice", raise.Clause, after, stays).at
					})
				}})
		}
		m.Findings = append(m.Findings, f)
	}
}

// account keeps the account of the invoices, and finds payments that were recorded
// long after the day on which they are said to have been credited.
func (m *making) account() {
	debts := m.debts()
	payments := m.paidFor(debts, m.unmatched)
	if len(debts) == 0 && len(payments) == 0 {
		return
	}
	account, err := m.c.Account(AccountFacts{Debts: debts, Payments: payments}, m.day)
	if !m.answered("", err) {
		return
	}
	m.Account = account
	if account.Silent != nil {
		m.answered("", account.Silent)
	}
	for _, d := range account.Debts {
		put := func(id, what, clause string, amount Money, explain func() *proof.Working) {
			if !amount.IsZero() {
				m.figure(Figure{ID: id + " " + d.ID, What: what, Of: d.ID, Clause: clause, Value: moneyFigure(amount).value(), explain: explain})
			}
		}
		m.figure(Figure{ID: "owed " + d.ID, What: "owed", Of: d.ID, Clause: d.Clause, Value: moneyFigure(d.Owed).value(), explain: d.Explain})
		put("principal", "principal", d.Clause, d.Principal, d.ExplainPrincipal)
		put("late charge in all", "late charge in all", d.LateClause, d.Charged, d.ExplainCharge)
		put("late charge not paid", "late charge not paid", d.LateClause, d.LateCharge, d.ExplainLateCharge)
		put("fixed sum", "fixed sum", d.LateClause, d.FixedSum, d.ExplainFixedSum)
	}
	for i, p := range payments {
		if p.Recorded.IsZero() || p.Recorded.Sub(p.On) <= backdatedAfter {
			continue
		}
		other := slices.Clone(payments)
		other[i].On = p.Recorded
		f := Finding{ID: "payment back-dated: " + p.ID, Code: FindingPaymentBackdated, Of: p.ID, Source: p.Source, From: p.On, On: p.Recorded,
			Msg: fmt.Sprintf("credited %v, recorded %v, %d days later", p.On, p.Recorded, p.Recorded.Sub(p.On))}
		then, err := m.c.Account(AccountFacts{Debts: debts, Payments: other}, m.day)
		if m.answered(p.Source, err) {
			f.Amount, _ = then.charged.Sub(account.charged) // one currency
			f.Msg += "; the amount is what the earlier day spares the payer in late charges"
			f.figure = m.figure(Figure{ID: f.ID, What: "worth of the earlier day", Of: p.ID, Value: moneyFigure(f.Amount).value(),
				explain: func() *proof.Working {
					return explained(fmt.Sprintf("what it is worth that payment %s counts on %v and not on %v", p.ID, p.On, p.Recorded), func(k *calc) int {
						return k.sub("late charges spared", "", then.tellCharged(k), account.tellCharged(k)).at
					})
				}})
		}
		m.Findings = append(m.Findings, f)
	}
}

// backdatedAfter is how many days after its credit a payment may be recorded
// without being told of: a bank statement is booked within the week.
const backdatedAfter = 7

// credits computes credits and penalties from what was counted, of periods that are
// over: of one that runs nobody knows yet what it comes to.
func (m *making) credits() {
	over := slices.DeleteFunc(slices.Clone(m.Attainment), func(a Attainment) bool { return a.Period.Until.After(m.day) })
	asked := slices.DeleteFunc(slices.Clone(m.Satisfaction), func(s Satisfaction) bool { return s.Period.Until.After(m.day) })
	credits, err := m.c.Credits(CreditFacts{Attainment: over, Availability: m.Availability, Notices: m.r.Notices})
	if m.answered("", err) {
		m.Credits = credits
	}
	for _, s := range m.Credits {
		m.figure(Figure{ID: m.creditFigure(s), What: "service credit", Of: s.subject(), Clause: s.Clause,
			Value: moneyFigure(s.Amount).value(), explain: s.Explain})
	}
	penalties, err := m.c.Penalties(PenaltyFacts{Satisfaction: asked, Notices: m.r.Notices})
	if m.answered("", err) {
		m.Penalties = penalties
	}
	for _, p := range m.Penalties {
		m.figure(Figure{ID: "penalty " + p.Name + " " + p.subject(), What: p.Name, Of: p.subject(), Clause: p.Clause,
			Value: moneyFigure(p.Amount).value(), explain: p.Explain})
	}
	if m.terms.doc.Liability != nil {
		l, err := m.c.Liability(LiabilityFacts{Credits: m.Credits, Penalties: m.Penalties, Notices: m.r.Notices}, m.day)
		if m.answered("", err) {
			m.Liability = &l
			id := m.figure(Figure{ID: "liability", What: "over the cap of liability", Clause: l.Clause, Value: moneyFigure(l.Excess).value(), explain: l.Explain})
			if l.Excess.Sign() > 0 {
				m.Findings = append(m.Findings, Finding{ID: "over the cap of liability", Code: FindingOverTheCap, Clause: l.Clause, Amount: l.Excess, figure: id,
					Msg: fmt.Sprintf("%v is inside the cap of %v", l.Inside, l.Cap)})
			}
		}
	}
}

// A claimed figure is what one claim says, or several that were given in parts.
type claimedFigure struct {
	Claim
	sources []string
}

// claimedFigures are the claims of money, those of one figure together.
func (m *making) claimedFigures() (list []*claimedFigure) {
	type figure struct {
		of      ClaimOf
		subject string
		asOf    Date
	}
	of := make(map[figure]*claimedFigure)
	for _, c := range m.r.Claims {
		if c.Of == ClaimStatus || m.void[c.ID] {
			continue // a status is held against the measurement when it is made
		}
		key := figure{c.Of, c.Subject, Date{}}
		if c.Of == ClaimLateCharge {
			if !c.AsOf.IsValid() {
				c.AsOf = m.day
			}
			key.asOf = c.AsOf
		}
		if first := of[key]; first != nil && c.Of != ClaimLateCharge {
			first.Amount, _ = first.Amount.Add(c.Amount) // one currency: checked when it came in
			first.sources = append(first.sources, c.Source)
			continue
		}
		of[key] = &claimedFigure{c, []string{c.Source}}
		list = append(list, of[key])
	}
	return list
}

// claims holds what was claimed of late charges, credits and deductions against
// what was computed.
func (m *making) claims() {
	named := make(map[string]bool)
	for _, cl := range m.claimedFigures() {
		var computed Money
		var clause, figure string
		var found bool
		if cl.Of == ClaimLateCharge {
			computed, clause, figure, found = m.lateCharge(cl.Claim)
		} else {
			computed, clause, figure, found = m.credit(cl.Claim)
		}
		if !found {
			continue
		}
		over, _ := cl.Amount.Sub(computed) // one currency: checked when it came in
		if over.IsZero() {
			continue
		}
		id := string(cl.Of) + ": " + cl.Subject
		if named[id] { // of another day, or said twice
			id += " " + cl.ID
		}
		named[id] = true
		m.Differences = append(m.Differences, Difference{ID: id, What: string(cl.Of), Of: cl.Subject, Source: strings.Join(cl.sources, ", "), Clause: clause,
			Claimed: moneyFigure(cl.Amount).value(), Computed: moneyFigure(computed).value(), Amount: over, figure: figure})
	}
}

// lateCharge is the charge of a debt through the day that a claim names: 0 of an
// invoice on which nothing is due. Where the contract is silent on late payment nobody
// can say what the charge should be.
func (m *making) lateCharge(cl Claim) (amount Money, clause, figure string, ok bool) {
	i := slices.IndexFunc(m.Invoices, func(v InvoiceResult) bool { return v.Record.ID == cl.Subject })
	switch {
	case i < 0:
		m.refuse(cl.Source, &Error{Pointer: "of", Kind: ErrUnknown, Msg: fmt.Sprintf("no invoice %q that can be used", clip(cl.Subject))})
		return
	case m.Invoices[i].Computed == nil:
		return // told with the invoice
	}
	debts := m.debts()
	account, err := m.c.Account(AccountFacts{Debts: debts, Payments: m.paidFor(debts, nil)}, cl.AsOf)
	if !m.answered(cl.Source, err) {
		return
	}
	for _, d := range account.Debts {
		if d.ID != cl.Subject {
			continue
		}
		if d.LateClause == "" && account.Silent != nil {
			m.answered(cl.Source, account.Silent)
			return
		}
		id := m.figure(Figure{ID: fmt.Sprintf("late charge %s %v", d.ID, cl.AsOf), What: "late charge by the day of record", Of: d.ID + ", " + cl.AsOf.String(), Clause: d.LateClause,
			Value: moneyFigure(d.Charged).value(), explain: d.ExplainCharge})
		return d.Charged, d.LateClause, id, true
	}
	return Money{cur: m.currency}, "", "", true
}

// credit is the credit of a month or the deduction of a quarter that a claim names.
func (m *making) credit(cl Claim) (amount Money, clause, figure string, ok bool) {
	if m.silentOn(cl) {
		return // told among the silences
	}
	amount = Money{cur: m.currency}
	var names []string
	put := func(p Period, of string) bool {
		name := periodName(p)
		if !slices.Contains(names, name) {
			names = append(names, name)
		}
		if name != cl.Subject {
			return false
		}
		if !p.Until.After(m.day) {
			ok, clause = true, of
		}
		return true
	}
	running := false
	if cl.Of == ClaimCredit {
		for _, a := range m.Attainment {
			running = put(a.Period, a.Clause()) || running
		}
		for _, a := range m.Availability {
			running = put(a.Period, a.Clause()) || running
		}
		for _, s := range m.Credits {
			if periodName(s.Period) == cl.Subject {
				amount, _ = amount.Add(s.Amount)
				clause, figure = s.Clause, m.creditFigure(s)
			}
		}
	} else {
		for _, s := range m.Satisfaction {
			running = put(s.Period, s.Clause()) || running
		}
		for _, p := range m.Penalties {
			if name := p.subject(); name == cl.Subject {
				amount, _ = amount.Add(p.Amount)
				ok, clause, figure = true, p.Clause, "penalty "+p.Name+" "+name
			}
		}
	}
	switch {
	case ok:
	case running:
		m.refuse(cl.Source, &Error{Pointer: "of", Kind: ErrRange, Msg: fmt.Sprintf("%s is not over on %v: nobody knows yet what it comes to", clip(cl.Subject), m.day)})
	default:
		m.refuse(cl.Source, &Error{Pointer: "of", Kind: ErrUnknown, Msg: fmt.Sprintf("no period %q is counted; %s", clip(cl.Subject), have(names))})
	}
	return amount, clause, figure, ok
}

// creditFigure is the name of a credit among the figures.
func (m *making) creditFigure(s ServiceCredit) string {
	name := "credit " + s.subject()
	if slices.ContainsFunc(m.Credits, func(o ServiceCredit) bool { return o.Name != s.Name && o.Period == s.Period }) {
		return name + " " + s.Name
	}
	return name
}

// silentOn reports whether the contract says nothing of what a claim states.
func (m *making) silentOn(cl Claim) bool {
	if cl.Of == ClaimCredit {
		return len(m.terms.doc.ServiceCredits) == 0
	}
	return len(m.terms.doc.Breach) == 0
}
