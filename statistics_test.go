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
	"github.com/cfd16870/contract/proof"
)

// statistic is a clause over technical responses, which run on service time.
func statistic(formula string, more ...change) []change {
	s := map[string]any{"clause": "response", "of": []string{"technical response"}, "formula": formula, "excused": "does not count",
		"period": "calendar month", "placedBy": "received", "fewest": 2, "tooFew": "no data"}
	for _, m := range more {
		s[m.At] = m.Becomes
	}
	return []change{{"/statistics", map[string]any{"the figure": s}}}
}

// took measures a technical request of 4 March 2024 that was answered after some minutes.
func took(t testing.TB, c *contract.Contract, minutes int, more ...contract.Event) contract.Measurement {
	t.Helper()
	r := &contract.Request{ID: "R", Received: at("2024-03-04 09:00"), Events: append([]contract.Event{{Kind: contract.EventResponded, At: at("2024-03-04 09:00").Add(time.Duration(minutes) * time.Minute)}}, more...)}
	m, err := mustTarget(t, c, "technical response").Measure(r, at("2024-04-01 09:00"))
	require.NoError(t, err)
	return m
}

func TestStatistics(t *testing.T) {
	excused := ev(contract.EventExcused, "2024-03-05 09:00", "power cut")
	within := change{"within", "20 service minutes"}
	for _, tt := range []struct {
		why     string
		changes []change
		took    []int
		excused []int
		want    string // "": no data
	}{
		{"the mean of 10, 20 and 60 minutes", statistic("mean"), []int{10, 20, 60}, nil, "30m0s"},
		{"a third of a minute is twenty seconds", statistic("mean"), []int{10, 10, 11}, nil, "10m20s"},
		{"the 95th of twenty is the nineteenth", statistic("percentile", change{"at", "95%"}), []int{20, 19, 18, 17, 16, 15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1}, nil, "19m0s"},
		{"a percentile between two ranks is the higher: nearest rank", statistic("percentile", change{"at", "50%"}), []int{10, 20, 30}, nil, "20m0s"},
		{"the 50th of four is the second", statistic("percentile", change{"at", "50%"}), []int{10, 20, 30, 40}, nil, "20m0s"},
		{"equal times are of one rank", statistic("percentile", change{"at", "90%"}), []int{10, 10, 10}, nil, "10m0s"},
		{"the 100th is the longest", statistic("percentile", change{"at", "100%"}), []int{10, 30, 20}, nil, "30m0s"},
		{"within twenty minutes, twenty included", statistic("share within", within), []int{10, 20, 21, 60}, nil, "50%"},
		{"what is excused is left out where it does not count", statistic("share within", within), []int{10, 20}, []int{90, 90}, "100%"},
		{"and counts where it does", statistic("share within", within, change{"excused", "counts"}), []int{10, 20}, []int{90, 90}, "50%"},
		{"one fewer than the fewest is no data", statistic("mean"), []int{10}, nil, ""},
		{"nothing at all is no data", statistic("mean"), nil, nil, ""},
	} {
		t.Run(tt.why, func(t *testing.T) {
			c := sample(t, tt.changes...)
			sum, err := c.NewStatisticTally()
			require.NoError(t, err)
			for _, n := range tt.took {
				require.True(t, sum.Add(took(t, c, n)))
			}
			for _, n := range tt.excused {
				sum.Add(took(t, c, n, excused))
			}
			got := ""
			for _, s := range sum.Statistics() {
				assert.Equal(t, "2024-03-01..2024-03-31", s.Period.String())
				if d, ok := s.Time(); ok {
					got = d.String()
				}
				if p, ok := s.Share(); ok {
					got = p.String()
				}
				if w := s.Explain(); tt.want != "" {
					assert.NoError(t, w.Check().Err())
					assert.Equal(t, got, w.Result.Text)
				} else {
					assert.Empty(t, w.Steps)
				}
			}
			assert.Equal(t, tt.want, got)
		})
	}
}

// What is not done has no time.
func TestStatisticsOfWhatIsOpen(t *testing.T) {
	c := sample(t, statistic("mean")...)
	sum, err := c.NewStatisticTally()
	require.NoError(t, err)
	m, err := mustTarget(t, c, "technical response").Measure(&contract.Request{ID: "R", Received: at("2024-03-04 09:00")}, at("2024-04-01 09:00"))
	require.NoError(t, err)
	assert.False(t, sum.Add(m))
	_, err = sample(t).NewStatisticTally()
	assert.ErrorIs(t, err, contract.ErrSilent)
}

func TestStatisticsOfADocument(t *testing.T) {
	for _, tt := range []struct {
		why     string
		changes []change
		kind    error
		says    string
	}{
		{"a percentile without its rank", statistic("percentile"), contract.ErrRequired, "/statistics/the figure/at: say which percentile"},
		{"a rank of a mean", statistic("mean", change{"at", "95%"}), contract.ErrInvalid, "/statistics/the figure/at: has no effect"},
		{"a rank of nothing", statistic("percentile", change{"at", "0%"}), contract.ErrInvalid, "above 0%"},
		{"a share without its time", statistic("share within"), contract.ErrRequired, "/statistics/the figure/within: say within what time"},
		{"a time of a mean", statistic("mean", change{"within", "20 service minutes"}), contract.ErrInvalid, "/statistics/the figure/within: has no effect"},
		{"a time on another clock", statistic("share within", change{"within", "20 clock minutes"}), contract.ErrConflict, `"technical response" runs on service time`},
		{"clocks of two kinds", statistic("mean", change{"of", []string{"technical response", "e-mail response"}}), contract.ErrConflict, "run on clocks of two kinds"},
		{"of no target", statistic("mean", change{"of", []string{}}), contract.ErrRequired, "say of which targets"},
		{"by no known word", statistic("median"), contract.ErrUnknown, "write one of: mean, percentile, share within"},
	} {
		_, err := contract.Compile(reread(t, sampleDocument(t), tt.changes), china())
		require.ErrorIs(t, err, tt.kind, tt.why)
		assert.ErrorContains(t, err, tt.says, tt.why)
	}
}

// A batch may be cut anywhere, and its parts come together in any order.
func TestMergedStatisticsEqualTheWhole(t *testing.T) {
	c := sample(t, statistic("percentile", change{"at", "90%"})...)
	rapid.Check(t, func(rt *rapid.T) {
		times := rapid.SliceOfN(rapid.IntRange(1, 200), 2, 30).Draw(rt, "took")
		whole, err := c.NewStatisticTally()
		require.NoError(rt, err)
		parts := make([]*contract.StatisticTally, 3)
		for i := range parts {
			parts[i], err = c.NewStatisticTally()
			require.NoError(rt, err)
		}
		for _, n := range times {
			m := took(t, c, n)
			whole.Add(m)
			parts[rapid.IntRange(0, 2).Draw(rt, "part")].Add(m)
		}
		merged := new(contract.StatisticTally)
		for _, i := range rapid.Permutation([]int{0, 1, 2}).Draw(rt, "order") {
			merged.Merge(parts[i])
		}
		want, got := whole.Statistics(), merged.Statistics()
		require.Equal(rt, want, got)
		d, ok := got[0].Time()
		require.True(rt, ok)
		longer := 0
		for _, n := range times {
			if m := took(t, c, n); m.Used > d {
				longer++
			}
		}
		require.LessOrEqual(rt, 10*longer, len(times), "at most a tenth is longer")
	})
}

func ExampleContract_NewStatisticTally() {
	doc := exampleDocument()
	clause := contract.StatisticClause{
		Clause: "response", Of: []string{"phone and online response"}, Formula: contract.StatisticShare, Within: contract.MustParseSpan("1 service minute"),
		Excused: contract.CountsNo, Period: "calendar month", PlacedBy: contract.PlacedByReceived, Fewest: 1, TooFew: contract.TooFewNoData,
	}
	mean := clause
	mean.Formula, mean.Within = contract.StatisticMean, contract.Span{}
	doc.Statistics = map[string]contract.StatisticClause{"answered within a minute": clause, "time to answer": mean}
	c := contract.MustCompile(doc, exampleReference())
	target, err := c.Target("phone and online response")
	if err != nil {
		log.Fatal(err)
	}
	// Two goroutines would keep a tally each, and merge them.
	morning, err := c.NewStatisticTally()
	if err != nil {
		log.Fatal(err)
	}
	all := new(contract.StatisticTally)
	for _, answered := range []string{"2024-03-04 09:00:20", "2024-03-04 09:01:00", "2024-03-04 09:02:30"} {
		m, err := target.Measure(&contract.Request{
			Received: inChina("2024-03-04 09:00:00"), Events: []contract.Event{{Kind: contract.EventResponded, At: inChina(answered)}},
		}, inChina("2024-03-05 09:00:00"))
		if err != nil {
			log.Fatal(err)
		}
		morning.Add(m)
	}
	all.Merge(morning)
	for _, s := range all.Statistics() {
		if share, ok := s.Share(); ok {
			fmt.Println(s.Name, share, "of", s.Requests())
		}
		if d, ok := s.Time(); ok {
			fmt.Println(s.Name, d)
		}
	}
	// Output:
	// answered within a minute 200/3% of 3
	// time to answer 1m16.666666667s
}

// The time of many requests is more than a Duration holds; their mean is not.
func TestTheMeanOfMany(t *testing.T) {
	c := sample(t, statistic("mean")...)
	all, err := c.NewStatisticTally()
	require.NoError(t, err)
	require.True(t, all.Add(took(t, c, 30)))
	require.True(t, all.Add(took(t, c, 31)))
	for range 25 { // doubled each time: 2 and 2^26 of 30 and 31 minutes, four thousand years
		half, err := c.NewStatisticTally()
		require.NoError(t, err)
		half.Merge(all)
		all.Merge(half)
	}
	s := all.Statistics()[0]
	d, ok := s.Time()
	require.True(t, ok)
	assert.Equal(t, 30*time.Minute+30*time.Second, d)
	assert.EqualValues(t, 1<<26, s.Requests())
	explains(t, s.Explain(), proof.ElapsedOf(d))
}
