package proof

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// The years of the tests, as the notices of the State Council have them.
var (
	spring24 = schedule{zone: shanghai, period: "2024-02-01..2024-02-29", rows: []string{
		"2024-02-04 work", "2024-02-10 statutory", "2024-02-11 statutory", "2024-02-12 statutory", "2024-02-13 rest",
		"2024-02-14 rest", "2024-02-15 rest", "2024-02-16 rest", "2024-02-17 rest", "2024-02-18 work"}}
	april24 = schedule{zone: shanghai, period: "2024-03-01..2024-04-30", rows: []string{
		"2024-04-04 statutory", "2024-04-05 rest", "2024-04-06 rest", "2024-04-07 work", "2024-04-28 work"}}
	may24        = schedule{zone: shanghai, period: "2024-05-12..2024-06-09"}
	autumn25     = schedule{zone: shanghai, period: "2025-09-25..2025-10-31", rows: autumn25Rows}
	labour26     = schedule{zone: shanghai, period: "2026-04-28..2026-05-31", rows: labour26Rows}
	spring26     = schedule{zone: shanghai, period: "2026-02-13..2026-02-28", rows: []string{"2026-02-14 work", "2026-02-15 rest", "2026-02-16 statutory"}}
	autumn25Rows = []string{"2025-09-28 work", "2025-10-01 statutory", "2025-10-02 statutory", "2025-10-03 statutory",
		"2025-10-04 rest", "2025-10-05 rest", "2025-10-06 statutory", "2025-10-07 rest", "2025-10-08 rest", "2025-10-11 work"}
	labour26Rows = []string{"2026-05-01 statutory", "2026-05-02 statutory", "2026-05-03 rest", "2026-05-04 rest", "2026-05-05 rest", "2026-05-09 work"}

	london     = schedule{zone: london24, period: "2024-03-20..2024-11-10"}
	paulo      = schedule{zone: paulo18, period: "2018-02-01..2018-11-30"}
	johns      = schedule{zone: stJohns, period: "2006-10-20..2006-11-10"}
	apia       = schedule{zone: "Pacific/Apia; 2011-09-24T14:00:00Z -10:00; 2011-12-30T10:00:00Z +14:00", period: "2011-12-26..2012-01-06"}
	nightShift = schedule{zone: shanghai, week: "fri 22:00-30:00", period: "2024-03-01..2024-03-31"}
)

// with returns s changed.
func (s schedule) with(change func(*schedule)) schedule {
	change(&s)
	return s
}

func windows(w string) func(*schedule)  { return func(s *schedule) { s.week = w } }
func makeup(m string) func(*schedule)   { return func(s *schedule) { s.makeup = m } }
func holidays(h string) func(*schedule) { return func(s *schedule) { s.holidays = h } }
func counts(c string) func(*schedule)   { return func(s *schedule) { s.counts = c } }
func rows(r ...string) func(*schedule)  { return func(s *schedule) { s.rows = r } }
func covering(p string) func(*schedule) { return func(s *schedule) { s.period = p } }
func in(zone string) func(*schedule)    { return func(s *schedule) { s.zone = zone } }

// A calendarCase is one step over a schedule. Of the operands, "zone", "hours"
// and "days" stand for what the schedule makes; a Value is quoted.
type calendarCase struct {
	why  string
	s    schedule
	op   Op
	args []any
	want Value
}

func (c calendarCase) working() *Working {
	n := newNotes(c.why)
	q := c.s.quote(n)
	var args []int
	for _, a := range c.args {
		switch a := a.(type) {
		case Value:
			args = append(args, n.fact("", a))
		case string:
			args = append(args, map[string]int{"zone": q.zone, "hours": q.hours, "days": q.days}[a])
		}
	}
	n.derive(c.op, "", c.want, args...)
	return n.done()
}

func ops(args ...any) []any { return args }

var calendarCases = []calendarCase{
	// Service time, China.
	{"lunch does not count", april24, Reach, ops(at("2024-03-04T11:58:30+08:00"), dur("3m0s"), "hours"), at("2024-03-04T13:01:30+08:00")},
	{"from within lunch it starts after lunch", april24, Reach, ops(at("2024-03-04T12:10:00+08:00"), dur("3m0s"), "hours"), at("2024-03-04T13:03:00+08:00")},
	{"at 18:00:00 it is closed already", april24, Reach, ops(at("2024-03-04T18:00:00+08:00"), dur("3m0s"), "hours"), at("2024-03-05T09:03:00+08:00")},
	{"time used up at lunch ends at lunch", april24, Reach, ops(at("2024-03-04T11:57:00+08:00"), dur("3m0s"), "hours"), at("2024-03-04T12:00:00+08:00")},
	{"time used up at closing before a festival ends at closing", spring26, Reach, ops(at("2026-02-13T17:00:00+08:00"), dur("1h0m0s"), "hours"), at("2026-02-13T18:00:00+08:00")},
	{"a nanosecond more goes over the festival", spring26.with(rows("2026-02-14 work", "2026-02-15 rest", "2026-02-16 statutory", "2026-02-17 statutory",
		"2026-02-18 statutory", "2026-02-19 statutory", "2026-02-20 rest", "2026-02-21 rest", "2026-02-22 rest", "2026-02-23 rest", "2026-02-28 work")),
		Reach, ops(at("2026-02-13T17:00:00+08:00"), dur("1h0m0.000000001s"), "hours"), at("2026-02-24T09:00:00.000000001+08:00")},
	{"nothing to pass is the instant itself, closed as it is", april24, Reach, ops(at("2024-04-06T03:00:00+08:00"), dur("0s"), "hours"), at("2024-04-06T03:00:00+08:00")},
	{"nothing to pass is spelled in the zone", april24, Reach, ops(at("2024-04-05T19:00:00Z"), dur("0s"), "hours"), at("2024-04-06T03:00:00+08:00")},
	{"the make-up Sunday stays closed", april24, Reach, ops(at("2024-04-03T17:20:00+08:00"), dur("1h0m0s"), "hours"), at("2024-04-08T09:20:00+08:00")},
	{"the make-up Sunday is open as Monday", april24.with(makeup("as mon")), Reach, ops(at("2024-04-03T17:20:00+08:00"), dur("1h0m0s"), "hours"), at("2024-04-07T09:20:00+08:00")},
	{"a make-up day as Sunday has what Sunday has: nothing", april24.with(makeup("as sun")), Reach, ops(at("2024-04-03T17:20:00+08:00"), dur("1h0m0s"), "hours"), at("2024-04-08T09:20:00+08:00")},
	{"over Spring Festival 2024, make-up closed", spring24, Reach, ops(at("2024-02-09T17:30:00+08:00"), dur("1h0m0s"), "hours"), at("2024-02-19T09:30:00+08:00")},
	{"over Spring Festival 2024, make-up open", spring24.with(makeup("as mon")), Reach, ops(at("2024-02-09T17:30:00+08:00"), dur("1h0m0s"), "hours"), at("2024-02-18T09:30:00+08:00")},
	{"holidays open: the festival is what its weekdays are", spring24.with(holidays("open")), Reach, ops(at("2024-02-09T17:30:00+08:00"), dur("1h0m0s"), "hours"), at("2024-02-12T09:30:00+08:00")},
	{"closed on statutory days only: Tuesday the 13th is open", spring24.with(holidays("closed on statutory days only")), Reach, ops(at("2024-02-09T17:30:00+08:00"), dur("1h0m0s"), "hours"), at("2024-02-13T09:30:00+08:00")},
	{"twelve service hours of e-mail", autumn25, Reach, ops(at("2025-09-26T17:30:00+08:00"), dur("12h0m0s"), "hours"), at("2025-09-30T13:30:00+08:00")},
	{"twelve service hours with the make-up Sunday", autumn25.with(makeup("as mon")), Reach, ops(at("2025-09-26T17:30:00+08:00"), dur("12h0m0s"), "hours"), at("2025-09-29T13:30:00+08:00")},
	{"agreed hours come before the holiday", april24.with(rows("2024-04-04 statutory", "2024-04-04 10:00-11:00", "2024-04-05 rest", "2024-04-06 rest", "2024-04-07 work")),
		Reach, ops(at("2024-04-03T17:30:00+08:00"), dur("1h0m0s"), "hours"), at("2024-04-04T10:30:00+08:00")},
	{"agreed closed comes before the make-up day and its weekday", april24.with(func(s *schedule) {
		makeup("as mon")(s)
		rows("2024-04-07 closed", "2024-04-07 work", "2024-04-08 closed")(s)
	}),
		Opening, ops(at("2024-04-05T18:00:00+08:00"), "hours"), at("2024-04-09T09:00:00+08:00")},
	{"pauses do not count", april24, Reach, ops(at("2024-03-04T09:00:00+08:00"), dur("2h0m0s"), "hours", pause("2024-03-04T09:30:00+08:00", "2024-03-04T11:00:00+08:00")), at("2024-03-04T13:30:00+08:00")},
	{"pauses that overlap count once, in any order", april24, Reach, ops(at("2024-03-04T09:00:00+08:00"), dur("1h0m0s"), "hours",
		pause("2024-03-04T10:00:00+08:00", "2024-03-04T10:40:00+08:00"), pause("2024-03-04T09:30:00+08:00", "2024-03-04T10:20:00+08:00")), at("2024-03-04T11:10:00+08:00")},
	{"time used up when the pause begins ends there", april24, Reach, ops(at("2024-03-04T09:00:00+08:00"), dur("1h0m0s"), "hours", pause("2024-03-04T10:00:00+08:00", "2024-03-04T11:00:00+08:00")), at("2024-03-04T10:00:00+08:00")},

	{"a day has eight hours", april24, Open, ops(at("2024-03-04T00:00:00+08:00"), at("2024-03-05T00:00:00+08:00"), "hours"), dur("8h0m0s")},
	{"backwards is negative", april24, Open, ops(at("2024-03-05T10:00:00+08:00"), at("2024-03-04T17:00:00+08:00"), "hours"), dur("-2h0m0s")},
	{"one instant has no time", april24, Open, ops(at("2024-03-05T10:00:00+08:00"), at("2024-03-05T02:00:00Z"), "hours"), dur("0s")},
	{"the whole of April 2024", april24, Open, ops(at("2024-04-01T00:00:00+08:00"), at("2024-04-30T23:59:59+08:00"), "hours"), dur("160h0m0s")},
	{"the end of the period may be the end of its last day", april24, Open, ops(at("2024-04-30T17:00:00+08:00"), at("2024-05-01T00:00:00+08:00"), "hours"), dur("1h0m0s")},
	{"open time outside the pause", april24, Open, ops(at("2024-03-04T09:00:00+08:00"), at("2024-03-04T18:00:00+08:00"), "hours", pause("2024-03-04T11:00:00+08:00", "2024-03-04T14:00:00+08:00")), dur("6h0m0s")},
	{"paused time is service time", labour26, Paused, ops(at("2026-04-28T10:00:00+08:00"), at("2026-05-11T18:00:00+08:00"), "hours", pause("2026-05-07T09:00:00+08:00", "2026-05-08T12:00:00+08:00")), dur("11h0m0s")},
	{"paused time is cut at both ends", labour26, Paused, ops(at("2026-05-07T10:00:00+08:00"), at("2026-05-07T11:30:00+08:00"), "hours", pause("2026-05-07T09:00:00+08:00", "2026-05-08T12:00:00+08:00")), dur("1h30m0s")},
	{"without pauses nothing is paused", labour26, Paused, ops(at("2026-05-07T10:00:00+08:00"), at("2026-05-07T11:30:00+08:00"), "hours"), dur("0s")},

	{"open: the instant itself", april24, Opening, ops(at("2024-03-04T09:00:00+08:00"), "hours"), at("2024-03-04T09:00:00+08:00")},
	{"closed at the end of the window", april24, Opening, ops(at("2024-03-04T12:00:00+08:00"), "hours"), at("2024-03-04T13:00:00+08:00")},
	{"the clock deadline rolls to Monday", autumn25, Opening, ops(at("2025-09-27T05:30:00+08:00"), "hours"), at("2025-09-29T09:00:00+08:00")},
	{"the clock deadline rolls to the make-up Sunday", autumn25.with(makeup("as mon")), Opening, ops(at("2025-09-27T05:30:00+08:00"), "hours"), at("2025-09-28T09:00:00+08:00")},
	{"open from its first instant", april24, IsOpen, ops(at("2024-03-04T13:00:00+08:00"), "hours"), TruthOf(true)},
	{"closed at its end", april24, IsOpen, ops(at("2024-03-04T18:00:00+08:00"), "hours"), TruthOf(false)},
	{"open a nanosecond before its end", april24, IsOpen, ops(at("2024-03-04T17:59:59.999999999+08:00"), "hours"), TruthOf(true)},

	// Working days.
	{"seven working days", may24, Nth, ops(on("2024-05-18"), DaysOf(7), "days"), on("2024-05-28")},
	{"make-up Sunday and Saturday count", autumn25, Nth, ops(on("2025-09-25"), DaysOf(7), "days"), on("2025-10-11")},
	{"make-up days ignored", autumn25.with(counts("ignored")), Nth, ops(on("2025-09-25"), DaysOf(7), "days"), on("2025-10-14")},
	{"the day itself is not counted", may24, Nth, ops(on("2024-05-20"), DaysOf(1), "days"), on("2024-05-21")},
	{"it may lie before the period", may24, Nth, ops(on("2024-05-11"), DaysOf(1), "days"), on("2024-05-13")},
	{"no pause", labour26, Nth, ops(on("2026-04-28"), DaysOf(7), "days"), on("2026-05-11")},
	{"two days wholly paused", labour26, Nth, ops(on("2026-04-28"), DaysOf(7), "days", "hours", WordOf("ends as mon"), WordOf("wholly paused days are skipped"),
		pause("2026-05-07T09:00:00+08:00", "2026-05-08T18:00:00+08:00")), on("2026-05-13")},
	{"one wholly paused, one touched, wholly skips", labour26, Nth, ops(on("2026-04-28"), DaysOf(7), "days", "hours", WordOf("ends as mon"), WordOf("wholly paused days are skipped"),
		pause("2026-05-07T09:00:00+08:00", "2026-05-08T12:00:00+08:00")), on("2026-05-12")},
	{"one wholly paused, one touched, touched skips", labour26, Nth, ops(on("2026-04-28"), DaysOf(7), "days", "hours", WordOf("ends as mon"), WordOf("touched days are skipped"),
		pause("2026-05-07T09:00:00+08:00", "2026-05-08T12:00:00+08:00")), on("2026-05-13")},
	{"a pause by night touches nothing", labour26, Nth, ops(on("2026-04-28"), DaysOf(7), "days", "hours", WordOf("ends as mon"), WordOf("touched days are skipped"),
		pause("2026-05-07T18:00:00+08:00", "2026-05-08T09:00:00+08:00")), on("2026-05-11")},
	{"the make-up Saturday wholly paused by the hours of Monday", labour26, Nth, ops(on("2026-04-28"), DaysOf(7), "days", "hours", WordOf("ends as mon"), WordOf("wholly paused days are skipped"),
		pause("2026-05-09T09:00:00+08:00", "2026-05-09T18:00:00+08:00")), on("2026-05-12")},
	{"the same pause is not the whole Saturday if it is from its start", labour26, Nth, ops(on("2026-04-28"), DaysOf(7), "days", "hours", WordOf("ends 18:00"), WordOf("wholly paused days are skipped"),
		pause("2026-05-09T09:00:00+08:00", "2026-05-09T18:00:00+08:00")), on("2026-05-11")},
	{"lunch of the make-up Saturday touches no hours of Monday", labour26, Nth, ops(on("2026-04-28"), DaysOf(7), "days", "hours", WordOf("ends as mon"), WordOf("touched days are skipped"),
		pause("2026-05-09T12:00:00+08:00", "2026-05-09T13:00:00+08:00")), on("2026-05-11")},
	{"it does touch the time to 24:00", labour26, Nth, ops(on("2026-04-28"), DaysOf(7), "days", "hours", WordOf("ends 24:00"), WordOf("touched days are skipped"),
		pause("2026-05-09T12:00:00+08:00", "2026-05-09T13:00:00+08:00")), on("2026-05-12")},
	{"paused service time added", labour26, Reach, ops(at("2026-05-11T18:00:00+08:00"), dur("11h0m0s"), "hours"), at("2026-05-13T12:00:00+08:00")},

	// Ends of days.
	{"close of a working day", may24, Close, ops(on("2024-05-28"), "hours", WordOf("ends as mon")), at("2024-05-28T18:00:00+08:00")},
	{"close of a make-up Saturday as Monday", autumn25, Close, ops(on("2025-10-11"), "hours", WordOf("ends as mon")), at("2025-10-11T18:00:00+08:00")},
	{"close of a make-up Saturday at an hour", autumn25, Close, ops(on("2025-10-11"), "hours", WordOf("ends 17:30")), at("2025-10-11T17:30:00+08:00")},
	{"close of a make-up Saturday at 24:00", autumn25, Close, ops(on("2025-10-11"), "hours", WordOf("ends 24:00")), at("2025-10-12T00:00:00+08:00")},
	{"close by agreed hours", autumn25.with(rows("2025-09-30 09:00-15:00")), Close, ops(on("2025-09-30"), "hours", WordOf("ends 24:00")), at("2025-09-30T15:00:00+08:00")},
	{"close of a night is on the day after", nightShift, Close, ops(on("2024-03-08"), "hours", WordOf("ends 24:00")), at("2024-03-09T06:00:00+08:00")},
	{"midnight", may24, Midnight, ops(on("2024-05-28"), "zone"), at("2024-05-29T00:00:00+08:00")},
	{"same time of day, to the fraction", may24, SameTime, ops(at("2024-05-18T06:00:00.25Z"), on("2024-05-28"), "zone"), at("2024-05-28T14:00:00.25+08:00")},
	{"the civil day is that of the zone", may24, DayOf, ops(at("2024-05-17T16:00:00Z"), "zone"), on("2024-05-18")},
	{"before 1970 the days are counted down", schedule{zone: shanghai20, period: "1969-01-01..1969-12-31"}, DayOf, ops(at("1969-06-30T15:59:59Z"), "zone"), on("1969-06-30")},
	{"and the day before a second earlier", may24, DayOf, ops(at("2024-05-17T15:59:59Z"), "zone"), on("2024-05-17")},

	// Nights.
	{"a night belongs to the day on which it starts", nightShift, Reach, ops(at("2024-03-08T23:00:00+08:00"), dur("7h0m0s"), "hours"), at("2024-03-09T06:00:00+08:00")},
	{"asked on the morning after, the day before is walked", nightShift, IsOpen, ops(at("2024-03-09T05:00:00+08:00"), "hours"), TruthOf(true)},
	{"the night ends half-open", nightShift, IsOpen, ops(at("2024-03-09T06:00:00+08:00"), "hours"), TruthOf(false)},
	{"a holiday does not end the night that began before it", nightShift.with(rows("2024-03-09 statutory")), Reach, ops(at("2024-03-09T01:00:00+08:00"), dur("5h0m0s"), "hours"), at("2024-03-09T06:00:00+08:00")},
	{"nor does a date agreed closed", nightShift.with(rows("2024-03-09 closed")), IsOpen, ops(at("2024-03-09T05:59:59+08:00"), "hours"), TruthOf(true)},
	{"a night that is a holiday is closed until its morning", nightShift.with(rows("2024-03-08 statutory")), IsOpen, ops(at("2024-03-09T05:00:00+08:00"), "hours"), TruthOf(false)},
	{"what night and morning share counts once", nightShift.with(windows("fri 22:00-30:00; sat 05:00-08:00")), Open, ops(at("2024-03-08T12:00:00+08:00"), at("2024-03-09T12:00:00+08:00"), "hours"), dur("10h0m0s")},
	{"an agreed night is walked from the morning after", may24.with(rows("2024-05-25 22:00-30:00")), IsOpen, ops(at("2024-05-26T05:00:00+08:00"), "hours"), TruthOf(true)},
	{"from the start of the period, a week without nights needs no day before", may24, IsOpen, ops(at("2024-05-12T05:00:00+08:00"), "hours"), TruthOf(false)},

	// The last closing.
	{"open just before its end: the end itself", april24, Closing, ops(at("2024-03-04T18:00:00+08:00"), "hours"), at("2024-03-04T18:00:00+08:00")},
	{"in hours: the instant itself", april24, Closing, ops(at("2024-03-04T17:59:59.999999999+08:00"), "hours"), at("2024-03-04T17:59:59.999999999+08:00")},
	{"spelled in the zone", april24, Closing, ops(at("2024-03-04T09:00:00Z"), "hours"), at("2024-03-04T17:00:00+08:00")},
	{"a nanosecond after closing: the closing", april24, Closing, ops(at("2024-03-04T18:00:00.000000001+08:00"), "hours"), at("2024-03-04T18:00:00+08:00")},
	{"after lunch, just open: the end of the morning", april24, Closing, ops(at("2024-03-04T13:00:00+08:00"), "hours"), at("2024-03-04T12:00:00+08:00")},
	{"a nanosecond into the afternoon: the instant itself", april24, Closing, ops(at("2024-03-04T13:00:00.000000001+08:00"), "hours"), at("2024-03-04T13:00:00.000000001+08:00")},
	{"Monday morning: Friday evening", april24, Closing, ops(at("2024-03-04T09:00:00+08:00"), "hours"), at("2024-03-01T18:00:00+08:00")},
	{"back over the festival and the make-up Sunday", april24, Closing, ops(at("2024-04-08T08:00:00+08:00"), "hours"), at("2024-04-03T18:00:00+08:00")},
	{"the make-up Sunday open as Monday", april24.with(makeup("as mon")), Closing, ops(at("2024-04-08T08:00:00+08:00"), "hours"), at("2024-04-07T18:00:00+08:00")},
	{"at the end of the last day quoted", april24, Closing, ops(at("2024-05-01T00:00:00+08:00"), "hours"), at("2024-04-30T18:00:00+08:00")},
	{"in the night, which began the day before", nightShift, Closing, ops(at("2024-03-09T05:00:00+08:00"), "hours"), at("2024-03-09T05:00:00+08:00")},
	{"the night ended in the morning", nightShift, Closing, ops(at("2024-03-10T12:00:00+08:00"), "hours"), at("2024-03-09T06:00:00+08:00")},
	{"as the night begins: the end of the one a week before", nightShift, Closing, ops(at("2024-03-15T22:00:00+08:00"), "hours"), at("2024-03-09T06:00:00+08:00")},
	{"service runs on over midnight", nightShift.with(windows("fri 22:00-24:00; sat 00:00-02:00")), Closing, ops(at("2024-03-09T00:00:00+08:00"), "hours"), at("2024-03-09T00:00:00+08:00")},
	{"a window of the day inside the night before does not end it", nightShift.with(windows("fri 22:00-30:00; sat 04:00-05:00")), Closing, ops(at("2024-03-09T12:00:00+08:00"), "hours"), at("2024-03-09T06:00:00+08:00")},
	{"St John's: Saturday ended at its first midnight", johns.with(windows("sat 22:00-24:00")), Closing, ops(at("2006-10-28T23:15:00-03:30"), "hours"), at("2006-10-29T00:00:00-02:30")},
	{"St John's: Sunday is open in the Saturday hour shown twice", johns.with(windows("sat 22:00-23:00; sun 00:00-01:00")), Closing, ops(at("2006-10-28T23:15:00-03:30"), "hours"), at("2006-10-28T23:15:00-03:30")},
	{"São Paulo: back over the midnight that is skipped", paulo.with(windows("sat 23:00-24:00")), Closing, ops(at("2018-11-04T12:00:00-02:00"), "hours"), at("2018-11-04T01:00:00-02:00")},
	{"Apia: back over the day that is skipped", apia, Closing, ops(at("2011-12-31T12:00:00+14:00"), "hours"), at("2011-12-29T18:00:00-10:00")},

	{"Apia: of the working day that the clock skips no pause takes anything", apia, Nth, ops(on("2011-12-29"), DaysOf(1), "days", "hours", WordOf("ends as mon"), WordOf("touched days are skipped"),
		pause("2011-12-29T00:00:00-10:00", "2012-01-02T00:00:00+14:00")), on("2011-12-30")},
	{"nor wholly", apia, Nth, ops(on("2011-12-28"), DaysOf(2), "days", "hours", WordOf("ends as mon"), WordOf("wholly paused days are skipped"),
		pause("2011-12-29T00:00:00-10:00", "2012-01-02T00:00:00+14:00")), on("2012-01-02")},

	// Bands of time.
	{"a holiday by statute", april24, KindOfDay, ops(on("2024-04-04"), "hours", WordOf("sat-sun")), WordOf("statutory holiday")},
	{"a day free for it", april24, KindOfDay, ops(on("2024-04-05"), "hours", WordOf("sat-sun")), WordOf("rest day")},
	{"the Sunday worked for it", april24, KindOfDay, ops(on("2024-04-07"), "hours", WordOf("sat-sun")), WordOf("make-up day")},
	{"a Saturday", april24, KindOfDay, ops(on("2024-04-13"), "hours", WordOf("sat-sun")), WordOf("weekend")},
	{"a Saturday where there is no weekend", april24, KindOfDay, ops(on("2024-04-13"), "hours", WordOf("never")), WordOf("working day")},
	{"of a day at work, eight hours are normal", april24, InBand, ops(at("2024-03-04T00:00:00+08:00"), at("2024-03-05T00:00:00+08:00"), "hours", "days", WordOf("normal")), dur("8h0m0s")},
	{"the other sixteen are out of hours", april24, InBand, ops(at("2024-03-04T00:00:00+08:00"), at("2024-03-05T00:00:00+08:00"), "hours", "days", WordOf("out of hours")), dur("16h0m0s")},
	{"lunch is out of hours", april24, InBand, ops(at("2024-03-04T11:30:00+08:00"), at("2024-03-04T13:30:00+08:00"), "hours", "days", WordOf("out of hours")), dur("1h0m0s")},
	{"no time is in no band", april24, InBand, ops(at("2024-03-04T20:00:00+08:00"), at("2024-03-04T12:00:00Z"), "hours", "days", WordOf("out of hours")), dur("0s")},
	{"the day of the festival", april24, InBand, ops(at("2024-04-03T22:00:00+08:00"), at("2024-04-07T02:00:00+08:00"), "hours", "days", WordOf("statutory holiday")), dur("24h0m0s")},
	{"the days free for it, Friday and Saturday", april24, InBand, ops(at("2024-04-03T22:00:00+08:00"), at("2024-04-07T02:00:00+08:00"), "hours", "days", WordOf("rest day")), dur("48h0m0s")},
	{"the Sunday worked for it", april24, InBand, ops(at("2024-04-03T22:00:00+08:00"), at("2024-04-07T02:00:00+08:00"), "hours", "days", WordOf("make-up day")), dur("2h0m0s")},
	{"and the night before it", april24, InBand, ops(at("2024-04-03T22:00:00+08:00"), at("2024-04-07T02:00:00+08:00"), "hours", "days", WordOf("out of hours")), dur("2h0m0s")},
	{"the make-up Sunday is one where it counts as no working day", april24.with(counts("ignored")), InBand, ops(at("2024-04-07T00:00:00+08:00"), at("2024-04-08T00:00:00+08:00"), "hours", "days", WordOf("make-up day")), dur("24h0m0s")},
	{"hours that are open on it come first", april24.with(makeup("as mon")), InBand, ops(at("2024-04-07T00:00:00+08:00"), at("2024-04-08T00:00:00+08:00"), "hours", "days", WordOf("make-up day")), dur("16h0m0s")},
	{"a Saturday is a rest day without a name", april24, InBand, ops(at("2024-04-13T00:00:00+08:00"), at("2024-04-15T12:00:00+08:00"), "hours", "days", WordOf("rest day")), dur("48h0m0s")},
	{"a holiday that is open is normal in its hours", april24.with(holidays("open")), InBand, ops(at("2024-04-04T00:00:00+08:00"), at("2024-04-05T00:00:00+08:00"), "hours", "days", WordOf("statutory holiday")), dur("16h0m0s")},
	{"the night of Friday is normal on Saturday", nightShift, InBand, ops(at("2024-03-08T21:00:00+08:00"), at("2024-03-09T07:00:00+08:00"), "hours", "days", WordOf("normal")), dur("8h0m0s")},
	{"a Sunday of 25 hours", london, InBand, ops(at("2024-10-26T23:00:00Z"), at("2024-10-28T00:00:00Z"), "hours", "days", WordOf("rest day")), dur("25h0m0s")},
	{"St John's: the Saturday hour that is shown twice is of Saturday", johns.with(rows("2006-10-28 statutory")), InBand,
		ops(at("2006-10-28T12:00:00-02:30"), at("2006-10-29T12:00:00-03:30"), "hours", "days", WordOf("statutory holiday")), dur("12h59m0s")},
	{"St John's: and the minute between is of Sunday", johns.with(rows("2006-10-28 statutory")), InBand,
		ops(at("2006-10-28T12:00:00-02:30"), at("2006-10-29T12:00:00-03:30"), "hours", "days", WordOf("rest day")), dur("12h1m0s")},

	// Changes of the clock.
	{"a window that starts in the gap starts at its end", london.with(windows("sun 01:30-03:00")), Opening, ops(at("2024-03-31T00:00:00Z"), "hours"), at("2024-03-31T02:00:00+01:00")},
	{"and has what is left of it", london.with(windows("sun 01:30-03:00")), Open, ops(at("2024-03-30T00:00:00Z"), at("2024-04-01T00:00:00Z"), "hours"), dur("1h0m0s")},
	{"a window inside the gap is not open that day", london.with(windows("sun 01:00-02:00")), Opening, ops(at("2024-03-31T00:00:00Z"), "hours"), at("2024-04-07T01:00:00+01:00")},
	{"a window into the repeated hour has it twice", london.with(windows("sun 01:30-02:30")), Open, ops(at("2024-10-26T00:00:00Z"), at("2024-10-28T00:00:00Z"), "hours"), dur("2h0m0s")},
	{"a window that ends in the repeated hour ends the first time", london.with(windows("sun 00:00-01:30")), Open, ops(at("2024-10-26T00:00:00Z"), at("2024-10-28T00:00:00Z"), "hours"), dur("1h30m0s")},
	{"a day of 25 hours", london.with(windows("sun 00:00-24:00")), Open, ops(at("2024-10-26T00:00:00Z"), at("2024-10-29T00:00:00Z"), "hours"), dur("25h0m0s")},
	{"a day of 23 hours", london.with(windows("sun 00:00-24:00")), Open, ops(at("2024-03-30T00:00:00Z"), at("2024-04-02T00:00:00Z"), "hours"), dur("23h0m0s")},
	{"the offset is that of the instant, in winter Z", london.with(windows("mon-fri 09:00-17:00")), Reach, ops(at("2024-10-25T16:00:00+01:00"), dur("2h0m0s"), "hours"), at("2024-10-28T10:00:00Z")},
	{"same time in the gap is its end", london, SameTime, ops(at("2024-03-30T01:30:00Z"), on("2024-03-31"), "zone"), at("2024-03-31T02:00:00+01:00")},
	{"same time in the repeated hour is the first", london, SameTime, ops(at("2024-10-26T01:30:00+01:00"), on("2024-10-27"), "zone"), at("2024-10-27T01:30:00+01:00")},
	{"the second 01:30 has the time of day of the first", london, SameTime, ops(at("2024-10-27T01:30:00Z"), on("2024-10-28"), "zone"), at("2024-10-28T01:30:00Z")},
	{"São Paulo skips midnight: 24:00 is 01:00", paulo, Midnight, ops(on("2018-11-03"), "zone"), at("2018-11-04T01:00:00-02:00")},
	{"São Paulo: a night over the skipped midnight", paulo.with(windows("sat 23:00-26:00")), Open, ops(at("2018-11-03T12:00:00-03:00"), at("2018-11-04T12:00:00-02:00"), "hours"), dur("2h0m0s")},
	{"São Paulo: the instant of the gap is the new day", paulo, DayOf, ops(at("2018-11-04T03:00:00Z"), "zone"), on("2018-11-04")},
	{"São Paulo repeats 23:00: 24:00 is after the second", paulo, Midnight, ops(on("2018-02-17"), "zone"), at("2018-02-18T00:00:00-03:00")},
	{"São Paulo: a window to 24:00 has the repeated hour", paulo.with(windows("sat 23:00-24:00")), Open, ops(at("2018-02-17T12:00:00-02:00"), at("2018-02-18T12:00:00-03:00"), "hours"), dur("2h0m0s")},
	{"St John's goes back over midnight: Sunday began before", johns.with(windows("sun 00:00-01:00")), IsOpen, ops(at("2006-10-28T23:15:00-03:30"), "hours"), TruthOf(true)},
	{"and Saturday was over", johns.with(windows("sat 22:00-24:00")), IsOpen, ops(at("2006-10-28T23:15:00-03:30"), "hours"), TruthOf(false)},
	{"so that Sunday's hour has two", johns.with(windows("sun 00:00-01:00")), Open, ops(at("2006-10-28T12:00:00-02:30"), at("2006-10-29T12:00:00-03:30"), "hours"), dur("2h0m0s")},
	{"an offset with seconds is cut to minutes, the instant is not", schedule{zone: "Asia/Shanghai; 0001-01-01T00:00:00Z +08:05:43; 1900-12-31T15:54:17Z +08:00", period: "1900-12-01..1900-12-31"},
		Midnight, ops(on("1900-12-01"), "zone"), at("1900-12-01T23:59:17+08:05")},
}

func TestCalendarByHand(t *testing.T) {
	for _, c := range calendarCases {
		t.Run(c.why, func(t *testing.T) {
			w := c.working()
			require.Equal(t, Verdict{Outcome: Holds}, w.Check())

			last := len(w.Steps)
			w.Steps[last-1].Value = altered(c.want)
			w.Result = w.Steps[last-1].Value
			v := w.Check()
			require.Equal(t, Fails, v.Outcome)
			require.Equal(t, last, v.Step)
			require.Contains(t, v.Reason, "the steps before give "+c.want.Text)
		})
	}
}

func TestCalendarFails(t *testing.T) {
	for _, c := range []struct {
		calendarCase
		reason string
	}{
		{calendarCase{"past the last day", may24, Nth, ops(on("2024-06-06"), DaysOf(2), "days"), on("2024-06-10")}, "reads 2024-06-10, outside the quoted 2024-05-12..2024-06-09"},
		{calendarCase{"before the first day", may24, IsOpen, ops(at("2024-05-11T23:59:59+08:00"), "hours"), TruthOf(false)}, "reads 2024-05-11, outside the quoted 2024-05-12..2024-06-09"},
		{calendarCase{"never open", may24.with(windows("never")), Opening, ops(at("2024-05-20T10:00:00+08:00"), "hours"), at("2024-05-20T10:00:00+08:00")}, "reads 2024-06-10, outside"},
		{calendarCase{"the next opening is past the period", may24, Opening, ops(at("2024-06-07T18:00:00+08:00"), "hours"), at("2024-06-10T09:00:00+08:00")}, "reads 2024-06-10, outside"},
		{calendarCase{"close of a day outside", may24, Close, ops(on("2024-06-10"), "hours", WordOf("ends 24:00")), at("2024-06-10T18:00:00+08:00")}, "reads 2024-06-10, outside"},
		{calendarCase{"with nightShift, the day before must be quoted", nightShift.with(covering("2024-03-09..2024-03-31")), IsOpen, ops(at("2024-03-09T12:00:00+08:00"), "hours"), TruthOf(false)}, "reads 2024-03-08, outside the quoted 2024-03-09..2024-03-31"},
		{calendarCase{"a negative span", april24, Reach, ops(at("2024-03-04T11:00:00+08:00"), dur("-1h0m0s"), "hours"), at("2024-03-04T10:00:00+08:00")}, "that is not negative"},
		{calendarCase{"the zeroth working day", may24, Nth, ops(on("2024-05-20"), DaysOf(0), "days"), on("2024-05-20")}, "counts 0 working days"},
		{calendarCase{"ends as a day that has no window", labour26, Close, ops(on("2026-05-09"), "hours", WordOf("ends as sun")), at("2026-05-09T18:00:00+08:00")}, "as sun, which has none either"},
		{calendarCase{"a word that ends no day", labour26, Close, ops(on("2026-05-07"), "hours", WordOf("ends soon")), at("2026-05-07T18:00:00+08:00")}, `has "ends soon" for a day without a window`},
		{calendarCase{"a day cannot end at its start", labour26, Close, ops(on("2026-05-09"), "hours", WordOf("ends 00:00")), at("2026-05-09T00:00:00+08:00")}, `has "ends 00:00"`},
		{calendarCase{"a word that skips no day", labour26, Nth, ops(on("2026-04-28"), DaysOf(7), "days", "hours", WordOf("ends as mon"), WordOf("paused service time is added")), on("2026-05-11")}, "wholly paused days or touched days"},
		{calendarCase{"skipping without a weekday to go by", labour26, Nth, ops(on("2026-04-28"), DaysOf(7), "days", "hours", WordOf("ends as sun"), WordOf("touched days are skipped")), on("2026-05-11")}, "as sun, which has none either"},
		{calendarCase{"skipping by hours that end before", labour26.with(func(s *schedule) { s.period = "2026-04-28..2026-05-10" }), Nth, ops(on("2026-04-28"), DaysOf(7), "days", "hours", WordOf("ends as mon"), WordOf("touched days are skipped")), on("2026-05-11")}, "reads 2026-05-11, outside"},
		{calendarCase{"the clock before its first offset", may24.with(in("Asia/Shanghai; 2024-05-20T00:00:00Z +08:00")), DayOf, ops(at("2024-05-19T23:59:59Z"), "zone"), on("2024-05-20")}, "before the first offset quoted, from 2024-05-20T00:00:00Z"},
		{calendarCase{"a local time the clock may have shown before its first offset", london.with(in("Europe/London; 2024-10-27T01:00:00Z +00:00")), SameTime, ops(at("2024-10-28T01:30:00Z"), on("2024-10-27"), "zone"), at("2024-10-27T01:30:00Z")}, "shows 2024-10-27 01:30:00, and the first offset quoted, from 2024-10-27T01:00:00Z, is less than a day before"},
		{calendarCase{"a closing before the first day", april24, Closing, ops(at("2024-03-01T09:00:00+08:00"), "hours"), at("2024-03-01T09:00:00+08:00")}, "reads 2024-02-29, outside the quoted 2024-03-01..2024-04-30"},
		{calendarCase{"a closing past the last day", april24, Closing, ops(at("2024-05-01T00:00:00.000000001+08:00"), "hours"), at("2024-04-30T18:00:00+08:00")}, "reads 2024-05-01, outside"},
		{calendarCase{"never closed, for never open", may24.with(windows("never")), Closing, ops(at("2024-05-20T10:00:00+08:00"), "hours"), at("2024-05-20T10:00:00+08:00")}, "reads 2024-05-11, outside"},
		{calendarCase{"a closing after which the night before may have run on", nightShift.with(func(s *schedule) { s.period, s.rows = "2024-03-09..2024-03-31", []string{"2024-03-09 01:00-02:00"} }),
			Closing, ops(at("2024-03-09T12:00:00+08:00"), "hours"), at("2024-03-09T02:00:00+08:00")}, "reads 2024-03-08, outside the quoted 2024-03-09..2024-03-31"},
		{calendarCase{"a closing before the clock is known", may24.with(in("Asia/Shanghai; 2024-05-20T00:00:00Z +08:00")), Closing, ops(at("2024-05-20T08:00:00+08:00"), "hours"), at("2024-05-17T18:00:00+08:00")}, "is less than a day before"},
		{calendarCase{"time in a band backwards", april24, InBand, ops(at("2024-03-04T20:00:00+08:00"), at("2024-03-04T19:00:00+08:00"), "hours", "days", WordOf("normal")), dur("0s")}, "measures from 2024-03-04T20:00:00+08:00 back to 2024-03-04T19:00:00+08:00"},
		{calendarCase{"a band by another word", april24, InBand, ops(at("2024-03-04T19:00:00+08:00"), at("2024-03-04T20:00:00+08:00"), "hours", "days", WordOf("night")), dur("0s")}, `seeks the band "night"`},
		{calendarCase{"a band past the last day", april24, InBand, ops(at("2024-04-30T19:00:00+08:00"), at("2024-05-01T00:00:01+08:00"), "hours", "days", WordOf("rest day")), dur("0s")}, "reads 2024-05-01, outside"},
		{calendarCase{"a band before the first day", april24, InBand, ops(at("2024-02-29T23:59:59+08:00"), at("2024-03-01T09:00:00+08:00"), "hours", "days", WordOf("normal")), dur("0s")}, "reads 2024-02-29, outside"},
		{calendarCase{"a band before the clock is known", may24.with(in("Asia/Shanghai; 2024-05-20T00:00:00Z +08:00")), InBand, ops(at("2024-05-20T07:59:59+08:00"), at("2024-05-20T09:00:00+08:00"), "hours", "days", WordOf("normal")), dur("0s")}, "before the first offset quoted"},
		{calendarCase{"a band without working days", april24, InBand, ops(at("2024-03-04T19:00:00+08:00"), at("2024-03-04T20:00:00+08:00"), "hours", "hours", WordOf("normal")), dur("0s")}, "would be working days"},

		{calendarCase{"holidays by another word", april24.with(holidays("maybe")), IsOpen, ops(at("2024-03-04T13:00:00+08:00"), "hours"), TruthOf(true)}, `has "maybe" for holidays`},
		{calendarCase{"make-up days by another word", april24.with(makeup("as weekday")), IsOpen, ops(at("2024-03-04T13:00:00+08:00"), "hours"), TruthOf(true)}, `has "as weekday" for make-up days`},
		{calendarCase{"make-up days that neither count nor are ignored", april24.with(counts("counts")), Nth, ops(on("2024-03-04"), DaysOf(1), "days"), on("2024-03-05")}, `has "counts" for make-up days`},
		{calendarCase{"weekdays spelled another way", april24.with(func(s *schedule) { s.weekdays = "mon,tue" }), Nth, ops(on("2024-03-04"), DaysOf(1), "days"), on("2024-03-05")}, `takes the weekdays "mon,tue"`},
		{calendarCase{"weekdays out of order", april24.with(func(s *schedule) { s.weekdays = "fri, mon" }), Nth, ops(on("2024-03-04"), DaysOf(1), "days"), on("2024-03-05")}, `takes the weekdays "fri, mon"`},
		{calendarCase{"rows out of order", april24.with(rows("2024-04-05 rest", "2024-04-04 statutory")), IsOpen, ops(at("2024-03-04T13:00:00+08:00"), "hours"), TruthOf(true)}, "takes the row of 2024-04-04 after that of 2024-04-05"},
		{calendarCase{"a row twice", april24.with(rows("2024-04-05 rest", "2024-04-05 rest")), IsOpen, ops(at("2024-03-04T13:00:00+08:00"), "hours"), TruthOf(true)}, "takes the row of 2024-04-05 after that of 2024-04-05"},
		{calendarCase{"agreed rows out of order", april24.with(rows("2024-04-05 closed", "2024-04-04 closed")), IsOpen, ops(at("2024-03-04T13:00:00+08:00"), "hours"), TruthOf(true)}, "takes the row of 2024-04-04 after that of 2024-04-05"},
		{calendarCase{"a row outside the period", april24.with(rows("2024-05-01 statutory")), IsOpen, ops(at("2024-03-04T13:00:00+08:00"), "hours"), TruthOf(true)}, "takes the row of 2024-05-01, outside the period 2024-03-01..2024-04-30"},
		{calendarCase{"offsets out of order", april24.with(in("x; 2000-01-01T00:00:00Z +08:00; 1999-01-01T00:00:00Z +09:00")), DayOf, ops(at("2024-03-04T13:00:00+08:00"), "zone"), on("2024-03-04")}, "they must ascend"},
	} {
		t.Run(c.why, func(t *testing.T) {
			v := c.working().Check()
			require.Equal(t, Fails, v.Outcome, v.Reason)
			require.Contains(t, v.Reason, c.reason)
		})
	}
}
