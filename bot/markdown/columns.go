package markdown

import (
	"unicode"

	"golang.org/x/text/width"
)

// Columns is how many cells s takes where all letters are as wide as each
// other: in a terminal, in code.
func Columns(s string) int {
	n := 0
	for _, r := range s {
		n += RuneColumns(r)
	}
	return n
}

// RuneColumns is two for a wide letter or an emoji, none for a mark that
// stands on the letter before it and for what cannot be seen.
func RuneColumns(r rune) int {
	switch {
	case r < 0x300: // the first mark
		return 1
	case unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf):
		return 0
	case r < 0x1100: // the first wide letter
		return 1
	}
	if k := width.LookupRune(r).Kind(); k == width.EastAsianWide || k == width.EastAsianFullwidth {
		return 2
	}
	return 1
}
