// Package proof holds workings: how a figure came about, as a list of steps that
// anyone can redo.
//
// It imports the standard library and nothing of this module. It knows no
// contract, no calendar, no zone table and no engine; what a step needs is
// quoted by the steps before it. That is what makes [Working.Check] worth
// anything, and a test keeps it so.
//
// What a check and a seal prove, and what they cannot:
//
//   - Check proves that every figure follows from the premises that the working
//     quotes. It redoes each step with its own, slow arithmetic, and calendar
//     steps by walking civil days.
//   - Check cannot prove that a premise is true: that the document says so, that
//     the calendar names that day. Whoever has the document and the records can
//     hold the premises against them; each says where it stands.
//   - Check cannot see a change that changes nothing (a pause after the deadline,
//     moved by an hour). The seal sees that, unless it was made anew.
package proof

// Format is the form of a Working that this package writes and reads.
const Format = "contract.working/1"

// A Working is the derivation of one figure: the value of its last step.
// It is plain data. The zero Working is empty and does not check.
type Working struct {
	Format string `json:"format"` // [Format]
	About  string `json:"about"`  // the question that was asked
	Result Value  `json:"result"` // of the last step: a working cut short shows
	Steps  []Step `json:"steps"`
	Seal   string `json:"seal"` // digest of all of the above; see [Working.Sealed]
}

// A Step states one value and why it holds. Its operands are the values of
// earlier steps, so that a fact used three times is quoted once.
type Step struct {
	Op     Op      `json:"op"`
	Args   []int   `json:"args,omitempty"` // earlier steps, counted from 1
	Name   string  `json:"name,omitempty"` // what the figure is called
	Value  Value   `json:"value"`
	Clause string  `json:"clause,omitempty"` // as cited: "10.1"
	Source *Source `json:"source,omitempty"` // of a premise; nil on derived steps
	Mark   Mark    `json:"mark,omitempty"`   // what did not happen
}

// A Source says where a premise stands.
type Source struct {
	In string `json:"in"`           // "document", "amendment A1", "calendar cn 2024-11-12", "events.csv:4"
	At string `json:"at,omitempty"` // JSON Pointer, column, or the notice that names a day
}

// A Value is a kind and its one canonical spelling. Values are comparable:
// values of one kind and one spelling are ==. The zero Value is none.
type Value struct {
	Kind Kind   `json:"kind"`
	Text string `json:"text"`
}

// A Kind says how the text of a Value reads.
type Kind string

// The kinds and their spellings. A text in another spelling than the canonical
// one is a fault of the step that holds it.
const (
	Number  Kind = "number"  // 40, -0.5, 2/3: exact; a finite decimal without trailing zeros, else a fraction in lowest terms
	Percent Kind = "percent" // 90%, 3800/41%: a Number and the sign
	Date    Kind = "date"    // 2024-05-11
	Instant Kind = "instant" // 2024-05-11T18:00:00+08:00: RFC 3339, fractions of a second without trailing zeros
	Elapsed Kind = "elapsed" // 8h30m0s, as time.Duration is spelled
	Days    Kind = "days"    // 7: a whole number of days, of at most nine digits
	Period  Kind = "period"  // 2024-04-29..2024-05-11, both in it
	Week    Kind = "week"    // mon-fri 09:00-12:00 13:00-18:00; sat 09:00-12:00. Local, half-open, to 48:00 at most; none: "never"; see [WeekOf]
	Word    Kind = "word"    // a choice that the contract states: closed, as mon; printable, single spaces
	Truth   Kind = "truth"   // yes, no
	Day     Kind = "day"     // a named day of a calendar: 2024-05-01 statutory, 2024-05-02 rest, 2024-05-11 work
	Agreed  Kind = "agreed"  // hours agreed for a date: 2024-10-12 09:00-12:00, or 2024-10-12 closed
	Shift   Kind = "offset"  // of a zone, from an instant on: 1991-09-14T15:00:00Z +08:00
	Money   Kind = "money"   // 2400.00 CNY, 12.07425 CNY, 100 JPY: with the digits of the minor unit at least, and no further trailing zeros; else a fraction, 2/3 CNY
	Span    Kind = "span"    // 30 days, 1 calendar day, 2 weeks, 1 month, 1 year, 10 working days
	Dated   Kind = "dated"   // the figure of a day: 2024-07-22 3.35%, 2024-03-31 50000.00 CNY, 2024-01-01 104.2
	Band    Kind = "band"    // half-open: below 80%: 20%; from 80% below 90%: 10%; from 95%: 0%; any: 5%
	Cell    Kind = "cell"    // of a table: serious, low: 1.5
	Stretch Kind = "stretch" // two instants, half-open: 2026-05-07T09:00:00+08:00/2026-05-08T18:00:00+08:00
)

// An Op is an operation. The list is closed: a Check that meets another says
// that it cannot check, which is not the same as that the working is wrong.
type Op string

// Premises: quoted, not derived. They take no operands and have a source. A value
// of kind Shift is quoted by Offset steps and these quote nothing else; a value of
// kind Day that later steps use is quoted by a Row.
const (
	Fact   Op = "fact"   // from the records
	Term   Op = "term"   // from the document, in its version
	Row    Op = "row"    // from a table: a day of a calendar, or the period through which those are all
	Offset Op = "offset" // the zone's offset from an instant on
	Rule   Op = "rule"   // from this library's specification or a statute
)

// Arithmetic, exact. Money adds to money of its currency only.
const (
	Add Op = "add" // one or more numbers, percents, amounts of money, elapsed times or days, all of one kind: their sum
	Sub Op = "sub" // two of one such kind: the first less the second

	// Mul is a product: at most one operand is money, days count as numbers and
	// percents as hundredths. It is money if an operand is; else a percent if just
	// one is; else a number. Two percents without money fail.
	Mul Op = "times"
	// Div is a quotient; the second operand is not 0. Two of one kind give a number.
	// Money, a percent or a number divided by a number, by days or by a percent (as
	// hundredths) keeps its kind; days divided by a number give a number.
	Div Op = "divided by"

	// Min and Max take one or more of one kind that has an order: number, percent,
	// money (of one currency), days, elapsed, date, instant.
	Min Op = "least of"
	Max Op = "greatest of"

	Mean  Op = "weighted mean" // number, percent, number, percent ...: the mean of the percents, each weighed by the number before it; the sum of those is not 0
	Share Op = "share"         // two numbers, or two elapsed times: the first as a percent of the second, which is not 0

	// Round rounds a number or percent to places (number: whole, 0 to 100; of a
	// percent those of its figure) by a mode (word: half up, half even, half down,
	// up, down; up is away from zero, and so is a tie that goes up). Money is rounded
	// to a multiple of money, elapsed time to one of elapsed time, by the same modes.
	Round Op = "round"

	// Split is one part of money that is shared: money, k (number), then the weights
	// (numbers, 0 or more, not all 0): the k-th part by largest remainder. Each part is
	// in proportion, towards zero, in minor units (or in the money's own last digit);
	// what is left over goes unit by unit to those that lost most, between equals to
	// the one named first. The parts add up to the whole.
	Split Op = "part"
)

// Tables: the first operands are sought in the rows that follow, which are quoted.
const (
	// Find is what a band gives: figure (number, percent, money), band ...: that of the
	// band that holds the figure. The bands ascend, from no lower end to no upper one,
	// without hole or overlap, in the kind and currency of the figure.
	Find Op = "band"
	// Entry is what an entry of a table gives: word ..., cell ...: that of the one cell
	// with just these keys. The words may be derived; each cell has as many keys, and
	// no two have the same.
	Entry Op = "entry"
	// Latest is the figure in force on a day: date, period, dated ...: that of the last
	// row on or before the date. The rows ascend; they and the date lie in the period,
	// for which they are all that the table has.
	Latest Op = "latest"
	Choose Op = "choose" // truth, value, value of the same kind: the first of the two if yes, else the second
)

// Civil days.
const (
	Between Op = "days between" // date, date: days from the first to the second; negative where that is before it

	// After is the day on which a span ends that begins the day after a date: date,
	// span (or number, or days: a whole number of days, which may be derived), and a
	// word for a month that lacks the corresponding day: last day, first of next month,
	// or refuse, which fails, as it does without the word. Working days are for [Nth].
	After Op = "end of period"
	// Before is the same counted back: the corresponding day before the date. It never
	// moves later: where a month lacks it, it is the last day also for first of next month.
	Before Op = "start of period"

	// Roll is the date itself, or another where it is a rest day: date, word, working
	// days. The words: rolls over rest days, or over statutory holidays: to the next
	// that is none; rolls back over them: to the last before that is none; rolls
	// within the month, or within the half-month, over them: to the next, unless that
	// lies in another, whose second begins on the 16th, then to the last before; rolls
	// back within the month over them: to the last before, unless that lies in another,
	// then to the next; rolls the nearer way over them: to the nearer of both, of two
	// as near to the later; stays.
	Roll Op = "rolled"

	NthBack Op = "working days before" // date, days (n ≥ 1), working days: the last day after which n working days lie up to and with the date

	Works Op = "is working day" // date, working days: truth
	// Counted is how many working days there are from a date to another: date, date,
	// word, working days. The word says which ends are counted: [), (], [], (); its left
	// is the first date. It is negative where the second is before the first.
	Counted     Op = "working days between"
	LastOfMonth Op = "last working day of month" // date, working days: of the month of the date
	// KindOfDay is what a date is for service: date, hours, word. It is agreed day,
	// make-up day, statutory holiday or rest day as the rows of the hours name it, in
	// that order, else weekend or working day: the word is the weekdays of a weekend, as
	// a [WorkingDays] step spells them, or never.
	KindOfDay Op = "kind of day"

	// Accrue is what accrues from a date to another: date, date, then products and
	// dated rows. A product is money that Mul and Div steps make of just one Between
	// step, whose days are its stretch: from the day after its first date through its
	// second. The stretches join, from the first date to the last. No payment (a dated
	// row of money) lies inside a stretch, and no rate (of percent or number) begins
	// inside one. Value: the sum of the products.
	Accrue Op = "accrued"
)

// Time that runs on the clock. What is to pass is not negative: a negative elapsed
// time fails, here and at [Reach]. Stretches may overlap and come in any order, and
// count once; an empty one changes nothing.
const (
	Elapse Op = "elapse" // instant, elapsed, stretch ...: the earliest instant by which that much time outside the stretches has passed
	Length Op = "length" // instant, instant, stretch ...: signed time from the first to the second; outside the stretches
)

// Service time and working days. A zone, hours or working days are objects:
// the step's value says what they cover, later steps use them by number.
//
// A local time stands for the first instant at which the clock shows it or later.
// A window belongs to the day on which it starts, before 24:00 and in whole minutes;
// where that of one day runs into that of the next, the time they share counts once.
// Instants that these steps derive are spelled with the offset of their zone then.
const (
	// Zone makes a local clock: offset rows, ascending. Value: word, the zone's name.
	//
	// The rows are all changes of the clock from the first on; that they are is for
	// whoever has the zone's table to hold against it. What the clock showed before
	// the first row is not known, and it may have shown a time twice, so a local time
	// becomes an instant only from 24 hours after the first row (its clock read as
	// UTC) on: quote the offset in force two days before the first day that is read.
	Zone Op = "zone"

	// Hours makes the service hours of a period: zone, week, holidays (word: closed,
	// open, closed on statutory days only), make-up days (word: closed, as mon … as
	// sun, or with their own hours, which are then quoted of each as agreed rows are),
	// period, then day and agreed rows, ascending, inside the period. The rows are all
	// that the calendar and the contract name in the period. Precedence of a date:
	// agreed, work, statutory or rest, weekday. Value: the period.
	//
	// Day rows ascend by themselves and agreed rows by themselves, one of each kind a
	// date at most. A question about an instant of a day reads the day before as well
	// where its windows run past midnight; where the week of the day has any such
	// window, the day before must lie inside the period. That no other window of the
	// day before the period reaches into it, one agreed for that date or of another
	// week, is part of what the period says.
	Hours Op = "hours"

	// WorkingDays makes the working days of a period: weekdays (word: mon-fri; see [WeekdaysOf]),
	// make-up days (word: count, ignored), period, then day rows as for Hours.
	// A day is a working day if named work and make-up days count; else not if
	// named statutory or rest; else by its weekday. Value: the period.
	WorkingDays Op = "working days"

	// Join puts versions together: hours ... or working days ..., whose periods
	// adjoin in order, of one zone (one and the same Zone step). Value: the whole period.
	Join Op = "join"

	// Combine makes hours of two: hours, word, hours. They are open when either is, when
	// both are, or when the first is and the second is not (first without second). Value:
	// the days of the instants that both quote, on the clock of the first. They have open
	// time and no windows of a day, so [Close], [Nth] with pauses and Join take none.
	Combine Op = "combined"

	Open      Op = "open"         // instant, instant, hours, stretch ...: signed service time from the first to the second, outside the stretches (elapsed)
	Paused    Op = "paused"       // instant, instant, hours, stretch ...: service time from the first to the second that lies inside the stretches (elapsed)
	Reach     Op = "reach"        // instant, elapsed, hours, stretch ...: the earliest instant by which that much service time outside the stretches has passed; at zero the first operand
	Part      Op = "part of time" // elapsed, percent or number: that part of it, in nanoseconds; one that is begun counts whole
	ReachBack Op = "reach back"   // instant, elapsed, hours: the latest instant from which that much service time lies before the instant; at zero that itself
	Opening   Op = "opening"      // instant, hours: the instant itself if it is open, else the next opening
	IsOpen    Op = "is open"      // instant, hours: truth; half-open
	Closing   Op = "closing"      // instant, hours: the instant itself if it is open just before, else the last closing before it
	// Turn is where service opens or closes: instant, word (next opening, next closing,
	// previous opening, previous closing), hours: the first such instant after the given
	// one, or the last before. Windows that touch are one.
	Turn  Op = "turn"
	DayOf Op = "day of" // instant, zone: the civil day on which it falls

	// InBand is the time from an instant to another, not before it, that lies in a
	// band: instant, instant, hours, working days, word: normal (the hours are open),
	// else by the day that the clock of the hours shows: statutory holiday (named so),
	// make-up day (named work), rest day (named rest, or neither named nor one of the
	// weekdays), out of hours (any other). The five bands add up to all of the time.
	InBand Op = "time in band"

	// Nth is the n-th working day after a date that is itself not counted, for a negative
	// n the one before it: date, days (n not 0), working days; and, where pauses skip days, hours, without (word:
	// ends as mon …, ends 18:00, ends 24:00), skip (word: wholly paused days are
	// skipped, touched days are skipped), stretch .... A day is wholly paused if all of its
	// service time lies inside the stretches, touched if some of it does; a working
	// day without service time has that of the weekday it ends as, or the time from its
	// start to the hour at which it ends. Service time here is that of the windows of
	// the day itself. A weekday that has no window in the week in force on the day ends
	// no day: the step fails if it comes to that.
	Nth Op = "nth working day"

	// Close is the end of a day: date, hours, without (word, as for Nth): the end of
	// the last window that starts on it; without a window, the hour that without says
	// (as mon: the end of the last window of mon; none: the step fails).
	Close    Op = "close"
	Midnight Op = "midnight"  // date, zone: 24:00 of that day
	SameTime Op = "same time" // instant, date, zone: the local time of day of the instant, on the date
)

// Logic.
const (
	Late     Op = "late"      // event (instant), due (instant): yes if the event is after the due instant; exactly at it is in time
	Excuse   Op = "excuse"    // a late step that says yes, its reason (word): no; what was late is no breach
	Grant    Op = "granted"   // a late step that says no, the reason of its event (word), reasons that grant more time (word) ...: yes; the reason is one of those
	AtLeast  Op = "at least"  // two of one kind that has an order: yes if the first is not below the second
	MoreThan Op = "more than" // the same: yes if the first is above the second
)

// A Mark says what did not happen at a step. Check holds it against the operands.
type Mark string

// The marks: of a Late step that says no; of a Min step with two operands, a figure
// and its cap; of a Max step with two, a figure and its minimum.
const (
	InTime           Mark = "in time"
	CapReached       Mark = "cap reached"        // the figure is the cap or above it
	CapNotReached    Mark = "cap not reached"    // it is below
	MinimumApplies   Mark = "minimum applies"    // the figure is below the minimum
	MinimumNotNeeded Mark = "minimum not needed" // it is not
)

// Premise reports whether op quotes rather than derives.
func (op Op) Premise() bool {
	switch op {
	case Fact, Term, Row, Offset, Rule:
		return true
	}
	return false
}
