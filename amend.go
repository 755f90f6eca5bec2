package contract

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/cfd16870/contract/internal/strictjson"
)

// An Amendment changes the document from a day on: contents 13.2, Civil Code
// art. 543. It never edits what stands before it: each change says what it
// found, as amendments in writing do, so that one written against another text
// is refused.
type Amendment struct {
	ID         string     `json:"id,omitzero"`
	Signed     Date       `json:"signed,omitzero"`
	Effective  Date       `json:"effective,omitzero"`
	Transition Transition `json:"transition,omitzero"`
	OpenHours  OpenHours  `json:"openHours,omitzero" optional:"true"` // where it changes hours or working days
	Changes    []Change   `json:"changes,omitzero"`
}

// Transition says what falls under the terms as amended.
type Transition string

const (
	TransitionByEvent       Transition = "by event"       // a request by the day it was received, a fee by its day
	TransitionByMeasurement Transition = "by measurement" //
	TransitionNextPeriod    Transition = "next period"
	TransitionRenewal       Transition = "renewal"
	TransitionRetroactive   Transition = "retroactive"
)

// Words returns the words of the choice.
func (Transition) Words() []string {
	return []string{string(TransitionByEvent), string(TransitionByMeasurement), string(TransitionNextPeriod), string(TransitionRenewal), string(TransitionRetroactive)}
}

// OpenHours says which hours the clocks of requests follow that were open when
// the hours changed.
type OpenHours string

const (
	OpenHoursKept   OpenHours = "kept"           // those in force when they were received
	OpenHoursFollow OpenHours = "follow the new" // from the change on, the new
)

// Words returns the words of the choice.
func (OpenHours) Words() []string { return []string{string(OpenHoursKept), string(OpenHoursFollow)} }

// A Change replaces what stands at a place of the document.
type Change struct {
	At      string `json:"at,omitzero"`                      // JSON Pointer
	Was     any    `json:"was,omitzero" optional:"true"`     // absent: nothing stood there
	Becomes any    `json:"becomes,omitzero" optional:"true"` // absent: is struck out
}

// InForce returns the document with the amendments worked in that are effective
// by a day, in the order in which they take effect; those of later days stay
// listed. An amendment that does not fit the text it finds is an error that
// names it.
func (d *Document) InForce(on Date) (*Document, error) {
	doc, err := d.clone()
	if err != nil {
		return nil, err
	}
	worked := make([]bool, len(d.Amendments))
	for _, i := range d.inOrder() {
		a := d.Amendments[i]
		if a.Effective.After(on) {
			break
		}
		next, faults := doc.changed(a.label(), a.Changes)
		if len(faults) > 0 {
			return nil, faults
		}
		doc, worked[i] = next, true
	}
	ahead := []Amendment{}
	for i, a := range doc.Amendments { // no change touches the list, so places are the same
		if !worked[i] {
			ahead = append(ahead, a)
		}
	}
	if d.Amendments != nil {
		doc.Amendments = ahead
	}
	return doc, nil
}

// KnownOn returns the document without the amendments that were signed after a day.
// It shares its other parts with d.
func (d *Document) KnownOn(day Date) *Document {
	known := *d
	known.Amendments = slices.DeleteFunc(slices.Clone(d.Amendments), func(a Amendment) bool { return a.Signed.After(day) })
	return &known
}

// With returns the document with changes worked in, as an amendment would: to
// weigh another reading, say. The document itself stays as it is.
func (d *Document) With(changes ...Change) (*Document, error) {
	doc, faults := d.changed("", changes)
	return doc, faults.orNil()
}

// Reread returns the document as another reading has it. The document itself stays
// as it is. A reading whose changes the document does not list is ErrSilent.
func (d *Document) Reread(a Alternative) (*Document, error) {
	if len(a.Changes) == 0 {
		return nil, &Error{Kind: ErrSilent, Msg: fmt.Sprintf("the document does not say what it would read as %q", a.Reads)}
	}
	tree, err := d.tree()
	if err != nil {
		return nil, err
	}
	changes := make([]Change, 0, len(a.Changes))
	for _, r := range a.Changes {
		was, _ := strictjson.Resolve(tree, r.At)
		if becomes, err := asJSON(r.Becomes); err == nil && reflect.DeepEqual(was, becomes) {
			continue // it stands so already
		}
		changes = append(changes, Change{At: r.At, Was: was, Becomes: r.Becomes})
	}
	doc, err := d.With(changes...)
	if err != nil {
		return nil, err
	}
	return doc, doc.unmark()
}

// unmark takes out the marks of doubtful and completed places at which nothing
// stands any more.
func (d *Document) unmark() error {
	tree, err := d.tree()
	if err != nil {
		return err
	}
	gone := func(at string) bool { _, ok := strictjson.Resolve(tree, at); return !ok }
	d.Readings = slices.DeleteFunc(d.Readings, func(r Reading) bool { return gone(r.At) })
	d.Completed = slices.DeleteFunc(d.Completed, func(c Completed) bool { return gone(c.At) })
	return nil
}

// Lookup returns what stands at a JSON Pointer of the document, as JSON has it:
// a string, a bool, a json.Number, []any or map[string]any. It writes the document
// down to look, so that it is no question for a loop.
func (d *Document) Lookup(pointer string) (any, bool) {
	tree, err := d.tree()
	if err != nil {
		return nil, false
	}
	return strictjson.Resolve(tree, pointer)
}

// inOrder returns the places of the amendments in the order in which they take effect.
func (d *Document) inOrder() []int {
	order := make([]int, len(d.Amendments))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(i, j int) int {
		a, b := d.Amendments[i], d.Amendments[j]
		return cmp.Or(a.Effective.Compare(b.Effective), a.Signed.Compare(b.Signed))
	})
	return order
}

// label is how faults and workings cite an amendment.
func (a Amendment) label() string { return "amendment " + a.ID }

// clone returns a document that shares nothing with d.
func (d *Document) clone() (*Document, error) {
	doc, faults := d.changed("", nil)
	return doc, faults.orNil()
}

// tree is the document as JSON has it. What is not stated where something must
// be is left out of it.
func (d *Document) tree() (any, error) {
	tree, err := asJSON(d)
	if err != nil {
		return nil, err
	}
	return withoutNull(tree), nil
}

func withoutNull(v any) any {
	switch v := v.(type) {
	case map[string]any:
		for key, one := range v {
			if one == nil {
				delete(v, key)
			} else {
				v[key] = withoutNull(one)
			}
		}
	case []any:
		for i := range v {
			v[i] = withoutNull(v[i])
		}
	}
	return v
}

// changed works changes into a copy of the document, in their order. All faults
// come back at once, each at the place of its change.
func (d *Document) changed(in string, changes []Change) (*Document, Errors) {
	tree, err := d.tree()
	if err != nil {
		return nil, Errors{{In: in, Kind: kindOf(err), Msg: "the document cannot be written as JSON: " + err.Error(), Cause: err}}
	}
	faults := changeAll(tree, in, changes)
	if len(faults) > 0 {
		return nil, faults
	}
	data, err := strictjson.Encode(tree)
	if err != nil {
		return nil, Errors{{In: in, Kind: ErrInvalid, Msg: err.Error(), Cause: err}}
	}
	doc := new(Document)
	faults = decodeFaults(strictjson.Decode(data, doc, documentLimits))
	for _, f := range faults {
		f.In, f.Line, f.Column = in, 0, 0 // the text that was decoded is nobody's
	}
	if len(faults) > 0 {
		return nil, faults
	}
	return doc, nil
}

// changeAll works changes into a tree, in their order, and finds those that do not fit.
func changeAll(tree any, in string, changes []Change) Errors {
	var faults Errors
	for _, c := range changes {
		if f := change(tree, c); f != nil {
			f.In, f.Pointer = in, c.At
			faults = append(faults, f)
		}
	}
	return faults
}

// change works one change into a tree.
func change(tree any, c Change) *Error {
	tokens, err := strictjson.Split(c.At)
	if err != nil {
		return &Error{Kind: ErrSyntax, Msg: err.Error(), Cause: err}
	}
	switch {
	case len(tokens) == 0:
		return &Error{Kind: ErrInvalid, Msg: "a change says at which place of the document, such as /targets/repair/within"}
	case slices.Contains([]string{"amendments", "format", "zone", "currency"}, tokens[0]):
		return &Error{Kind: ErrInvalid, Msg: fmt.Sprintf("an amendment does not change %q", tokens[0])}
	}
	was, err := asJSON(c.Was)
	if err != nil {
		return &Error{Kind: ErrInvalid, Msg: "was: " + err.Error(), Cause: err}
	}
	becomes, err := asJSON(c.Becomes)
	if err != nil {
		return &Error{Kind: ErrInvalid, Msg: "becomes: " + err.Error(), Cause: err}
	}
	if was == nil && becomes == nil {
		return &Error{Kind: ErrInvalid, Msg: "the change changes nothing: say what was and what it becomes"}
	}
	parent := "/" + strings.Join(mapEach(tokens[:len(tokens)-1], escape), "/")
	if len(tokens) == 1 {
		parent = ""
	}
	holder, ok := strictjson.Resolve(tree, parent)
	if !ok {
		return &Error{Kind: ErrUnknown, Msg: fmt.Sprintf("there is no %s in the document", parent)}
	}
	last := tokens[len(tokens)-1]
	switch h := holder.(type) {
	case map[string]any:
		found, stands := h[last]
		if e := matches(found, stands, was); e != nil {
			return e
		}
		if becomes == nil {
			delete(h, last)
		} else {
			h[last] = becomes
		}
	case []any:
		i, err := strconv.Atoi(last)
		if err != nil || i < 0 || i >= len(h) || strconv.Itoa(i) != last {
			return &Error{Kind: ErrUnknown, Msg: fmt.Sprintf("the list has no entry %q; to add one, replace the list", last)}
		}
		if e := matches(h[i], true, was); e != nil {
			return e
		}
		if becomes == nil {
			return &Error{Kind: ErrInvalid, Msg: "an entry is not struck out of a list, which would move the others; replace the list"}
		}
		h[i] = becomes
	default:
		return &Error{Kind: ErrUnknown, Msg: fmt.Sprintf("%s holds nothing by a name", parent)}
	}
	return nil
}

// matches holds what a change found against what it says it found.
func matches(found any, stands bool, was any) *Error {
	switch {
	case was == nil && stands:
		return &Error{Kind: ErrConflict, Msg: fmt.Sprintf("the change says that nothing stood there; it is %s", short(found))}
	case was != nil && !stands:
		return &Error{Kind: ErrConflict, Msg: fmt.Sprintf("the change found %s; nothing stands there", short(was))}
	case was != nil && !reflect.DeepEqual(was, found):
		return &Error{Kind: ErrConflict, Msg: fmt.Sprintf("the change found %s; it is %s", short(was), short(found))}
	}
	return nil
}

// asJSON gives a value of a change the form that JSON gives it.
func asJSON(v any) (any, error) {
	if v == nil {
		return nil, nil
	}
	data, err := strictjson.Encode(v)
	if err != nil {
		return nil, err
	}
	dec := json.NewDecoder(bytes.NewReader(data))
	dec.UseNumber()
	var out any
	err = dec.Decode(&out)
	return out, err
}

func short(v any) string {
	data, err := strictjson.Encode(v)
	if err != nil {
		return fmt.Sprint(v)
	}
	return clip(string(data))
}

func mapEach[A, B any](list []A, f func(A) B) []B {
	out := make([]B, len(list))
	for i, a := range list {
		out[i] = f(a)
	}
	return out
}
