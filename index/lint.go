package index

import (
	"path"
	"strings"
	"time"
)

// ReviewEvery is how long after a review a page counts as overdue.
const ReviewEvery = 365 * 24 * time.Hour

// Lint reports what is wrong with pages that can be read all the same: names
// that two pages claim, claims without a source, reviews that are overdue.
func Lint(pages []*Page, today time.Time) Problems {
	var ps Problems
	ps.lintNames(pages)
	for _, p := range pages {
		if p.Kind != Document { // a team's own text has rules of its own
			ps.lintPage(p, today)
		}
	}
	ps.Sort()
	return ps
}

// lintNames reports two pages with one name, also if they spell it differently.
func (ps *Problems) lintNames(pages []*Page) {
	type claimant struct {
		page *Page
		name string
	}
	claimed := map[string]claimant{}
	var shared []claimant // names of documents that others in another folder have as well
	for _, p := range pages {
		for _, name := range append([]string{p.ID, p.Title}, p.Aliases...) {
			key := Key(name)
			first, taken := claimed[key]
			switch {
			case key == "":
				ps.add(p.File, 0, "the name %q has no letters or digits: nobody can ask for it", name)
			case taken && first.page != p && apart(first.page, p):
				shared = append(shared, claimant{p, name})
			case taken && first.page != p:
				ps.add(p.File, 0, "the name %q is taken by %s (%q): remove it from one of them", name, first.page.File, first.name)
			case !taken:
				claimed[key] = claimant{p, name}
			}
		}
	}
	if len(shared) > 0 {
		first := shared[0]
		ps.add(first.page.File, 0, "the name %q is that of a page in another folder, too, which is meant by it; so are %d names in all: ask for such a page within its folder", first.name, len(shared))
	}
}

// apart reports whether both are documents, in folders of their own: there, the
// same title is no mistake.
func apart(a, b *Page) bool {
	return a.Kind == Document && b.Kind == Document && path.Dir(a.ID) != path.Dir(b.ID)
}

func (ps *Problems) lintPage(p *Page, today time.Time) {
	switch {
	case p.Reviewed.IsZero():
		ps.add(p.File, 0, "reviewed is missing: the day on which a person last checked the page")
	case today.Sub(p.Reviewed) > ReviewEvery:
		ps.add(p.File, 0, "review overdue: last reviewed %s", p.Reviewed.Format(time.DateOnly))
	case p.Reviewed.After(today):
		ps.add(p.File, 0, "reviewed on %s, which is in the future", p.Reviewed.Format(time.DateOnly))
	}
	if p.Owner == "" {
		ps.add(p.File, 0, "owner is missing: who keeps this page right")
	}
	if len(p.Sources) == 0 {
		ps.add(p.File, 0, "no sources: every claim needs one")
	}
	if p.IsFramework() && p.Language() == "" {
		ps.add(p.File, 0, "language is missing")
	}
	if len(p.Body().Questions) == 0 {
		ps.add(p.File, 0, "no questions: list some that this page must win")
	}
	for _, s := range p.Body().Sections {
		if s.Part != Here { // it is in another file, with sources of its own
			ps.lintSection(p, s)
		}
	}
}

// lintSection reports a named item, which is a claim, that names no source.
func (ps *Problems) lintSection(p *Page, s Section) {
	if s.Heading == "" {
		return
	}
	claim, note, _ := strings.Cut(s.Body, "\n> ")
	if !namesSource(p, claim) {
		ps.add(p.File, s.Line, "%q states no source: end the claim with [^id]", s.Heading)
	}
	if note != "" && !namesSource(p, note) {
		ps.add(p.File, s.Line, "the note under %q states no source: end it with [^id]", s.Heading)
	}
}

func namesSource(p *Page, text string) bool {
	for i := range p.Sources {
		if strings.Contains(text, p.Sources[i].String()) {
			return true
		}
	}
	return false
}
