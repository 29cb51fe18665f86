package bot

import (
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

// noLanguage says that no page is about a framework in those languages.
func (a *Answerer) noLanguage(q *Question, unknown []string) *Answer {
	answer := a.nothing(q)
	var have []string
	for _, g := range byLanguage(a.index) {
		have = append(have, g.language)
	}
	answer.Text = "I have no page on a " + strings.Join(unknown, " or ") + " framework. I have pages on frameworks in " + and(have) + "."
	return answer
}
