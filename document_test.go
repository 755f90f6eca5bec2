package contract_test

import (
	"bytes"
	"encoding/json"
	"reflect"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cfd16870/contract"
)

func TestParseFaults(t *testing.T) {
	for _, c := range []struct {
		why     string
		text    string
		line    int
		column  int
		pointer string
		kind    error
		says    string
	}{
		{"a key that is near another", "{\n  \"format\": \"contract/1\",\n  \"zoen\": \"Asia/Shanghai\"\n}", 3, 3, "/zoen", contract.ErrUnknown, `did you mean "zone"?`},
		{"a key that is near none lists those there are", `{"rounding":{"modus operandi":"half up"}}`, 1, 14, "/rounding/modus operandi", contract.ErrUnknown, "keys here: at, mode, to"},
		{"keys are written in one case", `{"Format":"contract/1"}`, 1, 2, "/Format", contract.ErrUnknown, `did you mean "format"?`},
		{"a key within a list", `{"readings":[{"at":"/id","text":"x","also":[]},{"at":"/id","text":"x","other":[]}]}`, 1, 71, "/readings/1/other", contract.ErrUnknown, "keys here: also, at, text"},
		{"a key given twice, though it says the same", "{\"id\":\"A\",\n\"id\":\"A\"}", 2, 1, "/id", contract.ErrDuplicate, `key "id" is repeated; keep one`},
		{"a name given twice", `{"hours":{"service":{},"service":{}}}`, 1, 24, "/hours/service", contract.ErrDuplicate, "keep one"},
		{"a date given twice", `{"hours":{"service":{"agreed":{"2024-10-12":{},"2024-10-12":{}}}}}`, 1, 48, "/hours/service/agreed/2024-10-12", contract.ErrDuplicate, "keep one"},
		{"a key given twice in another spelling", `{"id":"A","i\u0064":"B"}`, 1, 11, "/id", contract.ErrDuplicate, "keep one"},
		{"null is no way to say none", `{"title":null}`, 1, 10, "/title", contract.ErrSyntax, "null is not allowed; leave the key out"},
		{"null for an amount", `{"deposit":{"amount":null}}`, 1, 22, "/deposit/amount", contract.ErrSyntax, "null is not allowed"},
		{"null within what an amendment found", `{"amendments":[{"changes":[{"at":"/id","was":null}]}]}`, 1, 46, "/amendments/0/changes/0/was", contract.ErrSyntax, "null is not allowed"},
		{"a list where an object is wanted", `{"clauses":["1.1"]}`, 1, 12, "/clauses", contract.ErrSyntax, "want an object, have an array"},
		{"text where a list is wanted", `{"targets":{"t":{"pauses":{"reasons":"agreed"}}}}`, 1, 38, "/targets/t/pauses/reasons", contract.ErrSyntax, "want an array, have a string"},
		{"a number where text is wanted", `{"id":2024}`, 1, 7, "/id", contract.ErrSyntax, `write it as a string in quotes: "2024"`},
		{"a number for a percentage, of which nobody knows whether 5 is 5% or 500%", `{"satisfaction":{"atLeast":0.9}}`, 1, 28, "/satisfaction/atLeast", contract.ErrSyntax, "want a string, have a number"},
		{"a number for an amount", `{"deposit":{"amount":300.00}}`, 1, 22, "/deposit/amount", contract.ErrSyntax, "want a string, have a number"},
		{"text where a whole number is wanted", `{"attainment":{"fewest":"20"}}`, 1, 25, "/attainment/fewest", contract.ErrSyntax, "write it without the quotes"},
		{"a whole number in the form of a fraction", `{"attainment":{"fewest":20.0}}`, 1, 25, "/attainment/fewest", contract.ErrInvalid, "write 20"},
		{"a part of a request", `{"attainment":{"fewest":20.5}}`, 1, 25, "/attainment/fewest", contract.ErrInvalid, "want a whole number"},
		{"true where a word is wanted", `{"severalTargets":true}`, 1, 19, "/severalTargets", contract.ErrSyntax, "want a string, have true or false"},
		{"a day that February 2023 does not have", `{"signed":"2023-02-29"}`, 1, 11, "/signed", contract.ErrSyntax, "2023-02 has no day 29; its last is 28"},
		{"a date in another order", `{"signed":"12/01/2024"}`, 1, 11, "/signed", contract.ErrSyntax, "write it as 2024-03-01"},
		{"a date with a time", `{"signed":"2024-01-12T00:00:00Z"}`, 1, 11, "/signed", contract.ErrSyntax, "write it as 2024-03-01"},
		{"a date as a key", `{"hours":{"service":{"agreed":{"12 Oct 2024":{}}}}}`, 1, 32, "/hours/service/agreed/12 Oct 2024", contract.ErrSyntax, "write it as 2024-03-01"},
		{"hours of which clock", `{"targets":{"t":{"within":"12 hours"}}}`, 1, 27, "/targets/t/within", contract.ErrSyntax, `say which clock: "clock hours" or "service hours"`},
		{"a bare day has two meanings", `{"targets":{"t":{"within":"1 day"}}}`, 1, 27, "/targets/t/within", contract.ErrSyntax, `write "24 clock hours", "1 calendar day" or "1 working day"`},
		{"a span of a program", `{"targets":{"t":{"within":"12h"}}}`, 1, 27, "/targets/t/within", contract.ErrSyntax, "no span"},
		{"a span has one spelling", `{"targets":{"t":{"within":"1 working days"}}}`, 1, 27, "/targets/t/within", contract.ErrSyntax, `write "1 working day"`},
		{"a span longer than any contract", `{"targets":{"t":{"within":"1000001 clock hours"}}}`, 1, 27, "/targets/t/within", contract.ErrLimit, "a span counts to 1000000"},
		{"an amount with separators", `{"deposit":{"amount":"1,000.00 CNY"}}`, 1, 22, "/deposit/amount", contract.ErrSyntax, "write it as 2400.00 CNY"},
		{"an amount without a currency", `{"deposit":{"amount":"1000.00"}}`, 1, 22, "/deposit/amount", contract.ErrSyntax, "write it as 2400.00 CNY"},
		{"an amount in a currency that is none", `{"deposit":{"amount":"1000.00 RMB"}}`, 1, 22, "/deposit/amount", contract.ErrUnknown, "ISO 4217"},
		{"an amount of more digits than any", `{"deposit":{"amount":"` + strings.Repeat("9", 41) + ` CNY"}}`, 1, 22, "/deposit/amount", contract.ErrLimit, "write it as 2400.00 CNY"},
		{"a percentage without its sign", `{"satisfaction":{"atLeast":"90"}}`, 1, 28, "/satisfaction/atLeast", contract.ErrSyntax, "write it as 0.05%"},
		{"a percentage in words", `{"satisfaction":{"atLeast":"90 percent"}}`, 1, 28, "/satisfaction/atLeast", contract.ErrSyntax, "write it as 0.05%"},
		{"text after the end", "{}\n{}", 2, 1, "", contract.ErrSyntax, "nothing may follow the value"},
		{"a comma too many", `{"id":"A",}`, 1, 10, "", contract.ErrSyntax, "nothing follows the comma; remove it"},
		{"a comment", "{\n// the parties\n}", 2, 1, "", contract.ErrSyntax, "JSON has no comments"},
		{"a text that ends too early", `{"id":"A"`, 1, 10, "", contract.ErrSyntax, "ends too early"},
		{"no text at all", "", 1, 1, "", contract.ErrSyntax, "the text is empty"},
		{"a byte order mark", "\ufeff{}", 1, 1, "", contract.ErrSyntax, "byte order mark"},
		{"a list of contracts", `[{}]`, 1, 1, "", contract.ErrSyntax, "want an object, have an array"},
		{"columns count characters, not bytes", `{"title":"客户服务与支持合同","id":7}`, 1, 27, "/id", contract.ErrSyntax, "want a string"},
		{"deeper than any document", strings.Repeat(`{"a":`, 33) + "1" + strings.Repeat("}", 33), 1, 161, strings.Repeat("/a", 32), contract.ErrLimit, "nested more than 32 deep"},
		{"longer than any document", `{"title":"` + strings.Repeat("x", 4<<20) + `"}`, 1, 1, "", contract.ErrLimit, "at most 4194304 are allowed"},
		{"more values than any document", `{"readings":[` + strings.Repeat("0,", 200_000) + "0]}", 1, 400_010, "/readings/199998", contract.ErrLimit, "more than 200000 values"},
		{"more digits than any number", `{"attainment":{"fewest":` + strings.Repeat("9", 41) + `}}`, 1, 25, "/attainment/fewest", contract.ErrLimit, "digits"},
	} {
		t.Run(c.why, func(t *testing.T) {
			doc, err := contract.Parse([]byte(c.text))
			require.Error(t, err)
			assert.Nil(t, doc, "a text with faults is no document")
			f := faultsIn(t, err)[0]
			assert.Len(t, faultsIn(t, err), 1, "%v", err)
			assert.Equal(t, [2]int{c.line, c.column}, [2]int{f.Line, f.Column}, "%v", f)
			assert.Equal(t, c.pointer, f.Pointer)
			assert.Truef(t, isKind(f, c.kind), "%v is not %q", f, c.kind)
			assert.Contains(t, f.Msg, c.says)
			assert.Empty(t, f.In)
		})
	}
}

// TestParseOtherFormat: of a document of a later library nothing else is said,
// since its keys and words are not this version's to judge.
func TestParseOtherFormat(t *testing.T) {
	for why, text := range map[string]string{
		"a later form with a key of its own": `{"format":"contract/2","quantum":null,"id":7}`,
		"the format need not come first":     `{"id":7,"format":"contract/2"}`,
		"another document altogether":        `{"format":"statement/1"}`,
	} {
		t.Run(why, func(t *testing.T) {
			_, err := contract.Parse([]byte(text))
			faults := faultsIn(t, err)
			require.Len(t, faults, 1)
			require.True(t, isKind(err, contract.ErrFormat), "%v", err)
			require.Equal(t, "/format", faults[0].Pointer)
			require.Contains(t, err.Error(), `this version reads "contract/1"`)
		})
	}
}

// TestParseSaysAllAtOnce: ten slips, ten faults, in the order of the text.
func TestParseSaysAllAtOnce(t *testing.T) {
	_, err := contract.Parse([]byte(`{
  "format": "contract/1",
  "id": 2024,
  "signed": "2024-02-30",
  "zoen": "Asia/Shanghai",
  "parties": { "customer": { "label": null, "name": "x" } },
  "rounding": { "mode": "half up", "to": "0.01", "at": "each line" },
  "targets": {
    "repair": { "within": "7 days of work", "within": "7 working days", "for": { "channel": "phone" } }
  },
  "satisfaction": { "fewest": "20" },
  "amendments": [ { "effective": "1 May 2024" } ]
}`))
	require.EqualError(t, err, `line 3, column 9: /id: want a string, have a number; write it as a string in quotes: "2024"
line 4, column 13: /signed: "2024-02-30": 2024-02 has no day 30; its last is 29
line 5, column 3: /zoen: unknown key "zoen"; did you mean "zone"? keys here: adjustment, amendments, attainment, availability, breach, clauses, completed, currency, deposit, disputes, endings, fees, forceMajeure, format, governingLaw, hours, id, language, latePayment, liability, notices, parties, payments, periods, priorityChange, ratios, readings, renewal, requests, rounding, satisfaction, serviceCredits, settlement, severalTargets, signed, statistics, survival, suspension, targets, term, title, workingDays, zone
line 6, column 39: /parties/customer/label: null is not allowed; leave the key out
line 7, column 42: /rounding/to: "0.01" is no money; write it as 2400.00 CNY
line 9, column 27: /targets/repair/within: "7 days of work" is no span; write it as 3 service minutes, 12 clock hours, 7 working days, 30 days, 2 weeks, 3 months or 1 year
line 9, column 45: /targets/repair/within: key "within" is repeated; keep one
line 9, column 93: /targets/repair/for/channel: want an array, have a string
line 11, column 31: /satisfaction/fewest: want a whole number, have a string; write it without the quotes
line 12, column 34: /amendments/0/effective: "1 May 2024" is no date; write it as 2024-03-01`)
}

func TestMustParse(t *testing.T) {
	require.PanicsWithValue(t, `contract.MustParse: line 1, column 1: the text is empty`, func() { contract.MustParse("") })
	require.Equal(t, "CSS-2024-001", contract.MustParse(string(signedText(t))).ID)
}

// TestSampleComesBackAsItWent: file, Document, JSON, Document.
func TestSampleComesBackAsItWent(t *testing.T) {
	doc, err := contract.Parse(signedText(t))
	require.NoError(t, err)
	data, err := doc.JSON()
	require.NoError(t, err)
	again, err := contract.Parse(data)
	require.NoError(t, err)
	require.True(t, reflect.DeepEqual(doc, again))
	require.Equal(t, doc.Digest(), again.Digest())

	var asWritten, asGiven any
	for _, c := range []struct {
		text []byte
		into *any
	}{{signedText(t), &asWritten}, {data, &asGiven}} {
		dec := json.NewDecoder(bytes.NewReader(c.text))
		dec.UseNumber()
		require.NoError(t, dec.Decode(c.into))
	}
	require.Equal(t, asWritten, asGiven, "nothing is added, left out or respelled")

	same, err := doc.With()
	require.NoError(t, err)
	require.True(t, reflect.DeepEqual(doc, same), "With of nothing is the document")
	require.NotSame(t, doc, same)
}

func TestDigest(t *testing.T) {
	doc := contract.MustParse(string(signedText(t)))
	require.Regexp(t, "^[0-9a-f]{64}$", doc.Digest())
	for why, text := range map[string][]byte{
		"the order of keys and the white space say nothing": editText(t),
	} {
		require.Equal(t, doc.Digest(), contract.MustParse(string(text)).Digest(), why)
	}
	for why, e := range map[string]edit{
		"a word":                              {"/severalTargets", "strictest"},
		"the order of a list":                 {"/satisfaction/good", list{"satisfied", "very satisfied"}},
		"an amendment to come":                {"/amendments", list{}},
		"a title, which nobody computes with": {"/title", "x"},
	} {
		require.NotEqual(t, doc.Digest(), contract.MustParse(string(editText(t, e))).Digest(), why)
	}
	broken := &contract.Document{LatePayment: &contract.LatePaymentClause{Rate: new(contract.Percent)}}
	require.NotPanics(t, func() { _ = broken.Digest() })
}

// FuzzParse: no text panics or hangs; a fault has a place; what is read and
// holds together comes back as it went.
func FuzzParse(f *testing.F) {
	f.Add(signedText(f))
	f.Add([]byte(`{"format":"contract/1"}`))
	f.Add([]byte(`{"format":"contract/2"}`))
	f.Add([]byte(`{"targets":{"a/b~c":{"within":"7 working days","for":{"channel":["x"]}}}}`))
	f.Add([]byte(`{"hours":{"":{"agreed":{"2024-10-12":{"open":[]}}}},"amendments":[{"changes":[{"at":"","was":{"a":[1.50]},"becomes":true}]}]}`))
	f.Add([]byte(`{"fees":{"taxRates":{"x":"6.00%"},"factors":{"f":{"table":[1e9]}}},"deposit":{"amount":"-1.005 CNY"}}`))
	f.Add([]byte("{\"id\":\"\xff\"}"))
	f.Fuzz(func(t *testing.T, text []byte) {
		doc, err := contract.Parse(text)
		if err != nil {
			for _, fault := range faultsIn(t, err) {
				if fault.Kind == nil || fault.Msg == "" || fault.Line < 1 && fault.Kind != contract.ErrFormat {
					t.Fatalf("a fault without a kind, a text or a place: %#v", fault)
				}
			}
			return
		}
		digest := doc.Digest()
		_, compiled := contract.Compile(doc, contract.Reference{})
		if compiled != nil {
			faultsIn(t, compiled)
			if _, again := contract.Compile(doc, contract.Reference{}); again == nil || again.Error() != compiled.Error() {
				t.Fatalf("compiled twice: %v, then %v", compiled, again)
			}
		}
		if doc.Digest() != digest {
			t.Fatal("Compile changes the document")
		}
		data, err := doc.JSON()
		if err != nil {
			t.Fatal(err)
		}
		again, err := contract.Parse(data)
		if err != nil { // something that its clause must state is not
			if compiled == nil {
				t.Fatalf("compiles, and does not come back from %s", data)
			}
			return
		}
		if got, err := again.JSON(); err != nil || !bytes.Equal(data, got) {
			t.Fatalf("%s\nbecame\n%s, %v", data, got, err)
		}
		if doc.Digest() != again.Digest() {
			t.Fatal("one text, two digests")
		}
		if third, err := contract.Parse(data); err != nil || !reflect.DeepEqual(again, third) {
			t.Fatalf("read twice, two documents: %v", err)
		}
	})
}

// TestWhatIsReadComesBack: a text from which much is missing is well formed, so
// that its document can be written, asked and mended; Compile says what is missing.
func TestWhatIsReadComesBack(t *testing.T) {
	doc, err := contract.Parse([]byte(`{"format":"contract/1","id":"A","targets":{"t":{"within":"1 clock hour"}}}`))
	require.NoError(t, err)
	id, ok := doc.Lookup("/id")
	require.True(t, ok)
	require.Equal(t, "A", id)
	data, err := doc.JSON()
	require.NoError(t, err)
	again, err := contract.Parse(data)
	require.NoError(t, err, "Parse reads what JSON writes")
	require.Equal(t, doc, again)
	_, err = doc.With(contract.Change{At: "/title", Becomes: "x"})
	require.NoError(t, err)
}
