package contract_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/cfd16870/contract"
)

// satisfied is answers of a quarter bound to their clause: so many of a hundred thousand good.
func satisfied(t testing.TB, c *contract.Contract, in string, good, bad int64) contract.Satisfaction {
	t.Helper()
	s, err := c.SatisfactionOf(contract.Satisfaction{Period: quarter(in), Answers: map[string]int64{"satisfied": good, "dissatisfied": bad}})
	require.NoError(t, err)
	return s
}

func TestPenaltyForSatisfaction(t *testing.T) {
	units := func(u string) []edit { return []edit{{"/breach/satisfaction below target/units", u}} }
	for _, row := range []struct {
		why       string
		edits     []edit
		good, bad int64
		points    string
		amount    string // "": none
	}{
		{"the target reached exactly costs nothing", nil, 90, 10, "0%", "0.00"},
		{"nor does more", nil, 99, 1, "0%", "0.00"},
		{"part of a point is none, where points are complete", nil, 891, 109, "0%", "0.00"},
		{"a point exactly", nil, 89, 11, "1%", "300.00"},
		{"a hair below two points is one", nil, 88001, 11999, "1%", "300.00"},
		{"part of a point is a whole one, where they are started", units("started"), 899, 101, "1%", "300.00"},
		{"a point exactly is one, where they are started", units("started"), 89, 11, "1%", "300.00"},
		{"a hair more is two", units("started"), 88999, 11001, "2%", "600.00"},
		{"in proportion", units("proportional"), 895, 105, "0.5%", "150.00"},
		{"the cap is reached with ten points", nil, 80, 20, "10%", "3000.00"},
		{"and takes what is more", nil, 50, 50, "40%", "3000.00"},
		{"without a cap all counts", []edit{{"/breach/satisfaction below target/cap", nil}}, 50, 50, "40%", "12000.00"},
		{"too few answers are no figure, and no penalty", nil, 0, 19, "", ""},
	} {
		t.Run(row.why, func(t *testing.T) {
			c := compiled(t, chinaWithRates(), row.edits...)
			list, err := c.Penalties(contract.PenaltyFacts{Satisfaction: []contract.Satisfaction{satisfied(t, c, "2024-Q2", row.good, row.bad)}})
			require.NoError(t, err)
			if row.amount == "" {
				assert.Empty(t, list)
				return
			}
			require.Len(t, list, 1)
			p := list[0]
			assert.Equal(t, row.points, p.Points.String())
			assert.Equal(t, row.points, p.Rate.String(), "1 % a point")
			assert.Equal(t, row.amount+" CNY", p.Amount.String())
			assert.Equal(t, "30000.00 CNY", p.Base.String())
			assert.Equal(t, contract.Provider, p.By)
			proves(t, p.Explain())
			assert.Equal(t, p.Amount.String(), p.Explain().Result.Text)
		})
	}
}

// The quarter in which the term begins has the months of the term: one of the first.
func TestPenaltyOfAQuarterInWhichTheTermBegins(t *testing.T) {
	c := compiled(t, chinaWithRates())
	list, err := c.Penalties(contract.PenaltyFacts{Satisfaction: []contract.Satisfaction{satisfied(t, c, "2024-Q1", 85, 15)}})
	require.NoError(t, err)
	require.Len(t, list, 1)
	assert.Equal(t, "10000.00 CNY", list[0].Base.String())
	assert.Equal(t, "500.00 CNY", list[0].Amount.String())
	proves(t, list[0].Explain())
}

func breachNotice(id string, by contract.Role) contract.Notice {
	return contract.Notice{Source: "notices.csv:" + id[1:], ID: id, Channel: "hand", By: by, Ground: "breach of confidence", Received: at("2024-07-01 10:00")}
}

func TestPenaltyOnRecord(t *testing.T) {
	c := compiled(t, chinaWithRates())
	other := breachNotice("N5", contract.Customer)
	other.Ground = "material breach"
	list, err := c.Penalties(contract.PenaltyFacts{Notices: []contract.Notice{
		breachNotice("N3", contract.Provider), breachNotice("N2", contract.Customer), breachNotice("N2", contract.Customer), other,
	}})
	require.NoError(t, err)
	require.Len(t, list, 2, "each notice once, and only those on the ground that the clause is named by")
	assert.Equal(t, "N2", list[0].Of)
	assert.Equal(t, contract.Provider, list[0].By, "the one who is told of it is in breach")
	assert.Equal(t, contract.Customer, list[1].By)
	assert.Equal(t, day("2024-07-01"), list[0].On)
	for _, p := range list {
		assert.Equal(t, "50000.00 CNY", p.Amount.String())
		proves(t, p.Explain())
	}

	nobody, never, nameless := breachNotice("N6", ""), breachNotice("N7", contract.Customer), breachNotice("N8", contract.Customer)
	never.Received, nameless.ID = never.Sent, ""
	sat := satisfied(t, c, "2024-Q2", 89, 11)
	_, err = c.Penalties(contract.PenaltyFacts{Satisfaction: []contract.Satisfaction{sat, sat, {}}, Notices: []contract.Notice{nobody, never, nameless}})
	require.Error(t, err)
	var got []string
	for _, f := range faultsIn(t, err) {
		got = append(got, f.Error())
	}
	assert.Equal(t, []string{
		`satisfaction: 2024-04-01..2024-06-30 is there twice`,
		`satisfaction: ` + contract.Period{}.String() + `: bind the counts to their clause, by SatisfactionOf`,
		`notices.csv:6: by: notice "N6": say who gave it, customer or provider; the other is in breach`,
		`notices.csv:7: sent: notice "N7" was neither sent nor received at any time`,
		`notices.csv:8: id: a notice of a breach has an id: without one, a row that is there twice would count twice`,
	}, got)

	_, err = compiled(t, chinaWithRates(), edit{"/breach", nil}).Penalties(contract.PenaltyFacts{})
	assert.ErrorIs(t, err, contract.ErrSilent)
}

func TestSatisfactionOf(t *testing.T) {
	c := compiled(t, chinaWithRates())
	s, err := c.SatisfactionOf(contract.Satisfaction{Period: quarter("2024-Q2"), Answers: map[string]int64{"satisfied": 20, "ok": 3}, Invalid: 2})
	require.NoError(t, err)
	assert.Equal(t, int64(20), s.Valid())
	assert.Equal(t, int64(5), s.Invalid, "an answer that the clause does not know is invalid")
	_, err = c.SatisfactionOf(contract.Satisfaction{Period: month("2024-04")})
	assert.ErrorIs(t, err, contract.ErrConflict)
	_, err = c.SatisfactionOf(contract.Satisfaction{Period: quarter("2024-Q2"), Answers: map[string]int64{"satisfied": -1}})
	assert.ErrorIs(t, err, contract.ErrInvalid)
	_, err = compiled(t, chinaWithRates(), edit{"/satisfaction", nil}, edit{"/breach", nil}).SatisfactionOf(contract.Satisfaction{Period: quarter("2024-Q2")})
	assert.ErrorIs(t, err, contract.ErrSilent)
}

func TestLiability(t *testing.T) {
	of := func(c *contract.Contract) contract.LiabilityFacts {
		f := contract.CreditFacts{}
		for _, m := range []string{"2024-03", "2024-06", "2025-03"} {
			f.Attainment = append(f.Attainment, attained(t, c, m, 10, 20)) // 2,000.00 each
		}
		credits, err := c.Credits(f)
		require.NoError(t, err)
		penalties, err := c.Penalties(contract.PenaltyFacts{Satisfaction: []contract.Satisfaction{satisfied(t, c, "2024-Q2", 80, 20)}, // 3,000.00
			Notices: []contract.Notice{breachNotice("N2", contract.Customer), breachNotice("N3", contract.Provider)}})
		require.NoError(t, err)
		return contract.LiabilityFacts{Credits: credits, Penalties: penalties}
	}
	named := edit{"/liability/outside", list{"Civil Code 506"}}
	for _, row := range []struct {
		why                          string
		edits                        []edit
		on                           string
		inside, outside, cap, excess string
	}{
		{"what a clause leaves out does not count", nil, "2025-12-31", "9000.00", "50000.00", "120000.00", "0.00"},
		{"else it counts; what the customer owes never does", []edit{named}, "2025-12-31", "59000.00", "0.00", "120000.00", "0.00"},
		{"credits outside the cap", []edit{{"/liability/credits", "outside the cap"}}, "2025-12-31", "3000.00", "56000.00", "120000.00", "0.00"},
		{"over the cap", []edit{named, {"/liability/cap", obj{"amount": "58999.99 CNY", "per": "contract"}}}, "2025-12-31", "59000.00", "0.00", "58999.99", "0.01"},
		{"exactly at the cap is not over it", []edit{named, {"/liability/cap", obj{"amount": "59000.00 CNY", "per": "contract"}}}, "2025-12-31", "59000.00", "0.00", "59000.00", "0.00"},
		{"a multiple of the fee", []edit{{"/liability/cap/times", "0.05"}}, "2025-12-31", "9000.00", "50000.00", "6000.00", "3000.00"},
		{"the first contract year by itself", []edit{named, {"/liability/cap/per", "contract year"}}, "2024-12-31", "57000.00", "0.00", "120000.00", "0.00"},
		{"and the second", []edit{named, {"/liability/cap/per", "contract year"}}, "2025-12-31", "2000.00", "0.00", "120000.00", "0.00"},
	} {
		t.Run(row.why, func(t *testing.T) {
			c := compiled(t, chinaWithRates(), row.edits...)
			l, err := c.Liability(of(c), day(row.on))
			require.NoError(t, err)
			assert.Equal(t, []string{row.inside + " CNY", row.outside + " CNY", row.cap + " CNY", row.excess + " CNY"},
				[]string{l.Inside.String(), l.Outside.String(), l.Cap.String(), l.Excess.String()})
			proves(t, l.Explain())
			assert.Equal(t, l.Excess.String(), l.Explain().Result.Text)
		})
	}
	c := compiled(t, chinaWithRates())
	_, err := c.Liability(contract.LiabilityFacts{}, day("2024-02-29"))
	assert.ErrorIs(t, err, contract.ErrRange)
	_, err = compiled(t, chinaWithRates(), edit{"/liability", nil}).Liability(contract.LiabilityFacts{}, day("2024-12-31"))
	assert.ErrorIs(t, err, contract.ErrSilent)
	l, err := c.Liability(contract.LiabilityFacts{}, day("2024-12-31"))
	require.NoError(t, err)
	assert.Equal(t, "0.00 CNY", l.Inside.String())
}

// More satisfaction never costs more, and the three units stand in their order.
func TestPenaltyLaws(t *testing.T) {
	contracts := make(map[string]*contract.Contract)
	for _, u := range []string{"complete", "proportional", "started"} {
		contracts[u] = compiled(t, chinaWithRates(), edit{"/breach/satisfaction below target/units", u})
	}
	rapid.Check(t, func(rt *rapid.T) {
		of := int64(rapid.SampledFrom([]int{20, 100, 997, 100000}).Draw(rt, "of"))
		good := min(of, of*int64(rapid.SampledFrom([]int{0, 79, 80, 88, 89, 90, 100}).Draw(rt, "good"))/100+int64(rapid.IntRange(0, 2).Draw(rt, "and")))
		var last contract.Money
		for _, u := range []string{"complete", "proportional", "started"} {
			c := contracts[u]
			ask := func(good int64) contract.Penalty {
				list, err := c.Penalties(contract.PenaltyFacts{Satisfaction: []contract.Satisfaction{satisfied(t, c, "2024-Q3", good, of-good)}})
				require.NoError(rt, err)
				require.Len(rt, list, 1)
				return list[0]
			}
			p := ask(good)
			proves(rt, p.Explain())
			if good < of {
				more, err := p.Amount.Compare(ask(good + 1).Amount)
				require.NoError(rt, err)
				assert.GreaterOrEqual(rt, more, 0)
			}
			if u != "complete" {
				n, err := last.Compare(p.Amount)
				require.NoError(rt, err)
				assert.LessOrEqual(rt, n, 0, "complete, proportional, started")
			}
			last = p.Amount
		}
	})
}

// A month is a twelfth, which has no end in minor units: the base is told rounded,
// and the amount is computed from the exact one.
func TestBaseIsToldRounded(t *testing.T) {
	c := compiled(t, chinaWithRates(), noReadings, edit{supportPrice, "100000.14 CNY"})
	credits, err := c.Credits(contract.CreditFacts{Attainment: []contract.Attainment{attained(t, c, "2024-03", 85, 15)}})
	require.NoError(t, err)
	require.Len(t, credits, 1)
	assert.True(t, credits[0].Base.Equal(cny("8333.35")), "100,000.14 / 12 = 8,333.345")
	assert.Equal(t, "833.33 CNY", credits[0].Amount.String(), "10 % of 8,333.345; of 8,333.35 it would be 833.34")
	penalties, err := c.Penalties(contract.PenaltyFacts{Satisfaction: []contract.Satisfaction{satisfied(t, c, "2024-Q2", 89, 11)}})
	require.NoError(t, err)
	require.Len(t, penalties, 1)
	assert.True(t, penalties[0].Base.Equal(cny("25000.04")), "3 x 8,333.345 = 25,000.035")
	third := compiled(t, chinaWithRates(), noReadings, edit{supportPrice, "100000.00 CNY"})
	credits, err = third.Credits(contract.CreditFacts{Attainment: []contract.Attainment{attained(t, third, "2024-03", 85, 15)}})
	require.NoError(t, err)
	assert.Equal(t, "8333.33", credits[0].Base.Decimal().String(), "no endless quotient")
}
