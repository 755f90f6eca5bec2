package proof

import (
	"fmt"
	"math/big"
	"strconv"
	"strings"
	"time"
	"unicode"
)

// A Language is one in which a working can be read. Any other than those below,
// and the zero Language, is read as English.
type Language string

const (
	English Language = "en"
	Chinese Language = "zh"
)

// Text returns w as a derivation to be read: the question, the steps by number,
// each with its name, its value, how it follows or where it stands, and the
// result. A number in brackets is a step. Rows of named days that stand in one
// place share a line. It is made from what w says and checks nothing: a working
// that does not hold reads as well as one that does. A text that holds what does
// not print, such as the end of a line, is quoted, so that no step can pass for
// two. For a nil Working it is "".
func (w *Working) Text(lang Language) string {
	if w == nil {
		return ""
	}
	p := &printer{lang: lang}
	for i := 0; i < len(w.Steps); {
		n := fold(w.Steps[i:])
		p.step(i, w.Steps[i:i+n])
		i += n
	}
	var b strings.Builder
	if w.About != "" {
		b.WriteString(printable(w.About) + "\n\n")
	}
	p.write(&b)
	if w.Result != (Value{}) {
		if len(w.Steps) > 0 {
			b.WriteString("\n")
		}
		b.WriteString(phrase{"Result", "结果"}.in(lang) + p.colon())
		if n := len(w.Steps); n > 0 && w.Steps[n-1].Name != "" {
			b.WriteString(p.name(w.Steps[n-1].Name) + p.colon())
		}
		b.WriteString(p.value(w.Result) + "\n")
	}
	if w.Seal != "" {
		b.WriteString(phrase{"Seal", "校验码"}.in(lang) + p.colon() + printable(w.Seal) + "\n")
	}
	return b.String()
}

// fold returns how many steps, one at least, share the first line of steps: rows
// of named days that differ in nothing but the day.
func fold(steps []Step) int {
	first := &steps[0]
	if first.Op != Row || first.Value.Kind != Day || first.Mark != "" || len(first.Args) > 0 {
		return 1
	}
	n := 1
	for n < len(steps) {
		s := &steps[n]
		same := s.Op == Row && s.Value.Kind == Day && s.Mark == "" && len(s.Args) == 0 &&
			s.Name == first.Name && s.Clause == first.Clause &&
			(s.Source == first.Source || s.Source != nil && first.Source != nil && *s.Source == *first.Source)
		if !same {
			break
		}
		n++
	}
	return n
}

// A printer lays the steps out in three columns: number, name, value and below it how.
type printer struct {
	lang    Language
	entries []entry
}

type entry struct {
	label, name string
	lines       []string
}

// step lays out the steps that share an entry, the first being w.Steps[i].
func (p *printer) step(i int, steps []Step) {
	s := &steps[0]
	e := entry{label: ref(i + 1), name: p.name(s.Name)}
	if len(steps) == 1 {
		value := p.value(s.Value)
		if s.Mark != "" {
			mark := printable(string(s.Mark))
			if known, ok := marks[s.Mark]; ok {
				mark = known.in(p.lang)
			}
			value += p.brackets(mark)
		}
		e.lines = append(e.lines, value)
	} else {
		e.label = refs(i+1, i+len(steps))
		e.lines = p.dayLines(i, steps)
	}
	e.lines = append(e.lines, p.how(s))
	p.entries = append(p.entries, e)
}

// dayLines are the days of rows that share an entry: the numbers and dates of one
// class on a line, some to a line.
func (p *printer) dayLines(i int, steps []Step) []string {
	const most = 4
	var lines []string
	class, n := "", 0
	for j := range steps {
		date, c, _ := strings.Cut(steps[j].Value.Text, " ")
		if j == 0 || c != class || n == most {
			name := printable(c)
			if known, ok := classes[c]; ok {
				name = known.in(p.lang)
			}
			lines = append(lines, name+p.colon())
			class, n = c, 0
		}
		if n > 0 {
			lines[len(lines)-1] += phrase{", ", "，"}.in(p.lang)
		}
		lines[len(lines)-1] += ref(i+1+j) + " " + p.date(date)
		n++
	}
	return lines
}

// how says how a step follows, or where it stands; then the clause and the source.
func (p *printer) how(s *Step) string {
	var text string
	if premise, ok := premises[s.Op]; ok {
		text = premise.in(p.lang)
		if len(s.Args) > 0 { // a premise has none, but what is there is shown
			text += " " + list(s.Args, p.lang)
		}
	} else {
		text = p.way(s)
	}
	if s.Clause != "" {
		clause := printable(s.Clause)
		if s.Op.Premise() {
			text += phrase{", ", "，"}.in(p.lang) + cited(clause).in(p.lang)
		} else {
			text = cited(clause).in(p.lang) + p.colon() + text
		}
	}
	if s.Source != nil {
		source := printable(s.Source.In)
		if s.Source.At != "" {
			source += phrase{", ", "，"}.in(p.lang) + printable(s.Source.At)
		}
		text += p.brackets(source)
	}
	return text
}

// way says how a derived step follows.
func (p *printer) way(s *Step) string {
	way, known := ways[s.Op]
	d := derivations[s.Op]
	needs := len(d.must)
	if long, ok := longWays[s.Op]; ok && len(s.Args) > needs {
		way, needs = long, needs+len(d.may)
	}
	if !known || len(s.Args) < needs {
		return strings.TrimSpace(printable(string(s.Op)) + " " + list(s.Args, p.lang))
	}
	text := fill(way.in(p.lang), s.Args, p.lang)
	if extra := s.Args[needs:]; len(extra) > 0 && d.rest.fits == nil {
		text += " + " + list(extra, p.lang)
	}
	return text
}

// fill puts the operands into a way.
func fill(way string, args []int, lang Language) string {
	if before, optional, ok := strings.Cut(way, "<"); ok {
		optional, after, _ := strings.Cut(optional, ">")
		from := operandAt(optional)
		if from > len(args) {
			optional = ""
		}
		way = before + optional + after
	}
	var b strings.Builder
	for {
		before, rest, ok := strings.Cut(way, "{")
		b.WriteString(before)
		if !ok {
			return b.String()
		}
		var name string
		name, way, _ = strings.Cut(rest, "}")
		i := operandAt("{" + name)
		if strings.HasSuffix(name, "..") {
			b.WriteString(list(args[i-1:], lang))
		} else {
			b.WriteString(ref(args[i-1]))
		}
	}
}

// operandAt returns the number of the first operand that a way names.
func operandAt(way string) int {
	_, name, _ := strings.Cut(way, "{")
	n, _ := strconv.Atoi(name[:1])
	return n
}

// ref and refs write the numbers of steps.
func ref(n int) string { return "[" + strconv.Itoa(n) + "]" }

func refs(first, last int) string {
	if first == last {
		return ref(first)
	}
	return ref(first) + "-" + ref(last)
}

// list writes the numbers of steps, a run of three or more by its ends.
func list(args []int, lang Language) string {
	var parts []string
	for i := 0; i < len(args); {
		j := i
		for j+1 < len(args) && args[j+1] == args[j]+1 {
			j++
		}
		if j-i < 2 {
			j = i
		}
		parts = append(parts, refs(args[i], args[j]))
		i = j + 1
	}
	return strings.Join(parts, phrase{", ", "、"}.in(lang))
}

// name translates the name of a figure.
func (p *printer) name(code string) string {
	if known, ok := names[code]; ok {
		return known.in(p.lang)
	}
	return printable(code)
}

func (p *printer) brackets(s string) string {
	return phrase{" (" + s + ")", "（" + s + "）"}.in(p.lang)
}

func (p *printer) colon() string { return phrase{": ", "："}.in(p.lang) }

// value writes a value for reading. One that does not read is printed as it is.
func (p *printer) value(v Value) string {
	meaning, err := read(v)
	if err != nil {
		return printable(v.Text)
	}
	switch m := meaning.(type) {
	case *big.Rat:
		return p.number(v, m)
	case day:
		return p.date(v.Text)
	case time.Time:
		return p.instant(m)
	case time.Duration:
		return p.elapsed(m)
	case int:
		if m == 1 || m == -1 {
			return phrase{v.Text + " day", v.Text + "天"}.in(p.lang)
		}
		return phrase{v.Text + " days", v.Text + "天"}.in(p.lang)
	case period:
		return phrase{v.Text[:10] + " through " + v.Text[12:], v.Text[:10] + " 至 " + v.Text[12:] + "（均含当日）"}.in(p.lang)
	case week:
		return p.week(v.Text)
	case bool:
		return words[v.Text].in(p.lang)
	case namedDay:
		return p.date(v.Text[:10]) + p.brackets(classes[m.class].in(p.lang))
	case agreedDay:
		hours := v.Text[11:]
		if len(m.windows) == 0 {
			hours = words[hours].in(p.lang)
		}
		return p.date(v.Text[:10]) + " " + hours
	case shift:
		from, offset, _ := strings.Cut(v.Text, " ")
		return phrase{offset + " from " + from + " on", "自 " + from + " 起 " + offset}.in(p.lang)
	case span:
		from, until := p.instant(m.from), p.instant(m.until)
		return phrase{"from " + from + " until " + until, "自 " + from + " 起至 " + until + " 止"}.in(p.lang)
	case string:
		return p.word(m)
	case amount:
		return p.number(v, m.number)
	case lengthOfDays:
		return p.span(v.Text, m)
	case dated:
		return p.date(m.day.String()) + p.colon() + p.value(m.gives.value)
	case band:
		return p.band(m)
	case cell:
		keys := make([]string, len(m.keys))
		for i, k := range m.keys {
			keys[i] = p.word(k)
		}
		return strings.Join(keys, phrase{", ", "、"}.in(p.lang)) + p.colon() + p.value(m.gives.value)
	}
	return printable(v.Text)
}

// span writes a span of days, months or years.
func (p *printer) span(text string, l lengthOfDays) string {
	units := map[string]string{"days": "日", "weeks": "周", "months": "个月", "years": "年", "working days": "个工作日"}
	return phrase{text, strconv.Itoa(l.n) + units[l.unit]}.in(p.lang)
}

// band writes a band: what it holds and what it gives.
func (p *printer) band(b band) string {
	var ends []string
	if b.from != nil {
		ends = append(ends, phrase{"from " + p.value(b.from.value), p.value(b.from.value) + "以上"}.in(p.lang))
	}
	if b.below != nil {
		ends = append(ends, phrase{"below " + p.value(b.below.value), "不满" + p.value(b.below.value)}.in(p.lang))
	}
	if len(ends) == 0 {
		ends = []string{phrase{"any", "不论多少"}.in(p.lang)}
	}
	return strings.Join(ends, phrase{" ", "、"}.in(p.lang)) + p.colon() + p.value(b.gives.value)
}

// number writes a number or percent; beside a fraction, what it comes to.
func (p *printer) number(v Value, r *big.Rat) string {
	if !strings.Contains(v.Text, "/") {
		return v.Text
	}
	about := r.FloatString(4)
	switch v.Kind {
	case Percent:
		about += "%"
	case Money:
		about += v.Text[strings.IndexByte(v.Text, ' '):]
	}
	return v.Text + p.brackets(phrase{"about ", "约"}.in(p.lang)+about)
}

// word translates a choice.
func (p *printer) word(s string) string {
	if known, ok := words[s]; ok {
		return known.in(p.lang)
	}
	if _, ok := parseWeekdays(s); ok {
		return p.week(s)
	}
	if as, ok := asWeekday(s, "as "); ok {
		return phrase{"as on " + dayNames[as].en, "按" + dayNames[as].zh}.in(p.lang)
	}
	if as, ok := asWeekday(s, "ends as "); ok {
		return phrase{"ends as on " + dayNames[as].en, "按" + dayNames[as].zh + "的服务结束时间"}.in(p.lang)
	}
	if hour, ok := strings.CutPrefix(s, "ends "); ok {
		if _, ok := parseMinutes(hour); ok {
			return phrase{s, "至" + hour}.in(p.lang)
		}
	}
	return printable(s)
}

// week translates the days of a week or of a list of weekdays.
func (p *printer) week(s string) string {
	if s == "never" {
		return words[s].in(p.lang)
	}
	var pairs []string
	for d, name := range weekdayNames {
		pairs = append(pairs, name+"-", dayNames[d].in(p.lang)+phrase{"-", "至"}.in(p.lang), name, dayNames[d].in(p.lang))
	}
	if p.lang == Chinese {
		pairs = append(pairs, "; ", "；", ", ", "、")
	}
	return strings.NewReplacer(pairs...).Replace(s)
}

// date writes a date with its weekday; a text that is none as it is.
func (p *printer) date(s string) string {
	d, ok := parseDate(s)
	if !ok {
		return printable(s)
	}
	name := dayNames[d.weekday()].in(p.lang)
	return phrase{name + " " + s, s + " " + name}.in(p.lang)
}

// instant writes an instant: date, time and offset apart.
func (p *printer) instant(t time.Time) string {
	return p.date(t.Format(time.DateOnly)) + t.Format(" 15:04:05.999999999 Z07:00")
}

// elapsed writes a length of time by its units, those that are zero left out.
func (p *printer) elapsed(d time.Duration) string {
	sign, n := "", uint64(d)
	if d < 0 {
		sign, n = phrase{"minus ", "负"}.in(p.lang), -n // of the shortest duration too
	}
	var parts []string
	unit := func(count uint64, en, zh string) {
		if count > 0 {
			parts = append(parts, strconv.FormatUint(count, 10)+phrase{" " + en, zh}.in(p.lang))
		}
	}
	unit(n/uint64(time.Hour), "h", "小时")
	unit(n/uint64(time.Minute)%60, "min", "分钟")
	if seconds, ns := n/uint64(time.Second)%60, n%uint64(time.Second); ns == 0 {
		if seconds > 0 || len(parts) == 0 {
			parts = append(parts, strconv.FormatUint(seconds, 10)+phrase{" s", "秒"}.in(p.lang))
		}
	} else {
		fraction := strings.TrimRight(fmt.Sprintf("%09d", ns), "0")
		parts = append(parts, strconv.FormatUint(seconds, 10)+"."+fraction+phrase{" s", "秒"}.in(p.lang))
	}
	return sign + strings.Join(parts, phrase{" ", ""}.in(p.lang))
}

// write writes the entries with their columns aligned.
func (p *printer) write(b *strings.Builder) {
	const mostName = 30 // a longer name pushes its own value aside, not all of them
	labels, names := 0, 0
	for _, e := range p.entries {
		labels = max(labels, width(e.label))
		if n := width(e.name); n <= mostName {
			names = max(names, n)
		}
	}
	pad := func(s string, to int) string { return s + strings.Repeat(" ", max(0, to-width(s))) }
	for _, e := range p.entries {
		indent := pad(e.label, labels) + "  " + pad(e.name, names) + "  "
		for i, line := range e.lines {
			if i > 0 {
				indent = strings.Repeat(" ", labels+names+4)
			}
			b.WriteString(strings.TrimRight(indent+line, " ") + "\n")
		}
	}
}

// width returns the columns that s takes on a screen: Chinese characters and
// full-width signs take two.
func width(s string) int {
	n := 0
	for _, r := range s {
		n++
		if unicode.Is(unicode.Han, r) || r >= 0x3000 && r <= 0x303F || r >= 0xFF00 && r <= 0xFF60 {
			n++
		}
	}
	return n
}

// printable returns s, quoted if it holds what does not print.
func printable(s string) string {
	for _, r := range s {
		if !unicode.IsPrint(r) || r == unicode.ReplacementChar {
			return strconv.Quote(s)
		}
	}
	return s
}

// cited is a clause as a sentence cites it: by its number in the body, or by the
// one in the table of contents where it has no other.
func cited(clause string) phrase {
	if number, ok := strings.CutPrefix(clause, "contents "); ok {
		return phrase{clause, "目录第" + number + "条"}
	}
	return phrase{"clause " + clause, "第" + clause + "条"}
}
