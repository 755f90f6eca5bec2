package proof

import (
	"math"
	"math/big"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func TestSpelling(t *testing.T) {
	cst := time.FixedZone("CST", 8*3600)
	for _, c := range []struct {
		why       string
		got, want Value
	}{
		{"whole", NumberOf(big.NewRat(40, 1)), num("40")},
		{"decimal without trailing zeros", NumberOf(big.NewRat(-50, 100)), num("-0.5")},
		{"fraction in lowest terms", NumberOf(big.NewRat(-4, 6)), num("-2/3")},
		{"nothing", NumberOf(new(big.Rat)), num("0")},
		{"none", NumberOf(nil), Value{}},
		{"percent of the figure, not of one", PercentOf(big.NewRat(90, 1)), pct("90%")},
		{"percent as a fraction", PercentOf(big.NewRat(3800, 41)), pct("3800/41%")},
		{"no percent", PercentOf(nil), Value{}},
		{"instant in its own location", InstantOf(time.Date(2024, 5, 11, 18, 0, 0, 0, cst)), at("2024-05-11T18:00:00+08:00")},
		{"fraction without trailing zeros", InstantOf(time.Date(2024, 5, 11, 18, 0, 0, 120_000_000, cst)), at("2024-05-11T18:00:00.12+08:00")},
		{"UTC is Z", InstantOf(time.Date(2024, 5, 11, 18, 0, 0, 0, time.FixedZone("GMT", 0))), at("2024-05-11T18:00:00Z")},
		{"seconds of an offset are cut, the instant is not", InstantOf(time.Date(1900, 1, 1, 0, 0, 43, 0, time.FixedZone("LMT", 8*3600+5*60+43))), at("1900-01-01T00:00:00+08:05")},
		{"and west of Greenwich", InstantOf(time.Date(1900, 1, 1, 0, 0, 0, 0, time.FixedZone("LMT", -30))), at("1900-01-01T00:00:30Z")},
		{"elapsed", ElapsedOf(8*time.Hour + 30*time.Minute), dur("8h30m0s")},
		{"days", DaysOf(7), Value{Days, "7"}},
		{"date", DateOf(2024, time.May, 1), on("2024-05-01")},
		{"an early date", DateOf(33, time.April, 3), on("0033-04-03")},
		{"period", PeriodOf(on("2024-04-29"), on("2024-05-11")), Value{Period, "2024-04-29..2024-05-11"}},
		{"shift", ShiftOf(time.Date(1991, 9, 14, 23, 0, 0, 0, cst), 8*3600), Value{Shift, "1991-09-14T15:00:00Z +08:00"}},
		{"shift with seconds", ShiftOf(time.Date(1, 1, 1, 0, 0, 0, 0, time.UTC), 8*3600+5*60+43), Value{Shift, "0001-01-01T00:00:00Z +08:05:43"}},
		{"shift to the west", ShiftOf(time.Unix(0, 0), -(3*3600 + 30*60 + 52)), Value{Shift, "1970-01-01T00:00:00Z -03:30:52"}},
		{"no shift", ShiftOf(time.Unix(0, 0), 0), Value{Shift, "1970-01-01T00:00:00Z +00:00"}},
		{"stretch", StretchOf(time.Unix(0, 0).UTC(), time.Unix(3600, 0).In(cst)), Value{Stretch, "1970-01-01T00:00:00Z/1970-01-01T09:00:00+08:00"}},
		{"a week in runs", WeekOf([7][]Window{1: {{540, 720}}, 2: {{540, 720}}, 4: {{540, 720}}, 6: {{1320, 1800}}, 0: {{1320, 1800}}}),
			Value{Week, "mon-tue 09:00-12:00; thu 09:00-12:00; sat-sun 22:00-30:00"}},
		{"a week without a window", WeekOf([7][]Window{}), Value{Week, "never"}},
		{"weekdays", WeekdaysOf([7]bool{0: true, 1: true, 2: true, 3: true, 5: true}), WordOf("mon-wed, fri, sun")},
		{"a named day", NamedDayOf(on("2024-05-01"), "statutory"), Value{Day, "2024-05-01 statutory"}},
		{"agreed hours", AgreedOf(on("2024-10-12"), Window{540, 720}, Window{780, 900}), Value{Agreed, "2024-10-12 09:00-12:00 13:00-15:00"}},
		{"agreed closed", AgreedOf(on("2024-10-12")), Value{Agreed, "2024-10-12 closed"}},
		{"truth", TruthOf(true), Value{Truth, "yes"}},
	} {
		t.Run(c.why, func(t *testing.T) {
			require.Equal(t, c.want, c.got)
			if c.got != (Value{}) {
				_, err := read(c.got)
				require.NoError(t, err, "what is spelled is read")
			}
		})
	}
}

func TestReadRefuses(t *testing.T) {
	for kind, texts := range map[Kind][]string{
		Number:  {"", "-", "+1", "01", "1.", ".5", "1.50", "-0", "2/4", "1/2", "4/2", "1/0", "1/-3", "1e3", "0x10", "1_000", "1 ", "1.2/3", "1/3/5", "inf", "１"},
		Percent: {"90", "%", "90 %", "90.0%", "0.5%%"},
		Date:    {"", "2024-5-1", "2024-02-30", "0000-01-01", "10000-01-01", "2024-05-01 ", "２０２４-05-01"},
		Instant: {"2024-05-11T18:00:00", "2024-05-11 18:00:00Z", "2024-05-11T18:00:00+00:00", "2024-05-11T18:00:00.50Z", "2024-05-11T18:00:00,5Z", "2024-05-11T24:00:00Z",
			"2024-05-11t18:00:00Z", "2024-05-11T18:00:60Z", "0000-12-31T23:00:00Z", "0001-01-01T00:00:00+08:00", "9999-12-31T23:00:00-08:00", "2024-05-11T18:00:00+24:00", "2024-05-11T8:00:00Z"},
		Elapsed: {"", "1h", "90m0s", "1h0m", "0", "+1s", "1d", "9999999h0m0s"},
		Days:    {"", "07", "+7", "-0", "1.5", "1234567890", "7 days"},
		Period:  {"2024-05-11", "2024-05-11..2024-05-10", "2024-05-11..", "2024-05-11...2024-05-12"},
		Week: {"", "closed", "mon-fri", "mon 09:00-12:00;tue 09:00-12:00", "mon 9:00-12:00", "mon 09:00-09:00", "mon 12:00-09:00", "mon 24:00-30:00", "mon 22:00-48:01",
			"mon 09:00-12:00 11:00-13:00", "mon 13:00-18:00 09:00-12:00", "mon 09:60-12:00", "tue 09:00-12:00; mon 08:00-12:00", "mon 09:00-12:00; tue 09:00-12:00",
			"mon-mon 09:00-12:00", "fri-mon 09:00-12:00", "mon 09:00-12:00; mon 13:00-18:00", "Mon 09:00-12:00", "mon  09:00-12:00", "mon 09:00-12:00; "},
		Word:   {"", " closed", "closed ", "as  mon", "a\nb", "a\tb", "a\u200bb", "\xff"},
		Truth:  {"", "true", "Yes", "1"},
		Day:    {"", "2024-05-01", "2024-05-01 off", "2024-5-1 work", "2024-05-01  work"},
		Agreed: {"", "2024-10-12", "2024-10-12 ", "2024-10-12 open", "2024-10-12 09:00-12:00 closed", "2024-10-12 13:00-18:00 09:00-12:00"},
		Shift: {"", "1991-09-14T15:00:00Z", "1991-09-14T15:00:00Z 08:00", "1991-09-14T15:00:00Z +8:00", "1991-09-14T15:00:00Z +08:00:00", "1991-09-14T23:00:00+08:00 +08:00",
			"1991-09-14T15:00:00Z +24:00", "1991-09-14T15:00:00Z Z", "1991-09-14T15:00:00Z -00:00", "1991-09-14T15:00:00Z +08:60", "1991-09-14T15:00:00Z *08:00"},
		Stretch:  {"", "2026-05-07T09:00:00Z", "2026-05-07T09:00:00Z/", "2026-05-07T09:00:00Z/2026-05-07T08:59:59Z", "2026-05-07T09:00:00Z/2026-05-07T10:00:00Z/2026-05-07T11:00:00Z"},
		"":       {"", "x"},
		"weight": {"1 kg"},
	} {
		for _, text := range texts {
			if kind == Number && text == "1/2" {
				_, err := read(Value{kind, text})
				require.ErrorContains(t, err, `whose one spelling is "0.5"`)
				continue
			}
			_, err := read(Value{kind, text})
			require.Error(t, err, "%s %q", kind, text)
		}
	}
	// A number as long as a number may be.
	_, err := read(num(strings.Repeat("9", maxDigits)))
	require.NoError(t, err)
}

// What is spelled reads back as what it was.
func TestSpellingReadsBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := big.NewRat(rapid.Int64().Draw(t, "numerator"), rapid.Int64Range(1, math.MaxInt64).Draw(t, "denominator"))
		require.Zero(t, r.Cmp(must(read(NumberOf(r))).(*big.Rat)))
		require.Zero(t, r.Cmp(must(read(PercentOf(r))).(*big.Rat)))

		d := time.Duration(rapid.Int64().Draw(t, "elapsed"))
		require.Equal(t, d, must(read(ElapsedOf(d))))

		offset := rapid.IntRange(-daySeconds+60, daySeconds-60).Draw(t, "offset")
		when := time.Unix(rapid.Int64Range(-60_000_000_000, 250_000_000_000).Draw(t, "instant"), rapid.Int64Range(0, 999_999_999).Draw(t, "ns")).In(time.FixedZone("", offset))
		require.True(t, when.Equal(must(read(InstantOf(when))).(time.Time)))
		s := must(read(ShiftOf(when, offset))).(shift)
		require.True(t, s.from.Equal(when))
		require.Equal(t, offset, s.seconds)

		day := day(rapid.IntRange(-700_000, 2_900_000).Draw(t, "day"))
		require.Equal(t, day, must(read(day.value())))
	})
}

// A short fraction may be a long decimal: 1/5^60 has 60 places. It is spelled so.
func TestLongDecimal(t *testing.T) {
	r := new(big.Rat).SetFrac(big.NewInt(1), new(big.Int).Exp(big.NewInt(5), big.NewInt(60), nil))
	require.Len(t, NumberOf(r).Text, len("0.")+60)
	require.Zero(t, r.Cmp(must(read(NumberOf(r))).(*big.Rat)))
}
