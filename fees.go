package contract

// Fees: clauses 8.1 to 8.3. This version parses and keeps them, and holds their
// names against the rest of the document; it does not compute them yet. Compile
// says so, see [Contract.NotComputed].

// FeesClause is the rate card: the annex to clause 8.1.
type FeesClause struct {
	TaxRates   map[string]Percent      `json:"taxRates"`
	TaxRounded string                  `json:"taxRounded"` // each line, each rate
	Items      map[string]ItemClause   `json:"items"`
	Factors    map[string]FactorClause `json:"factors,omitempty"`
}

// A TaxClause is how a money line is taxed and on what paper it stands.
type TaxClause struct {
	Prices    string `json:"prices,omitempty"` // inclusive, exclusive
	Rate      string `json:"rate,omitempty" ref:"taxRates"`
	Treatment string `json:"treatment,omitempty"` // exempt, outside scope, as the item
	Document  string `json:"document"`            // invoice, credit note, claim
}

// An ItemClause is one line of the rate card.
type ItemClause struct {
	Clause     string    `json:"clause" ref:"clauses"`
	Charge     string    `json:"charge"` // flat, unit, visit, started day, time, graduated, volume, package, share
	Price      *Money    `json:"price,omitempty"`
	Per        string    `json:"per,omitempty"`
	Tiers      []Tier    `json:"tiers,omitempty"`
	Rate       *Percent  `json:"rate,omitempty"`
	Of         string    `json:"of,omitempty"`
	Increment  string    `json:"increment,omitempty"`
	Counted    string    `json:"counted,omitempty"`
	AtLeast    string    `json:"atLeast,omitempty"`
	AtMost     string    `json:"atMost,omitempty"`
	PartPeriod string    `json:"partPeriod,omitempty"`
	Factors    []string  `json:"factors,omitempty" ref:"factors"`
	Stacking   string    `json:"stacking,omitempty"`
	Monthly    string    `json:"monthly,omitempty"`
	Tax        TaxClause `json:"tax"`
}

// A Tier prices what lies in (the tier before, UpTo]. The last has no UpTo.
type Tier struct {
	UpTo  string `json:"upTo,omitempty"`
	Price Money  `json:"price"`
	Flat  *Money `json:"flat,omitempty"`
}

// A FactorClause is a table of factors, nested by By. A missing entry is a fault
// when it is asked for.
type FactorClause struct {
	Clause string   `json:"clause" ref:"clauses"`
	By     []string `json:"by"`
	Hours  string   `json:"hours,omitempty" ref:"hours"`
	Table  any      `json:"table"`
}

// A DueClause says when something falls due.
type DueClause struct {
	Span       Span        `json:"span,omitzero"`
	After      string      `json:"after,omitempty"`
	Days       string      `json:"days,omitempty" ref:"workingDays"`
	LatestOf   []DueClause `json:"latestOf,omitempty"`
	EarliestOf []DueClause `json:"earliestOf,omitempty"`
}

// A PaymentClause says when the invoices of some items are due: clause 8.2.
type PaymentClause struct {
	Clause   string    `json:"clause" ref:"clauses"`
	Of       []string  `json:"of" ref:"items"`
	Due      DueClause `json:"due"`
	RestDay  string    `json:"restDay"` // rolls over rest days, rolls over statutory holidays, stays
	PaidWhen string    `json:"paidWhen"`
}

// A Limit is a span before or after something, and how it is kept: one shape for
// every notice, cure and window.
type Limit struct {
	By      Role   `json:"by,omitempty"`
	Span    Span   `json:"span"`
	After   string `json:"after,omitempty"`
	Before  string `json:"before,omitempty"`
	Must    string `json:"must,omitempty"`
	RestDay string `json:"restDay"`
	Late    string `json:"late,omitempty"`
}

// AdjustmentClause is the adjustment of fees: clause 8.3.
type AdjustmentClause struct {
	Clause           string           `json:"clause" ref:"clauses"`
	Mode             string           `json:"mode"`
	From             string           `json:"from,omitempty"`
	Index            string           `json:"index,omitempty"`
	Coefficient      string           `json:"coefficient,omitempty"`
	AtLeast          *Share           `json:"atLeast,omitempty"`
	AtMost           *Share           `json:"atMost,omitempty"`
	AboveThat        string           `json:"aboveThat,omitempty"`
	Notice           *Limit           `json:"notice,omitempty"`
	First            Date             `json:"first,omitzero"`
	NotMoreOftenThan Span             `json:"notMoreOftenThan,omitzero"`
	Objection        *ObjectionClause `json:"objection,omitempty"`
	Rounding         *RoundingClause  `json:"rounding,omitempty"`
}

// ObjectionClause is the time to object to an adjustment.
type ObjectionClause struct {
	Within  Span   `json:"within"`
	Silence string `json:"silence"`
}

// A Share is a percentage and what it is of: never the one without the other.
type Share struct {
	Rate Percent `json:"rate"`
	Of   string  `json:"of"`
	Per  string  `json:"per,omitempty"`
}
