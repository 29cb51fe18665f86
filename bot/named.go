package bot

import (
	"context"
	"strings"
	"time"

	"frameworkbot/index"
)

// named answers a question about one page: a fact if one is asked for, the
// section that covers the rest of the question, or the whole card.
func (a *Answerer) named(ctx context.Context, q *Question) (*Answer, error) {
	page := q.Names[0].Page
	if document := a.longer(q); document != nil {
		return a.beyond(a.card(document), page), nil
	}
	switch {
	case q.Card, len(q.Rest)+len(q.Attributes) == 0:
		return a.correct(q, a.card(page)), nil
	case len(q.Rest) == 0:
		return a.correct(q, a.fact(q, page)), nil
	}
	found, err := a.index.Search(ctx, index.Query{Words: q.Rest, Pages: []string{page.ID}, Loose: true})
	if err != nil {
		return nil, err
	}
	speaking := len(found.Hits) > 0 && speaks(found.Hits[0])
	if own, err := a.own(ctx, q, page, speaking && found.Hits[0].Best > 0.99 || len(q.Attributes) > 0); own != nil || err != nil {
		return own, err
	}
	switch {
	case speaking:
		return a.correct(q, a.section(found.Hits[0])), nil
	case len(q.Attributes) > 0:
		return a.correct(q, a.fact(q, page)), nil
	}
	return a.correct(q, a.silent(q, page)), nil
}

// speaks reports whether the section of a hit is what was asked for, and not
// only one that shares a word with the question.
func speaks(h index.Hit) bool {
	named := h.Fact != nil || h.Section != nil && h.Section.Heading != ""
	return named && h.Best >= 0.5 || h.Best > 0.99 && h.Section != nil && h.Section.Part != ""
}

// section answers with what matched first; the rest of the card is one press away.
func (a *Answerer) section(h index.Hit) *Answer {
	answer := about(h.Page)
	switch {
	case h.Fact != nil:
		answer.Text = "**" + h.Fact.Label + ":** " + sourced(h.Fact)
		answer.rest(h.Fact.Source)
		answer.Ref = newRef(refPart, token(h.Page.ID), factSlug+h.Fact.Key)
	case h.Section != nil && h.Section.Part != "":
		answer.Text = sectionText(h.Section)
		answer.rest(h.Section.Rests...)
		answer.Ref = newRef(refPart, token(h.Page.ID), pieceSlug(h.Page, h.Section))
		if h.Section.Heading == "" {
			answer.Text = "**" + literal.Replace(h.Section.Part) + "**\n\n" + answer.Text
		}
	default:
		return a.card(h.Page)
	}
	answer.Asks, answer.More = a.pageAsks(h.Page), a.card(h.Page).More
	return answer
}

// silent is the card, with a line on what the page does not speak of.
func (a *Answerer) silent(q *Question, page *index.Page) *Answer {
	answer := *a.card(page)
	var missing, all []string
	for i := range q.Rest {
		w := &q.Rest[i]
		all = append(all, w.Text)
		if !a.index.Mentions(page, w) && (w.Class == index.Computing || w.Class == index.Product || w.Class == index.Ordinary) {
			missing = append(missing, "*"+Echo(w.Text)+"*")
		}
	}
	switch {
	case q.is(comparing):
		answer.Notes = append(answer.Notes, "I have no page on *"+Echo(strings.Join(all, " "))+"* to compare it with.")
	case len(missing) > 0:
		answer.Notes = append(answer.Notes, "The "+page.Title+" page says nothing about "+and(missing)+".")
	}
	return &answer
}

// correct says which names were understood in spite of their spelling.
func (a *Answerer) correct(q *Question, answer *Answer) *Answer {
	var notes []string
	var corrected []Correction
	var misread []*index.Page
	for _, n := range q.Names {
		if n.Why != index.BySpelling {
			continue
		}
		typed := Echo(n.Typed)
		notes = append(notes, "Showing **"+n.Page.Title+"** for *"+typed+"*.")
		corrected, misread = append(corrected, Correction{typed, n.Page.Title}), append(misread, n.Page)
	}
	if len(notes) == 0 {
		return answer
	}
	copied := *answer
	copied.Notes = append(notes, answer.Notes...)
	copied.Corrected = corrected
	copied.NotThis = newRef(refNot, tokens(misread))
	return &copied
}

// fact answers with the facts that are asked for, one line each, with source
// and date; it says so where the page does not state them.
func (a *Answerer) fact(q *Question, page *index.Page) *Answer {
	answer := about(page)
	answer.Kind, answer.Ref, answer.More = FactKind, newRef(refFact, token(page.ID), keysOf(q.Attributes)), a.card(page).More
	var lines, labels []string
	for _, at := range q.Attributes {
		labels = append(labels, at.label)
		lines = append(lines, q.kindFirst(page, at)...)
		lines = append(lines, factLines(page, at, q.Polar)...)
		for i := range page.Facts {
			if f := &page.Facts[i]; f.Key == at.key || at.key == "all" {
				answer.rest(f.Source)
			}
		}
	}
	answer.Title = page.Title + ": " + strings.ToLower(labels[0][:1]) + labels[0][1:]
	if isUpper(labels[0]) || len(labels) > 1 {
		answer.Title = page.Title + ": " + strings.Join(labels, ", ")
	}
	answer.Text = strings.Join(lines, "\n\n")
	answer.Asks = a.pageAsks(page)
	return answer
}

func isUpper(label string) bool { return len(label) > 1 && strings.ToUpper(label[:2]) == label[:2] }

// factLines are the lines that answer one attribute.
func factLines(page *index.Page, at *attribute, polar bool) []string {
	if at.key == "all" {
		var lines []string
		for i := range page.Facts {
			lines = append(lines, "**"+page.Facts[i].Label+":** "+stated(page, &page.Facts[i]))
		}
		return lines
	}
	if url := page.Link(at.key); url != "" {
		return []string{"**" + at.label + ":** <" + url + ">"}
	}
	f := page.Fact(at.key)
	if f == nil {
		return []string{"**" + at.label + ":** the " + page.Title + " page does not state this."}
	}
	return []string{"**" + at.label + ":** " + yesNo(f, polar) + stated(page, f)}
}

// kindFirst is "Yes." or "No." where one of the two kinds is asked for: "is express full-stack".
func (q *Question) kindFirst(page *index.Page, at *attribute) []string {
	switch {
	case at.key != "kind" || !q.Polar || q.Kind == "":
		return nil
	case page.Kind == q.Kind:
		return []string{"Yes."}
	}
	return []string{"No."}
}

// stated is a fact with its source; one without a source is the page's own.
func stated(page *index.Page, f *index.Fact) string {
	if f.Source != nil || page.Reviewed.IsZero() {
		return sourced(f)
	}
	return f.Value + " (this page, reviewed " + page.Reviewed.Format(time.DateOnly) + ")."
}

// yesNo begins the answer to "does it have …" where the fact knows.
func yesNo(f *index.Fact, polar bool) string {
	lower := strings.ToLower(f.Value)
	switch {
	case !polar || f.Has == nil, strings.HasPrefix(lower, "yes"), strings.HasPrefix(lower, "no"):
		return ""
	case *f.Has:
		return "yes; "
	}
	return "no; "
}

// sourced is a fact's value with its source and date.
func sourced(f *index.Fact) string {
	text := strings.TrimSuffix(factText(f), ".")
	if f.Source != nil && !strings.Contains(text, f.Source.String()) {
		text += " (" + f.Source.String() + ")"
	}
	return text + "."
}
