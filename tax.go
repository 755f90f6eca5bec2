package contract

import (
	"fmt"

	"github.com/cfd16870/contract/internal/exact"
	"github.com/cfd16870/contract/proof"
)

// A TaxTotal is what an invoice comes to at one rate.
type TaxTotal struct {
	Rate     string // by the name that the document gives it; "" for lines without tax
	Percent  Percent
	Net, Tax Money

	about string
	tell  func(*calc) int
}

// Explain is the working of the tax at the rate.
func (t TaxTotal) Explain() *proof.Working { return explained(t.about, t.tell) }

// taxed is a line with its tax.
type taxed struct{ net, tax, gross figure }

// taxRate quotes the rate of an item.
func (r *feesRules) taxRate(k *calc, name string) figure {
	return k.term("tax rate", percentFigure(r.clause.TaxRates[name]), r.source, "/taxRates/"+escape(name))
}

// taxLine taxes a line by itself: of prices with tax the net is rounded and the
// tax is the rest, of prices without it the tax is rounded.
func (r *feesRules) taxLine(k *calc, item *itemRule, amount figure) taxed {
	tax, clause := item.clause.Tax, item.source.clause
	if tax.Rate == "" {
		none := k.law("tax", moneyFigure(Money{cur: amount.cur}), string(tax.Treatment), "")
		return taxed{net: amount, tax: none, gross: k.add("gross", clause, amount, none)}
	}
	rate := r.taxRate(k, tax.Rate)
	if tax.Prices == PricesInclusive {
		whole := k.add("gross", clause, k.hundred(), rate)
		net := k.round("net", clause, k.div("net", clause, amount, whole), item.rounding)
		return taxed{net: net, tax: k.sub("tax", clause, amount, net), gross: amount}
	}
	due := k.round("tax", clause, k.mul("tax", clause, amount, rate), item.rounding)
	return taxed{net: amount, tax: due, gross: k.add("gross", clause, amount, due)}
}

// taxGroup taxes lines of one rate together, whose prices are without tax, and
// shares the tax to them by largest remainder.
func (r *feesRules) taxGroup(k *calc, item *itemRule, nets []figure) []taxed {
	clause := item.source.clause
	rate := r.taxRate(k, item.clause.Tax.Rate)
	sum := k.add("net", clause, nets...)
	due := k.round("tax of the group", clause, k.mul("tax", clause, sum, rate), item.rounding)
	lines := make([]taxed, len(nets))
	weights := k.taxWeights(clause, nets)
	var parts []figure
	if len(nets) > 1 && !sumIsZero(weights) { // 0 is shared as it is
		parts = k.parts("part of the tax", clause, due, weights)
	}
	for i, net := range nets {
		tax := due
		if len(parts) > 0 {
			tax = parts[i]
		}
		lines[i] = taxed{net: net, tax: tax, gross: k.add("gross", clause, net, tax)}
	}
	return lines
}

// taxWeights are the nets of one rate as numbers, by which its tax is shared: of
// corrections alone, which are all below 0, counted from the other side. Lines of
// both kinds have no shares.
func (k *calc) taxWeights(clause string, nets []figure) []figure {
	unit, below := exact.New(1), 0
	for _, n := range nets {
		if n.n.Sign() < 0 {
			below++
			unit = exact.New(-1)
		}
	}
	weights := make([]figure, len(nets))
	for i, n := range nets {
		one := k.law("one", figure{n: unit, what: money, cur: n.cur}, "unit of money", "")
		weights[i] = k.div("weight", clause, n, one)
		if below > 0 && n.n.Sign() > 0 {
			k.fail(&Error{Kind: ErrConflict, Pointer: "/fees/taxRounded", Clause: clause,
				Msg: fmt.Sprintf("%v among corrections whose tax is rounded once for their rate: corrections stand on an invoice of their own", n.money())})
			return nil
		}
	}
	return weights
}

func sumIsZero(list []figure) bool {
	for _, f := range list {
		if !f.n.IsZero() {
			return false
		}
	}
	return true
}
