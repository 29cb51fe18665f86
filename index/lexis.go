package index

import "slices"

// lexis is the words and terms that some pages use. It does not change once its
// segment is built.
type lexis struct {
	terms    []uint32            // hashes, sorted
	words    map[string]struct{} // keys of words, while a segment is built
	hashes   map[uint32]struct{} // of terms, while a segment is built
	spelling *spelling
}

func newLexis() *lexis {
	return &lexis{words: map[string]struct{}{}, hashes: map[uint32]struct{}{}, spelling: newSpelling()}
}

func (l *lexis) hasWord(key string) bool {
	_, ok := l.words[key]
	return ok
}

// learn takes over what the analysis of a page noted.
func (l *lexis) learn(d *digest) {
	for i := range d.entries {
		for _, h := range d.entries[i].terms {
			l.hashes[h] = struct{}{}
		}
	}
	for _, key := range d.words {
		if l.hasWord(key) {
			continue
		}
		l.words[key] = struct{}{}
		l.hashes[hash(canonical(stem(key)))] = struct{}{}
		l.spelling.add(key)
	}
}

// settle ends the learning.
func (l *lexis) settle() {
	l.terms = make([]uint32, 0, len(l.hashes))
	for h := range l.hashes {
		l.terms = append(l.terms, h)
	}
	slices.Sort(l.terms)
	l.words, l.hashes = nil, nil
}

// hasTerm reports whether some page uses the term. Of a million other terms a
// few hundred seem to be used where pages use a million.
func (l *lexis) hasTerm(term string) bool {
	_, ok := slices.BinarySearch(l.terms, hash(term))
	return ok
}
