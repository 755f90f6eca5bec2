package contract

import (
	"cmp"
	"fmt"
	"slices"
	"sort"
	"time"

	"github.com/cfd16870/contract/proof"
)

// LifeFacts are what the term and rights of a contract depend on. Order does not
// matter. What became known, arrived or was paid after the day of a question is left
// out of its answer.
type LifeFacts struct {
	Notices []Notice
	Debts   []DebtDates
}

// A Term is how long the contract runs, as known on a day: contents 8.
type Term struct {
	Clause   string
	Period   Period // from the first day of the contract through the last of the present term; no days where it ended before it began
	Renewals int
	NoticeBy Date         // the last day for a notice against the next renewal to arrive, or to be sent where that counts; the zero Date: there is none
	Ended    Date         // the last day, where a notice ended the contract or its renewal, or it ran out; the zero Date: it runs
	Ground   string       // on which it ended: no renewal, the name of the ending, or the term ran out
	By       Role         // whose notice ended it on the name of an ending; else ""
	Void     []VoidNotice // notices that changed nothing, and why

	about        string
	tell, tellBy func(*calc) int
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

// ranOut is the ground on which a term ends that does not renew.
const ranOut = "the term ran out"

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
	others     map[string]bool // grounds of notices that other chapters act on
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

// renewed is the last day of the n-th renewal: the day before the one that lies n
// times the length after the first day that follows the term as signed. So terms
// adjoin, and a renewal that begins on the 31st does not drift: a term from 1 March
// through 28 February renews through the next last of February.
func (r *endingRules) renewed(k *calc, n int, signed told[Date]) told[Date] {
	first := k.next("first day of the renewal", r.renewalAt.clause, signed)
	span := k.termSpan("renewed for", r.renewal.For, r.renewalAt, "/for")
	if n > 1 {
		count, _ := r.renewal.For.Count()
		whole, err := CountSpan(count*n, r.renewal.For.Unit())
		if err != nil {
			k.fail(fmt.Errorf("%d renewals for %v: %w", n, r.renewal.For, ErrLimit))
			return told[Date]{}
		}
		span = k.lawSpan("renewals together", whole, fmt.Sprintf("%d renewals", n), "")
	}
	day := k.plain("first day after the renewal", r.renewalAt.clause, first, span, r.count.periods)
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

// renews reports whether a term that renewed so often does so again.
func (r *endingRules) renews(renewals int) bool {
	return r.renewal != nil && r.renewal.Mode == RenewsAutomatically && (r.times < 0 || renewals < r.times)
}

// begins reports whether a renewed term begins on a day, should nothing prevent the
// renewals before it. Of the renewals, of which there may be one a day, it looks at no
// more than a search by halves does.
func (r *endingRules) begins(d Date) bool {
	if r == nil || r.term == nil || !d.IsValid() || !r.renews(0) {
		return false
	}
	k := new(calc)
	signed := r.lastDay(k)
	// of is the first day of the n-th renewal; the zero Date where no day is.
	of := func(n int) Date {
		k := new(calc)
		last := signed
		if n > 1 {
			last = r.renewed(k, n-1, signed)
		}
		first := k.next("first day of the renewal", r.renewalAt.clause, last)
		return first.v
	}
	first := of(1)
	if k.err != nil || !first.IsValid() || d.Before(first) {
		return false
	}
	count, least := int(r.renewal.For.n), 1 // days, of one
	switch r.renewal.For.Unit() {
	case UnitWeeks:
		least = 7
	case UnitMonths:
		least = 28
	case UnitYears:
		least = 365
	}
	n := 1 + sort.Search(d.Sub(first)/(count*least)+1, func(i int) bool {
		day := of(i + 1)
		return !day.IsValid() || !day.Before(d)
	})
	return of(n) == d && r.renews(n-1)
}

// noticeBy is the last day for a notice against the renewal of a term. It is
// counted back, so that it never rolls: nobody gains time by a holiday.
func (r *endingRules) noticeBy(k *calc, last told[Date]) told[Date] {
	u := r.renewal.Unless
	at := last
	if u.Before == beforeRenewal {
		at = k.next("first day of the renewal", r.renewalAt.clause, last)
	}
	return k.back("last day to arrive", r.renewalAt.clause, at, k.termSpan("notice", u.Span, r.renewalAt, "/unless/span"), r.count.periods)
}

// ending returns the ending of a name, nil where there is none.
func (r *endingRules) ending(name string) *endingRule {
	for i := range r.endings {
		if r.endings[i].name == name {
			return &r.endings[i]
		}
	}
	return nil
}

// A life works out the term and the rights from what was known on a day.
type life struct {
	rules versions[*endingRules]
	zone  *time.Location
	facts LifeFacts
	asOf  Date
}

// on is the rules of the day on which a notice was sent, or received where nobody
// wrote down when it was sent.
func (l *life) on(n *Notice) *endingRules {
	t := n.Sent
	if t.IsZero() {
		t = n.Received
	}
	r := l.rules.on(DateOf(t.In(l.zone)))
	if r == nil || r.count == nil {
		return &endingRules{count: new(counting)}
	}
	return r
}

// arrived is the day that counts for a notice, by the terms of the day on which it
// was sent. What a record lacks is told apart from what the calculation met before.
func (l *life) arrived(k *calc, n *Notice, must MustReach) (told[Date], error) {
	by, err := l.on(n).count.notice(n)
	if err != nil {
		return told[Date]{}, err
	}
	quiet := new(calc)
	if by.reached(quiet, n, must); quiet.err != nil {
		return told[Date]{}, quiet.err
	}
	d, _ := by.reached(k, n, must)
	return d, nil
}

// termSteps is a term on its way.
type termSteps struct {
	last     told[Date]
	noticeBy told[Date]
	renewals int
	ended    told[Date]
	ground   string
	by       Role
	clause   string
	void     []VoidNotice
}

// run works the term out, renewal by renewal. Only the term that it comes to is
// told: the working of the hundredth renewal is as long as that of the first.
func (l *life) run(k *calc) (s termSteps) {
	r := l.rules.on(l.asOf)
	if r == nil || r.term == nil {
		return s
	}
	s.clause = r.termAt.clause
	signed := r.lastDay(k)
	ends := l.ends(k, &s.void)
	against := l.against(r, &s.void)
	quiet := new(calc)
	last, begin, by := signed, Date{}, Date{}
	for k.err == nil && quiet.err == nil {
		if len(ends) > 0 && !ends[0].on.v.After(last.v) {
			break // it ends before it could renew
		}
		if !r.renews(s.renewals) {
			break
		}
		by = r.noticeBy(quiet, last).v
		if against.prevents(begin, last.v, by) {
			s.ground, s.clause = GroundNoRenewal, r.renewalAt.clause
			break
		}
		next := r.renewed(quiet, s.renewals+1, signed)
		// An end ahead of which notice was given lies in a renewal that nothing can
		// prevent any more: the contract is known to run until then, and no longer.
		certain := len(ends) > 0 && by.Before(l.asOf) && !ends[0].on.v.After(next.v)
		if !last.v.Before(l.asOf) && !certain {
			break
		}
		s.renewals++
		begin, last = last.v.AddDays(1), next
	}
	if quiet.err != nil {
		k.fail(quiet.err)
	}
	if k.err != nil {
		return s
	}
	s.last = signed
	if s.renewals > 0 {
		s.last = r.renewed(k, s.renewals, signed)
	}
	switch {
	case s.ground == GroundNoRenewal:
		s.ended = s.last
	case len(ends) > 0 && !ends[0].on.v.After(s.last.v):
		days := []told[Date]{s.last}
		for _, e := range ends {
			days = append(days, e.on)
		}
		s.last = k.earliest("end", ends[0].ending.source.clause, days...)
		s.ended, s.ground, s.clause, s.by = s.last, ends[0].ending.name, ends[0].ending.source.clause, ends[0].notice.By
		for len(ends) > 1 && ends[1].on.v == s.ended.v { // which one came first nobody can say
			s.void = append(s.void, VoidNotice{*ends[1].notice, fmt.Sprintf("the contract ended on %v by notice %s already", s.ended.v, clip(ends[0].notice.ID))})
			ends = slices.Delete(ends, 1, 2)
		}
		ends = ends[1:]
	case r.renews(s.renewals):
		s.noticeBy = r.noticeBy(k, s.last)
	case s.last.v.Before(l.asOf):
		s.ended, s.ground = s.last, ranOut
	}
	if s.ended.v.IsValid() {
		for _, e := range ends {
			s.void = append(s.void, VoidNotice{*e.notice, fmt.Sprintf("the contract ended on %v, before %v", s.ended.v, e.on.v)})
		}
	}
	against.late(&s)
	return s
}

// An againstRenewal is a notice on the ground "no renewal".
type againstRenewal struct {
	notice *Notice
	day    Date // that counts
	by     Date // the last day that it missed; the zero Date: it came in no term
	used   bool
}

type againstRenewals []againstRenewal

// against reads the notices against renewals that arrived by the day of the
// question, and says which could not have an effect.
func (l *life) against(r *endingRules, void *[]VoidNotice) (list againstRenewals) {
	for i := range l.facts.Notices {
		n := &l.facts.Notices[i]
		if n.Ground != GroundNoRenewal {
			continue
		}
		put := func(format string, args ...any) { *void = append(*void, VoidNotice{*n, fmt.Sprintf(format, args...)}) }
		if r.renewal == nil || r.renewal.Mode != RenewsAutomatically {
			put("the term does not renew")
			continue
		}
		u := r.renewal.Unless
		if !mayGive(u.By, n.By) {
			put("%s, and it was given by %s", whoMay(u.By), givenBy(n.By))
			continue
		}
		day, err := l.arrived(new(calc), n, u.Must)
		switch {
		case err != nil:
			put("%v", err)
		case !day.v.After(l.asOf):
			list = append(list, againstRenewal{notice: n, day: day.v})
		}
	}
	return list
}

// prevents reports whether a notice is in time against the renewal of a term. One
// that names the first day of the renewal is against that one; another against that
// of the term in which it arrived, or of the first where it arrived before.
func (list againstRenewals) prevents(begin, last, by Date) bool {
	found := false
	for i := range list {
		a := &list[i]
		this := a.notice.From == last.AddDays(1)
		if a.notice.From.IsZero() {
			this = !a.day.Before(begin) && !a.day.After(last)
		}
		switch {
		case !this:
		case a.day.After(by):
			a.by = by
		default:
			a.used, found = true, true
		}
	}
	return found
}

// late tells the notices against renewals that prevented none.
func (list againstRenewals) late(s *termSteps) {
	for _, a := range list {
		why := fmt.Sprintf("no renewal begins on %v", a.notice.From)
		switch {
		case a.used:
			continue
		case a.by.IsValid():
			why = fmt.Sprintf("it came on %v, and the last day was %v: the term renews", a.day, a.by)
		case s.ended.v.IsValid():
			why = fmt.Sprintf("the contract ended on %v: there is no renewal to prevent", s.ended.v)
		case a.notice.From.IsZero():
			why = "the term does not renew again"
		case a.notice.From.After(s.last.v.AddDays(1)):
			continue // against one of the renewals after the next
		}
		s.void = append(s.void, VoidNotice{*a.notice, why})
	}
}

// mayGive reports whether a side may give a notice that one has the right to.
func mayGive(right, by Role) bool {
	return right == by || right == Either && (by == Customer || by == Provider)
}

// whoMay and givenBy say it for people.
func whoMay(right Role) string {
	switch right {
	case Either:
		return "either side may give it"
	case Both:
		return "both sides agree to it together"
	}
	return fmt.Sprintf("the %s may give it", right)
}

func givenBy(by Role) string {
	if by == "" {
		return "nobody that the record names"
	}
	return clip(string(by))
}

// An end is the day on which a notice on the name of an ending ends the contract.
type end struct {
	on     told[Date]
	ending *endingRule
	notice *Notice
}

// ends are the days on which notices end the contract, the first first, of those
// that arrived by the day of the question: at will after the span that the clause
// gives, else on arrival where the right was there. What changes nothing is void.
func (l *life) ends(k *calc, void *[]VoidNotice) []end {
	var ends []end
	quiet := new(calc)
	rights := l.rights(quiet, "")
	if quiet.err != nil {
		k.fail(quiet.err)
	}
	for i := range l.facts.Notices {
		n := &l.facts.Notices[i]
		rules := l.on(n)
		e := rules.ending(n.Ground)
		put := func(format string, args ...any) { *void = append(*void, VoidNotice{*n, fmt.Sprintf(format, args...)}) }
		if e == nil {
			if n.Ground != GroundNoRenewal && !rules.others[n.Ground] {
				put("no clause gives a notice on the ground %q an effect", clip(n.Ground))
			}
			continue
		}
		if !mayGive(e.clause.By, n.By) {
			put("%s, and it was given by %s", whoMay(e.clause.By), givenBy(n.By))
			continue
		}
		says := e.clause.When == WhenMaterialBreach || e.clause.When == WhenForceMajeure
		first := l.usedBy(n)
		on, err := l.arrived(k, n, "")
		switch {
		case err != nil:
			put("%v", err)
			continue
		case k.err != nil:
			return nil
		case on.v.After(l.asOf), says && first == nil:
			continue // not there yet, or it says what happened: the right that it gives is used by another
		}
		switch {
		case e.clause.When == WhenAtWill:
			span := k.termSpan("notice", e.clause.Notice.Span, e.source, "/notice/span")
			on = k.ends("end", e.source.clause, on, span, k.termWord("rest day", string(e.clause.Notice.RestDay), e.source, "/notice/restDay"), rules.count.periods)
		case says && !(first.By == n.By && thereOn(rights, e.name, first.ID, on.v)):
			put("no right by notice %s was there on %v", clip(first.ID), on.v)
			continue
		case e.clause.When == WhenPaymentOverdue && !thereOn(rights, e.name, "", on.v):
			put("no payment was overdue %s on %v", e.clause.After, on.v)
			continue
		}
		ends = append(ends, end{on, e, n})
	}
	if k.err != nil {
		return nil
	}
	slices.SortStableFunc(ends, func(a, b end) int {
		return cmp.Or(a.on.v.Compare(b.on.v), cmp.Compare(a.notice.ID, b.notice.ID))
	})
	return ends
}

// usedBy is the earlier notice on the same ground, of a breach or of force majeure,
// whose right a notice uses: the one that it is about. It is nil for a notice that
// says itself what happened.
func (l *life) usedBy(n *Notice) *Notice {
	if n.About == "" || n.About == n.ID {
		return nil
	}
	for i := range l.facts.Notices {
		if m := &l.facts.Notices[i]; m.ID == n.About && m.Ground == n.Ground {
			return m
		}
	}
	return nil
}

// thereOn reports whether a right to an ending is there on a day, of one debt or
// notice or of any.
func thereOn(rights []rightSteps, name, of string, day Date) bool {
	return slices.ContainsFunc(rights, func(r rightSteps) bool {
		return r.ending == name && (of == "" || r.of == of) && !r.from.v.After(day) && (!r.until.IsValid() || !day.After(r.until))
	})
}
