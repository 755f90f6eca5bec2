package contract

import "fmt"

// checkFees checks the chapter of fees: clauses 8.1 to 8.3.
func checkFees(doc *Document, faults *Errors) {
	for _, name := range sortedKeys(doc.Payments) {
		checkDue(doc.Payments[name].Due, "/payments/"+escape(name)+"/due", faults)
	}
}

// checkDue checks that a due date has one way to find it.
func checkDue(d DueClause, at string, faults *Errors) {
	ways := 0
	for _, stated := range []bool{!d.Span.IsZero(), d.LatestOf != nil, d.EarliestOf != nil} {
		if stated {
			ways++
		}
	}
	switch {
	case ways == 0:
		faults.add(at, ErrRequired, "not stated; write a span and after what, or latestOf or earliestOf several")
	case ways > 1:
		faults.add(at, ErrConflict, "write one of span, latestOf and earliestOf")
	case !d.Span.IsZero() && d.After == "":
		faults.add(at+"/after", ErrRequired, "say after what the %v are counted", d.Span)
	case d.Span.Unit() == UnitWorkingDays && d.Days == "":
		faults.add(at+"/days", ErrRequired, "say which working days")
	}
	for i, one := range d.LatestOf {
		checkDue(one, fmt.Sprintf("%s/latestOf/%d", at, i), faults)
	}
	for i, one := range d.EarliestOf {
		checkDue(one, fmt.Sprintf("%s/earliestOf/%d", at, i), faults)
	}
}
