package contract_test

import (
	"encoding/json"
	"errors"
	"os"
	"reflect"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cfd16870/contract"
	"github.com/cfd16870/contract/cn"
	"github.com/cfd16870/contract/proof"
)

// A question of testdata/sample/questions.json: what is asked of the sample
// contract, and the answer worked by hand. The file is written by hand; no flag
// of these tests touches it.
type question struct {
	Question        string   `json:"question"`
	Why             string   `json:"why"`
	Target          string   `json:"target"`
	Received        string   `json:"received"`
	Changes         []change `json:"changes"`
	Events          []event  `json:"events"`
	AsOf            string   `json:"asOf"`
	Provisional     bool     `json:"provisional"`
	Due             string   `json:"due"`
	Status          string   `json:"status"`
	Overrun         string   `json:"overrun"`
	OverrunService  string   `json:"overrunService"`
	ProvisionalFrom string   `json:"provisionalFrom"`
	Error           string   `json:"error"`
	Worked          []string `json:"worked"`
}

type change struct {
	At      string `json:"at"`
	Becomes any    `json:"becomes"`
}

type event struct {
	Kind, At, Reason string
}

func questions(t testing.TB) []question {
	t.Helper()
	data, err := os.ReadFile("testdata/sample/questions.json")
	require.NoError(t, err)
	var list []question
	require.NoError(t, json.Unmarshal(data, &list))
	require.NotEmpty(t, list)
	return list
}

func sampleDocument(t testing.TB) *contract.Document {
	t.Helper()
	data, err := os.ReadFile("testdata/sample/contract.json")
	require.NoError(t, err)
	doc, err := contract.Parse(data)
	require.NoError(t, err)
	return doc
}

func china() contract.Reference {
	return contract.Reference{Calendars: map[string]*contract.Calendar{"cn": cn.Calendar()}}
}

// reread states other readings of the document: each change finds what stands.
func reread(t testing.TB, doc *contract.Document, changes []change) *contract.Document {
	t.Helper()
	var list []contract.Change
	for _, c := range changes {
		if was, _ := doc.Lookup(c.At); !reflect.DeepEqual(was, c.Becomes) { // a word that stands is no change
			list = append(list, contract.Change{At: c.At, Was: was, Becomes: c.Becomes})
		}
	}
	doc, err := doc.With(list...)
	require.NoError(t, err)
	return doc
}

func instant(t testing.TB, s string) time.Time {
	t.Helper()
	at, err := time.Parse(time.RFC3339Nano, s)
	require.NoError(t, err)
	return at
}

func (q question) request(t testing.TB) *contract.Request {
	r := &contract.Request{ID: "Q" + q.Question, Source: "questions.json", Received: instant(t, q.Received)}
	for _, e := range q.Events {
		kind, err := contract.ParseEventKind(e.Kind)
		require.NoError(t, err)
		r.Events = append(r.Events, contract.Event{Kind: kind, At: instant(t, e.At), Reason: e.Reason})
	}
	return r
}

func (q question) contract(t testing.TB, doc *contract.Document) *contract.Contract {
	c, err := contract.Compile(reread(t, doc, q.Changes), china())
	require.NoError(t, err)
	if q.Provisional {
		c, err = c.Provisional()
		require.NoError(t, err)
	}
	return c
}

// answer asks the question and returns the working of the answer.
func (q question) answer(t *testing.T, c *contract.Contract) *proof.Working {
	target, err := c.Target(q.Target)
	require.NoError(t, err)
	if q.AsOf == "" {
		d, err := target.Deadline(instant(t, q.Received))
		if q.Error != "" {
			require.Error(t, err)
			assert.True(t, errors.Is(err, contract.ErrRange), "%v", err)
			assert.Equal(t, q.Error, contract.ErrRange.Error())
			return nil
		}
		require.NoError(t, err)
		assert.Equal(t, q.Due, d.Due.Format(time.RFC3339Nano))
		assert.Equal(t, q.ProvisionalFrom, dateOrNone(d.Provisional))
		return d.Explain()
	}
	m, err := target.Measure(q.request(t), instant(t, q.AsOf))
	require.NoError(t, err)
	assert.Equal(t, q.Status, m.Status.String())
	if q.Due == "" {
		assert.True(t, m.Due.IsZero())
	} else {
		assert.Equal(t, q.Due, m.Due.Format(time.RFC3339Nano))
	}
	if q.Overrun != "" {
		assert.Equal(t, q.Overrun, m.Overrun.String())
		in, ok := m.OverrunService()
		assert.True(t, ok)
		assert.Equal(t, q.OverrunService, in.String())
	}
	return m.Explain()
}

func dateOrNone(d contract.Date) string {
	if !d.IsValid() {
		return ""
	}
	return d.String()
}

func TestQuestions(t *testing.T) {
	doc := sampleDocument(t)
	for _, q := range questions(t) {
		t.Run(q.Question+" "+q.Why, func(t *testing.T) {
			require.NotEmpty(t, q.Worked, "an answer is worked by hand before the engine runs")
			w := q.answer(t, q.contract(t, doc))
			if w != nil {
				assert.NoError(t, w.Check().Err())
				assert.True(t, w.Sealed())
			}
		})
	}
}

// Each stated choice decides: the reading moves the answer away from the one
// that the sample chose, unless the question is one on which both agree.
func TestReadingsMoveTheAnswer(t *testing.T) {
	agree := map[string]string{
		"reading: clock minutes from the next opening":         "from an opening both clocks run",
		"reading: out of hours not at all; in hours as before": "received in hours",
		"reading: touched days are skipped; two whole days":    "days paused whole are touched too",
		"reading: paused service time is added; 16 hours":      "two whole days are 16 hours",
	}
	doc := sampleDocument(t)
	stated := contract.MustCompile(doc, china())
	for _, q := range questions(t) {
		if len(q.Changes) == 0 || q.Due == "" || q.Provisional || q.Question == "8" {
			continue
		}
		t.Run(q.Question+" "+q.Why, func(t *testing.T) {
			target, err := stated.Target(q.Target)
			require.NoError(t, err)
			asOf := instant(t, q.Received).AddDate(0, 0, 12)
			if q.AsOf != "" {
				asOf = instant(t, q.AsOf)
			}
			m, err := target.Measure(q.request(t), asOf)
			require.NoError(t, err)
			chosen := m.Due.Format(time.RFC3339Nano)
			if why, ok := agree[q.Why]; ok {
				assert.Equal(t, q.Due, chosen, why)
			} else {
				assert.NotEqual(t, q.Due, chosen)
			}
		})
	}
}
