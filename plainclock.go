package contract

import (
	"fmt"
	"time"

	"github.com/cfd16870/contract/internal/effort"
	"github.com/cfd16870/contract/internal/timeline"
)

// The clock of a plain ticket: when it is due, and how it stands.

// A plainDue is when a plain ticket is due. What its clock has run is in nanoseconds: of
// service time since the beginning of the line, or on the clock since 1970.
type plainDue struct {
	at     time.Time
	late   bool
	rolled bool
	start  int64 // what the clock has run as it starts
	due    int64 // and when the target is due, before it rolls
	paused int64 // what it would have run in the pauses

	line   *serviceLine // nil: on the clock
	cursor timeline.Cursor
}

// search finds when a plain ticket is due. It reports false if that is for fold to say:
// beyond the calendar, or not measured.
func (r *targetRule) search(p *plainTicket, d *plainDue) bool {
	if !d.begin(r, p.began) {
		return false
	}
	for i := range p.pauses[:p.n] {
		effort.Take()
		if !d.pause(p.pauses[i].from, p.pauses[i].to) {
			return false
		}
	}
	if !d.end(r) {
		return false
	}
	due, inYears := tickOf(d.at)
	d.late = inYears && p.ended > due
	return true
}

// begin starts the clock.
func (d *plainDue) begin(r *targetRule, at tick) bool {
	if r.shift != nil {
		var ok bool
		if at, ok = r.shifted(at); !ok {
			return false
		}
	}
	if d.line = r.plain.line; d.line != nil {
		d.cursor = d.line.open.Cursor()
	}
	if !d.knows(at) {
		return false
	}
	d.start = d.ran(at)
	d.due = d.start + int64(r.length)
	return true
}

// pause lets the clock stand from one tick to another, which is no earlier.
func (d *plainDue) pause(from, to tick) bool {
	if !d.knows(from) || !d.knows(to) {
		return false
	}
	var stood, went int64
	if d.line == nil {
		stood, went = from.sinceEpoch(), to.sinceEpoch()
	} else {
		stood = d.cursor.Before(from.seconds(), from.nanoseconds(), int64(time.Second))
		went = d.cursor.Before(to.seconds(), to.nanoseconds(), int64(time.Second))
	}
	in := max(went, d.start) - max(stood, d.start)
	d.paused += in
	if stood >= d.due {
		in = 0 // the time is used up by then
	}
	d.due += in
	return true
}

// knows reports whether the clock can be read at a tick: on its line, or anywhere.
func (d *plainDue) knows(t tick) bool {
	return d.line == nil || d.line.from <= t.seconds() && t.seconds() < d.line.until
}

// ran returns what the clock has run before a tick.
func (d *plainDue) ran(t tick) int64 {
	if d.line == nil {
		return t.sinceEpoch()
	}
	return d.cursor.Before(t.seconds(), t.nanoseconds(), int64(time.Second))
}

// end finds the instant that is due.
func (d *plainDue) end(r *targetRule) bool {
	if d.line == nil {
		d.at = time.Unix(0, d.due).In(r.zone)
	} else {
		sec, ns := d.due/int64(time.Second), d.due%int64(time.Second)
		var ok bool
		if ns > 0 {
			sec, ok = d.cursor.Within(sec)
		} else {
			sec, ok = d.cursor.Earliest(sec)
		}
		if !ok {
			return false
		}
		d.at = time.Unix(sec, ns).In(r.zone)
	}
	if r.roll != nil {
		rolled, err := r.roll.OpenFrom(d.at)
		if err != nil {
			return false
		}
		d.at, d.rolled = rolled, !rolled.Equal(d.at)
	}
	return true
}

// shifted is when a clock starts that begins outside the hours for it.
func (r *targetRule) shifted(began tick) (tick, bool) {
	switch r.clause.Start.OutOfHours {
	case OutOfHoursNextOpening:
		if r.shift.line == r.plain.line {
			return began, true // nothing of the clock runs up to its next opening
		}
		start, err := r.shift.OpenFrom(began.time())
		if err != nil {
			return 0, false
		}
		return tickOf(start)
	case OutOfHoursNotMeasured:
		open, err := r.shift.IsOpen(began.time())
		return began, err == nil && open
	}
	return began, true
}

// measurePlain fills in the measurement of a plain ticket. It reports false if that is
// for fold to say, and has filled in nothing then.
func (r *targetRule) measurePlain(m *Measurement, q *Request, asOf time.Time, p *plainTicket) bool {
	var d plainDue
	if r.guesses || !r.search(p, &d) || !d.knows(p.ended) { // which provisional days an answer touches fold says
		return false
	}
	ran := d.ran(p.ended)
	life := p.life(asOf)
	m.rule, m.request, m.asOf, m.ended = r, q, asOf, life.at
	m.Due, m.rolled, m.Status, m.cancelled = d.at, d.rolled, life.status(d.late, p.open()), life.cancelled()
	if life.end != nil && !m.cancelled {
		m.Done = m.ended.In(r.zone)
	}
	m.Used = time.Duration(max(ran, d.start) - d.start - d.paused)
	m.Left, m.UsedKnown = r.length-m.Used, true
	if d.late {
		m.Overrun = m.ended.Sub(m.Due)
		switch told := r.overrunHours(); {
		case told == nil:
		case told == r.clock && r.plain.clock == clockService && r.roll == nil:
			m.service, m.inService = time.Duration(ran-d.due), true
		default:
			passed, err := told.Between(m.Due, m.ended)
			m.service, m.inService = passed, err == nil
		}
	}
	return true
}

// life is how the clock of a plain ticket ended.
func (p *plainTicket) life(asOf time.Time) clockLife {
	l := clockLife{at: asOf, end: p.end, excuse: p.excuse}
	if l.end != nil {
		l.at = l.end.At
	}
	return l
}

// beginning is what started the clock of a plain ticket.
func (p *plainTicket) beginning(q *Request) beginning {
	if p.starts == nil {
		return beginning{q.Received, string(StartReceived), q.Source}
	}
	return beginning{p.starts.At, p.starts.Kind.String(), sourceOf(q, p.starts)}
}

// foldDays is fold for a plain ticket on a clock of days, by what was read: the
// days are searched as for any ticket.
func (r *targetRule) foldDays(q *Request, asOf time.Time, p *plainTicket, pauses []stretch) (measured, []stretch, error) {
	m := measured{clockLife: p.life(asOf), paused: p.open()}
	m.rule, m.request, m.asOf, m.began = r, q, asOf, p.beginning(q)
	m.ended, m.Measurement.cancelled = m.at, m.clockLife.cancelled()
	if m.end != nil && !m.Measurement.cancelled {
		m.Done = m.ended.In(r.zone)
	}
	for i := range p.pauses[:p.n] {
		effort.Take()
		v := &p.pauses[i]
		pauses = append(pauses, stretch{from: v.from.time(), to: v.to.time(), by: v.by})
	}
	pauses = merge(pauses)
	err := r.settle(&m, nil, pauses)
	return m, pauses, err
}

func (r *targetRule) measureDays(m *Measurement, q *Request, asOf time.Time, p *plainTicket) error {
	var few [mostPauses]stretch
	f, pauses, err := r.foldDays(q, asOf, p, few[:0])
	if err == nil {
		err = r.finish(&f, pauses)
	}
	*m = f.Measurement
	return err
}

func (r *targetRule) dueDays(q *Request, asOf time.Time, p *plainTicket) (due time.Time, breached bool, err error) {
	var few [mostPauses]stretch
	m, _, err := r.foldDays(q, asOf, p, few[:0])
	return m.Due, m.Status == StatusBreached, err
}

// duePaused is when the target is due for a request with its pauses: those of a plain
// ticket, as nearly always, or any.
func (r *targetRule) duePaused(received time.Time, pauses []Pause) (time.Time, error) {
	if !r.plain.received {
		return time.Time{}, r.startsLater()
	}
	var d plainDue
	if r.plain.clock != clockDays && d.ofPauses(r, received, pauses) {
		return d.at, nil
	}
	return r.dueAnyPaused(received, pauses)
}

// ofPauses is search of a ticket with pauses that are judged.
func (d *plainDue) ofPauses(r *targetRule, received time.Time, pauses []Pause) bool {
	last, ok := tickOf(received)
	if !ok || r.plain.clock == clockNone || !d.begin(r, last) {
		return false
	}
	for i := range pauses {
		effort.Take()
		from, ok := tickOf(pauses[i].From)
		to, inYears := tickOf(pauses[i].To)
		if !ok || !inYears || from < last || to < from || !d.pause(from, to) {
			return false
		}
		last = to
	}
	return d.end(r)
}

// dueAnyPaused is duePaused for any pauses.
func (r *targetRule) dueAnyPaused(received time.Time, pauses []Pause) (time.Time, error) {
	var few [mostPauses]stretch
	list, last := few[:0], received
	for i := range pauses {
		effort.Take()
		p := &pauses[i]
		if p.From.Before(last) || p.To.Before(p.From) {
			return time.Time{}, &Error{In: p.Source, Pointer: fmt.Sprintf("pauses/%d", i), Kind: ErrConflict,
				Msg: fmt.Sprintf("paused from %s to %s, after %s: pauses are in order, do not overlap and begin no earlier than the receipt", stamp(p.From), stamp(p.To), stamp(last))}
		}
		switch n := len(list); {
		case p.To.Equal(p.From):
		case n > 0 && list[n-1].to.Equal(p.From):
			list[n-1].to = p.To
		default:
			list = append(list, stretch{from: p.From, to: p.To})
		}
		last = p.To
	}
	s, err := r.steps(received, list)
	if err != nil {
		return time.Time{}, fmt.Errorf("%s: %w", r.name, err)
	}
	return s.due, nil
}
