package strictjson

import (
	"bytes"
	"encoding/json"
)

// Encode returns v as compact JSON, the same bytes every time: fields in the
// order of the struct, the keys of maps sorted, "<", ">" and "&" as themselves,
// no line break at the end.
//
// It is encoding/json otherwise, and so writes what [Decode] refuses where v
// asks for it: null for a nil that no omitempty leaves out, and a number for a
// float.
func Encode(v any) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return nil, err
	}
	return bytes.TrimSuffix(b.Bytes(), []byte("\n")), nil
}
