package contract

import (
	"fmt"
	"slices"

	"github.com/cfd16870/contract/internal/exact"
	"github.com/cfd16870/contract/proof"
)

// A lateRule is the charge for late payment in one version, or one that the caller
// declares.
type lateRule struct {
	clause   LatePaymentClause
	times    figure
	series   *Series // of a reference rate
	signed   Date
	periods  *periodRule
	rounding roundingRule
	source   source
}

// charges reports whether the clause charges a side that pays late.
func (c *LatePaymentClause) charges(debtor Role) bool {
	return c.By == debtor || c.By == Either || c.By == Both
}

// A stretch of days is charged at one rate: those after the first day, through the
// second.
type chargedDays struct {
	after, through told[Date]
	base           figure // the sum that is late
	rate           figure // a percentage a day, or a year
	row            int    // of the publication that gives it
}

// postponed is the day after which a debt is late: its due date, or the end of the
// days of grace where they postpone it.
func (r *lateRule) postponed(k *calc, due told[Date]) told[Date] {
	if r.clause.Grace == GracePostponement {
		return r.graceEnd(k, due)
	}
	return due
}

func (r *lateRule) graceEnd(k *calc, due told[Date]) told[Date] {
	return k.after("end of grace", r.source.clause, due, k.termSpan("grace", r.clause.GraceFor, r.source, "/graceFor"), r.periods)
}

// begins is the day after which days are charged of a debt that is late after
// another: that day, or the one before it.
func (r *lateRule) begins(k *calc, late told[Date]) told[Date] {
	if r.clause.FirstDay == LateFromDueDay {
		return k.before("day before the first charged", r.source.clause, late, k.termSpan("first day charged", Span{1, UnitDays}, r.source, "/firstDay"), r.periods)
	}
	return late
}

// ends is the last day that is charged for what is paid, or still owed, on a day.
func (r *lateRule) ends(k *calc, day told[Date]) told[Date] {
	if r.clause.LastDay == LateThroughDayBefore {
		return k.before("last day charged", r.source.clause, day, k.termSpan("last day charged", Span{1, UnitDays}, r.source, "/lastDay"), r.periods)
	}
	return day
}

// rateOf is the rate of the first day after another, a day or a year, of a debt that
// is late after some day.
func (r *lateRule) rateOf(k *calc, after, late told[Date]) (rate figure, row int) {
	clause := r.source.clause
	switch r.clause.Charge {
	case LateDailyRate:
		return k.term("daily rate", percentFigure(*r.clause.Rate), r.source, "/rate"), 0
	case LateAnnualRate:
		return k.term("annual rate", percentFigure(*r.clause.Rate), r.source, "/rate"), 0
	}
	ref := r.clause.Reference
	var on told[Date]
	switch ref.Reset {
	case ResetEachDay:
		on = k.next("day of the rate", clause, after)
	case ResetAtBreach:
		on = k.next("first day late", clause, late)
	case ResetAtSigning:
		on = k.termDate("signing", r.signed, source{in: "document"}, "/signed")
	case ResetHalfYearBefore:
		on = k.halfYearBefore(late)
	}
	rate, row = k.rate("reference rate", r.series, on)
	if ref.Times != "" {
		rate = k.mul("reference rate", clause, rate, k.term("multiple", r.times, r.source, "/reference/times"))
	}
	if ref.Plus != nil {
		rate = k.add("reference rate", clause, rate, k.term("points", percentFigure(*ref.Plus), r.source, "/reference/plus"))
	}
	return rate, row
}

// halfYearBefore is the last 30 June or 31 December before the first day late, the one
// that follows a day.
func (k *calc) halfYearBefore(after told[Date]) told[Date] {
	if k.err != nil {
		return told[Date]{}
	}
	late := after.v.AddDays(1)
	y, m, _ := late.Date()
	d := civil(y, 6, 30)
	if m <= 6 {
		d = civil(y, 1, 1).AddDays(-1)
	}
	t := told[Date]{v: d}
	if !d.IsValid() {
		k.fail(fmt.Errorf("no half-year ends before %v: %w", late, ErrRange))
		return told[Date]{}
	}
	if k.tells() {
		t.at = k.w.put(proof.Step{Op: proof.Rule, Name: "end of the half-year before", Value: dateValue(d),
			Source: &proof.Source{In: "half-year before " + late.String()}})
	}
	return t
}

// stretches are days on which a sum was late, cut where the rate changes, of a debt
// that is late after some day.
func (r *lateRule) stretches(k *calc, s lateStretch, late told[Date]) []chargedDays {
	var cuts []Date
	if r.clause.Charge == LateReferenceRate && r.clause.Reference.Reset == ResetEachDay {
		cuts = r.series.changes(s.after.v.AddDays(1), s.through.v)
	}
	var list []chargedDays
	for at := s.after; k.err == nil; {
		end := s.through
		rate, row := r.rateOf(k, at, late)
		if len(cuts) > 0 {
			// The new rate is that of its own day: the stretch ends on the day before.
			end = k.dayBefore("day before the rate changes", cuts[0], r.series)
			cuts = cuts[1:]
		}
		list = append(list, chargedDays{at, end, s.base, rate, row})
		if end.v == s.through.v {
			break
		}
		at = end
	}
	return list
}

// dayBefore is the day before a publication.
func (k *calc) dayBefore(name string, published Date, s *Series) told[Date] {
	d := told[Date]{v: published.AddDays(-1)}
	if k.tells() {
		on := k.w.put(proof.Step{Op: proof.Rule, Name: "published", Value: dateValue(published), Source: &proof.Source{In: s.source, At: published.String()}})
		one := k.lawSpan("day before", Span{1, UnitDays}, "the day before", "")
		d.at = k.w.derive(proof.Before, name, dateValue(d.v), "", on, one.at)
	}
	return d
}

// accrued is what the stretches come to: exact, not rounded and not capped. payments
// are those that met the debt before, none of which may lie inside a stretch.
func (r *lateRule) accrued(k *calc, list []chargedDays, payments []int) (sum figure, perDay []figure) {
	clause := r.source.clause
	var products []figure
	var rows []int
	for _, s := range list {
		days := k.days(k.between("days late", clause, s.after, s.through))
		daily := k.mul("a day", clause, s.base, s.rate)
		product := k.mul("late charge", clause, s.base, s.rate, days)
		if r.clause.Charge != LateDailyRate {
			basis := k.basis(r)
			daily = k.div("a day", clause, daily, basis)
			product = k.div("late charge", clause, product, basis)
		}
		products, perDay = append(products, product), append(perDay, daily)
		if s.row != 0 && r.clause.Reference.Reset == ResetEachDay && !slices.Contains(rows, s.row) {
			rows = append(rows, s.row)
		}
	}
	return k.accrue("late charge", clause, list[0].after, list[len(list)-1].through, products, append(rows, payments...)), perDay
}

// basis is the days of a year by which a rate a year is counted.
func (k *calc) basis(r *lateRule) figure {
	days := int64(365)
	if r.clause.DayCount == Actual360 {
		days = 360
	}
	return k.law("basis", numberFigure(exact.New(days)), string(r.clause.DayCount), "")
}

// accrue adds products up, each of a stretch of days; the stretches join.
func (k *calc) accrue(name, clause string, from, to told[Date], products []figure, rows []int) figure {
	if k.err != nil || len(products) == 0 {
		return figure{}
	}
	sum := products[0]
	for _, p := range products[1:] {
		if !k.like(sum, p) {
			return figure{}
		}
		sum.n = sum.n.Add(p.n)
	}
	sum.at = k.derive(proof.Accrue, name, sum.value, clause, append(append([]int{from.at, to.at}, steps(products)...), rows...)...)
	return sum
}

// capDay is the day through which what accrues reaches what is left under the cap.
func (k *calc) capDay(clause string, left figure, list []chargedDays, perDay []figure) told[Date] {
	up := k.lawWord("rounding", string(RoundUp), "the first day through which it is reached", "")
	for i, s := range list {
		days := k.days(k.between("days late", clause, s.after, s.through))
		whole := k.mul("late charge", clause, perDay[i], days)
		if k.err != nil || perDay[i].n.IsZero() {
			return told[Date]{}
		}
		if whole.n.Cmp(left.n) < 0 { // not in this stretch
			left = k.sub("left under the cap", clause, left, whole)
			continue
		}
		n := k.whole("days to the cap", clause, k.div("days to the cap", clause, left, perDay[i]), up)
		if n.n.IsZero() { // a cap of 0, or one reached by rounding: the first charged day reaches it
			n = k.atLeast("days to the cap", clause, n, k.law("one", numberFigure(exact.New(1)), "the first charged day", ""))
		}
		count, _ := n.n.Int64()
		d := told[Date]{v: s.after.v.AddDays(int(count))}
		d.at = k.derive(proof.After, "day the cap is reached", func() proof.Value { return dateValue(d.v) }, clause, s.after.at, n.at)
		return d
	}
	return told[Date]{}
}

// Declared is what the caller declares for a contract that is silent on late
// payment: a statute, or a clause that was agreed elsewhere. Nothing of it applies
// beside a clause of the document.
type Declared struct {
	Statute Statute
	Above   Percent            // of SaleInterpretation18: 30% to 50% on top of the prime rate
	Clause  *LatePaymentClause // an agreed clause, where no statute is declared
}
