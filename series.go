package contract

import (
	"fmt"
	"slices"

	"github.com/shopspring/decimal"

	"github.com/cfd16870/contract/internal/exact"
	"github.com/cfd16870/contract/proof"
)

// A Series is published figures by date, each in force until the next: a loan
// prime rate, a base rate, a price index. It knows the days from and until which
// it was published; outside them a question is an error. A Series is immutable and
// safe for concurrent use. The zero Series knows no day.
type Series struct {
	name      string
	source    string
	published Period
	rows      []seriesFigure
}

// A SeriesRow is a figure from a day on.
type SeriesRow struct {
	From  Date
	Value decimal.Decimal // of a rate, percent a year: 3.45
}

type seriesFigure struct {
	from  Date
	value exact.Num
}

// NewSeries returns the series of that name. Source says where it was published.
// The rows ascend; the first is in force when the published days begin, the last
// through their end. All faults come back at once, as Errors.
func NewSeries(name, source string, published Period, rows []SeriesRow) (*Series, error) {
	var faults Errors
	if name == "" {
		faults.add("/name", ErrRequired, "a series has the name by which documents refer to it")
	}
	if source == "" {
		faults.add("/source", ErrRequired, "say where the figures were published")
	}
	if !published.IsValid() {
		faults.add("/published", ErrRequired, "say from which day through which the figures are known")
	}
	s := &Series{name: name, source: source, published: published}
	for i, r := range rows {
		at := fmt.Sprintf("/rows/%d", i)
		switch {
		case !r.From.IsValid():
			faults.add(at, ErrRequired, "a figure has a day from which it holds")
		case published.IsValid() && !published.Contains(r.From):
			faults.add(at, ErrConflict, "%v lies outside the published days %v", r.From, published)
		case i > 0 && !rows[i-1].From.Before(r.From):
			faults.add(at, ErrConflict, "%v does not come after %v", r.From, rows[i-1].From)
		}
		m, err := numberOf(r.Value)
		if err != nil {
			faults.addErr(at, err)
		}
		s.rows = append(s.rows, seriesFigure{r.From, m})
	}
	switch {
	case len(rows) == 0:
		faults.add("/rows", ErrRequired, "a series has figures")
	case published.IsValid() && rows[0].From != published.From:
		faults.add("/rows/0", ErrConflict, "the published days begin on %v, and no figure holds before %v", published.From, rows[0].From)
	}
	if err := faults.orNil(); err != nil {
		return nil, err
	}
	return s, nil
}

// numberOf reads a decimal without the variables that a host may set.
func numberOf(d decimal.Decimal) (exact.Num, error) {
	if d.NumDigits() > mostDigits || d.Exponent() > mostDigits || d.Exponent() < -mostDigits {
		return exact.Num{}, fmt.Errorf("a figure has at most %d digits: %w", mostDigits, ErrLimit)
	}
	return exact.FromBig(d.Coefficient(), d.Exponent()), nil
}

// Name returns the name by which documents refer to s.
func (s *Series) Name() string { return s.name }

// Published returns the days for which s has a figure.
func (s *Series) Published() Period { return s.published }

// On returns the figure of a day: the latest published on or before it. Outside
// the published days the error is ErrRange.
func (s *Series) On(d Date) (decimal.Decimal, error) {
	i, err := s.row(d)
	if err != nil {
		return decimal.Decimal{}, err
	}
	coef, scale, _ := s.rows[i].value.Decimal()
	return decimal.NewFromBigInt(coef, -scale), nil
}

// row finds the figure in force on a day.
func (s *Series) row(d Date) (int, error) {
	if !s.published.Contains(d) {
		return 0, &Error{In: "series " + s.name, Kind: ErrRange, Msg: fmt.Sprintf("%v lies outside the published days %v", d, s.published)}
	}
	i, found := slices.BinarySearchFunc(s.rows, d, func(r seriesFigure, d Date) int { return r.from.Compare(d) })
	if !found {
		i--
	}
	return i, nil
}

// changes are the days in (from, to] on which a new figure comes.
func (s *Series) changes(from, to Date) []Date {
	var days []Date
	for _, r := range s.rows {
		if r.from.After(from) && !r.from.After(to) {
			days = append(days, r.from)
		}
	}
	return days
}

// rate is the figure of a day as a percentage a year: the last row on or before
// it of those published. It is told with its row.
func (k *calc) rate(name string, s *Series, on told[Date]) (rate figure, row int) {
	if k.err != nil {
		return figure{}, 0
	}
	i, err := s.row(on.v)
	if err != nil {
		k.fail(err)
		return figure{}, 0
	}
	f := figure{n: s.rows[i].value, what: percent}
	if k.tells() {
		src := func(at string) *proof.Source { return &proof.Source{In: s.source, At: at} }
		known := s.published
		known.From = s.rows[i].from
		if i+1 < len(s.rows) {
			known.Until = s.rows[i+1].from
		}
		row = k.w.put(proof.Step{Op: proof.Row, Name: s.name, Value: proof.DatedOf(dateValue(s.rows[i].from), f.value()), Source: src(s.rows[i].from.String())})
		args := []int{on.at,
			k.w.put(proof.Step{Op: proof.Row, Name: s.name + " published", Value: periodValue(known), Source: src("no other row")}),
			row,
		}
		f.at = k.w.derive(proof.Latest, name, f.value(), "", args...)
	}
	return f, row
}
