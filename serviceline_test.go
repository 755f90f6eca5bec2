package contract

import (
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cfd16870/contract/proof"
)

// labourDay is a calendar of May 2024: 1 to 5 May off, 11 May worked. June is foreseen.
func labourDay(t testing.TB) *Calendar {
	t.Helper()
	table := CalendarTable{
		Weekend: []time.Weekday{time.Saturday, time.Sunday},
		Certain: Through(MustParseDate("2024-04-22"), MustParseDate("2024-05-31")),
		Days: map[Date]Day{
			MustParseDate("2024-05-01"): {Kind: DayHoliday, Name: "Labour Day"},
			MustParseDate("2024-05-02"): {Kind: DayRest, Name: "Labour Day"},
			MustParseDate("2024-05-03"): {Kind: DayRest, Name: "Labour Day"},
			MustParseDate("2024-05-11"): {Kind: DayMakeup, Name: "Labour Day"},
		},
		Foreseen:  Through(MustParseDate("2024-06-01"), MustParseDate("2024-06-30")),
		Statutory: map[Date]Day{MustParseDate("2024-06-10"): {Kind: DayHoliday, Name: "Dragon Boat"}},
	}
	c, err := NewCalendar("may", table)
	require.NoError(t, err)
	return c
}

func weekdayHours() HoursClause {
	return HoursClause{
		Week:       map[string][]string{"mon-fri": {"09:00-12:00", "13:00-18:00"}},
		Holidays:   HolidaysClosed,
		MakeupDays: MakeupClosed,
		Agreed:     map[Date]AgreedClause{MustParseDate("2024-05-10"): {Open: []string{"09:00-12:00"}, Agreement: "half day", Targets: AgreedCount}},
	}
}

// Schedules of one calendar that mean the same hours share one table, however
// the hours are written; others do not.
func TestMemo(t *testing.T) {
	cal := labourDay(t)
	shanghai := mustZone(t, "Asia/Shanghai")
	compile := func(zone *time.Location, cal *Calendar, change func(*HoursClause)) *Schedule {
		h := weekdayHours()
		change(&h)
		s, err := NewSchedule(zone, h, cal)
		require.NoError(t, err)
		return s
	}
	first := compile(shanghai, cal, func(*HoursClause) {})
	for _, c := range []struct {
		why    string
		same   bool
		zone   *time.Location
		cal    *Calendar
		change func(*HoursClause)
	}{
		{"the same clause", true, shanghai, cal, func(*HoursClause) {}},
		{"the same zone, loaded again", true, mustZone(t, "Asia/Shanghai"), cal, func(*HoursClause) {}},
		{"the same week under other keys", true, shanghai, cal, func(h *HoursClause) {
			h.Week = map[string][]string{"mon, wed, fri": h.Week["mon-fri"], "tue, thu": {"13:00-18:00", "09:00-12:00"}}
		}},
		{"another clause number is another citation, not other hours", true, shanghai, cal, func(h *HoursClause) { h.Clause = "1.2" }},
		{"another agreement of the same hours", true, shanghai, cal, func(h *HoursClause) {
			h.Agreed[MustParseDate("2024-05-10")] = AgreedClause{Open: []string{"09:00-12:00"}, Agreement: "another", Targets: AgreedDoNotCount}
		}},
		{"another zone", false, mustZone(t, "Asia/Urumqi"), cal, func(*HoursClause) {}},
		{"another zone of the same name", false, time.FixedZone("Asia/Shanghai", 9*3600), cal, func(*HoursClause) {}},
		{"another calendar, though its days are the same", false, shanghai, labourDay(t), func(*HoursClause) {}},
		{"holidays open", false, shanghai, cal, func(h *HoursClause) { h.Holidays = HolidaysOpen }},
		{"closed on statutory days only", false, shanghai, cal, func(h *HoursClause) { h.Holidays = HolidaysStatutoryClosed }},
		{"make-up days open", false, shanghai, cal, func(h *HoursClause) { h.MakeupDays = "as mon" }},
		{"a minute more", false, shanghai, cal, func(h *HoursClause) { h.Week = map[string][]string{"mon-fri": {"09:00-12:00", "13:00-18:01"}} }},
		{"no agreed hours", false, shanghai, cal, func(h *HoursClause) { h.Agreed = nil }},
		{"closed by agreement", false, shanghai, cal, func(h *HoursClause) {
			h.Agreed[MustParseDate("2024-05-10")] = AgreedClause{Agreement: "closed", Targets: AgreedCount}
		}},
		{"the same hours agreed for another date", false, shanghai, cal, func(h *HoursClause) {
			h.Agreed = map[Date]AgreedClause{MustParseDate("2024-05-09"): h.Agreed[MustParseDate("2024-05-10")]}
		}},
	} {
		t.Run(c.why, func(t *testing.T) {
			assert.Equal(t, c.same, first.line == compile(c.zone, c.cal, c.change).line)
		})
	}
	provisional, err := first.Provisional()
	require.NoError(t, err)
	assert.NotSame(t, first.line, provisional.line, "a provisional handle reaches further")
	again, err := compile(shanghai, cal, func(*HoursClause) {}).Provisional()
	require.NoError(t, err)
	assert.Same(t, provisional.line, again.line)
}

// Many schedules made at once of one calendar come to one table.
func TestMemoIsSafeForConcurrentUse(t *testing.T) {
	cal := labourDay(t)
	shanghai := mustZone(t, "Asia/Shanghai")
	lines := make([]*serviceLine, 32)
	var all sync.WaitGroup
	for i := range lines {
		all.Go(func() {
			s, err := NewSchedule(shanghai, weekdayHours(), cal)
			if err == nil {
				lines[i] = s.line
			}
		})
	}
	all.Wait()
	for _, l := range lines {
		require.NotNil(t, l)
		assert.Same(t, lines[0], l)
	}
	assert.Len(t, cal.memo.lines, 1)
}

// Hours agreed for a date that targets do not count are hours of service, and
// not of the clocks of targets.
func TestHoursForTargets(t *testing.T) {
	h := weekdayHours()
	h.Agreed[MustParseDate("2024-05-11")] = AgreedClause{Open: []string{"10:00-11:00"}, Agreement: "training", Targets: AgreedDoNotCount}
	var faults Errors
	rule := newHoursRule(h, labourDay(t), source{}, &faults)
	require.Empty(t, faults)
	targets := rule.forTargets()
	for _, c := range []struct {
		why, date        string
		service, targets string
	}{
		{"agreed hours that count", "2024-05-10", "09:00-12:00", "09:00-12:00"},
		{"agreed hours that do not: for targets the day is what it was, a make-up Saturday with the window shut", "2024-05-11", "10:00-11:00", ""},
		{"a day without agreement", "2024-05-13", "09:00-12:00 13:00-18:00", "09:00-12:00 13:00-18:00"},
	} {
		t.Run(c.why, func(t *testing.T) {
			assert.Equal(t, c.service, strings.Trim(fmt.Sprint(rule.windowsOn(MustParseDate(c.date))), "[]"))
			assert.Equal(t, c.targets, strings.Trim(fmt.Sprint(targets.windowsOn(MustParseDate(c.date))), "[]"))
		})
	}
}

func TestServiceLineLimits(t *testing.T) {
	for _, c := range []struct {
		why     string
		certain Period
		open    string
		err     error
	}{
		{"before 1700 nanoseconds do not reach", Through(MustParseDate("1699-12-31"), MustParseDate("1750-01-01")), "09:00-12:00", ErrLimit},
		{"after 2249 neither", Through(MustParseDate("2200-01-01"), MustParseDate("2250-01-01")), "09:00-12:00", ErrLimit},
		{"the first year that they reach", Through(MustParseDate("1700-01-01"), MustParseDate("1700-12-31")), "09:00-12:00", nil},
		{"the last year that they reach", Through(MustParseDate("2249-01-01"), MustParseDate("2249-12-31")), "09:00-12:00", nil},
		{"one day is enough for windows of that day", Through(MustParseDate("2024-05-13"), MustParseDate("2024-05-13")), "09:00-12:00", nil},
		{"one day is too few for windows across midnight", Through(MustParseDate("2024-05-13"), MustParseDate("2024-05-13")), "22:00-30:00", ErrInvalid},
	} {
		t.Run(c.why, func(t *testing.T) {
			cal, err := NewCalendar("short", CalendarTable{Certain: c.certain})
			require.NoError(t, err)
			_, err = NewSchedule(time.UTC, HoursClause{Week: map[string][]string{"mon-sun": {c.open}}, Holidays: HolidaysClosed, MakeupDays: MakeupClosed}, cal)
			if c.err == nil {
				assert.NoError(t, err)
				return
			}
			assert.ErrorIs(t, err, c.err)
		})
	}
}

func TestVersions(t *testing.T) {
	v := versions[string]{{rule: "signed"}, {MustParseDate("2024-05-01"), "amended"}, {MustParseDate("2024-07-01"), "amended again"}}
	for _, c := range []struct{ why, date, want string }{
		{"before any amendment", "2024-04-30", "signed"},
		{"from the day of an amendment on", "2024-05-01", "amended"},
		{"to the day before the next", "2024-06-30", "amended"},
		{"after the last", "2025-01-01", "amended again"},
	} {
		assert.Equal(t, c.want, v.on(MustParseDate(c.date)), c.why)
	}
	for _, c := range []struct {
		why         string
		from, until string
		want        []string
	}{
		{"over all of them", "2024-04-01", "2024-08-01", []string{"signed 2024-04-01..2024-04-30", "amended 2024-05-01..2024-06-30", "amended again 2024-07-01..2024-07-31"}},
		{"within one", "2024-05-10", "2024-05-12", []string{"amended 2024-05-10..2024-05-11"}},
		{"up to a change", "2024-04-10", "2024-05-01", []string{"signed 2024-04-10..2024-04-30"}},
		{"from a change", "2024-07-01", "2024-07-02", []string{"amended again 2024-07-01..2024-07-01"}},
		{"no days", "2024-07-02", "2024-07-02", nil},
	} {
		var got []string
		for rule, in := range v.within(Period{MustParseDate(c.from), MustParseDate(c.until)}) {
			got = append(got, fmt.Sprint(rule, " ", in))
		}
		assert.Equal(t, c.want, got, c.why)
	}
	n := 0
	for range v.within(Period{MustParseDate("2024-04-01"), MustParseDate("2024-08-01")}) {
		n++
		break
	}
	assert.Equal(t, 1, n, "a loop that stops is not called again")
}

// A schedule of two versions is the first before the change and the second from
// it on, in its answers and in its workings.
func TestScheduleOfTwoVersions(t *testing.T) {
	cal := labourDay(t)
	zone := mustZone(t, "Asia/Shanghai")
	rule := func(open string) *hoursRule {
		var faults Errors
		h := HoursClause{Week: map[string][]string{"mon-fri": {open}}, Holidays: HolidaysClosed, MakeupDays: "as mon"}
		r := newHoursRule(h, cal, source{}, &faults)
		require.Empty(t, faults)
		return r
	}
	s, err := newSchedule(zone, versions[*hoursRule]{{rule: rule("09:00-18:00")}, {MustParseDate("2024-05-09"), rule("22:00-26:00")}}, false)
	require.NoError(t, err)
	at := func(s string) time.Time {
		at, err := time.ParseInLocation("2006-01-02 15:04", s, zone)
		require.NoError(t, err)
		return at
	}
	for _, c := range []struct {
		why, from string
		d         time.Duration
		want      string
	}{
		{"before the change", "2024-05-07 17:00", 2 * time.Hour, "2024-05-08 10:00"},
		{"over the change", "2024-05-08 17:00", 2 * time.Hour, "2024-05-09 23:00"},
		{"after it, on a make-up Saturday", "2024-05-10 23:00", 4 * time.Hour, "2024-05-11 23:00"},
	} {
		t.Run(c.why, func(t *testing.T) {
			got, err := s.Add(at(c.from), c.d)
			require.NoError(t, err)
			assert.Equal(t, c.want, got.Format("2006-01-02 15:04"))
			w, err := s.ExplainAdd(at(c.from), c.d)
			require.NoError(t, err)
			require.NoError(t, w.Check().Err(), "%s", w.Text(proof.English))
			assert.Equal(t, proof.InstantOf(got), w.Result)
		})
	}
	from, _ := s.Known()
	assert.Equal(t, at("2024-04-23 00:00"), from, "a version that runs past midnight makes the first day uncertain")

	other := labourDay(t)
	far, err := NewCalendar("2030", CalendarTable{Certain: Through(MustParseDate("2030-01-01"), MustParseDate("2030-12-31"))})
	require.NoError(t, err)
	two, three := *rule("09:00-18:00"), *rule("09:00-18:00")
	two.calendar, three.calendar = other, far
	_, err = newSchedule(zone, versions[*hoursRule]{{rule: rule("09:00-18:00")}, {MustParseDate("2024-05-09"), &two}}, false)
	assert.NoError(t, err, "versions may rest on two calendars")
	_, err = newSchedule(zone, versions[*hoursRule]{{rule: rule("09:00-18:00")}, {MustParseDate("2024-05-09"), &three}}, false)
	assert.ErrorIs(t, err, ErrInvalid, "but not on two that have no day in common")
}

func TestWorkingDaysOfTwoVersions(t *testing.T) {
	cal := labourDay(t)
	rule := func(m MakeupDays) *daysRule {
		var faults Errors
		r := newDaysRule(DaysClause{Week: "mon-fri", MakeupDays: m, WithoutWindow: EndsAtMidnight}, cal, source{}, &faults)
		require.Empty(t, faults)
		return r
	}
	w, err := newWorkingDays(versions[*daysRule]{{rule: rule(MakeupIgnored)}, {MustParseDate("2024-05-08"), rule(MakeupCount)}}, false)
	require.NoError(t, err)
	got, err := w.AddWorkingDays(MustParseDate("2024-05-07"), 4)
	require.NoError(t, err)
	assert.Equal(t, MustParseDate("2024-05-11"), got, "8, 9, 10 and, under the second version, make-up Saturday 11 May")
	working, err := w.ExplainAddWorkingDays(MustParseDate("2024-05-07"), 4)
	require.NoError(t, err)
	require.NoError(t, working.Check().Err(), "%s", working.Text(proof.English))
}
