package contract

import (
	"fmt"
	"slices"

	"github.com/cfd16870/contract/internal/strictjson"
)

// What must hold between the fields of a document, chapter by chapter. These
// checks run on a document whose single fields are in order.

// checkDocument checks what the document says of itself. That nothing stands at a
// place is not told again where it is known to be faulty.
func checkDocument(doc *Document, faulty map[string]bool, faults *Errors) {
	if doc.Currency != "" {
		if _, err := currencyDigits(doc.Currency); err != nil {
			faults.addErr("/currency", err)
		}
	}
	for _, name := range sortedKeys(doc.Clauses) {
		if c := doc.Clauses[name]; c.Body == "" && c.Contents == "" && c.Source != ClauseSupplied {
			faults.add("/clauses/"+escape(name), ErrRequired, "give the number in the body, in the contents, or both")
		}
	}
	for _, role := range []Role{Customer, Provider} {
		if _, ok := doc.Parties[role]; doc.Parties != nil && !ok {
			faults.add("/parties", ErrRequired, "say who is the %s", role)
		}
	}
	for _, role := range sortedKeys(doc.Parties) {
		if role == Either || role == Both {
			faults.add("/parties/"+string(role), ErrInvalid, "a party is the %s or the %s", Customer, Provider)
		}
	}
	for _, name := range sortedKeys(doc.Hours) {
		// A schedule made by hand may have such hours; a document says what it means.
		var unread Errors
		h := doc.Hours[name]
		week := parseWeek(h.Week, "", &unread)
		as := h.MakeupDays.weekday()
		if as >= 0 && len(unread) == 0 && len(week[as]) == 0 {
			faults.add("/hours/"+escape(name)+"/makeupDays", ErrConflict, "%q, and %s has no window; write %q where make-up days are closed", h.MakeupDays, weekdays[as], MakeupClosed)
		}
		for _, season := range sortedKeys(h.Seasons) {
			week := parseWeek(h.Seasons[season].Week, "", &unread)
			if as >= 0 && len(unread) == 0 && week.opens() && len(week[as]) == 0 {
				faults.add("/hours/"+escape(name)+"/seasons/"+escape(season)+"/week", ErrConflict, "make-up days are %q, and %s has no window in the season", h.MakeupDays, weekdays[as])
			}
		}
	}
	tree, err := doc.tree()
	if err != nil {
		return // a field that cannot be written down is found where it stands
	}
	stands := func(at, pointer string) {
		if _, ok := strictjson.Resolve(tree, pointer); !ok && !faulty[pointer] {
			faults.add(at, ErrUnknown, "nothing stands at %q", clip(pointer))
		}
	}
	for i, r := range doc.Readings {
		stands(fmt.Sprintf("/readings/%d/at", i), r.At)
	}
	for i, r := range doc.Completed {
		stands(fmt.Sprintf("/completed/%d/at", i), r.At)
	}
}

// An attribute is one by which targets choose requests.
type attribute struct {
	word  string
	names []string // nil: any
}

// attributes are those that a selector has, with the names that the document
// lists for each.
func (t *terms) attributes() []attribute { return attributesOf(t.doc) }

func attributesOf(doc *Document) []attribute {
	list := []attribute{{"channel", nil}, {"category", nil}, {"priority", nil}, {"item", nil}}
	if r := doc.Requests; r != nil {
		list[0].names, list[1].names, list[2].names = nonNil(sortedKeys(r.Channels)), nonNil(sortedKeys(r.Categories)), nonNil(sortedKeys(r.Priorities))
		for _, word := range sortedKeys(r.Attributes) {
			list = append(list, attribute{word, nonNil(sortedKeys(r.Attributes[word]))})
		}
	}
	return list
}

// has reports whether an attribute has a name: any, where the document names none.
func (t *terms) has(word, name string) bool {
	return slices.ContainsFunc(t.attributes(), func(a attribute) bool { return a.word == word && (a.names == nil || slices.Contains(a.names, name)) })
}

func nonNil(names []string) []string {
	if names == nil {
		return []string{}
	}
	return names
}

// checkTargets checks each target: which of its fields have an effect follows
// from the unit of its span.
func checkTargets(doc *Document, faults *Errors) {
	for _, name := range sortedKeys(doc.Targets) {
		c := targetCheck{doc.Targets[name], "/targets/" + escape(name), faults}
		c.chooses(doc)
		c.stop()
		if c.Within.IsZero() {
			continue // which of the rest has an effect follows from its unit
		}
		c.clock(doc)
		c.start()
		c.pauses()
		c.warnings()
		if c.Extension != nil {
			c.extension(doc)
		}
	}
	checkRequests(doc, faults)
	if len(doc.Targets) > 1 && doc.SeveralTargets == "" {
		faults.add("/severalTargets", ErrRequired, "there are several targets; which bind a request that several fit? %s", oneOf(doc.SeveralTargets))
	}
}

// checkRequests checks by what requests are told apart, and what a change of it does.
func checkRequests(doc *Document, faults *Errors) {
	byPriority := false
	for _, t := range doc.Targets {
		_, by := t.For["priority"]
		byPriority = byPriority || by
	}
	changes := byPriority && doc.Requests != nil && len(doc.Requests.Priorities) > 1
	switch {
	case changes && doc.PriorityChange == "":
		faults.add("/priorityChange", ErrRequired, "targets choose by priority; which bind a request whose priority changes? %s", oneOf(doc.PriorityChange))
	case !changes && doc.PriorityChange != "":
		faults.add("/priorityChange", ErrInvalid, "has no effect: no target chooses between priorities")
	}
	if doc.Requests == nil {
		return
	}
	for _, word := range sortedKeys(doc.Requests.Attributes) {
		at := "/requests/attributes/" + escape(word)
		switch word {
		case "channel", "category", "priority", "item":
			faults.add(at, ErrDuplicate, "every request has a %s", word)
		default:
			if len(doc.Requests.Attributes[word]) == 0 {
				faults.add(at, ErrRequired, "say which there are")
			}
		}
	}
	if skew := doc.Requests.ClockSkew; !skew.IsZero() {
		if d, ok := skew.Duration(); !ok || d == 0 || !skew.Unit().OnClock() {
			faults.add("/requests/clockSkew", ErrInvalid, "%v; write how far the clocks of records may lie apart: 2 clock minutes", skew)
		}
	}
}

type targetCheck struct {
	TargetClause
	at     string
	faults *Errors
}

func (c targetCheck) need(stated bool, key, why string) {
	if !stated {
		c.faults.add(c.at+key, ErrRequired, "%s", why)
	}
}

// idle refuses what has no effect: it would be read as if it had one.
func (c targetCheck) idle(stated bool, key, why string) {
	if stated {
		c.faults.add(c.at+key, ErrInvalid, "has no effect: %s", why)
	}
}

func (c targetCheck) chooses(doc *Document) {
	attributes := attributesOf(doc)
	words := make([]string, len(attributes))
	for i, a := range attributes {
		words[i] = a.word
	}
	for _, word := range sortedKeys(c.For) {
		at := c.at + "/for/" + escape(word)
		i := slices.Index(words, word)
		if i < 0 {
			c.faults.add(at, ErrUnknown, "requests have no %q; %s", clip(word), have(words))
			continue
		}
		if len(c.For[word]) == 0 {
			c.faults.add(at, ErrInvalid, "fits no request; leave %q out to fit any", word)
		}
		for j, name := range c.For[word] {
			if names := attributes[i].names; names != nil && !slices.Contains(names, name) {
				c.faults.add(fmt.Sprintf("%s/%d", at, j), ErrUnknown, "no %s %q; %s", word, clip(name), have(names))
			}
		}
	}
}

// mostGiven is how much time a target gives at most: in all of them, with what it is
// late, a number of nanoseconds has room.
var mostGiven = map[Unit]int{UnitDays: 36500, UnitWeeks: 5200, UnitMonths: 1200, UnitYears: 100}

func (c targetCheck) clock(doc *Document) {
	unit := c.Within.Unit()
	if n, ok := c.Within.Count(); ok && n == 0 {
		c.faults.add(c.at+"/within", ErrInvalid, "%v is no time to do anything in", c.Within)
	}
	if d, ok := c.Within.Duration(); ok && d == 0 {
		c.faults.add(c.at+"/within", ErrInvalid, "%v is no time to do anything in", c.Within)
	}
	switch {
	case unit.OnClock():
		c.idle(c.Clock.Hours != "", "/clock/hours", "clock time runs day and night; for service time write \"service hours\"")
		c.idle(c.Clock.Days != "", "/clock/days", "the span is in hours")
		c.idle(c.Clock.Ends != "", "/clock/ends", "the span ends when its time has passed")
	case unit.OnService():
		c.need(c.Clock.Hours != "", "/clock/hours", "say which hours the service time is of; "+have(sortedKeys(doc.Hours)))
		c.idle(c.Clock.Days != "", "/clock/days", "the span is in hours")
		c.idle(c.Clock.Ends != "", "/clock/ends", "the span ends when its time has passed")
	case unit == UnitWorkingDays:
		c.need(c.Clock.Days != "", "/clock/days", "say which working days; "+have(sortedKeys(doc.WorkingDays)))
		c.need(c.Clock.Ends != "", "/clock/ends", "say where the last day ends; "+oneOf(c.Clock.Ends))
		c.need(c.Clock.Ends != EndsAtClosing || c.Clock.Hours != "", "/clock/hours", "say whose closing ends the last day; "+have(sortedKeys(doc.Hours)))
		if c.Clock.Hours != "" {
			closesAs(doc, c.Clock.Days, c.Clock.Hours, c.faults)
		}
	default:
		c.idle(c.Clock.Days != "", "/clock/days", "days, weeks, months and years are counted as the clause of periods says")
		c.need(c.Clock.Ends != "", "/clock/ends", "say where the last day ends; "+oneOf(c.Clock.Ends))
		c.need(c.Clock.Ends != EndsAtClosing || c.Clock.Hours != "", "/clock/hours", "say whose closing ends the last day; "+have(sortedKeys(doc.Hours)))
		needPeriods(doc, c.at+"/within", c.faults)
		if n, _ := c.Within.Count(); n > mostGiven[unit] {
			c.faults.add(c.at+"/within", ErrLimit, "%v; a target gives at most %d %v", c.Within, mostGiven[unit], unit)
		}
		if p := doc.Periods; p != nil && c.Clock.Ends == EndsAtClosing {
			closesAs(doc, p.Days, c.Clock.Hours, c.faults)
		}
	}
	told := c.Clock.Hours != "" && (c.Extension == nil || c.Extension.Clock.Hours != "")
	c.idle(c.OverrunHours != "" && told, "/overrunHours", "an overrun is told in the hours of the clock")
	switch c.Roll.To {
	case RollNextOpening, RollCloseOfDay:
		c.need(c.Roll.Hours != "", "/roll/hours", "say which hours open next; "+have(sortedKeys(doc.Hours)))
	case RollNone:
		c.idle(c.Roll.Hours != "", "/roll/hours", "the deadline does not roll")
	}
}

// closesAs checks that a weekday by which a working day without a window ends has a
// window in the hours.
func closesAs(doc *Document, name, hours string, faults *Errors) {
	days, ok := doc.WorkingDays[name]
	if _, known := doc.Hours[hours]; !ok || !known {
		return
	}
	end, err := days.WithoutWindow.read()
	if err != nil || end.weekday < 0 {
		return // what cannot be read is found where it stands
	}
	var ignore Errors
	lacks := func(week map[string][]string) bool {
		w := parseWeek(week, "", &ignore)
		return len(ignore) == 0 && len(w[end.weekday]) == 0
	}
	at := "/workingDays/" + escape(name) + "/withoutWindow"
	conflict := func(format string, args ...any) {
		f := &Error{Pointer: at, Kind: ErrConflict, Msg: fmt.Sprintf(format, args...)}
		if !slices.ContainsFunc(*faults, func(e *Error) bool { return e.Pointer == f.Pointer && e.Msg == f.Msg }) {
			*faults = append(*faults, f) // for another rule it is no other fault
		}
	}
	if h := doc.Hours[hours]; len(h.Week) > 0 && lacks(h.Week) {
		conflict("%q, and the hours %q have no window on %s", days.WithoutWindow, hours, weekdays[end.weekday])
	}
	for _, season := range sortedKeys(doc.Hours[hours].Seasons) {
		if lacks(doc.Hours[hours].Seasons[season].Week) {
			conflict("%q, and the hours %q have no window on %s in %s", days.WithoutWindow, hours, weekdays[end.weekday], season)
		}
	}
}

func (c targetCheck) start() {
	next, asked := c.Measure == MeasureNextResponse, c.Start.Event == StartAskedAgain
	switch {
	case next != asked && known(c.Measure) && known(c.Start.Event):
		c.faults.add(c.at+"/start/event", ErrConflict, "a %s is measured from %q; a %s alone is measured from %q", c.Measure, c.Start.Event, MeasureNextResponse, StartAskedAgain)
	case c.Measure == MeasureResponse && c.Start.Event == StartResponded:
		c.faults.add(c.at+"/start/event", ErrConflict, "the response is what is measured")
	}
	o := c.Start.OutOfHours
	switch {
	case o != "" && !known(o):
		return // the walk over the document says so
	case c.Within.Unit().OnService():
		c.idle(o == OutOfHoursRuns || o == OutOfHoursNextOpening && c.Start.Hours == c.Clock.Hours, "/start/outOfHours",
			"service time runs in hours only; it may be \""+string(OutOfHoursNotMeasured)+"\", the next opening of other hours, or left out")
	case o == "":
		c.faults.add(c.at+"/start/outOfHours", ErrRequired, "say what a request out of hours does; %s", oneOf(o))
	}
	if o == OutOfHoursNextOpening || o == OutOfHoursNotMeasured {
		c.need(c.Start.Hours != "", "/start/hours", "say out of which hours")
	} else {
		c.idle(c.Start.Hours != "", "/start/hours", "the start asks for no hours")
	}
}

func (c targetCheck) stop() {
	if !known(c.Measure) || !known(c.Stop.Event) {
		return // the walk over the document says so
	}
	if want := c.Measure.stop(); c.Stop.Event != want {
		c.faults.add(c.at+"/stop/event", ErrConflict, "a %s is measured, which ends with %q, not with %q", c.Measure, want, c.Stop.Event)
	}
	if c.Stop.Event == StopResponded {
		c.need(c.Stop.AutomaticReply != "", "/stop/automaticReply", "say whether an automatic reply is a response; "+oneOf(c.Stop.AutomaticReply))
	} else {
		c.idle(c.Stop.AutomaticReply != "", "/stop/automaticReply", "no response is measured")
	}
	if c.Stop.Event == StopRestored || c.Stop.Event == StopResolved {
		c.need(c.Stop.Workaround != "", "/stop/workaround", "say whether a workaround ends it; "+oneOf(c.Stop.Workaround))
	} else {
		c.idle(c.Stop.Workaround != "", "/stop/workaround", "no repair is measured")
	}
	switch {
	case c.Measure != MeasureRestore && c.Measure != MeasureResolve:
		c.idle(c.Stop.Reopened != "", "/stop/reopened", "no repair is measured")
		c.idle(!c.Stop.ReopenedWithin.IsZero(), "/stop/reopenedWithin", "no repair is measured")
	case c.Stop.Reopened == "":
		c.need(false, "/stop/reopened", "say what it does that the request is opened again; "+oneOf(c.Stop.Reopened))
	case c.Stop.Reopened == ReopenedStands:
		c.idle(!c.Stop.ReopenedWithin.IsZero(), "/stop/reopenedWithin", "no reopening has an effect")
	default:
		if within := c.Stop.ReopenedWithin; !within.IsZero() && within.Unit() != UnitDays {
			c.faults.add(c.at+"/stop/reopenedWithin", ErrInvalid, "%v; write days, counted from the day after the stop", within)
		}
	}
}

// resumes reports whether the time from a stop to the reopening is a pause.
func (c targetCheck) resumes() bool { return c.Stop.Reopened == ReopenedResumes }

// warnings checks that each warning is a part of the time, and comes after the last.
func (c targetCheck) warnings() {
	none, all := MustParsePercent("0%"), MustParsePercent("100%")
	for i, p := range c.Warnings {
		at := fmt.Sprintf("%s/warnings/%d", c.at, i)
		switch {
		case !p.IsStated():
			c.faults.add(at, ErrRequired, "not stated; write a percentage of the time")
		case p.Compare(none) <= 0 || p.Compare(all) >= 0:
			c.faults.add(at, ErrInvalid, "%v; a warning falls at more than 0%% and less than 100%% of the time", p)
		case i > 0 && c.Warnings[i-1].IsStated() && p.Compare(c.Warnings[i-1]) <= 0:
			c.faults.add(at, ErrConflict, "%v after %v; write warnings in the order in which they fall", p, c.Warnings[i-1])
		}
	}
	c.warns()
}

// warns checks that a clock that warns has hours to be held against.
func (c targetCheck) warns() {
	if len(c.Warnings) > 0 && c.Within.Unit() >= UnitWorkingDays {
		c.need(c.Clock.Hours != "", "/clock/hours", "warnings on days are held against service time: say in which hours")
	}
}

// extension checks what grants more time, and its clock as that of the target.
func (c targetCheck) extension(doc *Document) {
	x := c.extended()
	x.need(len(c.Extension.Reasons) > 0, "/reasons", "say what grants more time")
	for i, reason := range c.Extension.Reasons {
		x.need(reason != "", fmt.Sprintf("/reasons/%d", i), "a reason has a name")
	}
	if !x.Within.IsZero() {
		x.clock(doc)
		x.warns()
	}
}

// extended is the target as its extension has it.
func (c targetCheck) extended() targetCheck {
	e := c.Extension
	c.at += "/extension"
	c.Extension, c.Within, c.Clock, c.Roll, c.OverrunHours = nil, e.Within, e.Clock, RollClause{}, ""
	return c
}

func (c targetCheck) pauses() {
	for i, reason := range c.Pauses.Reasons {
		at := fmt.Sprintf("/pauses/reasons/%d", i)
		c.need(reason != "", at, "a reason has a name")
	}
	clocks := []targetCheck{c}
	if c.Extension != nil {
		clocks = append(clocks, c.extended())
	}
	clocks = slices.DeleteFunc(clocks, func(c targetCheck) bool { return c.Within.Unit() < UnitWorkingDays })
	if len(clocks) == 0 || len(c.Pauses.Reasons) == 0 && !c.resumes() {
		c.idle(c.Pauses.OnDays != "", "/pauses/onDays", "no pause stops a clock of days here")
		return
	}
	words := oneOf(c.Pauses.OnDays)
	for _, on := range clocks {
		on.need(on.Clock.Hours != "", "/clock/hours", "pauses on days are held against service time: say in which hours")
		if on.Within.Unit() > UnitWorkingDays {
			words = fmt.Sprintf("write %q: %v have no working days to skip", AddPausedTime, on.Within)
		}
	}
	skips := c.Pauses.OnDays == SkipWhollyPaused || c.Pauses.OnDays == SkipTouched
	switch i := slices.IndexFunc(clocks, func(c targetCheck) bool { return c.Within.Unit() > UnitWorkingDays }); {
	case c.Pauses.OnDays == "":
		c.need(false, "/pauses/onDays", "say what a pause does to a clock of days; "+words)
	case skips && i >= 0:
		c.faults.add(c.at+"/pauses/onDays", ErrConflict, "%q; %s", c.Pauses.OnDays, words)
	}
}

// checkWeights checks that weights are shares, and that not all are none: answers
// would count for nothing.
func checkWeights(weights map[string]Percent, faults *Errors) {
	most := MustParsePercent("100%")
	some := false
	for _, a := range sortedKeys(weights) {
		w := weights[a]
		some = some || w.n.Sign() > 0
		if w.n.Sign() < 0 || w.Compare(most) > 0 {
			faults.add("/satisfaction/weights/"+escape(a), ErrInvalid, "%v; a weight lies between 0%% and 100%%", w)
		}
	}
	if len(weights) > 0 && !some {
		faults.add("/satisfaction/weights", ErrInvalid, "every answer weighs nothing")
	}
}

// checkStatistic checks that a statistic has what its formula needs, and no more, and
// that its times are of one kind.
func checkStatistic(doc *Document, s StatisticClause, at string, faults *Errors) {
	if s.Of != nil && len(s.Of) == 0 {
		faults.add(at+"/of", ErrRequired, "say of which targets; %s", have(sortedKeys(doc.Targets)))
	}
	service := func(t TargetClause) bool {
		return t.Within.Unit().OnService() || t.Within.Unit() >= UnitWorkingDays && t.Clock.Hours != ""
	}
	for i, name := range s.Of {
		if i > 0 && service(doc.Targets[name]) != service(doc.Targets[s.Of[0]]) {
			faults.add(fmt.Sprintf("%s/of/%d", at, i), ErrConflict, "%q and %q run on clocks of two kinds, whose times make no figure together", clip(s.Of[0]), clip(name))
		}
	}
	none, all := MustParsePercent("0%"), MustParsePercent("100%")
	switch {
	case s.Formula != StatisticPercentile && known(s.Formula) && s.At.IsStated():
		faults.add(at+"/at", ErrInvalid, "has no effect: a %s has no rank", s.Formula)
	case s.Formula == StatisticPercentile && !s.At.IsStated():
		faults.add(at+"/at", ErrRequired, "say which percentile")
	case s.At.IsStated() && (s.At.Compare(none) <= 0 || s.At.Compare(all) > 0):
		faults.add(at+"/at", ErrInvalid, "%v; a percentile lies above 0%% and at 100%% at most", s.At)
	}
	switch {
	case s.Formula != StatisticShare && known(s.Formula) && !s.Within.IsZero():
		faults.add(at+"/within", ErrInvalid, "has no effect: a %s has no limit", s.Formula)
	case s.Formula == StatisticShare && s.Within.IsZero():
		faults.add(at+"/within", ErrRequired, "say within what time")
	case s.Formula == StatisticShare && len(s.Of) > 0:
		if onService := service(doc.Targets[s.Of[0]]); onService && !s.Within.Unit().OnService() || !onService && !s.Within.Unit().OnClock() {
			faults.add(at+"/within", ErrConflict, "%v; %q runs on %s", s.Within, clip(s.Of[0]), map[bool]string{true: "service time", false: "the clock"}[onService])
		}
	}
}

// checkCounting checks attainment, statistics and satisfaction.
func checkCounting(doc *Document, faults *Errors) {
	if a := doc.Attainment; a != nil && len(a.Of) == 0 {
		faults.add("/attainment/of", ErrRequired, "say which targets are counted; %s", have(sortedKeys(doc.Targets)))
	}
	for _, name := range sortedKeys(doc.Statistics) {
		checkStatistic(doc, doc.Statistics[name], "/statistics/"+escape(name), faults)
	}
	s := doc.Satisfaction
	if s == nil {
		return
	}
	if len(s.Answers) == 0 {
		faults.add("/satisfaction/answers", ErrRequired, "say which answers are valid")
	}
	checkThreshold(s, faults)
	valid := func(at, answer string) {
		if !slices.Contains(s.Answers, answer) {
			faults.add(at, ErrUnknown, "no answer %q; %s", clip(answer), have(s.Answers))
		}
	}
	switch s.Formula {
	case FormulaShare:
		if len(s.Good) == 0 {
			faults.add("/satisfaction/good", ErrRequired, "say which answers count as satisfied")
		}
		for i, a := range s.Good {
			valid(fmt.Sprintf("/satisfaction/good/%d", i), a)
		}
		if s.Weights != nil {
			faults.add("/satisfaction/weights", ErrInvalid, "has no effect: a share has no weights")
		}
	case FormulaMeanScore:
		if s.Good != nil {
			faults.add("/satisfaction/good", ErrInvalid, "has no effect: every answer counts by its score")
		}
		if s.Weights != nil {
			faults.add("/satisfaction/weights", ErrInvalid, "has no effect: every answer counts by its score")
		}
		for _, a := range sortedKeys(s.Scores) {
			valid("/satisfaction/scores/"+escape(a), a)
		}
		for _, a := range s.Answers {
			if _, ok := s.Scores[a]; !ok {
				faults.add("/satisfaction/scores", ErrRequired, "say the score of %q", a)
			}
		}
	case FormulaWeighted:
		if s.Good != nil {
			faults.add("/satisfaction/good", ErrInvalid, "has no effect: every answer counts by its weight")
		}
		for _, a := range sortedKeys(s.Weights) {
			valid("/satisfaction/weights/"+escape(a), a)
		}
		for _, a := range s.Answers {
			if _, ok := s.Weights[a]; !ok {
				faults.add("/satisfaction/weights", ErrRequired, "say what %q weighs", a)
			}
		}
		checkWeights(s.Weights, faults)
	}
}
