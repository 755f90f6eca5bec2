package contract

// checkEnding checks the chapter of the term and its ending: contents 8, 13.3.
func checkEnding(doc *Document, faults *Errors) {
	if t := doc.Term; t != nil {
		switch {
		case t.Through.IsValid() && !t.For.IsZero():
			faults.add("/term/for", ErrConflict, "the term has a last day, %v, and a length, %v; say one", t.Through, t.For)
		case !t.Through.IsValid() && t.For.IsZero():
			faults.add("/term/through", ErrRequired, "say the last day of the term, or its length with for")
		case !t.For.IsZero() && t.For.n == 0:
			faults.add("/term/for", ErrInvalid, "%v is no term", t.For)
		case t.Through == Date{maxDate}:
			faults.add("/term/through", ErrRange, "no day follows %v; a term ends before it", t.Through)
		case t.Through.IsValid() && t.Through.Before(t.From):
			faults.add("/term/through", ErrConflict, "the term ends on %v, before it begins on %v", t.Through, t.From)
		}
	}
}
