package index

import (
	"cmp"
	"context"
	"errors"
	"math"
	"slices"

	bleveindex "github.com/blevesearch/bleve_index_api"
)

// BM25 as in Robertson and Zaragoza, "The Probabilistic Relevance Framework",
// 2009 (https://doi.org/10.1561/1500000019), with the usual constants. Bleve
// has a scorer of that name, but its average length of a page depends on how
// the pages were batched; ours is the true one.
const (
	bm25K1 = 1.2
	bm25B  = 0.75
)

// maxScored is how many terms of a question are scored: the rarest. A page's
// worth of text has some, a person's question never.
const maxScored = 64

// A scoredTerm is a term of a question that pages are scored by. Those that say
// which page is meant have a bit; others ("explain") only help to order pages
// that have one of them.
type scoredTerm struct {
	term  string
	times float64
	bit   uint64
	idf   float64
}

// rarity is what terms are kept by where there are too many.
func (t *scoredTerm) rarity() float64 { return max(1, t.times) * t.idf * t.idf }

// scored are the terms of a question's words, without those that stand in every text.
func scored(words []Word, want []wanted) []scoredTerm {
	terms := make([]scoredTerm, 0, len(words))
	add := func(term string, times float64, bit uint64) {
		i := slices.IndexFunc(terms, func(t scoredTerm) bool { return t.term == term })
		if i < 0 {
			i = len(terms)
			terms = append(terms, scoredTerm{term: term})
		}
		terms[i].times += times
		terms[i].bit |= bit
	}
	for i := range words {
		w := &words[i]
		if w.Void || w.Class == Function || w.Class == Foreign {
			continue
		}
		for _, t := range expand(tokenize(cmp.Or(w.Meant, w.Text))) {
			add(t.term, 1, 0)
		}
	}
	for i := range want {
		if !want[i].word.Void {
			add(want[i].word.Stem, 0, 1<<i)
		}
	}
	return terms
}

// rarest fills in how rare the terms are, and leaves out those that no page has
// and the most common of too many.
func (x *Index) rarest(ctx context.Context, terms []scoredTerm) ([]scoredTerm, error) {
	for i := range terms {
		t := &terms[i]
		pages := 0.0
		for j := range x.parts {
			n, err := x.parts[j].documents(ctx, t.term)
			if err != nil {
				return nil, err
			}
			pages += n
		}
		if n := float64(len(x.pages)); pages > 0 {
			pages = min(pages, n)
			t.idf = math.Log1p((n - pages + 0.5) / (pages + 0.5))
		}
	}
	terms = slices.DeleteFunc(terms, func(t scoredTerm) bool { return t.idf == 0 })
	slices.SortStableFunc(terms, func(a, b scoredTerm) int { return cmp.Compare(b.rarity(), a.rarity()) })
	return terms[:min(len(terms), maxScored)], nil
}

// documents is how many living pages have the term.
func (p *part) documents(ctx context.Context, term string) (float64, error) {
	sum := -float64(p.gone.terms[hash(term)])
	for _, of := range p.seg.shards {
		postings, err := of.postings(ctx, term, false)
		if err != nil {
			return 0, err
		}
		sum += float64(postings.Count())
		if err := postings.Close(); err != nil {
			return 0, err
		}
	}
	return sum, nil
}

// tally adds up, for each page, its score and which of the wanted words it has.
// The terms come one after another: a page's slot in an array is cheaper than
// a queue of pages. Pages are numbered through all parts of an index.
type tally struct {
	score   []float64
	has     []uint64
	touched []uint32
}

func (t *tally) reset(pages int) {
	for _, number := range t.touched {
		t.score[number], t.has[number] = 0, 0
	}
	t.touched = t.touched[:0]
	if len(t.score) < pages {
		t.score, t.has = make([]float64, pages), make([]uint64, pages)
	}
}

// score runs through the pages that have each of the terms.
func (x *Index) score(ctx context.Context, terms []scoredTerm, t *tally) error {
	t.reset(x.numbers)
	for i := range terms {
		for j := range x.parts {
			for _, of := range x.parts[j].seg.shards {
				postings, err := of.postings(ctx, terms[i].term, true)
				if err != nil {
					return err
				}
				if err := errors.Join(t.add(postings, &x.parts[j], of.numbers, x.average, &terms[i]), postings.Close()); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// add scores the pages of one part, with these numbers, that have one term.
func (t *tally) add(postings bleveindex.TermFieldReader, p *part, numbers []uint32, average float64, of *scoredTerm) error {
	var doc bleveindex.TermFieldDoc
	gain := max(1, of.times) * of.idf * (bm25K1 + 1)
	base, slope := bm25K1*(1-bm25B), bm25K1*bm25B/average
	for {
		found, err := postings.Next(&doc)
		if err != nil || found == nil {
			return err
		}
		local := numbers[found.ID.Value()]
		if p.isDead(local) {
			continue
		}
		number := p.first + local
		if t.score[number] == 0 {
			t.touched = append(t.touched, number)
		}
		t.has[number] |= of.bit
		tf := float64(found.Freq)
		t.score[number] += gain * tf / (tf + base + slope*float64(p.seg.lengths[local]))
	}
}
