package proof

import (
	"cmp"
	"math/big"
	"time"
)

// A figure is a value that is computed with: its kind, and for money its currency.
type figure struct {
	kind     Kind
	amount   *big.Rat // of a percent its number of percent; of elapsed time nanoseconds
	currency string
}

// figureOf returns what a value of a kind says as a figure.
func figureOf(kind Kind, meaning any) figure {
	f := figure{kind: kind}
	switch m := meaning.(type) {
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

// figure returns the i-th operand as a figure. Its role vouches that it is one.
func (o operands) figure(i int) figure {
	return figureOf(o.steps[i].step.Value.Kind, o.steps[i].meaning)
}

// value spells a figure. Days and elapsed time come to whole numbers here: they are
// added, taken apart and rounded to a multiple, and nothing else.
func (f figure) value() (Value, error) {
	switch f.kind {
	case Percent:
		return PercentOf(f.amount), nil
	case Money:
		return MoneyOf(f.amount, f.currency), nil
	case Days:
		return DaysOf(int(f.amount.Num().Int64())), nil
	case Elapsed:
		if !f.amount.Num().IsInt64() {
			return Value{}, failf("comes to more than the 292 years that an elapsed time can say")
		}
		return ElapsedOf(time.Duration(f.amount.Num().Int64())), nil
	}
	return NumberOf(f.amount), nil
}

func (f figure) answer() (answer, error) {
	v, err := f.value()
	return answer{value: v}, err
}

// like refuses figures of two kinds or of two currencies.
func (f figure) like(g figure) error {
	if f.kind != g.kind {
		return failf("holds %s against %s", f.kind.one(), g.kind.one())
	}
	if f.currency != g.currency {
		return failf("holds %s against %s", f.currency, g.currency)
	}
	return nil
}

// add is the Add step.
func add(o operands) (answer, error) {
	sum := o.figure(0)
	sum.amount = new(big.Rat)
	for i := range o.steps {
		f := o.figure(i)
		if err := sum.like(f); err != nil {
			return answer{}, err
		}
		sum.amount.Add(sum.amount, f.amount)
		if err := o.grown(sum.amount); err != nil {
			return answer{}, err
		}
	}
	return sum.answer()
}

// sub is the Sub step.
func sub(o operands) (answer, error) {
	f, g := o.figure(0), o.figure(1)
	if err := f.like(g); err != nil {
		return answer{}, err
	}
	f.amount = new(big.Rat).Sub(f.amount, g.amount)
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
		if err := f.like(by); err != nil {
			return answer{}, err
		}
		f.amount = new(big.Rat).Quo(f.amount, by.amount)
		f.kind, f.currency = Number, ""
	case f.kind == Elapsed || by.kind == Money || by.kind == Elapsed || f.kind == Days && by.kind != Number:
		return answer{}, failf("divides %s by %s", f.kind.one(), by.kind.one())
	default:
		f.amount = new(big.Rat).Quo(f.amount, by.factor())
		if f.kind == Days {
			f.kind = Number
		}
	}
	return f.answer()
}

// compare orders two operands of one kind that has an order.
func (o operands) compare(i, j int) (int, error) {
	a, b := o.steps[i], o.steps[j]
	if a.step.Value.Kind != b.step.Value.Kind {
		return 0, failf("holds %s against %s", a.step.Value.Kind.one(), b.step.Value.Kind.one())
	}
	switch a.step.Value.Kind {
	case Date:
		return cmp.Compare(o.day(i), o.day(j)), nil
	case Instant:
		return o.instant(i).Compare(o.instant(j)), nil
	}
	f, g := o.figure(i), o.figure(j)
	if err := f.like(g); err != nil {
		return 0, err
	}
	return f.amount.Cmp(g.amount), nil
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
			return answer{}, failf("rounds %s by %s; a number says to how many places", f.kind.one(), by.kind.one())
		}
		places := by.amount
		if !places.IsInt() || places.Sign() < 0 || places.Cmp(big.NewRat(maxPlaces, 1)) > 0 {
			return answer{}, failf("rounds to %s places; they are a whole number from 0 to %d", spellNumber(places), maxPlaces)
		}
		unit = new(big.Rat).SetFrac(big.NewInt(1), new(big.Int).Exp(big.NewInt(10), places.Num(), nil))
	case f.kind == Days:
		return answer{}, failf("rounds days, which are whole")
	default:
		if err := f.like(by); err != nil {
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
