package main

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/cfd16870/contract"
)

// The measurements that the statement lists one by one: what was late, what is open,
// which pauses the contract does not allow.

// breachList prints every breach, by target and clause.
func (a *audit) breachList(s *sheet) {
	s.head(sayBreachHead)
	s.text(s.say(sayBreachNote))
	a.lateOnes(s, contract.StatusBreached)
	if a.tallies().excused > 0 {
		s.line("")
		s.text(s.say(sayExcused))
		a.lateOnes(s, contract.StatusExcused)
	}
}

func (a *audit) lateOnes(s *sheet, status contract.Status) {
	type key struct{ target, clause string }
	groups := make(map[key][]measurement)
	var keys []key
	for _, m := range a.measured {
		if m.Status != status {
			continue
		}
		k := key{m.Target(), m.Clause()}
		if groups[k] == nil {
			keys = append(keys, k)
		}
		groups[k] = append(groups[k], m)
	}
	slices.SortFunc(keys, func(x, y key) int { return cmp.Or(cmp.Compare(x.target, y.target), cmp.Compare(x.clause, y.clause)) })
	if len(keys) == 0 {
		s.text(s.say(sayNone))
	}
	for _, k := range keys {
		list := groups[k]
		slices.SortStableFunc(list, func(x, y measurement) int {
			return cmp.Or(x.Request().Received.Compare(y.Request().Received), cmp.Compare(x.Request().ID, y.Request().ID))
		})
		s.line("")
		s.text(s.say(sayGroup, k.target, s.lang.clause(k.clause), len(list)))
		var rows []tableRow
		for _, m := range list {
			rows = append(rows, tableRow{lateCells(s, m.Measurement), a.why(s, m)})
		}
		s.table(lateColumns(s), rows)
	}
}

func lateColumns(s *sheet) []column {
	return []column{{s.say(sayID), false}, {s.say(sayReceived), false}, {s.say(sayDue), false}, {s.say(sayDone), false}, {s.say(sayOver), true}, {s.say(sayOverHours), true}}
}

// lateCells are the figures of a breach.
func lateCells(s *sheet, m contract.Measurement) []string {
	done := s.say(sayStillOpen)
	if !m.Done.IsZero() {
		done = stamp(m.Done, s.zone)
	}
	service := s.say(sayUnknown)
	if d, ok := m.OverrunService(); ok {
		service = elapsed(d)
	} else if len(m.Calendars()) == 0 {
		service = "-" // the clock runs day and night, and no hours are named
	}
	return []string{m.Request().ID, stamp(m.Request().Received, s.zone), stamp(m.Due, s.zone), done, elapsed(m.Overrun), service}
}

// why says in a line what was late, and what happened that does not count.
func (a *audit) why(s *sheet, m measurement) string {
	q := m.Request()
	clause := a.on(contract.DateOf(q.Received.In(a.zone))).Targets[m.Target()]
	words := doneWords[clause.Measure]
	said := words.done
	if m.Done.IsZero() {
		said = words.not
	}
	parts := []string{s.say(said, elapsed(m.Overrun))}
	for _, e := range q.Events {
		switch {
		case e.At.After(a.asOf) || !m.Done.IsZero() && e.At.After(m.Done):
			if e.Kind == contract.EventExcused && m.Status == contract.StatusExcused {
				parts = append(parts, s.say(sayExcuse, e.Reason))
			}
		case e.Kind == contract.EventAutoReply && clause.Measure == contract.MeasureResponse:
			parts = append(parts, s.say(sayAutoReply, stamp(e.At, a.zone)))
		case e.Kind == contract.EventWorkaround && clause.Stop.Workaround == contract.CountsNo:
			parts = append(parts, s.say(sayWorkaround, stamp(e.At, a.zone)))
		case e.Kind == contract.EventPaused && !slices.Contains(clause.Pauses.Reasons, e.Reason):
			parts = append(parts, s.say(sayPauseBarred, e.Reason))
		}
	}
	if m.Provisional.IsValid() {
		parts = append(parts, s.say(sayProvisional, m.Provisional))
	}
	parts = append(parts, a.subject(s, m.of))
	return strings.Join(parts, s.say(saySemicolon))
}

// subject is what was asked, and where it was read.
func (a *audit) subject(s *sheet, q *requestRow) string {
	r := q.request
	words := nonEmpty(a.label("channel", r.Channel, s.lang), a.label("category", r.Category, s.lang), q.at("subject"))
	return fmt.Sprintf("%s (%s)", strings.Join(words, s.say(sayComma)), q.source())
}

// openList prints what is open and not yet due.
func (a *audit) openList(s *sheet) {
	s.head(sayOpenHead)
	var rows []tableRow
	for _, m := range a.measured {
		if !m.IsOpen() || m.Status == contract.StatusBreached {
			continue
		}
		under := m.Target() + s.say(sayComma) + s.lang.clause(m.Clause()) + s.say(saySemicolon) + a.subject(s, m.of)
		if m.Provisional.IsValid() {
			under += s.say(saySemicolon) + s.say(sayProvisional, m.Provisional)
		}
		due := "-"
		if !m.Due.IsZero() {
			due = stamp(m.Due, a.zone)
		}
		rows = append(rows, tableRow{[]string{m.Request().ID, stamp(m.Request().Received, a.zone), due, elapsed(m.Left), s.say(statusWords[m.Status])}, under})
	}
	if len(rows) == 0 {
		s.text(s.say(sayNone))
		return
	}
	s.text(s.say(sayLeftNote))
	s.table([]column{{s.say(sayID), false}, {s.say(sayReceived), false}, {s.say(sayDue), false}, {s.say(sayLeft), true}, {s.say(sayStatus), false}}, rows)
}

// pauseList prints the pauses that stopped no clock.
func (a *audit) pauseList(s *sheet) {
	s.head(sayPauseHead)
	var rows []tableRow
	for _, q := range a.requests {
		for _, p := range q.strayPauses() {
			to := stamp(p.To, a.zone)
			if p.Open {
				to = s.say(sayStillOpen)
			}
			rows = append(rows, tableRow{cells: []string{q.request.ID, p.Reason, stamp(p.From, a.zone), to, p.Source}})
		}
	}
	if len(rows) == 0 {
		s.text(s.say(sayNone))
		return
	}
	s.text(s.say(sayPauseNote))
	s.table([]column{{s.say(sayID), false}, {s.say(sayReason), false}, {s.say(sayFrom), false}, {s.say(sayTo), false}, {s.say(sayPlace), false}}, rows)
}
