package index

import (
	"cmp"
	"math/bits"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"
)

// spelling knows words, to find the one that an unknown word is a slip of the
// keyboard away from. It does not change once it was made.
type spelling struct {
	buckets map[bucket]span
	words   []string // one bucket after another
	letters []uint64 // of each word, to compare quickly
	pages   []uint32 // how many pages use each word
}

// bucket is where words of a first letter and a length are kept. A slip in the
// first letter is not forgiven: too many ordinary words differ only there.
type bucket struct {
	first rune
	runes int
}

// span is a run of a slice.
type span struct{ from, to int }

// listedWords are the words of our lists, which are known whatever the pages say.
var listedWords = sync.OnceValue(func() *spelling {
	words := map[string]uint32{}
	l := lex()
	for key, class := range l.exact {
		if class == Web || class.neutral() {
			words[key] = 1
		}
	}
	for _, member := range l.members {
		words[member] = 1
	}
	for key := range languageByKey {
		words[key] = 1
	}
	return newSpelling(words)
})

// How long a word must be for a slip in it to be forgiven: shorter words are
// only forgiven letters in the wrong order, because too many words are one edit apart.
const (
	minSwap     = 4
	minSpelling = 6
)

// mayBeMisspelt reports whether a slip in the word is worth a correction.
func mayBeMisspelt(key string) bool {
	if len(key) < minSwap || isNumber(key) {
		return false
	}
	n := utf8.RuneCountInString(key)
	return n >= minSwap && n <= MaxWordRunes
}

// newSpelling keeps those of the words, each with the number of pages that use
// it, that may be misspelt.
func newSpelling(words map[string]uint32) *spelling {
	s := &spelling{words: make([]string, 0, len(words))}
	for key := range words {
		if mayBeMisspelt(key) {
			s.words = append(s.words, key)
		}
	}
	slices.SortFunc(s.words, func(a, b string) int {
		x, y := bucketOf(a), bucketOf(b)
		return cmp.Or(cmp.Compare(x.runes, y.runes), cmp.Compare(x.first, y.first), strings.Compare(a, b))
	})
	s.pages = make([]uint32, len(s.words))
	for i, key := range s.words {
		s.pages[i] = words[key]
	}
	s.file()
	return s
}

// file fills in what follows from the words, which are in the order of their buckets.
func (s *spelling) file() {
	s.buckets, s.letters = map[bucket]span{}, make([]uint64, len(s.words))
	for i, key := range s.words {
		s.letters[i] = letterSet(key)
		b := bucketOf(key)
		in, ok := s.buckets[b]
		if !ok {
			in.from = i
		}
		in.to = i + 1
		s.buckets[b] = in
	}
}

func bucketOf(key string) bucket {
	first, _ := utf8.DecodeRuneInString(key)
	return bucket{first, utf8.RuneCountInString(key)}
}

// near returns the word one slip away from key, the shortest if there are
// several, which is most often the one that the others are forms of; "" if
// there is none. Words that as many pages used as are gone do not count.
func (s *spelling) near(key string, gone map[string]uint32) string {
	of := bucketOf(key)
	if of.runes < minSwap || of.runes > MaxWordRunes {
		return ""
	}
	letters, best := letterSet(key), ""
	for runes := of.runes - 1; runes <= of.runes+1; runes++ {
		in := s.buckets[bucket{of.first, runes}]
		for i := in.from; i < in.to; i++ {
			if bits.OnesCount64(s.letters[i]^letters) > 2 || !shorter(s.words[i], best) {
				continue
			}
			if slip(key, s.words[i], of.runes) && s.pages[i] > gone[s.words[i]] {
				best = s.words[i]
			}
		}
	}
	return best
}

// shorter reports whether a correction goes before another; "" is none.
func shorter(word, than string) bool {
	return than == "" || cmp.Or(cmp.Compare(len(word), len(than)), strings.Compare(word, than)) < 0
}

// slip reports whether key, of n characters, is word with a slip of the keyboard.
func slip(key, word string, n int) bool {
	one := isOneEdit(key, word)
	if one && max(n, utf8.RuneCountInString(word)) >= minSpelling {
		return true
	}
	return (one || n >= minSpelling) && sameLetters(key, word) && distance(key, word, 2) <= 1+btoi(n >= minSpelling)
}
