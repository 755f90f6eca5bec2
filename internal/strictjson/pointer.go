package strictjson

import (
	"fmt"
	"strconv"
	"strings"
)

var (
	escaper   = strings.NewReplacer("~", "~0", "/", "~1")
	unescaper = strings.NewReplacer("~0", "~", "~1", "/")
)

// Escape returns token as it is written between the slashes of a JSON pointer:
// "~" as "~0" and "/" as "~1" (RFC 6901, section 3).
func Escape(token string) string { return escaper.Replace(token) }

// Split returns the tokens of a JSON pointer without their escapes. The pointer
// of the root is "" and has none; "/" has one, the empty key.
//
// The error quotes the pointer and says where it went wrong, counting bytes from
// 1.
func Split(pointer string) ([]string, error) {
	if pointer == "" {
		return nil, nil
	}
	if pointer[0] != '/' {
		return nil, fmt.Errorf(`%s: no "/" at 1; a pointer starts with one, or is empty`, short(pointer))
	}
	for i := range len(pointer) {
		if pointer[i] == '~' && (i+1 == len(pointer) || pointer[i+1] != '0' && pointer[i+1] != '1') {
			return nil, fmt.Errorf(`%s: unexpected "~" at %d; write ~0 for "~" and ~1 for "/"`, short(pointer), i+1)
		}
	}
	tokens := strings.Split(pointer[1:], "/")
	for i, t := range tokens {
		tokens[i] = unescaper.Replace(t)
	}
	return tokens, nil
}

// Resolve returns the value that pointer points to in a tree as [Tree] returns
// it, and false if there is none or pointer is not one.
//
// An index is written without leading zeros (RFC 6901, section 4). "-", the
// element behind the last, is never there.
func Resolve(tree any, pointer string) (any, bool) {
	tokens, err := Split(pointer)
	if err != nil {
		return nil, false
	}
	for _, t := range tokens {
		switch v := tree.(type) {
		case map[string]any:
			child, ok := v[t]
			if !ok {
				return nil, false
			}
			tree = child
		case []any:
			i, err := strconv.ParseUint(t, 10, 31)
			if err != nil || i >= uint64(len(v)) || len(t) > 1 && t[0] == '0' {
				return nil, false
			}
			tree = v[i]
		default:
			return nil, false
		}
	}
	return tree, true
}
