package contract_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cfd16870/contract"
)

// shown is a right in one line.
func shown(r contract.Right) string {
	until := "no end"
	if r.Until.IsValid() {
		until = r.Until.String() + " (" + r.Lapses + ")"
	}
	return fmt.Sprintf("%s of %s by the %s: %v until %s, %s", r.Name, r.Of, r.By, r.From, until, r.Clause)
}

// Rights to suspend and to end the contract: contents 10.1, 8.3 and 13.3; Civil Code
// art. 562 to 565 and 1259.
func TestRights(t *testing.T) {
	due := func(paid string) contract.LifeFacts {
		o := contract.DebtDates{Source: "invoices.csv:2", Debt: "S-2024", Due: on("2024-02-21")}
		if paid != "" {
			o.Paid = on(paid)
		}
		return contract.LifeFacts{Debts: []contract.DebtDates{o}}
	}
	notices := func(n ...contract.Notice) contract.LifeFacts { return contract.LifeFacts{Notices: n} }
	const (
		suspension = "suspension of S-2024 by the provider: 2024-03-23 until no end, contents 10.1"
		rescission = "non-payment of S-2024 by the provider: 2024-04-22 until 2025-04-22 (Civil Code 564), contents 13.3"
	)
	breach := hand("N1", contract.Customer, "material breach", "2024-05-06")
	for _, tt := range []struct {
		why   string
		edits []edit
		facts contract.LifeFacts
		asOf  string
		want  []string
	}{
		{"超过30日: on the 30th there is none", nil, due(""), "2024-03-22", nil},
		{"on the 31st there is", nil, due(""), "2024-03-23", []string{suspension}},
		{"满30日: on the 30th", []edit{{"/suspension/after", "30 full days"}}, due(""), "2024-03-22", []string{"suspension of S-2024 by the provider: 2024-03-22 until no end, contents 10.1"}},
		{"30日后: when the 30th is over", []edit{{"/suspension/after", "after 30 days"}}, due(""), "2024-04-01", []string{suspension}},
		{"超过60日, and a year until it lapses", nil, due(""), "2024-04-22", []string{suspension, rescission}},
		{"a lapsed right is still told", nil, due(""), "2025-06-01", []string{suspension, rescission}},
		{"one that does not lapse", []edit{{"/endings/non-payment/lapses", "does not lapse"}}, due(""), "2024-04-22", []string{suspension, "non-payment of S-2024 by the provider: 2024-04-22 until no end, contents 13.3"}},
		{"two months instead of sixty days", []edit{{"/endings/non-payment/after", "more than 2 months"}}, due(""), "2024-04-22", []string{suspension, "non-payment of S-2024 by the provider: 2024-04-22 until 2025-04-22 (Civil Code 564), contents 13.3"}},
		{"where the due date counts it is a day earlier", []edit{{"/periods/firstDay", "counted"}}, due(""), "2024-03-22", []string{"suspension of S-2024 by the provider: 2024-03-22 until no end, contents 10.1"}},
		{"paid on its first day it never arose", nil, due("2024-03-23"), "2024-06-01", nil},
		{"paid the day after it was there for a day", nil, due("2024-03-24"), "2024-06-01", []string{"suspension of S-2024 by the provider: 2024-03-23 until 2024-03-23 (paid), contents 10.1"}},
		{"a payment of tomorrow is not known today", nil, due("2024-03-24"), "2024-03-23", []string{suspension}},
		{"a debt that is not due yet gives none", nil, contract.LifeFacts{Debts: []contract.DebtDates{{Debt: "S-2024"}}}, "2024-06-01", nil},
		{"from 29 February a right lapses on the 28th", []edit{{"/suspension/after", "more than 60 days"}, {"/endings/non-payment/after", "more than 7 days"}}, due(""), "2024-03-01", []string{"non-payment of S-2024 by the provider: 2024-02-29 until 2025-02-28 (Civil Code 564), contents 13.3"}},
		{"also in a document that refuses such ends", []edit{{"/suspension/after", "more than 60 days"}, {"/endings/non-payment/after", "more than 7 days"}, {"/periods/monthEnd", "refuse"}}, due(""), "2024-03-01", []string{"non-payment of S-2024 by the provider: 2024-02-29 until 2025-02-28 (Civil Code 564), contents 13.3"}},

		{"fifteen days to cure, the last of them a working day", nil, notices(breach), "2024-05-22", []string{"material breach of N1 by the customer: 2024-05-22 until 2025-05-22 (Civil Code 564), contents 13.3"}},
		{"on the last of them there is none", nil, notices(breach), "2024-05-21", nil},
		{"cured on the last of them it does not arise", nil, notices(breach, about(hand("N2", contract.Provider, cured, "2024-05-21"), "N1")), "2024-06-01", nil},
		{"a day later it has", nil, notices(breach, about(hand("N2", contract.Provider, cured, "2024-05-22"), "N1")), "2024-06-01", []string{"material breach of N1 by the customer: 2024-05-22 until 2025-05-22 (Civil Code 564), contents 13.3"}},
		{"another breach was cured", nil, notices(breach, about(hand("N2", contract.Provider, cured, "2024-05-10"), "N9")), "2024-06-01", []string{"material breach of N1 by the customer: 2024-05-22 until 2025-05-22 (Civil Code 564), contents 13.3"}},
		{"a breach that has no number is not cured by one about nothing", nil, notices(contract.Notice{Channel: "hand", By: contract.Customer, Ground: "material breach", Received: breach.Received}, contract.Notice{Channel: "hand", Ground: cured, Received: breach.Received}), "2024-05-22",
			[]string{"material breach of  by the customer: 2024-05-22 until 2025-05-22 (Civil Code 564), contents 13.3"}},
		{"only a side that the clause names has it", []edit{{"/endings/material breach/by", "provider"}}, notices(breach), "2024-06-01", nil},
		{"the notice that uses the right gives no second one", nil, notices(breach, about(hand("N2", contract.Customer, "material breach", "2024-05-10"), "N1")), "2024-12-01", []string{"material breach of N1 by the customer: 2024-05-22 until 2025-05-22 (Civil Code 564), contents 13.3"}},

		{"force majeure of more than sixty days from its first", nil, notices(from(hand("N1", contract.Provider, "force majeure", "2024-05-06"), "2024-05-01")), "2024-07-01", []string{"force majeure of N1 by the provider: 2024-07-01 until 2025-07-01 (Civil Code 564), contents 13.3"}},
		{"where nobody says its first day, from the notice", nil, notices(hand("N1", contract.Provider, "force majeure", "2024-05-06")), "2024-07-06", []string{"force majeure of N1 by the provider: 2024-07-06 until 2025-07-06 (Civil Code 564), contents 13.3"}},
		{"over before, it gives none", nil, notices(hand("N1", contract.Provider, "force majeure", "2024-05-06"), about(hand("N2", contract.Provider, cured, "2024-07-05"), "N1")), "2024-12-01", nil},

		{"none begins after the contract ended, and none outlives it", nil, contract.LifeFacts{Debts: due("").Debts, Notices: []contract.Notice{hand("N1", contract.Customer, "convenience", "2024-03-04")}}, "2024-06-01",
			[]string{"suspension of S-2024 by the provider: 2024-03-23 until 2024-04-03 (the contract ended), contents 10.1"}},
	} {
		t.Run(tt.why, func(t *testing.T) {
			c := compileEdited(t, tt.edits...)
			rights, err := c.Rights(tt.facts, on(tt.asOf))
			require.NoError(t, err)
			var got []string
			for _, r := range rights {
				got = append(got, shown(r))
			}
			assert.Equal(t, tt.want, got)
			term, err := c.Term(tt.facts, on(tt.asOf))
			require.NoError(t, err)
			holdRights(t, rights, term, on(tt.asOf))
		})
	}
}

func TestRightsFaults(t *testing.T) {
	c := compileEdited(t)
	_, err := c.Rights(contract.LifeFacts{}, contract.Date{})
	assert.ErrorIs(t, err, contract.ErrRequired)
	_, err = c.Rights(contract.LifeFacts{Debts: []contract.DebtDates{{Due: on("9999-12-31")}}}, on("2024-06-01"))
	assert.ErrorIs(t, err, contract.ErrRange)
}

// The time to cure a breach: contents 13.3, question 20.
func TestCure(t *testing.T) {
	c := compileEdited(t)
	n := contract.Notice{Source: "notices.csv:2", ID: "N1", Channel: "courier", By: contract.Customer, Ground: "material breach", Sent: clock(t, "Tue 2026-09-15 10:00:00")}
	last, err := c.Cure(n)
	require.NoError(t, err)
	assert.Equal(t, "2026-10-08", last.Day.String())
	require.NoError(t, last.Explain().Check().Err())

	n.Recorded = clock(t, "Mon 2026-11-02 09:00:00")
	again, err := c.Cure(n)
	require.NoError(t, err)
	assert.Equal(t, last.Day, again.Day, "whenever it became known")

	other := n
	other.Ground = "convenience"
	_, err = c.Cure(other)
	assert.ErrorIs(t, err, contract.ErrSilent)
	other = n
	other.By = ""
	_, err = c.Cure(other)
	assert.ErrorIs(t, err, contract.ErrInvalid)
	other = n
	other.Channel = "fax"
	_, err = c.Cure(other)
	assert.ErrorIs(t, err, contract.ErrUnknown)
	other = n
	other.Sent = clock(t, "Tue 2026-12-22 10:00:00")
	_, err = c.Cure(other)
	assert.ErrorIs(t, err, contract.ErrRange, "nobody has published the rest days of January 2027")
}
