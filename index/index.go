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
	"fmt"
	"hash/maphash"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/index/scorch"
)

// batchSize is how many sections go to Bleve at once; more costs memory and gains nothing.
const batchSize = 1000

// An Index answers queries over a set of pages. It is safe for use by several
// goroutines, and does not change once it was made.
type Index struct {
	pages      []*Page
	byID       map[string]*Page
	names      *names
	spelling   *spelling
	vocabulary map[string]struct{} // terms that some page uses
	bleve      bleve.Index
	docs       []doc
	seed       maphash.Seed
}

// doc is one entry of the Bleve index: a section, the summary, a fact or a listed question.
type doc struct {
	page    *Page
	section *Section
	fact    *Fact
	listed  bool // a question that the page lists: finds the page, shows nothing
	heading string
	text    string   // all of it; analysed by Bleve and by us
	terms   []uint64 // hashes of its terms, sorted
	head    []uint64 // those of its heading
}

// New indexes pages in memory. The index keeps the pages; they must not be changed.
func New(pages []*Page) (*Index, error) {
	b, err := bleve.NewUsing("", newMapping(), scorch.Name, scorch.Name, nil)
	if err != nil {
		return nil, fmt.Errorf("new index: %w", err)
	}
	x := &Index{
		pages: pages, byID: make(map[string]*Page, len(pages)),
		vocabulary: map[string]struct{}{}, bleve: b, seed: maphash.MakeSeed(),
	}
	for _, p := range pages {
		x.byID[p.ID] = p
		x.collect(p)
	}
	var ours sync.WaitGroup
	ours.Go(x.learn) // beside Bleve, which takes as long
	err = x.build()
	ours.Wait()
	if err != nil {
		return nil, errors.Join(fmt.Errorf("new index: %w", err), b.Close())
	}
	return x, nil
}

// collect makes the entries of one page.
func (x *Index) collect(p *Page) {
	x.docs = append(x.docs, doc{page: p, section: &Section{Body: p.Body().Summary}, heading: p.Title, text: p.unmarked(p.Body().Summary)})
	for i := range p.Body().Sections {
		s := &p.Body().Sections[i]
		x.docs = append(x.docs, doc{page: p, section: s, heading: s.Heading, text: s.Part + "\n" + p.unmarked(s.Body)})
	}
	for i := range p.Facts {
		f := &p.Facts[i]
		x.docs = append(x.docs, doc{page: p, fact: f, heading: f.Label, text: f.Value})
	}
	for _, q := range p.Body().Questions {
		x.docs = append(x.docs, doc{page: p, listed: true, text: q.Text})
	}
}

// learn collects names, and the terms and words of all entries.
func (x *Index) learn() {
	x.names, x.spelling = newNames(x.pages), newSpelling()
	defer x.learnQuestions()
	for i := range x.docs {
		d := &x.docs[i]
		head := tokenize(Fold(d.heading))
		d.head = x.hashes(expand(head))
		tokens := tokenize(Fold(d.text))
		terms := expand(tokens)
		d.terms = append(x.hashes(terms), d.head...)
		slices.Sort(d.terms)
		for _, t := range terms {
			x.vocabulary[t.term] = struct{}{}
		}
		for _, t := range slices.Concat(head, tokens) {
			key := Key(possessive(t.text))
			x.vocabulary[canonical(stem(key))] = struct{}{}
			x.spelling.add(key)
		}
	}
}

var noteMark = regexp.MustCompile(`\bNote \(\d{4}(?:-\d\d)*\):`)

// unmarked is text without the marks of sources and notes, which say nothing about the page.
func (p *Page) unmarked(text string) string {
	for i := range p.Sources {
		text = strings.ReplaceAll(text, p.Sources[i].String(), "")
	}
	return noteMark.ReplaceAllString(text, "")
}

// hashes are those of the terms, sorted, each once.
func (x *Index) hashes(terms []term) []uint64 {
	hs := make([]uint64, len(terms))
	for i, t := range terms {
		hs[i] = x.hash(t.term)
	}
	slices.Sort(hs)
	return slices.Compact(hs)
}

// learnQuestions leaves of the listed questions the informative words. It needs all the rest.
func (x *Index) learnQuestions() {
	for i := range x.docs {
		d := &x.docs[i]
		if !d.listed {
			continue
		}
		d.terms = d.terms[:0]
		for _, w := range x.wanted(x.Analyze(d.text).Words) {
			d.terms = append(d.terms, w.hash)
		}
		slices.Sort(d.terms)
	}
}

func (x *Index) hash(term string) uint64 { return maphash.String(x.seed, term) }

// build hands the entries to Bleve.
func (x *Index) build() error {
	batch := x.bleve.NewBatch()
	for i := range x.docs {
		d := &x.docs[i] // not a copy: [Index.learn] is filling in the other half
		if err := batch.Index(strconv.Itoa(i), d.fields()); err != nil {
			return fmt.Errorf("page %s: %w", d.page.ID, err)
		}
		if batch.Size() < batchSize && i < len(x.docs)-1 {
			continue
		}
		if err := x.bleve.Batch(batch); err != nil {
			return err
		}
		batch.Reset()
	}
	return nil
}

// fields are what Bleve indexes of an entry. A heading counts twice.
func (d *doc) fields() map[string]any {
	return map[string]any{
		textField: d.heading + "\n" + d.heading + "\n" + d.text,
		pageField: d.page.ID, languageField: filterKeys(d.page.Languages), kindField: string(d.page.Kind),
	}
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
func (x *Index) Close() error { return x.bleve.Close() }
