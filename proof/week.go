package proof

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

const (
	daySeconds = 24 * 60 * 60
	dayMinutes = 24 * 60
)

// A Window is open time of a day by the local clock: minutes since 00:00 of that
// day, From in it and Until not. A window starts on its day; past midnight it
// runs on, Until 1800 being 30:00, and to 48:00 at most. The zero Window is empty
// and is none that a working may quote.
type Window struct{ From, Until int }

// String returns w as 09:00-12:00.
func (w Window) String() string { return minutes(w.From) + "-" + minutes(w.Until) }

// minutes returns minutes since 00:00 as a reading of the clock.
func minutes(m int) string { return fmt.Sprintf("%02d:%02d", m/60, m%60) }

// A week is the windows of each weekday, by time.Weekday: Sunday is 0.
type week = [7][]Window

// weekdays are the days in the order in which a week is spelled, and their names.
var (
	weekdays     = [7]time.Weekday{1, 2, 3, 4, 5, 6, 0}
	weekdayNames = [7]string{"sun", "mon", "tue", "wed", "thu", "fri", "sat"}
)

// WeekOf returns the windows of each weekday, the index being a time.Weekday, so
// that Sunday is 0. A run of days, from Monday on, that have the same windows is
// spelled once; days without a window are left out.
func WeekOf(windows [7][]Window) Value {
	var groups []string
	for _, r := range runs(func(a, b time.Weekday) bool { return slices.Equal(windows[a], windows[b]) }) {
		if len(windows[r.first]) > 0 {
			groups = append(groups, r.String()+spellWindows(windows[r.first]))
		}
	}
	if len(groups) == 0 {
		return Value{Week, "never"}
	}
	return Value{Week, strings.Join(groups, "; ")}
}

// WeekdaysOf returns the days, the index being a time.Weekday, as the word that a
// [WorkingDays] step takes: mon-fri; mon-wed, fri.
func WeekdaysOf(days [7]bool) Value {
	var groups []string
	for _, r := range runs(func(a, b time.Weekday) bool { return days[a] == days[b] }) {
		if days[r.first] {
			groups = append(groups, r.String())
		}
	}
	if len(groups) == 0 {
		return Value{Word, "never"}
	}
	return Value{Word, strings.Join(groups, ", ")}
}

// NamedDayOf returns a Date as a calendar names it: statutory, rest or work.
func NamedDayOf(date Value, class string) Value { return Value{Day, date.Text + " " + class} }

// AgreedOf returns the windows agreed for a Date; without one it is closed.
func AgreedOf(date Value, windows ...Window) Value {
	if len(windows) == 0 {
		return Value{Agreed, date.Text + " closed"}
	}
	return Value{Agreed, date.Text + spellWindows(windows)}
}

// A run is weekdays one after the other.
type run struct{ first, last time.Weekday }

func (r run) String() string {
	if r.first == r.last {
		return weekdayNames[r.first]
	}
	return weekdayNames[r.first] + "-" + weekdayNames[r.last]
}

// runs divides the week, from Monday on, into the longest runs of days that are the same.
func runs(same func(a, b time.Weekday) bool) []run {
	var all []run
	for _, d := range weekdays {
		if n := len(all); n > 0 && same(all[n-1].first, d) {
			all[n-1].last = d
		} else {
			all = append(all, run{d, d})
		}
	}
	return all
}

// parseRun reads mon or mon-fri and returns its days.
func parseRun(s string) ([]time.Weekday, bool) {
	first, last, ranged := strings.Cut(s, "-")
	if !ranged {
		last = first
	}
	place := func(name string) int {
		return slices.IndexFunc(weekdays[:], func(d time.Weekday) bool { return weekdayNames[d] == name })
	}
	i, j := place(first), place(last)
	if i < 0 || j < i {
		return nil, false
	}
	return weekdays[i : j+1], true
}

// parseWeek reads "never", or groups of days and windows with "; " between them.
func parseWeek(s string) (week, bool) {
	var w week
	if s == "never" {
		return w, true
	}
	for group := range strings.SplitSeq(s, "; ") {
		name, rest, _ := strings.Cut(group, " ")
		days, ok := parseRun(name)
		windows, ok2 := parseWindows(rest)
		if !ok || !ok2 {
			return week{}, false
		}
		for _, d := range days {
			if w[d] != nil {
				return week{}, false // a day given twice
			}
			w[d] = windows
		}
	}
	return w, true
}

// parseWeekdays reads the days of a word such as mon-fri.
func parseWeekdays(s string) ([7]bool, bool) {
	var in [7]bool
	for group := range strings.SplitSeq(s, ", ") {
		days, ok := parseRun(group)
		if !ok {
			return [7]bool{}, false
		}
		for _, d := range days {
			in[d] = true
		}
	}
	return in, WeekdaysOf(in).Text == s
}

// spellWindows returns the windows, each with a space before it.
func spellWindows(windows []Window) string {
	var b strings.Builder
	for _, w := range windows {
		b.WriteString(" " + w.String())
	}
	return b.String()
}

// parseWindows reads one window or more with spaces between them, in order and
// none over another. Two may touch: a contract may write its day that way.
func parseWindows(s string) ([]Window, bool) {
	var all []Window
	for text := range strings.SplitSeq(s, " ") {
		a, b, _ := strings.Cut(text, "-")
		from, ok1 := parseMinutes(a)
		until, ok2 := parseMinutes(b)
		if !ok1 || !ok2 || from >= until || from >= dayMinutes || until > 2*dayMinutes {
			return nil, false
		}
		if n := len(all); n > 0 && from < all[n-1].Until {
			return nil, false
		}
		all = append(all, Window{from, until})
	}
	return all, true
}

// parseMinutes reads a clock as 09:00, to 99:59.
func parseMinutes(s string) (int, bool) {
	if len(s) != len("09:00") || s[2] != ':' || s[3] > '5' {
		return 0, false
	}
	n := 0
	for _, i := range [...]int{0, 1, 3, 4} {
		if s[i] < '0' || s[i] > '9' {
			return 0, false
		}
		n = n*10 + int(s[i]-'0')
	}
	return n/100*60 + n%100, true
}

// The classes of a named day.
const (
	statutory = "statutory" // a holiday by statute
	rest      = "rest"      // free by arrangement
	work      = "work"      // worked to make up for a rest day
)

// A namedDay is a day and its class in the calendar.
type namedDay struct {
	day   day
	class string
}

func parseNamedDay(s string) (namedDay, bool) {
	date, class, _ := strings.Cut(s, " ")
	d, ok := parseDate(date)
	return namedDay{d, class}, ok && (class == statutory || class == rest || class == work)
}

// An agreedDay is a day and the windows agreed for it; none: closed.
type agreedDay struct {
	day     day
	windows []Window
}

func parseAgreed(s string) (agreedDay, bool) {
	date, hours, _ := strings.Cut(s, " ")
	d, ok := parseDate(date)
	if hours == "closed" {
		return agreedDay{d, nil}, ok
	}
	windows, ok2 := parseWindows(hours)
	return agreedDay{d, windows}, ok && ok2
}
