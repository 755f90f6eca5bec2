package contract_test

import (
	"fmt"
	"math/rand"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/cfd16870/contract"
	"github.com/cfd16870/contract/cn"
)

var shanghai = func() *time.Location {
	loc, err := time.LoadLocation("Asia/Shanghai")
	if err != nil {
		panic(err)
	}
	return loc
}()

// at reads "2024-03-04 09:00" or with seconds, in Shanghai.
func at(s string) time.Time {
	layout := "2006-01-02 15:04:05"[:len(s)]
	t, err := time.ParseInLocation(layout, s, shanghai)
	if err != nil {
		panic(err)
	}
	return t
}

// ev is an event of a request: "paused 2024-03-04 10:00 waiting for customer".
func ev(kind contract.EventKind, when string, reason ...string) contract.Event {
	e := contract.Event{Kind: kind, At: at(when), Source: "events.csv:2"}
	if len(reason) > 0 {
		e.Reason = reason[0]
	}
	return e
}

const (
	customer = "waiting for customer"
	vendor   = "waiting for vendor" // which the sample does not allow
)

func sample(t testing.TB, changes ...change) *contract.Contract {
	t.Helper()
	c, err := contract.Compile(reread(t, sampleDocument(t), changes), china())
	require.NoError(t, err)
	return c
}

func TestMeasure(t *testing.T) {
	pauses := func(onDays string) change {
		return change{"/targets/repair/pauses/onDays", onDays}
	}
	reopened := func(word string) change { return change{"/targets/repair/stop/reopened", word} }
	hotline := change{"/hours/hotline", map[string]any{"clause": "hours", "calendar": "cn", "week": map[string]any{"mon-sun": []string{"08:00-22:00"}},
		"holidays": "open", "makeupDays": "as mon", "agreed": map[string]any{}}}
	// Pauses on the clock of service time and on the clock: the technical response
	// and the e-mail response, made to allow them.
	allowed := []change{
		{"/targets/technical response/pauses/reasons", []string{customer}},
		{"/targets/e-mail response/pauses/reasons", []string{customer}},
	}
	for _, tt := range []struct {
		why      string
		changes  []change
		target   string
		received string
		events   []contract.Event
		asOf     string
		status   contract.Status
		due      string
		overrun  time.Duration
		service  time.Duration
		left     time.Duration
	}{
		{why: "an event exactly at the due instant is in time",
			target: "technical response", received: "2024-03-04 09:00", events: []contract.Event{ev(contract.EventResponded, "2024-03-04 10:00")},
			asOf: "2024-03-05 00:00", status: contract.StatusMet, due: "2024-03-04 10:00"},
		{why: "the first qualifying event stops, a later one does not undo it",
			target: "technical response", received: "2024-03-04 09:00",
			events: []contract.Event{ev(contract.EventResponded, "2024-03-04 15:00"), ev(contract.EventResponded, "2024-03-04 09:30")},
			asOf:   "2024-03-05 00:00", status: contract.StatusMet, due: "2024-03-04 10:00", left: 30 * time.Minute},
		{why: "an automatic reply is no response here",
			target: "technical response", received: "2024-03-04 09:00",
			events: []contract.Event{ev(contract.EventAutoReply, "2024-03-04 09:01"), ev(contract.EventResponded, "2024-03-04 11:00")},
			asOf:   "2024-03-05 00:00", status: contract.StatusBreached, due: "2024-03-04 10:00", overrun: time.Hour, service: time.Hour, left: -time.Hour},
		{why: "where automatic replies count, one is a response", changes: []change{{"/targets/technical response/stop/automaticReply", "counts"}},
			target: "technical response", received: "2024-03-04 09:00", events: []contract.Event{ev(contract.EventAutoReply, "2024-03-04 09:01")},
			asOf: "2024-03-05 00:00", status: contract.StatusMet, due: "2024-03-04 10:00", left: 59 * time.Minute},
		{why: "a workaround is no repair here, and the request stays open",
			target: "repair", received: "2024-03-04 09:00", events: []contract.Event{ev(contract.EventWorkaround, "2024-03-05 09:00")},
			asOf: "2024-03-06 09:00", status: contract.StatusRunning, due: "2024-03-13 18:00", left: 48 * time.Hour},
		{why: "where workarounds count, one is a repair", changes: []change{{"/targets/repair/stop/workaround", "counts"}},
			target: "repair", received: "2024-03-04 09:00", events: []contract.Event{ev(contract.EventWorkaround, "2024-03-05 09:00")},
			asOf: "2024-03-06 09:00", status: contract.StatusMet, due: "2024-03-13 18:00", left: 56 * time.Hour},
		{why: "resolved is not restored: only the event that is named stops",
			target: "repair", received: "2024-03-04 09:00", events: []contract.Event{ev(contract.EventResolved, "2024-03-05 09:00")},
			asOf: "2024-03-06 09:00", status: contract.StatusRunning, due: "2024-03-13 18:00", left: 48 * time.Hour},
		{why: "what happens after the instant asked about is not known yet",
			target: "technical response", received: "2024-03-04 09:00", events: []contract.Event{ev(contract.EventResponded, "2024-03-04 09:50")},
			asOf: "2024-03-04 09:45", status: contract.StatusRunning, due: "2024-03-04 10:00", left: 15 * time.Minute},
		{why: "open at the due instant is in time still",
			target: "technical response", received: "2024-03-04 09:00", asOf: "2024-03-04 10:00", status: contract.StatusRunning, due: "2024-03-04 10:00"},
		{why: "open and late is a breach",
			target: "technical response", received: "2024-03-04 09:00", asOf: "2024-03-04 10:00:01", status: contract.StatusBreached, due: "2024-03-04 10:00",
			overrun: time.Second, service: time.Second, left: -time.Second},
		{why: "an overrun over a weekend is long on the clock and short in service time",
			target: "technical response", received: "2024-03-08 17:00", events: []contract.Event{ev(contract.EventResponded, "2024-03-11 09:10")},
			asOf: "2024-04-01 00:00", status: contract.StatusBreached, due: "2024-03-08 18:00", overrun: 63*time.Hour + 10*time.Minute, service: 10 * time.Minute, left: -10 * time.Minute},
		{why: "the overrun of a target on the clock is told in the hours that it names",
			target: "e-mail response", received: "2024-03-08 18:00", events: []contract.Event{ev(contract.EventResponded, "2024-03-11 09:30")},
			asOf: "2024-04-01 00:00", status: contract.StatusBreached, due: "2024-03-09 06:00", overrun: 51*time.Hour + 30*time.Minute, service: 30 * time.Minute, left: -(51*time.Hour + 30*time.Minute)},
		{why: "an excuse excuses a breach",
			target: "technical response", received: "2024-03-04 09:00",
			events: []contract.Event{ev(contract.EventResponded, "2024-03-04 11:00"), ev(contract.EventExcused, "2024-03-08 11:00", "power cut")},
			asOf:   "2024-04-01 00:00", status: contract.StatusExcused, due: "2024-03-04 10:00", overrun: time.Hour, service: time.Hour, left: -time.Hour},
		{why: "what was met needs no excuse and stays met",
			target: "technical response", received: "2024-03-04 09:00",
			events: []contract.Event{ev(contract.EventResponded, "2024-03-04 09:30"), ev(contract.EventExcused, "2024-03-08 11:00", "power cut")},
			asOf:   "2024-04-01 00:00", status: contract.StatusMet, due: "2024-03-04 10:00", left: 30 * time.Minute},
		{why: "cancelled before it was due",
			target: "technical response", received: "2024-03-04 09:00", events: []contract.Event{ev(contract.EventCancelled, "2024-03-04 09:20")},
			asOf: "2024-04-01 00:00", status: contract.StatusCancelled, due: "2024-03-04 10:00", left: 40 * time.Minute},
		{why: "cancelled after it was due: it was late by then",
			target: "technical response", received: "2024-03-04 09:00", events: []contract.Event{ev(contract.EventCancelled, "2024-03-04 10:20")},
			asOf: "2024-04-01 00:00", status: contract.StatusBreached, due: "2024-03-04 10:00", overrun: 20 * time.Minute, service: 20 * time.Minute, left: -20 * time.Minute},
		{why: "an answer after the cancellation is owed to no one",
			target: "technical response", received: "2024-03-04 09:00",
			events: []contract.Event{ev(contract.EventCancelled, "2024-03-04 09:20"), ev(contract.EventResponded, "2024-03-04 11:00")},
			asOf:   "2024-04-01 00:00", status: contract.StatusCancelled, due: "2024-03-04 10:00", left: 40 * time.Minute},
		{why: "reopened: the first stop stands",
			target: "repair", received: "2024-03-04 09:00", events: []contract.Event{ev(contract.EventRestored, "2024-03-05 09:00"), ev(contract.EventReopened, "2024-03-20 09:00")},
			asOf: "2024-04-01 00:00", status: contract.StatusMet, due: "2024-03-13 18:00", left: 56 * time.Hour},
		{why: "the clock resumes: the time from the stop to the reopening is a pause", changes: []change{reopened("clock resumes")},
			target: "repair", received: "2024-03-04 09:00", events: []contract.Event{ev(contract.EventRestored, "2024-03-06 18:00"), ev(contract.EventReopened, "2024-03-08 09:00")},
			asOf: "2024-03-08 09:00", status: contract.StatusRunning, due: "2024-03-14 18:00", left: 40 * time.Hour},
		{why: "the clock resumes: it stops at the next repair", changes: []change{reopened("clock resumes")},
			target: "repair", received: "2024-03-04 09:00",
			events: []contract.Event{ev(contract.EventRestored, "2024-03-06 18:00"), ev(contract.EventReopened, "2024-03-08 09:00"), ev(contract.EventRestored, "2024-03-14 18:00")},
			asOf:   "2024-04-01 00:00", status: contract.StatusMet, due: "2024-03-14 18:00"},
		{why: "the clock ran on: as if it had not been stopped", changes: []change{reopened("clock ran on")},
			target: "repair", received: "2024-03-04 09:00",
			events: []contract.Event{ev(contract.EventRestored, "2024-03-06 18:00"), ev(contract.EventReopened, "2024-03-08 09:00"), ev(contract.EventRestored, "2024-03-14 18:00")},
			asOf:   "2024-04-01 00:00", status: contract.StatusBreached, due: "2024-03-13 18:00", overrun: 24 * time.Hour, service: 8 * time.Hour, left: -8 * time.Hour},
		{why: "a new clock starts at the reopening, the day of which is not counted", changes: []change{reopened("new clock starts")},
			target: "repair", received: "2024-03-04 09:00",
			events: []contract.Event{ev(contract.EventRestored, "2024-03-06 18:00"), ev(contract.EventReopened, "2024-03-08 09:00"), ev(contract.EventRestored, "2024-03-19 18:00")},
			asOf:   "2024-04-01 00:00", status: contract.StatusMet, due: "2024-03-19 18:00"},
		{why: "reopened on the last day for it", changes: []change{reopened("clock ran on"), {"/targets/repair/stop/reopenedWithin", "14 days"}},
			target: "repair", received: "2024-03-04 09:00", events: []contract.Event{ev(contract.EventRestored, "2024-03-06 09:00"), ev(contract.EventReopened, "2024-03-20 23:59")},
			asOf: "2024-03-20 23:59", status: contract.StatusBreached, due: "2024-03-13 18:00", overrun: 7*24*time.Hour + 5*time.Hour + 59*time.Minute, service: 40 * time.Hour, left: -40 * time.Hour},
		{why: "reopened a day too late: another fault, and another request", changes: []change{reopened("clock ran on"), {"/targets/repair/stop/reopenedWithin", "14 days"}},
			target: "repair", received: "2024-03-04 09:00", events: []contract.Event{ev(contract.EventRestored, "2024-03-06 09:00"), ev(contract.EventReopened, "2024-03-21 00:00")},
			asOf: "2024-04-01 00:00", status: contract.StatusMet, due: "2024-03-13 18:00", left: 48 * time.Hour},
		{why: "reopened while open is nothing new", changes: []change{reopened("new clock starts")},
			target: "repair", received: "2024-03-04 09:00", events: []contract.Event{ev(contract.EventReopened, "2024-03-05 09:00")},
			asOf: "2024-03-05 09:00", status: contract.StatusRunning, due: "2024-03-13 18:00", left: 56 * time.Hour},
		{why: "cancelled is not undone by a reopening", changes: []change{reopened("clock ran on")},
			target: "repair", received: "2024-03-04 09:00", events: []contract.Event{ev(contract.EventCancelled, "2024-03-05 09:00"), ev(contract.EventReopened, "2024-03-06 09:00")},
			asOf: "2024-04-01 00:00", status: contract.StatusCancelled, due: "2024-03-13 18:00", left: 56 * time.Hour},
		{why: "accepted while it seemed done: that it was not leaves the acceptance", changes: []change{reopened("clock ran on"), {"/targets/repair/start/event", "accepted"}},
			target: "repair", received: "2024-03-04 10:00",
			events: []contract.Event{ev(contract.EventRestored, "2024-03-04 11:00"), ev(contract.EventAccepted, "2024-03-04 12:00"), ev(contract.EventReopened, "2024-03-05 09:00")},
			asOf:   "2024-03-13 18:01", status: contract.StatusBreached, due: "2024-03-13 18:00", overrun: time.Minute, left: 0},
		{why: "and the clock that resumes starts with it, though it stands until then", changes: []change{reopened("clock resumes"), {"/targets/repair/start/event", "accepted"}},
			target: "repair", received: "2024-03-04 10:00",
			events: []contract.Event{ev(contract.EventRestored, "2024-03-04 11:00"), ev(contract.EventAccepted, "2024-03-04 12:00"), ev(contract.EventReopened, "2024-03-06 09:00")},
			asOf:   "2024-03-06 09:00", status: contract.StatusRunning, due: "2024-03-14 18:00", left: 56 * time.Hour},
		{why: "an overrun is of the hours of the clock, from the deadline that rolled in other hours", changes: []change{hotline, {"/targets/technical response/clock", map[string]any{"hours": "hotline"}},
			{"/targets/technical response/roll", map[string]any{"to": "next opening", "hours": "service"}}},
			target: "technical response", received: "2024-03-09 10:00", events: []contract.Event{ev(contract.EventResponded, "2024-03-11 10:00")},
			asOf: "2024-03-20 10:00", status: contract.StatusBreached, due: "2024-03-11 09:00", overrun: time.Hour, service: time.Hour, left: -27 * time.Hour},
		{why: "a pause that begins beyond the calendar changes nothing of what was late by then", changes: allowed,
			target: "technical response", received: "2026-12-28 10:00", events: []contract.Event{ev(contract.EventPaused, "2027-01-05 10:00", customer)},
			asOf: "2027-01-10 10:00", status: contract.StatusBreached, due: "2026-12-28 11:00", overrun: 12*24*time.Hour + 23*time.Hour},
		{why: "nor with paused time added on days", changes: []change{pauses("paused service time is added")},
			target: "repair", received: "2026-12-15 10:00",
			events: []contract.Event{ev(contract.EventPaused, "2026-12-16 10:00", customer), ev(contract.EventResumed, "2026-12-16 11:00", customer), ev(contract.EventPaused, "2027-01-05 10:00", customer)},
			asOf:   "2027-01-10 10:00", status: contract.StatusBreached, due: "2026-12-25 10:00", overrun: 16 * 24 * time.Hour},
		{why: "a pause stops a clock of service time", changes: allowed,
			target: "technical response", received: "2024-03-04 09:00",
			events: []contract.Event{ev(contract.EventPaused, "2024-03-04 09:30", customer), ev(contract.EventResumed, "2024-03-04 11:45", customer), ev(contract.EventResponded, "2024-03-04 13:15")},
			asOf:   "2024-04-01 00:00", status: contract.StatusMet, due: "2024-03-04 13:15"},
		{why: "a pause stops the clock", changes: allowed,
			target: "e-mail response", received: "2024-03-04 09:00",
			events: []contract.Event{ev(contract.EventPaused, "2024-03-04 20:30", customer), ev(contract.EventResumed, "2024-03-05 08:00", customer), ev(contract.EventResponded, "2024-03-05 08:31")},
			asOf:   "2024-04-01 00:00", status: contract.StatusBreached, due: "2024-03-05 08:30", overrun: time.Minute, left: -time.Minute},
		{why: "a pause for a reason that is not allowed stops nothing", changes: allowed,
			target: "technical response", received: "2024-03-04 09:00",
			events: []contract.Event{ev(contract.EventPaused, "2024-03-04 09:30", vendor), ev(contract.EventResumed, "2024-03-04 11:45", vendor), ev(contract.EventResponded, "2024-03-04 11:50")},
			asOf:   "2024-04-01 00:00", status: contract.StatusBreached, due: "2024-03-04 10:00", overrun: 110 * time.Minute, service: 110 * time.Minute, left: -110 * time.Minute},
		{why: "a pause that begins at the due instant comes too late", changes: allowed,
			target: "technical response", received: "2024-03-04 09:00",
			events: []contract.Event{ev(contract.EventPaused, "2024-03-04 10:00", customer), ev(contract.EventResumed, "2024-03-04 11:00", customer), ev(contract.EventResponded, "2024-03-04 11:00")},
			asOf:   "2024-04-01 00:00", status: contract.StatusBreached, due: "2024-03-04 10:00", overrun: time.Hour, service: time.Hour},
		{why: "a pause that is open holds the clock; the due instant moves with it", changes: allowed,
			target: "technical response", received: "2024-03-04 09:00", events: []contract.Event{ev(contract.EventPaused, "2024-03-04 09:30", customer)},
			asOf: "2024-03-04 16:00", status: contract.StatusPaused, due: "2024-03-04 16:30", left: 30 * time.Minute},
		{why: "paused at the instant asked about", changes: allowed,
			target: "technical response", received: "2024-03-04 09:00", events: []contract.Event{ev(contract.EventPaused, "2024-03-04 09:30", customer)},
			asOf: "2024-03-04 09:30", status: contract.StatusPaused, due: "2024-03-04 10:00", left: 30 * time.Minute},
		{why: "a response during a pause ends it", changes: allowed,
			target: "technical response", received: "2024-03-04 09:00",
			events: []contract.Event{ev(contract.EventPaused, "2024-03-04 09:30", customer), ev(contract.EventResponded, "2024-03-05 09:00")},
			asOf:   "2024-04-01 00:00", status: contract.StatusMet, due: "2024-03-05 09:30", left: 30 * time.Minute},
		{why: "a pause of closed time changes nothing on a clock of service time", changes: allowed,
			target: "technical response", received: "2024-03-04 11:45",
			events: []contract.Event{ev(contract.EventPaused, "2024-03-04 12:00", customer), ev(contract.EventResumed, "2024-03-04 13:00", customer), ev(contract.EventResponded, "2024-03-04 13:45")},
			asOf:   "2024-04-01 00:00", status: contract.StatusMet, due: "2024-03-04 13:45"},
		{why: "overlapping pauses count once", changes: []change{{"/targets/technical response/pauses/reasons", []string{customer, "agreed"}}},
			target: "technical response", received: "2024-03-04 09:00",
			events: []contract.Event{
				ev(contract.EventPaused, "2024-03-04 09:30", customer), ev(contract.EventPaused, "2024-03-04 10:00", "agreed"),
				ev(contract.EventResumed, "2024-03-04 10:30", customer), ev(contract.EventResumed, "2024-03-04 11:00", "agreed"), ev(contract.EventResponded, "2024-03-04 11:30")},
			asOf: "2024-04-01 00:00", status: contract.StatusMet, due: "2024-03-04 11:30"},
		{why: "wholly paused by two pauses with only the lunch break between them", changes: []change{pauses("wholly paused days are skipped")},
			target: "repair", received: "2026-04-28 10:00",
			events: []contract.Event{
				ev(contract.EventPaused, "2026-05-07 09:00", customer), ev(contract.EventResumed, "2026-05-07 12:00", customer),
				ev(contract.EventPaused, "2026-05-07 13:00", "agreed"), ev(contract.EventResumed, "2026-05-07 18:00", "agreed")},
			asOf: "2026-05-08 09:00", status: contract.StatusRunning, due: "2026-05-12 18:00", left: 24 * time.Hour},
		{why: "a make-up Saturday without a window is paused whole by its stand-in hours", changes: []change{pauses("wholly paused days are skipped")},
			target: "repair", received: "2026-04-28 10:00",
			events: []contract.Event{ev(contract.EventPaused, "2026-05-09 09:00", customer), ev(contract.EventResumed, "2026-05-09 18:00", customer)},
			asOf:   "2026-05-11 09:00", status: contract.StatusRunning, due: "2026-05-12 18:00", left: 16 * time.Hour},
		{why: "a pause on the last day, of an hour, is no whole day", changes: []change{pauses("wholly paused days are skipped")},
			target: "repair", received: "2026-04-28 10:00",
			events: []contract.Event{ev(contract.EventPaused, "2026-05-11 09:00", customer), ev(contract.EventResumed, "2026-05-11 10:00", customer)},
			asOf:   "2026-05-11 12:00", status: contract.StatusRunning, due: "2026-05-11 18:00", left: 5 * time.Hour},
		{why: "a pause in the night touches no day", changes: []change{pauses("touched days are skipped")},
			target: "repair", received: "2026-04-28 10:00",
			events: []contract.Event{ev(contract.EventPaused, "2026-05-07 18:00", customer), ev(contract.EventResumed, "2026-05-08 09:00", customer)},
			asOf:   "2026-05-11 12:00", status: contract.StatusRunning, due: "2026-05-11 18:00", left: 5 * time.Hour},
		{why: "added time that runs into a later pause waits for its end", changes: []change{pauses("paused service time is added")},
			target: "repair", received: "2026-04-28 10:00",
			events: []contract.Event{ev(contract.EventPaused, "2026-05-11 17:00", customer), ev(contract.EventResumed, "2026-05-12 10:00", customer)},
			asOf:   "2026-05-12 10:00", status: contract.StatusRunning, due: "2026-05-12 11:00", left: time.Hour},
		{why: "started by acceptance, which has not come", changes: []change{{"/targets/repair/start", map[string]any{"event": "accepted", "outOfHours": "runs"}}},
			target: "repair", received: "2024-03-04 09:00", asOf: "2024-03-06 09:00", status: contract.StatusNotStarted},
		{why: "started by acceptance", changes: []change{{"/targets/repair/start", map[string]any{"event": "accepted", "outOfHours": "runs"}}},
			target: "repair", received: "2024-03-04 09:00", events: []contract.Event{ev(contract.EventAccepted, "2024-03-05 09:00"), ev(contract.EventRestored, "2024-03-14 18:00")},
			asOf: "2024-04-01 09:00", status: contract.StatusMet, due: "2024-03-14 18:00"},
	} {
		t.Run(tt.why, func(t *testing.T) {
			target, err := sample(t, tt.changes...).Target(tt.target)
			require.NoError(t, err)
			r := &contract.Request{Source: "requests.csv:2", ID: "R1", Received: at(tt.received), Events: tt.events}
			m, err := target.Measure(r, at(tt.asOf))
			require.NoError(t, err)
			assert.Equal(t, tt.status.String(), m.Status.String())
			if tt.due == "" {
				assert.True(t, m.Due.IsZero())
			} else {
				assert.Equal(t, at(tt.due).Format(time.RFC3339), m.Due.Format(time.RFC3339))
			}
			assert.Equal(t, tt.overrun, m.Overrun, "overrun")
			service, _ := m.OverrunService()
			assert.Equal(t, tt.service, service, "overrun in service time")
			assert.Equal(t, tt.left, m.Left, "left")
			if tt.status != contract.StatusNotStarted {
				assert.NoError(t, m.Explain().Check().Err())
			}
		})
	}
}

func TestMeasureRefusesImpossibleOrders(t *testing.T) {
	for _, tt := range []struct {
		why     string
		events  []contract.Event
		kind    error
		pointer string
	}{
		{"before the request was received", []contract.Event{ev(contract.EventResponded, "2024-03-04 08:59")}, contract.ErrConflict, "events/0"},
		{"resumed, and nothing was paused", []contract.Event{ev(contract.EventResponded, "2024-03-04 09:10"), ev(contract.EventResumed, "2024-03-04 10:00")}, contract.ErrConflict, "events/1"},
		{"resumed for another reason", []contract.Event{ev(contract.EventPaused, "2024-03-04 10:00", customer), ev(contract.EventResumed, "2024-03-04 11:00", vendor)}, contract.ErrConflict, "events/1"},
		{"paused twice for one reason", []contract.Event{ev(contract.EventPaused, "2024-03-04 10:00", customer), ev(contract.EventPaused, "2024-03-04 11:00", customer)}, contract.ErrConflict, "events/1"},
		{"resumed without a reason while two are open", []contract.Event{
			ev(contract.EventPaused, "2024-03-04 10:00", customer), ev(contract.EventPaused, "2024-03-04 10:30", vendor), ev(contract.EventResumed, "2024-03-04 11:00")}, contract.ErrInvalid, "events/2"},
		{"paused without a reason", []contract.Event{ev(contract.EventPaused, "2024-03-04 10:00")}, contract.ErrRequired, "events/0"},
		{"no kind", []contract.Event{{At: at("2024-03-04 10:00")}}, contract.ErrUnknown, "events/0"},
		{"no time", []contract.Event{{Kind: contract.EventResponded}}, contract.ErrRequired, "events/0"},
	} {
		t.Run(tt.why, func(t *testing.T) {
			target, err := sample(t).Target("repair")
			require.NoError(t, err)
			_, err = target.Measure(&contract.Request{Source: "requests.csv:2", ID: "R1", Received: at("2024-03-04 09:00"), Events: tt.events}, at("2024-03-20 09:00"))
			require.ErrorIs(t, err, tt.kind)
			var fault *contract.Error
			require.ErrorAs(t, err, &fault)
			assert.Equal(t, tt.pointer, fault.Pointer)
			assert.NotEmpty(t, fault.In)
		})
	}
	_, err := mustTarget(t, sample(t), "repair").Measure(&contract.Request{ID: "R1", Received: at("2024-03-04 09:00")}, at("2024-03-04 08:00"))
	assert.ErrorIs(t, err, contract.ErrInvalid, "received after the instant asked about")
	_, err = mustTarget(t, sample(t), "repair").Measure(nil, at("2024-03-04 08:00"))
	assert.ErrorIs(t, err, contract.ErrInvalid)
}

func mustTarget(t testing.TB, c *contract.Contract, name string) *contract.Target {
	t.Helper()
	target, err := c.Target(name)
	require.NoError(t, err)
	return target
}

// What was entered later than the instant asked about was not known at it.
func TestWhatIsNotRecordedYetIsNotKnown(t *testing.T) {
	c := sample(t)
	answered := ev(contract.EventResponded, "2024-03-04 09:30")
	answered.Recorded = at("2024-03-05 08:00")
	r := contract.Request{ID: "1", Selector: contract.Selector{Channel: "phone", Category: "technical support"}, Received: at("2024-03-04 09:00"), Events: []contract.Event{answered}}
	for _, row := range []struct {
		why, asOf string
		want      contract.Status
		open      bool
	}{
		{"it happened, and nobody had written it down: open and late", "2024-03-05 07:59:59", contract.StatusBreached, true},
		{"known from the instant at which it was recorded", "2024-03-05 08:00", contract.StatusMet, false},
	} {
		got, err := c.Measure(&r, at(row.asOf))
		require.NoError(t, err, row.why)
		for _, m := range got {
			if m.Target() == "technical response" {
				assert.Equal(t, row.want, m.Status, row.why)
				assert.Equal(t, row.open, m.IsOpen(), row.why)
				require.NoError(t, m.Explain().Check().Err(), row.why)
			}
		}
		require.NotEmpty(t, got)
	}
}

func TestPausesNotAllowedAreReported(t *testing.T) {
	r := &contract.Request{ID: "R1", Received: at("2024-03-04 09:00"), Events: []contract.Event{
		ev(contract.EventPaused, "2024-03-04 10:00", vendor), ev(contract.EventResumed, "2024-03-04 11:00", vendor),
		ev(contract.EventPaused, "2024-03-04 10:30", customer), ev(contract.EventResumed, "2024-03-04 12:00", customer)}}
	m, err := mustTarget(t, sample(t), "repair").Measure(r, at("2024-03-05 09:00"))
	require.NoError(t, err)
	list := m.PausesNotAllowed()
	require.Len(t, list, 1)
	assert.Equal(t, vendor, list[0].Reason)
	assert.Equal(t, time.Hour, list[0].To.Sub(list[0].From))
}

// Draws aim at the edges: half of the instants lie on the edge of a window, at a
// festival or a make-up day.

var festivals = []string{"2024-02-09", "2024-02-18", "2024-04-03", "2024-04-07", "2024-05-11", "2024-09-14", "2024-09-30", "2024-10-12",
	"2025-01-26", "2025-01-28", "2025-02-08", "2025-04-27", "2025-09-28", "2025-10-11", "2026-02-14", "2026-02-28", "2026-05-09", "2026-09-20", "2026-10-10"}

func genMinute(from, through string) *rapid.Generator[time.Time] {
	return rapid.Custom(func(t *rapid.T) time.Time {
		first := contract.MustParseDate(from)
		days := contract.MustParseDate(through).Sub(first)
		d := first.AddDays(rapid.IntRange(0, days).Draw(t, "day"))
		if rapid.Bool().Draw(t, "near a festival") {
			f := contract.MustParseDate(rapid.SampledFrom(festivals).Draw(t, "festival")).AddDays(rapid.IntRange(-2, 2).Draw(t, "off"))
			if !f.Before(first) && f.Sub(first) <= days {
				d = f
			}
		}
		minute := rapid.IntRange(0, 24*60-1).Draw(t, "minute")
		if rapid.Bool().Draw(t, "at an edge") {
			minute = rapid.SampledFrom([]int{0, 9 * 60, 12 * 60, 13 * 60, 18 * 60}).Draw(t, "edge") + rapid.SampledFrom([]int{-1, 0, 1}).Draw(t, "beside")
			minute = max(minute, 0)
		}
		return d.StartIn(shanghai).Add(time.Duration(minute) * time.Minute)
	})
}

// genRequest draws a request with up to three pauses, one of them open at times.
func genRequest(reasons ...string) *rapid.Generator[*contract.Request] {
	return rapid.Custom(func(t *rapid.T) *contract.Request {
		r := &contract.Request{ID: "R", Source: "requests.csv:2", Received: genMinute("2024-01-01", "2026-09-01").Draw(t, "received")}
		when := r.Received
		n := rapid.IntRange(0, 3).Draw(t, "pauses")
		for i := range n {
			// Where one ended the next may begin; hours on a clock, days at times.
			when = when.Add(time.Duration(rapid.OneOf(rapid.IntRange(0, 600), rapid.SampledFrom([]int{0, 1440, 4320})).Draw(t, "gap")) * time.Minute)
			reason := rapid.SampledFrom(reasons).Draw(t, "reason")
			r.Events = append(r.Events, contract.Event{Kind: contract.EventPaused, At: when, Reason: reason})
			when = when.Add(time.Duration(rapid.OneOf(rapid.IntRange(0, 900), rapid.SampledFrom([]int{0, 1440, 4320, 10000})).Draw(t, "length")) * time.Minute)
			if i == n-1 && rapid.Bool().Draw(t, "open") {
				break
			}
			r.Events = append(r.Events, contract.Event{Kind: contract.EventResumed, At: when, Reason: reason})
		}
		return r
	})
}

// pausable is the sample with pauses on every clock.
func pausable(t testing.TB, onDays contract.OnDays) *contract.Contract {
	reasons := []string{customer, "agreed"}
	return sample(t,
		change{"/targets/technical response/pauses/reasons", reasons},
		change{"/targets/e-mail response/pauses/reasons", reasons},
		change{"/targets/repair/pauses", map[string]any{"reasons": reasons, "onDays": string(onDays)}})
}

// serviceMinutes is the reference: the minutes of a day in which the sample's
// service is open, from clause 1.2 and the published calendar.
func serviceMinutes(cal *contract.Calendar, d contract.Date) []bool {
	open := make([]bool, 24*60)
	day, err := cal.Day(d)
	if err != nil {
		panic(err)
	}
	agreed := d == contract.MustParseDate("2024-10-12")
	for m := range open {
		switch {
		case agreed:
			open[m] = m >= 9*60 && m < 12*60
		case day.Kind == contract.DayWorking:
			open[m] = m >= 9*60 && m < 12*60 || m >= 13*60 && m < 18*60
		}
	}
	return open
}

// isPaused is the reference for pauses: whether a minute lies in one that is allowed.
func isPaused(r *contract.Request, at, asOf time.Time) bool {
	for i, e := range r.Events {
		if e.Kind != contract.EventPaused || e.Reason == vendor || at.Before(e.At) {
			continue
		}
		end := asOf
		if i+1 < len(r.Events) {
			end = r.Events[i+1].At
		}
		if at.Before(end) && at.Before(asOf) {
			return true
		}
	}
	return false
}

func TestDueAgreesWithAWalkOverMinutes(t *testing.T) {
	cal := cn.Calendar()
	contracts := map[contract.OnDays]*contract.Contract{}
	for _, w := range contract.OnDays("").Words() {
		contracts[contract.OnDays(w)] = pausable(t, contract.OnDays(w))
	}
	days := map[contract.Date][]bool{}
	open := func(at time.Time) bool {
		d := contract.DateOf(at.In(shanghai))
		if days[d] == nil {
			days[d] = serviceMinutes(cal, d)
		}
		local := at.In(shanghai)
		return days[d][local.Hour()*60+local.Minute()]
	}
	working := func(d contract.Date) bool {
		day, err := cal.Day(d)
		require.NoError(t, err)
		return day.Kind == contract.DayWorking || day.Kind == contract.DayMakeup
	}
	rapid.Check(t, func(rt *rapid.T) {
		r := genRequest(customer, "agreed", vendor).Draw(rt, "request")
		asOf := r.Received.Add(45 * 24 * time.Hour)
		if n := len(r.Events); n > 0 && asOf.Before(r.Events[n-1].At) {
			asOf = r.Events[n-1].At
		}
		onDays := contract.OnDays(rapid.SampledFrom(contract.OnDays("").Words()).Draw(rt, "on days"))
		c := contracts[onDays]

		// Service time and clock time: the first minute by whose end enough has passed.
		for _, clock := range []struct {
			target string
			budget int
			runs   func(time.Time) bool
		}{
			{"technical response", 60, open},
			{"e-mail response", 12 * 60, func(time.Time) bool { return true }},
		} {
			due := r.Received
			for left := clock.budget; left > 0; due = due.Add(time.Minute) {
				if clock.runs(due) && !isPaused(r, due, asOf) {
					left--
				}
			}
			m, err := mustTarget(t, c, clock.target).Measure(r, asOf)
			require.NoError(rt, err)
			require.Equal(rt, due.Format(time.RFC3339), m.Due.Format(time.RFC3339), clock.target)
		}

		// Working days: the seventh that is not skipped.
		hours := func(d contract.Date) (whole, paused int) {
			mon := serviceMinutes(cal, contract.MustParseDate("2024-03-04"))
			minutes := serviceMinutes(cal, d)
			if !slices.Contains(minutes, true) {
				minutes = mon
			}
			for m, is := range minutes {
				if is {
					whole++
					if isPaused(r, d.StartIn(shanghai).Add(time.Duration(m)*time.Minute), asOf) {
						paused++
					}
				}
			}
			return whole, paused
		}
		last := contract.DateOf(r.Received.In(shanghai))
		for n := 0; n < 7; {
			last = last.AddDays(1)
			whole, paused := hours(last)
			switch {
			case !working(last):
			case onDays == contract.SkipWhollyPaused && paused == whole:
			case onDays == contract.SkipTouched && paused > 0:
			default:
				n++
			}
		}
		due := last.StartIn(shanghai).Add(18 * time.Hour)
		if last == contract.MustParseDate("2024-10-12") {
			due = last.StartIn(shanghai).Add(12 * time.Hour)
		}
		if onDays == contract.AddPausedTime {
			owed := 0
			for at := r.Received; at.Before(due); at = at.Add(time.Minute) {
				if open(at) && isPaused(r, at, asOf) {
					owed++
				}
			}
			for ; owed > 0; due = due.Add(time.Minute) {
				if open(due) && !isPaused(r, due, asOf) {
					owed--
				}
			}
		}
		m, err := mustTarget(t, c, "repair").Measure(r, asOf)
		require.NoError(rt, err)
		require.Equal(rt, due.Format(time.RFC3339), m.Due.Format(time.RFC3339), "repair, %s", onDays)
	})
}

// What is compared of two measurements: everything that can be seen.
func seen(m contract.Measurement) string {
	service, ok := m.OverrunService()
	return fmt.Sprint(m.Status, m.Due, m.Done, m.Used, m.Left, m.Overrun, service, ok, m.Provisional)
}

func TestMeasureLaws(t *testing.T) {
	c := pausable(t, contract.SkipWhollyPaused)
	names := []string{"technical response", "e-mail response", "repair"}
	rapid.Check(t, func(rt *rapid.T) {
		r := genRequest(customer, "agreed", vendor).Draw(rt, "request")
		if rapid.Bool().Draw(rt, "done") {
			kind := rapid.SampledFrom([]contract.EventKind{contract.EventResponded, contract.EventRestored, contract.EventCancelled, contract.EventExcused}).Draw(rt, "kind")
			r.Events = append(r.Events, contract.Event{Kind: kind, Reason: "power cut", At: r.Received.Add(time.Duration(rapid.IntRange(0, 20000).Draw(rt, "after")) * time.Minute)})
		}
		asOf := r.Received.Add(time.Duration(rapid.IntRange(0, 40000).Draw(rt, "as of")) * time.Minute)
		target := mustTarget(t, c, rapid.SampledFrom(names).Draw(rt, "target"))
		m, err := target.Measure(r, asOf)
		require.NoError(rt, err)

		shuffled := *r
		shuffled.Events = slices.Clone(r.Events)
		rand.New(rand.NewSource(int64(rapid.Uint64().Draw(rt, "seed")))).Shuffle(len(shuffled.Events), func(i, j int) {
			shuffled.Events[i], shuffled.Events[j] = shuffled.Events[j], shuffled.Events[i]
		})
		again, err := target.Measure(&shuffled, asOf)
		require.NoError(rt, err)
		require.Equal(rt, seen(m), seen(again), "the order in which events are told makes no difference")

		unpaused := contract.Request{ID: "R", Received: r.Received}
		without, err := target.Measure(&unpaused, asOf)
		require.NoError(rt, err)
		require.False(rt, m.Due.Before(without.Due), "a pause never moves a deadline earlier")

		budget := map[string]time.Duration{"technical response": time.Hour, "e-mail response": 12 * time.Hour}
		if b, ok := budget[target.Name()]; ok {
			require.Equal(rt, b, m.Used+m.Left, "used and left add up to the budget")
		}
		require.Equal(rt, m.Overrun > 0, m.Status == contract.StatusBreached || m.Status == contract.StatusExcused, "late, or not")
		require.False(rt, m.IsOpen() && !m.Done.IsZero(), "done is not open")

		w := m.Explain()
		require.NoError(rt, w.Check().Err())
		require.Equal(rt, map[bool]string{true: "yes", false: "no"}[m.Status == contract.StatusBreached], w.Result.Text)
	})
}

func TestClosedTimePausesNothingOnAServiceClock(t *testing.T) {
	c := pausable(t, contract.SkipTouched)
	target := mustTarget(t, c, "technical response")
	hours, err := c.Schedule("service")
	require.NoError(t, err)
	rapid.Check(t, func(rt *rapid.T) {
		received := genMinute("2024-01-01", "2026-06-01").Draw(rt, "received")
		r := &contract.Request{ID: "R", Received: received}
		before, err := target.Measure(r, received.Add(1000*time.Hour))
		require.NoError(rt, err)
		// A pause of any closed stretch after it was received.
		from, err := hours.NextClosing(received)
		require.NoError(rt, err)
		to, err := hours.NextOpening(from)
		require.NoError(rt, err)
		r.Events = []contract.Event{{Kind: contract.EventPaused, At: from, Reason: customer}, {Kind: contract.EventResumed, At: to, Reason: customer}}
		after, err := target.Measure(r, received.Add(1000*time.Hour))
		require.NoError(rt, err)
		require.Equal(rt, seen(before), seen(after))
	})
}

// Each clock of a request is measured on its own, and counts on its own.
func TestEachClockIsMeasured(t *testing.T) {
	c := sample(t, change{"/targets/repair/stop/reopened", "new clock starts"})
	r := &contract.Request{ID: "R1", Selector: contract.Selector{Category: "fault"}, Received: at("2024-03-04 09:00"), Events: []contract.Event{
		ev(contract.EventRestored, "2024-03-13 18:00:01"), ev(contract.EventReopened, "2024-03-14 09:00"), // a second too late
		ev(contract.EventRestored, "2024-03-15 09:00"), ev(contract.EventReopened, "2024-03-18 09:00")}}
	list, err := c.Measure(r, at("2024-03-20 09:00"))
	require.NoError(t, err)
	require.Len(t, list, 3)
	sum, err := c.NewTally()
	require.NoError(t, err)
	for i, want := range []struct {
		status contract.Status
		due    string
	}{{contract.StatusBreached, "2024-03-13 18:00"}, {contract.StatusMet, "2024-03-25 18:00"}, {contract.StatusRunning, "2024-03-27 18:00"}} {
		m := list[i]
		assert.Equal(t, i, m.Cycle())
		assert.Equal(t, want.status.String(), m.Status.String())
		assert.Equal(t, at(want.due).Format(time.RFC3339), m.Due.Format(time.RFC3339))
		assert.NoError(t, m.Explain().Check().Err())
		assert.True(t, sum.Add(m))
	}
	a := sum.Attainment()
	require.NotEmpty(t, a)
	assert.Equal(t, [3]int64{1, 1, 1}, [3]int64{a[0].Met, a[0].Breached, a[0].Open})
}
