package index

import (
	"context"
	"errors"
	"math"

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

// tally adds up, for each page, its score and which of the wanted words it has.
// The words come one after another: a page's slot in an array is cheaper than
// a queue of pages. Pages are numbered through all parts of an index.
type tally struct {
	score   []float64
	has     []uint32
	touched []uint32
}

func (t *tally) reset(pages int) {
	for _, number := range t.touched {
		t.score[number], t.has[number] = 0, 0
	}
	t.touched = t.touched[:0]
	if len(t.score) < pages {
		t.score, t.has = make([]float64, pages), make([]uint32, pages)
	}
}

// score runs through the pages that have each of the wanted words.
func (x *Index) score(ctx context.Context, want []wanted, t *tally) error {
	t.reset(x.numbers)
	for i := range want {
		for j := range x.parts {
			if want[i].idf == 0 {
				continue
			}
			postings, err := x.parts[j].seg.postings(ctx, want[i].word.Stem, true)
			if err != nil {
				return err
			}
			if err := errors.Join(t.add(postings, &x.parts[j], x.average, want[i], 1<<i), postings.Close()); err != nil {
				return err
			}
		}
	}
	return nil
}

// add scores the pages of one part that have one word.
func (t *tally) add(postings bleveindex.TermFieldReader, p *part, average float64, w wanted, bit uint32) error {
	var doc bleveindex.TermFieldDoc
	gain, base, slope := w.weight*w.idf*(bm25K1+1), bm25K1*(1-bm25B), bm25K1*bm25B/average
	for {
		found, err := postings.Next(&doc)
		if err != nil || found == nil {
			return err
		}
		local := p.seg.numbers[found.ID.Value()]
		number := p.first + local
		if t.has[number] == 0 {
			t.touched = append(t.touched, number)
		}
		t.has[number] |= bit
		tf := float64(found.Freq)
		t.score[number] += gain * tf / (tf + base + slope*float64(p.seg.lengths[local]))
	}
}

// weighRarity fills in how rare each wanted word is; it stays 0 if no page has it.
func (x *Index) weighRarity(ctx context.Context, want []wanted) error {
	for i := range want {
		if want[i].word.Void {
			continue
		}
		pages := 0.0
		for j := range x.parts {
			postings, err := x.parts[j].seg.postings(ctx, want[i].word.Stem, false)
			if err != nil {
				return err
			}
			pages += float64(postings.Count())
			if err := postings.Close(); err != nil {
				return err
			}
		}
		if n := float64(len(x.pages)); pages > 0 {
			pages = min(pages, n)
			want[i].idf = math.Log1p((n - pages + 0.5) / (pages + 0.5))
		}
	}
	return nil
}

// postings are the documents that have a term.
func (s *segment) postings(ctx context.Context, term string, freq bool) (bleveindex.TermFieldReader, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	return s.reader.TermFieldReader(ctx, []byte(term), textField, freq, false, false)
}
