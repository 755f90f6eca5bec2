package contract

import (
	"fmt"
	"slices"
	"time"
)

// Reference is what a document refers to by name. What was known as of a day is
// what is put in.
type Reference struct {
	Calendars map[string]*Calendar
	Series    map[string]*Series // rates that are published: lpr1y
}

// A Contract is a compiled document, all versions of it. It is immutable and safe
// for concurrent use. Questions take no version: a handle spans all of them, and
// the date of the fact picks the rule. The zero Contract has no rules and answers
// nothing.
type Contract struct {
	doc         *Document
	ref         Reference
	zone        *time.Location
	terms       []terms // ascending; the first holds from the beginning
	schedules   map[string]*Schedule
	days        map[string]*WorkingDays
	targets     map[string]*Target
	provisional bool
}

// A Version is one state of the terms.
type Version struct {
	From      Date   // the first day on which it is in force; the zero Date for the first
	Amendment string // the ID of the amendment that made it; "" for the document as signed
	Digest    string // of the document with the amendments worked in
}

// Compile makes a Contract of a document. Every cross-check is made here, once,
// for every version of the terms: that what a rule needs is stated, that a word
// is in its list and has an effect, that names refer to something, that each
// amendment fits the text that it changes. All faults of the document as signed
// come back at once, as Errors with JSON Pointers; those that amendments make,
// once it has none itself. The document is not changed and not kept: a Contract
// has its own copy.
func Compile(doc *Document, ref Reference) (*Contract, error) {
	if doc == nil {
		return nil, Errors{{Kind: ErrRequired, Msg: "no document to compile"}}
	}
	return compile(doc, ref, false)
}

// MustCompile is Compile for a document that is known to be right; it panics
// where Compile errs.
func MustCompile(doc *Document, ref Reference) *Contract {
	c, err := Compile(doc, ref)
	if err != nil {
		panic("contract.MustCompile: " + err.Error())
	}
	return c
}

// Provisional returns the contract with answers beyond the certain days of its
// calendars: statutory holidays and weekends are known there, make-up days are
// not. Its answers say from which day they are provisional.
func (c *Contract) Provisional() (*Contract, error) {
	if c.provisional || c.doc == nil {
		return c, nil
	}
	return compile(c.doc, c.ref, true)
}

// on returns the terms in force on a day; of the zero Contract, which has none,
// an empty document.
func (c *Contract) on(d Date) *terms {
	if len(c.terms) == 0 {
		return &terms{doc: new(Document)}
	}
	for i := len(c.terms) - 1; i > 0; i-- {
		if !d.Before(c.terms[i].from) {
			return &c.terms[i]
		}
	}
	return &c.terms[0]
}

// Document returns a copy of the document.
func (c *Contract) Document() *Document {
	doc, err := c.doc.clone()
	if err != nil {
		return new(Document) // it was written down when it was compiled
	}
	return doc
}

// Zone returns the zone of the contract, in which all instants come out.
func (c *Contract) Zone() *time.Location {
	if c.zone == nil {
		return time.UTC // of the zero Contract
	}
	return c.zone
}

// Versions returns the versions of the terms in the order in which they are in force.
func (c *Contract) Versions() []Version {
	list := make([]Version, len(c.terms))
	for i, t := range c.terms {
		list[i] = Version{From: t.from, Amendment: t.label, Digest: t.doc.Digest()}
	}
	return list
}

// SignedTerm returns the days of the term as signed, with the amendments worked
// in, before any renewal; no days where the document gives its length and not its
// last day: [Contract.Term] counts it, and the renewals.
func (c *Contract) SignedTerm() Period {
	if len(c.terms) == 0 {
		return Period{}
	}
	return c.terms[len(c.terms)-1].doc.Term.period()
}

// Schedule returns the hours of that name. They follow the versions of the terms
// day by day.
func (c *Contract) Schedule(name string) (*Schedule, error) {
	return lookup("hours", c.schedules, name)
}

// WorkingDays returns the working days of that name, as Schedule does the hours.
func (c *Contract) WorkingDays(name string) (*WorkingDays, error) {
	return lookup("working days", c.days, name)
}

// Target returns the target of that name, in all its versions: a handle for many
// requests.
func (c *Contract) Target(name string) (*Target, error) { return lookup("target", c.targets, name) }

// lookup finds a name; the error lists those that exist.
func lookup[V any](what string, m map[string]*V, name string) (*V, error) {
	if v, ok := m[name]; ok {
		return v, nil
	}
	return nil, &Error{Kind: ErrUnknown, Msg: fmt.Sprintf("no %s %q; %s", what, clip(name), have(sortedKeys(m)))}
}

// Deadline returns when a target is due for a request received at an instant,
// without pauses. Look the target up once, with Target, to ask for many.
func (c *Contract) Deadline(target string, received time.Time) (Deadline, error) {
	t, err := c.Target(target)
	if err != nil {
		return Deadline{}, err
	}
	return t.Deadline(received)
}

// Targets returns the targets whose selectors fit a request received on a day,
// by name. A name that the document does not know is an error. Which of several
// bind may depend on when they are due: [Contract.Deadlines] applies the rule.
func (c *Contract) Targets(s Selector, on Date) ([]*Target, error) {
	t := c.on(on)
	if err := t.knows(s); err != nil {
		return nil, err
	}
	var list []*Target
	for _, name := range sortedKeys(t.doc.Targets) {
		if selects(t.doc.Targets[name].For, s) {
			list = append(list, c.targets[name])
		}
	}
	if t.doc.SeveralTargets == CategoryOverChannel {
		list = overChannel(t.doc, list)
	}
	return list, nil
}

// Deadlines returns the deadlines that bind a request, without its pauses, by name
// of target: all whose selectors fit, less those that another displaces by the rule
// for several targets.
func (c *Contract) Deadlines(r *Request) ([]Deadline, error) {
	targets, err := c.binding(r)
	if err != nil {
		return nil, err
	}
	list := make([]Deadline, 0, len(targets))
	for _, t := range targets {
		d, err := t.deadlineOf(r)
		if err != nil {
			return nil, err
		}
		list = append(list, d)
	}
	if c.strict(r) {
		list = strictest(list, func(d Deadline) (contest, time.Time) { return contest{measure: d.rule.clause.Measure}, d.Due })
	}
	return list, nil
}

// Measure tells how the targets that bind a request stand at asOf, by name of
// target: see [Target.Measure]. Where a reopened request starts a new clock, each
// of its clocks is measured, in the order in which they were started.
func (c *Contract) Measure(r *Request, asOf time.Time) ([]Measurement, error) {
	targets, err := c.binding(r)
	if err != nil {
		return nil, err
	}
	list := make([]Measurement, 0, len(targets))
	for _, t := range targets {
		last, err := t.Measure(r, asOf)
		if err != nil {
			return nil, err
		}
		for cycle := range last.Cycle() {
			m, err := last.rule.measure(r, asOf, scope{cycle: cycle})
			if err != nil {
				return nil, err
			}
			list = append(list, m)
		}
		list = append(list, last)
	}
	if c.strict(r) { // by the instants that are due with the pauses
		list = strictest(list, func(m Measurement) (contest, time.Time) { return contest{m.rule.clause.Measure, m.Cycle()}, m.Due })
	}
	return list, nil
}

// binding returns the targets that fit a request, of which the strictest are not
// chosen yet.
func (c *Contract) binding(r *Request) ([]*Target, error) {
	if r == nil {
		return nil, fmt.Errorf("no request: %w", ErrInvalid)
	}
	return c.Targets(r.Selector, DateOf(r.Received.In(c.Zone())))
}

// strict reports whether of several targets of one measure the strictest binds a request.
func (c *Contract) strict(r *Request) bool {
	return c.on(DateOf(r.Received.In(c.Zone()))).doc.SeveralTargets == Strictest
}

// NewTally returns an empty tally of the attainment clause. A contract without
// one counts nothing: the error is ErrSilent.
func (c *Contract) NewTally() (*Tally, error) {
	rules, ok := rulesOf(c.terms, func(t *terms) *attainmentRule {
		if a := t.doc.Attainment; a != nil {
			return &attainmentRule{*a, t.source("/attainment", a.Clause)}
		}
		return nil
	})
	if !ok {
		return nil, &Error{Pointer: "/attainment", Kind: ErrSilent, Msg: "no clause says how requests are counted against their targets"}
	}
	return &Tally{rules: rules, counts: make(map[tallyKey]*Attainment)}, nil
}

// Satisfaction counts the answers of surveys by period, in order of period: see
// [SurveyTally]. A contract without such a clause is ErrSilent. Answers that cannot
// be counted come back as Errors, and the others are counted all the same.
func (c *Contract) Satisfaction(surveys []Survey) ([]Satisfaction, error) {
	t, err := c.NewSurveyTally()
	if err != nil {
		return nil, err
	}
	var faults Errors
	for _, s := range surveys {
		if err := t.Add(s); err != nil {
			faults = append(faults, err.(*Error))
		}
	}
	return t.Satisfaction(), faults.orNil()
}

// NewSurveyTally returns an empty tally of the satisfaction clause. A contract
// without one counts nothing: the error is ErrSilent.
func (c *Contract) NewSurveyTally() (*SurveyTally, error) {
	rules, ok := rulesOf(c.terms, func(t *terms) *satisfactionRule {
		if s := t.doc.Satisfaction; s != nil {
			return &satisfactionRule{*s, t.source("/satisfaction", s.Clause)}
		}
		return nil
	})
	if !ok {
		return nil, &Error{Pointer: "/satisfaction", Kind: ErrSilent, Msg: "no clause says how answers of surveys are counted"}
	}
	return &SurveyTally{rules: rules, counts: make(map[Period]*Satisfaction)}, nil
}

// rulesOf reads a rule of each version, nil where it has none; ok is false if none has.
func rulesOf[R any](all []terms, read func(*terms) *R) (rules versions[*R], ok bool) {
	for i := range all {
		rule := read(&all[i])
		rules = append(rules, version[*R]{all[i].from, rule})
		ok = ok || rule != nil
	}
	return rules, ok
}

// knows reports names of a selector that the document does not have.
func (t *terms) knows(s Selector) error {
	var faults Errors
	for _, a := range t.attributes() {
		if name := s.attribute(a.word); name != "" && a.names != nil && !slices.Contains(a.names, name) {
			faults.add(a.word, ErrUnknown, "no %s %q; %s", a.word, clip(name), have(a.names))
		}
	}
	return faults.orNil()
}

// selects reports whether a target's "for" fits a request: each attribute that it
// names has one of the names that it lists.
func selects(by map[string][]string, s Selector) bool {
	for word, names := range by {
		if !slices.Contains(names, s.attribute(word)) {
			return false
		}
	}
	return true
}

// overChannel leaves out the targets chosen by channel and not by category where
// one of the same measure is chosen by category.
func overChannel(doc *Document, list []*Target) []*Target {
	byCategory := make(map[Measure]bool)
	for _, t := range list {
		clause := doc.Targets[t.name]
		if _, ok := clause.For["category"]; ok {
			byCategory[clause.Measure] = true
		}
	}
	return slices.DeleteFunc(list, func(t *Target) bool {
		clause := doc.Targets[t.name]
		_, category := clause.For["category"]
		_, channel := clause.For["channel"]
		return channel && !category && byCategory[clause.Measure]
	})
}

// A contest is what several targets may be for: one measure of one clock.
type contest struct {
	measure Measure
	cycle   int
}

// strictest leaves, of each measure, what is due first; of several due at once,
// the first by name. What has not started, or is not measured, displaces nothing:
// it is left where nothing of its measure is due.
func strictest[T any](list []T, of func(T) (contest, time.Time)) []T {
	first := make(map[contest]int)
	for i, v := range list {
		m, due := of(v)
		j, ok := first[m]
		if !ok {
			first[m] = i
			continue
		}
		if _, other := of(list[j]); !due.IsZero() && (other.IsZero() || due.Before(other)) {
			first[m] = i
		}
	}
	var kept []T
	for i, v := range list {
		if m, _ := of(v); first[m] == i {
			kept = append(kept, v)
		}
	}
	return kept
}

// NotComputed returns the chapters of the document, in any version of the terms,
// that this version of the library parses and keeps and does not compute, by JSON
// Pointer: an answer that would need one is not given. Their names are held against
// the rest of the document, their words are not checked.
func (c *Contract) NotComputed() []string {
	var list []string
	for i := range c.terms {
		for _, at := range keptOnly(c.terms[i].doc) {
			if !slices.Contains(list, at) {
				list = append(list, at)
			}
		}
	}
	return list
}

// keptOnly lists the chapters of one version that are not computed.
func keptOnly(d *Document) []string {
	var list []string
	for _, chapter := range []struct {
		at     string
		stands bool
	}{
		{"/deposit", d.Deposit != nil},
		{"/forceMajeure", d.ForceMajeure != nil},
	} {
		if chapter.stands {
			list = append(list, chapter.at)
		}
	}
	return list
}
