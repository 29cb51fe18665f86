package slack

import (
	"cmp"
	"encoding/json"
	"sync/atomic"
	"time"

	"github.com/slack-go/slack"

	"frameworkbot/bot"
)

// A body is a message in an acknowledgement or for a response_url
// (https://docs.slack.dev/interactivity/handling-user-interaction#message_responses).
type body struct {
	ResponseType    string        `json:"response_type,omitempty"`
	ReplaceOriginal bool          `json:"replace_original"`
	DeleteOriginal  bool          `json:"delete_original,omitempty"`
	ThreadTS        string        `json:"thread_ts,omitempty"`
	Text            string        `json:"text,omitempty"`
	Blocks          []slack.Block `json:"blocks,omitempty"`
	UnfurlLinks     bool          `json:"unfurl_links"`
	UnfurlMedia     bool          `json:"unfurl_media"`
}

// Who sees a message that answers an interaction.
const (
	ephemeral = "ephemeral"  // who pressed or typed
	inChannel = "in_channel" // everybody
)

// privately is a message for the person who typed or pressed.
func privately(m message) body {
	return body{ResponseType: ephemeral, Text: m.Text, Blocks: m.Blocks}
}

// command answers a slash command in its acknowledgement, so that it works
// where the bot is no member. An answer that takes too long follows by the
// command's response_url.
func (t *taken) command(payload json.RawMessage) {
	var c slack.SlashCommand
	if !t.read(payload, &c) {
		return
	}
	if c.TriggerID != "" && !t.seen.Claim("command|"+c.TeamID+"|"+c.TriggerID) {
		t.again()
		return
	}
	o := options{commands: t.cfg.Commands, private: true, share: true, asked: bot.Echo(bot.Normalise(c.Text))}
	show := func(a *bot.Answer) json.RawMessage {
		_, end := bot.Trace(t.work, "render")
		defer end()
		return t.cards.of(a, o)
	}
	var began atomic.Bool
	bot.Prompt(t.commands,
		func() *bot.Answer {
			began.Store(true)
			return bot.Reply(t.work, t.handler, t.commandMessage(&c))
		},
		func(a *bot.Answer) {
			if a == nil {
				t.answer(reply{})
				return
			}
			if !began.Load() {
				t.vitals.Count(bot.Dropped)
			}
			defer t.end(kindOf(a))
			t.answer(reply{body: show(a), unsent: func() { t.commands.Go(func() { t.followUp(&c, show(a)) }) }})
		},
		func(a *bot.Answer) {
			defer t.end(kindOf(a))
			t.followUp(&c, show(a))
		},
	)
}

func (t *taken) commandMessage(c *slack.SlashCommand) *bot.Message {
	return &bot.Message{
		ID: cmp.Or(c.TriggerID, "command"), Platform: t.Name(), Workspace: cmp.Or(c.TeamID, c.EnterpriseID),
		Channel: c.ChannelID, User: c.UserID, Text: c.Text, Time: time.Now(),
	}
}

// followUp sends the answer after the acknowledgement.
func (t *taken) followUp(c *slack.SlashCommand, b json.RawMessage) {
	if err := t.poster.send(t.work, c.ResponseURL, b, false); err != nil {
		t.vitals.Count(bot.Undelivered)
		t.log.Error("slack: a late answer could not be sent", "channel", c.ChannelID, "err", redact(err))
	}
}
