package contract

// Term and ending: contents 8, 13.3 and 14.1. This version parses and keeps
// them, and holds their names against the rest of the document; of all of it, it
// computes the days of the term as signed only. Compile says so, see
// [Contract.NotComputed].

// TermClause is the term as signed: from and through, or from and for.
type TermClause struct {
	Clause  string `json:"clause" ref:"clauses"`
	From    Date   `json:"from"`
	Through Date   `json:"through,omitzero"` // the last day
	For     Span   `json:"for,omitzero"`
}

// RenewalClause says what happens when the term runs out.
type RenewalClause struct {
	Clause string `json:"clause" ref:"clauses"`
	Mode   string `json:"mode"`
	For    Span   `json:"for,omitzero"`
	Unless *Limit `json:"unless,omitempty"`
	Times  string `json:"times"`
	Price  string `json:"price"`
}

// SuspensionClause is the right to suspend service.
type SuspensionClause struct {
	Clause  string `json:"clause" ref:"clauses"`
	By      Role   `json:"by"`
	When    string `json:"when"`
	After   string `json:"after"` // more than 30 days, 30 full days, after 30 days
	Demand  *Limit `json:"demand,omitempty"`
	Restore Span   `json:"restore,omitzero"`
	Fees    string `json:"fees"`
	Term    string `json:"term"`
}

// An EndingClause is one ground on which the contract ends.
type EndingClause struct {
	Clause      string `json:"clause" ref:"clauses"`
	By          Role   `json:"by"`
	Kind        string `json:"kind"` // right, automatic
	When        string `json:"when"`
	After       string `json:"after,omitempty"`
	Days        string `json:"days,omitempty"`
	Cure        *Limit `json:"cure,omitempty"`
	Times       int    `json:"times,omitempty"`
	OutOf       int    `json:"outOf,omitempty"`
	Periods     string `json:"periods,omitempty"`
	Consecutive string `json:"consecutive,omitempty"`
	Notice      *Limit `json:"notice,omitempty"`
	NotBefore   Date   `json:"notBefore,omitzero"`
	Fee         *Share `json:"fee,omitempty"`
	Lapses      string `json:"lapses,omitempty"`
}

// SettlementClause says what is owed at the end.
type SettlementClause struct {
	Clause string       `json:"clause" ref:"clauses"`
	Refund RefundClause `json:"refund"`
	SetOff string       `json:"setOff"`
	Due    *DueClause   `json:"due,omitempty"`
}

// RefundClause is the refund of fees paid ahead.
type RefundClause struct {
	Of               string `json:"of"`
	By               string `json:"by"`
	OnCustomerBreach string `json:"onCustomerBreach"`
}

// A NoticeClause says when a notice by a channel is deemed to arrive: contents 14.1.
type NoticeClause struct {
	Clause     string `json:"clause" ref:"clauses"`
	Deemed     string `json:"deemed"`
	After      string `json:"after,omitempty"`
	OutOfHours string `json:"outOfHours,omitempty"`
	Hours      string `json:"hours,omitempty" ref:"hours"`
}

// A SurvivalClause says which clause outlives the contract, and how long.
type SurvivalClause struct {
	Clause string `json:"clause" ref:"clauses"`
	For    string `json:"for"`
	After  string `json:"after"`
}

// period is the term as signed, the zero Period where the clause gives a span:
// counting that is the term engine's.
func (t *TermClause) period() Period {
	if t == nil || !t.From.IsValid() || !t.Through.IsValid() {
		return Period{}
	}
	return Through(t.From, t.Through)
}
