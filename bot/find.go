package bot

import (
	"context"
	"slices"

	"frameworkbot/index"
)

// find answers a question that names no page: with the section that covers it, or not at all.
func (a *Answerer) find(ctx context.Context, q *Question) (*Answer, error) {
	found, err := a.index.Search(ctx, index.Query{Words: q.Words})
	if err != nil {
		return nil, err
	}
	if len(found.Hits) == 0 || !q.sure(found) {
		if q.is(recommending|praising) && q.framework() && q.everyday() {
			q.Rest = nil
			return a.general(q), nil
		}
		return a.nothing(q), nil
	}
	return a.hits(found.Hits), nil
}

// framework reports whether the question speaks of frameworks or back ends.
func (q *Question) framework() bool {
	return slices.ContainsFunc(q.Words, func(w index.Word) bool { return w.Stem == "framework" || w.Stem == "backend" })
}

// everyday reports whether nothing but everyday words remain to be explained.
func (q *Question) everyday() bool {
	for i := range q.Rest {
		if c := q.Rest[i].Class; c != index.Ordinary && c != index.Common {
			return false
		}
	}
	return true
}

// sure reports whether the hits mean what was asked. A question of everyday
// words alone, that nothing ties to web frameworks, must be covered by more
// than the chance that one of its words stands on a page.
func (q *Question) sure(found *index.Result) bool {
	top := found.Hits[0]
	if q.Computing || len(q.Languages) > 0 || top.Why == index.ByQuestion && top.Best > 0.99 {
		return true
	}
	plain := 0
	for i := range q.Rest {
		w := &q.Rest[i]
		plain += btoi(w.Class == index.Ordinary || w.Class == index.Common || w.Number && len(w.Key) < 3)
	}
	return plain < len(q.Rest) || top.Head > 0.6 || top.Best > 0.99 && (found.Terms > 2 || q.whichOne())
}

// whichOne reports whether one of the things that the bot knows is asked for.
func (q *Question) whichOne() bool {
	for i := 1; i < len(q.Words); i++ {
		if (q.Words[i-1].Key == "which" || q.Words[i-1].Key == "what") && (q.Words[i].Key == "one" || q.Words[i].Key == "ones") {
			return true
		}
	}
	return false
}

// hits answers with the best section; other pages that cover the question as well are named.
func (a *Answerer) hits(hits []index.Hit) *Answer {
	copied := *a.section(hits[0])
	answer := &copied
	for _, h := range hits[1:] {
		if h.Coverage < hits[0].Coverage || h.Page.Kind == index.Guide {
			continue
		}
		answer.Pages = append(slices.Clip(answer.Pages), h.Page.ID)
		answer.Results = append(answer.Results, Result{ID: h.Page.ID, Title: h.Page.Title, Text: hitText(h), Group: "Also", Ask: h.Page.Title, Ref: PageRef(h.Page.ID)})
	}
	a.nameBeside(answer)
	return answer
}

// hitText is one line on why another page is named.
func hitText(h index.Hit) string {
	switch {
	case h.Fact != nil:
		return h.Fact.Label + ": " + sourced(h.Fact)
	case h.Section != nil && h.Section.Heading != "":
		return h.Section.Heading
	case h.Section != nil && h.Section.Part != "":
		return h.Section.Part
	}
	return firstSentence(h.Page.Body().Summary)
}

// general answers a question without a single informative word: which one to
// choose, what there is, what a framework is; or nothing at all.
func (a *Answerer) general(q *Question) *Answer {
	guide := a.guide()
	switch {
	case len(q.Near) > 0:
		return a.nothing(q)
	case (q.has(plurals) || q.framework() && q.has(each)) && (q.is(enumerating) && !q.is(recommending) || len(q.Words) < 3):
		return a.everything(q)
	case (q.is(recommending) || q.is(praising) && (q.Field || q.has(plurals)) || q.Praises > 1 || q.framework()) && guide != nil:
		return a.cards[guide]
	}
	return a.nothing(q)
}

// guide is the page that answers general questions, nil if there is none.
func (a *Answerer) guide() *index.Page {
	for _, p := range a.index.Pages() {
		if p.Kind == index.Guide {
			return p
		}
	}
	return nil
}

// everything lists all the frameworks.
func (a *Answerer) everything(q *Question) *Answer {
	answer := a.listing(q, a.meeting(q, nil), nil, nil)
	answer.Ref = listRef(&Question{restriction: restriction{Except: q.Except}})
	return answer
}

// nothing says so, what was looked in, and near names only where they are near.
func (a *Answerer) nothing(q *Question) *Answer {
	answer := &Answer{Kind: NoneKind, Title: "Nothing found", Private: true}
	on := "this"
	if echo := Echo(q.Text); echo != "" {
		on = "*" + echo + "*"
	}
	answer.Text = "I have nothing on " + on + ". I looked in " + count(len(a.index.Pages()), "page") + ": " + and(titles(a.index.Pages())) + "."
	if !slices.ContainsFunc(q.Words, func(w index.Word) bool { return w.Informative() || w.Name != nil }) {
		answer.Text = "There is nothing in " + on + " that I could look up. I have pages on: " + and(titles(a.index.Pages())) + "."
	}
	for _, p := range a.similar(q) {
		answer.Suggestions = append(answer.Suggestions, p.ID)
		answer.Asks = append(answer.Asks, pageAsk(p.Title, p))
	}
	if len(answer.Asks) > 0 {
		answer.Text += " Did you mean one of these?"
	}
	answer.Asks = append(answer.Asks, browseAll)
	return answer
}

// similar are the pages that may have been meant: whose name is an ordinary
// word of the question, or a few letters away from it.
func (a *Answerer) similar(q *Question) []*index.Page {
	if len(q.Words) > 4 {
		return nil
	}
	var pages []*index.Page
	for i := range q.Words {
		w := &q.Words[i]
		switch {
		case w.Void:
			return nil
		case w.Name != nil && w.Name.Page.Kind != index.Guide:
			pages = append(pages, w.Name.Page)
		case len(q.Words) < 3:
			pages = append(pages, a.index.Similar(w.Key)...)
		}
	}
	return slices.Compact(pages)
}
