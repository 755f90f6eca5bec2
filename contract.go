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
		list[i] = t.version
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
	if c.doc == nil {
		return nil, &Error{Kind: ErrInvalid, Msg: "the zero Contract has no targets to bind anything"}
	}
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

// NewStatisticTally returns an empty tally of the statistics. A contract without one
// counts nothing: the error is ErrSilent.
func (c *Contract) NewStatisticTally() (*StatisticTally, error) {
	t := &StatisticTally{rules: make(map[string]versions[*statisticRule]), counts: make(map[statisticKey]*Statistic)}
	for i := range c.terms {
		for _, name := range sortedKeys(c.terms[i].doc.Statistics) {
			if _, ok := t.rules[name]; ok {
				continue
			}
			t.rules[name], _ = rulesOf(c.terms, func(t *terms) *statisticRule {
				if s, ok := t.doc.Statistics[name]; ok {
					return &statisticRule{s, t.source("/statistics/"+escape(name), s.Clause)}
				}
				return nil
			})
		}
	}
	if len(t.rules) == 0 {
		return nil, &Error{Pointer: "/statistics", Kind: ErrSilent, Msg: "no clause makes a figure of the times of requests"}
	}
	return t, nil
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
