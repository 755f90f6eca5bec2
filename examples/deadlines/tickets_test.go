package main

import (
	"bufio"
	"flag"
	"fmt"
	"io"
	"math/rand"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

var (
	update  = flag.Bool("update", false, "write the golden files anew")
	writeTo = flag.String("write", "", "write generated tickets to this `FILE`, for measuring the program from outside")
	rows    = flag.Int("rows", 1_000_000, "how many")
)

// generatedColumns are those of the generated tickets.
const generatedColumns = "id,received,channel,category,priority,responded,restored,cancelled,pauses"

const sampleContract = "../../testdata/sample/contract.json"

// drawnUp is when the generated tickets are asked about.
const drawnUp = "2025-03-10T18:00:00+08:00"

// A generator draws tickets of the sample contract, a row each, every thousandth wrong
// on purpose. What they are about, and how they came in, is as often as in the sample's
// records; so is a pause, which one fault in seven has there.
type generator struct {
	*rand.Rand
	always bool // no to three pauses of every ticket, whatever it is about
	n      int
	text   []byte
}

func newGenerator(seed int64) *generator { return &generator{Rand: rand.New(rand.NewSource(seed))} }

func (g *generator) pick(words ...string) string { return words[g.Intn(len(words))] }

// row draws the next ticket.
func (g *generator) row() []byte {
	g.n++
	zone := time.FixedZone("", 8*60*60)
	from := time.Date(2024, 3, 1, 0, 0, 0, 0, zone)
	at := from.Add(time.Duration(g.Intn(360*24*3600)) * time.Second)
	out := fmt.Appendf(g.text[:0], "T%07d,", g.n)
	stamp := func(t time.Time) { out = t.AppendFormat(out, time.RFC3339) }
	if g.n%1000 == 0 {
		out = append(out, "2024-02-30T09:00:00+08:00"...)
	} else {
		stamp(at)
	}
	category := g.pick("fault", "fault", "fault", "fault", "fault", "technical support", "technical support", "technical support",
		"technical support", "after-sales", "after-sales", "training", "other", "other")
	out = append(out, ","+g.pick("phone", "phone", "online", "e-mail")+","+category+",,"...)
	later := func(most time.Duration) time.Time {
		at = at.Add(time.Duration(g.Int63n(int64(most/time.Second))) * time.Second)
		return at
	}
	if g.Intn(20) > 0 {
		stamp(later(2 * time.Hour))
	}
	out = append(out, ',')
	var pauses []string
	paused := 0
	if g.always {
		paused = g.Intn(4)
	} else if category == "fault" && g.Intn(7) == 0 {
		paused = 1
	}
	for ; paused > 0; paused-- {
		begin := later(24 * time.Hour)
		pauses = append(pauses, begin.Format(time.RFC3339)+"/"+later(48*time.Hour).Format(time.RFC3339)+"/"+
			g.pick("waiting for customer", "agreed", "vendor"))
	}
	if category == "fault" {
		if g.Intn(20) > 0 {
			stamp(later(12 * 24 * time.Hour))
		}
	}
	out = append(out, ',')
	if g.Intn(50) == 0 {
		stamp(later(24 * time.Hour))
	}
	out = append(out, ","+strings.Join(pauses, ";")+"\n"...)
	g.text = out
	return out
}

// A source is a stream of generated tickets with their header.
type source struct {
	*generator
	left int
	rest []byte
}

func newSource(rows int, seed int64) *source {
	return &source{newGenerator(seed), rows, []byte(generatedColumns + "\n")}
}

func (s *source) Read(p []byte) (n int, err error) {
	for n < len(p) {
		if len(s.rest) == 0 {
			if s.left == 0 {
				if n == 0 {
					return 0, io.EOF
				}
				return n, nil
			}
			s.left--
			s.rest = s.row()
		}
		k := copy(p[n:], s.rest)
		n, s.rest = n+k, s.rest[k:]
	}
	return n, nil
}

// TestWriteTickets writes generated tickets where they are asked for.
func TestWriteTickets(t *testing.T) {
	if *writeTo == "" {
		t.Skip("-write says where")
	}
	file, err := os.Create(*writeTo)
	require.NoError(t, err)
	out := bufio.NewWriter(file)
	_, err = io.Copy(out, newSource(*rows, 1))
	require.NoError(t, err)
	require.NoError(t, out.Flush())
	require.NoError(t, file.Close())
}
