package contract

import (
	"fmt"
	"maps"
	"slices"

	"github.com/cfd16870/contract/internal/exact"
	"github.com/cfd16870/contract/proof"
)

// A SatisfactionClause says how answers of surveys are counted: clause 4.1(3).
type SatisfactionClause struct {
	Clause       string             `json:"clause,omitzero" ref:"clauses"`
	Formula      Formula            `json:"formula,omitzero"`
	Good         []string           `json:"good,omitzero" optional:"true"` // for share: the answers that count as satisfied
	Answers      []string           `json:"answers,omitzero"`              // the valid ones; any other is invalid and left out
	Weights      map[string]Percent `json:"weights,omitzero" optional:"true"`
	Scores       map[string]Score   `json:"scores,omitzero" optional:"true"` // for a mean score: the points of each answer
	AtLeast      Percent            `json:"atLeast,omitzero" optional:"true"`
	AtLeastScore Score              `json:"atLeastScore,omitzero" optional:"true"` // of a mean score, in place of a percentage
	Period       CountPeriod        `json:"period,omitzero"`
	Fewest       int                `json:"fewest,omitzero"` // valid answers; with fewer there is no figure
	TooFew       TooFew             `json:"tooFew,omitzero"`
	Compared     Compared           `json:"compared,omitzero"`
}

// Formula is how answers make a figure.
type Formula string

const (
	FormulaShare    Formula = "share"    // of the valid answers, those that are good
	FormulaWeighted Formula = "weighted" // the mean of the weights of the valid answers

	FormulaMeanScore Formula = "mean score" // the mean of the scores of the valid answers: 8.3 of 10
)

// Words returns the words of the choice.
func (Formula) Words() []string {
	return []string{string(FormulaShare), string(FormulaWeighted), string(FormulaMeanScore)}
}

// A Survey is one answer of a survey.
type Survey struct {
	Source string // where it was read: surveys.csv:4
	On     Date
	Answer string

	Recorded Date // the day on which it became known; the zero Date: at once
}

// A Satisfaction is what the surveys of a period say.
type Satisfaction struct {
	Period  Period
	Answers map[string]int64 // by valid answer
	Invalid int64            // answers that the clause does not know, left out

	clause SatisfactionClause
	source source
}

// A satisfactionRule is the clause of one version.
type satisfactionRule struct {
	clause SatisfactionClause
	source source
	by     countedBy
}

func (r *satisfactionRule) periods() countedBy { return r.by }

// A SurveyTally counts answers of surveys by period; nothing else is kept of them.
// It is not safe for concurrent use. The zero SurveyTally counts nothing; a
// contract makes one, see [Contract.NewSurveyTally].
type SurveyTally struct {
	rules  versions[*satisfactionRule] // nil where a version has no clause
	counts map[Period]*Satisfaction
}

// Add counts an answer in the period in which its day lies. One period has one
// rule: a clause that changes within a period counts from the next. An answer
// without a day is an error, and one on a day without a clause is ErrSilent; one
// that the clause does not know counts as invalid.
func (t *SurveyTally) Add(s Survey) error {
	if !s.On.IsValid() {
		return &Error{In: s.Source, Pointer: "on", Kind: ErrRequired, Msg: "the answer has no day"}
	}
	if len(t.rules) == 0 {
		return &Error{In: s.Source, Pointer: "/satisfaction", Kind: ErrSilent, Msg: "the zero SurveyTally has no clause to count by"}
	}
	rule, p := ruleOfPeriod(t.rules, s.On, (*satisfactionRule).periods)
	switch {
	case rule == nil:
		return &Error{In: s.Source, Pointer: "/satisfaction", Kind: ErrSilent,
			Msg: fmt.Sprintf("no clause says how satisfaction is counted on %v", s.On)}
	case !p.IsValid():
		return &Error{In: s.Source, Pointer: "on", Clause: rule.source.clause, Kind: ErrRange,
			Msg: fmt.Sprintf("%v lies before the first day of the term, from which its periods are counted", s.On)}
	}
	row, ok := t.counts[p]
	if !ok {
		row = &Satisfaction{Period: p, Answers: make(map[string]int64), clause: rule.clause, source: rule.source}
		t.counts[p] = row
	}
	if slices.Contains(row.clause.Answers, s.Answer) {
		row.Answers[s.Answer]++
	} else {
		row.Invalid++
	}
	return nil
}

// Satisfaction returns what was counted, in order of period.
func (t *SurveyTally) Satisfaction() []Satisfaction {
	all := make([]Satisfaction, 0, len(t.counts))
	for _, s := range t.counts {
		own := *s
		own.Answers = maps.Clone(s.Answers)
		all = append(all, own)
	}
	slices.SortFunc(all, func(a, b Satisfaction) int {
		return a.Period.compare(b.Period)
	})
	return all
}

// Valid returns the number of valid answers.
func (s Satisfaction) Valid() int64 {
	var n int64
	for _, k := range s.Answers {
		n += k
	}
	return n
}

// weight is what a valid answer counts: a number of percent, or of points.
func (s Satisfaction) weight(answer string) exact.Num {
	switch {
	case s.clause.Formula == FormulaWeighted:
		return s.clause.Weights[answer].n
	case s.clause.Formula == FormulaMeanScore:
		return s.clause.Scores[answer].n
	case slices.Contains(s.clause.Good, answer):
		return exact.New(100)
	}
	return exact.Num{}
}

// exactly returns the figure before it is rounded for comparison.
func (s Satisfaction) exactly() (f figure, ok bool) {
	valid := s.Valid()
	if valid == 0 || valid < int64(s.clause.Fewest) {
		return figure{}, false
	}
	var sum exact.Num
	for answer, n := range s.Answers {
		sum = sum.Add(s.weight(answer).Mul(exact.New(n)))
	}
	if s.clause.Formula != FormulaMeanScore {
		f.what = percent
	}
	var err error
	f.n, err = sum.Div(exact.New(valid))
	return f, err == nil
}

// figure returns the figure as it is compared with the threshold.
func (s Satisfaction) figure() (f figure, ok bool) {
	f, ok = s.exactly()
	f.n = s.clause.Compared.rounded(f.n)
	return f, ok
}

// threshold is the least figure that reaches it, and the key at which it stands.
func (s Satisfaction) threshold() (f figure, key string) {
	if s.clause.Formula == FormulaMeanScore {
		return numberFigure(s.clause.AtLeastScore.n), "/atLeastScore"
	}
	return percentFigure(s.clause.AtLeast), "/atLeast"
}

// Percent returns the satisfaction as it is compared with the threshold. ok is false
// where there are too few valid answers to say, no data is no figure, and where the
// clause counts a mean score.
func (s Satisfaction) Percent() (p Percent, ok bool) {
	f, ok := s.figure()
	return f.percent(), ok && f.what == percent
}

// Score returns the mean score as it is compared with the threshold; ok is false as for
// [Satisfaction.Percent], and where the clause counts percentages.
func (s Satisfaction) Score() (v Score, ok bool) {
	f, ok := s.figure()
	return Score{n: f.n, stated: true}, ok && f.what == plain
}

// AtLeast returns the threshold of a percentage.
func (s Satisfaction) AtLeast() Percent { return s.clause.AtLeast }

// AtLeastScore returns the threshold of a mean score.
func (s Satisfaction) AtLeastScore() Score { return s.clause.AtLeastScore }

// Met reports whether the threshold is reached; ok is false where there is no data.
func (s Satisfaction) Met() (met, ok bool) {
	f, ok := s.figure()
	least, _ := s.threshold()
	return ok && f.n.Cmp(least.n) >= 0, ok
}

// Clause returns the printed number of the clause.
func (s Satisfaction) Clause() string { return s.source.clause }

// Explain is the working of whether the threshold is reached; an empty one where
// there is no data.
func (s Satisfaction) Explain() *proof.Working {
	if _, ok := s.exactly(); !ok {
		return new(proof.Working)
	}
	w := newRecorder(fmt.Sprintf("satisfaction in %v", s.Period))
	is := s.write(w)
	least, key := s.threshold()
	atLeast := w.term("satisfaction at least", least.value(), s.source, key)
	met, _ := s.Met()
	w.derive(proof.AtLeast, "reached", proof.TruthOf(met), s.source.clause, is, atLeast)
	return w.done()
}

// write writes the figure down from the counts, and returns its step.
func (s Satisfaction) write(w *recorder) int {
	share, _ := s.exactly()
	if s.clause.Formula == FormulaMeanScore {
		return s.clause.Compared.explain(w, "satisfaction", s.source, s.writeMean(w), share)
	}
	number := func(n int64) proof.Value { return proof.NumberOf(exact.New(n).Rat()) }
	fact := func(answer string) int {
		return w.fact(answer, number(s.Answers[answer]), "surveys", s.Period.String())
	}
	var is int
	if s.clause.Formula == FormulaWeighted {
		var weighed []int
		for _, answer := range s.clause.Answers {
			weight := w.term("weight", proof.PercentOf(s.weight(answer).Rat()), s.source, "/weights/"+escape(answer))
			weighed = append(weighed, fact(answer), weight)
		}
		is = w.derive(proof.Mean, "satisfaction", share.value(), s.source.clause, weighed...)
	} else {
		var good, all []int
		var satisfied int64
		for _, answer := range s.clause.Answers {
			at := fact(answer)
			all = append(all, at)
			if slices.Contains(s.clause.Good, answer) {
				good = append(good, at)
				satisfied += s.Answers[answer]
			}
		}
		part := w.derive(proof.Add, "good answers", number(satisfied), s.source.clause, good...)
		whole := w.derive(proof.Add, "valid answers", number(s.Valid()), s.source.clause, all...)
		is = w.derive(proof.Share, "satisfaction", share.value(), s.source.clause, part, whole)
	}
	return s.clause.Compared.explain(w, "satisfaction", s.source, is, share)
}

// writeMean writes the mean score down.
func (s Satisfaction) writeMean(w *recorder) int {
	k := &calc{w: w}
	var points, valid []figure
	for _, answer := range s.clause.Answers {
		n := k.fact(answer, numberFigure(exact.New(s.Answers[answer])), "surveys", s.Period.String())
		score := k.term("score", numberFigure(s.weight(answer)), s.source, "/scores/"+escape(answer))
		points = append(points, k.mul("points", s.source.clause, n, score))
		valid = append(valid, n)
	}
	return k.div("satisfaction", s.source.clause, k.add("points in all", s.source.clause, points...), k.add("valid answers", s.source.clause, valid...)).at
}
