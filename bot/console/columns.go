package console

import (
	"unicode"

	"golang.org/x/text/width"
)

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
