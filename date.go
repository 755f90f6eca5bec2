package contract

import (
	"fmt"
	"time"
)

// A Date is a civil day: no clock, no zone. Dates are comparable with ==, and
// the zero Date is not a day. They run from 0001-01-01 to 9999-12-31.
//
// Inside is a day number, so that Compare, Sub, AddDays and Weekday are one
// instruction and a working-day table is indexed by it; year, month and day
// are worked out where they are printed.
type Date struct{ n int32 } // days since 0000-03-01, plus one

const (
	minDate = 307       // 0001-01-01
	maxDate = 3_652_365 // 9999-12-31
	// unixEpoch is the day number of 1970-01-01.
	unixEpoch = 719_469
)

const secondsADay = 86_400

// NewDate returns the day of the given year, month and day of the month. A day
// that the month does not have is an error: nothing is carried over.
func NewDate(year int, month time.Month, day int) (Date, error) {
	if year < 1 || year > 9999 {
		return Date{}, fmt.Errorf("year %d: a date lies in the years 1 to 9999: %w", year, ErrSyntax)
	}
	if month < time.January || month > time.December {
		return Date{}, fmt.Errorf("month %d: a month is 1 to 12: %w", int(month), ErrSyntax)
	}
	if day < 1 || day > daysIn(year, month) {
		return Date{}, fmt.Errorf("%04d-%02d has no day %d; its last is %d: %w", year, int(month), day, daysIn(year, month), ErrSyntax)
	}
	return civil(year, month, day), nil
}

// civil is NewDate for a day that is known to exist.
func civil(year int, month time.Month, day int) Date {
	y, m := int32(year), int32(month)
	if m <= 2 {
		y, m = y-1, m+12
	}
	era := y / 400
	yoe := y - era*400
	doy := (153*(m-3)+2)/5 + int32(day) - 1
	doe := yoe*365 + yoe/4 - yoe/100 + doy
	return Date{era*146_097 + doe + 1}
}

// ParseDate reads a day as 2024-03-01 and in no other form.
func ParseDate(s string) (Date, error) {
	if len(s) != len("2024-03-01") || s[4] != '-' || s[7] != '-' {
		return Date{}, fmt.Errorf("%q is no date; write it as 2024-03-01: %w", clip(s), ErrSyntax)
	}
	var f [3]int
	for i, part := range [3]string{s[:4], s[5:7], s[8:]} {
		for j := range len(part) {
			if part[j] < '0' || part[j] > '9' {
				return Date{}, fmt.Errorf("%q is no date; write it as 2024-03-01: %w", clip(s), ErrSyntax)
			}
			f[i] = f[i]*10 + int(part[j]-'0')
		}
	}
	d, err := NewDate(f[0], time.Month(f[1]), f[2])
	if err != nil {
		return Date{}, fmt.Errorf("%q: %w", s, err)
	}
	return d, nil
}

// MustParseDate is ParseDate for a constant; it panics where ParseDate errs.
func MustParseDate(s string) Date {
	d, err := ParseDate(s)
	if err != nil {
		panic("contract.MustParseDate: " + err.Error())
	}
	return d
}

// DateOf returns the civil day on which t falls in t's own location. An instant
// outside the years 1 to 9999 has no Date: the zero Date comes back.
func DateOf(t time.Time) Date {
	_, offset := t.Zone()
	return dateOfLocal(t.Unix() + int64(offset))
}

// dateOfLocal is the day on which a local clock falls that shows the given
// seconds since 1970-01-01 00:00, as if it were UTC.
func dateOfLocal(local int64) Date {
	days := local / secondsADay
	if local%secondsADay < 0 {
		days--
	}
	if n := days + unixEpoch; n >= minDate && n <= maxDate {
		return Date{int32(n)}
	}
	return Date{}
}

// local is the reading of a local clock at the start of d, in seconds since
// 1970-01-01 00:00, as if it were UTC.
func (d Date) local() int64 { return (int64(d.n) - unixEpoch) * secondsADay }

// Date returns the year, month and day of the month; zeros for the zero Date.
func (d Date) Date() (year int, month time.Month, day int) {
	if !d.IsValid() {
		return 0, 0, 0
	}
	z := d.n - 1
	era := z / 146_097
	doe := z - era*146_097
	yoe := (doe - doe/1460 + doe/36_524 - doe/146_096) / 365
	doy := doe - (365*yoe + yoe/4 - yoe/100)
	mp := (5*doy + 2) / 153
	day = int(doy - (153*mp+2)/5 + 1)
	year = int(yoe + era*400)
	if mp < 10 {
		return year, time.Month(mp + 3), day
	}
	return year + 1, time.Month(mp - 9), day
}

// Year returns the year of d, 0 for the zero Date.
func (d Date) Year() int {
	y, _, _ := d.Date()
	return y
}

// Weekday returns the day of the week of d. The zero Date has none that means anything.
func (d Date) Weekday() time.Weekday {
	return time.Weekday((d.n + 2) % 7) // day 1, 0000-03-01, was a Wednesday
}

// AddDays returns the day n days after d, before it for a negative n. A result
// outside the years 1 to 9999, and any from the zero Date, is the zero Date.
func (d Date) AddDays(n int) Date {
	if !d.IsValid() || n < -maxDate || n > maxDate {
		return Date{}
	}
	e := Date{d.n + int32(n)}
	if !e.IsValid() {
		return Date{}
	}
	return e
}

// AddMonths returns the corresponding day n months after d, before it for a
// negative n. Where the month has no such day, end says what holds: its last
// day (Civil Code art. 202), the first of the next month, or an error.
func (d Date) AddMonths(n int, end MonthEnd) (Date, error) {
	if !d.IsValid() {
		return Date{}, fmt.Errorf("no date to count months from: %w", ErrInvalid)
	}
	y, m, day := d.Date()
	months := int64(y)*12 + int64(m) - 1 + int64(n)
	y, m = int(months/12), time.Month(months%12+1)
	if months < 12 || y > 9999 {
		return Date{}, fmt.Errorf("%d months from %v lie outside the years 1 to 9999: %w", n, d, ErrRange)
	}
	last := daysIn(y, m)
	if day <= last {
		return civil(y, m, day), nil
	}
	switch end {
	case MonthEndLast:
		return civil(y, m, last), nil
	case MonthEndNext:
		return civil(y, m, last).AddDays(1), nil
	case MonthEndRefuse:
		return Date{}, fmt.Errorf("%04d-%02d has no day %d, %d months from %v: %w", y, int(m), day, n, d, ErrInvalid)
	}
	return Date{}, fmt.Errorf("%04d-%02d has no day %d: what holds then is %q; %s: %w", y, int(m), day, clip(string(end)), oneOf(end), kindOfWord(end))
}

// Sub returns the days from e to d: 1 if d is the day after e.
func (d Date) Sub(e Date) int { return int(d.n) - int(e.n) }

// Compare returns -1 if d is before e, 0 if they are one day, +1 if d is after.
// The zero Date is before all others.
func (d Date) Compare(e Date) int {
	switch {
	case d.n < e.n:
		return -1
	case d.n > e.n:
		return +1
	}
	return 0
}

// Before reports whether d is before e.
func (d Date) Before(e Date) bool { return d.n < e.n }

// After reports whether d is after e.
func (d Date) After(e Date) bool { return d.n > e.n }

// IsValid reports whether d is a day; the zero Date is not.
func (d Date) IsValid() bool { return d.n >= minDate && d.n <= maxDate }

// IsZero reports whether d is the zero Date, which stands for "not stated".
func (d Date) IsZero() bool { return d == Date{} }

// StartIn returns the first instant of d in loc: the first at which the local
// clock shows 00:00 of that day or later. Where a change of clocks skips
// midnight that is 01:00; where midnight comes twice it is the first.
// The zero Date starts at the zero time. A nil loc is UTC.
func (d Date) StartIn(loc *time.Location) time.Time {
	if !d.IsValid() {
		return time.Time{}
	}
	if loc == nil {
		loc = time.UTC
	}
	return time.Unix(firstInstant(loc, d.local()), 0).In(loc)
}

// String returns d as 2024-03-01, or "no date" for the zero Date.
func (d Date) String() string {
	if !d.IsValid() {
		return "no date"
	}
	return string(d.append(make([]byte, 0, len("2024-03-01"))))
}

func (d Date) append(b []byte) []byte {
	y, m, day := d.Date()
	return append(b, byte('0'+y/1000), byte('0'+y/100%10), byte('0'+y/10%10), byte('0'+y%10), '-',
		byte('0'+m/10), byte('0'+m%10), '-', byte('0'+day/10), byte('0'+day%10))
}

// MarshalText writes d as 2024-03-01; the zero Date as no text at all.
func (d Date) MarshalText() ([]byte, error) {
	if !d.IsValid() {
		return []byte{}, nil
	}
	return d.append(nil), nil
}

// UnmarshalText reads what ParseDate reads.
func (d *Date) UnmarshalText(b []byte) error {
	e, err := ParseDate(string(b))
	if err != nil {
		return err
	}
	*d = e
	return nil
}

// isLeap reports whether February of the year has 29 days.
func isLeap(year int) bool { return year%4 == 0 && (year%100 != 0 || year%400 == 0) }

// daysIn is the number of days of a month.
func daysIn(year int, month time.Month) int {
	switch month {
	case time.February:
		if isLeap(year) {
			return 29
		}
		return 28
	case time.April, time.June, time.September, time.November:
		return 30
	}
	return 31
}

// A Period is days: From and up to, not including, Until. The zero Period has
// no days. A document says the last day: from, through.
type Period struct{ From, Until Date }

// Through returns the period of the days from first through last, both in it. A
// last day of 9999-12-31, after which no day follows, gives the zero Period.
func Through(first, last Date) Period {
	until := last.AddDays(1)
	if !until.IsValid() {
		return Period{}
	}
	return Period{first, until}
}

// Years returns the period of the whole calendar years first through last.
func Years(first, last int) (Period, error) {
	from, err := NewDate(first, time.January, 1)
	if err != nil {
		return Period{}, err
	}
	if last >= 9999 {
		return Period{}, fmt.Errorf("a period ends before the year 9999: %w", ErrRange)
	}
	until, err := NewDate(last+1, time.January, 1)
	if err != nil {
		return Period{}, err
	}
	if !from.Before(until) {
		return Period{}, fmt.Errorf("the years %d through %d: the last is before the first: %w", first, last, ErrInvalid)
	}
	return Period{from, until}, nil
}

// Contains reports whether d is one of the days of p.
func (p Period) Contains(d Date) bool { return !d.Before(p.From) && d.Before(p.Until) }

// Days returns the number of days of p; 0 if it has none.
func (p Period) Days() int {
	if !p.IsValid() {
		return 0
	}
	return p.Until.Sub(p.From)
}

// Last returns the last day of p, the zero Date if it has none.
func (p Period) Last() Date {
	if !p.IsValid() {
		return Date{}
	}
	return p.Until.AddDays(-1)
}

// common is the days that are in both periods.
func (p Period) common(q Period) Period {
	if q.From.After(p.From) {
		p.From = q.From
	}
	if q.Until.Before(p.Until) {
		p.Until = q.Until
	}
	return p
}

// IsValid reports whether p has a day.
func (p Period) IsValid() bool {
	return p.From.IsValid() && p.Until.IsValid() && p.From.Before(p.Until)
}

// String returns p as 2024-03-01..2025-02-28, both days in it, or "no days".
func (p Period) String() string {
	if !p.IsValid() {
		return "no days"
	}
	return p.From.String() + ".." + p.Last().String()
}

// clip shortens what an error quotes.
func clip(s string) string {
	const most = 60
	if len(s) <= most {
		return s
	}
	for i := most; i > most-4; i-- { // not inside a character
		if s[i]&0xC0 != 0x80 {
			return s[:i] + "…"
		}
	}
	return s[:most] + "…"
}

func latest(a, b Date) Date {
	if a.Before(b) {
		return b
	}
	return a
}

func earliest(a, b Date) Date {
	if b.Before(a) {
		return b
	}
	return a
}
