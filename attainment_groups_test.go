package contract_test

import (
	"fmt"
	"log"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/cfd16870/contract"
)

// bySite groups technical requests by the site that they are of.
func bySite(fewest int, more ...change) []change {
	return append(sites(fewest), append([]change{{"/attainment/groupedBy", "site"}}, more...)...)
}

// sites is the sample with sites.
func sites(fewest int) []change {
	return []change{{"/requests/attributes", obj{"site": obj{"north": "the works", "south": "the office"}}}, {"/attainment/fewest", fewest}}
}

// ofSite is an answered request of a site.
func ofSite(site string, status contract.Status) (*contract.Request, time.Time) {
	r, asOf := answered(4, status)
	if site != "" {
		r.Attributes = map[string]string{"site": site}
	}
	return r, asOf
}

// groupsOf spells rows: target, group, met of counted.
func groupsOf(rows []contract.Attainment) (list []string) {
	for _, a := range rows {
		met, of := a.Counted()
		list = append(list, fmt.Sprintf("%q %s=%q %d/%d", a.Target, a.GroupedBy(), a.Group, met, of))
	}
	return list
}

func TestAttainmentByGroups(t *testing.T) {
	count := func(c *contract.Contract) []contract.Attainment {
		sum, err := c.NewTally()
		require.NoError(t, err)
		for site, statuses := range map[string][]contract.Status{
			"north": {contract.StatusMet, contract.StatusMet, contract.StatusBreached}, "south": {contract.StatusMet}, "": {contract.StatusBreached},
		} {
			for _, s := range statuses {
				r, asOf := ofSite(site, s)
				list, err := c.Measure(r, asOf)
				require.NoError(t, err)
				require.True(t, sum.Add(list[0]))
			}
		}
		return sum.Attainment()
	}
	rows := count(sample(t, bySite(1)...))
	assert.Equal(t, []string{
		`"technical response" site="" 0/1`, `"technical response" site="north" 2/3`, `"technical response" site="south" 1/1`,
		`"" site="" 0/1`, `"" site="north" 2/3`, `"" site="south" 1/1`,
	}, groupsOf(rows), "pooled targets, a figure for each group; requests without a site are one of their own")
	for _, a := range rows {
		assert.NoError(t, a.Explain().Check().Err())
	}
	assert.Equal(t, "attainment of all targets, site north, in 2024-03-01..2024-03-31", rows[4].Explain().About)
	assert.Equal(t, "attainment of all targets, no site, in 2024-03-01..2024-03-31", rows[3].Explain().About)

	each := groupsOf(count(sample(t, bySite(1, change{"/attainment/together", "each"})...)))
	assert.Equal(t, []string{`"technical response" site="" 0/1`, `"technical response" site="north" 2/3`, `"technical response" site="south" 1/1`}, each)
	together := groupsOf(count(sample(t, sites(1)...)))
	assert.Equal(t, []string{`"technical response" ="" 3/5`, `"" ="" 3/5`}, together)
	north, ok := count(sample(t, bySite(2)...))[4].Percent()
	assert.True(t, ok)
	assert.Equal(t, "200/3%", north.String())
	_, ok = count(sample(t, bySite(2)...))[5].Percent()
	assert.False(t, ok, "each group has its own number")
}

// A request whose priority changed counts in the group of the priority by which the
// target measured it.
func TestAttainmentByPriority(t *testing.T) {
	const start, restart, stands = contract.PriorityRederives, contract.PriorityRestarts, contract.PriorityStands
	for _, tt := range []struct {
		why    string
		word   contract.PriorityChange
		events []contract.Event
		asOf   string
		want   []string
	}{
		{"the first stands", stands, []contract.Event{to("P2", "2024-03-04 11:00")}, "2024-03-04 15:00", []string{`"" priority="P1" 0/1`}},
		{"lowered: of the new", start, []contract.Event{to("P2", "2024-03-04 11:00"), ev(contract.EventRestored, "2024-03-04 12:00")}, "2024-03-05 15:00", []string{`"" priority="P2" 1/1`}},
		{"at the very instant asked about", start, []contract.Event{to("P2", "2024-03-04 14:30")}, "2024-03-04 14:30", []string{`"" priority="P2" 0/0`}},
		{"not yet on record", start, []contract.Event{to("P2", "2024-03-04 14:30")}, "2024-03-04 14:29", []string{`"" priority="P1" 0/1`}},
		{"done before the change: of the former", start, []contract.Event{ev(contract.EventRestored, "2024-03-04 10:00"), to("P2", "2024-03-04 11:00")}, "2024-03-08 09:00", []string{`"" priority="P1" 1/1`}},
		{"done as it changes: of the former", start, []contract.Event{ev(contract.EventRestored, "2024-03-04 11:00"), to("P2", "2024-03-04 11:00")}, "2024-03-08 09:00", []string{`"" priority="P1" 1/1`}},
		{"late before the change: both", restart, []contract.Event{to("P2", "2024-03-04 15:00"), ev(contract.EventRestored, "2024-03-05 10:00")}, "2024-03-08 09:00", []string{`"" priority="P1" 0/1`, `"" priority="P2" 1/1`}},
	} {
		t.Run(tt.why, func(t *testing.T) {
			c := byPriority(t, tt.word, change{"/attainment/groupedBy", "priority"}, change{"/attainment/of", []string{"repair", "urgent repair"}}, change{"/completed", list{}})
			sum, err := c.NewTally()
			require.NoError(t, err)
			r := &contract.Request{ID: "R1", Selector: contract.Selector{Category: "fault", Priority: "P1"}, Received: at("2024-03-04 09:00"), Events: tt.events}
			measured, err := c.Measure(r, at(tt.asOf))
			require.NoError(t, err)
			for _, m := range measured {
				sum.Add(m)
			}
			var pooled []contract.Attainment
			for _, a := range sum.Attainment() {
				if a.Target == "" {
					pooled = append(pooled, a)
				}
			}
			assert.Equal(t, tt.want, groupsOf(pooled))
		})
	}
}

// The groups of a tally add up to the same tally without groups, merged in any order.
func TestGroupsAddUp(t *testing.T) {
	c, whole := sample(t, bySite(1)...), sample(t, sites(1)...)
	statuses := []contract.Status{contract.StatusMet, contract.StatusBreached, contract.StatusExcused, contract.StatusCancelled, contract.StatusRunning}
	rapid.Check(t, func(rt *rapid.T) {
		all, err := whole.NewTally()
		require.NoError(rt, err)
		parts := make([]*contract.Tally, 3)
		for i := range parts {
			parts[i], err = c.NewTally()
			require.NoError(rt, err)
		}
		for range rapid.IntRange(1, 20).Draw(rt, "n") {
			r, asOf := ofSite(rapid.SampledFrom([]string{"", "north", "south"}).Draw(rt, "site"), rapid.SampledFrom(statuses).Draw(rt, "status"))
			for _, one := range []struct {
				c   *contract.Contract
				sum *contract.Tally
			}{{whole, all}, {c, parts[rapid.IntRange(0, 2).Draw(rt, "part")]}} {
				list, err := one.c.Measure(r, asOf)
				require.NoError(rt, err)
				require.True(rt, one.sum.Add(list[0]))
			}
		}
		merged := new(contract.Tally)
		for _, i := range rapid.Permutation([]int{0, 1, 2}).Draw(rt, "order") {
			merged.Merge(parts[i])
		}
		var sum contract.Attainment
		for _, a := range merged.Attainment() {
			if a.Target == "" {
				sum.Met, sum.Breached, sum.Excused, sum.Cancelled, sum.Open = sum.Met+a.Met, sum.Breached+a.Breached, sum.Excused+a.Excused, sum.Cancelled+a.Cancelled, sum.Open+a.Open
			}
		}
		rows := all.Attainment()
		a := rows[len(rows)-1]
		require.Equal(rt, []int64{a.Met, a.Breached, a.Excused, a.Cancelled, a.Open}, []int64{sum.Met, sum.Breached, sum.Excused, sum.Cancelled, sum.Open})
	})
}

func TestGroupsOfADocument(t *testing.T) {
	for _, tt := range []struct {
		why     string
		changes []change
		kind    error
		says    string
	}{
		{"by what requests do not have", []change{{"/attainment/groupedBy", "site"}}, contract.ErrUnknown, `/attainment/groupedBy: requests have no "site"; have channel, category, priority, item`},
		{"by what has no names", []change{{"/attainment/groupedBy", "priority"}}, contract.ErrInvalid, "/attainment/groupedBy: has no effect: the document names no priority"},
	} {
		_, err := contract.Compile(reread(t, sampleDocument(t), tt.changes), china())
		require.ErrorIs(t, err, tt.kind, tt.why)
		assert.ErrorContains(t, err, tt.says, tt.why)
	}
	of := func(c *contract.Contract, group string) error {
		_, err := c.AttainmentOf(contract.Attainment{Period: month("2024-03"), Group: group, Met: 1})
		return err
	}
	assert.ErrorContains(t, of(sample(t), "north"), `the clause makes no groups, and these are of "north"`)
	assert.ErrorContains(t, of(sample(t, bySite(1)...), "west"), `no site "west"`)
	assert.NoError(t, of(sample(t, bySite(1)...), "north"))
	assert.NoError(t, of(sample(t, bySite(1)...), ""))
}

// Each group is held against the bands by itself.
func TestCreditsOfGroups(t *testing.T) {
	c := compiled(t, chinaWithRates(), edit{"/requests/attributes", obj{"site": obj{"north": "", "south": ""}}}, edit{"/attainment/groupedBy", "site"}, edit{"/serviceCredits/monthly attainment/rank", "additive"})
	var f contract.CreditFacts
	for _, a := range []contract.Attainment{{Group: "south", Met: 85, Breached: 15}, {Group: "north", Met: 70, Breached: 30}, {Met: 100}} {
		a.Period = month("2024-03")
		a, err := c.AttainmentOf(a)
		require.NoError(t, err)
		f.Attainment = append(f.Attainment, a)
	}
	list, err := c.Credits(f)
	require.NoError(t, err)
	var told []string
	for _, s := range list {
		told = append(told, fmt.Sprint(s.Group, " ", s.Amount))
		proves(t, s.Explain())
	}
	assert.Equal(t, []string{"no site 0.00 CNY", "site north 2000.00 CNY", "site south 1000.00 CNY"}, told)
	f.Attainment = append(f.Attainment, f.Attainment[0])
	_, err = c.Credits(f)
	assert.ErrorIs(t, err, contract.ErrDuplicate)
}

// Of each site its own figure, which is what a threshold is asked of.
func ExampleAttainment_GroupedBy() {
	doc := exampleDocument()
	doc.Requests.Attributes = map[string]map[string]string{"site": {"north": "the works", "south": "the office"}}
	doc.Attainment.GroupedBy, doc.Attainment.Fewest = "site", 1
	c := contract.MustCompile(doc, exampleReference())
	tally, err := c.NewTally()
	if err != nil {
		log.Fatal(err)
	}
	for site, minutes := range map[string]int{"north": 50, "south": 70} {
		received := inChina("2024-03-04 09:00:00")
		measured, err := c.Measure(&contract.Request{
			Selector: contract.Selector{Category: "technical support", Attributes: map[string]string{"site": site}},
			Received: received, Events: []contract.Event{{Kind: contract.EventResponded, At: received.Add(time.Duration(minutes) * time.Minute)}},
		}, inChina("2024-04-01 00:00:00"))
		if err != nil {
			log.Fatal(err)
		}
		tally.Add(measured[0])
	}
	for _, a := range tally.Attainment() {
		if p, ok := a.Percent(); ok && a.Target == "" {
			fmt.Println(a.GroupedBy(), a.Group, p)
		}
	}
	// Output:
	// site north 100%
	// site south 0%
}
