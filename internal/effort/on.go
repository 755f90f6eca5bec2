//go:build steps

package effort

import "sync/atomic"

var taken atomic.Int64

// Take is one turn of a loop.
func Take() { taken.Add(1) }

// Taken returns how many were taken since the last time it was asked.
func Taken() int64 { return taken.Swap(0) }
