package index

import (
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
	passages := d.page.passages()
	d.entries = make([]entry, len(passages))
	d.counts = make(bleveindex.TokenFrequencies, 256)
	words := make(map[string]struct{}, 256)
	for i := range passages {
		p := &passages[i]
		head, lead, text := tokenize(Fold(p.heading)), tokenize(Fold(p.lead)), tokenize(Fold(p.text))
		d.note(words, head)
		d.note(words, lead)
		d.note(words, text)
		headTerms, leadTerms, textTerms := expand(head), expand(lead), expand(text) // what is above counts once, with the first piece
		d.entries[i] = newEntry(p, headTerms, leadTerms, textTerms)
		if !p.again {
			d.count(headTerms, headingCounts)
		}
		d.count(textTerms, 1)
	}
}

// count adds terms to those of the page.
func (d *digest) count(terms []term, times int) {
	d.length += times * len(terms)
	for i := range terms {
		of, ok := d.counts[terms[i].term]
		if !ok {
			of = &bleveindex.TokenFreq{Term: []byte(terms[i].term)}
			d.counts[terms[i].term] = of
		}
		of.SetFrequency(of.Frequency() + times)
	}
}

// note keeps the words that were not met before, for corrections.
func (d *digest) note(seen map[string]struct{}, tokens []token) {
	for _, t := range tokens {
		key := Key(possessive(t.text))
		if _, ok := seen[key]; ok {
			continue
		}
		seen[key] = struct{}{}
		if mayBeMisspelt(key) {
			d.words = append(d.words, key)
		}
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
