package strictjson

import (
	"bytes"
	"fmt"
	"unicode/utf8"
)

// Limits bound what a text may ask for. A field that is zero or negative stands
// for its default.
type Limits struct {
	Bytes  int // length of the text; 4 MiB by default
	Depth  int // objects and arrays within each other; 64 by default, and never above 10,000
	Digits int // digits of one number, those of its exponent included; 64 by default
	Nodes  int // values of all kinds, keys not counted; 1,000,000 by default
}

// maxDepth is the depth at which encoding/json gives up. To go beyond it would
// accept what encoding/json refuses.
const maxDepth = 10_000

func (l Limits) withDefaults() Limits {
	for _, d := range []struct {
		field  *int
		normal int
	}{{&l.Bytes, 4 << 20}, {&l.Depth, 64}, {&l.Digits, 64}, {&l.Nodes, 1_000_000}} {
		if *d.field <= 0 {
			*d.field = d.normal
		}
	}
	l.Depth = min(l.Depth, maxDepth)
	return l
}

type kind uint8

const (
	nullKind kind = iota
	boolKind
	numberKind
	stringKind
	arrayKind
	objectKind
)

// kindWords names the kinds as a message does.
var kindWords = [...]string{
	nullKind:   "null",
	boolKind:   "true or false",
	numberKind: "a number",
	stringKind: "a string",
	arrayKind:  "an array",
	objectKind: "an object",
}

// node is a value or a key of the text. The nodes of a text are one slice in the
// order in which they start; an object's members are pairs of a key and a value.
type node struct {
	start, end int // the bytes of the text, the quotes of a string included
	next       int // the node behind this one and all within it
	count      int // elements of an array, members of an object
	kind       kind
	escaped    bool // a string with a backslash
	refused    bool // a value or a repeated key that a fault was reported for
}

// parser reads a text once, from left to right.
type parser struct {
	text   []byte
	limits Limits
	i      int
	depth  int
	values int
	nodes  []node
	path   path
	faults faultList
}

// parse reads the text. It returns false if it is not JSON to its end or goes
// beyond a limit that reading does not survive; the faults are in p.faults.
func (p *parser) parse() bool {
	if len(p.text) > p.limits.Bytes {
		return p.stop(0, Limit, "the text has %d bytes, at most %d are allowed", len(p.text), p.limits.Bytes)
	}
	if bytes.HasPrefix(p.text, []byte("\ufeff")) {
		return p.stop(0, Syntax, "the text starts with a byte order mark; save it as UTF-8 without one")
	}
	p.space()
	if p.i == len(p.text) {
		return p.stop(p.i, Syntax, "the text is empty")
	}
	if !p.value() {
		return false
	}
	p.space()
	if p.i < len(p.text) {
		return p.unexpected("nothing may follow the value")
	}
	return true
}

// stop reports a fault behind which nothing is read, and returns false.
func (p *parser) stop(at int, k FaultKind, format string, args ...any) bool {
	p.faults.add(at, p.path, Fault{Kind: k, Msg: fmt.Sprintf(format, args...)})
	return false
}

// unexpected reports what is at p.i, where something else is wanted.
func (p *parser) unexpected(want string) bool {
	if p.i == len(p.text) {
		return p.stop(p.i, Syntax, "the text ends too early; %s", want)
	}
	rest := p.text[p.i:]
	r, size := utf8.DecodeRune(rest)
	switch {
	case rest[0] == '/' || rest[0] == '#':
		return p.stop(p.i, Syntax, "JSON has no comments; remove it")
	case rest[0] == '\'':
		return p.stop(p.i, Syntax, `unexpected "'"; a string is written in double quotes`)
	case r == '“' || r == '”' || r == '„':
		return p.stop(p.i, Syntax, `unexpected %q; a string is written in straight quotes (")`, string(r))
	case r == utf8.RuneError && size == 1:
		return p.stop(p.i, Syntax, "byte 0x%02x is not UTF-8; save the text as UTF-8", rest[0])
	case r == '\ufeff':
		return p.stop(p.i, Syntax, "unexpected byte order mark; remove it")
	}
	word := rest[:size]
	for n := size; n < len(rest) && n < 40 && isLetter(rest[0]) && isLetter(rest[n]); n++ {
		word = rest[:n+1]
	}
	return p.stop(p.i, Syntax, "unexpected %s; %s", short(word), want)
}

func isLetter(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' }
func isDigit(c byte) bool  { return '0' <= c && c <= '9' }

func (p *parser) space() {
	for p.i < len(p.text) {
		switch p.text[p.i] {
		case ' ', '\t', '\n', '\r':
			p.i++
		default:
			return
		}
	}
}

// at reports whether the next byte is c.
func (p *parser) at(c byte) bool { return p.i < len(p.text) && p.text[p.i] == c }

// open appends the node of a value that starts at p.i, and returns its index.
func (p *parser) open(k kind) int {
	p.nodes = append(p.nodes, node{start: p.i, kind: k})
	return len(p.nodes) - 1
}

// close ends the node at p.i.
func (p *parser) close(n int) {
	p.nodes[n].end, p.nodes[n].next = p.i, len(p.nodes)
}

// value reads the value at p.i, where there is no space.
func (p *parser) value() bool {
	if p.values++; p.values > p.limits.Nodes {
		return p.stop(p.i, Limit, "more than %d values", p.limits.Nodes)
	}
	if p.i == len(p.text) {
		return p.unexpected("want a value")
	}
	switch c := p.text[p.i]; {
	case c == '{':
		return p.nested((*parser).object)
	case c == '[':
		return p.nested((*parser).array)
	case c == '"':
		return p.string()
	case isDigit(c), c == '-', c == '+', c == '.':
		return p.number()
	case isLetter(c):
		return p.literal()
	}
	return p.unexpected("want a value")
}

func (p *parser) nested(read func(*parser) bool) bool {
	if p.depth++; p.depth > p.limits.Depth {
		return p.stop(p.i, Limit, "nested more than %d deep", p.limits.Depth)
	}
	ok := read(p)
	p.depth--
	return ok
}

func (p *parser) array() bool {
	n := p.open(arrayKind)
	p.i++
	p.space()
	if p.at(']') {
		p.i++
		p.close(n)
		return true
	}
	for {
		p.path = append(p.path, step{index: p.nodes[n].count})
		if !p.value() {
			return false
		}
		p.path = p.path[:len(p.path)-1]
		p.nodes[n].count++
		if more, ok := p.separator(n, ']'); !ok {
			return false
		} else if !more {
			return true
		}
	}
}

func (p *parser) object() bool {
	n := p.open(objectKind)
	p.i++
	p.space()
	if p.at('}') {
		p.i++
		p.close(n)
		return true
	}
	seen := map[string]bool{}
	for {
		if !p.at('"') {
			if p.i < len(p.text) && isLetter(p.text[p.i]) {
				return p.unexpected("a key is written in double quotes")
			}
			return p.unexpected("want a key in double quotes")
		}
		k := len(p.nodes)
		if !p.string() {
			return false
		}
		key := unquote(p.text, p.nodes[k])
		p.path = append(p.path, step{key: key, isKey: true})
		if seen[key] {
			p.nodes[k].refused = true
			p.faults.add(p.nodes[k].start, p.path, Fault{Kind: DuplicateKey, Msg: "key " + short(key) + " is repeated; keep one"})
		}
		seen[key] = true
		p.space()
		if !p.at(':') {
			return p.unexpected(`want ":" behind the key`)
		}
		p.i++
		p.space()
		if !p.value() {
			return false
		}
		p.nodes[n].count++
		p.path = p.path[:len(p.path)-1]
		if more, ok := p.separator(n, '}'); !ok {
			return false
		} else if !more {
			return true
		}
	}
}

// separator reads what follows an element or a member of the node n: a comma,
// and more is true, or the end of the array or object.
func (p *parser) separator(n int, end byte) (more, ok bool) {
	p.space()
	if p.at(end) {
		p.i++
		p.close(n)
		return false, true
	}
	if !p.at(',') {
		return false, p.unexpected(`want "," or "` + string(end) + `"`)
	}
	comma := p.i
	p.i++
	p.space()
	if p.at(end) {
		return false, p.stop(comma, Syntax, `nothing follows the comma; remove it`)
	}
	return true, true
}
