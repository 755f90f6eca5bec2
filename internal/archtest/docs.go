package archtest

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
)

// Docs checks that a package and all that it exports is documented. The fields
// of a type stand under its comment; a constant or variable may stand under that
// of its group, a constant also under that of its type.
func Docs(p *Package) []string {
	r := &report{p: p}
	if !slices.ContainsFunc(p.files, func(f file) bool { return has(f.syntax.Doc) }) {
		r.addFile(p.Path, "no package comment")
	}
	documented := make(map[types.Object]bool)
	var values []*ast.GenDecl
	for _, f := range p.files {
		for _, d := range f.syntax.Decls {
			switch d := d.(type) {
			case *ast.FuncDecl:
				if d.Name.IsExported() && !has(d.Doc) && receiverExported(d) {
					r.add(d.Name.Pos(), "%s has no comment", describe(p.Info.Defs[d.Name]))
				}
			case *ast.GenDecl:
				if d.Tok == token.CONST || d.Tok == token.VAR {
					values = append(values, d)
					continue
				}
				for _, s := range d.Specs {
					if t, ok := s.(*ast.TypeSpec); ok {
						doc := has(t.Doc) || !d.Lparen.IsValid() && has(d.Doc)
						documented[p.Info.Defs[t.Name]] = doc
						if t.Name.IsExported() && !doc {
							r.add(t.Name.Pos(), "type %s has no comment", t.Name.Name)
						}
					}
				}
			}
		}
	}
	for _, d := range values {
		for _, s := range d.Specs {
			v := s.(*ast.ValueSpec)
			for _, name := range v.Names {
				if !name.IsExported() || has(d.Doc) || has(v.Doc) {
					continue
				}
				obj := p.Info.Defs[name]
				if t, ok := obj.Type().(*types.Named); ok && d.Tok == token.CONST && documented[t.Obj()] {
					continue
				}
				r.add(name.Pos(), "%s has no comment", describe(obj))
			}
		}
	}
	return r.lines()
}

func has(doc *ast.CommentGroup) bool { return doc != nil && doc.Text() != "" }

// receiverExported reports whether a function is one of a package, or a method
// of an exported type.
func receiverExported(d *ast.FuncDecl) bool {
	if d.Recv == nil {
		return true
	}
	t := d.Recv.List[0].Type
	for {
		switch x := t.(type) {
		case *ast.StarExpr:
			t = x.X
		case *ast.IndexExpr:
			t = x.X
		case *ast.IndexListExpr:
			t = x.X
		case *ast.Ident:
			return x.IsExported()
		default:
			return false
		}
	}
}
