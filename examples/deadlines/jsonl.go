package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"slices"
	"strings"
)

// jsonLines reads one JSON object a line, by encoding/json. A key that is not known,
// one that is given twice, and anything but texts are refused; encoding/json alone
// would take them.
type jsonLines struct{ row row }

func (j *jsonLines) rows(text []byte, line int, clean bool, visit func(*row)) {
	for ; len(text) > 0; line++ {
		var one []byte
		if one, text = cutLine(text); len(one) == 0 {
			continue
		}
		j.row.fields, j.row.at = [columnCount][]byte{}, [columnCount]int{} // a line has the keys that it likes
		if j.row.begin(line, one); j.row.fits(clean) {
			j.object()
		}
		visit(&j.row)
	}
}

// A walk goes through the tokens of a line. The first fault ends it.
type walk struct {
	*json.Decoder
	row *row
}

var errTold = errors.New("told as a fault of the row")

func (j *jsonLines) object() {
	w := walk{json.NewDecoder(bytes.NewReader(j.row.text)), &j.row}
	err := w.ticket()
	if err == nil {
		if rest := bytes.TrimLeft(j.row.text[w.InputOffset():], " \t"); len(rest) > 0 {
			j.row.fault(len(j.row.text)-len(rest), "", sayObject)
		}
		return
	}
	if err == errTold {
		return
	}
	if err == io.EOF || err == io.ErrUnexpectedEOF {
		j.row.fault(len(j.row.text), "", sayJSON, "the line ends within the object")
		return
	}
	j.row.fault(w.next(), "", sayJSON, err) // the token that is none begins there
}

// next is where the next token begins.
func (w walk) next() int {
	at := min(int(w.InputOffset()), len(w.row.text))
	for at < len(w.row.text) && strings.IndexByte(" \t:,", w.row.text[at]) >= 0 {
		at++
	}
	return at
}

// ticket reads the object of a line.
func (w walk) ticket() error {
	var given [columnCount]bool
	return w.members(sayObject, "", func(key string, at int) error {
		c := columnOf(key)
		if c == noColumn {
			w.row.fault(at, "", sayKey, clipped(key), strings.Join(columnNames[:], ", "))
			return errTold
		}
		if given[c] {
			w.row.fault(at, "", sayTwice, key)
			return errTold
		}
		given[c] = true
		w.row.at[c] = w.next()
		switch c {
		case colPauses:
			return w.pauses()
		case colEvents:
			return w.events()
		}
		text, err := w.text(key)
		w.row.fields[c] = text
		return err
	})
}

// members reads an object, key by key.
func (w walk) members(otherwise, field string, member func(key string, at int) error) error {
	at := w.next()
	t, err := w.Token()
	if err != nil {
		return err
	}
	if t != json.Delim('{') {
		w.row.fault(at, field, "%s", otherwise)
		return errTold
	}
	for w.More() {
		at := w.next()
		t, err := w.Token()
		if err != nil {
			return err
		}
		key, _ := t.(string) // a key of an object is a text
		if err := member(key, at); err != nil {
			return err
		}
	}
	_, err = w.Token()
	return err
}

func (w walk) text(field string) ([]byte, error) {
	at := w.next()
	t, err := w.Token()
	if err != nil {
		return nil, err
	}
	text, ok := t.(string)
	if !ok {
		w.row.fault(at, field, sayText)
		return nil, errTold
	}
	return []byte(text), nil
}

// pauses reads a list of from, to and reason; to may be left out, or be empty.
func (w walk) pauses() error {
	return w.list(colPauses, sayPauses, func(at int) error {
		p := pauseText{at: at}
		err := w.texts(colPauses, sayPauses, []string{"from", "to", "reason"}, &p.from, &p.to, &p.reason)
		if err == nil && (len(p.from) == 0 || len(p.reason) == 0) {
			w.row.fault(at, columnNames[colPauses], "a pause has a from and a reason")
			return errTold
		}
		w.row.pauses = append(w.row.pauses, p)
		return err
	})
}

// events reads a list of at, event, reason and priority, as far as an event has them.
func (w walk) events() error {
	return w.list(colEvents, sayEvents, func(at int) error {
		e := eventText{at: at}
		err := w.texts(colEvents, sayEvents, []string{"at", "event", "reason", "priority"}, &e.when, &e.kind, &e.reason, &e.priority)
		if err == nil && (len(e.when) == 0 || len(e.kind) == 0) {
			w.row.fault(at, columnNames[colEvents], "an event has an at and an event")
			return errTold
		}
		w.row.events = append(w.row.events, e)
		return err
	})
}

// list reads a list, item by item.
func (w walk) list(c column, otherwise string, item func(at int) error) error {
	at := w.next()
	t, err := w.Token()
	if err != nil {
		return err
	}
	if t != json.Delim('[') {
		w.row.fault(at, columnNames[c], "%s", otherwise)
		return errTold
	}
	for w.More() {
		if err := item(w.next()); err != nil {
			return err
		}
	}
	_, err = w.Token()
	return err
}

// texts reads an object whose values are texts, each key at most once.
func (w walk) texts(c column, otherwise string, keys []string, into ...*[]byte) error {
	field := columnNames[c]
	var given [4]bool
	return w.members(otherwise, field, func(key string, at int) error {
		i := slices.Index(keys, key)
		if i < 0 || given[i] {
			w.row.fault(at, field, "no key %q, or given twice; have %s", clipped(key), strings.Join(keys, ", "))
			return errTold
		}
		given[i] = true
		var err error
		*into[i], err = w.text(field)
		return err
	})
}
