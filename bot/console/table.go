package console

import (
	"strings"

	"frameworkbot/bot"
	"frameworkbot/bot/markdown"
)

// Sizes of tables, in columns of the terminal.
const (
	widestCell   = 80 // a longer cell sticks out rather than widening all the rows
	narrowestCol = 18 // with less for a column, each row becomes a block of its own
	between      = "  "
)

// table adds a comparison: aligned columns as long as they fit, else their
// cells wrapped, else one block for each row.
func (d *document) table(t *bot.Table, limit int) {
	rows := cells(t)
	aligned := align(rows)
	switch share := limit / max(len(rows[0]), 1); {
	case limit <= 0 || widest(aligned) <= limit:
		d.comparison(t, func(i int) {
			*d = append(*d, line{spans: []span{{aligned[i], rowLook(i)}}, fixed: true})
		})
	case share >= narrowestCol:
		widths := shares(rows, limit)
		d.comparison(t, func(i int) { d.wrapped(rows[i], widths, rowLook(i)) })
	default:
		d.comparison(t, func(i int) { d.stacked(t, i) })
	}
}

func rowLook(i int) emphasis {
	if i == 0 {
		return bold
	}
	return plain
}

// comparison adds the head and each row, and says where the rows begin in
// which the pages agree.
func (d *document) comparison(t *bot.Table, add func(i int)) {
	add(0)
	for i, r := range t.Rows {
		if i > 0 && r.Same && !t.Rows[i-1].Same {
			d.gap()
			d.add(span{"The same in all of them", bold})
		}
		add(i + 1)
	}
}

// cells are the head and the rows, each with a cell for every column.
func cells(t *bot.Table) [][]string {
	rows := [][]string{append([]string{""}, all(t.Columns)...)}
	for _, r := range t.Rows {
		row := append([]string{markdown.OneLine(r.Label)}, all(r.Values)...)
		for len(row) < len(rows[0]) {
			row = append(row, bot.NotStated)
		}
		rows = append(rows, row)
	}
	return rows
}

func all(texts []string) []string {
	out := make([]string, len(texts))
	for i, s := range texts {
		out[i] = markdown.OneLine(s)
	}
	return out
}

// align makes each row one string in which the cells stand under each other.
func align(rows [][]string) []string {
	widths := natural(rows)
	out := make([]string, len(rows))
	for i, row := range rows {
		var b strings.Builder
		for c, cell := range row {
			b.WriteString(pad(cell, widths[c]))
			b.WriteString(between)
		}
		out[i] = strings.TrimRight(b.String(), " ")
	}
	return out
}

// natural is what each column needs, up to widestCell.
func natural(rows [][]string) []int {
	var widths []int
	for _, row := range rows {
		for c, cell := range row {
			if c == len(widths) {
				widths = append(widths, 0)
			}
			if n := markdown.Columns(cell); n <= widestCell {
				widths[c] = max(widths[c], n)
			}
		}
	}
	return widths
}

func widest(rows []string) int {
	n := 0
	for _, row := range rows {
		n = max(n, markdown.Columns(row))
	}
	return n
}

func pad(s string, n int) string {
	return s + strings.Repeat(" ", max(0, n-markdown.Columns(s)))
}

// shares gives the labels what they need and the pages equal parts of the rest.
func shares(rows [][]string, limit int) []int {
	widths := natural(rows)
	pages := len(widths) - 1
	widths[0] = min(widths[0], limit/len(widths))
	for c := 1; c <= pages; c++ {
		widths[c] = (limit - widths[0] - pages*len(between)) / pages
	}
	return widths
}

// wrapped adds one row of a table whose cells take several rows of the terminal.
func (d *document) wrapped(row []string, widths []int, look emphasis) {
	parts, height := make([][][]span, 0, len(row)), 0
	for c, cell := range row {
		part := wrap([]span{{text: cell}}, widths[c])
		parts, height = append(parts, part), max(height, len(part))
	}
	for y := range height {
		var b strings.Builder
		for c, part := range parts {
			text := ""
			if y < len(part) {
				text = plainText(part[y])
			}
			b.WriteString(pad(text, widths[c]) + between)
		}
		*d = append(*d, line{spans: []span{{b.String(), look}}, fixed: true})
	}
}

func plainText(spans []span) string {
	var b strings.Builder
	for _, sp := range spans {
		b.WriteString(sp.text)
	}
	return b.String()
}

// stacked adds one row of the table as a block: its label, then each page's value.
func (d *document) stacked(t *bot.Table, i int) {
	if i == 0 {
		return
	}
	row := cells(t)[i]
	d.add(span{row[0], bold})
	for c, title := range all(t.Columns) {
		*d = append(*d, line{span{text: "  "}, "    ", []span{{text: title + ": " + row[c+1]}}, false})
	}
}
