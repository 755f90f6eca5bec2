package contract

import (
	"fmt"
	"slices"
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
}

// A Deduction is taken off an invoice: a service credit. It leaves the lines and
// their tax as they are.
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
	Payable         Money // the total less the deductions
	Due             PaymentDue

	about string
	tell  func(*calc) int
}

// Explain is the working of what is payable.
func (v *Invoice) Explain() *proof.Working {
	if v == nil {
		return new(proof.Working)
	}
	return explained(v.about, v.tell)
}

// A Charge is one line of an invoice.
type Charge struct {
	Source, ID      string
	Clause, Item    string
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

// lineSteps is a line on its way.
type lineSteps struct {
	source, id string
	item       *itemRule
	rules      *feesRules
	amount     figure
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

type rateSteps struct {
	rate     string
	net, tax figure
}

// run computes the invoice: each line rounded, then taxed, then added up.
func (b *billing) run(k *calc) billed {
	var v billed
	put := func(source, id, item string, day Date, amount func(*itemRule) figure) {
		if k.err != nil {
			return
		}
		rules := b.book.fees.on(day)
		r, err := b.book.item(item, day)
		if err != nil {
			k.fail(at(err, source, "item"))
			return
		}
		v.lines = append(v.lines, lineSteps{source: source, id: id, item: r, rules: rules, amount: amount(r)})
		if e, ok := k.err.(*Error); ok && e.In == "" {
			e.In = source
		}
	}
	for _, u := range b.facts.Flat {
		put(u.Source, "", u.Item, u.Period.From, func(*itemRule) figure { return b.book.flatCharge(k, u) })
	}
	for _, u := range b.facts.Usage {
		put(u.Source, u.ID, u.Item, u.On, func(r *itemRule) figure { return r.use(k, u) })
	}
	for _, w := range b.facts.Work {
		put(w.Source, w.ID, w.Item, DateOf(w.From.In(b.zone)), func(r *itemRule) figure { return r.work(k, w, b.zone) })
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
	for _, d := range b.facts.Deductions {
		v.payable = k.sub("payable", d.Clause, v.payable, k.fact("deduction", moneyFigure(d.Amount), d.Source, d.Reason))
	}
	return v
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

// taxes taxes the lines: each by itself, or those of one rate together.
func (b *billing) taxes(k *calc, v *billed) {
	groups := make(map[string][]int)
	for i := range v.lines {
		l := &v.lines[i]
		tax := l.item.clause.Tax
		if tax.Rate != "" && tax.Prices == PricesExclusive && l.rules.clause.TaxRounded == TaxRoundedEachRate {
			groups[tax.Rate] = append(groups[tax.Rate], i)
			continue
		}
		l.taxed = l.rules.taxLine(k, l.item, l.amount)
	}
	for _, rate := range sortedKeys(groups) {
		var nets []figure
		for _, i := range groups[rate] {
			nets = append(nets, v.lines[i].amount)
		}
		first := &v.lines[groups[rate][0]]
		for j, t := range first.rules.taxGroup(k, first.item, nets) {
			v.lines[groups[rate][j]].taxed = t
		}
	}
	var order []string
	nets, taxes := make(map[string][]figure), make(map[string][]figure)
	for i := range v.lines {
		l := &v.lines[i]
		rate := l.item.clause.Tax.Rate
		if !slices.Contains(order, rate) {
			order = append(order, rate)
		}
		nets[rate], taxes[rate] = append(nets[rate], l.net), append(taxes[rate], l.taxed.tax)
	}
	for _, rate := range order {
		v.rates = append(v.rates, rateSteps{rate, k.add("net", "", nets[rate]...), k.add("tax", "", taxes[rate]...)})
	}
}

// invoice computes the figures and keeps how to tell each.
func (b *billing) invoice() (*Invoice, error) {
	k := new(calc)
	v := b.run(k)
	if k.err != nil {
		return nil, k.err
	}
	name := b.facts.ID
	if name == "" {
		name = "the invoice"
	}
	out := &Invoice{ID: b.facts.ID, Net: v.net.money(), Tax: v.tax.money(), Total: v.total.money(), Payable: v.payable.money(),
		Deductions: slices.Clone(b.facts.Deductions), about: fmt.Sprintf("what is payable on %s", name),
		tell: func(k *calc) int { return b.run(k).payable.at }}
	for i, l := range v.lines {
		of := l.item.name
		if l.id != "" {
			of += " " + l.id
		}
		out.Lines = append(out.Lines, Charge{Source: l.source, ID: l.id, Clause: l.item.source.clause, Item: l.item.name, Rate: l.item.clause.Tax.Rate,
			Net: l.net.money(), Tax: l.taxed.tax.money(), Gross: l.gross.money(), about: fmt.Sprintf("line of %s: %s", name, of),
			tell: func(k *calc) int { return lineAt(b.run(k), i, func(l *lineSteps) int { return l.gross.at }) }})
	}
	for i, r := range v.rates {
		total := TaxTotal{Rate: r.rate, Net: r.net.money(), Tax: r.tax.money(), about: fmt.Sprintf("tax of %s at %s", name, r.rate),
			tell: func(k *calc) int {
				if v := b.run(k); i < len(v.rates) {
					return v.rates[i].tax.at
				}
				return 0
			}}
		for _, l := range v.lines {
			if l.item.clause.Tax.Rate == r.rate && r.rate != "" {
				total.Percent = l.rules.clause.TaxRates[r.rate]
			}
		}
		out.Rates = append(out.Rates, total)
	}
	return out, nil
}

func lineAt(v billed, i int, at func(*lineSteps) int) int {
	if i < len(v.lines) {
		return at(&v.lines[i])
	}
	return 0
}
