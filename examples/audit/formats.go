package main

import (
	"encoding/csv"
	"encoding/json"
	"io"
	"slices"

	"github.com/cfd16870/contract"
)

// The forms of the statement.
const (
	formatText = "text"
	formatJSON = "json"
	formatCSV  = "csv"
)

// auditFormat is the form of an audit in JSON.
const auditFormat = "contract.audit/1"

// json writes the statement as the library has it, with what became of the rows.
func (a *audit) json(out io.Writer) error {
	statement, err := a.whole.JSON()
	if err != nil {
		return err
	}
	type refused struct {
		ID    string `json:"id,omitempty"`
		Place string `json:"place"`
		Says  string `json:"says"`
	}
	all := struct {
		Format    string                    `json:"format"`
		Statement json.RawMessage           `json:"statement"`
		Rows      map[string]map[string]int `json:"rows"` // of each file: how many there are, and what became of them
		Refused   []refused                 `json:"refused"`
	}{auditFormat, statement, make(map[string]map[string]int), []refused{}}
	count := func(file string, n rowsOf, rows int, use phrase) {
		all.Rows[file] = map[string]int{"read": rows}
		for o, k := range n {
			word := outcomeWords[o]
			if o == outcomeMeasured {
				word = use
			}
			if k > 0 {
				all.Rows[file][word.en] = k
			}
		}
	}
	requests, events, surveys := a.rowCounts()
	count("requests.csv", requests, len(a.requests), outcomeWords[outcomeMeasured])
	count("events.csv", events, len(a.events), sayUsed)
	count("surveys.csv", surveys, len(a.surveys), sayValid)
	for _, l := range a.ledgers.list {
		count(l.name, l.counts(), len(l.rows), sayUsed)
	}
	for _, q := range a.wrongRows() {
		all.Refused = append(all.Refused, refused{q.id, q.place, q.text})
	}
	enc := json.NewEncoder(out)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(all)
}

// csv writes one table of all that the statement says, a line each.
func (a *audit) csv(out io.Writer) error {
	w := csv.NewWriter(out)
	put := func(section, id, by, what, of, on, clause, claimed, computed, amount, source, note string) {
		w.Write([]string{section, id, by, what, of, on, clause, claimed, computed, amount, source, note}) // the error stays, and Flush tells it
	}
	put("section", "id", "by", "what", "of", "on", "clause", "claimed", "computed", "amount", "source", "note")
	st := a.whole
	money := func(m contract.Money) string {
		if m.Currency() == "" {
			return ""
		}
		return m.String()
	}
	day := func(d contract.Date) string {
		if !d.IsValid() {
			return ""
		}
		return d.String()
	}
	for _, o := range st.Balance {
		note := ""
		if o.Waiting != "" {
			note = "waits: " + string(o.Waiting)
		}
		put("owed", o.FigureID(), string(o.By), o.What, o.Of, day(o.Due), o.Clause, "", "", money(o.Amount), "", note)
	}
	for _, d := range st.Differences {
		put("difference", d.ID, "", d.What, d.Of, "", d.Clause, d.Claimed.Text, d.Computed.Text, money(d.Amount), d.Source, d.Note)
	}
	for _, f := range st.Findings {
		put("finding", f.ID, "", string(f.Code), f.Of, day(f.On), f.Clause, "", "", money(f.Amount), f.Source, f.Msg)
	}
	for _, f := range st.Figures() {
		put("figure", f.ID, "", f.What, f.Of, "", f.Clause, "", f.Value.Text, "", "", f.Note)
	}
	for _, g := range st.Agenda {
		put("agenda", "", "", g.What, g.Of, g.On.String(), g.Clause, "", "", "", "", g.Consequence)
	}
	for _, q := range a.wrongRows() {
		put("refused", q.id, "", "", "", "", "", "", "", "", q.place, q.text)
	}
	w.Flush()
	return w.Error()
}

// A wrongRow is a row that was refused, with one of its faults.
type wrongRow struct{ id, place, text string }

func (a *audit) wrongRows() []wrongRow {
	var list []wrongRow
	put := func(id string, r row) {
		for _, f := range r.faults {
			list = append(list, wrongRow{id, f.place(), f.text(english)})
		}
	}
	for _, q := range a.requests {
		if q.outcome.faulty() {
			put(q.request.ID, q.row)
		}
	}
	for _, e := range a.events {
		if e.outcome == outcomeRefused {
			put(e.id, e.row)
		}
	}
	for _, s := range a.surveys {
		if s.outcome == outcomeRefused {
			put(s.at("id"), s.row)
		}
	}
	for _, l := range a.ledgers.list {
		for _, q := range l.rows {
			if q.outcome == outcomeRefused {
				put(q.id, q.row)
			}
		}
	}
	return slices.Clip(list)
}
