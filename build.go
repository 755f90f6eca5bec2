package contract

import (
	"reflect"
	"slices"
)

// A builder makes the compiled parts of a contract whose versions are checked.
type builder struct {
	c      *Contract
	faults Errors
	hours  []map[string]*hoursRule // by version
	days   []map[string]*daysRule
	clocks map[*hoursRule]*hoursRule // each rule without the agreed hours that clocks do not follow
}

func newBuilder(c *Contract) *builder {
	return &builder{c: c, clocks: make(map[*hoursRule]*hoursRule)}
}

// build compiles the parts, whose rules were read version by version.
func (b *builder) build() Errors {
	hours := byDay(b.c.terms, b.hours)
	for _, name := range sortedKeys(hours) {
		s, err := newSchedule(b.c.zone, hours[name], b.c.provisional)
		b.failed("/hours/"+escape(name), err)
		b.c.schedules[name] = s
	}
	days := byDay(b.c.terms, b.days)
	for _, name := range sortedKeys(days) {
		w, err := newWorkingDays(days[name], b.c.provisional)
		b.failed("/workingDays/"+escape(name), err)
		b.c.days[name] = w
	}
	if len(b.faults) > 0 {
		return b.faults
	}
	for i := range b.c.terms {
		t := &b.c.terms[i]
		t.version = Version{From: t.from, Amendment: t.label, Digest: t.doc.Digest()}
	}
	for i := range b.c.terms {
		b.c.terms[i].counting = b.counting(i)
		targets := b.c.terms[i].doc.Targets
		for _, name := range sortedKeys(targets) {
			b.target(i, name, targets[name])
		}
	}
	for i := range b.c.terms {
		t := &b.c.terms[i]
		t.availability = b.availability(i)
		t.fees = b.fees(i)
		t.penalties = b.penalties(i)
		t.ending = b.ending(i)
	}
	// A target that a version does not have binds no request of its time.
	for _, t := range b.c.targets {
		for len(t.versions) < len(b.c.terms) {
			t.versions = append(t.versions, b.versionOf(len(t.versions), nil))
		}
	}
	return b.faults
}

func (b *builder) failed(pointer string, err error) {
	if err != nil {
		b.faults.addErr(pointer, err)
	}
}

// rules reads the hours and working days of a version. A clause that did not
// change is the rule of the version before, so that nothing is compiled twice.
func (b *builder) rules(i int) Errors {
	t := &b.c.terms[i]
	hours := make(map[string]*hoursRule)
	days := make(map[string]*daysRule)
	var faults Errors
	for _, name := range sortedKeys(t.doc.Hours) {
		clause := t.doc.Hours[name]
		src := t.source("/hours/"+escape(name), clause.Clause)
		if i > 0 {
			if old, ok := b.hours[i-1][name]; ok && reflect.DeepEqual(old.clause, clause) && old.source.clause == src.clause {
				hours[name] = old
				continue
			}
		}
		cal := b.calendar(clause.Calendar, src.pointer, &faults)
		if rule := newHoursRule(clause, cal, src, &faults); cal != nil {
			hours[name] = rule
		}
	}
	for _, name := range sortedKeys(t.doc.WorkingDays) {
		clause := t.doc.WorkingDays[name]
		src := t.source("/workingDays/"+escape(name), clause.Clause)
		if i > 0 {
			if old, ok := b.days[i-1][name]; ok && old.clause == clause && old.source.clause == src.clause {
				days[name] = old
				continue
			}
		}
		cal := b.calendar(clause.Calendar, src.pointer, &faults)
		if rule := newDaysRule(clause, cal, src, &faults); cal != nil {
			days[name] = rule
		}
	}
	b.hours, b.days = append(b.hours, hours), append(b.days, days)
	return faults
}

// drop forgets the last version, which another of the same day replaces.
func (b *builder) drop() {
	b.hours, b.days = b.hours[:len(b.hours)-1], b.days[:len(b.days)-1]
}

func (b *builder) calendar(name, pointer string, faults *Errors) *Calendar {
	cal := b.c.ref.Calendars[name]
	switch {
	case cal == nil:
		faults.add(pointer+"/calendar", ErrUnknown, "no calendar %q among the reference data given; %s", clip(name), have(sortedKeys(b.c.ref.Calendars)))
	case cal.Name() != name:
		faults.add(pointer+"/calendar", ErrConflict, "the calendar given as %q is the calendar %q", name, cal.Name())
	}
	return cal
}

// byDay puts the rules of all versions together by name, each in force from the
// day of its version. A name that an amendment adds counts as if it had stood
// from the beginning, one that is struck out as if it stood on: nothing that was
// received outside its time asks for it.
func byDay[R comparable](all []terms, rules []map[string]R) map[string]versions[R] {
	list := make(map[string]versions[R])
	for i := range all {
		for name, rule := range rules[i] {
			v := list[name]
			switch {
			case len(v) == 0:
				v = versions[R]{{rule: rule}}
			case v[len(v)-1].rule != rule:
				v = append(v, version[R]{all[i].from, rule})
			}
			list[name] = v
		}
	}
	return list
}

// forOpen puts together the rules that the clock of a request follows which was
// received under version i: its own, and those of later amendments that open
// requests follow.
func forOpen[R comparable](all []terms, rules []map[string]R, i int, name string) versions[R] {
	v := versions[R]{{rule: rules[i][name]}}
	for k := i + 1; k < len(all); k++ {
		rule, stands := rules[k][name]
		changed := rule != rules[k-1][name] // by this amendment, whose word it is
		if stands && changed && all[k].openHours == OpenHoursFollow {
			v = append(v, version[R]{all[k].from, rule})
		}
	}
	return v
}

// schedule returns the hours for clocks of requests received under version i.
func (b *builder) schedule(i int, name, pointer string) *Schedule {
	if name == "" {
		return nil
	}
	return b.clocked(forOpen(b.c.terms, b.hours, i, name), pointer)
}

// clocked returns hours without the agreed ones that clocks do not follow.
func (b *builder) clocked(v versions[*hoursRule], pointer string) *Schedule {
	for k := range v {
		clock, ok := b.clocks[v[k].rule]
		if !ok {
			clock = v[k].rule.forTargets()
			b.clocks[v[k].rule] = clock
		}
		v[k].rule = clock
	}
	s, err := newSchedule(b.c.zone, v, b.c.provisional)
	b.failed(pointer, err)
	return s
}

func (b *builder) target(i int, name string, clause TargetClause) {
	at := "/targets/" + escape(name)
	r := &targetRule{name: name, clause: clause, zone: b.c.zone, guesses: b.c.provisional, terms: b.c.terms[i].version, source: b.c.terms[i].source(at, clause.Clause)}
	if q := b.c.terms[i].doc.Requests; q != nil {
		r.skew, _ = q.ClockSkew.Duration()
	}
	change := b.c.terms[i].doc.PriorityChange
	r.firstPriority = change == PriorityStands || change == ""
	b.clock(i, r, at)
	r.shift = b.schedule(i, clause.Start.Hours, at+"/start/hours")
	r.roll = b.schedule(i, clause.Roll.Hours, at+"/roll/hours")
	r.overrun = b.schedule(i, clause.OverrunHours, at+"/overrunHours")
	r.pausable = make(map[string]bool, len(clause.Pauses.Reasons))
	for _, reason := range clause.Pauses.Reasons {
		r.pausable[reason] = true
	}
	r.plain = newPlainRule(r)
	if clause.Extension != nil {
		b.extension(i, r, at+"/extension")
	}
	t, ok := b.c.targets[name]
	if !ok {
		t = &Target{name: name, zone: b.c.zone}
		b.c.targets[name] = t
	}
	for len(t.versions) < i {
		t.versions = append(t.versions, b.versionOf(len(t.versions), nil))
	}
	t.versions = append(t.versions, b.versionOf(i, r))
}

// availability compiles the clauses of a version that make figures of outages.
func (b *builder) availability(i int) map[string]*availabilityRule {
	t := &b.c.terms[i]
	rules := make(map[string]*availabilityRule, len(t.doc.Availability))
	for _, name := range sortedKeys(t.doc.Availability) {
		c, at := t.doc.Availability[name], "/availability/"+escape(name)
		var hours *Schedule
		if c.Hours != "" { // day by day, as the terms of the day have them
			hours = b.clocked(slices.Clone(byDay(b.c.terms, b.hours)[c.Hours]), at+"/hours")
		}
		rules[name] = newAvailabilityRule(name, c, t.source(at, c.Clause), t.countedBy(c.Period), b.c.zone, hours)
	}
	return rules
}

// clock makes what the span of a rule runs on.
func (b *builder) clock(i int, r *targetRule, at string) {
	clause, err := &r.clause, error(nil)
	r.length, _ = clause.Within.Duration()
	r.count, _ = clause.Within.Count()
	r.clock = b.schedule(i, clause.Clock.Hours, at+"/clock/hours")
	r.days, r.periods = nil, nil
	switch unit := clause.Within.Unit(); {
	case unit == UnitWorkingDays:
		r.days, err = newWorkingDays(forOpen(b.c.terms, b.days, i, clause.Clock.Days), b.c.provisional)
		b.failed(at+"/clock/days", err)
		if skips := clause.Pauses.OnDays == SkipWhollyPaused || clause.Pauses.OnDays == SkipTouched; skips && r.clock != nil {
			r.forward = forwardDays(r.zone, r.clock.line.days)
		}
	case unit > UnitWorkingDays:
		// Open requests keep the rest days of their terms, or follow the new ones, as
		// they do those of working days.
		p := *b.c.terms[i].counting.periods
		p.days, err = newWorkingDays(forOpen(b.c.terms, b.days, i, p.clause.Days), b.c.provisional)
		b.failed("/periods/days", err)
		r.periods = &p
	}
	b.standIn(r, at)
}

// extension makes the rule of the time that a target may be granted.
func (b *builder) extension(i int, r *targetRule, at string) {
	e := r.clause.Extension
	x := *r
	x.clause.Within, x.clause.Clock, x.clause.Start = e.Within, e.Clock, StartClause{Event: r.clause.Start.Event}
	x.shift, x.plain, x.extends, r.extension = nil, plainRule{}, r, &x
	name := e.Clause
	if name == "" {
		name = r.clause.Clause
	}
	x.source = b.c.terms[i].source(at, name)
	b.clock(i, &x, at)
}

// standIn checks that a working day without a window has hours to end by, in every
// version of the hours that the clock may follow.
func (b *builder) standIn(r *targetRule, at string) {
	var ends versions[*daysRule]
	switch {
	case r.clock == nil:
	case r.days != nil:
		ends = r.days.parts
	case r.periods != nil && r.clause.Clock.Ends == EndsAtClosing:
		ends = r.periods.days.parts
	}
	for _, d := range ends {
		for _, h := range r.clock.parts {
			for rule := range h.rule.every() {
				if len(d.rule.end.spans(rule.week)) == 0 {
					b.faults.add(at+"/clock", ErrConflict, "a working day without a window %s, on which the hours %q have none from %v on (%s)",
						d.rule.clause.WithoutWindow, r.clause.Clock.Hours, h.from, rule.weekAt)
				}
			}
		}
	}
}

func (b *builder) versionOf(i int, r *targetRule) targetVersion {
	from := b.c.terms[i].from
	return targetVersion{from: from, start: from.StartIn(b.c.zone).Unix(), rule: r}
}
