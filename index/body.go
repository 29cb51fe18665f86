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
	var fence string // that is open
	for i, line := range lines {
		open := fence
		if fence = fenceAfter(strings.TrimSpace(line), fence); open != "" || fence != "" {
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
}

func (b *bodyWalk) block(n ast.Node) {
	if h, ok := n.(*ast.Heading); ok && h.Level <= 2 && h.Lines().Len() > 0 {
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
		b.item(item, start, end)
		b.from = end
	}
}

// item adds one named item: "- **Name.** text" with what is nested in it.
func (b *bodyWalk) item(item ast.Node, start, end int) {
	name, after := b.bold(item)
	b.sections = append(b.sections, Section{
		Part: b.part, Heading: strings.TrimRight(strings.TrimSpace(name), ".:"),
		Body: strings.TrimSpace(dedent(b.src[after:end])), Line: b.lineAt(start),
	})
}

// bold is the name that an item begins with, and where what follows it begins.
func (b *bodyWalk) bold(item ast.Node) (name string, after int) {
	strong := item.FirstChild().FirstChild()
	_ = ast.Walk(strong, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if t, ok := n.(*ast.Text); ok && entering {
			name += string(t.Value([]byte(b.src)))
			after = t.Segment.Stop
		}
		return ast.WalkContinue, nil
	})
	return name, after + len(b.src[after:]) - len(strings.TrimLeft(b.src[after:], "*_`"))
}

// flush ends the section under way at offset end.
func (b *bodyWalk) flush(end int) {
	if b.from > end {
		return
	}
	body := strings.TrimSpace(b.src[b.from:end])
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
