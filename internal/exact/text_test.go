package exact

import (
	"math/big"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func TestParse(t *testing.T) {
	for s, want := range map[string]string{
		"0":                      "0",
		"0.00":                   "0",
		"40":                     "40",
		"-40":                    "-40",
		"0.0005":                 "0.0005",
		"-0.50":                  "-0.5",
		"1234567.89":             "1234567.89",
		"9223372036854775807":    "9223372036854775807",
		"9223372036854775808":    "9223372036854775808",
		"-9223372036854775808":   "-9223372036854775808",
		"18446744073709551616":   "18446744073709551616",
		"922337203685477580.8":   "922337203685477580.8",
		"0.0000000000000000001":  "0.0000000000000000001",
		"0.00000000000000000001": "0.00000000000000000001",
	} {
		got, err := Parse(s, 30)
		require.NoError(t, err, s)
		require.Equal(t, want, got.String(), s)
		checkForm(t, got)
	}
}

func TestParseErrors(t *testing.T) {
	for _, c := range []struct{ why, s, want string }{
		{"nothing", "", `"": unexpected end at 1`},
		{"only a sign", "-", `"-": unexpected end at 2`},
		{"a comma between thousands", "1,000", `"1,000": unexpected "," at 2`},
		{"a decimal comma", "0,5", `"0,5": unexpected "," at 2`},
		{"a plus sign", "+1", `"+1": unexpected "+" at 1, a number above 0 has no sign`},
		{"two signs", "--1", `"--1": unexpected "-" at 2`},
		{"a leading zero", "01", `"01": leading zero at 1`},
		{"a leading zero after the sign", "-007.5", `"-007.5": leading zero at 2`},
		{"nothing before the point", ".5", `".5": unexpected "." at 1, a digit goes before the point`},
		{"nothing after the point", "1.", `"1.": unexpected end at 3, a digit goes after the point`},
		{"two points", "1.2.3", `"1.2.3": unexpected "." at 4`},
		{"two points in a row", "1..3", `"1..3": unexpected "." at 3, a digit goes after the point`},
		{"an exponent", "1e3", `"1e3": unexpected "e" at 2`},
		{"a fraction", "2/3", `"2/3": unexpected "/" at 2`},
		{"a percent sign", "5%", `"5%": unexpected "%" at 2`},
		{"a space in front", " 1", `" 1": unexpected " " at 1`},
		{"a line break behind", "1\n", `"1\n": unexpected "\n" at 2`},
		{"an underscore", "1_000", `"1_000": unexpected "_" at 2`},
		{"digits of another script", "١", `"١": unexpected "١" at 1`},
		{"the minus of a typesetter", "−1", `"−1": unexpected "−" at 1`},
		{"bytes that are not text", "1\xff", `"1\xff": unexpected "\xff" at 2`},
		{"not a number", "NaN", `"NaN": unexpected "N" at 1`},
		{"negative zero", "-0", `"-0": negative zero at 1`},
		{"negative zero with places", "-0.00", `"-0.00": negative zero at 1`},
	} {
		_, err := Parse(c.s, 20)
		require.EqualError(t, err, c.want, c.why)
		require.ErrorIs(t, err, ErrSyntax, c.why)
	}
}

func TestParseLimit(t *testing.T) {
	_, err := Parse("-123.45", 5)
	require.NoError(t, err, "sign and point are not digits")
	_, err = Parse("-123.456", 5)
	require.EqualError(t, err, `"-123.456": 6 digits, at most 5`)
	require.ErrorIs(t, err, ErrLimit)
	_, err = Parse("0.00000", 5)
	require.ErrorIs(t, err, ErrLimit, "zeros are digits")
	_, err = Parse("1", 0)
	require.ErrorIs(t, err, ErrLimit, "no digits allowed is no numbers allowed")

	_, err = Parse(strings.Repeat("9", 10<<20), 64)
	require.ErrorIs(t, err, ErrLimit)
	require.Less(t, len(err.Error()), 200, "the error does not repeat a text of megabytes")
	_, err = Parse(strings.Repeat("é", 1000), 64)
	require.True(t, utf8.ValidString(err.Error()))
	require.NotContains(t, err.Error(), `\x`, "the quote is not cut inside a character")
}

func TestDecimal(t *testing.T) {
	for _, c := range []struct {
		why, x, coef string
		scale        int32
	}{
		{"a whole number has no scale", "40", "40", 0},
		{"zero", "0", "0", 0},
		{"the scale is the least", "1.50", "15", 1},
		{"eighths have three places", "-1/8", "-125", 3},
		{"fives decide", "1/250", "4", 3},
		{"large", "123456789012345678901234567890.5", "1234567890123456789012345678905", 1},
		{"large and whole", "123456789012345678901234567890", "123456789012345678901234567890", 0},
	} {
		coef, scale, ok := num(t, c.x).Decimal()
		require.True(t, ok, c.why)
		require.Equal(t, c.coef, coef.String(), c.why)
		require.Equal(t, c.scale, scale, c.why)
	}
	for _, x := range []string{"1/3", "-7/12", "1/9223372036854775807", "1/340282366920938463463374607431768211457"} {
		_, _, ok := num(t, x).Decimal()
		require.False(t, ok, x)
	}
}

func TestString(t *testing.T) {
	for _, s := range []string{"40", "-40", "0.0005", "-0.05", "2/3", "-2/3", "100", "0.1", "-12.5",
		"123456789012345678901234567890.5", "123456789012345678901234567891/7"} {
		require.Equal(t, s, num(t, s).String())
	}
}

func TestFixed(t *testing.T) {
	for _, c := range []struct {
		why, x string
		places int
		want   string
	}{
		{"cents of a whole amount", "40", 2, "40.00"},
		{"cents of tenths", "40.5", 2, "40.50"},
		{"nothing is rounded", "40.125", 2, "40.125"},
		{"no places", "40", 0, "40"},
		{"negative places are none", "40", -3, "40"},
		{"below one", "-0.5", 2, "-0.50"},
		{"zero", "0", 2, "0.00"},
	} {
		got, ok := num(t, c.x).Fixed(c.places)
		require.True(t, ok, c.why)
		require.Equal(t, c.want, got, c.why)
	}
	_, ok := num(t, "1/3").Fixed(2)
	require.False(t, ok)
	_, ok = New(1).Fixed(MaxPlaces + 1)
	require.False(t, ok)
}

func TestTextRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		coef, scale := rapid.Int64().Draw(t, "coef"), rapid.IntRange(-30, 30).Draw(t, "scale")
		x := FromDecimal(coef, int32(scale))
		got, err := Parse(x.String(), 100)
		if err != nil || got.Cmp(x) != 0 {
			t.Fatalf("Parse(%q) = %v, %v", x.String(), got, err)
		}
		fixed, ok := x.Fixed(rapid.IntRange(0, 40).Draw(t, "places"))
		got, err = Parse(fixed, 100)
		if !ok || err != nil || got.Cmp(x) != 0 {
			t.Fatalf("Parse(%q) = %v, %v", fixed, got, err)
		}
		c, s, ok := x.Decimal()
		if !ok || FromBig(c, -s).Cmp(x) != 0 {
			t.Fatalf("%v is not %v·10^-%d", x, c, s)
		}
		if s > 0 && new(big.Int).Rem(c, big.NewInt(10)).Sign() == 0 {
			t.Fatalf("%v·10^-%d has a smaller scale", c, s)
		}
	})
}

// FuzzParse compares Parse with its grammar as a regular expression and with the
// value that math/big reads.
func FuzzParse(f *testing.F) {
	for _, s := range []string{"", "0", "-0", "1.50", "-0.0", "01", "1e3", "+1", "12345678901234567890.123", "9223372036854775808", "-", "1.", ".1", "−1"} {
		f.Add(s)
	}
	grammar := regexp.MustCompile(`\A-?(0|[1-9][0-9]*)(\.[0-9]+)?\z`)
	f.Fuzz(func(t *testing.T, s string) {
		const most = 40
		x, err := Parse(s, most)
		zero := strings.Trim(s, "0.") == "-"
		digits := len(strings.NewReplacer("-", "", ".", "").Replace(s))
		if want := grammar.MatchString(s) && !zero && digits <= most; want != (err == nil) {
			t.Fatalf("Parse(%q): %v", s, err)
		}
		if err != nil {
			return
		}
		want, _ := new(big.Rat).SetString(s)
		if x.rat().Cmp(want) != 0 {
			t.Fatalf("Parse(%q) = %v", s, x)
		}
		checkForm(t, x)
		if again, err := Parse(x.String(), most); err != nil || again.Cmp(x) != 0 {
			t.Fatalf("Parse(%q) = %v, %v", x.String(), again, err)
		}
	})
}
