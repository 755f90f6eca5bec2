package contract_test

import (
	"fmt"
	"go/ast"
	"go/doc"
	"go/parser"
	"go/token"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// withoutExample is the verbs that need no Example, each with the reason. An entry
// is a package and a verb, or "*." and a method of any type of any package. Verbs
// that work something out are not in it. An entry that exempts nothing is a fault.
var withoutExample = map[string]string{
	"*.Error":         "of the interface error",
	"*.Unwrap":        "called by errors.Is and errors.As: ExampleErrors",
	"*.String":        "called by fmt: every example prints",
	"*.MarshalText":   "called by encoding/json: ExampleDocument_JSON",
	"*.UnmarshalText": "called by encoding/json: ExampleParse",
	"*.Words":         "the constants of the type, as a list",
	"*.Explain":       "the working of a result, read as in ExampleMeasurement_Explain and ExampleStatement_Figure",
	"*.FigureID":      "a stored value",

	"contract.MustCompile":      "Compile that panics",
	"contract.MustParse":        "Parse that panics",
	"contract.MustParseDate":    "ParseDate that panics",
	"contract.MustParseMoney":   "ParseMoney that panics",
	"contract.MustParsePercent": "ParsePercent that panics",
	"contract.MustParseSpan":    "ParseSpan that panics",

	"contract.Attainment.Clause":         "a stored value",
	"contract.Availability.AtBest":       "in ExampleContract_Availability",
	"contract.Availability.AtLeast":      "a stored value",
	"contract.Availability.Clause":       "a stored value",
	"contract.Availability.Met":          "in ExampleContract_Availability",
	"contract.Availability.Percent":      "in ExampleContract_Availability",
	"contract.Calendar.Name":             "a stored value",
	"contract.Calendar.Version":          "a stored value",
	"contract.Contract.Zone":             "a stored value",
	"contract.Deadline.Clause":           "a stored value",
	"contract.Deadline.Target":           "a stored value",
	"contract.Deadline.Terms":            "as in ExampleMeasurement_Terms",
	"contract.Measurement.Clause":        "a stored value",
	"contract.Measurement.Calendars":     "as in ExampleMeasurement_Terms",
	"contract.Measurement.Cycle":         "a stored value",
	"contract.Measurement.Request":       "a stored value",
	"contract.Measurement.Target":        "a stored value",
	"contract.Money.Currency":            "a stored value",
	"contract.Satisfaction.AtLeastScore": "a stored value",
	"contract.Score.IsStated":            "told from the zero value",
	"contract.MustParseScore":            "ParseScore that panics",
	"contract.Satisfaction.AtLeast":      "a stored value",
	"contract.Satisfaction.Clause":       "a stored value",
	"contract.Statistic.Clause":          "a stored value",
	"contract.Ratio.Clause":              "a stored value",
	"contract.Ratio.Met":                 "in ExampleContract_NewRatioTally",
	"contract.Ratio.Percent":             "in ExampleContract_NewRatioTally",
	"contract.RatioTally.Add":            "in ExampleContract_NewRatioTally",
	"contract.RatioTally.Merge":          "as StatisticTally.Merge",
	"contract.RatioTally.Ratios":         "in ExampleContract_NewRatioTally",
	"contract.StatisticTally.Add":        "in ExampleContract_NewStatisticTally",
	"contract.Statistic.Requests":        "in ExampleContract_NewStatisticTally",
	"contract.Statistic.Share":           "in ExampleContract_NewStatisticTally",
	"contract.Statistic.Time":            "in ExampleContract_NewStatisticTally",

	"contract.StatisticTally.Merge":      "in ExampleContract_NewStatisticTally",
	"contract.StatisticTally.Statistics": "in ExampleContract_NewStatisticTally",

	"contract.Schedule.Zone":    "a stored value",
	"contract.Series.Name":      "a stored value",
	"contract.Series.Published": "stored values",
	"contract.Span.Unit":        "a stored value",
	"contract.Target.Name":      "a stored value",

	"contract.Date.Year":   "the year of Date.Date",
	"contract.Date.After":  "Date.Compare above 0",
	"contract.Date.Before": "Date.Compare below 0",

	"contract.Date.IsValid":     "told from the zero value",
	"contract.Date.IsZero":      "told from the zero value",
	"contract.Money.IsZero":     "Money.Compare with 0",
	"contract.Money.Sign":       "Money.Compare with 0",
	"contract.Percent.IsStated": "told from the zero value",
	"contract.Period.IsValid":   "Period.Days above 0",
	"contract.Span.IsZero":      "told from the zero value",
	"contract.Unit.IsValid":     "told from the constants",

	"contract.SurveyTally.Add":          "in ExampleContract_NewSurveyTally",
	"contract.SurveyTally.Satisfaction": "in ExampleContract_NewSurveyTally",

	"contract.FindingCode.IsError": "told from the constants",
}

// TestEveryVerbHasAnExample: what a reader can call, godoc shows being called.
func TestEveryVerbHasAnExample(t *testing.T) {
	var verbs, shown []string
	for _, dir := range []string{".", "proof", "cn", "fromcal"} {
		v, s := verbsAndExamples(t, sourcesIn(t, dir))
		require.NotEmpty(t, v, dir)
		verbs, shown = append(verbs, v...), append(shown, s...)
	}
	missing, idle := lackingExample(verbs, shown, withoutExample)
	assert.Empty(t, missing, "verbs without an Example whose output is checked")
	assert.Empty(t, idle, "exemptions of verbs that do not exist or have an Example")
}

// A test that finds nothing has to be seen finding something.
func TestEveryVerbHasAnExampleSeesWhatIsMissing(t *testing.T) {
	verbs, shown := verbsAndExamples(t, map[string]string{
		"sla.go": `package sla
type Clock struct{}
type list[E any] []E
type Pauses[E any] []E
func Within(s string) Clock { return Clock{} }
func MustWithin(s string) Clock { return Clock{} }
func WithinDays(n int) Clock { return Clock{} }
func within() {}
func (c *Clock) Stop() {}
func (c Clock) StopAt(n int) {}
func (Clock) Left() int { return 0 }
func (Clock) Used() int { return 0 }
func (Clock) String() string { return "" }
func (Clock) left() {}
func (list[E]) Len() int { return 0 }
func (*Pauses[E]) Merge() {}
`,
		"sla_test.go": `package sla_test
import "fmt"
func ExampleWithin_serviceHours() {
	fmt.Println(1)
	// Output: 1
}
func ExampleClock_Stop() {
	fmt.Println(1)
	// Output: 1
}
func ExampleClock_Used() {
	fmt.Println("compiled, and not run")
}
func ExampleClock_Left() {
	// Output:
}
`,
	})
	assert.Equal(t, []string{
		"sla.Clock.Left", "sla.Clock.Stop", "sla.Clock.StopAt", "sla.Clock.String", "sla.Clock.Used",
		"sla.MustWithin", "sla.Pauses.Merge", "sla.Within", "sla.WithinDays",
	}, verbs)
	missing, idle := lackingExample(verbs, shown, map[string]string{
		"*.String":       "called by fmt",
		"*.Unwrap":       "of no type here",
		"sla.MustWithin": "Within that panics",
		"sla.Within":     "it has one",
		"sla.Gone":       "it is no longer there",
	})
	assert.Equal(t, []string{"sla.Clock.StopAt", "sla.Clock.Used", "sla.Pauses.Merge", "sla.WithinDays"}, missing)
	assert.Equal(t, []string{"*.Unwrap", "sla.Gone", "sla.Within"}, idle)
}

// sourcesIn reads the Go files of a directory.
func sourcesIn(t *testing.T, dir string) map[string]string {
	t.Helper()
	paths, err := filepath.Glob(filepath.Join(dir, "*.go"))
	require.NoError(t, err)
	sources := make(map[string]string, len(paths))
	for _, path := range paths {
		data, err := os.ReadFile(path)
		require.NoError(t, err)
		sources[path] = string(data)
	}
	return sources
}

// verbsAndExamples lists the exported functions of a package and the exported
// methods of its exported types, as package.Func and package.Type.Method; and the
// examples of its test files that are run and compared, as package.Func,
// package.Type_Method or either with a suffix.
func verbsAndExamples(t *testing.T, sources map[string]string) (verbs, examples []string) {
	t.Helper()
	fset := token.NewFileSet()
	for _, path := range slices.Sorted(maps.Keys(sources)) {
		file, err := parser.ParseFile(fset, path, sources[path], parser.ParseComments|parser.SkipObjectResolution)
		require.NoError(t, err)
		pkg := file.Name.Name
		if strings.HasSuffix(path, "_test.go") {
			for _, e := range doc.Examples(file) {
				if e.Output != "" || e.EmptyOutput {
					examples = append(examples, strings.TrimSuffix(pkg, "_test")+"."+e.Name)
				}
			}
			continue
		}
		for _, decl := range file.Decls {
			f, ok := decl.(*ast.FuncDecl)
			if !ok || !f.Name.IsExported() {
				continue
			}
			of := receiver(f)
			switch {
			case f.Recv == nil:
				verbs = append(verbs, pkg+"."+f.Name.Name)
			case ast.IsExported(of):
				verbs = append(verbs, fmt.Sprintf("%s.%s.%s", pkg, of, f.Name.Name))
			}
		}
	}
	slices.Sort(verbs)
	slices.Sort(examples)
	return verbs, examples
}

// receiver is the name of the type of which f is a method, "" for a function.
func receiver(f *ast.FuncDecl) string {
	if f.Recv == nil {
		return ""
	}
	of := f.Recv.List[0].Type
	for {
		switch x := of.(type) {
		case *ast.ParenExpr:
			of = x.X
		case *ast.StarExpr:
			of = x.X
		case *ast.IndexExpr:
			of = x.X
		case *ast.IndexListExpr:
			of = x.X
		case *ast.Ident:
			return x.Name
		default:
			return ""
		}
	}
}

// lackingExample returns the verbs that no example shows and no exemption names,
// and the exemptions that exempt nothing.
func lackingExample(verbs, examples []string, exempt map[string]string) (missing, idle []string) {
	used := make(map[string]bool)
	for _, verb := range verbs {
		if slices.ContainsFunc(examples, func(e string) bool { return shows(e, verb) }) {
			continue
		}
		ofAny := ""
		if strings.Count(verb, ".") == 2 {
			ofAny = "*" + verb[strings.LastIndexByte(verb, '.'):]
		}
		switch {
		case exempt[verb] != "":
			used[verb] = true
		case exempt[ofAny] != "":
			used[ofAny] = true
		default:
			missing = append(missing, verb)
		}
	}
	for entry := range exempt {
		if !used[entry] {
			idle = append(idle, entry)
		}
	}
	slices.Sort(idle)
	return missing, idle
}

// shows reports whether an example is one of the verb: of its name, or of its name
// and a suffix, which begins with a small letter.
func shows(example, verb string) bool {
	pkg, name, _ := strings.Cut(verb, ".")
	rest, ok := strings.CutPrefix(example, pkg+"."+strings.ReplaceAll(name, ".", "_"))
	if !ok || rest == "" {
		return ok
	}
	suffix, ok := strings.CutPrefix(rest, "_")
	first, _ := utf8.DecodeRuneInString(suffix)
	return ok && unicode.IsLower(first)
}
