package contract

import (
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
	start  int64 // what the clock has run as it starts
	due    int64 // and when the target is due, before it rolls
	paused int64 // what it would have run in the pauses
	cursor timeline.Cursor
}

// search finds when a plain ticket is due. It reports false if that is for fold to say:
// beyond the calendar, or not measured.
func (r *targetRule) search(p *plainTicket, d *plainDue) bool {
	began, ok := p.began, true
	if r.shift != nil {
		if began, ok = r.shifted(began); !ok {
			return false
		}
	}
	if r.plain.clock == clockTime {
		d.onClock(began, int64(r.length), p.pauses[:p.n])
	} else if !d.inService(r.plain.line, began, int64(r.length), p.pauses[:p.n]) {
		return false
	}
	if r.roll != nil {
		var err error
		if d.at, err = r.roll.OpenFrom(d.at); err != nil {
			return false
		}
	}
	d.at = d.at.In(r.zone)
	due, inYears := tickOf(d.at)
	d.late = inYears && p.ended > due
	return true
}

// pause lets the clock stand from one reading to another.
func (d *plainDue) pause(from, to int64) {
	in := max(to, d.start) - max(from, d.start)
	d.paused += in
	if from >= d.due {
		in = 0 // the time is used up by then
	}
	d.due += in
}

func (d *plainDue) onClock(began tick, length int64, pauses []plainPause) {
	d.start = began.sinceEpoch()
	d.due = d.start + length
	for i := range pauses {
		effort.Take()
		d.pause(pauses[i].from.sinceEpoch(), pauses[i].to.sinceEpoch())
	}
	d.at = time.Unix(0, d.due)
}

func (d *plainDue) inService(line *serviceLine, began tick, length int64, pauses []plainPause) bool {
	if began.seconds() < line.from || began.seconds() >= line.until ||
		len(pauses) > 0 && (pauses[0].from.seconds() < line.from || pauses[len(pauses)-1].to.seconds() >= line.until) {
		return false
	}
	d.cursor = line.open.Cursor(began.seconds())
	c := &d.cursor
	d.start = openBefore(c, began)
	d.due = d.start + length
	for i := range pauses {
		effort.Take()
		from := openBefore(c, pauses[i].from)
		d.pause(from, openBefore(c, pauses[i].to))
	}
	sec, ns := d.due/int64(time.Second), d.due%int64(time.Second)
	var ok bool
	if ns > 0 {
		sec, ok = c.Within(sec)
	} else {
		sec, ok = c.Earliest(sec)
	}
	d.at = time.Unix(sec, ns)
	return ok
}

// ran returns what the clock has run before a tick; ok is false beyond the calendar.
func (d *plainDue) ran(r *targetRule, t tick) (ran int64, ok bool) {
	switch {
	case r.plain.clock == clockTime:
		return t.sinceEpoch(), true
	case t.seconds() >= r.plain.line.until:
		return 0, false
	}
	return openBefore(&d.cursor, t), true
}

// openBefore is the open time before a tick of the line, in nanoseconds.
func openBefore(c *timeline.Cursor, t tick) int64 {
	return c.Before(t.seconds(), t.nanoseconds(), int64(time.Second))
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
	if r.guesses || !r.search(p, &d) { // which provisional days an answer touches fold says
		return false
	}
	ran, ok := d.ran(r, p.ended)
	if !ok {
		return false
	}
	life := p.life(asOf)
	m.rule, m.request, m.asOf, m.ended = r, q, asOf, life.at
	m.Due, m.Status, m.cancelled = d.at, life.status(d.late, p.open()), life.cancelled()
	if life.end != nil && !m.cancelled {
		m.Done = m.ended.In(r.zone)
	}
	m.Used = time.Duration(max(ran, d.start) - d.start - d.paused)
	m.Left, m.UsedKnown = r.length-m.Used, true
	if d.late {
		m.Overrun = m.ended.Sub(m.Due)
		switch told := r.overrunHours(); {
		case told == nil:
		case told == r.clock && r.plain.clock == clockService:
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
