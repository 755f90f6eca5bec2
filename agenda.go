package contract

import (
	"cmp"
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
// rights, the end of the term, what survives it, and, by the governing law, the
// limitation of debts that are not paid. In order of day.
func (c *Contract) Agenda(f LifeFacts, asOf Date) ([]AgendaItem, error) {
	t := c.on(asOf)
	if t.ending == nil || !asOf.IsValid() {
		return nil, nil
	}
	var list []AgendaItem
	put := func(on Date, item AgendaItem) {
		if on.IsValid() && !on.Before(asOf) {
			item.On = on
			list = append(list, item)
		}
	}
	l := c.life(f.own(), asOf)
	for _, o := range f.Overdue {
		if o.Paid.IsValid() && !o.Paid.After(asOf) {
			continue
		}
		put(o.Due, AgendaItem{What: "payment due", Of: o.Debt, Consequence: "late from the day after"})
		if years, statute := limitation(t.law()); years > 0 && o.Due.IsValid() {
			if d, err := o.Due.AddMonths(12*years, MonthEndLast); err == nil {
				put(d, AgendaItem{What: "limitation", Of: o.Debt, Law: statute, Consequence: fmt.Sprintf("%d years after it was due; interrupted by a demand or an acknowledgement that the records do not show", years)})
			}
		}
	}
	k := new(calc)
	for _, s := range l.rights(k, "") {
		put(s.from.v, AgendaItem{What: "right begins: " + s.ending, Of: s.of, Clause: s.clause, Consequence: fmt.Sprintf("the %s may use it", s.by)})
		if s.lapses != "paid" {
			put(s.until, AgendaItem{What: "last day of the right: " + s.ending, Of: s.of, Clause: s.clause, Consequence: "lapses: " + s.lapses})
		}
		put(s.cure.v, AgendaItem{What: "last day to cure", Of: s.of, Clause: s.clause, Consequence: "the right to end the contract begins the day after"})
	}
	if t.doc.Term != nil {
		if err := c.agendaOfTerm(f, asOf, put); err != nil {
			return nil, err
		}
	}
	if k.err != nil {
		return nil, k.err
	}
	slices.SortStableFunc(list, func(a, b AgendaItem) int {
		return cmp.Or(a.On.Compare(b.On), cmp.Compare(a.What, b.What), cmp.Compare(a.Of, b.Of))
	})
	return list, nil
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
	end := "renews unless a notice prevents it"
	if term.Ended.IsValid() || t.doc.Renewal == nil || t.doc.Renewal.Mode == RenewalLapses {
		end = "the contract ends"
	}
	put(last, AgendaItem{What: "last day of the term", Clause: term.Clause, Consequence: end})
	put(term.NoticeBy, AgendaItem{What: "last day for a notice against the renewal to arrive", Clause: term.Clause, Consequence: "later: the term renews"})
	c.agendaOfDispatch("a notice against the renewal", term.NoticeBy, put)
	if r := t.ending; r.settlement != nil || len(r.survival) > 0 {
		for _, s := range r.survival {
			if s.span.IsZero() || r.count.periods == nil {
				continue
			}
			k := new(calc)
			d := k.plain("", "", told[Date]{v: last}, told[Span]{v: s.span}, r.count.periods)
			if k.err == nil && term.Ended.IsValid() {
				put(d.v, AgendaItem{What: "survives until: " + s.name, Clause: s.source.clause})
			}
		}
	}
	if term.Ended.IsValid() || t.fees == nil || t.fees.adjustment == nil || t.fees.adjustment.clause.Notice == nil {
		return nil
	}
	a := t.fees.adjustment
	k := new(calc)
	by := k.before("", "", told[Date]{v: last.AddDays(1)}, told[Span]{v: a.clause.Notice.Span}, a.periods)
	if k.err != nil {
		return k.err
	}
	put(by.v, AgendaItem{What: "last day for a notice of a raise to arrive", Of: last.AddDays(1).String(), Clause: a.source.clause, Consequence: "later: the price stays"})
	c.agendaOfDispatch("a notice of a raise", by.v, put)
	return nil
}

// agendaOfDispatch lists the last dispatch by each channel that does not arrive at
// once when it is received.
func (c *Contract) agendaOfDispatch(what string, by Date, put func(Date, AgendaItem)) {
	if !by.IsValid() {
		return
	}
	for _, channel := range sortedKeys(c.on(by).counting.notices) {
		d, err := c.LastDispatch(channel, by)
		switch {
		case err != nil:
		case !d.Before.IsZero():
			put(DateOf(d.Before.Add(-1)), AgendaItem{What: "last dispatch by " + channel + " of " + what, Clause: d.Clause, Consequence: "before " + d.Before.Format(time.TimeOnly)})
		case d.Day != by:
			put(d.Day, AgendaItem{What: "last dispatch by " + channel + " of " + what, Clause: d.Clause})
		}
	}
}
