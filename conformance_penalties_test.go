package contract_test

import (
	"encoding/csv"
	"math/big"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cfd16870/contract"
)

// penaltiesTable is the table of cases, one row each; amounts are in the currency of
// the contract:
//
//	op         charge, fixed sum, owed of a debt; credit of a month
//	clause     "0.05% a day", "12% a year actual/365", "lpr1y x 1.3 each publication actual/365", "... at breach ...";
//	           then, each after a semicolon: due day, cap 10%, fixed sums 40/70/100, repaid. Of a credit its bands,
//	           from:credit, the last without an end
//	debt       the amount; of several amount and due date in turn; of a credit the fee of the month
//	due        of one debt
//	payments   day and amount in turn
//	asOf       the day asked about; of a credit the level in percent
//	want       the amount, of several debts each; error
//	peer       what the source answers, where that differs
//	why        the reason
//	source     project and file, or the statute
const penaltiesTable = "testdata/conformance/penalties.csv"

// What other projects assert of late payment, late delivery and credits, and what
// the statutes come to.
func TestPenaltiesConformance(t *testing.T) {
	file, err := os.Open(penaltiesTable)
	require.NoError(t, err)
	defer file.Close()
	rows, err := csv.NewReader(file).ReadAll()
	require.NoError(t, err)
	require.Equal(t, []string{"op", "clause", "debt", "due", "payments", "asOf", "want", "peer", "why", "source"}, rows[0])
	require.Greater(t, len(rows), 20)
	c := silentContract(t)
	for _, r := range rows[1:] {
		t.Run(strings.Join(r[:6], " "), func(t *testing.T) {
			require.NotEmpty(t, r[8], "a row has its reason")
			require.NotEmpty(t, r[9], "and its source")
			assert.NotEqual(t, r[6], r[7], "the peer differs, or the column is empty")
			if r[0] == "credit" {
				assert.Equal(t, r[6]+" CNY", creditOfPeer(t, r[1], r[2], r[5]), r[8])
				return
			}
			f := contract.AccountFacts{Declared: &contract.Declared{Clause: clauseOfPeer(t, r[1])}}
			debts := strings.Fields(r[2] + " " + r[3])
			for i := 0; i < len(debts); i += 2 {
				f.Debts = append(f.Debts, debtOf(string(rune('A'+i/2)), debts[i], debts[i+1]))
			}
			paid := strings.Fields(r[4])
			for i := 0; i < len(paid); i += 2 {
				f.Payments = append(f.Payments, payment("P"+string(rune('2'+i/2)), paid[i], paid[i+1]))
			}
			a, err := c.Account(f, day(r[5]))
			if r[6] == "error" {
				require.Error(t, err, r[8])
				return
			}
			require.NoError(t, err)
			var got []string
			for _, d := range a.Debts {
				amount := map[string]contract.Money{"charge": d.Charged, "fixed sum": d.FixedSum, "owed": d.Owed}[r[0]]
				got = append(got, strings.Fields(amount.String())[0])
				proves(t, d.Explain())
			}
			assert.Equal(t, r[6], strings.Join(got, " "), r[8])
		})
	}
}

// clauseOfPeer reads the words of the table.
func clauseOfPeer(t *testing.T, words string) *contract.LatePaymentClause {
	parts := strings.Split(words, "; ")
	c := dailyRate()
	switch f := strings.Fields(parts[0]); {
	case strings.HasSuffix(parts[0], "a day"):
		c.Rate = percentage(f[0])
	case strings.Contains(parts[0], "a year"):
		c.Charge, c.Rate, c.DayCount = contract.LateAnnualRate, percentage(f[0]), contract.DayCount(f[3])
	default:
		c = agreedInterest(contract.ReferenceClause{Series: f[0], Times: f[2], Reset: contract.Reset(f[3] + " " + f[4])}, contract.DayCount(f[5]))
	}
	for _, p := range parts[1:] {
		switch {
		case p == "due day":
			c.FirstDay = contract.LateFromDueDay
		case p == "repaid":
			c.Surplus = contract.SurplusRepaid
		case strings.HasPrefix(p, "cap "):
			c.Cap = &contract.Share{Rate: contract.MustParsePercent(p[len("cap "):]), Of: "overdue sum as first due"}
		case p == "fixed sums 40/70/100":
			one, ten := ptr(cny("1000.00")), ptr(cny("10000.00"))
			c.FixedSums = []contract.FixedSum{{nil, one, ptr(cny("40.00"))}, {one, ten, ptr(cny("70.00"))}, {ten, nil, ptr(cny("100.00"))}}
		default:
			t.Fatalf("the table says %q", p)
		}
	}
	return c
}

// creditOfPeer is the credit of a month at a level, by the bands of the table.
func creditOfPeer(t *testing.T, words, fee, level string) string {
	var bands list
	var below any
	for _, w := range strings.Fields(words) {
		from, gives, _ := strings.Cut(w, ":")
		b := obj{"credit": gives}
		if from != "" {
			b["from"] = from
		}
		if below != nil {
			b["below"] = below
		}
		bands, below = append(bands, b), from
	}
	year := new(big.Rat).Mul(rat(cny(fee)), big.NewRat(12, 1)).FloatString(2)
	c := compiled(t, chinaWithRates(), edit{"/serviceCredits/monthly attainment/bands", bands}, edit{"/serviceCredits/monthly attainment/caps", nil},
		edit{"/fees/items/support/price", year + " CNY"})
	p, ok := new(big.Rat).SetString(level)
	require.True(t, ok)
	met := p.Mul(p, big.NewRat(10000, 1)) // of a million
	require.True(t, met.IsInt())
	n := met.Num().Int64()
	list, err := c.Credits(contract.CreditFacts{Attainment: []contract.Attainment{attained(t, c, "2024-04", n, 1_000_000-n)}})
	require.NoError(t, err)
	require.Len(t, list, 1)
	proves(t, list[0].Explain())
	return list[0].Amount.String()
}
