package bot

import (
	"cmp"
	"context"
	"slices"

	"frameworkbot/index"
)

// A Suggestion is an answer that somebody who is still typing may want.
type Suggestion struct {
	Ref   Ref    // names the answer
	Title string // plain text: the page's
	Hint  string // plain text, what it matched: "PHP", "alias RoR", "did you mean", "Security"
	Page  Ref    // the card of the page that it belongs to
}

// A Suggester offers answers while somebody types.
type Suggester interface {
	// Suggest returns at most most suggestions for what was typed so far, best
	// first, each page once: names, then languages, aliases, misspellings,
	// headings, and what a search finds. Nothing typed gives the pages in the
	// order of the browse card. It never blocks on anything but memory, and may
	// be called by many goroutines at once.
	Suggest(ctx context.Context, typed string, most int) []Suggestion
}

// didYouMean is the hint of a page whose name is near to what was typed.
const didYouMean = "did you mean"

// Suggest implements [Suggester].
func (a *Answerer) Suggest(ctx context.Context, typed string, most int) []Suggestion {
	out := &offered{most: most}
	text := Normalise(Shorten(typed, MaxText))
	key := index.Key(text)
	if key == "" {
		out.pages(a.suggestions().browse, kindOf)
		return out.all
	}
	if p, why, ok := a.index.Lookup(text); ok {
		out.add(suggestion(p, nameHint(p, why, key)))
	}
	begun := beginning(a.suggestions().names, key, most)
	out.spellings(begun, func(n spelling) bool { return !n.alias })
	out.pages(a.suggestions().inLanguage(text, key), kindOf)
	out.spellings(begun, func(n spelling) bool { return n.alias })
	out.pages(a.index.Similar(text), func(*index.Page) string { return didYouMean })
	out.spellings(beginning(a.suggestions().headings, key, most), func(spelling) bool { return true })
	if !out.full() {
		a.suggestText(ctx, text, out)
	}
	return out.all
}

// suggestText adds the pages that are named within a longer text, then others
// that cover it; of both the section that does.
func (a *Answerer) suggestText(ctx context.Context, text string, out *offered) {
	question := a.words.Parse(text)
	found, err := a.index.Search(ctx, index.Query{Words: question.Words, Limit: out.most})
	if err != nil {
		found = &index.Result{} // a menu that lacks what takes too long is still a menu
	}
	for _, n := range question.Names {
		if hit := a.inPage(ctx, n.Page, question); hit != nil {
			a.suggestHit(*hit, out)
		} else {
			out.add(suggestion(n.Page, kindOf(n.Page)))
		}
	}
	for _, h := range found.Hits {
		a.suggestHit(h, out)
	}
}

// inPage is the part of a page that covers the question, nil if none does.
func (a *Answerer) inPage(ctx context.Context, p *index.Page, q *Question) *index.Hit {
	found, err := a.index.Search(ctx, index.Query{Words: q.Words, Pages: []string{p.ID}})
	if err != nil || len(found.Hits) == 0 {
		return nil
	}
	return &found.Hits[0]
}

func (a *Answerer) suggestHit(h index.Hit, out *offered) {
	if out.takes(h.Page) {
		s := suggestion(h.Page, hitHint(h))
		s.Ref = a.section(h).Ref
		out.add(s)
	}
}

// hitHint is what a hit matched, in a word or two.
func hitHint(h index.Hit) string {
	switch {
	case h.Fact != nil:
		return h.Fact.Label
	case h.Section != nil:
		return cmp.Or(h.Section.Heading, h.Section.Part, kindOf(h.Page))
	}
	return kindOf(h.Page)
}

// nameHint says how the page was named.
func nameHint(p *index.Page, why index.Why, key string) string {
	if why != index.ByAlias {
		return kindOf(p)
	}
	i := slices.IndexFunc(p.Aliases, func(alias string) bool { return index.Key(alias) == key })
	if i < 0 {
		return kindOf(p)
	}
	return aliasHint(p.Aliases[i])
}

func aliasHint(alias string) string { return "alias " + alias }

// kindOf is the page's language; a guide has none.
func kindOf(p *index.Page) string { return cmp.Or(p.Language(), string(p.Kind)) }

func suggestion(p *index.Page, hint string) Suggestion {
	ref := PageRef(p.ID)
	return Suggestion{Ref: ref, Title: p.Title, Hint: hint, Page: ref}
}

// offered are at most so many suggestions, each page once.
type offered struct {
	most int
	all  []Suggestion
}

func (o *offered) full() bool { return len(o.all) >= o.most }

// takes reports whether there is room, and the page not there yet.
func (o *offered) takes(p *index.Page) bool { return o.lacks(PageRef(p.ID)) }

func (o *offered) lacks(page Ref) bool {
	return !o.full() && !slices.ContainsFunc(o.all, func(s Suggestion) bool { return s.Page == page })
}

func (o *offered) add(s Suggestion) {
	if o.lacks(s.Page) {
		o.all = append(o.all, s)
	}
}

func (o *offered) pages(pages []*index.Page, hint func(*index.Page) string) {
	for _, p := range pages {
		o.add(suggestion(p, hint(p)))
	}
}

func (o *offered) spellings(begun []spelling, which func(spelling) bool) {
	for _, n := range begun {
		if which(n) {
			o.add(n.Suggestion)
		}
	}
}
