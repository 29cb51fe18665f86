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
	abbrLine    = regexp.MustCompile(`^\*\[[^\[\]]+\]:(?:\s|$)`)
	definedTerm = regexp.MustCompile(`^:\s+`)
)

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
		return c.comment(line)
	case 'i':
		if first && c.prefix.quotes == 0 && strings.HasPrefix(line, "import") {
			return c.importing()
		}
	case 'e':
		if first && c.prefix.quotes == 0 && exportLine.MatchString(line) {
			c.mdx = true
			c.dropWhole(c.statement())
			return true
		}
	case '*': // `*[API]: what the letters stand for`, which is shown when one points there
		if abbrLine.MatchString(line) {
			c.dropWhole(end)
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
func (c *cleaner) comment(line string) bool {
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
