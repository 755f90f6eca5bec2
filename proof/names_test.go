package proof

import (
	"go/ast"
	"go/parser"
	"go/token"
	"regexp"
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"
)

// constants returns the constants of a type in proof.go, read from the source, so
// that one added there is missed nowhere.
func constants(t *testing.T, typeName string) []string {
	file, err := parser.ParseFile(token.NewFileSet(), "proof.go", nil, 0)
	require.NoError(t, err)
	var all []string
	ast.Inspect(file, func(n ast.Node) bool {
		if spec, ok := n.(*ast.ValueSpec); ok {
			if id, ok := spec.Type.(*ast.Ident); ok && id.Name == typeName {
				all = append(all, must(strconv.Unquote(spec.Values[0].(*ast.BasicLit).Value)))
			}
		}
		return true
	})
	require.NotEmpty(t, all)
	return all
}

func allOps(t *testing.T) []Op {
	var ops []Op
	for _, s := range constants(t, "Op") {
		ops = append(ops, Op(s))
	}
	return ops
}

// inBoth requires both languages of a phrase.
func inBoth(t *testing.T, what string, p phrase, ok bool) {
	t.Helper()
	require.True(t, ok, "%s has no phrase", what)
	require.NotEmpty(t, p.en, what)
	require.NotEmpty(t, p.zh, what)
}

func TestEverythingHasBothLanguages(t *testing.T) {
	for _, op := range allOps(t) {
		p, ok := premises[op]
		if !op.Premise() {
			p, ok = ways[op]
		}
		inBoth(t, string(op), p, ok)
		if len(derivations[op].may) > 0 {
			p, ok = longWays[op]
			inBoth(t, string(op), p, ok)
		}
	}
	for _, m := range constants(t, "Mark") {
		p, ok := marks[Mark(m)]
		inBoth(t, m, p, ok)
	}
	for _, class := range []string{statutory, rest, work} {
		p, ok := classes[class]
		inBoth(t, class, p, ok)
	}
	for _, table := range []map[string]phrase{names, words} {
		for code, p := range table {
			inBoth(t, code, p, true)
		}
	}
	for _, p := range dayNames {
		inBoth(t, p.en, p, true)
	}
	for _, word := range []string{"closed", "open", "closed on statutory days only", "count", "ignored",
		"wholly paused days are skipped", "touched days are skipped", "paused service time is added", "next opening", "closing", "24:00",
		"same time of day", "runs", "not measured", "half up", "half even", "half down", "up", "down", "yes", "no",
		"with their own hours", "next closing", "previous opening", "previous closing", "either", "both", "first without second", "[)", "(]", "[]", "()",
		"rolls back over rest days", "rolls back over statutory holidays", "rolls within the month over rest days", "rolls within the month over statutory holidays",
		"rolls back within the month over rest days", "rolls back within the month over statutory holidays", "rolls within the half-month over rest days", "rolls within the half-month over statutory holidays",
		"rolls the nearer way over rest days", "rolls the nearer way over statutory holidays",
		"stays", "rolls over rest days", "rolls over statutory holidays", "last day", "first of next month", "refuse",
		"normal", "statutory holiday", "make-up day", "rest day", "out of hours"} {
		p, ok := words[word]
		inBoth(t, word, p, ok)
	}
	for _, name := range []string{"received", "within", "due", "service hours", "weekdays", "make-up days", "holidays", "calendar", "agreed hours",
		"zone", "working days", "make-up days as working days", "a working day without a window", "day of receipt", "last day", "ends", "paused", "skips",
		"paused service time", "start", "starts", "responded", "arrived", "restored", "resolved", "accepted", "as of", "overrun", "overrun in service time",
		"late", "rolled", "rolls", "used", "left", "met", "breached", "open and late", "measurements counted", "attainment", "attainment at least", "satisfied",
		"valid answers", "satisfaction", "satisfaction at least", "reached", "event", "places", "rounding",

		"price", "quantity", "hours worked", "hours charged", "factor", "amount", "line amount", "gross", "net", "tax", "tax rate", "total", "invoice total",
		"signing", "invoice received", "compliant invoice received", "invoice issued", "due date", "before rolling", "days late", "daily rate", "annual rate",
		"reference rate", "multiple", "points", "basis", "overdue sum", "late charge", "late charge in all", "late charge posted", "cap", "cap rate",
		"left under the cap", "taken by the cap", "days to the cap", "day the cap is reached", "payment", "left of the payment", "to late charge", "to principal",
		"principal owed", "late charge owed", "owed", "credit rate", "month's fee", "quarter's fee", "year's fee", "credit", "credited before", "points below",
		"complete points", "deduction", "sent", "deemed day", "day of dispatch", "last day to arrive", "last dispatch", "last day of the term",
		"first day of the term", "notice in time", "request", "most", "raise", "new price", "price before", "first day of the right", "last day to cure",
		"first unused day", "days unused", "days of the contract year", "refund", "fixed sum", "end", "difference", "claimed", "computed", "hundred percent",
		"part of the tax", "tax of the group"} {
		p, ok := names[name]
		inBoth(t, name, p, ok)
	}
}

// A sentence that says how a value follows names each operand, in both languages.
func TestWaysNameEveryOperand(t *testing.T) {
	place := regexp.MustCompile(`\{(\d)(\.\.)?\}`)
	covers := func(t *testing.T, way string, needs int, rest bool) {
		named, from := map[int]bool{}, 0
		for _, m := range place.FindAllStringSubmatch(way, -1) {
			n := must(strconv.Atoi(m[1]))
			if m[2] != "" {
				from = n
			} else {
				named[n] = true
			}
			require.LessOrEqual(t, n, needs+1, way)
		}
		for n := 1; n <= needs; n++ {
			require.True(t, named[n] || from > 0 && from <= n, "%s: operand %d of %d", way, n, needs)
		}
		require.Equal(t, rest, from > 0, "%s: the rest of the operands", way)
		require.False(t, named[needs+1], way)
	}
	for op, d := range derivations {
		t.Run(string(op), func(t *testing.T) {
			rest := d.rest.fits != nil
			long, has := longWays[op]
			require.Equal(t, len(d.may) > 0, has)
			for _, way := range []string{ways[op].en, ways[op].zh} {
				covers(t, way, len(d.must), rest && !has)
			}
			if has {
				covers(t, long.en, len(d.must)+len(d.may), rest)
				covers(t, long.zh, len(d.must)+len(d.may), rest)
			}
		})
	}
}

// A value of each kind reads in both languages, and not as it is spelled where
// the spelling is for machines.
func TestEveryKindReads(t *testing.T) {
	reads := map[Kind][3]string{
		Number:  {"-0.5", "-0.5", "-0.5"},
		Percent: {"3800/41%", "3800/41% (about 92.6829%)", "3800/41%（约92.6829%）"},
		Date:    {"2024-05-11", "Sat 2024-05-11", "2024-05-11 周六"},
		Instant: {"2024-05-11T18:00:00+08:00", "Sat 2024-05-11 18:00:00 +08:00", "2024-05-11 周六 18:00:00 +08:00"},
		Elapsed: {"8h30m0.5s", "8 h 30 min 0.5 s", "8小时30分钟0.5秒"},
		Days:    {"7", "7 days", "7天"},
		Period:  {"2024-04-29..2024-05-11", "2024-04-29 through 2024-05-11", "2024-04-29 至 2024-05-11（均含当日）"},
		Week: {"mon-fri 09:00-12:00 13:00-18:00; sat 09:00-12:00", "Mon-Fri 09:00-12:00 13:00-18:00; Sat 09:00-12:00",
			"周一至周五 09:00-12:00 13:00-18:00；周六 09:00-12:00"},
		Word:    {"closed", "closed", "不服务"},
		Truth:   {"yes", "yes", "是"},
		Day:     {"2024-05-11 work", "Sat 2024-05-11 (worked to make up)", "2024-05-11 周六（调休上班）"},
		Agreed:  {"2024-10-12 closed", "Sat 2024-10-12 closed", "2024-10-12 周六 不服务"},
		Shift:   {"1991-09-14T15:00:00Z +08:00", "+08:00 from 1991-09-14T15:00:00Z on", "自 1991-09-14T15:00:00Z 起 +08:00"},
		Money:   {"2/3 CNY", "2/3 CNY (about 0.6667 CNY)", "2/3 CNY（约0.6667 CNY）"},
		Span:    {"30 days", "30 days", "30日"},
		Dated:   {"2024-07-22 3.35%", "Mon 2024-07-22: 3.35%", "2024-07-22 周一：3.35%"},
		Band:    {"from 80% below 90%: 10%", "from 80% below 90%: 10%", "80%以上、不满90%：10%"},
		Cell:    {"serious, rest day: 1.5", "serious, rest day: 1.5", "serious、休息日：1.5"},
		Stretch: {"2026-05-07T09:00:00Z/2026-05-08T18:00:00Z", "from Thu 2026-05-07 09:00:00 Z until Fri 2026-05-08 18:00:00 Z", "自 2026-05-07 周四 09:00:00 Z 起至 2026-05-08 周五 18:00:00 Z 止"},
	}
	for _, kind := range constants(t, "Kind") {
		r, ok := reads[Kind(kind)]
		require.True(t, ok, kind)
		require.Equal(t, r[1], (&printer{lang: English}).value(Value{Kind(kind), r[0]}))
		require.Equal(t, r[2], (&printer{lang: Chinese}).value(Value{Kind(kind), r[0]}))
	}
	for v, want := range map[Value][2]string{
		{Band, "below 80%: 20%"}:           {"below 80%: 20%", "不满80%：20%"},
		{Band, "from 95%: 0%"}:             {"from 95%: 0%", "95%以上：0%"},
		{Band, "any: 5%"}:                  {"any: 5%", "不论多少：5%"},
		{Band, "below 0.01 GBP: 1/3"}:      {"below 0.01 GBP: 1/3 (about 0.3333)", "不满0.01 GBP：1/3（约0.3333）"},
		{Money, "1234567.80 CNY"}:          {"1234567.80 CNY", "1234567.80 CNY"},
		{Money, "-5.00 CNY"}:               {"-5.00 CNY", "-5.00 CNY"},
		{Span, "1 calendar day"}:           {"1 calendar day", "1日"},
		{Span, "2 weeks"}:                  {"2 weeks", "2周"},
		{Span, "3 months"}:                 {"3 months", "3个月"},
		{Span, "1 year"}:                   {"1 year", "1年"},
		{Span, "10 working days"}:          {"10 working days", "10个工作日"},
		{Dated, "2024-03-31 50000.00 CNY"}: {"Sun 2024-03-31: 50000.00 CNY", "2024-03-31 周日：50000.00 CNY"},
		{Cell, "out of hours: 150%"}:       {"out of hours: 150%", "非服务时间：150%"},
		{Cell, "fault 3, low: 1/3 CNY"}:    {"fault 3, low: 1/3 CNY (about 0.3333 CNY)", "fault 3、low：1/3 CNY（约0.3333 CNY）"},
		{Word, "first of next month"}:      {"first of next month", "以次月首日为准"},
		{Word, "rolls over rest days"}:     {"rolls over rest days", "遇休息日顺延"},
	} {
		require.Equal(t, want[0], (&printer{lang: English}).value(v))
		require.Equal(t, want[1], (&printer{lang: Chinese}).value(v))
	}
	for code, want := range map[string]string{"as mon": "按周一", "ends as sat": "按周六的服务结束时间", "ends 18:00": "至18:00", "mon-fri, sun": "周一至周五、周日",
		"half up": "四舍五入", "Asia/Shanghai": "Asia/Shanghai", "ends meet": "ends meet"} {
		require.Equal(t, want, (&printer{lang: Chinese}).word(code))
	}
	for code, want := range map[Value]string{dur("0s"): "0 s", dur("-1m30s"): "minus 1 min 30 s", dur("1h0m0s"): "1 h", DaysOf(1): "1 day",
		{Week, "never"}: "never", {Instant, "noon"}: "noon", {"weight", "1 kg\n"}: `"1 kg\n"`, {Agreed, "2024-10-12 09:00-12:00"}: "Sat 2024-10-12 09:00-12:00"} {
		require.Equal(t, want, (&printer{}).value(code))
	}
}
