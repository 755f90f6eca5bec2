package proof

import (
	"errors"
	"fmt"
	"time"
)

// Limits of Check, since workings come from anyone. What exceeds them cannot be
// checked, which is not the same as that it is wrong.
const (
	maxSteps  = 20_000
	maxArgs   = 200_000   // of all steps together
	maxText   = 4 << 10   // bytes of one text
	maxPeriod = 60_000    // days of one period
	maxDigits = 400       // of one number
	maxBits   = 8192      // of a number on the way to a sum
	maxWork   = 2_000_000 // days walked, of all steps together
)

// An Outcome is what a check comes to. The zero Outcome is none.
type Outcome uint8

const (
	Holds       Outcome = iota + 1 // every step follows from the steps before it
	Fails                          // a step does not
	CannotCheck                    // nothing was found wrong as far as the check could go
)

// String returns holds, fails or cannot be checked.
func (o Outcome) String() string {
	switch o {
	case Holds:
		return "holds"
	case Fails:
		return "fails"
	case CannotCheck:
		return "cannot be checked"
	}
	return fmt.Sprintf("outcome %d", uint8(o))
}

// A Verdict is the outcome of a check, and the first step that is not as it
// should be. The zero Verdict is none: its Err is an error.
type Verdict struct {
	Outcome Outcome
	Step    int    // counted from 1; 0 is the working as a whole
	Reason  string // what was found and what would follow; "" if it holds
}

// String returns the verdict in one line: fails at step 17: says …
func (v Verdict) String() string {
	s := v.Outcome.String()
	if v.Step > 0 {
		s += fmt.Sprintf(" at step %d", v.Step)
	}
	if v.Reason != "" {
		s += ": " + v.Reason
	}
	return s
}

// Err returns nil if the working holds, else the verdict as an error.
func (v Verdict) Err() error {
	if v.Outcome == Holds {
		return nil
	}
	return errors.New("the working " + v.String())
}

// Check redoes every step of w from the values of its operands and returns at the
// first that is not as it should be. An empty or nil working fails.
//
// It is the reference that other arithmetic is held against: written to be read,
// and as slow as that makes it. Numbers are exact fractions. Calendar steps walk
// civil days one by one, work out the windows of each from the quoted week and
// rows, and turn a local time to an instant by one rule: the first instant at
// which the local clock shows that time or later. A step that reads a day outside
// the quoted period, or the clock before its first quoted offset, fails: what is
// not quoted is not known. What the period of service hours says of the night before
// it, [Hours] tells.
//
// A derived value has one spelling, with two exceptions. The instants of [Elapse],
// [Min] and [Max] belong to no zone, and may be spelled with any offset; those of
// all other operations have the offset that their zone has then. The value of
// [Zone] is a name, and may be any word.
//
// A working as a whole holds if, beside that, every premise is an operand of some
// step (one that is the last needs none), and if hours and working days take every
// day of their period that the working quotes from their calendar: what is quoted
// is used.
//
// Check takes a working from anyone: it does not panic, and what would take too
// long it refuses to check. It does not look at the seal, nor at names and
// clauses, which derive nothing. It is safe for concurrent use.
func (w *Working) Check() Verdict {
	if w == nil || len(w.Steps) == 0 {
		return Verdict{Fails, 0, "the working is empty"}
	}
	if w.Format != Format {
		return Verdict{CannotCheck, 0, fmt.Sprintf("the format is %s; this version reads %s", quote(w.Format), quote(Format))}
	}
	if step, err := w.limits(); err != nil {
		return verdict(step, err)
	}
	c := checker{budget: &budget{left: maxWork}}
	for i := range w.Steps {
		if err := c.check(&w.Steps[i]); err != nil {
			return verdict(i+1, err)
		}
	}
	if last := w.Steps[len(w.Steps)-1].Value; w.Result != last {
		return Verdict{Fails, 0, fmt.Sprintf("the result says %s, the last step gives %s", describe(w.Result, last), describe(last, w.Result))}
	}
	if step, err := c.whole(); err != nil {
		return verdict(step, err)
	}
	return Verdict{Outcome: Holds}
}

// limits returns a fault, and where, if w is larger than Check goes through.
func (w *Working) limits() (step int, err error) {
	if len(w.Steps) > maxSteps {
		return 0, cannotf("it has %d steps; this check goes through %d", len(w.Steps), maxSteps)
	}
	if err := shortTexts(w.Format, w.About, string(w.Result.Kind), w.Result.Text, w.Seal); err != nil {
		return 0, err
	}
	args := 0
	for i := range w.Steps {
		s := &w.Steps[i]
		texts := []string{string(s.Op), s.Name, string(s.Value.Kind), s.Value.Text, s.Clause, string(s.Mark)}
		if s.Source != nil {
			texts = append(texts, s.Source.In, s.Source.At)
		}
		if err := shortTexts(texts...); err != nil {
			return i + 1, err
		}
		if args += len(s.Args); args > maxArgs {
			return 0, cannotf("its steps have more than %d operands; this check goes no further", maxArgs)
		}
	}
	return 0, nil
}

func shortTexts(texts ...string) error {
	for _, t := range texts {
		if len(t) > maxText {
			return cannotf("a text of %d bytes; this check reads at most %d", len(t), maxText)
		}
	}
	return nil
}

// A fault is why a step is not as it should be, or cannot be checked.
type fault struct {
	outcome Outcome
	reason  string
}

func (f *fault) Error() string { return f.reason }

func failf(format string, args ...any) error {
	return &fault{Fails, fmt.Sprintf(format, args...)}
}

func cannotf(format string, args ...any) error {
	return &fault{CannotCheck, fmt.Sprintf(format, args...)}
}

func verdict(step int, err error) Verdict {
	var f *fault
	if errors.As(err, &f) {
		return Verdict{f.outcome, step, f.reason}
	}
	return Verdict{CannotCheck, step, err.Error()}
}

// A budget is the work that is left to one check.
type budget struct{ left int }

// spend takes a number of days from the budget.
func (b *budget) spend(days int) error {
	if b.left -= days; b.left < 0 {
		return cannotf("takes more work than this check does: %d days walked, or as much", maxWork)
	}
	return nil
}

// scan takes the cost of looking through a list from the budget: four entries
// take about as long as a day.
func (b *budget) scan(entries int) error { return b.spend(1 + entries/4) }

// A checker goes through the steps of one working.
type checker struct {
	done   []found
	budget *budget
}

// found is a step that was checked: what its value says, and the clock, hours or
// working days that it makes.
type found struct {
	step    *Step
	meaning any
	object  any
}

// check checks the next step.
func (c *checker) check(s *Step) error {
	d, derived := derivations[s.Op]
	if !derived && !s.Op.Premise() {
		return cannotf("the operation %s is not known to this version", quote(string(s.Op)))
	}
	if _, known := marks[s.Mark]; s.Mark != "" && !known {
		return cannotf("the mark %s is not known to this version", quote(string(s.Mark)))
	}
	meaning, err := read(s.Value)
	if err != nil {
		return err
	}
	f := found{step: s, meaning: meaning}
	if derived {
		f.object, err = c.derived(s, d, meaning)
	} else {
		err = premise(s)
	}
	if err != nil {
		return err
	}
	c.done = append(c.done, f)
	return c.checkMark(s)
}

// premise checks a step that quotes: it stands somewhere, and derives nothing.
func premise(s *Step) error {
	switch {
	case s.Source == nil || s.Source.In == "":
		return failf("is a premise and does not say where it stands")
	case len(s.Args) > 0:
		return failf("is a premise and has operands: what is quoted is not derived")
	case (s.Op == Offset) != (s.Value.Kind == Shift):
		return failf("has the operation %s and the kind %s: offsets of a zone are quoted by offset steps, and nothing else is", s.Op, s.Value.Kind)
	}
	return nil
}

// derived works a step out again, and returns the object that it makes.
func (c *checker) derived(s *Step, d derivation, meaning any) (object any, err error) {
	if s.Source != nil {
		return nil, failf("is derived and names a source: it stands nowhere, it follows")
	}
	o, err := d.operands(s.Args, c.done, c.budget)
	if err != nil {
		return nil, err
	}
	a, err := d.run(o)
	if err != nil {
		return nil, err
	}
	if a.anyWord {
		if s.Value.Kind != Word {
			return nil, failf("says %s; the value of a %s step is a word, its name", s.Value.Kind.one(), s.Op)
		}
		return a.object, nil
	}
	if a.anyOffset && s.Value.Kind == Instant {
		if want, ok := parseInstant(a.value.Text); ok && want.Equal(meaning.(time.Time)) {
			return a.object, nil
		}
	}
	if s.Value != a.value {
		return nil, failf("says %s, the steps before give %s", describe(s.Value, a.value), describe(a.value, s.Value))
	}
	return a.object, nil
}

// one is a value of the kind, as a sentence names it.
func (k Kind) one() string {
	switch k {
	case Money, Days:
		return string(k)
	case Instant, Agreed, Shift:
		return "an " + string(k)
	case Elapsed:
		return "an elapsed time"
	}
	return "a " + string(k)
}

// describe returns the text of v, with its kind where that of the other differs.
func describe(v, other Value) string {
	if v == (Value{}) {
		return "nothing"
	}
	text := v.Text
	if len(text) > maxText/8 || !isWord(text) {
		text = quote(text)
	}
	if v.Kind != other.Kind {
		return string(v.Kind) + " " + text
	}
	return text
}

// checkMark holds the mark of a step against what it says.
func (c *checker) checkMark(s *Step) error {
	want := Mark("")
	switch {
	case s.Op == Late && s.Value.Text == "no":
		want = InTime
	case (s.Op == Min || s.Op == Max) && s.Mark != "" && len(s.Args) == 2:
		o := operands{steps: []found{c.done[s.Args[0]-1], c.done[s.Args[1]-1]}}
		order, err := o.compare(0, 1)
		if err != nil {
			return err
		}
		switch {
		case s.Op == Min && order >= 0:
			want = CapReached
		case s.Op == Min:
			want = CapNotReached
		case order < 0:
			want = MinimumApplies
		default:
			want = MinimumNotNeeded
		}
	}
	switch {
	case s.Mark == want:
		return nil
	case s.Mark == InTime:
		return failf("is marked %q, which only a late step that says no is", string(InTime))
	case want == InTime:
		return failf("says that the event is not late, and is not marked %q", string(InTime))
	case want == "":
		return failf("is marked %q, which is for a figure and its bound", string(s.Mark))
	}
	return failf("is marked %q; by its operands it is %q", string(s.Mark), string(want))
}
