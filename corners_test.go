package contract_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cfd16870/contract"
)

// Cases where two rules meet, each worked by hand.

// nightRepair is the sample with a night service, Mon-Fri 22:00-30:00, on which repair
// runs for two working days.
func nightRepair(t *testing.T, onDays contract.OnDays) *contract.Target {
	return mustTarget(t, sample(t,
		change{"/hours/service/week", map[string]any{"mon-fri": []any{"22:00-30:00"}}},
		change{"/hours/service/agreed", map[string]any{}},
		change{"/targets/repair/within", "2 working days"},
		change{"/targets/repair/pauses/onDays", string(onDays)},
	), "repair")
}

func TestPausesOfServiceThatRunsPastMidnight(t *testing.T) {
	for _, tt := range []struct {
		why      string
		onDays   contract.OnDays
		from, to string
		due      string
	}{
		// Tuesday's service is Tue 22:00 to Wed 06:00; from 03:00 on it is not paused.
		{"a night that is not paused to its end is not paused whole", contract.SkipWhollyPaused, "2024-03-04 12:00", "2024-03-06 03:00", "2024-03-07 06:00"},
		// Wed 02:00 to 05:00 lies in Tuesday's service: the days are Wed 6 and Thu 7.
		{"a pause after midnight touches the day before", contract.SkipTouched, "2024-03-06 02:00", "2024-03-06 05:00", "2024-03-08 06:00"},
	} {
		t.Run(tt.why, func(t *testing.T) {
			r := &contract.Request{ID: "R1", Source: "requests.csv:2", Received: at("2024-03-04 10:00"), Events: []contract.Event{
				ev(contract.EventPaused, tt.from, customer), ev(contract.EventResumed, tt.to, customer)}}
			m, err := nightRepair(t, tt.onDays).Measure(r, at("2024-03-06 20:00"))
			require.NoError(t, err)
			assert.Equal(t, at(tt.due).Format(time.RFC3339), m.Due.Format(time.RFC3339))
			assert.NoError(t, m.Explain().Check().Err())
		})
	}
}

// Hours that open clocks follow have to have the weekday by which a working day
// without a window ends, also where an amendment takes it away.
func TestStandInHoursOfEveryVersion(t *testing.T) {
	doc := reread(t, sampleDocument(t), []change{{"/hours/service/agreed", map[string]any{}}})
	doc.Amendments = []contract.Amendment{{
		ID: "A1", Signed: contract.MustParseDate("2025-09-01"), Effective: contract.MustParseDate("2025-09-29"),
		Transition: contract.TransitionByEvent, OpenHours: contract.OpenHoursFollow,
		Changes: []contract.Change{
			{At: "/hours/service/week", Was: map[string]any{"mon-fri": []any{"09:00-12:00", "13:00-18:00"}}, Becomes: map[string]any{"tue-fri": []any{"09:00-17:00"}}},
			{At: "/workingDays/state/withoutWindow", Was: "ends as mon", Becomes: "ends as tue"},
		},
	}}
	_, err := contract.Compile(doc, china())
	require.ErrorIs(t, err, contract.ErrConflict)
	assert.ErrorContains(t, err, "a working day without a window ends as mon")
}

func TestStrictestIsDueFirstWithItsPauses(t *testing.T) {
	a := map[string]any{"clause": "repair", "for": map[string]any{"category": []any{"fault"}}, "measure": "restore", "within": "8 service hours",
		"clock": map[string]any{"hours": "service"}, "start": map[string]any{"event": "received"}, "stop": map[string]any{"event": "restored", "workaround": "does not count", "reopened": "first stop stands"},
		"roll": map[string]any{"to": "none"}, "pauses": map[string]any{"reasons": []any{customer}}}
	b := map[string]any{}
	for k, v := range a {
		b[k] = v
	}
	b["within"], b["pauses"] = "9 service hours", map[string]any{"reasons": []any{}}
	c := sample(t, change{"/severalTargets", "strictest"}, change{"/targets/a", a}, change{"/targets/b", b}, change{At: "/targets/repair"},
		change{"/attainment/of", []any{"a", "b"}}, change{At: "/readings"}, change{At: "/completed"})
	r := &contract.Request{ID: "R1", Received: at("2024-03-04 09:00"), Selector: contract.Selector{Category: "fault"}, Events: []contract.Event{
		ev(contract.EventPaused, "2024-03-04 10:00", customer), ev(contract.EventResumed, "2024-03-06 10:00", customer)}}
	list, err := c.Measure(r, at("2024-03-06 12:00"))
	require.NoError(t, err)
	require.Len(t, list, 1)
	assert.Equal(t, "b", list[0].Target(), "due Tue 10:00; a, with its pause, Wed 18:00")
	assert.Equal(t, contract.StatusBreached, list[0].Status)

	// Before it is accepted a target displaces nothing.
	accepted := map[string]any{}
	for k, v := range a {
		accepted[k] = v
	}
	accepted["within"], accepted["start"] = "1 service hour", map[string]any{"event": "accepted"}
	c = sample(t, change{"/severalTargets", "strictest"}, change{"/targets/a", accepted}, change{"/targets/b", b}, change{At: "/targets/repair"},
		change{"/attainment/of", []any{"a", "b"}}, change{At: "/readings"}, change{At: "/completed"})
	deadlines, err := c.Deadlines(r)
	require.NoError(t, err)
	require.Len(t, deadlines, 1)
	assert.Equal(t, "b", deadlines[0].Target())
	_, err = mustTarget(t, c, "a").Deadline(at("2024-03-04 09:00"))
	assert.ErrorIs(t, err, contract.ErrRequired, "receipt does not start that clock")
	r.Events = append(r.Events, ev(contract.EventAccepted, "2024-03-04 09:30"))
	deadlines, err = c.Deadlines(r)
	require.NoError(t, err)
	require.Len(t, deadlines, 1)
	assert.Equal(t, "a", deadlines[0].Target())
	assert.Equal(t, at("2024-03-04 10:30").Format(time.RFC3339), deadlines[0].Due.Format(time.RFC3339))
	assert.Equal(t, "events.csv:2", deadlines[0].Explain().Steps[0].Source.In, "the working cites the event")
	r.Events[2].At = at("2024-03-01 09:30")
	_, err = c.Deadlines(r)
	assert.ErrorIs(t, err, contract.ErrConflict, "accepted before it was received")
}

func TestStartedByAcceptanceThatNeverCame(t *testing.T) {
	c := sample(t, change{"/targets/repair/start", map[string]any{"event": "accepted", "outOfHours": "runs"}})
	target := mustTarget(t, c, "repair")
	for status, kind := range map[contract.Status]contract.EventKind{contract.StatusMet: contract.EventRestored, contract.StatusCancelled: contract.EventCancelled} {
		m, err := target.Measure(&contract.Request{ID: "R1", Received: at("2024-03-04 09:00"), Events: []contract.Event{ev(kind, "2024-03-04 11:00")}}, at("2024-03-05 09:00"))
		require.NoError(t, err)
		assert.Equal(t, status, m.Status)
		assert.False(t, m.IsOpen(), "what is done or cancelled waits for nothing")
		assert.True(t, m.Due.IsZero())
	}
}

func TestProvisionalIsToldWhereAnAnswerRestsOnIt(t *testing.T) {
	provisional := func(changes ...change) *contract.Contract {
		p, err := sample(t, changes...).Provisional()
		require.NoError(t, err)
		return p
	}
	unknown := "2026-12-29"

	// Saturday 9 January 2027 may become a make-up day, and then be open.
	p := provisional(change{"/hours/service/makeupDays", "as mon"},
		change{"/targets/phone and online response/start", map[string]any{"event": "received", "outOfHours": "not measured", "hours": "service"}})
	d, err := mustTarget(t, p, "phone and online response").Deadline(at("2027-01-09 10:00"))
	require.NoError(t, err)
	assert.True(t, d.NotMeasured)
	assert.Equal(t, unknown, d.Provisional.String())

	// Rolled to an opening that begins the first unknown day.
	p = provisional(change{"/hours/service/week", map[string]any{"mon-sun": []any{"00:00-24:00"}}}, change{"/targets/e-mail response/within", "2 clock hours"},
		change{"/targets/e-mail response/roll", map[string]any{"to": "next opening", "hours": "service"}})
	d, err = mustTarget(t, p, "e-mail response").Deadline(at("2026-12-28 22:00"))
	require.NoError(t, err)
	assert.Equal(t, at("2026-12-29 00:00").Format(time.RFC3339), d.Due.Format(time.RFC3339))
	assert.Equal(t, unknown, d.Provisional.String())

	// Due on a certain day; how much service time it is late is not certain.
	p = provisional()
	m, err := mustTarget(t, p, "technical response").Measure(&contract.Request{ID: "R1", Received: at("2026-12-28 10:00")}, at("2027-01-12 00:00"))
	require.NoError(t, err)
	assert.Equal(t, contract.StatusBreached, m.Status)
	assert.Equal(t, unknown, m.Provisional.String())
	certain, err := mustTarget(t, sample(t), "technical response").Measure(&contract.Request{ID: "R1", Received: at("2026-12-28 10:00")}, at("2027-01-12 00:00"))
	require.NoError(t, err)
	assert.Equal(t, contract.StatusBreached, certain.Status, "the breach is certain")
	assert.False(t, certain.UsedKnown, "how much of the clock is used is not")
	_, ok := certain.OverrunService()
	assert.False(t, ok)

	// The night of the last certain day ends on the first unknown one, and is certain.
	p = provisional(change{"/hours/service/week", map[string]any{"mon-fri": []any{"22:00-30:00"}}}, change{"/hours/service/agreed", map[string]any{}},
		change{"/targets/repair/within", "3 working days"})
	d, err = mustTarget(t, p, "repair").Deadline(at("2026-12-23 10:00"))
	require.NoError(t, err)
	assert.Equal(t, at("2026-12-29 06:00").Format(time.RFC3339), d.Due.Format(time.RFC3339))
	assert.False(t, d.Provisional.IsValid())
}

func TestCancelledLateStaysInItsMonth(t *testing.T) {
	c := sample(t, change{"/attainment/placedBy", "finished"})
	r := &contract.Request{ID: "R1", Received: at("2024-03-04 10:00"), Events: []contract.Event{ev(contract.EventCancelled, "2024-03-20 10:00")}}
	for _, asOf := range []string{"2024-03-31 00:00", "2024-04-30 00:00"} {
		sum, err := c.NewTally()
		require.NoError(t, err)
		m, err := mustTarget(t, c, "technical response").Measure(r, at(asOf))
		require.NoError(t, err)
		require.Equal(t, contract.StatusBreached, m.Status)
		require.True(t, sum.Add(m))
		assert.Equal(t, "2024-03-01..2024-03-31", sum.Attainment()[0].Period.String(), "it ended on 20 March")
	}
}

func TestExcuses(t *testing.T) {
	target := mustTarget(t, sample(t), "technical response")
	r := &contract.Request{ID: "R1", Source: "requests.csv:2", Received: at("2024-03-04 09:00"), Events: []contract.Event{
		ev(contract.EventResponded, "2024-03-04 11:00"), ev(contract.EventExcused, "2024-03-08 11:00", "power cut")}}
	m, err := target.Measure(r, at("2024-04-01 00:00"))
	require.NoError(t, err)
	w := m.Explain()
	require.NoError(t, w.Check().Err())
	assert.Equal(t, "no", w.Result.Text, "no breach")
	assert.Contains(t, w.Text("en"), "power cut")

	r.Events[1].Reason = ""
	_, err = target.Measure(r, at("2024-04-01 00:00"))
	assert.ErrorIs(t, err, contract.ErrRequired, "an excuse has a reason")
}

// The clock of service time may start by other hours than its own.
func TestStartShiftedByOtherHours(t *testing.T) {
	hotline := map[string]any{"clause": "hours", "calendar": "cn", "week": map[string]any{"mon-sun": []any{"08:00-22:00"}}, "holidays": "open", "makeupDays": "as mon", "agreed": map[string]any{}}
	c := sample(t, change{"/hours/hotline", hotline}, change{"/targets/technical response/clock/hours", "hotline"}, change{"/targets/technical response/within", "4 service hours"},
		change{"/targets/technical response/start", map[string]any{"event": "received", "outOfHours": "next opening", "hours": "service"}})
	d, err := mustTarget(t, c, "technical response").Deadline(at("2024-03-09 10:00"))
	require.NoError(t, err)
	assert.Equal(t, at("2024-03-11 13:00").Format(time.RFC3339), d.Due.Format(time.RFC3339), "Saturday counts as Monday 09:00; then the hotline's four hours")
	assert.NoError(t, d.Explain().Check().Err())
}

// The search for working days that pauses skip takes each stretch of days once.
func BenchmarkManyPauses(b *testing.B) {
	c := sample(b, change{"/targets/repair/within", "1 working day"})
	for _, n := range []int{100, 800} {
		r := &contract.Request{ID: "R1", Received: at("2020-01-02 10:00")}
		for i := range n {
			from := at("2020-01-03 08:00").AddDate(0, 0, i)
			r.Events = append(r.Events, contract.Event{Kind: contract.EventPaused, At: from, Reason: customer}, contract.Event{Kind: contract.EventResumed, At: from.Add(12 * time.Hour), Reason: customer})
		}
		target := mustTarget(b, c, "repair")
		b.Run(fmt.Sprint(n, " pauses"), func(b *testing.B) {
			for b.Loop() {
				if _, err := target.Measure(r, at("2023-01-01 00:00")); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
