package strictjson

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

var errNoSuchDay = errors.New("no such day")

// day is a date that has more than one spelling, for keys that meet after they
// are decoded.
type day struct{ year, month, day int }

func (d *day) UnmarshalText(text []byte) error {
	if _, err := fmt.Sscanf(string(text), "%d-%d-%d", &d.year, &d.month, &d.day); err != nil || d.month > 12 {
		return fmt.Errorf("%q: %w", text, errNoSuchDay)
	}
	return nil
}

func (d day) MarshalText() ([]byte, error) {
	return fmt.Appendf(nil, "%04d-%02d-%02d", d.year, d.month, d.day), nil
}

type severity string

type target struct {
	Clause  string    `json:"clause"`
	For     severity  `json:"for"`
	Measure string    `json:"measure,omitempty"`
	Within  *duration `json:"within,omitzero"`
	hidden  int       // has no key
}

var _ = target{}.hidden

// duration is text to JSON and a number to Go, so a bare number is a likely slip.
type duration int64

func (d *duration) UnmarshalText(text []byte) error {
	v, err := time.ParseDuration(string(text))
	*d = duration(v)
	return err
}

func (d duration) MarshalText() ([]byte, error) { return []byte(time.Duration(d).String()), nil }

type agreement struct {
	Title    string               `json:"title"`
	Targets  []target             `json:"targets"`
	Named    map[string]target    `json:"named"`
	Holidays map[day]string       `json:"holidays"`
	Weights  map[severity]int     `json:"weights"`
	Active   bool                 `json:"active"`
	Extra    any                  `json:"extra"`
	Number   json.Number          `json:"number"`
	I8       int8                 `json:"i8"`
	U16      uint16               `json:"u16"`
	I64      int64                `json:"i64"`
	U64      uint64               `json:"u64"`
	Rate     float64              `json:"rate"`
	Raw      json.RawMessage      `json:"raw"`
	Bytes    []byte               `json:"bytes"`
	PtrPtr   **int                `json:"ptrptr"`
	Embedded struct{ target }     `json:"embedded"`
	Twice    twice                `json:"twice"`
	Quoted   quoted               `json:"quoted"`
	ByNumber map[int]string       `json:"bynumber"`
	Text     fmt.Stringer         `json:"text"`
	None     struct{}             `json:"none"`
	Chan     chan int             `json:"chan"`
	Start    day                  `json:"start"`
	Deep     map[string][]*target `json:"deep"`
	Untagged string
	Skipped  string `json:"-"`
}

type twice struct {
	A string `json:"B"`
	B string
}

type quoted struct {
	N int `json:"n,string"`
}

// lines returns the faults as a person reads them.
func lines(faults []Fault) []string {
	var s []string
	for _, f := range faults {
		s = append(s, f.String()+" ["+f.Kind.String()+"]")
	}
	return s
}

func TestDecode(t *testing.T) {
	within := duration(4 * time.Hour)
	for _, c := range []struct {
		why  string
		text string
		want agreement
	}{
		{"nothing", `{}`, agreement{}},
		{"space of every sort", "\r\n\t {\r\n\t } \n", agreement{}},
		{"text", `{"title":"Service \"A\" \u00e9\ud83d\ude00\/\\\b\f\n\r\t"}`, agreement{Title: "Service \"A\" é😀/\\\b\f\n\r\t"}},
		{"an escape in a key", `{"t\u0069tle":"x"}`, agreement{Title: "x"}},
		{"a list of structs with a pointer to a text type", `{"targets":[{"for":"P1","within":"4h"},{}]}`,
			agreement{Targets: []target{{For: "P1", Within: &within}, {}}}},
		{"an empty list is not nil", `{"targets":[]}`, agreement{Targets: []target{}}},
		{"a map of structs", `{"named":{"a":{"clause":"3.1"}}}`, agreement{Named: map[string]target{"a": {Clause: "3.1"}}}},
		{"an empty map is not nil", `{"named":{}}`, agreement{Named: map[string]target{}}},
		{"keys that are dates", `{"holidays":{"2026-01-01":"New Year"}}`, agreement{Holidays: map[day]string{{2026, 1, 1}: "New Year"}}},
		{"keys of a named string", `{"weights":{"P1":-3}}`, agreement{Weights: map[severity]int{"P1": -3}}},
		{"anything", `{"extra":{"a":[1.50,"x",true,{}]}}`,
			agreement{Extra: map[string]any{"a": []any{json.Number("1.50"), "x", true, map[string]any{}}}}},
		{"a number as it is written", `{"number":1.50e+3}`, agreement{Number: "1.50e+3"}},
		{"the ends of the integers", `{"i8":-128,"u16":65535,"i64":-9223372036854775808,"u64":18446744073709551615}`,
			agreement{I8: -128, U16: 65535, I64: -9223372036854775808, U64: 18446744073709551615}},
		{"a field without a tag goes by its name", `{"Untagged":"x"}`, agreement{Untagged: "x"}},
		{"pointers in lists in maps", `{"deep":{"a":[{"clause":"1"}]}}`, agreement{Deep: map[string][]*target{"a": {{Clause: "1"}}}}},
	} {
		var got agreement
		require.Empty(t, lines(Decode([]byte(c.text), &got, Limits{})), c.why)
		require.Equal(t, c.want, got, c.why)
	}
}

func TestDecodeFaults(t *testing.T) {
	for _, c := range []struct {
		why  string
		text string
		want []string
	}{
		{"a slip in a key", `{"targets":[{"wtihin":"4h"}]}`,
			[]string{`1:14: /targets/0/wtihin: unknown key "wtihin"; did you mean "within"? keys here: clause, for, measure, within [unknown key]`}},
		{"case matters", `{"targets":[{"Within":"4h"}]}`,
			[]string{`1:14: /targets/0/Within: unknown key "Within"; did you mean "within"? keys here: clause, for, measure, within [unknown key]`}},
		{"a key like no other", `{"targets":[{"zone":"4h"}]}`,
			[]string{`1:14: /targets/0/zone: unknown key "zone"; keys here: clause, for, measure, within [unknown key]`}},
		{"no keys at all", `{"none":{"x":1}}`, []string{`1:10: /none/x: unknown key "x"; no keys are allowed here [unknown key]`}},
		{"unexported fields have no key", `{"targets":[{"hidden":1}]}`,
			[]string{`1:14: /targets/0/hidden: unknown key "hidden"; keys here: clause, for, measure, within [unknown key]`}},
		{"a pointer escapes", `{"named":{"a/b~c":{"x":1}}}`,
			[]string{`1:20: /named/a~1b~0c/x: unknown key "x"; keys here: clause, for, measure, within [unknown key]`}},
		{"a repeated key", "{\"title\":\"a\",\n \"title\":\"b\"}", []string{`2:2: /title: key "title" is repeated; keep one [duplicate key]`}},
		{"a repeated key in another spelling", `{"title":"a","t\u0069tle":"b"}`, []string{`1:14: /title: key "title" is repeated; keep one [duplicate key]`}},
		{"an unknown key, repeated", `{"tittle":1,"tittle":2,"none":{}}`, []string{
			`1:2: /tittle: unknown key "tittle"; did you mean "title"? keys here: ` + agreementKeys + ` [unknown key]`,
			`1:13: /tittle: key "tittle" is repeated; keep one [duplicate key]`}},
		{"the value of a repeated key is checked", `{"active":true,"active":"x"}`, []string{
			`1:16: /active: key "active" is repeated; keep one [duplicate key]`,
			`1:25: /active: want true or false, have a string [wrong type]`}},
		{"repeated under an unknown key", `{"zzzzz":{"a":1,"a":null}}`, []string{
			`1:2: /zzzzz: unknown key "zzzzz"; keys here: ` + agreementKeys + ` [unknown key]`,
			`1:17: /zzzzz/a: key "a" is repeated; keep one [duplicate key]`,
			`1:21: /zzzzz/a: null is not allowed; leave the key out [null]`}},
		{"null for a field", `{"title":null}`, []string{`1:10: /title: null is not allowed; leave the key out [null]`}},
		{"null for an element", `{"targets":[null]}`, []string{`1:13: /targets/0: null is not allowed; leave the element out [null]`}},
		{"null within anything", `{"extra":{"a":[{"b":null}]}}`, []string{`1:21: /extra/a/0/b: null is not allowed; leave the key out [null]`}},
		{"null for everything", `null`, []string{`1:1: null is not allowed; write a value [null]`}},
		{"a string is wanted", `{"title":5}`, []string{`1:10: /title: want a string, have a number; write it as a string in quotes: "5" [wrong type]`}},
		{"a text is wanted", `{"start":20260101}`, []string{`1:10: /start: want a string, have a number; write it as a string in quotes: "20260101" [wrong type]`}},
		{"an object is wanted", `{"targets":["P1"]}`, []string{`1:13: /targets/0: want an object, have a string [wrong type]`}},
		{"an array is wanted", `{"targets":{}}`, []string{`1:12: /targets: want an array, have an object [wrong type]`}},
		{"an object for a map is wanted", `{"named":[]}`, []string{`1:10: /named: want an object, have an array [wrong type]`}},
		{"a number is wanted", `{"number":"5"}`, []string{`1:11: /number: want a number, have a string [wrong type]`}},
		{"a whole number is wanted", `{"i8":true}`, []string{`1:7: /i8: want a whole number, have true or false [wrong type]`}},
		{"a whole number in quotes", `{"i8":"-5"}`, []string{`1:7: /i8: want a whole number, have a string; write it without the quotes [wrong type]`}},
		{"not a number in quotes", `{"i8":"five"}`, []string{`1:7: /i8: want a whole number, have a string [wrong type]`}},
		{"a whole number with places", `{"i8":1.0}`, []string{`1:7: /i8: 1.0 is not how a whole number is written; write 1 [bad value]`}},
		{"a whole number with an exponent", `{"i8":-1.2e1}`, []string{`1:7: /i8: -1.2e1 is not how a whole number is written; write -12 [bad value]`}},
		{"a whole number with a large exponent", `{"i64":1E3}`, []string{`1:8: /i64: 1E3 is not how a whole number is written; write 1000 [bad value]`}},
		{"a whole number with a negative exponent", `{"i64":1500e-2}`, []string{`1:8: /i64: 1500e-2 is not how a whole number is written; write 15 [bad value]`}},
		{"negative zero", `{"i8":-0}`, []string{`1:7: /i8: -0 is not how a whole number is written; write 0 [bad value]`}},
		{"zero with an exponent", `{"i8":0e5}`, []string{`1:7: /i8: 0e5 is not how a whole number is written; write 0 [bad value]`}},
		{"a large exponent", `{"i64":1e25}`, []string{`1:8: /i64: want a whole number written in digits, have 1e25 [bad value]`}},
		{"too many digits for a line", `{"i64":` + strings.Repeat("1", 62) + `}`,
			[]string{`1:8: /i64: ` + strings.Repeat("1", 60) + `… is out of range; want -9223372036854775808 to 9223372036854775807 [bad value]`}},
		{"not whole", `{"i8":1.5}`, []string{`1:7: /i8: want a whole number written in digits, have 1.5 [bad value]`}},
		{"an exponent beyond all integers", `{"i64":1e999999999999}`, []string{`1:8: /i64: want a whole number written in digits, have 1e999999999999 [bad value]`}},
		{"one above the range", `{"i8":128,"i64":9223372036854775808}`, []string{
			`1:7: /i8: 128 is out of range; want -128 to 127 [bad value]`,
			`1:17: /i64: 9223372036854775808 is out of range; want -9223372036854775808 to 9223372036854775807 [bad value]`}},
		{"unsigned out of range", `{"u16":65536,"u64":-1}`, []string{
			`1:8: /u16: 65536 is out of range; want 0 to 65535 [bad value]`,
			`1:20: /u64: -1 is out of range; want 0 to 18446744073709551615 [bad value]`}},
		{"a text that its type refuses", `{"start":"2026-13-01"}`, []string{`1:10: /start: "2026-13-01": no such day [bad value]`}},
		{"a key that its type refuses", `{"holidays":{"2026-13-01":5}}`, []string{
			`1:14: /holidays/2026-13-01: "2026-13-01": no such day [bad value]`,
			`1:27: /holidays/2026-13-01: want a string, have a number; write it as a string in quotes: "5" [wrong type]`}},
		{"one key in two spellings", `{"holidays":{"2026-01-01":"a","2026-1-1":"b"}}`,
			[]string{`1:31: /holidays/2026-1-1: key "2026-1-1" is the same as an earlier one in another spelling; keep one [duplicate key]`}},
		{"columns count runes", "{\"extra\":\"日本語\",\t\"i8\":\"é\"}", []string{`1:22: /i8: want a whole number, have a string [wrong type]`}},
		{"lines end with a line feed", "{\r\n\r\n  \"i8\":\r\n    1.5}", []string{`4:5: /i8: want a whole number written in digits, have 1.5 [bad value]`}},
		{"every fault, in the order of the text", "{\n\"i8\": 300,\n\"title\": null,\n\"wat\": 1,\n\"i8\": 1,\n\"active\": 0,\n\"start\": \"x\"}", []string{
			`2:7: /i8: 300 is out of range; want -128 to 127 [bad value]`,
			`3:10: /title: null is not allowed; leave the key out [null]`,
			`4:1: /wat: unknown key "wat"; keys here: ` + agreementKeys + ` [unknown key]`,
			`5:1: /i8: key "i8" is repeated; keep one [duplicate key]`,
			`6:11: /active: want true or false, have a number [wrong type]`,
			`7:10: /start: "x": no such day [bad value]`}},
	} {
		var got agreement
		require.Equal(t, c.want, lines(Decode([]byte(c.text), &got, Limits{})), c.why)
	}
}

const agreementKeys = "Untagged, active, bynumber, bytes, chan, deep, embedded, extra, holidays, i64, i8, named, none, number, ptrptr, quoted, rate, raw, start, targets, text, title, twice, u16, u64, weights"

func TestUnsupportedTypes(t *testing.T) {
	for text, want := range map[string]string{
		`{"rate":0.5}`:           "float64, which cannot hold decimals exactly",
		`{"raw":{}}`:             "json.RawMessage, which has UnmarshalJSON and no UnmarshalText",
		`{"bytes":"AA=="}`:       "[]uint8, bytes, which JSON does not have",
		`{"ptrptr":1}`:           "**int, a pointer to a pointer",
		`{"embedded":{}}`:        "struct { strictjson.target }, whose field target is embedded",
		`{"twice":{}}`:           `strictjson.twice, with two fields for the key "B"`,
		`{"quoted":{}}`:          `strictjson.quoted, whose field N has the option "string"`,
		`{"bynumber":{"1":"x"}}`: "map[int]string, whose keys are not text",
		`{"text":"x"}`:           "fmt.Stringer, an interface with methods",
		`{"chan":1}`:             "chan int, which JSON does not have",
	} {
		faults := Decode([]byte(text), new(agreement), Limits{})
		require.Len(t, faults, 1, text)
		require.Equal(t, WrongType, faults[0].Kind)
		require.Equal(t, "cannot decode into "+want+"; this is for the program to change, not the text", faults[0].Msg)
	}
	require.Empty(t, Decode([]byte(`{}`), new(agreement), Limits{}), "a type that the text does not reach is no fault")

	var null *agreement
	for _, into := range []any{nil, agreement{}, null, 5, map[string]any{}} {
		faults := Decode([]byte(`{}`), into, Limits{})
		require.Len(t, faults, 1)
		require.Equal(t, WrongType, faults[0].Kind)
		require.Contains(t, faults[0].String(), "1:1: cannot decode into ")
	}
}

func TestErrIsTheErrorOfTheType(t *testing.T) {
	faults := Decode([]byte(`{"start":"2026-13-01","holidays":{"x":"y"}}`), new(agreement), Limits{})
	require.Len(t, faults, 2)
	for _, f := range faults {
		require.ErrorIs(t, f.Err, errNoSuchDay)
		require.Equal(t, f.Err.Error(), f.Msg)
	}
}

func TestFilledAsFarAsItCould(t *testing.T) {
	got := agreement{Untagged: "kept", Title: "replaced"}
	faults := Decode([]byte(`{
		"title": "Support",
		"title": "again",
		"zzzzz": 1,
		"targets": [{"clause": "1"}, {"clause": 2, "for": "P2"}, null],
		"named": {"a": {}, "b": null, "a": {"clause": "again"}},
		"holidays": {"2026-1-1": "New Year", "2026-01-01": "again", "x": "y"},
		"extra": {"a": [1, null], "b": null, "a": 2},
		"active": true
	}`), &got, Limits{})
	require.Len(t, faults, 11, lines(faults))
	require.Equal(t, agreement{
		Untagged: "kept",
		Title:    "Support",
		Targets:  []target{{Clause: "1"}, {For: "P2"}, {}},
		Named:    map[string]target{"a": {}},
		Holidays: map[day]string{{2026, 1, 1}: "New Year"},
		Extra:    map[string]any{"a": []any{json.Number("1"), nil}},
		Active:   true,
	}, got)

	got = agreement{Title: "kept"}
	require.NotEmpty(t, Decode([]byte(`{"title":"new",}`), &got, Limits{}))
	require.Equal(t, agreement{Title: "kept"}, got, "a text that is not JSON changes nothing")
}

func TestDecodeManyTimesTheSameFaults(t *testing.T) {
	text := []byte(`{"a":1,"b":null,"c":{"d":null,"d":1},"i8":1e3,"weights":{"x":"y","z":"y"}}`)
	want := lines(Decode(text, new(agreement), Limits{}))
	for range 100 {
		require.Equal(t, want, lines(Decode(text, new(agreement), Limits{})))
	}
}

func TestNearest(t *testing.T) {
	for _, c := range []struct{ why, key, want string }{
		{"neighbours swapped", "wtihin", "within"},
		{"a letter missing", "clase", "clause"},
		{"a letter too many", "clausse", "clause"},
		{"another case", "FOR", "for"},
		{"one slip in a short word", "fro", "for"},
		{"every letter wrong", "x", ""},
		{"another word", "penalty", ""},
		{"the first of two equally near", "as", "at"},
		{"letters of another script", "clаuse", "clause"},
		{"too long to be a slip", strings.Repeat("within", 1000), ""},
		{"nothing", "", ""},
	} {
		require.Equal(t, c.want, nearest(c.key, []string{"at", "clause", "for", "is", "within"}), c.why)
	}
}
