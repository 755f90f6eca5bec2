package contract

import (
	"fmt"
	"slices"

	"github.com/cfd16870/contract/proof"
)

// InvoiceDates are when an invoice was issued and came in.
type InvoiceDates struct {
	Source    string // where it was read: invoices.csv:4
	Issued    Date
	Received  Date
	Compliant bool   // the payer may deduct the tax by it
	Period    Period // that it is for; the zero Period: none
}

// A PaymentDue is the day by which an invoice has to be paid, that day included:
// clause 8.2. The zero PaymentDue is none.
type PaymentDue struct {
	Clause  string
	On      Date   // the zero Date while it waits for something
	Waiting Anchor // what has not happened yet

	about string
	day   func(*calc) told[Date]
}

// Explain is the working of the due date; an empty one while it waits.
func (d PaymentDue) Explain() *proof.Working {
	if d.day == nil {
		return new(proof.Working)
	}
	return explained(d.about, func(k *calc) int { return d.day(k).at })
}

// A paymentRule is the clause of some items in one version.
type paymentRule struct {
	name    string
	clause  PaymentClause
	signed  Date
	days    map[string]*WorkingDays
	periods *periodRule
	source  source
}

// due finds the day on which an invoice falls due, or what it waits for.
func (r *paymentRule) due(k *calc, d InvoiceDates) (told[Date], Anchor) {
	return r.one(k, r.clause.Due, "/due", d)
}

func (r *paymentRule) one(k *calc, c DueClause, key string, d InvoiceDates) (told[Date], Anchor) {
	clause := r.source.clause
	switch {
	case c.LatestOf != nil, c.EarliestOf != nil:
		list, at := c.LatestOf, key+"/latestOf/"
		if c.EarliestOf != nil {
			list, at = c.EarliestOf, key+"/earliestOf/"
		}
		var days []told[Date]
		var waiting Anchor
		for i, one := range list {
			day, waits := r.one(k, one, fmt.Sprint(at, i), d)
			if waits == "" {
				days = append(days, day)
			} else if waiting == "" {
				waiting = waits
			}
		}
		switch {
		case c.LatestOf != nil && waiting != "", len(days) == 0:
			return told[Date]{}, waiting
		case c.LatestOf != nil:
			return k.latest("due date", clause, days...), ""
		}
		return k.earliest("due date", clause, days...), ""
	}
	from, waits := r.anchor(k, c.After, d)
	if waits {
		return told[Date]{}, c.After
	}
	span := k.termSpan("after", c.Span, r.source, key+"/span")
	if c.Span.Unit() == UnitWorkingDays {
		return k.workingDay("due date", clause, from, span, r.days[c.Days]), ""
	}
	last := k.after("before rolling", clause, from, span, r.periods)
	word := k.termWord("rest day", string(r.clause.RestDay), r.source, "/restDay")
	return k.roll("due date", clause, last, word, r.periods.days), ""
}

// anchor is the day of an event; waits is true while it has not happened.
func (r *paymentRule) anchor(k *calc, a Anchor, d InvoiceDates) (day told[Date], waits bool) {
	fact := func(on Date, at string) (told[Date], bool) {
		if !on.IsValid() {
			return told[Date]{}, true
		}
		return k.factDate(string(a), on, d.Source, at), false
	}
	switch a {
	case AfterSigning:
		return k.termDate("signing", r.signed, source{in: "document"}, "/signed"), false
	case AfterInvoiceIssued:
		return fact(d.Issued, "issued")
	case AfterInvoiceReceived:
		return fact(d.Received, "received")
	case AfterCompliantReceived:
		if !d.Compliant {
			return told[Date]{}, true
		}
		return fact(d.Received, "received")
	case AfterPeriodStart:
		return fact(d.Period.From, "period")
	case AfterPeriodEnd:
		return fact(d.Period.Last(), "period")
	}
	k.fail(fmt.Errorf("no event %q; %s: %w", a, oneOf(a), kindOfWord(a)))
	return told[Date]{}, false
}

// payment returns the clause by which some items are paid.
func (r *feesRules) payment(items []string) (*paymentRule, error) {
	var found *paymentRule
	for _, item := range items {
		i := slices.IndexFunc(r.payments, func(p *paymentRule) bool { return slices.Contains(p.clause.Of, item) })
		if i < 0 {
			return nil, silent(r.law, "/payments", "no clause says when %s is paid", item)
		}
		if p := r.payments[i]; found != nil && found != p {
			return nil, &Error{Pointer: "/payments", Kind: ErrConflict, Msg: fmt.Sprintf("%v are paid by two clauses, %q and %q: they do not stand on one invoice", items, found.name, p.name)}
		}
		found = r.payments[i]
	}
	if found == nil {
		return nil, &Error{Pointer: "/payments", Kind: ErrRequired, Msg: "no items to be paid"}
	}
	return found, nil
}
