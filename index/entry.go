package index

import (
	"hash/fnv"
	"slices"
	"strings"

	"github.com/blevesearch/bleve/v2/analysis"
)

// entry is a part of a page that answers by itself: the summary, a section, a
// fact, or a question that the page lists. A page is found as a whole; its
// entries say which part of it is meant.
type entry struct {
	sort  sortOfEntry
	at    int      // which of the page's sections, facts or questions
	head  []uint32 // hashes of the heading's terms, sorted
	terms []uint32 // hashes of all its terms, those of the heading among them, sorted
}

type sortOfEntry uint8

const (
	ofSummary sortOfEntry = iota
	ofSection
	ofFact
	ofQuestion // finds the page, shows nothing
)

// passage is an entry's words before they are analysed.
type passage struct {
	sort          sortOfEntry
	at            int
	heading, text string
}

// passages are the texts of a page's entries.
func (p *Page) passages() []passage {
	body := p.Body()
	all := make([]passage, 0, 1+len(body.Sections)+len(p.Facts)+len(body.Questions))
	all = append(all, passage{ofSummary, 0, p.Title, p.unmarked(body.Summary) + "\n" + strings.Join(p.Words, "\n")})
	for i := range body.Sections {
		s := &body.Sections[i]
		all = append(all, passage{ofSection, i, s.Heading, s.Part + "\n" + p.unmarked(s.Body)})
	}
	for i := range p.Facts {
		all = append(all, passage{ofFact, i, p.Facts[i].Label, p.Facts[i].Value})
	}
	for i, q := range body.Questions {
		all = append(all, passage{ofQuestion, i, "", q.Text})
	}
	return all
}

// digest is what the analysis of one page yields, apart from what Bleve keeps.
type digest struct {
	page    *Page
	known   *lexis // words that were met before
	entries []entry
	length  int      // terms of the page
	words   []string // keys of words that were not met before
}

// headingCounts is how often a heading's terms count: twice as much as text does.
const headingCounts = 2

// Analyze implements Bleve's analysis.Analyzer: Bleve's workers call it once for
// each page, and what is ours is noted on the way, so that no text is taken
// apart twice.
func (d *digest) Analyze([]byte) analysis.TokenStream {
	passages := d.page.passages()
	d.entries = make([]entry, len(passages))
	stream := make(analysis.TokenStream, 0, 256)
	for i := range passages {
		p := &passages[i]
		head, text := tokenize(Fold(p.heading)), tokenize(Fold(p.text))
		d.note(head)
		d.note(text)
		headTerms, textTerms := expand(head), expand(text)
		d.entries[i] = newEntry(p.sort, p.at, headTerms, textTerms)
		for range headingCounts {
			stream = appendTokens(stream, headTerms)
		}
		stream = appendTokens(stream, textTerms)
	}
	d.length = len(stream)
	return stream
}

func newEntry(sort sortOfEntry, at int, head, text []term) entry {
	e := entry{sort: sort, at: at, head: make([]uint32, len(head))}
	for i, t := range head {
		e.head[i] = hash(t.term)
	}
	e.terms = slices.Grow(slices.Clone(e.head), len(text))
	for _, t := range text {
		e.terms = append(e.terms, hash(t.term))
	}
	slices.Sort(e.head)
	slices.Sort(e.terms)
	e.head, e.terms = slices.Compact(e.head), slices.Clip(slices.Compact(e.terms))
	return e
}

func appendTokens(stream analysis.TokenStream, terms []term) analysis.TokenStream {
	tokens := make([]analysis.Token, len(terms))
	for i, t := range terms {
		tokens[i] = analysis.Token{Term: []byte(t.term), Position: len(stream) + 1, Type: analysis.AlphaNumeric}
		stream = append(stream, &tokens[i])
	}
	return stream
}

// note keeps the words that were not met before, for corrections.
func (d *digest) note(tokens []token) {
	for _, t := range tokens {
		if key := Key(possessive(t.text)); !d.known.hasWord(key) {
			d.words = append(d.words, key)
		}
	}
}

// hash stands for a term: equal for equal terms, on every machine. Two of the
// few hundred terms of a page share one once in ten million pages.
func hash(term string) uint32 {
	h := fnv.New32a()
	_, _ = h.Write([]byte(term))
	return h.Sum32()
}
