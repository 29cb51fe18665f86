package markdown

import (
	"html"
	"net/url"
	"strings"

	"github.com/yuin/goldmark/ast"
)

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
// be a link stands behind the label in brackets.
func (w *walker) link(n ast.Node, address string, look Span) []Span {
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
	s := string(value)
	if !n.IsRaw() && n.Parent().Kind() != ast.KindCodeSpan {
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

// Address returns s if it is an address that may be a link, "" if not: http
// and https with a host, and mailto.
func Address(s string) string {
	u, err := url.Parse(s)
	switch {
	case err != nil, Clean(s) != s, strings.ContainsAny(s, " <>|\"`\n"):
		return ""
	case (u.Scheme == "http" || u.Scheme == "https") && u.Host != "", u.Scheme == "mailto" && u.Opaque != "":
		return s
	}
	return ""
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
