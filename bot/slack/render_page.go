package slack

import (
	"slices"
	"strings"

	"github.com/slack-go/slack"

	"frameworkbot/bot"
	"frameworkbot/bot/markdown"
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
	p := newPage(c.Answer)
	shown := c.writePage(p, middle.main)
	left := longestCard
	for _, blocks := range [][]slack.Block{c.head, middle.main, c.main, c.foot} {
		left -= measure(blocks...).seen
	}
	if shown > 0 {
		left = max(left-shown, besideClaims)
	}
	summary, parts, small := p.blocks(p.choose(left))
	c.main = slices.Concat(summary, middle.main, parts, c.main)
	c.footer(small...)
}

// writePage puts down the texts of a page that are shown as they are written,
// and returns how many units those have.
func (c *card) writePage(p *page, middle []slack.Block) int {
	if !p.isWritten() {
		return 0
	}
	left := func() int {
		n := maxBytes - besideBytes - measure(c.head...).bytes - measure(middle...).bytes - measure(c.main...).bytes - measure(c.foot...).bytes
		if p.hasClaims() {
			n -= claimBytes
		}
		return n
	}
	for left() < leastBytes && c.halveMenu() {
	}
	w := written{bytes: left()}
	p.write(&w)
	c.cut = c.cut || w.cut
	return w.used
}

// A page is what a card chooses from.
type page struct {
	summary []claim
	prose   []markdown.Block        // the summary if it is shown as it is written, else nil
	text    []slack.RichTextElement // what is shown of it
	parts   []part
	sources []bot.Source
	cited   []int // indices of the sources that such texts name
	labels  []label
}

// A part is what stands under one heading.
type part struct {
	heading string
	claims  []claim
	title   []markdown.Span         // the heading of a text that is shown as it is written
	prose   []markdown.Block        // that text, nil if there are claims
	text    []slack.RichTextElement // what is shown of it
}

// A label is how claims name a source.
type label struct {
	text string // as in the page
	full string // as at the end of the card
	of   int    // index of the source that it must mean, -1 if that is unclear
	size int    // of full, with its number
}

func newPage(a *bot.Answer) *page {
	p := &page{sources: a.Sources}
	document := isDocument(a)
	if blocks := parsed.of(a.Text); document || strings.HasPrefix(a.Text, hereMark) || !isSummary(blocks) {
		p.prose, p.cited = blocks, citedIn(a.Text, a.Sources, nil)
	} else {
		p.summary = claimed.of(a.Text)
	}
	for _, s := range a.Sections {
		if blocks := parsed.of(s.Text); document || !isClaims(blocks) {
			title := shortenSpans(headingSpans(s.Heading), maxHeader)
			p.parts = append(p.parts, part{title: title, prose: blocks})
			p.cited = citedIn(s.Text, a.Sources, p.cited)
			continue
		}
		p.parts = append(p.parts, part{heading: shorten(headingText(s.Heading), maxFactName), claims: claimed.of(s.Text)})
	}
	return p
}

// isWritten reports whether a text of the page is shown as it is written.
func (p *page) isWritten() bool {
	return p.prose != nil || slices.ContainsFunc(p.parts, func(t part) bool { return t.prose != nil })
}

// hasClaims reports whether a part of the page is made of claims.
func (p *page) hasClaims() bool {
	return slices.ContainsFunc(p.parts, func(t part) bool { return t.prose == nil })
}

// write puts down the texts that are shown as they are written, from top to
// bottom, as far as there is room.
func (p *page) write(w *written) {
	w.room = longestFirst
	p.text = w.of(nil, p.prose)
	for i := range p.parts {
		t := &p.parts[i]
		if t.prose == nil {
			continue
		}
		if len(t.title) > 0 {
			w.room = longestText - w.used
		}
		t.text = w.of(t.title, t.prose)
	}
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
