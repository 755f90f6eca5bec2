package exact

import (
	"cmp"
	"errors"
	"fmt"
	"math/big"
	"math/bits"
)

// Mode says which of the two neighbours a number is rounded to. The zero Mode is
// not a mode, so that a rounding nobody chose is an error.
type Mode uint8

const (
	// HalfUp rounds to the nearest, and a tie away from zero: 2.5 to 3, -2.5 to
	// -3. This is commercial rounding.
	HalfUp Mode = 1 + iota
	// HalfEven rounds to the nearest, and a tie to the even neighbour: 2.5 to 2,
	// 3.5 to 4. This is banker's rounding.
	HalfEven
	// HalfDown rounds to the nearest, and a tie towards zero: 2.5 to 2, -2.5 to
	// -2.
	HalfDown
	// Up rounds away from zero: 2.1 to 3, -2.1 to -3.
	Up
	// Down rounds towards zero: 2.9 to 2, -2.9 to -2. This is truncation.
	Down
)

var modeNames = [...]string{
	HalfUp:   "half up",
	HalfEven: "half even",
	HalfDown: "half down",
	Up:       "up",
	Down:     "down",
}

// IsValid reports whether m is one of the constants.
func (m Mode) IsValid() bool { return HalfUp <= m && m <= Down }

// String returns the name of m, such as "half even".
func (m Mode) String() string {
	if !m.IsValid() {
		return fmt.Sprintf("Mode(%d)", uint8(m))
	}
	return modeNames[m]
}

// MaxPlaces is the largest magnitude of the places of [Num.Round] and
// [Num.Fixed]. It is far beyond any currency or rate, and keeps a mistaken number
// from asking for a power of ten that fills the memory.
const MaxPlaces = 1000

var (
	// ErrMode is wrapped by the error of a rounding with an invalid [Mode].
	ErrMode = errors.New("not a rounding mode")
	// ErrUnit is wrapped by the error of a rounding to a multiple of a unit that
	// is not above 0.
	ErrUnit = errors.New("not a unit to round to")
)

// away reports whether a number that lies between two neighbours goes to the one
// farther from zero. half is where it lies: below (-1), on (0) or above (+1) the
// middle. odd says whether the neighbour nearer to zero is odd.
//
// Every rounding of this package asks here.
func (m Mode) away(half int, odd bool) bool {
	switch m {
	case HalfUp:
		return half >= 0
	case HalfEven:
		return half > 0 || half == 0 && odd
	case HalfDown:
		return half > 0
	case Up:
		return true
	}
	return false
}

// Round returns x with at most places digits after the point. Negative places
// round to tens (-1), hundreds (-2) and so on.
//
// The error wraps [ErrMode] if mode is not valid and [ErrLimit] if places is
// beyond ±[MaxPlaces], whether or not x has anything to round.
func (x Num) Round(places int, mode Mode) (Num, error) {
	if !mode.IsValid() {
		return Num{}, fmt.Errorf("round with %v: %w", mode, ErrMode)
	}
	if places < -MaxPlaces || places > MaxPlaces {
		return Num{}, fmt.Errorf("round to %d places, at most %d: %w", places, MaxPlaces, ErrLimit)
	}
	if places >= 0 && x.IsInt() {
		return x, nil
	}
	if x.big == nil {
		if z, ok := x.words().round(places, mode); ok {
			return z, nil
		}
	}
	return roundBig(x.rat(), places, mode), nil
}

// RoundToMultiple returns x rounded to a multiple of unit, such as 0.05 for a
// currency without smaller coins, or 15 for minutes charged by the quarter hour.
//
// The error wraps [ErrMode] if mode is not valid and [ErrUnit] if unit is not
// above 0.
func (x Num) RoundToMultiple(unit Num, mode Mode) (Num, error) {
	if unit.Sign() <= 0 {
		return Num{}, fmt.Errorf("round to a multiple of %v: %w", unit, ErrUnit)
	}
	q, err := x.Div(unit)
	if err != nil {
		return Num{}, err
	}
	q, err = q.Round(0, mode)
	if err != nil {
		return Num{}, err
	}
	return q.Mul(unit), nil
}

// round returns w rounded, and false if it has to be done in math/big.
func (w words) round(places int, mode Mode) (Num, bool) {
	whole, rest := w.num/w.den, w.num%w.den
	switch {
	case places >= len(pow10Words):
		return Num{}, false
	case places >= 0:
		return w.roundRest(whole, rest, pow10Words[places], mode)
	case -places < len(pow10Words):
		return w.roundWhole(whole, rest, pow10Words[-places], mode)
	}
	// 10^20 and up: the middle is beyond any word, so only Up leaves zero.
	if w.num == 0 || !mode.away(-1, false) {
		return Num{}, true
	}
	return Num{}, false
}

// roundRest rounds whole + rest/den to a multiple of 1/p.
//
// Only the rest is multiplied by p. It is below den, so its quotient fits one
// word however large whole is, and nothing overflows but a result that does not
// fit.
func (w words) roundRest(whole, rest, p uint64, mode Mode) (Num, bool) {
	hi, lo := bits.Mul64(rest, p)
	q, r := bits.Div64(hi, lo, w.den)
	// p is even but for p = 1, where the last digit is that of whole.
	odd := q&1 == 1
	if p == 1 {
		odd = whole&1 == 1
	}
	if r != 0 && mode.away(cmp.Compare(r, w.den-r), odd) {
		q++
	}
	g := gcd(q, p)
	q, p = q/g, p/g
	hi, lo = bits.Mul64(whole, p)
	lo, carry := bits.Add64(lo, q, 0)
	if hi+carry != 0 {
		return Num{}, false
	}
	return words{w.neg, lo, p}.fit()
}

// roundWhole rounds whole + rest/den to a multiple of u, a power of ten above 1.
func (w words) roundWhole(whole, rest, u uint64, mode Mode) (Num, bool) {
	q, r := whole/u, whole%u
	half := cmp.Compare(r, u/2)
	if half == 0 && rest != 0 {
		half = +1
	}
	if (r != 0 || rest != 0) && mode.away(half, q&1 == 1) {
		q++
	}
	hi, lo := bits.Mul64(q, u)
	if hi != 0 {
		return Num{}, false
	}
	return words{w.neg, lo, 1}.fit()
}

// roundBig rounds a number of any size.
func roundBig(x *big.Rat, places int, mode Mode) Num {
	num, den := new(big.Int).Abs(x.Num()), new(big.Int).Set(x.Denom())
	p := pow10(max(places, -places))
	if places >= 0 {
		num.Mul(num, p)
	} else {
		den.Mul(den, p)
	}
	q, r := num.QuoRem(num, den, new(big.Int))
	if r.Sign() != 0 && mode.away(r.Lsh(r, 1).Cmp(den), q.Bit(0) == 1) {
		q.Add(q, big.NewInt(1))
	}
	if x.Sign() < 0 {
		q.Neg(q)
	}
	if places >= 0 {
		return settle(new(big.Rat).SetFrac(q, p))
	}
	return settle(new(big.Rat).SetInt(q.Mul(q, p)))
}
