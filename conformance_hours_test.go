package contract_test

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cfd16870/contract"
)

// peerHours is a schedule of testdata/conformance/hours_schedules.json.
type peerHours struct {
	Zone     string                     `json:"zone"`
	Week     map[string][]string        `json:"week"`
	Holidays []contract.Date            `json:"holidays"`
	Makeup   []contract.Date            `json:"makeup"`
	Agreed   map[contract.Date][]string `json:"agreed"`
}

func (p peerHours) compile(t *testing.T) (*contract.Schedule, *contract.WorkingDays) {
	certain, err := contract.Years(1990, 2040)
	require.NoError(t, err)
	table := contract.CalendarTable{Certain: certain, Days: make(map[contract.Date]contract.Day)}
	for _, d := range p.Holidays {
		table.Days[d] = contract.Day{Kind: contract.DayHoliday, Name: "holiday"}
	}
	for _, d := range p.Makeup {
		table.Days[d] = contract.Day{Kind: contract.DayMakeup, Name: "made up"}
	}
	cal, err := contract.NewCalendar("peer", table)
	require.NoError(t, err)
	h := contract.HoursClause{Week: p.Week, Holidays: contract.HolidaysClosed, MakeupDays: "as mon", Agreed: make(map[contract.Date]contract.AgreedClause)}
	for d, open := range p.Agreed {
		h.Agreed[d] = contract.AgreedClause{Open: open, Agreement: "for the date", Targets: contract.AgreedCount}
	}
	s, err := contract.NewSchedule(inZone(p.Zone), h, cal)
	require.NoError(t, err)
	var weekdays []string
	for w, name := range weekdayNames {
		for key := range p.Week {
			if names(key, time.Weekday(w)) {
				weekdays = append(weekdays, name)
			}
		}
	}
	w, err := contract.NewWorkingDays(contract.DaysClause{Week: strings.Join(weekdays, ", "), MakeupDays: contract.MakeupCount, WithoutWindow: contract.EndsAtMidnight}, cal)
	require.NoError(t, err)
	return s, w
}

// What other projects assert of service time and working days; the README beside
// the table names every column and operation.
func TestHoursConformance(t *testing.T) {
	data, err := os.ReadFile("testdata/conformance/hours_schedules.json")
	require.NoError(t, err)
	var schedules map[string]peerHours
	require.NoError(t, json.Unmarshal(data, &schedules))
	file, err := os.Open("testdata/conformance/hours.csv")
	require.NoError(t, err)
	defer file.Close()
	rows, err := csv.NewReader(file).ReadAll()
	require.NoError(t, err)
	require.Equal(t, []string{"schedule", "op", "at", "argument", "want", "peer", "why", "source"}, rows[0])
	require.Greater(t, len(rows), 60)

	instant := func(s string) time.Time {
		at, err := time.Parse(time.RFC3339, s)
		require.NoError(t, err)
		return at
	}
	yes := func(b bool) string {
		if b {
			return "yes"
		}
		return "no"
	}
	used := make(map[string]bool)
	for line, row := range rows[1:] {
		name, op, at, argument, want, peer, why, source := row[0], row[1], row[2], row[3], row[4], row[5], row[6], row[7]
		used[name] = true
		t.Run(fmt.Sprintf("line %d, %s: %s", line+2, op, why), func(t *testing.T) {
			p, ok := schedules[name]
			require.True(t, ok, "no schedule %q", name)
			require.NotEmpty(t, source)
			require.NotEqual(t, want, peer, "peer is what differs")
			s, w := p.compile(t)
			var got string
			var err error
			tell := func(u time.Time, e error) { got, err = u.Format(time.RFC3339), e }
			switch {
			case op == "add":
				d, e := time.ParseDuration(argument)
				require.NoError(t, e)
				tell(s.Add(instant(at), d))
			case op == "between":
				var d, wanted time.Duration
				wanted, err = time.ParseDuration(want)
				require.NoError(t, err)
				d, err = s.Between(instant(at), instant(argument))
				got, want = d.String(), wanted.String()
			case op == "open":
				var open bool
				open, err = s.IsOpen(instant(at))
				got = yes(open)
			case op == "next opening":
				tell(s.NextOpening(instant(at)))
			case op == "next closing":
				tell(s.NextClosing(instant(at)))
			case op == "previous opening":
				tell(s.PreviousOpening(instant(at)))
			case op == "previous closing":
				tell(s.PreviousClosing(instant(at)))
			case op == "open from":
				open, e := s.IsOpen(instant(at))
				require.NoError(t, e)
				if tell(instant(at), nil); !open {
					tell(s.NextOpening(instant(at)))
				}
			case op == "open until":
				open, e := s.IsOpen(instant(at).Add(-1))
				require.NoError(t, e)
				if tell(instant(at), nil); !open {
					tell(s.PreviousClosing(instant(at)))
				}
			case op == "working day":
				var is bool
				is, err = w.IsWorkingDay(on(at))
				got = yes(is)
			case op == "add working days":
				n, e := strconv.Atoi(argument)
				require.NoError(t, e)
				var d contract.Date
				d, err = w.AddWorkingDays(on(at), n)
				got = d.String()
			case strings.HasPrefix(op, "working days "):
				var n int
				n, err = w.WorkingDaysBetween(on(at), on(argument), contract.Bounds(strings.TrimPrefix(op, "working days ")))
				got = strconv.Itoa(n)
			default:
				t.Fatalf("no operation %q", op)
			}
			require.NoError(t, err)
			if wanted, e := time.Parse(time.RFC3339, want); e == nil {
				assert.True(t, wanted.Equal(instant(got)), "%s, not %s", got, want)
				return
			}
			assert.Equal(t, want, got)
		})
	}
	for name := range schedules {
		assert.True(t, used[name], "no case uses the schedule %q", name)
	}
}
