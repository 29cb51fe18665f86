package slack

import (
	"github.com/slack-go/slack"

	"frameworkbot/bot"
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

// render shows an answer as a card.
func render(a *bot.Answer, o options) message {
	return message{Text: a.Title, Blocks: []slack.Block{slack.NewHeaderBlock(slack.NewTextBlockObject(slack.PlainTextType, a.Title, false, false))}}
}

// renderLine shows one small line.
func renderLine(text string) message {
	return message{Text: text, Blocks: []slack.Block{slack.NewContextBlock("", slack.NewTextBlockObject(slack.PlainTextType, text, false, false))}}
}

// renderHome shows the App Home.
func renderHome(help, shown *bot.Answer, o options) slack.HomeTabViewRequest {
	return slack.HomeTabViewRequest{Type: slack.VTHomeTab}
}

// optionsResponse fills a menu that is searched.
type optionsResponse struct {
	Options []*slack.OptionBlockObject `json:"options"`
}

// renderOptions fills a menu with what was found.
func renderOptions(list []bot.Suggestion, typed string, pick func(bot.Suggestion) bot.Ref, most, maxBytes int) optionsResponse {
	return optionsResponse{Options: []*slack.OptionBlockObject{}}
}
