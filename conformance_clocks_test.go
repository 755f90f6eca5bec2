package contract_test

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cfd16870/contract"
)

// clockTarget is a target of some seconds of service time by a peer's schedule, in a
// contract of nothing else.
func clockTarget(t *testing.T, p peerHours, seconds string) *contract.Target {
	t.Helper()
	certain, err := contract.Years(1990, 2040)
	require.NoError(t, err)
	table := contract.CalendarTable{Certain: certain, Days: make(map[contract.Date]contract.Day)}
	for _, d := range p.Holidays {
		table.Days[d] = contract.Day{Kind: contract.DayHoliday, Name: "holiday"}
	}
	cal, err := contract.NewCalendar("peer", table)
	require.NoError(t, err)
	week, err := json.Marshal(p.Week)
	require.NoError(t, err)
	doc := contract.MustParse(fmt.Sprintf(`{
		"format": "contract/1", "id": "peer", "signed": "2013-01-01", "zone": %q, "currency": "EUR",
		"parties": {"customer": {"label": "customer", "name": "A"}, "provider": {"label": "provider", "name": "B"}},
		"clauses": {"service": {"body": "1", "title": "service", "source": "full text"}},
		"hours": {"service": {"clause": "service", "calendar": "peer", "week": %s, "holidays": "closed", "makeupDays": "closed", "agreed": {}}},
		"targets": {"repair": {
			"clause": "service", "for": {}, "measure": "restore", "within": "%s service seconds", "clock": {"hours": "service"}, "start": {"event": "received"},
			"stop": {"event": "restored", "workaround": "does not count", "reopened": "first stop stands"}, "roll": {"to": "none"}, "pauses": {"reasons": ["pending"]}}},
		"amendments": []}`, p.Zone, week, seconds))
	c, err := contract.Compile(doc, contract.Reference{Calendars: map[string]*contract.Calendar{"peer": cal}})
	require.NoError(t, err)
	return mustTarget(t, c, "repair")
}

// What other projects assert of clocks that pauses stop; the README beside the table
// names every column.
func TestClocksConformance(t *testing.T) {
	data, err := os.ReadFile("testdata/conformance/clocks_schedules.json")
	require.NoError(t, err)
	var schedules map[string]peerHours
	require.NoError(t, json.Unmarshal(data, &schedules))
	file, err := os.Open("testdata/conformance/clocks.csv")
	require.NoError(t, err)
	defer file.Close()
	rows, err := csv.NewReader(file).ReadAll()
	require.NoError(t, err)
	require.Equal(t, []string{"schedule", "received", "within", "pauses", "asOf", "due", "used", "left", "breached", "peer", "why", "source"}, rows[0])
	require.Len(t, rows, 34)
	instant := func(s string) time.Time {
		at, err := time.Parse(time.RFC3339, s)
		require.NoError(t, err)
		return at
	}
	length := func(s string) time.Duration {
		d, err := time.ParseDuration(s)
		require.NoError(t, err)
		return d
	}
	for i, row := range rows[1:] {
		t.Run(fmt.Sprint(i+2, " ", row[10]), func(t *testing.T) {
			require.Contains(t, schedules, row[0])
			r := &contract.Request{ID: "1", Received: instant(row[1])}
			asOf := r.Received.AddDate(0, 3, 0)
			for _, pause := range strings.FieldsFunc(row[3], func(c rune) bool { return c == ';' }) {
				from, to, _ := strings.Cut(pause, "/")
				r.Events = append(r.Events, contract.Event{Kind: contract.EventPaused, At: instant(from), Reason: "pending"})
				if to != "" {
					r.Events = append(r.Events, contract.Event{Kind: contract.EventResumed, At: instant(to), Reason: "pending"})
				}
			}
			if row[4] != "" {
				asOf = instant(row[4])
			}
			m, err := clockTarget(t, schedules[row[0]], row[2]).Measure(r, asOf)
			require.NoError(t, err)
			if row[5] != "" {
				assert.Equal(t, instant(row[5]).Format(time.RFC3339), m.Due.In(instant(row[5]).Location()).Format(time.RFC3339), "due")
			}
			if row[6] != "" {
				assert.Equal(t, length(row[6]), m.Used, "used")
			}
			if row[7] != "" {
				assert.Equal(t, length(row[7]), m.Left, "left")
			}
			if row[8] != "" {
				assert.Equal(t, row[8] == "yes", m.Status == contract.StatusBreached, "breached")
			}
			assert.NoError(t, m.Explain().Check().Err())
		})
	}
}
