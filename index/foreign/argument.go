package foreign

import (
	"strconv"
	"strings"
)

// call takes the name and the arguments of a shortcode or a tag apart.
// Arguments without a name are "0", "1" and so on; if none of them is quoted,
// as in `tab Go SDK`, they are one.
func call(s string) (name string, args map[string]string) {
	s = strings.TrimRight(strings.TrimSpace(s), "/ ")
	end := strings.IndexAny(s, " \t\n(")
	if end < 0 {
		return s, nil
	}
	args = map[string]string{}
	name, s = s[:end], s[end:]
	quoted, bare := 0, ""
	for range 40 {
		key, text, rest, isQuoted := nextArgument(s)
		switch {
		case key == "" && text == "":
			if quoted == 0 && bare != "" {
				args["0"] = bare
			}
			return name, args
		case key != "":
			args[strings.ToLower(key)] = text
		case isQuoted:
			args[strconv.Itoa(quoted)] = text
			quoted++
		default:
			bare = strings.TrimSpace(bare + " " + text)
		}
		s = rest
	}
	return name, args
}

// nextArgument reads one of `key="value"`, `"value"` and `value`.
func nextArgument(s string) (key, text, rest string, quoted bool) {
	s = strings.TrimLeft(s, " \t\n,()|")
	end := strings.IndexAny(s, " \t\n,()|=\"'`")
	if end > 0 && s[end] == '=' {
		key, s = s[:end], strings.TrimLeft(s[end+1:], " \t\n")
		end = strings.IndexAny(s, " \t\n\"'`")
	}
	switch {
	case s == "":
		return key, "", "", false
	case strings.IndexByte("\"'`", s[0]) >= 0:
		for n := 1; n < len(s); n++ {
			switch {
			case s[n] == '\\' && s[0] == '"':
				n++
			case s[n] == s[0]:
				return key, s[1:n], s[n+1:], true
			}
		}
		return key, s[1:], "", true
	case end == 0: // a lone sign
		return key, s[:1], s[1:], false
	case end < 0:
		return key, s, "", false
	}
	return key, s[:end], s[end:], false
}
