package library

import (
	"fmt"
	"maps"
	"slices"

	"frameworkbot/index"
)

// merge brings the pages of all folders together: the later folders first, so
// that their names count before those of the others; of two pages with one ID
// the first is left. Pages that extend another go into it.
func merge(folders []*folder) ([]*index.Page, index.Problems) {
	m := gather(folders)
	m.extend()
	m.problems.Sort()
	return m.pages, m.problems
}

// gather brings the pages together as they are in their files.
func gather(folders []*folder) *merger {
	m := &merger{byID: map[string]place{}, extensions: map[string][]place{}}
	for _, f := range slices.Backward(folders) {
		m.problems = append(m.problems, f.problems...)
		for _, name := range f.inOrder() {
			m.problems = append(m.problems, f.files[name].problems...)
			if page := f.files[name].page; page != nil {
				m.add(place{f, page})
			}
		}
	}
	return m
}

// inOrder are the names of the files, those of translations last: they are not
// meant by a name that another page has as well.
func (f *folder) inOrder() []string {
	names := slices.Sorted(maps.Keys(f.files))
	slices.SortStableFunc(names, func(a, b string) int { return btoi(isTranslated(a)) - btoi(isTranslated(b)) })
	return names
}

func btoi(b bool) int {
	if b {
		return 1
	}
	return 0
}

// A place is a page and the folder that it is in.
type place struct {
	folder *folder
	page   *index.Page
}

type merger struct {
	pages      []*index.Page
	byID       map[string]place
	extensions map[string][]place // by the ID of the page that they extend
	problems   index.Problems
}

// add files a page. One that has the ID of a page in a later folder is replaced
// by it; two in one folder are a mistake, and so is a document in the place of a
// page on a framework.
func (m *merger) add(p place) {
	if id := p.page.Extends; id != "" {
		m.extensions[id] = append(m.extensions[id], p)
		return
	}
	key := index.Fold(p.page.ID)
	if first, taken := m.byID[key]; taken {
		switch {
		case first.folder == p.folder:
			m.problems = append(m.problems, index.Problem{File: p.page.File, Text: fmt.Sprintf("has the ID %q of %s: rename one of them", p.page.ID, first.page.File)})
		case p.folder.fsys != nil && first.page.Kind == index.Document && p.page.Kind != index.Document:
			m.problems = append(m.problems, index.Problem{File: first.page.File, Text: fmt.Sprintf("takes the place of the built-in page %q: rename the file, or begin it with \"extends: %s\" to add to that page", p.page.Title, p.page.ID)})
		}
		return
	}
	m.byID[key] = p
	m.pages = append(m.pages, p.page)
}

// extend puts what teams add to a page into it.
func (m *merger) extend() {
	for _, id := range slices.Sorted(maps.Keys(m.extensions)) {
		base, ok := m.byID[index.Fold(id)]
		if !ok {
			for _, p := range m.extensions[id] {
				m.problems = append(m.problems, index.Problem{File: p.page.File, Text: fmt.Sprintf("extends: there is no page %q", id)})
			}
			continue
		}
		additions := make([]*index.Page, len(m.extensions[id]))
		for i, p := range m.extensions[id] {
			additions[i] = p.page
		}
		at := slices.Index(m.pages, base.page)
		m.pages[at] = base.page.With(additions...)
	}
}
