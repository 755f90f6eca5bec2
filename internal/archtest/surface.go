package archtest

import (
	"fmt"
	"go/ast"
	"go/types"
	"slices"
	"strings"
)

// Surface lists what a package exports, one sorted line each, much as Go's own
// api files do:
//
//	pkg contract, const MonthEndLast MonthEnd = "last day"
//	pkg contract, func NewDate(int, time.Month, int) (Date, error)
//	pkg contract, method (Date) AddDays(int) Date
//	pkg contract, type Date struct
//	pkg contract, type Period struct, From Date
//
// The tag of a field is part of its line: the names that a document is written
// in are as much a promise as the names of Go. Names of parameters are not.
func Surface(p *Package) []string {
	s := &surface{pkg: p.Types}
	scope := p.Types.Scope()
	for _, name := range scope.Names() {
		if !ast.IsExported(name) {
			continue
		}
		switch o := scope.Lookup(name).(type) {
		case *types.Const:
			s.add("const %s %s = %s", name, s.text(o.Type()), o.Val().ExactString())
		case *types.Var:
			s.add("var %s %s", name, s.text(o.Type()))
		case *types.Func:
			s.add("func %s%s", name, s.signature(o.Signature()))
		case *types.TypeName:
			s.typeName(o)
		}
	}
	slices.Sort(s.lines)
	return s.lines
}

type surface struct {
	pkg   *types.Package
	lines []string
}

func (s *surface) add(format string, args ...any) {
	s.lines = append(s.lines, "pkg "+s.pkg.Name()+", "+fmt.Sprintf(format, args...))
}

// text writes a type; those of other packages under the package's name.
func (s *surface) text(t types.Type) string {
	return types.TypeString(t, func(p *types.Package) string {
		if p == s.pkg {
			return ""
		}
		return p.Name()
	})
}

// signature writes type parameters, parameters and results without their names.
func (s *surface) signature(sig *types.Signature) string {
	nameless := func(t *types.Tuple) *types.Tuple {
		var vars []*types.Var
		for v := range t.Variables() {
			vars = append(vars, types.NewParam(v.Pos(), v.Pkg(), "", v.Type()))
		}
		return types.NewTuple(vars...)
	}
	plain := types.NewSignatureType(nil, nil, nil, nameless(sig.Params()), nameless(sig.Results()), sig.Variadic())
	return s.typeParams(sig.TypeParams()) + strings.TrimPrefix(s.text(plain), "func")
}

func (s *surface) typeParams(list *types.TypeParamList) string {
	if list.Len() == 0 {
		return ""
	}
	var params []string
	for t := range list.TypeParams() {
		params = append(params, t.Obj().Name()+" "+s.text(t.Constraint()))
	}
	return "[" + strings.Join(params, ", ") + "]"
}

func (s *surface) typeName(o *types.TypeName) {
	if o.IsAlias() {
		s.add("type %s = %s", o.Name(), s.text(types.Unalias(o.Type())))
		return
	}
	named := o.Type().(*types.Named)
	head := "type " + o.Name() + s.typeParams(named.TypeParams())
	switch u := named.Underlying().(type) {
	case *types.Struct:
		s.add("%s struct", head)
		s.fields(head, u)
	case *types.Interface:
		s.add("%s %s", head, s.text(u))
		return // its methods are in it
	default:
		s.add("%s %s", head, s.text(u))
	}
	values := types.NewMethodSet(named)
	for m := range types.NewMethodSet(types.NewPointer(named)).Methods() {
		f, ok := m.Obj().(*types.Func)
		if !ok || !f.Exported() {
			continue
		}
		recv := "*" + o.Name()
		if values.Lookup(s.pkg, f.Name()) != nil {
			recv = o.Name()
		}
		s.add("method (%s) %s%s", recv, f.Name(), s.signature(f.Signature()))
	}
}

func (s *surface) fields(head string, t *types.Struct) {
	for i := range t.NumFields() {
		f, tag := t.Field(i), ""
		if !f.Exported() {
			continue
		}
		if t.Tag(i) != "" {
			tag = " `" + t.Tag(i) + "`"
		}
		if f.Embedded() {
			s.add("%s struct, embedded %s%s", head, s.text(f.Type()), tag)
		} else {
			s.add("%s struct, %s %s%s", head, f.Name(), s.text(f.Type()), tag)
		}
	}
}

// Changes compares a surface with one written down, a line each: "- " and what
// is gone, "+ " and what is new.
func Changes(written, surface []string) []string {
	var lines []string
	for _, l := range written {
		if !slices.Contains(surface, l) {
			lines = append(lines, "- "+l)
		}
	}
	for _, l := range surface {
		if !slices.Contains(written, l) {
			lines = append(lines, "+ "+l)
		}
	}
	return lines
}
