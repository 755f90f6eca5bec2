package contract

// Penalties: clauses 10.1 to 10.3. This version parses and keeps them, and holds
// their names against the rest of the document; it does not compute them yet.
// Compile says so, see [Contract.NotComputed].

// LatePaymentClause is the charge for late payment: clause 10.1.
type LatePaymentClause struct {
	Clause      string    `json:"clause,omitzero" ref:"clauses"`
	Charge      string    `json:"charge,omitzero"`               // daily rate
	Rate        *Percent  `json:"rate,omitzero" optional:"true"` // a day, for a daily rate
	Of          string    `json:"of,omitzero"`                   // overdue sum as still due
	FirstDay    string    `json:"firstDay,omitzero"`             // day after due
	LastDay     string    `json:"lastDay,omitzero"`              // day of credit
	Grace       string    `json:"grace,omitzero"`                // none
	Interest    string    `json:"interest,omitzero"`             // simple
	DayCount    string    `json:"dayCount,omitzero" optional:"true"`
	Cap         *Share    `json:"cap,omitzero" optional:"true"`
	WithinDebt  []string  `json:"withinDebt,omitzero"`  // the order within one debt: late charge, principal
	AcrossDebts []string  `json:"acrossDebts,omitzero"` // designated, then Civil Code art. 560
	Surplus     string    `json:"surplus,omitzero"`     // credit
	Tax         TaxClause `json:"tax"`
}

// A CreditClause is a service credit: clause 10.2.
type CreditClause struct {
	Clause     string    `json:"clause,omitzero" ref:"clauses"`
	Measure    string    `json:"measure,omitzero"`
	Of         string    `json:"of,omitzero"`
	Rank       string    `json:"rank,omitzero"`
	Bands      []Band    `json:"bands,omitzero"`
	Caps       []Share   `json:"caps,omitzero" optional:"true"`
	Claim      string    `json:"claim,omitzero"`
	Given      string    `json:"given,omitzero"`
	SoleRemedy string    `json:"soleRemedy,omitzero"`
	Tax        TaxClause `json:"tax"`
}

// A Band is [From, Below). Both ends are written, though one would do, so that a
// hole or an overlap is a fault and not a reading.
type Band struct {
	From   *Percent `json:"from,omitzero" optional:"true"`
	Below  *Percent `json:"below,omitzero" optional:"true"`
	Credit Percent  `json:"credit,omitzero"`
}

// A BreachClause is a penalty for one kind of breach.
type BreachClause struct {
	Clause string    `json:"clause,omitzero" ref:"clauses"`
	By     Role      `json:"by,omitzero"`     // who is in breach
	Charge string    `json:"charge,omitzero"` // fixed, per point
	Rate   *Percent  `json:"rate,omitzero" optional:"true"`
	Per    string    `json:"per,omitzero" optional:"true"`    // percentage point
	Of     string    `json:"of,omitzero" optional:"true"`     // support fee of the quarter
	Units  string    `json:"units,omitzero" optional:"true"`  // complete
	Amount *Money    `json:"amount,omitzero" optional:"true"` // of a fixed charge
	Cap    *Share    `json:"cap,omitzero" optional:"true"`
	Tax    TaxClause `json:"tax"`
}

// LiabilityClause caps what is owed in all: clause 10.3.
type LiabilityClause struct {
	Clause       string   `json:"clause,omitzero" ref:"clauses"`
	Cap          CapOf    `json:"cap"`
	Credits      string   `json:"credits,omitzero"`
	Outside      []string `json:"outside,omitzero"`
	IndirectLoss string   `json:"indirectLoss,omitzero" optional:"true"`
}

// CapOf is an amount, or a multiple of one that the contract knows.
type CapOf struct {
	Amount *Money `json:"amount,omitzero" optional:"true"`
	Times  string `json:"times,omitzero" optional:"true"`
	Of     string `json:"of,omitzero" optional:"true"`
	Per    string `json:"per,omitzero"`
}

// DepositClause is a deposit (定金); a bond or margin is none.
type DepositClause struct {
	Clause string `json:"clause,omitzero" ref:"clauses"`
	Amount *Money `json:"amount,omitzero"`
}

// ForceMajeureClause is the relief for force majeure: Civil Code art. 590.
type ForceMajeureClause struct {
	Clause     string `json:"clause,omitzero" ref:"clauses"`
	Notice     Span   `json:"notice,omitzero"`
	Proof      Span   `json:"proof,omitzero"`
	Relief     string `json:"relief,omitzero"`
	Fees       string `json:"fees,omitzero"`
	Term       string `json:"term,omitzero"`
	MoneyDebts string `json:"moneyDebts,omitzero"`
}
