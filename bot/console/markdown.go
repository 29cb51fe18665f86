package console

import (
	"strconv"
	"strings"

	"frameworkbot/bot/markdown"
)

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

// markdown adds CommonMark as plain paragraphs. Only blocks at the top are set
// apart by empty lines; a block quote stays with the claim that it comments on.
func (d *document) markdown(src string) {
	m := &margin{}
	for _, b := range markdown.Parse(src) {
		if b.Kind != markdown.Quote {
			d.gap()
		}
		d.block(b, m)
	}
}

func (d *document) blocks(all []markdown.Block, m *margin) {
	for _, b := range all {
		d.block(b, m)
	}
}

func (d *document) block(b markdown.Block, m *margin) {
	switch b.Kind {
	case markdown.Heading:
		d.paragraph(b.Spans, bold, m)
	case markdown.Paragraph:
		d.paragraph(b.Spans, plain, m)
	case markdown.Quote:
		d.blocks(b.Blocks, m.in("  | ", "  | "))
	case markdown.List:
		d.list(b, m)
	case markdown.Rule:
		d.line(m, true, span{text: "---"})
	case markdown.Table:
		d.aligned(b.Rows, m)
	default: // code and HTML, as they stand
		for l := range strings.SplitSeq(b.Text, "\n") {
			d.line(m, true, span{text: "    " + l})
		}
	}
}

func (d *document) list(b markdown.Block, m *margin) {
	for i, item := range b.Items {
		sign := "- "
		if b.Ordered {
			sign = strconv.Itoa(b.Start+i) + ". "
		}
		in := m.in(sign, strings.Repeat(" ", len(sign)))
		if len(item) == 0 {
			d.line(in, false)
		}
		d.blocks(item, in)
	}
}

// paragraph adds spans as lines, a new one at each hard line break.
func (d *document) paragraph(spans []markdown.Span, look emphasis, m *margin) {
	from := 0
	for i, s := range spans {
		if s.Break {
			d.line(m, false, shown(spans[from:i], look)...)
			from = i + 1
		}
	}
	d.line(m, false, shown(spans[from:], look)...)
}

func (d *document) line(m *margin, fixed bool, spans ...span) {
	*d = append(*d, line{span{text: m.take()}, m.rest, spans, fixed})
}

// aligned adds a table that a page has within its text.
func (d *document) aligned(table [][]markdown.Cell, m *margin) {
	rows := make([][]string, len(table))
	for i, row := range table {
		for _, cell := range row {
			rows[i] = append(rows[i], plainText(shown(cell, plain)))
		}
	}
	for i, row := range align(rows) {
		d.line(m, true, span{row, rowLook(i)})
	}
}

// shown is a text without line breaks as a terminal has it: bold is all that
// can be seen of a look, what is struck through keeps its marks, and behind a label stands where it leads to.
func shown(spans []markdown.Span, look emphasis) []span {
	var out []span
	label := 0 // where it begins
	for i, s := range spans {
		if s.Link != spans[label].Link {
			label = i
		}
		if s.Struck {
			s.Text = "~~" + s.Text + "~~"
		}
		if s.Bold {
			out = append(out, span{s.Text, bold})
		} else {
			out = append(out, span{s.Text, look})
		}
		if i+1 == len(spans) || s.Link != spans[i+1].Link {
			out = append(out, address(spans[label:i+1])...)
		}
	}
	return out
}

// address is where a label leads to, nothing if it says so itself.
func address(label []markdown.Span) []span {
	text, to := markdown.Plain(label), label[0].Link
	if to == "" || text == to || "mailto:"+text == to {
		return nil
	}
	return []span{{text: " (" + to + ")"}}
}
