package slack

import (
	"slices"

	"github.com/slack-go/slack"
)

// shortFallback is how much screen readers and notifications are told where
// room is short: the blocks say the rest.
const shortFallback = 600

// fit puts the card together so that Slack takes it. What is too much goes in
// the order in which it is least missed: the end of the text beside the blocks,
// then the end of what the card says, with a line that tells so, then half of
// its menu at a time.
func (c *card) fit(text string, most int) message {
	text = readAloud(text, maxFallback)
	if len(c.head)+len(c.main)+len(c.foot) == 0 {
		c.main = []slack.Block{slack.NewContextBlock("", plainText(text, maxSection))}
	}
	var cut []slack.Block
	for {
		if c.cut {
			cut = []slack.Block{c.tooLong()}
		}
		blocks := slices.Concat(c.head, c.main, cut, c.foot)
		size := measure(blocks...)
		over := len(blocks) > most || size.units > maxVisible
		switch {
		case !over && size.bytes+bytesOf(text) <= maxBytes:
			return message{text, blocks}
		case !over && units(text) > shortFallback:
			text = readAloud(unescape(text), shortFallback)
		case len(c.main) > 1:
			c.main, c.cut = c.main[:len(c.main)-1], true
		case c.halveMenu():
		case len(c.main) > 0:
			c.main, c.cut = nil, true
		case len(c.foot) > 1:
			c.foot = c.foot[:len(c.foot)-1]
		default:
			return message{text, blocks}
		}
	}
}

// tooLong tells that something was left out, and where it is.
func (c *card) tooLong() slack.Block {
	line := "This is too long to be shown here in full."
	if len(c.parts()) > 0 {
		line += " The menu " + moreLabel + " has its parts."
	}
	return slack.NewContextBlock("", plainText(line, maxSection))
}

// halveMenu drops half of the options of the card's menu, and reports whether that helped.
func (c *card) halveMenu() bool {
	for _, b := range c.foot {
		actions, ok := b.(*slack.ActionBlock)
		if !ok {
			continue
		}
		for _, e := range actions.Elements.ElementSet {
			if menu, ok := e.(*slack.SelectBlockElement); ok && len(menu.Options) > 1 {
				menu.Options = menu.Options[:len(menu.Options)/2]
				return true
			}
		}
	}
	return false
}
