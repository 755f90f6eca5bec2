package contract_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/cfd16870/contract"
)

// listed is an agenda, an item a line.
func listed(list []contract.AgendaItem) []string {
	var lines []string
	for _, g := range list {
		by := g.Clause
		if g.Law != "" {
			by = g.Law
		}
		lines = append(lines, strings.Join([]string{g.On.String(), g.What, g.Of, by, g.Consequence}, "|"))
	}
	return lines
}

// Every day ahead that the contract fixes, as of a day.
func TestAgenda(t *testing.T) {
	debt := contract.LifeFacts{Debts: []contract.DebtDates{{Source: "invoices.csv:2", Debt: "S-2024", Due: on("2024-02-21")}}}
	with := func(f contract.LifeFacts, n ...contract.Notice) contract.LifeFacts {
		f.Notices = n
		return f
	}
	const (
		lastDay  = "2025-02-28|last day of the term||contents 8.1|renews unless a notice prevents it"
		noticeBy = "2025-01-28|last day for a notice against the renewal to arrive||contents 8.2|later: the term renews"
	)
	term := []string{
		"2024-12-28|last dispatch by courier of a notice of a raise||contents 14.1|",
		"2024-12-31|last day for a notice of a raise to arrive|2025-03-01|8.3 (contents 7.3)|later: the price stays",
		"2024-12-31|last dispatch by e-mail of a notice of a raise||contents 14.1|before 18:00:00",
		"2025-01-25|last dispatch by courier of a notice against the renewal||contents 14.1|",
		"2025-01-27|last dispatch by e-mail of a notice against the renewal||contents 14.1|before 18:00:00",
		noticeBy, lastDay,
	}
	for _, tt := range []struct {
		why   string
		edits []edit
		facts contract.LifeFacts
		asOf  string
		want  []string
	}{
		{"the year ahead, and a debt before it is due", nil, debt, "2024-02-20", append(append([]string{
			"2024-02-21|payment due|S-2024||late from the day after",
			"2024-03-23|right begins: suspension|S-2024|contents 10.1|the provider may use it",
			"2024-04-22|right begins: non-payment|S-2024|contents 13.3|the provider may use it"}, term...),
			"2025-04-22|last day of the right: non-payment|S-2024|contents 13.3|lapses: Civil Code 564",
			"2027-02-21|limitation|S-2024|Civil Code art. 188|3 years after it was due; interrupted by a demand or an acknowledgement that the records do not show")},
		{"what is past is left out, today is not", nil, contract.LifeFacts{}, "2025-01-28", []string{noticeBy, lastDay}},
		{"a payment takes its rights and its limitation with it", nil, contract.LifeFacts{Debts: []contract.DebtDates{{Debt: "S-2024", Due: on("2024-02-21"), Paid: on("2024-02-22")}}}, "2024-02-22", term},
		{"a breach to be cured", nil, with(contract.LifeFacts{}, hand("N1", contract.Customer, "material breach", "2025-01-27")), "2025-01-29", []string{
			"2025-02-11|last day to cure|N1|contents 13.3|the right to end the contract begins the day after",
			"2025-02-12|right begins: material breach|N1|contents 13.3|the customer may use it",
			lastDay,
			"2026-02-12|last day of the right: material breach|N1|contents 13.3|lapses: Civil Code 564"}},
		{"a term that does not renew", []edit{{"/renewal", obj{"clause": "renewal", "mode": "lapse"}}}, contract.LifeFacts{}, "2024-12-30", []string{"2025-02-28|last day of the term||contents 8.1|the contract ends"}},
		{"the last renewal", []edit{{"/renewal/times", "1"}}, contract.LifeFacts{}, "2025-06-01", []string{"2026-02-28|last day of the term||contents 8.1|the contract ends"}},
		{"a notice that has to be sent is sent", []edit{{"/renewal/unless/must", "be sent"}, {"/adjustment/notice/must", "be sent"}}, contract.LifeFacts{}, "2024-12-30", []string{
			"2024-12-31|last day to send a notice of a raise|2025-03-01|8.3 (contents 7.3)|later: the price stays",
			"2025-01-28|last day to send a notice against the renewal||contents 8.2|later: the term renews", lastDay}},
		{"after its end the contract lists what survives, and no right that begins", nil, with(debt, hand("N1", contract.Customer, "convenience", "2024-02-20")), "2024-03-21", []string{
			"2024-03-21|last day of the term||contents 13.3|the contract ends",
			"2027-02-21|limitation|S-2024|Civil Code art. 188|3 years after it was due; interrupted by a demand or an acknowledgement that the records do not show",
			"2027-03-21|survives until: confidentiality||contents 9|"}},
	} {
		t.Run(tt.why, func(t *testing.T) {
			c := compileEdited(t, tt.edits...)
			list, err := c.Agenda(tt.facts, on(tt.asOf))
			require.NoError(t, err)
			assert.Equal(t, tt.want, listed(list))
		})
	}
	c := compileEdited(t)
	_, err := c.Agenda(contract.LifeFacts{}, contract.Date{})
	assert.ErrorIs(t, err, contract.ErrRequired)

	english := compileEdited(t, edit{"/governingLaw/law", "England and Wales"})
	list, err := english.Agenda(debt, on("2028-03-01"))
	require.NoError(t, err)
	all := strings.Join(listed(list), "\n")
	assert.Contains(t, all, "2030-02-21|limitation|S-2024|Limitation Act 1980 s. 5|6 years", "under English law six years")
	assert.NotContains(t, all, "Code art.", "and no Chinese article")

	unpublished, err := c.Agenda(contract.LifeFacts{}, on("2027-12-01"))
	require.NoError(t, err)
	assert.True(t, slices.ContainsFunc(unpublished, func(g contract.AgendaItem) bool {
		return g.What == "last dispatch by e-mail of a notice against the renewal" && strings.HasPrefix(g.Consequence, "not known yet: ")
	}), "what rests on days that nobody has published is listed, not left out")
}

// An agenda only loses items as days pass: what lay ahead on a day still lies ahead
// on the next, unless it was on that day; nothing new comes without a fact, but for
// what a renewal brings.
func TestAgendaAsDaysPass(t *testing.T) {
	c := compileEdited(t)
	f := contract.LifeFacts{Debts: []contract.DebtDates{{Debt: "S-2024", Due: on("2024-02-21")}}, Notices: []contract.Notice{hand("N1", contract.Customer, "material breach", "2024-03-01")}}
	rapid.Check(t, func(t *rapid.T) {
		asOf := on("2024-03-01").AddDays(rapid.IntRange(0, 360).Draw(t, "day"))
		today, err := c.Agenda(f, asOf)
		require.NoError(t, err)
		tomorrow, err := c.Agenda(f, asOf.AddDays(1))
		require.NoError(t, err)
		left := slices.DeleteFunc(slices.Clone(today), func(g contract.AgendaItem) bool { return g.On == asOf })
		require.Equal(t, left, append([]contract.AgendaItem{}, tomorrow...))
		require.True(t, slices.IsSortedFunc(today, func(a, b contract.AgendaItem) int { return a.On.Compare(b.On) }))
	})
}
