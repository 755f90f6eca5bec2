package contract

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/cfd16870/contract/internal/exact"
	"github.com/cfd16870/contract/proof"
)

// The prices of flat items over time: the rate card in all its versions, and the
// raises that notices made of it.

// A priceBook is the prices of a contract as of some notices.
type priceBook struct {
	fees    versions[*feesRules] // nil rules where a version has no chapter
	count   versions[*counting]
	years   contractYears
	notices []Notice // on the ground "raise"
	law     Law
	// renews reports whether a renewed term begins on a day, by the terms of the day on
	// which a notice was sent.
	renews func(sent, from Date) bool
}

// A Price is the price of a flat item in a contract year.
type Price struct {
	Item   string
	Clause string
	Year   Period
	Amount Money

	about string
	tell  func(*calc) int
}

// Explain is the working of the price.
func (p Price) Explain() *proof.Working { return explained(p.about, p.tell) }

// item returns the line of the rate card in force on a day.
func (b *priceBook) item(name string, day Date) (*itemRule, error) {
	rules := b.fees.on(day)
	if rules == nil {
		return nil, silent(b.law, "/fees", "no rate card is in force on %v", day)
	}
	r, ok := rules.items[name]
	if !ok {
		return nil, &Error{Pointer: "/fees/items", Kind: ErrUnknown, Msg: fmt.Sprintf("no item %q; %s", clip(name), have(sortedKeys(rules.items)))}
	}
	return r, nil
}

// flat is item for one with a price for a period.
func (b *priceBook) flat(name string, day Date) (*itemRule, error) {
	r, err := b.item(name, day)
	if err == nil && r.clause.Charge != ChargeFlat {
		return nil, &Error{Pointer: r.source.pointer, Clause: r.source.clause, Kind: ErrInvalid, Msg: fmt.Sprintf("%s charges %s: it has no fee of a period", name, r.clause.Charge)}
	}
	return r, err
}

// since is the first day from which the price of the card in force on a day has
// stood unchanged; the zero Date for the beginning.
func (b *priceBook) since(name string, day Date) Date {
	var since Date
	var last *Money
	for _, v := range b.fees {
		if v.from.After(day) {
			break
		}
		var price *Money
		if v.rule != nil && v.rule.items[name] != nil {
			price = v.rule.items[name].clause.Price
		}
		if last == nil || price == nil || !last.Equal(*price) {
			since = v.from
		}
		last = price
	}
	return since
}

// price is the price of an item in the contract year in which a day lies, as the
// document has it on that day and notices raised it since.
func (b *priceBook) price(k *calc, name string, day Date) (figure, Period) {
	if k.err != nil {
		return figure{}, Period{}
	}
	year, n := b.years.of(day)
	if n == 0 {
		k.fail(&Error{Pointer: "/term/from", Clause: b.years.source.clause, Kind: ErrRange, Msg: fmt.Sprintf("%v lies before the first day of the term, %v: no fee is owed for it", day, b.years.first)})
		return figure{}, Period{}
	}
	item, err := b.flat(name, day)
	if err != nil {
		k.fail(err)
		return figure{}, Period{}
	}
	price := k.term("price", moneyFigure(*item.clause.Price), item.source, "/price")
	first := 1
	if s := b.since(name, day); !s.IsZero() {
		_, first = b.years.of(s)
	}
	for m := max(first, 1) + 1; m <= n; m++ {
		price = b.raised(k, name, m, price)
	}
	return price, year
}

// raised is a price after the notices for the m-th contract year.
func (b *priceBook) raised(k *calc, name string, m int, before figure) figure {
	if n := b.standing(name, m, before); n != nil {
		r := b.raise(k, n, name, before)
		return r.after
	}
	return before
}

// standing is the notice that counts for a contract year: of those that change the
// price the one that arrived last, which takes the place of earlier ones; where none
// does, the last of those in time that are void, or of those that are late, so that
// what was refused is told. The order in which the notices are given means nothing.
func (b *priceBook) standing(name string, m int, before figure) *Notice {
	var stands *Notice
	var as raiseSteps
	for i := range b.notices {
		n := &b.notices[i]
		r := b.raise(new(calc), n, name, before)
		if r.err != nil || r.structural != "" || r.year != m {
			continue
		}
		if stands == nil || r.compare(as, n, stands) > 0 {
			stands, as = n, r
		}
	}
	return stands
}

// compare is above 0 if the notice of s takes the place of another for one contract
// year: by effect, then by the day that counts, by the instant of the record, by name.
func (s raiseSteps) compare(o raiseSteps, n, other *Notice) int {
	rank := func(s raiseSteps) int {
		switch {
		case s.inTime && !s.over:
			return 2
		case s.inTime:
			return 1
		}
		return 0
	}
	return cmp.Or(cmp.Compare(rank(s), rank(o)), s.arrived.Compare(o.arrived), s.at.Compare(o.at),
		cmp.Compare(n.ID, other.ID), n.Raise.Compare(other.Raise))
}

// months is twelve, by which a price of a year is divided.
func (k *calc) months() figure {
	return k.law("months of a year", numberFigure(exact.New(12)), "one twelfth a month", "")
}

// fee is the fee of the period of "of" in which a day lies, and that period. It is
// not rounded.
func (b *priceBook) fee(k *calc, of FeeOf, day Date) (figure, Period) {
	name, period, err := of.read()
	if err != nil {
		k.fail(err)
	}
	if k.err != nil {
		return figure{}, Period{}
	}
	switch period {
	case FeeOfContractYear:
		item, err := b.flat(name, day)
		if err != nil {
			k.fail(err)
			return figure{}, Period{}
		}
		price, year := b.price(k, name, day)
		if item.clause.Per == PerMonth {
			return k.mul("year's fee", item.source.clause, price, k.months()), year
		}
		return price, year
	case FeeOfQuarter:
		in := CalendarQuarter.of(day)
		var months []figure
		for d := in.From; d.Before(in.Until); d = CalendarMonth.of(d).Until {
			if !CalendarMonth.of(d).Until.After(b.years.first) {
				continue // before the term
			}
			f, _ := b.month(k, name, d)
			months = append(months, f)
		}
		return k.add("quarter's fee", "", months...), in
	}
	return b.month(k, name, day)
}

// month is the fee of a calendar month: of a price for a contract year the part
// that the document gives a month, by the year in which the month begins.
func (b *priceBook) month(k *calc, name string, day Date) (figure, Period) {
	in := CalendarMonth.of(day)
	at := in.From
	if at.Before(b.years.first) && in.Contains(b.years.first) {
		at = b.years.first
	}
	price, _ := b.price(k, name, at)
	item, err := b.flat(name, at)
	switch {
	case k.err != nil:
		return figure{}, in
	case err != nil:
		k.fail(err)
		return figure{}, in
	case item.clause.Per == PerMonth:
		return price, in
	case item.clause.Monthly == "":
		k.fail(silent(b.law, item.source.pointer+"/monthly", "no clause says what part of the price of %s a month has", name))
		return figure{}, in
	}
	return k.div("month's fee", item.source.clause, price, k.months()), in
}

// changes are the days inside a period on which the price of an item changes by
// the document.
func (b *priceBook) changes(name string, p Period) []Date {
	var days []Date
	for _, v := range b.fees {
		if v.from.After(p.From) && v.from.Before(p.Until) && b.since(name, v.from) == v.from {
			days = append(days, v.from)
		}
	}
	return slices.Compact(days)
}

// flatCharge is what a flat item costs for some days: the price where they are its
// whole period; of a contract year the months that the document gives; else the
// part that it gives by days. Days that straddle contract years or a change of the
// price are charged part by part; but where part of a period is charged whole, it is
// charged once, at the price of its first day.
func (b *priceBook) flatCharge(k *calc, u FlatUse) figure {
	if !u.Period.IsValid() {
		k.fail(&Error{In: u.Source, Pointer: "period", Kind: ErrRequired, Msg: fmt.Sprintf("no days for which %s is charged", u.Item)})
		return figure{}
	}
	if years := u.Period.Until.Year() - u.Period.From.Year(); years > mostYears {
		k.fail(&Error{In: u.Source, Pointer: "period", Kind: ErrLimit, Msg: fmt.Sprintf("%v is %d years; bill at most %d at once", u.Period, years, mostYears)})
		return figure{}
	}
	item, err := b.flat(u.Item, u.Period.From)
	if err != nil {
		k.fail(err)
		return figure{}
	}
	from := k.factDate("from", u.Period.From, u.Source, "period")
	last := k.factDate("through", u.Period.Last(), u.Source, "period")
	until := k.next("until", "", last)
	cuts := b.changes(u.Item, u.Period)
	var parts []figure
	for at := from; k.err == nil && at.v.Before(until.v); {
		period, start := b.periodOf(k, item, at.v)
		end := k.earliest("until", "", until, period)
		n, _ := slices.BinarySearchFunc(cuts, end.v, Date.Compare)
		if n > 0 && !b.chargedOnce(item, at.v, start.v, append(cuts[:n:n], end.v)) {
			end = k.termDate("price changes", cuts[0], item.source, "/price")
			n = 1
		}
		cuts = cuts[n:]
		if len(cuts) > 0 && cuts[0] == end.v {
			cuts = cuts[1:]
		}
		price, _ := b.price(k, u.Item, at.v)
		parts = append(parts, b.part(k, item, price, at, end, start, period))
		at = end
		if at.v.Before(until.v) {
			if item, err = b.flat(u.Item, at.v); err != nil {
				k.fail(err)
			}
		}
	}
	if k.err != nil {
		return figure{}
	}
	return k.round("line amount", item.source.clause, k.add("amount", item.source.clause, parts...), item.rounding)
}

// periodOf is the first day after the period of an item's price in which a day
// lies, and that period's first.
func (b *priceBook) periodOf(k *calc, item *itemRule, day Date) (until, from told[Date]) {
	if item.clause.Per == PerMonth {
		in := CalendarMonth.of(day)
		at := func(d Date) told[Date] {
			t := told[Date]{v: d}
			if k.tells() {
				t.at = k.w.put(proof.Step{Op: proof.Rule, Name: "first day of a month", Value: dateValue(d), Source: &proof.Source{In: "calendar months"}})
			}
			return t
		}
		return at(in.Until), at(in.From)
	}
	_, n := b.years.of(day)
	if n == 0 {
		k.fail(&Error{Pointer: "/term/from", Clause: b.years.source.clause, Kind: ErrRange, Msg: fmt.Sprintf("%v lies before the first day of the term, %v: no fee is owed for it", day, b.years.first)})
		return told[Date]{}, told[Date]{}
	}
	return k.yearStart(b.years, n+1), k.yearStart(b.years, n)
}

// months is the number of whole months that some days are of a contract year which
// gives each the same, if they are whole.
func (b *priceBook) months(item *itemRule, start, from, until Date) (int, bool) {
	if item.clause.Per != PerContractYear || item.clause.Monthly != MonthlyTwelfth {
		return 0, false
	}
	a, ok := wholeMonths(start, from, b.years.end)
	z, ok2 := wholeMonths(start, until, b.years.end)
	return z - a, ok && ok2
}

// chargedOnce reports whether days in which a price changes are charged whole: they
// are, unless each stretch between the changes is of whole months by itself.
func (b *priceBook) chargedOnce(item *itemRule, from, start Date, ends []Date) bool {
	if item.clause.PartPeriod != PartWhole {
		return false
	}
	for _, end := range ends {
		if _, ok := b.months(item, start, from, end); !ok {
			return true
		}
		from = end
	}
	return false
}

// part is what some days of a price's period cost.
func (b *priceBook) part(k *calc, item *itemRule, price figure, from, until, start, end told[Date]) figure {
	clause := item.source.clause
	if k.err != nil {
		return figure{}
	}
	if from.v == start.v && until.v == end.v {
		return price
	}
	if whole, ok := b.months(item, start.v, from.v, until.v); ok {
		n := k.law("months", numberFigure(exact.New(int64(whole))), fmt.Sprintf("whole months from %v until %v", from.v, until.v), "")
		return k.div("months' part", clause, k.mul("amount", clause, price, n), k.months())
	}
	if item.clause.PartPeriod == "" {
		k.fail(silent(b.law, item.source.pointer+"/partPeriod", "no clause says what %s costs for part of its period: %v until %v", item.name, from.v, until.v))
		return figure{}
	}
	if item.clause.PartPeriod == PartWhole {
		return price
	}
	used := k.days(k.between("days used", clause, from, until))
	of := k.days(k.between("days of the period", clause, start, end))
	return k.div("part by days", clause, k.mul("amount", clause, price, used), of)
}

// wholeMonths is the number of whole months from a day to another, if they are whole.
func wholeMonths(from, to Date, end MonthEnd) (int, bool) {
	for n := 0; n <= 12; n++ {
		if d, err := from.AddMonths(n, end); err == nil && d == to {
			return n, true
		}
	}
	return 0, false
}

// mostYears bounds how far prices are asked ahead, and how long a period is billed:
// each year's price rests on those before.
const mostYears = 200
