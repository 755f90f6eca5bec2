package contract

import (
	"fmt"
	"strings"
)

// FeesClause is the rate card: the annex to clause 8.1.
type FeesClause struct {
	TaxRates   map[string]Percent      `json:"taxRates,omitzero"`
	TaxRounded TaxRounded              `json:"taxRounded,omitzero"`
	Items      map[string]ItemClause   `json:"items,omitzero"`
	Factors    map[string]FactorClause `json:"factors,omitzero" optional:"true"`
}

// TaxRounded says where the tax of prices without tax is rounded. Of prices with
// tax the net is rounded and the tax is the rest, line by line, whatever it says.
type TaxRounded string

const (
	TaxRoundedEachLine TaxRounded = "each line"
	TaxRoundedEachRate TaxRounded = "each rate" // once for all lines of a rate, and shared to them by largest remainder
)

// Words returns the words of the choice.
func (TaxRounded) Words() []string {
	return []string{string(TaxRoundedEachLine), string(TaxRoundedEachRate)}
}

// A TaxClause is how a money line is taxed and on what paper it stands. A line
// that is taxed says its rate and whether prices hold the tax; any other says its
// treatment.
type TaxClause struct {
	Prices    TaxPrices    `json:"prices,omitzero" optional:"true"`
	Rate      string       `json:"rate,omitzero" optional:"true" ref:"taxRates"`
	Treatment TaxTreatment `json:"treatment,omitzero" optional:"true"`
	Document  TaxDocument  `json:"document,omitzero"`
}

// TaxPrices says whether prices hold the tax.
type TaxPrices string

const (
	PricesInclusive TaxPrices = "inclusive" // net = gross / (1 + rate), rounded; the tax is the rest
	PricesExclusive TaxPrices = "exclusive" // the tax comes on top
)

// Words returns the words of the choice.
func (TaxPrices) Words() []string { return []string{string(PricesInclusive), string(PricesExclusive)} }

// TaxTreatment says why a line has no tax of its own.
type TaxTreatment string

const (
	TaxExempt       TaxTreatment = "exempt"
	TaxOutsideScope TaxTreatment = "outside scope" // no supply: a penalty
	TaxAsTheItem    TaxTreatment = "as the item"   // a credit on a fee that is taxed
)

// Words returns the words of the choice.
func (TaxTreatment) Words() []string {
	return []string{string(TaxExempt), string(TaxOutsideScope), string(TaxAsTheItem)}
}

// TaxDocument is the paper on which a line stands.
type TaxDocument string

const (
	OnInvoice    TaxDocument = "invoice"
	OnCreditNote TaxDocument = "credit note"
	OnClaim      TaxDocument = "claim"
)

// Words returns the words of the choice.
func (TaxDocument) Words() []string {
	return []string{string(OnInvoice), string(OnCreditNote), string(OnClaim)}
}

// An ItemClause is one line of the rate card. What it charges says which of the
// others it needs; one without effect is refused.
type ItemClause struct {
	Clause     string      `json:"clause,omitzero" ref:"clauses"`
	Charge     Charging    `json:"charge,omitzero"`
	Price      *Money      `json:"price,omitempty" optional:"true"`     // of flat, unit and time
	Per        Per         `json:"per,omitzero" optional:"true"`        // what the price is for
	Rate       *Percent    `json:"rate,omitzero" optional:"true"`       // of a share
	Of         ShareOf     `json:"of,omitzero" optional:"true"`         // what a share is of
	Monthly    Monthly     `json:"monthly,omitzero" optional:"true"`    // of a flat price for a contract year: the part of whole months
	PartPeriod PartPeriod  `json:"partPeriod,omitzero" optional:"true"` // of a flat price: the part of other days
	Increment  Span        `json:"increment,omitzero" optional:"true"`  // of time: work is rounded up to a multiple
	AtLeast    Span        `json:"atLeast,omitzero" optional:"true"`    // of time: the least that is charged
	Counted    TimeCounted `json:"counted,omitzero" optional:"true"`    // of time with an increment or a minimum
	Added      TimeAdded   `json:"added,omitzero" optional:"true"`      // of time with bands: where that falls which rounding adds
	Factors    []string    `json:"factors,omitzero" optional:"true" ref:"factors"`
	Stacking   Stacking    `json:"stacking,omitzero" optional:"true"` // of several factors
	Tax        TaxClause   `json:"tax"`
}

// Charging is what an item charges by.
type Charging string

const (
	ChargeFlat  Charging = "flat"  // a price for a period
	ChargeUnit  Charging = "unit"  // a price for each unit used
	ChargeTime  Charging = "time"  // a price for the hours worked
	ChargeShare Charging = "share" // a percentage of an amount: parts at 100 % of list
)

// Words returns the words of the choice.
func (Charging) Words() []string {
	return []string{string(ChargeFlat), string(ChargeUnit), string(ChargeTime), string(ChargeShare)}
}

// Per is what a price is for.
type Per string

const (
	PerContractYear Per = "contract year" // from the first day of the term, year by year
	PerMonth        Per = "month"         // a calendar month
	PerHour         Per = "hour"
	PerUnit         Per = "unit"
	PerVisit        Per = "visit"
)

// Words returns the words of the choice.
func (Per) Words() []string {
	return []string{string(PerContractYear), string(PerMonth), string(PerHour), string(PerUnit), string(PerVisit)}
}

// ShareOf is what a share is of.
type ShareOf string

// ShareOfListPrice is the list price of what was used.
const ShareOfListPrice ShareOf = "list price"

// Words returns the words of the choice.
func (ShareOf) Words() []string { return []string{string(ShareOfListPrice)} }

// Monthly is the part of a year's price that a month has.
type Monthly string

// MonthlyTwelfth gives each month of the contract year the same.
const MonthlyTwelfth Monthly = "one twelfth"

// Words returns the words of the choice.
func (Monthly) Words() []string { return []string{string(MonthlyTwelfth)} }

// PartPeriod is the part of a price that some days of its period have.
type PartPeriod string

const (
	PartByDaysOfYear  PartPeriod = "actual days of the contract year" // days used / days of the contract year
	PartByDaysOfMonth PartPeriod = "actual days of the month"
	PartWhole         PartPeriod = "charged whole"
)

// Words returns the words of the choice.
func (PartPeriod) Words() []string {
	return []string{string(PartByDaysOfYear), string(PartByDaysOfMonth), string(PartWhole)}
}

// TimeCounted says what work is rounded by itself.
type TimeCounted string

// CountedPerVisit rounds each visit.
const CountedPerVisit TimeCounted = "per visit"

// Words returns the words of the choice.
func (TimeCounted) Words() []string { return []string{string(CountedPerVisit)} }

// TimeAdded says in which band the time lies that an increment or a minimum adds
// to what was worked.
type TimeAdded string

// AddedInLastBand is the band in which the work ended.
const AddedInLastBand TimeAdded = "in the band of the end"

// Words returns the words of the choice.
func (TimeAdded) Words() []string { return []string{string(AddedInLastBand)} }

// Stacking says how several factors make one.
type Stacking string

const (
	StackMultiply Stacking = "multiply"
	StackAdd      Stacking = "add the surcharges" // 1 + (f - 1) + (g - 1)
	StackHighest  Stacking = "highest"
)

// Words returns the words of the choice.
func (Stacking) Words() []string {
	return []string{string(StackMultiply), string(StackAdd), string(StackHighest)}
}

// A FactorClause is a table of factors. By names what a work or use is told apart
// by, outermost first; the table nests by it, and its leaves are numbers as text.
// By "time" alone, the keys are the bands of [TimeBands], and hours says which
// hours are normal. An entry that is missing is an error when it is asked for,
// never 1.
//
// What a contract says beside of work out of hours is for such a table: bands in which no
// work is done, and have no factor; the least time that is charged in a band in which
// there was work, put to it after the work as a whole was rounded up; and that work begun
// in hours is charged as if they lasted until its end.
type FactorClause struct {
	Clause       string            `json:"clause,omitzero" ref:"clauses"`
	By           []string          `json:"by,omitzero"`
	Hours        string            `json:"hours,omitzero" optional:"true" ref:"hours"`
	Days         string            `json:"days,omitzero" optional:"true" ref:"workingDays"`
	Table        any               `json:"table,omitzero"`
	Refused      []TimeBand        `json:"refused,omitzero" optional:"true"`
	AtLeast      map[TimeBand]Span `json:"atLeast,omitzero" optional:"true"`
	BegunInHours BegunInHours      `json:"begunInHours,omitzero" optional:"true"`
}

// BegunInHours says in which band the time lies of work that began in hours and was
// finished after they closed.
type BegunInHours string

const (
	BegunChargedByBand  BegunInHours = "charged by band"     // as any other work
	BegunChargedAsHours BegunInHours = "charged as in hours" // finishing it is free of a surcharge
)

// Words returns the words of the choice.
func (BegunInHours) Words() []string {
	return []string{string(BegunChargedByBand), string(BegunChargedAsHours)}
}

// ByTime is the attribute of a factor table of time bands.
const ByTime = "time"

// TimeBand is the class of a stretch of work by when it was done. Each instant is
// in just one.
type TimeBand string

const (
	BandNormal    TimeBand = "normal"            // within the hours, whatever the day
	BandStatutory TimeBand = "statutory holiday" // else, on a statutory holiday
	BandMakeup    TimeBand = "make-up day"       // else, on a day worked in exchange
	BandRest      TimeBand = "rest day"          // else, on a shifted rest day or a weekday that is no working day
	BandOutside   TimeBand = "out of hours"      // else, on a working day
)

// TimeBands returns the bands, as a factor table by time names them.
func TimeBands() []TimeBand {
	return []TimeBand{BandNormal, BandOutside, BandMakeup, BandRest, BandStatutory}
}

// A DueClause says when something falls due: a span after an event, or the latest
// or earliest of several.
type DueClause struct {
	Span       Span        `json:"span,omitzero" optional:"true"`
	After      Anchor      `json:"after,omitzero" optional:"true"`
	Days       string      `json:"days,omitzero" optional:"true" ref:"workingDays"`
	LatestOf   []DueClause `json:"latestOf,omitzero" optional:"true"`
	EarliestOf []DueClause `json:"earliestOf,omitzero" optional:"true"`
}

// Anchor is the event from which a due date is counted.
type Anchor string

const (
	AfterSigning           Anchor = "signing"
	AfterInvoiceIssued     Anchor = "invoice issued"
	AfterInvoiceReceived   Anchor = "invoice received"
	AfterCompliantReceived Anchor = "compliant invoice received" // one that the payer may deduct tax by
	AfterPeriodStart       Anchor = "first day of the period"    // that the invoice is for
	AfterPeriodEnd         Anchor = "last day of the period"
)

// Words returns the words of the choice.
func (Anchor) Words() []string {
	return []string{string(AfterSigning), string(AfterInvoiceIssued), string(AfterInvoiceReceived), string(AfterCompliantReceived),
		string(AfterPeriodStart), string(AfterPeriodEnd)}
}

// A PaymentClause says when the invoices of some items are due: clause 8.2.
type PaymentClause struct {
	Clause   string    `json:"clause,omitzero" ref:"clauses"`
	Of       []string  `json:"of,omitzero" ref:"items"`
	Due      DueClause `json:"due"`
	RestDay  RestDay   `json:"restDay,omitzero"`
	PaidWhen PaidWhen  `json:"paidWhen,omitzero"`
}

// PaidWhen says which day a payment counts as made.
type PaidWhen string

const (
	PaidWhenCredited PaidWhen = "credited" // to the payee's account
	PaidWhenSent     PaidWhen = "sent"
)

// Words returns the words of the choice.
func (PaidWhen) Words() []string { return []string{string(PaidWhenCredited), string(PaidWhenSent)} }

// AdjustmentClause is the adjustment of fees: clause 8.3.
type AdjustmentClause struct {
	Clause    string          `json:"clause,omitzero" ref:"clauses"`
	Of        []string        `json:"of,omitzero" ref:"items"`
	Mode      AdjustmentMode  `json:"mode,omitzero"`
	From      AdjustmentFrom  `json:"from,omitzero" optional:"true"`
	AtMost    *Share          `json:"atMost,omitzero" optional:"true"`
	AboveThat AboveThat       `json:"aboveThat,omitzero" optional:"true"`
	Notice    *Limit          `json:"notice,omitzero" optional:"true"`
	Rounding  *RoundingClause `json:"rounding,omitzero" optional:"true"`
}

// AdjustmentMode says how a price changes.
type AdjustmentMode string

const (
	AdjustByNotice    AdjustmentMode = "by notice"    // of the provider, within what the clause allows
	AdjustByAgreement AdjustmentMode = "by agreement" // by amendment only: a notice changes nothing
)

// Words returns the words of the choice.
func (AdjustmentMode) Words() []string {
	return []string{string(AdjustByNotice), string(AdjustByAgreement)}
}

// AdjustmentFrom says from when a price may change.
type AdjustmentFrom string

// AdjustFromRenewal is the first day of a renewed term.
const AdjustFromRenewal AdjustmentFrom = "a renewal"

// Words returns the words of the choice.
func (AdjustmentFrom) Words() []string { return []string{string(AdjustFromRenewal)} }

// AboveThat says what a request above the most becomes.
type AboveThat string

const (
	AboveCountsAsMost AboveThat = "counts as the most"
	AboveIsVoid       AboveThat = "is void"
)

// Words returns the words of the choice.
func (AboveThat) Words() []string { return []string{string(AboveCountsAsMost), string(AboveIsVoid)} }

// A Share is a percentage and what it is of: never the one without the other.
type Share struct {
	Rate Percent `json:"rate,omitzero"`
	Of   string  `json:"of,omitzero"`
	Per  string  `json:"per,omitzero" optional:"true"`
}

// A FeeOf names the fee of an item in a period, which a credit or a cap is a
// share of: "support fee of the month", "support fee of the contract year".
type FeeOf string

// FeePeriod is the period of a fee that something is a share of.
type FeePeriod string

const (
	FeeOfMonth        FeePeriod = "month"
	FeeOfQuarter      FeePeriod = "quarter"
	FeeOfContractYear FeePeriod = "contract year"
)

// read returns the item and the period.
func (f FeeOf) read() (item string, period FeePeriod, err error) {
	item, after, ok := strings.Cut(string(f), " fee of the ")
	period = FeePeriod(after)
	switch {
	case f == "":
		return "", "", fmt.Errorf("say of which fee; write it as support fee of the month: %w", ErrRequired)
	case !ok || item == "" || period != FeeOfMonth && period != FeeOfQuarter && period != FeeOfContractYear:
		return "", "", fmt.Errorf("%q names no fee; write the item and the period, as support fee of the month, of the quarter or of the contract year: %w", clip(string(f)), ErrSyntax)
	}
	return item, period, nil
}
