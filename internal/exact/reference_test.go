package exact

import (
	"flag"
	"math"
	"math/big"
	"math/rand/v2"
	"runtime/debug"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
)

var operations = flag.Int("operations", 1_000_000, "random operations compared with math/big")

// edges are the magnitudes where words overflow, where a product of two of them
// does, and where decimals change their digits.
var edges = func() []int64 {
	e := []int64{0, 1, 2, 3, 5, 7, 10, 1 << 31, 1 << 32, 3037000499, 3037000500, 1 << 61, 1 << 62, math.MaxInt64}
	for p := int64(10); ; p *= 10 {
		e = append(e, p, p/2)
		if p == 1e18 {
			break
		}
	}
	// Primes share no factor with anything, so nothing reduces.
	return append(e, 65537, 2147483647, 4294967291, 1000000007, 999999999989, 9223372036854775783)
}()

// drawInt returns an integer on or next to an edge, or a small one, or any.
func drawInt(r *rand.Rand) int64 {
	var n int64
	switch r.IntN(8) {
	case 0:
		n = r.Int64()
	case 1, 2:
		n = r.Int64N(200)
	default:
		n = edges[r.IntN(len(edges))] + r.Int64N(5) - 2
	}
	if r.IntN(2) == 0 {
		n = -n
	}
	if r.IntN(50) == 0 {
		n = math.MinInt64 + r.Int64N(2)
	}
	return n
}

// drawRat returns a number of words, a tie or near tie at some decimal place, or
// one too large for words.
func drawRat(r *rand.Rand) *big.Rat {
	d := drawInt(r)
	if d == 0 || r.IntN(4) == 0 {
		d = 1
	}
	x := big.NewRat(drawInt(r), d)
	switch r.IntN(12) {
	case 0: // a tie, or just beside it
		p := new(big.Rat).SetFrac(big.NewInt(2*(drawInt(r)%1_000_000)+1), pow10(1+r.IntN(12)))
		x = p.Mul(p, big.NewRat(5, 1))
		if r.IntN(3) == 0 {
			x.Add(x, big.NewRat(r.Int64N(3)-1, 1e17))
		}
	case 1:
		x.Mul(x, big.NewRat(drawInt(r), max(1, r.Int64())))
	}
	return x
}

// roundSlow is rounding as its definition reads: the two neighbours, the middle
// between them, and the name of the mode.
func roundSlow(x *big.Rat, unit *big.Rat, mode Mode) *big.Rat {
	q := new(big.Rat).Quo(x, unit)
	near := new(big.Int).Quo(q.Num(), q.Denom()) // truncates, so the neighbour nearer to zero
	if q.IsInt() {
		return new(big.Rat).Set(x)
	}
	far := new(big.Int).Add(near, big.NewInt(int64(q.Sign())))
	middle := new(big.Rat).SetFrac(new(big.Int).Add(near, far), big.NewInt(2))
	beyond := new(big.Rat).Abs(q).Cmp(new(big.Rat).Abs(middle))

	chosen := near
	switch {
	case mode == Up, beyond > 0 && mode != Down:
		chosen = far
	case beyond == 0 && mode == HalfUp:
		chosen = far
	case beyond == 0 && mode == HalfEven && near.Bit(0) == 1:
		chosen = far
	}
	return new(big.Rat).Mul(new(big.Rat).SetInt(chosen), unit)
}

func unitOf(places int) *big.Rat {
	if places < 0 {
		return new(big.Rat).SetInt(pow10(-places))
	}
	return new(big.Rat).SetFrac(big.NewInt(1), pow10(places))
}

// checkForm fails unless x is held in its one canonical form.
func checkForm(t *testing.T, x Num) {
	t.Helper()
	if x.big != nil {
		if x.n != 0 || x.d != 0 || x.big.Num().IsInt64() && x.big.Denom().IsInt64() {
			t.Fatalf("%v fits words and is held in math/big", x)
		}
		return
	}
	if x.d < 0 || x.d == 1 {
		t.Fatalf("%d/%d has a denominator that is not canonical", x.n, x.d)
	}
	if w := x.words(); gcd(w.num, w.den) != 1 {
		t.Fatalf("%d/%d is not in lowest terms", x.n, x.d)
	}
}

// raceDetector reports whether the test runs under -race, which has nothing to
// find in one goroutine and takes ten times as long.
func raceDetector() bool {
	info, ok := debug.ReadBuildInfo()
	return ok && slices.Contains(info.Settings, debug.BuildSetting{Key: "-race", Value: "true"})
}

func TestAgreesWithMathBig(t *testing.T) {
	n := *operations
	if testing.Short() || raceDetector() {
		n = min(n, 200_000)
	}
	r := rand.New(rand.NewPCG(20140711, 1))
	var wordResults, bigResults int
	for i := 0; i < n; {
		x, y := drawRat(r), drawRat(r)
		if r.IntN(20) == 0 {
			y.Add(x, big.NewRat(r.Int64N(3)-1, max(1, drawInt(r))))
		}
		a, b := FromRat(x), FromRat(y)
		check := func(op string, got Num, want *big.Rat) {
			i++
			checkForm(t, got)
			if got.big == nil {
				wordResults++
			} else {
				bigResults++
			}
			if got.rat().Cmp(want) != 0 {
				t.Fatalf("operation %d: %v (%s) %v = %v, want %v", i, x, op, y, got, want)
			}
		}
		check("+", a.Add(b), new(big.Rat).Add(x, y))
		check("-", a.Sub(b), new(big.Rat).Sub(x, y))
		check("*", a.Mul(b), new(big.Rat).Mul(x, y))
		if q, err := a.Div(b); y.Sign() != 0 {
			require.NoError(t, err)
			check("/", q, new(big.Rat).Quo(x, y))
		} else {
			require.ErrorIs(t, err, ErrDivideByZero)
		}
		if got, want := a.Cmp(b), x.Cmp(y); got != want {
			t.Fatalf("%v Cmp %v = %d, want %d", x, y, got, want)
		}
		i++

		places, mode := r.IntN(44)-22, HalfUp+Mode(r.IntN(5))
		got, err := a.Round(places, mode)
		require.NoError(t, err)
		check("to places, "+modeNames[mode], got, roundSlow(x, unitOf(places), mode))
		if unit := new(big.Rat).Abs(y); unit.Sign() != 0 && r.IntN(4) == 0 {
			got, err := a.RoundToMultiple(FromRat(unit), mode)
			require.NoError(t, err)
			check("to a multiple, "+modeNames[mode], got, roundSlow(x, unit, mode))
		}
	}
	// A draw that always overflows, or never does, tests half of the code.
	require.Greater(t, wordResults, n/5)
	require.Greater(t, bigResults, n/5)
}

func TestGCD(t *testing.T) {
	r := rand.New(rand.NewPCG(20140711, 2))
	for range 20_000 {
		a, b := uint64(drawInt(r)), uint64(drawInt(r))
		want := new(big.Int).GCD(nil, nil, new(big.Int).SetUint64(a), new(big.Int).SetUint64(b))
		require.Equal(t, want.Uint64(), gcd(a, b), "gcd(%d, %d)", a, b)
	}
}

func TestLog5(t *testing.T) {
	p := big.NewInt(1)
	for e := range 4000 {
		got, ok := log5(p)
		require.True(t, ok, "5^%d", e)
		require.Equal(t, e, got)
		if e > 0 {
			_, ok = log5(new(big.Int).Add(p, big.NewInt(2)))
			require.False(t, ok, "5^%d + 2", e)
		}
		p.Mul(p, big.NewInt(5))
	}
}
