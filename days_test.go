package contract_test

import (
	"math"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/cfd16870/contract"
	"github.com/cfd16870/contract/proof"
)

// chinaDays is the working days of the sample: Monday to Friday, and the weekend
// days that a notice has worked in exchange.
func chinaDays() contract.DaysClause {
	return contract.DaysClause{Clause: "4.1(2)", Calendar: "cn", Week: "mon-fri", MakeupDays: contract.MakeupCount, WithoutWindow: "ends as mon"}
}

func workingDays(t testing.TB, m contract.MakeupDays) *contract.WorkingDays {
	t.Helper()
	c := chinaDays()
	c.MakeupDays = m
	w, err := contract.NewWorkingDays(c, published)
	require.NoError(t, err)
	return w
}

// dated reads a day with its weekday, "Mon 2024-04-29".
func dated(s string) contract.Date { return contract.DateOf(when(s + " 00:00")) }

func spellDate(d contract.Date) string { return d.Weekday().String()[:3] + " " + d.String() }

func TestAddWorkingDays(t *testing.T) {
	count, ignored := workingDays(t, contract.MakeupCount), workingDays(t, contract.MakeupIgnored)
	for _, c := range []struct {
		why  string
		w    *contract.WorkingDays
		from string
		n    int
		want string
	}{
		{"the next day: the day itself is not counted", count, "Mon 2024-03-04", 1, "Tue 2024-03-05"},
		{"over a weekend", count, "Fri 2024-03-08", 1, "Mon 2024-03-11"},
		{"a Saturday is not counted either, and does not roll first", count, "Sat 2024-03-09", 1, "Mon 2024-03-11"},
		{"none is the same day, though it is no working day", count, "Sat 2024-03-09", 0, "Sat 2024-03-09"},
		{"seven over Labour Day, the make-up Saturday counted", count, "Mon 2024-04-29", 7, "Sat 2024-05-11"},
		{"seven over Labour Day, the make-up Saturday ignored", ignored, "Mon 2024-04-29", 7, "Mon 2024-05-13"},
		{"over Spring Festival, to the make-up Sunday", count, "Fri 2024-02-09", 1, "Sun 2024-02-18"},
		{"from within Spring Festival", count, "Wed 2024-02-14", 1, "Sun 2024-02-18"},
		{"from a make-up day", count, "Sun 2024-02-18", 1, "Mon 2024-02-19"},
		{"back over a weekend", count, "Mon 2024-03-11", -1, "Fri 2024-03-08"},
		{"back from a Saturday", count, "Sat 2024-03-09", -1, "Fri 2024-03-08"},
		{"back to the make-up Sunday", count, "Mon 2024-02-19", -1, "Sun 2024-02-18"},
		{"back over Spring Festival", count, "Sun 2024-02-18", -1, "Fri 2024-02-09"},
		{"back over Spring Festival, the make-up Sunday ignored", ignored, "Mon 2024-02-19", -1, "Fri 2024-02-09"},
		{"a year of 250 working days", count, "Sun 2023-12-31", 250, "Mon 2024-12-30"},
		{"to the last certain day", count, "Fri 2026-12-25", 1, "Mon 2026-12-28"},
	} {
		t.Run(c.why, func(t *testing.T) {
			got, err := c.w.AddWorkingDays(dated(c.from), c.n)
			require.NoError(t, err)
			assert.Equal(t, c.want, spellDate(got))
		})
	}
}

// A year of the published calendar by the known numbers of its working days.
func TestWorkingDaysOfAYear(t *testing.T) {
	for year, want := range map[int]int{2023: 249, 2024: 251, 2025: 248} {
		first, err := contract.NewDate(year, time.January, 1)
		require.NoError(t, err)
		last, err := contract.NewDate(year, time.December, 31)
		require.NoError(t, err)
		got, err := workingDays(t, contract.MakeupCount).WorkingDaysBetween(first, last, contract.BoundsBoth)
		require.NoError(t, err)
		assert.Equal(t, want, got, "%d", year)
	}
}

func TestIsWorkingDay(t *testing.T) {
	for _, c := range []struct {
		why, date      string
		count, ignored bool
	}{
		{"an ordinary Monday", "Mon 2024-03-04", true, true},
		{"an ordinary Sunday", "Sun 2024-03-10", false, false},
		{"a make-up Sunday, by the notice", "Sun 2024-02-18", true, false},
		{"a statutory Monday", "Mon 2024-02-12", false, false},
		{"a rest Wednesday", "Wed 2024-02-14", false, false},
		{"a Saturday inside a holiday", "Sat 2024-02-17", false, false},
	} {
		t.Run(c.why, func(t *testing.T) {
			for m, want := range map[contract.MakeupDays]bool{contract.MakeupCount: c.count, contract.MakeupIgnored: c.ignored} {
				got, err := workingDays(t, m).IsWorkingDay(dated(c.date))
				require.NoError(t, err)
				assert.Equal(t, want, got, "make-up days %s", m)
			}
		})
	}
	// A working day is the calendar's to say, not the window's: a clause may count
	// Saturdays on which no window opens.
	c := chinaDays()
	c.Week = "mon-sat"
	six, err := contract.NewWorkingDays(c, published)
	require.NoError(t, err)
	got, err := six.IsWorkingDay(dated("Sat 2024-03-09"))
	require.NoError(t, err)
	assert.True(t, got)
}

func TestWorkingDaysBetween(t *testing.T) {
	w := workingDays(t, contract.MakeupCount)
	for _, c := range []struct {
		why, from, to string
		want          [4]int // by bounds: [) (] [] ()
	}{
		{"two working days in a row", "Mon 2024-03-04", "Tue 2024-03-05", [4]int{1, 1, 2, 0}},
		{"one working day", "Mon 2024-03-04", "Mon 2024-03-04", [4]int{0, 0, 1, 0}},
		{"one Saturday", "Sat 2024-03-09", "Sat 2024-03-09", [4]int{0, 0, 0, 0}},
		{"a working week", "Mon 2024-03-04", "Fri 2024-03-08", [4]int{4, 4, 5, 3}},
		{"from a Friday to a Sunday", "Fri 2024-03-08", "Sun 2024-03-10", [4]int{1, 0, 1, 0}},
		{"from a Sunday to a Monday", "Sun 2024-03-10", "Mon 2024-03-11", [4]int{0, 1, 1, 0}},
		{"over Spring Festival, both ends worked", "Fri 2024-02-09", "Sun 2024-02-18", [4]int{1, 1, 2, 0}},
		{"backwards: the same ends, negative", "Tue 2024-03-05", "Mon 2024-03-04", [4]int{-1, -1, -2, 0}},
		{"backwards, [ is still the day it is asked from", "Sun 2024-03-10", "Fri 2024-03-08", [4]int{0, -1, -1, 0}},
	} {
		t.Run(c.why, func(t *testing.T) {
			for i, b := range []contract.Bounds{contract.BoundsFirst, contract.BoundsLast, contract.BoundsBoth, contract.BoundsNone} {
				got, err := w.WorkingDaysBetween(dated(c.from), dated(c.to), b)
				require.NoError(t, err)
				assert.Equal(t, c.want[i], got, "%s", b)
			}
		})
	}
	for b, kind := range map[contract.Bounds]error{"": contract.ErrRequired, "[": contract.ErrUnknown, "][": contract.ErrUnknown} {
		_, err := w.WorkingDaysBetween(on("2024-03-04"), on("2024-03-05"), b)
		assert.ErrorIs(t, err, kind)
		assert.ErrorContains(t, err, "[), (], [], ()")
	}
}

func TestWorkingDaysAreKnownSoFar(t *testing.T) {
	w := workingDays(t, contract.MakeupCount)
	assert.Equal(t, contract.Through(on("2006-12-30"), on("2026-12-28")), w.Known())
	is := func(d string) error { _, err := w.IsWorkingDay(on(d)); return err }
	add := func(d string, n int) error { _, err := w.AddWorkingDays(on(d), n); return err }
	between := func(d, e string) error {
		_, err := w.WorkingDaysBetween(on(d), on(e), contract.BoundsBoth)
		return err
	}
	for _, c := range []struct {
		why   string
		err   error
		known bool
	}{
		{"the last certain day", is("2026-12-28"), true},
		{"the day after it", is("2026-12-29"), false},
		{"the first certain day", is("2006-12-30"), true},
		{"the day before it", is("2006-12-29"), false},
		{"to the last certain day", add("2026-12-24", 2), true},
		{"one further", add("2026-12-24", 3), false},
		{"from the last certain day, none", add("2026-12-28", 0), true},
		{"from the last certain day, one", add("2026-12-28", 1), false},
		{"from an unknown day, none", add("2026-12-29", 0), false},
		{"from an unknown day, back", add("2026-12-29", -1), false},
		{"back to the first certain day, a make-up Saturday", add("2006-12-31", -1), true},
		{"back before it", add("2006-12-31", -2), false},
		{"more days than there are", add("2024-03-04", math.MaxInt), false},
		{"fewer days than there are", add("2024-03-04", math.MinInt), false},
		{"between the ends", between("2006-12-30", "2026-12-28"), true},
		{"between, a day too far", between("2006-12-30", "2026-12-29"), false},
		{"between, a day too early", between("2006-12-29", "2026-12-28"), false},
	} {
		t.Run(c.why, func(t *testing.T) {
			if c.known {
				assert.NoError(t, c.err)
				return
			}
			require.ErrorIs(t, c.err, contract.ErrRange)
			assert.ErrorContains(t, c.err, "calendar cn 2025-11-04")
			assert.ErrorContains(t, c.err, "2026-12-28", "it says to which day")
		})
	}
	_, err := w.IsWorkingDay(contract.Date{})
	assert.ErrorIs(t, err, contract.ErrRange, "the zero Date is no known day")
}

func TestProvisionalWorkingDays(t *testing.T) {
	w := workingDays(t, contract.MakeupCount)
	p, err := w.Provisional()
	require.NoError(t, err)
	again, err := p.Provisional()
	require.NoError(t, err)
	assert.Same(t, p, again)
	assert.Equal(t, on("2050-12-31"), p.Known().Last())
	got, err := p.AddWorkingDays(dated("Mon 2026-12-28"), 4)
	require.NoError(t, err)
	assert.Equal(t, "Mon 2027-01-04", spellDate(got), "29, 30, 31 December; New Year's Day is statutory")
	assert.Equal(t, on("2026-12-29"), p.ProvisionalFrom(got))
	assert.Equal(t, on("2026-12-29"), p.ProvisionalFrom(on("2026-12-29")), "the first unknown day is unknown")
	assert.Zero(t, p.ProvisionalFrom(on("2026-12-28")), "the last certain day is certain")
	_, err = p.AddWorkingDays(on("2050-12-30"), 9)
	assert.ErrorIs(t, err, contract.ErrRange)
}

// genDays draws a clause of working days and the table of its calendar.
func genDays() *rapid.Generator[daysReference] {
	return rapid.Custom(func(t *rapid.T) daysReference {
		r := genReference().Draw(t, "table")
		return daysReference{
			table: r.table,
			clause: contract.DaysClause{
				Week:          rapid.SampledFrom([]string{"mon-fri", "mon-sat", "sun", "mon, wed, fri", "mon-sun", "tue"}).Draw(t, "week"),
				MakeupDays:    rapid.SampledFrom([]contract.MakeupDays{contract.MakeupCount, contract.MakeupIgnored}).Draw(t, "make-up days"),
				WithoutWindow: contract.EndsAtMidnight,
			},
		}
	})
}

func (r daysReference) compile(t interface{ Fatalf(string, ...any) }) *contract.WorkingDays {
	cal, err := contract.NewCalendar("drawn", r.table)
	if err != nil {
		t.Fatalf("%v", err)
	}
	w, err := contract.NewWorkingDays(r.clause, cal)
	if err != nil {
		t.Fatalf("%v", err)
	}
	return w
}

// Every question about every pair of days, against a walk from day to day.
func TestWorkingDaysAgreeWithAWalk(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := genDays().Draw(t, "days")
		w := r.compile(t)
		all := r.table.Certain
		for d := all.From; all.Contains(d); d = d.AddDays(1) {
			is, err := w.IsWorkingDay(d)
			require.NoError(t, err)
			require.Equal(t, r.isWorkingDay(d), is, "%v", d)
		}
		day := rapid.Map(rapid.IntRange(0, all.Days()-1), all.From.AddDays)
		for range 10 {
			d, e := day.Draw(t, "d"), day.Draw(t, "e")
			for _, b := range []contract.Bounds{contract.BoundsFirst, contract.BoundsLast, contract.BoundsBoth, contract.BoundsNone} {
				got, err := w.WorkingDaysBetween(d, e, b)
				require.NoError(t, err)
				require.Equal(t, r.between(d, e, b), got, "from %v to %v %s", d, e, b)
			}
			n := rapid.IntRange(-15, 15).Draw(t, "n")
			want, ok := r.add(d, n)
			got, err := w.AddWorkingDays(d, n)
			if !ok {
				require.ErrorIs(t, err, contract.ErrRange, "%d from %v is %v", n, d, got)
				continue
			}
			require.NoError(t, err)
			require.Equal(t, want, got, "%d from %v", n, d)
		}
	})
}

// n working days after a day, n working days lie between; and the first day of
// which that is so is the answer.
func TestAddAndBetweenAreInverse(t *testing.T) {
	w := workingDays(t, contract.MakeupCount)
	known := w.Known()
	rapid.Check(t, func(t *rapid.T) {
		d := known.From.AddDays(rapid.IntRange(0, known.Days()-1).Draw(t, "day"))
		n := rapid.OneOf(rapid.IntRange(-30, 30), rapid.IntRange(-6000, 6000)).Draw(t, "n")
		e, err := w.AddWorkingDays(d, n)
		if err != nil {
			require.ErrorIs(t, err, contract.ErrRange)
			return
		}
		got, err := w.WorkingDaysBetween(d, e, contract.BoundsLast)
		require.NoError(t, err)
		require.Equal(t, n, got, "(%v, %v]", d, e)
		if n == 0 {
			return
		}
		is, err := w.IsWorkingDay(e)
		require.NoError(t, err)
		require.True(t, is, "%v", e)
		step := 1
		if n < 0 {
			step = -1
		}
		before, err := w.WorkingDaysBetween(d, e.AddDays(-step), contract.BoundsLast)
		require.NoError(t, err)
		require.Equal(t, n-step, before, "a day earlier there is one less")
		if n > 1 {
			f, err := w.AddWorkingDays(d, n-1)
			require.NoError(t, err)
			g, err := w.AddWorkingDays(f, 1)
			require.NoError(t, err)
			require.Equal(t, e, g, "one by one comes to the same day")
		}
	})
}

func TestWorkingDaysExplainThemselves(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := genDays().Draw(t, "days")
		w := r.compile(t)
		for range 3 {
			d := r.table.Certain.From.AddDays(rapid.IntRange(0, r.table.Certain.Days()-1).Draw(t, "day"))
			n := rapid.IntRange(-10, 10).Draw(t, "n")
			e, err := w.AddWorkingDays(d, n)
			working, explained := w.ExplainAddWorkingDays(d, n)
			if err != nil {
				require.ErrorIs(t, explained, contract.ErrRange)
				continue
			}
			require.NoError(t, explained)
			explains(t, working, dateOf(e))
		}
		for range 3 {
			last := r.table.Certain.Days() - 1
			d := r.table.Certain.From.AddDays(rapid.IntRange(0, last).Draw(t, "from"))
			e := r.table.Certain.From.AddDays(rapid.IntRange(0, last).Draw(t, "to"))
			is, err := w.IsWorkingDay(d)
			require.NoError(t, err)
			working, err := w.ExplainIsWorkingDay(d)
			require.NoError(t, err)
			explains(t, working, proof.TruthOf(is))

			bounds := contract.Bounds(rapid.SampledFrom(contract.Bounds("").Words()).Draw(t, "bounds"))
			n, err := w.WorkingDaysBetween(d, e, bounds)
			require.NoError(t, err)
			working, err = w.ExplainWorkingDaysBetween(d, e, bounds)
			require.NoError(t, err)
			explains(t, working, proof.DaysOf(n))

			how := contract.RestDay(rapid.SampledFrom(contract.RestDay("").Words()).Draw(t, "how"))
			for _, q := range []struct {
				ask     func() (contract.Date, error)
				explain func() (*proof.Working, error)
			}{
				{func() (contract.Date, error) { return w.Roll(d, how) }, func() (*proof.Working, error) { return w.ExplainRoll(d, how) }},
				{func() (contract.Date, error) { return w.LastOfMonth(d) }, func() (*proof.Working, error) { return w.ExplainLastOfMonth(d) }},
			} {
				to, err := q.ask()
				working, explained := q.explain()
				require.Equal(t, err, explained)
				if err == nil {
					explains(t, working, dateOf(to))
				}
			}
		}
	})
}

// dateOf spells a day as a working does.
func dateOf(d contract.Date) proof.Value {
	y, m, day := d.Date()
	return proof.DateOf(y, m, day)
}

// A day rolled, and the last of a month, against a walk.
func TestRollsAgreeWithAWalk(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := genDays().Draw(t, "days")
		w := r.compile(t)
		d := r.table.Certain.From.AddDays(rapid.IntRange(0, r.table.Certain.Days()-1).Draw(t, "day"))
		how := contract.RestDay(rapid.SampledFrom(contract.RestDay("").Words()).Draw(t, "how"))
		want, ok := r.roll(d, string(how))
		got, err := w.Roll(d, how)
		if !ok {
			require.ErrorIs(t, err, contract.ErrRange)
		} else {
			require.NoError(t, err)
			require.Equal(t, want, got, "%v %s", d, how)
			working, err := w.ExplainRoll(d, how)
			require.NoError(t, err)
			require.NoError(t, working.Check().Err(), "%v %s", d, how)
		}

		month := d.String()[:len("2024-05")]
		last, found := contract.Date{}, false
		end := d
		for ; end.AddDays(1).String()[:len(month)] == month; end = end.AddDays(1) {
		}
		for e := end; r.table.Certain.Contains(end) && r.table.Certain.Contains(e) && e.String()[:len(month)] == month; e = e.AddDays(-1) {
			if r.isWorkingDay(e) {
				last, found = e, true
				break
			}
		}
		got, err = w.LastOfMonth(d)
		if !found {
			require.Error(t, err, "last working day of %s is %v", month, got)
			return
		}
		require.NoError(t, err)
		require.Equal(t, last, got)
	})
}

func TestRollFaults(t *testing.T) {
	w := workingDays(t, contract.MakeupCount)
	_, err := w.Roll(on("2024-05-01"), "")
	assert.ErrorIs(t, err, contract.ErrRequired)
	_, err = w.Roll(on("2024-05-01"), "rolls")
	assert.ErrorContains(t, err, "rolls within the month over rest days")
	_, err = w.Roll(on("2030-01-01"), contract.RestDayStays)
	assert.ErrorIs(t, err, contract.ErrRange, "unknown is not closed, and a day is not a day that stays")
	_, err = w.LastOfMonth(on("2026-12-10"))
	assert.ErrorIs(t, err, contract.ErrRange, "its last days are not published")
	_, err = new(contract.WorkingDays).LastOfMonth(on("2026-12-10"))
	assert.ErrorIs(t, err, contract.ErrInvalid)
}

func TestParseDayEnd(t *testing.T) {
	for _, c := range []struct {
		why, text string
		err       error
	}{
		{"as a weekday", "ends as mon", nil},
		{"as the last of the week", "ends as sun", nil},
		{"at an hour", "ends 18:00", nil},
		{"at midnight", "ends 24:00", nil},
		{"at a minute past midnight of its own day", "ends 00:01", nil},
		{"not stated", "", contract.ErrRequired},
		{"at 00:00, before it begins", "ends 00:00", contract.ErrSyntax},
		{"on the next day", "ends 30:00", contract.ErrSyntax},
		{"at an hour of one digit", "ends 9:00", contract.ErrSyntax},
		{"as a weekday written out", "ends as monday", contract.ErrSyntax},
		{"without its word", "as mon", contract.ErrSyntax},
		{"two spaces", "ends  18:00", contract.ErrSyntax},
	} {
		t.Run(c.why, func(t *testing.T) {
			got, err := contract.ParseDayEnd(c.text)
			if c.err != nil {
				assert.ErrorIs(t, err, c.err)
				assert.Zero(t, got)
				return
			}
			require.NoError(t, err)
			assert.Equal(t, contract.DayEnd(c.text), got)
		})
	}
}
