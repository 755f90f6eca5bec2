package archtest

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// Allowed says what a package may import. Patterns are import paths; os/... is
// os and all below it.
type Allowed struct {
	NotStandard []string // packages of the standard library that it may not import
	Also        []string // packages outside the standard library that it may import
}

// Imports checks the imports of a package.
func Imports(p *Package, a Allowed) []string {
	r := &report{p: p}
	for _, f := range p.files {
		for _, spec := range f.syntax.Imports {
			path, _ := strconv.Unquote(spec.Path.Value) // it was parsed
			if standard(path) && matches(a.NotStandard, path) || !standard(path) && !matches(a.Also, path) {
				r.add(spec.Pos(), "imports %s", path)
			}
		}
	}
	return r.lines()
}

// standard reports whether an import path is of the standard library: its first
// element has no dot.
func standard(path string) bool {
	first, _, _ := strings.Cut(path, "/")
	return !strings.Contains(first, ".")
}

func matches(patterns []string, path string) bool {
	return slices.ContainsFunc(patterns, func(pattern string) bool {
		if root, ok := strings.CutSuffix(pattern, "/..."); ok {
			return path == root || strings.HasPrefix(path, root+"/")
		}
		return path == pattern
	})
}

// Dependencies checks that a module, in the form of go mod edit -json, requires
// the given modules directly and no other, and replaces none.
func Dependencies(module []byte, direct []string) []string {
	var m struct {
		Require []struct {
			Path     string
			Indirect bool
		}
		Replace []struct{ Old struct{ Path string } }
		Tool    []struct{ Path string }
	}
	if err := json.NewDecoder(bytes.NewReader(module)).Decode(&m); err != nil {
		return []string{"go.mod: " + err.Error()}
	}
	var lines []string
	var have []string
	for _, q := range m.Require {
		if q.Indirect {
			continue
		}
		have = append(have, q.Path)
		if !slices.Contains(direct, q.Path) {
			lines = append(lines, fmt.Sprintf("go.mod: requires %s", q.Path))
		}
	}
	for _, d := range direct {
		if !slices.Contains(have, d) {
			lines = append(lines, fmt.Sprintf("go.mod: does not require %s", d))
		}
	}
	for _, q := range m.Replace {
		lines = append(lines, fmt.Sprintf("go.mod: replaces %s", q.Old.Path))
	}
	for _, q := range m.Tool {
		lines = append(lines, fmt.Sprintf("go.mod: has tool %s", q.Path))
	}
	return lines
}
