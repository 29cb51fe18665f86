package foreign

import (
	"bytes"
	"strings"
)

// A bracket is a `[` that may turn out to begin a link.
type bracket struct {
	out   int // where it is in out
	src   int // where what follows it is in src
	image bool
	tag   bool // it stands for <a href>
	outer bool // another bracket stands in it
	to    string
}

// openBracket begins what may be a link or an image.
func (c *cleaner) openBracket(image bool) bool {
	if !image && strings.HasPrefix(c.src[c.i:], "[[") && c.wiki(2, false) {
		return true
	}
	if !image && strings.HasPrefix(c.src[c.i:], "[^") && c.reference() {
		return true
	}
	if len(c.brackets) > 0 {
		c.brackets[len(c.brackets)-1].outer = true
	}
	from, n := len(c.out), 1
	if image {
		n = 2
	}
	c.copyTo(c.i + n)
	if len(c.brackets) < 500 {
		c.brackets = append(c.brackets, bracket{out: from, src: c.i, image: image})
	}
	return true
}

// reference leaves out the mark of a footnote. What looks like one and is none
// stays, spelt so that nobody takes it for one.
func (c *cleaner) reference() bool {
	s := c.rest(70)
	n := strings.IndexByte(s, ']')
	if n < 3 || strings.ContainsAny(s[2:n], " \t\n[`<{\\") {
		return false
	}
	if c.footnotes[s[2:n]] {
		if c.last() == ' ' && !c.isBare() {
			c.out = c.out[:len(c.out)-1]
		}
		c.drop(c.i + n + 1)
		return true
	}
	if strings.HasPrefix(s[n+1:], "(") || strings.HasPrefix(s[n+1:], "[") {
		return false
	}
	c.out = append(c.out, "[&#94;"...)
	c.i += 2
	return true
}

// closeBracket ends a link, an image, or nothing.
func (c *cleaner) closeBracket() bool {
	if len(c.brackets) == 0 {
		return false
	}
	top := len(c.brackets) - 1
	b := c.brackets[top]
	if b.tag { // a bracket in the text of <a href>
		return false
	}
	c.brackets = c.brackets[:top]
	to, end, ok := c.destination(b)
	if !ok {
		return false
	}
	c.endLink(b, to, end)
	return true
}

// destination is the address of the link that ends here, "" if it must be
// plain text, and where it ends.
func (c *cleaner) destination(b bracket) (to string, end int, ok bool) {
	after := c.src[c.i+1:]
	switch {
	case strings.HasPrefix(after, "("):
		if c.budget < 0 {
			return "", 0, false
		}
		to, n, ok := readAddress(c.rest(4000)[1:])
		if !ok {
			c.budget -= n
			return "", 0, false
		}
		if b.image {
			return to, c.i + 1 + n, true
		}
		return c.leads(to), c.i + 1 + n, true
	}
	label, end := c.src[b.src:c.i], c.i+1
	if n := strings.IndexByte(after[:min(len(after), 500)], ']'); n > 0 && after[0] == '[' {
		if end += n + 1; n > 1 {
			label, b.outer = after[1:n], false
		}
	}
	if len(label) > 500 || b.outer {
		return "", 0, false
	}
	if to, ok = c.defined[labelKey(label)]; b.image && (ok || end > c.i+1) {
		return "", end, true
	}
	if c.added += len(to); len(to) > maxLinkBring || c.added > maxLinkAdded {
		return "", 0, false
	}
	return to, end, ok
}

// endLink writes the link whose text is there already.
func (c *cleaner) endLink(b bracket, to string, end int) {
	text := c.out[min(b.out+1+btoi(b.image), len(c.out)):]
	c.dropped = c.dropped || b.image || to == ""
	switch {
	case len(bytes.TrimLeft(text, " \t\n\x00*_~")) == 0:
		if c.forget(b); b.out >= c.contentOut {
			c.out = c.out[:b.out]
		}
		c.drop(end)
		return
	case b.image:
		c.forget(b)
		c.cutSize(b)
	case string(text) == "AUTOTITLE":
		c.out = c.out[:b.out]
		c.write(titleOf(to))
	case to == "":
		c.forget(b)
	default:
		c.write("](" + to + ")")
	}
	c.skip(end)
}

// forget takes back a bracket that was written: it begins no link.
func (c *cleaner) forget(b bracket) {
	for n := range 1 + btoi(b.image) {
		if b.out+n < len(c.out) {
			c.out[b.out+n] = 0
		}
	}
}

// cutSize takes the size off the text of an image: "Plan|300x200".
func (c *cleaner) cutSize(b bracket) {
	if n := bytes.LastIndexByte(c.out[b.out:], '|'); n >= 0 && len(bytes.Trim(c.out[b.out+n+1:], "0123456789x")) == 0 {
		c.out = c.out[:b.out+n]
	}
}

func btoi(b bool) int {
	if b {
		return 1
	}
	return 0
}

// titleOf makes words of an address such as "/actions/larger-runners#billing".
func titleOf(to string) string {
	to, _, _ = strings.Cut(to, "#")
	to, _, _ = strings.Cut(to, "?")
	to = strings.TrimRight(to, "/")
	return strings.ReplaceAll(to[strings.LastIndexByte(to, '/')+1:], "-", " ")
}

// readAddress reads `(address "title")` from its first bracket on. An address
// that a template has to complete is none, except for the site before a path.
func readAddress(s string) (to string, n int, ok bool) {
	var b strings.Builder
	isKnown := true
	depth, i := 0, 1
	for i < len(s) && (s[i] == ' ' || s[i] == '\n') {
		i++
	}
	if i < len(s) && s[i] == '<' {
		end := strings.IndexAny(s[i:], ">\n")
		if end < 0 || s[i+end] == '\n' {
			return "", 0, false
		}
		b.WriteString(s[i+1 : i+end])
		isKnown = !strings.Contains(s[i:i+end], "{{") && !strings.Contains(s[i:i+end], "{%")
		i += end + 1
	}
address:
	for i < len(s) {
		switch ch := s[i]; {
		case strings.HasPrefix(s[i:], "{{") || strings.HasPrefix(s[i:], "{%"):
			end := strings.Index(s[i:], map[bool]string{true: "}}", false: "%}"}[s[i+1] == '{'])
			if end < 0 {
				return "", len(s), false
			}
			i += end + 2
			isKnown = isKnown && b.Len() == 0 && i < len(s) && s[i] == '/'
			continue
		case ch == '\\' && i+1 < len(s) && isPunct(s[i+1]):
			b.WriteByte(s[i+1])
			i += 2
			continue
		case ch == '(':
			depth++
		case ch == ')' && depth == 0, ch == ' ', ch == '\n', ch == '\t':
			break address
		case ch == ')':
			depth--
		}
		b.WriteByte(s[i])
		i++
	}
	if !isKnown {
		b.Reset()
	}
	end, ok := afterTitle(s, i)
	return b.String(), end, ok
}

// afterTitle is where the bracket closes that may come after a title.
func afterTitle(s string, i int) (end int, ok bool) {
	i += len(s[i:]) - len(strings.TrimLeft(s[i:], " \t\n"))
	if i < len(s) && strings.IndexByte(`"'(`, s[i]) >= 0 {
		quote := s[i]
		if quote == '(' {
			quote = ')'
		}
		for i++; i < len(s) && s[i] != quote; i++ {
			if s[i] == '\\' {
				i++
			}
			if strings.HasPrefix(s[min(i, len(s)):], "\n\n") {
				return i, false
			}
		}
		i++
		if i > len(s) {
			return i, false
		}
		i += len(s[i:]) - len(strings.TrimLeft(s[i:], " \t\n"))
	}
	if i >= len(s) || s[i] != ')' {
		return i, false
	}
	return i + 1, true
}
