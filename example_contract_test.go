package contract_test

import (
	"errors"
	"fmt"
	"log"
	"os"
	"time"

	"github.com/cfd16870/contract"
	"github.com/cfd16870/contract/cn"
)

// exampleDocument reads the sample contract: service Mon-Fri 09:00-12:00 and
// 13:00-18:00 in Shanghai, and one amendment from 2024-09-01 on.
func exampleDocument() *contract.Document {
	data, err := os.ReadFile("testdata/sample/contract.json")
	if err != nil {
		log.Fatal(err)
	}
	doc, err := contract.Parse(data)
	if err != nil {
		log.Fatal(err)
	}
	return doc
}

func exampleReference() contract.Reference {
	return contract.Reference{Calendars: map[string]*contract.Calendar{"cn": cn.Calendar()}}
}

func exampleContract() *contract.Contract {
	return contract.MustCompile(exampleDocument(), exampleReference())
}

// inChina reads an instant on a clock in China.
func inChina(s string) time.Time {
	t, err := time.Parse("2006-01-02 15:04:05 -0700", s+" +0800")
	if err != nil {
		log.Fatal(err)
	}
	return t
}

func ExampleParse() {
	doc, err := contract.Parse([]byte(`{
  "format": "contract/1",
  "id": "CSS-2024-001",
  "parties": {
    "customer": { "label": "甲方", "name": "the customer" },
    "provider": { "label": "乙方", "name": "the branch company" }
  },
  "signed": "2024-01-12",
  "zone": "Asia/Shanghai",
  "currency": "CNY",
  "clauses": { "hours": { "body": "1.2", "title": "服务时间", "source": "full text" } },
  "amendments": []
}`))
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(doc.ID, "signed on", doc.Signed)
	fmt.Println(doc.Parties[contract.Provider].Label, "is the provider")
	// Output:
	// CSS-2024-001 signed on 2024-01-12
	// 乙方 is the provider
}

func ExampleParse_faults() {
	_, err := contract.Parse([]byte(`{
  "format": "contract/1",
  "signed": "12 January 2024",
  "targets": {
    "e-mail response": { "within": "12 hours", "withn": "12 clock hours" }
  }
}`))
	fmt.Println(err)

	var faults contract.Errors
	if errors.As(err, &faults) {
		fmt.Println(len(faults), "faults, the first in line", faults[0].Line)
	}
	// Output:
	// line 3, column 13: /signed: "12 January 2024" is no date; write it as 2024-03-01
	// line 5, column 36: /targets/e-mail response/within: "12 hours" is no span (say which clock: "clock hours" or "service hours")
	// line 5, column 48: /targets/e-mail response/withn: unknown key "withn"; did you mean "within"? keys here: clause, clock, extension, for, measure, overrunHours, pauses, roll, start, stop, warnings, within
	// 3 faults, the first in line 3
}

func ExampleCompile() {
	c, err := contract.Compile(exampleDocument(), contract.Reference{
		Calendars: map[string]*contract.Calendar{"cn": cn.Calendar()},
	})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(c.Zone(), c.SignedTerm())
	// Output:
	// Asia/Shanghai 2024-03-01..2025-02-28
}

// All faults come back at once, each with the place where it lies and what would
// have been right.
func ExampleCompile_faults() {
	doc := exampleDocument()
	repair := doc.Targets["repair"]
	repair.Clock.Hours = "offcie"
	repair.Pauses.OnDays = "skipped"
	repair.Stop.Workaround = "perhaps"
	doc.Targets["repair"] = repair
	doc.SeveralTargets = "either"
	doc.Attainment.Of = []string{"repairs"}

	_, err := contract.Compile(doc, contract.Reference{
		Calendars: map[string]*contract.Calendar{"cn": cn.Calendar()},
	})
	fmt.Println(err)
	fmt.Println("an unknown name among them:", errors.Is(err, contract.ErrUnknown))
	// Output:
	// /targets/repair/clock/hours: no hours "offcie"; have service (clause 4.1(2))
	// /targets/repair/stop/workaround: "perhaps"; write one of: counts, does not count (clause 4.1(2))
	// /targets/repair/pauses/onDays: "skipped"; write one of: wholly paused days are skipped, touched days are skipped, paused service time is added (clause 4.1(2))
	// /severalTargets: "either"; write one of: all apply, category over channel, strictest
	// /attainment/of/0: no target "repairs"; have after-sales response, e-mail response, phone and online response, repair, technical response (contents 10.2)
	// an unknown name among them: true
}

func ExampleContract_Deadline() {
	c := exampleContract()

	// 40 minutes of the hour pass until 18:00 on Wednesday. The Qingming festival
	// is from Thursday through Saturday, and on the make-up Sunday service is closed.
	d, err := c.Deadline("technical response", inChina("2024-04-03 17:20:00"))
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(d.Due.Format("Mon 2006-01-02 15:04:05"), "by clause", d.Clause())

	// Nobody knows yet which days around New Year 2027 will be worked.
	_, err = c.Deadline("repair", inChina("2026-12-23 10:00:00"))
	fmt.Println(errors.Is(err, contract.ErrRange))
	// Output:
	// Mon 2024-04-08 09:20:00 by clause 5.2
	// true
}

func ExampleContract_Deadlines() {
	c := exampleContract()
	deadlines, err := c.Deadlines(&contract.Request{
		ID:       "R-1042",
		Source:   "requests.csv:17",
		Selector: contract.Selector{Channel: "phone", Category: "technical support"},
		Received: inChina("2024-03-04 11:58:30"),
	})
	if err != nil {
		log.Fatal(err)
	}
	for _, d := range deadlines {
		fmt.Println(d.Target(), "by", d.Due.Format("15:04:05"))
	}
	// Output:
	// phone and online response by 13:01:30
	// technical response by 13:58:30
}

func ExampleContract_Targets() {
	c := exampleContract()
	on := contract.MustParseDate("2024-03-04")
	targets, err := c.Targets(contract.Selector{Channel: "e-mail", Category: "after-sales"}, on)
	if err != nil {
		log.Fatal(err)
	}
	for _, t := range targets {
		fmt.Println(t.Name())
	}

	_, err = c.Targets(contract.Selector{Channel: "fax"}, on)
	fmt.Println(err)
	// Output:
	// after-sales response
	// e-mail response
	// channel: no channel "fax"; have e-mail, online, phone
}

func ExampleContract_Target() {
	c := exampleContract()
	repair, err := c.Target("repair") // once, for many requests
	if err != nil {
		log.Fatal(err)
	}
	for _, received := range []string{"2024-05-18 14:00:00", "2025-09-25 15:00:00"} {
		d, err := repair.Deadline(inChina(received))
		if err != nil {
			log.Fatal(err)
		}
		fmt.Println(d.Due.Format("Mon 2006-01-02 15:04"))
	}
	// Output:
	// Tue 2024-05-28 18:00
	// Sat 2025-10-11 18:00
}

func ExampleContract_Measure() {
	c := exampleContract()
	request := &contract.Request{
		ID:       "R-1042",
		Selector: contract.Selector{Channel: "phone", Category: "technical support"},
		Received: inChina("2026-02-13 17:00:00"),
		Events: []contract.Event{
			{Kind: contract.EventResponded, At: inChina("2026-02-13 18:00:01")},
		},
	}
	measured, err := c.Measure(request, inChina("2026-02-14 09:00:00"))
	if err != nil {
		log.Fatal(err)
	}
	for _, m := range measured {
		service, _ := m.OverrunService()
		fmt.Println(m.Target(), m.Status, "overrun", m.Overrun, "of which in hours", service)
	}
	// Output:
	// phone and online response breached overrun 57m1s of which in hours 57m0s
	// technical response breached overrun 1s of which in hours 0s
}

func ExampleContract_Schedule() {
	c := exampleContract()
	service, err := c.Schedule("service")
	if err != nil {
		log.Fatal(err)
	}
	// Amendment A1 opens the make-up Saturday after National Day in the morning.
	for w, err := range service.Windows(inChina("2024-10-12 00:00:00"), inChina("2024-10-15 00:00:00")) {
		if err != nil {
			log.Fatal(err)
		}
		fmt.Println(w.Start.Format("Mon 2006-01-02 15:04"), "to", w.End.Format("15:04"))
	}
	// Output:
	// Sat 2024-10-12 09:00 to 12:00
	// Mon 2024-10-14 09:00 to 12:00
	// Mon 2024-10-14 13:00 to 18:00
}

func ExampleContract_WorkingDays() {
	c := exampleContract()
	days, err := c.WorkingDays("state")
	if err != nil {
		log.Fatal(err)
	}
	last, err := days.AddWorkingDays(contract.MustParseDate("2025-09-25"), 7)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(last, last.Weekday())
	// Output:
	// 2025-10-11 Saturday
}

func ExampleContract_Provisional() {
	p, err := exampleContract().Provisional()
	if err != nil {
		log.Fatal(err)
	}
	d, err := p.Deadline("repair", inChina("2026-12-23 10:00:00"))
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(d.Due.Format("Mon 2006-01-02 15:04"), "provisional from", d.Provisional)
	// Output:
	// Mon 2027-01-04 18:00 provisional from 2026-12-29
}

func ExampleContract_Versions() {
	for _, v := range exampleContract().Versions() {
		if v.From.IsZero() {
			fmt.Println("as signed")
			continue
		}
		fmt.Println("from", v.From, "by amendment", v.Amendment)
	}
	// Output:
	// as signed
	// from 2024-09-01 by amendment A1
}

func ExampleContract_NewTally() {
	c := exampleContract()
	tally, err := c.NewTally()
	if err != nil {
		log.Fatal(err)
	}
	// 38 answered in time, 2 late and one not at all: clause 10.2 counts it as a breach.
	for i := range 41 {
		received := inChina("2024-03-04 09:00:00").Add(time.Duration(i) * time.Hour)
		r := &contract.Request{Selector: contract.Selector{Channel: "e-mail"}, Received: received}
		switch {
		case i < 38:
			r.Events = []contract.Event{{Kind: contract.EventResponded, At: received.Add(time.Hour)}}
		case i < 40:
			r.Events = []contract.Event{{Kind: contract.EventResponded, At: received.Add(13 * time.Hour)}}
		}
		measured, err := c.Measure(r, inChina("2024-04-01 00:00:00"))
		if err != nil {
			log.Fatal(err)
		}
		for _, m := range measured {
			tally.Add(m)
		}
	}
	for _, a := range tally.Attainment() {
		met, of := a.Counted()
		fmt.Printf("%q in %v: %d of %d\n", a.Target, a.Period, met, of)
	}
	// Output:
	// "e-mail response" in 2024-03-01..2024-03-31: 38 of 41
	// "" in 2024-03-01..2024-03-31: 38 of 41
}

func ExampleTally_Attainment() {
	c := exampleContract()
	tally, err := c.NewTally()
	if err != nil {
		log.Fatal(err)
	}
	for i := range 25 {
		received := inChina("2024-03-04 09:00:00").Add(time.Duration(i) * time.Minute)
		r := &contract.Request{
			Selector: contract.Selector{Category: "technical support"},
			Received: received,
			Events:   []contract.Event{{Kind: contract.EventResponded, At: received.Add(time.Duration(38+i) * time.Minute)}},
		}
		measured, err := c.Measure(r, inChina("2024-04-01 00:00:00"))
		if err != nil {
			log.Fatal(err)
		}
		for _, m := range measured {
			tally.Add(m)
		}
	}
	for _, a := range tally.Attainment() {
		share, ok := a.Percent()
		fmt.Printf("%q met %d, breached %d: %v %t\n", a.Target, a.Met, a.Breached, share, ok)
	}
	// Output:
	// "technical response" met 23, breached 2: 92% true
	// "" met 23, breached 2: 92% true
}

func ExampleContract_Satisfaction() {
	c := exampleContract()
	var surveys []contract.Survey
	for answer, n := range map[string]int{"very satisfied": 56, "satisfied": 30, "neutral": 9, "dissatisfied": 5, "no opinion": 10} {
		for range n {
			surveys = append(surveys, contract.Survey{On: contract.MustParseDate("2024-05-20"), Answer: answer})
		}
	}
	quarters, err := c.Satisfaction(surveys)
	if err != nil {
		log.Fatal(err)
	}
	for _, q := range quarters {
		share, _ := q.Percent()
		met, _ := q.Met()
		fmt.Println(q.Period, share, "of", q.Valid(), "valid answers; at least", q.AtLeast(), "reached:", met)
	}
	// Output:
	// 2024-04-01..2024-06-30 86% of 100 valid answers; at least 90% reached: false
}

func ExampleContract_NotComputed() {
	for _, chapter := range exampleContract().NotComputed() {
		fmt.Println(chapter)
	}
	// Output:
	// /forceMajeure
}

func ExampleContract_SignedTerm() {
	term := exampleContract().SignedTerm()
	fmt.Println(term, "of", term.Days(), "days, the last", term.Last())
	// Output:
	// 2024-03-01..2025-02-28 of 365 days, the last 2025-02-28
}

func ExampleDocument_InForce() {
	doc := exampleDocument()
	for _, on := range []string{"2024-08-31", "2024-09-01"} {
		terms, err := doc.InForce(contract.MustParseDate(on))
		if err != nil {
			log.Fatal(err)
		}
		fmt.Println(on, terms.Targets["after-sales response"].Within)
	}
	// Output:
	// 2024-08-31 24 clock hours
	// 2024-09-01 12 clock hours
}

func ExampleDocument_KnownOn() {
	doc := exampleDocument()
	for _, day := range []string{"2024-08-22", "2024-08-23"} {
		known := doc.KnownOn(contract.MustParseDate(day))
		fmt.Println(day, len(known.Amendments), "amendments")
	}
	// Output:
	// 2024-08-22 0 amendments
	// 2024-08-23 1 amendments
}

// What would the other reading of the clause be worth?
func ExampleDocument_With() {
	doc, err := exampleDocument().With(
		contract.Change{At: "/hours/service/makeupDays", Was: "closed", Becomes: "as mon"},
	)
	if err != nil {
		log.Fatal(err)
	}
	c := contract.MustCompile(doc, contract.Reference{Calendars: map[string]*contract.Calendar{"cn": cn.Calendar()}})
	d, err := c.Deadline("technical response", inChina("2024-04-03 17:20:00"))
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(d.Due.Format("Mon 2006-01-02 15:04"))

	_, err = exampleDocument().With(contract.Change{At: "/severalTargets", Was: "strictest", Becomes: "all apply"})
	fmt.Println(err)
	// Output:
	// Sun 2024-04-07 09:20
	// /severalTargets: the change found "strictest"; it is "all apply"
}

func ExampleDocument_Lookup() {
	doc := exampleDocument()
	for _, r := range doc.Readings[:2] {
		stands, _ := doc.Lookup(r.At)
		fmt.Printf("%q is read as %q, not as %q\n", r.Text, stands, r.Also[0].Reads)
	}
	// Output:
	// "12 hours" is read as "12 clock hours", not as "12 clock hours, then the next opening"
	// "3 minutes" is read as "3 service minutes", not as "3 clock minutes from the next opening"
}

// What a doubt is worth: the same question, put to the contract as the other
// reading has it.
func ExampleDocument_Reread() {
	doc := exampleDocument()
	received := time.Date(2025, 9, 26, 17, 30, 0, 0, exampleContract().Zone())
	for _, other := range doc.Readings[0].Also {
		reread, err := doc.Reread(other)
		if err != nil {
			log.Fatal(err)
		}
		c, err := contract.Compile(reread, exampleReference())
		if err != nil {
			log.Fatal(err)
		}
		d, err := c.Deadline("e-mail response", received)
		if err != nil {
			log.Fatal(err)
		}
		fmt.Printf("%s: %s\n", other.Reads, d.Due.Format("Mon 2006-01-02 15:04"))
	}
	// Output:
	// 12 clock hours, then the next opening: Mon 2025-09-29 09:00
	// 12 service hours: Tue 2025-09-30 13:30
}

func ExampleDocument_Digest() {
	doc := exampleDocument()
	data, err := doc.JSON()
	if err != nil {
		log.Fatal(err)
	}
	again, err := contract.Parse(data)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(again.Digest() == doc.Digest())

	again.SeveralTargets = contract.Strictest
	fmt.Println(again.Digest() == doc.Digest())
	// Output:
	// true
	// false
}

func ExampleTarget_Measure() {
	repair, err := exampleContract().Target("repair")
	if err != nil {
		log.Fatal(err)
	}
	request := &contract.Request{
		ID:       "R-2077",
		Selector: contract.Selector{Category: "fault"},
		Received: inChina("2026-04-28 10:00:00"),
		Events: []contract.Event{
			{Kind: contract.EventPaused, At: inChina("2026-05-07 09:00:00"), Reason: "waiting for customer"},
			{Kind: contract.EventResumed, At: inChina("2026-05-08 18:00:00")},
			{Kind: contract.EventRestored, At: inChina("2026-05-13 17:30:00")},
		},
	}
	for _, asOf := range []string{"2026-05-08 12:00:00", "2026-05-14 00:00:00"} {
		m, err := repair.Measure(request, inChina(asOf))
		if err != nil {
			log.Fatal(err)
		}
		fmt.Println(m.Status, "due", m.Due.Format("Mon 2006-01-02 15:04"), "left", m.Left)
	}
	// Output:
	// paused due Tue 2026-05-12 18:00 left 21h0m0s
	// met due Wed 2026-05-13 18:00 left 30m0s
}

func ExampleDeadline_Explain() {
	d, err := exampleContract().Deadline("e-mail response", inChina("2025-09-26 17:30:00"))
	if err != nil {
		log.Fatal(err)
	}
	w := d.Explain()
	fmt.Print(w.Text("en"))
	fmt.Println(w.Check())
	// Output:
	// deadline of "e-mail response", received 2025-09-26T17:30:00+08:00
	//
	// [1]  received              Fri 2025-09-26 17:30:00 +08:00
	//                            from the records (asked, received)
	// [2]  within, on the clock  12 h
	//                            from the document, clause 4.1(1) (document, /targets/e-mail response/within)
	// [3]  due                   Sat 2025-09-27 05:30:00 +08:00
	//                            clause 4.1(1): earliest instant by which [2] on the clock has passed since [1]
	//
	// Result: due: Sat 2025-09-27 05:30:00 +08:00
	// Seal: 258c9e6875fd01560ca7de37439362b1086983264fbfab2e6ee75952cf3af0fc
	// holds
}

func ExampleMeasurement_Explain() {
	target, err := exampleContract().Target("after-sales response")
	if err != nil {
		log.Fatal(err)
	}
	m, err := target.Measure(&contract.Request{
		ID:       "R-3001",
		Source:   "requests.csv:40",
		Selector: contract.Selector{Category: "after-sales"},
		Received: inChina("2024-09-02 09:00:00"),
		Events:   []contract.Event{{Kind: contract.EventResponded, At: inChina("2024-09-02 21:00:00"), Source: "events.csv:88"}},
	}, inChina("2024-09-03 00:00:00"))
	if err != nil {
		log.Fatal(err)
	}
	for i, step := range m.Explain().Steps {
		fmt.Printf("%d %s: %s\n", i+1, step.Name, step.Value.Text)
	}
	// Output:
	// 1 received: 2024-09-02T09:00:00+08:00
	// 2 within, on the clock: 12h0m0s
	// 3 due: 2024-09-02T21:00:00+08:00
	// 4 responded: 2024-09-02T21:00:00+08:00
	// 5 late: no
}

// The body and the contents number the fees differently, so that both numbers are printed.
func ExampleDocument_Cite() {
	data, err := os.ReadFile("testdata/sample/contract.json")
	if err != nil {
		fmt.Println(err)
		return
	}
	doc, err := contract.Parse(data)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(doc.Cite("repair"))
	fmt.Println(doc.Cite("support fees"))
	fmt.Println(doc.Cite("provider breach"))
	// Output:
	// 4.1(2)
	// 8.1(1) (contents 7.1)
	// contents 10.2
}
