package contract

import (
	"fmt"
	"slices"
	"time"

	"github.com/cfd16870/contract/internal/exact"
	"github.com/cfd16870/contract/proof"
)

// Money runs through a calculator that computes and tells in one call, so that a
// figure and its working cannot drift apart. The same code answers the question
// and explains it: with a calc that tells, or with one that does not.
//
// Nothing outside decides by a value of the contract: what is chosen is an
// operation over all that it is chosen from.

// A calc computes. The zero calc tells nothing; one from newCalc writes each step
// down. The first error stays, and what follows it computes nothing.
type calc struct {
	w   *recorder
	err error
}

// newCalc returns a calc that tells.
func newCalc(about string) *calc { return &calc{w: newRecorder(about)} }

// tells reports whether steps are to be written down.
func (k *calc) tells() bool { return k.w != nil && k.err == nil }

func (k *calc) fail(err error) {
	if k.err == nil {
		k.err = err
	}
}

// working is what was told up to a step, without what that step does not rest on.
func (k *calc) working(last int) *proof.Working {
	if k.w == nil || k.err != nil || last == 0 {
		return new(proof.Working)
	}
	k.w.trim(last)
	return k.w.done()
}

// explained runs a calculation a second time, to tell it: the same code that gave
// the figure.
func explained(about string, tell func(*calc) int) *proof.Working {
	if tell == nil {
		return new(proof.Working)
	}
	k := newCalc(about)
	return k.working(tell(k))
}

// A quantity is what a figure counts.
type quantity uint8

const (
	plain   quantity = iota // a number
	percent                 // of something
	money                   // in a currency
	elapsed                 // nanoseconds
)

// A figure is a number on its way: exact, with the step that told it.
type figure struct {
	n    exact.Num // of a percent, its number of percent
	what quantity
	cur  [3]byte // of money
	at   int
}

// told is any other value on its way.
type told[T any] struct {
	v  T
	at int
}

func moneyFigure(m Money) figure      { return figure{n: m.n, what: money, cur: m.cur} }
func percentFigure(p Percent) figure  { return figure{n: p.n, what: percent} }
func numberFigure(n exact.Num) figure { return figure{n: n} }

func elapsedFigure(d time.Duration) figure { return figure{n: exact.New(int64(d)), what: elapsed} }

func (f figure) money() Money     { return Money{n: f.n, cur: f.cur} }
func (f figure) percent() Percent { return Percent{n: f.n, stated: true} }

// rounded is money as a result tells it beside an amount: the amount itself is
// computed from the figure, and so this is no step of it.
func (f figure) rounded(r roundingRule) Money {
	mode, err := r.mode.exact()
	if err != nil || f.what != money {
		return f.money()
	}
	n, err := f.n.RoundToMultiple(r.to.n, mode)
	if err != nil {
		return f.money()
	}
	return Money{n: n, cur: f.cur}
}

// value is the figure as a working spells it.
func (f figure) value() proof.Value {
	switch f.what {
	case percent:
		return proof.PercentOf(f.n.Rat())
	case money:
		return proof.MoneyOf(f.n.Rat(), string(f.cur[:]))
	case elapsed:
		ns, _ := f.n.Int64()
		return proof.ElapsedOf(time.Duration(ns))
	}
	return proof.NumberOf(f.n.Rat())
}

// hundredths is the figure as a factor.
func (f figure) hundredths() exact.Num {
	if f.what == percent {
		return f.n.Mul(exact.FromDecimal(1, -2))
	}
	return f.n
}

// Premises. Each takes a value, says where it stands, and gives it back told.

// fact quotes a figure of a record.
func (k *calc) fact(name string, f figure, in, at string) figure {
	if k.tells() {
		f.at = k.w.fact(name, f.value(), in, at)
	}
	return f
}

// term quotes a figure of the document.
func (k *calc) term(name string, f figure, s source, key string) figure {
	if k.tells() {
		f.at = k.w.term(name, f.value(), s, key)
	}
	return f
}

// law quotes a figure of a statute or of this library's specification.
func (k *calc) law(name string, f figure, in, at string) figure {
	if k.tells() {
		f.at = k.w.put(proof.Step{Op: proof.Rule, Name: name, Value: f.value(), Source: &proof.Source{In: in, At: at}})
	}
	return f
}

// factDate and termDate quote a day.
func (k *calc) factDate(name string, d Date, in, at string) told[Date] {
	t := told[Date]{v: d}
	if k.tells() {
		t.at = k.w.fact(name, dateValue(d), in, at)
	}
	return t
}

func (k *calc) termDate(name string, d Date, s source, key string) told[Date] {
	t := told[Date]{v: d}
	if k.tells() {
		t.at = k.w.term(name, dateValue(d), s, key)
	}
	return t
}

// factInstant quotes an instant of a record, in the zone of the contract.
func (k *calc) factInstant(name string, t time.Time, in, at string) told[time.Time] {
	v := told[time.Time]{v: t}
	if k.tells() {
		v.at = k.w.fact(name, proof.InstantOf(t), in, at)
	}
	return v
}

// termSpan quotes a span of days, weeks, months or years, or of time.
func (k *calc) termSpan(name string, s Span, src source, key string) told[Span] {
	t := told[Span]{v: s}
	if k.tells() {
		t.at = k.w.term(name, spanValue(s), src, key)
	}
	return t
}

// lawSpan quotes a span of a statute.
func (k *calc) lawSpan(name string, s Span, in, at string) told[Span] {
	t := told[Span]{v: s}
	if k.tells() {
		t.at = k.w.put(proof.Step{Op: proof.Rule, Name: name, Value: spanValue(s), Source: &proof.Source{In: in, At: at}})
	}
	return t
}

// termWord quotes a choice of the document.
func (k *calc) termWord(name, word string, s source, key string) told[string] {
	t := told[string]{v: word}
	if k.tells() {
		t.at = k.w.term(name, proof.WordOf(word), s, key)
	}
	return t
}

// factWord quotes a word of a record.
func (k *calc) factWord(name, word, in, at string) told[string] {
	t := told[string]{v: word}
	if k.tells() {
		t.at = k.w.fact(name, proof.WordOf(word), in, at)
	}
	return t
}

// spanValue spells a span for a working: of time as elapsed, of working days as
// their number, of other days, months and years as such.
func spanValue(s Span) proof.Value {
	if d, ok := s.Duration(); ok {
		return proof.ElapsedOf(d)
	}
	if s.unit == UnitWorkingDays {
		return proof.DaysOf(int(s.n))
	}
	return proof.SpanOf(s.String())
}

// derive writes a step down, or nothing.
func (k *calc) derive(op proof.Op, name string, v func() proof.Value, clause string, args ...int) int {
	if !k.tells() {
		return 0
	}
	return k.w.derive(op, name, v(), clause, args...)
}

func steps(list []figure) []int {
	at := make([]int, len(list))
	for i, f := range list {
		at[i] = f.at
	}
	return at
}

// told writes down how a figure came about.
func (k *calc) told(op proof.Op, name, clause string, f figure, args ...figure) figure {
	if k.tells() {
		f.at = k.w.derive(op, name, f.value(), clause, steps(args)...)
	}
	return f
}

// like reports that two figures do not add: a fault of the caller, who has one
// document with one currency, or of a record in another.
func (k *calc) like(f, g figure) bool {
	switch {
	case k.err != nil:
		return false
	case f.what != g.what:
		k.fail(fmt.Errorf("%v and %v are not of one kind: %w", f.value().Text, g.value().Text, ErrInvalid))
		return false
	case f.cur != g.cur:
		k.fail(fmt.Errorf("%v and %v: %w", f.money(), g.money(), ErrCurrency))
		return false
	}
	return true
}

// add is the sum of one figure or more.
func (k *calc) add(name, clause string, list ...figure) figure {
	if k.err != nil || len(list) == 0 {
		return figure{}
	}
	sum := list[0]
	for _, f := range list[1:] {
		if !k.like(sum, f) {
			return figure{}
		}
		sum.n = sum.n.Add(f.n)
	}
	if len(list) == 1 {
		return sum // a sum of one is that one
	}
	return k.told(proof.Add, name, clause, sum, list...)
}

func (k *calc) sub(name, clause string, f, g figure) figure {
	if !k.like(f, g) {
		return figure{}
	}
	d := f
	d.n = f.n.Sub(g.n)
	return k.told(proof.Sub, name, clause, d, f, g)
}

// mul is a product: money if a factor is, a percentage if one factor is and none
// is money.
func (k *calc) mul(name, clause string, list ...figure) figure {
	if k.err != nil {
		return figure{}
	}
	var p figure
	percents := 0
	for _, f := range list {
		switch {
		case f.what == money && p.what == money:
			k.fail(fmt.Errorf("%v times %v: money is not multiplied by money: %w", p.money(), f.money(), ErrInvalid))
			return figure{}
		case f.what == money:
			p.what, p.cur = money, f.cur
		case f.what == percent:
			percents++
		}
	}
	p.n = exact.New(1)
	for _, f := range list {
		p.n = p.n.Mul(f.hundredths())
	}
	if p.what != money && percents == 1 {
		p.what = percent
		p.n = p.n.Mul(exact.New(100))
	} else if p.what != money && percents > 1 {
		k.fail(fmt.Errorf("a percentage of a percentage: %w", ErrInvalid))
		return figure{}
	}
	return k.told(proof.Mul, name, clause, p, list...)
}

// div is a quotient: a number where both are of one kind, else of the kind of f.
func (k *calc) div(name, clause string, f, g figure) figure {
	if k.err != nil {
		return figure{}
	}
	q := f
	by := g.n
	switch {
	case f.what == g.what && f.cur == g.cur:
		q.what, q.cur = plain, [3]byte{}
	case g.what == money, f.what == elapsed, g.what == elapsed:
		k.fail(fmt.Errorf("%v divided by %v: %w", f.value().Text, g.value().Text, ErrInvalid))
		return figure{}
	default:
		by = g.hundredths()
	}
	var err error
	if q.n, err = f.n.Div(by); err != nil {
		k.fail(err)
		return figure{}
	}
	return k.told(proof.Div, name, clause, q, f, g)
}

// atMost is f, or the cap where f is above it; whether the cap is reached is told
// as well, also where it is not.
func (k *calc) atMost(name, clause string, f, cap figure) figure {
	if !k.like(f, cap) {
		return figure{}
	}
	m, mark := f, proof.CapNotReached
	if f.n.Cmp(cap.n) >= 0 {
		m, mark = cap, proof.CapReached
	}
	return k.marked(proof.Min, name, clause, m, mark, f, cap)
}

// atLeast is f, or the minimum where f is below it.
func (k *calc) atLeast(name, clause string, f, least figure) figure {
	if !k.like(f, least) {
		return figure{}
	}
	m, mark := f, proof.MinimumNotNeeded
	if f.n.Cmp(least.n) < 0 {
		m, mark = least, proof.MinimumApplies
	}
	return k.marked(proof.Max, name, clause, m, mark, f, least)
}

func (k *calc) marked(op proof.Op, name, clause string, f figure, mark proof.Mark, args ...figure) figure {
	if k.tells() {
		f.at = k.w.put(proof.Step{Op: op, Args: steps(args), Name: name, Value: f.value(), Clause: clause, Mark: mark})
	}
	return f
}

// least is the smaller of two figures, neither of which is a cap.
func (k *calc) least(name, clause string, f, g figure) figure {
	if !k.like(f, g) {
		return figure{}
	}
	m := f
	if g.n.Cmp(f.n) < 0 {
		m = g
	}
	return k.told(proof.Min, name, clause, m, f, g)
}

// greatest is the largest of several figures.
func (k *calc) greatest(name, clause string, list ...figure) figure {
	if k.err != nil || len(list) == 0 {
		return figure{}
	}
	m := list[0]
	for _, f := range list[1:] {
		if !k.like(m, f) {
			return figure{}
		}
		if f.n.Cmp(m.n) > 0 {
			m = f
		}
	}
	return k.told(proof.Max, name, clause, m, list...)
}

// A roundingRule is a rounding of the document, or one that a clause implies.
type roundingRule struct {
	mode   Rounding
	to     Money
	source source // of the clause: /rounding
}

// rounding reads a rounding clause.
func (r *RoundingClause) rule(src source) roundingRule {
	return roundingRule{r.Mode, *r.To, src}
}

// round takes money to a multiple of the unit. Every rounding is a step.
func (k *calc) round(name, clause string, f figure, r roundingRule) figure {
	mode := k.mode(r.mode)
	if k.err != nil {
		return figure{}
	}
	to := k.term("rounded to", moneyFigure(r.to), r.source, "/to")
	if !k.like(f, to) {
		return figure{}
	}
	word := k.termWord("rounding", string(r.mode), r.source, "/mode")
	g := f
	var err error
	if g.n, err = f.n.RoundToMultiple(r.to.n, mode); err != nil {
		k.fail(err)
		return figure{}
	}
	g.at = k.derive(proof.Round, name, g.value, clause, f.at, to.at, word.at)
	return g
}

// roundUp takes elapsed time up to a multiple of a unit.
func (k *calc) roundUp(name, clause string, f, unit figure, why string) figure {
	return k.roundTime(name, clause, f, unit, k.lawWord("rounding", string(RoundUp), why, ""))
}

// roundTime takes elapsed time to a multiple of a unit.
func (k *calc) roundTime(name, clause string, f, unit figure, word told[string]) figure {
	mode := k.mode(Rounding(word.v))
	if !k.like(f, unit) {
		return figure{}
	}
	g := f
	var err error
	if g.n, err = f.n.RoundToMultiple(unit.n, mode); err != nil {
		k.fail(err)
		return figure{}
	}
	g.at = k.derive(proof.Round, name, g.value, clause, f.at, unit.at, word.at)
	return g
}

// whole takes a number or a percentage to a whole one; where names the rule.
func (k *calc) whole(name, clause string, f figure, mode told[string]) figure {
	m := k.mode(Rounding(mode.v))
	if k.err != nil {
		return figure{}
	}
	places := k.law("decimal places", figure{}, "whole units", "")
	g := f
	var err error
	if g.n, err = f.n.Round(0, m); err != nil {
		k.fail(err)
		return figure{}
	}
	g.at = k.derive(proof.Round, name, g.value, clause, f.at, places.at, mode.at)
	return g
}

func (k *calc) mode(r Rounding) exact.Mode {
	m, err := r.exact()
	if err != nil {
		k.fail(err)
	}
	return m
}

// lawWord quotes a word of this library's specification or of a statute.
func (k *calc) lawWord(name, word, in, at string) told[string] {
	t := told[string]{v: word}
	if k.tells() {
		t.at = k.w.put(proof.Step{Op: proof.Rule, Name: name, Value: proof.WordOf(word), Source: &proof.Source{In: in, At: at}})
	}
	return t
}

// parts are the parts of money shared by weights: see [Money.Split].
func (k *calc) parts(name, clause string, whole figure, weights []figure) []figure {
	if k.err != nil {
		return nil
	}
	list, at := make([]exact.Num, len(weights)), make([]int, 2, 2+len(weights))
	for i, w := range weights {
		list[i] = w.n
	}
	shares, err := split(whole.money(), list)
	if err != nil {
		k.fail(err)
		return nil
	}
	at[0] = whole.at
	at = append(at, steps(weights)...)
	parts := make([]figure, len(shares))
	for i, s := range shares {
		parts[i] = moneyFigure(s)
		if k.tells() {
			at[1] = k.law("part", numberFigure(exact.New(int64(i+1))), "largest remainder", "").at
			parts[i].at = k.w.derive(proof.Split, name, parts[i].value(), clause, slices.Clone(at)...)
		}
	}
	return parts
}

// moreThan reports whether a figure is above another.
func (k *calc) moreThan(name, clause string, f, g figure) told[bool] {
	if !k.like(f, g) {
		return told[bool]{}
	}
	t := told[bool]{v: f.n.Cmp(g.n) > 0}
	t.at = k.derive(proof.MoreThan, name, func() proof.Value { return proof.TruthOf(t.v) }, clause, f.at, g.at)
	return t
}

// reaches reports whether a figure is another or above it.
func (k *calc) reaches(name, clause string, f, g figure) told[bool] {
	if !k.like(f, g) {
		return told[bool]{}
	}
	t := told[bool]{v: f.n.Cmp(g.n) >= 0}
	t.at = k.derive(proof.AtLeast, name, func() proof.Value { return proof.TruthOf(t.v) }, clause, f.at, g.at)
	return t
}

// choose is f if the condition holds, else g.
func (k *calc) choose(name, clause string, cond told[bool], f, g figure) figure {
	if !k.like(f, g) {
		return figure{}
	}
	c := g
	if cond.v {
		c = f
	}
	c.at = k.derive(proof.Choose, name, c.value, clause, cond.at, f.at, g.at)
	return c
}

// A bandRow is a band as a table has it: half-open, nil for no end.
type bandRow struct {
	from, below *figure
	gives       figure
}

// band finds the band that holds a figure, among all of them in ascending order.
// The rows stand in the document under key, one after the other in the order of at.
func (k *calc) band(name, clause string, f figure, rows []bandRow, src source, key func(i int) string) figure {
	if k.err != nil {
		return figure{}
	}
	args := []int{f.at}
	var found *figure
	for i := range rows {
		r := &rows[i]
		if k.tells() {
			args = append(args, k.w.term("band", r.value(), src, key(i)))
		}
		if (r.from == nil || f.n.Cmp(r.from.n) >= 0) && (r.below == nil || f.n.Cmp(r.below.n) < 0) {
			found = &r.gives
		}
	}
	if found == nil {
		k.fail(fmt.Errorf("no band holds %s: %w", f.value().Text, ErrInvalid)) // Compile refuses holes
		return figure{}
	}
	g := *found
	g.at = k.derive(proof.Find, name, g.value, clause, args...)
	return g
}

func (r *bandRow) value() proof.Value {
	var from, below proof.Value
	if r.from != nil {
		from = r.from.value()
	}
	if r.below != nil {
		below = r.below.value()
	}
	return proof.BandOf(from, below, r.gives.value())
}

// Days and dates.

// days is a number of days as a figure.
func (k *calc) days(t told[int]) figure { return figure{n: exact.New(int64(t.v)), at: t.at} }

// between is the days from a to b.
func (k *calc) between(name, clause string, a, b told[Date]) told[int] {
	if k.err != nil {
		return told[int]{}
	}
	n := told[int]{v: b.v.Sub(a.v)}
	n.at = k.derive(proof.Between, name, func() proof.Value { return proof.DaysOf(n.v) }, clause, a.at, b.at)
	return n
}

// latest and earliest are the last and first of several days.
func (k *calc) latest(name, clause string, list ...told[Date]) told[Date] {
	return k.ofDates(proof.Max, name, clause, list, Date.After)
}

func (k *calc) earliest(name, clause string, list ...told[Date]) told[Date] {
	return k.ofDates(proof.Min, name, clause, list, Date.Before)
}

func (k *calc) ofDates(op proof.Op, name, clause string, list []told[Date], better func(a, b Date) bool) told[Date] {
	if k.err != nil || len(list) == 0 {
		return told[Date]{}
	}
	best := list[0]
	args := make([]int, len(list))
	for i, d := range list {
		args[i] = d.at
		if better(d.v, best.v) {
			best = d
		}
	}
	if len(list) == 1 {
		return best
	}
	best.at = k.derive(op, name, func() proof.Value { return dateValue(best.v) }, clause, args...)
	return best
}

// isAfter reports whether a day is after another.
func (k *calc) isAfter(name, clause string, a, b told[Date]) told[bool] {
	if k.err != nil {
		return told[bool]{}
	}
	t := told[bool]{v: a.v.After(b.v)}
	t.at = k.derive(proof.MoreThan, name, func() proof.Value { return proof.TruthOf(t.v) }, clause, a.at, b.at)
	return t
}

// notBefore reports whether a day is another or after it.
func (k *calc) notBefore(name, clause string, a, b told[Date]) told[bool] {
	if k.err != nil {
		return told[bool]{}
	}
	t := told[bool]{v: !a.v.Before(b.v)}
	t.at = k.derive(proof.AtLeast, name, func() proof.Value { return proof.TruthOf(t.v) }, clause, a.at, b.at)
	return t
}

// chooseDate is a if the condition holds, else b.
func (k *calc) chooseDate(name, clause string, cond told[bool], a, b told[Date]) told[Date] {
	return chosen(k, name, clause, cond, a, b, dateValue)
}

// chosen is a if the condition holds, else b, of any kind of value.
func chosen[T any](k *calc, name, clause string, cond told[bool], a, b told[T], value func(T) proof.Value) told[T] {
	if k.err != nil {
		return told[T]{}
	}
	c := b
	if cond.v {
		c = a
	}
	c.at = k.derive(proof.Choose, name, func() proof.Value { return value(c.v) }, clause, cond.at, a.at, b.at)
	return c
}
