package contract_test

import (
	"cmp"
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/cfd16870/contract"
)

func day(s string) contract.Date { return contract.MustParseDate(s) }

// written is the sample with its amendments replaced by others.
func writtenWith(t testing.TB, amendments ...any) *contract.Document {
	t.Helper()
	doc, err := contract.Parse(editText(t, edit{"/amendments", list(amendments)}))
	require.NoError(t, err)
	return doc
}

// amending is an amendment of terms that bind requests by the day of receipt.
func amending(id, signed, effective string, changes ...any) obj {
	return obj{"id": id, "signed": signed, "effective": effective, "transition": "by event", "changes": append(list{}, changes...)}
}

func following(openHours string, amendment obj) obj {
	return merged(amendment, obj{"openHours": openHours})
}

func swap(at string, was, becomes any) obj {
	c := obj{"at": at}
	if was != nil {
		c["was"] = was
	}
	if becomes != nil {
		c["becomes"] = becomes
	}
	return c
}

// changing spells changes short: at, was, becomes.
func changing(list ...[3]any) []contract.Change {
	changes := make([]contract.Change, len(list))
	for i, c := range list {
		changes[i] = contract.Change{At: c[0].(string), Was: c[1], Becomes: c[2]}
	}
	return changes
}

func TestInForce(t *testing.T) {
	const within = "/targets/after-sales response/within"
	may := amending("May", "2024-04-20", "2024-05-01", swap(within, "24 clock hours", "20 clock hours"))
	june := amending("June", "2024-05-20", "2024-06-01", swap(within, "20 clock hours", "16 clock hours"))
	late := amending("Late", "2024-06-15", "2024-06-01", swap("/title", "分公司2024年客户服务与支持合同", "x"))
	late["transition"] = "retroactive"
	for _, c := range []struct {
		why        string
		amendments []any
		on         string
		within     string
		left       []string // amendments still listed
		err        string
	}{
		{"the day before, the terms are as signed", list{may}, "2024-04-30", "24 clock hours", []string{"May"}, ""},
		{"from its day on, an amendment is in force", list{may}, "2024-05-01", "20 clock hours", nil, ""},
		{"and stays so", list{may}, "2025-05-01", "20 clock hours", nil, ""},
		{"the day of signing counts for nothing here", list{may}, "2024-04-20", "24 clock hours", []string{"May"}, ""},
		{"a long time before, nothing is in force yet", list{may}, "0001-01-01", "24 clock hours", []string{"May"}, ""},
		{"of two, the first alone", list{may, june}, "2024-05-31", "20 clock hours", []string{"June"}, ""},
		{"two in a row, the second written against the first", list{may, june}, "2024-06-01", "16 clock hours", nil, ""},
		{"they take effect by their days, however they are listed", list{june, may}, "2024-06-01", "16 clock hours", nil, ""},
		{"one signed before the others that takes effect after them", list{
			amending("July", "2024-02-01", "2024-07-01", swap(within, "16 clock hours", "4 clock hours")), june, may}, "2024-07-01", "4 clock hours", nil, ""},
		{"one that takes effect before it was signed", list{late, june, may}, "2024-06-01", "16 clock hours", nil, ""},
		{"on one day, the one signed first comes first", list{
			amending("B", "2024-04-22", "2024-05-01", swap(within, "20 clock hours", "8 clock hours")), may}, "2024-05-01", "8 clock hours", nil, ""},
		{"signed and effective on one day, the one listed first comes first", list{
			may, amending("B", "2024-04-20", "2024-05-01", swap(within, "20 clock hours", "8 clock hours"))}, "2024-05-01", "8 clock hours", nil, ""},
		{"listed the other way round, the first is written against another text", list{
			amending("B", "2024-04-20", "2024-05-01", swap(within, "20 clock hours", "8 clock hours")), may}, "2024-05-01", "", nil,
			`amendment B: /targets/after-sales response/within: the change found "20 clock hours"; it is "24 clock hours"`},
		{"one whose predecessor is missing is refused", list{june}, "2024-06-01", "", nil,
			`amendment June: /targets/after-sales response/within: the change found "20 clock hours"; it is "24 clock hours"`},
		{"and not before its day", list{june}, "2024-05-31", "24 clock hours", []string{"June"}, ""},
	} {
		t.Run(c.why, func(t *testing.T) {
			doc := writtenWith(t, c.amendments...)
			before := doc.Digest()
			got, err := doc.InForce(day(c.on))
			require.Equal(t, before, doc.Digest(), "the document itself stays as it is")
			if c.err != "" {
				require.EqualError(t, err, c.err)
				require.True(t, isKind(err, contract.ErrConflict))
				require.Nil(t, got)
				return
			}
			require.NoError(t, err)
			is, ok := got.Lookup(within)
			require.True(t, ok)
			assert.Equal(t, c.within, is)
			var left []string
			for _, a := range got.Amendments {
				left = append(left, a.ID)
			}
			assert.Equal(t, c.left, left)
			assert.NotNil(t, got.Amendments, "no amendments are an empty list")
			assert.NotSame(t, doc, got)
		})
	}
}

func TestKnownOn(t *testing.T) {
	doc := writtenWith(t,
		amending("A1", "2024-04-20", "2024-05-01", swap("/severalTargets", "all apply", "strictest")),
		amending("A2", "2024-04-25", "2024-04-26", swap("/attainment/fewest", 20, 10)),
		amending("A3", "2024-08-01", "2024-08-01", swap("/attainment/fewest", 10, 5)))
	before := doc.Digest()
	for _, c := range []struct {
		why, on string
		want    []string
	}{
		{"before the first was signed, none is known", "2024-04-19", []string{}},
		{"on the day of signing it is known", "2024-04-20", []string{"A1"}},
		{"known long before it takes effect, and one signed later is not", "2024-04-24", []string{"A1"}},
		{"in the order in which they are listed", "2024-07-31", []string{"A1", "A2"}},
		{"in the end all", "9999-12-31", []string{"A1", "A2", "A3"}},
	} {
		t.Run(c.why, func(t *testing.T) {
			got := doc.KnownOn(day(c.on))
			ids := []string{}
			for _, a := range got.Amendments {
				ids = append(ids, a.ID)
			}
			assert.Equal(t, c.want, ids)
			assert.NotNil(t, got.Amendments)
			assert.Equal(t, before, doc.Digest())
			got.Amendments = append(got.Amendments, contract.Amendment{ID: "x"})
			assert.Equal(t, before, doc.Digest(), "the list is its own")
			_, err := contract.Compile(doc.KnownOn(day(c.on)), contract.Reference{Calendars: calendars})
			assert.NoError(t, err)
		})
	}
}

// TestChanges holds for With as for amendments, since both work changes in by one rule.
func TestChanges(t *testing.T) {
	whole := func(pointer string) any {
		v, ok := contract.MustParse(string(signedText(t))).Lookup(pointer)
		require.True(t, ok)
		return v
	}
	for _, c := range []struct {
		why     string
		changes [][3]any // at, was, becomes
		at      string
		becomes any // what stands there then; nil: nothing
	}{
		{"a word", [][3]any{{"/severalTargets", "all apply", "strictest"}}, "/severalTargets", "strictest"},
		{"a value of the library's own types", [][3]any{{"/severalTargets", contract.AllApply, contract.Strictest}}, "/severalTargets", "strictest"},
		{"a span", [][3]any{{"/targets/repair/within", contract.MustParseSpan("7 working days"), contract.MustParseSpan("5 working days")}}, "/targets/repair/within", "5 working days"},
		{"a percentage", [][3]any{{"/satisfaction/atLeast", "90%", contract.MustParsePercent("92.5%")}}, "/satisfaction/atLeast", "92.5%"},
		{"a day", [][3]any{{"/term/through", day("2025-02-28"), day("2025-03-31")}}, "/term/through", "2025-03-31"},
		{"a whole number", [][3]any{{"/attainment/fewest", 20, 10}}, "/attainment/fewest", json.Number("10")},
		{"a whole number as JSON has it", [][3]any{{"/attainment/fewest", json.Number("20"), json.Number("10")}}, "/attainment/fewest", json.Number("10")},
		{"an entry of a list", [][3]any{{"/satisfaction/good/1", "satisfied", "neutral"}}, "/satisfaction/good/1", "neutral"},
		{"a list as a whole", [][3]any{{"/satisfaction/good", []string{"very satisfied", "satisfied"}, []string{"very satisfied"}}}, "/satisfaction/good", list{"very satisfied"}},
		{"where nothing stood", [][3]any{{"/hours/service/agreed/2024-05-11", nil, contract.AgreedClause{Open: []string{}, Agreement: "x", Targets: contract.AgreedCount}}}, "/hours/service/agreed/2024-05-11/targets", "count"},
		{"struck out", [][3]any{{"/targets/e-mail response/overrunHours", "service", nil}}, "/targets/e-mail response/overrunHours", nil},
		{"a whole target struck out", [][3]any{{"/targets/repair", whole("/targets/repair"), nil}}, "/targets/repair", nil},
		{"one change upon another", [][3]any{{"/attainment/fewest", 20, 10}, {"/attainment/fewest", 10, 5}}, "/attainment/fewest", json.Number("5")},
		{"within what was added before", [][3]any{{"/hours/night", nil, whole("/hours/service")}, {"/hours/night/holidays", "closed", "open"}}, "/hours/night/holidays", "open"},
		{"a name with a slash and a tilde", [][3]any{{"/requests/priorities/P1~1~0", nil, "urgent"}}, "/requests/priorities/P1~1~0", "urgent"},
		{"to what it is", [][3]any{{"/severalTargets", "all apply", "all apply"}}, "/severalTargets", "all apply"},
	} {
		t.Run(c.why, func(t *testing.T) {
			doc := contract.MustParse(string(signedText(t)))
			before := doc.Digest()
			got, err := doc.With(changing(c.changes...)...)
			require.NoError(t, err)
			is, ok := got.Lookup(c.at)
			assert.Equal(t, c.becomes != nil, ok)
			assert.Equal(t, c.becomes, is)
			assert.Equal(t, before, doc.Digest(), "the document itself stays as it is")
		})
	}
}

func TestChangesRefused(t *testing.T) {
	for _, c := range []struct {
		why    string
		change [3]any // at, was, becomes
		at     string
		kind   error
		says   string
	}{
		{"written against another text", [3]any{"/targets/repair/within", "5 working days", "3 working days"}, "/targets/repair/within", contract.ErrConflict, `the change found "5 working days"; it is "7 working days"`},
		{"something stood there", [3]any{"/severalTargets", nil, "strictest"}, "/severalTargets", contract.ErrConflict, `says that nothing stood there; it is "all apply"`},
		{"nothing stood there", [3]any{"/targets/repair/start/hours", "service", nil}, "/targets/repair/start/hours", contract.ErrConflict, `found "service"; nothing stands there`},
		{"the same number in another type", [3]any{"/attainment/fewest", "20", 10}, "/attainment/fewest", contract.ErrConflict, `found "20"; it is 20`},
		{"a list in another order", [3]any{"/satisfaction/good", []string{"satisfied", "very satisfied"}, []string{"satisfied"}}, "/satisfaction/good", contract.ErrConflict, "the change found"},
		{"the whole document", [3]any{"", nil, "x"}, "", contract.ErrInvalid, "says at which place"},
		{"no pointer", [3]any{"title", nil, "x"}, "title", contract.ErrSyntax, "a pointer starts with one"},
		{"a pointer with a stray tilde", [3]any{"/a~b", nil, "x"}, "/a~b", contract.ErrSyntax, "write ~0"},
		{"in a part that there is not", [3]any{"/target/repair/within", nil, "x"}, "/target/repair/within", contract.ErrUnknown, "there is no /target/repair in the document"},
		{"in a name that there is not", [3]any{"/targets/repairs/within", nil, "x"}, "/targets/repairs/within", contract.ErrUnknown, "there is no /targets/repairs in the document"},
		{"within a text", [3]any{"/id/x", nil, "x"}, "/id/x", contract.ErrUnknown, "/id holds nothing by a name"},
		{"behind the last entry of a list", [3]any{"/satisfaction/good/2", nil, "x"}, "/satisfaction/good/2", contract.ErrUnknown, "to add one, replace the list"},
		{"the entry behind the last, as JSON Patch would have it", [3]any{"/satisfaction/good/-", nil, "x"}, "/satisfaction/good/-", contract.ErrUnknown, "to add one, replace the list"},
		{"an entry by a number with a zero in front", [3]any{"/satisfaction/good/01", "satisfied", "x"}, "/satisfaction/good/01", contract.ErrUnknown, "the list has no entry"},
		{"an entry struck out, which would move the others", [3]any{"/satisfaction/good/0", "very satisfied", nil}, "/satisfaction/good/0", contract.ErrInvalid, "replace the list"},
		{"the zone, in which every instant was told", [3]any{"/zone", "Asia/Shanghai", "Asia/Urumqi"}, "/zone", contract.ErrInvalid, `does not change "zone"`},
		{"the currency", [3]any{"/currency", "CNY", "USD"}, "/currency", contract.ErrInvalid, `does not change "currency"`},
		{"the format", [3]any{"/format", "contract/1", "contract/2"}, "/format", contract.ErrInvalid, `does not change "format"`},
		{"another amendment", [3]any{"/amendments/0/effective", "2024-09-01", "2024-10-01"}, "/amendments/0/effective", contract.ErrInvalid, `does not change "amendments"`},
		{"a key that a clause does not have", [3]any{"/targets/repair/withn", nil, "5 working days"}, "/targets/repair/withn", contract.ErrUnknown, `did you mean "within"?`},
		{"a value that is none", [3]any{"/targets/repair/within", "7 working days", "5 business days"}, "/targets/repair/within", contract.ErrSyntax, `write "working days"`},
		{"what no JSON can say", [3]any{"/title", "x", func() {}}, "/title", contract.ErrInvalid, "becomes: "},
	} {
		t.Run(c.why, func(t *testing.T) {
			doc := contract.MustParse(string(signedText(t)))
			before := doc.Digest()
			got, err := doc.With(changing(c.change)...)
			require.Error(t, err)
			require.Nil(t, got)
			faults := faultsIn(t, err)
			require.Len(t, faults, 1)
			assert.Equal(t, c.at, faults[0].Pointer)
			assert.Zero(t, faults[0].Line, "the text that was read is nobody's")
			assert.Empty(t, faults[0].In)
			assert.Truef(t, isKind(err, c.kind), "%v is not %q", err, c.kind)
			assert.Contains(t, err.Error(), c.says)
			assert.Equal(t, before, doc.Digest())
		})
	}
}

// TestWithSharesNothing: whatever is written into the one does not show in the other.
func TestWithSharesNothing(t *testing.T) {
	for why, of := range map[string]func(*contract.Document) (*contract.Document, error){
		"With of nothing": func(d *contract.Document) (*contract.Document, error) { return d.With() },
		"With": func(d *contract.Document) (*contract.Document, error) {
			return d.With(changing([3]any{"/title", d.Title, "x"})...)
		},
		"InForce of no day": func(d *contract.Document) (*contract.Document, error) { return d.InForce(contract.Date{}) },
		"InForce":           func(d *contract.Document) (*contract.Document, error) { return d.InForce(day("2024-09-01")) },
		"Contract.Document": func(d *contract.Document) (*contract.Document, error) {
			c, err := contract.Compile(d, contract.Reference{Calendars: calendars})
			return c.Document(), err
		},
	} {
		t.Run(why, func(t *testing.T) {
			doc := contract.MustParse(string(signedText(t)))
			before := doc.Digest()
			got, err := of(doc)
			require.NoError(t, err)
			scribble(reflect.ValueOf(got))
			require.NotEqual(t, before, got.Digest())
			require.Equal(t, before, doc.Digest())
		})
	}
	// A list that a change gives is copied too.
	good := []string{"very satisfied"}
	doc, err := contract.MustParse(string(signedText(t))).With(changing([3]any{"/satisfaction/good", []string{"very satisfied", "satisfied"}, good})...)
	require.NoError(t, err)
	good[0] = "neutral"
	require.Equal(t, []string{"very satisfied"}, doc.Satisfaction.Good)
}

// scribble writes into everything that a document refers to: maps, lists and
// what pointers point at.
func scribble(v reflect.Value) {
	switch v.Kind() {
	case reflect.Pointer:
		if !v.IsNil() {
			scribble(v.Elem())
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Field(i).CanSet() {
				scribble(v.Field(i))
			}
		}
	case reflect.Slice:
		for i := range v.Len() {
			scribble(v.Index(i))
		}
	case reflect.Map:
		for _, k := range v.MapKeys() {
			e := reflect.New(v.Type().Elem()).Elem()
			e.Set(v.MapIndex(k))
			scribble(e)
			v.SetMapIndex(k, e)
		}
		if v.Type().Key().Kind() == reflect.String && !v.IsNil() {
			v.SetMapIndex(reflect.ValueOf("scribbled").Convert(v.Type().Key()), reflect.Zero(v.Type().Elem()))
		}
	case reflect.String:
		if v.CanSet() {
			v.SetString("scribbled")
		}
	}
}

func TestLookup(t *testing.T) {
	doc := contract.MustParse(string(signedText(t)))
	for _, c := range []struct {
		why, at string
		want    any
		ok      bool
	}{
		{"a text", "/id", "CSS-2024-001", true},
		{"a span as it is written", "/targets/repair/within", "7 working days", true},
		{"an amount as it is written", "/fees/items/support/price", "120000.00 CNY", true},
		{"a whole number", "/attainment/fewest", json.Number("20"), true},
		{"an entry of a list", "/satisfaction/good/1", "satisfied", true},
		{"a list", "/satisfaction/good", list{"very satisfied", "satisfied"}, true},
		{"an object", "/parties/customer", obj{"label": "甲方", "name": "the customer"}, true},
		{"none of them", "/requests/priorities", obj{}, true},
		{"what an amendment will say", "/amendments/0/changes/1/becomes", "12 clock hours", true},
		{"a key that is not stated", "/deposit", nil, false},
		{"an optional key left out", "/targets/repair/overrunHours", nil, false},
		{"an entry that there is not", "/satisfaction/good/2", nil, false},
		{"behind the last entry", "/satisfaction/good/-", nil, false},
		{"a number with a zero in front", "/satisfaction/good/00", nil, false},
		{"no pointer", "id", nil, false},
	} {
		t.Run(c.why, func(t *testing.T) {
			got, ok := doc.Lookup(c.at)
			assert.Equal(t, c.ok, ok)
			assert.Equal(t, c.want, got)
		})
	}
	all, ok := doc.Lookup("")
	require.True(t, ok)
	all.(obj)["id"] = "x"
	require.Equal(t, "CSS-2024-001", doc.ID, "what Lookup gives is the caller's")
}

// Amendments as compiled: what they say of themselves, and what they make of the
// document, under the name of the amendment.
func TestCompileChecksAmendments(t *testing.T) {
	const A1 = "amendment A1: "
	strictest := swap("/severalTargets", "all apply", "strictest")
	opening := swap("/hours/service/week/mon-fri/0", "09:00-12:00", "08:00-12:00")
	a1 := func(changes ...any) edit {
		return edit{"/amendments", list{amending("A1", "2024-08-23", "2024-09-01", changes...)}}
	}
	with := func(key string, to any, changes ...any) edit {
		a := amending("A1", "2024-08-23", "2024-09-01", changes...)
		if a[key] = to; to == nil {
			delete(a, key)
		}
		return edit{"/amendments", list{a}}
	}
	testSlips(t, unamended[1:], []slip{
		{why: "an amendment has a name", edits: []edit{with("id", nil, strictest)}, at: "/amendments/0/id", kind: contract.ErrRequired, says: "not stated"},
		{why: "a name is given once", edits: []edit{{"/amendments", list{amending("A1", "2024-08-23", "2024-09-01", strictest), amending("A1", "2024-08-23", "2024-10-01", swap("/severalTargets", "strictest", "all apply"))}}}, at: "/amendments/1/id", kind: contract.ErrDuplicate, says: `amendment "A1" is given twice`},
		{why: "an amendment is signed", edits: []edit{with("signed", nil, strictest)}, at: "/amendments/0/signed", kind: contract.ErrRequired, says: "not stated"},
		{why: "an amendment takes effect", edits: []edit{with("effective", nil, strictest)}, at: "/amendments/0/effective", kind: contract.ErrRequired, says: "not stated"},
		{why: "what takes effect before it was signed says that it is retroactive", edits: []edit{with("effective", "2024-08-22", strictest)}, at: "/amendments/0/effective", kind: contract.ErrConflict, says: `effective 2024-08-22, before it was signed on 2024-08-23; that is a transition "retroactive"`},
		{why: "a transition has no default", edits: []edit{with("transition", nil, strictest)}, at: "/amendments/0/transition", kind: contract.ErrRequired, says: "write one of: by event, by measurement, next period, renewal, retroactive"},
		{why: "a transition is one of five words", edits: []edit{with("transition", "at once", swap("/attainment/fewest", 20, 10))}, at: "/amendments/0/transition", kind: contract.ErrUnknown, says: "write one of: by event"},
		{why: "a transition of targets at the next period is kept for later", edits: []edit{with("transition", "next period", swap("/targets/repair/within", "7 working days", "5 working days"))}, at: "/amendments/0/transition", kind: contract.ErrLater, says: `this version computes "by event": the day of the fact picks the terms`},
		{why: "a transition of the rule for several targets, too", edits: []edit{with("transition", "renewal", strictest)}, at: "/amendments/0/transition", kind: contract.ErrLater, says: `"renewal"`},
		{why: "a retroactive change of targets, too", edits: []edit{with("transition", "retroactive", strictest)}, at: "/amendments/0/transition", kind: contract.ErrLater, says: `"retroactive"`},
		{why: "an amendment changes something", edits: []edit{a1()}, at: "/amendments/0/changes", kind: contract.ErrRequired, says: "an amendment changes something"},
		{why: "no changes at all are not stated", edits: []edit{with("changes", nil)}, at: "/amendments/0/changes", kind: contract.ErrRequired, says: "write [] for none"},
		{why: "a change says where", edits: []edit{a1(obj{"becomes": "x"})}, at: "/amendments/0/changes/0/at", kind: contract.ErrRequired, says: "not stated"},
		{why: "which hours open tickets follow has no default", edits: []edit{a1(opening)}, at: "/amendments/0/openHours", kind: contract.ErrRequired, says: "write one of: kept, follow the new"},
		{why: "nor where working days change", edits: []edit{a1(swap("/workingDays/state/makeupDays", "count", "ignored"))}, at: "/amendments/0/openHours", kind: contract.ErrRequired, says: "write one of: kept, follow the new"},
		{why: "nor where all hours are replaced", edits: []edit{a1(swap("/hours", mustLookup(t, "/hours"), mustLookup(t, "/hours")))}, at: "/amendments/0/openHours", kind: contract.ErrRequired, says: "write one of: kept, follow the new"},
		{why: "open hours without a change of hours have no effect", edits: []edit{with("openHours", "kept", strictest)}, at: "/amendments/0/openHours", kind: contract.ErrInvalid, says: "has no effect: the amendment changes neither hours nor working days"},
		{why: "a name that begins like hours is not under it", edits: []edit{with("openHours", "kept", swap("/hoursOfOthers", nil, "x"))}, at: "/amendments/0/openHours", kind: contract.ErrInvalid, says: "has no effect"},
		{why: "open hours are one of two words", edits: []edit{with("openHours", "both", opening)}, at: "/amendments/0/openHours", kind: contract.ErrUnknown, says: "write one of: kept, follow the new"},
		{why: "two of one day agree on open tickets", edits: []edit{{"/amendments", list{
			following("kept", amending("A1", "2024-08-23", "2024-09-01", opening)),
			following("follow the new", amending("A2", "2024-08-23", "2024-09-01", swap("/hours/service/week/mon-fri/1", "13:00-18:00", "13:00-17:00")))}}},
			at: "amendment A2: /hours", kind: contract.ErrConflict, says: `takes effect on the day of amendment A1, and says "follow the new" of open requests where that says "kept"`},

		{why: "written against another text", edits: []edit{a1(swap("/targets/repair/within", "5 working days", "3 working days"))}, at: A1 + "/targets/repair/within", kind: contract.ErrConflict, says: `the change found "5 working days"; it is "7 working days"`},
		{why: "the second is held against what the first made of it", edits: []edit{{"/amendments", list{
			amending("A1", "2024-08-23", "2024-09-01", strictest), amending("A2", "2024-08-24", "2024-10-01", strictest)}}},
			at: "amendment A2: /severalTargets", kind: contract.ErrConflict, says: `found "all apply"; it is "strictest"`},
		{why: "a zone is not amended", edits: []edit{a1(swap("/zone", "Asia/Shanghai", "Asia/Urumqi"))}, at: A1 + "/zone", kind: contract.ErrInvalid, says: `does not change "zone"`},

		{why: "a result that lacks a word", edits: []edit{a1(swap("/severalTargets", "all apply", nil))}, at: A1 + "/severalTargets", kind: contract.ErrRequired, says: "which bind a request that several fit?"},
		{why: "a result with a word of no list", edits: []edit{a1(swap("/severalTargets", "all apply", "any"))}, at: A1 + "/severalTargets", kind: contract.ErrUnknown, says: `"any"; write one of`},
		{why: "a result with a name of nothing", edits: []edit{a1(swap("/targets/repair/clock/hours", "service", "offcie"))}, at: A1 + "/targets/repair/clock/hours", kind: contract.ErrUnknown, says: `no hours "offcie"; have service`},
		{why: "a result with a word that has no effect", edits: []edit{a1(swap("/targets/repair/overrunHours", nil, "service"))}, at: A1 + "/targets/repair/overrunHours", kind: contract.ErrInvalid, says: "has no effect"},
		{why: "a result that counts a target that is struck out", edits: []edit{a1(swap("/targets/technical response", mustLookup(t, "/targets/technical response"), nil))}, at: A1 + "/attainment/of/2", kind: contract.ErrUnknown, says: `no target "technical response"; have after-sales response`},
		{why: "a result with a bad span", edits: []edit{a1(swap("/targets/repair/within", "7 working days", "1 week or so"))}, at: A1 + "/targets/repair/within", kind: contract.ErrSyntax, says: "no span"},
		{why: "a result with an unknown key", edits: []edit{a1(swap("/targets/repair/withn", nil, "x"))}, at: A1 + "/targets/repair/withn", kind: contract.ErrUnknown, says: `did you mean "within"?`},
		{why: "a result with an impossible window", edits: []edit{with("openHours", "kept", swap("/hours/service/week/mon-fri/0", "09:00-12:00", "09:00-14:00"))}, at: A1 + "/hours/service/week/mon-fri/1", kind: contract.ErrConflict, says: "13:00-18:00 overlaps 09:00-14:00"},
		{why: "a result with a calendar that Compile was not given", edits: []edit{with("openHours", "kept", swap("/hours/service/calendar", "cn", "hk"))}, at: A1 + "/hours/service/calendar", kind: contract.ErrUnknown, says: `no calendar "hk" among the reference data given; have cn`},
		{why: "a result whose day of no window has no end", edits: []edit{with("openHours", "kept", swap("/workingDays/state/withoutWindow", "ends as mon", "ends as sun"))}, at: A1 + "/workingDays/state/withoutWindow", kind: contract.ErrConflict, says: `the hours "service" have no window on sun`},
		{why: "a result whose term ends before it begins", edits: []edit{a1(swap("/term/through", "2025-02-28", "2024-02-28"))}, at: A1 + "/term/through", kind: contract.ErrConflict, says: "before it begins"},
		{why: "a reading that an amendment left without a place", edits: []edit{{"/readings", list{obj{"at": "/targets/e-mail response/overrunHours", "text": "x", "also": list{}}}}, a1(swap("/targets/e-mail response/overrunHours", "service", nil))}, at: A1 + "/readings/0/at", kind: contract.ErrUnknown, says: "nothing stands at"},
	})
}

func mustLookup(t testing.TB, at string) any {
	t.Helper()
	v, ok := contract.MustParse(string(signedText(t))).Lookup(at)
	require.True(t, ok, at)
	return v
}

// TestAmendmentWithoutARequiredListIsOneFault: that a list is missing says
// nothing of the readings.
func TestAmendmentWithoutARequiredListIsOneFault(t *testing.T) {
	_, err := compileText(editText(t, edit{"/amendments", list{amending("A1", "2024-08-23", "2024-09-01", swap("/attainment/of", mustLookup(t, "/attainment/of"), nil))}}))
	require.Equal(t, []string{"amendment A1: /attainment/of"}, placesOf(faultsIn(t, err)), "%v", err)
}

// TestTransitionOfCountingIsKeptForLater: attainment goes by the terms of the day
// of receipt, satisfaction by those of the day of the answer, whatever an
// amendment says; so it may say nothing else.
func TestTransitionOfCountingIsKeptForLater(t *testing.T) {
	for _, c := range []obj{
		swap("/attainment/fewest", 20, 10), swap("/satisfaction/fewest", 20, 10), swap("/requests/channels/chat", nil, "x"),
	} {
		a := amending("A1", "2024-08-23", "2024-09-15", c)
		a["transition"] = "next period"
		_, err := compileText(editText(t, append(unamended[1:len(unamended):len(unamended)], edit{"/amendments", list{a}})...))
		require.True(t, isKind(err, contract.ErrLater), "%v: %v", c["at"], err)
		require.Equal(t, []string{"/amendments/0/transition"}, placesOf(faultsIn(t, err)))
	}
}

// An amended value of a random document: what stands at a place from a day on.
type amended struct {
	doc    *contract.Document
	places []string
	states []state // ascending, the first as signed
}

type state struct {
	from   contract.Date
	values map[string]any
}

func (a amended) on(d contract.Date) map[string]any {
	i := len(a.states) - 1
	for ; i > 0 && a.states[i].from.After(d); i-- {
	}
	return a.states[i].values
}

// genAmended draws the sample with none to five amendments in any order, most of
// them days apart or on one day, which change some places back and forth, strike
// them out and write them anew. What an open request follows is drawn once, so
// that a reference can say it.
func genAmended(t testing.TB) *rapid.Generator[amended] {
	text := editText(t, append(unamended[:len(unamended):len(unamended)], withoutMoney()...)...) // short, so that many can be drawn
	base := contract.MustParse(string(text))
	agreed := func(open ...any) any {
		return obj{"open": append(list{}, open...), "agreement": "x", "targets": "count"}
	}
	pool := map[string][]any{
		"/title":                                {"a", "b", nil},
		"/severalTargets":                       {"all apply", "strictest", "category over channel"},
		"/attainment/fewest":                    {json.Number("5"), json.Number("20")},
		"/targets/after-sales response/within":  {"24 clock hours", "12 clock hours", "1 clock minute"},
		"/targets/technical response/within":    {"1 service hour", "4 service hours", "30 service minutes"},
		"/targets/repair/within":                {"7 working days", "5 working days", "1 working day"},
		"/targets/e-mail response/overrunHours": {"service", nil},
		"/hours/service/agreed/2024-10-12":      {agreed("09:00-12:00"), agreed(), agreed("09:00-18:00"), nil},
		"/hours/service/agreed/2024-09-03":      {agreed("10:00-11:00"), agreed(), nil},
		"/hours/service/week/mon-fri":           {list{"09:00-12:00", "13:00-18:00"}, list{"08:00-17:00"}, list{"09:00-18:00"}},
	}
	var places []string
	asSigned := make(map[string]any)
	for at := range pool {
		places = append(places, at)
		if v, ok := base.Lookup(at); ok {
			asSigned[at] = v
		}
	}
	slices.Sort(places)
	return rapid.Custom(func(t *rapid.T) amended {
		openHours := rapid.SampledFrom([]string{"kept", "follow the new"}).Draw(t, "open hours")
		a := amended{places: places, states: []state{{values: asSigned}}}
		n := rapid.IntRange(0, 5).Draw(t, "amendments")
		effective, signed := day("2024-08-30"), day("2024-01-20")
		var all []any
		now := asSigned
		for i := range n {
			if on := rapid.SampledFrom([]int{0, 0, 1, 1, 2, 3, 30}).Draw(t, "days on"); on == 0 {
				signed = signed.AddDays(1) // the order of two of one day is that in which they were signed
			} else {
				effective = effective.AddDays(on)
				signed = day("2024-01-20").AddDays(rapid.IntRange(0, 100).Draw(t, "signed"))
			}
			next := make(map[string]any)
			for k, v := range now {
				next[k] = v
			}
			var changes list
			hours := false
			for _, at := range rapid.SliceOfNDistinct(rapid.SampledFrom(places), 1, 4, rapid.ID).Draw(t, "places") {
				becomes := rapid.SampledFrom(pool[at]).Draw(t, at)
				if becomes == nil && next[at] == nil {
					continue
				}
				changes = append(changes, swap(at, next[at], becomes))
				if next[at] = becomes; becomes == nil {
					delete(next, at)
				}
				hours = hours || at[:6] == "/hours"
			}
			if len(changes) == 0 {
				continue
			}
			one := amending(fmt.Sprintf("A%d", i+1), signed.String(), effective.String(), changes...)
			if hours {
				one = following(openHours, one)
			}
			all = append(all, one)
			if last := len(a.states) - 1; a.states[last].from == effective {
				a.states[last].values = next
			} else {
				a.states = append(a.states, state{effective, next})
			}
			now = next
		}
		shuffled := rapid.Permutation(all).Draw(t, "listed")
		data, err := json.Marshal(shuffled)
		if err != nil {
			t.Fatal(err)
		}
		a.doc = contract.MustParse(string(text))
		var into []contract.Amendment
		if err := json.Unmarshal(data, &into); err != nil {
			t.Fatal(err)
		}
		if into == nil {
			into = []contract.Amendment{}
		}
		a.doc.Amendments = into
		return a
	})
}

// genDayAround draws a day on which the terms may change, or next to one.
func genDayAround(a amended) *rapid.Generator[contract.Date] {
	return rapid.Custom(func(t *rapid.T) contract.Date {
		if rapid.Bool().Draw(t, "anywhere") || len(a.states) == 1 {
			return day("2024-08-25").AddDays(rapid.IntRange(0, 90).Draw(t, "day"))
		}
		s := rapid.SampledFrom(a.states[1:]).Draw(t, "version")
		return s.from.AddDays(rapid.IntRange(-1, 1).Draw(t, "around it"))
	})
}

func TestInForceLaws(t *testing.T) {
	gen := genAmended(t)
	rapid.Check(t, func(t *rapid.T) {
		a := gen.Draw(t, "amended")
		before := a.doc.Digest()
		days := []contract.Date{genDayAround(a).Draw(t, "a"), genDayAround(a).Draw(t, "b")}
		slices.SortFunc(days, contract.Date.Compare)
		first, err := a.doc.InForce(days[0])
		if err != nil {
			t.Fatal(err)
		}
		firstDigest := first.Digest()
		then, err := first.InForce(days[1])
		if err != nil {
			t.Fatal(err)
		}
		atOnce, err := a.doc.InForce(days[1])
		if err != nil {
			t.Fatal(err)
		}
		if then.Digest() != atOnce.Digest() || !reflect.DeepEqual(then, atOnce) {
			t.Fatalf("InForce(%v) and then InForce(%v) is not InForce(%v)", days[0], days[1], days[1])
		}
		if again, err := atOnce.InForce(days[0]); err != nil || again.Digest() != atOnce.Digest() {
			t.Fatalf("what is worked in is not taken out again: %v", err)
		}
		if a.doc.Digest() != before || first.Digest() != firstDigest {
			t.Fatal("a document was changed")
		}
		if known, err := a.doc.KnownOn(day("2024-08-01")).InForce(days[1]); err != nil || known.Digest() != atOnce.Digest() {
			t.Fatalf("all was signed by then: %v", err)
		}
		for i, doc := range []*contract.Document{first, atOnce} {
			for _, at := range a.places {
				got, _ := doc.Lookup(at)
				if want := a.on(days[i])[at]; !reflect.DeepEqual(got, want) {
					t.Fatalf("%s on %v is %v, want %v", at, days[i], got, want)
				}
			}
		}
		for _, am := range atOnce.Amendments {
			if !am.Effective.After(days[1]) {
				t.Fatalf("amendment %s, effective %v, is still listed on %v", am.ID, am.Effective, days[1])
			}
		}
	})
}

// TestHandlesSpanVersions holds a contract with all its amendments against one
// compiled of the terms that a request falls under: those in force on its day of
// receipt, with the hours of later amendments where open requests follow them.
func TestHandlesSpanVersions(t *testing.T) {
	gen := genAmended(t)
	ref := contract.Reference{Calendars: calendars}
	zone, err := time.LoadLocation("Asia/Shanghai")
	require.NoError(t, err)
	rapid.Check(t, func(t *rapid.T) {
		a := gen.Draw(t, "amended")
		c, err := contract.Compile(a.doc, ref)
		if err != nil {
			t.Fatal(err)
		}
		versions := c.Versions()
		if len(versions) != len(a.states) {
			t.Fatalf("%d versions, want %d", len(versions), len(a.states))
		}
		for i, v := range versions {
			asOf := v.From
			if i == 0 {
				asOf = day("2024-01-01")
			}
			inForce, err := a.doc.InForce(asOf)
			if err != nil || v.From != a.states[i].from {
				t.Fatal(v, a.states[i].from, err)
			}
			inForce.Amendments = []contract.Amendment{}
			if v.Digest != inForce.Digest() {
				t.Fatalf("the version from %v is not the document in force then", v.From)
			}
		}

		received := genDayAround(a).Draw(t, "received").StartIn(zone).Add(time.Duration(rapid.SampledFrom(
			[]int{0, 1, 8*3600 - 1, 8 * 3600, 9 * 3600, 10 * 3600, 11*3600 + 1800, 12 * 3600, 16*3600 + 1800, 17 * 3600, 18*3600 - 1, 18 * 3600, 86399}).Draw(t, "second")) * time.Second)
		own, err := a.doc.InForce(contract.DateOf(received))
		if err != nil {
			t.Fatal(err)
		}
		later := own.Amendments
		slices.SortFunc(later, func(x, y contract.Amendment) int {
			return cmp.Or(x.Effective.Compare(y.Effective), x.Signed.Compare(y.Signed))
		})
		own.Amendments = []contract.Amendment{}
		for _, am := range later {
			if am.OpenHours != contract.OpenHoursFollow {
				continue
			}
			am.Transition = contract.TransitionByEvent
			am.Changes = slices.DeleteFunc(am.Changes, func(ch contract.Change) bool { return ch.At[:6] != "/hours" })
			own.Amendments = append(own.Amendments, am)
		}
		want, err := contract.Compile(own, ref)
		if err != nil {
			t.Fatal(err)
		}
		r := &contract.Request{ID: "R", Received: received, Selector: contract.Selector{
			Channel:  rapid.SampledFrom([]string{"phone", "online", "e-mail"}).Draw(t, "channel"),
			Category: rapid.SampledFrom([]string{"fault", "technical support", "after-sales", "other"}).Draw(t, "category"),
		}}
		got, errGot := c.Deadlines(r)
		expected, errWant := want.Deadlines(r)
		if (errGot == nil) != (errWant == nil) || len(got) != len(expected) {
			t.Fatalf("%v, %v; want %v, %v", got, errGot, expected, errWant)
		}
		for i := range got {
			if got[i].Target() != expected[i].Target() || !got[i].Due.Equal(expected[i].Due) {
				t.Fatalf("%s received %v is due %v, want %s %v", got[i].Target(), received, got[i].Due, expected[i].Target(), expected[i].Due)
			}
			w := got[i].Explain()
			if v := w.Check(); v.Err() != nil {
				t.Fatalf("%v\n%s", v, w.Text("en"))
			}
		}
	})
}
