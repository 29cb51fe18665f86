package bot

import (
	"context"
	"slices"
	"strings"

	"frameworkbot/index"
)

// recall gives the answer that a Ref names, made from the pages as they are now.
func (a *Answerer) recall(ctx context.Context, r Ref) (*Answer, error) {
	kind, rest, _ := strings.Cut(string(r), ":")
	first, rest, _ := strings.Cut(rest, ":")
	pages := a.tokenPages(first)
	switch {
	case kind == refHelp:
		return a.help, nil
	case kind == refList:
		return a.relist(ctx, strings.TrimPrefix(string(r), refList))
	case len(pages) == 0:
		return a.gone(), nil
	case kind == refPage:
		return a.cards[pages[0]], nil
	case kind == refPart:
		return a.part(pages[0], rest), nil
	case kind == refNot:
		return a.not(pages[0]), nil
	}
	q := &Question{Alike: kind == refLike}
	for _, p := range pages {
		q.Names = append(q.Names, index.Name{Page: p})
	}
	q.ask(rest)
	return a.answer(ctx, q)
}

// ask adds the attributes of those keys, joined by commas.
func (q *Question) ask(keys string) {
	for key := range strings.SplitSeq(keys, ",") {
		if at := attributeOf(key); at != nil {
			q.Attributes = append(q.Attributes, at)
		}
	}
}

func attributeOf(key string) *attribute {
	i := slices.IndexFunc(attributes, func(at attribute) bool { return at.key == key && key != "" })
	if i < 0 {
		return nil
	}
	return &attributes[i]
}

// keysOf joins the attributes' keys.
func keysOf(all []*attribute) string {
	var keys []string
	for _, at := range all {
		if at.key != "" {
			keys = append(keys, at.key)
		}
	}
	return strings.Join(keys, ",")
}

// tokenPages are the pages of tokens joined by commas, without those that are gone.
func (a *Answerer) tokenPages(joined string) []*index.Page {
	var pages []*index.Page
	for t := range strings.SplitSeq(joined, ",") {
		if p := a.tokens[t]; p != nil {
			pages = append(pages, p)
		}
	}
	return pages
}

// part is a headed part of a page, or one section of it, with the pages that
// were named beside it.
func (a *Answerer) part(p *index.Page, rest string) *Answer {
	wanted, beside, _ := strings.Cut(rest, ":")
	for i := range p.Sections {
		s := &p.Sections[i]
		switch wanted {
		case slug(s):
			return a.beside(a.section(index.Hit{Page: p, Section: s}), beside)
		case partSlug(s.Part):
			return a.headed(p, s.Part)
		}
	}
	return a.cards[p] // the section is gone, the page is not
}

// beside names other pages that cover the same question.
func (a *Answerer) beside(answer *Answer, joined string) *Answer {
	for _, p := range a.tokenPages(joined) {
		answer.Pages = append(answer.Pages, p.ID)
		answer.Results = append(answer.Results, Result{ID: p.ID, Title: p.Title, Text: firstSentence(p.Summary), Group: "Also", Ask: p.Title, Ref: PageRef(p.ID)})
	}
	return answer
}

// headed is all that stands under a heading of the page.
func (a *Answerer) headed(p *index.Page, heading string) *Answer {
	answer := about(p)
	for i := range p.Sections {
		if p.Sections[i].Part == heading {
			answer.rest(p.Sections[i].Rests...)
		}
	}
	for _, s := range sections(p) {
		if s.Heading == heading {
			answer.Sections = append(answer.Sections, s)
		}
	}
	answer.Asks, answer.More = pageAsks(a.index, p), a.cards[p].More
	answer.Ref = newRef(refPart, token(p.ID), partSlug(heading))
	return answer
}

// not is the answer to somebody who did not mean the page that was understood.
func (a *Answerer) not(p *index.Page) *Answer {
	answer := &Answer{Kind: NoneKind, Title: "Not " + p.Title, Private: true, Ref: newRef(refNot, token(p.ID))}
	answer.Text = "I took it for " + p.Title + ", which was wrong. Choose another page, or ask again in other words."
	for _, s := range a.help.Results {
		if s.ID != p.ID && len(answer.Results) < maxOffered {
			answer.Results = append(answer.Results, s)
		}
	}
	answer.Asks = []Ask{browseAll}
	return answer
}

// maxOffered is how many pages are offered in place of one that was not meant.
const maxOffered = 10

// gone is the answer to a button whose page no longer exists.
func (a *Answerer) gone() *Answer {
	return &Answer{
		Kind: NoneKind, Title: "No longer there", Private: true, Asks: []Ask{browseAll},
		Text: "The page that this was about is no longer in my library.",
	}
}

var browseAll = Ask{Label: "Browse all pages", Text: "help", Ref: Help}

// listRef is the Ref of a list: each condition is a letter and its values.
func listRef(q *Question) Ref {
	var parts []string
	add := func(letter string, values ...string) {
		if joined := strings.Join(values, "+"); joined != "" {
			parts = append(parts, letter+strings.ReplaceAll(joined, " ", "_"))
		}
	}
	add("l", q.Languages...)
	add("n", q.NotLanguages...)
	add("k", string(q.Kind))
	add("c", q.Licence)
	add("b", q.Before)
	add("s", q.After)
	for _, at := range q.Attributes {
		if slices.Contains(q.Without, at) {
			add("w", at.key)
		} else {
			add("a", at.key)
		}
	}
	if len(q.Except) > 0 {
		add("x", tokens(q.Except))
	}
	return newRef(refList, parts...)
}

// relist gives a list again.
func (a *Answerer) relist(ctx context.Context, conditions string) (*Answer, error) {
	q := &Question{Field: true}
	for part := range strings.SplitSeq(conditions, ":") {
		if part == "" {
			continue
		}
		value := strings.ReplaceAll(part[1:], "_", " ")
		switch part[0] {
		case 'l':
			q.Languages = strings.Split(value, "+")
		case 'n':
			q.NotLanguages, q.Computing = strings.Split(value, "+"), true
		case 'k':
			q.Kind = index.Kind(value)
		case 'c':
			q.Licence = value
		case 'b':
			q.Before = value
		case 's':
			q.After = value
		case 'x':
			q.Except = a.tokenPages(part[1:])
		case 'a', 'w':
			q.condition(part[1:], part[0] == 'w')
		}
	}
	if !q.hasConditions() {
		return a.everything(q), nil
	}
	return a.list(ctx, q)
}

// condition adds that the list's pages have an attribute, or lack it.
func (q *Question) condition(key string, without bool) {
	at := attributeOf(key)
	if at == nil {
		return
	}
	q.Attributes = append(q.Attributes, at)
	if without {
		q.Without = append(q.Without, at)
	}
}
