package index

import (
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// plainText is what a heading or a name says, on one line, without the marks of Markdown.
func plainText(n ast.Node, src []byte) string {
	var out strings.Builder
	_ = ast.Walk(n, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		switch n := n.(type) {
		case *ast.Text:
			out.Write(spoken(n, src))
			if n.SoftLineBreak() || n.HardLineBreak() {
				out.WriteByte(' ')
			}
		case *ast.String:
			out.Write(n.Value)
		case *ast.AutoLink:
			out.Write(n.Label(src))
		case *ast.RawHTML:
			out.Write(n.Segments.Value(src))
		}
		return ast.WalkContinue, nil
	})
	return strings.Join(strings.Fields(out.String()), " ")
}

// spoken is a text with its escapes resolved, unless it is code.
func spoken(n *ast.Text, src []byte) []byte {
	value := n.Value(src)
	if _, isCode := n.Parent().(*ast.CodeSpan); isCode || n.IsRaw() {
		return value
	}
	return util.UnescapePunctuations(util.ResolveEntityNames(util.ResolveNumericReferences(value)))
}

// plainLine is plainText of a line that is not parsed yet.
func plainLine(line string) string {
	if !strings.ContainsAny(line, "*_`[]<>\\&") {
		return line
	}
	src := []byte("# " + line)
	return plainText(commonMark.Parse(text.NewReader(src)), src)
}
