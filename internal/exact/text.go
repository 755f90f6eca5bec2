package exact

import (
	"errors"
	"math"
	"math/big"
	"strconv"
	"strings"
	"unicode/utf8"
)

var (
	// ErrSyntax is wrapped by the errors of [Parse] for a text that is not a
	// number in its grammar.
	ErrSyntax = errors.New("not a number")
	// ErrLimit is wrapped by the errors for a text with too many digits and for a
	// rounding to too many places.
	ErrLimit = errors.New("over the limit")
)

// Decimal returns x as coef·10^-scale with the least scale that is not negative.
// It returns false if x is not a finite decimal, as 1/3 is not. The coef is the
// caller's to change.
func (x Num) Decimal() (coef *big.Int, scale int32, ok bool) {
	c, s, ok := x.decimal()
	if !ok || int(int32(s)) != s {
		return nil, 0, false
	}
	return c, int32(s), true
}

func (x Num) decimal() (coef *big.Int, scale int, ok bool) {
	if x.big == nil && x.d == 0 {
		return big.NewInt(x.n), 0, true
	}
	r := x.rat()
	twos := int(r.Denom().TrailingZeroBits())
	odd := new(big.Int).Rsh(r.Denom(), uint(twos))
	fives, ok := log5(odd)
	if !ok {
		return nil, 0, false
	}
	scale = max(twos, fives)
	coef = pow10(scale)
	coef.Quo(coef, r.Denom())
	return coef.Mul(coef, r.Num()), scale, true
}

// log5 returns e if n, which must be above 0, is 5^e.
//
// A power of five has as many bits as no other, so there is one e to try, or two
// for the rounding of 0.43067655… = 1/log2(5). Dividing by five until it fails
// would take time quadratic in the digits.
func log5(n *big.Int) (int, bool) {
	e := int(float64(n.BitLen()-1) * 0.43067655807339306)
	for ; ; e++ {
		p := new(big.Int).Exp(big.NewInt(5), big.NewInt(int64(e)), nil)
		if c := p.Cmp(n); c >= 0 {
			return e, c == 0
		}
	}
}

// String returns x in its one canonical form: "40" for a whole number, "0.0005"
// without trailing zeros for any other finite decimal, and "2/3" in lowest terms
// for the rest, with "-" in front of a number below 0.
func (x Num) String() string {
	if n, ok := x.Int64(); ok {
		return strconv.FormatInt(n, 10)
	}
	if coef, scale, ok := x.decimal(); ok {
		return decimalText(coef, scale)
	}
	return x.rat().String()
}

// Fixed returns x as a decimal with at least places digits after the point, and
// with more where x has them: it never rounds. It returns false if x is not a
// finite decimal or places is above [MaxPlaces]. Negative places are 0.
func (x Num) Fixed(places int) (string, bool) {
	if places > MaxPlaces {
		return "", false
	}
	coef, scale, ok := x.decimal()
	if !ok {
		return "", false
	}
	s := decimalText(coef, scale)
	if places <= scale {
		return s, true
	}
	if scale == 0 {
		s += "."
	}
	return s + strings.Repeat("0", places-scale), true
}

// decimalText returns coef·10^-scale with scale digits after the point.
func decimalText(coef *big.Int, scale int) string {
	digits := coef.Text(10)
	if scale == 0 {
		return digits
	}
	digits, neg := strings.CutPrefix(digits, "-")
	if lead := scale + 1 - len(digits); lead > 0 {
		digits = strings.Repeat("0", lead) + digits
	}
	point := len(digits) - scale
	s := digits[:point] + "." + digits[point:]
	if neg {
		s = "-" + s
	}
	return s
}

// Parse returns the number that s writes as a decimal: an optional "-", digits,
// and optionally a point with more digits after it, all ASCII.
//
// A number has one spelling but for zeros at the end of its fraction, so "+1",
// "01", ".5", "1.", "1e3", "1,000" and "-0" are refused. A text with more than
// maxDigits digits, counted on both sides of the point, is refused before any is
// converted.
//
// The error quotes s and says where it went wrong, counting bytes from 1. It
// wraps [ErrSyntax] or [ErrLimit].
func Parse(s string, maxDigits int) (Num, error) {
	unsigned, neg := strings.CutPrefix(s, "-")
	first := len(s) - len(unsigned)

	end := skipDigits(s, first)
	switch {
	case end == first && end < len(s) && s[end] == '.':
		return Num{}, unexpected(s, end, "a digit goes before the point")
	case end == first && end < len(s) && s[end] == '+':
		return Num{}, unexpected(s, end, "a number above 0 has no sign")
	case end == first:
		return Num{}, unexpected(s, end, "")
	case end-first > 1 && s[first] == '0':
		return Num{}, &textError{ErrSyntax, quote(s) + ": leading zero at " + strconv.Itoa(first+1)}
	}
	whole, fraction := s[first:end], ""
	if end < len(s) && s[end] == '.' {
		start := end + 1
		end = skipDigits(s, start)
		if end == start {
			return Num{}, unexpected(s, end, "a digit goes after the point")
		}
		fraction = s[start:end]
	}
	if end < len(s) {
		return Num{}, unexpected(s, end, "")
	}
	if n := len(whole) + len(fraction); n > maxDigits {
		return Num{}, &textError{ErrLimit, quote(s) + ": " + strconv.Itoa(n) + " digits, at most " + strconv.Itoa(maxDigits)}
	}

	x := digitsNum(whole, fraction)
	if !neg {
		return x, nil
	}
	if x.IsZero() {
		return Num{}, &textError{ErrSyntax, quote(s) + ": negative zero at 1"}
	}
	return x.Neg(), nil
}

// digitsNum returns whole.fraction. Both hold digits only.
func digitsNum(whole, fraction string) Num {
	n, ok := appendDigits(0, whole)
	if ok {
		n, ok = appendDigits(n, fraction)
	}
	if ok && len(fraction) < len(pow10Words) {
		return FromDecimal(n, -int32(len(fraction)))
	}
	coef, _ := new(big.Int).SetString(whole+fraction, 10) // digits only, which cannot fail
	return scaled(coef, -len(fraction))
}

// appendDigits returns n with digits written behind it, and false if that does
// not fit.
func appendDigits(n int64, digits string) (int64, bool) {
	for i := range len(digits) {
		d := int64(digits[i] - '0')
		if n > (math.MaxInt64-d)/10 {
			return 0, false
		}
		n = n*10 + d
	}
	return n, true
}

func skipDigits(s string, i int) int {
	for i < len(s) && '0' <= s[i] && s[i] <= '9' {
		i++
	}
	return i
}

// textError is the error of a text, with the sentinel that it wraps.
type textError struct {
	kind error
	msg  string
}

func (e *textError) Error() string { return e.msg }
func (e *textError) Unwrap() error { return e.kind }

// unexpected returns the error for the character at s[i], or for the end of s.
func unexpected(s string, i int, why string) error {
	what := "end"
	if i < len(s) {
		_, size := utf8.DecodeRuneInString(s[i:])
		what = strconv.Quote(s[i : i+size])
	}
	msg := quote(s) + ": unexpected " + what + " at " + strconv.Itoa(i+1)
	if why != "" {
		msg += ", " + why
	}
	return &textError{ErrSyntax, msg}
}

// quote returns s in quotes, cut short so that the error of a text of a megabyte
// is not a megabyte.
func quote(s string) string {
	const most = 60
	if len(s) <= most {
		return strconv.Quote(s)
	}
	cut := most
	for cut > most-utf8.UTFMax && !utf8.RuneStart(s[cut]) {
		cut--
	}
	return strconv.Quote(s[:cut] + "…")
}
