package index

import "slices"

// staleAfter is how many pages may have changed since an index was built before
// it should be built anew, unless a share of them, staleShare, is more.
const (
	staleAfter = 200
	staleShare = 10 // a tenth
)

// Update returns an index in which the changed pages stand in the place of
// those with their IDs, further ones are added, and those whose IDs are gone are
// not there. It finds what [New] would find over the same pages. A page that is
// added comes last, or at its place where all pages are in the order of their IDs.
//
// The index itself stays as it is and has to be closed on its own. The two share
// all pages that did not change; those that did since the last full build are
// indexed again, in memory, so the work grows with their number: see [Index.Stale].
func (x *Index) Update(changed []*Page, gone []string) (*Index, error) {
	leave, err := x.enter()
	if err != nil {
		return nil, err
	}
	defer leave()
	newer := make(map[string]*Page, len(changed)+len(gone)) // nil for a page that is gone
	for _, p := range changed {
		newer[p.ID] = p
	}
	for _, id := range gone {
		if _, ok := newer[id]; !ok {
			newer[id] = nil
		}
	}
	y := &Index{pages: x.pagesWith(newer), tallies: x.tallies}
	if err := y.partsOf(x, newer); err != nil {
		return nil, err
	}
	y.assemble()
	return y, nil
}

// pagesWith are the pages with newer ones in their places.
func (x *Index) pagesWith(newer map[string]*Page) []*Page {
	pages := make([]*Page, 0, len(x.pages)+len(newer))
	for _, p := range x.pages {
		n, is := newer[p.ID]
		switch {
		case !is:
			pages = append(pages, p)
		case n != nil:
			pages = append(pages, n)
		}
	}
	var added []*Page
	for id, n := range newer {
		if _, old := x.byID[id]; !old && n != nil {
			added = append(added, n)
		}
	}
	slices.SortFunc(added, byPageID)
	inOrder := slices.IsSortedFunc(pages, byPageID)
	pages = append(pages, added...)
	if inOrder {
		slices.SortFunc(pages, byPageID)
	}
	return pages
}

// partsOf takes over the first part of an index, which was built in full, and
// makes a second of what changed since then.
func (x *Index) partsOf(last *Index, newer map[string]*Page) error {
	base := last.parts[0]
	var dead []uint32
	var fresh []*Page
	for id := range newer {
		if i, ok := last.byID[id]; ok && int(last.places[i]) < len(base.seg.pages) {
			dead = append(dead, last.places[i])
		}
	}
	if len(last.parts) > 1 {
		for _, p := range last.parts[1].seg.pages {
			if _, is := newer[p.ID]; !is {
				fresh = append(fresh, p)
			}
		}
	}
	for _, n := range newer {
		if n != nil {
			fresh = append(fresh, n)
		}
	}
	x.parts = []part{base.without(dead)}
	if len(fresh) > 0 {
		slices.SortFunc(fresh, byPageID)
		seg, err := newSegment(fresh)
		if err != nil {
			return err
		}
		x.parts = append(x.parts, part{seg: seg})
	}
	base.seg.users.Add(1)
	return nil
}

// Stale reports whether so many pages changed since the last full build that
// [New] over all pages is due.
func (x *Index) Stale() bool {
	changed := x.parts[0].gone.pages
	if len(x.parts) > 1 {
		changed = max(changed, len(x.parts[1].seg.pages))
	}
	return changed > max(staleAfter, len(x.pages)/staleShare)
}
