package exact

import (
	"math"
	"math/big"
	"sync"
	"testing"
	"unsafe"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// num returns the number that s writes, "a/b" included.
func num(t testing.TB, s string) Num {
	t.Helper()
	r, ok := new(big.Rat).SetString(s)
	require.True(t, ok, "not a number: %q", s)
	return FromRat(r)
}

func TestZeroNum(t *testing.T) {
	var zero Num
	require.Equal(t, New(0), zero)
	require.Equal(t, "0", zero.String())
	require.True(t, zero.IsZero())
	require.True(t, zero.IsInt())
	require.Equal(t, 0, zero.Sign())
	require.Equal(t, New(7), zero.Add(New(7)))
	require.Equal(t, zero, zero.Mul(New(7)))
	require.Equal(t, zero, zero.Neg())
	_, err := New(1).Div(zero)
	require.ErrorIs(t, err, ErrDivideByZero)
	require.EqualError(t, err, "1 / 0: division by zero")
	require.True(t, new(big.Rat).Cmp(zero.Rat()) == 0)
}

func TestSizeOfNum(t *testing.T) {
	require.EqualValues(t, 24, unsafe.Sizeof(Num{}))
}

func TestConstructors(t *testing.T) {
	frac := func(n, d int64) Num {
		x, err := Frac(n, d)
		require.NoError(t, err)
		return x
	}
	huge := new(big.Int).Lsh(big.NewInt(1), 100)
	for _, c := range []struct {
		why  string
		got  Num
		want string
	}{
		{"a fraction is reduced", frac(6, 4), "1.5"},
		{"the sign moves to the numerator", frac(1, -3), "-1/3"},
		{"two signs cancel", frac(-1, -3), "1/3"},
		{"nothing over anything is zero", frac(0, -5), "0"},
		{"the smallest word over itself", frac(math.MinInt64, math.MinInt64), "1"},
		{"the smallest word over -1 has no word", frac(math.MinInt64, -1), "9223372036854775808"},
		{"the smallest word below the bar", frac(1, math.MinInt64), "-0." + smallestWordInverse},
		{"a whole percentage", FromDecimal(5, -2), "0.05"},
		{"zeros at the end of a coefficient", FromDecimal(500, -2), "5"},
		{"a positive exponent", FromDecimal(-12, 3), "-12000"},
		{"the largest exponent of a word", FromDecimal(1, 18), "1000000000000000000"},
		{"one more than fits a word", FromDecimal(1, 19), "10000000000000000000"},
		{"a product that fits 64 bits and no sign", FromDecimal(93, 17), "9300000000000000000"},
		{"one over the largest power of a word", FromDecimal(1, -19), "0.0000000000000000001"},
		{"a denominator that only reduces to a word", FromDecimal(4, -19), "0.0000000000000000004"},
		{"beyond the table of powers", FromDecimal(3, -21), "0.000000000000000000003"},
		{"zero is never expensive", FromDecimal(0, math.MaxInt32), "0"},
		{"zero is never expensive, downwards", FromDecimal(0, math.MinInt32), "0"},
		{"a large coefficient", FromBig(huge, 0), huge.String()},
		{"a large coefficient that comes back to words", quotient(t, FromBig(new(big.Int).Mul(huge, pow10(40)), -40), FromBig(huge, 0)), "1"},
		{"no coefficient", FromBig(nil, 3), "0"},
		{"no rational", FromRat(nil), "0"},
		{"a rational", FromRat(big.NewRat(-4, 6)), "-2/3"},
	} {
		checkForm(t, c.got)
		require.Equal(t, c.want, c.got.String(), c.why)
	}
	_, err := Frac(3, 0)
	require.ErrorIs(t, err, ErrDivideByZero)
}

const smallestWordInverse = "000000000000000000108420217248550443400745280086994171142578125"

// quotient divides by a number known not to be zero.
func quotient(t testing.TB, x, y Num) Num {
	t.Helper()
	q, err := x.Div(y)
	require.NoError(t, err)
	return q
}

func TestArgumentsAreCopied(t *testing.T) {
	coef := new(big.Int).Lsh(big.NewInt(1), 80)
	r := new(big.Rat).SetFrac(coef, big.NewInt(3))
	fromBig, fromRat := FromBig(coef, 0), FromRat(r)
	was, wasRat := fromBig.String(), fromRat.String()
	coef.SetInt64(1)
	r.SetInt64(1)
	fromBig.Rat().SetInt64(1)
	c, _, _ := fromBig.Decimal()
	c.SetInt64(1)
	require.Equal(t, was, fromBig.String())
	require.Equal(t, wasRat, fromRat.String())
}

func TestOneNumManyReaders(t *testing.T) {
	x := num(t, "340282366920938463463374607431768211457/7")
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for range 200 {
				_ = x.Add(x).Sub(x).Mul(x).Neg().String()
				_, _ = x.Round(2, HalfEven)
				_ = x.Cmp(x)
			}
		})
	}
	wg.Wait()
}

func TestInt64(t *testing.T) {
	for s, want := range map[string]bool{"0": true, "-5": true, "1/2": false,
		"9223372036854775807": true, "9223372036854775808": false, "-9223372036854775808": true, "-9223372036854775809": false} {
		n, ok := num(t, s).Int64()
		require.Equal(t, want, ok, s)
		if ok {
			require.Equal(t, New(n), num(t, s))
		}
	}
	require.True(t, num(t, "9223372036854775808").IsInt())
	require.False(t, num(t, "9223372036854775808/9223372036854775807").IsInt())
}

func TestAllocations(t *testing.T) {
	third, _ := Frac(1, 3)
	rate := FromDecimal(-125, -4)
	amount := FromDecimal(123456789, -2)
	wide, _ := Frac(math.MaxInt64, math.MaxInt64-1)
	smallest := New(math.MinInt64)
	var sink Num
	var err error
	for name, f := range map[string]func(){
		"Add":                    func() { sink = amount.Add(third) },
		"Add of whole numbers":   func() { sink = New(40).Add(New(2)) },
		"Add through 128 bits":   func() { sink = wide.Add(wide.Neg()) },
		"Sub":                    func() { sink = amount.Sub(third) },
		"Sub of the smallest":    func() { sink = New(-1).Sub(smallest) },
		"Sub to the smallest":    func() { sink = New(math.MinInt64 + 1).Sub(New(1)) },
		"Mul":                    func() { sink = amount.Mul(rate) },
		"Mul through reduction":  func() { sink = wide.Mul(New(math.MaxInt64 - 1)) },
		"Div":                    func() { sink, err = amount.Div(rate) },
		"Div by the smallest":    func() { sink, err = smallest.Div(smallest) },
		"Neg":                    func() { sink = rate.Neg() },
		"Abs":                    func() { sink = rate.Abs() },
		"Cmp":                    func() { _ = amount.Cmp(rate) },
		"Cmp through 128 bits":   func() { _ = wide.Cmp(New(1)) },
		"Round":                  func() { sink, err = rate.Round(2, HalfEven) },
		"Round to hundreds":      func() { sink, err = amount.Round(-2, HalfUp) },
		"Round a wide fraction":  func() { sink, err = wide.Round(18, Up) },
		"Round what is far away": func() { sink, err = amount.Round(-300, HalfUp) },
		"RoundToMultiple":        func() { sink, err = amount.RoundToMultiple(FromDecimal(5, -2), HalfUp) },
		"FromDecimal":            func() { sink = FromDecimal(5, -2) },
		"Parse":                  func() { sink, err = Parse("-1234567.0125", 20) },
	} {
		require.Zero(t, testing.AllocsPerRun(100, f), name)
		require.NoError(t, err, name)
	}
	_ = sink
}

// genNum draws numbers of words and, through their products, of math/big.
func genNum() *rapid.Generator[Num] {
	word := rapid.OneOf(
		rapid.Int64Range(-1000, 1000),
		rapid.SampledFrom(edges),
		rapid.Custom(func(t *rapid.T) int64 { return -rapid.SampledFrom(edges).Draw(t, "edge") - 1 }),
		rapid.Int64(),
	)
	return rapid.Custom(func(t *rapid.T) Num {
		d := word.Draw(t, "d")
		if d == 0 {
			d = 1
		}
		x, _ := Frac(word.Draw(t, "n"), d)
		if rapid.Bool().Draw(t, "wide") {
			x = x.Mul(New(word.Draw(t, "factor")))
		}
		return x
	})
}

func TestLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		x, y, z := genNum().Draw(t, "x"), genNum().Draw(t, "y"), genNum().Draw(t, "z")
		same := func(law string, a, b Num) {
			if a.Cmp(b) != 0 {
				t.Fatalf("%s: %v and %v", law, a, b)
			}
			if a.big == nil && a != b {
				t.Fatalf("%s: %v is held in two ways", law, a)
			}
		}
		same("x + y - y = x", x.Add(y).Sub(y), x)
		same("x + y = y + x", x.Add(y), y.Add(x))
		same("(x + y) + z = x + (y + z)", x.Add(y).Add(z), x.Add(y.Add(z)))
		same("x · y = y · x", x.Mul(y), y.Mul(x))
		same("(x · y) · z = x · (y · z)", x.Mul(y).Mul(z), x.Mul(y.Mul(z)))
		same("x · (y + z) = x · y + x · z", x.Mul(y.Add(z)), x.Mul(y).Add(x.Mul(z)))
		same("- -x = x", x.Neg().Neg(), x)
		if !y.IsZero() {
			q, err := x.Div(y)
			if err != nil {
				t.Fatal(err)
			}
			same("x / y · y = x", q.Mul(y), x)
		}
		if x.Cmp(y) != -y.Cmp(x) || x.Cmp(y) != x.Sub(y).Sign() {
			t.Fatalf("the order of %v and %v", x, y)
		}
		if x.Abs().Sign() < 0 || x.Abs().Sign() != x.Sign()*x.Sign() {
			t.Fatalf("|%v| = %v", x, x.Abs())
		}
	})
}

func BenchmarkNum(b *testing.B) {
	amount, rate := FromDecimal(123456789, -2), FromDecimal(1725, -5)
	days, _ := Frac(31, 365)
	x, y := FromBig(pow10(30), -7), FromBig(pow10(25), -3)
	var sink Num
	b.Run("Add/words", func(b *testing.B) {
		for b.Loop() {
			sink = amount.Add(days)
		}
	})
	b.Run("Mul/words", func(b *testing.B) {
		for b.Loop() {
			sink = amount.Mul(rate)
		}
	})
	b.Run("Interest/words", func(b *testing.B) { // amount · rate · days/365, to cents
		for b.Loop() {
			sink, _ = amount.Mul(rate).Mul(days).Round(2, HalfEven)
		}
	})
	b.Run("Add/big", func(b *testing.B) {
		for b.Loop() {
			sink = x.Add(y)
		}
	})
	b.Run("Parse", func(b *testing.B) {
		for b.Loop() {
			sink, _ = Parse("1234567.89", 20)
		}
	})
	b.Run("String", func(b *testing.B) {
		for b.Loop() {
			_ = amount.String()
		}
	})
	_ = sink
}
