package proof

import (
	"fmt"
	"math/big"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// A world is a small calendar, minute by minute: for each minute of three weeks
// what the local clock shows and whether it is service time. It is worked out by
// looking at every minute, and shares nothing with the checker but the spelling.
type world struct {
	s       schedule
	from    time.Time // minute 0
	local   []int     // what the clock shows, in minutes since local 00:00 of the world's first day
	open    []bool
	working [simDays]bool
	class   [simDays]string   // what the calendar names it
	last    [simDays]int      // minutes of the day at which its last window ends; 0: none
	windows [simDays][]Window // of each day
	week    week
}

const (
	simDays    = 14             // that the period has; the clock runs on for longer
	simLead    = 3 * dayMinutes // minutes before local 00:00 of the first day
	simMinutes = (simDays + 7) * dayMinutes
)

// The first day is a Monday; the clocks are those of zones with hard corners.
var simZones = []struct {
	first  string // day 0
	shifts string
}{
	{"2024-04-01", "Asia/Shanghai; 1991-09-14T15:00:00Z +08:00"},
	{"2024-03-25", "Europe/London; 2023-10-29T01:00:00Z +00:00; 2024-03-31T01:00:00Z +01:00"},
	{"2024-10-21", "Europe/London; 2024-03-31T01:00:00Z +01:00; 2024-10-27T01:00:00Z +00:00"},
	{"2018-10-29", "America/Sao_Paulo; 2018-02-18T02:00:00Z -03:00; 2018-11-04T03:00:00Z -02:00"},
	{"2018-02-12", "America/Sao_Paulo; 2017-10-15T03:00:00Z -02:00; 2018-02-18T02:00:00Z -03:00"},
	{"2006-10-23", "America/St_Johns; 2006-04-02T03:31:00Z -02:30; 2006-10-29T02:31:00Z -03:30"},
	{"2011-12-26", "Pacific/Apia; 2011-09-24T14:00:00Z -10:00; 2011-12-30T10:00:00Z +14:00"},
}

// firstMinute is the first minute at which the clock shows the reading or later.
func (w *world) firstMinute(reading int) int {
	for m, shows := range w.local {
		if shows >= reading {
			return m
		}
	}
	panic("the world is too short")
}

func drawWorld(t *rapid.T) *world {
	zone := rapid.SampledFrom(simZones).Draw(t, "zone")
	first, err := time.Parse(time.DateOnly, zone.first)
	if err != nil {
		panic(err)
	}
	w := &world{}
	date := func(i int) string { return first.AddDate(0, 0, i).Format(time.DateOnly) }
	w.s = schedule{zone: zone.shifts, period: date(0) + ".." + date(simDays-1)}

	// The week: a window is drawn where it meets the edges of days and of clock changes.
	edges := []int{0, 1, 59, 60, 90, 120, 180, 540, 720, 780, 1080, 1320, 1380, 1439, 1440, 1500, 1530, 1800, 2160, 2880}
	drawWindows := func(label string) []Window {
		n := rapid.IntRange(0, 3).Draw(t, label)
		cuts := slices.Compact(slices.Sorted(slices.Values(rapid.SliceOfNDistinct(rapid.SampledFrom(edges), 2*n, 2*n, rapid.ID).Draw(t, label+" cuts"))))
		var ws []Window
		for i := 0; i+1 < len(cuts); i += 2 {
			if cuts[i] < dayMinutes {
				ws = append(ws, Window{cuts[i], cuts[i+1]})
			}
		}
		return ws
	}
	kinds := [3][]Window{drawWindows("weekday"), drawWindows("saturday"), drawWindows("sunday")}
	for d := range 7 {
		switch d {
		case 0:
			w.week[d] = kinds[2]
		case 6:
			w.week[d] = kinds[1]
		default:
			w.week[d] = kinds[0]
		}
	}
	w.s.week = WeekOf(w.week).Text
	w.s.holidays = rapid.SampledFrom([]string{"closed", "open", "closed on statutory days only"}).Draw(t, "holidays")
	w.s.makeup = rapid.SampledFrom([]string{"closed", "as mon", "as sat"}).Draw(t, "makeup")
	w.s.counts = rapid.SampledFrom([]string{"count", "ignored"}).Draw(t, "counts")

	for d := range simDays {
		weekday := (d + 1) % 7
		ws, works := w.week[weekday], weekday != 0 && weekday != 6
		class := rapid.SampledFrom([]string{"", "", "", "", "", statutory, rest, work}).Draw(t, "class")
		w.class[d] = class
		if class != "" {
			w.s.rows = append(w.s.rows, date(d)+" "+class)
		}
		if class == work {
			works = works || w.s.counts == "count"
			switch w.s.makeup {
			case "closed":
				ws = nil
			case "as mon":
				ws = w.week[1]
			case "as sat":
				ws = w.week[6]
			}
		}
		if class == statutory || class == rest {
			works = false
			if w.s.holidays == "closed" || w.s.holidays != "open" && class == statutory {
				ws = nil
			}
		}
		if rapid.IntRange(0, 9).Draw(t, "agreed") == 0 {
			ws = drawWindows("agreed hours")
			w.s.rows = append(w.s.rows, AgreedOf(on(date(d)), ws...).Text)
		}
		w.working[d], w.windows[d] = works, ws
		if len(ws) > 0 {
			w.last[d] = ws[len(ws)-1].Until
		}
	}

	// The clock, minute by minute, on UTC three days before the first day.
	w.from = first.Add(-simLead * time.Minute)
	var at []time.Time
	var seconds []int
	for _, row := range strings.Split(zone.shifts, "; ")[1:] {
		var sign rune
		var h, m int
		stamp, offset, _ := strings.Cut(row, " ")
		from, err := time.Parse(time.RFC3339, stamp)
		if err != nil {
			panic(err)
		}
		if _, err := fmt.Sscanf(offset, "%c%02d:%02d", &sign, &h, &m); err != nil {
			panic(err)
		}
		s := h*3600 + m*60
		if sign == '-' {
			s = -s
		}
		at, seconds = append(at, from), append(seconds, s)
	}
	w.local = make([]int, simMinutes)
	for m := range w.local {
		now := w.from.Add(time.Duration(m) * time.Minute)
		offset := 0
		for i := range at {
			if !now.Before(at[i]) {
				offset = seconds[i]
			}
		}
		w.local[m] = m - simLead + offset/60
	}
	w.open = make([]bool, simMinutes)
	for d := range simDays {
		for _, win := range w.windows[d] {
			until := w.firstMinute(d*dayMinutes + win.Until)
			for m := w.firstMinute(d*dayMinutes + win.From); m < until; m++ {
				w.open[m] = true
			}
		}
	}
	return w
}

// offset is the clock's offset from UTC at a minute, in minutes.
func (w *world) offset(m int) int { return w.local[m] - m + simLead }

// at spells a minute, in the offset of the zone.
func (w *world) at(m int) Value {
	return InstantOf(w.from.Add(time.Duration(m) * time.Minute).In(time.FixedZone("", w.offset(m)*60)))
}

// asked are the first and last minute about which may be asked: of the second
// day up to the end of the twelfth, so that a day is quoted on both sides.
func (w *world) asked() (first, last int) {
	return w.firstMinute(2 * dayMinutes), w.firstMinute(11*dayMinutes) - 1
}

// drawMinute draws a minute, half of the time one at which something changes.
func (w *world) drawMinute(t *rapid.T, label string) int {
	first, last := w.asked()
	if rapid.Bool().Draw(t, label+" at an edge") {
		var edges []int
		for m := first + 1; m <= last; m++ {
			if w.open[m] != w.open[m-1] || w.local[m] != w.local[m-1]+1 || w.local[m]%dayMinutes == 0 {
				edges = append(edges, m)
			}
		}
		m := rapid.SampledFrom(edges).Draw(t, label) + rapid.IntRange(-1, 1).Draw(t, label+" beside it")
		return min(max(m, first), last)
	}
	return rapid.IntRange(first, last).Draw(t, label)
}

// drawPauses draws stretches and returns them with the minutes that they cover.
func (w *world) drawPauses(t *rapid.T) ([]Value, []bool) {
	var values []Value
	paused := make([]bool, simMinutes)
	for range rapid.IntRange(0, 3).Draw(t, "pauses") {
		a, b := w.drawMinute(t, "paused"), w.drawMinute(t, "resumed")
		if a > b {
			a, b = b, a
		}
		values = append(values, Value{Stretch, w.at(a).Text + "/" + w.at(b).Text})
		for m := a; m < b; m++ {
			paused[m] = true
		}
	}
	return values, paused
}

func (w *world) dayAt(m int) int { // the local civil day that the clock shows
	return (w.local[m]+100*dayMinutes)/dayMinutes - 100
}

func (w *world) date(d int) Value {
	return on(w.from.Add(simLead*time.Minute).AddDate(0, 0, d).Format(time.DateOnly))
}

// count counts the minutes from a to b, a not after b, for which holds is true.
func count(a, b int, holds func(m int) bool) time.Duration {
	n := 0
	for m := a; m < b; m++ {
		if holds(m) {
			n++
		}
	}
	return time.Duration(n) * time.Minute
}

// bandAt is the band of a minute: what it is, or what the day is that the clock shows.
func (w *world) bandAt(m int) string {
	d := w.dayAt(m)
	switch weekend := (d+1)%7 == 0 || (d+1)%7 == 6; {
	case w.open[m]:
		return "normal"
	case w.class[d] == statutory:
		return "statutory holiday"
	case w.class[d] == work:
		return "make-up day"
	case w.class[d] == rest, weekend:
		return "rest day"
	}
	return "out of hours"
}

// What a minute-by-minute simulation finds holds, and fails if moved by a second.
func TestCheckAgainstSimulation(t *testing.T) {
	questions := map[Op]func(t *rapid.T, w *world) (args []any, want Value, ok bool){
		Reach: func(t *rapid.T, w *world) ([]any, Value, bool) {
			a := w.drawMinute(t, "from")
			pauses, paused := w.drawPauses(t)
			runs := func(m int) bool { return w.open[m] && !paused[m] }
			span := rapid.IntRange(0, 3000).Draw(t, "span")
			if rapid.Bool().Draw(t, "to an edge") { // exactly what there is up to a minute where something changes
				span = int(count(a, w.drawMinute(t, "to"), runs) / time.Minute)
			}
			m, end := a, w.firstMinute(simDays*dayMinutes)
			for left := span; left > 0; m++ {
				if end <= m {
					return nil, Value{}, false
				}
				if runs(m) {
					left--
				}
			}
			return append([]any{w.at(a), ElapsedOf(time.Duration(span) * time.Minute), "hours"}, anys(pauses)...), w.at(m), true
		},
		Part: func(t *rapid.T, w *world) ([]any, Value, bool) {
			whole, percent := rapid.IntRange(0, 100_000).Draw(t, "whole"), rapid.IntRange(0, 100).Draw(t, "percent")
			part := 0 // the least of which a hundredfold is no less than percent of the whole
			for part*100 < whole*percent {
				part++
			}
			return []any{ElapsedOf(time.Duration(whole)), PercentOf(big.NewRat(int64(percent), 1))}, ElapsedOf(time.Duration(part)), true
		},
		Elapse: func(t *rapid.T, w *world) ([]any, Value, bool) {
			a := w.drawMinute(t, "from")
			pauses, paused := w.drawPauses(t)
			span := rapid.IntRange(0, 3000).Draw(t, "span")
			m := a
			for left := span; left > 0; m++ {
				if !paused[m] {
					left--
				}
			}
			return append([]any{w.at(a), ElapsedOf(time.Duration(span) * time.Minute)}, anys(pauses)...), w.at(m), true
		},
		Open: func(t *rapid.T, w *world) ([]any, Value, bool) {
			a, b := w.drawMinute(t, "from"), w.drawMinute(t, "to")
			pauses, paused := w.drawPauses(t)
			d := count(a, b, func(m int) bool { return w.open[m] && !paused[m] }) - count(b, a, func(m int) bool { return w.open[m] && !paused[m] })
			return append([]any{w.at(a), w.at(b), "hours"}, anys(pauses)...), ElapsedOf(d), true
		},
		Paused: func(t *rapid.T, w *world) ([]any, Value, bool) {
			a, b := w.drawMinute(t, "from"), w.drawMinute(t, "to")
			pauses, paused := w.drawPauses(t)
			d := count(a, b, func(m int) bool { return w.open[m] && paused[m] }) - count(b, a, func(m int) bool { return w.open[m] && paused[m] })
			return append([]any{w.at(a), w.at(b), "hours"}, anys(pauses)...), ElapsedOf(d), true
		},
		Length: func(t *rapid.T, w *world) ([]any, Value, bool) {
			a, b := w.drawMinute(t, "from"), w.drawMinute(t, "to")
			pauses, paused := w.drawPauses(t)
			d := count(a, b, func(m int) bool { return !paused[m] }) - count(b, a, func(m int) bool { return !paused[m] })
			return append([]any{w.at(a), w.at(b)}, anys(pauses)...), ElapsedOf(d), true
		},
		Opening: func(t *rapid.T, w *world) ([]any, Value, bool) {
			a := w.drawMinute(t, "from")
			end := w.firstMinute(simDays * dayMinutes)
			for m := a; m < end; m++ {
				if w.open[m] {
					return []any{w.at(a), "hours"}, w.at(m), true
				}
			}
			return nil, Value{}, false
		},
		Closing: func(t *rapid.T, w *world) ([]any, Value, bool) {
			a := w.drawMinute(t, "at")
			for m := a; m > w.firstMinute(dayMinutes); m-- { // of day 0 the night before is not quoted
				if w.open[m-1] {
					return []any{w.at(a), "hours"}, w.at(m), true
				}
			}
			return nil, Value{}, false
		},
		InBand: func(t *rapid.T, w *world) ([]any, Value, bool) {
			a, b := w.drawMinute(t, "from"), w.drawMinute(t, "to")
			a, b = min(a, b), max(a, b)
			band := rapid.SampledFrom([]string{"normal", "statutory holiday", "make-up day", "rest day", "out of hours"}).Draw(t, "band")
			in := count(a, b, func(m int) bool { return w.bandAt(m) == band })
			return []any{w.at(a), w.at(b), "hours", "days", WordOf(band)}, ElapsedOf(in), true
		},
		Roll: func(t *rapid.T, w *world) ([]any, Value, bool) {
			first := rapid.IntRange(0, simDays-1).Draw(t, "day")
			over := rapid.SampledFrom([]string{"rest days", "statutory holidays"}).Draw(t, "over")
			how := rapid.SampledFrom([]string{"rolls", "rolls back", "rolls within the month", "rolls back within the month", "rolls within the half-month", "rolls the nearer way"}).Draw(t, "how")
			rests := func(d int) bool {
				return over == "rest days" && !w.working[d] || over == "statutory holidays" && w.class[d] == statutory
			}
			args := []any{w.date(first), WordOf(how + " over " + over), "days"}
			if rapid.IntRange(0, 5).Draw(t, "stays") == 0 {
				return []any{w.date(first), WordOf("stays"), "days"}, w.date(first), true
			}
			next, last := first, first
			for ; next < simDays && rests(next); next++ {
			}
			for ; last >= 0 && rests(last); last-- {
			}
			part := func(d int) string {
				text := w.date(d).Text
				if how != "rolls within the half-month" {
					return text[:len("2024-04")]
				}
				return text[:len("2024-04")] + map[bool]string{true: "second", false: "first"}[text[len("2024-04-"):] > "15"]
			}
			if last < 0 || next == simDays {
				return nil, Value{}, false // that the border of what is quoted says nothing, other tests tell
			}
			to := next
			switch {
			case how == "rolls back",
				how == "rolls within the month" && part(next) != part(first),
				how == "rolls within the half-month" && part(next) != part(first),
				how == "rolls back within the month" && part(last) == part(first),
				how == "rolls the nearer way" && first-last < next-first:
				to = last
			}
			return args, w.date(to), true
		},
		Works: func(t *rapid.T, w *world) ([]any, Value, bool) {
			d := rapid.IntRange(0, simDays-1).Draw(t, "day")
			return []any{w.date(d), "days"}, TruthOf(w.working[d]), true
		},
		Counted: func(t *rapid.T, w *world) ([]any, Value, bool) {
			d, e := rapid.IntRange(0, simDays-1).Draw(t, "from"), rapid.IntRange(0, simDays-1).Draw(t, "to")
			word := rapid.SampledFrom([]string{"[)", "(]", "[]", "()"}).Draw(t, "ends")
			n := 0
			for i := min(d, e); i <= max(d, e); i++ {
				if w.working[i] && !(i == d && word[0] == '(') && !(i == e && word[1] == ')') {
					n++
				}
			}
			if e < d {
				n = -n
			}
			return []any{w.date(d), w.date(e), WordOf(word), "days"}, DaysOf(n), true
		},
		LastOfMonth: func(t *rapid.T, w *world) ([]any, Value, bool) {
			first := rapid.IntRange(0, simDays-1).Draw(t, "day")
			month := func(d int) string { return w.date(d).Text[:len("2024-04")] }
			for d := simDays - 1; d >= 0; d-- {
				if w.working[d] && month(d) == month(first) && month(d+1) != month(d) {
					return []any{w.date(first), "days"}, w.date(d), true
				}
			}
			return nil, Value{}, false
		},
		KindOfDay: func(t *rapid.T, w *world) ([]any, Value, bool) {
			d := rapid.IntRange(0, simDays-1).Draw(t, "day")
			weekend := rapid.SampledFrom([]string{"sat-sun", "fri-sat", "never"}).Draw(t, "weekend")
			date := w.date(d)
			weekday := [7]string{"mon", "tue", "wed", "thu", "fri", "sat", "sun"}[d%7] // the first day is a Monday
			kind := "working day"
			switch w.class[d] {
			case statutory:
				kind = "statutory holiday"
			case rest:
				kind = "rest day"
			case work:
				kind = "make-up day"
			case "":
				if weekend == "sat-sun" && d%7 >= 5 || weekend == "fri-sat" && (weekday == "fri" || weekday == "sat") {
					kind = "weekend"
				}
			}
			for _, row := range w.s.rows {
				if _, named := parseNamedDay(row); !named && strings.HasPrefix(row, date.Text) {
					kind = "agreed day"
				}
			}
			return []any{date, "hours", WordOf(weekend)}, WordOf(kind), true
		},
		Turn: func(t *rapid.T, w *world) ([]any, Value, bool) {
			a := w.drawMinute(t, "at")
			word := rapid.SampledFrom([]string{"next opening", "next closing", "previous opening", "previous closing"}).Draw(t, "word")
			_, opening := strings.CutSuffix(word, "opening")
			step := 1
			if strings.HasPrefix(word, "previous") {
				step = -1
			}
			end := w.firstMinute(simDays*dayMinutes) - 1
			for m := a + step; m > w.firstMinute(dayMinutes) && m < end; m += step {
				if w.open[m] == opening && w.open[m-1] == !opening {
					return []any{w.at(a), WordOf(word), "hours"}, w.at(m), true
				}
			}
			return nil, Value{}, false
		},
		ReachBack: func(t *rapid.T, w *world) ([]any, Value, bool) {
			a, span := w.drawMinute(t, "at"), rapid.IntRange(0, 3000).Draw(t, "span")
			if rapid.Bool().Draw(t, "to an edge") {
				b := w.drawMinute(t, "from")
				span = int(count(min(a, b), a, func(m int) bool { return w.open[m] }) / time.Minute)
			}
			m := a
			for left := span; left > 0; m-- {
				if m <= w.firstMinute(dayMinutes) {
					return nil, Value{}, false
				}
				if w.open[m-1] {
					left--
				}
			}
			return []any{w.at(a), ElapsedOf(time.Duration(span) * time.Minute), "hours"}, w.at(m), true
		},
		NthBack: func(t *rapid.T, w *world) ([]any, Value, bool) {
			by, n := rapid.IntRange(0, simDays-1).Draw(t, "day"), rapid.IntRange(1, 6).Draw(t, "n")
			// The last day after which n working days lie: fewer lie after the one that follows.
			for d := by - 1; d >= -1; d-- {
				lie := 0
				for i := d + 1; i <= by; i++ {
					if w.working[i] {
						lie++
					}
				}
				if lie == n {
					return []any{w.date(by), DaysOf(n), "days"}, w.date(d), true
				}
			}
			return nil, Value{}, false
		},
		IsOpen: func(t *rapid.T, w *world) ([]any, Value, bool) {
			a := w.drawMinute(t, "at")
			return []any{w.at(a), "hours"}, TruthOf(w.open[a]), true
		},
		DayOf: func(t *rapid.T, w *world) ([]any, Value, bool) {
			a := w.drawMinute(t, "at")
			return []any{w.at(a), "zone"}, w.date(w.dayAt(a)), true
		},
		Midnight: func(t *rapid.T, w *world) ([]any, Value, bool) {
			d := rapid.IntRange(0, simDays-1).Draw(t, "day")
			return []any{w.date(d), "zone"}, w.at(w.firstMinute((d + 1) * dayMinutes)), true
		},
		SameTime: func(t *rapid.T, w *world) ([]any, Value, bool) {
			a, d := w.drawMinute(t, "at"), rapid.IntRange(0, simDays-1).Draw(t, "day")
			return []any{w.at(a), w.date(d), "zone"}, w.at(w.firstMinute(d*dayMinutes + w.local[a] - w.dayAt(a)*dayMinutes)), true
		},
		Close: func(t *rapid.T, w *world) ([]any, Value, bool) {
			d := rapid.IntRange(0, simDays-1).Draw(t, "day")
			end, without := w.last[d], rapid.SampledFrom([]string{"ends as mon", "ends 18:00", "ends 24:00"}).Draw(t, "without")
			if end == 0 {
				switch monday := w.week[1]; without {
				case "ends 18:00":
					end = 18 * 60
				case "ends 24:00":
					end = 24 * 60
				default:
					if len(monday) == 0 {
						return nil, Value{}, false
					}
					end = monday[len(monday)-1].Until
				}
			}
			return []any{w.date(d), "hours", WordOf(without)}, w.at(w.firstMinute(d*dayMinutes + end)), true
		},
		Nth: func(t *rapid.T, w *world) ([]any, Value, bool) {
			d, n := rapid.IntRange(-1, 6).Draw(t, "day"), rapid.IntRange(1, 6).Draw(t, "n")
			if rapid.IntRange(0, 3).Draw(t, "back") == 0 {
				from := d + 8
				for i, left := from-1, n; i >= 0; i-- {
					if w.working[i] {
						left--
					}
					if left == 0 {
						return []any{w.date(from), DaysOf(-n), "days"}, w.date(i), true
					}
				}
				return nil, Value{}, false
			}
			args := []any{w.date(d), DaysOf(n), "days"}
			skips := func(int) bool { return false }
			if rapid.Bool().Draw(t, "with pauses") {
				pauses, paused := w.drawPauses(t)
				wholly := rapid.Bool().Draw(t, "wholly")
				word := "touched days are skipped"
				if wholly {
					word = "wholly paused days are skipped"
				}
				args = append(append(args, "hours", WordOf("ends 18:00"), WordOf(word)), anys(pauses)...)
				skips = func(d int) bool {
					all, hit := 0, 0
					see := func(windows []Window) {
						for _, win := range windows {
							until := w.firstMinute(d*dayMinutes + win.Until)
							for m := w.firstMinute(d*dayMinutes + win.From); m < until; m++ {
								all++
								if paused[m] {
									hit++
								}
							}
						}
					}
					if see(w.windows[d]); all == 0 {
						see([]Window{{0, 18 * 60}})
					}
					return hit > 0 && (!wholly || hit == all)
				}
			}
			for left := n; ; {
				if d++; d >= simDays {
					return nil, Value{}, false
				}
				if w.working[d] && !skips(d) {
					if left--; left == 0 {
						return args, w.date(d), true
					}
				}
			}
		},
	}
	for op, question := range questions {
		t.Run(string(op), rapid.MakeCheck(func(t *rapid.T) {
			w := drawWorld(t)
			args, want, ok := question(t, w)
			if !ok {
				return
			}
			working := calendarCase{"simulated", w.s, op, args, want}.working()
			if v := working.Check(); v.Outcome != Holds {
				t.Fatalf("%v\n%s", v, working.Text(English))
			}
			last := &working.Steps[len(working.Steps)-1]
			last.Value = altered(want)
			working.Result = last.Value
			if v := working.Check(); v.Outcome != Fails || v.Step != len(working.Steps) {
				t.Fatalf("moved, it %v\n%s", v, working.Text(English))
			}
		}))
	}
}

func anys(values []Value) []any {
	var all []any
	for _, v := range values {
		all = append(all, v)
	}
	return all
}
