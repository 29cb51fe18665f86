package index

import (
	"slices"
	"strconv"

	"github.com/blevesearch/bleve/v2/document"
	bleveindex "github.com/blevesearch/bleve_index_api"
)

// digest is a page taken apart: its entries, and what Bleve takes as the one
// field of a document. Bleve's workers do the work in [digest.Analyze], so that
// no text is taken apart twice.
type digest struct {
	page    *Page
	entries []entry
	length  int // terms of the page
	counts  bleveindex.TokenFrequencies
	words   []string // keys of the page's words that may be misspelt, each once
}

// headingCounts is how often a heading's terms count: twice as much as text does.
const headingCounts = 2

// Analyze implements Bleve's document.Field.
func (d *digest) Analyze() {
	if d.counts != nil {
		return
	}
	a := analysts.Get().(*analyst)
	defer analysts.Put(a)
	d.take(a)
}

// take has an analyst take the page apart.
func (d *digest) take(a *analyst) {
	passages := d.page.passages()
	d.entries = make([]entry, len(passages))
	if d.counts == nil {
		d.counts = make(bleveindex.TokenFrequencies, 256)
	}
	a.begin()
	for i := range passages {
		p := &passages[i]
		e := newEntry(p)
		head := a.text(d, p.heading)
		if e.add(head); !p.again {
			a.count(d, head, headingCounts)
		}
		e.head = sorted(slices.Clone(e.terms))
		e.add(a.text(d, p.lead)) // what is above counts once, with the first piece
		text := a.text(d, p.text)
		e.add(text)
		a.count(d, text, 1)
		e.terms = sorted(e.terms)
		d.entries[i] = e
	}
}

// document is the page as Bleve takes it: one field of text, which is not stored.
func (d *digest) document(number int) *document.Document {
	doc := document.NewDocument(strconv.Itoa(number))
	doc.AddField(d)
	return doc
}

// Name implements Bleve's document.Field.
func (d *digest) Name() string { return textField }

// ArrayPositions implements Bleve's document.Field.
func (d *digest) ArrayPositions() []uint64 { return nil }

// Options implements Bleve's document.Field: no positions, nothing stored.
func (d *digest) Options() bleveindex.FieldIndexingOptions { return bleveindex.IndexField }

// Value implements Bleve's document.Field.
func (d *digest) Value() []byte { return nil }

// NumPlainTextBytes implements Bleve's document.Field.
func (d *digest) NumPlainTextBytes() uint64 { return 0 }

// Size implements Bleve's document.Field.
func (d *digest) Size() int { return 0 }

// EncodedFieldType implements Bleve's document.Field: text.
func (d *digest) EncodedFieldType() byte { return 't' }

// AnalyzedLength implements Bleve's document.Field.
func (d *digest) AnalyzedLength() int { return d.length }

// AnalyzedTokenFrequencies implements Bleve's document.Field.
func (d *digest) AnalyzedTokenFrequencies() bleveindex.TokenFrequencies { return d.counts }
