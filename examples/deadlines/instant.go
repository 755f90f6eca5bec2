package main

import (
	"bytes"
	"time"
)

// parseInstant reads an RFC 3339 time and nothing else. time.Parse costs several times
// as much, and takes more: one digit for the hour, a comma before the fraction, an offset
// of 24 hours or 60 minutes. The instant comes out in UTC; what is printed is in the
// contract's zone.
func parseInstant[T string | []byte](s T) (t time.Time, ok bool) {
	const shortest = len("2006-01-02T15:04:05Z")
	if len(s) < shortest || s[4] != '-' || s[7] != '-' || s[10] != 'T' || s[13] != ':' || s[16] != ':' {
		return t, false
	}
	year := two(s, 0)*100 + two(s, 2)
	month, day := two(s, 5), two(s, 8)
	hour, minute, second := two(s, 11), two(s, 14), two(s, 17)
	if year > 9999 || month < 1 || month > 12 || day < 1 || day > 31 || hour > 23 || minute > 59 || second > 59 {
		return t, false
	}
	if day > 28 && day > daysIn(year, month) {
		return t, false
	}
	i, nanos := 19, 0
	if s[i] == '.' {
		i++
		first := i
		for unit := 100_000_000; i < len(s) && s[i]-'0' <= 9; i++ {
			nanos += int(s[i]-'0') * unit // digits after the ninth are cut off
			unit /= 10
		}
		if i == first {
			return t, false
		}
	}
	offset := 0
	switch rest := s[i:]; {
	case len(rest) == 1 && rest[0] == 'Z':
	case len(rest) == len("+08:00") && rest[3] == ':' && (rest[0] == '+' || rest[0] == '-'):
		h, m := two(rest, 1), two(rest, 4)
		if h > 23 || m > 59 {
			return t, false
		}
		offset = h*3600 + m*60
		if rest[0] == '-' {
			offset = -offset
		}
	default:
		return t, false
	}
	seconds := (hour*60+minute)*60 + second - offset
	return time.Unix(int64(daysSince1970(year, month, day))*86400+int64(seconds), int64(nanos)).UTC(), true
}

// two reads two digits; where they are none it returns more than any field may be.
func two[T string | []byte](s T, i int) int {
	tens, ones := s[i]-'0', s[i+1]-'0'
	if tens > 9 || ones > 9 {
		return 1 << 20
	}
	return int(tens)*10 + int(ones)
}

func daysIn(year, month int) int {
	switch month {
	case 4, 6, 9, 11:
		return 30
	case 2:
		if year%4 == 0 && (year%100 != 0 || year%400 == 0) {
			return 29
		}
		return 28
	}
	return 31
}

// daysSince1970 counts the days of the Gregorian calendar, with years that begin in
// March, so that the leap day is the last.
func daysSince1970(year, month, day int) int {
	if month <= 2 {
		year--
		month += 12
	}
	year += 400 // nothing below is negative
	return 365*year + year/4 - year/100 + year/400 + (153*(month-3)+2)/5 + day - 1 - 719468 - 146097
}

// appendInstant appends an instant as Time.AppendFormat does by time.RFC3339Nano, in a
// third of its time.
func appendInstant(out []byte, t time.Time, zone *time.Location) []byte {
	t = t.In(zone)
	_, offset := t.Zone()
	local := t.Unix() + int64(offset)
	if t.Nanosecond() != 0 || offset%60 != 0 || local < 0 || local >= year10000 {
		return t.AppendFormat(out, time.RFC3339Nano)
	}
	days, second := uint32(local/86400), uint32(local%86400)
	// Years that begin in March, in cycles of 400: the inverse of daysSince1970.
	days += 719468
	cycle, of := days/146097, days%146097
	year := (of - of/1460 + of/36524 - of/146096) / 365
	of -= 365*year + year/4 - year/100
	month := (5*of + 2) / 153
	day := of - (153*month+2)/5 + 1
	year += 400 * cycle
	if month += 3; month > 12 {
		year, month = year+1, month-12
	}
	sign := byte('+')
	if offset < 0 {
		sign, offset = '-', -offset
	}
	hour, minute := second/3600, second/60%60
	text := [25]byte{4: '-', 7: '-', 10: 'T', 13: ':', 16: ':', 22: ':'}
	digits(text[0:], year/100)
	digits(text[2:], year%100)
	digits(text[5:], month)
	digits(text[8:], day)
	digits(text[11:], hour)
	digits(text[14:], minute)
	digits(text[17:], second%60)
	if offset == 0 {
		text[19] = 'Z'
		return append(out, text[:20]...)
	}
	text[19] = sign
	digits(text[20:], uint32(offset/3600))
	digits(text[23:], uint32(offset/60%60))
	return append(out, text[:]...)
}

// digits writes a number below 100.
func digits(to []byte, n uint32) {
	const pairs = "0001020304050607080910111213141516171819202122232425262728293031323334353637383940414243444546474849" +
		"5051525354555657585960616263646566676869707172737475767778798081828384858687888990919293949596979899"
	to[0], to[1] = pairs[2*n], pairs[2*n+1] // copy would be a call
}

const year10000 = 253402300800

// parsePlain is the same by time.Parse, less what it takes beyond RFC 3339.
func parsePlain(s []byte) (t time.Time, ok bool) {
	t, err := time.Parse(time.RFC3339, string(s))
	if err != nil || len(s) < 20 || s[13] != ':' || bytes.IndexByte(s, ',') >= 0 {
		return time.Time{}, false
	}
	if at := len(s) - len("+08:00"); s[len(s)-1] != 'Z' && (two(s, at+1) > 23 || two(s, at+4) > 59) {
		return time.Time{}, false
	}
	return t, true
}
