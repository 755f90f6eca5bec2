package main

import (
	"cmp"
	"errors"
	"maps"
	"slices"
	"time"

	"github.com/cfd16870/contract"
	"github.com/cfd16870/contract/proof"
)

// terms are the contract with what the statement quotes of it.
type terms struct {
	contract  *contract.Contract
	doc       *contract.Document // with its amendments listed
	zone      *time.Location
	inForce   []version
	reference contract.Reference
}

// A version is the document as it stands from a day on.
type version struct {
	contract.Version
	doc *contract.Document
}

func newTerms(c *contract.Contract, ref contract.Reference) (*terms, error) {
	t := &terms{contract: c, doc: c.Document(), zone: c.Zone(), reference: ref}
	for _, v := range c.Versions() {
		doc, err := t.doc.InForce(v.From)
		if err != nil {
			return nil, err
		}
		t.inForce = append(t.inForce, version{v, doc})
	}
	return t, nil
}

// on returns the document in force on a day.
func (t *terms) on(d contract.Date) *contract.Document {
	for _, v := range slices.Backward(t.inForce) {
		if !d.Before(v.From) {
			return v.doc
		}
	}
	return t.inForce[0].doc
}

// names are the names that the terms of a day list for an attribute, each with
// what the contract calls it.
func (t *terms) names(attribute string, on contract.Date) []string {
	r := t.on(on).Requests
	if r == nil {
		return nil
	}
	listed := map[string]map[string]string{"channel": r.Channels, "category": r.Categories, "priority": r.Priorities}[attribute]
	var names []string
	for _, name := range slices.Sorted(maps.Keys(listed)) {
		names = append(names, withLabel(name, listed[name]))
	}
	return names
}

func withLabel(name, label string) string {
	if label == "" {
		return name
	}
	return name + " " + label
}

// label is what the contract calls a channel or category.
func (t *terms) label(attribute, name string, lang language) string {
	r := t.doc.Requests
	if lang != chinese || r == nil {
		return name
	}
	listed := map[string]map[string]string{"channel": r.Channels, "category": r.Categories}[attribute]
	return cmp.Or(listed[name], name)
}

// An audit is the records of a contract, each with what became of it, and what
// was counted of them.
type audit struct {
	*terms
	drawn, asOf time.Time // when the records were drawn up; the instant asked about

	requests []*requestRow
	events   []*eventRow
	surveys  []*surveyRow

	measured     []measurement
	uncounted    int // measurements that the attainment clause does not count
	attainment   []contract.Attainment
	satisfaction []contract.Satisfaction
	silent       []string // of chapters that the contract does not have
	checks       checks

	ledgers *ledgers
	term    contract.Period // with its renewals
	whole   *contract.Statement
	weighed []weighed
}

// A measurement with the row that it is of.
type measurement struct {
	contract.Measurement
	of *requestRow
}

// checks count the workings that were redone, and name those that do not hold.
type checks struct {
	held, lost int
	failed     []string // the first of them
}

// mostFailed is how many workings that do not hold are named.
const mostFailed = 100

// add redoes a working by the independent check of package proof.
func (c *checks) add(of string, w *proof.Working) proof.Verdict {
	v := w.Check()
	if v.Outcome == proof.Holds {
		c.held++
		return v
	}
	if c.lost++; c.lost <= mostFailed {
		c.failed = append(c.failed, of+": "+v.String())
	}
	return v
}

// runAudit reads the records in a folder and measures them.
func runAudit(t *terms, dir string, drawn, asOf time.Time) (*audit, error) {
	a := &audit{terms: t, drawn: drawn, asOf: asOf}
	for _, read := range []struct {
		name    string
		columns []string
		visit   func(row)
	}{
		{"events.csv", eventColumns, func(r row) { a.events = append(a.events, readEvent(r, t.zone, drawn)) }},
		{"requests.csv", requestColumns, func(r row) { a.requests = append(a.requests, readRequest(r, t, drawn)) }},
		{"surveys.csv", surveyColumns, func(r row) { a.surveys = append(a.surveys, readSurvey(r, t.zone, drawn)) }},
	} {
		if err := readFile(dir, read.name, read.columns, read.visit); err != nil {
			return nil, err
		}
	}
	var err error
	if a.ledgers, err = readLedgers(dir, drawn, asOf, t.zone); err != nil {
		return nil, err
	}
	term, err := t.contract.Term(contract.LifeFacts{Notices: a.ledgers.Notices}, contract.DateOf(asOf.In(t.zone)))
	if err != nil && !errors.Is(err, contract.ErrSilent) {
		return nil, err
	}
	a.term = term.Period
	a.sortOut()
	if err := a.measure(); err != nil {
		return nil, err
	}
	if err := a.state(); err != nil {
		return nil, err
	}
	a.check()
	return a, nil
}

// sortOut finds what each row is before anything is measured: refused, said
// before, in conflict, outside the term, or of use. Events go to their requests.
func (a *audit) sortOut() {
	known := make(map[string]bool)           // every id that can be read, of whatever row
	first := make(map[string]*requestRow)    // by id, without faults
	conflict := make(map[string]*requestRow) // by id: the row that says something else
	term := a.term
	for _, q := range a.requests {
		id := q.request.ID
		if id != "" {
			known[id] = true
		}
		if len(q.faults) > 0 {
			continue
		}
		switch f, ok := first[id]; {
		case !ok:
			first[id] = q
		case f.same(q.row):
			q.outcome, q.earlier = outcomeDuplicate, f.line
		default:
			q.fault("id", faultConflict, id, f.source())
			if conflict[id] == nil {
				conflict[id] = q
			}
		}
	}
	for id, q := range conflict {
		f := first[id]
		f.fault("id", faultConflict, id, q.source()) // neither is to be trusted more
	}
	for _, q := range a.requests {
		received := contract.DateOf(q.request.Received.In(a.zone))
		switch {
		case q.outcome != 0:
		case len(q.faults) > 0:
			q.outcome = outcomeRefused
		case term.IsValid() && !term.Contains(received):
			q.outcome = outcomeOutside
		case q.request.Received.After(a.asOf), q.request.Recorded.After(a.asOf):
			q.outcome = outcomeLater
		}
	}
	a.sortEvents(known, first)
	a.sortSurveys(known, term)
}

func (a *audit) sortEvents(known map[string]bool, first map[string]*requestRow) {
	said := make(map[string]*eventRow)
	for _, e := range a.events {
		q := first[e.id]
		if len(e.faults) == 0 && !known[e.id] {
			e.fault("request", faultNoRequest, clipped(e.id))
		}
		switch key := e.said(); {
		case len(e.faults) > 0:
			e.outcome = outcomeRefused
			if q != nil && (q.outcome == 0 || q.outcome == outcomeRefused) {
				// Without this row nobody can say how the request stands.
				q.fault("id", faultEvent, e.faults[0].place())
				q.outcome = outcomeRefused
			}
		case said[key] != nil:
			e.outcome, e.earlier = outcomeDuplicate, said[key].line
		default:
			said[key] = e
			e.outcome = outcomeAside
			if q != nil {
				q.request.Events = append(q.request.Events, e.event)
			}
		}
	}
}

func (a *audit) sortSurveys(known map[string]bool, term contract.Period) {
	first := make(map[string]*surveyRow)
	for _, s := range a.surveys {
		if of := s.at("request"); len(s.faults) == 0 && of != "" && !known[of] {
			s.fault("request", faultNoRequest, clipped(of))
		}
		if len(s.faults) > 0 {
			continue
		}
		id := s.at("id")
		switch f, ok := first[id]; {
		case !ok:
			first[id] = s
		case f.same(s.row):
			s.outcome, s.earlier = outcomeDuplicate, f.line
		default:
			s.fault("id", faultConflict, id, f.source())
			f.fault("id", faultConflict, id, s.source())
		}
	}
	asOf := contract.DateOf(a.asOf.In(a.zone))
	for _, s := range a.surveys {
		switch {
		case s.outcome != 0:
		case len(s.faults) > 0:
			s.outcome = outcomeRefused
		case term.IsValid() && !term.Contains(s.survey.On):
			s.outcome = outcomeOutside
		case s.survey.On.After(asOf), s.survey.Recorded.After(asOf):
			s.outcome = outcomeLater
		default:
			s.outcome = outcomeMeasured
			if c := a.on(s.survey.On).Satisfaction; c != nil && !slices.Contains(c.Answers, s.survey.Answer) {
				s.outcome = outcomeInvalid
			}
		}
	}
}

// measure measures the requests that are left, and settles what became of them
// and of their events.
func (a *audit) measure() error {
	byID := make(map[string]outcome)
	for _, q := range a.requests {
		if q.outcome == 0 {
			if err := a.measureOne(q); err != nil {
				return err
			}
		}
		if q.outcome.measured() {
			byID[q.request.ID] = q.outcome
		}
	}
	for _, e := range a.events {
		if _, used := byID[e.id]; e.outcome == outcomeAside && used {
			e.outcome = outcomeMeasured
			if e.event.At.After(a.asOf) || e.event.Recorded.After(a.asOf) {
				e.outcome = outcomeLater
			}
		}
	}
	return nil
}

func (a *audit) measureOne(q *requestRow) error {
	list, err := a.contract.Measure(&q.request, a.asOf)
	if err != nil {
		var all contract.Errors
		if at, ok := errors.AsType[*contract.Error](err); ok && !errors.As(err, &all) {
			all = contract.Errors{at}
		}
		if len(all) == 0 {
			return err
		}
		for _, at := range all {
			q.faults = append(q.faults, a.impossible(q, at))
		}
		if len(list) == 0 { // else those are measured whose deadline is known
			q.outcome = outcomeRefused
			return nil
		}
	}
	q.measured = list
	switch {
	case len(q.faults) > 0:
		q.outcome = outcomePart
	case len(list) == 0:
		q.outcome = outcomeUnbound
	case slices.ContainsFunc(list, contract.Measurement.IsOpen):
		q.outcome = outcomeOpen
	default:
		q.outcome = outcomeMeasured
	}
	for _, m := range list {
		a.measured = append(a.measured, measurement{m, q})
	}
	return nil
}

// impossible is an error of the library as a fault of the row that it names.
func (a *audit) impossible(q *requestRow, err *contract.Error) fault {
	f := fault{file: q.table.name, line: q.line, code: faultLibrary, args: []any{err.Error()}}
	if errors.Is(err, contract.ErrRange) {
		return f
	}
	for _, e := range a.events {
		if e.source() != err.In || e.id != q.request.ID {
			continue
		}
		f.file, f.line, f.column, f.field = e.table.name, e.line, e.columns[1], "event"
		switch {
		case e.event.At.Before(q.request.Received):
			f.column, f.field = e.columns[2], "at"
			f.code, f.args = faultBefore, []any{e.event.Kind, stamp(e.event.At, a.zone), stamp(q.request.Received, a.zone)}
		case e.event.Kind == contract.EventResumed && errors.Is(err, contract.ErrConflict):
			f.code, f.args = faultResumed, []any{stamp(e.event.At, a.zone)}
		case e.event.Kind == contract.EventResumed && errors.Is(err, contract.ErrInvalid):
			f.code, f.args = faultWhichPause, []any{stamp(e.event.At, a.zone)}
		case e.event.Kind == contract.EventPaused && errors.Is(err, contract.ErrConflict):
			f.code, f.args = faultPausedTwice, []any{stamp(e.event.At, a.zone), e.event.Reason}
		}
	}
	return f
}

// check redoes every working: of each measurement, and of each figure.
func (a *audit) check() {
	for _, m := range a.measured {
		if m.Status != contract.StatusNotStarted {
			a.checks.add(m.Request().ID+", "+m.Target(), m.Explain())
		}
	}
	a.checkFigures()
}

// pooled are the figures that the clause counts: all targets together, or each.
func (a *audit) pooled() []contract.Attainment {
	var all []contract.Attainment
	for _, f := range a.attainment {
		together := contract.TogetherEach
		if c := a.on(f.Period.From).Attainment; c != nil {
			together = c.Together
		}
		if (f.Target == "") == (together == contract.TogetherPooled) {
			all = append(all, f)
		}
	}
	return all
}

// tallies are the measurements by what they came to.
type tallies struct {
	met, breached, openLate, open, excused, cancelled, notMeasured int
}

func (n tallies) decided() int  { return n.met + n.breached + n.openLate }
func (n tallies) breaches() int { return n.breached + n.openLate }

func (a *audit) tallies() (n tallies) {
	for _, m := range a.measured {
		switch m.Status {
		case contract.StatusMet:
			n.met++
		case contract.StatusBreached:
			if m.IsOpen() {
				n.openLate++
			} else {
				n.breached++
			}
		case contract.StatusExcused:
			n.excused++
		case contract.StatusCancelled:
			n.cancelled++
		case contract.StatusNotMeasured:
			n.notMeasured++
		default:
			n.open++
		}
	}
	return n
}

// belowTarget are the periods whose satisfaction is below the threshold.
func (a *audit) belowTarget() []contract.Satisfaction {
	var below []contract.Satisfaction
	for _, s := range a.satisfaction {
		if met, ok := s.Met(); ok && !met {
			below = append(below, s)
		}
	}
	return below
}

// rowsOf counts rows by outcome.
type rowsOf map[outcome]int

func (a *audit) rowCounts() (requests, events, surveys rowsOf) {
	requests, events, surveys = make(rowsOf), make(rowsOf), make(rowsOf)
	for _, q := range a.requests {
		requests[q.outcome]++
	}
	for _, e := range a.events {
		events[e.outcome]++
	}
	for _, s := range a.surveys {
		surveys[s.outcome]++
	}
	return requests, events, surveys
}

func (a *audit) refused() int {
	requests, events, surveys := a.rowCounts()
	n := requests[outcomeRefused] + requests[outcomePart] + events[outcomeRefused] + surveys[outcomeRefused]
	for _, l := range a.ledgers.list {
		n += l.counts()[outcomeRefused]
	}
	return n
}

func (l *ledger) counts() rowsOf {
	n := make(rowsOf)
	for _, q := range l.rows {
		n[q.outcome]++
	}
	return n
}

// exitCode is what the program ends with after the statement.
func (a *audit) exitCode(strict bool) int {
	switch {
	case a.checks.lost > 0, strict && a.refused() > 0:
		return exitFailed
	case strict && (a.tallies().breaches() > 0 || len(a.belowTarget()) > 0 || len(a.whole.Errors()) > 0):
		return exitFindings
	}
	return exitDone
}

// strayPauses are the pauses of a request that none of its targets allows.
func (q *requestRow) strayPauses() []contract.Pause {
	var stray []contract.Pause
	for i, m := range q.measured {
		not := m.PausesNotAllowed()
		if i == 0 {
			stray = not
			continue
		}
		stray = slices.DeleteFunc(stray, func(p contract.Pause) bool {
			return !slices.ContainsFunc(not, func(o contract.Pause) bool { return o.Source == p.Source && o.From.Equal(p.From) })
		})
	}
	return stray
}
