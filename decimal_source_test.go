package contract_test

import (
	"go/ast"
	"go/importer"
	"go/token"
	"go/types"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cfd16870/contract/internal/archtest"
)

// A decimalPackage is the decimal package that the module is built with, read from
// its source.
type decimalPackage struct {
	types *types.Package
	vars  []string            // the package variables that a program may set
	reads map[string][]string // a function or method by its full name: those that it reaches
}

// loadDecimal reads the decimal package and finds, for each of its functions,
// which of its exported variables it reads, writes or passes on, itself or through
// what it calls. What hands a decimal to fmt or another interface counts as a call
// of the methods that print and encode it.
var loadDecimal = sync.OnceValues(func() (*decimalPackage, error) {
	dir, err := exec.Command("go", "list", "-f", "{{.Dir}}", decimalPath).Output()
	if err != nil {
		return nil, err
	}
	files, err := filepath.Glob(filepath.Join(strings.TrimSpace(string(dir)), "*.go"))
	if err != nil {
		return nil, err
	}
	sources := make(map[string]string)
	for _, file := range files {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		text, err := os.ReadFile(file)
		if err != nil {
			return nil, err
		}
		sources[filepath.Base(file)] = string(text)
	}
	p, err := archtest.Load(decimalPath, sources, importer.Default())
	if err != nil {
		return nil, err
	}
	d := &decimalPackage{types: p.Types, reads: make(map[string][]string)}
	uses := make(map[types.Object][]types.Object)
	declaring := declarations(p)
	for id, obj := range p.Info.Uses {
		if obj.Pkg() == p.Types {
			for _, by := range declaring(id.Pos()) {
				uses[by] = append(uses[by], obj)
			}
		}
	}
	var printing []types.Object
	for _, obj := range p.Info.Defs {
		if f, ok := obj.(*types.Func); ok && f.Signature().Recv() != nil && prints(f.Name()) {
			printing = append(printing, f)
		}
	}
	for _, e := range boxed(p.Info) {
		for _, by := range declaring(e.Pos()) {
			uses[by] = append(uses[by], printing...)
		}
	}
	for _, name := range p.Types.Scope().Names() {
		if v, ok := p.Types.Scope().Lookup(name).(*types.Var); ok && v.Exported() {
			d.vars = append(d.vars, name)
		}
	}
	for _, obj := range p.Info.Defs {
		f, ok := obj.(*types.Func)
		if !ok {
			continue
		}
		reached := make(map[types.Object]bool)
		var reach func(types.Object)
		reach = func(obj types.Object) {
			if !reached[obj] {
				reached[obj] = true
				for _, next := range uses[obj] {
					reach(next)
				}
			}
		}
		reach(f)
		d.reads[f.FullName()] = slices.DeleteFunc(slices.Clone(d.vars), func(name string) bool { return !reached[p.Types.Scope().Lookup(name)] })
	}
	return d, nil
})

func decimalOf(t *testing.T) *decimalPackage {
	t.Helper()
	d, err := loadDecimal()
	require.NoError(t, err)
	return d
}

// declarations finds the function in whose body a place of the package lies, or the
// package variables in whose initial value it does.
func declarations(p *archtest.Package) func(token.Pos) []types.Object {
	var functions []*types.Func
	for _, obj := range p.Info.Defs {
		if f, ok := obj.(*types.Func); ok && f.Scope() != nil {
			functions = append(functions, f)
		}
	}
	return func(pos token.Pos) (list []types.Object) {
		for _, f := range functions {
			if f.Scope().Contains(pos) {
				return []types.Object{f}
			}
		}
		for _, init := range p.Info.InitOrder {
			if init.Rhs.Pos() <= pos && pos < init.Rhs.End() {
				for _, v := range init.Lhs {
					list = append(list, v)
				}
			}
		}
		return list
	}
}

// prints reports whether fmt, encoding or database/sql call a method by that name.
func prints(name string) bool {
	return slices.Contains([]string{"String", "GoString", "Format", "Value", "Scan"}, name) ||
		strings.HasPrefix(name, "Marshal") || strings.HasPrefix(name, "Unmarshal") || strings.HasPrefix(name, "Gob")
}

// boxed finds what holds a decimal and becomes an interface, in a call, a
// conversion or a literal: whoever gets it may print, encode or decode it.
func boxed(info *types.Info) (found []ast.Expr) {
	check := func(to types.Type, e ast.Expr) {
		if to != nil && types.IsInterface(to) && holdsDecimal(info.TypeOf(e), nil) {
			found = append(found, e)
		}
	}
	for e, tv := range info.Types {
		switch e := e.(type) {
		case *ast.CallExpr:
			fun := info.Types[e.Fun]
			if fun.IsType() {
				check(fun.Type, e.Args[0])
				continue
			}
			sig, ok := fun.Type.Underlying().(*types.Signature)
			for i, a := range e.Args {
				if !ok {
					break
				}
				last := sig.Params().Len() - 1
				if to := sig.Params().At(min(i, last)).Type(); !sig.Variadic() || i < last || e.Ellipsis.IsValid() {
					check(to, a)
				} else if list, ok := to.(*types.Slice); ok {
					check(list.Elem(), a)
				}
			}
		case *ast.CompositeLit:
			for i, el := range e.Elts {
				key, value := ast.Expr(nil), el
				if kv, ok := el.(*ast.KeyValueExpr); ok {
					key, value = kv.Key, kv.Value
				}
				switch of := tv.Type.Underlying().(type) {
				case *types.Slice:
					check(of.Elem(), value)
				case *types.Array:
					check(of.Elem(), value)
				case *types.Map:
					check(of.Key(), key)
					check(of.Elem(), value)
				case *types.Struct:
					if key == nil {
						check(of.Field(i).Type(), value)
					} else {
						check(info.TypeOf(key), value)
					}
				}
			}
		}
	}
	return found
}

// holdsDecimal reports whether printing or encoding a value of the type meets a
// decimal. Neither fmt nor an encoder calls the methods of an unexported field.
func holdsDecimal(t types.Type, seen []types.Type) bool {
	if slices.Contains(seen, t) {
		return false
	}
	seen = append(seen, t)
	if n, ok := types.Unalias(t).(*types.Named); ok && n.Obj().Pkg() != nil && n.Obj().Pkg().Path() == decimalPath {
		return true
	}
	switch t := t.Underlying().(type) {
	case *types.Pointer:
		return holdsDecimal(t.Elem(), seen)
	case *types.Slice:
		return holdsDecimal(t.Elem(), seen)
	case *types.Array:
		return holdsDecimal(t.Elem(), seen)
	case *types.Map:
		return holdsDecimal(t.Key(), seen) || holdsDecimal(t.Elem(), seen)
	case *types.Struct:
		for f := range t.Fields() {
			if (f.Exported() || f.Embedded()) && holdsDecimal(f.Type(), seen) {
				return true
			}
		}
	}
	return false
}

// dependsOnVariables finds what a package does with decimals that depends on a
// variable of the decimal package.
func dependsOnVariables(d *decimalPackage, p *archtest.Package) []string {
	var faults []string
	declaring := declarations(p)
	add := func(pos token.Pos, what string) {
		for _, by := range declaring(pos) {
			name := by.Name()
			if f, ok := by.(*types.Func); ok {
				name = strings.ReplaceAll(f.FullName(), p.Path+".", "")
			}
			what = name + ": " + what
		}
		faults = append(faults, placeOf(p.Path)+": "+what)
	}
	for id, obj := range p.Info.Uses {
		if obj.Pkg() == nil || obj.Pkg().Path() != decimalPath {
			continue
		}
		switch obj := obj.(type) {
		case *types.Var:
			if !obj.IsField() {
				add(id.Pos(), "decimal."+obj.Name()+" may be set by any program")
			}
		case *types.Func:
			name := obj.Origin().FullName()
			vars, ok := d.reads[name]
			name = strings.ReplaceAll(name, decimalPath, "decimal")
			if !ok {
				add(id.Pos(), name+" is not in the source of the decimal package")
			} else if len(vars) > 0 {
				add(id.Pos(), name+" reads "+strings.Join(vars, ", "))
			}
		}
	}
	for _, e := range boxed(p.Info) {
		add(e.Pos(), types.ExprString(e)+" becomes an interface, and printing or encoding a decimal reads variables")
	}
	slices.Sort(faults)
	return slices.Compact(faults)
}

// The walk finds what the documentation of the decimal package says, and that the
// functions which this module is built on read no variable at all.
func TestWhichDecimalFunctionsReadVariables(t *testing.T) {
	d := decimalOf(t)
	method := func(name string) string { return "(" + decimalPath + ".Decimal)." + name }
	read := make(map[string]bool)
	for _, vars := range d.reads {
		for _, v := range vars {
			read[v] = true
		}
	}
	assert.Equal(t, d.vars, slices.Sorted(maps.Keys(read)), "each variable is read by something, or the walk has lost it")
	for name, want := range map[string][]string{
		method("Div"):                         {"DivisionPrecision"},
		method("Sqrt"):                        {"DivisionPrecision"},
		decimalPath + ".Avg":                  {"DivisionPrecision"},
		method("Tan"):                         {"DivisionPrecision"},
		method("Pow"):                         {"PowPrecisionNegativeExponent"},
		method("String"):                      {"TrimTrailingZeros", "UseScientificNotation"},
		method("MarshalText"):                 {"TrimTrailingZeros", "UseScientificNotation"},
		method("MarshalJSON"):                 {"MarshalJSONWithoutQuotes", "TrimTrailingZeros", "UseScientificNotation"},
		decimalPath + ".NewFromString":        {"MaxDecodeExponent"},
		decimalPath + ".RequireFromString":    {"MaxDecodeExponent"},
		"(*" + decimalPath + ".Decimal).Scan": {"MaxDecodeExponent"},
		method("ExpHullAbrham"):               {"ExpMaxIterations"},
		method("ExpTaylor"):                   {"Zero"},
	} {
		assert.Equal(t, want, d.reads[name], name)
	}
	for _, name := range []string{
		"Add", "Sub", "Mul", "Cmp", "Equal", "LessThan", "DivRound", "QuoRem", "Mod", "Round", "RoundBank", "RoundCash", "RoundUp", "RoundDown",
		"RoundCeil", "RoundFloor", "Truncate", "Shift", "StringFixed", "StringFixedBank", "Coefficient", "Exponent", "NumDigits", "Neg", "Abs", "Sign",
		"IsZero", "IsInteger", "BigInt", "Rat", "PowWithPrecision", "SqrtRound",
	} {
		assert.Contains(t, d.reads, method(name))
		assert.Empty(t, d.reads[method(name)], name)
	}
	for _, name := range []string{"New", "NewFromInt", "NewFromBigInt", "NewFromBigRat", "Max", "Sum"} {
		assert.Contains(t, d.reads, decimalPath+"."+name)
		assert.Empty(t, d.reads[decimalPath+"."+name], name)
	}
}

// No answer depends on a variable of the decimal package: nothing in the module
// uses a function that reads one. What may be used is not a list kept by hand but
// what the source of the decimal package says of its functions.
func TestNoVariablesOfTheDecimalPackage(t *testing.T) {
	d := decimalOf(t)
	users := 0
	for path, p := range packagesOf(t) {
		t.Run(placeOf(path), func(t *testing.T) { noFaults(t, dependsOnVariables(d, p)) })
		if slices.ContainsFunc(slices.Collect(maps.Values(p.Info.Uses)), func(obj types.Object) bool {
			return obj.Pkg() != nil && obj.Pkg().Path() == decimalPath
		}) {
			users++
		}
	}
	assert.GreaterOrEqual(t, users, 2, "the root and cn use decimals")
}

// withDecimal imports the decimal package that was read, and anything else as usual.
type withDecimal struct {
	decimal *types.Package
	rest    types.Importer
}

func (w withDecimal) Import(path string) (*types.Package, error) {
	if path == decimalPath {
		return w.decimal, nil
	}
	return w.rest.Import(path)
}

// The check finds what depends on a variable, in whatever way it is spelled.
func TestDependsOnVariables(t *testing.T) {
	d := decimalOf(t)
	const boxes = " becomes an interface, and printing or encoding a decimal reads variables"
	for _, tt := range []struct {
		why, text string
		want      []string
	}{
		{"arithmetic that reads none", "func f(a, b d.Decimal) string { return a.Add(b).Mul(d.New(1, -2)).DivRound(b, 2).Round(2).StringFixed(2) }", nil},
		{"its parts", "func f(a d.Decimal) (any, any) { return a.Coefficient(), a.Exponent() }", nil},
		{"a field of a record", "type R struct { Q d.Decimal }; func f(r R) bool { return r.Q.Sign() > 0 && r.Q.NumDigits() < 40 }", nil},
		{"a division, twice", "func f(a, b d.Decimal) d.Decimal { return a.Div(b).Div(b) }", []string{"f: (decimal.Decimal).Div reads DivisionPrecision"}},
		{"in a method", "type R struct{}; func (*R) f(a d.Decimal) d.Decimal { return a.Pow(a) }", []string{"(*R).f: (decimal.Decimal).Pow reads PowPrecisionNegativeExponent"}},
		{"in a literal", "func f(a d.Decimal) func() { return func() { a.Div(a) } }", []string{"f: (decimal.Decimal).Div reads DivisionPrecision"}},
		{"in an initial value", "var third = d.New(1, 0).Div(d.New(3, 0))", []string{"third: (decimal.Decimal).Div reads DivisionPrecision"}},
		{"as a method value", "func f(a d.Decimal) func(d.Decimal) d.Decimal { return a.Div }", []string{"f: (decimal.Decimal).Div reads DivisionPrecision"}},
		{"as a method expression", "var div = d.Decimal.Div", []string{"div: (decimal.Decimal).Div reads DivisionPrecision"}},
		{"promoted from an embedded decimal", "type R struct { d.Decimal }; func f(r R) string { return r.String() }", []string{"f: (decimal.Decimal).String reads TrimTrailingZeros, UseScientificNotation"}},
		{"reading a text", "func f(s string) (d.Decimal, error) { return d.NewFromString(s) }", []string{"f: decimal.NewFromString reads MaxDecodeExponent"}},
		{"a variable", "func f() d.Decimal { return d.Zero }", []string{"f: decimal.Zero may be set by any program"}},
		{"setting one", "func init() { d.DivisionPrecision = 2 }", []string{"init: decimal.DivisionPrecision may be set by any program"}},
		{"printed", "func f(a d.Decimal) string { return fmt.Sprintf(`%s %v`, `x`, a) }", []string{"f: a" + boxes}},
		{"printed inside of a record", "type R struct { Q []*d.Decimal }; func f(r R) { fmt.Println(r) }", []string{"f: r" + boxes}},
		{"encoded", "type R struct { Q d.Decimal }; func f(r *R) ([]byte, error) { return json.Marshal(r) }", []string{"f: r" + boxes}},
		{"decoded", "type R struct { Q d.NullDecimal }; func f(b []byte) (r R, err error) { err = json.Unmarshal(b, &r); return }", []string{"f: &r" + boxes}},
		{"in a list of anything", "func f(a d.Decimal) []any { return []any{1, a} }", []string{"f: a" + boxes}},
		{"converted", "func f(a d.Decimal) fmt.Stringer { return fmt.Stringer(a) }", []string{"f: a" + boxes}},
		{"kept where nobody prints it", "type R struct { q d.Decimal }; func f(r R) { fmt.Println(r) }", nil},
	} {
		t.Run(tt.why, func(t *testing.T) {
			text := "package planted\nimport (\n\"encoding/json\"\n\"fmt\"\nd \"" + decimalPath + "\"\n)\nvar _, _ = json.Valid, fmt.Sprint\n" + tt.text
			p, err := archtest.Load("example.com/planted", map[string]string{"a.go": text}, withDecimal{d.types, importer.Default()})
			require.NoError(t, err)
			var want []string
			for _, w := range tt.want {
				want = append(want, "example.com/planted: "+w)
			}
			assert.Equal(t, want, dependsOnVariables(d, p))
		})
	}
}
