package slack

import (
	"slices"
	"strconv"
	"strings"

	"github.com/slack-go/slack"

	"frameworkbot/bot"
)

// maxButtons is how many buttons a card has. On a page, whose menus lead
// everywhere, feedback and dismissing are among them; elsewhere they come on
// top, because a follow-up question is worth a button there.
const maxButtons = 4

// What menus and fields say before something is chosen.
const (
	moreLabel    = "More…"
	chooseLabel  = "Choose…"
	compareLabel = "Compare with…"
	browseLabel  = "Find a page…"
	askLabel     = "Ask a question"
)

// shareable are the kinds that are worth showing to everybody, and on which
// feedback means something.
var shareable = []bot.Kind{bot.PageKind, bot.FactKind, bot.ListKind, bot.ComparisonKind}

// actions adds what can be done: one row to go on from here, with one menu,
// and one to compare, to say what one thinks of the answer, and to dismiss it.
func (c *card) actions() {
	buttons, menu := c.choices()
	var on []slack.BlockElement
	if c.canShare() {
		p := press{do: doShare, ref: c.Ref, user: c.asker, asked: c.asked}
		on = append(on, c.button(p, "Share here").WithStyle(slack.StylePrimary))
	}
	for _, a := range buttons {
		on = append(on, c.button(press{do: doAsk, ref: a.Ref, user: c.asker}, a.Label))
	}
	if len(menu) > 0 {
		label := moreLabel
		if c.Kind != bot.PageKind && len(c.More) == 0 {
			label = chooseLabel
		}
		on = append(on, c.menu(doMore, label, menu))
	}
	c.row(doMore, on)
	var about []slack.BlockElement
	if c.isComparable() {
		about = append(about, c.search(doCompare, compareLabel))
	}
	c.row(doCompare, append(about, c.feedback()...))
	if c.thanks != "" {
		c.foot = append(c.foot, slack.NewContextBlock("", plainText(c.thanks, maxSection)))
	}
}

// row adds a row of elements. Its id says what a menu in it does, and what to.
func (c *card) row(do action, elements []slack.BlockElement) {
	if len(elements) == 0 {
		return
	}
	id := ""
	if slices.ContainsFunc(elements, func(e slack.BlockElement) bool { return e.ElementType() != slack.METButton }) {
		id = press{do: do, ref: c.Ref, user: c.asker}.encode()
	}
	c.foot = append(c.foot, slack.NewActionBlock(id, elements[:min(len(elements), maxActions)]...))
}

func (c *card) canShare() bool {
	return c.share && !c.home && c.sharedBy == "" && c.Ref != "" && slices.Contains(shareable, c.Kind)
}

// isComparable reports whether the answer is about one framework. Guides are
// pages as well, but state no facts.
func (c *card) isComparable() bool {
	if !c.Ref.OnePage() || c.Kind != bot.PageKind && c.Kind != bot.FactKind {
		return false
	}
	isFact := func(a bot.Ask) bool { return strings.HasPrefix(string(a.Ref), "fact:") }
	return len(c.Facts) > 0 || c.Kind == bot.FactKind || slices.ContainsFunc(c.More, isFact)
}

// takesFeedback reports whether it is asked what somebody thinks of the answer.
func (c *card) takesFeedback() bool {
	return c.Ref != "" && !c.home && c.sharedBy == "" && c.replyTo == "" && c.thanks == "" && slices.Contains(shareable, c.Kind)
}

// feedback are the small buttons at the end.
func (c *card) feedback() []slack.BlockElement {
	var out []slack.BlockElement
	if c.takesFeedback() {
		out = append(out,
			c.button(press{do: doHelpful, ref: c.Ref, user: c.asker}, "Helpful"),
			c.button(press{do: doWrong, ref: c.Ref, user: c.asker}, "Not right"))
	}
	if !c.home {
		out = append(out, c.button(press{do: doDismiss, user: c.asker}, "Dismiss"))
	}
	return out
}

// choices are the questions that go on from here: those that are buttons, and
// the options of the menu, which has the parts of the page, the results that
// are no buttons, and the questions that found no room.
func (c *card) choices() (buttons, menu []bot.Ask) {
	seen := map[bot.Ref]bool{"": true}
	add := func(list *[]bot.Ask, asks ...bot.Ask) {
		for _, a := range asks {
			if !seen[a.Ref] && c.replyTo == "" && len(a.Ref) <= bot.MaxRef {
				seen[a.Ref] = true
				*list = append(*list, a)
			}
		}
	}
	add(&menu, c.parts()...)
	if c.showsResults() {
		for _, r := range c.Results {
			seen[r.Ref] = true
		}
	} else {
		for _, r := range c.Results {
			add(&menu, bot.Ask{Label: r.Title, Ref: r.Ref})
		}
	}
	var asks []bot.Ask
	add(&asks, c.Asks...)
	buttons, rest := c.split(asks)
	menu = append(menu, rest...)
	return buttons, menu[:min(len(menu), maxChoices)]
}

// parts are the parts of the page for its menu, in plain words. A heading that
// is CommonMark is read as a whole: its label may be cut within its markup. What
// stands before the first heading has no name, and no answer of its own.
func (c *card) parts() []bot.Ask {
	out := make([]bot.Ask, 0, len(c.More))
	for _, a := range c.More {
		if whole, ok := strings.CutPrefix(a.Text, c.Title+" "); ok && strings.ContainsAny(a.Label, "*_`[\\&<") {
			a.Label = headingText(whole)
		}
		if oneLine(a.Label) != "" {
			out = append(out, a)
		}
	}
	return out
}

// split is which questions are buttons, and which find no room. Comparisons
// have a menu of their own where there is one; beside that, a page offers the
// nearest if there is room.
func (c *card) split(asks []bot.Ask) (buttons, rest []bot.Ask) {
	isComparison := func(a bot.Ask) bool { return strings.HasPrefix(string(a.Ref), "vs:") }
	if c.isComparable() && !c.isPage() {
		asks = slices.DeleteFunc(asks, isComparison)
	}
	n := min(len(asks), c.roomForButtons())
	buttons, rest = asks[:n:n], asks[n:]
	if c.isComparable() {
		rest = slices.DeleteFunc(rest, isComparison)
	}
	return buttons, rest
}

// roomForButtons is how many questions may be buttons.
func (c *card) roomForButtons() int {
	room := maxButtons
	if c.canShare() {
		room--
	}
	if c.NotThis != "" {
		room--
	}
	if c.isPage() && !c.home {
		room-- // dismiss
		if c.takesFeedback() {
			room -= 2
		}
	}
	return max(room, 0)
}

// id numbers an element.
func (c *card) id(do action) string {
	c.acts++
	return string(do) + ":" + strconv.Itoa(c.acts)
}

func (c *card) button(p press, label string) *slack.ButtonBlockElement {
	return slack.NewButtonBlockElement(c.id(p.do), p.encode(), plainText(label, maxLabel))
}

// menu is a menu of questions. What an option carries is complete by the id of its row.
func (c *card) menu(do action, label string, asks []bot.Ask) *slack.SelectBlockElement {
	options := make([]*slack.OptionBlockObject, len(asks))
	for i, a := range asks {
		options[i] = choice(do, a.Ref, a.Label, "")
	}
	return slack.NewOptionsSelectBlockElement(slack.OptTypeStatic, plainText(label, maxPlaceholder), c.id(do), options...)
}

// choice is an option of a menu.
func choice(do action, ref bot.Ref, label, hint string) *slack.OptionBlockObject {
	var description *slack.TextBlockObject
	if hint != "" {
		description = plainText(hint, maxLabel)
	}
	return slack.NewOptionBlockObject(press{do: do, ref: ref}.encode(), plainText(label, maxLabel), description)
}

// search is a menu that is filled while somebody types, and with all pages
// before they do.
func (c *card) search(do action, label string) *slack.SelectBlockElement {
	least := 0
	menu := slack.NewOptionsSelectBlockElement(slack.OptTypeExternal, plainText(label, maxPlaceholder), c.id(do))
	menu.MinQueryLength = &least
	return menu
}
