package bot

import (
	"slices"
	"strings"

	"frameworkbot/index"
)

// maxLabel is how many characters of a button's label Discord advises
// (https://docs.discord.com/developers/components/reference#button-button-design-guidelines); Slack has room for 75.
const maxLabel = 34

// cardFacts are the facts that a card shows; the others are one press away.
var cardFacts = []string{"language", "kind", "licence", "first_release", "latest", "orm", "used_by", "usage"}

// newCard is the whole page as an answer.
func newCard(x *index.Index, p *index.Page) *Answer {
	a := about(p)
	a.Text = p.Summary
	for _, key := range cardFacts {
		if f := p.Fact(key); f != nil {
			a.Facts = append(a.Facts, Fact{f.Label, factText(f)})
		}
	}
	a.Sections = sections(p)
	a.Sources = sources(p.Sources)
	a.Asks = cardAsks(x, p)
	return a
}

// about is an answer about one page that has its text still to come.
func about(p *index.Page) *Answer {
	a := &Answer{Kind: PageKind, Title: p.Title, URL: p.Link("home"), Pages: []string{p.ID}}
	if !p.Reviewed.IsZero() {
		a.Reviewed = "reviewed " + p.Reviewed.Format("2006-01-02")
	}
	return a
}

// sections joins the items of each part under its heading.
func sections(p *index.Page) []Section {
	var parts []Section
	for _, s := range p.Sections {
		text := sectionText(&s)
		if len(parts) == 0 || parts[len(parts)-1].Heading != s.Part {
			parts = append(parts, Section{Heading: s.Part})
		} else {
			text = "\n" + text
		}
		if s.Heading != "" {
			text = "- " + strings.ReplaceAll(text, "\n", "\n  ")
		}
		parts[len(parts)-1].Text += text
	}
	return parts
}

// sectionText is a section with its name in bold before it.
func sectionText(s *index.Section) string {
	if s.Heading == "" {
		return s.Body
	}
	return "**" + s.Heading + ".** " + s.Body
}

// factText is a fact with its source and date behind it.
func factText(f *index.Fact) string {
	text := f.Value
	if f.Date != "" && !strings.Contains(text, f.Date) {
		text += " (" + f.Date + ")"
	}
	return text
}

func sources(all []index.Source) []Source {
	out := make([]Source, len(all))
	for i, s := range all {
		out[i] = Source{s.Title, s.Date, s.Link}
	}
	return out
}

// sourcesIn are those of the page's sources that a text names.
func sourcesIn(p *index.Page, text string) []Source {
	var out []Source
	for _, s := range p.Sources {
		if strings.Contains(text, s.String()) {
			out = append(out, Source{s.Title, s.Date, s.Link})
		}
	}
	return out
}

// cardAsks offers what people ask next: a comparison with the nearest pages, and all facts.
func cardAsks(x *index.Index, p *index.Page) []Ask {
	var asks []Ask
	if p.Kind == index.Guide {
		return browseAsks(x)
	}
	for _, other := range nearest(x, p, 2) {
		asks = append(asks, ask("Compare with "+other.Title, p.Title+" vs "+other.Title))
	}
	asks = append(asks, ask("All facts", "all facts of "+p.Title))
	if p.Language() != "" {
		asks = append(asks, ask(p.Language()+" frameworks", p.Language()+" frameworks"))
	}
	return asks
}

// nearest are the frameworks most like p: same language first, then same kind.
func nearest(x *index.Index, p *index.Page, most int) []*index.Page {
	var others []*index.Page
	for _, o := range x.Pages() {
		if o != p && o.Kind != index.Guide {
			others = append(others, o)
		}
	}
	likeness := func(o *index.Page) int {
		n := 0
		if o.Language() == p.Language() {
			n += 2
		}
		if o.Kind == p.Kind {
			n++
		}
		return n
	}
	slices.SortStableFunc(others, func(a, b *index.Page) int { return likeness(b) - likeness(a) })
	return others[:min(most, len(others))]
}

func ask(label, text string) Ask { return Ask{Shorten(label, maxLabel), text} }
