package contract

import (
	"fmt"
	"maps"
	"slices"
)

// Questions of fees: what an invoice comes to, when it is due, what a flat item
// costs in which year, what a notice of a raise makes of it.

// Invoice computes an invoice: each line by the terms of its day, rounded once,
// then taxed. Items under two payment clauses do not stand on one invoice
// (ErrConflict); items under none have no due date: Due is the zero PaymentDue.
//
// A line that no clause can charge makes no invoice: all such lines come back at
// once, as Errors, or as one Error where there is one. So does a notice of a raise
// of which nobody can say whether it is in time, and a deduction that is more than
// what is left of the total (ErrConflict).
func (c *Contract) Invoice(f InvoiceFacts) (*Invoice, error) {
	b := &billing{book: c.priceBook(f.Notices), facts: f.own(), zone: c.Zone()}
	if len(f.Flat) > 0 { // only their prices are adjusted
		if err := b.book.faults(); err != nil {
			return nil, err
		}
	}
	v, err := b.invoice()
	if err != nil {
		return nil, err
	}
	var items []string
	for _, l := range v.Lines {
		if !slices.Contains(items, l.Item) {
			items = append(items, l.Item)
		}
	}
	due, err := c.Due(items, f.Dates)
	if err != nil && kindOf(err) != ErrSilent {
		return nil, located(err, f.Source, "dates")
	}
	v.Due = due
	return v, nil
}

// own is the facts without what the caller could change later.
func (f InvoiceFacts) own() InvoiceFacts {
	f.Flat, f.Usage, f.Work = slices.Clone(f.Flat), slices.Clone(f.Usage), slices.Clone(f.Work)
	f.Notices, f.Deductions = slices.Clone(f.Notices), slices.Clone(f.Deductions)
	for i := range f.Usage {
		f.Usage[i].Keys = maps.Clone(f.Usage[i].Keys)
	}
	for i := range f.Work {
		f.Work[i].Keys = maps.Clone(f.Work[i].Keys)
	}
	return f
}

// Due returns the day by which an invoice of some items has to be paid, by the
// terms of the day on which it was issued, or received where that is not known.
// While an event is missing on which it depends, Waiting says which. No clause for
// an item is ErrSilent.
func (c *Contract) Due(items []string, d InvoiceDates) (PaymentDue, error) {
	on := d.Issued
	if !on.IsValid() {
		on = d.Received
	}
	if !on.IsValid() {
		on = d.Period.From
	}
	t := c.on(on)
	if t.fees == nil {
		return PaymentDue{}, silent(t.law(), "/payments", "no clause says when anything is paid")
	}
	rule, err := t.fees.payment(items)
	if err != nil {
		return PaymentDue{}, err
	}
	k := new(calc)
	day, waiting := rule.due(k, d)
	if k.err != nil {
		return PaymentDue{}, at(k.err, d.Source, "")
	}
	if waiting != "" {
		return PaymentDue{Clause: rule.source.clause, Waiting: waiting}, nil
	}
	return PaymentDue{Clause: rule.source.clause, On: day.v, about: fmt.Sprintf("due date of %v", items),
		day: func(k *calc) told[Date] { day, _ := rule.due(k, d); return day }}, nil
}

// Prices returns the price of a flat item by contract year, from the first through
// the one that holds a day, as the document has it on the first day of each year
// and notices raised it: none for a day before the first. Of several notices for a
// year the one that arrived last stands, of those in time that are not void. A contract without a rate
// card is ErrSilent, a notice of which nobody can say whether it is in time an error.
func (c *Contract) Prices(item string, notices []Notice, through Date) ([]Price, error) {
	b := c.priceBook(notices)
	if _, err := b.flat(item, laterOf(through, b.years.first)); err != nil {
		return nil, err
	}
	if err := b.faults(); err != nil {
		return nil, err
	}
	if years := through.Year() - b.years.first.Year(); through.IsValid() && years > mostYears {
		return nil, &Error{Kind: ErrLimit, Msg: fmt.Sprintf("%v lies %d years after the first day of the term; ask for at most %d", through, years, mostYears)}
	}
	_, last := b.years.of(through)
	var list []Price
	for n := 1; n <= last; n++ {
		from := b.years.nth(n).From
		k := new(calc)
		price, year := b.price(k, item, from)
		if k.err != nil {
			return nil, k.err
		}
		rule, err := b.flat(item, from)
		if err != nil {
			return nil, err
		}
		list = append(list, Price{Item: item, Clause: rule.source.clause, Year: year, Amount: price.money(),
			about: fmt.Sprintf("price of %s in the contract year %v", item, year),
			tell:  func(k *calc) int { p, _ := b.price(k, item, from); return p.at }})
	}
	return list, nil
}

// Raise tells what a notice on the ground "raise" makes, by itself, of the price of
// the item that the adjustment clause adjusts, after the notices before it. It is
// judged by the terms of the day on which it was sent, or received where that is
// not recorded. One that is late, or is no raise by the clause, changes nothing and
// says why: that is no error. A notice on another ground is an error, as is one of
// which nobody can say when it arrived; a contract without such a clause is ErrSilent.
func (c *Contract) Raise(n Notice, before []Notice) (Raise, error) {
	if n.Ground != GroundRaise {
		return Raise{}, &Error{In: n.Source, Pointer: "ground", Kind: ErrInvalid, Msg: fmt.Sprintf("%q; a raise is asked for on the ground %q", clip(n.Ground), GroundRaise)}
	}
	b := c.priceBook(before)
	told := c.inZone(n)
	t := c.on(told.day())
	if t.fees == nil || t.fees.adjustment == nil {
		return Raise{}, silent(t.law(), "/adjustment", "no clause adjusts prices")
	}
	if err := b.faults(); err != nil {
		return Raise{}, err
	}
	rule := t.fees.adjustment
	item := rule.clause.Of[0]
	// The price of the contract year before the one that the notice is for.
	was := b.years.first
	if year, n := b.years.of(n.From); n > 1 {
		was = year.From.AddDays(-1)
	}
	run := func(k *calc) (before figure, s raiseSteps) {
		before, _ = b.price(k, item, was)
		return before, b.raise(k, &told, item, before)
	}
	k := new(calc)
	price, s := run(k)
	if k.err != nil {
		return Raise{}, located(k.err, n.Source, "")
	}
	r := Raise{Notice: n, Item: item, Clause: rule.source.clause, Asked: n.Raise, Before: price.money(), After: s.after.money(), Refused: s.structural}
	if s.structural != "" {
		return r, nil
	}
	r.Arrived, r.LastDay, r.InTime, r.Applied = s.arrived, s.lastDay, s.inTime, s.applied.percent()
	switch {
	case !s.inTime:
		r.Refused = fmt.Sprintf("arrived %v, after %v, the last day for it", s.arrived, s.lastDay)
		if rule.clause.Notice.Must == MustBeSent && !n.Sent.IsZero() {
			r.Refused = fmt.Sprintf("sent %v, after %v, the last day for it", s.arrived, s.lastDay)
		}
	case s.over:
		r.Refused = "asks for more than the most, which is void"
	}
	r.about = fmt.Sprintf("price of %s after notice %s", item, n.ID)
	r.tell = func(k *calc) int { _, s := run(k); return s.after.at }
	return r, nil
}

// laterOf is the later of two days.
func laterOf(a, b Date) Date {
	if a.Before(b) {
		return b
	}
	return a
}
