package contract_test

import (
	"errors"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/cfd16870/contract"
)

// channels adds to the three of the sample one that counts working days and one
// that arrives at any time, and two of those that are for days with a cut-off hour: 17:00.
func channels() []edit {
	return []edit{
		{"/hours/till five", obj{"clause": "hours", "calendar": "cn", "week": obj{"mon-fri": list{"00:00-17:00"}}, "holidays": "closed", "makeupDays": "as fri", "agreed": obj{}}},
		{"/notices/express", obj{"clause": "notices", "deemed": "2nd day", "outOfHours": "next opening", "hours": "till five"}},
		{"/notices/court post", obj{"clause": "notices", "deemed": "1st working day", "days": "state", "outOfHours": "next opening", "hours": "till five"}},
		{"/notices/counter", obj{"clause": "notices", "deemed": "receipt", "outOfHours": "next opening", "hours": "till five"}},
		{"/notices/registered", obj{"clause": "notices", "deemed": "2nd working day", "days": "state"}},
		{"/notices/portal", obj{"clause": "notices", "deemed": "sending", "outOfHours": "at once"}},
	}
}

// When notices arrive: contents 14.1.
func TestArrival(t *testing.T) {
	c := compileEdited(t, channels()...)
	for _, tt := range []struct {
		why, channel, sent, received string
		day, at                      string
	}{
		{"by hand when it is received", "hand", "", "Thu 2025-06-12 10:00:00", "2025-06-12", "Thu 2025-06-12 10:00:00"},
		{"by hand on a holiday too", "hand", "Wed 2024-05-01 09:00:00", "Wed 2024-05-01 20:00:00", "2024-05-01", "Wed 2024-05-01 20:00:00"},
		{"by courier on the third day after its dispatch, whenever it came", "courier", "Tue 2026-09-15 10:00:00", "Wed 2026-09-16 10:00:00", "2026-09-18", ""},
		{"by courier on a rest day too", "courier", "Wed 2024-03-06 23:59:59", "", "2024-03-09", ""},
		{"by courier past the end of February", "courier", "Tue 2024-02-27 09:00:00", "", "2024-03-01", ""},
		{"e-mail in hours at once", "e-mail", "Tue 2024-12-31 17:40:00", "", "2024-12-31", "Tue 2024-12-31 17:40:00"},
		{"e-mail at opening is in hours", "e-mail", "Mon 2024-03-04 09:00:00", "", "2024-03-04", "Mon 2024-03-04 09:00:00"},
		{"e-mail in the lunch break waits for its end", "e-mail", "Mon 2024-03-04 12:00:00", "", "2024-03-04", "Mon 2024-03-04 13:00:00"},
		{"e-mail in the last second of hours", "e-mail", "Mon 2024-03-04 17:59:59", "", "2024-03-04", "Mon 2024-03-04 17:59:59"},
		{"e-mail at closing waits for the next opening", "e-mail", "Mon 2024-03-04 18:00:00", "", "2024-03-05", "Tue 2024-03-05 09:00:00"},
		{"e-mail on the eve arrives after New Year", "e-mail", "Tue 2024-12-31 18:20:00", "", "2025-01-02", "Thu 2025-01-02 09:00:00"},
		{"e-mail on a make-up Saturday: service is closed", "e-mail", "Sat 2024-05-11 10:00:00", "", "2024-05-13", "Mon 2024-05-13 09:00:00"},
		{"e-mail before the festival", "e-mail", "Mon 2025-01-27 18:00:00", "", "2025-02-05", "Wed 2025-02-05 09:00:00"},
		{"registered post counts working days, make-up days too", "registered", "Fri 2024-04-26 10:00:00", "", "2024-04-29", ""},
		{"registered post over Labour Day", "registered", "Tue 2024-04-30 10:00:00", "", "2024-05-07", ""},
		{"express within the cut-off hour: dispatched the day", "express", "Wed 2024-03-06 16:59:59", "", "2024-03-08", ""},
		{"express at the cut-off hour: dispatched the next day", "express", "Wed 2024-03-06 17:00:00", "", "2024-03-09", ""},
		{"express on a Friday evening: dispatched on Monday", "express", "Fri 2024-03-08 18:00:00", "", "2024-03-13", ""},
		{"before a make-up Saturday, which has the hours", "express", "Fri 2024-05-10 18:00:00", "", "2024-05-13", ""},
		{"working days are counted from the day after the cut-off", "court post", "Tue 2024-04-30 17:30:00", "", "2024-05-07", ""},
		{"and from the day itself before it", "court post", "Tue 2024-04-30 16:00:00", "", "2024-05-06", ""},
		{"handed in at the counter in hours", "counter", "", "Thu 2025-06-12 16:00:00", "2025-06-12", "Thu 2025-06-12 16:00:00"},
		{"handed in after the cut-off hour: received the next day", "counter", "", "Thu 2025-06-12 17:00:00", "2025-06-13", "Fri 2025-06-13 00:00:00"},
		{"handed in on the eve of a holiday", "counter", "", "Tue 2024-12-31 20:00:00", "2025-01-02", "Thu 2025-01-02 00:00:00"},
		{"the portal at midnight", "portal", "Sun 2024-03-03 00:00:00", "", "2024-03-03", "Sun 2024-03-03 00:00:00"},
	} {
		t.Run(tt.why, func(t *testing.T) {
			n := contract.Notice{Source: "notices.csv:2", ID: "N1", Channel: tt.channel, By: contract.Customer}
			if tt.sent != "" {
				n.Sent = clock(t, tt.sent)
			}
			if tt.received != "" {
				n.Received = clock(t, tt.received)
			}
			a, err := c.Arrival(n)
			require.NoError(t, err)
			assert.Equal(t, tt.day, a.Day.String())
			assert.Equal(t, tt.at, told(a.At))
			assert.Equal(t, "contents 14.1", a.Clause)
			w := a.Explain()
			require.NoError(t, w.Check().Err())
			assert.Equal(t, tt.day, w.Result.Text)

			n.Sent, n.Received = elsewhere(n.Sent), elsewhere(n.Received)
			abroad, err := c.Arrival(n)
			require.NoError(t, err)
			assert.Equal(t, a.Day, abroad.Day, "the day is that of the contract's zone, wherever it was sent")
			assert.True(t, a.At.Equal(abroad.At))
		})
	}
}

// elsewhere is the instant on another clock.
func elsewhere(t time.Time) time.Time {
	if t.IsZero() {
		return t
	}
	return t.In(time.FixedZone("", -10*3600))
}

func TestArrivalFaults(t *testing.T) {
	c := compileEdited(t)
	for _, tt := range []struct {
		why     string
		n       contract.Notice
		kind    error
		pointer string
	}{
		{"a channel that the clause does not list", contract.Notice{Source: "notices.csv:7", Channel: "fax", Sent: clock(t, "Mon 2024-03-04 10:00:00")}, contract.ErrUnknown, "channel"},
		{"by hand, and nobody wrote down when", contract.Notice{Source: "notices.csv:7", Channel: "hand", Sent: clock(t, "Mon 2024-03-04 10:00:00")}, contract.ErrRequired, "received"},
		{"an e-mail that does not say when it was sent", contract.Notice{Source: "notices.csv:7", Channel: "e-mail", Received: clock(t, "Mon 2024-03-04 10:00:00")}, contract.ErrRequired, "sent"},
		{"nor does a courier's", contract.Notice{Source: "notices.csv:7", Channel: "courier"}, contract.ErrRequired, "sent"},
	} {
		t.Run(tt.why, func(t *testing.T) {
			_, err := c.Arrival(tt.n)
			require.ErrorIs(t, err, tt.kind)
			var e *contract.Error
			require.True(t, errors.As(err, &e))
			assert.Equal(t, "notices.csv:7", e.In)
			assert.Equal(t, tt.pointer, e.Pointer)
		})
	}
	_, err := c.Arrival(contract.Notice{Channel: "e-mail", Sent: clock(t, "Thu 2026-12-31 19:00:00")})
	assert.ErrorIs(t, err, contract.ErrRange, "nobody knows yet when service opens in 2027")
}

// The last dispatch, and its traps.
func TestLastDispatch(t *testing.T) {
	c := compileEdited(t, channels()...)
	for _, tt := range []struct{ why, channel, by, day, before string }{
		{"three days before by courier", "courier", "2025-01-28", "2025-01-25", ""},
		{"by hand on the day itself", "hand", "2025-01-28", "2025-01-28", ""},
		{"e-mail before the last closing, if the day has none", "e-mail", "2025-01-28", "", "Mon 2025-01-27 18:00:00"},
		{"e-mail before closing of a day in hours", "e-mail", "2024-12-31", "", "Tue 2024-12-31 18:00:00"},
		{"on a make-up Saturday service is closed: before Friday's closing", "e-mail", "2024-05-11", "", "Fri 2024-05-10 18:00:00"},
		{"express before the cut-off hour two days before", "express", "2024-03-08", "", "Wed 2024-03-06 17:00:00"},
		{"express to arrive on a Monday: Friday's cut-off, for it is not dispatched on Saturday", "express", "2024-03-11", "", "Fri 2024-03-08 17:00:00"},
		{"court post over Labour Day", "court post", "2024-05-06", "", "Tue 2024-04-30 17:00:00"},
		{"at the counter before the cut-off hour", "counter", "2025-06-12", "", "Thu 2025-06-12 17:00:00"},
		{"the portal up to midnight", "portal", "2024-03-03", "", "Mon 2024-03-04 00:00:00"},
		{"two working days before, of which the day itself is one", "registered", "2024-05-07", "2024-05-05", ""},
		{"to arrive on a rest day: as for the last working day", "registered", "2024-05-05", "2024-04-28", ""},
	} {
		t.Run(tt.why, func(t *testing.T) {
			d, err := c.LastDispatch(tt.channel, on(tt.by))
			require.NoError(t, err)
			if tt.day != "" {
				assert.Equal(t, tt.day, d.Day.String())
			} else {
				assert.True(t, d.Day.IsZero())
			}
			assert.Equal(t, tt.before, told(d.Before))
			require.NoError(t, d.Explain().Check().Err())
		})
	}
	_, err := c.LastDispatch("fax", on("2024-05-05"))
	assert.ErrorIs(t, err, contract.ErrUnknown)
	_, err = c.LastDispatch("courier", contract.Date{})
	assert.ErrorIs(t, err, contract.ErrRequired)
	_, err = c.LastDispatch("courier", on("0001-01-02"))
	assert.ErrorIs(t, err, contract.ErrRange)
}

// What is sent by the last dispatch arrives by the day; what is sent after it does
// not. Draws lie around festivals, make-up days and ends of the year.
func TestDispatchIsTheInverseOfArrival(t *testing.T) {
	c := compileEdited(t, append(channels(), edit{"/notices/post", obj{"clause": "notices", "deemed": "11th day"}})...)
	around := []string{"2024-02-10", "2024-02-18", "2024-04-07", "2024-05-01", "2024-05-11", "2024-10-01", "2024-10-12", "2024-12-31", "2025-01-28", "2025-02-05", "2025-02-28", "2024-02-29", "2026-02-14"}
	rapid.Check(t, func(t *rapid.T) {
		by := on(rapid.SampledFrom(around).Draw(t, "around")).AddDays(rapid.IntRange(-9, 9).Draw(t, "shifted"))
		channel := rapid.SampledFrom([]string{"courier", "e-mail", "portal", "registered", "post", "express", "court post", "counter"}).Draw(t, "channel")
		last, err := c.LastDispatch(channel, by)
		require.NoError(t, err)
		require.NoError(t, last.Explain().Check().Err())
		arrives := func(sent time.Time) contract.Date {
			a, err := c.Arrival(contract.Notice{Channel: channel, Sent: sent, Received: sent})
			require.NoError(t, err)
			require.NoError(t, a.Explain().Check().Err())
			return a.Day
		}
		late := last.Before
		if late.IsZero() {
			late = last.Day.AddDays(1).StartIn(shanghai)
		}
		require.False(t, arrives(late.Add(-1)).After(by), "sent just before %v", late)
		require.True(t, arrives(late).After(by), "sent at %v", late)
	})
}

// A notice falls under the terms of the day, in the contract's zone, on which it was sent.
func TestNoticesFollowTheVersions(t *testing.T) {
	c := compileEdited(t, edit{"/amendments/0/changes/-", obj{"at": "/notices/courier/deemed", "was": "3rd day", "becomes": "5th day"}})
	for _, tt := range []struct{ why, sent, day string }{
		{"the evening before the amendment", "Sat 2024-08-31 23:59:59", "2024-09-03"},
		{"its first instant, still August in London", "Sun 2024-09-01 00:00:00", "2024-09-06"},
	} {
		t.Run(tt.why, func(t *testing.T) {
			for _, zone := range []*time.Location{time.UTC, shanghai} {
				n := contract.Notice{ID: "B1", Channel: "courier", By: contract.Customer, Ground: "material breach", Sent: clock(t, tt.sent).In(zone)}
				a, err := c.Arrival(n)
				require.NoError(t, err)
				assert.Equal(t, tt.day, a.Day.String())
				cure, err := c.Cure(n)
				require.NoError(t, err)
				end, err := c.EndOf(contract.MustParseSpan("15 days"), a.Day, contract.RestDayRolls)
				require.NoError(t, err)
				assert.Equal(t, end.Day, cure.Day, "the time to cure runs from that arrival")
			}
		})
	}
}

// Where the day of dispatch is the first, a notice arrives a day sooner and may go a
// day later.
func TestLastDispatchOfADayThatCounts(t *testing.T) {
	c := compileEdited(t, edit{"/periods/firstDay", "counted"})
	for by := on("2025-01-20"); by.Before(on("2025-03-10")); by = by.AddDays(1) {
		last, err := c.LastDispatch("courier", by)
		require.NoError(t, err)
		require.NoError(t, last.Explain().Check().Err())
		for days, inTime := range []bool{true, false} {
			sent := contract.Notice{Channel: "courier", Sent: last.Day.AddDays(days).StartIn(c.Zone()).Add(10 * time.Hour)}
			arrived, err := c.Arrival(sent)
			require.NoError(t, err)
			require.Equal(t, inTime, !arrived.Day.After(by), "sent %d days after %v, arrived %v", days, last.Day, arrived.Day)
		}
	}
}

// Where service opens at midnight, the end of a day without service is an opening
// too; what is sent before it is sent out of hours.
func TestLastDispatchBeforeAnOpeningAtMidnight(t *testing.T) {
	c := compileEdited(t,
		edit{"/hours/night", obj{"clause": "hours", "calendar": "cn", "week": obj{"mon-fri": list{"00:00-08:00"}}, "holidays": "closed", "makeupDays": "closed", "agreed": obj{}}},
		edit{"/notices/night", obj{"clause": "notices", "deemed": "sending", "outOfHours": "next opening", "hours": "night"}})
	last, err := c.LastDispatch("night", on("2024-03-05"))
	require.NoError(t, err)
	assert.Equal(t, "Tue 2024-03-05 08:00:00", told(last.Before), "not Wed 00:00, though service opens then")
	require.NoError(t, last.Explain().Check().Err())
}
