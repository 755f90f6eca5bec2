package contract_test

import (
	"fmt"
	"math/big"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/cfd16870/contract"
	"github.com/cfd16870/contract/proof"
)

// attained is counts of a month bound to their clause.
func attained(t testing.TB, c *contract.Contract, in string, met, breached int64) contract.Attainment {
	t.Helper()
	a, err := c.AttainmentOf(contract.Attainment{Period: month(in), Met: met, Breached: breached})
	require.NoError(t, err)
	return a
}

func creditsOf(t testing.TB, c *contract.Contract, f contract.CreditFacts) []string {
	t.Helper()
	list, err := c.Credits(f)
	require.NoError(t, err)
	var told []string
	for _, s := range list {
		told = append(told, fmt.Sprintf("%s %s %v", s.Name, s.Period.From.String()[:7], s.Amount))
		proves(t, s.Explain())
		assert.Equal(t, s.Amount.String(), s.Explain().Result.Text)
	}
	return told
}

func TestCredits(t *testing.T) {
	c := compiled(t, chinaWithRates())
	for _, row := range []struct {
		why           string
		met, breached int64
		credit        string // "": none
	}{
		{"exactly 95 % is in the band from 95 %", 95, 5, "0.00"},
		{"a hair below is not", 94999, 5001, "500.00"},
		{"exactly 90 % is in the band from 90 %", 90, 10, "500.00"},
		{"below 90 %", 89, 11, "1000.00"},
		{"exactly 80 %", 80, 20, "1000.00"},
		{"below 80 %", 79, 21, "2000.00"},
		{"none met", 0, 20, "2000.00"},
		{"all met: a credit of 0, which is not none", 20, 0, "0.00"},
		{"too few to say is no figure", 0, 19, ""},
		{"none at all is no figure", 0, 0, ""},
	} {
		t.Run(row.why, func(t *testing.T) {
			told := creditsOf(t, c, contract.CreditFacts{Attainment: []contract.Attainment{attained(t, c, "2024-03", row.met, row.breached)}})
			if row.credit == "" {
				assert.Empty(t, told)
				return
			}
			assert.Equal(t, []string{"monthly attainment 2024-03 " + row.credit + " CNY"}, told)
		})
	}
}

func TestCreditsUnderTheCapOfTheContractYear(t *testing.T) {
	c := compiled(t, chinaWithRates())
	var f contract.CreditFacts
	for _, m := range []string{"2025-03", "2024-09", "2024-08", "2024-07", "2024-06", "2024-05", "2024-04", "2024-03"} {
		f.Attainment = append(f.Attainment, attained(t, c, m, 10, 20)) // 20 %: 2,000.00
	}
	assert.Equal(t, []string{
		"monthly attainment 2024-03 2000.00 CNY", "monthly attainment 2024-04 2000.00 CNY", "monthly attainment 2024-05 2000.00 CNY",
		"monthly attainment 2024-06 2000.00 CNY", "monthly attainment 2024-07 2000.00 CNY", "monthly attainment 2024-08 2000.00 CNY",
		"monthly attainment 2024-09 0.00 CNY",    // 12,000 of 120,000 are reached
		"monthly attainment 2025-03 2000.00 CNY", // another contract year
	}, creditsOf(t, c, f))

	given := func(amounts ...string) []contract.GivenCredit {
		var list []contract.GivenCredit
		for i, a := range amounts {
			list = append(list, contract.GivenCredit{Source: "claims.csv:2", Name: "monthly attainment", Period: month(fmt.Sprintf("2024-%02d", 3+i)), Amount: cny(a)})
		}
		return list
	}
	one := []contract.Attainment{attained(t, c, "2024-09", 10, 20)}
	for _, row := range []struct {
		why   string
		given []contract.GivenCredit
		want  string
	}{
		{"what was given before leaves less", given("8000.00", "3600.00"), "400.00"},
		{"exactly reached leaves nothing", given("12000.00"), "0.00"},
		{"what was given beyond the cap takes nothing back", given("12500.00"), "0.00"},
		{"of another contract year it leaves all", []contract.GivenCredit{{Source: "claims.csv:2", Name: "monthly attainment", Period: month("2025-03"), Amount: cny("12000.00")}}, "2000.00"},
	} {
		t.Run(row.why, func(t *testing.T) {
			assert.Equal(t, []string{"monthly attainment 2024-09 " + row.want + " CNY"}, creditsOf(t, c, contract.CreditFacts{Attainment: one, Given: row.given}))
		})
	}
}

// credit is a second clause of credits beside that of the sample.
func credit(rank, of, rate string) obj {
	return obj{"clause": "provider breach", "measure": "attainment", "of": of, "rank": rank,
		"bands": list{obj{"below": "95%", "credit": rate}, obj{"from": "95%", "credit": "0%"}}, "claim": "automatic", "given": "paid", "soleRemedy": "no",
		"caps": list{obj{"per": "contract year", "rate": "10%", "of": "support fee of the contract year"}},
		"tax":  obj{"treatment": "outside scope", "document": "credit note"}}
}

func TestCreditsThatRank(t *testing.T) {
	month := "support fee of the month"
	for _, row := range []struct {
		why    string
		second obj
		want   []string
	}{
		{"the largest of those that rank highest", credit("highest", month, "15%"), []string{"second 2024-03 1500.00 CNY", "second 2024-04 1500.00 CNY"}},
		{"of equals the first by name", credit("highest", month, "10%"), []string{"monthly attainment 2024-03 1000.00 CNY", "monthly attainment 2024-04 1000.00 CNY"}},
		{"a smaller one is displaced", credit("highest", month, "1%"), []string{"monthly attainment 2024-03 1000.00 CNY", "monthly attainment 2024-04 1000.00 CNY"}},
		{"an additive one stands beside", credit("additive", month, "15%"), []string{"monthly attainment 2024-03 1000.00 CNY", "second 2024-03 1500.00 CNY", "monthly attainment 2024-04 1000.00 CNY", "second 2024-04 1500.00 CNY"}},
		{"of another fee they do not compete", credit("highest", "support fee of the quarter", "15%"), []string{"monthly attainment 2024-03 1000.00 CNY", "second 2024-03 1500.00 CNY", "monthly attainment 2024-04 1000.00 CNY", "second 2024-04 4500.00 CNY"}},
	} {
		t.Run(row.why, func(t *testing.T) {
			c := compiled(t, chinaWithRates(), edit{"/serviceCredits/second", row.second})
			assert.Equal(t, row.want, creditsOf(t, c, contract.CreditFacts{Attainment: []contract.Attainment{attained(t, c, "2024-03", 85, 15), attained(t, c, "2024-04", 85, 15)}}))
		})
	}
}

// What another credit displaces is not given, and takes nothing off a cap.
func TestDisplacedCreditLeavesItsCap(t *testing.T) {
	c := compiled(t, chinaWithRates(), edit{"/serviceCredits/second", credit("highest", "support fee of the month", "60%")})
	var f contract.CreditFacts
	for _, m := range []string{"2024-03", "2024-04", "2024-05"} {
		f.Attainment = append(f.Attainment, attained(t, c, m, 10, 20))
	}
	// Second: 6,000, 6,000, and its 12,000 are reached. The other has given nothing.
	assert.Equal(t, []string{"second 2024-03 6000.00 CNY", "second 2024-04 6000.00 CNY", "monthly attainment 2024-05 2000.00 CNY"}, creditsOf(t, c, f))
}

func TestCreditsOfEachTarget(t *testing.T) {
	c := compiled(t, chinaWithRates(), edit{"/attainment/together", "each"})
	of := func(target string, met, breached int64) contract.Attainment {
		a, err := c.AttainmentOf(contract.Attainment{Target: target, Period: month("2024-03"), Met: met, Breached: breached})
		require.NoError(t, err)
		return a
	}
	list, err := c.Credits(contract.CreditFacts{Attainment: []contract.Attainment{of("repair", 85, 15), of("e-mail response", 70, 30), of("", 155, 45)}})
	require.NoError(t, err)
	require.Len(t, list, 1, "rank highest: one of a month, and the pooled row is none of the clause")
	assert.Equal(t, "e-mail response", list[0].Target)
	assert.Equal(t, "2000.00 CNY", list[0].Amount.String())
	proves(t, list[0].Explain())
}

// Credits of several targets that stand beside each other share the cap of their
// clause: what one of a period takes, the next of the same period finds taken.
func TestCreditsOfOnePeriodShareTheCap(t *testing.T) {
	const own = "/serviceCredits/monthly attainment"
	for _, row := range []struct {
		why   string
		edits []edit
		given string // before
		want  []string
	}{
		{"under the cap each stands", nil, "7000.00", []string{"e-mail response 2000.00", "repair 2000.00"}},
		{"together they reach it", nil, "8000.00", []string{"e-mail response 2000.00", "repair 2000.00"}},
		{"the second is left what the first leaves", nil, "9000.00", []string{"e-mail response 2000.00", "repair 1000.00"}},
		{"which may be nothing", nil, "10000.00", []string{"e-mail response 2000.00", "repair 0.00"}},
		{"also of the first", nil, "11500.00", []string{"e-mail response 500.00", "repair 0.00"}},
		{"where the largest stands, each is capped by what was left before the period", []edit{{own + "/rank", "highest"}}, "10500.00", []string{"e-mail response 1500.00"}},
	} {
		t.Run(row.why, func(t *testing.T) {
			c := compiled(t, chinaWithRates(), append([]edit{{"/attainment/together", "each"}, {own + "/rank", "additive"}}, row.edits...)...)
			f := contract.CreditFacts{Given: []contract.GivenCredit{{Source: "claims.csv:2", Name: "monthly attainment", Period: month("2024-03"), Amount: cny(row.given)}}}
			for _, target := range []string{"repair", "e-mail response"} {
				a, err := c.AttainmentOf(contract.Attainment{Target: target, Period: month("2024-04"), Met: 10, Breached: 20})
				require.NoError(t, err)
				f.Attainment = append(f.Attainment, a)
			}
			list, err := c.Credits(f)
			require.NoError(t, err)
			var got []string
			for _, s := range list {
				got = append(got, s.Target+" "+strings.TrimSuffix(s.Amount.String(), " CNY"))
				proves(t, s.Explain())
				assert.Equal(t, s.Amount.String(), s.Explain().Result.Text)
			}
			assert.Equal(t, row.want, got)
			if len(list) == 2 {
				before, err := cny(row.given).Add(list[0].Amount)
				require.NoError(t, err)
				assert.True(t, slices.ContainsFunc(list[1].Explain().Steps, func(s proof.Step) bool {
					return s.Op == proof.Add && s.Name == "credited before" && s.Value.Text == before.String()
				}), "the working tells what was credited before, of the same period too")
			}
		})
	}
}

// A term that begins inside a month: the month counts in its first contract year.
func TestCreditOfAMonthInWhichTheTermBegins(t *testing.T) {
	c := compiled(t, chinaWithRates(), edit{"/term/from", "2024-03-15"})
	assert.Equal(t, []string{"monthly attainment 2024-03 2000.00 CNY"}, creditsOf(t, c, contract.CreditFacts{Attainment: []contract.Attainment{attained(t, c, "2024-03", 10, 20)}}))
	_, err := c.Credits(contract.CreditFacts{Attainment: []contract.Attainment{attained(t, c, "2024-02", 10, 20)}})
	assert.ErrorIs(t, err, contract.ErrRange, "no fee is owed before the term")
}

func TestCreditsFindFaults(t *testing.T) {
	c := compiled(t, chinaWithRates())
	a := attained(t, c, "2024-03", 85, 15)
	given := contract.GivenCredit{Source: "claims.csv:3", Name: "monthly attainment", Period: month("2024-04"), Amount: cny("1.00")}
	bad := func(f func(*contract.GivenCredit)) contract.GivenCredit {
		g := given
		g.Source = "claims.csv:4"
		f(&g)
		return g
	}
	_, err := c.Credits(contract.CreditFacts{
		Attainment: []contract.Attainment{a, a, {Period: month("2024-05"), Met: 3}},
		Given: []contract.GivenCredit{
			given,
			bad(func(*contract.GivenCredit) {}),
			bad(func(g *contract.GivenCredit) { g.Name = "uptime" }),
			bad(func(g *contract.GivenCredit) { g.Period = contract.Period{} }),
			bad(func(g *contract.GivenCredit) { g.Period = month("2024-02") }),
			bad(func(g *contract.GivenCredit) { g.Period = month("2024-03") }),
			bad(func(g *contract.GivenCredit) {
				g.Period, g.Amount = month("2024-06"), contract.MustParseMoney("1.00 EUR")
			}),
			bad(func(g *contract.GivenCredit) { g.Period, g.Amount = month("2024-07"), cny("-1.00") }),
		},
	})
	require.Error(t, err)
	var got []string
	for _, f := range faultsIn(t, err) {
		got = append(got, f.Error())
	}
	assert.Equal(t, []string{
		`attainment: 2024-03-01..2024-03-31 is there twice`,
		`attainment: 2024-05-01..2024-05-31: bind the counts to their clause, by AttainmentOf`,
		`claims.csv:4: period: the credit of 2024-04-01..2024-04-30 is there twice`,
		`claims.csv:4: name: no service credit "uptime"; have monthly attainment`,
		`claims.csv:4: period: say for which days the credit was given`,
		`claims.csv:4: period: 2024-02-01..2024-02-29 lies before the first day of the term, 2024-03-01: it counts in no contract year`,
		`claims.csv:4: period: the credit of 2024-03-01..2024-03-31 is computed from its attainment; it was not given before that`,
		`claims.csv:4: amount: 1.00 EUR in a contract in CNY`,
		`claims.csv:4: amount: -1.00 CNY; a credit is 0 or more`,
	}, got)

	_, err = compiled(t, chinaWithRates(), edit{"/serviceCredits", nil}).Credits(contract.CreditFacts{})
	assert.ErrorIs(t, err, contract.ErrSilent)
}

func TestAttainmentOf(t *testing.T) {
	c := compiled(t, chinaWithRates())
	for _, row := range []struct {
		why  string
		a    contract.Attainment
		kind error
		says string
	}{
		{"a period of the clause", contract.Attainment{Period: month("2024-03")}, nil, ""},
		{"a quarter is none of a clause that counts months", contract.Attainment{Period: quarter("2024-Q2")}, contract.ErrConflict, "the one of its first day is"},
		{"a target of the clause", contract.Attainment{Period: month("2024-03"), Target: "repairs"}, contract.ErrUnknown, `no target "repairs"`},
		{"a count is 0 or more", contract.Attainment{Period: month("2024-03"), Met: -1}, contract.ErrInvalid, "a count is 0 or more"},
	} {
		t.Run(row.why, func(t *testing.T) {
			_, err := c.AttainmentOf(row.a)
			if row.kind == nil {
				require.NoError(t, err)
				return
			}
			require.ErrorIs(t, err, row.kind)
			assert.Contains(t, err.Error(), row.says)
		})
	}
}

// Laws: credits of a contract year stay under its cap, a better month never earns
// more before the cap, and what was given and computed never exceeds it.
func TestCreditLaws(t *testing.T) {
	c := compiled(t, chinaWithRates())
	rapid.Check(t, func(rt *rapid.T) {
		var f contract.CreditFacts
		months := rapid.SliceOfNDistinct(rapid.IntRange(0, 23), 1, 14, rapid.ID[int]).Draw(rt, "months")
		for _, m := range months {
			of := int64(rapid.SampledFrom([]int{19, 20, 21, 100, 1000}).Draw(rt, "of"))
			met := of * int64(rapid.SampledFrom([]int{0, 79, 80, 89, 90, 94, 95, 96, 100}).Draw(rt, "met")) / 100
			f.Attainment = append(f.Attainment, attained(t, c, fmt.Sprintf("%d-%02d", 2024+(m+2)/12, (m+2)%12+1), met, of-met))
		}
		list, err := c.Credits(f)
		require.NoError(rt, err)
		sum := map[int]*big.Rat{}
		for i, s := range list {
			year := 2024
			if s.Period.From.Compare(day("2025-03-01")) >= 0 {
				year = 2025
			}
			if s.Period.From.Compare(day("2026-03-01")) >= 0 {
				year = 2026
			}
			if sum[year] == nil {
				sum[year] = new(big.Rat)
			}
			sum[year].Add(sum[year], rat(s.Amount))
			want := "2000.00"
			for _, band := range []struct{ from, gives string }{{"80%", "1000.00"}, {"90%", "500.00"}, {"95%", "0.00"}} {
				if s.Percent.Compare(contract.MustParsePercent(band.from)) >= 0 {
					want = band.gives
				}
			}
			assert.Equal(rt, want+" CNY", s.Uncapped.String())
			proves(rt, s.Explain())
			if i > 0 {
				assert.True(rt, list[i-1].Period.From.Before(s.Period.From))
			}
		}
		for year, s := range sum {
			assert.LessOrEqual(rt, s.Cmp(big.NewRat(12000, 1)), 0, year)
		}
	})
}
