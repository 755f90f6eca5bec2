// Package archtest checks what the compiler does not: which file may use which,
// what a package imports, that it keeps no state and asks no clock, that what it
// exports is documented, and that nothing exported changes unseen.
//
// A check takes type-checked packages and returns its faults as lines of
// "file:line: what", in order; none means that the rule holds. Where the
// packages come from is the caller's business: the tests of the module read
// the tree, the tests of this package give each check a package that breaks it.
package archtest

import (
	"cmp"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"maps"
	"slices"
)

// A Package is a package parsed and type-checked, without its test files.
type Package struct {
	Path  string
	Types *types.Package
	Info  *types.Info

	fset  *token.FileSet
	files []file
}

type file struct {
	name   string
	syntax *ast.File
}

// Load parses and type-checks a package of the given files, by name, with the
// packages that it imports from imp.
func Load(path string, sources map[string]string, imp types.Importer) (*Package, error) {
	p := &Package{Path: path, fset: token.NewFileSet(), Info: &types.Info{
		Types:      make(map[ast.Expr]types.TypeAndValue),
		Defs:       make(map[*ast.Ident]types.Object),
		Uses:       make(map[*ast.Ident]types.Object),
		Selections: make(map[*ast.SelectorExpr]*types.Selection),
	}}
	var syntax []*ast.File
	for _, name := range slices.Sorted(maps.Keys(sources)) {
		f, err := parser.ParseFile(p.fset, name, sources[name], parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			return nil, err
		}
		p.files = append(p.files, file{name, f})
		syntax = append(syntax, f)
	}
	var err error
	p.Types, err = (&types.Config{Importer: imp}).Check(path, p.fset, syntax, p.Info)
	return p, err
}

// fileOf returns the name of the file in which pos lies.
func (p *Package) fileOf(pos token.Pos) string { return p.fset.Position(pos).Filename }

// visit walks all files; stack is what n lies in, outermost first.
func (p *Package) visit(f func(n ast.Node, stack []ast.Node)) {
	for _, one := range p.files {
		ast.PreorderStack(one.syntax, nil, func(n ast.Node, stack []ast.Node) bool {
			f(n, stack)
			return true
		})
	}
}

// A fault lies at a place; a report is put in the order of the places.
type fault struct {
	file string
	line int
	text string
}

type report struct {
	p      *Package
	faults []fault
}

func (r *report) add(pos token.Pos, format string, args ...any) {
	at := r.p.fset.Position(pos)
	r.faults = append(r.faults, fault{at.Filename, at.Line, fmt.Sprintf(format, args...)})
}

// addFile adds what is wrong with a file, or is nowhere in it.
func (r *report) addFile(name, format string, args ...any) {
	r.faults = append(r.faults, fault{file: name, text: fmt.Sprintf(format, args...)})
}

func (r *report) lines() []string {
	slices.SortFunc(r.faults, func(a, b fault) int {
		return cmp.Or(cmp.Compare(a.file, b.file), cmp.Compare(a.line, b.line), cmp.Compare(a.text, b.text))
	})
	lines := make([]string, 0, len(r.faults))
	for _, f := range slices.Compact(r.faults) {
		if f.line == 0 {
			lines = append(lines, f.file+": "+f.text)
		} else {
			lines = append(lines, fmt.Sprintf("%s:%d: %s", f.file, f.line, f.text))
		}
	}
	return lines
}
