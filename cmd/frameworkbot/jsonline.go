package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
)

// Limits of a batch line's values, in bytes of JSON.
const (
	longestID   = 4 << 10
	longestText = 1 << 20 // the rest is dropped: the bot reads bot.MaxText letters
)

// A batchLine is one question of a batch.
type batchLine struct {
	ID   json.RawMessage // as it came; null if it did not
	Text string
}

// parseBatchLine reads {"id": …, "text": "…"}. Other members are ignored. With
// an error, the ID is there if it could be read. The line is read where it
// stands: lines of megabytes are not copied.
func parseBatchLine(line []byte) (q batchLine, err error) {
	q.ID = json.RawMessage("null")
	if err := checkObject(line); err != nil {
		return q, err
	}
	var text, id []byte
	members(line, func(key, value []byte) {
		switch string(key) {
		case `"text"`:
			text = value
		case `"id"`:
			id = value
		}
	})
	if id != nil {
		if err := checkID(id); err != nil {
			return q, err
		}
		q.ID = bytes.ToValidUTF8(id, []byte("\uFFFD"))
	}
	switch {
	case text == nil:
		return q, errors.New(`has no "text"`)
	case text[0] != '"':
		return q, fmt.Errorf(`has a "text" that is %s, not a string`, kindOf(text))
	}
	return q, json.Unmarshal(shorten(text), &q.Text)
}

// checkObject says in what way a line is not a JSON object.
func checkObject(line []byte) error {
	if !json.Valid(line) {
		var syntax *json.SyntaxError
		if err := json.Unmarshal(line, &struct{}{}); errors.As(err, &syntax) {
			return fmt.Errorf("is not JSON: %w at byte %d", err, syntax.Offset)
		}
		return errors.New("is not JSON")
	}
	if line[0] != '{' {
		return fmt.Errorf("is %s, not an object", kindOf(line))
	}
	return nil
}

func checkID(id []byte) error {
	switch {
	case id[0] == '{', id[0] == '[':
		return fmt.Errorf(`has an "id" that is %s: a string, a number, true, false or null is needed`, kindOf(id))
	case len(id) > longestID:
		return fmt.Errorf(`has an "id" of %d bytes: the limit is %d`, len(id), longestID)
	}
	return nil
}

func kindOf(value []byte) string {
	switch value[0] {
	case '{':
		return "an object"
	case '[':
		return "an array"
	case '"':
		return "a string"
	case 'n':
		return "null"
	case 't', 'f':
		return "true or false"
	}
	return "a number"
}

// members calls f with each key and value of an object, as they are written.
// The object must be valid and begin at the first byte.
func members(object []byte, f func(key, value []byte)) {
	rest := skipBlank(object[1:])
	for rest[0] == '"' {
		key := rest[:valueLen(rest)]
		rest = skipBlank(skipBlank(rest[len(key):])[1:]) // the colon
		value := rest[:valueLen(rest)]
		f(key, value)
		rest = skipBlank(rest[len(value):])
		if rest[0] == ',' {
			rest = skipBlank(rest[1:])
		}
	}
}

func skipBlank(b []byte) []byte { return bytes.TrimLeft(b, " \t\r\n") }

// valueLen is the length of the valid value that b begins with.
func valueLen(b []byte) int {
	depth := 0
	for i := 0; i < len(b); i++ {
		switch b[i] {
		case '"':
			i += stringLen(b[i:]) - 1
		case '{', '[':
			depth++
			continue
		case '}', ']':
			depth--
		case ',', ' ', '\t', '\r', '\n', ':':
			continue
		default:
			i += bytes.IndexAny(b[i:], ",]} \t\r\n") - 1
		}
		if depth == 0 {
			return i + 1
		}
	}
	return len(b)
}

// stringLen is the length of the valid string that b begins with.
func stringLen(b []byte) int {
	for i := 1; i < len(b); i++ {
		switch b[i] {
		case '\\':
			i++
		case '"':
			return i + 1
		}
	}
	return len(b)
}

// shorten cuts a valid string that is far longer than what will be read of it.
func shorten(value []byte) []byte {
	if len(value) <= longestText {
		return value
	}
	end := 1
	for end < longestText-6 {
		switch {
		case value[end] != '\\':
			end++
		case value[end+1] == 'u':
			end += 6
		default:
			end += 2
		}
	}
	return append(bytes.Clone(value[:end]), '"')
}
