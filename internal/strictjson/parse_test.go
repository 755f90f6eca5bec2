package strictjson

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func TestSyntaxFaults(t *testing.T) {
	for _, c := range []struct{ why, text, want string }{
		{"nothing", "", "1:1: the text is empty"},
		{"only space", " \n ", "2:2: the text is empty"},
		{"a byte order mark", "\ufeff{}", "1:1: the text starts with a byte order mark; save it as UTF-8 without one"},
		{"a byte order mark further on", "{\ufeff}", `1:2: unexpected byte order mark; remove it`},
		{"two values", "{} {}", `1:4: unexpected "{"; nothing may follow the value`},
		{"a brace too many", "{}}", `1:3: unexpected "}"; nothing may follow the value`},
		{"a comma behind the value", "[1],", `1:4: unexpected ","; nothing may follow the value`},
		{"a comma behind the last element", "[1,\n2,\n]", "2:2: nothing follows the comma; remove it"},
		{"a comma behind the last member", `{"a":1 , }`, "1:8: nothing follows the comma; remove it"},
		{"a comma for an element", "[1,,2]", `1:4: /1: unexpected ","; want a value`},
		{"a comma in front", "[,1]", `1:2: /0: unexpected ","; want a value`},
		{"a comma for a key", `{,"a":1}`, `1:2: unexpected ","; want a key in double quotes`},
		{"no comma between elements", "[1 2]", `1:4: unexpected "2"; want "," or "]"`},
		{"no comma between members", "{\"a\":1\n\"b\":2}", `2:1: unexpected "\""; want "," or "}"`},
		{"the wrong bracket", "[1}", `1:3: unexpected "}"; want "," or "]"`},
		{"an array not closed", "[1", `1:3: the text ends too early; want "," or "]"`},
		{"an array just opened", "[", "1:2: /0: the text ends too early; want a value"},
		{"an object not closed", `{"a":{"b":1}`, `1:13: the text ends too early; want "," or "}"`},
		{"an object just opened", `{"a":{`, `1:7: /a: the text ends too early; want a key in double quotes`},
		{"a key without a value", `{"a":}`, `1:6: /a: unexpected "}"; want a value`},
		{"a key without a colon", `{"a" 1}`, `1:6: /a: unexpected "1"; want ":" behind the key`},
		{"a key without quotes", `{within: 1}`, `1:2: unexpected "within"; a key is written in double quotes`},
		{"a key in single quotes", `{'a':1}`, `1:2: unexpected "'"; a string is written in double quotes`},
		{"a number for a key", `{1:1}`, `1:2: unexpected "1"; want a key in double quotes`},
		{"a string in single quotes", `['a']`, `1:2: /0: unexpected "'"; a string is written in double quotes`},
		{"a string in typographic quotes", `[“a”]`, `1:2: /0: unexpected "“"; a string is written in straight quotes (")`},
		{"a string without quotes", `{"for":critical}`, `1:8: /for: unexpected "critical"; want a value; a string is written in double quotes`},
		{"a comment to the end of the line", "{// why\n}", "1:2: JSON has no comments; remove it"},
		{"a comment between values", "[1 /* why */]", "1:4: JSON has no comments; remove it"},
		{"a comment of a shell", "# why\n{}", "1:1: JSON has no comments; remove it"},
		{"a capital", `[True]`, `1:2: /0: unexpected "True"; write true`},
		{"null in capitals", `[NULL]`, `1:2: /0: unexpected "NULL"; leave the key out`},
		{"null of another language", `{"a":None}`, `1:6: /a: unexpected "None"; leave the key out`},
		{"not a number", `[NaN]`, `1:2: /0: unexpected "NaN"; a number is written in digits`},
		{"infinity", `[-Infinity]`, `1:3: /0: unexpected "Infinity"; a number is written in digits`},
		{"a literal with a tail", `[trueish]`, `1:2: /0: unexpected "trueish"; want a value; a string is written in double quotes`},
		{"a literal with a digit", `[true1]`, `1:2: /0: unexpected "true"; want a value; a string is written in double quotes`},
		{"a literal cut short", `tru`, `1:1: unexpected "tru"; want a value; a string is written in double quotes`},
		{"a leading zero", `[007]`, "1:2: /0: a number has no leading zero; remove it"},
		{"a leading zero behind the sign", `[-01.5]`, "1:2: /0: a number has no leading zero; remove it"},
		{"a plus sign", `[+1]`, `1:2: /0: unexpected "+"; a number has no plus sign`},
		{"only a minus sign", `[-]`, `1:3: /0: unexpected "]"; want a digit`},
		{"nothing before the point", `[.5]`, `1:2: /0: unexpected "."; a digit goes before the point`},
		{"nothing after the point", `[1.]`, `1:4: /0: unexpected "]"; a digit goes after the point`},
		{"an exponent without digits", `[1e+]`, `1:5: /0: unexpected "]"; want a digit of the exponent`},
		{"two points", `[1.2.3]`, `1:5: /0: unexpected "."; want the end of the number`},
		{"hexadecimal", `[0x1F]`, `1:3: /0: unexpected "x"; want the end of the number`},
		{"a unit behind a number", `{"within":4h}`, `1:12: /within: unexpected "h"; want the end of the number`},
		{"separators between digits", `[1_000]`, `1:3: /0: unexpected "_"; a number has no separators between its digits`},
		{"a string not closed", `["abc`, "1:2: /0: the string has no closing quote"},
		{"a string not closed on its line", "[\"abc\n\"]", `1:6: /0: the line ends within a string; close it with a quote, or write \n for a line break`},
		{"a tab in a string", "[\"a\tb\"]", `1:4: /0: control character 0x09 in a string; write \t`},
		{"a form feed in a string", "[\"\f\"]", `1:3: /0: control character 0x0c in a string; write \f`},
		{"a backspace in a string", "[\"\b\"]", `1:3: /0: control character 0x08 in a string; write \b`},
		{"a zero byte in a string", "[\"\x00\"]", `1:3: /0: control character 0x00 in a string; write \u0000`},
		{"a control character in a key", "{\"\x1f\":1}", `1:3: control character 0x1f in a string; write \u001f`},
		{"a control character between values", "[1,\x0b2]", `1:4: /1: unexpected "\v"; want a value`},
		{"a space that is not ASCII", "[1,\u00a02]", `1:4: /1: unexpected "\u00a0"; want a value`},
		{"an unknown escape", `["C:\dir"]`, `1:5: /0: unknown escape "\\d"; write \\ for a backslash`},
		{"an escape of a quote mark", `["it\'s"]`, `1:5: /0: unknown escape "\\'"; write \\ for a backslash`},
		{"an escape at the end", `["\`, `1:4: /0: the text ends too early; want the rest of the escape`},
		{"an escape cut short", `["\u12"]`, `1:3: /0: \u without four hexadecimal digits`},
		{"an escape with other letters", `["\u12g4"]`, `1:3: /0: \u without four hexadecimal digits`},
		{"the first half of a pair", `["\ud83d"]`, `1:3: /0: \ud83d is the first half of a pair; write the second half behind it`},
		{"the first half and a letter", `["\uD83Dx"]`, `1:3: /0: \uD83D is the first half of a pair; write the second half behind it`},
		{"the first half twice", `["\ud83d\ud83d"]`, `1:3: /0: \ud83d is the first half of a pair; write the second half behind it`},
		{"the first half and another character", `["\ud83d\uffff"]`, `1:3: /0: \ud83d is the first half of a pair; write the second half behind it`},
		{"the second half of a pair", `["\ude00"]`, `1:3: /0: \ude00 is the second half of a pair; write the first half before it`},
		{"a byte that is not UTF-8", "[\"é\xff\"]", "1:4: /0: byte 0xff is not UTF-8; save the text as UTF-8"},
		{"Latin-1", "{\"f\xfcr\":1}", "1:4: byte 0xfc is not UTF-8; save the text as UTF-8"},
		{"an overlong slash", "[\"\xc0\xaf\"]", "1:3: /0: byte 0xc0 is not UTF-8; save the text as UTF-8"},
		{"a surrogate in UTF-8", "[\"\xed\xa0\x80\"]", "1:3: /0: byte 0xed is not UTF-8; save the text as UTF-8"},
		{"a byte that is not UTF-8 between values", "[\xff]", "1:2: /0: byte 0xff is not UTF-8; save the text as UTF-8"},
		{"UTF-16", "\xff\xfe{\x00}\x00", "1:1: byte 0xff is not UTF-8; save the text as UTF-8"},
	} {
		tree, faults := Tree([]byte(c.text), Limits{})
		require.Nil(t, tree, c.why)
		require.Len(t, faults, 1, c.why)
		require.Equal(t, c.want, faults[0].String(), c.why)
		require.Equal(t, Syntax, faults[0].Kind, c.why)
	}
}

func TestFaultsBeforeASyntaxFaultAreReported(t *testing.T) {
	_, faults := Tree([]byte(`{"a":null,"b":[null],"a":1,`), Limits{})
	require.Equal(t, []string{
		"1:6: /a: null is not allowed; leave the key out [null]",
		"1:16: /b/0: null is not allowed; leave the element out [null]",
		`1:22: /a: key "a" is repeated; keep one [duplicate key]`,
		"1:28: the text ends too early; want a key in double quotes [syntax]",
	}, lines(faults))
}

func TestFaultText(t *testing.T) {
	require.Equal(t, "3:14: /a: no", Fault{Pointer: "/a", Line: 3, Column: 14, Msg: "no"}.String())
	require.Equal(t, "1:1: no", Fault{Line: 1, Column: 1, Msg: "no"}.String())
	require.Equal(t, "FaultKind(0)", FaultKind(0).String())
	require.Equal(t, "FaultKind(8)", (Limit + 1).String())

	faults := Decode([]byte(`{"`+strings.Repeat("é", 1000)+`":1}`), &struct{}{}, Limits{})
	require.Len(t, faults, 1)
	require.Equal(t, `unknown key "`+strings.Repeat("é", 30)+`…"; no keys are allowed here`, faults[0].Msg,
		"a long key is cut between characters")
	require.Equal(t, "/"+strings.Repeat("é", 1000), faults[0].Pointer, "a pointer is never cut")
	faults = Decode([]byte(`{"x`+strings.Repeat("é", 1000)+`":1}`), &struct{}{}, Limits{})
	require.Equal(t, `unknown key "x`+strings.Repeat("é", 29)+`…"; no keys are allowed here`, faults[0].Msg)
}

func TestLimits(t *testing.T) {
	small := Limits{Bytes: 40, Depth: 3, Digits: 5, Nodes: 6}
	for _, c := range []struct{ why, text, want string }{
		{"as long as allowed", `"` + strings.Repeat("x", 38) + `"`, ""},
		{"longer", `"` + strings.Repeat("x", 39) + `"`, "1:1: the text has 41 bytes, at most 40 are allowed"},
		{"as deep as allowed", `[{"a":[1]}]`, ""},
		{"deeper", `[{"a":[[]]}]`, "1:8: /0/a/0: nested more than 3 deep"},
		{"side by side is not deeper", `[[],[[]],[]]`, ""},
		{"as many digits as allowed", `-1.23e-45`, ""},
		{"more digits", `{"a":1.234e56}`, "1:6: /a: the number has 6 digits, at most 5 are allowed"},
		{"digits in a string are not a number", `"123456"`, ""},
		{"as many values as allowed", `[1,2,3,{"a":4}]`, ""},
		{"more values", `[1,2,3,4,5,6]`, "1:12: /5: more than 6 values"},
	} {
		tree, faults := Tree([]byte(c.text), small)
		if c.want == "" {
			require.Empty(t, lines(faults), c.why)
			require.NotNil(t, tree, c.why)
			continue
		}
		require.Len(t, faults, 1, c.why)
		require.Equal(t, c.want, faults[0].String(), c.why)
		require.Equal(t, Limit, faults[0].Kind, c.why)
	}

	tree, faults := Tree([]byte(`{"a":123456,"b":[123456,null]}`), small)
	require.Len(t, faults, 3, "reading goes on behind a number that is too long")
	require.Equal(t, map[string]any{"b": []any{nil, nil}}, tree)

	require.Equal(t, Limits{4 << 20, 64, 64, 1_000_000}, Limits{Bytes: -1}.withDefaults())
	require.Equal(t, 10_000, Limits{Depth: 1 << 40}.withDefaults().Depth, "encoding/json stops there")
}

// TestHostileTexts is about time and memory: each text is one that is quadratic,
// or worse, to a reader without care, and would take it hours. The bound leaves
// room for the race detector on a slow machine.
func TestHostileTexts(t *testing.T) {
	everything := Limits{Bytes: 64 << 20, Depth: 1 << 30, Digits: 1 << 30, Nodes: 1 << 30}
	long := strings.Repeat("k", 1<<20)
	for _, c := range []struct {
		why    string
		text   string
		limits Limits
		last   string // within the last fault
	}{
		{"ten megabytes", strings.Repeat(" ", 10<<20), Limits{}, "10485760 bytes"},
		{"arrays without end", strings.Repeat("[", 4<<20), Limits{}, "64 deep"},
		{"arrays without end or limit", strings.Repeat("[", 4<<20), everything, "10000 deep"},
		{"objects without end or limit", strings.Repeat(`{"a":`, 1<<20), everything, "10000 deep"},
		{"a number of megabytes", strings.Repeat("9", 4<<20), Limits{}, "4194304 digits"},
		{"an exponent of megabytes", "1e" + strings.Repeat("9", 2<<20), Limits{}, "digits"},
		{"more values than allowed", "[" + strings.Repeat("1,", 1<<21-8) + "1]", Limits{}, "1000000 values"},
		{"a million nulls", "[" + strings.Repeat("null,", 1<<19) + "null]", Limits{}, "too many faults"},
		{"a million nulls under a long key", `{"` + long + `":[` + strings.Repeat("null,", 1<<19) + "1]}", Limits{}, "too many faults"},
		{"a million repeated keys", "{" + strings.Repeat(`"a":1,`, 400_000) + `"b":1}`, Limits{}, "too many faults"},
		{"a string that is never closed", `["` + long, Limits{}, "no closing quote"},
		{"escapes without end", `["` + strings.Repeat(`\`, 4<<20-2), Limits{}, ""},
		{"a word of megabytes", strings.Repeat("n", 4<<20), Limits{}, "unexpected"},
		{"line breaks without end", "[" + strings.Repeat("\nnull,", 500_000) + "1]", Limits{}, "too many faults"},
	} {
		start := time.Now()
		_, faults := Tree([]byte(c.text), c.limits)
		require.NotEmpty(t, faults, c.why)
		require.LessOrEqual(t, len(faults), maxFaults+1, c.why)
		require.Contains(t, faults[len(faults)-1].Msg, c.last, c.why)
		for _, f := range faults {
			require.Less(t, len(f.Msg), 300, c.why)
		}
		require.Less(t, time.Since(start), 60*time.Second, c.why)
	}

	var into struct {
		Within map[string]target `json:"within"`
	}
	text := `{"` + long + `":1,"` + long + `x":1,"within":{` + strings.Repeat(`"a":{"wihtin":1},`, 200_000) + `"b":{}}}`
	start := time.Now()
	faults := Decode([]byte(text), &into, everything)
	require.Len(t, faults, maxFaults+1)
	require.Less(t, time.Since(start), 60*time.Second)
	require.Len(t, into.Within, 2)
}

func TestTooManyFaultsKeepTheFirst(t *testing.T) {
	// Unknown keys are found when decoding, nulls when reading: each pass alone stays
	// below the limit, both together do not.
	text := "{" + strings.Repeat("\"x\":{\"y\":null},\n", 400) + `"x":1}`
	faults := Decode([]byte(text), &struct {
		X struct{} `json:"x"`
	}{}, Limits{})
	require.Len(t, faults, maxFaults+1)
	require.True(t, slices.IsSortedFunc(faults, func(a, b Fault) int {
		return (a.Line-b.Line)*1000 + a.Column - b.Column
	}))
	require.Equal(t, "too many faults; those from here on are left out", faults[maxFaults].Msg)
	require.Equal(t, Limit, faults[maxFaults].Kind)
	require.Equal(t, 334, faults[maxFaults].Line, "2 faults on the first line and 3 on the others")
}

func TestNothingIsReportedBehindMissingFaults(t *testing.T) {
	// The nulls run out of room, by their number or by the length of their pointers.
	// What decoding finds behind them would read as if there were no more of them.
	long := strings.Repeat("k", maxPointerBytes/10)
	for key, nulls := range map[string]int{"extra": maxFaults, long: 9} {
		text := "{\"" + key + "\":[\n" + strings.Repeat("null,\n", 2*maxFaults) + "1],\"i8\":1.5}"
		faults := Decode([]byte(text), &map[string]any{}, Limits{Bytes: 64 << 20})
		require.Len(t, faults, nulls+1)
		faults = Decode([]byte(text), &struct {
			Extra []any `json:"extra"`
			Long  []any
			I8    int8 `json:"i8"`
		}{}, Limits{Bytes: 64 << 20})
		last := faults[len(faults)-1]
		require.Equal(t, Limit, last.Kind)
		require.Equal(t, nulls+2, last.Line, "the line of the first null that is missing")
		for _, f := range faults {
			require.NotEqual(t, "/i8", f.Pointer)
		}
	}
}

// standard reads text as encoding/json does, with numbers as they are written.
func standard(text []byte) (any, error) {
	d := json.NewDecoder(bytes.NewReader(text))
	d.UseNumber()
	var v any
	if err := d.Decode(&v); err != nil {
		return nil, err
	}
	if _, err := d.Token(); err != io.EOF {
		return nil, errors.New("trailing data")
	}
	return v, nil
}

// FuzzDecode holds the promise of the package's doc: what is accepted here is
// accepted by encoding/json, with the same value.
func FuzzDecode(f *testing.F) {
	for _, s := range []string{
		`{}`, `[]`, `""`, `0`, `-0.5e+10`, `true`, `null`, `{"a":[1,{"b":"\u00e9\ud83d\ude00"}],"c":false}`,
		`{"a":1,"a":2}`, `[1,]`, `{"a":1,}`, `[01]`, `[1.]`, `["\ud83d"]`, "[\"\xff\"]", "\ufeff{}", `{} {}`, `// x`, `[NaN]`, "[\"\t\"]",
		`{"title":"x","targets":[{"within":"4h","for":1}],"holidays":{"2026-1-1":"","2026-01-01":""},"i8":1e2,"u64":-1}`,
		`{"text":"x","i8":-1,"within":"4h","dates":{"2026-01-01":"x"},"parts":[{"yes":true}],"e-mail / response":{"":{}},"anyway":[{}]}`,
		`[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]`, `["\u0000\u2028\/"]`,
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		tree, faults := Tree(text, Limits{})
		want, err := standard(text)
		if err != nil && faults == nil {
			t.Fatalf("%q is accepted, and encoding/json says %v", text, err)
		}
		if faults == nil && !reflect.DeepEqual(tree, want) {
			t.Fatalf("%q is %#v, and to encoding/json %#v", text, tree, want)
		}
		if err != nil && len(faults) > 0 && !slices.ContainsFunc(faults, func(f Fault) bool { return f.Kind == Syntax || f.Kind == Limit }) {
			t.Fatalf("%q is not JSON (%v) and no fault says so: %v", text, err, faults)
		}

		var into agreement
		decoded := Decode(text, &into, Limits{})
		if len(decoded) < len(faults) && len(decoded) < maxFaults {
			t.Fatalf("%q has fewer faults for a struct: %v and %v", text, decoded, faults)
		}
		for _, list := range [][]Fault{faults, decoded} {
			for i, f := range list {
				if i > 0 && (f.Line < list[i-1].Line || f.Line == list[i-1].Line && f.Column < list[i-1].Column) {
					t.Fatalf("%q: %v comes after %v", text, f, list[i-1])
				}
				if f.Line < 1 || f.Column < 1 || f.Kind < Syntax || f.Kind > Limit || f.Msg == "" {
					t.Fatalf("%q: incomplete fault %#v", text, f)
				}
				if _, err := Split(f.Pointer); err != nil {
					t.Fatalf("%q: %v", text, err)
				}
			}
		}

		// What decodes without a fault encodes to a text that decodes to the same.
		var once, twice sample
		if Decode(text, &once, Limits{}) != nil {
			return
		}
		again, err := Encode(once)
		if err != nil {
			t.Fatalf("%q: %v", text, err)
		}
		if faults := Decode(again, &twice, Limits{}); faults != nil {
			t.Fatalf("%q encodes to %q: %v", text, again, faults)
		}
		if third, _ := Encode(twice); !bytes.Equal(third, again) {
			t.Fatalf("%q encodes to %q and then to %q", text, again, third)
		}
	})
}
