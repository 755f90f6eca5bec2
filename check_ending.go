package contract

import "fmt"

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
		case !t.For.IsZero() && t.For.Unit() < UnitDays:
			faults.add("/term/for", ErrInvalid, "%v; a term counts days, weeks, months or years", t.For)
		case !t.For.IsZero():
			needPeriods(doc, "/term/for", faults)
		case t.Through == Date{maxDate}:
			faults.add("/term/through", ErrRange, "no day follows %v; a term ends before it", t.Through)
		case t.Through.IsValid() && t.Through.Before(t.From):
			faults.add("/term/through", ErrConflict, "the term ends on %v, before it begins on %v", t.Through, t.From)
		}
	}
	checkRenewal(doc, faults)
	if s := doc.Suspension; s != nil {
		if known(s.When) && s.When != WhenPaymentOverdue {
			faults.add("/suspension/when", ErrLater, "%q; this version computes a suspension for %q", s.When, WhenPaymentOverdue)
		}
		if s.Fees == FeesStop {
			faults.add("/suspension/fees", ErrLater, "%q; this version computes fees that %q", s.Fees, FeesGoOn)
		}
		if s.Term == TermExtended {
			faults.add("/suspension/term", ErrLater, "%q; this version computes a term that is %q", s.Term, TermUnchanged)
		}
		needPeriods(doc, "/suspension/after", faults)
	}
	for _, name := range sortedKeys(doc.Endings) {
		checkEndingOf(doc, doc.Endings[name], "/endings/"+escape(name), faults)
		if name == GroundRaise || name == GroundNoRenewal || name == GroundSetOff || name == GroundCured || name == suspensionName {
			faults.add("/endings/"+escape(name), ErrConflict, "%q is what a notice on another ground says; give the ending another name", name)
		}
		if _, ok := doc.Breach[name]; ok {
			faults.add("/endings/"+escape(name), ErrConflict, "a penalty has the name %q too: a notice on it would mean both", name)
		}
	}
	if s := doc.Settlement; s != nil {
		if doc.Term == nil && len(s.Refund.Of) > 0 {
			faults.add("/settlement/refund", ErrConflict, "there is no term, and so no contract year of which days are unused: say it at /term")
		}
		for i, name := range s.Refund.Of {
			if item, ok := feeItem(doc, name); ok && known(item.Charge) && known(item.Per) && (item.Charge != ChargeFlat || item.Per != PerContractYear) {
				faults.add(fmt.Sprintf("/settlement/refund/of/%d", i), ErrConflict, "%q is not paid for a contract year: nothing of it is unused", clip(name))
			}
		}
		if doc.Rounding == nil && doc.Fees == nil {
			faults.add("/rounding", ErrRequired, "there is a settlement: say how amounts are rounded, and where")
		}
	}
	for _, name := range sortedKeys(doc.Survival) {
		at := "/survival/" + escape(name) + "/for"
		span, err := doc.Survival[name].For.span()
		switch {
		case err != nil && doc.Survival[name].For != "":
			faults.addErr(at, err)
		case err == nil && !span.IsZero():
			needPeriods(doc, at, faults)
		}
	}
}

// checkRenewal checks what a renewal needs.
func checkRenewal(doc *Document, faults *Errors) {
	r := doc.Renewal
	if r == nil || !known(r.Mode) {
		return
	}
	if doc.Term == nil {
		faults.add("/renewal", ErrConflict, "no term that could renew")
	}
	only := func(stated bool, key, why string) {
		automatic := r.Mode == RenewsAutomatically
		switch {
		case automatic && !stated:
			faults.add("/renewal"+key, ErrRequired, "%q: say %s", r.Mode, why)
		case !automatic && stated:
			faults.add("/renewal"+key, ErrInvalid, "has no effect: the term does not renew")
		}
	}
	only(!r.For.IsZero(), "/for", "for how long")
	only(r.Unless != nil, "/unless", "which notice prevents it")
	only(r.Times != "", "/times", "how often, or \""+string(RenewalsUnlimited)+"\"")
	only(r.Price != "", "/price", "at what price; "+oneOf(r.Price))
	if !r.For.IsZero() && (r.For.Unit() < UnitDays || r.For.n == 0) {
		faults.add("/renewal/for", ErrInvalid, "%v; a renewal counts days, weeks, months or years, one at least", r.For)
	}
	if r.Times != "" {
		if _, err := r.Times.count(); err != nil {
			faults.addErr("/renewal/times", err)
		}
	}
	if r.Price == PriceUnchanged && doc.Adjustment != nil && doc.Adjustment.Mode == AdjustByNotice {
		faults.add("/renewal/price", ErrConflict, "%q, and a notice may adjust it", r.Price)
	}
	if u := r.Unless; u != nil {
		checkLimit(doc, u, "/renewal/unless", []string{beforeLastDay, beforeRenewal}, faults)
		if u.After != "" {
			faults.add("/renewal/unless/after", ErrInvalid, "%q; the notice comes before the term ends: write before", clip(u.After))
		}
		if u.By == "" {
			faults.add("/renewal/unless/by", ErrRequired, "say who may give it; %s", oneOf(u.By))
		}
		if u.Must == "" {
			faults.add("/renewal/unless/must", ErrRequired, "say what a notice has to do in time; %s", oneOf(u.Must))
		}
		if u.Late != lateRenews {
			faults.add("/renewal/unless/late", ErrRequired, "say what a late notice does; write %q: the term renews all the same", lateRenews)
		}
	}
}

// checkEndingOf checks what a ground needs.
func checkEndingOf(doc *Document, e EndingClause, at string, faults *Errors) {
	if !known(e.When) {
		return // the walk over the document says so
	}
	only := func(stated bool, key string, needed bool, why string) {
		switch {
		case needed && !stated:
			faults.add(at+key, ErrRequired, "%q: say %s", e.When, why)
		case !needed && stated:
			faults.add(at+key, ErrInvalid, "has no effect on the ground %q", e.When)
		}
	}
	lasting := e.When == WhenPaymentOverdue || e.When == WhenForceMajeure
	only(!e.After.IsZero(), "/after", lasting, "after how long; write it as more than 60 days")
	only(e.Days != "", "/days", e.When == WhenForceMajeure, "how its days add up; "+oneOf(e.Days))
	only(e.Cure != nil, "/cure", e.When == WhenMaterialBreach, "how long the breach can be cured")
	only(e.Notice != nil, "/notice", e.When == WhenAtWill, "how long before the end the notice is given")
	only(e.Lapses != "", "/lapses", lasting || e.When == WhenMaterialBreach, "how the right lapses; "+oneOf(e.Lapses))
	if lasting {
		needPeriods(doc, at+"/after", faults)
	}
	for _, l := range []struct {
		key   string
		limit *Limit
	}{{"/cure", e.Cure}, {"/notice", e.Notice}} {
		checkLimit(doc, l.limit, at+l.key, []string{afterNotice}, faults)
		if l.limit != nil && l.limit.Must != "" {
			faults.add(at+l.key+"/must", ErrInvalid, "has no effect: it is counted from the notice")
		}
		if l.limit != nil && l.limit.Late != "" {
			faults.add(at+l.key+"/late", ErrInvalid, "has no effect: nothing is late here")
		}
	}
	if e.By == Both && e.When != WhenAgreement || e.By != Both && e.When == WhenAgreement {
		faults.add(at+"/by", ErrConflict, "%q by %s: both agree, and every other right is of one side or of either", e.When, e.By)
	}
}
