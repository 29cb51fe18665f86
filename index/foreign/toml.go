package foreign

import (
	"strconv"
	"strings"
)

// toml reads the part of TOML that front matter is written in: single values,
// lists of them and tables. The rest is left out.
func (f *front) toml(text string) value {
	root := value{keys: map[string]value{}, line: f.first}
	var table string
	lines := strings.Split(text, "\n")
	for i := 0; i < len(lines) && i < maxEntries*4; i++ {
		line, at := strings.TrimSpace(lines[i]), f.first+i
		switch {
		case line == "" || line[0] == '#':
			continue
		case line[0] == '[':
			table = strings.TrimSpace(strings.Trim(strings.SplitN(line, "#", 2)[0], "[] \t")) + "."
			continue
		}
		name, rest, ok := strings.Cut(line, "=")
		if !ok {
			f.problem(at, "TOML: this is no key with a value")
			continue
		}
		s := strings.TrimSpace(rest)
		for end := i + 1; end < len(lines) && end < i+200 && isOpenTOML(s); end++ {
			s += "\n" + lines[end]
			i = end
		}
		v, _, ok := f.tomlValue(s, at, 0)
		if !ok {
			f.problem(at, "TOML: the value of %q cannot be read", short(strings.TrimSpace(name), 40))
			continue
		}
		put(root.keys, table+strings.TrimSpace(name), v)
	}
	return root
}

// put sets the value at a dotted path. The first one stays.
func put(keys map[string]value, path string, v value) {
	steps := strings.Split(strings.NewReplacer(`"`, "", "'", "", " ", "").Replace(path), ".")
	if len(steps) > maxFrontDepth {
		return
	}
	for _, step := range steps[:len(steps)-1] {
		next := keys[key(step)]
		if next.keys == nil {
			next.keys = map[string]value{}
			keys[key(step)] = next
		}
		keys = next.keys
	}
	last := key(steps[len(steps)-1])
	if _, twice := keys[last]; !twice {
		keys[last] = v
	}
}

// isOpenTOML reports whether a value goes on in the next line.
func isOpenTOML(s string) bool {
	for _, mark := range []string{`"""`, "'''"} {
		if strings.HasPrefix(s, mark) {
			return !strings.Contains(s[3:], mark)
		}
	}
	return strings.HasPrefix(s, "[") && !isClosed(s)
}

// isClosed reports whether the list that s begins with ends in it.
func isClosed(s string) bool {
	depth := 0
	var quote byte
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case quote == '"' && c == '\\':
			i++
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case c == '"' || c == '\'':
			quote = c
		case c == '[':
			depth++
		case c == ']':
			if depth--; depth <= 0 {
				return true
			}
		}
	}
	return false
}

// tomlValue reads the value that s begins with, and returns what follows it.
func (f *front) tomlValue(s string, line, depth int) (v value, rest string, ok bool) {
	v.line = line
	for _, mark := range []string{`"""`, "'''"} {
		if inner, found := strings.CutPrefix(s, mark); found {
			v.text, rest, ok = strings.Cut(inner, mark)
			v.text = strings.TrimPrefix(v.text, "\n")
			return v, rest, ok
		}
	}
	switch {
	case s == "":
		return v, "", false
	case s[0] == '"':
		end := 1
		for end < len(s) && s[end] != '"' {
			if s[end] == '\\' {
				end++
			}
			end++
		}
		if end >= len(s) {
			return v, "", false
		}
		if v.text, ok = unquote(s[:end+1]); !ok {
			return v, "", false
		}
		return v, s[end+1:], true
	case s[0] == '\'':
		v.text, rest, ok = strings.Cut(s[1:], "'")
		return v, rest, ok
	case s[0] == '[':
		return f.tomlList(s[1:], line, depth+1)
	case s[0] == '{':
		return v, "", true // an inline table: none of our keys is one
	}
	end := strings.IndexAny(s, ",]#\n")
	if end < 0 {
		end = len(s)
	}
	v.text = strings.TrimSpace(s[:end])
	return v, s[end:], v.text != ""
}

func unquote(s string) (string, bool) {
	text, err := strconv.Unquote(s)
	return text, err == nil
}

func (f *front) tomlList(s string, line, depth int) (v value, rest string, ok bool) {
	v.line = line
	for depth <= maxFrontDepth {
		s = strings.TrimLeft(s, " \t\n,")
		switch {
		case s == "":
			return v, "", false
		case s[0] == ']':
			return v, s[1:], true
		case s[0] == '#':
			_, s, _ = strings.Cut(s, "\n")
			continue
		}
		one, rest, ok := f.tomlValue(s, line, depth)
		if !ok || len(rest) >= len(s) {
			return v, "", false
		}
		v.list, s = append(v.list, one), rest
	}
	return v, "", false
}
