// Package index keeps pages in a Bleve index and finds them: by name, in
// spite of misspellings, or by what their sections say. It knows nothing of chat.
//
// [ReadPages] reads and checks pages, [New] indexes them, [Index.Analyze] takes
// a question apart and [Index.Search] finds the sections that answer it. What
// is found has to cover the question's informative words: a question about
// something else finds nothing, however many of its words occur somewhere.
package index

import (
	"errors"
	"regexp"
	"slices"
	"strings"
	"sync"
)

// An Index answers queries over a set of pages. It is safe for use by several
// goroutines, and does not change once it was made.
type Index struct {
	pages   []*Page
	byID    map[string]*Page
	names   *names
	parts   []part
	places  map[*Page]uint32 // number of each page among those of all parts
	numbers int              // of pages in all parts, the dead ones among them
	average float64          // terms of a page
	tallies sync.Pool
}

// A part is a segment of an index, without the pages that another part has in a
// newer version, or that are gone.
type part struct {
	seg   *segment
	first uint32 // number of its first page among those of all parts
	dead  []bool // by number within the part
}

// New indexes pages in memory. The index keeps the pages; they must not be changed.
func New(pages []*Page) (*Index, error) {
	seg, err := newSegment(pages)
	if err != nil {
		return nil, err
	}
	x := &Index{pages: pages, parts: []part{{seg, 0, make([]bool, len(pages))}}}
	x.assemble()
	x.learnQuestions(seg)
	return x, nil
}

// assemble fills in what follows from the pages and parts.
func (x *Index) assemble() {
	x.byID = make(map[string]*Page, len(x.pages))
	for _, p := range x.pages {
		x.byID[p.ID] = p
	}
	x.names, x.places = newNames(x.pages), make(map[*Page]uint32, len(x.pages))
	total := 0.0
	for i := range x.parts {
		total += x.parts[i].seg.total
		x.numbers += len(x.parts[i].seg.pages)
		for number, p := range x.parts[i].seg.pages {
			x.places[p] = x.parts[i].first + uint32(number)
		}
	}
	x.average = max(1, total/float64(max(1, x.numbers)))
}

var noteMark = regexp.MustCompile(`\bNote \(\d{4}(?:-\d\d)*\):`)

// unmarked is text without the marks of sources and notes, which say nothing about the page.
func (p *Page) unmarked(text string) string {
	for i := range p.Sources {
		text = strings.ReplaceAll(text, p.Sources[i].String(), "")
	}
	return noteMark.ReplaceAllString(text, "")
}

// learnQuestions leaves of the listed questions the informative words. It needs all the rest.
func (x *Index) learnQuestions(seg *segment) {
	for number, page := range seg.pages {
		for i := range seg.entries[number] {
			e := &seg.entries[number][i]
			if e.sort != ofQuestion {
				continue
			}
			e.terms = e.terms[:0]
			for _, w := range x.wanted(x.Analyze(page.Body().Questions[e.at].Text).Words) {
				e.terms = append(e.terms, w.hash)
			}
			slices.Sort(e.terms)
		}
	}
}

// partOf is the part that a page's number among those of all parts belongs to.
func (x *Index) partOf(number uint32) *part {
	for i := len(x.parts) - 1; i > 0; i-- {
		if number >= x.parts[i].first {
			return &x.parts[i]
		}
	}
	return &x.parts[0]
}

// entriesOf are the entries of one of the index's pages.
func (x *Index) entriesOf(p *Page) []entry {
	at, ok := x.places[p]
	if !ok {
		return nil
	}
	part := x.partOf(at)
	return part.seg.entries[at-part.first]
}

// uses reports whether some page uses the term.
func (x *Index) uses(term string) bool {
	return slices.ContainsFunc(x.parts, func(p part) bool { return p.seg.lexis.hasTerm(term) })
}

// respell returns the word that pages use, or that is listed, one slip of the
// keyboard away from key, "" if there is none.
func (x *Index) respell(key string) string {
	for i := range x.parts {
		if near := x.parts[i].seg.lexis.spelling.near(key); near != "" {
			return near
		}
	}
	return ""
}

// Pages returns all pages in the order in which they were given. The slice must not be changed.
func (x *Index) Pages() []*Page { return x.pages }

// Page returns the page with that ID.
func (x *Index) Page(id string) (*Page, bool) {
	p, ok := x.byID[id]
	return p, ok
}

// Lookup returns the page that text as a whole is a name of, and how. It is
// what makes a plain name fast: no search is needed.
func (x *Index) Lookup(text string) (*Page, Why, bool) {
	nm, ok := x.names.byKey[Key(text)]
	if !ok {
		return nil, "", false
	}
	return nm.page, nm.why, true
}

// Similar returns the pages with a name that text may be a misspelling of,
// also where it is too far off, or too ordinary a word, to be taken for it.
func (x *Index) Similar(text string) []*Page { return x.names.similar(Key(text)) }

// Close frees the index. No method may be called after it.
func (x *Index) Close() error {
	var all []error
	for i := range x.parts {
		all = append(all, x.parts[i].seg.close())
	}
	return errors.Join(all...)
}
