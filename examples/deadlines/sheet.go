package main

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/cfd16870/contract"
)

// The columns of what comes out: a row for each target that binds a ticket, or one
// row for a ticket that none binds, or that was refused.
var outColumns = []string{"id", "target", "clause", "due", "status", "overrun", "error"}

// sayNoTarget is the status of a ticket that no target binds.
const sayNoTarget = "no target"

// A sheet is what a worker writes on. take returns what was put since, and is given
// bytes that can be written over.
type sheet interface {
	put(a *answer)
	take(into []byte) []byte
}

// word is the status of an answer; "" where there is none.
func (a *answer) word() string {
	switch {
	case len(a.faults) > 0:
		return ""
	case a.bound == nil:
		return sayNoTarget
	}
	return a.status.String()
}

// told is faults in one text, each with its place.
func told(faults []fault) string {
	var b strings.Builder
	for i, f := range faults {
		if i > 0 {
			b.WriteString("; ")
		}
		b.WriteString(f.String())
	}
	return b.String()
}

// fastSheet writes CSV without an allocation a row.
type fastSheet struct {
	out  []byte
	zone *time.Location
}

func (s *fastSheet) put(a *answer) {
	out := appendCSV(s.out, a.id)
	if a.bound == nil {
		out = append(out, ",,"...)
	} else {
		out = append(out, a.bound.csv...)
	}
	out = append(out, ',')
	if !a.due.IsZero() {
		out = appendInstant(out, a.due, s.zone)
	}
	out = append(out, ',')
	out = append(out, a.word()...)
	out = append(out, ',')
	if a.overrun > 0 {
		out = appendElapsed(out, a.overrun)
	}
	out = append(out, ',')
	if len(a.faults) > 0 {
		out = appendCSV(out, told(a.faults))
	}
	s.out = append(out, '\n')
}

func (s *fastSheet) take(into []byte) []byte {
	out := s.out
	s.out = into[:0]
	return out
}

// appendElapsed writes a time that has passed as hours:minutes:seconds.
func appendElapsed(out []byte, d time.Duration) []byte {
	out = strconv.AppendInt(out, int64(d/time.Hour), 10)
	minutes, seconds := byte(d/time.Minute%60), byte(d/time.Second%60)
	out = append(out, ':', '0'+minutes/10, '0'+minutes%10, ':', '0'+seconds/10, '0'+seconds%10)
	if rest := d % time.Second; rest != 0 {
		out = append(out, strings.TrimRight(fmt.Sprintf(".%09d", rest), "0")...)
	}
	return out
}

// cells are an answer as texts.
func (a *answer) cells(zone *time.Location) [7]string {
	cells := [7]string{0: string(a.id), 4: a.word(), 6: told(a.faults)}
	if a.bound != nil {
		cells[1], cells[2] = a.bound.target.Name(), a.bound.clause
	}
	if !a.due.IsZero() {
		cells[3] = a.due.In(zone).Format(time.RFC3339Nano)
	}
	if a.overrun > 0 {
		cells[5] = string(appendElapsed(nil, a.overrun))
	}
	return cells
}

// plainSheet writes CSV by encoding/csv.
type plainSheet struct {
	out  bytes.Buffer
	csv  *csv.Writer
	zone *time.Location
}

func newPlainSheet(zone *time.Location) *plainSheet {
	s := &plainSheet{zone: zone}
	s.csv = csv.NewWriter(&s.out)
	return s
}

func (s *plainSheet) put(a *answer) {
	cells := a.cells(s.zone)
	s.csv.Write(cells[:]) // a buffer takes all
}

func (s *plainSheet) take(into []byte) []byte {
	s.csv.Flush()
	into = append(into[:0], s.out.Bytes()...)
	s.out.Reset()
	return into
}

// jsonSheet writes JSON lines, with the columns as keys; what is empty is left out.
type jsonSheet struct {
	out  bytes.Buffer
	json *json.Encoder
	zone *time.Location
}

func newJSONSheet(zone *time.Location) *jsonSheet {
	s := &jsonSheet{zone: zone}
	s.json = json.NewEncoder(&s.out)
	s.json.SetEscapeHTML(false)
	return s
}

func (s *jsonSheet) put(a *answer) {
	c := a.cells(s.zone)
	s.json.Encode(struct { // texts, and a buffer takes all
		ID      string `json:"id"`
		Target  string `json:"target,omitzero"`
		Clause  string `json:"clause,omitzero"`
		Due     string `json:"due,omitzero"`
		Status  string `json:"status,omitzero"`
		Overrun string `json:"overrun,omitzero"`
		Error   string `json:"error,omitzero"`
	}{c[0], c[1], c[2], c[3], c[4], c[5], c[6]})
}

func (s *jsonSheet) take(into []byte) []byte {
	into = append(into[:0], s.out.Bytes()...)
	s.out.Reset()
	return into
}

// tally counts what became of tickets and targets.
type tally struct {
	tickets, refused, unbound, answers, breached int64
}

func (t *tally) add(o tally) {
	t.tickets += o.tickets
	t.refused += o.refused
	t.unbound += o.unbound
	t.answers += o.answers
	t.breached += o.breached
}

// count counts an answer.
func (t *tally) count(a *answer) {
	switch {
	case len(a.faults) > 0:
	case a.bound == nil:
		t.unbound++
	default:
		t.answers++
		if a.status == contract.StatusBreached {
			t.breached++
		}
	}
}
