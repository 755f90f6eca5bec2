package contract

import (
	"fmt"

	"github.com/cfd16870/contract/internal/exact"
	"github.com/cfd16870/contract/proof"
)

// A Refund is what is paid back of a flat fee that was paid for a contract year,
// where the contract ends before it does: contents 13.3.
type Refund struct {
	Item, Clause string
	Invoice      string // that billed it, in a statement
	End          Date   // the last day of the contract
	Year         Period
	Unused, Of   int   // days
	Price        Money // the fee of the contract year as the document states it: its tax is what that price holds
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

// refund is the fee of the contract year by the days after the end: through its last,
// or through the last that was billed, if one is given.
func (r *endingRules) refund(k *calc, b *priceBook, item string, end told[Date], billed *told[Date]) (s refundSteps) {
	clause := r.settleAt.clause
	s.price, s.year = b.fee(k, FeeOf(item+" fee of the "+string(FeeOfContractYear)), end.v)
	_, n := b.years.of(end.v)
	if k.err != nil {
		return s
	}
	first := k.next("first unused day", clause, end)
	from, until := k.yearStart(b.years, n), k.yearStart(b.years, n+1)
	through := until
	if billed != nil {
		through = k.earliest("until", clause, until, k.next("until", clause, *billed))
	}
	s.unused = k.between("days unused", clause, first, through)
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
	tell  func(*calc) (customer, provider, net int)
}

// Explain is the working of what the customer owes less what the provider does,
// also where the two are not netted.
func (s *Settlement) Explain() *proof.Working {
	return s.explained("net", func(_, _, net int) int { return net })
}

// ExplainByCustomer is the working of what the customer owes.
func (s *Settlement) ExplainByCustomer() *proof.Working {
	return s.explained("owed by the customer", func(customer, _, _ int) int { return customer })
}

// ExplainByProvider is the working of what the provider owes.
func (s *Settlement) ExplainByProvider() *proof.Working {
	return s.explained("owed by the provider", func(_, provider, _ int) int { return provider })
}

func (s *Settlement) explained(what string, of func(customer, provider, net int) int) *proof.Working {
	if s == nil || s.tell == nil {
		return new(proof.Working)
	}
	return explained(s.about+": "+what, func(k *calc) int { return of(s.tell(k)) })
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
