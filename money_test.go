package contract_test

import (
	"encoding/json"
	"math"
	"math/big"
	"strings"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/cfd16870/contract"
)

func yuan(s string) contract.Money { return contract.MustParseMoney(s + " CNY") }

func TestParseMoney(t *testing.T) {
	nines := strings.Repeat("9", 38)
	for _, c := range []struct {
		why, text, want string // want "": as written
	}{
		{"the digits of the minor unit", "2400.00 CNY", ""},
		{"no fraction is written with the minor unit's digits", "2400 CNY", "2400.00 CNY"},
		{"one digit of two", "0.5 CNY", "0.50 CNY"},
		{"more digits than the minor unit are kept", "0.005 CNY", ""},
		{"zeros beyond the minor unit say nothing", "0.1000 CNY", "0.10 CNY"},
		{"below 0", "-12.30 CNY", ""},
		{"no money", "0 CNY", "0.00 CNY"},
		{"the yen has no minor unit", "1200 JPY", ""},
		{"and part yen are kept", "1200.5 JPY", ""},
		{"the dinar has three digits", "1.5 KWD", "1.500 KWD"},
		{"the unidad de fomento has four", "1 CLF", "1.0000 CLF"},
		{"forty digits, two of them cents", nines + ".99 CNY", ""},
		{"beyond 64 bits", "9223372036854775808.01 CNY", ""},
	} {
		t.Run(c.why, func(t *testing.T) {
			m, err := contract.ParseMoney(c.text)
			require.NoError(t, err)
			want := c.want
			if want == "" {
				want = c.text
			}
			assert.Equal(t, want, m.String())
			back, err := contract.ParseMoney(m.String())
			require.NoError(t, err)
			assert.True(t, m.Equal(back))
		})
	}
}

func TestParseMoneyRefuses(t *testing.T) {
	for _, c := range []struct {
		why, text string
		kind      error
	}{
		{"no currency", "2400.00", contract.ErrSyntax},
		{"an empty currency", "2400.00 ", contract.ErrRequired},
		{"no amount", " CNY", contract.ErrSyntax},
		{"the currency first", "CNY 2400.00", contract.ErrSyntax},
		{"a sign of a currency", "¥2400.00", contract.ErrSyntax},
		{"no space", "2400.00CNY", contract.ErrSyntax},
		{"two spaces", "2400.00  CNY", contract.ErrUnknown},
		{"a no-break space", "2400.00\u00a0CNY", contract.ErrSyntax},
		{"a space in front", " 2400.00 CNY", contract.ErrSyntax},
		{"a space behind", "2400.00 CNY ", contract.ErrUnknown},
		{"small letters", "2400.00 cny", contract.ErrUnknown},
		{"a colloquial code", "2400.00 RMB", contract.ErrUnknown},
		{"a code that is in use no longer", "2400.00 DEM", contract.ErrUnknown},
		{"two codes' neighbouring letters", "1 NYC", contract.ErrUnknown},
		{"letters across two codes of the list", "1 D A", contract.ErrUnknown},
		{"thousands separators", "2,400.00 CNY", contract.ErrSyntax},
		{"a comma for a point", "2400,00 CNY", contract.ErrSyntax},
		{"an exponent", "2.4e3 CNY", contract.ErrSyntax},
		{"a plus", "+2400.00 CNY", contract.ErrSyntax},
		{"a minus behind", "2400.00- CNY", contract.ErrSyntax},
		{"parentheses for a minus", "(2400.00) CNY", contract.ErrSyntax},
		{"no digit before the point", ".50 CNY", contract.ErrSyntax},
		{"no digit after the point", "2400. CNY", contract.ErrSyntax},
		{"a zero in front", "02400.00 CNY", contract.ErrSyntax},
		{"minus nothing", "-0.00 CNY", contract.ErrSyntax},
		{"full-width digits", "２４００ CNY", contract.ErrSyntax},
		{"no number at all", "NaN CNY", contract.ErrSyntax},
		{"infinity", "Inf CNY", contract.ErrSyntax},
		{"forty-one digits", strings.Repeat("9", 41) + " CNY", contract.ErrLimit},
		{"a megabyte of digits", strings.Repeat("9", 1<<20) + " CNY", contract.ErrLimit},
		{"long and malformed is malformed, not too large", strings.Repeat("x", 60) + " CNY", contract.ErrSyntax},
		{"nothing", "", contract.ErrSyntax},
	} {
		t.Run(c.why, func(t *testing.T) {
			m, err := contract.ParseMoney(c.text)
			require.ErrorIs(t, err, c.kind)
			assert.Equal(t, "", m.Currency())
			assert.True(t, m.IsZero())
			assert.Less(t, len(err.Error()), 400)
			assert.Panics(t, func() { contract.MustParseMoney(c.text) })
		})
	}
}

// An amount near the limit of digits is refused as too large, or what it is
// written as is read again.
func TestMoneyAtTheLimitComesBack(t *testing.T) {
	for _, text := range []string{
		strings.Repeat("9", 40) + " CNY",
		"-" + strings.Repeat("9", 40) + " CNY",
		strings.Repeat("9", 39) + ".9 CNY",
		"0." + strings.Repeat("9", 39) + " CNY",
		strings.Repeat("9", 40) + " JPY",
		strings.Repeat("9", 37) + " CLF",
		strings.Repeat("9", 38) + ".99 CNY",
		strings.Repeat("9", 38) + " CNY",
	} {
		m, err := contract.ParseMoney(text)
		if err != nil {
			assert.ErrorIs(t, err, contract.ErrLimit)
			continue
		}
		back, err := contract.ParseMoney(m.String())
		if assert.NoError(t, err, "%v was read from %s", m, text) {
			assert.True(t, m.Equal(back))
		}
	}
}

// Every currency of ISO 4217 that is asked for, by the digits of its minor unit.
func TestCurrencies(t *testing.T) {
	for want, codes := range map[string]string{
		"1":      "JPY KRW VND CLP ISK XAF XOF XPF",
		"1.00":   "CNY USD EUR GBP HKD CHF SGD INR ZAR BRL MXN RUB",
		"1.000":  "BHD IQD JOD KWD LYD OMR TND",
		"1.0000": "CLF UYW",
	} {
		for code := range strings.FieldsSeq(codes) {
			m, err := contract.NewMoney(decimal.New(1, 0), code)
			require.NoError(t, err)
			assert.Equal(t, want+" "+code, m.String())
			assert.Equal(t, code, m.Currency())
		}
	}
	for _, c := range []struct {
		why, code string
		kind      error
	}{
		{"not stated", "", contract.ErrRequired},
		{"small letters", "cny", contract.ErrUnknown},
		{"two letters", "CN", contract.ErrUnknown},
		{"four letters", "CNYX", contract.ErrUnknown},
		{"a space of the list", "   ", contract.ErrUnknown},
		{"the end of one code and the start of the next", "Y C", contract.ErrUnknown},
	} {
		_, err := contract.NewMoney(decimal.New(1, 0), c.code)
		assert.ErrorIs(t, err, c.kind, c.why)
	}
}

func TestNewMoney(t *testing.T) {
	huge, _ := new(big.Int).SetString(strings.Repeat("9", 41), 10)
	for _, c := range []struct {
		why    string
		amount decimal.Decimal
		want   string
		err    error
	}{
		{"as written", decimal.RequireFromString("2400.00"), "2400.00 CNY", nil},
		{"an exponent above 0", decimal.New(24, 2), "2400.00 CNY", nil},
		{"an exponent below 0", decimal.New(24, -4), "0.0024 CNY", nil},
		{"zeros at the end say nothing", decimal.New(240000, -6), "0.24 CNY", nil},
		{"the zero Decimal", decimal.Decimal{}, "0.00 CNY", nil},
		{"nothing, with an exponent", decimal.New(0, 20), "0.00 CNY", nil},
		{"below 0", decimal.New(-5, -1), "-0.50 CNY", nil},
		{"an exponent that would fill memory", decimal.New(1, 1_000_000_000), "", contract.ErrLimit},
		{"an exponent that would fill memory, below 0", decimal.New(1, -1_000_000_000), "", contract.ErrLimit},
		{"the least exponent of all", decimal.New(1, math.MinInt32), "", contract.ErrLimit},
		{"forty-one digits", decimal.NewFromBigInt(huge, 0), "", contract.ErrLimit},
		{"few digits, but as an amount more than are read", decimal.New(1, 40), "", contract.ErrLimit},
	} {
		t.Run(c.why, func(t *testing.T) {
			m, err := contract.NewMoney(c.amount, "CNY")
			if c.err != nil {
				require.ErrorIs(t, err, c.err)
				return
			}
			require.NoError(t, err)
			assert.Equal(t, c.want, m.String())
			assert.True(t, m.Decimal().Equal(c.amount))
			back, err := contract.ParseMoney(m.String())
			require.NoError(t, err)
			assert.True(t, m.Equal(back))
		})
	}
}

// The Decimal that Money was made of, and that it gives, is nobody's window into it.
func TestMoneyIsImmutable(t *testing.T) {
	huge, _ := new(big.Int).SetString(strings.Repeat("9", 30), 10)
	m, err := contract.NewMoney(decimal.NewFromBigInt(huge, -2), "CNY")
	require.NoError(t, err)
	want := m.String()
	huge.SetInt64(7)
	m.Decimal().Coefficient().SetInt64(7)
	m.Neg()
	_, _ = m.Add(yuan("1"))
	_, err = m.Split([]int64{1, 2})
	require.NoError(t, err)
	assert.Equal(t, want, m.String())
}

func TestMoneyArithmetic(t *testing.T) {
	var none contract.Money
	sum, err := yuan("0.10").Add(yuan("0.20"))
	require.NoError(t, err)
	assert.Equal(t, "0.30 CNY", sum.String())
	difference, err := yuan("0.10").Sub(yuan("0.20"))
	require.NoError(t, err)
	assert.Equal(t, "-0.10 CNY", difference.String())
	assert.Equal(t, -1, difference.Sign())
	assert.Equal(t, "0.10 CNY", difference.Neg().String())

	for _, c := range []struct {
		why  string
		a, b contract.Money
		want string
	}{
		{"the zero Money adds to any", none, yuan("5"), "5.00 CNY"},
		{"and any to it", yuan("5"), none, "5.00 CNY"},
		{"the zero Money and itself", none, none, "0"},
		{"an amount of 0 is of its currency", yuan("0"), yuan("5"), "5.00 CNY"},
	} {
		sum, err := c.a.Add(c.b)
		require.NoError(t, err, c.why)
		assert.Equal(t, c.want, sum.String(), c.why)
	}
	less, err := none.Sub(yuan("5"))
	require.NoError(t, err)
	assert.Equal(t, "-5.00 CNY", less.String(), "the zero Money less an amount")

	cmp, err := yuan("5").Compare(yuan("5.00"))
	require.NoError(t, err)
	assert.Zero(t, cmp, "compared as amounts, not as written")
	cmp, err = none.Compare(yuan("-5"))
	require.NoError(t, err)
	assert.Equal(t, 1, cmp)
}

func TestCurrenciesDoNotMix(t *testing.T) {
	dollars := contract.MustParseMoney("5.00 USD")
	for _, c := range []struct {
		why string
		a   contract.Money
		err func(contract.Money) (any, error)
	}{
		{"a sum", yuan("5"), func(m contract.Money) (any, error) { return m.Add(dollars) }},
		{"a difference", yuan("5"), func(m contract.Money) (any, error) { return m.Sub(dollars) }},
		{"a comparison", yuan("5"), func(m contract.Money) (any, error) { return m.Compare(dollars) }},
		{"0 yuan are yuan", yuan("0"), func(m contract.Money) (any, error) { return m.Add(dollars) }},
	} {
		t.Run(c.why, func(t *testing.T) {
			got, err := c.err(c.a)
			require.ErrorIs(t, err, contract.ErrCurrency)
			assert.ErrorContains(t, err, "USD")
			assert.ErrorContains(t, err, "CNY")
			switch v := got.(type) {
			case contract.Money:
				assert.Equal(t, "0", v.String(), "an error comes with no amount")
			case int:
				assert.Zero(t, v)
			}
		})
	}
}

func TestMoneyEqual(t *testing.T) {
	var none contract.Money
	for _, c := range []struct {
		why  string
		a, b contract.Money
		want bool
	}{
		{"one amount in two spellings", yuan("5"), yuan("5.00"), true},
		{"another amount", yuan("5"), yuan("5.01"), false},
		{"the same number in another currency", yuan("5"), contract.MustParseMoney("5 USD"), false},
		{"no money and 0 yuan", none, yuan("0"), true},
		{"0 yuan and no money", yuan("0"), none, true},
		{"no money and some", none, yuan("5"), false},
		{"beyond two words", yuan("92233720368547758080.00"), yuan("92233720368547758080"), true},
	} {
		assert.Equal(t, c.want, c.a.Equal(c.b), c.why)
		assert.Equal(t, c.want, c.b.Equal(c.a), c.why)
	}
}

func TestSplit(t *testing.T) {
	for _, c := range []struct {
		why, amount string
		weights     []int64
		want        []string
	}{
		{"even", "900.00 CNY", []int64{1, 1, 1}, []string{"300.00 CNY", "300.00 CNY", "300.00 CNY"}},
		{"the cent left over goes to the part that lost most, neither the first nor the largest", "100.00 CNY", []int64{2, 4, 1}, // 28.571… 57.142… 14.285…
			[]string{"28.57 CNY", "57.14 CNY", "14.29 CNY"}},
		{"in another order the same part gets it", "100.00 CNY", []int64{1, 2, 4}, []string{"14.29 CNY", "28.57 CNY", "57.14 CNY"}},
		{"two cents left over, and the largest part lost least", "0.10 CNY", []int64{5, 3, 3}, []string{"0.04 CNY", "0.03 CNY", "0.03 CNY"}}, // 4.54… 2.72… 2.72…
		{"unlike parts that lost the same are a tie", "1.00 CNY", []int64{1, 1, 4}, []string{"0.17 CNY", "0.17 CNY", "0.66 CNY"}},            // 16.66… 16.66… 66.66…
		{"a tie goes to the one named first", "0.01 CNY", []int64{1, 1}, []string{"0.01 CNY", "0.00 CNY"}},
		{"a tie of three, two cents left over", "100.01 CNY", []int64{1, 1, 1}, []string{"33.34 CNY", "33.34 CNY", "33.33 CNY"}},
		{"below 0, the mirror", "-100.00 CNY", []int64{2, 4, 1}, []string{"-28.57 CNY", "-57.14 CNY", "-14.29 CNY"}},
		{"a weight of 0 gets nothing, though it is named first", "0.05 CNY", []int64{0, 1, 1}, []string{"0.00 CNY", "0.03 CNY", "0.02 CNY"}},
		{"one part is the whole", "0.07 CNY", []int64{9}, []string{"0.07 CNY"}},
		{"the yen is shared in whole yen", "100 JPY", []int64{1, 1, 1}, []string{"34 JPY", "33 JPY", "33 JPY"}},
		{"the dinar in fils", "1.000 KWD", []int64{1, 1, 1}, []string{"0.334 KWD", "0.333 KWD", "0.333 KWD"}},
		{"an amount finer than a cent in its own last digit", "0.005 CNY", []int64{1, 1}, []string{"0.003 CNY", "0.002 CNY"}},
		{"less than one unit for each", "0.02 CNY", []int64{1, 1, 1, 1, 1}, []string{"0.01 CNY", "0.01 CNY", "0.00 CNY", "0.00 CNY", "0.00 CNY"}},
		{"nothing to share", "0.00 CNY", []int64{1, 2}, []string{"0.00 CNY", "0.00 CNY"}},
		{"the largest weights", "0.03 CNY", []int64{math.MaxInt64, math.MaxInt64}, []string{"0.02 CNY", "0.01 CNY"}},
	} {
		t.Run(c.why, func(t *testing.T) {
			parts, err := contract.MustParseMoney(c.amount).Split(c.weights)
			require.NoError(t, err)
			var got []string
			for _, p := range parts {
				got = append(got, p.String())
			}
			assert.Equal(t, c.want, got)
		})
	}
	for _, c := range []struct {
		why     string
		weights []int64
	}{
		{"weights of 0 would make the money vanish", []int64{0, 0}},
		{"no weights", nil},
		{"a weight below 0", []int64{3, -1}},
		{"weights that add to 0", []int64{1, -1}},
	} {
		t.Run(c.why, func(t *testing.T) {
			parts, err := yuan("100").Split(c.weights)
			assert.ErrorIs(t, err, contract.ErrInvalid)
			assert.Nil(t, parts)
		})
	}
	var none contract.Money
	parts, err := none.Split([]int64{1, 1})
	require.NoError(t, err)
	assert.Equal(t, "0", parts[1].String(), "no money in parts of none")
}

// Parts add up to the whole, none is a unit or more from its exact share, and
// no part that lost less got a unit that one which lost more did not.
func TestSplitLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		unit := rapid.SampledFrom([]string{"CNY", "JPY", "KWD"}).Draw(t, "currency")
		amount := decimal.New(rapid.OneOf(rapid.Int64Range(-20, 20), rapid.Int64()).Draw(t, "coefficient"), rapid.Int32Range(-5, 2).Draw(t, "exponent"))
		m, err := contract.NewMoney(amount, unit)
		require.NoError(t, err)
		weights := rapid.SliceOfN(rapid.OneOf(rapid.Int64Range(0, 3), rapid.Int64Range(0, math.MaxInt64)), 1, 12).Draw(t, "weights")
		total := new(big.Rat)
		for _, w := range weights {
			total.Add(total, new(big.Rat).SetInt64(w))
		}
		parts, err := m.Split(weights)
		if total.Sign() == 0 {
			require.ErrorIs(t, err, contract.ErrInvalid)
			return
		}
		require.NoError(t, err)
		require.Len(t, parts, len(weights))

		digits := map[string]int32{"CNY": 2, "JPY": 0, "KWD": 3}[unit]
		for !amount.Equal(amount.Truncate(digits)) {
			digits++
		}
		step := decimal.New(1, -digits)
		var sum contract.Money
		lost := make([]*big.Rat, len(parts)) // in units: how far below its share a part is
		for i, p := range parts {
			sum, err = sum.Add(p)
			require.NoError(t, err)
			share := new(big.Rat).Mul(amount.Abs().Rat(), new(big.Rat).SetInt64(weights[i]))
			share.Quo(share, total)
			lost[i] = share.Sub(share, p.Decimal().Abs().Rat())
			lost[i].Quo(lost[i], step.Rat())
			require.Negative(t, new(big.Rat).Abs(lost[i]).Cmp(big.NewRat(1, 1)), "part %d, %v, is a unit from its share", i, p)
			require.False(t, p.Sign()*m.Sign() < 0, "a part of the other sign")
		}
		require.True(t, sum.Equal(m), "the parts add up to %v, not %v", sum, m)
		for i := range parts {
			for j := range parts {
				// i was rounded up, j was not: before that i had lost at least as much.
				if lost[i].Sign() < 0 && lost[j].Sign() > 0 {
					before := new(big.Rat).Add(lost[i], big.NewRat(1, 1))
					require.GreaterOrEqual(t, before.Cmp(lost[j]), 0, "part %d got a unit before part %d", i, j)
					if before.Cmp(lost[j]) == 0 {
						require.Less(t, i, j, "a tie goes to the one named first")
					}
				}
			}
		}
	})
}

func TestMoneyJSON(t *testing.T) {
	data, err := json.Marshal(map[string]contract.Money{"fee": yuan("2400"), "cap": contract.MustParseMoney("1200 JPY")})
	require.NoError(t, err)
	assert.JSONEq(t, `{"fee":"2400.00 CNY","cap":"1200 JPY"}`, string(data))
	var back map[string]contract.Money
	require.NoError(t, json.Unmarshal(data, &back))
	assert.True(t, back["fee"].Equal(yuan("2400")))
	assert.Error(t, json.Unmarshal([]byte(`{"fee":2400}`), &back), "a JSON number is no money: it has no currency and may be a float")
	kept := yuan("5")
	assert.Error(t, kept.UnmarshalText([]byte("6")))
	assert.True(t, kept.Equal(yuan("5")), "what cannot be read changes nothing")
}

// FuzzParseMoney holds the law that what is written can be read again, and is
// then the same amount and the same text.
func FuzzParseMoney(f *testing.F) {
	for _, s := range []string{"2400.00 CNY", "-0.005 CNY", "1200 JPY", "1 CLF", "2,400 CNY", "-0 CNY", "9223372036854775808 CNY", ".5 CNY", " CNY", ""} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		m, err := contract.ParseMoney(s)
		if err != nil {
			if !m.IsZero() || m.Currency() != "" {
				t.Errorf("%q: %v beside the error %v", s, m, err)
			}
			return
		}
		back, err := contract.ParseMoney(m.String())
		if err != nil {
			t.Fatalf("%q is %v, which is not read again: %v", s, m, err)
		}
		if !back.Equal(m) || back.String() != m.String() {
			t.Errorf("%q is %v, read again %v", s, m, back)
		}
		if want, err := decimal.NewFromString(strings.TrimSuffix(s, " "+m.Currency())); err != nil || !want.Equal(m.Decimal()) {
			t.Errorf("%q is %v; the decimal package reads %v (%v)", s, m, want, err)
		}
	})
}

func TestParsePercent(t *testing.T) {
	for _, c := range []struct {
		why, text, want string
	}{
		{"a daily rate of late payment", "0.05%", "0.05%"},
		{"a whole number", "90%", "90%"},
		{"above the whole", "380%", "380%"},
		{"below 0", "-2.5%", "-2.5%"},
		{"none", "0%", "0%"},
		{"zeros at the end say nothing", "0.0500%", "0.05%"},
		{"many digits", "33.333333333333333333333333333%", "33.333333333333333333333333333%"},
	} {
		t.Run(c.why, func(t *testing.T) {
			p, err := contract.ParsePercent(c.text)
			require.NoError(t, err)
			assert.Equal(t, c.want, p.String())
			assert.True(t, p.IsStated())
			assert.Zero(t, p.Compare(contract.MustParsePercent(c.want)))
		})
	}
	for _, c := range []struct {
		why, text string
		kind      error
	}{
		{"a bare number may be a share or a percentage", "0.05", contract.ErrSyntax},
		{"a space before the sign", "5 %", contract.ErrSyntax},
		{"the sign twice", "5%%", contract.ErrSyntax},
		{"the sign first", "%5", contract.ErrSyntax},
		{"only the sign", "%", contract.ErrSyntax},
		{"per mille", "5‰", contract.ErrSyntax},
		{"a full-width sign", "5％", contract.ErrSyntax},
		{"a plus", "+5%", contract.ErrSyntax},
		{"a fraction", "1/3%", contract.ErrSyntax},
		{"a word", "5 percent", contract.ErrSyntax},
		{"an exponent", "5e-2%", contract.ErrSyntax},
		{"no digit before the point", ".05%", contract.ErrSyntax},
		{"minus nothing", "-0%", contract.ErrSyntax},
		{"forty-one digits", "0." + strings.Repeat("3", 40) + "%", contract.ErrLimit},
		{"nothing", "", contract.ErrSyntax},
	} {
		t.Run(c.why, func(t *testing.T) {
			p, err := contract.ParsePercent(c.text)
			require.ErrorIs(t, err, c.kind)
			assert.False(t, p.IsStated())
			assert.Panics(t, func() { contract.MustParsePercent(c.text) })
		})
	}
}

func TestZeroPercent(t *testing.T) {
	var zero contract.Percent
	assert.False(t, zero.IsStated())
	assert.True(t, contract.MustParsePercent("0%").IsStated(), "0% is stated")
	assert.Equal(t, "0%", zero.String())
	assert.Zero(t, zero.Compare(contract.MustParsePercent("0%")))
	text, err := zero.MarshalText()
	require.NoError(t, err)
	assert.Empty(t, text)
}

func TestPercentJSON(t *testing.T) {
	data, err := json.Marshal(map[string]contract.Percent{"daily": contract.MustParsePercent("0.0500%")})
	require.NoError(t, err)
	assert.JSONEq(t, `{"daily":"0.05%"}`, string(data))
	var back map[string]contract.Percent
	require.NoError(t, json.Unmarshal(data, &back))
	assert.Equal(t, "0.05%", back["daily"].String())
	kept := contract.MustParsePercent("5%")
	assert.ErrorIs(t, kept.UnmarshalText([]byte("0.05")), contract.ErrSyntax)
	assert.Equal(t, "5%", kept.String(), "what cannot be read changes nothing")
	text, err := contract.Money{}.MarshalText()
	require.NoError(t, err)
	assert.Empty(t, text, "no money is no text")
}

func TestPercentRound(t *testing.T) {
	for _, c := range []struct {
		why, p string
		places int
		mode   contract.Rounding
		want   string
	}{
		{"a tie away from zero", "92.685%", 2, contract.RoundHalfUp, "92.69%"},
		{"a tie away from zero, below it", "-92.685%", 2, contract.RoundHalfUp, "-92.69%"},
		{"a tie towards zero", "92.685%", 2, contract.RoundHalfDown, "92.68%"},
		{"a tie to the even neighbour, down", "92.685%", 2, contract.RoundHalfEven, "92.68%"},
		{"a tie to the even neighbour, up", "92.675%", 2, contract.RoundHalfEven, "92.68%"},
		{"more than a tie goes up in all of them", "92.6850001%", 2, contract.RoundHalfDown, "92.69%"},
		{"away from zero", "92.681%", 2, contract.RoundUp, "92.69%"},
		{"away from zero, below it", "-92.681%", 2, contract.RoundUp, "-92.69%"},
		{"towards zero", "94.999%", 0, contract.RoundDown, "94%"},
		{"places of the percentage, not of the share", "94.5%", 0, contract.RoundHalfUp, "95%"},
		{"nothing to round", "95%", 2, contract.RoundUp, "95%"},
		{"to nothing", "0.4%", 0, contract.RoundHalfUp, "0%"},
	} {
		t.Run(c.why, func(t *testing.T) {
			got, err := contract.MustParsePercent(c.p).Round(c.places, c.mode)
			require.NoError(t, err)
			assert.Equal(t, c.want, got.String())
			assert.True(t, got.IsStated())
		})
	}
	for mode, kind := range map[contract.Rounding]error{"": contract.ErrRequired, "bankers": contract.ErrUnknown} {
		_, err := contract.MustParsePercent("5%").Round(2, mode)
		assert.ErrorIs(t, err, kind)
		assert.ErrorContains(t, err, "half up, half even, half down, up, down")
	}
	_, err := contract.MustParsePercent("5%").Round(1_000_000, contract.RoundUp)
	assert.Error(t, err, "too many places")
}

// FuzzParsePercent holds the law that what is written can be read again.
func FuzzParsePercent(f *testing.F) {
	for _, s := range []string{"0.05%", "90%", "-2.5%", "5", "5 %", "%", "-0%", ".5%", "0.0500%", ""} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		p, err := contract.ParsePercent(s)
		if err != nil {
			if p.IsStated() {
				t.Errorf("%q: %v beside the error %v", s, p, err)
			}
			return
		}
		back, err := contract.ParsePercent(p.String())
		if err != nil || back.Compare(p) != 0 || back.String() != p.String() {
			t.Errorf("%q is %v, read again %v (%v)", s, p, back, err)
		}
	})
}
