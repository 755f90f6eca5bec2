package contract

import (
	"fmt"

	"github.com/cfd16870/contract/internal/exact"
	"github.com/cfd16870/contract/proof"
)

// A Right may be used from a day on: to suspend service or to end the contract.
type Right struct {
	Name   string // suspension, or the name of the ending
	Clause string
	Ground EndingWhen
	By     Role
	Of     string // the debt or notice that gives it; "" for one that is always there
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
	never  bool // what gives it went before it was there
	cure   told[Date]
	key    string // of the trigger, for people
}

const suspensionName = "suspension"

// rights are all rights that debts and notices give, also those whose first day
// lies ahead; those of one ending only where it is named.
func (l *life) rights(k *calc, only string) []rightSteps {
	var list []rightSteps
	wanted := func(name string) bool { return only == "" || only == name }
	for _, o := range l.facts.Overdue {
		r := l.rules.on(o.Due)
		if r == nil || r.count == nil || r.count.periods == nil {
			continue
		}
		overdue := func(name, clause string, when EndingWhen, by Role, t Trigger, src source, lapses EndingLapses) {
			due := k.factDate("due date", o.Due, o.Source, "due")
			s := rightSteps{ending: name, clause: clause, when: when, by: by, of: o.Debt, key: t.String()}
			s.from = k.firstDay("first day of the right", clause, due, t, src, "/after", r.count.periods)
			if k.err != nil {
				return
			}
			s.lapse(lapses, r.count.periods)
			if o.Paid.IsValid() {
				if !o.Paid.After(s.from.v) {
					s.never = true // paid on that day or before
				} else if last := o.Paid.AddDays(-1); !s.until.IsValid() || last.Before(s.until) {
					s.until, s.lapses = last, "paid"
				}
			}
			if !s.never {
				list = append(list, s)
			}
		}
		if c := r.suspension; c != nil && wanted(suspensionName) {
			overdue(suspensionName, r.suspendAt.clause, c.When, c.By, c.After, r.suspendAt, LapsesNever)
		}
		for i := range r.endings {
			if e := &r.endings[i]; e.clause.When == WhenPaymentOverdue && wanted(e.name) {
				overdue(e.name, e.source.clause, e.clause.When, e.clause.By, e.clause.After, e.source, e.clause.Lapses)
			}
		}
	}
	for i := range l.facts.Notices {
		n := &l.facts.Notices[i]
		r := l.on(n)
		e := r.ending(n.Ground)
		if e == nil || !wanted(e.name) || r.count.periods == nil {
			continue
		}
		s := rightSteps{ending: e.name, clause: e.source.clause, when: e.clause.When, by: n.By, of: n.ID}
		switch e.clause.When {
		case WhenMaterialBreach:
			on, err := l.arrived(k, n, "")
			if err != nil {
				k.err = nil
				continue
			}
			span := k.termSpan("cure", e.clause.Cure.Span, e.source, "/cure/span")
			last := k.after("before rolling", e.source.clause, on, span, r.count.periods)
			s.cure = k.roll("last day to cure", e.source.clause, last, k.termWord("rest day", string(e.clause.Cure.RestDay), e.source, "/cure/restDay"), r.count.periods.days)
			s.from = k.next("first day of the right", e.source.clause, s.cure)
			s.never = l.cured(n, s.cure.v)
			s.lapse(e.clause.Lapses, r.count.periods)
		case WhenForceMajeure:
			if !n.From.IsValid() {
				continue // it does not say from when
			}
			from := k.factDate("first day of the event", n.From, n.Source, "from")
			s.from = k.firstDay("first day of the right", e.source.clause, from, e.clause.After, e.source, "/after", r.count.periods)
			s.key = e.clause.After.String()
			s.lapse(e.clause.Lapses, r.count.periods)
		default:
			continue
		}
		if k.err == nil && !s.never {
			list = append(list, s)
		}
	}
	return list
}

// cured reports whether a notice says in time that the breach of another was cured.
func (l *life) cured(of *Notice, by Date) bool {
	for i := range l.facts.Notices {
		n := &l.facts.Notices[i]
		if n.Ground != GroundCured || n.About != of.ID {
			continue
		}
		if on, err := l.arrived(new(calc), n, ""); err == nil && !on.v.After(by) {
			return true
		}
	}
	return false
}

// lapse gives a right its last day where the document says how it lapses.
func (s *rightSteps) lapse(how EndingLapses, p *periodRule) {
	if how != LapsesCivilCode {
		return
	}
	// One year from the day on which it was there and known: Civil Code art. 564.
	if d, err := s.from.v.AddMonths(12, p.clause.MonthEnd); err == nil {
		s.until, s.lapses = d, string(LapsesCivilCode)
	}
}

// A Refund is what is paid back of a flat fee that was paid for a contract year,
// where the contract ends before it does: contents 13.3.
type Refund struct {
	Item, Clause string
	End          Date // the last day of the contract
	Year         Period
	Unused, Of   int // days
	Price        Money
	Amount       Money
	None         string // why there is none: the rule did not apply

	about string
	tell  func(*calc) int
}

// Explain is the working of the refund; an empty one where there is none.
func (r Refund) Explain() *proof.Working { return explained(r.about, r.tell) }

// EndingCause is whose doing the end of a contract is.
type EndingCause string

const (
	CauseNoBreach       EndingCause = "no breach"
	CauseCustomerBreach EndingCause = "customer's breach"
	CauseProviderBreach EndingCause = "provider's breach"
)

// Words returns the words of the choice.
func (EndingCause) Words() []string {
	return []string{string(CauseNoBreach), string(CauseCustomerBreach), string(CauseProviderBreach)}
}

type refundSteps struct {
	year   Period
	unused told[int]
	of     told[int]
	price  figure
	amount figure
}

// refund is the price of the contract year by the days after the end.
func (r *endingRules) refund(k *calc, b *priceBook, item string, end told[Date]) (s refundSteps) {
	clause := r.settleAt.clause
	s.price, s.year = b.price(k, item, end.v)
	_, n := b.years.of(end.v)
	if k.err != nil {
		return s
	}
	first := k.next("first unused day", clause, end)
	from, until := k.yearStart(b.years, n), k.yearStart(b.years, n+1)
	s.unused = k.between("days unused", clause, first, until)
	s.of = k.between("days of the contract year", clause, from, until)
	s.amount = k.round("refund", clause, k.div("refund", clause, k.mul("refund", clause, s.price, k.days(s.unused)), k.days(s.of)), r.rounding)
	return s
}

// A SettlementLine is a sum that one side owes the other.
type SettlementLine struct {
	By     Role // who owes it
	What   string
	Source string
	Clause string
	Amount Money
}

// SettlementFacts are what a settlement is made of: sums that were computed, and
// how the contract ended. Refunds are computed here.
type SettlementFacts struct {
	End     Date
	Cause   EndingCause
	Lines   []SettlementLine
	Notices []Notice // raises change prices; one on the ground "set-off" nets
}

// A Settlement is what both sides owe at the end: contents 13.3.
type Settlement struct {
	Clause     string
	End        Date
	Lines      []SettlementLine
	Refunds    []Refund
	ByCustomer Money
	ByProvider Money
	Netted     bool
	Net        Money // what is left where it is netted: above 0 the customer owes it, below the provider; else the zero Money

	about string
	tell  func(*calc) int
}

// Explain is the working of what the customer owes less what the provider does.
func (s *Settlement) Explain() *proof.Working {
	if s == nil {
		return new(proof.Working)
	}
	return explained(s.about, s.tell)
}

// settle adds up what each side owes.
func settle(k *calc, lines []SettlementLine, currency string) (customer, provider, net figure) {
	nothing := k.law("nothing", figure{n: exact.Num{}, what: money, cur: [3]byte([]byte(currency))}, "the sum of none", "")
	owes := map[Role][]figure{Customer: {nothing}, Provider: {nothing}}
	for i, l := range lines {
		in := l.Source
		if in == "" {
			in = fmt.Sprintf("line %d", i+1)
		}
		owes[l.By] = append(owes[l.By], k.fact(l.What, moneyFigure(l.Amount), in, "amount"))
	}
	customer = k.add("owed by the customer", "", owes[Customer]...)
	provider = k.add("owed by the provider", "", owes[Provider]...)
	return customer, provider, k.sub("net", "", customer, provider)
}
