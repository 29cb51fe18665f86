package index

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// maxMarks is how many combining marks a character keeps: more than any living
// script needs, few enough that a pile of them costs nothing.
const maxMarks = 4

// Clean makes a text safe to work with: valid UTF-8 in NFKC (full-width letters
// become ordinary ones), control and format characters gone (line breaks and
// tabs become spaces), at most four combining marks on a character.
func Clean(s string) string {
	if isPlain(s) {
		return s
	}
	// Twice, because what stood between a letter and its accent may have gone,
	// and because normalisation may take characters apart.
	return strip(norm.NFKC.String(strip(strings.ToValidUTF8(s, ""))))
}

// strip drops what Clean drops.
func strip(s string) string {
	marks := 0
	return strings.Map(func(r rune) rune {
		switch {
		case unicode.In(r, unicode.Mn, unicode.Me):
			if marks++; marks > maxMarks {
				return -1
			}
			return r
		case r == '\n', r == '\t', r == '\r', r == '\u2028', r == '\u2029':
			marks = 0
			return ' '
		case unicode.In(r, unicode.Cc, unicode.Cf, unicode.Co), r == '\ufffd':
			return -1
		}
		marks = 0
		return r
	}, s)
}

// isPlain reports whether s is printable ASCII, which is clean as it is.
func isPlain(s string) bool {
	for i := range len(s) {
		if s[i] < ' ' || s[i] > '~' {
			return false
		}
	}
	return true
}

// Fold makes texts comparable: clean, lower case, no accents on Latin letters.
func Fold(s string) string {
	if isPlain(s) {
		return strings.ToLower(s)
	}
	if lower, ok := foldLines(s); ok {
		return lower
	}
	s = norm.NFD.String(strings.ToLower(Clean(s)))
	s = strings.Map(func(r rune) rune {
		if r >= 0x300 && r <= 0x36f {
			return -1
		}
		return r
	}, s)
	return latinLetters.Replace(norm.NFC.String(s))
}

// foldLines folds a text of several lines if it is ASCII otherwise, as pages mostly are.
func foldLines(s string) (string, bool) {
	for i := range len(s) {
		if c := s[i]; (c < ' ' || c > '~') && c != '\n' && c != '\t' && c != '\r' {
			return "", false
		}
	}
	lower := make([]byte, len(s))
	for i := range len(s) {
		switch c := s[i]; {
		case c < ' ':
			lower[i] = ' '
		case 'A' <= c && c <= 'Z':
			lower[i] = c + 'a' - 'A'
		default:
			lower[i] = c
		}
	}
	return string(lower), true
}

// latinLetters are those that do not fall apart into a letter and an accent.
var latinLetters = strings.NewReplacer("ß", "ss", "æ", "ae", "œ", "oe", "ø", "o", "ł", "l", "đ", "d", "ı", "i",
	"’", "'", "‘", "'", "‐", "-", "‑", "-", "–", "-")

// lookalikes are Cyrillic and Greek letters that are drawn like Latin ones.
// Source of the pairs: Unicode's confusables, https://www.unicode.org/Public/security/latest/confusables.txt
var lookalikes = map[rune]rune{
	'а': 'a', 'в': 'b', 'с': 'c', 'ԁ': 'd', 'е': 'e', 'ё': 'e', 'һ': 'h', 'і': 'i', 'ї': 'i', 'ј': 'j', 'к': 'k', 'ӏ': 'l',
	'м': 'm', 'н': 'h', 'о': 'o', 'р': 'p', 'ԛ': 'q', 'г': 'r', 'ѕ': 's', 'т': 't', 'у': 'y', 'ѵ': 'v', 'ԝ': 'w', 'х': 'x',
	'α': 'a', 'β': 'b', 'ε': 'e', 'ι': 'i', 'κ': 'k', 'ν': 'v', 'ο': 'o', 'ρ': 'p', 'τ': 't', 'υ': 'u', 'χ': 'x', 'η': 'n',
	'ɡ': 'g', 'ɑ': 'a', 'ո': 'n', 'օ': 'o', 'ս': 'u', 'ⅼ': 'l',
}

// skeleton is word with its look-alikes replaced by the Latin letters that they
// imitate; ok is false if the word has none, or other letters that are not Latin.
func skeleton(word string) (latin string, ok bool) {
	latin = strings.Map(func(r rune) rune {
		if l, is := lookalikes[r]; is {
			ok = true
			return l
		}
		return r
	}, word)
	if !ok {
		return word, false
	}
	for i := range len(latin) {
		if latin[i] >= utf8.RuneSelf {
			return word, false
		}
	}
	return latin, true
}

// Key reduces a name to what all its spellings share, its letters and digits:
// "Express.js", "express-js" and "EXPRESS JS" are all "expressjs". What makes
// "C#", "C++" and ".NET" different from "C" and "net" is spelt out.
func Key(s string) string {
	s = Fold(s)
	if strings.ContainsAny(s, "#+.") {
		s = spelt.Replace(" " + s + " ")
	}
	if isKey(s) {
		return s
	}
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.M, r) {
			return r
		}
		return -1
	}, s)
}

var spelt = strings.NewReplacer("c# ", "csharp ", "f# ", "fsharp ", "c++ ", "cplusplus ", " .net", " dotnet")

func isKey(s string) bool {
	for i := range len(s) {
		if c := s[i]; (c < 'a' || c > 'z') && (c < '0' || c > '9') {
			return false
		}
	}
	return true
}
