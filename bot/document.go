package bot

import (
	"context"
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

// inDocuments answers from the documents alone, nil if they have nothing. What
// says nothing about which framework is meant may say which document is.
func (a *Answerer) inDocuments(ctx context.Context, q *Question) (*Answer, error) {
	words := nameless(q.Words)
	if pages := a.several(words, q); pages != nil {
		return pages, nil
	}
	for _, own := range []bool{false, true} {
		found, err := a.index.Search(ctx, index.Query{Words: words, Kind: index.Document, Own: own})
		if err != nil {
			return nil, err
		}
		if len(found.Hits) > 0 && convincing(found, words) {
			return a.hits(found.Hits), nil
		}
	}
	return nil, nil
}

// convincing reports whether the best document is what was asked for: its name
// or a heading says so, or one place of it says all of the question.
func convincing(found *index.Result, words []index.Word) bool {
	top := found.Hits[0]
	return top.Named > 0 || top.Head >= 0.5 && top.Best >= 0.5 || top.Best > 0.99 && (found.Terms > 1 || len(words) < 3 || unusual(words))
}

// unusual reports whether one of the words is none of everyday life: it does
// not stand on a page by chance.
func unusual(words []index.Word) bool {
	return slices.ContainsFunc(words, func(w index.Word) bool {
		return w.Known && w.Informative() && !w.Number && w.Class != index.Ordinary && w.Class != index.Common
	})
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

// nameless are words of which the names of pages, and of languages, have to be
// found like others.
func nameless(words []index.Word) []index.Word {
	words = slices.Clone(words)
	for i := range words {
		if words[i].Language != "" {
			words[i].Class = index.Unknown // "go" is no function word then
		}
		words[i].Name, words[i].Language = nil, ""
	}
	return words
}

var links = setOf("and or vs versus v against from than") // join names

// several lists the documents whose names, together, are the question:
// "deployments and rollbacks", "difference between a container and a pod". It
// is nil if something else is asked for, or nothing joins the names.
func (a *Answerer) several(words []index.Word, q *Question) *Answer {
	named := a.index.Named(words)
	if len(named) < 2 || !strings.Contains(q.Text, ",") && !q.has(links) {
		return nil
	}
	answer := &Answer{Kind: ListKind}
	var titles []string
	share := 0.0
	for _, n := range named {
		p := n.Page
		share += n.Share
		titles = append(titles, p.Title)
		answer.Pages = append(answer.Pages, p.ID)
		answer.Results = append(answer.Results, Result{ID: p.ID, Title: p.Title, Text: opening(p), Ask: p.Title, Ref: PageRef(p.ID)})
	}
	if share < 0.99 {
		return nil
	}
	answer.Title = and(titles)
	return answer
}
