package contract

import (
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"

	"github.com/cfd16870/contract/internal/strictjson"
)

// terms is one version of the document.
type terms struct {
	from    Date // the zero Date for the first
	label   string
	doc     *Document // without amendments
	amended []amendedPlace
	// openHours says whether clocks that run when this version comes follow its hours.
	openHours   OpenHours
	openHoursBy string // the ID of the amendment that says so

	version Version

	availability map[string]*availabilityRule

	counting  counting
	fees      *feesRules
	penalties *penaltyRules
	ending    *endingRules
}

// source is where a part of this version stands.
func (t *terms) source(pointer, clause string) source {
	return source{in: "document", pointer: pointer, clause: t.doc.Cite(clause), amended: t.amended}
}

func compile(doc *Document, ref Reference, provisional bool) (*Contract, error) {
	ref.Calendars, ref.Series = maps.Clone(ref.Calendars), maps.Clone(ref.Series)
	c := &Contract{doc: doc, ref: ref, provisional: provisional,
		schedules: make(map[string]*Schedule), days: make(map[string]*WorkingDays), targets: make(map[string]*Target)}
	// A document without faults can be written down and read again, which makes a
	// copy of its own. One that cannot has faults, which the checks find.
	own, cloning := doc.clone()
	if cloning == nil {
		c.doc = own
	}
	b := newBuilder(c)
	base := *c.doc
	base.Amendments = []Amendment{}
	c.terms = []terms{{doc: &base}}
	faults := c.check(&c.terms[0])
	faults = faults.and(b.rules(0))
	if doc.Amendments == nil {
		faults.add("/amendments", ErrRequired, "not stated; write [] for none")
	}
	faults = append(faults, checkAmendments(c.doc)...)
	if len(faults) > 0 {
		faults = append(faults, c.misfits()...)
		return nil, inOrder(faults, c.doc)
	}
	if cloning != nil {
		return nil, cloning
	}
	if faults := c.versions(b); len(faults) > 0 {
		return nil, inOrder(faults, c.doc)
	}
	if faults := b.build(); len(faults) > 0 {
		return nil, inOrder(faults, c.doc)
	}
	return c, nil
}

// check finds the faults of one version that lie in the document alone.
func (c *Contract) check(t *terms) Errors {
	faults := validate(t.doc)
	var between Errors
	checkDocument(t.doc, faults.places(), &between)
	zone, err := loadZone(t.doc.Zone)
	if err == nil {
		c.zone = zone
	} else {
		between.addErr("/zone", err)
	}
	checkTargets(t.doc, &between)
	checkCounting(t.doc, &between)
	checkFigures(t.doc, &between)
	checkPeriods(t.doc, &between)
	checkFees(t.doc, &between)
	checkPenalties(t.doc, c.ref, &between)
	checkEnding(t.doc, &between)
	return faults.and(between)
}

// versions works the amendments in, one after the other, and checks each version.
func (c *Contract) versions(b *builder) Errors {
	var faults Errors
	told := make(map[string]bool)
	for _, i := range c.doc.inOrder() {
		a := c.doc.Amendments[i]
		before := &c.terms[len(c.terms)-1]
		next, wrong := before.doc.changed(a.label(), a.Changes)
		if len(wrong) > 0 {
			faults = append(faults, wrong...)
			continue // the next may be written against it; what it finds is told then
		}
		amended := slices.Clone(before.amended)
		for _, ch := range a.Changes {
			amended = append(amended, amendedPlace{ch.At, a.label()})
		}
		t := terms{from: a.Effective, label: a.ID, doc: next, amended: amended, openHours: a.OpenHours, openHoursBy: a.ID}
		if before.from == a.Effective { // two on one day are one version
			wrong = t.join(before, a)
			c.terms = c.terms[:len(c.terms)-1]
			b.drop()
		}
		c.terms = append(c.terms, t)
		last := len(c.terms) - 1
		wrong = append(wrong, c.check(&c.terms[last]).and(b.rules(last))...)
		if last > 0 { // two amendments of one day are one version
			checkPeriodsMeet(&c.terms[last-1], &c.terms[last], &wrong)
		}
		for _, f := range wrong {
			// What an earlier amendment made wrong is its fault alone.
			if said := f.Pointer + " " + f.Msg; !told[said] {
				told[said] = true
				f.In = a.label()
				faults = append(faults, f)
			}
		}
	}
	return faults
}

// join makes one version of two amendments that take effect on one day.
func (t *terms) join(before *terms, a Amendment) Errors {
	t.label = before.label + ", " + a.ID
	switch {
	case t.openHours == "":
		t.openHours, t.openHoursBy = before.openHours, before.openHoursBy
	case before.openHours != "" && before.openHours != t.openHours:
		return Errors{{Kind: ErrConflict, Pointer: "/hours",
			Msg: fmt.Sprintf("takes effect on the day of amendment %s, and says %q of open requests where that says %q", before.openHoursBy, t.openHours, before.openHours)}}
	}
	return nil
}

// misfits finds the changes that do not fit what they find, in a document that
// has faults of its own: the amended text is not made.
func (c *Contract) misfits() Errors {
	tree, err := c.doc.tree()
	if err != nil {
		return nil
	}
	var faults Errors
	for _, i := range c.doc.inOrder() {
		a := c.doc.Amendments[i]
		faults = append(faults, changeAll(tree, a.label(), a.Changes)...)
	}
	return slices.DeleteFunc(faults, func(f *Error) bool { return f.Pointer == "" }) // the walk says so
}

// mostAmendments bounds the versions of a document, each of which is checked whole.
const mostAmendments = 500

// checkAmendments checks what amendments say of themselves.
func checkAmendments(doc *Document) Errors {
	var faults Errors
	w := newWalker(doc, &faults)
	w.value(reflect.ValueOf(doc.Amendments), "/amendments", "")
	if n := len(doc.Amendments); n > mostAmendments {
		faults.add("/amendments", ErrLimit, "%d amendments; a document has at most %d", n, mostAmendments)
		return faults
	}
	ids := make(map[string]bool)
	for i, a := range doc.Amendments {
		at := fmt.Sprintf("/amendments/%d", i)
		if ids[a.ID] {
			faults.add(at+"/id", ErrDuplicate, "amendment %q is given twice", a.ID)
		}
		ids[a.ID] = true
		if a.Signed.IsValid() && a.Signed.Before(doc.Signed) {
			faults.add(at+"/signed", ErrConflict, "signed %v, before the contract was on %v", a.Signed, doc.Signed)
		}
		if a.Effective.IsValid() && a.Signed.IsValid() && a.Effective.Before(a.Signed) && a.Transition != TransitionRetroactive {
			faults.add(at+"/effective", ErrConflict, "effective %v, before it was signed on %v; that is a transition %q", a.Effective, a.Signed, TransitionRetroactive)
		}
		if len(a.Changes) == 0 && a.Changes != nil {
			faults.add(at+"/changes", ErrRequired, "an amendment changes something")
		}
		changes := func(places ...string) bool {
			return slices.ContainsFunc(a.Changes, func(ch Change) bool {
				return slices.ContainsFunc(places, func(p string) bool { return under(ch.At, p) })
			})
		}
		hours := changes("/hours", "/workingDays")
		switch {
		case hours && a.OpenHours == "":
			faults.add(at+"/openHours", ErrRequired, "it changes hours: which do the clocks of open requests follow? %s", oneOf(a.OpenHours))
		case !hours && a.OpenHours != "":
			faults.add(at+"/openHours", ErrInvalid, "has no effect: the amendment changes neither hours nor working days")
		}
		if (hours || changes("/requests", "/targets", "/severalTargets", "/priorityChange", "/attainment", "/statistics", "/availability", "/ratios", "/satisfaction")) && known(a.Transition) && a.Transition != TransitionByEvent {
			faults.add(at+"/transition", ErrLater, "%q; for hours, requests, targets and counting this version computes %q: the day of the fact picks the terms", a.Transition, TransitionByEvent)
		}
	}
	return faults
}

// under reports whether a pointer is at or under another.
func under(pointer, at string) bool {
	return pointer == at || strings.HasPrefix(pointer, at+"/")
}

// and appends the faults of a later check, but for those at places of which an
// earlier one spoke: a value that is not stated needs no more said of it.
func (e Errors) and(later Errors) Errors {
	spoken := e.places()
	return append(e, slices.DeleteFunc(later, func(f *Error) bool { return spoken[f.Pointer] })...)
}

// places are the pointers of faults.
func (e Errors) places() map[string]bool {
	at := make(map[string]bool)
	for _, f := range e {
		at[f.Pointer] = true
	}
	return at
}

// inOrder puts faults in the order of the text: the document's chapters as it
// writes them, then each amendment.
func inOrder(faults Errors, doc *Document) Errors {
	cite(faults, doc)
	chapters := make(map[string]int)
	document := reflect.TypeFor[Document]()
	for i := range document.NumField() {
		name, _, _ := strings.Cut(document.Field(i).Tag.Get("json"), ",")
		chapters[name] = i
	}
	rank := func(f *Error) int {
		if f.In != "" {
			return len(chapters)
		}
		first, _, _ := strings.Cut(strings.TrimPrefix(f.Pointer, "/"), "/")
		return chapters[first]
	}
	slices.SortStableFunc(faults, func(a, b *Error) int { return rank(a) - rank(b) })
	return faults
}

// cite gives each fault the clause of what it lies in, as far as the document
// says it.
func cite(faults Errors, doc *Document) {
	tree, err := doc.tree()
	if err != nil {
		return
	}
	for _, f := range faults {
		if !strings.HasPrefix(f.Pointer, "/") {
			continue
		}
		for at := f.Pointer; at != "" && f.Clause == ""; at = at[:strings.LastIndexByte(at, '/')] {
			part, _ := strictjson.Resolve(tree, at)
			if m, ok := part.(map[string]any); ok {
				name, _ := m["clause"].(string)
				if _, ok := doc.Clauses[name]; ok {
					f.Clause = doc.Cite(name)
				}
			}
		}
	}
}
