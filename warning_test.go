package contract_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/cfd16870/contract"
)

// warned is the sample with pauses and warnings on every clock.
func warned(t testing.TB, onDays contract.OnDays, more ...change) *contract.Contract {
	reasons, at := []string{customer, "agreed"}, []string{"50%", "75%", "90%"}
	return sample(t, append([]change{
		{"/targets/technical response/pauses/reasons", reasons}, {"/targets/technical response/warnings", at},
		{"/targets/e-mail response/pauses/reasons", reasons}, {"/targets/e-mail response/warnings", at},
		{"/targets/repair/pauses", map[string]any{"reasons": reasons, "onDays": string(onDays)}}, {"/targets/repair/warnings", at},
	}, more...)...)
}

func TestWarnings(t *testing.T) {
	paused := []contract.Event{ev(contract.EventPaused, "2024-03-04 09:10", customer), ev(contract.EventResumed, "2024-03-04 09:40", customer)}
	for _, tt := range []struct {
		why      string
		target   string
		received string
		events   []contract.Event
		asOf     string
		falls    [3]string
		fallen   int
		next     string // "": time alone changes nothing
	}{
		{why: "at 50, 75 and 90 % of an hour", target: "technical response", received: "2024-03-04 09:00", asOf: "2024-03-04 09:00",
			falls: [3]string{"2024-03-04 09:30", "2024-03-04 09:45", "2024-03-04 09:54"}, next: "2024-03-04 09:30"},
		{why: "a warning at the instant asked about has fallen", target: "technical response", received: "2024-03-04 09:00", asOf: "2024-03-04 09:30",
			falls: [3]string{"2024-03-04 09:30", "2024-03-04 09:45", "2024-03-04 09:54"}, fallen: 1, next: "2024-03-04 09:45"},
		{why: "after the last warning it is late next, which begins after the due instant", target: "technical response", received: "2024-03-04 09:00", asOf: "2024-03-04 10:00",
			falls: [3]string{"2024-03-04 09:30", "2024-03-04 09:45", "2024-03-04 09:54"}, fallen: 3, next: "2024-03-04 10:00:00.000000001"},
		{why: "a warning that is used up at closing falls at closing", target: "technical response", received: "2024-03-04 17:30", asOf: "2024-03-04 17:30",
			falls: [3]string{"2024-03-04 18:00", "2024-03-05 09:15", "2024-03-05 09:24"}, next: "2024-03-04 18:00"},
		{why: "a pause puts the warnings off", target: "technical response", received: "2024-03-04 09:00", events: paused, asOf: "2024-03-04 09:40",
			falls: [3]string{"2024-03-04 10:00", "2024-03-04 10:15", "2024-03-04 10:24"}, next: "2024-03-04 10:00"},
		{why: "while it is paused nothing is to be waited for", target: "technical response", received: "2024-03-04 09:00", events: paused[:1], asOf: "2024-03-04 09:40",
			falls: [3]string{"2024-03-04 10:00", "2024-03-04 10:15", "2024-03-04 10:24"}},
		{why: "on the clock, through the night", target: "e-mail response", received: "2024-03-04 20:00", asOf: "2024-03-04 20:00",
			falls: [3]string{"2024-03-05 02:00", "2024-03-05 05:00", "2024-03-05 06:48"}, next: "2024-03-05 02:00"},
		{why: "what was done before does not fall", target: "technical response", received: "2024-03-04 09:00", events: []contract.Event{ev(contract.EventResponded, "2024-03-04 09:44")}, asOf: "2024-04-01 09:00",
			falls: [3]string{"2024-03-04 09:30", "2024-03-04 09:45", "2024-03-04 09:54"}, fallen: 1},
		{why: "late is late: nothing more changes by itself", target: "technical response", received: "2024-03-04 09:00", asOf: "2024-03-04 10:30",
			falls: [3]string{"2024-03-04 09:30", "2024-03-04 09:45", "2024-03-04 09:54"}, fallen: 3},
		// Received Monday 4 March at 14:00: four hours on that day and seven days of eight make sixty.
		{why: "of working days, of the service time from start to due", target: "repair", received: "2024-03-04 14:00", asOf: "2024-03-04 14:00",
			falls: [3]string{"2024-03-08 11:00", "2024-03-12 10:00", "2024-03-13 11:00"}, next: "2024-03-08 11:00"},
		// Paused from Tuesday 12:00 on: Wednesday is not paused whole before its closing, and then it is.
		{why: "a paused clock of working days is put off day by day, for good", target: "repair", received: "2024-03-04 14:00",
			events: []contract.Event{ev(contract.EventPaused, "2024-03-12 12:00", customer)}, asOf: "2024-03-12 12:30",
			falls: [3]string{"2024-03-08 11:00", "2024-03-12 10:00", "2024-03-13 11:00"}, fallen: 2},
		// The last day is open until 18:00, and paused only from 15:00 on: it is no wholly paused day.
		{why: "a pause on the last day does not keep a clock of working days from running out", target: "repair", received: "2024-03-04 14:00",
			events: []contract.Event{ev(contract.EventPaused, "2024-03-13 15:00", customer)}, asOf: "2024-03-13 16:00",
			falls: [3]string{"2024-03-08 10:30", "2024-03-12 09:15", "2024-03-13 10:06"}, fallen: 3, next: "2024-03-13 18:00:00.000000001"},
	} {
		t.Run(tt.why, func(t *testing.T) {
			target := mustTarget(t, warned(t, contract.SkipWhollyPaused), tt.target)
			r := &contract.Request{Source: "requests.csv:2", ID: "R1", Received: at(tt.received), Events: tt.events}
			m, err := target.Measure(r, at(tt.asOf))
			require.NoError(t, err)
			list := m.Warnings()
			require.Len(t, list, 3)
			fallen := 0
			for i, w := range list {
				assert.Equal(t, at(tt.falls[i]).Format(time.RFC3339Nano), w.Falls.Format(time.RFC3339Nano), "%v", w.At)
				if w.Fallen {
					fallen++
				}
				working := w.Explain()
				assert.NoError(t, working.Check().Err())
				assert.Equal(t, w.Falls.Format(time.RFC3339Nano), working.Result.Text)
			}
			assert.Equal(t, tt.fallen, fallen, "fallen")
			next, ok := m.Next()
			assert.Equal(t, tt.next != "", ok)
			if ok {
				want := at(tt.next[:min(len(tt.next), len("2006-01-02 15:04:05"))])
				if len(tt.next) > len("2006-01-02 15:04:05") {
					want = want.Add(1)
				}
				assert.Equal(t, want.Format(time.RFC3339Nano), next.Format(time.RFC3339Nano), "next")
			}
		})
	}
}

// Until Next the answer stands, and at Next it is another: a timer needs no more.
func TestTheAnswerStandsUntilNext(t *testing.T) {
	contracts := map[contract.OnDays]*contract.Contract{}
	for _, w := range contract.OnDays("").Words() {
		contracts[contract.OnDays(w)] = warned(t, contract.OnDays(w))
	}
	ends := warned(t, contract.SkipWhollyPaused, change{"/targets/repair/clock/ends", "same time of day"})
	rapid.Check(t, func(rt *rapid.T) {
		r := genRequest(customer, "agreed", vendor).Draw(rt, "request")
		asOf := r.Received
		if n := len(r.Events); n > 0 {
			asOf = r.Events[n-1].At
		}
		asOf = asOf.Add(time.Duration(rapid.IntRange(0, 6000).Draw(rt, "as of")) * time.Minute)
		c := contracts[contract.OnDays(rapid.SampledFrom(contract.OnDays("").Words()).Draw(rt, "on days"))]
		if rapid.IntRange(0, 3).Draw(rt, "same time of day") == 0 {
			c = ends
		}
		target := mustTarget(t, c, rapid.SampledFrom([]string{"technical response", "e-mail response", "repair"}).Draw(rt, "target"))
		answer := func(at time.Time) (contract.Measurement, contract.Status, int) {
			m, err := target.Measure(r, at)
			require.NoError(rt, err)
			fallen, before := 0, time.Time{}
			for _, w := range m.Warnings() {
				require.False(rt, w.Falls.Before(before), "a larger part is used up no earlier")
				require.NoError(rt, w.Explain().Check().Err())
				before = w.Falls
				if w.Fallen {
					fallen++
				}
			}
			if m.Status == contract.StatusPaused {
				fallen = 0 // Next leaves them out
			}
			return m, m.Status, fallen
		}
		m, status, fallen := answer(asOf)
		next, ok := m.Next()
		if !ok {
			next = asOf.Add(400 * 24 * time.Hour)
			if next.After(at("2026-11-30 00:00")) {
				next = at("2026-11-30 00:00")
			}
			if !next.After(asOf) {
				return
			}
		}
		require.True(rt, next.After(asOf), "next is later")
		for _, between := range []time.Time{next.Add(-1), asOf.Add(next.Sub(asOf) / 2), asOf.Add(time.Duration(rapid.Int64Range(0, int64(next.Sub(asOf))-1).Draw(rt, "between")))} {
			_, s, f := answer(between)
			require.Equal(rt, status.String(), s.String(), "at %v, before next %v", between, next)
			require.Equal(rt, fallen, f, "at %v, before next %v", between, next)
		}
		if ok {
			_, s, f := answer(next)
			require.True(rt, s != status || f != fallen, "at next the answer is another: %v", s)
		}
	})
}

func TestWarningsOfADocument(t *testing.T) {
	for _, tt := range []struct {
		why      string
		warnings any
		at       string
		kind     error
		says     string
	}{
		{"not in order", []string{"75%", "50%"}, "/targets/repair/warnings/1", contract.ErrConflict, "in the order in which they fall"},
		{"the same twice", []string{"50%", "50%"}, "/targets/repair/warnings/1", contract.ErrConflict, "in the order in which they fall"},
		{"all of the time is no warning", []string{"100%"}, "/targets/repair/warnings/0", contract.ErrInvalid, "less than 100%"},
		{"none of it neither", []string{"0%"}, "/targets/repair/warnings/0", contract.ErrInvalid, "more than 0%"},
	} {
		t.Run(tt.why, func(t *testing.T) {
			_, err := contract.Compile(reread(t, sampleDocument(t), []change{{"/targets/repair/warnings", tt.warnings}}), china())
			require.ErrorIs(t, err, tt.kind)
			assert.ErrorContains(t, err, tt.at)
			assert.ErrorContains(t, err, tt.says)
		})
	}
	_, err := contract.Compile(reread(t, sampleDocument(t), []change{
		{"/targets/repair/warnings", []string{"50%"}}, {"/targets/repair/clock", map[string]any{"days": "state", "ends": "24:00"}}, {"/targets/repair/pauses", map[string]any{"reasons": []string{}}}}), china())
	require.ErrorIs(t, err, contract.ErrRequired)
	assert.ErrorContains(t, err, "warnings on days are held against service time")
}
