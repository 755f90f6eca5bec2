package contract_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cfd16870/contract"
	"github.com/cfd16870/contract/cn"
)

// signedText is the sample contract as it was signed, with its amendment A1.
func signedText(t testing.TB) []byte {
	t.Helper()
	data, err := os.ReadFile("testdata/sample/contract.json")
	require.NoError(t, err)
	return data
}

// An edit changes one place of a text as a slip of the pen would: no check is
// made that what comes out is a contract. A nil to strikes the key out.
type edit struct {
	at string // JSON Pointer; "-" as its last token appends to a list
	to any
}

// obj and list spell JSON in Go.
type (
	obj  = map[string]any
	list = []any
)

// editText works edits into the sample's text.
func editText(t testing.TB, edits ...edit) []byte {
	t.Helper()
	return edits2text(t, signedText(t), edits...)
}

func edits2text(t testing.TB, text []byte, edits ...edit) []byte {
	t.Helper()
	dec := json.NewDecoder(bytes.NewReader(text))
	dec.UseNumber()
	var tree any
	require.NoError(t, dec.Decode(&tree))
	for _, e := range edits {
		to := e.to
		if to != nil { // the edits of a table are not worked in themselves
			data, err := json.Marshal(to)
			require.NoError(t, err)
			dec := json.NewDecoder(bytes.NewReader(data))
			dec.UseNumber()
			to = nil
			require.NoError(t, dec.Decode(&to))
		}
		tree = replaced(t, tree, pointerTokens(e.at), to, e.at)
	}
	out, err := json.Marshal(tree)
	require.NoError(t, err)
	return out
}

func pointerTokens(pointer string) []string {
	if pointer == "" {
		return nil
	}
	tokens := strings.Split(pointer, "/")[1:]
	for i, t := range tokens {
		tokens[i] = strings.ReplaceAll(strings.ReplaceAll(t, "~1", "/"), "~0", "~")
	}
	return tokens
}

func pointerOf(tokens ...string) string {
	var b strings.Builder
	for _, t := range tokens {
		b.WriteString("/" + strings.ReplaceAll(strings.ReplaceAll(t, "~", "~0"), "/", "~1"))
	}
	return b.String()
}

// replaced returns tree with what stands at the tokens replaced, nil: struck out.
func replaced(t testing.TB, tree any, tokens []string, to any, at string) any {
	if len(tokens) == 0 {
		return to
	}
	switch v := tree.(type) {
	case map[string]any:
		child, stands := v[tokens[0]]
		require.True(t, stands || len(tokens) == 1, "%s: nothing stands there", at)
		require.True(t, stands || to != nil, "%s: nothing to strike out", at)
		if new := replaced(t, child, tokens[1:], to, at); new == nil {
			delete(v, tokens[0])
		} else {
			v[tokens[0]] = new
		}
		return v
	case []any:
		if tokens[0] == "-" {
			return append(v, to)
		}
		i, err := strconv.Atoi(tokens[0])
		require.NoError(t, err, at)
		require.Less(t, i, len(v), at)
		if new := replaced(t, v[i], tokens[1:], to, at); new == nil {
			return slices.Delete(v, i, i+1)
		} else {
			v[i] = new
		}
		return v
	}
	require.Failf(t, "no such place", "%s", at)
	return nil
}

// calendars are those that the sample's calendar name refers to, made once.
var calendars = func() map[string]*contract.Calendar {
	return map[string]*contract.Calendar{"cn": cn.Calendar()}
}()

// compileText reads a text and compiles it.
func compileText(text []byte) (*contract.Contract, error) {
	doc, err := contract.Parse(text)
	if err != nil {
		return nil, err
	}
	return contract.Compile(doc, contract.Reference{Calendars: maps.Clone(calendars)})
}

// compileEdited compiles the sample with edits, which leave it in order.
func compileEdited(t testing.TB, edits ...edit) *contract.Contract {
	t.Helper()
	c, err := compileText(editText(t, edits...))
	require.NoError(t, err)
	return c
}

// faultsIn returns an error as the faults that it is made of.
func faultsIn(t testing.TB, err error) contract.Errors {
	t.Helper()
	if err == nil {
		return nil
	}
	var all contract.Errors
	require.ErrorAs(t, err, &all, "faults come back as Errors")
	require.NotEmpty(t, all)
	return all
}

// placesOf tells the faults' places: the amendment where one is named, and the pointer.
func placesOf(faults contract.Errors) []string {
	all := make([]string, len(faults))
	for i, f := range faults {
		all[i] = f.Pointer
		if f.In != "" {
			all[i] = f.In + ": " + f.Pointer
		}
	}
	return all
}

// wantGolden holds got against a golden file; -update writes it.
func wantGolden(t testing.TB, name, got string) {
	t.Helper()
	path := filepath.FromSlash("testdata/faults/" + name)
	if *update {
		require.NoError(t, os.MkdirAll(filepath.Dir(path), 0o755))
		require.NoError(t, os.WriteFile(path, []byte(got), 0o644))
	}
	want, err := os.ReadFile(path)
	require.NoError(t, err, "go test -update writes it")
	require.Equal(t, string(want), got)
}

// isKind reports whether an error is of a kind and of no other.
func isKind(err error, kind error) bool {
	for _, k := range kinds {
		if errors.Is(err, k) != (k == kind) {
			return false
		}
	}
	return true
}

var kinds = []error{contract.ErrSyntax, contract.ErrRequired, contract.ErrUnknown, contract.ErrDuplicate, contract.ErrInvalid,
	contract.ErrConflict, contract.ErrFormat, contract.ErrSilent, contract.ErrRange, contract.ErrCurrency, contract.ErrLimit, contract.ErrLater}

// A written field is one that stands in a text: its place, and what the
// Document's type says of it.
type written struct {
	pointer  string
	field    reflect.StructField // that holds it, or the map or list that it lies in
	inMap    bool                // a name, not a key of a clause
	inList   bool
	value    any
	words    []string // of a choice
	required bool
}

// writtenFields walks a text and the type it is read into side by side.
func writtenFields(t testing.TB, text []byte) []written {
	t.Helper()
	dec := json.NewDecoder(bytes.NewReader(text))
	dec.UseNumber()
	var tree any
	require.NoError(t, dec.Decode(&tree))
	var all []written
	var walk func(v any, typ reflect.Type, at written)
	walk = func(v any, typ reflect.Type, at written) {
		for typ.Kind() == reflect.Pointer {
			typ = typ.Elem()
		}
		if w, ok := reflect.Zero(typ).Interface().(interface{ Words() []string }); ok {
			at.words = w.Words()
		}
		at.value = v
		if at.pointer != "" {
			all = append(all, at)
		}
		switch v := v.(type) {
		case map[string]any:
			for _, key := range slices.Sorted(maps.Keys(v)) {
				child := written{pointer: at.pointer + pointerOf(key)}
				switch typ.Kind() {
				case reflect.Map:
					child.field, child.inMap = at.field, true
					walk(v[key], typ.Elem(), child)
				case reflect.Struct:
					for i := range typ.NumField() {
						name, _, _ := strings.Cut(typ.Field(i).Tag.Get("json"), ",")
						if _, optional := typ.Field(i).Tag.Lookup("optional"); name == key {
							child.field, child.required = typ.Field(i), !optional
							walk(v[key], typ.Field(i).Type, child)
						}
					}
				}
			}
		case []any:
			for i, e := range v {
				if typ.Kind() == reflect.Slice {
					walk(e, typ.Elem(), written{pointer: fmt.Sprintf("%s/%d", at.pointer, i), field: at.field, inList: true})
				}
			}
		}
	}
	walk(tree, reflect.TypeFor[contract.Document](), written{})
	require.Greater(t, len(all), 600, "the sample has hundreds of places")
	return all
}

// pointsAt reports whether one of the faults of an error lies at a place, in
// what lies at it, or at what holds it.
func pointsAt(faults contract.Errors, pointer string) bool {
	return slices.ContainsFunc(faults, func(f *contract.Error) bool {
		holder := pointer[:strings.LastIndexByte(pointer, '/')]
		return f.Pointer == pointer || f.Pointer == holder && holder != "" || strings.HasPrefix(f.Pointer, pointer+"/")
	})
}

// silentlyOptional are the places not marked optional whose clause has no word
// that must be stated, so that {} says the same as nothing.
var silentlyOptional = map[string]string{
	"/targets/e-mail response/clock":      "clock time names neither hours nor days: {}",
	"/targets/after-sales response/clock": "clock time names neither hours nor days: {}",
}

// TestEveryRequiredKeyIsMissed strikes out every key of the sample in turn: what
// must be stated where its clause stands is found to be missing, at its place.
func TestEveryRequiredKeyIsMissed(t *testing.T) {
	text := editText(t, edit{"/readings", nil}, edit{"/completed", nil})
	n := 0
	for i, w := range writtenFields(t, text) {
		if !w.required {
			continue
		}
		n++
		if underRace() && i%8 != 0 {
			continue // the whole list runs without
		}
		_, err := compileText(edits2text(t, text, edit{w.pointer, nil}))
		why, optional := silentlyOptional[w.pointer]
		switch {
		case err == nil && !optional:
			t.Errorf("%s: struck out, and nothing is missed", w.pointer)
		case err == nil:
		case optional:
			t.Errorf("%s: missed, though %s: %v", w.pointer, why, err)
		case !pointsAt(faultsIn(t, err), w.pointer):
			t.Errorf("%s: struck out, and the fault is elsewhere: %v", w.pointer, err)
		}
	}
	require.Greater(t, n, 300)
}

// TestNoNameOrClauseVanishes: a name struck out of the document is missed by
// whatever refers to it; the rest is optional, and listed.
func TestNoNameVanishesWhileItIsReferredTo(t *testing.T) {
	text := editText(t, edit{"/readings", nil}, edit{"/completed", nil}, edit{"/amendments", list{}})
	used := map[string]bool{} // by pointer of the part and name
	part := map[string]string{"clauses": "/clauses", "hours": "/hours", "workingDays": "/workingDays", "targets": "/targets",
		"items": "/fees/items", "factors": "/fees/factors", "taxRates": "/fees/taxRates"}
	all := writtenFields(t, text)
	for _, w := range all {
		if name, ok := w.value.(string); ok && w.field.Tag.Get("ref") != "" {
			used[part[w.field.Tag.Get("ref")]+pointerOf(name)] = true
		}
	}
	require.Greater(t, len(used), 30)
	for _, w := range all {
		if !w.inMap || !used[w.pointer] {
			continue
		}
		_, err := compileText(edits2text(t, text, edit{w.pointer, nil}))
		require.Error(t, err, w.pointer)
		tokens := pointerTokens(w.pointer)
		require.Truef(t, slices.ContainsFunc(faultsIn(t, err), func(f *contract.Error) bool {
			return errors.Is(f, contract.ErrUnknown) && strings.Contains(f.Msg, strconv.Quote(tokens[len(tokens)-1]))
		}), "%s struck out: no fault says that its name is unknown: %v", w.pointer, err)
	}
}

// TestEveryWordIsOneOfItsList misspells every choice of the sample in turn, and
// every name that must be one of the document's.
func TestEveryWordIsOneOfItsList(t *testing.T) {
	text := editText(t, edit{"/amendments", list{}}, edit{"/hours/service/agreed/2024-10-12", obj{"open": list{"09:00-12:00"}, "agreement": "x", "targets": "count"}},
		edit{"/readings", nil}, edit{"/completed", nil})
	words, names := 0, 0
	for i, w := range writtenFields(t, text) {
		if underRace() && i%8 != 0 {
			continue // the whole list runs without
		}
		word, ok := w.value.(string)
		ref := w.field.Tag.Get("ref")
		if !ok || len(w.words) == 0 && ref == "" {
			continue
		}
		_, err := compileText(edits2text(t, text, edit{w.pointer, word + "x"}))
		require.Error(t, err, w.pointer)
		faults := faultsIn(t, err)
		require.Equal(t, []string{w.pointer}, placesOf(faults), "%v", err)
		require.True(t, isKind(faults[0], contract.ErrUnknown), "%v", faults[0])
		if len(w.words) > 0 {
			words++
			offered := w.words
			if w.field.Type == reflect.TypeFor[contract.Compared]() {
				offered = offered[:4] // the figures of the sample are percentages, and none a mean score
			}
			require.Equal(t, fmt.Sprintf("%q; write one of: %s", word+"x", strings.Join(offered, ", ")), faults[0].Msg)
		} else {
			names++
			require.Contains(t, faults[0].Msg, word, "the names that exist are listed, %q among them", word)
		}
	}
	if !underRace() {
		require.Greater(t, words, 60)
		require.Greater(t, names, 50)
	}
}

// TestEveryWordOfEveryListIsRead: no choice has a word that its walk refuses.
func TestEveryWordOfEveryListIsRead(t *testing.T) {
	text := editText(t, edit{"/amendments", list{}}, edit{"/readings", nil}, edit{"/completed", nil})
	for i, w := range writtenFields(t, text) {
		if underRace() && i%8 != 0 {
			continue // the whole list runs without
		}
		for _, word := range w.words {
			if _, isText := w.value.(string); !isText {
				continue
			}
			_, err := compileText(edits2text(t, text, edit{w.pointer, word}))
			for _, f := range faultsIn(t, err) { // a word may have no effect here, or need another; it is known
				require.Falsef(t, f.Pointer == w.pointer && errors.Is(f, contract.ErrUnknown), "%v", f)
			}
		}
	}
}

// TestNothingIsReadInAnotherType gives every place of the sample a value of
// another type: a fault there, whatever the place.
func TestNothingIsReadInAnotherType(t *testing.T) {
	text := signedText(t)
	for i, w := range writtenFields(t, text) {
		if underRace() && i%8 != 0 {
			continue // the whole list runs without
		}
		if w.field.Type.Kind() == reflect.Interface { // what an amendment found, a table of factors: any JSON
			continue
		}
		var other any = 7
		if _, isNumber := w.value.(json.Number); isNumber {
			other = "7"
		}
		_, err := contract.Parse(edits2text(t, text, edit{w.pointer, other}))
		require.Error(t, err, w.pointer)
		faults := faultsIn(t, err)
		require.Equal(t, []string{w.pointer}, placesOf(faults), "%v", err)
		require.True(t, isKind(faults[0], contract.ErrSyntax), "%v", faults[0])
	}
}

// fill puts one value everywhere into a part of a document, each amount in euro, and
// returns the places of the amounts.
func fill(v reflect.Value, at string, depth int) (amounts []string) {
	switch {
	case depth > 12: // a due date of due dates
		return nil
	case v.Type() == reflect.TypeFor[*contract.Money]():
		m := contract.MustParseMoney("1.00 EUR")
		v.Set(reflect.ValueOf(&m))
		return []string{at}
	}
	switch v.Kind() {
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		return fill(v.Elem(), at, depth+1)
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 1, 1))
		return fill(v.Index(0), at+"/0", depth+1)
	case reflect.Map:
		key, name := reflect.New(v.Type().Key()).Elem(), "x"
		if key.Kind() == reflect.String {
			key.SetString(name)
		} else {
			name = "2024-05-11"
			key.Set(reflect.ValueOf(day(name)))
		}
		value := reflect.New(v.Type().Elem()).Elem()
		amounts = fill(value, at+"/"+name, depth+1)
		v.Set(reflect.MakeMap(v.Type()))
		v.SetMapIndex(key, value)
	case reflect.Struct:
		for i := range v.NumField() {
			if f := v.Type().Field(i); f.IsExported() {
				name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
				amounts = append(amounts, fill(v.Field(i), at+"/"+name, depth+1)...)
			}
		}
	}
	return amounts
}

// An amount in another currency than the document's is a fault wherever a document
// has an amount, one field that is added later included.
func TestEveryAmountIsInTheCurrencyOfTheDocument(t *testing.T) {
	doc := new(contract.Document)
	amounts := fill(reflect.ValueOf(doc).Elem(), "", 0)
	for _, at := range []string{"/rounding/to", "/fees/items/x/price", "/adjustment/rounding/to", "/latePayment/fixedSums/0/from", "/latePayment/fixedSums/0/below",
		"/latePayment/fixedSums/0/sum", "/breach/x/amount", "/liability/cap/amount", "/deposit/amount"} {
		require.Contains(t, amounts, at)
	}
	doc.Currency = "CNY"
	_, err := contract.Compile(doc, contract.Reference{})
	var places []string
	for _, f := range faultsIn(t, err) {
		if isKind(f, contract.ErrCurrency) {
			assert.Equal(t, "1.00 EUR in a contract in CNY", f.Msg)
			places = append(places, f.Pointer)
		}
	}
	assert.ElementsMatch(t, amounts, places)
}
