package contract_test

import (
	"fmt"
	"go/types"
	"iter"
	"math"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cfd16870/contract"
	"github.com/cfd16870/contract/proof"
)

// A Date is one word of 32 bits, a Span two of 64: millions of either are cheap.
func TestSizes(t *testing.T) {
	assert.EqualValues(t, 4, reflect.TypeFor[contract.Date]().Size(), "Date")
	assert.EqualValues(t, 8, reflect.TypeFor[contract.Period]().Size(), "Period")
	assert.LessOrEqual(t, reflect.TypeFor[contract.Span]().Size(), uintptr(16), "Span")
}

// Days and spans are compared with == and are keys of maps. Amounts are not:
// 1 CNY and 1.00 CNY would be two.
func TestComparability(t *testing.T) {
	for _, tt := range []struct {
		of   reflect.Type
		want bool
	}{
		{reflect.TypeFor[contract.Date](), true},
		{reflect.TypeFor[contract.Span](), true},
		{reflect.TypeFor[contract.Period](), true},
		{reflect.TypeFor[contract.Money](), false},
		{reflect.TypeFor[contract.Percent](), false},
		{reflect.TypeFor[contract.Score](), false},
	} {
		assert.Equal(t, tt.want, tt.of.Comparable(), tt.of.String())
	}
}

// zeroValues are the zero values of what has methods, but for choices, whose only
// method lists their words.
func zeroValues() []any {
	return []any{
		new(contract.Attainment), new(contract.Clause), new(contract.Calendar), new(contract.Contract), new(contract.Date), new(contract.DayKind),
		new(contract.Deadline), new(contract.Document), new(contract.Error), new(contract.Errors), new(contract.EventKind),
		new(contract.Measurement), new(contract.Money), new(contract.Percent), new(contract.Period), new(contract.Satisfaction),
		new(contract.Schedule), new(contract.Span), new(contract.Status), new(contract.Tally), new(contract.Target),
		new(contract.Unit), new(contract.WorkingDays),
		new(contract.Availability), new(contract.PeriodState), new(contract.Ratio), new(contract.RatioTally), new(contract.Score),
		new(contract.Arrival),
		new(contract.Charge),
		new(contract.DebtState),
		new(contract.Difference),
		new(contract.Dispatch),
		new(contract.Entry),
		new(contract.Figure),
		new(contract.Finding),
		new(contract.FindingCode),
		new(contract.Invoice),
		new(contract.Liability),
		new(contract.Owing),
		new(contract.PaymentDue),
		new(contract.Penalty),
		new(contract.PeriodEnd),
		new(contract.Periods),
		new(contract.Price),
		new(contract.Raise),
		new(contract.Refund),
		new(contract.Right),
		new(contract.Series),
		new(contract.ServiceCredit),
		new(contract.Settlement),
		new(contract.Statement),
		new(contract.SurveyTally),
		new(contract.Warning),
		new(contract.Statistic),
		new(contract.StatisticTally),
		new(contract.TaxTotal),
		new(contract.Term),
		new(contract.Trigger),
	}
}

func TestZeroValuesDoNotPanic(t *testing.T) {
	var covered []string
	for _, zero := range zeroValues() {
		kind := reflect.TypeOf(zero).Elem()
		covered = append(covered, kind.Name())
		t.Run(kind.Name(), func(t *testing.T) {
			callAll(t, func() reflect.Value { return reflect.New(kind) })
		})
	}
	for _, name := range withMethods(t) {
		assert.Contains(t, covered, name, "its zero value is not tried here")
	}
}

// Nor does a value that is not zero panic, whatever it is asked: beyond the
// calendar, with the largest numbers, with words that are none.
func TestValuesDoNotPanic(t *testing.T) {
	c := sample(t)
	provisional, err := c.Provisional()
	require.NoError(t, err)
	s, err := c.Schedule("service")
	require.NoError(t, err)
	w, err := c.WorkingDays("state")
	require.NoError(t, err)
	target := mustTarget(t, c, "repair")
	due, err := target.Deadline(at("2024-03-04 12:00"))
	require.NoError(t, err)
	m, err := target.Measure(&contract.Request{Received: at("2024-03-04 12:00")}, at("2024-03-05 12:00"))
	require.NoError(t, err)
	sum := filledTally(t)
	satisfaction, err := c.Satisfaction(surveys("2024-03-04", map[string]int{"satisfied": 1}))
	require.NoError(t, err)
	require.NotEmpty(t, satisfaction)
	attainment := sum.Attainment()
	require.NotEmpty(t, attainment)
	measures := sample(t, slices.Concat(uptime(change{"shortest", "1 clock minute"}), answeredIn(), meanScore())...)
	available, err := measures.Availability(contract.AvailabilityFacts{AsOf: at("2024-05-01 00:00"), Outages: []contract.Outage{down("1", "2024-03-04 10:00", "")}})
	require.NoError(t, err)
	ratios, err := measures.NewRatioTally()
	require.NoError(t, err)
	require.NoError(t, ratios.Add(call(time.Second, false)))
	mean, err := measures.Satisfaction(surveys("2024-03-04", map[string]int{"9": 2}))
	require.NoError(t, err)

	first, last, span := contract.MustParseDate("0001-01-01"), contract.MustParseDate("9999-12-31"), contract.MustParseSpan("3 months")
	life := contract.Through(first, last.AddDays(-1))
	money, percent := contract.MustParseMoney("-2400.005 CNY"), contract.MustParsePercent("0.05%")
	for _, v := range []any{
		&attainment[0], china().Calendars["cn"], c, provisional, &first, &last, &due, c.Document(), &m, &money, &percent,
		&life, &satisfaction[0], s, &span, sum, target, w, periods(),
		measures, &available[0], ratios, &ratios.Ratios()[0], &mean[0], new(contract.Score),
	} {
		t.Run(fmt.Sprintf("%T", v), func(t *testing.T) {
			// What a method changes, such as UnmarshalText, it changes for the next one too.
			callAll(t, func() reflect.Value { return reflect.ValueOf(v) })
		})
	}
}

// filledTally counts one request.
func filledTally(t *testing.T) *contract.Tally {
	t.Helper()
	c := sample(t)
	sum, err := c.NewTally()
	require.NoError(t, err)
	r := &contract.Request{Selector: contract.Selector{Category: "fault"}, Received: at("2024-03-04 12:00")}
	m, err := mustTarget(t, c, "repair").Measure(r, at("2024-04-04 12:00"))
	require.NoError(t, err)
	require.True(t, sum.Add(m))
	return sum
}

// withMethods names the exported types with a method other than Words.
func withMethods(t *testing.T) (names []string) {
	scope := packagesOf(t)[modulePath].Types.Scope()
	for _, name := range scope.Names() {
		o, ok := scope.Lookup(name).(*types.TypeName)
		if !ok || !o.Exported() || types.IsInterface(o.Type()) {
			continue
		}
		for m := range types.NewMethodSet(types.NewPointer(o.Type())).Methods() {
			if m.Obj().Exported() && m.Obj().Name() != "Words" {
				names = append(names, name)
				break
			}
		}
	}
	require.Contains(t, names, "Date")
	return names
}

// callAll calls every exported method of a value with every choice of arguments.
func callAll(t *testing.T, receiver func() reflect.Value) {
	t.Helper()
	kind := receiver().Type()
	for i := range kind.NumMethod() {
		method := kind.Method(i)
		name := kind.Elem().Name() + "." + method.Name
		seen := make(map[string]bool)
		for _, args := range argumentLists(t, method.Type) {
			told := callOne(receiver(), i, args)
			if told == nil || seen[fmt.Sprint(told)] {
				continue
			}
			seen[fmt.Sprint(told)] = true
			t.Errorf("%s%s panics: %v", name, spelled(args), told)
		}
	}
}

// spelled writes arguments for a person.
func spelled(args []reflect.Value) string {
	list := make([]string, len(args))
	for i, a := range args {
		list[i] = fmt.Sprintf("%+v", a)
	}
	return "(" + strings.Join(list, ", ") + ")"
}

// callOne calls a method and looks at what it returns; it returns what was panicked with.
func callOne(receiver reflect.Value, i int, args []reflect.Value) (told any) {
	defer func() { told = recover() }()
	f := receiver.Method(i).Call
	if receiver.Method(i).Type().IsVariadic() {
		f = receiver.Method(i).CallSlice
	}
	for _, r := range f(args) {
		switch {
		case r.Kind() == reflect.Func && r.Type().CanSeq2():
			n := 0
			for range r.Seq2() {
				if n++; n > 1000 {
					break
				}
			}
			continue
		case r.Kind() == reflect.Func && r.Type().CanSeq():
			panic("an iterator of one value, which this test does not walk")
		}
		switch v := r.Interface().(type) {
		case *proof.Working:
			if v != nil {
				v.Check()
				_ = v.Text("en") + v.Text("zh") + v.ComputeSeal()
			}
		case error:
			_ = v.Error()
		case fmt.Stringer:
			if r.Kind() != reflect.Pointer || !r.IsNil() {
				_ = v.String()
			}
		}
	}
	return nil
}

// argumentLists are the lists of arguments that a method, with its receiver, is tried with.
func argumentLists(t *testing.T, method reflect.Type) [][]reflect.Value {
	t.Helper()
	lists := [][]reflect.Value{nil}
	for i := 1; i < method.NumIn(); i++ {
		var longer [][]reflect.Value
		for _, l := range lists {
			for _, v := range argumentsOf(t, method.In(i)) {
				longer = append(longer, append(slices.Clone(l), v))
			}
		}
		lists = longer
	}
	return lists
}

// argumentsOf are the values that a parameter of a type is tried with: the zero
// value, believable ones, and the extremes.
func argumentsOf(t *testing.T, of reflect.Type) []reflect.Value {
	t.Helper()
	day := contract.MustParseDate("2024-03-04")
	notice := contract.Notice{ID: "N", Channel: "e-mail", By: contract.Provider, Ground: "raise", Sent: at("2024-12-31 17:40"), Raise: contract.MustParsePercent("6%"), From: contract.MustParseDate("2025-03-01")}
	all := map[reflect.Type][]any{
		reflect.TypeFor[int]():                      {1, -1, 100, math.MaxInt, math.MinInt},
		reflect.TypeFor[int64]():                    {int64(1), int64(-1), int64(math.MaxInt64), int64(math.MinInt64)},
		reflect.TypeFor[string]():                   {"x", "cn", "repair", "/", "/targets/repair/within"},
		reflect.TypeFor[[]byte]():                   {[]byte("x"), []byte("2024-03-04"), []byte("3 months"), []byte("1 CNY"), []byte("1%")},
		reflect.TypeFor[[]int64]():                  {[]int64{}, []int64{0}, []int64{-1}, []int64{1, 2}, []int64{math.MaxInt64, math.MaxInt64}},
		reflect.TypeFor[time.Time]():                {at("2024-03-04 12:00"), at("2026-12-31 12:00"), time.Unix(math.MaxInt64/2, 0), time.Unix(math.MinInt64, 0)},
		reflect.TypeFor[time.Duration]():            {time.Hour, -time.Hour, time.Duration(math.MaxInt64), time.Duration(math.MinInt64)},
		reflect.TypeFor[*time.Location]():           {time.UTC, shanghai, new(time.Location)},
		reflect.TypeFor[contract.Date]():            {day, contract.MustParseDate("0001-01-01"), contract.MustParseDate("9999-12-31")},
		reflect.TypeFor[contract.Period]():          {contract.Through(day, day), contract.Period{From: day}, contract.Period{Until: day}},
		reflect.TypeFor[contract.Money]():           {contract.MustParseMoney("1.00 CNY"), contract.MustParseMoney("-9999999999999999999999.99 EUR")},
		reflect.TypeFor[contract.Percent]():         {contract.MustParsePercent("0.05%")},
		reflect.TypeFor[contract.MonthEnd]():        {contract.MonthEndLast, contract.MonthEnd("x")},
		reflect.TypeFor[contract.Rounding]():        {contract.RoundHalfUp, contract.Rounding("x")},
		reflect.TypeFor[contract.Bounds]():          {contract.BoundsBoth, contract.BoundsFirst, contract.BoundsLast, contract.Bounds("x")},
		reflect.TypeFor[contract.Selector]():        {contract.Selector{Channel: "phone"}, contract.Selector{Category: "x"}},
		reflect.TypeFor[contract.Measurement]():     {contract.Measurement{Status: contract.StatusMet}},
		reflect.TypeFor[*contract.Tally]():          {new(contract.Tally)},
		reflect.TypeFor[*contract.StatisticTally](): {new(contract.StatisticTally)},
		reflect.TypeFor[*contract.RatioTally]():     {new(contract.RatioTally)},
		reflect.TypeFor[contract.Contact]():         {call(-1, true), call(math.MaxInt64, false), contract.Contact{Of: "call", At: time.Unix(math.MaxInt64/2, 0)}},
		reflect.TypeFor[contract.Score]():           {contract.MustParseScore("-8.5")},
		reflect.TypeFor[contract.AvailabilityFacts](): {
			contract.AvailabilityFacts{Outages: []contract.Outage{{}}},
			contract.AvailabilityFacts{AsOf: time.Unix(math.MaxInt64/2, 0), Outages: []contract.Outage{down("1", "2024-03-04 10:00", "")}, Term: contract.Through(day, day)},
			contract.AvailabilityFacts{AsOf: time.Unix(math.MinInt64, 0), Term: contract.Period{From: contract.MustParseDate("0001-01-01"), Until: contract.MustParseDate("9999-12-31")}},
			contract.AvailabilityFacts{AsOf: at("2024-05-01 00:00"), Outages: []contract.Outage{down("1", "2024-03-04 10:00", "2024-03-04 11:00", "maintenance", "2024-03-01 10:00")}, In: contract.Period{From: day, Until: contract.MustParseDate("9999-12-31")}, Term: contract.Period{From: contract.MustParseDate("9999-10-31"), Until: contract.MustParseDate("9999-12-31")}},
		},
		reflect.TypeFor[[]contract.Survey]():        {[]contract.Survey{{}}, surveys("2024-03-04", map[string]int{"x": 1})},
		reflect.TypeFor[[]contract.Change]():        {[]contract.Change{{}}, []contract.Change{{At: "/zone", Becomes: 1}}},
		reflect.TypeFor[[]string]():                 {[]string{"support"}, []string{"repair", "support"}, []string{""}},
		reflect.TypeFor[contract.Span]():            {contract.MustParseSpan("30 days"), contract.MustParseSpan("3 service minutes"), contract.MustParseSpan("1000000 years")},
		reflect.TypeFor[contract.RestDay]():         {contract.RestDayRolls, contract.RestDayStays, contract.RestDay("x")},
		reflect.TypeFor[contract.EndingCause]():     {contract.CauseNoBreach, contract.EndingCause("x")},
		reflect.TypeFor[contract.Role]():            {contract.Customer, contract.Role("x")},
		reflect.TypeFor[contract.Alternative]():     {contract.Alternative{Changes: []contract.Restate{{At: "/zone", Becomes: 1}}}, contract.Alternative{Reads: "x", Changes: []contract.Restate{{}}}},
		reflect.TypeFor[contract.Survey]():          {contract.Survey{On: day, Answer: "x"}},
		reflect.TypeFor[contract.Attainment]():      {contract.Attainment{Period: contract.Through(day, day), Met: -1}, contract.Attainment{Period: month("2024-03"), Met: math.MaxInt64}},
		reflect.TypeFor[contract.Satisfaction]():    {contract.Satisfaction{Period: quarter("2024-Q2"), Answers: map[string]int64{"x": math.MinInt64}}},
		reflect.TypeFor[contract.Notice]():          {contract.Notice{Ground: "raise"}, notice},
		reflect.TypeFor[[]contract.Notice]():        {[]contract.Notice{{Ground: "raise"}, notice}},
		reflect.TypeFor[contract.LifeFacts]():       {contract.LifeFacts{Notices: []contract.Notice{{}, notice}, Debts: []contract.DebtDates{{}, {Due: contract.MustParseDate("9999-12-31")}}}},
		reflect.TypeFor[contract.Debt]():            {contract.Debt{ID: "S", Amount: contract.MustParseMoney("1.00 CNY"), Due: contract.MustParseDate("0001-01-01")}},
		reflect.TypeFor[[]contract.Payment]():       {[]contract.Payment{{}}, []contract.Payment{{ID: "P", On: day, Amount: contract.MustParseMoney("1.00 EUR"), For: "x"}}},
		reflect.TypeFor[*contract.Declared]():       {new(contract.Declared), &contract.Declared{Statute: contract.SMEPayment}, &contract.Declared{Clause: new(contract.LatePaymentClause)}},
		reflect.TypeFor[contract.AccountFacts]():    {contract.AccountFacts{Debts: []contract.Debt{{}}, Payments: []contract.Payment{{}}}},
		reflect.TypeFor[contract.CreditFacts]():     {contract.CreditFacts{Attainment: []contract.Attainment{{}}, Availability: []contract.Availability{{}, {State: contract.PeriodOver}}, Given: []contract.GivenCredit{{}}}},
		reflect.TypeFor[contract.PenaltyFacts]():    {contract.PenaltyFacts{Satisfaction: []contract.Satisfaction{{}}, Notices: []contract.Notice{{Ground: "breach of confidence"}}}},
		reflect.TypeFor[contract.LiabilityFacts]():  {contract.LiabilityFacts{Credits: []contract.ServiceCredit{{}}, Penalties: []contract.Penalty{{}}}},
		reflect.TypeFor[contract.InvoiceDates]():    {contract.InvoiceDates{Issued: day, Received: contract.MustParseDate("9999-12-31"), Compliant: true}},
		reflect.TypeFor[contract.InvoiceFacts]():    {contract.InvoiceFacts{Flat: []contract.FlatUse{{}, {Item: "support", Period: contract.Through(day, contract.MustParseDate("9999-12-30"))}}}, contract.InvoiceFacts{Usage: []contract.Usage{{Item: "parts"}}}, contract.InvoiceFacts{Work: []contract.Work{{Item: "repair"}}}},
		reflect.TypeFor[contract.SettlementFacts](): {contract.SettlementFacts{End: day, Cause: contract.CauseNoBreach, Lines: []contract.SettlementLine{{}}, Notices: []contract.Notice{{Ground: "set-off"}}}},
		reflect.TypeFor[contract.Records](): {contract.Records{Requests: slicesOf[*contract.Request](nil, new(contract.Request)), Surveys: slicesOf(contract.Survey{}), Outages: []contract.Outage{{}, {ID: "x", Service: "data line", From: time.Unix(math.MinInt64, 0)}}, Work: []contract.Work{{}}, Usage: []contract.Usage{{}},
			Invoices: []contract.InvoiceRecord{{}, {ID: "x", Item: "support"}}, Payments: []contract.Payment{{}}, Notices: []contract.Notice{{Ground: "raise"}}, Claims: []contract.Claim{{}, {Of: contract.ClaimCredit, Subject: "x"}}}},
		reflect.TypeFor[*contract.Calendar]():                  {new(contract.Calendar), published},
		reflect.TypeFor[*contract.Contract]():                  {new(contract.Contract), compiledExample()},
		reflect.TypeFor[map[contract.Date]contract.Day]():      {map[contract.Date]contract.Day{{}: {}, contract.MustParseDate("2024-05-01"): {Kind: 99}, contract.MustParseDate("9999-12-31"): {Kind: contract.DayRest, Name: "x"}}},
		reflect.TypeFor[iter.Seq2[*contract.Request, error]](): {slicesOf(nil, new(contract.Request))},
		reflect.TypeFor[contract.Trigger]():                    {mustTrigger("more than 3 months"), mustTrigger("1000000 full years")},
		reflect.TypeFor[*contract.Schedule]():                  {new(contract.Schedule), supportHours()},
		reflect.TypeFor[[]contract.Pause]():                    {[]contract.Pause{{}}, []contract.Pause{{From: at("2024-03-04 12:00"), To: at("2024-03-05 12:00")}}, []contract.Pause{{From: time.Unix(math.MinInt64, 0), To: time.Unix(math.MaxInt64/2, 0)}}},
		reflect.TypeFor[*contract.Request]():                   {new(contract.Request), &contract.Request{Received: at("2024-03-04 12:00"), Events: []contract.Event{{}}}},
	}
	if of == reflect.TypeFor[*contract.Tally]() {
		all[of] = append(all[of], filledTally(t))
	}
	special, ok := all[of]
	if !ok {
		t.Errorf("a parameter of type %v: say with what it is tried", of)
	}
	list := []reflect.Value{reflect.Zero(of)}
	for _, v := range special {
		list = append(list, reflect.ValueOf(v))
	}
	return list
}

// What is asked for millions of tickets allocates nothing.
func TestNoAllocations(t *testing.T) {
	c := sample(t)
	s, err := c.Schedule("service")
	require.NoError(t, err)
	w, err := c.WorkingDays("state")
	require.NoError(t, err)
	d, e := contract.MustParseDate("2024-01-31"), contract.MustParseDate("2024-09-30")
	span, clock := contract.MustParseSpan("7 working days"), contract.MustParseSpan("12 clock hours")
	open, closed := at("2024-03-04 10:00"), at("2024-05-03 03:00")
	small, large := contract.MustParseMoney("2400.00 CNY"), contract.MustParseMoney("9999999999999.99 CNY")

	for _, tt := range []struct {
		name string
		f    func() error
	}{
		{"Date.Compare", func() error { keep(d.Compare(e)); return nil }},
		{"Date.Before", func() error { keep(d.Before(e)); return nil }},
		{"Date.After", func() error { keep(d.After(e)); return nil }},
		{"Date.AddDays", func() error { keep(d.AddDays(400)); return nil }},
		{"Date.Sub", func() error { keep(d.Sub(e)); return nil }},
		{"Date.Weekday", func() error { keep(d.Weekday()); return nil }},
		{"Date.Date", func() error { _, m, _ := d.Date(); keep(m); return nil }},
		{"Date.AddMonths", func() error { x, err := d.AddMonths(1, contract.MonthEndLast); keep(x); return err }},
		{"Date.StartIn", func() error { keep(d.StartIn(shanghai)); return nil }},
		{"NewDate", func() error { x, err := contract.NewDate(2024, time.March, 4); keep(x); return err }},
		{"DateOf", func() error { keep(contract.DateOf(open)); return nil }},
		{"Period.Contains", func() error { keep(contract.Period{From: d, Until: e}.Contains(d)); return nil }},
		{"Period.Days", func() error { keep(contract.Period{From: d, Until: e}.Days()); return nil }},

		{"Span ==", func() error { keep(span == clock); return nil }},
		{"Span.Unit", func() error { keep(span.Unit()); return nil }},
		{"Span.IsZero", func() error { keep(span.IsZero()); return nil }},
		{"Span.Count", func() error { n, _ := span.Count(); keep(n); return nil }},
		{"Span.Duration", func() error { x, _ := clock.Duration(); keep(x); return nil }},

		{"Schedule.IsOpen", func() error { x, err := s.IsOpen(closed); keep(x); return err }},
		{"Schedule.Add", func() error { x, err := s.Add(open, 100*time.Hour); keep(x); return err }},
		{"Schedule.Add backwards", func() error { x, err := s.Add(closed, -100*time.Hour); keep(x); return err }},
		{"Schedule.Between", func() error { x, err := s.Between(open, closed); keep(x); return err }},
		{"Schedule.NextOpening", func() error { x, err := s.NextOpening(closed); keep(x); return err }},
		{"Schedule.NextClosing", func() error { x, err := s.NextClosing(closed); keep(x); return err }},

		{"WorkingDays.AddWorkingDays", func() error { x, err := w.AddWorkingDays(d, 7); keep(x); return err }},
		{"WorkingDays.IsWorkingDay", func() error { x, err := w.IsWorkingDay(d); keep(x); return err }},
		{"WorkingDays.WorkingDaysBetween", func() error {
			x, err := w.WorkingDaysBetween(d, e, contract.BoundsBoth)
			keep(x)
			return err
		}},

		{"Money.Add", func() error { x, err := small.Add(large); keep(x); return err }},
		{"Money.Sub", func() error { x, err := small.Sub(large); keep(x); return err }},
		{"Money.Compare", func() error { x, err := small.Compare(large); keep(x); return err }},
	} {
		t.Run(tt.name, func(t *testing.T) { allocatesNothing(t, tt.f) })
	}

	targets := c.Document().Targets
	require.Len(t, targets, 5)
	other := otherClocks(t)
	for name := range other {
		targets[name] = contract.TargetClause{}
	}
	for name := range targets {
		target := other[name]
		if target == nil {
			target = mustTarget(t, c, name)
		}
		for _, received := range []time.Time{open, closed, closed.UTC()} {
			t.Run(name+" "+received.Format(time.DateTime), func(t *testing.T) {
				allocatesNothing(t, func() error { x, err := target.Deadline(received); keep(x); return err })
			})
		}
	}
}

// compiledExample is compiled once.
var compiledExample = sync.OnceValue(exampleContract)

func mustTrigger(s string) contract.Trigger {
	trigger, err := contract.ParseTrigger(s)
	if err != nil {
		panic(err)
	}
	return trigger
}

// A pause that follows another at once, told before that ends, is nothing for the heap.
func TestMeasuringPausesThatFollowAllocatesNothing(t *testing.T) {
	target := mustTarget(t, pausable(t, contract.SkipWhollyPaused), "technical response")
	r := &contract.Request{ID: "R1", Received: at("2024-03-04 09:10"), Events: []contract.Event{
		ev(contract.EventPaused, "2024-03-04 09:30", customer), ev(contract.EventPaused, "2024-03-04 10:15", "agreed"), ev(contract.EventResumed, "2024-03-04 10:15", customer),
		ev(contract.EventResumed, "2024-03-04 11:20", "agreed")}}
	asOf := at("2024-03-04 11:30")
	m, err := target.Measure(r, asOf)
	require.NoError(t, err)
	require.Equal(t, 30*time.Minute, m.Used)
	allocatesNothing(t, func() error { due, late, err := target.Due(r, asOf); keep(due); keep(late); return err })
	allocatesNothing(t, func() error { m, err := target.Measure(r, asOf); keep(m); return err })
}

// A ticket of a batch allocates nothing, with up to three pauses and whatever ends it.
func TestMeasuringAllocatesNothing(t *testing.T) {
	c := pausable(t, contract.SkipWhollyPaused)
	targets := otherClocks(t)
	for _, target := range []string{"technical response", "e-mail response", "repair"} {
		targets[target] = mustTarget(t, c, target)
	}
	for name, r := range threePauses() {
		granted := *r
		granted.Events = append(slices.Clone(r.Events), contract.Event{Kind: contract.EventExtended, At: r.Received, Reason: loan})
		for clock, target := range targets {
			r, asOf := r, at("2024-04-01 09:00")
			if strings.HasPrefix(clock, "extended") {
				r = &granted
			}
			t.Run(name+", "+clock, func(t *testing.T) {
				allocatesNothing(t, func() error { due, late, err := target.Due(r, asOf); keep(due); keep(late); return err })
				allocatesNothing(t, func() error { m, err := target.Measure(r, asOf); keep(m); return err })
				pauses := pausesTold(r, asOf)
				allocatesNothing(t, func() error { due, err := target.DuePaused(r.Received, pauses); keep(due); return err })
			})
		}
	}
}

// pausesTold are the pauses that the events of a request tell, one after another.
func pausesTold(r *contract.Request, asOf time.Time) (list []contract.Pause) {
	events := slices.SortedFunc(slices.Values(r.Events), func(a, b contract.Event) int { return a.At.Compare(b.At) })
	for _, e := range events {
		switch e.Kind {
		case contract.EventPaused:
			list = append(list, contract.Pause{Reason: e.Reason, From: e.At, To: asOf, Open: true, Source: e.Source})
		case contract.EventResumed:
			last := &list[len(list)-1]
			last.To, last.Open = e.At, false
		}
	}
	return list
}

// otherClocks are targets whose clocks the sample has not: an answer to e-mails in days,
// rolled to the close of day, and extended.
func otherClocks(t *testing.T) map[string]*contract.Target {
	pauses := change{"/targets/" + email + "/pauses", map[string]any{"reasons": []string{customer, "agreed"}, "onDays": "paused service time is added"}}
	list := make(map[string]*contract.Target)
	for name, changes := range map[string][]change{
		"days":                        inDays("30 days", at24Held, pauses),
		"a month at closing":          inDays("1 month", closing, pauses, rollsTo("next opening")),
		"a year at the same time":     inDays("1 year", map[string]any{"ends": "same time of day", "hours": "service"}, pauses),
		"close of day":                {rollsTo("close of day"), pausedFor(email)},
		"extended on the clock":       {extends(email, "120 clock hours", map[string]any{}, "event"), pausedFor(email)},
		"extended by days":            inDays("2 weeks", closing, pauses, extends(email, "1 month", closing, "deadline")),
		"extended by days, and close": inDays("2 weeks", closing, pauses, extends(email, "3 working days", map[string]any{"days": "state", "hours": "service", "ends": "24:00"}, "event"), rollsTo("close of day")),
	} {
		list[name] = mustTarget(t, sample(t, changes...), email)
	}
	return list
}

func allocatesNothing(t *testing.T, f func() error) {
	t.Helper()
	require.NoError(t, f())
	assert.Zero(t, testing.AllocsPerRun(100, func() {
		if f() != nil {
			panic("it answered before")
		}
	}), "allocations")
}

// keep keeps the compiler from leaving out what nobody looks at, and does not
// make a value escape.
//
//go:noinline
func keep[T any](T) {}

// slicesOf is a sequence of values without a fault.
func slicesOf[V any](list ...V) iter.Seq2[V, error] {
	return func(yield func(V, error) bool) {
		for _, v := range list {
			if !yield(v, nil) {
				return
			}
		}
	}
}
