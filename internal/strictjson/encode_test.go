package strictjson

import (
	"math"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func TestEncode(t *testing.T) {
	for _, c := range []struct {
		why  string
		v    any
		want string
	}{
		{"marks of HTML are themselves", map[string]string{"a<b": "R&D > 0"}, `{"a<b":"R&D > 0"}`},
		{"keys of maps are sorted", map[severity]int{"P2": 2, "P1": 1, "P10": 3}, `{"P1":1,"P10":3,"P2":2}`},
		{"keys that are dates are sorted as text", map[day]string{{2026, 12, 1}: "b", {2026, 2, 1}: "a"}, `{"2026-02-01":"a","2026-12-01":"b"}`},
		{"fields are in the order of the struct", target{Clause: "3.1", For: "P1"}, `{"clause":"3.1","for":"P1"}`},
		{"a text type", new(duration), `"0s"`},
		{"a tree keeps its numbers", mustTree(t, `{"b":1.50,"a":[true,"é"]}`), `{"a":[true,"é"],"b":1.50}`},
	} {
		for range 20 {
			got, err := Encode(c.v)
			require.NoError(t, err, c.why)
			require.Equal(t, c.want, string(got), c.why)
		}
	}
	_, err := Encode(math.NaN())
	require.Error(t, err)
}

func mustTree(t testing.TB, text string) any {
	t.Helper()
	tree, faults := Tree([]byte(text), Limits{})
	require.Empty(t, faults)
	return tree
}

// sample is a struct with every sort of field that comes back as it went.
type sample struct {
	Text   string             `json:"text"`
	Named  severity           `json:"named,omitempty"`
	Yes    bool               `json:"yes"`
	I64    int64              `json:"i64"`
	I8     int8               `json:"i8"`
	U64    uint64             `json:"u64,omitzero"`
	Within *duration          `json:"within,omitempty"`
	Dates  map[day]severity   `json:"dates,omitempty"`
	Parts  []sample           `json:"parts,omitempty"`
	ByKey  map[string]*sample `json:"e-mail / response,omitempty"`
	Anyway any                `json:"anyway,omitempty"`
}

func genSample(depth int) *rapid.Generator[sample] {
	return rapid.Custom(func(t *rapid.T) sample {
		// Go strings may hold bytes that are not UTF-8, which JSON cannot.
		text := rapid.Map(rapid.String(), func(s string) string { return strings.ToValidUTF8(s, "") })
		s := sample{
			Text:  text.Draw(t, "text"),
			Named: severity(text.Draw(t, "named")),
			Yes:   rapid.Bool().Draw(t, "yes"),
			I64:   rapid.Int64().Draw(t, "i64"),
			I8:    rapid.Int8().Draw(t, "i8"),
			U64:   rapid.Uint64().Draw(t, "u64"),
		}
		if rapid.Bool().Draw(t, "has within") {
			s.Within = new(duration(rapid.Int64().Draw(t, "within")))
		}
		for range rapid.IntRange(0, 3).Draw(t, "dates") {
			if s.Dates == nil {
				s.Dates = map[day]severity{}
			}
			s.Dates[day{rapid.IntRange(1, 9999).Draw(t, "y"), rapid.IntRange(1, 12).Draw(t, "m"), 1}] = "x"
		}
		if rapid.Bool().Draw(t, "has anyway") {
			s.Anyway = map[string]any{text.Draw(t, "key"): []any{text.Draw(t, "value"), true}}
		}
		if depth > 0 {
			for range rapid.IntRange(0, 2).Draw(t, "parts") {
				s.Parts = append(s.Parts, genSample(depth-1).Draw(t, "part"))
			}
			if rapid.Bool().Draw(t, "has key") {
				s.ByKey = map[string]*sample{text.Draw(t, "key"): new(genSample(depth-1).Draw(t, "keyed"))}
			}
		}
		return s
	})
}

func TestEncodeDecodeRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want := genSample(2).Draw(t, "sample")
		text, err := Encode(want)
		if err != nil {
			t.Fatal(err)
		}
		var got sample
		if faults := Decode(text, &got, Limits{}); faults != nil {
			t.Fatalf("%s: %v", text, faults)
		}
		require.Equal(t, want, got, "%s", text)
		again, _ := Encode(got)
		require.Equal(t, string(text), string(again))

		tree, faults := Tree(text, Limits{})
		require.Empty(t, faults)
		std, err := standard(text)
		require.NoError(t, err)
		require.Equal(t, std, tree)
	})
}

func BenchmarkDecode(b *testing.B) {
	part := `{"text":"e-mail response","named":"P1","yes":true,"i64":40,"within":"4h","dates":{"2026-01-01":"New Year"}}`
	text := []byte(`{"text":"all","parts":[` + strings.Repeat(part+",", 99) + part + `]}`)
	b.Run("Decode", func(b *testing.B) {
		b.SetBytes(int64(len(text)))
		for b.Loop() {
			var s sample
			if faults := Decode(text, &s, Limits{}); faults != nil {
				b.Fatal(faults)
			}
		}
	})
	b.Run("Tree", func(b *testing.B) {
		b.SetBytes(int64(len(text)))
		for b.Loop() {
			if _, faults := Tree(text, Limits{}); faults != nil {
				b.Fatal(faults)
			}
		}
	})
}
