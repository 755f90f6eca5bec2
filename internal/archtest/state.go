package archtest

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
)

// readers are functions that read a slice or map and keep none of it.
var readers = map[string][]string{
	"slices":  {"All", "BinarySearch", "BinarySearchFunc", "Clone", "Contains", "ContainsFunc", "Equal", "Index", "IndexFunc", "Max", "Min", "Values"},
	"maps":    {"All", "Clone", "Keys", "Values"},
	"strings": {"Join"},
}

// State checks that a package keeps none. It has no init function. Its variables
// are errors made by errors.New and tables, written as composite literals, that
// nobody changes: not assigned to, whole or in part, no address taken, no slice
// or map in them handed to what could change it. Nor does it change the variables
// of another package.
func State(p *Package) []string {
	r := &report{p: p}
	for _, f := range p.files {
		for _, d := range f.syntax.Decls {
			switch d := d.(type) {
			case *ast.FuncDecl:
				if d.Recv == nil && d.Name.Name == "init" {
					r.add(d.Pos(), "func init")
				}
			case *ast.GenDecl:
				if d.Tok == token.VAR {
					for _, s := range d.Specs {
						r.variables(s.(*ast.ValueSpec))
					}
				}
			}
		}
	}
	p.visit(func(n ast.Node, stack []ast.Node) {
		id, ok := n.(*ast.Ident)
		if !ok {
			return
		}
		v, ok := p.Info.Uses[id].(*types.Var)
		if !ok || v.IsField() || v.Pkg() == nil || v.Parent() != v.Pkg().Scope() {
			return
		}
		if what := use(p, id, stack, v.Pkg() == p.Types); what != "" {
			r.add(id.Pos(), "variable %s %s", v.Name(), what)
		}
	})
	return r.lines()
}

// variables checks how variables of a package are made.
func (r *report) variables(s *ast.ValueSpec) {
	for i, name := range s.Names {
		if name.Name == "_" {
			continue
		}
		if len(s.Values) == len(s.Names) && (isTable(s.Values[i]) || isSentinel(r.p, s.Values[i])) {
			continue
		}
		r.add(name.Pos(), "variable %s is neither an error made by errors.New nor a table", name.Name)
	}
}

func isTable(e ast.Expr) bool {
	_, ok := ast.Unparen(e).(*ast.CompositeLit)
	return ok
}

func isSentinel(p *Package, e ast.Expr) bool {
	call, ok := ast.Unparen(e).(*ast.CallExpr)
	if !ok {
		return false
	}
	pkg, name := called(p, call)
	return pkg == "errors" && name == "New"
}

// called returns the package and the name of the function that is called, if it
// is one of a package.
func called(p *Package, call *ast.CallExpr) (pkg, name string) {
	fun := ast.Unparen(call.Fun)
	if i, ok := fun.(*ast.IndexExpr); ok {
		fun = i.X
	}
	sel, ok := fun.(*ast.SelectorExpr)
	if !ok {
		return "", ""
	}
	if f, ok := p.Info.Uses[sel.Sel].(*types.Func); ok && f.Pkg() != nil && f.Signature().Recv() == nil {
		return f.Pkg().Path(), f.Name()
	}
	return "", ""
}

// use says what a use of a variable does to it; "" if it reads only.
func use(p *Package, id *ast.Ident, stack []ast.Node, own bool) string {
	place, sliced := ast.Expr(id), false
	for i := len(stack) - 1; i >= 0; i-- {
		switch n := stack[i].(type) {
		case *ast.ParenExpr:
			place = n
			continue
		case *ast.StarExpr:
			place = n
			continue
		case *ast.SelectorExpr:
			if n.Sel == id { // package.Variable
				place = n
				continue
			}
			s := p.Info.Selections[n]
			if s.Kind() == types.FieldVal {
				place = n
				continue
			}
			if f, ok := s.Obj().(*types.Func); ok && !isPointer(s.Recv()) && isPointer(f.Signature().Recv().Type()) {
				return "has its address taken, by method " + f.Name()
			}
			return ""
		case *ast.IndexExpr:
			if n.X == place {
				place = n
				continue
			}
			return ""
		case *ast.SliceExpr:
			if n.X == place {
				sliced = sliced || isArray(p.Info.TypeOf(place))
				place = n
				continue
			}
			return ""
		case *ast.UnaryExpr:
			if n.Op == token.AND {
				return "has its address taken"
			}
			return ""
		case *ast.BinaryExpr:
			return ""
		case *ast.IncDecStmt:
			return "is assigned"
		case *ast.AssignStmt:
			if slices.Contains(n.Lhs, place) {
				return "is assigned"
			}
		case *ast.RangeStmt:
			if n.Key == place || n.Value == place {
				return "is assigned"
			}
			return "" // read, element by element
		case *ast.CallExpr:
			switch b := builtin(p, n); b {
			case "append", "clear", "copy", "delete":
				if n.Args[0] == place {
					return "is changed by " + b
				}
				return ""
			case "len", "cap":
				return ""
			}
			if pkg, name := called(p, n); slices.Contains(readers[pkg], name) {
				return ""
			}
		}
		break
	}
	switch t := p.Info.TypeOf(place); {
	case sliced:
		return "has its address taken, by a slice of it"
	case own && holdsReference(t):
		return "is handed out with what could be changed through it"
	}
	return ""
}

func isPointer(t types.Type) bool {
	_, ok := t.Underlying().(*types.Pointer)
	return ok
}

func isArray(t types.Type) bool {
	_, ok := t.Underlying().(*types.Array)
	return ok
}

// holdsReference reports whether a copy of a value shares what can be changed.
func holdsReference(t types.Type) bool {
	switch t := t.Underlying().(type) {
	case *types.Map, *types.Slice, *types.Pointer, *types.Chan:
		return true
	case *types.Array:
		return holdsReference(t.Elem())
	case *types.Struct:
		for f := range t.Fields() {
			if holdsReference(f.Type()) {
				return true
			}
		}
	}
	return false
}
