package cn_test

import (
	"math"
	"testing"
	"time"

	"github.com/cfd16870/contract"
	"github.com/cfd16870/contract/cn"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// The table of lunar dates against the sky: a month begins on the day of the
// new moon in Beijing, and Qingming is the day on which the sun stands at 15°
// (GB/T 33661-2017). The formulas are those of Meeus, Astronomical Algorithms,
// 2nd ed.: new moons of chapter 49, to under a minute in these years; the sun of
// chapter 25, to a quarter of an hour, nearer than which no Qingming comes to
// midnight.

// terrestrial is how far the clock of the formulas is ahead of UTC in the years
// of the table: 65 to 90 seconds. No new moon that decides a date is nearer to
// midnight than three minutes.
const terrestrial = 75 * time.Second

// j2000 is 2000-01-01 12:00 on that clock.
var j2000 = time.Date(2000, 1, 1, 12, 0, 0, 0, time.UTC).Add(-terrestrial)

func days(n float64) time.Duration { return time.Duration(n * float64(24*time.Hour)) }

func sin(degrees float64) float64 { return math.Sin(math.Mod(degrees, 360) * math.Pi / 180) }

// newMoon is the instant of the k-th new moon after that of January 2000.
func newMoon(k float64) time.Time {
	t := k / 1236.85
	e := 1 - 0.002516*t - 0.0000074*t*t
	sun := 2.5534 + 29.10535670*k
	moon := 201.5643 + 385.81693528*k + 0.0107582*t*t
	node := 160.7108 + 390.67050284*k - 0.0016118*t*t
	omega := 124.7746 - 1.56375588*k + 0.0020672*t*t
	return j2000.Add(days(5.09766 + 29.530588861*k + 0.00015437*t*t +
		-0.40720*sin(moon) + 0.17241*e*sin(sun) + 0.01608*sin(2*moon) + 0.01039*sin(2*node) +
		0.00739*e*sin(moon-sun) - 0.00514*e*sin(moon+sun) + 0.00208*e*e*sin(2*sun) -
		0.00111*sin(moon-2*node) - 0.00057*sin(moon+2*node) + 0.00056*e*sin(2*moon+sun) -
		0.00042*sin(3*moon) + 0.00042*e*sin(sun+2*node) + 0.00038*e*sin(sun-2*node) -
		0.00024*e*sin(2*moon-sun) - 0.00017*sin(omega) +
		0.000325*sin(299.77+0.107408*k) + 0.000165*sin(251.88+0.016321*k)))
}

// sunAt is the apparent longitude of the sun, in degrees around 0.
func sunAt(at time.Time) float64 {
	t := at.Sub(j2000).Hours() / 24 / 36525
	m := 357.52911 + 35999.05029*t
	return math.Remainder(280.46646+36000.76983*t+0.0003032*t*t+
		(1.914602-0.004817*t)*sin(m)+0.019993*sin(2*m)+0.000289*sin(3*m)-
		0.00569-0.00478*sin(125.04-1934.136*t), 360)
}

func TestSky(t *testing.T) {
	beijing := time.FixedZone("Beijing", 8*3600)
	months := make(map[contract.Date]bool) // first days
	for k := 80.0; k < 650; k++ {
		months[contract.DateOf(newMoon(k).In(beijing))] = true
	}
	for y := 2007; y <= 2050; y++ {
		all, err := cn.Statutory(y)
		require.NoError(t, err)
		for _, h := range all {
			switch h.Rule {
			case "正月初一":
				assert.True(t, months[h.Date], "%v %s: no new moon", h.Date, h.Name)
			case "五月初五":
				assert.True(t, months[h.Date.AddDays(-4)], "%v %s: no new moon four days before", h.Date, h.Name)
			case "八月十五":
				assert.True(t, months[h.Date.AddDays(-14)], "%v %s: no new moon fourteen days before", h.Date, h.Name)
			case "清明当日":
				from, to := sunAt(h.Date.StartIn(beijing)), sunAt(h.Date.AddDays(1).StartIn(beijing))
				assert.True(t, from <= 15 && 15 < to, "%v %s: the sun goes from %.3f° to %.3f°", h.Date, h.Name, from, to)
			}
		}
	}
	// The closest calls: a few minutes later, and the Dragon Boat Festival of 2013
	// and the year of 2027 would each have come a day later.
	assert.WithinDuration(t, time.Date(2013, 6, 8, 23, 57, 0, 0, beijing), newMoon(166), time.Minute)
	assert.WithinDuration(t, time.Date(2027, 2, 6, 23, 56, 0, 0, beijing), newMoon(335), time.Minute)
}
