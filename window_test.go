package contract

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func TestParseWindow(t *testing.T) {
	for _, c := range []struct {
		why, text string
		from, to  int32
	}{
		{"a morning", "09:00-12:00", 9 * 3600, 12 * 3600},
		{"to the minute", "08:29-08:31", 8*3600 + 29*60, 8*3600 + 31*60},
		{"a whole day", "00:00-24:00", 0, 24 * 3600},
		{"until midnight", "18:00-24:00", 18 * 3600, 24 * 3600},
		{"across midnight", "22:00-30:00", 22 * 3600, 30 * 3600},
		{"a day from its last minute", "23:59-47:59", 23*3600 + 59*60, 47*3600 + 59*60},
	} {
		t.Run(c.why, func(t *testing.T) {
			got, err := parseWindow(c.text)
			require.NoError(t, err)
			assert.Equal(t, dayWindow{c.from, c.to}, got)
			assert.Equal(t, c.text, got.String(), "one spelling")
		})
	}
	_, err := parseWindow("20:00-48:00")
	assert.ErrorIs(t, err, ErrInvalid, "48:00 is read; from 20:00 it is longer than a day")
}

// FuzzParseWindow holds the law that a window has one spelling.
func FuzzParseWindow(f *testing.F) {
	for _, s := range []string{"09:00-12:00", "22:00-30:00", "00:00-24:00", "24:00-30:00", "9:00-12:00", "22:00-06:00", "-", ""} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		w, err := parseWindow(s)
		if err == nil && (w.String() != s || w.from < 0 || w.from >= w.to || w.to-w.from > dayLength || w.from >= dayLength) {
			t.Errorf("%q is %v", s, w)
		}
		if err != nil && w != (dayWindow{}) {
			t.Errorf("%q: %v beside the error %v", s, w, err)
		}
	})
}

// Days of the week are spelled in runs, and read again.
func TestDaysOfTheWeekRoundTrip(t *testing.T) {
	for n := 1; n < 1<<7; n++ {
		var days [7]bool
		for i := range days {
			days[i] = n>>i&1 == 1
		}
		got, err := parseDays(weekdaysValue(days).Text)
		require.NoError(t, err, weekdaysValue(days).Text)
		assert.Equal(t, days, got, weekdaysValue(days).Text)
	}
	assert.Equal(t, "mon-fri", weekdaysValue([7]bool{true, true, true, true, true, false, false}).Text)
	assert.Equal(t, "mon, wed, fri-sun", weekdaysValue([7]bool{true, false, true, false, true, true, true}).Text)
	assert.Equal(t, "never", weekdaysValue([7]bool{}).Text)
}

// A week is spelled for a working so that two weeks that differ are never spelled
// alike: the memo tells them apart by it.
func TestWeeksAreSpelledApart(t *testing.T) {
	genWeek := rapid.Custom(func(t *rapid.T) (w weekRule) {
		spans := [][]dayWindow{nil, {{32400, 43200}}, {{32400, 43200}, {46800, 64800}}, {{79200, 108000}}, {{0, 86400}}}
		for i := range w {
			w[i] = rapid.SampledFrom(spans).Draw(t, weekdays[i])
		}
		return w
	})
	rapid.Check(t, func(t *rapid.T) {
		a, b := genWeek.Draw(t, "a"), genWeek.Draw(t, "b")
		if rapid.Bool().Draw(t, "near") {
			b = a
			b[rapid.IntRange(0, 6).Draw(t, "day")] = genWeek.Draw(t, "c")[0]
		}
		same := true
		for i := range a {
			same = same && slices.Equal(a[i], b[i])
		}
		require.Equal(t, same, a.value() == b.value(), "%v and %v", a.value(), b.value())
	})
	assert.Equal(t, "never", weekRule{}.value().Text)
}

func TestSourceAt(t *testing.T) {
	s := source{in: "document", pointer: "/hours/service", amended: []amendedPlace{
		{"/hours/service/week", "amendment A1"}, {"/hours/service/agreed/2024-05-10/open", "amendment A2"}, {"/hours/serviceDesk", "amendment A3"},
	}}
	for _, c := range []struct{ why, key, in string }{
		{"what no amendment changed", "/holidays", "document"},
		{"what one changed", "/week", "amendment A1"},
		{"something within what one changed", "/week/mon-fri", "amendment A1"},
		{"something that holds what one changed", "/agreed/2024-05-10", "amendment A2"},
		{"a name that only begins alike", "/weekend", "document"},
	} {
		got := s.at(c.key)
		assert.Equal(t, c.in, got.In, c.why)
		assert.Equal(t, "/hours/service"+c.key, got.At, c.why)
	}
	assert.Equal(t, "given", source{}.at("/week").In, "a value that a program gave")
}

func TestClip(t *testing.T) {
	for _, c := range []struct{ why, text string }{
		{"short stays as it is", "合同"},
		{"long is cut", strings.Repeat("x", 1000)},
		{"not inside a character of three bytes", strings.Repeat("服", 100)},
		{"nor of four", "x" + strings.Repeat("𠀀", 100)},
		{"bytes that are no text are cut anyway", strings.Repeat("\x80", 1000)},
	} {
		got := clip(c.text)
		assert.LessOrEqual(t, len(got), 64, c.why)
		if before, cut := strings.CutSuffix(got, "…"); cut {
			assert.True(t, strings.HasPrefix(c.text, before), c.why)
			assert.Equal(t, utf8.ValidString(c.text), utf8.ValidString(before), c.why)
		} else {
			assert.Equal(t, c.text, got, c.why)
		}
	}
}
