package index

import (
	"cmp"
	"math/bits"
	"slices"
	"strings"
)

// merge adds one entry that Bleve found to the hit of its page.
func merge(hits []Hit, d *doc, want []wanted, score float64, covered map[*Page]uint64) []Hit {
	has := covers(d.terms, want)
	covered[d.page] |= has
	h := Hit{
		Page: d.page, Section: d.section, Fact: d.fact, Score: score,
		Best: weigh(want, has), Head: weigh(want, covers(d.head, want)),
	}
	h.Why = why(d, h)
	if d.listed {
		h.Listed = h.Best * float64(bits.OnesCount64(has)) / float64(max(1, len(d.terms)))
	}
	if d.fact != nil {
		h.Head = 0 // a fact's label is not a heading that was chosen for the page
	}
	for i := range hits {
		if hits[i].Page == d.page {
			hits[i].join(h)
			return hits
		}
	}
	return append(hits, h)
}

func why(d *doc, h Hit) Why {
	switch {
	case d.listed:
		return ByQuestion
	case d.fact != nil:
		return ByFact
	case h.Head > 0:
		return ByHeading
	}
	return ByText
}

// join keeps the better of two entries of one page: what can be shown goes
// before a listed question, then coverage decides, then the score.
func (h *Hit) join(o Hit) {
	score := max(h.Score, o.Score)
	best, head := max(h.Best, o.Best), max(h.Head, o.Head)
	listed := max(h.Listed, o.Listed)
	if h.shown() < o.shown() {
		*h = o
	}
	h.Score, h.Best, h.Head, h.Listed = score, best, head, listed
}

func (h *Hit) shown() float64 {
	if h.Why == ByQuestion {
		return -1
	}
	headed := h.Section != nil && h.Section.Heading != ""
	return h.Best + h.Head/4 + float64(btoi(headed))/4 + h.Score/(1+h.Score)/4 - float64(btoi(h.Fact != nil))/8
}

// covers marks which of the wanted words occur among sorted hashes of terms.
func covers(terms []uint64, want []wanted) (has uint64) {
	for i, w := range want {
		if _, ok := slices.BinarySearch(terms, w.hash); ok {
			has |= 1 << i
		}
	}
	return has
}

// weigh is the share of the words marked in has, by weight.
func weigh(want []wanted, has uint64) float64 {
	var sum, all float64
	for i, w := range want {
		all += w.weight
		if has&(1<<i) != 0 {
			sum += w.weight
		}
	}
	return sum / all
}

// rank orders the hits, drops those that do not cover the question, and says
// which words the best page lacks.
func rank(hits []Hit, want []wanted, covered map[*Page]uint64, q Query) *Result {
	top := 0.0
	for i := range hits {
		hits[i].Coverage = weigh(want, covered[hits[i].Page])
		top = max(top, hits[i].Score)
	}
	slices.SortStableFunc(hits, func(a, b Hit) int {
		return cmp.Or(cmp.Compare(b.order(top), a.order(top)), strings.Compare(a.Page.ID, b.Page.ID))
	})
	r := &Result{Terms: len(want)}
	for i, w := range want {
		if len(hits) == 0 || covered[hits[0].Page]&(1<<i) == 0 {
			r.Missing = append(r.Missing, w.word.Text)
		}
	}
	if !q.Loose {
		hits = slices.DeleteFunc(hits, func(h Hit) bool { return h.Coverage < minCoverage || h.Best < minBest })
	}
	limit := q.Limit
	if limit <= 0 {
		limit = defaultLimit
	}
	r.Hits = hits[:min(len(hits), limit)]
	return r
}

// order is what hits are ranked by: how much of the question the page covers
// counts most, then how much one section of it does, then Bleve's score.
func (h *Hit) order(top float64) float64 {
	return h.Coverage + 1.5*h.Best + h.Head/2 + h.Score/top/2 + h.Listed/2
}
