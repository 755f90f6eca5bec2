package proof

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestDecodeRefuses(t *testing.T) {
	for _, c := range []struct{ why, data, err string }{
		{"nothing", ``, "line 1, byte 1: unexpected end of JSON input"},
		{"cut off", "{\n \"format\":", "line 2, byte 10: unexpected end"},
		{"not an object", `[]`, "line 1, byte 1: it should be an object"},
		{"null", `null`, "it should be an object"},
		{"another after it", `{} {}`, "line 1, byte 4: invalid character '{' after top-level value"},
		{"a key that is not known", `{"format":"x","total":1}`, `line 1, byte 21: the key "total" is not known`},
		{"a key by another spelling", `{"Format":"x"}`, `the key "Format" is not known`},
		{"a key twice", `{"about":"x","about":"y"}`, `the key "about" stands twice`},
		{"a key twice, once escaped", `{"about":"x","\u0061bout":"y"}`, `the key "about" stands twice`},
		{"a key twice, deep inside", "{\"steps\":[{\"op\":\"fact\"},\n{\"value\":{\"text\":\"1\",\"kind\":\"number\",\"text\":\"2\"}}]}", `line 2, byte 43: /steps/1/value: the key "text" stands twice`},
		{"a null value", `{"result":null}`, "/result: it should be an object"},
		{"a null text", `{"result":{"kind":null}}`, "/result/kind: it should be a text"},
		{"a null source", `{"steps":[{"source":null}]}`, "/steps/0/source: it should be an object"},
		{"null operands", `{"steps":[{"args":null}]}`, "/steps/0/args: it should be a list"},
		{"a text that is a number", `{"seal":1}`, "/seal: it should be a text"},
		{"an operand that is a text", `{"steps":[{"args":[1,"2"]}]}`, "/steps/0/args/1: it should be the number of a step"},
		{"an operand by an exponent", `{"steps":[{"args":[1e0]}]}`, "/steps/0/args/0: it should be the number of a step"},
		{"an operand past any int", `{"steps":[{"args":[123456789012345678901234567890]}]}`, "it should be the number of a step"},
		{"an operand that is less than nothing", `{"steps":[{"args":[-0]}]}`, "it should be the number of a step"},
		{"a list of lists of lists", `{"steps":[[[[]]]]}`, "/steps/0: it should be an object"},
		{"not UTF-8", "{\"about\":\"a\xff\"}", "line 1, byte 12: not UTF-8"},
		{"too long", strings.Repeat(" ", maxJSON+1), "a working of 8388609 bytes; at most 8388608 are read"},
	} {
		t.Run(c.why, func(t *testing.T) {
			w, err := Decode([]byte(c.data))
			require.Nil(t, w)
			require.ErrorContains(t, err, c.err)
		})
	}
}

func TestDecodeReadsWhatIsWritten(t *testing.T) {
	for _, w := range []*Working{{}, {Format: Format, Steps: []Step{{Op: Add, Args: []int{1, 2}, Mark: InTime, Source: &Source{}}}}} {
		again, err := Decode(must(json.Marshal(w)))
		require.NoError(t, err)
		require.Equal(t, w, again)
	}
	// A working of a format to come is read as long as it has no new keys; Check says what it is.
	w, err := Decode([]byte(`{"format":"contract.working/2","steps":[{"op":"mul","value":{"kind":"money","text":"1 CNY"}}]}`))
	require.NoError(t, err)
	require.Equal(t, CannotCheck, w.Check().Outcome)
}

// Whatever Decode takes, Check and Text go through it without a panic and come to
// an end; and what is written again reads as the same.
func FuzzDecodeCheck(f *testing.F) {
	files, err := filepath.Glob("testdata/*.json")
	require.NoError(f, err)
	require.NotEmpty(f, files)
	for _, file := range files {
		f.Add(must(os.ReadFile(file)))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		w, err := Decode(data)
		if err != nil {
			return
		}
		check(t, w)
		again, err := Decode(must(json.Marshal(w)))
		if err != nil {
			t.Fatal(err)
		}
		if w.ComputeSeal() != again.ComputeSeal() {
			t.Fatal("written and read, it is another working")
		}
	})
}

// FuzzSteps goes for the checker itself: a working that holds, one step of which
// is bent in every way that stays well-formed.
func FuzzSteps(f *testing.F) {
	var all []*Working
	for _, name := range []string{"response", "repair", "paused-repair", "e-mail", "attainment", "two-versions", "satisfaction", "interest", "visit"} {
		all = append(all, workings[name]())
	}
	f.Add(uint8(0), uint8(3), uint8(0), uint8(9), "day", "2024-04-04 rest", "hours", "mon-fri 22:00-48:00")
	f.Add(uint8(2), uint8(23), uint8(6), uint8(17), "days", "999999999", "nth working day", "ends 24:00")
	f.Add(uint8(3), uint8(0), uint8(0), uint8(0), "offset", "9999-12-31T23:59:59Z -23:59:59", "zone", "0001-01-01T00:00:00Z")
	f.Add(uint8(7), uint8(3), uint8(0), uint8(1), "date", "0001-01-01", "", "9999-12-31")
	f.Add(uint8(7), uint8(11), uint8(1), uint8(12), "span", "1000000 years", "end of period", "refuse")
	f.Add(uint8(7), uint8(20), uint8(2), uint8(3), "money", "-2/3 JPY", "accrued", "3.45%")
	f.Add(uint8(8), uint8(40), uint8(1), uint8(33), "band", "any: 1/3 CNY", "part", "-999999999")
	f.Add(uint8(8), uint8(60), uint8(3), uint8(50), "entry", "serious, low: 1.5", "band", "from 0 below 1: 100 JPY")
	f.Add(uint8(8), uint8(30), uint8(0), uint8(29), "instant", "0001-01-01T00:00:00Z", "time in band", "9999-12-31T23:59:59Z")
	f.Fuzz(func(t *testing.T, which, step, operand, arg uint8, kind, text, op, other string) {
		w := copied(all[int(which)%len(all)])
		s := &w.Steps[int(step)%len(w.Steps)]
		if kind != "" {
			s.Value.Kind = Kind(kind)
		}
		if text != "" {
			s.Value.Text = text
		}
		if op != "" {
			s.Op = Op(op)
		}
		if len(s.Args) > 0 {
			s.Args[int(operand)%len(s.Args)] = int(arg)
		}
		w.Steps[(int(step)+int(operand))%len(w.Steps)].Value.Text = other
		check(t, resealed(w))
	})
}

// FuzzRead goes for the spellings: what is read has one spelling, and reads in both
// languages.
func FuzzRead(f *testing.F) {
	for _, working := range workings {
		for _, s := range working().Steps {
			f.Add(string(s.Value.Kind), s.Value.Text)
		}
	}
	f.Fuzz(func(t *testing.T, kind, text string) {
		v := Value{Kind(kind), text}
		if _, canonical, err := parse(v); err == nil {
			if _, again, err := parse(canonical); err == nil && again != canonical {
				t.Fatalf("%q has the spelling %q, and that has %q", text, canonical.Text, again.Text)
			}
		}
		for _, lang := range []Language{English, Chinese} {
			if (&printer{lang: lang}).value(v) == "" && text != "" {
				t.Fatalf("%q reads as nothing", text)
			}
		}
	})
}

func check(t *testing.T, w *Working) {
	v := w.Check()
	if v.Outcome < Holds || v.Outcome > CannotCheck || v.Step < 0 || v.Step > len(w.Steps) || (v.Outcome == Holds) != (v.Reason == "") {
		t.Fatalf("no verdict: %#v", v)
	}
	if v != w.Check() {
		t.Fatal("a second check comes to something else")
	}
	for _, lang := range []Language{English, Chinese, ""} {
		w.Text(lang)
	}
}
