package bot

import (
	"context"
	"slices"
	"strings"

	"frameworkbot/index"
)

// relaxed says that nothing meets all the conditions, and what leaving one of
// them out would give.
func (a *Answerer) relaxed(q *Question, cs []condition) *Answer {
	answer := &Answer{Kind: ListKind, Title: "Nothing meets all conditions", Notes: []string{"I have no page on " + frameworks(cs) + "."}, Ref: listRef(q)}
	for i, c := range slices.Backward(cs) { // the language is given up last
		rest := slices.Delete(slices.Clone(cs), i, i+1)
		pages := a.meeting(q, rest)
		if len(rest) == 0 || len(pages) == 0 {
			continue
		}
		part := a.listing(q, pages, rest, nil)
		for _, r := range part.Results {
			r.Group = "Leaving out “" + c.says + "”"
			answer.Results = append(answer.Results, r)
		}
		answer.Pages = append(answer.Pages, part.Pages...)
		answer.Sources = append(answer.Sources, part.Sources...)
		answer.Asks = append(answer.Asks, ask(capital(frameworks(rest)), frameworks(rest), listRef(q.without(c))))
	}
	if len(answer.Results) == 0 {
		return a.nothing(q)
	}
	return answer
}

// unknownLanguages are the languages asked for that no page is written in.
func (a *Answerer) unknownLanguages(q *Question) []string {
	return slices.DeleteFunc(slices.Clone(q.Languages), func(l string) bool {
		return slices.ContainsFunc(a.index.Pages(), func(p *index.Page) bool { return p.IsIn(l) })
	})
}

// knownLanguages are the others.
func (a *Answerer) knownLanguages(q *Question) []string {
	unknown := a.unknownLanguages(q)
	return slices.DeleteFunc(slices.Clone(q.Languages), func(l string) bool { return slices.Contains(unknown, l) })
}

// elsewhereIn answers where no page is written in what is asked for: with a page
// that speaks of it all the same, as one may of the Erlang VM, or not at all.
func (a *Answerer) elsewhereIn(ctx context.Context, q *Question, unknown []string) (*Answer, error) {
	none := a.noLanguage(q, unknown)
	words := slices.Clone(q.Words)
	for i := range words {
		if len(words[i].Key) > 2 {
			words[i].Language = ""
		}
	}
	found, err := a.index.Search(ctx, index.Query{Words: words})
	if err != nil || len(q.Rest) == 0 || len(found.Hits) == 0 || found.Hits[0].Best < 0.99 {
		return none, err
	}
	answer := *a.hits(found.Hits[:1])
	answer.Notes = append(slices.Clip(answer.Notes), noPageOn(unknown, " or "))
	return &answer, nil
}

// noLanguage says that no page is about a framework in those languages.
func (a *Answerer) noLanguage(q *Question, unknown []string) *Answer {
	answer := a.nothing(q)
	var have []string
	for _, g := range byLanguage(a.index) {
		have = append(have, g.language)
	}
	answer.Text = noPageOn(unknown, " or ") + " I have pages on frameworks in " + and(have) + "."
	return answer
}

// noPageOn says that there is no page on a framework in those languages.
func noPageOn(languages []string, joined string) string {
	article := "a "
	if strings.ContainsAny(languages[0][:1], "AEIO") {
		article = "an "
	}
	return "I have no page on " + article + strings.Join(languages, joined) + " framework."
}
