package contract_test

import (
	"errors"
	"fmt"
	"log"
	"slices"
	"strings"
	"time"

	"github.com/shopspring/decimal"

	"github.com/cfd16870/contract"
	"github.com/cfd16870/contract/cn"
)

// No month has a day that it does not have: 2023 was no leap year.
func ExampleNewDate() {
	day, err := contract.NewDate(2024, time.February, 29) // a Thursday
	fmt.Println(day, err)
	_, err = contract.NewDate(2023, time.February, 29)
	fmt.Println(errors.Is(err, contract.ErrSyntax))
	// Output:
	// 2024-02-29 <nil>
	// true
}

func ExampleDate_Date() {
	year, month, day := contract.MustParseDate("2024-03-01").Date() // Friday
	fmt.Printf("%d年%d月%d日\n", year, month, day)
	// Output: 2024年3月1日
}

// A make-up day is a day of the weekend by the week, and a working day by the notice.
func ExampleDate_Weekday() {
	makeup := contract.MustParseDate("2024-05-11")
	fmt.Println(makeup.Weekday())
	// Output: Saturday
}

// A payment within 30 days of signing on Friday 12 January 2024, the day of signing
// not counted. Where it goes from a Sunday in the Spring Festival, the contract says.
func ExampleDate_AddDays() {
	due := contract.MustParseDate("2024-01-12").AddDays(30)
	fmt.Println(due, due.Weekday())
	// Output: 2024-02-11 Sunday
}

// Due on Monday 19 February 2024, credited on Monday 4 March: February had 29 days.
func ExampleDate_Sub() {
	due, credited := contract.MustParseDate("2024-02-19"), contract.MustParseDate("2024-03-04")
	fmt.Println(credited.Sub(due), "days late")
	// Output: 14 days late
}

// Agreed dates in the order in which they come; one that is not stated is first.
func ExampleDate_Compare() {
	agreed := []contract.Date{
		contract.MustParseDate("2024-10-12"), // Saturday
		contract.MustParseDate("2024-02-09"), // Friday
		{},
	}
	slices.SortFunc(agreed, contract.Date.Compare)
	fmt.Println(agreed)
	// Output: [no date 2024-02-09 2024-10-12]
}

// A document says the last day of a term, Friday 28 February 2025; a Period says
// the first day after it.
func ExamplePeriod_Contains() {
	term := contract.Through(contract.MustParseDate("2024-03-01"), contract.MustParseDate("2025-02-28"))
	fmt.Println(term.Contains(contract.MustParseDate("2025-02-28")), term.Contains(term.Until))
	// Output: true false
}

// A fee by days of the contract year: the one that has 29 February has 366.
func ExamplePeriod_Days() {
	for _, year := range []string{"2023-03-01", "2024-03-01"} { // Wednesday, Friday
		from := contract.MustParseDate(year)
		until, err := from.AddMonths(12, contract.MonthEndLast)
		if err != nil {
			log.Fatal(err)
		}
		p := contract.Period{From: from, Until: until}
		fmt.Println(p, p.Days())
	}
	// Output:
	// 2023-03-01..2024-02-29 366
	// 2024-03-01..2025-02-28 365
}

func ExamplePeriod_Last() {
	term := exampleContract().SignedTerm()
	fmt.Println(term.Last(), term.Last().Weekday())
	fmt.Println(contract.Period{}.Last())
	// Output:
	// 2025-02-28 Friday
	// no date
}

// Time as it passes, in the largest unit that holds it whole; parts of a second
// are no time that a contract gives.
func ExampleClockSpan() {
	span, err := contract.ClockSpan(12 * time.Hour)
	fmt.Println(span, err)
	_, err = contract.ClockSpan(1500 * time.Millisecond)
	fmt.Println(errors.Is(err, contract.ErrInvalid))
	// Output:
	// 12 clock hours <nil>
	// true
}

func ExampleCountSpan() {
	for _, n := range []int{1, 7} {
		span, err := contract.CountSpan(n, contract.UnitWorkingDays)
		fmt.Println(span, err)
	}
	// Output:
	// 1 working day <nil>
	// 7 working days <nil>
}

// A day has no length of its own: the calendar says how long seven working days last.
func ExampleSpan_Duration() {
	for _, s := range []string{"3 service minutes", "12 clock hours", "7 working days"} {
		d, ok := contract.MustParseSpan(s).Duration()
		fmt.Println(s, d, ok)
	}
	// Output:
	// 3 service minutes 3m0s true
	// 12 clock hours 12h0m0s true
	// 7 working days 0s false
}

func ExampleSpan_Compare() {
	notice := contract.MustParseSpan("2 weeks")
	for _, least := range []string{"10 days", "14 days", "1 month"} {
		order, err := notice.Compare(contract.MustParseSpan(least))
		fmt.Println(least, order, err)
	}
	// Output:
	// 10 days 1 <nil>
	// 14 days 0 <nil>
	// 1 month 0 "2 weeks" and "1 month": which is longer nobody can say; spans of one clock compare, days with weeks and months with years: not valid
}

func ExampleSpan_Count() {
	for _, s := range []string{"7 working days", "3 months", "12 clock hours"} {
		n, ok := contract.MustParseSpan(s).Count()
		fmt.Println(s, n, ok)
	}
	// Output:
	// 7 working days 7 true
	// 3 months 3 true
	// 12 clock hours 0 false
}

// Which targets of the contract run while nobody is there?
func ExampleUnit_OnClock() {
	doc := exampleDocument()
	for _, name := range []string{"e-mail response", "technical response"} {
		within := doc.Targets[name].Within
		fmt.Println(name, within, within.Unit().OnClock())
	}
	// Output:
	// e-mail response 12 clock hours true
	// technical response 1 service hour false
}

// Working days are not service time: they are days of the calendar.
func ExampleUnit_OnService() {
	doc := exampleDocument()
	for _, name := range []string{"technical response", "repair"} {
		within := doc.Targets[name].Within
		fmt.Println(name, within, within.Unit().OnService())
	}
	// Output:
	// technical response 1 service hour true
	// repair 7 working days false
}

// An hour of repair, 300.00 CNY without tax, and the tax of 13 % on it.
func ExampleMoney_Add() {
	gross, err := contract.MustParseMoney("300.00 CNY").Add(contract.MustParseMoney("39.00 CNY"))
	fmt.Println(gross, err)
	_, err = gross.Add(contract.MustParseMoney("1.20 USD"))
	fmt.Println(errors.Is(err, contract.ErrCurrency))
	// Output:
	// 339.00 CNY <nil>
	// true
}

// What is left of an invoice after a payment in part.
func ExampleMoney_Sub() {
	left, err := contract.MustParseMoney("10000.00 CNY").Sub(contract.MustParseMoney("2400 CNY"))
	fmt.Println(left, err)
	// Output: 7600.00 CNY <nil>
}

// A credit of 5 % of the month's fee, as a line of the next invoice.
func ExampleMoney_Neg() {
	fmt.Println(contract.MustParseMoney("500.00 CNY").Neg())
	// Output: -500.00 CNY
}

// Has the late charge of an invoice of 10,000 yuan reached its cap of 10 %?
func ExampleMoney_Compare() {
	most := contract.MustParseMoney("1000.00 CNY")
	for _, charge := range []string{"995.00 CNY", "1000 CNY", "1005.00 CNY"} {
		c, err := contract.MustParseMoney(charge).Compare(most)
		fmt.Println(charge, c >= 0, err)
	}
	_, err := most.Compare(contract.MustParseMoney("140.00 USD"))
	fmt.Println(errors.Is(err, contract.ErrCurrency))
	// Output:
	// 995.00 CNY false <nil>
	// 1000 CNY true <nil>
	// 1005.00 CNY true <nil>
	// true
}

// An amount is what it is worth, however many digits it is written with.
func ExampleMoney_Equal() {
	fee := contract.MustParseMoney("2400.00 CNY")
	fmt.Println(fee.Equal(contract.MustParseMoney("2400 CNY")), fee.Equal(contract.MustParseMoney("2400.00 USD")))
	// Output: true false
}

// The amount for a program that reckons on: a twelfth of the year's support fee.
func ExampleMoney_Decimal() {
	year := contract.MustParseMoney("120000.00 CNY")
	fmt.Println(year.Decimal().Div(decimal.NewFromInt(12)))
	// Output: 10000
}

// 94.995 % is below 95 %. A contract that rounds to two places first reads it otherwise.
func ExamplePercent_Compare() {
	attained, threshold := contract.MustParsePercent("94.995%"), contract.MustParsePercent("95%")
	rounded, err := attained.Round(2, contract.RoundHalfUp)
	fmt.Println(attained.Compare(threshold), rounded.Compare(threshold), err)
	// Output: -1 0 <nil>
}

// When a working day ends on which no window opens: as Monday does, or at an hour.
func ExampleParseDayEnd() {
	for _, s := range []string{"ends as mon", "ends 18:00", "18:00"} {
		end, err := contract.ParseDayEnd(s)
		if err != nil {
			fmt.Println(errors.Is(err, contract.ErrSyntax))
			continue
		}
		fmt.Println(end)
	}
	// Output:
	// ends as mon
	// ends 18:00
	// true
}

// The column "event" of an export, read.
func ExampleParseEventKind() {
	for _, word := range []string{"automatic reply", "restored", "answered"} {
		kind, err := contract.ParseEventKind(word)
		if err != nil {
			fmt.Println(word, errors.Is(err, contract.ErrUnknown))
			continue
		}
		fmt.Println(kind, kind == contract.EventRestored)
	}
	// Output:
	// automatic reply false
	// restored true
	// answered true
}

func ExampleEventKinds() {
	fmt.Println(strings.Join(contract.EventKinds()[:6], ", "))
	// Output: accepted, responded, automatic reply, arrived, paused, resumed
}

// Of these days everything is known: a notice of 4 November 2025 arranged 2026.
func ExampleCalendar_Certain() {
	certain := cn.Calendar().Certain()
	fmt.Println(certain)
	fmt.Println(certain.Contains(contract.MustParseDate("2026-12-31"))) // Thursday
	// Output:
	// 2006-12-30..2026-12-28
	// false
}

// Of these only the law's holidays are: which days are moved around them is not.
func ExampleCalendar_Foreseen() {
	c := cn.Calendar()
	fmt.Println(c.Foreseen())
	for d, day := range c.Named(contract.Through(contract.MustParseDate("2027-01-01"), contract.MustParseDate("2027-01-31"))) {
		fmt.Println(d, d.Weekday(), day.Kind, day.Name)
	}
	// Output:
	// 2026-12-29..2050-12-31
	// 2027-01-01 Friday statutory holiday 元旦
}

// One answer is certain, to Monday 28 December 2026; the other goes beyond it.
func ExampleSchedule_ProvisionalFrom() {
	s, err := supportHours().Provisional()
	if err != nil {
		log.Fatal(err)
	}
	for _, received := range []string{"2026-12-28 09:00", "2026-12-28 17:00"} {
		due, err := s.Add(beijingTime(received), 4*time.Hour)
		if err != nil {
			log.Fatal(err)
		}
		fmt.Println(due.Format("Mon 2006-01-02 15:04"), "provisional from", s.ProvisionalFrom(due))
	}
	// Output:
	// Mon 2026-12-28 14:00 provisional from no date
	// Tue 2026-12-29 12:00 provisional from 2026-12-29
}

// The last working day of the year 2026 may still change, that of its third quarter not.
func ExampleWorkingDays_ProvisionalFrom() {
	w, err := repairDays(contract.MakeupCount).Provisional()
	if err != nil {
		log.Fatal(err)
	}
	for _, first := range []string{"2026-10-01", "2027-01-01"} { // Thursday, Friday
		last, err := w.AddWorkingDays(contract.MustParseDate(first), -1)
		if err != nil {
			log.Fatal(err)
		}
		fmt.Println(last, last.Weekday(), "provisional from", w.ProvisionalFrom(last))
	}
	// Output:
	// 2026-09-30 Wednesday provisional from no date
	// 2026-12-31 Thursday provisional from 2026-12-29
}

func ExampleWorkingDays_Known() {
	w := repairDays(contract.MakeupCount)
	p, err := w.Provisional()
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(w.Known())
	fmt.Println(p.Known())
	// Output:
	// 2006-12-30..2026-12-28
	// 2006-12-30..2050-12-31
}

// The canonical form is one line, with names in order: what is kept, sent and digested.
func ExampleDocument_JSON() {
	doc, err := contract.Parse([]byte(`{
  "id": "CSS-2024-001",
  "format": "contract/1",
  "term": { "through": "2025-02-28", "from": "2024-03-01" }
}`))
	if err != nil {
		log.Fatal(err)
	}
	data, err := doc.JSON()
	fmt.Printf("%s %v\n", data, err)
	again, err := contract.Parse(data)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(again.Digest() == doc.Digest())
	// Output:
	// {"format":"contract/1","id":"CSS-2024-001","term":{"from":"2024-03-01","through":"2025-02-28"}} <nil>
	// true
}

// A contract keeps its own copy: whoever changes the one that was handed out has
// to compile it.
func ExampleContract_Document() {
	c := exampleContract()
	doc := c.Document()
	doc.SeveralTargets = contract.Strictest
	fmt.Println(doc.SeveralTargets, "is not", c.Document().SeveralTargets)
	// Output: strictest is not all apply
}

// Amendment A1 halved the time from 1 September 2024 on; the day of receipt picks
// the terms.
func ExampleTarget_Deadline() {
	afterSales, err := exampleContract().Target("after-sales response")
	if err != nil {
		log.Fatal(err)
	}
	for _, received := range []string{"2024-08-30 17:00:00", "2024-09-02 17:00:00"} { // Friday, Monday
		d, err := afterSales.Deadline(inChina(received))
		if err != nil {
			log.Fatal(err)
		}
		fmt.Println(d.Due.Format("Mon 2006-01-02 15:04"))
	}
	// Output:
	// Sat 2024-08-31 17:00
	// Tue 2024-09-03 05:00
}

// emailAnswered is the measurement of an e-mail of March 2024, received on the day
// at 10:00 and answered so much later, as of the month's end.
func emailAnswered(c *contract.Contract, day int, after time.Duration, more ...contract.Event) contract.Measurement {
	target, err := c.Target("e-mail response")
	if err != nil {
		log.Fatal(err)
	}
	received := time.Date(2024, time.March, day, 10, 0, 0, 0, c.Zone())
	m, err := target.Measure(&contract.Request{
		Selector: contract.Selector{Channel: "e-mail"},
		Received: received,
		Events:   append(more, contract.Event{Kind: contract.EventResponded, At: received.Add(after)}),
	}, inChina("2024-04-01 00:00:00"))
	if err != nil {
		log.Fatal(err)
	}
	return m
}

// emailsOfMarch is the attainment of so many e-mails in time and late.
func emailsOfMarch(inTime, late int) contract.Attainment {
	c := exampleContract()
	tally, err := c.NewTally()
	if err != nil {
		log.Fatal(err)
	}
	for i := range inTime + late {
		after := time.Hour
		if i >= inTime {
			after = 13 * time.Hour
		}
		tally.Add(emailAnswered(c, 1+i%28, after))
	}
	return tally.Attainment()[0]
}

// An attainment clause that is about repairs counts nothing else.
func ExampleTally_Add() {
	doc := exampleDocument()
	doc.Attainment.Of = []string{"repair"}
	repairsOnly := contract.MustCompile(doc, contract.Reference{Calendars: map[string]*contract.Calendar{"cn": cn.Calendar()}})
	for _, c := range []*contract.Contract{exampleContract(), repairsOnly} {
		tally, err := c.NewTally()
		if err != nil {
			log.Fatal(err)
		}
		counted := tally.Add(emailAnswered(c, 4, time.Hour)) // Monday 4 March
		fmt.Println(counted, len(tally.Attainment()), "figures")
	}
	// Output:
	// true 2 figures
	// false 0 figures
}

// The records of a month read in two batches, each in its own tally; the later one
// may come first.
func ExampleTally_Merge() {
	c := exampleContract()
	batch := func(from, through int, after time.Duration) *contract.Tally {
		tally, err := c.NewTally()
		if err != nil {
			log.Fatal(err)
		}
		for day := from; day <= through; day++ {
			tally.Add(emailAnswered(c, day, after))
		}
		return tally
	}
	march := batch(16, 31, 13*time.Hour)
	march.Merge(batch(1, 15, time.Hour))
	for _, a := range march.Attainment() {
		fmt.Printf("%q in %v: %d met, %d breached\n", a.Target, a.Period, a.Met, a.Breached)
	}
	// Output:
	// "e-mail response" in 2024-03-01..2024-03-31: 15 met, 16 breached
	// "" in 2024-03-01..2024-03-31: 15 met, 16 breached
}

// A share is exact. Of 19 e-mails, where the clause wants 20 to say anything, there
// is none, though all were answered in time.
func ExampleAttainment_Percent() {
	for _, a := range []contract.Attainment{emailsOfMarch(38, 3), emailsOfMarch(19, 0)} {
		share, ok := a.Percent()
		if !ok {
			fmt.Println("too few to say")
			continue
		}
		fmt.Println(share)
	}
	// Output:
	// 3800/41%
	// too few to say
}

// What is excused is left out by clause 10.2: it is not met, and not breached.
func ExampleAttainment_Counted() {
	c := exampleContract()
	tally, err := c.NewTally()
	if err != nil {
		log.Fatal(err)
	}
	tally.Add(emailAnswered(c, 4, time.Hour))    // Monday 4 March
	tally.Add(emailAnswered(c, 5, 13*time.Hour)) // Tuesday
	tally.Add(emailAnswered(c, 6, 20*time.Hour,  // Wednesday, while the provider's lines were down
		contract.Event{Kind: contract.EventExcused, At: inChina("2024-03-08 09:00:00"), Reason: "force majeure"}))
	a := tally.Attainment()[0]
	met, of := a.Counted()
	fmt.Println(met, "of", of, "and", a.Excused, "excused")
	// Output: 1 of 2 and 1 excused
}

// 38 in time, 3 late, none open and late: three facts, and two steps to the figure.
func ExampleAttainment_Explain() {
	w := emailsOfMarch(38, 3).Explain()
	for i, step := range w.Steps {
		fmt.Println(i+1, step.Op, step.Args, step.Value.Text)
	}
	fmt.Println(w.Check())
	// Output:
	// 1 fact [] 38
	// 2 fact [] 3
	// 3 fact [] 0
	// 4 add [1 2 3] 41
	// 5 share [1 4] 3800/41%
	// holds
}

// surveysOfSpring is what so many answers of each kind on Monday 20 May 2024 say.
func surveysOfSpring(answers map[string]int) contract.Satisfaction {
	var surveys []contract.Survey
	for answer, n := range answers {
		for range n {
			surveys = append(surveys, contract.Survey{On: contract.MustParseDate("2024-05-20"), Answer: answer})
		}
	}
	quarters, err := exampleContract().Satisfaction(surveys)
	if err != nil {
		log.Fatal(err)
	}
	return quarters[0]
}

// An answer that the clause does not list is no answer.
func ExampleSatisfaction_Valid() {
	s := surveysOfSpring(map[string]int{"very satisfied": 30, "satisfied": 12, "neutral": 5, "no opinion": 8})
	fmt.Println(s.Valid(), "valid,", s.Invalid, "not")
	// Output: 47 valid, 8 not
}

func ExampleSatisfaction_Percent() {
	for _, satisfied := range []int{45, 15} {
		share, ok := surveysOfSpring(map[string]int{"satisfied": satisfied, "neutral": 3}).Percent()
		if !ok {
			fmt.Println("too few to say")
			continue
		}
		fmt.Println(share)
	}
	// Output:
	// 93.75%
	// too few to say
}

// At least 90 % is reached at 90 %. With too few answers nobody can say.
func ExampleSatisfaction_Met() {
	for _, answers := range []map[string]int{
		{"very satisfied": 60, "satisfied": 30, "dissatisfied": 10},
		{"very satisfied": 60, "satisfied": 29, "dissatisfied": 11},
		{"very dissatisfied": 6},
	} {
		met, ok := surveysOfSpring(answers).Met()
		fmt.Println("reached:", met, "known:", ok)
	}
	// Output:
	// reached: true known: true
	// reached: false known: true
	// reached: false known: false
}

// Five facts, one for each answer that the clause lists; the steps after them.
func ExampleSatisfaction_Explain() {
	w := surveysOfSpring(map[string]int{"very satisfied": 60, "satisfied": 29, "dissatisfied": 11}).Explain()
	for i, step := range w.Steps[5:] {
		fmt.Println(i+6, step.Op, step.Args, step.Value.Text)
	}
	fmt.Println(w.Check())
	// Output:
	// 6 add [1 2] 89
	// 7 add [1 2 3 4 5] 100
	// 8 share [6 7] 89%
	// 9 term [] 90%
	// 10 at least [8 9] no
	// holds
}

// An e-mail of Friday evening, due on Saturday at 08:00 and answered on Monday
// morning: two days late on the clock, half an hour of them in service.
func ExampleMeasurement_OverrunService() {
	target, err := exampleContract().Target("e-mail response")
	if err != nil {
		log.Fatal(err)
	}
	m, err := target.Measure(&contract.Request{
		Selector: contract.Selector{Channel: "e-mail"},
		Received: inChina("2024-03-01 20:00:00"),
		Events:   []contract.Event{{Kind: contract.EventResponded, At: inChina("2024-03-04 09:30:00")}},
	}, inChina("2024-03-05 00:00:00"))
	if err != nil {
		log.Fatal(err)
	}
	service, ok := m.OverrunService()
	fmt.Println(m.Overrun, service, ok)
	// Output: 49h30m0s 30m0s true
}

// Waiting for the customer stops the clock of a repair, waiting for a supplier does
// not: such a pause is there to be reported.
func ExampleMeasurement_PausesNotAllowed() {
	repair, err := exampleContract().Target("repair")
	if err != nil {
		log.Fatal(err)
	}
	m, err := repair.Measure(&contract.Request{
		Selector: contract.Selector{Category: "fault"},
		Received: inChina("2024-03-04 10:00:00"), // Monday
		Events: []contract.Event{
			{Kind: contract.EventPaused, At: inChina("2024-03-05 09:00:00"), Reason: "waiting for customer"},
			{Kind: contract.EventResumed, At: inChina("2024-03-05 18:00:00")},
			{Kind: contract.EventPaused, At: inChina("2024-03-06 09:00:00"), Reason: "waiting for supplier", Source: "events.csv:40"},
			{Kind: contract.EventResumed, At: inChina("2024-03-08 18:00:00")},
		},
	}, inChina("2024-03-09 00:00:00"))
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println("due", m.Due.Format("Mon 2006-01-02 15:04")) // one day later, not four
	for _, p := range m.PausesNotAllowed() {
		fmt.Println(p.Source, p.Reason, p.From.Format("Mon 15:04"), "to", p.To.Format("Mon 15:04"))
	}
	// Output:
	// due Thu 2024-03-14 18:00
	// events.csv:40 waiting for supplier Wed 09:00 to Fri 18:00
}

// A breach may be over or still go on.
func ExampleMeasurement_IsOpen() {
	target, err := exampleContract().Target("technical response")
	if err != nil {
		log.Fatal(err)
	}
	request := &contract.Request{
		Selector: contract.Selector{Category: "technical support"},
		Received: inChina("2024-03-04 09:00:00"), // Monday
		Events:   []contract.Event{{Kind: contract.EventResponded, At: inChina("2024-03-04 11:00:00")}},
	}
	for _, asOf := range []string{"2024-03-04 09:30:00", "2024-03-04 10:30:00", "2024-03-04 12:00:00"} {
		m, err := target.Measure(request, inChina(asOf))
		if err != nil {
			log.Fatal(err)
		}
		fmt.Println(m.Status, "open:", m.IsOpen())
	}
	// Output:
	// running open: true
	// breached open: true
	// breached open: false
}

// A fault says of what kind it is and where it lies, for a program to act on; its
// text is for people.
func ExampleError() {
	doc := exampleDocument()
	doc.Attainment = nil
	doc.ServiceCredits = nil // which rest on it
	c := contract.MustCompile(doc, contract.Reference{Calendars: map[string]*contract.Calendar{"cn": cn.Calendar()}})

	_, err := c.NewTally()
	var fault *contract.Error
	if errors.As(err, &fault) {
		fmt.Println(fault.Pointer, errors.Is(err, contract.ErrSilent))
	}
	// Output: /attainment true
}

// Faults that come together are asked one by one, or all at once for a kind.
func ExampleErrors() {
	doc := exampleDocument()
	doc.Attainment.Of = []string{"repairs"}
	doc.Attainment.Period = ""
	_, err := contract.Compile(doc, contract.Reference{Calendars: map[string]*contract.Calendar{"cn": cn.Calendar()}})

	fmt.Println(errors.Is(err, contract.ErrRequired), errors.Is(err, contract.ErrUnknown), errors.Is(err, contract.ErrRange))
	var faults contract.Errors
	if errors.As(err, &faults) {
		for _, f := range faults {
			fmt.Println(f.Pointer, "is", f.Kind)
		}
	}
	// Output:
	// true true false
	// /attainment/of/0 is unknown name
	// /attainment/period is required
}
