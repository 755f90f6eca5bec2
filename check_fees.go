package contract

import (
	"fmt"
	"slices"
)

// checkFees checks the chapter of fees: clauses 8.1 to 8.3.
func checkFees(doc *Document, faults *Errors) {
	if f := doc.Fees; f != nil {
		if doc.Rounding == nil {
			faults.add("/rounding", ErrRequired, "there are fees: say how amounts are rounded, and where")
		}
		if doc.Term == nil {
			faults.add("/term", ErrRequired, "there are fees: say from when the term runs")
		}
		for _, name := range sortedKeys(f.TaxRates) {
			if r := f.TaxRates[name]; r.IsStated() && (r.n.Sign() < 0 || r.Compare(MustParsePercent("100%")) > 0) {
				faults.add("/fees/taxRates/"+escape(name), ErrInvalid, "%v; a tax rate lies between 0%% and 100%%", r)
			}
		}
		for _, name := range sortedKeys(f.Factors) {
			checkFactor(doc, f.Factors[name], "/fees/factors/"+escape(name), faults)
		}
		for _, name := range sortedKeys(f.Items) {
			c := itemCheck{f.Items[name], "/fees/items/" + escape(name), faults}
			c.charge()
			c.factors(f)
			c.tax()
		}
	}
	if r := doc.Rounding; r != nil {
		if r.To != nil && r.To.Sign() <= 0 {
			faults.add("/rounding/to", ErrInvalid, "%v; amounts are rounded to a unit above 0", r.To)
		}
		if r.At == RoundEachPrice {
			faults.add("/rounding/at", ErrConflict, "%q is for adjusted prices, at /adjustment/rounding; lines are rounded at %q", r.At, RoundEachLine)
		}
	}
	paid := make(map[string]string)
	for _, name := range sortedKeys(doc.Payments) {
		p, at := doc.Payments[name], "/payments/"+escape(name)
		checkDue(doc, p.Due, at+"/due", faults)
		if known(p.RestDay) && p.RestDay != RestDayStays {
			needPeriods(doc, at+"/restDay", faults)
		}
		for i, item := range p.Of {
			if other, ok := paid[item]; ok {
				faults.add(fmt.Sprintf("%s/of/%d", at, i), ErrConflict, "%q is paid by %q already", clip(item), other)
			}
			paid[item] = name
		}
		if p.PaidWhen == PaidWhenSent {
			faults.add(at+"/paidWhen", ErrLater, "%q; this version takes the day of credit", p.PaidWhen)
		}
	}
	checkAdjustment(doc, faults)
}

type itemCheck struct {
	ItemClause
	at     string
	faults *Errors
}

// only requires what a kind of charge needs and refuses what has no effect on it.
func (c itemCheck) only(stated bool, key string, needed bool, why string) {
	switch {
	case needed && !stated:
		c.faults.add(c.at+key, ErrRequired, "%q: say %s", c.Charge, why)
	case !needed && stated:
		c.faults.add(c.at+key, ErrInvalid, "has no effect: %q charges nothing by it", c.Charge)
	}
}

func (c itemCheck) charge() {
	if !known(c.Charge) {
		return // the walk over the document says so
	}
	flat, time, share := c.Charge == ChargeFlat, c.Charge == ChargeTime, c.Charge == ChargeShare
	c.only(c.Price != nil, "/price", !share, "the price")
	c.only(c.Per != "", "/per", !share, "what the price is for; "+oneOf(c.Per))
	c.only(c.Rate != nil, "/rate", share, "the rate")
	c.only(c.Of != "", "/of", share, "what it is a share of; "+oneOf(c.Of))
	per := map[Charging][]Per{ChargeFlat: {PerContractYear, PerMonth}, ChargeUnit: {PerUnit, PerVisit}, ChargeTime: {PerHour}}[c.Charge]
	if known(c.Per) && len(per) > 0 && !slices.Contains(per, c.Per) {
		c.faults.add(c.at+"/per", ErrConflict, "%q charges per %v, not per %s", c.Charge, per, c.Per)
	}
	if c.Price != nil && c.Price.Sign() < 0 {
		c.faults.add(c.at+"/price", ErrInvalid, "%v; a price is 0 or more", c.Price)
	}
	if c.Rate != nil && c.Rate.n.Sign() < 0 {
		c.faults.add(c.at+"/rate", ErrInvalid, "%v; a rate is 0%% or more", c.Rate)
	}
	if !flat || known(c.Per) && c.Per != PerContractYear {
		c.only(c.Monthly != "", "/monthly", false, "")
	}
	if !flat {
		c.only(c.PartPeriod != "", "/partPeriod", false, "")
	}
	switch {
	case c.Per == PerMonth && c.PartPeriod == PartByDaysOfYear:
		c.faults.add(c.at+"/partPeriod", ErrConflict, "%q of a price per month; write %q", c.PartPeriod, PartByDaysOfMonth)
	case c.Per == PerContractYear && c.PartPeriod == PartByDaysOfMonth:
		c.faults.add(c.at+"/partPeriod", ErrConflict, "%q of a price per contract year; write %q", c.PartPeriod, PartByDaysOfYear)
	}
	if !time {
		c.only(!c.Increment.IsZero(), "/increment", false, "")
		c.only(!c.AtLeast.IsZero(), "/atLeast", false, "")
		c.only(c.Counted != "", "/counted", false, "")
		c.only(c.Added != "", "/added", false, "")
	}
	for _, one := range []struct {
		key  string
		span Span
	}{{"/increment", c.Increment}, {"/atLeast", c.AtLeast}} {
		key, span := one.key, one.span
		if span.IsZero() {
			continue
		}
		if !span.Unit().OnClock() {
			c.faults.add(c.at+key, ErrInvalid, "%v; work is counted on the clock: write \"30 clock minutes\"", span)
		} else if d, _ := span.Duration(); d == 0 {
			c.faults.add(c.at+key, ErrInvalid, "%v is no time", span)
		}
	}
	rounds := time && (!c.Increment.IsZero() || !c.AtLeast.IsZero())
	if time {
		c.only(c.Counted != "", "/counted", rounds, "what is rounded by itself; "+oneOf(c.Counted))
	}
}

func (c itemCheck) factors(f *FeesClause) {
	if !known(c.Charge) {
		return // the walk over the document says so
	}
	bands := 0
	unknown := false // a name that the walk reports: nobody can say what it goes by
	for i, name := range c.Factors {
		if _, ok := f.Factors[name]; !ok {
			unknown = true
		}
		if by := f.Factors[name].By; len(by) == 1 && by[0] == ByTime {
			bands++
			if c.Charge != ChargeTime {
				c.faults.add(fmt.Sprintf("%s/factors/%d", c.at, i), ErrInvalid, "has no effect: %q is done at no time", c.Charge)
			}
		}
	}
	switch {
	case bands > 1:
		c.faults.add(c.at+"/factors", ErrConflict, "two tables of time bands; work lies in one band")
	case c.Charge == ChargeFlat && len(c.Factors) > 0:
		c.faults.add(c.at+"/factors", ErrInvalid, "has no effect: %q has no factors", c.Charge)
	}
	if len(c.Factors) > 1 && c.Stacking == "" {
		c.faults.add(c.at+"/stacking", ErrRequired, "say how several factors make one; %s", oneOf(c.Stacking))
	}
	if len(c.Factors) < 2 && c.Stacking != "" {
		c.faults.add(c.at+"/stacking", ErrInvalid, "has no effect: there are not several factors")
	}
	rounds := !c.Increment.IsZero() || !c.AtLeast.IsZero()
	if c.Charge == ChargeTime && !unknown {
		c.only(c.Added != "", "/added", bands > 0 && rounds, "in which band that time lies which rounding adds; "+oneOf(c.Added))
	}
}

func (c itemCheck) tax() {
	checkTax(c.Tax, c.at+"/tax", c.faults)
	if c.Tax.Treatment == TaxAsTheItem {
		c.faults.add(c.at+"/tax/treatment", ErrInvalid, "%q is for a credit; this is the item", c.Tax.Treatment)
	}
}

// checkTax checks that a money line is taxed one way.
func checkTax(t TaxClause, at string, faults *Errors) {
	switch {
	case t.Rate != "" && t.Treatment != "":
		faults.add(at+"/treatment", ErrConflict, "the line has the rate %q, and is %q; write one", t.Rate, t.Treatment)
	case t.Rate == "" && t.Treatment == "":
		faults.add(at, ErrRequired, "say the rate of the tax, or the treatment of a line without it; %s", oneOf(t.Treatment))
	case t.Rate != "" && t.Prices == "":
		faults.add(at+"/prices", ErrRequired, "say whether prices hold the tax; %s", oneOf(t.Prices))
	case t.Rate == "" && t.Prices != "":
		faults.add(at+"/prices", ErrInvalid, "has no effect: the line has no tax")
	}
}

// checkFactor checks a table of factors.
func checkFactor(doc *Document, f FactorClause, at string, faults *Errors) {
	byTime := slices.Contains(f.By, ByTime)
	switch {
	case len(f.By) == 0:
		if f.By != nil {
			faults.add(at+"/by", ErrRequired, "say by what the table goes")
		}
		return
	case byTime && len(f.By) > 1:
		faults.add(at+"/by", ErrConflict, "a table by %q goes by nothing else: the bands of other tables stack with it", ByTime)
		return
	case byTime && f.Hours == "":
		faults.add(at+"/hours", ErrRequired, "say which hours are normal; %s", have(sortedKeys(doc.Hours)))
	case byTime && f.Days == "":
		faults.add(at+"/days", ErrRequired, "say which working days tell rest days; %s", have(sortedKeys(doc.WorkingDays)))
	case !byTime && f.Hours != "":
		faults.add(at+"/hours", ErrInvalid, "has no effect: the table does not go by %q", ByTime)
	case !byTime && f.Days != "":
		faults.add(at+"/days", ErrInvalid, "has no effect: the table does not go by %q", ByTime)
	}
	for _, only := range []struct {
		stated bool
		key    string
	}{{f.Refused != nil, "/refused"}, {f.AtLeast != nil, "/atLeast"}, {f.BegunInHours != "", "/begunInHours"}} {
		if only.stated && !byTime {
			faults.add(at+only.key, ErrInvalid, "has no effect: the table does not go by %q", ByTime)
		}
	}
	for i, by := range f.By {
		if slices.Contains(f.By[:i], by) {
			faults.add(fmt.Sprintf("%s/by/%d", at, i), ErrDuplicate, "%q is given twice", clip(by))
		}
		if !isKey(by) {
			faults.add(fmt.Sprintf("%s/by/%d", at, i), ErrSyntax, "%q; a name in a table has no comma and no colon, and single spaces", clip(by))
		}
	}
	if f.Table == nil {
		return // the walk over the document says so
	}
	cells, wrong := factorCells(f.Table, len(f.By), "/table")
	for _, w := range wrong {
		w.Pointer = at + w.Pointer
	}
	*faults = append(*faults, wrong...)
	if !byTime || len(wrong) > 0 {
		return
	}
	bands := make([]string, len(TimeBands()))
	for i, b := range TimeBands() {
		bands[i] = string(b)
		stands := slices.ContainsFunc(cells, func(c factorCell) bool { return c.keys[0] == bands[i] })
		switch refused := slices.Contains(f.Refused, b); {
		case refused && stands:
			faults.add(at+"/table/"+escape(bands[i]), ErrConflict, "%q is refused, and has a factor", b)
		case !refused && !stands:
			faults.add(at+"/table", ErrRequired, "no factor for %q; every instant lies in a band", b)
		}
	}
	for _, c := range cells {
		if !slices.Contains(bands, c.keys[0]) {
			faults.add(at+c.key, ErrUnknown, "no band %q; %s", clip(c.keys[0]), have(bands))
		}
	}
	checkTimeBands(f, at, bands, faults)
}

// checkTimeBands checks what a table of time bands says beside its factors.
func checkTimeBands(f FactorClause, at string, bands []string, faults *Errors) {
	for i, b := range f.Refused {
		at := fmt.Sprintf("%s/refused/%d", at, i)
		switch {
		case !slices.Contains(bands, string(b)):
			faults.add(at, ErrUnknown, "no band %q; %s", clip(string(b)), have(bands))
		case b == BandNormal:
			faults.add(at, ErrInvalid, "%q is when work is done; refuse other bands", b)
		case slices.Contains(f.Refused[:i], b):
			faults.add(at, ErrDuplicate, "%q is given twice", b)
		}
	}
	for _, b := range sortedKeys(f.AtLeast) {
		at, least := at+"/atLeast/"+escape(string(b)), f.AtLeast[b]
		d, ok := least.Duration()
		switch {
		case !slices.Contains(bands, string(b)):
			faults.add(at, ErrUnknown, "no band %q; %s", clip(string(b)), have(bands))
		case slices.Contains(f.Refused, b):
			faults.add(at, ErrInvalid, "has no effect: no work is done in %q", b)
		case !ok || d == 0 || !least.Unit().OnClock():
			faults.add(at, ErrInvalid, "%v; write the least time that is charged: 90 clock minutes", least)
		}
	}
}

// checkAdjustment checks clause 8.3: what notice needs.
func checkAdjustment(doc *Document, faults *Errors) {
	a := doc.Adjustment
	if a == nil || !known(a.Mode) {
		return
	}
	only := func(stated bool, key string, why string) {
		switch {
		case a.Mode == AdjustByNotice && !stated:
			faults.add("/adjustment"+key, ErrRequired, "%q: say %s", a.Mode, why)
		case a.Mode != AdjustByNotice && stated:
			faults.add("/adjustment"+key, ErrInvalid, "has no effect: prices change %s only", a.Mode)
		}
	}
	only(a.From != "", "/from", "from when a price may change; "+oneOf(a.From))
	only(a.Notice != nil, "/notice", "by when the notice has to be there")
	only(a.Rounding != nil, "/rounding", "how the new price is rounded")
	if a.Mode != AdjustByNotice {
		only(a.AtMost != nil, "/atMost", "")
		only(a.AboveThat != "", "/aboveThat", "")
	}
	checkLimit(doc, a.Notice, "/adjustment/notice", []string{beforeRenewal}, faults)
	if l := a.Notice; l != nil && a.Mode == AdjustByNotice {
		if known(l.By) && l.By != Provider {
			faults.add("/adjustment/notice/by", ErrConflict, "%q; the provider gives notice of a raise", l.By)
		}
		if l.Late != "" {
			faults.add("/adjustment/notice/late", ErrInvalid, "has no effect: a late notice changes nothing")
		}
	}
	if a.Notice != nil && a.Notice.Must == "" {
		faults.add("/adjustment/notice/must", ErrRequired, "say what a notice has to do in time; %s", oneOf(a.Notice.Must))
	}
	if len(a.Of) != 1 && a.Of != nil {
		faults.add("/adjustment/of", ErrLater, "%d items; this version adjusts one", len(a.Of))
	}
	for i, name := range a.Of {
		if item, ok := feeItem(doc, name); ok && known(item.Charge) && item.Charge != ChargeFlat {
			faults.add(fmt.Sprintf("/adjustment/of/%d", i), ErrLater, "%q charges %s; this version adjusts flat prices", clip(name), item.Charge)
		}
	}
	if a.Mode == AdjustByNotice && (a.AtMost == nil) != (a.AboveThat == "") {
		faults.add("/adjustment/aboveThat", ErrConflict, "a most, and what a request above it becomes, go together; %s", oneOf(a.AboveThat))
	}
	if a.AtMost != nil {
		if a.AtMost.Of != "" && a.AtMost.Of != priceBefore {
			faults.add("/adjustment/atMost/of", ErrUnknown, "%q; write %q", clip(a.AtMost.Of), priceBefore)
		}
		if a.AtMost.Rate.IsStated() && a.AtMost.Rate.n.Sign() < 0 {
			faults.add("/adjustment/atMost/rate", ErrInvalid, "%v; the most is 0%% or more", a.AtMost.Rate)
		}
	}
	if r := a.Rounding; r != nil {
		if r.To != nil && r.To.Sign() <= 0 {
			faults.add("/adjustment/rounding/to", ErrInvalid, "%v; prices are rounded to a unit above 0", r.To)
		}
		if r.At == RoundEachLine {
			faults.add("/adjustment/rounding/at", ErrConflict, "%q; a price has no lines: write %q", r.At, RoundEachPrice)
		}
	}
}

// priceBefore is what the most of a raise is a share of.
const priceBefore = "price of the contract year before"

// feeItem is an item of the rate card.
func feeItem(doc *Document, name string) (ItemClause, bool) {
	if doc.Fees == nil {
		return ItemClause{}, false
	}
	item, ok := doc.Fees.Items[name]
	return item, ok
}

// checkFeeOf checks that a fee is that of a flat item.
func checkFeeOf(doc *Document, of FeeOf, at string, faults *Errors) {
	if of == "" {
		return // the walk over the document says so, where it is needed
	}
	name, _, err := of.read()
	if err != nil {
		faults.addErr(at, err)
		return
	}
	item, ok := feeItem(doc, name)
	switch {
	case !ok && doc.Fees == nil:
		faults.add(at, ErrUnknown, "no item %q; there are none", clip(name))
	case !ok:
		faults.add(at, ErrUnknown, "no item %q; %s", clip(name), have(sortedKeys(doc.Fees.Items)))
	case known(item.Charge) && item.Charge != ChargeFlat:
		faults.add(at, ErrConflict, "%q charges %s; it has no fee of a period", name, item.Charge)
	}
}

// checkDue checks that a due date has one way to find it.
func checkDue(doc *Document, d DueClause, at string, faults *Errors) {
	ways := 0
	for _, stated := range []bool{!d.Span.IsZero(), d.LatestOf != nil, d.EarliestOf != nil} {
		if stated {
			ways++
		}
	}
	switch {
	case ways == 0:
		faults.add(at, ErrRequired, "not stated; write a span and after what, or latestOf or earliestOf several")
	case ways > 1:
		faults.add(at, ErrConflict, "write one of span, latestOf and earliestOf")
	case !d.Span.IsZero() && d.After == "":
		faults.add(at+"/after", ErrRequired, "say after what the %v are counted; %s", d.Span, oneOf(d.After))
	case d.Span.Unit() == UnitWorkingDays && d.Days == "":
		faults.add(at+"/days", ErrRequired, "say which working days; %s", have(sortedKeys(doc.WorkingDays)))
	case d.Span.Unit() != UnitWorkingDays && d.Days != "":
		faults.add(at+"/days", ErrInvalid, "has no effect: no working days are counted")
	case !d.Span.IsZero() && d.Span.Unit() < UnitWorkingDays:
		faults.add(at+"/span", ErrInvalid, "%v; a due date counts days, working days, weeks, months or years", d.Span)
	case !d.Span.IsZero() && d.Span.n == 0 && d.Span.Unit() == UnitWorkingDays:
		faults.add(at+"/span", ErrInvalid, "%v is no time to pay in", d.Span)
	case d.Span.IsZero() && d.After != "":
		faults.add(at+"/after", ErrInvalid, "has no effect: several are named, each with its own event")
	case d.LatestOf != nil && len(d.LatestOf) == 0, d.EarliestOf != nil && len(d.EarliestOf) == 0:
		faults.add(at, ErrRequired, "one of none")
	case !d.Span.IsZero() && d.Span.Unit() > UnitWorkingDays:
		needPeriods(doc, at+"/span", faults)
	}
	for i, one := range d.LatestOf {
		checkDue(doc, one, fmt.Sprintf("%s/latestOf/%d", at, i), faults)
	}
	for i, one := range d.EarliestOf {
		checkDue(doc, one, fmt.Sprintf("%s/earliestOf/%d", at, i), faults)
	}
}
