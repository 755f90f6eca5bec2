package proof

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
)

// sealVersion opens what is digested, so that another encoding is another digest.
const sealVersion = "contract.working.seal/1"

// ComputeSeal returns the digest of all of w but its Seal: 64 hexadecimal digits.
// For a nil Working it is "".
//
// It is the SHA-256 of these, one after the other, so that anyone can make it
// anew: a text is its length in bytes and the bytes, a number and a length are
// eight bytes, the most significant first. The text "contract.working.seal/1";
// format, about, kind and text of the result; the number of steps; for each step
// its op, the number of its operands and these, name, kind and text of the value,
// clause, 0 without a source or 1 and its in and at, and the mark.
//
// A digest says that nothing was changed since it was made. It does not say who
// made it: whoever changes a working can make its seal anew, so keep a seal that
// matters where the working is not.
func (w *Working) ComputeSeal() string {
	if w == nil {
		return ""
	}
	h := sha256.New()
	number := func(n int) {
		var b [8]byte
		binary.BigEndian.PutUint64(b[:], uint64(n))
		h.Write(b[:])
	}
	texts := func(all ...string) {
		for _, s := range all {
			number(len(s))
			h.Write([]byte(s))
		}
	}
	texts(sealVersion, w.Format, w.About, string(w.Result.Kind), w.Result.Text)
	number(len(w.Steps))
	for i := range w.Steps {
		s := &w.Steps[i]
		texts(string(s.Op))
		number(len(s.Args))
		for _, arg := range s.Args {
			number(arg)
		}
		texts(s.Name, string(s.Value.Kind), s.Value.Text, s.Clause)
		if s.Source == nil {
			number(0)
		} else {
			number(1)
			texts(s.Source.In, s.Source.At)
		}
		texts(string(s.Mark))
	}
	return hex.EncodeToString(h.Sum(nil))
}

// Sealed reports whether w is as it was when its Seal was made. The zero and the
// nil Working are not sealed.
func (w *Working) Sealed() bool {
	return w != nil && w.Seal == w.ComputeSeal()
}
