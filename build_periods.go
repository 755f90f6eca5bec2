package contract

import (
	"fmt"
	"slices"
	"time"
)

// How periods are counted and when notices arrive, version by version: what
// fees and endings rest on.

func (b *builder) counting(i int) counting {
	t := &b.c.terms[i]
	c := counting{notices: make(map[string]*noticeRule), law: t.law()}
	if p := t.doc.Periods; p != nil {
		c.periods = &periodRule{clause: *p, days: b.c.days[p.Days], hours: b.c.schedules[p.Hours], zone: b.c.zone, source: t.source("/periods", "")}
	}
	c.years = t.years()
	for name, clause := range t.doc.Notices {
		r := &noticeRule{channel: name, clause: clause, hours: b.c.schedules[clause.Hours], days: b.c.days[clause.Days],
			periods: c.periods, zone: b.c.zone, source: t.source("/notices/"+escape(name), clause.Clause)}
		r.after, _ = clause.Deemed.read()
		c.notices[name] = r
	}
	return c
}

// years are the contract years of a version; the zero contractYears where it has no term.
func (t *terms) years() contractYears {
	term := t.doc.Term
	if term == nil {
		return contractYears{}
	}
	y := contractYears{first: term.From, end: MonthEndLast, source: t.source("/term", term.Clause)}
	if p := t.doc.Periods; p != nil {
		y.end = p.MonthEnd
	}
	return y
}

// countedBy is how the periods of a figure follow one another in a version.
func (t *terms) countedBy(every CountPeriod) countedBy { return countedBy{every, t.years()} }

// checkPeriods checks the clause of periods and those of notices.
func checkPeriods(doc *Document, faults *Errors) {
	if p := doc.Periods; p != nil {
		switch {
		case p.Ends == DayEndsAtClosing && p.Hours == "":
			faults.add("/periods/hours", ErrRequired, "say whose closing ends the last day; %s", have(sortedKeys(doc.Hours)))
		case p.Ends == DayEndsAtClosing:
			closesAs(doc, p.Days, p.Hours, faults)
		case p.Hours != "":
			faults.add("/periods/hours", ErrInvalid, "has no effect: the last day ends at %s", DayEndsAt24)
		}
	}
	if doc.Periods != nil && doc.Periods.MonthEnd == MonthEndRefuse && doc.Term != nil && doc.Term.From.IsValid() {
		if _, _, day := doc.Term.From.Date(); day > 28 {
			faults.add("/periods/monthEnd", ErrConflict, "%q, and a contract year from %v has months without that day", MonthEndRefuse, doc.Term.From)
		}
	}
	checkYears(doc, faults)
	for _, name := range sortedKeys(doc.Notices) {
		n := doc.Notices[name]
		at := "/notices/" + escape(name)
		after, err := n.Deemed.read()
		if err != nil && n.Deemed != "" {
			faults.addErr(at+"/deemed", err)
		}
		if err != nil {
			continue
		}
		idle := func(stated bool, key, why string) {
			if stated {
				faults.add(at+key, ErrInvalid, "has no effect: %s", why)
			}
		}
		switch {
		case n.OutOfHours == "" && n.Deemed == DeemedSending:
			faults.add(at+"/outOfHours", ErrRequired, "say when a notice arrives that is sent out of hours; %s", oneOf(n.OutOfHours))
		case n.OutOfHours == NoticeNextOpening && n.Hours == "":
			faults.add(at+"/hours", ErrRequired, "say out of which hours; %s", have(sortedKeys(doc.Hours)))
		}
		if n.OutOfHours == NoticeAnyTime || n.OutOfHours == "" && n.Deemed != DeemedSending {
			idle(n.Hours != "", "/hours", "a notice out of hours waits for no opening")
		}
		if after.Unit() == UnitWorkingDays {
			if n.Days == "" {
				faults.add(at+"/days", ErrRequired, "say which working days; %s", have(sortedKeys(doc.WorkingDays)))
			}
		} else {
			idle(n.Days != "", "/days", "no working days are counted")
		}
		if after.Unit() == UnitDays {
			needPeriods(doc, at+"/deemed", faults)
		}
	}
}

// checkYears checks what goes by contract years: of those from 29 February a document
// says on which day the others begin.
func checkYears(doc *Document, faults *Errors) {
	if doc.Periods != nil || doc.Term == nil || !doc.Term.From.IsValid() {
		return
	}
	if _, month, day := doc.Term.From.Date(); month != time.February || day != 29 {
		return
	}
	need := func(at string) {
		faults.add(at, ErrRequired, "contract years from %v: say at /periods what holds where a month lacks the day", doc.Term.From)
	}
	if doc.Fees != nil {
		for _, name := range sortedKeys(doc.Fees.Items) {
			if doc.Fees.Items[name].Per == PerContractYear {
				need("/fees/items/" + escape(name) + "/per")
			}
		}
	}
	for _, name := range sortedKeys(doc.ServiceCredits) {
		for i, cap := range doc.ServiceCredits[name].Caps {
			if cap.Per == CapPerContractYear {
				need(fmt.Sprintf("/serviceCredits/%s/caps/%d/per", escape(name), i))
			}
		}
	}
	if l := doc.Liability; l != nil && l.Cap.Per == CapOverYear {
		need("/liability/cap/per")
	}
}

// needPeriods reports a rule that counts where the document does not say how.
func needPeriods(doc *Document, at string, faults *Errors) {
	if doc.Periods == nil {
		faults.add(at, ErrRequired, "counts days, months or years: say at /periods how they are counted")
	}
}

// checkLimit checks a limit: which of its fields it needs.
func checkLimit(doc *Document, l *Limit, at string, anchors []string, faults *Errors) {
	if l == nil {
		return
	}
	if u := l.Span.Unit(); !l.Span.IsZero() && u < UnitDays {
		faults.add(at+"/span", ErrInvalid, "%v; a limit counts days, weeks, months or years", l.Span)
	}
	needPeriods(doc, at, faults)
	anchor, key := l.After, "/after"
	if l.Before != "" {
		anchor, key = l.Before, "/before"
	}
	switch {
	case l.After != "" && l.Before != "":
		faults.add(at, ErrConflict, "it is counted after %q and before %q; write one", l.After, l.Before)
	case anchor == "":
		faults.add(at, ErrRequired, "say after or before what the %v are counted; %s", l.Span, have(anchors))
	case !slices.Contains(anchors, anchor):
		faults.add(at+key, ErrUnknown, "%q; %s", clip(anchor), have(anchors))
	}
	if l.Before != "" && l.RestDay != RestDayStays && l.RestDay != "" {
		faults.add(at+"/restDay", ErrInvalid, "%q; a limit that is counted back does not roll later: write %q", l.RestDay, RestDayStays)
	}
}
