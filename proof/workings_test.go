package proof

import (
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
)

var update = flag.Bool("update", false, "write the golden files anew")

// workings are whole derivations, as an engine writes them. They are what the
// golden files show, what is tampered with, and where fuzzing starts.
var workings = map[string]func() *Working{
	"interest": func() *Working { return debtOf200000().done() },
	"visit":    func() *Working { return visitOfApril().done() },
	"response": func() *Working {
		n := newNotes(`"technical response" of a request received on 2024-04-03`)
		q := april24.with(rows("2024-04-04 statutory", "2024-04-05 rest", "2024-04-06 rest", "2024-04-07 work", "2024-04-09 09:00-12:00")).quote(n)
		received := n.fact("received", at("2024-04-03T17:20:00+08:00"))
		within := n.term("within", dur("1h0m0s"), "5.2", "/targets/technical response/within")
		due := n.derive(Reach, "due", at("2024-04-08T09:20:00+08:00"), received, within, q.hours)
		n.clause("5.2")
		responded := n.fact("responded", at("2024-04-08T09:20:00+08:00"))
		n.derive(Late, "late", TruthOf(false), responded, due)
		n.clause("5.2")
		return n.done()
	},
	"repair": func() *Working {
		n := newNotes(`"repair" reported on 2025-09-25`)
		q := autumn25.quote(n)
		received := n.fact("received", at("2025-09-25T15:00:00+08:00"))
		within := n.term("within", DaysOf(7), "4.1(2)", "/targets/repair/within")
		without := n.term("a working day without a window", WordOf("ends as mon"), "1.2", "/workingDays/office/withoutWindow")
		day := n.derive(DayOf, "day of receipt", on("2025-09-25"), received, q.zone)
		last := n.derive(Nth, "last day", on("2025-10-11"), day, within, q.days)
		n.clause("4.1(2)")
		n.derive(Close, "due", at("2025-10-11T18:00:00+08:00"), last, q.hours, without)
		n.clause("4.1(2)")
		return n.done()
	},
	"paused-repair": func() *Working {
		n := newNotes(`"repair" reported on 2026-04-28, paused in May, and what remains of it`)
		q := labour26.quote(n)
		received := n.fact("received", at("2026-04-28T10:00:00+08:00"))
		paused := n.fact("paused", pause("2026-05-07T09:00:00+08:00", "2026-05-08T12:00:00+08:00"))
		again := n.fact("paused", pause("2026-05-08T11:00:00+08:00", "2026-05-08T12:00:00+08:00"))
		within := n.term("within", DaysOf(7), "4.1(2)", "/targets/repair/within")
		without := n.term("a working day without a window", WordOf("ends as mon"), "1.2", "/workingDays/office/withoutWindow")
		skip := n.term("skips", WordOf("touched days are skipped"), "4.1(2)", "/targets/repair/pauses/onDays")
		day := n.derive(DayOf, "day of receipt", on("2026-04-28"), received, q.zone)
		last := n.derive(Nth, "last day", on("2026-05-13"), day, within, q.days, q.hours, without, skip, paused, again)
		n.clause("4.1(2)")
		due := n.derive(Close, "due", at("2026-05-13T18:00:00+08:00"), last, q.hours, without)
		lost := n.derive(Paused, "paused service time", dur("11h0m0s"), received, due, q.hours, paused, again)
		n.derive(Reach, "rolled", at("2026-05-15T12:00:00+08:00"), due, lost, q.hours)
		n.derive(Open, "left", dur("60h0m0s"), received, due, q.hours, paused, again)
		return n.done()
	},
	"e-mail": func() *Working {
		n := newNotes(`"e-mail response" of a request received on 2025-09-26, answered late`)
		q := autumn25.quote(n)
		received := n.fact("received", at("2025-09-26T17:30:00+08:00"))
		within := n.term("within", dur("12h0m0s"), "4.1(1)", "/targets/e-mail response/within")
		base := n.derive(Elapse, "due", at("2025-09-27T05:30:00+08:00"), received, within)
		n.clause("4.1(1)")
		due := n.derive(Opening, "rolled", at("2025-09-29T09:00:00+08:00"), base, q.hours)
		n.clause("4.1(1)")
		responded := n.fact("responded", at("2025-09-29T13:30:00+08:00"))
		n.derive(IsOpen, "", TruthOf(true), responded, q.hours)
		n.derive(Min, "event", at("2025-09-29T09:00:00+08:00"), due, responded)
		n.derive(Midnight, "", at("2025-09-30T00:00:00+08:00"), n.derive(DayOf, "", on("2025-09-29"), due, q.zone), q.zone)
		n.derive(SameTime, "", at("2025-09-29T17:30:00+08:00"), received, len(n.Steps)-1, q.zone)
		n.derive(Length, "overrun", dur("4h30m0s"), due, responded)
		n.derive(Open, "overrun in service time", dur("3h30m0s"), due, responded, q.hours)
		late := n.derive(Late, "late", TruthOf(true), responded, due)
		reason := n.fact("excuse", WordOf("power cut"))
		n.derive(Excuse, "breach", TruthOf(false), late, reason)
		return n.done()
	},
	"loan": func() *Working {
		n := newNotes("a repair for which a loan unit was delivered in time")
		received := n.fact("received", at("2025-09-26T17:30:00+08:00"))
		due := n.derive(Elapse, "due", at("2025-09-27T05:30:00+08:00"), received, n.term("within, on the clock", dur("12h0m0s"), "4.1(1)", "/targets/repair/within"))
		delivered := n.fact("extended", at("2025-09-27T05:30:00+08:00"))
		late := n.derive(Late, "late", TruthOf(false), delivered, due)
		reason := n.fact("reason", WordOf("loan unit"))
		reasons := []int{n.term("reason for more time", WordOf("spare part"), "4.1(1)", "/targets/repair/extension/reasons/0"), n.term("reason for more time", WordOf("loan unit"), "4.1(1)", "/targets/repair/extension/reasons/1")}
		n.derive(Grant, "more time", TruthOf(true), late, reason, reasons[0], reasons[1])
		n.derive(Elapse, "due", at("2025-10-02T05:30:00+08:00"), delivered, n.term("within, on the clock", dur("120h0m0s"), "4.1(1)", "/targets/repair/extension/within"))
		return n.done()
	},
	"attainment": func() *Working {
		n := newNotes("attainment of March 2024")
		met := n.fact("met", num("38"))
		breached := n.fact("breached", num("2"))
		open := n.fact("open and late", num("1"))
		of := n.derive(Add, "measurements counted", num("41"), met, breached, open)
		n.derive(Sub, "breached", num("3"), of, met)
		rate := n.derive(Share, "attainment", pct("3800/41%"), met, of)
		n.clause("10.2")
		places := n.term("places", num("2"), "10.2", "/attainment/compared")
		mode := n.put(Step{Op: Rule, Name: "rounding", Value: WordOf("half up"), Source: &Source{In: "GB/T 8170"}})
		rounded := n.derive(Round, "attainment", pct("92.68%"), rate, places, mode)
		atLeast := n.term("attainment at least", pct("95%"), "10.2", "/attainment/bands/0")
		n.derive(AtLeast, "reached", TruthOf(false), rounded, atLeast)
		n.clause("10.2")
		return n.done()
	},
	"satisfaction": func() *Working {
		n := newNotes("satisfaction of the second quarter of 2024, weighted")
		var weighed []int
		for _, answer := range [][3]string{{"very satisfied", "56", "100%"}, {"satisfied", "30", "70%"}, {"neutral", "9", "50%"}, {"dissatisfied", "5", "30%"}} {
			count := n.fact(answer[0], num(answer[1]))
			weighed = append(weighed, count, n.term("weight", pct(answer[2]), "4.1(3)", "/satisfaction/weights/"+answer[0]))
		}
		// (5600 + 2100 + 450 + 150) / 100
		mean := n.derive(Mean, "satisfaction", pct("83%"), weighed...)
		n.clause("4.1(3)")
		atLeast := n.term("satisfaction at least", pct("90%"), "4.1(3)", "/satisfaction/atLeast")
		n.derive(AtLeast, "reached", TruthOf(false), mean, atLeast)
		n.clause("4.1(3)")
		return n.done()
	},
	"questions": func() *Working { return questionsOfApril().done() },
	"warning": func() *Working {
		n := newNotes("warning at 75 % of four service hours")
		q := april24.quote(n)
		received := n.fact("received", at("2024-04-03T16:00:00+08:00"))
		within := n.term("within, service time", dur("4h0m0s"), "5.2", "/targets/technical response/within")
		share := n.term("warning at", pct("75%"), "5.2", "/targets/technical response/warnings/0")
		part := n.derive(Part, "time until the warning", dur("3h0m0s"), within, share)
		// Two hours on the day before the festival, the third on the Monday after it.
		n.derive(Reach, "warning", at("2024-04-08T10:00:00+08:00"), received, part, q.hours)
		n.clause("5.2")
		return n.done()
	},
	"two-versions": func() *Working {
		n := newNotes("hours that change on 2024-04-01")
		a := april24.with(func(s *schedule) { covering("2024-03-01..2024-03-31")(s); rows()(s) }).quote(n)
		b := april24.with(func(s *schedule) {
			covering("2024-04-01..2024-04-30")(s)
			windows("mon-fri 08:00-12:00 13:00-18:00")(s)
		}).quote(n)
		n.Steps[b.hours-1].Args[0] = a.zone
		hours := n.derive(Join, "service hours", Value{Period, "2024-03-01..2024-04-30"}, a.hours, b.hours)
		received := n.fact("received", at("2024-03-29T17:00:00+08:00"))
		within := n.term("within", dur("2h0m0s"), "5.2", "/targets/technical response/within")
		n.derive(Reach, "due", at("2024-04-01T09:00:00+08:00"), received, within, hours)
		return n.done()
	},
}

// visitOfApril has the operations that hold nothing of interest: a visit of work on
// a make-up Sunday and the Monday after, its invoice, and when that is due.
func visitOfApril() *notes {
	n := newNotes("the invoice of a visit, and its due date")
	q := april24.quote(n)
	from, to := n.fact("from", at("2024-04-07T22:00:00+08:00")), n.fact("to", at("2024-04-08T10:20:00+08:00"))
	worked := n.derive(Length, "hours worked", dur("12h20m0s"), from, to)
	half := n.term("increment", dur("30m0s"), "8.1(2)", "/fees/items/repair/increment")
	up := n.put(Step{Op: Rule, Name: "rounding", Value: WordOf("up"), Source: &Source{In: "an increment is charged whole"}})
	rounded := n.derive(Round, "hours charged", dur("12h30m0s"), worked, half, up)
	least := n.term("minimum", dur("1h0m0s"), "8.1(2)", "/fees/items/repair/atLeast")
	charged := n.derive(Max, "hours charged", dur("12h30m0s"), rounded, least)
	n.Steps[len(n.Steps)-1].Mark = MinimumNotNeeded
	left := charged
	for _, b := range []struct {
		word       string
		time, left string
	}{{"make-up day", "2h0m0s", "10h30m0s"}, {"rest day", "0s", "10h30m0s"}, {"statutory holiday", "0s", "10h30m0s"}, {"out of hours", "9h0m0s", "1h30m0s"}} {
		word := n.put(Step{Op: Rule, Name: "band", Value: WordOf(b.word), Source: &Source{In: "time bands"}})
		in := n.derive(InBand, "time "+b.word, dur(b.time), from, to, q.hours, q.days, word)
		left = n.derive(Sub, "time left", dur(b.left), left, in)
	}
	normal := n.put(Step{Op: Rule, Name: "band", Value: WordOf("normal"), Source: &Source{In: "time bands"}})
	in := n.derive(InBand, "time normal", dur("1h20m0s"), from, to, q.hours, q.days, normal)
	n.derive(MoreThan, "rounding added time", TruthOf(true), left, in)
	class, low := n.fact("fault class", WordOf("serious")), n.fact("difficulty", WordOf("low"))
	cells := []int{class, low}
	for _, c := range []string{"ordinary, low: 1", "serious, low: 1.5"} {
		cells = append(cells, n.term("factor", Value{Cell, c}, "8.1(2)", "/fees/factors/fault and difficulty/table"))
	}
	factor := n.derive(Entry, "factor", num("1.5"), cells...)
	hour := n.put(Step{Op: Rule, Name: "one hour", Value: dur("1h0m0s"), Source: &Source{In: "unit of time"}})
	hours := n.derive(Div, "hours", num("1.5"), left, hour)
	price := n.term("price", cny("300.00"), "8.1(2)", "/fees/items/repair/price")
	net := n.derive(Mul, "amount", cny("675.00"), price, hours, factor)
	cap := n.term("cap", cny("600.00"), "8.1(2)", "/cap")
	net = n.derive(Min, "amount", cny("600.00"), net, cap)
	n.Steps[len(n.Steps)-1].Mark = CapReached
	bands := []int{n.fact("attainment", pct("92.5%"))}
	for _, b := range []string{"below 95%: 5%", "from 95%: 0%"} {
		bands = append(bands, n.term("band", Value{Band, b}, "10.2", "/serviceCredits/monthly attainment/bands"))
	}
	rate := n.derive(Find, "credit rate", pct("5%"), bands...)
	none := n.put(Step{Op: Rule, Name: "nothing", Value: pct("0%"), Source: &Source{In: "no credit"}})
	rate = n.derive(Choose, "credit rate", pct("5%"), n.derive(MoreThan, "counted", TruthOf(true), n.fact("measurements", num("41")), n.term("fewest", num("20"), "10.2", "/attainment/fewest")), rate, none)
	credit := n.derive(Mul, "credit", cny("30.00"), net, rate)
	one := n.put(Step{Op: Rule, Name: "part", Value: num("1"), Source: &Source{In: "largest remainder"}})
	two := n.fact("quantity", num("2"))
	part := n.derive(Split, "part of the tax", cny("10.00"), credit, one, one, two)
	payable := n.derive(Sub, "payable", cny("590.00"), net, part)

	received := n.fact("invoice received", on("2024-03-06"))
	word := n.term("rest day", WordOf("rolls over rest days"), "8.2", "/payments/repairs/restDay")
	last := n.derive(After, "before rolling", on("2024-04-05"), received, n.term("after", SpanOf("30 days"), "8.2", "/payments/repairs/due/span"))
	due := n.derive(Roll, "due date", on("2024-04-07"), last, word, q.days)
	before := n.derive(NthBack, "last dispatch", on("2024-04-02"), due, n.term("after dispatch", DaysOf(2), "14.1", "/notices/post/deemed"), q.days)
	month := n.derive(Before, "notice", on("2024-03-07"), due, n.term("notice", SpanOf("1 month"), "8.2", "/renewal/unless/span"), n.term("month end", WordOf("last day"), "", "/periods/monthEnd"))
	n.derive(Max, "latest", on("2024-04-07"), month, due, before)
	n.derive(Closing, "last dispatch", at("2024-04-03T18:00:00+08:00"), n.derive(Midnight, "end of the day", at("2024-04-08T00:00:00+08:00"), due, q.zone), q.hours)
	n.derive(Between, "days", DaysOf(32), received, due)
	shown := n.derive(Latest, "index", num("104.2"), due, n.put(Step{Op: Row, Name: "index published", Value: Value{Period, "2024-01-01..2024-12-31"}, Source: &Source{In: "index"}}),
		n.put(Step{Op: Row, Name: "index", Value: Value{Dated, "2024-01-01 104.2"}, Source: &Source{In: "index"}}))
	n.derive(Mul, "payable", cny("61478.00"), payable, shown)
	return n
}

// questionsOfApril has the operations of questions that are asked of hours and working
// days alone.
func questionsOfApril() *notes {
	n := newNotes("service around Qingming 2024, of the office or of a hotline")
	q := april24.quote(n)
	asked := func(word string) int {
		return n.put(Step{Op: Rule, Name: "asked", Value: WordOf(word), Source: &Source{In: "asked"}})
	}
	hotline := slices.Clone(n.Steps[q.hours-1].Args)
	hotline[1] = n.term("service hours", Value{Week, "mon-sun 08:00-10:00"}, "1.2", "/hours/hotline/week")
	hotline[2] = n.term("holidays", WordOf("open"), "1.2", "/hours/hotline/holidays")
	days := Value{Period, "2024-03-01..2024-04-30"}
	both := n.derive(Combine, "service hours", days, q.hours, asked("either"), n.derive(Hours, "service hours", days, hotline...))
	after := n.fact("after", at("2024-04-03T17:00:00+08:00"))
	n.derive(Turn, "next opening", at("2024-04-04T08:00:00+08:00"), after, asked("next opening"), both)
	n.derive(ReachBack, "start", at("2024-04-03T16:00:00+08:00"), n.fact("end", at("2024-04-08T09:00:00+08:00")), n.fact("service time", dur("2h0m0s")), q.hours)
	d, e := n.fact("from", on("2024-04-03")), n.fact("to", on("2024-04-08"))
	n.derive(Works, "working day", TruthOf(false), n.fact("day", on("2024-04-05")), q.days)
	n.derive(Counted, "working days", DaysOf(2), d, e, asked("(]"), q.days)
	n.derive(LastOfMonth, "last working day", on("2024-04-30"), d, q.days)
	n.derive(KindOfDay, "day", WordOf("make-up day"), n.fact("day", on("2024-04-07")), q.hours, n.put(Step{Op: Row, Name: "weekend", Value: WordOf("sat-sun"), Source: &Source{In: "calendar cn 2023-10-25"}}))
	return n
}

// golden holds text against a file of testdata.
func golden(t *testing.T, name, text string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		require.NoError(t, os.WriteFile(path, []byte(text), 0o644))
	}
	want, err := os.ReadFile(path)
	require.NoError(t, err)
	require.Equal(t, string(want), text, "%s; go test ./proof -update writes it anew", path)
}

func TestGolden(t *testing.T) {
	for name, working := range workings {
		t.Run(name, func(t *testing.T) {
			w := working()
			require.NoError(t, w.Check().Err())
			require.True(t, w.Sealed())
			golden(t, name+".en.golden", w.Text(English))
			golden(t, name+".zh.golden", w.Text(Chinese))
			require.Equal(t, w.Text(English), w.Text("fr"), "an unknown language is English")

			data, err := json.MarshalIndent(w, "", " ")
			require.NoError(t, err)
			golden(t, name+".json", string(data)+"\n")
			again, err := Decode(data)
			require.NoError(t, err)
			require.Equal(t, w, again)
		})
	}
}

// Together the workings use every operation, so that tampering meets each.
func TestWorkingsUseEveryOperation(t *testing.T) {
	used := map[Op]bool{}
	for _, working := range workings {
		for _, s := range working().Steps {
			used[s.Op] = true
		}
	}
	for _, op := range allOps(t) {
		require.True(t, used[op], string(op))
	}
}

// copied is a deep copy, so that each tampering starts from what was written.
func copied(w *Working) *Working {
	c := *w
	c.Steps = slices.Clone(w.Steps)
	for i := range c.Steps {
		c.Steps[i].Args = slices.Clone(c.Steps[i].Args)
		if s := c.Steps[i].Source; s != nil {
			source := *s
			c.Steps[i].Source = &source
		}
	}
	return &c
}

// resealed is what a forger sends: the result follows the last step, and the seal is new.
func resealed(w *Working) *Working {
	w.Result = w.Steps[len(w.Steps)-1].Value
	w.Seal = w.ComputeSeal()
	return w
}

func TestTampering(t *testing.T) {
	for name, working := range workings {
		t.Run(name, func(t *testing.T) {
			w := working()
			for i := range w.Steps {
				step := w.Steps[i]
				switch {
				case step.Op.Premise():
					// A premise is not proved; whatever follows from it is.
					c := copied(w)
					c.Steps[i].Value = altered(step.Value)
					require.False(t, c.Sealed())
					if v := resealed(c).Check(); v.Outcome != Holds {
						require.Greater(t, v.Step, i+1, "%d: %v", i+1, v)
					}
				case step.Op == Zone: // its value is a name
				default:
					c := copied(w)
					c.Steps[i].Value = altered(step.Value)
					require.False(t, c.Sealed())
					v := resealed(c).Check()
					require.Equal(t, Fails, v.Outcome)
					require.Equal(t, i+1, v.Step, v.Reason)
				}
				for j := range step.Args {
					for arg := 0; arg <= len(w.Steps)+1; arg++ {
						if arg == step.Args[j] {
							continue
						}
						c := copied(w)
						c.Steps[i].Args[j] = arg
						require.False(t, c.Sealed())
						v := resealed(c).Check()
						if v.Outcome == Holds {
							// Another step that says the same, or that changes nothing that follows.
							require.True(t, arg >= 1 && arg <= i && w.Steps[arg-1].Value.Kind == w.Steps[step.Args[j]-1].Value.Kind, "step %d takes %d for %d", i+1, arg, step.Args[j])
							continue
						}
						require.Equal(t, Fails, v.Outcome)
						if v.Step < i+1 { // what the step took before is taken by none now
							require.Equal(t, step.Args[j], v.Step, v.Reason)
							require.Equal(t, "is quoted, and no step takes it", v.Reason)
						}
					}
				}
				if len(step.Args) > 0 {
					c := copied(w)
					c.Steps[i].Args = c.Steps[i].Args[:len(step.Args)-1]
					require.False(t, c.Sealed())
				}
				// Each text counts in the seal.
				for k, change := range []func(s *Step){
					func(s *Step) { s.Name += "x" }, func(s *Step) { s.Clause += "1" }, func(s *Step) { s.Mark += "x" }, func(s *Step) { s.Op += "x" },
					func(s *Step) { s.Value.Kind += "x" }, func(s *Step) { s.Source = &Source{} }, func(s *Step) { s.Args = append(s.Args, 1) },
				} {
					c := copied(w)
					change(&c.Steps[i])
					require.False(t, c.Sealed(), k)
				}
			}
			c := copied(w)
			c.Steps = c.Steps[:len(c.Steps)-1]
			c.Seal = c.ComputeSeal()
			require.Equal(t, Fails, c.Check().Outcome, "cut short")
			require.Equal(t, 0, c.Check().Step)

			c = copied(w)
			c.About += "?"
			require.False(t, c.Sealed())
			c = copied(w)
			c.Result = altered(c.Result)
			require.False(t, c.Sealed())
			c.Seal = c.ComputeSeal()
			require.Equal(t, 0, c.Check().Step)
			require.Equal(t, Fails, c.Check().Outcome)

			// Rows out of order, in every calendar that has two.
			for i := range w.Steps {
				if op := w.Steps[i].Op; op == Hours && len(w.Steps[i].Args) > 6 || op == WorkingDays && len(w.Steps[i].Args) > 4 {
					c := copied(w)
					args := c.Steps[i].Args
					from := map[Op]int{Hours: 5, WorkingDays: 3}[op]
					args[from], args[from+1] = args[from+1], args[from]
					v := resealed(c).Check()
					require.Equal(t, Fails, v.Outcome)
					require.Equal(t, i+1, v.Step)
				}
			}
		})
	}
}

// A seal tells apart what only a boundary between texts tells apart.
func TestSealIsUnambiguous(t *testing.T) {
	a := &Working{Format: Format, Steps: []Step{{Name: "ab", Clause: "c"}, {Args: []int{1}}}}
	b := &Working{Format: Format, Steps: []Step{{Name: "a", Clause: "bc"}, {Args: []int{1}}}}
	require.NotEqual(t, a.ComputeSeal(), b.ComputeSeal())
	c := &Working{Format: Format, Steps: []Step{{Name: "ab", Clause: "c", Args: []int{}}, {Args: []int{1}}}}
	require.Equal(t, a.ComputeSeal(), c.ComputeSeal(), "no operands and an empty list of them are the same")
	d := &Working{Format: Format, Steps: []Step{{Name: "ab", Clause: "c", Source: &Source{}}, {Args: []int{1}}}}
	require.NotEqual(t, a.ComputeSeal(), d.ComputeSeal())
	require.Equal(t, "685f6fb239e57904ea11593106baff37000dc7a1c964b89ad1e164f865ef0f0d", a.ComputeSeal(), "the encoding is part of the format: it does not change")
}
