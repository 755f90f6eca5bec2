package contract_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cfd16870/contract"
	"github.com/cfd16870/contract/cn"
)

func TestCalendarWithDaysOfItsOwn(t *testing.T) {
	own, err := published.With("plant 2026", map[contract.Date]contract.Day{
		on("2026-07-20"): {Kind: contract.DayRest, Name: "shutdown"},
		on("2026-05-09"): {Kind: contract.DayWorking}, // a make-up Saturday that the plant does not work
		on("2026-07-18"): {Kind: contract.DayMakeup, Name: "shutdown", Source: "notice board"},
		on("2027-03-01"): {Kind: contract.DayHoliday, Name: "founder's day"},
	})
	require.NoError(t, err)
	assert.Equal(t, "cn", own.Name(), "documents know it by the same name")
	assert.Equal(t, published.Version()+"+plant 2026", own.Version())
	for _, c := range []struct {
		why, day string
		want     contract.Day
	}{
		{"a day of its own", "2026-07-20", contract.Day{Kind: contract.DayRest, Name: "shutdown"}},
		{"a make-up day struck out is what its weekday makes it", "2026-05-09", contract.Day{Kind: contract.DayWeekend}},
		{"a Saturday worked", "2026-07-18", contract.Day{Kind: contract.DayMakeup, Name: "shutdown", Source: "notice board"}},
		{"a day that the notice names stays", "2026-10-01", contract.Day{Kind: contract.DayHoliday, Name: "国庆节", Source: must(published.Day(on("2026-10-01"))).Source}},
	} {
		day, err := own.Day(on(c.day))
		require.NoError(t, err)
		assert.Equal(t, c.want, day, c.why)
	}
	was, err := published.Day(on("2026-07-20"))
	require.NoError(t, err)
	assert.Equal(t, contract.DayWorking, was.Kind, "the calendar itself is as it was")

	var changes []string
	for _, c := range published.Changes(own) {
		changes = append(changes, fmt.Sprintf("%v %v, %v", c.On, c.Was.Kind, c.Is.Kind))
	}
	assert.Equal(t, []string{"2026-05-09 make-up day, weekend", "2026-07-18 weekend, make-up day", "2026-07-20 working day, rest day", "2027-03-01 working day, statutory holiday"}, changes)
}

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

func TestCalendarWithFaults(t *testing.T) {
	_, err := published.With("", map[contract.Date]contract.Day{
		on("2026-07-20"): {Kind: contract.DayMakeup, Name: "a Monday"},
		on("2026-07-21"): {Kind: contract.DayRest},
		on("2026-07-22"): {Kind: contract.DayAgreed, Name: "by agreement"},
		on("2027-07-23"): {Kind: contract.DayRest, Name: "shutdown"},
		on("2090-01-01"): {Kind: contract.DayHoliday, Name: "far away"},
	})
	var faults contract.Errors
	require.ErrorAs(t, err, &faults)
	var said []string
	for _, f := range faults {
		said = append(said, f.Pointer+" "+f.Msg)
	}
	assert.Equal(t, []string{
		" say which version this is: whoever reads an answer has to tell it from the calendar alone",
		"2026-07-20 a Monday is no day to make up; write working day",
		"2026-07-21 a rest day has a name",
		"2026-07-22 agreed day is not for a calendar to name; write a statutory holiday, rest day, make-up day or working day",
		"2027-07-23 a rest day, and of the days foreseen only the holidays are told",
		"2090-01-01 not among the days that the calendar knows, 2006-12-30..2050-12-31",
	}, said)
}

// The days that two editions of the calendar have otherwise, one by one.
func TestChangesAgreeWithAWalk(t *testing.T) {
	for _, c := range []struct{ was, is *contract.Calendar }{
		{must(cn.KnownOn(on("2020-01-20"))), must(cn.KnownOn(on("2020-01-26")))},
		{must(cn.KnownOn(on("2023-10-01"))), must(cn.KnownOn(on("2023-12-01")))},
		{must(cn.KnownOn(on("2024-11-01"))), published},
		{published, published},
		{published, must(contract.NewCalendar("weekdays", contract.CalendarTable{Certain: published.Certain(), Weekend: []time.Weekday{time.Sunday}}))},
	} {
		was, is := publishedTable(c.was, time.Saturday, time.Sunday), publishedTable(c.is, time.Saturday, time.Sunday)
		if c.is.Name() == "weekdays" {
			is.Weekend = []time.Weekday{time.Sunday}
		}
		knows := func(t contract.CalendarTable, d contract.Date) bool {
			return t.Certain.Contains(d) || t.Foreseen.Contains(d)
		}
		var want, got []contract.Date
		for d := was.Certain.From; knows(was, d); d = d.AddDays(1) {
			if knows(is, d) && kindOf(was, d) != kindOf(is, d) {
				want = append(want, d)
			}
		}
		for _, change := range c.was.Changes(c.is) {
			got = append(got, change.On)
			assert.Equal(t, kindOf(was, change.On), change.Was.Kind)
			assert.Equal(t, kindOf(is, change.On), change.Is.Kind)
		}
		assert.Equal(t, want, got)
	}
	assert.Empty(t, published.Changes(nil), "nothing differs from no calendar")
}

// The zero Contract binds nothing and says so: no deadline is not "none".
func TestTheZeroContractMeasuresNothing(t *testing.T) {
	none := new(contract.Contract)
	r := &contract.Request{ID: "R1", Received: at("2024-03-04 10:00")}
	_, err := none.Measure(r, at("2024-03-05 10:00"))
	assert.ErrorIs(t, err, contract.ErrInvalid)
	_, err = none.Deadlines(r)
	assert.ErrorIs(t, err, contract.ErrInvalid)
	for _, err := range none.Moved(none, func(yield func(*contract.Request, error) bool) { yield(r, nil) }, at("2024-03-05 10:00")) {
		assert.ErrorIs(t, err, contract.ErrInvalid)
	}
}

// Which deadlines moved when Spring Festival of 2020 was made longer.
func TestMoved(t *testing.T) {
	compile := func(known string) *contract.Contract {
		c, err := contract.Compile(sampleDocument(t), contract.Reference{Calendars: map[string]*contract.Calendar{"cn": must(cn.KnownOn(on(known)))}})
		require.NoError(t, err)
		return c
	}
	was, is := compile("2020-01-20"), compile("2020-01-26")
	fault := func(id, received string, events ...contract.Event) *contract.Request {
		return &contract.Request{ID: id, Selector: contract.Selector{Category: "fault", Channel: "e-mail"}, Received: at(received), Events: events}
	}
	list := []*contract.Request{
		fault("before", "2020-01-02 10:00"),
		fault("over it", "2020-01-20 10:00"),
		fault("paused", "2020-01-15 10:00", ev(contract.EventPaused, "2020-01-16 08:00", customer), ev(contract.EventResumed, "2020-01-19 19:00", customer)),
		fault("after", "2020-02-10 10:00"),
	}
	var got []string
	for m, err := range was.Moved(is, slicesOf(list...), at("2020-02-10 12:00")) {
		require.NoError(t, err)
		got = append(got, fmt.Sprintf("%s %s %s, %s", m.Request.ID, m.Target, m.Was.Format("01-02 15:04"), m.Is.Format("01-02 15:04")))
	}
	assert.Equal(t, []string{"over it repair 02-04 18:00, 02-06 18:00", "paused repair 02-03 18:00, 02-05 18:00"}, got)

	for range was.Moved(was, slicesOf(list...), at("2020-02-10 12:00")) {
		t.Error("nothing moves by the same calendar")
	}

	// Each clock of a target, and a target beyond both calendars.
	again := func(known string) *contract.Contract {
		doc := contract.MustParse(string(editText(t, edit{"/targets/repair/stop/reopened", "new clock starts"})))
		c, err := contract.Compile(doc, contract.Reference{Calendars: map[string]*contract.Calendar{"cn": must(cn.KnownOn(on(known)))}})
		require.NoError(t, err)
		return c
	}
	reopened := fault("reopened", "2020-01-20 10:00", ev(contract.EventRestored, "2020-02-10 10:00"), ev(contract.EventReopened, "2020-02-12 10:00"))
	got = nil
	for m, err := range again("2020-01-20").Moved(again("2020-01-26"), slicesOf(reopened), at("2020-02-13 12:00")) {
		require.NoError(t, err)
		got = append(got, fmt.Sprintf("%s %d %s, %s", m.Target, m.Cycle, m.Was.Format("01-02 15:04"), m.Is.Format("01-02 15:04")))
	}
	assert.Equal(t, []string{"repair 0 02-04 18:00, 02-06 18:00"}, got)
	var beyond []error
	for _, err := range was.Moved(is, slicesOf(fault("beyond", "2020-12-24 10:00")), at("2020-12-24 12:00")) {
		beyond = append(beyond, err)
	}
	require.Len(t, beyond, 1)
	require.ErrorIs(t, beyond[0], contract.ErrRange, "neither knows by when the repair is due")

	// A year whose notice comes: what was provisional is certain, and what was unknown known.
	was, is = compile("2023-10-01"), compile("2023-12-01")
	provisional, err := was.Provisional()
	require.NoError(t, err)
	late := fault("late", "2023-12-27 10:00")
	n := 0
	for m, err := range was.Moved(is, slicesOf(late), at("2023-12-27 12:00")) {
		require.NoError(t, err)
		assert.Equal(t, "repair", m.Target)
		assert.True(t, m.Was.IsZero(), "not known before the notice")
		n++
	}
	assert.Equal(t, 2-1, n)
	for m, err := range provisional.Moved(is, slicesOf(fault("festival", "2024-02-02 10:00")), at("2024-02-02 12:00")) {
		require.NoError(t, err)
		assert.Equal(t, "repair", m.Target)
		assert.Equal(t, on("2023-12-29"), m.Provisional)
		assert.False(t, m.Was.Equal(m.Is))
		n++
	}
	assert.Equal(t, 2, n)

	// What cannot be measured is told in its place, and the others go on.
	var errs, moves int
	for _, err := range was.Moved(is, slicesOf(nil, fault("far", "2049-01-01 10:00"), late), at("2023-12-27 12:00")) {
		if err != nil {
			errs++
		} else {
			moves++
		}
	}
	assert.Equal(t, []int{2, 1}, []int{errs, moves})
	for _, err := range was.Moved(nil, nil, time.Time{}) {
		assert.ErrorIs(t, err, contract.ErrRequired)
	}
}
