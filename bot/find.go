package bot

import (
	"context"
	"slices"
	"strings"

	"frameworkbot/index"
)

// find answers a question that names no page: with the section that covers it, or not at all.
func (a *Answerer) find(ctx context.Context, q *Question) (*Answer, error) {
	if pages := a.several(q.Rest, q); pages != nil {
		return pages, nil
	}
	found, err := a.index.Search(ctx, index.Query{Words: q.Words})
	if err != nil {
		return nil, err
	}
	if len(found.Hits) > 0 && q.elsewhere(found) {
		return a.inPassing(q, found.Hits), nil
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
	if !slices.ContainsFunc(q.Rest, func(w index.Word) bool { return !w.Number || len(w.Key) > 2 }) {
		return false // figures that say nothing
	}
	if q.written(found) {
		return true
	}
	if len(q.Near) > 0 && !q.Field && len(q.Languages) == 0 {
		return top.Listed > 0.99 && found.Terms > 1 // what looked like a name means something else: one word beside it is too little
	}
	if q.Computing || q.technical() || len(q.Languages) > 0 || top.Why == index.ByQuestion && top.Best > 0.99 {
		return true
	}
	plain := 0
	for i := range q.Rest {
		w := &q.Rest[i]
		plain += btoi(w.Class == index.Ordinary || w.Class == index.Common || w.Number && len(w.Key) < 3)
	}
	return plain < len(q.Rest) || top.Head > 0.6 || top.Best > 0.99 && (found.Terms > 2 || q.whichOne())
}

// elsewhere reports whether the question is about another technology, which the
// pages only speak of in passing: it names one, nothing says that a framework
// is wanted, and the rest is too little, or not covered, to point to a page.
func (q *Question) elsewhere(found *index.Result) bool {
	top, others, technologies := found.Hits[0], 0, 0
	uses := "" // who uses the framework: a company, not a technology
	if f := top.Page.Fact("used_by"); f != nil {
		uses = strings.ToLower(f.Value)
	}
	for i := range q.Rest {
		switch w := &q.Rest[i]; {
		case w.Class == index.Product && strings.Contains(uses, w.Key):
			return false
		case w.Class == index.Product:
			technologies++
		case w.Informative():
			others++
		}
	}
	if technologies == 0 || q.Field || top.Listed > 0.99 || top.Head > 0.6 {
		return false
	}
	return others == 0 || others == 1 && top.Best < 0.99 || top.Coverage < 0.99
}

// technical reports whether a part that only frameworks have is asked about.
func (q *Question) technical() bool {
	return slices.ContainsFunc(q.Attributes, func(at *attribute) bool {
		return at.key == "orm" || at.key == "templating" || at.key == "async" || at.key == "authentication"
	})
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
	return opening(h.Page)
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
		return a.card(guide)
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
	pages := count(len(a.index.Pages()), "page")
	if len(a.index.Pages()) <= maxTitled {
		pages += ": " + and(titles(a.index.Pages()))
	}
	answer.Text = "I have nothing on " + on + ". I looked in " + pages + "."
	if !slices.ContainsFunc(q.Words, func(w index.Word) bool { return w.Informative() || w.Name != nil }) {
		answer.Text = "There is nothing in " + on + " that I could look up. I have " + pages + "."
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

// inPassing says that there is no page on another technology, and which pages
// speak of it.
func (a *Answerer) inPassing(q *Question, hits []index.Hit) *Answer {
	answer := a.nothing(q)
	var speaking []*index.Page
	for _, h := range hits[:min(len(hits), maxPassing)] {
		speaking = append(speaking, h.Page)
	}
	answer.Text += " It is spoken of on the " + pageWord(len(speaking)) + " on " + and(titles(speaking)) + "."
	var asks []Ask
	for _, p := range speaking {
		asks = append(asks, pageAsk(p.Title, p))
	}
	answer.Asks = append(asks, answer.Asks...)
	return answer
}

// maxPassing is how many pages are named that speak of something in passing.
const maxPassing = 3

func pageWord(n int) string {
	if n == 1 {
		return "page"
	}
	return "pages"
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
