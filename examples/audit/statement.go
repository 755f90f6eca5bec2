package main

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"github.com/cfd16870/contract"
)

// statement prints the whole audit. What an outsider asks first comes first.
func (a *audit) statement(s *sheet, records string) {
	a.weigh()
	a.heading(s, records)
	a.owed(s)
	a.wrong(s)
	a.doubtful(s)
	a.result(s)
	a.controlTotals(s)
	a.attainmentTables(s)
	a.satisfactionTable(s)
	a.breachList(s)
	a.openList(s)
	a.pauseList(s)
	a.refusedList(s)
	a.asideList(s)
	a.invoices(s)
	a.account(s)
	a.creditsAndPenalties(s)
	a.ending(s)
	a.readings(s)
	a.notComputed(s)
	a.workings(s)
	a.receipt(s)
}

const headingWidth = 16

func (a *audit) heading(s *sheet, records string) {
	s.line(s.say(sayTitle, a.doc.ID) + "  " + a.doc.Title)
	day := contract.DateOf(a.asOf.In(a.zone))
	a.terms.heading(s, a.renewals(s), day)
	s.item(s.say(sayAsOf), headingWidth, s.say(sayZone, stamp(a.asOf, a.zone), a.zone))
	s.item(s.say(sayRecords), headingWidth, s.say(sayRecordsAre, placeOf(records), stamp(a.drawn, a.zone)))
	if a.doc.Signed.After(day) {
		s.item("", headingWidth, s.say(sayNotSigned, a.doc.Signed))
	}
	if a.asOf.After(a.drawn) {
		s.item("", headingWidth, s.say(sayShort))
	}
}

// placeOf is a folder by its last two names, the same from wherever it is given.
func placeOf(dir string) string {
	if full, err := filepath.Abs(dir); err == nil {
		dir = full
	}
	return filepath.Base(filepath.Dir(dir)) + "/" + filepath.Base(dir)
}

// renewals says how the term ran on.
func (a *audit) renewals(s *sheet) string {
	t := a.whole.Term
	switch {
	case !t.Period.IsValid():
		return ""
	case t.Ended.IsValid():
		return s.say(saySemicolon) + s.say(sayTermEnded, t.Ended, s.lang.choice(t.Ground), s.lang.clause(t.Clause))
	case t.Renewals > 0:
		return s.say(saySemicolon) + s.say(sayTermRenewed, t.Renewals, t.Period.Last(), t.NoticeBy)
	case t.NoticeBy.IsValid():
		return s.say(saySemicolon) + s.say(sayTermRenews, t.NoticeBy)
	}
	return ""
}

// heading says by which terms is measured.
// Amendments that were signed after the day asked about, if one is given, are not
// known yet.
func (t *terms) heading(s *sheet, renewals string, known contract.Date) {
	var parties []string
	for _, role := range []contract.Role{contract.Customer, contract.Provider} {
		if p, ok := t.doc.Parties[role]; ok {
			parties = append(parties, strings.Join(nonEmpty(s.lang.choice(string(role)), p.Label, p.Name), " "))
		}
	}
	s.item(s.say(sayParties), headingWidth, strings.Join(parties, s.say(saySemicolon)))
	if p := t.contract.SignedTerm(); p.IsValid() {
		s.item(s.say(sayTerm), headingWidth, s.say(sayTermIs, p.From, p.Last(), t.doc.Signed)+renewals)
	} else {
		s.item(s.say(sayTerm), headingWidth, s.say(sayTermNone, t.doc.Signed)+renewals)
	}
	for i, v := range t.inForce {
		if known.IsValid() && t.notSigned(v, known) {
			continue
		}
		label := ""
		if i == 0 {
			label = s.say(sayTerms)
		}
		s.item(label, headingWidth, t.versionText(s, v))
	}
	for _, name := range t.calendarNames() {
		c := t.reference.Calendars[name]
		if c == nil {
			continue
		}
		s.item(s.say(sayCalendar), headingWidth, s.say(sayCalendarIs, name, c.Version(), c.Certain().From, c.Certain().Last()))
	}
}

// notSigned reports whether all amendments that make a version were signed after a day.
func (t *terms) notSigned(v version, day contract.Date) bool {
	if v.Amendment == "" {
		return false
	}
	for _, am := range t.doc.Amendments {
		if am.Effective == v.From && !am.Signed.After(day) {
			return false
		}
	}
	return true
}

func (t *terms) versionText(s *sheet, v version) string {
	if v.Amendment == "" {
		return s.say(sayAsSigned, v.Digest[:16])
	}
	var signed, changes []string
	for _, am := range t.doc.Amendments {
		if am.Effective == v.From {
			signed = append(signed, am.Signed.String())
			for _, c := range am.Changes {
				changes = append(changes, c.At)
			}
		}
	}
	return s.say(sayAmendment, v.Amendment, v.From, strings.Join(signed, ", "), v.Digest[:16]) + " " + strings.Join(changes, ", ")
}

// calendarNames are the calendars that the hours and working days rest on.
func (t *terms) calendarNames() []string {
	var names []string
	for _, v := range t.inForce {
		for _, h := range v.doc.Hours {
			names = append(names, h.Calendar)
		}
		for _, d := range v.doc.WorkingDays {
			names = append(names, d.Calendar)
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}

func nonEmpty(words ...string) []string {
	return slices.DeleteFunc(words, func(w string) bool { return w == "" })
}

func (a *audit) result(s *sheet) {
	s.head(sayResult)
	label := func(p phrase) string { return "  " + s.say(p) }
	n := a.tallies()
	s.item(label(sayBreaches), headingWidth, s.say(sayBreachesAre, n.breaches(), n.decided(), n.openLate, n.excused))
	s.item(label(sayAttainmentRow), headingWidth, a.worstPeriod(s))
	s.item(label(saySatisfaction), headingWidth, a.satisfactionResult(s))
	requests, events, surveys := a.rowCounts()
	s.item(label(sayOpenRow), headingWidth, s.say(sayOpenAre, requests[outcomeOpen], n.open, n.openLate))
	both := func(o outcome) int {
		n := requests[o] + events[o] + surveys[o]
		for _, l := range a.ledgers.list {
			n += l.counts()[o]
		}
		return n
	}
	s.item(label(sayRefusedRow), headingWidth, s.say(sayRefusedAre, both(outcomeRefused), both(outcomeDuplicate), both(outcomeOutside), a.agreement(s, sayAgree, sayDisagree, a.equations(s)...)))
	s.item(label(sayWorkingsRow), headingWidth, s.say(sayWorkingsAre, a.checks.held+a.checks.lost, a.checks.held))
}

// worstPeriod is the lowest figure of attainment, and what has none.
func (a *audit) worstPeriod(s *sheet) string {
	if slices.Contains(a.silent, "/attainment") {
		return s.say(saySilent)
	}
	var worst *contract.Attainment
	var without []string
	list := a.pooled()
	for i := range list {
		p, ok := list[i].Percent()
		if !ok {
			without = append(without, strings.TrimSpace(periodLabel(list[i].Period)+" "+list[i].Target))
			continue
		}
		if worst == nil {
			worst = &list[i]
		} else if least, _ := worst.Percent(); p.Compare(least) < 0 {
			worst = &list[i]
		}
	}
	if worst == nil {
		return s.say(sayNoFigure)
	}
	p, _ := worst.Percent()
	met, of := worst.Counted()
	text := s.say(sayWorst, strings.TrimSpace(periodLabel(worst.Period)+" "+worst.Target), a.attained(worst.Period, p), met, of)
	if len(without) == 0 {
		return text + s.say(sayAllData)
	}
	return text + s.say(sayPeriodsNoData, strings.Join(without, ", "))
}

func (a *audit) satisfactionResult(s *sheet) string {
	if slices.Contains(a.silent, "/satisfaction") {
		return s.say(saySilent)
	}
	var below, without []string
	for _, f := range a.belowTarget() {
		p, _ := f.Percent()
		below = append(below, s.say(sayBelowOne, periodLabel(f.Period), twoPlaces(p), f.AtLeast(), s.lang.clause(f.Clause())))
	}
	figures := 0
	for _, f := range a.satisfaction {
		if _, ok := f.Met(); ok {
			figures++
		} else {
			without = append(without, periodLabel(f.Period))
		}
	}
	text := s.say(sayNoFigure)
	switch {
	case len(below) > 0:
		text = s.say(sayBelow, strings.Join(below, s.say(saySemicolon)))
	case figures > 0:
		text = s.say(sayBelowNone)
	}
	if len(without) > 0 {
		text += s.say(sayQuartersNo, strings.Join(without, ", "))
	}
	return text
}

// An equation is a control total: the parts must add up to the whole.
type equation struct {
	label string
	whole int
	parts []part
}

type part struct {
	n    int
	word string
}

func (e equation) agrees() bool {
	sum := 0
	for _, p := range e.parts {
		sum += p.n
	}
	return sum == e.whole
}

// agreement says whether all of some equations hold.
func (a *audit) agreement(s *sheet, yes, no phrase, list ...equation) string {
	for _, e := range list {
		if !e.agrees() {
			return s.say(no)
		}
	}
	return s.say(yes)
}

// equations are the control totals of every file, and of the measurements.
func (a *audit) equations(s *sheet) []equation {
	requests, events, surveys := a.rowCounts()
	parts := func(n rowsOf, first phrase, always []outcome, others ...outcome) []part {
		list := []part{{n[outcomeMeasured], s.say(first)}}
		for _, o := range always {
			list = append(list, part{n[o], s.say(outcomeWords[o])})
		}
		for _, o := range others {
			if n[o] > 0 {
				list = append(list, part{n[o], s.say(outcomeWords[o])})
			}
		}
		return list
	}
	n := a.tallies()
	measurements := []part{
		{n.met, s.say(sayYes)}, {n.breached, s.say(sayLate)}, {n.openLate, s.say(sayOpenLate)},
		{n.open, s.say(sayOpenCol)}, {n.excused, s.say(sayExcusedCol)}, {n.cancelled, s.say(sayCancelledCol)},
	}
	if n.notMeasured > 0 {
		measurements = append(measurements, part{n.notMeasured, s.say(sayNotMeasuredCol)})
	}
	list := []equation{
		{s.say(sayRequests), len(a.requests), parts(requests, outcomeWords[outcomeMeasured],
			[]outcome{outcomeOpen, outcomeRefused, outcomeDuplicate, outcomeOutside}, outcomeLater, outcomeUnbound, outcomePart)},
		{s.say(sayEvents), len(a.events), parts(events, sayUsed,
			[]outcome{outcomeAside, outcomeRefused, outcomeDuplicate}, outcomeLater)},
		{s.say(saySurveys), len(a.surveys), parts(surveys, sayValid,
			[]outcome{outcomeInvalid, outcomeRefused, outcomeDuplicate, outcomeOutside}, outcomeLater)},
		{s.say(sayMeasurements), len(a.measured), measurements},
	}
	for _, l := range a.ledgers.list {
		list = append(list, equation{s.say(l.label), len(l.rows), parts(l.counts(), sayUsed, []outcome{outcomeRefused}, outcomeLater)})
	}
	return list
}

func (a *audit) controlTotals(s *sheet) {
	s.head(sayControl)
	for _, e := range a.equations(s) {
		parts := make([]string, len(e.parts))
		for j, p := range e.parts {
			parts[j] = fmt.Sprintf("%d %s", p.n, p.word)
		}
		s.item("  "+e.label, headingWidth, fmt.Sprint(e.whole)+" = "+strings.Join(parts, " + ")+s.say(saySemicolon)+a.agreement(s, sayAgrees, sayDisagrees, e))
	}
	s.text(s.say(sayControlNote))
}

// refusedList prints every fault of every row that has one.
func (a *audit) refusedList(s *sheet) {
	s.head(sayRefusedHead)
	s.text(s.say(sayRefusedNote))
	print := func(name phrase, n int, each func(func(id string, r row))) {
		s.line("")
		s.text(s.say(name) + s.say(sayColon) + fmt.Sprint(n))
		each(func(id string, r row) { s.faults(cmp.Or(id, s.say(sayNoID)), r) })
	}
	requests, events, surveys := a.rowCounts()
	print(sayRequests, requests[outcomeRefused]+requests[outcomePart], func(put func(string, row)) {
		for _, q := range a.requests {
			if q.outcome.faulty() {
				put(q.request.ID, q.row)
			}
		}
	})
	print(sayEvents, events[outcomeRefused], func(put func(string, row)) {
		for _, e := range a.events {
			if e.outcome == outcomeRefused {
				put(e.id, e.row)
			}
		}
	})
	print(saySurveys, surveys[outcomeRefused], func(put func(string, row)) {
		for _, v := range a.surveys {
			if v.outcome == outcomeRefused {
				put(v.at("id"), v.row)
			}
		}
	})
	for _, l := range a.ledgers.list {
		print(l.label, l.counts()[outcomeRefused], func(put func(string, row)) {
			for _, q := range l.rows {
				if q.outcome == outcomeRefused {
					put(q.id, q.row)
				}
			}
		})
	}
}

// faults prints what is wrong with a row.
func (s *sheet) faults(id string, r row) {
	for _, f := range r.faults {
		text := f.text(s.lang)
		if f.file != r.table.name {
			text += " (" + r.source() + ")"
		}
		s.place(f.place(), len(f.file), id, text)
	}
}

// place writes what is said of a row behind its place and id.
func (s *sheet) place(place string, fileWidth int, id, text string) {
	at := max(fileWidth+8, 20)
	s.item("  "+pad(place, at, false)+"  "+pad(id, 10, false), at+16, text)
}

// asideList prints the rows that are in order and count in no figure.
func (a *audit) asideList(s *sheet) {
	s.head(sayAsideHead)
	put := func(r row, id, text string) {
		s.place(r.source(), len(r.table.name), id, text)
	}
	requests, events, surveys := a.rowCounts()
	part := func(p phrase, n int) bool {
		if n > 0 {
			s.text(s.say(p) + s.say(sayColon) + fmt.Sprint(n))
		}
		return n > 0
	}
	if part(sayDuplicates, requests[outcomeDuplicate]+events[outcomeDuplicate]+surveys[outcomeDuplicate]) {
		for _, q := range a.requests {
			if q.outcome == outcomeDuplicate {
				put(q.row, q.request.ID, s.say(sayDuplicateOf, q.table.name, q.earlier))
			}
		}
		for _, e := range a.events {
			if e.outcome == outcomeDuplicate {
				put(e.row, e.id, s.say(sayDuplicateOf, e.table.name, e.earlier))
			}
		}
		for _, v := range a.surveys {
			if v.outcome == outcomeDuplicate {
				put(v.row, v.at("id"), s.say(sayDuplicateOf, v.table.name, v.earlier))
			}
		}
	}
	if part(sayOutside, requests[outcomeOutside]+surveys[outcomeOutside]) {
		for _, q := range a.requests {
			if q.outcome == outcomeOutside {
				put(q.row, q.request.ID, stamp(q.request.Received, a.zone))
			}
		}
		for _, v := range a.surveys {
			if v.outcome == outcomeOutside {
				put(v.row, v.at("id"), v.survey.On.String())
			}
		}
	}
	if part(sayInvalid, surveys[outcomeInvalid]) {
		for _, v := range a.surveys {
			if v.outcome == outcomeInvalid {
				put(v.row, v.at("id"), fmt.Sprintf("%q", v.survey.Answer))
			}
		}
	}
	if part(sayUnboundHead, requests[outcomeUnbound]) {
		for _, q := range a.requests {
			if q.outcome == outcomeUnbound {
				put(q.row, q.request.ID, a.subject(s, q))
			}
		}
	}
	if n := events[outcomeAside]; n > 0 {
		s.text(s.say(sayAsideEvents, n))
	}
	if r, e, v := requests[outcomeLater], events[outcomeLater], surveys[outcomeLater]; r+e+v > 0 {
		s.text(s.say(sayLater, r, e, v))
	}
}

// readings prints where the text can be read in more than one way, and which
// reading the figures rest on.
func (a *audit) readings(s *sheet) {
	s.head(sayReadingsHead)
	var used, idle []contract.Reading
	for _, r := range a.doc.Readings {
		if a.computes(r.At) {
			used = append(used, r)
		} else {
			idle = append(idle, r)
		}
	}
	for _, part := range []struct {
		note phrase
		list []contract.Reading
	}{{sayReadingsNote, used}, {sayReadingsIdle, idle}} {
		if len(part.list) == 0 {
			continue
		}
		s.text(s.say(part.note, len(part.list)))
		for _, r := range part.list {
			a.reading(s, r)
		}
	}
	s.text(s.say(sayCompleted, len(a.doc.Completed)))
	for _, c := range a.doc.Completed {
		s.line("    " + c.At)
		s.item("", 6, c.Because)
	}
}

// computes reports whether the chapter of a place is computed.
func (a *audit) computes(at string) bool {
	return !slices.ContainsFunc(a.contract.NotComputed(), func(chapter string) bool {
		return at == chapter || strings.HasPrefix(at, chapter+"/")
	})
}

// reading prints one place, what was chosen there in each version, and what else
// the text can mean.
func (a *audit) reading(s *sheet, r contract.Reading) {
	chosen, last := "", ""
	for i, v := range a.inForce {
		is := a.standing(v, r.At)
		if i == 0 {
			chosen = is
		} else if is != last {
			chosen += s.say(sayReadingFrom, v.From, v.Amendment, is)
		}
		last = is
	}
	s.line("    " + r.At)
	also := make([]string, len(r.Also))
	for i, o := range r.Also {
		also[i] = o.Reads
	}
	s.item("", 6, s.say(sayReading, r.Text, chosen, strings.Join(also, s.say(sayOr))))
}

// standing is what stands at a place of a version: a word as it is, a list or
// object as JSON.
func (a *audit) standing(v version, at string) string {
	value, ok := v.doc.Lookup(at)
	if !ok {
		return "-"
	}
	if word, ok := value.(string); ok {
		return fmt.Sprintf("%q", word)
	}
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(value); err != nil {
		return fmt.Sprint(value)
	}
	return strings.TrimSpace(b.String())
}

func (a *audit) notComputed(s *sheet) {
	s.head(sayNotHead)
	for _, e := range a.whole.Silent {
		s.text(s.say(sayIsSilent, e.Error()))
	}
	if len(a.contract.NotComputed()) == 0 {
		s.text(s.say(sayAllComputed))
		return
	}
	s.text(s.say(sayNotNote))
	var words []string
	for _, at := range a.contract.NotComputed() {
		word := at
		if p, ok := chapterWords[at]; ok {
			word = s.say(p) + " (" + at + ")"
		}
		words = append(words, word)
	}
	s.text(strings.Join(words, s.say(sayComma)))
}

func (a *audit) workings(s *sheet) {
	s.head(sayChecksHead)
	s.text(s.say(sayChecksAre, a.checks.held+a.checks.lost, a.checks.held))
	for _, f := range a.checks.failed {
		s.item("  ", 4, f)
	}
	s.text(s.say(sayChecksHow))
}
