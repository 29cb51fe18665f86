package slack

import (
	"strings"

	"frameworkbot/bot/markdown"
)

// widest is how many columns a cell of an aligned table takes: on a phone
// more than three of them cannot be seen at once.
const widest = 28

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
