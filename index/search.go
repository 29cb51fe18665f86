package index

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/search/query"
)

// A Query asks an [Index] for pages. Empty fields do not restrict the result.
type Query struct {
	Text      string   // what to search for, if Words is nil
	Words     []Word   // the same, taken apart by [Index.Analyze]
	Pages     []string // IDs; only these
	Languages []string // only pages in one of these
	Kind      Kind     // only pages of this kind
	Limit     int      // at most this many hits; 0 means 5
	Loose     bool     // also return pages that do not cover the question
}

// A Result is what an [Index] found, best hit first.
type Result struct {
	Hits    []Hit
	Terms   int      // informative words that were searched for
	Missing []string // informative words of the question that the best page lacks
}

// A Hit is a page that matches a [Query], with the section that matches best.
type Hit struct {
	Page     *Page
	Section  *Section // nil if a fact or a listed question matched
	Fact     *Fact    // nil unless a fact matched best
	Why      Why
	Score    float64 // comparable only within one Result
	Coverage float64 // share of the informative words that the page has, by weight: 0 to 1
	Best     float64 // the same of the section that has most
	Head     float64 // the same of the heading that has most
}

// minCoverage is the share of a question's informative words that a page must
// have. Below it, words have met by chance.
const minCoverage = 0.65

// maxEntries is how many entries Bleve returns: several sections of one page may match.
const maxEntries = 40

// wanted is one informative word of a question.
type wanted struct {
	word   *Word
	hash   uint64
	weight float64
}

// Search finds the pages that cover the informative words of a query. It
// returns no hits, and no error, where there is nothing to search for.
func (x *Index) Search(ctx context.Context, q Query) (*Result, error) {
	words := q.Words
	if words == nil {
		words = x.Analyze(q.Text).Words
	}
	want := x.wanted(words)
	if len(want) == 0 {
		return &Result{}, nil
	}
	req := bleve.NewSearchRequestOptions(restrict(x.anyOf(want), q), maxEntries, 0, false)
	found, err := x.bleve.SearchInContext(ctx, req)
	if err != nil {
		return nil, fmt.Errorf("search: %w", err)
	}
	hits := make([]Hit, 0, 8)
	covered := make(map[*Page]uint64, 8)
	for _, m := range found.Hits {
		i, err := strconv.Atoi(m.ID)
		if err != nil || i >= len(x.docs) {
			return nil, fmt.Errorf("search: unknown entry %q", m.ID)
		}
		hits = merge(hits, &x.docs[i], want, m.Score, covered)
	}
	return rank(hits, want, covered, q), nil
}

// wanted picks the informative words, each once.
func (x *Index) wanted(words []Word) []wanted {
	out := make([]wanted, 0, len(words))
	for i := range words {
		w := &words[i]
		weight := w.weight()
		if weight == 0 || slices.ContainsFunc(out, func(o wanted) bool { return o.word.Stem == w.Stem }) {
			continue
		}
		out = append(out, wanted{w, x.hash(w.Stem), weight})
	}
	return out
}

// Informative reports whether the word says which page is meant.
func (w *Word) Informative() bool { return w.weight() > 0 }

// weight is how much a word tells about which page is meant.
func (w *Word) weight() float64 {
	switch {
	case w.Name != nil || w.unspaced || w.Language != "":
		return 0
	case w.Class == Neutral || w.Class == Web || w.Class == Foreign:
		return 0
	case w.Number && !w.Known && len(w.Key) == 4 && (w.Key[:2] == "20" || w.Key[:2] == "19"):
		return 0.2 // a year
	case w.Class == Product:
		return 1.5
	case w.Class == Common:
		return 0.7
	}
	return 1
}

// anyOf is the Bleve query for entries with any of the words.
func (x *Index) anyOf(want []wanted) query.Query {
	terms := make([]query.Query, 0, len(want))
	for _, w := range want {
		if w.word.Void {
			continue
		}
		t := bleve.NewTermQuery(w.word.Stem)
		t.SetField(textField)
		terms = append(terms, t)
	}
	if len(terms) == 1 {
		return terms[0]
	}
	return bleve.NewDisjunctionQuery(terms...)
}

// restrict adds the query's filters.
func restrict(text query.Query, q Query) query.Query {
	all := []query.Query{text}
	all = append(all, oneOf(pageField, q.Pages)...)
	all = append(all, oneOf(languageField, q.Languages)...)
	if q.Kind != "" {
		all = append(all, oneOf(kindField, []string{string(q.Kind)})...)
	}
	if len(all) == 1 {
		return text
	}
	return bleve.NewConjunctionQuery(all...)
}

func oneOf(field string, values []string) []query.Query {
	if len(values) == 0 {
		return nil
	}
	terms := make([]query.Query, len(values))
	for i, v := range values {
		t := bleve.NewTermQuery(filterKey(v))
		t.SetField(field)
		t.SetBoost(0) // filters do not rank
		terms[i] = t
	}
	return []query.Query{bleve.NewDisjunctionQuery(terms...)}
}

// merge adds one entry that Bleve found to the hit of its page.
func merge(hits []Hit, d *doc, want []wanted, score float64, covered map[*Page]uint64) []Hit {
	has := covers(d.terms, want)
	covered[d.page] |= has
	h := Hit{
		Page: d.page, Section: d.section, Fact: d.fact, Score: score,
		Best: weigh(want, has), Head: weigh(want, covers(d.head, want)),
	}
	h.Why = why(d, h)
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
	if h.shown() < o.shown() {
		*h = o
	}
	h.Score, h.Best, h.Head = score, best, head
}

func (h *Hit) shown() float64 {
	if h.Why == ByQuestion {
		return -1
	}
	return h.Best + h.Head/4 - float64(btoi(h.Fact != nil))/8
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
		hits = slices.DeleteFunc(hits, func(h Hit) bool { return h.Coverage < minCoverage })
	}
	r.Hits = hits[:min(len(hits), cmp.Or(q.Limit, 5))]
	return r
}

// order is what hits are ranked by: how much of the question the page covers
// counts most, then how much one section of it does, then Bleve's score.
func (h *Hit) order(top float64) float64 {
	return h.Coverage + 1.5*h.Best + h.Head/2 + h.Score/top/2
}

// Mentions reports whether some section, fact or listed question of the page uses the word.
func (x *Index) Mentions(p *Page, w *Word) bool {
	hash := x.hash(w.Stem)
	for i := range x.docs {
		if d := &x.docs[i]; d.page == p {
			if _, ok := slices.BinarySearch(d.terms, hash); ok {
				return true
			}
		}
	}
	return false
}

// Match runs text as Bleve's own match query over the same entries and returns
// how many match: no names, no spelling, no coverage. It is the yardstick of
// the benchmarks and of no use for answering.
func (x *Index) Match(ctx context.Context, text string) (uint64, error) {
	q := bleve.NewMatchQuery(text)
	q.SetField(textField)
	found, err := x.bleve.SearchInContext(ctx, bleve.NewSearchRequest(q))
	if err != nil {
		return 0, fmt.Errorf("match: %w", err)
	}
	return found.Total, nil
}
