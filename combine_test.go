package contract_test

import (
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/cfd16870/contract"
	"github.com/cfd16870/contract/proof"
)

// Hours put together are open when the words say, at every instant of note, and
// every answer explains itself.
func TestCombinedHoursAgreeWithTheirParts(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a := genReference().Draw(t, "one")
		b := newHoursReference(a.zone, genReference().Draw(t, "other").clause, a.table)
		s, o := a.compile(t), b.compile(t)
		at := rapid.OneOf(a.genInstant(), b.genInstant())
		from, until := a.known()
		if other, _ := b.known(); other.After(from) {
			from = other
		}
		for _, c := range []struct {
			what string
			make func(*contract.Schedule) (*contract.Schedule, error)
			open func(a, b bool) bool
		}{
			{"union", s.Union, func(a, b bool) bool { return a || b }},
			{"intersection", s.Intersection, func(a, b bool) bool { return a && b }},
			{"difference", s.Difference, func(a, b bool) bool { return a && !b }},
		} {
			m, err := c.make(o)
			require.NoError(t, err)
			gotFrom, gotUntil := m.Known()
			require.True(t, from.Equal(gotFrom) && until.Equal(gotUntil), "%s: known from %v until %v", c.what, gotFrom, gotUntil)
			isOpen := func(u time.Time) bool { return c.open(a.isOpen(u), b.isOpen(u)) }
			for range 2 {
				u, v := at.Draw(t, "from"), at.Draw(t, "to")
				if u.Before(from) || v.Before(from) || v.Before(u) || !u.Before(until) {
					continue
				}
				open, err := m.IsOpen(u)
				require.NoError(t, err)
				require.Equal(t, isOpen(u), open, "%s at %v", c.what, u)
				// The open time, from edge to edge of either.
				var want time.Duration
				points := []time.Time{u}
				for _, r := range []*hoursReference{a, b} {
					for _, w := range r.stretches(u, v) {
						points = append(points, w.Start, w.End)
					}
				}
				points = append(points, v)
				slices.SortFunc(points, time.Time.Compare)
				for i, p := range points[:len(points)-1] {
					if isOpen(p) {
						want += points[i+1].Sub(p)
					}
				}
				got, err := m.Between(u, v)
				require.NoError(t, err)
				require.Equal(t, want, got, "%s from %v to %v", c.what, u, v)
				if contract.DateOf(u).After(contract.DateOf(from)) && a.table.Certain.Contains(contract.DateOf(v.AddDate(0, 0, 2))) {
					w, err := m.ExplainBetween(u, v)
					require.NoError(t, err)
					explains(t, w, proof.ElapsedOf(got))
				}
			}
		}
	})
}

func TestCombinedHours(t *testing.T) {
	office, nightly := hoursWith(t), hoursWith(t, nights)
	union, err := office.Union(nightly)
	require.NoError(t, err)
	from, until := union.Known()
	nightFrom, _ := nightly.Known()
	officeFrom, officeUntil := office.Known()
	assert.Equal(t, nightFrom, from, "known where both are")
	assert.Equal(t, officeUntil, until)
	assert.True(t, officeFrom.Before(from))
	_, err = union.Add(when("Mon 2026-12-28 10:00"), 1000*time.Hour)
	assert.ErrorIs(t, err, contract.ErrRange)
	assert.ErrorContains(t, err, "calendar cn 2025-11-04", "the calendar of both is cited once")

	w, err := union.ExplainNextClosing(when("Mon 2024-03-04 18:30"))
	require.NoError(t, err)
	require.NoError(t, w.Check().Err(), "open through midnight: the closing lies on the next day")
	assert.Contains(t, w.Result.Text, "2024-03-05")

	day, err := union.Day(on("2024-05-11"))
	require.NoError(t, err)
	assert.Equal(t, contract.DayMakeup, day.Kind)

	provisional, err := union.Provisional()
	require.NoError(t, err)
	_, later := provisional.Known()
	assert.True(t, later.After(until), "the provisional handles of both, put together")
	assert.Equal(t, on("2026-12-29"), provisional.ProvisionalFrom(when("Wed 2026-12-30 10:00")))

	nothing, err := office.Difference(office)
	require.NoError(t, err)
	_, err = nothing.NextOpening(when("Mon 2024-03-04 10:00"))
	assert.ErrorIs(t, err, contract.ErrRange, "hours less themselves never open")
	d, err := nothing.Between(when("Mon 2024-03-04 10:00"), when("Fri 2024-03-08 10:00"))
	require.NoError(t, err)
	assert.Zero(t, d)

	_, err = office.Union(nil)
	assert.ErrorIs(t, err, contract.ErrInvalid)
	_, err = new(contract.Schedule).Union(office)
	assert.ErrorIs(t, err, contract.ErrInvalid)
	h := officeHours()
	h.Calendar = "old"
	certain, err := contract.Years(1990, 1995)
	require.NoError(t, err)
	cal, err := contract.NewCalendar("old", contract.CalendarTable{Certain: certain})
	require.NoError(t, err)
	old, err := contract.NewSchedule(beijing, h, cal)
	require.NoError(t, err)
	_, err = office.Intersection(old)
	assert.ErrorContains(t, err, "no day in common")

	// Of two zones, in that of the first: London's afternoon is Beijing's evening.
	h = officeHours()
	h.Week = map[string][]string{"mon-fri": {"09:00-17:00"}}
	london, err := contract.NewSchedule(inZone("Europe/London"), h, published)
	require.NoError(t, err)
	sun, err := office.Union(london)
	require.NoError(t, err)
	assert.Equal(t, "09:00-12:00 13:00-00:00", windowsOfDay(t, sun, "2024-07-02"), "follows the sun: with London from 16:00 on")
	assert.Equal(t, "00:00-01:00 09:00-12:00 13:00-00:00", windowsOfDay(t, sun, "2024-01-03"))
	w, err = sun.ExplainBetween(when("Tue 2024-07-02 10:00"), when("Wed 2024-07-03 02:00"))
	require.NoError(t, err)
	explains(t, w, proof.ElapsedOf(14*time.Hour-time.Hour))
}

// A working quotes each part for the days that are read of it, also where one part
// stands twice, where the clocks of two are more than a day apart, and where two
// zones have one name.
func TestWorkingsOfCombinedHours(t *testing.T) {
	zoned := func(zone *time.Location, windows ...string) *contract.Schedule {
		h := officeHours()
		h.Week = map[string][]string{"mon-fri": windows}
		s, err := contract.NewSchedule(zone, h, published)
		require.NoError(t, err)
		return s
	}
	together := func(s *contract.Schedule, err error) *contract.Schedule {
		require.NoError(t, err)
		return s
	}
	office, evening := zoned(beijing, "09:00-12:00", "13:00-18:00"), zoned(beijing, "18:00-26:00")
	for _, c := range []struct {
		why   string
		hours *contract.Schedule
		from  string
		to    string
		open  time.Duration
	}{
		{"one part twice, first alone and then within the other", together(office.Union(together(office.Union(evening)))), "Tue 2024-07-02 10:00", "Wed 2024-07-03 02:00", 15 * time.Hour},
		{"one part twice, first within the other and then alone", together(together(office.Union(evening)).Difference(evening)), "Tue 2024-07-02 10:00", "Wed 2024-07-03 02:00", 7 * time.Hour},
		{"three deep", together(evening.Union(together(evening.Intersection(together(evening.Union(office)))))), "Tue 2024-07-02 10:00", "Wed 2024-07-03 02:00", 8 * time.Hour},
		{"clocks 25 hours apart: it is Monday on one while it is Tuesday on the other", together(zoned(inZone("Pacific/Kiritimati"), "00:00-01:00").Union(zoned(inZone("Pacific/Pago_Pago"), "00:00-24:00"))),
			"Mon 2024-07-01 18:00", "Tue 2024-07-02 18:30", 24*time.Hour + 30*time.Minute},
		{"two zones of one name", together(zoned(time.FixedZone("office", 8*3600), "09:00-12:00").Union(zoned(time.FixedZone("office", 7*3600), "09:00-12:00"))), "Tue 2024-07-02 00:00", "Tue 2024-07-02 23:00", 4 * time.Hour},
	} {
		t.Run(c.why, func(t *testing.T) {
			got, err := c.hours.Between(when(c.from), when(c.to))
			require.NoError(t, err)
			require.Equal(t, c.open, got)
			w, err := c.hours.ExplainBetween(when(c.from), when(c.to))
			require.NoError(t, err)
			explains(t, w, proof.ElapsedOf(got))
		})
	}
}

// Hours put together of hours put together, on the clocks of other zones, explain
// themselves: the working quotes what each part is read for.
func TestHoursCombinedOfCombinedHoursExplainThemselves(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a := genReference().Draw(t, "one")
		parts := []*contract.Schedule{a.compile(t)}
		for _, zone := range rapid.SliceOfN(rapid.SampledFrom([]string{"Pacific/Kiritimati", "Pacific/Pago_Pago", "Asia/Shanghai", "America/Sao_Paulo"}), 1, 2).Draw(t, "zones") {
			other := newHoursReference(inZone(zone), genReference().Draw(t, "other").clause, a.table)
			parts = append(parts, other.compile(t))
		}
		for range rapid.IntRange(1, 3).Draw(t, "combined") {
			one, other := rapid.SampledFrom(parts).Draw(t, "one"), rapid.SampledFrom(parts).Draw(t, "other")
			of := rapid.SampledFrom([]func(*contract.Schedule, *contract.Schedule) (*contract.Schedule, error){
				(*contract.Schedule).Union, (*contract.Schedule).Intersection, (*contract.Schedule).Difference,
			}).Draw(t, "of")
			made, err := of(one, other)
			if err != nil {
				t.Skip("no day in common")
			}
			parts = append(parts, made)
		}
		s := parts[len(parts)-1]
		from, until := s.Known()
		// A clock that is put back over midnight shows the day before the first once
		// more, of which nothing is quoted.
		if from = from.AddDate(0, 0, 2); !from.Before(until) {
			t.Skip("too few days")
		}
		within := rapid.Map(rapid.Int64Range(0, int64(until.Sub(from)/time.Minute)), func(n int64) time.Time { return from.Add(time.Duration(n) * time.Minute) })
		u, v := within.Draw(t, "from"), within.Draw(t, "to")
		d, err := s.Between(u, v)
		require.NoError(t, err)
		w, err := s.ExplainBetween(u, v)
		require.NoError(t, err)
		explains(t, w, proof.ElapsedOf(d))
		if open, err := s.IsOpen(u); err == nil {
			w, err = s.ExplainIsOpen(u)
			require.NoError(t, err)
			explains(t, w, proof.TruthOf(open))
		}
		for _, q := range []struct {
			ask     func(time.Time) (time.Time, error)
			explain func(time.Time) (*proof.Working, error)
		}{
			{s.NextOpening, s.ExplainNextOpening}, {s.NextClosing, s.ExplainNextClosing},
			{s.PreviousOpening, s.ExplainPreviousOpening}, {s.PreviousClosing, s.ExplainPreviousClosing},
			{s.OpenFrom, s.ExplainOpenFrom}, {s.OpenUntil, s.ExplainOpenUntil},
		} {
			if to, err := q.ask(u); err == nil && !to.Before(from) {
				w, err = q.explain(u)
				require.NoError(t, err)
				explains(t, w, proof.InstantOf(to))
			}
		}
	})
}
