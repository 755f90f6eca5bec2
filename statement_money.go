package contract

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// The money of a statement: invoices as issued beside what the contract gives, the
// account, credits and penalties, and what was claimed of them.

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
	for i, n := range m.r.Notices {
		if n.Ground != GroundRaise {
			continue
		}
		raise, err := m.c.Raise(n, m.r.Notices[:i])
		if !m.answered(n.Source, err) {
			continue
		}
		m.Raises = append(m.Raises, raise)
		id := m.figure(Figure{ID: "raise " + n.ID, What: "price after the notice", Of: n.ID, Clause: raise.Clause,
			Value: moneyFigure(raise.After).value(), Note: raise.Refused, explain: raise.Explain})
		if raise.Refused == "" || raise.InTime {
			continue
		}
		f := Finding{ID: "notice late: " + n.ID, Code: FindingNoticeLate, Of: n.ID, Source: n.Source, Clause: raise.Clause, figure: id, Msg: raise.Refused}
		if d, err := m.c.LastDispatch(n.Channel, raise.LastDay); err == nil && !d.Before.IsZero() && !n.Sent.Before(d.Before) {
			f.Msg += fmt.Sprintf("; sent %v after the last moment for it", n.Sent.Sub(d.Before))
		}
		early := n // what it would have come to a year earlier
		early.Sent, early.Received = n.Sent.AddDate(-1, 0, 0), n.Received.AddDate(-1, 0, 0)
		if would, err := m.c.Raise(early, m.r.Notices[:i]); err == nil {
			f.Amount, _ = would.After.Sub(raise.After)
		}
		m.Findings = append(m.Findings, f)
	}
}

// invoices holds each invoice as issued against what the contract gives for what
// it bills.
func (m *making) invoices() {
	work, usage := make(map[string]Work), make(map[string]Usage)
	for _, w := range m.r.Work {
		if m.twice(w.Source, "work", w.ID, hasKey(work, w.ID)) {
			continue
		}
		work[w.ID] = w
	}
	for _, u := range m.r.Usage {
		if m.twice(u.Source, "usage", u.ID, hasKey(usage, u.ID)) {
			continue
		}
		usage[u.ID] = u
	}
	order := slices.Clone(m.r.Invoices)
	slices.SortStableFunc(order, func(a, b InvoiceRecord) int { return cmp.Or(a.Issued.Compare(b.Issued), cmp.Compare(a.ID, b.ID)) })
	billed := make(map[string]string) // by what is billed: the invoice that billed it
	seen := make(map[string]bool)
	for _, v := range order {
		if m.twice(v.Source, "invoice", v.ID, seen[v.ID]) {
			continue
		}
		seen[v.ID] = true
		m.invoice(v, work, usage, billed)
	}
	for _, w := range m.r.Work {
		if _, ok := billed["work "+w.ID]; !ok && w.ID != "" {
			m.Findings = append(m.Findings, Finding{ID: "not billed: " + w.ID, Code: FindingNotClaimed, Of: w.ID, Source: w.Source, Msg: "work that no invoice bills"})
		}
	}
}

func hasKey[V any](list map[string]V, key string) bool { _, ok := list[key]; return ok }

// twice reports a record whose id was given before.
func (m *making) twice(source, what, id string, before bool) bool {
	switch {
	case id == "":
		m.refuse(source, &Error{Pointer: "id", Kind: ErrRequired, Msg: "the " + what + " has no id"})
		return true
	case before:
		m.refuse(source, &Error{Pointer: "id", Kind: ErrDuplicate, Msg: fmt.Sprintf("%s %q is given twice", what, clip(id))})
		return true
	}
	return false
}

func (m *making) invoice(v InvoiceRecord, work map[string]Work, usage map[string]Usage, billed map[string]string) {
	facts := InvoiceFacts{Source: v.Source, ID: v.ID, Notices: m.r.Notices,
		Dates: InvoiceDates{Source: v.Source, Issued: v.Issued, Received: v.Received, Compliant: v.Compliant, Period: v.Period}}
	var bills, items []string
	if v.Item != "" {
		facts.Flat = []FlatUse{{Source: v.Source, Item: v.Item, Period: v.Period}}
		bills = append(bills, fmt.Sprintf("%s %v", v.Item, v.Period))
		items = append(items, v.Item)
	}
	faulty := false
	missing := func(what, id string) {
		m.refuse(v.Source, &Error{Pointer: what, Kind: ErrUnknown, Msg: fmt.Sprintf("invoice %s bills %s %q, of which there is no record", v.ID, what, clip(id))})
		faulty = true
	}
	for _, id := range v.Work {
		w, ok := work[id]
		if !ok {
			missing("work", id)
			continue
		}
		facts.Work = append(facts.Work, w)
		bills, items = append(bills, "work "+id), append(items, w.Item)
	}
	for _, id := range v.Usage {
		u, ok := usage[id]
		if !ok {
			missing("usage", id)
			continue
		}
		facts.Usage = append(facts.Usage, u)
		bills, items = append(bills, "usage "+id), append(items, u.Item)
	}
	if len(bills) == 0 && !faulty {
		m.refuse(v.Source, &Error{Pointer: "item", Kind: ErrRequired, Msg: fmt.Sprintf("invoice %s bills nothing: it names no item, work or usage", v.ID)})
		faulty = true
	}
	if faulty {
		return
	}
	result := InvoiceResult{Record: v}
	computed, err := m.c.Invoice(facts)
	if !m.answered(v.Source, err) {
		m.Invoices = append(m.Invoices, result)
		return
	}
	result.Computed = computed
	id := m.figure(Figure{ID: "invoice " + v.ID, What: "invoice total", Of: v.ID, Clause: computed.Due.Clause,
		Value: moneyFigure(computed.Total).value(), explain: computed.Explain})
	for _, line := range computed.Lines {
		m.figure(Figure{ID: "line " + v.ID + " " + cmp.Or(line.ID, line.Item), What: "line", Of: v.ID + ", " + line.Item, Clause: line.Clause,
			Value: moneyFigure(line.Gross).value(), explain: line.Explain})
	}
	for _, b := range bills {
		if other, ok := billed[b]; ok {
			result.Duplicate = other
		} else {
			billed[b] = v.ID
		}
	}
	if result.Duplicate != "" {
		m.Findings = append(m.Findings, Finding{ID: "invoice twice: " + v.ID, Code: FindingInvoiceTwice, Of: v.ID, Source: v.Source,
			Clause: computed.Due.Clause, Amount: v.Total, figure: id, Msg: fmt.Sprintf("bills what invoice %s billed before: nothing is owed on it", result.Duplicate)})
		m.Invoices = append(m.Invoices, result)
		return
	}
	m.differ(v, computed, id)
	if due := computed.Due; due.On.IsValid() {
		dueID := m.figure(Figure{ID: "due " + v.ID, What: "due date", Of: v.ID, Clause: due.Clause, Value: dateValue(due.On), explain: due.Explain})
		if v.Due.IsValid() && v.Due != due.On {
			m.Differences = append(m.Differences, Difference{ID: "due: " + v.ID, What: "due date", Of: v.ID, Source: v.Source, Clause: due.Clause,
				Claimed: dateValue(v.Due), Computed: dateValue(due.On), Note: daysApart(v.Due, due.On), figure: dueID})
		}
	}
	result.Debt = m.debt(v, computed)
	if computed.Due.On.IsValid() && result.Debt.Sign() > 0 {
		m.debts = append(m.debts, Debt{Source: v.Source, ID: v.ID, Item: strings.Join(slices.Compact(slices.Sorted(slices.Values(items))), ", "),
			Clause: computed.Due.Clause, Amount: result.Debt, Due: computed.Due.On})
	}
	m.Invoices = append(m.Invoices, result)
}

func daysApart(claimed, computed Date) string {
	n, way := computed.Sub(claimed), "early"
	if n < 0 {
		n, way = -n, "late"
	}
	if n == 1 {
		return "a day too " + way
	}
	return fmt.Sprintf("%d days too %s", n, way)
}

// differ holds net, tax and total as issued against those computed. One invoice
// makes one difference: of its total, or of the first part that differs where the
// totals agree.
func (m *making) differ(v InvoiceRecord, computed *Invoice, figure string) {
	if _, err := v.Total.Compare(computed.Total); err != nil {
		m.refuse(v.Source, err)
		return
	}
	d := Difference{ID: "invoice: " + v.ID, Of: v.ID, Source: v.Source, Clause: computed.Due.Clause, figure: figure}
	var notes []string
	for _, one := range []struct {
		what              string
		claimed, computed Money
	}{
		{"total", v.Total, computed.Total},
		{"net", v.Net, computed.Net},
		{"tax", v.Tax, computed.Tax},
	} {
		if one.claimed.Equal(one.computed) {
			continue
		}
		if d.What == "" {
			d.What, d.Claimed, d.Computed = "invoice "+one.what, moneyFigure(one.claimed).value(), moneyFigure(one.computed).value()
			d.Amount, _ = one.claimed.Sub(one.computed)
		} else {
			notes = append(notes, fmt.Sprintf("%s %v for %v", one.what, one.claimed, one.computed))
		}
	}
	if d.What == "" {
		return
	}
	if sum, err := v.Net.Add(v.Tax); err == nil && !sum.Equal(v.Total) {
		notes = append(notes, "its own net and tax do not add up to its total")
	}
	d.Note = strings.Join(notes, ", ")
	m.Differences = append(m.Differences, d)
}

// debt is what is owed on an invoice: what the contract gives, at most what was
// invoiced, less what was taken off it by claims.
func (m *making) debt(v InvoiceRecord, computed *Invoice) Money {
	owed := computed.Total
	if c, err := v.Total.Compare(owed); err == nil && c < 0 {
		owed = v.Total
	}
	for _, cl := range m.r.Claims {
		if cl.Off != v.ID || cl.Of != ClaimCredit && cl.Of != ClaimDeduction {
			continue
		}
		left, err := owed.Sub(cl.Amount)
		if err != nil || left.Sign() < 0 {
			m.refuse(cl.Source, &Error{Pointer: "off", Kind: ErrConflict, Msg: fmt.Sprintf("%v off invoice %s, of which %v is owed", cl.Amount, v.ID, owed)})
			continue
		}
		owed = left
	}
	return owed
}

// account keeps the account of the invoices, and finds payments that were recorded
// long after the day on which they are said to have been credited.
func (m *making) account() {
	if len(m.debts) == 0 && len(m.r.Payments) == 0 {
		return
	}
	facts := AccountFacts{Debts: m.debts, Payments: m.r.Payments}
	account, err := m.c.Account(facts, m.day)
	if !m.answered("", err) {
		return
	}
	m.Account = account
	if account.Silent != nil {
		m.answered("", account.Silent)
	}
	for _, d := range account.Debts {
		m.figure(Figure{ID: "owed " + d.ID, What: "owed", Of: d.ID, Clause: d.Clause, Value: moneyFigure(d.Owed).value(), explain: d.Explain})
		if !d.Charged.IsZero() {
			m.figure(Figure{ID: "late charge " + d.ID, What: "late charge in all", Of: d.ID, Clause: d.LateClause,
				Value: moneyFigure(d.Charged).value(), explain: d.ExplainCharge})
		}
	}
	for i, p := range m.r.Payments {
		if p.Recorded.IsZero() || p.Recorded.Sub(p.On) <= backdatedAfter {
			continue
		}
		other := slices.Clone(m.r.Payments)
		other[i].On = p.Recorded
		then, err := m.c.Account(AccountFacts{Debts: m.debts, Payments: other}, m.day)
		f := Finding{ID: "payment back-dated: " + p.ID, Code: FindingPaymentBackdated, Of: p.ID, Source: p.Source,
			Msg: fmt.Sprintf("credited %v, recorded %v, %d days later", p.On, p.Recorded, p.Recorded.Sub(p.On))}
		if err == nil {
			f.Amount, _ = charged(then).Sub(charged(account))
			f.Msg += "; the amount is the late charge that goes with the earlier day"
		}
		m.Findings = append(m.Findings, f)
	}
}

// backdatedAfter is how many days after its credit a payment may be recorded
// without being told of: a bank statement is booked within the week.
const backdatedAfter = 7

// charged is the late charges of an account in all.
func charged(a *Account) Money {
	var sum Money
	for _, d := range a.Debts {
		sum, _ = sum.Add(d.Charged) // one document, one currency
	}
	return sum
}

// credits computes credits and penalties from what was counted.
func (m *making) credits() {
	credits, err := m.c.Credits(CreditFacts{Attainment: m.Attainment, Notices: m.r.Notices})
	if m.answered("", err) {
		m.Credits = credits
	}
	for _, s := range m.Credits {
		m.figure(Figure{ID: "credit " + periodName(s.Period), What: "service credit", Of: periodName(s.Period), Clause: s.Clause,
			Value: moneyFigure(s.Amount).value(), explain: s.Explain})
	}
	penalties, err := m.c.Penalties(PenaltyFacts{Satisfaction: m.Satisfaction, Notices: m.r.Notices})
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

// claims holds what was claimed of late charges, credits and deductions against
// what was computed.
func (m *making) claims() {
	given := make(map[string]bool)
	for _, cl := range m.r.Claims {
		var computed Money
		var clause, figure string
		var found bool
		switch cl.Of {
		case ClaimStatus:
			continue // held against the measurement when it was made
		case ClaimLateCharge:
			computed, clause, figure, found = m.lateCharge(cl)
		case ClaimCredit, ClaimDeduction:
			computed, clause, figure, found = m.credit(cl)
			given[string(cl.Of)+" "+cl.Subject] = true
		default:
			m.refuse(cl.Source, &Error{Pointer: "what", Kind: kindOfWord(cl.Of), Msg: fmt.Sprintf("%q; %s", clip(string(cl.Of)), oneOf(cl.Of))})
			continue
		}
		if !found {
			continue
		}
		over, err := cl.Amount.Sub(computed)
		if err != nil {
			m.refuse(cl.Source, err)
			continue
		}
		if !over.IsZero() {
			m.Differences = append(m.Differences, Difference{ID: string(cl.Of) + ": " + cl.Subject, What: string(cl.Of), Of: cl.Subject, Source: cl.Source, Clause: clause,
				Claimed: moneyFigure(cl.Amount).value(), Computed: moneyFigure(computed).value(), Amount: over, figure: figure})
		}
	}
}

// lateCharge is the charge of a debt through the day that a claim names.
func (m *making) lateCharge(cl Claim) (amount Money, clause, figure string, ok bool) {
	i := slices.IndexFunc(m.debts, func(d Debt) bool { return d.ID == cl.Subject })
	if i < 0 {
		m.refuse(cl.Source, &Error{Pointer: "of", Kind: ErrUnknown, Msg: fmt.Sprintf("no debt of an invoice %q", clip(cl.Subject))})
		return
	}
	asOf := cl.AsOf
	if !asOf.IsValid() {
		asOf = m.day
	}
	account, err := m.c.Account(AccountFacts{Debts: m.debts, Payments: m.r.Payments}, asOf)
	if !m.answered(cl.Source, err) {
		return
	}
	for _, d := range account.Debts {
		if d.ID == cl.Subject {
			id := m.figure(Figure{ID: fmt.Sprintf("late charge %s %v", d.ID, asOf), What: "late charge through " + asOf.String(), Of: d.ID, Clause: d.LateClause,
				Value: moneyFigure(d.Charged).value(), explain: d.ExplainCharge})
			return d.Charged, d.LateClause, id, true
		}
	}
	return
}

// credit is the credit of a month or the deduction of a quarter that a claim names.
func (m *making) credit(cl Claim) (amount Money, clause, figure string, ok bool) {
	if cl.Of == ClaimCredit {
		var sum Money
		for _, s := range m.Credits {
			if periodName(s.Period) == cl.Subject {
				sum, _ = sum.Add(s.Amount)
				clause, figure, ok = s.Clause, "credit "+cl.Subject, true
			}
		}
		amount = sum
	} else {
		for _, p := range m.Penalties {
			if p.subject() == cl.Subject {
				amount, clause, figure, ok = p.Amount, p.Clause, "penalty "+p.Name+" "+cl.Subject, true
			}
		}
	}
	if !ok && m.silentOn(cl) {
		return
	}
	return amount, clause, figure, true // nothing is owed of that period: 0 was right
}

// silentOn reports whether the contract says nothing of what a claim states.
func (m *making) silentOn(cl Claim) bool {
	if cl.Of == ClaimCredit {
		return len(m.terms.doc.ServiceCredits) == 0
	}
	return len(m.terms.doc.Breach) == 0
}
