package contract_test

import (
	"maps"
	"math/rand"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/cfd16870/contract"
	"github.com/cfd16870/contract/proof"
)

const (
	loan  = "loan unit"
	spare = "spare part"
)

// extends is an extension of a target for a loan unit or a spare part.
func extends(target, within string, clock map[string]any, from string) change {
	return change{"/targets/" + target + "/extension", map[string]any{"reasons": []string{loan, spare}, "within": within, "clock": clock, "from": from}}
}

func pausedFor(target string, onDays ...string) change {
	pauses := map[string]any{"reasons": []string{customer, "agreed"}}
	if len(onDays) > 0 {
		pauses["onDays"] = onDays[0]
	}
	return change{"/targets/" + target + "/pauses", pauses}
}

// An e-mail of Monday, 4 March 2024 at 09:00 is to be answered within 12 hours on the
// clock, until 21:00, and a loan unit that comes by then gives 120 hours more.
func TestExtensions(t *testing.T) {
	const (
		technical = "technical response"
		repair    = "repair"
	)
	byEvent := []change{extends(email, "120 clock hours", map[string]any{}, "event"), pausedFor(email)}
	byDeadline := []change{extends(email, "120 clock hours", map[string]any{}, "deadline"), pausedFor(email)}
	responded := func(when string) contract.Event { return ev(contract.EventResponded, when) }
	extended := func(when string, reason ...string) contract.Event {
		return ev(contract.EventExtended, when, append(reason, loan)[0])
	}
	beside := func(e contract.Event, d time.Duration) contract.Event {
		e.At = e.At.Add(d)
		return e
	}
	late := func(e contract.Event, recorded string) contract.Event {
		e.Recorded = at(recorded)
		return e
	}
	paused := func(from, to string) []contract.Event {
		return []contract.Event{ev(contract.EventPaused, from, customer), ev(contract.EventResumed, to, customer)}
	}
	// Three days that end at 24:00 of Thursday, 7 March; and then more.
	days := func(within string, clock map[string]any, rest string) []change {
		return append(inDays("3 days", at24), extends(email, within, clock, "deadline"), restDay(rest))
	}
	inWorkingDays := func(from, ends string) []change {
		return []change{extends(technical, "3 working days", map[string]any{"days": "state", "hours": "service", "ends": ends}, from), pausedFor(technical, "wholly paused days are skipped")}
	}
	for _, tt := range []struct {
		why      string
		changes  []change
		target   string // e-mail response unless said
		received string // 2024-03-04 09:00 unless said
		events   []contract.Event
		asOf     string // 2024-03-04 21:00 unless said
		due      string
		by       int // which event granted it, from 1; 0: none
		status   contract.Status
		left     time.Duration
	}{
		{why: "no event: the deadline stands", changes: byEvent, due: "2024-03-04 21:00", status: contract.StatusRunning},
		{why: "a loan unit in time: 120 hours from its delivery", changes: byEvent, events: []contract.Event{extended("2024-03-04 15:00")},
			due: "2024-03-09 15:00", by: 1, status: contract.StatusRunning, left: 114 * time.Hour},
		{why: "a spare part as well", changes: byEvent, events: []contract.Event{extended("2024-03-04 15:00", spare)},
			due: "2024-03-09 15:00", by: 1, status: contract.StatusRunning, left: 114 * time.Hour},
		{why: "for another reason there is no more time", changes: byEvent, events: []contract.Event{extended("2024-03-04 15:00", "holiday")}, due: "2024-03-04 21:00", status: contract.StatusRunning},
		{why: "exactly at the due instant is in time", changes: byEvent, events: []contract.Event{extended("2024-03-04 21:00")},
			due: "2024-03-09 21:00", by: 1, status: contract.StatusRunning, left: 120 * time.Hour},
		{why: "a nanosecond later is too late", changes: byEvent, events: []contract.Event{beside(extended("2024-03-04 21:00"), 1)}, asOf: "2024-03-04 22:00",
			due: "2024-03-04 21:00", status: contract.StatusBreached, left: -time.Hour},
		{why: "as the clock starts", changes: byEvent, events: []contract.Event{extended("2024-03-04 09:00")},
			due: "2024-03-09 09:00", by: 1, status: contract.StatusRunning, left: 108 * time.Hour},
		{why: "before the clock started it grants nothing", changes: append(byEvent[:2:2], change{"/targets/" + email + "/start", map[string]any{"event": "accepted", "outOfHours": "runs"}}),
			events: []contract.Event{ev(contract.EventAccepted, "2024-03-04 10:00"), extended("2024-03-04 09:59:59")}, due: "2024-03-04 22:00", status: contract.StatusRunning, left: time.Hour},
		{why: "after the receipt and before the opening at which the clock starts it does", changes: append(byEvent[:2:2], starts("next opening")), received: "2024-03-04 07:00",
			events: []contract.Event{extended("2024-03-04 08:00")}, due: "2024-03-09 08:00", by: 1, status: contract.StatusRunning, left: 107 * time.Hour},
		{why: "the first stands, a later one is kept", changes: byEvent, events: []contract.Event{extended("2024-03-04 20:00"), extended("2024-03-04 15:00", spare)},
			due: "2024-03-09 15:00", by: 2, status: contract.StatusRunning, left: 114 * time.Hour},
		{why: "once: not again in the time that was granted", changes: byEvent, events: []contract.Event{extended("2024-03-04 15:00"), extended("2024-03-09 12:00")}, asOf: "2024-03-09 12:00",
			due: "2024-03-09 15:00", by: 1, status: contract.StatusRunning, left: 3 * time.Hour},
		{why: "of two the first for a reason that counts", changes: byEvent, events: []contract.Event{extended("2024-03-04 14:00", "holiday"), extended("2024-03-04 16:00")},
			due: "2024-03-09 16:00", by: 2, status: contract.StatusRunning, left: 115 * time.Hour},
		{why: "from the deadline it makes no difference when it came", changes: byDeadline, events: []contract.Event{extended("2024-03-04 15:00")},
			due: "2024-03-09 21:00", by: 1, status: contract.StatusRunning, left: 120 * time.Hour},
		{why: "from the deadline nothing of it is used before", changes: byDeadline, events: []contract.Event{extended("2024-03-04 15:00")}, asOf: "2024-03-04 16:00",
			due: "2024-03-09 21:00", by: 1, status: contract.StatusRunning, left: 120 * time.Hour},
		{why: "after it was done there is nothing to extend", changes: byEvent, events: []contract.Event{responded("2024-03-04 14:00"), extended("2024-03-04 15:00")},
			due: "2024-03-04 21:00", status: contract.StatusMet, left: 7 * time.Hour},
		{why: "nor at the instant at which it is done", changes: byEvent, events: []contract.Event{responded("2024-03-04 15:00"), extended("2024-03-04 15:00")},
			due: "2024-03-04 21:00", status: contract.StatusMet, left: 6 * time.Hour},
		{why: "nor once it is cancelled", changes: byEvent, events: []contract.Event{ev(contract.EventCancelled, "2024-03-04 14:00"), extended("2024-03-04 15:00")},
			due: "2024-03-04 21:00", status: contract.StatusCancelled, left: 7 * time.Hour},
		{why: "met in the time that was granted", changes: byEvent, events: []contract.Event{extended("2024-03-04 15:00"), responded("2024-03-09 15:00")}, asOf: "2024-04-01 09:00",
			due: "2024-03-09 15:00", by: 1, status: contract.StatusMet},
		{why: "late after it", changes: byEvent, events: []contract.Event{extended("2024-03-04 15:00"), responded("2024-03-09 16:00")}, asOf: "2024-04-01 09:00",
			due: "2024-03-09 15:00", by: 1, status: contract.StatusBreached, left: -time.Hour},
		{why: "late, and excused", changes: byEvent, events: []contract.Event{extended("2024-03-04 15:00"), responded("2024-03-09 16:00"), ev(contract.EventExcused, "2024-03-10 09:00", "power cut")}, asOf: "2024-04-01 09:00",
			due: "2024-03-09 15:00", by: 1, status: contract.StatusExcused, left: -time.Hour},
		{why: "what is not on record yet grants nothing yet", changes: byEvent, events: []contract.Event{late(extended("2024-03-04 15:00"), "2024-03-06 09:00")}, asOf: "2024-03-05 21:00",
			due: "2024-03-04 21:00", status: contract.StatusBreached, left: -24 * time.Hour},
		{why: "and in time all the same once it is", changes: byEvent, events: []contract.Event{late(extended("2024-03-04 15:00"), "2024-03-06 09:00")}, asOf: "2024-03-06 09:00",
			due: "2024-03-09 15:00", by: 1, status: contract.StatusRunning, left: 78 * time.Hour},
		{why: "in time by a pause of three hours before it", changes: byEvent, events: append(paused("2024-03-04 10:00", "2024-03-04 13:00"), extended("2024-03-04 23:00")), asOf: "2024-03-04 23:00",
			due: "2024-03-09 23:00", by: 3, status: contract.StatusRunning, left: 120 * time.Hour},
		{why: "a pause in the time that was granted stops it", changes: byEvent, events: append(paused("2024-03-06 09:00", "2024-03-06 12:00"), extended("2024-03-04 15:00")), asOf: "2024-03-06 15:00",
			due: "2024-03-09 18:00", by: 3, status: contract.StatusRunning, left: 75 * time.Hour},
		{why: "delivered while paused it starts as the pause ends", changes: byEvent, events: append(paused("2024-03-04 14:00", "2024-03-04 16:00"), extended("2024-03-04 15:00")), asOf: "2024-03-04 17:00",
			due: "2024-03-09 16:00", by: 3, status: contract.StatusRunning, left: 119 * time.Hour},
		{why: "a pause that is open holds both", changes: byDeadline, events: []contract.Event{extended("2024-03-04 15:00"), ev(contract.EventPaused, "2024-03-04 20:00", customer)}, asOf: "2024-03-04 22:00",
			due: "2024-03-09 23:00", by: 1, status: contract.StatusPaused, left: 120 * time.Hour},
		{why: "a pause over the former deadline puts the new one off once", changes: byDeadline, events: append(paused("2024-03-04 20:00", "2024-03-05 08:00"), extended("2024-03-04 15:00")), asOf: "2024-03-05 10:00",
			due: "2024-03-10 09:00", by: 3, status: contract.StatusRunning, left: 119 * time.Hour},

		// The technical response is due within an hour of service, at 10:00.
		{why: "on another clock: three working days from its delivery", changes: inWorkingDays("event", "closing"), target: technical, events: []contract.Event{extended("2024-03-04 09:30")}, asOf: "2024-03-05 09:00",
			due: "2024-03-07 18:00", by: 1, status: contract.StatusRunning, left: 24 * time.Hour},
		{why: "a day that is paused whole is skipped", changes: inWorkingDays("event", "closing"), target: technical, events: append(paused("2024-03-05 09:00", "2024-03-05 18:00"), extended("2024-03-04 09:30")), asOf: "2024-03-06 09:00",
			due: "2024-03-08 18:00", by: 3, status: contract.StatusRunning, left: 24 * time.Hour},
		{why: "at the time of day of the deadline that it extends", changes: inWorkingDays("deadline", "same time of day"), target: technical, events: []contract.Event{extended("2024-03-04 09:30")}, asOf: "2024-03-05 10:00",
			due: "2024-03-07 10:00", by: 1, status: contract.StatusRunning, left: 16 * time.Hour},
		{why: "service time more from a deadline at closing", changes: []change{extends(technical, "30 service minutes", map[string]any{"hours": "service"}, "deadline")}, target: technical, received: "2024-03-08 17:00",
			events: []contract.Event{extended("2024-03-08 18:00")}, asOf: "2024-03-08 18:00", due: "2024-03-11 09:30", by: 1, status: contract.StatusRunning, left: 30 * time.Minute},

		// From the deadline at 24:00 of Thursday, 7 March, days are counted from Thursday.
		{why: "two days from 24:00 of Thursday end on Saturday, which stays", changes: days("2 days", at24, "stays"), events: []contract.Event{extended("2024-03-08 00:00")}, asOf: "2024-03-08 00:00",
			due: "2024-03-10 00:00", by: 1, status: contract.StatusRunning, left: 48 * time.Hour},
		{why: "or goes to Monday", changes: days("2 days", at24, "rolls over rest days"), events: []contract.Event{extended("2024-03-08 00:00")}, asOf: "2024-03-08 00:00",
			due: "2024-03-12 00:00", by: 1, status: contract.StatusRunning, left: 96 * time.Hour},
		{why: "at the time of day of 24:00 it is 24:00", changes: days("2 days", sameTime, "stays"), events: []contract.Event{extended("2024-03-08 00:00")}, asOf: "2024-03-08 00:00",
			due: "2024-03-10 00:00", by: 1, status: contract.StatusRunning, left: 48 * time.Hour},
		{why: "two working days from 24:00 of Thursday are Friday and Monday", changes: days("2 working days", map[string]any{"days": "state", "ends": "24:00"}, "stays"), events: []contract.Event{extended("2024-03-08 00:00")}, asOf: "2024-03-08 00:00",
			due: "2024-03-12 00:00", by: 1, status: contract.StatusRunning, left: 96 * time.Hour},
		{why: "delivered at 00:00 of Friday they are counted from Friday", changes: append(inDays("3 days", at24), extends(email, "2 days", at24, "event"), restDay("stays")), events: []contract.Event{extended("2024-03-08 00:00")}, asOf: "2024-03-08 00:00",
			due: "2024-03-11 00:00", by: 1, status: contract.StatusRunning, left: 72 * time.Hour},
		{why: "a month from a deadline on the last of one", changes: append(inDays("3 days", closing), extends(email, "1 month", closing, "deadline")), received: "2024-01-28 10:00", events: []contract.Event{extended("2024-01-31 18:00")}, asOf: "2024-01-31 18:00",
			due: "2024-02-29 18:00", by: 1, status: contract.StatusRunning, left: 128 * time.Hour},

		{why: "both deadlines roll: in time until 09:00 on Tuesday, then to Monday", changes: append(byEvent[:2:2], rollsTo("next opening")), events: []contract.Event{extended("2024-03-05 08:59")}, asOf: "2024-03-05 08:59",
			due: "2024-03-11 09:00", by: 1, status: contract.StatusRunning, left: 120 * time.Hour},
		{why: "from the deadline that has rolled", changes: append(byDeadline[:2:2], rollsTo("close of day")), events: []contract.Event{extended("2024-03-05 17:59")}, asOf: "2024-03-05 18:00",
			due: "2024-03-11 18:00", by: 1, status: contract.StatusRunning, left: 120 * time.Hour},

		{why: "the clock of a reopened request is granted its own", changes: []change{extends(repair, "24 clock hours", map[string]any{}, "deadline"), {"/targets/repair/stop/reopened", "new clock starts"}}, target: repair,
			events: []contract.Event{extended("2024-03-05 09:00"), ev(contract.EventRestored, "2024-03-06 18:00"), ev(contract.EventReopened, "2024-03-08 09:00")}, asOf: "2024-03-08 09:00",
			due: "2024-03-19 18:00", status: contract.StatusRunning, left: 64 * time.Hour},
		{why: "and is by an event of its own", changes: []change{extends(repair, "24 clock hours", map[string]any{}, "deadline"), {"/targets/repair/stop/reopened", "new clock starts"}}, target: repair,
			events: []contract.Event{ev(contract.EventRestored, "2024-03-06 18:00"), ev(contract.EventReopened, "2024-03-08 09:00"), extended("2024-03-08 09:00")}, asOf: "2024-03-08 09:00",
			due: "2024-03-20 18:00", by: 3, status: contract.StatusRunning, left: 24 * time.Hour},
		{why: "granted before a repair that was undone", changes: []change{extends(repair, "24 clock hours", map[string]any{}, "deadline"), {"/targets/repair/stop/reopened", "clock ran on"}}, target: repair,
			events: []contract.Event{extended("2024-03-07 09:00"), ev(contract.EventRestored, "2024-03-06 18:00"), ev(contract.EventReopened, "2024-03-08 09:00")}, asOf: "2024-03-08 09:00",
			due: "2024-03-14 18:00", by: 1, status: contract.StatusRunning, left: 24 * time.Hour},
	} {
		t.Run(tt.why, func(t *testing.T) {
			name, received, asOf := tt.target, tt.received, tt.asOf
			if name == "" {
				name = email
			}
			if received == "" {
				received = "2024-03-04 09:00"
			}
			if asOf == "" {
				asOf = "2024-03-04 21:00"
			}
			target := mustTarget(t, sample(t, tt.changes...), name)
			r := &contract.Request{Source: "requests.csv:2", ID: "R1", Received: at(received), Events: tt.events}
			m, err := target.Measure(r, at(asOf))
			require.NoError(t, err)
			assert.Equal(t, tt.status.String(), m.Status.String())
			assert.Equal(t, at(tt.due).String(), m.Due.String())
			assert.Equal(t, tt.left, m.Left, "left")
			assert.Equal(t, name, m.Target())
			if tt.by == 0 {
				assert.Nil(t, m.ExtendedBy())
			} else {
				assert.Same(t, &r.Events[tt.by-1], m.ExtendedBy())
			}
			w := m.Explain()
			require.NoError(t, w.Check().Err())
			grants := slices.IndexFunc(w.Steps, func(s proof.Step) bool { return s.Op == proof.Grant })
			assert.Equal(t, tt.by > 0, grants > 0, "the working says what granted it")
			due, breached, err := target.Due(r, at(asOf))
			require.NoError(t, err)
			assert.Equal(t, m.Due, due)
			assert.Equal(t, tt.status == contract.StatusBreached, breached)
			slices.Reverse(tt.events)
			other, err := target.Measure(r, at(asOf))
			require.NoError(t, err)
			assert.Equal(t, m.Due, other.Due, "the order in which it is told says nothing")
			require.NoError(t, other.Explain().Check().Err())
		})
	}
}

// The working tells the former deadline, what came, that it was in time and why it
// counts, and then the new deadline.
func TestTheWorkingOfAnExtension(t *testing.T) {
	c := sample(t, extends(email, "120 clock hours", map[string]any{}, "event"), change{"/targets/" + email + "/extension/clause", "technical response"})
	r := &contract.Request{Source: "requests.csv:2", ID: "R1", Received: at("2024-03-04 09:00"), Events: []contract.Event{ev(contract.EventExtended, "2024-03-04 15:00", loan), ev(contract.EventResponded, "2024-03-09 15:00:01")}}
	m, err := mustTarget(t, c, email).Measure(r, at("2024-04-01 09:00"))
	require.NoError(t, err)
	assert.Equal(t, "4.1(1)", m.Clause(), "of the target")
	w := m.Explain()
	require.NoError(t, w.Check().Err())
	var told []string
	for _, s := range w.Steps {
		switch s.Op {
		case proof.Elapse, proof.Late, proof.Grant:
			told = append(told, string(s.Op)+" "+s.Value.Text+" "+s.Clause)
		}
	}
	assert.Equal(t, []string{
		"elapse 2024-03-04T21:00:00+08:00 4.1(1)", "late no 5.2", "granted yes 5.2", "elapse 2024-03-09T15:00:00+08:00 5.2", "late yes 5.2"}, told)
	assert.Contains(t, w.Text(proof.English), "in time")
	i := slices.IndexFunc(w.Steps, func(s proof.Step) bool { return s.Name == "reason for more time" })
	require.Positive(t, i)
	assert.Equal(t, "/targets/e-mail response/extension/reasons/0", w.Steps[i].Source.At)
}

// Warnings and the next instant at which something changes are of the time that was
// granted: half of 120 hours from Monday 15:00 is over on Thursday at 03:00.
func TestWarningsOfAnExtension(t *testing.T) {
	c := sample(t, extends(email, "120 clock hours", map[string]any{}, "event"), pausedFor(email), change{"/targets/" + email + "/warnings", []string{"50%", "90%"}})
	r := &contract.Request{Source: "requests.csv:2", ID: "R1", Received: at("2024-03-04 09:00"), Events: []contract.Event{ev(contract.EventExtended, "2024-03-04 15:00", loan)}}
	target := mustTarget(t, c, email)
	for _, row := range []struct {
		asOf   string
		falls  [2]string
		fallen int
		next   string
	}{
		{"2024-03-04 14:59", [2]string{"2024-03-04 15:00", "2024-03-04 19:48"}, 0, "2024-03-04 15:00"},
		{"2024-03-04 20:00", [2]string{"2024-03-07 03:00", "2024-03-09 03:00"}, 0, "2024-03-07 03:00"},
		{"2024-03-07 03:00", [2]string{"2024-03-07 03:00", "2024-03-09 03:00"}, 1, "2024-03-09 03:00"},
	} {
		m, err := target.Measure(r, at(row.asOf))
		require.NoError(t, err)
		list := m.Warnings()
		require.Len(t, list, 2)
		fallen := 0
		for i, w := range list {
			assert.Equal(t, at(row.falls[i]).String(), w.Falls.String(), row.asOf)
			require.NoError(t, w.Explain().Check().Err())
			assert.Equal(t, w.Falls.Format(time.RFC3339), w.Explain().Result.Text)
			if w.Fallen {
				fallen++
			}
		}
		assert.Equal(t, row.fallen, fallen, row.asOf)
		next, ok := m.Next()
		assert.True(t, ok)
		assert.Equal(t, at(row.next).String(), next.String(), row.asOf)
	}
	// A pause holds the clock that was granted for good.
	r.Events = append(r.Events, ev(contract.EventPaused, "2024-03-05 09:00", customer))
	m, err := target.Measure(r, at("2024-03-05 10:00"))
	require.NoError(t, err)
	_, ok := m.Next()
	assert.False(t, ok)
}

// What an event cannot be is an error of the request, whether the target extends or not.
func TestAnExtensionWithoutAReason(t *testing.T) {
	r := &contract.Request{ID: "R1", Received: at("2024-03-04 09:00"), Events: []contract.Event{ev(contract.EventExtended, "2024-03-04 15:00")}}
	for _, c := range []*contract.Contract{sample(t), sample(t, extends(email, "120 clock hours", map[string]any{}, "event"))} {
		_, err := mustTarget(t, c, email).Measure(r, at("2024-03-05 09:00"))
		require.ErrorIs(t, err, contract.ErrRequired)
		assert.ErrorContains(t, err, "extended without a reason")
		var fault *contract.Error
		require.ErrorAs(t, err, &fault)
		assert.Equal(t, "events/0", fault.Pointer)
	}
}

// Without an extension the event changes nothing.
func TestTargetsThatExtendForNothing(t *testing.T) {
	r := &contract.Request{ID: "R1", Received: at("2024-03-04 09:00"), Events: []contract.Event{ev(contract.EventExtended, "2024-03-04 15:00", loan)}}
	m, err := mustTarget(t, sample(t), email).Measure(r, at("2024-03-04 18:00"))
	require.NoError(t, err)
	assert.Equal(t, at("2024-03-04 21:00").String(), m.Due.String())
	assert.Nil(t, m.ExtendedBy())
	assert.Nil(t, contract.Measurement{}.ExtendedBy())
}

// An amendment restates what is granted; the day of receipt picks the terms.
func TestAmendmentsOfExtensions(t *testing.T) {
	at0 := "/targets/" + email + "/extension"
	c := edited(t, change{"/readings", nil}, change{"/completed", nil}, extends(email, "120 clock hours", map[string]any{}, "event"),
		change{"/amendments", []any{
			map[string]any{"id": "B1", "signed": "2024-03-20", "effective": "2024-04-01", "transition": "by event", "changes": []any{
				map[string]any{"at": at0 + "/within", "was": "120 clock hours", "becomes": "48 clock hours"}, map[string]any{"at": at0 + "/from", "was": "event", "becomes": "deadline"},
				map[string]any{"at": at0 + "/reasons", "was": []string{loan, spare}, "becomes": []string{spare}}}},
			map[string]any{"id": "B2", "signed": "2024-04-20", "effective": "2024-05-01", "transition": "by event", "changes": []any{
				map[string]any{"at": at0, "was": map[string]any{"reasons": []string{spare}, "within": "48 clock hours", "clock": map[string]any{}, "from": "deadline"}}}}}})
	for _, row := range []struct {
		received, due string
		by            bool
	}{
		{"2024-03-31 09:00", "2024-04-05 10:00", true},
		{"2024-04-01 09:00", "2024-04-03 21:00", true},
		{"2024-05-01 09:00", "2024-05-01 21:00", false},
	} {
		received := at(row.received)
		e := ev(contract.EventExtended, "2024-01-01", spare)
		e.At = received.Add(time.Hour)
		m, err := mustTarget(t, c, email).Measure(&contract.Request{ID: "R", Received: received, Events: []contract.Event{e}}, received.Add(2*time.Hour))
		require.NoError(t, err)
		assert.Equal(t, at(row.due).String(), m.Due.String())
		assert.Equal(t, row.by, m.ExtendedBy() != nil)
		w := m.Explain()
		require.NoError(t, w.Check().Err())
		if row.received == "2024-04-01 09:00" {
			i := slices.IndexFunc(w.Steps, func(s proof.Step) bool { return s.Source != nil && s.Source.At == at0+"/within" })
			require.Positive(t, i)
			assert.Equal(t, "amendment B1", w.Steps[i].Source.In)
		}
	}
}

// Both deadlines say from which day they are provisional, the earlier of both counts;
// what rests on calendars rests on those of both clocks.
func TestProvisionalExtensions(t *testing.T) {
	c := sample(t, extends(email, "10 working days", map[string]any{"days": "state", "hours": "service", "ends": "closing"}, "event"))
	r := &contract.Request{ID: "R1", Received: at("2026-12-21 09:00"), Events: []contract.Event{ev(contract.EventExtended, "2026-12-21 15:00", loan)}}
	_, err := mustTarget(t, c, email).Measure(r, at("2026-12-22 09:00"))
	require.ErrorIs(t, err, contract.ErrRange)
	guess, err := c.Provisional()
	require.NoError(t, err)
	m, err := mustTarget(t, guess, email).Measure(r, at("2026-12-22 09:00"))
	require.NoError(t, err)
	assert.Equal(t, on("2026-12-29"), m.Provisional)
	assert.Equal(t, []string{"cn 2025-11-04"}, m.Calendars())
	require.NoError(t, m.Explain().Check().Err())

	// The time that is granted is on the clock; the deadline that it extends is not known.
	guess, err = sample(t, extends("repair", "24 clock hours", map[string]any{}, "deadline")).Provisional()
	require.NoError(t, err)
	m, err = mustTarget(t, guess, "repair").Measure(r, at("2026-12-22 09:00"))
	require.NoError(t, err)
	require.NotNil(t, m.ExtendedBy())
	assert.Equal(t, on("2026-12-29"), m.Provisional)
	assert.Equal(t, []string{"cn 2025-11-04"}, m.Calendars())
}

// extensions are contracts with an extension of each kind, of the kinds of clock that
// it may extend.
func extensions(t testing.TB) map[string]*contract.Contract {
	list := make(map[string]*contract.Contract)
	clocks := map[string]change{
		"clock":        {"", map[string]any{"within": "12 clock hours", "clock": map[string]any{}}},
		"service":      {"", map[string]any{"within": "5 service hours", "clock": map[string]any{"hours": "service"}}},
		"working days": {"", map[string]any{"within": "2 working days", "clock": map[string]any{"hours": "service", "days": "state", "ends": "closing"}}},
		"days":         {"", map[string]any{"within": "3 days", "clock": map[string]any{"hours": "service", "ends": "24:00"}}},
		"same time":    {"", map[string]any{"within": "1 week", "clock": map[string]any{"hours": "service", "ends": "same time of day"}}},
	}
	for base, b := range clocks {
		for more, x := range clocks {
			for _, from := range contract.ExtensionFrom("").Words() {
				for _, roll := range []string{"none", "close of day"} {
					first, second := b.Becomes.(map[string]any), x.Becomes.(map[string]any)
					target := map[string]any{"clause": "technical response", "for": map[string]any{}, "measure": "response", "within": first["within"], "clock": first["clock"],
						"start": map[string]any{"event": "received", "outOfHours": "runs"}, "stop": map[string]any{"event": "responded", "automaticReply": "does not count"},
						"roll": map[string]any{"to": roll, "hours": "service"}, "pauses": map[string]any{"reasons": []string{customer, "agreed"}, "onDays": "paused service time is added"}, "warnings": []string{"50%"},
						"extension": map[string]any{"reasons": []string{loan}, "within": second["within"], "clock": second["clock"], "from": from}}
					if roll == "none" {
						target["roll"] = map[string]any{"to": "none"}
					}
					if base == "service" {
						target["start"] = map[string]any{"event": "received"}
					}
					if (base == "clock" || base == "service") && (more == "clock" || more == "service") {
						target["pauses"] = map[string]any{"reasons": []string{customer, "agreed"}}
					}
					granted := maps.Clone(target)
					delete(granted, "extension")
					granted["within"], granted["clock"] = second["within"], second["clock"]
					granted["start"] = map[string]any{"event": "received", "outOfHours": "runs"}
					if more == "service" {
						granted["start"] = map[string]any{"event": "received"}
					}
					if more == "clock" || more == "service" {
						granted["pauses"] = map[string]any{"reasons": []string{customer, "agreed"}}
					}
					list[base+", "+more+" from "+from+", "+roll] = edited(t, change{"/targets/extended", target}, change{"/targets/granted", granted})
				}
			}
		}
	}
	return list
}

// For any clock, extended by any other: an event by the due instant grants what it
// would as a request of its own, one a nanosecond later nothing; from the deadline it is
// never due earlier; used and left are the budget; the order of events says nothing;
// until Next the answer stands; and every working holds.
func TestExtensionsOfEveryClock(t *testing.T) {
	all := extensions(t)
	var names []string
	for name := range all {
		names = append(names, name)
	}
	slices.Sort(names)
	rapid.Check(t, func(rt *rapid.T) {
		name := rapid.SampledFrom(names).Draw(rt, "clocks")
		c := all[name]
		clause := c.Document().Targets["extended"]
		target := mustTarget(t, c, "extended")
		r := genRequest(customer, "agreed", vendor).Draw(rt, "request")
		asOf := at("2026-10-30 09:00")
		plain, err := target.Measure(r, asOf)
		require.NoError(rt, err)
		beside := rapid.SampledFrom([]time.Duration{0, 0, 1, -1, -time.Hour, -24 * time.Hour, time.Hour}).Draw(rt, "beside")
		when := plain.Due.Add(beside)
		switch rapid.IntRange(0, 3).Draw(rt, "where") {
		case 0:
			when = r.Received.Add(max(beside, 0))
		case 1:
			if n := len(r.Events); n > 0 {
				when = r.Events[rapid.IntRange(0, n-1).Draw(rt, "with")].At.Add(max(beside, 0))
			}
		}
		if when.Before(r.Received) {
			when = r.Received
		}
		if len(r.Events)%2 == 1 { // a pause that lasts is as long as what is asked about
			asOf = r.Events[len(r.Events)-1].At.Add(time.Duration(rapid.IntRange(0, 6000).Draw(rt, "as of")) * time.Minute)
			if asOf.Before(when) {
				asOf = when
			}
			plain, err = target.Measure(r, asOf)
			require.NoError(rt, err)
		}
		more := *r
		more.Events = append(slices.Clone(r.Events), contract.Event{Kind: contract.EventExtended, At: when, Reason: loan}, contract.Event{Kind: contract.EventExtended, At: when.Add(time.Second), Reason: loan},
			contract.Event{Kind: contract.EventExtended, At: r.Received, Reason: spare})
		if rapid.Bool().Draw(rt, "shuffled") {
			rand.New(rand.NewSource(1)).Shuffle(len(more.Events), func(i, j int) { more.Events[i], more.Events[j] = more.Events[j], more.Events[i] })
		}
		m, err := target.Measure(&more, asOf)
		require.NoError(rt, err)
		require.NoError(rt, m.Explain().Check().Err())
		due, breached, err := target.Due(&more, asOf)
		require.NoError(rt, err)
		require.Equal(rt, m.Due, due)
		require.Equal(rt, m.Status == contract.StatusBreached, breached)
		require.Equal(rt, !when.After(plain.Due), m.ExtendedBy() != nil, "in time, or not: %v, due %v", when, plain.Due)
		if m.ExtendedBy() == nil {
			require.Equal(rt, plain.Due, m.Due)
			require.Equal(rt, plain.Left, m.Left)
			return
		}
		require.Equal(rt, when, m.ExtendedBy().At)
		for _, w := range m.Warnings() {
			require.NoError(rt, w.Explain().Check().Err())
		}
		// What is granted is what a request of that instant is given on that clock.
		from := when
		if clause.Extension.From == contract.ExtensionFromDeadline {
			from = plain.Due
			require.False(rt, m.Due.Before(plain.Due), "from the deadline it is never due earlier")
		}
		later := asOf
		if later.Before(from) {
			later = from
		}
		own, err := mustTarget(t, c, "granted").Measure(pausesFrom(r, from, asOf), later)
		require.NoError(rt, err)
		if own.Used == 0 || !from.After(asOf) {
			require.Equal(rt, own.Used, m.Used)
		}
		// From a deadline at 24:00 days are counted from the day that ends then.
		if clause.Extension.Within.Unit() < contract.UnitWorkingDays || clause.Extension.From == contract.ExtensionFromEvent || !contract.DateOf(from).StartIn(shanghai).Equal(from) {
			require.Equal(rt, own.Due.String(), m.Due.String())
			require.Equal(rt, own.Left, m.Left)
			require.Equal(rt, own.Overrun, m.Overrun)
		}
		if d, ok := clause.Extension.Within.Duration(); ok {
			require.Equal(rt, d, m.Used+m.Left)
		}
		next, ok := m.Next()
		if m.Status == contract.StatusPaused && !ok {
			later, err := target.Measure(&more, asOf.Add(20*24*time.Hour))
			require.NoError(rt, err)
			require.Equal(rt, contract.StatusPaused, later.Status, "time alone changes nothing")
		}
		if ok {
			require.True(rt, next.After(asOf))
			for _, t := range []time.Time{next.Add(-1), asOf.Add(next.Sub(asOf) / 2)} {
				if t.Before(asOf) {
					continue
				}
				later, err := target.Measure(&more, t)
				require.NoError(rt, err)
				require.Equal(rt, m.Status.String(), later.Status.String(), "at %v, before next %v", t, next)
			}
			if m.Status == contract.StatusPaused {
				later, err := target.Measure(&more, next)
				require.NoError(rt, err)
				require.Equal(rt, contract.StatusBreached, later.Status)
			}
		}
	})
}

// pausesFrom is a request of a later instant with what is left of the pauses of another.
func pausesFrom(r *contract.Request, from, asOf time.Time) *contract.Request {
	q := &contract.Request{ID: r.ID, Received: from}
	for i := 0; i < len(r.Events); i += 2 {
		begin := r.Events[i]
		end := contract.Event{Kind: contract.EventResumed, At: asOf, Reason: begin.Reason}
		ends := i+1 < len(r.Events)
		if ends {
			end = r.Events[i+1]
		}
		if !end.At.After(from) {
			continue
		}
		if begin.At.Before(from) {
			begin.At = from
		}
		q.Events = append(q.Events, begin)
		if ends {
			q.Events = append(q.Events, end)
		}
	}
	return q
}

// What a statistic counts is the time that a request took from the start of its clock,
// on that clock, also where more time was granted on another.
func TestStatisticsOfWhatWasExtended(t *testing.T) {
	const technical = "technical response"
	done := func(extended, responded string) *contract.Request {
		return &contract.Request{ID: "R1", Selector: contract.Selector{Channel: "e-mail", Category: "technical support"}, Received: at("2024-03-04 09:00"),
			Events: []contract.Event{ev(contract.EventExtended, extended, loan), ev(contract.EventResponded, responded)}}
	}
	for _, tt := range []struct {
		why, target, within, from string
		request                   *contract.Request
		want                      time.Duration
	}{
		{"twelve hours and more from the deadline: answered after eleven", email, "12 clock hours", "deadline", done("2024-03-04 15:00", "2024-03-04 20:00"), 11 * time.Hour},
		{"an hour of service and more on the clock: seventy minutes", technical, "1 service hour", "event", done("2024-03-04 09:50", "2024-03-04 10:10"), 70 * time.Minute},
	} {
		t.Run(tt.why, func(t *testing.T) {
			c := sample(t, append(statistic("mean", change{"of", []string{tt.target}}, change{"fewest", 1}), extends(tt.target, "120 clock hours", map[string]any{}, tt.from))...)
			m, err := mustTarget(t, c, tt.target).Measure(tt.request, at("2024-04-01 09:00"))
			require.NoError(t, err)
			require.NotNil(t, m.ExtendedBy())
			tally, err := c.NewStatisticTally()
			require.NoError(t, err)
			require.True(t, tally.Add(m))
			d, ok := tally.Statistics()[0].Time()
			require.True(t, ok)
			assert.Equal(t, tt.want, d)
		})
	}
}

// A span that goes on from the deadline and ends no later grants nothing.
func TestExtensionsThatGrantNothing(t *testing.T) {
	measure := func(received string, events []contract.Event, changes ...change) contract.Measurement {
		m, err := mustTarget(t, sample(t, changes...), email).Measure(&contract.Request{ID: "R1", Selector: contract.Selector{Channel: "e-mail"}, Received: at(received), Events: events}, at("2024-03-08 19:00"))
		require.NoError(t, err)
		return m
	}
	m := measure("2024-03-04 09:00", []contract.Event{ev(contract.EventExtended, "2024-03-05 09:00", loan)},
		inDays("3 days", closing, firstDay("counted"), extends(email, "1 calendar day", closing, "deadline"))...)
	assert.Nil(t, m.ExtendedBy(), "the first day counts: it is the day that ends with the deadline")
	assert.Equal(t, "2024-03-06 18:00", m.Due.Format("2006-01-02 15:04"))
	m = measure("2024-03-06 20:00", []contract.Event{ev(contract.EventExtended, "2024-03-08 09:00", loan)},
		inDays("2 days", sameTime, restDay("rolls back over rest days"), extends(email, "1 calendar day", closing, "deadline"))...)
	assert.Nil(t, m.ExtendedBy(), "Saturday rolls back to Friday, which closes before the deadline")
	assert.Equal(t, contract.StatusRunning, m.Status)
}
