package contract_test

import (
	"fmt"
	"maps"
	"reflect"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cfd16870/contract"
)

// clock reads an instant as a Shanghai clock and a calendar show it together,
// "Mon 2024-03-04 10:00:00"; the weekday must be right.
func clock(t testing.TB, s string) time.Time {
	t.Helper()
	const layout = "Mon 2006-01-02 15:04:05"
	zone, err := time.LoadLocation("Asia/Shanghai")
	require.NoError(t, err)
	at, err := time.ParseInLocation(layout, s, zone)
	require.NoError(t, err)
	require.Equal(t, s, at.Format(layout), "the weekday")
	return at
}

func told(at time.Time) string {
	if at.IsZero() {
		return ""
	}
	return at.Format("Mon 2006-01-02 15:04:05")
}

// dues tells deadlines as target: due, "" for not measured.
func dues(deadlines []contract.Deadline) map[string]string {
	m := make(map[string]string)
	for _, d := range deadlines {
		m[d.Target()] = told(d.Due)
	}
	return m
}

// The sample's amendment A1, signed 2024-08-23, halves the after-sales response
// from Sun 2024-09-01 on and opens the make-up Saturday 2024-10-12 in the morning.
func TestVersionsOfTheSample(t *testing.T) {
	c := compileEdited(t)
	doc := contract.MustParse(string(signedText(t)))

	t.Run("a request falls under the terms of the day on which it was received", func(t *testing.T) {
		for _, r := range []struct{ received, due string }{
			{"Sat 2024-08-31 23:59:59", "Sun 2024-09-01 23:59:59"},
			{"Sun 2024-09-01 00:00:00", "Sun 2024-09-01 12:00:00"},
			{"Mon 2024-09-02 09:00:00", "Mon 2024-09-02 21:00:00"},
		} {
			d, err := c.Deadline("after-sales response", clock(t, r.received))
			require.NoError(t, err)
			assert.Equal(t, r.due, told(d.Due), "received %s", r.received)
		}
		before, err := c.Deadline("after-sales response", clock(t, "Sun 2024-09-01 00:00:00").Add(-1))
		require.NoError(t, err)
		assert.Equal(t, "Sun 2024-09-01 23:59:59", told(before.Due), "the last nanosecond of August")
		elsewhere, err := c.Deadline("after-sales response", time.Date(2024, 8, 31, 16, 0, 0, 0, time.UTC))
		require.NoError(t, err)
		assert.Equal(t, "Sun 2024-09-01 12:00:00", told(elsewhere.Due), "the day is that of the contract's zone, in which instants come out")
	})

	t.Run("hours follow the versions day by day", func(t *testing.T) {
		s, err := c.Schedule("service")
		require.NoError(t, err)
		var open []string
		for w, err := range s.Windows(clock(t, "Fri 2024-10-11 00:00:00"), clock(t, "Tue 2024-10-15 00:00:00")) {
			require.NoError(t, err)
			open = append(open, told(w.Start)+w.End.Format(" 15:04"))
		}
		assert.Equal(t, []string{"Fri 2024-10-11 09:00:00 12:00", "Fri 2024-10-11 13:00:00 18:00", "Sat 2024-10-12 09:00:00 12:00",
			"Mon 2024-10-14 09:00:00 12:00", "Mon 2024-10-14 13:00:00 18:00"}, open)
		d, err := s.Day(day("2024-10-12"))
		require.NoError(t, err)
		assert.Equal(t, contract.DayAgreed, d.Kind)
		d, err = s.Day(day("2024-09-14"))
		require.NoError(t, err)
		assert.Equal(t, contract.DayMakeup, d.Kind, "a make-up Saturday of which nothing was agreed stays closed")

		due, err := c.Deadline("technical response", clock(t, "Fri 2024-10-11 17:30:00"))
		require.NoError(t, err)
		assert.Equal(t, "Sat 2024-10-12 09:30:00", told(due.Due), "clocks follow the agreed hours")
		due, err = compileEdited(t, edit{"/amendments", list{}}).Deadline("technical response", clock(t, "Fri 2024-10-11 17:30:00"))
		require.NoError(t, err)
		assert.Equal(t, "Mon 2024-10-14 09:30:00", told(due.Due), "without the amendment Saturday is closed")
	})

	t.Run("each version has the digest of the document in force, its amendments worked in and no longer listed", func(t *testing.T) {
		signed, err := doc.InForce(day("2024-08-31"))
		require.NoError(t, err)
		signed.Amendments = []contract.Amendment{}
		amended, err := doc.InForce(day("2024-09-01"))
		require.NoError(t, err)
		require.Empty(t, amended.Amendments)
		require.Equal(t, []contract.Version{{Digest: signed.Digest()}, {From: day("2024-09-01"), Amendment: "A1", Digest: amended.Digest()}}, c.Versions())
	})

	t.Run("a contract as known before the signing has one version", func(t *testing.T) {
		known, err := contract.Compile(doc.KnownOn(day("2024-08-22")), contract.Reference{Calendars: calendars})
		require.NoError(t, err)
		require.Len(t, known.Versions(), 1)
		d, err := known.Deadline("after-sales response", clock(t, "Mon 2024-09-02 09:00:00"))
		require.NoError(t, err)
		require.Equal(t, "Tue 2024-09-03 09:00:00", told(d.Due))
	})
}

// TestOpenHours: hours change on Mon 2024-09-02 to open at 10:00. What does the
// clock of a request do that was received before and is due after?
func TestOpenHours(t *testing.T) {
	later := swap("/hours/service/week/mon-fri/0", "09:00-12:00", "10:00-12:00")
	lateStart := func(openHours string) obj {
		return following(openHours, amending("A1", "2024-08-20", "2024-09-02", later))
	}
	for _, c := range []struct {
		why        string
		amendments list
		target     string
		received   string
		due        string
	}{
		{"kept: the clock goes on by the hours in which it began", list{lateStart("kept")}, "technical response", "Fri 2024-08-30 17:30:00", "Mon 2024-09-02 09:30:00"},
		{"follow the new: from the change on the new hours", list{lateStart("follow the new")}, "technical response", "Fri 2024-08-30 17:30:00", "Mon 2024-09-02 10:30:00"},
		{"kept: received the second before the change, which is closed time", list{lateStart("kept")}, "technical response", "Sun 2024-09-01 23:59:59", "Mon 2024-09-02 10:00:00"},
		{"follow the new: received the second before the change", list{lateStart("follow the new")}, "technical response", "Sun 2024-09-01 23:59:59", "Mon 2024-09-02 11:00:00"},
		{"received at the change, there is nothing to keep", list{lateStart("kept")}, "technical response", "Mon 2024-09-02 00:00:00", "Mon 2024-09-02 11:00:00"},
		{"due before the change, there is nothing to follow", list{lateStart("follow the new")}, "technical response", "Fri 2024-08-30 16:59:00", "Fri 2024-08-30 17:59:00"},
		{"clock time has no hours to change", list{lateStart("follow the new")}, "after-sales response", "Sun 2024-09-01 12:00:00", "Mon 2024-09-02 12:00:00"},
		{"kept: working days end at the closing that was", list{following("kept", amending("A1", "2024-08-20", "2024-09-02", swap("/hours/service/week/mon-fri/1", "13:00-18:00", "13:00-17:00")))},
			"repair", "Fri 2024-08-30 10:00:00", "Tue 2024-09-10 18:00:00"},
		{"follow the new: working days end at the closing that is", list{following("follow the new", amending("A1", "2024-08-20", "2024-09-02", swap("/hours/service/week/mon-fri/1", "13:00-18:00", "13:00-17:00")))},
			"repair", "Fri 2024-08-30 10:00:00", "Tue 2024-09-10 17:00:00"},
		{"kept: make-up days count as they did", list{following("kept", amending("A1", "2024-08-20", "2024-09-02", swap("/workingDays/state/makeupDays", "count", "ignored")))},
			"repair", "Wed 2024-09-04 10:00:00", "Fri 2024-09-13 18:00:00"},
		{"kept: the make-up Saturday before Mid-Autumn is still the seventh day", list{following("kept", amending("A1", "2024-08-20", "2024-09-06", swap("/workingDays/state/makeupDays", "count", "ignored")))},
			"repair", "Thu 2024-09-05 10:00:00", "Sat 2024-09-14 18:00:00"},
		{"follow the new: it is none any more, and the seventh day is after the festival", list{following("follow the new", amending("A1", "2024-08-20", "2024-09-06", swap("/workingDays/state/makeupDays", "count", "ignored")))},
			"repair", "Thu 2024-09-05 10:00:00", "Wed 2024-09-18 18:00:00"},
		{"of two changes on one day that change hours, one word holds", list{lateStart("follow the new"),
			amending("A2", "2024-08-21", "2024-09-02", swap("/targets/technical response/within", "1 service hour", "2 service hours"))}, "technical response", "Fri 2024-08-30 17:30:00", "Mon 2024-09-02 10:30:00"},
		{"and whichever of the two comes first", list{amending("A0", "2024-08-19", "2024-09-02", swap("/targets/technical response/within", "1 service hour", "2 service hours")),
			lateStart("follow the new")}, "technical response", "Fri 2024-08-30 17:30:00", "Mon 2024-09-02 10:30:00"},
	} {
		t.Run(c.why, func(t *testing.T) {
			compiled := compileEdited(t, append(unamended[1:len(unamended):len(unamended)], edit{"/amendments", c.amendments})...)
			d, err := compiled.Deadline(c.target, clock(t, c.received))
			require.NoError(t, err)
			require.Equal(t, c.due, told(d.Due))
			require.NoError(t, d.Explain().Check().Err())
		})
	}
}

// TestOpenHoursAreEachAmendmentsOwn: what a later amendment says of the hours that
// it changes does not undo what an earlier one said of others.
func TestOpenHoursAreEachAmendmentsOwn(t *testing.T) {
	night := obj{"clause": "hours", "calendar": "cn", "week": obj{"mon-fri": list{"18:00-22:00"}}, "holidays": "closed", "makeupDays": "closed", "agreed": obj{}}
	c := compileEdited(t, append(unamended[1:len(unamended):len(unamended)], edit{"/hours/night", night}, edit{"/amendments", list{
		following("kept", amending("A1", "2024-08-20", "2024-09-01", swap("/hours/service/week/mon-fri/0", "09:00-12:00", "10:00-12:00"))),
		following("follow the new", amending("A2", "2024-08-21", "2024-09-02", swap("/hours/night/week/mon-fri/0", "18:00-22:00", "18:00-23:00"))),
	}})...)
	d, err := c.Deadline("technical response", clock(t, "Fri 2024-08-30 17:30:00"))
	require.NoError(t, err)
	require.Equal(t, "Mon 2024-09-02 09:30:00", told(d.Due), "A1 says that open requests keep the service hours; A2 changes those of the night")
}

func TestTargetsComeAndGo(t *testing.T) {
	onSite := merged(mustLookup(t, "/targets/e-mail response").(obj), obj{"for": obj{"channel": list{"phone"}}, "measure": "arrival", "within": "48 clock hours", "stop": obj{"event": "arrived"}})
	counted := list{"phone and online response", "e-mail response", "technical response", "repair"}
	c := compileEdited(t, append(unamended[1:len(unamended):len(unamended)], edit{"/amendments", list{
		amending("A1", "2024-08-20", "2024-09-01", swap("/targets/on-site arrival", nil, onSite)),
		amending("A2", "2024-09-20", "2024-10-01", swap("/targets/after-sales response", mustLookup(t, "/targets/after-sales response"), nil), swap("/attainment/of", mustLookup(t, "/attainment/of"), counted)),
	}})...)

	for _, r := range []struct {
		why, target, received, due string
	}{
		{"added later, and not there yet", "on-site arrival", "Sat 2024-08-31 23:59:59", ""},
		{"there from its first second on", "on-site arrival", "Sun 2024-09-01 00:00:00", "Tue 2024-09-03 00:00:00"},
		{"and still when another is struck out", "on-site arrival", "Tue 2024-10-01 00:00:00", "Thu 2024-10-03 00:00:00"},
		{"struck out later, and still there", "after-sales response", "Mon 2024-09-30 23:59:59", "Tue 2024-10-01 23:59:59"},
		{"struck out", "after-sales response", "Tue 2024-10-01 00:00:00", ""},
	} {
		t.Run(r.why, func(t *testing.T) {
			target, err := c.Target(r.target)
			require.NoError(t, err, "a handle spans all versions")
			for _, ask := range []func() (contract.Deadline, error){
				func() (contract.Deadline, error) { return target.Deadline(clock(t, r.received)) },
				func() (contract.Deadline, error) { return c.Deadline(r.target, clock(t, r.received)) },
			} {
				d, err := ask()
				if r.due == "" {
					require.True(t, isKind(err, contract.ErrUnknown), "%v", err)
					require.ErrorContains(t, err, fmt.Sprintf("have no target %q", r.target))
					continue
				}
				require.NoError(t, err)
				require.Equal(t, r.due, told(d.Due))
			}
			request := &contract.Request{ID: "R", Received: clock(t, r.received), Selector: contract.Selector{Channel: "phone", Category: "after-sales"}}
			_, err = target.Measure(request, request.Received)
			require.Equal(t, r.due == "", err != nil)
			bound, err := c.Deadlines(request)
			require.NoError(t, err, "what is not there binds nothing")
			require.Equal(t, r.due != "", dues(bound)[r.target] != "")
		})
	}
}

// TestContractHasItsOwnCopy: what a caller does afterwards to what it gave to
// Compile changes no answer.
func TestContractHasItsOwnCopy(t *testing.T) {
	doc := contract.MustParse(string(signedText(t)))
	ref := contract.Reference{Calendars: maps.Clone(calendars)}
	before := doc.Digest()
	c, err := contract.Compile(doc, ref)
	require.NoError(t, err)
	require.Equal(t, before, doc.Digest(), "Compile does not change the document")
	request := &contract.Request{ID: "R-1", Received: clock(t, "Mon 2024-09-02 10:00:00"), Selector: contract.Selector{Channel: "phone", Category: "fault"}}
	answers := func() string {
		deadlines, err := c.Deadlines(request)
		require.NoError(t, err)
		measured, err := c.Measure(request, clock(t, "Mon 2024-09-02 10:02:00"))
		require.NoError(t, err)
		text := fmt.Sprint(dues(deadlines), c.Versions(), c.NotComputed(), c.SignedTerm())
		for i := range deadlines {
			text += deadlines[i].Explain().Text("en") + measured[i].Explain().Text("zh")
		}
		return text + c.Document().Digest()
	}
	first := answers()
	scribble(reflect.ValueOf(doc))
	scribble(reflect.ValueOf(c.Document()))
	require.Equal(t, first, answers())
}

// TestProvisionalOfTheCalendarsThatWereGiven: the map of calendars is the caller's.
func TestProvisionalOfTheCalendarsThatWereGiven(t *testing.T) {
	ref := contract.Reference{Calendars: maps.Clone(calendars)}
	c, err := contract.Compile(contract.MustParse(string(signedText(t))), ref)
	require.NoError(t, err)
	delete(ref.Calendars, "cn")
	_, err = c.Provisional()
	require.NoError(t, err)
}

func TestContractProvisional(t *testing.T) {
	c := compileEdited(t)
	received := clock(t, "Wed 2026-12-23 10:00:00")
	_, err := c.Deadline("repair", received)
	require.True(t, isKind(err, contract.ErrRange), "%v", err)

	p, err := c.Provisional()
	require.NoError(t, err)
	d, err := p.Deadline("repair", received)
	require.NoError(t, err)
	require.Equal(t, "Mon 2027-01-04 18:00:00", told(d.Due))
	require.Equal(t, day("2026-12-29"), d.Provisional)
	d, err = p.Deadline("repair", clock(t, "Tue 2024-09-24 10:00:00"))
	require.NoError(t, err)
	require.Zero(t, d.Provisional, "what is certain stays so")
	require.Equal(t, c.Versions(), p.Versions())
	again, err := p.Provisional()
	require.NoError(t, err)
	require.Same(t, p, again)
	_, err = c.Deadline("repair", received)
	require.True(t, isKind(err, contract.ErrRange), "the contract itself still guesses nothing")
}

func TestTargets(t *testing.T) {
	all := []string{"after-sales response", "e-mail response", "phone and online response", "repair", "technical response"}
	for _, c := range []struct {
		why   string
		edits []edit
		s     contract.Selector
		want  []string
	}{
		{"by channel", nil, contract.Selector{Channel: "phone"}, []string{"phone and online response"}},
		{"by another channel of the same target", nil, contract.Selector{Channel: "online"}, []string{"phone and online response"}},
		{"by category", nil, contract.Selector{Category: "fault"}, []string{"repair"}},
		{"by both, sorted by name", nil, contract.Selector{Channel: "phone", Category: "technical support"}, []string{"phone and online response", "technical response"}},
		{"a category without a target of its own", nil, contract.Selector{Channel: "e-mail", Category: "training"}, []string{"e-mail response"}},
		{"nothing said, nothing bound", nil, contract.Selector{}, nil},
		{"a target for all binds a request of which nothing is said", []edit{{"/targets/repair/for", obj{}}}, contract.Selector{}, []string{"repair"}},
		{"both attributes of a target must fit", []edit{{"/targets/repair/for/channel", list{"phone"}}}, contract.Selector{Channel: "e-mail", Category: "fault"}, []string{"e-mail response"}},
		{"and do", []edit{{"/targets/repair/for/channel", list{"phone"}}}, contract.Selector{Channel: "phone", Category: "fault"}, []string{"phone and online response", "repair"}},
		{"by an item, whose names a document need not list", []edit{{"/targets/repair/for", obj{"item": list{"printer"}}}}, contract.Selector{Item: "printer"}, []string{"repair"}},
		{"by another item", []edit{{"/targets/repair/for", obj{"item": list{"printer"}}}}, contract.Selector{Item: "plotter"}, nil},
		{"by priority", []edit{{"/priorityChange", "first priority stands"}, {"/requests/priorities", obj{"P1": "urgent", "P2": "normal"}}, {"/targets/repair/for/priority", list{"P1"}}}, contract.Selector{Category: "fault", Priority: "P1"}, []string{"repair"}},
		{"by another priority", []edit{{"/priorityChange", "first priority stands"}, {"/requests/priorities", obj{"P1": "urgent", "P2": "normal"}}, {"/targets/repair/for/priority", list{"P1"}}}, contract.Selector{Category: "fault", Priority: "P2"}, nil},

		{"category over channel: the target for the category displaces the one for the channel", []edit{{"/severalTargets", "category over channel"}}, contract.Selector{Channel: "phone", Category: "technical support"}, []string{"technical response"}},
		{"category over channel: not where it measures something else", []edit{{"/severalTargets", "category over channel"}}, contract.Selector{Channel: "phone", Category: "fault"}, []string{"phone and online response", "repair"}},
		{"category over channel: the channel's binds where the category has none", []edit{{"/severalTargets", "category over channel"}}, contract.Selector{Channel: "phone", Category: "training"}, []string{"phone and online response"}},
		{"category over channel: a target by both is one for the category", []edit{{"/severalTargets", "category over channel"}, {"/targets/phone and online response/for/category", list{"technical support"}}}, contract.Selector{Channel: "phone", Category: "technical support"}, []string{"phone and online response", "technical response"}},
		{"category over channel: a target for all is not one for the channel", []edit{{"/severalTargets", "category over channel"}, {"/targets/phone and online response/for", obj{}}}, contract.Selector{Channel: "phone", Category: "technical support"}, []string{"phone and online response", "technical response"}},
		{"strictest: which it is depends on the day, so that all fit", []edit{{"/severalTargets", "strictest"}}, contract.Selector{Channel: "phone", Category: "technical support"}, []string{"phone and online response", "technical response"}},
		{"without a chapter of requests any name will do", []edit{{"/requests", nil}, {"/targets/repair/for", obj{}}}, contract.Selector{Channel: "fax", Category: "joke"}, []string{"repair"}},
	} {
		t.Run(c.why, func(t *testing.T) {
			compiled := compileEdited(t, append(unamended[:len(unamended):len(unamended)], c.edits...)...)
			targets, err := compiled.Targets(c.s, day("2024-03-04"))
			require.NoError(t, err)
			var names []string
			for _, target := range targets {
				names = append(names, target.Name())
				same, err := compiled.Target(target.Name())
				require.NoError(t, err)
				require.Same(t, same, target)
			}
			require.Equal(t, c.want, names)
		})
	}

	t.Run("names that there are not", func(t *testing.T) {
		c := compileEdited(t)
		_, err := c.Targets(contract.Selector{Channel: "fax", Category: "bug", Priority: "P1", Item: "anything"}, day("2024-03-04"))
		require.EqualError(t, err, `channel: no channel "fax"; have e-mail, online, phone
category: no category "bug"; have after-sales, fault, other, technical support, training
priority: no priority "P1"; there are none`)
		require.True(t, isKind(err, contract.ErrUnknown))
		_, err = c.Deadlines(&contract.Request{Received: clock(t, "Mon 2024-03-04 10:00:00"), Selector: contract.Selector{Channel: "fax"}})
		require.True(t, isKind(err, contract.ErrUnknown))
		_, err = c.Measure(&contract.Request{Received: clock(t, "Mon 2024-03-04 10:00:00"), Selector: contract.Selector{Channel: "fax"}}, clock(t, "Mon 2024-03-04 10:00:00"))
		require.True(t, isKind(err, contract.ErrUnknown))
	})

	t.Run("handles by name", func(t *testing.T) {
		c := compileEdited(t)
		for _, name := range all {
			target, err := c.Target(name)
			require.NoError(t, err)
			require.Equal(t, name, target.Name())
		}
	})
}

// TestLookupsListTheNames: an error says which names there are.
func TestLookupsListTheNames(t *testing.T) {
	c := compileEdited(t)
	at := clock(t, "Mon 2024-03-04 10:00:00")
	for _, l := range []struct {
		why  string
		ask  func() error
		says string
	}{
		{"target", func() error { _, err := c.Target("phone response"); return err }, `no target "phone response"; have after-sales response, e-mail response, phone and online response, repair, technical response`},
		{"deadline", func() error { _, err := c.Deadline("Repair", at); return err }, `no target "Repair"; have after-sales response, e-mail response, phone and online response, repair, technical response`},
		{"hours", func() error { _, err := c.Schedule("offcie"); return err }, `no hours "offcie"; have service`},
		{"working days", func() error { _, err := c.WorkingDays(""); return err }, `no working days ""; have state`},
		{"none at all", func() error {
			_, err := compileEdited(t, append(append(unamended[:len(unamended):len(unamended)], withoutMoney()...), edit{"/attainment", nil}, edit{"/targets", nil}, edit{"/hours", nil})...).Schedule("service")
			return err
		}, `no hours "service"; there are none`},
	} {
		t.Run(l.why, func(t *testing.T) {
			err := l.ask()
			require.EqualError(t, err, l.says)
			require.True(t, isKind(err, contract.ErrUnknown))
		})
	}
	_, err := c.Deadlines(nil)
	require.True(t, isKind(err, contract.ErrInvalid), "%v", err)
	_, err = c.Measure(nil, at)
	require.True(t, isKind(err, contract.ErrInvalid), "%v", err)
}

func TestDeadlines(t *testing.T) {
	strictest := []edit{{"/severalTargets", "strictest"}}
	notMeasured := []edit{{"/targets/phone and online response/start", obj{"event": "received", "outOfHours": "not measured", "hours": "service"}}}
	tech := func(channel string) contract.Selector {
		return contract.Selector{Channel: channel, Category: "technical support"}
	}
	for _, c := range []struct {
		why      string
		edits    []edit
		s        contract.Selector
		received string
		want     map[string]string
	}{
		{"all apply: 3 minutes to answer the call, an hour for the support", nil, tech("phone"), "Mon 2024-03-04 10:00:00",
			map[string]string{"phone and online response": "Mon 2024-03-04 10:03:00", "technical response": "Mon 2024-03-04 11:00:00"}},
		{"category over channel: the hour", []edit{{"/severalTargets", "category over channel"}}, tech("phone"), "Mon 2024-03-04 10:00:00",
			map[string]string{"technical response": "Mon 2024-03-04 11:00:00"}},
		{"strictest: the 3 minutes", strictest, tech("phone"), "Mon 2024-03-04 10:00:00",
			map[string]string{"phone and online response": "Mon 2024-03-04 10:03:00"}},
		{"strictest: in hours 1 service hour is due before 12 clock hours", strictest, tech("e-mail"), "Mon 2024-03-04 10:00:00",
			map[string]string{"technical response": "Mon 2024-03-04 11:00:00"}},
		{"strictest: in the evening 12 clock hours are due before 1 service hour", strictest, tech("e-mail"), "Mon 2024-03-04 17:30:00",
			map[string]string{"e-mail response": "Tue 2024-03-05 05:30:00"}},
		{"strictest: at night 1 service hour again", strictest, tech("e-mail"), "Mon 2024-03-04 22:30:00",
			map[string]string{"technical response": "Tue 2024-03-05 10:00:00"}},
		{"strictest: at one instant the first by name", strictest, tech("e-mail"), "Mon 2024-03-04 22:00:00",
			map[string]string{"e-mail response": "Tue 2024-03-05 10:00:00"}},
		{"strictest: over a weekend 12 clock hours", strictest, tech("e-mail"), "Fri 2024-03-01 18:00:00",
			map[string]string{"e-mail response": "Sat 2024-03-02 06:00:00"}},
		{"strictest: of each measure one", strictest, contract.Selector{Channel: "e-mail", Category: "fault"}, "Mon 2024-03-04 10:00:00",
			map[string]string{"e-mail response": "Mon 2024-03-04 22:00:00", "repair": "Wed 2024-03-13 18:00:00"}},
		{"not measured out of hours: told, and not due", notMeasured, tech("phone"), "Mon 2024-03-04 12:00:00",
			map[string]string{"phone and online response": "", "technical response": "Mon 2024-03-04 14:00:00"}},
		{"not measured out of hours: in hours it is", notMeasured, tech("phone"), "Mon 2024-03-04 11:59:59",
			map[string]string{"phone and online response": "Mon 2024-03-04 13:02:59", "technical response": "Mon 2024-03-04 13:59:59"}},
		{"strictest of what is measured", append(notMeasured[:1:1], strictest...), tech("phone"), "Mon 2024-03-04 12:00:00",
			map[string]string{"technical response": "Mon 2024-03-04 14:00:00"}},
		{"nothing binds a request of which nothing is said", nil, contract.Selector{}, "Mon 2024-03-04 10:00:00", map[string]string{}},
	} {
		t.Run(c.why, func(t *testing.T) {
			compiled := compileEdited(t, append(unamended[:len(unamended):len(unamended)], c.edits...)...)
			r := &contract.Request{ID: "R-7", Source: "requests.csv:8", Received: clock(t, c.received), Selector: c.s}
			got, err := compiled.Deadlines(r)
			require.NoError(t, err)
			require.NotNil(t, got)
			require.Equal(t, c.want, dues(got))
			measured, err := compiled.Measure(r, r.Received)
			require.NoError(t, err)
			require.Len(t, measured, len(got))
			for i, d := range got {
				require.Equal(t, d.Due.IsZero(), d.NotMeasured)
				require.Equal(t, d.Target(), measured[i].Target(), "in the same order")
				require.Equal(t, d.Due, measured[i].Due, "without pauses a measurement is due when the deadline is")
				one, err := compiled.Deadline(d.Target(), r.Received)
				require.NoError(t, err)
				require.Equal(t, d.Due, one.Due)
				require.Equal(t, d.Clause(), one.Clause())
				require.Contains(t, d.Explain().Text("en"), "requests.csv:8", "the working quotes the record")
			}
		})
	}
	_, err := compileEdited(t).Deadlines(&contract.Request{Received: clock(t, "Wed 2026-12-23 10:00:00"), Selector: contract.Selector{Channel: "phone", Category: "fault"}})
	require.True(t, isKind(err, contract.ErrRange), "%v", err)
	require.ErrorContains(t, err, "repair: ", "which of them is beyond the calendar")
}

// TestSeveralTargetsByVersion: the rule for several targets is that of the day of
// receipt, too.
func TestSeveralTargetsByVersion(t *testing.T) {
	c := compileEdited(t, append(unamended[1:len(unamended):len(unamended)], edit{"/amendments", list{
		amending("A1", "2024-08-20", "2024-09-02", swap("/severalTargets", "all apply", "strictest")),
		amending("A2", "2024-08-20", "2024-09-03", swap("/severalTargets", "strictest", "category over channel")),
	}})...)
	for received, want := range map[string][]string{
		"Fri 2024-08-30 10:00:00": {"phone and online response", "technical response"},
		"Mon 2024-09-02 10:00:00": {"phone and online response"},
		"Tue 2024-09-03 10:00:00": {"technical response"},
	} {
		got, err := c.Deadlines(&contract.Request{Received: clock(t, received), Selector: contract.Selector{Channel: "phone", Category: "technical support"}})
		require.NoError(t, err)
		var names []string
		for _, d := range got {
			names = append(names, d.Target())
		}
		require.Equal(t, want, names, received)
	}
}

func TestNotComputed(t *testing.T) {
	require.Equal(t, []string{"/forceMajeure"}, compileEdited(t).NotComputed(), "of the sample")
	none := append(unamended[:len(unamended):len(unamended)], edit{"/forceMajeure", nil})
	require.Empty(t, compileEdited(t, none...).NotComputed())
	deposit := obj{"clause": "payment", "amount": "1000.00 CNY"}
	require.Equal(t, []string{"/deposit"}, compileEdited(t, append(none[:len(none):len(none)], edit{"/deposit", deposit})...).NotComputed())
	require.Equal(t, []string{"/deposit"}, compileEdited(t, append(none[:len(none):len(none)], edit{"/amendments", list{
		amending("A1", "2024-08-20", "2024-09-01", swap("/deposit", nil, deposit))}})...).NotComputed(), "that an amendment adds")
}

func TestSignedTerm(t *testing.T) {
	for _, c := range []struct {
		why   string
		edits []edit
		want  contract.Period
	}{
		{"both days are in it", nil, contract.Through(day("2024-03-01"), day("2025-02-28"))},
		{"a length is not counted", []edit{{"/term/through", nil}, {"/term/for", "12 months"}}, contract.Period{}},
		{"no clause of the term", append(withoutMoney(), edit{"/term", nil}), contract.Period{}},
		{"as an amendment extends it", []edit{{"/amendments", list{amending("A1", "2024-08-20", "2024-09-01", swap("/term/through", "2025-02-28", "2025-06-30"))}}}, contract.Through(day("2024-03-01"), day("2025-06-30"))},
	} {
		t.Run(c.why, func(t *testing.T) {
			require.Equal(t, c.want, compileEdited(t, append(unamended[:len(unamended):len(unamended)], c.edits...)...).SignedTerm())
		})
	}
}

func TestSilence(t *testing.T) {
	c := compileEdited(t, append(unamended[:len(unamended):len(unamended)], edit{"/attainment", nil}, edit{"/satisfaction", nil}, edit{"/serviceCredits", nil}, edit{"/breach", nil})...)
	_, err := c.NewTally()
	require.True(t, isKind(err, contract.ErrSilent), "%v", err)
	rows, err := c.Satisfaction([]contract.Survey{{Source: "surveys.csv:2", On: day("2024-04-01"), Answer: "satisfied"}})
	require.True(t, isKind(err, contract.ErrSilent), "%v", err)
	require.ErrorContains(t, err, "no clause says how answers of surveys are counted")
	require.Empty(t, rows)
	_, err = c.Satisfaction(nil)
	require.True(t, isKind(err, contract.ErrSilent), "%v", err)
}

// TestOneFigureHasOneRule: a rule that changes within a period does not make its
// figure depend on the order in which requests were counted.
func TestOneFigureHasOneRule(t *testing.T) {
	c := compileEdited(t, append(unamended[1:len(unamended):len(unamended)], edit{"/attainment/fewest", 1}, edit{"/satisfaction/fewest", 1}, edit{"/amendments", list{
		amending("A1", "2024-08-20", "2024-09-16", swap("/attainment/openAndLate", "breached", "left out"), swap("/satisfaction/good", list{"very satisfied", "satisfied"}, list{"very satisfied"})),
	}})...)
	asOf := clock(t, "Mon 2024-09-30 18:00:00")
	requests := []*contract.Request{
		{ID: "met before", Received: clock(t, "Mon 2024-09-02 10:00:00"), Selector: contract.Selector{Category: "after-sales"},
			Events: []contract.Event{{Kind: contract.EventResponded, At: clock(t, "Mon 2024-09-02 11:00:00")}}},
		{ID: "open and late after", Received: clock(t, "Tue 2024-09-17 10:00:00"), Selector: contract.Selector{Category: "after-sales"}},
	}
	count := func(order ...int) string {
		tally, err := c.NewTally()
		require.NoError(t, err)
		for _, i := range order {
			list, err := c.Measure(requests[i], asOf)
			require.NoError(t, err)
			require.True(t, tally.Add(list[0]))
		}
		text := ""
		for _, a := range tally.Attainment() {
			p, ok := a.Percent()
			text += fmt.Sprintln(a.Target, a.Period, p, ok)
		}
		return text
	}
	assert.Equal(t, count(0, 1), count(1, 0))

	surveys := []contract.Survey{{On: day("2024-09-02"), Answer: "satisfied"}, {On: day("2024-09-17"), Answer: "satisfied"}}
	shares := func(surveys ...contract.Survey) string {
		rows, err := c.Satisfaction(surveys)
		require.NoError(t, err)
		text := ""
		for _, s := range rows {
			p, ok := s.Percent()
			text += fmt.Sprintln(s.Period, p, ok)
		}
		return text
	}
	assert.Equal(t, shares(surveys[0], surveys[1]), shares(surveys[1], surveys[0]))
}

// TestConcurrentUse: one Contract, eight goroutines, every sort of question; run
// it with -race.
func TestConcurrentUse(t *testing.T) {
	c := compileEdited(t)
	s := contract.Selector{Channel: "phone", Category: "fault"}
	received := clock(t, "Tue 2026-04-28 10:00:00")
	ask := func() (string, error) {
		request := &contract.Request{ID: "R", Received: received, Selector: s, Events: []contract.Event{
			{Kind: contract.EventPaused, At: received.Add(time.Hour), Reason: "agreed"}, {Kind: contract.EventResumed, At: received.Add(100 * time.Hour)}}}
		d, err := c.Deadline("repair", received)
		if err != nil {
			return "", err
		}
		list, err := c.Deadlines(request)
		if err != nil {
			return "", err
		}
		m, err := c.Measure(request, received.Add(200*time.Hour))
		if err != nil {
			return "", err
		}
		p, err := c.Provisional()
		if err != nil {
			return "", err
		}
		beyond, err := p.Deadline("repair", time.Date(2026, 12, 23, 2, 0, 0, 0, time.UTC))
		if err != nil {
			return "", err
		}
		service, err := c.Schedule("service")
		if err != nil {
			return "", err
		}
		open, err := service.Between(received, received.Add(1000*time.Hour))
		if err != nil {
			return "", err
		}
		text := fmt.Sprintln(d.Due, dues(list), beyond.Due, beyond.Provisional, open, c.Versions(), c.Document().Digest(), c.NotComputed())
		for _, one := range m {
			text += one.Explain().Text("en")
		}
		return text + d.Explain().Text("zh") + beyond.Explain().Text("en"), nil
	}
	want, err := ask()
	require.NoError(t, err)
	c = compileEdited(t) // of which nothing was asked yet
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			for range 3 {
				if got, err := ask(); err != nil || got != want {
					t.Errorf("%v: %s", err, got)
				}
			}
		})
	}
	all.Wait()
}
