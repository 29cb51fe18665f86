package markdown

import (
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/text"
)

// rows are the cells of a paragraph that people mean as a table; nil if it is
// none. CommonMark has no tables, but pages may.
func (w *walker) rows(n ast.Node) [][]Cell {
	lines := n.Lines()
	if lines.Len() < 2 || !isRule(w.lineText(lines.At(1))) {
		return nil
	}
	rows := make([][]Cell, 0, lines.Len())
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
func cellsOf(row string) []Cell {
	const bar = "\x00" // stands for an escaped bar; Clean drops any other
	row = strings.ReplaceAll(Clean(row), `\|`, bar)
	texts := strings.Split(strings.TrimSuffix(strings.TrimPrefix(row, "|"), "|"), "|")
	cells := make([]Cell, len(texts))
	for i, cell := range texts {
		cells[i] = flat(Parse(strings.ReplaceAll(cell, bar, `\|`)))
	}
	return cells
}

// flat is the text of the first paragraphs: a cell holds nothing else.
func flat(blocks []Block) Cell {
	var cell Cell
	for _, b := range blocks {
		cell = append(cell, b.Spans...)
		if b.Text != "" {
			cell = append(cell, Span{Text: OneLine(b.Text)})
		}
		for _, item := range b.Items {
			cell = append(cell, flat(item)...)
		}
		cell = append(cell, flat(b.Blocks)...)
	}
	return cell
}
