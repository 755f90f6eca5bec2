package proof

import (
	"fmt"
	"math/big"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// The functions of this file spell values in their one canonical way. Whoever
// writes a working uses them, and Check reads with the parsers beside them, so
// that writer and checker cannot disagree on a spelling. A value that the kind
// cannot hold (a year past 9999, a window that ends before it starts) is spelled
// all the same: Check then says at which step it stands.

// NumberOf returns r as a Number: a finite decimal without trailing zeros, else
// a fraction in lowest terms. For a nil r it is the zero Value.
func NumberOf(r *big.Rat) Value {
	if r == nil {
		return Value{}
	}
	return Value{Number, spellNumber(r)}
}

// PercentOf returns r percent: 90 is 90%, not 9000%. For a nil r it is the zero Value.
func PercentOf(r *big.Rat) Value {
	if r == nil {
		return Value{}
	}
	return Value{Percent, spellNumber(r) + "%"}
}

// InstantOf returns t with the offset of its own location. RFC 3339 has no
// seconds in an offset: one that has them (Shanghai before 1901, +08:05:43) is
// cut to its whole minutes, and the reading of the clock with it, so that the
// instant stays exact.
func InstantOf(t time.Time) Value {
	_, offset := t.Zone()
	return Value{Instant, t.In(time.FixedZone("", offset-offset%60)).Format(time.RFC3339Nano)}
}

// ElapsedOf returns d as time.Duration spells it.
func ElapsedOf(d time.Duration) Value { return Value{Elapsed, d.String()} }

// DaysOf returns n days.
func DaysOf(n int) Value { return Value{Days, strconv.Itoa(n)} }

// WordOf returns the word s. A word has a letter or a sign at both ends, single
// spaces and nothing unprintable inside.
func WordOf(s string) Value { return Value{Word, s} }

// TruthOf returns yes or no.
func TruthOf(b bool) Value {
	if b {
		return Value{Truth, "yes"}
	}
	return Value{Truth, "no"}
}

// StretchOf returns the time from from up to, not including, to, each with the
// offset of its own location. See [InstantOf].
func StretchOf(from, to time.Time) Value {
	return Value{Stretch, InstantOf(from).Text + "/" + InstantOf(to).Text}
}

// DateOf returns the civil day. Nothing is carried over: 31 April stays what it
// is, and does not check.
func DateOf(year int, month time.Month, day int) Value {
	return Value{Date, fmt.Sprintf("%04d-%02d-%02d", year, int(month), day)}
}

// PeriodOf returns the days from from through through, both Dates and both in it.
func PeriodOf(from, through Value) Value {
	return Value{Period, from.Text + ".." + through.Text}
}

// ShiftOf returns the offset of a local clock, in seconds east of UTC, that holds
// from an instant on: +08:00, and with seconds where it has them, +08:05:43.
func ShiftOf(from time.Time, offsetSeconds int) Value {
	sign, o := "+", offsetSeconds
	if o < 0 {
		sign, o = "-", -o
	}
	text := fmt.Sprintf("%s %s%02d:%02d", InstantOf(from.UTC()).Text, sign, o/3600, o/60%60)
	if o%60 != 0 {
		text += fmt.Sprintf(":%02d", o%60)
	}
	return Value{Shift, text}
}

// read returns what a Value says, as one of the types below, or a fault if its
// kind is not known or its text is not the one canonical spelling.
//
//	Money           amount        Span    lengthOfDays
//	Dated           dated         Band    band
//	Cell            cell
//	Number, Percent *big.Rat      Word    string
//	Date            day           Truth   bool
//	Instant         time.Time     Day     namedDay
//	Elapsed         time.Duration Agreed  agreedDay
//	Days            int           Shift   shift
//	Period          period        Stretch span
//	Week            week
func read(v Value) (any, error) {
	meaning, canonical, err := parse(v)
	if err != nil {
		return nil, err
	}
	if canonical != v {
		return nil, failf("says %s, whose one spelling is %s", quote(v.Text), quote(canonical.Text))
	}
	return meaning, nil
}

// parse returns what v says, and v as it should have been spelled.
func parse(v Value) (meaning any, canonical Value, err error) {
	none := func(example string) error {
		return failf("says %s, which is no %s: it is spelled as %s", quote(v.Text), v.Kind, example)
	}
	switch v.Kind {
	case Number, Percent:
		text, sign := v.Text, ""
		if v.Kind == Percent {
			var found bool
			if text, found = strings.CutSuffix(text, "%"); !found {
				return nil, Value{}, none("90%")
			}
			sign = "%"
		}
		r, err := parseNumber(text)
		if err != nil {
			return nil, Value{}, err
		}
		if r == nil {
			return nil, Value{}, none("40, -0.5 or 2/3" + sign)
		}
		return r, Value{v.Kind, spellNumber(r) + sign}, nil
	case Date:
		if d, ok := parseDate(v.Text); ok {
			return d, d.value(), nil
		}
		return nil, Value{}, none("2024-05-11, in the years 0001 to 9999")
	case Instant:
		if t, ok := parseInstant(v.Text); ok {
			return t, InstantOf(t), nil
		}
		return nil, Value{}, none("2024-05-11T18:00:00+08:00, in the years 0001 to 9999")
	case Elapsed:
		if d, err := time.ParseDuration(v.Text); err == nil {
			return d, ElapsedOf(d), nil
		}
		return nil, Value{}, none("8h30m0s")
	case Days:
		if n, err := strconv.Atoi(v.Text); err == nil && len(v.Text) < 10 {
			return n, DaysOf(n), nil
		}
		return nil, Value{}, none("7, a whole number of at most nine digits")
	case Period:
		p, ok := parsePeriod(v.Text)
		if !ok {
			return nil, Value{}, none("2024-04-29..2024-05-11, the first day not after the last")
		}
		if p.days() > maxPeriod {
			return nil, Value{}, cannotf("the period %s has %d days; this check walks at most %d", p, p.days(), maxPeriod)
		}
		return p, PeriodOf(p.from.value(), p.through.value()), nil
	case Week:
		if w, ok := parseWeek(v.Text); ok {
			return w, WeekOf(w), nil
		}
		return nil, Value{}, none(`"mon-fri 09:00-12:00 13:00-18:00; sat 09:00-12:00" or "never"`)
	case Word:
		if isWord(v.Text) {
			return v.Text, v, nil
		}
		return nil, Value{}, none("closed: printable, with single spaces")
	case Truth:
		if v.Text == "yes" || v.Text == "no" {
			return v.Text == "yes", v, nil
		}
		return nil, Value{}, none("yes or no")
	case Day:
		if n, ok := parseNamedDay(v.Text); ok {
			return n, NamedDayOf(n.day.value(), n.class), nil
		}
		return nil, Value{}, none("2024-05-01 statutory, 2024-05-02 rest or 2024-05-11 work")
	case Agreed:
		if a, ok := parseAgreed(v.Text); ok {
			return a, AgreedOf(a.day.value(), a.windows...), nil
		}
		return nil, Value{}, none("2024-10-12 09:00-12:00 or 2024-10-12 closed")
	case Shift:
		if s, ok := parseShift(v.Text); ok {
			return s, ShiftOf(s.from, s.seconds), nil
		}
		return nil, Value{}, none("1991-09-14T15:00:00Z +08:00, less than a day from UTC")
	case Money:
		a, err := parseMoney(v.Text)
		if err != nil {
			return nil, Value{}, err
		}
		if a.number == nil {
			return nil, Value{}, none("2400.00 CNY")
		}
		return a, MoneyOf(a.number, a.currency), nil
	case Span:
		if l, ok := parseSpan(v.Text); ok {
			return l, v, nil
		}
		return nil, Value{}, none("30 days, 1 calendar day, 2 weeks, 1 month or 1 year")
	case Dated:
		d, err := parseDated(v.Text)
		return d, DatedOf(d.day.value(), d.gives.value), err
	case Band:
		b, err := parseBand(v.Text)
		return b, b.value(), err
	case Cell:
		c, err := parseCell(v.Text)
		return c, CellOf(c.keys, c.gives.value), err
	case Stretch:
		if s, ok := parseStretch(v.Text); ok {
			return s, StretchOf(s.from, s.until), nil
		}
		return nil, Value{}, none("2026-05-07T09:00:00+08:00/2026-05-08T18:00:00+08:00, the first not after the second")
	}
	return nil, Value{}, cannotf("the kind %s is not known to this version", quote(string(v.Kind)))
}

// quote shows a text from outside in a reason, shortened where it is long.
func quote(s string) string {
	const most = 80
	if utf8.RuneCountInString(s) > most {
		s = string([]rune(s)[:most]) + "…"
	}
	return strconv.Quote(s)
}

// spellNumber returns the canonical spelling of r.
func spellNumber(r *big.Rat) string {
	if places, exact := r.FloatPrec(); exact {
		return r.FloatString(places)
	}
	return r.RatString()
}

// parseNumber reads -?digits, -?digits.digits or -?digits/digits, and returns
// nil for any other text: big.Rat would read exponents, which make a short text
// an enormous number. It refuses a text of too many digits before it converts it.
func parseNumber(s string) (*big.Rat, error) {
	whole := strings.TrimPrefix(s, "-")
	part, sep := "", strings.IndexAny(whole, "./")
	digits := len(whole)
	if sep >= 0 {
		whole, part = whole[:sep], whole[sep+1:]
		digits--
		if part == "" {
			return nil, nil
		}
	}
	if whole == "" || strings.Trim(whole+part, "0123456789") != "" {
		return nil, nil
	}
	if digits > maxDigits {
		return nil, cannotf("a number of %d digits; this check reads at most %d", digits, maxDigits)
	}
	r, ok := new(big.Rat).SetString(s)
	if !ok { // a denominator of zero
		return nil, nil
	}
	return r, nil
}

// isWord reports whether s is a word.
func isWord(s string) bool {
	if s == "" || s != strings.TrimSpace(s) || strings.Contains(s, "  ") || !utf8.ValidString(s) {
		return false
	}
	for _, r := range s {
		if !unicode.IsPrint(r) {
			return false
		}
	}
	return true
}

// parseInstant reads an RFC 3339 instant of the years 1 to 9999, by its own clock
// and by UTC. UTC is given as the location so that the zone of the machine plays
// no part.
func parseInstant(s string) (time.Time, bool) {
	t, err := time.ParseInLocation(time.RFC3339Nano, s, time.UTC)
	if err != nil {
		return time.Time{}, false
	}
	_, offset := t.Zone()
	return t, offset > -daySeconds && offset < daySeconds && inYears(t) && inYears(t.UTC())
}

// inYears reports whether t lies in a year that has a spelling.
func inYears(t time.Time) bool { return t.Year() >= 1 && t.Year() <= 9999 }

// parseStretch reads two instants, the first not after the second.
func parseStretch(s string) (span, bool) {
	a, b, found := strings.Cut(s, "/")
	from, ok1 := parseInstant(a)
	until, ok2 := parseInstant(b)
	return span{from, until}, found && ok1 && ok2 && !until.Before(from)
}

// A shift is the offset of a local clock, in seconds, from an instant on.
type shift struct {
	from    time.Time
	seconds int
}

// parseShift reads an instant and an offset of less than a day, ±hh:mm or ±hh:mm:ss.
func parseShift(s string) (shift, bool) {
	at, offset, _ := strings.Cut(s, " ")
	from, ok := parseInstant(at)
	if !ok || (len(offset) != len("+08:00") && len(offset) != len("+08:05:43")) {
		return shift{}, false
	}
	clock, err := time.Parse("15:04:05", (offset + ":00")[1:len("+08:05:43")])
	if err != nil || (offset[0] != '+' && offset[0] != '-') {
		return shift{}, false
	}
	seconds := clock.Hour()*3600 + clock.Minute()*60 + clock.Second()
	if offset[0] == '-' {
		seconds = -seconds
	}
	return shift{from, seconds}, true
}
