package index

import (
	"slices"
	"strings"
)

// A Naming is a document whose whole name stands in a question, in the plural
// or not. It need not be meant: documents are called anything.
type Naming struct {
	Page     *Page
	From, To int     // the words that name it
	Share    float64 // of the question's informative words, by weight
}

// maxNaming is how many words the name of a document may have to be looked for
// within a question.
const maxNaming = 6

// leastNaming is the share of a question that a name must be: one of many words
// that happens to be the name of a document says little.
const leastNaming = 0.3

// Named are the documents whose whole names stand among the words, in the order
// of the words. Of names that overlap, the first and longest is taken.
func (x *Index) Named(words []Word) []Naming {
	if !x.documents {
		return nil
	}
	all := 0.001 // never nothing
	for _, w := range x.wanted(words, false) {
		if !w.word.Number { // "ubuntu 20.04" is about Ubuntu
			all += w.weight
		}
	}
	var found []Naming
	a := Analysis{Words: words}
	a.runs(1, maxNaming, func(from, to int, key string) bool {
		share := 0.0
		for _, w := range x.wanted(words[from:to], false) {
			if !w.word.Number {
				share += w.weight
			}
		}
		if share/all < leastNaming {
			return false
		}
		p := x.names.document(key)
		if p == nil || slices.ContainsFunc(found, func(n Naming) bool { return n.Page == p }) {
			return false
		}
		found = append(found, Naming{p, from, to, share / all})
		return true
	})
	return found
}

// document is the document that has the name, or the name in the plural or
// singular; nil if there is none.
func (n *names) document(key string) *Page {
	for _, spelt := range []string{key, key + "s", strings.TrimSuffix(key, "s")} {
		if nm := n.byKey[spelt]; nm != nil && nm.page.Kind == Document {
			return nm.page
		}
	}
	return nil
}

// shareOf is how much of the question names the page.
func shareOf(named []Naming, p *Page) float64 {
	for _, n := range named {
		if n.Page == p {
			return n.Share
		}
	}
	return 0
}
