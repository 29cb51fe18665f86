package index

import (
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
	at            int
	heading, text string
}

// passages are the texts of a page's entries.
func (p *Page) passages() []passage {
	body := p.Body()
	all := make([]passage, 0, 1+len(body.Sections)+len(p.Facts)+len(body.Questions))
	all = append(all, passage{ofSummary, false, 0, p.Title, p.unmarked(body.Summary) + "\n" + strings.Join(p.Words, "\n")})
	for i := range body.Sections {
		s := &body.Sections[i]
		all = append(all, passage{ofSection, s.Heading != "", i, s.Heading, s.Part + "\n" + p.unmarked(s.Body)})
	}
	for i := range p.Facts {
		all = append(all, passage{ofFact, false, i, p.Facts[i].Label, p.Facts[i].Value})
	}
	for i, q := range body.Questions {
		all = append(all, passage{ofQuestion, false, i, "", q.Text})
	}
	return all
}

func newEntry(p *passage, head, text []term) entry {
	e := entry{sort: p.sort, headed: p.headed, at: p.at}
	if p.sort == ofQuestion {
		return e // which of its words say what is meant depends on all pages: see [Index.listed]
	}
	e.terms = make([]uint32, 0, len(head)+len(text))
	for _, t := range head {
		e.terms = append(e.terms, hash(t.term))
	}
	e.head = sorted(slices.Clone(e.terms))
	for _, t := range text {
		e.terms = append(e.terms, hash(t.term))
	}
	e.terms = sorted(e.terms)
	return e
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
