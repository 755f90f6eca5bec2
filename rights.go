package contract

import "github.com/cfd16870/contract/proof"

// A Right may be used from a day on: to suspend service or to end the contract. It
// comes of a debt that is overdue, or of a notice that says what happened.
type Right struct {
	Name   string // suspension, or the name of the ending
	Clause string
	Ground EndingWhen
	By     Role
	Of     string // the debt or notice that gives it
	From   Date   // its first day
	Until  Date   // its last day; the zero Date: it does not lapse
	Lapses string // why it does

	about string
	tell  func(*calc) int
}

// Explain is the working of the first day of the right.
func (r Right) Explain() *proof.Working { return explained(r.about, r.tell) }

// rightSteps is a right on its way.
type rightSteps struct {
	ending string
	clause string
	when   EndingWhen
	by     Role
	of     string
	from   told[Date]
	until  Date
	lapses string
	cure   told[Date]
}

// suspensionName is the name of the right to suspend, which no ending has.
const suspensionName = "suspension"

// Why a right lapses, beside what the document says.
const (
	lapsesPaid  = "paid"
	lapsesEnded = "the contract ended"
)

// rights are all rights that debts and notices give, also those whose first day
// lies ahead; those of one ending only where it is named.
func (l *life) rights(k *calc, only string) []rightSteps {
	var list []rightSteps
	wanted := func(name string) bool { return only == "" || only == name }
	for _, o := range l.facts.Debts {
		r := l.rules.on(o.Due)
		if r == nil || r.count == nil || r.count.periods == nil || !o.Due.IsValid() {
			continue
		}
		overdue := func(s rightSteps, t Trigger, src source, lapses EndingLapses) {
			due := k.factDate("due date", o.Due, o.Source, "due")
			s.clause, s.of = src.clause, o.Debt
			s.from = k.firstDay("first day of the right", s.clause, due, t, src, "/after", r.count.periods)
			if k.err != nil {
				return
			}
			s.lapse(lapses, r.count.periods)
			if o.Paid.IsValid() {
				if !o.Paid.After(s.from.v) {
					return // paid on that day or before: it never arose
				}
				if last := o.Paid.AddDays(-1); !s.until.IsValid() || last.Before(s.until) {
					s.until, s.lapses = last, lapsesPaid
				}
			}
			list = append(list, s)
		}
		if c := r.suspension; c != nil && wanted(suspensionName) {
			overdue(rightSteps{ending: suspensionName, when: c.When, by: c.By}, c.After, r.suspendAt, LapsesNever)
		}
		for i := range r.endings {
			if e := &r.endings[i]; e.clause.When == WhenPaymentOverdue && wanted(e.name) {
				overdue(rightSteps{ending: e.name, when: e.clause.When, by: e.clause.By}, e.clause.After, e.source, e.clause.Lapses)
			}
		}
	}
	for i := range l.facts.Notices {
		n := &l.facts.Notices[i]
		r := l.on(n)
		e := r.ending(n.Ground)
		if e == nil || !wanted(e.name) || r.count.periods == nil || !mayGive(e.clause.By, n.By) || l.usedBy(n) != nil {
			continue
		}
		s := rightSteps{ending: e.name, clause: e.source.clause, when: e.clause.When, by: n.By, of: n.ID}
		if s.when != WhenMaterialBreach && s.when != WhenForceMajeure {
			continue
		}
		on, err := l.arrived(k, n, "")
		switch {
		case err != nil:
			continue // the term tells it among the notices without effect
		case s.when == WhenMaterialBreach:
			span := k.termSpan("cure", e.clause.Cure.Span, e.source, "/cure/span")
			s.cure = k.ends("last day to cure", e.source.clause, on, span, k.termWord("rest day", string(e.clause.Cure.RestDay), e.source, "/cure/restDay"), r.count.periods)
			s.from = k.next("first day of the right", e.source.clause, s.cure)
		default:
			// A notice that does not say when the event began counts from its arrival.
			from := on
			if n.From.IsValid() {
				from = k.factDate("first day of the event", n.From, n.Source, "from")
			}
			s.from = k.firstDay("first day of the right", e.source.clause, from, e.clause.After, e.source, "/after", r.count.periods)
		}
		if k.err != nil {
			return list
		}
		if l.cured(n, s.from.v) {
			continue
		}
		s.lapse(e.clause.Lapses, r.count.periods)
		list = append(list, s)
	}
	return list
}

// cured reports whether a notice says that what another notice says is over, and
// arrived before the right to end the contract was there.
func (l *life) cured(of *Notice, from Date) bool {
	if of.ID == "" {
		return false // nothing can be about it
	}
	for i := range l.facts.Notices {
		n := &l.facts.Notices[i]
		if n.Ground != GroundCured || n.About != of.ID {
			continue
		}
		if on, err := l.arrived(new(calc), n, ""); err == nil && on.v.Before(from) {
			return true
		}
	}
	return false
}

// lapse gives a right its last day where the document says how it lapses: one year
// after the day on which it was there and known, Civil Code art. 564. Where that
// year ends in a month without the day, its last day holds, art. 202, also in a
// document that refuses such ends of its own periods. One that would lapse after
// the year 9999 has no last day.
func (s *rightSteps) lapse(how EndingLapses, p *periodRule) {
	if how != LapsesCivilCode {
		return
	}
	end := p.clause.MonthEnd
	if end == MonthEndRefuse {
		end = MonthEndLast
	}
	if d, err := s.from.v.AddMonths(12, end); err == nil {
		s.until, s.lapses = d, string(LapsesCivilCode)
	}
}
