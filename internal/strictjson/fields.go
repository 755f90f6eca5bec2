package strictjson

import (
	"reflect"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode/utf8"
)

// structFields are the keys that a struct type takes.
type structFields struct {
	index map[string]int // the field of a key
	names []string       // the keys, sorted
	fault string         // why the type is not supported, or empty
}

var fieldsCache sync.Map // reflect.Type to *structFields

// fieldsOf returns the keys of the struct type t.
func fieldsOf(t reflect.Type) *structFields {
	if f, ok := fieldsCache.Load(t); ok {
		return f.(*structFields)
	}
	f, _ := fieldsCache.LoadOrStore(t, readFields(t))
	return f.(*structFields)
}

func readFields(t reflect.Type) *structFields {
	f := &structFields{index: map[string]int{}}
	for i := range t.NumField() {
		field := t.Field(i)
		tag := field.Tag.Get("json")
		name, options, _ := strings.Cut(tag, ",")
		switch {
		case tag == "-" || !field.IsExported() && !field.Anonymous:
			continue
		case field.Anonymous && name == "":
			return &structFields{fault: "whose field " + field.Name + " is embedded"}
		case !field.IsExported():
			continue
		case slices.Contains(strings.Split(options, ","), "string"):
			return &structFields{fault: "whose field " + field.Name + ` has the option "string"`}
		}
		if name == "" {
			name = field.Name
		}
		if _, ok := f.index[name]; ok {
			return &structFields{fault: "with two fields for the key " + strconv.Quote(name)}
		}
		f.index[name] = i
		f.names = append(f.names, name)
	}
	slices.Sort(f.names)
	return f
}

// unknown returns the message for a key that f does not have.
func (f *structFields) unknown(key string) string {
	msg := "unknown key " + short(key)
	if len(f.names) == 0 {
		return msg + "; no keys are allowed here"
	}
	if near := nearest(key, f.names); near != "" {
		msg += "; did you mean " + strconv.Quote(near) + "?"
	} else {
		msg += ";"
	}
	return msg + " keys here: " + strings.Join(f.names, ", ")
}

// nearest returns the name that key is most likely a slip for, or "" if none is
// near. Of names equally near it is the first.
func nearest(key string, names []string) string {
	if len(key) > 100 {
		return "" // the distance takes time quadratic in the length
	}
	best, bestDistance := "", 4
	for _, name := range names {
		if strings.EqualFold(key, name) {
			return name
		}
		longer := max(utf8.RuneCountInString(key), utf8.RuneCountInString(name))
		// One slip in a word of up to four letters, two up to eight, then three: with
		// more, or with every letter wrong, it is a different word.
		allowed := min(1+(longer-1)/4, 3)
		if d := distance(key, name); d <= allowed && d < longer && d < bestDistance {
			best, bestDistance = name, d
		}
	}
	return best
}

// distance returns how many insertions, deletions, substitutions and swaps of
// neighbours make b of a: the optimal string alignment distance.
func distance(a, b string) int {
	x, y := []rune(a), []rune(b)
	before, last, row := make([]int, len(y)+1), make([]int, len(y)+1), make([]int, len(y)+1)
	for j := range last {
		last[j] = j
	}
	for i := 1; i <= len(x); i++ {
		row[0] = i
		for j := 1; j <= len(y); j++ {
			cost := 1
			if x[i-1] == y[j-1] {
				cost = 0
			}
			row[j] = min(last[j]+1, row[j-1]+1, last[j-1]+cost)
			if i > 1 && j > 1 && x[i-1] == y[j-2] && x[i-2] == y[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
		}
		before, last, row = last, row, before
	}
	return last[len(y)]
}
