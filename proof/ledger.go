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

// spanUnits are the units of a Span: one and several of each.
var spanUnits = map[string]string{
	"days": "calendar day", "weeks": "week", "months": "month", "years": "year", "working days": "working day",
}

// SpanOf returns a span as a contract writes it: 30 days, 1 month.
func SpanOf(text string) Value { return Value{Span, text} }

func parseSpan(s string) (lengthOfDays, bool) {
	number, unit, _ := strings.Cut(s, " ")
	n, err := strconv.Atoi(number)
	if err != nil || n < 0 || n > 1_000_000 || strconv.Itoa(n) != number {
		return lengthOfDays{}, false
	}
	for many, one := range spanUnits {
		if n == 1 && unit == one || n != 1 && unit == many {
			return lengthOfDays{n, many}, true
		}
	}
	return lengthOfDays{}, false
}

// inRange refuses a day that has no spelling.
func (d day) inRange() (answer, error) {
	if !inYears(d.start()) {
		return answer{}, failf("comes to a day outside the years 1 to 9999")
	}
	return answer{value: d.value()}, nil
}

// betweenDays is the Between step.
func betweenDays(o operands) (answer, error) {
	return answer{value: DaysOf(int(o.day(1) - o.day(0)))}, nil
}

// endOfPeriod and startOfPeriod are the After and Before steps.
func endOfPeriod(o operands) (answer, error)   { return o.moved(+1) }
func startOfPeriod(o operands) (answer, error) { return o.moved(-1) }

// span returns a span, or a number of days as one.
func (o operands) span(i int) (lengthOfDays, error) {
	switch m := o.steps[i].meaning.(type) {
	case int:
		if m >= 0 {
			return lengthOfDays{m, "days"}, nil
		}
	case *big.Rat:
		if m.IsInt() && m.Sign() >= 0 && m.Num().IsInt64() && m.Num().Int64() <= 4_000_000 {
			return lengthOfDays{int(m.Num().Int64()), "days"}, nil
		}
	case lengthOfDays:
		return m, nil
	}
	return lengthOfDays{}, failf("counts %s days; they are a whole number, 0 or more", o.steps[i].step.Value.Text)
}

func (o operands) moved(sign int) (answer, error) {
	d := o.day(0)
	span, err := o.span(1)
	if err != nil {
		return answer{}, err
	}
	months := 0
	switch span.unit {
	case "days":
		return (d + day(sign*span.n)).inRange()
	case "weeks":
		return (d + day(sign*7*span.n)).inRange()
	case "months":
		months = span.n
	case "years":
		months = 12 * span.n
	default:
		return answer{}, failf("counts %s as civil days; those are for a step of working days", span.unit)
	}
	year, month, n := d.start().Date()
	total := year*12 + int(month) - 1 + sign*months
	if total < 12 || total >= 10_000*12 {
		return answer{}, failf("comes to a day outside the years 1 to 9999")
	}
	year, month = total/12, time.Month(total%12+1)
	first := time.Date(year, month, 1, 0, 0, 0, 0, time.UTC)
	last := first.AddDate(0, 1, -1).Day()
	if n <= last {
		return dayOf(first.AddDate(0, 0, n-1)).inRange()
	}
	word := ""
	if len(o.steps) > 2 {
		word = o.word(2)
	}
	switch word {
	case "last day":
		return dayOf(first.AddDate(0, 0, last-1)).inRange()
	case "first of next month":
		return dayOf(first.AddDate(0, 0, last)).inRange()
	case "refuse", "":
		return answer{}, failf("comes to day %d of a month of %d", n, last)
	}
	return answer{}, failf("says %s of a day that a month lacks; it is last day, first of next month or refuse", quote(word))
}

// rollOn is the Roll step.
func rollOn(o operands) (answer, error) {
	d, days := o.day(0), o.workdays(2)
	for {
		if err := o.budget.spend(1); err != nil {
			return answer{}, err
		}
		var resting bool
		switch o.word(1) {
		case "stays":
		case "rolls over rest days":
			working, err := days.is(d)
			if err != nil {
				return answer{}, err
			}
			resting = !working
		case "rolls over statutory holidays":
			class, err := days.class(d)
			if err != nil {
				return answer{}, err
			}
			resting = class == statutory
		default:
			return answer{}, failf("rolls by %s; a last day rolls over rest days, rolls over statutory holidays, or stays", quote(o.word(1)))
		}
		if !resting {
			return d.inRange()
		}
		d++
	}
}

// class returns what the calendar names d; "" if it does not.
func (w *workdays) class(d day) (string, error) {
	p, err := w.part(d)
	if err != nil {
		return "", err
	}
	return p.named[d], nil
}

// part returns the part of the working days in which d falls.
func (w *workdays) part(d day) (*workdaysPart, error) {
	if err := w.budget.scan(len(w.parts)); err != nil {
		return nil, err
	}
	for _, p := range w.parts {
		if p.period.contains(d) {
			return p, nil
		}
	}
	return nil, w.period.outside(d)
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
			return (d - 1).inRange()
		}
	}
}

// accrue is the Accrue step.
func accrue(o operands) (answer, error) {
	at, to := o.day(0), o.day(1)
	var sum *figure
	var stretches []stretchDays
	for i := 2; i < len(o.steps); i++ {
		if o.steps[i].step.Value.Kind == Dated {
			continue
		}
		between, err := o.stretchOf(i)
		if err != nil {
			return answer{}, err
		}
		if between.after != at {
			return answer{}, failf("has a stretch from %s; the one before ends on %s", between.after, at)
		}
		if between.through < between.after {
			return answer{}, failf("has a stretch that runs back from %s to %s", between.after, between.through)
		}
		at = between.through
		stretches = append(stretches, between)
		f := o.figure(i)
		if sum == nil {
			sum = &figure{Money, new(big.Rat), f.currency}
		}
		if sum.currency != f.currency {
			return answer{}, failf("adds %s to %s", f.currency, sum.currency)
		}
		sum.amount = new(big.Rat).Add(sum.amount, f.amount)
		if err := o.grown(sum.amount); err != nil {
			return answer{}, err
		}
	}
	switch {
	case sum == nil:
		return answer{}, failf("has no stretch")
	case at != to:
		return answer{}, failf("ends its stretches on %s, and not on %s", at, to)
	}
	for i := 2; i < len(o.steps); i++ {
		row, ok := o.steps[i].meaning.(dated)
		if !ok {
			continue
		}
		if err := o.budget.scan(len(stretches)); err != nil {
			return answer{}, err
		}
		for _, s := range stretches {
			switch payment := row.value.Kind == Money; {
			case payment && s.after < row.day && row.day < s.through:
				return answer{}, failf("passes over the payment of %s inside a stretch from %s to %s", row.day, s.after, s.through)
			case !payment && s.after+1 < row.day && row.day <= s.through:
				return answer{}, failf("passes over the rate of %s inside a stretch from %s to %s", row.day, s.after, s.through)
			}
		}
	}
	return sum.answer()
}

// A stretchDays is the days after one through another.
type stretchDays struct{ after, through day }

// stretchOf returns the days of the one Between step that a product is made of by
// Mul and Div steps.
func (o operands) stretchOf(i int) (stretchDays, error) {
	var found *found
	seen := 0
	pending := []int{o.args[i]}
	for len(pending) > 0 {
		n := pending[len(pending)-1]
		pending = pending[:len(pending)-1]
		if err := o.budget.spend(1); err != nil {
			return stretchDays{}, err
		}
		f := &o.done[n-1]
		switch f.step.Op {
		case Between:
			seen++
			found = f
		case Mul, Div:
			pending = append(pending, f.step.Args...)
		}
	}
	if seen != 1 {
		return stretchDays{}, failf("takes step %d as a product, which is made of %d steps of days and not of one", o.args[i], seen)
	}
	from, through := o.done[found.step.Args[0]-1].meaning.(day), o.done[found.step.Args[1]-1].meaning.(day)
	return stretchDays{from, through}, nil
}

// closingBefore is the Closing step: the walk goes back day by day.
func closingBefore(o operands) (answer, error) {
	t, h := o.instant(0), o.hours(1)
	first, err := h.clock.day(t)
	if err != nil {
		return answer{}, err
	}
	for d := first; ; d-- {
		if err := o.budget.spend(1); err != nil {
			return answer{}, err
		}
		p, err := h.part(d)
		if err != nil {
			if d == first && t.Equal(mustStart(h, d)) {
				continue // the instant is the first of a day that is not quoted: what lies before it counts
			}
			return answer{}, err
		}
		spans, err := h.spans(d, p.windows(d))
		if err != nil {
			return answer{}, err
		}
		var last time.Time
		for _, s := range spans {
			if s.from.Before(t) && s.until.After(last) {
				last = s.until
			}
		}
		if last.IsZero() {
			continue
		}
		// A window of the day before may run further.
		if before, err := h.part(d - 1); err == nil {
			nightly, err := h.spans(d-1, before.windows(d-1))
			if err != nil {
				return answer{}, err
			}
			for _, s := range nightly {
				if s.from.Before(t) && s.until.After(last) {
					last = s.until
				}
			}
		}
		if last.After(t) {
			last = t
		}
		v, err := h.clock.value(last)
		return answer{value: v}, err
	}
}

// mustStart is the start of a day on the clock of hours, the zero time where the
// clock does not know it.
func mustStart(h *hours, d day) time.Time {
	t, err := h.clock.first(d.start())
	if err != nil {
		return time.Time{}
	}
	return t
}

// The bands of InBand.
const (
	bandNormal    = "normal"
	bandStatutory = "statutory holiday"
	bandMakeup    = "make-up day"
	bandRest      = "rest day"
	bandOutside   = "out of hours"
)

// inBand is the InBand step: the time in the band, day by day.
func inBand(o operands) (answer, error) {
	from, to, h, days, band := o.instant(0), o.instant(1), o.hours(2), o.workdays(3), o.word(4)
	if to.Before(from) {
		return answer{}, failf("measures from %s back to %s", o.steps[0].step.Value.Text, o.steps[1].step.Value.Text)
	}
	switch band {
	case bandNormal, bandStatutory, bandMakeup, bandRest, bandOutside:
	default:
		return answer{}, failf("seeks the band %s; the bands are normal, out of hours, make-up day, rest day, statutory holiday", quote(band))
	}
	var total time.Duration
	for t := from; t.Before(to); {
		if err := o.budget.spend(1); err != nil {
			return answer{}, err
		}
		d, err := h.clock.day(t)
		if err != nil {
			return answer{}, err
		}
		end, err := h.clock.first((d + 1).start())
		if err != nil {
			return answer{}, err
		}
		if !end.After(t) { // a day that the clock shows twice
			if end, err = h.clock.first((d + 2).start()); err != nil {
				return answer{}, err
			}
		}
		if end.After(to) {
			end = to
		}
		open, err := h.service(t, end, nil)
		if err != nil {
			return answer{}, err
		}
		if band == bandNormal {
			total += open
		} else {
			is, err := days.band(d)
			if err != nil {
				return answer{}, err
			}
			if is == band {
				total += end.Sub(t) - open
			}
		}
		t = end
	}
	return answer{value: ElapsedOf(total)}, nil
}

// band is the band of what is out of hours on d.
func (w *workdays) band(d day) (string, error) {
	p, err := w.part(d)
	if err != nil {
		return "", err
	}
	switch class := p.named[d]; {
	case class == statutory:
		return bandStatutory, nil
	case class == work:
		return bandMakeup, nil
	case class == rest || !p.weekday[d.weekday()]:
		return bandRest, nil
	}
	return bandOutside, nil
}
