package contract_test

import (
	"fmt"
	"log"
	"sync"

	"github.com/cfd16870/contract"
)

// Many requests, from as many goroutines as one likes, each with its place in the
// list: a target is a handle, and one bad request is one error.
// A service that pushes deadlines as its own clocks are paused and go on.
func ExampleTarget_DuePaused() {
	target, err := exampleContract().Target("technical response")
	if err != nil {
		log.Fatal(err)
	}
	received := inChina("2024-03-04 11:30:00")
	pauses := []contract.Pause{
		{From: inChina("2024-03-04 11:45:00"), To: inChina("2024-03-04 13:10:00")},
		{From: inChina("2024-03-04 13:20:00"), To: inChina("2024-03-04 17:50:00")},
	}
	for n := range len(pauses) + 1 {
		due, err := target.DuePaused(received, pauses[:n])
		if err != nil {
			log.Fatal(err)
		}
		fmt.Println(n, "pauses, due", due.Format("Mon 2006-01-02 15:04"))
	}
	_, err = target.DuePaused(received, []contract.Pause{pauses[1], pauses[0]})
	fmt.Println(err)
	// Output:
	// 0 pauses, due Mon 2024-03-04 13:30
	// 1 pauses, due Mon 2024-03-04 13:55
	// 2 pauses, due Tue 2024-03-05 09:25
	// pauses/1: paused from 2024-03-04T11:45:00+08:00 to 2024-03-04T13:10:00+08:00, after 2024-03-04T17:50:00+08:00: pauses are in order, do not overlap and begin no earlier than the receipt
}

func ExampleTarget_Due() {
	target, err := exampleContract().Target("phone and online response")
	if err != nil {
		log.Fatal(err)
	}
	requests := []*contract.Request{
		{ID: "R-1", Received: inChina("2024-03-04 09:00:00"), Events: []contract.Event{{Kind: contract.EventResponded, At: inChina("2024-03-04 09:03:00")}}},
		{ID: "R-2", Received: inChina("2024-03-04 11:58:00"), Events: []contract.Event{{Kind: contract.EventResponded, At: inChina("2024-03-04 13:02:00")}}},
		{ID: "R-3", Received: inChina("2024-03-04 09:00:00"), Events: []contract.Event{{Kind: contract.EventResponded, At: inChina("2024-03-04 08:00:00")}}},
	}
	answers := make([]string, len(requests))
	asOf := inChina("2024-03-05 00:00:00")
	var workers sync.WaitGroup
	for half := range 2 {
		workers.Go(func() {
			for i := half; i < len(requests); i += 2 {
				due, breached, err := target.Due(requests[i], asOf)
				if err != nil {
					answers[i] = err.Error()
					continue
				}
				answers[i] = fmt.Sprintf("due %s, breached: %v", due.Format("15:04"), breached)
			}
		})
	}
	workers.Wait()
	for i, answer := range answers {
		fmt.Println(requests[i].ID, answer)
	}
	// Output:
	// R-1 due 09:03, breached: false
	// R-2 due 13:01, breached: true
	// R-3 events/0: responded at 2024-03-04T08:00:00+08:00, before the request was received at 2024-03-04T09:00:00+08:00
}

// warnedRepair is a fault of Monday, 4 March 2024, under a contract that warns at
// half of the time and at 90 %.
func warnedRepair() contract.Measurement {
	doc := exampleDocument()
	repair := doc.Targets["repair"]
	repair.Warnings = []contract.Percent{contract.MustParsePercent("50%"), contract.MustParsePercent("90%")}
	doc.Targets["repair"] = repair
	target, err := contract.MustCompile(doc, exampleReference()).Target("repair")
	if err != nil {
		log.Fatal(err)
	}
	m, err := target.Measure(&contract.Request{ID: "R-7", Received: inChina("2024-03-04 14:00:00")}, inChina("2024-03-11 09:00:00"))
	if err != nil {
		log.Fatal(err)
	}
	return m
}

func ExampleMeasurement_Warnings() {
	for _, w := range warnedRepair().Warnings() {
		fmt.Println(w.At, w.Falls.Format("Mon 2006-01-02 15:04"), w.Fallen)
	}
	// Output:
	// 50% Fri 2024-03-08 11:00 true
	// 90% Wed 2024-03-13 11:00 false
}

// A timer asks again at Next, and not before.
func ExampleMeasurement_Next() {
	next, ok := warnedRepair().Next()
	fmt.Println(next.Format("Mon 2006-01-02 15:04"), ok)
	// Output: Wed 2024-03-13 11:00 true
}

// Which terms and which calendar an answer rests on.
func ExampleMeasurement_Terms() {
	target, err := exampleContract().Target("repair")
	if err != nil {
		log.Fatal(err)
	}
	for _, received := range []string{"2024-08-30 10:00:00", "2024-09-02 10:00:00"} {
		m, err := target.Measure(&contract.Request{ID: "R-8", Received: inChina(received)}, inChina(received))
		if err != nil {
			log.Fatal(err)
		}
		terms := m.Terms()
		fmt.Printf("%q from %v, by %v\n", terms.Amendment, terms.From, m.Calendars())
	}
	// Output:
	// "" from no date, by [cn 2025-11-04]
	// "A1" from 2024-09-01, by [cn 2025-11-04]
}

func ExampleDeadline_Calendars() {
	d, err := exampleContract().Deadline("technical response", inChina("2024-09-02 10:00:00"))
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(d.Calendars())
	// Output: [cn 2025-11-04]
}

// loanUnit is the sample's repair with 120 hours more for a loan unit that comes in
// time, and a fault of Monday, 4 March 2024, due on Wednesday the 13th at 18:00.
func loanUnit() contract.Measurement {
	doc := exampleDocument()
	repair := doc.Targets["repair"]
	repair.Extension = &contract.ExtensionClause{
		Reasons: []string{"loan unit"},
		Within:  contract.MustParseSpan("120 clock hours"),
		From:    contract.ExtensionFromDeadline,
	}
	doc.Targets["repair"] = repair
	target, err := contract.MustCompile(doc, exampleReference()).Target("repair")
	if err != nil {
		log.Fatal(err)
	}
	m, err := target.Measure(&contract.Request{ID: "R-9", Received: inChina("2024-03-04 14:00:00"), Events: []contract.Event{
		{Kind: contract.EventExtended, At: inChina("2024-03-13 18:00:00"), Reason: "loan unit"},
	}}, inChina("2024-03-14 18:00:00"))
	if err != nil {
		log.Fatal(err)
	}
	return m
}

// A loan unit delivered in time gives the repair 120 hours more.
func ExampleExtensionClause() {
	m := loanUnit()
	fmt.Println(m.Status, "until", m.Due.Format("Mon 2006-01-02 15:04"), "left:", m.Left)
	// Output: running until Mon 2024-03-18 18:00 left: 96h0m0s
}

func ExampleMeasurement_ExtendedBy() {
	by := loanUnit().ExtendedBy()
	fmt.Println(by.Kind, by.At.Format("Mon 2006-01-02 15:04"), by.Reason)
	// Output: extended Wed 2024-03-13 18:00 loan unit
}

// Within 30 days: counted as the contract's clause of periods says, the day of the
// request not among them; the last is a Saturday in National Day week, so that it goes
// to the day after the rest, and ends when business stops.
func ExampleTarget_Deadline_days() {
	doc := exampleDocument()
	email := doc.Targets["e-mail response"]
	email.Within = contract.MustParseSpan("30 days")
	email.Clock = contract.ClockClause{Hours: "service", Ends: contract.EndsAtClosing}
	email.OverrunHours = ""
	doc.Targets["e-mail response"] = email
	target, err := contract.MustCompile(doc, exampleReference()).Target("e-mail response")
	if err != nil {
		log.Fatal(err)
	}
	d, err := target.Deadline(inChina("2025-09-04 15:00:00"))
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(d.Due.Format("Mon 2006-01-02 15:04"))
	// Output: Thu 2025-10-09 18:00
}
