package contract_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cfd16870/contract"
	"github.com/cfd16870/contract/cn"
	"github.com/cfd16870/contract/proof"
)

// A moneyQuestion is a row of testdata/sample/questions-money.json: questions 9 to
// 20 of the sample contract, in every reading, each worked by hand before the
// engine ran. No flag of these tests writes the file.
type moneyQuestion struct {
	Question string            `json:"question"`
	Why      string            `json:"why"`
	Ask      string            `json:"ask"`
	Changes  []change          `json:"changes"`
	Answers  map[string]string `json:"answers"`
	Worked   []string          `json:"worked"`

	Items     []string          `json:"items"`
	Received  string            `json:"received"`
	Compliant bool              `json:"compliant"`
	Debt      string            `json:"debt"`
	Due       string            `json:"due"`
	AsOf      string            `json:"asOf"`
	Payments  [][2]string       `json:"payments"`
	Declared  *declaration      `json:"declared"`
	Work      []string          `json:"work"`
	Keys      map[string]string `json:"keys"`
	Flat      []string          `json:"flat"`
	Parts     []string          `json:"parts"`
	Month     string            `json:"month"`
	Counts    map[string]int64  `json:"counts"`
	Given     []string          `json:"given"`
	Quarter   string            `json:"quarter"`
	Survey    map[string]int64  `json:"survey"`
	Raise     string            `json:"raise_"`
	From      string            `json:"from_"`
	Sent      string            `json:"sent"`
	Channel   string            `json:"channel"`
	By        string            `json:"by"`
	End       string            `json:"end"`
}

type declaration struct {
	Statute   contract.Statute          `json:"statute"`
	Above     string                    `json:"above"`
	Reference *contract.ReferenceClause `json:"reference"`
	DayCount  contract.DayCount         `json:"dayCount"`
}

func (d *declaration) declared(t *testing.T) *contract.Declared {
	switch {
	case d == nil:
		return nil
	case d.Reference == nil && d.Above == "":
		return &contract.Declared{Statute: d.Statute}
	case d.Reference == nil:
		return &contract.Declared{Statute: d.Statute, Above: contract.MustParsePercent(d.Above)}
	}
	return &contract.Declared{Clause: agreedInterest(*d.Reference, d.DayCount)}
}

// agreedInterest is a clause of late payment at a published rate.
func agreedInterest(ref contract.ReferenceClause, count contract.DayCount) *contract.LatePaymentClause {
	return &contract.LatePaymentClause{
		By: contract.Customer, Charge: contract.LateReferenceRate, Reference: &ref, DayCount: count, Of: contract.LateOfStillDue,
		FirstDay: contract.LateFromDayAfterDue, LastDay: contract.LateThroughCredit, Grace: contract.GraceNone, Interest: contract.InterestSimple,
		WithinDebt: []contract.DebtPart{contract.PartLateCharge, contract.PartPrincipal}, AcrossDebts: []contract.DebtOrder{contract.OrderCivilCode},
		Surplus: contract.SurplusCredit, Tax: contract.TaxClause{Treatment: contract.TaxOutsideScope, Document: contract.OnClaim},
	}
}

func moneyQuestions(t testing.TB) []moneyQuestion {
	t.Helper()
	data, err := os.ReadFile("testdata/sample/questions-money.json")
	require.NoError(t, err)
	dec := json.NewDecoder(strings.NewReader(string(data)))
	dec.DisallowUnknownFields()
	var list []moneyQuestion
	require.NoError(t, dec.Decode(&list))
	require.NotEmpty(t, list)
	return list
}

// chinaWithRates is the reference data of the sample with the prime rates.
func chinaWithRates() contract.Reference {
	ref := china()
	ref.Series = map[string]*contract.Series{"lpr1y": cn.LPR1Y(), "lpr5y": cn.LPR5Y()}
	return ref
}

// reread is the document under the reading of the row.
func (q moneyQuestion) reread(t *testing.T, doc *contract.Document) *contract.Document {
	if len(q.Changes) == 0 {
		return doc
	}
	other := contract.Alternative{Reads: q.Why}
	for _, c := range q.Changes {
		other.Changes = append(other.Changes, contract.Restate{At: c.At, Becomes: c.Becomes})
	}
	doc, err := doc.Reread(other)
	require.NoError(t, err)
	return doc
}

func (q moneyQuestion) debt() contract.Debt {
	return contract.Debt{Source: "invoices.csv:2", ID: "S-2024", Item: "support", Amount: contract.MustParseMoney(q.Debt), Due: day(q.Due)}
}

func (q moneyQuestion) payments() []contract.Payment {
	var list []contract.Payment
	for i, p := range q.Payments {
		list = append(list, contract.Payment{Source: fmt.Sprintf("payments.csv:%d", i+2), ID: fmt.Sprintf("P%d", i+1), On: day(p[0]), Amount: contract.MustParseMoney(p[1])})
	}
	return list
}

func (q moneyQuestion) raise(t *testing.T) contract.Notice {
	return contract.Notice{Source: "notices.csv:2", ID: "N1", Channel: "e-mail", By: contract.Provider, Ground: contract.GroundRaise,
		Sent: instant(t, q.Sent), Raise: contract.MustParsePercent(q.Raise), From: day(q.From)}
}

// month is the days of 2024-03, quarter those of 2024-Q2.
func month(s string) contract.Period {
	from := day(s + "-01")
	until, _ := from.AddMonths(1, contract.MonthEndLast)
	return contract.Period{From: from, Until: until}
}

func quarter(s string) contract.Period {
	year, n, _ := strings.Cut(s, "-Q")
	from := day(fmt.Sprintf("%s-%02d-01", year, int(n[0]-'0')*3-2))
	until, _ := from.AddMonths(3, contract.MonthEndLast)
	return contract.Period{From: from, Until: until}
}

// answer asks the question, holds the answers, and returns the workings.
func (q moneyQuestion) answer(t *testing.T, c *contract.Contract) []*proof.Working {
	t.Helper()
	one := func(w *proof.Working) []*proof.Working { return []*proof.Working{w} }
	switch q.Ask {
	case "due":
		d, err := c.Due(q.Items, contract.InvoiceDates{Source: "invoices.csv:2", Received: day(q.Received), Compliant: q.Compliant})
		require.NoError(t, err)
		assert.Equal(t, q.Answers["due"], dateOrNone(d.On))
		assert.Equal(t, q.Answers["waiting"], string(d.Waiting))
		if d.Waiting != "" {
			assert.Empty(t, d.Explain().Steps)
			return nil
		}
		return one(d.Explain())
	case "late charge", "owed", "cap day", "taken by the cap":
		d, err := c.LateCharge(q.debt(), q.payments(), day(q.AsOf), q.Declared.declared(t))
		if want, ok := q.Answers["error"]; ok {
			require.ErrorIs(t, err, contract.ErrSilent)
			assert.Equal(t, want, contract.ErrSilent.Error())
			var e *contract.Error
			require.True(t, errors.As(err, &e))
			assert.Contains(t, e.Statute, "18(4)")
			return nil
		}
		require.NoError(t, err)
		switch q.Ask {
		case "late charge":
			assert.Equal(t, q.Answers["charge"], d.Charged.String())
			return one(d.ExplainCharge())
		case "owed":
			assert.Equal(t, q.Answers["owed"], d.Owed.String())
			return one(d.Explain())
		case "cap day":
			assert.Equal(t, q.Answers["day"], d.CapReached.String())
			return one(d.ExplainCapDay())
		}
		assert.Equal(t, q.Answers["amount"], d.TakenByCap.String())
		return one(d.ExplainTakenByCap())
	case "rights":
		list, err := c.Rights(contract.LifeFacts{Debts: []contract.DebtDates{{Source: "invoices.csv:2", Debt: "S-2024", Due: day(q.Due)}}}, day(q.AsOf))
		require.NoError(t, err)
		require.Len(t, list, len(q.Answers))
		var all []*proof.Working
		for _, r := range list {
			assert.Equal(t, q.Answers[r.Name], r.From.String(), r.Name)
			all = append(all, r.Explain())
		}
		return all
	case "net":
		v, err := c.Invoice(contract.InvoiceFacts{ID: "R-1", Work: []contract.Work{{Source: "work.csv:2", ID: "W-1", Item: "repair", From: instant(t, q.Work[0]), To: instant(t, q.Work[1]), Keys: q.Keys}}})
		require.NoError(t, err)
		assert.Equal(t, q.Answers["net"], v.Net.String())
		return one(v.Lines[0].Explain())
	case "tax":
		f := contract.InvoiceFacts{ID: "S-1"}
		if q.Flat != nil {
			f.Flat = []contract.FlatUse{{Source: "invoices.csv:2", Item: q.Flat[0], Period: contract.Through(day(q.Flat[1]), day(q.Flat[2]))}}
		}
		for i, p := range q.Parts {
			f.Usage = append(f.Usage, contract.Usage{Source: fmt.Sprintf("usage.csv:%d", i+2), ID: fmt.Sprintf("U-%d", i+1), Item: "parts", On: day("2024-05-06"), Quantity: decimal.New(1, 0), Amount: contract.MustParseMoney(p)})
		}
		v, err := c.Invoice(f)
		require.NoError(t, err)
		assert.Equal(t, q.Answers["net"], v.Net.String())
		assert.Equal(t, q.Answers["tax"], v.Tax.String())
		return []*proof.Working{v.Rates[0].Explain(), v.Explain()}
	case "credit":
		a, err := c.AttainmentOf(contract.Attainment{Period: month(q.Month), Met: q.Counts["met"], Breached: q.Counts["breached"], OpenAndLate: q.Counts["openAndLate"],
			Open: q.Counts["open"], Excused: q.Counts["excused"]})
		require.NoError(t, err)
		f := contract.CreditFacts{Attainment: []contract.Attainment{a}}
		if q.Given != nil {
			f.Given = []contract.GivenCredit{{Source: "claims.csv:2", Name: "monthly attainment", Period: month(q.Given[0]), Amount: contract.MustParseMoney(q.Given[1])}}
		}
		list, err := c.Credits(f)
		require.NoError(t, err)
		require.Len(t, list, 1)
		assert.Equal(t, q.Answers["amount"], list[0].Amount.String())
		return one(list[0].Explain())
	case "deduction":
		s, err := c.SatisfactionOf(contract.Satisfaction{Period: quarter(q.Quarter), Answers: q.Survey})
		require.NoError(t, err)
		list, err := c.Penalties(contract.PenaltyFacts{Satisfaction: []contract.Satisfaction{s}})
		require.NoError(t, err)
		require.Len(t, list, 1)
		assert.Equal(t, q.Answers["amount"], list[0].Amount.String())
		return one(list[0].Explain())
	case "raise":
		r, err := c.Raise(q.raise(t), nil)
		require.NoError(t, err)
		assert.Equal(t, q.Answers["price"], r.After.String())
		prices, err := c.Prices("support", []contract.Notice{q.raise(t)}, day(q.From))
		require.NoError(t, err)
		require.Len(t, prices, 2)
		assert.Equal(t, q.Answers["price"], prices[1].Amount.String())
		return one(r.Explain())
	case "notice by":
		term, err := c.Term(contract.LifeFacts{}, day(q.AsOf))
		require.NoError(t, err)
		assert.Equal(t, q.Answers["day"], term.NoticeBy.String())
		return one(term.ExplainNoticeBy())
	case "last dispatch":
		d, err := c.LastDispatch(q.Channel, day(q.By))
		require.NoError(t, err)
		assert.Equal(t, q.Answers["day"], dateOrNone(d.Day))
		if q.Answers["before"] != "" {
			assert.Equal(t, q.Answers["before"], d.Before.Format(time.RFC3339))
		}
		return one(d.Explain())
	case "arrival":
		a, err := c.Arrival(contract.Notice{Source: "notices.csv:2", ID: "N1", Channel: q.Channel, By: contract.Provider, Sent: instant(t, q.Sent)})
		require.NoError(t, err)
		assert.Equal(t, q.Answers["day"], a.Day.String())
		return one(a.Explain())
	case "cure":
		n := contract.Notice{Source: "notices.csv:2", ID: "N1", Channel: q.Channel, By: contract.Customer, Ground: "material breach", Sent: instant(t, q.Sent)}
		last, err := c.Cure(n)
		require.NoError(t, err)
		assert.Equal(t, q.Answers["day"], last.Day.String())
		rights, err := c.Rights(contract.LifeFacts{Notices: []contract.Notice{n}}, day(q.Answers["right"]))
		require.NoError(t, err)
		require.Len(t, rights, 1)
		assert.Equal(t, q.Answers["right"], rights[0].From.String())
		none, err := c.Rights(contract.LifeFacts{Notices: []contract.Notice{n}}, last.Day)
		require.NoError(t, err)
		assert.Empty(t, none, "on the last day to cure there is no right yet")
		return []*proof.Working{last.Explain(), rights[0].Explain()}
	case "end":
		n := contract.Notice{Source: "notices.csv:3", ID: "N2", Channel: "hand", By: contract.Customer, Ground: "convenience", Received: instant(t, q.Received)}
		term, err := c.Term(contract.LifeFacts{Notices: []contract.Notice{n}}, day(q.AsOf))
		require.NoError(t, err)
		assert.Equal(t, q.Answers["day"], term.Ended.String())
		return one(term.Explain())
	case "refund":
		r, err := c.Refund("support", day(q.End), contract.LifeFacts{Notices: []contract.Notice{q.raise(t)}}, contract.CauseNoBreach)
		require.NoError(t, err)
		assert.Equal(t, q.Answers["amount"], r.Amount.String())
		return one(r.Explain())
	}
	t.Fatalf("a row asks %q", q.Ask)
	return nil
}

func TestQuestionsOfMoney(t *testing.T) {
	doc := sampleDocument(t)
	asked := make(map[string]bool)
	for _, q := range moneyQuestions(t) {
		asked[q.Question] = true
		t.Run(q.Question+" "+q.Why, func(t *testing.T) {
			require.NotEmpty(t, q.Worked, "an answer is worked by hand before the engine runs")
			c, err := contract.Compile(q.reread(t, doc), chinaWithRates())
			require.NoError(t, err)
			for _, w := range q.answer(t, c) {
				assert.NoError(t, w.Check().Err())
				assert.True(t, w.Sealed())
				again, err := json.Marshal(w)
				require.NoError(t, err)
				back, err := proof.Decode(again)
				require.NoError(t, err)
				assert.NoError(t, back.Check().Err(), "what goes through JSON holds too")
			}
		})
	}
	for n := 9; n <= 20; n++ {
		assert.True(t, asked[fmt.Sprint(n)], "question %d", n)
	}
}

// The working of every question of money, as an auditor reads it, in both languages.
func TestWorkingsOfTheMoneyQuestions(t *testing.T) {
	doc := sampleDocument(t)
	var en, zh strings.Builder
	for _, q := range moneyQuestions(t) {
		c, err := contract.Compile(q.reread(t, doc), chinaWithRates())
		require.NoError(t, err)
		for _, w := range q.answer(t, c) {
			head := "# " + q.Question + ": " + q.Why + "\n\n"
			en.WriteString(head + w.Text(proof.English) + "\n")
			zh.WriteString(head + w.Text(proof.Chinese) + "\n")
		}
	}
	golden(t, "workings/money.en.golden", en.String())
	golden(t, "workings/money.zh.golden", zh.String())
}
