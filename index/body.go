package index

import (
	"regexp"
	"slices"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/text"
)

// commonMark is for several goroutines at once; a parser takes long to make.
var commonMark = goldmark.DefaultParser()

// body cuts the Markdown under the front matter into the summary and sections.
// A section is what stands under a level-two heading; where that is a list
// whose items begin with a name in bold, each item is a section of its own.
func (p *parser) body(src string, firstLine int) {
	b := &bodyWalk{src: src, firstLine: firstLine, foreign: p.foreign}
	doc := commonMark.Parse(text.NewReader([]byte(src)))
	for n := doc.FirstChild(); n != nil; n = n.NextSibling() {
		b.block(n)
	}
	b.flush(len(src))
	p.page.Body().Summary, p.page.Body().Rests = p.resolveSources(b.summary, b.summaryLine)
	for _, s := range b.sections {
		s.Body, s.Rests = p.resolveSources(s.Body, s.Line)
		p.page.Body().Sections = append(p.page.Body().Sections, s)
	}
	if p.page.Body().Summary == "" {
		p.problem(firstLine, "no summary: two or three sentences must stand before the first heading")
	}
}

var (
	sourceMarks = regexp.MustCompile(`(?:\s*\[\^[^\]\s]+\])+`)
	sourceMark  = regexp.MustCompile(`\[\^([^\]\s]+)\]`)
)

// resolveSources replaces marks such as `[^id]` by the names and dates of those
// sources, in brackets; marks that stand together share one pair. In code,
// "[^a-z]" is something else. It returns the sources that it met.
func (p *parser) resolveSources(text string, firstLine int) (string, []*Source) {
	if p.foreign {
		return text, nil // "[^a]" may be anything there
	}
	var rests []*Source
	lines := strings.Split(text, "\n")
	var code fencing
	for i, line := range lines {
		if inside := code.line(line); inside || code.isOpen() {
			continue
		}
		lines[i] = outsideCode(line, func(marks string) string {
			var names []string
			for _, m := range sourceMark.FindAllStringSubmatch(marks, -1) {
				s := p.page.source(m[1])
				if s == nil {
					p.problem(firstLine+i, "[^%s] is not one of the page's sources", m[1])
					continue
				}
				if !slices.Contains(names, s.String()) {
					names = append(names, s.String())
				}
				if !slices.Contains(rests, s) {
					rests = append(rests, s)
				}
			}
			return " (" + strings.Join(names, "; ") + ")"
		})
	}
	return strings.Join(lines, "\n"), rests
}

// outsideCode replaces the marks of sources in a line, but for those in code spans.
func outsideCode(line string, replace func(marks string) string) string {
	var out strings.Builder
	for {
		at := strings.IndexByte(line, '`')
		if at < 0 {
			return out.String() + sourceMarks.ReplaceAllStringFunc(line, replace)
		}
		ticks := line[at : len(line)-len(strings.TrimLeft(line[at:], "`"))]
		end := strings.Index(line[at+len(ticks):], ticks)
		if end < 0 {
			end = 0 // they are no more than themselves
		} else {
			end += len(ticks)
		}
		out.WriteString(sourceMarks.ReplaceAllStringFunc(line[:at], replace))
		out.WriteString(line[at : at+len(ticks)+end])
		line = line[at+len(ticks)+end:]
	}
}

// bodyWalk collects sections while it goes over a body's blocks.
type bodyWalk struct {
	src         string
	firstLine   int
	summary     string
	summaryLine int
	sections    []Section
	part        string
	inPart      bool // a heading was seen
	from        int  // where the section under way begins
	foreign     bool // the text was not written for us
	deeper      bool // a heading below level two was seen in this part
}

func (b *bodyWalk) block(n ast.Node) {
	switch n := n.(type) {
	case *ast.Heading:
		switch {
		case n.Level > 2:
			b.deeper = true
		case n.Lines().Len() > 0:
			start, end := b.heading(n)
			b.flush(start)
			b.part, b.inPart, b.from, b.deeper = plainText(n, []byte(b.src)), true, end, false
		}
	case *ast.List:
		if b.inPart && b.isCut(n) {
			b.items(n)
		}
	}
}

// flush ends the section under way at offset end.
func (b *bodyWalk) flush(end int) {
	if b.from > end {
		return
	}
	body := trimBlank(b.src[b.from:end])
	line := b.lineAt(b.from + strings.Index(b.src[b.from:end], body))
	switch {
	case body == "":
	case !b.inPart:
		b.summary, b.summaryLine = body, line
	default:
		b.sections = append(b.sections, Section{Part: b.part, Body: body, Line: line})
	}
	b.from = end
}

// heading returns where the heading's line begins and where what follows it
// begins. A heading may be underlined.
func (b *bodyWalk) heading(h *ast.Heading) (start, end int) {
	start = b.lineStart(h.Lines().At(0).Start)
	end = b.nextLine(h.Lines().At(h.Lines().Len() - 1).Start)
	under := strings.TrimSpace(b.src[end:b.nextLine(end)])
	if !strings.HasPrefix(b.src[start:], "#") && under != "" && strings.Trim(under, "-=") == "" {
		end = b.nextLine(end)
	}
	return start, end
}

// nextLine is where the line after the one at offset begins.
func (b *bodyWalk) nextLine(offset int) int {
	if i := strings.IndexByte(b.src[offset:], '\n'); i >= 0 {
		return offset + i + 1
	}
	return len(b.src)
}

func (b *bodyWalk) lineStart(offset int) int { return strings.LastIndexByte(b.src[:offset], '\n') + 1 }

func (b *bodyWalk) lineAt(offset int) int { return b.firstLine + strings.Count(b.src[:offset], "\n") }

// after is the offset of the block that follows n, -1 at the end of the page.
func after(n ast.Node) int {
	for ; n != nil; n = n.Parent() {
		next := n.NextSibling()
		for m := next; m != nil; m = m.FirstChild() {
			if m.Type() == ast.TypeBlock && m.Lines().Len() > 0 {
				return m.Lines().At(0).Start
			}
		}
	}
	return -1
}

// trimBlank takes off the empty lines around a text. The indentation of its
// first line stays: it may be that of code.
func trimBlank(text string) string {
	text = strings.TrimRight(text, " \t\n")
	return text[strings.LastIndexByte(text[:len(text)-len(strings.TrimLeft(text, " \t\n"))], '\n')+1:]
}
