package fromcal_test

import (
	"fmt"
	"time"

	"github.com/cfd16870/contract"
	"github.com/cfd16870/contract/fromcal"
	"github.com/rickar/cal/v2"
	"github.com/rickar/cal/v2/gb"
)

// A hotline in London: which days of Christmas 2022 are working days?
func ExampleNew() {
	london, err := fromcal.New("gb", 2022, 2030, gb.Holidays...)
	if err != nil {
		fmt.Println(err)
		return
	}
	first := contract.MustParseDate("2022-12-23")
	for n := range 6 {
		d := first.AddDays(n)
		day, err := london.Day(d)
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Printf("%v %v: %v %q\n", d, d.Weekday(), day.Kind, day.Name)
	}
	// Output:
	// 2022-12-23 Friday: working day ""
	// 2022-12-24 Saturday: weekend ""
	// 2022-12-25 Sunday: weekend ""
	// 2022-12-26 Monday: statutory holiday "Christmas Day"
	// 2022-12-27 Tuesday: statutory holiday "Boxing Day"
	// 2022-12-28 Wednesday: working day ""
}

// A day that the rules do not know is one more holiday.
func ExampleNew_grantedOnce() {
	funeral := &cal.Holiday{Name: "State Funeral of Queen Elizabeth II", Month: time.September, Day: 19,
		StartYear: 2022, EndYear: 2022, Func: cal.CalcDayOfMonth}
	london, err := fromcal.New("gb", 2022, 2030, append([]*cal.Holiday{funeral}, gb.Holidays...)...)
	if err != nil {
		fmt.Println(err)
		return
	}
	day, err := london.Day(contract.MustParseDate("2022-09-19"))
	fmt.Println(day.Kind, day.Name, err)
	// Output:
	// statutory holiday State Funeral of Queen Elizabeth II <nil>
}

// A service desk in the Gulf that rests on Friday and Saturday.
func ExampleNewWeekend() {
	desk, err := fromcal.NewWeekend("service desk", []time.Weekday{time.Friday, time.Saturday}, 2024, 2026)
	if err != nil {
		fmt.Println(err)
		return
	}
	day, err := desk.Day(contract.MustParseDate("2024-03-03")) // a Sunday
	fmt.Println(day.Kind, err)
	// Output:
	// working day <nil>
}
