package contract_test

import (
	"errors"
	"math/big"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/cfd16870/contract"
)

// raiseOf2025 is question 18(a): 4 % from the second year on.
func raiseOf2025(t testing.TB) contract.Notice {
	return contract.Notice{Source: "notices.csv:2", ID: "N1", Channel: "e-mail", By: contract.Provider, Ground: contract.GroundRaise,
		Sent: clock(t, "Tue 2024-12-31 17:40:00"), Raise: contract.MustParsePercent("6%"), From: on("2025-03-01")}
}

// The refund of the support fee by days of the contract year: contents 13.3.
func TestRefund(t *testing.T) {
	life := contract.LifeFacts{Notices: []contract.Notice{raiseOf2025(t)}}
	for _, tt := range []struct {
		why    string
		edits  []edit
		end    string
		cause  contract.EndingCause
		unused int
		of     int
		price  string
		amount string
		none   bool
	}{
		{"question 20: 231 of 365 days of the raised price", nil, "2025-07-12", contract.CauseNoBreach, 231, 365, "124800.00 CNY", "78983.01 CNY", false},
		{"rolled to the Monday two days less", nil, "2025-07-14", contract.CauseNoBreach, 229, 365, "124800.00 CNY", "78299.18 CNY", false},
		{"by the provider's breach as much", nil, "2025-07-12", contract.CauseProviderBreach, 231, 365, "124800.00 CNY", "78983.01 CNY", false},
		{"none on the customer's breach", nil, "2025-07-12", contract.CauseCustomerBreach, 231, 365, "124800.00 CNY", "0.00 CNY", true},
		{"where the clause does not except it as much", []edit{{"/settlement/refund/onCustomerBreach", "as otherwise"}}, "2025-07-12", contract.CauseCustomerBreach, 231, 365, "124800.00 CNY", "78983.01 CNY", false},
		{"on the last day of the year nothing is unused", nil, "2025-02-28", contract.CauseNoBreach, 0, 365, "120000.00 CNY", "0.00 CNY", false},
		{"on its first day all but one", nil, "2025-03-01", contract.CauseNoBreach, 364, 365, "124800.00 CNY", "124458.08 CNY", false},
		{"a contract year with the 29th of February has 366 days", nil, "2027-03-31", contract.CauseNoBreach, 335, 366, "124800.00 CNY", "114229.51 CNY", false},
		{"rounded as the document rounds", []edit{{"/rounding", obj{"mode": "down", "to": "1.00 CNY", "at": "each line"}}}, "2025-07-12", contract.CauseNoBreach, 231, 365, "124800.00 CNY", "78983.00 CNY", false},
	} {
		t.Run(tt.why, func(t *testing.T) {
			c := compileEdited(t, tt.edits...)
			r, err := c.Refund("support", on(tt.end), life, tt.cause)
			require.NoError(t, err)
			assert.Equal(t, tt.unused, r.Unused)
			assert.Equal(t, tt.of, r.Of)
			assert.Equal(t, tt.of, r.Year.Days())
			assert.Equal(t, tt.price, r.Price.String())
			assert.Equal(t, tt.amount, r.Amount.String())
			assert.Equal(t, tt.none, r.None != "", "zero because the rule did not apply says so")
			w := r.Explain()
			if tt.none {
				assert.Empty(t, w.Steps)
				return
			}
			require.NoError(t, w.Check().Err())
			assert.Equal(t, tt.amount, w.Result.Text)
		})
	}
}

func TestRefundFaults(t *testing.T) {
	c := compileEdited(t)
	for _, tt := range []struct {
		why   string
		item  string
		end   contract.Date
		cause contract.EndingCause
		kind  error
	}{
		{"no day", "support", contract.Date{}, contract.CauseNoBreach, contract.ErrRequired},
		{"no cause", "support", on("2025-07-12"), "", contract.ErrRequired},
		{"a cause that is none", "support", on("2025-07-12"), "war", contract.ErrUnknown},
		{"the clause says nothing of repairs", "repair", on("2025-07-12"), contract.CauseNoBreach, contract.ErrSilent},
		{"before the term there is no contract year", "support", on("2024-02-29"), contract.CauseNoBreach, contract.ErrRange},
	} {
		t.Run(tt.why, func(t *testing.T) {
			_, err := c.Refund(tt.item, tt.end, contract.LifeFacts{}, tt.cause)
			assert.ErrorIs(t, err, tt.kind)
		})
	}
}

// A refund is the price by the days that were not used, counted one by one, and
// rounded half up to the fen.
func TestRefundsAgainstDaysCountedOneByOne(t *testing.T) {
	c := compileEdited(t)
	rapid.Check(t, func(t *rapid.T) {
		end := on(rapid.SampledFrom([]string{"2024-03-01", "2025-02-28", "2025-03-01", "2027-02-28", "2028-02-29", "2024-07-12"}).Draw(t, "around")).AddDays(rapid.IntRange(0, 40).Draw(t, "shifted"))
		r, err := c.Refund("support", end, contract.LifeFacts{}, contract.CauseNoBreach)
		require.NoError(t, err)
		unused := 0
		for d := end.AddDays(1); r.Year.Contains(d); d = d.AddDays(1) {
			unused++
		}
		require.Equal(t, unused, r.Unused)
		fen := new(big.Rat).SetFrac64(12000000*int64(unused), int64(r.Of))
		fen.Add(fen, big.NewRat(1, 2)) // half up
		want := new(big.Int).Quo(fen.Num(), fen.Denom())
		got, ok := new(big.Rat).SetString(strings.TrimSuffix(r.Amount.String(), " CNY"))
		require.True(t, ok)
		require.Equal(t, want.String(), got.Mul(got, big.NewRat(100, 1)).RatString())
		require.NoError(t, r.Explain().Check().Err())
	})
}

// What both sides owe at the end: gross, and netted only where somebody may.
func TestSettlement(t *testing.T) {
	lines := []contract.SettlementLine{
		{By: contract.Customer, What: "owed", Source: "account", Clause: "contents 10.1", Amount: contract.MustParseMoney("24643.54 CNY")},
		{By: contract.Provider, What: "credit", Source: "credit 2025-06", Clause: "contents 10.2", Amount: contract.MustParseMoney("500.00 CNY")},
		{By: contract.Customer, What: "claimed", Source: "claims.csv:2", Clause: "clause 9", Amount: contract.MustParseMoney("50000.00 CNY")},
	}
	setOff := hand("N2", contract.Customer, contract.GroundSetOff, "2025-07-20")
	automatic := []edit{{"/settlement/setOff", "automatic"}}
	none := []edit{{"/settlement/setOff", "none"}}
	for _, tt := range []struct {
		why                string
		edits              []edit
		notices            []contract.Notice
		cause              contract.EndingCause
		customer, provider string
		netted             bool
		net                string
	}{
		{"gross both ways", nil, nil, contract.CauseNoBreach, "74643.54 CNY", "79483.01 CNY", false, "0"},
		{"art. 568: netted by a notice that arrived", nil, []contract.Notice{setOff}, contract.CauseNoBreach, "74643.54 CNY", "79483.01 CNY", true, "-4839.47 CNY"},
		{"at once where the clause nets", automatic, nil, contract.CauseNoBreach, "74643.54 CNY", "79483.01 CNY", true, "-4839.47 CNY"},
		{"never where it does not", none, []contract.Notice{setOff}, contract.CauseNoBreach, "74643.54 CNY", "79483.01 CNY", false, "0"},
		{"on the customer's breach no refund is a line", automatic, nil, contract.CauseCustomerBreach, "74643.54 CNY", "500.00 CNY", true, "74143.54 CNY"},
	} {
		t.Run(tt.why, func(t *testing.T) {
			c := compileEdited(t, tt.edits...)
			s, err := c.Settlement(contract.SettlementFacts{End: on("2025-07-12"), Cause: tt.cause, Lines: lines, Notices: append([]contract.Notice{raiseOf2025(t)}, tt.notices...)})
			require.NoError(t, err)
			assert.Equal(t, tt.customer, s.ByCustomer.String())
			assert.Equal(t, tt.provider, s.ByProvider.String())
			assert.Equal(t, tt.netted, s.Netted)
			assert.Equal(t, tt.net, s.Net.String())
			require.Len(t, s.Refunds, 1)
			for _, one := range []struct {
				want string
				of   contract.Money
			}{{s.ExplainByCustomer().Result.Text, s.ByCustomer}, {s.ExplainByProvider().Result.Text, s.ByProvider}} {
				assert.Equal(t, one.of.String(), one.want)
			}
			require.NoError(t, s.Explain().Check().Err())
			require.NoError(t, s.ExplainByCustomer().Check().Err())
			require.NoError(t, s.ExplainByProvider().Check().Err())
			if s.Netted {
				assert.Equal(t, s.Net.String(), s.Explain().Result.Text)
			}
		})
	}
	assert.Empty(t, new(contract.Settlement).Explain().Steps)
	assert.Empty(t, (*contract.Settlement)(nil).ExplainByCustomer().Steps)

	c := compileEdited(t)
	empty, err := c.Settlement(contract.SettlementFacts{End: on("2025-07-12"), Cause: contract.CauseCustomerBreach})
	require.NoError(t, err)
	assert.Equal(t, "0.00 CNY", empty.ByCustomer.String(), "nothing is owed, and that is known")
	require.NoError(t, empty.Explain().Check().Err())
}

// All that is wrong comes back at once, each with its record.
func TestSettlementFaults(t *testing.T) {
	c := compileEdited(t)
	_, err := c.Settlement(contract.SettlementFacts{})
	assert.ErrorIs(t, err, contract.ErrRequired)
	fax := hand("N3", contract.Customer, contract.GroundSetOff, "2025-07-20")
	fax.Channel = "fax"
	_, err = c.Settlement(contract.SettlementFacts{End: on("2025-07-12"), Cause: "war", Notices: []contract.Notice{fax, hand("N4", contract.Either, contract.GroundSetOff, "2025-07-20")}, Lines: []contract.SettlementLine{
		{By: contract.Either, Source: "a", Amount: contract.MustParseMoney("1.00 CNY")},
		{By: contract.Customer, Source: "b", Amount: contract.MustParseMoney("-1.00 CNY")},
		{By: contract.Customer, Source: "c", Amount: contract.MustParseMoney("1.00 GBP")},
		{By: contract.Customer, Source: "d"},
	}})
	var faults contract.Errors
	require.True(t, errors.As(err, &faults))
	var at []string
	for _, f := range faults {
		at = append(at, f.In+" "+f.Pointer)
	}
	assert.Equal(t, []string{"a by", "b amount", "c amount", "d amount", " ", "notices.csv:3 channel", "notices.csv:4 by"}, at)
}
