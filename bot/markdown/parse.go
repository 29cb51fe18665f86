package markdown

import (
	"slices"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/text"
)

var (
	commonMark = goldmark.DefaultParser()
	newlines   = strings.NewReplacer("\r\n", "\n", "\r", "\n")
)

// Parse takes a text apart. It never fails: what cannot be read as CommonMark
// is a paragraph. No block but an item of a list is without content. It is safe
// for use by several goroutines.
func Parse(src string) []Block {
	if strings.TrimSpace(src) == "" {
		return nil
	}
	src = newlines.Replace(src)
	if len(src) > maxBytes {
		return parsePieces(src)
	}
	return parse(src)
}

// parse parses a text that is not long.
func parse(src string) []Block {
	if isTooMuch(src) {
		return asWritten(src)
	}
	w := walker{src: []byte(src)}
	return w.blocks(commonMark.Parse(text.NewReader(w.src)))
}

// A walker turns what goldmark parsed into blocks.
type walker struct{ src []byte }

func (w *walker) blocks(n ast.Node) []Block {
	var out []Block
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		if b := w.block(c); !b.isEmpty() {
			out = append(out, b)
		}
	}
	return out
}

// isEmpty holds for what would be shown as an empty line: "#", or a fence with nothing in it.
func (b Block) isEmpty() bool {
	switch b.Kind {
	case Paragraph, Heading:
		return !slices.ContainsFunc(b.Spans, func(s Span) bool { return strings.TrimSpace(s.Text) != "" })
	case Quote:
		return len(b.Blocks) == 0
	case Code, HTML:
		return strings.TrimSpace(b.Text) == ""
	}
	return false
}

func (w *walker) block(n ast.Node) Block {
	switch n := n.(type) {
	case *ast.Heading:
		return Block{Kind: Heading, Level: n.Level, Spans: w.spans(n)}
	case *ast.Paragraph, *ast.TextBlock:
		if rows := w.rows(n); rows != nil {
			return Block{Kind: Table, Rows: rows}
		}
		return Block{Kind: Paragraph, Spans: w.spans(n)}
	case *ast.Blockquote:
		return Block{Kind: Quote, Blocks: w.blocks(n)}
	case *ast.List:
		return w.list(n)
	case *ast.ThematicBreak:
		return Block{Kind: Rule}
	case *ast.HTMLBlock:
		return Block{Kind: HTML, Text: w.verbatim(n)}
	case *ast.FencedCodeBlock:
		return Block{Kind: Code, Text: w.verbatim(n), Info: info(n.Language(w.src))}
	case *ast.LinkReferenceDefinition:
		return Block{} // where links lead to, said elsewhere
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
	return Clean(strings.TrimRight(b.String(), "\n"))
}

// longestInfo is longer than the name of any language that is coloured.
const longestInfo = 32

// info is the language of a code block if it is a name such as "c++" or
// "objective-c", so that it cannot end the fence that a platform puts around it.
func info(language []byte) string {
	s := string(language)
	if len(s) > longestInfo || strings.Trim(strings.ToLower(s), "abcdefghijklmnopqrstuvwxyz0123456789+#-_.") != "" {
		return ""
	}
	return s
}
