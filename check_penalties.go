package contract

import (
	"fmt"
	"slices"
)

// checkPenalties checks the chapter of penalties: contents 10.
func checkPenalties(doc *Document, ref Reference, faults *Errors) {
	if doc.LatePayment != nil {
		checkLate(doc, doc.LatePayment, ref, "/latePayment", faults)
	}
	for _, name := range sortedKeys(doc.ServiceCredits) {
		c, at := doc.ServiceCredits[name], "/serviceCredits/"+escape(name)
		checkBands(c.Bands, at+"/bands", faults)
		hundred := MustParsePercent("100%")
		for i, b := range c.Bands {
			if b.Credit.IsStated() && (b.Credit.n.Sign() < 0 || b.Credit.Compare(hundred) > 0) {
				faults.add(fmt.Sprintf("%s/bands/%d/credit", at, i), ErrInvalid, "%v; a credit lies between 0%% and 100%%", b.Credit)
			}
		}
		if len(c.Bands) == 0 && c.Bands != nil {
			faults.add(at+"/bands", ErrRequired, "say what each part of the figure gives")
		}
		checkFeeOf(doc, c.Of, at+"/of", faults)
		for i, cap := range c.Caps {
			checkFeeOf(doc, cap.Of, fmt.Sprintf("%s/caps/%d/of", at, i), faults)
			checkRate(cap.Rate, fmt.Sprintf("%s/caps/%d/rate", at, i), faults)
		}
		checkTax(c.Tax, at+"/tax", faults)
		if c.Measure == CreditByAttainment && doc.Attainment == nil {
			faults.add(at+"/measure", ErrConflict, "%q, and no clause says how attainment is counted", c.Measure)
		}
		switch {
		case c.Measure == CreditByAvailability && c.Availability == "":
			faults.add(at+"/availability", ErrRequired, "say by which figure; %s", have(sortedKeys(doc.Availability)))
		case known(c.Measure) && c.Measure != CreditByAvailability && c.Availability != "":
			faults.add(at+"/availability", ErrInvalid, "has no effect: the credit is by %s", c.Measure)
		}
	}
	for _, name := range sortedKeys(doc.Breach) {
		checkBreach(doc, doc.Breach[name], "/breach/"+escape(name), faults)
	}
	if l := doc.Liability; l != nil {
		switch {
		case l.Cap.Amount != nil && (l.Cap.Times != "" || l.Cap.Of != ""):
			faults.add("/liability/cap", ErrConflict, "the cap is an amount, %v, and a multiple of a fee; write one", l.Cap.Amount)
		case l.Cap.Amount == nil && l.Cap.Of == "":
			faults.add("/liability/cap", ErrRequired, "say the amount, or of which fee it is how many times")
		case l.Cap.Amount == nil && l.Cap.Times == "":
			faults.add("/liability/cap/times", ErrRequired, "say how many times the fee")
		}
		if l.Cap.Times != "" {
			if _, err := times(l.Cap.Times); err != nil {
				faults.addErr("/liability/cap/times", err)
			}
		}
		checkFeeOf(doc, l.Cap.Of, "/liability/cap/of", faults)
	}
	if (doc.LatePayment != nil || len(doc.ServiceCredits) > 0 || len(doc.Breach) > 0) && doc.Rounding == nil && doc.Fees == nil {
		faults.add("/rounding", ErrRequired, "there are amounts: say how they are rounded, and where")
	}
}

// checkRate checks that a rate is 0 or more.
func checkRate(r Percent, at string, faults *Errors) {
	if r.IsStated() && r.n.Sign() < 0 {
		faults.add(at, ErrInvalid, "%v; a rate is 0%% or more", r)
	}
}

// overdueFirst is what the cap of a late charge is a share of.
const overdueFirst = "overdue sum as first due"

// checkLate checks a clause of late payment: what its kind of charge needs.
func checkLate(doc *Document, l *LatePaymentClause, ref Reference, at string, faults *Errors) {
	only := func(stated bool, key string, needed bool, why string) {
		switch {
		case needed && !stated:
			faults.add(at+key, ErrRequired, "%q: say %s", l.Charge, why)
		case !needed && stated:
			faults.add(at+key, ErrInvalid, "has no effect: %q charges nothing by it", l.Charge)
		}
	}
	if known(l.Charge) {
		only(l.Rate != nil, "/rate", l.Charge != LateReferenceRate, "the rate")
		only(l.Reference != nil, "/reference", l.Charge == LateReferenceRate, "the published rate that it refers to")
		only(l.DayCount != "", "/dayCount", l.Charge != LateDailyRate, "how days make a year; "+oneOf(l.DayCount))
	}
	if l.Rate != nil {
		checkRate(*l.Rate, at+"/rate", faults)
	}
	if r := l.Reference; r != nil {
		if _, ok := ref.Series[r.Series]; !ok && r.Series != "" {
			faults.add(at+"/reference/series", ErrUnknown, "no series %q among the reference data given; %s", clip(r.Series), have(sortedKeys(ref.Series)))
		}
		if r.Times != "" {
			if _, err := times(r.Times); err != nil {
				faults.addErr(at+"/reference/times", err)
			}
		}
	}
	switch {
	case (l.Grace == GraceCondition || l.Grace == GracePostponement) && l.GraceFor.IsZero():
		faults.add(at+"/graceFor", ErrRequired, "say how long the grace is")
	case l.Grace == GraceNone && !l.GraceFor.IsZero():
		faults.add(at+"/graceFor", ErrInvalid, "has no effect: there is no grace")
	case !l.GraceFor.IsZero() && l.GraceFor.Unit() < UnitDays:
		faults.add(at+"/graceFor", ErrInvalid, "%v; grace counts days, weeks, months or years", l.GraceFor)
	case !l.GraceFor.IsZero():
		needPeriods(doc, at+"/graceFor", faults)
	}
	if l.FirstDay == LateFromDueDay {
		needPeriods(doc, at+"/firstDay", faults)
	}
	if l.LastDay == LateThroughDayBefore {
		needPeriods(doc, at+"/lastDay", faults)
	}
	if c := l.Cap; c != nil {
		checkRate(c.Rate, at+"/cap/rate", faults)
		if c.Of != "" && c.Of != overdueFirst {
			faults.add(at+"/cap/of", ErrUnknown, "%q; write %q", clip(c.Of), overdueFirst)
		}
	}
	checkFixedSums(l.FixedSums, at+"/fixedSums", faults)
	for _, part := range []DebtPart{PartLateCharge, PartPrincipal} {
		if l.WithinDebt != nil && allKnown(l.WithinDebt) && !slices.Contains(l.WithinDebt, part) {
			faults.add(at+"/withinDebt", ErrRequired, "rank the %s too: which part of a debt does a payment meet first?", part)
		}
	}
	if l.AcrossDebts != nil && allKnown(l.AcrossDebts) && !slices.ContainsFunc(l.AcrossDebts, func(o DebtOrder) bool { return o != OrderDesignated }) {
		faults.add(at+"/acrossDebts", ErrRequired, "say which debt a payment meets that names none; %s", oneOf(OrderCivilCode))
	}
	for i, o := range l.AcrossDebts {
		before := l.AcrossDebts[:i]
		decides := slices.IndexFunc(before, func(o DebtOrder) bool { return o != OrderDesignated })
		if decides >= 0 && known(before[decides]) && known(o) && !slices.Contains(before, o) { // the walk says what is there twice
			faults.add(fmt.Sprintf("%s/acrossDebts/%d", at, i), ErrInvalid, "has no effect: %q always finds a debt; what the payer names comes before it", before[decides])
		}
	}
	checkTax(l.Tax, at+"/tax", faults)
}

// checkFixedSums checks that the sums follow one another without a hole or an overlap.
func checkFixedSums(sums []FixedSum, at string, faults *Errors) {
	for i, s := range sums {
		place := fmt.Sprintf("%s/%d", at, i)
		switch {
		case i == 0 && s.From != nil:
			faults.add(place, ErrConflict, "no sum for a debt below %v", s.From)
		case i > 0 && (s.From == nil || sums[i-1].Below == nil || !s.From.Equal(*sums[i-1].Below)):
			faults.add(place, ErrConflict, "does not begin where sum %d ends: sums are written in ascending order, each from where the one before ends", i-1)
		case i == len(sums)-1 && s.Below != nil:
			faults.add(place, ErrConflict, "no sum for a debt from %v on", s.Below)
		}
		if s.From != nil && s.Below != nil {
			if c, err := s.From.Compare(*s.Below); err == nil && c >= 0 {
				faults.add(place, ErrInvalid, "from %v below %v holds nothing", s.From, s.Below)
			}
		}
		if s.Sum != nil && s.Sum.Sign() < 0 {
			faults.add(place+"/sum", ErrInvalid, "%v; a sum is 0 or more", s.Sum)
		}
	}
}

// checkBreach checks a penalty: what its kind needs.
func checkBreach(doc *Document, b BreachClause, at string, faults *Errors) {
	if !known(b.Charge) || !known(b.When) {
		return // the walk over the document says so
	}
	only := func(stated bool, key string, needed bool, why string) {
		switch {
		case needed && !stated:
			faults.add(at+key, ErrRequired, "%q: say %s", b.Charge, why)
		case !needed && stated:
			faults.add(at+key, ErrInvalid, "has no effect: %q charges nothing by it", b.Charge)
		}
	}
	points := b.Charge == BreachPerPoint
	only(b.Rate != nil, "/rate", points, "the rate for each point")
	only(b.Units != "", "/units", points, "how part of a point counts; "+oneOf(b.Units))
	only(b.Of != "", "/of", points, "of which fee")
	only(b.Amount != nil, "/amount", !points, "the amount")
	if !points {
		only(b.Cap != nil, "/cap", false, "")
	}
	switch {
	case points != (b.When == WhenSatisfactionBelow):
		faults.add(at+"/when", ErrConflict, "%q is charged %q for %q only", BreachPerPoint, BreachPerPoint, WhenSatisfactionBelow)
	case points && doc.Satisfaction == nil:
		faults.add(at+"/when", ErrConflict, "%q, and no clause says how satisfaction is counted", b.When)
	case points && doc.Satisfaction.Formula == FormulaMeanScore:
		faults.add(at+"/charge", ErrConflict, "%q, and satisfaction is a mean score, which has no percentage points", b.Charge)
	case b.By == Both:
		faults.add(at+"/by", ErrInvalid, "%q; a breach is of one side: write one of customer, provider, either", b.By)
	case points && b.By == Either:
		faults.add(at+"/by", ErrInvalid, "%q; one side has to satisfy the other: say which", b.By)
	}
	if b.Rate != nil {
		checkRate(*b.Rate, at+"/rate", faults)
	}
	if b.Amount != nil && b.Amount.Sign() < 0 {
		faults.add(at+"/amount", ErrInvalid, "%v; a penalty is 0 or more", b.Amount)
	}
	checkFeeOf(doc, b.Of, at+"/of", faults)
	if b.Cap != nil {
		checkFeeOf(doc, b.Cap.Of, at+"/cap/of", faults)
		checkRate(b.Cap.Rate, at+"/cap/rate", faults)
	}
	checkTax(b.Tax, at+"/tax", faults)
}

// checkBands checks that bands, in any order, follow one another without a hole or
// an overlap, from no lower end to no upper one.
func checkBands(bands []Band, at string, faults *Errors) {
	if len(bands) == 0 {
		return
	}
	order := make([]int, len(bands))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(i, j int) int { return comparePercent(bands[i].From, bands[j].From) })
	for k, i := range order {
		b := bands[i]
		place := fmt.Sprintf("%s/%d", at, i)
		switch {
		case b.From != nil && b.Below != nil && b.From.Compare(*b.Below) >= 0:
			faults.add(place, ErrInvalid, "from %v below %v holds nothing", b.From, b.Below)
		case k == 0 && b.From != nil:
			faults.add(place, ErrConflict, "no band holds what is below %v", b.From)
		case k == 0:
		case bands[order[k-1]].Below == nil || b.From == nil:
			faults.add(place, ErrConflict, "overlaps band %d", order[k-1])
		case bands[order[k-1]].Below.Compare(*b.From) < 0:
			faults.add(place, ErrConflict, "no band holds from %v below %v", bands[order[k-1]].Below, b.From)
		case bands[order[k-1]].Below.Compare(*b.From) > 0:
			faults.add(place, ErrConflict, "overlaps band %d from %v below %v", order[k-1], b.From, bands[order[k-1]].Below)
		}
	}
	if last := bands[order[len(order)-1]]; last.Below != nil {
		faults.add(at, ErrConflict, "no band holds from %v on", last.Below)
	}
}

// comparePercent orders percentages, one that is not there before all others.
func comparePercent(a, b *Percent) int {
	switch {
	case a == nil && b == nil:
		return 0
	case a == nil:
		return -1
	case b == nil:
		return +1
	}
	return a.Compare(*b)
}
