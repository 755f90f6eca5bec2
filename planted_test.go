package contract_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cfd16870/contract"
)

var planted = flag.Bool("planted", false, "plant every bug of testdata/planted, not one, and require the test that it names to fail")

// A test is as good as the faults that it finds. Each patch of testdata/planted is a
// fault that someone has made in such a library; the test that it names must fail with
// it. The patched file is laid over the module's for that run alone. One is planted in
// every run; -planted plants all.
func TestPlantedBugs(t *testing.T) {
	if os.Getenv("CONTRACT_PLANTED") != "" {
		t.Skip("this is the run of a planted bug")
	}
	patches, err := filepath.Glob("testdata/planted/*.patch")
	require.NoError(t, err)
	require.GreaterOrEqual(t, len(patches), 10)
	for _, path := range patches {
		name := strings.TrimSuffix(filepath.Base(path), ".patch")
		bug := readPatch(t, path)
		t.Run(name, func(t *testing.T) {
			original, err := os.ReadFile(bug.file)
			require.NoError(t, err)
			patched := bug.apply(t, string(original))
			if !*planted && name != "boundary" {
				return // it fits what stands there now
			}
			out, err := runPatched(t, bug, patched)
			require.Error(t, err, "%s lets it pass: %s", bug.test, bug.what)
			require.Contains(t, out, "--- FAIL: "+bug.test, "%s", out)
			t.Logf("%s: %s fails", bug.what, bug.test)
		})
	}
}

// plantedBug is one patch.
type plantedBug struct{ what, file, pkg, test, diff string }

func readPatch(t *testing.T, path string) plantedBug {
	data, err := os.ReadFile(path)
	require.NoError(t, err)
	head, diff, ok := strings.Cut(string(data), "\n--- ")
	require.True(t, ok, "%s has no diff", path)
	field := func(name string) string {
		m := regexp.MustCompile(`(?m)^` + name + `: (.+)$`).FindStringSubmatch(head)
		require.NotNil(t, m, "%s has no %s", path, name)
		return m[1]
	}
	what, _, _ := strings.Cut(head, "\n")
	return plantedBug{what, field("File"), field("Package"), field("Test"), "--- " + diff}
}

// apply works the hunks of a unified diff into the text: what they take out must stand
// there, once.
func (b plantedBug) apply(t *testing.T, text string) string {
	for _, hunk := range regexp.MustCompile(`(?m)^@@ .*\n`).Split(b.diff, -1)[1:] {
		var was, is strings.Builder
		for line := range strings.Lines(hunk) {
			switch line[0] {
			case ' ':
				was.WriteString(line[1:])
				is.WriteString(line[1:])
			case '-':
				was.WriteString(line[1:])
			case '+':
				is.WriteString(line[1:])
			}
		}
		require.Equal(t, 1, strings.Count(text, was.String()), "the patch does not fit %s any more: make it anew", b.file)
		text = strings.Replace(text, was.String(), is.String(), 1)
	}
	return text
}

// runPatched runs the test that a bug names, the patched file in place of the other.
func runPatched(t *testing.T, b plantedBug, patched string) (string, error) {
	dir := t.TempDir()
	file := filepath.Join(dir, "patched.go")
	require.NoError(t, os.WriteFile(file, []byte(patched), 0o600))
	original, err := filepath.Abs(b.file)
	require.NoError(t, err)
	overlay, err := json.Marshal(map[string]any{"Replace": map[string]string{original: file}})
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(filepath.Join(dir, "overlay.json"), overlay, 0o600))
	run := exec.Command("go", "test", "-vet=off", "-overlay", filepath.Join(dir, "overlay.json"), b.pkg, "-run", "^"+b.test+"$", "-rapid.shrinktime=0s", "-rapid.nofailfile")
	run.Env = append(os.Environ(), "CONTRACT_PLANTED=1")
	var out bytes.Buffer
	run.Stdout, run.Stderr = &out, &out
	err = run.Run()
	return out.String(), err
}

// A pause that begins, or ends, just where time is used up or hours end.
func TestPausesAtTheEdgesOfHours(t *testing.T) {
	c := pausable(t, contract.SkipWhollyPaused)
	target := mustTarget(t, c, "technical response") // within one service hour
	for _, tt := range []struct{ why, received, paused, resumed, due string }{
		{"used up at closing as the pause begins: it ends at closing", "2024-03-04 17:00", "2024-03-04 18:00", "2024-03-05 12:00", "2024-03-04 18:00"},
		{"used up within hours as the pause begins", "2024-03-04 09:00", "2024-03-04 10:00", "2024-03-04 11:00", "2024-03-04 10:00"},
		{"paused a minute before", "2024-03-04 09:00", "2024-03-04 09:59", "2024-03-04 11:00", "2024-03-04 11:01"},
		{"a pause of the lunch break alone changes nothing", "2024-03-04 11:30", "2024-03-04 12:00", "2024-03-04 13:00", "2024-03-04 13:30"},
		{"a pause from closing to opening changes nothing", "2024-03-04 17:30", "2024-03-04 18:00", "2024-03-05 09:00", "2024-03-05 09:30"},
		{"a pause that ends at closing leaves the rest to the morning", "2024-03-04 17:30", "2024-03-04 17:45", "2024-03-04 18:00", "2024-03-05 09:45"},
		{"a pause from the first moment", "2024-03-04 09:00", "2024-03-04 09:00", "2024-03-04 09:10", "2024-03-04 10:10"},
	} {
		t.Run(tt.why, func(t *testing.T) {
			r := &contract.Request{ID: "R", Received: at(tt.received), Events: []contract.Event{
				ev(contract.EventPaused, tt.paused, customer), ev(contract.EventResumed, tt.resumed, customer)}}
			m, err := target.Measure(r, at("2024-03-06 18:00"))
			require.NoError(t, err)
			assert.Equal(t, at(tt.due), m.Due)
			require.NoError(t, m.Explain().Check().Err())
		})
	}
}
