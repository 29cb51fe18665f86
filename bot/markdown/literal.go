package markdown

import (
	"html"
	"strings"

	"github.com/yuin/goldmark/util"
)

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
			b.WriteString(resolve(string(src[i : i+n])))
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

// resolve is what a character reference stands for, s itself if that is not known.
func resolve(s string) string {
	switch {
	case len(s) < len("&#1;"), strings.EqualFold(s, "&#x;"):
		return s
	case s[1] == '#':
		return html.UnescapeString(s)
	}
	if named, ok := util.LookUpHTML5EntityByName(s[1 : len(s)-1]); ok {
		return string(named.Characters)
	}
	return s
}

func isPunctuation(c byte) bool {
	return strings.IndexByte("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~", c) >= 0
}
