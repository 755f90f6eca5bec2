package strictjson

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"
)

// literal reads the word at p.i: true, false, null, or one that has no place in
// JSON.
func (p *parser) literal() bool {
	end := p.i
	for end < len(p.text) && (isLetter(p.text[end]) || isDigit(p.text[end]) || p.text[end] == '_') {
		end++
	}
	switch word := string(p.text[p.i:min(end, p.i+10)]); word {
	case "null":
		n := p.open(nullKind)
		p.nodes[n].refused = true
		p.faults.add(p.i, p.path, Fault{Kind: Null, Msg: p.nullMessage()})
		p.i = end
		p.close(n)
		return true
	case "true", "false":
		n := p.open(boolKind)
		p.i = end
		p.close(n)
		return true
	default:
		switch lower := strings.ToLower(word); lower {
		case "true", "false":
			return p.stop(p.i, Syntax, "unexpected %s; write %s", short(word), lower)
		case "nan", "inf", "infinity":
			return p.stop(p.i, Syntax, "unexpected %s; a number is written in digits", short(word))
		case "null", "none", "nil", "undefined":
			return p.stop(p.i, Syntax, "unexpected %s; leave the key out", short(word))
		}
		return p.unexpected("want a value; a string is written in double quotes")
	}
}

func (p *parser) nullMessage() string {
	if n := len(p.path); n > 0 && !p.path[n-1].isKey {
		return "null is not allowed; leave the element out"
	}
	if len(p.path) == 0 {
		return "null is not allowed; write a value"
	}
	return "null is not allowed; leave the key out"
}

// number reads a number by RFC 8259, section 6.
func (p *parser) number() bool {
	n := p.open(numberKind)
	start := p.i
	if p.at('+') {
		return p.unexpected("a number has no plus sign")
	}
	if p.at('-') {
		p.i++
	}
	whole := p.i
	digits := p.digits()
	if digits == 0 {
		switch {
		case p.at('.'):
			return p.unexpected("a digit goes before the point")
		case p.i < len(p.text) && isLetter(p.text[p.i]):
			return p.unexpected("a number is written in digits")
		}
		return p.unexpected("want a digit")
	}
	if digits > 1 && p.text[whole] == '0' {
		return p.stop(start, Syntax, "a number has no leading zero; remove it")
	}
	if p.at('.') {
		p.i++
		d := p.digits()
		if d == 0 {
			return p.unexpected("a digit goes after the point")
		}
		digits += d
	}
	if p.at('e') || p.at('E') {
		p.i++
		if p.at('+') || p.at('-') {
			p.i++
		}
		d := p.digits()
		if d == 0 {
			return p.unexpected("want a digit of the exponent")
		}
		digits += d
	}
	switch {
	case p.at('_'):
		return p.unexpected("a number has no separators between its digits")
	case p.i < len(p.text) && (isLetter(p.text[p.i]) || p.at('.')):
		return p.unexpected("want the end of the number")
	}
	p.close(n)
	if digits > p.limits.Digits {
		p.nodes[n].refused = true
		p.faults.add(start, p.path, Fault{Kind: Limit,
			Msg: "the number has " + strconv.Itoa(digits) + " digits, at most " + strconv.Itoa(p.limits.Digits) + " are allowed"})
	}
	return true
}

// digits skips digits and returns how many.
func (p *parser) digits() int {
	start := p.i
	for p.i < len(p.text) && isDigit(p.text[p.i]) {
		p.i++
	}
	return p.i - start
}

// string reads a string at its opening quote.
func (p *parser) string() bool {
	n := p.open(stringKind)
	p.i++
	for p.i < len(p.text) {
		switch c := p.text[p.i]; {
		case c == '"':
			p.i++
			p.close(n)
			return true
		case c == '\\':
			p.nodes[n].escaped = true
			if !p.escape() {
				return false
			}
		case c < ' ':
			if c == '\n' || c == '\r' {
				return p.stop(p.i, Syntax, `the line ends within a string; close it with a quote, or write \n for a line break`)
			}
			return p.stop(p.i, Syntax, "control character 0x%02x in a string; write %s", c, controlEscape(c))
		case c < utf8.RuneSelf:
			p.i++
		default:
			r, size := utf8.DecodeRune(p.text[p.i:])
			if r == utf8.RuneError && size == 1 {
				return p.stop(p.i, Syntax, "byte 0x%02x is not UTF-8; save the text as UTF-8", c)
			}
			p.i += size
		}
	}
	return p.stop(p.nodes[n].start, Syntax, "the string has no closing quote")
}

func controlEscape(c byte) string {
	switch c {
	case '\t':
		return `\t`
	case '\b':
		return `\b`
	case '\f':
		return `\f`
	}
	return fmt.Sprintf(`\u%04x`, c)
}

// escape reads an escape at its backslash.
func (p *parser) escape() bool {
	if p.i+1 == len(p.text) {
		p.i++
		return p.unexpected("want the rest of the escape")
	}
	switch p.text[p.i+1] {
	case '"', '\\', '/', 'b', 'f', 'n', 'r', 't':
		p.i += 2
		return true
	case 'u':
	default:
		_, size := utf8.DecodeRune(p.text[p.i+1:])
		return p.stop(p.i, Syntax, `unknown escape %s; write \\ for a backslash`, short(p.text[p.i:p.i+1+size]))
	}
	unit, ok := hex4(p.text[p.i:])
	switch {
	case !ok:
		return p.stop(p.i, Syntax, `\u without four hexadecimal digits`)
	case 0xdc00 <= unit && unit < 0xe000:
		return p.stop(p.i, Syntax, `%s is the second half of a pair; write the first half before it`, p.text[p.i:p.i+6])
	case 0xd800 <= unit && unit < 0xdc00:
		if low, ok := hex4(p.text[p.i+6:]); !ok || low < 0xdc00 || low >= 0xe000 {
			return p.stop(p.i, Syntax, `%s is the first half of a pair; write the second half behind it`, p.text[p.i:p.i+6])
		}
		p.i += 6
	}
	p.i += 6
	return true
}

// hex4 returns the code unit of the \uXXXX that s starts with.
func hex4(s []byte) (rune, bool) {
	if len(s) < 6 || s[0] != '\\' || s[1] != 'u' {
		return 0, false
	}
	var unit rune
	for _, c := range s[2:6] {
		switch {
		case isDigit(c):
			unit = unit<<4 | rune(c-'0')
		case 'a' <= c|0x20 && c|0x20 <= 'f':
			unit = unit<<4 | rune(c|0x20-'a'+10)
		default:
			return 0, false
		}
	}
	return unit, true
}

// unquote returns the string that n, a node of string kind, writes.
func unquote(text []byte, n node) string {
	raw := text[n.start+1 : n.end-1]
	if !n.escaped {
		return string(raw)
	}
	s := make([]byte, 0, len(raw))
	for i := 0; i < len(raw); {
		if raw[i] != '\\' {
			s = append(s, raw[i])
			i++
			continue
		}
		switch c := raw[i+1]; c {
		case 'b':
			s = append(s, '\b')
		case 'f':
			s = append(s, '\f')
		case 'n':
			s = append(s, '\n')
		case 'r':
			s = append(s, '\r')
		case 't':
			s = append(s, '\t')
		case 'u':
			r, _ := hex4(raw[i:])
			i += 6
			if 0xd800 <= r && r < 0xdc00 {
				low, _ := hex4(raw[i:])
				i += 6
				r = 0x10000 + (r-0xd800)<<10 + (low - 0xdc00)
			}
			s = utf8.AppendRune(s, r)
			continue
		default:
			s = append(s, c)
		}
		i += 2
	}
	return string(s)
}
