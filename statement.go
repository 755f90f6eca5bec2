package contract

import (
	"errors"
	"fmt"
	"iter"
	"slices"
	"time"

	"github.com/cfd16870/contract/proof"
)

// StatementFormat is the form of a Statement that this version writes.
const StatementFormat = "contract.statement/1"

// Records are what happened under a contract, each with when it happened and when
// it was recorded. What happened or was recorded after the instant asked about is not
// known yet and left out. Every record but requests and surveys has an id of its own.
// One that cannot be used is listed as refused, and spoils no other. Requests and surveys may be many: they are sequences,
// read once and not kept, and what goes wrong in reading them, or a context that
// was cancelled, travels in them as an error and ends the run. A slice is
// slices.Values away from one.
type Records struct {
	Requests iter.Seq2[*Request, error] // each another Request, not one used again
	Surveys  iter.Seq2[Survey, error]
	Outages  []Outage // nil: nobody recorded any, and there is no figure; empty: there were none
	Work     []Work
	Usage    []Usage
	Invoices []InvoiceRecord
	Payments []Payment
	Notices  []Notice
	Claims   []Claim
	// Measured, if set, is given every measurement as it is made; an error from it
	// ends the run. The statement itself keeps counts, and the worst breaches.
	Measured func(Measurement) error
	Breaches int // how many breaches to keep, those with the longest overrun; 0 for none
}

// An InvoiceRecord is an invoice as it was issued.
type InvoiceRecord struct {
	Source, ID       string
	Item             string   // the flat item that it bills, for the days of Period
	Period           Period   // half-open; the zero Period where it bills work and usage
	Work, Usage      []string // or the ids of the work and usage that it bills
	Issued, Received Date
	Compliant        bool // the payer may deduct the tax by it
	Net, Tax, Total  Money
	Due              Date      // that it claims; the zero Date: none
	Recorded         time.Time // the zero time: at once
}

// A Claim is a figure that somebody states: held against the figure computed.
type Claim struct {
	Source, ID string
	Of         ClaimOf
	Subject    string    // the invoice, month (2024-05), quarter (2024-Q2) or request that it is about
	Target     string    // of a status
	AsOf       Date      // of a late charge: the day through which it is charged
	Off        string    // of a credit or deduction: the invoice off which it was taken
	Amount     Money     // of money
	Status     Status    // of a status: StatusMet or StatusBreached
	Recorded   time.Time // the zero time: at once
}

// ClaimOf is what a claim states.
type ClaimOf string

const (
	ClaimLateCharge ClaimOf = "late charge"
	ClaimCredit     ClaimOf = "credit"    // of a month's attainment
	ClaimDeduction  ClaimOf = "deduction" // of a quarter's satisfaction
	ClaimStatus     ClaimOf = "status"    // of a request's target
)

// Words returns the words of the choice.
func (ClaimOf) Words() []string {
	return []string{string(ClaimLateCharge), string(ClaimCredit), string(ClaimDeduction), string(ClaimStatus)}
}

// A Statement is all that a contract gives for its records, as of an instant. It is
// a pure function of document, reference data, records and instant.
type Statement struct {
	Contract     string
	AsOf         time.Time
	Versions     []Version
	Term         Term
	Counts       StatementCounts
	Attainment   []Attainment
	Satisfaction []Satisfaction
	Availability []Availability
	Breaches     []Measurement // the worst, by overrun, as many as were asked for
	Prices       []Price
	Raises       []Raise
	Invoices     []InvoiceResult
	Account      *Account
	Refunds      []Refund // of fees that were billed for days after the end, in its contract year
	Credits      []ServiceCredit
	Penalties    []Penalty
	Liability    *Liability // nil where the contract has no such clause
	Rights       []Right
	Agenda       []AgendaItem
	Balance      []Owing      // what each side owes, line by line
	Differences  []Difference // claimed against computed, largest amount first
	Findings     []Finding
	Doubts       []Doubt  // places that can be read another way, or were completed
	Silent       []*Error // questions that the contract does not answer
	Refused      []*Error // faults of records, with their place, and of questions that had no answer: the first 1,000
	Receipt      Receipt

	currency [3]byte
	figures  []Figure
	named    map[string]bool
}

// mostRefused bounds the refused records that a statement lists; all are counted.
const mostRefused = 1000

// StatementCounts are the control totals of a statement.
type StatementCounts struct {
	Requests int64 // read
	Measured int64 // of them, measured against their targets
	Unbound  int64 // of them, bound by no target
	Outside  int64 // of them, received outside the term
	Later    int64 // records of any kind that happened or were recorded after the instant asked about
	Refused  int64 // records of any kind that could not be used

	Measurements int64
	Unknown      int64 // not among them: of measured requests, targets whose deadline the calendar does not reach
	ByStatus     map[Status]int64
	OpenAndLate  int64 // of the breached, still open
}

// An InvoiceResult is an invoice as issued beside what the contract gives.
type InvoiceResult struct {
	Record    InvoiceRecord
	Computed  *Invoice // nil where it could not be computed
	Duplicate string   // the invoices that billed the same before; "" for none
	Debt      Money    // what is owed on it: what the contract gives of what was not billed before, at most what was invoiced, less what was taken off
}

// An Owing is a line of what one side owes the other.
type Owing struct {
	By      Role
	What    string
	Of      string // the invoice, month or quarter
	Clause  string
	Amount  Money
	Due     Date   // of a principal: the last day on which it is paid in time; else the zero Date: at once
	Waiting Anchor // what has to happen before it falls due; "" for nothing
	figure  string
}

// IsDue reports whether the line has to be paid by the end of a day, late or not.
func (o Owing) IsDue(day Date) bool { return o.Waiting == "" && !o.Due.After(day) }

// A Difference is a figure that somebody claimed and that the contract gives otherwise.
type Difference struct {
	ID       string // stable: what is claimed, and of what
	What     string
	Of       string
	Source   string // where it is claimed
	Clause   string
	Claimed  proof.Value
	Computed proof.Value
	Amount   Money            // claimed less computed; the zero Money where it is not of money
	Parts    []DifferencePart // of an invoice: which else of its figures differ
	Uneven   bool             // of an invoice: its own net and tax do not add up to its total
	Days     int              // of a due date: claimed less computed
	Overrun  time.Duration    // of a status: how late it was
	Note     string           // the same in words
	figure   string
}

// A DifferencePart is the net or tax of an invoice, as claimed and as computed.
type DifferencePart struct {
	What              string
	Claimed, Computed Money
}

// A Finding is something that the records show and that no figure says.
type Finding struct {
	ID     string // stable: its code, and of what
	Code   FindingCode
	Of     string
	Other  string // what else it is about: the invoice that billed the same, or that a payment names
	Source string
	Clause string
	Amount Money // what it is worth; the zero Money where it is not of money
	From   Date  // of a payment that was back-dated: the day on which it is said to have been credited; of a late notice the last day for it
	On     Date  // the day on which that was recorded; of a late notice the day that counts; the day on which the contract ended
	Msg    string
	figure string
}

// FindingCode is a kind of finding.
type FindingCode string

const (
	FindingInvoiceTwice     FindingCode = "invoice twice"
	FindingPaymentBackdated FindingCode = "payment back-dated"
	FindingNoticeLate       FindingCode = "notice late"
	FindingNoticeVoid       FindingCode = "notice without effect"
	FindingAfterTheEnd      FindingCode = "billed after the end"
	FindingPaymentUnmatched FindingCode = "payment unmatched" // it names no debt, and meets what is due
	FindingOverTheCap       FindingCode = "over the cap of liability"
	FindingNotClaimed       FindingCode = "owed and not claimed"
	FindingNotTold          FindingCode = "availability not told" // a record of an outage was refused: what the others come to is too good
)

// IsError reports whether the finding says that a record is wrong; others are told
// for what they are worth.
func (c FindingCode) IsError() bool {
	switch c {
	case FindingInvoiceTwice, FindingPaymentBackdated, FindingNoticeLate, FindingAfterTheEnd:
		return true
	}
	return false
}

// A Doubt is a place of the document that a figure may rest on and that can be read
// another way, or that was completed because the text is silent.
type Doubt struct {
	At     string // JSON Pointer
	Clause string
	Text   string        // what the contract says; of a completed place, why
	Reads  string        // the reading that stands, as JSON has it
	Also   []Alternative // the other readings; none of a completed place
}

// A Receipt proves that these inputs give this result: digests of each.
type Receipt struct {
	Library   string
	Document  string
	Calendars string
	Series    string
	Records   string
	Result    string
}

// A Figure is one figure of a statement, under the name by which it can be asked for.
type Figure struct {
	ID     string
	What   string
	Of     string
	Clause string
	Value  proof.Value
	Note   string

	explain func() *proof.Working
}

// Explain is the working of the figure; an empty one where it is a count.
func (f Figure) Explain() *proof.Working {
	if f.explain == nil {
		return new(proof.Working)
	}
	return f.explain()
}

// Figures returns the figures of the statement in the order of its text.
func (s *Statement) Figures() []Figure { return slices.Clone(s.figures) }

// Figure returns the figure of that name; the error lists the names that exist.
func (s *Statement) Figure(id string) (Figure, error) {
	names := make([]string, len(s.figures))
	for i, f := range s.figures {
		if f.ID == id {
			return f, nil
		}
		names[i] = f.ID
	}
	return Figure{}, &Error{Kind: ErrUnknown, Msg: fmt.Sprintf("no figure %q; %s", clip(id), have(names))}
}

// figure keeps a figure under its name, once.
func (s *Statement) figure(f Figure) string {
	if !s.named[f.ID] {
		s.named[f.ID] = true
		s.figures = append(s.figures, f)
	}
	return f.ID
}

// Statement computes all that the contract gives for records as of an instant.
// Records that cannot be used are listed in it and counted; the error is of what
// ended the run: a fault that a sequence carried, or that Measured returned.
func (c *Contract) Statement(r Records, asOf time.Time) (*Statement, error) {
	if c.doc == nil {
		return nil, &Error{Kind: ErrInvalid, Msg: "the zero Contract has no terms to state anything by"}
	}
	m := &making{
		Statement: &Statement{Contract: c.doc.ID, AsOf: asOf.In(c.Zone()), Versions: c.Versions(), Counts: StatementCounts{ByStatus: make(map[Status]int64)}, named: make(map[string]bool)},
		c:         c, r: r, asOf: asOf, day: DateOf(asOf.In(c.Zone())), terms: c.on(DateOf(asOf.In(c.Zone()))),
		digest: newDigest(), owing: make(map[string]*owedInvoice), given: make(map[given]Money), void: make(map[string]bool),
	}
	copy(m.currency[:], c.doc.Currency) // of a contract without money there is none
	m.digest.money(r)
	m.known()
	m.usable()
	m.prices()
	m.invoices()
	m.afterTheEnd()
	m.owedFigures()
	m.account()
	m.life()
	if err := m.requests(); err != nil {
		return nil, err
	}
	if err := m.surveys(); err != nil {
		return nil, err
	}
	m.availability()
	m.credits()
	m.claims()
	m.balance()
	m.doubts()
	m.finish()
	return m.Statement, nil
}

// making is a statement in the making.
type making struct {
	*Statement
	c     *Contract
	r     Records
	asOf  time.Time
	day   Date
	terms *terms

	digest *recordDigest
	owing  map[string]*owedInvoice // by invoice: what is owed on it
	given  map[given]Money         // credits and deductions that were taken off invoices
	void   map[string]bool         // claims that were taken off invoices which cannot bear them, by id
	dates  []DebtDates             // of the debts as they stood

	uncertain bool // what is owed on some invoice cannot be said

	withheld map[string]string // the source of a refused outage, by its service: there is no figure of that
}

// refuse lists a record that cannot be used, with its place and all its faults.
func (m *making) refuse(in string, err error) {
	m.Counts.Refused++
	m.fault(in, err)
}

// fault lists what cannot be computed.
func (m *making) fault(in string, err error) {
	var all Errors
	if errors.As(err, &all) {
		for _, e := range all {
			m.fault(in, e)
		}
		return
	}
	if len(m.Refused) >= mostRefused {
		return
	}
	e := new(Error)
	if at, ok := errors.AsType[*Error](err); ok {
		*e = *at
	} else {
		e.Kind, e.Msg, e.Cause = kindOf(err), err.Error(), err
	}
	if e.In == "" {
		e.In = in
	}
	m.Refused = append(m.Refused, e)
}

// answered sorts an error: a silence is told as such, anything else refuses the
// record, or where there is none is listed. It reports whether there is an answer.
func (m *making) answered(in string, err error) bool {
	if err == nil {
		return true
	}
	if e, ok := errors.AsType[*Error](err); ok && errors.Is(err, ErrSilent) {
		if !slices.ContainsFunc(m.Silent, func(o *Error) bool { return o.Pointer == e.Pointer && o.Msg == e.Msg }) {
			m.Silent = append(m.Silent, e)
		}
		return false
	}
	if in == "" {
		m.fault("", err)
	} else {
		m.refuse(in, err)
	}
	return false
}
