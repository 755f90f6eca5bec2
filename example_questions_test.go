package contract_test

import (
	"fmt"

	"github.com/cfd16870/contract"
	"github.com/cfd16870/contract/cn"
	"github.com/cfd16870/contract/proof"
)

// hotline is a line that answers every day from 8 to 20, on days off too.
func hotline() *contract.Schedule {
	s, err := contract.NewSchedule(supportHours().Zone(), contract.HoursClause{
		Clause: "1.2(2)", Week: map[string][]string{"mon-sun": {"08:00-20:00"}}, Holidays: contract.HolidaysOpen, MakeupDays: "as sat",
	}, cn.Calendar())
	if err != nil {
		panic(err)
	}
	return s
}

// tell prints what a working comes to, and whether it holds.
func tell(w *proof.Working, err error) {
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Printf("%s: %s (%v)\n", w.About, w.Result.Text, w.Check())
}

// Someone answers when the office is open or the hotline is: on the eve of Spring
// Festival until 20:00.
func ExampleSchedule_Union() {
	either, err := supportHours().Union(hotline())
	if err != nil {
		fmt.Println(err)
		return
	}
	closing, err := either.NextClosing(beijingTime("2024-02-09 10:00"))
	fmt.Println(closing.Format("Mon 2 Jan 15:04"), err)
	// Output: Fri 9 Feb 20:00 <nil>
}

// An engineer can be called in while both the hotline and the office are open.
func ExampleSchedule_Intersection() {
	both, err := hotline().Intersection(supportHours())
	if err != nil {
		fmt.Println(err)
		return
	}
	d, err := both.Between(beijingTime("2024-02-08 00:00"), beijingTime("2024-02-09 00:00"))
	fmt.Println(d, err)
	// Output: 8h0m0s <nil>
}

// Out of hours, for a surcharge: the hotline answers and the office is closed.
func ExampleSchedule_Difference() {
	outOfHours, err := hotline().Difference(supportHours())
	if err != nil {
		fmt.Println(err)
		return
	}
	for w := range outOfHours.Windows(beijingTime("2024-02-08 00:00"), beijingTime("2024-02-09 00:00")) {
		fmt.Println(w.Start.Format("15:04"), w.End.Format("15:04"))
	}
	w, err := outOfHours.ExplainBetween(beijingTime("2024-02-08 00:00"), beijingTime("2024-02-09 00:00"))
	tell(w, err)
	// Output:
	// 08:00 09:00
	// 12:00 13:00
	// 18:00 20:00
	// service time from 2024-02-08T00:00:00+08:00 to 2024-02-09T00:00:00+08:00: 4h0m0s (holds)
}

// When work on a call that came at lunch, and on one that came in hours, can begin.
func ExampleSchedule_OpenFrom() {
	for _, received := range []string{"2024-02-08 12:10", "2024-02-08 13:10"} {
		from, err := supportHours().OpenFrom(beijingTime(received))
		fmt.Println(from.Format("15:04"), err)
	}
	// Output:
	// 13:00 <nil>
	// 13:10 <nil>
}

// The last moment before a Monday's opening at which something could be done in hours.
func ExampleSchedule_OpenUntil() {
	until, err := supportHours().OpenUntil(beijingTime("2024-03-04 09:00"))
	fmt.Println(until.Format("Mon 2 Jan 15:04"), err)
	// Output: Fri 1 Mar 18:00 <nil>
}

func ExampleSchedule_ExplainIsOpen() {
	tell(supportHours().ExplainIsOpen(beijingTime("2024-02-09 12:00")))
	// Output: open at 2024-02-09T12:00:00+08:00: no (holds)
}

func ExampleSchedule_ExplainNextOpening() {
	tell(supportHours().ExplainNextOpening(beijingTime("2024-02-09 12:00")))
	// Output: next opening of 2024-02-09T12:00:00+08:00: 2024-02-19T09:00:00+08:00 (holds)
}

func ExampleSchedule_ExplainNextClosing() {
	tell(supportHours().ExplainNextClosing(beijingTime("2024-02-09 12:00")))
	// Output: next closing of 2024-02-09T12:00:00+08:00: 2024-02-19T12:00:00+08:00 (holds)
}

func ExampleSchedule_ExplainPreviousOpening() {
	tell(supportHours().ExplainPreviousOpening(beijingTime("2024-02-19 09:00")))
	// Output: previous opening of 2024-02-19T09:00:00+08:00: 2024-02-09T09:00:00+08:00 (holds)
}

func ExampleSchedule_ExplainPreviousClosing() {
	tell(supportHours().ExplainPreviousClosing(beijingTime("2024-02-19 09:00")))
	// Output: previous closing of 2024-02-19T09:00:00+08:00: 2024-02-09T12:00:00+08:00 (holds)
}

func ExampleSchedule_ExplainOpenFrom() {
	tell(supportHours().ExplainOpenFrom(beijingTime("2024-02-08 12:10")))
	// Output: open from of 2024-02-08T12:10:00+08:00: 2024-02-08T13:00:00+08:00 (holds)
}

func ExampleSchedule_ExplainOpenUntil() {
	tell(supportHours().ExplainOpenUntil(beijingTime("2024-03-04 09:00")))
	// Output: open until of 2024-03-04T09:00:00+08:00: 2024-03-01T18:00:00+08:00 (holds)
}

// A last day in Spring Festival 2026, by each convention.
func ExampleWorkingDays_Roll() {
	sunday := contract.MustParseDate("2026-02-15")
	for _, how := range []contract.RestDay{contract.RestDayRolls, contract.RestDayRollsStatutory, contract.RestDayRollsBack, contract.RestDayStays} {
		last, err := repairDays(contract.MakeupCount).Roll(sunday, how)
		fmt.Println(how, last, err)
	}
	// Output:
	// rolls over rest days 2026-02-24 <nil>
	// rolls over statutory holidays 2026-02-15 <nil>
	// rolls back over rest days 2026-02-14 <nil>
	// stays 2026-02-15 <nil>
}

// Salaries are paid on the last working day of the month.
func ExampleWorkingDays_LastOfMonth() {
	for _, day := range []string{"2024-02-10", "2024-03-01", "2024-09-12"} {
		last, err := repairDays(contract.MakeupCount).LastOfMonth(contract.MustParseDate(day))
		fmt.Println(last, last.Weekday(), err)
	}
	// Output:
	// 2024-02-29 Thursday <nil>
	// 2024-03-29 Friday <nil>
	// 2024-09-30 Monday <nil>
}

func ExampleWorkingDays_ExplainIsWorkingDay() {
	tell(repairDays(contract.MakeupCount).ExplainIsWorkingDay(contract.MustParseDate("2024-05-11")))
	// Output: whether 2024-05-11 is a working day: yes (holds)
}

func ExampleWorkingDays_ExplainWorkingDaysBetween() {
	tell(repairDays(contract.MakeupCount).ExplainWorkingDaysBetween(
		contract.MustParseDate("2024-04-29"), contract.MustParseDate("2024-05-11"), contract.BoundsLast))
	// Output: working days from 2024-04-29 to 2024-05-11, (]: 7 (holds)
}

func ExampleWorkingDays_ExplainRoll() {
	tell(repairDays(contract.MakeupCount).ExplainRoll(contract.MustParseDate("2024-05-01"), contract.RestDayRollsWithin))
	// Output: 2024-05-01 rolls within the month over rest days: 2024-05-06 (holds)
}

func ExampleWorkingDays_ExplainLastOfMonth() {
	tell(repairDays(contract.MakeupCount).ExplainLastOfMonth(contract.MustParseDate("2024-02-10")))
	// Output: last working day of the month of 2024-02-10: 2024-02-29 (holds)
}

// periods counts by Civil Code art. 200 to 203.
func periods() *contract.Periods {
	p, err := contract.NewPeriods(supportHours().Zone(), contract.PeriodsClause{
		FirstDay: contract.FirstDayNotCounted, MonthEnd: contract.MonthEndLast, RestDay: contract.RestDayRolls, Ends: contract.DayEndsAtClosing,
	}, repairDays(contract.MakeupCount), supportHours())
	if err != nil {
		panic(err)
	}
	return p
}

func ExampleNewPeriods() {
	_, err := contract.NewPeriods(supportHours().Zone(), contract.PeriodsClause{FirstDay: "counted", MonthEnd: "last day", RestDay: "stays", Ends: "closing"},
		repairDays(contract.MakeupCount), nil)
	fmt.Println(err)
	// Output: /hours: say whose closing ends the last day
}

// Thirty days from signing end on a Sunday, and by art. 203 when business closes on
// Monday.
func ExamplePeriods_EndOf() {
	end, err := periods().EndOf(contract.MustParseSpan("30 days"), contract.MustParseDate("2024-03-01"), contract.RestDayRolls)
	fmt.Println(end.Day, end.At.Format("15:04"), err)
	// Output: 2024-04-01 18:00 <nil>
}

// A notice of seven working days before the term ends has to be there on or before this
// day: Labour Day lies between, and a Saturday that is worked.
func ExamplePeriods_StartOf() {
	start, err := periods().StartOf(contract.MustParseSpan("7 working days"), contract.MustParseDate("2024-05-11"), contract.RestDayStays)
	fmt.Println(start.Day, err)
	// Output: 2024-04-29 <nil>
}

// One e-mail, three clocks.
func ExamplePeriods_EndAt() {
	for _, span := range []string{"12 clock hours", "12 service hours", "2 working days"} {
		end, err := periods().EndAt(contract.MustParseSpan(span), beijingTime("2024-03-01 17:30"), contract.RestDayStays)
		fmt.Println(span, end.At.Format("Mon 15:04"), err)
	}
	// Output:
	// 12 clock hours Sat 05:30 <nil>
	// 12 service hours Tue 13:30 <nil>
	// 2 working days Tue 18:00 <nil>
}

// Overdue since 1 March: the rights of the three wordings begin on two days.
func ExamplePeriods_FirstDay() {
	for _, words := range []string{"30 full days", "more than 30 days", "after 30 days"} {
		trigger, err := contract.ParseTrigger(words)
		if err != nil {
			fmt.Println(err)
			return
		}
		first, err := periods().FirstDay(trigger, contract.MustParseDate("2024-03-01"))
		fmt.Println(words, first.Day, err)
	}
	// Output:
	// 30 full days 2024-03-31 <nil>
	// more than 30 days 2024-04-01 <nil>
	// after 30 days 2024-04-01 <nil>
}

// The periods of a document, on the day of which its terms hold.
func ExampleContract_Periods() {
	p, err := exampleContract().Periods(contract.MustParseDate("2024-03-01"))
	if err != nil {
		fmt.Println(err)
		return
	}
	end, err := p.EndOf(contract.MustParseSpan("1 month"), contract.MustParseDate("2024-01-31"), contract.RestDayStays)
	fmt.Println(end.Day, err)
	// Output: 2024-02-29 <nil>
}

// A plant's shutdown laid over the calendar of the state.
func ExampleCalendar_With() {
	plant, err := cn.Calendar().With("plant 2026", map[contract.Date]contract.Day{
		contract.MustParseDate("2026-07-20"): {Kind: contract.DayRest, Name: "shutdown", Source: "notice of 2026-06-01"},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	day, err := plant.Day(contract.MustParseDate("2026-07-20"))
	fmt.Println(plant.Version(), day.Kind, day.Source, err)
	// Output: 2025-11-04+plant 2026 rest day notice of 2026-06-01 <nil>
}

// What the notice of 26 January 2020 changed.
func ExampleCalendar_Changes() {
	was, err := cn.KnownOn(contract.MustParseDate("2020-01-20"))
	if err != nil {
		fmt.Println(err)
		return
	}
	is, err := cn.KnownOn(contract.MustParseDate("2020-01-26"))
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, c := range was.Changes(is) {
		fmt.Println(c.On, c.Was.Kind, "is a", c.Is.Kind)
	}
	// Output:
	// 2020-01-31 working day is a rest day
	// 2020-02-01 make-up day is a rest day
	// 2020-02-02 weekend is a rest day
}

// And which open deadlines it moved.
func ExampleContract_Moved() {
	compile := func(known string) *contract.Contract {
		cal, err := cn.KnownOn(contract.MustParseDate(known))
		if err != nil {
			panic(err)
		}
		return contract.MustCompile(exampleDocument(), contract.Reference{Calendars: map[string]*contract.Calendar{"cn": cal}})
	}
	requests := slicesOf(&contract.Request{ID: "R2001-033", Selector: contract.Selector{Category: "fault", Channel: "phone"}, Received: inChina("2020-01-20 10:00:00")})
	for m, err := range compile("2020-01-20").Moved(compile("2020-01-26"), requests, inChina("2020-01-27 10:00:00")) {
		fmt.Println(m.Request.ID, m.Target, m.Was.Format("Mon 2 Jan"), "is", m.Is.Format("Mon 2 Jan"), err)
	}
	// Output: R2001-033 repair Tue 4 Feb is Thu 6 Feb <nil>
}
