package console

import (
	"math"
	"strings"

	"frameworkbot/bot/markdown"
)

// An emphasis is how words look on a terminal that can do more than plain.
type emphasis string

// Emphases are the codes that begin them.
const (
	plain emphasis = ""
	bold  emphasis = "\x1b[1m"
	dim   emphasis = "\x1b[2m"
	reset          = "\x1b[0m"
)

// A span is a stretch of text that looks the same.
type span struct {
	text string
	look emphasis
}

// A line is one paragraph before it is wrapped.
type line struct {
	first span   // stands before the first row
	rest  string // stands before every row after it
	spans []span
	fixed bool // code and rows of tables: not wrapped, and blanks are kept
}

// A document is an answer as lines, not yet bound to a width.
type document []line

func (d *document) add(spans ...span) { *d = append(*d, line{spans: spans}) }

// gap leaves one empty line, unless there is one already or nothing stands before it.
func (d *document) gap() {
	if n := len(*d); n > 0 && !(*d)[n-1].empty() {
		d.add()
	}
}

func (l line) empty() bool { return len(l.spans) == 0 && l.first.text == "" }

// print lays the document out in s.Width columns; zero is no limit.
func (s Style) print(d document) string {
	limit := s.Width
	if limit <= 0 {
		limit = math.MaxInt
	}
	var b strings.Builder
	for _, l := range d {
		for _, row := range l.rows(limit) {
			s.row(&b, row)
			b.WriteByte('\n')
		}
	}
	return strings.Trim(b.String(), "\n")
}

// row writes one row; its emphasis ends with it, so that a cut-off row harms no other.
func (s Style) row(b *strings.Builder, spans []span) {
	for _, sp := range trimRight(spans) {
		if s.ANSI && sp.look != plain {
			b.WriteString(string(sp.look) + sp.text + reset)
		} else {
			b.WriteString(sp.text)
		}
	}
}

// trimRight drops the blanks that a row ends with.
func trimRight(spans []span) []span {
	for n := len(spans); n > 0; n-- {
		if text := strings.TrimRight(spans[n-1].text, " "); text != "" {
			return append(spans[:n-1:n-1], span{text, spans[n-1].look})
		}
	}
	return nil
}

// rows are the line's rows, none wider than limit except for addresses, code and tables.
func (l line) rows(limit int) [][]span {
	l.first.text = strings.ReplaceAll(markdown.Clean(l.first.text), "\n", " ")
	if l.fixed {
		return [][]span{append([]span{l.first}, cleanAll(l.spans)...)}
	}
	if markdown.Columns(l.first.text) > limit/2 { // no room for a margin beside the text
		l.spans = append([]span{l.first}, l.spans...)
		l.first, l.rest = span{}, ""
	}
	if markdown.Columns(l.rest) > limit/2 {
		l.rest = ""
	}
	rows := wrap(l.spans, limit-max(markdown.Columns(l.first.text), markdown.Columns(l.rest)))
	for i := range rows {
		margin := span{text: l.rest}
		if i == 0 {
			margin = l.first
		}
		rows[i] = append([]span{margin}, rows[i]...)
	}
	return rows
}

func cleanAll(spans []span) []span {
	out := make([]span, len(spans))
	for i, sp := range spans {
		out[i] = span{strings.ReplaceAll(markdown.Clean(sp.text), "\n", " "), sp.look}
	}
	return out
}
