package discord

import (
	"bytes"
	"encoding/json"
	"errors"
	"slices"
	"strconv"
)

// encode is v as JSON. The signs of HTML stay as they are, which is shorter
// where there are links.
func encode(v any) (json.RawMessage, error) {
	if raw, ok := v.(json.RawMessage); ok {
		return raw, nil
	}
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	err := e.Encode(v)
	return bytes.TrimSuffix(b.Bytes(), []byte("\n")), err
}

// encode is the callback as JSON. Data that is JSON already is not looked
// through again.
func (c callback) encode() (json.RawMessage, error) {
	data, ok := c.Data.(json.RawMessage)
	if !ok {
		return encode(c)
	}
	return slices.Concat([]byte(`{"type":`+strconv.Itoa(int(c.Type))+`,"data":`), data, []byte("}")), nil
}

// read decodes data into v, as far as it is what v expects: Discord adds fields
// and kinds of components at any time, and none of them may make a message or an
// interaction unreadable.
func read(data []byte, v any) bool {
	err := json.Unmarshal(data, v)
	var other *json.UnmarshalTypeError
	return err == nil || errors.As(err, &other)
}
