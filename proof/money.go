package proof

import (
	"math/big"
	"slices"
	"strings"
)

// An amount is what Money says.
type amount struct {
	number   *big.Rat
	currency string
}

// minorUnits are the currencies whose minor unit has not two digits, by its digits.
var minorUnits = [...]string{
	0: "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF",
	3: "BHD IQD JOD KWD LYD OMR TND",
	4: "CLF UYW",
}

// minorUnit returns the digits of the minor unit of a currency.
func minorUnit(currency string) int {
	for digits, list := range minorUnits {
		if slices.Contains(strings.Fields(list), currency) {
			return digits
		}
	}
	return 2
}

// MoneyOf returns r in a currency, by its code of three capital letters: a finite
// decimal with the digits of the currency's minor unit at least, else a fraction.
// For a nil r it is the zero Value.
func MoneyOf(r *big.Rat, currency string) Value {
	if r == nil {
		return Value{}
	}
	return Value{Money, spellMoney(r, currency)}
}

func spellMoney(r *big.Rat, currency string) string {
	if places, exact := r.FloatPrec(); exact {
		return r.FloatString(max(places, minorUnit(currency))) + " " + currency
	}
	return r.RatString() + " " + currency
}

// parseMoney reads a number and a currency. It returns the zero amount for a text
// that is none.
func parseMoney(s string) (amount, error) {
	number, currency, _ := strings.Cut(s, " ")
	if len(currency) != 3 || strings.Trim(currency, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") != "" {
		return amount{}, nil
	}
	r, err := parseNumber(number)
	if r == nil || err != nil {
		return amount{}, err
	}
	return amount{r, currency}, nil
}

// unit returns the unit in which money is shared: the minor unit of its currency,
// or one of its own last digit where it has more. ok is false for money that no
// decimal says, which has no last digit.
func (a amount) unit() (unit *big.Rat, ok bool) {
	places, exact := a.number.FloatPrec()
	digits := big.NewInt(int64(max(places, minorUnit(a.currency))))
	return new(big.Rat).SetFrac(big.NewInt(1), new(big.Int).Exp(big.NewInt(10), digits, nil)), exact
}

// split is the Split step: every part is worked out, and the k-th is the answer.
func split(o operands) (answer, error) {
	whole, k, n := o.steps[0].meaning.(amount), o.number(1), len(o.steps)-2
	if !k.IsInt() || k.Sign() <= 0 || k.Cmp(new(big.Rat).SetInt64(int64(n))) > 0 {
		return answer{}, failf("takes part %s of %d", spellNumber(k), n)
	}
	unit, ok := whole.unit()
	if !ok {
		return answer{}, failf("shares %s, which has no last digit", o.steps[0].step.Value.Text)
	}
	total := new(big.Rat)
	for i := range n {
		w := o.number(i + 2)
		if w.Sign() < 0 {
			return answer{}, failf("weighs a part with %s; a weight is 0 or more", spellNumber(w))
		}
		total.Add(total, w)
		if err := o.grown(total); err != nil {
			return answer{}, err
		}
	}
	if total.Sign() == 0 {
		return answer{}, failf("shares among weights that are all 0")
	}

	// In whole units, of the magnitude: what each part is given, and what it lost.
	units := new(big.Rat).Quo(new(big.Rat).Abs(whole.number), unit)
	given, lost := make([]*big.Int, n), make([]*big.Rat, n)
	left, order := new(big.Int).Set(units.Num()), make([]int, n)
	for i := range n {
		part := new(big.Rat).Quo(new(big.Rat).Mul(units, o.number(i+2)), total)
		if err := o.grown(part); err != nil {
			return answer{}, err
		}
		given[i] = new(big.Int).Quo(part.Num(), part.Denom())
		lost[i] = part.Sub(part, new(big.Rat).SetInt(given[i]))
		left.Sub(left, given[i])
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return lost[b].Cmp(lost[a]) })
	for _, i := range order[:left.Int64()] { // fewer units than parts that lost some
		given[i].Add(given[i], big.NewInt(1))
	}
	part := new(big.Rat).Mul(new(big.Rat).SetInt(given[k.Num().Int64()-1]), unit)
	if whole.number.Sign() < 0 {
		part.Neg(part)
	}
	return answer{value: MoneyOf(part, whole.currency)}, nil
}
