package contract

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/cfd16870/contract/proof"
)

// An AvailabilityClause makes one figure a period of the outages of a service: the
// part of the agreed time in which it was not down. Outages that overlap or touch are
// one, and count once; one that runs from a period into the next counts in each with
// its own part.
type AvailabilityClause struct {
	Clause       string                     `json:"clause,omitzero" ref:"clauses"`
	Of           string                     `json:"of,omitzero"` // the service, as outages name it
	Time         AgreedTime                 `json:"time,omitzero"`
	Hours        string                     `json:"hours,omitzero" optional:"true" ref:"hours"` // of service time
	Period       CountPeriod                `json:"period,omitzero"`
	PartPeriod   PartOfPeriod               `json:"partPeriod,omitzero"`
	Each         EachOutage                 `json:"each,omitzero"`
	RoundedTo    Span                       `json:"roundedTo,omitzero" optional:"true"` // 1 clock minute
	Shortest     Span                       `json:"shortest,omitzero" optional:"true"`  // an outage that is shorter, outside what is excluded, does not count; one as long does, whole
	Excluded     map[string]ExclusionClause `json:"excluded,omitzero"`                  // by the reason of an outage: planned maintenance
	ExcludedTime ExcludedTime               `json:"excludedTime,omitzero" optional:"true"`
	Overlapping  Overlapping                `json:"overlapping,omitzero" optional:"true"`
	AtLeast      Percent                    `json:"atLeast,omitzero"`
	Compared     Compared                   `json:"compared,omitzero"`
}

// An ExclusionClause says when an outage for a reason does not count. The time beyond
// AtMost is no outage: however short it counts, and it is not in [Availability].Outages.
type ExclusionClause struct {
	Notice Span `json:"notice,omitzero" optional:"true"` // at least: clock time before it begins, or days or weeks from the day of the announcement to that on which it begins; not stated: it needs none
	AtMost Span `json:"atMost,omitzero" optional:"true"` // in a period; time beyond it counts as down, rounded as Each says in one sum
}

// AgreedTime is the time of which availability is a part.
type AgreedTime string

const (
	AgreedClockTime   AgreedTime = "clock time"   // day and night
	AgreedServiceTime AgreedTime = "service time" // of the hours named
)

// Words returns the words of the choice.
func (AgreedTime) Words() []string {
	return []string{string(AgreedClockTime), string(AgreedServiceTime)}
}

// PartOfPeriod says how a period counts of which the service does not run all days:
// the first of a term, or the last.
type PartOfPeriod string

const (
	PartOwnTime PartOfPeriod = "own time" // by the time of its days of service
	PartAsFull  PartOfPeriod = "as full"  // by the time of the whole period
	PartNone    PartOfPeriod = "none"     // it has no figure
)

// Words returns the words of the choice.
func (PartOfPeriod) Words() []string {
	return []string{string(PartOwnTime), string(PartAsFull), string(PartNone)}
}

// EachOutage says how the time of one outage counts.
type EachOutage string

const (
	EachExact         EachOutage = "exact"
	EachRoundedUp     EachOutage = "rounded up"
	EachRoundedHalfUp EachOutage = "rounded half up"
	EachRoundedDown   EachOutage = "rounded down"
)

// Words returns the words of the choice.
func (EachOutage) Words() []string {
	return []string{string(EachExact), string(EachRoundedUp), string(EachRoundedHalfUp), string(EachRoundedDown)}
}

// mode is the rounding that the word stands for, "" for none.
func (e EachOutage) mode() Rounding {
	word, _ := strings.CutPrefix(string(e), "rounded ")
	if e == EachExact {
		return ""
	}
	return Rounding(word)
}

// ExcludedTime says whether excluded time is agreed time.
type ExcludedTime string

const (
	ExcludedTakenOff ExcludedTime = "taken off the period" // the rest is the whole
	ExcludedStays    ExcludedTime = "stays in the period"  // as time in which it was not down
)

// Words returns the words of the choice.
func (ExcludedTime) Words() []string {
	return []string{string(ExcludedTakenOff), string(ExcludedStays)}
}

// Overlapping says what time is that lies both in an outage that counts and in one
// that is excluded.
type Overlapping string

const (
	OverlappingExcluded Overlapping = "excluded"
	OverlappingDown     Overlapping = "down"
)

// Words returns the words of the choice.
func (Overlapping) Words() []string {
	return []string{string(OverlappingExcluded), string(OverlappingDown)}
}

// An Outage is a record: a time in which a service was down.
type Outage struct {
	Source    string // where it was read: outages.csv:3
	ID        string
	Service   string
	From, To  time.Time // half-open; the zero To: it lasts
	Reason    string    // one that the contract excludes, or any other
	Announced time.Time // the zero time: it was not
	Recorded  time.Time // when it became known; the zero time: at once
}

// PeriodState says how a period stands to an instant.
type PeriodState uint8

const (
	PeriodNotBegun PeriodState = iota + 1 // there is no figure
	PeriodRunning                         // there is a figure at best: see AtBest
	PeriodOver
)

var periodStates = [...]string{PeriodNotBegun: "not begun", PeriodRunning: "running", PeriodOver: "over"}

// String returns the word for the state.
func (s PeriodState) String() string {
	if s == 0 || int(s) >= len(periodStates) {
		return fmt.Sprintf("PeriodState(%d)", uint8(s))
	}
	return periodStates[s]
}

// An Availability is how much of a period a service was not down, as of an instant.
// The zero Availability is none.
type Availability struct {
	Name     string // of the clause
	Period   Period
	Measured Period // the days of it on which the service ran
	State    PeriodState
	Agreed   time.Duration // of which the availability is a part
	Down     time.Duration // as it counts
	Excluded time.Duration
	Outages  int // of which part counts in the period; those that overlap or touch are one, and time beyond what is excluded at most is none

	Provisional Date // the first provisional day that the answer touches

	percent Percent
	known   bool
	down    *downtime
	asOf    time.Time
}

// Clause returns the printed number of the clause by which it is counted.
func (a Availability) Clause() string {
	if a.down == nil {
		return ""
	}
	return a.down.rule.source.clause
}

// Percent returns the availability of a period that is over, as it is compared with
// the threshold. ok is false while the period has not begun or runs, and where there
// is no figure: of a period without agreed time, or of part of one where the clause
// says so. No data is no figure, never 100 %.
func (a Availability) Percent() (p Percent, ok bool) {
	return a.percent, a.known && a.State == PeriodOver
}

// AtBest returns the availability of the period if nothing more of it is down: of one
// that is over what Percent returns. While a period runs it becomes worse by what is
// down from then on. A record that comes late makes it worse, or better too, where it
// tells of an exclusion or that an outage was over before.
func (a Availability) AtBest() (p Percent, ok bool) {
	return a.percent, a.known && a.State != PeriodNotBegun
}

// AtLeast returns the threshold.
func (a Availability) AtLeast() Percent {
	if a.down == nil {
		return Percent{}
	}
	return a.down.rule.clause.AtLeast
}

// Met reports whether the threshold is reached; ok is false where Percent has no figure.
func (a Availability) Met() (met, ok bool) {
	p, ok := a.Percent()
	return ok && p.Compare(a.AtLeast()) >= 0, ok
}

// Explain is the working of whether the threshold is reached, of a period that runs
// if nothing more of it is down; an empty one where there is no figure.
func (a Availability) Explain() *proof.Working {
	if _, ok := a.AtBest(); !ok {
		return new(proof.Working)
	}
	about := fmt.Sprintf("availability %q in %v", a.Name, a.Period)
	if a.State == PeriodRunning {
		about += ", as of " + stamp(a.asOf.In(a.down.rule.zone)) + ", if nothing more is down"
	}
	return explained(about, func(k *calc) int {
		r := a.down.rule
		is := a.down.run(k).share
		return k.reaches("reached", r.source.clause, is, k.term("availability at least", percentFigure(r.clause.AtLeast), r.source, "/atLeast")).at
	})
}

// compared tells the availability as it is compared.
func (a Availability) compared(k *calc) figure { return a.down.run(k).share }

// AvailabilityFacts are what availability is computed from.
type AvailabilityFacts struct {
	Outages []Outage  // in any order
	AsOf    time.Time // what had begun by then, and was on record, counts
	Term    Period    // the days on which the service runs; the zero Period: the term as of then, as [Contract.Term] gives it without notices
	In      Period    // the days whose periods are asked for; the zero Period: all through that of AsOf
}

// An availabilityRule is a clause of one version.
type availabilityRule struct {
	name    string
	clause  AvailabilityClause
	source  source
	by      countedBy
	zone    *time.Location
	hours   *Schedule // of service time; nil: the clock
	reasons []string  // that are excluded: those without a cap, then by name
}

func (r *availabilityRule) periods() countedBy { return r.by }

func newAvailabilityRule(name string, c AvailabilityClause, src source, by countedBy, zone *time.Location, hours *Schedule) *availabilityRule {
	r := &availabilityRule{name: name, clause: c, source: src, by: by, zone: zone, hours: hours, reasons: sortedKeys(c.Excluded)}
	slices.SortStableFunc(r.reasons, func(a, b string) int {
		capped := func(reason string) int {
			if c.Excluded[reason].AtMost.IsZero() {
				return 0
			}
			return 1
		}
		return cmp.Compare(capped(a), capped(b))
	})
	return r
}
