package contract_test

import (
	"fmt"
	"math/big"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/cfd16870/contract"
	"github.com/cfd16870/contract/proof"
)

// silentContract is the sample without its clause of late payment: what a caller
// declares fills the gap.
func silentContract(t testing.TB) *contract.Contract {
	t.Helper()
	return compiled(t, chinaWithRates(), edit{"/latePayment", nil})
}

// compiled is the sample with edits; what points into its parts is left out.
func compiled(t testing.TB, ref contract.Reference, edits ...edit) *contract.Contract {
	t.Helper()
	doc, err := contract.Parse(editText(t, append(unamended[:len(unamended):len(unamended)], edits...)...))
	require.NoError(t, err)
	c, err := contract.Compile(doc, ref)
	require.NoError(t, err)
	return c
}

func cny(s string) contract.Money { return contract.MustParseMoney(s + " CNY") }

func percentage(s string) *contract.Percent {
	p := contract.MustParsePercent(s)
	return &p
}

// dailyRate is the clause of the sample without its cap: 0.05 % a day of what is
// still due, from the day after due through the day of credit.
func dailyRate(edits ...func(*contract.LatePaymentClause)) *contract.LatePaymentClause {
	c := &contract.LatePaymentClause{
		By: contract.Customer, Charge: contract.LateDailyRate, Rate: percentage("0.05%"), Of: contract.LateOfStillDue,
		FirstDay: contract.LateFromDayAfterDue, LastDay: contract.LateThroughCredit, Grace: contract.GraceNone, Interest: contract.InterestSimple,
		WithinDebt:  []contract.DebtPart{contract.PartLateCharge, contract.PartPrincipal},
		AcrossDebts: []contract.DebtOrder{contract.OrderDesignated, contract.OrderCivilCode},
		Surplus:     contract.SurplusCredit, Tax: contract.TaxClause{Treatment: contract.TaxOutsideScope, Document: contract.OnClaim},
	}
	for _, e := range edits {
		e(c)
	}
	return c
}

func payment(id, on, amount string, of ...string) contract.Payment {
	p := contract.Payment{Source: "payments.csv:" + id[1:], ID: id, On: day(on), Amount: cny(amount)}
	if len(of) > 0 {
		p.For = of[0]
	}
	return p
}

func debtOf(id, amount, due string) contract.Debt {
	return contract.Debt{Source: "invoices.csv:2", ID: id, Item: "support", Amount: cny(amount), Due: day(due)}
}

func proves(t assert.TestingT, w *proof.Working) bool {
	return assert.NoError(t, w.Check().Err(), "%s", w.About) && assert.True(t, w.Sealed())
}

func TestLateCharge(t *testing.T) {
	c := silentContract(t)
	type edits = []func(*contract.LatePaymentClause)
	set := func(f func(*contract.LatePaymentClause)) edits { return edits{f} }
	grace := func(g contract.Grace, days string) edits {
		return set(func(c *contract.LatePaymentClause) { c.Grace, c.GraceFor = g, contract.MustParseSpan(days) })
	}
	annual := func(count contract.DayCount) edits {
		return set(func(c *contract.LatePaymentClause) {
			c.Charge, c.Rate, c.DayCount = contract.LateAnnualRate, percentage("18.25%"), count
		})
	}
	capped := func(s string) func(*contract.LatePaymentClause) {
		return func(c *contract.LatePaymentClause) {
			c.Cap = &contract.Share{Rate: contract.MustParsePercent(s), Of: "overdue sum as first due"}
		}
	}
	const due = "2024-06-14" // a Friday
	for _, row := range []struct {
		why      string
		edits    edits
		payments []contract.Payment
		asOf     string
		charged  string
		owed     string
	}{
		{"nothing is charged on the due day", nil, nil, "2024-06-14", "0.00", "1000.00"},
		{"nor before it", nil, nil, "2024-05-01", "0.00", "1000.00"},
		{"the day after due is the first", nil, nil, "2024-06-15", "0.50", "1000.50"},
		{"the day of credit is charged", nil, []contract.Payment{payment("P2", "2024-06-24", "1005.00")}, "2024-12-31", "5.00", "0.00"},
		{"a fen short stays owed, and bears on", nil, []contract.Payment{payment("P2", "2024-06-24", "1004.99")}, "2024-12-31", "5.00", "0.01"},
		{"paid on the due day is in time", nil, []contract.Payment{payment("P2", due, "1000.00")}, "2024-12-31", "0.00", "0.00"},
		{"paid before it is in time", nil, []contract.Payment{payment("P2", "2024-06-01", "1000.00", "S")}, "2024-12-31", "0.00", "0.00"},
		{"the due day too, where the clause counts it", set(func(c *contract.LatePaymentClause) { c.FirstDay = contract.LateFromDueDay }), nil, "2024-06-15", "1.00", "1001.00"},
		{"paid on a due day that counts is in time all the same", set(func(c *contract.LatePaymentClause) { c.FirstDay = contract.LateFromDueDay }), []contract.Payment{payment("P2", due, "1000.00")}, "2024-06-20", "0.00", "0.00"},
		{"what is paid on a due day that counts is not charged for it", set(func(c *contract.LatePaymentClause) { c.FirstDay = contract.LateFromDueDay }), []contract.Payment{payment("P2", due, "600.00")}, "2024-06-15", "0.40", "400.40"},
		{"not the day of credit, where it ends before", set(func(c *contract.LatePaymentClause) { c.LastDay = contract.LateThroughDayBefore }), []contract.Payment{payment("P2", "2024-06-24", "1004.50")}, "2024-12-31", "4.50", "0.00"},
		{"paid a day late costs nothing, where it ends before", set(func(c *contract.LatePaymentClause) { c.LastDay = contract.LateThroughDayBefore }), []contract.Payment{payment("P2", "2024-06-15", "1000.00")}, "2024-12-31", "0.00", "0.00"},
		{"grace is no postponement: exceeded, the charge runs from the due date", grace(contract.GraceCondition, "5 days"), nil, "2024-06-20", "3.00", "1003.00"},
		{"its last day is within it", grace(contract.GraceCondition, "5 days"), nil, "2024-06-19", "0.00", "1000.00"},
		{"paid on its last day costs nothing", grace(contract.GraceCondition, "5 days"), []contract.Payment{payment("P2", "2024-06-19", "1000.00")}, "2024-12-31", "0.00", "0.00"},
		{"what was paid within it is charged for its days once the rest exceeds it", grace(contract.GraceCondition, "5 days"), []contract.Payment{payment("P2", "2024-06-18", "600.00")}, "2024-06-20", "2.40", "402.40"},
		{"a postponement: the day after its end is the first", grace(contract.GracePostponement, "5 days"), nil, "2024-06-20", "0.50", "1000.50"},
		{"paid on the last day of a postponement is in time, also where the due day counts", append(grace(contract.GracePostponement, "5 days"), func(c *contract.LatePaymentClause) { c.FirstDay = contract.LateFromDueDay }), []contract.Payment{payment("P2", "2024-06-19", "1000.00")}, "2024-12-31", "0.00", "0.00"},
		{"a month of grace ends on the corresponding day", grace(contract.GracePostponement, "1 month"), nil, "2024-07-15", "0.50", "1000.50"},
		{"a rate a year on 365: 18.25 % is 0.05 % a day", annual(contract.Actual365), nil, "2024-06-24", "5.00", "1005.00"},
		{"on 360 it is more", annual(contract.Actual360), nil, "2024-06-24", "5.07", "1005.07"},
		{"of the sum as first due, however much was paid", set(func(c *contract.LatePaymentClause) { c.Of = contract.LateOfFirstDue }), []contract.Payment{payment("P2", "2024-06-24", "905.00")}, "2024-07-04", "10.00", "105.00"},
		{"until all of it is paid", set(func(c *contract.LatePaymentClause) { c.Of = contract.LateOfFirstDue }), []contract.Payment{payment("P2", "2024-06-24", "1005.00")}, "2024-07-04", "5.00", "0.00"},
		{"the cap is of the sum as first due, over the life of the debt", edits{capped("0.5%")}, []contract.Payment{payment("P2", "2024-06-20", "503.00")}, "2024-12-31", "5.00", "502.00"},
		{"a cap exactly reached", edits{capped("0.5%")}, nil, "2024-06-24", "5.00", "1005.00"},
		{"rounded once, and not a day at a time", set(func(c *contract.LatePaymentClause) { c.Rate = percentage("0.0004%") }), nil, "2024-06-24", "0.04", "1000.04"},
		{"half a fen rounds up", set(func(c *contract.LatePaymentClause) { c.Rate = percentage("0.0005%") }), nil, "2024-06-15", "0.01", "1000.01"},
		{"leap February has its 29th", nil, nil, "2024-06-14", "0.00", "1000.00"},
	} {
		t.Run(row.why, func(t *testing.T) {
			d, err := c.LateCharge(debtOf("S", "1000.00", due), row.payments, day(row.asOf), &contract.Declared{Clause: dailyRate(row.edits...)})
			require.NoError(t, err)
			assert.Equal(t, row.charged+" CNY", d.Charged.String())
			assert.Equal(t, row.owed+" CNY", d.Owed.String())
			proves(t, d.Explain())
			if len(d.ExplainCharge().Steps) > 0 {
				proves(t, d.ExplainCharge())
				assert.Equal(t, d.Charged.String(), d.ExplainCharge().Result.Text)
			}
			assert.Equal(t, d.Owed.String(), d.Explain().Result.Text)
		})
	}
}

func TestFixedSums(t *testing.T) {
	c := silentContract(t)
	sums := []contract.FixedSum{{Below: ptr(cny("1000.00")), Sum: ptr(cny("40.00"))}, {From: ptr(cny("1000.00")), Below: ptr(cny("10000.00")), Sum: ptr(cny("70.00"))}, {From: ptr(cny("10000.00")), Sum: ptr(cny("100.00"))}}
	for _, row := range []struct {
		why, amount, asOf string
		grace             contract.Grace
		payments          []contract.Payment
		fixed             string
	}{
		{"a debt in time has none", "999.99", "2024-06-14", contract.GraceNone, nil, "0.00"},
		{"below 1,000", "999.99", "2024-06-15", contract.GraceNone, nil, "40.00"},
		{"from 1,000", "1000.00", "2024-06-15", contract.GraceNone, nil, "70.00"},
		{"below 10,000", "9999.99", "2024-06-15", contract.GraceNone, nil, "70.00"},
		{"from 10,000", "10000.00", "2024-06-15", contract.GraceNone, nil, "100.00"},
		{"once, and by the size as first due", "10000.00", "2024-12-31", contract.GraceNone, []contract.Payment{payment("P2", "2024-07-01", "9500.00")}, "100.00"},
		{"not while grace runs", "1000.00", "2024-06-19", contract.GraceCondition, nil, "0.00"},
		{"with the first day after it", "1000.00", "2024-06-20", contract.GraceCondition, nil, "70.00"},
		{"not while the due date is postponed", "1000.00", "2024-06-19", contract.GracePostponement, nil, "0.00"},
	} {
		t.Run(row.why, func(t *testing.T) {
			clause := dailyRate(func(c *contract.LatePaymentClause) {
				c.FixedSums = sums
				if c.Grace = row.grace; c.Grace != contract.GraceNone {
					c.GraceFor = contract.MustParseSpan("5 days")
				}
			})
			d, err := c.LateCharge(debtOf("S", row.amount, "2024-06-14"), row.payments, day(row.asOf), &contract.Declared{Clause: clause})
			require.NoError(t, err)
			assert.Equal(t, row.fixed+" CNY", d.FixedSum.String())
			proves(t, d.Explain())
		})
	}
}

func TestDayOnWhichTheCapIsReached(t *testing.T) {
	c := silentContract(t)
	cap := func(c *contract.LatePaymentClause) {
		c.Cap = &contract.Share{Rate: contract.MustParsePercent("1%"), Of: "overdue sum as first due"}
	}
	grace := func(c *contract.LatePaymentClause) {
		c.Grace, c.GraceFor = contract.GraceCondition, contract.MustParseSpan("5 days")
	}
	floating := func(c *contract.LatePaymentClause) {
		c.Charge, c.Rate, c.DayCount = contract.LateReferenceRate, nil, contract.Actual365
		c.Reference = &contract.ReferenceClause{Series: "lpr1y", Reset: contract.ResetEachDay}
	}
	for _, row := range []struct {
		why      string
		edits    []func(*contract.LatePaymentClause)
		payments []contract.Payment
		asOf     string
		want     string // "": not yet
		taken    string
	}{
		{"the day before", nil, nil, "2024-07-03", "", "0.00"},
		{"20 days of 0.50 are 10.00: on the day itself", nil, nil, "2024-07-04", "2024-07-04", "0.00"},
		{"it stays, and takes the rest", nil, nil, "2024-07-14", "2024-07-04", "5.00"},
		{"a posting that reaches it exactly", nil, []contract.Payment{payment("P2", "2024-07-04", "10.00")}, "2024-07-14", "2024-07-04", "5.00"},
		{"a smaller sum takes longer: 4.00, then 6.00 at 0.10 a day", nil, []contract.Payment{payment("P2", "2024-06-22", "804.00")}, "2024-12-31", "2024-08-21", "13.20"},
		{"on the last day of a stretch of two: 2.00 within the grace on 1,000, then 8.00 on 500", []func(*contract.LatePaymentClause){grace}, []contract.Payment{payment("P2", "2024-06-18", "500.00")}, "2024-07-20", "2024-07-20", "0.00"},
		{"under a floating rate: 37 days at 3.45, 3.497, then the 71st at 3.35", []func(*contract.LatePaymentClause){floating}, nil, "2024-10-10", "2024-09-30", "0.93"},
	} {
		t.Run(row.why, func(t *testing.T) {
			d, err := c.LateCharge(debtOf("S", "1000.00", "2024-06-14"), row.payments, day(row.asOf), &contract.Declared{Clause: dailyRate(append(row.edits, cap)...)})
			require.NoError(t, err)
			want := contract.Date{}
			if row.want != "" {
				want = day(row.want)
				proves(t, d.ExplainCapDay())
				assert.Equal(t, row.want, d.ExplainCapDay().Result.Text)
			}
			assert.Equal(t, want, d.CapReached)
			assert.Equal(t, row.taken+" CNY", d.TakenByCap.String())
		})
	}
}

// The rate of the half-year before is that of 30 June or 31 December, whichever is
// the last before the first day late. The prime rate fell on 2025-05-20.
func TestHalfYearBefore(t *testing.T) {
	c := silentContract(t)
	for _, row := range []struct{ why, due, rate string }{
		{"late from 1 January: 31 December", "2024-12-31", "3.1%"},
		{"late from 31 December: 30 June", "2024-12-30", "3.45%"},
		{"late from 30 June: 31 December before", "2025-06-29", "3.1%"},
		{"late from 1 July: 30 June", "2025-06-30", "3%"},
	} {
		t.Run(row.why, func(t *testing.T) {
			d, err := c.LateCharge(debtOf("S", "36500.00", row.due), nil, day(row.due).AddDays(100), &contract.Declared{Clause: agreedInterest(contract.ReferenceClause{Series: "lpr1y", Reset: contract.ResetHalfYearBefore}, contract.Actual365)})
			require.NoError(t, err)
			rate, _ := new(big.Rat).SetString(strings.TrimSuffix(row.rate, "%"))
			assert.Zero(t, rat(d.Charged).Cmp(rate.Mul(rate, big.NewRat(100, 1))), "%v at %s", d.Charged, row.rate)
			proves(t, d.ExplainCharge())
		})
	}
}

// The first day late, by which a rate is taken, is the day after which a debt is late:
// after the due date, or after the days of grace where they postpone it. The prime rate
// fell from 3.45 % to 3.35 % on 2024-07-22, and to 3.1 % on 2024-10-21.
func TestFirstDayLateIsPostponed(t *testing.T) {
	c := silentContract(t)
	for _, row := range []struct {
		why   string
		reset contract.Reset
		grace contract.Grace
		span  string // of grace
		due   string
		rate  string
	}{
		{"without grace the day after due", contract.ResetAtBreach, contract.GraceNone, "", "2024-07-20", "3.45%"},
		{"whatever is published the next day", contract.ResetAtBreach, contract.GraceNone, "", "2024-07-21", "3.35%"},
		{"a condition postpones nothing", contract.ResetAtBreach, contract.GraceCondition, "5 days", "2024-07-20", "3.45%"},
		{"a postponement that ends on the day before", contract.ResetAtBreach, contract.GracePostponement, "5 days", "2024-07-16", "3.35%"},
		{"and one that ends a day earlier", contract.ResetAtBreach, contract.GracePostponement, "5 days", "2024-07-15", "3.45%"},
		{"the half-year before the due date", contract.ResetHalfYearBefore, contract.GraceNone, "", "2024-12-30", "3.45%"},
		{"a condition postpones that neither", contract.ResetHalfYearBefore, contract.GraceCondition, "1 calendar day", "2024-12-30", "3.45%"},
		{"postponed into the next half-year", contract.ResetHalfYearBefore, contract.GracePostponement, "1 calendar day", "2024-12-30", "3.1%"},
	} {
		t.Run(row.why, func(t *testing.T) {
			clause := agreedInterest(contract.ReferenceClause{Series: "lpr1y", Reset: row.reset}, contract.Actual365)
			late := day(row.due)
			if clause.Grace = row.grace; row.span != "" {
				clause.GraceFor = contract.MustParseSpan(row.span)
				if n, _ := clause.GraceFor.Count(); row.grace == contract.GracePostponement {
					late = late.AddDays(n)
				}
			}
			d, err := c.LateCharge(debtOf("S", "36500.00", row.due), nil, late.AddDays(100), &contract.Declared{Clause: clause})
			require.NoError(t, err)
			rate, _ := new(big.Rat).SetString(strings.TrimSuffix(row.rate, "%"))
			assert.Zero(t, rat(d.Charged).Cmp(rate.Mul(rate, big.NewRat(100, 1))), "%v at %s", d.Charged, row.rate)
			proves(t, d.ExplainCharge())
		})
	}
}

// A lateReference computes one debt by walking its days, with fractions: what the
// clause says, read off the clause.
type lateReference struct {
	clause *contract.LatePaymentClause
	lpr    []lprRow
	signed contract.Date
}

type lprRow struct {
	from contract.Date
	rate *big.Rat
}

// lprFacts reads the published rates from the table of package cn by its text.
func lprFacts(t testing.TB) []lprRow {
	data, err := os.ReadFile("cn/lpr.go")
	require.NoError(t, err)
	var rows []lprRow
	for line := range strings.Lines(string(data)) {
		f := strings.Fields(line)
		if len(f) != 3 || !strings.HasPrefix(f[0], "20") {
			continue
		}
		r, ok := new(big.Rat).SetString(f[1])
		require.True(t, ok)
		rows = append(rows, lprRow{day(f[0]), r})
	}
	require.NotEmpty(t, rows)
	return rows
}

func (r lateReference) published(on contract.Date) *big.Rat {
	var rate *big.Rat
	for _, row := range r.lpr {
		if !row.from.After(on) {
			rate = row.rate
		}
	}
	return rate
}

// a is the charge on 1 for a day, of a debt that is late after another.
func (r lateReference) a(on, late contract.Date) *big.Rat {
	hundred := big.NewRat(100, 1)
	percent := func(p *contract.Percent) *big.Rat {
		v, ok := new(big.Rat).SetString(strings.TrimSuffix(p.String(), "%"))
		if !ok {
			panic(p.String())
		}
		return v
	}
	year := big.NewRat(365, 1)
	if r.clause.DayCount == contract.Actual360 {
		year = big.NewRat(360, 1)
	}
	rate := new(big.Rat)
	switch r.clause.Charge {
	case contract.LateDailyRate:
		return rate.Quo(percent(r.clause.Rate), hundred)
	case contract.LateAnnualRate:
		rate = percent(r.clause.Rate)
	case contract.LateReferenceRate:
		switch r.clause.Reference.Reset {
		case contract.ResetEachDay:
		case contract.ResetAtBreach:
			on = late.AddDays(1)
		case contract.ResetAtSigning:
			on = r.signed
		case contract.ResetHalfYearBefore:
			for on = late; !strings.HasSuffix(on.String(), "-06-30") && !strings.HasSuffix(on.String(), "-12-31"); {
				on = on.AddDays(-1)
			}
		}
		rate.Set(r.published(on))
		if s := r.clause.Reference.Times; s != "" {
			times, _ := new(big.Rat).SetString(s)
			rate.Mul(rate, times)
		}
		if p := r.clause.Reference.Plus; p != nil {
			rate.Add(rate, percent(p))
		}
	}
	return rate.Quo(rate, new(big.Rat).Mul(hundred, year))
}

func fen(r *big.Rat) *big.Rat { // half up, of an amount of 0 or more
	n := new(big.Rat).Add(new(big.Rat).Mul(r, big.NewRat(100, 1)), big.NewRat(1, 2))
	return big.NewRat(new(big.Int).Quo(n.Num(), n.Denom()).Int64(), 100)
}

func least(a, b *big.Rat) *big.Rat {
	if a.Cmp(b) < 0 {
		return a
	}
	return b
}

type lateAnswer struct {
	principal, owed, charged, taken *big.Rat
	capDay                          contract.Date
}

func rat(m contract.Money) *big.Rat {
	r, ok := new(big.Rat).SetString(strings.Fields(m.String())[0])
	if !ok {
		panic(m.String())
	}
	return r
}

func (r lateReference) walk(d contract.Debt, payments []contract.Payment, asOf contract.Date) lateAnswer {
	amount := rat(d.Amount)
	principal := new(big.Rat).Set(amount)
	owing, posted, accrued, taken := new(big.Rat), new(big.Rat), new(big.Rat), new(big.Rat)
	any := false // posted before
	var capDay, reached contract.Date
	var most *big.Rat
	if c := r.clause.Cap; c != nil {
		rate, _ := new(big.Rat).SetString(strings.TrimSuffix(c.Rate.String(), "%"))
		most = fen(rate.Quo(rate.Mul(rate, amount), big.NewRat(100, 1)))
	}
	end := d.Due // of grace
	for n, _ := r.clause.GraceFor.Count(); n > 0; n-- {
		end = end.AddDays(1)
	}
	late := d.Due
	if r.clause.Grace == contract.GracePostponement {
		late = end
	}
	day := func(on contract.Date) {
		base := principal
		if r.clause.Of == contract.LateOfFirstDue {
			base = amount
		}
		accrued.Add(accrued, new(big.Rat).Mul(base, r.a(on, late)))
		if most != nil && reached.IsZero() && accrued.Cmp(new(big.Rat).Sub(most, posted)) >= 0 {
			reached = on
		}
	}
	post := func(on contract.Date) {
		if !on.After(late) || r.clause.Grace == contract.GraceCondition && !any && !on.After(end) {
			return
		}
		if accrued.Sign() == 0 {
			return
		}
		whole := fen(accrued)
		charge := whole
		if most != nil {
			left := new(big.Rat).Sub(most, posted)
			charge = least(whole, left)
			if capDay.IsZero() {
				capDay = reached
			}
		}
		taken.Add(taken, new(big.Rat).Sub(whole, charge))
		posted.Add(posted, charge)
		owing.Add(owing, charge)
		accrued, any, reached = new(big.Rat), true, contract.Date{}
	}
	pay := func(on contract.Date) {
		for _, p := range payments {
			if p.On != on {
				continue
			}
			if principal.Sign() > 0 {
				post(on)
			}
			left := rat(p.Amount)
			for _, part := range r.clause.WithinDebt {
				of := principal
				if part == contract.PartLateCharge {
					of = owing
				}
				given := new(big.Rat).Set(least(left, of))
				left.Sub(left, given)
				of.Sub(of, given)
			}
		}
	}
	for on := d.Due.AddDays(-40); !on.After(asOf); on = on.AddDays(1) {
		switch before := r.clause.LastDay == contract.LateThroughDayBefore; {
		case !on.After(late):
			pay(on)
			if on == late && r.clause.FirstDay == contract.LateFromDueDay && principal.Sign() > 0 {
				day(on)
			}
		case before:
			pay(on)
			if principal.Sign() > 0 && on.Before(asOf) {
				day(on)
			}
		default:
			if principal.Sign() > 0 {
				day(on)
			}
			pay(on)
		}
	}
	if principal.Sign() > 0 {
		post(asOf)
	}
	return lateAnswer{principal, new(big.Rat).Add(principal, owing), posted, taken, capDay}
}

// edgeDays are days at which something changes: leap days, ends of years and
// half-years, publications of the rate.
var edgeDays = []string{"2024-02-28", "2024-02-29", "2024-03-01", "2023-12-31", "2024-01-01", "2024-06-30", "2024-07-01", "2024-07-21", "2024-07-22", "2024-10-20", "2024-10-21", "2024-01-22", "2025-05-19", "2025-05-20", "2025-06-29", "2025-06-30"}

func drawClause(t *rapid.T) *contract.LatePaymentClause {
	c := dailyRate()
	pick := func(label string, n int) int { return rapid.IntRange(0, n-1).Draw(t, label) }
	switch pick("charge", 3) {
	case 0:
		c.Rate = percentage(rapid.SampledFrom([]string{"0.05%", "0.5%", "0.0004%", "0.0333%", "0%"}).Draw(t, "rate"))
	case 1:
		c.Charge, c.Rate = contract.LateAnnualRate, percentage(rapid.SampledFrom([]string{"12%", "18.25%", "6.7%"}).Draw(t, "rate"))
		c.DayCount = rapid.SampledFrom([]contract.DayCount{contract.Actual365, contract.Actual360}).Draw(t, "count")
	default:
		c.Charge, c.Rate = contract.LateReferenceRate, nil
		c.DayCount = rapid.SampledFrom([]contract.DayCount{contract.Actual365, contract.Actual360}).Draw(t, "count")
		c.Reference = &contract.ReferenceClause{Series: "lpr1y", Reset: rapid.SampledFrom([]contract.Reset{contract.ResetEachDay, contract.ResetEachDay, contract.ResetAtBreach, contract.ResetAtSigning, contract.ResetHalfYearBefore}).Draw(t, "reset")}
		if pick("times", 2) == 1 {
			c.Reference.Times = "1.3"
		}
		if pick("plus", 2) == 1 {
			c.Reference.Plus = percentage("8%")
		}
	}
	c.Of = rapid.SampledFrom([]contract.LateBase{contract.LateOfStillDue, contract.LateOfFirstDue}).Draw(t, "of")
	c.FirstDay = rapid.SampledFrom([]contract.LateFrom{contract.LateFromDayAfterDue, contract.LateFromDueDay}).Draw(t, "first day")
	c.LastDay = rapid.SampledFrom([]contract.LateThrough{contract.LateThroughCredit, contract.LateThroughDayBefore}).Draw(t, "last day")
	c.Grace = rapid.SampledFrom([]contract.Grace{contract.GraceNone, contract.GraceNone, contract.GraceCondition, contract.GracePostponement}).Draw(t, "grace")
	if c.Grace != contract.GraceNone {
		c.GraceFor = contract.MustParseSpan(rapid.SampledFrom([]string{"1 calendar day", "5 days", "30 days"}).Draw(t, "grace for"))
	}
	if pick("cap", 2) == 1 {
		c.Cap = &contract.Share{Rate: contract.MustParsePercent(rapid.SampledFrom([]string{"10%", "0.5%", "1%"}).Draw(t, "cap rate")), Of: "overdue sum as first due"}
	}
	if pick("within", 2) == 1 {
		c.WithinDebt = []contract.DebtPart{contract.PartPrincipal, contract.PartLateCharge}
	}
	return c
}

// Half of the days lie at an edge: of the debt, of its grace, of the rates.
func drawDay(t *rapid.T, label string, due contract.Date) contract.Date {
	if rapid.Bool().Draw(t, label+" at an edge") {
		if d := day(rapid.SampledFrom(edgeDays).Draw(t, label)); d.Sub(due) > -40 && d.Sub(due) < 400 {
			return d
		}
		return due.AddDays(rapid.SampledFrom([]int{-1, 0, 1, 2, 4, 5, 6, 30, 31, 200}).Draw(t, label+" after"))
	}
	return due.AddDays(rapid.IntRange(-10, 300).Draw(t, label+" after"))
}

func drawPayments(t *rapid.T, due contract.Date) []contract.Payment {
	var list []contract.Payment
	for i := range rapid.IntRange(0, 4).Draw(t, "payments") {
		p := payment(fmt.Sprintf("P%d", i+2), drawDay(t, "credited", due).String(), rapid.SampledFrom([]string{"0.01", "1.00", "333.33", "500.00", "1000.00", "1004.50", "99999.99"}).Draw(t, "amount"))
		list = append(list, p)
	}
	return list
}

func TestLateChargeByWalkingDays(t *testing.T) {
	c := silentContract(t)
	ref := lateReference{lpr: lprFacts(t), signed: day("2024-01-12")}
	rapid.Check(t, func(t *rapid.T) {
		ref := ref
		ref.clause = drawClause(t)
		due := day(rapid.SampledFrom(edgeDays).Draw(t, "due"))
		d := debtOf("S", rapid.SampledFrom([]string{"1000.00", "999.99", "0.01", "120000.00", "33333.33"}).Draw(t, "debt"), due.String())
		payments := drawPayments(t, due)
		for i := range payments {
			payments[i].For = "S" // before the due date too
		}
		asOf := drawDay(t, "as of", due)
		got, err := c.LateCharge(d, payments, asOf, &contract.Declared{Clause: ref.clause})
		require.NoError(t, err)
		want := ref.walk(d, paidBy(payments, asOf), asOf)
		assert.Zero(t, want.charged.Cmp(rat(got.Charged)), "charged %v, by walking %s", got.Charged, want.charged.FloatString(4))
		assert.Zero(t, want.principal.Cmp(rat(got.Principal)), "principal %v, by walking %s", got.Principal, want.principal.FloatString(4))
		assert.Zero(t, want.owed.Cmp(rat(got.Owed)), "owed %v, by walking %s", got.Owed, want.owed.FloatString(4))
		assert.Zero(t, want.taken.Cmp(rat(got.TakenByCap)), "taken %v, by walking %s", got.TakenByCap, want.taken.FloatString(4))
		assert.Equal(t, want.capDay, got.CapReached)
		for _, w := range []*proof.Working{got.Explain(), got.ExplainCharge(), got.ExplainCapDay(), got.ExplainTakenByCap()} {
			if len(w.Steps) > 0 {
				proves(t, w)
			}
		}
		assert.Equal(t, got.Owed.String(), got.Explain().Result.Text)
		if !got.Charged.IsZero() {
			assert.Equal(t, got.Charged.String(), got.ExplainCharge().Result.Text)
		}
		if got.CapReached.IsValid() {
			assert.Equal(t, got.CapReached.String(), got.ExplainCapDay().Result.Text)
		}
	})
}

// paidBy are the payments credited by a day, in order.
func paidBy(list []contract.Payment, asOf contract.Date) []contract.Payment {
	var kept []contract.Payment
	for _, p := range list {
		if !p.On.After(asOf) {
			kept = append(kept, p)
		}
	}
	return kept
}

func ptr[T any](v T) *T { return &v }
