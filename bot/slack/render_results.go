package slack

import (
	"strings"

	"github.com/slack-go/slack"

	"frameworkbot/bot"
	"frameworkbot/bot/markdown"
)

// Bounds of a list. Up to maxShown results have a button each; more of them
// are lines with one menu below, of which maxListed are shown.
const (
	maxShown     = 5
	maxToPost    = 10 // results that can be posted have a button each, always
	maxListed    = 20
	maxResult    = 300 // what is said of a result with a button
	maxOneLiner  = 160 // what is said of one without
	maxGroupName = 60
)

// showsResults reports whether each result has a button of its own. On a page
// they would be too many.
func (c *card) showsResults() bool {
	return c.replyTo != "" || len(c.Results) <= maxShown && c.Kind != bot.PageKind && c.Kind != bot.HelpKind
}

// results adds the list to choose from.
func (c *card) results() {
	if !c.showsResults() {
		c.listed()
		return
	}
	group := ""
	for _, r := range c.Results[:min(len(c.Results), maxToPost)] {
		if r.Group != group && oneLine(r.Group) != "" {
			c.rich(richTextOf([]markdown.Block{{Spans: boldWords(shorten(oneLine(r.Group), maxGroupName))}}, maxRichText, ""))
		}
		group = r.Group
		c.main = append(c.main, slack.NewSectionBlock(lineOf(resultSpans(r, maxResult), maxSection), nil, c.resultButton(r)))
	}
}

// resultButton shows the result, or posts it; nil if it has no answer of its own.
func (c *card) resultButton(r bot.Result) *slack.Accessory {
	if r.Ref == "" {
		return nil
	}
	p, label := press{do: doAsk, ref: r.Ref, user: c.asker}, "Show"
	if c.replyTo != "" {
		p, label = press{do: doPost, ref: r.Ref, ts: c.replyTo}, "Post as reply"
	}
	b := c.button(p, label)
	b.AccessibilityLabel = plainText(label+": "+r.Title, maxLabel).Text
	return slack.NewAccessory(b)
}

// resultSpans are a result's title and what is said of it, where "Django is …"
// says the title itself.
func resultSpans(r bot.Result, most int) []markdown.Span {
	title := oneLine(r.Title)
	text := shortenSourced(withoutLabel(plainLine(r.Text), title), most)
	rest, begins := strings.CutPrefix(text, title)
	spans := boldWords(shorten(title, maxHeader))
	switch {
	case begins && strings.IndexAny(rest, " ,") == 0:
		return append(spans, markdown.Span{Text: rest})
	case text != "":
		return append(spans, markdown.Span{Text: ": " + text})
	}
	return spans
}

// plainLine is one line of text without markup, which some of them have.
func plainLine(s string) string {
	if strings.ContainsAny(s, "*`[") {
		return markdown.Plain(inlineOf(s))
	}
	return oneLine(s)
}

// withoutLabel leaves out a label that the title ends with: "Flask: ORM", "ORM: none".
func withoutLabel(text, title string) string {
	if i := strings.LastIndex(title, ": "); i >= 0 {
		return strings.TrimPrefix(text, title[i+2:]+": ")
	}
	return text
}

// shortenSourced cuts s to at most most units, but keeps the source that it ends with.
func shortenSourced(s string, most int) string {
	if units(s) <= most {
		return s
	}
	end, _ := withoutSources(s, 0)
	source := s[end:]
	if units(source) > most/2 {
		return shorten(s, most)
	}
	if source != "" {
		source = " " + source
	}
	return textOfSpans(shortenSpans(words(s[:end]), most-units(source))) + source
}

// listed shows the results as lines under the headings of their groups; the
// menu of the card has them all.
func (c *card) listed() {
	var blocks []markdown.Block
	group := ""
	for _, r := range c.Results[:min(len(c.Results), maxListed)] {
		if r.Group != group && oneLine(r.Group) != "" {
			blocks = append(blocks, markdown.Block{Kind: markdown.Heading, Spans: words(shorten(r.Group, maxGroupName))})
		}
		if r.Group != group || len(blocks) == 0 {
			blocks = append(blocks, markdown.Block{Kind: markdown.List})
		}
		group = r.Group
		list := &blocks[len(blocks)-1]
		list.Items = append(list.Items, []markdown.Block{{Spans: resultSpans(r, maxOneLiner)}})
	}
	if n := len(c.Results) - maxListed; n > 0 {
		blocks = append(blocks, markdown.Block{Spans: words("and " + count(n, "more") + " in the menu below")})
	}
	c.rich(richTextOf(blocks, maxRichTexts, ""))
}
