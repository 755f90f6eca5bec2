package contract_test

import (
	"errors"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/cfd16870/contract"
	"github.com/cfd16870/contract/cn"
	"github.com/cfd16870/contract/proof"
)

const email = "e-mail response"

// inDays is the sample with an answer to e-mails within some days, and a clock for it.
func inDays(within string, clock map[string]any, more ...change) []change {
	return append([]change{{"/targets/" + email + "/within", within}, {"/targets/" + email + "/clock", clock}, {"/targets/" + email + "/overrunHours", nil}}, more...)
}

var (
	at24     = map[string]any{"ends": "24:00"}
	at24Held = map[string]any{"ends": "24:00", "hours": "service"} // and what is paused or late told in service time
	closing  = map[string]any{"ends": "closing", "hours": "service"}
	sameTime = map[string]any{"ends": "same time of day"}
)

// edited is the sample with changes that no amendment could make.
func edited(t testing.TB, changes ...change) *contract.Contract {
	edits := make([]edit, len(changes))
	for i, c := range changes {
		edits[i] = edit{c.At, c.Becomes}
	}
	return compileEdited(t, edits...)
}

func restDay(word string) change  { return change{"/periods/restDay", word} }
func firstDay(word string) change { return change{"/periods/firstDay", word} }
func starts(outOfHours string) change {
	return change{"/targets/" + email + "/start", map[string]any{"event": "received", "outOfHours": outOfHours, "hours": "service"}}
}
func rollsTo(word string) change {
	return change{"/targets/" + email + "/roll", map[string]any{"to": word, "hours": "service"}}
}

// The days of 2024 that matter: 4 March is a Monday; 10 to 17 February are off, the
// Sunday 18 February is worked in exchange, and so is the Sunday 7 April.
func TestDeadlinesInDays(t *testing.T) {
	for _, tt := range []struct {
		why      string
		changes  []change
		received string
		due      string
	}{
		{"art. 201: the day itself is not counted", inDays("30 days", at24), "2024-03-12 10:00", "2024-04-12 00:00"},
		{"the first instant of a day is of that day", inDays("30 days", at24), "2024-03-12 00:00", "2024-04-12 00:00"},
		{"and the last of the day before of that", inDays("30 days", at24), "2024-03-11 23:59:59", "2024-04-11 00:00"},
		{"counted it is a day less", inDays("30 days", at24, firstDay("counted")), "2024-03-12 10:00", "2024-04-11 00:00"},
		{"a day that is counted may be all of it", inDays("1 calendar day", closing, firstDay("counted")), "2024-03-12 10:00", "2024-03-12 18:00"},
		{"art. 203: it ends when business stops", inDays("30 days", closing), "2024-03-12 10:00", "2024-04-11 18:00"},
		{"it ends at the time at which it began", inDays("30 days", sameTime), "2024-03-12 10:20:30", "2024-04-11 10:20:30"},
		{"a week is seven days", inDays("2 weeks", sameTime), "2024-03-04 10:20:30", "2024-03-18 10:20:30"},
		{"art. 202: the last of a month without the day", inDays("1 month", closing), "2024-01-31 10:00", "2024-02-29 18:00"},
		{"the first of the next, as another document has it", inDays("1 month", closing, change{"/periods/monthEnd", "first of next month"}), "2024-01-31 10:00", "2024-03-01 18:00"},
		{"a year from Friday ends on a Saturday, which goes to Monday", inDays("1 year", closing), "2024-03-01 10:00", "2025-03-03 18:00"},
		{"art. 203: in the festival, to the day after, a make-up Sunday that ends as a Monday", inDays("30 days", closing), "2024-01-12 10:00", "2024-02-18 18:00"},
		{"over statutory days alone: to the first that is merely off", inDays("30 days", at24, restDay("rolls over statutory holidays")), "2024-01-12 10:00", "2024-02-14 00:00"},
		{"where it stays it stays", inDays("30 days", at24, restDay("stays")), "2024-01-12 10:00", "2024-02-12 00:00"},
		{"back over rest days, to Friday", inDays("30 days", at24, restDay("rolls back over rest days")), "2024-01-12 10:00", "2024-02-10 00:00"},
		{"a make-up Sunday is no rest day", inDays("30 days", at24), "2024-03-08 19:00", "2024-04-08 00:00"},
		{"received out of hours, counted from the next opening", inDays("30 days", at24, starts("next opening")), "2024-03-08 19:00", "2024-04-11 00:00"},
		{"received out of hours, not measured", inDays("30 days", at24, starts("not measured")), "2024-03-08 19:00", ""},
		{"24:00 is out of hours: to the next opening", inDays("30 days", at24, rollsTo("next opening")), "2024-03-12 10:00", "2024-04-12 09:00"},
		{"24:00 is out of hours: to the close of the next day", inDays("30 days", at24, rollsTo("close of day")), "2024-03-12 10:00", "2024-04-12 18:00"},
		{"at closing it stays", inDays("30 days", closing, rollsTo("close of day")), "2024-03-12 10:00", "2024-04-11 18:00"},
	} {
		t.Run(tt.why, func(t *testing.T) {
			d, err := mustTarget(t, sample(t, tt.changes...), email).Deadline(at(tt.received))
			require.NoError(t, err)
			w := d.Explain()
			require.NoError(t, w.Check().Err())
			if tt.due == "" {
				assert.True(t, d.NotMeasured)
				return
			}
			assert.Equal(t, at(tt.due).UTC().String(), d.Due.UTC().String())
			assert.Equal(t, d.Due.Format(time.RFC3339), w.Result.Text)
			assert.NotEmpty(t, w.Text(proof.Chinese))
		})
	}
}

// In New York no clock shows 02:30 on 10 March 2024: the month ends at the first
// instant after it. Where the document closes the day the clock does not matter.
func TestDeadlinesInDaysOverAChangeOfClocks(t *testing.T) {
	c := edited(t, inDays("1 month", sameTime, change{"/zone", "America/New_York"}, restDay("stays"))...)
	for _, row := range []struct{ received, due string }{
		{"2024-02-10T02:30:00-05:00", "2024-03-10T03:00:00-04:00"},
		{"2024-02-10T01:59:59-05:00", "2024-03-10T01:59:59-05:00"},
		{"2024-02-10T03:00:00-05:00", "2024-03-10T03:00:00-04:00"},
	} {
		received, err := time.Parse(time.RFC3339, row.received)
		require.NoError(t, err)
		d, err := c.Deadline(email, received)
		require.NoError(t, err)
		assert.Equal(t, row.due, d.Due.Format(time.RFC3339))
		require.NoError(t, d.Explain().Check().Err())
	}
}

func TestDeadlinesInDaysThatAreNotKnown(t *testing.T) {
	for _, tt := range []struct {
		why      string
		changes  []change
		received string
		kind     error
	}{
		{"the last day may be a rest day, and nobody knows", inDays("60 days", at24), "2026-11-30 10:00", contract.ErrRange},
		{"nobody knows when it closes", inDays("60 days", closing, restDay("stays")), "2026-11-30 10:00", contract.ErrRange},
		{"a month without the day, which the document refuses", inDays("1 month", at24, change{"/periods/monthEnd", "refuse"}), "2024-01-31 10:00", contract.ErrInvalid},
	} {
		t.Run(tt.why, func(t *testing.T) {
			target := mustTarget(t, sample(t, tt.changes...), email)
			_, err := target.Deadline(at(tt.received))
			require.ErrorIs(t, err, tt.kind)
			_, err = target.Measure(&contract.Request{ID: "1", Received: at(tt.received)}, at(tt.received))
			require.ErrorIs(t, err, tt.kind)
		})
	}

	// What needs no calendar is known for ever, but for the years that have four digits.
	target := mustTarget(t, sample(t, inDays("60 days", at24, restDay("stays"))...), email)
	d, err := target.Deadline(at("2026-11-30 10:00"))
	require.NoError(t, err)
	assert.Equal(t, at("2027-01-30 00:00"), d.Due.In(shanghai))
	assert.Empty(t, d.Calendars())
	for _, far := range []time.Time{time.Date(9999, 11, 20, 0, 0, 0, 0, time.UTC), time.Date(12000, 1, 1, 0, 0, 0, 0, time.UTC), time.Date(-5, 1, 1, 0, 0, 0, 0, time.UTC), time.Unix(1<<62, 0), time.Unix(-1<<62, 0)} {
		_, err := target.Deadline(far)
		assert.ErrorIs(t, err, contract.ErrRange, "%v", far)
	}

	// Held against service time the deadline is known all the same; how much is left is not.
	c := sample(t, inDays("60 days", at24Held, restDay("stays"))...)
	r := &contract.Request{ID: "1", Received: at("2026-11-30 10:00"), Events: []contract.Event{ev(contract.EventResponded, "2026-12-01 10:00")}}
	m, err := mustTarget(t, c, email).Measure(r, at("2026-12-02 10:00"))
	require.NoError(t, err)
	assert.Equal(t, contract.StatusMet, m.Status)
	assert.False(t, m.UsedKnown)
	assert.Zero(t, m.Left)
	require.NoError(t, m.Explain().Check().Err())
	due, breached, err := mustTarget(t, c, email).Due(r, at("2026-12-02 10:00"))
	require.NoError(t, err)
	assert.Equal(t, m.Due, due)
	assert.False(t, breached)

	guess, err := c.Provisional()
	require.NoError(t, err)
	m, err = mustTarget(t, guess, email).Measure(r, at("2026-12-02 10:00"))
	require.NoError(t, err)
	assert.True(t, m.UsedKnown)
	assert.Equal(t, on("2026-12-29"), m.Provisional, "what is left rests on days that no notice has named")
	d, err = mustTarget(t, guess, email).Deadline(r.Received)
	require.NoError(t, err)
	assert.False(t, d.Provisional.IsValid(), "when it is due does not")

	guess, err = sample(t, inDays("60 days", at24)...).Provisional()
	require.NoError(t, err)
	d, err = mustTarget(t, guess, email).Deadline(r.Received)
	require.NoError(t, err)
	assert.Equal(t, on("2026-12-29"), d.Provisional)
	assert.Equal(t, []string{"cn 2025-11-04"}, d.Calendars())
}

// Three days from Monday, 4 March 2024 at 09:00 are over on Thursday at 24:00: 87 hours
// on the clock, four days of eight hours in service time.
func TestMeasureInDays(t *testing.T) {
	pausable := func(clock map[string]any, more ...change) []change {
		return append(inDays("3 days", clock, change{"/targets/" + email + "/pauses", map[string]any{"reasons": []string{customer}, "onDays": "paused service time is added"}}), more...)
	}
	pause := func(from, to string) []contract.Event {
		return []contract.Event{ev(contract.EventPaused, from, customer), ev(contract.EventResumed, to, customer)}
	}
	for _, tt := range []struct {
		why                    string
		changes                []change
		events                 []contract.Event
		asOf, due              string
		status                 contract.Status
		used, left             time.Duration
		overrun, overrunInTime time.Duration
	}{
		{why: "without hours the time is that on the clock", changes: inDays("3 days", at24), asOf: "2024-03-05 09:00", due: "2024-03-08 00:00",
			status: contract.StatusRunning, used: 24 * time.Hour, left: 63 * time.Hour},
		{why: "with hours it is service time", changes: inDays("3 days", at24Held), asOf: "2024-03-05 09:00", due: "2024-03-08 00:00",
			status: contract.StatusRunning, used: 8 * time.Hour, left: 24 * time.Hour},
		{why: "an answer exactly at 24:00 is in time", changes: inDays("3 days", at24), events: []contract.Event{ev(contract.EventResponded, "2024-03-08 00:00")}, asOf: "2024-04-01 09:00", due: "2024-03-08 00:00",
			status: contract.StatusMet, used: 87 * time.Hour},
		{why: "an answer a second later is not", changes: inDays("3 days", at24Held), events: []contract.Event{ev(contract.EventResponded, "2024-03-08 00:00:01")}, asOf: "2024-04-01 09:00", due: "2024-03-08 00:00",
			status: contract.StatusBreached, used: 32 * time.Hour, overrun: time.Second},
		{why: "late by ten hours, one of them of service", changes: inDays("3 days", at24Held), events: []contract.Event{ev(contract.EventResponded, "2024-03-08 10:00")}, asOf: "2024-04-01 09:00", due: "2024-03-08 00:00",
			status: contract.StatusBreached, used: 33 * time.Hour, left: -time.Hour, overrun: 10 * time.Hour, overrunInTime: time.Hour},
		{why: "a pause of ten hours of service is added: eight on Friday, two on Monday", changes: pausable(at24Held), events: pause("2024-03-05 09:00", "2024-03-06 11:00"), asOf: "2024-03-06 11:00", due: "2024-03-11 11:00",
			status: contract.StatusRunning, used: 8 * time.Hour, left: 24 * time.Hour},
		{why: "a pause of an hour is added to the closing", changes: pausable(closing), events: pause("2024-03-07 17:00", "2024-03-08 09:00"), asOf: "2024-03-08 09:00", due: "2024-03-08 10:00",
			status: contract.StatusRunning, used: 31 * time.Hour, left: time.Hour},
		{why: "a pause in the night takes nothing", changes: pausable(at24Held), events: pause("2024-03-05 18:00", "2024-03-06 09:00"), asOf: "2024-03-06 09:00", due: "2024-03-08 00:00",
			status: contract.StatusRunning, used: 16 * time.Hour, left: 16 * time.Hour},
		{why: "a pause that lasts puts it off as long as it does", changes: pausable(at24Held), events: pause("2024-03-07 17:00", "2024-03-20 09:00")[:1], asOf: "2024-03-07 17:30", due: "2024-03-08 09:30",
			status: contract.StatusPaused, used: 31 * time.Hour, left: time.Hour},
		{why: "a pause that begins after 24:00 comes too late", changes: pausable(at24Held), events: pause("2024-03-08 00:00", "2024-03-08 12:00"), asOf: "2024-03-08 12:00", due: "2024-03-08 00:00",
			status: contract.StatusBreached, used: 32 * time.Hour, overrun: 12 * time.Hour, overrunInTime: 3 * time.Hour},
	} {
		t.Run(tt.why, func(t *testing.T) {
			target := mustTarget(t, sample(t, tt.changes...), email)
			r := &contract.Request{Source: "requests.csv:2", ID: "R1", Received: at("2024-03-04 09:00"), Events: tt.events}
			m, err := target.Measure(r, at(tt.asOf))
			require.NoError(t, err)
			assert.Equal(t, tt.status.String(), m.Status.String())
			assert.Equal(t, at(tt.due).String(), m.Due.String())
			assert.Equal(t, tt.used, m.Used, "used")
			assert.Equal(t, tt.left, m.Left, "left")
			assert.Equal(t, tt.overrun, m.Overrun, "overrun")
			service, _ := m.OverrunService()
			assert.Equal(t, tt.overrunInTime, service, "overrun in service time")
			require.NoError(t, m.Explain().Check().Err())
			due, breached, err := target.Due(r, at(tt.asOf))
			require.NoError(t, err)
			assert.Equal(t, m.Due, due)
			assert.Equal(t, tt.status == contract.StatusBreached, breached)
		})
	}
}

// Of four days of service, half is over at the closing of the second, and three
// quarters at that of the third.
func TestWarningsInDays(t *testing.T) {
	c := sample(t, inDays("3 days", at24Held, change{"/targets/" + email + "/warnings", []string{"50%", "75%"}})...)
	m, err := mustTarget(t, c, email).Measure(&contract.Request{ID: "1", Received: at("2024-03-04 09:00")}, at("2024-03-05 18:00"))
	require.NoError(t, err)
	list := m.Warnings()
	require.Len(t, list, 2)
	for i, want := range []string{"2024-03-05 18:00", "2024-03-06 18:00"} {
		assert.Equal(t, at(want).String(), list[i].Falls.String())
		assert.Equal(t, i == 0, list[i].Fallen)
		w := list[i].Explain()
		require.NoError(t, w.Check().Err())
		assert.Equal(t, list[i].Falls.Format(time.RFC3339), w.Result.Text)
	}
	next, ok := m.Next()
	assert.True(t, ok)
	assert.Equal(t, at("2024-03-06 18:00").String(), next.String())
}

// Amendments restate the span, how days are counted, and the working days whose rest
// days they are; the day of receipt picks the terms, and openHours what an open clock
// follows.
func TestAmendmentsOfTargetsInDays(t *testing.T) {
	amended := func(openHours string, at string, was, becomes any) change {
		a := map[string]any{"id": "B1", "signed": "2024-01-20", "effective": "2024-02-01", "transition": "by event", "changes": []any{map[string]any{"at": at, "was": was, "becomes": becomes}}}
		if openHours != "" {
			a["openHours"] = openHours
		}
		return change{"/amendments", []any{a}}
	}
	for _, tt := range []struct {
		why      string
		amends   change
		received string
		due      string
	}{
		{"a request of before keeps the span", amended("", "/targets/"+email+"/within", "30 days", "2 weeks"), "2024-01-31 23:59:59", "2024-03-01 18:00"},
		{"a request of the first day has the new one", amended("", "/targets/"+email+"/within", "30 days", "2 weeks"), "2024-02-01 00:00", "2024-02-18 18:00"},
		{"the way in which days roll is of the terms", amended("", "/periods/restDay", "rolls over rest days", "stays"), "2024-01-12 10:00", "2024-02-18 18:00"},
		{"open clocks keep the rest days", amended("kept", "/workingDays/state/makeupDays", "count", "ignored"), "2024-01-12 10:00", "2024-02-18 18:00"},
		{"open clocks follow the new rest days", amended("follow the new", "/workingDays/state/makeupDays", "count", "ignored"), "2024-01-12 10:00", "2024-02-19 18:00"},
		{"new clocks have them either way", amended("kept", "/workingDays/state/makeupDays", "count", "ignored"), "2024-02-01 10:00", "2024-03-04 18:00"},
	} {
		t.Run(tt.why, func(t *testing.T) {
			c := edited(t, append(inDays("30 days", closing), change{"/readings", nil}, change{"/completed", nil}, tt.amends)...)
			d, err := mustTarget(t, c, email).Deadline(at(tt.received))
			require.NoError(t, err)
			assert.Equal(t, at(tt.due).String(), d.Due.String())
			require.NoError(t, d.Explain().Check().Err())
		})
	}
}

// A deadline in days is the end of the period that the document's clause gives, to the
// error.
func TestDeadlinesInDaysAreThoseOfPeriods(t *testing.T) {
	type key struct{ first, rest, end, ends string }
	contracts := make(map[key]map[string]*contract.Contract)
	spans := []string{"1 calendar day", "2 days", "30 days", "1 week", "5 weeks", "1 month", "7 months", "1 year"}
	rapid.Check(t, func(rt *rapid.T) {
		k := key{rapid.SampledFrom(contract.FirstDay("").Words()).Draw(rt, "first day"), rapid.SampledFrom(contract.RestDay("").Words()).Draw(rt, "rest day"),
			rapid.SampledFrom(contract.MonthEnd("").Words()).Draw(rt, "month end"), rapid.SampledFrom([]string{"24:00", "closing"}).Draw(rt, "ends")}
		span := rapid.SampledFrom(spans).Draw(rt, "span")
		if contracts[k] == nil {
			contracts[k] = make(map[string]*contract.Contract)
		}
		c := contracts[k][span]
		if c == nil {
			clock := map[string]any{"ends": k.ends}
			periods := change{"/periods/ends", k.ends}
			changes := inDays(span, clock, firstDay(k.first), restDay(k.rest), change{"/periods/monthEnd", k.end}, periods)
			if k.ends == "closing" {
				clock["hours"] = "service"
				changes = append(changes, change{"/periods/hours", "service"})
			}
			if k.end == "refuse" {
				changes = append(changes, change{"/term/from", "2024-03-01"})
			}
			c = sample(t, changes...)
			contracts[k][span] = c
		}
		received := genMinute("2024-01-01", "2026-12-31").Draw(rt, "received")
		d, err := mustTarget(t, c, email).Deadline(received)
		end, want := c.EndOf(contract.MustParseSpan(span), contract.DateOf(received), contract.RestDay(k.rest))
		if want == nil && end.At.Before(received) {
			require.ErrorIs(rt, err, contract.ErrConflict, "it would be due before it begins")
			return
		}
		require.Equal(rt, want == nil, err == nil, "%v, and by periods %v", err, want)
		if err != nil {
			for _, kind := range []error{contract.ErrRange, contract.ErrInvalid} {
				require.Equal(rt, errors.Is(want, kind), errors.Is(err, kind))
			}
			return
		}
		require.Equal(rt, end.At.String(), d.Due.String())
		w := d.Explain()
		require.NoError(rt, w.Check().Err())
		require.Equal(rt, d.Due.Format(time.RFC3339), w.Result.Text)
	})
}

func TestRollToTheCloseOfDay(t *testing.T) {
	night := []change{
		{"/hours/night", map[string]any{"clause": "hours", "calendar": "cn", "week": map[string]any{"mon-sun": []string{"22:00-30:00"}}, "holidays": "open", "makeupDays": "as mon", "agreed": map[string]any{}}},
		{"/targets/" + email + "/roll", map[string]any{"to": "close of day", "hours": "night"}}}
	rolls := []change{rollsTo("close of day")}
	for _, tt := range []struct {
		why      string
		changes  []change
		received string // twelve clock hours before
		due      string
	}{
		{"in hours it stays", rolls, "2024-03-04 03:00", "2024-03-04 15:00"},
		{"at an opening it stays", rolls, "2024-03-04 21:00", "2024-03-05 09:00"},
		{"at the closing it stays", rolls, "2024-03-04 06:00", "2024-03-04 18:00"},
		{"at the closing before lunch it stays", rolls, "2024-03-04 00:00", "2024-03-04 12:00"},
		{"a second after closing: to the close of the next day", rolls, "2024-03-04 06:00:01", "2024-03-05 18:00"},
		{"at lunch: to the close of the same day", rolls, "2024-03-04 00:30", "2024-03-04 18:00"},
		{"before the opening: to the close of that day", rolls, "2024-03-04 20:00", "2024-03-05 18:00"},
		{"a second before the opening too", rolls, "2024-03-04 20:59:59", "2024-03-05 18:00"},
		{"on Saturday: to the close of Monday", rolls, "2024-03-08 17:30", "2024-03-11 18:00"},
		{"before Spring Festival: past the make-up Sunday, when service is closed", rolls, "2024-02-09 10:00", "2024-02-19 18:00"},
		{"the agreed Saturday closes at noon", rolls, "2024-10-11 18:00", "2024-10-12 12:00"},
		{"a window across midnight: the day ends at 24:00", night, "2024-03-04 00:00", "2024-03-05 00:00"},
		{"and in the part of it after midnight it stays", night, "2024-03-04 17:00", "2024-03-05 05:00"},
		{"at its closing it stays", night, "2024-03-04 18:00", "2024-03-05 06:00"},
		{"a second later it is out of hours", night, "2024-03-04 18:00:01", "2024-03-06 00:00"},
	} {
		t.Run(tt.why, func(t *testing.T) {
			d, err := sample(t, tt.changes...).Deadline(email, at(tt.received))
			require.NoError(t, err)
			assert.Equal(t, at(tt.due).String(), d.Due.String())
			w := d.Explain()
			require.NoError(t, w.Check().Err())
			assert.Equal(t, d.Due.Format(time.RFC3339), w.Result.Text)
		})
	}

	// The last day that is certain is Monday, 28 December 2026.
	c := edited(t, append(night, change{"/hours/night/week", map[string]any{"mon-sun": []string{"08:00-24:00"}}})...)
	d, err := c.Deadline(email, at("2026-12-28 12:00"))
	require.NoError(t, err, "at the closing at 24:00 of the last certain day it stays, whatever comes")
	assert.Equal(t, at("2026-12-29 00:00").String(), d.Due.String())
	require.NoError(t, d.Explain().Check().Err())
	guess, err := c.Provisional()
	require.NoError(t, err)
	d, err = guess.Deadline(email, at("2026-12-28 12:00"))
	require.NoError(t, err)
	assert.False(t, d.Provisional.IsValid())
	_, err = c.Deadline(email, at("2026-12-28 12:00:01"))
	assert.ErrorIs(t, err, contract.ErrRange)
	d, err = guess.Deadline(email, at("2026-12-28 12:00:01"))
	require.NoError(t, err)
	assert.Equal(t, on("2026-12-29"), d.Provisional)
}

// The reference walks from minute to minute.
func TestRollToTheCloseOfDayByWalking(t *testing.T) {
	hours := map[string][]string{"mon-fri": {"09:00-12:00", "13:00-18:00"}, "sat": {"22:00-24:00"}, "sun": {"00:00-01:00", "20:00-26:00"}}
	for _, zone := range []string{"Asia/Shanghai", "America/New_York", "Australia/Lord_Howe"} {
		c := edited(t, change{"/zone", zone}, change{"/hours/odd", map[string]any{"clause": "hours", "calendar": "cn", "week": hours, "holidays": "closed", "makeupDays": "closed", "agreed": map[string]any{}}},
			change{"/targets/" + email + "/roll", map[string]any{"to": "close of day", "hours": "odd"}})
		odd, err := c.Schedule("odd")
		require.NoError(t, err)
		target := mustTarget(t, c, email)
		rapid.Check(t, func(rt *rapid.T) {
			base := genMinute("2024-01-02", "2026-12-01").Draw(rt, "base").Add(rapid.SampledFrom([]time.Duration{0, 0, -1, 1}).Draw(rt, "beside"))
			if rapid.Bool().Draw(rt, "at a change of clocks") {
				day := on(rapid.SampledFrom([]string{"2024-03-10", "2024-11-03", "2024-04-07", "2024-10-06"}).Draw(rt, "day"))
				base = day.StartIn(c.Zone()).Add(time.Duration(rapid.IntRange(-300, 300).Draw(rt, "minute")) * time.Minute)
			}
			base = base.In(c.Zone())
			d, err := target.Deadline(base.Add(-12 * time.Hour))
			require.NoError(rt, err)
			open := func(t time.Time) bool {
				is, err := odd.IsOpen(t)
				require.NoError(rt, err)
				return is
			}
			want := base
			if !open(base) && !open(base.Add(-1)) {
				opens := base.Truncate(time.Minute)
				for !open(opens) {
					opens = opens.Add(time.Minute)
				}
				for day := contract.DateOf(opens); contract.DateOf(opens) == day; opens = opens.Add(time.Minute) {
					if open(opens) {
						want = opens.Add(time.Minute)
					}
				}
			}
			require.Equal(rt, want.String(), d.Due.String())
			require.NoError(rt, d.Explain().Check().Err())
		})
	}
}

// A last day that would end before the clock starts is an error, and no breach.
func TestDaysThatEndBeforeTheyBegin(t *testing.T) {
	for _, tt := range []struct {
		why, received string
		changes       []change
	}{
		{"the first day counts, and closed before", "2024-03-04 19:00", inDays("1 calendar day", closing, firstDay("counted"))},
		{"the day after a Saturday rolls back to Friday", "2024-03-09 10:00", inDays("1 calendar day", at24, restDay("rolls back over rest days"))},
	} {
		t.Run(tt.why, func(t *testing.T) {
			_, err := mustTarget(t, sample(t, tt.changes...), email).Deadline(at(tt.received))
			require.ErrorIs(t, err, contract.ErrConflict)
			assert.ErrorContains(t, err, "before the clock starts")
		})
	}
}

// Where the last day rolls back from a day that is not certain, so is the answer not.
func TestDaysThatRollBackFromAProvisionalDay(t *testing.T) {
	calendar, err := cn.KnownOn(on("2024-03-01"))
	require.NoError(t, err)
	doc := reread(t, sampleDocument(t), inDays("2 days", at24, restDay("rolls back over rest days")))
	c, err := contract.Compile(doc, contract.Reference{Calendars: map[string]*contract.Calendar{"cn": calendar}})
	require.NoError(t, err)
	_, err = mustTarget(t, c, email).Deadline(at("2024-12-27 10:00"))
	require.ErrorIs(t, err, contract.ErrRange, "nobody knows whether the Sunday is worked")
	c, err = c.Provisional()
	require.NoError(t, err)
	d, err := mustTarget(t, c, email).Deadline(at("2024-12-27 10:00"))
	require.NoError(t, err)
	assert.Equal(t, "2024-12-28 00:00", d.Due.Format("2006-01-02 15:04"))
	assert.Equal(t, on("2024-12-29"), d.Provisional)
}

// Paused service time is added: while a pause lasts the deadline goes on with it, if the
// pause took any time before the last day ended, however little.
func TestNextOfDaysThatAPausePutsOff(t *testing.T) {
	for _, tt := range []struct {
		why    string
		before time.Duration // the end of service on the last day
		next   bool
	}{
		{"a minute of service", time.Minute, false},
		{"a nanosecond of it", 1, false},
		{"none", 0, true},
	} {
		t.Run(tt.why, func(t *testing.T) {
			target := mustTarget(t, sample(t, inDays("3 days", at24Held, pausedFor(email, "paused service time is added"))...), email)
			from := at("2024-03-07 18:00").Add(-tt.before)
			m, err := target.Measure(&contract.Request{ID: "R1", Selector: contract.Selector{Channel: "e-mail"}, Received: at("2024-03-04 09:00"),
				Events: []contract.Event{{Kind: contract.EventPaused, At: from, Reason: customer}}}, from)
			require.NoError(t, err)
			require.Equal(t, contract.StatusPaused, m.Status)
			next, ok := m.Next()
			require.Equal(t, tt.next, ok)
			if ok {
				assert.Equal(t, at("2024-03-08 00:00").Add(1), next)
			}
		})
	}
}
