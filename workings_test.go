package contract_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cfd16870/contract"
	"github.com/cfd16870/contract/proof"
)

// golden holds text against a file of testdata, or writes it with -update.
func golden(t *testing.T, name, text string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		require.NoError(t, os.MkdirAll(filepath.Dir(path), 0o755))
		require.NoError(t, os.WriteFile(path, []byte(text), 0o644))
	}
	want, err := os.ReadFile(path)
	require.NoError(t, err)
	assert.Equal(t, string(want), text)
}

// The working of every question, as an auditor reads it, in both languages.
func TestWorkingsOfTheQuestions(t *testing.T) {
	doc := sampleDocument(t)
	var en, zh strings.Builder
	for _, q := range questions(t) {
		w := q.answer(t, q.contract(t, doc))
		if w == nil {
			continue
		}
		require.NoError(t, w.Check().Err(), q.Why)
		head := "# " + q.Question + ": " + q.Why + "\n\n"
		en.WriteString(head + w.Text(proof.English) + "\n")
		zh.WriteString(head + w.Text(proof.Chinese) + "\n")
	}
	golden(t, "workings/questions.en.golden", en.String())
	golden(t, "workings/questions.zh.golden", zh.String())
}

// A working is plain data: it goes through JSON and comes back the same.
func TestWorkingsThroughJSON(t *testing.T) {
	d, err := sample(t).Deadline("repair", at("2025-09-25 15:00"))
	require.NoError(t, err)
	w := d.Explain()
	data, err := json.Marshal(w)
	require.NoError(t, err)
	again, err := proof.Decode(data)
	require.NoError(t, err)
	assert.Equal(t, w, again)
	assert.True(t, again.Sealed())
	assert.Equal(t, w.Seal, d.Explain().Seal, "the same question, the same working")
}

// A step of a working is found by what it is called and how it came about.
type stepKey struct {
	op   proof.Op
	name string
}

func find(t *testing.T, w *proof.Working, k stepKey) int {
	t.Helper()
	i := slices.IndexFunc(w.Steps, func(s proof.Step) bool {
		return s.Op == k.op && (s.Name == k.name || strings.HasPrefix(s.Value.Text, k.name))
	})
	require.GreaterOrEqual(t, i, 0, "no step %v", k)
	return i
}

// Each row changes one value or one link of a working that holds. Check finds the
// step that no longer follows; the seal finds the change as well.
func TestCheckFindsTheStep(t *testing.T) {
	c := sample(t)
	repair, err := c.Deadline("repair", at("2025-09-25 15:00"))
	require.NoError(t, err)
	technical, err := c.Deadline("technical response", at("2024-04-03 17:20"))
	require.NoError(t, err)
	paused, err := mustTarget(t, c, "repair").Measure(&contract.Request{ID: "R1", Source: "requests.csv:2", Received: at("2026-04-28 10:00"), Events: []contract.Event{
		ev(contract.EventPaused, "2026-05-07 09:00", customer), ev(contract.EventResumed, "2026-05-08 12:00", customer)}}, at("2026-05-09 00:00"))
	require.NoError(t, err)
	late, err := mustTarget(t, c, "technical response").Measure(&contract.Request{ID: "R2", Source: "requests.csv:3", Received: at("2026-02-13 17:00"),
		Events: []contract.Event{ev(contract.EventResponded, "2026-02-13 18:00:01")}}, at("2026-03-01 00:00"))
	require.NoError(t, err)
	march := pooled(t, tally(t, c, map[contract.Status]int{contract.StatusMet: 38, contract.StatusBreached: 2, openAndLate: 1}))

	value := func(text string) func(*proof.Step, *proof.Working) {
		return func(s *proof.Step, _ *proof.Working) { s.Value.Text = text }
	}
	link := func(i int, to stepKey) func(*proof.Step, *proof.Working) {
		return func(s *proof.Step, w *proof.Working) { s.Args[i] = find(t, w, to) + 1 }
	}
	without := func(row stepKey) func(*proof.Step, *proof.Working) {
		return func(s *proof.Step, w *proof.Working) {
			n := find(t, w, row) + 1
			s.Args = slices.DeleteFunc(s.Args, func(a int) bool { return a == n })
		}
	}
	due := stepKey{proof.Close, "due"}
	last := stepKey{proof.Nth, "last day"}
	reach := stepKey{proof.Reach, "due"}
	for _, tt := range []struct {
		why   string
		of    *proof.Working
		at    stepKey
		edit  func(*proof.Step, *proof.Working)
		fails stepKey
	}{
		{"a longer span", repair.Explain(), stepKey{proof.Term, "within, working days"}, value("8"), last},
		{"received a day later", repair.Explain(), stepKey{proof.Fact, "received"}, value("2025-09-26T15:00:00+08:00"), stepKey{proof.DayOf, "day of receipt"}},
		{"another day of receipt", repair.Explain(), stepKey{proof.DayOf, "day of receipt"}, value("2025-09-24"), stepKey{proof.DayOf, "day of receipt"}},
		{"another last day", repair.Explain(), last, value("2025-10-10"), last},
		{"an earlier end", repair.Explain(), due, value("2025-10-11T17:00:00+08:00"), due},
		{"a holiday worked", repair.Explain(), stepKey{proof.Row, "2025-10-01"}, value("2025-10-01 work"), last},
		{"a make-up day left out of the working days", repair.Explain(), stepKey{proof.WorkingDays, "working days"}, without(stepKey{proof.Row, "2025-09-28"}), last},
		{"make-up days ignored", repair.Explain(), stepKey{proof.Term, "make-up days as working days"}, value("ignored"), last},
		{"another end for a day without a window", repair.Explain(), stepKey{proof.Term, "a working day without a window"}, value("ends 24:00"), due},
		{"another offset of the zone", repair.Explain(), stepKey{proof.Offset, "offset"}, value("1991-09-14T17:00:00Z +07:00"), due},
		{"closed earlier on Mondays", repair.Explain(), stepKey{proof.Term, "service hours"}, value("mon-fri 09:00-12:00 13:00-17:00"), due},
		{"the end of another day", repair.Explain(), due, link(0, stepKey{proof.DayOf, "day of receipt"}), due},
		{"counted from the last day", repair.Explain(), stepKey{proof.DayOf, "day of receipt"}, link(0, stepKey{proof.Term, "within, working days"}), stepKey{proof.DayOf, "day of receipt"}},
		{"two hours for one", technical.Explain(), stepKey{proof.Term, "within, service time"}, value("2h0m0s"), reach},
		{"open on make-up days", technical.Explain(), stepKey{proof.Term, "make-up days"}, value("as mon"), reach},
		{"open on days off", technical.Explain(), stepKey{proof.Term, "holidays"}, value("open"), reach},
		{"a rest day left out", technical.Explain(), stepKey{proof.Hours, "service hours"}, without(stepKey{proof.Row, "2024-04-05"}), reach},
		{"the calendar quoted a day short", technical.Explain(), stepKey{proof.Row, "calendar"}, value("2024-04-03..2024-04-07"), stepKey{proof.Hours, "service hours"}},
		{"a longer pause", paused.Explain(), stepKey{proof.Fact, "paused"}, value("2026-05-07T09:00:00+08:00/2026-05-08T18:00:00+08:00"), last},
		{"touched days for wholly paused days", paused.Explain(), stepKey{proof.Term, "skips"}, value("touched days are skipped"), last},
		{"the pause left out", paused.Explain(), last, without(stepKey{proof.Fact, "paused"}), last},
		{"answered a second earlier", late.Explain(), stepKey{proof.Fact, "responded"}, value("2026-02-13T18:00:00+08:00"), stepKey{proof.Length, "overrun"}},
		{"a smaller overrun", late.Explain(), stepKey{proof.Length, "overrun"}, value("0s"), stepKey{proof.Length, "overrun"}},
		{"service time late where there was none", late.Explain(), stepKey{proof.Open, "overrun in service time"}, value("1s"), stepKey{proof.Open, "overrun in service time"}},
		{"called in time", late.Explain(), stepKey{proof.Late, "late"}, value("no"), stepKey{proof.Late, "late"}},
		{"one more met", march.Explain(), stepKey{proof.Fact, "met"}, value("39"), stepKey{proof.Add, "measurements counted"}},
		{"open and late left out of the sum", march.Explain(), stepKey{proof.Add, "measurements counted"}, without(stepKey{proof.Fact, "open and late"}), stepKey{proof.Add, "measurements counted"}},
		{"a share of something else", march.Explain(), stepKey{proof.Share, "attainment"}, link(1, stepKey{proof.Fact, "met"}), stepKey{proof.Share, "attainment"}},
	} {
		t.Run(tt.why, func(t *testing.T) {
			w := tt.of
			require.NoError(t, w.Check().Err())
			fails := find(t, w, tt.fails) + 1
			tt.edit(&w.Steps[find(t, w, tt.at)], w)
			v := w.Check()
			assert.Equal(t, proof.Fails, v.Outcome)
			assert.Equal(t, fails, v.Step, v.Reason)
			assert.False(t, w.Sealed())
		})
	}

	cut := repair.Explain()
	cut.Steps = cut.Steps[:len(cut.Steps)-1]
	assert.Equal(t, proof.Fails, cut.Check().Outcome, "a working cut short does not lead to its result")
}
