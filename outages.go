package contract

import (
	"cmp"
	"fmt"
	"slices"
	"time"
)

// mostOutage bounds the length of one outage: a century.
const mostOutage = 100 * 366 * 24 * time.Hour

// mostFigures bounds how many periods are answered at once.
const mostFigures = 10_000

// Availability returns how much of each period a service was not down, by every clause,
// in order of period and name: of the periods from the first day of the term through
// that of AsOf, one that runs included, or of those that are asked for. A clause that
// comes within a period makes it a part of one.
//
// The order of the outages makes no difference. A fault of one of them is an error, with
// all others, and there is no figure: it would be too good. A period whose hours are not
// published is an error too (ErrRange), beside the others. A contract without such a
// clause is ErrSilent.
func (c *Contract) Availability(f AvailabilityFacts) ([]Availability, error) {
	rules, services := c.availabilityRules()
	if len(rules) == 0 {
		return nil, silent(c.on(Date{maxDate}).law(), "/availability", "no clause makes a figure of outages")
	}
	faults := checkOutages(f.Outages, f.AsOf, services)
	if f.AsOf.IsZero() {
		faults.add("asOf", ErrRequired, "say as of which instant")
	}
	for _, days := range []struct {
		key string
		Period
	}{{"term", f.Term}, {"in", f.In}} {
		if days.Period != (Period{}) && !days.IsValid() {
			faults.add(days.key, ErrInvalid, "no day lies from %v until %v; only the zero Period is not stated", days.From, days.Until)
		}
	}
	if err := faults.orNil(); err != nil {
		return nil, err
	}
	run := outageRun{c: c, asOf: f.AsOf, outages: slices.Clone(f.Outages), served: f.Term, in: f.In}
	day := DateOf(f.AsOf.In(c.Zone()))
	if !run.served.IsValid() {
		term, err := c.Term(LifeFacts{}, day)
		if err != nil {
			return nil, err
		}
		run.served = term.Period
	}
	if !run.in.IsValid() {
		run.in = Period{run.served.From, day.AddDays(1)}
		if !run.in.IsValid() {
			run.in = Through(run.served.From, run.served.From)
		}
	}
	var list []Availability
	for _, name := range sortedKeys(rules) {
		list = append(list, run.of(name, rules[name])...)
	}
	slices.SortStableFunc(list, func(a, b Availability) int {
		return cmp.Or(a.Period.compare(b.Period), cmp.Compare(a.Name, b.Name))
	})
	return list, run.faults.orNil()
}

// availabilityRules returns the clauses of all versions by name, and the services that
// they are of.
func (c *Contract) availabilityRules() (rules map[string]versions[*availabilityRule], services []string) {
	rules = make(map[string]versions[*availabilityRule])
	of := make(map[string]bool)
	for i := range c.terms {
		for name, r := range c.terms[i].availability {
			of[r.clause.Of] = true
			rules[name], _ = rulesOf(c.terms, func(t *terms) *availabilityRule { return t.availability[name] })
		}
	}
	return rules, sortedKeys(of)
}

// checkOutages finds all that is wrong with records of outages.
func checkOutages(outages []Outage, asOf time.Time, services []string) (faults Errors) {
	bad := func(o *Outage, pointer string, kind error, format string, args ...any) {
		faults = append(faults, &Error{In: o.Source, Pointer: pointer, Kind: kind, Msg: fmt.Sprintf(format, args...)})
	}
	seen := make(map[string]bool, len(outages))
	for i := range outages {
		o := &outages[i]
		switch {
		case o.ID == "":
			bad(o, "id", ErrRequired, "an outage has an id: without one, a row that is there twice is not found")
		case seen[o.ID]:
			bad(o, "id", ErrDuplicate, "outage %q is there twice", clip(o.ID))
		}
		seen[o.ID] = true
		if !slices.Contains(services, o.Service) {
			bad(o, "service", ErrUnknown, "no clause is of the service %q; %s", clip(o.Service), have(services))
		}
		switch {
		case o.From.IsZero():
			bad(o, "from", ErrRequired, "say when the outage began")
		case !o.To.IsZero() && o.To.Before(o.From):
			bad(o, "to", ErrInvalid, "ended %s, before it began %s", stamp(o.To), stamp(o.From))
		case !o.To.IsZero() && o.To.Sub(o.From) > mostOutage, o.To.IsZero() && asOf.Sub(o.From) > mostOutage:
			bad(o, "to", ErrLimit, "lasts longer than a century")
		case !o.Announced.IsZero() && o.From.Sub(o.Announced) > mostOutage:
			bad(o, "announced", ErrLimit, "announced more than a century before it began")
		}
	}
	return faults
}

// An outageRun answers one question of availability.
type outageRun struct {
	c          *Contract
	asOf       time.Time
	outages    []Outage
	served, in Period
	faults     Errors
}

// of returns the periods of one clause.
func (q *outageRun) of(name string, rules versions[*availabilityRule]) (list []Availability) {
	since := q.served.From // the first day that the clause measures
	logs := make(map[*availabilityRule]downLog)
	asked := 0
	for day := since; day.Before(q.served.Until) && day.Before(q.in.Until); {
		rule, p := ruleOfPeriod(rules, day, (*availabilityRule).periods)
		if rule == nil {
			i := slices.IndexFunc(rules, func(v version[*availabilityRule]) bool { return v.rule != nil && v.from.After(day) })
			if i < 0 {
				break
			}
			day, since = rules[i].from, rules[i].from
			continue
		}
		if !p.IsValid() || !p.Until.After(day) { // before the first day of the term
			if day = rule.by.term.first; day.After(since) {
				since = day
				continue
			}
			break
		}
		day = p.Until
		if !p.Until.After(q.in.From) {
			continue
		}
		if asked++; asked > mostFigures {
			q.faults.add("in", ErrLimit, "more than %d periods", mostFigures)
			break
		}
		log, ok := logs[rule]
		if !ok {
			log = rule.log(q.outages, q.asOf)
			logs[rule] = log
		}
		a, err := q.period(rule, p, Period{since, q.served.Until}, log)
		if err != nil {
			q.faults.addErr("/availability/"+escape(name), fmt.Errorf("%v: %w", p, err))
			continue
		}
		list = append(list, a)
	}
	return list
}

// period is the figure of one period.
func (q *outageRun) period(r *availabilityRule, p, served Period, log downLog) (Availability, error) {
	d := newDowntime(r, p, served, log)
	a := Availability{Name: r.name, Period: p, Measured: d.measured(), State: PeriodOver, down: d, asOf: q.asOf}
	switch {
	case q.asOf.Before(d.from):
		a.State = PeriodNotBegun
		return a, nil
	case q.asOf.Before(d.to):
		a.State = PeriodRunning
	}
	k := new(calc)
	s := d.run(k)
	if k.err != nil {
		return a, k.err
	}
	for _, f := range []struct {
		figure
		to *time.Duration
	}{{s.agreed, &a.Agreed}, {s.down, &a.Down}, {s.excluded, &a.Excluded}} {
		n, ok := f.n.Int64()
		if !ok {
			return a, fmt.Errorf("it comes to more than the 292 years that an elapsed time can say: %w", ErrLimit)
		}
		*f.to = time.Duration(n)
	}
	a.Outages = s.outages
	a.percent, a.known = s.share.percent(), !s.none && (r.clause.PartPeriod != PartNone || a.Measured == p)
	if r.hours != nil {
		a.Provisional = r.hours.ProvisionalFrom(d.to)
	}
	return a, nil
}
