package foreign

import (
	"html"
	"strings"
)

// A tag is one of HTML or of a component, taken apart.
type tag struct {
	name   string // as it is written
	lower  string
	args   string // what follows the name
	end    int    // where it ends in src
	closed bool   // it has no content: "<br />"
}

// Tags of HTML by what becomes of them.
const (
	harmless = iota + 1 // dropped, their text is kept
	block               // the same, and a space takes their place
	hidden              // dropped with their content
	lone                // without content
)

var tags = func() map[string]int {
	kinds := map[string]int{"center": harmless} //nolint:misspell // HTML spells it so
	for kind, names := range map[int]string{
		harmless: `a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label legend mark nobr output picture q rp rt ruby
			s samp slot small span strike strong sub sup time tt u var button select option optgroup textarea meter progress map title`,
		block: `address article aside blockquote body caption colgroup dd details dialog dir div dl dt fieldset figcaption figure footer form
			frameset h1 h2 h3 h4 h5 h6 head header hgroup html li main menu nav noframes noscript ol p pre search section summary table tbody td
			tfoot th thead tr ul`,
		hidden: `script style iframe svg template object video audio canvas math applet noembed`,
		lone:   `area base br col embed frame hr img input link meta param source track wbr`,
	} {
		for name := range strings.FieldsSeq(names) {
			kinds[name] = kind
		}
	}
	return kinds
}()

// Tags that HTML lets one leave open.
var openTags = map[string]bool{"p": true, "li": true, "td": true, "tr": true, "th": true, "dd": true, "dt": true, "option": true, "thead": true, "tbody": true, "tfoot": true, "body": true, "html": true, "colgroup": true}

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
	case kind == 0 && (!isComponent(t.name) || glued || !isClosed && !t.closed && !hasArgs && !c.mdx):
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
	switch kind {
	case 0:
		c.component(t)
	case hidden:
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
	switch lower {
	case "a":
		c.endAnchor(end)
		return true
	case "del", "s", "strike":
		if !c.isBare() && c.last() != ' ' {
			c.write("~~")
		}
	case "table", "tr":
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
