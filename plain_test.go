package contract

import (
	"fmt"
	"os"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// plainZones are where the reading of plain tickets is tried: without changes of the
// clock, with them, and with one of half an hour.
var plainZones = []string{"Asia/Shanghai", "America/New_York", "Australia/Lord_Howe"}

// plainTargets are targets of each way in which one can read its events and run its clock.
func plainTargets(t testing.TB) (list []*Target) {
	data, err := os.ReadFile("testdata/sample/contract.json")
	require.NoError(t, err)
	known := Through(MustParseDate("2024-01-01"), MustParseDate("2024-04-30"))
	cal, err := NewCalendar("cn", CalendarTable{
		Weekend: []time.Weekday{time.Saturday, time.Sunday}, Certain: known,
		Days:     map[Date]Day{MustParseDate("2024-03-11"): {Kind: DayHoliday, Name: "a feast"}, MustParseDate("2024-03-16"): {Kind: DayMakeup, Name: "a feast"}},
		Foreseen: Period{known.Until, MustParseDate("2024-06-01")},
	})
	require.NoError(t, err)
	for i, zone := range plainZones {
		doc, err := Parse(data)
		require.NoError(t, err)
		doc.Zone = zone
		service := doc.Hours["service"]
		night := service
		night.Week = map[string][]string{"mon-sun": {"20:00-26:00"}} // across the changes of the clock
		hotline := service
		hotline.Week = map[string][]string{"mon-sat": {"07:00-20:00"}}
		doc.Hours = map[string]HoursClause{"service": service, "night": night, "hotline": hotline}
		doc.Requests.ClockSkew = MustParseSpan("2 clock minutes")
		response, repair, clock := doc.Targets["technical response"], doc.Targets["repair"], doc.Targets["e-mail response"]
		reasons := []string{"customer", "agreed"}
		for _, c := range []*TargetClause{&response, &repair, &clock} {
			c.Pauses.Reasons = reasons
		}
		add := func(name string, c TargetClause, change func(*TargetClause)) {
			change(&c)
			doc.Targets[name] = c
		}
		add("service time", response, func(c *TargetClause) {})
		add("service time, automatic replies count", response, func(c *TargetClause) { c.Stop.AutomaticReply = CountsYes })
		add("service time of days", response, func(c *TargetClause) { c.Within = MustParseSpan("20 service hours") })
		add("service time at night", response, func(c *TargetClause) { c.Clock.Hours, c.Within = "night", MustParseSpan("5 service hours") })
		add("service time, shifted", response, func(c *TargetClause) { c.Start.OutOfHours, c.Start.Hours = OutOfHoursNextOpening, "hotline" })
		add("service time, not measured", response, func(c *TargetClause) { c.Start.OutOfHours, c.Start.Hours = OutOfHoursNotMeasured, "service" })
		add("service time, rolled", response, func(c *TargetClause) { c.Roll.To, c.Roll.Hours = RollNextOpening, "service" })
		add("service time, rolled in other hours", response, func(c *TargetClause) { c.Clock.Hours, c.Roll.To, c.Roll.Hours = "hotline", RollNextOpening, "service" })
		add("service time from acceptance", response, func(c *TargetClause) { c.Start.Event = StartAccepted })
		add("service time of a repair", repair, func(c *TargetClause) {
			c.Within, c.Clock, c.Pauses.OnDays, c.Start.OutOfHours = MustParseSpan("90 service minutes"), ClockClause{Hours: "service"}, "", ""
			c.Start.Event, c.Stop.Workaround, c.Stop.Reopened = StartResponded, CountsYes, ReopenedResumes
		})
		add("on the clock", clock, func(c *TargetClause) {})
		add("on the clock, shifted and rolled", clock, func(c *TargetClause) {
			c.Start.OutOfHours, c.Start.Hours, c.Roll.To, c.Roll.Hours = OutOfHoursNextOpening, "service", RollNextOpening, "hotline"
		})
		add("on the clock, not measured", clock, func(c *TargetClause) { c.Start.OutOfHours, c.Start.Hours = OutOfHoursNotMeasured, "hotline" })
		add("on the clock, without hours", clock, func(c *TargetClause) { c.OverrunHours = "" })
		for _, word := range OnDays("").Words() {
			add("working days, "+word, repair, func(c *TargetClause) { c.Pauses.OnDays, c.Within = OnDays(word), MustParseSpan("2 working days") })
		}
		add("working days, a new clock", repair, func(c *TargetClause) {
			c.Stop.Reopened, c.Clock.Ends, c.Within = ReopenedNewClock, EndsAtSameTime, MustParseSpan("2 working days")
		})
		add("days", repair, func(c *TargetClause) {
			c.Pauses.OnDays, c.Within, c.Clock.Days = AddPausedTime, MustParseSpan("3 days"), ""
		})
		add("a month, rolled", repair, func(c *TargetClause) {
			c.Pauses = PausesClause{Reasons: []string{}}
			c.Within, c.Clock, c.Roll.To, c.Roll.Hours = MustParseSpan("1 month"), ClockClause{Ends: EndsAt24}, RollNextOpening, "hotline"
		})
		add("to the close of day", clock, func(c *TargetClause) { c.Roll.To, c.Roll.Hours = RollCloseOfDay, "service" })
		add("extended", response, func(c *TargetClause) {
			c.Extension = &ExtensionClause{Reasons: []string{"power cut"}, Within: MustParseSpan("20 clock hours"), From: ExtensionFromEvent}
		})
		c, err := Compile(doc, Reference{Calendars: map[string]*Calendar{"cn": cal}})
		require.NoError(t, err)
		if i == 0 {
			guessed, err := c.Provisional()
			require.NoError(t, err)
			for _, name := range sortedKeys(doc.Targets) {
				target, err := guessed.Target(name)
				require.NoError(t, err)
				list = append(list, target)
			}
		}
		for _, name := range sortedKeys(doc.Targets) {
			target, err := c.Target(name)
			require.NoError(t, err)
			list = append(list, target)
		}
	}
	return list
}

// plainDays are days at which something changes: the first and last that are known, of
// both kinds, a feast, a make-up day, a change of clocks.
var plainDays = []string{"2024-01-01", "2024-03-08", "2024-03-09", "2024-03-10", "2024-03-11", "2024-03-16", "2024-03-31", "2024-04-06", "2024-04-07", "2024-04-29", "2024-04-30", "2024-05-01", "2024-05-30", "2024-05-31"}

// genEdge draws an instant at or beside the edge of a window of such a day.
func genEdge(zone *time.Location) *rapid.Generator[time.Time] {
	return rapid.Custom(func(t *rapid.T) time.Time {
		day := MustParseDate(rapid.SampledFrom(plainDays).Draw(t, "day")).AddDays(rapid.SampledFrom([]int{0, 0, 0, 1, -1}).Draw(t, "off"))
		at := day.StartIn(zone).Add(time.Duration(rapid.SampledFrom([]int{0, 2, 3, 7, 9, 10, 12, 13, 18, 20}).Draw(t, "hour")) * time.Hour)
		return at.Add(rapid.SampledFrom([]time.Duration{0, 0, 0, -1, 1, -time.Second, time.Second, 30 * time.Minute, 45*time.Minute + 999_999_999}).Draw(t, "beside"))
	})
}

// genTicket draws a request: mostly pauses in order and an end, and in half of the draws
// something that is not plain.
func genTicket(zone *time.Location) *rapid.Generator[*Request] {
	return rapid.Custom(func(t *rapid.T) *Request {
		q := &Request{ID: "R", Source: "requests.csv:2", Received: genEdge(zone).Draw(t, "received")}
		length := rapid.SampledFrom([]time.Duration{0, 1, time.Second, 10 * time.Minute, 30 * time.Minute, time.Hour, time.Hour - 1, 3 * time.Hour, 5 * time.Hour, 15 * time.Hour, 24 * time.Hour, 72 * time.Hour})
		at := q.Received
		step := func(name string) time.Time {
			at = at.Add(length.Draw(t, name))
			return at
		}
		reasons := rapid.SampledFrom([]string{"customer", "customer", "agreed", "vendor"})
		put := func(k EventKind, at time.Time, reason string) {
			q.Events = append(q.Events, Event{Kind: k, At: at, Reason: reason, Source: fmt.Sprintf("events.csv:%d", len(q.Events))})
		}
		if rapid.Bool().Draw(t, "accepted") {
			put(EventAccepted, step("until accepted"), "")
		}
		for range rapid.IntRange(0, 4).Draw(t, "pauses") {
			reason := reasons.Draw(t, "reason")
			put(EventPaused, step("until paused"), reason)
			put(EventResumed, step("paused for"), rapid.SampledFrom([]string{reason, reason, ""}).Draw(t, "said"))
		}
		if n := len(q.Events); n > 0 && rapid.IntRange(0, 3).Draw(t, "open") == 0 {
			q.Events = q.Events[:n-1]
		}
		kinds := []EventKind{EventResponded, EventResponded, EventRestored, EventRestored, EventCancelled, EventExcused, EventAutoReply, EventWorkaround, EventAccepted, EventResolved, EventExtended}
		for range rapid.IntRange(0, 3).Draw(t, "others") {
			when := step("until")
			if len(q.Events) > 0 && rapid.Bool().Draw(t, "with another") {
				when = q.Events[rapid.IntRange(0, len(q.Events)-1).Draw(t, "which")].At
			}
			kind := rapid.SampledFrom(kinds).Draw(t, "kind")
			put(kind, when, map[bool]string{true: "power cut"}[kind == EventExcused || kind == EventExtended])
		}
		if rapid.Bool().Draw(t, "plain") || len(q.Events) == 0 {
			return q
		}
		for range rapid.IntRange(1, 3).Draw(t, "changes") {
			i := rapid.IntRange(0, len(q.Events)-1).Draw(t, "event")
			e := &q.Events[i]
			other := q.Events[rapid.IntRange(0, len(q.Events)-1).Draw(t, "other")]
			switch rapid.IntRange(0, 9).Draw(t, "change") {
			case 0:
				e.At = other.At
			case 1:
				e.Kind = EventKind(rapid.IntRange(0, len(eventWords)).Draw(t, "any kind"))
			case 2:
				e.Reason = rapid.SampledFrom([]string{"", "customer", "agreed", "vendor"}).Draw(t, "any reason")
			case 3:
				e.Recorded = other.At.Add(rapid.SampledFrom([]time.Duration{0, 1, -1, time.Hour, 100 * 24 * time.Hour}).Draw(t, "recorded"))
			case 4:
				e.At = q.Received.Add(-rapid.SampledFrom([]time.Duration{1, time.Minute, 2 * time.Minute, 2*time.Minute + 1}).Draw(t, "before the receipt"))
			case 5:
				e.At = genEdge(zone).Draw(t, "anywhere")
			case 6:
				e.At = rapid.SampledFrom([]time.Time{{}, time.Unix(mostTick, 0), time.Unix(mostTick-1, 999_999_999), time.Unix(-mostTick-1, 0), time.Unix(1<<40, 0)}).Draw(t, "far")
			case 7:
				q.Events = append(q.Events, other, *e)
			case 8:
				q.Events = slices.Delete(q.Events, i, i+1)
			case 9:
				q.Events = slices.Insert(q.Events, rapid.IntRange(0, len(q.Events)).Draw(t, "place"), other)
			}
			if len(q.Events) == 0 {
				break
			}
		}
		return q
	})
}

// sameAsFolded asks a target of a request in both ways, and returns when it is due.
func sameAsFolded(t *rapid.T, target *Target, q *Request, asOf time.Time) (due time.Time, plain bool, status Status) {
	r := target.versions[0].rule
	var got, want Measurement
	err := r.measure(&got, q, asOf, scope{cycle: lastCycle}, nil)
	wantErr := r.measureAny(&want, q, asOf, scope{cycle: lastCycle}, nil)
	require.Equal(t, fmt.Sprintf("%+v", wantErr), fmt.Sprintf("%+v", err), target.name)
	if got != want {
		require.Equal(t, want, got, target.name)
		t.Fatalf("%s: %#v, and by fold %#v", target.name, got, want)
	}
	due, breached, err := r.due(q, asOf)
	wantDue, wantBreached, wantErr := r.dueAny(q, asOf)
	require.Equal(t, fmt.Sprintf("%+v", wantErr), fmt.Sprintf("%+v", err), target.name)
	if due != wantDue || breached != wantBreached {
		t.Fatalf("%s: due %v, breached %v, and by fold %v, %v", target.name, due, breached, wantDue, wantBreached)
	}
	return due, r.plain.read(q, asOf, new(plainTicket)), want.Status
}

// A plain ticket is answered as fold answers it, to the last bit of the measurement, and
// so is one that is not plain: the fault, too, is the same.
func TestPlainTicketsAreAsFolded(t *testing.T) {
	targets := plainTargets(t)
	tickets := make(map[*time.Location]*rapid.Generator[*Request])
	for _, target := range targets {
		if tickets[target.zone] == nil {
			tickets[target.zone] = genTicket(target.zone)
		}
	}
	told := make(map[string]int)
	rapid.Check(t, func(t *rapid.T) {
		// One ticket is asked of every target of a zone: what one holds for rare is plain
		// for another.
		zone := rapid.SampledFrom(targets).Draw(t, "target").zone
		q := tickets[zone].Draw(t, "request")
		asOf := rapid.OneOf(rapid.Just(MustParseDate("2024-04-20").StartIn(zone)), genEdge(zone), rapid.Custom(func(t *rapid.T) time.Time {
			at := q.Received
			if len(q.Events) > 0 {
				at = rapid.SampledFrom(q.Events).Draw(t, "event").At
			}
			return at.Add(rapid.SampledFrom([]time.Duration{0, 0, 1, -1, time.Hour}).Draw(t, "beside"))
		})).Draw(t, "as of")
		beside := rapid.SampledFrom([]time.Duration{0, 0, -1, 1, time.Second}).Draw(t, "beside the due instant")
		length := rapid.SampledFrom([]time.Duration{1, time.Hour, 15 * time.Hour, 72 * time.Hour}).Draw(t, "pause at the due instant")
		ends := rapid.Bool().Draw(t, "ends at the due instant")
		for _, target := range targets {
			if target.zone != zone {
				continue
			}
			due, plain, status := sameAsFolded(t, target, q, asOf)
			told[fmt.Sprintf("%v, plain %v", status, plain)]++
			if due.IsZero() || due.Year() > 2200 {
				continue
			}
			// As the time is used up a pause begins, or it is done.
			at, more := due.Add(beside), *q
			place := 0
			for place < len(q.Events) && !q.Events[place].At.After(at) {
				place++
			}
			more.Events = slices.Insert(slices.Clone(q.Events), place, Event{Kind: EventPaused, At: at, Reason: "customer"}, Event{Kind: EventResumed, At: at.Add(length), Reason: "customer"})
			if ends {
				more.Events = slices.Insert(slices.Clone(q.Events), place, Event{Kind: EventRestored, At: at}, Event{Kind: EventResponded, At: at})
			}
			for _, asOf := range []time.Time{at, at.Add(length)} {
				_, plain, status := sameAsFolded(t, target, &more, asOf)
				told[fmt.Sprintf("at the due instant: %v, plain %v", status, plain)]++
			}
		}
	})
	for _, what := range sortedKeys(told) {
		t.Logf("%7d %s", told[what], what)
	}
}

// Pauses that are judged are as those that events tell, for a target whose clock starts
// with the receipt; and what events could not tell is refused.
func TestPausesJudgedAreAsToldByEvents(t *testing.T) {
	targets := slices.DeleteFunc(plainTargets(t), func(target *Target) bool {
		r := target.versions[0].rule
		return !r.plain.received || !r.pausable["customer"]
	})
	rapid.Check(t, func(t *rapid.T) {
		target := rapid.SampledFrom(targets).Draw(t, "target")
		q := &Request{ID: "R", Received: genEdge(target.zone).Draw(t, "received")}
		length := rapid.SampledFrom([]time.Duration{0, 1, time.Second, 10 * time.Minute, 30 * time.Minute, time.Hour, 3 * time.Hour, 24 * time.Hour, 72 * time.Hour})
		var pauses []Pause
		at := q.Received
		for range rapid.IntRange(0, mostPauses+2).Draw(t, "pauses") {
			from := at.Add(length.Draw(t, "until"))
			at = from.Add(length.Draw(t, "for"))
			pauses = append(pauses, Pause{From: from, To: at})
			q.Events = append(q.Events, Event{Kind: EventPaused, At: from, Reason: "customer"}, Event{Kind: EventResumed, At: at, Reason: "customer"})
		}
		wrong := -1
		if len(pauses) > 0 && rapid.IntRange(0, 3).Draw(t, "wrong") == 0 {
			wrong = rapid.IntRange(0, len(pauses)-1).Draw(t, "place")
			switch p := &pauses[wrong]; rapid.IntRange(0, 2).Draw(t, "how") {
			case 0:
				p.From = q.Received.Add(-1)
			case 1:
				p.To = p.From.Add(-1)
			case 2:
				p.From = time.Time{}
			}
		}
		due, err := target.DuePaused(q.Received, pauses)
		if wrong >= 0 {
			var fault *Error
			require.ErrorAs(t, err, &fault)
			require.ErrorIs(t, err, ErrConflict)
			require.Equal(t, fmt.Sprintf("pauses/%d", wrong), fault.Pointer)
			return
		}
		want, _, wantErr := target.Due(q, at.Add(400*24*time.Hour))
		require.Equal(t, fmt.Sprint(wantErr), fmt.Sprint(err), target.name)
		require.Equal(t, want, due, target.name)
	})
}
