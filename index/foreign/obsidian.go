package foreign

import "strings"

// exclamation reads images and what Obsidian embeds.
func (c *cleaner) exclamation() bool {
	switch {
	case strings.HasPrefix(c.src[c.i:], "![["):
		return c.wiki(3, true)
	case strings.HasPrefix(c.src[c.i:], "!["):
		return c.openBracket(true)
	}
	return false
}

// wiki reads `[[page#heading|text]]`.
func (c *cleaner) wiki(n int, embed bool) bool {
	s := c.rest(1000)
	end := strings.Index(s, "]]")
	if end < n+1 || strings.ContainsAny(s[n:end], "[]\n<") || strings.Count(s[n:end], "`")%2 > 0 || s[n] == ' ' || isAddressed(s[end+2:]) {
		return false
	}
	inner := strings.TrimSpace(s[n:end])
	if _, isLabel := c.defined[labelKey(inner)]; isLabel {
		return false
	}
	page, text, given := strings.Cut(strings.ReplaceAll(inner, `\|`, "|"), "|")
	to := ""
	if c.link != nil {
		to = escapeAddress(c.link(page))
	}
	if !given || embed {
		text = wikiText(page)
	}
	switch {
	case to != "":
		text = "[" + text + "](" + to + ")"
	case embed:
		text = ""
	}
	c.replace(c.i+end+2, text)
	return true
}

// isAddressed tells `[[1]](https://…)`, a link whose text has brackets, from
// `[[page]](what it is)`.
func isAddressed(s string) bool {
	if !strings.HasPrefix(s, "(") {
		return false
	}
	to, _, ok := readAddress(s)
	return ok && strings.ContainsAny(to, "/.:#")
}

// wikiText is how the name of a page is read: "page#heading" as "page: heading".
func wikiText(page string) string {
	name, heading, ok := strings.Cut(page, "#")
	heading = strings.TrimLeft(strings.ReplaceAll(heading, "#", ": "), "^ ")
	switch {
	case !ok || heading == "":
		return name
	case name == "":
		return heading
	}
	return name + ": " + heading
}

// percent leaves out Obsidian's `%%comment%%`.
func (c *cleaner) percent() bool {
	if !strings.HasPrefix(c.src[c.i:], "%%") || c.last() != ' ' && c.last() != '\t' && !c.isBare() {
		return false
	}
	line := c.src[c.i+2 : min(c.eol(c.i), c.i+2000)]
	n := strings.Index(line, "%%")
	if n < 1 || len(line) > n+2 && strings.IndexByte(" \t.,;:)", line[n+2]) < 0 {
		return false
	}
	c.drop(c.i + n + 4)
	return true
}

// highlight takes the marks off `==text==`.
func (c *cleaner) highlight() bool {
	if !strings.HasPrefix(c.src[c.i:], "==") || strings.IndexByte(" \t(*_\"", c.last()) < 0 {
		return false
	}
	line := c.src[c.i+2 : min(c.eol(c.i), c.i+500)]
	n := strings.Index(line, "==")
	if n < 1 || strings.IndexByte(" =", line[0]) >= 0 || line[n-1] == ' ' || strings.ContainsAny(line[:n], "`=") ||
		len(line) > n+2 && strings.IndexByte(" \t.,;:!?)*_\"", line[n+2]) < 0 {
		return false
	}
	c.dropped = true
	c.out = append(c.out, line[:n]...)
	c.i += n + 4
	return true
}

// blockID leaves out Obsidian's ` ^id` at the end of a line.
func (c *cleaner) blockID() bool {
	if c.last() != ' ' && c.last() != '\t' {
		return false
	}
	id := strings.TrimRight(c.src[c.i+1:min(c.eol(c.i), c.i+60)], " \t")
	if len(id) < 3 || c.i+1+len(id) < c.eol(c.i) && strings.TrimSpace(c.src[c.i+1+len(id):c.eol(c.i)]) != "" {
		return false
	}
	letters := 0
	for i := range len(id) {
		switch b := id[i]; {
		case 'a' <= b && b <= 'z' || 'A' <= b && b <= 'Z':
			letters++
		case b != '-' && (b < '0' || b > '9'):
			return false
		}
	}
	if letters == 0 {
		return false
	}
	c.drop(c.i + 1 + len(id))
	return true
}
