package contract_test

import (
	"encoding/json"
	"fmt"
	"math"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/cfd16870/contract"
)

func TestParseSpan(t *testing.T) {
	for _, c := range []struct {
		why, text string
		unit      contract.Unit
		length    time.Duration // of clock and service time
		count     int           // of days and longer
	}{
		{"time while service is open", "3 service minutes", contract.UnitServiceMinutes, 3 * time.Minute, 0},
		{"one of it is singular", "1 service hour", contract.UnitServiceHours, time.Hour, 0},
		{"service seconds", "90 service seconds", contract.UnitServiceSeconds, 90 * time.Second, 0},
		{"time as it passes", "12 clock hours", contract.UnitClockHours, 12 * time.Hour, 0},
		{"one clock minute", "1 clock minute", contract.UnitClockMinutes, time.Minute, 0},
		{"clock seconds", "90 clock seconds", contract.UnitClockSeconds, 90 * time.Second, 0},
		{"none is plural", "0 clock hours", contract.UnitClockHours, 0, 0},
		{"days of the calendar", "7 working days", contract.UnitWorkingDays, 0, 7},
		{"one working day", "1 working day", contract.UnitWorkingDays, 0, 1},
		{"calendar days", "30 days", contract.UnitDays, 0, 30},
		{"one calendar day says so, since a day may be 24 hours", "1 calendar day", contract.UnitDays, 0, 1},
		{"weeks", "2 weeks", contract.UnitWeeks, 0, 2},
		{"one week", "1 week", contract.UnitWeeks, 0, 1},
		{"months", "3 months", contract.UnitMonths, 0, 3},
		{"one year", "1 year", contract.UnitYears, 0, 1},
		{"the most that a span counts", "1000000 days", contract.UnitDays, 0, 1_000_000},
		{"the longest span of time does not overflow", "1000000 clock hours", contract.UnitClockHours, 1_000_000 * time.Hour, 0},
	} {
		t.Run(c.why, func(t *testing.T) {
			s, err := contract.ParseSpan(c.text)
			require.NoError(t, err)
			assert.Equal(t, c.text, s.String(), "one spelling")
			assert.Equal(t, c.unit, s.Unit())
			d, timed := s.Duration()
			assert.Equal(t, c.unit.OnClock() || c.unit.OnService(), timed)
			assert.Equal(t, c.length, d)
			n, counted := s.Count()
			assert.Equal(t, !timed, counted)
			assert.Equal(t, c.count, n)
			assert.False(t, s.IsZero())
		})
	}
}

// What is refused, and what the error says to write instead.
func TestParseSpanRefuses(t *testing.T) {
	for _, c := range []struct {
		why, text string
		kind      error
		says      string
	}{
		{"the short form of package time", "12h", contract.ErrSyntax, "12 clock hours"},
		{"hours without a clock", "12 hours", contract.ErrSyntax, `"clock hours" or "service hours"`},
		{"an hour without a clock", "1 hour", contract.ErrSyntax, `"clock hour" or "service hour"`},
		{"minutes without a clock", "3 minutes", contract.ErrSyntax, `"clock minutes" or "service minutes"`},
		{"seconds without a clock", "90 seconds", contract.ErrSyntax, `"clock seconds" or "service seconds"`},
		{"a day that may be 24 hours, a calendar day or a working day", "1 day", contract.ErrSyntax, `"24 clock hours", "1 calendar day" or "1 working day"`},
		{"one day in the plural", "1 days", contract.ErrSyntax, `write "1 calendar day"`},
		{"one working day in the plural", "1 working days", contract.ErrSyntax, `write "1 working day"`},
		{"several working days in the singular", "7 working day", contract.ErrSyntax, `write "7 working days"`},
		{"several days by the long name", "30 calendar days", contract.ErrSyntax, `write "days"`},
		{"several days in the singular of one", "30 calendar day", contract.ErrSyntax, `write "30 days"`},
		{"none in the singular", "0 service minute", contract.ErrSyntax, `write "0 service minutes"`},
		{"business days are called working days", "7 business days", contract.ErrSyntax, `write "working days"`},
		{"working hours are called service hours", "4 working hours", contract.ErrSyntax, `write "service hours"`},
		{"a zero in front", "012 days", contract.ErrSyntax, "zero in front"},
		{"two zeros", "00 days", contract.ErrSyntax, "zero in front"},
		{"more than a span counts", "1000001 days", contract.ErrLimit, "counts to 1000000"},
		{"more than 64 bits hold", "99999999999999999999 days", contract.ErrLimit, "counts to 1000000"},
		{"two spaces", "3  days", contract.ErrSyntax, "write it as"},
		{"a space in front", " 3 days", contract.ErrSyntax, "whole number"},
		{"a space behind", "3 days ", contract.ErrSyntax, "write it as"},
		{"a tab", "3\tdays", contract.ErrSyntax, "whole number"},
		{"a capital", "3 Days", contract.ErrSyntax, "write it as"},
		{"no space", "3days", contract.ErrSyntax, "whole number"},
		{"no unit", "3", contract.ErrSyntax, "write it as"},
		{"no number", "days", contract.ErrSyntax, "whole number"},
		{"a minus", "-3 days", contract.ErrSyntax, "whole number"},
		{"a plus", "+3 days", contract.ErrSyntax, "whole number"},
		{"half a day", "0.5 days", contract.ErrSyntax, "whole number"},
		{"an exponent", "1e3 days", contract.ErrSyntax, "whole number"},
		{"a separator", "1,000 days", contract.ErrSyntax, "whole number"},
		{"a number as a word", "three days", contract.ErrSyntax, "whole number"},
		{"full-width digits", "３ days", contract.ErrSyntax, "whole number"},
		{"ISO 8601", "P3D", contract.ErrSyntax, "whole number"},
		{"two spans", "3 days 2 clock hours", contract.ErrSyntax, "write it as"},
		{"nothing", "", contract.ErrSyntax, "whole number"},
		{"a megabyte", strings.Repeat("9", 1<<20) + " days", contract.ErrLimit, "counts to 1000000"},
	} {
		t.Run(c.why, func(t *testing.T) {
			s, err := contract.ParseSpan(c.text)
			require.ErrorIs(t, err, c.kind)
			assert.ErrorContains(t, err, c.says)
			assert.Less(t, len(err.Error()), 300)
			assert.Zero(t, s)
			assert.Panics(t, func() { contract.MustParseSpan(c.text) })
		})
	}
}

// Spans compare as they are written: a contract that says 60 minutes is quoted so.
func TestSpansAreComparedAsWritten(t *testing.T) {
	sixty, one := contract.MustParseSpan("60 service minutes"), contract.MustParseSpan("1 service hour")
	assert.True(t, sixty == contract.MustParseSpan("60 service minutes"))
	assert.False(t, sixty == one)
	a, _ := sixty.Duration()
	b, _ := one.Duration()
	assert.Equal(t, a, b, "and are the same time")
	assert.Equal(t, "60 service minutes", sixty.String())
}

func genUnit() *rapid.Generator[contract.Unit] {
	return rapid.Map(rapid.IntRange(int(contract.UnitClockSeconds), int(contract.UnitYears)), func(n int) contract.Unit { return contract.Unit(n) })
}

func TestSpanRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.OneOf(rapid.IntRange(0, 1_000_000), rapid.SampledFrom([]int{0, 1, 2, 999_999, 1_000_000})).Draw(t, "n")
		s, err := contract.CountSpan(n, genUnit().Draw(t, "unit"))
		require.NoError(t, err)
		back, err := contract.ParseSpan(s.String())
		require.NoError(t, err)
		require.Equal(t, s, back)
		data, err := json.Marshal(s)
		require.NoError(t, err)
		var read contract.Span
		require.NoError(t, json.Unmarshal(data, &read))
		require.Equal(t, s, read)
	})
}

// FuzzParseSpan holds the law that a span has one spelling.
func FuzzParseSpan(f *testing.F) {
	for _, s := range []string{"3 service minutes", "12 clock hours", "1 calendar day", "30 days", "1 day", "12h", "1000001 days", "012 days", ""} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		span, err := contract.ParseSpan(s)
		switch {
		case err != nil && !span.IsZero():
			t.Errorf("%q: %v beside the error %v", s, span, err)
		case err == nil && span.String() != s:
			t.Errorf("%q comes back as %q", s, span)
		}
	})
}

func TestClockAndServiceSpans(t *testing.T) {
	for _, c := range []struct {
		why            string
		d              time.Duration
		clock, service string // "": an error
	}{
		{"whole hours", 12 * time.Hour, "12 clock hours", "12 service hours"},
		{"one hour", time.Hour, "1 clock hour", "1 service hour"},
		{"no hour, so minutes", 90 * time.Minute, "90 clock minutes", "90 service minutes"},
		{"no minute, so seconds", 61 * time.Second, "61 clock seconds", "61 service seconds"},
		{"nothing", 0, "0 clock hours", "0 service hours"},
		{"a part of a second", time.Second + 1, "", ""},
		{"less than nothing", -time.Hour, "", ""},
		{"more hours than a span counts, though whole", 1_000_001 * time.Hour, "", ""},
		{"too many seconds, but whole minutes", 2_000_000 * time.Minute, "", ""},
		{"the longest duration there is", math.MaxInt64, "", ""},
		{"the shortest", math.MinInt64, "", ""},
	} {
		t.Run(c.why, func(t *testing.T) {
			for _, of := range []struct {
				text string
				span func(time.Duration) (contract.Span, error)
			}{{c.clock, contract.ClockSpan}, {c.service, contract.ServiceSpan}} {
				s, err := of.span(c.d)
				if of.text == "" {
					assert.ErrorIs(t, err, contract.ErrInvalid)
					assert.Zero(t, s)
					continue
				}
				require.NoError(t, err)
				assert.Equal(t, of.text, s.String())
				d, ok := s.Duration()
				assert.True(t, ok)
				assert.Equal(t, c.d, d)
			}
		})
	}
}

func TestCountSpan(t *testing.T) {
	s, err := contract.CountSpan(7, contract.UnitWorkingDays)
	require.NoError(t, err)
	assert.Equal(t, "7 working days", s.String())
	for _, c := range []struct {
		why  string
		n    int
		unit contract.Unit
	}{
		{"less than none", -1, contract.UnitDays},
		{"more than a span counts", 1_000_001, contract.UnitDays},
		{"a unit that is none", 1, 0},
		{"a unit after the last", 1, contract.UnitYears + 1},
	} {
		_, err := contract.CountSpan(c.n, c.unit)
		assert.ErrorIs(t, err, contract.ErrInvalid, c.why)
	}
}

func TestZeroSpan(t *testing.T) {
	var zero contract.Span
	assert.True(t, zero.IsZero())
	assert.Equal(t, "", zero.String())
	assert.False(t, zero.Unit().IsValid())
	_, timed := zero.Duration()
	_, counted := zero.Count()
	assert.False(t, timed || counted, "the zero Span is not stated: it is neither time nor days")
	assert.False(t, contract.MustParseSpan("0 days").IsZero(), "0 days is stated")
}

func TestUnit(t *testing.T) {
	for u := contract.UnitClockSeconds; u <= contract.UnitYears; u++ {
		assert.True(t, u.IsValid())
		assert.False(t, u.OnClock() && u.OnService())
		s, err := contract.ParseSpan(fmt.Sprintf("2 %v", u))
		require.NoError(t, err)
		assert.Equal(t, u, s.Unit())
	}
	assert.Equal(t, "Unit(0)", contract.Unit(0).String())
	assert.Equal(t, "Unit(99)", contract.Unit(99).String())
}

func TestSpansCompare(t *testing.T) {
	for _, c := range []struct {
		why, a, b string
		want      int
	}{
		{"the number in other units is as long", "60 service minutes", "1 service hour", 0},
		{"seconds and hours of the clock", "3599 clock seconds", "1 clock hour", -1},
		{"a week has seven days", "2 weeks", "13 days", 1},
		{"a year has twelve months", "1 year", "12 months", 0},
		{"working days with working days", "7 working days", "8 working days", -1},
		{"none is the shortest", "0 months", "1 year", -1},
	} {
		t.Run(c.why, func(t *testing.T) {
			a, b := contract.MustParseSpan(c.a), contract.MustParseSpan(c.b)
			got, err := a.Compare(b)
			require.NoError(t, err)
			assert.Equal(t, c.want, got)
			back, err := b.Compare(a)
			require.NoError(t, err)
			assert.Equal(t, -c.want, back)
		})
	}
	for _, c := range []struct{ why, a, b string }{
		{"a month may have 28 days", "1 month", "30 days"},
		{"also where no month is that short", "1 month", "2 days"},
		{"an hour of service may take a weekend", "1 service hour", "1 clock hour"},
		{"a day is no 24 hours where the clock changes", "24 clock hours", "1 calendar day"},
		{"working days depend on the calendar", "5 working days", "1 week"},
	} {
		t.Run(c.why, func(t *testing.T) {
			_, err := contract.MustParseSpan(c.a).Compare(contract.MustParseSpan(c.b))
			assert.ErrorIs(t, err, contract.ErrInvalid)
		})
	}
	_, err := contract.Span{}.Compare(contract.Span{})
	assert.ErrorIs(t, err, contract.ErrInvalid, "what is not stated has no length")
}
