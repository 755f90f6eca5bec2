package contract

import (
	"errors"
	"fmt"
	"strings"
)

// Kinds of fault, for errors.Is. The list may grow; the text of an Error is for
// people and is not covered by the promise of compatibility.
var (
	ErrSyntax    = errors.New("malformed")                        // not in the form that is read
	ErrRequired  = errors.New("required")                         // not stated, and nothing stands in for it
	ErrUnknown   = errors.New("unknown name")                     // a name or word that is not in its list
	ErrDuplicate = errors.New("given twice")                      // a key, a record or a day
	ErrInvalid   = errors.New("not valid")                        // well formed, and impossible
	ErrConflict  = errors.New("conflicting")                      // two statements that cannot both hold
	ErrFormat    = errors.New("format not known to this version") // a document or working of a later library
	ErrSilent    = errors.New("the contract is silent")           // a question that no clause answers
	ErrRange     = errors.New("beyond what is published")         // a day that the calendar does not know
	ErrCurrency  = errors.New("mixed currencies")                 // amounts that do not add
	ErrLimit     = errors.New("too large")                        // over a limit of bytes, depth, digits or length
	ErrLater     = errors.New("not yet computed by this version") // a rule that is parsed and kept only
)

// An Error is one fault and where it lies: in a document, an amendment, or a record.
type Error struct {
	In      string // "" for the document; "amendment A1"; "calendar cn 2025-11-04"; a record's Source, such as events.csv:4
	Line    int    // in the text that was parsed, from 1; 0 where there is none
	Column  int    // in characters, from 1
	Pointer string // JSON Pointer (RFC 6901) into the document, or the field of a record
	Clause  string // as printed: 4.1(2)
	Statute string // with ErrSilent: what would fill the gap, never applied by itself
	Kind    error  // one of the kinds above
	Msg     string // what is wrong, and what would have been right
	Cause   error  // what lies beneath, if anything
}

// Error returns the place and the fault in one line.
func (e *Error) Error() string {
	var b strings.Builder
	sep := ""
	part := func(s string) {
		if s != "" {
			b.WriteString(sep)
			b.WriteString(s)
			sep = ": "
		}
	}
	part(e.In)
	if e.Line > 0 {
		part(position(e.Line, e.Column))
	}
	part(e.Pointer)
	msg := e.Msg
	if msg == "" && e.Kind != nil {
		msg = e.Kind.Error()
	}
	if e.Clause != "" {
		msg += " (" + citation(e.Clause) + ")"
	}
	if e.Statute != "" {
		msg += "; " + e.Statute + " would fill it if declared"
	}
	part(msg)
	return b.String()
}

// Unwrap returns the kind and the cause, for errors.Is and errors.As.
func (e *Error) Unwrap() []error {
	var all []error
	if e.Kind != nil {
		all = append(all, e.Kind)
	}
	if e.Cause != nil {
		all = append(all, e.Cause)
	}
	return all
}

// Errors is every fault found, in the order of the text. As an error it is never empty.
type Errors []*Error

// Error returns one line a fault.
func (e Errors) Error() string {
	lines := make([]string, len(e))
	for i, err := range e {
		lines[i] = err.Error()
	}
	return strings.Join(lines, "\n")
}

// Unwrap returns the faults, for errors.Is and errors.As.
func (e Errors) Unwrap() []error {
	all := make([]error, len(e))
	for i, err := range e {
		all[i] = err
	}
	return all
}

// add appends a fault at a pointer.
func (e *Errors) add(pointer string, kind error, format string, args ...any) {
	*e = append(*e, &Error{Pointer: pointer, Kind: kind, Msg: fmt.Sprintf(format, args...)})
}

// addErr appends an error of a lower floor as a fault at a pointer; its kind is
// the first of the kinds above that it wraps.
func (e *Errors) addErr(pointer string, err error) {
	kind := kindOf(err)
	*e = append(*e, &Error{Pointer: pointer, Kind: kind, Msg: withoutKind(err.Error(), kind), Cause: err})
}

// withoutKind takes off the end of a text what the kind of the fault says again.
func withoutKind(msg string, kind error) string { return strings.TrimSuffix(msg, ": "+kind.Error()) }

// kindOf finds the kind of fault that err wraps, ErrInvalid if none.
func kindOf(err error) error {
	for _, k := range []error{ErrSyntax, ErrRequired, ErrUnknown, ErrDuplicate, ErrInvalid, ErrConflict, ErrFormat, ErrSilent, ErrRange, ErrCurrency, ErrLimit, ErrLater} {
		if errors.Is(err, k) {
			return k
		}
	}
	return ErrInvalid
}

// citation is a clause as a sentence cites it: by its number in the body, or by the
// one in the contents where it has no other.
func citation(clause string) string {
	if strings.HasPrefix(clause, "contents ") {
		return clause
	}
	return "clause " + clause
}

// position says where in a text a fault lies.
func position(line, column int) string { return fmt.Sprintf("line %d, column %d", line, column) }

// orNil returns e as an error, nil where no fault was found.
func (e Errors) orNil() error {
	if len(e) == 0 {
		return nil
	}
	return e
}
