package console

import (
	"html"
	"strings"

	"github.com/yuin/goldmark/ast"
)

// inline returns the text of n's children. A hard line break is a span "\n".
func (w *walker) inline(n ast.Node, look emphasis) []span {
	var out []span
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		out = append(out, w.words(c, look)...)
	}
	return out
}

func (w *walker) words(n ast.Node, look emphasis) []span {
	switch n := n.(type) {
	case *ast.Text:
		return w.text(n, look)
	case *ast.String:
		return []span{{string(n.Value), look}}
	case *ast.Emphasis:
		if n.Level == 2 {
			look = bold
		}
		return w.inline(n, look)
	case *ast.Link:
		return withAddress(w.inline(n, look), literal(n.Destination))
	case *ast.Image:
		return withAddress(w.inline(n, look), literal(n.Destination))
	case *ast.AutoLink:
		return []span{{string(n.Label(w.src)), look}}
	case *ast.RawHTML:
		return []span{{string(n.Segments.Value(w.src)), look}}
	}
	return w.inline(n, look)
}

func (w *walker) text(n *ast.Text, look emphasis) []span {
	value := n.Value(w.src)
	s := string(value)
	if !n.IsRaw() && n.Parent().Kind() != ast.KindCodeSpan {
		s = literal(value)
	}
	switch {
	case n.HardLineBreak():
		return []span{{s, look}, {text: "\n"}}
	case n.SoftLineBreak():
		return []span{{s + " ", look}}
	}
	return []span{{s, look}}
}

// withAddress is "label (address)", or the address alone where it is its own label.
func withAddress(label []span, address string) []span {
	text := joined(label)
	if address == "" || text == address || "mailto:"+text == address {
		return label
	}
	if text == "" {
		return []span{{text: address}}
	}
	return append(label, span{text: " (" + address + ")"})
}

// literal resolves backslashes and character references, in one pass, so that
// what an escape yields is not read as another.
func literal(src []byte) string {
	var b strings.Builder
	for i := 0; i < len(src); i++ {
		switch c := src[i]; {
		case c == '\\' && i+1 < len(src) && isPunctuation(src[i+1]):
			i++
			b.WriteByte(src[i])
		case c == '&':
			n := reference(src[i:])
			b.WriteString(html.UnescapeString(string(src[i : i+n])))
			i += n - 1
		default:
			b.WriteByte(c)
		}
	}
	return b.String()
}

// reference is the length of the character reference that src begins with, 1 if there is none.
func reference(src []byte) int {
	for i := 1; i < len(src) && i < 40; i++ {
		switch c := src[i]; {
		case c == ';':
			return i + 1
		case c == '#', c >= '0' && c <= '9', c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z':
		default:
			return 1
		}
	}
	return 1
}

func isPunctuation(c byte) bool {
	return strings.IndexByte("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~", c) >= 0
}

// joined is the text of the spans on one line.
func joined(spans []span) string {
	var b strings.Builder
	for _, sp := range spans {
		b.WriteString(sp.text)
	}
	return oneLine(b.String())
}
