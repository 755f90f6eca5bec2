package contract

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/cfd16870/contract/proof"
)

// LifeFacts are what the term and rights of a contract depend on.
type LifeFacts struct {
	Notices []Notice
	Overdue []Overdue // debts with the day on which they were paid
}

// An Overdue is a debt as far as rights depend on it.
type Overdue struct {
	Source, Debt string
	Due          Date
	Paid         Date // the day on which no principal was left; the zero Date: not yet
}

// A Term is how long the contract runs, as known on a day: contents 8.
type Term struct {
	Clause   string
	Period   Period // from the first day of the contract through the last of the present term
	Renewals int
	NoticeBy Date         // the last day for a notice against the next renewal to arrive; the zero Date: there is none
	Ended    Date         // the last day, where a notice ended the contract or its renewal; the zero Date: it runs
	Ground   string       // on which it ended
	Void     []VoidNotice // notices that changed nothing, and why

	about                string
	tell, tellBy, tellAt func(*calc) int
}

// A VoidNotice is a notice without effect.
type VoidNotice struct {
	Notice Notice
	Why    string
}

// Explain is the working of the last day of the present term, or of the day on
// which the contract ended.
func (t Term) Explain() *proof.Working { return explained("last day of "+t.about, t.tell) }

// ExplainNoticeBy is the working of the last day for a notice against the renewal;
// an empty one where there is none.
func (t Term) ExplainNoticeBy() *proof.Working {
	return explained("last day for a notice against the renewal of "+t.about, t.tellBy)
}

// endingRules are the rules of the ending in one version.
type endingRules struct {
	term       *TermClause
	termAt     source
	renewal    *RenewalClause // nil where the document has none
	renewalAt  source
	times      int // of renewals; -1: no limit
	suspension *SuspensionClause
	suspendAt  source
	endings    []endingRule // by name
	settlement *SettlementClause
	settleAt   source
	survival   []survivalRule
	rounding   roundingRule
	count      *counting
	law        Law
}

type endingRule struct {
	name   string
	clause EndingClause
	source source
}

type survivalRule struct {
	name   string
	clause SurvivalClause
	span   Span // the zero Span: no end
	source source
}

// lastDay is the last day of the term as signed.
func (r *endingRules) lastDay(k *calc) told[Date] {
	if r.term.Through.IsValid() {
		return k.termDate("last day of the term", r.term.Through, r.termAt, "/through")
	}
	from := k.termDate("first day of the term", r.term.From, r.termAt, "/from")
	return k.after("last day of the term", r.termAt.clause, from, k.termSpan("term", r.term.For, r.termAt, "/for"), r.count.periods)
}

// renewed is the last day of a term after one more renewal: its first day is the
// one after the last of the term before, and terms adjoin.
func (r *endingRules) renewed(k *calc, n int, signed told[Date]) told[Date] {
	// The first day after the term as signed, and n times the length from there: a
	// term from 1 March through 28 February renews through the next last of February.
	first := k.next("first day of the renewal", r.renewalAt.clause, signed)
	span := k.termSpan("renewed for", r.renewal.For, r.renewalAt, "/for")
	until := first
	if k.err != nil {
		return told[Date]{}
	}
	count, _ := r.renewal.For.Count()
	whole, err := CountSpan(count*n, r.renewal.For.Unit())
	if err != nil {
		k.fail(err)
		return told[Date]{}
	}
	if n > 1 {
		span = k.lawSpan("renewals together", whole, fmt.Sprintf("%d renewals", n), "")
	}
	day := k.plain("first day after the renewal", r.renewalAt.clause, until, span, r.count.periods)
	one := k.lawSpan("day before", Span{1, UnitDays}, "the day before", "")
	return k.plainBack("last day of the term", r.renewalAt.clause, day, one, r.count.periods)
}

// plain is the corresponding day a span after another, whichever days a period
// counts; plainBack the one before.
func (k *calc) plain(name, clause string, from told[Date], span told[Span], p *periodRule) told[Date] {
	own := *p
	own.clause.FirstDay = FirstDayNotCounted
	return k.end(name, clause, from, span, &own, +1)
}

func (k *calc) plainBack(name, clause string, from told[Date], span told[Span], p *periodRule) told[Date] {
	return k.end(name, clause, from, span, p, -1)
}

// noticeBy is the last day for a notice against the renewal of a term.
func (r *endingRules) noticeBy(k *calc, last told[Date]) told[Date] {
	u := r.renewal.Unless
	at := last
	if u.Before == beforeRenewal {
		at = k.next("first day of the renewal", r.renewalAt.clause, last)
	}
	return k.before("last day to arrive", r.renewalAt.clause, at, k.termSpan("notice", u.Span, r.renewalAt, "/unless/span"), r.count.periods)
}

// A life works out the term from the notices.
type life struct {
	rules versions[*endingRules]
	facts LifeFacts
	asOf  Date
}

// arrived is the day that counts for a notice, by the terms of the day on which it
// was sent.
func (l *life) arrived(k *calc, n *Notice, must MustReach) (told[Date], error) {
	count := l.on(n).count
	by, err := count.notice(n)
	if err != nil {
		return told[Date]{}, err
	}
	if must == MustBeSent && !n.Sent.IsZero() {
		return k.dayOf("sent", by.source.clause, k.factInstant("sent", n.Sent.In(by.zone), n.Source, "sent"), by.zone), k.err
	}
	day, _ := by.arrival(k, n)
	return day, k.err
}

// on is the rules of the day on which a notice was sent, or received.
func (l *life) on(n *Notice) *endingRules {
	t := n.Sent
	if t.IsZero() {
		t = n.Received
	}
	r := l.rules.on(DateOf(t))
	if r == nil || r.count == nil {
		return &endingRules{count: new(counting)}
	}
	return r
}

// termSteps is a term on its way.
type termSteps struct {
	last     told[Date]
	noticeBy told[Date]
	renewals int
	ended    told[Date]
	ground   string
	clause   string
	void     []VoidNotice
}

// run works the term out, renewal by renewal.
func (l *life) run(k *calc) (s termSteps) {
	r := l.rules.on(l.asOf)
	if r == nil || r.term == nil {
		return s
	}
	s.clause = r.termAt.clause
	signed := r.lastDay(k)
	s.last = signed
	notices := slices.Clone(l.facts.Notices)
	against := func(last told[Date]) (told[Date], *Notice) {
		by := r.noticeBy(k, last)
		for i := range notices {
			n := &notices[i]
			if n.Ground != GroundNoRenewal || !mayGive(r.renewal.Unless.By, n.By) {
				continue
			}
			if n.From.IsValid() && n.From != last.v.AddDays(1) {
				continue // against another renewal
			}
			day, err := l.arrived(new(calc), n, r.renewal.Unless.Must)
			if err == nil && !day.v.After(by.v) && (!n.From.IsZero() || !day.v.Before(l.termBegin(last.v, r))) {
				return by, n
			}
		}
		return by, nil
	}
	for k.err == nil && r.renewal != nil && r.renewal.Mode == RenewsAutomatically {
		if r.times >= 0 && s.renewals >= r.times {
			s.noticeBy = told[Date]{}
			break
		}
		by, n := against(s.last)
		if n != nil {
			s.noticeBy = told[Date]{}
			s.ended, s.ground, s.clause = s.last, GroundNoRenewal, r.renewalAt.clause
			break
		}
		s.noticeBy = by
		if k.err != nil || !s.last.v.Before(l.asOf) {
			break
		}
		s.renewals++
		s.last = r.renewed(k, s.renewals, signed)
	}
	if r.renewal == nil || r.renewal.Mode == RenewalLapses || r.times >= 0 && s.renewals >= r.times {
		if s.last.v.Before(l.asOf) {
			s.ended, s.ground = s.last, "the term ran out"
		}
	}
	l.byNotice(k, &s)
	return s
}

// termBegin is the day from which a notice can be against the end of the present
// term: one that arrived for the term before has had its effect, or none.
func (l *life) termBegin(last Date, r *endingRules) Date {
	if n, ok := r.renewal.For.Count(); ok && r.renewal.For.Unit() >= UnitMonths {
		if r.renewal.For.Unit() == UnitYears {
			n *= 12
		}
		if d, err := last.AddMonths(-n, MonthEndLast); err == nil {
			return d
		}
	}
	return Date{}
}

// mayGive reports whether a side may give a notice that one has the right to.
func mayGive(right, by Role) bool {
	return right == by || right == Either && (by == Customer || by == Provider) || right == ""
}

// byNotice ends the contract where a notice on the name of an ending took effect
// before its term does.
func (l *life) byNotice(k *calc, s *termSteps) {
	type effect struct {
		on     told[Date]
		ending *endingRule
	}
	var effects []effect
	for i := range l.facts.Notices {
		n := &l.facts.Notices[i]
		rules := l.on(n)
		e := rules.ending(n.Ground)
		void := func(format string, args ...any) {
			s.void = append(s.void, VoidNotice{*n, fmt.Sprintf(format, args...)})
		}
		if e == nil || e.clause.When == WhenMaterialBreach || e.clause.When == WhenForceMajeure {
			continue // says what happened; the right that it gives is used by another
		}
		if !mayGive(e.clause.By, n.By) {
			void("%s is the right of the %s", e.name, e.clause.By)
			continue
		}
		on, err := l.arrived(k, n, "")
		if err != nil {
			void("%v", err)
			k.err = nil
			continue
		}
		switch e.clause.When {
		case WhenAtWill:
			span := k.termSpan("notice", e.clause.Notice.Span, e.source, "/notice/span")
			last := k.after("before rolling", e.source.clause, on, span, rules.count.periods)
			on = k.roll("end", e.source.clause, last, k.termWord("rest day", string(e.clause.Notice.RestDay), e.source, "/notice/restDay"), rules.count.periods.days)
		case WhenPaymentOverdue:
			if !l.overdueOn(e, on.v) {
				void("no payment was overdue %s on %v", e.clause.After, on.v)
				continue
			}
		}
		effects = append(effects, effect{on, e})
	}
	slices.SortStableFunc(effects, func(a, b effect) int { return cmp.Compare(a.on.v.n, b.on.v.n) })
	if len(effects) > 0 && !effects[0].on.v.After(s.last.v) {
		first := effects[0]
		s.last, s.ended, s.ground, s.clause = first.on, first.on, first.ending.name, first.ending.source.clause
		s.noticeBy = told[Date]{}
	}
}

func (r *endingRules) ending(name string) *endingRule {
	for i := range r.endings {
		if r.endings[i].name == name {
			return &r.endings[i]
		}
	}
	return nil
}

// overdueOn reports whether the right of an ending for payment overdue is there on
// a day.
func (l *life) overdueOn(e *endingRule, day Date) bool {
	for _, r := range l.rights(new(calc), e.name) {
		if r.ending == e.name && !r.from.v.After(day) && (!r.until.IsValid() || !day.After(r.until)) {
			return true
		}
	}
	return false
}
