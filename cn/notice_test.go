package cn

import (
	"testing"

	"github.com/cfd16870/contract"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// What a next line of the table can get wrong is refused, not worked in.
func TestNoticesThatDoNotFit(t *testing.T) {
	later := func(amends string, it Item) Notice {
		return Notice{Year: 2024, Number: "later", Issued: day("2024-03-01"), Amends: amends, Items: []Item{it}}
	}
	for _, r := range []struct {
		why   string
		later Notice
		want  error
	}{
		{"amends a notice that is not there", later("other", item("劳动节", off("2024-05-06"))), contract.ErrUnknown},
		{"replaces an item that is not there", later("own", item("端午节", off("2024-06-10"), replaces())), contract.ErrUnknown},
		{"withdraws a day that is not worked", later("own", item("劳动节", off("2024-05-12"), withdraws("2024-05-12"))), contract.ErrUnknown},
		{"gives a day off twice", later("own", item("劳动节", off("2024-05-05", "2024-05-06"))), contract.ErrConflict},
		{"gives off a day that is worked", later("own", item("劳动节", off("2024-05-11"))), contract.ErrConflict},
		{"has a day worked that is off", later("own", item("劳动节", off("2024-05-06"), work("2024-05-04"))), contract.ErrConflict},
		{"has a year beyond the law's table", later("own", item("元旦", off("2051-01-01"))), contract.ErrRange},
		{"replaces the whole item", later("own", item("劳动节", off("2024-05-01"), replaces())), nil},
		{"withdraws a day and gives it off", later("own", item("劳动节", off("2024-05-11"), withdraws("2024-05-11"))), nil},
		{"adds an item", later("own", item("端午节", off("2024-06-10"))), nil},
	} {
		t.Run(r.why, func(t *testing.T) {
			own := Notice{Year: 2024, Number: "own", Issued: day("2023-10-25"), Items: []Item{
				item("劳动节", off("2024-05-01", "2024-05-05"), work("2024-04-28", "2024-05-11")),
			}}
			days, err := namedDays([]Notice{own, r.later}, lastIssued())
			if r.want != nil {
				require.ErrorIs(t, err, r.want)
				t.Log(err)
				return
			}
			require.NoError(t, err)
			assert.Equal(t, contract.DayHoliday, days[day("2024-05-01")].Kind)
		})
	}
}

func BenchmarkCalendar(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		Calendar()
	}
}
