package foreign

import (
	"errors"
	"strings"

	"go.yaml.in/yaml/v4"
)

// An entry is a top-level key of YAML with all that belongs to it.
type entry struct {
	line int // in the front matter, from 0
	text string
}

// yaml reads YAML key by key where it cannot be read as a whole, so that one
// slip does not cost the other keys.
func (f *front) yaml(text string) value {
	entries := entriesOf(untab(text))
	kept := entries[:0]
	var whole strings.Builder
	for _, e := range entries {
		if !f.fits(e, whole.Len(), len(kept)) {
			whole.WriteString(strings.Repeat("\n", strings.Count(e.text, "\n")))
			continue
		}
		whole.WriteString(e.text)
		kept = append(kept, e)
	}
	if root, err := load(whole.String()); err == nil {
		if root == nil || root.Kind == yaml.MappingNode {
			return f.node(root, f.first-1)
		}
	}
	return f.eachEntry(kept)
}

// fits reports whether one more key may be read, after so many bytes and keys.
func (f *front) fits(e entry, size, keys int) bool {
	switch {
	case keys >= maxEntries:
		if keys == maxEntries {
			f.problem(f.first+e.line, "front matter has more than %d keys: the rest is left out", maxEntries)
		}
	case size+len(e.text) > maxFrontBytes || len(e.text) > maxFrontBytes/2:
		f.problem(f.first+e.line, "this makes the front matter longer than %d bytes: it is left out", maxFrontBytes)
	case isDeep(e.text):
		f.problem(f.first+e.line, "front matter is nested too deeply: the limit is %d levels", maxFrontDepth)
	default:
		return true
	}
	return false
}

// untab replaces tabs at the beginning of lines, which YAML forbids.
func untab(s string) string {
	if !strings.Contains(s, "\t") {
		return s
	}
	lines := strings.Split(s, "\n")
	for i, line := range lines {
		rest := strings.TrimLeft(line, " \t")
		lines[i] = strings.ReplaceAll(line[:len(line)-len(rest)], "\t", "  ") + rest
	}
	return strings.Join(lines, "\n")
}

// entriesOf cuts YAML before each line that is not indented. What stands
// before the first key is an entry as well.
func entriesOf(s string) []entry {
	var all []entry
	from, line, first := 0, 0, 0
	for at := 0; at < len(s); {
		next := strings.IndexByte(s[at:], '\n') + at + 1
		if next == at {
			next = len(s)
		}
		if begins := strings.IndexByte(" \t\n#-]}", s[at]) < 0; begins && at > from {
			all = append(all, entry{first, s[from:at]})
			from, first = at, line
		}
		at = next
		line++
	}
	if from < len(s) {
		all = append(all, entry{first, s[from:]})
	}
	return all
}

// isDeep reports nesting that would cost the parser too much. Brackets in a
// text that is plain from its first letter open nothing.
func isDeep(entry string) bool {
	depth := 0
	for line := range strings.SplitSeq(entry, "\n") {
		indent := len(line) - len(strings.TrimLeft(line, " -?:"))
		if indent > 4*maxFrontDepth && strings.Trim(line, "- ") != "" {
			return true
		}
		if _, after, ok := strings.Cut(line, ": "); ok && depth == 0 && isPlainText(strings.TrimLeft(after, " ")) {
			continue
		}
		for i := range len(line) {
			switch line[i] {
			case '[', '{':
				depth++
			case ']', '}':
				depth = max(0, depth-1)
			}
			if depth > maxFrontDepth {
				return true
			}
		}
	}
	return false
}

func isPlainText(s string) bool {
	return s != "" && (s[0] >= 0x80 || 'a' <= s[0] && s[0] <= 'z' || 'A' <= s[0] && s[0] <= 'Z' || '0' <= s[0] && s[0] <= '9')
}

// load parses YAML. Nothing is resolved or expanded: what comes back is as long as the text.
func load(text string) (*yaml.Node, error) {
	if isComment(text) {
		return nil, nil
	}
	var doc yaml.Node
	if err := yaml.Load([]byte(text), &doc); err != nil {
		return nil, err
	}
	if len(doc.Content) == 0 {
		return nil, nil
	}
	return doc.Content[0], nil
}

// isComment reports whether nothing but comments is there.
func isComment(text string) bool {
	for line := range strings.SplitSeq(text, "\n") {
		if line = strings.TrimSpace(line); line != "" && line[0] != '#' {
			return false
		}
	}
	return true
}

// eachEntry reads what can be read, and tells of the rest.
func (f *front) eachEntry(entries []entry) value {
	root := value{keys: map[string]value{}, line: f.first}
	for _, e := range entries {
		node, err := load(e.text)
		var one value
		switch {
		case err == nil && (node == nil || node.Kind == yaml.MappingNode):
			one = f.node(node, f.first+e.line-1)
		default:
			one = f.rescue(e, err)
		}
		for k, v := range one.keys {
			if _, twice := root.keys[k]; !twice {
				root.keys[k] = v
			}
		}
	}
	return root
}

// rescue reads "title: What: a thing" as everybody but YAML would.
func (f *front) rescue(e entry, err error) value {
	line, more, _ := strings.Cut(e.text, "\n")
	name, text, ok := strings.Cut(line, ":")
	text = strings.TrimSpace(text)
	if ok && text != "" && strings.TrimSpace(more) == "" && strings.IndexByte("[{&*!|>", text[0]) < 0 && hasKey(line) {
		return value{keys: map[string]value{key(strings.Trim(name, `"'`)): {text: strings.Trim(text, `"'`), line: f.first + e.line}}}
	}
	f.problem(f.first+e.line, "YAML: %s", reason(err))
	return value{}
}

// reason is the library's message without its line numbers, which count from
// the start of what it was given.
func reason(err error) string {
	var many *yaml.LoadErrors
	var one *yaml.LoadError
	if errors.As(err, &many) && len(many.Errors) > 0 {
		one = many.Errors[0]
	}
	if one != nil || errors.As(err, &one) {
		return strings.Join(strings.Fields(one.Message), " ")
	}
	return "this is no key with a value"
}

// node turns what the parser found into a value. Aliases are left out: a few
// lines of them can stand for gigabytes.
func (f *front) node(n *yaml.Node, offset int) value {
	if n == nil {
		return value{}
	}
	v := value{line: offset + n.Line}
	switch n.Kind {
	case yaml.AliasNode:
		f.problem(v.line, "aliases (*%s) are not read: write the value out", short(n.Value, 40))
	case yaml.ScalarNode:
		if n.Tag != "!!null" {
			v.text = n.Value
		}
	case yaml.SequenceNode:
		for _, item := range n.Content {
			v.list = append(v.list, f.node(item, offset))
		}
	case yaml.MappingNode:
		v.keys = map[string]value{}
		for i := 0; i+1 < len(n.Content); i += 2 {
			k := key(n.Content[i].Value)
			if old, twice := v.keys[k]; !twice || isEmpty(old) {
				v.keys[k] = f.node(n.Content[i+1], offset)
			}
		}
	}
	return v
}

func isEmpty(v value) bool { return v.text == "" && len(v.list) == 0 && len(v.keys) == 0 }
