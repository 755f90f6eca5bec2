package cn_test

import (
	"fmt"
	"log"

	"github.com/cfd16870/contract"
	"github.com/cfd16870/contract/cn"
)

func ExampleLPR1Y() {
	rate, err := cn.LPR1Y().On(contract.MustParseDate("2024-07-22"))
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(rate.StringFixed(2), cn.LPR1Y().Published())
	// Output:
	// 3.35 2019-08-20..2026-08-20
}

func ExampleLPR5Y() {
	rate, err := cn.LPR5Y().On(contract.MustParseDate("2024-07-22"))
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(rate.StringFixed(2))
	// Output:
	// 3.85
}
