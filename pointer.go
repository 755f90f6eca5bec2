package contract

import (
	"cmp"
	"iter"
	"maps"
	"slices"

	"github.com/cfd16870/contract/internal/strictjson"
)

// escape writes a name as a token of a JSON Pointer.
func escape(name string) string { return strictjson.Escape(name) }

// sortedKeys returns the names of a map in order: whatever walks a document
// walks it in one order, so that faults come out the same every time.
func sortedKeys[K cmp.Ordered, V any](m map[K]V) []K { return slices.Sorted(maps.Keys(m)) }

// sortedDates walks a map of days in their order.
func sortedDates[V any](m map[Date]V) iter.Seq2[Date, V] {
	return func(yield func(Date, V) bool) {
		for _, d := range slices.SortedFunc(maps.Keys(m), Date.Compare) {
			if !yield(d, m[d]) {
				return
			}
		}
	}
}
