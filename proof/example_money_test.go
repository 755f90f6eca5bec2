package proof_test

import (
	"fmt"
	"math/big"
	"time"

	"github.com/cfd16870/contract/proof"
)

func ExampleMoneyOf() {
	fmt.Println(proof.MoneyOf(big.NewRat(2940, 1), "CNY").Text, proof.MoneyOf(big.NewRat(2, 3), "CNY").Text)
	// Output:
	// 2940.00 CNY 2/3 CNY
}

func ExampleSpanOf() {
	fmt.Println(proof.SpanOf("30 days").Text)
	// Output:
	// 30 days
}

func ExampleDatedOf() {
	fmt.Println(proof.DatedOf(proof.DateOf(2024, time.July, 22), proof.PercentOf(big.NewRat(335, 100))).Text)
	// Output:
	// 2024-07-22 3.35%
}

func ExampleBandOf() {
	percent := func(n int64) proof.Value { return proof.PercentOf(big.NewRat(n, 1)) }
	fmt.Println(proof.BandOf(percent(80), percent(90), percent(10)).Text)
	fmt.Println(proof.BandOf(percent(95), proof.Value{}, percent(0)).Text)
	// Output:
	// from 80% below 90%: 10%
	// from 95%: 0%
}

func ExampleCellOf() {
	fmt.Println(proof.CellOf([]string{"serious", "low"}, proof.NumberOf(big.NewRat(3, 2))).Text)
	// Output:
	// serious, low: 1.5
}
