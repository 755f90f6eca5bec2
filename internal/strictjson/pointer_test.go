package strictjson

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func TestSplit(t *testing.T) {
	for _, c := range []struct {
		why, pointer string
		want         []string
	}{
		{"the root", "", nil},
		{"the empty key", "/", []string{""}},
		{"keys and indexes", "/targets/0/within", []string{"targets", "0", "within"}},
		{"a slash in a key", "/a~1b/0", []string{"a/b", "0"}},
		{"a tilde in a key", "/m~0n", []string{"m~n"}},
		{"~01 is ~1 and no slash", "/~01", []string{"~1"}},
		{"an empty key in the middle", "/a//b", []string{"a", "", "b"}},
		{"other characters are themselves", `/e-mail response/a"b\c%d`, []string{"e-mail response", `a"b\c%d`}},
	} {
		got, err := Split(c.pointer)
		require.NoError(t, err, c.why)
		require.Equal(t, c.want, got, c.why)
	}
	for _, c := range []struct{ why, pointer, want string }{
		{"no slash in front", "targets/0", `"targets/0": no "/" at 1; a pointer starts with one, or is empty`},
		{"a fragment of a URL", "#/targets", `"#/targets": no "/" at 1; a pointer starts with one, or is empty`},
		{"a tilde that escapes nothing", "/a~2", `"/a~2": unexpected "~" at 3; write ~0 for "~" and ~1 for "/"`},
		{"a tilde at the end", "/a~0/~", `"/a~0/~": unexpected "~" at 6; write ~0 for "~" and ~1 for "/"`},
	} {
		_, err := Split(c.pointer)
		require.EqualError(t, err, c.want, c.why)
	}
}

// The document and the pointers of RFC 6901, section 5.
func TestResolveRFC6901(t *testing.T) {
	tree, faults := Tree([]byte(`{"foo":["bar","baz"],"":0,"a/b":1,"c%d":2,"e^f":3,"g|h":4,"i\\j":5,"k\"l":6," ":7,"m~n":8}`), Limits{})
	require.Empty(t, faults)
	for pointer, want := range map[string]any{
		"": tree, "/foo": []any{"bar", "baz"}, "/foo/0": "bar", "/": json.Number("0"), "/a~1b": json.Number("1"),
		"/c%d": json.Number("2"), "/e^f": json.Number("3"), "/g|h": json.Number("4"), `/i\j`: json.Number("5"),
		`/k"l`: json.Number("6"), "/ ": json.Number("7"), "/m~0n": json.Number("8"),
	} {
		got, ok := Resolve(tree, pointer)
		require.True(t, ok, pointer)
		require.Equal(t, want, got, pointer)
	}
	for pointer, why := range map[string]string{
		"/bar":        "no such key",
		"/foo/2":      "behind the last element",
		"/foo/-":      "the element to be appended",
		"/foo/00":     "an index with a leading zero",
		"/foo/+0":     "an index with a sign",
		"/foo/x":      "not an index",
		"/foo/0/x":    "within a string",
		"foo":         "not a pointer",
		"/a/b":        "a slash that is not escaped",
		"/foo/" + big: "an index that no integer holds",
	} {
		_, ok := Resolve(tree, pointer)
		require.False(t, ok, why)
	}
}

const big = "99999999999999999999999999"

func TestPointerRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		tokens := rapid.SliceOf(rapid.StringMatching(`[~/01a\-é" ]{0,6}`)).Draw(t, "tokens")
		var pointer strings.Builder
		tree := any("leaf")
		for i, token := range tokens {
			pointer.WriteString("/" + Escape(token))
			tree = map[string]any{tokens[len(tokens)-1-i]: tree}
		}
		got, err := Split(pointer.String())
		if err != nil || len(got) != len(tokens) {
			t.Fatalf("Split(%q) = %q, %v", pointer.String(), got, err)
		}
		for i := range got {
			if got[i] != tokens[i] {
				t.Fatalf("Split(%q) = %q", pointer.String(), got)
			}
		}
		if leaf, ok := Resolve(tree, pointer.String()); !ok || leaf != "leaf" {
			t.Fatalf("Resolve(%v, %q) = %v, %v", tree, pointer.String(), leaf, ok)
		}
	})
}

// Every fault's pointer leads to the value it is about, where the tree has it.
func TestFaultPointersResolve(t *testing.T) {
	text := []byte(`{"a/b":{"~":[{"x":"y"},{"":1}]},"i8":1.5,"targets":[{"x~/":{}}]}`)
	tree, faults := Tree(text, Limits{})
	require.Empty(t, faults)
	faults = Decode(text, new(agreement), Limits{})
	require.Len(t, faults, 3)
	for _, f := range faults {
		_, ok := Resolve(tree, f.Pointer)
		require.True(t, ok, f)
	}
}
