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
	switch {
	case len(r) > MaxRef:
		return a.gone(), nil
	case kind == refHelp:
		return a.help, nil
	case kind == refList:
		return a.relist(ctx, rest)
	}
	named, rest, _ := strings.Cut(rest, ":")
	pages, lost := a.tokenPages(named)
	if len(pages) == 0 {
		return a.gone(), nil
	}
	switch kind {
	case refPage:
		return a.beside(a.card(pages[0]), rest), nil
	case refPart:
		return a.part(pages[0], rest), nil
	case refNot:
		return a.not(pages), nil
	case refFact:
		return a.reask(ctx, &Question{}, pages[:1], rest)
	case refLike:
		return a.reask(ctx, &Question{Alike: true}, pages[:1], "")
	case refVs:
		answer, err := a.reask(ctx, &Question{}, pages, rest)
		if err != nil || !lost {
			return answer, err
		}
		return withLost(answer), nil
	}
	return a.gone(), nil
}

// reask answers q about those pages and the attributes of those keys.
func (a *Answerer) reask(ctx context.Context, q *Question, pages []*index.Page, keys string) (*Answer, error) {
	for _, p := range pages {
		q.Names = append(q.Names, index.Name{Page: p})
	}
	for key := range strings.SplitSeq(keys, ",") {
		if at := attributeOf(key); at != nil {
			q.Attributes = append(q.Attributes, at)
		}
	}
	return a.answer(ctx, q)
}

// refKey is what an attribute is called in a Ref: one that no page states has no key.
func (at *attribute) refKey() string {
	if at.key == "" {
		return strings.ToLower(at.label)
	}
	return at.key
}

// attributeOf is the attribute that is called key in a Ref, nil if there is none.
func attributeOf(key string) *attribute {
	i := slices.IndexFunc(attributes, func(at attribute) bool { return at.refKey() == key })
	if i < 0 {
		return nil
	}
	return &attributes[i]
}

// keysOf joins what the attributes are called.
func keysOf(all []*attribute) string {
	keys := make([]string, len(all))
	for i, at := range all {
		keys[i] = at.refKey()
	}
	return strings.Join(keys, ",")
}

// tokenPages are the pages of tokens joined by commas, each once, without
// those that are gone.
func (a *Answerer) tokenPages(joined string) (pages []*index.Page, lost bool) {
	for t := range strings.SplitSeq(joined, ",") {
		p := a.tokens[t]
		lost = lost || p == nil
		if p != nil && !slices.Contains(pages, p) {
			pages = append(pages, p)
		}
	}
	return pages, lost
}

// part is a headed part of a page, one section of it or one fact, with the
// pages that were named beside it.
func (a *Answerer) part(p *index.Page, rest string) *Answer {
	wanted, beside, _ := strings.Cut(rest, ":")
	if key, ok := strings.CutPrefix(wanted, factSlug); ok {
		if f := p.Fact(key); f != nil {
			return a.beside(a.section(index.Hit{Page: p, Fact: f}), beside)
		}
		return a.card(p)
	}
	for i := range p.Body().Sections {
		s := &p.Body().Sections[i]
		switch {
		case wanted == slug(s) && (s.Heading != "" || len(p.Part(s.Part)) == 1):
			return a.beside(a.section(index.Hit{Page: p, Section: s}), beside)
		case wanted == partSlug(s.Part):
			return a.beside(a.headed(p, s.Part), beside)
		}
	}
	if piece := pieceOf(p, wanted); piece != nil {
		return a.beside(a.section(index.Hit{Page: p, Section: piece}), beside)
	}
	return a.card(p) // the section is gone, the page is not
}

// headed is all that stands under a heading of the page.
func (a *Answerer) headed(p *index.Page, heading string) *Answer {
	answer := about(p)
	for i := range p.Body().Sections {
		if p.Body().Sections[i].Part == heading {
			answer.rest(p.Body().Sections[i].Rests...)
		}
	}
	for _, s := range sections(p) {
		if s.Heading == heading {
			answer.Sections = append(answer.Sections, s)
		}
	}
	answer.Asks, answer.More = a.pageAsks(p), a.card(p).More
	answer.Ref = newRef(refPart, token(p.ID), partSlug(heading))
	return answer
}

// beside names other pages that cover the same question, on a copy of the answer.
func (a *Answerer) beside(answer *Answer, joined string) *Answer {
	copied := *answer
	copied.Pages, copied.Results = slices.Clip(copied.Pages), slices.Clip(copied.Results)
	others, _ := a.tokenPages(joined)
	for _, p := range others {
		if slices.Contains(copied.Pages, p.ID) {
			continue
		}
		copied.Pages = append(copied.Pages, p.ID)
		copied.Results = append(copied.Results, Result{ID: p.ID, Title: p.Title, Text: opening(p), Group: "Also", Ask: p.Title, Ref: PageRef(p.ID)})
	}
	if len(copied.Pages) == len(answer.Pages) {
		return answer
	}
	a.nameBeside(&copied)
	return &copied
}

// nameBeside puts the pages that are named beside a card or a section into its
// Ref, as far as there is room; the others are not named after all.
func (a *Answerer) nameBeside(answer *Answer) {
	var others []*index.Page
	for _, id := range answer.Pages[1:] {
		if p, ok := a.index.Page(id); ok {
			others = append(others, p)
		}
	}
	parts := strings.Split(string(answer.Ref), ":")
	own := map[string]int{refPage: 2, refPart: 3}[parts[0]] // what precedes those pages
	if own == 0 || own > len(parts) {
		return
	}
	for ; ; others = others[:len(others)-1] {
		if r := newRef(parts[0], append(slices.Clone(parts[1:own]), tokens(others))...); r != "" || len(others) == 0 {
			answer.Ref = r
			return
		}
		answer.Pages = answer.Pages[:len(answer.Pages)-1]
		answer.Results = answer.Results[:len(answer.Results)-1]
	}
}
