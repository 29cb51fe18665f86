package foreign

import "strings"

// A container is a list item or an indented block of MkDocs.
type container struct {
	column int // where its text begins
	strip  int // columns that are taken off each line
}

// A fence is a block of code under way.
type fence struct {
	mark   byte
	length int
	column int // of the container that it is in
	quotes int
	strip  int // columns that are taken off each line
	indent int // columns before it
	open   bool
}

// line cleans one line, or several if something goes over their ends.
func (c *cleaner) line() {
	end := c.eol(c.i)
	line := c.src[c.i:end]
	p := readPrefix(line, c.top().column)
	if c.fence != nil && c.inFence(line, p, end) {
		return
	}
	if p.text >= len(line) {
		c.blankLine(end)
		return
	}
	c.enter(line, p)
	base := c.top()
	switch {
	case p.column >= base.column+4 && (c.blank || c.code) && !c.mdx && !c.html:
		c.code, c.blank = true, false
		c.indented(p, c.strips(), p.column)
		c.copyTo(end)
		c.lineEnd()
		return
	case p.column >= base.column+4 && (c.mdx || c.html):
		c.indented(p, 0, base.column-c.strips())
	default:
		c.indented(p, 0, p.column-min(c.strips(), p.column))
	}
	first := c.blank
	c.code, c.blank, c.prefix = false, false, p
	if n := c.startFence(p, base.column); n {
		c.copyTo(end)
		c.lineEnd()
		return
	}
	c.marks(p.column)
	c.contentOut = len(c.out)
	if c.special(first) {
		return
	}
	c.inline()
}

func (c *cleaner) top() container {
	if len(c.stack) == 0 {
		return container{}
	}
	return c.stack[len(c.stack)-1]
}

// strips is how many columns the containers take off a line.
func (c *cleaner) strips() (n int) {
	for _, in := range c.stack {
		n += in.strip
	}
	return n
}

// indented writes the block quotes of a line, and so many columns of indentation
// in place of its own, less strip.
func (c *cleaner) indented(p prefix, strip, column int) {
	c.out = append(c.out, c.src[c.i:c.i+p.end]...)
	if own := c.src[c.i+p.end : c.i+p.text]; column-strip == p.column {
		c.out = append(c.out, own...)
	} else {
		c.out = append(c.out, strings.Repeat(" ", max(0, column-strip))...)
	}
	c.i += p.text
	c.contentOut = len(c.out)
}

// lineEnd goes over the end of the line.
func (c *cleaner) lineEnd() {
	if c.i < len(c.src) {
		c.i++
		c.newline()
	}
}

func (c *cleaner) blankLine(end int) {
	c.blank, c.html, c.cells = true, false, 0
	c.brackets = c.brackets[:0]
	c.copyTo(end)
	c.lineEnd()
}

// enter leaves the containers that the line is not in.
func (c *cleaner) enter(line string, p prefix) {
	if p.quotes != c.quotes {
		if c.blank || p.quotes > c.quotes {
			c.stack = c.stack[:0]
		}
		c.quotes = p.quotes
	}
	for len(c.stack) > 0 && p.column < c.top().column {
		if lazy := !c.blank && c.top().strip == 0 && !c.code && !isBlockStart(line[p.text:]); lazy {
			return
		}
		c.stack = c.stack[:len(c.stack)-1]
	}
}

// marks writes the marks of list items that the text begins with, and enters those items.
func (c *cleaner) marks(column int) {
	for len(c.stack) < 40 {
		n := listMark(c.src[c.i:])
		if n == 0 || isRule(c.src[c.i:c.eol(c.i)]) {
			return
		}
		c.brackets = c.brackets[:0]
		rest := c.src[c.i+n : c.eol(c.i)]
		spaces := len(rest) - len(strings.TrimLeft(rest, " \t"))
		width, _ := indent(rest, 0)
		if width == 0 || width > 4 || spaces == len(rest) {
			width, spaces = 1, min(spaces, 1)
		}
		c.copyTo(c.i + n + spaces)
		column += n + width
		c.stack = append(c.stack, container{column: column})
	}
}

// startFence reports whether a block of code begins here.
func (c *cleaner) startFence(p prefix, base int) bool {
	rest := c.src[c.i:]
	for { // a fence may be the first thing in a list item
		n := listMark(rest)
		if n == 0 || n >= len(rest) || rest[n] == '\n' {
			break
		}
		rest = strings.TrimLeft(rest[n:], " \t")
	}
	mark, length := fenceMark(rest)
	if length == 0 {
		return false
	}
	inner := len(c.src) - c.i - len(rest)
	if inner > 0 {
		c.marks(p.column)
	}
	c.fence = &fence{mark: mark, length: length, column: c.top().column, quotes: p.quotes, strip: c.strips(), indent: max(p.column, c.top().column)}
	if inner == 0 && p.column >= base+4 {
		c.fence.strip += p.column - base
	}
	return true
}

// inFence takes a line of code as it is, and reports whether it was one.
func (c *cleaner) inFence(line string, p prefix, end int) bool {
	f := c.fence
	text := line[p.text:]
	if p.quotes > f.quotes { // code that looks like a quote
		p = quoted(line, f.quotes)
		text = line[p.text:]
	}
	if p.quotes < f.quotes || text != "" && p.column < f.column && f.column > 0 {
		c.fence = nil
		return false
	}
	if mark, length := fenceMark(text); mark == f.mark && length >= f.length && p.column < f.indent+4 && strings.Trim(text[length:], " \t") == "" {
		c.fence = nil
		defer func() { c.code, c.blank = false, true }() // what is indented behind it is code
	}
	c.indented(p, min(f.strip, p.column), p.column)
	c.copyTo(end)
	c.lineEnd()
	return true
}
