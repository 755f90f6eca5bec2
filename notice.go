package contract

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// Notices: contents 14.1. Art. 137 of the Civil Code has a notice take effect when
// it arrives; the clause says when it is deemed to.

// A NoticeClause says when a notice by a channel is deemed to arrive.
type NoticeClause struct {
	Clause     string           `json:"clause,omitzero" ref:"clauses"`
	Deemed     Deemed           `json:"deemed,omitzero"`
	OutOfHours NoticeOutOfHours `json:"outOfHours,omitzero" optional:"true"`             // when it is sent, or received where receipt counts
	Hours      string           `json:"hours,omitzero" optional:"true" ref:"hours"`      // which end at the cut-off hour
	Days       string           `json:"days,omitzero" optional:"true" ref:"workingDays"` // of working days
}

// Deemed says when a notice is deemed to arrive: "receipt", "sending", or a day
// after its dispatch: "3rd day", "2nd working day".
type Deemed string

const (
	DeemedReceipt Deemed = "receipt" // when it is received, on record
	DeemedSending Deemed = "sending" // when it is sent
)

// NoticeOutOfHours says what becomes of a notice that is sent out of hours, or received
// out of hours where receipt counts. Where a day after dispatch counts it says which
// day is that of dispatch: a cut-off hour is the hour at which the hours close. It is
// required of sending; else nothing stated is "at once".
type NoticeOutOfHours string

const (
	NoticeNextOpening NoticeOutOfHours = "next opening" // as if sent, or received, when service next opens; at closing it is out of hours
	NoticeAnyTime     NoticeOutOfHours = "at once"
)

// Words returns the words of the choice.
func (NoticeOutOfHours) Words() []string {
	return []string{string(NoticeNextOpening), string(NoticeAnyTime)}
}

// A Notice is a record of what one side told the other.
type Notice struct {
	Source  string // where it was read: notices.csv:4
	ID      string
	Channel string // one that the document lists: e-mail
	By      Role
	// Ground says what the notice does: "raise" (of fees: Raise and From say which),
	// "no renewal", "set-off", or the name that the document gives an ending or a
	// breach: "convenience".
	Ground string
	// About says what it is about. Of a notice that says a breach cured or an event
	// over, and of one that uses the right which an earlier notice gave, it is the ID
	// of that notice; else it is for people: an invoice, a request.
	About    string
	Sent     time.Time
	Received time.Time // on record; the zero time where nobody wrote it down
	Raise    Percent   // asked for
	From     Date      // the first day of what it asks for
	Recorded time.Time // when it became known; the zero time: at once
}

// day is that on which a notice was sent, or received where that is not recorded, on
// the clock that its instants have.
func (n *Notice) day() Date {
	if n.Sent.IsZero() {
		return DateOf(n.Received)
	}
	return DateOf(n.Sent)
}

// What a notice does, beside the names of endings and breaches.
const (
	GroundRaise     = "raise"
	GroundNoRenewal = "no renewal"
	GroundSetOff    = "set-off"
	GroundCured     = "cured" // says that a breach was cured, or force majeure is over: About names the notice that said it
)

// A noticeRule is the clause of one channel in one version.
type noticeRule struct {
	channel string
	clause  NoticeClause
	after   Span // of a day after dispatch; the zero Span of receipt and sending
	hours   *Schedule
	days    *WorkingDays
	periods *periodRule
	zone    *time.Location
	source  source
}

// read returns the span after dispatch; the zero Span for receipt and sending.
func (d Deemed) read() (Span, error) {
	switch d {
	case DeemedReceipt, DeemedSending:
		return Span{}, nil
	case "":
		return Span{}, fmt.Errorf("not stated; write receipt, sending, or a day after dispatch as 3rd day or 2nd working day: %w", ErrRequired)
	}
	number, unit, _ := strings.Cut(string(d), " ")
	digits := strings.TrimRight(number, "stndrh")
	n, err := strconv.Atoi(digits)
	if err == nil && n >= 1 && n <= 366 && number == ordinal(n) {
		switch unit {
		case "day":
			return Span{int64(n), UnitDays}, nil
		case "working day":
			return Span{int64(n), UnitWorkingDays}, nil
		}
	}
	return Span{}, fmt.Errorf("%q; write receipt, sending, or a day after dispatch as 3rd day or 2nd working day: %w", clip(string(d)), ErrSyntax)
}

// ordinal is a number as the text counts: 1st, 2nd, 3rd, 4th, 11th.
func ordinal(n int) string {
	suffix := "th"
	if n%100 < 11 || n%100 > 13 {
		switch n % 10 {
		case 1:
			suffix = "st"
		case 2:
			suffix = "nd"
		case 3:
			suffix = "rd"
		}
	}
	return strconv.Itoa(n) + suffix
}

// arrival is the day on which a notice is deemed to arrive, and the instant where
// the clause gives one.
func (r *noticeRule) arrival(k *calc, n *Notice) (day told[Date], at told[time.Time]) {
	clause := r.source.clause
	missing := func(what string) {
		k.fail(&Error{In: n.Source, Pointer: what, Clause: clause, Kind: ErrRequired,
			Msg: fmt.Sprintf("a notice by %s is deemed to arrive by %s, which the record does not say", r.channel, r.clause.Deemed)})
	}
	switch {
	case k.err != nil:
		return
	case r.clause.Deemed == DeemedReceipt:
		if n.Received.IsZero() {
			missing("received")
			return
		}
		at = r.inHours(k, "arrived", k.factInstant("arrived", n.Received.In(r.zone), n.Source, "received"))
		return k.dayOf("deemed day", clause, at, r.zone), at
	case n.Sent.IsZero():
		missing("sent")
		return
	}
	sent := k.factInstant("sent", n.Sent.In(r.zone), n.Source, "sent")
	if r.after.IsZero() {
		at = r.inHours(k, "arrived", sent)
		return k.dayOf("deemed day", clause, at, r.zone), at
	}
	dispatched := k.dayOf("day of dispatch", clause, r.inHours(k, "sent", sent), r.zone)
	after := k.termSpan("after dispatch", r.after, r.source, "/deemed")
	if r.after.Unit() == UnitWorkingDays {
		return k.workingDay("deemed day", clause, dispatched, after, r.days), told[time.Time]{}
	}
	return k.after("deemed day", clause, dispatched, after, r.periods), told[time.Time]{}
}

// inHours is an instant, or the next opening where the clause waits for it.
func (r *noticeRule) inHours(k *calc, name string, t told[time.Time]) told[time.Time] {
	if r.clause.OutOfHours == NoticeNextOpening {
		return k.opening(name, r.source.clause, t, r.hours)
	}
	return t
}

// reached is the day that counts for a notice which has to arrive, or to be sent, by
// some day, and the instant of the record by which that day is told. Where it has to
// be sent and nobody wrote down when it was, it counts when it was received, at the
// latest: it was sent no later.
func (r *noticeRule) reached(k *calc, n *Notice, must MustReach) (day told[Date], at time.Time) {
	of := func(t time.Time, what string) told[Date] {
		return k.dayOf(what, r.source.clause, k.factInstant(what, t.In(r.zone), n.Source, what), r.zone)
	}
	switch {
	case must == MustBeSent && !n.Sent.IsZero():
		day, at = of(n.Sent, "sent"), n.Sent
	case must == MustBeSent && !n.Received.IsZero():
		day, at = of(n.Received, "received"), n.Received
	default:
		day, _ = r.arrival(k, n)
		at = n.Sent
		if r.clause.Deemed == DeemedReceipt {
			at = n.Received
		}
	}
	if !day.v.IsValid() {
		k.fail(&Error{In: n.Source, Pointer: "sent", Kind: ErrRange, Msg: "the instant lies outside the years 1 to 9999"})
	}
	return day, at
}

// lastDispatch is the inverse: the last day of dispatch for a notice to arrive by a
// day, or the instant before which it has to be sent, or received where receipt
// counts: of notices that arrive when they are sent, and where there are hours in
// which to send them.
func (r *noticeRule) lastDispatch(k *calc, by told[Date]) (day told[Date], before told[time.Time]) {
	clause := r.source.clause
	day = by
	if !r.after.IsZero() {
		after := k.termSpan("after dispatch", r.after, r.source, "/deemed")
		switch {
		case r.after.Unit() == UnitWorkingDays:
			day = k.workingDayBack("last dispatch", clause, by, after, r.days)
		case r.periods.clause.FirstDay == FirstDayCounted: // the day of dispatch is the first
			day = k.before("last dispatch", clause, k.next("day after", clause, by), after, r.periods)
		default:
			day = k.before("last dispatch", clause, by, after, r.periods)
		}
	}
	if r.clause.OutOfHours != NoticeNextOpening && r.clause.Deemed != DeemedSending {
		return day, told[time.Time]{}
	}
	before = k.midnight("last dispatch", clause, day, r.zone)
	if r.clause.OutOfHours == NoticeNextOpening {
		before = k.closing("last dispatch", clause, before, r.hours)
	}
	return told[Date]{}, before
}

// counting is what one version says of periods, notices and the years of the term.
type counting struct {
	periods *periodRule // nil where the document has no clause
	notices map[string]*noticeRule
	years   contractYears
	law     Law
}

// notice returns the rule of a notice's channel.
func (c counting) notice(n *Notice) (*noticeRule, error) {
	if len(c.notices) == 0 {
		return nil, silent(c.law, "/notices", "no clause says when a notice arrives")
	}
	r, ok := c.notices[n.Channel]
	if !ok {
		return nil, &Error{In: n.Source, Pointer: "channel", Kind: ErrUnknown, Msg: fmt.Sprintf("no channel %q for notices; %s", clip(n.Channel), have(sortedKeys(c.notices)))}
	}
	return r, nil
}
