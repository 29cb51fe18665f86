package slack

import (
	"regexp"

	"github.com/slack-go/slack"

	"frameworkbot/bot"
	"frameworkbot/bot/markdown"
)

// options are what a card has to know beside its answer.
type options struct {
	commands []string // slash commands as installed, the first is used in examples
	private  bool     // only the asker sees the card
	share    bool     // offer to share it
	asker    string   // user id of who asked, who alone may dismiss a public card
	asked    string   // [bot.Echo] of what was typed; "" after a press
	sharedBy string   // user id: the card says who shared it and what was asked
	replyTo  string   // ts of a message: each result is posted as a reply to it, where it is chosen
	thanks   string   // one line in place of the feedback buttons
}

// A message is what chat.postMessage, acknowledgements and response_urls share.
type message struct {
	Text   string // the real summary with its source, for screen readers and notifications
	Blocks []slack.Block
}

// render shows an answer as a card. It is pure: the same answer and options
// give the same card.
func render(a *bot.Answer, o options) message {
	c := card{Answer: a, options: o}
	c.build()
	return c.fit(textOf(a), maxBlocks)
}

// renderLine shows one small line.
func renderLine(text string) message {
	return message{Text: readAloud(oneLine(text), maxFallback), Blocks: []slack.Block{slack.NewContextBlock("", plainText(text, maxSection))}}
}

// A card is an answer that is being rendered.
type card struct {
	*bot.Answer
	options
	home bool // in the App Home, where nothing can be shared or dismissed

	acts int           // elements so far: they are numbered
	cut  bool          // something did not fit
	head []slack.Block // what it is
	main []slack.Block // what it says: cut where there is too much
	foot []slack.Block // what can be done, and what it rests on
}

// build makes the blocks.
func (c *card) build() {
	if c.Kind == bot.BusyKind || c.Kind == bot.FailedKind {
		c.text(c.Text)
		return
	}
	c.header()
	switch {
	case c.Kind == bot.HelpKind:
		c.browse()
	case c.isPage():
		c.page()
	default:
		c.content()
	}
}

// isPage reports whether the answer is a whole page, of which the card shows a choice.
func (c *card) isPage() bool {
	return c.Kind == bot.PageKind && c.Text != "" && len(c.Sections) > 0
}

// content shows all that the answer has.
func (c *card) content() {
	c.text(c.Text)
	c.fields(c.Facts)
	for _, s := range c.Sections {
		c.section(s.Heading, s.Text)
	}
	c.comparison()
	c.results()
	c.actions()
	c.footer(c.sources())
}

// text shows CommonMark.
func (c *card) text(src string) { c.section("", src) }

// section shows CommonMark under a heading.
func (c *card) section(heading, src string) {
	between := "\n\n"
	if c.Kind == bot.FactKind {
		between = "\n" // one fact on each line
	}
	blocks := parsed.of(src)
	if heading := headingSpans(heading); len(heading) > 0 {
		blocks = append([]markdown.Block{{Kind: markdown.Heading, Spans: heading}}, blocks...)
	}
	c.rich(richTextOf(blocks, maxRichTexts, between))
}

// rich adds rich text to the card, in as many blocks as it needs.
func (c *card) rich(r *richText) {
	c.cut = c.cut || r.cut
	for _, elements := range chunks(r.elements) {
		c.main = append(c.main, slack.NewRichTextBlock("", elements...))
	}
}

// chunks splits elements so that no block is too long.
func chunks(elements []slack.RichTextElement) [][]slack.RichTextElement {
	var out [][]slack.RichTextElement
	size := 0
	for _, e := range elements {
		n := measureRich(e).units
		if len(out) == 0 || size+n > maxRichText {
			out, size = append(out, nil), 0
		}
		out[len(out)-1] = append(out[len(out)-1], e)
		size += n
	}
	return out
}

// header says what the card is about.
func (c *card) header() {
	if line := c.shared(); line != nil {
		c.head = append(c.head, slack.NewContextBlock("", line))
	}
	if oneLine(c.Title) != "" {
		c.head = append(c.head, slack.NewHeaderBlock(plainText(c.Title, maxHeader)))
	}
	if meta := c.meta(); len(meta) > 0 {
		c.head = append(c.head, slack.NewContextBlock("", meta...))
	}
	c.notes()
}

// userIDs are the ids of Slack's users.
var userIDs = regexp.MustCompile(`^[UW][A-Z0-9]+$`)

// shared says who shared the card, and what was asked. The id is the only live
// mention that is ever rendered.
func (c *card) shared() *slack.TextBlockObject {
	if c.sharedBy == "" {
		return nil
	}
	var rest []markdown.Span
	if c.asked != "" {
		rest = []markdown.Span{{Text: ", who asked: "}, {Text: oneLine(c.asked), Italic: true}}
	}
	if said, ok := mrkdwn(rest); ok && userIDs.MatchString(c.sharedBy) && len(c.sharedBy) < maxID {
		return mrkdwnText("Shared by <@" + c.sharedBy + ">" + said)
	}
	return plainText("Shared by "+c.sharedBy+markdown.Plain(rest), 2*maxID)
}
