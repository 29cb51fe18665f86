package foreign

import (
	"html"
	"net/url"
	"strings"
)

// scan goes over the body once to learn what is defined in it.
func (c *cleaner) scan() {
	c.defined, c.footnotes, c.closers = map[string]string{}, map[string]bool{}, map[string]bool{}
	if strings.Contains(c.src, "]:") {
		c.scanDefinitions()
	}
	for at := strings.Index(c.src, "</"); at >= 0 && len(c.closers) < 2000; {
		name := tagName(c.src[at+2:])
		if name != "" {
			c.closers[strings.ToLower(name)] = true
		}
		next := strings.Index(c.src[at+2:], "</")
		if next < 0 {
			break
		}
		at += 2 + next
	}
}

func (c *cleaner) scanDefinitions() {
	var inside fence
	for at := 0; at < len(c.src); {
		end := c.eol(at)
		line := strings.TrimLeft(c.src[at:end], " \t>")
		if mark, length := fenceMark(line); length > 0 && (!inside.open || mark == inside.mark && length >= inside.length) {
			inside = fence{mark: mark, length: length, open: !inside.open}
		}
		if !inside.open && strings.HasPrefix(line, "[") {
			if id, _, ok := footnote(line); ok {
				c.footnotes[id] = true
			} else if label, to, _, ok := readDefinition(c.src[end-len(line):]); ok {
				if _, twice := c.defined[label]; !twice {
					c.defined[label] = c.leads(to)
				}
			}
		}
		at = end + 1
	}
}

// readDefinition reads `[label]: address "title"`, whose address may stand in
// the next line.
func readDefinition(s string) (label, to string, length int, ok bool) {
	line, more, _ := strings.Cut(s[:min(len(s), 4000)], "\n")
	n := strings.Index(line, "]:")
	if n < 2 || n > 500 || line[1] == '^' || strings.IndexByte(line[1:n], '[') >= 0 {
		return "", "", 0, false
	}
	rest := strings.TrimSpace(line[n+2:])
	length = len(line)
	if rest == "" {
		next, _, _ := strings.Cut(more, "\n")
		if rest = strings.TrimSpace(next); rest == "" || listMark(rest) > 0 || strings.IndexByte("#>|[", rest[0]) >= 0 {
			return "", "", 0, false
		}
		length += 1 + len(next)
	}
	if strings.Contains(rest, "{{") || strings.Contains(rest, "{%") { // a template has to complete it
		return labelKey(line[1:n]), "", length, true
	}
	to, title, _ := strings.Cut(rest, " ")
	if inner, found := strings.CutPrefix(rest, "<"); found {
		to, title, found = strings.Cut(inner, ">")
		if !found {
			return "", "", 0, false
		}
	}
	if title = strings.TrimSpace(title); title != "" && strings.IndexByte(`"'(`, title[0]) < 0 {
		return "", "", 0, false
	}
	return labelKey(line[1:n]), to, length, true
}

// labelKey is a label of a reference link as CommonMark compares them.
func labelKey(s string) string { return strings.ToLower(strings.Join(strings.Fields(s), " ")) }

// leads is the address that a link may have in place of to, "" if it must be plain text.
func (c *cleaner) leads(to string) string {
	if !isSafe(to) {
		return ""
	}
	if c.link != nil {
		to = c.link(to)
	}
	return escapeAddress(to)
}

// isSafe reports whether an address is http, https, mailto or relative. Others
// would do something when they are opened.
func isSafe(to string) bool {
	s := html.UnescapeString(to)
	if decoded, err := url.PathUnescape(s); err == nil {
		s = decoded
	}
	s = strings.ToLower(strings.Map(func(r rune) rune {
		if r <= ' ' || r == 0x7f {
			return -1
		}
		return r
	}, s))
	scheme, _, ok := strings.Cut(s, ":")
	if !ok || strings.ContainsAny(scheme, "/?#") {
		return true
	}
	return scheme == "http" || scheme == "https" || scheme == "mailto"
}

var addressEscapes = strings.NewReplacer(" ", "%20", "(", "%28", ")", "%29", "<", "%3C", ">", "%3E", "[", "%5B", "]", "%5D", "\\", "%5C", "`", "%60", "\"", "%22", "\t", "", "\n", "", "{", "%7B", "}", "%7D")

// escapeAddress makes an address that can stand between two round brackets.
func escapeAddress(s string) string {
	if !strings.ContainsAny(s, " ()<>[]\\`\"\t\n{}") {
		return s
	}
	if strings.Count(s, "(") == strings.Count(s, ")") && !strings.ContainsAny(s, " <>[]\\`\"\t\n{}") && isBalanced(s) {
		return s
	}
	return addressEscapes.Replace(s)
}

func isBalanced(s string) bool {
	depth := 0
	for i := range len(s) {
		switch s[i] {
		case '(':
			depth++
		case ')':
			depth--
		}
		if depth < 0 {
			return false
		}
	}
	return depth == 0
}
