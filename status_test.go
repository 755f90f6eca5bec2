package contract_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/cfd16870/contract"
)

// statusFacts is what happened to a technical request that is due within an hour of
// service time, told from its events and nothing that the fold keeps.
type statusFacts struct {
	notMeasured, notStarted bool
	ended                   time.Time // the answer, the cancellation, or the instant asked about
	done, cancelled         bool
	late, excused, paused   bool
}

// statusHolds is what each status says.
var statusHolds = map[contract.Status]func(f statusFacts) bool{
	contract.StatusNotMeasured: func(f statusFacts) bool { return f.notMeasured },
	contract.StatusNotStarted:  func(f statusFacts) bool { return f.notStarted && !f.done && !f.cancelled },
	contract.StatusExcused:     func(f statusFacts) bool { return f.measured() && f.late && f.excused },
	contract.StatusBreached:    func(f statusFacts) bool { return f.measured() && f.late && !f.excused },
	contract.StatusMet:         func(f statusFacts) bool { return !f.notMeasured && !f.late && f.done },
	contract.StatusCancelled:   func(f statusFacts) bool { return !f.notMeasured && !f.late && f.cancelled },
	contract.StatusPaused:      func(f statusFacts) bool { return f.measured() && !f.late && !f.done && !f.cancelled && f.paused },
	contract.StatusRunning:     func(f statusFacts) bool { return f.measured() && !f.late && !f.done && !f.cancelled && !f.paused },
}

// measured reports whether a clock runs.
func (f statusFacts) measured() bool { return !f.notMeasured && !f.notStarted }

// Statuses partition: of any ticket, as of any instant, just one status holds, by its
// own condition, and it is the one that is told; tallies by status add up to the tickets.
func TestStatusesPartition(t *testing.T) {
	const budget = time.Hour
	kinds := map[string]*contract.Contract{}
	for _, start := range []string{"received", "accepted"} {
		for out, clause := range map[string]obj{"waits": {"event": start}, "not measured": {"event": start, "outOfHours": "not measured", "hours": "service"}} {
			kinds[start+", "+out] = sample(t,
				change{"/targets/technical response/start", clause},
				change{"/targets/technical response/pauses/reasons", list{customer}}, change{"/attainment/fewest", 1})
		}
	}
	seen := make(map[contract.Status]int)
	rapid.Check(t, func(rt *rapid.T) {
		start := rapid.SampledFrom([]string{"received", "accepted"}).Draw(rt, "start")
		out := rapid.SampledFrom([]string{"waits", "not measured"}).Draw(rt, "out of hours")
		c := kinds[start+", "+out]
		target := mustTarget(t, c, "technical response")
		hours, err := c.Schedule("service")
		require.NoError(rt, err)
		tally, err := c.NewTally()
		require.NoError(rt, err)
		n := rapid.IntRange(1, 6).Draw(rt, "tickets")
		by := make(map[contract.Status]int64)
		var openAndLate int64
		for i := range n {
			// Instants on the edges of windows and of the budget, a nanosecond to each side.
			base := at(rapid.SampledFrom([]string{"2024-03-04 09:00", "2024-03-04 11:30", "2024-03-04 12:00", "2024-03-04 17:30", "2024-03-04 18:00", "2024-03-09 10:00", "2024-03-08 17:59"}).Draw(rt, "base"))
			received := base.Add(time.Duration(rapid.IntRange(-1, 1).Draw(rt, "ns")))
			instant := func(what string) time.Time {
				d := rapid.SampledFrom([]time.Duration{0, time.Minute, 30 * time.Minute, budget, 90 * time.Minute, 2 * time.Hour, 15 * time.Hour, 16 * time.Hour, 70 * time.Hour}).Draw(rt, what)
				return later(received, received.Add(d+time.Duration(rapid.IntRange(-1, 1).Draw(rt, what+" ns"))))
			}
			r := &contract.Request{ID: fmt.Sprint(i), Received: received, Selector: contract.Selector{Category: "technical support"}}
			has := func(what string) bool { return rapid.IntRange(0, 2).Draw(rt, "has "+what) == 0 }
			add := func(kind contract.EventKind, when time.Time, reason string) {
				r.Events = append(r.Events, contract.Event{Kind: kind, At: when, Reason: reason})
			}
			asOf := instant("as of")
			began := received
			if start == "accepted" {
				if began = (time.Time{}); rapid.Bool().Draw(rt, "accepted") {
					began = instant("accepted at")
					add(contract.EventAccepted, began, "")
				}
			}
			var answered, cancelled, excused, paused, resumed time.Time
			if has("answer") {
				answered = instant("answered")
				add(contract.EventResponded, answered, "")
			}
			if has("cancellation") {
				cancelled = instant("cancelled")
				add(contract.EventCancelled, cancelled, "")
			}
			if has("excuse") {
				excused = instant("excused")
				add(contract.EventExcused, excused, "power cut")
			}
			if has("pause") {
				paused = instant("paused")
				add(contract.EventPaused, paused, customer)
				if rapid.Bool().Draw(rt, "resumed") {
					resumed = later(paused, instant("resumed at"))
					add(contract.EventResumed, resumed, customer)
				}
			}
			m, err := target.Measure(r, asOf)
			require.NoError(rt, err)

			happened := func(when time.Time) bool { return !when.IsZero() && !when.After(asOf) }
			f := statusFacts{ended: asOf, excused: happened(excused)}
			switch { // the first that ends it; of one instant the answer
			case happened(answered) && (!happened(cancelled) || !cancelled.Before(answered)):
				f.ended, f.done = answered, true
			case happened(cancelled):
				f.ended, f.cancelled = cancelled, true
			}
			over := f.done || f.cancelled
			if !happened(began) || over && f.ended.Before(began) { // at one instant it is accepted first
				f.notStarted = true
			}
			if !f.notStarted {
				open, err := hours.IsOpen(began)
				require.NoError(rt, err)
				f.notMeasured = out == "not measured" && !open
			}
			if f.measured() {
				// What is used of the hour by the end, outside the pause.
				used, err := hours.Between(began, later(began, f.ended))
				require.NoError(rt, err)
				if happened(paused) && !paused.After(f.ended) {
					to := f.ended
					if happened(resumed) && !resumed.After(f.ended) {
						to = resumed
					}
					f.paused = !happened(resumed) || resumed.After(f.ended)
					if a := later(began, paused); a.Before(to) {
						in, err := hours.Between(a, to)
						require.NoError(rt, err)
						used -= in
					}
				}
				f.late = used > budget || used == budget && f.ended.After(m.Due)
			}
			var holds []contract.Status
			for status, is := range statusHolds {
				if is(f) {
					holds = append(holds, status)
				}
			}
			require.Equal(rt, []contract.Status{m.Status}, holds, "%+v as of %v: %+v", r, asOf, f)
			by[m.Status]++
			seen[m.Status]++
			if m.Status == contract.StatusBreached && !f.done && !f.cancelled {
				openAndLate++
			}
			require.True(rt, tally.Add(m))
		}
		var a contract.Attainment
		for _, row := range tally.Attainment() {
			if row.Target == "" {
				a.Met, a.Breached, a.OpenAndLate, a.Open = a.Met+row.Met, a.Breached+row.Breached, a.OpenAndLate+row.OpenAndLate, a.Open+row.Open
				a.Excused, a.Cancelled, a.NotMeasured = a.Excused+row.Excused, a.Cancelled+row.Cancelled, a.NotMeasured+row.NotMeasured
			}
		}
		require.Equal(rt, []int64{by[contract.StatusMet], by[contract.StatusBreached] - openAndLate, openAndLate,
			by[contract.StatusRunning] + by[contract.StatusPaused] + by[contract.StatusNotStarted], by[contract.StatusExcused], by[contract.StatusCancelled], by[contract.StatusNotMeasured]},
			[]int64{a.Met, a.Breached, a.OpenAndLate, a.Open, a.Excused, a.Cancelled, a.NotMeasured})
		require.EqualValues(rt, n, a.Met+a.Breached+a.OpenAndLate+a.Open+a.Excused+a.Cancelled+a.NotMeasured)
	})
	if underRace() {
		return // a fifth of the draws, which need not have them all
	}
	for status := range statusHolds {
		require.NotZero(t, seen[status], "%v was never drawn", status)
	}
}

// later is the later of two instants.
func later(a, b time.Time) time.Time {
	if b.Before(a) {
		return a
	}
	return b
}
