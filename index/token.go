package index

import (
	"strings"
	"unicode"
	"unicode/utf8"

	porterstemmer "github.com/blevesearch/go-porterstemmer"
)

// A token is one run of text that may be a word: "express.js", "c#", "don't",
// "4.2", or a run of a script that is written without spaces.
type token struct {
	text       string // folded
	start, end int    // offsets in the folded text
	unspaced   bool   // Chinese, Japanese, Korean, Thai …
}

// tokenize cuts folded text into tokens. Dots, dashes, apostrophes and
// underscores between letters belong to the token, as do a trailing "#" or
// "++" and a leading dot (".net"); a change between a script with spaces and one
// without begins a new token.
func tokenize(folded string) []token {
	tokens := make([]token, 0, 12)
	for i := 0; i < len(folded); {
		r, size := rune(folded[i]), 1
		if r >= utf8.RuneSelf {
			r, size = utf8.DecodeRuneInString(folded[i:])
		}
		switch {
		case isWord(r):
			end := tokenEnd(folded, i, isUnspaced(r))
			tokens = append(tokens, token{folded[i:end], i, end, isUnspaced(r)})
			i = end
		case r == '.' && i+1 < len(folded) && isLetter(folded[i+1]) && (i == 0 || folded[i-1] == ' '):
			end := tokenEnd(folded, i+1, false)
			tokens = append(tokens, token{folded[i:end], i, end, false})
			i = end
		case r == '%':
			tokens = append(tokens, token{"%", i, i + 1, false})
			i++
		default:
			i += size
		}
	}
	return tokens
}

// tokenEnd is where the token that begins at i ends.
func tokenEnd(s string, i int, unspaced bool) int {
	for i < len(s) {
		r, size := utf8.DecodeRuneInString(s[i:])
		switch {
		case isWord(r) && isUnspaced(r) == unspaced:
		case !unspaced && strings.ContainsRune(".-_'&", r) && i+1 < len(s) && isLetterAt(s[i+1:]):
		default:
			return tokenTail(s, i)
		}
		i += size
	}
	return i
}

// tokenTail takes in a "#" or "++" that ends a language's name.
func tokenTail(s string, i int) int {
	tail := s[i:]
	if strings.HasPrefix(tail, "++") {
		return i + 2
	}
	if i > 0 && strings.HasPrefix(tail, "#") && (s[i-1] == 'c' || s[i-1] == 'f') && (len(tail) == 1 || !isASCIILetter(rune(tail[1]))) {
		return i + 1
	}
	return i
}

func isLetter(c byte) bool { return c >= 'a' && c <= 'z' || c >= '0' && c <= '9' }

func isLetterAt(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return isWord(r) && !isUnspaced(r)
}

func isWord(r rune) bool {
	if r < utf8.RuneSelf {
		return isLetter(byte(r))
	}
	return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.M, r)
}

func isUnspaced(r rune) bool {
	return r >= 0x0e00 && (unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul,
		unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar) || r == 'ー')
}

// parts cuts a token at its dots, dashes and the like; a number with a dot stays whole.
func parts(text string) []string {
	if !strings.ContainsAny(text, ".-_'&") {
		return nil
	}
	if text[0] >= '0' && text[0] <= '9' && !strings.ContainsFunc(text, unicode.IsLetter) {
		return nil
	}
	return strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(".-_'&", r) })
}

// possessive drops a trailing 's.
func possessive(text string) string { return strings.TrimSuffix(text, "'s") }

// stem reduces an English word to its stem by Porter's algorithm
// (https://tartarus.org/martin/PorterStemmer/); words with other letters or
// with digits are their own stem.
func stem(key string) string {
	for i := range len(key) {
		if key[i] < 'a' || key[i] > 'z' {
			return key
		}
	}
	return string(porterstemmer.StemWithoutLowerCasing([]rune(key)))
}
