package main

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/cfd16870/contract"
)

// The columns of the records, in the order in which the header must have them.
var (
	requestColumns  = []string{"id", "received", "channel", "category", "priority", "subject", "recorded"}
	eventColumns    = []string{"request", "event", "at", "reason", "note", "priority", "recorded"}
	surveyColumns   = []string{"id", "on", "answer", "request", "recorded"}
	incidentColumns = []string{"id", "priority", "received", "resolved", "closed", "reopened", "pauses"}
)

// leftOut is a column that the header of a file may leave out, beside the last where
// that says when a row was recorded.
var leftOut = map[string]string{"events.csv": "priority"}

// longestRow is the most bytes of one row that are read.
const longestRow = 1 << 20

// A fault is one thing that is wrong with a row, and where it lies.
type fault struct {
	file         string
	line, column int    // from 1; the column in characters, 0 for the whole row
	field        string // the name of the column, "" for the whole row
	code         faultCode
	args         []any
}

// place is file:line:column, as compilers print it.
func (f fault) place() string {
	if f.column == 0 {
		return fmt.Sprintf("%s:%d", f.file, f.line)
	}
	return fmt.Sprintf("%s:%d:%d", f.file, f.line, f.column)
}

// text says what is wrong and what would be right.
func (f fault) text(lang language) string {
	s := fmt.Sprintf(lang.of(faultWords[f.code]), f.args...)
	if f.field != "" && f.code != faultConflict && f.code != faultEvent { // those are of the whole row
		return f.field + lang.of(sayColon) + s
	}
	return s
}

// A row is one line of a table, with a field for each column unless broken.
type row struct {
	table   *table
	line    int
	fields  []string
	columns []int   // where each field starts, in characters from 1
	faults  []fault // that the line is no row of this table
}

// A table is a CSV file with a header.
type table struct {
	name    string
	columns []string
}

func (r row) source() string { return fmt.Sprintf("%s:%d", r.table.name, r.line) }

// at returns a field by the name of its column, "" where the row is too short.
func (r row) at(column string) string {
	if i := slices.Index(r.table.columns, column); i >= 0 && i < len(r.fields) {
		return r.fields[i]
	}
	return ""
}

// said is what a row says, whenever that was recorded.
func (r row) said() string {
	fields := r.fields
	if i := slices.Index(r.table.columns, "recorded"); i >= 0 && i < len(fields) {
		fields = slices.Delete(slices.Clone(fields), i, i+1)
	}
	return fmt.Sprintf("%q", fields)
}

// same reports whether two rows say the same.
func (r row) same(o row) bool { return r.said() == o.said() }

// fault adds a fault of a field.
func (r *row) fault(column string, code faultCode, args ...any) {
	f := fault{file: r.table.name, line: r.line, field: column, code: code, args: args}
	if i := slices.Index(r.table.columns, column); i >= 0 && i < len(r.columns) {
		f.column = r.columns[i]
	}
	r.faults = append(r.faults, f)
}

// rows reads a table line by line and visits every row but the header. A row is
// one line: a quote that never ends spoils its line and not the rest of the file.
// Lines without a character are no rows. The error is of the file or its header;
// what is wrong with a row is in its faults.
func (t *table) rows(in io.Reader, visit func(row)) error {
	lines := bufio.NewReaderSize(in, 1<<16)
	for n, header := 0, false; ; {
		text, long, err := readLine(lines)
		if err != nil && err != io.EOF {
			return fmt.Errorf("%s:%d: %w", t.name, n+1, err)
		}
		n++
		if n == 1 {
			text = bytes.TrimPrefix(text, []byte("\ufeff"))
		}
		switch {
		case len(text) == 0 && !long:
		case !header:
			r := t.row(n, text, long)
			columns := t.columns
			if i := slices.Index(columns, leftOut[t.name]); i >= 0 && !slices.Contains(r.fields, leftOut[t.name]) {
				columns = slices.Delete(slices.Clone(columns), i, i+1)
			}
			if n := len(columns) - 1; columns[n] == "recorded" && slices.Equal(r.fields, columns[:n]) {
				columns = columns[:n] // all of it was recorded at once
			}
			if !slices.Equal(r.fields, columns) {
				return &headerError{t, n, clipped(string(text))}
			}
			t.columns, header = columns, true
		default:
			visit(t.row(n, text, long))
		}
		if err == io.EOF {
			if !header {
				return &headerError{t, 1, ""}
			}
			return nil
		}
	}
}

// A headerError says that a file does not begin with the header of its table.
type headerError struct {
	table *table
	line  int
	found string
}

func (e *headerError) Error() string {
	return fmt.Sprintf("%s:%d: the header is %q; it must be %q", e.table.name, e.line, e.found, strings.Join(e.table.columns, ","))
}

// readLine returns the next line without its end. Of a line that is too long it
// returns the beginning, and reads the rest away.
func readLine(r *bufio.Reader) (text []byte, long bool, err error) {
	for {
		part, err := r.ReadSlice('\n')
		if room := longestRow - len(text); len(part) > room {
			part, long = part[:max(room, 0)], true
		}
		text = append(text, part...)
		if !errors.Is(err, bufio.ErrBufferFull) {
			text = bytes.TrimSuffix(text, []byte("\n"))
			return bytes.TrimSuffix(text, []byte("\r")), long, err
		}
	}
}

// row reads one line.
func (t *table) row(line int, text []byte, long bool) row {
	r := row{table: t, line: line}
	broken := func(column int, code faultCode, args ...any) row {
		if name, _, ok := bytes.Cut(text, []byte(",")); r.fields == nil && ok && utf8.Valid(name) && !bytes.ContainsAny(name, "\"\x00\t") {
			r.fields = []string{string(name)} // whose row it is can be told all the same
		}
		r.faults = append(r.faults, fault{file: t.name, line: line, column: column, code: code, args: args})
		return r
	}
	if long {
		return broken(0, faultLong, longestRow)
	}
	for i := 0; i < len(text); {
		c, size := utf8.DecodeRune(text[i:])
		if c == utf8.RuneError && size == 1 || c < ' ' {
			return broken(utf8.RuneCount(text[:i])+1, faultEncoding, fmt.Sprintf("0x%02X", text[i]))
		}
		i += size
	}
	in := csv.NewReader(bytes.NewReader(text))
	in.FieldsPerRecord = -1 // told below, with the place
	fields, err := in.Read()
	var parse *csv.ParseError
	if errors.As(err, &parse) {
		return broken(utf8.RuneCount(text[:min(max(parse.Column-1, 0), len(text))])+1, faultQuote)
	}
	if err != nil {
		return broken(0, faultQuote)
	}
	r.fields = fields
	for i := range fields {
		_, column := in.FieldPos(i)
		r.columns = append(r.columns, utf8.RuneCount(text[:column-1])+1)
	}
	switch have, want := len(fields), len(t.columns); {
	case have < want:
		return broken(utf8.RuneCount(text)+1, faultFew, have, want, strings.Join(t.columns[have:], ","))
	case have > want:
		return broken(r.columns[want], faultMany, have, want, strings.Join(t.columns, ","))
	}
	return r
}

// clipped keeps a message to the length of a line.
func clipped(s string) string {
	const most = 60
	if utf8.RuneCountInString(s) > most {
		return string([]rune(s)[:most]) + "…"
	}
	return s
}

// parseInstant reads an RFC 3339 time, strictly.
func parseInstant(s string) (time.Time, bool) {
	var t time.Time
	err := t.UnmarshalText([]byte(s))
	return t, err == nil
}

// instant reads a field as an instant.
func (r *row) instant(column string) time.Time {
	s := r.at(column)
	t, ok := parseInstant(s)
	if ok {
		return t
	}
	if s == "" {
		r.fault(column, faultEmpty)
	} else if _, err := time.Parse("2006-01-02T15:04:05", s); err == nil {
		r.fault(column, faultOffset, clipped(s))
	} else {
		r.fault(column, faultTime, clipped(s))
	}
	return time.Time{}
}

// id reads a field that names the row.
func (r *row) id(column string) string {
	s := r.at(column)
	if strings.TrimSpace(s) == "" {
		r.fault(column, faultEmpty)
		return ""
	}
	return s
}

// An outcome is what became of a row. Every row has exactly one.
type outcome uint8

const (
	outcomeMeasured  outcome = iota + 1 // a request decided for all its targets; an event used; a valid answer
	outcomeOpen                         // a request with a target still open
	outcomeUnbound                      // a request that no target binds
	outcomeRefused                      // a row with faults
	outcomeDuplicate                    // a row that says what an earlier one said
	outcomeOutside                      // outside the term as signed
	outcomeLater                        // after the instant asked about
	outcomeAside                        // an event of a request that is not measured
	outcomeInvalid                      // an answer that the clause does not know
	outcomePart                         // a request measured for some targets: the deadline of others is not known
)

// measured reports whether a request was measured, for some targets at least, or bound by none.
func (o outcome) measured() bool {
	return o == outcomeMeasured || o == outcomeOpen || o == outcomeUnbound || o == outcomePart
}

// faulty reports whether a row has faults that are listed.
func (o outcome) faulty() bool { return o == outcomeRefused || o == outcomePart }

// A requestRow is a row of requests.csv.
type requestRow struct {
	row
	outcome  outcome
	earlier  int // the line of which it is a duplicate
	request  contract.Request
	measured []contract.Measurement
}

// An eventRow is a row of events.csv.
type eventRow struct {
	row
	outcome outcome
	earlier int
	id      string // of its request
	event   contract.Event
}

// A surveyRow is a row of surveys.csv.
type surveyRow struct {
	row
	outcome outcome
	earlier int
	survey  contract.Survey
}

// readRequest reads one row. The names that the contract knows are held against
// the terms of the day.
func readRequest(r row, t *terms, drawn time.Time) *requestRow {
	q := &requestRow{row: r}
	q.request.Source = r.source()
	if len(q.faults) > 0 {
		q.request.ID = q.at("id") // as far as it can be read
		return q
	}
	q.request.ID = q.id("id")
	q.request.Received = q.instant("received")
	q.request.Selector = contract.Selector{Channel: q.at("channel"), Category: q.at("category"), Priority: q.at("priority")}
	q.request.Recorded = q.recorded("received", q.request.Received, drawn, t.zone)
	for _, column := range []string{"channel", "category"} {
		if q.at(column) == "" {
			q.fault(column, faultEmpty)
		}
	}
	on := contract.Date{}
	if received := q.request.Received; !received.IsZero() {
		on = contract.DateOf(received.In(t.zone))
		if received.After(drawn) {
			q.fault("received", faultDrawn, stamp(received, t.zone), stamp(drawn, t.zone))
		}
	}
	_, err := t.contract.Targets(q.request.Selector, on)
	var unknown contract.Errors
	if errors.As(err, &unknown) {
		for _, e := range unknown {
			names := t.names(e.Pointer, on)
			if len(names) == 0 {
				q.fault(e.Pointer, faultNoNames, clipped(q.at(e.Pointer)))
			} else {
				q.fault(e.Pointer, faultName, clipped(q.at(e.Pointer)), strings.Join(names, ", "))
			}
		}
	}
	return q
}

// readEvent reads one row.
func readEvent(r row, zone *time.Location, drawn time.Time) *eventRow {
	e := &eventRow{row: r}
	e.event.Source = r.source()
	if len(e.faults) > 0 {
		e.id = e.at("request")
		return e
	}
	e.id = e.row.id("request")
	kind, err := contract.ParseEventKind(e.at("event"))
	if err != nil {
		if e.at("event") == "" {
			e.fault("event", faultEmpty)
		} else {
			e.fault("event", faultName, clipped(e.at("event")), strings.Join(contract.EventKinds(), ", "))
		}
	}
	e.event.Kind, e.event.At, e.event.Reason, e.event.Priority = kind, e.instant("at"), e.at("reason"), e.at("priority")
	if e.event.At.After(drawn) {
		e.fault("at", faultDrawn, stamp(e.event.At, zone), stamp(drawn, zone))
	}
	e.event.Recorded = e.recorded("at", e.event.At, drawn, zone)
	if kind == contract.EventPaused && e.event.Reason == "" {
		e.fault("reason", faultReason)
	}
	if kind == contract.EventExtended && e.event.Reason == "" {
		e.fault("reason", faultReasonMore)
	}
	if kind == contract.EventPriorityChanged && e.event.Priority == "" && slices.Contains(r.table.columns, "priority") {
		e.fault("priority", faultEmpty)
	}
	return e
}

// recorded reads when a row was entered, which is not before what it tells of; the
// zero time of a row that does not say so, or of a table without the column.
func (r *row) recorded(of string, happened, drawn time.Time, zone *time.Location) time.Time {
	if r.at("recorded") == "" {
		return time.Time{}
	}
	t := r.instant("recorded")
	switch {
	case t.IsZero():
	case t.Before(happened):
		r.fault("recorded", faultEarly, stamp(t, zone), of, stamp(happened, zone))
	case t.After(drawn):
		r.fault("recorded", faultDrawn, stamp(t, zone), stamp(drawn, zone))
	}
	return t
}

// readSurvey reads one row.
func readSurvey(r row, zone *time.Location, drawn time.Time) *surveyRow {
	s := &surveyRow{row: r}
	s.survey.Source = r.source()
	if len(s.faults) > 0 {
		return s
	}
	s.id("id")
	on, err := contract.ParseDate(s.at("on"))
	switch {
	case s.at("on") == "":
		s.fault("on", faultEmpty)
	case err != nil:
		s.fault("on", faultDate, clipped(s.at("on")))
	case on.After(contract.DateOf(drawn.In(zone))):
		s.fault("on", faultDrawn, on, stamp(drawn, zone))
	}
	if recorded := s.at("recorded"); recorded != "" {
		day, err := contract.ParseDate(recorded)
		switch {
		case err != nil:
			s.fault("recorded", faultDate, clipped(recorded))
		case day.Before(on):
			s.fault("recorded", faultEarly, day, "on", on)
		case day.After(contract.DateOf(drawn.In(zone))):
			s.fault("recorded", faultDrawn, day, stamp(drawn, zone))
		}
		s.survey.Recorded = day
	}
	s.survey.On, s.survey.Answer = on, s.at("answer")
	if s.survey.Answer == "" {
		s.fault("answer", faultEmpty)
	}
	return s
}

// readFile reads a table of the records and visits its rows.
func readFile(dir, name string, columns []string, visit func(row)) error {
	file, err := os.Open(filepath.Join(dir, name))
	if err != nil {
		return err
	}
	defer file.Close()
	t := &table{name, columns}
	return t.rows(file, visit)
}

// stamp is an instant in the contract's zone, as the statement prints it.
func stamp(t time.Time, zone *time.Location) string {
	local := t.In(zone)
	text := local.Format("2006-01-02 15:04:05.999999999")
	if from, until := local.AddDate(0, 0, -1), local.AddDate(0, 0, 1); offset(from) != offset(until) {
		return text + local.Format(" -07:00") // near a change of the clocks
	}
	return text
}

func offset(t time.Time) int {
	_, seconds := t.Zone()
	return seconds
}
