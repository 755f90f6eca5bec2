package contract

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"

	"github.com/cfd16870/contract/internal/strictjson"
)

// DocumentFormat is the form of Document that this version reads and writes.
const DocumentFormat = "contract/1"

// A Document is one contract as written, with the amendments signed since. It
// is plain data that a person reviews, compares and signs; [Compile] makes a
// Contract of it. In JSON every name, unit and choice is a word. Field names are
// covered by the promise of compatibility: pointers in amendments and workings
// are made of them.
//
// In the tags, a field that is not optional must be stated where its clause stands
// (an empty list or object says "none"), and ref names the part of the document
// in which the value must be a name. What is not stated is not written, so that
// Parse reads what JSON writes, whole or not.
type Document struct {
	Format   string          `json:"format,omitzero"` // [DocumentFormat]
	ID       string          `json:"id,omitzero"`
	Title    string          `json:"title,omitzero" optional:"true"`
	Language string          `json:"language,omitzero" optional:"true"`
	Parties  map[Role]Party  `json:"parties,omitzero"`
	Signed   Date            `json:"signed,omitzero"`
	Zone     string          `json:"zone,omitzero"`     // of the tz database: Asia/Shanghai
	Currency string          `json:"currency,omitzero"` // ISO 4217
	Rounding *RoundingClause `json:"rounding,omitzero" optional:"true"`

	Clauses  map[string]Clause `json:"clauses,omitzero"`
	Requests *RequestsClause   `json:"requests,omitzero" optional:"true"`

	Periods        *PeriodsClause                `json:"periods,omitzero" optional:"true"`
	WorkingDays    map[string]DaysClause         `json:"workingDays,omitzero" optional:"true"`
	Hours          map[string]HoursClause        `json:"hours,omitzero" optional:"true"`
	Targets        map[string]TargetClause       `json:"targets,omitzero" optional:"true"`
	SeveralTargets SeveralTargets                `json:"severalTargets,omitzero" optional:"true"`
	PriorityChange PriorityChange                `json:"priorityChange,omitzero" optional:"true"`
	Attainment     *AttainmentClause             `json:"attainment,omitzero" optional:"true"`
	Statistics     map[string]StatisticClause    `json:"statistics,omitzero" optional:"true"`
	Availability   map[string]AvailabilityClause `json:"availability,omitzero" optional:"true"`
	Ratios         map[string]RatioClause        `json:"ratios,omitzero" optional:"true"`
	Satisfaction   *SatisfactionClause           `json:"satisfaction,omitzero" optional:"true"`

	Fees       *FeesClause              `json:"fees,omitzero" optional:"true"`
	Payments   map[string]PaymentClause `json:"payments,omitzero" optional:"true"`
	Adjustment *AdjustmentClause        `json:"adjustment,omitzero" optional:"true"`

	LatePayment    *LatePaymentClause      `json:"latePayment,omitzero" optional:"true"`
	ServiceCredits map[string]CreditClause `json:"serviceCredits,omitzero" optional:"true"`
	Breach         map[string]BreachClause `json:"breach,omitzero" optional:"true"`
	Liability      *LiabilityClause        `json:"liability,omitzero" optional:"true"`
	Deposit        *DepositClause          `json:"deposit,omitzero" optional:"true"`
	ForceMajeure   *ForceMajeureClause     `json:"forceMajeure,omitzero" optional:"true"`

	Term         *TermClause               `json:"term,omitzero" optional:"true"`
	Renewal      *RenewalClause            `json:"renewal,omitzero" optional:"true"`
	Suspension   *SuspensionClause         `json:"suspension,omitzero" optional:"true"`
	Endings      map[string]EndingClause   `json:"endings,omitzero" optional:"true"`
	Settlement   *SettlementClause         `json:"settlement,omitzero" optional:"true"`
	Notices      map[string]NoticeClause   `json:"notices,omitzero" optional:"true"`
	Survival     map[string]SurvivalClause `json:"survival,omitzero" optional:"true"`
	Disputes     *DisputesClause           `json:"disputes,omitzero" optional:"true"`
	GoverningLaw *LawClause                `json:"governingLaw,omitzero" optional:"true"`

	Readings   []Reading   `json:"readings,omitzero" optional:"true"`
	Completed  []Completed `json:"completed,omitzero" optional:"true"`
	Amendments []Amendment `json:"amendments,omitzero"`
}

// A Party is one side as the document calls it.
type Party struct {
	Label string `json:"label,omitzero"` // 甲方
	Name  string `json:"name,omitzero"`
}

// A Clause is where a provision stands. Rules cite it by the name it has in the
// document; a printed citation gives both numbers where they differ, never a
// bare one, since the body and the contents may number the clauses differently.
type Clause struct {
	Body     string     `json:"body,omitzero" optional:"true"`
	Contents string     `json:"contents,omitzero" optional:"true"`
	Title    string     `json:"title,omitzero" optional:"true"`
	Source   ClauseText `json:"source,omitzero"`
}

// ClauseText says how much of a clause the source has.
type ClauseText string

const (
	ClauseFull     ClauseText = "full text"
	ClauseCut      ClauseText = "cut short"
	ClauseHeading  ClauseText = "heading only"
	ClauseContents ClauseText = "contents only"
	ClauseSupplied ClauseText = "supplied" // not in the source at all
)

// Words returns the words of the choice.
func (ClauseText) Words() []string {
	return []string{string(ClauseFull), string(ClauseCut), string(ClauseHeading), string(ClauseContents), string(ClauseSupplied)}
}

// String returns the clause as a citation prints it: 4.1(2), with both numbers
// where they differ, 8.1(1) (contents 7.1), or the one that it has, contents 10.2.
func (c Clause) String() string {
	switch {
	case c.Body == "" && c.Contents == "":
		return c.Title
	case c.Body == "":
		return "contents " + c.Contents
	case c.Contents == "" || c.Contents == c.Body || within(c.Contents, c.Body):
		return c.Body
	}
	return c.Body + " (contents " + c.Contents + ")"
}

// within reports whether a clause number is the whole of which another is a
// part: 4.1 of 4.1(2).
func within(whole, part string) bool {
	return len(part) > len(whole) && part[:len(whole)] == whole && (part[len(whole)] == '(' || part[len(whole)] == '.')
}

// RequestsClause lists the names by which requests are told apart, each with
// what the contract calls it.
type RequestsClause struct {
	Clause     string            `json:"clause,omitzero" ref:"clauses"`
	Channels   map[string]string `json:"channels,omitzero"`
	Categories map[string]string `json:"categories,omitzero"`
	Priorities map[string]string `json:"priorities,omitzero"`

	Attributes map[string]map[string]string `json:"attributes,omitzero" optional:"true"` // others by which targets choose: plan, site; each with its names
	ClockSkew  Span                         `json:"clockSkew,omitzero" optional:"true"`  // by which an event may be told to lie before the receipt: it counts as at the receipt
}

// DisputesClause says who decides disputes, and where. It is metadata.
type DisputesClause struct {
	Clause string `json:"clause,omitzero" ref:"clauses"`
	By     string `json:"by,omitzero"`
	Place  string `json:"place,omitzero"`
}

// LawClause names the governing law. It selects the statute with which a silence of
// the contract is told, and applies nothing by itself.
type LawClause struct {
	Clause string `json:"clause,omitzero" ref:"clauses"`
	Law    string `json:"law,omitzero"`
}

// A Reading marks a place where the text can be read in more than one way. The
// value that stands at At is the reading chosen.
type Reading struct {
	At   string        `json:"at,omitzero"`   // JSON Pointer
	Text string        `json:"text,omitzero"` // what the contract says
	Also []Alternative `json:"also,omitzero"` // the other readings
}

// An Alternative is another reading of a doubtful place: what it reads, and, where
// the document can say it, what it would say instead, so that the doubt can be
// weighed: see [Document.Reread].
type Alternative struct {
	Reads   string    `json:"reads,omitzero"`
	Changes []Restate `json:"changes,omitzero" optional:"true"`
}

// A Restate is what would stand at a place under another reading. It says nothing
// of what stands there: a reading is no amendment.
type Restate struct {
	At      string `json:"at,omitzero"`
	Becomes any    `json:"becomes,omitzero" optional:"true"` // absent: nothing would stand there
}

// Completed marks a place where the text is silent and a figure was supplied.
// Everything under a clause whose source is not full text is completed as well.
type Completed struct {
	At      string `json:"at,omitzero"`
	Because string `json:"because,omitzero"`
}

// documentLimits bound what Parse reads.
var documentLimits = strictjson.Limits{Bytes: 4 << 20, Depth: 32, Digits: mostDigits, Nodes: 200_000}

// Parse reads a document from JSON, strictly: repeated and unknown keys, null,
// text after the end and values in the wrong form are faults. All faults come
// back at once, as Errors, each with line, column and JSON Pointer. A document
// of another format is ErrFormat and nothing else is said of it.
//
// Parse says that the text is well formed; whether the contract holds together
// is Compile's to say.
func Parse(data []byte) (*Document, error) {
	var doc Document
	faults := decodeFaults(strictjson.Decode(data, &doc, documentLimits))
	switch {
	case doc.Format != "" && doc.Format != DocumentFormat:
		return nil, Errors{{Pointer: "/format", Kind: ErrFormat, Msg: fmt.Sprintf("format %q; this version reads %q", clip(doc.Format), DocumentFormat)}}
	case len(faults) > 0:
		return nil, faults
	}
	return &doc, nil
}

// MustParse is Parse for a constant; it panics where Parse errs.
func MustParse(data string) *Document {
	doc, err := Parse([]byte(data))
	if err != nil {
		panic("contract.MustParse: " + err.Error())
	}
	return doc
}

// decodeFaults gives the faults of the JSON floor the form of ours.
func decodeFaults(faults []strictjson.Fault) Errors {
	var all Errors
	for _, f := range faults {
		e := &Error{Line: f.Line, Column: f.Column, Pointer: f.Pointer, Kind: ErrSyntax, Msg: f.Msg, Cause: f.Err}
		switch f.Kind {
		case strictjson.UnknownKey:
			e.Kind = ErrUnknown
		case strictjson.DuplicateKey:
			e.Kind = ErrDuplicate
		case strictjson.Limit:
			e.Kind = ErrLimit
		case strictjson.BadValue:
			e.Kind = kindOf(f.Err)
			e.Msg = withoutKind(f.Msg, e.Kind)
		}
		all = append(all, e)
	}
	return all
}

// JSON returns the document in its canonical form: one line, names in order. Parse
// of it gives an equal document.
func (d *Document) JSON() ([]byte, error) { return strictjson.Encode(d) }

// Digest returns the SHA-256 of the canonical JSON, in hexadecimal: two documents
// with one digest say the same, amendments included.
func (d *Document) Digest() string {
	data, err := d.JSON()
	if err != nil {
		return "" // only a Percent or Money made by hand out of nothing cannot be written
	}
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}

// Cite returns the printed number of a clause by the name that the document gives
// it; the name itself where there is no such clause.
func (d *Document) Cite(name string) string {
	c, ok := d.Clauses[name]
	if !ok {
		return name
	}
	return c.String()
}
