//go:build steps

package contract_test

import (
	"math"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/cfd16870/contract"
	"github.com/cfd16870/contract/internal/effort"
)

// What one question may take at most, whatever it is asked: some look-ups of a few
// turns each, halvings and changes of clocks within two days. None is in proportion to
// the time between, to the years of the calendar or to the length of a span.
const mostSteps = 400

// far is any instant that there is: those of interest, of other years, and the ends of
// what time.Time can say.
func far(near *rapid.Generator[time.Time]) *rapid.Generator[time.Time] {
	return rapid.OneOf(near,
		rapid.Map(rapid.Int64(), func(s int64) time.Time { return time.Unix(s, 999_999_999) }),
		rapid.Map(rapid.Int64Range(-62135596800, 253402300799), func(s int64) time.Time { return time.Unix(s, 0) }),
		rapid.SampledFrom([]time.Time{{}, time.Unix(math.MaxInt64, 0), time.Unix(math.MinInt64, 0), time.Unix(1<<32, 0), time.Unix(-1<<63, 999_999_999)}))
}

// asker asks questions and holds each to the bound.
type asker struct {
	t    *rapid.T
	most int64
}

func (a asker) ask(what string, f func()) {
	effort.Taken()
	f()
	if n := effort.Taken(); n > a.most {
		a.t.Fatalf("%s took %d steps", what, n)
	}
}

// Every exported question of hours, working days and periods, of any input.
func stepsOfQuestions(t *rapid.T) {
	var ref *hoursReference
	var s *contract.Schedule
	if rapid.IntRange(0, 2).Draw(t, "drawn") > 0 {
		ref = genReference().Draw(t, "hours")
		s = ref.compile(t)
	} else {
		ref = newHoursReference(beijing, taxSeason(), publishedTable(published, time.Saturday, time.Sunday))
		ref.table.Certain = contract.Through(on("2024-01-02"), on("2024-03-31")) // where instants are aimed
		var err error
		s, err = contract.NewSchedule(beijing, ref.clause, published)
		require.NoError(t, err)
	}
	instants := far(ref.genInstant())
	at, to := instants.Draw(t, "at"), instants.Draw(t, "to")
	d := time.Duration(rapid.Int64().Draw(t, "d"))
	q := asker{t, mostSteps}
	q.ask("IsOpen", func() { s.IsOpen(at) })
	q.ask("Add", func() { s.Add(at, d) })
	q.ask("Between", func() { s.Between(at, to) })
	q.ask("NextOpening", func() { s.NextOpening(at) })
	q.ask("NextClosing", func() { s.NextClosing(at) })
	q.ask("PreviousOpening", func() { s.PreviousOpening(at) })
	q.ask("PreviousClosing", func() { s.PreviousClosing(at) })
	q.ask("OpenFrom", func() { s.OpenFrom(at) })
	q.ask("OpenUntil", func() { s.OpenUntil(at) })
	q.ask("ProvisionalFrom", func() { s.ProvisionalFrom(at) })
	q.ask("the first of Windows", func() {
		for range s.Windows(at, to) {
			break
		}
	})

	day, other := contract.DateOf(at), contract.DateOf(to)
	if rapid.Bool().Draw(t, "a day of the calendar") {
		day = ref.table.Certain.From.AddDays(rapid.IntRange(-2, ref.table.Certain.Days()+2).Draw(t, "day"))
	}
	n := rapid.Int().Draw(t, "n")
	w := repairDays(contract.MakeupCount)
	q.ask("Day", func() { s.Day(day) })
	q.ask("IsWorkingDay", func() { w.IsWorkingDay(day) })
	q.ask("AddWorkingDays", func() { w.AddWorkingDays(day, n) })
	q.ask("WorkingDaysBetween", func() { w.WorkingDaysBetween(day, other, contract.BoundsBoth) })
	q.ask("LastOfMonth", func() { w.LastOfMonth(day) })
	how := contract.RestDay(rapid.SampledFrom(contract.RestDay("").Words()).Draw(t, "how"))
	q.ask("Roll", func() { w.Roll(day, how) })
	q.ask("StartIn", func() { day.StartIn(s.Zone()) })

	p := periods()
	span, err := contract.CountSpan(rapid.IntRange(0, 1_000_000).Draw(t, "count"), contract.Unit(rapid.IntRange(int(contract.UnitClockSeconds), int(contract.UnitYears)).Draw(t, "unit")))
	require.NoError(t, err)
	q.ask("EndOf", func() { p.EndOf(span, day, how) })
	q.ask("StartOf", func() { p.StartOf(span, day, how) })
	q.ask("EndAt", func() { p.EndAt(span, at, how) })
}

func TestSteps(t *testing.T) { rapid.Check(t, stepsOfQuestions) }

func FuzzSteps(f *testing.F) { f.Fuzz(rapid.MakeFuzz(stepsOfQuestions)) }

// A deadline of working days skips the days that pauses skip without looking at each:
// it takes some steps for each pause, however long.
func TestStepsOfPauses(t *testing.T) {
	c := pausable(t, contract.SkipTouched)
	held := change{"/targets/" + email + "/pauses", map[string]any{"reasons": []string{customer}, "onDays": "paused service time is added"}}
	granted := mustTarget(t, sample(t, inDays("2 weeks", at24Held, held, extends(email, "100 years", at24Held, "deadline"), rollsTo("close of day"))...), email)
	targets := []*contract.Target{granted}
	for _, name := range []string{"repair", "technical response", email} {
		targets = append(targets, mustTarget(t, c, name))
	}
	rapid.Check(t, func(t *rapid.T) {
		received := at("2008-01-07 10:00").Add(time.Duration(rapid.IntRange(0, 17*365*24*60).Draw(t, "received")) * time.Minute)
		r := &contract.Request{ID: "R", Received: received}
		when := received
		pauses := rapid.IntRange(0, 20).Draw(t, "pauses")
		for range pauses {
			when = when.Add(time.Duration(rapid.IntRange(1, 400*24*60).Draw(t, "after")) * time.Minute)
			r.Events = append(r.Events, contract.Event{Kind: contract.EventPaused, At: when, Reason: customer})
			when = when.Add(time.Duration(rapid.IntRange(1, 400*24*60).Draw(t, "for")) * time.Minute)
			r.Events = append(r.Events, contract.Event{Kind: contract.EventResumed, At: when, Reason: customer})
		}
		for range rapid.IntRange(0, 20).Draw(t, "extensions") {
			r.Events = append(r.Events, contract.Event{Kind: contract.EventExtended, At: received.Add(time.Duration(rapid.IntRange(0, 30*24*60).Draw(t, "extended")) * time.Minute), Reason: rapid.SampledFrom([]string{loan, "none"}).Draw(t, "reason")})
		}
		for _, target := range targets {
			effort.Taken()
			target.Measure(r, when.Add(time.Hour))
			if n := effort.Taken(); n > int64(mostSteps*(pauses+1)*(pauses+1)) {
				t.Fatalf("%s with %d pauses took %d steps", target.Name(), pauses, n)
			}
		}
	})
}

// However many pauses begin and end at one instant, each takes some steps.
func TestStepsOfOneInstant(t *testing.T) {
	target := mustTarget(t, pausable(t, contract.SkipTouched), "technical response")
	const pairs = 4000
	for why, reasons := range map[string][2]string{"with their reasons": {customer, customer}, "ended without a reason": {customer, ""}} {
		r := &contract.Request{ID: "R", Received: at("2024-03-04 10:00")}
		for range pairs {
			r.Events = append(r.Events, contract.Event{Kind: contract.EventPaused, At: r.Received, Reason: reasons[0]}, contract.Event{Kind: contract.EventResumed, At: r.Received, Reason: reasons[1]})
		}
		effort.Taken()
		m, err := target.Measure(r, at("2024-03-04 10:30"))
		require.NoError(t, err, why)
		require.Equal(t, contract.StatusRunning, m.Status)
		require.Equal(t, 30*time.Minute, m.Used)
		if taken := effort.Taken(); taken < pairs || taken > 20*pairs {
			t.Errorf("%s: %d pairs took %d steps", why, pairs, taken)
		}
	}
}

// A month of many outages and exclusions takes some steps for each of them, however
// many of the others it overlaps.
func TestStepsOfOutages(t *testing.T) {
	for why, changes := range countings {
		c := sample(t, uptime(changes...)...)
		for _, n := range []int{100, 1000} {
			list := manyOutages(n)
			effort.Taken()
			uptimeOf(t, c, "2024-03", at("2024-05-01 00:00"), list...)
			if taken := effort.Taken(); taken > int64(20*n) {
				t.Errorf("%s: %d outages and as many exclusions took %d steps", why, n, taken)
			}
		}
	}
}
