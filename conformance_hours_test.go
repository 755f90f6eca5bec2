package contract_test

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cfd16870/contract"
)

// peerHours is a schedule of the conformance tables.
type peerHours struct {
	Zone        string                     `json:"zone"`
	Week        map[string][]string        `json:"week"`
	Holidays    []contract.Date            `json:"holidays"`
	Makeup      []contract.Date            `json:"makeup"`
	MakeupHours []string                   `json:"makeupHours"`
	Agreed      map[contract.Date][]string `json:"agreed"`
}

// clause is the hours of the schedule.
func (p peerHours) clause() contract.HoursClause {
	h := contract.HoursClause{Week: p.Week, Holidays: contract.HolidaysClosed, MakeupDays: "as mon", Agreed: make(map[contract.Date]contract.AgreedClause)}
	if p.MakeupHours != nil {
		h.MakeupDays, h.MakeupOpen = contract.MakeupOwnHours, p.MakeupHours
	}
	for d, open := range p.Agreed {
		h.Agreed[d] = contract.AgreedClause{Open: open, Agreement: "for the date", Targets: contract.AgreedCount}
	}
	return h
}

func (p peerHours) calendar(t testing.TB) *contract.Calendar {
	certain, err := contract.Years(1990, 2040)
	require.NoError(t, err)
	table := contract.CalendarTable{Certain: certain, Days: make(map[contract.Date]contract.Day)}
	for _, d := range p.Holidays {
		table.Days[d] = contract.Day{Kind: contract.DayHoliday, Name: "holiday"}
	}
	for _, d := range p.Makeup {
		table.Days[d] = contract.Day{Kind: contract.DayMakeup, Name: "made up"}
	}
	cal, err := contract.NewCalendar("cn", table)
	require.NoError(t, err)
	return cal
}

// peer is a schedule compiled, once for all cases.
type peer struct {
	hours   peerHours
	s       *contract.Schedule
	w       *contract.WorkingDays
	refused error
	target  func(testing.TB, string) *contract.Target
}

func (p peerHours) compile(t testing.TB) *peer {
	cal := p.calendar(t)
	out := &peer{hours: p}
	zone := inZone
	if p.Zone == "UTC-00:00:30" { // whose whole minutes are another's half
		zone = func(name string) *time.Location { return time.FixedZone(name, -30) }
	}
	if out.s, out.refused = contract.NewSchedule(zone(p.Zone), p.clause(), cal); out.refused != nil {
		return out
	}
	var weekdays []string
	for w, name := range weekdayNames {
		for key := range p.Week {
			if names(key, time.Weekday(w)) {
				weekdays = append(weekdays, name)
			}
		}
	}
	if weekdays == nil {
		weekdays = []string{"mon-fri"} // hours of named dates alone: of their working days nothing is asked
	}
	w, err := contract.NewWorkingDays(contract.DaysClause{Week: strings.Join(weekdays, ", "), MakeupDays: contract.MakeupCount, WithoutWindow: contract.EndsAtMidnight}, cal)
	require.NoError(t, err)
	out.w = w
	// The sample contract with these hours, and a target of so much service time that
	// pauses for the reason "agreed".
	out.target = func(t testing.TB, within string) *contract.Target {
		h := p.clause()
		h.Clause, h.Calendar = "hours", "cn"
		if h.MakeupDays == "as mon" && !hasMonday(h.Week) {
			h.MakeupDays = contract.MakeupClosed
		}
		doc, err := contract.Parse(editText(t, edit{"/zone", p.Zone}, edit{"/hours/service", h}, edit{"/workingDays/state/withoutWindow", "ends 24:00"},
			edit{"/targets/technical response/within", within}, edit{"/targets/technical response/pauses/reasons", []string{"agreed"}}))
		require.NoError(t, err)
		c, err := contract.Compile(doc, contract.Reference{Calendars: map[string]*contract.Calendar{"cn": cal}})
		require.NoError(t, err)
		return mustTarget(t, c, "technical response")
	}
	return out
}

func hasMonday(week map[string][]string) bool {
	for key := range week {
		if names(key, time.Monday) {
			return true
		}
	}
	return false
}

// readPeers reads a table of cases and its schedules, compiled when first asked for.
func readPeers(t testing.TB, table, schedules string, columns ...string) (rows [][]string, peerOf func(testing.TB, string) *peer, unused func() []string) {
	data, err := os.ReadFile("testdata/conformance/" + schedules)
	require.NoError(t, err)
	var all map[string]peerHours
	require.NoError(t, json.Unmarshal(data, &all))
	file, err := os.Open("testdata/conformance/" + table)
	require.NoError(t, err)
	defer file.Close()
	rows, err = csv.NewReader(file).ReadAll()
	require.NoError(t, err)
	require.Equal(t, columns, rows[0])
	compiled := make(map[string]*peer)
	var lock sync.Mutex
	return rows[1:], func(t testing.TB, name string) *peer {
			lock.Lock()
			defer lock.Unlock()
			p, ok := all[name]
			require.True(t, ok, "no schedule %q", name)
			if compiled[name] == nil {
				compiled[name] = p.compile(t)
			}
			return compiled[name]
		}, func() (names []string) {
			for name := range maps.Keys(all) {
				if compiled[name] == nil {
					names = append(names, name)
				}
			}
			return names
		}
}

// ask asks what an operation of the tables asks; the README beside them names each.
func (p *peer) ask(t testing.TB, op, at, argument string) (string, error) {
	instant := func(s string) time.Time {
		at, err := time.Parse(time.RFC3339Nano, s)
		require.NoError(t, err)
		return at
	}
	number := func() int {
		n, err := strconv.Atoi(argument)
		require.NoError(t, err)
		return n
	}
	tell := func(u time.Time, err error) (string, error) { return u.Format(time.RFC3339Nano), err }
	day := func(d contract.Date, err error) (string, error) { return d.String(), err }
	yes := func(b bool, err error) (string, error) {
		if b {
			return "yes", err
		}
		return "no", err
	}
	if op == "hours" {
		return yes(p.refused == nil, nil)
	}
	require.NoError(t, p.refused)
	switch {
	case op == "add":
		d, err := time.ParseDuration(argument)
		require.NoError(t, err)
		return tell(p.s.Add(instant(at), d))
	case op == "between":
		d, err := p.s.Between(instant(at), instant(argument))
		return d.String(), err
	case op == "open":
		return yes(p.s.IsOpen(instant(at)))
	case op == "next opening":
		return tell(p.s.NextOpening(instant(at)))
	case op == "next closing":
		return tell(p.s.NextClosing(instant(at)))
	case op == "previous opening":
		return tell(p.s.PreviousOpening(instant(at)))
	case op == "previous closing":
		return tell(p.s.PreviousClosing(instant(at)))
	case op == "open from":
		return tell(p.s.OpenFrom(instant(at)))
	case op == "open until":
		return tell(p.s.OpenUntil(instant(at)))
	case op == "windows":
		var list []string
		for w, err := range p.s.Windows(instant(at), instant(argument)) {
			if err != nil {
				return "", err
			}
			list = append(list, w.Start.Format(time.RFC3339)+"/"+w.End.Format(time.RFC3339))
		}
		return strings.Join(list, " "), nil
	case op == "working day":
		return yes(p.w.IsWorkingDay(on(at)))
	case op == "working day from":
		return day(p.w.Roll(on(at), contract.RestDayRolls))
	case op == "working day until":
		return day(p.w.Roll(on(at), contract.RestDayRollsBack))
	case op == "last working day of month":
		return day(p.w.LastOfMonth(on(at)))
	case op == "add working days":
		return day(p.w.AddWorkingDays(on(at), number()))
	case strings.HasPrefix(op, "working days "):
		n, err := p.w.WorkingDaysBetween(on(at), on(argument), contract.Bounds(strings.TrimPrefix(op, "working days ")))
		return strconv.Itoa(n), err
	case strings.HasPrefix(op, "add working days, "):
		from := instant(at).In(p.s.Zone())
		d, err := p.w.AddWorkingDays(contract.DateOf(from), number())
		if err != nil {
			return "", err
		}
		if op == "add working days, closing" {
			var last time.Time
			for w, err := range p.s.Windows(d.StartIn(p.s.Zone()), d.AddDays(1).StartIn(p.s.Zone())) {
				require.NoError(t, err)
				last = w.End
			}
			return tell(last, nil)
		}
		y, m, n := d.Date()
		same := time.Date(y, m, n, from.Hour(), from.Minute(), from.Second(), from.Nanosecond(), p.s.Zone())
		if number() < 0 {
			return tell(p.s.OpenUntil(same))
		}
		return tell(p.s.OpenFrom(same))
	case op == "target":
		return p.measure(t, instant(at), argument, instant)
	}
	t.Fatalf("no operation %q", op)
	return "", nil
}

// measure asks how a target stands: within, pauses, and as of when.
func (p *peer) measure(t testing.TB, received time.Time, argument string, instant func(string) time.Time) (string, error) {
	parts := strings.Split(argument, "; ")
	d, err := time.ParseDuration(parts[0])
	require.NoError(t, err)
	within, err := contract.ServiceSpan(d)
	require.NoError(t, err)
	target := p.target(t, within.String())
	r := &contract.Request{ID: "R", Received: received}
	asOf := received.AddDate(1, 0, 0)
	for _, part := range parts[1:] {
		if at, ok := strings.CutPrefix(part, "as of "); ok {
			asOf = instant(at)
			continue
		}
		from, to, _ := strings.Cut(strings.TrimPrefix(part, "paused "), "/")
		r.Events = append(r.Events, contract.Event{Kind: contract.EventPaused, At: instant(from), Reason: "agreed"})
		if to != "" {
			r.Events = append(r.Events, contract.Event{Kind: contract.EventResumed, At: instant(to), Reason: "agreed"})
		}
	}
	m, err := target.Measure(r, asOf)
	if err != nil {
		return "", err
	}
	if w := m.Explain(); len(w.Steps) > 0 {
		require.NoError(t, w.Check().Err())
	}
	return fmt.Sprintf("due %s; elapsed %v; remaining %v; breached %v", m.Due.Format(time.RFC3339Nano), m.Used, m.Left,
		map[bool]string{true: "yes", false: "no"}[m.Overrun > 0]), nil
}

// requireSame holds an answer against the table, however instants and durations are
// spelled; of a target what the table states.
func requireSame(t testing.TB, want, got string) {
	if strings.Contains(want, "; ") || strings.Contains(got, "; ") {
		said := make(map[string]string)
		for part := range strings.SplitSeq(got, "; ") {
			what, value, _ := strings.Cut(part, " ")
			said[what] = value
		}
		for part := range strings.SplitSeq(want, "; ") {
			what, value, _ := strings.Cut(part, " ")
			requireSame(t, value, said[what])
		}
		return
	}
	if strings.ContainsAny(want, "/ ") {
		wants, gots := strings.FieldsFunc(want, func(r rune) bool { return r == '/' || r == ' ' }), strings.FieldsFunc(got, func(r rune) bool { return r == '/' || r == ' ' })
		require.Len(t, gots, len(wants), "%s, not %s", got, want)
		for i := range wants {
			requireSame(t, wants[i], gots[i])
		}
		return
	}
	if u, err := time.Parse(time.RFC3339Nano, want); err == nil {
		v, err := time.Parse(time.RFC3339Nano, got)
		require.NoError(t, err, "%s", got)
		require.True(t, u.Equal(v), "%s, not %s", got, want)
		return
	}
	if d, err := time.ParseDuration(want); err == nil {
		want = d.String()
		if e, err := time.ParseDuration(got); err == nil {
			got = e.String()
		}
	}
	require.Equal(t, want, got)
}

// What other projects assert of service time and working days, each row with the
// reason; the README beside the table names every column and operation.
func TestHoursConformance(t *testing.T) {
	rows, peerOf, unused := readPeers(t, "hours.csv", "hours_schedules.json", "schedule", "op", "at", "argument", "want", "peer", "why", "source")
	require.Greater(t, len(rows), 60)
	for line, row := range rows {
		name, op, at, argument, want, differs, why, source := row[0], row[1], row[2], row[3], row[4], row[5], row[6], row[7]
		t.Run(fmt.Sprintf("line %d, %s: %s", line+2, op, why), func(t *testing.T) {
			require.NotEmpty(t, source)
			require.NotEqual(t, want, differs, "peer is what differs")
			got, err := peerOf(t, name).ask(t, op, at, argument)
			require.NoError(t, err)
			requireSame(t, want, got)
		})
	}
	assert.Empty(t, unused(), "schedules that no case uses")
}

// All that twenty projects assert: 843 cases.
func TestHoursOfPeers(t *testing.T) {
	rows, peerOf, unused := readPeers(t, "hours_peers.csv", "hours_peers_schedules.json", "id", "schedule", "op", "at", "argument", "want", "peer", "why", "source")
	require.Len(t, rows, 843)
	for _, row := range rows {
		id, name, op, at, argument, want, differs, why, source := row[0], row[1], row[2], row[3], row[4], row[5], row[6], row[7], row[8]
		t.Run(id, func(t *testing.T) {
			require.NotEmpty(t, source)
			require.Equal(t, differs != "", why != "", "where the peer differs, why")
			got, err := peerOf(t, name).ask(t, op, at, argument)
			require.NoError(t, err)
			requireSame(t, want, got)
		})
	}
	assert.Empty(t, unused(), "schedules that no case uses")
}
