package index

import (
	"cmp"
	"math/bits"
	"slices"
	"strings"
)

// hit looks at a candidate's entries and picks the one that answers best.
func (x *Index) hit(c *candidate, want []wanted, space *entrySpace) Hit {
	var best Hit
	for _, e := range c.part.seg.entriesOf(c.number, space) {
		if e.sort == ofQuestion {
			e.terms = x.question(c.part.first+c.number, c.page(), e.at)
		}
		has := covers(e.terms, want)
		if has == 0 {
			continue
		}
		h := e.hit(c.page(), want, has)
		if best.Page == nil {
			best = h
		} else {
			best.join(h)
		}
	}
	best.Page, best.Score = c.page(), c.score
	return best
}

// hit is what one entry says of a page that has these of the wanted words.
func (e *entry) hit(p *Page, want []wanted, has uint64) Hit {
	h := Hit{Page: p, entry: *e, Best: weigh(want, has), Head: weigh(want, covers(e.head, want))}
	h.density = h.Best * usualTerms / (usualTerms + float64(len(e.terms)))
	switch e.sort {
	case ofFact:
		h.Head = 0 // a fact's label is not a heading that was chosen for the page
	case ofQuestion:
		h.Listed = h.Best * float64(bits.OnesCount64(has)) / float64(max(1, len(e.terms)))
	}
	h.Why = e.why(h.Head)
	h.entry.head, h.entry.terms = nil, nil // they may be overwritten
	return h
}

// show fills in what of the page is to be shown.
func (h *Hit) show() {
	switch at := h.entry.at; h.entry.sort {
	case ofSummary:
		if h.Why != "" {
			h.Section = &Section{Body: h.Page.Body().Summary}
		}
	case ofSection:
		if sections := h.Page.Body().Sections; at < len(sections) {
			h.Section = &sections[at]
			if all := h.Page.pieces(h.Section); h.entry.piece < len(all) {
				h.Section = h.Section.piece(all[h.entry.piece])
			}
		}
	case ofFact:
		if at < len(h.Page.Facts) {
			h.Fact = &h.Page.Facts[at]
		}
	}
}

// usualTerms is how many terms a section of usual length has.
const usualTerms = 50

func (e *entry) why(head float64) Why {
	switch {
	case e.sort == ofQuestion:
		return ByQuestion
	case e.sort == ofFact:
		return ByFact
	case head > 0:
		return ByHeading
	}
	return ByText
}

// join keeps the better of two entries of one page: what can be shown goes
// before a listed question, then coverage decides, then the score.
func (h *Hit) join(o Hit) {
	best, head := max(h.Best, o.Best), max(h.Head, o.Head)
	listed := max(h.Listed, o.Listed)
	if h.shown() < o.shown() {
		*h = o
	}
	h.Best, h.Head, h.Listed = best, head, listed
}

func (h *Hit) shown() float64 {
	if h.Why == ByQuestion {
		return -1
	}
	return h.Best + h.Head/4 + float64(btoi(h.entry.headed))/4 + h.density/4 - float64(btoi(h.entry.sort == ofFact))/8
}

// covers marks which of the wanted words occur among sorted hashes of terms.
func covers(terms []uint32, want []wanted) (has uint64) {
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
	trusted := trust(len(want))
	if slices.ContainsFunc(hits, func(h Hit) bool { return h.Page.Kind != Document }) {
		trusted = max(trusted, trustCurated)
	}
	slices.SortStableFunc(hits, func(a, b Hit) int {
		return cmp.Or(cmp.Compare(b.order(top, trusted), a.order(top, trusted)), strings.Compare(a.Page.ID, b.Page.ID))
	})
	r := &Result{Terms: len(want)}
	for i, w := range want {
		if len(hits) == 0 || covered[hits[0].Page]&(1<<i) == 0 {
			r.Missing = append(r.Missing, w.word.Text)
		}
	}
	if !q.Loose {
		hits = slices.DeleteFunc(hits, func(h Hit) bool { return !h.meant() && (h.Coverage < minCoverage || h.Best < minBest) })
	}
	limit := q.Limit
	if limit <= 0 {
		limit = defaultLimit
	}
	r.Hits = hits[:min(len(hits), limit)]
	return r
}

// meant reports whether a document is meant although it lacks much of the
// question: its whole name is asked for, or a heading of it says half of what is.
func (h *Hit) meant() bool {
	return h.Page.Kind == Document && (h.Named > 0 || h.Head >= 0.5 && h.Best >= 0.5)
}

// order is what hits are ranked by. Of one or two words, how much of them the
// page covers counts most, then how much one section of it does; to more words
// the page with the highest score is nearest.
func (h *Hit) order(top, trusted float64) float64 {
	return h.Score/top/2 + 0.03*h.Head + trusted*(h.Coverage+1.5*h.Best+h.Head/2+h.Listed/2) + namedCounts*h.Named
}

// namedCounts is what it counts for a document if its name is all of the question.
const namedCounts = 1

// trustCurated is how far coverage orders hits at least where pages are among
// them that people wrote to answer questions: their sections are short, and each
// is about one thing.
const trustCurated = 0.5

// trust is how far coverage orders the answers to a question of so many
// informative words: 1 for one word, 0 from three on.
func trust(words int) float64 { return max(0, min(1, float64(3-words)/2)) }
