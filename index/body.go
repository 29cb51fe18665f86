package index

import (
	"regexp"
	"slices"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/text"
)

// body cuts the Markdown under the front matter into the summary and sections.
// A section is what stands under a level-two heading; where that is a list
// whose items begin with a name in bold, each item is a section of its own.
func (p *parser) body(src string, firstLine int) {
	b := &bodyWalk{src: src, firstLine: firstLine}
	doc := goldmark.DefaultParser().Parse(text.NewReader([]byte(src)))
	for n := doc.FirstChild(); n != nil; n = n.NextSibling() {
		b.block(n)
	}
	b.flush(len(src))
	p.page.Summary, p.page.Rests = p.resolveSources(b.summary, firstLine)
	for _, s := range b.sections {
		s.Body, s.Rests = p.resolveSources(s.Body, s.Line)
		p.page.Sections = append(p.page.Sections, s)
	}
	if p.page.Summary == "" {
		p.problem(firstLine, "no summary: two or three sentences must stand before the first heading")
	}
}

var (
	sourceMarks = regexp.MustCompile(`(?:\s*\[\^[^\]\s]+\])+`)
	sourceMark  = regexp.MustCompile(`\[\^([^\]\s]+)\]`)
)

// resolveSources replaces marks such as `[^id]` by the names and dates of those
// sources, in brackets; marks that stand together share one pair. It returns
// the sources that it met.
func (p *parser) resolveSources(text string, firstLine int) (string, []*Source) {
	var rests []*Source
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		lines[i] = sourceMarks.ReplaceAllStringFunc(line, func(marks string) string {
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

// bodyWalk collects sections while it goes over a body's blocks.
type bodyWalk struct {
	src       string
	firstLine int
	summary   string
	sections  []Section
	part      string
	inPart    bool // a heading was seen
	from      int  // where the section under way begins
}

func (b *bodyWalk) block(n ast.Node) {
	if h, ok := n.(*ast.Heading); ok && h.Level <= 2 {
		start, end := b.heading(h)
		b.flush(start)
		b.part, b.inPart, b.from = strings.TrimSpace(b.src[h.Lines().At(0).Start:h.Lines().At(h.Lines().Len()-1).Stop]), true, end
		return
	}
	if list, ok := n.(*ast.List); ok && b.inPart && isNamed(list.FirstChild()) {
		b.items(list)
	}
}

// items makes each named item of the list a section.
func (b *bodyWalk) items(list *ast.List) {
	for item := list.FirstChild(); item != nil; item = item.NextSibling() {
		if !isNamed(item) {
			continue
		}
		start := b.lineStart(item.FirstChild().Lines().At(0).Start)
		b.flush(start)
		end := len(b.src)
		if next := after(item); next >= 0 {
			end = b.lineStart(next)
		}
		b.item(start, end)
		b.from = end
	}
}

// item adds one named item: "- **Name.** text" with what is nested in it.
func (b *bodyWalk) item(start, end int) {
	body := dedent(b.src[start:end])
	_, rest, _ := strings.Cut(body, "**")
	name, rest, _ := strings.Cut(rest, "**")
	b.sections = append(b.sections, Section{
		Part: b.part, Heading: strings.TrimRight(strings.TrimSpace(name), ".:"),
		Body: strings.TrimSpace(rest), Line: b.lineAt(start),
	})
}

// flush ends the section under way at offset end.
func (b *bodyWalk) flush(end int) {
	if b.from > end {
		return
	}
	body := strings.TrimSpace(b.src[b.from:end])
	switch {
	case body == "":
	case !b.inPart:
		b.summary = body
	default:
		b.sections = append(b.sections, Section{Part: b.part, Body: body, Line: b.lineAt(b.from) + 1})
	}
	b.from = end
}

// heading returns where the heading's line begins and where what follows it begins.
func (b *bodyWalk) heading(h *ast.Heading) (start, end int) {
	if h.Lines().Len() == 0 {
		return b.from, b.from
	}
	start = b.lineStart(h.Lines().At(0).Start)
	end = h.Lines().At(h.Lines().Len() - 1).Stop
	if i := strings.IndexByte(b.src[end:], '\n'); i >= 0 {
		end += i + 1
	}
	return start, end
}

func (b *bodyWalk) lineStart(offset int) int { return strings.LastIndexByte(b.src[:offset], '\n') + 1 }

func (b *bodyWalk) lineAt(offset int) int { return b.firstLine + strings.Count(b.src[:offset], "\n") }

// isNamed reports whether a list item begins with a name in bold.
func isNamed(item ast.Node) bool {
	if item == nil || item.FirstChild() == nil || item.FirstChild().Lines().Len() == 0 {
		return false
	}
	strong, ok := item.FirstChild().FirstChild().(*ast.Emphasis)
	return ok && strong.Level == 2
}

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

// dedent takes the indentation of a list item off its further lines.
func dedent(s string) string {
	lines := strings.Split(s, "\n")
	for i := 1; i < len(lines); i++ {
		for range 2 {
			lines[i] = strings.TrimPrefix(lines[i], " ")
		}
	}
	return strings.Join(lines, "\n")
}
