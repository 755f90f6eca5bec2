package cn

import (
	"strconv"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/cfd16870/contract"
)

// The loan prime rates (贷款市场报价利率) that the National Interbank Funding Center
// publishes on the 20th of each month, or the next working day, from 2019-08-20 on,
// when they took their present form. The rate on a day is the latest published on or
// before it.

// LPR1Y returns the one-year loan prime rate, percent a year, as the series "lpr1y".
// It is known from 2019-08-20 through 2026-08-20. Every call makes a new one.
func LPR1Y() *contract.Series { return primeRate("lpr1y", 1) }

// LPR5Y returns the loan prime rate for over five years, as the series "lpr5y". It
// is known for the same days.
func LPR5Y() *contract.Series { return primeRate("lpr5y", 2) }

// primeRates are date, one year, over five years: a publication a line.
const primeRates = `
2019-08-20 4.25 4.85
2019-09-20 4.20 4.85
2019-10-21 4.20 4.85
2019-11-20 4.15 4.80
2019-12-20 4.15 4.80
2020-01-20 4.15 4.80
2020-02-20 4.05 4.75
2020-03-20 4.05 4.75
2020-04-20 3.85 4.65
2020-05-20 3.85 4.65
2020-06-22 3.85 4.65
2020-07-20 3.85 4.65
2020-08-20 3.85 4.65
2020-09-21 3.85 4.65
2020-10-20 3.85 4.65
2020-11-20 3.85 4.65
2020-12-21 3.85 4.65
2021-01-20 3.85 4.65
2021-02-20 3.85 4.65
2021-03-22 3.85 4.65
2021-04-20 3.85 4.65
2021-05-20 3.85 4.65
2021-06-21 3.85 4.65
2021-07-20 3.85 4.65
2021-08-20 3.85 4.65
2021-09-22 3.85 4.65
2021-10-20 3.85 4.65
2021-11-22 3.85 4.65
2021-12-20 3.80 4.65
2022-01-20 3.70 4.60
2022-02-21 3.70 4.60
2022-03-21 3.70 4.60
2022-04-20 3.70 4.60
2022-05-20 3.70 4.45
2022-06-20 3.70 4.45
2022-07-20 3.70 4.45
2022-08-22 3.65 4.30
2022-09-20 3.65 4.30
2022-10-20 3.65 4.30
2022-11-21 3.65 4.30
2022-12-20 3.65 4.30
2023-01-20 3.65 4.30
2023-02-20 3.65 4.30
2023-03-20 3.65 4.30
2023-04-20 3.65 4.30
2023-05-22 3.65 4.30
2023-06-20 3.55 4.20
2023-07-20 3.55 4.20
2023-08-21 3.45 4.20
2023-09-20 3.45 4.20
2023-10-20 3.45 4.20
2023-11-20 3.45 4.20
2023-12-20 3.45 4.20
2024-01-22 3.45 4.20
2024-02-20 3.45 3.95
2024-03-20 3.45 3.95
2024-04-22 3.45 3.95
2024-05-20 3.45 3.95
2024-06-20 3.45 3.95
2024-07-22 3.35 3.85
2024-08-20 3.35 3.85
2024-09-20 3.35 3.85
2024-10-21 3.10 3.60
2024-11-20 3.10 3.60
2024-12-20 3.10 3.60
2025-01-20 3.10 3.60
2025-02-20 3.10 3.60
2025-03-20 3.10 3.60
2025-04-21 3.10 3.60
2025-05-20 3.00 3.50
2025-06-20 3.00 3.50
2025-07-21 3.00 3.50
2025-08-20 3.00 3.50
2025-09-22 3.00 3.50
2025-10-20 3.00 3.50
2025-11-20 3.00 3.50
2025-12-22 3.00 3.50
2026-01-20 3.00 3.50
2026-02-24 3.00 3.50
2026-03-20 3.00 3.50
2026-04-20 3.00 3.50
2026-05-20 3.00 3.50
2026-06-22 3.00 3.50
2026-07-20 3.00 3.50
2026-08-20 3.00 3.50
`

func primeRate(name string, column int) *contract.Series {
	var rows []contract.SeriesRow
	for line := range strings.Lines(strings.TrimSpace(primeRates)) {
		fields := strings.Fields(line)
		whole, part, _ := strings.Cut(fields[column], ".")
		hundredths := must(strconv.ParseInt(whole+part, 10, 64))
		rows = append(rows, contract.SeriesRow{From: contract.MustParseDate(fields[0]), Value: decimal.New(hundredths, -2)})
	}
	published := contract.Through(rows[0].From, rows[len(rows)-1].From)
	return must(contract.NewSeries(name, "loan prime rate", published, rows))
}
