package index

import "slices"

// page writes what of a page is always in memory.
func (e *encoder) page(p *Page) {
	e.others = nil
	for _, s := range []string{p.ID, p.Title, string(p.Kind), p.Owner, p.Extends, p.File} {
		e.text(s)
	}
	for _, list := range [][]string{p.Aliases, p.Words, p.Unrelated, p.Languages} {
		e.texts(list)
	}
	e.day(p.Reviewed)
	e.number(uint64(len(p.Sources)))
	for i := range p.Sources {
		e.sourceText(&p.Sources[i])
	}
	e.number(uint64(len(p.Links)))
	for _, l := range p.Links {
		e.texts([]string{l.Key, l.Label, l.URL})
	}
	e.number(uint64(len(p.Facts)))
	for i := range p.Facts {
		f := &p.Facts[i]
		e.texts([]string{f.Key, f.Label, f.Value, f.Date})
		e.yesNo(f.Has)
		e.source(p, f.Source)
	}
}

func (d *decoder) page() *Page {
	p := &Page{}
	d.others = nil
	for _, s := range []*string{&p.ID, &p.Title, (*string)(&p.Kind), &p.Owner, &p.Extends, &p.File} {
		*s = d.text()
	}
	for _, list := range []*[]string{&p.Aliases, &p.Words, &p.Unrelated, &p.Languages} {
		*list = d.texts()
	}
	p.Reviewed = d.day()
	p.Sources = listOf(d, 5, func(s *Source) { d.sourceText(s) })
	p.Links = listOf(d, 4, func(l *Link) { d.fields(&l.Key, &l.Label, &l.URL) })
	p.Facts = listOf(d, 7, func(f *Fact) {
		d.fields(&f.Key, &f.Label, &f.Value, &f.Date)
		f.Has, f.Source = d.yesNo(), d.source(p)
	})
	return p
}

// listOf reads values, each of at least that many bytes.
func listOf[T any](d *decoder, bytes int, read func(*T)) []T {
	n := d.count(bytes)
	if n == 0 {
		return nil
	}
	all := make([]T, n)
	for i := range all {
		read(&all[i])
	}
	return all
}

// fields reads as many texts as the encoder wrote in one list.
func (d *decoder) fields(into ...*string) {
	if d.count(1) != len(into) {
		d.fail()
	}
	for _, s := range into {
		*s = d.text()
	}
}

func (e *encoder) yesNo(has *bool) {
	switch {
	case has == nil:
		e.number(0)
	case *has:
		e.number(1)
	default:
		e.number(2)
	}
}

func (d *decoder) yesNo() *bool {
	n := d.number()
	if n == 0 {
		return nil
	}
	yes := n == 1
	return &yes
}

func (e *encoder) sourceText(s *Source) {
	e.texts([]string{s.ID, s.Title, s.Label, s.Date, s.Link})
}

func (d *decoder) sourceText(s *Source) { d.fields(&s.ID, &s.Title, &s.Label, &s.Date, &s.Link) }

// source writes which source it is, from 1, among those of the page and those of
// other pages that were met before; a further one is written out after the
// number that follows the last; 0 is none.
func (e *encoder) source(p *Page, s *Source) {
	if s == nil {
		e.number(0)
		return
	}
	for i := range p.Sources {
		if &p.Sources[i] == s {
			e.number(uint64(i) + 1)
			return
		}
	}
	if i := slices.Index(e.others, s); i >= 0 {
		e.number(uint64(len(p.Sources)+i) + 1)
		return
	}
	e.number(uint64(len(p.Sources)+len(e.others)) + 1)
	e.sourceText(s)
	e.others = append(e.others, s)
}

func (d *decoder) source(p *Page) *Source {
	own := uint64(len(p.Sources))
	switch n := d.number(); {
	case n == 0:
		return nil
	case n <= own:
		return &p.Sources[n-1]
	case n <= own+uint64(len(d.others)):
		return d.others[n-own-1]
	}
	s := &Source{}
	d.sourceText(s)
	d.others = append(d.others, s)
	return s
}

// body writes the text of a page.
func (e *encoder) body(p *Page, b *Body) {
	e.others = nil
	e.text(b.Summary)
	e.sources(p, b.Rests)
	e.number(uint64(len(b.Sections)))
	for i := range b.Sections {
		s := &b.Sections[i]
		e.texts([]string{s.Part, s.Heading, s.Body})
		e.sources(p, s.Rests)
		e.number(uint64(s.Line))
	}
	e.number(uint64(len(b.Questions)))
	for _, q := range b.Questions {
		e.text(q.Text)
		e.number(uint64(q.Line))
	}
}

func (d *decoder) body(p *Page) *Body {
	return &Body{
		Summary: d.text(),
		Rests:   d.sources(p),
		Sections: listOf(d, 6, func(s *Section) {
			d.fields(&s.Part, &s.Heading, &s.Body)
			s.Rests, s.Line = d.sources(p), int(d.number())
		}),
		Questions: listOf(d, 2, func(q *Question) { q.Text, q.Line = d.text(), int(d.number()) }),
	}
}

func (e *encoder) sources(p *Page, all []*Source) {
	e.number(uint64(len(all)))
	for _, s := range all {
		e.source(p, s)
	}
}

func (d *decoder) sources(p *Page) []*Source {
	return listOf(d, 1, func(s **Source) { *s = d.source(p) })
}

// entries writes a page's entries.
func (e *encoder) entries(all []entry) {
	e.number(uint64(len(all)))
	for i := range all {
		n := &all[i]
		e.number(uint64(n.sort)<<1 | uint64(btoi(n.headed)))
		e.number(uint64(n.at))
		e.number(uint64(n.piece))
		e.hashes(n.head)
		e.hashes(n.terms)
	}
}

// entries reads entries into the space of those that were read before.
func (d *decoder) entries(s *entrySpace) []entry {
	n := d.count(5)
	s.entries, s.hashes = s.entries[:0], s.hashes[:0]
	for range n {
		var e entry
		mark := d.number()
		e.sort, e.headed, e.at = sortOfEntry(mark>>1), mark&1 != 0, int(d.number())
		e.piece = int(d.number())
		e.head, s.hashes = d.hashes(s.hashes)
		e.terms, s.hashes = d.hashes(s.hashes)
		s.entries = append(s.entries, e)
	}
	return s.entries
}

// entrySpace is where the entries of one page after another are read into.
type entrySpace struct {
	data    []byte
	entries []entry
	hashes  []uint32
}
