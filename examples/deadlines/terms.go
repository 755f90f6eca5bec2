package main

import (
	"errors"
	"fmt"
	"os"
	"strconv"
	"strings"
	"time"

	"github.com/rickar/cal/v2/gb"

	"github.com/cfd16870/contract"
	"github.com/cfd16870/contract/cn"
	"github.com/cfd16870/contract/fromcal"
)

// terms are a contract as it is asked: compiled once, shared by all workers.
type terms struct {
	contract *contract.Contract
	zone     *time.Location
	versions []version // ascending
	// strictest: of several targets some version binds the one that is due first, which
	// the library chooses.
	strictest bool
}

// A version is one state of the terms.
type version struct {
	from contract.Date
	doc  *contract.Document
}

// readTerms parses and compiles the contract. All its faults come back at once.
func readTerms(path string) (*terms, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("%w; run the program from the root of the module, or say where the contract is with -contract", err)
	}
	doc, err := contract.Parse(data)
	if err != nil {
		return nil, fmt.Errorf("the contract %s has faults:\n%w", path, err)
	}
	ref, err := referenceData(doc)
	if err != nil {
		return nil, err
	}
	c, err := contract.Compile(doc, ref)
	if err != nil {
		return nil, fmt.Errorf("the contract %s has faults:\n%w", path, err)
	}
	t := &terms{contract: c, zone: c.Zone()}
	for _, v := range c.Versions() {
		doc, err := doc.InForce(v.From)
		if err != nil {
			return nil, err
		}
		t.versions = append(t.versions, version{v.From, doc})
		t.strictest = t.strictest || doc.SeveralTargets == contract.Strictest
	}
	return t, nil
}

// referenceData are the calendars that the program knows by the name that a
// document gives them. No deadline asks for a published rate, so that a series is
// there by name, and knows no day.
func referenceData(doc *contract.Document) (contract.Reference, error) {
	england, err := fromcal.New("england", 2023, 2026, gb.Holidays...)
	if err != nil {
		return contract.Reference{}, err
	}
	ref := contract.Reference{
		Calendars: map[string]*contract.Calendar{"cn": cn.Calendar(), "england": england},
		Series:    map[string]*contract.Series{"lpr1y": cn.LPR1Y(), "lpr5y": cn.LPR5Y()},
	}
	if late := doc.LatePayment; late != nil && late.Reference != nil && ref.Series[late.Reference.Series] == nil {
		ref.Series[late.Reference.Series] = new(contract.Series)
	}
	return ref, nil
}

// A bound is a target that binds a kind of ticket in one version of the terms.
type bound struct {
	target *contract.Target
	clause string
	stop   contract.EventKind
	onRun  bool   // the clock starts with the receipt
	csv    string // target and clause, as the output has them
}

var stops = map[contract.StopEvent]contract.EventKind{
	contract.StopResponded: contract.EventResponded, contract.StopArrived: contract.EventArrived,
	contract.StopRestored: contract.EventRestored, contract.StopResolved: contract.EventResolved,
}

// A judge answers tickets. Each worker has its own: it remembers which targets bind
// which kind of ticket, so that a ticket is asked by handle.
type judge struct {
	*terms
	asOf  time.Time
	known []map[contract.Selector][]bound // of each version
}

func newJudge(t *terms, asOf time.Time) *judge {
	j := &judge{terms: t, asOf: asOf, known: make([]map[contract.Selector][]bound, len(t.versions))}
	for i := range j.known {
		j.known[i] = make(map[contract.Selector][]bound)
	}
	return j
}

// mostKinds bounds what a judge remembers, since items may have any name.
const mostKinds = 4096

// targets are those that bind a ticket, by the terms of the day.
func (j *judge) targets(q *contract.Request) ([]bound, error) {
	at := 0
	if len(j.versions) > 1 {
		on := contract.DateOf(q.Received.In(j.zone))
		for at = len(j.versions) - 1; at > 0 && on.Before(j.versions[at].from); at-- {
		}
	}
	if list, ok := j.known[at][q.Selector]; ok {
		return list, nil
	}
	list, err := j.bind(q, j.versions[at].doc)
	if err == nil && len(j.known[at]) < mostKinds {
		kind := contract.Selector{ // a copy, that the texts of a block are not kept for it
			Channel: strings.Clone(q.Channel), Category: strings.Clone(q.Category),
			Priority: strings.Clone(q.Priority), Item: strings.Clone(q.Item),
		}
		j.known[at][kind] = list
	}
	return list, err
}

func (j *judge) bind(q *contract.Request, doc *contract.Document) ([]bound, error) {
	targets, err := j.contract.Targets(q.Selector, contract.DateOf(q.Received.In(j.zone)))
	if err != nil {
		return nil, err
	}
	list := []bound{}
	for _, t := range targets {
		clause := doc.Targets[t.Name()]
		b := bound{target: t, clause: doc.Cite(clause.Clause), stop: stops[clause.Stop.Event], onRun: clause.Start.Event == contract.StartReceived}
		b.csv = string(appendCSV(append(appendCSV([]byte{','}, t.Name()), ','), b.clause))
		list = append(list, b)
	}
	return list, nil
}

// An answer is how one target stands for a ticket. Without a target none binds it,
// or it was refused.
type answer struct {
	id      string
	bound   *bound
	due     time.Time // zero where no clock has started
	status  contract.Status
	overrun time.Duration
	faults  []fault
}

// answer asks every target that binds a ticket. One that cannot be answered, for
// one target, is a fault of the row; the others are answered all the same.
func (j *judge) answer(r *row, q *ticket, visit func(*answer)) {
	a := answer{id: q.request.ID}
	if len(r.faults) > 0 {
		a.faults = r.faults
		visit(&a)
		return
	}
	list, err := j.targets(&q.request)
	if err != nil {
		r.library(err, q)
		a.faults = r.faults
		visit(&a)
		return
	}
	if j.strictest {
		j.chosen(r, q, visit)
		return
	}
	if len(list) == 0 {
		visit(&a)
	}
	for i := range list {
		b := &list[i]
		a = answer{id: q.request.ID, bound: b}
		err := error(nil)
		if q.short && b.onRun {
			err = j.byDeadline(&q.request, &a)
		} else {
			var m contract.Measurement
			if m, err = b.target.Measure(&q.request, j.asOf); err == nil {
				a.due, a.status, a.overrun = m.Due, m.Status, m.Overrun
			}
		}
		if err != nil {
			n := len(r.faults)
			r.library(err, q)
			a.faults = r.faults[n:]
		}
		visit(&a)
	}
}

// byDeadline answers a ticket that knows no pause, whose clock started when it was
// received. When that is due is a question that allocates nothing, and how it stands
// is then a comparison of instants. It says what Target.Measure says, which a test
// holds it to, and leaves out how much of the clock was used.
func (j *judge) byDeadline(q *contract.Request, a *answer) error {
	d, err := a.bound.target.Deadline(q.Received)
	if err != nil {
		return err
	}
	if d.NotMeasured {
		a.status = contract.StatusNotMeasured
		return nil
	}
	ended, by := j.asOf, contract.EventKind(0)
	for i := range q.Events {
		// The first ends it; of two at one instant, done goes before cancelled.
		e := &q.Events[i]
		if (e.Kind == a.bound.stop || e.Kind == contract.EventCancelled) && !e.At.After(ended) && (by == 0 || e.At.Before(ended)) {
			ended, by = e.At, e.Kind
		}
	}
	a.due = d.Due
	switch {
	case ended.After(d.Due):
		a.status, a.overrun = contract.StatusBreached, ended.Sub(d.Due)
	case by == contract.EventCancelled:
		a.status = contract.StatusCancelled
	case by != 0:
		a.status = contract.StatusMet
	default:
		a.status = contract.StatusRunning
	}
	return nil
}

// chosen leaves it to the library which of several targets binds a ticket.
func (j *judge) chosen(r *row, q *ticket, visit func(*answer)) {
	list, err := j.contract.Measure(&q.request, j.asOf)
	if err != nil {
		r.library(err, q)
		visit(&answer{id: q.request.ID, faults: r.faults})
		return
	}
	if len(list) == 0 {
		visit(&answer{id: q.request.ID})
	}
	for _, m := range list {
		b := bound{clause: m.Clause()}
		b.target, _ = j.contract.Target(m.Target()) // it measured
		b.csv = string(appendCSV(append(appendCSV([]byte{','}, m.Target()), ','), b.clause))
		visit(&answer{id: q.request.ID, bound: &b, due: m.Due, status: m.Status, overrun: m.Overrun})
	}
}

// library adds what the library says of a ticket, at the column that it speaks of.
func (r *row) library(err error, q *ticket) {
	var all contract.Errors
	if !errors.As(err, &all) {
		var one *contract.Error
		if !errors.As(err, &one) {
			r.fault(-1, "", "%v", err)
			return
		}
		all = contract.Errors{one}
	}
	for _, e := range all {
		text := e.Msg
		if text == "" {
			text = e.Kind.Error()
		}
		if c := columnOf(e.Pointer); c != noColumn {
			r.wrong(c, "%s", text)
		} else if n, err := strconv.Atoi(strings.TrimPrefix(e.Pointer, "events/")); err == nil && n < len(q.columns) {
			r.fault(q.places[n], columnNames[q.columns[n]], "%s", text)
		} else {
			r.fault(-1, "", "%v", placeless(e))
		}
	}
}

// placeless is an error without the place in the records, which the row says.
func placeless(e *contract.Error) string {
	short := *e
	short.In = ""
	return short.Error()
}
