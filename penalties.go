package contract

// Penalties: clauses 10.1 to 10.3. This version parses and keeps them, and holds
// their names against the rest of the document; it does not compute them yet.
// Compile says so, see [Contract.NotComputed].

// LatePaymentClause is the charge for late payment: clause 10.1.
type LatePaymentClause struct {
	Clause      string    `json:"clause" ref:"clauses"`
	Charge      string    `json:"charge"`
	Rate        *Percent  `json:"rate,omitempty"`
	Of          string    `json:"of"`
	FirstDay    string    `json:"firstDay"`
	LastDay     string    `json:"lastDay"`
	Grace       string    `json:"grace"`
	Interest    string    `json:"interest"`
	DayCount    string    `json:"dayCount,omitempty"`
	Cap         *Share    `json:"cap,omitempty"`
	WithinDebt  []string  `json:"withinDebt"`
	AcrossDebts []string  `json:"acrossDebts"`
	Surplus     string    `json:"surplus"`
	Tax         TaxClause `json:"tax"`
}

// A CreditClause is a service credit: clause 10.2.
type CreditClause struct {
	Clause     string    `json:"clause" ref:"clauses"`
	Measure    string    `json:"measure"`
	Of         string    `json:"of"`
	Rank       string    `json:"rank"`
	Bands      []Band    `json:"bands"`
	Caps       []Share   `json:"caps,omitempty"`
	Claim      string    `json:"claim"`
	Given      string    `json:"given"`
	SoleRemedy string    `json:"soleRemedy"`
	Tax        TaxClause `json:"tax"`
}

// A Band is [From, Below). Both ends are written, though one would do, so that a
// hole or an overlap is a fault and not a reading.
type Band struct {
	From   *Percent `json:"from,omitempty"`
	Below  *Percent `json:"below,omitempty"`
	Credit Percent  `json:"credit"`
}

// A BreachClause is a penalty for one kind of breach.
type BreachClause struct {
	Clause string    `json:"clause" ref:"clauses"`
	By     Role      `json:"by"`
	Charge string    `json:"charge"`
	Rate   *Percent  `json:"rate,omitempty"`
	Per    string    `json:"per,omitempty"`
	Of     string    `json:"of,omitempty"`
	Units  string    `json:"units,omitempty"`
	Amount *Money    `json:"amount,omitempty"`
	Cap    *Share    `json:"cap,omitempty"`
	Tax    TaxClause `json:"tax"`
}

// LiabilityClause caps what is owed in all: clause 10.3.
type LiabilityClause struct {
	Clause       string   `json:"clause" ref:"clauses"`
	Cap          CapOf    `json:"cap"`
	Credits      string   `json:"credits"`
	Outside      []string `json:"outside"`
	IndirectLoss string   `json:"indirectLoss,omitempty"`
}

// CapOf is an amount, or a multiple of one that the contract knows.
type CapOf struct {
	Amount *Money `json:"amount,omitempty"`
	Times  string `json:"times,omitempty"`
	Of     string `json:"of,omitempty"`
	Per    string `json:"per"`
}

// DepositClause is a deposit (定金); a bond or margin is none.
type DepositClause struct {
	Clause string `json:"clause" ref:"clauses"`
	Amount Money  `json:"amount"`
}

// ForceMajeureClause is the relief for force majeure: Civil Code art. 590.
type ForceMajeureClause struct {
	Clause     string `json:"clause" ref:"clauses"`
	Notice     Span   `json:"notice"`
	Proof      Span   `json:"proof"`
	Relief     string `json:"relief"`
	Fees       string `json:"fees"`
	Term       string `json:"term"`
	MoneyDebts string `json:"moneyDebts"`
}
