package console

import (
	"strings"
	"unicode"

	"golang.org/x/text/width"
)

// clean drops what could steer a terminal or hide what a text says: control
// characters, with them every escape sequence, and invisible format characters
// such as those that turn the direction of writing. The two joiners stay:
// emoji, Persian and many Indian scripts are spelt with them.
func clean(s string) string {
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

// oneLine is clean for what has no line breaks of its own: titles, values, labels.
func oneLine(s string) string {
	return clean(strings.Join(strings.Fields(s), " "))
}

// columns is how many cells of a terminal s takes.
func columns(s string) int {
	n := 0
	for _, r := range s {
		n += runeColumns(r)
	}
	return n
}

// runeColumns is two for a wide letter or an emoji, none for a mark that
// stands on the letter before it.
func runeColumns(r rune) int {
	switch {
	case r == '\u200c', r == '\u200d', unicode.In(r, unicode.Mn, unicode.Me):
		return 0
	}
	if isWide(r) {
		return 2
	}
	return 1
}

func isWide(r rune) bool {
	if r < 0x1100 { // the first wide letter
		return false
	}
	k := width.LookupRune(r).Kind()
	return k == width.EastAsianWide || k == width.EastAsianFullwidth
}
