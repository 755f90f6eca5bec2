package proof

import (
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func TestCheckIsBounded(t *testing.T) {
	forever := schedule{zone: shanghai, week: "never", period: "1901-01-01..2060-12-31"}
	bombs := map[string]func(n *notes){
		"walks of a hundred and fifty years, over and over": func(n *notes) {
			q := forever.quote(n)
			a, b := n.fact("", at("1992-01-01T00:00:00Z")), n.fact("", at("2060-12-30T00:00:00Z"))
			for len(n.Steps) < maxSteps {
				n.derive(Open, "", dur("0s"), a, b, q.hours)
			}
		},
		"a zone that changes 19,000 times": func(n *notes) {
			s := forever
			s.zone = "Nowhere"
			for i := range 19_000 {
				s.zone += "; " + ShiftOf(time.Unix(int64(i)*3600, 0), i%2*3600).Text
			}
			q := s.quote(n)
			n.derive(Open, "", dur("0s"), n.fact("", at("1992-01-01T00:00:00Z")), n.fact("", at("2060-12-30T00:00:00Z")), q.hours)
		},
		"a sum of fractions whose denominators have nothing in common": func(n *notes) {
			var args []int
			for i := range 5000 {
				args = append(args, n.fact("", num("1/"+strconv.Itoa(1_000_003+2*i)+strings.Repeat("7", 300))))
			}
			for i := range args {
				n.Steps[args[i]-1].Value = NumberOf(must(parseNumber(n.Steps[args[i]-1].Value.Text)))
			}
			n.derive(Add, "", num("0"), args...)
		},
		"pauses by the thousand on each of many days": func(n *notes) {
			q := schedule{zone: shanghai, week: "mon-sun 00:00-24:00", period: "1992-01-01..2060-12-31"}.quote(n)
			args := []int{n.fact("", at("1992-01-02T00:00:00Z")), n.fact("", at("2060-12-30T00:00:00Z")), q.hours}
			for i := range 10_000 {
				from := time.Unix(int64(1_000_000_000+i*7200), 0)
				args = append(args, n.fact("", StretchOf(from.UTC(), from.Add(time.Hour).UTC())))
			}
			n.derive(Open, "", dur("0s"), args...)
		},
		"parts by long weights, in turn": func(n *notes) {
			// Together the denominators are about as long as a number on the way may be.
			args := []int{n.fact("", cny("1.00")), n.fact("", num("1"))}
			for i := range 9 {
				args = append(args, n.fact("", num("1/"+strconv.Itoa(101+2*i)+strings.Repeat("7", 120))))
				n.Steps[len(n.Steps)-1].Value = NumberOf(must(parseNumber(n.Steps[len(n.Steps)-1].Value.Text)))
			}
			for len(args) < 12_000 {
				args = append(args, args[2:11]...)
			}
			n.derive(Split, "", cny("0.00"), args...)
		},
		"a product that grows": func(n *notes) {
			long := n.fact("", num(strings.Repeat("7", maxDigits)))
			n.derive(Mul, "", num("0"), slices.Repeat([]int{long}, 100_000)...)
		},
		"a product made of itself, over and over": func(n *notes) {
			from, to := n.fact("", on("2024-01-01")), n.fact("", on("2024-01-02"))
			product := n.derive(Between, "", DaysOf(1), from, to)
			for range 60 { // 2 to the 60th days between, to whoever counts them
				product = n.derive(Mul, "", num("1"), product, product)
			}
			n.derive(Accrue, "", cny("1.00"), from, to, n.derive(Mul, "", cny("1.00"), n.fact("", cny("1.00")), product))
		},
		"thousands of payments against thousands of stretches": func(n *notes) {
			from, to := n.fact("", on("2024-01-01")), n.fact("", on("2024-01-01"))
			money := n.derive(Mul, "", cny("0.00"), n.fact("", cny("1.00")), n.derive(Between, "", DaysOf(0), from, to))
			payment := n.fact("", Value{Dated, "2024-01-01 1.00 CNY"})
			n.derive(Accrue, "", cny("0.00"), slices.Concat([]int{from, to}, slices.Repeat([]int{money}, 90_000), slices.Repeat([]int{payment}, 90_000))...)
		},
		"closings sought for a hundred years, over and over": func(n *notes) {
			q := schedule{zone: shanghai, week: "never", period: "1992-01-01..2060-12-31", rows: []string{"1992-01-02 09:00-10:00"}}.quote(n)
			a := n.fact("", at("2060-12-30T00:00:00Z"))
			for len(n.Steps) < maxSteps {
				n.derive(Closing, "", at("1992-01-02T10:00:00+08:00"), a, q.hours)
			}
		},
		"the bands of a hundred years, over and over": func(n *notes) {
			q := forever.quote(n)
			a, b, word := n.fact("", at("1992-01-01T00:00:00Z")), n.fact("", at("2060-12-30T00:00:00Z")), n.fact("", WordOf("normal"))
			for len(n.Steps) < maxSteps {
				n.derive(InBand, "", dur("0s"), a, b, q.hours, q.days, word)
			}
		},
		"a hundred years of rest days": func(n *notes) {
			s := schedule{zone: shanghai, weekdays: "sun", period: "1992-01-01..2060-12-31"}
			for d := day(8035); d < 8035+19_000; d++ {
				if d.weekday() == time.Sunday {
					s.rows = append(s.rows, d.String()+" rest")
				}
			}
			q := s.quote(n)
			from, word := n.fact("", on("1992-01-01")), n.fact("", WordOf("rolls over rest days"))
			for len(n.Steps) < maxSteps {
				n.derive(Roll, "", on("2044-01-10"), from, word, q.days)
			}
		},
		"working days counted back for a hundred years": func(n *notes) {
			q := schedule{zone: shanghai, period: "1992-01-01..2060-12-31"}.quote(n)
			by, count := n.fact("", on("2060-12-30")), n.fact("", DaysOf(18_000))
			for len(n.Steps) < maxSteps {
				n.derive(NthBack, "", on("1992-01-02"), by, count, q.days)
			}
		},
		"joins of joins": func(n *notes) {
			q := schedule{zone: shanghai, period: "1992-01-01..1992-01-01"}.quote(n)
			weekdays, counts := n.Steps[q.days-1].Args[0], n.Steps[q.days-1].Args[1]
			for d := day(8036); d < 8036+6000; d++ { // from 1992-01-02 on
				p := period{d, d}
				row := n.put(Step{Op: Row, Value: Value{Period, p.String()}, Source: &Source{In: "calendar"}})
				days := n.derive(WorkingDays, "", Value{Period, p.String()}, weekdays, counts, row)
				q.days = n.derive(Join, "", Value{Period, "1992-01-01.." + d.String()}, q.days, days)
			}
		},
	}
	for why, build := range bombs {
		t.Run(why, func(t *testing.T) {
			n := newNotes(why)
			build(n)
			w := n.done()
			started := time.Now()
			v := w.Check()
			require.Equal(t, CannotCheck, v.Outcome, v.Reason)
			require.Less(t, time.Since(started), time.Minute) // some seconds, with -race
			require.NotEmpty(t, w.Text(English))
		})
	}
}
