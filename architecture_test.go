package contract_test

import (
	"bytes"
	"encoding/json"
	"go/importer"
	"go/token"
	"io"
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

const (
	modulePath  = "github.com/cfd16870/contract"
	calPath     = "github.com/rickar/cal/v2"
	decimalPath = "github.com/shopspring/decimal"
)

// The house: who may use whom. A file uses its own chapter and those below it.
// Service levels and fees never see each other, they meet in penalties; endings
// know no service level.
var house = []archtest.Chapter{
	{Name: "words", Floor: 0, Files: []string{
		"date.go", "span.go", "money.go", "currency.go", "choice.go", "errors.go", "recorder.go", "pointer.go", "zone.go",
		"calc.go", "law.go", "series.go", "score.go",
	}},
	{Name: "hours", Floor: 1, Below: []string{"words"}, Files: []string{
		"hours.go", "calendar.go", "days.go", "window.go", "serviceline.go", "versions.go", "quotes.go",
		"period.go", "periods.go", "notice.go", "season.go", "combine.go", "hours_explain.go", "overlay.go",
	}},
	{Name: "sla", Floor: 2, Below: []string{"words", "hours"}, Files: []string{
		"sla.go", "measure.go", "fold.go", "plain.go", "plainclock.go", "pause.go", "warning.go", "workingday.go", "extension.go", "attainment.go", "satisfaction.go", "statistics.go", "explain.go",
		"availability.go", "downtime.go", "ratios.go",
	}},
	{Name: "fees", Floor: 2, Below: []string{"words", "hours"}, Files: []string{
		"fees.go", "charge.go", "prices.go", "adjust.go", "tax.go", "invoice.go", "due.go", "debt.go",
	}},
	{Name: "penalties", Floor: 3, Below: []string{"words", "hours", "sla", "fees"}, Files: []string{
		"penalties.go", "late.go", "ledger.go", "account.go", "credits.go", "breach.go",
	}},
	{Name: "ending", Floor: 3, Below: []string{"words", "hours", "fees"}, Files: []string{
		"termination.go", "term.go", "rights.go", "refund.go",
	}},
	{Name: "roof", Floor: 4, Below: []string{"words", "hours", "sla", "fees", "penalties", "ending"}, Files: []string{
		"contract.go", "bind.go", "compile.go", "document.go", "amend.go", "check.go", "build.go", "validate.go", "doc.go",
		"build_periods.go", "build_fees.go", "build_penalties.go", "build_ending.go",
		"bill.go", "accounts.go", "moved.go", "remedies.go", "life.go", "agenda.go", "check_fees.go", "check_penalties.go", "check_ending.go",
		"statement.go", "statement_records.go", "statement_invoices.go", "statement_money.go", "statement_finish.go", "statement_json.go",
		"outages.go", "check_counting.go",
	}},
}

// outOfBounds is what no package of the library imports: it reads no file and no
// environment, opens no connection, writes no log, draws no lots, and leaves the
// zones of the world to the program.
var outOfBounds = []string{
	"C", "context", "flag", "log/...", "math/rand/...", "net/...", "os/...", "plugin", "syscall/...", "testing/...", "time/tzdata", "unsafe",
}

// mayImport says what a package may import.
func mayImport(path string) (a archtest.Allowed, ok bool) {
	a.NotStandard = outOfBounds
	switch in := placeOf(path); {
	case in == "root":
		a.Also = []string{decimalPath, modulePath + "/proof", modulePath + "/internal/..."}
	case in == "internal/timeline":
		a.Also = []string{modulePath + "/internal/effort"}
	case in == "proof", strings.HasPrefix(in, "internal/"):
	case in == "cn": // whose prime rates are figures
		a.Also = []string{decimalPath, modulePath, calPath + "/..."}
	case in == "fromcal":
		a.Also = []string{modulePath, calPath + "/..."}
	case strings.HasPrefix(in, "examples/"):
		a.NotStandard = nil
		a.Also = []string{decimalPath, modulePath, modulePath + "/proof", modulePath + "/cn", modulePath + "/fromcal", modulePath + "/examples/...", calPath + "/..."}
	default:
		return a, false
	}
	return a, true
}

// placeOf is a package by its place in the module.
func placeOf(path string) string {
	if path == modulePath {
		return "root"
	}
	return strings.TrimPrefix(path, modulePath+"/")
}

func isExample(path string) bool { return strings.HasPrefix(placeOf(path), "examples/") }

// loadModule reads every package of the module from its source, and what they
// import from the compiler's export data: no network, and no type-check of the
// standard library. An example that does not compile is left to its own tests.
var loadModule = sync.OnceValues(func() (map[string]*archtest.Package, error) {
	list := exec.Command("go", "list", "-e", "-export", "-deps", "-json=ImportPath,Dir,Export,GoFiles,IgnoredGoFiles,DepOnly", "./...")
	list.Stderr = os.Stderr
	out, err := list.Output()
	if err != nil {
		return nil, err
	}
	type listed struct {
		ImportPath, Dir, Export string
		GoFiles, IgnoredGoFiles []string
		DepOnly                 bool
	}
	exports := make(map[string]string)
	var ours []listed
	for dec := json.NewDecoder(bytes.NewReader(out)); ; {
		var p listed
		if err := dec.Decode(&p); err == io.EOF {
			break
		} else if err != nil {
			return nil, err
		}
		exports[p.ImportPath] = p.Export
		if !p.DepOnly {
			ours = append(ours, p)
		}
	}
	imp := importer.ForCompiler(token.NewFileSet(), "gc", func(path string) (io.ReadCloser, error) { return os.Open(exports[path]) })
	packages := make(map[string]*archtest.Package)
	for _, p := range ours {
		sources := make(map[string]string)
		// A file for another system is a file of the house too.
		for _, file := range slices.Concat(p.GoFiles, p.IgnoredGoFiles) {
			if strings.HasSuffix(file, "_test.go") {
				continue
			}
			if p.ImportPath == modulePath+"/internal/effort" && file == "on.go" {
				continue // the counter, which is in a build for tests alone, in place of the other file
			}
			text, err := os.ReadFile(filepath.Join(p.Dir, file))
			if err != nil {
				return nil, err
			}
			sources[file] = string(text)
		}
		if len(sources) == 0 {
			continue // tests only
		}
		loaded, err := archtest.Load(p.ImportPath, sources, imp)
		if err != nil && !isExample(p.ImportPath) {
			return nil, err
		}
		if loaded != nil {
			packages[p.ImportPath] = loaded
		}
	}
	return packages, nil
})

func packagesOf(t *testing.T) map[string]*archtest.Package {
	t.Helper()
	packages, err := loadModule()
	require.NoError(t, err)
	require.Contains(t, packages, modulePath)
	return packages
}

// eachPackage runs a check over every package but the examples.
func eachPackage(t *testing.T, check func(t *testing.T, p *archtest.Package)) {
	t.Helper()
	for path, p := range packagesOf(t) {
		if !isExample(path) {
			t.Run(placeOf(path), func(t *testing.T) { check(t, p) })
		}
	}
}

// noFaults reports faults, one a line.
func noFaults(t *testing.T, faults []string) {
	t.Helper()
	for _, f := range faults {
		t.Error(f)
	}
}

func TestFloors(t *testing.T) {
	root := packagesOf(t)[modulePath]
	noFaults(t, archtest.Floors(root, house))
	noFaults(t, archtest.NoDeclarations(root, "doc.go"))
}

func TestImports(t *testing.T) {
	for path, p := range packagesOf(t) {
		t.Run(placeOf(path), func(t *testing.T) {
			allowed, ok := mayImport(path)
			if !ok {
				t.Fatalf("%s: nothing says what this package may import", path)
			}
			noFaults(t, archtest.Imports(p, allowed))
		})
	}
}

func TestDirectDependencies(t *testing.T) {
	out, err := exec.Command("go", "mod", "edit", "-json").Output()
	require.NoError(t, err)
	noFaults(t, archtest.Dependencies(out, []string{calPath, decimalPath, "github.com/stretchr/testify", "pgregory.net/rapid"}))
}

// No answer depends on when or where it is asked.
func TestNoClock(t *testing.T) {
	eachPackage(t, func(t *testing.T, p *archtest.Package) {
		var refusals map[string]int
		if p.Path == modulePath {
			refusals = map[string]int{"hours.go": 1} // NewSchedule refuses it
		}
		noFaults(t, archtest.Clock(p, refusals))
	})
}

// The engine keeps no state, computes without floating point, and neither
// panics nor starts a goroutine.
func TestEngineIsPure(t *testing.T) {
	root := packagesOf(t)[modulePath]
	for _, c := range []struct {
		name  string
		check func(*archtest.Package) []string
	}{
		{"state", archtest.State},
		{"floats", archtest.Floats},
		{"panics", archtest.Panics},
		{"goroutines", archtest.Goroutines},
	} {
		t.Run(c.name, func(t *testing.T) { noFaults(t, c.check(root)) })
	}
}

// TestExportedSurface compares what is exported with testdata/api.txt. A change
// that is meant is written there by
//
//	go test -run TestExportedSurface -update .
//
// and read in the diff: a line that goes or changes breaks somebody's program.
func TestExportedSurface(t *testing.T) {
	const path = "testdata/api.txt"
	packages := packagesOf(t)
	var surface []string
	for _, p := range []string{modulePath, modulePath + "/proof", modulePath + "/cn", modulePath + "/fromcal"} {
		require.Contains(t, packages, p)
		surface = append(surface, archtest.Surface(packages[p])...)
	}
	slices.Sort(surface)
	if *update {
		require.NoError(t, os.WriteFile(path, []byte(strings.Join(surface, "\n")+"\n"), 0o644))
	}
	written, err := os.ReadFile(path)
	require.NoError(t, err)
	lines := strings.Split(strings.TrimSuffix(string(written), "\n"), "\n")
	noFaults(t, archtest.Changes(lines, surface))
	assert.True(t, slices.IsSorted(lines), "%s is sorted", path)
}

func TestDocComments(t *testing.T) {
	eachPackage(t, func(t *testing.T, p *archtest.Package) { noFaults(t, archtest.Docs(p)) })
}
