package contract

import (
	"fmt"
	"slices"
)

// Questions of fees: what an invoice comes to, when it is due, what a flat item
// costs in which year, what a notice of a raise makes of it.

// Invoice computes an invoice: each line by the terms of its day, rounded once,
// then taxed. Items under two payment clauses do not stand on one invoice
// (ErrConflict); items under none have no due date: Due is the zero PaymentDue.
func (c *Contract) Invoice(f InvoiceFacts) (*Invoice, error) {
	b := &billing{book: c.priceBook(f.Notices), facts: f.own(), zone: c.Zone()}
	v, err := b.invoice()
	if err != nil {
		return nil, at(err, f.Source, "")
	}
	var items []string
	for _, l := range v.Lines {
		if !slices.Contains(items, l.Item) {
			items = append(items, l.Item)
		}
	}
	due, err := c.Due(items, f.Dates)
	if err != nil && kindOf(err) != ErrSilent {
		return nil, at(err, f.Source, "")
	}
	v.Due = due
	return v, nil
}

// own is the facts without what the caller could change later.
func (f InvoiceFacts) own() InvoiceFacts {
	f.Flat, f.Usage, f.Work = slices.Clone(f.Flat), slices.Clone(f.Usage), slices.Clone(f.Work)
	f.Notices, f.Deductions = slices.Clone(f.Notices), slices.Clone(f.Deductions)
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
		tell: func(k *calc) int { d, _ := rule.due(k, d); return d.at }}, nil
}

// Prices returns the price of a flat item by contract year, from the first through
// the one that holds a day, as the document has it on the first day of each year
// and notices raised it.
func (c *Contract) Prices(item string, notices []Notice, through Date) ([]Price, error) {
	b := c.priceBook(slices.Clone(notices))
	_, last := b.years.of(through)
	if last == 0 {
		return nil, nil // before the first year
	}
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

// Raise tells what a notice on the ground "raise" makes of the price of the item
// that the adjustment clause adjusts, after the notices before it. One that is
// late, or is no raise by the clause, changes nothing and says why: that is no
// error. A contract without such a clause is ErrSilent.
func (c *Contract) Raise(n Notice, before []Notice) (Raise, error) {
	b := c.priceBook(slices.Clone(before))
	t := c.on(DateOf(n.Sent.In(c.Zone())))
	if t.fees == nil || t.fees.adjustment == nil {
		return Raise{}, silent(t.law(), "/adjustment", "no clause adjusts prices")
	}
	rule := t.fees.adjustment
	item := rule.clause.Of[0]
	r := Raise{Notice: n, Item: item, Clause: rule.source.clause, Asked: n.Raise}
	run := func(k *calc) raiseSteps {
		year, _ := b.years.of(n.From)
		price, _ := b.price(k, item, laterOf(year.From.AddDays(-1), b.years.first))
		return b.raise(k, &n, item, price)
	}
	k := new(calc)
	s := run(k)
	if k.err != nil {
		return Raise{}, at(k.err, n.Source, "")
	}
	price, _ := b.price(k, item, laterOf(n.From.AddDays(-1), b.years.first))
	r.Before, r.After, r.Refused = price.money(), s.after.money(), s.structural
	if k.err != nil {
		return Raise{}, at(k.err, n.Source, "")
	}
	if s.structural != "" {
		return r, nil
	}
	r.Arrived, r.LastDay, r.InTime, r.Applied = s.arrived, s.lastDay, s.inTime, s.applied.percent()
	switch {
	case !s.inTime:
		r.Refused = fmt.Sprintf("arrived %v, after %v, the last day for it", s.arrived, s.lastDay)
	case s.over:
		r.Refused = "asks for more than the most, which is void"
	}
	r.about = fmt.Sprintf("price of %s after notice %s", item, n.ID)
	r.tell = func(k *calc) int { return run(k).after.at }
	return r, nil
}

// laterOf is the later of two days.
func laterOf(a, b Date) Date {
	if a.Before(b) {
		return b
	}
	return a
}
