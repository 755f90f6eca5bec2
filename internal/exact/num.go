// Package exact computes with rational numbers that are never approximate.
//
// An amount, a rate or a share of a period stays a quotient of whole numbers
// through every sum, product and division, and becomes a decimal only where a
// contract says that it is rounded. Between two rounding points the order of the
// operations cannot change the answer: a third of a charge, three times, is the
// charge.
//
// # Representation
//
// A [Num] is two machine words while numerator and denominator fit them, and a
// [big.Rat] once they do not. Products are taken in 128 bits and reduced before
// they are judged too large, so a result goes to math/big only if its lowest
// terms really need it, and comes back as soon as they no longer do. Which of
// the two holds a number is not visible in any answer.
//
// Arithmetic and rounding on numbers that fit words do not allocate when the
// result fits them as well.
//
// # Rounding
//
// A number is rounded by [Num.Round] and [Num.RoundToMultiple] and by nothing
// else; the [Mode] is an argument and has no default.
//
// # Errors
//
// Nothing in this package panics. Errors are not returned for overflow, as there
// is none; they are returned for a division by zero, a text that is not a number
// and a rounding that is not defined. Each wraps one of the exported Err values.
package exact

import (
	"errors"
	"math"
	"math/big"
	"math/bits"
)

// ErrDivideByZero is wrapped by the errors of [Num.Div] and [Frac].
var ErrDivideByZero = errors.New("division by zero")

// Num is an exact rational number, always in lowest terms.
//
// The zero Num is 0. A Num is an immutable value and safe for concurrent use.
// Compare two with [Num.Cmp]: the == operator is false for equal numbers that do
// not fit two words.
type Num struct {
	n   int64
	d   int64    // above 1, or 0 for a whole number, so that == holds for words
	big *big.Rat // set only for a number that does not fit n and d; never written to again
}

// New returns the whole number n.
func New(n int64) Num { return Num{n: n} }

// Frac returns n/d. The error wraps [ErrDivideByZero] if d is 0.
func Frac(n, d int64) (Num, error) { return New(n).Div(New(d)) }

// FromDecimal returns coef·10^exp.
//
// Time and memory grow with the magnitude of exp once the number no longer fits
// words. A caller that takes exp from a text bounds it first.
func FromDecimal(coef int64, exp int32) Num {
	w := New(coef).words()
	switch {
	case exp >= 0 && int(exp) < len(pow10Words):
		if hi, lo := bits.Mul64(w.num, pow10Words[exp]); hi == 0 {
			if z, ok := (words{w.neg, lo, 1}).fit(); ok {
				return z
			}
		}
	case exp < 0 && exp > -int32(len(pow10Words)):
		p := pow10Words[-exp]
		g := gcd(w.num, p)
		if z, ok := (words{w.neg, w.num / g, p / g}).fit(); ok {
			return z
		}
	}
	return scaled(big.NewInt(coef), int(exp))
}

// FromBig returns coef·10^exp. It copies coef; a nil coef is 0. The magnitude of
// exp costs what it costs in [FromDecimal].
func FromBig(coef *big.Int, exp int32) Num {
	if coef == nil {
		return Num{}
	}
	return scaled(coef, int(exp))
}

// FromRat returns r. It copies r; a nil r is 0.
func FromRat(r *big.Rat) Num {
	if r == nil {
		return Num{}
	}
	return settle(new(big.Rat).Set(r))
}

// scaled returns coef·10^exp, leaving coef as it is.
func scaled(coef *big.Int, exp int) Num {
	if coef.Sign() == 0 {
		return Num{} // whatever exp is, so that 0 is never expensive
	}
	if exp >= 0 {
		return settle(new(big.Rat).SetInt(new(big.Int).Mul(coef, pow10(exp))))
	}
	return settle(new(big.Rat).SetFrac(coef, pow10(-exp)))
}

// settle returns r, in words if it fits them. It takes r over.
func settle(r *big.Rat) Num {
	if !r.Num().IsInt64() || !r.Denom().IsInt64() {
		return Num{big: r}
	}
	d := r.Denom().Int64()
	if d == 1 {
		d = 0
	}
	return Num{n: r.Num().Int64(), d: d}
}

// Rat returns x as a new [big.Rat], the caller's to change.
func (x Num) Rat() *big.Rat { return new(big.Rat).Set(x.rat()) }

// rat returns x for reading: it may be the one that x shares with its copies.
func (x Num) rat() *big.Rat {
	if x.big != nil {
		return x.big
	}
	if x.d == 0 {
		return new(big.Rat).SetInt64(x.n)
	}
	return new(big.Rat).SetFrac64(x.n, x.d)
}

// Int64 returns x as an int64, and false if x is not a whole number or does not
// fit.
func (x Num) Int64() (int64, bool) {
	if x.big != nil || x.d != 0 {
		return 0, false
	}
	return x.n, true
}

// IsInt reports whether x is a whole number.
func (x Num) IsInt() bool {
	if x.big != nil {
		return x.big.IsInt()
	}
	return x.d == 0
}

// IsZero reports whether x is 0.
func (x Num) IsZero() bool { return x.big == nil && x.n == 0 }

// Sign returns -1, 0 or +1 as x is below, equal to or above 0.
func (x Num) Sign() int {
	switch {
	case x.big != nil:
		return x.big.Sign()
	case x.n < 0:
		return -1
	case x.n > 0:
		return +1
	}
	return 0
}

// words is a number as sign and magnitudes. The magnitudes may be one bit too
// large for a [Num], which spares every operation the special case of -2^63.
type words struct {
	neg      bool
	num, den uint64
}

// words returns x, which must not be big.
func (x Num) words() words {
	w := words{neg: x.n < 0, num: uint64(x.n), den: uint64(x.d)}
	if w.neg {
		w.num = -w.num
	}
	if w.den == 0 {
		w.den = 1
	}
	return w
}

// fit returns w, which must be in lowest terms, and false if a [Num] cannot hold
// it in words.
func (w words) fit() (Num, bool) {
	limit := uint64(math.MaxInt64)
	if w.neg {
		limit++
	}
	if w.num > limit || w.den > math.MaxInt64 {
		return Num{}, false
	}
	z := Num{n: int64(w.num), d: int64(w.den)}
	if w.neg {
		z.n = -z.n // -2^63 is its own negative in two's complement
	}
	if z.d == 1 {
		z.d = 0
	}
	return z, true
}

// gcd returns the greatest common divisor; gcd(a, 0) is a. Stein's algorithm, as
// shifts are several times cheaper than 64-bit divisions.
func gcd(a, b uint64) uint64 {
	if a == 0 || b == 0 {
		return a | b
	}
	if a == 1 || b == 1 {
		return 1
	}
	shift := bits.TrailingZeros64(a | b)
	a >>= bits.TrailingZeros64(a)
	for b != 0 {
		b >>= bits.TrailingZeros64(b)
		if a > b {
			a, b = b, a
		}
		b -= a
	}
	return a << shift
}

// pow10Words holds the powers of ten that fit a word: 10^0 to 10^19.
var pow10Words = func() (p [20]uint64) {
	p[0] = 1
	for i := 1; i < len(p); i++ {
		p[i] = p[i-1] * 10
	}
	return p
}()

// pow10 returns 10^e for e >= 0 as a new number.
func pow10(e int) *big.Int {
	if e < len(pow10Words) {
		return new(big.Int).SetUint64(pow10Words[e])
	}
	return new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(e)), nil)
}
