package strictjson_test

import (
	"fmt"

	"github.com/cfd16870/contract/internal/strictjson"
)

func ExampleDecode() {
	text := []byte(`{
  "clause": "4.2",
  "wtihin": "4 h",
  "credit": 5,
  "clause": null
}`)
	var target struct {
		Clause string `json:"clause"`
		Within string `json:"within"`
		Credit string `json:"credit"`
	}
	for _, f := range strictjson.Decode(text, &target, strictjson.Limits{}) {
		fmt.Println(f)
	}
	fmt.Println("clause", target.Clause)
	// Output:
	// 3:3: /wtihin: unknown key "wtihin"; did you mean "within"? keys here: clause, credit, within
	// 4:13: /credit: want a string, have a number; write it as a string in quotes: "5"
	// 5:3: /clause: key "clause" is repeated; keep one
	// 5:13: /clause: null is not allowed; leave the key out
	// clause 4.2
}

func ExampleTree() {
	tree, faults := strictjson.Tree([]byte(`{"tiers": [{"up to": 100.0}]}`), strictjson.Limits{})
	fmt.Println(tree, faults)
	tree, faults = strictjson.Tree([]byte(`{"tiers": [1, 2,]}`), strictjson.Limits{})
	fmt.Println(tree, faults)
	// Output:
	// map[tiers:[map[up to:100.0]]] []
	// <nil> [1:16: /tiers: nothing follows the comma; remove it]
}

func ExampleEncode() {
	text, err := strictjson.Encode(map[string]any{"within": "4 h", "for": "P1 & P2"})
	fmt.Println(string(text), err)
	// Output: {"for":"P1 & P2","within":"4 h"} <nil>
}

func ExampleSplit() {
	fmt.Println(strictjson.Split("/named/a~1b/0"))
	fmt.Println(strictjson.Split("/named/a~b"))
	// Output:
	// [named a/b 0] <nil>
	// [] "/named/a~b": unexpected "~" at 9; write ~0 for "~" and ~1 for "/"
}

func ExampleEscape() {
	fmt.Println("/targets/" + strictjson.Escape("e-mail/phone") + "/within")
	// Output: /targets/e-mail~1phone/within
}

func ExampleResolve() {
	tree, _ := strictjson.Tree([]byte(`{"targets": [{"within": "4 h"}]}`), strictjson.Limits{})
	fmt.Println(strictjson.Resolve(tree, "/targets/0/within"))
	fmt.Println(strictjson.Resolve(tree, "/targets/1/within"))
	// Output:
	// 4 h true
	// <nil> false
}
