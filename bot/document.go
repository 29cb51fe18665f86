package bot

import (
	"context"
	"regexp"
	"slices"
	"strings"

	"frameworkbot/index"
)

// Documents are the team's own pages, about anything: what is ordinary
// elsewhere may be just what they are about.

// written reports whether a document says what was asked in one place. A word
// alone counts if it is all that was typed: in a longer sentence, one everyday
// word stands anywhere.
func (q *Question) written(found *index.Result) bool {
	top := found.Hits[0]
	return top.Page.Kind == index.Document && top.Best > 0.99 && (found.Terms > 1 || len(q.Words) < 3)
}

// longest is how many words of a question are looked up as the name of a document.
const longest = 8

// longer is the document whose name is in the question and has the page's name
// in it: "laravel jobs" in "how do laravel jobs work here". It is nil if there is none.
func (a *Answerer) longer(q *Question) *index.Page {
	if !a.documents {
		return nil
	}
	at := q.position(q.Names[0])
	for n := min(longest, len(q.Words)); n > 1; n-- {
		for from := max(0, at-n+1); from <= at && from+n <= len(q.Words); from++ {
			var name strings.Builder
			for i := range q.Words[from : from+n] {
				name.WriteString(q.Words[from+i].Text + " ")
			}
			if page, _, ok := a.index.Lookup(name.String()); ok && page.Kind == index.Document {
				return page
			}
		}
	}
	return nil
}

// beyond answers with a document that the question is about rather than about
// the page that it names, which is offered.
func (a *Answerer) beyond(answer *Answer, page *index.Page) *Answer {
	copied := *answer
	copied.Asks = append(slices.Clip(answer.Asks), pageAsk("All about "+page.Title, page))
	return &copied
}

// own is the document that speaks of the named page and of all the rest of the
// question, nil if there is none: "how do laravel jobs work here". If the page
// itself has an answer, the document must say in a heading that it has one, too.
func (a *Answerer) own(ctx context.Context, q *Question, page *index.Page, answered bool) (*Answer, error) {
	if !a.documents || page.Kind == index.Document {
		return nil, nil
	}
	found, err := a.index.Search(ctx, index.Query{Words: nameless(q.Words), Kind: index.Document})
	if err != nil || len(found.Hits) == 0 || found.Terms < 2 {
		return nil, err
	}
	if top := found.Hits[0]; top.Best < 0.99 || answered && top.Head < 0.6 {
		return nil, nil
	}
	return a.beyond(a.hits(found.Hits), page), nil
}

// nameless are words of which the names of pages have to be found like others.
func nameless(words []index.Word) []index.Word {
	words = slices.Clone(words)
	for i := range words {
		words[i].Name = nil
	}
	return words
}

var between = regexp.MustCompile(`(?i)\s*(?:[,;&]|\s/\s|\b(?:and|or|vs\.?|versus|against)\b)\s*`)

// several lists the pages that a question is made of: "deployments and
// rollbacks". It is nil unless each part of it is the whole name of one.
func (a *Answerer) several(q *Question) *Answer {
	answer := &Answer{Kind: ListKind}
	var titles []string
	for _, name := range between.Split(q.Text, maxNamed+1) {
		page, _, ok := a.index.Lookup(strings.TrimSpace(name))
		if !ok {
			return nil
		}
		if slices.Contains(answer.Pages, page.ID) {
			continue
		}
		titles = append(titles, page.Title)
		answer.Pages = append(answer.Pages, page.ID)
		answer.Results = append(answer.Results, Result{ID: page.ID, Title: page.Title, Text: firstSentence(page.Body().Summary), Ask: page.Title, Ref: PageRef(page.ID)})
	}
	if len(titles) < 2 {
		return nil
	}
	answer.Title = and(titles)
	return answer
}
