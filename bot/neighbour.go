package bot

import (
	"cmp"
	"context"
	"slices"

	"frameworkbot/index"
)

// kinship notes that a page is named only to describe another one: "a go
// framework like express" wants what is alike, "which framework is built on
// starlette" and "async version of flask" want a page that speaks of the name.
func (q *Question) kinship(used []*attribute) {
	if len(q.Names) != 1 {
		return
	}
	page := q.Names[0].Page
	first := q.position(q.Names[0])
	next := first
	for next < len(q.Words) && q.Words[next].Name != nil {
		next++
	}
	before := func(n int) *index.Word {
		if first < n {
			return &index.Word{}
		}
		return &q.Words[first-n]
	}
	foreign := func(w *index.Word) bool {
		language := cmp.Or(w.Language, index.LanguageOf(w.Key))
		return w.Name == nil && language != w.Key && language != "" && !page.IsIn(language)
	}
	if next+1 < len(q.Words) && q.Words[next].Key == "for" && foreign(&q.Words[next+1]) && len(q.Languages) == 0 {
		q.Languages = languagesOf(&index.Word{Key: q.Words[next+1].Key, Language: index.LanguageOf(q.Words[next+1].Key)})
	}
	switch {
	case before(1).Key == "like" && (before(2).Class == index.Web || before(2).Language != "" || some[before(2).Key]),
		next+1 < len(q.Words) && q.Words[next].Key == "for" && foreign(&q.Words[next+1]) && (next+2 == len(q.Words) || q.Words[next+2].Sentence > q.Words[first].Sentence),
		before(1).Key == "of" && variants[before(2).Key] && foreign(before(3)):
		q.Alike = true
	case before(1).Key == "of" && variants[before(2).Key]:
		q.Neighbour = first > 2 && used[first-3] != nil && used[first-3].list
	case relating[before(1).Key] && relations[before(2).Key]:
		q.Neighbour = q.Field && !polar[q.Words[0].Key]
	}
}

// Words that stand between what is asked for and the name that it is described by.
var (
	some      = setOf("something anything one ones stuff else")
	variants  = setOf("version equivalent counterpart clone port")
	relations = setOf("based built build builds top fork inspired modelled successor replacement wrapper layer runs sits")
	relating  = setOf("on of with by to around over for upon")
)

// neighbour answers with a page that covers the question and speaks of the
// one that is named; with that one if there is no other.
func (a *Answerer) neighbour(ctx context.Context, q *Question) (*Answer, error) {
	page := q.Names[0].Page
	words := slices.Clone(q.Words)
	for i := range words {
		words[i].Name = nil
		if relations[words[i].Key] {
			words[i].Class = index.Neutral
		}
	}
	found, err := a.index.Search(ctx, index.Query{Words: words})
	if err != nil {
		return nil, err
	}
	hits := slices.DeleteFunc(found.Hits, func(h index.Hit) bool {
		return h.Page == page || !h.Page.IsFramework() || len(q.Languages) > 0 && !h.Page.IsIn(q.Languages...)
	})
	if len(hits) == 0 {
		return a.named(ctx, q)
	}
	return a.correct(q, a.hits(hits)), nil
}

// abroad lists the frameworks of the language that is asked for, those first
// that speak of a framework of another language.
func (a *Answerer) abroad(q *Question, page *index.Page) *Answer {
	all := &Question{restriction: restriction{Languages: q.Languages}}
	pages := a.meeting(all, conditionsOf(all, a.knownLanguages(all)))
	ordered := slices.Clone(pages)
	a.mentioning(q, page, ordered)
	if a.orderedRef(all, ordered) != listRef(all) { // the order can be given again
		pages = ordered
	}
	return a.listing(all, pages, conditionsOf(all, a.knownLanguages(all)), nil)
}

// mentioning puts the pages first that speak of the words by which page was named.
func (a *Answerer) mentioning(q *Question, page *index.Page, pages []*index.Page) {
	speaks := map[*index.Page]bool{}
	for i := range q.Words {
		w := q.Words[i]
		if w.Name == nil || w.Name.Page != page || w.Stem == "" {
			continue
		}
		for _, p := range pages {
			speaks[p] = speaks[p] || a.index.Mentions(p, &w)
		}
	}
	slices.SortStableFunc(pages, func(x, y *index.Page) int { return btoi(speaks[y]) - btoi(speaks[x]) })
}
