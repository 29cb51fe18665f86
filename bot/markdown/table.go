package markdown

import (
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
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
		cells[i] = cellOf(strings.ReplaceAll(cell, bar, "|"))
	}
	return cells
}

// inlines reads a cell, in which nothing is a block: "-" is a value, not a list.
var inlines = parser.NewParser(
	parser.WithBlockParsers(util.Prioritized(parser.NewParagraphParser(), 0)), //nolint:misspell // goldmark spells it so
	parser.WithInlineParsers(parser.DefaultInlineParsers()...),
)

func cellOf(src string) Cell {
	w := walker{src: []byte(strings.TrimSpace(src))} // an indented text would be code
	var cell Cell
	doc := inlines.Parse(text.NewReader(w.src))
	for c := doc.FirstChild(); c != nil; c = c.NextSibling() {
		cell = append(cell, w.spans(c)...)
	}
	return cell
}
