package markdown

import (
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/text"
)

// Markdown beyond these sizes is shown as it was written. Pages are far
// smaller; the parser's memory and time grow much faster than its input.
const (
	maxBytes   = 32 << 10
	maxNesting = 32 // signs that open a block quote or a list, on one line
	maxColumns = 64 // of a table
)

var parser = goldmark.DefaultParser()

// Parse takes a text apart. It never fails: what cannot be read as CommonMark
// is a paragraph. It is safe for use by several goroutines.
func Parse(src string) []Block {
	if strings.TrimSpace(src) == "" {
		return nil
	}
	if isTooMuch(src) {
		return asWritten(src)
	}
	w := walker{src: []byte(src)}
	return w.blocks(parser.Parse(text.NewReader(w.src)))
}

func isTooMuch(src string) bool {
	if len(src) > maxBytes {
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

// asWritten is one paragraph with the lines of the source.
func asWritten(src string) []Block {
	var spans []Span
	for l := range strings.SplitSeq(src, "\n") {
		if len(spans) > 0 {
			spans = append(spans, Span{Break: true})
		}
		spans = append(spans, Span{Text: OneLine(l)})
	}
	return []Block{{Kind: Paragraph, Spans: spans}}
}

// A walker turns what goldmark parsed into blocks.
type walker struct{ src []byte }

func (w *walker) blocks(n ast.Node) []Block {
	var out []Block
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		out = append(out, w.block(c))
	}
	return out
}

func (w *walker) block(n ast.Node) Block {
	switch n := n.(type) {
	case *ast.Heading:
		return Block{Kind: Heading, Level: n.Level, Spans: w.inline(n, Span{})}
	case *ast.Paragraph, *ast.TextBlock:
		if rows := w.rows(n); rows != nil {
			return Block{Kind: Table, Rows: rows}
		}
		return Block{Kind: Paragraph, Spans: w.inline(n, Span{})}
	case *ast.Blockquote:
		return Block{Kind: Quote, Blocks: w.blocks(n)}
	case *ast.List:
		return w.list(n)
	case *ast.ThematicBreak:
		return Block{Kind: Rule}
	case *ast.HTMLBlock:
		return Block{Kind: HTML, Text: w.verbatim(n)}
	case *ast.FencedCodeBlock:
		return Block{Kind: Code, Text: w.verbatim(n), Info: OneLine(string(n.Language(w.src)))}
	}
	return Block{Kind: Code, Text: w.verbatim(n)}
}

func (w *walker) list(list *ast.List) Block {
	b := Block{Kind: List, Ordered: list.IsOrdered(), Start: list.Start}
	for item := list.FirstChild(); item != nil; item = item.NextSibling() {
		b.Items = append(b.Items, w.blocks(item))
	}
	return b
}

// verbatim is the text of code or HTML.
func (w *walker) verbatim(n ast.Node) string {
	var b strings.Builder
	if lines := n.Lines(); lines != nil {
		for i := range lines.Len() {
			at := lines.At(i)
			b.Write(at.Value(w.src))
		}
	}
	if h, ok := n.(*ast.HTMLBlock); ok && h.HasClosure() {
		b.Write(h.ClosureLine.Value(w.src))
	}
	return Clean(strings.TrimRight(strings.ReplaceAll(b.String(), "\r\n", "\n"), "\n"))
}
