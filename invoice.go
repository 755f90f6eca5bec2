package contract

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/cfd16870/contract/proof"
)

// InvoiceFacts are what an invoice bills.
type InvoiceFacts struct {
	Source, ID string
	Flat       []FlatUse
	Usage      []Usage
	Work       []Work
	Notices    []Notice // those on the ground "raise" change prices
	Dates      InvoiceDates
	Deductions []Deduction
	Invoiced   Money // the total as it was issued: nobody owes more than he was billed, nor gives more than the contract does; the zero Money: what that gives
}

// A Deduction is taken off an invoice: a service credit. It leaves the lines and
// their tax as they are, and is no more than what the deductions before it left of
// the total.
type Deduction struct {
	Source, Clause, Reason string
	Amount                 Money
}

// An Invoice is what the contract gives for what was delivered: clause 8.1. The
// zero Invoice is none.
type Invoice struct {
	ID              string
	Lines           []Charge   // flat items, then usage, then work, as they were given
	Rates           []TaxTotal // by rate, in the order in which they first come
	Net, Tax, Total Money
	Deductions      []Deduction
	Payable         Money // the total, at most what was invoiced, less the deductions
	Due             PaymentDue

	name   string
	source string
	run    func(*calc) billed
}

// Explain is the working of what is payable.
func (v *Invoice) Explain() *proof.Working {
	return v.explained("what is payable on", func(b billed) figure { return b.payable })
}

// ExplainTotal is the working of the total.
func (v *Invoice) ExplainTotal() *proof.Working {
	return v.explained("total of", func(b billed) figure { return b.total })
}

func (v *Invoice) explained(what string, of func(billed) figure) *proof.Working {
	if v == nil || v.run == nil {
		return new(proof.Working)
	}
	return explained(what+" "+v.name, func(k *calc) int { return of(v.run(k)).at })
}

// Debt is what is payable as a debt of an account, whose workings begin with those
// of the invoice. It has no due date while an event is missing on which that
// depends, or where no clause gives one. The zero Invoice is no debt.
func (v *Invoice) Debt() Debt {
	if v == nil || v.run == nil {
		return Debt{}
	}
	var items []string
	for _, l := range v.Lines {
		if !slices.Contains(items, l.Item) {
			items = append(items, l.Item)
		}
	}
	slices.Sort(items)
	run, due := v.run, v.Due
	return Debt{Source: v.source, ID: v.ID, Item: strings.Join(items, ", "), Clause: due.Clause, Amount: v.Payable, Due: due.On,
		made: func(k *calc) (figure, told[Date]) {
			amount := run(k).payable
			if due.day == nil {
				return amount, told[Date]{}
			}
			return amount, due.day(k)
		}}
}

// A Charge is one line of an invoice.
type Charge struct {
	Source, ID      string
	Clause, Item    string
	Period          Period // the days that are charged; of a visit those on which it was
	Rate            string // of the tax, by the name that the document gives it; "" for none
	Net, Tax, Gross Money

	about string
	tell  func(*calc) int
}

// Explain is the working of the line with its tax.
func (c Charge) Explain() *proof.Working { return explained(c.about, c.tell) }

// A billing computes an invoice.
type billing struct {
	book  *priceBook
	facts InvoiceFacts
	zone  *time.Location
}

// An entry is what is billed on one line, before it is charged.
type entry struct {
	source, id, item string
	period           Period // its first day picks the terms
	charge           func(*calc, *itemRule) figure
}

// entries are the lines in their order: flat items, usage, work.
func (b *billing) entries() []entry {
	var list []entry
	for _, u := range b.facts.Flat {
		list = append(list, entry{u.Source, "", u.Item, u.Period, func(k *calc, _ *itemRule) figure { return b.book.flatCharge(k, u) }})
	}
	for _, u := range b.facts.Usage {
		list = append(list, entry{u.Source, u.ID, u.Item, Period{u.On, u.On.AddDays(1)}, func(k *calc, r *itemRule) figure { return r.use(k, u) }})
	}
	for _, w := range b.facts.Work {
		days := Period{DateOf(w.From.In(b.zone)), DateOf(w.To.Add(-1).In(b.zone)).AddDays(1)}
		list = append(list, entry{w.Source, w.ID, w.Item, days, func(k *calc, r *itemRule) figure { return r.work(k, w, b.zone) }})
	}
	return list
}

// lineSteps is a line on its way.
type lineSteps struct {
	entry
	item   *itemRule
	rules  *feesRules
	amount figure
	taxed
}

// billed is an invoice on its way.
type billed struct {
	lines   []lineSteps
	rates   []rateSteps
	net     figure
	tax     figure
	total   figure
	payable figure
}

// A rateKey is a rate as lines have it: one name has several percentages where an
// amendment changed it.
type rateKey struct{ name, percent string }

type rateSteps struct {
	rateKey
	percent  Percent
	net, tax figure
}

// line charges one line.
func (b *billing) line(k *calc, e entry) (l lineSteps) {
	day := e.period.From
	rules := b.book.fees.on(day)
	r, err := b.book.item(e.item, day)
	switch {
	case err != nil:
		k.fail(located(err, e.source, "item"))
	case !day.IsValid():
		k.fail(&Error{In: e.source, Pointer: "on", Clause: r.source.clause, Kind: ErrRequired, Msg: fmt.Sprintf("no day on which %s was used: the day picks the terms", e.item)})
	case day.Before(b.book.years.first):
		k.fail(&Error{In: e.source, Pointer: "on", Clause: r.source.clause, Kind: ErrRange, Msg: fmt.Sprintf("%v lies before the first day of the term, %v: no fee is owed for it", day, b.book.years.first)})
	}
	if k.err != nil {
		return l
	}
	l = lineSteps{entry: e, item: r, rules: rules, amount: e.charge(k, r)}
	if k.err != nil {
		k.err = located(k.err, e.source, "")
		if fault := k.err.(*Error); strings.HasPrefix(fault.In, "calendar ") { // which the row ran into
			k.err = &Error{In: e.source, Clause: r.source.clause, Kind: fault.Kind, Msg: fault.Error(), Cause: fault}
		}
	}
	return l
}

// run computes the invoice: each line rounded, then taxed, then added up.
func (b *billing) run(k *calc) billed {
	var v billed
	for _, e := range b.entries() {
		if l := b.line(k, e); k.err == nil {
			v.lines = append(v.lines, l)
		}
	}
	if k.err != nil {
		return v
	}
	if len(v.lines) == 0 {
		k.fail(&Error{In: b.facts.Source, Kind: ErrRequired, Msg: "the invoice bills nothing"})
		return v
	}
	b.taxes(k, &v)
	sum := func(name string, of func(*lineSteps) figure) figure {
		list := make([]figure, len(v.lines))
		for i := range v.lines {
			list[i] = of(&v.lines[i])
		}
		return k.add(name, "", list...)
	}
	v.net = sum("net", func(l *lineSteps) figure { return l.net })
	v.tax = sum("tax", func(l *lineSteps) figure { return l.taxed.tax })
	v.total = sum("invoice total", func(l *lineSteps) figure { return l.gross })
	v.payable = v.total
	if m := b.facts.Invoiced; m.Currency() != "" {
		v.payable = k.noMoreThan(v.total, k.fact("invoiced", moneyFigure(m), b.facts.Source, "total"))
	}
	for _, d := range b.facts.Deductions {
		if !b.fits(k, d, v.payable) {
			break
		}
		v.payable = k.sub("payable", d.Clause, v.payable, k.fact("deduction", moneyFigure(d.Amount), d.Source, d.Reason))
	}
	if k.err != nil {
		k.err = located(k.err, b.facts.Source, "")
	}
	return v
}

// noMoreThan is a total, at most what was invoiced: of a credit note, which is below
// 0, no more is given than the contract does. What is invoiced on the other side of 0
// is nothing.
func (k *calc) noMoreThan(total, invoiced figure) figure {
	nothing := k.law("nothing", moneyFigure(Money{cur: total.cur}), "an invoice is no credit note", "")
	if total.n.Sign() < 0 {
		return k.least("payable", "", k.greatest("payable", "", total, invoiced), nothing)
	}
	least := k.least("payable", "", total, invoiced)
	if invoiced.n.Sign() >= 0 {
		return least
	}
	return k.greatest("payable", "", least, nothing)
}

// fits reports whether a deduction can be taken off what is left of the invoice: a
// credit that it cannot bear is given off the next, or paid, as its clause says.
func (b *billing) fits(k *calc, d Deduction, left figure) bool {
	in := cmp.Or(d.Source, b.facts.Source)
	bad := func(kind error, format string, args ...any) bool {
		k.fail(&Error{In: in, Pointer: "amount", Clause: d.Clause, Kind: kind, Msg: cmp.Or(d.Reason, "deduction") + ": " + fmt.Sprintf(format, args...)})
		return false
	}
	switch over, err := left.money().Compare(d.Amount); {
	case k.err != nil:
		return false
	case err != nil: // another currency, which the subtraction says
		return true
	case d.Amount.Sign() < 0:
		return bad(ErrInvalid, "%v; a deduction is 0 or more", d.Amount)
	case over < 0 && !d.Amount.IsZero():
		return bad(ErrConflict, "%v off an invoice of which %v is left", d.Amount, left.money())
	}
	return true
}

// at gives an error a place where it has none.
func at(err error, in, pointer string) error {
	if e, ok := err.(*Error); ok && e.In == "" {
		own := *e
		own.In = in
		return &own
	}
	return err
}

// key is the rate of a line.
func (l *lineSteps) key() (rateKey, Percent) {
	name := l.item.clause.Tax.Rate
	if name == "" {
		return rateKey{}, Percent{}
	}
	p := l.rules.clause.TaxRates[name]
	return rateKey{name, p.String()}, p
}

// taxes taxes the lines: each by itself, or those of one rate together.
func (b *billing) taxes(k *calc, v *billed) {
	var order []rateKey // in which the rates first come
	of := make(map[rateKey][]*lineSteps)
	for i := range v.lines {
		l := &v.lines[i]
		key, _ := l.key()
		if of[key] == nil {
			order = append(order, key)
		}
		of[key] = append(of[key], l)
	}
	for _, key := range order {
		var group []*lineSteps
		var nets, taxes []figure
		for _, l := range of[key] {
			if tax := l.item.clause.Tax; tax.Rate != "" && tax.Prices == PricesExclusive && l.rules.clause.TaxRounded == TaxRoundedEachRate {
				group = append(group, l)
				nets = append(nets, l.amount)
			} else {
				l.taxed = l.rules.taxLine(k, l.item, l.amount)
			}
		}
		if len(group) > 0 {
			for i, t := range group[0].rules.taxGroup(k, group[0].item, nets) {
				group[i].taxed = t
			}
		}
		nets = nil
		for _, l := range of[key] {
			nets, taxes = append(nets, l.net), append(taxes, l.taxed.tax)
		}
		_, percent := of[key][0].key()
		v.rates = append(v.rates, rateSteps{key, percent, k.add("net", "", nets...), k.add("tax", "", taxes...)})
	}
}

// faults are the errors of all lines, where there are any.
func (b *billing) faults() error {
	var all Errors
	for _, e := range b.entries() {
		k := new(calc)
		if b.line(k, e); k.err != nil {
			all = append(all, located(k.err, e.source, ""))
		}
	}
	return all.single()
}

// invoice computes the figures and keeps how to tell each.
func (b *billing) invoice() (*Invoice, error) {
	k := new(calc)
	v := b.run(k)
	if k.err != nil {
		if err := b.faults(); err != nil {
			return nil, err
		}
		return nil, k.err
	}
	name := b.facts.ID
	if name == "" {
		name = "the invoice"
	}
	out := &Invoice{ID: b.facts.ID, Net: v.net.money(), Tax: v.tax.money(), Total: v.total.money(), Payable: v.payable.money(),
		Deductions: slices.Clone(b.facts.Deductions), name: name, source: b.facts.Source, run: b.run}
	for i, l := range v.lines {
		of := l.item.name
		if l.id != "" {
			of += " " + l.id
		}
		out.Lines = append(out.Lines, Charge{Source: l.source, ID: l.id, Clause: l.item.source.clause, Item: l.item.name, Period: l.period, Rate: l.item.clause.Tax.Rate,
			Net: l.net.money(), Tax: l.taxed.tax.money(), Gross: l.gross.money(), about: fmt.Sprintf("line of %s: %s", name, of),
			tell: func(k *calc) int { return lineAt(b.run(k), i, func(l *lineSteps) int { return l.gross.at }) }})
	}
	for i, r := range v.rates {
		about := fmt.Sprintf("tax of %s at %s", name, r.name)
		if r.name == "" {
			about = fmt.Sprintf("tax of the lines of %s without a rate", name)
		}
		out.Rates = append(out.Rates, TaxTotal{Rate: r.name, Percent: r.percent, Net: r.net.money(), Tax: r.tax.money(), about: about,
			tell: func(k *calc) int {
				if v := b.run(k); i < len(v.rates) {
					return v.rates[i].tax.at
				}
				return 0
			}})
	}
	return out, nil
}

func lineAt(v billed, i int, at func(*lineSteps) int) int {
	if i < len(v.lines) {
		return at(&v.lines[i])
	}
	return 0
}
