package cn_test

import (
	"errors"
	"fmt"
	"time"

	"github.com/cfd16870/contract"
	"github.com/cfd16870/contract/cn"
)

// The days around Spring Festival 2024, as a service desk has to know them.
func ExampleCalendar() {
	c := cn.Calendar()
	for _, d := range []string{"2024-02-04", "2024-02-09", "2024-02-10", "2024-02-13", "2024-02-17", "2024-02-24"} {
		day, err := c.Day(contract.MustParseDate(d))
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Printf("%s %v %q %q\n", d, day.Kind, day.Name, day.Source)
	}
	_, err := c.Day(contract.MustParseDate("2027-01-01"))
	fmt.Println(errors.Is(err, contract.ErrRange), err)
	// Output:
	// 2024-02-04 make-up day "春节" "国办发明电〔2023〕7号"
	// 2024-02-09 working day "" ""
	// 2024-02-10 statutory holiday "春节" "国办发明电〔2023〕7号"
	// 2024-02-13 rest day "春节" "国办发明电〔2023〕7号"
	// 2024-02-17 rest day "春节" "国办发明电〔2023〕7号"
	// 2024-02-24 weekend "" ""
	// true calendar cn 2025-11-04: 2027-01-01 is after what is published: the days from 2006-12-30 through 2026-12-28 are known
}

// A ticket of 20 January 2020, due in ten working days: was Saturday 1 February
// one of them? When it came in, it was; a week later it was not.
func ExampleKnownOn() {
	saturday := contract.MustParseDate("2020-02-01")
	for _, known := range []string{"2020-01-20", "2020-01-26"} {
		c, err := cn.KnownOn(contract.MustParseDate(known))
		if err != nil {
			fmt.Println(err)
			return
		}
		day, err := c.Day(saturday)
		fmt.Println("edition", c.Version(), day.Kind, day.Source, err)
	}
	// Output:
	// edition 2019-11-21 make-up day 国办发明电〔2019〕16号 <nil>
	// edition 2020-01-26 rest day 国办发明电〔2020〕1号 <nil>
}

// Triple pay, or a higher rate of an on-site visit, goes by the statutory days.
func ExampleStatutory() {
	holidays, err := cn.Statutory(2025)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, h := range holidays[:6] {
		fmt.Println(h.Date, h.Name, h.Rule, h.English)
	}
	fmt.Println(len(holidays), "days by", holidays[0].Law)
	// Output:
	// 2025-01-01 元旦 1月1日 New Year's Day
	// 2025-01-28 春节 农历除夕 Spring Festival
	// 2025-01-29 春节 正月初一 Spring Festival
	// 2025-01-30 春节 正月初二 Spring Festival
	// 2025-01-31 春节 正月初三 Spring Festival
	// 2025-04-04 清明节 清明当日 Qingming Festival
	// 13 days by 国务院令第795号
}

// The line that an auditor holds against the paper.
func ExampleNotices() {
	for _, n := range cn.Notices() {
		if n.Amends == "" {
			continue
		}
		for _, it := range n.Items {
			fmt.Println(n.Issued, n.Number, "to", n.Amends, it.Holiday, it.Off, it.Work, it.Withdrawn)
		}
	}
	// Output:
	// 2015-05-13 国发明电〔2015〕1号 to 国办发明电〔2014〕28号 中国人民抗日战争暨世界反法西斯战争胜利70周年纪念日 [2015-09-03..2015-09-05] [2015-09-06] []
	// 2019-03-22 国办发明电〔2019〕3号 to 国办发明电〔2018〕15号 劳动节 [2019-05-01..2019-05-04] [2019-04-28 2019-05-05] []
	// 2020-01-26 国办发明电〔2020〕1号 to 国办发明电〔2019〕16号 春节 [2020-01-31..2020-02-02] [] [2020-02-01]
}

// A program that already uses rickar/cal: working days of February 2024.
func ExampleBusiness() {
	b := cn.Business()
	b.SetWorkHours(9*time.Hour, 18*time.Hour)
	fmt.Println(b.WorkdaysInMonth(2024, time.February), "working days")
	fmt.Println(b.IsWorkday(time.Date(2024, 2, 18, 12, 0, 0, 0, time.UTC)), "a Sunday, worked")
	// Output:
	// 18 working days
	// true a Sunday, worked
}

// The same days in a calendar of one's own.
func ExampleHolidays() {
	for _, h := range cn.Holidays() {
		if day, _ := h.Calc(2026); !day.IsZero() && h.Name == "中秋节" {
			fmt.Println(day.Format(time.DateOnly), h.Name, h.Description)
		}
	}
	// Output:
	// 2026-09-25 中秋节 Mid-Autumn Festival, statutory day 1
	// 2026-09-26 中秋节 Mid-Autumn Festival, day off by notice 1
	// 2026-09-27 中秋节 Mid-Autumn Festival, day off by notice 2
}

// A notice for 2027 has come, and no version of this package knows it yet.
func ExampleWith() {
	off := func(first, last string) []contract.Period {
		return []contract.Period{contract.Through(contract.MustParseDate(first), contract.MustParseDate(last))}
	}
	notice := cn.Notice{Year: 2027, Number: "supposed", Issued: contract.MustParseDate("2026-11-05"), Items: []cn.Item{
		{Holiday: "元旦", Off: off("2027-01-01", "2027-01-03")},
		{Holiday: "春节", Off: off("2027-02-05", "2027-02-11"), Work: []contract.Date{contract.MustParseDate("2027-01-31")}},
		{Holiday: "劳动节", Off: off("2027-05-01", "2027-05-05")},
	}}
	_, err := cn.With(notice)
	fmt.Println(err)
	// Output: supposed: 2027-04-05: the law names it, 清明节, and no notice for 2027 has it off
}
