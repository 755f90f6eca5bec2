package contract_test

import (
	"flag"
	"math/rand"
	"sort"
	"strings"
	"testing"
	"time"

	"github.com/rickar/cal/v2"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cfd16870/contract"
	"github.com/cfd16870/contract/cn"
)

// The questions of time, asked of China's notices of 2007 to 2026 at random
// starts, three ways: this library; a bisection on the stretches themselves, which
// is what a program writes that has them in a slice; and rickar/cal with the same
// days off and make-up days, which walks from day to day.
//
// rickar/cal has one window a day, so what is compared is 9 to 18 without lunch,
// make-up days as Monday: TestBenchmarksAskOneQuestion holds all three to it.

// oneWindow is Monday to Friday 9 to 18, make-up days too.
func oneWindow(tb testing.TB) *contract.Schedule {
	h := officeHours()
	h.Week = map[string][]string{"mon-fri": {"09:00-18:00"}}
	h.MakeupDays = "as mon"
	s, err := contract.NewSchedule(beijing, h, published)
	require.NoError(tb, err)
	return s
}

func rickar() *cal.BusinessCalendar {
	b := cn.Business()
	b.SetWorkHours(9*time.Hour, 18*time.Hour)
	return b
}

// segments is the plain way: the stretches, and the open time before each.
type segments struct {
	open   []contract.Window
	before []time.Duration
}

func segmentsOf(tb testing.TB, s *contract.Schedule) (g segments) {
	from, until := s.Known()
	var total time.Duration
	for w, err := range s.Windows(from, until) {
		require.NoError(tb, err)
		g.open = append(g.open, w)
		g.before = append(g.before, total)
		total += w.End.Sub(w.Start)
	}
	return g
}

// f is the open time before t.
func (g segments) f(t time.Time) time.Duration {
	i := sort.Search(len(g.open), func(i int) bool { return g.open[i].Start.After(t) }) - 1
	if i < 0 {
		return 0
	}
	if t.After(g.open[i].End) {
		t = g.open[i].End
	}
	return g.before[i] + t.Sub(g.open[i].Start)
}

func (g segments) add(t time.Time, d time.Duration) time.Time {
	x := g.f(t) + d
	i := sort.Search(len(g.before), func(i int) bool { return g.before[i] >= x }) - 1
	return g.open[i].Start.Add(x - g.before[i])
}

func (g segments) between(a, b time.Time) time.Duration { return g.f(b) - g.f(a) }

// randomStarts draws starts of 2008 to 2012, so that 8,000 service hours and ten
// years stay within what is published. Half of them are in hours.
func randomStarts(seed int64) []time.Time {
	r := rand.New(rand.NewSource(seed))
	from, until := when("Tue 2008-01-01 00:00"), when("Tue 2013-01-01 00:00")
	starts := make([]time.Time, 1024)
	for i := range starts {
		t := from.Add(time.Duration(r.Int63n(int64(until.Sub(from))))).Truncate(time.Second)
		if i%2 == 0 {
			t = time.Date(t.Year(), t.Month(), t.Day(), 9+r.Intn(9), t.Minute(), t.Second(), 0, beijing)
		}
		starts[i] = t
	}
	return starts
}

// The three ways give one answer, or the benchmarks compare nothing.
func TestBenchmarksAskOneQuestion(t *testing.T) {
	s, b := oneWindow(t), rickar()
	g := segmentsOf(t, s)
	for _, at := range randomStarts(1)[:64] {
		for _, d := range []time.Duration{3 * time.Minute, time.Hour, 8 * time.Hour, 100 * time.Hour} {
			want, err := s.Add(at, d)
			require.NoError(t, err)
			require.Equal(t, want, g.add(at, d), "%v and %v", at, d)
			walked := b.AddWorkHours(at, d)
			if open, err := s.IsOpen(want); err == nil && !open {
				// rickar/cal rolls time used up exactly at closing to the next opening.
				want, err = s.NextOpening(want)
				require.NoError(t, err)
			}
			require.True(t, want.Equal(walked), "%v and %v: %v, rickar/cal %v", at, d, want, walked)
		}
		to := at.AddDate(0, 1, 0)
		want, err := s.Between(at, to)
		require.NoError(t, err)
		require.Equal(t, want, g.between(at, to))
		require.Equal(t, want, b.WorkHoursInRange(at, to), "%v to %v", at, to)
	}
}

// fastest is the least time of so many calls each, of many rounds; the rounds of all are taken
// in turn, so that what else the machine does falls on all alike.
func fastest(rounds, each int, calls ...func(i int)) []time.Duration {
	least := make([]time.Duration, len(calls))
	for range rounds {
		for n, call := range calls {
			from := time.Now()
			for i := range each {
				call(i)
			}
			if took := time.Since(from); least[n] == 0 || took < least[n] {
				least[n] = took
			}
		}
	}
	return least
}

var speed = flag.Bool("speed", false, "hold the ratios of the benchmarks of hours")

// How fast questions of time are, as ratios of one run: absolute times are another
// machine's. The hours are those of clause 1.2, with lunch, by China's notices of 2007
// to 2026.
func TestHoursAreFast(t *testing.T) {
	if !*speed {
		t.Skip("times hold on a quiet machine: -speed")
	}
	h := officeHours()
	h.MakeupDays = "as mon"
	s, err := contract.NewSchedule(beijing, h, published)
	require.NoError(t, err)
	g := segmentsOf(t, s)
	starts := randomStarts(4)
	day, decade := make([]time.Time, len(starts)), make([]time.Time, len(starts))
	for i, at := range starts {
		day[i], decade[i] = at.AddDate(0, 0, 1), at.AddDate(10, 0, 0)
	}
	var sink int64
	add := func(d time.Duration) func(int) {
		return func(i int) { u, _ := s.Add(starts[i], d); sink += u.Unix() }
	}
	between := func(to []time.Time) func(int) {
		return func(i int) { d, _ := s.Between(starts[i], to[i]); sink += int64(d) }
	}
	// A machine that is busy all through is asked again.
	var ratios map[string]float64
	holds := func() bool {
		least := fastest(300, 256,
			add(time.Hour), add(8000*time.Hour), func(i int) { sink += g.add(starts[i], time.Hour).Unix() }, func(i int) { sink += g.add(starts[i], 8000*time.Hour).Unix() },
			between(day), between(decade), func(i int) { sink += int64(g.between(starts[i], day[i])) }, func(i int) { sink += int64(g.between(starts[i], decade[i])) })
		of := func(a, b int) float64 { return float64(least[a]) / float64(least[b]) }
		ratios = map[string]float64{
			"bisection / add 1 h": of(2, 0), "bisection / add 8,000 h": of(3, 1), "add 8,000 h / 1 h": of(1, 0),
			"bisection / between 1 day": of(6, 4), "bisection / between 10 years": of(7, 5), "between 10 years / 1 day": of(5, 4),
		}
		t.Logf("add 1 h %v, 8,000 h %v; between 1 day %v, 10 years %v; %v", least[0]/256, least[1]/256, least[4]/256, least[5]/256, ratios)
		return ratios["bisection / add 1 h"] >= 3 && ratios["bisection / add 8,000 h"] >= 3 && ratios["add 8,000 h / 1 h"] <= 1.2 &&
			ratios["bisection / between 1 day"] >= 3 && ratios["bisection / between 10 years"] >= 3 && ratios["between 10 years / 1 day"] <= 1.2
	}
	for range 4 {
		if holds() {
			break
		}
	}
	for name, ratio := range ratios {
		if strings.HasPrefix(name, "bisection") {
			assert.GreaterOrEqual(t, ratio, 3.0, name)
		} else {
			assert.LessOrEqual(t, ratio, 1.2, name)
		}
	}
	_ = sink

	one, walk := oneWindow(t), rickar()
	some := func(d time.Duration) (time.Duration, time.Duration) {
		var ours, theirs time.Duration
		for i := range 5 {
			from := time.Now()
			for range 1000 {
				one.Add(starts[i], d)
			}
			took := time.Since(from) / 1000
			if ours == 0 || took < ours {
				ours = took
			}
			from = time.Now()
			walk.AddWorkHours(starts[i], d)
			if took = time.Since(from); theirs == 0 || took < theirs {
				theirs = took
			}
		}
		return ours, theirs
	}
	ours, theirs := some(time.Hour)
	assert.GreaterOrEqual(t, theirs, 20*ours, "rickar/cal, 1 h")
	ours8, theirs8 := some(8000 * time.Hour)
	assert.GreaterOrEqual(t, theirs8, 10_000*ours8, "rickar/cal, 8,000 h")
	t.Logf("rickar/cal: 1 h %v to %v, %d×; 8,000 h %v to %v, %d×", theirs, ours, theirs/ours, theirs8, ours8, theirs8/ours8)
}

func BenchmarkScheduleAdd(b *testing.B) {
	s, walk := oneWindow(b), rickar()
	g := segmentsOf(b, s)
	starts := randomStarts(2)
	for _, c := range []struct {
		name string
		d    time.Duration
	}{{"3min", 3 * time.Minute}, {"1h", time.Hour}, {"8h", 8 * time.Hour}, {"8000h", 8000 * time.Hour}} {
		b.Run(c.name+"/contract", func(b *testing.B) {
			b.ReportAllocs()
			for i := 0; b.Loop(); i++ {
				if _, err := s.Add(starts[i%len(starts)], c.d); err != nil {
					b.Fatal(err)
				}
			}
		})
		b.Run(c.name+"/bisection", func(b *testing.B) {
			b.ReportAllocs()
			for i := 0; b.Loop(); i++ {
				g.add(starts[i%len(starts)], c.d)
			}
		})
		b.Run(c.name+"/rickar", func(b *testing.B) {
			b.ReportAllocs()
			for i := 0; b.Loop(); i++ {
				walk.AddWorkHours(starts[i%len(starts)], c.d)
			}
		})
	}
}

func BenchmarkScheduleBetween(b *testing.B) {
	s, walk := oneWindow(b), rickar()
	g := segmentsOf(b, s)
	starts := randomStarts(3)
	for _, c := range []struct {
		name        string
		years, days int
	}{{"1day", 0, 1}, {"10years", 10, 0}} {
		ends := make([]time.Time, len(starts))
		for i, t := range starts {
			ends[i] = t.AddDate(c.years, 0, c.days)
		}
		b.Run(c.name+"/contract", func(b *testing.B) {
			b.ReportAllocs()
			for i := 0; b.Loop(); i++ {
				if _, err := s.Between(starts[i%len(starts)], ends[i%len(starts)]); err != nil {
					b.Fatal(err)
				}
			}
		})
		b.Run(c.name+"/bisection", func(b *testing.B) {
			b.ReportAllocs()
			for i := 0; b.Loop(); i++ {
				g.between(starts[i%len(starts)], ends[i%len(starts)])
			}
		})
		b.Run(c.name+"/rickar", func(b *testing.B) {
			b.ReportAllocs()
			for i := 0; b.Loop(); i++ {
				walk.WorkHoursInRange(starts[i%len(starts)], ends[i%len(starts)])
			}
		})
	}
}

// Compiling ten years of hours from nothing, and finding them compiled.
func BenchmarkNewSchedule(b *testing.B) {
	table := publishedTable(published, time.Saturday, time.Sunday)
	table.Foreseen, table.Statutory = contract.Period{}, nil
	table.Certain.From = on("2017-01-01")
	for d := range table.Days {
		if !table.Certain.Contains(d) {
			delete(table.Days, d)
		}
	}
	h := officeHours()
	compile := func(b *testing.B, cal *contract.Calendar) {
		if _, err := contract.NewSchedule(beijing, h, cal); err != nil {
			b.Fatal(err)
		}
	}
	calendar := func(b *testing.B) *contract.Calendar {
		cal, err := contract.NewCalendar("cn", table)
		if err != nil {
			b.Fatal(err)
		}
		return cal
	}
	b.Run("10years", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			b.StopTimer()
			cal := calendar(b)
			b.StartTimer()
			compile(b, cal)
		}
	})
	b.Run("shared", func(b *testing.B) {
		b.ReportAllocs()
		cal := calendar(b)
		for b.Loop() {
			compile(b, cal)
		}
	})
}
