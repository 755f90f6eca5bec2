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

// owed prints what each side owes, by what: how much of it now, and how much later.
func (a *audit) owed(s *sheet) {
	day := contract.DateOf(a.asOf.In(a.zone))
	s.head(sayOwedHead, day)
	for _, by := range []contract.Role{contract.Customer, contract.Provider} {
		sum, now, later := a.whole.Owed(by), a.nothing(), a.nothing()
		var rows []tableRow
		for _, o := range a.whole.Balance {
			if o.By != by {
				continue
			}
			if o.IsDue(day) {
				now = plus(now, o.Amount)
			} else {
				later = plus(later, o.Amount)
			}
			rows = append(rows, tableRow{cells: []string{"", s.lang.choice(o.What), o.Of, amount(o.Amount), s.why(o, day)}})
		}
		text := s.say(sayOwes, amount(sum))
		switch {
		case sum.IsZero():
			text = s.say(sayOwesNothing)
		case later.IsZero():
			text += s.say(sayOwesNow)
		case now.IsZero():
			text += s.say(sayOwesLater)
		default:
			text += s.say(sayOwesBoth, amount(now), amount(later))
		}
		s.item("  "+s.lang.choice(string(by)), headingWidth, text)
		if len(rows) > 0 {
			s.table([]column{{"", false}, {s.say(sayOwedWhat), false}, {s.say(sayOwedOf), false}, {s.say(sayAmount), true}, {s.say(sayWhy), false}}, rows)
		}
	}
	s.text(s.say(sayOwedNote))
	a.notInFigures(s)
}

// mostNotInFigures is how many refused rows the first screen names.
const mostNotInFigures = 10

// notInFigures says which records of money the figures lack.
func (a *audit) notInFigures(s *sheet) {
	if len(a.ledgers.missing) > 0 {
		s.text(s.say(sayOwedMissing, strings.Join(a.ledgers.missing, ", ")))
	}
	n := 0
	for _, l := range a.ledgers.list {
		for _, q := range l.rows {
			if q.outcome != outcomeRefused {
				continue
			}
			if n++; n <= mostNotInFigures {
				s.text(s.say(sayOwedRefused, strings.TrimSpace(q.source()+" "+q.id), q.faults[0].text(s.lang)))
			}
		}
	}
	if n > mostNotInFigures {
		s.text(s.say(sayOwedMore, n-mostNotInFigures))
	}
}

// nothing is 0 in the currency of the contract.
func (a *audit) nothing() contract.Money {
	zero, _ := a.whole.Owed(contract.Customer).Sub(a.whole.Owed(contract.Customer)) // of one currency
	return zero
}

// plus adds what is of one currency.
func plus(a, b contract.Money) contract.Money {
	sum, err := a.Add(b)
	if err != nil {
		return b // nothing was there yet, not even a currency
	}
	return sum
}

// why cites a clause, and the due date of a principal.
func (s *sheet) why(o contract.Owing, day contract.Date) string {
	var words []string
	if o.Clause != "" {
		words = append(words, s.lang.clause(o.Clause))
	}
	switch {
	case o.Waiting != "":
		words = append(words, s.say(sayWaits, s.lang.choice(string(o.Waiting))))
	case o.Due.IsValid() && o.IsDue(day):
		words = append(words, s.say(sayWasDue, o.Due))
	case o.Due.IsValid():
		words = append(words, s.say(sayNotDue, o.Due))
	}
	return strings.Join(words, s.say(sayComma))
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
		rows = append(rows, tableRow{[]string{s.ofDifference(d), figureText(d.Claimed), figureText(d.Computed), by, d.Source}, s.note(d.Clause, s.apart(d))})
	}
	for _, f := range a.whole.Findings {
		if !f.Code.IsError() {
			continue
		}
		by := "-"
		if f.Amount.Currency() != "" {
			by = amount(f.Amount)
		}
		rows = append(rows, tableRow{[]string{s.ofFinding(f), "", "", by, f.Source}, s.note(f.Clause, s.finding(f))})
	}
	if len(rows) == 0 {
		s.text(s.say(sayNone))
		return
	}
	s.table([]column{{s.say(sayWrongWhat), false}, {s.say(sayClaimed), true}, {s.say(sayComputed), true}, {s.say(sayDifference), true}, {s.say(sayPlace), false}}, rows)
	s.text(s.say(sayWrongNote))
}

// ofDifference, ofFinding and ofOwing name a line as it is printed.
func (s *sheet) ofDifference(d contract.Difference) string { return s.lang.choice(d.What) + " " + d.Of }

func (s *sheet) ofFinding(f contract.Finding) string {
	return strings.TrimSpace(s.lang.choice(string(f.Code)) + " " + f.Of)
}

func (s *sheet) ofOwing(o contract.Owing) string {
	return strings.TrimSpace(s.lang.choice(o.What) + " " + o.Of)
}

// apart says how what is claimed lies apart from what is computed.
func (s *sheet) apart(d contract.Difference) string {
	var words []string
	for _, p := range d.Parts {
		words = append(words, s.say(sayPartFor, s.lang.choice(p.What), amount(p.Claimed), amount(p.Computed)))
	}
	if d.Uneven {
		words = append(words, s.say(sayUneven))
	}
	switch {
	case d.Days != 0 && s.lang == english:
		words = append(words, d.Note)
	case d.Days < 0:
		words = append(words, s.say(sayDaysEarly, -d.Days))
	case d.Days > 0:
		words = append(words, s.say(sayDaysAfter, d.Days))
	}
	if d.Overrun > 0 {
		words = append(words, s.say(sayLateBy, elapsed(d.Overrun)))
	}
	return strings.Join(words, s.say(sayComma))
}

func (s *sheet) note(clause, note string) string {
	if clause == "" {
		return note
	}
	return strings.Join(nonEmpty(s.lang.clause(clause), note), s.say(saySemicolon))
}

// doubtful prints the readings that would change what is owed, or a breach: those
// that move most money first.
func (a *audit) doubtful(s *sheet) {
	s.head(sayDoubtHead)
	same, not := 0, 0
	var moving []weighed
	for _, w := range a.weighed {
		switch {
		case w.why != "":
			not++
		case !w.moves():
			same++
		default:
			moving = append(moving, w)
		}
	}
	if len(moving) > 0 {
		s.text(s.say(sayDoubtIs))
	}
	slices.SortStableFunc(moving, func(x, y weighed) int {
		return cmp.Or(y.weight().Cmp(x.weight()), cmp.Compare(max(y.breaches, -y.breaches), max(x.breaches, -x.breaches)))
	})
	for _, w := range moving {
		var moved []string
		if !w.customer.IsZero() {
			moved = append(moved, s.say(sayCustomerOwes)+" "+signed(w.customer))
		}
		if c, err := w.due.Compare(w.customer); err != nil || c != 0 {
			moved = append(moved, s.say(sayCustomerDue)+" "+signed(w.due))
		}
		if !w.provider.IsZero() {
			moved = append(moved, s.say(sayProviderOwes)+" "+signed(w.provider))
		}
		if w.breaches != 0 {
			moved = append(moved, s.say(sayBreaches)+fmt.Sprintf(" %+d", w.breaches))
		}
		instead := w.instead
		if !strings.ContainsAny(w.reads, "{[") { // a part of the document is told in section 13
			instead = s.say(sayInsteadOf, w.instead, strings.Trim(w.reads, `"`))
		}
		s.item("    ", 4, fmt.Sprintf("%s%s%s (%s)", strings.Join(moved, s.say(saySemicolon)), s.say(sayColon), instead, w.at))
	}
	s.text(s.say(sayDoubtRest, same, not))
}

func signed(m contract.Money) string {
	if m.Sign() > 0 {
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
				due = s.say(sayWaits, s.lang.choice(string(v.Computed.Due.Waiting)))
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
		rows = append(rows, tableRow{[]string{strings.TrimSpace(periodLabel(c.Period) + " " + c.Target), a.attained(c.Period, c.Percent), c.Rate.String(), amount(c.Base), amount(c.Amount), s.lang.clause(c.Clause)}, under})
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
			points = s.say(sayPoints, strings.TrimSuffix(p.Points.String(), "%"))
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
			s.item("  "+s.say(sayFinding), headingWidth, strings.Join(nonEmpty(s.ofFinding(f), s.finding(f), f.Source), s.say(saySemicolon)))
		}
	}
	s.line("")
	s.text(s.say(sayAgenda))
	var rows []tableRow
	for _, g := range a.whole.Agenda {
		by := s.lang.choice(g.Law)
		if g.Clause != "" {
			by = s.lang.clause(g.Clause)
		}
		rows = append(rows, tableRow{[]string{g.On.String(), strings.TrimSpace(s.lang.choice(g.What) + " " + forDay(s, g.Of))},
			strings.Join(nonEmpty(by, s.lang.said(g.Consequence)), s.say(saySemicolon))})
	}
	if len(rows) == 0 {
		s.text(s.say(sayNone))
		return
	}
	s.table([]column{{s.say(sayDay), false}, {s.say(sayOwedWhat), false}}, rows)
}

// forDay sets apart the day that an item of the agenda is for.
func forDay(s *sheet, of string) string {
	if _, err := contract.ParseDate(of); err == nil {
		return s.say(sayForDay, of)
	}
	return of
}

// said is a sentence of the library: in another language than English only where
// there are words for it.
func (l language) said(sentence string) string {
	if _, ok := choiceWords[sentence]; ok || l == english {
		return l.choice(sentence)
	}
	return ""
}

// finding is what a finding says.
func (s *sheet) finding(f contract.Finding) string {
	if s.lang == english {
		return f.Msg
	}
	p := findingWords[f.Code]
	switch f.Code {
	case contract.FindingInvoiceTwice, contract.FindingPaymentUnmatched:
		return fmt.Sprintf(p, f.Other)
	case contract.FindingPaymentBackdated:
		return fmt.Sprintf(p, f.From, f.On, f.On.Sub(f.From))
	case contract.FindingNoticeLate:
		return fmt.Sprintf(p, f.On, f.From)
	case contract.FindingAfterTheEnd:
		return fmt.Sprintf(p, f.On)
	}
	return p
}

// receipt prints the digests of what went in and what came out.
func (a *audit) receipt(s *sheet) {
	r := a.whole.Receipt
	s.line("")
	s.item("  "+s.say(sayReceipt), headingWidth, s.say(sayReceiptIs, r.Library, r.Document[:16], r.Calendars[:16], r.Series[:16], r.Records[:16], r.Result[:16]))
}

// explainFigure prints the working of a figure of the statement, or of the figure
// that a line of what is owed, a difference or a finding is about: by its id, or as
// it is printed.
func (a *audit) explainFigure(s *sheet, id string) (int, bool) {
	asked := id
	for _, d := range a.whole.Differences {
		if d.ID == asked || s.ofDifference(d) == asked {
			s.line(s.ofDifference(d) + s.say(sayColon) + s.say(sayClaimed) + " " + figureText(d.Claimed) + s.say(sayComma) + s.say(sayComputed) + " " + figureText(d.Computed))
			id = d.FigureID()
		}
	}
	told := false
	for _, f := range a.whole.Findings {
		if f.ID == asked || s.ofFinding(f) == asked {
			s.text(s.ofFinding(f) + s.say(sayColon) + s.finding(f))
			told = true
			id = cmp.Or(f.FigureID(), id)
		}
	}
	for _, o := range a.whole.Balance {
		if s.ofOwing(o) == asked && o.FigureID() != "" {
			id = o.FigureID()
		}
	}
	for _, f := range a.whole.Figures() {
		if strings.TrimSpace(s.lang.choice(f.What)+" "+f.Of) == asked && id == asked {
			id = f.ID
		}
	}
	i := slices.IndexFunc(a.whole.Figures(), func(f contract.Figure) bool { return f.ID == id })
	if i < 0 {
		return exitDone, told // a finding may have no figure
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
