package main

import (
	"fmt"
	"io"
	"os"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

// progress is how far a stream is.
type progress struct{ rows, bytes atomic.Int64 }

func (p *progress) add(b *block) {
	p.rows.Add(b.tally.tickets)
	p.bytes.Add(int64(len(b.in)))
}

// show draws a bar until the function that it returns is called, which wipes it. size
// is of the input in bytes; 0 where nobody knows, and then there is no bar.
func (p *progress) show(out io.Writer, size int64) (wipe func()) {
	start, done := time.Now(), make(chan struct{})
	var group sync.WaitGroup
	group.Go(func() {
		tick := time.NewTicker(200 * time.Millisecond)
		defer tick.Stop()
		for {
			select {
			case <-done:
				fmt.Fprint(out, "\r\x1b[K")
				return
			case <-tick.C:
				fmt.Fprint(out, "\r"+bar(p.rows.Load(), p.bytes.Load(), size, time.Since(start))+"\x1b[K")
			}
		}
	})
	return func() { close(done); group.Wait() }
}

// bar is one line of progress.
func bar(rows, bytes, size int64, since time.Duration) string {
	s := fmt.Sprintf("%s rows, %s a second", grouped(rows), grouped(int64(float64(rows)/max(since.Seconds(), 1e-3))))
	if size <= 0 {
		return s
	}
	const width = 30
	part := min(float64(bytes)/float64(size), 1)
	full := int(part * width)
	return fmt.Sprintf("[%s%s] %3d %%  %s", strings.Repeat("#", full), strings.Repeat(".", width-full), int(part*100), s)
}

// grouped writes a count with its thousands apart.
func grouped(n int64) string {
	s := fmt.Sprint(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// isTerminal reports whether a stream is a terminal: a character device, and not the
// one that is always empty.
func isTerminal(stream any) bool {
	file, ok := stream.(*os.File)
	if !ok {
		return false
	}
	info, err := file.Stat()
	if err != nil || info.Mode()&os.ModeCharDevice == 0 {
		return false
	}
	null, err := os.Stat(os.DevNull)
	return err != nil || !os.SameFile(info, null)
}

// sizeOf is how many bytes a stream has, as far as that can be known.
func sizeOf(stream any) int64 {
	if file, ok := stream.(*os.File); ok {
		if info, err := file.Stat(); err == nil && info.Mode().IsRegular() {
			return info.Size()
		}
	}
	return 0
}
