// Command deadlines tells of each ticket of a stream by when it is due, and how it
// stands: CSV or JSON lines on standard input, a row for each target on standard
// output, in the order of the input. It runs on all cores, in memory that does not
// depend on the number of tickets.
//
//	go run ./examples/deadlines < tickets.csv > dues.csv
//	go run ./examples/deadlines -as-of 2025-03-10T18:00:00+08:00 < tickets.csv
//	go run ./examples/deadlines -format jsonl < tickets.jsonl
//	go run ./examples/deadlines -contract testdata/england/contract.json < tickets.csv
//
// One bad ticket stops nothing: its row says what is wrong, with line and column, and
// those that were refused are listed on standard error at the end.
package main

import (
	"bufio"
	"bytes"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"runtime"
	"strings"
	"time"
	_ "time/tzdata" // the zone of the contract, wherever the program runs

	"github.com/cfd16870/contract"
)

func main() { os.Exit(run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr)) }

// The exit codes.
const (
	exitDone     = 0 // it ran
	exitFindings = 1 // with -strict: a breach
	exitFailed   = 2 // it could not run or write, or, with -strict, a ticket was refused
)

const usage = `Deadlines reads tickets from standard input and writes by when each is due and how it stands, a row
for each target that binds it, in the order of the input. Run it from the root of the module, or say
where the contract is.

  go run ./examples/deadlines < tickets.csv > dues.csv
  go run ./examples/deadlines -format jsonl < tickets.jsonl > dues.jsonl

A ticket is a row, or a JSON object on one line, with columns in any order:
  id, received                              never empty
  channel, category, priority, item         what it is, in the names of the contract
  accepted, responded, arrived, workaround,
  restored, resolved, cancelled             when that happened first
  pauses                                    from/to/reason, ; between two, to empty while it lasts;
                                            in JSON a list of objects with these keys
  events                                    whatever else happened, or once more: time/event, or
                                            time/event/reason or priority, ; between two; in JSON a
                                            list of objects with at, event, reason, priority
  recorded, subject                         when it was entered; free text, which is not read
Times are RFC 3339: 2024-03-01T09:00:00+08:00. A row is one line of at most 65536 bytes; a field that holds
a comma stands in quotes. Each row is judged by itself: whether an id comes twice is not looked at.

What comes out: id, target, clause, due, status, overrun (hours:minutes:seconds), error.

Flags:
`

const usageCodes = `
Exit codes:
  0  it ran, whatever it found
  1  with -strict: there is a breach
  2  it could not run (wrong flags, a missing file, a contract with faults, a wrong header), or not
     read or write to the end; with -strict also: a ticket was refused
`

// The forms of tickets and dues.
const (
	formatCSV  = "csv"
	formatJSON = "jsonl"
)

// settings are what the command line says.
type settings struct {
	contract, asOf, format string
	plain, strict          bool
	refused                int
	// Not from the command line:
	workers, block int
}

// run is the program: it returns the exit code.
func run(args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	set, code, ok := readFlags(args, stdout, stderr)
	if !ok {
		return code
	}
	code, err := perform(set, stdin, stdout, stderr)
	if err != nil {
		fmt.Fprintln(stderr, "deadlines: "+err.Error())
		return exitFailed
	}
	return code
}

func readFlags(args []string, stdout, stderr io.Writer) (set settings, code int, ok bool) {
	// Blocks of which two for each core, and what comes of them, stay in the caches.
	set = settings{workers: runtime.GOMAXPROCS(0), block: 64 << 10}
	flags := flag.NewFlagSet("deadlines", flag.ContinueOnError)
	flags.SetOutput(stderr)
	flags.Usage = func() {} // said below, on the right stream
	flags.StringVar(&set.contract, "contract", "testdata/sample/contract.json", "the contract, `FILE` in JSON")
	flags.StringVar(&set.asOf, "as-of", "", "count only what happened by this `TIME`: 2025-03-10T18:00:00+08:00, or a date for\nits last second in the contract's zone; without it, now")
	flags.StringVar(&set.format, "format", formatCSV, "the `FORM` of tickets and dues: csv or jsonl")
	flags.BoolVar(&set.plain, "plain", false, "read and write CSV by encoding/csv, and times by time.Parse: the same, slower")
	flags.BoolVar(&set.strict, "strict", false, "make breaches exit code 1, and refused tickets 2")
	flags.IntVar(&set.refused, "refused", 20, "list the first `N` refused tickets at the end; their number is always told")
	if err := flags.Parse(args); err != nil {
		if errors.Is(err, flag.ErrHelp) {
			fmt.Fprint(stdout, usage)
			flags.SetOutput(stdout)
			flags.PrintDefaults()
			fmt.Fprint(stdout, usageCodes)
			return set, exitDone, false
		}
		fmt.Fprintln(stderr, "deadlines -h says how it is called")
		return set, exitFailed, false
	}
	given := make(map[string]bool)
	flags.Visit(func(f *flag.Flag) { given[f.Name] = true })
	wrong := ""
	switch {
	case set.format != formatCSV && set.format != formatJSON:
		wrong = fmt.Sprintf("-format %q; write csv or jsonl", set.format)
	case set.plain && set.format != formatCSV:
		wrong = "-plain is of CSV; leave -format out"
	case flags.NArg() > 0:
		wrong = fmt.Sprintf("%q is no flag; tickets come on standard input: deadlines < tickets.csv", flags.Arg(0))
	case set.refused < 0:
		wrong = "-refused is 0 or more"
	case given["as-of"] && set.asOf == "":
		wrong = "-as-of needs an instant or a date"
	}
	if wrong != "" {
		fmt.Fprintln(stderr, "deadlines: "+wrong+"\ndeadlines -h says how it is called")
		return set, exitFailed, false
	}
	return set, exitDone, true
}

// perform reads the contract and answers the tickets.
func perform(set settings, stdin io.Reader, stdout, stderr io.Writer) (code int, err error) {
	t, err := readTerms(set.contract)
	if err != nil {
		return exitFailed, err
	}
	asOf := time.Now().Truncate(time.Second)
	if set.asOf != "" {
		if asOf, err = readAsOf(set.asOf, t.zone); err != nil {
			return exitFailed, err
		}
	}
	if isTerminal(stdin) {
		fmt.Fprintf(stderr, "deadlines waits for tickets in %s on standard input, up to its end (Ctrl-D); deadlines -h names the columns\n", strings.ToUpper(set.format))
	}
	in := bufio.NewReader(stdin)
	if mark, err := in.Peek(3); err == nil && string(mark) == "\ufeff" {
		in.Discard(3) // they are there
	}
	line := 1
	var columns *table
	if set.format == formatCSV {
		if columns, line, err = readHeader(in); err != nil {
			return exitFailed, err
		}
		if _, err := fmt.Fprintln(stdout, strings.Join(outColumns, ",")); err != nil {
			return exitFailed, err
		}
	}
	s := &stream{
		workers: set.workers, size: set.block, most: set.refused, at: new(progress),
		worker: func() *worker { return newWorker(set, t, columns, asOf) },
	}
	wipe := func() {}
	if isTerminal(stderr) {
		wipe = s.at.show(stderr, sizeOf(stdin))
	}
	res, err := s.run(in, line, stdout)
	wipe()
	report(stderr, res, asOf, t.zone)
	switch {
	case err != nil:
		return exitFailed, err
	case set.strict && res.refused > 0:
		return exitFailed, nil
	case set.strict && res.breached > 0:
		return exitFindings, nil
	}
	return exitDone, nil
}

// newWorker puts a worker together.
func newWorker(set settings, t *terms, columns *table, asOf time.Time) *worker {
	w := &worker{reading: &reading{instant: parseInstant[[]byte], asOf: asOf, zone: t.zone}, judge: newJudge(t, asOf)}
	switch {
	case set.format == formatJSON:
		w.rows, w.sheet = new(jsonLines), newJSONSheet(t.zone)
	case set.plain:
		w.rows, w.sheet, w.reading.instant = &plainCSV{table: columns}, newPlainSheet(t.zone), parsePlain
	default:
		w.rows, w.sheet = &fastCSV{table: columns}, &fastSheet{zone: t.zone}
	}
	return w
}

// readHeader reads the first line that is not empty, and tells the number of the next.
func readHeader(in *bufio.Reader) (t *table, next int, err error) {
	for next = 1; ; {
		text, err := in.ReadSlice('\n')
		if err != nil && err != io.EOF && !errors.Is(err, bufio.ErrBufferFull) {
			return nil, next, err
		}
		text = bytes.TrimSuffix(bytes.TrimSuffix(text, []byte("\n")), []byte("\r"))
		next++
		switch {
		case len(text) > 0:
			t, err := newTable(string(text))
			return t, next, err
		case err != nil:
			return nil, next, fmt.Errorf("nothing on standard input; the first row names the columns, such as %s", strings.Join(columnNames[:], ","))
		}
	}
}

// report says on standard error what was refused, and how many there were of what.
func report(out io.Writer, res result, asOf time.Time, zone *time.Location) {
	for _, text := range res.list {
		fmt.Fprintln(out, "refused: "+text)
	}
	if more := res.refused - int64(len(res.list)); more > 0 && len(res.list) > 0 {
		fmt.Fprintf(out, "refused: %d more; each says why in its row\n", more)
	}
	fmt.Fprintf(out, "%d tickets as of %s: %d refused, %d without a target; %d dues, %d breached\n",
		res.tickets, asOf.In(zone).Format(time.RFC3339), res.refused, res.unbound, res.answers, res.breached)
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
