package foreign

import (
	"regexp"
	"strconv"
	"strings"
)

// attributes is kramdown's and Pandoc's `{#id .class key=value}`.
var attributes = regexp.MustCompile(`^\{:?\s*(?:(?:#[^\s{}]+|\.[A-Za-z][\w-]*|[\w:-]+=(?:"[^"\n]*"|'[^'\n]*'|[\w-]+))(?:\s+|\}))+\}?`)

// kramdown is `{: … }` with anything in it, such as `{:toc}`.
var kramdown = regexp.MustCompile(`^\{:/?[^{}\n]{0,300}\}`)

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

// Shortcodes whose first argument is what the reader sees.
var spoken = map[string]bool{"glossary-term": true, "glossary": true, "term": true, "kbd": true, "abbr": true, "key": true, "highlight-text": true}

// Shortcodes that hold code.
var codeNames = map[string]bool{"highlight": true, "code-toggle": true, "code": true, "mermaid": true, "plantuml": true, "d2": true, "goat": true, "prism": true}

// Shortcodes that are boxes with a title.
var boxNames = map[string]bool{"tab": true, "tabitem": true, "alert": true, "notice": true, "callout": true, "admonition": true, "details": true, "expand": true, "panel": true, "box": true}

// shortcode reads Hugo's `{{< name key="value" >}}`, which ends with that mark.
func (c *cleaner) shortcode(mark string) bool {
	end := c.within(mark, 4000)
	if end == 0 {
		return false
	}
	inner := strings.Trim(c.src[c.i+3:end-3], " \t\n-")
	name, args := call(inner)
	lower := strings.ToLower(name)
	switch {
	case strings.HasPrefix(inner, "/*"), strings.HasPrefix(inner, "/"):
		c.drop(end)
	case lower == "comment":
		c.dropTo(end, "/comment")
	case c.isCode(lower, mark, args) && c.isAlone(end) && c.asFence(end, "/"+name, args["lang"]):
	default:
		if lower == "tabpane" {
			c.tabCode = mark == ">}}" && args["text"] != "true"
		}
		c.say(lower, args, end)
	}
	return true
}

func (c *cleaner) isCode(name, mark string, args map[string]string) bool {
	return codeNames[name] || name == "tab" && c.tabCode && mark == ">}}"
}

// say writes what a shortcode tells the reader in its arguments.
func (c *cleaner) say(name string, args map[string]string, end int) {
	isAlone := c.isAlone(end)
	text := ""
	switch {
	case isAlone && boxNames[name]:
		title := firstOf(args, "title", "header", "heading", "label", "name", "0")
		if kind := firstOf(args, "type", "0"); title == "" || admonitions[strings.ToLower(title)] && title == kind {
			title = ""
			if admonitions[strings.ToLower(kind)] {
				title = strings.ToUpper(kind[:1]) + kind[1:]
			}
		}
		text = bolden(title)
	case isAlone && admonitions[name]:
		text = bolden(strings.ToUpper(name[:1]) + name[1:])
	case name == "new-in" || name == "deprecated-in":
		if v := args["0"]; v != "" {
			text = "(" + strings.ReplaceAll(name, "-", " ") + " " + plain(v) + ")"
		}
	case spoken[name]:
		text = plain(firstOf(args, "text", "0"))
	default:
		if text = plain(firstOf(args, "text", "caption", "alt", "content")); text == "true" || text == "false" {
			text = ""
		}
	}
	c.replace(end, text)
}

func bolden(title string) string {
	if title = boldText(title); title == "" {
		return ""
	}
	return "**" + title + ":**"
}

func firstOf(args map[string]string, names ...string) string {
	for _, name := range names {
		if args[name] != "" {
			return args[name]
		}
	}
	return ""
}

// call takes the name and the arguments of a shortcode or a tag apart.
// Arguments without a name are "0", "1" and so on; if none of them is quoted,
// as in `tab Go SDK`, they are one.
func call(s string) (name string, args map[string]string) {
	s = strings.TrimRight(strings.TrimSpace(s), "/ ")
	end := strings.IndexAny(s, " \t\n(")
	if end < 0 {
		return s, nil
	}
	args = map[string]string{}
	name, s = s[:end], s[end:]
	quoted, bare := 0, ""
	for range 40 {
		key, text, rest, isQuoted := nextArgument(s)
		switch {
		case key == "" && text == "":
			if quoted == 0 && bare != "" {
				args["0"] = bare
			}
			return name, args
		case key != "":
			args[strings.ToLower(key)] = text
		case isQuoted:
			args[strconv.Itoa(quoted)] = text
			quoted++
		default:
			bare = strings.TrimSpace(bare + " " + text)
		}
		s = rest
	}
	return name, args
}

// nextArgument reads one of `key="value"`, `"value"` and `value`.
func nextArgument(s string) (key, text, rest string, quoted bool) {
	s = strings.TrimLeft(s, " \t\n,()|")
	end := strings.IndexAny(s, " \t\n,()|=\"'`")
	if end > 0 && s[end] == '=' {
		key, s = s[:end], strings.TrimLeft(s[end+1:], " \t\n")
		end = strings.IndexAny(s, " \t\n\"'`")
	}
	switch {
	case s == "":
		return key, "", "", false
	case strings.IndexByte("\"'`", s[0]) >= 0:
		for n := 1; n < len(s); n++ {
			switch {
			case s[n] == '\\' && s[0] == '"':
				n++
			case s[n] == s[0]:
				return key, s[1:n], s[n+1:], true
			}
		}
		return key, s[1:], "", true
	case end == 0: // a lone sign
		return key, s[:1], s[1:], false
	case end < 0:
		return key, s, "", false
	}
	return key, s[:end], s[end:], false
}

// dropTo leaves out everything up to the shortcode or tag that has this in it.
func (c *cleaner) dropTo(end int, closer string) {
	start := c.i
	c.i = end
	n := c.find(closer)
	c.i = start
	if n >= 0 {
		if m := strings.IndexByte(c.src[n:min(len(c.src), n+100)], '}'); m >= 0 {
			end = n + m + 1
			for end < len(c.src) && c.src[end] == '}' {
				end++
			}
		}
	}
	c.drop(end)
}

// asFence makes a block of code of what stands between two marks that have
// lines of their own, if there is no fence in it already.
func (c *cleaner) asFence(end int, closer, language string) bool {
	if c.unpaired[closer] {
		return false
	}
	for at := c.eol(end); at < len(c.src); {
		from := at + 1
		at = c.eol(min(from, len(c.src)))
		line := strings.TrimSpace(c.src[min(from, len(c.src)):at])
		if strings.HasPrefix(line, "```") {
			return false
		}
		if strings.HasPrefix(line, "{") && strings.HasSuffix(line, "}") && strings.Contains(line, closer) && len(line) < len(closer)+20 {
			c.fenceUpTo(end, from, at, language)
			return true
		}
	}
	c.unpaired[closer] = true
	return false
}

// fenceUpTo writes the code between offset end and the line that begins at last.
func (c *cleaner) fenceUpTo(end, last, lastEnd int, language string) {
	c.drop(end)
	c.write("```" + strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == '-' || r == '+' {
			return r
		}
		return -1
	}, language))
	c.i = c.eol(c.i)
	c.dropped = false
	if last > c.i {
		c.copyTo(last)
	}
	c.write("```")
	c.dropped = false
	c.i = lastEnd
}

// codeBlock reads `{% highlight ruby %}` and `{{< highlight go >}}` that have a line of their own.
func (c *cleaner) codeBlock(end int) bool {
	line := strings.TrimSpace(c.src[c.i:end])
	if len(line) < 4 || !strings.HasPrefix(line, "{%") || !strings.HasSuffix(line, "%}") {
		return false
	}
	name, args := call(strings.Trim(line[2:len(line)-2], " -"))
	if name != "highlight" || !c.asFence(end, "endhighlight", args["0"]) {
		return false
	}
	c.finish()
	return true
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
	for i := 0; i < len(s) && end == 0; i++ {
		switch ch := s[i]; {
		case quote != 0:
			if ch == '\\' {
				i++
			} else if ch == quote {
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
	if c.budget -= max(end, 1); end == 0 {
		c.budget -= len(s)
	}
	if end == 0 || c.budget < 0 {
		return false
	}
	inner := strings.TrimSpace(s[1 : end-1])
	switch {
	case len(inner) > 1 && strings.IndexByte("\"'`", inner[0]) >= 0 && inner[len(inner)-1] == inner[0]:
		text := inner[1 : len(inner)-1]
		c.replace(c.i+end, text)
	case !strings.ContainsAny(inner, ".(?&<=>[/"):
		return false
	default:
		c.drop(c.i + end)
	}
	return true
}
