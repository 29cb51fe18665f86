package index

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/blevesearch/bleve/v2"
)

// A Query asks an [Index] for pages. Empty fields do not restrict the result.
type Query struct {
	Text      string   // what to search for, if Words is nil
	Words     []Word   // the same, taken apart by [Index.Analyze]
	Pages     []string // IDs; only these
	Languages []string // only pages in one of these
	Kind      Kind     // only pages of this kind
	Under     string   // only pages whose ID is below this folder: "runbooks"
	Limit     int      // at most this many hits; 0 or less means 5
	Loose     bool     // also return pages that do not cover the question
	Own       bool     // words that say nothing about which framework is meant count as well, if pages use them
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
	Listed   float64 // how much the question is like one that the page lists: 0 to 1
	Named    float64 // how much of the question is the page's whole name, by weight: 0 to 1

	entry   entry   // what of the page matches best
	density float64 // Best, less the longer the section is
}

// minCoverage is the share of a question's informative words that a page must
// have. Below it, words have met by chance.
const minCoverage = 0.65

// minBest is the share that one section of the page must have: words that are
// strewn over a page have met by chance as well.
const minBest = 0.5

// defaultLimit is how many hits a query gets that does not say.
const defaultLimit = 5

// maxCandidates is how many pages are looked at closely: section by section.
const maxCandidates = 40

// wanted is one informative word of a question.
type wanted struct {
	word   *Word
	hash   uint32
	weight float64
}

// Search finds the pages that cover the informative words of a query. It
// returns no hits, and no error, where there is nothing to search for.
func (x *Index) Search(ctx context.Context, q Query) (*Result, error) {
	words := q.Words
	if words == nil {
		words = x.Analyze(q.Text).Words
	}
	want := x.wanted(words, q.Own)
	if len(want) == 0 {
		return &Result{}, nil
	}
	leave, err := x.enter()
	if err != nil {
		return nil, fmt.Errorf("search: %w", err)
	}
	defer leave()
	most := max(maxCandidates, q.Limit)
	named := x.Named(words)
	found, err := x.candidates(ctx, scored(words, want), want, x.allowed(q), named, most)
	if err != nil {
		return nil, err
	}
	hits := make([]Hit, 0, len(found))
	covered := make(map[*Page]uint64, len(found))
	var space entrySpace
	for i := range found {
		h := x.hit(&found[i], want, &space)
		h.Named = shareOf(named, h.Page)
		hits = append(hits, h)
		covered[found[i].page()] = found[i].has
	}
	r := rank(hits, want, covered, q)
	for i := range r.Hits {
		r.Hits[i].show()
	}
	return r, nil
}

// wanted picks the informative words, each once; with own, also those that are
// informative only in a library of its own field.
func (x *Index) wanted(words []Word, own bool) []wanted {
	out := make([]wanted, 0, len(words))
	for i := range words {
		w := &words[i]
		weight := w.Weight()
		if own && weight == 0 && w.own() {
			weight = ownWeight
		}
		if len(out) == MaxTerms {
			break
		}
		if weight == 0 || slices.ContainsFunc(out, func(o wanted) bool { return o.word.Stem == w.Stem }) {
			continue
		}
		out = append(out, wanted{word: w, hash: hash(w.Stem), weight: weight})
	}
	return out
}

// own reports whether pages use a word that says nothing elsewhere: "handbook", "support".
func (w *Word) own() bool {
	return w.Name == nil && !w.unspaced && w.Known && (w.Class == Neutral || w.Class == Web || w.Class == Foreign)
}

// ownWeight is what such a word says of a page: less than others do.
const ownWeight = 0.5

// Informative reports whether the word says which page is meant.
func (w *Word) Informative() bool { return w.Weight() > 0 }

// Weight is how much the word says about which page is meant: 0 for nothing, 1
// for a word of the usual sort, up to 1.5 for another technology.
func (w *Word) Weight() float64 {
	switch {
	case w.Name != nil || w.unspaced || w.Language != "":
		return 0
	case w.Class.neutral() || w.Class == Web || w.Class == Foreign:
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

// allowed reports which pages the query's filters let through; nil lets all through.
func (x *Index) allowed(q Query) func(*Page) bool {
	if len(q.Pages) == 0 && len(q.Languages) == 0 && q.Kind == "" && q.Under == "" {
		return nil
	}
	return func(p *Page) bool {
		return (len(q.Pages) == 0 || slices.Contains(q.Pages, p.ID)) &&
			(len(q.Languages) == 0 || p.IsIn(q.Languages...)) &&
			(q.Kind == "" || q.Kind == p.Kind) &&
			(q.Under == "" || strings.HasPrefix(p.ID, q.Under+"/"))
	}
}

// Mentions reports whether some section, fact or listed question of the page uses the word.
func (x *Index) Mentions(p *Page, w *Word) bool {
	leave, err := x.enter()
	if err != nil {
		return false
	}
	defer leave()
	i, ok := x.byID[p.ID]
	if !ok || x.pages[i] != p {
		return false
	}
	want, at := [1]wanted{{hash: hash(w.Stem), weight: 1}}, x.places[i]
	part := x.partOf(at)
	return slices.ContainsFunc(part.seg.entriesOf(at-part.first, &entrySpace{}), func(e entry) bool {
		if e.sort == ofQuestion {
			e.terms = x.question(at, p, e.at)
		}
		return covers(e.terms, want[:]) != 0
	})
}

// Match runs text as Bleve's own match query over the same entries and returns
// how many match: no names, no spelling, no coverage. It is the yardstick of
// the benchmarks and of no use for answering.
func (x *Index) Match(ctx context.Context, text string) (uint64, error) {
	leave, err := x.enter()
	if err != nil {
		return 0, fmt.Errorf("match: %w", err)
	}
	defer leave()
	q := bleve.NewMatchQuery(text)
	q.SetField(textField)
	total := uint64(0)
	for _, of := range x.parts[0].seg.shards {
		found, err := of.bleve.SearchInContext(ctx, bleve.NewSearchRequest(q))
		if err != nil {
			return 0, fmt.Errorf("match: %w", err)
		}
		total += found.Total
	}
	return total, nil
}
