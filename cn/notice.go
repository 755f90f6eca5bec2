package cn

import (
	"fmt"
	"strings"
	"time"

	"github.com/cfd16870/contract"
)

// A Notice is one notice of the State Council or its General Office on the
// arrangement of a year's holidays, as issued. The zero Notice is no notice.
type Notice struct {
	Year   int           // the year whose holidays it arranges; some of its days may lie in the December before
	Number string        // 国办发明电〔2023〕7号
	Issued contract.Date // the day it was signed
	Amends string        // the number of the notice that it changes; "" for a year's own notice
	Items  []Item        // in the order of the days

	// Granted is how many weekdays it gives off for nothing: neither does the law name
	// them, nor are they worked in exchange. With counts.
	Granted int
}

// An Item is what a notice says of one holiday, or of two that it joins.
type Item struct {
	Holiday string            // in the notice's words: 春节; 国庆节、中秋节
	English string            // Spring Festival; National Day and Mid-Autumn Festival
	Off     []contract.Period // the days off
	Work    []contract.Date   // the weekend days worked in exchange

	// In a notice that amends another:

	Replaces  bool            // the item of the same holiday there no longer holds
	Withdrawn []contract.Date // days there worked in exchange that no longer are
}

// Notices returns every notice from the one for 2007 on, in the order of issue,
// as issued: what a later one replaced or withdrew still stands in the earlier.
// The copy is the caller's.
func Notices() []Notice { return notices() }

// english is the name of a holiday, or of several joined by 、, in English.
func english(name string) string {
	names := strings.Split(name, "、")
	for i, n := range names {
		switch n {
		case "元旦", "新年":
			names[i] = "New Year's Day"
		case "春节":
			names[i] = "Spring Festival"
		case "清明节":
			names[i] = "Qingming Festival"
		case "劳动节":
			names[i] = "Labour Day"
		case "端午节":
			names[i] = "Dragon Boat Festival"
		case "中秋节":
			names[i] = "Mid-Autumn Festival"
		case "国庆节":
			names[i] = "National Day"
		case victoryDay:
			names[i] = "70th Anniversary of the Victory in the War of Resistance against Japanese Aggression and the World Anti-Fascist War"
		}
	}
	return strings.Join(names, " and ")
}

// victoryDay is a holiday of 2015 alone.
const victoryDay = "中国人民抗日战争暨世界反法西斯战争胜利70周年纪念日"

// A part is a piece of the line that an item is in the table.
type part func(*Item)

// item is a line of the table.
func item(holiday string, parts ...part) Item {
	it := Item{Holiday: holiday, English: english(holiday)}
	for _, p := range parts {
		p(&it)
	}
	return it
}

// off is days off: one day, or from the first through the last.
func off(first string, through ...string) part {
	last := first
	if len(through) > 0 {
		last = through[0]
	}
	return func(it *Item) { it.Off = append(it.Off, contract.Through(day(first), day(last))) }
}

// work is weekend days worked in exchange.
func work(days ...string) part {
	return func(it *Item) {
		for _, d := range days {
			it.Work = append(it.Work, day(d))
		}
	}
}

// replaces says that the item of the same holiday in the notice amended no longer holds.
func replaces() part { return func(it *Item) { it.Replaces = true } }

// withdraws says that a day that the notice amended has as worked no longer is.
func withdraws(d string) part {
	return func(it *Item) { it.Withdrawn = append(it.Withdrawn, day(d)) }
}

// day is a date of the tables, which are constant and all read by a test.
func day(s string) contract.Date { return contract.MustParseDate(s) }

// civil is day for a date in parts.
func civil(year int, month time.Month, dayOfMonth int) contract.Date {
	return day(fmt.Sprintf("%04d-%02d-%02d", year, int(month), dayOfMonth))
}
