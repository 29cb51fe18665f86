package slack

import (
	"slices"
	"strings"

	"github.com/slack-go/slack"

	"frameworkbot/bot"
)

// longestCard is how long a page's card is at most, with the labels of its
// buttons and all that is in its menus: a card that fills the screen is not read.
const longestCard = 1490

// page shows a choice from a page: the summary, some facts, and the first items
// of each part. What is left out is one press away, in the menu.
func (c *card) page() {
	c.listed()
	c.actions()
	middle := card{Answer: c.Answer}
	middle.fields(cardFacts(c.Facts))
	left := longestCard
	for _, blocks := range [][]slack.Block{c.head, middle.main, c.main, c.foot} {
		left -= measure(blocks...).seen
	}
	p := newPage(c.Answer)
	summary, parts, small := p.blocks(p.choose(left))
	c.main = slices.Concat(summary, middle.main, parts, c.main)
	c.footer(small...)
}

// A page is what a card chooses from.
type page struct {
	summary []claim
	parts   []part
	sources []bot.Source
	labels  []label
}

// A part is what stands under one heading.
type part struct {
	heading string
	claims  []claim
}

// A label is how claims name a source.
type label struct {
	text string // as in the page
	full string // as at the end of the card
	of   int    // index of the source that it must mean, -1 if that is unclear
	size int    // of full, with its number
}

func newPage(a *bot.Answer) *page {
	p := &page{sources: a.Sources, summary: claimed.of(a.Text)}
	for _, s := range a.Sections {
		p.parts = append(p.parts, part{shorten(oneLine(s.Heading), maxFactName), claimed.of(s.Text)})
	}
	return p
}

// label is the index of a source's label, -1 if there is none.
func (p *page) label(text string) int {
	if text == "" {
		return -1
	}
	i := slices.IndexFunc(p.labels, func(l label) bool { return l.text == text })
	if i < 0 {
		i = len(p.labels)
		p.labels = append(p.labels, p.newLabel(text))
	}
	return i
}

// newLabel explains a label: one without a date, such as "the 2023 article",
// says too little for somebody who does not know the page. Links are left to
// the cards of the page's parts, which say less and have room for them.
func (p *page) newLabel(text string) label {
	l := label{text: text, full: shorten(text, maxSourceName), of: sourceOf(text, p.sources)}
	if l.of >= 0 && !strings.HasSuffix(text, ", "+p.sources[l.of].Date) {
		title, date := sourceText(p.sources[l.of])
		l.full = title + date
	}
	l.size = units(l.full) + len("[9] ")
	return l
}
