package index

import (
	"container/heap"
	"context"
	"fmt"
	"slices"
)

// A candidate is a page that has some of the wanted words.
type candidate struct {
	part   *part
	number uint32  // within the part
	score  float64 // BM25
	has    uint64  // which of the wanted words the page has
	key    float64 // what candidates are picked by
}

// candidates are the most promising pages, no more than most, and those that are
// named, in no order.
func (x *Index) candidates(ctx context.Context, terms []scoredTerm, want []wanted, allowed func(*Page) bool, named []Naming, most int) ([]candidate, error) {
	t, _ := x.tallies.Get().(*tally)
	if t == nil {
		t = &tally{}
	}
	defer x.tallies.Put(t)
	terms, err := x.rarest(ctx, terms)
	if err != nil {
		return nil, fmt.Errorf("search: %w", err)
	}
	if err := x.score(ctx, terms, t); err != nil {
		return nil, fmt.Errorf("search: %w", err)
	}
	best := 0.0
	for _, number := range t.touched {
		best = max(best, t.score[number])
	}
	top := topOf{most: most}
	for _, number := range t.touched {
		p := x.partOf(number)
		local := number - p.first
		if t.has[number] == 0 || allowed != nil && !allowed(p.seg.pages[local]) {
			continue
		}
		top.offer(candidate{p, local, t.score[number], t.has[number], t.score[number]/best + trust(len(want))*weigh(want, t.has[number])})
	}
	for _, n := range named {
		number := x.places[x.byID[n.Page.ID]]
		p := x.partOf(number)
		c := candidate{part: p, number: number - p.first, score: t.score[number], has: t.has[number]}
		if c.has != 0 && (allowed == nil || allowed(n.Page)) && !slices.ContainsFunc(top.all, func(o candidate) bool { return o.page() == n.Page }) {
			top.all = append(top.all, c)
		}
	}
	return top.all, nil
}

// topOf keeps the candidates with the highest keys: a heap with the lowest first.
type topOf struct {
	most int
	all  []candidate
}

func (t *topOf) offer(c candidate) {
	switch {
	case len(t.all) < t.most:
		t.all = append(t.all, c)
		if len(t.all) == t.most {
			heap.Init(t)
		}
	case t.all[0].less(&c):
		t.all[0] = c
		heap.Fix(t, 0)
	}
}

// less orders candidates that are level by their pages, so that the same
// question always gets the same answer.
func (c *candidate) less(o *candidate) bool {
	if c.key != o.key {
		return c.key < o.key
	}
	return c.page().ID > o.page().ID
}

func (c *candidate) page() *Page { return c.part.seg.pages[c.number] }

// Len implements [heap.Interface].
func (t *topOf) Len() int { return len(t.all) }

// Less implements [heap.Interface].
func (t *topOf) Less(i, j int) bool { return t.all[i].less(&t.all[j]) }

// Swap implements [heap.Interface].
func (t *topOf) Swap(i, j int) { t.all[i], t.all[j] = t.all[j], t.all[i] }

// Push implements [heap.Interface].
func (t *topOf) Push(any) { panic("the heap is filled before it is made") }

// Pop implements [heap.Interface].
func (t *topOf) Pop() any { panic("nothing is taken off the heap") }
