package main

import (
	"bytes"
	"encoding/binary"
	"encoding/csv"
	"unicode"
	"unicode/utf8"
)

// A table is how tickets lie in a CSV file: which column each field of a row is.
type table struct{ columns []column }

// A rowReader visits the rows of a block, which ends where a row does. line is the
// number of its first; clean says that every byte of it may stand in a row.
type rowReader interface {
	rows(text []byte, line int, clean bool, visit func(*row))
}

// fastCSV reads rows of CSV by a splitter of its own. Its rows are lines, and
// but for that they are those of encoding/csv.
type fastCSV struct {
	table  *table
	row    row
	fields [][]byte
	at     []int // where each field begins, in bytes
}

func (c *fastCSV) rows(text []byte, line int, clean bool, visit func(*row)) {
	for ; len(text) > 0; line++ {
		var one []byte
		if one, text = cutLine(text); len(one) == 0 {
			continue // an empty line is no row
		}
		c.row.begin(line, one)
		switch fits := c.row.fits(clean); {
		case !fits:
			c.table.name(&c.row)
		case !c.table.quick(&c.row):
			var wrong int
			if c.fields, c.at, wrong = splitRow(one, c.fields[:0], c.at[:0]); wrong >= 0 {
				c.row.fault(wrong, "", sayQuote)
				c.table.name(&c.row)
			} else {
				c.table.place(&c.row, c.fields, c.at)
			}
		}
		visit(&c.row)
	}
}

// cutLine cuts off the first line, and the carriage return before its end.
func cutLine(text []byte) (line, rest []byte) {
	line = text
	if end := bytes.IndexByte(text, '\n'); end >= 0 {
		line, rest = text[:end], text[end+1:]
	}
	if n := len(line) - 1; n >= 0 && line[n] == '\r' {
		line = line[:n]
	}
	return line, rest
}

// quick puts the fields of a line without quotes under their columns, as nearly all
// lines are. If it reports false nothing is said yet.
func (t *table) quick(r *row) bool {
	line := r.text
	if bytes.IndexByte(line, '"') >= 0 {
		return false
	}
	last := len(t.columns) - 1
	start := 0
	for _, c := range t.columns[:last] {
		end := bytes.IndexByte(line[start:], ',')
		if end < 0 {
			return false
		}
		r.fields[c], r.at[c] = line[start:start+end], start
		start += end + 1
	}
	c := t.columns[last]
	r.fields[c], r.at[c] = line[start:], start
	if bytes.IndexByte(line[start:], ',') >= 0 {
		return false
	}
	r.splitLists()
	return true
}

// splitRow splits a line into fields, and says where each begins. wrong is where a
// quote stands that cannot, or begins a field that does not end; -1 if there is none.
func splitRow(line []byte, fields [][]byte, at []int) (_ [][]byte, _ []int, wrong int) {
	for i := 0; ; i++ {
		at = append(at, i)
		if i < len(line) && line[i] == '"' {
			field, end, wrong := quoted(line, i)
			if wrong >= 0 {
				return fields, at, wrong
			}
			fields, i = append(fields, field), end
		} else {
			start := i
			for i < len(line) && line[i] != ',' {
				if line[i] == '"' {
					return fields, at, i
				}
				i++
			}
			fields = append(fields, line[start:i])
		}
		if i == len(line) {
			return fields, at, -1
		}
	}
}

// quoted reads a field in quotes that begins at start; end is where its comma is,
// or the line ends.
func quoted(line []byte, start int) (field []byte, end, wrong int) {
	for i := start + 1; ; {
		n := bytes.IndexByte(line[i:], '"')
		if n < 0 {
			return nil, 0, start
		}
		i += n + 1
		if i < len(line) && line[i] == '"' {
			i++
			continue
		}
		if i < len(line) && line[i] != ',' {
			return nil, 0, i
		}
		return bytes.ReplaceAll(line[start+1:i-1], []byte(`""`), []byte(`"`)), i, -1
	}
}

// isClean reports whether a block holds only what may stand in rows: UTF-8 without
// control characters, eight bytes at a time. In one that is not clean, row after
// row is looked at.
func isClean(text []byte) bool {
	const ones, highs = 0x0101010101010101, 0x8080808080808080
	i, beyond := 0, uint64(0) // ASCII
	for ; i+8 <= len(text); i += 8 {
		x := binary.LittleEndian.Uint64(text[i:])
		beyond |= x
		if (x-0x20*ones)&^x&highs != 0 && !isCleanWord(text, i, i+8) {
			return false
		}
	}
	return isCleanWord(text, i, len(text)) && (beyond&highs == 0 && utf8.Valid(text[i:]) || utf8.Valid(text))
}

func isCleanWord(text []byte, i, end int) bool {
	for ; i < end; i++ {
		if text[i] >= ' ' || text[i] == '\n' || text[i] == '\r' && (i+1 == len(text) || text[i+1] == '\n') {
			continue
		}
		return false
	}
	return true
}

// plainCSV reads rows by encoding/csv: what the program would be without a splitter
// of its own.
type plainCSV struct {
	table  *table
	row    row
	texts  []byte // the fields of a row, one after another
	fields [][]byte
	at     []int
}

func (c *plainCSV) rows(text []byte, line int, clean bool, visit func(*row)) {
	for len(text) > 0 {
		text, line = c.some(text, line, clean, visit)
	}
}

// some visits rows up to the end or the first that is more than a line, and returns
// what comes after. encoding/csv lets a field go over lines, so that a quote without
// an end swallows the rows that follow; here it begins again after the line.
func (c *plainCSV) some(text []byte, line int, clean bool, visit func(*row)) (rest []byte, next int) {
	in := csv.NewReader(bytes.NewReader(text))
	in.FieldsPerRecord, in.ReuseRecord = -1, true // the number of fields is told with its place
	for rest := text; ; line++ {
		fields, err := in.Read()
		var one []byte
		for len(rest) > 0 { // encoding/csv passes over empty lines in silence
			if one, rest = cutLine(rest); len(one) > 0 {
				break
			}
			line++
		}
		if len(one) == 0 {
			return nil, line
		}
		isLine := int(in.InputOffset()) == len(text)-len(rest)
		c.row.begin(line, one)
		switch fits := c.row.fits(clean); {
		case !fits:
			c.table.name(&c.row)
		case err != nil || !isLine:
			_, _, wrong := splitRow(one, nil, nil)
			c.row.fault(max(wrong, 0), "", sayQuote)
			c.table.name(&c.row)
		default:
			c.take(in, fields)
		}
		visit(&c.row)
		if !isLine {
			return rest, line + 1
		}
	}
}

// take takes the fields as bytes, which costs what a copy of the line does.
func (c *plainCSV) take(in *csv.Reader, fields []string) {
	c.texts, c.fields, c.at = c.texts[:0], c.fields[:0], c.at[:0]
	for _, field := range fields {
		c.texts = append(c.texts, field...)
	}
	end := 0
	for i, field := range fields {
		begin := end
		end += len(field)
		_, column := in.FieldPos(i)
		c.fields, c.at = append(c.fields, c.texts[begin:end]), append(c.at, column-1)
	}
	c.table.place(&c.row, c.fields, c.at)
}

// appendCSV appends a field as encoding/csv writes it.
func appendCSV[T string | []byte](out []byte, s T) []byte {
	if !needsQuotes(s) {
		return append(out, s...)
	}
	out = append(out, '"')
	for i := 0; i < len(s); i++ {
		if s[i] == '"' {
			out = append(out, '"')
		}
		out = append(out, s[i])
	}
	return append(out, '"')
}

func needsQuotes[T string | []byte](s T) bool {
	for i := 0; i < len(s); i++ {
		if c := s[i]; c == ',' || c == '"' || c == '\r' || c == '\n' {
			return true
		}
	}
	if len(s) == 0 || s[0] > ' ' && s[0] < utf8.RuneSelf && s[0] != '\\' {
		return false
	}
	first, _ := utf8.DecodeRuneInString(string(s))
	return unicode.IsSpace(first) || string(s) == `\.`
}
