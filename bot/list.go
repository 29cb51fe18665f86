package bot

import (
	"context"
	"slices"
	"strings"

	"frameworkbot/index"
)

// A condition is one thing that pages of a list must meet.
type condition struct {
	says  string // "written in PHP"
	fact  string // key of the fact that shows it
	meets func(*index.Page) bool
}

// hasConditions reports whether the question restricts which frameworks it is about.
func (q *Question) hasConditions() bool {
	return len(q.Languages) > 0 || q.Kind != "" || q.Licence != "" || q.Before != "" || q.After != "" || q.Web && len(q.NotLanguages) > 0 ||
		slices.ContainsFunc(q.Attributes, func(at *attribute) bool { return at.key != "" && at.key != "all" }) && (q.Field || len(q.Rest) == 0)
}

// conditionsOf turns what was understood into conditions.
func conditionsOf(q *Question) []condition {
	var cs []condition
	if len(q.Languages) > 0 {
		cs = append(cs, condition{"written in " + strings.Join(q.Languages, " or "), "language", func(p *index.Page) bool {
			return slices.Contains(q.Languages, index.LanguageOf(p.Language()))
		}})
	}
	if len(q.NotLanguages) > 0 {
		cs = append(cs, condition{"not written in " + strings.Join(q.NotLanguages, " or "), "language", func(p *index.Page) bool {
			return !slices.Contains(q.NotLanguages, index.LanguageOf(p.Language()))
		}})
	}
	if q.Before != "" || q.After != "" {
		cs = append(cs, released(q))
	}
	if q.Kind != "" {
		cs = append(cs, condition{string(q.Kind), "kind", func(p *index.Page) bool { return p.Kind == q.Kind }})
	}
	if q.Licence != "" {
		cs = append(cs, condition{q.Licence + " licence", "licence", func(p *index.Page) bool {
			f := p.Fact("licence")
			return f != nil && strings.HasPrefix(f.Value, q.Licence)
		}})
	}
	for _, at := range q.Attributes {
		cs = append(cs, attributeCondition(q, at)...)
	}
	return cs
}

// released is "first released before 2008".
func released(q *Question) condition {
	var says []string
	if q.After != "" {
		says = append(says, "since "+q.After)
	}
	if q.Before != "" {
		says = append(says, "before "+q.Before)
	}
	return condition{"first released " + and(says), "first_release", func(p *index.Page) bool {
		f := p.Fact("first_release")
		return f != nil && len(f.Date) >= 4 && (q.Before == "" || f.Date[:4] < q.Before) && (q.After == "" || f.Date[:4] >= q.After)
	}}
}

// attributeCondition is "with an ORM", "without an ORM", or that the page states the fact at all.
func attributeCondition(q *Question, at *attribute) []condition {
	without := slices.Contains(q.Without, at)
	switch {
	case at.key == "kind" && q.Kind != "", at.key == "language", at.key == "licence" && q.Licence != "", at.key == "", at.key == "all",
		at.key == "first_release" && q.Before+q.After != "":
		return nil
	case at.list && without:
		return []condition{{"without " + withArticle(at.label), at.key, func(p *index.Page) bool {
			f := p.Fact(at.key)
			return f != nil && f.Has != nil && !*f.Has
		}}}
	case at.list:
		return []condition{{"with " + withArticle(at.label), at.key, func(p *index.Page) bool {
			f := p.Fact(at.key)
			return f != nil && (f.Has == nil || *f.Has)
		}}}
	}
	return []condition{{strings.ToLower(at.label[:1]) + at.label[1:] + " stated", at.key, func(p *index.Page) bool {
		return p.Fact(at.key) != nil || p.Link(at.key) != ""
	}}}
}

func withArticle(label string) string {
	switch label {
	case "ORM", "Admin interface":
		return "an " + strings.Replace(label, "Admin", "admin", 1)
	case "Command line":
		return "a command line"
	}
	return strings.ToLower(label)
}

// list answers with the frameworks that meet the question's conditions. Words
// beyond them are searched for within the list.
func (a *Answerer) list(ctx context.Context, q *Question) (*Answer, error) {
	cs := conditionsOf(q)
	pages := a.meeting(q, cs)
	if unknown := a.unknownLanguages(q); len(unknown) == len(q.Languages) && len(unknown) > 0 {
		return a.noLanguage(q, unknown), nil
	}
	if !q.aboutFrameworks() {
		return a.nothing(q), nil
	}
	if len(q.Rest) > 0 && !q.chooses() || a.oneWanted(q, cs) {
		answer, err := a.within(ctx, q, pages)
		if answer != nil || err != nil {
			return answer, err
		}
	}
	switch {
	case len(cs) == 0:
		return a.find(ctx, q)
	case len(pages) == 0:
		return a.relaxed(q, cs), nil
	}
	reasons, err := a.order(ctx, q, pages)
	if err != nil {
		return nil, err
	}
	return a.listing(q, pages, cs, reasons), nil
}

// oneWanted reports whether one framework is asked for by a feature alone:
// "which one has a template engine".
func (a *Answerer) oneWanted(q *Question, cs []condition) bool {
	return len(q.Languages) == 0 && q.Kind == "" && q.Licence == "" && q.Before+q.After == "" && len(q.NotLanguages) == 0 &&
		len(q.Without) == 0 && !q.plural()
}

func (q *Question) plural() bool {
	return slices.ContainsFunc(q.Words, func(w index.Word) bool {
		return w.Key == "frameworks" || w.Key == "ones" || w.Key == "list" || w.Key == "libraries" || w.Key == "pages"
	})
}

// meeting are the frameworks that meet all the conditions.
func (a *Answerer) meeting(q *Question, cs []condition) []*index.Page {
	var pages []*index.Page
	for _, p := range a.index.Pages() {
		if p.Kind == index.Guide || slices.Contains(q.Except, p) {
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
	hits := slices.DeleteFunc(found.Hits, func(h index.Hit) bool { return h.Page.Kind == index.Guide })
	switch {
	case len(q.Rest) == 0 && (len(hits) == 0 || hits[0].Head == 0):
		return nil, nil
	case len(hits) > 0 && len(pages) > 0:
		return a.also(q, a.hits(q, hits), pages), nil
	case len(pages) > 0 && q.everyday() && (q.Enumerate || q.Recommend || q.Praise || len(q.Languages) == 0):
		return nil, nil
	}
	return a.find(ctx, q)
}

// chooses reports whether a choice among the frameworks of a language is asked
// for: then all of them are shown, the most fitting first.
func (q *Question) chooses() bool {
	return (q.Recommend || q.Praise && !q.which()) && len(q.Languages) > 0 && q.everyday() && q.framework()
}

func (q *Question) which() bool {
	return !slices.ContainsFunc(q.Words, func(w index.Word) bool {
		return strings.Contains(" best good top should ideal right suitable ", " "+w.Key+" ")
	})
}

// aboutFrameworks reports whether a language is named to ask for frameworks,
// and not for the language itself, as in "learn python".
func (q *Question) aboutFrameworks() bool {
	if len(q.Languages) == 0 || q.Enumerate || q.Recommend || len(q.Attributes) > 0 || q.Kind != "" || len(q.Rest) > 0 {
		return true
	}
	others := 0
	for i := range q.Words {
		w := &q.Words[i]
		switch {
		case w.Language != "", w.Class == index.Foreign:
		case w.Class == index.Web && !aboutLanguages[w.Stem]:
			return true
		case !strings.Contains(" in for with using on and or the please what about something anything which one ones use uses used written based made is are ", " "+w.Key+" "):
			others++
		}
	}
	return others == 0
}

// aboutLanguages are words of the field that go with a language as well as with a framework.
var aboutLanguages = map[string]bool{"languag": true, "lang": true, "program": true, "programm": true, "code": true,
	"develop": true, "softwar": true, "comput": true, "write": true, "sourc": true}

// also names the other frameworks of the language that was asked for.
func (a *Answerer) also(q *Question, answer *Answer, pages []*index.Page) *Answer {
	if len(q.Languages) == 0 {
		return answer
	}
	for _, p := range pages {
		if slices.Contains(answer.Pages, p.ID) {
			continue
		}
		answer.Pages = append(slices.Clip(answer.Pages), p.ID)
		answer.Results = append(answer.Results, Result{p.ID, p.Title, firstSentence(p.Summary), "Also written in " + strings.Join(q.Languages, " or "), p.Title})
	}
	return answer
}

func ids(pages []*index.Page) []string {
	out := make([]string, len(pages))
	for i, p := range pages {
		out[i] = p.ID
	}
	return out
}

// order puts pages that say more about the question first, and returns what
// they say where a heading speaks of it.
func (a *Answerer) order(ctx context.Context, q *Question, pages []*index.Page) (map[*index.Page]string, error) {
	if slices.ContainsFunc(q.Attributes, func(at *attribute) bool { return at.key == "first_release" }) {
		q.byAge(pages)
		return nil, nil
	}
	found, err := a.index.Search(ctx, index.Query{Words: q.Words, Pages: ids(pages), Limit: len(pages), Loose: true})
	if err != nil {
		return nil, err
	}
	reasons := map[*index.Page]string{}
	rank := map[*index.Page]int{}
	for i, h := range found.Hits {
		rank[h.Page] = len(found.Hits) - i
		if h.Section != nil && h.Head > 0 {
			reasons[h.Page] = h.Section.Heading + ": " + firstSentence(h.Section.Body)
		}
	}
	slices.SortStableFunc(pages, func(x, y *index.Page) int { return rank[y] - rank[x] })
	return reasons, nil
}

// byAge orders pages by their first release, the youngest first if that is asked for.
func (q *Question) byAge(pages []*index.Page) {
	newest := slices.ContainsFunc(q.Words, func(w index.Word) bool {
		return w.Key == "newest" || w.Key == "youngest" || w.Key == "newer" || w.Key == "younger"
	})
	slices.SortStableFunc(pages, func(x, y *index.Page) int {
		order := strings.Compare(x.Fact("first_release").Date, y.Fact("first_release").Date)
		if newest {
			return -order
		}
		return order
	})
}

// listing is a list of pages with the conditions that it used, and for each
// page the reason it is there.
func (a *Answerer) listing(q *Question, pages []*index.Page, cs []condition, reasons map[*index.Page]string) *Answer {
	answer := &Answer{Kind: ListKind, Title: listTitle(cs), Pages: ids(pages)}
	for _, p := range pages {
		text := reasons[p]
		if text == "" {
			text = reason(p, cs)
		}
		answer.Results = append(answer.Results, Result{ID: p.ID, Title: p.Title, Text: text, Ask: p.Title})
		for _, c := range cs {
			if f := p.Fact(c.fact); f != nil {
				answer.rest(f.Source)
			}
		}
	}
	if unknown := a.unknownLanguages(q); len(unknown) > 0 {
		answer.Notes = append(answer.Notes, "I have no page on a "+and(unknown)+" framework.")
	}
	if len(pages) > 1 && len(pages) <= 4 {
		answer.Asks = append(answer.Asks, ask("Compare them", strings.Join(titles(pages), " vs ")))
	}
	for _, p := range pages[:min(4, len(pages))] {
		answer.Asks = append(answer.Asks, ask(p.Title, p.Title))
	}
	return answer
}

func listTitle(cs []condition) string {
	if len(cs) == 0 {
		return "All frameworks that I have a page on"
	}
	return "Frameworks " + says(cs)
}

// says joins what conditions say: "written in PHP and with an ORM".
func says(cs []condition) string {
	words := make([]string, len(cs))
	for i, c := range cs {
		words[i] = c.says
	}
	return and(words)
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
	return firstSentence(p.Summary)
}

// relaxed says that nothing meets all the conditions, and what leaving one of
// them out would give.
func (a *Answerer) relaxed(q *Question, cs []condition) *Answer {
	answer := &Answer{Kind: ListKind, Title: "Nothing meets all conditions", Notes: []string{"No page is about a framework " + says(cs) + "."}}
	for i, c := range cs {
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
		answer.Asks = append(answer.Asks, ask("Frameworks "+says(rest), "frameworks "+says(rest)))
	}
	if len(answer.Results) == 0 {
		return a.nothing(q)
	}
	return answer
}

// unknownLanguages are the languages asked for that no page is written in.
func (a *Answerer) unknownLanguages(q *Question) []string {
	return slices.DeleteFunc(slices.Clone(q.Languages), func(l string) bool {
		return slices.ContainsFunc(a.index.Pages(), func(p *index.Page) bool { return index.LanguageOf(p.Language()) == l })
	})
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
