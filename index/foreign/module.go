package foreign

import "strings"

// isImport tells `import a from "b"` and `import "b"` from a sentence.
func isImport(s string) bool {
	rest := s[len("import"):]
	n := strings.IndexAny(rest, "\"'()")
	if n < 1 || strings.IndexByte(" \t\n", rest[0]) < 0 || strings.IndexByte("\"'", rest[n]) < 0 {
		return false
	}
	what := strings.TrimSpace(rest[:n])
	return what == "" || strings.HasSuffix(what, " from") || strings.HasSuffix(what, "}from")
}

// importing leaves out an import of MDX, which may have several lines.
func (c *cleaner) importing() bool {
	if !isImport(c.rest(1200)) {
		return false
	}
	c.mdx = true
	at := c.i
	for n := range 50 { // up to the line that names the module
		line := c.src[at:c.eol(at)]
		if strings.ContainsAny(line, `"'`) || n == 49 {
			c.dropWhole(at + len(line))
			return true
		}
		at = min(at+len(line)+1, len(c.src))
	}
	return false
}

// statement is where an export of MDX ends: at a line's end at which all
// brackets are closed, or before a blank line if they never are.
func (c *cleaner) statement() int {
	depth := 0
	for at, blank := c.i, -1; ; {
		end := c.eol(at)
		line := c.src[at:end]
		for i := range len(line) {
			switch line[i] {
			case '{', '[', '(':
				depth++
			case '}', ']', ')':
				depth--
			}
		}
		if blank < 0 && strings.TrimSpace(line) == "" {
			blank = max(c.i, at-1)
		}
		c.budget -= len(line)
		switch {
		case depth <= 0:
			return end
		case end >= len(c.src) || c.budget < 0:
			if blank < 0 {
				return end
			}
			return blank
		}
		at = end + 1
	}
}
