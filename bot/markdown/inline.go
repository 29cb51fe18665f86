package markdown

import (
	"strings"

	"github.com/yuin/goldmark/ast"
)

// spans is the text of n, with neighbours that look the same made one.
func (w *walker) spans(n ast.Node) []Span {
	var out []Span
	var text strings.Builder
	all := struck(w.inline(n, Span{}))
	for i, s := range all {
		text.WriteString(s.Text)
		if i+1 < len(all) && s.looksLike(all[i+1]) {
			continue
		}
		s.Text = text.String()
		out = append(out, s)
		text.Reset()
	}
	return out
}

// looksLike reports whether two spans differ in their texts alone.
func (look Span) looksLike(other Span) bool {
	look.Text, other.Text = "", ""
	return look == other && !look.Break
}

// inline returns the text of n's children in the given look.
func (w *walker) inline(n ast.Node, look Span) []Span {
	var out []Span
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		out = append(out, w.words(c, look)...)
	}
	return out
}

func (w *walker) words(n ast.Node, look Span) []Span {
	switch n := n.(type) {
	case *ast.Text:
		return w.text(n, look)
	case *ast.String:
		return look.saying(string(n.Value))
	case *ast.CodeSpan:
		look.Code = true
		return w.inline(n, look)
	case *ast.Emphasis:
		look.Bold = look.Bold || n.Level == 2
		look.Italic = look.Italic || n.Level == 1
		return w.inline(n, look)
	case *ast.Link:
		return w.link(n, literal(n.Destination), look)
	case *ast.Image:
		return w.link(n, literal(n.Destination), look)
	case *ast.AutoLink:
		label := string(n.Label(w.src))
		if n.AutoLinkType == ast.AutoLinkEmail {
			look.Link = Address("mailto:" + label)
		} else {
			look.Link = Address(string(n.URL(w.src)))
		}
		return look.saying(label)
	case *ast.RawHTML:
		return look.saying(string(n.Segments.Value(w.src)))
	}
	return w.inline(n, look)
}

// link is a label that leads to an address. An address that is not allowed to
// be a link stands behind the label in brackets. A picture within a link leads
// where the link does.
func (w *walker) link(n ast.Node, address string, look Span) []Span {
	if look.Link != "" {
		if label := w.inline(n, look); Plain(label) != "" {
			return label
		}
		return look.saying(address)
	}
	safe := look
	safe.Link = Address(address)
	label := w.inline(n, safe)
	switch text := Plain(label); {
	case text == "" && safe.Link != "":
		return safe.saying(address)
	case text == "":
		return look.saying(address)
	case safe.Link == "" && address != "" && text != address:
		return append(label, look.saying(" ("+address+")")...)
	}
	return label
}

func (w *walker) text(n *ast.Text, look Span) []Span {
	value := n.Value(w.src)
	if look.Code {
		return look.saying(string(value)) // its line feeds are in it
	}
	s := string(value)
	if !n.IsRaw() {
		s = literal(value)
	}
	switch {
	case n.HardLineBreak():
		return append(look.saying(s), Span{Break: true})
	case n.SoftLineBreak():
		return look.saying(s + " ")
	}
	return look.saying(s)
}

// saying is the text in that look; nothing if the text is empty.
func (look Span) saying(s string) []Span {
	look.Text = strings.ReplaceAll(Clean(s), "\n", " ")
	if look.Text == "" {
		return nil
	}
	return []Span{look}
}
