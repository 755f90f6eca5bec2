package contract_test

import (
	"strconv"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cfd16870/contract"
	"github.com/cfd16870/contract/proof"
)

// taxSeason is office hours that run to 19:00 in March and April, and from 10:00 over
// New Year.
func taxSeason() contract.HoursClause {
	h := officeHours()
	h.MakeupDays = "as mon"
	h.Seasons = map[string]contract.SeasonClause{
		"tax season": {From: "03-01", Through: "04-30", Week: map[string][]string{"mon-fri": {"09:00-12:00", "13:00-19:00"}, "sat": {"09:00-12:00"}}},
		"winter":     {From: "12-15", Through: "02-29", Week: map[string][]string{"mon-fri": {"10:00-16:00"}}},
		"shutdown":   {From: "2024-07-22", Through: "2024-08-02", Week: map[string][]string{}},
		"move":       {From: "2025-06-02", Through: "2025-06-06", Week: map[string][]string{"mon": {"09:00-12:00"}}},
	}
	return h
}

func TestSeasons(t *testing.T) {
	s, err := contract.NewSchedule(beijing, taxSeason(), published)
	require.NoError(t, err)
	for _, c := range []struct{ why, day, want string }{
		{"the day before a season", "2025-06-01", ""},
		{"outside all seasons", "2024-05-13", "09:00-12:00 13:00-18:00"},
		{"the first day of the season", "2024-03-01", "09:00-12:00 13:00-19:00"},
		{"a Saturday that only the season opens", "2024-03-02", "09:00-12:00"},
		{"a Saturday after it", "2024-05-18", ""},
		{"the last day of the season", "2025-04-30", "09:00-12:00 13:00-19:00"},
		{"every year, not one", "2026-03-02", "09:00-12:00 13:00-19:00"},
		{"a statutory holiday in the season", "2024-04-04", ""},
		{"a make-up Sunday in the season is as its Monday", "2024-04-07", "09:00-12:00 13:00-19:00"},
		{"a make-up Saturday outside is as the other Monday", "2024-05-11", "09:00-12:00 13:00-18:00"},
		{"over New Year, before it", "2023-12-29", "10:00-16:00"},
		{"over New Year, after it", "2024-01-02", "10:00-16:00"},
		{"through the 29th of February of a leap year", "2024-02-29", "10:00-16:00"},
		{"through the 28th of a common year", "2025-02-28", "10:00-16:00"},
		{"the day before it begins", "2023-12-14", "09:00-12:00 13:00-18:00"},
		{"service is closed for the season", "2024-07-24", ""},
		{"a season of one year", "2025-06-03", ""},
		{"the same days of another", "2024-06-04", "09:00-12:00 13:00-18:00"},
	} {
		t.Run(c.why, func(t *testing.T) {
			assert.Equal(t, c.want, windowsOfDay(t, s, c.day))
		})
	}
	from := when("Fri 2024-03-01 17:30")
	due, err := s.Add(from, 3*time.Hour)
	require.NoError(t, err)
	assert.Equal(t, when("Sat 2024-03-02 10:30"), due, "half past seven is out of hours in the season too, and Saturday is in")
	for _, at := range []string{"Wed 2024-02-28 15:00", "Tue 2024-04-30 18:30", "Fri 2024-03-01 17:30"} {
		w, err := s.ExplainAdd(when(at), 9*time.Hour)
		require.NoError(t, err)
		require.NoError(t, w.Check().Err(), "%s", w.Text(proof.English))
	}
}

// windowsOfDay writes the windows that lie in a day.
func windowsOfDay(t *testing.T, s *contract.Schedule, day string) (list string) {
	for w, err := range s.Windows(on(day).StartIn(s.Zone()), on(day).AddDays(1).StartIn(s.Zone())) {
		require.NoError(t, err)
		if list != "" {
			list += " "
		}
		list += w.Start.Format("15:04") + "-" + w.End.Format("15:04")
	}
	return list
}

func TestSeasonFaults(t *testing.T) {
	week := map[string][]string{"mon": {"09:00-12:00"}}
	for _, c := range []struct {
		why     string
		seasons map[string]contract.SeasonClause
		pointer string
		kind    error
		text    string
	}{
		{"no name", map[string]contract.SeasonClause{"": {From: "03-01", Through: "03-02", Week: week}}, "/seasons/", contract.ErrRequired, "a season has a name"},
		{"no first day", map[string]contract.SeasonClause{"a": {Through: "03-01", Week: week}}, "/seasons/a/from", contract.ErrRequired, "write 03-01 for every year"},
		{"no last day", map[string]contract.SeasonClause{"a": {From: "03-01", Week: week}}, "/seasons/a/through", contract.ErrRequired, "or 2026-03-01 for one"},
		{"a month of one digit", map[string]contract.SeasonClause{"a": {From: "3-01", Through: "03-02", Week: week}}, "/seasons/a/from", contract.ErrSyntax, `"3-01" is no day of a year`},
		{"a day that no year has", map[string]contract.SeasonClause{"a": {From: "02-30", Through: "03-02", Week: week}}, "/seasons/a/from", contract.ErrSyntax, "no day of a year"},
		{"a date that its year lacks", map[string]contract.SeasonClause{"a": {From: "2025-02-29", Through: "2025-03-02", Week: week}}, "/seasons/a/from", contract.ErrSyntax, "no day of a year"},
		{"every year through one", map[string]contract.SeasonClause{"a": {From: "03-01", Through: "2026-03-02", Week: week}}, "/seasons/a/through", contract.ErrConflict, "both are days of every year, or both of one"},
		{"of one year, the wrong way round", map[string]contract.SeasonClause{"a": {From: "2026-03-02", Through: "2026-03-01", Week: week}}, "/seasons/a/through", contract.ErrInvalid, "is before 2026-03-02"},
		{"no week", map[string]contract.SeasonClause{"a": {From: "03-01", Through: "03-02"}}, "/seasons/a/week", contract.ErrRequired, "write {} for a season in which service is closed"},
		{"a window that ends before it begins", map[string]contract.SeasonClause{"a/b": {From: "03-01", Through: "03-02", Week: map[string][]string{"mon": {"18:00-09:00"}}}}, "/seasons/a~1b/week/mon/0", contract.ErrInvalid, "18:00-33:00"},
		{"two that meet every year", map[string]contract.SeasonClause{"a": {From: "03-01", Through: "04-30", Week: week}, "b": {From: "04-30", Through: "05-31", Week: week}}, "/seasons/b", contract.ErrConflict, "b and a both hold on 04-30 of every year"},
		{"two that meet over New Year", map[string]contract.SeasonClause{"a": {From: "12-01", Through: "01-15", Week: week}, "b": {From: "01-15", Through: "01-20", Week: week}}, "/seasons/b", contract.ErrConflict, "01-15 of every year"},
		{"two that meet on the 29th of February alone", map[string]contract.SeasonClause{"a": {From: "02-01", Through: "02-29", Week: week}, "b": {From: "02-29", Through: "03-31", Week: week}}, "/seasons/b", contract.ErrConflict, "02-29 of every year"},
		{"two of one year that meet", map[string]contract.SeasonClause{"a": {From: "2026-03-01", Through: "2026-04-30", Week: week}, "b": {From: "2026-04-01", Through: "2026-05-31", Week: week}}, "/seasons/b", contract.ErrConflict, "both hold on 2026-04-01"},
		{"one of one year in one of every year", map[string]contract.SeasonClause{"a": {From: "2026-03-01", Through: "2026-04-30", Week: week}, "b": {From: "04-30", Through: "05-31", Week: week}}, "/seasons/b", contract.ErrConflict, "both hold on 2026-04-30"},
		{"one of many years in one of every year", map[string]contract.SeasonClause{"a": {From: "2020-05-02", Through: "2030-04-30", Week: week}, "b": {From: "05-01", Through: "05-01", Week: week}}, "/seasons/b", contract.ErrConflict, "both hold on 2021-05-01"},
	} {
		t.Run(c.why, func(t *testing.T) {
			h := officeHours()
			h.Seasons = c.seasons
			_, err := contract.NewSchedule(beijing, h, published)
			var faults contract.Errors
			require.ErrorAs(t, err, &faults)
			require.Len(t, faults, 1, "%v", err)
			assert.Equal(t, c.pointer, faults[0].Pointer)
			assert.ErrorIs(t, faults[0], c.kind)
			assert.ErrorContains(t, faults[0], c.text)
		})
	}
	many := officeHours()
	many.Seasons = make(map[string]contract.SeasonClause)
	for i := range 401 {
		many.Seasons[strconv.Itoa(i)] = contract.SeasonClause{From: "03-01", Through: "03-02", Week: week}
	}
	_, err := contract.NewSchedule(beijing, many, published)
	assert.ErrorIs(t, err, contract.ErrLimit, "each is held against every other")
	h := officeHours()
	h.Seasons = map[string]contract.SeasonClause{"a": {From: "03-01", Through: "04-30", Week: week}, "b": {From: "05-01", Through: "02-28", Week: week}, "c": {From: "02-29", Through: "02-29", Week: week}}
	_, err = contract.NewSchedule(beijing, h, published)
	assert.NoError(t, err, "seasons that adjoin do not meet")
}

func TestMakeupDaysWithTheirOwnHours(t *testing.T) {
	h := officeHours()
	h.MakeupDays, h.MakeupOpen = contract.MakeupOwnHours, []string{"10:00-15:00"}
	s, err := contract.NewSchedule(beijing, h, published)
	require.NoError(t, err)
	assert.Equal(t, "10:00-15:00", windowsOfDay(t, s, "2024-05-11"))
	assert.Equal(t, "", windowsOfDay(t, s, "2024-05-18"), "another Saturday is closed")
	w, err := s.ExplainAdd(when("Fri 2024-05-10 17:00"), 3*time.Hour)
	require.NoError(t, err)
	require.NoError(t, w.Check().Err(), "%s", w.Text(proof.English))
	assert.Equal(t, proof.InstantOf(when("Sat 2024-05-11 12:00")), w.Result)

	h.MakeupOpen = nil
	_, err = contract.NewSchedule(beijing, h, published)
	assert.ErrorIs(t, err, contract.ErrRequired, "own hours that are not stated")
	h.MakeupDays, h.MakeupOpen = contract.MakeupClosed, []string{"10:00-15:00"}
	_, err = contract.NewSchedule(beijing, h, published)
	assert.ErrorContains(t, err, "has no effect")
}
