package contract

import (
	"slices"
	"strings"
	"time"
)

// What holds between the fields of the figures of periods: attainment by groups, availability, ratios, the threshold of satisfaction.

// checkFigures checks the figures of a version.
func checkFigures(doc *Document, faults *Errors) {
	for _, name := range sortedKeys(doc.Availability) {
		checkAvailability(doc.Availability[name], "/availability/"+escape(name), faults)
	}
	if a := doc.Attainment; a != nil {
		checkCompared(a.Compared, "/attainment", faults)
		if a.GroupedBy != "" {
			checkGroups(doc, a.GroupedBy, "/attainment/groupedBy", faults)
		}
	}
	for _, name := range sortedKeys(doc.Ratios) {
		checkRatio(doc.Ratios[name], "/ratios/"+escape(name), faults)
	}
	eachPeriod(doc, func(at string, every CountPeriod) {
		if every.ofTerm() && doc.Term == nil {
			faults.add(at, ErrConflict, "%q is counted from the first day of the term; say at /term when that is", every)
		}
		if every == ServiceMonth && doc.Periods == nil && doc.Term != nil && doc.Term.From.IsValid() {
			if _, _, day := doc.Term.From.Date(); day > 28 {
				faults.add(at, ErrRequired, "%q from %v: say at /periods what holds where a month lacks the day", every, doc.Term.From)
			}
		}
	})
	if len(doc.Availability) > 0 && doc.Term == nil {
		faults.add("/term", ErrRequired, "availability is of the days of the term: say when it begins")
	}
}

// eachPeriod calls f with every place of a document that says how long a period is.
func eachPeriod(doc *Document, f func(at string, every CountPeriod)) {
	if a := doc.Attainment; a != nil {
		f("/attainment/period", a.Period)
	}
	for _, name := range sortedKeys(doc.Statistics) {
		f("/statistics/"+escape(name)+"/period", doc.Statistics[name].Period)
	}
	for _, name := range sortedKeys(doc.Availability) {
		f("/availability/"+escape(name)+"/period", doc.Availability[name].Period)
	}
	for _, name := range sortedKeys(doc.Ratios) {
		f("/ratios/"+escape(name)+"/period", doc.Ratios[name].Period)
	}
	if s := doc.Satisfaction; s != nil {
		f("/satisfaction/period", s.Period)
	}
}

// checkPeriodsMeet checks that the periods of each figure that a version changes begin
// on some day together with those before: a changed clause counts from there.
func checkPeriodsMeet(before, t *terms, faults *Errors) {
	was := make(map[string]countedBy)
	eachPeriod(before.doc, func(at string, every CountPeriod) { was[at] = before.countedBy(every) })
	eachPeriod(t.doc, func(at string, every CountPeriod) {
		now := t.countedBy(every)
		old, stood := was[at]
		if !stood || !known(every) || now.every == old.every && now.term.first == old.term.first {
			return
		}
		if _, ok := old.together(now, t.from); !ok {
			faults.add(at, ErrConflict, "%q never begins on a day on which %q does, as it was before, so that it would never count", every, old.every)
		}
	})
}

// checkGroups checks that requests have the attribute by which they are grouped.
func checkGroups(doc *Document, by, at string, faults *Errors) {
	var words []string
	for _, a := range attributesOf(doc) {
		if a.word == by && a.names != nil && len(a.names) == 0 {
			faults.add(at, ErrInvalid, "has no effect: the document names no %s", by)
		}
		words = append(words, a.word)
	}
	if !slices.Contains(words, by) {
		faults.add(at, ErrUnknown, "requests have no %q; %s", clip(by), have(words))
	}
}

// checkThreshold checks that satisfaction has the threshold of its formula, in reach, and
// is compared as such a figure can be.
func checkThreshold(s *SatisfactionClause, faults *Errors) {
	const at = "/satisfaction"
	if !known(s.Formula) {
		return
	}
	mean := s.Formula == FormulaMeanScore
	switch {
	case mean && s.AtLeast.IsStated():
		faults.add(at+"/atLeast", ErrInvalid, "has no effect: a mean score is no percentage; write /satisfaction/atLeastScore")
	case !mean && !s.AtLeast.IsStated():
		faults.add(at+"/atLeast", ErrRequired, "not stated")
	default:
		checkShare(s.AtLeast, at+"/atLeast", faults)
	}
	switch {
	case !mean && s.AtLeastScore.IsStated():
		faults.add(at+"/atLeastScore", ErrInvalid, "has no effect: %q is a percentage", s.Formula)
	case mean && !s.AtLeastScore.IsStated():
		faults.add(at+"/atLeastScore", ErrRequired, "say what the mean score is at least")
	case mean && len(s.Scores) > 0:
		most := s.Scores[sortedKeys(s.Scores)[0]]
		for _, score := range s.Scores {
			if score.Compare(most) > 0 {
				most = score
			}
		}
		if s.AtLeastScore.Compare(most) > 0 {
			faults.add(at+"/atLeastScore", ErrInvalid, "%v; no answer scores more than %v", s.AtLeastScore, most)
		}
	}
	if !mean && s.Scores != nil {
		faults.add(at+"/scores", ErrInvalid, "has no effect: %q has no scores", s.Formula)
	}
	if mean {
		if s.Compared == ComparedWhole || s.Compared == ComparedTenth || s.Compared == ComparedHundredths {
			faults.add(at+"/compared", ErrInvalid, "%q; a mean score is no percentage: write one of %s, %s, %s", s.Compared, ComparedExact, ComparedScoreTenth, ComparedScoreHundredths)
		}
		return
	}
	checkCompared(s.Compared, at, faults)
}

// checkShare checks that a percentage is one of a whole.
func checkShare(p Percent, at string, faults *Errors) {
	if hundred := MustParsePercent("100%"); p.IsStated() && (p.n.Sign() < 0 || p.Compare(hundred) > 0) {
		faults.add(at, ErrInvalid, "%v; a share lies between 0%% and 100%%", p)
	}
}

// checkCompared checks that a percentage is compared as one.
func checkCompared(c Compared, at string, faults *Errors) {
	if c.ofScore() {
		faults.add(at+"/compared", ErrInvalid, "%q; the figure is a percentage: write %q", c, c+"%")
	}
}

// neededOrIdle reports a field that is needed and not stated, or stated without effect.
func neededOrIdle(at string, faults *Errors) func(stated bool, key string, needed bool, need, idle string) {
	return func(stated bool, key string, needed bool, need, idle string) {
		switch {
		case needed && !stated:
			faults.add(at+key, ErrRequired, "%s", need)
		case !needed && stated:
			faults.add(at+key, ErrInvalid, "has no effect: %s", idle)
		}
	}
}

// checkNamed checks that what records name has a name that can be read.
func checkNamed(name, at, what string, faults *Errors) {
	if name != "" && strings.TrimSpace(name) == "" {
		faults.add(at, ErrInvalid, "%q; write what records call %s", clip(name), what)
	}
}

// checkRatio checks that a ratio has what it counts by, and no more, and one threshold.
func checkRatio(c RatioClause, at string, faults *Errors) {
	if known(c.Counts) {
		only := neededOrIdle(at, faults)
		abandoned := c.Counts == RatioAbandoned
		only(c.Value != "", "/value", !abandoned, "say by which value of a contact", "what is abandoned has no value")
		only(!c.Within.IsZero(), "/within", c.Counts == RatioWithin, "say within what time", "no time is asked for")
		only(c.Abandoned != "", "/abandoned", !abandoned, "say how a contact counts that was given up; "+oneOf(c.Abandoned), "it is the abandoned that are counted")
		if c.Counts == RatioMarked && c.Abandoned == AbandonedShortLeftOut {
			faults.add(at+"/abandoned", ErrConflict, "%q, and no time is asked for; write one of %s, %s", c.Abandoned, AbandonedLeftOut, AbandonedMissed)
		}
	}
	if !c.Within.IsZero() && !c.Within.Unit().OnClock() {
		faults.add(at+"/within", ErrConflict, "%v; the times of contacts are clock time", c.Within)
	} else if d, _ := c.Within.Duration(); !c.Within.IsZero() && d == 0 {
		faults.add(at+"/within", ErrInvalid, "%v; nothing is done within no time", c.Within)
	}
	checkNamed(c.Of, at+"/of", "the contacts", faults)
	switch {
	case c.AtLeast.IsStated() && c.AtMost.IsStated():
		faults.add(at+"/atMost", ErrConflict, "the share is at least %v, and at most %v; write one", c.AtLeast, c.AtMost)
	case !c.AtLeast.IsStated() && !c.AtMost.IsStated():
		faults.add(at+"/atLeast", ErrRequired, "say what the share is at least, or at most")
	}
	checkShare(c.AtLeast, at+"/atLeast", faults)
	checkShare(c.AtMost, at+"/atMost", faults)
	checkCompared(c.Compared, at, faults)
}

// checkAvailability checks that a clause of availability has what its words need, and
// no more, and that all its spans run on its own clock.
func checkAvailability(c AvailabilityClause, at string, faults *Errors) {
	only := neededOrIdle(at, faults)
	checkNamed(c.Of, at+"/of", "the service", faults)
	if known(c.Time) {
		only(c.Hours != "", "/hours", c.Time == AgreedServiceTime, "say the hours of which service time", "clock time runs day and night")
	}
	if known(c.Each) {
		only(!c.RoundedTo.IsZero(), "/roundedTo", c.Each != EachExact, "say to what: 1 clock minute", "each outage counts as it is")
	}
	excludes := len(c.Excluded) > 0
	only(c.ExcludedTime != "", "/excludedTime", excludes, "say whether excluded time is agreed time; "+oneOf(c.ExcludedTime), "nothing is excluded")
	only(c.Overlapping != "", "/overlapping", excludes, "say what time is that is both excluded and down; "+oneOf(c.Overlapping), "nothing is excluded")
	length := func(s Span, key, what string) {
		if s.IsZero() || !known(c.Time) {
			return
		}
		if service := c.Time == AgreedServiceTime; service && !s.Unit().OnService() || !service && !s.Unit().OnClock() {
			faults.add(at+key, ErrConflict, "%v; the agreed time is %s", s, c.Time)
		} else if d, _ := s.Duration(); d == 0 {
			faults.add(at+key, ErrInvalid, "%v; %s is longer than nothing", s, what)
		}
	}
	length(c.RoundedTo, "/roundedTo", "what is rounded to")
	if d, ok := c.RoundedTo.Duration(); ok && d > mostRoundedTo {
		faults.add(at+"/roundedTo", ErrLimit, "%v; an outage is rounded to a day at most: a longer one would be more than happened", c.RoundedTo)
	}
	length(c.Shortest, "/shortest", "an outage")
	for _, reason := range sortedKeys(c.Excluded) {
		ex, key := c.Excluded[reason], "/excluded/"+escape(reason)
		length(ex.AtMost, key+"/atMost", "what is excluded at most")
		switch u := ex.Notice.Unit(); {
		case ex.Notice.IsZero():
		case u.OnClock(), u == UnitDays, u == UnitWeeks:
			if noticeTime(ex.Notice) > mostOutage {
				faults.add(at+key+"/notice", ErrLimit, "%v; no outage is announced more than a century before it begins", ex.Notice)
			}
		default:
			faults.add(at+key+"/notice", ErrInvalid, "%v; notice is so much clock time before the outage begins, or days or weeks", ex.Notice)
		}
	}
	checkShare(c.AtLeast, at+"/atLeast", faults)
	checkCompared(c.Compared, at, faults)
}

// mostRoundedTo bounds the unit to which one outage is rounded.
const mostRoundedTo = 24 * time.Hour

// noticeTime is how long a notice is at least, on the clock, in days or in weeks; more
// than a century where it is too long to say.
func noticeTime(s Span) time.Duration {
	if d, ok := s.Duration(); ok {
		return d
	}
	n, _ := s.Count()
	if s.Unit() == UnitWeeks {
		n *= 7
	}
	return 24 * time.Hour * time.Duration(min(n, 100_000))
}
