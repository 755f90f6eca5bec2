package contract_test

import (
	"errors"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cfd16870/contract"
)

// A contract that says little: what it does not say is silent, which is neither 0 nor
// a guess. The statute that would fill the gap is named under the law that governs,
// never applied, and under one law no article of another is cited.
func TestSilenceOfTheEnding(t *testing.T) {
	const bare = `{
  "format": "contract/1", "id": "BARE-1",
  "parties": { "customer": { "label": "甲方", "name": "the customer" }, "provider": { "label": "乙方", "name": "the provider" } },
  "signed": "2024-01-12", "zone": "Asia/Shanghai", "currency": "CNY",
  "clauses": { "governing law": { "body": "12", "title": "law", "source": "full text" } },
  "governingLaw": { "clause": "governing law", "law": "LAW" },
  "amendments": []
}`
	notice := contract.Notice{ID: "N1", Channel: "e-mail", By: contract.Customer, Ground: "material breach", Sent: clock(t, "Mon 2024-03-04 10:00:00")}
	asked := []struct {
		what    string
		ask     func(c *contract.Contract) error
		pointer string
		prc     string
	}{
		{"when a notice arrives", func(c *contract.Contract) error { _, err := c.Arrival(notice); return err }, "/notices", "Civil Code art. 137"},
		{"the last dispatch", func(c *contract.Contract) error { _, err := c.LastDispatch("e-mail", on("2024-03-04")); return err }, "/notices", "Civil Code art. 137"},
		{"the end of a period", func(c *contract.Contract) error {
			_, err := c.EndOf(contract.MustParseSpan("30 days"), on("2024-03-04"), contract.RestDayStays)
			return err
		}, "/periods", "Civil Code art. 200 to 204"},
		{"the term", func(c *contract.Contract) error { _, err := c.Term(contract.LifeFacts{}, on("2024-03-04")); return err }, "/term", ""},
		{"the time to cure", func(c *contract.Contract) error { _, err := c.Cure(notice); return err }, "/endings", "Civil Code art. 563"},
		{"a refund", func(c *contract.Contract) error {
			_, err := c.Refund("support", on("2024-03-04"), contract.LifeFacts{}, contract.CauseNoBreach)
			return err
		}, "/settlement", "Civil Code art. 566 and 567"},
		{"a settlement", func(c *contract.Contract) error {
			_, err := c.Settlement(contract.SettlementFacts{End: on("2024-03-04"), Cause: contract.CauseNoBreach})
			return err
		}, "/settlement", "Civil Code art. 566 and 567"},
	}
	for _, law := range []string{"PRC", "England and Wales", "Singapore"} {
		c, err := compileText(edits2text(t, []byte(bare), edit{"/governingLaw/law", law}))
		require.NoError(t, err)
		for _, tt := range asked {
			t.Run(law+": "+tt.what, func(t *testing.T) {
				err := tt.ask(c)
				require.ErrorIs(t, err, contract.ErrSilent)
				var e *contract.Error
				require.True(t, errors.As(err, &e))
				assert.Equal(t, tt.pointer, e.Pointer)
				want := tt.prc
				if law != "PRC" {
					want = ""
				}
				assert.Equal(t, want, e.Statute)
			})
		}
		rights, err := c.Rights(contract.LifeFacts{Notices: []contract.Notice{notice}, Debts: []contract.DebtDates{{Due: on("2024-02-21")}}}, on("2025-03-04"))
		require.NoError(t, err)
		assert.Empty(t, rights, "no clause gives a right; a statute gives none by itself")
		agenda, err := c.Agenda(contract.LifeFacts{}, on("2025-03-04"))
		require.NoError(t, err)
		assert.Empty(t, agenda)
	}
}
