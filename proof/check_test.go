package proof

import (
	"errors"
	"fmt"
	"go/parser"
	"go/token"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func TestArithmeticByHand(t *testing.T) {
	for _, c := range []struct {
		why  string
		op   Op
		args []Value
		want Value
	}{
		{"exact in decimals", Add, []Value{num("0.1"), num("0.2")}, num("0.3")},
		{"one number is its own sum", Add, []Value{num("38")}, num("38")},
		{"thirds", Add, []Value{num("1/3"), num("1/6"), num("-0.5")}, num("0")},
		{"below zero", Sub, []Value{num("1"), num("2.5")}, num("-1.5")},
		{"a share that no decimal holds", Share, []Value{num("38"), num("41")}, pct("3800/41%")},
		{"percentages weighed by their counts", Mean, []Value{num("1"), pct("100%"), num("2"), pct("70%")}, pct("80%")},
		{"a count of none weighs nothing", Mean, []Value{num("0"), pct("10%"), num("3"), pct("70%")}, pct("70%")},
		{"a share of time in time", Share, []Value{ElapsedOf(43 * time.Minute), ElapsedOf(time.Hour)}, pct("215/3%")},
		{"a share that one does", Share, []Value{num("86"), num("100")}, pct("86%")},
		{"a percent by the places of its figure", Round, []Value{pct("3800/41%"), num("2"), WordOf("half up")}, pct("92.68%")},
		{"a tie up is away from zero", Round, []Value{num("-2.5"), num("0"), WordOf("half up")}, num("-3")},
		{"a tie down is towards zero", Round, []Value{num("-2.5"), num("0"), WordOf("half down")}, num("-2")},
		{"past a tie, half down goes up", Round, []Value{num("2.51"), num("0"), WordOf("half down")}, num("3")},
		{"a tie to the even below", Round, []Value{num("2.5"), num("0"), WordOf("half even")}, num("2")},
		{"a tie to the even above", Round, []Value{num("3.5"), num("0"), WordOf("half even")}, num("4")},
		{"up is away from zero", Round, []Value{num("-1/3"), num("2"), WordOf("up")}, num("-0.34")},
		{"down is towards zero", Round, []Value{num("-2/3"), num("2"), WordOf("down")}, num("-0.66")},
		{"up leaves what is exact", Round, []Value{num("0.25"), num("2"), WordOf("up")}, num("0.25")},

		{"clock time by night and weekend", Elapse, []Value{at("2025-09-26T17:30:00+08:00"), dur("12h0m0s")}, at("2025-09-27T05:30:00+08:00")},
		{"in another offset it is the same instant", Elapse, []Value{at("2025-09-26T17:30:00+08:00"), dur("12h0m0s")}, at("2025-09-26T21:30:00Z")},
		{"outside a pause", Elapse, []Value{at("2024-03-04T10:00:00Z"), dur("4h0m0s"), pause("2024-03-04T11:00:00Z", "2024-03-04T12:00:00Z")}, at("2024-03-04T15:00:00Z")},
		{"used up when the pause begins", Elapse, []Value{at("2024-03-04T10:00:00Z"), dur("1h0m0s"), pause("2024-03-04T11:00:00Z", "2024-03-04T12:00:00Z")}, at("2024-03-04T11:00:00Z")},
		{"nothing to pass, inside a pause", Elapse, []Value{at("2024-03-04T11:30:00Z"), dur("0s"), pause("2024-03-04T11:00:00Z", "2024-03-04T12:00:00Z")}, at("2024-03-04T11:30:00Z")},
		{"from inside a pause", Elapse, []Value{at("2024-03-04T11:30:00Z"), dur("1m0s"), pause("2024-03-04T11:00:00Z", "2024-03-04T12:00:00Z")}, at("2024-03-04T12:01:00Z")},
		{"pauses out of order, one in the other, one empty, one past", Elapse, []Value{at("2024-03-04T10:00:00Z"), dur("4h0m0s"), pause("2024-03-04T13:00:00Z", "2024-03-04T14:00:00Z"),
			pause("2024-03-04T11:00:00Z", "2024-03-04T12:00:00Z"), pause("2024-03-04T11:10:00Z", "2024-03-04T11:20:00Z"), pause("2024-03-04T10:30:00Z", "2024-03-04T10:30:00Z"),
			pause("2024-03-04T08:00:00Z", "2024-03-04T09:00:00Z")}, at("2024-03-04T16:00:00Z")},
		{"a length", Length, []Value{at("2024-03-04T10:00:00Z"), at("2024-03-04T19:00:01+08:00")}, dur("1h0m1s")},
		{"a length backwards, outside a pause", Length, []Value{at("2024-03-04T14:00:00Z"), at("2024-03-04T10:00:00Z"), pause("2024-03-04T11:00:00Z", "2024-03-04T12:00:00Z")}, dur("-3h0m0s")},
		{"the earliest, of one instant twice the first", Min, []Value{at("2024-03-04T14:00:00Z"), at("2024-03-04T10:00:00Z"), at("2024-03-04T18:00:00+08:00")}, at("2024-03-04T18:00:00+08:00")},

		{"exactly at the due instant is in time", Late, []Value{at("2026-02-13T18:00:00+08:00"), at("2026-02-13T10:00:00Z")}, TruthOf(false)},
		{"a nanosecond later is late", Late, []Value{at("2026-02-13T18:00:00.000000001+08:00"), at("2026-02-13T18:00:00+08:00")}, TruthOf(true)},
		{"at least includes the figure", AtLeast, []Value{pct("95%"), pct("95%")}, TruthOf(true)},
		{"94.999…% is not 95%", AtLeast, []Value{pct("3800/41%"), pct("95%")}, TruthOf(false)},
		{"numbers too", AtLeast, []Value{num("41"), num("20")}, TruthOf(true)},
	} {
		t.Run(c.why, func(t *testing.T) {
			n := newNotes(c.why)
			var args []int
			for _, v := range c.args {
				args = append(args, n.fact("", v))
			}
			n.derive(c.op, "", c.want, args...)
			w := n.done()
			require.Equal(t, Verdict{Outcome: Holds}, w.Check())

			last := &w.Steps[len(w.Steps)-1]
			others := []Value{altered(c.want)}
			if c.want.Kind == Instant {
				others = append(others, InstantOf(must(read(c.want)).(time.Time).Add(-1)))
			}
			for _, other := range others {
				last.Value = other
				w.Result = other
				v := w.Check()
				require.Equal(t, Fails, v.Outcome)
				require.Equal(t, len(w.Steps), v.Step)
			}
		})
	}
}

// late24 is a working with something of everything to be spoilt.
func late24() *notes {
	n := newNotes("was Monday's call answered in time")
	q := april24.quote(n)
	received := n.fact("received", at("2024-03-04T11:58:30+08:00"))
	within := n.term("within", dur("3m0s"), "4.1(1)", "/targets/phone response/within")
	due := n.derive(Reach, "due", at("2024-03-04T13:01:30+08:00"), received, within, q.hours)
	responded := n.fact("responded", at("2024-03-04T13:01:30+08:00"))
	n.derive(Late, "late", TruthOf(false), responded, due)
	return n
}

// stepOf returns the first step of the operation, counted from 1.
func (n *notes) stepOf(op Op) int {
	for i := range n.Steps {
		if n.Steps[i].Op == op {
			return i + 1
		}
	}
	panic(op)
}

func TestCheckRefuses(t *testing.T) {
	last := func(n *notes) *Step { return &n.Steps[len(n.Steps)-1] }
	for _, c := range []struct {
		why     string
		spoil   func(n *notes) (step int)
		outcome Outcome
		reason  string
	}{
		{"format", func(n *notes) int { n.Format = "contract.working/2"; return 0 }, CannotCheck, `the format is "contract.working/2"; this version reads "contract.working/1"`},
		{"result", func(n *notes) int { n.Result = TruthOf(true); return 0 }, Fails, "the result says yes, the last step gives no"},
		{"result of another kind", func(n *notes) int { n.Result = WordOf("no"); return 0 }, Fails, "the result says word no, the last step gives truth no"},
		{"cut short", func(n *notes) int { n.Steps = n.Steps[:len(n.Steps)-1]; return 0 }, Fails, "the result says truth no, the last step gives instant 2024-03-04T13:01:30+08:00"},
		{"operation", func(n *notes) int { last(n).Op = "mul"; return len(n.Steps) }, CannotCheck, `the operation "mul" is not known`},
		{"kind", func(n *notes) int { n.Steps[0].Value.Kind = "weight"; return 1 }, CannotCheck, `the kind "weight" is not known`},
		{"mark", func(n *notes) int { last(n).Mark = "waived"; return len(n.Steps) }, CannotCheck, `the mark "waived" is not known`},
		{"the mark of a bound on a late step", func(n *notes) int { last(n).Mark = CapReached; return len(n.Steps) }, Fails, `is not marked "in time"`},
		{"the mark of a bound on another step", func(n *notes) int { i := n.stepOf(Reach); n.Steps[i-1].Mark = CapReached; return i }, Fails, "which is for a figure and its bound"},
		{"mark missing", func(n *notes) int { last(n).Mark = ""; return len(n.Steps) }, Fails, `is not marked "in time"`},
		{"mark on another operation", func(n *notes) int { i := n.stepOf(Reach); n.Steps[i-1].Mark = InTime; return i }, Fails, `is marked "in time", which only a late step that says no is`},
		{"mark on yes", func(n *notes) int {
			n.Steps[len(n.Steps)-2].Value = at("2024-03-04T13:01:31+08:00")
			last(n).Value = TruthOf(true)
			return len(n.Steps)
		}, Fails, `is marked "in time"`},
		{"spelling", func(n *notes) int {
			i := n.stepOf(Fact)
			n.Steps[i-1].Value.Text = "2024-03-04T11:58:30.0+08:00"
			return i
		}, Fails,
			`says "2024-03-04T11:58:30.0+08:00", whose one spelling is "2024-03-04T11:58:30+08:00"`},
		{"a text that is none of its kind", func(n *notes) int { i := n.stepOf(Fact); n.Steps[i-1].Value.Text = "noon"; return i }, Fails, `says "noon", which is no instant`},
		{"premise without a source", func(n *notes) int { i := n.stepOf(Fact); n.Steps[i-1].Source = nil; return i }, Fails, "does not say where it stands"},
		{"premise with a source that is nowhere", func(n *notes) int { i := n.stepOf(Fact); n.Steps[i-1].Source = &Source{At: "x"}; return i }, Fails, "does not say where it stands"},
		{"premise with operands", func(n *notes) int { i := n.stepOf(Fact); n.Steps[i-1].Args = []int{1}; return i }, Fails, "is a premise and has operands"},
		{"offset that is none", func(n *notes) int { i := n.stepOf(Fact); n.Steps[i-1].Op = Offset; return i }, Fails, "has the operation offset and the kind instant"},
		{"offset quoted as a fact", func(n *notes) int { n.Steps[0].Op = Fact; return 1 }, Fails, "offsets of a zone are quoted by offset steps"},
		{"derived step with a source", func(n *notes) int { last(n).Source = &Source{In: "document"}; return len(n.Steps) }, Fails, "is derived and names a source"},
		{"its own operand", func(n *notes) int { last(n).Args[0] = len(n.Steps); return len(n.Steps) }, Fails, "which is not an earlier step"},
		{"step 0", func(n *notes) int { last(n).Args[0] = 0; return len(n.Steps) }, Fails, "takes step 0 as its operand 1, which is not an earlier step"},
		{"a step before all", func(n *notes) int { last(n).Args[0] = -1 << 63; return len(n.Steps) }, Fails, "which is not an earlier step"},
		{"no operands", func(n *notes) int { last(n).Args = nil; return len(n.Steps) }, Fails, "has 0 operands; operand 1 would be an instant"},
		{"an operand too many", func(n *notes) int { last(n).Args = append(last(n).Args, 1); return len(n.Steps) }, Fails, "has 3 operands; it takes 2"},
		{"hours that are none", func(n *notes) int { i := n.stepOf(Reach); n.Steps[i-1].Args[2] = n.stepOf(WorkingDays); return i }, Fails, "as its operand 3, which would be service hours"},
		{"the period of hours instead of hours", func(n *notes) int {
			i := n.stepOf(Reach)
			n.Steps[i-1].Args[2] = n.Steps[n.stepOf(Hours)-1].Args[4]
			return i
		}, Fails,
			"a row step of kind period, as its operand 3, which would be service hours"},
		{"a zone that is none", func(n *notes) int { i := n.stepOf(Hours); n.Steps[i-1].Args[0] = 1; return i }, Fails, "would be a zone"},
		{"a day that is quoted as a fact", func(n *notes) int {
			a := n.Steps[n.stepOf(Hours)-1].Args[5]
			n.Steps[a-1].Op = Fact
			return n.stepOf(Hours)
		}, Fails, "would be a day row or agreed hours"},
		{"hours of another period than quoted", func(n *notes) int {
			i := n.stepOf(Hours)
			n.Steps[i-1].Value = Value{Period, "2024-03-01..2024-05-31"}
			return i
		}, Fails,
			"says 2024-03-01..2024-05-31, the steps before give 2024-03-01..2024-04-30"},
		{"a zone of another kind", func(n *notes) int { i := n.stepOf(Zone); n.Steps[i-1].Value = TruthOf(true); return i }, Fails, "the value of a zone step is a word"},
		{"an instant with another offset than its zone", func(n *notes) int { i := n.stepOf(Reach); n.Steps[i-1].Value = at("2024-03-04T05:01:30Z"); return i }, Fails,
			"says 2024-03-04T05:01:30Z, the steps before give 2024-03-04T13:01:30+08:00"},

		{"too many steps", func(n *notes) int { n.Steps = make([]Step, maxSteps+1); return 0 }, CannotCheck, "it has 20001 steps"},
		{"too many operands", func(n *notes) int { last(n).Args = make([]int, maxArgs); return 0 }, CannotCheck, "more than 200000 operands"},
		{"a text too long", func(n *notes) int { last(n).Name = strings.Repeat("x", maxText+1); return len(n.Steps) }, CannotCheck, "a text of 4097 bytes"},
		{"a source too long", func(n *notes) int { n.Steps[0].Source.At = strings.Repeat("x", maxText+1); return 1 }, CannotCheck, "a text of 4097 bytes"},
		{"a question too long", func(n *notes) int { n.About = strings.Repeat("x", maxText+1); return 0 }, CannotCheck, "a text of 4097 bytes"},
		{"a period too long", func(n *notes) int { i := n.stepOf(Row); n.Steps[i-1].Value.Text = "1900-01-01..2099-12-31"; return i }, CannotCheck, "has 73049 days"},
		{"too many digits", func(n *notes) int {
			i := n.stepOf(Fact)
			n.Steps[i-1].Value = num(strings.Repeat("9", maxDigits+1))
			return i
		}, CannotCheck, "a number of 401 digits"},
	} {
		t.Run(c.why, func(t *testing.T) {
			n := late24()
			w := n.done()
			require.NoError(t, w.Check().Err())
			step := c.spoil(n)
			v := w.Check()
			require.Equal(t, c.outcome, v.Outcome, v.Reason)
			require.Contains(t, v.Reason, c.reason)
			require.Equal(t, step, v.Step, v.Reason)
			require.False(t, w.Sealed())
		})
	}
}

func TestNumbersThatDoNotFit(t *testing.T) {
	refuses := func(reason string, op Op, args ...Value) {
		t.Helper()
		n := newNotes("")
		var numbers []int
		for _, v := range args {
			numbers = append(numbers, n.fact("", v))
		}
		n.derive(op, "", num("0"), numbers...)
		v := n.done().Check()
		require.Equal(t, Fails, v.Outcome)
		require.Contains(t, v.Reason, reason)
	}
	refuses("a share of nothing", Share, num("1"), num("0"))
	refuses("holds a number against an elapsed time", Share, num("1"), ElapsedOf(time.Hour))
	refuses("a mean of nothing", Mean, num("0"), pct("100%"))
	refuses("weighs nothing by its last operand; a percent follows each number", Mean, num("1"), pct("100%"), num("2"))
	refuses("takes a number and a number as its operands 1 and 2", Mean, num("1"), num("2"))
	refuses("rounds to -1 places", Round, num("1"), num("-1"), WordOf("up"))
	refuses("rounds to 1/3 places", Round, num("1"), num("1/3"), WordOf("up"))
	refuses("rounds to 101 places", Round, num("1"), num("101"), WordOf("up"))
	refuses("is not", Elapse, at("2024-03-04T10:00:00Z"), dur("-1s"))
	refuses("holds a number against a percent", AtLeast, num("1"), pct("1%"))
	refuses("longer than the 292 years", Length, at("0001-01-01T00:00:00Z"), at("9999-01-01T00:00:00Z"))
	refuses("would be a quoted word", Round, num("1"), num("0"), num("0"))
}

func TestJoin(t *testing.T) {
	march := april24.with(func(s *schedule) { covering("2024-03-01..2024-03-31")(s); rows()(s) })
	april := april24.with(func(s *schedule) {
		covering("2024-04-01..2024-04-30")(s)
		windows("mon-fri 08:00-12:00 13:00-18:00")(s)
		makeup("as mon")(s)
	})
	// joined is both versions of hours and days on one zone, and what is asked of them.
	joined := func(ask func(n *notes, a, b quotedSteps)) Verdict {
		n := newNotes("two versions")
		a := march.quote(n)
		b := april.quote(n)
		n.Steps[b.hours-1].Args[0] = a.zone
		ask(n, a, b)
		return n.done().Check()
	}
	whole := Value{Period, "2024-03-01..2024-04-30"}

	require.NoError(t, joined(func(n *notes, a, b quotedSteps) {
		hours := n.derive(Join, "service hours", whole, a.hours, b.hours)
		// Fri 29 March 17:00: an hour, then from 08:00 on Monday 1 April.
		n.derive(Reach, "due", at("2024-04-01T09:00:00+08:00"), n.fact("received", at("2024-03-29T17:00:00+08:00")), n.term("within", dur("2h0m0s"), "", "/x"), hours)
		// Sun 7 April is worked in the second version.
		n.derive(IsOpen, "", TruthOf(true), n.fact("", at("2024-04-07T08:00:00+08:00")), hours)
		days := n.derive(Join, "working days", whole, a.days, b.days)
		n.derive(Nth, "last day", on("2024-04-02"), n.fact("", on("2024-03-29")), n.term("within", DaysOf(2), "", "/x"), days)
		// A join of one is that one, and a join of a join is flat.
		again := n.derive(Join, "", whole, n.derive(Join, "", whole, days))
		n.derive(Nth, "", on("2024-04-02"), n.fact("", on("2024-03-29")), n.term("within", DaysOf(2), "", "/x"), again)
	}).Err())

	for reason, ask := range map[string]func(n *notes, a, b quotedSteps){
		"joins 2024-03-01..2024-03-31 to 2024-04-01..2024-04-30; the next would start on 2024-05-01": func(n *notes, a, b quotedSteps) { n.derive(Join, "", whole, b.hours, a.hours) },
		"joins service hours and working days":                                                       func(n *notes, a, b quotedSteps) { n.derive(Join, "", whole, a.hours, b.days) },
		"says 2024-03-01..2024-04-29, the steps before give": func(n *notes, a, b quotedSteps) {
			n.derive(Join, "", Value{Period, "2024-03-01..2024-04-29"}, a.hours, b.hours)
		},
		"would be service hours": func(n *notes, a, b quotedSteps) {
			n.derive(IsOpen, "", TruthOf(true), n.fact("", at("2024-04-07T08:00:00+08:00")), n.derive(Join, "", whole, a.days, b.days))
		},
		"joins hours of two zones": func(n *notes, a, b quotedSteps) {
			n.Steps[b.hours-1].Args[0] = b.zone
			n.derive(Join, "", whole, a.hours, b.hours)
		},
	} {
		v := joined(ask)
		require.Equal(t, Fails, v.Outcome)
		require.Contains(t, v.Reason, reason)
	}
}

func must[T any](x T, err error) T {
	if err != nil {
		panic(err)
	}
	return x
}

func TestNothing(t *testing.T) {
	var none *Working
	require.Equal(t, Verdict{Fails, 0, "the working is empty"}, none.Check())
	require.Equal(t, Verdict{Fails, 0, "the working is empty"}, new(Working).Check())
	require.Empty(t, none.Text(English))
	require.Empty(t, new(Working).Text(Chinese))
	require.False(t, none.Sealed())
	require.False(t, new(Working).Sealed())
	require.Empty(t, none.ComputeSeal())
	require.Error(t, Verdict{}.Err())
	require.Equal(t, "outcome 0", Verdict{}.String())
}

func TestVerdict(t *testing.T) {
	require.NoError(t, Verdict{Outcome: Holds}.Err())
	require.Equal(t, "holds", Verdict{Outcome: Holds}.String())
	require.EqualError(t, Verdict{Fails, 3, "says 2, the steps before give 1"}.Err(), "the working fails at step 3: says 2, the steps before give 1")
	require.EqualError(t, Verdict{CannotCheck, 0, "it is long"}.Err(), "the working cannot be checked: it is long")
	require.Equal(t, CannotCheck, verdict(1, errors.New("x")).Outcome)
}

// The checker is worth something only as long as it knows nothing of what it checks.
func TestImportsStandardLibraryOnly(t *testing.T) {
	files, err := os.ReadDir(".")
	require.NoError(t, err)
	for _, f := range files {
		if !strings.HasSuffix(f.Name(), ".go") || strings.HasSuffix(f.Name(), "_test.go") {
			continue
		}
		parsed, err := parser.ParseFile(token.NewFileSet(), f.Name(), nil, parser.ImportsOnly)
		require.NoError(t, err)
		for _, i := range parsed.Imports {
			path := must(strconv.Unquote(i.Path.Value))
			first, _, _ := strings.Cut(path, "/")
			require.NotContains(t, first, ".", "%s imports %s", f.Name(), path)
			require.NotContains(t, []string{"os", "net", "log", "unsafe", "math/rand"}, path)
		}
	}
}

// Every operation that the package names is one that Check knows.
func TestEveryOperationIsKnown(t *testing.T) {
	for _, op := range allOps(t) {
		_, derived := derivations[op]
		require.NotEqual(t, op.Premise(), derived, string(op))
	}
}

// What is quoted is used: a premise left aside, or a day that the calendar names
// left out of its period, makes the working as a whole fail.
func TestCheckWantsAllThatIsQuoted(t *testing.T) {
	for _, c := range []struct {
		why    string
		spoil  func(n *notes) (step int)
		reason string
	}{
		{"a fact that no step takes", func(n *notes) int {
			n.Steps = append([]Step{{Op: Fact, Name: "event", Value: at("2024-03-04T12:00:00+08:00"), Source: &Source{In: "events.csv:9"}}}, n.Steps...)
			for i := range n.Steps {
				for j := range n.Steps[i].Args {
					n.Steps[i].Args[j]++
				}
			}
			return 1
		}, "is quoted, and no step takes it"},
		{"an excuse of what was in time", func(n *notes) int {
			late := len(n.Steps)
			n.derive(Excuse, "breach", TruthOf(false), late, n.fact("excuse", WordOf("power cut")))
			n.Result = TruthOf(false)
			return len(n.Steps)
		}, "excuses what was not late"},
		{"more time for another reason", func(n *notes) int {
			late := len(n.Steps)
			n.derive(Grant, "more time", TruthOf(true), late, n.fact("reason", WordOf("power cut")), n.term("reason for more time", WordOf("loan unit"), "5.2", "/x"))
			n.Result = TruthOf(true)
			return len(n.Steps)
		}, `grants more time for "power cut", which is none of the reasons for it`},
		{"more time for what was late", func(n *notes) int {
			event := n.fact("extended", at("2024-04-30T00:00:00+08:00"))
			late := n.derive(Late, "late", TruthOf(true), event, n.Steps[len(n.Steps)-2].Args[1])
			n.derive(Grant, "more time", TruthOf(true), late, n.fact("reason", WordOf("loan unit")), n.term("reason for more time", WordOf("loan unit"), "5.2", "/x"))
			n.Result = TruthOf(true)
			return len(n.Steps)
		}, "grants more time for what was late"},
	} {
		t.Run(c.why, func(t *testing.T) {
			n := late24()
			n.done()
			require.NoError(t, n.Check().Err())
			step := c.spoil(n)
			v := n.Check()
			require.Equal(t, Fails, v.Outcome)
			require.Equal(t, step, v.Step, v.Reason)
			require.Contains(t, v.Reason, c.reason)
		})
	}

	// The day off of 5 April, quoted for the working days and left out of the hours.
	n := newNotes("hours without a day off")
	q := april24.quote(n)
	hours := &n.Steps[q.hours-1]
	dropped := hours.Args[len(hours.Args)-1]
	hours.Args = hours.Args[:len(hours.Args)-1]
	received := n.fact("received", at("2024-04-01T10:00:00+08:00"))
	within := n.term("within", dur("1h0m0s"), "5.2", "/targets/technical response/within")
	n.derive(Reach, "due", at("2024-04-01T11:00:00+08:00"), received, within, q.hours)
	n.done()
	v := n.Check()
	require.Equal(t, Fails, v.Outcome)
	require.Equal(t, q.hours, v.Step)
	require.Contains(t, v.Reason, fmt.Sprintf("which step %d names in its period", dropped))
}
