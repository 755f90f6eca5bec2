package contract

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"github.com/cfd16870/contract/internal/exact"
)

// Which records a statement uses: those that were known at the instant asked about,
// and of them those that say something. One that cannot be used is refused with its
// place, and spoils no other.

// known leaves out what happened, or was recorded, after the instant asked about.
func (m *making) known() {
	r := &m.r
	r.Invoices = onRecord(m, r.Invoices, func(v *InvoiceRecord) (bool, time.Time) { return v.day().After(m.day), v.Recorded })
	r.Claims = onRecord(m, r.Claims, func(c *Claim) (bool, time.Time) { return false, c.Recorded })
	r.Outages = onRecord(m, r.Outages, func(o *Outage) (bool, time.Time) { return o.From.After(m.asOf), o.Recorded })
	r.Work = onRecord(m, r.Work, func(w *Work) (bool, time.Time) { return w.To.After(m.asOf), w.Recorded })
	r.Usage = onRecord(m, r.Usage, func(u *Usage) (bool, time.Time) { return u.On.After(m.day), u.Recorded })
	r.Payments = onRecord(m, r.Payments, func(p *Payment) (bool, time.Time) {
		return p.On.After(m.day) || p.Recorded.After(m.day), time.Time{}
	})
	r.Notices = onRecord(m, r.Notices, func(n *Notice) (bool, time.Time) {
		given := n.Sent
		if given.IsZero() || n.Received.After(m.asOf) && m.byReceipt(n) {
			given = n.Received
		}
		return given.After(m.asOf), n.Recorded
	})
	for i := range r.Invoices {
		if r.Invoices[i].Received.After(m.day) {
			r.Invoices[i].Received = Date{} // it is on its way
		}
	}
}

// byReceipt reports whether a notice arrives when it is received: until then it is on
// its way.
func (m *making) byReceipt(n *Notice) bool {
	r, err := m.c.on(DateOf(n.Sent.In(m.c.Zone()))).counting.notice(n)
	return err == nil && r.clause.Deemed == DeemedReceipt
}

// day is the day by which an invoice is told: on which it was issued, or received
// where that is not recorded.
func (v *InvoiceRecord) day() Date {
	if v.Issued.IsValid() {
		return v.Issued
	}
	return v.Received
}

// onRecord is a copy of records without those that lie ahead.
func onRecord[R any](m *making, list []R, when func(*R) (ahead bool, recorded time.Time)) []R {
	return slices.DeleteFunc(slices.Clone(list), func(r R) bool {
		ahead, recorded := when(&r)
		if ahead || recorded.After(m.asOf) {
			m.Counts.Later++
			return true
		}
		return false
	})
}

// usable refuses records that have no id, share one, or say nothing that can be
// computed with.
func (m *making) usable() {
	r := &m.r
	r.Invoices = byID(m, "invoice", r.Invoices, func(v *InvoiceRecord) (string, string, []string) { return v.Source, v.ID, v.fields() })
	r.Work = byID(m, "work", r.Work, func(w *Work) (string, string, []string) { return w.Source, w.ID, w.fields() })
	r.Usage = byID(m, "usage", r.Usage, func(u *Usage) (string, string, []string) { return u.Source, u.ID, u.fields() })
	r.Payments = byID(m, "payment", r.Payments, func(p *Payment) (string, string, []string) { return p.Source, p.ID, p.fields() })
	r.Notices = byID(m, "notice", r.Notices, func(n *Notice) (string, string, []string) { return n.Source, n.ID, n.fields() })
	r.Claims = byID(m, "claim", r.Claims, func(c *Claim) (string, string, []string) { return c.Source, c.ID, c.fields() })
	r.Outages = ended(r.Outages)
	all := slices.Clone(r.Outages)
	r.Outages = byID(m, "outage", r.Outages, func(o *Outage) (string, string, []string) { return o.Source, o.ID, o.fields() })
	for _, o := range all {
		if !slices.ContainsFunc(r.Outages, func(left Outage) bool { return left.ID == o.ID }) {
			m.withhold(o)
		}
	}
	r.Payments = m.screened(r.Payments)
	r.Notices = slices.DeleteFunc(r.Notices, m.unjudged)
	r.Claims = slices.DeleteFunc(r.Claims, m.unclear)
}

// ended leaves out the records that an outage lasts of which a later one says that it
// ended, and all else as they do: a log to which is only added.
func ended(list []Outage) []Outage {
	type outage struct {
		id, service, reason string
		from, announced     int64
	}
	key := func(o *Outage) outage {
		return outage{o.ID, o.Service, o.Reason, o.From.UnixNano(), o.Announced.UnixNano()}
	}
	known := make(map[outage]time.Time) // that it ended: when last
	for i := range list {
		if o := &list[i]; !o.To.IsZero() {
			if at, ok := known[key(o)]; !ok || o.Recorded.After(at) {
				known[key(o)] = o.Recorded
			}
		}
	}
	return slices.DeleteFunc(list, func(o Outage) bool {
		at, ok := known[key(&o)]
		return ok && o.To.IsZero() && !o.Recorded.After(at)
	})
}

// byID leaves out records without an id, or with one that was given before. Of those
// that say the same one is used; of those that do not, none is to be trusted more.
// What is left is in order of id: the order in which rows are given means nothing.
func byID[R any](m *making, what string, list []R, of func(*R) (source, id string, says []string)) []R {
	type first struct {
		source   string
		says     []string
		conflict bool
	}
	seen := make(map[string]*first)
	refused := make([]bool, len(list))
	for i := range list {
		source, id, says := of(&list[i])
		f := seen[id]
		switch {
		case id == "":
			refused[i] = true
			m.refuse(source, &Error{Pointer: "id", Kind: ErrRequired, Msg: fmt.Sprintf("the %s has no id", what)})
		case f == nil:
			seen[id] = &first{source: source, says: says}
		case slices.Equal(f.says, says):
			refused[i] = true
			m.refuse(source, &Error{Pointer: "id", Kind: ErrDuplicate, Msg: fmt.Sprintf("%s %q is there before, and counts once%s", what, clip(id), where(f.source))})
		default:
			f.conflict = true
		}
	}
	left := list[:0]
	for i := range list {
		source, id, _ := of(&list[i])
		switch {
		case refused[i]:
		case seen[id].conflict:
			m.refuse(source, &Error{Pointer: "id", Kind: ErrConflict, Msg: fmt.Sprintf("%s %q is there with other content: neither is to be trusted more%s", what, clip(id), elsewhere(source, seen[id].source))})
		default:
			left = append(left, list[i])
		}
	}
	slices.SortFunc(left, func(a, b R) int {
		_, x, _ := of(&a)
		_, y, _ := of(&b)
		return cmp.Compare(x, y)
	})
	return left
}

// where is a place in parentheses, nothing where it is not known.
func where(source string) string {
	if source == "" {
		return ""
	}
	return " (" + source + ")"
}

func elsewhere(source, other string) string {
	if source == other {
		return ""
	}
	return where(other)
}

// screened leaves the payments that an account takes.
func (m *making) screened(list []Payment) []Payment {
	return slices.DeleteFunc(list, func(p Payment) bool {
		err := m.c.checkAccount(AccountFacts{Payments: []Payment{{Source: p.Source, ID: p.ID, On: p.On, Amount: p.Amount}}}, m.day)
		if err == nil {
			if e := m.postable(p.Amount); e != nil {
				err = &Error{Pointer: "amount", Kind: kindOf(e), Msg: withoutKind(e.Error(), kindOf(e))}
			}
		}
		if err != nil {
			m.refuse(p.Source, err)
		}
		return err != nil
	})
}

// postable reports what keeps an amount out of an account: no amount, another
// currency, or part of the smallest coin.
func (m *making) postable(a Money) error {
	switch digits, err := currencyDigits(m.c.doc.Currency); {
	case err != nil:
		return err
	case a.Currency() == "":
		return fmt.Errorf("not stated; write it as 1250.00 %s: %w", m.c.doc.Currency, ErrRequired)
	case a.Currency() != m.c.doc.Currency:
		return fmt.Errorf("%v in a contract in %s: %w", a, m.c.doc.Currency, ErrCurrency)
	default:
		if whole, err := a.n.Round(digits, exact.Up); err != nil || whole.Cmp(a.n) != 0 {
			return fmt.Errorf("%v; what is invoiced, claimed and paid has at most %d decimal places: %w", a, digits, ErrInvalid)
		}
	}
	return nil
}

// unjudged reports whether a notice of a raise is one of which nobody can say what
// it does: its fault is told, and prices go on without it.
func (m *making) unjudged(n Notice) bool {
	if n.Ground != GroundRaise {
		return false
	}
	book := m.c.priceBook([]Notice{n})
	err := book.faults()
	if err != nil {
		m.refuse(n.Source, err)
	}
	return err != nil
}

// unclear reports whether a claim cannot be held against anything.
func (m *making) unclear(c Claim) bool {
	var faults Errors
	bad := func(pointer string, kind error, format string, args ...any) {
		faults = append(faults, &Error{Pointer: pointer, Kind: kind, Msg: fmt.Sprintf(format, args...)})
	}
	switch {
	case !known(c.Of):
		bad("what", kindOfWord(c.Of), "%q; %s", clip(string(c.Of)), oneOf(c.Of))
	case c.Of == ClaimStatus && c.Status != StatusMet && c.Status != StatusBreached:
		bad("claimed", ErrUnknown, "a status that is claimed is met or breached")
	case c.Of == ClaimStatus:
	case m.postable(c.Amount) != nil:
		err := m.postable(c.Amount)
		bad("claimed", kindOf(err), "%s", withoutKind(err.Error(), kindOf(err)))
	case c.Amount.Sign() < 0:
		bad("claimed", ErrInvalid, "%v; what is claimed is 0 or more", c.Amount)
	}
	if c.Subject == "" {
		bad("of", ErrRequired, "say of what: an invoice, a month as 2024-05, a quarter as 2024-Q2, or a request")
	}
	if c.AsOf.After(m.day) {
		bad("as_of", ErrRange, "%v lies after %v, the day asked about: what will be owed then nobody knows", c.AsOf, m.day)
	}
	if c.Off != "" {
		switch {
		case c.Of != ClaimCredit && c.Of != ClaimDeduction:
			bad("off", ErrInvalid, "has no effect: a %s is not taken off an invoice", c.Of)
		case !slices.ContainsFunc(m.r.Invoices, func(v InvoiceRecord) bool { return v.ID == c.Off }):
			bad("off", ErrUnknown, "no invoice %q", clip(c.Off))
		}
	}
	if len(faults) > 0 {
		m.refuse(c.Source, faults)
	}
	return len(faults) > 0
}
