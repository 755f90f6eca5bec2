package contract_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/cfd16870/contract"
)

const (
	nonRenewal = contract.GroundNoRenewal
	cured      = contract.GroundCured
)

// hand is a notice that is received by hand, and so arrives, on a day at 10:00.
func hand(id string, by contract.Role, ground, day string) contract.Notice {
	return contract.Notice{Source: "notices.csv:" + id[1:], ID: id, Channel: "hand", By: by, Ground: ground, Received: on(day).StartIn(shanghai).Add(10 * time.Hour)}
}

// about and from say the rest of a notice.
func about(n contract.Notice, id string) contract.Notice {
	n.About = id
	return n
}

func from(n contract.Notice, day string) contract.Notice {
	n.From = on(day)
	return n
}

// The sample's term: 2024-03-01 through 2025-02-28, which renews for 12 months unless
// a notice arrives a month before the last day; 30 days end it at will.
func TestTerm(t *testing.T) {
	type facts = contract.LifeFacts
	notices := func(n ...contract.Notice) facts { return facts{Notices: n} }
	debt := contract.DebtDates{Source: "invoices.csv:2", Debt: "S-2024", Due: on("2024-02-21")}
	overdue := func(paid string, n ...contract.Notice) facts {
		d := debt
		if paid != "" {
			d.Paid = on(paid)
		}
		return facts{Notices: n, Debts: []contract.DebtDates{d}}
	}
	lapse := []edit{{"/renewal", obj{"clause": "renewal", "mode": "lapse"}}}
	twice := []edit{{"/renewal/times", "2"}}
	customersOnly := []edit{{"/renewal/unless/by", "customer"}}
	sent := []edit{{"/renewal/unless/must", "be sent"}}
	sentLate := contract.Notice{ID: "N1", Channel: "e-mail", By: contract.Customer, Ground: nonRenewal, Sent: clock(t, "Tue 2025-01-28 23:00:00")}

	for _, tt := range []struct {
		why      string
		edits    []edit
		facts    facts
		asOf     string
		last     string
		renewals int
		noticeBy string
		ended    string
		ground   string
		void     string // why the one notice without effect has none
	}{
		{why: "the term as signed", asOf: "2024-12-01", last: "2025-02-28", noticeBy: "2025-01-28"},
		{why: "before it began", asOf: "2024-01-20", last: "2025-02-28", noticeBy: "2025-01-28"},
		{why: "on its last day it has not renewed", asOf: "2025-02-28", last: "2025-02-28", noticeBy: "2025-01-28"},
		{why: "the day after it has", asOf: "2025-03-01", last: "2026-02-28", renewals: 1, noticeBy: "2026-01-28"},
		{why: "through the 29th of a leap year", asOf: "2027-06-01", last: "2028-02-29", renewals: 3, noticeBy: "2028-01-29"},
		{why: "and back to the 28th", asOf: "2028-06-01", last: "2029-02-28", renewals: 4, noticeBy: "2029-01-28"},
		{why: "thirty days back are another day than a month back", edits: []edit{{"/renewal/unless/span", "30 days"}}, asOf: "2024-12-01", last: "2025-02-28", noticeBy: "2025-01-29"},
		{why: "counted from the renewal a month back is the first", edits: []edit{{"/renewal/unless/before", "the renewal"}}, asOf: "2024-12-01", last: "2025-02-28", noticeBy: "2025-02-01"},
		{why: "a length by art. 201: a year from 1 March ends on 1 March", edits: []edit{{"/term/through", nil}, {"/term/for", "12 months"}}, asOf: "2024-12-01", last: "2025-03-01", noticeBy: "2025-02-01"},
		{why: "with its first day counted it ends the day before", edits: []edit{{"/term/through", nil}, {"/term/for", "12 months"}, {"/periods/firstDay", "counted"}}, asOf: "2024-12-01", last: "2025-02-28", noticeBy: "2025-02-01"},
		{why: "renewals adjoin also where the first day counts, and February whole is a month's notice", edits: []edit{{"/periods/firstDay", "counted"}}, asOf: "2025-03-01", last: "2026-02-28", renewals: 1, noticeBy: "2026-02-01"},
		{why: "renewals by days", edits: []edit{{"/renewal/for", "90 days"}}, asOf: "2025-06-01", last: "2025-08-27", renewals: 2, noticeBy: "2025-07-27"},
		{why: "from the last of a month renewals do not drift", edits: []edit{{"/term/through", "2025-01-30"}, {"/renewal/for", "1 month"}, {"/renewal/unless/span", "10 days"}}, asOf: "2025-03-05", last: "2025-03-30", renewals: 2, noticeBy: "2025-03-20"},

		{why: "a notice on the last day prevents the renewal", facts: notices(hand("N1", contract.Customer, nonRenewal, "2025-01-28")), asOf: "2025-02-01", last: "2025-02-28", ended: "2025-02-28", ground: nonRenewal},
		{why: "and long after too", facts: notices(hand("N1", contract.Customer, nonRenewal, "2025-01-28")), asOf: "2027-02-01", last: "2025-02-28", ended: "2025-02-28", ground: nonRenewal},
		{why: "given long before, also where renewals are short", edits: []edit{{"/renewal/for", "1 month"}, {"/renewal/unless/span", "10 days"}}, facts: notices(hand("N1", contract.Customer, nonRenewal, "2024-06-03")), asOf: "2025-06-01", last: "2025-02-28", ended: "2025-02-28", ground: nonRenewal},
		{why: "given before the term began", facts: notices(hand("N1", contract.Customer, nonRenewal, "2024-01-20")), asOf: "2025-06-01", last: "2025-02-28", ended: "2025-02-28", ground: nonRenewal},
		{why: "a day late it renews, and is not against the renewal after", facts: notices(hand("N1", contract.Customer, nonRenewal, "2025-01-29")), asOf: "2025-03-01", last: "2026-02-28", renewals: 1, noticeBy: "2026-01-28",
			void: "it came on 2025-01-29, and the last day was 2025-01-28: the term renews"},
		{why: "late it is already while the term runs", facts: notices(hand("N1", contract.Customer, nonRenewal, "2025-01-29")), asOf: "2025-02-01", last: "2025-02-28", noticeBy: "2025-01-28",
			void: "it came on 2025-01-29, and the last day was 2025-01-28: the term renews"},
		{why: "late for one renewal it may name the next", facts: notices(from(hand("N1", contract.Customer, nonRenewal, "2025-01-29"), "2026-03-01")), asOf: "2025-06-01", last: "2026-02-28", renewals: 1, ended: "2026-02-28", ground: nonRenewal},
		{why: "against the renewal after the next it is not needed yet", facts: notices(from(hand("N1", contract.Customer, nonRenewal, "2024-06-03"), "2026-03-01")), asOf: "2024-12-01", last: "2025-02-28", noticeBy: "2025-01-28"},
		{why: "against a day on which nothing renews", facts: notices(from(hand("N1", contract.Customer, nonRenewal, "2024-06-03"), "2025-01-01")), asOf: "2024-12-01", last: "2025-02-28", noticeBy: "2025-01-28",
			void: "no renewal begins on 2025-01-01"},
		{why: "what has not arrived yet is not known", facts: notices(hand("N1", contract.Customer, nonRenewal, "2025-01-28")), asOf: "2025-01-27", last: "2025-02-28", noticeBy: "2025-01-28"},
		{why: "an e-mail on the last evening arrives after the festival", facts: notices(sentLate), asOf: "2025-02-10", last: "2025-02-28", noticeBy: "2025-01-28",
			void: "it came on 2025-02-05, and the last day was 2025-01-28: the term renews"},
		{why: "where it has to be sent only it is in time", edits: sent, facts: notices(sentLate), asOf: "2025-02-01", last: "2025-02-28", ended: "2025-02-28", ground: nonRenewal},
		{why: "the wrong side cannot prevent it", edits: customersOnly, facts: notices(hand("N1", contract.Provider, nonRenewal, "2025-01-02")), asOf: "2025-02-01", last: "2025-02-28", noticeBy: "2025-01-28",
			void: "the customer may give it, and it was given by provider"},
		{why: "nor can nobody", facts: notices(hand("N1", "", nonRenewal, "2025-01-02")), asOf: "2025-02-01", last: "2025-02-28", noticeBy: "2025-01-28",
			void: "either side may give it, and it was given by nobody that the record names"},
		{why: "a record that does not say when it was received", facts: notices(contract.Notice{Source: "notices.csv:1", ID: "N1", Channel: "hand", By: contract.Customer, Ground: nonRenewal}), asOf: "2025-02-01", last: "2025-02-28", noticeBy: "2025-01-28",
			void: "notices.csv:1: received: a notice by hand is deemed to arrive by receipt, which the record does not say (contents 14.1)"},

		{why: "without renewal the term runs", edits: lapse, asOf: "2025-02-28", last: "2025-02-28"},
		{why: "and runs out", edits: lapse, asOf: "2025-03-01", last: "2025-02-28", ended: "2025-02-28", ground: "the term ran out"},
		{why: "a notice against a renewal that there is not", edits: lapse, facts: notices(hand("N1", contract.Customer, nonRenewal, "2025-01-02")), asOf: "2025-02-01", last: "2025-02-28", void: "the term does not renew"},
		{why: "the last renewal needs no notice", edits: twice, asOf: "2026-06-01", last: "2027-02-28", renewals: 2},
		{why: "after two renewals it runs out", edits: twice, asOf: "2027-03-01", last: "2027-02-28", renewals: 2, ended: "2027-02-28", ground: "the term ran out"},
		{why: "a notice against a third renewal", edits: twice, facts: notices(hand("N1", contract.Customer, nonRenewal, "2026-12-01")), asOf: "2026-12-20", last: "2027-02-28", renewals: 2, void: "the term does not renew again"},

		{why: "at will, thirty days after the notice, a Saturday", facts: notices(hand("N1", contract.Customer, "convenience", "2025-06-12")), asOf: "2025-06-20", last: "2025-07-12", renewals: 1, ended: "2025-07-12", ground: "convenience"},
		{why: "it does not count renewals after the end", facts: notices(hand("N1", contract.Customer, "convenience", "2024-06-12")), asOf: "2027-06-20", last: "2024-07-12", ended: "2024-07-12", ground: "convenience"},
		{why: "rolled it ends on the Monday", edits: []edit{{"/endings/convenience/notice/restDay", "rolls over rest days"}}, facts: notices(hand("N1", contract.Customer, "convenience", "2025-06-12")), asOf: "2025-06-20", last: "2025-07-14", renewals: 1, ended: "2025-07-14", ground: "convenience"},
		{why: "the first of two ends it", facts: notices(hand("N2", contract.Provider, "convenience", "2025-06-20"), hand("N1", contract.Customer, "convenience", "2025-06-12")), asOf: "2025-07-01", last: "2025-07-12", renewals: 1, ended: "2025-07-12", ground: "convenience",
			void: "the contract ended on 2025-07-12, before 2025-07-20"},
		{why: "of two on one day the one of the lower number, whichever is read first", facts: notices(hand("N2", contract.Provider, "convenience", "2025-06-12"), hand("N1", contract.Customer, "convenience", "2025-06-12")), asOf: "2025-07-01", last: "2025-07-12", renewals: 1, ended: "2025-07-12", ground: "convenience",
			void: "the contract ended on 2025-07-12 by notice N1 already"},
		{why: "where a notice against the renewal ends it first", facts: notices(hand("N1", contract.Customer, nonRenewal, "2025-01-02"), hand("N2", contract.Customer, "convenience", "2025-02-10")), asOf: "2025-03-20", last: "2025-02-28", ended: "2025-02-28", ground: nonRenewal,
			void: "the contract ended on 2025-02-28, before 2025-03-12"},
		{why: "where the end at will comes first the notice against the renewal prevents none", facts: notices(hand("N1", contract.Customer, nonRenewal, "2025-01-02"), hand("N2", contract.Customer, "convenience", "2024-06-12")), asOf: "2025-03-20", last: "2024-07-12", ended: "2024-07-12", ground: "convenience",
			void: "the contract ended on 2024-07-12: there is no renewal to prevent"},
		{why: "an end in a renewal that nothing prevents any more is known", facts: notices(hand("N1", contract.Customer, "convenience", "2025-02-10")), asOf: "2025-02-15", last: "2025-03-12", renewals: 1, ended: "2025-03-12", ground: "convenience"},
		{why: "one in a renewal that may be prevented is not", edits: []edit{{"/endings/convenience/notice/span", "90 days"}}, facts: notices(hand("N1", contract.Customer, "convenience", "2024-12-10")), asOf: "2024-12-20", last: "2025-02-28", noticeBy: "2025-01-28"},

		{why: "rescission for non-payment on its first day", facts: overdue("", hand("N1", contract.Provider, "non-payment", "2024-04-22")), asOf: "2024-05-01", last: "2024-04-22", ended: "2024-04-22", ground: "non-payment"},
		{why: "a day before it there is no right", facts: overdue("", hand("N1", contract.Provider, "non-payment", "2024-04-21")), asOf: "2024-05-01", last: "2025-02-28", noticeBy: "2025-01-28",
			void: "no payment was overdue more than 60 days on 2024-04-21"},
		{why: "on the day of payment it has gone", facts: overdue("2024-05-10", hand("N1", contract.Provider, "non-payment", "2024-05-10")), asOf: "2024-06-01", last: "2025-02-28", noticeBy: "2025-01-28",
			void: "no payment was overdue more than 60 days on 2024-05-10"},
		{why: "the day before it has not", facts: overdue("2024-05-10", hand("N1", contract.Provider, "non-payment", "2024-05-09")), asOf: "2024-06-01", last: "2024-05-09", ended: "2024-05-09", ground: "non-payment"},
		{why: "on the last day before it lapses", facts: overdue("", hand("N1", contract.Provider, "non-payment", "2025-04-22")), asOf: "2025-05-01", last: "2025-04-22", renewals: 1, ended: "2025-04-22", ground: "non-payment"},
		{why: "a day later it has lapsed", facts: overdue("", hand("N1", contract.Provider, "non-payment", "2025-04-23")), asOf: "2025-05-01", last: "2026-02-28", renewals: 1, noticeBy: "2026-01-28",
			void: "no payment was overdue more than 60 days on 2025-04-23"},
		{why: "the customer does not rescind for it", facts: overdue("", hand("N1", contract.Customer, "non-payment", "2024-05-09")), asOf: "2024-06-01", last: "2025-02-28", noticeBy: "2025-01-28",
			void: "the provider may give it, and it was given by customer"},

		{why: "a notice of breach ends nothing", facts: notices(hand("N1", contract.Customer, "material breach", "2024-05-06")), asOf: "2024-12-01", last: "2025-02-28", noticeBy: "2025-01-28"},
		{why: "one that uses its right does, on arrival", facts: notices(hand("N1", contract.Customer, "material breach", "2024-05-06"), about(hand("N2", contract.Customer, "material breach", "2024-05-22"), "N1")), asOf: "2024-12-01", last: "2024-05-22", ended: "2024-05-22", ground: "material breach"},
		{why: "on the last day to cure there is none", facts: notices(hand("N1", contract.Customer, "material breach", "2024-05-06"), about(hand("N2", contract.Customer, "material breach", "2024-05-21"), "N1")), asOf: "2024-12-01", last: "2025-02-28", noticeBy: "2025-01-28",
			void: "no right by notice N1 was there on 2024-05-21"},
		{why: "nor for the other side", facts: notices(hand("N1", contract.Customer, "material breach", "2024-05-06"), about(hand("N2", contract.Provider, "material breach", "2024-05-22"), "N1")), asOf: "2024-12-01", last: "2025-02-28", noticeBy: "2025-01-28",
			void: "no right by notice N1 was there on 2024-05-22"},
		{why: "nor once it was cured", facts: notices(hand("N1", contract.Customer, "material breach", "2024-05-06"), about(hand("N3", contract.Provider, cured, "2024-05-21"), "N1"), about(hand("N2", contract.Customer, "material breach", "2024-05-22"), "N1")), asOf: "2024-12-01", last: "2025-02-28", noticeBy: "2025-01-28",
			void: "no right by notice N1 was there on 2024-05-22"},
		{why: "force majeure of more than sixty days", facts: notices(from(hand("N1", contract.Provider, "force majeure", "2024-05-06"), "2024-05-01"), about(hand("N2", contract.Provider, "force majeure", "2024-07-01"), "N1")), asOf: "2024-12-01", last: "2024-07-01", ended: "2024-07-01", ground: "force majeure"},
		{why: "both agree", facts: notices(hand("N1", contract.Both, "agreement", "2024-09-30")), asOf: "2024-12-01", last: "2024-09-30", ended: "2024-09-30", ground: "agreement"},
		{why: "one does not agree alone", facts: notices(hand("N1", contract.Customer, "agreement", "2024-09-30")), asOf: "2024-12-01", last: "2025-02-28", noticeBy: "2025-01-28",
			void: "both sides agree to it together, and it was given by customer"},

		{why: "a ground that no clause has", facts: notices(hand("N1", contract.Customer, "conveniance", "2024-09-30")), asOf: "2024-12-01", last: "2025-02-28", noticeBy: "2025-01-28",
			void: `no clause gives a notice on the ground "conveniance" an effect`},
		{why: "what other chapters act on is not void here", facts: notices(hand("N1", contract.Customer, "breach of confidence", "2024-09-30"), hand("N2", contract.Customer, "set-off", "2024-09-30"), hand("N3", contract.Provider, "raise", "2024-09-30")), asOf: "2024-12-01", last: "2025-02-28", noticeBy: "2025-01-28"},
	} {
		t.Run(tt.why, func(t *testing.T) {
			c := compileEdited(t, tt.edits...)
			term, err := c.Term(tt.facts, on(tt.asOf))
			require.NoError(t, err)
			assert.Equal(t, "2024-03-01", term.Period.From.String())
			assert.Equal(t, tt.last, term.Period.Last().String())
			assert.Equal(t, tt.renewals, term.Renewals)
			assert.Equal(t, tt.noticeBy, dateOrNone(term.NoticeBy), "notice by")
			assert.Equal(t, tt.ended, dateOrNone(term.Ended), "ended")
			assert.Equal(t, tt.ground, term.Ground)
			var void []string
			for _, v := range term.Void {
				void = append(void, v.Why)
			}
			if tt.void == "" {
				assert.Empty(t, void)
			} else {
				assert.Equal(t, []string{tt.void}, void)
			}
			holdsTerm(t, term)
		})
	}
}

// holdsTerm holds the workings of a term against its figures.
func holdsTerm(t require.TestingT, term contract.Term) {
	w := term.Explain()
	require.NoError(t, w.Check().Err())
	last := term.Period.Last()
	if term.Ended.IsValid() {
		last = term.Ended
	}
	require.Equal(t, last.String(), w.Result.Text)
	w = term.ExplainNoticeBy()
	if term.NoticeBy.IsValid() {
		require.NoError(t, w.Check().Err())
		require.Equal(t, term.NoticeBy.String(), w.Result.Text)
	} else {
		require.Empty(t, w.Steps)
	}
}

// A notice that became known later is not in the answer of the day.
func TestTermAsKnown(t *testing.T) {
	c := compileEdited(t)
	n := hand("N1", contract.Customer, "convenience", "2024-06-12")
	n.Recorded = clock(t, "Mon 2024-09-02 09:00:00")
	for asOf, want := range map[string]string{"2024-09-01": "", "2024-09-02": "2024-07-12"} {
		term, err := c.Term(contract.LifeFacts{Notices: []contract.Notice{n}}, on(asOf))
		require.NoError(t, err)
		assert.Equal(t, want, dateOrNone(term.Ended), asOf)
	}
}

func TestTermFaults(t *testing.T) {
	c := compileEdited(t)
	_, err := c.Term(contract.LifeFacts{}, contract.Date{})
	assert.ErrorIs(t, err, contract.ErrRequired)
	_, err = c.Term(contract.LifeFacts{}, on("9999-12-31"))
	assert.ErrorIs(t, err, contract.ErrRange, "the renewal would end after the year 9999")
	daily := compileEdited(t, edit{"/renewal/for", "1 calendar day"}, edit{"/renewal/unless/span", "0 days"})
	term, err := daily.Term(contract.LifeFacts{}, on("2424-03-01"))
	require.NoError(t, err)
	assert.Equal(t, on("2424-03-01").Sub(on("2025-02-28")), term.Renewals)
	assert.Less(t, len(term.Explain().Steps), 12, "146,098 renewals are told as one")
	_, err = daily.Term(contract.LifeFacts{}, on("9999-12-30"))
	assert.ErrorIs(t, err, contract.ErrLimit)
}

// Terms adjoin, whatever their length: the last day of one and the first of the next
// are neighbours, in every version of counting, and the day for a notice lies before.
func TestRenewalsAdjoin(t *testing.T) {
	spans := []string{"1 month", "3 months", "12 months", "1 year", "30 days", "2 weeks", "1 calendar day"}
	rapid.Check(t, func(rt *rapid.T) {
		span := rapid.SampledFrom(spans).Draw(rt, "span")
		first := on("2024-03-01")
		last := on(rapid.SampledFrom([]string{"2024-03-01", "2024-03-30", "2024-04-29", "2024-08-30", "2025-01-28", "2025-01-29", "2025-01-30", "2025-02-27", "2025-02-28"}).Draw(rt, "last"))
		counted := rapid.Bool().Draw(rt, "first day counted")
		c := compileEdited(t, edit{"/term/through", last.String()}, edit{"/renewal/for", span}, edit{"/renewal/unless/span", "1 calendar day"},
			edit{"/periods/firstDay", map[bool]string{true: "counted", false: "not counted"}[counted]})
		begin := last.AddDays(1)
		for n := 1; n <= 5; n++ {
			term, err := c.Term(contract.LifeFacts{}, begin)
			require.NoError(rt, err)
			require.Equal(rt, n, term.Renewals, "on the first day of the %d. renewal", n)
			holdsTerm(rt, term)
			s := contract.MustParseSpan(span)
			count, _ := s.Count()
			want := last.AddDays(count * n)
			switch s.Unit() {
			case contract.UnitWeeks:
				want = last.AddDays(7 * count * n)
			case contract.UnitMonths, contract.UnitYears:
				if s.Unit() == contract.UnitYears {
					count *= 12
				}
				next, err := last.AddDays(1).AddMonths(count*n, contract.MonthEndLast)
				require.NoError(rt, err)
				want = next.AddDays(-1)
			}
			require.Equal(rt, want, term.Period.Last())
			if counted { // a day's notice is the day on which it arrives
				require.Equal(rt, term.Period.Last(), term.NoticeBy)
			} else {
				require.Equal(rt, term.Period.Last().AddDays(-1), term.NoticeBy)
			}
			before, err := c.Term(contract.LifeFacts{}, begin.AddDays(-1))
			require.NoError(rt, err)
			require.Equal(rt, n-1, before.Renewals)
			begin = term.Period.Last().AddDays(1)
		}
		require.True(rt, first.Before(begin))
	})
}

// Whatever notices and debts there are, in whatever order, the answer is the same,
// its workings hold, and nothing that arrives later changes it.
func TestTermOfAnyNotices(t *testing.T) {
	c := compileEdited(t)
	days := []string{"2024-01-20", "2024-03-01", "2024-04-21", "2024-04-22", "2024-05-06", "2024-05-21", "2024-05-22", "2025-01-28", "2025-01-29", "2025-02-28", "2025-03-01", "2025-06-12"}
	grounds := []string{nonRenewal, "convenience", "non-payment", "material breach", "force majeure", "agreement", cured, "x"}
	rapid.Check(t, func(t *rapid.T) {
		day := rapid.SampledFrom(days)
		var f contract.LifeFacts
		for i := range rapid.IntRange(0, 6).Draw(t, "notices") {
			n := hand(fmt.Sprintf("N%d", i), rapid.SampledFrom([]contract.Role{contract.Customer, contract.Provider, contract.Both}).Draw(t, "by"), rapid.SampledFrom(grounds).Draw(t, "ground"), day.Draw(t, "on"))
			n.About = rapid.SampledFrom([]string{"", "N0", "N1"}).Draw(t, "about")
			if rapid.Bool().Draw(t, "with a day") {
				n.From = on(rapid.SampledFrom([]string{"2025-03-01", "2026-03-01", "2024-03-01"}).Draw(t, "from"))
			}
			f.Notices = append(f.Notices, n)
		}
		for i := range rapid.IntRange(0, 2).Draw(t, "debts") {
			o := contract.DebtDates{Source: "invoices.csv:2", Debt: fmt.Sprintf("S%d", i), Due: on("2024-02-21")}
			if rapid.Bool().Draw(t, "paid") {
				o.Paid = on(day.Draw(t, "paid on"))
			}
			f.Debts = append(f.Debts, o)
		}
		asOf := on(day.Draw(t, "as of")).AddDays(rapid.IntRange(-1, 1).Draw(t, "shifted"))
		term, err := c.Term(f, asOf)
		require.NoError(t, err)
		holdsTerm(t, term)
		rights, err := c.Rights(f, asOf)
		require.NoError(t, err)
		holdRights(t, rights, term, asOf)

		later := f
		later.Notices = append(later.Notices[:len(later.Notices):len(later.Notices)], hand("N9", contract.Customer, "convenience", asOf.AddDays(1).String()))
		same, err := c.Term(later, asOf)
		require.NoError(t, err)
		require.Equal(t, term.Explain(), same.Explain(), "what arrives tomorrow")

		turned := contract.LifeFacts{Debts: f.Debts}
		for i := range f.Notices {
			turned.Notices = append(turned.Notices, f.Notices[len(f.Notices)-1-i])
		}
		again, err := c.Term(turned, asOf)
		require.NoError(t, err)
		require.Equal(t, term.Period, again.Period)
		require.Equal(t, term.Ended, again.Ended)
		require.Equal(t, term.Renewals, again.Renewals)
		require.ElementsMatch(t, term.Void, again.Void)
	})
}

func holdRights(t require.TestingT, rights []contract.Right, term contract.Term, asOf contract.Date) {
	for i, r := range rights {
		w := r.Explain()
		require.NoError(t, w.Check().Err())
		require.Equal(t, r.From.String(), w.Result.Text)
		require.False(t, r.From.After(asOf), "its first day is there")
		require.True(t, r.Until.IsZero() || !r.Until.Before(r.From), "it has a day")
		require.Equal(t, r.Until.IsZero(), r.Lapses == "")
		require.True(t, term.Ended.IsZero() || !r.Until.After(term.Ended), "none outlives the contract")
		require.True(t, i == 0 || !r.From.Before(rights[i-1].From), "in order of day")
	}
}
