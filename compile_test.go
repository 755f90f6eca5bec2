package contract_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cfd16870/contract"
)

// A slip is one thing wrong with the sample: what was written, and the fault
// that Compile finds for it, which is the only one unless more are named.
type slip struct {
	why   string
	edits []edit
	at    string // the fault's pointer
	kind  error
	says  string   // of its text: what would have been right
	more  []string // pointers of the faults that follow from the same slip
}

// unamended is the sample without what points into its other parts, so that a
// slip there is not found twice.
var unamended = []edit{{"/amendments", list{}}, {"/readings", nil}, {"/completed", nil}}

func testSlips(t *testing.T, before []edit, slips []slip) {
	t.Helper()
	for _, s := range slips {
		t.Run(s.why, func(t *testing.T) {
			_, err := compileText(editText(t, append(before[:len(before):len(before)], s.edits...)...))
			require.Error(t, err)
			faults := faultsIn(t, err)
			require.ElementsMatch(t, append([]string{s.at}, s.more...), placesOf(faults), "%v", err)
			for i, place := range placesOf(faults) {
				if place != s.at {
					continue
				}
				f := faults[i]
				assert.Truef(t, isKind(f, s.kind), "%v is not %q", f, s.kind)
				assert.Contains(t, f.Msg, s.says)
				return
			}
		})
	}
}

func TestCompileChecksTheDocument(t *testing.T) {
	testSlips(t, unamended, []slip{
		{why: "a contract has an identity", edits: []edit{{"/id", nil}}, at: "/id", kind: contract.ErrRequired, says: "not stated"},
		{why: "the day of signing orders the amendments", edits: []edit{{"/signed", nil}}, at: "/signed", kind: contract.ErrRequired, says: "not stated"},
		{why: "no zone has a default", edits: []edit{{"/zone", nil}}, at: "/zone", kind: contract.ErrRequired, says: "not stated"},
		{why: "an empty zone would be UTC", edits: []edit{{"/zone", ""}}, at: "/zone", kind: contract.ErrRequired, says: "not stated"},
		{why: "Local is another zone on every machine", edits: []edit{{"/zone", "Local"}}, at: "/zone", kind: contract.ErrInvalid, says: "such as Asia/Shanghai"},
		{why: "a zone is one of the tz database", edits: []edit{{"/zone", "Mars/Phobos"}}, at: "/zone", kind: contract.ErrUnknown, says: `no zone "Mars/Phobos" in the tz database`},
		{why: "a zone is a name, not a path", edits: []edit{{"/zone", "../../etc/passwd"}}, at: "/zone", kind: contract.ErrUnknown, says: "no zone"},
		{why: "no currency has a default", edits: []edit{{"/currency", nil}}, at: "/currency", kind: contract.ErrRequired, says: "not stated"},
		{why: "RMB is a name, CNY the code", edits: []edit{{"/currency", "RMB"}}, at: "/currency", kind: contract.ErrUnknown, says: "write an ISO 4217 code, such as CNY"},
		{why: "the parties are named", edits: []edit{{"/parties", nil}}, at: "/parties", kind: contract.ErrRequired, says: "not stated"},
		{why: "a party has a label in the text", edits: []edit{{"/parties/customer/label", nil}}, at: "/parties/customer/label", kind: contract.ErrRequired, says: "not stated"},
		{why: "甲方 is a label, not a role", edits: []edit{{"/parties/甲方", obj{"label": "甲方", "name": "x"}}}, at: "/parties/甲方", kind: contract.ErrUnknown, says: "write one of: customer, provider"},
		{why: "either is who may act, not a party", edits: []edit{{"/parties/either", obj{"label": "x", "name": "x"}}}, at: "/parties/either", kind: contract.ErrInvalid, says: "the customer or the provider"},
		{why: "both is who acts together, not a party", edits: []edit{{"/parties/both", obj{"label": "x", "name": "x"}}}, at: "/parties/both", kind: contract.ErrInvalid, says: "the customer or the provider"},
		{why: "a rounding says its mode", edits: []edit{{"/rounding/mode", nil}}, at: "/rounding/mode", kind: contract.ErrRequired, says: "write one of: half up, half even, half down, up, down"},
		{why: "banker's rounding is called half even", edits: []edit{{"/rounding/mode", "bankers"}}, at: "/rounding/mode", kind: contract.ErrUnknown, says: `"bankers"; write one of: half up, half even`},
		{why: "a rounding says to what", edits: []edit{{"/rounding/to", nil}}, at: "/rounding/to", kind: contract.ErrRequired, says: "not stated"},
		{why: "a rounding says where", edits: []edit{{"/rounding/at", nil}}, at: "/rounding/at", kind: contract.ErrRequired, says: "not stated"},
		{why: "a clause has a number somewhere", edits: []edit{{"/clauses/team", obj{"title": "服务团队", "source": "full text"}}}, at: "/clauses/team", kind: contract.ErrRequired, says: "in the body, in the contents, or both"},
		{why: "a clause says how much of it the source has", edits: []edit{{"/clauses/team/source", nil}}, at: "/clauses/team/source", kind: contract.ErrRequired, says: "write one of: full text, cut short, heading only, contents only, supplied"},
		{why: "how much of a clause there is, is one of five words", edits: []edit{{"/clauses/team/source", "all of it"}}, at: "/clauses/team/source", kind: contract.ErrUnknown, says: `"all of it"; write one of: full text`},
		{why: "a clause has a name", edits: []edit{{"/clauses/", obj{"body": "1", "source": "full text"}}}, at: "/clauses/", kind: contract.ErrRequired, says: "a name is empty"},
		{why: "the requests chapter stands in a clause", edits: []edit{{"/requests/clause", "reqests"}}, at: "/requests/clause", kind: contract.ErrUnknown, says: `no clause "reqests"; have adjustment, after-sales fees`},
		{why: "no priorities are an empty object", edits: []edit{{"/requests/priorities", nil}}, at: "/requests/priorities", kind: contract.ErrRequired, says: "write {} for none"},
		{why: "the month's end is one of three words", edits: []edit{{"/periods/monthEnd", "last"}}, at: "/periods/monthEnd", kind: contract.ErrUnknown, says: "write one of: last day, first of next month, refuse"},
		{why: "a governing law stands in a clause", edits: []edit{{"/governingLaw/clause", nil}}, at: "/governingLaw/clause", kind: contract.ErrRequired, says: "not stated"},

		{why: "a term has a last day or a length", edits: []edit{{"/term/through", nil}}, at: "/term/through", kind: contract.ErrRequired, says: "or its length with for"},
		{why: "a term has not both", edits: []edit{{"/term/for", "12 months"}}, at: "/term/for", kind: contract.ErrConflict, says: "a last day, 2025-02-28, and a length, 12 months; say one"},
		{why: "a term does not end before it begins", edits: []edit{{"/term/through", "2024-02-29"}}, at: "/term/through", kind: contract.ErrConflict, says: "ends on 2024-02-29, before it begins on 2024-03-01"},
		{why: "a term begins", edits: []edit{{"/term/from", nil}}, at: "/term/from", kind: contract.ErrRequired, says: "not stated"},

		{why: "a reading points at what is read", edits: []edit{{"/readings", list{obj{"at": "/targets/repairs", "text": "x", "also": list{}}}}}, at: "/readings/0/at", kind: contract.ErrUnknown, says: `nothing stands at "/targets/repairs"`},
		{why: "a reading that is no pointer points at nothing", edits: []edit{{"/readings", list{obj{"at": "clause 4.1", "text": "x", "also": list{}}}}}, at: "/readings/0/at", kind: contract.ErrUnknown, says: "nothing stands at"},
		{why: "a reading tells the others", edits: []edit{{"/readings", list{obj{"at": "/severalTargets", "text": "x"}}}}, at: "/readings/0/also", kind: contract.ErrRequired, says: "write [] for none"},
		{why: "a completed place is one of the document", edits: []edit{{"/completed", list{obj{"at": "/fees/items/0", "because": "x"}}}}, at: "/completed/0/at", kind: contract.ErrUnknown, says: `nothing stands at "/fees/items/0"`},
		{why: "a completed place says why", edits: []edit{{"/completed", list{obj{"at": "/fees/items"}}}}, at: "/completed/0/because", kind: contract.ErrRequired, says: "not stated"},
		{why: "no amendments are an empty list", edits: []edit{{"/amendments", nil}}, at: "/amendments", kind: contract.ErrRequired, says: "write [] for none"},
	})
}

// A calendar that is not given hides nothing else that is wrong with what goes by it.
func TestCompileFindsFaultsBesideAnUnknownCalendar(t *testing.T) {
	_, err := compileText(editText(t, append(unamended[:len(unamended):len(unamended)],
		edit{"/hours/service/calendar", "china"}, edit{"/hours/service/week/sat", list{"9-12"}}, edit{"/hours/service/holidays", "shut"},
		edit{"/workingDays/state/calendar", "china"}, edit{"/workingDays/state/makeupDays", "maybe"})...))
	require.Equal(t, []string{"/workingDays/state/makeupDays", "/workingDays/state/calendar", "/hours/service/holidays", "/hours/service/calendar", "/hours/service/week/sat/0"}, placesOf(faultsIn(t, err)))
}

func TestCompileChecksHoursAndWorkingDays(t *testing.T) {
	testSlips(t, unamended, []slip{
		{why: "hours stand in a clause", edits: []edit{{"/hours/service/clause", "opening"}}, at: "/hours/service/clause", kind: contract.ErrUnknown, says: `no clause "opening"; have`},
		{why: "hours go by a calendar", edits: []edit{{"/hours/service/calendar", nil}}, at: "/hours/service/calendar", kind: contract.ErrRequired, says: "not stated"},
		{why: "a calendar is one that Compile was given", edits: []edit{{"/hours/service/calendar", "china"}}, at: "/hours/service/calendar", kind: contract.ErrUnknown, says: `no calendar "china" among the reference data given; have cn`},
		{why: "hours have a week", edits: []edit{{"/hours/service/week", nil}}, at: "/hours/service/week", kind: contract.ErrRequired, says: "not stated"},
		{why: "hours that never open are no hours", edits: []edit{{"/hours/service/week", obj{}}}, at: "/hours/service/week", kind: contract.ErrInvalid, says: "at least one window"},
		{why: "a day without windows is left out", edits: []edit{{"/hours/service/week/sat", list{}}}, at: "/hours/service/week/sat", kind: contract.ErrInvalid, says: "leave the days out if they are closed"},
		{why: "days of the week are three letters", edits: []edit{{"/hours/service/week/saturday", list{"09:00-12:00"}}}, at: "/hours/service/week/saturday", kind: contract.ErrSyntax, says: "mon tue wed thu fri sat sun"},
		{why: "a week runs from mon to sun", edits: []edit{{"/hours/service/week/sun-sat", list{"09:00-12:00"}}}, at: "/hours/service/week/sun-sat", kind: contract.ErrInvalid, says: "runs backwards"},
		{why: "a day has its windows in one place", edits: []edit{{"/hours/service/week/wed", list{"09:00-12:00"}}}, at: "/hours/service/week/wed", kind: contract.ErrDuplicate, says: `wed is given by "mon-fri" already`},
		{why: "a window is written as four digits each", edits: []edit{{"/hours/service/week/sat", list{"9:00-12:00"}}}, at: "/hours/service/week/sat/0", kind: contract.ErrSyntax, says: "write it as 09:00-12:00"},
		{why: "a window does not end before it begins", edits: []edit{{"/hours/service/week/sat", list{"22:00-06:00"}}}, at: "/hours/service/week/sat/0", kind: contract.ErrInvalid, says: "22:00-30:00"},
		{why: "windows of a day do not overlap", edits: []edit{{"/hours/service/week/sat", list{"09:00-12:00", "11:00-13:00"}}}, at: "/hours/service/week/sat/1", kind: contract.ErrConflict, says: "11:00-13:00 overlaps 09:00-12:00"},
		{why: "a window across midnight does not run into the next day's", edits: []edit{{"/hours/service/week/sun", list{"22:00-34:00"}}}, at: "/hours/service/week", kind: contract.ErrConflict, says: "sun 22:00-34:00 runs into mon 09:00-12:00"},
		{why: "what holidays do has no default", edits: []edit{{"/hours/service/holidays", nil}}, at: "/hours/service/holidays", kind: contract.ErrRequired, says: "write one of: closed, open, closed on statutory days only"},
		{why: "holidays are closed or open", edits: []edit{{"/hours/service/holidays", "shut"}}, at: "/hours/service/holidays", kind: contract.ErrUnknown, says: `"shut"; write one of: closed, open`},
		{why: "what make-up days do has no default", edits: []edit{{"/hours/service/makeupDays", nil}}, at: "/hours/service/makeupDays", kind: contract.ErrRequired, says: "write one of: closed, as mon"},
		{why: "a make-up day is as a weekday, not open", edits: []edit{{"/hours/service/makeupDays", "open"}}, at: "/hours/service/makeupDays", kind: contract.ErrUnknown, says: "closed, as mon, as tue"},
		{why: "no agreed hours are an empty object", edits: []edit{{"/hours/service/agreed", nil}}, at: "/hours/service/agreed", kind: contract.ErrRequired, says: "write {} for none"},
		{why: "agreed hours name the agreement", edits: []edit{{"/hours/service/agreed/2024-05-11", obj{"open": list{}, "targets": "count"}}}, at: "/hours/service/agreed/2024-05-11/agreement", kind: contract.ErrRequired, says: "not stated"},
		{why: "agreed hours say whether clocks follow", edits: []edit{{"/hours/service/agreed/2024-05-11", obj{"open": list{}, "agreement": "x"}}}, at: "/hours/service/agreed/2024-05-11/targets", kind: contract.ErrRequired, says: "write one of: count, do not count"},
		{why: "closed by agreement is an empty list", edits: []edit{{"/hours/service/agreed/2024-05-11", obj{"agreement": "x", "targets": "count"}}}, at: "/hours/service/agreed/2024-05-11/open", kind: contract.ErrRequired, says: "write [] for none"},
		{why: "agreed windows are windows", edits: []edit{{"/hours/service/agreed/2024-05-11", obj{"open": list{"morning"}, "agreement": "x", "targets": "count"}}}, at: "/hours/service/agreed/2024-05-11/open/0", kind: contract.ErrSyntax, says: "write it as 09:00-12:00"},

		{why: "a working day without a window ends as a weekday that has one in every season", edits: []edit{{"/hours/service/seasons", obj{"stock-taking": obj{"from": "12-30", "through": "12-31", "week": obj{"mon": list{"09:00-12:00"}}}}}, {"/workingDays/state/withoutWindow", "ends as fri"}}, at: "/workingDays/state/withoutWindow", kind: contract.ErrConflict, says: "no window on fri in stock-taking"},
		{why: "a notice that waits for an opening says of which hours", edits: []edit{{"/notices/courier/outOfHours", "next opening"}}, at: "/notices/courier/hours", kind: contract.ErrRequired, says: "have service"},
		{why: "hours of a notice that waits for none", edits: []edit{{"/notices/courier/hours", "service"}}, at: "/notices/courier/hours", kind: contract.ErrInvalid, says: "waits for no opening"},
		{why: "hours of a notice that arrives at once", edits: []edit{{"/notices/e-mail/outOfHours", "at once"}}, at: "/notices/e-mail/hours", kind: contract.ErrInvalid, says: "waits for no opening"},
		{why: "working days stand in a clause", edits: []edit{{"/workingDays/state/clause", nil}}, at: "/workingDays/state/clause", kind: contract.ErrRequired, says: "not stated"},
		{why: "working days go by a calendar that Compile was given", edits: []edit{{"/workingDays/state/calendar", "prc"}}, at: "/workingDays/state/calendar", kind: contract.ErrUnknown, says: "have cn"},
		{why: "working days have a week", edits: []edit{{"/workingDays/state/week", nil}}, at: "/workingDays/state/week", kind: contract.ErrRequired, says: "not stated"},
		{why: "the working week is written in three letters", edits: []edit{{"/workingDays/state/week", "Mon-Fri"}}, at: "/workingDays/state/week", kind: contract.ErrSyntax, says: "write them as mon-fri"},
		{why: "a weekday is given once", edits: []edit{{"/workingDays/state/week", "mon-fri, fri"}}, at: "/workingDays/state/week", kind: contract.ErrDuplicate, says: "fri is given twice"},
		{why: "whether make-up days are working days has no default", edits: []edit{{"/workingDays/state/makeupDays", nil}}, at: "/workingDays/state/makeupDays", kind: contract.ErrRequired, says: "write one of: count, ignored"},
		{why: "make-up days count or are ignored", edits: []edit{{"/workingDays/state/makeupDays", "closed"}}, at: "/workingDays/state/makeupDays", kind: contract.ErrUnknown, says: "write one of: count, ignored"},
		{why: "a working day without a window ends somewhere", edits: []edit{{"/workingDays/state/withoutWindow", nil}}, at: "/workingDays/state/withoutWindow", kind: contract.ErrRequired, says: "not stated"},
		{why: "such a day ends as a weekday or at an hour", edits: []edit{{"/workingDays/state/withoutWindow", "as mon"}}, at: "/workingDays/state/withoutWindow", kind: contract.ErrSyntax, says: "ends as mon, ends 18:00 or ends 24:00"},
		{why: "the weekday that such a day ends as has windows itself", edits: []edit{{"/workingDays/state/withoutWindow", "ends as sat"}}, at: "/workingDays/state/withoutWindow", kind: contract.ErrConflict, says: `the hours "service" have no window on sat`},
	})
}

func TestCompileChecksTargets(t *testing.T) {
	const (
		phone  = "/targets/phone and online response"
		email  = "/targets/e-mail response"
		repair = "/targets/repair"
	)
	// The answer to an e-mail in days, and its clock.
	in := func(within string, clock obj) []edit {
		return []edit{{email + "/within", within}, {email + "/clock", clock}, {email + "/overrunHours", nil}}
	}
	more := func(x obj) []edit {
		return []edit{{repair + "/extension", merged(obj{"reasons": list{"loan unit"}, "within": "120 clock hours", "from": "event"}, x)}}
	}
	testSlips(t, unamended, []slip{
		{why: "hours are a name of the document", edits: []edit{{phone + "/clock/hours", "offcie"}}, at: phone + "/clock/hours", kind: contract.ErrUnknown, says: `no hours "offcie"; have service`},
		{why: "working days are a name of the document", edits: []edit{{repair + "/clock/days", "sate"}}, at: repair + "/clock/days", kind: contract.ErrUnknown, says: `no working days "sate"; have state`},
		{why: "what is measured has no default", edits: []edit{{repair + "/measure", nil}}, at: repair + "/measure", kind: contract.ErrRequired, says: "write one of: response, arrival, restore, resolve"},
		{why: "a target has a span", edits: []edit{{repair + "/within", nil}}, at: repair + "/within", kind: contract.ErrRequired, says: "not stated"},
		{why: "a target says whom it binds, {} for all", edits: []edit{{repair + "/for", nil}}, at: repair + "/for", kind: contract.ErrRequired, says: "write {} for none"},
		{why: "a clock starts at an event", edits: []edit{{repair + "/start/event", nil}}, at: repair + "/start/event", kind: contract.ErrRequired, says: "write one of: received, accepted"},
		{why: "a clock stops at an event", edits: []edit{{repair + "/stop", nil}}, at: repair + "/stop/event", kind: contract.ErrRequired, says: "write one of: responded, arrived, restored, resolved"},
		{why: "whether a deadline rolls has no default", edits: []edit{{repair + "/roll", nil}}, at: repair + "/roll/to", kind: contract.ErrRequired, says: "write one of: none, next opening"},
		{why: "no pauses are an empty list", edits: []edit{{repair + "/pauses", nil}}, at: repair + "/pauses/reasons", kind: contract.ErrRequired, says: "write [] for none"},

		{why: "requests are told apart by four attributes", edits: []edit{{email + "/for", obj{"chanel": list{"e-mail"}}}}, at: email + "/for/chanel", kind: contract.ErrUnknown, says: `requests have no "chanel"; have channel, category, priority, item`},
		{why: "an empty list of channels fits nothing", edits: []edit{{email + "/for/channel", list{}}}, at: email + "/for/channel", kind: contract.ErrInvalid, says: `leave "channel" out to fit any`},
		{why: "a channel is one of the document", edits: []edit{{phone + "/for/channel/1", "chat"}}, at: phone + "/for/channel/1", kind: contract.ErrUnknown, says: `no channel "chat"; have e-mail, online, phone`},
		{why: "a category is one of the document", edits: []edit{{repair + "/for/category/0", "bug"}}, at: repair + "/for/category/0", kind: contract.ErrUnknown, says: `no category "bug"; have after-sales, fault, other, technical support, training`},
		{why: "a priority of a document without priorities", edits: []edit{{repair + "/for/priority", list{"P1"}}}, at: repair + "/for/priority/0", kind: contract.ErrUnknown, says: `no priority "P1"; there are none`},

		{why: "no clock time is no target", edits: []edit{{email + "/within", "0 clock hours"}}, at: email + "/within", kind: contract.ErrInvalid, says: "no time to do anything in"},
		{why: "no service time is no target", edits: []edit{{phone + "/within", "0 service minutes"}}, at: phone + "/within", kind: contract.ErrInvalid, says: "no time to do anything in"},
		{why: "no working days are no target", edits: []edit{{repair + "/within", "0 working days"}}, at: repair + "/within", kind: contract.ErrInvalid, says: "no time to do anything in"},
		{why: "no calendar days are no target", edits: in("0 days", obj{"ends": "24:00"}), at: email + "/within", kind: contract.ErrInvalid, says: "no time to do anything in"},
		{why: "the last calendar day ends somewhere", edits: in("30 days", obj{}), at: email + "/clock/ends", kind: contract.ErrRequired, says: "write one of: closing, 24:00, same time of day"},
		{why: "weeks end at the closing of some hours", edits: in("2 weeks", obj{"ends": "closing"}), at: email + "/clock/hours", kind: contract.ErrRequired, says: "whose closing ends the last day; have service"},
		{why: "months have no working days of their own", edits: in("1 month", obj{"days": "state", "ends": "24:00"}), at: email + "/clock/days", kind: contract.ErrInvalid, says: "has no effect: days, weeks, months and years are counted as the clause of periods says"},
		{why: "an overrun of days is in the hours of the clock", edits: append(in("1 year", obj{"hours": "service", "ends": "24:00"}), edit{email + "/overrunHours", "service"}), at: email + "/overrunHours", kind: contract.ErrInvalid, says: "has no effect"},
		{why: "days are no working days to skip", edits: append(in("30 days", obj{"hours": "service", "ends": "24:00"}), edit{email + "/pauses", obj{"reasons": list{"agreed"}, "onDays": "touched days are skipped"}}), at: email + "/pauses/onDays", kind: contract.ErrConflict, says: `write "paused service time is added": 30 days have no working days to skip`},
		{why: "what a pause does to days has no default", edits: append(in("30 days", obj{"hours": "service", "ends": "24:00"}), edit{email + "/pauses", obj{"reasons": list{"agreed"}}}), at: email + "/pauses/onDays", kind: contract.ErrRequired, says: `say what a pause does to a clock of days; write "paused service time is added"`},
		{why: "a pause of days is service time", edits: append(in("30 days", obj{"ends": "24:00"}), edit{email + "/pauses", obj{"reasons": list{"agreed"}, "onDays": "paused service time is added"}}), at: email + "/clock/hours", kind: contract.ErrRequired, says: "say in which hours"},
		{why: "warnings of days are of service time", edits: append(in("30 days", obj{"ends": "24:00"}), edit{email + "/warnings", list{"50%"}}), at: email + "/clock/hours", kind: contract.ErrRequired, says: "warnings on days are held against service time"},
		{why: "what days do out of hours has no default", edits: append(in("30 days", obj{"ends": "24:00"}), edit{email + "/start/outOfHours", nil}), at: email + "/start/outOfHours", kind: contract.ErrRequired, says: "write one of: runs, next opening, not measured"},
		{why: "a target of more than a hundred years", edits: in("36501 days", obj{"ends": "24:00"}), at: email + "/within", kind: contract.ErrLimit, says: "36501 days; a target gives at most 36500 days"},
		{why: "of more months than a hundred years have", edits: in("1201 months", obj{"ends": "24:00"}), at: email + "/within", kind: contract.ErrLimit, says: "at most 1200 months"},

		{why: "clock time has no hours", edits: []edit{{email + "/clock/hours", "service"}, {email + "/overrunHours", nil}}, at: email + "/clock/hours", kind: contract.ErrInvalid, says: `has no effect: clock time runs day and night; for service time write "service hours"`},
		{why: "clock time has no working days", edits: []edit{{email + "/clock/days", "state"}}, at: email + "/clock/days", kind: contract.ErrInvalid, says: "has no effect: the span is in hours"},
		{why: "clock time has no end of day", edits: []edit{{email + "/clock/ends", "24:00"}}, at: email + "/clock/ends", kind: contract.ErrInvalid, says: "has no effect: the span ends when its time has passed"},
		{why: "service time is of some hours", edits: []edit{{phone + "/clock/hours", nil}}, at: phone + "/clock/hours", kind: contract.ErrRequired, says: "which hours the service time is of; have service"},
		{why: "a target's clock left out says nothing of its hours", edits: []edit{{phone + "/clock", nil}}, at: phone + "/clock/hours", kind: contract.ErrRequired, says: "have service"},
		{why: "service time has no working days", edits: []edit{{phone + "/clock/days", "state"}}, at: phone + "/clock/days", kind: contract.ErrInvalid, says: "has no effect: the span is in hours"},
		{why: "service time has no end of day", edits: []edit{{phone + "/clock/ends", "closing"}}, at: phone + "/clock/ends", kind: contract.ErrInvalid, says: "has no effect"},
		{why: "working days say which", edits: []edit{{repair + "/clock/days", nil}}, at: repair + "/clock/days", kind: contract.ErrRequired, says: "say which working days; have state"},
		{why: "the last working day ends somewhere", edits: []edit{{repair + "/clock/ends", nil}}, at: repair + "/clock/ends", kind: contract.ErrRequired, says: "write one of: closing, 24:00, same time of day"},
		{why: "a closing is that of some hours", edits: []edit{{repair + "/clock/hours", nil}, {repair + "/pauses", obj{"reasons": list{}}}}, at: repair + "/clock/hours", kind: contract.ErrRequired, says: "whose closing ends the last day; have service"},
		{why: "an overrun of service time is in its own hours", edits: []edit{{phone + "/overrunHours", "service"}}, at: phone + "/overrunHours", kind: contract.ErrInvalid, says: "has no effect: an overrun is told in the hours of the clock"},

		{why: "a deadline rolls to the opening of some hours", edits: []edit{{email + "/roll/to", "next opening"}}, at: email + "/roll/hours", kind: contract.ErrRequired, says: "say which hours open next; have service"},
		{why: "a deadline rolls to the close of the day of some hours", edits: []edit{{email + "/roll/to", "close of day"}}, at: email + "/roll/hours", kind: contract.ErrRequired, says: "say which hours open next; have service"},
		{why: "a deadline that does not roll has no hours for it", edits: []edit{{email + "/roll/hours", "service"}}, at: email + "/roll/hours", kind: contract.ErrInvalid, says: "has no effect: the deadline does not roll"},

		{why: "service time runs in hours only", edits: []edit{{phone + "/start/outOfHours", "runs"}}, at: phone + "/start/outOfHours", kind: contract.ErrInvalid, says: `has no effect: service time runs in hours only; it may be "not measured", the next opening of other hours, or left out`},
		{why: "service time begins at the next opening by itself", edits: []edit{{phone + "/start/outOfHours", "next opening"}, {phone + "/start/hours", "service"}}, at: phone + "/start/outOfHours", kind: contract.ErrInvalid, says: "has no effect"},
		{why: "what clock time does out of hours has no default", edits: []edit{{email + "/start/outOfHours", nil}}, at: email + "/start/outOfHours", kind: contract.ErrRequired, says: "write one of: runs, next opening, not measured"},
		{why: "what working days do out of hours has no default", edits: []edit{{repair + "/start/outOfHours", nil}}, at: repair + "/start/outOfHours", kind: contract.ErrRequired, says: "write one of: runs, next opening, not measured"},
		{why: "the next opening is of some hours", edits: []edit{{email + "/start/outOfHours", "next opening"}}, at: email + "/start/hours", kind: contract.ErrRequired, says: "say out of which hours"},
		{why: "not measured out of some hours", edits: []edit{{phone + "/start/outOfHours", "not measured"}}, at: phone + "/start/hours", kind: contract.ErrRequired, says: "say out of which hours"},
		{why: "a start that runs asks for no hours", edits: []edit{{email + "/start/hours", "service"}}, at: email + "/start/hours", kind: contract.ErrInvalid, says: "has no effect: the start asks for no hours"},

		{why: "a response ends with the response", edits: []edit{{email + "/stop", obj{"event": "restored", "workaround": "counts"}}}, at: email + "/stop/event", kind: contract.ErrConflict, says: `a response is measured, which ends with "responded", not with "restored"`},
		{why: "an arrival ends with the arrival", edits: []edit{{email + "/measure", "arrival"}}, at: email + "/stop/event", kind: contract.ErrConflict, says: `ends with "arrived"`},
		{why: "a repair ends when service is back", edits: []edit{{repair + "/measure", "resolve"}}, at: repair + "/stop/event", kind: contract.ErrConflict, says: `ends with "resolved"`},
		{why: "whether a machine's reply is a response has no default", edits: []edit{{email + "/stop/automaticReply", nil}}, at: email + "/stop/automaticReply", kind: contract.ErrRequired, says: "write one of: counts, does not count"},
		{why: "a response has no workaround", edits: []edit{{email + "/stop/workaround", "counts"}}, at: email + "/stop/workaround", kind: contract.ErrInvalid, says: "has no effect: no repair is measured"},
		{why: "whether a workaround restores has no default", edits: []edit{{repair + "/stop/workaround", nil}}, at: repair + "/stop/workaround", kind: contract.ErrRequired, says: "write one of: counts, does not count"},
		{why: "a repair has no automatic reply", edits: []edit{{repair + "/stop/automaticReply", "counts"}}, at: repair + "/stop/automaticReply", kind: contract.ErrInvalid, says: "has no effect: no response is measured"},

		{why: "a pause has a reason", edits: []edit{{repair + "/pauses/reasons/1", ""}}, at: repair + "/pauses/reasons/1", kind: contract.ErrRequired, says: "a reason has a name"},
		{why: "a reason is given once", edits: []edit{{repair + "/pauses/reasons/-", "agreed"}}, at: repair + "/pauses/reasons/3", kind: contract.ErrDuplicate, says: `"agreed" is given twice`},
		{why: "a pause of service time needs no rule for days", edits: []edit{{phone + "/pauses", obj{"reasons": list{"agreed"}, "onDays": "touched days are skipped"}}}, at: phone + "/pauses/onDays", kind: contract.ErrInvalid, says: "has no effect: no pause stops a clock of days here"},
		{why: "no pauses need no rule for days", edits: []edit{{repair + "/pauses/reasons", list{}}}, at: repair + "/pauses/onDays", kind: contract.ErrInvalid, says: "has no effect"},
		{why: "what a pause does to working days has no default", edits: []edit{{repair + "/pauses/onDays", nil}}, at: repair + "/pauses/onDays", kind: contract.ErrRequired, says: "write one of: wholly paused days are skipped, touched days are skipped, paused service time is added"},
		{why: "a pause is held against a day's service time", edits: []edit{{repair + "/clock/hours", nil}, {repair + "/clock/ends", "24:00"}}, at: repair + "/clock/hours", kind: contract.ErrRequired, says: "say in which hours"},

		{why: "an extension is granted for some reason", edits: more(obj{"reasons": list{}}), at: repair + "/extension/reasons", kind: contract.ErrRequired, says: "say what grants more time"},
		{why: "a reason for an extension has a name", edits: more(obj{"reasons": list{"loan unit", ""}}), at: repair + "/extension/reasons/1", kind: contract.ErrRequired, says: "a reason has a name"},
		{why: "a reason for an extension is given once", edits: more(obj{"reasons": list{"loan unit", "loan unit"}}), at: repair + "/extension/reasons/1", kind: contract.ErrDuplicate, says: `"loan unit" is given twice`},
		{why: "reasons for an extension are listed", edits: []edit{{repair + "/extension", obj{"within": "120 clock hours", "from": "event"}}}, at: repair + "/extension/reasons", kind: contract.ErrRequired, says: "say what grants more time"},
		{why: "an extension has a span", edits: []edit{{repair + "/extension", obj{"reasons": list{"loan unit"}, "from": "event"}}}, at: repair + "/extension/within", kind: contract.ErrRequired, says: "not stated"},
		{why: "from what an extension runs has no default", edits: []edit{{repair + "/extension", obj{"reasons": list{"loan unit"}, "within": "120 clock hours"}}}, at: repair + "/extension/from", kind: contract.ErrRequired, says: "write one of: event, deadline"},
		{why: "an extension runs from one of two", edits: more(obj{"from": "receipt"}), at: repair + "/extension/from", kind: contract.ErrUnknown, says: `"receipt"; write one of: event, deadline`},
		{why: "the clause of an extension is one of the document", edits: more(obj{"clause": "loans"}), at: repair + "/extension/clause", kind: contract.ErrUnknown, says: `no clause "loans"`},
		{why: "no time is no extension", edits: more(obj{"within": "0 clock hours"}), at: repair + "/extension/within", kind: contract.ErrInvalid, says: "no time to do anything in"},
		{why: "an extension on the clock has no hours", edits: more(obj{"clock": obj{"hours": "service"}}), at: repair + "/extension/clock/hours", kind: contract.ErrInvalid, says: "clock time runs day and night"},
		{why: "an extension of service time is of some hours", edits: more(obj{"within": "8 service hours"}), at: repair + "/extension/clock/hours", kind: contract.ErrRequired, says: "which hours the service time is of; have service"},
		{why: "an extension of working days says which", edits: more(obj{"within": "3 working days", "clock": obj{"hours": "service", "ends": "24:00"}}), at: repair + "/extension/clock/days", kind: contract.ErrRequired, says: "say which working days; have state"},
		{why: "an extension of days ends somewhere", edits: append(more(obj{"within": "3 days", "clock": obj{"hours": "service"}}), edit{repair + "/pauses/onDays", "paused service time is added"}), at: repair + "/extension/clock/ends", kind: contract.ErrRequired, says: "write one of: closing, 24:00, same time of day"},
		{why: "a pause of an extension of days is service time", edits: append(more(obj{"within": "3 days", "clock": obj{"ends": "24:00"}}), edit{repair + "/pauses/onDays", "paused service time is added"}), at: repair + "/extension/clock/hours", kind: contract.ErrRequired, says: "say in which hours"},
		{why: "an extension of days has no working days to skip", edits: more(obj{"within": "3 days", "clock": obj{"hours": "service", "ends": "24:00"}}), at: repair + "/pauses/onDays", kind: contract.ErrConflict, says: "3 days have no working days to skip"},
		{why: "warnings of an extension of days are of service time", edits: append(more(obj{"within": "3 days", "clock": obj{"ends": "24:00"}}), edit{repair + "/pauses", obj{"reasons": list{}}}, edit{repair + "/warnings", list{"50%"}}), at: repair + "/extension/clock/hours", kind: contract.ErrRequired, says: "warnings on days are held against service time"},
		{why: "an extension in days says what a pause does to service time's clock", edits: []edit{{phone + "/extension", obj{"reasons": list{"loan unit"}, "within": "2 working days", "clock": obj{"hours": "service", "days": "state", "ends": "closing"}, "from": "event"}}, {phone + "/pauses", obj{"reasons": list{"agreed"}}}}, at: phone + "/pauses/onDays", kind: contract.ErrRequired, says: "write one of: wholly paused days are skipped"},
		{why: "the overrun of both clocks is in their own hours", edits: append(more(obj{"within": "8 service hours", "clock": obj{"hours": "service"}}), edit{repair + "/overrunHours", "service"}), at: repair + "/overrunHours", kind: contract.ErrInvalid, says: "has no effect"},

		{why: "which of several targets bind has no default", edits: []edit{{"/severalTargets", nil}}, at: "/severalTargets", kind: contract.ErrRequired, says: "write one of: all apply, category over channel, strictest"},
		{why: "which of several targets bind is one of three words", edits: []edit{{"/severalTargets", "all"}}, at: "/severalTargets", kind: contract.ErrUnknown, says: "write one of: all apply"},
	})
}

func TestCompileChecksCounting(t *testing.T) {
	weighted := []edit{{"/satisfaction/formula", "weighted"}, {"/satisfaction/good", nil},
		{"/satisfaction/weights", obj{"very satisfied": "100%", "satisfied": "75%", "neutral": "50%", "dissatisfied": "25%", "very dissatisfied": "0%"}}}
	and := func(more ...edit) []edit { return append(weighted[:len(weighted):len(weighted)], more...) }
	testSlips(t, unamended, []slip{
		{why: "an attainment is of some targets", edits: []edit{{"/attainment/of", list{}}}, at: "/attainment/of", kind: contract.ErrRequired, says: "say which targets are counted; have after-sales response"},
		{why: "of targets of the document", edits: []edit{{"/attainment/of/0", "phone"}}, at: "/attainment/of/0", kind: contract.ErrUnknown, says: `no target "phone"; have after-sales response, e-mail response`},
		{why: "fewer than one request is no fewest", edits: []edit{{"/attainment/fewest", json0}}, at: "/attainment/fewest", kind: contract.ErrRequired, says: "a whole number of 1 or more"},
		{why: "fewest is no debt", edits: []edit{{"/attainment/fewest", -1}}, at: "/attainment/fewest", kind: contract.ErrInvalid, says: "-1; write a whole number of 1 or more"},
		{why: "pooled or each has no default", edits: []edit{{"/attainment/together", nil}}, at: "/attainment/together", kind: contract.ErrRequired, says: "write one of: pooled, each"},
		{why: "a figure has a period", edits: []edit{{"/attainment/period", "month"}}, at: "/attainment/period", kind: contract.ErrUnknown, says: "write one of: calendar month, calendar quarter"},
		{why: "a month in which to count has no default", edits: []edit{{"/attainment/placedBy", nil}}, at: "/attainment/placedBy", kind: contract.ErrRequired, says: "write one of: received, due, finished"},
		{why: "no data is never a figure", edits: []edit{{"/attainment/tooFew", "100%"}}, at: "/attainment/tooFew", kind: contract.ErrUnknown, says: "write one of: no data"},
		{why: "how open and late requests count has no default", edits: []edit{{"/attainment/openAndLate", nil}}, at: "/attainment/openAndLate", kind: contract.ErrRequired, says: "write one of: breached, left out"},
		{why: "how excused breaches count has no default", edits: []edit{{"/attainment/excused", nil}}, at: "/attainment/excused", kind: contract.ErrRequired, says: "write one of: left out, met"},
		{why: "what is compared has no default", edits: []edit{{"/attainment/compared", nil}}, at: "/attainment/compared", kind: contract.ErrRequired, says: "exact, rounded half up to 1%"},

		{why: "some answers are valid", edits: []edit{{"/satisfaction/answers", list{}}}, at: "/satisfaction/answers", kind: contract.ErrRequired, says: "say which answers are valid", more: []string{"/satisfaction/good/0", "/satisfaction/good/1"}},
		{why: "an answer is given once", edits: []edit{{"/satisfaction/answers/-", "neutral"}}, at: "/satisfaction/answers/5", kind: contract.ErrDuplicate, says: `"neutral" is given twice`},
		{why: "a share is of some answers", edits: []edit{{"/satisfaction/good", nil}}, at: "/satisfaction/good", kind: contract.ErrRequired, says: "which answers count as satisfied"},
		{why: "a good answer is a valid one", edits: []edit{{"/satisfaction/good/1", "content"}}, at: "/satisfaction/good/1", kind: contract.ErrUnknown, says: `no answer "content"; have very satisfied, satisfied, neutral`},
		{why: "a share has no weights", edits: []edit{{"/satisfaction/weights", obj{"neutral": "50%"}}}, at: "/satisfaction/weights", kind: contract.ErrInvalid, says: "has no effect: a share has no weights"},
		{why: "weighted answers are not good or bad", edits: and(edit{"/satisfaction/good", list{"satisfied"}}), at: "/satisfaction/good", kind: contract.ErrInvalid, says: "has no effect: every answer counts by its weight"},
		{why: "every answer weighs something", edits: and(edit{"/satisfaction/weights/neutral", nil}), at: "/satisfaction/weights", kind: contract.ErrRequired, says: `say what "neutral" weighs`},
		{why: "a weight is of a valid answer", edits: and(edit{"/satisfaction/weights/content", "80%"}), at: "/satisfaction/weights/content", kind: contract.ErrUnknown, says: `no answer "content"; have very satisfied`},
		{why: "a formula is one of three", edits: []edit{{"/satisfaction/formula", "median"}}, at: "/satisfaction/formula", kind: contract.ErrUnknown, says: "write one of: share, weighted, mean score"},
		{why: "0% is said, not left out", edits: []edit{{"/satisfaction/atLeast", nil}}, at: "/satisfaction/atLeast", kind: contract.ErrRequired, says: "not stated"},
	})
}

// json0 is a zero that a text states.
const json0 = 0

func TestCompileChecksNamesOfChaptersKeptForLater(t *testing.T) {
	testSlips(t, unamended, []slip{
		{why: "an item is taxed at a rate of the card", edits: []edit{{"/fees/items/support/tax/rate", "service"}}, at: "/fees/items/support/tax/rate", kind: contract.ErrUnknown, says: `no tax rate "service"; have goods and repair of goods, services`},
		{why: "an item has factors of the card", edits: []edit{{"/fees/items/repair/factors/1", "weather"}}, at: "/fees/items/repair/factors/1", kind: contract.ErrUnknown, says: `no factor "weather"; have fault and difficulty, time of work`},
		{why: "a factor goes by hours of the document", edits: []edit{{"/fees/factors/time of work/hours", "office"}}, at: "/fees/factors/time of work/hours", kind: contract.ErrUnknown, says: `no hours "office"; have service`},
		{why: "a payment is of items of the card", edits: []edit{{"/payments/support/of/0", "suport"}}, at: "/payments/support/of/0", kind: contract.ErrUnknown, says: `no item "suport"; have parts, repair, support`},
		{why: "a due day counts working days of the document", edits: []edit{{"/payments/support/due/latestOf/1/days", "bank"}}, at: "/payments/support/due/latestOf/1/days", kind: contract.ErrUnknown, says: `no working days "bank"; have state`},
		{why: "without a rate card there are no items", edits: []edit{{"/fees", nil}}, at: "/payments/support/of/0", kind: contract.ErrUnknown, says: `no item "support"; there are none`, more: []string{"/payments/repairs/of/0", "/payments/repairs/of/1", "/adjustment/of/0",
			"/serviceCredits/monthly attainment/of", "/serviceCredits/monthly attainment/caps/0/of", "/breach/satisfaction below target/of", "/breach/satisfaction below target/cap/of", "/liability/cap/of", "/settlement/refund/of/0"}},
		{why: "notice hours are hours of the document", edits: []edit{{"/notices/e-mail/hours", "office"}}, at: "/notices/e-mail/hours", kind: contract.ErrUnknown, says: `no hours "office"; have service`},
		{why: "a breach is by a side", edits: []edit{{"/breach/breach of confidence/by", "anyone"}}, at: "/breach/breach of confidence/by", kind: contract.ErrUnknown, says: "write one of: customer, provider, either, both"},
		{why: "a percentage is of something", edits: []edit{{"/latePayment/cap/of", nil}}, at: "/latePayment/cap/of", kind: contract.ErrRequired, says: "not stated"},
		{why: "a band says its credit, 0% for none", edits: []edit{{"/serviceCredits/monthly attainment/bands/3/credit", nil}}, at: "/serviceCredits/monthly attainment/bands/3/credit", kind: contract.ErrRequired, says: "not stated"},
	})
}

// withoutMoney strikes out the chapters of money and the ending.
func withoutMoney() []edit {
	var edits []edit
	for _, chapter := range []string{"periods", "fees", "payments", "adjustment", "latePayment", "serviceCredits", "breach", "liability", "forceMajeure",
		"renewal", "suspension", "endings", "settlement", "notices", "survival"} {
		edits = append(edits, edit{"/" + chapter, nil})
	}
	return edits
}

func TestCompileAccepts(t *testing.T) {
	only := func(target string) []edit {
		edits := []edit{{"/attainment", nil}, {"/serviceCredits", nil}, {"/severalTargets", nil}}
		for _, name := range []string{"phone and online response", "e-mail response", "technical response", "after-sales response", "repair"} {
			if name != target {
				edits = append(edits, edit{pointerOf("targets", name), nil})
			}
		}
		return edits
	}
	for _, c := range []struct {
		why   string
		edits []edit
	}{
		{"the sample as it is", nil},
		{"one target needs no rule for several", only("repair")},
		{"one target may have a rule for several, which an amendment may add", append(only("repair"), edit{"/severalTargets", "all apply"})},
		{"no targets at all", append(only(""), edit{"/targets", nil})},
		{"a target for every request", []edit{{"/targets/repair/for", obj{}}}},
		{"a target for an item", []edit{{"/targets/repair/for/item", list{"printer"}}}},
		{"an arrival", []edit{{"/targets/repair/measure", "arrival"}, {"/targets/repair/stop", obj{"event": "arrived"}}}},
		{"a cause that is gone", []edit{{"/targets/repair/measure", "resolve"}, {"/targets/repair/stop/event", "resolved"}}},
		{"working days to midnight without hours, where nothing pauses them", []edit{{"/targets/repair/clock", obj{"days": "state", "ends": "24:00"}}, {"/targets/repair/pauses", obj{"reasons": list{}}}}},
		{"a day that ends as a weekday without a window, where no target's closing asks", []edit{{"/workingDays/state/withoutWindow", "ends as sat"}, {"/targets/repair/clock", obj{"days": "state", "ends": "24:00"}}, {"/targets/repair/pauses", obj{"reasons": list{}}}}},
		{"a day that ends at an hour", []edit{{"/workingDays/state/withoutWindow", "ends 18:00"}}},
		{"a clock from acceptance", []edit{{"/targets/repair/start/event", "accepted"}}},
		{"a deadline that rolls", []edit{{"/targets/e-mail response/roll", obj{"to": "next opening", "hours": "service"}}}},
		{"service time that is not measured out of hours", []edit{{"/targets/technical response/start", obj{"event": "received", "outOfHours": "not measured", "hours": "service"}}}},
		{"a length of the term and no last day", []edit{{"/term/through", nil}, {"/term/for", "12 months"}}},
		{"a term of one day", []edit{{"/term/through", "2024-03-01"}}},
		{"a clause that is not in the source needs no number", []edit{{"/clauses/force majeure/contents", nil}}},
		{"documents without money and an ending", withoutMoney()},
		{"a contract that says nothing of how requests are told apart", []edit{{"/requests", nil}}},
	} {
		t.Run(c.why, func(t *testing.T) {
			edits := c.edits
			if edits != nil {
				edits = append(unamended[:len(unamended):len(unamended)], edits...)
			}
			_, err := compileText(editText(t, edits...))
			require.NoError(t, err)
		})
	}
}

func TestCompileWithoutADocument(t *testing.T) {
	_, err := contract.Compile(nil, contract.Reference{})
	require.True(t, isKind(err, contract.ErrRequired), "%v", err)
	require.PanicsWithValue(t, "contract.MustCompile: no document to compile", func() { contract.MustCompile(nil, contract.Reference{}) })

	_, err = contract.Compile(new(contract.Document), contract.Reference{})
	require.Equal(t, []string{"/format", "/id", "/parties", "/signed", "/zone", "/currency", "/clauses", "/amendments"}, slices.Compact(placesOf(faultsIn(t, err))),
		"the zero Document states nothing")
}

func TestCompileWithoutCalendars(t *testing.T) {
	doc, err := contract.Parse(editText(t, unamended...))
	require.NoError(t, err)
	_, err = contract.Compile(doc, contract.Reference{})
	require.EqualError(t, err, `/workingDays/state/calendar: no calendar "cn" among the reference data given; there are none (clause 1.2)
/hours/service/calendar: no calendar "cn" among the reference data given; there are none (clause 1.2)`)
}

// broken are contracts with many faults each, one for every place where faults
// are gathered.
func broken() map[string][]edit {
	const (
		phone  = "/targets/phone and online response"
		email  = "/targets/e-mail response"
		tech   = "/targets/technical response"
		after  = "/targets/after-sales response"
		repair = "/targets/repair"
	)
	hours := obj{"clause": "hours", "calendar": "cn", "week": obj{"mon-fri": list{"09:00-18:00"}}, "holidays": "closed", "makeupDays": "closed", "agreed": obj{}}
	amendment := func(id string, changes ...any) obj {
		return obj{"id": id, "signed": "2024-08-01", "effective": "2024-09-01", "transition": "by event", "changes": list(changes)}
	}
	return map[string][]edit{
		"fields": {
			{"/id", nil}, {"/zone", "Local"}, {"/currency", "RMB"}, {"/rounding/mode", "bankers"}, {"/parties/甲方", obj{"label": "x", "name": "x"}},
			{"/clauses/team/source", "all"}, {"/clauses/place", obj{"source": "full text"}}, {"/requests/clause", "request"}, {"/periods/monthEnd", nil},
			{"/workingDays/state/makeupDays", "yes"}, {"/workingDays/state/clause", "hour"}, {"/hours/service/holidays", nil}, {"/hours/service/makeupDays", "open"},
			{phone + "/measure", "reply"}, {phone + "/clock/hours", "offcie"}, {email + "/overrunHours", "office"}, {tech + "/start/event", nil}, {after + "/roll/to", "up"},
			{repair + "/pauses/onDays", "skip"}, {repair + "/clock/days", "bank"}, {"/severalTargets", "one"}, {"/attainment/of/2", "tech"}, {"/attainment/fewest", -20},
			{"/satisfaction/formula", "mean"}, {"/satisfaction/compared", nil}, {"/fees/items/repair/factors/0", "weather"}, {"/payments/support/of/0", "help"},
			{"/latePayment/clause", "breach"}, {"/breach/breach of confidence/by", "anyone"}, {"/notices/hand/deemed", nil}, {"/readings/3/text", nil}, {"/completed/0/because", nil},
		},
		"document": {
			{"/zone", "Mars/Phobos"}, {"/currency", "RMB"}, {"/term/for", "12 months"}, {"/parties/both", obj{"label": "x", "name": "x"}}, {"/clauses/place", obj{"source": "full text"}},
			{"/clauses/team", obj{"source": "cut short"}}, {"/readings/0/at", "/targets/mail"}, {"/readings/9/at", ""}, {"/completed/2/at", "/payments/support/due/latestOf/2"},
		},
		"targets": append(unamended[:len(unamended):len(unamended)], []edit{
			{phone + "/for", obj{"chanel": list{"phone"}, "channel": list{}, "category": list{"bug", "fault", "fix"}, "priority": list{"P1"}}},
			{phone + "/clock", obj{"days": "state", "ends": "24:00"}}, {phone + "/start", obj{"event": "received", "outOfHours": "runs", "hours": "service"}},
			{phone + "/stop", obj{"event": "restored", "automaticReply": "counts"}}, {phone + "/roll", obj{"to": "next opening"}},
			{email + "/within", "0 clock hours"}, {email + "/clock", obj{"hours": "service", "days": "state", "ends": "closing"}}, {email + "/start/outOfHours", nil},
			{email + "/stop/automaticReply", nil}, {email + "/stop/workaround", "counts"}, {email + "/roll/hours", "service"}, {email + "/pauses", obj{"reasons": list{"agreed", "", "agreed"}, "onDays": "touched days are skipped"}},
			{after + "/within", "1 month"}, {after + "/start/outOfHours", "not measured"},
			{repair + "/clock", obj{}}, {repair + "/stop/workaround", nil}, {repair + "/start/outOfHours", nil}, {repair + "/pauses/onDays", nil},
			{"/attainment/of", list{}}, {"/satisfaction/answers/0", "neutral"}, {"/satisfaction/good/1", "content"}, {"/satisfaction/weights", obj{}},
		}...),
		"hours": append(unamended[:len(unamended):len(unamended)], []edit{
			{"/hours/service/week", obj{"mon-fri": list{"9:00-12:00", "13:00-12:00", "10:00-10:00"}, "fri": list{"09:00-12:00"}, "sat": list{}, "sonntag": list{"10:00-12:00"}, "sun-mon": list{"10:00-12:00"}}},
			{"/hours/service/agreed", obj{"2024-05-11": obj{"open": list{"morning", "09:00-12:00", "11:00-13:00"}, "agreement": "x", "targets": "count"}}},
			{"/hours/night", merged(hours, obj{"week": obj{"mon-sun": list{"22:00-34:00", "09:00-18:00"}}})},
			{"/hours/never", merged(hours, obj{"week": obj{}})},
			{"/hours/abroad", merged(hours, obj{"calendar": "de"})},
			{"/workingDays/state/week", "mon-fri, wed"}, {"/workingDays/state/withoutWindow", "ends some day"},
			{"/workingDays/bank", obj{"clause": "hours", "calendar": "de", "week": "mon-fri", "makeupDays": "count", "withoutWindow": "ends 24:00"}},
		}...),
		"amendments": {
			{"/readings", nil}, {"/completed", nil},
			{"/amendments", list{
				amendment("A1", obj{"at": "/targets/repair/within", "was": "5 working days", "becomes": "3 working days"},
					obj{"at": "/targets/repair/start/hours", "was": "service"}, obj{"at": "/severalTargets", "becomes": "strictest"}, obj{"at": "/zone", "was": "Asia/Shanghai", "becomes": "Asia/Urumqi"},
					obj{"at": "/currency", "becomes": "USD"}, obj{"at": "/amendments/0/id", "becomes": "A2"}, obj{"at": "/format", "becomes": "contract/2"},
					obj{"at": "/targets/repair/for/category/4", "becomes": "x"}, obj{"at": "/targets/repair/for/category/0", "was": "fault"}, obj{"at": "/target/repair/within", "becomes": "x"}, obj{"at": "title", "becomes": "x"}, obj{"at": "/id/x", "becomes": "x"}),
				amendment("A2", obj{"at": "/targets/repair/within", "was": "7 working days", "becomes": "7 business days"}),
				amendment("A3", obj{"at": "/targets/repair/clock/hours", "was": "service", "becomes": "offcie"}),
				amendment("A4", obj{"at": "/targets/repair/pauses/onDays", "was": "wholly paused days are skipped"}),
				merged(amendment("A5", obj{"at": "/hours/service/week/mon-fri/0", "was": "09:00-12:00", "becomes": "08:00-12:00"}), obj{"openHours": "kept"}),
				merged(amendment("A6", obj{"at": "/hours/service/week/mon-fri/1", "was": "13:00-18:00", "becomes": "13:00-17:00"}), obj{"openHours": "follow the new"}),
			}},
		},
		"amendments as such": {
			{"/amendments", list{
				obj{"id": "A1", "signed": "2024-08-23", "effective": "2024-08-01", "transition": "by event", "changes": list{}},
				obj{"id": "A1", "signed": "2024-08-23", "effective": "2024-09-01", "transition": "next period", "openHours": "kept", "changes": list{obj{"at": "/severalTargets", "was": "all apply", "becomes": "strictest"}}},
				obj{"id": "", "signed": "2024-08-23", "effective": "2024-09-01", "transition": "soon", "changes": list{obj{"becomes": "x"}}},
				obj{"id": "A4", "signed": "2024-08-23", "effective": "2024-09-01", "transition": "by event", "changes": list{obj{"at": "/workingDays/state/makeupDays", "was": "count", "becomes": "ignored"}}},
			}},
		},
	}
}

func merged(a, b obj) obj {
	c := maps.Clone(a)
	maps.Copy(c, b)
	return c
}

// TestCompileSaysTheSameEveryTime: whatever walks a map walks it in one order.
func TestCompileSaysTheSameEveryTime(t *testing.T) {
	for name, edits := range broken() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			text := editText(t, edits...)
			doc, err := contract.Parse(text)
			require.NoError(t, err)
			var first string
			for i := range 100 {
				_, err := contract.Compile(doc, contract.Reference{Calendars: calendars})
				require.Error(t, err)
				if i == 0 {
					first = err.Error()
				}
				require.Equal(t, first, err.Error(), "time %d", i)
			}
			wantGolden(t, strings.ReplaceAll(name, " ", "-")+".txt", first+"\n")
		})
	}
}

// TestCompileSaysTheSameOfCalendarsThatNeverMeet: a fault that only the compiled
// hours show comes out in one order too, under the name of its amendment.
func TestCompileSaysTheSameOfCalendarsThatNeverMeet(t *testing.T) {
	year := func(name string, y int) *contract.Calendar {
		p, err := contract.Years(y, y)
		require.NoError(t, err)
		c, err := contract.NewCalendar(name, contract.CalendarTable{Version: "x", Weekend: []time.Weekday{time.Saturday, time.Sunday}, Certain: p})
		require.NoError(t, err)
		return c
	}
	edits := append(unamended[:len(unamended):len(unamended)], edit{"/hours/service/calendar", "before"}, edit{"/workingDays/state/calendar", "before"})
	changes := list{}
	for i := range 6 {
		name := fmt.Sprintf("h%d", i)
		edits = append(edits, edit{"/hours/" + name, obj{"clause": "hours", "calendar": "before", "week": obj{"mon-fri": list{"09:00-18:00"}}, "holidays": "closed", "makeupDays": "closed", "agreed": obj{}}})
		changes = append(changes, obj{"at": "/hours/" + name + "/calendar", "was": "before", "becomes": "after"})
	}
	edits = append(edits, edit{"/amendments", list{obj{"id": "A1", "signed": "2024-08-01", "effective": "2024-09-01", "transition": "by event", "openHours": "kept", "changes": changes}}})
	doc, err := contract.Parse(editText(t, edits...))
	require.NoError(t, err)
	ref := contract.Reference{Calendars: map[string]*contract.Calendar{"before": year("before", 2024), "after": year("after", 2026)}}
	var first string
	for i := range 20 {
		_, err := contract.Compile(doc, ref)
		require.Error(t, err)
		if i == 0 {
			first = err.Error()
		}
		require.Equal(t, first, err.Error(), "time %d", i)
	}
}

// TestCompileSaysAllAtOnce: that one fault lies in a single field, another between
// two, a third in the hours and a fourth in an amendment keeps none of them back.
func TestCompileSaysAllAtOnce(t *testing.T) {
	_, err := compileText(editText(t, edit{"/signed", nil}, edit{"/zone", "Mars/Phobos"}, edit{"/hours/service/week/sat", list{"9-12"}},
		edit{"/targets/repair/overrunHours", "service"}, edit{"/satisfaction/good/0", "content"}, edit{"/readings/0/at", "/targets/mail"},
		edit{"/amendments/0/openHours", nil}, edit{"/amendments/0/changes/1/was", "48 clock hours"}))
	require.Subset(t, placesOf(faultsIn(t, err)), []string{"/signed", "/zone", "/hours/service/week/sat/0", "/targets/repair/overrunHours", "/satisfaction/good/0",
		"/readings/0/at", "/amendments/0/openHours", "amendment A1: /targets/after-sales response/within"}, "%v", err)
}

// TestCompileBoundsAmendments: each amendment is a version that is checked whole,
// so that their number is bounded.
func TestCompileBoundsAmendments(t *testing.T) {
	doc := contract.MustParse(string(signedText(t)))
	for i := range 501 {
		a := doc.Amendments[0]
		a.ID = fmt.Sprint("B", i)
		doc.Amendments = append(doc.Amendments, a)
	}
	_, err := contract.Compile(doc, contract.Reference{Calendars: calendars})
	require.ErrorIs(t, err, contract.ErrLimit)
	require.ErrorContains(t, err, "502 amendments; a document has at most 500")
}
