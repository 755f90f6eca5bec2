package contract

// fees compiles the rate card of a version, nil where the document has none.
func (b *builder) fees(i int) *feesRules {
	t := &b.c.terms[i]
	if t.doc.Fees == nil {
		return nil
	}
	f := *t.doc.Fees
	r := &feesRules{clause: f, items: make(map[string]*itemRule), law: t.law(), source: t.source("/fees", "")}
	rounding := t.rounding()
	factors := make(map[string]*factorRule)
	for _, name := range sortedKeys(f.Factors) {
		c := f.Factors[name]
		src := t.source("/fees/factors/"+escape(name), c.Clause)
		cells, _ := factorCells(c.Table, len(c.By), "/table")
		factors[name] = &factorRule{name: name, clause: c, cells: cells, hours: b.c.schedules[c.Hours], days: b.c.days[c.Days], source: src}
	}
	for _, name := range sortedKeys(f.Items) {
		c := f.Items[name]
		item := &itemRule{name: name, clause: c, rounding: rounding, source: t.source("/fees/items/"+escape(name), c.Clause)}
		for _, by := range c.Factors {
			item.factors = append(item.factors, factors[by])
		}
		r.items[name] = item
	}
	for _, name := range sortedKeys(t.doc.Payments) {
		c := t.doc.Payments[name]
		r.payments = append(r.payments, &paymentRule{name: name, clause: c, signed: t.doc.Signed, days: b.c.days, periods: t.counting.periods,
			source: t.source("/payments/"+escape(name), c.Clause)})
	}
	if a := t.doc.Adjustment; a != nil {
		r.adjustment = &adjustmentRule{clause: *a, rounding: rounding, periods: t.counting.periods, source: t.source("/adjustment", a.Clause)}
		if a.Rounding != nil {
			r.adjustment.rounding = a.Rounding.rule(t.source("/adjustment/rounding", a.Clause))
		}
	}
	return r
}

// law is the governing law of a version.
func (t *terms) law() Law {
	if t.doc.GoverningLaw == nil {
		return ""
	}
	return Law(t.doc.GoverningLaw.Law)
}

// rounding is the rounding of a version, for the chapters of money, which Compile
// requires it for.
func (t *terms) rounding() roundingRule {
	if t.doc.Rounding == nil {
		return roundingRule{}
	}
	return t.doc.Rounding.rule(t.source("/rounding", ""))
}

// factorCells reads a table of factors that nests depth names deep: its entries in
// the order of their keys, and what is wrong with it.
func factorCells(table any, depth int, at string) (cells []factorCell, faults Errors) {
	if depth == 0 {
		text, ok := table.(string)
		n, err := parseNumber(text)
		switch {
		case !ok || err != nil:
			faults.add(at, ErrSyntax, "%s is no factor; write a number as text, such as \"1.5\"", short(table))
		case n.Sign() < 0:
			faults.add(at, ErrInvalid, "%s; a factor is 0 or more", text)
		}
		return []factorCell{{factor: n, key: at}}, faults
	}
	rows, ok := table.(map[string]any)
	if !ok || len(rows) == 0 {
		faults.add(at, ErrSyntax, "%s; the table nests by what it goes by, and is not empty", short(table))
		return nil, faults
	}
	for _, key := range sortedKeys(rows) {
		if !isKey(key) {
			faults.add(at+"/"+escape(key), ErrSyntax, "%q; a name in a table has no comma and no colon, single spaces, and nothing that does not print", clip(key))
		}
		inner, wrong := factorCells(rows[key], depth-1, at+"/"+escape(key))
		faults = append(faults, wrong...)
		for _, c := range inner {
			c.keys = append([]string{key}, c.keys...)
			cells = append(cells, c)
		}
	}
	return cells, faults
}

// isKey reports whether a working can spell a name of a table.
func isKey(s string) bool {
	space := true // none at the start, none twice
	for _, r := range s {
		switch {
		case r == ' ' && space, r == ',', r == ':', r < ' ', r == 0x7F:
			return false
		}
		space = r == ' '
	}
	return s != "" && !space
}

// priceBook is the prices of the contract as of some notices. A question that rests on
// a price asks for the faults of the book first.
func (c *Contract) priceBook(notices []Notice) *priceBook {
	b := &priceBook{}
	for i := range c.terms {
		t := &c.terms[i]
		b.fees = append(b.fees, version[*feesRules]{t.from, t.fees})
		b.count = append(b.count, version[*counting]{t.from, &t.counting})
		if t.counting.years.first.IsValid() {
			b.years = t.counting.years
		}
		b.law = t.law()
	}
	if len(c.terms) == 0 {
		b.fees, b.count = versions[*feesRules]{{}}, versions[*counting]{{rule: new(counting)}}
	}
	type asked struct{ sent, from Date }
	known := make(map[asked]bool) // of the notices of the book: worked out once
	b.renews = func(sent, from Date) bool {
		begins, ok := known[asked{sent, from}]
		if !ok {
			begins = c.on(sent).ending.begins(from)
		}
		return begins
	}
	for _, n := range notices {
		if n.Ground == GroundRaise {
			n = c.inZone(n)
			b.notices = append(b.notices, n)
			known[asked{n.day(), n.From}] = b.renews(n.day(), n.From)
		}
	}
	return b
}

// inZone is a notice on the clock of the contract, by which its days are told.
func (c *Contract) inZone(n Notice) Notice {
	if !n.Sent.IsZero() {
		n.Sent = n.Sent.In(c.Zone())
	}
	if !n.Received.IsZero() {
		n.Received = n.Received.In(c.Zone())
	}
	return n
}
