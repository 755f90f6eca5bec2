package main

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/cfd16870/contract"
)

// attainmentTables print the figures of the clause, then each target by itself.
func (a *audit) attainmentTables(s *sheet) {
	s.head(sayAttainmentHead)
	if slices.Contains(a.silent, "/attainment") {
		s.text(s.say(saySilent))
		return
	}
	for _, v := range a.inForce {
		c := v.doc.Attainment
		if c == nil {
			continue
		}
		s.text(s.say(sayAttainmentBy, s.lang.titled(v.doc, c.Clause), s.lang.choice(string(c.Together)), s.lang.choice(string(c.Period)),
			s.lang.choice(string(c.PlacedBy)), c.Fewest, s.lang.choice(string(c.Compared))))
		break // a later version that changes it is listed in the heading
	}
	list := a.pooled()
	columns := []column{{s.say(sayMonth), false}, {s.say(sayMetOf), true}, {s.say(sayPercent), true}, {s.say(sayLate), true}, {s.say(sayOpenLate), true},
		{s.say(sayExcusedCol), true}, {s.say(sayCancelledCol), true}, {s.say(sayOpenCol), true}}
	notMeasured := slices.ContainsFunc(list, func(f contract.Attainment) bool { return f.NotMeasured > 0 })
	if notMeasured {
		columns = append(columns, column{s.say(sayNotMeasuredCol), true})
	}
	var rows []tableRow
	var sum contract.Attainment
	var sumMet, sumOf int64
	for _, f := range list {
		met, of := f.Counted()
		sumMet, sumOf = sumMet+met, sumOf+of
		sum.Breached, sum.OpenAndLate, sum.Excused = sum.Breached+f.Breached, sum.OpenAndLate+f.OpenAndLate, sum.Excused+f.Excused
		sum.Cancelled, sum.Open, sum.NotMeasured = sum.Cancelled+f.Cancelled, sum.Open+f.Open, sum.NotMeasured+f.NotMeasured
		percent := s.say(sayNoData)
		if p, ok := f.Percent(); ok {
			percent = a.attained(f.Period, p)
		}
		rows = append(rows, tableRow{cells: attainmentCells(strings.TrimSpace(periodLabel(f.Period)+" "+f.Target), met, of, percent, f, notMeasured)})
	}
	rows = append(rows, tableRow{cells: attainmentCells(s.say(sayAll), sumMet, sumOf, "", sum, notMeasured)})
	s.table(columns, rows)
	s.text(s.say(sayRoundingNote))
	if a.uncounted > 0 {
		s.text(s.say(sayUncounted, a.uncounted))
	}
	a.targetTables(s)
}

// attained is a percentage as the clause of a period compares it; one that is
// compared exactly is shown to two places.
func (a *audit) attained(of contract.Period, p contract.Percent) string {
	if c := a.on(of.From).Attainment; c != nil && c.Compared != "exact" {
		return p.String()
	}
	return twoPlaces(p)
}

func attainmentCells(label string, met, of int64, percent string, f contract.Attainment, notMeasured bool) []string {
	cells := []string{label, fmt.Sprintf("%d/%d", met, of), percent, count(f.Breached), count(f.OpenAndLate), count(f.Excused), count(f.Cancelled), count(f.Open)}
	if notMeasured {
		cells = append(cells, count(f.NotMeasured))
	}
	return cells
}

// count writes a number, and nothing for none, so that what there is stands out.
func count(n int64) string {
	if n == 0 {
		return "-"
	}
	return fmt.Sprint(n)
}

// targetTables show each target over all periods, and period by period.
func (a *audit) targetTables(s *sheet) {
	type cell struct{ met, of int64 }
	var names, periods []string
	grid := make(map[[2]string]string)
	sums := make(map[string]cell)
	fewest := int64(0)
	for _, f := range a.attainment {
		if f.Target == "" {
			continue
		}
		if c := a.on(f.Period.From).Attainment; c != nil {
			fewest = int64(c.Fewest)
		}
		label := periodLabel(f.Period)
		if !slices.Contains(periods, label) {
			periods = append(periods, label)
		}
		if !slices.Contains(names, f.Target) {
			names = append(names, f.Target)
		}
		met, of := f.Counted()
		sum := sums[f.Target]
		sums[f.Target] = cell{sum.met + met, sum.of + of}
		grid[[2]string{label, f.Target}] = fmt.Sprintf("%d/%d", met, of)
		if p, ok := f.Percent(); ok {
			grid[[2]string{label, f.Target}] += " " + a.attained(f.Period, p)
		}
	}
	slices.Sort(names)
	s.line("")
	s.text(s.say(sayByTarget))
	var rows []tableRow
	columns := []column{{s.say(sayMonth), false}}
	for i, name := range names {
		number := fmt.Sprintf("[%d]", i+1)
		columns = append(columns, column{number, true})
		sum := sums[name]
		percent := s.say(sayNoData)
		if sum.of >= fewest && sum.of > 0 {
			percent = share(sum.met, sum.of)
		}
		within, later := a.within(s, name)
		rows = append(rows, tableRow{[]string{number + " " + name, a.clauseOf(s, name), within, fmt.Sprintf("%d/%d", sum.met, sum.of), percent}, later})
	}
	s.table([]column{{s.say(sayTarget), false}, {s.say(sayClause), false}, {s.say(sayWithin), false}, {s.say(sayMetOf), true}, {s.say(sayPercent), true}}, rows)
	s.line("")
	s.text(s.say(sayGrid))
	rows = nil
	for _, period := range periods {
		cells := []string{period}
		for _, name := range names {
			cells = append(cells, cmp.Or(grid[[2]string{period, name}], "-"))
		}
		rows = append(rows, tableRow{cells: cells})
	}
	s.table(columns, rows)
}

// clauseOf is the clause of a target with its title, in the first version that has it.
func (a *audit) clauseOf(s *sheet, target string) string {
	for _, v := range a.inForce {
		if t, ok := v.doc.Targets[target]; ok {
			return s.lang.titled(v.doc, t.Clause)
		}
	}
	return ""
}

// within is the time that a target gives, first and in later versions.
func (a *audit) within(s *sheet, target string) (first, later string) {
	last := ""
	var changes []string
	for _, v := range a.inForce {
		t, ok := v.doc.Targets[target]
		if !ok || s.lang.span(t.Within) == last {
			continue
		}
		if last = s.lang.span(t.Within); first == "" {
			first = last
		} else {
			changes = append(changes, s.say(sayWithinFrom, v.From, v.Amendment, last))
		}
	}
	return first, strings.Join(changes, s.say(saySemicolon))
}

// titled is a clause with its title.
func (l language) titled(doc *contract.Document, name string) string {
	return strings.TrimSpace(l.clause(doc.Cite(name)) + " " + doc.Clauses[name].Title)
}

func (a *audit) satisfactionTable(s *sheet) {
	s.head(saySatisfactionHead)
	if slices.Contains(a.silent, "/satisfaction") {
		s.text(s.say(saySilent))
		return
	}
	for _, v := range a.inForce {
		if c := v.doc.Satisfaction; c != nil {
			least := c.AtLeast.String()
			if c.AtLeastScore.IsStated() {
				least = c.AtLeastScore.String()
			}
			s.text(s.say(saySatisfactionBy, s.lang.titled(v.doc, c.Clause), least, s.lang.choice(string(c.Period)), c.Fewest, s.lang.choice(string(c.Compared))))
			break
		}
	}
	var rows []tableRow
	for _, f := range a.satisfaction {
		var good int64
		if c := a.on(f.Period.From).Satisfaction; c != nil {
			for _, answer := range c.Good {
				good += f.Answers[answer]
			}
		}
		percent, reached := s.say(sayNoData), "-"
		if p, ok := f.Percent(); ok {
			percent, reached = twoPlaces(p), s.say(sayYes)
		}
		least := f.AtLeast().String()
		if mean, ok := f.Score(); ok {
			percent, least, reached = mean.String(), f.AtLeastScore().String(), s.say(sayYes)
		}
		if met, ok := f.Met(); ok && !met {
			reached = s.say(sayNo)
		}
		rows = append(rows, tableRow{cells: []string{periodLabel(f.Period), fmt.Sprintf("%d/%d", good, f.Valid()), percent, least, reached, count(f.Invalid), s.lang.clause(f.Clause())}})
	}
	s.table([]column{{s.say(sayMonth), false}, {s.say(sayGood), true}, {s.say(sayPercent), true}, {s.say(sayTargetCol), true}, {s.say(sayReached), false}, {s.say(sayInvalidCol), true}, {s.say(sayClause), false}}, rows)
}
