package contract

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/cfd16870/contract/internal/exact"
	"github.com/cfd16870/contract/proof"
)

// A SatisfactionClause says how answers of surveys are counted: clause 4.1(3).
type SatisfactionClause struct {
	Clause   string             `json:"clause,omitzero" ref:"clauses"`
	Formula  Formula            `json:"formula,omitzero"`
	Good     []string           `json:"good,omitzero" optional:"true"` // for share: the answers that count as satisfied
	Answers  []string           `json:"answers,omitzero"`              // the valid ones; any other is invalid and left out
	Weights  map[string]Percent `json:"weights,omitzero" optional:"true"`
	AtLeast  Percent            `json:"atLeast,omitzero"`
	Period   CountPeriod        `json:"period,omitzero"`
	Fewest   int                `json:"fewest,omitzero"` // valid answers; with fewer there is no figure
	TooFew   TooFew             `json:"tooFew,omitzero"`
	Compared Compared           `json:"compared,omitzero"`
}

// Formula is how answers make a percentage.
type Formula string

const (
	FormulaShare    Formula = "share"    // of the valid answers, those that are good
	FormulaWeighted Formula = "weighted" // the mean of the weights of the valid answers
)

// Words returns the words of the choice.
func (Formula) Words() []string { return []string{string(FormulaShare), string(FormulaWeighted)} }

// A Survey is one answer of a survey.
type Survey struct {
	Source string // where it was read: surveys.csv:4
	On     Date
	Answer string
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
}

// countSurveys counts answers by period; a version without a clause has a nil rule.
func countSurveys(rules versions[*satisfactionRule], surveys []Survey) ([]Satisfaction, error) {
	byPeriod := make(map[Period]*Satisfaction)
	var faults Errors
	for i, s := range surveys {
		if !s.On.IsValid() {
			faults = append(faults, &Error{In: s.Source, Pointer: fmt.Sprintf("surveys/%d/on", i), Kind: ErrRequired, Msg: "the answer has no day"})
			continue
		}
		rule, p := ruleOfPeriod(rules, s.On, func(r *satisfactionRule) CountPeriod { return r.clause.Period })
		if rule == nil {
			faults = append(faults, &Error{In: s.Source, Pointer: "/satisfaction", Kind: ErrSilent,
				Msg: fmt.Sprintf("no clause says how satisfaction is counted on %v", s.On)})
			continue
		}
		row, ok := byPeriod[p]
		if !ok {
			row = &Satisfaction{Period: p, Answers: make(map[string]int64), clause: rule.clause, source: rule.source}
			byPeriod[p] = row
		}
		if slices.Contains(row.clause.Answers, s.Answer) {
			row.Answers[s.Answer]++
		} else {
			row.Invalid++
		}
	}
	all := make([]Satisfaction, 0, len(byPeriod))
	for _, s := range byPeriod {
		all = append(all, *s)
	}
	slices.SortFunc(all, func(a, b Satisfaction) int {
		return cmp.Or(a.Period.From.Compare(b.Period.From), a.Period.Until.Compare(b.Period.Until))
	})
	return all, faults.orNil()
}

// Valid returns the number of valid answers.
func (s Satisfaction) Valid() int64 {
	var n int64
	for _, k := range s.Answers {
		n += k
	}
	return n
}

// weights are what each valid answer counts, as numbers of percent.
func (s Satisfaction) weight(answer string) exact.Num {
	if s.clause.Formula == FormulaWeighted {
		return s.clause.Weights[answer].n
	}
	if slices.Contains(s.clause.Good, answer) {
		return exact.New(100)
	}
	return exact.Num{}
}

// exactly returns the percentage before it is rounded for comparison.
func (s Satisfaction) exactly() (Percent, bool) {
	valid := s.Valid()
	if valid == 0 || valid < int64(s.clause.Fewest) {
		return Percent{}, false
	}
	var sum exact.Num
	for answer, n := range s.Answers {
		sum = sum.Add(s.weight(answer).Mul(exact.New(n)))
	}
	n, err := sum.Div(exact.New(valid))
	return Percent{n: n, stated: true}, err == nil
}

// Percent returns the satisfaction as it is compared with the threshold. ok is
// false where there are too few valid answers to say: no data is no figure.
func (s Satisfaction) Percent() (p Percent, ok bool) {
	p, ok = s.exactly()
	return s.clause.Compared.of(p), ok
}

// AtLeast returns the threshold.
func (s Satisfaction) AtLeast() Percent { return s.clause.AtLeast }

// Met reports whether the threshold is reached; ok is false where there is no data.
func (s Satisfaction) Met() (met, ok bool) {
	p, ok := s.Percent()
	return ok && p.Compare(s.clause.AtLeast) >= 0, ok
}

// Clause returns the printed number of the clause.
func (s Satisfaction) Clause() string { return s.source.clause }

// Explain is the working of whether the threshold is reached; an empty one where
// there is no data.
func (s Satisfaction) Explain() *proof.Working {
	share, ok := s.exactly()
	if !ok {
		return new(proof.Working)
	}
	w := newRecorder(fmt.Sprintf("satisfaction in %v", s.Period))
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
		is = w.derive(proof.Mean, "satisfaction", proof.PercentOf(share.n.Rat()), s.source.clause, weighed...)
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
		is = w.derive(proof.Share, "satisfaction", proof.PercentOf(share.n.Rat()), s.source.clause, part, whole)
	}
	is = s.clause.Compared.explain(w, "satisfaction", s.source, is, share)
	atLeast := w.term("satisfaction at least", proof.PercentOf(s.clause.AtLeast.n.Rat()), s.source, "/atLeast")
	met, _ := s.Met()
	w.derive(proof.AtLeast, "reached", proof.TruthOf(met), s.source.clause, is, atLeast)
	return w.done()
}
