package slack

import (
	"bytes"
	"encoding/json"
	"regexp"
	"strings"
	"testing"
)

// encoded is JSON as it is sent, but for the escaping of < > &, which the
// library does on its own.
func encoded(t testing.TB, v any) []byte {
	t.Helper()
	data, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	for escaped, plain := range map[string]string{`\u003c`: "<", `\u003e`: ">", `\u0026`: "&"} {
		data = bytes.ReplaceAll(data, []byte(escaped), []byte(plain))
	}
	return data
}

// decoded is v as Slack reads it.
func decoded(t testing.TB, v any) any {
	t.Helper()
	var out any
	if err := json.Unmarshal(encoded(t, v), &out); err != nil {
		t.Fatal(err)
	}
	return out
}

// walk calls f for each object in v.
func walk(v any, f func(map[string]any)) {
	switch v := v.(type) {
	case []any:
		for _, e := range v {
			walk(e, f)
		}
	case map[string]any:
		f(v)
		for _, e := range v {
			walk(e, f)
		}
	}
}

func list(v any) []map[string]any {
	all, _ := v.([]any)
	var out []map[string]any
	for _, e := range all {
		if o, ok := e.(map[string]any); ok {
			out = append(out, o)
		}
	}
	return out
}

var labelled = regexp.MustCompile(`<https?:[^|<>]*\|([^<>]*)>`)

// visible is the text of one object: what a person sees, options of menus
// included, addresses behind links not.
func visible(v map[string]any) string {
	s, _ := v["text"].(string)
	if v["type"] == "mrkdwn" {
		s = labelled.ReplaceAllString(s, "$1")
	}
	return s
}

// textIn is all visible text; each piece that begins a block or an item on a paragraph of its own.
func textIn(t testing.TB, blocks any) string {
	t.Helper()
	var b strings.Builder
	var visit func(v any)
	visit = func(v any) {
		switch v := v.(type) {
		case []any:
			for _, e := range v {
				visit(e)
			}
		case map[string]any:
			if kind, _ := v["type"].(string); kind == "rich_text_section" || kind == "context" || kind == "section" {
				b.WriteString("\n\n")
			}
			b.WriteString(visible(v))
			for _, key := range []string{"text", "fields", "elements", "rows"} {
				if _, isText := v[key].(string); !isText {
					visit(v[key])
				}
			}
		}
	}
	visit(decoded(t, blocks))
	return b.String()
}

// labels are those of the buttons, in order.
func labels(t testing.TB, blocks any) []string {
	t.Helper()
	var out []string
	add := func(e map[string]any) {
		if e["type"] == "button" {
			out = append(out, visible(e["text"].(map[string]any)))
		}
	}
	for _, b := range list(decoded(t, blocks)) {
		if a, ok := b["accessory"].(map[string]any); ok {
			add(a)
		}
		for _, e := range list(b["elements"]) {
			add(e)
		}
	}
	return out
}
