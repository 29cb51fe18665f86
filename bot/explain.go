package bot

import (
	"context"
	"fmt"
	"slices"

	"frameworkbot/index"
)

// An Explainer says why an answer is what it is.
type Explainer interface {
	// Explain answers m as a Handler would and says how the answer came about.
	Explain(ctx context.Context, m *Message) (*Explanation, error)
}

// An Explanation is how an answer came about. It repeats what somebody wrote:
// it is to be shown to them, and not to be logged. All texts are plain.
type Explanation struct {
	Text       string   // what was read of the message
	Rule       string   // how it was answered, a sentence
	Kind       Kind     // of the answer
	Pages      []string // IDs of the pages that answer
	Words      []ExplainedWord
	Names      []ExplainedName
	Conditions []string       // what a list must meet: "written in PHP"
	Attributes []string       // what is asked about: "ORM"
	Hits       []ExplainedHit // what a search found, best first; empty if nothing had to be searched for
	Missing    []string       // words of the question that the best hit lacks
	Nothing    []string       // why there is no answer, a sentence each; empty if there is one
}

// An ExplainedWord is a word of the question and what it was taken for.
type ExplainedWord struct {
	Text     string
	Meant    string  // what it was corrected to, ""
	Class    string  // "product", "everyday word", …
	Use      string  // what it did
	Searched bool    // it helps to decide which page is meant
	Weight   float64 // how much, of a word that is searched for; 1 is usual
}

// An ExplainedName is a page's name in the question.
type ExplainedName struct {
	ID, Title string
	Typed     string // "" if it is part of a phrase that means something else
	Why       string // "exact name", "alias", "corrected spelling", …
	Meant     bool   // the page is meant
}

// An ExplainedHit is a page that a search found. The shares are from 0 to 1.
type ExplainedHit struct {
	ID, Title string
	Section   string  // the section or fact that matched best, "" for the page's beginning
	Field     string  // what matched: "heading", "text", "fact", "listed question"
	Score     float64 // comparable only within one explanation
	Coverage  float64 // share of the question's words that the page has, by weight
	Best      float64 // the same of the section that has most
	Head      float64 // the same of the heading that has most
	Listed    float64 // how much the question is like one that the page must win
	Named     float64 // how much of the question is the page's whole name, by weight
	Outcome   string  // what became of it: "answers", "dropped: …"
}

// maxExplained is how many pages that were found are told.
const maxExplained = 8

// Explain implements [Explainer].
func (a *Answerer) Explain(ctx context.Context, m *Message) (*Explanation, error) {
	answer, err := a.Answer(ctx, m)
	if err != nil {
		return nil, err
	}
	e := &Explanation{Kind: answer.Kind, Pages: answer.Pages}
	if m.Ref != "" {
		e.Rule = "A button or a menu named this answer. Nothing was read or searched for."
		return e, nil
	}
	e.Text = Normalise(m.Text)
	if !a.explainWhole(e, shortText(m.Text)) && !a.explainWhole(e, e.Text) {
		err = a.explainQuestion(ctx, e)
	}
	if err != nil {
		return nil, fmt.Errorf("explain %s: %w", m.ID, err)
	}
	return e, nil
}

// explainWhole explains a text that is a page's name or a call for help, and
// reports whether it is.
func (a *Answerer) explainWhole(e *Explanation, text string) bool {
	page, why, ok := a.index.Lookup(text)
	switch {
	case ok:
		e.Names = []ExplainedName{{page.ID, page.Title, text, string(why), true}}
		e.Rule = "The question as a whole is a name of one page. Nothing had to be searched for."
	case e.Kind == HelpKind && isHelp(e.Text):
		e.Rule = "A call for help shows what there is."
	case e.Text == "":
		e.Rule = "There is nothing to read."
		e.Nothing = []string{"No letter or digit is left once mentions, links and markup are taken away."}
	}
	return e.Rule != ""
}

func (a *Answerer) explainQuestion(ctx context.Context, e *Explanation) error {
	q := a.words.Parse(e.Text)
	e.understood(q)
	for _, c := range conditionsOf(q, a.knownLanguages(q)) {
		e.Conditions = append(e.Conditions, c.says)
	}
	search := index.Query{Words: q.Words, Limit: maxExplained}
	switch {
	case len(q.Names) > 1 && len(q.Except) == 0:
		e.Rule = "Several pages are named: they are compared."
		return nil
	case len(q.Names) == 1 && q.Alike && !q.is(comparing):
		e.Rule = "Others like the page that is named are asked for."
		return nil
	case len(q.Names) == 1 && !q.Neighbour && a.isBeyond(e, q.Names[0].Page):
		e.Rule = "One page is named; a document that speaks of it and of the rest of the question goes before it."
		search.Words, search.Kind = nameless(q.Words), index.Document
	case len(q.Names) == 1 && (q.Card || len(q.Rest) == 0):
		e.Rule = "One page is named, and nothing remains to be searched for in it."
		return nil
	case len(q.Names) == 1:
		e.Rule = "One page is named: the other words are searched for in it."
		search.Words, search.Pages = q.Rest, []string{q.Names[0].Page.ID}
	case e.Kind == ListKind && len(e.Conditions) == 0 && a.several(q.Rest, q) != nil:
		e.Rule = "The question is made of the names of several pages: they are listed."
		return nil
	case e.Kind == ListKind:
		e.Rule = "No page is named; the pages that meet the conditions are listed."
	case len(q.Rest) == 0:
		e.Rule = "No page is named, and no word says which one is meant."
	default:
		e.Rule = "No page is named: the section that covers the question is searched for."
	}
	return a.explainSearch(ctx, e, q, search)
}

// isBeyond reports whether the answer is a document, and not the page that is named.
func (a *Answerer) isBeyond(e *Explanation, named *index.Page) bool {
	if len(e.Pages) == 0 || e.Pages[0] == named.ID {
		return false
	}
	page, ok := a.index.Page(e.Pages[0])
	return ok && page.Kind == index.Document
}

// understood tells what the words were taken for.
func (e *Explanation) understood(q *Question) {
	for i := range q.Words {
		w := &q.Words[i]
		left := slices.ContainsFunc(q.Rest, func(r index.Word) bool { return r.Text == w.Text && r.Stem == w.Stem })
		one := ExplainedWord{Text: w.Text, Meant: w.Meant, Class: classOf(w), Use: useOf(w, left), Searched: left && w.Informative()}
		if one.Searched {
			one.Weight = w.Weight()
		}
		e.Words = append(e.Words, one)
	}
	for _, n := range q.Names {
		e.Names = append(e.Names, ExplainedName{n.Page.ID, n.Page.Title, n.Typed, string(n.Why), true})
	}
	for _, p := range q.Near {
		e.Names = append(e.Names, ExplainedName{p.ID, p.Title, "", "means something else in this phrase", false})
	}
	for _, p := range q.Except {
		e.Names = append(e.Names, ExplainedName{p.ID, p.Title, "", "excluded", false})
	}
	for _, at := range q.Attributes {
		e.Attributes = append(e.Attributes, at.label)
	}
}

// classNames are the classes of words as people understand them.
var classNames = map[index.Class]string{
	index.Unknown: "in no list", index.Neutral: "neutral", index.Web: "the library's field", index.Foreign: "function word",
	index.Product: "product", index.Computing: "computing", index.Ordinary: "everyday word", index.Common: "common word",
}

func classOf(w *index.Word) string {
	if w.Class == index.Unknown && w.Known {
		return "word of the pages"
	}
	return classNames[w.Class]
}

func useOf(w *index.Word, left bool) string {
	switch {
	case w.Void:
		return "part of a phrase in which a name means something else"
	case w.Name != nil:
		return "name of " + w.Name.Page.Title
	case w.Language != "":
		return "language " + w.Language
	case !w.Informative():
		return "does not say which page"
	case !left:
		return "says what is asked or which pages are wanted"
	case !w.Known:
		return "searched for; no page uses it"
	}
	return "searched for"
}

// explainSearch runs the search again, once as it is and once with what it dropped.
func (a *Answerer) explainSearch(ctx context.Context, e *Explanation, q *Question, search index.Query) error {
	kept, err := a.index.Search(ctx, search)
	if err != nil {
		return err
	}
	search.Loose = true
	all, err := a.index.Search(ctx, search)
	if err != nil {
		return err
	}
	e.Missing = all.Missing
	conditions := conditionsOf(q, a.knownLanguages(q))
	for i := range all.Hits {
		h := &all.Hits[i]
		strong := slices.ContainsFunc(kept.Hits, func(k index.Hit) bool { return k.Page == h.Page })
		e.Hits = append(e.Hits, ExplainedHit{
			ID: h.Page.ID, Title: h.Page.Title, Section: sectionName(h), Field: string(h.Why),
			Score: h.Score, Coverage: h.Coverage, Best: h.Best, Head: h.Head, Listed: h.Listed, Named: h.Named, Outcome: e.outcome(h, strong, conditions),
		})
	}
	slices.SortStableFunc(e.Hits, func(x, y ExplainedHit) int { return e.placeOf(x.ID) - e.placeOf(y.ID) })
	if e.Kind == NoneKind {
		e.whyNothing(q, len(kept.Hits))
	}
	return nil
}

func sectionName(h *index.Hit) string {
	switch {
	case h.Fact != nil:
		return h.Fact.Label
	case h.Section == nil || h.Section.Part == "":
		return ""
	case h.Section.Heading == "":
		return h.Section.Part
	}
	return h.Section.Part + " › " + h.Section.Heading
}

// outcome is what became of a page that was found; strong is one that covers the question.
func (e *Explanation) outcome(h *index.Hit, strong bool, conditions []condition) string {
	switch i := slices.Index(e.Pages, h.Page.ID); {
	case i == 0:
		return "answers"
	case i > 0:
		return "named as well"
	case e.Kind == ListKind && len(conditions) > 0:
		return "dropped: " + unmet(h.Page, conditions)
	case !strong:
		return "dropped: too little of the question is on the page or in one section of it"
	case e.Kind == NoneKind:
		return "dropped: may have met by chance"
	}
	return "behind a better one"
}

// unmet says which of a list's conditions a page does not meet.
func unmet(p *index.Page, conditions []condition) string {
	var all []string
	for i := range conditions {
		if !conditions[i].meets(p) {
			all = append(all, conditions[i].says)
		}
	}
	if len(all) == 0 {
		return "others of the list come before it"
	}
	return "is not " + and(all)
}

// placeOf is where a page stands in the answer; those that do not come last.
func (e *Explanation) placeOf(id string) int {
	if i := slices.Index(e.Pages, id); i >= 0 {
		return i
	}
	return len(e.Pages)
}

// whyNothing gives the reasons for which nothing was found.
func (e *Explanation) whyNothing(q *Question, kept int) {
	say := func(s string) { e.Nothing = append(e.Nothing, s) }
	var unused []string
	for i := range q.Rest {
		if w := &q.Rest[i]; w.Informative() && !w.Known {
			unused = append(unused, w.Text)
		}
	}
	if len(q.Near) > 0 {
		say("A name is there, but in a phrase in which it means something else.")
	}
	if len(unused) > 0 {
		say("No page uses: " + and(unused) + ".")
	}
	switch {
	case len(e.Hits) == 0 && len(unused) == 0 && len(q.Rest) == 0:
		say("No word of the question says which page is meant.")
	case len(e.Hits) == 0:
		say("No page has any of the words that were searched for.")
	case kept == 0:
		say("Some pages share a word with the question, but none covers enough of it: the words have met by chance.")
	default:
		say("A page covers the words, but they are everyday words that nothing ties to what the pages are about.")
	}
}
