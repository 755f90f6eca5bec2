package main

import (
	"fmt"
	"maps"
	"path/filepath"
	"slices"

	"github.com/rickar/cal/v2/gb"

	"github.com/cfd16870/contract"
	"github.com/cfd16870/contract/cn"
	"github.com/cfd16870/contract/fromcal"
)

// The reference data that the program knows: calendars by the name that a document
// gives them, and rates.

// referenceData are the calendars of mainland China and of England, the loan prime
// rates, and the series that come with the records.
func referenceData(series map[string]*contract.Series) (contract.Reference, error) {
	england, err := englishCalendar()
	if err != nil {
		return contract.Reference{}, err
	}
	ref := contract.Reference{
		Calendars: map[string]*contract.Calendar{"cn": cn.Calendar(), "england": england},
		Series:    map[string]*contract.Series{"lpr1y": cn.LPR1Y(), "lpr5y": cn.LPR5Y()},
	}
	maps.Copy(ref.Series, series)
	return ref, nil
}

// englishCalendar is the bank holidays of England and Wales by the rules of
// rickar/cal, one-off days included as far as it has them.
func englishCalendar() (*contract.Calendar, error) {
	return fromcal.New("england", 2023, 2026, gb.Holidays...)
}

// seriesColumns are those of a file of published rates.
var seriesColumns = []string{"name", "from", "value"}

// readSeries reads the series that about.json names.
func (a about) readSeries(dir string) (map[string]*contract.Series, error) {
	all := make(map[string]*contract.Series)
	for _, name := range slices.Sorted(maps.Keys(a.Series)) {
		file := a.Series[name]
		var rows []contract.SeriesRow
		var faults []fault
		err := readFile(dir, file.File, seriesColumns, func(r row) {
			if len(r.faults) == 0 && r.at("name") != name {
				return // of another series
			}
			q := &ledgerRow{row: r}
			one := contract.SeriesRow{}
			if len(q.faults) == 0 {
				one.From = required(q, "from", faultDate, contract.ParseDate)
				one.Value = required(q, "value", faultQuantity, readQuantity)
			}
			faults = append(faults, q.faults...)
			rows = append(rows, one)
		})
		if err != nil {
			return nil, err
		}
		if len(faults) > 0 {
			return nil, fmt.Errorf("%s: %s", faults[0].place(), faults[0].text(english))
		}
		if len(rows) == 0 {
			return nil, fmt.Errorf("%s: no rows of the series %q", filepath.Join(dir, file.File), name)
		}
		s, err := contract.NewSeries(name, file.Source, contract.Through(rows[0].From, file.Through), rows)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", filepath.Join(dir, file.File), err)
		}
		all[name] = s
	}
	return all, nil
}
