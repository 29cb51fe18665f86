package foreign

import (
	"regexp"
	"strings"
)

var (
	colonBlock  = regexp.MustCompile(`^:{3,}\s*(?:\{?\s*\.?([\pL][\w-]*))?(?:\s*\[(.*)\])?\s*([^{}]*)(?:\{.*)?$`)
	bangBlock   = regexp.MustCompile(`^(?:!!!|\?\?\?\+?)\s+([\pL][\w -]*?)\s*(?:"(.*)")?\s*$`)
	tabBlock    = regexp.MustCompile(`^===[!+]?\s+["'](.*)["']\s*$`)
	slashBlock  = regexp.MustCompile(`^/{3,}\s*(?:([\pL][\w-]*)\s*(?:\|\s*(.*?))?)?\s*$`)
	callout     = regexp.MustCompile(`^\[!([\pL][\w-]*)(?:\|[^\]]*)?\][+-]?\s*(.*)$`)
	snippet     = regexp.MustCompile(`^[;#/<! -]*-+8<-+`)
	contents    = regexp.MustCompile(`(?i)^(?:\[TOC\]|\[\[_?TOC_?\]\])\s*$`)
	exportLine  = regexp.MustCompile(`^export\s+(?:(?:const|let|var)\s+[\w${\[]|(?:async\s+)?function\b|class\s+\w|(?:type|interface)\s+\w+.*[={]|default\s+(?:[({[]|function\b|class\b|async\b|\w+;|\w+\s*=>|\w+\(|\w+\s*$)|[{*].*)`)
	definedTerm = regexp.MustCompile(`^:\s+`)
)

// Kinds of admonition, for telling them from the names of boxes and columns.
var admonitions = map[string]bool{
	"note": true, "tip": true, "info": true, "warning": true, "danger": true, "caution": true, "important": true, "success": true,
	"question": true, "failure": true, "bug": true, "example": true, "quote": true, "abstract": true, "hint": true, "attention": true,
	"error": true, "todo": true, "summary": true, "tldr": true, "faq": true, "help": true, "seealso": true, "deprecated": true, "security": true,
}

// special cleans a line that begins a block which is not CommonMark, and
// reports whether it was one. first says that the line before was blank.
func (c *cleaner) special(first bool) bool {
	end := c.eol(c.i)
	line := strings.TrimRight(c.src[c.i:end], " \t")
	if line == "" || len(line) > maxMarkBytes {
		return false
	}
	switch line[0] {
	case ':':
		return c.colons(line, end)
	case '!', '?':
		if m := bangBlock.FindStringSubmatch(line); m != nil {
			c.label(m[1], m[2], strings.Contains(line, `"`), end)
			c.indentedBlock()
			return true
		}
	case '=':
		return c.underline(line, end)
	case '/':
		if m := slashBlock.FindStringSubmatch(line); m != nil {
			c.label(m[1], m[2], false, end)
			return true
		}
	case '[':
		return c.bracketed(line, end)
	case '%':
		return c.comment(line, end)
	case 'i':
		if first && c.prefix.quotes == 0 && strings.HasPrefix(line, "import") {
			return c.importing(end)
		}
	case 'e':
		if first && c.prefix.quotes == 0 && exportLine.MatchString(line) {
			c.mdx = true
			c.dropWhole(c.statement())
			return true
		}
	case '{':
		return c.codeBlock(end)
	}
	if strings.Contains(line, "8<") && snippet.MatchString(line) || c.isContents(line, end) {
		c.dropWhole(end)
		return true
	}
	return false
}

// isContents reports whether this is the list item that kramdown replaces by a
// table of contents, because the next line says so.
func (c *cleaner) isContents(line string, end int) bool {
	if len(line) > 60 || len(c.stack) == 0 || !strings.HasPrefix(c.src[min(end+1, len(c.src)):], "{:") {
		return false
	}
	next := c.src[end+1 : min(len(c.src), end+20)]
	return strings.HasPrefix(strings.TrimLeft(next[2:], " "), "toc")
}

// dropWhole leaves out the line, up to offset end, and goes on to the next.
func (c *cleaner) dropWhole(end int) {
	c.drop(end)
	c.blank = true
	c.finish()
}

// finish ends a line whose text is done.
func (c *cleaner) finish() {
	c.i = c.eol(c.i)
	c.lineEnd()
}

// label writes what a box says of itself in place of its first line: its
// title, or its kind if that means something. titled says that the title is
// meant, though it is empty.
func (c *cleaner) label(kind, title string, titled bool, end int) {
	kind = strings.ToLower(strings.TrimSpace(kind))
	if fields := strings.Fields(kind); len(fields) > 0 {
		kind = strings.TrimPrefix(fields[0], "callout-")
	}
	if title = boldText(title); title == "" && !titled && admonitions[kind] {
		title = strings.ToUpper(kind[:1]) + kind[1:]
	}
	if title == "" {
		c.blank = true
	} else if len(title) < maxLabelBytes {
		title = "**" + title + ":**"
	}
	c.drop(end)
	c.write(title)
	c.finish()
}

// notBold takes away what would end the bold text, or begin something in it.
var notBold = strings.NewReplacer("*", "", "<", "", "[", "(", "]", ")", "\\", "", "`", "", "{", "", "}", "")

// boldText makes a title that may stand between two pairs of asterisks.
func boldText(s string) string {
	s = plain(strings.Trim(strings.TrimSpace(s), `"'`))
	return strings.TrimRight(notBold.Replace(s), ": .")
}

// colons reads `:::note Title`, `::: {.callout-note}`, `:::` and their kin.
func (c *cleaner) colons(line string, end int) bool {
	if m := colonBlock.FindStringSubmatch(line); m != nil {
		title := m[2]
		if title == "" && (admonitions[strings.ToLower(m[1])] || m[1] == "details") {
			title = m[3]
		}
		c.label(m[1], title, false, end)
		return true
	}
	if n := len(definedTerm.FindString(line)); n > 0 && len(c.stack) > 0 { // "- : text" of MDN
		c.drop(c.i + n)
	}
	return false
}

// indentedBlock makes what is indented under this line part of it.
func (c *cleaner) indentedBlock() {
	c.stack = append(c.stack, container{column: c.prefix.column + 4, strip: 4})
	c.blank = true
}

// underline reads `=== "Tab"`, and takes the line before for the title if this underlines it.
func (c *cleaner) underline(line string, end int) bool {
	if m := tabBlock.FindStringSubmatch(line); m != nil {
		c.label("", m[1], true, end)
		c.indentedBlock()
		return true
	}
	if strings.Trim(line, "=") == "" && c.heading == "" {
		before := c.out[:max(0, c.lineOut-1)]
		before = before[strings.LastIndexByte(string(before[max(0, len(before)-1000):]), '\n')+1+max(0, len(before)-1000):]
		c.heading = strings.TrimSpace(strings.ReplaceAll(string(before), "\x00", ""))
	}
	return false
}

// bracketed reads lines that begin with a bracket and are not Markdown's.
func (c *cleaner) bracketed(line string, end int) bool {
	if m := callout.FindStringSubmatch(line); m != nil && c.prefix.quotes > 0 {
		kind, title := m[1], m[2]
		if title == "" && !admonitions[strings.ToLower(kind)] {
			title = strings.ReplaceAll(kind, "-", " ")
		}
		c.label(kind, title, false, end)
		return true
	}
	if contents.MatchString(line) {
		c.dropWhole(end)
		return true
	}
	if id, text, ok := footnote(line); ok {
		c.drop(end - len(c.src[c.i:end]) + len(line) - len(text))
		c.write("Note " + id + ": ")
		return false
	}
	return c.definition()
}

// footnote takes `[^id]: text` apart.
func footnote(line string) (id, text string, ok bool) {
	if !strings.HasPrefix(line, "[^") {
		return "", "", false
	}
	n := strings.Index(line, "]:")
	if n < 3 || n > 64 || strings.ContainsAny(line[2:n], " \t[]`") {
		return "", "", false
	}
	return line[2:n], strings.TrimLeft(line[n+2:], " \t"), true
}

// definition keeps the address of a reference link, unless it must not be one.
func (c *cleaner) definition() bool {
	label, to, length, ok := readDefinition(c.src[c.i:])
	if !ok {
		return false
	}
	whole := c.src[c.i : c.i+length]
	switch now := c.defined[label]; {
	case now == "":
		c.drop(c.i + length)
		c.blank = true
	case now == to && strings.IndexByte(whole, '\n') < 0:
		c.copyTo(c.i + length)
	default:
		c.write("[" + label + "]: " + now)
		c.skip(c.i + length)
	}
	c.finish()
	return true
}

// comment leaves out Obsidian's `%%` … `%%` that has lines of its own.
func (c *cleaner) comment(line string, end int) bool {
	if line != "%%" && !strings.HasPrefix(line, "%% ") || strings.Count(line, "%%") > 1 {
		return false
	}
	start := c.i
	c.i += 2
	n := c.find("%%")
	c.i = start
	if n < 0 {
		return false
	}
	c.drop(n + 2)
	if strings.TrimSpace(c.src[c.i:c.eol(c.i)]) == "" {
		c.finish()
		return true
	}
	return false
}

// isImport tells `import a from "b"` and `import "b"` from a sentence.
func isImport(s string) bool {
	rest := s[len("import"):]
	n := strings.IndexAny(rest, "\"'()")
	if n < 1 || strings.IndexByte(" \t\n", rest[0]) < 0 || strings.IndexByte("\"'", rest[n]) < 0 {
		return false
	}
	what := strings.TrimSpace(rest[:n])
	return what == "" || strings.HasSuffix(what, " from") || strings.HasSuffix(what, "}from")
}

// importing leaves out an import of MDX, which may have several lines.
func (c *cleaner) importing(end int) bool {
	if !isImport(c.rest(1200)) {
		return false
	}
	c.mdx = true
	at := c.i
	for n := range 50 { // up to the line that names the module
		line := c.src[at:c.eol(at)]
		if strings.ContainsAny(line, `"'`) || n == 49 {
			c.dropWhole(at + len(line))
			return true
		}
		at = min(at+len(line)+1, len(c.src))
	}
	return false
}

// statement is where an export of MDX ends: at a line's end at which all
// brackets are closed, or before a blank line if they never are.
func (c *cleaner) statement() int {
	depth := 0
	for at, blank := c.i, -1; ; {
		end := c.eol(at)
		line := c.src[at:end]
		for i := range len(line) {
			switch line[i] {
			case '{', '[', '(':
				depth++
			case '}', ']', ')':
				depth--
			}
		}
		if blank < 0 && strings.TrimSpace(line) == "" {
			blank = max(c.i, at-1)
		}
		c.budget -= len(line)
		switch {
		case depth <= 0:
			return end
		case end >= len(c.src) || c.budget < 0:
			if blank < 0 {
				return end
			}
			return blank
		}
		at = end + 1
	}
}
