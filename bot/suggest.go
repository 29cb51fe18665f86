package bot

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"frameworkbot/index"
)

// A Suggestion is an answer that somebody who is still typing may want.
type Suggestion struct {
	Ref   Ref    // names the answer
	Title string // plain text: the page, or the page and its section
	Hint  string // plain text, what it matched: "PHP", "alias RoR", "did you mean", "Security"; may be ""
	Page  Ref    // the card of the page that it belongs to
}

// A Suggester offers answers while somebody types.
type Suggester interface {
	// Suggest returns at most most suggestions for what was typed so far, best
	// first, each page once: names, then aliases, then misspellings, then text.
	// Nothing typed gives the pages in the order of the browse card. It never
	// blocks on anything but memory, and may be called by many goroutines at once.
	Suggest(ctx context.Context, typed string, most int) []Suggestion
}

// suggestions finds names by their beginnings.
type suggestions struct {
	browse []*index.Page // in the order of the browse card
	names  []spelling    // sorted by key
}

// A spelling is one name of a page.
type spelling struct {
	key  string
	page *index.Page
	hint string
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
		s.names = append(s.names, spelling{index.Key(p.Title), p, ""})
		for _, alias := range p.Aliases {
			s.names = append(s.names, spelling{index.Key(alias), p, "alias " + alias})
		}
	}
	slices.SortStableFunc(s.names, func(a, b spelling) int { return strings.Compare(a.key, b.key) })
	return s
}

// beginning are the names that begin with key, the shortest first, titles before aliases.
func (s *suggestions) beginning(key string, most int) []spelling {
	from, _ := slices.BinarySearchFunc(s.names, key, func(n spelling, key string) int { return strings.Compare(n.key, key) })
	to := from
	for to < len(s.names) && to < from+10*most && strings.HasPrefix(s.names[to].key, key) {
		to++
	}
	found := slices.Clone(s.names[from:to])
	slices.SortStableFunc(found, func(a, b spelling) int {
		return cmp.Or(btoi(a.hint != "")-btoi(b.hint != ""), len(a.key)-len(b.key))
	})
	return found
}

// Suggest implements [Suggester].
func (a *Answerer) Suggest(ctx context.Context, typed string, most int) []Suggestion {
	var out offered
	text := Normalise(Shorten(typed, MaxText))
	key := index.Key(text)
	if key == "" {
		for _, p := range a.suggestions.browse[:min(most, len(a.suggestions.browse))] {
			out.add(p, cmp.Or(p.Language(), "guide"))
		}
		return out
	}
	if p, why, ok := a.index.Lookup(text); ok {
		hint := p.Language()
		if why == index.ByAlias {
			hint = "alias " + Echo(text)
		}
		out.add(p, hint)
	}
	for _, n := range a.suggestions.beginning(key, most) {
		out.add(n.page, cmp.Or(n.hint, n.page.Language()))
	}
	for _, p := range a.index.Similar(text) {
		out.add(p, "did you mean")
	}
	a.suggestText(ctx, text, most, &out)
	return out[:min(most, len(out))]
}

// suggestText adds the sections that cover what was typed.
func (a *Answerer) suggestText(ctx context.Context, text string, most int, out *offered) {
	found, err := a.index.Search(ctx, index.Query{Text: text, Limit: most})
	if err != nil {
		return // a menu that lacks what takes too long is still a menu
	}
	for _, h := range found.Hits {
		answer := a.section(h)
		if !out.add(h.Page, hitText(h)) {
			continue
		}
		last := &(*out)[len(*out)-1]
		last.Ref = answer.Ref
	}
}

// offered are suggestions, each page once.
type offered []Suggestion

func (o *offered) add(p *index.Page, hint string) bool {
	ref := PageRef(p.ID)
	if slices.ContainsFunc(*o, func(s Suggestion) bool { return s.Page == ref }) {
		return false
	}
	*o = append(*o, Suggestion{Ref: ref, Title: p.Title, Hint: hint, Page: ref})
	return true
}
