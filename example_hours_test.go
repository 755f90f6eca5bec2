package contract_test

import (
	"errors"
	"fmt"
	"time"

	"github.com/shopspring/decimal"

	"github.com/cfd16870/contract"
	"github.com/cfd16870/contract/cn"
)

// A term from 1 March: by art. 201 of the Civil Code the day itself is not counted.
func ExampleParseDate() {
	signed, err := contract.ParseDate("2024-03-01")
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(signed, signed.Weekday())
	_, err = contract.ParseDate("2024-02-30")
	fmt.Println(err)
	_, err = contract.ParseDate("1/3/2024")
	fmt.Println(err)
	// Output:
	// 2024-03-01 Friday
	// "2024-02-30": 2024-02 has no day 30; its last is 29: malformed
	// "1/3/2024" is no date; write it as 2024-03-01: malformed
}

// A monthly fee that falls due on the 31st: where the month has no such day the
// contract has to say what holds.
func ExampleDate_AddMonths() {
	due := contract.MustParseDate("2024-01-31")
	for _, end := range []contract.MonthEnd{contract.MonthEndLast, contract.MonthEndNext, contract.MonthEndRefuse} {
		next, err := due.AddMonths(1, end)
		fmt.Printf("%s: %v %v\n", end, next, err)
	}
	// Output:
	// last day: 2024-02-29 <nil>
	// first of next month: 2024-03-01 <nil>
	// refuse: no date 2024-02 has no day 31, 1 months from 2024-01-31: not valid
}

func ExampleThrough() {
	term := contract.Through(contract.MustParseDate("2024-03-01"), contract.MustParseDate("2025-02-28"))
	fmt.Println(term, term.Days(), "days")
	fmt.Println(term.Contains(contract.MustParseDate("2025-02-28")), term.Contains(contract.MustParseDate("2025-03-01")))
	// Output:
	// 2024-03-01..2025-02-28 365 days
	// true false
}

// The clock of São Paulo went from 24:00 of 3 November 2018 to 01:00: the day
// began at 01:00, not an hour before it.
func ExampleDate_StartIn() {
	saoPaulo, err := time.LoadLocation("America/Sao_Paulo")
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(contract.MustParseDate("2018-11-04").StartIn(saoPaulo).Format(time.RFC3339))
	// Output: 2018-11-04T01:00:00-02:00
}

// The day of an e-mail is that of the contract's zone, not of the server's.
func ExampleDateOf() {
	shanghai, err := time.LoadLocation("Asia/Shanghai")
	if err != nil {
		fmt.Println(err)
		return
	}
	sent := time.Date(2024, 4, 28, 16, 30, 0, 0, time.UTC)
	fmt.Println(contract.DateOf(sent), contract.DateOf(sent.In(shanghai)))
	// Output: 2024-04-28 2024-04-29
}

func ExampleYears() {
	y, err := contract.Years(2024, 2025)
	fmt.Println(y, y.Days(), err)
	// Output: 2024-01-01..2025-12-31 731 <nil>
}

// A span that a program computed, in the largest unit that holds it whole.
func ExampleServiceSpan() {
	for _, d := range []time.Duration{3 * time.Minute, 90 * time.Minute, 4 * time.Hour} {
		span, err := contract.ServiceSpan(d)
		fmt.Println(span, err)
	}
	// Output:
	// 3 service minutes <nil>
	// 90 service minutes <nil>
	// 4 service hours <nil>
}

// The unit names the clock: what could mean two things is refused.
func ExampleParseSpan() {
	for _, s := range []string{"3 service minutes", "12 clock hours", "7 working days", "12h", "12 hours", "1 day"} {
		span, err := contract.ParseSpan(s)
		if err != nil {
			fmt.Println(err)
			continue
		}
		fmt.Println(span, "counts", span.Unit())
	}
	// Output:
	// 3 service minutes counts service minutes
	// 12 clock hours counts clock hours
	// 7 working days counts working days
	// "12h" is no span: it begins with a whole number and one space; write it as 3 service minutes, 12 clock hours, 7 working days, 30 days, 2 weeks, 3 months or 1 year: malformed
	// "12 hours" is no span (say which clock: "clock hours" or "service hours"): malformed
	// "1 day" is no span ("day" has two meanings: write "24 clock hours", "1 calendar day" or "1 working day"): malformed
}

func ExampleParseMoney() {
	fee, err := contract.ParseMoney("2400 CNY")
	if err != nil {
		fmt.Println(err)
		return
	}
	late, err := fee.Add(contract.MustParseMoney("1.20 CNY"))
	fmt.Println(fee, late, err)
	_, err = fee.Add(contract.MustParseMoney("1.20 USD"))
	fmt.Println(errors.Is(err, contract.ErrCurrency), err)
	_, err = contract.ParseMoney("2,400.00 CNY")
	fmt.Println(errors.Is(err, contract.ErrSyntax))
	// Output:
	// 2400.00 CNY 2401.20 CNY <nil>
	// true 2400.00 CNY and 1.20 USD: mixed currencies
	// true
}

// A discount of 100 yuan over three items of 2,000, 4,000 and 1,000: the cent
// that is left over goes to the item that lost most, and the parts add up.
func ExampleMoney_Split() {
	parts, err := contract.MustParseMoney("100.00 CNY").Split([]int64{2000, 4000, 1000})
	fmt.Println(parts, err)
	_, err = contract.MustParseMoney("100.00 CNY").Split([]int64{0, 0, 0})
	fmt.Println(err)
	// Output:
	// [28.57 CNY 57.14 CNY 14.29 CNY] <nil>
	// no weight is above 0; 100.00 CNY has no one to go to: not valid
}

func ExampleParsePercent() {
	daily, err := contract.ParsePercent("0.05%")
	fmt.Println(daily, err)
	_, err = contract.ParsePercent("0.05")
	fmt.Println(err)
	// Output:
	// 0.05% <nil>
	// "0.05" is no percentage; write it as 0.05%: malformed
}

// An attainment of 11 in 12, to two places, as the document rounds it.
func ExamplePercent_Round() {
	attained := contract.MustParsePercent("91.666666%")
	for _, mode := range []contract.Rounding{contract.RoundHalfUp, contract.RoundDown} {
		p, err := attained.Round(2, mode)
		fmt.Println(mode, p, err)
	}
	// Output:
	// half up 91.67% <nil>
	// down 91.66% <nil>
}

// An amount that a program has as a decimal.
func ExampleNewMoney() {
	m, err := contract.NewMoney(decimal.RequireFromString("1250.25"), "CNY")
	fmt.Println(m, err)
	_, err = contract.NewMoney(decimal.New(5, 0), "RMB")
	fmt.Println(err)
	// Output:
	// 1250.25 CNY <nil>
	// "RMB" is no currency in use; write an ISO 4217 code, such as CNY: unknown name
}

// A calendar of one's own: the company's year, with a day off in bridge and a
// Saturday worked for it. Package cn has China's, package fromcal many others.
func ExampleNewCalendar() {
	year, err := contract.Years(2024, 2024)
	if err != nil {
		fmt.Println(err)
		return
	}
	works := contract.CalendarTable{
		Version: "2023-11-30",
		Weekend: []time.Weekday{time.Saturday, time.Sunday},
		Certain: year,
		Days: map[contract.Date]contract.Day{
			contract.MustParseDate("2024-05-01"): {Kind: contract.DayHoliday, Name: "Labour Day", Source: "statute"},
			contract.MustParseDate("2024-05-02"): {Kind: contract.DayRest, Name: "bridge", Source: "works agreement"},
			contract.MustParseDate("2024-05-11"): {Kind: contract.DayMakeup, Name: "bridge", Source: "works agreement"},
		},
	}
	c, err := contract.NewCalendar("works", works)
	fmt.Println(c.Name(), c.Version(), c.Certain(), err)

	works.Days[contract.MustParseDate("2025-01-01")] = contract.Day{Kind: contract.DayHoliday, Name: "New Year"}
	_, err = contract.NewCalendar("works", works)
	fmt.Println(err)
	// Output:
	// works 2023-11-30 2024-01-01..2024-12-31 <nil>
	// calendar works: 2025-01-01: named, but outside the certain days 2024-01-01..2024-12-31
}

// What a day is, and by which notice. Of a day that no notice has arranged yet
// nothing is said.
func ExampleCalendar_Day() {
	c := cn.Calendar()
	for _, d := range []string{"2024-05-03", "2024-05-11", "2026-12-31"} {
		day, err := c.Day(contract.MustParseDate(d))
		if err != nil {
			fmt.Println(errors.Is(err, contract.ErrRange), err)
			continue
		}
		fmt.Println(d, day.Kind, day.Name, day.Source)
	}
	// Output:
	// 2024-05-03 rest day 劳动节 国办发明电〔2023〕7号
	// 2024-05-11 make-up day 劳动节 国办发明电〔2023〕7号
	// true calendar cn 2025-11-04: 2026-12-31 is after what is published: the days from 2006-12-30 through 2026-12-28 are known
}

func ExampleCalendar_Named() {
	for d, day := range cn.Calendar().Named(contract.Through(contract.MustParseDate("2024-04-01"), contract.MustParseDate("2024-04-30"))) {
		fmt.Println(d, d.Weekday(), day.Kind)
	}
	// Output:
	// 2024-04-04 Thursday statutory holiday
	// 2024-04-05 Friday rest day
	// 2024-04-06 Saturday rest day
	// 2024-04-07 Sunday make-up day
	// 2024-04-28 Sunday make-up day
}

// clause12 is clause 1.2 of a support contract: Monday to Friday 9 to 12 and 13
// to 18, not on days off; make-up days stay closed; a half day was agreed for the
// eve of Spring Festival.
func clause12() contract.HoursClause {
	return contract.HoursClause{
		Clause:     "1.2",
		Week:       map[string][]string{"mon-fri": {"09:00-12:00", "13:00-18:00"}},
		Holidays:   contract.HolidaysClosed,
		MakeupDays: contract.MakeupClosed,
		Agreed: map[contract.Date]contract.AgreedClause{
			contract.MustParseDate("2024-02-09"): {Open: []string{"09:00-12:00"}, Agreement: "e-mail of 2024-01-15", Targets: contract.AgreedCount},
		},
	}
}

// supportHours is that clause compiled.
func supportHours() *contract.Schedule {
	shanghai, err := time.LoadLocation("Asia/Shanghai")
	if err != nil {
		panic(err)
	}
	s, err := contract.NewSchedule(shanghai, clause12(), cn.Calendar())
	if err != nil {
		panic(err)
	}
	return s
}

// beijingTime reads what a ticket says: 2024-02-08 17:30.
func beijingTime(s string) time.Time {
	t, err := time.ParseInLocation("2006-01-02 15:04", s, supportHours().Zone())
	if err != nil {
		panic(err)
	}
	return t
}

// Every fault of a clause comes at once, with a pointer into it and what would
// have been right.
func ExampleNewSchedule() {
	h := clause12()
	s, err := contract.NewSchedule(time.UTC, h, cn.Calendar())
	fmt.Println(s.Zone(), err)

	h.Week = map[string][]string{"mon-fri": {"09:00-12:00", "11:30-18:00"}, "sat": {"22:00-06:00"}}
	h.MakeupDays = ""
	_, err = contract.NewSchedule(time.UTC, h, cn.Calendar())
	fmt.Println(err)
	// Output:
	// UTC <nil>
	// /week/mon-fri/1: 11:30-18:00 overlaps 09:00-12:00
	// /week/sat/0: "22:00-06:00" ends before it begins; a window across midnight is written past 24:00: 22:00-30:00
	// /makeupDays: ""; write one of: closed, as mon, as tue, as wed, as thu, as fri, as sat, as sun, with their own hours
}

// Four service hours from Thursday 17:00: one before closing, three of the half
// day that was agreed, used up exactly when it closes at noon. A minute more is
// after Spring Festival.
func ExampleSchedule_Add() {
	s := supportHours()
	for _, d := range []time.Duration{4 * time.Hour, 4*time.Hour + time.Minute} {
		due, err := s.Add(beijingTime("2024-02-08 17:00"), d)
		fmt.Println(due.Format("Mon 2 Jan 15:04"), err)
	}
	// Output:
	// Fri 9 Feb 12:00 <nil>
	// Mon 19 Feb 09:01 <nil>
}

// How much service time an open ticket has used.
func ExampleSchedule_Between() {
	s := supportHours()
	used, err := s.Between(beijingTime("2024-02-08 17:00"), beijingTime("2024-02-19 10:30"))
	fmt.Println(used, err)
	// Output: 5h30m0s <nil>
}

// At closing service is closed: windows are half-open.
func ExampleSchedule_IsOpen() {
	s := supportHours()
	for _, at := range []string{"2024-03-04 09:00", "2024-03-04 12:00", "2024-03-04 17:59", "2024-03-04 18:00"} {
		open, err := s.IsOpen(beijingTime(at))
		fmt.Println(at, open, err)
	}
	_, err := s.IsOpen(beijingTime("2027-01-04 10:00"))
	fmt.Println(errors.Is(err, contract.ErrRange))
	// Output:
	// 2024-03-04 09:00 true <nil>
	// 2024-03-04 12:00 false <nil>
	// 2024-03-04 17:59 true <nil>
	// 2024-03-04 18:00 false <nil>
	// true
}

// A call on the eve of Spring Festival, after the half day: when does somebody answer?
func ExampleSchedule_NextOpening() {
	at, err := supportHours().NextOpening(beijingTime("2024-02-09 12:10"))
	fmt.Println(at.Format("Mon 2 Jan 15:04"), err)
	// Output: Mon 19 Feb 09:00 <nil>
}

func ExampleSchedule_NextClosing() {
	at, err := supportHours().NextClosing(beijingTime("2024-02-08 17:00"))
	fmt.Println(at.Format("Mon 2 Jan 15:04"), err)
	// Output: Thu 8 Feb 18:00 <nil>
}

func ExampleSchedule_PreviousOpening() {
	at, err := supportHours().PreviousOpening(beijingTime("2024-02-19 09:00"))
	fmt.Println(at.Format("Mon 2 Jan 15:04"), err)
	// Output: Fri 9 Feb 09:00 <nil>
}

// Until when could the customer have been heard before the festival?
func ExampleSchedule_PreviousClosing() {
	at, err := supportHours().PreviousClosing(beijingTime("2024-02-15 10:00"))
	fmt.Println(at.Format("Mon 2 Jan 15:04"), err)
	// Output: Fri 9 Feb 12:00 <nil>
}

// The stretches in which an outage counted.
func ExampleSchedule_ExplainDay() {
	w, err := supportHours().ExplainDay(contract.MustParseDate("2024-05-11"))
	fmt.Println(w.Result.Text, w.Check(), err)
	// Output: make-up day holds <nil>
}

func ExampleSchedule_ExplainWindows() {
	from, to := beijingTime("2024-04-30 10:00"), beijingTime("2024-05-06 10:00")
	w, err := supportHours().ExplainWindows(from, to)
	for _, s := range w.Steps {
		if s.Name == "opens" || s.Name == "closes" {
			fmt.Println(s.Name, s.Value.Text)
		}
	}
	fmt.Println(w.Result.Text, w.Check(), err)
	// Output:
	// closes 2024-04-30T12:00:00+08:00
	// opens 2024-04-30T13:00:00+08:00
	// closes 2024-04-30T18:00:00+08:00
	// opens 2024-05-06T09:00:00+08:00
	// 8h0m0s holds <nil>
}

func ExampleSchedule_Windows() {
	for w, err := range supportHours().Windows(beijingTime("2024-02-08 16:00"), beijingTime("2024-02-19 10:00")) {
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Println(w.Start.Format("Mon 2 Jan 15:04"), "to", w.End.Format("15:04"))
	}
	// Output:
	// Thu 8 Feb 16:00 to 18:00
	// Fri 9 Feb 09:00 to 12:00
	// Mon 19 Feb 09:00 to 10:00
}

// What a day is for service: hours agreed for it come before what the calendar says.
func ExampleSchedule_Day() {
	s := supportHours()
	for _, d := range []string{"2024-02-09", "2024-02-12", "2024-02-18"} {
		day, err := s.Day(contract.MustParseDate(d))
		fmt.Println(d, day.Kind, day.Name, err)
	}
	// Output:
	// 2024-02-09 agreed day e-mail of 2024-01-15 <nil>
	// 2024-02-12 statutory holiday 春节 <nil>
	// 2024-02-18 make-up day 春节 <nil>
}

func ExampleSchedule_Known() {
	from, until := supportHours().Known()
	fmt.Println(from.Format(time.RFC3339), until.Format(time.RFC3339))
	// Output: 2006-12-30T00:00:00+08:00 2026-12-29T00:00:00+08:00
}

// A ticket before the end of a year whose successor no notice has arranged: an
// error, or, from a handle that was asked for, an answer that says from which day
// it may change.
func ExampleSchedule_Provisional() {
	s := supportHours()
	received := beijingTime("2026-12-28 17:00")
	_, err := s.Add(received, 9*time.Hour)
	fmt.Println(errors.Is(err, contract.ErrRange))

	p, err := s.Provisional()
	if err != nil {
		fmt.Println(err)
		return
	}
	due, err := p.Add(received, 9*time.Hour)
	fmt.Println(due.Format("Mon 2006-01-02 15:04"), "provisional from", p.ProvisionalFrom(due), err)
	// Output:
	// true
	// Tue 2026-12-29 18:00 provisional from 2026-12-29 <nil>
}

// The working of a deadline, to be attached to a letter: anyone can redo it.
func ExampleSchedule_ExplainAdd() {
	w, err := supportHours().ExplainAdd(beijingTime("2024-02-08 17:00"), 4*time.Hour)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(w.Result.Text)
	fmt.Println(w.Check(), w.Sealed())
	// Output:
	// 2024-02-09T12:00:00+08:00
	// holds true
}

func ExampleSchedule_ExplainBetween() {
	w, err := supportHours().ExplainBetween(beijingTime("2024-02-08 17:00"), beijingTime("2024-02-19 10:30"))
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(w.About)
	fmt.Println(w.Result.Text, w.Check())
	// Output:
	// service time from 2024-02-08T17:00:00+08:00 to 2024-02-19T10:30:00+08:00
	// 5h30m0s holds
}

// repairDays is the working days of clause 4.1(2): a make-up day counts, though
// no window opens on it; it then ends as Monday does.
func repairDays(m contract.MakeupDays) *contract.WorkingDays {
	w, err := contract.NewWorkingDays(contract.DaysClause{
		Clause:        "4.1(2)",
		Week:          "mon-fri",
		MakeupDays:    m,
		WithoutWindow: "ends as mon",
	}, cn.Calendar())
	if err != nil {
		panic(err)
	}
	return w
}

func ExampleNewWorkingDays() {
	_, err := contract.NewWorkingDays(contract.DaysClause{Clause: "4.1(2)", Week: "mon-fri", WithoutWindow: "ends 18:00"}, cn.Calendar())
	fmt.Println(err)
	// Output: /makeupDays: ""; write one of: count, ignored
}

// A fault reported on Monday 29 April 2024, to be repaired within seven working
// days: the two readings of the make-up Saturday are two days apart.
func ExampleWorkingDays_AddWorkingDays() {
	reported := contract.MustParseDate("2024-04-29")
	for _, m := range []contract.MakeupDays{contract.MakeupCount, contract.MakeupIgnored} {
		last, err := repairDays(m).AddWorkingDays(reported, 7)
		fmt.Println("make-up days", m, last, last.Weekday(), err)
	}
	// Output:
	// make-up days count 2024-05-11 Saturday <nil>
	// make-up days ignored 2024-05-13 Monday <nil>
}

// How many working days a repair took, the day of the report not counted.
func ExampleWorkingDays_WorkingDaysBetween() {
	n, err := repairDays(contract.MakeupCount).WorkingDaysBetween(
		contract.MustParseDate("2024-04-29"), contract.MustParseDate("2024-05-11"), contract.BoundsLast)
	fmt.Println(n, err)
	// Output: 7 <nil>
}

func ExampleWorkingDays_IsWorkingDay() {
	saturday := contract.MustParseDate("2024-05-11")
	for _, m := range []contract.MakeupDays{contract.MakeupCount, contract.MakeupIgnored} {
		is, err := repairDays(m).IsWorkingDay(saturday)
		fmt.Println("make-up days", m, is, err)
	}
	// Output:
	// make-up days count true <nil>
	// make-up days ignored false <nil>
}

func ExampleWorkingDays_ExplainAddWorkingDays() {
	w, err := repairDays(contract.MakeupCount).ExplainAddWorkingDays(contract.MustParseDate("2024-04-29"), 7)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(w.About)
	fmt.Println(w.Result.Text, w.Check())
	// Output:
	// 7 working days from 2024-04-29
	// 2024-05-11 holds
}

func ExampleWorkingDays_Provisional() {
	w := repairDays(contract.MakeupCount)
	_, err := w.AddWorkingDays(contract.MustParseDate("2026-12-23"), 7)
	fmt.Println(errors.Is(err, contract.ErrRange))
	p, err := w.Provisional()
	if err != nil {
		fmt.Println(err)
		return
	}
	last, err := p.AddWorkingDays(contract.MustParseDate("2026-12-23"), 7)
	fmt.Println(last, "provisional from", p.ProvisionalFrom(last), err)
	// Output:
	// true
	// 2027-01-04 provisional from 2026-12-29 <nil>
}
