package main

import (
	"cmp"
	"fmt"
	"strings"
	"time"

	"github.com/cfd16870/contract"
	"github.com/cfd16870/contract/proof"
)

// explain prints the workings of one request, or of the figures of a period.
func (a *audit) explain(s *sheet, what string, strict bool) (int, error) {
	for _, q := range a.requests {
		if q.request.ID == what && q.outcome != outcomeDuplicate {
			return a.explainRequest(s, what, strict), nil
		}
	}
	if code, ok := a.explainFigure(s, what); ok {
		return code, nil
	}
	if code, ok := a.explainPeriod(s, what, strict); ok {
		return code, nil
	}
	var near []string
	for _, f := range a.whole.Figures() {
		if strings.Contains(f.ID, what) {
			near = append(near, f.ID)
		}
	}
	if len(near) > 0 {
		return exitFailed, fmt.Errorf(s.lang.of(sayUnclearID), what, strings.Join(near[:min(len(near), 12)], "; "))
	}
	return exitFailed, fmt.Errorf(s.lang.of(sayUnknownID), what)
}

func (a *audit) explainRequest(s *sheet, id string, strict bool) int {
	code := exitDone
	s.line(s.say(sayRequestIs, id))
	for _, q := range a.requests {
		if q.request.ID != id {
			continue
		}
		s.text(strings.Join(nonEmpty(stampOrNone(q.request.Received, a.zone), a.subject(s, q)), "  "))
		word := s.say(outcomeWords[q.outcome])
		if q.outcome == outcomeDuplicate {
			word += s.say(sayComma) + s.say(sayDuplicateOf, q.table.name, q.earlier)
		}
		s.text(s.say(sayCounted, word))
		if q.outcome.faulty() {
			s.faults(id, q.row)
			if strict {
				code = exitFailed
			}
		}
	}
	s.line("")
	s.text(s.say(sayEventsOf))
	for _, e := range a.events {
		if e.id == id {
			words := nonEmpty(stampOrNone(e.event.At, a.zone), e.at("event"), e.event.Reason, e.at("note"))
			if e.outcome == outcomeRefused || e.outcome == outcomeDuplicate {
				words = append(words, "["+s.say(outcomeWords[e.outcome])+"]")
			}
			s.item("  "+e.source(), 20, strings.Join(words, "  "))
			if e.outcome == outcomeRefused {
				s.faults(id, e.row)
			}
		}
	}
	for _, m := range a.measured {
		if m.Request().ID != id {
			continue
		}
		s.line("")
		s.line(strings.Repeat("-", pageWidth))
		s.line(fmt.Sprintf("%s%s%s%s%s", m.Target(), s.say(sayComma), s.lang.clause(m.Clause()), s.say(sayColon), s.say(statusWords[m.Status])))
		if m.Overrun > 0 {
			s.text(a.why(s, m))
		}
		s.line("")
		if m.Status == contract.StatusNotStarted {
			s.text(s.say(sayNoWorking, s.say(statusWords[m.Status])))
			continue
		}
		w := m.Explain()
		fmt.Fprint(s.out, w.Text(s.lang.proof()))
		code = max(code, a.verdict(s, w.Check()))
		if strict && m.Status == contract.StatusBreached {
			code = max(code, exitFindings)
		}
	}
	return code
}

// stampOrNone is stamp, and nothing for an instant that could not be read.
func stampOrNone(t time.Time, zone *time.Location) string {
	if t.IsZero() {
		return ""
	}
	return stamp(t, zone)
}

// explainPeriod prints the workings of the figures of a month or quarter.
func (a *audit) explainPeriod(s *sheet, label string, strict bool) (int, bool) {
	code, found := exitDone, false
	begin := func(title string) {
		if !found {
			s.line(s.say(sayPeriodIs, label))
		}
		found = true
		s.line("")
		s.line(strings.Repeat("-", pageWidth))
		s.line(title)
		s.line("")
	}
	for _, f := range a.attainment {
		if periodLabel(f.Period) != label {
			continue
		}
		met, of := f.Counted()
		begin(fmt.Sprintf("%s%s%s%d/%d", s.say(sayAttainmentRow), s.say(sayComma), cmp.Or(f.Target, s.say(sayAllTargets))+s.say(sayColon), met, of))
		if _, ok := f.Percent(); !ok {
			s.text(s.say(sayNoWorking, s.say(sayNoData)))
			continue
		}
		w := f.Explain()
		fmt.Fprint(s.out, w.Text(s.lang.proof()))
		code = max(code, a.verdict(s, w.Check()))
		if strict && f.Breached+f.OpenAndLate > 0 {
			code = max(code, exitFindings)
		}
	}
	for _, f := range a.satisfaction {
		if periodLabel(f.Period) != label {
			continue
		}
		begin(s.say(saySatisfaction) + s.say(sayComma) + s.lang.clause(f.Clause()))
		w := f.Explain()
		if len(w.Steps) == 0 {
			s.text(s.say(sayNoWorking, s.say(sayNoData)))
			continue
		}
		fmt.Fprint(s.out, w.Text(s.lang.proof()))
		code = max(code, a.verdict(s, w.Check()))
		if met, _ := f.Met(); strict && !met {
			code = max(code, exitFindings)
		}
	}
	return code, found
}

// verdict prints what the independent check says of a working.
func (a *audit) verdict(s *sheet, v proof.Verdict) int {
	s.line("")
	word := v.String()
	if p, ok := verdictWords[v.Outcome]; ok && v.Reason == "" {
		word = s.say(p)
	}
	s.text(s.say(sayCheck, word))
	if v.Outcome != proof.Holds {
		return exitFailed
	}
	return exitDone
}
