package archtest

import (
	"go/importer"
	"go/types"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// An outside imports the standard library, and anything else as an empty package.
type outside struct{ standard types.Importer }

func (o outside) Import(path string) (*types.Package, error) {
	if standard(path) {
		return o.standard.Import(path)
	}
	p := types.NewPackage(path, "p")
	p.MarkComplete()
	return p, nil
}

var world = outside{importer.Default()}

// house loads a package of files, given without their package clauses.
func house(t *testing.T, sources map[string]string) *Package {
	t.Helper()
	whole := make(map[string]string)
	for name, text := range sources {
		whole[name] = "package house\n" + text
	}
	p, err := Load("example.com/house", whole, world)
	require.NoError(t, err)
	return p
}

// one loads a package of one file, a.go, whose text begins on line 2.
func one(t *testing.T, text string) *Package {
	t.Helper()
	return house(t, map[string]string{"a.go": text})
}

func TestFloors(t *testing.T) {
	table := func() []Chapter {
		return []Chapter{
			{Name: "words", Floor: 0, Files: []string{"word.go", "letter.go"}},
			{Name: "left", Floor: 1, Files: []string{"left.go"}, Below: []string{"words"}},
			{Name: "right", Floor: 1, Files: []string{"right.go"}, Below: []string{"words"}},
			{Name: "roof", Floor: 2, Files: []string{"roof.go"}, Below: []string{"words", "left", "right"}},
		}
	}
	sound := map[string]string{
		"word.go":   "type Word struct{ text []Letter }\nfunc (w Word) Len() int { return len(w.text) }",
		"letter.go": "type Letter rune\nfunc first(w Word) Letter { return w.text[0] }",
		"left.go":   "type Left struct{ Word; hand int }\nconst Side = 1\nfunc (w Word) upward() int { return Side }\nvar hands = [1]int{1}",
		"right.go":  "type Right struct{ w Word }\ntype Pair[T any] struct{ a, b T }\nfunc (p Pair[T]) swap() Pair[T] { return Pair[T]{p.b, p.a} }",
		"roof.go":   "var roof = struct{ Left; Right }{}\nvar n = roof.hand + roof.Len() + Side + Pair[int]{}.swap().a",
	}
	assert.Empty(t, Floors(house(t, sound), table()), "the sound house")

	for _, tt := range []struct {
		name string
		file string
		more string // text added to the file
		want []string
	}{
		{"upward by a method declared on a lower type", "word.go", "func up(w Word) int { return w.upward() }",
			[]string{"word.go:4: method Word.upward of left.go: chapter words (floor 0) does not use chapter left (floor 1)"}},
		{"upward by a type and its field", "letter.go", "func up(l *Left) int {\nreturn l.hand }",
			[]string{
				"letter.go:4: type Left of left.go: chapter words (floor 0) does not use chapter left (floor 1)",
				"letter.go:5: field hand of left.go: chapter words (floor 0) does not use chapter left (floor 1)",
			}},
		{"upward by a constant", "letter.go", "const up = 2 * Side",
			[]string{"letter.go:4: const Side of left.go: chapter words (floor 0) does not use chapter left (floor 1)"}},
		{"upward by a variable", "letter.go", "func up() int { return hands[0] }",
			[]string{"letter.go:4: var hands of left.go: chapter words (floor 0) does not use chapter left (floor 1)"}},
		{"sideways by a function", "left.go", "func side(w Word) { newRight(w) }",
			[]string{"left.go:6: func newRight of right.go: chapter left (floor 1) does not use chapter right (floor 1)"}},
		{"sideways by a method of a generic type", "left.go", "type p interface{ swap() Pair[int] }",
			[]string{"left.go:6: type Pair of right.go: chapter left (floor 1) does not use chapter right (floor 1)"}},
		{"upward by a method of a generic type", "letter.go", "func up() { pair().swap() }",
			[]string{
				"letter.go:4: func pair of right.go: chapter words (floor 0) does not use chapter right (floor 1)",
				"letter.go:4: method Pair[T].swap of right.go: chapter words (floor 0) does not use chapter right (floor 1)",
			}},
		{"upward by a field inside another", "word.go", "type Row struct { *Span2 }\nfunc up(r Row) int { return r.Len() }",
			[]string{
				"word.go:4: type Span2 of right.go: chapter words (floor 0) does not use chapter right (floor 1)",
				"word.go:5: field Word of right.go: chapter words (floor 0) does not use chapter right (floor 1)",
			}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			broken := make(map[string]string)
			for name, text := range sound {
				broken[name] = text
			}
			broken["right.go"] += "\nfunc newRight(w Word) Right { return Right{w} }\nfunc pair() (p Pair[int]) { return }\ntype Span2 struct{ Word }"
			broken[tt.file] += "\n" + tt.more
			assert.Equal(t, tt.want, Floors(house(t, broken), table()))
		})
	}

	t.Run("an unlisted file", func(t *testing.T) {
		sources := map[string]string{"extra.go": "var x = Side"}
		for name, text := range sound {
			sources[name] = text
		}
		assert.Equal(t, []string{"extra.go: listed in no chapter"}, Floors(house(t, sources), table()))
	})
	t.Run("a listed file that does not exist", func(t *testing.T) {
		chapters := table()
		chapters[0].Files = append(chapters[0].Files, "gone.go")
		assert.Equal(t, []string{"gone.go: listed in chapter words and does not exist"}, Floors(house(t, sound), chapters))
	})
	t.Run("a file listed twice", func(t *testing.T) {
		chapters := table()
		chapters[3].Files = append(chapters[3].Files, "left.go")
		assert.Contains(t, Floors(house(t, sound), chapters), "left.go: listed in chapter left and in chapter roof")
	})
	t.Run("a table that looks sideways", func(t *testing.T) {
		chapters := table()
		chapters[1].Below = []string{"words", "right"}
		assert.Equal(t, []string{"table: chapter left of floor 1 lists right below it, which is no chapter of a lower floor"}, Floors(house(t, sound), chapters))
	})
	t.Run("a declaration in the documentation", func(t *testing.T) {
		assert.Empty(t, NoDeclarations(one(t, "// nothing"), "a.go"))
		assert.Equal(t, []string{"a.go:2: a declaration; this file is documentation only"}, NoDeclarations(one(t, "const x = 1"), "a.go"))
	})
}

func TestImports(t *testing.T) {
	rule := Allowed{
		NotStandard: []string{"os/...", "net/...", "unsafe", "math/rand/...", "time/tzdata", "C"},
		Also:        []string{"github.com/shopspring/decimal", "example.com/house/internal/..."},
	}
	for _, tt := range []struct {
		name, text string
		want       []string
	}{
		{"what may be imported", `import ("fmt"; "time"; _ "github.com/shopspring/decimal"; _ "example.com/house/internal/exact"); var _ = fmt.Sprint(time.UTC)`, []string{}},
		{"a system package", `import _ "os"`, []string{"a.go:2: imports os"}},
		{"one below it", `import _ "os/exec"`, []string{"a.go:2: imports os/exec"}},
		{"one that stands for all below it", `import _ "net/http/httptest"`, []string{"a.go:2: imports net/http/httptest"}},
		{"another edition", `import _ "math/rand/v2"`, []string{"a.go:2: imports math/rand/v2"}},
		{"under another name", "import (\n\"fmt\"\nu \"unsafe\"\n)\nvar _ = fmt.Sprint(u.Sizeof(1))", []string{"a.go:4: imports unsafe"}},
		{"the name of a neighbour", `import _ "net/netip"`, []string{"a.go:2: imports net/netip"}},
		{"another module", `import _ "github.com/rickar/cal/v2"`, []string{"a.go:2: imports github.com/rickar/cal/v2"}},
		{"a package of ours that is not below", `import _ "example.com/house/cn"`, []string{"a.go:2: imports example.com/house/cn"}},
		{"below a package that is allowed alone", `import _ "github.com/shopspring/decimal/more"`, []string{"a.go:2: imports github.com/shopspring/decimal/more"}},
	} {
		t.Run(tt.name, func(t *testing.T) { assert.Equal(t, tt.want, Imports(one(t, tt.text), rule)) })
	}
}

func TestDependencies(t *testing.T) {
	direct := []string{"example.com/a", "example.com/b"}
	for _, tt := range []struct {
		name, module string
		want         []string
	}{
		{"the direct ones and an indirect one", `{"Require":[{"Path":"example.com/a"},{"Path":"example.com/b"},{"Path":"example.com/c","Indirect":true}]}`, nil},
		{"one more", `{"Require":[{"Path":"example.com/a"},{"Path":"example.com/b"},{"Path":"example.com/c"}]}`, []string{"go.mod: requires example.com/c"}},
		{"one become indirect", `{"Require":[{"Path":"example.com/a"},{"Path":"example.com/b","Indirect":true}]}`, []string{"go.mod: does not require example.com/b"}},
		{"a tool and a replacement", `{"Require":[{"Path":"example.com/a"},{"Path":"example.com/b"}],"Replace":[{"Old":{"Path":"example.com/a"}}],"Tool":[{"Path":"example.com/t"}]}`,
			[]string{"go.mod: replaces example.com/a", "go.mod: has tool example.com/t"}},
		{"no JSON", "module m", []string{"go.mod: invalid character 'm' looking for beginning of value"}},
	} {
		t.Run(tt.name, func(t *testing.T) { assert.Equal(t, tt.want, Dependencies([]byte(tt.module), direct)) })
	}
}

func TestPurity(t *testing.T) {
	clock := func(p *Package) []string { return Clock(p, nil) }
	for _, tt := range []struct {
		name  string
		check func(*Package) []string
		text  string
		want  []string
	}{
		{"the clock", clock, `import "time"; var t = time.Now()`, []string{"a.go:2: time.Now"}},
		{"the clock under another name", clock, `import . "time"; func f(t Time) Duration { return Since(t) }`, []string{"a.go:2: time.Since"}},
		{"the clock as a value", clock, "import \"time\"\nvar f = time.Until", []string{"a.go:3: time.Until"}},
		{"a timer", clock, "import \"time\"\nfunc f() { <-time.After(1) }", []string{"a.go:3: time.After"}},
		{"a method of the same name", clock, "import \"time\"\nfunc f(t, u time.Time) bool { return t.After(u) }", []string{}},
		{"the zone of the machine", clock, "import \"time\"\nvar z = time.Local", []string{"a.go:3: time.Local"}},
		{"an instant moved there", clock, "import \"time\"\nfunc f(t time.Time) time.Time { return t.Local() }", []string{"a.go:3: Time.Local"}},
		{"an instant left there", clock, "import \"time\"\nvar a, b, c = time.Unix(0, 0), time.Unix(1, 0).UTC(), time.UnixMilli(1).In(time.UTC)", []string{"a.go:3: time.Unix in the machine's zone, without In or UTC"}},
		{"a refusal that is not in the list", clock, "import \"time\"\nfunc f(z *time.Location) bool { return z == time.Local }", []string{"a.go:3: time.Local"}},

		{"no floats", Floats, "import \"math\"\nvar i int64 = math.MaxInt64\nvar r = 'x'", []string{}},
		{"a float", Floats, "var x float64", []string{"a.go:2: floating point: x"}},
		{"a float of one's own", Floats, "type f float32\nfunc g(x f) f {\nreturn x * 2 }", []string{"a.go:2: floating point: f", "a.go:3: floating point: x", "a.go:4: floating point: x * 2"}},
		{"a literal", Floats, "import \"time\"\nconst d = 1e3 * time.Second", []string{"a.go:3: floating point: 1e3"}},
		{"a literal that becomes whole", Floats, "const n int = 2.0", []string{"a.go:2: floating point: 2.0"}},
		{"a result", Floats, "import \"time\"\nfunc f(d time.Duration) bool { return d.Hours() > 1 }", []string{"a.go:3: floating point: d.Hours()"}},
		{"one of two results", Floats, "import \"math/big\"\nfunc f(r *big.Rat) {\nr.Float64() }", []string{"a.go:4: floating point: r.Float64()"}},

		{"a panic", Panics, "func f() { panic(1) }", []string{"a.go:2: panic outside a function named Must…"}},
		{"a panic in a variable", Panics, "var f = func() { (panic)(1) }", []string{"a.go:2: panic outside a function named Must…"}},
		{"a panic that is announced", Panics, "type x int\nfunc MustF() { panic(1) }\nfunc (x) MustG() { func() { panic(1) }() }", []string{}},
		{"a function of the same name", Panics, "func f() { panic := func(int) {}; panic(1) }", []string{}},

		{"a goroutine", Goroutines, "func f() { go f() }", []string{"a.go:2: a go statement"}},
	} {
		t.Run(tt.name, func(t *testing.T) { assert.Equal(t, tt.want, tt.check(one(t, tt.text))) })
	}

	t.Run("refusals of the zone of the machine", func(t *testing.T) {
		refusal := "import \"time\"\nfunc f(z *time.Location) bool { return z == time.Local }"
		assert.Empty(t, Clock(one(t, refusal), map[string]int{"a.go": 1}))
		assert.Equal(t, []string{"a.go:4: time.Local"}, Clock(one(t, refusal+"\nfunc g(z *time.Location) bool { return z != time.Local }"), map[string]int{"a.go": 1}), "once more than said")
		assert.Equal(t, []string{"a.go: may compare with time.Local 1 times, and does so 0 times"},
			Clock(one(t, "import \"time\"\nvar z = time.UTC"), map[string]int{"a.go": 1}), "one that is there no more")
		assert.Contains(t, Clock(one(t, "import \"time\"\nvar z = time.Local"), map[string]int{"a.go": 1}), "a.go:3: time.Local", "a use that compares nothing")
	})
}

func TestState(t *testing.T) {
	const table = "var table = map[string]int{\"a\": 1}\nvar row = [...]struct{ n int; list []int }{{n: 1}}\n" // lines 3 and 4
	for _, tt := range []struct {
		name, text string
		want       []string
	}{
		{"tables and errors, read", "import (\"errors\"; \"slices\"; \"maps\")\n" + table + `
			var ErrX = errors.New("x")
			var _ error = ErrX
			func f(i int) (int, bool, error) {
				for range table { i++ }
				for _, r := range row { i += r.n }
				local := row[0].n
				local++
				return table["a"] + len(table) + row[i].n + local, slices.Contains(row[0].list, 1) && slices.Index(row[0].list[:], 1) > 0 && maps.Keys(table) != nil, ErrX
			}`, []string{}},
		{"an init function", "type x int\nfunc (x) init() {}\nfunc init() {}", []string{"a.go:4: func init"}},
		{"a variable without a value", "import \"sync\"\nvar mu sync.Mutex", []string{"a.go:3: variable mu is neither an error made by errors.New nor a table"}},
		{"a variable of a call", "var a, b = f(), 1\nfunc f() int { return 1 }",
			[]string{"a.go:2: variable a is neither an error made by errors.New nor a table", "a.go:2: variable b is neither an error made by errors.New nor a table"}},
		{"an error of another maker", "import \"fmt\"\nvar Err = fmt.Errorf(\"x\")", []string{"a.go:3: variable Err is neither an error made by errors.New nor a table"}},
		{"an error assigned", "import \"errors\"\nvar Err = errors.New(\"x\")\nfunc f() { Err = nil }", []string{"a.go:4: variable Err is assigned"}},
		{"a table assigned", "\n" + table + "func f() { table = nil }", []string{"a.go:5: variable table is assigned"}},
		{"an entry assigned", "\n" + table + "func f() { table[\"b\"] = 2 }", []string{"a.go:5: variable table is assigned"}},
		{"an entry counted up", "\n" + table + "func f() { row[0].list[0]++ }", []string{"a.go:5: variable row is assigned"}},
		{"an entry assigned in a loop", "\n" + table + "func f(l []int) { for _, row[0].n = range l { } }", []string{"a.go:5: variable row is assigned"}},
		{"an entry deleted", "\n" + table + "func f() { delete(table, \"a\") }", []string{"a.go:5: variable table is changed by delete"}},
		{"a table appended to", "\n" + table + "func f() []int { return append(row[0].list, 1) }", []string{"a.go:5: variable row is changed by append"}},
		{"an address", "\n" + table + "func f() *int { return &row[0].n }", []string{"a.go:5: variable row has its address taken"}},
		{"an address in disguise", "\n" + table + "func f() { for i := range row[:] { g(row[i:]) } }\nfunc g(any) {}", []string{"a.go:5: variable row has its address taken, by a slice of it"}},
		{"an address for a method", "import \"sync\"\nvar once = sync.Once{}\nfunc f() { once.Do(f) }", []string{"a.go:4: variable once has its address taken, by method Do"}},
		{"a table handed out", "\n" + table + "func f() map[string]int { return table }", []string{"a.go:5: variable table is handed out with what could be changed through it"}},
		{"a table under another name", "\n" + table + "func f() { t := table; t[\"b\"] = 2 }", []string{"a.go:5: variable table is handed out with what could be changed through it"}},
		{"a table given to a sort", "import \"slices\"\n" + table + "func f() { slices.Sort(row[0].list) }", []string{"a.go:5: variable row is handed out with what could be changed through it"}},
		{"a variable of another package", "import \"time\"\nfunc f() { time.UTC = nil }", []string{"a.go:3: variable UTC is assigned"}},
	} {
		t.Run(tt.name, func(t *testing.T) { assert.Equal(t, tt.want, State(one(t, tt.text))) })
	}
}

func TestDocs(t *testing.T) {
	load := func(text string) *Package {
		p, err := Load("example.com/house", map[string]string{"a.go": text}, world)
		require.NoError(t, err)
		return p
	}
	const clause = "// Package house is a house.\npackage house\n"
	for _, tt := range []struct {
		name, text string
		want       []string
	}{
		{"all documented", clause + `
			// A Side is left or right.
			type Side int
			const (
				Left Side = iota
				Right
			)
			// Limits.
			const ( Most = 9; Least = 1 )
			// Errors.
			var ( A = 1; B = 2 )
			// F is a function.
			func F() {}
			// M is a method.
			func (*Side) M() {}
			type hidden struct { X int }
			func (hidden) M() {}
			func (h *hidden) N() {}`, []string{}},
		{"no package comment", "package house", []string{"example.com/house: no package comment"}},
		{"a directive is none", "//go:generate x\npackage house", []string{"example.com/house: no package comment"}},
		{"a function", clause + "func F() {}", []string{"a.go:3: func F has no comment"}},
		{"a type", clause + "type T int", []string{"a.go:3: type T has no comment"}},
		{"a type in a group", clause + "// Types.\ntype (\n\tT int\n)", []string{"a.go:5: type T has no comment"}},
		{"a method", clause + "// A T is a list.\ntype T[E any] []E\n\nfunc (T[E]) M() {}", []string{"a.go:6: method T[E].M has no comment"}},
		{"a constant", clause + "const C = 1", []string{"a.go:3: const C has no comment"}},
		{"a constant of a type without a comment", clause + "type t int\nconst C t = 1", []string{"a.go:4: const C has no comment"}},
		{"a variable of a documented type", clause + "// A T is a number.\ntype T int\n\nvar V T", []string{"a.go:6: var V has no comment"}},
	} {
		t.Run(tt.name, func(t *testing.T) { assert.Equal(t, tt.want, Docs(load(tt.text))) })
	}
}

func TestSurface(t *testing.T) {
	p := one(t, `
		import ("io"; "time")
		type Month = time.Month
		type Date struct { n int; Year int; From, Until time.Time `+"`json:\"from\"`"+` }
		func (d Date) AddDays(n int) (later Date) { return d }
		func (d *Date) UnmarshalText(b []byte) error { return nil }
		func (d Date) hidden() {}
		type Unit uint8
		const Days Unit = 1
		const Word = "a\nb"
		type Reader interface { io.Reader; Size() (n int64, err error) }
		type Pair[T comparable] struct { base; A, B T }
		func (p Pair[T]) Swap() Pair[T] { return p }
		type base struct{ X int }
		func (base) Promoted() {}
		type Request struct { Date }
		var Err error
		func Map[K comparable, V any](m map[K]V, f func(K, V) bool, rest ...Unit) (n int) { return 0 }
		func internal() {}
		type private struct{ X int }
	`)
	want := strings.Split(strings.TrimSpace(`
pkg house, const Days Unit = 1
pkg house, const Word untyped string = "a\nb"
pkg house, func Map[K comparable, V any](map[K]V, func(K, V) bool, ...Unit) int
pkg house, method (*Date) UnmarshalText([]byte) error
pkg house, method (*Request) UnmarshalText([]byte) error
pkg house, method (Date) AddDays(int) Date
pkg house, method (Pair) Promoted()
pkg house, method (Pair) Swap() Pair[T]
pkg house, method (Request) AddDays(int) Date
pkg house, type Date struct
pkg house, type Date struct, From time.Time `+"`json:\"from\"`"+`
pkg house, type Date struct, Until time.Time `+"`json:\"from\"`"+`
pkg house, type Date struct, Year int
pkg house, type Month = time.Month
pkg house, type Pair[T comparable] struct
pkg house, type Pair[T comparable] struct, A T
pkg house, type Pair[T comparable] struct, B T
pkg house, type Reader interface{Size() (n int64, err error); io.Reader}
pkg house, type Request struct
pkg house, type Request struct, embedded Date
pkg house, type Unit uint8
pkg house, var Err error`), "\n")
	got := Surface(p)
	require.Equal(t, want, got)

	assert.Empty(t, Changes(want, got))
	t.Run("an export gone from the code", func(t *testing.T) {
		assert.Equal(t, []string{"- " + want[5]}, Changes(want, append(got[:5:5], got[6:]...)))
	})
	t.Run("an export gone from the text", func(t *testing.T) {
		assert.Equal(t, []string{"+ " + want[5]}, Changes(append(want[:5:5], want[6:]...), got))
	})
	t.Run("a value changed", func(t *testing.T) {
		changed := one(t, "const Days = 2")
		assert.Equal(t, []string{"- pkg house, const Days untyped int = 1", "+ pkg house, const Days untyped int = 2"},
			Changes([]string{"pkg house, const Days untyped int = 1"}, Surface(changed)))
	})
}
