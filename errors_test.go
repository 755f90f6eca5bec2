package contract_test

import (
	"errors"
	"io"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cfd16870/contract"
)

func TestErrorText(t *testing.T) {
	for _, c := range []struct {
		why  string
		err  contract.Error
		want string
	}{
		{"a place and a fault", contract.Error{Pointer: "/hours/service/holidays", Msg: `"shut"; write one of: closed, open`}, `/hours/service/holidays: "shut"; write one of: closed, open`},
		{"a line of the text", contract.Error{Line: 12, Column: 5, Pointer: "/term", Msg: "no such key"}, "line 12, column 5: /term: no such key"},
		{"a record", contract.Error{In: "events.csv:4", Msg: "no request R-9"}, "events.csv:4: no request R-9"},
		{"a clause as printed", contract.Error{Pointer: "/targets/repair", Clause: "4.1(2)", Msg: "no clock"}, "/targets/repair: no clock (clause 4.1(2))"},
		{"what the law would say, if declared", contract.Error{Kind: contract.ErrSilent, Msg: "no rate of late payment", Statute: "Civil Code art. 585"}, "no rate of late payment; Civil Code art. 585 would fill it if declared"},
		{"no message: the kind", contract.Error{Pointer: "/term/from", Kind: contract.ErrRequired}, "/term/from: required"},
		{"nothing at all", contract.Error{}, ""},
	} {
		assert.Equal(t, c.want, c.err.Error(), c.why)
	}
}

// A fault can be asked for its kind and for what lies beneath, one by one and all together.
func TestErrorKinds(t *testing.T) {
	fault := &contract.Error{Kind: contract.ErrSyntax, Msg: "cut short", Cause: io.ErrUnexpectedEOF}
	all := error(contract.Errors{fault, {Kind: contract.ErrRequired, Pointer: "/zone"}})
	for _, err := range []error{fault, all} {
		assert.ErrorIs(t, err, contract.ErrSyntax)
		assert.ErrorIs(t, err, io.ErrUnexpectedEOF)
	}
	assert.ErrorIs(t, all, contract.ErrRequired)
	assert.NotErrorIs(t, all, contract.ErrRange)
	assert.NotErrorIs(t, &contract.Error{Msg: "of no kind"}, contract.ErrSyntax)
	var one *contract.Error
	require.True(t, errors.As(all, &one))
	assert.Same(t, fault, one, "the first")
	assert.Equal(t, "cut short\n/zone: required", all.Error(), "one line a fault")
}

// Every choice has its words, no two the same, and "" is none of them: not
// stated is never a choice.
func TestChoices(t *testing.T) {
	for name, words := range map[string][]string{
		"MonthEnd":      contract.MonthEnd("").Words(),
		"Rounding":      contract.Rounding("").Words(),
		"Role":          contract.Role("").Words(),
		"HolidayHours":  contract.HolidayHours("").Words(),
		"MakeupHours":   contract.MakeupHours("").Words(),
		"AgreedTargets": contract.AgreedTargets("").Words(),
		"MakeupDays":    contract.MakeupDays("").Words(),
		"Bounds":        contract.Bounds("").Words(),
	} {
		seen := make(map[string]bool)
		for _, w := range words {
			assert.NotEmpty(t, w, name)
			assert.False(t, seen[w], "%s has %q twice", name, w)
			seen[w] = true
		}
		assert.GreaterOrEqual(t, len(words), 2, "%s leaves no choice", name)
	}
	assert.Equal(t, []string{"closed", "as mon", "as tue", "as wed", "as thu", "as fri", "as sat", "as sun", "with their own hours"}, contract.MakeupHours("").Words())
}
