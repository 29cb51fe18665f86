package foreign

import (
	"encoding/json"
	"fmt"
	"strings"
)

// json reads front matter that is a JSON object. [split] has looked at its nesting.
func (f *front) json(text string) value {
	var root map[string]any
	d := json.NewDecoder(strings.NewReader(text))
	d.UseNumber()
	if err := d.Decode(&root); err != nil {
		f.problem(f.first, "the JSON front matter cannot be read: %s", err)
		return value{}
	}
	return f.jsonValue(root)
}

func (f *front) jsonValue(of any) value {
	v := value{line: f.first}
	switch of := of.(type) {
	case nil:
	case map[string]any:
		v.keys = map[string]value{}
		for k, inner := range of {
			v.keys[key(k)] = f.jsonValue(inner)
		}
	case []any:
		for _, inner := range of {
			v.list = append(v.list, f.jsonValue(inner))
		}
	default:
		v.text = fmt.Sprint(of)
	}
	return v
}
