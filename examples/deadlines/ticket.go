package main

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/cfd16870/contract"
)

// A column is a field of a ticket.
type column uint8

const (
	colID column = iota
	colReceived
	colChannel
	colCategory
	colPriority
	colItem
	colAccepted
	colResponded
	colArrived
	colWorkaround
	colRestored
	colResolved
	colCancelled
	colPauses
	colEvents
	colRecorded
	colSubject
	columnCount
	noColumn = columnCount
)

var columnNames = [columnCount]string{
	"id", "received", "channel", "category", "priority", "item",
	"accepted", "responded", "arrived", "workaround", "restored", "resolved", "cancelled",
	"pauses", "events", "recorded", "subject",
}

// eventOf are the columns that tell of an event, zero for the others.
var eventOf = [columnCount]contract.EventKind{
	colAccepted: contract.EventAccepted, colResponded: contract.EventResponded, colArrived: contract.EventArrived,
	colWorkaround: contract.EventWorkaround, colRestored: contract.EventRestored, colResolved: contract.EventResolved,
	colCancelled: contract.EventCancelled,
}

func columnOf(name string) column {
	if i := slices.Index(columnNames[:], name); i >= 0 {
		return column(i)
	}
	return noColumn
}

// What is wrong with a row, and what would be right.
const (
	sayLong      = "the row is longer than %d bytes; a row is one line"
	sayEncoding  = "byte 0x%02X does not belong in a row; write UTF-8 without control characters"
	sayQuote     = `a quote stands where none can, or does not end on its line; quote a whole field, and write " inside it as ""`
	sayFew       = "has %d columns and must have %d; missing: %s"
	sayMany      = "has %d columns and must have %d; put a field that holds a comma in quotes"
	sayEmpty     = "is empty; it must be given"
	sayTime      = "%q is no time; write RFC 3339, such as 2024-03-01T09:00:00+08:00"
	sayOffset    = "%[1]q has no offset from UTC, so it is no instant; write it as %[1]s+08:00 if that is meant"
	sayLater     = "%s is after %s, as of which it is asked"
	sayBefore    = "%s, before the ticket was received at %s"
	sayPause     = "%q is no pause; write from/to/reason, the first two as times, to empty while it lasts, and ; between two"
	sayEvent     = "%q is no event; write time/event, with /reason or /priority where it has one, and ; between two"
	sayNoDetail  = "the event %q has no %s"
	sayBackwards = "the pause ends at %s, before it begins at %s"
	sayJSON      = "no JSON: %s"
	sayObject    = "a line is one JSON object"
	sayKey       = "no key %q; have %s"
	sayTwice     = "%q is given twice"
	sayText      = "must be a text in quotes"
	sayPauses    = `must be a list of pauses: [{"from": …, "to": …, "reason": …}]`
	sayEvents    = `must be a list of events: [{"at": …, "event": …, "reason": …, "priority": …}]`
)

// longestRow is the most bytes that a row may have.
const longestRow = 1 << 16

// A fault is one thing that is wrong with a ticket, and where.
type fault struct {
	line, column int // from 1; the column in characters, 0 for the whole row
	field, text  string
}

// String is place and fault in one line, the place as compilers print it.
func (f fault) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "stdin:%d", f.line)
	if f.column > 0 {
		fmt.Fprintf(&b, ":%d", f.column)
	}
	if f.field != "" {
		b.WriteString(": " + f.field)
	}
	b.WriteString(": " + f.text)
	return b.String()
}

// A row is one line of the input, with its fields by column. It is used again for
// the next.
type row struct {
	line   int
	text   []byte
	fields [columnCount][]byte
	at     [columnCount]int // where each begins in text, in bytes
	pauses []pauseText
	events []eventText
	faults []fault
}

// A pauseText is a pause as written.
type pauseText struct {
	from, to, reason []byte
	at               int
}

// An eventText is an event as written.
type eventText struct {
	when, kind, reason, priority []byte
	at                           int
}

// begin takes the next line. The fields of a table are all put anew where the line can
// be read; of one that cannot only the id is asked for.
func (r *row) begin(line int, text []byte) {
	r.line, r.text, r.pauses, r.events, r.faults = line, text, r.pauses[:0], r.events[:0], r.faults[:0]
	r.fields[colID] = nil
}

// fault adds a fault at a byte of the row; below 0 is the whole row.
func (r *row) fault(at int, field, format string, args ...any) {
	f := fault{line: r.line, field: field, text: fmt.Sprintf(format, args...)}
	if at >= 0 {
		f.column = utf8.RuneCount(r.text[:at]) + 1
	}
	r.faults = append(r.faults, f)
}

// wrong adds a fault of a column.
func (r *row) wrong(c column, format string, args ...any) {
	r.fault(r.at[c], columnNames[c], format, args...)
}

// fits reports whether the row can be read: not too long, and of text.
func (r *row) fits(clean bool) bool {
	if len(r.text) > longestRow {
		r.fault(-1, "", sayLong, longestRow)
		return false
	}
	if clean {
		return true
	}
	for i := 0; i < len(r.text); {
		c, size := utf8.DecodeRune(r.text[i:])
		if c == utf8.RuneError && size == 1 || c < ' ' {
			r.fault(i, "", sayEncoding, r.text[i])
			return false
		}
		i += size
	}
	return true
}

// newTable reads a header: the columns in any order, each once.
func newTable(header string) (*table, error) {
	fields, _, wrong := splitRow([]byte(header), nil, nil)
	if wrong >= 0 {
		return nil, fmt.Errorf("the header %q: "+sayQuote, clipped(header))
	}
	t := new(table)
	for _, field := range fields {
		name := string(field)
		c := columnOf(name)
		switch {
		case c == noColumn:
			return nil, fmt.Errorf("the header %q has a column %q; have %s", clipped(header), clipped(name), strings.Join(columnNames[:], ","))
		case slices.Contains(t.columns, c):
			return nil, fmt.Errorf("the header %q has the column %q twice", clipped(header), name)
		}
		t.columns = append(t.columns, c)
	}
	for _, c := range []column{colID, colReceived} {
		if !slices.Contains(t.columns, c) {
			return nil, fmt.Errorf("the header %q has no column %q, which every ticket needs", clipped(header), columnNames[c])
		}
	}
	return t, nil
}

// place puts the fields of a line under their columns.
func (t *table) place(r *row, fields [][]byte, at []int) {
	have, want := len(fields), len(t.columns)
	for i, c := range t.columns[:min(have, want)] {
		r.fields[c], r.at[c] = fields[i], at[i]
	}
	switch {
	case have < want:
		var missing []string
		for _, c := range t.columns[have:] {
			missing = append(missing, columnNames[c])
		}
		r.fault(len(r.text), "", sayFew, have, want, strings.Join(missing, ","))
	case have > want:
		r.fault(at[want], "", sayMany, have, want)
	default:
		r.splitLists()
	}
}

// name finds whose row it is that cannot be read, where that can be told all the same.
func (t *table) name(r *row) {
	const most = 200
	id, _, ok := bytes.Cut(r.text[:min(len(r.text), most)], []byte(","))
	if ok && t.columns[0] == colID && utf8.Valid(id) && bytes.IndexFunc(id, func(c rune) bool { return c < ' ' || c == '"' }) < 0 {
		r.fields[colID] = id
	}
}

// splitLists reads the fields that hold several things, with ; between two.
func (r *row) splitLists() {
	r.pauses = split(r, colPauses, r.pauses, cutPause, sayPause)
	r.events = split(r, colEvents, r.events, cutEvent, sayEvent)
}

// split appends what a field holds, each cut from its text and with its place in the row.
func split[T any](r *row, c column, list []T, cut func(text []byte, at int) (T, bool), otherwise string) []T {
	text, at := r.fields[c], r.at[c]
	if len(text) == 0 {
		return list
	}
	// Without quotes inside, a byte of the field is a byte of the row.
	exact := bytes.HasPrefix(r.text[at:], text)
	for begin := 0; begin <= len(text); {
		one, _, _ := bytes.Cut(text[begin:], []byte(";"))
		place := at
		if exact {
			place += begin
		}
		v, ok := cut(one, place)
		if !ok {
			r.fault(place, columnNames[c], otherwise, clipped(string(one)))
		}
		list = append(list, v)
		begin += len(one) + 1
	}
	return list
}

// cutPause reads from/to/reason.
func cutPause(text []byte, at int) (p pauseText, ok bool) {
	from, rest, ok := bytes.Cut(text, []byte("/"))
	if !ok {
		return p, false
	}
	to, reason, ok := bytes.Cut(rest, []byte("/"))
	p = pauseText{from, to, reason, at}
	return p, ok && len(from) > 0 && len(reason) > 0 && bytes.IndexByte(reason, '/') < 0
}

// cutEvent reads time/event, time/event/reason or time/priority changed/priority.
func cutEvent(text []byte, at int) (e eventText, ok bool) {
	e.at = at
	if e.when, e.kind, ok = bytes.Cut(text, []byte("/")); !ok {
		return e, false
	}
	var detail []byte
	e.kind, detail, _ = bytes.Cut(e.kind, []byte("/"))
	if string(e.kind) == contract.EventPriorityChanged.String() {
		e.priority = detail
	} else {
		e.reason = detail
	}
	return e, len(e.when) > 0 && len(e.kind) > 0 && bytes.IndexByte(detail, '/') < 0
}

// A ticket is a row that was read. It is used again for the next, and its texts are
// parts of the row.
type ticket struct {
	id                                []byte
	channel, category, priority, item []byte
	received                          time.Time
	events                            [columnCount]time.Time // by column; zero where none is told
	pauses                            []pause
	more                              []more // events of any kind
	// simple: no acceptance, no workaround and no events of any kind, and pauses one after another.
	// Any other order of pauses is for the library to judge.
	simple bool

	told    bool // the library was told it:
	request contract.Request
	places  []place // of each of its events
}

// A pause of a ticket; to is zero while it lasts.
type pause struct {
	from, to time.Time
	reason   []byte
	at       int // where the row tells it, in bytes
}

// One more event of a ticket.
type more struct {
	kind contract.EventKind
	when time.Time
	text *eventText
}

// A place is where a row tells of an event.
type place struct {
	column column
	at     int
}

// asked is the ticket as the library is told it.
func (q *ticket) asked(r *row) *contract.Request {
	if q.told {
		return &q.request
	}
	q.told = true
	q.request = contract.Request{ID: string(q.id), Selector: q.selector(), Received: q.received, Events: q.request.Events[:0]}
	q.places = q.places[:0]
	put := func(kind contract.EventKind, at time.Time, reason string, p place) {
		q.request.Events = append(q.request.Events, contract.Event{Kind: kind, At: at, Reason: reason})
		q.places = append(q.places, p)
	}
	for c, kind := range eventOf {
		if kind != 0 && !q.events[c].IsZero() {
			put(kind, q.events[c], "", place{column(c), r.at[c]})
		}
	}
	for _, e := range q.more {
		put(e.kind, e.when, string(e.text.reason), place{colEvents, e.text.at})
		q.request.Events[len(q.request.Events)-1].Priority = string(e.text.priority)
	}
	for _, p := range q.pauses {
		reason := string(p.reason)
		put(contract.EventPaused, p.from, reason, place{colPauses, p.at})
		if !p.to.IsZero() {
			put(contract.EventResumed, p.to, reason, place{colPauses, p.at})
		}
	}
	return &q.request
}

// selector is a copy of what the ticket is.
func (q *ticket) selector() contract.Selector {
	return contract.Selector{Channel: string(q.channel), Category: string(q.category), Priority: string(q.priority), Item: string(q.item)}
}

// A reading is how texts become tickets.
type reading struct {
	instant func([]byte) (time.Time, bool)
	asOf    time.Time
	zone    *time.Location
}

// ticket reads a row; what is wrong with it is in its faults. Names are held against
// the contract later.
func (d *reading) ticket(r *row, q *ticket) {
	q.id, q.told = r.fields[colID], false
	if len(r.faults) > 0 {
		return
	}
	if len(bytes.TrimSpace(q.id)) == 0 {
		r.wrong(colID, sayEmpty)
	}
	q.channel, q.category, q.priority, q.item = r.fields[colChannel], r.fields[colCategory], r.fields[colPriority], r.fields[colItem]
	if len(r.fields[colReceived]) == 0 {
		r.wrong(colReceived, sayEmpty)
		return
	}
	q.received = d.read(r, colReceived, r.at[colReceived], r.fields[colReceived])
	if q.received.IsZero() {
		return
	}
	if q.received.After(d.asOf) {
		r.wrong(colReceived, sayLater, d.stamp(q.received), d.stamp(d.asOf))
	}
	for c := colAccepted; c <= colCancelled; c++ {
		q.events[c] = time.Time{}
		if text := r.fields[c]; len(text) > 0 {
			q.events[c] = d.since(r, q, c, r.at[c], text)
		}
	}
	q.simple = q.events[colAccepted].IsZero() && q.events[colWorkaround].IsZero()
	q.pauses = q.pauses[:0]
	for i, text := range r.pauses {
		p := pause{from: d.since(r, q, colPauses, text.at, text.from), reason: text.reason, at: text.at}
		if i > 0 {
			last := q.pauses[i-1].to
			q.simple = q.simple && !last.IsZero() && !p.from.Before(last)
		}
		if len(text.to) > 0 {
			p.to = d.since(r, q, colPauses, text.at, text.to)
			if p.to.Before(p.from) && !p.to.IsZero() {
				r.fault(p.at, columnNames[colPauses], sayBackwards, d.stamp(p.to), d.stamp(p.from))
			}
		}
		q.pauses = append(q.pauses, p)
	}
	q.more = q.more[:0]
	for i := range r.events {
		text := &r.events[i]
		e := more{when: d.since(r, q, colEvents, text.at, text.when), text: text}
		var err error
		if e.kind, err = contract.ParseEventKind(string(text.kind)); err != nil {
			r.fault(text.at, columnNames[colEvents], "no event %q; have %s", clipped(string(text.kind)), strings.Join(contract.EventKinds(), ", "))
		}
		switch {
		case err != nil:
		case len(text.priority) > 0 && e.kind != contract.EventPriorityChanged:
			r.fault(text.at, columnNames[colEvents], sayNoDetail, e.kind, "priority")
		case len(text.reason) > 0 && !hasReason(e.kind):
			r.fault(text.at, columnNames[colEvents], sayNoDetail, e.kind, "reason")
		}
		q.more = append(q.more, e)
	}
	q.simple = q.simple && len(q.more) == 0
	if text := r.fields[colRecorded]; len(text) > 0 {
		if t := d.since(r, q, colRecorded, r.at[colRecorded], text); t.After(d.asOf) {
			r.wrong(colRecorded, sayLater, d.stamp(t), d.stamp(d.asOf))
		}
	}
}

// hasReason reports whether events of a kind have a reason.
func hasReason(k contract.EventKind) bool {
	switch k {
	case contract.EventPaused, contract.EventResumed, contract.EventExcused, contract.EventExtended:
		return true
	}
	return false
}

// since reads an instant that is not before the receipt.
func (d *reading) since(r *row, q *ticket, c column, at int, text []byte) time.Time {
	t := d.read(r, c, at, text)
	if !t.IsZero() && t.Before(q.received) {
		r.fault(at, columnNames[c], sayBefore, d.stamp(t), d.stamp(q.received))
	}
	return t
}

// read reads an instant; the zero time is a fault.
func (d *reading) read(r *row, c column, at int, text []byte) time.Time {
	t, ok := d.instant(text)
	if ok && !t.IsZero() {
		return t
	}
	say := sayTime
	if _, err := time.Parse("2006-01-02T15:04:05", string(text)); err == nil {
		say = sayOffset
	}
	r.fault(at, columnNames[c], say, clipped(string(text)))
	return time.Time{}
}

func (d *reading) stamp(t time.Time) string { return t.In(d.zone).Format(time.RFC3339Nano) }

// clipped keeps a message to the length of a line.
func clipped(s string) string {
	const most = 60
	if utf8.RuneCountInString(s) > most {
		return string([]rune(s)[:most]) + "…"
	}
	return s
}
