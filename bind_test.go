package contract_test

import (
	"fmt"
	"math/rand"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/cfd16870/contract"
)

// repairBy is a target for repairs of a priority, with other fields where they are given.
func repairBy(priority, within string, others ...change) map[string]any {
	target := map[string]any{
		"clause": "repair", "for": map[string]any{"category": []string{"fault"}, "priority": []string{priority}},
		"measure": "restore", "within": within, "clock": map[string]any{"hours": "service"}, "start": map[string]any{"event": "received"},
		"stop":   map[string]any{"event": "restored", "workaround": "does not count", "reopened": "new clock starts"},
		"pauses": map[string]any{"reasons": []string{customer}}, "roll": map[string]any{"to": "none"},
	}
	for _, other := range others {
		target[other.At] = other.Becomes
	}
	return target
}

// reopened is what a reopening does to a repair.
func reopened(word string) change {
	return change{"stop", map[string]any{"event": "restored", "workaround": "does not count", "reopened": word}}
}

// byPriority is the sample with a repair in four service hours for P1 and in
// sixteen for P2.
func byPriority(t testing.TB, word contract.PriorityChange, more ...change) *contract.Contract {
	return priorities(t, word, repairBy("P1", "4 service hours"), repairBy("P2", "16 service hours"), more...)
}

// priorities is the sample with a repair for P1 and one for P2.
func priorities(t testing.TB, word contract.PriorityChange, urgent, normal map[string]any, more ...change) *contract.Contract {
	return sample(t, append([]change{
		{"/requests/priorities", map[string]any{"P1": "urgent", "P2": "normal"}},
		{"/priorityChange", string(word)},
		{"/readings", []any{}},
		{"/targets/repair", normal},
		{"/targets/urgent repair", urgent},
	}, more...)...)
}

func to(priority, when string) contract.Event {
	return contract.Event{Kind: contract.EventPriorityChanged, At: at(when), Priority: priority, Source: "events.csv:9"}
}

// inLines is measurements in a line each: target, status, due.
func inLines(list []contract.Measurement) (lines []string) {
	for _, m := range list {
		lines = append(lines, strings.Join([]string{m.Target(), m.Status.String(), m.Due.Format("2006-01-02 15:04")}, ", "))
	}
	return lines
}

func TestPriorityChanges(t *testing.T) {
	const start, restart = contract.PriorityRederives, contract.PriorityRestarts
	for _, tt := range []struct {
		why    string
		word   contract.PriorityChange
		first  string
		events []contract.Event
		asOf   string
		want   []string
	}{
		{"the first priority stands", contract.PriorityStands, "P1", []contract.Event{to("P2", "2024-03-04 11:00")}, "2024-03-04 12:00", []string{"urgent repair, running, 2024-03-04 14:00"}},
		{"lowered: the new target from the start", start, "P1", []contract.Event{to("P2", "2024-03-04 11:00")}, "2024-03-04 12:00", []string{"repair, running, 2024-03-05 18:00"}},
		{"lowered: the new target from the change", restart, "P1", []contract.Event{to("P2", "2024-03-04 11:00")}, "2024-03-04 12:00", []string{"repair, running, 2024-03-06 11:00"}},
		{"before the change nobody knows of it", restart, "P1", []contract.Event{to("P2", "2024-03-04 11:00")}, "2024-03-04 10:59", []string{"urgent repair, running, 2024-03-04 14:00"}},
		{"raised: from the start it is late at once", start, "P2", []contract.Event{to("P1", "2024-03-05 10:00")}, "2024-03-05 10:00", []string{"urgent repair, breached, 2024-03-04 14:00"}},
		{"raised: from the change there is time", restart, "P2", []contract.Event{to("P1", "2024-03-05 10:00")}, "2024-03-05 10:00", []string{"urgent repair, running, 2024-03-05 15:00"}},
		{"lowered when it was late: from the start it never was", start, "P1", []contract.Event{to("P2", "2024-03-04 15:00")}, "2024-03-04 15:00", []string{"repair, running, 2024-03-05 18:00"}},
		{"lowered when it was late: from the change it stays late", restart, "P1", []contract.Event{to("P2", "2024-03-04 15:00")}, "2024-03-04 15:00",
			[]string{"repair, running, 2024-03-06 15:00", "urgent repair, breached, 2024-03-04 14:00"}},
		{"lowered exactly at the due instant: it was not late", restart, "P1", []contract.Event{to("P2", "2024-03-04 14:00")}, "2024-03-04 14:00", []string{"repair, running, 2024-03-06 14:00"}},
		{"done before the change is done, from the start", start, "P1", []contract.Event{ev(contract.EventRestored, "2024-03-04 10:00"), to("P2", "2024-03-04 11:00")}, "2024-03-08 09:00", []string{"urgent repair, met, 2024-03-04 14:00"}},
		{"done before the change is done, from the change", restart, "P1", []contract.Event{ev(contract.EventRestored, "2024-03-04 10:00"), to("P2", "2024-03-04 11:00")}, "2024-03-08 09:00", []string{"urgent repair, met, 2024-03-04 14:00"}},
		{"done at the instant of the change was done by the former", restart, "P1", []contract.Event{to("P2", "2024-03-04 11:00"), ev(contract.EventRestored, "2024-03-04 11:00")}, "2024-03-08 09:00", []string{"urgent repair, met, 2024-03-04 14:00"}},
		{"cancelled before the change", start, "P1", []contract.Event{ev(contract.EventCancelled, "2024-03-04 10:00"), to("P2", "2024-03-04 11:00")}, "2024-03-08 09:00", []string{"urgent repair, cancelled, 2024-03-04 14:00"}},
		{"there and back, from the start", start, "P1", []contract.Event{to("P2", "2024-03-04 10:00"), to("P1", "2024-03-04 11:00")}, "2024-03-04 12:00", []string{"urgent repair, running, 2024-03-04 14:00"}},
		{"there and back, from the change", restart, "P1", []contract.Event{to("P2", "2024-03-04 10:00"), to("P1", "2024-03-04 11:00")}, "2024-03-04 12:00", []string{"urgent repair, running, 2024-03-04 16:00"}},
		{"to what it was is no change", restart, "P1", []contract.Event{to("P1", "2024-03-04 11:00")}, "2024-03-04 12:00", []string{"urgent repair, running, 2024-03-04 14:00"}},
		{"pauses from before the change do not count from it", restart, "P1",
			[]contract.Event{ev(contract.EventPaused, "2024-03-04 09:30", customer), ev(contract.EventResumed, "2024-03-04 10:30", customer), to("P2", "2024-03-04 11:00")}, "2024-03-04 12:00", []string{"repair, running, 2024-03-06 11:00"}},
		{"and do from the start", start, "P1",
			[]contract.Event{ev(contract.EventPaused, "2024-03-04 09:30", customer), ev(contract.EventResumed, "2024-03-04 10:30", customer), to("P2", "2024-03-04 11:00")}, "2024-03-04 12:00", []string{"repair, running, 2024-03-06 10:00"}},
		{"reopened after the change: the clock of the new priority", restart, "P1",
			[]contract.Event{ev(contract.EventRestored, "2024-03-04 10:00"), to("P2", "2024-03-04 11:00"), ev(contract.EventReopened, "2024-03-05 09:00")}, "2024-03-05 09:00",
			[]string{"repair, running, 2024-03-06 18:00", "urgent repair, met, 2024-03-04 14:00"}},
	} {
		t.Run(tt.why, func(t *testing.T) {
			r := &contract.Request{ID: "R1", Source: "requests.csv:2", Selector: contract.Selector{Category: "fault", Priority: tt.first}, Received: at("2024-03-04 09:00"), Events: tt.events}
			list, err := byPriority(t, tt.word).Measure(r, at(tt.asOf))
			require.NoError(t, err)
			assert.Equal(t, tt.want, inLines(list))
			for _, m := range list {
				assert.NoError(t, m.Explain().Check().Err())
			}
		})
	}
}

// A priority that changes while the request is done and is reopened: the clock of the
// new target starts at the change, not before.
func TestPriorityChangesWhileDone(t *testing.T) {
	r := &contract.Request{ID: "R1", Selector: contract.Selector{Category: "fault", Priority: "P2"}, Received: at("2024-03-04 09:00"), Events: []contract.Event{
		ev(contract.EventRestored, "2024-03-04 16:00"), to("P1", "2024-03-04 17:00"), ev(contract.EventReopened, "2024-03-04 17:30")}}
	former := "repair, met, 2024-03-05 18:00"
	for word, want := range map[string][]string{
		"first stop stands": {former},
		"clock ran on":      {"urgent repair, running, 2024-03-05 12:00"},         // an hour on Monday; nothing was done before
		"clock resumes":     {"urgent repair, running, 2024-03-05 13:30"},         // half an hour on Monday
		"new clock starts":  {former, "urgent repair, running, 2024-03-05 13:30"}, // from the reopening
	} {
		c := priorities(t, contract.PriorityRestarts, repairBy("P1", "4 service hours", reopened(word)), repairBy("P2", "16 service hours", reopened(word)))
		list, err := c.Measure(r, at("2024-03-04 17:31"))
		require.NoError(t, err)
		assert.Equal(t, want, inLines(list), word)
		for _, m := range list {
			assert.NoError(t, m.Explain().Check().Err(), word)
		}
		dues, err := c.Deadlines(r)
		require.NoError(t, err)
		require.Len(t, dues, 1)
		if word != "new clock starts" {
			assert.Equal(t, at("2024-03-05 12:00"), dues[0].Due, "a deadline is told without pauses: %s", word)
		}
	}
}

// Where a change starts the clock again, the strictest is still one of all that bind now.
func TestStrictestWhereAChangeStartsTheClock(t *testing.T) {
	any := repairBy("", "6 service hours", change{"for", map[string]any{"category": []string{"fault"}}})
	c := priorities(t, contract.PriorityRestarts, repairBy("P1", "4 service hours"), repairBy("P2", "16 service hours"), change{"/targets/any repair", any}, change{"/severalTargets", "strictest"})
	r := &contract.Request{ID: "R1", Selector: contract.Selector{Category: "fault", Priority: "P1"}, Received: at("2024-03-04 09:00"), Events: []contract.Event{to("P2", "2024-03-04 11:00")}}
	list, err := c.Measure(r, at("2024-03-04 12:00"))
	require.NoError(t, err)
	assert.Equal(t, []string{"any repair, running, 2024-03-04 16:00"}, inLines(list))
	dues, err := c.Deadlines(r)
	require.NoError(t, err)
	require.Len(t, dues, 1)
	assert.Equal(t, "any repair", dues[0].Target())

	// Late under the first priority it stays late.
	r.Events = []contract.Event{to("P2", "2024-03-04 15:00")}
	list, err = c.Measure(r, at("2024-03-04 15:30"))
	require.NoError(t, err)
	assert.Equal(t, []string{"any repair, running, 2024-03-04 16:00", "urgent repair, breached, 2024-03-04 14:00"}, inLines(list))
}

// One clock is told once, though the priority changed and changed back while it seemed
// done: late on Monday, undone on Tuesday.
func TestPriorityChangesAndAReopeningAreOneClock(t *testing.T) {
	r := &contract.Request{ID: "R1", Selector: contract.Selector{Category: "fault", Priority: "P1"}, Received: at("2024-03-04 09:00"), Events: []contract.Event{
		ev(contract.EventRestored, "2024-03-04 20:00"), to("P2", "2024-03-05 11:00"), to("P1", "2024-03-05 13:00"), ev(contract.EventReopened, "2024-03-05 17:00")}}
	for asOf, want := range map[string][]string{
		"2024-03-05 16:59": {"urgent repair, breached, 2024-03-04 14:00"}, // done, and late
		"2024-03-05 17:00": {"urgent repair, breached, 2024-03-04 14:00"}, // and open again
	} {
		for _, several := range []string{"all apply", "strictest"} {
			c := priorities(t, contract.PriorityRederives, repairBy("P1", "4 service hours", reopened("clock ran on")), repairBy("P2", "16 service hours", reopened("clock ran on")), change{"/severalTargets", several})
			list, err := c.Measure(r, at(asOf))
			require.NoError(t, err)
			assert.Equal(t, want, inLines(list), "%s, %s", asOf, several)
			assert.Equal(t, asOf == "2024-03-05 17:00", list[0].IsOpen())
		}
	}
}

// Whatever changes, and however often it seems done, of one clock a request is open or
// done once, and no target tells a clock of it twice.
func TestOneClockIsToldOnce(t *testing.T) {
	contracts := make(map[[2]string]*contract.Contract)
	for _, word := range []string{"clock resumes", "clock ran on"} {
		for _, change := range contract.PriorityChange("").Words() {
			contracts[[2]string{word, change}] = priorities(t, contract.PriorityChange(change), repairBy("P1", "4 service hours", reopened(word)), repairBy("P2", "16 service hours", reopened(word)))
		}
	}
	rapid.Check(t, func(rt *rapid.T) {
		r := &contract.Request{ID: "R1", Source: "requests.csv:2", Selector: contract.Selector{Category: "fault", Priority: rapid.SampledFrom([]string{"P1", "P2"}).Draw(rt, "first")}, Received: at("2024-03-04 09:00")}
		hours := rapid.SliceOfNDistinct(rapid.IntRange(0, 80), 0, 9, rapid.ID).Draw(rt, "hours")
		for _, h := range hours {
			e := contract.Event{At: r.Received.Add(time.Duration(h) * time.Hour), Kind: rapid.SampledFrom([]contract.EventKind{contract.EventPriorityChanged, contract.EventRestored, contract.EventReopened, contract.EventRestored, contract.EventReopened}).Draw(rt, "kind")}
			if e.Kind == contract.EventPriorityChanged {
				e.Priority = rapid.SampledFrom([]string{"P1", "P2"}).Draw(rt, "to")
			}
			r.Events = append(r.Events, e)
		}
		key := [2]string{rapid.SampledFrom([]string{"clock resumes", "clock ran on"}).Draw(rt, "reopened"), rapid.SampledFrom(contract.PriorityChange("").Words()).Draw(rt, "changed")}
		list, err := contracts[key].Measure(r, r.Received.Add(time.Duration(rapid.IntRange(0, 90).Draw(rt, "as of"))*time.Hour))
		require.NoError(rt, err)
		told := 0
		for _, m := range list {
			require.NoError(rt, m.Explain().Check().Err())
			if m.IsOpen() || !m.Done.IsZero() {
				told++
			}
		}
		require.Equal(rt, 1, told, "%v", inLines(list))
		if key[1] != string(contract.PriorityRestarts) {
			require.Len(rt, list, 1, "a clock that never starts again has one row: %v", inLines(list))
		}
	})
}

// The strictest of those that bind; what ceased to displaces nothing that is still owed.
func TestStrictestWhereThePriorityChanges(t *testing.T) {
	r := &contract.Request{ID: "R1", Selector: contract.Selector{Category: "fault", Priority: "P2"}, Received: at("2024-03-04 09:00"), Events: []contract.Event{
		ev(contract.EventRestored, "2024-03-04 10:00"), to("P1", "2024-03-04 11:30"), ev(contract.EventReopened, "2024-03-04 13:00")}}
	any := repairBy("", "3 service hours", reopened("clock resumes"), change{"for", map[string]any{"category": []string{"fault"}}})
	for _, tt := range []struct{ why, normal, urgent, asOf, want string }{
		{"done, and each binds: any is due first", "4 service hours", "9 service hours", "2024-03-04 11:00", "any repair, met, 2024-03-04 12:00"},
		{"done, and the former was due first", "2 service hours", "9 service hours", "2024-03-04 12:31", "repair, met, 2024-03-04 11:00"},
		{"reopened, and due in two hours from then: what ceased to bind was not met", "2 service hours", "9 service hours", "2024-03-06 09:00", "any repair, breached, 2024-03-04 15:00"},
		{"the new one is due first", "2 service hours", "2 service hours", "2024-03-04 13:00", "urgent repair, running, 2024-03-04 14:00"},
	} {
		c := priorities(t, contract.PriorityRederives, repairBy("P1", tt.urgent, reopened("clock resumes")), repairBy("P2", tt.normal, reopened("clock resumes")),
			change{"/targets/any repair", any}, change{"/severalTargets", "strictest"})
		list, err := c.Measure(r, at(tt.asOf))
		require.NoError(t, err)
		assert.Equal(t, []string{tt.want}, inLines(list), tt.why)
	}
}

// What was told to lie before the receipt keeps its order.
func TestTwoPriorityChangesBeforeTheReceipt(t *testing.T) {
	for _, events := range [][]contract.Event{{to("P1", "2024-03-04 08:57"), to("P2", "2024-03-04 08:59")}, {to("P2", "2024-03-04 08:59"), to("P1", "2024-03-04 08:57")}} {
		r := &contract.Request{ID: "R1", Selector: contract.Selector{Category: "fault", Priority: "P1"}, Received: at("2024-03-04 09:00"), Events: events}
		list, err := byPriority(t, contract.PriorityRederives, change{"/requests/clockSkew", "5 clock minutes"}).Measure(r, at("2024-03-04 10:00"))
		require.NoError(t, err)
		assert.Equal(t, []string{"repair, running, 2024-03-05 18:00"}, inLines(list))
	}
}

// An acceptance after what was done counts for a deadline where that can be undone.
func TestDeadlinesOfWhatWasAcceptedWhenDone(t *testing.T) {
	r := &contract.Request{ID: "R1", Selector: contract.Selector{Category: "fault"}, Received: at("2024-03-04 09:00"), Events: []contract.Event{
		ev(contract.EventRestored, "2024-03-04 10:00"), ev(contract.EventAccepted, "2024-03-05 11:00")}}
	for word, due := range map[string]time.Time{"first stop stands": {}, "clock ran on": at("2024-03-14 18:00")} {
		list, err := sample(t, change{"/targets/repair/start/event", "accepted"}, change{"/targets/repair/stop/reopened", word}).Deadlines(r)
		require.NoError(t, err)
		require.Len(t, list, 1)
		assert.Equal(t, due, list[0].Due, word)
		assert.Equal(t, due.IsZero(), list[0].NotStarted, word)
	}
}

// Nothing is told of a target that never owed anything.
func TestTargetsThatOwedNothing(t *testing.T) {
	next := change{"/targets/next response", map[string]any{
		"clause": "response", "for": map[string]any{"channel": []string{"online"}}, "measure": "next response", "within": "1 service hour",
		"clock": map[string]any{"hours": "service"}, "start": map[string]any{"event": "asked again"}, "stop": map[string]any{"event": "responded", "automaticReply": "does not count"},
		"pauses": map[string]any{"reasons": []string{}}, "roll": map[string]any{"to": "none"}}}
	r := &contract.Request{ID: "R1", Selector: contract.Selector{Channel: "online"}, Received: at("2024-03-04 10:00"),
		Events: []contract.Event{ev(contract.EventResponded, "2024-03-04 10:02"), ev(contract.EventCancelled, "2024-03-04 11:00")}}
	list, err := sample(t, next).Measure(r, at("2024-03-05 09:00"))
	require.NoError(t, err)
	assert.Equal(t, []string{"phone and online response, met, 2024-03-04 10:03"}, inLines(list), "nobody asked again before it was cancelled")

	// Done at night under a target that runs then; raised later to one that does not
	// measure what is received out of hours.
	night := change{"/hours/hotline", map[string]any{"clause": "hours", "calendar": "cn", "week": map[string]any{"mon-sun": []string{"08:00-22:00"}}, "holidays": "open", "makeupDays": "as mon", "agreed": map[string]any{}}}
	c := priorities(t, contract.PriorityRederives, repairBy("P1", "4 service hours", change{"start", map[string]any{"event": "received", "outOfHours": "not measured", "hours": "service"}}),
		repairBy("P2", "16 service hours", change{"clock", map[string]any{"hours": "hotline"}}), night)
	done := &contract.Request{ID: "R2", Selector: contract.Selector{Category: "fault", Priority: "P2"}, Received: at("2024-03-04 20:00"),
		Events: []contract.Event{ev(contract.EventRestored, "2024-03-04 21:00"), to("P1", "2024-03-05 10:00")}}
	list, err = c.Measure(done, at("2024-03-05 12:00"))
	require.NoError(t, err)
	assert.Equal(t, []string{"repair, met, 2024-03-05 22:00"}, inLines(list), "done before the other bound it")
	open := *done
	open.Events = open.Events[1:]
	list, err = c.Measure(&open, at("2024-03-05 12:00"))
	require.NoError(t, err)
	assert.Equal(t, []string{"urgent repair, not measured, 0001-01-01 00:00"}, inLines(list), "still owed, and not measured")
}

// One target beyond the calendar takes nothing from the others, but where the strictest
// is asked for.
func TestWhatIsKnownBesideWhatIsNot(t *testing.T) {
	r := &contract.Request{ID: "R1", Source: "requests.csv:2", Selector: contract.Selector{Channel: "e-mail", Category: "fault"}, Received: at("2026-12-23 10:00"),
		Events: []contract.Event{ev(contract.EventResponded, "2026-12-24 10:00")}}
	c, asOf := sample(t), at("2026-12-28 10:00")
	list, err := c.Measure(r, asOf)
	require.ErrorIs(t, err, contract.ErrRange)
	assert.ErrorContains(t, err, "/targets/repair: calendar cn 2025-11-04: ")
	assert.Equal(t, []string{"e-mail response, breached, 2026-12-23 22:00"}, inLines(list))
	dues, err := c.Deadlines(r)
	require.ErrorIs(t, err, contract.ErrRange)
	require.Len(t, dues, 1)
	assert.Equal(t, "e-mail response", dues[0].Target())

	// Of two repairs it is not known which is due first; the response is another measure.
	strict := sample(t, change{"/severalTargets", "strictest"}, change{"/targets/quick repair", repairBy("", "1 clock hour", change{"for", map[string]any{"category": []string{"fault"}}}, change{"clock", map[string]any{}}, change{"start", map[string]any{"event": "received", "outOfHours": "runs"}})})
	list, err = strict.Measure(r, asOf)
	require.ErrorIs(t, err, contract.ErrRange)
	assert.Equal(t, []string{"e-mail response, breached, 2026-12-23 22:00"}, inLines(list))
	dues, err = strict.Deadlines(r)
	require.ErrorIs(t, err, contract.ErrRange)
	require.Len(t, dues, 1)
	assert.Equal(t, "e-mail response", dues[0].Target())
}

// A target that no longer binds makes nothing unknown that does, by any rule; and what a
// clock before the last was is known, though the last is not.
func TestWhatIsKnownOfFormerTargetsAndClocks(t *testing.T) {
	for _, several := range []string{"all apply", "strictest"} {
		for _, word := range []contract.PriorityChange{contract.PriorityRederives, contract.PriorityRestarts} {
			c := priorities(t, word, repairBy("P1", "4 service hours"), repairBy("P2", "40 service hours"), change{"/severalTargets", several})
			r := &contract.Request{ID: "R1", Selector: contract.Selector{Category: "fault", Priority: "P2"}, Received: at("2026-12-24 09:00"), Events: []contract.Event{to("P1", "2026-12-24 11:00"), ev(contract.EventRestored, "2026-12-24 16:00")}}
			want := "urgent repair, breached, 2026-12-24 14:00"
			if word == contract.PriorityRestarts {
				want = "urgent repair, met, 2026-12-24 16:00"
			}
			list, err := c.Measure(r, at("2026-12-25 12:00"))
			require.NoError(t, err, "%s, %s", several, word)
			assert.Equal(t, []string{want}, inLines(list), "%s, %s", several, word)

			// Done under the first priority, and lowered then to one beyond the calendar.
			r.Priority, r.Events = "P1", []contract.Event{ev(contract.EventRestored, "2026-12-24 10:00"), to("P2", "2026-12-24 11:00")}
			list, err = c.Measure(r, at("2026-12-25 12:00"))
			require.NoError(t, err, "%s, %s", several, word)
			assert.Equal(t, []string{"urgent repair, met, 2026-12-24 14:00"}, inLines(list), "%s, %s", several, word)
		}
		c := byPriority(t, contract.PriorityStands, change{"/severalTargets", several})
		r := &contract.Request{ID: "R1", Selector: contract.Selector{Category: "fault", Priority: "P1"}, Received: at("2026-12-24 09:00"), Events: []contract.Event{ev(contract.EventRestored, "2026-12-25 15:00"), ev(contract.EventReopened, "2026-12-28 17:00")}}
		list, err := c.Measure(r, at("2026-12-28 17:30"))
		require.ErrorIs(t, err, contract.ErrRange, several)
		assert.Equal(t, []string{"urgent repair, breached, 2026-12-24 14:00"}, inLines(list), several)
	}
}

// Done at 10:00 and undone at 17:00 by a clock that resumes: it stood in between, and was
// not late when the priority changed at 16:00.
func TestAReopeningAfterTheChangeOfPriority(t *testing.T) {
	r := &contract.Request{ID: "R1", Selector: contract.Selector{Category: "fault", Priority: "P1"}, Received: at("2024-03-04 09:00"), Events: []contract.Event{
		ev(contract.EventRestored, "2024-03-04 10:00"), to("P2", "2024-03-04 16:00"), ev(contract.EventReopened, "2024-03-04 17:00")}}
	for word, want := range map[string][]string{
		"clock resumes": {"repair, running, 2024-03-06 17:00"}, // sixteen hours from 17:00
		"clock ran on":  {"repair, running, 2024-03-06 16:00", "urgent repair, breached, 2024-03-04 14:00"},
	} {
		list, err := priorities(t, contract.PriorityRestarts, repairBy("P1", "4 service hours", reopened(word)), repairBy("P2", "16 service hours", reopened(word))).Measure(r, at("2024-03-04 17:30"))
		require.NoError(t, err)
		assert.Equal(t, want, inLines(list), word)
	}
}

// What was recorded later is not known before, whatever is wrong with it; a request that
// was not on record was none.
func TestAsOfBeforeTheRecord(t *testing.T) {
	c := sample(t)
	r := &contract.Request{ID: "R1", Source: "requests.csv:2", Selector: contract.Selector{Category: "fault"}, Received: at("2024-03-04 09:00"), Recorded: at("2024-03-04 12:00"),
		Events: []contract.Event{{Kind: contract.EventAccepted, At: at("2024-03-03 09:00"), Recorded: at("2024-03-10 09:00")}}}
	list, err := c.Measure(r, at("2024-03-04 12:00"))
	require.NoError(t, err)
	assert.Equal(t, []string{"repair, running, 2024-03-13 18:00"}, inLines(list))
	_, err = c.Measure(r, at("2024-03-10 09:00"))
	require.ErrorIs(t, err, contract.ErrConflict, "before the receipt, as is known by now")
	_, err = c.Measure(r, at("2024-03-04 11:59:59"))
	require.ErrorIs(t, err, contract.ErrInvalid)
	var fault *contract.Error
	require.ErrorAs(t, err, &fault)
	assert.Equal(t, "recorded", fault.Pointer)
	m, err := mustTarget(t, c, "repair").Measure(r, at("2024-03-04 11:59:59"))
	require.Error(t, err)
	assert.Zero(t, m)
}

// Longer than a Duration is no figure.
func TestMeasurementsOfCenturies(t *testing.T) {
	c := sample(t)
	for received, asOf := range map[string]string{"1600-03-04 09:00": "2024-03-04 09:00", "2024-03-04 09:00": "2400-03-04 09:00"} {
		r := &contract.Request{ID: "R1", Source: "requests.csv:2", Received: at(received)}
		_, err := mustTarget(t, c, "e-mail response").Measure(r, at(asOf))
		require.ErrorIs(t, err, contract.ErrLimit, received)
		due, late, err := mustTarget(t, c, "e-mail response").Due(r, at(asOf))
		require.NoError(t, err)
		assert.True(t, late)
		assert.Equal(t, 12*time.Hour, due.Sub(r.Received))
	}
}

// Told to lie before the receipt, within what clocks may differ by, a change and a
// repair happened at the receipt: the repair is done under the priority that the
// request had first, once, as where both are told at the receipt.
func TestPriorityChangesBeforeTheReceipt(t *testing.T) {
	for _, word := range []contract.PriorityChange{contract.PriorityRederives, contract.PriorityRestarts} {
		c := byPriority(t, word, change{"/requests/clockSkew", "5 clock minutes"})
		tell := func(changed, restored string) []string {
			r := &contract.Request{ID: "R1", Selector: contract.Selector{Category: "fault", Priority: "P1"}, Received: at("2024-03-04 09:00"),
				Events: []contract.Event{to("P2", changed), ev(contract.EventRestored, restored)}}
			list, err := c.Measure(r, at("2024-03-08 09:00"))
			require.NoError(t, err)
			var got []string
			for _, m := range list {
				if m.Target() == "repair" || m.Target() == "urgent repair" {
					got = append(got, m.Target()+" "+m.Status.String())
				}
			}
			return got
		}
		assert.Equal(t, []string{"urgent repair met"}, tell("2024-03-04 08:58", "2024-03-04 08:59"), word)
		assert.Equal(t, tell("2024-03-04 09:00", "2024-03-04 09:00"), tell("2024-03-04 08:58", "2024-03-04 08:59"), word)
	}
}

func TestPriorityChangesThatAreNone(t *testing.T) {
	r := &contract.Request{ID: "R1", Selector: contract.Selector{Category: "fault", Priority: "P1"}, Received: at("2024-03-04 09:00")}
	for _, tt := range []struct {
		why  string
		e    contract.Event
		kind error
	}{
		{"to a priority that the document does not know", to("P9", "2024-03-04 10:00"), contract.ErrUnknown},
		{"to none", to("", "2024-03-04 10:00"), contract.ErrRequired},
		{"before the receipt", to("P2", "2024-03-04 08:59"), contract.ErrConflict},
		{"to another than at the same instant", to("P2", "2024-03-04 10:00"), contract.ErrConflict},
	} {
		r.Events = []contract.Event{to("P1", "2024-03-04 10:00"), tt.e}
		_, err := byPriority(t, contract.PriorityRestarts).Measure(r, at("2024-03-05 09:00"))
		require.ErrorIs(t, err, tt.kind, tt.why)
		var fault *contract.Error
		require.ErrorAs(t, err, &fault, tt.why)
		assert.Equal(t, "events/1", fault.Pointer, tt.why)
	}
	_, err := contract.Compile(reread(t, sampleDocument(t), []change{{"/priorityChange", "first priority stands"}}), china())
	require.ErrorIs(t, err, contract.ErrInvalid)
	assert.ErrorContains(t, err, "/priorityChange: has no effect")
}

// The deadlines of a request are those of its last priority.
func TestDeadlinesOfAChangedPriority(t *testing.T) {
	r := &contract.Request{ID: "R1", Selector: contract.Selector{Category: "fault", Priority: "P1"}, Received: at("2024-03-04 09:00"), Events: []contract.Event{to("P2", "2024-03-04 11:00")}}
	for word, want := range map[contract.PriorityChange]string{
		contract.PriorityStands: "urgent repair 2024-03-04 14:00", contract.PriorityRederives: "repair 2024-03-05 18:00", contract.PriorityRestarts: "repair 2024-03-06 11:00",
	} {
		list, err := byPriority(t, word).Deadlines(r)
		require.NoError(t, err)
		require.Len(t, list, 1)
		assert.Equal(t, want, list[0].Target()+" "+list[0].Due.Format("2006-01-02 15:04"))
		assert.NoError(t, list[0].Explain().Check().Err())
	}
}

func TestPriorityLaws(t *testing.T) {
	contracts := map[string]*contract.Contract{}
	for _, w := range contract.PriorityChange("").Words() {
		contracts[w] = byPriority(t, contract.PriorityChange(w))
	}
	rapid.Check(t, func(rt *rapid.T) {
		r := genRequest(customer, vendor).Draw(rt, "request")
		r.Category, r.Priority = "fault", rapid.SampledFrom([]string{"P1", "P2"}).Draw(rt, "first")
		plain := *r
		plain.Events = slices.Clone(r.Events)
		draw := func(what string) time.Time {
			return r.Received.Add(time.Duration(rapid.IntRange(0, 6000).Draw(rt, what)) * time.Minute)
		}
		for range rapid.IntRange(0, 3).Draw(rt, "changes") {
			r.Events = append(r.Events, contract.Event{Kind: contract.EventPriorityChanged, At: draw("change"), Priority: rapid.SampledFrom([]string{"P1", "P2"}).Draw(rt, "to")})
		}
		if rapid.Bool().Draw(rt, "done") {
			e := contract.Event{Kind: contract.EventRestored, At: draw("restored")}
			r.Events, plain.Events = append(r.Events, e), append(plain.Events, e)
		}
		asOf := r.Received.Add(60 * 24 * time.Hour)
		word := rapid.SampledFrom(contract.PriorityChange("").Words()).Draw(rt, "word")
		list, err := contracts[word].Measure(r, asOf)
		if word != string(contract.PriorityStands) && slices.ContainsFunc(r.Events, func(a contract.Event) bool {
			return a.Kind == contract.EventPriorityChanged && slices.ContainsFunc(r.Events, func(b contract.Event) bool {
				return b.Kind == a.Kind && b.At.Equal(a.At) && b.Priority != a.Priority
			})
		}) {
			require.ErrorIs(rt, err, contract.ErrConflict, "two changes of one instant")
			return
		}
		require.NoError(rt, err)

		open, done := 0, 0
		for _, m := range list {
			require.NoError(rt, m.Explain().Check().Err())
			if m.IsOpen() {
				open++
			}
			if !m.Done.IsZero() {
				done++
			}
		}
		require.Equal(rt, 1, open+done, "one target at a time is open or done")

		rand.New(rand.NewSource(int64(rapid.Uint64().Draw(rt, "seed")))).Shuffle(len(r.Events), func(i, j int) { r.Events[i], r.Events[j] = r.Events[j], r.Events[i] })
		again, err := contracts[word].Measure(r, asOf)
		require.NoError(rt, err)
		require.Equal(rt, inLines(list), inLines(again), "the order in which events are told makes no difference")
		if word == string(contract.PriorityStands) {
			same, err := contracts[word].Measure(&plain, asOf)
			require.NoError(rt, err)
			require.Equal(rt, inLines(same), inLines(list), "where the first priority stands a change is nothing")
		}
	})
}

func TestNextResponse(t *testing.T) {
	c := sample(t, change{"/targets/next response", map[string]any{
		"clause": "response", "for": map[string]any{"channel": []string{"online"}}, "measure": "next response", "within": "1 service hour",
		"clock": map[string]any{"hours": "service"}, "start": map[string]any{"event": "asked again"},
		"stop":   map[string]any{"event": "responded", "automaticReply": "does not count"},
		"pauses": map[string]any{"reasons": []string{}}, "roll": map[string]any{"to": "none"},
	}})
	for _, tt := range []struct {
		why    string
		events []contract.Event
		asOf   string
		want   []string
	}{
		{"nobody asked again: there is nothing to measure", []contract.Event{ev(contract.EventResponded, "2024-03-04 09:02")}, "2024-03-04 10:00", nil},
		{"what is asked before the first response waits for that", []contract.Event{ev(contract.EventAskedAgain, "2024-03-04 09:01")}, "2024-03-04 10:00", nil},
		{"from the question on, over lunch", []contract.Event{ev(contract.EventResponded, "2024-03-04 09:02"), ev(contract.EventAskedAgain, "2024-03-04 11:30")}, "2024-03-04 12:00",
			[]string{"next response, running, 2024-03-04 13:30"}},
		{"asked twice is answered once, from the first", []contract.Event{ev(contract.EventResponded, "2024-03-04 09:02"), ev(contract.EventAskedAgain, "2024-03-04 10:00"), ev(contract.EventAskedAgain, "2024-03-04 10:50"), ev(contract.EventResponded, "2024-03-04 11:01")}, "2024-03-04 12:00",
			[]string{"next response, breached, 2024-03-04 11:00"}},
		{"each question has its clock", []contract.Event{ev(contract.EventResponded, "2024-03-04 09:02"), ev(contract.EventAskedAgain, "2024-03-04 10:00"), ev(contract.EventResponded, "2024-03-04 10:30"), ev(contract.EventAskedAgain, "2024-03-04 15:00")}, "2024-03-04 15:30",
			[]string{"next response, met, 2024-03-04 11:00", "next response, running, 2024-03-04 16:00"}},
	} {
		t.Run(tt.why, func(t *testing.T) {
			r := &contract.Request{ID: "R1", Source: "requests.csv:2", Selector: contract.Selector{Channel: "online"}, Received: at("2024-03-04 09:00"), Events: tt.events}
			list, err := c.Measure(r, at(tt.asOf))
			require.NoError(t, err)
			var next []contract.Measurement
			for _, m := range list {
				assert.NoError(t, m.Explain().Check().Err())
				if m.Target() == "next response" {
					next = append(next, m)
				}
			}
			assert.Equal(t, tt.want, inLines(next))
		})
	}
}

// A repair that is measured from the response does not include the time for it.
func TestRepairFromTheResponse(t *testing.T) {
	c := sample(t, change{"/targets/repair/start", map[string]any{"event": "responded", "outOfHours": "runs"}})
	r := &contract.Request{ID: "R1", Source: "requests.csv:2", Received: at("2024-03-04 09:00")}
	m, err := mustTarget(t, c, "repair").Measure(r, at("2024-03-06 09:00"))
	require.NoError(t, err)
	assert.Equal(t, contract.StatusNotStarted, m.Status)
	r.Events = []contract.Event{ev(contract.EventResponded, "2024-03-05 09:00"), ev(contract.EventResponded, "2024-03-07 09:00")}
	m, err = mustTarget(t, c, "repair").Measure(r, at("2024-03-08 09:00"))
	require.NoError(t, err)
	assert.Equal(t, []string{"repair, running, 2024-03-14 18:00"}, inLines([]contract.Measurement{m}))
	assert.NoError(t, m.Explain().Check().Err())
}

// What a clock that is not quite right tells is taken as at the receipt, so far as
// the document tolerates it.
func TestClockSkew(t *testing.T) {
	r := &contract.Request{ID: "R1", Selector: contract.Selector{Channel: "phone"}, Received: at("2024-03-04 09:00"), Events: []contract.Event{ev(contract.EventResponded, "2024-03-04 08:58")}}
	_, err := sample(t).Measure(r, at("2024-03-05 09:00"))
	assert.ErrorIs(t, err, contract.ErrConflict, "no tolerance is stated")
	c := sample(t, change{"/requests/clockSkew", "2 clock minutes"})
	list, err := c.Measure(r, at("2024-03-05 09:00"))
	require.NoError(t, err)
	require.Len(t, list, 1)
	assert.Equal(t, contract.StatusMet, list[0].Status)
	assert.Equal(t, at("2024-03-04 09:00").Format(time.RFC3339), list[0].Done.Format(time.RFC3339), "it happened at the receipt")
	assert.NoError(t, list[0].Explain().Check().Err())
	r.Events[0].At = r.Events[0].At.Add(-1)
	_, err = c.Measure(r, at("2024-03-05 09:00"))
	assert.ErrorIs(t, err, contract.ErrConflict, "a nanosecond more than is tolerated")
	for _, wrong := range []string{"2 service minutes", "2 days", "0 clock minutes"} {
		_, err := contract.Compile(reread(t, sampleDocument(t), []change{{"/requests/clockSkew", wrong}}), china())
		assert.ErrorIs(t, err, contract.ErrInvalid, wrong)
	}
}

// Targets choose by attributes that the document adds.
func TestAttributes(t *testing.T) {
	added := change{"/requests/attributes", map[string]any{"plan": map[string]any{"gold": "金牌", "silver": "银牌"}}}
	c := sample(t, added, change{"/targets/repair/for/plan", []string{"gold"}})
	for plan, want := range map[string]int{"gold": 1, "silver": 0, "": 0} {
		s := contract.Selector{Category: "fault", Attributes: map[string]string{"plan": plan}}
		list, err := c.Targets(s, contract.MustParseDate("2024-03-04"))
		require.NoError(t, err)
		assert.Len(t, list, want, "plan %q", plan)
	}
	for _, wrong := range []map[string]string{{"plan": "bronze"}, {"site": "Beijing"}} {
		_, err := c.Targets(contract.Selector{Category: "fault", Attributes: wrong}, contract.MustParseDate("2024-03-04"))
		assert.ErrorIs(t, err, contract.ErrUnknown, "%v", wrong)
	}
	for _, tt := range []struct {
		why  string
		with []change
		says string
	}{
		{"a name that there is not", []change{added, {"/targets/repair/for/plan", []string{"bronze"}}}, `no plan "bronze"; have gold, silver`},
		{"an attribute that there is not", []change{{"/targets/repair/for/plan", []string{"gold"}}}, `requests have no "plan"; have channel, category, priority, item`},
		{"one that every request has", []change{{"/requests/attributes", map[string]any{"channel": map[string]any{"fax": "传真"}}}}, "every request has a channel"},
		{"one without names", []change{{"/requests/attributes", map[string]any{"plan": map[string]any{}}}}, "say which there are"},
	} {
		_, err := contract.Compile(reread(t, sampleDocument(t), tt.with), china())
		assert.ErrorContains(t, err, tt.says, tt.why)
	}
}

func ExampleContract_Measure_priority() {
	doc := exampleDocument()
	doc.Requests.Priorities = map[string]string{"P1": "urgent", "P2": "normal"}
	doc.PriorityChange = contract.PriorityRestarts
	urgent := doc.Targets["technical response"]
	urgent.For = map[string][]string{"priority": {"P1"}}
	doc.Targets["urgent response"] = urgent
	c := contract.MustCompile(doc, exampleReference())
	measured, err := c.Measure(&contract.Request{
		ID: "R-9", Selector: contract.Selector{Priority: "P2"}, Received: inChina("2024-03-04 09:00:00"),
		Events: []contract.Event{{Kind: contract.EventPriorityChanged, At: inChina("2024-03-04 11:30:00"), Priority: "P1"}},
	}, inChina("2024-03-04 12:00:00"))
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, m := range measured {
		fmt.Println(m.Target(), m.Status, "due", m.Due.Format("15:04"))
	}
	// Output: urgent response running due 13:30
}
