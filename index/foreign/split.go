package foreign

import (
	"bytes"
	"encoding/json"
	"regexp"
	"strings"
)

// The languages of front matter.
const (
	noFront = iota
	yamlFront
	tomlFront
	jsonFront
)

// A head is a file taken apart.
type head struct {
	kind  int
	text  string // the front matter alone
	first int    // line of the file at which text begins
	body  string
	line  int  // line of the file at which body begins
	open  bool // the front matter is not closed
}

// yamlKey is how a line of front matter begins, for telling it from a text
// under a thematic break.
var yamlKey = regexp.MustCompile(`^["']?[\pL_][\pL\pN_.:/ -]*?["']?:(?:\s|$)`)

// maxKey is how many bytes of a line are looked at for a key.
const maxKey = 80

func hasKey(line string) bool { return yamlKey.MatchString(line[:min(len(line), maxKey)]) }

// split takes the front matter off.
func split(s string) head {
	rest := s
	skipped := 0
	for strings.HasPrefix(strings.TrimLeft(rest, " \t"), "\n") && skipped < 10 {
		_, rest, _ = strings.Cut(rest, "\n")
		skipped++
	}
	first, after, _ := strings.Cut(rest, "\n")
	second, _, _ := strings.Cut(after, "\n")
	switch fence := strings.TrimRight(first, " \t"); {
	case fence == "---" && (skipped == 0 || hasKey(second)):
		if h, ok := fenced(after, skipped, yamlFront, "---", "..."); ok && startsWithKey(h.text) {
			return h
		}
		if hasKey(second) {
			return unclosed(after, skipped)
		}
	case fence == "+++":
		if h, ok := fenced(after, skipped, tomlFront, "+++"); ok {
			return h
		}
	case strings.HasPrefix(rest, "{"):
		if h, ok := object(rest, skipped); ok {
			return h
		}
	}
	return head{body: s, line: 1}
}

// fenced is front matter up to a line that is one of ends.
func fenced(s string, skipped, kind int, ends ...string) (head, bool) {
	for at, n := 0, 0; at < len(s); n++ {
		line, _, _ := strings.Cut(s[at:], "\n")
		next := min(at+len(line)+1, len(s))
		for _, end := range ends {
			if strings.TrimRight(line, " \t") == end {
				return head{kind: kind, text: s[:at], first: skipped + 2, body: s[next:], line: skipped + n + 3}, true
			}
		}
		at = next
	}
	return head{}, false
}

// startsWithKey tells front matter from a text between two thematic breaks.
func startsWithKey(s string) bool {
	for line := range strings.SplitSeq(s, "\n") {
		if line = strings.TrimSpace(line); line != "" && line[0] != '#' {
			return hasKey(line) || line[0] == '{' || strings.HasPrefix(line, "? ") || line[0] == '&' || line[0] == '!'
		}
	}
	return true
}

// unclosed takes the lines that look like front matter for it: they must not
// reach chat.
func unclosed(s string, skipped int) head {
	at, n := 0, 0
	for at < len(s) {
		line, _, _ := strings.Cut(s[at:], "\n")
		if !isFrontLine(line) || line == "" {
			break
		}
		at = min(at+len(line)+1, len(s))
		n++
	}
	return head{kind: yamlFront, text: s[:at], first: skipped + 2, body: s[at:], line: skipped + n + 2, open: true}
}

// isFrontLine reports whether a line may stand in YAML front matter.
func isFrontLine(line string) bool {
	return line == "" || strings.IndexByte(" \t#-", line[0]) >= 0 || hasKey(line)
}

// object is front matter that is a JSON object.
func object(s string, skipped int) (head, bool) {
	if inner := strings.TrimLeft(s[1:], " \t\n"); !strings.HasPrefix(inner, `"`) {
		return head{}, false // a shortcode, an attribute list
	}
	end := closing(s[:min(len(s), maxFrontBytes)])
	if end < 0 || !json.Valid([]byte(s[:end])) {
		return head{}, false
	}
	rest, after, _ := strings.Cut(s[end:], "\n")
	if strings.TrimSpace(rest) != "" {
		return head{}, false
	}
	lines := strings.Count(s[:end], "\n")
	return head{kind: jsonFront, text: s[:end], first: skipped + 1, body: after, line: skipped + lines + 2}, true
}

// closing is where the bracket that s begins with is closed, -1 if nowhere.
func closing(s string) int {
	depth, quoted := 0, false
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case quoted && c == '\\':
			i++
		case c == '"':
			quoted = !quoted
		case quoted:
		case c == '{' || c == '[':
			depth++
		case c == '}' || c == ']':
			if depth--; depth == 0 {
				return i + 1
			}
		}
		if depth > maxFrontDepth {
			return -1
		}
	}
	return -1
}

// Keys that only our own pages have, and the kinds of our own pages.
var (
	strictKey  = regexp.MustCompile(`^["']?(?:facts|sources|reviewed|questions|unrelated|first_release|extends)["']?\s*:(?:\s|$)`)
	strictKind = regexp.MustCompile(`^["']?kind["']?\s*:\s*["']?(?:micro|full-stack|guide|document)["']?\s*(?:#.*)?$`)
)

// Strict reports whether the front matter is meant to be one of our own pages,
// which are read without leniency: it says so by its kind or by a key that
// only they have. It looks at lines, so that a slip in the YAML does not turn
// a page of ours into one of another tool.
func Strict(data []byte) bool {
	data = bytes.TrimPrefix(data, []byte("\ufeff"))
	line, rest, _ := bytes.Cut(data, []byte("\n"))
	if string(bytes.TrimRight(line, " \t\r")) != "---" {
		return false
	}
	closed := bytes.Contains(rest, []byte("\n---"))
	for len(rest) > 0 {
		line, rest, _ = bytes.Cut(rest, []byte("\n"))
		line = bytes.TrimRight(line, " \t\r")
		if string(line) == "---" || string(line) == "..." || !closed && !isFrontLine(string(line[:min(len(line), 200)])) {
			return false
		}
		if strictKey.Match(line) || strictKind.Match(line) {
			return true
		}
	}
	return false
}
