package proof

import (
	"math/big"
	"strings"
)

// A gives is a figure that a row holds, with its spelling.
type gives struct {
	value   Value
	meaning any // *big.Rat or amount
}

// DatedOf returns the figure of a day: a Number, Percent or Money.
func DatedOf(date, figure Value) Value { return Value{Dated, date.Text + " " + figure.Text} }

// BandOf returns the band of the figures from from on and below below, and what it
// gives. The zero Value is no end.
func BandOf(from, below, gives Value) Value {
	var ends []string
	if from != (Value{}) {
		ends = append(ends, "from "+from.Text)
	}
	if below != (Value{}) {
		ends = append(ends, "below "+below.Text)
	}
	if len(ends) == 0 {
		ends = []string{"any"}
	}
	return Value{BandRow, strings.Join(ends, " ") + ": " + gives.Text}
}

// CellOf returns an entry of a table: the words that lead to it, and what it gives.
// The words hold no comma and no colon.
func CellOf(keys []string, gives Value) Value {
	return Value{Cell, strings.Join(keys, ", ") + ": " + gives.Text}
}

// parseFigure reads a Number, Percent or Money by its text.
func parseFigure(s string) (gives, error) {
	kind := Number
	switch {
	case strings.HasSuffix(s, "%"):
		kind = Percent
	case strings.Contains(s, " "):
		kind = Money
	}
	meaning, canonical, err := parse(Value{kind, s})
	return gives{canonical, meaning}, err
}

// A dated is the figure of a day.
type dated struct {
	day day
	gives
}

func parseDated(s string) (dated, error) {
	date, rest, _ := strings.Cut(s, " ")
	d, ok := parseDate(date)
	if !ok {
		return dated{}, failf("says %s, which has no day: it is spelled as 2024-07-22 3.35%%", quote(s))
	}
	g, err := parseFigure(rest)
	return dated{d, g}, err
}

// A band is the figures from one on and below another; nil for no end.
type band struct {
	from, below *gives
	gives       gives
}

func parseBand(s string) (band, error) {
	none := func() (band, error) {
		return band{}, failf("says %s, which is no band: it is spelled as from 80%% below 90%%: 10%%", quote(s))
	}
	ends, what, found := strings.Cut(s, ": ")
	if !found {
		return none()
	}
	g, err := parseFigure(what)
	if err != nil {
		return band{}, err
	}
	b := band{gives: g}
	if ends == "any" {
		return b, nil
	}
	from, below, both := strings.Cut(ends, " below ")
	if !both {
		if rest, ok := strings.CutPrefix(ends, "below "); ok {
			from, below = "", rest
		}
	}
	if from != "" {
		rest, ok := strings.CutPrefix(from, "from ")
		if !ok {
			return none()
		}
		f, err := parseFigure(rest)
		if err != nil {
			return band{}, err
		}
		b.from = &f
	}
	if below != "" {
		f, err := parseFigure(below)
		if err != nil {
			return band{}, err
		}
		b.below = &f
	}
	if b.from == nil && b.below == nil {
		return none()
	}
	return b, nil
}

func (b band) value() Value {
	var from, below Value
	if b.from != nil {
		from = b.from.value
	}
	if b.below != nil {
		below = b.below.value
	}
	return BandOf(from, below, b.gives.value)
}

// A cell is an entry of a table.
type cell struct {
	keys  []string
	gives gives
}

func parseCell(s string) (cell, error) {
	keys, what, found := strings.Cut(s, ": ")
	c := cell{keys: strings.Split(keys, ", ")}
	for _, k := range c.keys {
		if !isWord(k) || strings.ContainsAny(k, ",:") {
			found = false
		}
	}
	if !found {
		return cell{}, failf("says %s, which is no entry of a table: it is spelled as serious, low: 1.5", quote(s))
	}
	var err error
	c.gives, err = parseFigure(what)
	return c, err
}

// above reports whether a figure is at or above another of its kind and currency.
func above(f figure, end *gives) (bool, error) {
	g := figure{kind: end.value.Kind}
	switch m := end.meaning.(type) {
	case *big.Rat:
		g.amount = m
	case amount:
		g.amount, g.currency = m.number, m.currency
	}
	if f.kind != g.kind || f.currency != g.currency {
		return false, failf("seeks a %s in bands of another kind or currency", f.kind)
	}
	return f.amount.Cmp(g.amount) >= 0, nil
}

// find is the Find step: bands without hole or overlap.
func find(o operands) (answer, error) {
	f := o.figure(0)
	var found *gives
	var below *gives // of the band before
	for i := 1; i < len(o.steps); i++ {
		b := o.steps[i].meaning.(band)
		switch first, last := i == 1, i == len(o.steps)-1; {
		case first != (b.from == nil):
			return answer{}, failf("takes the band %s as band %d; the first has no lower end, and each other has one", quote(o.steps[i].step.Value.Text), i)
		case last != (b.below == nil):
			return answer{}, failf("takes the band %s as band %d of %d; the last has no upper end, and each other has one", quote(o.steps[i].step.Value.Text), i, len(o.steps)-1)
		case !first && b.from.value != below.value:
			return answer{}, failf("takes a band from %s after one below %s: a hole or an overlap", b.from.value.Text, below.value.Text)
		}
		inside := true
		if b.from != nil {
			in, err := above(f, b.from)
			if err != nil {
				return answer{}, err
			}
			inside = in
		}
		if b.below != nil {
			over, err := above(f, b.below)
			if err != nil {
				return answer{}, err
			}
			inside = inside && !over
			if b.from != nil {
				if reversed, err := above(asFigure(b.from), b.below); err != nil || reversed {
					return answer{}, failf("takes the band %s, which holds nothing", quote(o.steps[i].step.Value.Text))
				}
			}
		}
		if inside {
			g := b.gives
			found = &g
		}
		below = b.below
	}
	if found == nil {
		return answer{}, failf("finds no band that holds its first operand")
	}
	return answer{value: found.value}, nil
}

func asFigure(g *gives) figure {
	switch m := g.meaning.(type) {
	case *big.Rat:
		return figure{kind: g.value.Kind, amount: m}
	case amount:
		return figure{kind: Money, amount: m.number, currency: m.currency}
	}
	return figure{}
}

// entryOf is the Entry step.
func entryOf(o operands) (answer, error) {
	var keys []string
	for _, f := range o.steps {
		word, ok := f.meaning.(string)
		if !ok {
			break
		}
		keys = append(keys, word)
	}
	want := strings.Join(keys, ", ")
	var found *gives
	seen := make(map[string]bool)
	for _, f := range o.steps[len(keys):] {
		c, ok := f.meaning.(cell)
		if !ok {
			return answer{}, failf("takes a word after an entry of the table; the words come first")
		}
		if len(c.keys) != len(keys) {
			return answer{}, failf("seeks by %d words in a table of %d", len(keys), len(c.keys))
		}
		at := strings.Join(c.keys, ", ")
		if seen[at] {
			return answer{}, failf("takes two entries for %s", quote(at))
		}
		seen[at] = true
		if at == want {
			g := c.gives
			found = &g
		}
	}
	if found == nil {
		return answer{}, failf("finds no entry for %s", quote(want))
	}
	return answer{value: found.value}, nil
}

// latest is the Latest step.
func latest(o operands) (answer, error) {
	d, known := o.day(0), o.period(1)
	if !known.contains(d) {
		return answer{}, known.outside(d)
	}
	var found *gives
	last := day(0)
	for i := 2; i < len(o.steps); i++ {
		r := o.steps[i].meaning.(dated)
		switch {
		case i > 2 && r.day <= last:
			return answer{}, failf("takes the row of %s after that of %s; rows ascend", r.day, last)
		case !known.contains(r.day):
			return answer{}, known.outside(r.day)
		}
		last = r.day
		if r.day <= d {
			g := r.gives
			found = &g
		}
	}
	if found == nil {
		return answer{}, failf("finds no row on or before %s", d)
	}
	return answer{value: found.value}, nil
}
