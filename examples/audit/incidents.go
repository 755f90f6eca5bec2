package main

import (
	"bufio"
	"cmp"
	"compress/gzip"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/cfd16870/contract"
)

// faultCategory is the category of requests that an incident is measured as.
const faultCategory = "fault"

// An incidents run reads a log of product faults row by row and keeps tallies of
// it, the largest overruns, and nothing else.
type incidents struct {
	*terms
	asOf  time.Time
	tally *contract.Tally
	lang  language

	rows, measured, open, refused int
	breaches, late, paused        int
	uncounted                     int
	largest                       []overrun // the largest first
	most                          int       // of them that are kept; 0 for all
	pauses                        map[string]*pauseTally
	checks                        checks
}

// An overrun is a breach as it is printed.
type overrun struct {
	by    time.Duration
	cells []string
}

// A pauseTally counts the pauses for a reason as the log has them: where two
// overlap, the time counts twice.
type pauseTally struct {
	n       int
	clock   time.Duration
	allowed bool
}

// measureIncidents reads the log twice where no instant is given: first for the
// latest time in it, as of which the open rows are measured, then to measure.
func measureIncidents(t *terms, set settings, out *bufio.Writer) (int, error) {
	if err := t.measuresRestore(set.lang); err != nil {
		return exitFailed, err
	}
	asOf, latest, err := t.incidentsAsOf(set)
	if err != nil {
		return exitFailed, missing(err, set.lang)
	}
	tally, err := t.contract.NewTally()
	if err != nil {
		return exitFailed, err
	}
	run := &incidents{terms: t, asOf: asOf, tally: tally, lang: set.lang, most: set.breaches, pauses: make(map[string]*pauseTally)}
	s := &sheet{out: out, lang: set.lang, zone: t.zone}
	run.begin(s, filepath.Base(set.incidents), latest)
	err = readLog(set.incidents, func(r row) {
		if !run.add(&r) {
			s.faults(cmp.Or(r.at("id"), s.say(sayNoID)), r)
		}
	})
	if err != nil {
		return exitFailed, missing(err, set.lang)
	}
	run.print(s)
	switch {
	case run.checks.lost > 0, set.strict && run.refused > 0:
		return exitFailed, nil
	case set.strict && run.breaches > 0:
		return exitFindings, nil
	}
	return exitDone, nil
}

// measuresRestore says whether the contract can measure incidents at all.
func (t *terms) measuresRestore(lang language) error {
	for _, v := range t.inForce {
		targets, err := t.contract.Targets(contract.Selector{Category: faultCategory}, v.From)
		if err != nil {
			return err
		}
		for _, target := range targets {
			if v.doc.Targets[target.Name()].Measure == contract.MeasureRestore {
				return nil
			}
		}
	}
	return fmt.Errorf("%s", lang.of(sayNoTarget))
}

// incidentsAsOf is the instant as of which open rows are measured, and whether
// it is the latest of the file.
func (t *terms) incidentsAsOf(set settings) (asOf time.Time, latest bool, err error) {
	if set.asOf != "" {
		asOf, err = readAsOf(set.asOf, t.zone)
		return asOf, false, err
	}
	switch info, err := os.Stat(set.incidents); {
	case err != nil:
		return asOf, false, err
	case !info.Mode().IsRegular():
		return asOf, false, fmt.Errorf(set.lang.of(sayNeedsAsOf), set.incidents)
	}
	known := t.knownUntil()
	err = readLog(set.incidents, func(r row) {
		in := readIncident(&r, t.zone)
		// A time beyond the calendar is a slip, or cannot be measured: no as-of follows from it.
		if latest := in.latest(); len(r.faults) == 0 && latest.After(asOf) && latest.Before(known) {
			asOf = latest
		}
	})
	if err == nil && asOf.IsZero() {
		err = fmt.Errorf(set.lang.of(sayNoRows), set.incidents)
	}
	return asOf, true, err
}

// knownUntil is the end of the days that the contract's hours know for certain.
func (t *terms) knownUntil() time.Time {
	var until time.Time
	for _, v := range t.inForce {
		for _, h := range v.doc.Hours {
			if c := t.reference.Calendars[h.Calendar]; c != nil {
				if end := c.Certain().Until.StartIn(t.zone); until.IsZero() || end.Before(until) {
					until = end
				}
			}
		}
	}
	if until.IsZero() {
		until = time.Date(9999, 1, 1, 0, 0, 0, 0, time.UTC)
	}
	return until
}

// readLog reads a log of incidents, plain or gzip, and visits its rows.
func readLog(path string, visit func(row)) error {
	file, err := os.Open(path)
	if err != nil {
		return err
	}
	defer file.Close()
	var in io.Reader = bufio.NewReader(file)
	if magic, _ := in.(*bufio.Reader).Peek(2); string(magic) == "\x1f\x8b" {
		unzipped, err := gzip.NewReader(in)
		if err != nil {
			return fmt.Errorf("%s: %w", path, err)
		}
		in = unzipped
	}
	t := &table{filepath.Base(path), incidentColumns}
	return t.rows(in, visit)
}

// An incident is one row of the log. Times that are not given are zero.
type incident struct {
	received, resolved, closed time.Time
	pauses                     []contract.Pause // as the log has them; they may overlap
}

// latest is the latest time of the row.
func (in incident) latest() time.Time {
	t := in.received
	for _, o := range []time.Time{in.resolved, in.closed} {
		if o.After(t) {
			t = o
		}
	}
	for _, p := range in.pauses {
		if p.To.After(t) {
			t = p.To
		}
	}
	return t
}

// readIncident reads a row; what is wrong with it is in its faults.
func readIncident(r *row, zone *time.Location) (in incident) {
	if len(r.faults) > 0 {
		return in
	}
	r.id("id")
	if r.at("received") == "" {
		r.fault("received", faultEmpty)
	}
	if p := r.at("priority"); p == "" {
		r.fault("priority", faultEmpty)
	} else if _, err := strconv.ParseUint(p, 10, 32); err != nil {
		r.fault("priority", faultNumber, clipped(p))
	}
	in.received = r.local("received", r.at("received"), zone)
	in.resolved = r.local("resolved", r.at("resolved"), zone)
	in.closed = r.local("closed", r.at("closed"), zone)
	if n, err := strconv.ParseUint(r.at("reopened"), 10, 32); err != nil || strconv.FormatUint(n, 10) != r.at("reopened") {
		r.fault("reopened", faultNumber, clipped(r.at("reopened")))
	}
	if text := r.at("pauses"); text != "" {
		for _, part := range strings.Split(text, ";") {
			if p, ok := r.pause(part, zone); ok {
				in.pauses = append(in.pauses, p)
			}
		}
	}
	if len(r.faults) > 0 {
		return in
	}
	forward := func(column string, from, to time.Time, of string) {
		if !from.IsZero() && !to.IsZero() && to.Before(from) {
			r.fault(column, faultBackwards, localStamp(to, zone), localStamp(from, zone), of)
		}
	}
	forward("resolved", in.received, in.resolved, "received")
	forward("closed", in.received, in.closed, "received")
	forward("closed", in.resolved, in.closed, "resolved")
	for _, p := range in.pauses {
		forward("pauses", in.received, p.From, "received")
		forward("pauses", p.From, p.To, "from")
	}
	return in
}

// pause reads from/to/reason.
func (r *row) pause(text string, zone *time.Location) (contract.Pause, bool) {
	parts := strings.Split(text, "/")
	if len(parts) != 3 || slices.Contains(parts, "") {
		r.fault("pauses", faultPause, clipped(text))
		return contract.Pause{}, false
	}
	n := len(r.faults)
	p := contract.Pause{From: r.local("pauses", parts[0], zone), To: r.local("pauses", parts[1], zone), Reason: parts[2]}
	return p, len(r.faults) == n
}

const localLayout = "2006-01-02 15:04"

func localStamp(t time.Time, zone *time.Location) string { return t.In(zone).Format(localLayout) }

// local reads a time of the local clock. One that the clock skipped is no time,
// and one that it showed twice is no instant: neither is guessed.
func (r *row) local(column, text string, zone *time.Location) time.Time {
	if text == "" {
		return time.Time{}
	}
	t, err := time.ParseInLocation(localLayout, text, zone)
	if err != nil || len(text) != len(localLayout) {
		r.fault(column, faultLocal, clipped(text))
		return time.Time{}
	}
	if localStamp(t, zone) != text {
		r.fault(column, faultGap, text, zone)
		return time.Time{}
	}
	// Before and after a change of the clock another offset is in force; the time
	// is shown twice if it reads the same by one of them.
	start, end := t.ZoneBounds()
	_, offset := t.Zone()
	for _, near := range []time.Time{start.Add(-1), end} {
		if start.IsZero() && near.Before(t) || end.IsZero() && !near.Before(t) {
			continue
		}
		_, other := near.In(zone).Zone()
		if o := t.Add(time.Duration(offset-other) * time.Second); !o.Equal(t) && localStamp(o, zone) == text {
			r.fault(column, faultTwice, text, zone)
			return time.Time{}
		}
	}
	return t
}

// add measures a row, and reports whether it was of use.
func (n *incidents) add(r *row) bool {
	n.rows++
	in := readIncident(r, n.zone)
	if len(r.faults) == 0 && in.received.After(n.asOf) {
		r.fault("received", faultLater, localStamp(in.received, n.zone), stamp(n.asOf, n.zone))
	}
	if len(r.faults) > 0 {
		n.refused++
		return false
	}
	q := &contract.Request{
		Source: r.source(), ID: r.at("id"), Received: in.received,
		Selector: contract.Selector{Category: faultCategory}, Events: in.events(r.source()),
	}
	list, err := n.contract.Measure(q, n.asOf)
	if err != nil { // what is known beside it is no figure of the row
		r.fault("", faultLibrary, err.Error())
		n.refused++
		return false
	}
	doc := n.on(contract.DateOf(in.received.In(n.zone)))
	open, clauses := false, map[string]bool{}
	for _, m := range list {
		clause := doc.Targets[m.Target()]
		if clause.Measure != contract.MeasureRestore {
			continue
		}
		for _, reason := range clause.Pauses.Reasons {
			clauses[reason] = true
		}
		open = open || m.IsOpen()
		n.count(m)
	}
	n.countPauses(in, clauses)
	if open {
		n.open++
	} else {
		n.measured++
	}
	return true
}

// count puts one measurement into the tallies.
func (n *incidents) count(m contract.Measurement) {
	if !n.tally.Add(m) {
		n.uncounted++
	}
	if m.Status != contract.StatusNotStarted {
		n.checks.add(fmt.Sprintf("%s (%s), %s", m.Request().ID, m.Request().Source, m.Target()), m.Explain())
	}
	switch m.Status {
	case contract.StatusPaused:
		n.paused++
	case contract.StatusBreached:
		n.breaches++
		if m.IsOpen() {
			n.late++
		}
		n.keep(m)
	}
}

// keep holds a breach among the largest, if it is one of them.
func (n *incidents) keep(m contract.Measurement) {
	at, _ := slices.BinarySearchFunc(n.largest, m.Overrun, func(o overrun, by time.Duration) int {
		if o.by >= by { // of equal ones the earlier in the file stays first
			return -1
		}
		return 1
	})
	if n.most > 0 && at == n.most {
		return
	}
	n.largest = slices.Insert(n.largest, at, overrun{by: m.Overrun, cells: lateCells(&sheet{lang: n.lang, zone: n.zone}, m)})
	if n.most > 0 && len(n.largest) > n.most {
		n.largest = n.largest[:n.most]
	}
}

func (n *incidents) countPauses(in incident, allowed map[string]bool) {
	for _, p := range in.pauses {
		t, ok := n.pauses[p.Reason]
		if !ok {
			t = &pauseTally{allowed: allowed[p.Reason]}
			n.pauses[p.Reason] = t
		}
		t.n++
		t.clock += p.To.Sub(p.From)
	}
}

// events are what the library is told of an incident. Pauses for one reason that
// overlap are one pause; what overlaps is not paused twice.
func (in incident) events(source string) []contract.Event {
	var list []contract.Event
	put := func(kind contract.EventKind, at time.Time, reason string) {
		list = append(list, contract.Event{Kind: kind, At: at, Reason: reason, Source: source})
	}
	byReason := make(map[string][]contract.Pause)
	for _, p := range in.pauses {
		byReason[p.Reason] = append(byReason[p.Reason], p)
	}
	for _, reason := range slices.Sorted(maps.Keys(byReason)) {
		pauses := byReason[reason]
		slices.SortFunc(pauses, func(a, b contract.Pause) int { return cmp.Or(a.From.Compare(b.From), a.To.Compare(b.To)) })
		one := pauses[0]
		for _, p := range pauses[1:] {
			if p.From.After(one.To) {
				put(contract.EventPaused, one.From, reason)
				put(contract.EventResumed, one.To, reason)
				one = p
			} else if p.To.After(one.To) {
				one.To = p.To
			}
		}
		put(contract.EventPaused, one.From, reason)
		put(contract.EventResumed, one.To, reason)
	}
	if !in.resolved.IsZero() {
		put(contract.EventRestored, in.resolved, "")
	}
	return list
}

func (n *incidents) begin(s *sheet, name string, latest bool) {
	s.line(s.say(sayIncidentsTitle, name, n.doc.ID) + "  " + n.doc.Title)
	n.terms.heading(s, "", contract.Date{})
	asOf := stamp(n.asOf, n.zone)
	if latest {
		asOf = s.say(sayLatest, asOf)
	}
	s.item(s.say(sayAsOf), headingWidth, asOf)
	s.text(s.say(sayIncidentsNote, n.targetNames(), n.zone))
	s.line("")
	s.line(s.say(sayRefusedAsRead))
}

// targetNames are the targets that an incident is measured by.
func (n *incidents) targetNames() string {
	var names []string
	for _, v := range n.inForce {
		targets, err := n.contract.Targets(contract.Selector{Category: faultCategory}, v.From)
		if err != nil {
			continue // said before
		}
		for _, t := range targets {
			if clause := v.doc.Targets[t.Name()]; clause.Measure == contract.MeasureRestore {
				names = append(names, fmt.Sprintf("%q (%s, %s)", t.Name(), n.lang.clause(v.doc.Cite(clause.Clause)), n.lang.span(clause.Within)))
			}
		}
	}
	slices.Sort(names)
	return strings.Join(slices.Compact(names), ", ")
}

// print writes what was counted. The last line is for programs, and the same in
// every language.
func (n *incidents) print(s *sheet) {
	if n.refused == 0 {
		s.text(s.say(sayNone))
	}
	s.head(sayIncidentMonths)
	n.printMonths(s)
	s.line("")
	s.line(s.say(sayLargest, len(n.largest), n.breaches))
	var rows []tableRow
	for _, o := range n.largest {
		rows = append(rows, tableRow{cells: o.cells})
	}
	s.table(lateColumns(s), rows)
	s.line("")
	s.line(s.say(sayOpenOf, n.open, n.late, n.paused))
	s.head(sayIncidentPauses)
	rows = nil
	for _, reason := range slices.Sorted(maps.Keys(n.pauses)) {
		p := n.pauses[reason]
		word := s.say(sayNotAllowed)
		if p.allowed {
			word = s.say(sayAllowed)
		}
		rows = append(rows, tableRow{cells: []string{reason, strconv.Itoa(p.n), elapsed(p.clock), word}})
	}
	s.table([]column{{s.say(sayReason), false}, {s.say(sayPausesCol), true}, {s.say(sayClockTime), true}, {"", false}}, rows)
	s.head(sayIncidentChecks)
	s.text(s.say(sayChecksAre, n.checks.held+n.checks.lost, n.checks.held))
	for _, f := range n.checks.failed {
		s.item("  ", 4, f)
	}
	s.line("")
	s.line(fmt.Sprintf("%d rows: %d measured, %d open, %d refused", n.rows, n.measured, n.open, n.refused))
}

func (n *incidents) printMonths(s *sheet) {
	var rows []tableRow
	var met, of, late, openLate, open int64
	for _, f := range n.tally.Attainment() {
		if f.Target == "" {
			continue
		}
		m, o := f.Counted()
		met, of, late, openLate, open = met+m, of+o, late+f.Breached, openLate+f.OpenAndLate, open+f.Open
		percent := s.say(sayNoData)
		if p, ok := f.Percent(); ok {
			percent = twoPlaces(p)
			n.checks.add(f.Target+", "+periodLabel(f.Period), f.Explain())
		}
		rows = append(rows, tableRow{cells: []string{periodLabel(f.Period), f.Target, fmt.Sprintf("%d/%d", m, o), percent, count(f.Breached), count(f.OpenAndLate), count(f.Open)}})
	}
	rows = append(rows, tableRow{cells: []string{s.say(sayAll), "", fmt.Sprintf("%d/%d", met, of), "-", count(late), count(openLate), count(open)}})
	s.table([]column{{s.say(sayMonth), false}, {s.say(sayTarget), false}, {s.say(sayMetOf), true}, {s.say(sayPercent), true}, {s.say(sayLate), true}, {s.say(sayOpenLate), true}, {s.say(sayOpenCol), true}}, rows)
	s.text(s.say(sayRoundingNote))
	if n.uncounted > 0 {
		s.text(s.say(sayUncounted, n.uncounted))
	}
}
