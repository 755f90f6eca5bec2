//go:build race

package main

// raced reports whether the race detector watches: a statement takes it ten times as
// long, and what runs at once in one does so in all.
const raced = true
