package main

import (
	"errors"
	"math/big"
	"os"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/shopspring/decimal"

	"github.com/cfd16870/contract"
)

// The records of money: invoices, work, usage, payments, notices and claims. A
// folder may lack any of the files: then there are none.

// A ledgerRow is a row of one of the files.
type ledgerRow struct {
	row
	outcome outcome
	id      string
	zone    *time.Location // of the contract, in which days lie
}

// A ledger is one of the files.
type ledger struct {
	name  string
	label phrase
	rows  []*ledgerRow
}

// A ledgers is all of them, and the records that their rows say.
type ledgers struct {
	list    []*ledger
	missing []string // files that the folder does not have
	contract.Records
}

// readLedgers reads the files of a folder that are there.
// What is later than the drawing up of the records cannot be in them.
func readLedgers(dir string, drawn, asOf time.Time, zone *time.Location) (*ledgers, error) {
	l := new(ledgers)
	for _, file := range []struct {
		name    string
		label   phrase
		columns []string
		read    func(*ledgers, *ledgerRow) time.Time
	}{
		{"invoices.csv", sayInvoices, []string{"id", "item", "period", "work", "usage", "issued", "received", "compliant", "net", "tax", "total", "due", "recorded"}, (*ledgers).invoice},
		{"work.csv", sayWork, []string{"id", "item", "request", "from", "to", "keys", "recorded"}, (*ledgers).workRow},
		{"usage.csv", sayUsage, []string{"id", "item", "on", "quantity", "amount", "keys", "recorded"}, (*ledgers).usageRow},
		{"payments.csv", sayPayments, []string{"id", "credited", "amount", "for", "recorded"}, (*ledgers).payment},
		{"notices.csv", sayNotices, []string{"id", "by", "channel", "ground", "about", "sent", "received", "raise", "from", "recorded"}, (*ledgers).notice},
		{"claims.csv", sayClaims, []string{"id", "what", "of", "target", "as_of", "off", "claimed", "recorded"}, (*ledgers).claim},
	} {
		one := &ledger{name: file.name, label: file.label}
		err := readFile(dir, file.name, file.columns, func(r row) {
			q := &ledgerRow{row: r, zone: zone}
			one.rows = append(one.rows, q)
			if len(q.faults) > 0 {
				q.id, q.outcome = q.at("id"), outcomeRefused
				return
			}
			q.id = q.row.id("id")
			recorded := file.read(l, q)
			if recorded.After(drawn) && len(q.faults) == 0 {
				q.row.fault("recorded", faultDrawn, stamp(recorded, zone), stamp(drawn, zone))
				l.drop(q.source())
			}
			switch {
			case len(q.faults) > 0:
				q.outcome = outcomeRefused
			case recorded.After(asOf):
				q.outcome = outcomeLater
			default:
				q.outcome = outcomeMeasured
			}
		})
		if errors.Is(err, os.ErrNotExist) {
			l.missing = append(l.missing, file.name)
			continue
		}
		if err != nil {
			return nil, err
		}
		l.list = append(l.list, one)
	}
	return l, nil
}

// drop takes out the record that a row said.
func (l *ledgers) drop(source string) {
	l.Invoices = slices.DeleteFunc(l.Invoices, func(v contract.InvoiceRecord) bool { return v.Source == source })
	l.Work = slices.DeleteFunc(l.Work, func(w contract.Work) bool { return w.Source == source })
	l.Usage = slices.DeleteFunc(l.Usage, func(u contract.Usage) bool { return u.Source == source })
	l.Payments = slices.DeleteFunc(l.Payments, func(p contract.Payment) bool { return p.Source == source })
	l.Notices = slices.DeleteFunc(l.Notices, func(n contract.Notice) bool { return n.Source == source })
	l.Claims = slices.DeleteFunc(l.Claims, func(c contract.Claim) bool { return c.Source == source })
}

// refused marks the rows that the library refused, by their source.
func (l *ledgers) refused(list []*contract.Error) {
	for _, e := range list {
		for _, file := range l.list {
			for _, q := range file.rows {
				if q.source() == e.In && q.outcome == outcomeMeasured {
					q.outcome = outcomeRefused
					q.row.fault(e.Pointer, faultRecord, withoutPlace(e))
				}
			}
		}
	}
}

// withoutPlace is a fault of the library without the row, whose place is told.
func withoutPlace(e *contract.Error) string {
	own := *e
	own.In, own.Pointer = "", ""
	return own.Error()
}

// optional reads a field that may be empty.
func optional[T any](q *ledgerRow, column string, code faultCode, read func(string) (T, error)) (v T) {
	text := q.at(column)
	if text == "" {
		return v
	}
	v, err := read(text)
	if err != nil {
		q.row.fault(column, code, clipped(text))
	}
	return v
}

// required reads a field that must be given.
func required[T any](q *ledgerRow, column string, code faultCode, read func(string) (T, error)) (v T) {
	if q.at(column) == "" {
		q.row.fault(column, faultEmpty)
		return v
	}
	return optional(q, column, code, read)
}

func readInstant(s string) (time.Time, error) {
	t, ok := parseInstant(s)
	if !ok {
		return t, contract.ErrSyntax
	}
	return t, nil
}

// readPeriod reads 2024-03-01..2025-02-28, both days in it.
func readPeriod(s string) (contract.Period, error) {
	a, b, _ := strings.Cut(s, "..")
	from, err := contract.ParseDate(a)
	if err != nil {
		return contract.Period{}, err
	}
	through, err := contract.ParseDate(b)
	if err != nil {
		return contract.Period{}, err
	}
	p := contract.Through(from, through)
	if !p.IsValid() {
		return p, contract.ErrInvalid
	}
	return p, nil
}

// readKeys reads fault class=serious; difficulty=low.
func readKeys(s string) (map[string]string, error) {
	keys := make(map[string]string)
	for part := range strings.SplitSeq(s, ";") {
		key, value, ok := strings.Cut(strings.TrimSpace(part), "=")
		if _, twice := keys[key]; !ok || key == "" || value == "" || twice {
			return nil, contract.ErrSyntax
		}
		keys[key] = value
	}
	return keys, nil
}

var quantities = regexp.MustCompile(`^-?(\d{1,15})(?:\.(\d{1,9}))?$`)

// readQuantity reads digits with or without a point: no exponent, no sign above 0.
func readQuantity(s string) (decimal.Decimal, error) {
	if !quantities.MatchString(s) {
		return decimal.Decimal{}, contract.ErrSyntax
	}
	whole, part, _ := strings.Cut(s, ".")
	n, _ := new(big.Int).SetString(whole+part, 10) // digits: it can be read
	return decimal.NewFromBigInt(n, -int32(len(part))), nil
}

func readYes(s string) (bool, error) {
	switch s {
	case "yes":
		return true, nil
	case "no":
		return false, nil
	}
	return false, contract.ErrSyntax
}

func readRole(s string) (contract.Role, error) {
	r := contract.Role(s)
	if r != contract.Customer && r != contract.Provider {
		return "", contract.ErrUnknown
	}
	return r, nil
}

func (l *ledgers) invoice(q *ledgerRow) time.Time {
	v := contract.InvoiceRecord{
		Source: q.source(), ID: q.id, Item: q.at("item"),
		Period: optional(q, "period", faultPeriod, readPeriod),
		Work:   strings.Fields(q.at("work")), Usage: strings.Fields(q.at("usage")),
		Issued:    optional(q, "issued", faultDate, contract.ParseDate),
		Received:  optional(q, "received", faultDate, contract.ParseDate),
		Compliant: required(q, "compliant", faultYes, readYes),
		Net:       required(q, "net", faultMoney, contract.ParseMoney),
		Tax:       required(q, "tax", faultMoney, contract.ParseMoney),
		Total:     required(q, "total", faultMoney, contract.ParseMoney),
		Due:       optional(q, "due", faultDate, contract.ParseDate),
		Recorded:  required(q, "recorded", faultTime, readInstant),
	}
	if len(q.faults) == 0 {
		l.Invoices = append(l.Invoices, v)
	}
	return v.Recorded
}

func (l *ledgers) workRow(q *ledgerRow) time.Time {
	w := contract.Work{
		Source: q.source(), ID: q.id, Item: q.at("item"),
		From:     required(q, "from", faultTime, readInstant),
		To:       required(q, "to", faultTime, readInstant),
		Keys:     optional(q, "keys", faultKeys, readKeys),
		Recorded: required(q, "recorded", faultTime, readInstant),
	}
	if len(q.faults) == 0 {
		l.Work = append(l.Work, w)
	}
	return w.Recorded
}

func (l *ledgers) usageRow(q *ledgerRow) time.Time {
	u := contract.Usage{
		Source: q.source(), ID: q.id, Item: q.at("item"),
		On:       required(q, "on", faultDate, contract.ParseDate),
		Quantity: required(q, "quantity", faultQuantity, readQuantity),
		Amount:   optional(q, "amount", faultMoney, contract.ParseMoney),
		Keys:     optional(q, "keys", faultKeys, readKeys),
		Recorded: required(q, "recorded", faultTime, readInstant),
	}
	if len(q.faults) == 0 {
		l.Usage = append(l.Usage, u)
	}
	return u.Recorded
}

func (l *ledgers) payment(q *ledgerRow) time.Time {
	p := contract.Payment{
		Source: q.source(), ID: q.id, For: q.at("for"),
		On:       required(q, "credited", faultDate, contract.ParseDate),
		Amount:   required(q, "amount", faultMoney, contract.ParseMoney),
		Recorded: required(q, "recorded", faultDate, contract.ParseDate),
	}
	if len(q.faults) == 0 {
		l.Payments = append(l.Payments, p)
	}
	later := p.Recorded
	if p.On.After(later) {
		later = p.On
	}
	return later.StartIn(q.zone)
}

func (l *ledgers) notice(q *ledgerRow) time.Time {
	n := contract.Notice{
		Source: q.source(), ID: q.id, Channel: q.at("channel"), Ground: q.at("ground"), About: q.at("about"),
		By:       required(q, "by", faultRole, readRole),
		Sent:     optional(q, "sent", faultTime, readInstant),
		Received: optional(q, "received", faultTime, readInstant),
		Raise:    optional(q, "raise", faultPercent, contract.ParsePercent),
		From:     optional(q, "from", faultDate, contract.ParseDate),
		Recorded: required(q, "recorded", faultTime, readInstant),
	}
	for _, column := range []string{"channel", "ground"} {
		if q.at(column) == "" {
			q.row.fault(column, faultEmpty)
		}
	}
	if len(q.faults) == 0 {
		l.Notices = append(l.Notices, n)
	}
	return n.Recorded
}

func (l *ledgers) claim(q *ledgerRow) time.Time {
	c := contract.Claim{
		Source: q.source(), ID: q.id, Of: contract.ClaimOf(q.at("what")), Subject: q.at("of"), Target: q.at("target"), Off: q.at("off"),
		AsOf:     optional(q, "as_of", faultDate, contract.ParseDate),
		Recorded: required(q, "recorded", faultTime, readInstant),
	}
	switch c.Of {
	case contract.ClaimStatus:
		switch q.at("claimed") {
		case contract.StatusMet.String():
			c.Status = contract.StatusMet
		case contract.StatusBreached.String():
			c.Status = contract.StatusBreached
		default:
			q.row.fault("claimed", faultName, clipped(q.at("claimed")), "met, breached")
		}
	case contract.ClaimLateCharge, contract.ClaimCredit, contract.ClaimDeduction:
		c.Amount = required(q, "claimed", faultMoney, contract.ParseMoney)
	default:
		q.row.fault("what", faultName, clipped(q.at("what")), strings.Join(c.Of.Words(), ", "))
	}
	if c.Subject == "" {
		q.row.fault("of", faultEmpty)
	}
	if len(q.faults) == 0 {
		l.Claims = append(l.Claims, c)
	}
	return c.Recorded
}
