package contract

import (
	"errors"
	"fmt"
	"math/big"
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/cfd16870/contract/internal/exact"
)

// mostDigits bounds the digits of an amount or a percentage that is read.
const mostDigits = 40

// Money is an exact amount in one currency: 2400.00 CNY. The zero Money is no
// money in no currency, and adds to any. Money cannot be compared with ==: that
// does not compile; use Equal or Compare. Amounts are not rounded here: a
// document says where and how, and the engine rounds there.
type Money struct {
	_   [0]func() // not comparable
	n   exact.Num // a finite decimal
	cur [3]byte
}

// NewMoney returns an amount in a currency by its ISO 4217 code.
func NewMoney(amount decimal.Decimal, currency string) (Money, error) {
	// Coefficient and Exponent read none of the variables that a host may set.
	if amount.NumDigits() > mostDigits || amount.Exponent() > mostDigits || amount.Exponent() < -mostDigits {
		return Money{}, fmt.Errorf("an amount has at most %d digits: %w", mostDigits, ErrLimit)
	}
	return newMoney(exact.FromBig(amount.Coefficient(), amount.Exponent()), currency)
}

func newMoney(n exact.Num, currency string) (Money, error) {
	digits, err := currencyDigits(currency)
	if err != nil {
		return Money{}, err
	}
	// As it is written, so that what was read can be read again.
	if text, _ := n.Fixed(digits); len(strings.TrimLeft(text, "-"))-1 > mostDigits {
		return Money{}, fmt.Errorf("an amount has at most %d digits with those of its minor unit: %w", mostDigits, ErrLimit)
	}
	return Money{n: n, cur: [3]byte([]byte(currency))}, nil
}

// ParseMoney reads an amount and a currency, with one space: 2400.00 CNY. The
// amount is digits, with a point and digits or without, and a minus before them
// or nothing; no separators, no exponent.
func ParseMoney(s string) (Money, error) {
	amount, currency, ok := strings.Cut(s, " ")
	if !ok {
		return Money{}, fmt.Errorf("%q is no money; write it as 2400.00 CNY: %w", clip(s), ErrSyntax)
	}
	n, err := parseNumber(amount)
	if err != nil {
		return Money{}, fmt.Errorf("%q is no money; write it as 2400.00 CNY: %w", clip(s), err)
	}
	return newMoney(n, currency)
}

// parseNumber reads a decimal number of the grammar -?digits(.digits)?.
func parseNumber(s string) (exact.Num, error) {
	n, err := exact.Parse(s, mostDigits)
	switch {
	case err == nil:
		return n, nil
	case errors.Is(err, exact.ErrLimit):
		return exact.Num{}, fmt.Errorf("%w: %w", err, ErrLimit)
	}
	return exact.Num{}, fmt.Errorf("%w: %w", err, ErrSyntax)
}

// MustParseMoney is ParseMoney for a constant; it panics where ParseMoney errs.
func MustParseMoney(s string) Money {
	m, err := ParseMoney(s)
	if err != nil {
		panic("contract.MustParseMoney: " + err.Error())
	}
	return m
}

// Decimal returns the amount.
func (m Money) Decimal() decimal.Decimal {
	coef, scale, _ := m.n.Decimal()
	return decimal.NewFromBigInt(coef, -scale)
}

// Currency returns the ISO 4217 code, "" for the zero Money.
func (m Money) Currency() string {
	if m.cur == [3]byte{} {
		return ""
	}
	return string(m.cur[:])
}

// with returns the currency of two amounts that meet.
func (m Money) with(o Money) (cur [3]byte, err error) {
	switch {
	case m.cur == o.cur || o.cur == [3]byte{} && o.n.IsZero():
		return m.cur, nil
	case m.cur == [3]byte{} && m.n.IsZero():
		return o.cur, nil
	}
	return cur, fmt.Errorf("%v and %v: %w", m, o, ErrCurrency)
}

// Add returns m + o. Two currencies are an error (ErrCurrency).
func (m Money) Add(o Money) (Money, error) {
	cur, err := m.with(o)
	if err != nil {
		return Money{}, err
	}
	return Money{n: m.n.Add(o.n), cur: cur}, nil
}

// Sub returns m − o. Two currencies are an error (ErrCurrency).
func (m Money) Sub(o Money) (Money, error) { return m.Add(o.Neg()) }

// Neg returns −m.
func (m Money) Neg() Money { return Money{n: m.n.Neg(), cur: m.cur} }

// Compare returns -1, 0 or +1 as m is less than, equal to or more than o. Two
// currencies are an error (ErrCurrency).
func (m Money) Compare(o Money) (int, error) {
	if _, err := m.with(o); err != nil {
		return 0, err
	}
	return m.n.Cmp(o.n), nil
}

// Equal reports whether m and o are the same amount in the same currency. The
// zero Money is equal to 0 in any.
func (m Money) Equal(o Money) bool {
	return m.n.Cmp(o.n) == 0 && (m.cur == o.cur || m.n.IsZero() && (m.cur == [3]byte{} || o.cur == [3]byte{}))
}

// IsZero reports whether the amount is 0.
func (m Money) IsZero() bool { return m.n.IsZero() }

// Sign returns -1, 0 or +1 as the amount is below, at or above 0.
func (m Money) Sign() int { return m.n.Sign() }

// Split shares m by weights: each part in proportion, in whole minor units (or
// in m's own last digit, where it has more), and what is left over, unit by unit,
// to the parts that lost most; between equals to the one named first. The parts
// always add up to m. A negative weight, or none above 0, is an error.
func (m Money) Split(weights []int64) ([]Money, error) {
	list := make([]exact.Num, len(weights))
	for i, w := range weights {
		list[i] = exact.New(w)
	}
	return split(m, list)
}

// split is Split by any numbers.
func split(m Money, weights []exact.Num) ([]Money, error) {
	var sum exact.Num
	for i, w := range weights {
		if w.Sign() < 0 {
			return nil, fmt.Errorf("weight %d is %v; a weight is 0 or more: %w", i, w, ErrInvalid)
		}
		sum = sum.Add(w)
	}
	if sum.IsZero() {
		return nil, fmt.Errorf("no weight is above 0; %v has no one to go to: %w", m, ErrInvalid)
	}
	coef, scale, ok := m.n.Abs().Decimal()
	if !ok {
		return nil, fmt.Errorf("%v is not rounded yet: it has no last unit to share: %w", m, ErrInvalid)
	}
	if digits, err := currencyDigits(m.Currency()); err == nil && scale < int32(digits) {
		coef.Mul(coef, new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(digits)-int64(scale)), nil))
		scale = int32(digits)
	}
	units := make([]*big.Int, len(weights))
	lost := make([]*big.Rat, len(weights))
	left := new(big.Int).Set(coef)
	order := make([]int, len(weights))
	for i, w := range weights {
		part, err := exact.FromBig(coef, 0).Mul(w).Div(sum)
		if err != nil {
			return nil, err
		}
		r := part.Rat()
		units[i] = new(big.Int).Quo(r.Num(), r.Denom())
		lost[i] = r.Sub(r, new(big.Rat).SetInt(units[i]))
		left.Sub(left, units[i])
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return lost[b].Cmp(lost[a]) })
	for _, i := range order[:left.Int64()] { // fewer than there are parts
		units[i].Add(units[i], big.NewInt(1))
	}
	parts := make([]Money, len(weights))
	for i, u := range units {
		if m.Sign() < 0 {
			u.Neg(u)
		}
		parts[i] = Money{n: exact.FromBig(u, -scale), cur: m.cur}
	}
	return parts, nil
}

// String returns m as 2400.00 CNY, with the digits of the currency's minor unit
// and more only where the amount has more; "0" for the zero Money.
func (m Money) String() string {
	digits, err := currencyDigits(m.Currency())
	if err != nil {
		return m.n.String()
	}
	text, _ := m.n.Fixed(digits)
	return text + " " + m.Currency()
}

// MarshalText writes what String returns; no text for the zero Money.
func (m Money) MarshalText() ([]byte, error) {
	if m.cur == [3]byte{} {
		return []byte{}, nil
	}
	return []byte(m.String()), nil
}

// UnmarshalText reads what ParseMoney reads.
func (m *Money) UnmarshalText(b []byte) error {
	v, err := ParseMoney(string(b))
	if err != nil {
		return err
	}
	*m = v
	return nil
}

// Percent is an exact percentage: 0.05%. It is no number, so that 5 and 0.05
// cannot be mistaken. It cannot be compared with ==: that does not compile. The
// zero Percent counts as 0% and is not stated: a document that needs one has to
// say 0%.
type Percent struct {
	_      [0]func() // not comparable
	n      exact.Num
	stated bool
}

// ParsePercent reads a percentage: a decimal number and the sign, 0.05%.
func ParsePercent(s string) (Percent, error) {
	number, ok := strings.CutSuffix(s, "%")
	if !ok {
		return Percent{}, fmt.Errorf("%q is no percentage; write it as 0.05%%: %w", clip(s), ErrSyntax)
	}
	n, err := parseNumber(number)
	if err != nil {
		return Percent{}, fmt.Errorf("%q is no percentage; write it as 0.05%%: %w", clip(s), err)
	}
	return Percent{n: n, stated: true}, nil
}

// MustParsePercent is ParsePercent for a constant; it panics where ParsePercent errs.
func MustParsePercent(s string) Percent {
	p, err := ParsePercent(s)
	if err != nil {
		panic("contract.MustParsePercent: " + err.Error())
	}
	return p
}

// percentOf returns part as a percentage of whole, which is not 0.
func percentOf(part, whole int64) (Percent, error) {
	n, err := exact.New(part).Mul(exact.New(100)).Div(exact.New(whole))
	return Percent{n: n, stated: true}, err
}

// Compare returns -1, 0 or +1 as p is less than, equal to or more than q.
func (p Percent) Compare(q Percent) int { return p.n.Cmp(q.n) }

// Round returns p rounded to places, 0 or more, after the point of the percentage.
func (p Percent) Round(places int, mode Rounding) (Percent, error) {
	if places < 0 {
		return Percent{}, fmt.Errorf("%d places; write 0 or more: %w", places, ErrInvalid)
	}
	m, err := mode.exact()
	if err != nil {
		return Percent{}, err
	}
	n, err := p.n.Round(places, m)
	return Percent{n: n, stated: p.stated}, err
}

// IsStated reports whether p was read or computed: the zero Percent was not.
func (p Percent) IsStated() bool { return p.stated }

// String returns p exactly: 0.05%, or 3800/41% where no decimal is exact, which
// ParsePercent does not read.
func (p Percent) String() string { return p.n.String() + "%" }

// MarshalText writes what String returns; no text for the zero Percent.
func (p Percent) MarshalText() ([]byte, error) {
	if !p.stated {
		return []byte{}, nil
	}
	return []byte(p.String()), nil
}

// UnmarshalText reads what ParsePercent reads.
func (p *Percent) UnmarshalText(b []byte) error {
	v, err := ParsePercent(string(b))
	if err != nil {
		return err
	}
	*p = v
	return nil
}

// exact is the mode of the arithmetic for the word.
func (r Rounding) exact() (exact.Mode, error) {
	switch r {
	case RoundHalfUp:
		return exact.HalfUp, nil
	case RoundHalfEven:
		return exact.HalfEven, nil
	case RoundHalfDown:
		return exact.HalfDown, nil
	case RoundUp:
		return exact.Up, nil
	case RoundDown:
		return exact.Down, nil
	}
	return 0, fmt.Errorf("rounding %q; %s: %w", r, oneOf(r), kindOfWord(r))
}

// RoundingClause says how amounts are rounded, and where: every other number on
// the way stays exact.
type RoundingClause struct {
	Mode Rounding      `json:"mode,omitzero"`
	To   *Money        `json:"to,omitzero"` // 0.01 CNY
	At   RoundingPoint `json:"at,omitzero"`
}

// RoundingPoint is where amounts are rounded.
type RoundingPoint string

const (
	RoundEachLine  RoundingPoint = "each line" // of an invoice, and every posting to an account
	RoundEachPrice RoundingPoint = "each price"
)

// Words returns the words of the choice.
func (RoundingPoint) Words() []string { return []string{string(RoundEachLine), string(RoundEachPrice)} }
