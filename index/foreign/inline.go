package foreign

import (
	"bytes"
	"regexp"
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

// iconName is how MkDocs writes the icons that it brings.
var iconName = regexp.MustCompile(`^:(?:material|fontawesome|octicons|simple)-[a-z0-9-]+:`)

func (c *cleaner) icon() bool {
	if c.i+1 >= len(c.src) || strings.IndexByte("mfos", c.src[c.i+1]) < 0 {
		return false
	}
	if n := len(iconName.FindString(c.rest(100))); n > 0 {
		c.drop(c.i + n)
		return true
	}
	return false
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
