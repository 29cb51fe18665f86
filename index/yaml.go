package index

import (
	"errors"
	"fmt"
	"reflect"
	"regexp"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v4"
)

// DecodeYAML decodes data, which begins at line first of file, into a pointer
// to a struct with `yaml` tags. It is strict: a key that the struct does not
// have is a problem, with the nearest key as a suggestion. All problems are
// reported at once; into is usable only if there are none. Aliases are refused,
// because a few lines of them can stand for gigabytes.
func DecodeYAML(file string, first int, data []byte, into any) Problems {
	_, ps := decodeYAML(file, first, data, into)
	return ps
}

// decodeYAML is DecodeYAML that also returns what the document is made of, nil if it is empty.
func decodeYAML(file string, first int, data []byte, into any) (*yaml.Node, Problems) {
	var ps Problems
	var docs []yaml.Node
	if err := yaml.Load(data, &docs, yaml.WithAllDocuments()); err != nil {
		ps.addYAML(file, first, err)
		return nil, ps
	}
	if len(docs) == 0 || len(docs[0].Content) == 0 {
		return nil, nil
	}
	root := docs[0].Content[0]
	ps.checkNode(file, first-1, root, reflect.TypeOf(into).Elem(), "")
	if len(ps) > 0 {
		return root, ps
	}
	if err := root.Load(into); err != nil {
		ps.addYAML(file, first, err)
	}
	return root, ps
}

// checkNode walks node beside the type that it will be decoded into.
func (ps *Problems) checkNode(file string, offset int, node *yaml.Node, t reflect.Type, path string) {
	for t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	switch {
	case node.Kind == yaml.AliasNode:
		ps.add(file, offset+node.Line, "aliases (*%s) are not allowed here: write the value out", node.Value)
	case node.Kind == yaml.ScalarNode && (node.Tag == "!!null" || t == reflect.TypeFor[oneOrMore]()):
	case node.Kind == yaml.MappingNode && t.Kind() == reflect.Struct:
		ps.checkMapping(file, offset, node, t, path)
	case node.Kind == yaml.SequenceNode && t.Kind() == reflect.Slice:
		for _, item := range node.Content {
			ps.checkNode(file, offset, item, t.Elem(), path)
		}
	case node.Kind != yaml.ScalarNode || t.Kind() == reflect.Struct || t.Kind() == reflect.Slice || t.Kind() == reflect.Bool && node.Tag != "!!bool":
		ps.add(file, offset+node.Line, "this is %s: %s is needed", nodeKind(node), typeKind(t))
	}
}

// oneOrMore is a list that may be written without brackets if it has one item.
type oneOrMore []string

// UnmarshalYAML implements [yaml.Unmarshaler].
func (o *oneOrMore) UnmarshalYAML(node *yaml.Node) error {
	if node.Kind == yaml.SequenceNode {
		return node.Load((*[]string)(o))
	}
	if node.Value != "" {
		*o = []string{node.Value}
	}
	return nil
}

func nodeKind(node *yaml.Node) string {
	switch node.Kind {
	case yaml.SequenceNode:
		return "a list"
	case yaml.MappingNode:
		return "keys with values"
	}
	return "one value"
}

func typeKind(t reflect.Type) string {
	switch t.Kind() {
	case reflect.Slice:
		return "a list such as [a, b]"
	case reflect.Struct:
		return "keys with values such as {value: a, source: b}"
	case reflect.Bool:
		return "true or false"
	}
	return "one value"
}

func (ps *Problems) checkMapping(file string, offset int, node *yaml.Node, t reflect.Type, path string) {
	fields := yamlFields(t)
	for i := 0; i+1 < len(node.Content); i += 2 {
		key, value := node.Content[i], node.Content[i+1]
		field, ok := fields[key.Value]
		if !ok {
			ps.add(file, offset+key.Line, "unknown key %q%s%s", key.Value, inKey(path), didYouMean(key.Value, fields))
			continue
		}
		ps.checkNode(file, offset, value, field, strings.TrimPrefix(path+"."+key.Value, "."))
	}
}

func inKey(path string) string {
	if path == "" {
		return ""
	}
	return " in " + path
}

// yamlFields are the keys that t is decoded from, each with its type.
func yamlFields(t reflect.Type) map[string]reflect.Type {
	fields := map[string]reflect.Type{}
	for f := range t.Fields() {
		key, _, _ := strings.Cut(f.Tag.Get("yaml"), ",")
		if key != "" && key != "-" {
			fields[key] = f.Type
		}
	}
	return fields
}

// didYouMean suggests the key nearest to the one that was typed, or lists all.
func didYouMean(typed string, fields map[string]reflect.Type) string {
	best, at, names := "", min(3, len(typed)), make([]string, 0, len(fields))
	for name := range fields {
		names = append(names, name)
		if d := distance(typed, name, at); d < at || d == at && best != "" && name < best {
			best, at = name, d
		}
	}
	if best != "" {
		return fmt.Sprintf(": did you mean %q?", best)
	}
	return ": known keys are " + joinSorted(names)
}

// addYAML takes the library's errors apart, one problem for each.
func (ps *Problems) addYAML(file string, first int, err error) {
	var many *yaml.LoadErrors
	var one *yaml.LoadError
	switch {
	case errors.As(err, &many):
		for _, e := range many.Errors {
			ps.add(file, first-1+e.Mark.Line, "%s", plainYAML(first, e))
		}
	case errors.As(err, &one):
		ps.add(file, first-1+one.Mark.Line, "%s", plainYAML(first, one))
	default:
		ps.add(file, first, "%s", err)
	}
}

var yamlLine = regexp.MustCompile(`\bline (\d+)`)

// plainYAML is the reason alone. The library's line numbers count from the
// start of the front matter, ours from the start of the file.
func plainYAML(first int, e *yaml.LoadError) string {
	if strings.HasPrefix(e.Message, "unknown anchor") { // the library would repeat the value, which may be a secret
		return "YAML: a value that begins with * or & needs quotes around it"
	}
	text := yamlLine.ReplaceAllStringFunc(strings.Join(strings.Fields(e.Message), " "), func(place string) string {
		n, _ := strconv.Atoi(place[len("line "):])
		return "line " + strconv.Itoa(first-1+n)
	})
	if strings.Contains(text, "cannot start any token") {
		text += ": indent with spaces, and quote a value that begins with @ or `"
	}
	return "YAML: " + text
}

// lineIn is the line of the value at that path of keys and indices below node,
// as far as the path leads; 0 if node is nil.
func lineIn(node *yaml.Node, path ...any) int {
	if node == nil {
		return 0
	}
	for _, step := range path {
		next := child(node, step)
		if next == nil {
			break
		}
		node = next
	}
	return node.Line
}

// child is what a key or an index leads to, nil if there is nothing.
func child(node *yaml.Node, step any) *yaml.Node {
	switch step := step.(type) {
	case int:
		if step < len(node.Content) {
			return node.Content[step]
		}
	case string:
		for i := 0; i+1 < len(node.Content); i += 2 {
			if node.Content[i].Value == step {
				return node.Content[i+1]
			}
		}
	}
	return nil
}
