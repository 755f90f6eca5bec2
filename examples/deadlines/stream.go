package main

import (
	"bytes"
	"io"
	"slices"
	"sync"
)

// A stream takes rows from a reader to a writer in blocks. There is a fixed number
// of blocks: a worker for each core answers those that the reader filled, and what
// comes out is written in the order in which they were read. Blocks are used
// again, so that the memory does not depend on the number of rows.
type stream struct {
	workers int
	size    int // of a block in bytes; one grows for a row that is longer
	most    int // refused rows that are kept; the others are counted
	worker  func() *worker
	at      *progress
}

// slack is how many blocks there are beyond two for each worker: what the others go on
// with while the one whose block is next has to wait for its core.
const slack = 16

// A block is whole rows, and what became of them.
type block struct {
	in      []byte
	line    int // number of its first
	out     []byte
	tally   tally
	refused []string      // what is wrong with its first rows that were refused
	done    chan struct{} // holds a value once the block is answered
}

// A worker answers blocks, one after another.
type worker struct {
	rows    rowReader
	reading *reading
	judge   *judge
	sheet   sheet
	ticket  ticket
}

// result is what a stream came to.
type result struct {
	tally
	list []string // what is wrong with the first that were refused, a row each
}

// run reads from line on. Its error is of the reader, or of the writer, which
// stops it.
func (s *stream) run(in io.Reader, line int, out io.Writer) (res result, err error) {
	n := 2*s.workers + slack
	free, work, order := make(chan *block, n), make(chan *block, n), make(chan *block, n)
	for range n {
		free <- &block{done: make(chan struct{}, 1)}
	}
	stop := make(chan struct{})
	var readErr error
	var group sync.WaitGroup
	group.Go(func() {
		defer close(order)
		defer close(work)
		r := blockReader{in: in, line: line, size: s.size}
		for {
			var b *block
			select {
			case b = <-free:
			case <-stop:
				return
			}
			more, err := r.next(b)
			if len(b.in) > 0 {
				work <- b
				order <- b
			} else {
				free <- b
			}
			if !more {
				readErr = err
				return
			}
		}
	})
	for range s.workers {
		group.Go(func() {
			w := s.worker()
			for b := range work {
				w.answer(b, s.most)
				b.done <- struct{}{}
			}
		})
	}
	for b := range order {
		<-b.done
		if err != nil {
			continue // what is left is taken off, and nothing written
		}
		if _, err = out.Write(b.out); err != nil {
			close(stop)
			continue
		}
		res.tally.add(b.tally)
		res.list = append(res.list, b.refused[:min(len(b.refused), s.most-len(res.list))]...)
		s.at.add(b)
		free <- b
	}
	group.Wait()
	if err == nil {
		err = readErr
	}
	return res, err
}

// answer answers the rows of a block.
func (w *worker) answer(b *block, most int) {
	b.tally, b.refused = tally{}, b.refused[:0]
	visit := func(a *answer) {
		b.tally.count(a)
		w.sheet.put(a)
	}
	w.rows.rows(b.in, b.line, isClean(b.in), func(r *row) {
		b.tally.tickets++
		w.reading.ticket(r, &w.ticket)
		w.judge.answer(r, &w.ticket, visit)
		if len(r.faults) > 0 {
			b.tally.refused++
			if len(b.refused) < most {
				b.refused = append(b.refused, told(slices.Compact(r.faults))) // one and the same of several targets
			}
		}
	})
	b.out = w.sheet.take(b.out)
}

// A blockReader cuts a stream into blocks at the ends of rows.
type blockReader struct {
	in   io.Reader
	line int    // of the next row
	size int    // of a block
	rest []byte // that was read and not given out
	err  error  // of the reader
	skip bool   // what comes up to the end of the row belongs to one that was too long
}

// next fills a block. It reports whether there may be another; if not, the error is
// the reader's, nil at its end.
func (r *blockReader) next(b *block) (more bool, err error) {
	b.in, b.line = append(b.in[:0], r.rest...), r.line
	r.rest = r.rest[:0]
	for {
		if r.skip {
			end := bytes.IndexByte(b.in, '\n')
			if end >= 0 {
				b.in, r.skip = append(b.in[:0], b.in[end+1:]...), false
				r.line++
				b.line = r.line
			} else {
				b.in = b.in[:0]
			}
		}
		end := bytes.LastIndexByte(b.in, '\n') + 1
		switch {
		case r.err != nil && r.err != io.EOF: // a row that was cut off is none
			b.in = b.in[:end]
			return false, r.err
		case r.err == io.EOF:
			return false, nil
		case len(b.in) >= r.size && end > 0:
			r.rest = append(r.rest, b.in[end:]...)
			b.in = b.in[:end]
			r.line += bytes.Count(b.in, []byte{'\n'})
			return true, nil
		case end == 0 && len(b.in) > longestRow+1: // and a carriage return is not of the row
			r.skip = true
			return true, nil
		}
		r.fill(b)
	}
}

// fill reads once more into a block: up to its size, or as much again as a long row
// has so far.
func (r *blockReader) fill(b *block) {
	want := r.size
	if len(b.in) >= want {
		want = 2 * len(b.in)
	}
	if cap(b.in) < want {
		grown := make([]byte, len(b.in), want)
		copy(grown, b.in)
		b.in = grown
	}
	n, err := r.in.Read(b.in[len(b.in):want])
	b.in, r.err = b.in[:len(b.in)+n], err
}
