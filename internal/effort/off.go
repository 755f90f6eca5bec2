//go:build !steps

// Package effort counts, in a build for tests with the tag steps, how often the loops
// run that answer a question, so that a test can hold every question to a bound. In
// every other build it is nothing at all.
package effort

// Take is one turn of a loop.
func Take() {}
