package proof

import (
	"math/big"
	"strconv"
	"strings"
	"time"
)

// A lengthOfDays is what Span says: a number of days, weeks, months, years or working days.
type lengthOfDays struct {
	n    int
	unit string // in the plural
}

// spanUnits are the units of a Span: several of each and one.
var spanUnits = map[string]string{
	"days": "calendar day", "weeks": "week", "months": "month", "years": "year", "working days": "working day",
}

// mostSpan is the greatest number of a Span.
const mostSpan = 1_000_000

// SpanOf returns a span as a contract writes it: 30 days, 1 calendar day, 2 weeks,
// 1 month, 10 working days. The number has no leading zeros and is at most 1000000.
func SpanOf(text string) Value { return Value{Span, text} }

func parseSpan(s string) (lengthOfDays, bool) {
	number, unit, _ := strings.Cut(s, " ")
	n, err := strconv.Atoi(number)
	if err != nil || n < 0 || n > mostSpan || strconv.Itoa(n) != number {
		return lengthOfDays{}, false
	}
	for many, one := range spanUnits {
		if n == 1 && unit == one || n != 1 && unit == many {
			return lengthOfDays{n, many}, true
		}
	}
	return lengthOfDays{}, false
}

// answer is d, unless it lies in a year that has no spelling.
func (d day) answer() (answer, error) {
	if !inYears(d.start()) {
		return answer{}, outOfYears()
	}
	return answer{value: d.value()}, nil
}

func outOfYears() error { return failf("comes to a day outside the years 1 to 9999") }

// betweenDays is the Between step.
func betweenDays(o operands) (answer, error) {
	return answer{value: DaysOf(int(o.day(1) - o.day(0)))}, nil
}

// endOfPeriod and startOfPeriod are the After and Before steps.
func endOfPeriod(o operands) (answer, error)   { return o.moved(+1) }
func startOfPeriod(o operands) (answer, error) { return o.moved(-1) }

// span returns a span, or a number of days as one.
func (o operands) span(i int) (lengthOfDays, error) {
	var n *big.Rat
	switch m := o.steps[i].meaning.(type) {
	case lengthOfDays:
		return m, nil
	case int:
		n = new(big.Rat).SetInt64(int64(m))
	case *big.Rat:
		n = m
	}
	const allYears = 4_000_000 // days, and more than 9999 years have
	switch {
	case !n.IsInt() || n.Sign() < 0:
		return lengthOfDays{}, failf("counts %s days; they are a whole number, 0 or more", spellNumber(n))
	case n.Cmp(big.NewRat(allYears, 1)) > 0:
		return lengthOfDays{}, outOfYears()
	}
	return lengthOfDays{int(n.Num().Int64()), "days"}, nil
}

// What a step does where a month lacks the corresponding day.
const (
	monthEndLast   = "last day"
	monthEndNext   = "first of next month"
	monthEndRefuse = "refuse"
)

// moved is the corresponding day a span after or before a date.
func (o operands) moved(sign int) (answer, error) {
	d := o.day(0)
	span, err := o.span(1)
	if err != nil {
		return answer{}, err
	}
	word := monthEndRefuse
	if len(o.steps) > 2 {
		word = o.word(2)
	}
	switch word {
	case monthEndLast, monthEndNext, monthEndRefuse:
	default:
		return answer{}, failf("says %s of a day that a month lacks; it is last day, first of next month or refuse", quote(word))
	}
	switch span.unit {
	case "days":
		return (d + day(sign*span.n)).answer()
	case "weeks":
		return (d + day(sign*7*span.n)).answer()
	case "months":
		return d.monthsOn(sign*span.n, word)
	case "years":
		return d.monthsOn(sign*12*span.n, word)
	}
	return answer{}, failf("counts %s as civil days; those are for a step of working days", span.unit)
}

// monthsOn is the day of the same number some months on, or back where they are
// fewer than 0; word says what is done where that month lacks it.
func (d day) monthsOn(months int, word string) (answer, error) {
	year, month, n := d.start().Date()
	count := year*12 + int(month) - 1 + months // since January of the year 0
	if count < 12 || count >= 10_000*12 {
		return answer{}, outOfYears()
	}
	first := dayOf(time.Date(count/12, time.Month(count%12+1), 1, 0, 0, 0, 0, time.UTC))
	next := dayOf(time.Date(count/12, time.Month(count%12+2), 1, 0, 0, 0, 0, time.UTC)) // of the month after
	last := int(next - first)
	switch {
	case n <= last:
		return (first + day(n-1)).answer()
	case word == monthEndLast:
		return (next - 1).answer()
	case word == monthEndNext:
		return next.answer()
	}
	return answer{}, failf("comes to day %d of a month of %d", n, last)
}

// rollOn is the Roll step.
func rollOn(o operands) (answer, error) {
	d, days, word := o.day(0), o.workdays(2), o.word(1)
	if word == "stays" {
		return d.answer()
	}
	how, over, _ := strings.Cut(word, " over ")
	resting := func(d day) (bool, error) {
		working, err := days.is(d)
		return !working, err
	}
	switch over {
	case "rest days":
	case "statutory holidays":
		resting = func(d day) (bool, error) {
			p, err := days.part(d)
			return err == nil && p.named[d] == statutory, err
		}
	default:
		how = ""
	}
	// roll is the first day from d on, that way, which is none; ok is false where that
	// lies outside what the day does not leave.
	roll := func(d, step day, within func(day) bool) (to day, ok bool, err error) {
		for ; within(d); d += step {
			if err := o.budget.spend(1); err != nil {
				return 0, false, err
			}
			if rests, err := resting(d); err != nil || !rests {
				return d, true, err
			}
		}
		return 0, false, nil
	}
	anywhere := func(day) bool { return true }
	month := func(e day) bool { return e.start().Month() == d.start().Month() }
	half := func(e day) bool { return month(e) && (e.start().Day() > 15) == (d.start().Day() > 15) }
	var to day
	var ok bool
	var err error
	switch how {
	case "rolls":
		to, _, err = roll(d, +1, anywhere)
	case "rolls back":
		to, _, err = roll(d, -1, anywhere)
	case "rolls within the month":
		if to, ok, err = roll(d, +1, month); err == nil && !ok {
			to, _, err = roll(d, -1, anywhere)
		}
	case "rolls back within the month":
		if to, ok, err = roll(d, -1, month); err == nil && !ok {
			to, _, err = roll(d, +1, anywhere)
		}
	case "rolls within the half-month":
		if to, ok, err = roll(d, +1, half); err == nil && !ok {
			to, _, err = roll(d, -1, anywhere)
		}
	case "rolls the nearer way":
		for far := day(0); err == nil && !ok; far++ {
			if to, ok, err = roll(d+far, +1, func(e day) bool { return e == d+far }); err == nil && !ok {
				to, ok, err = roll(d-far, -1, func(e day) bool { return e == d-far })
			}
		}
	default:
		return answer{}, failf("rolls by %s; a day rolls, rolls back, rolls or rolls back within the month, rolls within the half-month or the nearer way, over rest days or statutory holidays, or stays", quote(word))
	}
	if err != nil {
		return answer{}, err
	}
	return to.answer()
}

// works is the Works step.
func works(o operands) (answer, error) {
	is, err := o.workdays(1).is(o.day(0))
	return answer{value: TruthOf(is)}, err
}

// counted is the Counted step.
func counted(o operands) (answer, error) {
	from, to, word, days := o.day(0), o.day(1), o.word(2), o.workdays(3)
	var first, last bool
	switch word {
	case "[)":
		first = true
	case "(]":
		last = true
	case "[]":
		first, last = true, true
	case "()":
	default:
		return answer{}, failf("counts the ends by %s; they are counted by [), (], [] or ()", quote(word))
	}
	step := day(1)
	if to < from {
		step = -1
	}
	n := 0
	for d := from; ; d += step {
		if err := o.budget.spend(1); err != nil {
			return answer{}, err
		}
		is, err := days.is(d)
		if err != nil {
			return answer{}, err
		}
		if is && (d != from || first) && (d != to || last) {
			n += int(step)
		}
		if d == to {
			return answer{value: DaysOf(n)}, nil
		}
	}
}

// lastOfMonth is the LastOfMonth step.
func lastOfMonth(o operands) (answer, error) {
	d, days := o.day(0), o.workdays(1)
	month := d.start().Month()
	for (d + 1).start().Month() == month {
		d++
	}
	for ; d.start().Month() == month; d-- {
		if err := o.budget.spend(1); err != nil {
			return answer{}, err
		}
		if is, err := days.is(d); err != nil || is {
			return answer{value: d.value()}, err
		}
	}
	return answer{}, failf("finds no working day in the month")
}

// nthBack is the NthBack step.
func nthBack(o operands) (answer, error) {
	d, n, days := o.day(0), o.count(1), o.workdays(2)
	if n < 1 {
		return answer{}, failf("counts %d working days; the first is day 1", n)
	}
	for ; ; d-- {
		if err := o.budget.spend(1); err != nil {
			return answer{}, err
		}
		working, err := days.is(d)
		if err != nil {
			return answer{}, err
		}
		if working {
			n--
		}
		if n == 0 {
			return (d - 1).answer()
		}
	}
}
