package contract

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/cfd16870/contract/proof"
)

// The week as a contract writes it: "mon-fri" and "09:00-12:00".

// weekdays are the words for the days of a week, in the order of a working week.
var weekdays = [7]string{"mon", "tue", "wed", "thu", "fri", "sat", "sun"}

// weekdayIndex is the place of a weekday in that order.
func weekdayIndex(w time.Weekday) int { return (int(w) + 6) % 7 }

// parseWeekday reads one of the words; it returns its place in the week.
func parseWeekday(s string) (int, bool) {
	i := slices.Index(weekdays[:], s)
	return i, i >= 0
}

// parseDays reads days of the week: "mon-fri", "sat", "mon, wed, fri".
func parseDays(s string) (days [7]bool, err error) {
	if strings.TrimSpace(s) == "" {
		return days, fmt.Errorf("no days of the week; write them as mon-fri, sat or mon, wed: %w", ErrRequired)
	}
	for part := range strings.SplitSeq(s, ",") {
		part = strings.TrimSpace(part)
		first, last, ranged := strings.Cut(part, "-")
		if !ranged {
			last = first
		}
		from, ok := parseWeekday(first)
		until, okLast := parseWeekday(last)
		if !ok || !okLast {
			return days, fmt.Errorf("%q are no days of the week; write them as mon-fri, sat or mon, wed (%s): %w",
				clip(part), strings.Join(weekdays[:], " "), ErrSyntax)
		}
		if ranged && from >= until {
			return days, fmt.Errorf("%q runs backwards; a week is written from mon to sun: %w", part, ErrInvalid)
		}
		for i := from; i <= until; i++ {
			if days[i] {
				return days, fmt.Errorf("%q: %s is given twice: %w", clip(s), weekdays[i], ErrDuplicate)
			}
			days[i] = true
		}
	}
	return days, nil
}

// A dayWindow is a window in seconds from its 00:00, half-open. It starts
// within the day and may end within the next.
type dayWindow struct{ from, to int32 }

const dayLength = secondsADay

// parseWindow reads "09:00-12:00". A window across midnight is written past
// 24:00: "22:00-30:00".
func parseWindow(s string) (dayWindow, error) {
	a, b, ok := strings.Cut(s, "-")
	from, okFrom := parseClock(a)
	to, okTo := parseClock(b)
	switch {
	case strings.ContainsAny(s, "：－—～〜"):
		return dayWindow{}, fmt.Errorf("%q has full-width marks; write it as 09:00-12:00: %w", clip(s), ErrSyntax)
	case !ok || !okFrom || !okTo:
		return dayWindow{}, fmt.Errorf("%q is no window; write it as 09:00-12:00: %w", clip(s), ErrSyntax)
	case from >= dayLength:
		return dayWindow{}, fmt.Errorf("%q begins after its own day; give it to the next: %w", s, ErrInvalid)
	case from == to:
		return dayWindow{}, fmt.Errorf("%q is empty: %w", s, ErrInvalid)
	case from > to:
		return dayWindow{}, fmt.Errorf("%q ends before it begins; a window across midnight is written past 24:00: %s-%s: %w",
			s, clockText(from), clockText(to+dayLength), ErrInvalid)
	case to-from > dayLength:
		return dayWindow{}, fmt.Errorf("%q is longer than a day: %w", s, ErrInvalid)
	}
	return dayWindow{from, to}, nil
}

// parseClock reads "09:00", to 48:00.
func parseClock(s string) (int32, bool) {
	if len(s) != len("09:00") || s[2] != ':' {
		return 0, false
	}
	for _, i := range [4]int{0, 1, 3, 4} {
		if s[i] < '0' || s[i] > '9' {
			return 0, false
		}
	}
	h := int32(s[0]-'0')*10 + int32(s[1]-'0')
	m := int32(s[3]-'0')*10 + int32(s[4]-'0')
	if m > 59 || h > 48 || h == 48 && m > 0 {
		return 0, false
	}
	return h*3600 + m*60, true
}

func clockText(s int32) string { return fmt.Sprintf("%02d:%02d", s/3600, s/60%60) }

func (s dayWindow) String() string { return clockText(s.from) + "-" + clockText(s.to) }

// parseWindows reads the windows of one day, which may be in any order; one that
// overlaps an earlier one is a fault. Faults lie at pointer/0, pointer/1 and so on.
func parseWindows(list []string, pointer string, faults *Errors) []dayWindow {
	spans := make([]dayWindow, 0, len(list))
	for i, s := range list {
		span, err := parseWindow(s)
		if err != nil {
			faults.addErr(fmt.Sprintf("%s/%d", pointer, i), err)
			continue
		}
		if k := slices.IndexFunc(spans, func(o dayWindow) bool { return span.from < o.to && o.from < span.to }); k >= 0 {
			faults.add(fmt.Sprintf("%s/%d", pointer, i), ErrConflict, "%v overlaps %v", span, spans[k])
			continue // one fault for each: what it overlaps beside says nothing new
		}
		spans = append(spans, span)
	}
	slices.SortFunc(spans, func(a, b dayWindow) int { return int(a.from - b.from) })
	return spans
}

// A weekRule is the windows of each day of the week, from Monday.
type weekRule [7][]dayWindow

// parseWeek reads the windows of a week. Every fault of it is found at once.
func parseWeek(week map[string][]string, pointer string, faults *Errors) weekRule {
	var w weekRule
	var by [7]string
	for _, key := range sortedKeys(week) {
		at := pointer + "/" + escape(key)
		days, err := parseDays(key)
		if err != nil {
			faults.addErr(at, err)
			continue
		}
		spans := parseWindows(week[key], at, faults)
		if len(week[key]) == 0 {
			faults.add(at, ErrInvalid, "no windows; leave the days out if they are closed")
		}
		for i, in := range days {
			switch {
			case !in:
			case by[i] != "":
				faults.add(at, ErrDuplicate, "%s is given by %q already", weekdays[i], by[i])
			default:
				w[i], by[i] = spans, key
			}
		}
	}
	for i, spans := range w {
		next := (i + 1) % 7
		for _, s := range spans {
			if len(w[next]) > 0 && s.to-dayLength > w[next][0].from {
				faults.add(pointer, ErrConflict, "%s %v runs into %s %v", weekdays[i], s, weekdays[next], w[next][0])
			}
		}
	}
	return w
}

// opens reports whether a week has any window.
func (w weekRule) opens() bool {
	return slices.ContainsFunc(w[:], func(spans []dayWindow) bool { return len(spans) > 0 })
}

// overnight reports whether a window ends after its own day.
func (w weekRule) overnight() bool {
	for _, spans := range w {
		for _, s := range spans {
			if s.to > dayLength {
				return true
			}
		}
	}
	return false
}

// value spells the week for a working.
func (w weekRule) value() proof.Value {
	var days [7][]proof.Window
	for i, windows := range w {
		days[(i+1)%7] = proofWindows(windows) // from Monday, and from Sunday
	}
	return proof.WeekOf(days)
}

// weekdaysValue spells days of the week, from Monday, in the same way.
func weekdaysValue(days [7]bool) proof.Value {
	var list [7]bool
	for i, is := range days {
		list[(i+1)%7] = is
	}
	return proof.WeekdaysOf(list)
}

// proofWindows are windows as a working has them, in minutes.
func proofWindows(windows []dayWindow) []proof.Window {
	list := make([]proof.Window, len(windows))
	for i, w := range windows {
		list[i] = proof.Window{From: int(w.from / 60), Until: int(w.to / 60)}
	}
	return list
}
