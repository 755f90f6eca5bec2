package strictjson

import (
	"encoding"
	"encoding/json"
	"fmt"
	"math"
	"reflect"
	"strconv"
	"strings"
)

// Decode reads the JSON text data into what into points to and returns its
// faults in the order of the text, nil when all is well.
//
// Whatever is without fault is filled in, also when other parts have faults. Only
// a text that is not JSON, or that goes beyond its limits in length, depth or
// nodes, leaves into as it was. A key that the text leaves out is no fault and
// leaves its field as it was; slices, maps and pointers that the text names are
// replaced. Of a repeated key the first value stays, and the second is still
// checked.
//
// If into is not a pointer, or is nil, that is the one fault returned.
func Decode(data []byte, into any, lim Limits) []Fault {
	v := reflect.ValueOf(into)
	if v.Kind() != reflect.Pointer || v.IsNil() {
		return []Fault{{Line: 1, Column: 1, Kind: WrongType,
			Msg: fmt.Sprintf("cannot decode into %T; the program has to give a pointer that is not nil", into)}}
	}
	p := &parser{text: data, limits: lim.withDefaults()}
	d := decoder{text: data}
	if p.parse() {
		d.nodes = p.nodes
		d.value(0, v.Elem())
	}
	return merge(data, &p.faults, &d.faults)
}

// Tree reads the JSON text data as strictly as [Decode] does, and returns it as
// map[string]any, []any, string, bool and [json.Number], the number as it is
// written.
//
// With faults the tree holds what is without: a member that is null or over a
// limit is left out, and such an element is nil, so that the others keep their
// indexes. The tree of a text that is not JSON is nil.
func Tree(data []byte, lim Limits) (any, []Fault) {
	var tree any
	faults := Decode(data, &tree, lim)
	return tree, faults
}

var (
	textUnmarshaler = reflect.TypeFor[encoding.TextUnmarshaler]()
	jsonUnmarshaler = reflect.TypeFor[json.Unmarshaler]()
	jsonNumber      = reflect.TypeFor[json.Number]()
)

// decoder walks the nodes of a text that parsed, in its order.
type decoder struct {
	text   []byte
	nodes  []node
	path   path
	faults faultList
}

func (d *decoder) push(s step) { d.path = append(d.path, s) }
func (d *decoder) pop()        { d.path = d.path[:len(d.path)-1] }

func (d *decoder) fault(n int, k FaultKind, msg string, err error) {
	d.faults.add(d.nodes[n].start, d.path, Fault{Kind: k, Msg: msg, Err: err})
}

// unsupported reports a type that this package does not decode into.
func (d *decoder) unsupported(n int, t reflect.Type, why string) {
	d.fault(n, WrongType, fmt.Sprintf("cannot decode into %v, %s; this is for the program to change, not the text", t, why), nil)
}

// value decodes node n into v, which can be set.
func (d *decoder) value(n int, v reflect.Value) {
	if d.nodes[n].refused {
		return
	}
	t := v.Type()
	switch {
	case reflect.PointerTo(t).Implements(textUnmarshaler):
		if d.want(n, stringKind) {
			d.unmarshalText(n, n, v)
		}
		return
	case t == jsonNumber:
		if d.want(n, numberKind) {
			v.SetString(d.raw(n))
		}
		return
	case reflect.PointerTo(t).Implements(jsonUnmarshaler):
		d.unsupported(n, t, "which has UnmarshalJSON and no UnmarshalText")
		return
	}

	switch t.Kind() {
	case reflect.Pointer:
		if t.Elem().Kind() == reflect.Pointer {
			d.unsupported(n, t, "a pointer to a pointer")
			return
		}
		elem := reflect.New(t.Elem())
		d.value(n, elem.Elem())
		v.Set(elem)
	case reflect.Struct:
		if d.want(n, objectKind) {
			d.object(n, v)
		}
	case reflect.Map:
		if d.want(n, objectKind) {
			d.mapping(n, v)
		}
	case reflect.Slice:
		if t.Elem().Kind() == reflect.Uint8 {
			d.unsupported(n, t, "bytes, which JSON does not have")
			return
		}
		if d.want(n, arrayKind) {
			d.slice(n, v)
		}
	case reflect.String:
		if d.want(n, stringKind) {
			v.SetString(unquote(d.text, d.nodes[n]))
		}
	case reflect.Bool:
		if d.want(n, boolKind) {
			v.SetBool(d.text[d.nodes[n].start] == 't')
		}
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64,
		reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		if d.wantWhole(n) {
			d.whole(n, v)
		}
	case reflect.Interface:
		if t.NumMethod() != 0 {
			d.unsupported(n, t, "an interface with methods")
			return
		}
		v.Set(reflect.ValueOf(d.tree(n)))
	case reflect.Float32, reflect.Float64:
		d.unsupported(n, t, "which cannot hold decimals exactly")
	default:
		d.unsupported(n, t, "which JSON does not have")
	}
}

// want reports whether node n is of the kind k, and reports it if not.
func (d *decoder) want(n int, k kind) bool {
	have := d.nodes[n].kind
	if have == k {
		return true
	}
	msg := "want " + kindWords[k] + ", have " + kindWords[have]
	if k == stringKind && have == numberKind {
		msg += "; write it as a string in quotes"
		if raw := d.raw(n); len(raw) <= 40 {
			msg += `: "` + raw + `"`
		}
	}
	d.fault(n, WrongType, msg, nil)
	return false
}

func (d *decoder) wantWhole(n int) bool {
	have := d.nodes[n].kind
	if have == numberKind {
		return true
	}
	msg := "want a whole number, have " + kindWords[have]
	if have == stringKind {
		if s := unquote(d.text, d.nodes[n]); wholeText(s) == s {
			msg += "; write it without the quotes"
		}
	}
	d.fault(n, WrongType, msg, nil)
	return false
}

// raw returns node n as it is written.
func (d *decoder) raw(n int) string { return string(d.text[d.nodes[n].start:d.nodes[n].end]) }

// unmarshalText decodes the string at node n into v and reports the error at the
// node at.
func (d *decoder) unmarshalText(n, at int, v reflect.Value) bool {
	text := unquote(d.text, d.nodes[n])
	if err := v.Addr().Interface().(encoding.TextUnmarshaler).UnmarshalText([]byte(text)); err != nil {
		d.fault(at, BadValue, err.Error(), err)
		return false
	}
	return true
}

func (d *decoder) object(n int, v reflect.Value) {
	fields := fieldsOf(v.Type())
	if fields.fault != "" {
		d.unsupported(n, v.Type(), fields.fault)
		return
	}
	k := n + 1
	for range d.nodes[n].count {
		key := unquote(d.text, d.nodes[k])
		d.push(step{key: key, isKey: true})
		i, known := fields.index[key]
		switch {
		case !known && !d.nodes[k].refused && !d.faults.full:
			d.fault(k, UnknownKey, fields.unknown(key), nil)
		case known && d.nodes[k].refused:
			d.value(k+1, reflect.New(v.Field(i).Type()).Elem())
		case known:
			d.value(k+1, v.Field(i))
		}
		d.pop()
		k = d.nodes[k+1].next
	}
}

func (d *decoder) mapping(n int, v reflect.Value) {
	t := v.Type()
	isText := reflect.PointerTo(t.Key()).Implements(textUnmarshaler)
	if !isText && t.Key().Kind() != reflect.String {
		d.unsupported(n, t, "whose keys are not text")
		return
	}
	m := reflect.MakeMap(t)
	k := n + 1
	for range d.nodes[n].count {
		name := unquote(d.text, d.nodes[k])
		d.push(step{key: name, isKey: true})
		key := reflect.New(t.Key()).Elem()
		keep := !d.nodes[k].refused
		switch {
		case !keep: // the parser has reported it
		case !isText:
			key.SetString(name)
		case !d.unmarshalText(k, k, key):
			keep = false
		case !key.Comparable():
			d.unsupported(k, t, "whose key cannot be compared")
			keep = false
		case m.MapIndex(key).IsValid():
			d.fault(k, DuplicateKey, "key "+short(name)+" is the same as an earlier one in another spelling; keep one", nil)
			keep = false
		}
		elem := reflect.New(t.Elem()).Elem()
		d.value(k+1, elem)
		if keep && !d.nodes[k+1].refused {
			m.SetMapIndex(key, elem)
		}
		d.pop()
		k = d.nodes[k+1].next
	}
	v.Set(m)
}

func (d *decoder) slice(n int, v reflect.Value) {
	count := d.nodes[n].count
	s := reflect.MakeSlice(v.Type(), count, count)
	e := n + 1
	for i := range count {
		d.push(step{index: i})
		d.value(e, s.Index(i))
		d.pop()
		e = d.nodes[e].next
	}
	v.Set(s)
}

// tree returns node n for an empty interface.
func (d *decoder) tree(n int) any {
	switch node := d.nodes[n]; node.kind {
	case boolKind:
		return d.text[node.start] == 't'
	case numberKind:
		return json.Number(d.raw(n))
	case stringKind:
		return unquote(d.text, node)
	case arrayKind:
		s := make([]any, node.count)
		e := n + 1
		for i := range s {
			if !d.nodes[e].refused {
				s[i] = d.tree(e)
			}
			e = d.nodes[e].next
		}
		return s
	case objectKind:
		m := make(map[string]any, node.count)
		k := n + 1
		for range node.count {
			if !d.nodes[k].refused && !d.nodes[k+1].refused {
				m[unquote(d.text, d.nodes[k])] = d.tree(k + 1)
			}
			k = d.nodes[k+1].next
		}
		return m
	}
	return nil
}

// whole decodes the number at node n into v, an integer.
func (d *decoder) whole(n int, v reflect.Value) {
	raw := d.raw(n)
	right := wholeText(raw)
	switch {
	case right == "":
		d.fault(n, BadValue, "want a whole number written in digits, have "+shortNumber(raw), nil)
		return
	case right != raw:
		d.fault(n, BadValue, shortNumber(raw)+" is not how a whole number is written; write "+right, nil)
		return
	}
	size := v.Type().Bits()
	var least, most string
	if v.CanInt() {
		i, err := strconv.ParseInt(raw, 10, size)
		if err == nil {
			v.SetInt(i)
			return
		}
		least, most = strconv.FormatInt(math.MinInt64>>(64-size), 10), strconv.FormatInt(math.MaxInt64>>(64-size), 10)
	} else {
		u, err := strconv.ParseUint(raw, 10, size)
		if err == nil {
			v.SetUint(u)
			return
		}
		least, most = "0", strconv.FormatUint(math.MaxUint64>>(64-size), 10)
	}
	d.fault(n, BadValue, shortNumber(raw)+" is out of range; want "+least+" to "+most, nil)
}

// wholeText returns the JSON number s as digits only, or "" if it is not whole
// or, written out, too long for any integer.
func wholeText(s string) string {
	mantissa, exponent, _ := strings.Cut(strings.ReplaceAll(s, "E", "e"), "e")
	mantissa, neg := strings.CutPrefix(mantissa, "-")
	whole, fraction, _ := strings.Cut(mantissa, ".")
	digits := whole + fraction
	if strings.Trim(digits, "0123456789") != "" || digits == "" {
		return ""
	}
	shift := -len(fraction)
	if exponent != "" {
		e, err := strconv.ParseInt(exponent, 10, 32)
		if err != nil {
			return ""
		}
		shift += int(e)
	}
	if digits = strings.TrimLeft(digits, "0"); digits == "" {
		return "0"
	}
	zeros := len(digits) - len(strings.TrimRight(digits, "0"))
	switch {
	case shift < -zeros:
		return ""
	case shift < 0:
		digits = digits[:len(digits)+shift]
	case shift > 20: // the digits of the largest integer
		return ""
	default:
		digits += strings.Repeat("0", shift)
	}
	if neg {
		return "-" + digits
	}
	return digits
}

// shortNumber returns a number for a message, as far as a line can hold it.
func shortNumber(raw string) string {
	if len(raw) > 60 {
		return raw[:60] + "…"
	}
	return raw
}
