package contract

import "fmt"

// LatePaymentClause is the charge for late payment: clause 10.1. It is simple, not
// compounded, and counted in whole days.
type LatePaymentClause struct {
	Clause      string           `json:"clause,omitzero" ref:"clauses"`
	By          Role             `json:"by,omitzero"` // who pays late
	Charge      LateCharge       `json:"charge,omitzero"`
	Rate        *Percent         `json:"rate,omitzero" optional:"true"` // a day, or a year
	Reference   *ReferenceClause `json:"reference,omitzero" optional:"true"`
	DayCount    DayCount         `json:"dayCount,omitzero" optional:"true"` // of a rate a year
	Of          LateBase         `json:"of,omitzero"`
	FirstDay    LateFrom         `json:"firstDay,omitzero"`
	LastDay     LateThrough      `json:"lastDay,omitzero"`
	Grace       Grace            `json:"grace,omitzero"`
	GraceFor    Span             `json:"graceFor,omitzero" optional:"true"`
	Interest    Interest         `json:"interest,omitzero"`
	Cap         *Share           `json:"cap,omitzero" optional:"true"`
	FixedSums   []FixedSum       `json:"fixedSums,omitzero" optional:"true"` // once for each debt that is late, by its size
	WithinDebt  []DebtPart       `json:"withinDebt,omitzero"`                // which part of a debt a payment meets first
	AcrossDebts []DebtOrder      `json:"acrossDebts,omitzero"`               // which debt, by rules tried in turn
	Surplus     Surplus          `json:"surplus,omitzero"`
	Tax         TaxClause        `json:"tax"`
}

// LateCharge is the kind of a charge for late payment.
type LateCharge string

const (
	LateDailyRate     LateCharge = "daily rate"     // a percentage of the base for each day
	LateAnnualRate    LateCharge = "annual rate"    // a percentage a year, by days
	LateReferenceRate LateCharge = "reference rate" // a published rate × a multiple + points, a year
)

// Words returns the words of the choice.
func (LateCharge) Words() []string {
	return []string{string(LateDailyRate), string(LateAnnualRate), string(LateReferenceRate)}
}

// A ReferenceClause is a rate made of a published one: rate = published × times + plus.
type ReferenceClause struct {
	Series string   `json:"series,omitzero"`                // of the reference data: lpr1y
	Times  string   `json:"times,omitzero" optional:"true"` // a number: 1.3; not stated: once
	Plus   *Percent `json:"plus,omitzero" optional:"true"`  // points on top: 8%
	Reset  Reset    `json:"reset,omitzero"`
}

// Reset says of which day a reference rate is taken.
type Reset string

const (
	ResetAtBreach       Reset = "at breach"                   // of the first day late, for the life of the debt
	ResetEachDay        Reset = "each publication"            // of each day: floating
	ResetAtSigning      Reset = "at signing"                  //
	ResetHalfYearBefore Reset = "end of the half-year before" // of 30 June or 31 December before the first day late, for the life of the debt
)

// Words returns the words of the choice.
func (Reset) Words() []string {
	return []string{string(ResetAtBreach), string(ResetEachDay), string(ResetAtSigning), string(ResetHalfYearBefore)}
}

// DayCount is how days make a year.
type DayCount string

const (
	Actual365 DayCount = "actual/365" // ACT/365F: of 366 days in a leap year, each is 1/365 too
	Actual360 DayCount = "actual/360"
)

// Words returns the words of the choice.
func (DayCount) Words() []string { return []string{string(Actual365), string(Actual360)} }

// LateBase is what a charge for late payment is of.
type LateBase string

const (
	LateOfStillDue LateBase = "overdue sum as still due" // the principal that is left, day by day
	LateOfFirstDue LateBase = "overdue sum as first due" // until all of it is paid
)

// Words returns the words of the choice.
func (LateBase) Words() []string { return []string{string(LateOfStillDue), string(LateOfFirstDue)} }

// LateFrom is the first day that is charged.
type LateFrom string

const (
	LateFromDayAfterDue LateFrom = "day after due"
	LateFromDueDay      LateFrom = "due day"
)

// Words returns the words of the choice.
func (LateFrom) Words() []string {
	return []string{string(LateFromDayAfterDue), string(LateFromDueDay)}
}

// LateThrough is the last day that is charged.
type LateThrough string

const (
	LateThroughCredit    LateThrough = "day of credit" // through the day on which it is paid
	LateThroughDayBefore LateThrough = "day before credit"
)

// Words returns the words of the choice.
func (LateThrough) Words() []string {
	return []string{string(LateThroughCredit), string(LateThroughDayBefore)}
}

// Grace says what days of grace do. They are no postponement unless the clause
// says so: once they are exceeded, the charge runs from the due date.
type Grace string

const (
	GraceNone         Grace = "none"
	GraceCondition    Grace = "a condition"    // nothing is charged until it is exceeded, then from the due date
	GracePostponement Grace = "a postponement" // the charge runs from its end
)

// Words returns the words of the choice.
func (Grace) Words() []string {
	return []string{string(GraceNone), string(GraceCondition), string(GracePostponement)}
}

// Interest says whether a charge bears a charge.
type Interest string

// InterestSimple: it does not.
const InterestSimple Interest = "simple"

// Words returns the words of the choice.
func (Interest) Words() []string { return []string{string(InterestSimple)} }

// A FixedSum is a sum owed once for a late debt whose size lies in [From, Below).
type FixedSum struct {
	From  *Money `json:"from,omitempty" optional:"true"`
	Below *Money `json:"below,omitempty" optional:"true"`
	Sum   *Money `json:"sum,omitempty"`
}

// DebtPart is a part of a debt.
type DebtPart string

const (
	PartLateCharge DebtPart = "late charge"
	PartPrincipal  DebtPart = "principal"
)

// Words returns the words of the choice.
func (DebtPart) Words() []string { return []string{string(PartLateCharge), string(PartPrincipal)} }

// DebtOrder is a rule by which a payment chooses among debts.
type DebtOrder string

const (
	OrderDesignated  DebtOrder = "designated"     // the one that the payer named
	OrderCivilCode   DebtOrder = "Civil Code 560" // due first; then the earliest due; of one day in proportion
	OrderEarliestDue DebtOrder = "earliest due"   // of one day in proportion
)

// Words returns the words of the choice.
func (DebtOrder) Words() []string {
	return []string{string(OrderDesignated), string(OrderCivilCode), string(OrderEarliestDue)}
}

// Surplus says what becomes of what is paid beyond all debts.
type Surplus string

const (
	SurplusCredit Surplus = "credit" // meets the next debt on the day on which it falls due
	SurplusRepaid Surplus = "repaid"
)

// Words returns the words of the choice.
func (Surplus) Words() []string { return []string{string(SurplusCredit), string(SurplusRepaid)} }

// A CreditClause is a service credit: clause 10.2.
type CreditClause struct {
	Clause       string        `json:"clause,omitzero" ref:"clauses"`
	Measure      CreditMeasure `json:"measure,omitzero"`
	Availability string        `json:"availability,omitzero" optional:"true" ref:"availability"` // by which figure, of a credit by availability
	Of           FeeOf         `json:"of,omitzero"`                                              // support fee of the month
	Rank         Rank          `json:"rank,omitzero"`
	Bands        []Band        `json:"bands,omitzero"`
	Caps         []CreditCap   `json:"caps,omitzero" optional:"true"`
	Claim        Claiming      `json:"claim,omitzero"`
	Given        Given         `json:"given,omitzero"`
	SoleRemedy   SoleRemedy    `json:"soleRemedy,omitzero"`
	Tax          TaxClause     `json:"tax"`
}

// CreditMeasure is what a credit is measured by.
type CreditMeasure string

const (
	CreditByAttainment   CreditMeasure = "attainment"   // of the period
	CreditByAvailability CreditMeasure = "availability" // of the period, by the figure named
)

// Words returns the words of the choice.
func (CreditMeasure) Words() []string {
	return []string{string(CreditByAttainment), string(CreditByAvailability)}
}

// Rank says what holds where several credits fall on one period.
type Rank string

const (
	RankHighest  Rank = "highest"  // the largest of those that say so
	RankAdditive Rank = "additive" // beside the others
)

// Words returns the words of the choice.
func (Rank) Words() []string { return []string{string(RankHighest), string(RankAdditive)} }

// Claiming says what makes a credit owed.
type Claiming string

// ClaimAutomatic: nothing but the figures.
const ClaimAutomatic Claiming = "automatic"

// Words returns the words of the choice.
func (Claiming) Words() []string { return []string{string(ClaimAutomatic)} }

// Given says how a credit is given.
type Given string

const (
	GivenOffNextInvoice Given = "off the next invoice"
	GivenPaid           Given = "paid"
)

// Words returns the words of the choice.
func (Given) Words() []string { return []string{string(GivenOffNextInvoice), string(GivenPaid)} }

// SoleRemedy says whether a credit is all that is owed for the failure.
type SoleRemedy string

const (
	SoleRemedyYes SoleRemedy = "yes"
	SoleRemedyNo  SoleRemedy = "no"
)

// Words returns the words of the choice.
func (SoleRemedy) Words() []string { return []string{string(SoleRemedyYes), string(SoleRemedyNo)} }

// A Band is [From, Below). Both ends are written, though one would do, so that a
// hole or an overlap is a fault and not a reading.
type Band struct {
	From   *Percent `json:"from,omitzero" optional:"true"`
	Below  *Percent `json:"below,omitzero" optional:"true"`
	Credit Percent  `json:"credit,omitzero"`
}

// A CreditCap bounds the credits of a period: 10 % of the support fee of the
// contract year. A credit counts in the contract year in which its period begins.
type CreditCap struct {
	Per  CapPer  `json:"per,omitzero"`
	Rate Percent `json:"rate,omitzero"`
	Of   FeeOf   `json:"of,omitzero"`
}

// CapPer is the period that a cap bounds.
type CapPer string

// CapPerContractYear is a year of the term.
const CapPerContractYear CapPer = "contract year"

// Words returns the words of the choice.
func (CapPer) Words() []string { return []string{string(CapPerContractYear)} }

// A BreachClause is a penalty for one kind of breach.
type BreachClause struct {
	Clause string       `json:"clause,omitzero" ref:"clauses"`
	By     Role         `json:"by,omitzero"` // who is in breach
	When   BreachWhen   `json:"when,omitzero"`
	Charge BreachCharge `json:"charge,omitzero"`
	Rate   *Percent     `json:"rate,omitzero" optional:"true"`    // per point
	Units  PointUnits   `json:"units,omitzero" optional:"true"`   // per point
	Of     FeeOf        `json:"of,omitzero" optional:"true"`      // support fee of the quarter
	Amount *Money       `json:"amount,omitempty" optional:"true"` // of a fixed charge
	Cap    *BreachCap   `json:"cap,omitzero" optional:"true"`
	Tax    TaxClause    `json:"tax"`
}

// BreachWhen is the breach that a penalty is for.
type BreachWhen string

const (
	WhenSatisfactionBelow BreachWhen = "satisfaction below target"
	WhenRecorded          BreachWhen = "a breach on record" // by a notice on the ground that the clause is named by
)

// Words returns the words of the choice.
func (BreachWhen) Words() []string {
	return []string{string(WhenSatisfactionBelow), string(WhenRecorded)}
}

// BreachCharge is how a penalty is measured.
type BreachCharge string

const (
	BreachFixed    BreachCharge = "fixed"
	BreachPerPoint BreachCharge = "per percentage point" // below the target
)

// Words returns the words of the choice.
func (BreachCharge) Words() []string { return []string{string(BreachFixed), string(BreachPerPoint)} }

// PointUnits says how part of a percentage point counts.
type PointUnits string

const (
	PointsComplete     PointUnits = "complete"     // not at all
	PointsStarted      PointUnits = "started"      // as a whole one
	PointsProportional PointUnits = "proportional" // in proportion
)

// Words returns the words of the choice.
func (PointUnits) Words() []string {
	return []string{string(PointsComplete), string(PointsStarted), string(PointsProportional)}
}

// A BreachCap bounds one penalty.
type BreachCap struct {
	Rate Percent `json:"rate,omitzero"`
	Of   FeeOf   `json:"of,omitzero"`
}

// LiabilityClause caps what is owed in all: clause 10.3.
type LiabilityClause struct {
	Clause  string    `json:"clause,omitzero" ref:"clauses"`
	Cap     CapOf     `json:"cap"`
	Credits CapCounts `json:"credits,omitzero"`
	Outside []string  `json:"outside,omitzero"` // names of penalties, or of what no cap can bind: Civil Code 506
}

// CapCounts says whether service credits count towards the cap.
type CapCounts string

const (
	CreditsInsideCap  CapCounts = "inside the cap"
	CreditsOutsideCap CapCounts = "outside the cap"
)

// Words returns the words of the choice.
func (CapCounts) Words() []string {
	return []string{string(CreditsInsideCap), string(CreditsOutsideCap)}
}

// CapOf is an amount, or a multiple of a fee.
type CapOf struct {
	Amount *Money  `json:"amount,omitempty" optional:"true"`
	Times  string  `json:"times,omitzero" optional:"true"` // a number: 1
	Of     FeeOf   `json:"of,omitzero" optional:"true"`
	Per    CapOver `json:"per,omitzero"`
}

// CapOver is what a cap of liability bounds.
type CapOver string

const (
	CapOverContract CapOver = "contract"      // all years together
	CapOverYear     CapOver = "contract year" // each year
)

// Words returns the words of the choice.
func (CapOver) Words() []string { return []string{string(CapOverContract), string(CapOverYear)} }

// DepositClause is a deposit (定金); a bond or margin is none. It is kept and not
// computed.
type DepositClause struct {
	Clause string `json:"clause,omitzero" ref:"clauses"`
	Amount *Money `json:"amount,omitempty"`
}

// times reads a multiple, 1 where none is stated.
func times(s string) (figure, error) {
	if s == "" {
		s = "1"
	}
	n, err := parseNumber(s)
	if err != nil || n.Sign() <= 0 {
		return figure{}, fmt.Errorf("%q is no multiple; write a number above 0, such as 1.3: %w", clip(s), ErrSyntax)
	}
	return numberFigure(n), nil
}
