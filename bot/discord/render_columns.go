package discord

import (
	"strings"

	"frameworkbot/bot/markdown"
)

// phoneColumns is how many columns of code a phone shows in a line, within a
// card. Discord breaks longer lines, and what is aligned is aligned no more.
const phoneColumns = 36

// pad fills text up with blanks.
func pad(s string, to int) string { return s + strings.Repeat(" ", max(0, to-markdown.Columns(s))) }

// wrap breaks text into lines of at most limit columns, at blanks where there
// are some. There is always one line.
func wrap(s string, limit int) []string {
	limit = max(limit, 2) // a wide letter needs two
	var out []string
	line := ""
	for word := range strings.FieldsSeq(markdown.OneLine(s)) {
		if line != "" && fitting(line+" "+word, limit) < len(line)+1+len(word) {
			out, line = append(out, line), ""
		}
		for n := fitting(word, limit); n < len(word); n = fitting(word, limit) {
			out, word = append(out, word[:n]), word[n:]
		}
		line = strings.TrimSpace(line + " " + word)
	}
	return append(out, line)
}

// fitting is how many bytes of a word stand in so many columns: at least one letter.
func fitting(word string, limit int) int {
	used := 0
	for i, r := range word {
		if used += markdown.RuneColumns(r); used > limit && i > 0 {
			return i
		}
	}
	return len(word)
}

// grid aligns the cells of a table, the first row of which is its head. It
// reports false if a phone has no room for the table.
func grid(rows [][]string) ([]string, bool) {
	var widths []int
	for _, row := range rows {
		for i, cell := range row {
			if i == len(widths) {
				widths = append(widths, 0)
			}
			widths[i] = max(widths[i], markdown.Columns(cell))
		}
	}
	total := 2 * (len(widths) - 1)
	for _, w := range widths {
		total += w
	}
	if total > phoneColumns || total <= 0 {
		return nil, false
	}
	out := make([]string, len(rows))
	for i, row := range rows {
		for j, cell := range row {
			out[i] += pad(cell, widths[j]+2)
		}
		out[i] = strings.TrimRight(out[i], " ")
	}
	return out, true
}
