package exact

import (
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func TestRound(t *testing.T) {
	modes := []Mode{HalfUp, HalfEven, HalfDown, Up, Down}
	for _, c := range []struct {
		why    string
		x      string
		places int
		want   [5]string // in the order of modes
	}{
		{"exact stays in every mode", "2.50", 1, [5]string{"2.5", "2.5", "2.5", "2.5", "2.5"}},
		{"a whole number has nothing to round", "7", 2, [5]string{"7", "7", "7", "7", "7"}},
		{"zero stays zero", "0", -3, [5]string{"0", "0", "0", "0", "0"}},
		{"a tie above an even digit", "2.5", 0, [5]string{"3", "2", "2", "3", "2"}},
		{"a tie above an odd digit", "3.5", 0, [5]string{"4", "4", "3", "4", "3"}},
		{"a tie above zero, which is even", "0.5", 0, [5]string{"1", "0", "0", "1", "0"}},
		{"a negative tie below an even digit", "-2.5", 0, [5]string{"-3", "-2", "-2", "-3", "-2"}},
		{"a negative tie below an odd digit", "-3.5", 0, [5]string{"-4", "-4", "-3", "-4", "-3"}},
		{"a negative tie next to zero has no negative zero", "-0.5", 0, [5]string{"-1", "0", "0", "-1", "0"}},
		{"just above a tie", "2.500000000001", 0, [5]string{"3", "3", "3", "3", "2"}},
		{"just below a tie", "2.499999999999", 0, [5]string{"2", "2", "2", "3", "2"}},
		{"a third is below the middle", "1/3", 2, [5]string{"0.33", "0.33", "0.33", "0.34", "0.33"}},
		{"two thirds are above it", "-2/3", 2, [5]string{"-0.67", "-0.67", "-0.67", "-0.67", "-0.66"}},
		{"half a cent, even below", "1.125", 2, [5]string{"1.13", "1.12", "1.12", "1.13", "1.12"}},
		{"half a cent, odd below", "1.135", 2, [5]string{"1.14", "1.14", "1.13", "1.14", "1.13"}},
		{"a carry through nines", "9.995", 2, [5]string{"10", "10", "9.99", "10", "9.99"}},
		{"tens, a tie with an odd ten", "15", -1, [5]string{"20", "20", "10", "20", "10"}},
		{"tens, a tie with an even ten", "-25", -1, [5]string{"-30", "-20", "-20", "-30", "-20"}},
		{"tens, a fraction beyond the tie", "25.1", -1, [5]string{"30", "30", "30", "30", "20"}},
		{"tens, only a fraction above", "20.1", -1, [5]string{"20", "20", "20", "30", "20"}},
		{"hundreds above the number", "49", -2, [5]string{"0", "0", "0", "100", "0"}},
		{"hundreds, half of the first", "50", -2, [5]string{"100", "0", "0", "100", "0"}},
		{"the largest power of ten in a word", "5000000000000000000", -19, [5]string{"10000000000000000000", "0", "0", "10000000000000000000", "0"}},
		{"a power of ten above every word", "-1", -20, [5]string{"0", "0", "0", "-100000000000000000000", "0"}},
		{"more places than a word has", "1/3", 20, [5]string{"0.33333333333333333333", "0.33333333333333333333", "0.33333333333333333333", "0.33333333333333333334", "0.33333333333333333333"}},
		{"a tie too large for words", "123456789012345678901234567890.5", 0, [5]string{"123456789012345678901234567891", "123456789012345678901234567890", "123456789012345678901234567890", "123456789012345678901234567891", "123456789012345678901234567890"}},
		{"the whole part alone nearly fills a word", "9223372036854775806.5", 0, [5]string{"9223372036854775807", "9223372036854775806", "9223372036854775806", "9223372036854775807", "9223372036854775806"}},
		{"rounding leaves the words", "9223372036854775807.5", 0, [5]string{"9223372036854775808", "9223372036854775808", "9223372036854775807", "9223372036854775808", "9223372036854775807"}},
		{"the smallest word", "-9223372036854775808", -1, [5]string{"-9223372036854775810", "-9223372036854775810", "-9223372036854775810", "-9223372036854775810", "-9223372036854775800"}},
	} {
		for i, mode := range modes {
			got, err := num(t, c.x).Round(c.places, mode)
			require.NoError(t, err)
			require.Equal(t, c.want[i], got.String(), "%s: %s to %d places, %v", c.why, c.x, c.places, mode)
			checkForm(t, got)
		}
	}
}

func TestRoundToMultiple(t *testing.T) {
	for _, c := range []struct {
		why  string
		x    string
		unit string
		mode Mode
		want string
	}{
		{"five-cent coins, down to the nearest", "12.32", "0.05", HalfUp, "12.3"},
		{"five-cent coins, up to the nearest", "12.33", "0.05", HalfUp, "12.35"},
		{"five-cent coins, a tie", "12.325", "0.05", HalfUp, "12.35"},
		{"five-cent coins, a tie to the even count of coins", "12.325", "0.05", HalfEven, "12.3"},
		{"five-cent coins, a negative tie towards zero", "-12.325", "0.05", HalfDown, "-12.3"},
		{"quarter hours begun", "31", "15", Up, "45"},
		{"quarter hours complete", "44", "15", Down, "30"},
		{"a unit that is no decimal", "0.5", "1/3", HalfDown, "1/3"},
		{"a multiple stays", "-0.15", "0.05", Up, "-0.15"},
		{"a unit above the number", "1", "1000", HalfUp, "0"},
		{"a unit too large for words", "1", "100000000000000000000", Up, "100000000000000000000"},
	} {
		got, err := num(t, c.x).RoundToMultiple(num(t, c.unit), c.mode)
		require.NoError(t, err)
		require.Equal(t, c.want, got.String(), c.why)
	}
}

func TestRoundErrors(t *testing.T) {
	for _, mode := range []Mode{0, Down + 1, 255} {
		require.False(t, mode.IsValid())
		_, err := New(7).Round(2, mode)
		require.ErrorIs(t, err, ErrMode, "an invalid mode is an error even if there is nothing to round")
		_, err = New(7).RoundToMultiple(New(1), mode)
		require.ErrorIs(t, err, ErrMode)
	}
	_, err := New(7).Round(2, 0)
	require.EqualError(t, err, "round with Mode(0): not a rounding mode")

	for _, unit := range []int64{0, -1} {
		_, err := New(7).RoundToMultiple(New(unit), HalfUp)
		require.ErrorIs(t, err, ErrUnit)
	}
	for _, places := range []int{MaxPlaces + 1, -MaxPlaces - 1, -1 << 63, 1<<63 - 1} {
		_, err := New(7).Round(places, HalfUp)
		require.ErrorIs(t, err, ErrLimit)
	}
	_, err = num(t, "1/3").Round(MaxPlaces, HalfUp)
	require.NoError(t, err)

	names := []string{}
	for m := HalfUp; m.IsValid(); m++ {
		names = append(names, m.String())
	}
	require.Equal(t, []string{"half up", "half even", "half down", "up", "down"}, names)
}

func TestRoundLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		x := genNum().Draw(t, "x")
		places := rapid.IntRange(-25, 25).Draw(t, "places")
		mode := Mode(rapid.IntRange(int(HalfUp), int(Down)).Draw(t, "mode"))
		unit := FromRat(unitOf(places))

		got, err := x.Round(places, mode)
		if err != nil {
			t.Fatal(err)
		}
		again, _ := got.Round(places, mode)
		if again.Cmp(got) != 0 {
			t.Fatalf("%v rounds to %v and that to %v", x, got, again)
		}
		if q, _ := got.Div(unit); !q.IsInt() {
			t.Fatalf("%v is not a multiple of %v", got, unit)
		}
		bound := unit
		if mode == HalfUp || mode == HalfEven || mode == HalfDown {
			bound, _ = unit.Div(New(2))
		}
		moved := got.Sub(x).Abs().Cmp(bound)
		if moved > 0 || moved == 0 && bound == unit {
			t.Fatalf("%v rounds %v to %v, too far away", x, mode, got)
		}
		switch grew := got.Abs().Cmp(x.Abs()); {
		case mode == Up && grew < 0, mode == Down && grew > 0:
			t.Fatalf("%v rounds %v to %v, in the wrong direction", x, mode, got)
		}
		mirror, _ := x.Neg().Round(places, mode)
		if mirror.Cmp(got.Neg()) != 0 {
			t.Fatalf("%v rounds to %v, and its negative to %v", x, got, mirror)
		}
		multiple, _ := x.RoundToMultiple(unit, mode)
		if multiple.Cmp(got) != 0 {
			t.Fatalf("%v to %d places is %v, to multiples of %v is %v", x, places, got, unit, multiple)
		}
	})
}
