package index

import "unicode/utf8"

// spelling knows the words that pages, lists of synonyms and languages use, to
// find the one that an unknown word is a slip of the keyboard away from.
type spelling struct {
	words map[bucket]map[string]bool
}

// bucket is where words of a first letter and a length are kept. A slip in the
// first letter is not forgiven: too many ordinary words differ only there.
type bucket struct {
	first rune
	runes int
}

func newSpelling() *spelling {
	s := &spelling{words: map[bucket]map[string]bool{}}
	l := lex()
	for key, class := range l.exact {
		if class == Web || class.neutral() {
			s.add(key)
		}
	}
	for _, member := range l.members {
		s.add(member)
	}
	for key := range languageByKey {
		s.add(key)
	}
	return s
}

// How long a word must be for a slip in it to be forgiven: shorter words are
// only forgiven letters in the wrong order, because too many words are one edit apart.
const (
	minSwap     = 4
	minSpelling = 6
)

func (s *spelling) add(key string) {
	n := utf8.RuneCountInString(key)
	if n < minSwap || n > MaxWordRunes || isNumber(key) {
		return
	}
	first, _ := utf8.DecodeRuneInString(key)
	b := bucket{first, n}
	if s.words[b] == nil {
		s.words[b] = map[string]bool{}
	}
	s.words[b][key] = true
}

// near returns the word one slip away from key, the shortest if there are
// several, which is most often the one that the others are forms of; "" if
// there is none.
func (s *spelling) near(key string) string {
	n := utf8.RuneCountInString(key)
	if n < minSwap {
		return ""
	}
	first, _ := utf8.DecodeRuneInString(key)
	best := ""
	for runes := n - 1; runes <= n+1; runes++ {
		for word := range s.words[bucket{first, runes}] {
			if !slip(key, word, n) {
				continue
			}
			if best == "" || len(word) < len(best) || len(word) == len(best) && word < best {
				best = word
			}
		}
	}
	return best
}

// slip reports whether key, of n characters, is word with a slip of the keyboard.
func slip(key, word string, n int) bool {
	if sameLetters(key, word) {
		return distance(key, word, 2) <= 1+btoi(n >= minSpelling)
	}
	return max(n, utf8.RuneCountInString(word)) >= minSpelling && distance(key, word, 1) <= 1
}
