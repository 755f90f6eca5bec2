package contract

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"github.com/cfd16870/contract/internal/exact"
	"github.com/cfd16870/contract/proof"
)

// A StatisticClause makes one figure a period of the time that requests took: a mean,
// a percentile, or the share of those done within some time. The time is that used
// on the target's own clock, outside the pauses, until the request was done; one that
// is not done has none.
type StatisticClause struct {
	Clause   string      `json:"clause,omitzero" ref:"clauses"`
	Of       []string    `json:"of,omitzero" ref:"targets"` // on clocks of one kind
	Formula  Statistics  `json:"formula,omitzero"`
	At       Percent     `json:"at,omitzero" optional:"true"`     // of a percentile: 95%
	Within   Span        `json:"within,omitzero" optional:"true"` // of a share: on the clock of the targets
	Excused  Counts      `json:"excused,omitzero"`
	Period   CountPeriod `json:"period,omitzero"`
	PlacedBy PlacedBy    `json:"placedBy,omitzero"`
	Fewest   int         `json:"fewest,omitzero"` // requests done; with fewer there is no figure
	TooFew   TooFew      `json:"tooFew,omitzero"`
}

// Statistics is how the times of requests make a figure.
type Statistics string

const (
	StatisticMean       Statistics = "mean"
	StatisticPercentile Statistics = "percentile"   // the shortest of the times that is no shorter than so many of them: nearest rank
	StatisticShare      Statistics = "share within" // of the requests, those done within some time, its end included
)

// Words returns the words of the choice.
func (Statistics) Words() []string {
	return []string{string(StatisticMean), string(StatisticPercentile), string(StatisticShare)}
}

// A Statistic is the times of the requests of a period, and the figure that its
// clause makes of them. The zero Statistic has none.
type Statistic struct {
	Name   string
	Period Period

	times  map[time.Duration]int64 // how many requests took how long
	clause StatisticClause
	source source
}

// Requests returns how many requests count.
func (s Statistic) Requests() (n int64) {
	for _, k := range s.times {
		n += k
	}
	return n
}

// Clause returns the printed number of the clause by which it is counted.
func (s Statistic) Clause() string { return s.source.clause }

// Time returns the mean or the percentile, a nanosecond that is begun counted whole.
// ok is false where there are too few requests to say, and for a share.
func (s Statistic) Time() (d time.Duration, ok bool) {
	n := s.Requests()
	if n == 0 || n < int64(s.clause.Fewest) {
		return 0, false
	}
	switch s.clause.Formula {
	case StatisticMean:
		each, err := s.total().Div(exact.New(n))
		if err == nil {
			each, err = each.Round(0, exact.Up)
		}
		mean, fits := each.Int64()
		return time.Duration(mean), err == nil && fits
	case StatisticPercentile:
		_, d, _, _ = s.rank(n)
		return d, true
	}
	return 0, false
}

// Share returns the share of the requests that were done within the time of the
// clause. ok is false where there are too few to say, and for the other formulas.
func (s Statistic) Share() (p Percent, ok bool) {
	n := s.Requests()
	if s.clause.Formula != StatisticShare || n == 0 || n < int64(s.clause.Fewest) {
		return Percent{}, false
	}
	p, err := percentOf(s.within(), n)
	return p, err == nil
}

// total is all the time that the requests took, in nanoseconds: of many it is more than
// a Duration holds.
func (s Statistic) total() exact.Num {
	sum := exact.New(0)
	for d, k := range s.times {
		sum = sum.Add(exact.New(int64(d)).Mul(exact.New(k)))
	}
	return sum
}

// within is how many requests were done within the time of the clause.
func (s Statistic) within() (n int64) {
	limit, _ := s.clause.Within.Duration()
	for d, k := range s.times {
		if d <= limit {
			n += k
		}
	}
	return n
}

// rank finds the percentile of n times, and the next shorter one, each with how many
// are no longer.
func (s Statistic) rank(n int64) (before, at time.Duration, shorter, upTo int64) {
	for _, d := range sortedDurations(s.times) {
		before, at, shorter, upTo = at, d, upTo, upTo+s.times[d]
		if share, err := percentOf(upTo, n); err != nil || share.Compare(s.clause.At) >= 0 {
			break
		}
	}
	return before, at, shorter, upTo
}

func sortedDurations(times map[time.Duration]int64) []time.Duration {
	list := make([]time.Duration, 0, len(times))
	for d := range times {
		list = append(list, d)
	}
	slices.Sort(list)
	return list
}

// Explain is the working of the figure; an empty one where there is none.
func (s Statistic) Explain() *proof.Working {
	_, isTime := s.Time()
	share, isShare := s.Share()
	if !isTime && !isShare {
		return new(proof.Working)
	}
	w := newRecorder(fmt.Sprintf("%s in %v", s.Name, s.Period))
	at, clause, n := s.Period.String(), s.source.clause, s.Requests()
	number := func(n int64) proof.Value { return proof.NumberOf(exact.New(n).Rat()) }
	percent := func(p Percent) proof.Value { return proof.PercentOf(p.n.Rat()) }
	all := w.fact("measurements counted", number(n), "measurements", at)
	switch s.clause.Formula {
	case StatisticMean:
		d, _ := s.Time()
		total, fits := s.total().Int64()
		if !fits { // it is told in nanoseconds, as a number
			mean, _ := s.total().Div(exact.New(n))
			sum := w.fact("nanoseconds used by all", proof.NumberOf(s.total().Rat()), "measurements", at)
			each := w.derive(proof.Div, "nanoseconds used by each", proof.NumberOf(mean.Rat()), clause, sum, all)
			w.derive(proof.Part, s.Name, proof.ElapsedOf(d), clause, w.fact("a nanosecond", proof.ElapsedOf(1), "measurements", at), each)
			break
		}
		one, _ := percentOf(1, n)
		sum := w.fact("time used by all", proof.ElapsedOf(time.Duration(total)), "measurements", at)
		each := w.derive(proof.Share, "share of each", percent(one), clause, w.fact("each", number(1), "measurements", at), all)
		w.derive(proof.Part, s.Name, proof.ElapsedOf(d), clause, sum, each)
	case StatisticShare:
		in := w.fact("done within the time", number(s.within()), "measurements", at)
		w.derive(proof.Share, s.Name, percent(share), clause, in, all)
	case StatisticPercentile:
		before, d, shorter, upTo := s.rank(n)
		least := w.term("percentile", percent(s.clause.At), s.source, "/at")
		enough := func(name string, k int64) int {
			part, _ := percentOf(k, n)
			of := w.derive(proof.Share, name, percent(part), clause, w.fact(name, number(k), "measurements", at), all)
			return w.derive(proof.AtLeast, "enough", proof.TruthOf(part.Compare(s.clause.At) >= 0), clause, of, least)
		}
		is := w.fact("time used", proof.ElapsedOf(d), "measurements", at)
		if shorter == 0 { // nothing is shorter
			w.derive(proof.Choose, s.Name, proof.ElapsedOf(d), clause, enough("done by then", upTo), is, is)
			break
		}
		next := w.fact("next shorter time used", proof.ElapsedOf(before), "measurements", at)
		w.derive(proof.Choose, s.Name, proof.ElapsedOf(d), clause, enough("done sooner", shorter), next, is)
	}
	return w.done()
}

// A statisticRule is a clause of one version.
type statisticRule struct {
	clause StatisticClause
	source source
	by     countedBy
}

func (r *statisticRule) periods() countedBy { return r.by }

// A StatisticTally counts how long requests took, by the statistics of a contract and
// their periods; of each time only how many took it is kept. Tallies merge in any
// order. It is not safe for concurrent use: one for each goroutine, and Merge. The
// zero StatisticTally counts nothing; a contract makes one, see
// [Contract.NewStatisticTally].
type StatisticTally struct {
	rules  map[string]versions[*statisticRule]
	counts map[statisticKey]*Statistic
}

type statisticKey struct {
	name   string
	period Period
}

// Add counts a measurement for each statistic that names its target, in the period
// in which the clause places it, as [Tally.Add] does. It reports whether one did.
func (t *StatisticTally) Add(m Measurement) bool {
	if m.rule == nil || m.request == nil || m.Done.IsZero() {
		return false
	}
	took, ok := m.took()
	if !ok {
		return false
	}
	counted := false
	for name, rules := range t.rules {
		rule, _ := ruleOfPeriod(rules, DateOf(m.request.Received.In(m.rule.zone)), (*statisticRule).periods)
		if rule == nil {
			continue
		}
		rule, in := ruleOfPeriod(rules, m.placed(rule.clause.PlacedBy), (*statisticRule).periods)
		if rule == nil || !in.IsValid() || !slices.Contains(rule.clause.Of, m.rule.name) || m.Status == StatusExcused && rule.clause.Excused == CountsNo {
			continue
		}
		t.row(statisticKey{name, in}, rule.clause, rule.source).times[took]++
		counted = true
	}
	return counted
}

func (t *StatisticTally) row(key statisticKey, clause StatisticClause, src source) *Statistic {
	s, ok := t.counts[key]
	if !ok {
		s = &Statistic{Name: key.name, Period: key.period, times: make(map[time.Duration]int64), clause: clause, source: src}
		t.counts[key] = s
	}
	return s
}

// Merge adds what another tally of the same contract counted; nil counted nothing.
func (t *StatisticTally) Merge(o *StatisticTally) {
	if o == nil || len(o.counts) == 0 {
		return
	}
	if t.counts == nil {
		t.rules, t.counts = o.rules, make(map[statisticKey]*Statistic)
	}
	for key, b := range o.counts {
		a := t.row(key, b.clause, b.source)
		for d, k := range b.times {
			a.times[d] += k
		}
	}
}

// Statistics returns what was counted, by period and name.
func (t *StatisticTally) Statistics() []Statistic {
	all := make([]Statistic, 0, len(t.counts))
	for _, s := range t.counts {
		own := *s
		own.times = make(map[time.Duration]int64, len(s.times))
		for d, k := range s.times {
			own.times[d] = k
		}
		all = append(all, own)
	}
	slices.SortFunc(all, func(a, b Statistic) int {
		return cmp.Or(a.Period.compare(b.Period), cmp.Compare(a.Name, b.Name))
	})
	return all
}
