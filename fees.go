package contract

// Fees: clauses 8.1 to 8.3. This version parses and keeps them, and holds their
// names against the rest of the document; it does not compute them yet. Compile
// says so, see [Contract.NotComputed].

// FeesClause is the rate card: the annex to clause 8.1.
type FeesClause struct {
	TaxRates   map[string]Percent      `json:"taxRates,omitzero"`
	TaxRounded string                  `json:"taxRounded,omitzero"` // each line, each rate
	Items      map[string]ItemClause   `json:"items,omitzero"`
	Factors    map[string]FactorClause `json:"factors,omitzero" optional:"true"`
}

// A TaxClause is how a money line is taxed and on what paper it stands.
type TaxClause struct {
	Prices    string `json:"prices,omitzero" optional:"true"` // inclusive, exclusive
	Rate      string `json:"rate,omitzero" optional:"true" ref:"taxRates"`
	Treatment string `json:"treatment,omitzero" optional:"true"` // exempt, outside scope, as the item
	Document  string `json:"document,omitzero"`                  // invoice, credit note, claim
}

// An ItemClause is one line of the rate card.
type ItemClause struct {
	Clause     string    `json:"clause,omitzero" ref:"clauses"`
	Charge     string    `json:"charge,omitzero"` // flat, unit, visit, started day, time, graduated, volume, package, share
	Price      *Money    `json:"price,omitzero" optional:"true"`
	Per        string    `json:"per,omitzero" optional:"true"`
	Tiers      []Tier    `json:"tiers,omitzero" optional:"true"`
	Rate       *Percent  `json:"rate,omitzero" optional:"true"`
	Of         string    `json:"of,omitzero" optional:"true"`
	Increment  string    `json:"increment,omitzero" optional:"true"`
	Counted    string    `json:"counted,omitzero" optional:"true"`
	AtLeast    string    `json:"atLeast,omitzero" optional:"true"`
	AtMost     string    `json:"atMost,omitzero" optional:"true"`
	PartPeriod string    `json:"partPeriod,omitzero" optional:"true"`
	Factors    []string  `json:"factors,omitzero" optional:"true" ref:"factors"`
	Stacking   string    `json:"stacking,omitzero" optional:"true"`
	Monthly    string    `json:"monthly,omitzero" optional:"true"`
	Tax        TaxClause `json:"tax"`
}

// A Tier prices what lies in (the tier before, UpTo]. The last has no UpTo.
type Tier struct {
	UpTo  string `json:"upTo,omitzero" optional:"true"`
	Price *Money `json:"price,omitzero"`
	Flat  *Money `json:"flat,omitzero" optional:"true"`
}

// A FactorClause is a table of factors, nested by By. A missing entry is a fault
// when it is asked for.
type FactorClause struct {
	Clause string   `json:"clause,omitzero" ref:"clauses"`
	By     []string `json:"by,omitzero"`
	Hours  string   `json:"hours,omitzero" optional:"true" ref:"hours"`
	Table  any      `json:"table,omitzero"`
}

// A DueClause says when something falls due.
type DueClause struct {
	Span       Span        `json:"span,omitzero" optional:"true"`
	After      string      `json:"after,omitzero" optional:"true"`
	Days       string      `json:"days,omitzero" optional:"true" ref:"workingDays"`
	LatestOf   []DueClause `json:"latestOf,omitzero" optional:"true"`
	EarliestOf []DueClause `json:"earliestOf,omitzero" optional:"true"`
}

// A PaymentClause says when the invoices of some items are due: clause 8.2.
type PaymentClause struct {
	Clause   string    `json:"clause,omitzero" ref:"clauses"`
	Of       []string  `json:"of,omitzero" ref:"items"`
	Due      DueClause `json:"due"`
	RestDay  string    `json:"restDay,omitzero"` // rolls over rest days, rolls over statutory holidays, stays
	PaidWhen string    `json:"paidWhen,omitzero"`
}

// A Limit is a span before or after something, and how it is kept: one shape for
// every notice, cure and window.
type Limit struct {
	By      Role   `json:"by,omitzero" optional:"true"`     // who keeps it
	Span    Span   `json:"span,omitzero"`                   // 60 days
	After   string `json:"after,omitzero" optional:"true"`  // of what it is counted: notice
	Before  string `json:"before,omitzero" optional:"true"` // of what it is counted back: the renewal
	Must    string `json:"must,omitzero" optional:"true"`   // arrive, be sent
	RestDay string `json:"restDay,omitzero"`                // rolls over rest days, stays
	Late    string `json:"late,omitzero" optional:"true"`   // what a late one does: renews
}

// AdjustmentClause is the adjustment of fees: clause 8.3.
type AdjustmentClause struct {
	Clause           string           `json:"clause,omitzero" ref:"clauses"`
	Mode             string           `json:"mode,omitzero"`
	From             string           `json:"from,omitzero" optional:"true"`
	Index            string           `json:"index,omitzero" optional:"true"`
	Coefficient      string           `json:"coefficient,omitzero" optional:"true"`
	AtLeast          *Share           `json:"atLeast,omitzero" optional:"true"`
	AtMost           *Share           `json:"atMost,omitzero" optional:"true"`
	AboveThat        string           `json:"aboveThat,omitzero" optional:"true"`
	Notice           *Limit           `json:"notice,omitzero" optional:"true"`
	First            Date             `json:"first,omitzero" optional:"true"`
	NotMoreOftenThan Span             `json:"notMoreOftenThan,omitzero" optional:"true"`
	Objection        *ObjectionClause `json:"objection,omitzero" optional:"true"`
	Rounding         *RoundingClause  `json:"rounding,omitzero" optional:"true"`
}

// ObjectionClause is the time to object to an adjustment.
type ObjectionClause struct {
	Within  Span   `json:"within,omitzero"`
	Silence string `json:"silence,omitzero"`
}

// A Share is a percentage and what it is of: never the one without the other.
type Share struct {
	Rate Percent `json:"rate,omitzero"`
	Of   string  `json:"of,omitzero"`
	Per  string  `json:"per,omitzero" optional:"true"`
}
