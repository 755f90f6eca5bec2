package exact

import (
	"math/big"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"
)

// A pair is a number as this package holds it, and as math/big does.
type pair struct {
	num Num
	rat *big.Rat // of the test alone
}

func (p pair) holds() bool { return p.num.rat().Cmp(p.rat) == 0 }

// operation is one of the operations of a chain.
type operation int

const (
	add operation = iota
	sub
	mul
	div
	compare
	negate
	absolute
	round
	multiple
	operationsOfChains
)

var operationNames = [...]string{"Add", "Sub", "Mul", "Div", "Cmp", "Neg", "Abs", "Round", "RoundToMultiple"}

// roundByFloor is rounding by what lies below and above, where roundSlow goes by
// what is nearer to zero and farther.
func roundByFloor(x, unit *big.Rat, mode Mode) *big.Rat {
	q := new(big.Rat).Quo(x, unit)
	rest := new(big.Int)
	below, _ := new(big.Int).DivMod(q.Num(), q.Denom(), rest) // the denominator is above 0, so this is the floor
	if rest.Sign() == 0 {
		return new(big.Rat).Set(x)
	}
	above := new(big.Int).Add(below, big.NewInt(1))
	nearZero, farther := below, above
	if x.Sign() < 0 {
		nearZero, farther = above, below
	}
	chosen := nearZero
	switch nearer := new(big.Int).Add(rest, rest).Cmp(q.Denom()); {
	case mode == Up:
		chosen = farther
	case mode == Down:
	case nearer < 0:
		chosen = below
	case nearer > 0:
		chosen = above
	case mode == HalfUp:
		chosen = farther
	case mode == HalfEven && new(big.Int).Mod(nearZero, big.NewInt(2)).Sign() != 0:
		chosen = farther
	}
	return new(big.Rat).Mul(new(big.Rat).SetInt(chosen), unit)
}

// drawBorder returns a number where words end: numerator or denominator, or both,
// next to 2^63 or 2^64, or a power of ten or two.
func drawBorder(r *rand.Rand) *big.Rat {
	near := func() *big.Int {
		var n *big.Int
		switch r.IntN(4) {
		case 0:
			n = new(big.Int).Exp(big.NewInt(10), big.NewInt(r.Int64N(22)), nil)
		case 1:
			n = new(big.Int).Lsh(big.NewInt(1), uint(r.IntN(66)))
		default:
			n = new(big.Int).Lsh(big.NewInt(1), uint(63+r.IntN(2)))
		}
		n.Add(n, big.NewInt(r.Int64N(5)-2))
		if n.Sign() <= 0 {
			n.SetInt64(1)
		}
		return n
	}
	x := new(big.Rat).SetInt(near())
	if r.IntN(2) == 0 {
		x.SetFrac(x.Num(), near())
	}
	if r.IntN(2) == 0 {
		x.Neg(x)
	}
	return x
}

// partner returns an operand for x: the one that takes the operation to a number
// where words end, or one with the denominator of x, or x itself, or any.
func partner(r *rand.Rand, op operation, x, other pair) pair {
	y := new(big.Rat)
	switch r.IntN(6) {
	case 0, 1:
		to := drawBorder(r)
		switch {
		case op == add:
			y.Sub(to, x.rat)
		case op == sub || op == compare:
			y.Sub(x.rat, to)
		case op == mul && x.rat.Sign() != 0:
			y.Quo(to, x.rat)
		case op == div || op == multiple:
			y.Quo(x.rat, to)
		default:
			y.Set(to)
		}
	case 2:
		y.SetFrac(big.NewInt(drawInt(r)), x.rat.Denom())
	case 3:
		return x
	case 4:
		y.Set(drawRat(r))
	default:
		return other
	}
	return pair{FromRat(y), y}
}

// Results are operands again, so that a number which shares its memory with
// another, or is held otherwise than what FromRat makes, is found by what it does
// next.
func TestChainsAgreeWithMathBig(t *testing.T) {
	n := *operations / 4
	if testing.Short() || raceDetector() {
		n = min(n, 100_000)
	}
	r := rand.New(rand.NewPCG(20140711, 3))
	pool := make([]pair, 24)
	draw := func() pair {
		x := drawRat(r)
		if r.IntN(3) == 0 {
			x = drawBorder(r)
		}
		return pair{FromRat(x), x}
	}
	for i := range pool {
		pool[i] = draw()
	}
	var count [operationsOfChains]struct{ words, big int }
	for i := range n {
		op := operation(i) % operationsOfChains
		x := pool[r.IntN(len(pool))]
		y := partner(r, op, x, pool[r.IntN(len(pool))])
		mode := HalfUp + Mode(r.IntN(5))
		var got Num
		var err error
		want := new(big.Rat)
		switch op {
		case add:
			got = x.num.Add(y.num)
			want.Add(x.rat, y.rat)
		case sub:
			got = x.num.Sub(y.num)
			want.Sub(x.rat, y.rat)
		case mul:
			got = x.num.Mul(y.num)
			want.Mul(x.rat, y.rat)
		case div:
			got, err = x.num.Div(y.num)
			if y.rat.Sign() == 0 {
				require.ErrorIs(t, err, ErrDivideByZero)
				err = nil
			} else {
				want.Quo(x.rat, y.rat)
			}
		case compare:
			got = New(int64(x.num.Cmp(y.num)))
			want.SetInt64(int64(x.rat.Cmp(y.rat)))
		case negate:
			got = x.num.Neg()
			want.Neg(x.rat)
		case absolute:
			got = x.num.Abs()
			want.Abs(x.rat)
		case round:
			places := r.IntN(44) - 22
			unit := new(big.Rat).SetInt(new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(max(places, -places))), nil))
			if places > 0 {
				unit.Inv(unit)
			}
			got, err = x.num.Round(places, mode)
			want = roundByFloor(x.rat, unit, mode)
		case multiple:
			got, err = x.num.RoundToMultiple(y.num, mode)
			if y.rat.Sign() <= 0 {
				require.ErrorIs(t, err, ErrUnit)
				err = nil
			} else {
				want = roundByFloor(x.rat, y.rat, mode)
			}
		}
		z := pair{got, want}
		checkForm(t, got)
		if err != nil || !z.holds() || got.Sign() != want.Sign() || got.IsInt() != want.IsInt() || got.IsZero() != (want.Sign() == 0) {
			t.Fatalf("operation %d: %v %s %v (%v) = %v, %v, want %v", i, x.rat, operationNames[op], y.rat, mode, got, err, want)
		}
		if !x.holds() || !y.holds() {
			t.Fatalf("operation %d: %v %s %v (%v) left %v and %v", i, x.rat, operationNames[op], y.rat, mode, x.num, y.num)
		}
		if got.big == nil {
			count[op].words++
		} else {
			count[op].big++
		}
		switch at := r.IntN(len(pool)); {
		case want.Num().BitLen()+want.Denom().BitLen() > 300, r.IntN(4) == 0:
			pool[at] = draw() // or soon all of them would be long
		case op != compare:
			pool[at] = z
		}
	}
	for op, c := range count {
		require.Greater(t, c.words, n/100, operationNames[op])
		if operation(op) != compare {
			require.Greater(t, c.big, n/100, "%s beyond words", operationNames[op])
		}
	}
	for _, p := range pool {
		require.True(t, p.holds())
	}
}
