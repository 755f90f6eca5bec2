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

// answered is a technical request of a day of March 2024 that ends with a status.
func answered(day int, status contract.Status) (*contract.Request, time.Time) {
	received := time.Date(2024, 3, day, 9, 0, 0, 0, shanghai)
	asOf := time.Date(2024, 4, 1, 0, 0, 0, 0, shanghai)
	r := &contract.Request{ID: fmt.Sprint(day), Received: received, Selector: contract.Selector{Category: "technical support"}}
	late := contract.Event{Kind: contract.EventResponded, At: received.Add(2 * time.Hour)}
	switch status {
	case contract.StatusMet:
		r.Events = []contract.Event{{Kind: contract.EventResponded, At: received.Add(time.Hour)}}
	case contract.StatusBreached:
		r.Events = []contract.Event{late}
	case contract.StatusExcused:
		r.Events = []contract.Event{late, {Kind: contract.EventExcused, At: received.Add(3 * time.Hour), Reason: "power cut"}}
	case contract.StatusCancelled:
		r.Events = []contract.Event{{Kind: contract.EventCancelled, At: received.Add(time.Minute)}}
	case contract.StatusRunning:
		asOf = received.Add(time.Minute)
	}
	return r, asOf
}

// openAndLate stands for a breach that is open still.
const openAndLate contract.Status = 200

func tally(t testing.TB, c *contract.Contract, counts map[contract.Status]int) *contract.Tally {
	t.Helper()
	sum, err := c.NewTally()
	require.NoError(t, err)
	target := mustTarget(t, c, "technical response")
	for status, n := range counts {
		for range n {
			r, asOf := answered(4, status)
			m, err := target.Measure(r, asOf)
			require.NoError(t, err)
			require.True(t, sum.Add(m))
		}
	}
	return sum
}

// pooled is the last row: all targets of the clause in March 2024.
func pooled(t testing.TB, sum *contract.Tally) contract.Attainment {
	t.Helper()
	rows := sum.Attainment()
	require.NotEmpty(t, rows)
	last := rows[len(rows)-1]
	require.Equal(t, "2024-03-01..2024-03-31", last.Period.String())
	return last
}

func TestAttainment(t *testing.T) {
	// Question 17 of the sample: March 2024.
	march := map[contract.Status]int{contract.StatusMet: 38, contract.StatusBreached: 2, openAndLate: 1, contract.StatusRunning: 3, contract.StatusExcused: 2}
	for _, tt := range []struct {
		why     string
		changes []change
		counts  map[contract.Status]int
		met, of int64
		percent string // two places; "": no data
	}{
		{"open and late counts as breached, excused and open do not count", nil, march, 38, 41, "92.68%"},
		{"open and late left out", []change{{"/attainment/openAndLate", "left out"}}, march, 38, 40, "95%"},
		{"excused counts as met", []change{{"/attainment/excused", "met"}}, march, 40, 43, "93.02%"},
		{"cancelled does not count", nil, map[contract.Status]int{contract.StatusMet: 20, contract.StatusCancelled: 5}, 20, 20, "100%"},
		{"one fewer than the fewest is no data", nil, map[contract.Status]int{contract.StatusMet: 19, contract.StatusRunning: 9}, 19, 19, ""},
		{"the fewest are enough", nil, map[contract.Status]int{contract.StatusMet: 19, contract.StatusBreached: 1}, 19, 20, "95%"},
		{"nothing at all is no data, never 100 %", nil, map[contract.Status]int{contract.StatusRunning: 1}, 0, 0, ""},
		{"compared rounded: 92.68 becomes 93", []change{{"/attainment/compared", "rounded half up to 1%"}}, march, 38, 41, "93%"},
		{"compared to a tenth", []change{{"/attainment/compared", "rounded half up to 0.1%"}}, march, 38, 41, "92.7%"},
	} {
		t.Run(tt.why, func(t *testing.T) {
			a := pooled(t, tally(t, sample(t, tt.changes...), tt.counts))
			met, of := a.Counted()
			assert.Equal(t, [2]int64{tt.met, tt.of}, [2]int64{met, of})
			p, ok := a.Percent()
			assert.Equal(t, tt.percent != "", ok)
			if !ok {
				assert.Empty(t, a.Explain().Steps)
				return
			}
			shown, err := p.Round(2, contract.RoundHalfUp)
			require.NoError(t, err)
			assert.Equal(t, tt.percent, shown.String())
			assert.NoError(t, a.Explain().Check().Err())
			assert.Equal(t, p.String(), a.Explain().Result.Text)
		})
	}
}

func TestAttainmentIsExactAtTheBand(t *testing.T) {
	ninetyFive := contract.MustParsePercent("95%")
	p, ok := pooled(t, tally(t, sample(t), map[contract.Status]int{contract.StatusMet: 949, contract.StatusBreached: 50})).Percent()
	require.True(t, ok)
	assert.Equal(t, "94900/999%", p.String())
	assert.Equal(t, -1, p.Compare(ninetyFive), "94.9949… % is below 95 %, though it shows as 94.99 or 95.0")
}

func TestPlacedBy(t *testing.T) {
	// Received in March, due and done in April.
	r := &contract.Request{ID: "1", Received: at("2024-03-29 17:30"), Events: []contract.Event{ev(contract.EventResponded, "2024-05-06 09:00")}}
	for by, period := range map[contract.PlacedBy]string{
		contract.PlacedByReceived: "2024-03-01..2024-03-31",
		contract.PlacedByDue:      "2024-04-01..2024-04-30",
		contract.PlacedByFinished: "2024-05-01..2024-05-31",
	} {
		c := sample(t, change{"/attainment/placedBy", string(by)})
		sum, err := c.NewTally()
		require.NoError(t, err)
		m, err := mustTarget(t, c, "technical response").Measure(r, at("2024-06-01 00:00"))
		require.NoError(t, err)
		require.True(t, sum.Add(m))
		for _, a := range sum.Attainment() {
			assert.Equal(t, period, a.Period.String(), by)
		}
	}
	// Seven working days after 22 May, which end at 24:00 of the 31st.
	c := sample(t, change{"/attainment/placedBy", "due"}, change{"/targets/repair/clock/ends", "24:00"})
	m, err := mustTarget(t, c, "repair").Measure(&contract.Request{ID: "2", Received: at("2024-05-22 10:00")}, at("2024-07-05 00:00"))
	require.NoError(t, err)
	require.Equal(t, at("2024-06-01 00:00"), m.Due)
	sum, err := c.NewTally()
	require.NoError(t, err)
	require.True(t, sum.Add(m))
	assert.Equal(t, "2024-05-01..2024-05-31", sum.Attainment()[0].Period.String(), "24:00 is of the day that ends then")

	// Twelve hours from Saturday 29 June, 12:00, and then to the opening, on 1 July at 0:00.
	c = sample(t, change{"/attainment/placedBy", "due"}, change{"/hours/service/week", map[string]any{"mon-fri": []string{"00:00-24:00"}}},
		change{"/targets/e-mail response/roll", map[string]any{"to": "next opening", "hours": "service"}})
	m, err = mustTarget(t, c, "e-mail response").Measure(&contract.Request{ID: "3", Received: at("2024-06-29 12:00")}, at("2024-07-05 00:00"))
	require.NoError(t, err)
	require.Equal(t, at("2024-07-01 00:00"), m.Due)
	sum, err = c.NewTally()
	require.NoError(t, err)
	require.True(t, sum.Add(m))
	assert.Equal(t, "2024-07-01..2024-07-31", sum.Attainment()[0].Period.String(), "an opening is of the day that begins then")

	// Twelve hours that end at 24:00 of 31 October, when service happens to open: it did not roll.
	c = sample(t, change{"/attainment/placedBy", "due"}, change{"/hours/service/week", map[string]any{"mon-fri": []string{"00:00-08:00"}}},
		change{"/targets/e-mail response/roll", map[string]any{"to": "next opening", "hours": "service"}})
	m, err = mustTarget(t, c, "e-mail response").Measure(&contract.Request{ID: "4", Received: at("2024-10-31 12:00")}, at("2024-11-05 00:00"))
	require.NoError(t, err)
	require.Equal(t, at("2024-11-01 00:00"), m.Due)
	sum, err = c.NewTally()
	require.NoError(t, err)
	require.True(t, sum.Add(m))
	assert.Equal(t, "2024-10-01..2024-10-31", sum.Attainment()[0].Period.String(), "24:00 that did not roll is of the day that ends then")

	c = sample(t, change{"/attainment/period", "calendar quarter"})
	sum, err = c.NewTally()
	require.NoError(t, err)
	m, err = mustTarget(t, c, "technical response").Measure(r, at("2024-06-01 00:00"))
	require.NoError(t, err)
	sum.Add(m)
	assert.Equal(t, "2024-01-01..2024-03-31", sum.Attainment()[0].Period.String())
}

func TestEachTargetAlone(t *testing.T) {
	sum := tally(t, sample(t, change{"/attainment/together", "each"}), map[contract.Status]int{contract.StatusMet: 1})
	rows := sum.Attainment()
	require.Len(t, rows, 1)
	assert.Equal(t, "technical response", rows[0].Target)

	c := sample(t, change{"/attainment/of", []string{"repair"}})
	sum, err := c.NewTally()
	require.NoError(t, err)
	r, asOf := answered(4, contract.StatusMet)
	m, err := mustTarget(t, c, "technical response").Measure(r, asOf)
	require.NoError(t, err)
	assert.False(t, sum.Add(m), "a target that the clause does not name is not counted")
	assert.False(t, sum.Add(contract.Measurement{}), "nor is nothing")
	assert.Empty(t, sum.Attainment())

	_, err = sample(t, change{At: "/attainment"}, change{At: "/serviceCredits"}).NewTally()
	assert.ErrorIs(t, err, contract.ErrSilent)
}

func TestTalliesMergeInAnyOrder(t *testing.T) {
	c := sample(t)
	target := mustTarget(t, c, "technical response")
	statuses := []contract.Status{contract.StatusMet, contract.StatusBreached, contract.StatusExcused, contract.StatusCancelled, contract.StatusRunning, openAndLate}
	rapid.Check(t, func(rt *rapid.T) {
		whole, _ := c.NewTally()
		parts := make([]*contract.Tally, 3)
		for i := range parts {
			parts[i], _ = c.NewTally()
		}
		n := rapid.IntRange(0, 30).Draw(rt, "n")
		for range n {
			r, asOf := answered(rapid.SampledFrom([]int{4, 5, 28}).Draw(rt, "day"), rapid.SampledFrom(statuses).Draw(rt, "status"))
			if rapid.Bool().Draw(rt, "april") {
				r.Received = r.Received.AddDate(0, 1, 0)
				asOf = asOf.AddDate(0, 1, 0)
				for i := range r.Events {
					r.Events[i].At = r.Events[i].At.AddDate(0, 1, 0)
				}
			}
			m, err := target.Measure(r, asOf)
			require.NoError(rt, err)
			whole.Add(m)
			parts[rapid.IntRange(0, 2).Draw(rt, "part")].Add(m)
		}
		merged, _ := c.NewTally()
		for _, i := range rapid.Permutation([]int{0, 1, 2}).Draw(rt, "order") {
			merged.Merge(parts[i])
		}
		require.Equal(rt, whole.Attainment(), merged.Attainment())
		var all int64
		for _, a := range whole.Attainment() {
			if a.Target == "" {
				all += a.Met + a.Breached + a.OpenAndLate + a.Open + a.Excused + a.Cancelled + a.NotMeasured
			}
		}
		require.EqualValues(rt, n, all, "every measurement counts once")
	})
}

func surveys(on string, answers map[string]int) []contract.Survey {
	var list []contract.Survey
	for a, n := range answers {
		for range n {
			list = append(list, contract.Survey{Source: "surveys.csv:2", On: contract.MustParseDate(on), Answer: a})
		}
	}
	return list
}

// meanScore is satisfaction by the mean of scores from 1 to 10: 8 at least.
func meanScore(more ...change) []change {
	scores, answers := obj{}, list{}
	for i := 1; i <= 10; i++ {
		scores[fmt.Sprint(i)] = fmt.Sprint(i)
		answers = append(answers, fmt.Sprint(i))
	}
	s := obj{"clause": "satisfaction", "formula": "mean score", "answers": answers, "scores": scores, "atLeastScore": "8",
		"period": "calendar quarter", "fewest": 2, "tooFew": "no data", "compared": "exact"}
	for _, m := range more {
		if m.Becomes == nil {
			delete(s, m.At)
		} else {
			s[m.At] = m.Becomes
		}
	}
	return []change{{"/satisfaction", s}, {At: "/breach/satisfaction below target"}, {"/readings", list{}}, {"/completed", list{}}}
}

func TestMeanScore(t *testing.T) {
	for _, tt := range []struct {
		why     string
		changes []change
		answers map[string]int
		score   string // "": no data
		met     bool
	}{
		{"the threshold itself is reached", nil, map[string]int{"8": 2, "9": 1, "7": 1}, "8", true},
		{"a hair below it is not", nil, map[string]int{"8": 999, "7": 1}, "7.999", false},
		{"a mean that no decimal holds", nil, map[string]int{"8": 2, "9": 1}, "25/3", true},
		{"answers that are no score are left out", nil, map[string]int{"10": 2, "11": 7, "": 3}, "10", true},
		{"one fewer than the fewest is no data", nil, map[string]int{"10": 1}, "", false},
		{"compared to a tenth", []change{{"compared", "rounded half up to 0.1"}}, map[string]int{"8": 19, "7": 1}, "8", true},
		{"compared to a hundredth", []change{{"compared", "rounded half up to 0.01"}}, map[string]int{"8": 19, "7": 1}, "7.95", false},
		{"scores of named answers, half points too", []change{{"answers", list{"good", "bad"}}, {"scores", obj{"good": "9.5", "bad": "-1"}}}, map[string]int{"good": 3, "bad": 1}, "6.875", false},
	} {
		t.Run(tt.why, func(t *testing.T) {
			rows, err := sample(t, meanScore(tt.changes...)...).Satisfaction(surveys("2024-05-15", tt.answers))
			require.NoError(t, err)
			require.Len(t, rows, 1)
			s := rows[0]
			_, isPercent := s.Percent()
			assert.False(t, isPercent, "a score is no percentage")
			score, ok := s.Score()
			met, known := s.Met()
			assert.Equal(t, []bool{tt.score != "", tt.score != "", tt.met}, []bool{ok, known, met})
			if !ok {
				assert.Empty(t, s.Explain().Steps)
				return
			}
			assert.Equal(t, tt.score, score.String())
			assert.Equal(t, tt.met, score.Compare(s.AtLeastScore()) >= 0)
			w := s.Explain()
			assert.NoError(t, w.Check().Err())
			assert.Equal(t, map[bool]string{true: "yes", false: "no"}[tt.met], w.Result.Text)
		})
	}
	share, err := sample(t).Satisfaction(surveys("2024-05-15", map[string]int{"satisfied": 20}))
	require.NoError(t, err)
	_, ok := share[0].Score()
	assert.False(t, ok, "a percentage is no score")
}

func TestMeanScoreOfADocument(t *testing.T) {
	for _, tt := range []struct {
		why     string
		changes []change
		kind    error
		says    string
	}{
		{"a threshold that is a percentage", meanScore(change{"atLeast", "80%"}), contract.ErrInvalid, "/satisfaction/atLeast: has no effect: a mean score is no percentage"},
		{"no threshold", meanScore(change{At: "atLeastScore"}), contract.ErrRequired, "/satisfaction/atLeastScore: say what"},
		{"a threshold that no answer reaches", meanScore(change{"atLeastScore", "10.5"}), contract.ErrInvalid, "/satisfaction/atLeastScore: 10.5; no answer scores more than 10"},
		{"an answer without a score", meanScore(change{"answers", list{"1", "11"}}, change{"scores", obj{"1": "10"}}), contract.ErrRequired, `/satisfaction/scores: say the score of "11"`},
		{"a score of no answer", meanScore(change{"answers", list{"10"}}), contract.ErrUnknown, `/satisfaction/scores/1: no answer "1"`},
		{"weights of a mean score", meanScore(change{"weights", obj{"10": "100%"}}), contract.ErrInvalid, "/satisfaction/weights: has no effect"},
		{"good answers of a mean score", meanScore(change{"good", list{"10"}}), contract.ErrInvalid, "/satisfaction/good: has no effect"},
		{"compared as a percentage", meanScore(change{"compared", "rounded half up to 1%"}), contract.ErrInvalid, "a mean score is no percentage: write one of exact, rounded half up to 0.1, rounded half up to 0.01"},
		{"a percentage compared as a score", []change{{"/satisfaction/compared", "rounded half up to 0.1"}}, contract.ErrInvalid, `/satisfaction/compared: "rounded half up to 0.1"; the figure is a percentage: write "rounded half up to 0.1%"`},
		{"a mean score compared as nothing said: its own words", meanScore(change{At: "compared"}), contract.ErrRequired, "/satisfaction/compared: not stated; write one of: exact, rounded half up to 0.1, rounded half up to 0.01"},
		{"a mean score compared by no known word", meanScore(change{"compared", "rounded"}), contract.ErrUnknown, `/satisfaction/compared: "rounded"; write one of: exact, rounded half up to 0.1, rounded half up to 0.01`},
		{"attainment compared as a score", []change{{"/attainment/compared", "rounded half up to 0.1"}}, contract.ErrInvalid, "/attainment/compared"},
		{"scores of a share", []change{{"/satisfaction/scores", obj{"satisfied": "1"}}}, contract.ErrInvalid, "/satisfaction/scores: has no effect"},
		{"a score as the threshold of a share", []change{{"/satisfaction/atLeastScore", "8"}}, contract.ErrInvalid, "/satisfaction/atLeastScore: has no effect"},
		{"a share without a threshold", []change{{At: "/satisfaction/atLeast"}, {"/readings", list{}}, {"/completed", list{}}}, contract.ErrRequired, "/satisfaction/atLeast: not stated"},
		{"a penalty for each point of a percentage", meanScore()[:1], contract.ErrConflict, "satisfaction is a mean score, which has no percentage points"},
	} {
		_, err := contract.Compile(reread(t, sampleDocument(t), tt.changes), china())
		require.ErrorIs(t, err, tt.kind, tt.why)
		assert.ErrorContains(t, err, tt.says, tt.why)
	}
	_, err := contract.Parse([]byte(`{"satisfaction":{"atLeastScore":"8/10"}}`))
	assert.ErrorContains(t, err, `"8/10" is no score; write it as 8.5`)
}

func ExampleParseScore() {
	eight, err := contract.ParseScore("8")
	if err != nil {
		log.Fatal(err)
	}
	_, err = contract.ParseScore("8/10")
	fmt.Println(eight, err)
	// Output:
	// 8 "8/10" is no score; write it as 8.5: "8/10": unexpected "/" at 2: malformed
}

func ExampleScore_Compare() {
	fmt.Println(contract.MustParseScore("8.0").Compare(contract.MustParseScore("8")))
	// Output:
	// 0
}

// The mean of what customers answer on a scale of ten: 8 at least.
func ExampleSatisfaction_Score() {
	doc := exampleDocument()
	score := contract.MustParseScore
	doc.Satisfaction = &contract.SatisfactionClause{
		Clause: "satisfaction", Formula: contract.FormulaMeanScore, Answers: []string{"10", "9", "8", "7", "6"},
		Scores:       map[string]contract.Score{"10": score("10"), "9": score("9"), "8": score("8"), "7": score("7"), "6": score("6")},
		AtLeastScore: score("8"), Period: contract.CalendarQuarter, Fewest: 3, TooFew: contract.TooFewNoData, Compared: contract.ComparedScoreHundredths,
	}
	doc.Breach, doc.Readings, doc.Completed = nil, nil, nil
	c := contract.MustCompile(doc, exampleReference())
	var answers []contract.Survey
	for _, a := range []string{"10", "8", "6", "8", "7", "9", "8"} {
		answers = append(answers, contract.Survey{On: contract.MustParseDate("2024-05-15"), Answer: a})
	}
	quarters, err := c.Satisfaction(answers)
	if err != nil {
		log.Fatal(err)
	}
	for _, s := range quarters {
		mean, _ := s.Score()
		met, _ := s.Met()
		fmt.Println(s.Period, mean, "at least", s.AtLeastScore(), met)
	}
	// Output:
	// 2024-04-01..2024-06-30 8 at least 8 true
}

func TestSatisfaction(t *testing.T) {
	q2 := map[string]int{"very satisfied": 56, "satisfied": 30, "neutral": 9, "dissatisfied": 5, "": 10} // question 17 (c)
	weights := []change{
		{"/satisfaction/formula", "weighted"}, {At: "/satisfaction/good"},
		{"/satisfaction/weights", map[string]string{"very satisfied": "100%", "satisfied": "70%", "neutral": "50%", "dissatisfied": "30%", "very dissatisfied": "10%"}},
	}
	for _, tt := range []struct {
		why     string
		changes []change
		answers map[string]int
		percent string
		met     bool
	}{
		{"invalid answers are left out of both sides", nil, q2, "86%", false},
		{"the threshold itself is reached", nil, map[string]int{"very satisfied": 18, "neutral": 2}, "90%", true},
		{"one fewer than the fewest is no data", nil, map[string]int{"very satisfied": 19}, "", false},
		{"reading: weighted levels", weights, q2, "83%", false},
		{"compared exact: 89.9 is not 90", nil, map[string]int{"satisfied": 899, "neutral": 101}, "89.9%", false},
		{"compared rounded, it is", []change{{"/satisfaction/compared", "rounded half up to 1%"}}, map[string]int{"satisfied": 899, "neutral": 101}, "90%", true},
	} {
		t.Run(tt.why, func(t *testing.T) {
			rows, err := sample(t, tt.changes...).Satisfaction(surveys("2024-05-15", tt.answers))
			require.NoError(t, err)
			require.Len(t, rows, 1)
			s := rows[0]
			assert.Equal(t, "2024-04-01..2024-06-30", s.Period.String())
			assert.Equal(t, "4.1(3)", s.Clause())
			p, ok := s.Percent()
			assert.Equal(t, tt.percent != "", ok)
			met, ok := s.Met()
			assert.Equal(t, tt.percent != "", ok)
			assert.Equal(t, tt.met, met)
			if tt.percent == "" {
				assert.Empty(t, s.Explain().Steps)
				return
			}
			assert.Equal(t, tt.percent, p.String())
			w := s.Explain()
			assert.NoError(t, w.Check().Err())
			assert.Equal(t, map[bool]string{true: "yes", false: "no"}[tt.met], w.Result.Text)
		})
	}
	_, err := sample(t, change{At: "/satisfaction"}, change{At: "/breach"}, change{At: "/readings"}, change{At: "/completed"}).Satisfaction(surveys("2024-05-15", q2))
	assert.ErrorIs(t, err, contract.ErrSilent)
	_, err = sample(t).Satisfaction([]contract.Survey{{Source: "surveys.csv:9", Answer: "neutral"}})
	assert.ErrorIs(t, err, contract.ErrRequired)
	assert.ErrorContains(t, err, "surveys.csv:9")
}
