package contract

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/cfd16870/contract/proof"
)

// Questions of the term and its ending: when a notice arrives, how long the
// contract runs, which rights there are, what is owed at the end.

// An Arrival is when a notice is deemed to arrive: contents 14.1.
type Arrival struct {
	Clause string
	Day    Date
	At     time.Time // the instant; the zero time where the clause gives a day only

	about string
	tell  func(*calc) int
}

// Explain is the working of the day.
func (a Arrival) Explain() *proof.Working { return explained(a.about, a.tell) }

// A Dispatch is the last moment to send a notice that has to arrive by a day.
type Dispatch struct {
	Clause string
	Day    Date      // the last day of dispatch; the zero Date where an instant counts
	Before time.Time // it has to be sent before this instant; the zero time where a day counts

	about string
	tell  func(*calc) int
}

// Explain is the working of the day, or of the instant.
func (d Dispatch) Explain() *proof.Working { return explained(d.about, d.tell) }

// noticeDay is the day whose terms say how a notice arrives.
func (c *Contract) noticeDay(n *Notice) Date {
	if n.Sent.IsZero() {
		return DateOf(n.Received.In(c.Zone()))
	}
	return DateOf(n.Sent.In(c.Zone()))
}

// Arrival tells when a notice is deemed to arrive, by the terms of the day on which
// it was sent. A channel that the document does not list is an error, and so is a
// record that lacks what the clause goes by; a contract that lists no channel is
// ErrSilent.
func (c *Contract) Arrival(n Notice) (Arrival, error) {
	by, err := c.on(c.noticeDay(&n)).counting.notice(&n)
	if err != nil {
		return Arrival{}, err
	}
	k := new(calc)
	day, at := by.arrival(k, &n)
	switch {
	case k.err != nil:
		return Arrival{}, k.err
	case !day.v.IsValid():
		return Arrival{}, &Error{In: n.Source, Pointer: "sent", Kind: ErrRange, Msg: "the instant lies outside the years 1 to 9999"}
	}
	return Arrival{Clause: by.source.clause, Day: day.v, At: at.v, about: fmt.Sprintf("notice %s deemed to arrive", n.ID),
		tell: func(k *calc) int { day, _ := by.arrival(k, &n); return day.at }}, nil
}

// LastDispatch is the inverse of Arrival: the last day, or the instant before
// which, a notice by a channel has to be sent to arrive by a day, by the terms of
// that day. Where a clock goes back over midnight, whatever is sent before the first of
// the two arrives.
func (c *Contract) LastDispatch(channel string, by Date) (Dispatch, error) {
	if !by.IsValid() {
		return Dispatch{}, &Error{Kind: ErrRequired, Msg: "by which day has it to arrive?"}
	}
	rule, err := c.on(by).counting.notice(&Notice{Channel: channel})
	if err != nil {
		return Dispatch{}, err
	}
	run := func(k *calc) (told[Date], told[time.Time]) {
		return rule.lastDispatch(k, k.factDate("last day to arrive", by, "", ""))
	}
	k := new(calc)
	day, before := run(k)
	if k.err != nil {
		return Dispatch{}, k.err
	}
	return Dispatch{Clause: rule.source.clause, Day: day.v, Before: before.v, about: fmt.Sprintf("last dispatch by %s to arrive by %v", channel, by),
		tell: func(k *calc) int {
			day, before := run(k)
			return max(day.at, before.at)
		}}, nil
}

// Periods returns the periods as the document counts them on a day. A document that
// does not say how is ErrSilent.
func (c *Contract) Periods(on Date) (*Periods, error) {
	t := c.on(on)
	if t.counting.periods == nil {
		return nil, silent(t.law(), "/periods", "no clause says how days, months and years are counted")
	}
	return &Periods{t.counting.periods}, nil
}

// EndOf returns the last day of a span that runs from a day, as the document counts
// periods on it: see [Periods.EndOf].
func (c *Contract) EndOf(span Span, from Date, rest RestDay) (PeriodEnd, error) {
	p, err := c.Periods(from)
	if err != nil {
		return PeriodEnd{}, err
	}
	return p.EndOf(span, from, rest)
}

// Term tells how long the contract runs as of a day: the term as signed, and each
// renewal that no notice prevented; ended by a notice on the name of an ending, on
// the day on which that takes effect. Notices that change nothing are told with
// why. A contract without the clause is ErrSilent.
func (c *Contract) Term(f LifeFacts, asOf Date) (Term, error) {
	t := c.on(asOf)
	switch {
	case !asOf.IsValid():
		return Term{}, noDay()
	case t.doc.Term == nil:
		return Term{}, silent(t.law(), "/term", "no clause says how long the contract runs")
	}
	l := c.life(f, asOf)
	k := new(calc)
	s := l.run(k)
	if k.err != nil {
		return Term{}, k.err
	}
	out := Term{Clause: s.clause, Period: Through(t.doc.Term.From, s.last.v), Renewals: s.renewals, NoticeBy: s.noticeBy.v, Ended: s.ended.v, Ground: s.ground, By: s.by, Void: s.void,
		about: fmt.Sprintf("the term as of %v", asOf), tell: func(k *calc) int { return l.run(k).last.at }}
	if s.last.v.n == maxDate {
		return Term{}, &Error{Pointer: "/term", Clause: s.clause, Kind: ErrRange, Msg: fmt.Sprintf("no day follows %v; a term ends before it", s.last.v)}
	}
	if out.NoticeBy.IsValid() {
		out.tellBy = func(k *calc) int { return l.run(k).noticeBy.at }
	}
	return out, nil
}

// noDay refuses a question about how things stood that does not say when.
func noDay() error {
	return &Error{Kind: ErrRequired, Msg: "as of which day? give one of the years 1 to 9999"}
}

// Rights returns the rights that debts and notices give and that were there on a
// day, or were and have lapsed: by first day, then by name. One whose first day lies
// ahead is on the agenda, and none begins once the contract has ended. The right to
// end the contract at will comes of the clause alone and is not among them.
func (c *Contract) Rights(f LifeFacts, asOf Date) ([]Right, error) {
	if !asOf.IsValid() {
		return nil, noDay()
	}
	l := c.life(f, asOf)
	k := new(calc)
	ended := l.run(k).ended.v
	steps := l.rights(k, "")
	if k.err != nil {
		return nil, k.err
	}
	var list []Right
	for i, s := range steps {
		if s.from.v.After(asOf) || s.after(ended) {
			continue
		}
		if ended.IsValid() && (!s.until.IsValid() || s.until.After(ended)) {
			s.until, s.lapses = ended, lapsesEnded
		}
		list = append(list, s.right(i, l))
	}
	slices.SortStableFunc(list, func(a, b Right) int {
		return cmp.Or(a.From.Compare(b.From), cmp.Compare(a.Name, b.Name), cmp.Compare(a.Of, b.Of))
	})
	return list, nil
}

// after reports whether a right would begin after the contract ended.
func (s rightSteps) after(ended Date) bool { return ended.IsValid() && s.from.v.After(ended) }

func (s rightSteps) right(i int, l *life) Right {
	return Right{Name: s.ending, Clause: s.clause, Ground: s.when, By: s.by, Of: s.of, From: s.from.v, Until: s.until, Lapses: s.lapses,
		about: strings.TrimSpace(fmt.Sprintf("first day of the right: %s %s", s.ending, s.of)),
		tell: func(k *calc) int {
			if list := l.rights(k, ""); i < len(list) {
				return list[i].from.at
			}
			return 0
		}}
}

// Cure returns the last day on which the breach can be cured that a notice says; the
// right to end the contract begins the day after. A notice that says no breach for
// which the contract gives time is ErrSilent.
func (c *Contract) Cure(n Notice) (PeriodEnd, error) {
	n.Recorded = time.Time{} // whenever it became known
	l := c.life(LifeFacts{Notices: []Notice{n}}, c.noticeDay(&n))
	e := l.on(&n).ending(n.Ground)
	switch {
	case e == nil || e.clause.When != WhenMaterialBreach:
		return PeriodEnd{}, silent(c.on(c.noticeDay(&n)).law(), "/endings", "no clause gives time to cure on the ground %q", clip(n.Ground))
	case !mayGive(e.clause.By, n.By):
		return PeriodEnd{}, &Error{In: n.Source, Pointer: "by", Clause: e.source.clause, Kind: ErrInvalid, Msg: fmt.Sprintf("%s, and it was given by %s", whoMay(e.clause.By), givenBy(n.By))}
	}
	if _, err := l.arrived(new(calc), &n, ""); err != nil {
		return PeriodEnd{}, at(err, n.Source, "")
	}
	cure := func(k *calc) told[Date] {
		if list := l.rights(k, e.name); len(list) > 0 {
			return list[0].cure
		}
		return told[Date]{}
	}
	k := new(calc)
	last := cure(k)
	if k.err != nil {
		return PeriodEnd{}, k.err
	}
	return PeriodEnd{Day: last.v, about: fmt.Sprintf("last day to cure what notice %s says", n.ID), tell: func(k *calc) int { return cure(k).at }}, nil
}

// Refund tells what is paid back of a flat item that was paid for the contract year in
// which the contract ends: the fee of that year by the days after the end. Where the document gives none
// for the cause, Amount is 0 and None says why; a document that says nothing of
// refunds is ErrSilent, and a notice of a raise of which nobody can say whether it is in
// time an error.
func (c *Contract) Refund(item string, end Date, f LifeFacts, cause EndingCause) (Refund, error) {
	return c.refund(item, end, f.Notices, cause, nil)
}

// A billedAhead is an invoice that bills days after the end.
type billedAhead struct {
	source, id string
	through    Date
	amount     Money
}

// refund is Refund, of the days and at most of the amount that an invoice billed, if
// one is given.
func (c *Contract) refund(item string, end Date, notices []Notice, cause EndingCause, of *billedAhead) (Refund, error) {
	t := c.on(end)
	r := t.ending
	switch {
	case !end.IsValid():
		return Refund{}, &Error{Kind: ErrRequired, Msg: "on which day does the contract end?"}
	case r == nil || r.settlement == nil:
		return Refund{}, silent(t.law(), "/settlement", "no clause says what is paid back at the end")
	case !known(cause):
		return Refund{}, &Error{Kind: kindOfWord(cause), Msg: fmt.Sprintf("%q; %s", clip(string(cause)), oneOf(cause))}
	case !slices.Contains(r.settlement.Refund.Of, item):
		return Refund{}, silent(t.law(), "/settlement", "no clause says what is paid back of %s", item)
	}
	book := c.priceBook(notices)
	if err := book.faults(); err != nil {
		return Refund{}, err
	}
	run := func(k *calc) refundSteps {
		day := k.factDate("end", end, "", "")
		if of == nil {
			return r.refund(k, book, item, day, nil)
		}
		through := k.factDate("billed through", of.through, of.source, "period")
		s := r.refund(k, book, item, day, &through)
		s.amount = k.least("refund", r.settleAt.clause, s.amount, k.fact("invoiced", moneyFigure(of.amount), of.source, "total"))
		return s
	}
	k := new(calc)
	s := run(k)
	if k.err != nil {
		return Refund{}, k.err
	}
	out := Refund{Item: item, Clause: r.settleAt.clause, End: end, Year: s.year, Unused: s.unused.v, Of: s.of.v, Price: s.price.money(), Amount: s.amount.money(),
		about: fmt.Sprintf("refund of %s at the end of %v", item, end), tell: func(k *calc) int { return run(k).amount.at }}
	if cause == CauseCustomerBreach && r.settlement.Refund.OnCustomerBreach == RefundNone {
		out.None, out.tell = "the contract ends by the customer's breach, which gives no refund", nil
		out.Amount = Money{cur: s.amount.cur}
	}
	return out, nil
}

// Settlement adds up what both sides owe at the end: the lines given and the
// refunds of the items that the clause names. Both sides stay gross; they are
// netted only where the clause does so at once, or by a notice on the ground
// "set-off" that arrived (Civil Code art. 568). All faults of the lines and of the
// notices of set-off come back at once, as Errors. A contract without the clause is
// ErrSilent.
func (c *Contract) Settlement(f SettlementFacts) (*Settlement, error) {
	t := c.on(f.End)
	switch {
	case !f.End.IsValid():
		return nil, &Error{Kind: ErrRequired, Msg: "on which day does the contract end?"}
	case t.ending == nil || t.ending.settlement == nil:
		return nil, silent(t.law(), "/settlement", "no clause says what is owed at the end")
	}
	r := t.ending
	out := &Settlement{Clause: r.settleAt.clause, End: f.End, about: fmt.Sprintf("settlement at the end of %v", f.End)}
	lines := slices.Clone(f.Lines)
	faults := c.faultsOf(lines)
	for _, item := range r.settlement.Refund.Of {
		refund, err := c.Refund(item, f.End, LifeFacts{Notices: f.Notices}, f.Cause)
		if err != nil {
			faults.take(err)
			break // the others lack the same
		}
		out.Refunds = append(out.Refunds, refund)
		if refund.None == "" {
			lines = append(lines, SettlementLine{By: Provider, What: "refund of " + item, Source: "refund", Clause: refund.Clause, Amount: refund.Amount})
		}
	}
	out.Netted = r.settlement.SetOff == SetOffAtOnce
	for _, n := range f.Notices {
		if n.Ground != GroundSetOff || r.settlement.SetOff != SetOffByNotice {
			continue
		}
		if n.By != Customer && n.By != Provider {
			faults = append(faults, &Error{In: n.Source, Pointer: "by", Kind: ErrInvalid, Msg: fmt.Sprintf("%q; a notice of set-off is given by the %s or the %s", clip(string(n.By)), Customer, Provider)})
		} else if _, err := c.Arrival(n); err != nil {
			faults.take(at(err, n.Source, ""))
		} else {
			out.Netted = true
		}
	}
	if err := faults.orNil(); err != nil {
		return nil, err
	}
	currency := c.doc.Currency
	k := new(calc)
	customer, provider, net := settle(k, lines, currency)
	if k.err != nil {
		return nil, k.err
	}
	out.Lines, out.ByCustomer, out.ByProvider = lines, customer.money(), provider.money()
	out.tell = func(k *calc) (int, int, int) {
		customer, provider, net := settle(k, lines, currency)
		return customer.at, provider.at, net.at
	}
	if out.Netted {
		out.Net = net.money()
	}
	return out, nil
}

// faultsOf are the faults of lines of a settlement.
func (c *Contract) faultsOf(lines []SettlementLine) (faults Errors) {
	for _, l := range lines {
		switch {
		case l.By != Customer && l.By != Provider:
			faults = append(faults, &Error{In: l.Source, Pointer: "by", Kind: ErrInvalid, Msg: fmt.Sprintf("%q owes nothing; a line is owed by the %s or the %s", clip(string(l.By)), Customer, Provider)})
		case l.Amount.Sign() < 0:
			faults = append(faults, &Error{In: l.Source, Pointer: "amount", Kind: ErrInvalid, Msg: fmt.Sprintf("%v; what is owed is 0 or more: a sum the other way is owed by the other side", l.Amount)})
		case l.Amount.Currency() != c.doc.Currency:
			faults = append(faults, &Error{In: l.Source, Pointer: "amount", Kind: ErrCurrency, Msg: fmt.Sprintf("%v in a contract in %s", l.Amount, c.doc.Currency)})
		}
	}
	return faults
}

// take appends an error as it is where it is one of ours, with its place.
func (e *Errors) take(err error) {
	switch err := err.(type) {
	case *Error:
		*e = append(*e, err)
	case Errors:
		*e = append(*e, err...)
	default:
		e.addErr("", err)
	}
}
