package main

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/cfd16870/contract"
	"github.com/cfd16870/contract/proof"
)

// The first screen: what is owed, by whom and why; what is wrong in the records;
// what is doubtful. Then the sections on money and the ending.

// amount is money for reading: thousands apart.
func amount(m contract.Money) string {
	text := m.String()
	number, currency, _ := strings.Cut(text, " ")
	whole, part, _ := strings.Cut(number, ".")
	sign := ""
	if rest, ok := strings.CutPrefix(whole, "-"); ok {
		sign, whole = "-", rest
	}
	for i := len(whole) - 3; i > 0; i -= 3 {
		whole = whole[:i] + "," + whole[i:]
	}
	if part != "" {
		whole += "." + part
	}
	return strings.TrimSpace(sign + whole + " " + currency)
}

// figureText is a value of a figure for reading.
func figureText(v proof.Value) string {
	if v.Kind == proof.Money {
		if m, err := contract.ParseMoney(v.Text); err == nil {
			return amount(m)
		}
	}
	return v.Text
}

// owed prints what each side owes, by what.
func (a *audit) owed(s *sheet) {
	s.head(sayOwedHead)
	for _, by := range []contract.Role{contract.Customer, contract.Provider} {
		sum := a.whole.Owed(by)
		label := "  " + s.lang.choice(string(by))
		if sum.IsZero() {
			s.item(label, headingWidth, s.say(sayOwesNothing))
			continue
		}
		s.item(label, headingWidth, s.say(sayOwes, amount(sum)))
		var rows []tableRow
		for _, o := range a.whole.Balance {
			if o.By == by {
				rows = append(rows, tableRow{cells: []string{"", s.lang.choice(o.What), o.Of, amount(o.Amount), s.why(o.Clause, o.Due)}})
			}
		}
		s.table([]column{{"", false}, {s.say(sayOwedWhat), false}, {s.say(sayOwedOf), false}, {s.say(sayAmount), true}, {s.say(sayWhy), false}}, rows)
	}
	s.text(s.say(sayOwedNote))
}

// why cites a clause, and a due date that lies ahead.
func (s *sheet) why(clause string, due contract.Date) string {
	text := ""
	if clause != "" {
		text = s.lang.clause(clause)
	}
	if due.IsValid() {
		text += s.say(sayComma) + s.say(sayNotDue, due)
	}
	return text
}

// wrong prints what the records claim and the contract gives otherwise.
func (a *audit) wrong(s *sheet) {
	s.head(sayWrongHead)
	var rows []tableRow
	for _, d := range a.whole.Differences {
		by := "-"
		if d.Amount.Currency() != "" {
			by = amount(d.Amount)
		}
		rows = append(rows, tableRow{[]string{s.lang.choice(d.What) + " " + d.Of, figureText(d.Claimed), figureText(d.Computed), by, d.Source}, s.note(d.Clause, d.Note)})
	}
	for _, f := range a.whole.Findings {
		if !f.Code.IsError() {
			continue
		}
		by := "-"
		if f.Amount.Currency() != "" {
			by = amount(f.Amount)
		}
		rows = append(rows, tableRow{[]string{s.lang.choice(string(f.Code)) + " " + f.Of, "", "", by, f.Source}, s.note(f.Clause, s.lang.finding(f))})
	}
	if len(rows) == 0 {
		s.text(s.say(sayNone))
		return
	}
	s.table([]column{{s.say(sayWrongWhat), false}, {s.say(sayClaimed), true}, {s.say(sayComputed), true}, {s.say(sayDifference), true}, {s.say(sayPlace), false}}, rows)
	s.text(s.say(sayWrongNote))
}

func (s *sheet) note(clause, note string) string {
	if clause == "" {
		return note
	}
	return strings.Join(nonEmpty(s.lang.clause(clause), note), s.say(saySemicolon))
}

// doubtful prints the readings that would change what is owed, or a breach.
func (a *audit) doubtful(s *sheet) {
	s.head(sayDoubtHead)
	same, not := 0, 0
	told := false
	for _, w := range a.weighed {
		switch {
		case w.why != "":
			not++
			continue
		case !w.moves():
			same++
			continue
		case !told:
			told = true
			s.text(s.say(sayDoubtIs))
		}
		var moved []string
		if !w.customer.IsZero() {
			moved = append(moved, s.say(sayCustomerOwes)+" "+signed(w.customer))
		}
		if !w.provider.IsZero() {
			moved = append(moved, s.say(sayProviderOwes)+" "+signed(w.provider))
		}
		if w.breaches != 0 {
			moved = append(moved, s.say(sayBreaches)+fmt.Sprintf(" %+d", w.breaches))
		}
		s.item("    ", 4, fmt.Sprintf("%s (%s)%s%s", w.instead, w.at, s.say(sayColon), strings.Join(moved, s.say(saySemicolon))))
	}
	s.text(s.say(sayDoubtRest, same, not))
}

func signed(m contract.Money) string {
	switch m.Sign() {
	case 0:
		return "-"
	case 1:
		return "+" + amount(m)
	}
	return amount(m)
}

// invoices prints each invoice as issued beside what the contract gives.
func (a *audit) invoices(s *sheet) {
	s.head(sayInvoicesHead)
	if len(a.whole.Invoices) == 0 {
		s.text(s.say(sayNone))
		return
	}
	var rows []tableRow
	for _, v := range a.whole.Invoices {
		computed, due, under := s.say(sayUnknown), "-", ""
		if v.Computed != nil {
			computed = amount(v.Computed.Total)
			switch {
			case v.Computed.Due.On.IsValid():
				due = v.Computed.Due.On.String()
			case v.Computed.Due.Waiting != "":
				due = s.say(sayWaits, v.Computed.Due.Waiting)
			}
			for _, line := range v.Computed.Lines {
				under += s.say(sayLine, strings.TrimSpace(line.Item+" "+line.ID), amount(line.Net), amount(line.Tax)) + s.say(saySemicolon)
			}
		}
		if v.Duplicate != "" {
			under += s.say(sayBilledBefore, v.Duplicate) + s.say(saySemicolon)
		}
		debt := "-"
		if v.Debt.Currency() != "" {
			debt = amount(v.Debt)
		}
		rows = append(rows, tableRow{[]string{v.Record.ID, v.Record.Received.String(), due, amount(v.Record.Total), computed, debt},
			strings.TrimSuffix(under, s.say(saySemicolon))})
	}
	s.table([]column{{s.say(sayID), false}, {s.say(sayInvoiceIn), false}, {s.say(sayDue), false}, {s.say(sayClaimed), true}, {s.say(sayComputed), true}, {s.say(sayDebt), true}}, rows)
	s.text(s.say(sayInvoicesNote))
}

// account prints how each debt stands, and the entries.
func (a *audit) account(s *sheet) {
	s.head(sayAccountHead)
	acc := a.whole.Account
	if acc == nil {
		s.text(s.say(sayNone))
		return
	}
	var rows []tableRow
	for _, d := range acc.Debts {
		paid := "-"
		if d.PaidOn.IsValid() {
			paid = d.PaidOn.String()
		}
		under := ""
		if d.CapReached.IsValid() {
			under = s.say(sayCapReached, d.CapReached, amount(d.TakenByCap))
		}
		rows = append(rows, tableRow{[]string{d.ID, d.Due.String(), amount(d.Amount), paid, fmt.Sprint(d.DaysLate), amount(d.Charged), amount(d.FixedSum), amount(d.Owed)}, under})
	}
	s.table([]column{{s.say(sayID), false}, {s.say(sayDue), false}, {s.say(sayDebt), true}, {s.say(sayPaidOn), false}, {s.say(sayDaysLate), true}, {s.say(sayLateCharge), true}, {s.say(sayFixedSum), true}, {s.say(sayOwedCol), true}}, rows)
	if acc.Silent != nil {
		s.text(acc.Silent.Error())
	}
	s.line("")
	s.text(s.say(sayEntries))
	rows = nil
	for _, e := range acc.Entries {
		rows = append(rows, tableRow{cells: []string{e.On.String(), s.lang.choice(string(e.What)), e.Of, amount(e.Amount), amount(e.Balance), e.Source}})
	}
	s.table([]column{{s.say(sayDay), false}, {s.say(sayOwedWhat), false}, {s.say(sayOwedOf), false}, {s.say(sayAmount), true}, {s.say(sayBalance), true}, {s.say(sayPlace), false}}, rows)
}

// creditsAndPenalties prints what is owed for service that fell short.
func (a *audit) creditsAndPenalties(s *sheet) {
	s.head(sayCreditsHead)
	var rows []tableRow
	for _, c := range a.whole.Credits {
		if c.Uncapped.IsZero() {
			continue
		}
		under := ""
		if c.Capped {
			under = s.say(sayCapped, amount(c.Uncapped))
		}
		rows = append(rows, tableRow{[]string{strings.TrimSpace(periodLabel(c.Period) + " " + c.Target), twoPlaces(c.Percent), c.Rate.String(), amount(c.Base), amount(c.Amount), s.lang.clause(c.Clause)}, under})
	}
	for _, p := range a.whole.Penalties {
		if p.Uncapped.IsZero() {
			continue
		}
		of := p.Of
		if p.Period.IsValid() {
			of = periodLabel(p.Period)
		}
		points := "-"
		if p.Points.IsStated() && p.Period.IsValid() {
			points = s.say(sayPoints, p.Points)
		}
		base := "-"
		if !p.Base.IsZero() {
			base = amount(p.Base)
		}
		rows = append(rows, tableRow{cells: []string{of, points, "", base, amount(p.Amount), s.lang.clause(p.Clause)}})
	}
	if len(rows) == 0 {
		s.text(s.say(sayNone))
	} else {
		s.table([]column{{s.say(sayMonth), false}, {s.say(sayMeasured), true}, {s.say(sayRate), true}, {s.say(sayBase), true}, {s.say(sayAmount), true}, {s.say(sayClause), false}}, rows)
	}
	if l := a.whole.Liability; l != nil {
		s.text(s.say(sayLiability, amount(l.Inside), amount(l.Cap), s.lang.clause(l.Clause)))
	}
}

// ending prints prices, the term, rights and the days ahead.
func (a *audit) ending(s *sheet) {
	s.head(sayEndingHead)
	for _, p := range a.whole.Prices {
		s.item("  "+s.say(sayPrice), headingWidth, s.say(sayPriceIs, p.Item, p.Year.From, p.Year.Last(), amount(p.Amount), s.lang.clause(p.Clause)))
	}
	for _, r := range a.whole.Raises {
		text := s.say(sayRaiseApplied, r.Notice.ID, r.Asked, r.Applied, r.Notice.From, amount(r.After))
		if r.Refused != "" {
			text = s.say(sayRaiseRefused, r.Notice.ID, r.Asked, r.Refused)
		}
		s.item("  "+s.say(sayRaise), headingWidth, text+s.say(saySemicolon)+s.lang.clause(r.Clause))
	}
	for _, r := range a.whole.Rights {
		until := s.say(sayNoEnd)
		if r.Until.IsValid() {
			until = s.say(sayUntil, r.Until, s.lang.choice(r.Lapses))
		}
		s.item("  "+s.say(sayRight), headingWidth, s.say(sayRightIs, s.lang.choice(string(r.By)), s.lang.choice(r.Name), r.Of, r.From, until, s.lang.clause(r.Clause)))
	}
	for _, f := range a.whole.Findings {
		if !f.Code.IsError() {
			s.item("  "+s.say(sayFinding), headingWidth, strings.Join(nonEmpty(s.lang.choice(string(f.Code))+" "+f.Of, s.lang.finding(f), f.Source), s.say(saySemicolon)))
		}
	}
	s.line("")
	s.text(s.say(sayAgenda))
	var rows []tableRow
	for _, g := range a.whole.Agenda {
		by := g.Law
		if g.Clause != "" {
			by = s.lang.clause(g.Clause)
		}
		rows = append(rows, tableRow{[]string{g.On.String(), strings.TrimSpace(s.lang.choice(g.What) + " " + g.Of)},
			strings.Join(nonEmpty(by, s.lang.said(g.Consequence)), s.say(saySemicolon))})
	}
	if len(rows) == 0 {
		s.text(s.say(sayNone))
		return
	}
	s.table([]column{{s.say(sayDay), false}, {s.say(sayOwedWhat), false}}, rows)
}

// said is a sentence of the library: in another language than English only where
// there are words for it.
func (l language) said(sentence string) string {
	if _, ok := choiceWords[sentence]; ok || l == english {
		return l.choice(sentence)
	}
	return ""
}

// finding is what a finding says: in Chinese by its code.
func (l language) finding(f contract.Finding) string {
	if p, ok := findingWords[f.Code]; ok && l == chinese {
		return p
	}
	return f.Msg
}

// receipt prints the digests of what went in and what came out.
func (a *audit) receipt(s *sheet) {
	r := a.whole.Receipt
	s.line("")
	s.item("  "+s.say(sayReceipt), headingWidth, s.say(sayReceiptIs, r.Library, r.Document[:16], r.Calendars[:16], r.Series[:16], r.Records[:16], r.Result[:16]))
}

// explainFigure prints the working of a figure of the statement, or of the figure
// that a difference or finding is about.
func (a *audit) explainFigure(s *sheet, id string) (int, bool) {
	for _, d := range a.whole.Differences {
		if d.ID == id {
			s.line(fmt.Sprintf("%s: %s %s, %s %s", d.ID, s.say(sayClaimed), figureText(d.Claimed), s.say(sayComputed), figureText(d.Computed)))
			id = d.FigureID()
		}
	}
	for _, f := range a.whole.Findings {
		if f.ID == id {
			s.line(f.ID + ": " + f.Msg)
			id = cmp.Or(f.FigureID(), id)
		}
	}
	i := slices.IndexFunc(a.whole.Figures(), func(f contract.Figure) bool { return f.ID == id })
	if i < 0 {
		return exitDone, false
	}
	f := a.whole.Figures()[i]
	s.line(strings.Join(nonEmpty(f.ID, f.What, f.Of), ", "))
	s.line("")
	w := f.Explain()
	if len(w.Steps) == 0 {
		s.text(s.say(sayNoWorking, f.Value.Text))
		return exitDone, true
	}
	fmt.Fprint(s.out, w.Text(s.lang.proof()))
	return a.verdict(s, w.Check()), true
}
