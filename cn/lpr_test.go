package cn_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cfd16870/contract"
	"github.com/cfd16870/contract/cn"
)

func TestPrimeRates(t *testing.T) {
	for _, row := range []struct {
		why, on, one, five string
	}{
		{"the first publication", "2019-08-20", "4.25", "4.85"},
		{"a rate stands until the next", "2019-09-19", "4.25", "4.85"},
		{"and the next holds on its own day", "2019-09-20", "4.2", "4.85"},
		{"published on a Monday where the 20th is a Sunday", "2019-10-20", "4.2", "4.85"},
		{"only the longer rate fell", "2022-05-20", "3.7", "4.45"},
		{"over a turn of the year", "2024-01-01", "3.45", "4.2"},
		{"the day before a fall", "2024-07-21", "3.45", "3.95"},
		{"the day of the fall", "2024-07-22", "3.35", "3.85"},
		{"after Spring Festival 2026", "2026-02-24", "3", "3.5"},
		{"the last day known", "2026-08-20", "3", "3.5"},
	} {
		t.Run(row.why, func(t *testing.T) {
			for s, want := range map[*contract.Series]string{cn.LPR1Y(): row.one, cn.LPR5Y(): row.five} {
				got, err := s.On(contract.MustParseDate(row.on))
				require.NoError(t, err)
				assert.Equal(t, want, got.String(), s.Name())
			}
		})
	}
	for _, s := range []*contract.Series{cn.LPR1Y(), cn.LPR5Y()} {
		assert.Equal(t, contract.Through(contract.MustParseDate("2019-08-20"), contract.MustParseDate("2026-08-20")), s.Published())
		for _, d := range []string{"2019-08-19", "2026-08-21"} {
			_, err := s.On(contract.MustParseDate(d))
			assert.ErrorIs(t, err, contract.ErrRange, "no guess outside what is published")
		}
	}
	assert.Equal(t, "lpr1y", cn.LPR1Y().Name())
	assert.Equal(t, "lpr5y", cn.LPR5Y().Name())
}
