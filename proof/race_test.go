//go:build race

package proof_test

import "flag"

// Under the race detector a draw costs ten: it looks for races, and the tests
// without it for rare draws. The command line may say otherwise.
func init() { _ = flag.Set("rapid.checks", "20") }
