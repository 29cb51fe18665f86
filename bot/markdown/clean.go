package markdown

import (
	"strings"
	"unicode"
)

// Clean drops what could steer a terminal or hide what a text says: control
// characters, with them every escape sequence, and invisible format characters
// such as those that turn the direction of writing. The two joiners stay:
// emoji, Persian and many Indian scripts are spelt with them. Bytes that are
// not UTF-8 become U+FFFD.
func Clean(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n':
			return r
		case r == '\t', r == '\u2028', r == '\u2029':
			return ' '
		case r == '\u200c', r == '\u200d':
			return r
		case unicode.In(r, unicode.Cc, unicode.Cf):
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, "\uFFFD"))
}

// OneLine is [Clean] for what has no line breaks of its own: titles, values,
// labels. Words stay apart by one blank, whatever stood between them.
func OneLine(s string) string {
	s = Clean(strings.Join(strings.Fields(s), " "))
	return strings.Join(strings.Fields(s), " ") // what was dropped may have stood between two blanks
}
