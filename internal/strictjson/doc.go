// Package strictjson reads JSON that a person wrote and says everything that is
// wrong with it, where, and what would be right.
//
// It differs from encoding/json in what it lets pass. A key that is unknown,
// repeated, or spelt with another case is a fault; so is null, a byte that is
// not UTF-8, half of a surrogate pair, a byte order mark, and anything behind
// the value. Whatever this package accepts encoding/json accepts, with the same
// value.
//
// # Faults
//
// [Decode] and [Tree] return every fault at once, in the order of the text, each
// with its line, its column and the JSON pointer (RFC 6901) of the value or key
// it is about. The exceptions are told by their nature:
//
//   - Reading stops at the first fault of syntax, as what follows it could only be
//     guessed at, and at nesting or a number of values over the limit. The faults
//     before it are returned with it.
//   - Of a text with more than a thousand faults, or with fewer whose pointers fill
//     megabytes, the first are returned and a last one says that there are more.
//     The work that a text can cause is proportional to its length.
//
// # Types
//
// Decode fills structs by their json tags (a name, omitempty, omitzero or "-"),
// pointers, slices, maps, strings, booleans, whole numbers of every size, the
// empty interface with what [Tree] returns, and, from a JSON string, any type
// that implements [encoding.TextUnmarshaler]. A map's keys are strings or
// implement it too.
//
// Floating point numbers are left out on purpose: 0.1 has no float64, so an
// amount is written as a string and read by a type that is exact. A type that is
// not supported is a fault when the text reaches it, not a panic.
package strictjson
