package proof

import (
	"math/big"
	"time"
)

// A derivation is how an operation derives: which operands it takes, and how
// its value is worked out again from theirs.
type derivation struct {
	must []role // one each, in order
	may  []role // after those: all of them or none
	rest role   // any number after those; the zero role: none
	run  func(operands) (answer, error)
}

// An answer is what a step should have said.
type answer struct {
	value     Value
	anyOffset bool // an instant counts as such, with whatever offset it is spelled
	anyWord   bool // the value is a name, and any word will do
	object    any  // *clock, *hours or *workdays, where the step makes one
}

// A role says which steps can be an operand.
type role struct {
	name string
	fits func(found) bool
}

func ofKind(name string, kinds ...Kind) role {
	return role{name, func(f found) bool {
		for _, k := range kinds {
			if f.step.Value.Kind == k {
				return true
			}
		}
		return false
	}}
}

// quoted is a premise of one kind: what the contract or a table says is not derived.
func quoted(name string, kind Kind) role {
	return role{name, func(f found) bool { return f.step.Op.Premise() && f.step.Value.Kind == kind }}
}

func made[T any](name string) role {
	return role{name, func(f found) bool { _, ok := f.object.(T); return ok }}
}

var (
	aNumber   = ofKind("a number", Number)
	aMeasure  = ofKind("a number or elapsed time", Number, Elapsed)
	aShare    = ofKind("a number or percent", Number, Percent)
	aFigure   = ofKind("a number, percent, money, days or elapsed time", Number, Percent, Money, Days, Elapsed)
	aFactor   = ofKind("a number, percent, money or days", Number, Percent, Money, Days)
	aSought   = ofKind("a number, percent or money", Number, Percent, Money)
	anOrdered = ofKind("a number, percent, money, days, elapsed time, date or instant", Number, Percent, Money, Days, Elapsed, Date, Instant)
	aMoney    = ofKind("money", Money)
	aTruth    = ofKind("a truth", Truth)
	aValue    = role{"a value", func(f found) bool { return f.object == nil }}
	aLength   = role{"a quoted span or a number of days", func(f found) bool { return aSpan.fits(f) || aDayCount.fits(f) }} // a number may be derived
	aSpan     = quoted("a quoted span", Span)
	aDayCount = ofKind("a number of days", Days, Number)
	aDated    = quoted("a quoted figure of a day", Dated)
	aBand     = quoted("a quoted band", Band)
	anyWord   = role{"a word", func(f found) bool { return f.step.Value.Kind == Word && f.object == nil }} // the name of a zone is none
	aCell     = quoted("a quoted entry of a table", Cell)
	// The words of an Entry step may be derived, its entries are quoted.
	aWordOrCell = role{"a word or a quoted entry of a table", func(f found) bool { return anyWord.fits(f) || aCell.fits(f) }}
	aProduct    = role{"money or a quoted figure of a day", func(f found) bool { return aMoney.fits(f) || aDated.fits(f) }}
	anInstant   = ofKind("an instant", Instant)
	anElapsed   = ofKind("an elapsed time", Elapsed)
	aStretch    = ofKind("a stretch", Stretch)
	aDate       = ofKind("a date", Date)
	aCount      = ofKind("a number of days", Days)
	aWeek       = quoted("a quoted week", Week)
	aWord       = quoted("a quoted word", Word)
	aPeriod     = quoted("a quoted period", Period)
	anOffset    = quoted("an offset row", Shift)
	aDayRow     = role{"a day row", func(f found) bool { return f.step.Op == Row && f.step.Value.Kind == Day }}
	aRow        = role{"a day row or agreed hours", func(f found) bool { return aDayRow.fits(f) || quoted("", Agreed).fits(f) }}
	aClock      = made[*clock]("a zone")
	theHours    = made[*hours]("service hours")
	theDays     = made[*workdays]("working days")
	aLate       = role{"a late step", func(f found) bool { return f.step.Op == Late }}
	aTimetable  = role{"service hours or working days", func(f found) bool { return theHours.fits(f) || theDays.fits(f) }}
)

// derivations are all operations that derive.
var derivations = map[Op]derivation{
	Add:   {must: []role{aFigure}, rest: aFigure, run: add},
	Sub:   {must: []role{aFigure, aFigure}, run: sub},
	Mul:   {must: []role{aFactor, aFactor}, rest: aFactor, run: mul},
	Div:   {must: []role{aFigure, aFigure}, run: div},
	Min:   {must: []role{anOrdered}, rest: anOrdered, run: least},
	Max:   {must: []role{anOrdered}, rest: anOrdered, run: greatest},
	Mean:  {must: []role{aNumber, aShare}, rest: aShare, run: mean},
	Share: {must: []role{aMeasure, aMeasure}, run: share},
	Round: {must: []role{aFigure, aFigure, aWord}, run: roundTo},
	Split: {must: []role{aMoney, aNumber, aNumber}, rest: aNumber, run: split},

	Find:   {must: []role{aSought, aBand}, rest: aBand, run: find},
	Entry:  {must: []role{anyWord, aWordOrCell}, rest: aWordOrCell, run: entryOf},
	Latest: {must: []role{aDate, aPeriod, aDated}, rest: aDated, run: latest},
	Choose: {must: []role{aTruth, aValue, aValue}, run: choose},

	Between:     {must: []role{aDate, aDate}, run: betweenDays},
	After:       {must: []role{aDate, aLength}, may: []role{aWord}, run: endOfPeriod},
	Before:      {must: []role{aDate, aLength}, may: []role{aWord}, run: startOfPeriod},
	Roll:        {must: []role{aDate, aWord, theDays}, run: rollOn},
	NthBack:     {must: []role{aDate, aCount, theDays}, run: nthBack},
	Works:       {must: []role{aDate, theDays}, run: works},
	Counted:     {must: []role{aDate, aDate, aWord, theDays}, run: counted},
	LastOfMonth: {must: []role{aDate, theDays}, run: lastOfMonth},
	KindOfDay:   {must: []role{aDate, theHours, aWord}, run: kindOfDay},
	Accrue:      {must: []role{aDate, aDate, aProduct}, rest: aProduct, run: accrue},

	Elapse: {must: []role{anInstant, anElapsed}, rest: aStretch, run: elapse},
	Length: {must: []role{anInstant, anInstant}, rest: aStretch, run: length},

	Zone:        {must: []role{anOffset}, rest: anOffset, run: newClock},
	Hours:       {must: []role{aClock, aWeek, aWord, aWord, aPeriod}, rest: aRow, run: newHours},
	WorkingDays: {must: []role{aWord, aWord, aPeriod}, rest: aDayRow, run: newWorkdays},
	Join:        {must: []role{aTimetable}, rest: aTimetable, run: join},

	Open:      {must: []role{anInstant, anInstant, theHours}, rest: aStretch, run: openTime},
	Paused:    {must: []role{anInstant, anInstant, theHours}, rest: aStretch, run: pausedTime},
	Reach:     {must: []role{anInstant, anElapsed, theHours}, rest: aStretch, run: reach},
	Part:      {must: []role{anElapsed, aShare}, run: partOf},
	ReachBack: {must: []role{anInstant, anElapsed, theHours}, run: reachBack},
	Opening:   {must: []role{anInstant, theHours}, run: opening},
	Closing:   {must: []role{anInstant, theHours}, run: closingBefore},
	Turn:      {must: []role{anInstant, aWord, theHours}, run: turn},
	Combine:   {must: []role{theHours, aWord, theHours}, run: combine},
	InBand:    {must: []role{anInstant, anInstant, theHours, theDays, aWord}, run: inBand},
	IsOpen:    {must: []role{anInstant, theHours}, run: isOpen},
	DayOf:     {must: []role{anInstant, aClock}, run: dayOfInstant},
	Nth:       {must: []role{aDate, aCount, theDays}, may: []role{theHours, aWord, aWord}, rest: aStretch, run: nth},
	Close:     {must: []role{aDate, theHours, aWord}, run: closeOf},
	Midnight:  {must: []role{aDate, aClock}, run: midnight},
	SameTime:  {must: []role{anInstant, aDate, aClock}, run: sameTime},

	Late:     {must: []role{anInstant, anInstant}, run: late},
	Excuse:   {must: []role{aLate, aWord}, run: excuse},
	Grant:    {must: []role{aLate, aWord, aWord}, rest: aWord, run: grant},
	AtLeast:  {must: []role{anOrdered, anOrdered}, run: atLeast},
	MoreThan: {must: []role{anOrdered, anOrdered}, run: moreThan},
}

// operands returns the steps that args name, each in the role that d gives it.
func (d derivation) operands(args []int, done []found, b *budget) (operands, error) {
	roles := d.must
	if len(args) > len(d.must) && len(d.may) > 0 {
		roles = append(append([]role(nil), d.must...), d.may...)
	}
	if len(args) < len(roles) {
		return operands{}, failf("has %d operands; operand %d would be %s", len(args), len(args)+1, roles[len(args)].name)
	}
	o := operands{args: args, done: done, budget: b}
	for i, arg := range args {
		if arg < 1 || arg > len(done) {
			return operands{}, failf("takes step %d as its operand %d, which is not an earlier step", arg, i+1)
		}
		want := d.rest
		if i < len(roles) {
			want = roles[i]
		}
		if want.fits == nil {
			return operands{}, failf("has %d operands; it takes %d", len(args), len(roles))
		}
		f := done[arg-1]
		if !want.fits(f) {
			return operands{}, failf("takes step %d, a %s step of kind %s, as its operand %d, which would be %s",
				arg, f.step.Op, f.step.Value.Kind, i+1, want.name)
		}
		o.steps = append(o.steps, f)
	}
	return o, nil
}

// operands are the steps that a step is derived from, in its order. The roles of
// the operation vouch for the kinds that the methods below ask for.
type operands struct {
	steps  []found
	args   []int   // their numbers
	done   []found // all steps before, which Accrue looks through
	budget *budget
}

func (o operands) number(i int) *big.Rat       { return o.steps[i].meaning.(*big.Rat) }
func (o operands) instant(i int) time.Time     { return o.steps[i].meaning.(time.Time) }
func (o operands) elapsed(i int) time.Duration { return o.steps[i].meaning.(time.Duration) }
func (o operands) day(i int) day               { return o.steps[i].meaning.(day) }
func (o operands) count(i int) int             { return o.steps[i].meaning.(int) }
func (o operands) week(i int) week             { return o.steps[i].meaning.(week) }
func (o operands) word(i int) string           { return o.steps[i].meaning.(string) }
func (o operands) period(i int) period         { return o.steps[i].meaning.(period) }
func (o operands) clock(i int) *clock          { return o.steps[i].object.(*clock) }
func (o operands) hours(i int) *hours          { return o.steps[i].object.(*hours) }
func (o operands) workdays(i int) *workdays    { return o.steps[i].object.(*workdays) }
func (o operands) isWorkdays(i int) bool       { _, ok := o.steps[i].object.(*workdays); return ok }

// stretches returns the stretches from the i-th operand on.
func (o operands) stretches(i int) []span {
	var spans []span
	for ; i < len(o.steps); i++ {
		spans = append(spans, o.steps[i].meaning.(span))
	}
	return spans
}

// join is the Join step.
func join(o operands) (answer, error) {
	var whole period
	adjoin := func(i int, p period) error {
		if i > 0 && p.from != whole.through+1 {
			return failf("joins %s to %s; the next would start on %s", p, whole, whole.through+1)
		}
		if i == 0 {
			whole = p
		}
		whole.through = p.through
		if whole.days() > maxPeriod {
			return cannotf("joins to %d days; this check walks at most %d", whole.days(), maxPeriod)
		}
		return nil
	}
	days := &workdays{budget: o.budget}
	open := &hours{budget: o.budget}
	for i := range o.steps {
		if !o.isWorkdays(i) && o.hours(i).mix != nil {
			return answer{}, failf("joins combined hours; versions are joined first, and then combined")
		}
		if o.isWorkdays(i) != o.isWorkdays(0) {
			return answer{}, failf("joins service hours and working days")
		}
		if o.isWorkdays(i) {
			w := o.workdays(i)
			if err := adjoin(i, w.period); err != nil {
				return answer{}, err
			}
			days.parts = append(days.parts, w.parts...)
			if err := o.budget.spend(len(w.parts)); err != nil {
				return answer{}, err
			}
			continue
		}
		h := o.hours(i)
		if err := adjoin(i, h.period); err != nil {
			return answer{}, err
		}
		if i > 0 && h.clock != open.clock {
			return answer{}, failf("joins hours of two zones; versions of one are on the clock of one zone step")
		}
		open.clock = h.clock
		open.parts = append(open.parts, h.parts...)
		if err := o.budget.spend(len(h.parts)); err != nil {
			return answer{}, err
		}
	}
	a := answer{value: PeriodOf(whole.from.value(), whole.through.value())}
	if days.period, open.period = whole, whole; o.isWorkdays(0) {
		a.object = days
	} else {
		a.object = open
	}
	return a, nil
}
