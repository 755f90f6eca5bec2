package contract

import (
	"fmt"
	"strings"
	"time"

	"github.com/cfd16870/contract/proof"
)

// A source is where a part of a document stands: at which pointer, under which
// printed clause, and which places amendments changed. The zero source is a value
// that a program gave.
type source struct {
	in      string // "document"; "" for a value that a program gave
	law     bool   // a statute that the caller declares, and not the document
	pointer string // of the part: /hours/service
	clause  string // as printed
	amended []amendedPlace
}

// An amendedPlace is a place of the document that an amendment changed.
type amendedPlace struct{ pointer, label string }

// at is the source of what stands at a key of the part: the last amendment that
// changed it, or something in it, or what it lies in; else the document.
func (s source) at(key string) *proof.Source {
	at := s.pointer + key
	in := s.in
	if in == "" {
		in = "given"
	}
	for _, a := range s.amended {
		if a.pointer == at || strings.HasPrefix(at, a.pointer+"/") || strings.HasPrefix(a.pointer, at+"/") {
			in = a.label
		}
	}
	return &proof.Source{In: in, At: at}
}

// A recorder writes a working down, step by step, in the order in which the
// figure comes about. It spells nothing itself: values come from proof, so that
// the engine and the check agree on their spelling.
type recorder struct {
	w proof.Working
}

func newRecorder(about string) *recorder {
	return &recorder{proof.Working{Format: proof.Format, About: about}}
}

func (r *recorder) put(s proof.Step) int {
	r.w.Steps = append(r.w.Steps, s)
	return len(r.w.Steps)
}

// trim leaves the steps on which one rests, that one last, and each that says the
// same as an earlier one out: what is quoted twice is told once.
func (r *recorder) trim(last int) {
	needed := make([]bool, last+1)
	needed[last] = true
	for n := last; n > 0; n-- {
		if needed[n] {
			for _, arg := range r.w.Steps[n-1].Args {
				needed[arg] = true
			}
		}
	}
	place := make([]int, last+1) // where each step went
	said := make(map[string]int)
	var kept []proof.Step
	for n := 1; n <= last; n++ {
		if !needed[n] {
			continue
		}
		s := r.w.Steps[n-1]
		if len(s.Args) > 0 {
			args := make([]int, len(s.Args))
			for i, arg := range s.Args {
				args[i] = place[arg]
			}
			s.Args = args
		}
		source := proof.Source{}
		if s.Source != nil {
			source = *s.Source
		}
		key := fmt.Sprintf("%q %v %q %q %q %q %q %q", s.Op, s.Args, s.Name, s.Value, s.Clause, s.Mark, source.In, source.At)
		if at, ok := said[key]; ok && n < last {
			place[n] = at
			continue
		}
		kept = append(kept, s)
		place[n] = len(kept)
		said[key] = len(kept)
	}
	r.w.Steps = kept
}

// fact records what a record says; in is the record's source.
func (r *recorder) fact(name string, v proof.Value, in, at string) int {
	if in == "" {
		in = "asked"
	}
	return r.put(proof.Step{Op: proof.Fact, Name: name, Value: v, Source: &proof.Source{In: in, At: at}})
}

// term records what the document says at a key of a part.
func (r *recorder) term(name string, v proof.Value, s source, key string) int {
	op := proof.Term
	if s.law {
		op = proof.Rule
	}
	return r.put(proof.Step{Op: op, Name: name, Value: v, Clause: s.clause, Source: s.at(key)})
}

// derive records a step that follows from others.
func (r *recorder) derive(op proof.Op, name string, v proof.Value, clause string, args ...int) int {
	return r.put(proof.Step{Op: op, Args: args, Name: name, Value: v, Clause: clause})
}

// late records whether an event came after the due instant, with the mark that
// says it did not.
func (r *recorder) late(event, due time.Time, clause string, args ...int) int {
	s := proof.Step{Op: proof.Late, Args: args, Name: "late", Value: proof.TruthOf(event.After(due)), Clause: clause}
	if !event.After(due) {
		s.Mark = proof.InTime
	}
	return r.put(s)
}

// done seals the working, whose result is its last step.
func (r *recorder) done() *proof.Working {
	if n := len(r.w.Steps); n > 0 {
		r.w.Result = r.w.Steps[n-1].Value
		r.w.Seal = r.w.ComputeSeal()
	}
	return &r.w
}

// dateValue and periodValue spell days for a working.
func dateValue(d Date) proof.Value {
	y, m, day := d.Date()
	return proof.DateOf(y, m, day)
}

func periodValue(p Period) proof.Value {
	return proof.PeriodOf(dateValue(p.From), dateValue(p.Last()))
}
