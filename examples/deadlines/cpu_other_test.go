//go:build !unix

package main

import "time"

// spent is the time that passed: how long the process had a core is not known here.
func spent() time.Duration { return time.Since(began) }

var began = time.Now()
