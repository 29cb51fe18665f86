package index

import "maps"

// A part is a segment of an index, without the pages that another part has in a
// newer version, or that are gone. What the segment knows of those is taken
// off, so that an index that was updated finds what a new one would.
type part struct {
	seg   *segment
	first uint32 // number of its first page among those of all parts
	dead  []bool // by number within the part
	gone  gone
}

// gone is what the dead pages of a part use.
type gone struct {
	pages  int
	length uint64            // terms
	terms  map[uint32]uint32 // pages that use each
	words  map[string]uint32
}

// without is the part with further dead pages.
func (p part) without(numbers []uint32) part {
	if len(numbers) == 0 {
		return p
	}
	dead := make([]bool, len(p.seg.pages))
	copy(dead, p.dead)
	p.dead = dead
	p.gone.terms, p.gone.words = cloned(p.gone.terms), cloned(p.gone.words)
	for _, number := range numbers {
		d := digest{page: p.seg.pages[number]}
		d.Analyze()
		p.dead[number] = true
		p.gone.pages++
		p.gone.length += uint64(p.seg.lengths[number])
		for term := range d.counts {
			p.gone.terms[hash(term)]++
		}
		for _, key := range d.words {
			p.gone.words[key]++
		}
	}
	return p
}

func cloned[K comparable](m map[K]uint32) map[K]uint32 {
	if m == nil {
		return map[K]uint32{}
	}
	return maps.Clone(m)
}

// isDead reports whether a page is replaced or gone.
func (p *part) isDead(number uint32) bool { return p.dead != nil && p.dead[number] }

// uses is how many of the part's living pages use the term.
func (p *part) uses(term uint32) uint32 {
	all := p.seg.lexis.uses(term)
	return all - min(all, p.gone.terms[term])
}

// near is the word of a living page that key is a slip away from, "" if there is none.
func (p *part) near(key string) string { return p.seg.lexis.spelling.near(key, p.gone.words) }

// length is how many terms the living pages have.
func (p *part) length() (sum uint64) {
	for _, n := range p.seg.lengths {
		sum += uint64(n)
	}
	return sum - p.gone.length
}
