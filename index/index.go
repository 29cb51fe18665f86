// Package index keeps pages in a Bleve index and finds them: by name, in
// spite of misspellings, or by what their sections say. It knows nothing of chat.
//
// [ReadPages] reads and checks pages, [New] indexes them, [Index.Analyze] takes
// a question apart and [Index.Search] finds the sections that answer it. What
// is found has to cover the question's informative words: a question about
// something else finds nothing, however many of its words occur somewhere.
package index

import (
	"cmp"
	"errors"
	"regexp"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
)

// ErrClosed is what a search of a closed index returns.
var ErrClosed = errors.New("the index is closed")

// An Index answers queries over a set of pages. It is safe for use by several
// goroutines, and does not change once it was made: [Index.Update] makes another.
type Index struct {
	pages     []*Page
	byID      map[string]int // where each page is among pages
	names     *names
	documents bool // some of the pages are
	parts     []part
	places    []uint32 // number of each of the pages among those of all parts
	numbers   int      // of pages in all parts, the dead ones among them
	average   float64  // terms of a page
	tallies   *sync.Pool
	listed    []atomic.Pointer[[][]uint32] // by number: see [Index.questions]

	using  sync.RWMutex // held by searches, for their time
	closed bool
}

// New indexes pages in memory. Each page has an ID of its own. The index keeps
// the pages; they must not be changed.
func New(pages []*Page) (*Index, error) {
	x := &Index{pages: pages, tallies: &sync.Pool{}}
	var beside sync.WaitGroup
	beside.Go(func() { x.names = newNames(pages) })
	seg, err := newSegment(pages)
	beside.Wait()
	if err != nil {
		return nil, err
	}
	x.parts = []part{{seg: seg}}
	x.assemble()
	return x, nil
}

// assemble fills in what follows from the pages and parts.
func (x *Index) assemble() {
	x.byID, x.places = make(map[string]int, len(x.pages)), make([]uint32, len(x.pages))
	for i, p := range x.pages {
		x.byID[p.ID] = i
		x.documents = x.documents || p.Kind == Document
	}
	total := uint64(0)
	for i := range x.parts {
		part := &x.parts[i]
		part.first = uint32(x.numbers)
		x.numbers += len(part.seg.pages)
		total += part.length()
		for number, p := range part.seg.pages {
			if at, ok := x.byID[p.ID]; ok && !part.isDead(uint32(number)) {
				x.places[at] = part.first + uint32(number)
			}
		}
	}
	if x.names == nil {
		x.names = newNames(x.pages)
	}
	x.listed = make([]atomic.Pointer[[][]uint32], x.numbers)
	x.average = max(1, float64(total)/float64(max(1, len(x.pages))))
}

var noteMark = regexp.MustCompile(`\bNote \(\d{4}(?:-\d\d)*\):`)

// unmarked is text without the marks of sources and notes, which say nothing about the page.
func (p *Page) unmarked(text string) string {
	for i := range p.Sources {
		if s := &p.Sources[i]; strings.Contains(text, s.Label) {
			text = strings.ReplaceAll(text, s.String(), "")
		}
	}
	if !strings.Contains(text, "Note (") {
		return text
	}
	return noteMark.ReplaceAllString(text, "")
}

// questions are, for each question that a page lists, the informative words, as
// sorted hashes. Which words these are depends on all pages; so they are worked
// out when the page is first a candidate.
func (x *Index) questions(at uint32, p *Page) [][]uint32 {
	if known := x.listed[at].Load(); known != nil {
		return *known
	}
	list := p.Body().Questions
	found := make([][]uint32, len(list))
	for i := range list {
		for _, w := range x.wanted(x.Analyze(list[i].Text).Words, false) {
			found[i] = append(found[i], w.hash)
		}
		slices.Sort(found[i])
	}
	x.listed[at].Store(&found)
	return found
}

// question is one of them; none if the page's body could not be read.
func (x *Index) question(at uint32, p *Page, which int) []uint32 {
	if all := x.questions(at, p); which < len(all) {
		return all[which]
	}
	return nil
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

// uses reports whether some page uses the term.
func (x *Index) uses(term string) bool {
	h := hash(term)
	return slices.ContainsFunc(x.parts, func(p part) bool { return p.uses(h) > 0 })
}

// respell returns the word that pages use, or that is listed, one slip of the
// keyboard away from key, "" if there is none.
func (x *Index) respell(key string) string {
	best := listedWords().near(key, nil)
	for i := range x.parts {
		if near := x.parts[i].near(key); near != "" && shorter(near, best) {
			best = near
		}
	}
	return best
}

// Pages returns all pages in the order in which they were given. The slice must not be changed.
func (x *Index) Pages() []*Page { return x.pages }

// Page returns the page with that ID.
func (x *Index) Page(id string) (*Page, bool) {
	i, ok := x.byID[id]
	if !ok {
		return nil, false
	}
	return x.pages[i], true
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

// enter begins a use of the segments, which [Index.Close] waits for; leave ends it.
func (x *Index) enter() (leave func(), err error) {
	x.using.RLock()
	if x.closed {
		x.using.RUnlock()
		return nil, ErrClosed
	}
	return x.using.RUnlock, nil
}

// Close frees the index, once the searches under way have ended. What it shares
// with other indexes stays until the last of them is closed.
func (x *Index) Close() error {
	x.using.Lock()
	defer x.using.Unlock()
	if x.closed {
		return nil
	}
	x.closed = true
	var all []error
	for i := range x.parts {
		all = append(all, x.parts[i].seg.release())
	}
	return errors.Join(all...)
}

// byPageID orders pages by their IDs.
func byPageID(a, b *Page) int { return cmp.Compare(a.ID, b.ID) }
