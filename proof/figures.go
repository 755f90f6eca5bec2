package proof

import (
	"math/big"
	"strings"
	"time"
)

// A figure is a value that is computed with: its kind, and for money its currency.
type figure struct {
	kind     Kind
	amount   *big.Rat // of a percent its number of percent; of elapsed time nanoseconds
	currency string
}

// minorUnits are the digits of the minor unit of the currencies that do not have two.
var minorUnits = map[int]string{
	0: "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF",
	3: "BHD IQD JOD KWD LYD OMR TND",
	4: "CLF UYW",
}

// minorUnit returns the digits of the minor unit of a currency.
func minorUnit(currency string) int {
	for digits, list := range minorUnits {
		if strings.Contains(list, currency) {
			return digits
		}
	}
	return 2
}

// An amount is what Money says.
type amount struct {
	number   *big.Rat
	currency string
}

// MoneyOf returns r in a currency, by its code of three capital letters. For a nil
// r it is the zero Value.
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

// parseMoney returns the zero amount for a text that is none.
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

// figure returns the i-th operand as a figure. Its role vouches that it is one.
func (o operands) figure(i int) figure {
	f := figure{kind: o.steps[i].step.Value.Kind}
	switch m := o.steps[i].meaning.(type) {
	case *big.Rat:
		f.amount = m
	case amount:
		f.amount, f.currency = m.number, m.currency
	case int:
		f.amount = new(big.Rat).SetInt64(int64(m))
	case time.Duration:
		f.amount = new(big.Rat).SetInt64(int64(m))
	}
	return f
}

// value spells a figure. Days and elapsed time hold whole numbers, within limits.
func (f figure) value() (Value, error) {
	switch f.kind {
	case Percent:
		return PercentOf(f.amount), nil
	case Money:
		return MoneyOf(f.amount, f.currency), nil
	case Days, Elapsed:
		if !f.amount.IsInt() || !f.amount.Num().IsInt64() {
			return Value{}, failf("comes to %s, which is not a whole number that %s can say", f.amount.RatString(), f.kind)
		}
		if f.kind == Elapsed {
			return ElapsedOf(time.Duration(f.amount.Num().Int64())), nil
		}
		return DaysOf(int(f.amount.Num().Int64())), nil
	}
	return NumberOf(f.amount), nil
}

func (f figure) answer() (answer, error) {
	v, err := f.value()
	return answer{value: v}, err
}

// same refuses operands of two kinds or of two currencies.
func (o operands) same(i, j int) error {
	a, b := o.figure(i), o.figure(j)
	if a.kind != b.kind {
		return failf("holds a %s against a %s", a.kind, b.kind)
	}
	if a.currency != b.currency {
		return failf("holds %s against %s", a.currency, b.currency)
	}
	return nil
}

// add is the Add step.
func add(o operands) (answer, error) {
	sum := o.figure(0)
	sum.amount = new(big.Rat)
	for i := range o.steps {
		if err := o.same(0, i); err != nil {
			return answer{}, err
		}
		sum.amount.Add(sum.amount, o.figure(i).amount)
		if err := o.grown(sum.amount); err != nil {
			return answer{}, err
		}
	}
	return sum.answer()
}

// sub is the Sub step.
func sub(o operands) (answer, error) {
	if err := o.same(0, 1); err != nil {
		return answer{}, err
	}
	f := o.figure(0)
	f.amount = new(big.Rat).Sub(f.amount, o.figure(1).amount)
	return f.answer()
}

const hundred = 100

// factor is a figure as a factor: a percent counts as hundredths.
func (f figure) factor() *big.Rat {
	if f.kind == Percent {
		return new(big.Rat).Quo(f.amount, big.NewRat(hundred, 1))
	}
	return f.amount
}

// mul is the Mul step.
func mul(o operands) (answer, error) {
	product := figure{kind: Number, amount: big.NewRat(1, 1)}
	percents := 0
	for i := range o.steps {
		f := o.figure(i)
		switch {
		case f.kind == Money && product.kind == Money:
			return answer{}, failf("multiplies money by money")
		case f.kind == Money:
			product.kind, product.currency = Money, f.currency
		case f.kind == Percent:
			percents++
		}
		product.amount = new(big.Rat).Mul(product.amount, f.factor())
		if err := o.grown(product.amount); err != nil {
			return answer{}, err
		}
	}
	switch {
	case product.kind == Money:
	case percents == 1:
		product.kind = Percent
		product.amount.Mul(product.amount, big.NewRat(hundred, 1))
	case percents > 1:
		return answer{}, failf("multiplies a percentage by a percentage")
	}
	return product.answer()
}

// div is the Div step.
func div(o operands) (answer, error) {
	f, by := o.figure(0), o.figure(1)
	if by.amount.Sign() == 0 {
		return answer{}, failf("divides by nothing: its second operand is 0")
	}
	switch {
	case f.kind == by.kind:
		if err := o.same(0, 1); err != nil {
			return answer{}, err
		}
		f.amount = new(big.Rat).Quo(f.amount, by.amount)
		f.kind, f.currency = Number, ""
	case f.kind == Elapsed || by.kind == Money || by.kind == Elapsed || f.kind == Days && by.kind != Number:
		return answer{}, failf("divides a %s by a %s", f.kind, by.kind)
	default:
		f.amount = new(big.Rat).Quo(f.amount, by.factor())
		if f.kind == Days {
			f.kind = Number
		}
	}
	return f.answer()
}

// compare orders two operands of one kind.
func (o operands) compare(i, j int) (int, error) {
	switch a := o.steps[i].meaning.(type) {
	case day:
		if b, ok := o.steps[j].meaning.(day); ok {
			return int(a - b), nil
		}
	case time.Time:
		if b, ok := o.steps[j].meaning.(time.Time); ok {
			return a.Compare(b), nil
		}
	default:
		switch o.steps[j].meaning.(type) {
		case day, time.Time:
		default:
			if err := o.same(i, j); err != nil {
				return 0, err
			}
			return o.figure(i).amount.Cmp(o.figure(j).amount), nil
		}
	}
	return 0, failf("holds a %s against a %s", o.steps[i].step.Value.Kind, o.steps[j].step.Value.Kind)
}

// least and greatest are the Min and Max steps.
func least(o operands) (answer, error)    { return o.extreme(-1) }
func greatest(o operands) (answer, error) { return o.extreme(+1) }

func (o operands) extreme(sign int) (answer, error) {
	best := 0
	for i := range o.steps {
		c, err := o.compare(i, best)
		if err != nil {
			return answer{}, err
		}
		if c*sign > 0 {
			best = i
		}
	}
	v := o.steps[best].step.Value
	return answer{value: v, anyOffset: v.Kind == Instant}, nil
}

// atLeast and moreThan are the steps of those names.
func atLeast(o operands) (answer, error) {
	c, err := o.compare(0, 1)
	return answer{value: TruthOf(c >= 0)}, err
}

func moreThan(o operands) (answer, error) {
	c, err := o.compare(0, 1)
	return answer{value: TruthOf(c > 0)}, err
}

// choose is the Choose step.
func choose(o operands) (answer, error) {
	a, b := o.steps[1].step.Value, o.steps[2].step.Value
	if a.Kind != b.Kind {
		return answer{}, failf("chooses between a %s and a %s", a.Kind, b.Kind)
	}
	if o.steps[0].step.Value == TruthOf(true) {
		return answer{value: a}, nil
	}
	return answer{value: b}, nil
}

// maxPlaces is the most decimal places to which a Round step rounds.
const maxPlaces = 100

// roundTo is the Round step: to a unit that is a power of ten for numbers and
// percents, an amount for money, a time for elapsed time.
func roundTo(o operands) (answer, error) {
	f, by := o.figure(0), o.figure(1)
	var unit *big.Rat
	switch {
	case f.kind == Number || f.kind == Percent:
		if by.kind != Number {
			return answer{}, failf("rounds a %s by a %s; a number says to how many places", f.kind, by.kind)
		}
		places := by.amount
		if !places.IsInt() || places.Sign() < 0 || places.Cmp(big.NewRat(maxPlaces, 1)) > 0 {
			return answer{}, failf("rounds to %s places; they are a whole number from 0 to %d", spellNumber(places), maxPlaces)
		}
		unit = new(big.Rat).SetFrac(big.NewInt(1), new(big.Int).Exp(big.NewInt(10), places.Num(), nil))
	case f.kind == Days:
		return answer{}, failf("rounds days, which are whole")
	default:
		if err := o.same(0, 1); err != nil {
			return answer{}, err
		}
		if by.amount.Sign() <= 0 {
			return answer{}, failf("rounds to a multiple of %s; it is above 0", o.steps[1].step.Value.Text)
		}
		unit = by.amount
	}
	// Magnitude and sign apart: the modes are symmetrical about zero.
	scaled := new(big.Rat).Quo(f.amount, unit)
	magnitude := new(big.Rat).Abs(scaled)
	whole, remainder := new(big.Int).QuoRem(magnitude.Num(), magnitude.Denom(), new(big.Int))
	part := new(big.Rat).SetFrac(remainder, magnitude.Denom()) // of one unit
	half := part.Cmp(big.NewRat(1, 2))

	var away bool
	switch o.word(2) {
	case "half up":
		away = half >= 0
	case "half down":
		away = half > 0
	case "half even":
		away = half > 0 || half == 0 && whole.Bit(0) == 1
	case "up":
		away = part.Sign() > 0
	case "down":
	default:
		return answer{}, failf("rounds by %s; the modes are half up, half even, half down, up, down", quote(o.word(2)))
	}
	if away {
		whole.Add(whole, big.NewInt(1))
	}
	if scaled.Sign() < 0 {
		whole.Neg(whole)
	}
	f.amount = new(big.Rat).Mul(new(big.Rat).SetInt(whole), unit)
	return f.answer()
}

// split is the Split step: every part is worked out, and the k-th is the answer.
func split(o operands) (answer, error) {
	whole, n := o.figure(0), len(o.steps)-2
	k := o.figure(1).amount
	if !k.IsInt() || k.Sign() <= 0 || k.Cmp(new(big.Rat).SetInt64(int64(n))) > 0 {
		return answer{}, failf("takes part %s of %d", spellNumber(k), n)
	}
	places, exact := whole.amount.FloatPrec()
	if !exact {
		return answer{}, failf("shares %s, which has no last digit", o.steps[0].step.Value.Text)
	}
	unit := new(big.Rat).SetFrac(big.NewInt(1), new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(max(places, minorUnit(whole.currency)))), nil))
	units := new(big.Rat).Quo(new(big.Rat).Abs(whole.amount), unit) // whole
	total := new(big.Rat)
	for i := range n {
		w := o.figure(i + 2).amount
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
	given, lost := make([]*big.Int, n), make([]*big.Rat, n)
	left := new(big.Int).Set(units.Num())
	for i := range n {
		part := new(big.Rat).Quo(new(big.Rat).Mul(units, o.figure(i+2).amount), total)
		given[i] = new(big.Int).Quo(part.Num(), part.Denom())
		lost[i] = part.Sub(part, new(big.Rat).SetInt(given[i]))
		left.Sub(left, given[i])
	}
	for ; left.Sign() > 0; left.Sub(left, big.NewInt(1)) {
		if err := o.budget.scan(n); err != nil {
			return answer{}, err
		}
		most := 0
		for i := range n {
			if lost[i].Cmp(lost[most]) > 0 {
				most = i
			}
		}
		given[most].Add(given[most], big.NewInt(1))
		lost[most] = big.NewRat(-1, 1)
	}
	part := new(big.Rat).Mul(new(big.Rat).SetInt(given[k.Num().Int64()-1]), unit)
	if whole.amount.Sign() < 0 {
		part.Neg(part)
	}
	return figure{Money, part, whole.currency}.answer()
}
