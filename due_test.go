package contract_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/cfd16870/contract"
)

func TestDue(t *testing.T) {
	received := func(d string) contract.InvoiceDates {
		return contract.InvoiceDates{Source: "invoices.csv:2", Received: day(d), Compliant: true}
	}
	of := func(due obj) edit { return edit{"/payments/support/due", due} }
	after := func(span, event string) obj { return obj{"span": span, "after": event} }
	year := contract.Through(day("2024-03-01"), day("2025-02-28"))
	for _, row := range []struct {
		why     string
		edits   []edit
		dates   contract.InvoiceDates
		on      string
		waiting contract.Anchor
	}{
		{"the later of signing + 30 days and 10 working days from the invoice", nil, received("2024-02-02"), "2024-02-21", ""},
		{"an early invoice leaves signing + 30 days, rolled over the festival", nil, received("2024-01-12"), "2024-02-18", ""},
		{"what waits for a compliant invoice says so", nil, contract.InvoiceDates{Received: day("2024-02-02")}, "no date", contract.AfterCompliantReceived},
		{"the earliest of several takes those that are known", []edit{of(obj{"earliestOf": list{after("30 days", "signing"), after("30 days", "invoice received")}})}, contract.InvoiceDates{}, "2024-02-18", ""},
		{"and waits while none is", []edit{of(obj{"earliestOf": list{after("30 days", "invoice received"), after("30 days", "invoice issued")}})}, contract.InvoiceDates{}, "no date", contract.AfterInvoiceReceived},
		{"nested: the earlier of the later two and of 60 days from signing", []edit{of(obj{"earliestOf": list{obj{"latestOf": list{after("30 days", "signing"), after("30 days", "invoice received")}}, after("60 days", "signing")}})},
			received("2024-02-20"), "2024-03-12", ""},
		{"issued, not received", []edit{of(after("30 days", "invoice issued"))}, contract.InvoiceDates{Issued: day("2024-04-01"), Received: day("2024-04-09")}, "2024-05-06", ""},
		{"from the first day of the period", []edit{of(after("15 days", "first day of the period"))}, contract.InvoiceDates{Period: year}, "2024-03-18", ""}, // 16 Mar is a Saturday
		{"from its last day", []edit{of(after("15 days", "last day of the period"))}, contract.InvoiceDates{Period: year}, "2025-03-17", ""},                 // 15 Mar is a Saturday
		{"an invoice without a period waits for it", []edit{of(after("15 days", "last day of the period"))}, received("2024-02-02"), "no date", contract.AfterPeriodEnd},
		{"a month from 31 January is the last of February", []edit{of(after("1 month", "invoice received"))}, received("2024-01-31"), "2024-02-29", ""},
		{"no days after the event", []edit{of(after("0 days", "invoice received"))}, received("2024-04-01"), "2024-04-01", ""},
		{"first day counted is a day less", []edit{of(after("30 days", "invoice received")), {"/periods/firstDay", "counted"}}, received("2024-05-06"), "2024-06-04", ""},
		{"a rest day stays", []edit{of(after("30 days", "invoice received")), {"/payments/support/restDay", "stays"}}, received("2024-05-09"), "2024-06-08", ""}, // a Saturday
		{"a rest day rolls: Sat 8 Jun 2024, Dragon Boat Festival through Mon 10", []edit{of(after("30 days", "invoice received"))}, received("2024-05-09"), "2024-06-11", ""},
		{"over statutory holidays only it stays on a Saturday", []edit{of(after("30 days", "invoice received")), {"/payments/support/restDay", "rolls over statutory holidays"}}, received("2024-05-09"), "2024-06-08", ""},
		{"and rolls off Mon 10 Jun, which is statutory", []edit{of(after("30 days", "invoice received")), {"/payments/support/restDay", "rolls over statutory holidays"}}, received("2024-05-11"), "2024-06-11", ""},
		{"the day itself, where it is worked", []edit{of(after("30 days", "invoice received"))}, received("2024-05-12"), "2024-06-11", ""},
	} {
		t.Run(row.why, func(t *testing.T) {
			c := compileEdited(t, append([]edit{noReadings, {"/completed", list{}}}, row.edits...)...)
			d, err := c.Due([]string{"support"}, row.dates)
			require.NoError(t, err)
			assert.Equal(t, row.on, d.On.String())
			assert.Equal(t, row.waiting, d.Waiting)
			if row.waiting != "" {
				assert.Empty(t, d.Explain().Steps)
				return
			}
			require.NoError(t, d.Explain().Check().Err())
			assert.Contains(t, d.Explain().Result.Text, row.on)
			assert.Equal(t, "8.2 (contents 7.2)", d.Clause)
		})
	}
}

func TestDueThatNobodyCanTell(t *testing.T) {
	c := sample(t)
	dates := contract.InvoiceDates{Source: "invoices.csv:2", Received: day("2024-02-02"), Compliant: true}
	_, err := c.Due([]string{"support", "repair"}, dates)
	require.ErrorIs(t, err, contract.ErrConflict)
	assert.Contains(t, err.Error(), `"support" and "repairs"`, "the clauses are named")
	_, err = c.Due([]string{"suport"}, dates)
	require.ErrorIs(t, err, contract.ErrSilent, "no clause is not 0 days")
	_, err = c.Due(nil, dates)
	require.ErrorIs(t, err, contract.ErrRequired)
	_, err = new(contract.Contract).Due([]string{"support"}, dates)
	require.ErrorIs(t, err, contract.ErrSilent)
	dates.Received = day("2031-02-02")
	_, err = c.Due([]string{"support"}, dates)
	require.ErrorIs(t, err, contract.ErrRange, "a year of which no arrangement is published")
	for _, d := range []string{"0001-01-01", "9999-12-31"} {
		_, err = c.Due([]string{"repair"}, contract.InvoiceDates{Received: day(d)})
		require.Error(t, err, d)
	}
}

// A due date is a working day, no earlier than the days counted, and no later than
// the first working day that follows them; an invoice that comes later is never due
// earlier.
func TestDueAgainstTheDays(t *testing.T) {
	c := sample(t)
	w := workingDays(t, contract.MakeupCount)
	festivals := []string{"2024-01-11", "2024-03-05", "2024-04-01", "2024-05-09", "2024-08-16", "2024-09-01", "2024-12-02", "2024-12-29", "2025-09-01", "2026-01-15"}
	rapid.Check(t, func(t *rapid.T) {
		received := day(rapid.SampledFrom(festivals).Draw(t, "before a festival")).AddDays(rapid.IntRange(-2, 9).Draw(t, "days"))
		due := func(d contract.Date) contract.Date {
			p, err := c.Due([]string{"repair"}, contract.InvoiceDates{Source: "invoices.csv:2", Received: d})
			require.NoError(t, err)
			require.NoError(t, p.Explain().Check().Err())
			return p.On
		}
		want := received.AddDays(30)
		for {
			works, err := w.IsWorkingDay(want)
			require.NoError(t, err)
			if works {
				break
			}
			want = want.AddDays(1)
		}
		require.Equal(t, want, due(received))
		require.False(t, due(received.AddDays(1)).Before(want))
	})
}
