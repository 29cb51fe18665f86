package bot

import (
	"context"
	"slices"
	"strings"

	"frameworkbot/index"
)

// hasConditions reports whether the question restricts which frameworks it is about.
func (q *Question) hasConditions() bool {
	return len(q.Languages) > 0 || q.Kind != "" || q.Licence != "" || q.Before != "" || q.After != "" || q.Computing && len(q.NotLanguages) > 0 ||
		slices.ContainsFunc(q.Attributes, func(at *attribute) bool { return at.key != "" && at.key != "all" }) && (q.Field || len(q.Rest) == 0)
}

// list answers with the frameworks that meet the question's conditions. Words
// beyond them are searched for within the list.
func (a *Answerer) list(ctx context.Context, q *Question) (*Answer, error) {
	cs := conditionsOf(q, a.knownLanguages(q))
	pages := a.meeting(q, cs)
	if unknown := a.unknownLanguages(q); len(unknown) == len(q.Languages) && len(unknown) > 0 {
		return a.elsewhereIn(ctx, q, unknown)
	}
	if !q.aboutFrameworks() {
		return a.nothing(q), nil
	}
	if len(cs) == 0 {
		return a.find(ctx, q)
	}
	if q.offTopic() {
		return a.strictly(ctx, q, pages)
	}
	if len(q.Rest) > 0 && !q.chooses() || q.oneWanted() {
		answer, err := a.within(ctx, q, pages)
		if answer != nil || err != nil {
			return answer, err
		}
	}
	if len(pages) == 0 {
		return a.relaxed(q, cs), nil
	}
	reasons, err := a.order(ctx, q, pages)
	if err != nil {
		return nil, err
	}
	return a.listing(q, pages, cs, reasons), nil
}

// offTopic reports whether nothing but the name of a language ties everyday
// words to frameworks: "the elixir of life", "slices in ruby".
func (q *Question) offTopic() bool {
	return len(q.Rest) > 0 && len(q.Languages) > 0 && len(q.Attributes) == 0 && q.Kind == "" && !q.Field && q.everyday() && !q.is(recommending)
}

// strictly answers with a section of those pages that covers the whole question, or not at all.
func (a *Answerer) strictly(ctx context.Context, q *Question, pages []*index.Page) (*Answer, error) {
	found, err := a.index.Search(ctx, index.Query{Words: q.Words, Pages: ids(pages)})
	if err != nil {
		return nil, err
	}
	if len(found.Hits) > 0 && found.Hits[0].Best > 0.99 {
		return a.also(q, a.hits(found.Hits), pages), nil
	}
	if found, err = a.index.Search(ctx, index.Query{Words: q.Words}); err != nil {
		return nil, err
	}
	if len(found.Hits) > 0 && found.Hits[0].Listed > 0.99 {
		return a.hits(found.Hits), nil
	}
	return a.nothing(q), nil
}

// oneWanted reports whether one framework is asked for by a feature alone:
// "which one has a template engine".
func (q *Question) oneWanted() bool {
	return len(q.Languages) == 0 && q.Kind == "" && q.Licence == "" && q.Before+q.After == "" && len(q.NotLanguages) == 0 &&
		len(q.Without) == 0 && !q.has(plurals)
}

// meeting are the frameworks that meet all the conditions.
func (a *Answerer) meeting(q *Question, cs []condition) []*index.Page {
	var pages []*index.Page
	for _, p := range a.index.Pages() {
		if !p.IsFramework() || slices.Contains(q.Except, p) {
			continue
		}
		if !slices.ContainsFunc(cs, func(c condition) bool { return !c.meets(p) }) {
			pages = append(pages, p)
		}
	}
	return pages
}

// within searches the words beyond the conditions in the pages that meet them.
// It returns nil if the words are covered by none but the question is still
// one about frameworks.
func (a *Answerer) within(ctx context.Context, q *Question, pages []*index.Page) (*Answer, error) {
	found, err := a.index.Search(ctx, index.Query{Words: q.Words, Pages: ids(pages)})
	if err != nil {
		return nil, err
	}
	hits := slices.DeleteFunc(found.Hits, func(h index.Hit) bool { return !h.Page.IsFramework() })
	switch {
	case len(q.Rest) == 0 && (len(hits) == 0 || hits[0].Head == 0):
		return nil, nil
	case len(hits) > 0 && len(pages) > 0:
		return a.also(q, a.hits(hits), pages), nil
	}
	listed := len(pages) > 0 && (q.framework() && !q.products() || q.everyday() && len(q.Languages) > 0 && q.is(enumerating|recommending))
	if listed && (len(q.Rest) < 2 || q.is(recommending|praising)) {
		return nil, nil
	}
	answer, err := a.find(ctx, q) // beyond the conditions: several words that another page covers count more
	if err == nil && listed && (answer.Kind != PageKind || !a.inLanguage(q, answer) && !a.covers(ctx, q, answer, 0)) {
		return nil, nil
	}
	if err == nil && !q.Field && !a.inLanguage(q, answer) && !a.covers(ctx, q, answer, 0.99) {
		return a.nothing(q), nil
	}
	return answer, err
}

// inLanguage reports whether the best page of an answer is in a language that is asked for, if one is.
func (a *Answerer) inLanguage(q *Question, answer *Answer) bool {
	if len(q.Languages) == 0 || len(answer.Pages) == 0 {
		return true
	}
	p, ok := a.index.Page(answer.Pages[0])
	return ok && (p.IsIn(q.Languages...) || !p.IsFramework())
}

// covers reports whether the best page of an answer has all that the question
// speaks of, and lists a question that is as much like it.
func (a *Answerer) covers(ctx context.Context, q *Question, answer *Answer, listed float64) bool {
	found, err := a.index.Search(ctx, index.Query{Words: q.Words, Pages: answer.Pages[:1]})
	return err == nil && len(found.Hits) > 0 && found.Hits[0].Coverage > 0.99 && found.Hits[0].Listed >= listed
}

// products reports whether another technology is named, which makes it another question.
func (q *Question) products() bool {
	return slices.ContainsFunc(q.Rest, func(w index.Word) bool { return w.Class == index.Product || w.Class == index.Unknown && !w.Known })
}

// chooses reports whether a choice among the frameworks of a language is asked
// for: then all of them are shown, the most fitting first.
func (q *Question) chooses() bool {
	return (q.is(recommending) || q.has(choosing)) && len(q.Languages) > 0 && q.everyday() && q.framework()
}

// aboutFrameworks reports whether a language is named to ask for frameworks,
// and not for the language itself, as in "learn python".
func (q *Question) aboutFrameworks() bool {
	switch {
	case len(q.Languages) == 0 || q.is(enumerating|recommending) || len(q.Attributes) > 0 || q.Kind != "" || len(q.Rest) > 0:
		return true
	}
	others := 0
	for i := range q.Words {
		w := &q.Words[i]
		switch {
		case w.Language != "", w.Class == index.Foreign:
		case w.Class == index.Web && !languagey[w.Stem]:
			return true
		case !besides[w.Key]:
			others++
		}
	}
	return others == 0
}

// maxBeside is how many frameworks of a language may be named beside an answer;
// more of them are one press away.
const maxBeside = 4

// also names the other frameworks of the language that was asked for.
func (a *Answerer) also(q *Question, answer *Answer, pages []*index.Page) *Answer {
	if len(q.Languages) == 0 {
		return answer
	}
	if len(pages) > maxBeside {
		copied := *answer
		for _, l := range q.Languages {
			copied.Asks = append(slices.Clip(copied.Asks), written(l))
		}
		return &copied
	}
	for _, p := range pages {
		if slices.Contains(answer.Pages, p.ID) {
			continue
		}
		answer.Pages = append(slices.Clip(answer.Pages), p.ID)
		answer.Results = append(answer.Results, Result{p.ID, p.Title, opening(p), "Also written in " + strings.Join(q.Languages, " or "), p.Title, PageRef(p.ID)})
	}
	a.nameBeside(answer)
	return answer
}

func ids(pages []*index.Page) []string {
	out := make([]string, len(pages))
	for i, p := range pages {
		out[i] = p.ID
	}
	return out
}

// like lists what is most like a framework: those of its language, or of the
// language that is asked for, else those of its kind.
func (a *Answerer) like(q *Question, page *index.Page) *Answer {
	all := a.related.nearest(page, len(a.index.Pages()))
	pages := slices.DeleteFunc(slices.Clone(all), func(p *index.Page) bool {
		return len(q.Languages) > 0 && !p.IsIn(q.Languages...) || len(q.Languages) == 0 && !p.IsIn(page.Languages...)
	})
	if len(pages) == 0 {
		pages = slices.DeleteFunc(all, func(p *index.Page) bool { return p.Kind != page.Kind })
	}
	if len(q.Languages) > 0 && !page.IsIn(q.Languages...) && len(pages) > 0 {
		return a.correct(q, a.abroad(q, page))
	}
	answer := a.listing(q, pages, nil, nil)
	answer.Title = "Frameworks like " + page.Title
	answer.Ref = newRef(refLike, token(page.ID))
	compared := append([]*index.Page{page}, pages...)
	answer.Asks = append([]Ask{ask("Compare with "+page.Title, strings.Join(titles(compared), " vs "), versusRef(compared[:min(maxCompared, len(compared))], nil))}, answer.Asks[min(1, len(answer.Asks)):]...)
	return a.correct(q, answer)
}

// listing is a list of pages with the conditions that it used, and for each
// page the reason it is there.
func (a *Answerer) listing(q *Question, pages []*index.Page, cs []condition, reasons map[*index.Page]string) *Answer {
	answer := &Answer{Kind: ListKind, Title: listTitle(cs), Pages: ids(pages), Ref: a.orderedRef(q, pages)}
	if len(pages) > maxListed {
		answer = a.long(q, pages, cs)
		pages = nil
	}
	if len(q.Except) > 0 {
		answer.Title += ", other than " + and(titles(q.Except))
	}
	for _, p := range pages {
		text := reasons[p]
		if text == "" {
			if text = reason(p, cs); text == opening(p) {
				answer.rest(p.Body().Rests...)
			}
		}
		answer.Results = append(answer.Results, Result{ID: p.ID, Title: p.Title, Text: text, Ask: p.Title, Ref: PageRef(p.ID)})
		for _, c := range cs {
			if f := p.Fact(c.fact); f != nil {
				answer.rest(f.Source)
			}
		}
	}
	if unknown := a.unknownLanguages(q); len(unknown) > 0 {
		answer.Notes = append(answer.Notes, noPageOn(unknown, " or "))
	}
	if len(pages) > 1 && len(pages) <= 4 {
		answer.Asks = append(answer.Asks, ask("Compare them", strings.Join(titles(pages), " vs "), versusRef(pages, nil)))
	}
	for _, p := range pages[:min(4, len(pages))] {
		answer.Asks = append(answer.Asks, pageAsk(p.Title, p))
	}
	return answer
}

func listTitle(cs []condition) string {
	if len(cs) == 0 {
		return "All frameworks that I have a page on"
	}
	return capital(frameworks(cs))
}

func titles(pages []*index.Page) []string {
	out := make([]string, len(pages))
	for i, p := range pages {
		out[i] = p.Title
	}
	return out
}

// reason is the line that shows why a page is in a list.
func reason(p *index.Page, cs []condition) string {
	var shown []string
	for _, c := range cs {
		if f := p.Fact(c.fact); f != nil && c.fact != "language" && c.fact != "kind" {
			shown = append(shown, f.Label+": "+sourced(f))
		}
	}
	if len(shown) > 0 {
		return strings.Join(shown, " ")
	}
	return opening(p)
}
