package contract_test

import (
	"fmt"
	"log"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/cfd16870/contract"
)

// answeredIn is a clause of 80 % of the calls in 20 seconds.
func answeredIn(more ...change) []change {
	r := obj{"clause": "response", "of": "call", "counts": "within a time", "value": "wait", "within": "20 clock seconds", "abandoned": "left out",
		"atLeast": "80%", "period": "calendar month", "fewest": 2, "tooFew": "no data", "compared": "exact"}
	for _, m := range more {
		if m.Becomes == nil {
			delete(r, m.At)
		} else {
			r[m.At] = m.Becomes
		}
	}
	return []change{{"/ratios", obj{"calls": r}}}
}

// call is one that waited, and was given up or not.
func call(wait time.Duration, abandoned bool) contract.Contact {
	return contract.Contact{Source: "calls.csv:2", Of: "call", At: at("2024-03-04 09:00"), Times: map[string]time.Duration{"wait": wait}, Abandoned: abandoned}
}

func TestRatios(t *testing.T) {
	const s = time.Second
	marked := []change{{"counts", "marked"}, {"value", "first contact"}, {At: "within"}}
	mark := func(yes, abandoned bool) contract.Contact {
		return contract.Contact{Of: "call", At: at("2024-03-04 09:00"), Marks: map[string]bool{"first contact": yes}, Abandoned: abandoned}
	}
	calls := func(list ...contract.Contact) []contract.Contact { return list }
	for _, tt := range []struct {
		why                 string
		changes             []change
		calls               []contract.Contact
		in, others, leftOut int64
		percent             string // "": no data
		met                 bool
	}{
		{"twenty seconds are within twenty seconds, and four in five enough", nil, calls(call(0, false), call(20*s, false), call(19*s, false), call(s, false), call(21*s, false)), 4, 1, 0, "80%", true},
		{"a nanosecond more is not", nil, calls(call(s, false), call(20*s+1, false)), 1, 1, 0, "50%", false},
		{"abandoned is left out", nil, calls(call(s, false), call(s, false), call(60*s, true)), 2, 0, 1, "100%", true},
		{"abandoned is missed", []change{{"abandoned", "missed"}}, calls(call(s, false), call(s, false), call(s, true)), 2, 1, 0, "200/3%", false},
		{"given up within the time is left out", []change{{"abandoned", "left out within the time"}}, calls(call(s, false), call(s, false), call(20*s, true)), 2, 0, 1, "100%", true},
		{"given up after it is missed", []change{{"abandoned", "left out within the time"}}, calls(call(s, false), call(s, false), call(20*s+1, true)), 2, 1, 0, "200/3%", false},
		{"what is left out is not enough for a figure", nil, calls(call(s, false), call(s, true)), 1, 0, 1, "", false},
		{"solved at the first contact", marked, calls(mark(true, false), mark(false, false), mark(true, true)), 1, 1, 1, "50%", false},
		{"the abandoned themselves, at most", []change{{"counts", "abandoned"}, {At: "value"}, {At: "within"}, {At: "abandoned"}, {At: "atLeast"}, {"atMost", "50%"}}, calls(call(s, true), call(s, false)), 1, 1, 0, "50%", true},
		{"one more is too many", []change{{"counts", "abandoned"}, {At: "value"}, {At: "within"}, {At: "abandoned"}, {At: "atLeast"}, {"atMost", "50%"}}, calls(call(s, true), call(s, false), call(s, true)), 2, 1, 0, "200/3%", false},
		{"compared rounded", []change{{"atLeast", "67%"}, {"compared", "rounded half up to 1%"}}, calls(call(s, false), call(s, false), call(60*s, false)), 2, 1, 0, "67%", true},
	} {
		t.Run(tt.why, func(t *testing.T) {
			sum, err := sample(t, answeredIn(tt.changes...)...).NewRatioTally()
			require.NoError(t, err)
			for _, c := range tt.calls {
				require.NoError(t, sum.Add(c))
			}
			rows := sum.Ratios()
			require.Len(t, rows, 1)
			r := rows[0]
			assert.Equal(t, []any{"calls", "2024-03-01..2024-03-31", tt.in, tt.others, tt.leftOut}, []any{r.Name, r.Period.String(), r.In, r.Others, r.LeftOut})
			p, ok := r.Percent()
			met, known := r.Met()
			assert.Equal(t, []bool{tt.percent != "", tt.percent != "", tt.met}, []bool{ok, known, met})
			if !ok {
				assert.Empty(t, r.Explain().Steps)
				return
			}
			assert.Equal(t, tt.percent, p.String())
			w := r.Explain()
			assert.NoError(t, w.Check().Err())
			assert.Equal(t, map[bool]string{true: "yes", false: "no"}[tt.met], w.Result.Text)
		})
	}
}

func TestRatiosRefuse(t *testing.T) {
	c := sample(t, answeredIn()...)
	sum, err := c.NewRatioTally()
	require.NoError(t, err)
	nowhere := call(time.Second, false)
	nowhere.At = time.Time{}
	for says, contact := range map[string]contract.Contact{
		"calls.csv:2: at: the contact has no time":                  nowhere,
		`calls.csv:3: of: no ratio is of "chat"; have call`:         {Source: "calls.csv:3", Of: "chat", At: at("2024-03-04 09:00")},
		`calls.csv:4: wait: say the time "wait" of the contact`:     {Source: "calls.csv:4", Of: "call", At: at("2024-03-04 09:00")},
		"calls.csv:2: wait: -1ns; a time is 0 or more (clause 4.1(": call(-1, false),
	} {
		assert.ErrorContains(t, sum.Add(contact), says)
	}
	assert.Empty(t, sum.Ratios(), "what is not told whole counts for none")
	assert.ErrorIs(t, new(contract.RatioTally).Add(call(0, false)), contract.ErrSilent)
	_, err = sample(t).NewRatioTally()
	assert.ErrorIs(t, err, contract.ErrSilent)
}

func TestRatiosOfADocument(t *testing.T) {
	for _, tt := range []struct {
		why     string
		changes []change
		kind    error
		says    string
	}{
		{"no word is a default: abandoned calls", answeredIn(change{At: "abandoned"}), contract.ErrRequired, "/ratios/calls/abandoned: say how a contact counts that was given up"},
		{"within no time", answeredIn(change{At: "within"}), contract.ErrRequired, "/ratios/calls/within: say within what time"},
		{"within service time", answeredIn(change{"within", "20 service seconds"}), contract.ErrConflict, "/ratios/calls/within: 20 service seconds"},
		{"within nothing", answeredIn(change{"within", "0 clock seconds"}), contract.ErrInvalid, "/ratios/calls/within: 0 clock seconds; nothing is done within no time"},
		{"of contacts without a name", answeredIn(change{"of", "  "}), contract.ErrInvalid, `/ratios/calls/of: "  "; write what records call the contacts`},
		{"compared as nothing said: words of a percentage", answeredIn(change{At: "compared"}), contract.ErrRequired, "/ratios/calls/compared: not stated; write one of: exact, rounded half up to 1%, rounded half up to 0.1%, rounded half up to 0.01%"},
		{"by no value", answeredIn(change{At: "value"}), contract.ErrRequired, "/ratios/calls/value: say by which"},
		{"a time of a mark", answeredIn(change{"counts", "marked"}), contract.ErrInvalid, "/ratios/calls/within: has no effect"},
		{"short calls of a mark", answeredIn(change{"counts", "marked"}, change{At: "within"}, change{"abandoned", "left out within the time"}), contract.ErrConflict, "write one of left out, missed"},
		{"how the abandoned count among the abandoned", answeredIn(change{"counts", "abandoned"}, change{At: "within"}, change{At: "value"}), contract.ErrInvalid, "/ratios/calls/abandoned: has no effect"},
		{"no threshold", answeredIn(change{At: "atLeast"}), contract.ErrRequired, "/ratios/calls/atLeast: say what the share is at least, or at most"},
		{"two thresholds", answeredIn(change{"atMost", "90%"}), contract.ErrConflict, "/ratios/calls/atMost"},
		{"more than all", answeredIn(change{"atLeast", "101%"}), contract.ErrInvalid, "/ratios/calls/atLeast: 101%"},
		{"compared as a score", answeredIn(change{"compared", "rounded half up to 0.1"}), contract.ErrInvalid, "/ratios/calls/compared"},
	} {
		_, err := contract.Compile(reread(t, sampleDocument(t), tt.changes), china())
		require.ErrorIs(t, err, tt.kind, tt.why)
		assert.ErrorContains(t, err, tt.says, tt.why)
		assert.NotContains(t, err.Error()+"\n", "to 0.01\n", "no word of a mean score is offered: "+tt.why)
	}
}

// How a contact counts that was given up makes no difference to what is told of it.
func TestAbandonedContactsAreToldWhole(t *testing.T) {
	for _, abandoned := range []string{"left out", "missed", "left out within the time"} {
		sum, err := sample(t, answeredIn(change{"abandoned", abandoned})...).NewRatioTally()
		require.NoError(t, err)
		err = sum.Add(call(-time.Second, true))
		require.ErrorIs(t, err, contract.ErrInvalid, abandoned)
		assert.EqualError(t, err, "calls.csv:2: wait: -1s; a time is 0 or more (clause 4.1(1))")
		untold := call(0, true)
		untold.Times = nil
		err = sum.Add(untold)
		require.ErrorIs(t, err, contract.ErrRequired, abandoned)
		assert.EqualError(t, err, `calls.csv:2: wait: say the time "wait" of the contact (clause 4.1(1))`)
		assert.NoError(t, sum.Add(call(0, true)), abandoned)
	}
}

func TestRatiosAmended(t *testing.T) {
	a := amending("A9", "2024-03-01", "2024-03-10", swap("/ratios/calls/within", "20 clock seconds", "10 clock seconds"))
	c, err := compileText(editText(t, append(unamended[1:len(unamended):len(unamended)], edit{"/ratios", answeredIn()[0].Becomes}, edit{"/amendments", list{a}})...))
	require.NoError(t, err)
	sum, err := c.NewRatioTally()
	require.NoError(t, err)
	for _, on := range []string{"2024-03-20 09:00", "2024-04-01 00:00"} {
		one := call(15*time.Second, false)
		one.At = at(on)
		require.NoError(t, sum.Add(one))
	}
	rows := sum.Ratios()
	require.Len(t, rows, 2)
	assert.Equal(t, []int64{1, 0}, []int64{rows[0].In, rows[1].In}, "March began under the other")
}

// A batch may be cut anywhere, its parts come together in any order, and every contact
// counts once.
func TestMergedRatiosEqualTheWhole(t *testing.T) {
	for _, word := range contract.Abandoned("").Words() {
		c := sample(t, answeredIn(change{"abandoned", word})...)
		rapid.Check(t, func(rt *rapid.T) {
			whole, err := c.NewRatioTally()
			require.NoError(rt, err)
			parts := make([]*contract.RatioTally, 3)
			for i := range parts {
				parts[i], err = c.NewRatioTally()
				require.NoError(rt, err)
			}
			n := rapid.IntRange(0, 20).Draw(rt, "n")
			for range n {
				one := call(20*time.Second+time.Duration(rapid.IntRange(-1, 1).Draw(rt, "ns")), rapid.Bool().Draw(rt, "abandoned"))
				if rapid.Bool().Draw(rt, "april") {
					one.At = at("2024-04-01 00:00")
				}
				require.NoError(rt, whole.Add(one))
				require.NoError(rt, parts[rapid.IntRange(0, 2).Draw(rt, "part")].Add(one))
			}
			merged := new(contract.RatioTally)
			for _, i := range rapid.Permutation([]int{0, 1, 2}).Draw(rt, "order") {
				merged.Merge(parts[i])
			}
			require.Equal(rt, whole.Ratios(), merged.Ratios())
			var all int64
			for _, r := range whole.Ratios() {
				all += r.In + r.Others + r.LeftOut
				if _, ok := r.Percent(); ok {
					require.NoError(rt, r.Explain().Check().Err())
				}
			}
			require.EqualValues(rt, n, all)
		})
	}
}

// 80 % of the calls in 20 seconds; one given up before that does not count.
func ExampleContract_NewRatioTally() {
	doc := exampleDocument()
	doc.Ratios = map[string]contract.RatioClause{"calls answered": {
		Clause: "response", Of: "call", Counts: contract.RatioWithin, Value: "wait", Within: contract.MustParseSpan("20 clock seconds"), Abandoned: contract.AbandonedShortLeftOut,
		AtLeast: contract.MustParsePercent("80%"), Period: contract.CalendarMonth, Fewest: 3, TooFew: contract.TooFewNoData, Compared: contract.ComparedExact,
	}}
	tally, err := contract.MustCompile(doc, exampleReference()).NewRatioTally()
	if err != nil {
		log.Fatal(err)
	}
	for i, wait := range []time.Duration{5 * time.Second, 20 * time.Second, 31 * time.Second, 4 * time.Second, 12 * time.Second} {
		err := tally.Add(contract.Contact{Of: "call", At: inChina("2024-03-04 09:00:00"), Times: map[string]time.Duration{"wait": wait}, Abandoned: i == 3})
		if err != nil {
			log.Fatal(err)
		}
	}
	for _, r := range tally.Ratios() {
		p, _ := r.Percent()
		met, _ := r.Met()
		fmt.Println(r.Name, r.Period, p, "met", met, "left out", r.LeftOut)
	}
	// Output:
	// calls answered 2024-03-01..2024-03-31 75% met false left out 1
}
