package proof

// A working may be right in every step and yet leave out what it quotes: a pause
// that no step takes, a day off that the hours do not take. What is quoted has to
// be used, and what the calendar names has to be taken whole.

// whole checks the working as a whole, once every step of it was checked.
func (c *checker) whole() (step int, err error) {
	used := make([]bool, len(c.done))
	for _, f := range c.done {
		for _, arg := range f.step.Args {
			used[arg-1] = true
		}
	}
	for i, f := range c.done {
		if f.step.Op.Premise() && !used[i] && i+1 < len(c.done) {
			return i + 1, failf("is quoted, and no step takes it")
		}
	}
	named := c.named()
	for i, f := range c.done {
		if f.step.Op != Hours && f.step.Op != WorkingDays {
			continue
		}
		if err := c.allNamed(f, named); err != nil {
			return i + 1, err
		}
	}
	return 0, nil
}

// A dayRow is a day that a calendar names, by the step that quotes it.
type dayRow struct {
	date day
	step int
}

// named lists the days that the working quotes, by the calendar that names them.
func (c *checker) named() map[string][]dayRow {
	rows := make(map[string][]dayRow)
	for i, f := range c.done {
		if f.step.Op == Row && f.step.Value.Kind == Day {
			in := f.step.Source.In
			rows[in] = append(rows[in], dayRow{f.meaning.(namedDay).day, i + 1})
		}
	}
	return rows
}

// allNamed checks that service hours or working days take every day of their
// period that the working quotes from their calendar, but for dates with agreed
// hours, which come before what the calendar says.
func (c *checker) allNamed(f found, named map[string][]dayRow) error {
	taken := make(map[day]bool)
	var calendar string
	var days period
	for _, arg := range f.step.Args {
		switch operand := c.done[arg-1]; operand.step.Value.Kind {
		case Period:
			calendar, days = operand.step.Source.In, operand.meaning.(period)
		case Day:
			taken[operand.meaning.(namedDay).day] = true
		case Agreed:
			taken[operand.meaning.(agreedDay).day] = true
		}
	}
	rows := named[calendar]
	if err := c.budget.scan(len(rows)); err != nil {
		return err
	}
	for _, r := range rows {
		if days.contains(r.date) && !taken[r.date] {
			return failf("does not take %s, which step %d names in its period", r.date, r.step)
		}
	}
	return nil
}
