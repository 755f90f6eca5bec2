package contract_test

import (
	"encoding/json"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cfd16870/contract"
	"github.com/cfd16870/contract/proof"
)

// An endingQuestion is a row of testdata/sample/questions-ending.json: what the
// questions 11 and 18 to 20 ask of the term and its ending, in readings beyond those
// of questions-money.json too, each worked by hand before the engine ran. No flag of
// these tests writes the file.
type endingQuestion struct {
	Question string               `json:"question"`
	Why      string               `json:"why"`
	Ask      string               `json:"ask"`
	Changes  []change             `json:"changes"`
	Due      string               `json:"due"`
	AsOf     string               `json:"asOf"`
	Channel  string               `json:"channel"`
	Sent     string               `json:"sent"`
	Received string               `json:"received"`
	By       string               `json:"by"`
	End      string               `json:"end"`
	Cause    contract.EndingCause `json:"cause"`
	Raised   bool                 `json:"raised"` // by question 18(a)
	Answers  map[string]string    `json:"answers"`
	Worked   []string             `json:"worked"`
}

func endingQuestions(t testing.TB) []endingQuestion {
	t.Helper()
	data, err := os.ReadFile("testdata/sample/questions-ending.json")
	require.NoError(t, err)
	dec := json.NewDecoder(strings.NewReader(string(data)))
	dec.DisallowUnknownFields()
	var list []endingQuestion
	require.NoError(t, dec.Decode(&list))
	return list
}

// answer asks, holds the answers and returns the workings.
func (q endingQuestion) answer(t *testing.T, c *contract.Contract) (all []*proof.Working) {
	t.Helper()
	notice := contract.Notice{Source: "notices.csv:2", ID: "N1", Channel: q.Channel, By: contract.Customer}
	if q.Sent != "" {
		notice.Sent = instant(t, q.Sent)
	}
	switch q.Ask {
	case "right", "lapse":
		rights, err := c.Rights(contract.LifeFacts{Debts: []contract.DebtDates{{Source: "invoices.csv:2", Debt: "S-2024", Due: on(q.Due)}}}, on(q.AsOf))
		require.NoError(t, err)
		asked := 0
		for _, r := range rights {
			want, ok := q.Answers[r.Name]
			if !ok {
				continue
			}
			asked++
			if q.Ask == "lapse" {
				assert.Equal(t, want, r.Until.String())
			} else {
				assert.Equal(t, want, r.From.String(), r.Name)
			}
			all = append(all, r.Explain())
		}
		require.Equal(t, len(q.Answers), asked)
	case "arrival":
		a, err := c.Arrival(notice)
		require.NoError(t, err)
		assert.Equal(t, q.Answers["day"], a.Day.String())
		all = append(all, a.Explain())
	case "notice by":
		term, err := c.Term(contract.LifeFacts{}, on(q.AsOf))
		require.NoError(t, err)
		assert.Equal(t, q.Answers["day"], term.NoticeBy.String())
		all = append(all, term.ExplainNoticeBy(), term.Explain())
	case "last dispatch":
		d, err := c.LastDispatch(q.Channel, on(q.By))
		require.NoError(t, err)
		assert.Equal(t, q.Answers["day"], dateOrNone(d.Day))
		if want := q.Answers["before"]; want != "" {
			assert.Equal(t, want, d.Before.Format(time.RFC3339))
		}
		all = append(all, d.Explain())
	case "cure":
		notice.Ground = "material breach"
		last, err := c.Cure(notice)
		require.NoError(t, err)
		assert.Equal(t, q.Answers["day"], last.Day.String())
		rights, err := c.Rights(contract.LifeFacts{Notices: []contract.Notice{notice}}, on(q.Answers["right"]))
		require.NoError(t, err)
		require.Len(t, rights, 1)
		assert.Equal(t, q.Answers["right"], rights[0].From.String())
		all = append(all, last.Explain(), rights[0].Explain())
	case "end":
		notice.Channel, notice.Ground, notice.Received = "hand", "convenience", instant(t, q.Received)
		term, err := c.Term(contract.LifeFacts{Notices: []contract.Notice{notice}}, on(q.AsOf))
		require.NoError(t, err)
		assert.Equal(t, q.Answers["day"], term.Ended.String())
		all = append(all, term.Explain())
	case "refund":
		var f contract.LifeFacts
		if q.Raised {
			f.Notices = []contract.Notice{raiseOf2025(t)}
		}
		r, err := c.Refund("support", on(q.End), f, q.Cause)
		require.NoError(t, err)
		assert.Equal(t, q.Answers["amount"], r.Amount.String())
		assert.Equal(t, q.Answers["none"], r.None)
		if r.None == "" {
			all = append(all, r.Explain())
		}
	default:
		t.Fatalf("a row asks %q", q.Ask)
	}
	return all
}

// The working of every row holds, goes through JSON, and reads in both languages.
func TestQuestionsOfTheEnding(t *testing.T) {
	doc := sampleDocument(t)
	asked := make(map[string]bool)
	var en, zh strings.Builder
	for _, q := range endingQuestions(t) {
		asked[q.Question] = true
		t.Run(q.Question+" "+q.Why, func(t *testing.T) {
			require.NotEmpty(t, q.Worked, "an answer is worked by hand before the engine runs")
			c, err := contract.Compile(reread(t, doc, q.Changes), china())
			require.NoError(t, err)
			for _, w := range q.answer(t, c) {
				require.NoError(t, w.Check().Err())
				data, err := json.Marshal(w)
				require.NoError(t, err)
				back, err := proof.Decode(data)
				require.NoError(t, err)
				require.NoError(t, back.Check().Err())
				head := "# " + q.Question + ": " + q.Why + "\n\n"
				en.WriteString(head + w.Text(proof.English) + "\n")
				zh.WriteString(head + w.Text(proof.Chinese) + "\n")
			}
		})
	}
	for _, n := range []string{"11", "18", "19", "20"} {
		assert.True(t, asked[n], "question %s", n)
	}
	golden(t, "workings/ending.en.golden", en.String())
	golden(t, "workings/ending.zh.golden", zh.String())
}
