package contract

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/shopspring/decimal"

	"github.com/cfd16870/contract/internal/exact"
	"github.com/cfd16870/contract/proof"
)

// A FlatUse is a flat item billed for some days.
type FlatUse struct {
	Source, Item string
	Period       Period
}

// A Usage is what was used of an item that charges by the unit or by a share.
type Usage struct {
	Source, ID, Item string
	On               Date
	Quantity         decimal.Decimal
	Amount           Money             // the list price of one, of an item that charges a share of it
	Keys             map[string]string // by which factors are found: fault class: serious
	Recorded         time.Time         // when it became known; the zero time: at once
}

// A Work is one visit: the time worked is half-open, and runs on the clock. An item
// that charges by the visit charges each as one, however long it took. A visit is
// charged by the terms of the day on which it began.
type Work struct {
	Source, ID, Item string
	From, To         time.Time
	Keys             map[string]string
	Recorded         time.Time
}

// feesRules are the rate card of one version.
type feesRules struct {
	clause     FeesClause
	items      map[string]*itemRule
	payments   []*paymentRule
	adjustment *adjustmentRule // nil where the document has none
	law        Law
	source     source
}

// An itemRule is one line of the rate card in one version.
type itemRule struct {
	name     string
	clause   ItemClause
	factors  []*factorRule
	rounding roundingRule
	source   source
}

// A factorRule is a table of factors.
type factorRule struct {
	name   string
	clause FactorClause
	cells  []factorCell // in the order of their keys
	hours  *Schedule
	days   *WorkingDays
	source source
}

type factorCell struct {
	keys   []string
	factor exact.Num
	key    string // where it stands in the clause: /table/serious/low
}

// byTime reports whether the table is one of time bands.
func (f *factorRule) byTime() bool { return len(f.clause.By) == 1 && f.clause.By[0] == ByTime }

// entry finds the factor for some words: one of all cells.
func (f *factorRule) entry(k *calc, words []told[string]) figure {
	if k.err != nil {
		return figure{}
	}
	want := make([]string, len(words))
	args := make([]int, len(words))
	for i, w := range words {
		want[i], args[i] = w.v, w.at
	}
	var found *factorCell
	for i := range f.cells {
		c := &f.cells[i]
		if slices.Equal(c.keys, want) {
			found = c
		}
		if k.tells() {
			args = append(args, k.w.term("factor", proof.CellOf(c.keys, numberFigure(c.factor).value()), f.source, c.key))
		}
	}
	if found == nil {
		have := make([]string, len(f.cells))
		for i, c := range f.cells {
			have[i] = strings.Join(c.keys, " and ")
		}
		k.fail(&Error{Pointer: f.source.pointer, Clause: f.source.clause, Kind: ErrUnknown,
			Msg: fmt.Sprintf("%s has no entry for %s; have %s", f.name, strings.Join(want, " and "), strings.Join(have, ", "))})
		return figure{}
	}
	g := numberFigure(found.factor)
	g.at = k.derive(proof.Entry, "factor", g.value, f.source.clause, args...)
	return g
}

// byKeys finds the factor of a table by the keys of a record.
func (f *factorRule) byKeys(k *calc, source, id string, keys map[string]string) figure {
	words := make([]told[string], len(f.clause.By))
	for i, by := range f.clause.By {
		word, ok := keys[by]
		if !ok {
			k.fail(&Error{In: source, Pointer: "keys", Clause: f.source.clause, Kind: ErrRequired,
				Msg: fmt.Sprintf("%s is charged by %s, and the record does not say its %q", cmp.Or(id, "it"), f.name, by)})
			return figure{}
		}
		words[i] = k.factWord(by, word, source, "keys")
	}
	g := f.entry(k, words)
	k.lies(source)
	return g
}

// lies says in which record an error lies, unless it does.
func (k *calc) lies(source string) {
	if e, ok := k.err.(*Error); ok && e.In == "" {
		e.In = source
	}
}

// stack makes one factor of several.
func (r *itemRule) stack(k *calc, list []figure) figure {
	if len(list) == 1 {
		return list[0]
	}
	clause := r.source.clause
	switch r.clause.Stacking {
	case StackMultiply:
		return k.mul("factor", clause, list...)
	case StackHighest:
		return k.greatest("factor", clause, list...)
	}
	less := k.law("less one for each further", numberFigure(exact.New(int64(len(list)-1))), "surcharges add", "")
	return k.sub("factor", clause, k.add("sum of factors", clause, list...), less)
}

// unknownKeys reports keys of a record that no table of the item asks for.
func (r *itemRule) unknownKeys(k *calc, source string, keys map[string]string) {
	var known []string
	for _, f := range r.factors {
		if !f.byTime() {
			known = append(known, f.clause.By...)
		}
	}
	for _, key := range slices.Sorted(maps.Keys(keys)) {
		if !slices.Contains(known, key) {
			k.fail(&Error{In: source, Pointer: "keys", Clause: r.source.clause, Kind: ErrUnknown, Msg: fmt.Sprintf("no factor of %s goes by %q; %s", r.name, clip(key), have(known))})
			return
		}
	}
}

// use charges what was used.
func (r *itemRule) use(k *calc, u Usage) figure {
	if r.clause.Charge != ChargeUnit && r.clause.Charge != ChargeShare {
		k.fail(&Error{In: u.Source, Pointer: "item", Clause: r.source.clause, Kind: ErrInvalid, Msg: fmt.Sprintf("%s charges %s, and not by what was used", r.name, r.clause.Charge)})
		return figure{}
	}
	n, err := numberOf(u.Quantity)
	if err != nil {
		k.fail(&Error{In: u.Source, Pointer: "quantity", Kind: kindOf(err), Msg: err.Error(), Cause: err})
		return figure{}
	}
	clause := r.source.clause
	r.unknownKeys(k, u.Source, u.Keys)
	quantity := k.fact("quantity", numberFigure(n), u.Source, "quantity")
	factors := []figure{quantity}
	for _, f := range r.factors {
		factors = append(factors, f.byKeys(k, u.Source, u.ID, u.Keys))
	}
	if len(factors) > 2 {
		factors = []figure{quantity, r.stack(k, factors[1:])}
	}
	switch r.clause.Charge {
	case ChargeUnit:
		factors = append(factors, k.term("price", moneyFigure(*r.clause.Price), r.source, "/price"))
	case ChargeShare:
		if u.Amount.Currency() == "" {
			k.fail(&Error{In: u.Source, Pointer: "amount", Clause: clause, Kind: ErrRequired, Msg: fmt.Sprintf("%s charges a share of the %s, which the record does not say", r.name, r.clause.Of)})
			return figure{}
		}
		factors = append(factors, k.fact(string(r.clause.Of), moneyFigure(u.Amount), u.Source, "amount"), k.term("rate", percentFigure(*r.clause.Rate), r.source, "/rate"))
	}
	return k.round("line amount", clause, k.mul("amount", clause, factors...), r.rounding)
}

// work charges the time of a visit: rounded up and at least the minimum as a
// whole, each band by its own factor. What rounding adds lies in the band in which
// the work ended.
func (r *itemRule) work(k *calc, w Work, zone *time.Location) figure {
	clause := r.source.clause
	visit := r.clause.Charge == ChargeUnit && r.clause.Per == PerVisit
	switch {
	case r.clause.Charge != ChargeTime && !visit:
		k.fail(&Error{In: w.Source, Pointer: "item", Clause: clause, Kind: ErrInvalid, Msg: fmt.Sprintf("%s charges %s, and not by time", r.name, r.clause.Charge)})
	case !w.From.Before(w.To):
		k.fail(&Error{In: w.Source, Pointer: "to", Kind: ErrConflict, Msg: fmt.Sprintf("work from %s to %s takes no time", stamp(w.From), stamp(w.To))})
	case w.To.Sub(w.From) > mostWork:
		k.fail(&Error{In: w.Source, Pointer: "to", Kind: ErrLimit, Msg: fmt.Sprintf("work of %v; one visit takes at most %v", w.To.Sub(w.From), mostWork)})
	}
	r.unknownKeys(k, w.Source, w.Keys)
	if k.err != nil {
		return figure{}
	}
	if visit {
		var factors []figure
		for _, f := range r.factors {
			factors = append(factors, f.byKeys(k, w.Source, w.ID, w.Keys))
		}
		one := k.law("quantity", numberFigure(exact.New(1)), "one visit", "")
		price := k.term("price", moneyFigure(*r.clause.Price), r.source, "/price")
		amount := k.mul("amount", clause, append([]figure{one, price}, r.stacked(k, factors)...)...)
		return k.round("line amount", clause, amount, r.rounding)
	}
	from, to := k.factInstant("from", w.From.In(zone), w.Source, "from"), k.factInstant("to", w.To.In(zone), w.Source, "to")
	worked := elapsedFigure(w.To.Sub(w.From))
	worked.at = k.derive(proof.Length, "hours worked", worked.value, clause, from.at, to.at)
	charged := worked
	if d, ok := r.clause.Increment.Duration(); ok {
		unit := k.term("increment", elapsedFigure(d), r.source, "/increment")
		charged = k.roundUp("hours charged", clause, charged, unit, "an increment is charged whole")
	}
	if d, ok := r.clause.AtLeast.Duration(); ok {
		charged = k.atLeast("hours charged", clause, charged, k.term("minimum", elapsedFigure(d), r.source, "/atLeast"))
	}
	var factors []figure
	var bands *factorRule
	for _, f := range r.factors {
		if f.byTime() {
			bands = f
		} else {
			factors = append(factors, f.byKeys(k, w.Source, w.ID, w.Keys))
		}
	}
	price := k.term("price", moneyFigure(*r.clause.Price), r.source, "/price")
	if bands == nil {
		amount := k.mul("amount", clause, append([]figure{price, k.inHours(clause, charged)}, r.stacked(k, factors)...)...)
		return k.round("line amount", clause, amount, r.rounding)
	}
	var amounts []figure
	times := r.inBands(k, bands, from, to, charged)
	k.lies(w.Source)
	for _, b := range times {
		one := append(slices.Clone(factors), b.factor)
		amounts = append(amounts, k.mul("amount", clause, append([]figure{price, k.inHours(clause, b.time)}, r.stacked(k, one)...)...))
	}
	return k.round("line amount", clause, k.add("amount", clause, amounts...), r.rounding)
}

// mostWork bounds one visit: its bands are told day by day.
const mostWork = 31 * 24 * time.Hour

func (r *itemRule) stacked(k *calc, factors []figure) []figure {
	if len(factors) == 0 {
		return nil
	}
	return []figure{r.stack(k, factors)}
}

// inHours is elapsed time as a number of hours.
func (k *calc) inHours(clause string, f figure) figure {
	return k.div("hours", clause, f, k.law("one hour", elapsedFigure(time.Hour), "unit of time", ""))
}

// A bandTime is the time charged in one band, and its factor.
type bandTime struct {
	time, factor figure
}

// inBands splits the time charged by band. That of the band in which the work
// ended is what the others leave: it holds what rounding or a minimum added.
func (r *itemRule) inBands(k *calc, f *factorRule, from, to told[time.Time], charged figure) []bandTime {
	end, err := f.bandAt(to.v.Add(-1))
	if err != nil {
		k.fail(err)
		return nil
	}
	if k.err != nil {
		return nil
	}
	clause := r.source.clause
	var hours, days int
	if k.tells() {
		q := newQuotes(k.w, daysSpanned(f.hours.zone, from.v, to.v))
		hours, days = q.hours(f.hours), q.workingDays(f.days)
	}
	normal := f.begun(k, from, hours)
	var list []bandTime
	left := charged
	wordOf := func(band TimeBand) told[string] { return k.lawWord("band", string(band), "time bands", "") }
	for _, band := range TimeBands() {
		if band == end {
			continue
		}
		d, err := f.inBand(band, from.v, to.v)
		if err != nil {
			k.fail(err)
			return nil
		}
		word := wordOf(band)
		var factor figure
		if !f.refuses(band) {
			factor = f.entry(k, []told[string]{word})
		}
		t := elapsedFigure(d)
		t.at = k.derive(proof.InBand, "time "+string(band), t.value, clause, from.at, to.at, hours, days, word.at)
		if normal != nil { // then all of it is left for the hours
			none := k.law("no time", elapsedFigure(0), "begun in hours", "")
			t = k.choose("time "+string(band), clause, *normal, none, t)
		}
		left = k.sub("time left", clause, left, t)
		if t.n.Sign() > 0 { // a band without time has no line; that it has none is told above
			list = append(list, f.charged(k, band, t, factor))
		}
	}
	word := wordOf(end)
	if normal != nil && end != BandNormal {
		if word = chosen(k, "band of the end", clause, *normal, wordOf(BandNormal), word, proof.WordOf); normal.v {
			end = BandNormal
		}
	}
	var factor figure
	if !f.refuses(end) {
		factor = f.entry(k, []told[string]{word})
	}
	return append(list, f.charged(k, end, left, factor))
}

// begun is whether work began in hours, where it is then charged as if they lasted until
// its end; nil where that makes no difference.
func (f *factorRule) begun(k *calc, from told[time.Time], hours int) *told[bool] {
	if f.clause.BegunInHours != BegunChargedAsHours || k.err != nil {
		return nil
	}
	open, err := f.hours.IsOpen(from.v)
	if err != nil {
		k.fail(err)
		return nil
	}
	return &told[bool]{open, k.derive(proof.IsOpen, "begun in hours", func() proof.Value { return proof.TruthOf(open) }, f.source.clause, from.at, hours)}
}

func (f *factorRule) refuses(band TimeBand) bool { return slices.Contains(f.clause.Refused, band) }

// charged is the time charged in a band in which there was work: at least what the clause
// says for it.
func (f *factorRule) charged(k *calc, band TimeBand, t, factor figure) bandTime {
	if f.refuses(band) {
		k.fail(&Error{Pointer: f.source.pointer + "/refused", Clause: f.source.clause, Kind: ErrConflict,
			Msg: fmt.Sprintf("work in the band %q, in which none is done", band)})
		return bandTime{}
	}
	if d, ok := f.clause.AtLeast[band].Duration(); ok {
		t = k.atLeast("time charged "+string(band), f.source.clause, t, k.term("minimum "+string(band), elapsedFigure(d), f.source, "/atLeast/"+escape(string(band))))
	}
	return bandTime{t, factor}
}

// bandAt is the band of an instant.
func (f *factorRule) bandAt(t time.Time) (TimeBand, error) {
	open, err := f.hours.IsOpen(t)
	if err != nil || open {
		return BandNormal, err
	}
	return f.bandOf(DateOf(t.In(f.hours.zone)))
}

// bandOf is the band of what is out of hours on a day.
func (f *factorRule) bandOf(d Date) (TimeBand, error) {
	if _, err := f.days.index(d); err != nil {
		return "", err
	}
	rule := f.days.parts.on(d)
	switch rule.calendar.day(d).Kind {
	case DayHoliday:
		return BandStatutory, nil
	case DayMakeup:
		return BandMakeup, nil
	case DayRest:
		return BandRest, nil
	}
	if !rule.week[weekdayIndex(d.Weekday())] {
		return BandRest, nil
	}
	return BandOutside, nil
}

// inBand is the time from one instant to another that lies in a band.
func (f *factorRule) inBand(band TimeBand, from, to time.Time) (time.Duration, error) {
	var total time.Duration
	for t := from; t.Before(to); {
		d := DateOf(t.In(f.hours.zone))
		end := d.AddDays(1).StartIn(f.hours.zone)
		if !end.After(t) { // a day that the clock shows twice
			end = d.AddDays(2).StartIn(f.hours.zone)
		}
		if end.After(to) {
			end = to
		}
		open, err := f.hours.Between(t, end)
		if err != nil {
			return 0, err
		}
		if band == BandNormal {
			total += open
		} else {
			is, err := f.bandOf(d)
			if err != nil {
				return 0, err
			}
			if is == band {
				total += end.Sub(t) - open
			}
		}
		t = end
	}
	return total, nil
}
