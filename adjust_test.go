package contract_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/cfd16870/contract"
)

// asks is a notice of the provider by e-mail that asks for a raise from a renewal.
func asks(id, percent, sent string) contract.Notice {
	return contract.Notice{Source: "notices.csv:2", ID: id, Channel: "e-mail", By: contract.Provider, Ground: contract.GroundRaise,
		Sent: at(sent), Raise: contract.MustParsePercent(percent), From: day("2025-03-01")}
}

func TestRaise(t *testing.T) {
	changed := func(n contract.Notice, f func(*contract.Notice)) contract.Notice { f(&n); return n }
	void, beSent := edit{"/adjustment/aboveThat", "is void"}, edit{"/adjustment/notice/must", "be sent"}
	received := func(channel, on string) contract.Notice {
		return changed(asks("N1", "3%", on), func(n *contract.Notice) { n.Channel, n.Sent, n.Received = channel, time.Time{}, at(on) })
	}
	for _, row := range []struct {
		why     string
		edits   []edit
		notice  contract.Notice
		after   string
		applied string
		refused string
	}{
		{"on the last day, in hours", nil, asks("N1", "3%", "2024-12-31 17:59:59"), "123600.00 CNY", "3%", ""},
		{"closing is out of hours: it arrives after the holiday", nil, asks("N1", "3%", "2024-12-31 18:00:00"), "120000.00 CNY", "0%", "arrived 2025-01-02, after 2024-12-31"},
		{"the most itself is not above it", nil, asks("N1", "4%", "2024-12-01 10:00"), "124800.00 CNY", "4%", ""},
		{"above the most counts as the most", nil, asks("N1", "4.01%", "2024-12-01 10:00"), "124800.00 CNY", "4%", ""},
		{"above the most is void", []edit{void}, asks("N1", "4.01%", "2024-12-01 10:00"), "120000.00 CNY", "0%", "asks for more than the most"},
		{"the most itself is not void", []edit{void}, asks("N1", "4%", "2024-12-01 10:00"), "124800.00 CNY", "4%", ""},
		{"late is late, whatever it asks", []edit{void}, asks("N1", "9%", "2025-01-02 10:00"), "120000.00 CNY", "0%", "arrived 2025-01-02"},
		{"a reduction", nil, asks("N1", "-5%", "2024-12-01 10:00"), "114000.00 CNY", "-5%", ""},
		{"a reduction keeps the notice too", nil, asks("N1", "-5%", "2025-01-02 10:00"), "120000.00 CNY", "0%", "arrived 2025-01-02"},
		{"below nothing is no price", nil, asks("N1", "-100.01%", "2024-12-01 10:00"), "120000.00 CNY", "", "below 0"},
		{"a new price is rounded: 120,000.00 x 1.033333", nil, asks("N1", "3.33333%", "2024-12-01 10:00"), "124000.00 CNY", "3.33333%", ""},
		{"to whole yuan where prices are", []edit{{"/adjustment/rounding/to", "1.00 CNY"}}, asks("N1", "3.3333%", "2024-12-01 10:00"), "124000.00 CNY", "3.3333%", ""},
		{"what is refused is not even rounded", []edit{{"/adjustment/rounding/to", "1.00 CNY"}, {supportPrice, "120000.40 CNY"}}, asks("N1", "3%", "2025-01-02 10:00"), "120000.40 CNY", "0%", "arrived"},
		{"nor what is void", []edit{void, {"/adjustment/rounding/to", "1.00 CNY"}, {supportPrice, "120000.40 CNY"}}, asks("N1", "9%", "2024-12-01 10:00"), "120000.40 CNY", "0%", "void"},
		{"without a most any raise is due", []edit{{"/adjustment/atMost", nil}, {"/adjustment/aboveThat", nil}}, asks("N1", "25%", "2024-12-01 10:00"), "150000.00 CNY", "25%", ""},
		{"the customer raises nothing", nil, changed(asks("N1", "3%", "2024-12-01 10:00"), func(n *contract.Notice) { n.By = contract.Customer }), "120000.00 CNY", "", "only the provider"},
		{"within a contract year", nil, changed(asks("N1", "3%", "2024-06-01 10:00"), func(n *contract.Notice) { n.From = day("2024-09-01") }), "120000.00 CNY", "", "2024-09-01 is not the first day of a renewed term"},
		{"the first day of the term is no renewal", nil, changed(asks("N1", "3%", "2023-06-01 10:00"), func(n *contract.Notice) { n.From = day("2024-03-01") }), "120000.00 CNY", "", "2024-03-01 is not"},
		{"from no day", nil, changed(asks("N1", "3%", "2024-06-01 10:00"), func(n *contract.Notice) { n.From = contract.Date{} }), "120000.00 CNY", "", "does not say from when"},
		{"by nothing", nil, changed(asks("N1", "3%", "2024-06-01 10:00"), func(n *contract.Notice) { n.Raise = contract.Percent{} }), "120000.00 CNY", "", "does not say by how much"},
		{"by agreement no notice changes anything", []edit{{"/adjustment", obj{"clause": "adjustment", "of": list{"support"}, "mode": "by agreement"}}}, asks("N1", "3%", "2024-12-01 10:00"), "120000.00 CNY", "", "by agreement only"},
		{"by hand, when it is received", nil, changed(asks("N1", "3%", "2024-12-01 10:00"), func(n *contract.Notice) { n.Channel, n.Received = "hand", at("2025-01-01 00:00") }), "120000.00 CNY", "0%", "arrived 2025-01-01"},
		{"by courier on the third day", nil, changed(asks("N1", "3%", "2024-12-28 23:00"), func(n *contract.Notice) { n.Channel = "courier" }), "123600.00 CNY", "3%", ""},
		{"a day later too late", nil, changed(asks("N1", "3%", "2024-12-29 00:00"), func(n *contract.Notice) { n.Channel = "courier" }), "120000.00 CNY", "0%", "arrived 2025-01-01"},
		{"sent in time is enough where the clause says so", []edit{{"/adjustment/notice/must", "be sent"}}, asks("N1", "3%", "2024-12-31 23:59:59"), "123600.00 CNY", "3%", ""},
		{"and not a second later", []edit{{"/adjustment/notice/must", "be sent"}}, asks("N1", "3%", "2025-01-01 00:00"), "120000.00 CNY", "0%", "sent 2025-01-01, after 2024-12-31"},
		{"what was received in time was sent in time, whatever the channel", []edit{beSent}, received("e-mail", "2024-12-31 23:59:59"), "123600.00 CNY", "3%", ""},
		{"by hand too", []edit{beSent}, received("hand", "2024-12-31 23:59:59"), "123600.00 CNY", "3%", ""},
		{"when it was sent nobody wrote down: it counts when it was received", []edit{beSent}, received("courier", "2025-01-01 00:00"), "120000.00 CNY", "0%", "arrived 2025-01-01, after 2024-12-31"},
	} {
		t.Run(row.why, func(t *testing.T) {
			c := compileEdited(t, append([]edit{noReadings}, row.edits...)...)
			r, err := c.Raise(row.notice, nil)
			require.NoError(t, err)
			assert.Equal(t, row.after, r.After.String())
			if row.refused == "" {
				assert.Empty(t, r.Refused)
			} else {
				assert.Contains(t, r.Refused, row.refused)
			}
			if row.applied == "" {
				assert.Empty(t, r.Explain().Steps, "there is no raise to explain")
			} else {
				assert.Equal(t, row.applied, r.Applied.String())
				holds(t, r.Explain(), row.after)
			}
			prices, err := c.Prices("support", []contract.Notice{row.notice}, day("2025-03-01"))
			require.NoError(t, err)
			assert.Equal(t, row.after, prices[1].Amount.String(), "the price book says the same")
			holds(t, prices[1].Explain(), row.after)
			assert.Equal(t, r.Before.String(), prices[0].Amount.String(), "a raise touches no year before")
		})
	}
}

// A price changes from a renewal, and not from any contract year: whether a renewed
// term begins on a day is told by the terms of the day on which the notice was sent.
func TestRaiseFromARenewal(t *testing.T) {
	from := func(first, sent string) contract.Notice {
		n := asks("N1", "3%", sent)
		n.From, n.Channel = day(first), "courier"
		return n
	}
	two := edit{"/term/through", "2026-02-28"}
	half := edit{"/term/through", "2025-08-31"}
	extended := edit{"/amendments", list{amending("T1", "2024-11-30", "2024-12-15", obj{"at": "/term/through", "was": "2025-02-28", "becomes": "2026-02-28"})}}
	for _, row := range []struct {
		why    string
		edits  []edit
		notice contract.Notice
		year   int // from which the price is raised; 0: none
	}{
		{"the second contract year of a term of two years is no renewed term", []edit{two}, from("2025-03-01", "2024-10-01 10:00"), 0},
		{"the third is", []edit{two}, from("2026-03-01", "2025-10-01 10:00"), 3},
		{"a renewal for two years", []edit{{"/renewal/for", "2 years"}}, from("2025-03-01", "2024-10-01 10:00"), 2},
		{"and its second year", []edit{{"/renewal/for", "2 years"}}, from("2026-03-01", "2024-10-01 10:00"), 0},
		{"the second renewal", []edit{{"/renewal/for", "2 years"}}, from("2027-03-01", "2024-10-01 10:00"), 4},
		{"a term renews once", []edit{{"/renewal/times", "1"}}, from("2025-03-01", "2024-10-01 10:00"), 2},
		{"and no second time", []edit{{"/renewal/times", "1"}}, from("2026-03-01", "2024-10-01 10:00"), 0},
		{"a contract that does not renew has no renewed term", []edit{{"/renewal", obj{"clause": "renewal", "mode": "lapse"}}}, from("2025-03-01", "2024-10-01 10:00"), 0},
		{"nor has one that says nothing of renewals", []edit{{"/renewal", nil}}, from("2025-03-01", "2024-10-01 10:00"), 0},
		{"a term of 18 months: its second contract year", []edit{half}, from("2025-03-01", "2024-10-01 10:00"), 0},
		{"renewed for as long, it renews where a contract year begins", []edit{half, {"/renewal/for", "18 months"}}, from("2027-03-01", "2024-10-01 10:00"), 4},
		{"by days, beside a contract year", []edit{{"/renewal/for", "365 days"}}, from("2028-03-01", "2024-10-01 10:00"), 0},
		{"before the term was extended", []edit{extended}, from("2025-03-01", "2024-12-14 10:00"), 2},
		{"and after", []edit{extended}, from("2025-03-01", "2024-12-15 10:00"), 0},
		{"sent after, from the renewal as it is then", []edit{extended}, from("2026-03-01", "2024-12-15 10:00"), 3},
	} {
		t.Run(row.why, func(t *testing.T) {
			c := compileEdited(t, append([]edit{noReadings}, row.edits...)...)
			r, err := c.Raise(row.notice, nil)
			require.NoError(t, err)
			if row.year == 0 {
				assert.Contains(t, r.Refused, row.notice.From.String()+" is not the first day of a renewed term")
			} else {
				assert.Empty(t, r.Refused)
				holds(t, r.Explain(), "123600.00 CNY")
			}
			prices, err := c.Prices("support", []contract.Notice{row.notice}, day("2028-03-01"))
			require.NoError(t, err)
			require.Len(t, prices, 5)
			for i, p := range prices {
				want := "120000.00 CNY"
				if row.year != 0 && i+1 >= row.year {
					want = "123600.00 CNY"
				}
				assert.Equal(t, want, p.Amount.String(), "contract year %d", i+1)
			}
		})
	}
	t.Run("a renewed term that begins inside a contract year", func(t *testing.T) {
		c := compileEdited(t, noReadings, half)
		n := from("2025-09-01", "2024-10-01 10:00")
		_, err := c.Raise(n, nil)
		require.ErrorIs(t, err, contract.ErrLater)
		assert.Contains(t, err.Error(), "a renewed term begins on 2025-09-01, inside the contract year from 2025-03-01")
		_, err = c.Prices("support", []contract.Notice{n}, day("2025-03-01"))
		require.ErrorIs(t, err, contract.ErrLater, "no price without a word")
		r, err := c.Raise(from("2025-09-01", "2025-08-01 10:00"), nil)
		require.NoError(t, err, "a late one changes nothing, wherever it begins")
		assert.Contains(t, r.Refused, "arrived 2025-08-04")
	})
}

// The first days of renewed terms are those that [contract.Contract.Term] comes to,
// renewal by renewal.
func TestRaiseFromTheRenewalsOfTheTerm(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		c := compileEdited(t, noReadings,
			edit{"/term/through", rapid.SampledFrom([]string{"2024-03-31", "2024-08-30", "2025-02-28", "2026-01-31"}).Draw(rt, "through")},
			edit{"/renewal/for", rapid.SampledFrom([]string{"1 calendar day", "30 days", "2 weeks", "1 month", "7 months", "12 months", "1 year"}).Draw(rt, "for")},
			edit{"/renewal/times", rapid.SampledFrom([]string{"1", "5", "no limit"}).Draw(rt, "times")})
		asOf := day("2024-03-01").AddDays(rapid.IntRange(0, 2000).Draw(rt, "as of"))
		term, err := c.Term(contract.LifeFacts{}, asOf)
		require.NoError(rt, err)
		n := asks("N1", "3%", "2024-01-02 10:00")
		n.Channel, n.From = "courier", term.Period.Until.AddDays(rapid.SampledFrom([]int{0, 0, 1, -1}).Draw(rt, "beside"))
		next, err := c.Term(contract.LifeFacts{}, n.From)
		require.NoError(rt, err)
		before, err := c.Term(contract.LifeFacts{}, n.From.AddDays(-1))
		require.NoError(rt, err)
		begins := next.Renewals == before.Renewals+1
		r, err := c.Raise(n, nil)
		if errors.Is(err, contract.ErrLater) {
			assert.True(rt, begins)
			return
		}
		require.NoError(rt, err)
		assert.Equal(rt, !begins, strings.Contains(r.Refused, "renewed term"), "from %v: %s", n.From, r.Refused)
	})
}

func TestRaiseThatNobodyCanJudge(t *testing.T) {
	sent := compileEdited(t, noReadings, edit{"/adjustment/notice/must", "be sent"})
	for _, row := range []struct {
		why  string
		c    *contract.Contract
		n    contract.Notice
		kind error
		says string
	}{
		{"a channel that the contract does not list", sample(t), func() contract.Notice { n := asks("N1", "3%", "2024-12-01 10:00"); n.Channel = "fax"; return n }(), contract.ErrUnknown, `no channel "fax" for notices; have courier, e-mail, hand`},
		{"by hand, and nobody wrote down when", sample(t), func() contract.Notice { n := asks("N1", "3%", "2024-12-01 10:00"); n.Channel = "hand"; return n }(), contract.ErrRequired, "receipt, which the record does not say"},
		{"neither sent nor received, where it has to be sent", sent, func() contract.Notice { n := asks("N1", "3%", "2024-12-01 10:00"); n.Sent = time.Time{}; return n }(), contract.ErrRequired, "sending, which the record does not say"},
		{"sent in no year that there is", sent, func() contract.Notice {
			n := asks("N1", "3%", "2024-12-01 10:00")
			n.Sent = n.Sent.AddDate(9000, 0, 0)
			return n
		}(), contract.ErrRange, "outside the years"},
	} {
		t.Run(row.why, func(t *testing.T) {
			c := row.c
			_, err := c.Raise(row.n, nil)
			require.ErrorIs(t, err, row.kind)
			assert.Contains(t, err.Error(), row.says)
			_, err = c.Prices("support", []contract.Notice{row.n}, day("2025-03-01"))
			require.ErrorIs(t, err, row.kind, "a price that passes it over would be wrong without a word")
			_, err = c.Invoice(contract.InvoiceFacts{Flat: []contract.FlatUse{flat("support", "2025-03-01", "2026-02-28")}, Notices: []contract.Notice{row.n}})
			require.ErrorIs(t, err, row.kind)
			_, err = c.Refund("support", day("2025-06-30"), contract.LifeFacts{Notices: []contract.Notice{row.n}}, contract.CauseNoBreach)
			require.ErrorIs(t, err, row.kind, "nor does a refund of the price")
			_, err = c.Settlement(contract.SettlementFacts{End: day("2025-06-30"), Cause: contract.CauseNoBreach, Notices: []contract.Notice{row.n}})
			require.ErrorIs(t, err, row.kind)
			_, err = c.Credits(contract.CreditFacts{Attainment: []contract.Attainment{attained(t, c, "2025-03", 10, 20)}, Notices: []contract.Notice{row.n}})
			require.ErrorIs(t, err, row.kind, "nor a credit that is a share of it")
			_, err = c.Penalties(contract.PenaltyFacts{Satisfaction: []contract.Satisfaction{satisfied(t, c, "2025-Q2", 80, 20)}, Notices: []contract.Notice{row.n}})
			require.ErrorIs(t, err, row.kind, "nor a deduction")
			_, err = c.Liability(contract.LiabilityFacts{Notices: []contract.Notice{row.n}}, day("2025-06-30"))
			require.ErrorIs(t, err, row.kind, "nor a cap that is a multiple of it")

			list, err := c.Penalties(contract.PenaltyFacts{Notices: []contract.Notice{row.n, breachNotice("N2", contract.Customer)}})
			require.NoError(t, err, "a fixed sum rests on no price")
			assert.Len(t, list, 1)
			_, err = compileEdited(t, noReadings, edit{"/liability/cap", obj{"amount": "1000.00 CNY", "per": "contract"}}).Liability(contract.LiabilityFacts{Notices: []contract.Notice{row.n}}, day("2025-06-30"))
			require.NoError(t, err, "nor does a cap in money")
		})
	}
	c := sample(t)
	t.Run("a notice on another ground", func(t *testing.T) {
		n := asks("N1", "3%", "2024-12-01 10:00")
		n.Ground = contract.GroundNoRenewal
		_, err := c.Raise(n, nil)
		require.ErrorIs(t, err, contract.ErrInvalid)
		prices, err := c.Prices("support", []contract.Notice{n}, day("2025-03-01"))
		require.NoError(t, err, "which the prices pass over")
		assert.Equal(t, "120000.00 CNY", prices[1].Amount.String())
	})
	t.Run("a contract without the clause is silent", func(t *testing.T) {
		_, err := compileEdited(t, noReadings, edit{"/adjustment", nil}).Raise(asks("N1", "3%", "2024-12-01 10:00"), nil)
		require.ErrorIs(t, err, contract.ErrSilent)
	})
}

func TestPrices(t *testing.T) {
	in := func(year string, n contract.Notice) contract.Notice { n.From = day(year); return n }
	byHand := func(n contract.Notice, received string) contract.Notice {
		n.Channel, n.Received = "hand", at(received)
		return n
	}
	void := edit{"/adjustment/aboveThat", "is void"}
	hosting := edit{"/fees/items/hosting", obj{"clause": "support fees", "charge": "flat", "price": "1000.00 CNY", "per": "contract year", "tax": obj{"treatment": "exempt", "document": "invoice"}}}
	for _, row := range []struct {
		why     string
		edits   []edit
		item    string
		notices []contract.Notice
		want    []string
	}{
		{"as the card has it", nil, "support", nil, []string{"120000.00 CNY", "120000.00 CNY", "120000.00 CNY"}},
		{"a raise stays", nil, "support", []contract.Notice{asks("N1", "4%", "2024-12-01 10:00")}, []string{"120000.00 CNY", "124800.00 CNY", "124800.00 CNY"}},
		{"the next is of the price as raised", nil, "support", []contract.Notice{asks("N1", "4%", "2024-12-01 10:00"), in("2026-03-01", asks("N2", "4%", "2025-12-01 10:00"))},
			[]string{"120000.00 CNY", "124800.00 CNY", "129792.00 CNY"}},
		{"whatever the order of the notices", nil, "support", []contract.Notice{in("2026-03-01", asks("N2", "4%", "2025-12-01 10:00")), asks("N1", "4%", "2024-12-01 10:00")},
			[]string{"120000.00 CNY", "124800.00 CNY", "129792.00 CNY"}},
		{"of two for one year the later stands", nil, "support", []contract.Notice{asks("N1", "4%", "2024-11-01 10:00"), asks("N2", "2%", "2024-12-01 10:00")}, []string{"120000.00 CNY", "122400.00 CNY", "122400.00 CNY"}},
		{"they do not add", nil, "support", []contract.Notice{asks("N2", "2%", "2024-12-01 10:00"), asks("N1", "1%", "2024-11-01 10:00")}, []string{"120000.00 CNY", "122400.00 CNY", "122400.00 CNY"}},
		{"one that comes too late takes nothing from one in time", nil, "support", []contract.Notice{asks("N1", "4%", "2024-11-01 10:00"), asks("N2", "1%", "2025-01-02 10:00")}, []string{"120000.00 CNY", "124800.00 CNY", "124800.00 CNY"}},
		{"one that is void takes nothing from one in time", []edit{void}, "support", []contract.Notice{asks("N1", "4%", "2024-11-01 10:00"), asks("N2", "5%", "2024-12-01 10:00")}, []string{"120000.00 CNY", "124800.00 CNY", "124800.00 CNY"}},
		{"nor does it where it stands first", []edit{void}, "support", []contract.Notice{asks("N2", "5%", "2024-12-01 10:00"), asks("N1", "4%", "2024-11-01 10:00")}, []string{"120000.00 CNY", "124800.00 CNY", "124800.00 CNY"}},
		{"of two that arrive on one day the one sent later stands", nil, "support", []contract.Notice{asks("N1", "2%", "2024-12-02 15:00"), asks("N2", "4%", "2024-12-02 10:00")}, []string{"120000.00 CNY", "122400.00 CNY", "122400.00 CNY"}},
		{"of two sent at one instant the last by name", nil, "support", []contract.Notice{asks("N2", "2%", "2024-12-02 10:00"), asks("N1", "4%", "2024-12-02 10:00")}, []string{"120000.00 CNY", "122400.00 CNY", "122400.00 CNY"}},
		{"by hand and by e-mail, by the instants of receipt and of sending", nil, "support", []contract.Notice{byHand(asks("N1", "2%", "2024-11-30 10:00"), "2024-12-02 15:00"), asks("N2", "4%", "2024-12-02 10:00")}, []string{"120000.00 CNY", "122400.00 CNY", "122400.00 CNY"}},
		{"an item that the clause does not name stays", []edit{hosting}, "hosting", []contract.Notice{asks("N1", "4%", "2024-12-01 10:00")}, []string{"1000.00 CNY", "1000.00 CNY", "1000.00 CNY"}},
		{"a price by agreement takes the place of raises before it", []edit{priced(supportPrice, "120000.00 CNY", "130000.00 CNY", "2026-03-01")}, "support", []contract.Notice{asks("N1", "4%", "2024-12-01 10:00")},
			[]string{"120000.00 CNY", "124800.00 CNY", "130000.00 CNY"}},
	} {
		t.Run(row.why, func(t *testing.T) {
			c := compileEdited(t, append([]edit{noReadings}, row.edits...)...)
			list, err := c.Prices(row.item, row.notices, day("2027-02-28"))
			require.NoError(t, err)
			var got []string
			for _, p := range list {
				got = append(got, p.Amount.String())
				holds(t, p.Explain(), p.Amount.String())
			}
			assert.Equal(t, row.want, got)
		})
	}
	c := sample(t)
	none, err := c.Prices("support", nil, day("2024-02-29"))
	require.NoError(t, err)
	assert.Empty(t, none, "none before the first year")
	_, err = c.Prices("repair", nil, day("2024-03-01"))
	require.ErrorIs(t, err, contract.ErrInvalid, "it has no price of a year")
	_, err = c.Prices("support", nil, day("9999-12-31"))
	require.ErrorIs(t, err, contract.ErrLimit)
	_, err = new(contract.Contract).Prices("support", nil, day("2024-03-01"))
	require.ErrorIs(t, err, contract.ErrSilent)
}

// The day of a notice is that of the contract's clock: at half past midnight in
// Shanghai the amended clause is in force, though in UTC it is the day before.
func TestRaiseIsJudgedOnTheClockOfTheContract(t *testing.T) {
	c := compileEdited(t, noReadings, priced("/adjustment/notice/span", "60 days", "90 days", "2025-12-15"))
	n := asks("N1", "3%", "2025-12-15 00:30")
	n.From = day("2026-03-01")
	for _, zone := range []*time.Location{shanghai, time.UTC} {
		n.Sent = n.Sent.In(zone)
		r, err := c.Raise(n, nil)
		require.NoError(t, err)
		assert.Equal(t, "2025-12-01", r.LastDay.String(), zone.String())
		prices, err := c.Prices("support", []contract.Notice{n}, n.From)
		require.NoError(t, err)
		assert.Equal(t, "120000.00 CNY", prices[2].Amount.String(), "late by 90 days, in time by 60: %v", zone)
	}
}

// A notice that asks for more never brings less than one that asks for less, unless
// asking for too much is void; one sent later never more than one sent before.
func TestRaisesInOrder(t *testing.T) {
	c := sample(t)
	edge := at("2024-12-31 18:00")
	rapid.Check(t, func(t *rapid.T) {
		percent := rapid.SampledFrom([]string{"-100%", "-5%", "0%", "0.01%", "3.99%", "4%", "4.01%", "250%"})
		ask := func(p string, sent time.Time) contract.Raise {
			n := asks("N1", p, "2024-12-01 10:00")
			n.Sent = sent
			r, err := c.Raise(n, nil)
			require.NoError(t, err)
			holds(t, r.Explain(), r.After.String())
			return r
		}
		sent := edge.Add(time.Duration(rapid.IntRange(-2, 2).Draw(t, "seconds")) * time.Second)
		p, q := contract.MustParsePercent(percent.Draw(t, "one")), contract.MustParsePercent(percent.Draw(t, "other"))
		if p.Compare(q) > 0 {
			p, q = q, p
		}
		less, more := ask(p.String(), sent), ask(q.String(), sent)
		order, err := less.After.Compare(more.After)
		require.NoError(t, err)
		require.LessOrEqual(t, order, 0)
		require.Equal(t, sent.Before(edge), less.InTime)
		if !less.InTime {
			require.True(t, more.After.Equal(more.Before), "a late notice changes nothing")
		}
	})
}

// The order of rows means nothing: notices in any order come to one price.
func TestPricesOfNoticesInAnyOrder(t *testing.T) {
	void := compileEdited(t, noReadings, edit{"/adjustment/aboveThat", "is void"})
	most := compileEdited(t, noReadings)
	rapid.Check(t, func(rt *rapid.T) {
		c := rapid.SampledFrom([]*contract.Contract{void, most}).Draw(rt, "contract")
		var list []contract.Notice
		for i := range rapid.IntRange(2, 6).Draw(rt, "notices") {
			n := asks(rapid.SampledFrom([]string{"N1", "N2", "N3"}).Draw(rt, "id"), rapid.SampledFrom([]string{"-1%", "2%", "4%", "5%"}).Draw(rt, "raise"),
				rapid.SampledFrom([]string{"2024-11-29 10:00", "2024-11-29 10:01", "2024-11-30 10:00", "2024-12-01 23:00", "2025-01-02 10:00"}).Draw(rt, "sent"))
			switch rapid.IntRange(0, 2).Draw(rt, "channel") {
			case 1:
				n.Channel = "courier"
			case 2:
				n.Channel, n.Received = "hand", n.Sent.Add(time.Minute)
			}
			if i%3 == 2 {
				n.From = day("2026-03-01")
			}
			list = append(list, n)
		}
		prices := func(notices []contract.Notice) (told []string) {
			all, err := c.Prices("support", notices, day("2026-03-01"))
			require.NoError(rt, err)
			for _, p := range all {
				told = append(told, p.Amount.String())
			}
			return told
		}
		assert.Equal(rt, prices(list), prices(rapid.Permutation(list).Draw(rt, "in another order")))
	})
}
