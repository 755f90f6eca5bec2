package proof

import (
	"slices"
	"strings"
)

// A stated is a figure as a row of a table states it, with its spelling.
type stated struct {
	value  Value
	figure figure
}

// parseStated reads a Number, Percent or Money by its text.
func parseStated(s string) (stated, error) {
	kind := Number
	switch {
	case strings.HasSuffix(s, "%"):
		kind = Percent
	case strings.Contains(s, " "):
		kind = Money
	}
	meaning, canonical, err := parse(Value{kind, s})
	if err != nil {
		return stated{}, err
	}
	return stated{canonical, figureOf(kind, meaning)}, nil
}

// BandOf returns the band of the figures from one on and below another, and what it
// gives: a Number, Percent or Money. The ends are of one kind and one currency; the
// zero Value is no end.
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
	return Value{Band, strings.Join(ends, " ") + ": " + gives.Text}
}

// CellOf returns an entry of a table: the words that lead to it, and what it gives.
// The words hold no comma and no colon.
func CellOf(keys []string, gives Value) Value {
	return Value{Cell, strings.Join(keys, ", ") + ": " + gives.Text}
}

// A band is the figures from one on and below another; nil for no end.
type band struct {
	from, below *stated
	gives       stated
}

func parseBand(s string) (band, error) {
	ends, what, _ := strings.Cut(s, ": ")
	from, starts := strings.CutPrefix(ends, "from ")
	below, stops := strings.CutPrefix(ends, "below ")
	switch {
	case starts:
		from, below, stops = strings.Cut(from, " below ")
	case !stops && ends != "any":
		return band{}, failf("says %s, which is no band: it is spelled as from 80%% below 90%%: 10%%", quote(s))
	}
	var b band
	for _, part := range []struct {
		stated bool
		text   string
		put    func(stated)
	}{
		{starts, from, func(f stated) { b.from = &f }},
		{stops, below, func(f stated) { b.below = &f }},
		{true, what, func(f stated) { b.gives = f }},
	} {
		if part.stated {
			f, err := parseStated(part.text)
			if err != nil {
				return band{}, err
			}
			part.put(f)
		}
	}
	if b.from != nil && b.below != nil {
		switch from, below := b.from.figure, b.below.figure; {
		case from.like(below) != nil:
			return band{}, failf("says %s, whose ends are of two kinds or currencies", quote(s))
		case from.amount.Cmp(below.amount) >= 0:
			return band{}, failf("says %s, a band that holds nothing", quote(s))
		}
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
	gives stated
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
	c.gives, err = parseStated(what)
	return c, err
}

// find is the Find step: bands without hole or overlap.
func find(o operands) (answer, error) {
	f := o.figure(0)
	var found, before *stated // before: the upper end of the band before
	for i := 1; i < len(o.steps); i++ {
		b, text := o.steps[i].meaning.(band), quote(o.steps[i].step.Value.Text)
		first, last := i == 1, i == len(o.steps)-1
		switch {
		case first != (b.from == nil):
			return answer{}, failf("takes the band %s as band %d; the first has no lower end, and each other has one", text, i)
		case last != (b.below == nil):
			return answer{}, failf("takes the band %s as band %d of %d; the last has no upper end, and each other has one", text, i, len(o.steps)-1)
		case !first && b.from.value != before.value:
			return answer{}, failf("takes a band from %s after one below %s: a hole or an overlap", quote(b.from.value.Text), quote(before.value.Text))
		}
		inside := true
		for _, end := range []*stated{b.from, b.below} {
			if end == nil {
				continue
			}
			if f.like(end.figure) != nil {
				return answer{}, failf("seeks %s in the band %s, of another kind or currency", quote(o.steps[0].step.Value.Text), text)
			}
			reached := f.amount.Cmp(end.figure.amount) >= 0
			inside = inside && reached == (end == b.from)
		}
		if inside {
			found = &b.gives
		}
		before = b.below
	}
	return answer{value: found.value}, nil // bands without a hole hold every figure
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
	cells := o.steps[len(keys):]
	if len(cells) == 0 {
		return answer{}, failf("takes no entry of a table")
	}
	var found *stated
	seen := make(map[string]bool)
	for _, f := range cells {
		c, ok := f.meaning.(cell)
		if !ok {
			return answer{}, failf("takes a word after an entry of the table; the words come first")
		}
		if len(c.keys) != len(keys) {
			return answer{}, failf("seeks by %d words in a table of %d", len(keys), len(c.keys))
		}
		at := strings.Join(c.keys, ", ") // no key holds a comma
		if seen[at] {
			return answer{}, failf("takes two entries for %s", quote(at))
		}
		seen[at] = true
		if slices.Equal(c.keys, keys) {
			found = &c.gives
		}
	}
	if found == nil {
		return answer{}, failf("finds no entry for %s", quote(strings.Join(keys, ", ")))
	}
	return answer{value: found.value}, nil
}

// choose is the Choose step.
func choose(o operands) (answer, error) {
	a, b := o.steps[1].step.Value, o.steps[2].step.Value
	if a.Kind != b.Kind {
		return answer{}, failf("chooses between %s and %s", a.Kind.one(), b.Kind.one())
	}
	if o.steps[0].step.Value == TruthOf(true) {
		return answer{value: a}, nil
	}
	return answer{value: b}, nil
}
