package foreign

import (
	"bytes"
	"html"
	"strings"
)

// A tag is one of HTML or of a component, taken apart.
type tag struct {
	name    string // as it is written
	lower   string
	args    string // what follows the name
	end     int    // where it ends in src
	closed  bool   // it has no content: "<br />"
	isBlock bool
}

// Tags of HTML by what becomes of them.
const (
	harmless = iota + 1 // dropped, their text is kept
	block               // the same, and a space takes their place
	hidden              // dropped with their content
	lone                // without content
)

var tags = func() map[string]int {
	kinds := map[string]int{}
	for kind, names := range map[int]string{
		harmless: `a abbr acronym b bdi bdo big center cite code data del dfn em font i ins kbd label legend mark nobr output picture q rp rt ruby
			s samp slot small span strike strong sub sup time tt u var button select option optgroup textarea meter progress map title`,
		block: `address article aside blockquote body caption colgroup dd details dialog dir div dl dt fieldset figcaption figure footer form
			frameset h1 h2 h3 h4 h5 h6 head header hgroup html li main menu nav noframes noscript ol p pre search section summary table tbody td
			tfoot th thead tr ul`,
		hidden: `script style iframe svg template object video audio canvas math applet noembed`,
		lone:   `area base br col embed frame hr img input link meta param source track wbr`,
	} {
		for _, name := range strings.Fields(names) {
			kinds[name] = kind
		}
	}
	return kinds
}()

// Tags that HTML lets one leave open.
var openTags = map[string]bool{"p": true, "li": true, "td": true, "tr": true, "th": true, "dd": true, "dt": true, "option": true, "thead": true, "tbody": true, "tfoot": true, "body": true, "html": true, "colgroup": true}

// angle reads what begins with `<`: a comment, an address, a tag, or just that sign.
func (c *cleaner) angle() bool {
	s := c.src[c.i:]
	if len(s) < 2 {
		return false
	}
	switch next := s[1]; {
	case strings.HasPrefix(s, "<!--"):
		end := c.until("-->")
		if end == 0 {
			end = c.paragraph()
		}
		c.drop(min(end, max(end, c.i)))
		return true
	case next == '!' || next == '?':
		return c.declaration()
	case next == '>' || strings.HasPrefix(s, "</>"):
		if c.mdx {
			c.drop(c.i + strings.IndexByte(s, '>') + 1)
		}
		return c.mdx
	case next == '/' && len(s) > 2 && isLetter(s[2]):
		return c.closeTag()
	case isLetter(next):
		return c.autolink() || c.openTag()
	}
	return false
}

func isLetter(b byte) bool { return 'a' <= b && b <= 'z' || 'A' <= b && b <= 'Z' }

// declaration leaves out `<!DOCTYPE …>` and `<?…?>`.
func (c *cleaner) declaration() bool {
	mark := ">"
	if c.src[c.i+1] == '?' {
		mark = "?>"
	} else if c.i+2 < len(c.src) && !isLetter(c.src[c.i+2]) {
		return c.escape()
	}
	if end := c.within(mark, 2000); end > 0 {
		c.drop(end)
		return true
	}
	return c.escape()
}

// escape keeps the sign, so that it is not taken for the beginning of a tag.
func (c *cleaner) escape() bool {
	c.out = append(c.out, `\<`...)
	c.i++
	return true
}

// autolink reads `<https://…>` and `<somebody@example.org>`.
func (c *cleaner) autolink() bool {
	s := c.rest(2000)
	end := strings.IndexAny(s[1:], "> \t\n<\"") + 1
	if end < 4 || s[end] != '>' {
		return false
	}
	inner := s[1:end]
	scheme, _, ok := strings.Cut(inner, ":")
	isMail := !ok && strings.Count(inner, "@") == 1 && strings.LastIndexByte(inner, '.') > strings.IndexByte(inner, '@') && strings.IndexByte(inner, '/') < 0
	switch {
	case isMail:
	case !ok || len(scheme) < 2 || len(scheme) > 32 || strings.IndexFunc(scheme, func(r rune) bool {
		return !strings.ContainsRune("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+.-", r)
	}) >= 0:
		return false
	case !isSafe(inner) || strings.IndexByte(inner, '{') >= 0:
		if strings.IndexByte(inner, '/') < 0 && isSafe(inner) {
			return false
		}
		c.drop(c.i + 1) // its text stays
		c.out = append(c.out, s[1:end]...)
		c.i += end
		return true
	}
	c.copyTo(c.i + end + 1)
	return true
}

// tagName is the name that s begins with, "" if it is none.
func tagName(s string) string {
	n := 0
	for n < len(s) && n < 60 && (isLetter(s[n]) || n > 0 && ('0' <= s[n] && s[n] <= '9' || strings.IndexByte("._:-", s[n]) >= 0)) {
		n++
	}
	if n < len(s) && strings.IndexByte(" \t\n/>", s[n]) < 0 {
		return ""
	}
	return strings.TrimRight(s[:n], ".:")
}

// readTag reads the tag that begins here.
func (c *cleaner) readTag() (tag, bool) {
	s := c.src[c.i:min(len(c.src), c.i+maxTagBytes)]
	name := tagName(s[1:])
	if name == "" || c.budget < 0 {
		return tag{}, false
	}
	depth := 0
	for i := 1 + len(name); i < len(s); i++ {
		c.budget--
		switch ch := s[i]; ch {
		case '"', '\'':
			if depth > 0 || s[i-1] == '=' || s[i-1] == ' ' && strings.HasSuffix(strings.TrimRight(s[:i], " "), "=") {
				n := strings.IndexByte(s[i+1:], ch)
				c.budget -= max(n, 0)
				if n < 0 {
					c.budget -= len(s)
					return tag{}, false
				}
				i += n + 1
			}
		case '{':
			depth++
		case '}':
			depth--
		case '<':
			if depth <= 0 {
				return tag{}, false
			}
		case '\n':
			if depth <= 0 && i+1 < len(s) && s[i+1] == '\n' {
				return tag{}, false
			}
		case '>':
			if depth > 0 {
				continue
			}
			args := s[1+len(name) : i]
			return tag{
				name: name, lower: strings.ToLower(name), args: strings.TrimSuffix(args, "/"),
				end: c.i + i + 1, closed: strings.HasSuffix(args, "/"),
			}, true
		}
	}
	return tag{}, false
}

// openTag deals with the tag that begins here. What only looks like one, such
// as `<name>`, is text.
func (c *cleaner) openTag() bool {
	t, ok := c.readTag()
	if !ok {
		return c.escape()
	}
	kind := tags[t.lower]
	if t.name != t.lower && t.name != strings.ToUpper(t.name) {
		kind = 0 // <Link>, <Video>: components
	}
	hasArgs := strings.Contains(t.args, "=")
	isClosed := c.closers[t.lower]
	glued := c.i > 0 && (isLetter(c.src[c.i-1]) || c.src[c.i-1] == '_') && !hasArgs
	switch {
	case kind == 0 && (!isComponent(t.name) || glued || !(isClosed || t.closed || hasArgs || c.mdx)):
		return c.escape()
	case kind == lone && t.lower != "br" && t.lower != "hr" && t.lower != "wbr" && !hasArgs:
		return c.escape()
	case kind == harmless && !isClosed && !hasArgs && !openTags[t.lower],
		(kind == block || kind == hidden) && !isClosed && !hasArgs && !openTags[t.lower] && !t.closed:
		return c.escape()
	case kind == harmless && glued && t.lower != "sub" && t.lower != "sup" && !isClosed:
		return c.escape()
	}
	if c.isBare() {
		c.html = true
	}
	switch {
	case kind == 0:
		c.component(t)
	case kind == hidden:
		c.hide(t)
	default:
		c.element(t, kind)
	}
	return true
}

// isComponent reports whether a name is one of JSX or of a custom element.
func isComponent(name string) bool {
	return 'A' <= name[0] && name[0] <= 'Z' || strings.ContainsAny(name, "-.:")
}

// component leaves out the tag of a component, except the title that it gives.
func (c *cleaner) component(t tag) {
	isAlone := c.isAlone(t.end)
	if isAlone || strings.Contains(t.args, "={") {
		c.mdx = true
	}
	_, args := call(t.name + " " + t.args)
	title := firstOf(args, "title", "label", "header", "heading", "summary")
	if kind := args["type"]; title == "" && admonitions[strings.ToLower(kind)] && !t.closed {
		title = strings.ToUpper(kind[:1]) + kind[1:]
	}
	if !isAlone || strings.IndexByte(title, '{') >= 0 {
		title = ""
	}
	c.replace(t.end, bolden(title))
}

// hide leaves out a tag with its content.
func (c *cleaner) hide(t tag) {
	end := t.end
	if !t.closed {
		if n := c.closing(t); n > 0 {
			end = n
		} else {
			end = max(end, c.paragraph())
		}
	}
	if end > c.i && c.src[end-1] == '\n' {
		end--
	}
	c.drop(end)
}

// closing is where the closing tag of t ends, 0 if there is none.
func (c *cleaner) closing(t tag) int {
	for _, name := range []string{t.name, t.lower, strings.ToUpper(t.name)} {
		if n := c.find("</" + name); n >= 0 {
			if m := strings.IndexByte(c.src[n:min(len(c.src), n+200)], '>'); m >= 0 {
				return n + m + 1
			}
		}
	}
	return 0
}

// attribute is the value of an attribute, as text.
func (t tag) attribute(name string) string {
	_, args := call(t.name + " " + t.args)
	return strings.TrimSpace(html.UnescapeString(args[name]))
}

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

// closeTag deals with the closing tag that begins here.
func (c *cleaner) closeTag() bool {
	s := c.rest(200)
	name := tagName(s[2:])
	n := strings.IndexByte(s, '>')
	if name == "" || n < 0 || strings.TrimSpace(s[2+len(name):n]) != "" {
		return c.escape()
	}
	lower := strings.ToLower(name)
	kind := tags[lower]
	if kind == 0 && !isComponent(name) {
		return c.escape()
	}
	end := c.i + n + 1
	switch {
	case lower == "a":
		c.endAnchor(end)
		return true
	case lower == "del" || lower == "s" || lower == "strike":
		if !c.isBare() && c.last() != ' ' {
			c.write("~~")
		}
	case lower == "table" || lower == "tr":
		c.cells = 0
	}
	c.dropped = true
	if c.isBare() || kind == block {
		c.drop(end)
		c.space()
		return true
	}
	c.skip(end)
	return true
}

// escapeText makes Markdown that shows s.
func escapeText(s string) string { return unmarkedAlt.Replace(s) }

var unmarkedAlt = strings.NewReplacer("[", "(", "]", ")", "<", "", "*", "", "`", "", "{", "", "|", "")
