package slack

import (
	"strings"

	"frameworkbot/bot/markdown"
)

// widest is how many columns a cell of an aligned table takes: on a phone
// more than three of them cannot be seen at once.
const widest = 28

// widestTable is how many columns a table takes beside each other.
const widestTable = 72

// table adds a table: as aligned text if that shows all of it, else a list with
// an item for each row, in which the head says what each cell is.
func (r *richText) table(rows [][]markdown.Cell) {
	if fitsAligned(rows) {
		r.code(aligned(rows))
		return
	}
	r.list(&markdown.Block{Kind: markdown.List, Items: rowItems(rows)}, 0)
}

// fitsAligned reports whether no cell and no row is too wide.
func fitsAligned(rows [][]markdown.Cell) bool {
	var columns []int
	for _, row := range rows {
		for i, cell := range row {
			n := markdown.Columns(markdown.Plain(cell))
			if n > widest {
				return false
			}
			if i == len(columns) {
				columns = append(columns, 0)
			}
			columns[i] = max(columns[i], n)
		}
	}
	total := 0
	for _, n := range columns {
		total += n + len("  ")
	}
	return total <= widestTable
}

// rowItems are the rows below the head, each as an item of a list.
func rowItems(rows [][]markdown.Cell) [][]markdown.Block {
	if len(rows) == 1 {
		return [][]markdown.Block{{{Spans: rowSpans(nil, rows[0])}}}
	}
	var items [][]markdown.Block
	for _, row := range rows[1:] {
		items = append(items, []markdown.Block{{Spans: rowSpans(rows[0], row)}})
	}
	return items
}

// rowSpans are the cells of a row that say something, each behind its head; the
// first cell is what the row is about, and needs none.
func rowSpans(head, row []markdown.Cell) []markdown.Span {
	var out []markdown.Span
	for i, cell := range row {
		if isBlank(cell) {
			continue
		}
		if len(out) > 0 {
			out = append(out, markdown.Span{Text: " · "})
		}
		switch {
		case i == 0:
			cell = inBold(cell)
		case i < len(head) && !isBlank(head[i]):
			out = append(out, markdown.Span{Text: markdown.Plain(head[i]) + ": "})
		}
		out = append(out, cell...)
	}
	return out
}

// aligned is a table of a page as lines of text, for a font in which all
// letters are as wide as each other.
func aligned(rows [][]markdown.Cell) string {
	texts := make([][]string, len(rows))
	for i, row := range rows {
		for _, cell := range row {
			texts[i] = append(texts[i], markdown.Plain(cell))
		}
	}
	return alignedTexts(texts)
}

// alignedTexts puts a rule under the first row.
func alignedTexts(rows [][]string) string {
	var columns []int
	for _, row := range rows {
		for i, cell := range row {
			if i == len(columns) {
				columns = append(columns, 1)
			}
			row[i] = cutColumns(cell, widest)
			columns[i] = max(columns[i], markdown.Columns(row[i]))
		}
	}
	var b strings.Builder
	for i, row := range rows {
		writeRow(&b, row, columns)
		if i == 0 {
			rule := make([]string, len(columns))
			for k, n := range columns {
				rule[k] = strings.Repeat("-", n)
			}
			writeRow(&b, rule, columns)
		}
	}
	return b.String()
}

func writeRow(b *strings.Builder, row []string, columns []int) {
	var line strings.Builder
	for i, cell := range row {
		line.WriteString(cell + strings.Repeat(" ", columns[i]-markdown.Columns(cell)+2))
	}
	b.WriteString(strings.TrimRight(line.String(), " ") + "\n")
}

// cutColumns cuts s to at most most columns.
func cutColumns(s string, most int) string {
	for n := most; markdown.Columns(s) > most; n-- {
		s = shorten(s, n)
	}
	return s
}
