package main

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cfd16870/contract"
	"github.com/cfd16870/contract/proof"
)

var update = flag.Bool("update", false, "write the golden files anew")

const (
	sampleContract = "../../testdata/sample/contract.json"
	sampleRecords  = "../../testdata/sample/records"

	englishContract = "../../testdata/england/contract.json"
	englishRecords  = "../../testdata/england/records"
	dirtyIncidents  = "testdata/incidents-dirty.csv"
)

// audited runs the program on the sample contract.
func audited(t *testing.T, args ...string) (code int, stdout, stderr string) {
	t.Helper()
	var out, errs bytes.Buffer
	code = run(append([]string{"-contract", sampleContract}, args...), &out, &errs)
	return code, out.String(), errs.String()
}

// onRecords runs it on records in a folder.
func onRecords(t *testing.T, dir string, args ...string) (code int, stdout, stderr string) {
	t.Helper()
	return audited(t, append([]string{"-records", dir}, args...)...)
}

// sample is the audit of the sample as of an instant; "" is when its records were drawn up.
func sample(t testing.TB, asOf string) *audit {
	t.Helper()
	terms, err := readTerms(sampleContract, nil, english)
	require.NoError(t, err)
	about, err := readAbout(filepath.Join(sampleRecords, "about.json"), english)
	require.NoError(t, err)
	at := about.AsOf
	if asOf != "" {
		at, err = readAsOf(asOf, terms.zone)
		require.NoError(t, err)
	}
	a, err := runAudit(terms, sampleRecords, about.AsOf, at)
	require.NoError(t, err)
	return a
}

// request finds the first row of a request.
func (a *audit) row(t *testing.T, id string) *requestRow {
	t.Helper()
	for _, q := range a.requests {
		if q.request.ID == id {
			return q
		}
	}
	require.FailNow(t, "no request "+id)
	return nil
}

// measurementOf is one measurement of a request.
func (a *audit) measurementOf(t *testing.T, id, target string) contract.Measurement {
	t.Helper()
	for _, m := range a.row(t, id).measured {
		if m.Target() == target {
			return m
		}
	}
	require.FailNow(t, "no measurement of "+id+" by "+target)
	return contract.Measurement{}
}

// records copies the sample's records to a folder of their own, one of them changed.
func records(t *testing.T, name string, change func(string) string) string {
	t.Helper()
	dir := t.TempDir()
	files, err := os.ReadDir(sampleRecords)
	require.NoError(t, err)
	for _, entry := range files {
		file := entry.Name()
		data, err := os.ReadFile(filepath.Join(sampleRecords, file))
		require.NoError(t, err)
		if file == name {
			data = []byte(change(string(data)))
		}
		require.NoError(t, os.WriteFile(filepath.Join(dir, file), data, 0o600))
	}
	return dir
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name+".golden")
	if *update {
		require.NoError(t, os.WriteFile(path, []byte(got), 0o644))
	}
	want, err := os.ReadFile(path)
	require.NoError(t, err)
	if got != string(want) {
		g, w := strings.Split(got, "\n"), strings.Split(string(want), "\n")
		for i := range min(len(g), len(w)) {
			if g[i] != w[i] {
				require.FailNowf(t, "not as in "+path, "line %d\n got %s\nwant %s", i+1, g[i], w[i])
			}
		}
		require.FailNowf(t, "not as in "+path, "%d lines, want %d", len(g), len(w))
	}
}

func TestGolden(t *testing.T) {
	for name, args := range map[string][]string{
		"statement-en":         {"-records", sampleRecords},
		"statement-zh":         {"-records", sampleRecords, "-lang", "zh"},
		"statement-midyear":    {"-records", sampleRecords, "-as-of", "2024-08-31"},
		"explain-pause":        {"-records", sampleRecords, "-explain", "R2407-007"},
		"explain-pause-zh":     {"-records", sampleRecords, "-explain", "R2407-007", "-lang", "zh"},
		"explain-agreed-hours": {"-records", sampleRecords, "-explain", "R2409-034"},
		"explain-refused":      {"-records", sampleRecords, "-explain", "R2412-007"},
		"explain-month":        {"-records", sampleRecords, "-explain", "2024-08"},
		"explain-quarter":      {"-records", sampleRecords, "-explain", "2024-Q3"},
		"explain-owed":         {"-records", sampleRecords, "-explain", "owed R-07"},
		"explain-invoice-zh":   {"-records", sampleRecords, "-explain", "invoice: R-04", "-lang", "zh"},
		"explain-due":          {"-records", sampleRecords, "-explain", "due: R-03"},
		"explain-late-notice":  {"-records", sampleRecords, "-explain", "notice late: N-03"},
		"explain-credit":       {"-records", sampleRecords, "-explain", "credit 2024-08"},
		"statement-csv":        {"-records", sampleRecords, "-format", "csv"},
		"england-en":           {"-contract", englishContract, "-records", englishRecords},
		"england-interest":     {"-contract", englishContract, "-records", englishRecords, "-explain", "late charge: S-2306"},
		"incidents-dirty":      {"-incidents", dirtyIncidents},
		"incidents-dirty-zh":   {"-incidents", dirtyIncidents, "-lang", "zh"},
	} {
		t.Run(name, func(t *testing.T) {
			if raced && !slices.Contains([]string{"statement-en", "england-en", "explain-pause", "incidents-dirty"}, name) {
				t.Skip("one of each kind under the race detector")
			}
			code, out, errs := audited(t, args...)
			assert.Equal(t, exitDone, code, errs)
			assert.Empty(t, errs)
			golden(t, name, out)
			_, again, _ := audited(t, args...)
			assert.Equal(t, out, again, "two runs, one answer")
		})
	}
}

func TestHelp(t *testing.T) {
	code, out, errs := audited(t, "-h")
	assert.Equal(t, exitDone, code)
	assert.Empty(t, errs)
	for _, want := range []string{"Exit codes:", "-as-of", "-explain", "-incidents", "-lang", "-records", "-strict", "-contract"} {
		assert.Contains(t, out, want)
	}
}

func TestExitCodes(t *testing.T) {
	if raced {
		t.Skip("the same runs without the race detector")
	}
	// Records without a fault, and without a breach.
	clean := records(t, "requests.csv", func(string) string {
		return "id,received,channel,category,priority,subject\nA,2024-03-04T11:58:30+08:00,phone,other,,x\n"
	})
	require.NoError(t, os.WriteFile(filepath.Join(clean, "events.csv"), []byte("request,event,at,reason,note\nA,responded,2024-03-04T13:01:30+08:00,,\n"), 0o600))
	require.NoError(t, os.WriteFile(filepath.Join(clean, "surveys.csv"), []byte("id,on,answer,request\n"), 0o600))
	late := records(t, "requests.csv", func(string) string { return readText(t, filepath.Join(clean, "requests.csv")) })
	require.NoError(t, os.WriteFile(filepath.Join(late, "events.csv"), []byte("request,event,at,reason,note\nA,responded,2024-03-04T13:01:31+08:00,,\n"), 0o600))
	require.NoError(t, os.WriteFile(filepath.Join(late, "surveys.csv"), []byte("id,on,answer,request\n"), 0o600))
	unhappy := records(t, "requests.csv", func(string) string { return readText(t, filepath.Join(clean, "requests.csv")) })
	require.NoError(t, os.WriteFile(filepath.Join(unhappy, "events.csv"), []byte(readText(t, filepath.Join(clean, "events.csv"))), 0o600))
	for _, dir := range []string{clean, late, unhappy} {
		for _, name := range []string{"invoices.csv", "work.csv", "usage.csv", "payments.csv", "notices.csv", "claims.csv"} {
			require.NoError(t, os.Remove(filepath.Join(dir, name)))
		}
	}
	survey := "id,on,answer,request\n"
	for i := range 20 {
		survey += fmt.Sprintf("S%d,2024-05-06,neutral,\n", i)
	}
	require.NoError(t, os.WriteFile(filepath.Join(unhappy, "surveys.csv"), []byte(survey), 0o600))

	for _, c := range []struct {
		why  string
		args []string
		want int
		says string // on the error stream
	}{
		{"findings are no failure", []string{"-records", sampleRecords}, exitDone, ""},
		{"strict: refused rows weigh most", []string{"-records", sampleRecords, "-strict"}, exitFailed, ""},
		{"strict: nothing found", []string{"-records", clean, "-strict"}, exitDone, ""},
		{"strict: a breach", []string{"-records", late, "-strict"}, exitFindings, ""},
		{"strict: satisfaction below target", []string{"-records", unhappy, "-strict"}, exitFindings, ""},
		{"not strict: a breach", []string{"-records", late}, exitDone, ""},
		{"explain", []string{"-records", sampleRecords, "-explain", "R2403-005"}, exitDone, ""},
		{"explain, strict", []string{"-records", sampleRecords, "-explain", "R2403-005", "-strict"}, exitFindings, ""},
		{"explain a refused row, strict", []string{"-records", sampleRecords, "-explain", "R2412-007", "-strict"}, exitFailed, ""},
		{"explain an unknown id", []string{"-records", sampleRecords, "-explain", "R9999-001"}, exitFailed, "R9999-001"},
		{"explain nothing", []string{"-explain", ""}, exitFailed, "-explain"},
		{"a language it does not speak", []string{"-lang", "de"}, exitFailed, `-lang "de"; write en or zh`},
		{"a flag it does not have", []string{"-lang=zh", "-verbose"}, exitFailed, "-verbose"},
		{"an argument without a flag", []string{"requests.csv"}, exitFailed, "requests.csv"},
		{"an as-of that is no time", []string{"-records", sampleRecords, "-as-of", "2024-13-01"}, exitFailed, "2024-13-01"},
		{"no such contract", []string{"-contract", "none.json"}, exitFailed, "none.json"},
		{"no such records", []string{"-records", "nowhere"}, exitFailed, "root of the module"},
		{"no such incidents", []string{"-incidents", "none.csv"}, exitFailed, "none.csv"},
		{"incidents and explain", []string{"-incidents", dirtyIncidents, "-explain", "D-001"}, exitFailed, "-incidents reads its own file"},
		{"incidents, strict", []string{"-incidents", dirtyIncidents, "-strict"}, exitFailed, ""},
		{"incidents as of a day before all", []string{"-incidents", dirtyIncidents, "-as-of", "2001-01-01"}, exitDone, ""},
	} {
		t.Run(c.why, func(t *testing.T) {
			code, out, errs := audited(t, c.args...)
			assert.Equal(t, c.want, code, errs)
			if c.says == "" {
				assert.Empty(t, errs)
				assert.NotEmpty(t, out)
			} else {
				assert.Contains(t, errs, c.says)
				assert.Empty(t, out)
			}
		})
	}
}

func readText(t *testing.T, path string) string {
	t.Helper()
	data, err := os.ReadFile(path)
	require.NoError(t, err)
	return string(data)
}

func TestBrokenContractPrintsEveryFault(t *testing.T) {
	text := readText(t, sampleContract)
	for _, change := range [][2]string{
		{`"within": "3 service minutes"`, `"within": "3m"`},
		{`"zone": "Asia/Shanghai"`, `"zone": "Local"`},
		{`"currency": "CNY"`, `"currency": "CNY", "colour": "red"`},
	} {
		require.Contains(t, text, change[0])
		text = strings.Replace(text, change[0], change[1], 1)
	}
	path := filepath.Join(t.TempDir(), "contract.json")
	require.NoError(t, os.WriteFile(path, []byte(text), 0o600))
	code, out, errs := onRecords(t, sampleRecords, "-contract", path)
	assert.Equal(t, exitFailed, code)
	assert.Empty(t, out)
	assert.Contains(t, errs, "/targets/phone and online response/within")
	assert.Contains(t, errs, "colour")

	// What only the compiled contract can say comes all at once as well.
	text = readText(t, sampleContract)
	for _, change := range [][2]string{
		{`"zone": "Asia/Shanghai"`, `"zone": "Local"`},
		{`"clock": { "days": "state"`, `"clock": { "days": "statee"`},
		{`"severalTargets": "all apply"`, `"severalTargets": "some apply"`},
	} {
		require.Contains(t, text, change[0])
		text = strings.Replace(text, change[0], change[1], 1)
	}
	require.NoError(t, os.WriteFile(path, []byte(text), 0o600))
	code, _, errs = onRecords(t, sampleRecords, "-contract", path)
	assert.Equal(t, exitFailed, code)
	for _, want := range []string{"/zone", "/targets/repair/clock/days", "/severalTargets"} {
		assert.Contains(t, errs, want)
	}
}

func TestBadFiles(t *testing.T) {
	if raced {
		t.Skip("the same runs without the race detector")
	}
	for _, c := range []struct{ why, file, text, says string }{
		{"a column less", "requests.csv", "id,received,channel,category,priority\n", `it must be "id,received,channel,category,priority,subject,recorded"`},
		{"columns in another order", "events.csv", "event,request,at,reason,note\n", "events.csv:1: the header"},
		{"no header", "surveys.csv", "", "surveys.csv:1: the header"},
		{"no JSON", "about.json", "{", "about.json"},
		{"a key it does not have", "about.json", `{"format":"contract.records/1","asOf":"2025-03-10T18:00:00+08:00","colour":1}`, "colour"},
		{"another format", "about.json", `{"format":"contract.records/2","asOf":"2025-03-10T18:00:00+08:00"}`, "contract.records/2"},
		{"no instant", "about.json", `{"format":"contract.records/1"}`, "asOf is required"},
		{"an instant without offset", "about.json", `{"format":"contract.records/1","asOf":"2025-03-10T18:00:00"}`, "about.json"},
		{"another contract", "about.json", `{"format":"contract.records/1","contract":"X-1","asOf":"2025-03-10T18:00:00+08:00"}`, "X-1"},
		{"a key given twice", "about.json", `{"format":"contract.records/1","asOf":"2025-03-10T18:00:00+08:00","asOf":"2025-03-11T18:00:00+08:00"}`, "given twice"},
		{"a key in another spelling", "about.json", `{"format":"contract.records/1","asof":"2025-03-10T18:00:00+08:00"}`, `no key "asof"`},
		{"text after the end", "about.json", `{"format":"contract.records/1","asOf":"2025-03-10T18:00:00+08:00"} {}`, "after the end"},
	} {
		t.Run(c.why, func(t *testing.T) {
			dir := records(t, c.file, func(string) string { return c.text })
			code, out, errs := onRecords(t, dir)
			assert.Equal(t, exitFailed, code)
			assert.Empty(t, out)
			assert.Contains(t, errs, c.says)
		})
	}
	t.Run("a header with a mark and CR", func(t *testing.T) {
		dir := records(t, "surveys.csv", func(s string) string { return "\ufeff" + strings.ReplaceAll(s, "\n", "\r\n") })
		code, out, _ := onRecords(t, dir)
		assert.Equal(t, exitDone, code)
		_, want, _ := onRecords(t, sampleRecords)
		_, out, _ = strings.Cut(out, "RESULT")
		_, want, _ = strings.Cut(want, "RESULT")
		assert.True(t, out == want, "the same statement below the heading")
	})
}

// The control totals are held against the lines of the files, which this test
// counts for itself.
func TestControlTotals(t *testing.T) {
	lines := func(name string) int {
		return strings.Count(readText(t, filepath.Join(sampleRecords, name)), "\n") - 1
	}
	for _, asOf := range []string{"", "2024-02-01", "2024-06-30", "2024-09-01T00:00:00+08:00", "2025-03-31"} {
		a := sample(t, asOf)
		s := &sheet{lang: english, zone: a.zone}
		list := a.equations(s)
		for i, name := range []string{"requests.csv", "events.csv", "surveys.csv"} {
			assert.Equal(t, lines(name), list[i].whole, "%s as of %s", name, asOf)
			assert.True(t, list[i].agrees(), "%s as of %s: %+v", name, asOf, list[i])
		}
		assert.True(t, list[3].agrees(), "measurements as of %s: %+v", asOf, list[3])
		assert.Zero(t, a.checks.lost)
		var met, of int64
		for _, f := range a.pooled() {
			m, o := f.Counted()
			met, of = met+m, of+o
		}
		n := a.tallies()
		assert.Equal(t, int64(n.met), met)
		assert.Equal(t, int64(n.decided()), of)
	}

	t.Run("a row that is nowhere is seen", func(t *testing.T) {
		a := sample(t, "")
		a.requests[3].outcome = 0
		s := &sheet{lang: english, zone: a.zone}
		assert.False(t, a.equations(s)[0].agrees())
		assert.Equal(t, "DO NOT AGREE", a.agreement(s, sayAgree, sayDisagree, a.equations(s)...))
	})
}

// Answers that were worked by hand, or by the edge that the row was put there for.
func TestMeasurements(t *testing.T) {
	a := sample(t, "")
	for _, c := range []struct {
		why, id, target string
		due             string
		status          contract.Status
		overrun         time.Duration
		service         time.Duration
	}{
		{"90 seconds before lunch and 90 after; answered exactly then", "R2403-004", "phone and online response", "2024-03-04 13:01:30", contract.StatusMet, 0, 0},
		{"at lunch the clock starts at 13:00; a second late", "R2403-005", "phone and online response", "2024-03-04 13:03:00", contract.StatusBreached, time.Second, time.Second},
		{"18:00:00 is closed already", "R2403-007", "phone and online response", "2024-03-05 09:03:00", contract.StatusMet, 0, 0},
		{"an hour over Qingming, make-up Sunday shut", "R2404-003", "technical response", "2024-04-08 09:20:00", contract.StatusMet, 0, 0},
		{"seven working days from a Saturday", "R2405-016", "repair", "2024-05-28 18:00:00", contract.StatusMet, 0, 0},
		{"over Labour Day, make-up Sunday counts", "R2404-026", "repair", "2024-05-08 18:00:00", contract.StatusBreached, 17*time.Hour + 20*time.Minute, 2*time.Hour + 20*time.Minute},
		{"a second after closing: late, and no service time", "R2406-017", "technical response", "2024-06-14 18:00:00", contract.StatusBreached, time.Second, 0},
		{"exactly at closing", "R2406-024", "technical response", "2024-06-21 18:00:00", contract.StatusMet, 0, 0},
		{"a day wholly paused is skipped, and saves it", "R2407-007", "repair", "2024-07-18 18:00:00", contract.StatusMet, 0, 0},
		{"a day paused in part is not", "R2407-009", "repair", "2024-07-18 18:00:00", contract.StatusBreached, 16*time.Hour + 30*time.Minute, 90 * time.Minute},
		{"a pause that is not allowed", "R2411-002", "repair", "2024-11-14 18:00:00", contract.StatusBreached, 22*time.Hour + 45*time.Minute, 6*time.Hour + 45*time.Minute},
		{"a workaround is no repair", "R2412-003", "repair", "2024-12-12 18:00:00", contract.StatusBreached, 16 * time.Hour, time.Hour},
		{"an automatic reply is no answer", "R2409-020", "e-mail response", "2024-09-21 07:04:00", contract.StatusBreached, 50*time.Hour + 8*time.Minute, 12 * time.Minute},
		{"excused", "R2409-009", "repair", "2024-09-14 18:00:00", contract.StatusExcused, 117 * time.Hour, 13 * time.Hour},
		{"cancelled before it was due", "R2405-006", "repair", "2024-05-22 18:00:00", contract.StatusCancelled, 0, 0},
		{"the day before the amendment: 24 hours", "R2408-038", "after-sales response", "2024-09-01 20:00:00", contract.StatusMet, 0, 0},
		{"the first instant of the amendment: 12 hours, answered exactly then", "R2409-001", "after-sales response", "2024-09-01 12:00:00", contract.StatusMet, 0, 0},
		{"ten minutes later: 12 hours", "R2409-002", "after-sales response", "2024-09-01 12:10:00", contract.StatusBreached, 90 * time.Minute, 0},
		{"ends with the hours agreed for the Saturday", "R2409-033", "repair", "2024-10-12 12:00:00", contract.StatusMet, 0, 0},
		{"late on the Saturday, and no service time", "R2409-034", "repair", "2024-10-12 12:00:00", contract.StatusBreached, 3 * time.Hour, 0},
		{"served on the agreed Saturday", "R2410-007", "phone and online response", "2024-10-12 10:03:00", contract.StatusMet, 0, 0},
		{"90 seconds to noon of the Saturday, and 90 on Monday", "R2410-010", "phone and online response", "2024-10-14 09:01:30", contract.StatusMet, 0, 0},
		{"a make-up Saturday without agreed hours is shut", "R2405-005", "phone and online response", "2024-05-13 09:03:00", contract.StatusMet, 0, 0},
		{"the eve is a holiday in 2025", "R2501-035", "phone and online response", "2025-02-05 09:03:00", contract.StatusMet, 0, 0},
		{"over Spring Festival", "R2501-029", "repair", "2025-02-08 18:00:00", contract.StatusBreached, 63*time.Hour + 40*time.Minute, 8*time.Hour + 40*time.Minute},
		{"open and paused", "R2502-005", "repair", "2025-03-18 18:00:00", contract.StatusPaused, 0, 0},
		{"open and late", "R2502-006", "repair", "2025-03-07 18:00:00", contract.StatusBreached, 72 * time.Hour, 8 * time.Hour},
		{"open and due this instant is in time", "R2502-007", "repair", "2025-03-10 18:00:00", contract.StatusRunning, 0, 0},
	} {
		t.Run(c.why, func(t *testing.T) {
			m := a.measurementOf(t, c.id, c.target)
			assert.Equal(t, c.due, stamp(m.Due, a.zone))
			assert.Equal(t, c.status, m.Status)
			assert.Equal(t, c.overrun, m.Overrun)
			service, _ := m.OverrunService()
			assert.Equal(t, c.service, service)
		})
	}
}

func TestAsOfDate(t *testing.T) {
	a := sample(t, "2025-03-10")
	assert.Equal(t, "2025-03-10 23:59:59", stamp(a.asOf, a.zone))
	assert.Equal(t, contract.StatusBreached, a.measurementOf(t, "R2502-007", "repair").Status, "due at 18:00 of that day")
}

// Every wrong row of the sample is refused for its reason, at its place.
func TestDirt(t *testing.T) {
	a := sample(t, "")
	codes := make(map[faultCode]int)
	for _, q := range a.requests {
		for _, f := range q.faults {
			codes[f.code]++
		}
	}
	for _, e := range a.events {
		for _, f := range e.faults {
			codes[f.code]++
		}
	}
	for _, s := range a.surveys {
		for _, f := range s.faults {
			codes[f.code]++
		}
	}
	for _, want := range []faultCode{faultFew, faultMany, faultEmpty, faultTime, faultOffset, faultDate, faultName, faultNoNames, faultReason, faultDrawn, faultConflict, faultNoRequest, faultEvent, faultBefore, faultResumed} {
		assert.Positive(t, codes[want], "fault %d: %s", want, faultWords[want].en)
	}
	f := a.row(t, "R2403-901").faults[0]
	assert.Equal(t, "requests.csv:13:11", f.place())
	assert.Equal(t, `received: "2024-13-05T10:02:00+08:00" is no time; write RFC 3339, such as 2024-03-01T09:00:00+08:00`, f.text(english))
}

// Impossible orders that the sample does not have.
func TestImpossibleOrders(t *testing.T) {
	for _, c := range []struct {
		events string
		want   faultCode
	}{
		{"A,paused,2024-03-05T10:00:00+08:00,agreed,\nA,paused,2024-03-06T10:00:00+08:00,agreed,\n", faultPausedTwice},
		{"A,paused,2024-03-05T10:00:00+08:00,agreed,\nA,paused,2024-03-05T11:00:00+08:00,waiting for customer,\nA,resumed,2024-03-06T10:00:00+08:00,,\n", faultWhichPause},
		{"A,resumed,2024-03-06T10:00:00+08:00,,\n", faultResumed},
		{"A,restored,2024-03-04T08:59:59+08:00,,\n", faultBefore},
	} {
		dir := records(t, "events.csv", func(string) string { return "request,event,at,reason,note\n" + c.events })
		require.NoError(t, os.WriteFile(filepath.Join(dir, "requests.csv"), []byte("id,received,channel,category,priority,subject\nA,2024-03-04T09:00:00+08:00,e-mail,fault,,x\n"), 0o600))
		require.NoError(t, os.WriteFile(filepath.Join(dir, "surveys.csv"), []byte("id,on,answer,request\n"), 0o600))
		terms, err := readTerms(sampleContract, nil, english)
		require.NoError(t, err)
		drawn := time.Date(2025, 1, 1, 0, 0, 0, 0, terms.zone)
		a, err := runAudit(terms, dir, drawn, drawn)
		require.NoError(t, err)
		require.Len(t, a.requests[0].faults, 1)
		assert.Equal(t, c.want, a.requests[0].faults[0].code)
		assert.Equal(t, "events.csv", a.requests[0].faults[0].file)
		assert.Equal(t, strings.Count(c.events, "\n")+1, a.requests[0].faults[0].line)
	}
}

// A row whose event cannot be read is not measured, even if only its name can be told.
func TestBrokenEventRefusesItsRequest(t *testing.T) {
	const event = "R2403-004,responded,2024-03-04T13:01:30+08:00,,,2024-03-04T13:01:30+08:00"
	for _, broken := range []string{event[:len(event)-27], event + `"`, event + "\xff", strings.Replace(event, "responded", "reponded", 1)} {
		dir := records(t, "events.csv", func(s string) string {
			require.Contains(t, s, event+"\n")
			return strings.Replace(s, event, broken, 1)
		})
		code, out, _ := onRecords(t, dir, "-explain", "R2403-004", "-strict")
		assert.Equal(t, exitFailed, code)
		assert.Contains(t, out, "is refused, and without it nobody")
		assert.Contains(t, out, "events.csv:9")
	}
}

func TestIncidents(t *testing.T) {
	_, plain, _ := audited(t, "-incidents", dirtyIncidents)
	last := plain[strings.LastIndex(strings.TrimSuffix(plain, "\n"), "\n")+1:]
	assert.Equal(t, "29 rows: 5 measured, 3 open, 21 refused\n", last)

	path := filepath.Join(t.TempDir(), "incidents-dirty.csv")
	var zipped bytes.Buffer
	w := gzip.NewWriter(&zipped)
	_, err := w.Write([]byte(readText(t, dirtyIncidents)))
	require.NoError(t, err)
	require.NoError(t, w.Close())
	require.NoError(t, os.WriteFile(path, zipped.Bytes(), 0o600))
	code, out, errs := audited(t, "-incidents", path)
	assert.Equal(t, exitDone, code, errs)
	assert.Equal(t, plain, out, "gzip is told by its first bytes, not by its name")

	require.NoError(t, os.WriteFile(path, zipped.Bytes()[:zipped.Len()/2], 0o600))
	code, _, errs = audited(t, "-incidents", path)
	assert.Equal(t, exitFailed, code, "a file cut short is not taken for a whole one")
	assert.NotEmpty(t, errs)

	t.Run("as of an earlier instant, what came later has not happened", func(t *testing.T) {
		_, out, _ := audited(t, "-incidents", dirtyIncidents, "-as-of", "2024-11-08T12:00:00+08:00")
		assert.Regexp(t, `:8:9 +D-007 +received: 2024-11-14 15:00 is`, out)
		assert.Contains(t, out, "paused 1")
		assert.True(t, strings.HasSuffix(out, "\n29 rows: 5 measured, 2 open, 22 refused\n"))
	})
	t.Run("zh ends with the same line", func(t *testing.T) {
		_, out, _ := audited(t, "-incidents", dirtyIncidents, "-lang", "zh")
		assert.True(t, strings.HasSuffix(out, "\n"+last))
	})
}

func TestLargestOverrunsAreBounded(t *testing.T) {
	log := "id,priority,received,resolved,closed,reopened,pauses\n"
	for i := range 50 {
		log += fmt.Sprintf("L%02d,3,2024-03-04 09:00,2024-04-%02d %02d:00,,0,\n", i, 1+(i*7)%25, 9+i%3)
	}
	path := filepath.Join(t.TempDir(), "log.csv")
	require.NoError(t, os.WriteFile(path, []byte(log), 0o600))
	_, out, _ := audited(t, "-incidents", path)
	assert.Contains(t, out, "LARGEST OVERRUNS: 20 of 50 breaches")
	var before string
	n := 0
	for _, m := range regexp.MustCompile(`(?m)^  L\d\d .*?(\d{4}-04-\d\d \d\d:00):00 `).FindAllStringSubmatch(out, -1) {
		if before != "" {
			assert.LessOrEqual(t, m[1], before)
		}
		before, n = m[1], n+1
	}
	assert.Equal(t, 20, n)
}

func TestLocalTimes(t *testing.T) {
	zone, err := time.LoadLocation("Europe/Berlin")
	require.NoError(t, err)
	for _, c := range []struct {
		why, text string
		code      faultCode
	}{
		{"an ordinary time", "2016-03-26 02:30", 0},
		{"skipped in spring", "2016-03-27 02:30", faultGap},
		{"the first after the gap", "2016-03-27 03:00", 0},
		{"shown twice in autumn", "2016-10-30 02:00", faultTwice},
		{"shown twice, the last minute", "2016-10-30 02:59", faultTwice},
		{"shown once, a minute before", "2016-10-30 01:59", 0},
		{"shown once, after", "2016-10-30 03:00", 0},
		{"one digit", "2016-03-26 2:30", faultLocal},
		{"seconds", "2016-03-26 02:30:00", faultLocal},
		{"no such day", "2016-02-30 02:30", faultLocal},
	} {
		r := (&table{"log.csv", incidentColumns}).row(2, []byte("a,1,"+c.text+",,,0,"), false)
		at := r.local("received", c.text, zone)
		if c.code == 0 {
			assert.Empty(t, r.faults, c.why)
			assert.Equal(t, c.text, localStamp(at, zone), c.why)
		} else if assert.Len(t, r.faults, 1, c.why) {
			assert.Equal(t, c.code, r.faults[0].code, c.why)
		}
	}
}

func TestPlaces(t *testing.T) {
	tab := &table{"requests.csv", requestColumns}
	r := tab.row(7, []byte(`备一,2024-03-01T09:00:00+08:00,"phone",fault,,"打印机, 卡纸",,多`), false)
	require.Len(t, r.faults, 1)
	assert.Equal(t, "requests.csv:7:56", r.faults[0].place(), "columns are characters, not bytes")
	r = tab.row(8, append([]byte("x,y"), 0), false)
	assert.Equal(t, faultEncoding, r.faults[0].code)
	assert.Equal(t, "requests.csv:8:4", r.faults[0].place())

	var rows []row
	long := strings.Repeat("x", longestRow+1)
	err := tab.rows(strings.NewReader(strings.Join(requestColumns, ",")+"\n"+long+"\na,b,c,d,e,f,g\n"), func(r row) { rows = append(rows, r) })
	require.NoError(t, err)
	require.Len(t, rows, 2)
	assert.Equal(t, faultLong, rows[0].faults[0].code)
	assert.Equal(t, 3, rows[1].line)
	assert.Empty(t, rows[1].faults)
}

func TestLayout(t *testing.T) {
	assert.Equal(t, 8, width("售后服务"))
	assert.Equal(t, 6, width("1.2 条"))
	assert.Equal(t, "合同    |", pad("合同", 8, false)+"|")
	assert.Equal(t, []string{"not before", "a stop;", "here"}, wrap("not before a stop; here", 10))
	for _, line := range wrap("以下数字均以此为据，合同可作多种理解之处，文档写明了所取的一种。", 20) {
		assert.LessOrEqual(t, width(line), 22)
		assert.NotContains(t, "，。", string([]rune(line)[0]))
	}
	assert.Equal(t, "0:12:30", elapsed(12*time.Minute+30*time.Second))
	assert.Equal(t, "117:00:00.5", elapsed(117*time.Hour+500*time.Millisecond))
	assert.Equal(t, "-0:00:01", elapsed(-time.Second))
	assert.Equal(t, "92.68%", share(38, 41))
	assert.Equal(t, "95.00%", share(19, 20))
	assert.Equal(t, "33.34%", share(1667, 5000))
	assert.Equal(t, "0.13%", share(1, 800), "half up: 0.125 %")
	assert.Equal(t, "95.00%", twoPlaces(contract.MustParsePercent("95%")))
	assert.Equal(t, "92.70%", twoPlaces(contract.MustParsePercent("92.7%")))
}

// What is shown never runs past the page, but for names that are longer than it.
func TestPageWidth(t *testing.T) {
	if raced {
		t.Skip("the same runs without the race detector")
	}
	for _, lang := range []string{"en", "zh"} {
		_, out, _ := onRecords(t, sampleRecords, "-lang", lang)
		for i, line := range strings.Split(out, "\n") {
			assert.LessOrEqual(t, width(line), pageWidth+2, "%s line %d: %s", lang, i+1, line)
		}
	}
}

func TestWordsInEveryLanguage(t *testing.T) {
	if raced {
		t.Skip("the same runs without the race detector")
	}
	verbs := regexp.MustCompile(`%(\[\d+\])?[a-z]`)
	same := func(p phrase, what any) {
		assert.NotEmpty(t, p.en, what)
		assert.NotEmpty(t, p.zh, what)
		assert.Len(t, verbs.FindAllString(p.zh, -1), len(verbs.FindAllString(p.en, -1)), "%v: %s", what, p.zh)
	}
	for code := faultLong; code <= faultRole; code++ {
		same(faultWords[code], code)
	}
	for o := outcomeMeasured; o <= outcomePart; o++ {
		same(outcomeWords[o], o)
	}
	for s := contract.StatusRunning; s <= contract.StatusNotMeasured; s++ {
		same(statusWords[s], s)
	}
	for _, m := range contract.MeasureResponse.Words() {
		same(doneWords[contract.Measure(m)].done, m)
		same(doneWords[contract.Measure(m)].not, m)
	}
	a := sample(t, "")
	for _, at := range a.contract.NotComputed() {
		same(chapterWords[at], at)
	}
	// No verb is left without its figure in what is printed.
	for _, args := range [][]string{{"-lang", "zh"}, {"-lang", "en"}} {
		_, out, _ := onRecords(t, sampleRecords, args...)
		assert.NotContains(t, out, "%!")
	}
	_, out, _ := onRecords(t, sampleRecords, "-lang", "zh")
	assert.NotRegexp(t, `[a-z]+ (is|are|was) `, regexp.MustCompile(`(?s)存疑条文.*?结论|(?m)^.*(另解|原文).*$|^      .*$`).ReplaceAllString(out, ""), "no English sentence outside quoted texts")
}

func TestWorkingThatDoesNotHoldFailsTheRun(t *testing.T) {
	a := sample(t, "")
	w := a.measurementOf(t, "R2403-005", "phone and online response").Explain()
	require.Equal(t, proof.Holds, w.Check().Outcome)
	w.Steps[len(w.Steps)-1].Value.Text = "no"
	a.checks.add("R2403-005", w)
	assert.Equal(t, exitFailed, a.exitCode(false))
	var out bytes.Buffer
	s := &sheet{out: &out, lang: english, zone: a.zone}
	a.workings(s)
	assert.Contains(t, out.String(), "R2403-005: fails")
}

// FuzzRows reads anything as each of the tables: nothing panics, and every line
// that is not empty is a row, refused or not. Run it with -fuzzminimizetime 0x:
// inputs of a page take minutes to make small, and are read well enough as they are.
func FuzzRows(f *testing.F) {
	for i, name := range []string{"requests.csv", "events.csv", "surveys.csv"} {
		data, err := os.ReadFile(filepath.Join(sampleRecords, name))
		require.NoError(f, err)
		f.Add(byte(i), string(data[:min(len(data), 800)]))
	}
	dirty, err := os.ReadFile(dirtyIncidents)
	require.NoError(f, err)
	f.Add(byte(3), string(dirty))
	f.Add(byte(0), "\"\n\"a\",\"b\nc,,,,,\r\n\r\n\x00,\xff\n")
	terms, err := readTerms(sampleContract, nil, english)
	require.NoError(f, err)
	drawn := time.Date(2025, 3, 10, 18, 0, 0, 0, terms.zone)
	tables := [][]string{requestColumns, eventColumns, surveyColumns, incidentColumns}
	f.Fuzz(func(t *testing.T, which byte, body string) {
		columns := tables[int(which)%len(tables)]
		want := 0
		for line := range strings.SplitSeq(body, "\n") {
			if strings.TrimSuffix(line, "\r") != "" {
				want++
			}
		}
		a := &audit{terms: terms, drawn: drawn, asOf: drawn, ledgers: new(ledgers)}
		n := &incidents{terms: terms, asOf: drawn, pauses: map[string]*pauseTally{}}
		n.tally, _ = terms.contract.NewTally()
		got := 0
		err := (&table{"fuzz.csv", columns}).rows(strings.NewReader(strings.Join(columns, ",")+"\n"+body), func(r row) {
			got++
			switch int(which) % len(tables) {
			case 0:
				a.requests = append(a.requests, readRequest(r, terms, drawn))
			case 1:
				a.events = append(a.events, readEvent(r, terms.zone, drawn))
			case 2:
				a.surveys = append(a.surveys, readSurvey(r, terms.zone, drawn))
			default:
				ok := n.add(&r)
				require.Equal(t, ok, len(r.faults) == 0)
			}
		})
		require.NoError(t, err)
		require.Equal(t, want, got)
		a.sortOut()
		require.NoError(t, a.measure())
		s := &sheet{out: &bytes.Buffer{}, lang: chinese, zone: terms.zone}
		require.True(t, a.equations(s)[int(which)%3].agrees())
		a.refusedList(s)
		a.asideList(s)
		require.Equal(t, n.rows, n.measured+n.open+n.refused)
	})
}

// The README of testdata names every field of the sample and every wrong row.
func TestReadmeOfTestdata(t *testing.T) {
	readme := readText(t, "../../testdata/README.md")
	var doc map[string]any
	require.NoError(t, json.Unmarshal([]byte(readText(t, sampleContract)), &doc))
	var fields []string
	named := func(path string) bool { // objects whose keys are names, not fields
		for _, p := range []string{"/parties", "/clauses", "/requests/", "/workingDays", "/hours", "/targets", "/fees/taxRates", "/fees/items",
			"/fees/factors", "/payments", "/serviceCredits", "/breach", "/endings", "/notices", "/survival"} {
			if path == p || strings.HasSuffix(p, "/") && strings.HasPrefix(path, p) {
				return true
			}
		}
		return strings.HasSuffix(path, "/becomes") || strings.HasSuffix(path, "/agreed") || strings.HasSuffix(path, "/week") || strings.Contains(path, "/table")
	}
	var walk func(path string, v any)
	walk = func(path string, v any) {
		switch v := v.(type) {
		case map[string]any:
			for key, below := range v {
				if !named(path) {
					fields = append(fields, key)
				}
				walk(path+"/"+key, below)
			}
		case []any:
			for _, below := range v {
				walk(path+"/-", below)
			}
		}
	}
	walk("", doc)
	require.Greater(t, len(fields), 300)
	for _, field := range fields {
		assert.Contains(t, readme, "`"+field+"`")
	}
	for _, columns := range [][]string{requestColumns, eventColumns, surveyColumns, strings.Split("item period work usage issued received compliant net tax total due recorded from to keys quantity amount credited for by channel ground about sent raise what of target as_of off claimed name value", " ")} {
		for _, c := range columns {
			assert.Contains(t, readme, "`"+c+"`")
		}
	}
	a := sample(t, "")
	wrong := func(r row, id string, o outcome) {
		switch o {
		case outcomeRefused, outcomeDuplicate, outcomeOutside, outcomeInvalid:
			assert.Regexp(t, regexp.QuoteMeta(r.source())+`\b`, readme)
			assert.Contains(t, readme, id)
		}
	}
	for _, q := range a.requests {
		wrong(q.row, q.request.ID, q.outcome)
	}
	for _, e := range a.events {
		wrong(e.row, e.id, e.outcome)
	}
	for _, s := range a.surveys {
		wrong(s.row, s.at("id"), s.outcome)
	}
	for _, place := range regexp.MustCompile(`(\w+\.csv):(\d+) (?:and \w+\.csv:\d+ )?(\w\d\d\d\d-\d\d\d|S\d\d\d)`).FindAllStringSubmatch(readme, -1) {
		var n int
		fmt.Sscan(place[2], &n)
		lines := strings.Split(readText(t, filepath.Join(sampleRecords, place[1])), "\n")
		assert.True(t, strings.HasPrefix(lines[n-1], place[3]+","), "%v", place)
	}
}

// TestFiguresOfTheSample pins what was counted from the records apart from this
// program, by a script that walks civil days: no flag rewrites it.
func TestFiguresOfTheSample(t *testing.T) {
	code, out, _ := onRecords(t, sampleRecords)
	require.Equal(t, exitDone, code)
	for _, line := range []string{
		"37 of 674 measurements missed their target, 1 of them still open; 1 more excused",
		"413 = 387 measured + 5 open + 19 refused + 1 duplicate + 1 outside the term; agrees",
		"831 = 802 used + 20 of other requests + 8 refused + 1 duplicate; agrees",
		"137 = 130 valid + 1 not valid + 5 refused + 1 duplicate + 0 outside the term; agrees",
		"681 = 637 met + 36 late + 1 open+late + 4 open + 1 excused + 2 cancelled; agrees",
	} {
		assert.Contains(t, out, line)
	}
	for month, figure := range map[string]string{
		"2024-03": "55/58", "2024-04": "57/60", "2024-05": "56/57", "2024-06": "56/58", "2024-07": "55/61", "2024-08": "59/66",
		"2024-09": "49/53", "2024-10": "50/52", "2024-11": "61/62", "2024-12": "67/70", "2025-01": "59/63", "2025-02": "12/13",
	} {
		assert.Regexp(t, regexp.MustCompile(`(?m)^  `+month+` +`+figure+` `), out)
	}
}

func TestIncidentsOfOneSlip(t *testing.T) {
	log := filepath.Join(t.TempDir(), "log.csv")
	require.NoError(t, os.WriteFile(log, []byte("id,priority,received,resolved,closed,reopened,pauses\n"+
		"A,3,2024-03-04 10:00,,,0,\n"+
		"B,3,2024-03-05 10:00,2024-03-06 10:00,2042-03-10 10:00,0,\n"+
		"C,3,2024-03-05 10:00,2024-03-07 10:00,2024-03-11 10:00,0,\n"+
		"D,high,2024-03-05 10:00,,,0,\n"), 0o644))
	code, out, _ := audited(t, "-incidents", log, "-breaches", "0")
	require.Equal(t, exitDone, code)
	assert.Contains(t, out, "as of           2024-03-11 10:00:00", "a year mistyped does not move the as-of of the log")
	assert.Contains(t, out, "log.csv:5", "a priority is a whole number")
	assert.True(t, strings.HasSuffix(out, "4 rows: 2 measured, 1 open, 1 refused\n"), out)
}

// The statement finds every error planted in the records, with its amount, and no
// other. The figures are an independent script's, worked from the documents; no
// flag of these tests touches them.
func TestPlantedErrors(t *testing.T) {
	for _, c := range []struct {
		contract, records  string
		customer, provider string
		errors             map[string]string // by id: the amount, "" where it is not of money
	}{
		{sampleContract, sampleRecords, "127958.86 CNY", "500.00 CNY", map[string]string{
			"invoice: R-04":                        "-231.39 CNY", // taxed at 6 %, not 13 %
			"late charge: S-2024":                  "60.00 CNY",   // a day too long
			"status: R2406-017 technical response": "",            // a second late, claimed met
			"invoice twice: R-08":                  "1514.20 CNY",
			"payment back-dated: P-09":             "99.18 CNY",
			"notice late: N-03":                    "4800.00 CNY", // by twenty minutes
			"invoice: S-2025":                      "4800.00 CNY", // which the provider billed all the same
			"credit: 2024-08":                      "-500.00 CNY", // one band too small
			"due: R-03":                            "",            // the festival passed over
		}},
		{englishContract, englishRecords, "12023.57 GBP", "186.66 GBP", map[string]string{
			"invoice: C-2402":              "0.01 GBP",  // rounded by line, not by rate
			"late charge: S-2306":          "-7.11 GBP", // the base rate of the wrong half-year
			"status: E2310-011 P1 restore": "",          // over the clock change
			"invoice twice: C-2312":        "741.00 GBP",
			"invoice: C-2405":              "15.00 GBP", // twelve licences for eleven
		}},
	} {
		var out, errs bytes.Buffer
		require.Equal(t, exitDone, run([]string{"-contract", c.contract, "-records", c.records, "-format", "json"}, &out, &errs), errs.String())
		var again bytes.Buffer
		require.Equal(t, exitDone, run([]string{"-contract", c.contract, "-records", c.records, "-format", "json"}, &again, &errs), errs.String())
		require.Equal(t, out.String(), again.String(), "the same bytes twice")
		var all struct {
			Format    string
			Statement struct {
				Owed        []struct{ By, Amount string }
				Differences []struct{ ID, Amount string }
				Findings    []struct {
					ID, Amount string
					Error      bool
				}
				Balance []struct{ By, Amount string }
			}
			Rows    map[string]map[string]int
			Refused []struct{ Place, Says string }
		}
		require.NoError(t, json.Unmarshal(out.Bytes(), &all))
		st := all.Statement
		require.Equal(t, auditFormat, all.Format)
		refused := 0
		for file, n := range all.Rows {
			sum := -n["read"]
			for _, k := range n {
				sum += k
			}
			require.Equal(t, n["read"], sum, file)
			refused += n["refused"]
		}
		require.Equal(t, refused > 0, len(all.Refused) > 0)
		require.GreaterOrEqual(t, len(all.Refused), refused, "a row has a fault or more")
		found := make(map[string]string)
		for _, d := range st.Differences {
			found[d.ID] = d.Amount
		}
		for _, f := range st.Findings {
			if f.Error {
				found[f.ID] = f.Amount
			}
		}
		assert.Equal(t, c.errors, found, c.records)
		sums := make(map[string]contract.Money)
		for _, b := range st.Balance {
			sum, err := sums[b.By].Add(contract.MustParseMoney(b.Amount))
			require.NoError(t, err)
			sums[b.By] = sum
		}
		for _, o := range st.Owed {
			assert.Equal(t, map[string]string{"customer": c.customer, "provider": c.provider}[o.By], o.Amount, c.records)
			assert.Equal(t, o.Amount, sums[o.By].String(), "totals add up")
		}
		assert.NotContains(t, c.records+out.String(), map[bool]string{true: "Civil Code", false: "\x00"}[c.records == englishRecords], "no Chinese article for an English contract")
		var csv bytes.Buffer
		require.Equal(t, exitDone, run([]string{"-contract", c.contract, "-records", c.records, "-format", "csv"}, &csv, &errs))
		for id := range c.errors {
			assert.Contains(t, csv.String(), id)
		}
	}
}

// A line is explained by its id, and as it is printed, in each language.
func TestExplainsWhatIsPrinted(t *testing.T) {
	if raced {
		t.Skip("the same runs without the race detector")
	}
	for _, row := range []struct{ lang, what, result string }{
		{"en", "principal R-07", "2893.88 CNY"},
		{"en", "late charge R-07", "47.75 CNY"},
		{"zh", "本金 R-07", "2893.88 CNY"},
		{"en", "invoice total S-2025", "120000.00 CNY"},
		{"en", "invoice: S-2025", "120000.00 CNY"},
		{"en", "payment back-dated P-09", "99.18 CNY"},
		{"en", "due date R-03", "2024-06-11"},
		{"en", "service credit not given yet 2024-08", "500.00 CNY"},
		{"en", "status R2406-017, technical response", "late: yes"},
	} {
		var out, errs bytes.Buffer
		require.Equal(t, exitDone, run([]string{"-contract", sampleContract, "-records", sampleRecords, "-lang", row.lang, "-explain", row.what}, &out, &errs), "%s: %s", row.what, errs.String())
		_, end, _ := strings.Cut(out.String(), map[string]string{"en": "\nResult: ", "zh": "\n结果："}[row.lang])
		end, _, _ = strings.Cut(end, "\n")
		assert.Contains(t, end, row.result, row.what)
	}
}

// Near a change of the clocks an instant says its offset.
func TestStampNearAChangeOfTheClocks(t *testing.T) {
	london, err := time.LoadLocation("Europe/London")
	require.NoError(t, err)
	for instant, want := range map[string]string{
		"2023-10-29T00:30:00Z": "2023-10-29 01:30:00 +01:00",
		"2023-10-29T01:30:00Z": "2023-10-29 01:30:00 +00:00",
		"2023-10-31T01:30:00Z": "2023-10-31 01:30:00",
	} {
		at, err := time.Parse(time.RFC3339, instant)
		require.NoError(t, err)
		assert.Equal(t, want, stamp(at, london))
	}
}

// The first screen says which records of money the figures lack.
func TestFirstScreenSaysWhatItLacks(t *testing.T) {
	if raced {
		t.Skip("the same runs without the race detector")
	}
	for _, row := range []struct {
		why    string
		change func(dir string)
		says   string
	}{
		{"a payment that cannot be read", func(dir string) {
			edit(t, filepath.Join(dir, "payments.csv"), "P-05,2024-06-11,5000.00 CNY", "P-05,2024-06-11,5000 yuan")
		}, `payments.csv:6 P-05 is refused and counts in none of this: `},
		{"an invoice whose visit cannot be charged", func(dir string) {
			edit(t, filepath.Join(dir, "work.csv"), "W-07,repair,R2405-033", "W-07,cleaning,R2405-033")
		}, "invoices.csv:6 R-04 is refused and counts in none of this: invoice R-04 cannot be computed (work.csv:8)"},
		{"no payments at all", func(dir string) { require.NoError(t, os.Remove(filepath.Join(dir, "payments.csv"))) }, "There is no payments.csv: nothing of what would stand there is in these figures."},
		{"a payment that came after the records were drawn up", func(dir string) {
			edit(t, filepath.Join(dir, "payments.csv"), "P-10,2025-01-24,3000.00 CNY,R-07,2025-01-26", "P-10,2025-03-11,3000.00 CNY,R-07,2025-03-11")
		}, "payments.csv:11 P-10 is refused"},
	} {
		dir := t.TempDir()
		require.NoError(t, os.CopyFS(dir, os.DirFS(sampleRecords)))
		row.change(dir)
		var out, errs bytes.Buffer
		require.Equal(t, exitDone, run([]string{"-contract", sampleContract, "-records", dir}, &out, &errs), errs.String())
		screen, _, _ := strings.Cut(out.String(), "WRONG IN THE RECORDS")
		assert.Contains(t, strings.Join(strings.Fields(screen), " "), row.says, row.why)
	}
}

// edit replaces text in a file, once.
func edit(t *testing.T, path, old, new string) {
	t.Helper()
	text := readText(t, path)
	require.Equal(t, 1, strings.Count(text, old), old)
	require.NoError(t, os.WriteFile(path, []byte(strings.Replace(text, old, new, 1)), 0o600))
}

// The new priority of a request stands in a column that files of before do not have:
// with the column and nothing in it they say the same.
func TestPriorityChanges(t *testing.T) {
	if raced {
		t.Skip("the same runs without the race detector")
	}
	const changed = "E2304-005,priority changed,2023-04-06T16:00:00+01:00,,,P3,2023-04-06T16:00:00+01:00\n"
	englishAudit := func(change func(string) string, args ...string) (int, string) {
		dir := t.TempDir()
		require.NoError(t, os.CopyFS(dir, os.DirFS(englishRecords)))
		path := filepath.Join(dir, "events.csv")
		require.NoError(t, os.WriteFile(path, []byte(change(readText(t, path))), 0o600))
		code, out, errs := audited(t, append([]string{"-contract", englishContract, "-records", dir}, args...)...)
		require.Empty(t, errs)
		return code, strings.ReplaceAll(out, filepath.Join(filepath.Base(filepath.Dir(dir)), filepath.Base(dir)), "records")
	}
	widened := func(text string) string {
		lines := strings.Split(strings.TrimSuffix(text, "\n"), "\n")
		for i, line := range lines {
			at := strings.LastIndex(line, ",")
			lines[i] = line[:at] + map[bool]string{true: ",priority"}[i == 0] + map[bool]string{true: ","}[i > 0] + line[at:]
		}
		return strings.Join(lines, "\n") + "\n"
	}
	_, want := englishAudit(func(s string) string { return s })
	code, out := englishAudit(widened)
	assert.Equal(t, exitDone, code)
	assert.Equal(t, want, out)

	_, out = englishAudit(func(s string) string { return widened(s) + changed }, "-explain", "E2304-005")
	assert.Contains(t, out, "P3 resolve")
	assert.NotContains(t, out, "P2 restore")
	for row, says := range map[string]string{
		strings.Replace(changed, "P3", "P9", 1):                     `no priority "P9"`,
		strings.Replace(changed, "P3", "", 1):                       "priority: is empty; it must be given",
		strings.Replace(changed, "priority changed", "extended", 1): "more time without a reason; a contract grants it by its reason",
	} {
		_, out = englishAudit(func(s string) string { return widened(s) + row }, "-explain", "E2304-005")
		assert.Contains(t, strings.Join(strings.Fields(out), " "), says)
	}
	// Without when it was recorded too.
	text := "request,event,at,reason,note,priority\n" + changed[:strings.LastIndex(changed, ",")] + "\n"
	_, out = englishAudit(func(string) string { return text }, "-explain", "E2304-005")
	assert.Contains(t, out, "P3 resolve")
}

// A loan unit in time gives a repair more time, and the audit tells it.
func TestExtensions(t *testing.T) {
	if raced {
		t.Skip("the same runs without the race detector")
	}
	text := readText(t, sampleContract)
	const reasons = `"onDays": "wholly paused days are skipped" }`
	require.Equal(t, 1, strings.Count(text, reasons))
	path := filepath.Join(t.TempDir(), "contract.json")
	require.NoError(t, os.WriteFile(path, []byte(strings.Replace(text, reasons, reasons+`,
      "extension": { "reasons": ["loan unit"], "within": "120 clock hours", "clock": {}, "from": "deadline" }`, 1)), 0o600))
	dir := records(t, "events.csv", func(string) string {
		return "request,event,at,reason,note\nA,extended,2024-03-05T10:00:00+08:00,loan unit,\nA,restored,2024-03-18T18:00:00+08:00,,\n"
	})
	require.NoError(t, os.WriteFile(filepath.Join(dir, "requests.csv"), []byte("id,received,channel,category,priority,subject\nA,2024-03-04T09:00:00+08:00,e-mail,fault,,x\n"), 0o600))
	require.NoError(t, os.WriteFile(filepath.Join(dir, "surveys.csv"), []byte("id,on,answer,request\n"), 0o600))
	var out, errs bytes.Buffer
	run([]string{"-contract", path, "-records", dir, "-explain", "A"}, &out, &errs)
	assert.Empty(t, errs.String())
	assert.Contains(t, out.String(), "reason for more time")
	assert.Contains(t, out.String(), "Mon 2024-03-18 18:00:00 +08:00")
	assert.Contains(t, out.String(), "events.csv:2")
}

// A request of which one target's deadline is not known is measured for the others: it is
// counted apart, its fault is listed wherever faults are, and it counts for -strict.
func TestMeasuredInPart(t *testing.T) {
	data, err := os.ReadFile(sampleContract)
	require.NoError(t, err)
	path := filepath.Join(t.TempDir(), "contract.json")
	require.NoError(t, os.WriteFile(path, []byte(strings.Replace(string(data), `"within": "7 working days"`, `"within": "9000 working days"`, 1)), 0o600))
	_, normal, _ := onRecords(t, sampleRecords)
	code, out, errs := onRecords(t, sampleRecords, "-contract", path, "-strict")
	assert.Equal(t, exitFailed, code, errs)
	assert.NotContains(t, normal, "measured in part")
	totals := regexp.MustCompile(`requests +413 = \d+ measured .* (\d+) measured in part[;；] agrees`).FindStringSubmatch(strings.Join(strings.Fields(out), " "))
	require.NotNil(t, totals, out)
	faults := strings.Count(out, "cannot be measured: /targets/repair: calendar cn")
	in, err := strconv.Atoi(totals[1])
	require.NoError(t, err)
	assert.Greater(t, in, 100)
	assert.GreaterOrEqual(t, faults, in, "each is listed")
	_, rows, _ := onRecords(t, sampleRecords, "-contract", path, "-format", "csv")
	assert.GreaterOrEqual(t, strings.Count(rows, "cannot be measured: /targets/repair"), in)
	_, explained, _ := onRecords(t, sampleRecords, "-contract", path, "-explain", "R2412-003")
	assert.Contains(t, explained, "measured in part")
	assert.Contains(t, explained, "cannot be measured: /targets/repair")
}
