package foreign

import (
	"bytes"
	"html"
	"strings"
)

// element deals with a tag of HTML.
func (c *cleaner) element(t tag, kind int) {
	switch t.lower {
	case "br":
		c.breakLine(t.end)
	case "img":
		c.replace(t.end, escapeText(plain(t.attribute("alt"))))
	case "a":
		c.anchor(t)
	case "code", "kbd", "samp", "tt":
		c.codeTag(t)
	case "pre":
		c.preformatted(t)
	case "h1", "h2", "h3", "h4", "h5", "h6":
		c.headingTag(t)
	case "li", "tr":
		c.item(t)
	case "td", "th":
		c.cell(t)
	case "del", "s", "strike":
		c.drop(t.end)
		if c.i < len(c.src) && strings.IndexByte(" \t\n", c.src[c.i]) < 0 {
			c.write("~~")
		}
	case "sup":
		isPower := c.i > 0 && c.last() != ' ' && t.end < len(c.src) && ('0' <= c.src[t.end] && c.src[t.end] <= '9' || c.src[t.end] == '-')
		c.drop(t.end)
		if isPower {
			c.write("^")
		}
	default:
		c.drop(t.end)
		if kind == block {
			c.space()
		}
	}
}

// space keeps words apart that stood in different blocks.
func (c *cleaner) space() {
	if !c.isBare() && c.last() != ' ' && c.i < len(c.src) && strings.IndexByte(" \t\n<", c.src[c.i]) < 0 {
		c.write(" ")
	}
}

func (c *cleaner) breakLine(end int) {
	c.dropped = true
	c.skip(end)
	c.space()
	if c.i < len(c.src) && c.src[c.i] == '<' && c.last() != ' ' && !c.isBare() {
		c.write(" ")
	}
}

// anchor makes a Markdown link of `<a href="https://…">`.
func (c *cleaner) anchor(t tag) {
	if len(c.brackets) > 0 || t.closed { // no link stands in another
		c.drop(t.end)
		return
	}
	to := t.attribute("href")
	if to != "" && !strings.Contains(to, "{{") && !strings.Contains(to, "{%") && (isWeb(to) || c.link != nil) {
		to = c.leads(to)
	} else {
		to = ""
	}
	start := c.i
	c.i = t.end
	end := c.find("</a>")
	c.i = start
	if to == "" || end < 0 || strings.Contains(c.src[t.end:end], "\n\n") {
		c.drop(t.end)
		return
	}
	c.dropped = true
	c.skip(t.end)
	c.brackets = append(c.brackets, bracket{out: len(c.out), src: c.i, tag: true, to: to})
	c.out = append(c.out, '[')
}

// endAnchor ends the link that [cleaner.anchor] began.
func (c *cleaner) endAnchor(end int) {
	at := len(c.brackets) - 1
	for at >= 0 && !c.brackets[at].tag {
		at--
	}
	if at < 0 {
		c.drop(end)
		return
	}
	b := c.brackets[at]
	c.brackets = c.brackets[:at]
	c.dropped = true
	text := c.out[min(b.out+1, len(c.out)):]
	if hasBlankLine(text) || len(bytes.TrimLeft(text, " \t\n\x00*_~")) == 0 {
		c.forget(b)
	} else {
		for len(c.out) > max(b.out, c.contentOut) && (c.last() == ' ' || c.last() == '\t') {
			c.out = c.out[:len(c.out)-1]
		}
		c.write("](" + b.to + ")")
	}
	c.skip(end)
}

// hasBlankLine reports whether no link can go from one end of text to the other.
func hasBlankLine(text []byte) bool {
	for {
		n := bytes.IndexByte(text, '\n')
		if n < 0 {
			return false
		}
		text = bytes.TrimLeft(text[n+1:], " \t>")
		if len(text) > 0 && text[0] == '\n' {
			return true
		}
	}
}

// codeTag makes a code span of `<code>text</code>`.
func (c *cleaner) codeTag(t tag) {
	s := c.src[t.end:min(c.eol(t.end), t.end+1000)]
	n := strings.Index(s, "</"+t.name)
	if n < 1 || strings.ContainsAny(s[:n], "<`") {
		c.drop(t.end)
		return
	}
	text := strings.TrimSpace(html.UnescapeString(s[:n]))
	m := strings.IndexByte(s[n:], '>')
	if text == "" || m < 0 || strings.ContainsAny(text, "`\x00\n") || c.last() == '`' {
		c.drop(t.end)
		return
	}
	end := t.end + n + m + 1
	c.dropped = true
	c.out = append(c.out, ("`" + text + "`")...)
	c.i = end
}

// preformatted makes a block of code of `<pre>` that has a line of its own.
func (c *cleaner) preformatted(t tag) {
	if !c.isAlone(t.end) || c.unpaired["</pre>"] {
		c.drop(t.end)
		return
	}
	for at := c.eol(t.end); at < len(c.src); {
		from := at + 1
		at = c.eol(min(from, len(c.src)))
		line := strings.TrimSpace(c.src[min(from, len(c.src)):at])
		if strings.HasPrefix(line, "```") {
			c.drop(t.end)
			return
		}
		if line == "</pre>" || line == "</code></pre>" {
			c.fenceUpTo(t.end, from, at, "")
			return
		}
	}
	c.unpaired["</pre>"] = true
	c.drop(t.end)
}

// headingTag makes a heading of `<h2>text</h2>` at the beginning of a line.
func (c *cleaner) headingTag(t tag) {
	isBare := c.isBare() && len(c.stack) == 0
	c.drop(t.end)
	rest := c.src[c.i:c.eol(c.i)]
	if isBare && strings.Contains(rest, "</"+t.name) && strings.TrimLeft(rest, " ")[0] != '<' {
		c.out = append(c.out[:c.contentOut], strings.Repeat("#", int(t.lower[1]-'0'))+" "...)
		return
	}
	c.space()
}

// item makes a list item of `<li>` and of `<tr>`, if its text stands on this line.
func (c *cleaner) item(t tag) {
	c.cells = 0
	isBare := c.isBare()
	c.drop(t.end)
	hasText := strings.TrimSpace(c.src[c.i:c.eol(c.i)]) != ""
	switch {
	case isBare && hasText:
		c.out = append(c.out, "- "...)
	case !isBare && hasText && !strings.HasSuffix(string(c.content()[max(0, len(c.content())-2):]), "- "):
		c.write("; ")
	}
}

// cell keeps the cells of a row apart.
func (c *cleaner) cell(t tag) {
	c.drop(t.end)
	isEmpty := strings.HasPrefix(c.src[c.i:], "</")
	if c.cells++; c.cells > 1 && !isEmpty {
		if !c.isBare() && c.last() != ' ' {
			c.write(" ")
		}
		c.write("— ")
	}
}

// escapeText makes Markdown that shows s.
func escapeText(s string) string { return unmarkedAlt.Replace(s) }

var unmarkedAlt = strings.NewReplacer("[", "(", "]", ")", "<", "", "*", "", "`", "", "{", "", "|", "")
