package console

import (
	"strconv"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/text"
)

// Markdown beyond these sizes is shown as it was written. Pages are far
// smaller; the parser's memory and time grow much faster than its input.
const (
	maxMarkdown = 32 << 10 // bytes
	maxNesting  = 32       // signs that open a block quote or a list, on one line
	maxColumns  = 64       // of a table
)

var parser = goldmark.DefaultParser()

// markdown adds CommonMark as plain paragraphs.
func (d *document) markdown(src string) {
	if strings.TrimSpace(src) == "" {
		return
	}
	if isTooMuch(src) {
		for l := range strings.SplitSeq(src, "\n") {
			d.add(span{text: l})
		}
		return
	}
	w := walker{src: []byte(src), doc: d}
	w.blocks(parser.Parse(text.NewReader(w.src)), &margin{}, true)
}

func isTooMuch(src string) bool {
	if len(src) > maxMarkdown {
		return true
	}
	for l := range strings.Lines(src) {
		signs := strings.TrimLeft(l, "> \t-+*0123456789.)")
		if len(l)-len(signs) > 4*maxNesting || strings.Count(l, "|") > maxColumns {
			return true
		}
	}
	return false
}

// A margin is what stands before a block: before its first line, and before the others.
type margin struct{ first, rest string }

// take returns what stands before the next line.
func (m *margin) take() string {
	first := m.first
	m.first = m.rest
	return first
}

// in is the margin of what is nested here.
func (m *margin) in(first, rest string) *margin {
	return &margin{m.take() + first, m.rest + rest}
}

// A walker goes over parsed Markdown and adds its lines to doc.
type walker struct {
	src []byte
	doc *document
}

// blocks adds the children of n. Only blocks at the top are set apart by empty
// lines; a block quote stays with the claim that it comments on.
func (w *walker) blocks(n ast.Node, m *margin, top bool) {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		if top && c.Kind() != ast.KindBlockquote {
			w.doc.gap()
		}
		w.block(c, m)
	}
}

func (w *walker) block(n ast.Node, m *margin) {
	switch n := n.(type) {
	case *ast.Heading:
		w.paragraph(w.inline(n, bold), m)
	case *ast.Paragraph, *ast.TextBlock:
		if rows := w.rows(n); rows != nil {
			w.table(rows, m)
			return
		}
		w.paragraph(w.inline(n, plain), m)
	case *ast.Blockquote:
		w.blocks(n, m.in("  | ", "  | "), false)
	case *ast.List:
		w.list(n, m)
	case *ast.ThematicBreak:
		w.line(m, true, span{text: "---"})
	default: // code and HTML, as they stand
		w.verbatim(n, m)
	}
}

func (w *walker) list(list *ast.List, m *margin) {
	number := list.Start
	for item := list.FirstChild(); item != nil; item = item.NextSibling() {
		sign := "- "
		if list.IsOrdered() {
			sign = strconv.Itoa(number) + ". "
			number++
		}
		w.blocks(item, m.in(sign, strings.Repeat(" ", len(sign))), false)
	}
}

// paragraph adds spans as lines, a new one at each hard line break.
func (w *walker) paragraph(spans []span, m *margin) {
	from := 0
	for i, sp := range spans {
		if sp.text == "\n" {
			w.line(m, false, spans[from:i]...)
			from = i + 1
		}
	}
	w.line(m, false, spans[from:]...)
}

func (w *walker) line(m *margin, fixed bool, spans ...span) {
	*w.doc = append(*w.doc, line{span{text: m.take()}, m.rest, spans, fixed})
}

func (w *walker) verbatim(n ast.Node, m *margin) {
	lines := n.Lines()
	if lines == nil {
		return
	}
	for i := range lines.Len() {
		at := lines.At(i)
		w.line(m, true, span{text: "    " + strings.TrimRight(string(at.Value(w.src)), "\r\n")})
	}
	if h, ok := n.(*ast.HTMLBlock); ok && h.HasClosure() {
		w.line(m, true, span{text: "    " + strings.TrimRight(string(h.ClosureLine.Value(w.src)), "\r\n")})
	}
}

// rows are the cells of a paragraph that people mean as a table; nil if it is
// none. CommonMark has no tables, but pages may.
func (w *walker) rows(n ast.Node) [][]string {
	lines := n.Lines()
	if lines.Len() < 2 || !isRule(w.lineText(lines.At(1))) {
		return nil
	}
	rows := make([][]string, 0, lines.Len())
	for i := range lines.Len() {
		if i != 1 {
			rows = append(rows, cellsOf(w.lineText(lines.At(i))))
		}
	}
	return rows
}

func (w *walker) lineText(at text.Segment) string { return strings.TrimSpace(string(at.Value(w.src))) }

// isRule reports whether s is the line under a table's head: "|---|:-:|".
func isRule(s string) bool {
	return strings.Contains(s, "|") && strings.Contains(s, "-") && strings.Trim(s, "|:- \t") == ""
}

// cellsOf takes a row apart at the bars that no backslash precedes.
func cellsOf(row string) []string {
	const bar = "\x00" // stands for an escaped bar; clean drops any other
	row = strings.ReplaceAll(clean(row), `\|`, bar)
	cells := strings.Split(strings.TrimSuffix(strings.TrimPrefix(row, "|"), "|"), "|")
	for i, cell := range cells {
		var d document
		d.markdown(strings.ReplaceAll(cell, bar, `\|`))
		cells[i] = oneLine(Style{}.print(d))
	}
	return cells
}

func (w *walker) table(rows [][]string, m *margin) {
	for i, row := range align(rows) {
		w.line(m, true, span{row, rowLook(i)})
	}
}
