package contract

import (
	"fmt"
	"strconv"
)

// TermClause is the term as signed: from and through, or from and for. By Civil
// Code art. 201 and 202 a year from 1 March ends on 1 March, where "from 1 March
// through 28 February" is a day less: a length is counted as the document counts
// periods.
type TermClause struct {
	Clause  string `json:"clause,omitzero" ref:"clauses"`
	From    Date   `json:"from,omitzero"`
	Through Date   `json:"through,omitzero" optional:"true"` // the last day
	For     Span   `json:"for,omitzero" optional:"true"`
}

// RenewalClause says what happens when the term runs out: contents 8.2.
type RenewalClause struct {
	Clause string       `json:"clause,omitzero" ref:"clauses"`
	Mode   RenewalMode  `json:"mode,omitzero"`
	For    Span         `json:"for,omitzero" optional:"true"`    // 12 months, of an automatic one
	Unless *Limit       `json:"unless,omitzero" optional:"true"` // the notice that prevents it
	Times  RenewalTimes `json:"times,omitzero" optional:"true"`
	Price  RenewalPrice `json:"price,omitzero" optional:"true"`
}

// RenewalMode says what happens when the term runs out.
type RenewalMode string

const (
	RenewsAutomatically RenewalMode = "automatic"
	RenewalLapses       RenewalMode = "lapse" // the contract ends with its term
)

// Words returns the words of the choice.
func (RenewalMode) Words() []string {
	return []string{string(RenewsAutomatically), string(RenewalLapses)}
}

// RenewalTimes bounds how often a term renews: a whole number, or "no limit".
type RenewalTimes string

// RenewalsUnlimited sets no bound.
const RenewalsUnlimited RenewalTimes = "no limit"

// count is the number of renewals, -1 for no limit.
func (r RenewalTimes) count() (int, error) {
	if r == RenewalsUnlimited {
		return -1, nil
	}
	n, err := strconv.Atoi(string(r))
	if err != nil || n < 1 || strconv.Itoa(n) != string(r) {
		return 0, fmt.Errorf("%q; write a whole number of 1 or more, or %q: %w", clip(string(r)), RenewalsUnlimited, ErrSyntax)
	}
	return n, nil
}

// RenewalPrice is the price of a renewed term.
type RenewalPrice string

const (
	PriceAsAdjusted RenewalPrice = "as adjusted" // by the adjustment clause: 8.3
	PriceUnchanged  RenewalPrice = "unchanged"
)

// Words returns the words of the choice.
func (RenewalPrice) Words() []string {
	return []string{string(PriceAsAdjusted), string(PriceUnchanged)}
}

// What limits of the ending chapter are counted from, as they are written.
const (
	beforeLastDay = "last day of the term"
	beforeRenewal = "the renewal" // its first day
	afterNotice   = "notice"      // the day on which it is deemed to arrive
	lateRenews    = "renews"      // a late notice does not prevent the renewal
)

// SuspensionClause is the right to suspend service.
type SuspensionClause struct {
	Clause string     `json:"clause,omitzero" ref:"clauses"`
	By     Role       `json:"by,omitzero"`
	When   EndingWhen `json:"when,omitzero"`
	After  Trigger    `json:"after,omitzero"` // more than 30 days, 30 full days, after 30 days
	Fees   FeesRun    `json:"fees,omitzero"`
	Term   TermAfter  `json:"term,omitzero"`
}

// An EndingClause is one ground on which the contract ends: contents 8.3 and 13.3.
type EndingClause struct {
	Clause string       `json:"clause,omitzero" ref:"clauses"`
	By     Role         `json:"by,omitzero"`
	Kind   EndingKind   `json:"kind,omitzero"`
	When   EndingWhen   `json:"when,omitzero"`
	After  Trigger      `json:"after,omitzero" optional:"true"`
	Days   EndingDays   `json:"days,omitzero" optional:"true"` // of force majeure
	Cure   *Limit       `json:"cure,omitzero" optional:"true"`
	Notice *Limit       `json:"notice,omitzero" optional:"true"`
	Lapses EndingLapses `json:"lapses,omitzero" optional:"true"`
}

// EndingKind says what a ground does.
type EndingKind string

// EndingRight gives a party the right to end the contract, by notice.
const EndingRight EndingKind = "right"

// Words returns the words of the choice.
func (EndingKind) Words() []string { return []string{string(EndingRight)} }

// EndingWhen is what gives a right.
type EndingWhen string

const (
	WhenPaymentOverdue EndingWhen = "payment overdue"
	WhenMaterialBreach EndingWhen = "material breach" // said by a notice, and not cured
	WhenForceMajeure   EndingWhen = "force majeure"   // said by a notice
	WhenAtWill         EndingWhen = "at will"
	WhenAgreement      EndingWhen = "agreement"
)

// Words returns the words of the choice.
func (EndingWhen) Words() []string {
	return []string{string(WhenPaymentOverdue), string(WhenMaterialBreach), string(WhenForceMajeure), string(WhenAtWill), string(WhenAgreement)}
}

// EndingDays says how days of force majeure add up.
type EndingDays string

// DaysConsecutive counts one stretch by itself.
const DaysConsecutive EndingDays = "consecutive"

// Words returns the words of the choice.
func (EndingDays) Words() []string { return []string{string(DaysConsecutive)} }

// EndingLapses says when a right that is not used is lost.
type EndingLapses string

const (
	LapsesCivilCode EndingLapses = "Civil Code 564" // one year from the day on which it was there and known
	LapsesNever     EndingLapses = "does not lapse"
)

// Words returns the words of the choice.
func (EndingLapses) Words() []string { return []string{string(LapsesCivilCode), string(LapsesNever)} }

// SettlementClause says what is owed at the end: contents 13.3.
type SettlementClause struct {
	Clause string       `json:"clause,omitzero" ref:"clauses"`
	Refund RefundClause `json:"refund"`
	SetOff SetOff       `json:"setOff,omitzero"`
}

// RefundClause is the refund of fees paid ahead.
type RefundClause struct {
	Of               []string   `json:"of,omitzero" ref:"items"` // flat items, paid for a contract year
	By               RefundBy   `json:"by,omitzero"`
	OnCustomerBreach RefundDone `json:"onCustomerBreach,omitzero"`
}

// RefundBy is the measure of what was not used.
type RefundBy string

// RefundByDays is the price × days unused / days of the contract year.
const RefundByDays RefundBy = "days of the contract year"

// Words returns the words of the choice.
func (RefundBy) Words() []string { return []string{string(RefundByDays)} }

// RefundDone says whether there is a refund.
type RefundDone string

const (
	RefundAlways RefundDone = "as otherwise"
	RefundNone   RefundDone = "none"
)

// Words returns the words of the choice.
func (RefundDone) Words() []string { return []string{string(RefundAlways), string(RefundNone)} }

// SetOff says whether what both sides owe is netted. Without it both are shown.
type SetOff string

const (
	SetOffByNotice SetOff = "by notice" // when a notice on the ground "set-off" has arrived: Civil Code art. 568
	SetOffAtOnce   SetOff = "automatic"
	SetOffNone     SetOff = "none"
)

// Words returns the words of the choice.
func (SetOff) Words() []string {
	return []string{string(SetOffByNotice), string(SetOffAtOnce), string(SetOffNone)}
}

// A SurvivalClause says which clause outlives the contract, and how long.
type SurvivalClause struct {
	Clause string        `json:"clause,omitzero" ref:"clauses"`
	For    SurvivalFor   `json:"for,omitzero"`
	After  SurvivalAfter `json:"after,omitzero"`
}

// SurvivalFor is a span, "3 years", or "no limit".
type SurvivalFor string

// SurvivalUnlimited has no end.
const SurvivalUnlimited SurvivalFor = "no limit"

// span reads it; the zero Span has no end.
func (s SurvivalFor) span() (Span, error) {
	if s == SurvivalUnlimited {
		return Span{}, nil
	}
	span, err := ParseSpan(string(s))
	if err == nil && span.Unit() < UnitDays {
		return Span{}, fmt.Errorf("%q: it counts days, weeks, months or years, or has %q: %w", clip(string(s)), SurvivalUnlimited, ErrSyntax)
	}
	return span, err
}

// SurvivalAfter is from when a clause outlives the contract.
type SurvivalAfter string

// SurvivesEnding counts from the last day of the contract.
const SurvivesEnding SurvivalAfter = "ending"

// Words returns the words of the choice.
func (SurvivalAfter) Words() []string { return []string{string(SurvivesEnding)} }

// ForceMajeureClause is the relief for force majeure: Civil Code art. 590.
type ForceMajeureClause struct {
	Clause     string         `json:"clause,omitzero" ref:"clauses"`
	Notice     Span           `json:"notice,omitzero"`
	Proof      Span           `json:"proof,omitzero"`
	Relief     ReliefFrom     `json:"relief,omitzero"`
	Fees       FeesRun        `json:"fees,omitzero"`
	Term       TermAfter      `json:"term,omitzero"`
	MoneyDebts MoneyDebtsRule `json:"moneyDebts,omitzero"`
}

// ReliefFrom says from when force majeure relieves.
type ReliefFrom string

const (
	ReliefFromEvent  ReliefFrom = "from the event"
	ReliefFromNotice ReliefFrom = "from the notice"
)

// Words returns the words of the choice.
func (ReliefFrom) Words() []string {
	return []string{string(ReliefFromEvent), string(ReliefFromNotice)}
}

// FeesRun says whether fees are owed for the time.
type FeesRun string

const (
	FeesGoOn FeesRun = "run"
	FeesStop FeesRun = "stop"
)

// Words returns the words of the choice.
func (FeesRun) Words() []string { return []string{string(FeesGoOn), string(FeesStop)} }

// TermAfter says what becomes of the term.
type TermAfter string

const (
	TermUnchanged TermAfter = "unchanged"
	TermExtended  TermAfter = "extended" // by the days lost
)

// Words returns the words of the choice.
func (TermAfter) Words() []string { return []string{string(TermUnchanged), string(TermExtended)} }

// MoneyDebtsRule says whether force majeure excuses money debts.
type MoneyDebtsRule string

const (
	MoneyDebtsNotExcused MoneyDebtsRule = "not excused"
	MoneyDebtsExcused    MoneyDebtsRule = "excused"
)

// Words returns the words of the choice.
func (MoneyDebtsRule) Words() []string {
	return []string{string(MoneyDebtsNotExcused), string(MoneyDebtsExcused)}
}

// period is the term as signed, the zero Period where the clause gives a span.
func (t *TermClause) period() Period {
	if t == nil || !t.From.IsValid() || !t.Through.IsValid() {
		return Period{}
	}
	return Through(t.From, t.Through)
}
