package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
)

// longestID is the longest id of a batch line, in bytes of JSON.
const longestID = 4 << 10

// A batchLine is one question of a batch.
type batchLine struct {
	ID   json.RawMessage // as it came; null if it did not
	Text string
}

// parseBatchLine reads {"id": …, "text": "…"}. Other members are ignored. With
// an error, the ID is there if it could be read.
func parseBatchLine(line []byte) (batchLine, error) {
	var q struct {
		ID   json.RawMessage `json:"id"`
		Text *string         `json:"text"`
	}
	err := plainJSON(json.Unmarshal(line, &q))
	if err == nil {
		err = checkID(q.ID)
	}
	if len(q.ID) == 0 || checkID(q.ID) != nil {
		q.ID = json.RawMessage("null")
	}
	read := batchLine{ID: bytes.ToValidUTF8(q.ID, []byte("\uFFFD"))}
	switch {
	case err != nil:
		return read, err
	case bytes.Equal(line, []byte("null")):
		return read, errors.New("is null, not an object")
	case q.Text == nil:
		return read, errors.New(`has no "text"`)
	}
	read.Text = *q.Text
	return read, nil
}

// plainJSON says in what way a line is not such an object.
func plainJSON(err error) error {
	var syntax *json.SyntaxError
	var kind *json.UnmarshalTypeError
	switch {
	case errors.As(err, &syntax):
		return fmt.Errorf("is not JSON: %w at byte %d", err, syntax.Offset)
	case errors.As(err, &kind) && kind.Field == "":
		return fmt.Errorf("is of the kind %s, not an object", kind.Value)
	case errors.As(err, &kind):
		return fmt.Errorf("has a %q of the kind %s, not a string", kind.Field, kind.Value)
	}
	return err
}

func checkID(id []byte) error {
	switch {
	case len(id) > longestID:
		return fmt.Errorf(`has an "id" of %d bytes: the limit is %d`, len(id), longestID)
	case len(id) > 0 && (id[0] == '{' || id[0] == '['):
		return errors.New(`has an "id" that is no string, number, true, false or null`)
	}
	return nil
}
