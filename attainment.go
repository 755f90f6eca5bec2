package contract

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/cfd16870/contract/internal/exact"
	"github.com/cfd16870/contract/proof"
)

// An AttainmentClause says how measurements are counted against their targets.
type AttainmentClause struct {
	Clause      string      `json:"clause,omitzero" ref:"clauses"`
	Of          []string    `json:"of,omitzero" ref:"targets"`
	Together    Together    `json:"together,omitzero"`
	GroupedBy   string      `json:"groupedBy,omitzero" optional:"true"` // an attribute of requests: those of each name make figures of their own
	Period      CountPeriod `json:"period,omitzero"`
	PlacedBy    PlacedBy    `json:"placedBy,omitzero"`
	OpenAndLate OpenAndLate `json:"openAndLate,omitzero"`
	Excused     Excused     `json:"excused,omitzero"`
	Fewest      int         `json:"fewest,omitzero"` // measured requests; with fewer there is no figure
	TooFew      TooFew      `json:"tooFew,omitzero"`
	Compared    Compared    `json:"compared,omitzero"`
}

// Together says whether targets are counted in one figure or each in its own.
type Together string

const (
	TogetherPooled Together = "pooled"
	TogetherEach   Together = "each"
)

// Words returns the words of the choice.
func (Together) Words() []string { return []string{string(TogetherPooled), string(TogetherEach)} }

// PlacedBy says which instant puts a measurement into a period. What is not
// done yet is placed by the instant as of which it was measured, if by its end.
type PlacedBy string

const (
	PlacedByReceived PlacedBy = "received"
	PlacedByDue      PlacedBy = "due" // at 24:00 of the day that ends then, but for an opening at midnight to which it rolled
	PlacedByFinished PlacedBy = "finished"
)

// Words returns the words of the choice.
func (PlacedBy) Words() []string {
	return []string{string(PlacedByReceived), string(PlacedByDue), string(PlacedByFinished)}
}

// OpenAndLate says how a request counts that is open after it was due.
type OpenAndLate string

const (
	OpenAndLateBreached OpenAndLate = "breached"
	OpenAndLateLeftOut  OpenAndLate = "left out"
)

// Words returns the words of the choice.
func (OpenAndLate) Words() []string {
	return []string{string(OpenAndLateBreached), string(OpenAndLateLeftOut)}
}

// Excused says how an excused breach counts.
type Excused string

const (
	ExcusedLeftOut Excused = "left out"
	ExcusedMet     Excused = "met"
)

// Words returns the words of the choice.
func (Excused) Words() []string { return []string{string(ExcusedLeftOut), string(ExcusedMet)} }

// TooFew says what holds with too few to count. No data is never 100 %.
type TooFew string

// TooFewNoData is no figure at all.
const TooFewNoData TooFew = "no data"

// Words returns the words of the choice.
func (TooFew) Words() []string { return []string{string(TooFewNoData)} }

// Compared says what of a percentage, or of a mean score, is held against a threshold.
type Compared string

const (
	ComparedExact      Compared = "exact"
	ComparedWhole      Compared = "rounded half up to 1%"
	ComparedTenth      Compared = "rounded half up to 0.1%"
	ComparedHundredths Compared = "rounded half up to 0.01%"

	ComparedScoreTenth      Compared = "rounded half up to 0.1" // of a mean score
	ComparedScoreHundredths Compared = "rounded half up to 0.01"
)

// Words returns the words of the choice.
func (Compared) Words() []string {
	return []string{string(ComparedExact), string(ComparedWhole), string(ComparedTenth), string(ComparedHundredths),
		string(ComparedScoreTenth), string(ComparedScoreHundredths)}
}

// comparedPercent and comparedScore are what is compared of a percentage, and of a mean
// score: what is offered where no word of Compared is stated.
type (
	comparedPercent string
	comparedScore   string
)

// Words returns the words that a percentage is compared by.
func (comparedPercent) Words() []string {
	return slices.DeleteFunc(Compared("").Words(), func(w string) bool { return Compared(w).ofScore() })
}

// Words returns the words that a mean score is compared by.
func (comparedScore) Words() []string {
	return slices.DeleteFunc(Compared("").Words(), func(w string) bool { return strings.HasSuffix(w, "%") })
}

// ofScore reports whether the word is of a mean score alone.
func (c Compared) ofScore() bool { return c == ComparedScoreTenth || c == ComparedScoreHundredths }

// places is the number of places to which a figure is rounded; exact: none.
func (c Compared) places() (int, bool) {
	switch c {
	case ComparedWhole:
		return 0, true
	case ComparedTenth, ComparedScoreTenth:
		return 1, true
	case ComparedHundredths, ComparedScoreHundredths:
		return 2, true
	}
	return 0, false
}

// of returns the percentage as it is compared.
func (c Compared) of(p Percent) Percent {
	p.n = c.rounded(p.n)
	return p
}

func (c Compared) rounded(n exact.Num) exact.Num {
	if places, ok := c.places(); ok {
		if r, err := n.Round(places, exact.HalfUp); err == nil {
			return r
		}
	}
	return n
}

// explain writes how the figure of a step is rounded before it is compared, and
// returns the step of what is compared.
func (c Compared) explain(w *recorder, name string, src source, at int, f figure) int {
	places, ok := c.places()
	if !ok {
		return at
	}
	to := w.term("places", proof.NumberOf(exact.New(int64(places)).Rat()), src, "/compared")
	mode := w.term("rounding", proof.WordOf(string(RoundHalfUp)), src, "/compared")
	f.n = c.rounded(f.n)
	return w.derive(proof.Round, name, f.value(), src.clause, at, to, mode)
}

// An Attainment is how many requests met their targets in a period.
type Attainment struct {
	Target string // "" for all of the clause together
	Group  string // where the clause groups requests, the name of the attribute that they share: "" for those that have none
	Period Period
	// Every measurement counts in one of these.
	Met, Breached, OpenAndLate, Open, Excused, Cancelled, NotMeasured int64

	clause AttainmentClause
	source source
}

// Counted returns how many count as met, and how many count at all.
func (a Attainment) Counted() (met, of int64) {
	met = a.Met
	of = a.Met + a.Breached
	if a.clause.OpenAndLate == OpenAndLateBreached {
		of += a.OpenAndLate
	}
	if a.clause.Excused == ExcusedMet {
		met += a.Excused
		of += a.Excused
	}
	return met, of
}

// Percent returns the share that counts as met, as it is compared with a
// threshold. ok is false where there are too few to say: no data is no figure.
func (a Attainment) Percent() (p Percent, ok bool) {
	met, of := a.Counted()
	if of == 0 || of < int64(a.clause.Fewest) {
		return Percent{}, false
	}
	p, err := percentOf(met, of)
	return a.clause.Compared.of(p), err == nil
}

// Clause returns the printed number of the clause by which it is counted.
func (a Attainment) Clause() string { return a.source.clause }

// GroupedBy returns the attribute by which the clause groups requests, "" if it does not.
func (a Attainment) GroupedBy() string { return a.clause.GroupedBy }

// group says which requests are counted, "" for all: each group is held against a
// threshold by itself.
func (a Attainment) group() string {
	switch {
	case a.clause.GroupedBy == "":
		return ""
	case a.Group == "":
		return "no " + a.clause.GroupedBy
	}
	return a.clause.GroupedBy + " " + a.Group
}

// counts reports whether the row is one that its clause counts: all targets
// together, or each.
func (a Attainment) counts() bool { return (a.Target == "") == (a.clause.Together == TogetherPooled) }

// Explain is the working of the percentage; an empty one where there is none.
func (a Attainment) Explain() *proof.Working {
	if _, ok := a.Percent(); !ok {
		return new(proof.Working)
	}
	which := a.Target
	if which == "" {
		which = "all targets"
	}
	if of := a.group(); of != "" {
		which += ", " + of + ","
	}
	w := newRecorder(fmt.Sprintf("attainment of %s in %v", which, a.Period))
	a.write(w)
	return w.done()
}

// write writes the percentage down from the counts, and returns its step.
func (a Attainment) write(w *recorder) int {
	number := func(n int64) proof.Value { return proof.NumberOf(exact.New(n).Rat()) }
	met := w.fact("met", number(a.Met), "measurements", a.Period.String())
	counted := []int{met, w.fact("breached", number(a.Breached), "measurements", a.Period.String())}
	if a.clause.OpenAndLate == OpenAndLateBreached {
		counted = append(counted, w.fact("open and late", number(a.OpenAndLate), "measurements", a.Period.String()))
	}
	counts, of := a.Counted()
	if a.clause.Excused == ExcusedMet {
		excused := w.fact("excused", number(a.Excused), "measurements", a.Period.String())
		counted = append(counted, excused)
		met = w.derive(proof.Add, "met", number(counts), a.source.clause, met, excused)
	}
	whole := w.derive(proof.Add, "measurements counted", number(of), a.source.clause, counted...)
	share, _ := percentOf(counts, of)
	at := w.derive(proof.Share, "attainment", proof.PercentOf(share.n.Rat()), a.source.clause, met, whole)
	return a.clause.Compared.explain(w, "attainment", a.source, at, percentFigure(share))
}

// An attainmentRule is the clause of one version.
type attainmentRule struct {
	clause AttainmentClause
	source source
	by     countedBy
}

func (r *attainmentRule) periods() countedBy { return r.by }

// A Tally counts measurements by target and period. Nothing else is kept of
// them. Tallies merge in any order, so a batch may be cut anywhere. A Tally is
// not safe for concurrent use: one for each goroutine, and Merge. The zero Tally
// counts nothing; a contract makes one, see [Contract.NewTally].
type Tally struct {
	rules  versions[*attainmentRule] // nil where a version has no clause
	counts map[tallyKey]*Attainment
}

type tallyKey struct {
	target, group string
	period        Period
}

// Add counts a measurement, in the period in which the clause in force on the
// day of receipt places it. One period has one rule: a clause that changes within
// a period counts from the next. It reports whether it was counted: a target
// that the clause does not name is not.
func (t *Tally) Add(m Measurement) bool {
	if m.rule == nil || m.request == nil || len(t.rules) == 0 {
		return false
	}
	rule, _ := ruleOfPeriod(t.rules, DateOf(m.request.Received.In(m.rule.zone)), (*attainmentRule).periods)
	if rule == nil {
		return false
	}
	rule, period := ruleOfPeriod(t.rules, m.placed(rule.clause.PlacedBy), (*attainmentRule).periods)
	if rule == nil || !period.IsValid() || !slices.Contains(rule.clause.Of, m.rule.name) {
		return false
	}
	group := m.attribute(rule.clause.GroupedBy)
	t.row(tallyKey{m.rule.name, group, period}, rule.clause, rule.source).count(m)
	if rule.clause.Together == TogetherPooled {
		t.row(tallyKey{"", group, period}, rule.clause, rule.source).count(m)
	}
	return true
}

// attribute is an attribute of the request, "" for none: its priority as the target
// measured it, where the targets follow one that changes.
func (m Measurement) attribute(word string) string {
	now := m.request.attribute(word)
	if word != "priority" || m.rule.firstPriority {
		return now
	}
	events, err := ordered(m.request, m.asOf, m.rule.skew, nil)
	if err != nil {
		return now // Measure said so
	}
	for _, e := range events {
		if e.Kind == EventPriorityChanged && (e.at.Before(m.ended) || m.IsOpen()) {
			now = e.Priority
		}
	}
	return now
}

// placed is the day that puts a measurement into a period.
func (m Measurement) placed(by PlacedBy) Date {
	switch {
	case by == PlacedByDue && !m.Due.IsZero():
		return m.rule.dueDay(m.Due, m.rolled)
	case by == PlacedByFinished:
		return DateOf(m.ended.In(m.rule.zone))
	}
	return DateOf(m.request.Received.In(m.rule.zone))
}

// count puts a measurement where it counts.
func (a *Attainment) count(m Measurement) {
	switch m.Status {
	case StatusMet:
		a.Met++
	case StatusBreached:
		if m.IsOpen() {
			a.OpenAndLate++
		} else {
			a.Breached++
		}
	case StatusExcused:
		a.Excused++
	case StatusCancelled:
		a.Cancelled++
	case StatusNotMeasured:
		a.NotMeasured++
	default:
		a.Open++
	}
}

func (t *Tally) row(key tallyKey, clause AttainmentClause, src source) *Attainment {
	a, ok := t.counts[key]
	if !ok {
		a = &Attainment{Target: key.target, Group: key.group, Period: key.period, clause: clause, source: src}
		t.counts[key] = a
	}
	return a
}

// Merge adds what another tally of the same contract counted; nil counted nothing.
func (t *Tally) Merge(o *Tally) {
	if o == nil || len(o.counts) == 0 {
		return
	}
	if t.counts == nil {
		t.rules, t.counts = o.rules, make(map[tallyKey]*Attainment)
	}
	for key, b := range o.counts {
		a := t.row(key, b.clause, b.source)
		a.Met += b.Met
		a.Breached += b.Breached
		a.OpenAndLate += b.OpenAndLate
		a.Open += b.Open
		a.Excused += b.Excused
		a.Cancelled += b.Cancelled
		a.NotMeasured += b.NotMeasured
	}
}

// Attainment returns what was counted, by period, target and group; all targets
// together, where the clause pools them, come last in their period.
func (t *Tally) Attainment() []Attainment {
	all := make([]Attainment, 0, len(t.counts))
	for _, a := range t.counts {
		all = append(all, *a)
	}
	slices.SortFunc(all, func(a, b Attainment) int {
		return cmp.Or(a.Period.compare(b.Period),
			cmp.Compare(pooledLast(a), pooledLast(b)), cmp.Compare(a.Target, b.Target), cmp.Compare(a.Group, b.Group))
	})
	return all
}

func pooledLast(a Attainment) int {
	if a.Target == "" {
		return 1
	}
	return 0
}
