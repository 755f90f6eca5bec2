package main

import (
	"encoding/csv"
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

// json writes the statement as the library has it.
func (a *audit) json(out io.Writer) error {
	data, err := a.whole.JSON()
	if err != nil {
		return err
	}
	_, err = out.Write(append(data, '\n'))
	return err
}

// csv writes one table of all that the statement says, a line each.
func (a *audit) csv(out io.Writer) error {
	w := csv.NewWriter(out)
	put := func(section, id, what, of, clause, claimed, computed, amount, source, note string) {
		w.Write([]string{section, id, what, of, clause, claimed, computed, amount, source, note}) // the error stays, and Flush tells it
	}
	put("section", "id", "what", "of", "clause", "claimed", "computed", "amount", "source", "note")
	st := a.whole
	money := func(m contract.Money) string {
		if m.Currency() == "" {
			return ""
		}
		return m.String()
	}
	for _, o := range st.Balance {
		put("owed", o.FigureID(), o.What, o.Of, o.Clause, "", string(o.By), money(o.Amount), "", "")
	}
	for _, d := range st.Differences {
		put("difference", d.ID, d.What, d.Of, d.Clause, d.Claimed.Text, d.Computed.Text, money(d.Amount), d.Source, d.Note)
	}
	for _, f := range st.Findings {
		put("finding", f.ID, string(f.Code), f.Of, f.Clause, "", "", money(f.Amount), f.Source, f.Msg)
	}
	for _, f := range st.Figures() {
		put("figure", f.ID, f.What, f.Of, f.Clause, "", f.Value.Text, "", "", f.Note)
	}
	for _, g := range st.Agenda {
		put("agenda", g.On.String(), g.What, g.Of, g.Clause, "", "", "", "", g.Consequence)
	}
	for _, q := range a.wrongRows() {
		put("refused", q.id, "", "", "", "", "", "", q.place, q.text)
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
		if q.outcome == outcomeRefused {
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
