package proof

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// Text says what stands in a working, whether it could hold or not.
func TestTextOfWhatCannotHold(t *testing.T) {
	w := &Working{Steps: []Step{
		{Op: Term, Name: "tax rate", Value: pct("6%"), Clause: "contents 7.1", Source: &Source{In: "document"}, Args: []int{7}},
		{Op: Split, Name: "part of the tax", Value: cny("1,000.00"), Args: []int{1, 2}, Clause: "7.2"},
		{Op: Between, Value: DaysOf(-1), Args: []int{1, 2, 3}, Mark: "waived"},
		{Op: "power of", Value: Value{Band, "from 90% below 80%: 1%"}, Args: []int{2}},
		{Op: Accrue, Value: cny("2/3"), Args: []int{1, 2, 3, 4, 5, 9}, Mark: CapReached},
		{Op: Row, Value: Value{Day, "soon work"}, Source: &Source{In: "calendar"}},
		{Op: Row, Value: Value{Day, "later rest\n"}, Source: &Source{In: "calendar"}},
	}}
	require.Equal(t, `[1]      tax rate         6%
                          from the document [7], contents 7.1 (document)
[2]      part of the tax  1,000.00 CNY
                          clause 7.2: part [1], [2]
[3]                       -1 day (waived)
                          days from [1] to [2], the first not counted + [3]
[4]                       from 90% below 80%: 1%
                          power of [2]
[5]                       2/3 CNY (about 0.6667 CNY) (cap reached)
                          sum over the stretches from [1] to [2]: [3]-[5], [9]
[6]-[7]                   worked to make up: [6] soon
                          "rest\n": [7] later
                          from the table (calendar)
`, w.Text(English))
	require.Equal(t, `[1]      税率      6%
                   据合同文本 [7]，目录第7.1条（document）
[2]      分摊税额  1,000.00 CNY
                   第7.2条：part [1]、[2]
[3]                -1天（waived）
                   自[1]次日起至[2]止的天数 + [3]
[4]                from 90% below 80%: 1%
                   power of [2]
[5]                2/3 CNY（约0.6667 CNY）（达到上限）
                   自[1]至[2]分段累计：[3]-[5]、[9]
[6]-[7]            调休上班：[6] soon
                   "rest\n"：[7] later
                   据公布的表（calendar）
`, w.Text(Chinese))
}
