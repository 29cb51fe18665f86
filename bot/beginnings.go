package bot

import (
	"cmp"
	"slices"
	"strings"

	"frameworkbot/index"
)

// suggestions finds pages by the beginnings of what they are called.
type suggestions struct {
	browse   []*index.Page // in the order of the browse card
	names    []spelling    // sorted by key, as the headings are
	headings []spelling
}

// A spelling is a name of a page, or of a section, and what it suggests.
type spelling struct {
	Suggestion
	key   string
	alias bool
}

func newSuggestions(x *index.Index) *suggestions {
	s := &suggestions{}
	for _, g := range byLanguage(x) {
		s.browse = append(s.browse, g.pages...)
	}
	for _, p := range x.Pages() {
		if p.Kind == index.Guide {
			s.browse = append(s.browse, p)
		}
		s.collect(p)
	}
	for _, all := range [][]spelling{s.names, s.headings} {
		slices.SortStableFunc(all, func(a, b spelling) int { return strings.Compare(a.key, b.key) })
	}
	return s
}

// collect files what a page and its sections are called.
func (s *suggestions) collect(p *index.Page) {
	s.names = append(s.names,
		spelling{suggestion(p, kindOf(p)), index.Key(p.Title), false},
		spelling{suggestion(p, kindOf(p)), index.Key(p.ID), false},
	)
	for _, alias := range p.Aliases {
		s.names = append(s.names, spelling{suggestion(p, aliasHint(alias)), index.Key(alias), true})
	}
	if p.Kind == index.Document {
		return // its sections have no names, and its text may be on disk
	}
	for i := range p.Body().Sections {
		if section := &p.Body().Sections[i]; section.Heading != "" {
			one := suggestion(p, section.Heading)
			one.Ref = newRef(refPart, token(p.ID), slug(section))
			s.headings = append(s.headings, spelling{one, index.Key(section.Heading), false})
		}
	}
}

// beginning are the spellings that begin with key, the shortest first.
func beginning(all []spelling, key string, most int) []spelling {
	from, _ := slices.BinarySearchFunc(all, key, func(n spelling, key string) int { return strings.Compare(n.key, key) })
	most, to := min(most, len(all)), from
	for to < len(all) && to < from+10*most && strings.HasPrefix(all[to].key, key) {
		to++
	}
	found := slices.Clone(all[from:to])
	slices.SortStableFunc(found, func(a, b spelling) int { return cmp.Compare(len(a.key), len(b.key)) })
	return found
}

// inLanguage are the frameworks written in a language that begins with key, or
// that text is another name of: "js".
func (s *suggestions) inLanguage(text, key string) []*index.Page {
	language := index.LanguageOf(text)
	var pages []*index.Page
	for _, p := range s.browse {
		if slices.ContainsFunc(p.Languages, func(own string) bool {
			return strings.HasPrefix(index.Key(own), key) || index.LanguageOf(own) == language
		}) {
			pages = append(pages, p)
		}
	}
	return pages
}
