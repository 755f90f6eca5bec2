package contract

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"time"
)

// An AgendaItem is a day ahead that the contract, or the law behind it, fixes.
type AgendaItem struct {
	On          Date
	What        string
	Of          string // the debt or notice that it is about
	Clause      string
	Law         string // the statute that fixes it, where no clause does
	Consequence string
}

// Agenda returns the days from one on that the contract fixes, as far as it is
// known on that day: payments due, the last day for notices against the renewal and
// of a raise with the last dispatch by each channel, the first and last days of
// rights and of cures, the end of the term, what survives it, and, by the governing
// law, the limitation of debts that are not paid. In order of day, then of what it
// is. Nothing of a running contract is listed for a day after it has ended.
func (c *Contract) Agenda(f LifeFacts, asOf Date) ([]AgendaItem, error) {
	if !asOf.IsValid() {
		return nil, noDay()
	}
	t := c.on(asOf)
	if t.ending == nil {
		return nil, nil
	}
	var list []AgendaItem
	put := func(on Date, item AgendaItem) {
		if on.IsValid() && !on.Before(asOf) {
			item.On = on
			list = append(list, item)
		}
	}
	l := c.life(f, asOf)
	c.agendaOfDebts(l, t.law(), put)
	k := new(calc)
	ended := l.run(k).ended.v
	for _, s := range l.rights(k, "") {
		if s.after(ended) {
			continue
		}
		put(s.from.v, AgendaItem{What: "right begins: " + s.ending, Of: s.of, Clause: s.clause, Consequence: fmt.Sprintf("the %s may use it", s.by)})
		if s.lapses != lapsesPaid && !(ended.IsValid() && s.until.After(ended)) {
			put(s.until, AgendaItem{What: "last day of the right: " + s.ending, Of: s.of, Clause: s.clause, Consequence: "lapses: " + s.lapses})
		}
		put(s.cure.v, AgendaItem{What: "last day to cure", Of: s.of, Clause: s.clause, Consequence: "the right to end the contract begins the day after"})
	}
	if k.err != nil {
		return nil, k.err
	}
	if t.doc.Term != nil {
		if err := c.agendaOfTerm(f, asOf, put); err != nil {
			return nil, err
		}
	}
	slices.SortStableFunc(list, func(a, b AgendaItem) int {
		return cmp.Or(a.On.Compare(b.On), cmp.Compare(a.What, b.What), cmp.Compare(a.Of, b.Of))
	})
	return list, nil
}

// agendaOfDebts lists when debts that are not paid are due, and when they cannot be
// enforced any more.
func (c *Contract) agendaOfDebts(l *life, law Law, put func(Date, AgendaItem)) {
	years, statute := limitation(law)
	for _, o := range l.facts.Debts {
		if o.Paid.IsValid() {
			continue
		}
		put(o.Due, AgendaItem{What: "payment due", Of: o.Debt, Consequence: "late from the day after"})
		if years == 0 {
			continue
		}
		if d, err := o.Due.AddMonths(12*years, MonthEndLast); err == nil {
			put(d, AgendaItem{What: "limitation", Of: o.Debt, Law: statute, Consequence: fmt.Sprintf("%d years after it was due; interrupted by a demand or an acknowledgement that the records do not show", years)})
		}
	}
}

// limitation is the years after which a debt cannot be enforced, and the statute.
func limitation(law Law) (years int, statute string) {
	switch law {
	case LawPRC:
		return 3, "Civil Code art. 188"
	case LawEnglandAndWales:
		return 6, "Limitation Act 1980 s. 5"
	}
	return 0, ""
}

// agendaOfTerm lists the days of the term: its end, notices before it, what survives.
func (c *Contract) agendaOfTerm(f LifeFacts, asOf Date, put func(Date, AgendaItem)) error {
	t := c.on(asOf)
	term, err := c.Term(f, asOf)
	if err != nil {
		return err
	}
	last := term.Period.Last()
	if term.Ended.IsValid() {
		last = term.Ended
	}
	end := "the contract ends"
	if term.NoticeBy.IsValid() {
		end = "renews unless a notice prevents it"
	}
	put(last, AgendaItem{What: "last day of the term", Clause: term.Clause, Consequence: end})
	if !term.NoticeBy.IsValid() {
		return c.agendaOfSurvival(t, term.Ended, put)
	}
	clause := t.ending.renewalAt.clause
	if t.doc.Renewal.Unless.Must == MustBeSent {
		put(term.NoticeBy, AgendaItem{What: "last day to send a notice against the renewal", Clause: clause, Consequence: "later: the term renews"})
	} else {
		put(term.NoticeBy, AgendaItem{What: "last day for a notice against the renewal to arrive", Clause: clause, Consequence: "later: the term renews"})
		c.agendaOfDispatch("a notice against the renewal", term.NoticeBy, put)
	}
	if t.fees == nil || t.fees.adjustment == nil || t.fees.adjustment.clause.Notice == nil {
		return nil
	}
	a := t.fees.adjustment
	renewal := last.AddDays(1)
	k := new(calc)
	by := k.back("", "", told[Date]{v: renewal}, told[Span]{v: a.clause.Notice.Span}, a.periods)
	if k.err != nil {
		return k.err
	}
	if a.clause.Notice.Must == MustBeSent {
		put(by.v, AgendaItem{What: "last day to send a notice of a raise", Of: renewal.String(), Clause: a.source.clause, Consequence: "later: the price stays"})
		return nil
	}
	put(by.v, AgendaItem{What: "last day for a notice of a raise to arrive", Of: renewal.String(), Clause: a.source.clause, Consequence: "later: the price stays"})
	c.agendaOfDispatch("a notice of a raise", by.v, put)
	return nil
}

// agendaOfSurvival lists until when clauses outlive a contract that ended.
func (c *Contract) agendaOfSurvival(t *terms, ended Date, put func(Date, AgendaItem)) error {
	if !ended.IsValid() {
		return nil
	}
	for _, s := range t.ending.survival {
		if s.span.IsZero() {
			continue // it has no end
		}
		k := new(calc)
		d := k.plain("", "", told[Date]{v: ended}, told[Span]{v: s.span}, t.ending.count.periods)
		switch {
		case errors.Is(k.err, ErrRange):
			continue // beyond the year 9999
		case k.err != nil:
			return k.err
		}
		put(d.v, AgendaItem{What: "survives until: " + s.name, Clause: s.source.clause})
	}
	return nil
}

// agendaOfDispatch lists the last dispatch by each channel that does not arrive at
// once when it is received. One that rests on days that are not published yet is
// listed on the day of arrival, with what is missing.
func (c *Contract) agendaOfDispatch(what string, by Date, put func(Date, AgendaItem)) {
	for _, channel := range sortedKeys(c.on(by).counting.notices) {
		item := AgendaItem{What: "last dispatch by " + channel + " of " + what}
		d, err := c.LastDispatch(channel, by)
		item.Clause = d.Clause
		switch {
		case err != nil:
			item.Consequence = "not known yet: " + err.Error()
			put(by, item)
		case !d.Before.IsZero():
			item.Consequence = "before " + d.Before.Format(time.TimeOnly)
			put(DateOf(d.Before.Add(-1)), item)
		case d.Day != by:
			put(d.Day, item)
		}
	}
}
