package archtest

import (
	"go/token"
	"go/types"
	"slices"
)

// A Chapter is some files of a package that belong together, on a floor.
type Chapter struct {
	Name  string
	Floor int
	Files []string
	Below []string // the chapters that it may use, each on a lower floor
}

// Floors checks that each file of a package uses its own chapter and those below
// it only. A use is any mention of a function, type, method, field, variable or
// constant of the package; its place is the file that declares it, so a method
// declared on a lower type by a higher file is a use of the higher file. The
// table names every file of the package, and no other.
func Floors(p *Package, chapters []Chapter) []string {
	r := &report{p: p}
	byFile := make(map[string]*Chapter)
	byName := make(map[string]*Chapter)
	for i := range chapters {
		c := &chapters[i]
		byName[c.Name] = c
		for _, f := range c.Files {
			if other, ok := byFile[f]; ok {
				r.addFile(f, "listed in chapter %s and in chapter %s", other.Name, c.Name)
			}
			byFile[f] = c
			if !slices.ContainsFunc(p.files, func(have file) bool { return have.name == f }) {
				r.addFile(f, "listed in chapter %s and does not exist", c.Name)
			}
		}
	}
	for _, c := range chapters {
		for _, name := range c.Below {
			if b, ok := byName[name]; !ok || b.Floor >= c.Floor {
				r.addFile("table", "chapter %s of floor %d lists %s below it, which is no chapter of a lower floor", c.Name, c.Floor, name)
			}
		}
	}
	for _, f := range p.files {
		if byFile[f.name] == nil {
			r.addFile(f.name, "listed in no chapter")
		}
	}
	use := func(pos token.Pos, obj types.Object) {
		if obj.Pkg() != p.Types || !obj.Pos().IsValid() {
			return
		}
		in, of := p.fileOf(pos), p.fileOf(obj.Pos())
		from, to := byFile[in], byFile[of]
		if in == of || from == nil || to == nil || from == to || slices.Contains(from.Below, to.Name) {
			return
		}
		r.add(pos, "%s of %s: chapter %s (floor %d) does not use chapter %s (floor %d)",
			describe(obj), of, from.Name, from.Floor, to.Name, to.Floor)
	}
	for id, obj := range p.Info.Uses {
		use(id.Pos(), obj)
	}
	// A promoted field or method goes through embedded fields that nobody spells.
	for sel, s := range p.Info.Selections {
		t := s.Recv()
		for _, i := range s.Index()[:len(s.Index())-1] {
			if ptr, ok := t.Underlying().(*types.Pointer); ok {
				t = ptr.Elem()
			}
			field := t.Underlying().(*types.Struct).Field(i)
			use(sel.Sel.Pos(), field)
			t = field.Type()
		}
	}
	return r.lines()
}

// describe says what an object is, and its name.
func describe(obj types.Object) string {
	switch o := obj.(type) {
	case *types.Func:
		o = o.Origin()
		if recv := o.Signature().Recv(); recv != nil {
			return "method " + types.TypeString(recv.Type(), func(*types.Package) string { return "" }) + "." + o.Name()
		}
		return "func " + o.Name()
	case *types.Var:
		if o.IsField() {
			return "field " + o.Name()
		}
		return "var " + o.Name()
	case *types.Const:
		return "const " + o.Name()
	case *types.TypeName:
		return "type " + o.Name()
	}
	return obj.Name()
}

// NoDeclarations checks that a file is a comment and a package clause.
func NoDeclarations(p *Package, name string) []string {
	r := &report{p: p}
	for _, f := range p.files {
		if f.name == name {
			for _, d := range f.syntax.Decls {
				r.add(d.Pos(), "a declaration; this file is documentation only")
			}
		}
	}
	return r.lines()
}
