package main

import (
	"regexp"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func TestInstants(t *testing.T) {
	for _, c := range []struct {
		why, text string
		ok        bool
	}{
		{"as records have it", "2024-03-01T09:00:00+08:00", true},
		{"in UTC", "2024-03-01T01:00:00Z", true},
		{"a fraction", "2024-03-01T09:00:00.25+08:00", true},
		{"digits after the ninth are cut off", "2024-03-01T09:00:00.1234567899+08:00", true},
		{"29 February of a leap year", "2024-02-29T09:00:00+08:00", true},
		{"29 February of another year", "2023-02-29T09:00:00+08:00", false},
		{"1900 was no leap year", "1900-02-29T09:00:00Z", false},
		{"2000 was", "2000-02-29T09:00:00Z", true},
		{"31 April", "2024-04-31T09:00:00Z", false},
		{"month 13", "2024-13-01T09:00:00Z", false},
		{"month 0", "2024-00-01T09:00:00Z", false},
		{"day 0", "2024-01-00T09:00:00Z", false},
		{"hour 24", "2024-01-01T24:00:00Z", false},
		{"a leap second, which no clock here shows", "2016-12-31T23:59:60Z", false},
		{"no offset", "2024-03-01T09:00:00", false},
		{"a blank for T", "2024-03-01 09:00:00Z", false},
		{"t, which RFC 3339 allows and Go does not", "2024-03-01t09:00:00Z", false},
		{"one digit for the hour, which time.Parse takes", "2024-03-01T9:00:00+08:00", false},
		{"a comma before the fraction, which time.Parse takes", "2024-03-01T09:00:00,5+08:00", false},
		{"a point without a fraction", "2024-03-01T09:00:00.+08:00", false},
		{"an offset of 24 hours, which time.Parse takes", "2024-03-01T09:00:00+24:00", false},
		{"an offset of 60 minutes", "2024-03-01T09:00:00+08:60", false},
		{"an offset without a colon", "2024-03-01T09:00:00+0800", false},
		{"the year 0", "0000-01-01T00:00:00Z", true},
		{"the last second of the last year", "9999-12-31T23:59:59Z", true},
		{"five digits of a year", "12024-03-01T09:00:00Z", false},
		{"a digit of another script", "٢024-03-01T09:00:00Z", false},
		{"a sign within the year", "+024-03-01T09:00:00Z", false},
		{"something after the end", "2024-03-01T09:00:00Z ", false},
		{"nothing", "", false},
	} {
		t.Run(c.why, func(t *testing.T) {
			sameInstant(t, c.text)
			_, ok := parseInstant(c.text)
			assert.Equal(t, c.ok, ok)
		})
	}
}

// rfc3339 is the form of RFC 3339, section 5.6, with capital letters. Which days and
// seconds there are is time.Parse's to say.
var rfc3339 = regexp.MustCompile(`^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]+)?(Z|[+-]([01][0-9]|2[0-3]):[0-5][0-9])$`)

// sameInstant holds both readers of instants to the standard library, and to the form.
func sameInstant(t require.TestingT, text string) {
	want, err := time.Parse(time.RFC3339, text)
	for name, parse := range map[string]func([]byte) (time.Time, bool){"by hand": parseInstant[[]byte], "by time.Parse": parsePlain} {
		got, ok := parse([]byte(text))
		require.Equal(t, err == nil && rfc3339.MatchString(text), ok, "%s: %q: %v", name, text, err)
		require.True(t, !ok || want.Equal(got), "%s: %q: got %v, want %v", name, text, got, want)
	}
}

// Texts that are nearly right, and right ones at the edges.
func TestInstantsAsTheStandardLibrary(t *testing.T) {
	two := rapid.OneOf(rapid.StringMatching(`[0-9]{2}`), rapid.SampledFrom([]string{"00", "01", "02", "12", "13", "23", "24", "28", "29", "30", "31", "32", "59", "60", "9", "1x"}))
	rapid.Check(t, func(t *rapid.T) {
		year := rapid.OneOf(rapid.StringMatching(`[0-9]{4}`), rapid.SampledFrom([]string{"0000", "0004", "1600", "1900", "1970", "2000", "2024", "2100", "9999"})).Draw(t, "year")
		d := func(name string) string { return two.Draw(t, name) }
		text := year + "-" + d("month") + "-" + d("day") + "T" + d("hour") + ":" + d("minute") + ":" + d("second") +
			rapid.SampledFrom([]string{"", "", ".", ".5", ".000000001", ".9999999999", ",5", ".5x"}).Draw(t, "fraction") +
			rapid.SampledFrom([]string{"Z", "+08:00", "-" + d("h") + ":" + d("m"), "+" + d("h") + ":" + d("m"), "", "+0800"}).Draw(t, "offset")
		sameInstant(t, text)
	})
}

func FuzzInstant(f *testing.F) {
	for _, s := range []string{"2024-03-01T09:00:00+08:00", "2024-02-29T23:59:59.999999999Z", "0000-01-01T00:00:00-23:59", "2024-03-01T09:00:00,5Z", "2024-03-01T9:00:00Z"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) { sameInstant(t, s) })
}

func FuzzAppendInstant(f *testing.F) {
	for _, s := range []int64{0, -1, 951782400, 1709164799, 1730000000, year10000 - 1, year10000, -62135596800} {
		f.Add(s, int64(0), 28800)
		f.Add(s, int64(250_000_000), -3600)
	}
	f.Fuzz(func(t *testing.T, seconds, nanos int64, offset int) {
		at := time.Unix(seconds%(2*year10000), nanos%1e9)
		for _, zone := range []*time.Location{time.UTC, time.FixedZone("", offset%(24*3600)), shanghai, london} {
			want := at.In(zone).Format(time.RFC3339Nano)
			require.Equal(t, want, string(appendInstant(nil, at, zone)))
		}
	})
}

var shanghai, london = mustLoad("Asia/Shanghai"), mustLoad("Europe/London")

func mustLoad(name string) *time.Location {
	zone, err := time.LoadLocation(name)
	if err != nil {
		panic(err)
	}
	return zone
}

// Every day of 800 years, there and back.
func TestDaysThereAndBack(t *testing.T) {
	var out []byte
	for at, end := time.Date(1900, 1, 1, 12, 34, 56, 0, time.UTC), time.Date(2700, 1, 1, 0, 0, 0, 0, time.UTC); at.Before(end); at = at.AddDate(0, 0, 1) {
		out = appendInstant(out[:0], at, time.UTC)
		got, ok := parseInstant(string(out))
		if !ok || !got.Equal(at) {
			require.FailNow(t, "not there and back", "%v: %s, %v", at, out, got)
		}
	}
}
