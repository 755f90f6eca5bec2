package strictjson

import (
	"bytes"
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"unicode/utf8"
)

// FaultKind says what sort of fault a [Fault] is. The zero FaultKind is not one.
type FaultKind uint8

const (
	// Syntax is a text that is not JSON in UTF-8. Nothing behind it was read.
	Syntax FaultKind = 1 + iota
	// UnknownKey is a key that its object does not have.
	UnknownKey
	// DuplicateKey is a key that its object already has.
	DuplicateKey
	// Null is a null.
	Null
	// WrongType is a value of another type than is wanted, such as an array where
	// a string is wanted. It is also the kind of a Go type that is not supported.
	WrongType
	// BadValue is a value of the right type that is refused, such as a date that
	// does not exist or a number that is out of range.
	BadValue
	// Limit is a text that goes beyond its [Limits].
	Limit
)

var kindNames = [...]string{
	Syntax:       "syntax",
	UnknownKey:   "unknown key",
	DuplicateKey: "duplicate key",
	Null:         "null",
	WrongType:    "wrong type",
	BadValue:     "bad value",
	Limit:        "limit",
}

// String returns the name of k, such as "unknown key".
func (k FaultKind) String() string {
	if k < Syntax || k > Limit {
		return fmt.Sprintf("FaultKind(%d)", uint8(k))
	}
	return kindNames[k]
}

// Fault is one thing that is wrong with a text, and where.
type Fault struct {
	// Pointer is the JSON pointer (RFC 6901) of the value. For a key that is
	// unknown, repeated or refused it is the pointer of the key's own value, and
	// for a fault of syntax that of the innermost value being read.
	Pointer string
	// Line and Column are where the value, the key or the unexpected character
	// starts. Both count from 1. A line ends with "\n"; columns count runes, a tab
	// as one, and a byte that is not UTF-8 as one.
	Line, Column int
	Kind         FaultKind
	// Msg says what is wrong and what would be right, in one line.
	Msg string
	// Err is the error of UnmarshalText, or nil.
	Err error
}

// String returns the fault as one line, such as
//
//	3:14: /targets/0/within: null is not allowed; leave the key out
//
// with the pointer left out if it is that of the whole text.
func (f Fault) String() string {
	at := strconv.Itoa(f.Line) + ":" + strconv.Itoa(f.Column) + ": "
	if f.Pointer != "" {
		at += f.Pointer + ": "
	}
	return at + f.Msg
}

// The faults of one text, however many it has, are held to these. A pointer is
// as long as the keys on its way, so a text with one key of a megabyte above a
// million nulls would otherwise ask for a terabyte of pointers.
const (
	maxFaults       = 1000
	maxPointerBytes = 4 << 20
)

// path is the way from the root to a value: the keys and indexes of its pointer.
type path []step

type step struct {
	key   string
	index int // used if key is empty and isKey is not set
	isKey bool
}

func (p path) pointer() string {
	var b []byte
	for _, s := range p {
		b = append(b, '/')
		if s.isKey {
			b = append(b, Escape(s.key)...)
		} else {
			b = strconv.AppendInt(b, int64(s.index), 10)
		}
	}
	return string(b)
}

// faultList collects the faults of one pass over the text, in its order.
type faultList struct {
	faults  []placedFault
	pointer int // bytes of all pointers
	stopped int // where the first fault that found no room is; see full
	full    bool
}

// placedFault is a fault whose line and column are still to be counted.
type placedFault struct {
	Fault
	at int
}

// add appends f, which is at the byte offset at. The pointer of f is that of p.
func (l *faultList) add(at int, p path, f Fault) {
	if l.full {
		return
	}
	f.Pointer = p.pointer()
	if n := len(l.faults); n == maxFaults || n > 0 && l.pointer+len(f.Pointer) > maxPointerBytes {
		l.full, l.stopped = true, at
		return
	}
	l.pointer += len(f.Pointer)
	l.faults = append(l.faults, placedFault{f, at})
}

// merge returns the faults of both passes in the order of the text, with their
// lines and columns.
func merge(text []byte, a, b *faultList) []Fault {
	all := slices.Concat(a.faults, b.faults)
	slices.SortStableFunc(all, func(x, y placedFault) int { return cmp.Compare(x.at, y.at) })

	// Behind the place where a pass ran out of room its faults are missing, so what
	// the other found there would read as if it were all.
	end, full := len(text)+1, false
	for _, l := range []*faultList{a, b} {
		if l.full {
			end, full = min(end, l.stopped), true
		}
	}
	if full {
		all = slices.DeleteFunc(all, func(f placedFault) bool { return f.at >= end })
	}
	if len(all) > maxFaults {
		end, full = all[maxFaults].at, true
		all = all[:maxFaults]
	}
	if full {
		all = append(all, placedFault{Fault{Kind: Limit, Msg: "too many faults; those from here on are left out"}, end})
	}
	if len(all) == 0 {
		return nil
	}

	faults := make([]Fault, len(all))
	line, column, last := 1, 1, 0
	for i, f := range all {
		between := text[last:f.at]
		if n := bytes.Count(between, []byte{'\n'}); n > 0 {
			line, column = line+n, 1
			between = between[bytes.LastIndexByte(between, '\n')+1:]
		}
		column += utf8.RuneCount(between)
		last = f.at
		f.Line, f.Column = line, column
		faults[i] = f.Fault
	}
	return faults
}

// short returns s in quotes for a message, cut to a length that a line can hold.
func short[T string | []byte](s T) string {
	const most = 60
	if len(s) <= most {
		return strconv.Quote(string(s))
	}
	cut := most
	for cut > most-utf8.UTFMax && !utf8.RuneStart(s[cut]) {
		cut--
	}
	return strconv.Quote(string(s[:cut]) + "…")
}
