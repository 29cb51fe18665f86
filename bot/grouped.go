package bot

import (
	"slices"
	"strconv"
	"strings"

	"frameworkbot/index"
)

const (
	maxListed = 20 // pages that a list shows one by one; more are shown by language
	maxTitled = 8  // of those of a language, the ones that are named

	maxBrowsed = 100 // pages that the browse card names; of more it counts those of each language
)

// A group is the frameworks of one language.
type group struct {
	language string
	pages    []*index.Page
}

// byLanguage groups the frameworks of an index by their main language, both in
// alphabetical order.
func byLanguage(x *index.Index) []group {
	return grouped(slices.DeleteFunc(slices.Clone(x.Pages()), func(p *index.Page) bool { return !p.IsFramework() }))
}

// grouped groups pages by their main language, in alphabetical order; within a
// language they stay as they are.
func grouped(pages []*index.Page) []group {
	at := map[string]int{}
	var groups []group
	for _, p := range pages {
		i, ok := at[p.Language()]
		if !ok {
			i = len(groups)
			at[p.Language()] = i
			groups = append(groups, group{language: p.Language()})
		}
		groups[i].pages = append(groups[i].pages, p)
	}
	slices.SortFunc(groups, func(a, b group) int { return strings.Compare(a.language, b.language) })
	return groups
}

// sizeOf is how many pages the groups have.
func sizeOf(groups []group) (n int) {
	for _, g := range groups {
		n += len(g.pages)
	}
	return n
}

// result is the group in a list: the first of its pages by name, and the
// question that shows them all.
func (g *group) result() Result {
	r := Result{Title: g.language, Text: g.names()}
	asks := written(g.language)
	r.Ask, r.Ref = asks.Text, asks.Ref
	return r
}

// browse is the group on the browse card: its pages, with what they are if all
// of them are few, or one line if they are too many to be named.
func (g *group) browse(all int) []Result {
	if all > maxBrowsed {
		r := g.result()
		r.Title, r.Group = count(len(g.pages), "framework"), g.language
		return []Result{r}
	}
	var results []Result
	for _, p := range g.pages {
		r := pageResult(p, g.language)
		if all > maxListed {
			r.Text = ""
		}
		results = append(results, r)
	}
	return results
}

// names are the titles of the group's pages, the first of them if they are many.
func (g *group) names() string {
	shown := titles(g.pages[:min(len(g.pages), maxTitled)])
	if rest := len(g.pages) - len(shown); rest > 0 {
		return strings.Join(shown, ", ") + " and " + strconv.Itoa(rest) + " more"
	}
	return and(shown)
}

// long is a list of too many pages to show each: by language, each of which is
// one press away with the same conditions; or, of one language, the first of
// them and what narrows them down.
func (a *Answerer) long(q *Question, pages []*index.Page, cs []condition) *Answer {
	answer := &Answer{Kind: ListKind, Title: listTitle(cs), Pages: ids(pages[:min(len(pages), maxNamed)]), Ref: a.orderedRef(q, pages)}
	groups := grouped(pages)
	if len(groups) < 2 {
		return a.first(q, answer, pages)
	}
	answer.Notes = []string{count(len(pages), "framework") + ", by language."}
	for _, g := range groups {
		narrower := *q
		narrower.Languages, narrower.NotLanguages, narrower.Order = []string{index.LanguageOf(g.language)}, nil, nil
		r := g.result()
		if len(cs) > 0 {
			r.Ask, r.Ref = frameworks(conditionsOf(&narrower, narrower.Languages)), listRef(&narrower)
		}
		answer.Results = append(answer.Results, r)
	}
	for _, kind := range []index.Kind{index.FullStack, index.Micro} {
		if q.Kind == "" {
			narrower := *q
			narrower.Kind = kind
			text := string(kind) + " " + frameworks(cs)
			answer.Asks = append(answer.Asks, ask(capital(text), text, listRef(&narrower)))
		}
	}
	return answer
}

// maxNamed is how many pages a long list names as those that it is about.
const maxNamed = 200

// first shows the first pages of a list, and questions that narrow it down.
func (a *Answerer) first(q *Question, answer *Answer, pages []*index.Page) *Answer {
	answer.Notes = []string{"The first " + strconv.Itoa(maxListed) + " of " + count(len(pages), "framework") + ": say what kind, or what it has to have, to see fewer."}
	for _, p := range pages[:maxListed] {
		answer.Results = append(answer.Results, pageResult(p, ""))
	}
	for _, kind := range []index.Kind{index.FullStack, index.Micro} {
		if q.Kind == "" && len(q.Languages) == 1 {
			narrower := *q
			narrower.Kind = kind
			text := string(kind) + " " + q.Languages[0] + " frameworks"
			answer.Asks = append(answer.Asks, ask(capital(text), text, listRef(&narrower)))
		}
	}
	return answer
}
