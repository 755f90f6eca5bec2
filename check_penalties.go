package contract

import (
	"fmt"
	"slices"
)

// checkPenalties checks the chapter of penalties: contents 10.
func checkPenalties(doc *Document, ref Reference, faults *Errors) {
	for _, name := range sortedKeys(doc.ServiceCredits) {
		checkBands(doc.ServiceCredits[name].Bands, "/serviceCredits/"+escape(name)+"/bands", faults)
	}
}

// checkBands checks that bands, in any order, follow one another without a hole or
// an overlap, from no lower end to no upper one.
func checkBands(bands []Band, at string, faults *Errors) {
	if len(bands) == 0 {
		return
	}
	order := make([]int, len(bands))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(i, j int) int { return comparePercent(bands[i].From, bands[j].From) })
	for k, i := range order {
		b := bands[i]
		place := fmt.Sprintf("%s/%d", at, i)
		switch {
		case b.From != nil && b.Below != nil && b.From.Compare(*b.Below) >= 0:
			faults.add(place, ErrInvalid, "from %v below %v holds nothing", b.From, b.Below)
		case k == 0 && b.From != nil:
			faults.add(place, ErrConflict, "no band holds what is below %v", b.From)
		case k == 0:
		case bands[order[k-1]].Below == nil || b.From == nil:
			faults.add(place, ErrConflict, "overlaps band %d", order[k-1])
		case bands[order[k-1]].Below.Compare(*b.From) < 0:
			faults.add(place, ErrConflict, "no band holds from %v below %v", bands[order[k-1]].Below, b.From)
		case bands[order[k-1]].Below.Compare(*b.From) > 0:
			faults.add(place, ErrConflict, "overlaps band %d from %v below %v", order[k-1], b.From, bands[order[k-1]].Below)
		}
	}
	if last := bands[order[len(order)-1]]; last.Below != nil {
		faults.add(at, ErrConflict, "no band holds from %v on", last.Below)
	}
}

// comparePercent orders percentages, one that is not there before all others.
func comparePercent(a, b *Percent) int {
	switch {
	case a == nil && b == nil:
		return 0
	case a == nil:
		return -1
	case b == nil:
		return +1
	}
	return a.Compare(*b)
}
