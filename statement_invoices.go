package contract

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"
)

// Invoices as issued beside what the contract gives, and the debts that they make.

// billedBefore is what invoices have billed so far, and which invoice did.
type billedBefore struct {
	records map[string]string // work and usage, by kind and id
	days    map[string][]billedDays
	named   map[string]bool // work and usage that an invoice names, also one that is refused
}

type billedDays struct {
	invoice string
	period  Period
}

// left are the days of a period that no invoice billed, and the invoices that billed
// the others.
func (b *billedBefore) left(item string, p Period) (rest []Period, before []string) {
	rest = []Period{p}
	for _, o := range b.days[item] {
		var next []Period
		for _, r := range rest {
			if !r.From.Before(o.period.Until) || !o.period.From.Before(r.Until) {
				next = append(next, r)
				continue
			}
			if !slices.Contains(before, o.invoice) {
				before = append(before, o.invoice)
			}
			if r.From.Before(o.period.From) {
				next = append(next, Period{r.From, o.period.From})
			}
			if o.period.Until.Before(r.Until) {
				next = append(next, Period{o.period.Until, r.Until})
			}
		}
		rest = next
	}
	return rest, before
}

// An owedInvoice is what is owed on an invoice.
type owedInvoice struct {
	*Invoice              // its Payable is the debt
	facts    InvoiceFacts // what is billed and owed
	taken    []Claim      // what was taken off it
}

// plain is what is owed before anything was taken off.
func (o *owedInvoice) plain() Money {
	sum := o.Payable
	for _, c := range o.taken {
		sum, _ = sum.Add(c.Amount) // one currency: checked when it came in
	}
	return sum
}

// invoices holds each invoice as issued against what the contract gives for what
// it bills. What was billed before is left out: the rest is owed.
func (m *making) invoices() {
	work, usage := make(map[string]Work), make(map[string]Usage)
	for _, w := range m.r.Work {
		work[w.ID] = w
	}
	for _, u := range m.r.Usage {
		usage[u.ID] = u
	}
	when := func(v InvoiceRecord) Date { // one without a day comes after those that have one
		if d := v.day(); d.IsValid() {
			return d
		}
		return Date{maxDate}
	}
	order := slices.Clone(m.r.Invoices)
	slices.SortStableFunc(order, func(a, b InvoiceRecord) int { return cmp.Or(when(a).Compare(when(b)), cmp.Compare(a.ID, b.ID)) })
	before := &billedBefore{make(map[string]string), make(map[string][]billedDays), make(map[string]bool)}
	for _, v := range order {
		if !m.invoice(v, work, usage, before) {
			m.uncertain = true
		}
	}
	for _, w := range m.r.Work {
		m.notBilled(before, "work", w.ID, w.Source)
	}
	for _, u := range m.r.Usage {
		m.notBilled(before, "usage", u.ID, u.Source)
	}
	for _, c := range m.r.Claims {
		if c.Off != "" && m.owing[c.Off] == nil {
			m.voidClaim(c, "nothing is owed on invoice %s, off which it was taken", c.Off)
		}
	}
}

// voidClaim refuses a claim that was taken off an invoice which cannot bear it.
func (m *making) voidClaim(c Claim, format string, args ...any) {
	if m.void[c.ID] {
		return
	}
	m.void[c.ID] = true
	m.refuse(c.Source, &Error{Pointer: "off", Kind: ErrConflict, Msg: fmt.Sprintf(format, args...)})
}

// notBilled tells what was done and no invoice bills.
func (m *making) notBilled(before *billedBefore, what, id, source string) {
	if key := what + " " + id; before.records[key] == "" && !before.named[key] {
		m.Findings = append(m.Findings, Finding{ID: "not billed: " + id, Code: FindingNotClaimed, Of: id, Source: source, Msg: what + " that no invoice bills"})
	}
}

// invoice reports whether what is owed on an invoice can be said.
func (m *making) invoice(v InvoiceRecord, work map[string]Work, usage map[string]Usage, before *billedBefore) bool {
	facts, twice, ok := m.bills(v, work, usage, before)
	if !ok {
		return false
	}
	result := InvoiceResult{Record: v}
	computed, err := m.c.Invoice(facts) // with what was billed before, for its own figures
	if !m.answered(v.Source, err) {
		m.Invoices = append(m.Invoices, result)
		if kindOf(err) != ErrSilent && placeOf(err) != v.Source {
			m.refuse(v.Source, &Error{Kind: kindOf(err), Msg: fmt.Sprintf("invoice %s cannot be computed%s", v.ID, where(placeOf(err)))})
		}
		return false
	}
	result.Computed = computed
	clause := computed.clauses()
	id := m.figure(Figure{ID: "invoice " + v.ID, What: "invoice total", Of: v.ID, Clause: clause,
		Value: moneyFigure(computed.Total).value(), explain: computed.ExplainTotal})
	for _, line := range computed.Lines {
		name := "line " + v.ID + " " + cmp.Or(line.ID, line.Item)
		if m.named[name] { // a visit and a use of one id
			name = "line " + v.ID + " " + line.Item + " " + line.ID
		}
		m.figure(Figure{ID: name, What: "line", Of: v.ID + ", " + line.Item, Clause: line.Clause,
			Value: moneyFigure(line.Gross).value(), explain: line.Explain})
	}
	owed := facts
	if len(twice) > 0 {
		result.Duplicate = strings.Join(twice, ", ")
		owed = m.rest(v, facts, before)
	}
	before.put(v, facts)
	if len(owed.Flat)+len(owed.Work)+len(owed.Usage) == 0 {
		m.Findings = append(m.Findings, Finding{ID: "invoice twice: " + v.ID, Code: FindingInvoiceTwice, Of: v.ID, Other: result.Duplicate, Source: v.Source,
			Clause: clause, Amount: v.Total, figure: id, Msg: fmt.Sprintf("bills what invoice %s billed before: nothing is owed on it", result.Duplicate)})
		m.Invoices = append(m.Invoices, result)
		return true
	}
	m.differ(v, computed, id)
	if due := computed.Due; due.On.IsValid() {
		dueID := m.figure(Figure{ID: "due " + v.ID, What: "due date", Of: v.ID, Clause: due.Clause, Value: dateValue(due.On), explain: due.Explain})
		if v.Due.IsValid() && v.Due != due.On {
			m.Differences = append(m.Differences, Difference{ID: "due: " + v.ID, What: "due date", Of: v.ID, Source: v.Source, Clause: due.Clause,
				Claimed: dateValue(v.Due), Computed: dateValue(due.On), Days: v.Due.Sub(due.On), Note: daysApart(v.Due, due.On), figure: dueID})
		}
	}
	debt := m.debt(v, owed)
	if debt == nil {
		m.Invoices = append(m.Invoices, result)
		return false
	}
	result.Debt = debt.Payable
	if len(twice) > 0 {
		f := Finding{ID: "invoice twice: " + v.ID, Code: FindingInvoiceTwice, Of: v.ID, Other: result.Duplicate, Source: v.Source, Clause: clause,
			figure: "debt " + v.ID, Msg: fmt.Sprintf("bills in part what invoice %s billed before: the rest is owed", result.Duplicate)}
		f.Amount, _ = v.Total.Sub(debt.plain())
		m.Findings = append(m.Findings, f)
	}
	m.owing[v.ID] = debt
	m.Invoices = append(m.Invoices, result)
	return true
}

// clauses are those by which the lines are charged.
func (v *Invoice) clauses() string {
	var list []string
	for _, l := range v.Lines {
		if !slices.Contains(list, l.Clause) {
			list = append(list, l.Clause)
		}
	}
	return strings.Join(list, ", ")
}

// placeOf is the record that an error is of.
func placeOf(err error) string {
	if e, ok := errors.AsType[*Error](err); ok {
		return e.In
	}
	return ""
}

// bills finds what an invoice bills, and the invoices that billed some of it before.
func (m *making) bills(v InvoiceRecord, work map[string]Work, usage map[string]Usage, before *billedBefore) (f InvoiceFacts, twice []string, ok bool) {
	f = InvoiceFacts{Source: v.Source, ID: v.ID, Notices: m.r.Notices,
		Dates: InvoiceDates{Source: v.Source, Issued: v.Issued, Received: v.Received, Compliant: v.Compliant, Period: v.Period}}
	var faults Errors
	bad := func(pointer string, kind error, format string, args ...any) {
		faults = append(faults, &Error{In: v.Source, Pointer: pointer, Kind: kind, Msg: fmt.Sprintf(format, args...)})
	}
	for _, one := range []struct {
		what string
		is   Money
	}{{"net", v.Net}, {"tax", v.Tax}, {"total", v.Total}} {
		if err := m.postable(one.is); err != nil {
			bad(one.what, kindOf(err), "%s", withoutKind(err.Error(), kindOf(err)))
		}
	}
	found := func(invoice string) {
		if invoice != "" && !slices.Contains(twice, invoice) {
			twice = append(twice, invoice)
		}
	}
	if v.Item != "" {
		f.Flat = []FlatUse{{Source: v.Source, Item: v.Item, Period: v.Period}}
		_, others := before.left(v.Item, v.Period)
		for _, other := range others {
			found(other)
		}
	}
	named := make(map[string]bool)
	one := func(what, id string, is bool) bool {
		key := what + " " + id
		before.named[key] = true
		switch {
		case !is:
			bad(what, ErrUnknown, "invoice %s bills %s %q, of which there is no record that can be used", v.ID, what, clip(id))
			return false
		case named[key]:
			bad(what, ErrDuplicate, "invoice %s bills %s %q twice", v.ID, what, clip(id))
			return false
		}
		named[key] = true
		found(before.records[key])
		return true
	}
	for _, id := range v.Work {
		if w, is := work[id]; one("work", id, is) {
			f.Work = append(f.Work, w)
		}
	}
	for _, id := range v.Usage {
		if u, is := usage[id]; one("usage", id, is) {
			f.Usage = append(f.Usage, u)
		}
	}
	if len(v.Work)+len(v.Usage) == 0 && v.Item == "" {
		bad("item", ErrRequired, "invoice %s bills nothing: it names no item, work or usage", v.ID)
	}
	if len(faults) > 0 {
		m.refuse(v.Source, faults)
	}
	return f, twice, len(faults) == 0
}

// rest is what an invoice bills without what was billed before. Where part of a
// period is charged whole, a period of which days were billed is paid for.
func (m *making) rest(v InvoiceRecord, f InvoiceFacts, before *billedBefore) InvoiceFacts {
	if v.Item != "" {
		f.Flat = nil
		days, _ := before.left(v.Item, v.Period)
		for _, p := range days {
			if p = m.unpaid(v, p, before); p.IsValid() {
				f.Flat = append(f.Flat, FlatUse{Source: v.Source, Item: v.Item, Period: p})
			}
		}
	}
	f.Work = slices.DeleteFunc(slices.Clone(f.Work), func(w Work) bool { return before.records["work "+w.ID] != "" })
	f.Usage = slices.DeleteFunc(slices.Clone(f.Usage), func(u Usage) bool { return before.records["usage "+u.ID] != "" })
	return f
}

// unpaid takes off the ends of some days those whose period was charged whole before.
func (m *making) unpaid(v InvoiceRecord, p Period, before *billedBefore) Period {
	book := m.c.priceBook(nil)
	item, err := book.flat(v.Item, p.From)
	if err != nil || item.clause.PartPeriod != PartWhole {
		return p
	}
	period := CalendarMonth.of
	if item.clause.Per == PerContractYear {
		period = func(d Date) Period { year, _ := book.years.of(d); return year }
	}
	paid := func(in Period) bool {
		return slices.ContainsFunc(before.days[v.Item], func(o billedDays) bool { return o.period.From.Before(in.Until) && in.From.Before(o.period.Until) })
	}
	if in := period(p.From); paid(in) {
		p.From = in.Until
	}
	if in := period(p.Last()); p.IsValid() && paid(in) {
		p.Until = in.From
	}
	return p
}

// put notes what an invoice bills.
func (b *billedBefore) put(v InvoiceRecord, f InvoiceFacts) {
	for _, u := range f.Flat {
		b.days[u.Item] = append(b.days[u.Item], billedDays{v.ID, u.Period})
	}
	put := func(key string) {
		if b.records[key] == "" {
			b.records[key] = v.ID
		}
	}
	for _, w := range f.Work {
		put("work " + w.ID)
	}
	for _, u := range f.Usage {
		put("usage " + u.ID)
	}
}

// debt is what is owed on an invoice: what the contract gives, at most what was
// invoiced, less what was taken off it; nil where that cannot be computed.
func (m *making) debt(v InvoiceRecord, f InvoiceFacts) *owedInvoice {
	owed := &owedInvoice{facts: f}
	f.Invoiced = v.Total
	plain, err := m.c.Invoice(f)
	if !m.answered(v.Source, err) {
		return nil
	}
	owed.Invoice = plain
	left := plain.Payable
	for _, c := range m.r.Claims {
		if c.Off != v.ID || m.void[c.ID] {
			continue
		}
		rest, err := left.Sub(c.Amount)
		if err != nil || rest.Sign() < 0 {
			m.voidClaim(c, "%v off invoice %s, on which %v is owed", c.Amount, v.ID, left)
			continue
		}
		left = rest
		f.Deductions = append(f.Deductions, Deduction{Source: c.Source, Reason: fmt.Sprintf("%s %s", c.Of, c.Subject), Amount: c.Amount})
		owed.taken = append(owed.taken, c)
	}
	if len(f.Deductions) == 0 {
		return owed
	}
	if owed.Invoice, err = m.c.Invoice(f); !m.answered(v.Source, err) {
		return nil
	}
	return owed
}

// daysApart says how far a due date that is claimed lies from the one computed.
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
	d := Difference{ID: "invoice: " + v.ID, Of: v.ID, Source: v.Source, Clause: computed.clauses(), figure: figure}
	var notes []string
	for _, one := range []DifferencePart{
		{"total", v.Total, computed.Total},
		{"net", v.Net, computed.Net},
		{"tax", v.Tax, computed.Tax},
	} {
		if one.Claimed.Equal(one.Computed) {
			continue
		}
		if d.What == "" {
			d.What, d.Claimed, d.Computed = "invoice "+one.What, moneyFigure(one.Claimed).value(), moneyFigure(one.Computed).value()
			d.Amount, _ = one.Claimed.Sub(one.Computed)
		} else {
			d.Parts = append(d.Parts, one)
			notes = append(notes, fmt.Sprintf("%s %v for %v", one.What, one.Claimed, one.Computed))
		}
	}
	if d.What == "" {
		return
	}
	if sum, err := v.Net.Add(v.Tax); err == nil && !sum.Equal(v.Total) {
		d.Uneven = true
		notes = append(notes, "its own net and tax do not add up to its total")
	}
	d.Note = strings.Join(notes, ", ")
	m.Differences = append(m.Differences, d)
}

// afterTheEnd drops what flat items cost for days after the contract ended: of an
// invoice that begins after the end all, of another the contract years in which the
// contract did not run. What a year that was billed ahead gives back is a refund.
// Whether and when it ended is judged by the debts as they stood.
func (m *making) afterTheEnd() {
	debts := m.debts()
	facts := LifeFacts{Notices: m.r.Notices}
	if account, err := m.c.Account(AccountFacts{Debts: debts, Payments: m.paidFor(debts, nil)}, m.day); err == nil {
		for _, d := range account.Debts {
			facts.Debts = append(facts.Debts, d.Dates())
		}
	}
	m.dates = facts.Debts
	if m.terms.doc.Term == nil {
		return
	}
	term, err := m.c.Term(facts, m.day)
	if err != nil || !term.Ended.IsValid() {
		return // life tells the fault
	}
	year, _ := m.c.priceBook(nil).years.of(term.Ended)
	for i := range m.Invoices {
		v := &m.Invoices[i]
		owed := m.owing[v.Record.ID]
		if owed == nil {
			continue
		}
		var kept []FlatUse
		cut := false
		for _, u := range owed.facts.Flat {
			switch {
			case u.Period.From.After(term.Ended):
				cut = true
				continue
			case u.Period.Until.After(year.Until):
				cut = true
				u.Period.Until = year.Until
			}
			kept = append(kept, u)
		}
		if !cut {
			continue
		}
		f := Finding{ID: "after the end: " + v.Record.ID, Code: FindingAfterTheEnd, Of: v.Record.ID, Source: v.Record.Source, Clause: term.Clause, Amount: owed.plain(),
			figure: "term", On: term.Ended, Msg: fmt.Sprintf("bills days after %v, on which the contract ended: nothing is owed for them", term.Ended)}
		facts := owed.facts
		facts.Flat = kept
		delete(m.owing, v.Record.ID)
		v.Debt = Money{cur: m.currency}
		if len(kept)+len(facts.Work)+len(facts.Usage) > 0 {
			if rest := m.debt(v.Record, facts); rest != nil {
				m.owing[v.Record.ID], v.Debt = rest, rest.Payable
				f.Amount, _ = f.Amount.Sub(rest.plain())
			}
		} else {
			for _, c := range owed.taken {
				m.voidClaim(c, "nothing is owed on invoice %s, off which it was taken: it bills days after the end", c.Off)
			}
		}
		m.Findings = append(m.Findings, f)
	}
}

// owedFigures names what is owed on each invoice, and notes the credits taken off.
func (m *making) owedFigures() {
	for _, v := range m.Invoices {
		owed := m.owing[v.Record.ID]
		if owed == nil {
			continue
		}
		m.figure(Figure{ID: "debt " + v.Record.ID, What: "debt", Of: v.Record.ID, Clause: owed.Due.Clause, Value: moneyFigure(owed.Payable).value(), explain: owed.Explain})
		for _, c := range owed.taken {
			of := given{c.Of, c.Subject}
			m.given[of], _ = m.given[of].Add(c.Amount) // one currency: checked when it came in
		}
	}
}

// debts are the debts that have a due date, in order of invoice.
func (m *making) debts() (list []Debt) {
	for _, v := range m.Invoices {
		if debt := m.owing[v.Record.ID]; debt != nil && debt.Due.On.IsValid() && debt.Payable.Sign() > 0 {
			list = append(list, debt.Debt())
		}
	}
	return list
}

// paidFor are the payments as an account takes them: one that names no debt of its
// names none, and is told.
func (m *making) paidFor(debts []Debt, tell func(p Payment)) []Payment {
	list := slices.Clone(m.r.Payments)
	for i := range list {
		p := &list[i]
		if p.For == "" || slices.ContainsFunc(debts, func(d Debt) bool { return d.ID == p.For }) {
			continue
		}
		if tell != nil {
			tell(*p)
		}
		p.For = ""
	}
	return list
}

// unmatched tells a payment that names a debt on which nothing is owed.
func (m *making) unmatched(p Payment) {
	why := "of which there is no record"
	if slices.ContainsFunc(m.r.Invoices, func(v InvoiceRecord) bool { return v.ID == p.For }) {
		why = "which is no debt with a due date"
	}
	m.Findings = append(m.Findings, Finding{ID: "payment unmatched: " + p.ID, Code: FindingPaymentUnmatched, Of: p.ID, Other: p.For, Source: p.Source, Amount: p.Amount,
		Msg: fmt.Sprintf("names %s, %s: it meets what is due", clip(p.For), why)})
}

// given names what was claimed and taken off an invoice.
type given struct {
	of      ClaimOf
	subject string
}
