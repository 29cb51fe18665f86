package index

import "slices"

// lexis is the words and terms that some pages use, with the number of pages
// that use each. It does not change once its segment is built.
type lexis struct {
	terms    []uint32 // hashes, sorted
	pages    []uint32 // that use each term
	spelling *spelling
}

// learner gathers a lexis while a segment is built.
type learner struct {
	terms map[uint32]uint32
	words map[string]uint32
}

func newLearner() *learner {
	return &learner{terms: map[uint32]uint32{}, words: map[string]uint32{}}
}

// learn takes over what a page uses.
func (l *learner) learn(d *digest) {
	for term := range d.counts {
		l.terms[hash(term)]++
	}
	for _, key := range d.words {
		l.words[key]++
	}
}

// join takes over what another one learnt.
func (l *learner) join(m *learner) {
	for h, n := range m.terms {
		l.terms[h] += n
	}
	for key, n := range m.words {
		l.words[key] += n
	}
}

// lexis ends the learning.
func (l *learner) lexis() *lexis {
	x := &lexis{terms: make([]uint32, 0, len(l.terms)), spelling: newSpelling(l.words)}
	for h := range l.terms {
		x.terms = append(x.terms, h)
	}
	slices.Sort(x.terms)
	x.pages = make([]uint32, len(x.terms))
	for i, h := range x.terms {
		x.pages[i] = l.terms[h]
	}
	return x
}

// uses is how many pages use the term. Of a million other terms a few hundred
// seem to be used where pages use a million.
func (l *lexis) uses(term uint32) uint32 {
	if i, ok := slices.BinarySearch(l.terms, term); ok {
		return l.pages[i]
	}
	return 0
}
