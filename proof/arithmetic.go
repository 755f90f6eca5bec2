package proof

import (
	"math/big"
	"time"
)

// grown refuses a number that sums of long fractions have made enormous, before
// its arithmetic takes time that nobody waits for.
func (o operands) grown(r *big.Rat) error {
	bits := r.Num().BitLen() + r.Denom().BitLen()
	if bits > maxBits {
		return cannotf("comes on its way to a number of %d bits; this check goes to %d", bits, maxBits)
	}
	return o.budget.spend(1 + bits/64)
}

// mean is the Mean step.
func mean(o operands) (answer, error) {
	sum, weight := new(big.Rat), new(big.Rat)
	for i := 0; i < len(o.steps); i += 2 {
		if i+1 == len(o.steps) {
			return answer{}, failf("weighs nothing by its last operand; a percent follows each number")
		}
		if number, percent := o.steps[i].step.Value.Kind, o.steps[i+1].step.Value.Kind; number != Number || percent != Percent {
			return answer{}, failf("takes %s and %s as its operands %d and %d; a percent follows each number", number.one(), percent.one(), i+1, i+2)
		}
		weight.Add(weight, o.number(i))
		sum.Add(sum, new(big.Rat).Mul(o.number(i), o.number(i+1)))
		if err := o.grown(sum); err != nil {
			return answer{}, err
		}
	}
	if weight.Sign() == 0 {
		return answer{}, failf("takes a mean of nothing: its numbers add up to 0")
	}
	return answer{value: PercentOf(sum.Quo(sum, weight))}, nil
}

// share is the Share step.
func share(o operands) (answer, error) {
	f, of := o.figure(0), o.figure(1)
	if err := f.like(of); err != nil {
		return answer{}, err
	}
	if of.amount.Sign() == 0 {
		return answer{}, failf("takes a share of nothing: its second operand is 0")
	}
	r := new(big.Rat).Quo(f.amount, of.amount)
	return answer{value: PercentOf(r.Mul(r, big.NewRat(100, 1)))}, nil
}

// between returns the time from a to b, and whether an Elapsed can hold it: it
// ends at 292 years, where time.Time.Sub would go on to say 292 years.
func between(a, b time.Time) (time.Duration, bool) {
	d := b.Sub(a)
	return d, a.Add(d).Equal(b)
}

// elapse is the Elapse step.
func elapse(o operands) (answer, error) {
	t, left := o.instant(0), o.elapsed(1)
	if left < 0 {
		return answer{}, failf("looks for the time at which %s has passed; that is not negative", left)
	}
	for _, m := range merge(o.stretches(2)) {
		if left == 0 || !m.until.After(t) {
			continue
		}
		if m.from.After(t) {
			running, ok := between(t, m.from)
			if !ok || left <= running {
				break
			}
			left -= running
		}
		t = m.until
	}
	return answer{value: InstantOf(t.Add(left)), anyOffset: true}, nil
}

// partOf is the Part step.
func partOf(o operands) (answer, error) {
	part := new(big.Rat).SetInt64(int64(o.elapsed(0)))
	part.Mul(part, o.figure(1).factor())
	n, rest := new(big.Int).QuoRem(part.Num(), part.Denom(), new(big.Int))
	if rest.Sign() > 0 {
		n.Add(n, big.NewInt(1))
	}
	if !n.IsInt64() {
		return answer{}, failf("comes to more than the 292 years that an elapsed time can say")
	}
	return answer{value: ElapsedOf(time.Duration(n.Int64()))}, nil
}

// length is the Length step.
func length(o operands) (answer, error) {
	all := span{o.instant(0), o.instant(1)}
	backwards := all.until.Before(all.from)
	if backwards {
		all.from, all.until = all.until, all.from
	}
	total := new(big.Int)
	for _, part := range all.outside(merge(o.stretches(2))) {
		d, ok := between(part.from, part.until)
		if !ok {
			total = nil
			break
		}
		total.Add(total, big.NewInt(int64(d)))
	}
	if total == nil || !total.IsInt64() {
		return answer{}, failf("measures %s to %s, longer than the 292 years that an elapsed time can say",
			o.steps[0].step.Value.Text, o.steps[1].step.Value.Text)
	}
	d := time.Duration(total.Int64())
	if backwards {
		d = -d
	}
	return answer{value: ElapsedOf(d)}, nil
}

// excuse is the Excuse step: what was not late needs none.
func excuse(o operands) (answer, error) {
	if o.steps[0].step.Value != TruthOf(true) {
		return answer{}, failf("excuses what was not late")
	}
	return answer{value: TruthOf(false)}, nil
}

// grant is the Grant step: what came late grants nothing, and neither does what came for
// another reason.
func grant(o operands) (answer, error) {
	if o.steps[0].step.Value != TruthOf(false) {
		return answer{}, failf("grants more time for what was late")
	}
	reason := o.steps[1].step.Value
	for _, s := range o.steps[2:] {
		if s.step.Value == reason {
			return answer{value: TruthOf(true)}, nil
		}
	}
	return answer{}, failf("grants more time for %q, which is none of the reasons for it", reason.Text)
}

// late is the Late step: an event exactly at the due instant is in time.
func late(o operands) (answer, error) {
	return answer{value: TruthOf(o.instant(0).After(o.instant(1)))}, nil
}
