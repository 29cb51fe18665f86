package bot

import (
	"slices"
	"strings"
	"sync"
	"time"

	"frameworkbot/index"
)

// maxLabel is how many characters of a button's label Discord advises
// (https://docs.discord.com/developers/components/reference#button-button-design-guidelines); Slack has room for 75.
const maxLabel = 34

// cardFacts are the facts that a card shows; the others are one press away.
var cardFacts = []string{"language", "kind", "licence", "first_release", "latest", "orm", "used_by", "usage"}

// maxCards is how many cards are kept; a larger library makes them anew when they are asked for.
const maxCards = 4096

// cards are those that were asked for, made once.
type cards struct {
	mu   sync.RWMutex
	made map[*index.Page]*Answer
}

// card is the whole page as an answer.
func (a *Answerer) card(p *index.Page) *Answer {
	a.cards.mu.RLock()
	answer := a.cards.made[p]
	a.cards.mu.RUnlock()
	if answer != nil {
		return answer
	}
	answer = a.newCard(p)
	a.cards.mu.Lock()
	defer a.cards.mu.Unlock()
	if a.cards.made == nil || len(a.cards.made) >= maxCards {
		a.cards.made = map[*index.Page]*Answer{}
	}
	a.cards.made[p] = answer
	return answer
}

func (a *Answerer) newCard(p *index.Page) *Answer {
	card := about(p)
	here, others := ownFirst(sections(p))
	card.Text, card.Sections = here+p.Body().Summary, others
	for i := range p.Body().Sections {
		if s := &p.Body().Sections[i]; s.Part == index.Here {
			card.rest(s.Rests...)
		}
	}
	card.rest(p.Body().Rests...)
	for _, key := range cardFacts {
		if f := p.Fact(key); f != nil {
			card.Facts = append(card.Facts, Fact{f.Label, factText(f)})
			card.rest(f.Source)
		}
	}
	for i := range p.Body().Sections {
		card.rest(p.Body().Sections[i].Rests...)
	}
	card.Asks, card.More = a.cardAsks(p), moreAsks(p)
	return card
}

// ownFirst takes out what a team says about the page's subject: it comes before
// what everybody may know.
func ownFirst(parts []Section) (here string, others []Section) {
	if len(parts) == 0 || parts[0].Heading != index.Here {
		return "", parts
	}
	return "**" + index.Here + ".** " + parts[0].Text + "\n\n", parts[1:]
}

// rest adds sources that the answer rests on, each once.
func (a *Answer) rest(all ...*index.Source) {
	for _, s := range all {
		if s == nil {
			continue
		}
		if one := (Source{s.Title, s.Date, s.Link}); !slices.Contains(a.Sources, one) {
			a.Sources = append(a.Sources, one)
		}
	}
}

// about is an answer about one page that has its text still to come.
func about(p *index.Page) *Answer {
	a := &Answer{Kind: PageKind, Title: p.Title, URL: p.Link("home"), Pages: []string{p.ID}, Ref: PageRef(p.ID)}
	if !p.Reviewed.IsZero() {
		a.Reviewed = "reviewed " + p.Reviewed.Format(time.DateOnly)
	}
	return a
}

// sections joins the items of each part under its heading.
func sections(p *index.Page) []Section {
	var parts []Section
	for i := range p.Body().Sections {
		s := &p.Body().Sections[i]
		text := sectionText(s)
		if s.Heading != "" {
			text = "- " + strings.ReplaceAll(text, "\n", "\n  ")
		}
		if len(parts) == 0 || parts[len(parts)-1].Heading != s.Part {
			parts = append(parts, Section{s.Part, text})
		} else {
			between := "\n"
			if s.Heading == "" || p.Body().Sections[i-1].Heading == "" {
				between = "\n\n" // else the text would go on with the item or the paragraph before it
			}
			parts[len(parts)-1].Text += between + text
		}
	}
	return parts
}

// sectionText is a section with its name in bold before it.
func sectionText(s *index.Section) string {
	if s.Heading == "" {
		return s.Body
	}
	return "**" + literal.Replace(s.Heading) + ".** " + s.Body
}

// factText is a fact's value, with its date where the value does not speak of the year.
func factText(f *index.Fact) string {
	if len(f.Date) < 4 || strings.Contains(f.Value, f.Date[:4]) {
		return f.Value
	}
	return f.Value + ", " + f.Date
}

// cardAsks offers what people ask next: a comparison with the nearest pages, and all facts.
func (a *Answerer) cardAsks(p *index.Page) []Ask {
	var asks []Ask
	if p.Kind == index.Document {
		return []Ask{browseAll}
	}
	if !p.IsFramework() {
		return browseAsks(byLanguage(a.index))
	}
	for _, other := range a.related.nearest(p, 2) {
		asks = append(asks, versus(p, other))
	}
	asks = append(asks, allFacts(p))
	if p.Language() != "" {
		asks = append(asks, written(p.Language()))
	}
	return asks
}

// moreAsks are the parts of the page, each by itself: the headings, and the
// sections that have a name of their own.
func moreAsks(p *index.Page) []Ask {
	var asks []Ask
	for i := range p.Body().Sections {
		s := &p.Body().Sections[i]
		if s.Part != "" && (i == 0 || s.Part != p.Body().Sections[i-1].Part) {
			asks = append(asks, ask(s.Part, p.Title+" "+s.Part, newRef(refPart, token(p.ID), partSlug(s.Part))))
		}
		if s.Heading != "" {
			asks = append(asks, ask(s.Heading, p.Title+" "+s.Heading, newRef(refPart, token(p.ID), slug(s))))
		}
	}
	if len(p.Facts) > 0 {
		asks = append(asks, allFacts(p))
	}
	return asks
}

// versus asks to compare p with another page.
func versus(p, other *index.Page) Ask {
	return ask("Compare with "+other.Title, p.Title+" vs "+other.Title, Versus(PageRef(p.ID), PageRef(other.ID)))
}

func allFacts(p *index.Page) Ask {
	return ask("All facts", "all facts of "+p.Title, newRef(refFact, token(p.ID), "all"))
}

// written asks for the frameworks of a language.
func written(language string) Ask {
	text := language + " frameworks"
	return ask(text, text, listRef(&Question{restriction: restriction{Languages: []string{index.LanguageOf(language)}}}))
}

// pageAsk asks for a page's card.
func pageAsk(label string, p *index.Page) Ask { return ask(label, p.Title, PageRef(p.ID)) }

// pageAsks leads from a part of a page to the whole of it, and to the nearest other.
func (a *Answerer) pageAsks(p *index.Page) []Ask {
	asks := []Ask{pageAsk("All about "+p.Title, p)}
	if !p.IsFramework() {
		return asks
	}
	for _, other := range a.related.nearest(p, 1) {
		asks = append(asks, versus(p, other))
	}
	return asks
}

func ask(label, text string, ref Ref) Ask { return Ask{Shorten(label, maxLabel), text, ref} }
