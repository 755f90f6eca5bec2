package cn

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/cfd16870/contract"
)

// A Holiday is one day that the law names as a holiday for all citizens. Two
// may fall on one date: National Day and the Mid-Autumn Festival did in 2009 and 2020.
type Holiday struct {
	Date    contract.Date
	Name    string // in the law's words: 春节
	English string // Spring Festival
	Rule    string // the day of the holiday in the law's words: 正月初一
	Law     string // the order whose text is in force in the year: 国务院令第795号
}

// The years of which the dates of the lunar calendar are in the table.
const (
	firstYear = 2007
	lastYear  = 2050
)

// Statutory returns the statutory holidays of a year, by date and on one date
// in the order of the law: art. 2 of 全国年节及纪念日放假办法 as in force in that
// year. For a year after the last order it is the law as it stands today. A
// year outside 2007 to 2050 is ErrRange.
func Statutory(year int) ([]Holiday, error) {
	return statutory(year, lastIssued())
}

// statutory is Statutory by the orders issued on or before a day.
func statutory(year int, known contract.Date) ([]Holiday, error) {
	if year < firstYear || year > lastYear {
		return nil, &contract.Error{In: "calendar cn", Kind: contract.ErrRange,
			Msg: fmt.Sprintf("no statutory holidays of %d: the years %d to %d are known", year, firstYear, lastYear)}
	}
	var law order
	for _, o := range orders() {
		if o.since <= year && !o.issued.After(known) {
			law = o
		}
	}
	dates := feasts(year)
	all := make([]Holiday, len(law.rules))
	for i, r := range law.rules {
		all[i] = Holiday{Date: r.date(year, dates), Name: r.name, English: english(r.name), Rule: r.text, Law: law.number}
	}
	slices.SortStableFunc(all, func(a, b Holiday) int { return a.Date.Compare(b.Date) })
	return all, nil
}

// statutoryDays is the statutory holidays of a year by date, the names of two
// on one date joined.
func statutoryDays(year int, known contract.Date) (map[contract.Date]contract.Day, error) {
	all, err := statutory(year, known)
	if err != nil {
		return nil, err
	}
	days := make(map[contract.Date]contract.Day, len(all))
	for _, h := range all {
		if same, ok := days[h.Date]; ok {
			h.Name = strings.Join([]string{same.Name, h.Name}, "、")
		}
		days[h.Date] = contract.Day{Kind: contract.DayHoliday, Name: h.Name, Source: h.Law}
	}
	return days, nil
}

// An order is a State Council order that gave art. 2 its wording.
type order struct {
	number string
	issued contract.Date
	since  int // the first year that it governs
	rules  []rule
}

// orders is the wordings of art. 2, in the order of issue.
func orders() []order {
	return []order{
		// In force since 1999; the years before 2007 are not in the table.
		{number: "国务院令第270号", issued: day("1999-09-18"), since: firstYear, rules: []rule{
			fixed("新年", "1月1日", time.January, 1),
			moving("春节", "正月初一", springFestival, 0),
			moving("春节", "正月初二", springFestival, 1),
			moving("春节", "正月初三", springFestival, 2),
			fixed("劳动节", "5月1日", time.May, 1),
			fixed("劳动节", "5月2日", time.May, 2),
			fixed("劳动节", "5月3日", time.May, 3),
			fixed("国庆节", "10月1日", time.October, 1),
			fixed("国庆节", "10月2日", time.October, 2),
			fixed("国庆节", "10月3日", time.October, 3),
		}},
		// Qingming, Dragon Boat and Mid-Autumn come in, two days of May go; the eve
		// of Spring Festival takes the place of its third day.
		{number: "国务院令第513号", issued: day("2007-12-14"), since: 2008, rules: []rule{
			fixed("新年", "1月1日", time.January, 1),
			moving("春节", "农历除夕", springFestival, -1),
			moving("春节", "正月初一", springFestival, 0),
			moving("春节", "正月初二", springFestival, 1),
			moving("清明节", "清明当日", qingming, 0),
			fixed("劳动节", "5月1日", time.May, 1),
			moving("端午节", "五月初五", dragonBoat, 0),
			moving("中秋节", "八月十五", midAutumn, 0),
			fixed("国庆节", "10月1日", time.October, 1),
			fixed("国庆节", "10月2日", time.October, 2),
			fixed("国庆节", "10月3日", time.October, 3),
		}},
		// The third day of Spring Festival is back, its eve a working day by law.
		{number: "国务院令第644号", issued: day("2013-12-11"), since: 2014, rules: []rule{
			fixed("新年", "1月1日", time.January, 1),
			moving("春节", "正月初一", springFestival, 0),
			moving("春节", "正月初二", springFestival, 1),
			moving("春节", "正月初三", springFestival, 2),
			moving("清明节", "清明当日", qingming, 0),
			fixed("劳动节", "5月1日", time.May, 1),
			moving("端午节", "五月初五", dragonBoat, 0),
			moving("中秋节", "八月十五", midAutumn, 0),
			fixed("国庆节", "10月1日", time.October, 1),
			fixed("国庆节", "10月2日", time.October, 2),
			fixed("国庆节", "10月3日", time.October, 3),
		}},
		// The eve and 2 May are added; 新年 is now called 元旦.
		{number: "国务院令第795号", issued: day("2024-11-10"), since: 2025, rules: []rule{
			fixed("元旦", "1月1日", time.January, 1),
			moving("春节", "农历除夕", springFestival, -1),
			moving("春节", "正月初一", springFestival, 0),
			moving("春节", "正月初二", springFestival, 1),
			moving("春节", "正月初三", springFestival, 2),
			moving("清明节", "清明当日", qingming, 0),
			fixed("劳动节", "5月1日", time.May, 1),
			fixed("劳动节", "5月2日", time.May, 2),
			moving("端午节", "五月初五", dragonBoat, 0),
			moving("中秋节", "八月十五", midAutumn, 0),
			fixed("国庆节", "10月1日", time.October, 1),
			fixed("国庆节", "10月2日", time.October, 2),
			fixed("国庆节", "10月3日", time.October, 3),
		}},
	}
}

// A rule is one day that the law names.
type rule struct {
	name, text string
	month      time.Month
	day        int   // of the month; days from the feast where there is one
	of         feast // 0 for a day of the civil year
}

func fixed(name, text string, month time.Month, day int) rule {
	return rule{name: name, text: text, month: month, day: day}
}

func moving(name, text string, of feast, plus int) rule {
	return rule{name: name, text: text, of: of, day: plus}
}

// date is the day of the rule in a year whose feasts are given.
func (r rule) date(year int, dates map[feast]contract.Date) contract.Date {
	if r.of != 0 {
		return dates[r.of].AddDays(r.day)
	}
	return civil(year, r.month, r.day)
}

// A feast is a day whose date differs from year to year.
type feast uint8

const (
	springFestival feast = iota + 1 // 正月初一, the first day of the lunar year
	qingming                        // the solar term 清明
	dragonBoat                      // 五月初五
	midAutumn                       // 八月十五
)

// feasts is the dates of the feasts in a year of the table.
//
// They are computed, not decreed: by the standard of the lunar calendar (GB/T
// 33661-2017) from new moons and solar terms in Beijing time. Four independent
// implementations agree on every one, and a test computes them anew. The closest
// call still to come is 2027, whose first new moon is at 23:56 on 6 February. Dates are less
// certain beyond about 2080; the table ends well before.
func feasts(year int) map[feast]contract.Date {
	for _, row := range [...]struct {
		year                                            int
		springFestival, qingming, dragonBoat, midAutumn string
	}{
		{2007, "02-18", "04-05", "06-19", "09-25"},
		{2008, "02-07", "04-04", "06-08", "09-14"},
		{2009, "01-26", "04-04", "05-28", "10-03"},
		{2010, "02-14", "04-05", "06-16", "09-22"},
		{2011, "02-03", "04-05", "06-06", "09-12"},
		{2012, "01-23", "04-04", "06-23", "09-30"},
		{2013, "02-10", "04-04", "06-12", "09-19"},
		{2014, "01-31", "04-05", "06-02", "09-08"},
		{2015, "02-19", "04-05", "06-20", "09-27"},
		{2016, "02-08", "04-04", "06-09", "09-15"},
		{2017, "01-28", "04-04", "05-30", "10-04"},
		{2018, "02-16", "04-05", "06-18", "09-24"},
		{2019, "02-05", "04-05", "06-07", "09-13"},
		{2020, "01-25", "04-04", "06-25", "10-01"},
		{2021, "02-12", "04-04", "06-14", "09-21"},
		{2022, "02-01", "04-05", "06-03", "09-10"},
		{2023, "01-22", "04-05", "06-22", "09-29"},
		{2024, "02-10", "04-04", "06-10", "09-17"},
		{2025, "01-29", "04-04", "05-31", "10-06"},
		{2026, "02-17", "04-05", "06-19", "09-25"},
		{2027, "02-06", "04-05", "06-09", "09-15"},
		{2028, "01-26", "04-04", "05-28", "10-03"},
		{2029, "02-13", "04-04", "06-16", "09-22"},
		{2030, "02-03", "04-05", "06-05", "09-12"},
		{2031, "01-23", "04-05", "06-24", "10-01"},
		{2032, "02-11", "04-04", "06-12", "09-19"},
		{2033, "01-31", "04-04", "06-01", "09-08"},
		{2034, "02-19", "04-05", "06-20", "09-27"},
		{2035, "02-08", "04-05", "06-10", "09-16"},
		{2036, "01-28", "04-04", "05-30", "10-04"},
		{2037, "02-15", "04-04", "06-18", "09-24"},
		{2038, "02-04", "04-05", "06-07", "09-13"},
		{2039, "01-24", "04-05", "05-27", "10-02"},
		{2040, "02-12", "04-04", "06-14", "09-20"},
		{2041, "02-01", "04-04", "06-03", "09-10"},
		{2042, "01-22", "04-04", "06-22", "09-28"},
		{2043, "02-10", "04-05", "06-11", "09-17"},
		{2044, "01-30", "04-04", "05-31", "10-05"},
		{2045, "02-17", "04-04", "06-19", "09-25"},
		{2046, "02-06", "04-04", "06-08", "09-15"},
		{2047, "01-26", "04-05", "05-29", "10-04"},
		{2048, "02-14", "04-04", "06-15", "09-22"},
		{2049, "02-02", "04-04", "06-04", "09-11"},
		{2050, "01-23", "04-04", "06-23", "09-30"},
	} {
		if row.year == year {
			in := func(monthDay string) contract.Date { return day(fmt.Sprintf("%04d-%s", year, monthDay)) }
			return map[feast]contract.Date{
				springFestival: in(row.springFestival), qingming: in(row.qingming),
				dragonBoat: in(row.dragonBoat), midAutumn: in(row.midAutumn),
			}
		}
	}
	return nil
}
