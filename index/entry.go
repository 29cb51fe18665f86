package index

import (
	"cmp"
	"slices"
	"strings"
)

// entry is a part of a page that answers by itself: the summary, a section, a
// fact, or a question that the page lists. A page is found as a whole; its
// entries say which part of it is meant.
type entry struct {
	sort   sortOfEntry
	headed bool     // a section with a heading of its own
	at     int      // which of the page's sections, facts or questions
	piece  int      // which piece of the section
	head   []uint32 // hashes of the heading's terms, sorted
	terms  []uint32 // hashes of all its terms, those of the heading among them, sorted; none of a question
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
	headed        bool
	at, piece     int
	again         bool // the heading was that of the passage before
	heading, text string
	lead          string // what stands above all of the section, of its further pieces
}

// passages are the texts of a page's entries.
func (p *Page) passages() []passage {
	body := p.Body()
	all := make([]passage, 0, 1+len(body.Sections)+len(p.Facts)+len(body.Questions))
	all = append(all, passage{sort: ofSummary, heading: p.Title, text: p.unmarked(body.Summary) + "\n" + strings.Join(p.Words, "\n")})
	for i := range body.Sections {
		s := &body.Sections[i]
		last := ""
		for j, of := range p.pieces(s) {
			one := passage{sort: ofSection, at: i, piece: j, heading: cmp.Or(of.heading, s.Heading), text: p.unmarked(s.Body[of.from:of.to])}
			one.headed, one.again = one.heading != "", j > 0 && one.heading == last
			if last = one.heading; j == 0 {
				one.text = s.Part + "\n" + one.text
			} else {
				one.lead = s.Part
			}
			all = append(all, one)
		}
	}
	for i := range p.Facts {
		all = append(all, passage{sort: ofFact, at: i, heading: p.Facts[i].Label, text: p.Facts[i].Value})
	}
	for i, q := range body.Questions {
		all = append(all, passage{sort: ofQuestion, at: i, text: q.Text})
	}
	return all
}

func newEntry(p *passage) entry {
	return entry{sort: p.sort, headed: p.headed, at: p.at, piece: p.piece}
}

// add adds terms, not yet in order. Which words of a listed question say what is
// meant depends on all pages: see [Index.questions].
func (e *entry) add(terms []*knownTerm) {
	if e.sort == ofQuestion {
		return
	}
	e.terms = slices.Grow(e.terms, len(terms))
	for _, t := range terms {
		e.terms = append(e.terms, t.hash)
	}
}

// sorted are the hashes in order, each once.
func sorted(hashes []uint32) []uint32 {
	slices.Sort(hashes)
	return slices.Clip(slices.Compact(hashes))
}

// hash stands for a term: equal for equal terms, on every machine (FNV-1a). Two
// of the few hundred terms of a page share one once in ten million pages.
func hash(term string) uint32 {
	h := uint32(2166136261)
	for i := range len(term) {
		h = (h ^ uint32(term[i])) * 16777619
	}
	return h
}
