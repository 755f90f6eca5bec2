package contract

// Term and ending: contents 8, 13.3 and 14.1. This version parses and keeps
// them, and holds their names against the rest of the document; of all of it, it
// computes the days of the term as signed only. Compile says so, see
// [Contract.NotComputed].

// TermClause is the term as signed: from and through, or from and for.
type TermClause struct {
	Clause  string `json:"clause,omitzero" ref:"clauses"`
	From    Date   `json:"from,omitzero"`
	Through Date   `json:"through,omitzero" optional:"true"` // the last day
	For     Span   `json:"for,omitzero" optional:"true"`
}

// RenewalClause says what happens when the term runs out.
type RenewalClause struct {
	Clause string `json:"clause,omitzero" ref:"clauses"`
	Mode   string `json:"mode,omitzero"`                   // automatic, option, consent, lapse
	For    Span   `json:"for,omitzero" optional:"true"`    // 12 months
	Unless *Limit `json:"unless,omitzero" optional:"true"` // the notice that prevents it
	Times  string `json:"times,omitzero"`                  // no limit
	Price  string `json:"price,omitzero"`                  // as adjusted
}

// SuspensionClause is the right to suspend service.
type SuspensionClause struct {
	Clause  string `json:"clause,omitzero" ref:"clauses"`
	By      Role   `json:"by,omitzero"`
	When    string `json:"when,omitzero"`
	After   string `json:"after,omitzero"` // more than 30 days, 30 full days, after 30 days
	Demand  *Limit `json:"demand,omitzero" optional:"true"`
	Restore Span   `json:"restore,omitzero" optional:"true"`
	Fees    string `json:"fees,omitzero"`
	Term    string `json:"term,omitzero"`
}

// An EndingClause is one ground on which the contract ends.
type EndingClause struct {
	Clause      string `json:"clause,omitzero" ref:"clauses"`
	By          Role   `json:"by,omitzero"`
	Kind        string `json:"kind,omitzero"` // right, automatic
	When        string `json:"when,omitzero"`
	After       string `json:"after,omitzero" optional:"true"`
	Days        string `json:"days,omitzero" optional:"true"`
	Cure        *Limit `json:"cure,omitzero" optional:"true"`
	Times       int    `json:"times,omitzero" optional:"true"`
	OutOf       int    `json:"outOf,omitzero" optional:"true"`
	Periods     string `json:"periods,omitzero" optional:"true"`
	Consecutive string `json:"consecutive,omitzero" optional:"true"`
	Notice      *Limit `json:"notice,omitzero" optional:"true"`
	NotBefore   Date   `json:"notBefore,omitzero" optional:"true"`
	Fee         *Share `json:"fee,omitzero" optional:"true"`
	Lapses      string `json:"lapses,omitzero" optional:"true"`
}

// SettlementClause says what is owed at the end.
type SettlementClause struct {
	Clause string       `json:"clause,omitzero" ref:"clauses"`
	Refund RefundClause `json:"refund"`
	SetOff string       `json:"setOff,omitzero"`
	Due    *DueClause   `json:"due,omitzero" optional:"true"`
}

// RefundClause is the refund of fees paid ahead.
type RefundClause struct {
	Of               string `json:"of,omitzero"`
	By               string `json:"by,omitzero"`
	OnCustomerBreach string `json:"onCustomerBreach,omitzero"`
}

// A NoticeClause says when a notice by a channel is deemed to arrive: contents 14.1.
type NoticeClause struct {
	Clause     string `json:"clause,omitzero" ref:"clauses"`
	Deemed     string `json:"deemed,omitzero"`
	After      string `json:"after,omitzero" optional:"true"`
	OutOfHours string `json:"outOfHours,omitzero" optional:"true"`
	Hours      string `json:"hours,omitzero" optional:"true" ref:"hours"`
}

// A SurvivalClause says which clause outlives the contract, and how long.
type SurvivalClause struct {
	Clause string `json:"clause,omitzero" ref:"clauses"`
	For    string `json:"for,omitzero"`
	After  string `json:"after,omitzero"`
}

// period is the term as signed, the zero Period where the clause gives a span:
// counting that is the term engine's.
func (t *TermClause) period() Period {
	if t == nil || !t.From.IsValid() || !t.Through.IsValid() {
		return Period{}
	}
	return Through(t.From, t.Through)
}
