package proof

import (
	"math/big"
	"strings"
)

// DatedOf returns the figure of a day: a Number, Percent or Money.
func DatedOf(date, figure Value) Value { return Value{Dated, date.Text + " " + figure.Text} }

// A dated is the figure of a day: a rate that was published, a payment.
type dated struct {
	day   day
	gives stated
}

func parseDated(s string) (dated, error) {
	date, figure, _ := strings.Cut(s, " ")
	d, ok := parseDate(date)
	if !ok {
		return dated{}, failf("says %s, which is no figure of a day: it is spelled as 2024-07-22 3.35%%", quote(s))
	}
	gives, err := parseStated(figure)
	return dated{d, gives}, err
}

// latest is the Latest step: every row is looked at, those after the date too.
func latest(o operands) (answer, error) {
	d, known := o.day(0), o.period(1)
	if !known.contains(d) {
		return answer{}, known.outside(d)
	}
	var found, before *dated
	for i := 2; i < len(o.steps); i++ {
		r := o.steps[i].meaning.(dated)
		switch {
		case before != nil && r.day <= before.day:
			return answer{}, failf("takes the row of %s after that of %s; rows ascend, one a day", r.day, before.day)
		case !known.contains(r.day):
			return answer{}, failf("takes the row of %s, outside the period %s", r.day, known)
		}
		if r.day <= d {
			found = &r
		}
		before = &r
	}
	if found == nil {
		return answer{}, failf("finds no row on or before %s", d)
	}
	return answer{value: found.gives.value}, nil
}

// A stretchDays is the days after one day through another.
type stretchDays struct{ after, through day }

func (s stretchDays) String() string { return s.after.String() + " to " + s.through.String() }

// accrue is the Accrue step.
func accrue(o operands) (answer, error) {
	at, to := o.day(0), o.day(1)
	var sum figure
	var stretches []stretchDays
	var rows []dated
	for i := 2; i < len(o.steps); i++ {
		if row, ok := o.steps[i].meaning.(dated); ok {
			rows = append(rows, row)
			continue
		}
		s, err := o.stretchOf(i)
		switch {
		case err != nil:
			return answer{}, err
		case s.after != at:
			return answer{}, failf("has a stretch from %s; what is before it ends on %s", s, at)
		case s.through < s.after:
			return answer{}, failf("has a stretch that runs back, from %s", s)
		}
		at = s.through
		product := o.figure(i)
		if len(stretches) == 0 {
			sum = figure{Money, new(big.Rat), product.currency}
		}
		stretches = append(stretches, s)
		if err := sum.like(product); err != nil {
			return answer{}, err
		}
		sum.amount.Add(sum.amount, product.amount)
		if err := o.grown(sum.amount); err != nil {
			return answer{}, err
		}
	}
	switch {
	case len(stretches) == 0:
		return answer{}, failf("has no stretch")
	case at != to:
		return answer{}, failf("ends its stretches on %s, and not on %s", at, to)
	}
	for _, row := range rows {
		if err := o.budget.scan(len(stretches)); err != nil {
			return answer{}, err
		}
		for _, s := range stretches {
			if err := s.passesOver(row); err != nil {
				return answer{}, err
			}
		}
	}
	return sum.answer()
}

// passesOver refuses a row that a stretch does not heed. What is paid on a day
// counts from the day after on, so that a payment may fall on either end of a
// stretch; a rate is that of its own day, so that it may begin on the first day of
// one, the day after s.after.
func (s stretchDays) passesOver(row dated) error {
	if row.gives.value.Kind == Money {
		if s.after < row.day && row.day < s.through {
			return failf("passes over the payment of %s inside the stretch from %s", row.day, s)
		}
		return nil
	}
	if s.after+1 < row.day && row.day <= s.through {
		return failf("passes over the rate of %s inside the stretch from %s", row.day, s)
	}
	return nil
}

// stretchOf returns the days of the one Between step that a product is made of by
// Mul and Div steps.
func (o operands) stretchOf(i int) (stretchDays, error) {
	var between []*Step
	for pending := []int{o.args[i]}; len(pending) > 0; {
		s := o.done[pending[len(pending)-1]-1].step
		pending = pending[:len(pending)-1]
		if err := o.budget.spend(1); err != nil { // made of itself over and over, it has no end
			return stretchDays{}, err
		}
		switch s.Op {
		case Between:
			between = append(between, s)
		case Mul, Div:
			pending = append(pending, s.Args...)
		}
	}
	if len(between) != 1 {
		return stretchDays{}, failf("takes step %d as a product; it is made of %d steps of days, and not of one", o.args[i], len(between))
	}
	day := func(arg int) day { return o.done[arg-1].meaning.(day) }
	return stretchDays{day(between[0].Args[0]), day(between[0].Args[1])}, nil
}
