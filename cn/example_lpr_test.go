package cn_test

import (
	"fmt"
	"log"

	"github.com/cfd16870/contract"
	"github.com/cfd16870/contract/cn"
)

// The rate of a breach is the latest published on or before its day.
func ExampleLPR1Y() {
	rates := cn.LPR1Y()
	for _, d := range []string{"2024-07-21", "2024-07-22"} {
		rate, err := rates.On(contract.MustParseDate(d))
		if err != nil {
			log.Fatal(err)
		}
		fmt.Println(d, rate)
	}
	// Output:
	// 2024-07-21 3.45
	// 2024-07-22 3.35
}

// A document refers to a series by its name: "reference": {"series": "lpr5y"}.
func ExampleLPR5Y() {
	rates := cn.LPR5Y()
	_, err := rates.On(contract.MustParseDate("2019-08-19"))
	fmt.Println(rates.Name(), rates.Published())
	fmt.Println(err)
	// Output:
	// lpr5y 2019-08-20..2026-08-20
	// series lpr5y: 2019-08-19 lies outside the published days 2019-08-20..2026-08-20
}
