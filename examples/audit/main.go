// Command audit recomputes all that a customer service contract gives from the
// contract as a document and from records: requests, events and surveys, work,
// usage, invoices, payments, notices, and what is claimed of them. It says who owes
// what and what the records get wrong, in a statement in which every figure can be traced: which row it came from,
// which clause made it, and what was left out and why.
//
//	go run ./examples/audit
//	go run ./examples/audit -lang zh
//	go run ./examples/audit -explain R2407-007
//	go run ./examples/audit -explain 2024-08
//	go run ./examples/audit -incidents incidents.csv.gz
//
// Nothing is dropped in silence: a row that cannot be used is listed with its
// line and column, what is wrong and what would be right, and the control totals
// add up to the rows read.
package main

import (
	"bufio"
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"
	_ "time/tzdata" // the zone of the contract, wherever the program runs

	"github.com/cfd16870/contract"
)

func main() { os.Exit(run(os.Args[1:], os.Stdout, os.Stderr)) }

// The exit codes.
const (
	exitDone     = 0 // the audit ran
	exitFindings = 1 // with -strict: it found a breach, a figure below its target, or an error in the records
	exitFailed   = 2 // it could not run, a working does not hold, or, with -strict, a row was refused
)

const usage = `Audit recomputes all that a contract gives from its records: who owes what and why, what the
records get wrong and by how much, service levels, invoices, accounts, credits, term and agenda,
and every row that could not be used, with line and column. Run it from the root of the module, or say where the files are.

  go run ./examples/audit                          the sample contract and its records
  go run ./examples/audit -explain R2407-007       the workings of one request, each checked again
  go run ./examples/audit -explain 2024-08         the workings of a month, or of a quarter: 2024-Q3
  go run ./examples/audit -explain "invoice R-04"  the working of a figure by its name; -format csv lists them
  go run ./examples/audit -lang zh                 the same in Chinese
  go run ./examples/audit -incidents FILE.csv.gz   a log of product faults, as if the terms were in force

Flags:
`

const usageCodes = `
Exit codes:
  0  the audit ran, whatever it found
  1  with -strict: there is a breach, a figure below its target, or an error in the records
  2  the audit could not run (wrong flags, a missing file, a contract with faults, a wrong header,
     an unknown id), or a working does not hold; with -strict also: a row was refused
`

// settings are what the command line says.
type settings struct {
	contract, records, incidents string
	asOf                         string
	explain                      string
	lang                         language
	format                       string
	strict                       bool
	breaches                     int
}

// run is the program: it returns the exit code.
func run(args []string, stdout, stderr io.Writer) int {
	set, code, ok := readFlags(args, stdout, stderr)
	if !ok {
		return code
	}
	out := bufio.NewWriter(stdout)
	code, err := perform(set, out)
	if flushed := out.Flush(); err == nil {
		err = flushed
	}
	if err != nil {
		fmt.Fprintln(stderr, set.lang.of(sayFailed)+err.Error())
		return exitFailed
	}
	return code
}

func readFlags(args []string, stdout, stderr io.Writer) (set settings, code int, ok bool) {
	flags := flag.NewFlagSet("audit", flag.ContinueOnError)
	flags.SetOutput(stderr)
	flags.Usage = func() {} // said below, on the right stream
	flags.StringVar(&set.contract, "contract", "testdata/sample/contract.json", "the contract, `FILE` in JSON")
	flags.StringVar(&set.records, "records", "testdata/sample/records", "the records, a `DIR` with about.json, requests.csv, events.csv, surveys.csv,\nand the files on money: invoices.csv, work.csv, usage.csv, payments.csv, notices.csv, claims.csv;\nan event has a reason if it is paused, excused or extended, and where the priority\nchanged the new one in a column priority, which may be missing between note and recorded")
	flags.StringVar(&set.asOf, "as-of", "", "count only what happened by this `TIME`: 2025-03-10T18:00:00+08:00, or a date for\nits last second in the contract's zone; without it, what about.json says, or for\n-incidents the latest time in the file")
	flags.StringVar(&set.explain, "explain", "", "print the workings of every target of the request with this `ID`, of a month or\nquarter, or of the figure, difference or finding with this name, and redo each\nby an independent check")
	lang := flags.String("lang", "en", "the `LANGUAGE` of the statement: en or zh")
	flags.StringVar(&set.format, "format", formatText, "the `FORM` of the statement: text, json or csv")
	flags.BoolVar(&set.strict, "strict", false, "make findings exit code 1, and refused rows 2")
	flags.IntVar(&set.breaches, "breaches", 20, "with -incidents: print the `N` largest overruns; 0 for all")
	flags.StringVar(&set.incidents, "incidents", "", "measure a log of product faults instead, `FILE` in CSV, plain or gzip, with the columns\nid,priority,received,resolved,closed,reopened,pauses")
	if err := flags.Parse(args); err != nil {
		if errors.Is(err, flag.ErrHelp) {
			fmt.Fprint(stdout, usage)
			flags.SetOutput(stdout)
			flags.PrintDefaults()
			fmt.Fprint(stdout, usageCodes)
			return set, exitDone, false
		}
		fmt.Fprintln(stderr, "audit -h says how it is called")
		return set, exitFailed, false
	}
	wrong := ""
	given := make(map[string]bool)
	flags.Visit(func(f *flag.Flag) { given[f.Name] = true })
	switch set.lang = language(*lang); {
	case set.lang != english && set.lang != chinese:
		wrong = fmt.Sprintf("-lang %q; write en or zh", *lang)
	case set.format != formatText && set.format != formatJSON && set.format != formatCSV:
		wrong = fmt.Sprintf("-format %q; write text, json or csv", set.format)
	case set.format != formatText && (given["explain"] || given["incidents"]):
		wrong = "-format is of the statement of records; leave -explain and -incidents out"
	case flags.NArg() > 0:
		wrong = fmt.Sprintf("%q is no flag; files are given with -contract, -records and -incidents", flags.Arg(0))
	case given["incidents"] && (given["records"] || given["explain"]):
		wrong = "-incidents reads its own file; leave -records and -explain out"
	case given["breaches"] && !given["incidents"] || set.breaches < 0:
		wrong = "-breaches goes with -incidents, and is 0 or more; the audit of records prints every breach"
	case given["incidents"] && set.incidents == "":
		wrong = "-incidents needs a file"
	case given["as-of"] && set.asOf == "":
		wrong = "-as-of needs an instant or a date"
	case given["explain"] && set.explain == "":
		wrong = "-explain needs the id of a request, a month, a quarter, or a line as it is printed"
	}
	if wrong != "" {
		fmt.Fprintln(stderr, "audit: "+wrong+"\naudit -h says how it is called")
		return set, exitFailed, false
	}
	return set, exitDone, true
}

// perform reads the contract and does what was asked.
func perform(set settings, out *bufio.Writer) (int, error) {
	if _, err := os.Stat(set.contract); err != nil {
		return exitFailed, missing(err, set.lang)
	}
	if set.incidents != "" {
		t, err := readTerms(set.contract, nil, set.lang)
		if err != nil {
			return exitFailed, err
		}
		return measureIncidents(t, set, out)
	}
	about, err := readAbout(filepath.Join(set.records, "about.json"), set.lang)
	if err != nil {
		return exitFailed, err
	}
	if err := about.isOf(set.contract, filepath.Join(set.records, "about.json"), set.lang); err != nil {
		return exitFailed, err
	}
	series, err := about.readSeries(set.records)
	if err != nil {
		return exitFailed, err
	}
	t, err := readTerms(set.contract, series, set.lang)
	if err != nil {
		return exitFailed, err
	}
	asOf := about.AsOf
	if set.asOf != "" {
		if asOf, err = readAsOf(set.asOf, t.zone); err != nil {
			return exitFailed, err
		}
	}
	a, err := runAudit(t, set.records, about.AsOf, asOf)
	if err != nil {
		return exitFailed, missing(err, set.lang)
	}
	s := &sheet{out: out, lang: set.lang, zone: t.zone}
	if set.explain != "" {
		return a.explain(s, set.explain, set.strict)
	}
	switch set.format {
	case formatJSON:
		err = a.json(out)
	case formatCSV:
		err = a.csv(out)
	default:
		a.statement(s, set.records)
	}
	return a.exitCode(set.strict), err
}

// readTerms parses and compiles the contract. All its faults come back at once.
func readTerms(path string, series map[string]*contract.Series, lang language) (*terms, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, missing(err, lang)
	}
	faulty := func(err error) error {
		n := 1
		var all contract.Errors
		if errors.As(err, &all) {
			n = len(all)
		}
		return fmt.Errorf(lang.of(sayContractFaults), path, n, err)
	}
	doc, err := contract.Parse(data)
	if err != nil {
		return nil, faulty(err)
	}
	ref, err := referenceData(series)
	if err != nil {
		return nil, err
	}
	certain, err := contract.Compile(doc, ref)
	if err != nil {
		return nil, faulty(err)
	}
	// Beyond the certain days of the calendar an answer is given too, and marked.
	c, err := certain.Provisional()
	if err != nil {
		return nil, faulty(err)
	}
	return newTerms(c, ref)
}

// about is what about.json says of the records.
type about struct {
	Format   string `json:"format"`
	Contract string `json:"contract"`
	// AsOf is when the records were drawn up: nothing in them can be later.
	AsOf time.Time `json:"asOf"`
	Note string    `json:"note"`
	// Series are published rates that the contract refers to, each in a file beside.
	Series map[string]seriesFile `json:"series"`
}

// A seriesFile says where the figures of a series are, and what they are.
type seriesFile struct {
	File    string        `json:"file"`
	Source  string        `json:"source"`
	Through contract.Date `json:"through"` // the last day for which it is published
}

const recordsFormat = "contract.records/1"

func readAbout(path string, lang language) (about, error) {
	var a about
	data, err := os.ReadFile(path)
	if err != nil {
		return a, missing(err, lang)
	}
	if err := decodeAbout(data, &a); err != nil {
		return a, fmt.Errorf(lang.of(sayAboutBad), path, err)
	}
	switch {
	case a.Format != recordsFormat:
		return a, fmt.Errorf(lang.of(sayAboutFormat), path, a.Format, recordsFormat)
	case a.AsOf.IsZero():
		return a, fmt.Errorf(lang.of(sayAboutAsOf), path)
	}
	return a, nil
}

// isOf reports records of another contract than the one at a path, before anything
// else is wrong with them. A contract that cannot be read is told when it is compiled.
func (a about) isOf(path, from string, lang language) error {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil
	}
	doc, err := contract.Parse(data)
	if err != nil || a.Contract == "" || a.Contract == doc.ID {
		return nil
	}
	return fmt.Errorf(lang.of(sayAboutContract), from, a.Contract, doc.ID)
}

// decodeAbout reads about.json strictly: encoding/json alone would take a key in
// another spelling, and the last of one that is given twice.
func decodeAbout(data []byte, into *about) error {
	dec := json.NewDecoder(bytes.NewReader(data))
	if t, err := dec.Token(); err != nil || t != json.Delim('{') {
		return cmp.Or(err, errors.New("it is no object"))
	}
	given := make(map[string]bool)
	for dec.More() {
		key, err := dec.Token()
		if err != nil {
			return err
		}
		name := key.(string) // a key of an object is text
		target := map[string]any{"format": &into.Format, "contract": &into.Contract, "asOf": &into.AsOf, "note": &into.Note, "series": &into.Series}[name]
		switch {
		case given[name]:
			return fmt.Errorf("%q is given twice", name)
		case target == nil:
			return fmt.Errorf("no key %q; have format, contract, asOf, note, series", name)
		}
		given[name] = true
		if err := dec.Decode(target); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
	if _, err := dec.Token(); err != nil {
		return err
	}
	if _, err := dec.Token(); err != io.EOF {
		return errors.New("text after the end")
	}
	return nil
}

// readAsOf reads an instant, or a date for its last second in the zone.
func readAsOf(s string, zone *time.Location) (time.Time, error) {
	if t, ok := parseInstant(s); ok {
		return t, nil
	}
	d, err := contract.ParseDate(s)
	if err != nil {
		return time.Time{}, fmt.Errorf("-as-of %q: write an instant such as 2025-03-10T18:00:00+08:00, or a date such as 2025-03-10", s)
	}
	return d.AddDays(1).StartIn(zone).Add(-time.Second), nil
}

// missing says of a file that is not there what to do.
func missing(err error, lang language) error {
	if errors.Is(err, os.ErrNotExist) {
		return fmt.Errorf(lang.of(sayMissing), err)
	}
	return err
}
