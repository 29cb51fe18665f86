package foreign

import (
	"regexp"
	"strings"
)

// marked are the bytes at which something may begin that is not plain text.
var marked = func() (is [256]bool) {
	for _, c := range []byte("\\`<{$[!]%=^:\n") {
		is[c] = true
	}
	return is
}()

// inline cleans text up to the end of a line.
func (c *cleaner) inline() {
	for c.i < len(c.src) {
		from := c.i
		for c.i < len(c.src) && !marked[c.src[c.i]] {
			c.i++
		}
		c.out = append(c.out, c.src[from:c.i]...)
		if c.i >= len(c.src) {
			return
		}
		if c.src[c.i] == '\n' {
			c.lineEnd()
			return
		}
		if before := c.i; !c.mark() && c.i == before {
			c.out = append(c.out, c.src[c.i])
			c.i++
		}
	}
}

// mark deals with what begins here, and reports false if it is plain text.
func (c *cleaner) mark() bool {
	switch c.src[c.i] {
	case '\\':
		if c.i+1 < len(c.src) && isPunct(c.src[c.i+1]) {
			c.copyTo(c.i + 2)
			return true
		}
	case '`':
		return c.codeSpan()
	case '<':
		return c.angle()
	case '{':
		return c.brace()
	case '$':
		if strings.HasPrefix(c.src[c.i:], "${{") {
			if n := c.within("}}", 1000); n > 0 {
				c.drop(n)
				return true
			}
		}
	case '[':
		return c.openBracket(false)
	case '!':
		return c.exclamation()
	case ']':
		return c.closeBracket()
	case '%':
		return c.percent()
	case '=':
		return c.highlight()
	case '^':
		return c.blockID()
	case ':':
		return c.icon()
	}
	return false
}

// rest is what follows, at most n bytes of it.
func (c *cleaner) rest(n int) string { return c.src[c.i:min(len(c.src), c.i+n)] }

// within is where the next mark ends, if that is not too far and no blank line
// is before it; 0 if there is none.
func (c *cleaner) within(mark string, far int) int {
	n := c.find(mark)
	if n < c.i+min(len(mark), 3) || n-c.i > far || strings.Contains(c.src[c.i:n], "\n\n") {
		return 0
	}
	return n + len(mark)
}

// paragraph is where the paragraph ends that is under way.
func (c *cleaner) paragraph() int {
	if c.i < c.paraEnd {
		return c.paraEnd
	}
	at := min(c.eol(c.i)+1, len(c.src))
	for at < len(c.src) {
		end := c.eol(at)
		if p := readPrefix(c.src[at:end], 1000); p.quotes > c.prefix.quotes || isBlockStart(c.src[at+p.text:end]) {
			break
		}
		at = min(end+1, len(c.src))
	}
	c.paraEnd = at
	return at
}

// codeSpan takes code as it is.
func (c *cleaner) codeSpan() bool {
	n := 1
	for c.i+n < len(c.src) && c.src[c.i+n] == '`' {
		n++
	}
	end := c.closingTicks(n)
	if end < 0 {
		c.copyTo(c.i + n)
		return true
	}
	if c.isBare() && strings.Trim(c.src[end:c.eol(end)], " \t") == "" && strings.Contains(c.src[c.i:end], "{{") {
		c.placeholders(end)
		return true
	}
	c.copyTo(end)
	return true
}

// closingTicks is where a run of n backticks ends that closes the one here, -1 if there is none.
func (c *cleaner) closingTicks(n int) int {
	limit := c.paragraph()
	if n >= len(c.ticks) || c.ticks[n] >= limit {
		return -1
	}
	for at := c.i + n; at < limit; {
		next := strings.IndexByte(c.src[at:limit], '`')
		if next < 0 {
			break
		}
		at += next
		run := 1
		for at+run < limit && c.src[at+run] == '`' {
			run++
		}
		if at += run; run == n {
			return at
		}
	}
	c.ticks[n] = limit
	return -1
}

// placeholder is what tldr-pages writes for what the reader has to fill in.
var placeholder = regexp.MustCompile(`\{\{([^{}\s][^{}]*(?:\{[^{}]*\}[^{}]*)*|)\}\}`)

// placeholders takes the braces off the placeholders of a command.
func (c *cleaner) placeholders(end int) {
	span := placeholder.ReplaceAllString(c.src[c.i:end], "$1")
	if strings.IndexByte(span, '\n') >= 0 {
		c.copyTo(end)
		return
	}
	c.out = append(c.out, span...)
	c.i = end
}

// iconName is how MkDocs writes the icons that it brings.
var iconName = regexp.MustCompile(`:(?:material|fontawesome|octicons|simple)-[a-z0-9-]+:`)

func (c *cleaner) icon() bool {
	if c.i+1 >= len(c.src) || strings.IndexByte("mfos", c.src[c.i+1]) < 0 {
		return false
	}
	if at := iconName.FindStringIndex(c.rest(100)); at != nil && at[0] == 0 {
		c.drop(c.i + at[1])
		return true
	}
	return false
}
