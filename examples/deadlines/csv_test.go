package main

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func TestSplitRow(t *testing.T) {
	for _, c := range []struct {
		why, line string
		fields    []string
		wrong     int // in bytes; -1: nothing
	}{
		{"plain fields", "a,b,c", []string{"a", "b", "c"}, -1},
		{"empty fields count", ",,", []string{"", "", ""}, -1},
		{"one field", "a", []string{"a"}, -1},
		{"an empty line is one empty field, and no row of a table", "", []string{""}, -1},
		{"blanks belong to the field", " a , b", []string{" a ", " b"}, -1},
		{"a field in quotes holds commas", `"a,b",c`, []string{"a,b", "c"}, -1},
		{"two quotes in quotes are one", `"a""b"`, []string{`a"b`}, -1},
		{"nothing in quotes", `"",x`, []string{"", "x"}, -1},
		{"quotes alone", `""""`, []string{`"`}, -1},
		{"a quote in a field without quotes", `a,b"c`, nil, 3},
		{"a blank before the quotes", `a, "b"`, nil, 3},
		{"something after the quotes", `"a"b,c`, nil, 3},
		{"quotes that do not end on the line", `a,"b,c`, nil, 2},
		{"quotes that end by a quoted quote", `a,"b""`, nil, 2},
	} {
		t.Run(c.why, func(t *testing.T) {
			fields, at, wrong := splitRow([]byte(c.line), nil, nil)
			assert.Equal(t, c.wrong, wrong)
			if c.wrong < 0 {
				assert.Equal(t, c.fields, texts(fields))
				assert.Len(t, at, len(fields))
			}
			sameRow(t, c.line)
		})
	}
}

func texts(fields [][]byte) (list []string) {
	for _, f := range fields {
		list = append(list, string(f))
	}
	return list
}

// sameRow holds the splitter to encoding/csv on one line.
func sameRow(t require.TestingT, line string) {
	if line == "" || strings.ContainsAny(line, "\r\n") {
		return // encoding/csv passes over empty lines, and knows more than one
	}
	in := csv.NewReader(strings.NewReader(line))
	want, err := in.Read()
	fields, at, wrong := splitRow([]byte(line), nil, nil)
	require.Equal(t, err == nil, wrong < 0, "%q: %v", line, err)
	if err != nil {
		return
	}
	require.Equal(t, want, texts(fields), "%q", line)
	for i := range fields {
		_, column := in.FieldPos(i)
		require.Equal(t, column-1, at[i], "%q, field %d", line, i)
	}
}

func FuzzSplitRow(f *testing.F) {
	for _, s := range []string{"a,b", `"a,b",""`, `a"b`, `"a`, `"a"b`, `""""`, "故,障", "\xff,"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, line string) { sameRow(t, line) })
}

// seen is the rows of a text as a reader visits them.
func seen(read rowReader, text string) (list []string) {
	read.rows([]byte(text), 7, isClean([]byte(text)), func(r *row) {
		if len(r.faults) > 0 {
			list = append(list, fmt.Sprintf("%d %q %v", r.line, r.fields[colID], r.faults))
			return
		}
		said := fmt.Sprintf("%d %q %v", r.line, r.fields, r.at)
		for _, p := range r.pauses {
			said += fmt.Sprintf(" %q %q %q %d", p.from, p.to, p.reason, p.at)
		}
		for _, e := range r.events {
			said += fmt.Sprintf(" %q %q %q %q %d", e.when, e.kind, e.reason, e.priority, e.at)
		}
		list = append(list, said)
	})
	return list
}

func sameRows(t require.TestingT, text string) {
	for _, header := range []string{"id,received,pauses,subject", "id,received,events,subject"} {
		columns, err := newTable(header)
		require.NoError(t, err)
		require.Equal(t, seen(&plainCSV{table: columns}, text), seen(&fastCSV{table: columns}, text), "%q", text)
	}
}

// Both readers see the same rows, and the same faults at the same places.
func TestReadersAgree(t *testing.T) {
	for why, text := range map[string]string{
		"rows":                               "a,b,c,d\ne,f,g,h\n",
		"no end of the last line":            "a,b,c,d\ne,f,g,h",
		"carriage returns":                   "a,b,c,d\r\ne,f,g,h\r\n",
		"one at the very end":                "a,b,c,d\r",
		"two":                                "a,b,c,d\r\r\ne,f,g,h\n",
		"one within a line":                  "a,b\rc,d,e\nf,g,h,i\n",
		"empty lines":                        "\n\na,b,c,d\n\r\n\ne,f,g,h\n\n",
		"too few and too many":               "a,b\nc,d,e,f,g\nh,i,j,k\n",
		"a quote that ends on the next line": "a,\"b\nc\",d,e\nf,g,h,i\n",
		"a quote that never ends":            "a,b,c,d\ne,\"f,g,h\ni,j,k,l\nm,n,o,p\n",
		"quotes that never end":              "a,\"b,c,d\ne,\"f,g,h\ni,j,k,l\n",
		"a quote in the middle":              "a,b\"c,d,e\nf,g,h,i\n",
		"pauses":                             "a,b,1/2/x;3//y,\"d\"\"\"\ne,f,\"1/2/\"\"\",\n",
		"pauses that are none":               "a,b,1/2,d\na,b,;,d\na,b,1/2/3/4,d\n",
		"events":                             "a,b,1/x;3/y/z,\"d\"\"\"\ne,f,\"1/\"\"/priority changed/P1\",\n",
		"events that are none":               "a,b,1,d\na,b,;,d\na,b,1/2/3/4,d\n",
		"characters of three bytes":          "故,障,报,修\n故,\"障\",报,修,x\n故,障\"\n",
		"no UTF-8":                           "a,b,c,d\na,\xff,c,d\ne,f,g,h\n",
		"a tab":                              "a,b\t,c,d\ne,f,g,h\n",
		"a byte of zero in an id":            "\x00,b,c,d\n",
		"nothing":                            "",
		"a row too long":                     "a,b,c,d\ne," + strings.Repeat("x", longestRow) + ",g,h\ni,j,k,l\n",
	} {
		t.Run(why, func(t *testing.T) { sameRows(t, text) })
	}
}

func FuzzRows(f *testing.F) {
	for _, s := range []string{"a,b,c,d\ne,f,g,h\n", "a,\"b\nc\",d,e\n", "\n\r\n", "a,b,1/2/x;3//y,d\r\n", "a,b,1/priority changed/x;2/y,d\n", "a\"\n\"\n\"\"\n", "\xff\n"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) { sameRows(t, text) })
}

// Texts of the characters that matter.
func TestReadersAgreeOnAnyRows(t *testing.T) {
	part := rapid.SampledFrom([]string{"a", "b", ",", ",", ",", "\"", "\"\"", "\n", "\n", "\r\n", "\r", "故", "/", ";", " ", "\t", "\xff", "x,y,1/2/z,w\n"})
	rapid.Check(t, func(t *rapid.T) {
		sameRows(t, strings.Join(rapid.SliceOfN(part, 0, 40).Draw(t, "text"), ""))
	})
}

func FuzzAppendCSV(f *testing.F) {
	for _, s := range []string{"", "a", "a,b", `a"b`, " a", "\u00a0a", `\.`, "a\nb", "a\rb", "\xff", "é"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if strings.ContainsAny(s, "\r\n") {
			t.Skip("a row has none")
		}
		var want bytes.Buffer
		w := csv.NewWriter(&want)
		require.NoError(t, w.Write([]string{s, "x"}))
		w.Flush()
		require.Equal(t, want.String(), string(appendCSV(nil, s))+",x\n")
	})
}

// Eight bytes at a time, or byte by byte.
func TestIsClean(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(rapid.SliceOfN(rapid.SampledFrom([]string{"abcdefgh", "a", " ", "\n", "\r\n", "\r", "\t", "\x00", "\x1f", "\x7f", "故", "\xff", "\xe6"}), 0, 12).Draw(t, "text"), "")
		want := true
		for one := range strings.Lines(text) {
			r := row{text: []byte(strings.TrimSuffix(strings.TrimSuffix(one, "\n"), "\r"))}
			want = r.fits(false) && want
		}
		if got := isClean([]byte(text)); got && !want || !got && want {
			require.Equal(t, want, got, "%q", text)
		}
	})
}
