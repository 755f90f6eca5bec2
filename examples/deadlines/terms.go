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
	// the library chooses, as it does where what happened may change which bind.
	strictest bool
}

// A version is one state of the terms.
type version struct {
	from  contract.Date
	start time.Time // of that day
	doc   *contract.Document
}

// reached reports whether a ticket of an instant falls under the version. Only near its
// first midnight need the day be worked out, which a clock may have gone back over.
func (v *version) reached(t time.Time, zone *time.Location) bool {
	switch since := t.Sub(v.start); {
	case since > 24*time.Hour:
		return true
	case since < -24*time.Hour:
		return false
	}
	return !contract.DateOf(t.In(zone)).Before(v.from)
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
		t.versions = append(t.versions, version{v.From, v.From.StartIn(t.zone), doc})
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
	stop   column   // of the event that ends it
	onRun  bool     // the clock starts with the receipt
	pauses []string // the reasons of those that stop it
	csv    string   // target and clause, as the output has them
}

var stops = map[contract.StopEvent]column{
	contract.StopResponded: colResponded, contract.StopArrived: colArrived,
	contract.StopRestored: colRestored, contract.StopResolved: colResolved,
}

// A judge answers tickets. Each worker has its own: it remembers which targets bind
// which kind of ticket, so that a ticket is asked by handle.
type judge struct {
	*terms
	asOf  time.Time
	known []map[subject]*kind // of each version
	last  [64]*kind           // found lately: to compare is a third of a look-up
	said  answer

	paused []contract.Pause // of the ticket that is answered
}

// A subject is what targets choose a ticket by.
type subject struct{ channel, category, priority, item string }

// A kind of ticket, and the targets that bind it by one version of the terms.
type kind struct {
	subject
	version int
	targets []bound
}

// is reports whether a ticket is of the kind.
func (k *kind) is(q *ticket) bool {
	return string(q.channel) == k.channel && string(q.category) == k.category && string(q.priority) == k.priority && string(q.item) == k.item
}

func newJudge(t *terms, asOf time.Time) *judge {
	j := &judge{terms: t, asOf: asOf, known: make([]map[subject]*kind, len(t.versions))}
	for i := range j.known {
		j.known[i] = make(map[subject]*kind)
	}
	return j
}

// mostKinds bounds what a judge remembers, since items may have any name.
const mostKinds = 4096

// targets are those that bind a ticket, by the terms of the day.
func (j *judge) targets(q *ticket) ([]bound, error) {
	at := len(j.versions) - 1
	for at > 0 && !j.versions[at].reached(q.received, j.zone) {
		at--
	}
	last := &j.last[hash(q, at)%uint(len(j.last))]
	if k := *last; k != nil && k.version == at && k.is(q) {
		return k.targets, nil
	}
	of := subject{string(q.channel), string(q.category), string(q.priority), string(q.item)}
	k, ok := j.known[at][of]
	if !ok {
		list, err := j.bind(q.selector(), q.received, j.versions[at].doc)
		if err != nil {
			return nil, err
		}
		k = &kind{of, at, list}
		if len(j.known[at]) < mostKinds {
			j.known[at][of] = k
		}
	}
	*last = k
	return k.targets, nil
}

// hash tells kinds apart by lengths and last letters: what it takes for one for another
// costs a look-up.
func hash(q *ticket, version int) uint {
	h := uint(version)
	for _, name := range [...][]byte{q.channel, q.category, q.priority, q.item} {
		h = h*31 + uint(len(name))
		if len(name) > 0 {
			h = h*31 + uint(name[len(name)-1])
		}
	}
	return h
}

func (j *judge) bind(s contract.Selector, received time.Time, doc *contract.Document) ([]bound, error) {
	targets, err := j.contract.Targets(s, contract.DateOf(received.In(j.zone)))
	if err != nil {
		return nil, err
	}
	var list []bound
	for _, t := range targets {
		clause := doc.Targets[t.Name()]
		b := newBound(t, doc.Cite(clause.Clause))
		b.stop = stops[clause.Stop.Event]
		b.onRun, b.pauses = clause.Start.Event == contract.StartReceived, clause.Pauses.Reasons
		list = append(list, b)
	}
	return list, nil
}

func newBound(t *contract.Target, clause string) bound {
	return bound{target: t, clause: clause, csv: string(appendCSV(append(appendCSV([]byte{','}, t.Name()), ','), clause))}
}

// An answer is how one target stands for a ticket. Without a target none binds it,
// or it was refused.
type answer struct {
	id      []byte
	bound   *bound
	due     time.Time // zero where no clock has started
	status  contract.Status
	overrun time.Duration
	faults  []fault
}

// answer asks every target that binds a ticket, and visits the answers; they are used
// again. What cannot be answered, of one target, is a fault of the row; the others are
// answered all the same.
func (j *judge) answer(r *row, q *ticket, visit func(*answer)) {
	a := &j.said
	*a = answer{id: q.id, faults: r.faults}
	if len(r.faults) > 0 {
		visit(a)
		return
	}
	list, err := j.targets(q)
	if err == nil && (j.strictest || len(q.more) > 0) {
		if err = j.chosen(r, q, visit); err == nil {
			return
		}
	}
	if err != nil {
		r.library(err, q)
		a.faults = r.faults
		visit(a)
		return
	}
	if len(list) == 0 {
		visit(a)
	}
	for i := range list {
		b := &list[i]
		a.bound, a.due, a.overrun, a.faults = b, time.Time{}, 0, nil
		var err error
		if q.simple && b.onRun {
			err = j.byDeadline(q, a)
		} else {
			err = j.byMeasure(r, q, a)
		}
		if err != nil {
			n := len(r.faults)
			r.library(err, q)
			a.faults = r.faults[n:]
		}
		visit(a)
	}
}

// stops reports whether pauses for a reason stop the clock.
func (b *bound) stops(reason []byte) bool {
	for _, known := range b.pauses {
		if string(reason) == known {
			return true
		}
	}
	return false
}

// byDeadline answers a ticket with a clock that started when it was received, whose
// pauses come one after another. When that is due is a question that allocates nothing,
// and how it stands is then a comparison of instants. It says what Target.Measure says,
// which a test holds it to, and leaves out how much of the clock was used.
func (j *judge) byDeadline(q *ticket, a *answer) (err error) {
	ended, open := j.asOf, contract.StatusRunning
	if t := q.events[colCancelled]; !t.IsZero() && !t.After(ended) {
		ended, open = t, contract.StatusCancelled
	}
	if t := q.events[a.bound.stop]; !t.IsZero() && !t.After(ended) { // of two at one instant, done goes before cancelled
		ended, open = t, contract.StatusMet
	}
	j.paused = j.paused[:0]
	for i := range q.pauses {
		p := &q.pauses[i]
		if p.from.After(ended) || !a.bound.stops(p.reason) {
			continue
		}
		to := p.to
		if to.IsZero() || to.After(ended) {
			if to = ended; open == contract.StatusRunning {
				open = contract.StatusPaused
			}
		}
		j.paused = append(j.paused, contract.Pause{From: p.from, To: to})
	}
	if a.due, err = a.bound.target.DuePaused(q.received, j.paused); err != nil {
		return err
	}
	switch a.status = open; {
	case a.due.IsZero():
		a.status = contract.StatusNotMeasured
	case ended.After(a.due):
		a.status, a.overrun = contract.StatusBreached, ended.Sub(a.due)
	}
	return nil
}

func (j *judge) byMeasure(r *row, q *ticket, a *answer) error {
	m, err := a.bound.target.Measure(q.asked(r), j.asOf)
	if err == nil {
		a.due, a.status, a.overrun = m.Due, m.Status, m.Overrun
	}
	return err
}

// chosen leaves it to the library which of several targets binds a ticket, and for which
// of its clocks. Where the calendar does not reach a deadline the others are known; an
// error that is returned is of the ticket as a whole.
func (j *judge) chosen(r *row, q *ticket, visit func(*answer)) error {
	measured, err := j.contract.Measure(q.asked(r), j.asOf)
	var unknown contract.Errors
	if err != nil && (!errors.Is(err, contract.ErrRange) || !errors.As(err, &unknown)) {
		return err
	}
	if len(measured)+len(unknown) == 0 {
		visit(&j.said)
	}
	for _, m := range measured {
		t, err := j.contract.Target(m.Target())
		if err != nil {
			return err
		}
		b := newBound(t, m.Clause())
		j.said = answer{id: q.id, bound: &b, due: m.Due, status: m.Status, overrun: m.Overrun}
		visit(&j.said)
	}
	for _, e := range unknown {
		t, err := j.contract.Target(targetAt(e.Pointer))
		if err != nil {
			return err
		}
		b := newBound(t, e.Clause)
		r.fault(-1, "", "%s", e.Msg)
		j.said = answer{id: q.id, bound: &b, faults: r.faults[len(r.faults)-1:]}
		visit(&j.said)
	}
	return nil
}

// targetAt is the name of the target at a place of the document.
func targetAt(pointer string) string {
	return strings.NewReplacer("~1", "/", "~0", "~").Replace(strings.TrimPrefix(pointer, "/targets/"))
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
		} else if n, err := strconv.Atoi(strings.TrimPrefix(e.Pointer, "events/")); err == nil && n >= 0 && n < len(q.places) {
			r.fault(q.places[n].at, columnNames[q.places[n].column], "%s", text)
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
