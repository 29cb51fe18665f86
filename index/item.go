package index

import (
	"strings"

	"github.com/yuin/goldmark/ast"
)

// isCut reports whether the items of a list become sections. In a page of ours
// that is a list whose first item has a name. In a text of others a name in bold
// may be anything, so all items must have one that can be taken off without
// loss, and nothing else may hold the list together: numbers, or a heading that
// it stands under with other text.
func (b *bodyWalk) isCut(list *ast.List) bool {
	if !b.foreign {
		return isNamed(list.FirstChild())
	}
	if list.IsOrdered() || b.deeper {
		return false
	}
	for item := list.FirstChild(); item != nil; item = item.NextSibling() {
		if !b.isLabelled(item) {
			return false
		}
	}
	return true
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
	text := dedent(b.src[after:end], item.FirstChild().Lines().At(0).Start-start)
	b.sections = append(b.sections, Section{
		Part: b.part, Heading: strings.TrimRight(name, ".:"),
		Body: strings.TrimSpace(withoutColon(text)), Line: b.lineAt(start),
	})
}

// isNamed reports whether a list item begins with a name in bold.
func isNamed(item ast.Node) bool {
	if item == nil || item.FirstChild() == nil || item.FirstChild().Lines().Len() == 0 {
		return false
	}
	strong, ok := item.FirstChild().FirstChild().(*ast.Emphasis)
	return ok && strong.Level == 2
}

// isLabelled reports whether an item begins with a name in bold, a full stop or
// colon and the text that it is the name of: "**Name:** text". A link or code in
// the name would be lost.
func (b *bodyWalk) isLabelled(item ast.Node) bool {
	if !isNamed(item) {
		return false
	}
	name, after := b.bold(item)
	lines := item.FirstChild().Lines()
	rest := strings.TrimSpace(b.src[after:max(after, lines.At(lines.Len()-1).Stop)])
	text := withoutColon(rest)
	isEnded := strings.HasSuffix(name, ".") || strings.HasSuffix(name, ":") || text != rest
	return isEnded && strings.TrimSpace(text) != "" && !strings.ContainsAny(name, "*_`<>[]\\&~") && isText(item.FirstChild().FirstChild())
}

// isText reports whether nothing but text is in a node.
func isText(n ast.Node) bool {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		if _, ok := c.(*ast.Text); !ok {
			return false
		}
	}
	return true
}

// bold is the name that an item begins with, and where what follows it begins.
func (b *bodyWalk) bold(item ast.Node) (name string, after int) {
	lines := item.FirstChild().Lines()
	strong := item.FirstChild().FirstChild()
	name = plainText(strong, []byte(b.src))
	if next, ok := strong.NextSibling().(*ast.Text); ok {
		return name, next.Segment.Start
	}
	start, stop := lines.At(0).Start, lines.At(lines.Len()-1).Stop
	after = start
	_ = ast.Walk(strong, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if t, ok := n.(*ast.Text); ok && entering {
			after = t.Segment.Stop
		}
		return ast.WalkContinue, nil
	})
	mark := strings.TrimLeft(b.src[start:stop], " ")[:2]
	if n := strings.Index(b.src[after:stop], mark); n >= 0 { // behind the address of a link
		return name, after + n + len(mark)
	}
	return name, after
}

// withoutColon takes off what ends a name, if it stands behind the bold type.
func withoutColon(text string) string {
	for _, end := range []string{":", ".", " – ", " — ", " - "} {
		if rest, ok := strings.CutPrefix(text, end); ok {
			return rest
		}
		if rest, ok := strings.CutPrefix(text, strings.TrimLeft(end, " ")); ok && end[0] == ' ' {
			return rest
		}
	}
	return text
}

// dedent takes the indentation of a list item, so many columns, off its further lines.
func dedent(s string, columns int) string {
	lines := strings.Split(s, "\n")
	for i := 1; i < len(lines); i++ {
		at, column := 0, 0
		for ; at < len(lines[i]) && column < columns && (lines[i][at] == ' ' || lines[i][at] == '\t'); at++ {
			column++
			if lines[i][at] == '\t' {
				column += 3 - (column-1)%4
			}
		}
		lines[i] = strings.Repeat(" ", max(0, column-columns)) + lines[i][at:]
	}
	return strings.Join(lines, "\n")
}
