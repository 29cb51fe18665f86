package slack

import (
	"cmp"
	"slices"
	"strings"

	"github.com/slack-go/slack"

	"frameworkbot/bot"
	"frameworkbot/bot/markdown"
)

// maxTitles is how many pages the browse card names for each heading; the menu finds all.
const maxTitles = 40

// browse shows what there is and how to ask.
func (c *card) browse() {
	c.text(c.Text)
	c.rich(richTextOf(byGroup(c.Results), maxRichTexts/2, "\n"))
	c.rich(richTextOf(c.howToAsk(), maxRichTexts/2, "\n"))
	var examples []slack.BlockElement
	for _, a := range c.Asks {
		if a.Ref != "" && len(examples) < maxButtons {
			examples = append(examples, c.button(press{do: doAsk, ref: a.Ref, user: c.asker}, a.Label))
		}
	}
	c.row(doMore, examples)
	if c.home {
		return
	}
	c.row(doBrowse, append([]slack.BlockElement{c.search(doBrowse, browseLabel)}, c.feedback()...))
}

// byGroup names the pages, a line for each language.
func byGroup(results []bot.Result) []markdown.Block {
	var blocks []markdown.Block
	var titles []string
	for i, r := range results {
		titles = append(titles, oneLine(r.Title))
		if i+1 < len(results) && results[i+1].Group == r.Group {
			continue
		}
		if n := len(titles) - maxTitles; n > 0 {
			titles = append(titles[:maxTitles], count(n, "more"))
		}
		spans := words(strings.Join(titles, ", "))
		if r.Group != "" {
			spans = slices.Concat(boldWords(r.Group+":"), []markdown.Span{{Text: " "}}, spans)
		}
		blocks, titles = append(blocks, markdown.Block{Spans: spans}), nil
	}
	return blocks
}

// howToAsk says where and how the bot is asked, with the commands as they are installed.
func (c *card) howToAsk() []markdown.Block {
	code := func(s string) markdown.Span { return markdown.Span{Text: oneLine(s), Code: true} }
	text := func(s string) markdown.Span { return markdown.Span{Text: s} }
	var items [][]markdown.Block
	item := func(spans ...markdown.Span) { items = append(items, []markdown.Block{{Spans: spans}}) }
	if len(c.commands) > 0 {
		spans := []markdown.Span{code(strings.TrimSpace(c.commands[0] + " " + strings.Join(c.examples(1), ""))), text(" anywhere: only you see the answer, until you share it")}
		for i, name := range c.commands[1:] {
			spans = append(spans, text([]string{"; also ", ", "}[min(i, 1)]), code(name))
		}
		item(append(spans, text("."))...)
	}
	item(text("Mention me in a channel: I answer in a thread under your question. Or write to me directly."))
	item(text("In a thread, where Slack takes no slash commands: mention me there, or choose "),
		markdown.Span{Text: ShortcutName, Bold: true}, text(" in a message's menu, and pick the reply to post."))
	return []markdown.Block{
		{Kind: markdown.Heading, Spans: words("How to ask")},
		{Kind: markdown.List, Items: items},
	}
}

// renderHome shows the App Home: a field and a menu to search with, and the
// browse card, or the answer that was asked for with a way back.
func renderHome(help, shown *bot.Answer, o options) slack.HomeTabViewRequest {
	o.share, o.asker, o.sharedBy, o.replyTo = false, "", "", ""
	top := card{Answer: help, options: o, home: true}
	blocks := []slack.Block{top.question()}
	menu := []slack.BlockElement{top.search(doBrowse, browseLabel)}
	if shown != nil && shown.Kind != bot.HelpKind {
		menu = append(menu, top.button(press{do: doAsk, ref: bot.Help}, "All pages"))
	} else {
		shown = help
	}
	blocks = append(blocks, slack.NewActionBlock(press{do: doBrowse, ref: help.Ref}.encode(), menu...), slack.NewDividerBlock())
	c := card{Answer: shown, options: o, home: true, acts: top.acts}
	c.build()
	blocks = append(blocks, c.fit("", maxHomeBlocks-len(blocks)).Blocks...)
	return slack.HomeTabViewRequest{Type: slack.VTHomeTab, Blocks: slack.Blocks{BlockSet: blocks}}
}

// examples are the first questions that the card offers, as one would type them.
func (c *card) examples(most int) []string {
	var out []string
	for _, a := range c.Asks[:min(len(c.Asks), most)] {
		out = append(out, oneLine(a.Text))
	}
	return out
}

// question is the field to ask in.
func (c *card) question() *slack.InputBlock {
	field := slack.NewPlainTextInputBlockElement(plainText(cmp.Or(strings.Join(c.examples(2), ", or: "), askLabel), maxPlaceholder), c.id(doSearch)).
		WithDispatchActionConfig(&slack.DispatchActionConfig{TriggerActionsOn: []string{"on_enter_pressed"}}).
		WithMaxLength(bot.MaxText * 3 / 4)
	return slack.NewInputBlock(string(doSearch), plainText(askLabel, maxLabel), nil, field).WithDispatchAction(true)
}
