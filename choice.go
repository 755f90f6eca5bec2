package contract

import (
	"fmt"
	"strings"
)

// Choices are words. The zero value of every choice is "", not stated: no
// default can slip in through a zero, and Compile says "required". The words
// of a type are one list, which the faults and the tables of the docs are made
// from.

// A choice is a type whose values are a closed list of words.
type choice interface {
	~string
	Words() []string
}

// A worded value tells its words; what Compile asks of every field of a document.
type worded interface{ Words() []string }

// known reports whether a choice is stated by a word of its list.
func known[C choice](c C) bool {
	for _, w := range c.Words() {
		if w == string(c) {
			return true
		}
	}
	return false
}

// allKnown reports whether all of a list are words of their choice.
func allKnown[C choice](list []C) bool {
	for _, c := range list {
		if !known(c) {
			return false
		}
	}
	return true
}

// kindOfWord is the kind of fault of a choice that is not known: not stated, or
// a word that is not in its list.
func kindOfWord[C choice](c C) error {
	if c == "" {
		return ErrRequired
	}
	return ErrUnknown
}

// oneOf says what can be written for a choice.
func oneOf(w worded) string { return "write one of: " + strings.Join(w.Words(), ", ") }

// A MonthEnd says what the corresponding day is in a month that has none.
type MonthEnd string

const (
	MonthEndLast   MonthEnd = "last day"            // the month's last day: Civil Code art. 202
	MonthEndNext   MonthEnd = "first of next month" // the day after it
	MonthEndRefuse MonthEnd = "refuse"              // an error
)

// Words returns the words of the choice.
func (MonthEnd) Words() []string {
	return []string{string(MonthEndLast), string(MonthEndNext), string(MonthEndRefuse)}
}

// A Rounding says where a number between two goes.
type Rounding string

const (
	RoundHalfUp   Rounding = "half up"   // a tie away from zero
	RoundHalfEven Rounding = "half even" // a tie to the even neighbour
	RoundHalfDown Rounding = "half down" // a tie towards zero
	RoundUp       Rounding = "up"        // away from zero
	RoundDown     Rounding = "down"      // towards zero
)

// Words returns the words of the choice.
func (Rounding) Words() []string {
	return []string{string(RoundHalfUp), string(RoundHalfEven), string(RoundHalfDown), string(RoundUp), string(RoundDown)}
}

// A Role is a side of the contract. 甲方 and 乙方 are labels that a document may
// give either of them.
type Role string

const (
	Customer Role = "customer"
	Provider Role = "provider"
	Either   Role = "either" // one or the other
	Both     Role = "both"   // together
)

// Words returns the words of the choice.
func (Role) Words() []string {
	return []string{string(Customer), string(Provider), string(Either), string(Both)}
}

// have lists the names that exist, which is what the author of a wrong one needs.
func have(names []string) string {
	if len(names) == 0 {
		return "there are none"
	}
	const most = 40
	if len(names) > most {
		return fmt.Sprintf("have %s … and %d more", strings.Join(names[:most], ", "), len(names)-most)
	}
	return "have " + strings.Join(names, ", ")
}
