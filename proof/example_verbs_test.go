package proof_test

import (
	"fmt"
	"math/big"
	"time"

	"github.com/cfd16870/contract/proof"
)

var china = time.FixedZone("Asia/Shanghai", 8*60*60)

// Who changes a figure can make a seal for it anew, so a seal that matters is kept
// apart from its working.
func ExampleWorking_ComputeSeal() {
	w := callback()
	kept := w.Seal // printed on the letter

	w.Steps[7].Source.In = "requests.csv:3"
	w.Seal = w.ComputeSeal()
	fmt.Println(w.Check(), w.Sealed(), w.Seal == kept)
	// Output: holds true false
}

// A call of another line of the records, received at the same time: every figure
// still follows, and yet it is not the working that was sealed.
func ExampleWorking_Sealed() {
	w := callback()
	fmt.Println(w.Check(), w.Sealed())
	w.Steps[7].Source.In = "requests.csv:3"
	fmt.Println(w.Check(), w.Sealed())
	// Output:
	// holds true
	// holds false
}

// A verdict where an error is wanted: nil only if the working holds.
func ExampleVerdict_Err() {
	w := callback()
	fmt.Println(w.Check().Err())
	w.Steps[8].Value = proof.ElapsedOf(5 * time.Minute)
	fmt.Println(w.Check().Err() != nil)
	// Output:
	// <nil>
	// true
}

// What has to be held against the document, the records and the calendar.
func ExampleOp_Premise() {
	for _, step := range callback().Steps[6:] {
		if step.Op.Premise() {
			fmt.Printf("%s: %s, see %s\n", step.Name, step.Value.Text, step.Source.In)
		}
	}
	// Output:
	// received: 2024-03-04T11:58:30+08:00, see requests.csv:2
	// within: 3m0s, see document
}

// 38 of 41 in time: a fraction, since no decimal is exact.
func ExampleNumberOf() {
	fmt.Println(proof.NumberOf(big.NewRat(38, 41)).Text, proof.NumberOf(big.NewRat(38, 40)).Text)
	// Output: 38/41 0.95
}

// The number is one of percent: 90 and not 0.9.
func ExamplePercentOf() {
	fmt.Println(proof.PercentOf(big.NewRat(90, 1)).Text, proof.PercentOf(big.NewRat(3800, 41)).Text)
	// Output: 90% 3800/41%
}

// An instant keeps the offset of the clock on which it was read.
func ExampleInstantOf() {
	closing := time.Date(2024, time.May, 11, 18, 0, 0, 0, china) // Saturday, a make-up day
	fmt.Println(proof.InstantOf(closing).Text, proof.InstantOf(closing.UTC()).Text)
	// Output: 2024-05-11T18:00:00+08:00 2024-05-11T10:00:00Z
}

func ExampleElapsedOf() {
	fmt.Println(proof.ElapsedOf(3*time.Minute).Text, proof.ElapsedOf(12*time.Hour).Text)
	// Output: 3m0s 12h0m0s
}

func ExampleDaysOf() {
	fmt.Printf("%+v\n", proof.DaysOf(7))
	// Output: {Kind:days Text:7}
}

// A choice that the contract states, in its own word.
func ExampleWordOf() {
	fmt.Printf("%+v\n", proof.WordOf("wholly paused days are skipped"))
	// Output: {Kind:word Text:wholly paused days are skipped}
}

func ExampleTruthOf() {
	due := time.Date(2024, time.March, 4, 13, 1, 30, 0, china) // Monday
	answered := due                                            // exactly at it is in time
	fmt.Println("late:", proof.TruthOf(answered.After(due)).Text)
	// Output: late: no
}

// A pause from Thursday 7 May 2026 in the morning to Friday at closing.
func ExampleStretchOf() {
	from := time.Date(2026, time.May, 7, 9, 0, 0, 0, china)
	fmt.Println(proof.StretchOf(from, from.Add(33*time.Hour)).Text)
	// Output: 2026-05-07T09:00:00+08:00/2026-05-08T18:00:00+08:00
}

// Nothing is carried over: a day that is none stays what it is, for Check to find.
func ExampleDateOf() {
	fmt.Println(proof.DateOf(2024, time.May, 11).Text, proof.DateOf(2024, time.April, 31).Text)
	// Output: 2024-05-11 2024-04-31
}

// Both days are in it, Monday 29 April and Saturday 11 May 2024.
func ExamplePeriodOf() {
	fmt.Println(proof.PeriodOf(proof.DateOf(2024, time.April, 29), proof.DateOf(2024, time.May, 11)).Text)
	// Output: 2024-04-29..2024-05-11
}

// China's last summer time ended on Sunday 15 September 1991.
func ExampleShiftOf() {
	ended := time.Date(1991, time.September, 14, 15, 0, 0, 0, time.UTC)
	fmt.Println(proof.ShiftOf(ended, 8*60*60).Text)
	// Output: 1991-09-14T15:00:00Z +08:00
}

// A hotline: weekdays with a lunch break, Saturday mornings, nobody on Sunday.
func ExampleWeekOf() {
	morning, afternoon := proof.Window{From: 9 * 60, Until: 12 * 60}, proof.Window{From: 13 * 60, Until: 18 * 60}
	week := [7][]proof.Window{time.Saturday: {morning}}
	for d := time.Monday; d <= time.Friday; d++ {
		week[d] = []proof.Window{morning, afternoon}
	}
	fmt.Println(proof.WeekOf(week).Text)
	// Output: mon-fri 09:00-12:00 13:00-18:00; sat 09:00-12:00
}

func ExampleWeekdaysOf() {
	days := [7]bool{time.Monday: true, time.Tuesday: true, time.Wednesday: true, time.Friday: true}
	fmt.Println(proof.WeekdaysOf(days).Text)
	// Output: mon-wed, fri
}

// The make-up Saturday after Labour Day 2024.
func ExampleNamedDayOf() {
	fmt.Println(proof.NamedDayOf(proof.DateOf(2024, time.May, 11), "work").Text)
	// Output: 2024-05-11 work
}

// The make-up Saturday after National Day 2024, served in the morning by agreement;
// the one before Mid-Autumn is closed.
func ExampleAgreedOf() {
	fmt.Println(proof.AgreedOf(proof.DateOf(2024, time.October, 12), proof.Window{From: 9 * 60, Until: 12 * 60}).Text)
	fmt.Println(proof.AgreedOf(proof.DateOf(2024, time.September, 14)).Text)
	// Output:
	// 2024-10-12 09:00-12:00
	// 2024-09-14 closed
}

// Money has the digits of its currency's minor unit at least; what no decimal says
// is a fraction until a step rounds it.
func ExampleMoneyOf() {
	charge := big.NewRat(120_000*49*5, 10_000) // 49 days at 0.05 % a day
	fmt.Println(proof.MoneyOf(charge, "CNY").Text)
	fmt.Println(proof.MoneyOf(big.NewRat(1_207_425, 100_000), "CNY").Text, proof.MoneyOf(big.NewRat(100, 1), "JPY").Text)
	fmt.Println(proof.MoneyOf(big.NewRat(2, 3), "CNY").Text)
	// Output:
	// 2940.00 CNY
	// 12.07425 CNY 100 JPY
	// 2/3 CNY
}

// A span as the contract writes it. Check refuses another spelling: one day is one
// calendar day, or one working day.
func ExampleSpanOf() {
	fmt.Printf("%+v\n", proof.SpanOf("30 days"))
	// Output: {Kind:span Text:30 days}
}

// A prime rate on the day of its publication, Monday 22 July 2024, and a payment on
// the day on which it was credited.
func ExampleDatedOf() {
	fmt.Println(proof.DatedOf(proof.DateOf(2024, time.July, 22), proof.PercentOf(big.NewRat(335, 100))).Text)
	fmt.Println(proof.DatedOf(proof.DateOf(2024, time.March, 31), proof.MoneyOf(big.NewRat(50_000, 1), "CNY")).Text)
	// Output:
	// 2024-07-22 3.35%
	// 2024-03-31 50000.00 CNY
}

// Service credits by what was attained: a band holds its lower end, and not its upper.
func ExampleBandOf() {
	percent := func(n int64) proof.Value { return proof.PercentOf(big.NewRat(n, 1)) }
	fmt.Println(proof.BandOf(proof.Value{}, percent(90), percent(10)).Text)
	fmt.Println(proof.BandOf(percent(90), percent(95), percent(5)).Text)
	fmt.Println(proof.BandOf(percent(95), proof.Value{}, percent(0)).Text)
	// Output:
	// below 90%: 10%
	// from 90% below 95%: 5%
	// from 95%: 0%
}

// The factor of a serious fault that is easily repaired.
func ExampleCellOf() {
	fmt.Println(proof.CellOf([]string{"serious", "low"}, proof.NumberOf(big.NewRat(3, 2))).Text)
	// Output: serious, low: 1.5
}
