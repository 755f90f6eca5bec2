//go:build race

package main

import "flag"

// Under the race detector a draw costs ten: it looks for races, and the tests
// without it for rare draws. The command line may say otherwise.
func init() {
	raceDetector = true
	_ = flag.Set("rapid.checks", "20")
}
