package proof

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// maxJSON is the most bytes that Decode reads.
const maxJSON = 8 << 20

// Decode reads a working from JSON, as json.Marshal writes it. It is strict: a
// key that is not known or stands twice, a null (but for no steps), a text that is
// not UTF-8, anything after the working, and more than 8 MiB are errors. Keys are read as
// they are spelled: "Format" is not format. The error says at which JSON Pointer,
// and at which line and byte of the line what is wrong ends. A step without args and one with an
// empty list of them are the same.
//
// Decode says that the text has the form of a working; whether the working holds
// is what Check says, and Sealed whether it was changed.
func Decode(data []byte) (*Working, error) {
	if len(data) > maxJSON {
		return nil, fmt.Errorf("a working of %d bytes; at most %d are read", len(data), maxJSON)
	}
	r := &reader{data: data}
	if !utf8.Valid(data) {
		bad := 0
		for size := 0; bad < len(data); bad += size {
			var c rune
			if c, size = utf8.DecodeRune(data[bad:]); c == utf8.RuneError && size == 1 {
				break
			}
		}
		return nil, fmt.Errorf("%s: not UTF-8", r.place(bad))
	}
	// The grammar is checked first, so that the walk below meets well-formed JSON only.
	var raw json.RawMessage
	if err := json.Unmarshal(data, &raw); err != nil {
		var syntax *json.SyntaxError
		if errors.As(err, &syntax) {
			return nil, fmt.Errorf("%s: %w", r.place(int(syntax.Offset)-1), err)
		}
		return nil, err
	}
	r.tokens = json.NewDecoder(bytes.NewReader(data))
	r.tokens.UseNumber()
	w := new(Working)
	if err := r.working(w); err != nil {
		return nil, err
	}
	return w, nil
}

// A reader walks the tokens of a working and knows where it is.
type reader struct {
	data   []byte
	tokens *json.Decoder
	path   []string // of the value that is read, as a JSON Pointer
}

// place says where the byte at offset is: line and byte of the line, from 1.
func (r *reader) place(offset int) string {
	before := r.data[:min(max(offset, 0), len(r.data))]
	line := bytes.Count(before, []byte("\n")) + 1
	column := len(before) - bytes.LastIndexByte(before, '\n')
	return fmt.Sprintf("line %d, byte %d", line, column)
}

// errorf is an error at the token that was read last.
func (r *reader) errorf(format string, args ...any) error {
	pointer := ""
	if len(r.path) > 0 {
		pointer = "/" + strings.Join(r.path, "/") + ": "
	}
	return fmt.Errorf("%s: %s%s", r.place(int(r.tokens.InputOffset())-1), pointer, fmt.Sprintf(format, args...))
}

// A member is a key of an object, and what reads its value.
type member struct {
	key  string
	read func() error
}

// object reads an object of these members, each once at most.
func (r *reader) object(members ...member) error {
	if _, err := r.open('{', "an object"); err != nil {
		return err
	}
	var seen []string
	for r.tokens.More() {
		token, err := r.tokens.Token()
		if err != nil {
			return err
		}
		key, _ := token.(string)
		i := slices.IndexFunc(members, func(m member) bool { return m.key == key })
		switch {
		case i < 0:
			return r.errorf("the key %s is not known", quote(key))
		case slices.Contains(seen, key):
			return r.errorf("the key %s stands twice", quote(key))
		}
		seen = append(seen, key)
		if err := r.in(key, members[i].read); err != nil {
			return err
		}
	}
	_, err := r.tokens.Token()
	return err
}

// list reads a list, item by item.
func (r *reader) list(item func() error) error {
	if token, err := r.open('[', "a list"); err != nil {
		if token == nil && slices.Equal(r.path, []string{"steps"}) {
			return nil // json.Marshal writes no steps as null
		}
		return err
	}
	for i := 0; r.tokens.More(); i++ {
		if err := r.in(strconv.Itoa(i), item); err != nil {
			return err
		}
	}
	_, err := r.tokens.Token()
	return err
}

func (r *reader) in(name string, read func() error) error {
	r.path = append(r.path, name)
	err := read()
	r.path = r.path[:len(r.path)-1]
	return err
}

func (r *reader) open(delim json.Delim, what string) (json.Token, error) {
	token, err := r.tokens.Token()
	if err == nil && token != delim {
		err = r.errorf("it should be %s", what)
	}
	return token, err
}

// text returns what reads a string into s.
func text[S ~string](r *reader, s *S) func() error {
	return func() error {
		token, err := r.tokens.Token()
		if err != nil {
			return err
		}
		t, ok := token.(string)
		if !ok {
			return r.errorf("it should be a text")
		}
		*s = S(t)
		return nil
	}
}

func (r *reader) working(w *Working) error {
	return r.object(
		member{"format", text(r, &w.Format)},
		member{"about", text(r, &w.About)},
		member{"result", func() error { return r.value(&w.Result) }},
		member{"steps", func() error {
			return r.list(func() error {
				w.Steps = append(w.Steps, Step{})
				return r.step(&w.Steps[len(w.Steps)-1])
			})
		}},
		member{"seal", text(r, &w.Seal)},
	)
}

func (r *reader) step(s *Step) error {
	return r.object(
		member{"op", text(r, &s.Op)},
		member{"args", func() error { return r.list(func() error { return r.arg(s) }) }},
		member{"name", text(r, &s.Name)},
		member{"value", func() error { return r.value(&s.Value) }},
		member{"clause", text(r, &s.Clause)},
		member{"source", func() error { s.Source = new(Source); return r.source(s.Source) }},
		member{"mark", text(r, &s.Mark)},
	)
}

func (r *reader) arg(s *Step) error {
	token, err := r.tokens.Token()
	if err != nil {
		return err
	}
	n, ok := token.(json.Number)
	arg, err := strconv.Atoi(string(n))
	if !ok || err != nil || strconv.Itoa(arg) != string(n) {
		return r.errorf("it should be the number of a step")
	}
	s.Args = append(s.Args, arg)
	return nil
}

func (r *reader) value(v *Value) error {
	return r.object(member{"kind", text(r, &v.Kind)}, member{"text", text(r, &v.Text)})
}

func (r *reader) source(s *Source) error {
	return r.object(member{"in", text(r, &s.In)}, member{"at", text(r, &s.At)})
}
