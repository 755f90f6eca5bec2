package archtest

import (
	"go/ast"
	"go/token"
	"go/types"
	"maps"
	"slices"
	"strings"
)

// clockNames are what of package time depends on the clock, or on the zone, of
// the machine.
var clockNames = [...]string{"Now", "Since", "Until", "Local", "After", "AfterFunc", "NewTicker", "NewTimer", "Sleep", "Tick"}

// unzoned are the functions of package time whose results are in the machine's
// zone until In or UTC moves them.
var unzoned = [...]string{"Unix", "UnixMilli", "UnixMicro"}

// Clock checks that a package asks neither clock nor zone of the machine. A
// file may compare with time.Local, to refuse it, as often as refusals says.
func Clock(p *Package, refusals map[string]int) []string {
	r := &report{p: p}
	refused := make(map[string]int)
	p.visit(func(n ast.Node, stack []ast.Node) {
		id, ok := n.(*ast.Ident)
		if !ok {
			return
		}
		obj := p.Info.Uses[id]
		if obj == nil || obj.Pkg() == nil || obj.Pkg().Path() != "time" {
			return
		}
		if f, ok := obj.(*types.Func); ok && f.Signature().Recv() != nil {
			if f.Name() == "Local" { // Time.Local
				r.add(id.Pos(), "Time.Local")
			}
			return
		}
		if obj.Parent() != obj.Pkg().Scope() {
			return // a field
		}
		switch {
		case obj.Name() == "Local" && compared(id, stack) && refusals[p.fileOf(id.Pos())] > refused[p.fileOf(id.Pos())]:
			refused[p.fileOf(id.Pos())]++
		case slices.Contains(clockNames[:], obj.Name()):
			r.add(id.Pos(), "time.%s", obj.Name())
		case slices.Contains(unzoned[:], obj.Name()) && !movedAtOnce(stack):
			r.add(id.Pos(), "time.%s in the machine's zone, without In or UTC", obj.Name())
		}
	})
	for _, name := range slices.Sorted(maps.Keys(refusals)) {
		if refused[name] < refusals[name] {
			r.addFile(name, "may compare with time.Local %d times, and does so %d times", refusals[name], refused[name])
		}
	}
	return r.lines()
}

// compared reports whether time.Local, at id, is a side of == or !=.
func compared(id *ast.Ident, stack []ast.Node) bool {
	i := len(stack) - 1
	if sel, ok := stack[i].(*ast.SelectorExpr); ok && sel.Sel == id {
		i--
	}
	b, ok := stack[i].(*ast.BinaryExpr)
	return ok && (b.Op == token.EQL || b.Op == token.NEQ)
}

// movedAtOnce reports whether the call of the function named at the top of the
// stack is the receiver of In or UTC.
func movedAtOnce(stack []ast.Node) bool {
	for i := len(stack) - 1; i > 0; i-- {
		switch n := stack[i].(type) {
		case *ast.SelectorExpr:
			continue // time.Unix
		case *ast.CallExpr:
			move, ok := stack[i-1].(*ast.SelectorExpr)
			return ok && move.X == n && (move.Sel.Name == "In" || move.Sel.Name == "UTC")
		default:
			return false
		}
	}
	return false
}

// Floats checks that a package has no number in floating point: no type, no
// literal, no value that a call returns. It tells one a line.
func Floats(p *Package) []string {
	r := &report{p: p}
	type line struct {
		file string
		n    int
	}
	told := make(map[line]bool)
	p.visit(func(n ast.Node, _ []ast.Node) {
		e, ok := n.(ast.Expr)
		if !ok || !isFloat(p.Info.TypeOf(e)) && !isFloatLiteral(e) {
			return
		}
		at := p.fset.Position(e.Pos())
		if l := (line{at.Filename, at.Line}); !told[l] {
			told[l] = true
			r.add(e.Pos(), "floating point: %s", types.ExprString(e))
		}
	})
	return r.lines()
}

func isFloatLiteral(e ast.Expr) bool {
	l, ok := e.(*ast.BasicLit)
	return ok && (l.Kind == token.FLOAT || l.Kind == token.IMAG)
}

func isFloat(t types.Type) bool {
	switch t := t.(type) {
	case nil:
		return false
	case *types.Tuple:
		for v := range t.Variables() {
			if isFloat(v.Type()) {
				return true
			}
		}
		return false
	}
	b, ok := t.Underlying().(*types.Basic)
	return ok && b.Info()&(types.IsFloat|types.IsComplex) != 0
}

// Panics checks that nothing panics but functions named Must….
func Panics(p *Package) []string {
	r := &report{p: p}
	p.visit(func(n ast.Node, stack []ast.Node) {
		call, ok := n.(*ast.CallExpr)
		if !ok || builtin(p, call) != "panic" {
			return
		}
		for _, s := range stack {
			if f, ok := s.(*ast.FuncDecl); ok && strings.HasPrefix(f.Name.Name, "Must") {
				return
			}
		}
		r.add(call.Pos(), "panic outside a function named Must…")
	})
	return r.lines()
}

// builtin returns the name of the predeclared function that is called, if one is.
func builtin(p *Package, call *ast.CallExpr) string {
	if id, ok := ast.Unparen(call.Fun).(*ast.Ident); ok {
		if b, ok := p.Info.Uses[id].(*types.Builtin); ok {
			return b.Name()
		}
	}
	return ""
}

// Goroutines checks that a package starts none.
func Goroutines(p *Package) []string {
	r := &report{p: p}
	p.visit(func(n ast.Node, _ []ast.Node) {
		if g, ok := n.(*ast.GoStmt); ok {
			r.add(g.Pos(), "a go statement")
		}
	})
	return r.lines()
}
