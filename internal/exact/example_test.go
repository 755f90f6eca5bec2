package exact_test

import (
	"fmt"

	"github.com/cfd16870/contract/internal/exact"
)

// Interest on 12,500.00 at 7.25 % for 31 days, by the ACT/365F convention,
// rounded once.
func Example() {
	principal := exact.New(12_500)
	rate := exact.FromDecimal(725, -4)
	period, err := exact.Frac(31, 365)
	if err != nil {
		fmt.Println(err)
		return
	}
	interest := principal.Mul(rate).Mul(period)
	cents, err := interest.Round(2, exact.HalfUp)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(interest)
	fmt.Println(cents)
	// Output:
	// 22475/292
	// 76.97
}

func ExampleFrac() {
	third, _ := exact.Frac(1, 3)
	charge := exact.FromDecimal(1000, -2)
	part := charge.Mul(third)
	fmt.Println(part)
	fmt.Println(part.Add(part).Add(part))
	_, err := exact.Frac(1, 0)
	fmt.Println(err)
	// Output:
	// 10/3
	// 10
	// 1 / 0: division by zero
}

func ExampleParse() {
	for _, s := range []string{"0.0005", "1,000", "-0.00", "3.14159265358979"} {
		x, err := exact.Parse(s, 12)
		if err != nil {
			fmt.Println(err)
			continue
		}
		fmt.Println(x)
	}
	// Output:
	// 0.0005
	// "1,000": unexpected "," at 2
	// "-0.00": negative zero at 1
	// "3.14159265358979": 15 digits, at most 12
}

func ExampleNum_Round() {
	credit := exact.FromDecimal(-12125, -3)
	for m := exact.HalfUp; m.IsValid(); m++ {
		x, _ := credit.Round(2, m)
		fmt.Println(m, x)
	}
	// Output:
	// half up -12.13
	// half even -12.12
	// half down -12.12
	// up -12.13
	// down -12.12
}

// A Swiss invoice is paid in coins of five centimes.
func ExampleNum_RoundToMultiple() {
	total := exact.FromDecimal(8317, -2)
	x, _ := total.RoundToMultiple(exact.FromDecimal(5, -2), exact.HalfUp)
	text, _ := x.Fixed(2)
	fmt.Println(text)
	// Output: 83.15
}

func ExampleNum_Fixed() {
	fmt.Println(exact.New(40).Fixed(2))
	fmt.Println(exact.FromDecimal(40125, -3).Fixed(2))
	third, _ := exact.Frac(1, 3)
	fmt.Println(third.Fixed(2))
	// Output:
	// 40.00 true
	// 40.125 true
	//  false
}

func ExampleNum_Decimal() {
	eighth, _ := exact.Frac(1, 8)
	fmt.Println(eighth.Decimal())
	// Output: 125 3 true
}
