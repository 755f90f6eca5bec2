package contract

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"hash"
	"io"
	"time"

	"github.com/shopspring/decimal"

	"github.com/cfd16870/contract/internal/strictjson"
	"github.com/cfd16870/contract/proof"
)

// libraryVersion is what a receipt says of the library.
const libraryVersion = "github.com/cfd16870/contract 0.3"

// The statement as JSON: every figure under its name, in words and canonical
// spellings. The same records give the same bytes.

type statementJSON struct {
	Format      string           `json:"format"`
	Contract    string           `json:"contract"`
	AsOf        string           `json:"asOf"`
	Versions    []versionJSON    `json:"versions"`
	Term        *termJSON        `json:"term,omitempty"`
	Counts      countsJSON       `json:"counts"`
	Owed        []owedJSON       `json:"owed"`
	Balance     []owingJSON      `json:"balance"`
	Differences []differenceJSON `json:"differences"`
	Findings    []findingJSON    `json:"findings"`
	Figures     []figureJSON     `json:"figures"`
	Breaches    []breachJSON     `json:"breaches"`
	Agenda      []agendaJSON     `json:"agenda"`
	Doubts      []doubtJSON      `json:"doubts"`
	Silent      []faultJSON      `json:"silent"`
	Refused     []faultJSON      `json:"refused"`
	Receipt     *receiptJSON     `json:"receipt,omitempty"`
}

type versionJSON struct {
	From      string `json:"from,omitempty"`
	Amendment string `json:"amendment,omitempty"`
	Digest    string `json:"digest"`
}

type termJSON struct {
	From     string `json:"from"`
	Through  string `json:"through"`
	Renewals int    `json:"renewals"`
	NoticeBy string `json:"noticeBy,omitempty"`
	Ended    string `json:"ended,omitempty"`
}

type countsJSON struct {
	Requests     int64            `json:"requests"`
	Measured     int64            `json:"measured"`
	Unbound      int64            `json:"unbound"`
	Outside      int64            `json:"outside"`
	Later        int64            `json:"later"`
	Refused      int64            `json:"refused"`
	Measurements int64            `json:"measurements"`
	ByStatus     map[string]int64 `json:"byStatus"`
	OpenAndLate  int64            `json:"openAndLate"`
	Unknown      int64            `json:"unknown,omitzero"`
}

type owedJSON struct {
	By     string `json:"by"`
	Amount string `json:"amount"`
}

type owingJSON struct {
	By     string `json:"by"`
	What   string `json:"what"`
	Of     string `json:"of,omitempty"`
	Clause string `json:"clause,omitempty"`
	Amount string `json:"amount"`
	Due    string `json:"due,omitempty"`
	Waits  string `json:"waitingFor,omitempty"`
	IsDue  bool   `json:"isDue"`
	Figure string `json:"figure,omitempty"`
}

type differenceJSON struct {
	ID       string     `json:"id"`
	What     string     `json:"what"`
	Of       string     `json:"of"`
	Source   string     `json:"source,omitempty"`
	Clause   string     `json:"clause,omitempty"`
	Claimed  string     `json:"claimed"`
	Computed string     `json:"computed"`
	Amount   string     `json:"amount,omitempty"`
	Parts    []partJSON `json:"parts,omitempty"`
	Uneven   bool       `json:"uneven,omitempty"`
	Days     int        `json:"days,omitempty"`
	Overrun  string     `json:"overrun,omitempty"`
	Note     string     `json:"note,omitempty"`
	Figure   string     `json:"figure,omitempty"`
}

type partJSON struct {
	What     string `json:"what"`
	Claimed  string `json:"claimed"`
	Computed string `json:"computed"`
}

type findingJSON struct {
	ID     string `json:"id"`
	Code   string `json:"code"`
	Error  bool   `json:"error"`
	Of     string `json:"of,omitempty"`
	Other  string `json:"other,omitempty"`
	Source string `json:"source,omitempty"`
	Clause string `json:"clause,omitempty"`
	Amount string `json:"amount,omitempty"`
	From   string `json:"from,omitempty"`
	On     string `json:"on,omitempty"`
	Msg    string `json:"msg"`
	Figure string `json:"figure,omitempty"`
}

type figureJSON struct {
	ID     string      `json:"id"`
	What   string      `json:"what"`
	Of     string      `json:"of,omitempty"`
	Clause string      `json:"clause,omitempty"`
	Value  proof.Value `json:"value"`
	Note   string      `json:"note,omitempty"`
}

type breachJSON struct {
	Request string `json:"request"`
	Target  string `json:"target"`
	Clause  string `json:"clause"`
	Source  string `json:"source,omitempty"`
	Due     string `json:"due"`
	Done    string `json:"done,omitempty"`
	Overrun string `json:"overrun"`
}

type agendaJSON struct {
	On          string `json:"on"`
	What        string `json:"what"`
	Of          string `json:"of,omitempty"`
	Clause      string `json:"clause,omitempty"`
	Law         string `json:"law,omitempty"`
	Consequence string `json:"consequence,omitempty"`
}

type doubtJSON struct {
	At     string   `json:"at"`
	Clause string   `json:"clause,omitempty"`
	Text   string   `json:"text"`
	Reads  string   `json:"reads"`
	Also   []string `json:"also,omitempty"`
}

type faultJSON struct {
	In      string `json:"in,omitempty"`
	Pointer string `json:"pointer,omitempty"`
	Clause  string `json:"clause,omitempty"`
	Kind    string `json:"kind"`
	Msg     string `json:"msg"`
	Statute string `json:"statute,omitempty"`
}

type receiptJSON struct {
	Library   string `json:"library"`
	Document  string `json:"document"`
	Calendars string `json:"calendars"`
	Series    string `json:"series"`
	Records   string `json:"records"`
	Result    string `json:"result"`
}

// amountText is an amount, or nothing where there is none.
func amountText(m Money) string {
	if m.Currency() == "" {
		return ""
	}
	return m.String()
}

func dateText(d Date) string {
	if !d.IsValid() {
		return ""
	}
	return d.String()
}

// JSON returns the statement as JSON, in one form: the same statement gives the
// same bytes.
func (s *Statement) JSON() ([]byte, error) {
	out := s.json()
	r := receiptJSON(s.Receipt)
	out.Receipt = &r
	return strictjson.Encode(out)
}

func (s *Statement) json() statementJSON {
	out := statementJSON{
		Format: StatementFormat, Contract: s.Contract, AsOf: stamp(s.AsOf),
		Versions: []versionJSON{}, Owed: []owedJSON{}, Balance: []owingJSON{}, Differences: []differenceJSON{}, Findings: []findingJSON{},
		Figures: []figureJSON{}, Breaches: []breachJSON{}, Agenda: []agendaJSON{}, Doubts: []doubtJSON{},
		Silent: faultsJSON(s.Silent), Refused: faultsJSON(s.Refused),
	}
	for _, v := range s.Versions {
		out.Versions = append(out.Versions, versionJSON{dateText(v.From), v.Amendment, v.Digest})
	}
	if t := s.Term; t.Period.IsValid() || t.Ended.IsValid() {
		out.Term = &termJSON{dateText(t.Period.From), dateText(t.Period.Last()), t.Renewals, dateText(t.NoticeBy), dateText(t.Ended)}
	}
	n := s.Counts
	out.Counts = countsJSON{n.Requests, n.Measured, n.Unbound, n.Outside, n.Later, n.Refused, n.Measurements, make(map[string]int64), n.OpenAndLate, n.Unknown}
	for status, k := range n.ByStatus {
		out.Counts.ByStatus[status.String()] = k
	}
	for _, by := range []Role{Customer, Provider} {
		out.Owed = append(out.Owed, owedJSON{string(by), amountText(s.Owed(by))})
	}
	day := DateOf(s.AsOf)
	for _, o := range s.Balance {
		out.Balance = append(out.Balance, owingJSON{string(o.By), o.What, o.Of, o.Clause, amountText(o.Amount), dateText(o.Due), string(o.Waiting), o.IsDue(day), o.figure})
	}
	for _, d := range s.Differences {
		one := differenceJSON{ID: d.ID, What: d.What, Of: d.Of, Source: d.Source, Clause: d.Clause, Claimed: d.Claimed.Text, Computed: d.Computed.Text,
			Amount: amountText(d.Amount), Uneven: d.Uneven, Days: d.Days, Note: d.Note, Figure: d.figure}
		for _, p := range d.Parts {
			one.Parts = append(one.Parts, partJSON{p.What, p.Claimed.String(), p.Computed.String()})
		}
		if d.Overrun > 0 {
			one.Overrun = d.Overrun.String()
		}
		out.Differences = append(out.Differences, one)
	}
	for _, f := range s.Findings {
		out.Findings = append(out.Findings, findingJSON{f.ID, string(f.Code), f.Code.IsError(), f.Of, f.Other, f.Source, f.Clause, amountText(f.Amount), dateText(f.From), dateText(f.On), f.Msg, f.figure})
	}
	for _, f := range s.figures {
		out.Figures = append(out.Figures, figureJSON{f.ID, f.What, f.Of, f.Clause, f.Value, f.Note})
	}
	for _, b := range s.Breaches {
		done := ""
		if !b.Done.IsZero() {
			done = stamp(b.Done)
		}
		out.Breaches = append(out.Breaches, breachJSON{b.request.ID, b.Target(), b.Clause(), b.request.Source, stamp(b.Due), done, b.Overrun.String()})
	}
	for _, a := range s.Agenda {
		out.Agenda = append(out.Agenda, agendaJSON{a.On.String(), a.What, a.Of, a.Clause, a.Law, a.Consequence})
	}
	for _, d := range s.Doubts {
		one := doubtJSON{At: d.At, Clause: d.Clause, Text: d.Text, Reads: d.Reads}
		for _, a := range d.Also {
			one.Also = append(one.Also, a.Reads)
		}
		out.Doubts = append(out.Doubts, one)
	}
	return out
}

func faultsJSON(list []*Error) []faultJSON {
	out := make([]faultJSON, len(list))
	for i, e := range list {
		kind := ""
		if e.Kind != nil {
			kind = e.Kind.Error()
		}
		out[i] = faultJSON{e.In, e.Pointer, e.Clause, kind, e.Msg, e.Statute}
	}
	return out
}

// A recordDigest hashes records as they are read.
type recordDigest struct{ hash.Hash }

func newDigest() *recordDigest { return &recordDigest{sha256.New()} }

// say writes fields so that no two lists of them are written alike.
func (d *recordDigest) say(fields ...string) {
	for _, f := range fields {
		fmt.Fprintf(d, "%d:", len(f))
		io.WriteString(d, f)
	}
	io.WriteString(d, "\n")
}

func (d *recordDigest) request(q *Request) {
	d.say("request", q.ID, q.Channel, q.Category, q.Priority, q.Item, instantText(q.Received), instantText(q.Recorded))
	for _, word := range sortedKeys(q.Attributes) {
		d.say("attribute", word, q.Attributes[word])
	}
	for _, e := range q.Events {
		d.say("event", e.Kind.String(), instantText(e.At), e.Reason, instantText(e.Recorded))
		if e.Priority != "" {
			d.say("priority", e.Priority)
		}
	}
}

func (d *recordDigest) survey(s Survey) {
	d.say("survey", s.On.String(), s.Answer, s.Recorded.String())
}

// money hashes the records on money, and those of outages, as they were given.
func (d *recordDigest) money(r Records) {
	for i := range r.Invoices {
		d.say(append([]string{"invoice", r.Invoices[i].ID}, r.Invoices[i].fields()...)...)
	}
	for i := range r.Work {
		d.say(append([]string{"work", r.Work[i].ID}, r.Work[i].fields()...)...)
	}
	for i := range r.Usage {
		d.say(append([]string{"usage", r.Usage[i].ID}, r.Usage[i].fields()...)...)
	}
	for i := range r.Payments {
		d.say(append([]string{"payment", r.Payments[i].ID}, r.Payments[i].fields()...)...)
	}
	for i := range r.Notices {
		d.say(append([]string{"notice", r.Notices[i].ID}, r.Notices[i].fields()...)...)
	}
	for i := range r.Outages {
		d.say(append([]string{"outage", r.Outages[i].ID}, r.Outages[i].fields()...)...)
	}
	for i := range r.Claims {
		d.say(append([]string{"claim", r.Claims[i].ID}, r.Claims[i].fields()...)...)
	}
}

// The fields of a record are what it says, in one form: neither where it was read
// nor its id.

func (v *InvoiceRecord) fields() []string {
	return []string{v.Item, v.Period.String(), fmt.Sprintf("%q %q", v.Work, v.Usage), v.Issued.String(), v.Received.String(), fmt.Sprint(v.Compliant),
		v.Net.String(), v.Tax.String(), v.Total.String(), v.Due.String(), instantText(v.Recorded)}
}

func (w *Work) fields() []string {
	return []string{w.Item, instantText(w.From), instantText(w.To), keysText(w.Keys), instantText(w.Recorded)}
}

func (u *Usage) fields() []string {
	return []string{u.Item, u.On.String(), numberText(u.Quantity), u.Amount.String(), keysText(u.Keys), instantText(u.Recorded)}
}

func (p *Payment) fields() []string {
	return []string{p.On.String(), p.Recorded.String(), p.Amount.String(), p.For}
}

func (n *Notice) fields() []string {
	return []string{n.Channel, string(n.By), n.Ground, n.About, instantText(n.Sent), instantText(n.Received), n.Raise.String(), n.From.String(), instantText(n.Recorded)}
}

func (o *Outage) fields() []string {
	return []string{o.Service, instantText(o.From), instantText(o.To), o.Reason, instantText(o.Announced), instantText(o.Recorded)}
}

func (c *Claim) fields() []string {
	return []string{string(c.Of), c.Subject, c.Target, c.AsOf.String(), c.Off, c.Amount.String(), c.Status.String(), instantText(c.Recorded)}
}

// instantText is an instant in one form, whatever its zone.
func instantText(t time.Time) string { return stamp(t.UTC()) }

func keysText(keys map[string]string) string {
	text := ""
	for _, k := range sortedKeys(keys) {
		text += fmt.Sprintf("%q=%q ", k, keys[k])
	}
	return text
}

// numberText is a figure in one form, whatever the decimal package is set to print.
func numberText(d decimal.Decimal) string {
	n, err := numberOf(d)
	if err != nil {
		return fmt.Sprintf("%ve%d", d.Coefficient(), d.Exponent()) // refused elsewhere
	}
	return n.String()
}

func digestOf(parts ...string) string {
	d := newDigest()
	d.say(parts...)
	return hex.EncodeToString(d.Sum(nil))
}

// receipt seals what went in and what came out.
func (m *making) receipt() {
	calendars, series := []string{fmt.Sprint("provisional ", m.c.provisional)}, []string(nil)
	for _, name := range sortedKeys(m.c.ref.Calendars) {
		calendars = append(calendars, name, m.c.ref.Calendars[name].Version(), m.c.ref.Calendars[name].Certain().String())
	}
	for _, name := range sortedKeys(m.c.ref.Series) {
		s := m.c.ref.Series[name]
		series = append(series, name, s.published.String())
		for _, r := range s.rows {
			series = append(series, r.from.String(), r.value.String())
		}
	}
	m.Receipt = Receipt{
		Library: libraryVersion, Document: m.c.doc.Digest(), Calendars: digestOf(calendars...), Series: digestOf(series...),
		Records: hex.EncodeToString(m.digest.Sum(nil)),
	}
	data, err := strictjson.Encode(m.json())
	if err != nil {
		return // nothing in it cannot be written
	}
	sum := sha256.Sum256(data)
	m.Receipt.Result = hex.EncodeToString(sum[:])
}
