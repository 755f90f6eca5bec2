package exact

import (
	"cmp"
	"fmt"
	"math/big"
	"math/bits"
)

// Add returns x + y.
func (x Num) Add(y Num) Num {
	if x.big == nil && y.big == nil {
		if z, ok := sum(x.words(), y.words()); ok {
			return z
		}
	}
	return settle(new(big.Rat).Add(x.rat(), y.rat()))
}

// Sub returns x - y.
func (x Num) Sub(y Num) Num {
	if x.big == nil && y.big == nil {
		w := y.words()
		w.neg = !w.neg
		if z, ok := sum(x.words(), w); ok {
			return z
		}
	}
	return settle(new(big.Rat).Sub(x.rat(), y.rat()))
}

// Mul returns x · y.
func (x Num) Mul(y Num) Num {
	if x.big == nil && y.big == nil {
		if z, ok := product(x.words(), y.words()); ok {
			return z
		}
	}
	return settle(new(big.Rat).Mul(x.rat(), y.rat()))
}

// Div returns x / y. The error wraps [ErrDivideByZero] if y is 0.
func (x Num) Div(y Num) (Num, error) {
	if y.IsZero() {
		return Num{}, fmt.Errorf("%v / 0: %w", x, ErrDivideByZero)
	}
	if x.big == nil && y.big == nil {
		w := y.words()
		w.num, w.den = w.den, w.num
		if z, ok := product(x.words(), w); ok {
			return z, nil
		}
	}
	return settle(new(big.Rat).Quo(x.rat(), y.rat())), nil
}

// Neg returns -x.
func (x Num) Neg() Num { return Num{}.Sub(x) }

// Abs returns x without its sign.
func (x Num) Abs() Num {
	if x.Sign() < 0 {
		return x.Neg()
	}
	return x
}

// Cmp returns -1, 0 or +1 as x is below, equal to or above y.
func (x Num) Cmp(y Num) int {
	if x.big != nil || y.big != nil {
		return x.rat().Cmp(y.rat())
	}
	if c := cmp.Compare(x.Sign(), y.Sign()); c != 0 {
		return c
	}
	a, b := x.words(), y.words()
	ahi, alo := bits.Mul64(a.num, b.den)
	bhi, blo := bits.Mul64(b.num, a.den)
	c := cmp.Compare(ahi, bhi)
	if c == 0 {
		c = cmp.Compare(alo, blo)
	}
	if a.neg {
		return -c
	}
	return c
}

// sum returns x + y, and false if it does not fit words.
//
// The steps are those of Knuth, The Art of Computer Programming, vol. 2, 4.5.1:
// dividing by the gcd of the denominators first keeps every intermediate within
// 127 bits, so false is the answer only for a sum that truly needs more.
func sum(x, y words) (Num, bool) {
	g := gcd(x.den, y.den)
	xhi, xlo := bits.Mul64(x.num, y.den/g)
	yhi, ylo := bits.Mul64(y.num, x.den/g)

	var hi, lo, carry uint64
	neg := x.neg
	switch {
	case x.neg == y.neg:
		lo, carry = bits.Add64(xlo, ylo, 0)
		hi, _ = bits.Add64(xhi, yhi, carry)
	case xhi > yhi || xhi == yhi && xlo >= ylo:
		lo, carry = bits.Sub64(xlo, ylo, 0)
		hi, _ = bits.Sub64(xhi, yhi, carry)
	default:
		neg = y.neg
		lo, carry = bits.Sub64(ylo, xlo, 0)
		hi, _ = bits.Sub64(yhi, xhi, carry)
	}
	if hi|lo == 0 {
		return Num{}, true
	}

	h := gcd(g, bits.Rem64(hi, lo, g))
	if hi >= h {
		return Num{}, false // the quotient below would not fit, and Div64 would panic
	}
	num, _ := bits.Div64(hi, lo, h)
	over, den := bits.Mul64(x.den/g, y.den/h)
	if over != 0 {
		return Num{}, false
	}
	return words{neg, num, den}.fit()
}

// product returns x · y, and false if it does not fit words. Neither denominator
// may be 0.
//
// Both factors are in lowest terms, so what they have in common is across, and
// once that is divided out the product is in lowest terms too.
func product(x, y words) (Num, bool) {
	g, h := gcd(x.num, y.den), gcd(y.num, x.den)
	nhi, num := bits.Mul64(x.num/g, y.num/h)
	dhi, den := bits.Mul64(x.den/h, y.den/g)
	if nhi|dhi != 0 {
		return Num{}, false
	}
	return words{x.neg != y.neg, num, den}.fit()
}
