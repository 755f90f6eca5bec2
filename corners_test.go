package contract_test

import (
	"fmt"
	"math"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cfd16870/contract"
	"github.com/cfd16870/contract/proof"
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

// overnight is the sample, never amended, with hours that run past midnight.
func overnight(t testing.TB, changes ...edit) *contract.Contract {
	return compileEdited(t, slices.Concat(unamended, []edit{{"/hours/service/week", obj{"mon-fri": list{"22:00-30:00"}}}}, changes)...)
}

// Seven working days after Thursday 17 December 2026 end with the night of the last
// certain day, Monday the 28th, at six on the 29th. How much service time there is until
// then is not known, and when it is due is.
func TestTheNightOfTheLastCertainDay(t *testing.T) {
	c := overnight(t)
	received, due := at("2026-12-17 10:00"), at("2026-12-29 06:00")
	r := &contract.Request{ID: "R1", Source: "requests.csv:2", Selector: contract.Selector{Category: "fault"}, Received: received}
	d, err := c.Deadline("repair", received)
	require.NoError(t, err)
	require.Equal(t, due, d.Due)
	m, err := mustTarget(t, c, "repair").Measure(r, at("2026-12-17 11:00"))
	require.NoError(t, err)
	assert.Equal(t, contract.StatusRunning, m.Status)
	assert.Equal(t, due, m.Due)
	assert.False(t, m.UsedKnown)
	assert.NoError(t, m.Explain().Check().Err())
	next, ok := m.Next()
	assert.True(t, ok)
	assert.Equal(t, due.Add(1), next, "it is late the nanosecond after")

	// A day off more: what was due on the 26th is due on the 29th.
	works, err := published.With("plant", map[contract.Date]contract.Day{on("2026-12-21"): {Kind: contract.DayRest, Name: "plant"}})
	require.NoError(t, err)
	doc := contract.MustParse(string(editText(t, slices.Concat(unamended, []edit{{"/hours/service/week", obj{"mon-fri": list{"22:00-30:00"}}}})...)))
	moved, err := contract.Compile(doc, contract.Reference{Calendars: map[string]*contract.Calendar{"cn": works}, Series: chinaWithRates().Series})
	require.NoError(t, err)
	r.Received = received.AddDate(0, 0, -1)
	n := 0
	for v, err := range c.Moved(moved, slicesOf(r), received) {
		require.NoError(t, err)
		n++
		assert.Equal(t, []time.Time{due.AddDate(0, 0, -3), due}, []time.Time{v.Was, v.Is})
	}
	assert.Equal(t, 1, n)
}

// The night before the first known day is not known; a clock that would start in it has
// no deadline, though a pause lasts until the hours are known.
func TestTheNightBeforeTheFirstKnownDay(t *testing.T) {
	from := at("2006-12-30 10:00")
	r := &contract.Request{ID: "R1", Selector: contract.Selector{Category: "fault"}, Received: from, Events: []contract.Event{
		ev(contract.EventPaused, "2006-12-30 10:00", "agreed"), ev(contract.EventResumed, "2007-01-08 09:00", "agreed")}}
	for why, target := range map[string]obj{
		"service time": {"within": "13 service hours", "clock": obj{"hours": "service"}, "start": obj{"event": "received"}, "pauses": obj{"reasons": list{"agreed"}}},
		"days":         {"within": "5 days", "clock": obj{"hours": "service", "ends": "24:00"}, "pauses": obj{"reasons": list{"agreed"}, "onDays": "paused service time is added"}},
	} {
		var edits []edit
		for key, to := range target {
			edits = append(edits, edit{"/targets/repair/" + key, to})
		}
		c := overnight(t, edits...)
		for _, asOf := range []string{"2007-01-08 10:00", "2007-01-15 10:00"} {
			_, err := mustTarget(t, c, "repair").Measure(r, at(asOf))
			assert.ErrorIs(t, err, contract.ErrRange, "%s as of %s", why, asOf)
			_, _, err = mustTarget(t, c, "repair").Due(r, at(asOf))
			assert.ErrorIs(t, err, contract.ErrRange, "%s as of %s", why, asOf)
		}
	}
}

// Where the clock skips a day, a pause takes nothing of it, though it is a working day:
// Friday 30 December 2011 in Apia.
func TestPausesOverADayThatTheClockSkips(t *testing.T) {
	instant := func(s string) time.Time { return must(time.Parse(time.RFC3339, s)) }
	for _, word := range []string{"wholly paused days are skipped", "touched days are skipped"} {
		c := compileEdited(t, slices.Concat(unamended, []edit{{"/zone", "Pacific/Apia"}, {"/targets/repair/within", "3 working days"}, {"/targets/repair/pauses/onDays", word}})...)
		for _, tt := range []struct{ why, from, until, due string }{
			{"a pause on the day of receipt: Thursday, the Friday that was none, and a Saturday that is worked", "2011-12-28T11:00:00-10:00", "2011-12-28T12:00:00-10:00", "2011-12-31T18:00:00+14:00"},
			{"the Thursday is paused", "2011-12-29T00:00:00-10:00", "2011-12-31T00:00:00+14:00", "2012-01-04T18:00:00+14:00"},
			{"and the Saturday, in a pause too long to look at each day", "2011-12-28T18:00:00-10:00", "2012-01-04T00:00:00+14:00", "2012-01-05T18:00:00+14:00"},
		} {
			r := &contract.Request{ID: "R1", Source: "requests.csv:2", Received: instant("2011-12-28T10:00:00-10:00"), Events: []contract.Event{
				{Kind: contract.EventPaused, At: instant(tt.from), Reason: "agreed"}, {Kind: contract.EventResumed, At: instant(tt.until), Reason: "agreed"}}}
			m, err := mustTarget(t, c, "repair").Measure(r, instant("2012-01-04T12:00:00+14:00"))
			require.NoError(t, err, tt.why)
			assert.Equal(t, tt.due, m.Due.Format(time.RFC3339), "%s; %s", tt.why, word)
			assert.NoError(t, m.Explain().Check().Err(), "%s; %s", tt.why, word)
		}
	}
}

// A deadline at midnight is at the close of the day before where service ran until then.
func TestAMidnightAtTheCloseOfTheDayBefore(t *testing.T) {
	c := compileEdited(t, slices.Concat(unamended, []edit{{"/hours/service/week", obj{"mon-fri": list{"08:00-24:00"}}}, {"/periods/firstDay", "counted"}, {"/periods/restDay", "stays"},
		{"/targets/repair/within", "1 calendar day"}, {"/targets/repair/clock", obj{"ends": "same time of day"}}, {"/targets/repair/pauses", obj{"reasons": list{}}},
		{"/targets/repair/start", obj{"event": "received", "outOfHours": "runs"}}, {"/targets/repair/roll", obj{"to": "close of day", "hours": "service"}}})...)
	for received, due := range map[string]string{"2024-03-05 00:00": "2024-03-05 00:00", "2024-03-09 00:00": "2024-03-09 00:00", "2024-03-10 00:00": "2024-03-12 00:00"} {
		d, err := c.Deadline("repair", at(received))
		require.NoError(t, err)
		assert.Equal(t, at(due), d.Due)
		assert.NoError(t, d.Explain().Check().Err(), received)
	}
}

// The last instant that both hours know is answered, and explained.
func TestCombinedHoursAtTheirEnd(t *testing.T) {
	hours := func(name, until string) *contract.Schedule {
		cal, err := contract.NewCalendar(name, contract.CalendarTable{Version: "1", Weekend: []time.Weekday{time.Sunday, time.Saturday}, Certain: contract.Period{From: on("2024-01-01"), Until: on(until)}})
		require.NoError(t, err)
		s, err := contract.NewSchedule(time.UTC, contract.HoursClause{Week: map[string][]string{"mon-fri": {"09:00-18:00"}}, Holidays: contract.HolidaysClosed, MakeupDays: contract.MakeupClosed}, cal)
		require.NoError(t, err)
		return s
	}
	long, short := hours("long", "2025-01-01"), hours("short", "2024-07-01")
	for _, s := range []*contract.Schedule{must(long.Union(short)), must(short.Union(long)), must(long.Difference(short))} {
		_, until := s.Known()
		require.Equal(t, "2024-07-01T00:00:00Z", until.Format(time.RFC3339))
		for _, explain := range []func() (*proof.Working, error){
			func() (*proof.Working, error) { return s.ExplainAdd(until, 0) },
			func() (*proof.Working, error) { return s.ExplainBetween(until, until) },
			func() (*proof.Working, error) { return s.ExplainWindows(until, until) },
		} {
			w, err := explain()
			require.NoError(t, err)
			assert.NoError(t, w.Check().Err())
		}
	}
}

// The most that a Duration holds is told, and not a nanosecond more.
func TestBetweenTheMostOfADuration(t *testing.T) {
	years, err := contract.Years(1700, 2249)
	require.NoError(t, err)
	cal, err := contract.NewCalendar("always", contract.CalendarTable{Version: "1", Certain: years})
	require.NoError(t, err)
	s, err := contract.NewSchedule(time.UTC, contract.HoursClause{Week: map[string][]string{"mon-sun": {"00:00-24:00"}}, Holidays: contract.HolidaysOpen, MakeupDays: contract.MakeupClosed}, cal)
	require.NoError(t, err)
	from := time.Date(1701, 1, 1, 0, 0, 0, 0, time.UTC)
	for _, d := range []time.Duration{math.MaxInt64, math.MaxInt64 - 1, 9_223_372_036 * time.Second, 9_223_372_035*time.Second - 1} {
		got, err := s.Between(from, from.Add(d))
		require.NoError(t, err)
		assert.Equal(t, d, got)
		got, err = s.Between(from.Add(d), from)
		require.NoError(t, err)
		assert.Equal(t, -d, got)
	}
	_, err = s.Between(from, from.Add(math.MaxInt64).Add(1))
	assert.ErrorIs(t, err, contract.ErrLimit)
	least, err := s.Between(from.Add(math.MaxInt64).Add(1), from)
	require.NoError(t, err)
	assert.Equal(t, time.Duration(math.MinInt64), least)
	_, err = s.Between(from.Add(math.MaxInt64).Add(2), from)
	assert.ErrorIs(t, err, contract.ErrLimit)
}

// A span of days that ends before its clock starts is an error, wherever the deadline
// would roll to then: Tuesday 28 January 2025 and a day, rolled back over the Spring
// Festival to the close of Monday the 27th.
func TestDaysThatEndBeforeTheClockStartsWhereTheyRoll(t *testing.T) {
	for _, roll := range []obj{{"to": "none"}, {"to": "next opening", "hours": "service"}, {"to": "close of day", "hours": "service"}} {
		c := compileEdited(t, slices.Concat(unamended, []edit{{"/hours/service/week", obj{"mon-fri": list{"18:00-24:00"}}}, {"/periods/restDay", "rolls back over rest days"},
			{"/targets/repair/within", "1 calendar day"}, {"/targets/repair/clock", obj{"hours": "service", "ends": "closing"}}, {"/targets/repair/pauses", obj{"reasons": list{"agreed"}, "onDays": "paused service time is added"}},
			{"/targets/repair/start", obj{"event": "received", "outOfHours": "runs"}}, {"/targets/repair/roll", roll}})...)
		r := &contract.Request{ID: "R1", Source: "requests.csv:2", Selector: contract.Selector{Category: "fault"}, Received: at("2025-01-28 13:00")}
		for _, events := range [][]contract.Event{nil, {ev(contract.EventPaused, "2025-01-28 14:00", "agreed"), ev(contract.EventResumed, "2025-01-28 23:00", "agreed")}} {
			r.Events = events
			_, err := mustTarget(t, c, "repair").Measure(r, at("2025-01-29 13:00"))
			require.ErrorIs(t, err, contract.ErrConflict, roll)
			assert.ErrorContains(t, err, "the last day ends at 2025-01-28T00:00:00+08:00, before the clock starts at 2025-01-28T13:00:00+08:00")
		}
		_, err := c.Deadline("repair", r.Received)
		require.ErrorIs(t, err, contract.ErrConflict, roll)
	}
}

// Before a clock has started an impossible order of pauses is one all the same; what was
// done by then is told by its event.
func TestBeforeAClockHasStarted(t *testing.T) {
	target := mustTarget(t, sample(t, change{"/targets/repair/start/event", "accepted"}), "repair")
	r := &contract.Request{ID: "R1", Source: "requests.csv:2", Selector: contract.Selector{Category: "fault"}, Received: at("2024-03-04 10:00")}
	asOf := at("2024-03-05 10:00")
	for why, events := range map[string][]contract.Event{
		"resumed, and nothing was paused": {ev(contract.EventResumed, "2024-03-04 11:00", "agreed")},
		"paused twice":                    {ev(contract.EventPaused, "2024-03-04 11:00", "agreed"), ev(contract.EventPaused, "2024-03-04 12:00", "agreed")},
		"and done":                        {ev(contract.EventRestored, "2024-03-04 12:00"), ev(contract.EventResumed, "2024-03-04 11:00", "agreed")},
	} {
		r.Events = events
		_, err := target.Measure(r, asOf)
		require.ErrorIs(t, err, contract.ErrConflict, why)
		_, _, err = target.Due(r, asOf)
		require.ErrorIs(t, err, contract.ErrConflict, why)
	}
	for kind, status := range map[contract.EventKind]contract.Status{contract.EventRestored: contract.StatusMet, contract.EventCancelled: contract.StatusCancelled} {
		r.Events = []contract.Event{ev(kind, "2024-03-04 12:00")}
		m, err := target.Measure(r, asOf)
		require.NoError(t, err)
		assert.Equal(t, status, m.Status)
		w := m.Explain()
		require.NoError(t, w.Check().Err())
		assert.Contains(t, w.Text(proof.English), kind.String())
		assert.Contains(t, w.Text(proof.English), "2024-03-04 12:00:00")
	}
	r.Events = nil
	m, err := target.Measure(r, asOf)
	require.NoError(t, err)
	assert.Empty(t, m.Explain().Steps)
}

// An overrun of nothing is one of no service time, where the target has hours to tell it in.
func TestNoOverrunInServiceTime(t *testing.T) {
	r := &contract.Request{ID: "R1", Received: at("2024-03-04 10:00"), Events: []contract.Event{ev(contract.EventResponded, "2024-03-04 10:30")}}
	for name, told := range map[string]bool{"technical response": true, "after-sales response": false} {
		c := sample(t, change{"/targets/after-sales response/overrunHours", nil})
		m, err := mustTarget(t, c, name).Measure(r, at("2024-03-05 10:00"))
		require.NoError(t, err)
		require.Equal(t, contract.StatusMet, m.Status)
		d, ok := m.OverrunService()
		assert.Zero(t, d)
		assert.Equal(t, told, ok, name)
	}
}

// Of two calendars, the day from which an answer is provisional is that of the one that
// ends first among those that it touches, and of no other.
func TestProvisionalOfTwoCalendars(t *testing.T) {
	compile := func(b contract.CalendarTable, edits ...edit) *contract.Contract {
		b.Version, b.Weekend = "1", []time.Weekday{time.Saturday, time.Sunday}
		cal, err := contract.NewCalendar("b", b)
		require.NoError(t, err)
		ref := chinaWithRates()
		ref.Calendars["b"] = cal
		c, err := contract.Compile(contract.MustParse(string(editText(t, slices.Concat(unamended, edits)...))), ref)
		require.NoError(t, err)
		p, err := c.Provisional()
		require.NoError(t, err)
		return p
	}
	hours := obj{"clause": "hours", "calendar": "b", "week": obj{"mon-fri": list{"09:00-18:00"}}, "holidays": "closed", "makeupDays": "closed", "agreed": obj{}}

	// Days by a calendar that is known longer than the hours, which nothing paused.
	long := contract.CalendarTable{Certain: contract.Through(on("2026-01-01"), on("2027-01-04"))}
	for ends, due := range map[string]string{"24:00": "2026-12-30 00:00", "same time of day": "2026-12-29 10:00"} {
		d, err := compile(long, edit{"/workingDays/state/calendar", "b"}, edit{"/targets/repair/within", "1 working day"}, edit{"/targets/repair/clock/ends", ends}).Deadline("repair", at("2026-12-28 10:00"))
		require.NoError(t, err)
		assert.Equal(t, at(due), d.Due)
		assert.False(t, d.Provisional.IsValid(), "%s: %v", ends, d.Provisional)
	}

	// An overrun in hours that are known less far than those to which the deadline rolls.
	short := contract.CalendarTable{Certain: contract.Through(on("2026-01-01"), on("2026-12-21")), Foreseen: contract.Period{From: on("2026-12-22"), Until: on("2027-02-01")}}
	c := compile(short, edit{"/hours/other", hours}, edit{"/targets/e-mail response/within", "2 clock hours"}, edit{"/targets/e-mail response/overrunHours", "other"},
		edit{"/targets/e-mail response/roll", obj{"to": "next opening", "hours": "service"}})
	m, err := mustTarget(t, c, "e-mail response").Measure(&contract.Request{ID: "R1", Received: at("2026-12-28 18:00")}, at("2026-12-30 18:00"))
	require.NoError(t, err)
	assert.Equal(t, contract.StatusBreached, m.Status)
	assert.Equal(t, on("2026-12-22"), m.Provisional)
}
