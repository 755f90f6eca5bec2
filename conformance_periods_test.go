package contract_test

import (
	"encoding/csv"
	"fmt"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cfd16870/contract"
)

// offAndWorked is a calendar of some days off and some worked to make up, with
// Saturdays and Sundays off.
func offAndWorked(t *testing.T, off, worked string) *contract.Calendar {
	certain, err := contract.Years(1900, 2100)
	require.NoError(t, err)
	table := contract.CalendarTable{Certain: certain, Days: make(map[contract.Date]contract.Day)}
	for _, part := range strings.Fields(off) {
		first, last, ok := strings.Cut(part, "..")
		if !ok {
			last = first
		}
		for d := on(first); !d.After(on(last)); d = d.AddDays(1) {
			table.Days[d] = contract.Day{Kind: contract.DayHoliday, Name: "holiday"}
		}
	}
	for _, d := range strings.Fields(worked) {
		table.Days[on(d)] = contract.Day{Kind: contract.DayMakeup, Name: "made up"}
	}
	cal, err := contract.NewCalendar("cn", table)
	require.NoError(t, err)
	return cal
}

// What other projects assert of days, months and years, of ends of months and of last
// days on which nobody works; the README beside the table names every column.
func TestPeriodsConformance(t *testing.T) {
	file, err := os.Open("testdata/conformance/periods.csv")
	require.NoError(t, err)
	defer file.Close()
	rows, err := csv.NewReader(file).ReadAll()
	require.NoError(t, err)
	require.Equal(t, []string{"op", "from", "span", "month end", "first day", "rest day", "off", "worked", "want", "peer", "why", "source"}, rows[0])
	require.GreaterOrEqual(t, len(rows), 21)
	for line, r := range rows[1:] {
		op, from, span, monthEnd, firstDay, rest, off, worked, want, peer, why, source := r[0], r[1], r[2], r[3], r[4], r[5], r[6], r[7], r[8], r[9], r[10], r[11]
		t.Run(fmt.Sprintf("line %d, %s: %s", line+2, op, why), func(t *testing.T) {
			thinUnderRace(t, line)
			require.NotEmpty(t, why)
			require.NotEmpty(t, source)
			require.NotEqual(t, want, peer, "peer is what differs")
			var got contract.Date
			var err error
			switch op {
			case "end":
				doc, e := contract.Parse(editText(t, edit{"/periods/monthEnd", monthEnd}, edit{"/periods/firstDay", firstDay}))
				require.NoError(t, e)
				c, e := contract.Compile(doc, contract.Reference{Calendars: map[string]*contract.Calendar{"cn": offAndWorked(t, off, worked)}})
				require.NoError(t, e)
				var end contract.PeriodEnd
				if end, err = c.EndOf(contract.MustParseSpan(span), on(from), contract.RestDay(rest)); err == nil {
					require.NoError(t, end.Explain().Check().Err())
				}
				got = end.Day
			case "back":
				s := contract.MustParseSpan(span)
				n, _ := s.Count()
				switch s.Unit() {
				case contract.UnitYears:
					n *= 12
					fallthrough
				case contract.UnitMonths:
					got, err = on(from).AddMonths(-n, contract.MonthEnd(monthEnd))
				default:
					got = on(from).AddDays(-n)
				}
			case "roll", "last working day":
				w, e := contract.NewWorkingDays(contract.DaysClause{Week: "mon-fri", MakeupDays: contract.MakeupCount, WithoutWindow: contract.EndsAtMidnight}, offAndWorked(t, off, worked))
				require.NoError(t, e)
				if op == "roll" {
					got, err = w.Roll(on(from), contract.RestDay(rest))
				} else {
					n, _ := contract.MustParseSpan(span).Count()
					end, e := on(from).AddMonths(n, contract.MonthEndLast)
					require.NoError(t, e)
					got, err = w.LastOfMonth(end)
				}
			case "day of month", "day of month back":
				// Counted from a month that has the day: it is not lost in a short month before.
				length, day, _ := strings.Cut(span, ", day ")
				s := contract.MustParseSpan(length)
				n, _ := s.Count()
				if s.Unit() == contract.UnitYears {
					n *= 12
				}
				if strings.HasSuffix(op, "back") {
					n = -n
				}
				y, m, _ := on(from).Date()
				number, e := strconv.Atoi(day)
				require.NoError(t, e)
				january, e := contract.NewDate(y, time.January, number)
				require.NoError(t, e)
				got, err = january.AddMonths(int(m-time.January)+n, contract.MonthEnd(monthEnd))
			case "year":
				year, e := contract.Years(on(from).Year(), on(from).Year())
				require.NoError(t, e)
				if got = year.From; span == "last" {
					got = year.Last()
				}
			case "compare":
				a, b, ok := strings.Cut(span, " with ")
				require.True(t, ok)
				_, err = contract.MustParseSpan(a).Compare(contract.MustParseSpan(b))
			case "days between":
				assert.Equal(t, want, strconv.Itoa(on(span).Sub(on(from))))
				return
			case "days":
				first, _ := time.Parse(time.DateOnly, from)
				assert.Equal(t, want, fmt.Sprintf("%d", contract.Through(contract.DateOf(first), on(span)).Days()))
				return
			default:
				by, ok := strings.CutPrefix(op, "lasted by ")
				require.True(t, ok, "no operation %q", op)
				p := civilCode(t, func(c *contract.PeriodsClause) { c.MonthEnd = contract.MonthEnd(monthEnd) })
				trigger, e := contract.ParseTrigger(span)
				require.NoError(t, e)
				first, e := p.FirstDay(trigger, on(from))
				require.NoError(t, e)
				assert.Equal(t, want, map[bool]string{true: "no", false: "yes"}[on(by).Before(first.Day)])
				return
			}
			if want == "refused" {
				assert.ErrorIs(t, err, contract.ErrInvalid)
				return
			}
			require.NoError(t, err)
			assert.Equal(t, want, got.String())
		})
	}
}
