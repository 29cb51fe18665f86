package index

import (
	"errors"
	"fmt"
	"reflect"
	"strings"

	"go.yaml.in/yaml/v4"
)

// DecodeYAML decodes data, which begins at line first of file, into a pointer
// to a struct with `yaml` tags. It is strict: a key that the struct does not
// have is a problem, with the nearest key as a suggestion. All problems are
// reported at once; into is usable only if there are none. Aliases are refused,
// because a few lines of them can stand for gigabytes.
func DecodeYAML(file string, first int, data []byte, into any) Problems {
	var ps Problems
	var doc yaml.Node
	if err := yaml.Load(data, &doc); err != nil {
		ps.addYAML(file, first, err)
		return ps
	}
	if len(doc.Content) == 0 {
		return nil
	}
	ps.checkKeys(file, first-1, doc.Content[0], reflect.TypeOf(into).Elem(), "")
	if len(ps) > 0 {
		return ps
	}
	if err := doc.Content[0].Load(into); err != nil {
		ps.addYAML(file, first, err)
	}
	return ps
}

// checkKeys walks node beside the type that it will be decoded into.
func (ps *Problems) checkKeys(file string, offset int, node *yaml.Node, t reflect.Type, path string) {
	for t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	switch {
	case node.Kind == yaml.AliasNode:
		ps.add(file, offset+node.Line, "aliases (*%s) are not allowed here: write the value out", node.Value)
	case node.Kind == yaml.MappingNode && t.Kind() == reflect.Struct:
		ps.checkMapping(file, offset, node, t, path)
	case node.Kind == yaml.SequenceNode && t.Kind() == reflect.Slice:
		for _, item := range node.Content {
			ps.checkKeys(file, offset, item, t.Elem(), path)
		}
	default:
		for _, child := range node.Content {
			if child.Kind == yaml.AliasNode {
				ps.checkKeys(file, offset, child, t, path)
			}
		}
	}
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
		ps.checkKeys(file, offset, value, field, strings.TrimPrefix(path+"."+key.Value, "."))
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
			ps.add(file, first-1+e.Mark.Line, "%s", plainYAML(e))
		}
	case errors.As(err, &one):
		ps.add(file, first-1+one.Mark.Line, "%s", plainYAML(one))
	default:
		ps.add(file, first, "%s", err)
	}
}

// plainYAML is the reason alone: the library's line numbers count from the
// start of the front matter, ours from the start of the file.
func plainYAML(e *yaml.LoadError) string {
	return "YAML: " + strings.Join(strings.Fields(e.Message), " ")
}
