package web

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/url"

	"frameworkbot/bot"
)

// A Preview shows answers as a chat service would.
type Preview struct {
	// Name is the service's, as people know it: "Slack".
	Name string

	// Draw says whose message it is, and so how it is drawn.
	Draw Drawer

	// Render returns the exact message that the service would be sent, as JSON.
	Render func(*bot.Answer) ([]byte, error)

	// Limits are what the service takes of a message.
	Limits []Limit
}

// A Drawer draws the message of one kind of service.
type Drawer string

// The drawers that there are.
const (
	BlockKit Drawer = "slack"   // Slack's text and blocks
	Message  Drawer = "discord" // Discord's content, embeds and components
)

// A Limit is the most that a service takes of something.
type Limit struct {
	Of   Quantity
	Most int
	Link string // where that is documented, "" if nowhere
}

// A drawing is a message as a service shows it.
type drawing struct {
	Nodes   []node
	Spoken  string // what a screen reader says of it
	Private bool   // one person alone sees it
}

var drawers = map[Drawer]func([]byte) (drawing, error){BlockKit: drawSlack, Message: drawDiscord}

// A shown preview is one answer in one service.
type shown struct {
	drawing
	Name     string
	Slug     string
	Drawer   Drawer
	JSON     string // indented
	Measures []measure
	Builder  string // address of Slack's Block Kit Builder with this message in it, "" for other services
	Err      string // why it cannot be shown
}

// show renders, draws and measures an answer.
func (p *Preview) show(a *bot.Answer) shown {
	s := shown{Name: p.Name, Slug: slugOf(p.Name), Drawer: p.Draw}
	payload, err := p.Render(a)
	if err != nil {
		s.Err = "The message could not be made."
		return s
	}
	draw := drawers[p.Draw]
	if draw == nil {
		s.Err = "There is no way to draw a message of this kind."
		return s
	}
	if s.drawing, err = draw(payload); err != nil {
		s.Err = "The message is not what the service takes."
		return s
	}
	var indented bytes.Buffer
	_ = json.Indent(&indented, payload, "", "  ") // it was decoded just now
	s.JSON = indented.String()
	s.Measures = measured(payload, p.Limits)
	if p.Draw == BlockKit {
		s.Builder = builderLink(payload)
	}
	return s
}

// builder is Slack's page that shows blocks. It takes them behind the "#",
// which no browser sends to a server (https://docs.slack.dev/block-kit/#block_kit_builder).
const builder = "https://app.slack.com/block-kit-builder/#"

// builderLink is the builder's address with the blocks of a message.
func builderLink(payload []byte) string {
	var m struct {
		Blocks json.RawMessage `json:"blocks"`
	}
	var compact bytes.Buffer
	if json.Unmarshal(payload, &m) != nil || json.Compact(&compact, m.Blocks) != nil {
		return ""
	}
	return builder + url.PathEscape(fmt.Sprintf(`{"blocks":%s}`, compact.String()))
}
