package contract_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"math"
	"math/big"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime/debug"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cfd16870/contract"
	"github.com/cfd16870/contract/cn"
	"github.com/cfd16870/contract/proof"
)

// decimalVariables are the variables of the decimal package that a program may set.
var decimalVariables = map[string]any{
	"DivisionPrecision":            &decimal.DivisionPrecision,
	"ExpMaxIterations":             &decimal.ExpMaxIterations,
	"MarshalJSONWithoutQuotes":     &decimal.MarshalJSONWithoutQuotes,
	"MaxDecodeExponent":            &decimal.MaxDecodeExponent,
	"PowPrecisionNegativeExponent": &decimal.PowPrecisionNegativeExponent,
	"TrimTrailingZeros":            &decimal.TrimTrailingZeros,
	"UseScientificNotation":        &decimal.UseScientificNotation,
	"Zero":                         &decimal.Zero,
}

// What the numbers among the variables are set to, turn by turn, and what
// decimal.Zero is. The switches are all turned in the first turn, and one alone in
// each of the others. In the last the decimal package would take all memory, so
// the cheaper ones speak first.
var (
	hostileInts  = [...]int{0, -1, 1, math.MaxInt32}
	hostileZeros = [...]decimal.Decimal{decimal.New(42, 0), decimal.New(-5, -1), decimal.New(0, -300), decimal.New(1, math.MaxInt32)}
)

// setHostile sets every variable of the decimal package to its hostile value of
// the turn, and returns what puts them back.
func setHostile(turn int) (restore func()) {
	var undo []func()
	switches := 0
	for _, name := range slices.Sorted(maps.Keys(decimalVariables)) {
		switch v := decimalVariables[name].(type) {
		case *int:
			was := *v
			undo = append(undo, func() { *v = was })
			*v = hostileInts[turn]
		case *bool:
			was := *v
			undo = append(undo, func() { *v = was })
			if switches++; turn == 0 || turn == switches {
				*v = !was
			}
		case *decimal.Decimal:
			was := *v
			undo = append(undo, func() { *v = was })
			*v = hostileZeros[turn]
		default:
			panic(fmt.Sprintf("no hostile value for %s, a %T", name, v))
		}
	}
	if switches >= len(hostileInts) {
		panic("a switch has no turn of its own")
	}
	return func() {
		for _, f := range undo {
			f()
		}
	}
}

// underRace reports whether the tests run under -race, which takes ten times as
// long and has nothing to find in one goroutine.
func underRace() bool {
	info, ok := debug.ReadBuildInfo()
	return ok && slices.Contains(info.Settings, debug.BuildSetting{Key: "-race", Value: "true"})
}

// thinUnderRace leaves out seven rows of eight of a table that has no goroutines: the
// whole table runs without the race detector.
func thinUnderRace(t *testing.T, row int) {
	t.Helper()
	if underRace() && row%8 != 0 {
		t.Skip("one row of eight under the race detector")
	}
}

// hostileTurns is the number of turns that are taken.
func hostileTurns() int { return len(hostileInts) }

// hostileEnv names the file of the answers that a process has to give whatever the
// variables are set to.
const hostileEnv = "CONTRACT_TEST_HOSTILE_ANSWERS"

// Whatever a program sets the variables of the decimal package to, the library
// gives the answers that it gives when nobody touched them. The hostile part runs
// in a process of its own: other tests run beside this one, and there nothing has
// been computed, and perhaps kept, before the variables are set.
func TestHostileGlobals(t *testing.T) {
	path := os.Getenv(hostileEnv)
	if path == "" {
		if underRace() {
			t.Skip("the same runs without")
		}
		assert.Equal(t, decimalOf(t).vars, slices.Sorted(maps.Keys(decimalVariables)), "the exported variables of the decimal package, by its source")
		data, err := json.Marshal(answersOfTheLibrary(t))
		require.NoError(t, err)
		path = filepath.Join(t.TempDir(), "answers.json")
		require.NoError(t, os.WriteFile(path, data, 0o600))
		out, err := testsWith(t, "^TestHostileGlobals$", hostileEnv+"="+path)
		require.NoError(t, err, "%s", out)
		require.Equal(t, hostileTurns(), strings.Count(out, "--- PASS: TestHostileGlobals/"), "every turn was taken:\n%s", out)
		return
	}
	data, err := os.ReadFile(path)
	require.NoError(t, err)
	var want map[string]string
	require.NoError(t, json.Unmarshal(data, &want))
	for turn := range hostileTurns() {
		ok := t.Run(fmt.Sprint(turn), func(t *testing.T) {
			t.Cleanup(setHostile(turn))
			got := answersOfTheLibrary(t)
			require.Equal(t, slices.Sorted(maps.Keys(want)), slices.Sorted(maps.Keys(got)))
			for _, name := range slices.Sorted(maps.Keys(want)) {
				requireSameLines(t, name, want[name], got[name])
			}
		})
		if !ok {
			break
		}
	}
}

// hostileTurnEnv makes a process set the variables before its tests begin: all but
// the one without which the tests could not read their own tables.
const hostileTurnEnv = "CONTRACT_TEST_HOSTILE_TURN"

func init() {
	if turn, err := strconv.Atoi(os.Getenv(hostileTurnEnv)); err == nil {
		reads := decimal.MaxDecodeExponent
		setHostile(turn)
		decimal.MaxDecodeExponent = reads
	}
}

// The tests of worked questions and of the tables of cases, whichever there are,
// go as they go when nobody touched the variables.
func TestQuestionsUnderHostileGlobals(t *testing.T) {
	if underRace() {
		t.Skip("the same tests run without")
	}
	outcome := regexp.MustCompile(`(?m)^ *--- ((?:PASS|FAIL|SKIP): .*) \([0-9.]+s\)$`)
	outcomes := func(env ...string) (list []string) {
		out, _ := testsWith(t, "^Test(Questions(Of.*)?|WorkingsOf.*|.*Conformance)$", env...) // one that fails in both is its own business
		for _, found := range outcome.FindAllStringSubmatch(out, -1) {
			list = append(list, found[1])
		}
		require.NotEmpty(t, list, out)
		return list
	}
	assert.Equal(t, outcomes(), outcomes(hostileTurnEnv+"=0"))
}

// testsWith runs tests in a process of their own.
func testsWith(t *testing.T, pattern string, env ...string) (out string, err error) {
	t.Helper()
	self, err := os.Executable()
	require.NoError(t, err)
	cmd := exec.CommandContext(t.Context(), self, "-test.v", "-test.run="+pattern)
	cmd.Env = append(os.Environ(), env...)
	text, err := cmd.CombinedOutput()
	return string(text), err
}

// requireSameLines shows the first line that differs.
func requireSameLines(t *testing.T, name, want, got string) {
	t.Helper()
	if want == got {
		return
	}
	a, b := strings.Split(want, "\n"), strings.Split(got, "\n")
	for i := range min(len(a), len(b)) {
		require.Equal(t, a[i], b[i], "%s, line %d", name, i+1)
	}
	require.Len(t, b, len(a), "lines of %s", name)
}

// answersOfTheLibrary are the answers that must not depend on any variable, by
// what they answer.
func answersOfTheLibrary(t *testing.T) map[string]string {
	t.Helper()
	answers := make(map[string]*strings.Builder)
	say := func(what, format string, args ...any) {
		if answers[what] == nil {
			answers[what] = new(strings.Builder)
		}
		fmt.Fprintf(answers[what], format+"\n", args...)
	}
	explain := func(what, head string, w *proof.Working) {
		if w == nil {
			say(what, "# %s: no working", head)
			return
		}
		data, err := json.Marshal(w)
		require.NoError(t, err)
		say(what, "# %s\n%s\n%s\n%s\n%v, sealed: %v", head, w.Text(proof.English), w.Text(proof.Chinese), data, w.Check(), w.Sealed())
	}
	answersOfMoney(t, say)

	doc := sampleDocument(t)
	text, err := doc.JSON()
	require.NoError(t, err)
	again, err := contract.Parse(text)
	require.NoError(t, err)
	say("document", "%s\n%s\n%s", text, doc.Digest(), again.Digest())
	for _, price := range []string{`"12000.00"`, `1.5`, `"1e3 CNY"`, `"-0.00 CNY"`, `"1,000.00 CNY"`} {
		_, err := contract.Parse([]byte(strings.Replace(string(text), `"120000.00 CNY"`, price, 1)))
		say("document", "%v", err)
	}
	c, err := contract.Compile(doc, chinaWithRates())
	require.NoError(t, err)
	say("contract", "%v %v %v", c.SignedTerm(), c.NotComputed(), c.Versions())

	// Compiling takes most of the time, and many questions are asked of one reading.
	compiled := make(map[string]*contract.Contract)
	reading := func(changes []change, provisional bool, compile func() *contract.Contract) *contract.Contract {
		key, err := json.Marshal(changes)
		require.NoError(t, err)
		name := fmt.Sprint(string(key), provisional)
		if compiled[name] == nil {
			compiled[name] = compile()
		}
		return compiled[name]
	}
	for _, q := range questions(t) {
		c := reading(q.Changes, q.Provisional, func() *contract.Contract { return q.contract(t, doc) })
		explain("questions", q.Question+": "+q.Why, q.answer(t, c))
	}
	clear(compiled) // those know no prime rates
	for _, q := range moneyQuestions(t) {
		c := reading(q.Changes, false, func() *contract.Contract { return contract.MustCompile(q.reread(t, doc), chinaWithRates()) })
		for _, w := range q.answer(t, c) {
			explain("questions of money", q.Question+": "+q.Why, w)
		}
	}

	march := tally(t, c, map[contract.Status]int{contract.StatusMet: 38, contract.StatusBreached: 2, openAndLate: 1, contract.StatusRunning: 3, contract.StatusExcused: 2})
	for _, a := range march.Attainment() {
		met, of := a.Counted()
		p, ok := a.Percent()
		say("attainment", "%v %d of %d: %v %v", a.Period, met, of, p, ok)
		explain("attainment", a.Period.String(), a.Explain())
	}
	var spring []contract.Survey
	for i := range 100 {
		answer := []string{"very satisfied", "satisfied", "satisfied", "neutral", "dissatisfied", "satisfied", "no idea"}[i%7]
		spring = append(spring, contract.Survey{Source: fmt.Sprintf("surveys.csv:%d", i+2), On: day("2024-05-06").AddDays(i % 20), Answer: answer})
	}
	satisfaction, err := c.Satisfaction(spring)
	require.NoError(t, err)
	for _, s := range satisfaction {
		p, ok := s.Percent()
		met, known := s.Met()
		say("satisfaction", "%v %d: %v %v, at least %v: %v %v", s.Period, s.Valid(), p, ok, s.AtLeast(), met, known)
		explain("satisfaction", s.Period.String(), s.Explain())
	}

	st, err := c.Statement(hostileRecords(spring), at("2024-09-01 12:00"))
	require.NoError(t, err)
	text, err = st.JSON()
	require.NoError(t, err)
	say("statement", "%s", strings.ReplaceAll(string(text), ",", ",\n"))
	for _, f := range st.Figures() {
		explain("statement", f.ID, f.Explain())
	}

	texts := make(map[string]string)
	for what, b := range answers {
		texts[what] = b.String()
	}
	return texts
}

// answersOfMoney are those of Money, Percent and published figures.
func answersOfMoney(t *testing.T, say func(what, format string, args ...any)) {
	t.Helper()
	// In words of the decimal package that read no variable.
	parts := func(d decimal.Decimal) string {
		return fmt.Sprintf("%v·10^%d, %s", d.Coefficient(), d.Exponent(), d.StringFixed(2))
	}
	for _, s := range []string{
		"0.00 CNY", "2400.00 CNY", "-0.01 CNY", "1200 JPY", "1200.5 JPY", "0.0005 CNY", "1.5000 KWD", "123456789012345678901234567890.12 EUR", "100000000000000000000.00 CNY",
		"", "CNY", "1", "1.00  CNY", "1.00 cny", "1.00 XXX", "-0 CNY", "+1 CNY", "01 CNY", "1e3 CNY", "1E-3 CNY", "1,000.00 CNY", ".5 CNY", "5. CNY", "1/3 CNY",
		"1" + strings.Repeat("0", 60) + " CNY", "0." + strings.Repeat("0", 60) + "1 CNY",
	} {
		m, err := contract.ParseMoney(s)
		say("money", "%q: %v %v", s, m, err)
		if err != nil {
			continue
		}
		text, err := json.Marshal(map[string]contract.Money{"amount": m})
		require.NoError(t, err)
		say("money", "%s, %s, sign %d, zero %v", text, parts(m.Decimal()), m.Sign(), m.IsZero())
		back, err := contract.NewMoney(m.Decimal(), m.Currency())
		require.NoError(t, err)
		double, err := back.Add(m)
		require.NoError(t, err)
		none, err := m.Sub(back)
		require.NoError(t, err)
		order, err := m.Compare(double)
		say("money", "%v %v %v %v, %v %d %v", back, m.Neg(), double, none, none.Equal(contract.Money{}), order, err)
		for _, weights := range [][]int64{{1, 1, 1}, {7}, {3, 0, 4}, {1, 2, math.MaxInt64}, {0, 0}, {-1, 2}, {}} {
			shares, err := m.Split(weights)
			say("split", "%v by %v: %v %v", m, weights, shares, err)
		}
	}
	for _, d := range []decimal.Decimal{
		{}, decimal.New(0, 0), decimal.New(0, 12), decimal.New(0, -12), decimal.New(24, 2), decimal.New(2400, -2), decimal.New(-24000, -6), decimal.New(1, 37), decimal.New(1, 38),
		decimal.New(1, 1_000_000_000), decimal.New(1, -1_000_000_000), decimal.NewFromBigInt(new(big.Int).Lsh(big.NewInt(1), 200), -2),
	} {
		m, err := contract.NewMoney(d, "CNY")
		say("new money", "%v·10^%d: %v %v", d.Coefficient(), d.Exponent(), m, err)
		s, err := contract.NewSeries("s", "gazette", contract.Through(day("2024-01-01"), day("2024-12-31")), []contract.SeriesRow{{From: day("2024-01-01"), Value: d}})
		say("series", "%v", err)
		if err == nil {
			figure, err := s.On(day("2024-07-01"))
			say("series", "%s %v", parts(figure), err)
		}
	}
	for _, s := range []string{"0%", "0.05%", "100%", "-5%", "33.333333333333333333%", "5", "%", "1e2%", "5 %", "1/3%", ""} {
		p, err := contract.ParsePercent(s)
		say("percent", "%q: %v %v", s, p, err)
		if err != nil {
			continue
		}
		text, err := json.Marshal(map[string]contract.Percent{"rate": p})
		require.NoError(t, err)
		say("percent", "%s %d", text, p.Compare(contract.MustParsePercent("0.05%")))
		for _, mode := range contract.RoundHalfUp.Words() {
			for places := range 4 {
				rounded, err := p.Round(places, contract.Rounding(mode))
				say("percent", "%s to %d: %v %v", mode, places, rounded, err)
			}
		}
	}
	for _, s := range []*contract.Series{cn.LPR1Y(), cn.LPR5Y()} {
		for _, on := range []string{"2019-08-19", "2019-08-20", "2022-01-19", "2024-07-22", "2026-08-20"} {
			figure, err := s.On(day(on))
			say("series", "%s %s: %s %v", s.Name(), on, parts(figure), err)
		}
	}
}

// hostileRecords are records of the sample contract, with quantities in all the
// ways in which a decimal can be spelled.
func hostileRecords(surveys []contract.Survey) contract.Records {
	r := contract.Records{
		Requests: slicesOf(
			&contract.Request{ID: "R1", Source: "requests.csv:2", Selector: contract.Selector{Category: "technical support"}, Received: at("2024-03-29 17:30"), Events: []contract.Event{ev(contract.EventResponded, "2024-04-01 09:40")}},
			&contract.Request{ID: "R2", Source: "requests.csv:3", Selector: contract.Selector{Category: "fault"}, Received: at("2024-04-03 17:20")},
		),
		Surveys: slicesOf(surveys...),
		Work: []contract.Work{{Source: "work.csv:2", ID: "W1", Item: "repair", From: at("2024-05-06 09:10"), To: at("2024-05-06 19:45"),
			Keys: map[string]string{"fault class": "serious", "difficulty": "middle"}}},
		Payments: []contract.Payment{{Source: "payments.csv:2", ID: "P1", On: day("2024-07-01"), Amount: yuan("1000.00")}},
		Notices:  []contract.Notice{{Source: "notices.csv:2", ID: "N1", Channel: "e-mail", By: contract.Provider, Ground: contract.GroundRaise, Sent: at("2024-08-30 17:40"), Raise: contract.MustParsePercent("6%"), From: day("2025-03-01")}},
		Claims:   []contract.Claim{{Source: "claims.csv:2", ID: "C1", Of: contract.ClaimLateCharge, Subject: "V2", AsOf: day("2024-07-01"), Amount: yuan("1.00")}},
		Breaches: 5,
	}
	for i, quantity := range []decimal.Decimal{
		decimal.New(1, 0), decimal.New(75, -1), decimal.New(7500, -3), decimal.New(12, 2), decimal.New(0, 5), {}, decimal.New(-2, 0), decimal.New(1, 30), decimal.New(1, -30), decimal.New(1, 41),
	} {
		id := fmt.Sprintf("U%d", i+1)
		r.Usage = append(r.Usage, contract.Usage{Source: fmt.Sprintf("usage.csv:%d", i+2), ID: id, Item: "parts", On: day("2024-05-06"), Quantity: quantity, Amount: yuan("12.60")})
		r.Invoices = append(r.Invoices, contract.InvoiceRecord{Source: fmt.Sprintf("invoices.csv:%d", i+2), ID: fmt.Sprintf("V%d", i+1), Usage: []string{id},
			Issued: day("2024-05-10"), Received: day("2024-05-11"), Compliant: true, Net: yuan("94.50"), Tax: yuan("12.29"), Total: yuan("106.79")})
	}
	return r
}
