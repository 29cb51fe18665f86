package foreign

import (
	"regexp"
	"strings"
)

// attributes is kramdown's and Pandoc's `{#id .class key=value}`.
var attributes = regexp.MustCompile(`^\{:?\s*(?:(?:#[^\s{}]+|\.[A-Za-z][\w-]*|[\w:-]+=(?:"[^"\n]*"|'[^'\n]*'|[\w-]+))(?:\s+|\}))+\}?`)

// kramdown is `{: … }` with anything in it, such as `{:toc}`.
var kramdown = regexp.MustCompile(`^\{:/?[^{}\n]*\}`)

// brace reads what template languages put between braces.
func (c *cleaner) brace() bool {
	s := c.src[c.i:]
	switch {
	case c.raw && (strings.HasPrefix(s, "{{") || strings.HasPrefix(s, "{%") && !strings.Contains(c.rest(40), "endraw")):
		c.write(`\{`)
		c.i++
		return true
	case strings.HasPrefix(s, "{{<"):
		return c.shortcode(">}}")
	case strings.HasPrefix(s, "{{%"):
		return c.shortcode("%}}")
	case strings.HasPrefix(s, "{{"):
		return c.macro()
	case strings.HasPrefix(s, "{%"):
		return c.liquid()
	case strings.HasPrefix(s, "{/*"):
		if n := c.until("*/}"); n > 0 {
			c.drop(n)
			return true
		}
	}
	if n := c.attributes(); n > 0 {
		c.drop(c.i + n)
		return true
	}
	if strings.HasPrefix(s, "{#") {
		if n := c.within("#}", 2000); n > 0 {
			c.drop(n)
			return true
		}
	}
	return c.mdx && c.expression()
}

// attributes is the length of the attribute list that begins here, 0 if there is none.
func (c *cleaner) attributes() int {
	s := c.rest(500)
	n := strings.IndexAny(s[1:], "{}\n") + 2
	if n < 4 || s[n-1] != '}' || strings.IndexByte("#.: ", s[1]) < 0 && strings.IndexByte(s[:n], '=') < 0 {
		return 0
	}
	if m := attributes.FindString(s[:n]); len(m) == n {
		return n
	}
	return len(kramdown.FindString(s[:n]))
}

// until is where the next mark ends, however far; 0 if there is none.
func (c *cleaner) until(mark string) int {
	if n := c.find(mark); n >= 0 {
		return n + len(mark)
	}
	return 0
}

// Macros of MDN that stand for a name, by what they begin or end with.
var (
	xref   = regexp.MustCompile(`(?i)^(?:.*xref|http(?:header|status|method)|csp|htmlelement|svgelement|svgattr|mathmlelement|webextapiref|htmlattrxref|webassembly)$`)
	wordly = regexp.MustCompile(`(?i)^(?:glossary|rfc|bug|link|abbr|non-standard)$`)
)

// macro reads `{{name("text")}}`. What else stands between two braces is a
// variable, whose value is not known.
func (c *cleaner) macro() bool {
	end := c.within("}}", 2000)
	if end == 0 || strings.Contains(c.src[c.i+2:end-2], "{{") {
		return false
	}
	inner := strings.TrimSpace(c.src[c.i+2 : end-2])
	for end < len(c.src) && c.src[end] == '}' {
		end++
	}
	name, args := call(inner)
	text := ""
	switch shown := plain(firstOf(args, "1", "0")); {
	case strings.IndexByte(inner, '(') < 0 || shown == "" || strings.IndexByte(shown, '`') >= 0:
	case strings.EqualFold(name, "rfc"):
		text = "RFC " + shown
	case strings.EqualFold(name, "htmlelement"):
		text = "`<" + plain(args["0"]) + ">`"
	case xref.MatchString(name):
		text = "`" + shown + "`"
	case wordly.MatchString(name):
		text = shown
	}
	c.replace(end, text)
	return true
}

// liquid reads `{% name … %}` of Jekyll, GitBook, GitHub and their kin.
func (c *cleaner) liquid() bool {
	end := c.within("%}", 4000)
	if end == 0 {
		return false
	}
	inner := strings.Trim(c.src[c.i+2:end-2], " \t\n-")
	name, args := call(inner)
	switch name {
	case "comment":
		c.dropTo(end, "endcomment")
	case "raw", "verbatim":
		c.raw = c.find("endraw") >= 0 || c.find("endverbatim") >= 0
		c.drop(end)
	case "endraw", "endverbatim":
		c.raw = false
		c.drop(end)
	case "data":
		c.replace(end, variable(args["0"]))
	default:
		if strings.HasPrefix(name, "end") {
			c.drop(end)
			break
		}
		delete(args, "0")
		c.say(name, args, end)
	}
	return true
}

// variable is how GitHub's `variables.product.prodname_actions` is read
// without the file that has its value.
func variable(path string) string {
	if !strings.HasPrefix(path, "variables.") {
		return ""
	}
	name := strings.TrimPrefix(path[strings.LastIndexByte(path, '.')+1:], "prodname_")
	if name == "dotcom" || name == "company_short" {
		return "GitHub"
	}
	return strings.ReplaceAll(name, "_", " ")
}

// expression leaves out MDX's `{expression}`, except a text and a single word.
func (c *cleaner) expression() bool {
	depth, end := 0, 0
	var quote byte
	s := c.rest(4000)
	if c.budget < 0 {
		return false
	}
	for i := 0; i < len(s) && end == 0; i++ {
		switch ch := s[i]; {
		case quote != 0:
			switch ch {
			case '\\':
				i++
			case quote:
				quote = 0
			}
		case ch == '"' || ch == '\'' || ch == '`':
			quote = ch
		case ch == '{':
			depth++
		case ch == '}':
			if depth--; depth == 0 {
				end = i + 1
			}
		}
	}
	if end == 0 {
		c.budget -= len(s)
		return false
	}
	inner := strings.TrimSpace(s[1 : end-1])
	switch {
	case len(inner) > 1 && strings.IndexByte("\"'`", inner[0]) >= 0 && inner[len(inner)-1] == inner[0]:
		text := inner[1 : len(inner)-1]
		c.replace(c.i+end, text)
	case !strings.ContainsAny(inner, ".(?&<=>[/+"):
		return false
	default:
		c.drop(c.i + end)
	}
	return true
}
