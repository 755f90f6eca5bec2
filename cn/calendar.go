package cn

import (
	"fmt"
	"slices"
	"time"

	"github.com/cfd16870/contract"
)

// Calendar returns the calendar "cn" by all notices that this version of the
// package knows; its Version is the day of issue of the latest. It is certain
// from 2006-12-30 through 28 December of the last notice's year, and foresees
// the statutory holidays and weekends of the days after that to the end of 2050.
//
// Every call makes a new one. Call once and share it: a Calendar is safe for
// concurrent use, and schedules remember in it what they have worked out.
func Calendar() *contract.Calendar {
	return must(KnownOn(lastIssued()))
}

// must is for what the tables make by themselves. They are constant: a fault in
// them fails every test of the package, and no argument can bring one about.
func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

// KnownOn returns the calendar as it was known on a day: by the notices and
// orders issued on or before it, a later amendment not worked in. What the
// notices of that day leave open is beyond its certain days, and the statutory
// holidays foreseen there are those of the law as it then stood. On a day
// before the first notice, 2006-12-14, nothing is known: ErrRange. On a day
// after the last, it is what Calendar returns: a notice newer than this version
// of the package is not in it.
func KnownOn(day contract.Date) (*contract.Calendar, error) {
	if !day.IsValid() {
		return nil, &contract.Error{In: "calendar cn", Kind: contract.ErrInvalid, Msg: "known on which day? The zero Date is none"}
	}
	known := issuedBy(day)
	if len(known) == 0 {
		return nil, &contract.Error{In: "calendar cn", Kind: contract.ErrRange,
			Msg: fmt.Sprintf("on %v nothing was known: the first notice in the table is %s of %v", day, notices()[0].Number, notices()[0].Issued)}
	}
	return calendarOf(known, day)
}

// calendarOf is the calendar of some notices by the law as known on a day.
func calendarOf(known []Notice, day contract.Date) (*contract.Calendar, error) {
	days, err := namedDays(known, day)
	if err != nil {
		return nil, err
	}
	edition := known[len(known)-1].Issued
	for _, o := range orders() {
		if o.issued.After(edition) && !o.issued.After(day) {
			edition = o.issued
		}
	}
	certain := certainDays(known)
	foreseen := contract.Through(certain.Until, civil(lastYear, time.December, 31))
	law := make(map[contract.Date]contract.Day)
	for y := certain.Until.Year(); y <= lastYear; y++ {
		holidays, err := statutoryDays(y, day)
		if err != nil {
			return nil, err
		}
		for d, h := range holidays {
			if foreseen.Contains(d) {
				law[d] = h
			}
		}
	}
	return contract.NewCalendar("cn", contract.CalendarTable{
		Version:   edition.String(),
		Weekend:   []time.Weekday{time.Saturday, time.Sunday},
		Certain:   certain,
		Days:      days,
		Foreseen:  foreseen,
		Statutory: law,
	})
}

// certainDays is the days of which the notices leave nothing open. A notice has
// never named a day before 29 December of the year before its own, so its own
// year is certain through the 28th.
func certainDays(known []Notice) contract.Period {
	year := 0
	for _, n := range known {
		year = max(year, n.Year)
	}
	return contract.Through(day("2006-12-30"), civil(year, time.December, 28))
}

// lastIssued is the day of the latest notice or order of the tables.
func lastIssued() contract.Date {
	var last contract.Date
	for _, n := range notices() {
		if n.Issued.After(last) {
			last = n.Issued
		}
	}
	for _, o := range orders() {
		if o.issued.After(last) {
			last = o.issued
		}
	}
	return last
}

// issuedBy is the notices issued on or before a day.
func issuedBy(day contract.Date) []Notice {
	return slices.DeleteFunc(notices(), func(n Notice) bool { return n.Issued.After(day) })
}

// namedDays is what the notices make of each day that they name, by the law as
// known on a day. A date given twice, or off and worked, is an error.
func namedDays(known []Notice, on contract.Date) (map[contract.Date]contract.Day, error) {
	known, err := amended(known)
	if err != nil {
		return nil, err
	}
	law := make(map[int]map[contract.Date]contract.Day)
	days := make(map[contract.Date]contract.Day)
	name := func(d contract.Date, day contract.Day) error {
		if other, ok := days[d]; ok {
			return &contract.Error{In: day.Source, Pointer: d.String(), Kind: contract.ErrConflict,
				Msg: fmt.Sprintf("a %v for %s, and by %s a %v for %s", day.Kind, day.Name, other.Source, other.Kind, other.Name)}
		}
		days[d] = day
		return nil
	}
	for _, n := range known {
		for _, it := range n.Items {
			for _, p := range it.Off {
				for d := p.From; p.Contains(d); d = d.AddDays(1) {
					kind := contract.DayRest
					isHoliday, err := isStatutory(law, d, on)
					if err != nil {
						return nil, err
					}
					if isHoliday {
						kind = contract.DayHoliday
					}
					if err := name(d, contract.Day{Kind: kind, Name: it.Holiday, Source: n.Number}); err != nil {
						return nil, err
					}
				}
			}
			for _, d := range it.Work {
				if err := name(d, contract.Day{Kind: contract.DayMakeup, Name: it.Holiday, Source: n.Number}); err != nil {
					return nil, err
				}
			}
		}
	}
	return days, nil
}

// isStatutory reports whether the law, as known on a day, names d. The years
// that it looked up stay in law. A notice for 2007 may reach into 2006, of
// which no December day is a holiday in any wording.
func isStatutory(law map[int]map[contract.Date]contract.Day, d, on contract.Date) (bool, error) {
	y := d.Year()
	if y < firstYear {
		return false, nil
	}
	if law[y] == nil {
		days, err := statutoryDays(y, on)
		if err != nil {
			return false, err
		}
		law[y] = days
	}
	_, ok := law[y][d]
	return ok, nil
}

// amended works the notices that change others into those that they change.
// What is said to be replaced or withdrawn must be there.
func amended(known []Notice) ([]Notice, error) {
	at := make(map[string]int, len(known))
	for i, n := range known {
		at[n.Number] = i
		if n.Amends == "" {
			continue
		}
		target, ok := at[n.Amends]
		if !ok {
			return nil, &contract.Error{In: n.Number, Kind: contract.ErrUnknown, Msg: fmt.Sprintf("amends %s, which is not issued before it", n.Amends)}
		}
		for _, it := range n.Items {
			was := slices.IndexFunc(known[target].Items, func(o Item) bool { return o.Holiday == it.Holiday })
			if was < 0 && (it.Replaces || len(it.Withdrawn) > 0) {
				return nil, &contract.Error{In: n.Number, Kind: contract.ErrUnknown, Msg: fmt.Sprintf("%s has no item %s to change", n.Amends, it.Holiday)}
			}
			for _, d := range it.Withdrawn {
				i := slices.Index(known[target].Items[was].Work, d)
				if i < 0 {
					return nil, &contract.Error{In: n.Number, Pointer: d.String(), Kind: contract.ErrUnknown, Msg: fmt.Sprintf("withdrawn, but not worked by %s", n.Amends)}
				}
				known[target].Items[was].Work = slices.Delete(known[target].Items[was].Work, i, i+1)
			}
			if it.Replaces {
				known[target].Items = slices.Delete(known[target].Items, was, was+1)
			}
		}
	}
	return known, nil
}
