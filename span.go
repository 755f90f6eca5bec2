package contract

import (
	"cmp"
	"fmt"
	"strconv"
	"strings"
	"time"
)

// A Unit is what a Span counts, and with it the clock that it runs on.
type Unit uint8

const (
	UnitClockSeconds   Unit = iota + 1 // time as it passes
	UnitClockMinutes                   //
	UnitClockHours                     // 12 clock hours
	UnitServiceSeconds                 // time while service is open
	UnitServiceMinutes                 // 3 service minutes
	UnitServiceHours                   // 4 service hours
	UnitWorkingDays                    // 7 working days: days of the calendar, not of a window
	UnitDays                           // 30 days: calendar days
	UnitWeeks                          // 2 weeks
	UnitMonths                         // 3 months: to the corresponding day
	UnitYears                          // 1 year
)

// unitWords are the one spelling of each unit: one of it, several of it, and
// its length where it has one.
var unitWords = [...]struct {
	one, many string
	length    time.Duration
}{
	UnitClockSeconds:   {"clock second", "clock seconds", time.Second},
	UnitClockMinutes:   {"clock minute", "clock minutes", time.Minute},
	UnitClockHours:     {"clock hour", "clock hours", time.Hour},
	UnitServiceSeconds: {"service second", "service seconds", time.Second},
	UnitServiceMinutes: {"service minute", "service minutes", time.Minute},
	UnitServiceHours:   {"service hour", "service hours", time.Hour},
	UnitWorkingDays:    {"working day", "working days", 0},
	UnitDays:           {"calendar day", "days", 0}, // a bare "1 day" may mean 24 hours
	UnitWeeks:          {"week", "weeks", 0},
	UnitMonths:         {"month", "months", 0},
	UnitYears:          {"year", "years", 0},
}

// OnClock reports whether the unit is time as it passes.
func (u Unit) OnClock() bool { return u >= UnitClockSeconds && u <= UnitClockHours }

// OnService reports whether the unit is service time.
func (u Unit) OnService() bool { return u >= UnitServiceSeconds && u <= UnitServiceHours }

// IsValid reports whether u is one of the units.
func (u Unit) IsValid() bool { return u >= UnitClockSeconds && u <= UnitYears }

// String returns the plural of the unit, such as "service hours".
func (u Unit) String() string {
	if !u.IsValid() {
		return fmt.Sprintf("Unit(%d)", uint8(u))
	}
	return unitWords[u].many
}

// A Span is a length as a contract writes it: a whole number and a unit. Hours
// and minutes say which clock, so that a bare number of hours cannot be mistaken
// for the other. Spans are comparable with ==, which compares how they are
// written: 60 minutes is not 1 hour. The zero Span is not stated.
//
// The grammar, one spelling for each:
//
//	3 service minutes   1 service hour    time while service is open
//	12 clock hours      90 clock seconds  time as it passes
//	7 working days      1 working day     days of the calendar
//	30 days             1 calendar day    calendar days; a bare "1 day" is refused
//	2 weeks   3 months   1 year
type Span struct {
	n    int64
	unit Unit
}

// mostSpan bounds the number of a Span: 1,000,000 hours are 114 years.
const mostSpan = 1_000_000

// ParseSpan reads a span in the grammar of [Span].
func ParseSpan(s string) (Span, error) {
	number, unit, _ := strings.Cut(s, " ")
	if !isDigits(number) {
		return Span{}, fmt.Errorf("%q is no span: it begins with a whole number and one space%s: %w", clip(s), spanAdvice(s), ErrSyntax)
	}
	if len(number) > 1 && number[0] == '0' {
		return Span{}, fmt.Errorf("%q is no span: the number has a zero in front: %w", clip(s), ErrSyntax)
	}
	if len(number) > len("1000000") {
		return Span{}, fmt.Errorf("%q: a span counts to %d: %w", clip(s), mostSpan, ErrLimit)
	}
	n, err := strconv.ParseInt(number, 10, 64)
	if err != nil || n > mostSpan {
		return Span{}, fmt.Errorf("%q: a span counts to %d: %w", clip(s), mostSpan, ErrLimit)
	}
	for u := UnitClockSeconds; u <= UnitYears; u++ {
		w := unitWords[u]
		switch unit {
		case w.one:
			if n != 1 {
				return Span{}, fmt.Errorf("%q: write %q: %w", s, number+" "+w.many, ErrSyntax)
			}
			return Span{n, u}, nil
		case w.many:
			if n == 1 {
				return Span{}, fmt.Errorf("%q: write %q: %w", s, "1 "+w.one, ErrSyntax)
			}
			return Span{n, u}, nil
		}
	}
	return Span{}, fmt.Errorf("%q is no span%s: %w", clip(s), spanAdvice(s), ErrSyntax)
}

// spanAdvice says what could be meant by a span that is not in the grammar.
func spanAdvice(s string) string {
	_, unit, _ := strings.Cut(s, " ")
	switch unit {
	case "day":
		return ` ("day" has two meanings: write "24 clock hours", "1 calendar day" or "1 working day")`
	case "hour", "hours", "minute", "minutes", "second", "seconds":
		return fmt.Sprintf(" (say which clock: %q or %q)", "clock "+unit, "service "+unit)
	case "calendar days":
		return ` (write "days")`
	case "working hours", "working hour", "business hours", "business hour", "working minutes", "business minutes":
		return fmt.Sprintf(" (write %q)", "service "+unit[strings.IndexByte(unit, ' ')+1:])
	case "business days", "business day":
		return fmt.Sprintf(" (write %q)", "working "+unit[len("business "):])
	}
	return `; write it as 3 service minutes, 12 clock hours, 7 working days, 30 days, 2 weeks, 3 months or 1 year`
}

func isDigits(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}

// MustParseSpan is ParseSpan for a constant; it panics where ParseSpan errs.
func MustParseSpan(s string) Span {
	span, err := ParseSpan(s)
	if err != nil {
		panic("contract.MustParseSpan: " + err.Error())
	}
	return span
}

// ClockSpan returns the span of d on the clock, in the largest unit that holds
// it whole. A negative d, one of part seconds or one too long is an error.
func ClockSpan(d time.Duration) (Span, error) { return spanOf(d, UnitClockHours, UnitClockSeconds) }

// ServiceSpan is ClockSpan for service time.
func ServiceSpan(d time.Duration) (Span, error) {
	return spanOf(d, UnitServiceHours, UnitServiceSeconds)
}

func spanOf(d time.Duration, largest, smallest Unit) (Span, error) {
	for u := largest; u >= smallest; u-- {
		if length := unitWords[u].length; d >= 0 && d%length == 0 && int64(d/length) <= mostSpan {
			return Span{int64(d / length), u}, nil
		}
	}
	return Span{}, fmt.Errorf("%v is no span: a span is 0 or more whole seconds, and counts to %d: %w", d, mostSpan, ErrInvalid)
}

// CountSpan returns the span of n units.
func CountSpan(n int, u Unit) (Span, error) {
	if n < 0 || n > mostSpan || !u.IsValid() {
		return Span{}, fmt.Errorf("%d %v is no span: it counts from 0 to %d in one of the units: %w", n, u, mostSpan, ErrInvalid)
	}
	return Span{int64(n), u}, nil
}

// Unit returns what the span counts; 0 for the zero Span.
func (s Span) Unit() Unit { return s.unit }

// IsZero reports whether s is the zero Span, which is not stated.
func (s Span) IsZero() bool { return s == Span{} }

// Duration returns the length of a span of clock or service time; ok is false for others.
func (s Span) Duration() (d time.Duration, ok bool) {
	if !s.unit.OnClock() && !s.unit.OnService() {
		return 0, false
	}
	return time.Duration(s.n) * unitWords[s.unit].length, true
}

// Count returns the number of days, weeks, months or years; ok is false for others.
func (s Span) Count() (n int, ok bool) {
	if s.unit < UnitWorkingDays {
		return 0, false
	}
	return int(s.n), true
}

// Compare returns -1 if s is shorter than o, 0 if they are as long, +1 if s is
// longer: 60 service minutes are 1 service hour, 2 weeks 14 days, 12 months 1 year.
// Spans of which either may be longer do not compare, ErrInvalid: a month has 28 to
// 31 days, and what a service hour is on the clock the hours say.
func (s Span) Compare(o Span) (int, error) {
	unit, n := s.smallest()
	other, m := o.smallest()
	if unit != other || unit == 0 {
		return 0, fmt.Errorf("%q and %q: which is longer nobody can say; spans of one clock compare, days with weeks and months with years: %w", s, o, ErrInvalid)
	}
	return cmp.Compare(n, m), nil
}

// smallest is the span in the smallest unit with which it compares; 0 for the zero Span.
func (s Span) smallest() (u Unit, n int64) {
	switch u := s.unit; {
	case u.OnClock():
		return UnitClockSeconds, s.n * int64(unitWords[u].length/time.Second)
	case u.OnService():
		return UnitServiceSeconds, s.n * int64(unitWords[u].length/time.Second)
	case u == UnitWeeks:
		return UnitDays, 7 * s.n
	case u == UnitYears:
		return UnitMonths, 12 * s.n
	}
	return s.unit, s.n
}

// String returns s in the grammar, "" for the zero Span.
func (s Span) String() string {
	if !s.unit.IsValid() {
		return ""
	}
	w := unitWords[s.unit].many
	if s.n == 1 {
		w = unitWords[s.unit].one
	}
	return strconv.FormatInt(s.n, 10) + " " + w
}

// MarshalText writes s in the grammar.
func (s Span) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// UnmarshalText reads what ParseSpan reads.
func (s *Span) UnmarshalText(b []byte) error {
	span, err := ParseSpan(string(b))
	if err != nil {
		return err
	}
	*s = span
	return nil
}
