package contract

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"github.com/cfd16870/contract/internal/exact"
	"github.com/cfd16870/contract/proof"
)

// A RatioClause makes one figure a period of contacts, such as calls: the share of those
// of which a value is as it should be, or which were abandoned.
type RatioClause struct {
	Clause    string      `json:"clause,omitzero" ref:"clauses"`
	Of        string      `json:"of,omitzero"` // the contacts, as their records call them: call
	Counts    RatioOf     `json:"counts,omitzero"`
	Value     string      `json:"value,omitzero" optional:"true"`  // the name of the time, or of the mark
	Within    Span        `json:"within,omitzero" optional:"true"` // of a time: 20 clock seconds, its end included
	Abandoned Abandoned   `json:"abandoned,omitzero" optional:"true"`
	AtLeast   Percent     `json:"atLeast,omitzero" optional:"true"` // this, or the next
	AtMost    Percent     `json:"atMost,omitzero" optional:"true"`
	Period    CountPeriod `json:"period,omitzero"`
	Fewest    int         `json:"fewest,omitzero"` // contacts that count; with fewer there is no figure
	TooFew    TooFew      `json:"tooFew,omitzero"`
	Compared  Compared    `json:"compared,omitzero"`
}

// RatioOf says which contacts a ratio counts.
type RatioOf string

const (
	RatioWithin    RatioOf = "within a time" // those whose time is no longer: answered within 20 s
	RatioMarked    RatioOf = "marked"        // those that have the mark: solved at the first contact
	RatioAbandoned RatioOf = "abandoned"     // those that were given up, of all
)

// Words returns the words of the choice.
func (RatioOf) Words() []string {
	return []string{string(RatioWithin), string(RatioMarked), string(RatioAbandoned)}
}

// Abandoned says how a contact counts that was given up before it was answered.
type Abandoned string

const (
	AbandonedLeftOut      Abandoned = "left out"
	AbandonedMissed       Abandoned = "missed"                   // it counts, and not as it should be
	AbandonedShortLeftOut Abandoned = "left out within the time" // one given up after it is missed
)

// Words returns the words of the choice.
func (Abandoned) Words() []string {
	return []string{string(AbandonedLeftOut), string(AbandonedMissed), string(AbandonedShortLeftOut)}
}

// A Contact is a record of one event of which values are told: a call, a chat.
type Contact struct {
	Source    string // where it was read: calls.csv:7
	Of        string // what it is, as clauses call it: call
	At        time.Time
	Times     map[string]time.Duration // by name: wait, 18 s; of an abandoned one until it was given up
	Marks     map[string]bool          // by name: solved at the first contact
	Abandoned bool
}

// A Ratio is the contacts of a period, as a clause counts them. The zero Ratio has none.
type Ratio struct {
	Name    string
	Period  Period
	In      int64 // within the time, marked, or abandoned
	Others  int64 // that count too
	LeftOut int64 // abandoned, and left out

	clause RatioClause
	source source
}

// Clause returns the printed number of the clause by which it is counted.
func (r Ratio) Clause() string { return r.source.clause }

// exactly returns the share before it is rounded for comparison.
func (r Ratio) exactly() (p Percent, ok bool) {
	n := r.In + r.Others
	if n == 0 || n < int64(r.clause.Fewest) {
		return Percent{}, false
	}
	p, err := percentOf(r.In, n)
	return p, err == nil
}

// Percent returns the share as it is compared with the threshold. ok is false where
// there are too few contacts to say: no data is no figure.
func (r Ratio) Percent() (p Percent, ok bool) {
	p, ok = r.exactly()
	return r.clause.Compared.of(p), ok
}

// Met reports whether the share is at least, or at most, what the clause says; ok is
// false where there is no data.
func (r Ratio) Met() (met, ok bool) {
	p, ok := r.Percent()
	if r.clause.AtMost.IsStated() {
		return ok && p.Compare(r.clause.AtMost) <= 0, ok
	}
	return ok && p.Compare(r.clause.AtLeast) >= 0, ok
}

// Explain is the working of whether the threshold is kept; an empty one where there is
// no data.
func (r Ratio) Explain() *proof.Working {
	share, ok := r.exactly()
	if !ok {
		return new(proof.Working)
	}
	w := newRecorder(fmt.Sprintf("%s in %v", r.Name, r.Period))
	clause := r.source.clause
	number := func(n int64) proof.Value { return proof.NumberOf(exact.New(n).Rat()) }
	in := w.fact(string(r.clause.Counts), number(r.In), "contacts", r.Period.String())
	all := w.derive(proof.Add, "contacts that count", number(r.In+r.Others), clause, in, w.fact("others that count", number(r.Others), "contacts", r.Period.String()))
	at := w.derive(proof.Share, r.Name, proof.PercentOf(share.n.Rat()), clause, in, all)
	at = r.clause.Compared.explain(w, r.Name, r.source, at, percentFigure(share))
	met, _ := r.Met()
	args := []int{at, 0}
	if r.clause.AtMost.IsStated() {
		args = []int{w.term("at most", proof.PercentOf(r.clause.AtMost.n.Rat()), r.source, "/atMost"), at}
	} else {
		args[1] = w.term("at least", proof.PercentOf(r.clause.AtLeast.n.Rat()), r.source, "/atLeast")
	}
	w.derive(proof.AtLeast, "reached", proof.TruthOf(met), clause, args...)
	return w.done()
}

// A ratioRule is a clause of one version.
type ratioRule struct {
	clause RatioClause
	source source
	by     countedBy
}

func (r *ratioRule) periods() countedBy { return r.by }

// A RatioTally counts contacts by the ratios of a contract and their periods; nothing
// else is kept of them. Tallies merge in any order. It is not safe for concurrent use:
// one for each goroutine, and Merge. The zero RatioTally counts nothing; a contract
// makes one, see [Contract.NewRatioTally].
type RatioTally struct {
	zone   *time.Location
	rules  map[string]versions[*ratioRule]
	counts map[statisticKey]*Ratio
}

// Add counts a contact for each ratio of such contacts, in the period in which it lies:
// a clause that changes within a period counts from the next. A contact that is not told
// whole is an error, and counts for none; one that no ratio is of is ErrUnknown, one on a
// day on which none counts ErrSilent.
func (t *RatioTally) Add(c Contact) error {
	if c.At.IsZero() {
		return &Error{In: c.Source, Pointer: "at", Kind: ErrRequired, Msg: "the contact has no time"}
	}
	if len(t.rules) == 0 {
		return &Error{In: c.Source, Pointer: "/ratios", Kind: ErrSilent, Msg: "the zero RatioTally has no clause to count by"}
	}
	day := DateOf(c.At.In(t.zone))
	known := make(map[string]bool)
	type counted struct {
		key  statisticKey
		rule *ratioRule
		as   contactCounts
	}
	var list []counted
	var faults Errors
	for _, name := range sortedKeys(t.rules) {
		for _, v := range t.rules[name] {
			if v.rule != nil {
				known[v.rule.clause.Of] = true
			}
		}
		rule, in := ruleOfPeriod(t.rules[name], day, (*ratioRule).periods)
		if rule == nil || !in.IsValid() || rule.clause.Of != c.Of {
			continue
		}
		as, err := rule.counts(&c)
		if err != nil {
			faults = append(faults, err)
			continue
		}
		list = append(list, counted{statisticKey{name, in}, rule, as})
	}
	switch {
	case len(faults) > 0:
		return faults
	case !known[c.Of]:
		return &Error{In: c.Source, Pointer: "of", Kind: ErrUnknown, Msg: fmt.Sprintf("no ratio is of %q; %s", clip(c.Of), have(sortedKeys(known)))}
	case len(list) == 0:
		return &Error{In: c.Source, Pointer: "/ratios", Kind: ErrSilent, Msg: fmt.Sprintf("no clause counts %q on %v", clip(c.Of), day)}
	}
	for _, one := range list {
		r := t.row(one.key, one.rule.clause, one.rule.source)
		switch one.as {
		case contactIn:
			r.In++
		case contactOther:
			r.Others++
		default:
			r.LeftOut++
		}
	}
	return nil
}

// contactCounts is how a contact counts.
type contactCounts uint8

const (
	contactIn contactCounts = iota + 1
	contactOther
	contactLeftOut
)

// counts says how a contact counts.
func (r *ratioRule) counts(c *Contact) (contactCounts, *Error) {
	as := func(in bool) (contactCounts, *Error) {
		if in {
			return contactIn, nil
		}
		return contactOther, nil
	}
	lacks := func(format string) (contactCounts, *Error) {
		return 0, &Error{In: c.Source, Pointer: r.clause.Value, Clause: r.source.clause, Kind: ErrRequired, Msg: fmt.Sprintf(format, r.clause.Value)}
	}
	took, timed := c.Times[r.clause.Value]
	switch within := r.clause.Counts == RatioWithin; { // what it waited is told of an abandoned one too, however it counts
	case within && !timed:
		return lacks("say the time %q of the contact")
	case within && took < 0:
		return 0, &Error{In: c.Source, Pointer: r.clause.Value, Clause: r.source.clause, Kind: ErrInvalid, Msg: fmt.Sprintf("%v; a time is 0 or more", took)}
	case r.clause.Counts == RatioAbandoned:
		return as(c.Abandoned)
	case c.Abandoned && r.clause.Abandoned == AbandonedLeftOut:
		return contactLeftOut, nil
	case c.Abandoned && r.clause.Abandoned == AbandonedMissed:
		return contactOther, nil
	case r.clause.Counts == RatioMarked:
		mark, ok := c.Marks[r.clause.Value]
		if !ok {
			return lacks("say whether the contact is marked %q")
		}
		return as(mark)
	}
	limit, _ := r.clause.Within.Duration()
	switch {
	case !c.Abandoned:
		return as(took <= limit)
	case took <= limit:
		return contactLeftOut, nil
	}
	return contactOther, nil
}

func (t *RatioTally) row(key statisticKey, clause RatioClause, src source) *Ratio {
	r, ok := t.counts[key]
	if !ok {
		r = &Ratio{Name: key.name, Period: key.period, clause: clause, source: src}
		t.counts[key] = r
	}
	return r
}

// Merge adds what another tally of the same contract counted; nil counted nothing.
func (t *RatioTally) Merge(o *RatioTally) {
	if o == nil || len(o.counts) == 0 {
		return
	}
	if t.counts == nil {
		t.zone, t.rules, t.counts = o.zone, o.rules, make(map[statisticKey]*Ratio)
	}
	for key, b := range o.counts {
		a := t.row(key, b.clause, b.source)
		a.In, a.Others, a.LeftOut = a.In+b.In, a.Others+b.Others, a.LeftOut+b.LeftOut
	}
}

// Ratios returns what was counted, by period and name.
func (t *RatioTally) Ratios() []Ratio {
	all := make([]Ratio, 0, len(t.counts))
	for _, r := range t.counts {
		all = append(all, *r)
	}
	slices.SortFunc(all, func(a, b Ratio) int { return cmp.Or(a.Period.compare(b.Period), cmp.Compare(a.Name, b.Name)) })
	return all
}
