package main

import (
	"errors"
	"fmt"
	"iter"
	"runtime"
	"sync"

	"github.com/shopspring/decimal"

	"github.com/cfd16870/contract"
	"github.com/cfd16870/contract/proof"
)

// state makes the statement of all records that are left: the library computes, the
// program reads and prints.
func (a *audit) state() error {
	r := a.ledgers.Records
	r.Requests, r.Surveys, r.Breaches = a.goodRequests(), a.goodSurveys(), len(a.measured)
	st, err := a.contract.Statement(r, a.asOf)
	if err != nil {
		return err
	}
	a.whole = st
	a.attainment, a.satisfaction = st.Attainment, st.Satisfaction
	a.ledgers.refused(st.Refused)
	for _, e := range st.Refused {
		for _, s := range a.surveys {
			if s.survey.Source == e.In { // an answer that no clause counts
				s.outcome = outcomeRefused
				s.faults = append(s.faults, fault{file: s.table.name, line: s.line, code: faultLibrary, args: []any{e.Msg}})
			}
		}
	}
	for _, e := range st.Silent {
		a.silent = append(a.silent, e.Pointer)
	}
	for _, m := range a.measured {
		if c := a.on(contract.DateOf(m.Request().Received.In(a.zone))).Attainment; c != nil && !contains(c.Of, m.Target()) {
			a.uncounted++
		}
	}
	return nil
}

func contains(list []string, s string) bool {
	for _, one := range list {
		if one == s {
			return true
		}
	}
	return false
}

// goodRequests are the requests that were measured, for some targets at least.
func (a *audit) goodRequests() iter.Seq2[*contract.Request, error] {
	return func(yield func(*contract.Request, error) bool) {
		for _, q := range a.requests {
			if q.outcome.measured() {
				if !yield(&q.request, nil) {
					return
				}
			}
		}
	}
}

func (a *audit) goodSurveys() iter.Seq2[contract.Survey, error] {
	return func(yield func(contract.Survey, error) bool) {
		for _, s := range a.surveys {
			if s.outcome == outcomeMeasured || s.outcome == outcomeInvalid {
				if !yield(s.survey, nil) {
					return
				}
			}
		}
	}
}

// A weighed doubt is another reading, and what it changes.
type weighed struct {
	at      string
	reads   string
	instead string
	why     string // why it was not weighed; "" if it was

	customer, provider contract.Money // what each owes, less what it owes as it stands
	due                contract.Money // of what the customer owes, what is due
	breaches           int64
}

func (w weighed) moves() bool {
	return !w.customer.IsZero() || !w.due.IsZero() || !w.provider.IsZero() || w.breaches != 0
}

// weight is how much money it moves.
func (w weighed) weight() decimal.Decimal {
	return w.customer.Decimal().Abs().Add(w.provider.Decimal().Abs())
}

// weigh states the records again under each other reading of a doubtful place.
func (a *audit) weigh() {
	for i, r := range a.doc.Readings {
		for j := range r.Also {
			d := a.whole.Doubts[i]
			a.weighed = append(a.weighed, weighed{at: r.At, reads: d.Reads, instead: r.Also[j].Reads})
		}
	}
	next := make(chan int)
	var done sync.WaitGroup
	places := make([][2]int, 0, len(a.weighed))
	for i, r := range a.doc.Readings {
		for j := range r.Also {
			places = append(places, [2]int{i, j})
		}
	}
	for range runtime.GOMAXPROCS(0) {
		done.Go(func() {
			for n := range next {
				at := places[n]
				a.weighOne(&a.weighed[n], a.doc.Readings[at[0]].Also[at[1]])
			}
		})
	}
	for n := range places {
		next <- n
	}
	close(next)
	done.Wait()
}

func (a *audit) weighOne(w *weighed, other contract.Alternative) {
	if len(other.Changes) == 0 {
		w.why = "-"
		return
	}
	st, err := a.under(other)
	if err != nil {
		w.why = firstLine(err)
		return
	}
	if w.due, err = a.dueOf(st).Sub(a.dueOf(a.whole)); err != nil {
		w.why = firstLine(err)
	}
	w.breaches = st.Counts.ByStatus[contract.StatusBreached] - a.whole.Counts.ByStatus[contract.StatusBreached]
	for _, side := range []struct {
		role contract.Role
		into *contract.Money
	}{{contract.Customer, &w.customer}, {contract.Provider, &w.provider}} {
		if *side.into, err = st.Owed(side.role).Sub(a.whole.Owed(side.role)); err != nil {
			w.why = firstLine(err)
		}
	}
}

// dueOf is what the customer has to pay by the day of a statement.
func (a *audit) dueOf(st *contract.Statement) contract.Money {
	sum := a.nothing()
	for _, o := range st.Balance {
		if o.By == contract.Customer && o.IsDue(contract.DateOf(st.AsOf)) {
			sum = plus(sum, o.Amount)
		}
	}
	return sum
}

// under is the statement of the same records under another reading.
func (a *audit) under(other contract.Alternative) (*contract.Statement, error) {
	doc, err := a.doc.Reread(other)
	if err != nil {
		return nil, err
	}
	c, err := contract.Compile(doc, a.reference)
	if err != nil {
		return nil, err
	}
	if c, err = c.Provisional(); err != nil {
		return nil, err
	}
	r := a.ledgers.Records
	r.Requests, r.Surveys = a.goodRequests(), a.goodSurveys()
	return c.Statement(r, a.asOf)
}

func firstLine(err error) string {
	var all contract.Errors
	if errors.As(err, &all) {
		return all[0].Error()
	}
	return err.Error()
}

// checkFigures redoes the working of every figure of the statement that is not
// redone with its measurement.
func (a *audit) checkFigures() {
	for _, f := range a.whole.Figures() {
		w := f.Explain()
		if len(w.Steps) == 0 {
			continue
		}
		if w.Result != f.Value && w.Result.Kind != proof.Truth { // of satisfaction and status the last step says whether it is reached
			a.checks.lost++
			a.checks.failed = append(a.checks.failed, fmt.Sprintf("%s: the working ends at %s, and the figure is %s", f.ID, w.Result.Text, f.Value.Text))
			continue
		}
		a.checks.add(f.ID, w)
	}
}
