package contract_test

import (
	"fmt"
	"log"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/cfd16870/contract"
)

// uptime is a clause of 99.95 % a month with outages rounded up to a minute, and
// maintenance excluded that is announced two days before.
func uptime(more ...change) []change {
	a := obj{"clause": "response", "of": "data line", "time": "clock time", "period": "calendar month", "partPeriod": "own time",
		"each": "rounded up", "roundedTo": "1 clock minute", "atLeast": "99.95%", "compared": "exact",
		"excluded": obj{"maintenance": obj{"notice": "48 clock hours"}}, "excludedTime": "stays in the period", "overlapping": "excluded"}
	for _, m := range more {
		if m.Becomes == nil {
			delete(a, m.At)
		} else {
			a[m.At] = m.Becomes
		}
	}
	return []change{{"/availability", obj{"line": a}}}
}

// nothingExcluded takes out of a clause what excludes.
var nothingExcluded = []change{{"excluded", obj{}}, {At: "excludedTime"}, {At: "overlapping"}}

// down is an outage: "2024-03-04 10:00..2024-03-04 10:05", the end "" for one that lasts.
func down(id, from, to string, more ...string) contract.Outage {
	o := contract.Outage{Source: "outages.csv:2", ID: id, Service: "data line", From: at(from)}
	if to != "" {
		o.To = at(to)
	}
	if len(more) > 0 {
		o.Reason = more[0]
	}
	if len(more) > 1 {
		o.Announced = at(more[1])
	}
	return o
}

// measuredOf is the figures of one month of 2024.
func uptimeOf(t testing.TB, c *contract.Contract, in string, asOf time.Time, outages ...contract.Outage) contract.Availability {
	t.Helper()
	rows, err := c.Availability(contract.AvailabilityFacts{Outages: outages, AsOf: asOf, In: month(in)})
	require.NoError(t, err)
	require.Len(t, rows, 1)
	return rows[0]
}

// often is so many outages of a length on 4 March, every eight minutes from 02:00.
func often(n int, length time.Duration) (list []contract.Outage) {
	for i := range n {
		o := down(fmt.Sprint(i), "2024-03-04 02:00", "")
		o.From = o.From.Add(time.Duration(8*i) * time.Minute)
		o.To = o.From.Add(length)
		list = append(list, o)
	}
	return list
}

func TestAvailability(t *testing.T) {
	exact := []change{{"each", "exact"}, {At: "roundedTo"}}
	service := append([]change{{"time", "service time"}, {"hours", "service"}}, exact...)
	both := func(lists ...[]change) (all []change) {
		for _, l := range lists {
			all = append(all, l...)
		}
		return all
	}
	shortest := func(s string) []change { return []change{{"shortest", s}} }
	maintenance := func(m obj) []change { return []change{{"excluded", obj{"maintenance": m}}} }
	list := func(o ...contract.Outage) []contract.Outage { return o }
	month31, service21 := 744*time.Hour, 168*time.Hour // 21 working days of March 2024, of 8 hours
	for _, tt := range []struct {
		why                    string
		changes                []change
		outages                []contract.Outage
		agreed, down, excluded time.Duration
		count                  int
	}{
		{"no outage: all of the time", nil, nil, month31, 0, 0, 0},
		{"a second more than four minutes is five", nil, list(down("1", "2024-03-04 10:00", "2024-03-04 10:04:01")), month31, 5 * time.Minute, 0, 1},
		{"a whole number of minutes is not rounded", nil, list(down("1", "2024-03-04 10:00", "2024-03-04 10:04")), month31, 4 * time.Minute, 0, 1},
		{"rounded half up: thirty seconds are a minute", []change{{"each", "rounded half up"}}, list(down("1", "2024-03-04 10:00", "2024-03-04 10:04:30")), month31, 5 * time.Minute, 0, 1},
		{"rounded half up: twenty-nine are none", []change{{"each", "rounded half up"}}, list(down("1", "2024-03-04 10:00", "2024-03-04 10:04:29")), month31, 4 * time.Minute, 0, 1},
		{"rounded down: less than a minute does not count", []change{{"each", "rounded down"}}, list(down("1", "2024-03-04 10:00", "2024-03-04 10:00:59")), month31, 0, 0, 0},
		{"exact: to the second", exact, list(down("1", "2024-03-04 10:00", "2024-03-04 10:04:01")), month31, 4*time.Minute + time.Second, 0, 1},
		{"each is rounded by itself", nil, list(down("1", "2024-03-04 10:00", "2024-03-04 10:00:01"), down("2", "2024-03-05 10:00", "2024-03-05 10:00:01")), month31, 2 * time.Minute, 0, 2},
		{"outages that overlap count once", nil, list(down("1", "2024-03-04 10:00", "2024-03-04 10:10"), down("2", "2024-03-04 10:05", "2024-03-04 10:20")), month31, 20 * time.Minute, 0, 1},
		{"nested ones too", nil, list(down("1", "2024-03-04 10:00", "2024-03-04 10:30"), down("2", "2024-03-04 10:05", "2024-03-04 10:10"), down("3", "2024-03-04 10:20", "2024-03-04 10:40")), month31, 40 * time.Minute, 0, 1},
		{"outages that touch are one, rounded once", nil, list(down("1", "2024-03-04 10:00", "2024-03-04 10:00:20"), down("2", "2024-03-04 10:00:20", "2024-03-04 10:00:40")), month31, time.Minute, 0, 1},
		{"a second apart they are two", nil, list(down("1", "2024-03-04 10:00", "2024-03-04 10:00:20"), down("2", "2024-03-04 10:00:21", "2024-03-04 10:00:40")), month31, 2 * time.Minute, 0, 2},
		{"one over the end of the month counts with its part", nil, list(down("1", "2024-03-31 23:50", "2024-04-01 00:30")), month31, 10 * time.Minute, 0, 1},
		{"one from the month before too; the term begins on the 1st", nil, list(down("1", "2024-02-29 23:50", "2024-03-01 00:30")), month31, 30 * time.Minute, 0, 1},
		{"one that ends as the month begins is another month's", nil, list(down("1", "2024-02-29 23:50", "2024-03-01 00:00")), month31, 0, 0, 0},
		{"one that begins as the month ends too", nil, list(down("1", "2024-04-01 00:00", "2024-04-01 00:10")), month31, 0, 0, 0},
		{"an outage without time", nil, list(down("1", "2024-03-04 10:00", "2024-03-04 10:00")), month31, 0, 0, 0},

		{"shorter than the shortest does not count", shortest("5 clock minutes"), list(down("1", "2024-03-04 10:00", "2024-03-04 10:04:59")), month31, 0, 0, 0},
		{"the shortest itself counts, whole", shortest("5 clock minutes"), list(down("1", "2024-03-04 10:00", "2024-03-04 10:05")), month31, 5 * time.Minute, 0, 1},
		{"short outages that touch are one that is long enough", shortest("5 clock minutes"), list(down("1", "2024-03-04 10:00", "2024-03-04 10:03"), down("2", "2024-03-04 10:03", "2024-03-04 10:06")), month31, 6 * time.Minute, 0, 1},
		{"the whole outage is held against it, not the part in the month", shortest("5 clock minutes"), list(down("1", "2024-03-31 23:58", "2024-04-01 00:04")), month31, 2 * time.Minute, 0, 1},
		{"over the end of the month and too short", shortest("7 clock minutes"), list(down("1", "2024-03-31 23:58", "2024-04-01 00:04")), month31, 0, 0, 0},

		{"announced exactly in time is excluded", nil, list(down("1", "2024-03-04 02:00", "2024-03-04 04:00", "maintenance", "2024-03-02 02:00")), month31, 0, 2 * time.Hour, 0},
		{"a second late it counts", nil, list(down("1", "2024-03-04 02:00", "2024-03-04 04:00", "maintenance", "2024-03-02 02:00:01")), month31, 2 * time.Hour, 0, 1},
		{"not announced it counts", nil, list(down("1", "2024-03-04 02:00", "2024-03-04 04:00", "maintenance")), month31, 2 * time.Hour, 0, 1},
		{"for another reason it counts, announced or not", nil, list(down("1", "2024-03-04 02:00", "2024-03-04 04:00", "power cut", "2024-02-01 02:00")), month31, 2 * time.Hour, 0, 1},
		{"two days' notice: announced at the end of the second day before", maintenance(obj{"notice": "2 days"}), list(down("1", "2024-03-04 02:00", "2024-03-04 04:00", "maintenance", "2024-03-02 23:59:59")), month31, 0, 2 * time.Hour, 0},
		{"two days' notice: announced at midnight after it", maintenance(obj{"notice": "2 days"}), list(down("1", "2024-03-04 02:00", "2024-03-04 04:00", "maintenance", "2024-03-03 00:00")), month31, 2 * time.Hour, 0, 1},
		{"a week's notice", maintenance(obj{"notice": "1 week"}), list(down("1", "2024-03-11 02:00", "2024-03-11 04:00", "maintenance", "2024-03-04 12:00")), month31, 0, 2 * time.Hour, 0},
		{"a reason that needs no notice", maintenance(obj{}), list(down("1", "2024-03-04 02:00", "2024-03-04 04:00", "maintenance")), month31, 0, 2 * time.Hour, 0},
		{"notice of no time is before the outage or as it begins", maintenance(obj{"notice": "0 clock hours"}), list(down("1", "2024-03-04 02:00", "2024-03-04 04:00", "maintenance", "2024-03-04 02:00")), month31, 0, 2 * time.Hour, 0},
		{"excluded time taken off the period", []change{{"excludedTime", "taken off the period"}}, list(down("1", "2024-03-04 02:00", "2024-03-04 04:00", "maintenance", "2024-03-02 02:00")), 742 * time.Hour, 0, 2 * time.Hour, 0},
		{"excluded twice is excluded once", nil, list(down("1", "2024-03-04 02:00", "2024-03-04 04:00", "maintenance", "2024-03-01 02:00"), down("2", "2024-03-04 03:00", "2024-03-04 05:00", "maintenance", "2024-03-01 02:00")), month31, 0, 3 * time.Hour, 0},
		{"down while it is excluded: excluded", nil, list(down("1", "2024-03-04 02:00", "2024-03-04 04:00", "maintenance", "2024-03-01 02:00"), down("2", "2024-03-04 03:00", "2024-03-04 05:00")), month31, time.Hour, 2 * time.Hour, 1},
		{"excluded in the middle of an outage: it is still one", nil, list(down("1", "2024-03-04 03:00:10", "2024-03-04 03:00:30", "maintenance", "2024-03-01 02:00"), down("2", "2024-03-04 03:00", "2024-03-04 03:00:40")), month31, time.Minute, 20 * time.Second, 1},
		{"all of an outage excluded: none", nil, list(down("1", "2024-03-04 02:00", "2024-03-04 04:00", "maintenance", "2024-03-01 02:00"), down("2", "2024-03-04 02:00", "2024-03-04 03:00")), month31, 0, 2 * time.Hour, 0},
		{"down while it is excluded: down", []change{{"overlapping", "down"}}, list(down("1", "2024-03-04 02:00", "2024-03-04 04:00", "maintenance", "2024-03-01 02:00"), down("2", "2024-03-04 03:00", "2024-03-04 05:00")), month31, 2 * time.Hour, time.Hour, 1},
		{"too short to count: it is excluded all the same, and the agreed time is less by all of it", both(exact, shortest("5 clock minutes"), []change{{"overlapping", "down"}, {"excludedTime", "taken off the period"}}), list(down("1", "2024-03-04 02:00", "2024-03-04 04:00", "maintenance", "2024-03-01 02:00"), down("2", "2024-03-04 03:00", "2024-03-04 03:04")), 742 * time.Hour, 0, 2 * time.Hour, 0},
		{"long enough it is down, and no time that is excluded", both(exact, shortest("5 clock minutes"), []change{{"overlapping", "down"}, {"excludedTime", "taken off the period"}}), list(down("1", "2024-03-04 02:00", "2024-03-04 04:00", "maintenance", "2024-03-01 02:00"), down("2", "2024-03-04 03:00", "2024-03-04 03:05")), 742*time.Hour + 5*time.Minute, 5 * time.Minute, 115 * time.Minute, 1},
		{"rounded down to nothing: it is excluded all the same", []change{{"each", "rounded down"}, {"overlapping", "down"}}, list(down("1", "2024-03-04 02:00", "2024-03-04 04:00", "maintenance", "2024-03-01 02:00"), down("2", "2024-03-04 03:00", "2024-03-04 03:00:59")), month31, 0, 2 * time.Hour, 0},
		{"an hour beyond the most is down, however many are too short in it", both(exact, shortest("5 clock minutes"), []change{{"overlapping", "down"}}, maintenance(obj{"notice": "48 clock hours", "atMost": "1 clock hour"})), append(often(15, 4*time.Minute), down("m", "2024-03-04 02:00", "2024-03-04 04:00", "maintenance", "2024-03-01 02:00")), month31, time.Hour, time.Hour, 0},
		{"an hour beyond the most, and none of it where they count", both(exact, shortest("4 clock minutes"), []change{{"overlapping", "down"}}, maintenance(obj{"notice": "48 clock hours", "atMost": "1 clock hour"})), append(often(15, 4*time.Minute), down("m", "2024-03-04 02:00", "2024-03-04 04:00", "maintenance", "2024-03-01 02:00")), month31, time.Hour, time.Hour, 15},
		{"excluded at most so long: the rest is down", maintenance(obj{"notice": "48 clock hours", "atMost": "3 clock hours"}), list(down("1", "2024-03-04 02:00", "2024-03-04 04:00", "maintenance", "2024-03-01 02:00"), down("2", "2024-03-05 02:00", "2024-03-05 04:00:01", "maintenance", "2024-03-01 02:00")), month31, time.Hour + time.Minute, 3 * time.Hour, 0},
		{"just the most is all excluded", maintenance(obj{"notice": "48 clock hours", "atMost": "2 clock hours"}), list(down("1", "2024-03-04 02:00", "2024-03-04 04:00", "maintenance", "2024-03-01 02:00")), month31, 0, 2 * time.Hour, 0},
		{"what two reasons exclude is put to the one without a cap", []change{{"excluded", obj{"a": obj{"atMost": "1 clock hour"}, "b": obj{}}}}, list(down("1", "2024-03-04 02:00", "2024-03-04 04:00", "a"), down("2", "2024-03-04 03:00", "2024-03-04 05:00", "b")), month31, 0, 3 * time.Hour, 0},

		{"service time: an outage by night does not count", service, list(down("1", "2024-03-04 18:00", "2024-03-05 09:00")), service21, 0, 0, 0},
		{"over lunch it does not", service, list(down("1", "2024-03-04 11:00", "2024-03-04 14:00")), service21, 2 * time.Hour, 0, 1},
		{"over a weekend with the hours at its ends", service, list(down("1", "2024-03-08 17:00", "2024-03-11 10:00")), service21, 2 * time.Hour, 0, 1},
		{"service time taken off", both(service, []change{{"excludedTime", "taken off the period"}}), list(down("1", "2024-03-04 17:00", "2024-03-04 22:00", "maintenance", "2024-03-01 02:00")), service21 - time.Hour, 0, time.Hour, 0},
		{"a shortest outage of service time", both(service, shortest("2 service hours")), list(down("1", "2024-03-08 17:00", "2024-03-11 10:00"), down("2", "2024-03-12 17:00", "2024-03-13 09:59:59")), service21, 2 * time.Hour, 0, 1},
	} {
		t.Run(tt.why, func(t *testing.T) {
			a := uptimeOf(t, sample(t, uptime(tt.changes...)...), "2024-03", at("2024-05-01 00:00"), tt.outages...)
			assert.Equal(t, []any{tt.agreed.String(), tt.down.String(), tt.excluded.String(), tt.count}, []any{a.Agreed.String(), a.Down.String(), a.Excluded.String(), a.Outages})
			assert.Equal(t, contract.PeriodOver, a.State)
			p, ok := a.Percent()
			require.True(t, ok)
			met, _ := a.Met()
			assert.Equal(t, p.Compare(contract.MustParsePercent("99.95%")) >= 0, met)
			assert.Equal(t, tt.down == 0, p.Compare(contract.MustParsePercent("100%")) == 0)
			w := a.Explain()
			require.NoError(t, w.Check().Err())
			assert.Equal(t, map[bool]string{true: "yes", false: "no"}[met], w.Result.Text)
		})
	}
}

// What a working says of an outage that is for a reason which the clause excludes.
func TestWorkingOfAnExclusion(t *testing.T) {
	step := func(name string, changes []change, o ...contract.Outage) string {
		w := uptimeOf(t, sample(t, uptime(changes...)...), "2024-03", at("2024-05-01 00:00"), o...).Explain()
		require.NoError(t, w.Check().Err())
		for _, s := range w.Steps {
			if s.Name == name {
				if s.Source == nil {
					return s.Value.Text
				}
				return fmt.Sprintf("%s, %s %s", s.Value.Text, s.Source.In, s.Source.At)
			}
		}
		return ""
	}
	never := down("1", "2024-03-04 02:00", "2024-03-04 04:00", "maintenance")
	needsNone := []change{{"excluded", obj{"maintenance": obj{}}}}
	assert.Equal(t, "yes, document /availability/line/excluded/maintenance", step("excluded without notice", append(needsNone, change{"excludedTime", "taken off the period"}), never))
	assert.Equal(t, "no, outages.csv:2 1", step("announced at all", nil, never))
	short := down("2", "2024-03-04 03:00", "2024-03-04 03:00:59")
	assert.Equal(t, "no", step("outage counts", append(needsNone, change{"each", "rounded down"}, change{"overlapping", "down"}, change{"excludedTime", "taken off the period"}), never, short))
}

func TestAvailabilityIsHeldAgainstItsThreshold(t *testing.T) {
	// 0.05 % of 744 hours are 22.32 minutes.
	for _, tt := range []struct {
		why, compared string
		down          string // of 4 March, from midnight
		percent       string
		met           bool
	}{
		{"22 minutes 19.2 seconds are 99.95 % exactly", "exact", "00:22:19.2", "99.95%", true},
		{"a nanosecond more is below it", "exact", "00:22:19.200000001", "66889999999999/66924000000%", false},
		{"rounded to two places it is not", "rounded half up to 0.01%", "00:22:19.200000001", "99.95%", true},
	} {
		t.Run(tt.why, func(t *testing.T) {
			until, err := time.ParseInLocation("2006-01-02 15:04:05.999999999", "2024-03-04 "+tt.down, shanghai)
			require.NoError(t, err)
			o := down("1", "2024-03-04 00:00", "")
			o.To = until
			a := uptimeOf(t, sample(t, uptime(change{"each", "exact"}, change{At: "roundedTo"}, change{"compared", tt.compared})...), "2024-03", at("2024-05-01 00:00"), o)
			p, ok := a.Percent()
			require.True(t, ok)
			met, _ := a.Met()
			assert.Equal(t, tt.met, met)
			if tt.met {
				assert.Equal(t, tt.percent, p.String())
			}
			assert.NoError(t, a.Explain().Check().Err())
		})
	}
}

// A period that has not begun has no figure, one that runs none that is final: never
// 100 %.
func TestAvailabilityAsOf(t *testing.T) {
	c := sample(t, uptime()...)
	long := down("1", "2024-03-04 10:00", "2024-03-04 12:00")
	lasts := down("2", "2024-03-20 10:00", "")
	for _, tt := range []struct {
		why, asOf string
		state     contract.PeriodState
		down      time.Duration
		best      bool
		final     bool
	}{
		{"a nanosecond before it begins", "2024-02-29 23:59:59", contract.PeriodNotBegun, 0, false, false},
		{"as it begins", "2024-03-01 00:00", contract.PeriodRunning, 0, true, false},
		{"in the middle of an outage, of which so much is known", "2024-03-04 11:00", contract.PeriodRunning, time.Hour, true, false},
		{"one that lasts counts to the instant", "2024-03-20 11:00", contract.PeriodRunning, 3 * time.Hour, true, false},
		{"a second before it ends, rounded up to the minute", "2024-03-31 23:59:59", contract.PeriodRunning, 280 * time.Hour, true, false},
		{"over", "2024-04-01 00:00", contract.PeriodOver, 280 * time.Hour, true, true},
		{"one that lasts on counts to the end of the month", "2024-06-01 00:00", contract.PeriodOver, 280 * time.Hour, true, true},
	} {
		t.Run(tt.why, func(t *testing.T) {
			a := uptimeOf(t, c, "2024-03", at(tt.asOf), long, lasts)
			assert.Equal(t, tt.state, a.State)
			assert.Equal(t, tt.down.String(), a.Down.String())
			_, best := a.AtBest()
			_, final := a.Percent()
			_, met := a.Met()
			assert.Equal(t, []bool{tt.best, tt.final, tt.final}, []bool{best, final, met})
			if best {
				assert.NoError(t, a.Explain().Check().Err())
			} else {
				assert.Empty(t, a.Explain().Steps)
			}
		})
	}

	late := long
	late.Recorded = at("2024-03-10 00:00")
	assert.Zero(t, uptimeOf(t, c, "2024-03", at("2024-03-09 00:00"), late).Down, "what is not on record yet does not count")
	assert.Equal(t, 2*time.Hour, uptimeOf(t, c, "2024-03", at("2024-03-10 00:00"), late).Down)
	assert.Zero(t, contract.Availability{}.Clause())
	assert.Equal(t, contract.PeriodState(9).String(), "PeriodState(9)")
	assert.Equal(t, "running", contract.PeriodRunning.String())
}

// Periods of other lengths, and parts of them: the term runs from 1 March 2024 through
// 28 February 2025.
func TestPeriodsOfAvailability(t *testing.T) {
	outage := down("1", "2024-03-20 10:00", "2024-03-20 11:00")
	from := func(day, through string) []change { return []change{{"/term/from", day}, {"/term/through", through}} }
	for _, tt := range []struct {
		why    string
		clause []change
		term   []change
		rows   []string
	}{
		{"calendar months of a term that begins within one: own time", nil, from("2024-03-15", "2024-04-30"), []string{
			"2024-03-01..2024-03-31 of 2024-03-15..2024-03-31: 408h0m0s 1h0m0s 40700/408%", "2024-04-01..2024-04-30 of 2024-04-01..2024-04-30: 720h0m0s 0s 100%"}},
		{"as full", []change{{"partPeriod", "as full"}}, from("2024-03-15", "2024-04-15"), []string{
			"2024-03-01..2024-03-31 of 2024-03-15..2024-03-31: 744h0m0s 1h0m0s 74300/744%", "2024-04-01..2024-04-30 of 2024-04-01..2024-04-15: 720h0m0s 0s 100%"}},
		{"no figure of a part", []change{{"partPeriod", "none"}}, from("2024-03-15", "2024-04-30"), []string{
			"2024-03-01..2024-03-31 of 2024-03-15..2024-03-31: 408h0m0s 1h0m0s no data", "2024-04-01..2024-04-30 of 2024-04-01..2024-04-30: 720h0m0s 0s 100%"}},
		{"service months", []change{{"period", "service month"}}, from("2024-02-20", "2024-04-30"), []string{
			"2024-02-20..2024-03-19 of 2024-02-20..2024-03-19: 696h0m0s 0s 100%", "2024-03-20..2024-04-19 of 2024-03-20..2024-04-19: 744h0m0s 1h0m0s 74300/744%",
			"2024-04-20..2024-05-19 of 2024-04-20..2024-04-30: 264h0m0s 0s 100%"}},
		{"service months from a day that short months lack", []change{{"period", "service month"}}, from("2023-12-31", "2024-03-30"), []string{
			"2023-12-31..2024-01-30 of 2023-12-31..2024-01-30: 744h0m0s 0s 100%", "2024-01-31..2024-02-28 of 2024-01-31..2024-02-28: 696h0m0s 0s 100%",
			"2024-02-29..2024-03-30 of 2024-02-29..2024-03-30: 744h0m0s 1h0m0s 74300/744%"}},
		{"thirty days", []change{{"period", "30 days"}}, from("2024-02-20", "2024-04-19"), []string{
			"2024-02-20..2024-03-20 of 2024-02-20..2024-03-20: 720h0m0s 1h0m0s 71900/720%", "2024-03-21..2024-04-19 of 2024-03-21..2024-04-19: 720h0m0s 0s 100%"}},
		{"calendar quarters", []change{{"period", "calendar quarter"}}, from("2024-01-01", "2024-03-31"), []string{
			"2024-01-01..2024-03-31 of 2024-01-01..2024-03-31: 2184h0m0s 1h0m0s 218300/2184%"}},
	} {
		t.Run(tt.why, func(t *testing.T) {
			doc := sampleDocument(t)
			doc.Amendments = []contract.Amendment{}
			c, err := contract.Compile(reread(t, doc, append(uptime(tt.clause...), tt.term...)), china())
			require.NoError(t, err)
			last := tt.term[1].Becomes.(string)
			rows, err := c.Availability(contract.AvailabilityFacts{Outages: []contract.Outage{outage}, AsOf: at("2024-06-01 00:00"), Term: contract.Through(day(tt.term[0].Becomes.(string)), day(last))})
			require.NoError(t, err)
			var got []string
			for _, a := range rows {
				figure := "no data"
				if p, ok := a.Percent(); ok {
					figure = p.String()
					assert.NoError(t, a.Explain().Check().Err())
				}
				got = append(got, fmt.Sprintf("%v of %v: %v %v %s", a.Period, a.Measured, a.Agreed, a.Down, figure))
			}
			want := make([]string, len(tt.rows))
			for i, r := range tt.rows {
				want[i] = reduced(t, r)
			}
			assert.Equal(t, want, got)
		})
	}
}

// reduced writes the percentage at the end of a row in lowest terms.
func reduced(t *testing.T, row string) string {
	t.Helper()
	var i int
	for i = len(row) - 1; row[i] != ' '; i-- {
	}
	p, err := contract.ParsePercent(row[i+1:])
	if err != nil { // a fraction
		var a, b int64
		if n, _ := fmt.Sscanf(row[i+1:], "%d/%d%%", &a, &b); n != 2 {
			return row
		}
		x, y := a, b
		for y != 0 {
			x, y = y, x%y
		}
		if b/x == 1 {
			return fmt.Sprintf("%s%d%%", row[:i+1], a/x)
		}
		return fmt.Sprintf("%s%d/%d%%", row[:i+1], a/x, b/x)
	}
	return row[:i+1] + p.String()
}

func TestAvailabilityOfADocument(t *testing.T) {
	plain := append([]change{{"each", "exact"}, {At: "roundedTo"}}, nothingExcluded...)
	for _, tt := range []struct {
		why     string
		changes []change
		kind    error
		says    string
	}{
		{"service time of no hours", uptime(append(plain, change{"time", "service time"})...), contract.ErrRequired, "/availability/line/hours: say the hours of which service time"},
		{"hours of clock time", uptime(append(plain, change{"hours", "service"})...), contract.ErrInvalid, "/availability/line/hours: has no effect"},
		{"hours that nobody has", uptime(append(plain, change{"time", "service time"}, change{"hours", "offcie"})...), contract.ErrUnknown, `no hours "offcie"; have`},
		{"rounded to nothing said", uptime(change{At: "roundedTo"}), contract.ErrRequired, "/availability/line/roundedTo: say to what"},
		{"a rounding that has no effect", uptime(change{"each", "exact"}), contract.ErrInvalid, "/availability/line/roundedTo: has no effect"},
		{"rounded to a unit of another clock", uptime(change{"roundedTo", "1 service minute"}), contract.ErrConflict, "the agreed time is clock time"},
		{"rounded to nothing", uptime(change{"roundedTo", "0 clock minutes"}), contract.ErrInvalid, "/availability/line/roundedTo: 0 clock minutes"},
		{"rounded to more than a day", uptime(change{"roundedTo", "86401 clock seconds"}), contract.ErrLimit, "/availability/line/roundedTo: 86401 clock seconds; an outage is rounded to a day at most"},
		{"rounded to more than a day of service", uptime(append(plain, change{"each", "rounded up"}, change{"time", "service time"}, change{"hours", "service"}, change{"roundedTo", "25 service hours"})...), contract.ErrLimit, "/availability/line/roundedTo: 25 service hours"},
		{"a shortest outage in days", uptime(change{"shortest", "2 days"}), contract.ErrConflict, "/availability/line/shortest: 2 days"},
		{"excluded, and what of the time", uptime(change{At: "excludedTime"}), contract.ErrRequired, "/availability/line/excludedTime: say whether"},
		{"excluded, and what of what overlaps", uptime(change{At: "overlapping"}), contract.ErrRequired, "/availability/line/overlapping: say what time"},
		{"nothing excluded, and a word for it", uptime(change{"excluded", obj{}}), contract.ErrInvalid, "/availability/line/excludedTime: has no effect"},
		{"exclusions not stated", uptime(change{At: "excluded"}), contract.ErrRequired, "/availability/line/excluded: not stated; write {} for none"},
		{"notice in months", uptime(change{"excluded", obj{"maintenance": obj{"notice": "1 month"}}}), contract.ErrInvalid, "/availability/line/excluded/maintenance/notice: 1 month"},
		{"notice in weeks that nobody can give", uptime(change{"excluded", obj{"maintenance": obj{"notice": "5229 weeks"}}}), contract.ErrLimit, "/availability/line/excluded/maintenance/notice: 5229 weeks; no outage is announced more than a century before"},
		{"notice in weeks that nobody can count", uptime(change{"excluded", obj{"maintenance": obj{"notice": "1000000 weeks"}}}), contract.ErrLimit, "/availability/line/excluded/maintenance/notice: 1000000 weeks"},
		{"notice in days that nobody can give", uptime(change{"excluded", obj{"maintenance": obj{"notice": "36601 days"}}}), contract.ErrLimit, "/availability/line/excluded/maintenance/notice: 36601 days"},
		{"notice in hours that nobody can give", uptime(change{"excluded", obj{"maintenance": obj{"notice": "878401 clock hours"}}}), contract.ErrLimit, "/availability/line/excluded/maintenance/notice: 878401 clock hours"},
		{"a cap on another clock", uptime(change{"excluded", obj{"maintenance": obj{"atMost": "1 service hour"}}}), contract.ErrConflict, "/availability/line/excluded/maintenance/atMost"},
		{"more than all of the time", uptime(change{"atLeast", "100.1%"}), contract.ErrInvalid, "/availability/line/atLeast"},
		{"by no known period", uptime(change{"period", "month"}), contract.ErrUnknown, "write one of: calendar month, calendar quarter, service month, 30 days"},
		{"of a service without a name", uptime(change{"of", " \t"}), contract.ErrInvalid, `/availability/line/of: " \t"; write what records call the service`},
		{"compared as nothing said", uptime(change{At: "compared"}), contract.ErrRequired, "/availability/line/compared: not stated; write one of: exact, rounded half up to 1%, rounded half up to 0.1%, rounded half up to 0.01%"},
		{"of no service", uptime(change{At: "of"}), contract.ErrRequired, "/availability/line/of"},
		{"no word is a default", uptime(change{At: "partPeriod"}), contract.ErrRequired, "write one of: own time, as full, none"},
	} {
		t.Run(tt.why, func(t *testing.T) {
			_, err := contract.Compile(reread(t, sampleDocument(t), tt.changes), china())
			require.ErrorIs(t, err, tt.kind)
			assert.ErrorContains(t, err, tt.says)
		})
	}
}

// The longest that are accepted: a century of 100 years of 366 days, and a day.
func TestAvailabilityAtItsBounds(t *testing.T) {
	for _, notice := range []string{"36600 days", "5228 weeks", "878400 clock hours"} {
		c := sample(t, uptime(change{"excluded", obj{"maintenance": obj{"notice": notice}}})...)
		assert.Equal(t, time.Hour, uptimeOf(t, c, "2024-03", at("2024-05-01 00:00"), down("1", "2024-03-04 10:00", "2024-03-04 11:00", "maintenance", "2024-01-01 00:00")).Down, notice)
	}
	c := sample(t, uptime(change{"roundedTo", "24 clock hours"})...)
	assert.Equal(t, 24*time.Hour, uptimeOf(t, c, "2024-03", at("2024-05-01 00:00"), down("1", "2024-03-04 10:00", "2024-03-04 11:00")).Down)
}

// A day begins as the day before it ends; the first that there is begins with none. Its
// period has no figure, and the next has one.
func TestAvailabilityFromTheFirstDay(t *testing.T) {
	rows, err := sample(t, uptime()...).Availability(contract.AvailabilityFacts{AsOf: at("2024-05-01 00:00"), Term: contract.Through(day("0001-01-01"), day("0001-02-28"))})
	assert.EqualError(t, err, "/availability/line: 0001-01-01..0001-01-31: no time is measured from 0001-01-01, for no day lies before it")
	assert.ErrorIs(t, err, contract.ErrRange)
	assert.Len(t, rows, 1)
}

func TestAvailabilityRefuses(t *testing.T) {
	c := sample(t, uptime()...)
	facts := contract.AvailabilityFacts{AsOf: at("2024-05-01 00:00"), Outages: []contract.Outage{
		down("1", "2024-03-04 10:00", "2024-03-04 09:59:59"),
		down("1", "2024-03-04 10:00", ""),
		{Source: "outages.csv:9", Service: "date line"},
		{Source: "outages.csv:10", ID: "3", Service: "data line", From: at("2024-03-04 10:00"), To: at("2124-04-04 10:00").AddDate(1, 0, 0)},
	}}
	rows, err := c.Availability(facts)
	assert.Empty(t, rows, "a figure without them would be too good")
	assert.EqualError(t, err, `outages.csv:2: to: ended 2024-03-04T09:59:59+08:00, before it began 2024-03-04T10:00:00+08:00
outages.csv:2: id: outage "1" is there twice
outages.csv:9: id: an outage has an id: without one, a row that is there twice is not found
outages.csv:9: service: no clause is of the service "date line"; have data line
outages.csv:9: from: say when the outage began
outages.csv:10: to: lasts longer than a century`)
	_, err = c.Availability(contract.AvailabilityFacts{})
	assert.ErrorIs(t, err, contract.ErrRequired)
	_, err = sample(t).Availability(facts)
	assert.ErrorIs(t, err, contract.ErrSilent)

	backwards := contract.Period{From: day("2024-05-01"), Until: day("2024-04-01")}
	for _, p := range []contract.Period{backwards, {From: day("2024-05-01"), Until: day("2024-05-01")}, {From: day("2024-05-01")}, {Until: day("2024-05-01")}} {
		_, err = c.Availability(contract.AvailabilityFacts{AsOf: at("2024-06-01 00:00"), Term: p})
		require.ErrorIs(t, err, contract.ErrInvalid, "%v", p)
		_, err = c.Availability(contract.AvailabilityFacts{AsOf: at("2024-06-01 00:00"), In: p})
		require.ErrorIs(t, err, contract.ErrInvalid, "%v", p)
	}
	_, err = c.Availability(contract.AvailabilityFacts{AsOf: at("2024-06-01 00:00"), Term: backwards, In: backwards})
	assert.EqualError(t, err, `term: no day lies from 2024-05-01 until 2024-04-01; only the zero Period is not stated
in: no day lies from 2024-05-01 until 2024-04-01; only the zero Period is not stated`)

	// Hours that are not published: the other periods are told all the same.
	service := sample(t, uptime(change{"time", "service time"}, change{"hours", "service"}, change{"each", "exact"}, change{At: "roundedTo"})...)
	asked := contract.AvailabilityFacts{AsOf: at("2026-12-31 00:00"), Term: contract.Through(day("2024-03-01"), day("2027-02-28")), In: contract.Through(day("2026-11-01"), day("2026-12-31"))}
	rows, err = service.Availability(asked)
	assert.ErrorIs(t, err, contract.ErrRange)
	require.Len(t, rows, 1)
	assert.Equal(t, "2026-11-01..2026-11-30", rows[0].Period.String())
	foreseen, err := service.Provisional()
	require.NoError(t, err)
	rows, err = foreseen.Availability(asked)
	require.NoError(t, err)
	require.Len(t, rows, 2)
	assert.True(t, rows[0].Provisional.IsZero())
	assert.Equal(t, "2026-12-29", rows[1].Provisional.String())
}

// The clause of a period is that of the terms in force when it begins; one that comes
// within a period makes it a part of one.
func TestAvailabilityAmended(t *testing.T) {
	stricter := amending("A9", "2024-04-01", "2024-04-10", swap("/availability/line/each", "rounded up", "exact"), swap("/availability/line/roundedTo", "1 clock minute", nil))
	amended := func(amendment obj, edits ...edit) []byte {
		return editText(t, append(append(unamended[1:len(unamended):len(unamended)], edits...), edit{"/amendments", list{amendment}})...)
	}
	stands := edit{"/availability", uptime()[0].Becomes}
	c, err := compileText(amended(stricter, stands))
	require.NoError(t, err)
	outages := []contract.Outage{down("1", "2024-04-20 10:00", "2024-04-20 10:00:01"), down("2", "2024-05-20 10:00", "2024-05-20 10:00:01")}
	assert.Equal(t, time.Minute, uptimeOf(t, c, "2024-04", at("2024-07-01 00:00"), outages...).Down, "April began under the other")
	assert.Equal(t, time.Second, uptimeOf(t, c, "2024-05", at("2024-07-01 00:00"), outages...).Down)

	comes := amending("A9", "2024-04-01", "2024-04-10", swap("/availability", nil, uptime()[0].Becomes))
	c, err = compileText(amended(comes))
	require.NoError(t, err)
	rows, err := c.Availability(contract.AvailabilityFacts{Outages: outages, AsOf: at("2024-06-01 00:00")})
	require.NoError(t, err)
	require.Len(t, rows, 3)
	assert.Equal(t, "2024-04-10..2024-04-30", rows[0].Measured.String())
	assert.Equal(t, 21*24*time.Hour, rows[0].Agreed)

	never := amending("A9", "2024-04-01", "2024-04-10", swap("/availability/line/period", "calendar month", "service month"))
	_, err = compileText(amended(never, stands, edit{"/term/from", "2024-03-02"}))
	require.ErrorIs(t, err, contract.ErrConflict)
	assert.ErrorContains(t, err, `amendment A9: /availability/line/period: "service month" never begins on a day on which "calendar month" does`)
}

// Figures against a count of every second, outages in any order.
func TestAvailabilityAgainstEverySecond(t *testing.T) {
	begin := at("2024-03-31 23:50") // ten minutes before a month ends, ten after
	compiled := make(map[[5]string]*contract.Contract)
	rapid.Check(t, func(rt *rapid.T) {
		overlapping := rapid.SampledFrom([]string{"excluded", "down"}).Draw(rt, "overlapping")
		taken := rapid.SampledFrom([]string{"taken off the period", "stays in the period"}).Draw(rt, "excluded time")
		each := rapid.SampledFrom([]string{"exact", "rounded up", "rounded half up", "rounded down"}).Draw(rt, "each")
		shortest := rapid.SampledFrom([]int{0, 0, 7, 60}).Draw(rt, "shortest")
		atMost := rapid.SampledFrom([]int{0, 0, 7, 60}).Draw(rt, "at most")
		key := [5]string{overlapping, taken, each, fmt.Sprint(shortest), fmt.Sprint(atMost)}
		c, ok := compiled[key]
		if !ok {
			changes := []change{{"each", each}, {"overlapping", overlapping}, {"excludedTime", taken}, {"roundedTo", "10 clock seconds"}}
			if each == "exact" {
				changes[3].Becomes = nil
			}
			if shortest > 0 {
				changes = append(changes, change{"shortest", fmt.Sprintf("%d clock seconds", shortest)})
			}
			if atMost > 0 {
				changes = append(changes, change{"excluded", obj{"maintenance": obj{"notice": "48 clock hours", "atMost": fmt.Sprintf("%d clock seconds", atMost)}}})
			}
			c = sample(t, uptime(changes...)...)
			compiled[key] = c
		}
		var outages []contract.Outage
		var state [1201]struct{ down, excluded bool } // the last second is neither
		for i := range rapid.IntRange(0, 6).Draw(rt, "outages") {
			edge := rapid.SampledFrom([]int{0, 1, 599, 600, 601, 1199, rapid.IntRange(0, 1199).Draw(rt, "from")})
			a, b := edge.Draw(rt, "a"), edge.Draw(rt, "b")
			if rapid.Bool().Draw(rt, "short") { // about as long as the shortest, or as is rounded to
				b = min(1200, a+rapid.SampledFrom([]int{4, 5, 6, 7, 8, 9, 10, 11, 59, 60, 61}).Draw(rt, "seconds"))
			}
			if a > b {
				a, b = b, a
			}
			o := contract.Outage{ID: fmt.Sprint(i), Service: "data line", From: begin.Add(time.Duration(a) * time.Second), To: begin.Add(time.Duration(b) * time.Second)}
			maintenance := rapid.Bool().Draw(rt, "maintenance")
			early := rapid.SampledFrom([]time.Duration{-1, 0, 1}).Draw(rt, "early")
			if maintenance {
				o.Reason, o.Announced = "maintenance", o.From.Add(-48*time.Hour-early)
			}
			for s := a; s < b; s++ {
				if maintenance && early >= 0 {
					state[s].excluded = true
				} else {
					state[s].down = true
				}
			}
			outages = append(outages, o)
		}
		rounded := func(seconds int) int {
			switch each {
			case "rounded up":
				seconds += 9
			case "rounded half up":
				seconds += 5
			case "exact":
				return seconds
			}
			return seconds / 10 * 10
		}
		for i, name := range []string{"2024-03", "2024-04"} {
			var down, excluded, count int
			var taking [1201]bool // in outages that count
			for s := 0; s < 1200; s++ {
				first, whole, part := s, 0, 0
				for ; state[s].down; s++ {
					if overlapping == "down" || !state[s].excluded {
						whole++
						if s/600 == i {
							part++
						}
					}
				}
				if one := rounded(part); one > 0 && whole >= shortest {
					down, count = down+one, count+1
					for ; first < s; first++ {
						taking[first] = overlapping == "down"
					}
				}
			}
			for s := 600 * i; s < 600*i+600; s++ {
				if state[s].excluded && !taking[s] {
					excluded++
				}
			}
			if atMost > 0 && excluded > atMost {
				down, excluded = down+rounded(excluded-atMost), atMost
			}
			facts := contract.AvailabilityFacts{Outages: rapid.Permutation(outages).Draw(rt, "order"), AsOf: at("2024-06-01 00:00"), In: month(name)}
			rows, err := c.Availability(facts)
			require.NoError(rt, err)
			require.Len(rt, rows, 1)
			a := rows[0]
			require.Equal(rt, []time.Duration{time.Duration(down) * time.Second, time.Duration(excluded) * time.Second}, []time.Duration{a.Down, a.Excluded})
			require.Equal(rt, count, a.Outages)
			agreed := time.Duration(a.Period.Days()) * 24 * time.Hour
			if taken == "taken off the period" {
				agreed -= time.Duration(excluded) * time.Second
			}
			require.Equal(rt, agreed, a.Agreed)
			require.NoError(rt, a.Explain().Check().Err())
		}
	})
}

// manyOutages is so many outages of March, a second each and twenty apart at least, and
// as many exclusions that all overlap in its middle: a staircase.
func manyOutages(n int) (list []contract.Outage) {
	begin := at("2024-03-11 09:00") // a Monday
	for i := range n {
		from := begin.Add(time.Duration(20*i) * time.Second)
		list = append(list,
			contract.Outage{ID: fmt.Sprint("down ", i), Service: "data line", From: from, To: from.Add(time.Second)},
			contract.Outage{ID: fmt.Sprint("maintenance ", i), Service: "data line", Reason: "maintenance", Announced: at("2024-02-01 00:00"),
				From: begin.Add(time.Duration(10*i) * time.Second), To: begin.Add(time.Duration(10*i+10*n) * time.Second)})
	}
	return list
}

// countings are the ways to count that tell outages one by one, and that which does not.
var countings = map[string][]change{
	"exact":                       {{"each", "exact"}, {At: "roundedTo"}},
	"rounded up":                  nil,
	"long enough, excluded first": {{"each", "exact"}, {At: "roundedTo"}, {"shortest", "1 clock second"}},
	"long enough, down first":     {{"each", "exact"}, {At: "roundedTo"}, {"shortest", "1 clock second"}, {"overlapping", "down"}},
	"service time":                {{"time", "service time"}, {"hours", "service"}, {"roundedTo", "1 service minute"}},
}

// A working of many outages and exclusions does not tell each outage beside all of what
// is excluded: twice as many of both are twice the working.
func TestWorkingOfManyOutages(t *testing.T) {
	for _, why := range slices.Sorted(maps.Keys(countings)) {
		c := sample(t, uptime(countings[why]...)...)
		size := func(n int) (args int) {
			w := uptimeOf(t, c, "2024-03", at("2024-05-01 00:00"), manyOutages(n)...).Explain()
			require.NoError(t, w.Check().Err(), why)
			for _, s := range w.Steps {
				args += 1 + len(s.Args)
			}
			return args
		}
		few, many := size(100), size(200)
		assert.Less(t, many, 2*few+100, why)
	}
}

// A month of 4000 outages and as many exclusions.
func BenchmarkAvailability(b *testing.B) {
	list := manyOutages(4000)
	for _, why := range slices.Sorted(maps.Keys(countings)) {
		c := sample(b, uptime(countings[why]...)...)
		b.Run(why, func(b *testing.B) {
			for b.Loop() {
				uptimeOf(b, c, "2024-03", at("2024-05-01 00:00"), list...)
			}
		})
	}
}

// lineCredit is a credit by availability: 10 % of the fee below 99.95 %, 25 % below 99 %.
func lineCredit(more obj) edit {
	return edit{"/serviceCredits/line", merged(credit("additive", "support fee of the month", "10%"), merged(obj{"measure": "availability", "availability": "line", "bands": list{
		obj{"below": "99%", "credit": "25%"}, obj{"from": "99%", "below": "99.95%", "credit": "10%"}, obj{"from": "99.95%", "credit": "0%"}}}, more))}
}

func TestCreditsByAvailability(t *testing.T) {
	c := compiled(t, chinaWithRates(), edit{"/availability", uptime()[0].Becomes}, lineCredit(nil))
	outages := []contract.Outage{
		down("1", "2024-03-04 10:00", "2024-03-04 10:22:00"), // 22 minutes are less than 22.32
		down("2", "2024-04-04 10:00", "2024-04-04 11:00"),
		down("3", "2024-05-04 10:00", "2024-05-04 20:00"),
		down("4", "2024-06-04 10:00", "2024-06-05 10:00"), // in a month that runs
	}
	rows, err := c.Availability(contract.AvailabilityFacts{Outages: outages, AsOf: at("2024-06-15 00:00")})
	require.NoError(t, err)
	facts := contract.CreditFacts{Availability: rows, Attainment: []contract.Attainment{attained(t, c, "2024-04", 85, 15)}}
	assert.Equal(t, []string{"line 2024-03 0.00 CNY", "monthly attainment 2024-04 1000.00 CNY", "line 2024-04 1000.00 CNY", "line 2024-05 2500.00 CNY"},
		creditsOf(t, c, facts), "of a month that runs none is given yet")
	list, err := c.Credits(facts)
	require.NoError(t, err)
	assert.Equal(t, []string{"", "line"}, []string{list[1].Availability, list[2].Availability})
	for _, s := range list {
		proves(t, s.Explain())
	}

	given := contract.GivenCredit{Source: "claims.csv:4", Name: "monthly attainment", Period: month("2024-05"), Amount: cny("1.00")}
	_, err = c.Credits(contract.CreditFacts{Availability: rows, Given: []contract.GivenCredit{given}})
	assert.NoError(t, err, "the other credit of the month was given, and is not computed here")
	given.Name = "line"
	_, err = c.Credits(contract.CreditFacts{Availability: append(rows, rows[0], contract.Availability{}), Given: []contract.GivenCredit{given}})
	assert.EqualError(t, err, `availability: "line" of 2024-03-01..2024-03-31 is there twice
availability: no days: give it as Contract.Availability does
claims.csv:4: period: the credit of 2024-05-01..2024-05-31 is computed from its availability; it was not given before that`)

	for _, slip := range []struct {
		why   string
		edits []edit
		says  string
	}{
		{"by no figure", []edit{lineCredit(nil), {"/serviceCredits/line/availability", nil}}, "/serviceCredits/line/availability: say by which figure; have line"},
		{"by one that is not there", []edit{lineCredit(obj{"availability": "lien"})}, `/serviceCredits/line/availability: no availability "lien"; have line`},
		{"of attainment", []edit{lineCredit(obj{"measure": "attainment"})}, "/serviceCredits/line/availability: has no effect: the credit is by attainment"},
	} {
		_, err := compileText(editText(t, append([]edit{{"/availability", uptime()[0].Becomes}}, slip.edits...)...))
		require.Error(t, err, slip.why)
		assert.ErrorContains(t, err, slip.says, slip.why)
	}
}

func TestStatementOfOutages(t *testing.T) {
	c := compiled(t, chinaWithRates(), edit{"/availability", uptime()[0].Becomes}, lineCredit(nil))
	state := func(r contract.Records) *contract.Statement {
		s, err := c.Statement(r, at("2024-05-15 00:00"))
		require.NoError(t, err)
		return s
	}
	r := contract.Records{Outages: []contract.Outage{
		down("1", "2024-04-04 10:00", "2024-04-04 11:00"), down("2", "2024-05-14 10:00", ""), down("3", "2024-05-15 10:00", ""),
		down("1", "2024-04-04 10:00", "2024-04-04 11:00"),
	}}
	s := state(r)
	var states []string
	for _, a := range s.Availability {
		states = append(states, fmt.Sprintf("%v %v %v", a.Period, a.State, a.Down))
	}
	assert.Equal(t, []string{"2024-03-01..2024-03-31 over 0s", "2024-04-01..2024-04-30 over 1h0m0s", "2024-05-01..2024-05-31 running 14h0m0s"}, states)
	assert.EqualValues(t, 1, s.Counts.Later)
	assert.EqualValues(t, 1, s.Counts.Refused, "a row that is there twice counts once")
	f, err := s.Figure("credit 2024-04 line")
	require.NoError(t, err)
	assert.Equal(t, "1000.00 CNY", f.Value.Text)
	f, err = s.Figure("availability 2024-04 line")
	require.NoError(t, err)
	proves(t, f.Explain())
	assert.NotEqual(t, s.Receipt.Records, state(contract.Records{Outages: r.Outages[:1]}).Receipt.Records)

	// A refused outage may have been the longest: without it there is no figure, and that is told.
	recorded := func(o contract.Outage, when string) contract.Outage {
		o.Recorded = at(when)
		return o
	}
	for _, tt := range []struct {
		why     string
		outages []contract.Outage
		refused int64
		rows    int
		down    time.Duration // of April
	}{
		{"of a service that no clause names", []contract.Outage{{Source: "outages.csv:5", ID: "4", Service: "lien", From: at("2024-04-04 10:00"), To: at("2024-04-09 10:00")}}, 1, 0, 0},
		{"that ends before it begins", []contract.Outage{down("1", "2024-04-04 10:00", "2024-04-04 11:00"), down("2", "2024-04-09 10:00", "2024-04-08 10:00")}, 1, 0, 0},
		{"two that say different things", []contract.Outage{down("1", "2024-04-04 10:00", "2024-04-04 11:00"), down("1", "2024-04-04 10:00", "2024-04-05 11:00")}, 2, 0, 0},
		{"one that lasted, and then had ended: a log to which is only added", []contract.Outage{down("1", "2024-04-04 10:00", ""), recorded(down("1", "2024-04-04 10:00", "2024-04-04 20:00"), "2024-04-05 09:00")}, 0, 3, 10 * time.Hour},
		{"in whatever order", []contract.Outage{recorded(down("1", "2024-04-04 10:00", "2024-04-04 20:00"), "2024-04-05 09:00"), down("1", "2024-04-04 10:00", "")}, 0, 3, 10 * time.Hour},
		{"one that had ended, and then lasts, contradicts itself", []contract.Outage{down("1", "2024-04-04 10:00", "2024-04-04 20:00"), recorded(down("1", "2024-04-04 10:00", ""), "2024-04-05 09:00")}, 2, 0, 0},
	} {
		t.Run(tt.why, func(t *testing.T) {
			s := state(contract.Records{Outages: tt.outages})
			assert.EqualValues(t, tt.refused, s.Counts.Refused)
			require.Len(t, s.Availability, tt.rows)
			if tt.rows > 0 {
				assert.Equal(t, tt.down, s.Availability[1].Down)
				assert.Empty(t, s.Findings)
				return
			}
			assert.Empty(t, s.Credits)
			require.Len(t, s.Findings, 1)
			assert.Equal(t, contract.FindingNotTold, s.Findings[0].Code)
		})
	}

	// Of several that were refused the finding names one, the same every time.
	strange := []contract.Outage{
		{Source: "outages.csv:2", ID: "1", Service: "lien", From: at("2024-04-04 10:00")},
		{Source: "outages.csv:3", ID: "2", Service: "data-line", From: at("2024-04-04 10:00")},
		{Source: "outages.csv:4", ID: "3", Service: "wire", From: at("2024-04-04 10:00")},
	}
	for range 20 {
		f := state(contract.Records{Outages: slices.Clone(strange)}).Findings
		require.Len(t, f, 1)
		require.Equal(t, "outages.csv:3", f[0].Source, "of the service that comes first")
	}

	// A claim of a credit by availability is held against it.
	yuan := func(s string) contract.Money { return contract.MustParseMoney(s + " CNY") }
	for _, tt := range []struct {
		why, period string
		claimed     string
		refused     string
		differences int
	}{
		{"what it comes to", "2024-04", "1000.00", "", 0},
		{"more than it comes to", "2024-04", "9000.00", "", 1},
		{"of a month that is not over", "2024-05", "1000.00", "2024-05 is not over", 0},
		{"of a month that nobody counts", "2023-05", "1000.00", "no period", 0},
	} {
		t.Run("a claim: "+tt.why, func(t *testing.T) {
			s := state(contract.Records{Outages: r.Outages[:2], Claims: []contract.Claim{{Source: "claims.csv:2", ID: "C1", Of: contract.ClaimCredit, Subject: tt.period, Amount: yuan(tt.claimed)}}})
			if tt.refused != "" {
				require.Len(t, s.Refused, 1)
				assert.ErrorContains(t, s.Refused[0], tt.refused)
				return
			}
			assert.Empty(t, s.Refused)
			assert.Len(t, s.Differences, tt.differences)
		})
	}

	assert.Empty(t, state(contract.Records{}).Availability, "nobody recorded outages: no figure")
	assert.Len(t, state(contract.Records{Outages: []contract.Outage{}}).Availability, 3, "there were none: a figure")
	silent, err := compiled(t, chinaWithRates()).Statement(r, at("2024-05-15 00:00"))
	require.NoError(t, err)
	assert.Equal(t, "/availability", silent.Silent[len(silent.Silent)-1].Pointer)
}

// 99.95 % a month: an hour down in April is too much. Maintenance that was announced
// two days before does not count. Of May nobody knows yet.
func ExampleContract_Availability() {
	doc := exampleDocument()
	doc.Availability = map[string]contract.AvailabilityClause{"data line": {
		Clause: "response", Of: "data line", Time: contract.AgreedClockTime, Period: contract.CalendarMonth, PartPeriod: contract.PartOwnTime,
		Each: contract.EachRoundedUp, RoundedTo: contract.MustParseSpan("1 clock minute"),
		Excluded:     map[string]contract.ExclusionClause{"planned maintenance": {Notice: contract.MustParseSpan("48 clock hours")}},
		ExcludedTime: contract.ExcludedStays, Overlapping: contract.OverlappingExcluded,
		AtLeast: contract.MustParsePercent("99.95%"), Compared: contract.ComparedHundredths,
	}}
	c := contract.MustCompile(doc, exampleReference())
	rows, err := c.Availability(contract.AvailabilityFacts{
		Outages: []contract.Outage{
			{ID: "O1", Service: "data line", From: inChina("2024-03-16 02:00:00"), To: inChina("2024-03-16 05:00:00"), Reason: "planned maintenance", Announced: inChina("2024-03-13 10:00:00")},
			{ID: "O2", Service: "data line", From: inChina("2024-04-09 10:00:00"), To: inChina("2024-04-09 10:59:20")},
			{ID: "O3", Service: "data line", From: inChina("2024-05-06 09:00:00")},
		},
		AsOf: inChina("2024-05-06 09:04:30"),
	})
	if err != nil {
		log.Fatal(err)
	}
	for _, a := range rows {
		fmt.Print(a.Period, " ", a.State, ", down ", a.Down)
		if p, ok := a.Percent(); ok {
			met, _ := a.Met()
			fmt.Print(": ", p, ", met ", met)
		} else if p, ok := a.AtBest(); ok {
			fmt.Print(": at best ", p)
		}
		fmt.Println()
	}
	// Output:
	// 2024-03-01..2024-03-31 over, down 0s: 100%, met true
	// 2024-04-01..2024-04-30 over, down 1h0m0s: 99.86%, met false
	// 2024-05-01..2024-05-31 running, down 5m0s: at best 99.99%
}

// Every day of a term lies in the one period that holds it, and the periods follow one
// another without a hole, from whatever day they are counted.
func TestPeriodsOfATerm(t *testing.T) {
	for _, every := range []string{"service month", "30 days"} {
		for _, first := range []string{"2024-03-01", "2024-01-31", "2024-02-29", "2023-12-30", "2024-03-15"} {
			c, err := compileText(editText(t, append(unamended[:len(unamended):len(unamended)], edit{"/satisfaction/period", every}, edit{"/satisfaction/fewest", 1}, edit{"/term/from", first})...))
			require.NoError(t, err)
			var answers []contract.Survey
			from := day(first)
			for i := range 800 {
				answers = append(answers, contract.Survey{On: from.AddDays(i), Answer: "satisfied"})
			}
			rows, err := c.Satisfaction(answers)
			require.NoError(t, err)
			at := from
			for _, s := range rows[:len(rows)-1] {
				require.Equal(t, at.String(), s.Period.From.String(), "%s from %s", every, first)
				require.EqualValues(t, s.Period.Days(), s.Valid(), "%v holds its days", s.Period)
				if every == "30 days" {
					require.Equal(t, 30, s.Period.Days())
				}
				at = s.Period.Until
			}
			_, err = c.Satisfaction([]contract.Survey{{Source: "surveys.csv:2", On: from.AddDays(-1), Answer: "satisfied"}})
			require.ErrorIs(t, err, contract.ErrRange)
			require.ErrorContains(t, err, "lies before the first day of the term")
		}
	}
	_, err := compileText(editText(t, append(unamended[:len(unamended):len(unamended)], edit{"/satisfaction/period", "service month"}, edit{"/term", nil})...))
	assert.ErrorContains(t, err, `/satisfaction/period: "service month" is counted from the first day of the term; say at /term when that is`)
}

// Where a month lacks the day, nothing is a default. A day that all months have, and
// periods that go by no day of a month, need no such word.
func TestPeriodsOfATermNeedAMonthEnd(t *testing.T) {
	const says = "say at /periods what holds where a month lacks the day"
	compile := func(edits ...edit) error {
		all := append(unamended[:len(unamended):len(unamended)], withoutMoney()...)
		_, err := compileText(editText(t, append(all, edits...)...))
		return err
	}
	for _, tt := range []struct{ why, every, first, fault string }{
		{"short months lack the 31st", "service month", "2024-01-31", `/satisfaction/period: "service month" from 2024-01-31: ` + says},
		{"February lacks the 30th", "service month", "2024-01-30", `/satisfaction/period: "service month" from 2024-01-30: ` + says},
		{"of most years the 29th", "service month", "2024-01-29", `/satisfaction/period: "service month" from 2024-01-29: ` + says},
		{"every month has the 28th", "service month", "2024-01-28", ""},
		{"thirty days end on any day", "30 days", "2024-01-31", ""},
		{"calendar months go by no day of the term", "calendar month", "2024-01-31", ""},
		{"no figure goes by years", "calendar month", "2024-02-29", ""},
	} {
		edits := []edit{{"/satisfaction/period", tt.every}, {"/satisfaction/fewest", 1}, {"/term/from", tt.first}}
		err := compile(edits...) // says nothing at /periods; TestPeriodsOfATerm has documents that do
		if tt.fault == "" {
			assert.NoError(t, err, tt.why)
			continue
		}
		require.ErrorIs(t, err, contract.ErrRequired, tt.why)
		assert.ErrorContains(t, err, tt.fault, tt.why)
	}

	for _, tt := range []struct {
		why, first string
		faults     int
	}{
		{"contract years from 29 February: the price a year, its two caps", "2024-02-29", 3},
		{"every year has 28 February", "2024-02-28", 0},
		{"every year has 31 January", "2024-01-31", 0},
	} {
		_, err := compileText(editText(t, append(unamended[:len(unamended):len(unamended)], edit{"/periods", nil}, edit{"/liability/cap/per", "contract year"}, edit{"/term/from", tt.first})...))
		assert.Equal(t, tt.faults, strings.Count(err.Error(), says), "%s: %v", tt.why, err)
	}
}
