package contract_test

import (
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cfd16870/contract"
	"github.com/cfd16870/contract/proof"
)

// A penaltyQuestion is a row of testdata/sample/questions-penalties.json: debts on
// the edges of questions 11 to 14, and under the English contract, each worked by
// hand before the engine ran. No flag of these tests writes the file.
type penaltyQuestion struct {
	Question string      `json:"question"`
	Why      string      `json:"why"`
	Contract string      `json:"contract"` // "": the sample
	Changes  []change    `json:"changes"`
	Debt     string      `json:"debt"`
	Due      string      `json:"due"`
	AsOf     string      `json:"asOf"`
	Payments [][2]string `json:"payments"`
	Answers  struct {
		Charged string `json:"charged"`
		Fixed   string `json:"fixed"`
		Owed    string `json:"owed"`
		CapDay  string `json:"capDay"`
		Taken   string `json:"taken"`
	} `json:"answers"`
	Worked []string `json:"worked"`
}

func penaltyQuestions(t testing.TB) []penaltyQuestion {
	t.Helper()
	data, err := os.ReadFile("testdata/sample/questions-penalties.json")
	require.NoError(t, err)
	dec := json.NewDecoder(strings.NewReader(string(data)))
	dec.DisallowUnknownFields()
	var list []penaltyQuestion
	require.NoError(t, dec.Decode(&list))
	require.NotEmpty(t, list)
	return list
}

// answer asks the question, holds the answers, and returns the workings.
func (q penaltyQuestion) answer(t *testing.T) []*proof.Working {
	t.Helper()
	var edits []edit
	for _, c := range q.Changes {
		edits = append(edits, edit{c.At, c.Becomes})
	}
	var c *contract.Contract
	if q.Contract == "england" {
		c = englishContract(t, edits...)
	} else {
		c = compiled(t, chinaWithRates(), edits...)
	}
	var payments []contract.Payment
	for i, p := range q.Payments {
		payments = append(payments, contract.Payment{Source: fmt.Sprintf("payments.csv:%d", i+2), ID: fmt.Sprintf("P%d", i+1), On: day(p[0]), Amount: contract.MustParseMoney(p[1])})
	}
	d, err := c.LateCharge(contract.Debt{Source: "invoices.csv:2", ID: "S", Item: "support", Amount: contract.MustParseMoney(q.Debt), Due: day(q.Due)}, payments, day(q.AsOf), nil)
	require.NoError(t, err)
	assert.Equal(t, q.Answers.Charged, d.Charged.String())
	assert.Equal(t, q.Answers.Owed, d.Owed.String())
	list := []*proof.Working{d.Explain()}
	if q.Answers.Fixed != "" {
		assert.Equal(t, q.Answers.Fixed, d.FixedSum.String())
	} else {
		assert.True(t, d.FixedSum.IsZero())
	}
	if q.Answers.CapDay != "" {
		assert.Equal(t, q.Answers.CapDay, d.CapReached.String())
		assert.Equal(t, q.Answers.Taken, d.TakenByCap.String())
		list = append(list, d.ExplainCapDay(), d.ExplainTakenByCap())
	} else {
		assert.True(t, d.CapReached.IsZero())
	}
	return list
}

func TestQuestionsOfPenalties(t *testing.T) {
	for _, q := range penaltyQuestions(t) {
		t.Run(q.Question+" "+q.Why, func(t *testing.T) {
			require.NotEmpty(t, q.Worked, "an answer is worked by hand before the engine runs")
			for _, w := range q.answer(t) {
				proves(t, w)
			}
		})
	}
}

// The workings of these questions, as an auditor reads them, in both languages.
func TestWorkingsOfThePenaltyQuestions(t *testing.T) {
	var en, zh strings.Builder
	for _, q := range penaltyQuestions(t) {
		for _, w := range q.answer(t) {
			head := "# " + q.Question + ": " + q.Why + "\n\n"
			en.WriteString(head + w.Text(proof.English) + "\n")
			zh.WriteString(head + w.Text(proof.Chinese) + "\n")
		}
	}
	golden(t, "workings/penalties.en.golden", en.String())
	golden(t, "workings/penalties.zh.golden", zh.String())
}
