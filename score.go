package contract

import (
	"fmt"

	"github.com/cfd16870/contract/internal/exact"
)

// A Score is an exact number of points, such as 8 or 8.5. It is no percentage, so that
// 8 of 10 and 80% cannot be mistaken. It cannot be compared with ==: that does not
// compile. The zero Score counts as 0 and is not stated: a document that needs one has
// to say "0".
type Score struct {
	_      [0]func() // not comparable
	n      exact.Num
	stated bool
}

// ParseScore reads a score: a decimal number, 8.5.
func ParseScore(s string) (Score, error) {
	n, err := parseNumber(s)
	if err != nil {
		return Score{}, fmt.Errorf("%q is no score; write it as 8.5: %w", clip(s), err)
	}
	return Score{n: n, stated: true}, nil
}

// MustParseScore is ParseScore for a constant; it panics where ParseScore errs.
func MustParseScore(s string) Score {
	v, err := ParseScore(s)
	if err != nil {
		panic("contract.MustParseScore: " + err.Error())
	}
	return v
}

// Compare returns -1, 0 or +1 as s is less than, equal to or more than o.
func (s Score) Compare(o Score) int { return s.n.Cmp(o.n) }

// IsStated reports whether s was read or computed: the zero Score was not.
func (s Score) IsStated() bool { return s.stated }

// String returns s as 8.5; a figure that no decimal holds as 25/3, which ParseScore
// does not read.
func (s Score) String() string { return s.n.String() }

// MarshalText writes what String returns; no text for the zero Score.
func (s Score) MarshalText() ([]byte, error) {
	if !s.stated {
		return []byte{}, nil
	}
	return []byte(s.String()), nil
}

// UnmarshalText reads what ParseScore reads.
func (s *Score) UnmarshalText(b []byte) error {
	v, err := ParseScore(string(b))
	if err != nil {
		return err
	}
	*s = v
	return nil
}
