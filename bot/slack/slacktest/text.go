package slacktest

import (
	"maps"
	"slices"
)

// texts are the pieces of text in a block that people see, in order.
func texts(v any) []string {
	var out []string
	walk(v, func(_, o map[string]any) {
		if s, ok := o["text"].(string); ok {
			out = append(out, s)
		}
	})
	return out
}

// order is the order in which the parts of a block are shown; what is not in it comes last.
var order = []string{"title", "label", "text", "fields", "description", "accessory", "elements", "rows", "element", "placeholder", "options", "option_groups", "confirm"}

// walk calls f for v and each object in it, together with the block that it is in.
func walk(v any, f func(in, o map[string]any)) {
	block, _ := v.(map[string]any)
	var visit func(v any)
	visit = func(v any) {
		switch v := v.(type) {
		case []any:
			for _, e := range v {
				visit(e)
			}
		case map[string]any:
			f(block, v)
			for _, name := range slices.SortedFunc(maps.Keys(v), byOrder) {
				visit(v[name])
			}
		}
	}
	visit(v)
}

func byOrder(a, b string) int { return place(a) - place(b) }

func place(name string) int {
	if i := slices.Index(order, name); i >= 0 {
		return i
	}
	return len(order)
}
