package contract

import (
	"encoding"
	"fmt"
	"reflect"
	"slices"
	"strings"
)

// What holds for every clause is checked in one walk over the document: a field
// that its clause must state is stated, a choice is a word of its list, a name
// is in the part of the document that its tag names. What holds between fields
// is checked by the chapter that uses them.

// validate walks the document in the order in which it is written down.
func validate(doc *Document) Errors {
	var faults Errors
	if doc.Format != "" && doc.Format != DocumentFormat {
		faults.add("/format", ErrFormat, "format %q; this version reads %q", clip(doc.Format), DocumentFormat)
	}
	w := newWalker(doc, &faults)
	w.fields(reflect.ValueOf(doc).Elem(), "")
	return faults
}

// namesOf lists the names that a document has, by the part that a ref tag says.
func namesOf(doc *Document) map[string][]string {
	names := map[string][]string{
		"clauses":      sortedKeys(doc.Clauses),
		"hours":        sortedKeys(doc.Hours),
		"workingDays":  sortedKeys(doc.WorkingDays),
		"targets":      sortedKeys(doc.Targets),
		"availability": sortedKeys(doc.Availability),
	}
	if doc.Fees != nil {
		names["items"] = sortedKeys(doc.Fees.Items)
		names["factors"] = sortedKeys(doc.Fees.Factors)
		names["taxRates"] = sortedKeys(doc.Fees.TaxRates)
	}
	return names
}

type walker struct {
	faults   *Errors
	names    map[string][]string
	currency string
}

func newWalker(doc *Document, faults *Errors) walker {
	w := walker{faults, namesOf(doc), doc.Currency}
	if _, err := currencyDigits(doc.Currency); err != nil {
		w.currency = "" // said once, at its own place
	}
	return w
}

// stater is a value that knows whether it was stated.
type stater interface{ IsStated() bool }

// fields walks the fields of a struct.
func (w walker) fields(v reflect.Value, pointer string) {
	t := v.Type()
	for i := range t.NumField() {
		f := t.Field(i)
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		at := pointer + "/" + name
		value := v.Field(i)
		if c, ok := value.Interface().(Compared); ok && !known(c) {
			value = fitting(v, c)
		}
		if !stated(value) {
			if _, optional := f.Tag.Lookup("optional"); !optional {
				w.faults.add(at, ErrRequired, "%s", missing(value))
			}
			continue
		}
		w.value(value, at, f.Tag.Get("ref"))
	}
}

// fitting is what is compared, so that those words alone are offered that fit in the clause.
func fitting(clause reflect.Value, c Compared) reflect.Value {
	s, ok := clause.Interface().(SatisfactionClause)
	switch {
	case ok && !known(s.Formula):
		return reflect.ValueOf(c)
	case ok && s.Formula == FormulaMeanScore:
		return reflect.ValueOf(comparedScore(c))
	}
	return reflect.ValueOf(comparedPercent(c))
}

// stated reports whether a value says anything. An empty list or map says "none".
func stated(v reflect.Value) bool {
	switch v.Kind() {
	case reflect.Map, reflect.Slice, reflect.Pointer, reflect.Interface:
		return !v.IsNil()
	case reflect.Struct:
		switch s := v.Interface().(type) {
		case stater:
			return s.IsStated()
		case Money:
			return s.Currency() != ""
		case Date:
			return s.IsValid()
		case Span:
			return !s.IsZero()
		case Trigger:
			return !s.IsZero()
		}
		return true // a struct's own fields say what they must
	}
	return !v.IsZero()
}

// missing says what would be right where nothing is stated.
func missing(v reflect.Value) string {
	if w, ok := v.Interface().(worded); ok {
		return "not stated; " + oneOf(w)
	}
	switch v.Kind() {
	case reflect.Map:
		return "not stated; write {} for none"
	case reflect.Slice:
		return "not stated; write [] for none"
	case reflect.Int:
		return "not stated; write a whole number of 1 or more"
	}
	return "not stated"
}

// value walks a stated value.
func (w walker) value(v reflect.Value, at, ref string) {
	if c, ok := v.Interface().(worded); ok {
		if word := v.String(); !slices.Contains(c.Words(), word) {
			w.faults.add(at, ErrUnknown, "%q; %s", clip(word), oneOf(c))
		}
		return
	}
	if v.Kind() == reflect.Pointer && v.Type() == reflect.TypeFor[*Money]() {
		v = v.Elem() // stated: it is not nil
	}
	if m, ok := v.Interface().(Money); ok && m.Currency() != w.currency && w.currency != "" {
		w.faults.add(at, ErrCurrency, "%v in a contract in %s", m, w.currency)
	}
	if _, ok := v.Interface().(encoding.TextMarshaler); ok {
		return // Date, Span, Money, Percent: checked when they were read
	}
	switch v.Kind() {
	case reflect.String:
		if names, ok := w.names[ref]; ref != "" && (!ok || !slices.Contains(names, v.String())) {
			w.faults.add(at, ErrUnknown, "no %s %q; %s", refWords[ref], clip(v.String()), have(names))
		}
	case reflect.Int:
		if v.Int() < 1 {
			w.faults.add(at, ErrInvalid, "%d; write a whole number of 1 or more", v.Int())
		}
	case reflect.Pointer:
		w.value(v.Elem(), at, ref)
	case reflect.Struct:
		w.fields(v, at)
	case reflect.Slice:
		seen := make(map[string]bool)
		for i := range v.Len() {
			w.value(v.Index(i), fmt.Sprintf("%s/%d", at, i), ref)
			if v.Index(i).Kind() != reflect.String {
				continue
			}
			if one := v.Index(i).String(); seen[one] {
				w.faults.add(fmt.Sprintf("%s/%d", at, i), ErrDuplicate, "%q is given twice", clip(one))
			} else {
				seen[one] = true
			}
		}
	case reflect.Map:
		keys := v.MapKeys()
		slices.SortFunc(keys, func(a, b reflect.Value) int { return strings.Compare(keyText(a), keyText(b)) })
		for _, k := range keys {
			p := at + "/" + escape(keyText(k))
			if c, ok := k.Interface().(worded); ok && !slices.Contains(c.Words(), k.String()) {
				w.faults.add(p, ErrUnknown, "%q; %s", clip(k.String()), oneOf(c))
			}
			if keyText(k) == "" {
				w.faults.add(p, ErrRequired, "a name is empty")
			}
			w.value(v.MapIndex(k), p, ref)
		}
	}
}

func keyText(k reflect.Value) string {
	if d, ok := k.Interface().(Date); ok {
		return d.String()
	}
	return k.String()
}

// refWords call the parts of a document as its author would.
var refWords = map[string]string{
	"clauses": "clause", "hours": "hours", "workingDays": "working days", "targets": "target",
	"availability": "availability",
	"items":        "item", "factors": "factor", "taxRates": "tax rate",
}
