package contract_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"pgregory.net/rapid"

	"github.com/cfd16870/contract"
)

// The slow reference for hours and working days: what a person does with the
// clause, the list of holidays and a clock. It reads the document and walks civil
// days; it knows nothing of compiled tables, sums or searches.

// weekdayNames are the words of a document for the days of the week.
var weekdayNames = []string{"sun", "mon", "tue", "wed", "thu", "fri", "sat"}

// hoursReference is one clause, the table of its calendar, and the zone.
type hoursReference struct {
	zone   *time.Location
	clause contract.HoursClause
	table  contract.CalendarTable
	walls  map[wall]time.Time
}

// wall is a reading of a local clock: minutes from 00:00 of a day.
type wall struct {
	d      contract.Date
	minute int
}

func newHoursReference(zone *time.Location, h contract.HoursClause, table contract.CalendarTable) *hoursReference {
	return &hoursReference{zone, h, table, make(map[wall]time.Time)}
}

// publishedTable is the table that a calendar was made of.
func publishedTable(c *contract.Calendar, weekend ...time.Weekday) contract.CalendarTable {
	return contract.CalendarTable{
		Version: c.Version(), Weekend: weekend,
		Certain: c.Certain(), Days: maps.Collect(c.Named(c.Certain())),
		Foreseen: c.Foreseen(), Statutory: maps.Collect(c.Named(c.Foreseen())),
	}
}

// kindOf is what the table makes of a day.
func kindOf(table contract.CalendarTable, d contract.Date) contract.DayKind {
	for _, named := range []map[contract.Date]contract.Day{table.Days, table.Statutory} {
		if day, ok := named[d]; ok {
			return day.Kind
		}
	}
	if slices.Contains(table.Weekend, d.Weekday()) {
		return contract.DayWeekend
	}
	return contract.DayWorking
}

// minutesOf reads "09:00-12:00" as minutes.
func minutesOf(windows []string) (list [][2]int) {
	for _, w := range windows {
		var a, b, c, d int
		if _, err := fmt.Sscanf(w, "%d:%d-%d:%d", &a, &b, &c, &d); err != nil {
			panic(w + ": " + err.Error())
		}
		list = append(list, [2]int{a*60 + b, c*60 + d})
	}
	return list
}

// names reports whether a key of a week, such as "mon-fri" or "mon, wed", names a weekday.
func names(key string, w time.Weekday) bool {
	place := func(name string) int { return (slices.Index(weekdayNames, name) + 6) % 7 } // from Monday
	for part := range strings.SplitSeq(key, ",") {
		first, last, ranged := strings.Cut(strings.TrimSpace(part), "-")
		if !ranged {
			last = first
		}
		if at := (int(w) + 6) % 7; place(first) <= at && at <= place(last) {
			return true
		}
	}
	return false
}

// weekOn is the week that holds on a day: that of a season, or the other. Months and
// days are compared as they are written.
func (r *hoursReference) weekOn(d contract.Date) map[string][]string {
	for _, s := range r.clause.Seasons {
		from, through, day := string(s.From), string(s.Through), d.String()
		if len(from) == len("03-01") {
			day = day[len("2024-"):]
		}
		in := from <= day && day <= through
		if through < from {
			in = day >= from || day <= through
		}
		if in {
			return s.Week
		}
	}
	return r.clause.Week
}

// onWeekday is the windows that a week gives a weekday.
func onWeekday(week map[string][]string, w time.Weekday) [][2]int {
	for key, windows := range week {
		if names(key, w) {
			return minutesOf(windows)
		}
	}
	return nil
}

// windowsOn is the windows that start on a day: hours agreed for it before what a
// make-up day has, before what a holiday has, before the weekday.
func (r *hoursReference) windowsOn(d contract.Date) [][2]int {
	if a, ok := r.clause.Agreed[d]; ok {
		return minutesOf(a.Open)
	}
	kind, week := kindOf(r.table, d), r.weekOn(d)
	switch {
	case kind == contract.DayMakeup && r.clause.MakeupDays == contract.MakeupClosed:
		return nil
	case kind == contract.DayMakeup && r.clause.MakeupDays == contract.MakeupOwnHours:
		return minutesOf(r.clause.MakeupOpen)
	case kind == contract.DayMakeup:
		_, as, _ := strings.Cut(string(r.clause.MakeupDays), "as ")
		return onWeekday(week, time.Weekday(slices.Index(weekdayNames, as)))
	case kind == contract.DayHoliday && r.clause.Holidays != contract.HolidaysOpen:
		return nil
	case kind == contract.DayRest && r.clause.Holidays == contract.HolidaysClosed:
		return nil
	}
	return onWeekday(week, d.Weekday())
}

// at is the first instant at which the local clock shows so many minutes past
// 00:00 of d, or later. Where the offset is the same at every hour around it,
// that is a subtraction; else the clock is looked at minute by minute. The zones
// of these tests have changed on whole minutes only since 1972.
func (r *hoursReference) at(d contract.Date, minute int) time.Time {
	key := wall{d, minute}
	if t, ok := r.walls[key]; ok {
		return t
	}
	y, m, day := d.Date()
	shown := time.Date(y, m, day, 0, minute, 0, 0, time.UTC)
	offset := func(t time.Time) time.Duration {
		_, seconds := t.In(r.zone).Zone()
		return time.Duration(seconds) * time.Second
	}
	before := shown.Add(-16 * time.Hour)
	first := offset(before)
	changes := false
	for h := range time.Duration(33) {
		changes = changes || offset(before.Add(h*time.Hour)) != first
	}
	t := shown.Add(-first)
	if changes {
		for t = before; t.Add(offset(t)).Before(shown); {
			t = t.Add(time.Minute)
		}
	}
	r.walls[key] = t.In(r.zone)
	return r.walls[key]
}

// overnight reports whether any window that the clause writes ends after its day.
func (r *hoursReference) overnight() bool {
	lists := append(slices.Collect(maps.Values(r.clause.Week)), r.clause.MakeupOpen)
	for _, s := range r.clause.Seasons {
		lists = slices.AppendSeq(lists, maps.Values(s.Week))
	}
	for _, a := range r.clause.Agreed {
		lists = append(lists, a.Open)
	}
	for _, list := range lists {
		for _, w := range minutesOf(list) {
			if w[1] > 24*60 {
				return true
			}
		}
	}
	return false
}

// known is the instants for which there is an answer: the certain days, without
// the first where windows of the unknown day before could run into it.
func (r *hoursReference) known() (from, until time.Time) {
	first := r.table.Certain.From
	if r.overnight() {
		first = first.AddDays(1)
	}
	return r.at(first, 0), r.at(r.table.Certain.Until, 0)
}

// edges is when the windows that start on the days from first through last open
// and close, in order of time.
func (r *hoursReference) edges(first, last contract.Date) (list []time.Time) {
	for d := first; !d.After(last); d = d.AddDays(1) {
		if !r.table.Certain.Contains(d) {
			continue
		}
		for _, w := range r.windowsOn(d) {
			list = append(list, r.at(d, w[0]), r.at(d, w[1]))
		}
	}
	slices.SortFunc(list, time.Time.Compare)
	return list
}

// isOpen looks whether a window of the day, of the two before or of the one after
// holds t; the clock of the day after may have been shown before it was put back.
func (r *hoursReference) isOpen(t time.Time) bool {
	today := contract.DateOf(t.In(r.zone))
	for d := today.AddDays(-2); !d.After(today.AddDays(1)); d = d.AddDays(1) {
		if !r.table.Certain.Contains(d) {
			continue
		}
		for _, w := range r.windowsOn(d) {
			if !t.Before(r.at(d, w[0])) && t.Before(r.at(d, w[1])) {
				return true
			}
		}
	}
	return false
}

// stretches is the open time within [from, to), from edge to edge.
func (r *hoursReference) stretches(from, to time.Time) (list []contract.Window) {
	points := []time.Time{from}
	for _, e := range r.edges(contract.DateOf(from.In(r.zone)).AddDays(-2), contract.DateOf(to.In(r.zone)).AddDays(1)) {
		if e.After(from) && e.Before(to) {
			points = append(points, e)
		}
	}
	points = append(points, to)
	for i, p := range points[:len(points)-1] {
		next := points[i+1]
		if !p.Before(next) || !r.isOpen(p) {
			continue
		}
		if n := len(list); n > 0 && list[n-1].End.Equal(p) {
			list[n-1].End = next
		} else {
			list = append(list, contract.Window{Start: p, End: next})
		}
	}
	return list
}

// between is the signed open time in [from, to).
func (r *hoursReference) between(from, to time.Time) (d time.Duration) {
	if to.Before(from) {
		return -r.between(to, from)
	}
	for _, w := range r.stretches(from, to) {
		d += w.End.Sub(w.Start)
	}
	return d
}

// add is the earliest instant by which d has passed since t; for a negative d,
// the latest from which -d lies before t. It walks on from one stretch to the next.
func (r *hoursReference) add(t time.Time, d time.Duration) (time.Time, bool) {
	from, until := r.known()
	switch {
	case d == 0:
		return t, true
	case d > 0:
		for _, w := range r.stretches(t, until) {
			if open := w.End.Sub(w.Start); d > open {
				d -= open
				continue
			}
			return w.Start.Add(d), true
		}
	default:
		for _, w := range slices.Backward(r.stretches(from, t)) {
			if open := w.End.Sub(w.Start); -d > open {
				d += open
				continue
			}
			return w.End.Add(d), true
		}
	}
	return time.Time{}, false
}

// turns is the instants strictly inside the known time at which service opens, or
// closes: it is open on one side and not on the other.
func (r *hoursReference) turns(opening bool) (list []time.Time) {
	from, until := r.known()
	for _, e := range r.edges(r.table.Certain.From, r.table.Certain.Last()) {
		if e.After(from) && e.Before(until) && r.isOpen(e) == opening && r.isOpen(e.Add(-1)) == !opening {
			list = append(list, e)
		}
	}
	return slices.CompactFunc(list, time.Time.Equal)
}

// firstAfter and lastBefore look through a list.
func firstAfter(list []time.Time, t time.Time) (time.Time, bool) {
	for _, u := range list {
		if u.After(t) {
			return u, true
		}
	}
	return time.Time{}, false
}

func lastBefore(list []time.Time, t time.Time) (time.Time, bool) {
	for _, u := range slices.Backward(list) {
		if u.Before(t) {
			return u, true
		}
	}
	return time.Time{}, false
}

// daysReference is a clause of working days and the table of its calendar.
type daysReference struct {
	clause contract.DaysClause
	table  contract.CalendarTable
}

func (r daysReference) isWorkingDay(d contract.Date) bool {
	switch kindOf(r.table, d) {
	case contract.DayHoliday, contract.DayRest:
		return false
	case contract.DayMakeup:
		if r.clause.MakeupDays == contract.MakeupCount {
			return true
		}
	}
	return names(r.clause.Week, d.Weekday())
}

// add steps from day to day until n working days are behind it.
func (r daysReference) add(d contract.Date, n int) (contract.Date, bool) {
	step := 1
	if n < 0 {
		step = -1
	}
	for n != 0 {
		if d = d.AddDays(step); !r.table.Certain.Contains(d) {
			return contract.Date{}, false
		}
		if r.isWorkingDay(d) {
			n -= step
		}
	}
	return d, true
}

// roll steps on from a day, or back, until it is no rest day.
func (r daysReference) roll(d contract.Date, how string) (contract.Date, bool) {
	rests := func(d contract.Date) bool { return !r.isWorkingDay(d) }
	if strings.HasSuffix(how, "statutory holidays") {
		rests = func(d contract.Date) bool { return kindOf(r.table, d) == contract.DayHoliday }
	}
	// Step by step from d, as long as the days are rest days, in the part of the
	// month that is not left; unknown is a day of which nobody knows.
	const found, left, unknown = 1, 2, 3
	part := func(e contract.Date) string {
		text := e.String()[:len("2024-05")]
		if strings.Contains(how, "half-month") {
			_, _, day := e.Date()
			text += map[bool]string{true: " second", false: " first"}[day >= 16]
		}
		return text
	}
	step := func(by int, within bool) (contract.Date, int) {
		for to := d; ; to = to.AddDays(by) {
			switch {
			case within && part(to) != part(d):
				return to, left
			case !r.table.Certain.Contains(to):
				return to, unknown
			case !rests(to):
				return to, found
			}
		}
	}
	within := strings.Contains(how, "month")
	first := 1
	switch {
	case how == "stays":
		return d, true
	case strings.HasPrefix(how, "rolls the nearer way"):
		for far := 0; ; far++ {
			for _, e := range []contract.Date{d.AddDays(far), d.AddDays(-far)} {
				if !r.table.Certain.Contains(e) {
					return d, false
				}
				if !rests(e) {
					return e, true
				}
			}
		}
	case strings.HasPrefix(how, "rolls back"):
		first = -1
	}
	to, seen := step(first, within)
	if seen == left {
		to, seen = step(-first, false)
	}
	return to, seen == found
}

// between counts, from d to e, with the ends that the bounds count: "[" is d,
// "]" is e, whichever is the earlier.
func (r daysReference) between(d, e contract.Date, b contract.Bounds) (n int) {
	step := 1
	if e.Before(d) {
		step = -1
	}
	for at := d; ; at = at.AddDays(step) {
		counted := r.isWorkingDay(at)
		if at == d && b[0] == '(' || at == e && b[1] == ')' {
			counted = false
		}
		if counted {
			n += step
		}
		if at == e {
			return n
		}
	}
}

// places are zones and days of note: a change of clocks, a festival.
var places = []struct{ zone, near string }{
	{"Asia/Shanghai", "2024-02-10"},     // Spring Festival
	{"Asia/Shanghai", "1986-05-04"},     // summer time begins at 02:00
	{"Asia/Shanghai", "1991-09-15"},     // and ends for good
	{"Europe/London", "2024-03-31"},     // 01:00 to 02:00
	{"Europe/London", "2024-10-27"},     // 02:00 back to 01:00
	{"Europe/Dublin", "2024-10-27"},     // the same, by negative winter time
	{"America/Sao_Paulo", "2018-11-04"}, // 00:00 to 01:00
	{"America/Sao_Paulo", "2019-02-17"}, // 00:00 back to 23:00
	{"America/Havana", "2024-03-10"},    // 00:00 to 01:00
	{"America/Havana", "2024-11-03"},    // 01:00 back to 00:00
	{"America/St_Johns", "1988-10-30"},  // 00:01 back two hours
	{"America/St_Johns", "2006-10-29"},  // 00:01 back to 23:01
	{"Australia/Lord_Howe", "2024-04-07"},
	{"Africa/Casablanca", "2024-04-14"},
	{"Pacific/Apia", "2011-12-30"}, // the day that was not
	{"Asia/Kathmandu", "2024-05-11"},
	{"Etc/GMT-14", "2024-05-11"},
	{"UTC", "2024-02-29"},
}

// anyZones are zones of all sorts: genReference draws one of them now and then, on a
// day near a change of its clock in some year.
var anyZones = strings.Fields(`Africa/Abidjan Africa/Cairo Africa/El_Aaiun Africa/Johannesburg Africa/Monrovia Africa/Windhoek
	America/Adak America/Anchorage America/Argentina/San_Luis America/Asuncion America/Bogota America/Campo_Grande America/Caracas
	America/Chicago America/Denver America/Goose_Bay America/Godthab America/Halifax America/Los_Angeles America/Mexico_City
	America/New_York America/Port-au-Prince America/Santiago America/Scoresbysund America/Toronto Antarctica/Casey Antarctica/Troll
	Asia/Amman Asia/Almaty Asia/Baku Asia/Beirut Asia/Colombo Asia/Damascus Asia/Dhaka Asia/Gaza Asia/Hong_Kong Asia/Jerusalem
	Asia/Kabul Asia/Karachi Asia/Kolkata Asia/Pyongyang Asia/Tehran Asia/Tokyo Asia/Ulaanbaatar Asia/Yerevan Atlantic/Azores
	Atlantic/Stanley Australia/Adelaide Australia/Eucla Australia/Sydney Europe/Berlin Europe/Chisinau Europe/Istanbul Europe/Kiev
	Europe/Lisbon Europe/Moscow Europe/Samara Indian/Cocos Indian/Mauritius Pacific/Apia Pacific/Auckland Pacific/Chatham
	Pacific/Easter Pacific/Enderbury Pacific/Fiji Pacific/Kwajalein Pacific/Marquesas Pacific/Norfolk Pacific/Tongatapu`)

// drawPlace draws a zone and a day: one of note, or any, near a change of its clock.
func drawPlace(t *rapid.T) (zone string, near contract.Date) {
	if rapid.IntRange(0, 2).Draw(t, "any zone") > 0 {
		place := rapid.SampledFrom(places).Draw(t, "place")
		return place.zone, on(place.near)
	}
	zone = rapid.SampledFrom(anyZones).Draw(t, "zone")
	at := time.Unix(rapid.Int64Range(315_532_800, 2_114_380_800).Draw(t, "in some year"), 0).In(inZone(zone)) // 1980 to 2036
	if _, end := at.ZoneBounds(); !end.IsZero() && end.Year() < 2037 {
		at = end
	}
	return zone, contract.DateOf(at)
}

// writeWindows writes windows of minutes as a document does.
func writeWindows(windows [][2]int) (list []string) {
	for _, w := range windows {
		list = append(list, fmt.Sprintf("%02d:%02d-%02d:%02d", w[0]/60, w[0]%60, w[1]/60, w[1]%60))
	}
	return list
}

// drawWindows draws windows of a day on quarters of an hour: one to three apart
// from each other, or up to five that touch.
func drawWindows(t *rapid.T) (windows [][2]int) {
	cuts := rapid.SliceOfNDistinct(rapid.IntRange(0, 96), 2, 6, rapid.ID[int]).Draw(t, "cuts")
	slices.Sort(cuts)
	step := rapid.IntRange(1, 2).Draw(t, "step") // 1: they touch
	for i := 0; i+1 < len(cuts); i += step {
		windows = append(windows, [2]int{cuts[i] * 15, cuts[i+1] * 15})
	}
	return windows
}

// pastMidnight lets the last window run on into the next day, no longer than a
// day and to no later than the given minute of the next.
func pastMidnight(t *rapid.T, windows [][2]int, latest int) {
	last := &windows[len(windows)-1]
	last[1] = min(24*60+rapid.IntRange(0, latest).Draw(t, "past midnight"), last[0]+24*60)
}

// drawWeek draws a week of windows; in one of three some run past midnight.
func drawWeek(t *rapid.T) map[string][]string {
	groups := rapid.SampledFrom([][]string{
		{"mon-fri"}, {"mon-sun"}, {"mon-fri", "sat"}, {"mon, wed, fri", "tue, thu"}, {"sun"}, {"fri", "sat-sun", "mon-thu"},
	}).Draw(t, "week")
	week, earliest := make(map[string][][2]int), 24*60
	for _, key := range groups {
		week[key] = drawWindows(t)
		earliest = min(earliest, week[key][0][0])
	}
	overnight := rapid.IntRange(0, 2).Draw(t, "overnight") == 0
	written := make(map[string][]string)
	for _, key := range groups {
		if overnight {
			pastMidnight(t, week[key], earliest)
		}
		written[key] = writeWindows(week[key])
	}
	return written
}

// drawSeasons draws one season or two that do not meet, whose ends lie in or near
// the days: of every year or of one, one that begins and ends with the days, one
// that is all of the year but some days.
func drawSeasons(t *rapid.T, days contract.Period) map[string]contract.SeasonClause {
	cuts := rapid.SliceOfNDistinct(rapid.IntRange(-3, days.Days()+3), 4, 4, rapid.ID[int]).Draw(t, "ends of seasons")
	slices.Sort(cuts)
	write := rapid.SampledFrom([]string{"every year", "one year"}).Draw(t, "season of")
	day := func(i int) contract.SeasonDay {
		d := days.From.AddDays(i).String()
		if write == "every year" {
			d = d[len("2024-"):]
		}
		return contract.SeasonDay(d)
	}
	seasons := map[string]contract.SeasonClause{"first": {From: day(cuts[0]), Through: day(cuts[1]), Week: drawWeek(t)}}
	switch kind := rapid.IntRange(0, 2).Draw(t, "second season"); {
	case kind == 1:
		seasons["second"] = contract.SeasonClause{From: day(cuts[2]), Through: day(cuts[3]), Week: drawWeek(t)}
	case kind == 2 && write == "every year":
		seasons["second"] = contract.SeasonClause{From: day(cuts[3]), Through: day(cuts[0] - 1), Week: drawWeek(t)}
	}
	return seasons
}

// genReference draws a schedule: a place, some weeks around its day with holidays,
// rest days and make-up days, a week of windows, and hours agreed for some dates.
func genReference() *rapid.Generator[*hoursReference] {
	return rapid.Custom(func(t *rapid.T) *hoursReference {
		zone, near := drawPlace(t)
		table := contract.CalendarTable{
			Weekend: rapid.SampledFrom([][]time.Weekday{{time.Saturday, time.Sunday}, {time.Friday, time.Saturday}, nil}).Draw(t, "weekend"),
			Certain: contract.Through(near.AddDays(-rapid.IntRange(1, 12).Draw(t, "first")), near.AddDays(rapid.IntRange(2, 20).Draw(t, "last"))),
			Days:    make(map[contract.Date]contract.Day),
		}
		someDay := rapid.Map(rapid.IntRange(0, table.Certain.Days()-1), table.Certain.From.AddDays)
		kinds := rapid.SampledFrom([]contract.DayKind{contract.DayHoliday, contract.DayRest, contract.DayMakeup})
		for range rapid.IntRange(0, 6).Draw(t, "named") {
			table.Days[someDay.Draw(t, "day")] = contract.Day{Kind: kinds.Draw(t, "kind"), Name: "festival"}
		}

		h := contract.HoursClause{Clause: "1.2", Week: drawWeek(t), Agreed: make(map[contract.Date]contract.AgreedClause)}
		if rapid.IntRange(0, 2).Draw(t, "seasons") == 0 {
			h.Seasons = drawSeasons(t, table.Certain)
		}
		h.Holidays = contract.HolidayHours(rapid.SampledFrom(contract.HolidayHours("").Words()).Draw(t, "holidays"))
		h.MakeupDays = contract.MakeupHours(rapid.SampledFrom(contract.MakeupHours("").Words()).Draw(t, "make-up days"))
		if h.MakeupDays == contract.MakeupOwnHours {
			own := drawWindows(t)
			if rapid.IntRange(0, 2).Draw(t, "overnight") == 0 {
				pastMidnight(t, own, 12*60)
			}
			h.MakeupOpen = writeWindows(own)
		}
		for range rapid.IntRange(0, 3).Draw(t, "agreed") {
			a := contract.AgreedClause{Agreement: "side letter", Targets: contract.AgreedCount}
			if rapid.IntRange(0, 3).Draw(t, "closed") > 0 {
				windows := drawWindows(t)
				if rapid.IntRange(0, 2).Draw(t, "overnight") == 0 {
					pastMidnight(t, windows, 12*60)
				}
				a.Open = writeWindows(windows)
			}
			h.Agreed[someDay.Draw(t, "date")] = a
		}
		return newHoursReference(inZone(zone), h, table)
	})
}

// compile is the schedule under test of a reference.
func (r *hoursReference) compile(t interface{ Fatalf(string, ...any) }) *contract.Schedule {
	cal, err := contract.NewCalendar("drawn", r.table)
	if err != nil {
		t.Fatalf("%v", err)
	}
	clause := r.clause
	clause.Calendar = cal.Name()
	s, err := contract.NewSchedule(r.zone, clause, cal)
	if err != nil {
		t.Fatalf("%v", err)
	}
	return s
}

// genInstant draws instants at which s answers: half of them an edge of a window
// or the start of a day, and a nanosecond before or after it; some at a change of
// clocks and at both ends of what is known; the rest anywhere.
func (r *hoursReference) genInstant() *rapid.Generator[time.Time] {
	from, until := r.known()
	points := r.edges(r.table.Certain.From, r.table.Certain.Last())
	for d := r.table.Certain.From; r.table.Certain.Contains(d); d = d.AddDays(1) {
		points = append(points, r.at(d, 0))
		if _, end := r.at(d, 0).ZoneBounds(); !end.IsZero() && end.Before(until) {
			points = append(points, end)
		}
	}
	points = append(points, from, until)
	return rapid.Custom(func(t *rapid.T) time.Time {
		var at time.Time
		if rapid.IntRange(0, 3).Draw(t, "aimed") > 0 {
			at = rapid.SampledFrom(points).Draw(t, "edge").Add(rapid.SampledFrom([]time.Duration{0, 0, 1, -1, time.Second, -time.Minute}).Draw(t, "beside"))
		} else {
			at = from.Add(time.Duration(rapid.Int64Range(0, int64(until.Sub(from))).Draw(t, "at")))
		}
		switch {
		case at.Before(from):
			return from
		case at.After(until):
			return until
		}
		return at.In(r.zone)
	})
}
