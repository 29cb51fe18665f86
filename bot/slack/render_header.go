package slack

import (
	"net/url"
	"slices"
	"strings"

	"github.com/slack-go/slack"

	"frameworkbot/bot"
	"frameworkbot/bot/markdown"
)

// Bounds of the lines under the title. What is longer says nothing at a glance.
const (
	maxMeta  = 60  // one of its values
	maxNote  = 400 // a note
	maxNotes = 4
)

// glance are the facts in the line under the title, by their labels.
var glance = []string{"Language", "Kind", "Licence"}

// meta is the line under the title: what the page says of itself at a glance,
// where its subject lives, and when the page was reviewed.
func (c *card) meta() []slack.MixedElement {
	var spans []markdown.Span
	add := func(s markdown.Span) {
		if s.Text = oneLine(s.Text); s.Text == "" {
			return
		}
		if len(spans) > 0 {
			spans = append(spans, markdown.Span{Text: " · "})
		}
		s.Text = shorten(s.Text, maxMeta)
		spans = append(spans, s)
	}
	for _, label := range glance {
		if i := slices.IndexFunc(c.Facts, func(f bot.Fact) bool { return f.Label == label }); i >= 0 {
			add(markdown.Span{Text: c.Facts[i].Value})
		}
	}
	if address := shortAddress(c.URL); address != "" {
		add(markdown.Span{Text: hostOf(address), Link: address})
	}
	add(markdown.Span{Text: c.Reviewed})
	if len(spans) == 0 {
		return nil
	}
	return []slack.MixedElement{lineOf(spans, maxSection)}
}

// hostOf is the name of the site that an address leads to.
func hostOf(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return address
	}
	return strings.TrimPrefix(u.Hostname(), "www.")
}

// notes are said before the answer. Beside those on a name that was misspelt is
// the way out for who did not mean it.
func (c *card) notes() {
	var lines []*slack.TextBlockObject
	for _, n := range c.Notes {
		if spans := inlineOf(n); markdown.Plain(spans) != "" && len(lines) < maxNotes {
			lines = append(lines, lineOf(shortenSpans(spans, maxNote), 2*maxNote))
		}
	}
	if c.NotThis != "" && len(lines) > 0 {
		button := c.button(press{do: doAsk, ref: c.NotThis, user: c.asker}, "Not this")
		c.head = append(c.head, slack.NewSectionBlock(lines[0], nil, slack.NewAccessory(button)))
		lines = lines[1:]
	}
	if len(lines) > 0 {
		elements := make([]slack.MixedElement, len(lines))
		for i, l := range lines {
			elements[i] = l
		}
		c.head = append(c.head, slack.NewContextBlock("", elements...))
	}
}
