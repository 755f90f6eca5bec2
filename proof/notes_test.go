package proof

import (
	"fmt"
	"math/big"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// notes write a working step by step; each method returns the number of its step.
type notes struct{ Working }

func newNotes(about string) *notes { return &notes{Working{Format: Format, About: about}} }

func (n *notes) put(s Step) int {
	n.Steps = append(n.Steps, s)
	return len(n.Steps)
}

func (n *notes) fact(name string, v Value) int {
	return n.put(Step{Op: Fact, Name: name, Value: v, Source: &Source{In: "requests.csv:2", At: strings.ReplaceAll(name, " ", "_")}})
}

func (n *notes) term(name string, v Value, clause, at string) int {
	return n.put(Step{Op: Term, Name: name, Value: v, Clause: clause, Source: &Source{In: "document", At: at}})
}

func (n *notes) derive(op Op, name string, v Value, args ...int) int {
	s := Step{Op: op, Name: name, Value: v, Args: args}
	if op == Late && v == TruthOf(false) {
		s.Mark = InTime
	}
	return n.put(s)
}

// clause cites a clause on the last step.
func (n *notes) clause(c string) *notes {
	n.Steps[len(n.Steps)-1].Clause = c
	return n
}

func (n *notes) done() *Working {
	n.Result = n.Steps[len(n.Steps)-1].Value
	n.Seal = n.ComputeSeal()
	return &n.Working
}

// A schedule is what tests quote: hours and working days of one version.
type schedule struct {
	zone     string // name, then offset rows, with "; " between
	week     string
	holidays string // "" is closed
	makeup   string // "" is closed
	weekdays string // "" is mon-fri
	counts   string // make-up days as working days; "" is count
	period   string
	rows     []string
}

const (
	shanghai   = "Asia/Shanghai; 1991-09-14T15:00:00Z +08:00"
	shanghai20 = "Asia/Shanghai; 1949-05-27T15:00:00Z +08:00"
	london24   = "Europe/London; 2023-10-29T01:00:00Z +00:00; 2024-03-31T01:00:00Z +01:00; 2024-10-27T01:00:00Z +00:00"
	paulo18    = "America/Sao_Paulo; 2017-10-15T03:00:00Z -02:00; 2018-02-18T02:00:00Z -03:00; 2018-11-04T03:00:00Z -02:00"
	stJohns    = "America/St_Johns; 2006-04-02T03:31:00Z -02:30; 2006-10-29T02:31:00Z -03:30"

	office = "mon-fri 09:00-12:00 13:00-18:00"
)

// quoted is the steps of a schedule.
type quotedSteps struct{ zone, hours, days int }

func or(s, otherwise string) string {
	if s == "" {
		return otherwise
	}
	return s
}

func (s schedule) quote(n *notes) quotedSteps {
	var q quotedSteps
	parts := strings.Split(s.zone, "; ")
	var shifts []int
	for _, row := range parts[1:] {
		shifts = append(shifts, n.put(Step{Op: Offset, Name: "offset", Value: Value{Shift, row}, Source: &Source{In: "tz database", At: parts[0]}}))
	}
	q.zone = n.derive(Zone, "zone", WordOf(parts[0]), shifts...)
	period := n.put(Step{Op: Row, Name: "calendar", Value: Value{Period, s.period}, Source: &Source{In: "calendar cn 2023-10-25"}})
	var all, named []int
	for _, row := range s.rows {
		if _, ok := parseNamedDay(row); ok {
			i := n.put(Step{Op: Row, Name: "calendar", Value: Value{Day, row}, Source: &Source{In: "calendar cn 2023-10-25", At: "国办发明电〔2023〕7号"}})
			all, named = append(all, i), append(named, i)
		} else {
			all = append(all, n.term("agreed hours", Value{Agreed, row}, "1.2(3)", "/hours/service/agreed/"+row[:10]))
		}
	}
	week := n.term("service hours", Value{Week, or(s.week, office)}, "1.2", "/hours/service/week")
	holidays := n.term("holidays", WordOf(or(s.holidays, "closed")), "1.2", "/hours/service/holidays")
	makeup := n.term("make-up days", WordOf(or(s.makeup, "closed")), "1.2", "/hours/service/makeupDays")
	q.hours = n.derive(Hours, "service hours", Value{Period, s.period}, append([]int{q.zone, week, holidays, makeup, period}, all...)...)
	n.clause("1.2")
	weekdays := n.term("weekdays", WordOf(or(s.weekdays, "mon-fri")), "1.2", "/workingDays/office/week")
	counts := n.term("make-up days as working days", WordOf(or(s.counts, "count")), "1.2", "/workingDays/office/makeupDays")
	q.days = n.derive(WorkingDays, "working days", Value{Period, s.period}, append([]int{weekdays, counts, period}, named...)...)
	n.clause("1.2")
	return q
}

// Values as a test writes them.
func at(s string) Value  { return Value{Instant, s} }
func dur(s string) Value { return Value{Elapsed, s} }
func on(s string) Value  { return Value{Date, s} }
func num(s string) Value { return Value{Number, s} }
func pct(s string) Value { return Value{Percent, s} }
func pause(from, until string) Value {
	return Value{Stretch, from + "/" + until}
}

// altered returns a canonical value of the same kind that is not v.
func altered(v Value) Value {
	meaning, err := read(v)
	if err != nil {
		panic(fmt.Sprint(v, err))
	}
	switch m := meaning.(type) {
	case *big.Rat:
		r := new(big.Rat).Add(m, big.NewRat(1, 100))
		if v.Kind == Percent {
			return PercentOf(r)
		}
		return NumberOf(r)
	case day:
		return (m + 1).value()
	case time.Time:
		return InstantOf(m.Add(time.Second))
	case time.Duration:
		return ElapsedOf(m + time.Second)
	case int:
		return DaysOf(m + 1)
	case period:
		return PeriodOf(m.from.value(), (m.through + 1).value())
	case week:
		m[3] = []Window{{0, 1}}
		return WeekOf(m)
	case bool:
		return TruthOf(!m)
	case namedDay:
		return NamedDayOf((m.day + 1).value(), m.class)
	case agreedDay:
		return AgreedOf(m.day.value(), append([]Window{{0, 1}}, m.windows...)...)
	case shift:
		return ShiftOf(m.from, m.seconds+1)
	case span:
		return StretchOf(m.from, m.until.Add(time.Second))
	case amount:
		return MoneyOf(new(big.Rat).Add(m.number, big.NewRat(1, 100)), m.currency)
	case lengthOfDays:
		if m.n == 0 {
			return SpanOf("2 " + m.unit)
		}
		return SpanOf(fmt.Sprint(m.n+1, " ", m.unit))
	case dated:
		return DatedOf(m.day.value(), altered(m.gives.value))
	case band:
		m.gives.value = altered(m.gives.value)
		return m.value()
	case cell:
		return CellOf(m.keys, altered(m.gives.value))
	}
	return WordOf(v.Text + " x")
}

// A handCase is one step whose value was worked out by hand, from values that are quoted.
type handCase struct {
	why  string
	op   Op
	args []Value
	want Value
}

func (c handCase) working() *Working {
	n := newNotes(c.why)
	var args []int
	for _, v := range c.args {
		args = append(args, n.fact("", v))
	}
	n.derive(c.op, "", c.want, args...)
	return n.done()
}

// hold requires that each step holds, and fails if it says something else.
func hold(t *testing.T, cases []handCase) {
	for _, c := range cases {
		t.Run(c.why, func(t *testing.T) {
			w := c.working()
			require.Equal(t, Verdict{Outcome: Holds}, w.Check())
			last := &w.Steps[len(w.Steps)-1]
			last.Value = altered(c.want)
			w.Result = last.Value
			v := w.Check()
			require.Equal(t, Fails, v.Outcome)
			require.Equal(t, len(w.Steps), v.Step)
		})
	}
}

// A failCase is one step that derives nothing, and why.
type failCase struct {
	reason string
	op     Op
	args   []Value
}

// fail requires that each step fails, whatever it says, and for its reason.
func fail(t *testing.T, cases []failCase) {
	for _, c := range cases {
		t.Run(string(c.op)+" "+c.reason, func(t *testing.T) {
			w := handCase{c.reason, c.op, c.args, num("0")}.working()
			v := w.Check()
			require.Equal(t, Fails, v.Outcome, v.Reason)
			require.Contains(t, v.Reason, c.reason)
			require.Equal(t, len(w.Steps), v.Step)
		})
	}
}
