// Package markdown takes the CommonMark of answers apart into blocks and spans,
// once for all platforms: each of them renders the same tree in its own way.
//
// Pages are written by people who may mean harm, so sizes are bounded before
// the parser sees a byte, HTML is text, and only links to http, https and
// mailto addresses stay links.
package markdown

// A Kind is what a [Block] is.
type Kind int

// The kinds of block.
const (
	Paragraph Kind = iota // Spans
	Heading               // Spans, Level
	Quote                 // Blocks
	List                  // Items, Ordered, Start
	Code                  // Text, Info: as it stands
	HTML                  // Text: as it stands, to be shown as text
	Rule                  // nothing
	Table                 // Rows; the first is the head
)

// A Block is one block of a document.
type Block struct {
	Kind    Kind
	Level   int       // of a heading: 1 to 6
	Ordered bool      // of a list
	Start   int       // number of an ordered list's first item
	Info    string    // language of a code block, "" if none is given
	Text    string    // of code and HTML, without the last line feed
	Spans   []Span    // of paragraphs and headings
	Blocks  []Block   // of a quote
	Items   [][]Block // of a list
	Rows    [][]Cell  // of a table
}

// A Cell is one cell of a table.
type Cell []Span

// A Span is a run of text in one look. It has no control characters; a line
// break within a paragraph is a Span of its own.
type Span struct {
	Text   string
	Bold   bool
	Italic bool
	Code   bool
	Struck bool   // it holds no longer
	Link   string // http, https or mailto address, "" if it is no link
	Break  bool   // a hard line break; Text is empty
}

// Plain is the text of the spans on one line: what a screen reader says. The
// address of a link is left out.
func Plain(spans []Span) string {
	var b []byte
	for _, s := range spans {
		if s.Break {
			b = append(b, ' ')
		}
		b = append(b, s.Text...)
	}
	return OneLine(string(b))
}
