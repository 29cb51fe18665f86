package slack

import (
	"cmp"
	"encoding/json"
	"strings"
	"time"

	"frameworkbot/bot"
)

// An interaction is what Slack delivers when somebody presses, chooses or
// types (https://docs.slack.dev/reference/interaction-payloads). Of the message
// nothing but ids is read: blocks that the library does not know would make it
// lose all the rest.
type interaction struct {
	Type        field     `json:"type"`
	User        id        `json:"user"`
	Team        id        `json:"team"`
	Enterprise  id        `json:"enterprise"`
	Channel     id        `json:"channel"`
	Container   container `json:"container"`
	Message     said      `json:"message"`
	ResponseURL field     `json:"response_url"`
	TriggerID   field     `json:"trigger_id"`
	CallbackID  field     `json:"callback_id"`
	Actions     []acted   `json:"actions"`

	// Of a menu that is searched.
	BlockID field `json:"block_id"`
	Value   field `json:"value"`
}

type id struct {
	ID field `json:"id"`
}

// A container is where the pressed element stands.
type container struct {
	Type        field `json:"type"` // "message" or "view"
	MessageTS   field `json:"message_ts"`
	ChannelID   field `json:"channel_id"`
	ThreadTS    field `json:"thread_ts"`
	IsEphemeral bool  `json:"is_ephemeral"`
}

// said is the message that somebody used the shortcut on.
type said struct {
	Text     field `json:"text"`
	TS       field `json:"ts"`
	ThreadTS field `json:"thread_ts"`
}

// acted is one element that was used.
type acted struct {
	ActionID field  `json:"action_id"`
	BlockID  field  `json:"block_id"`
	ActionTS field  `json:"action_ts"`
	Value    field  `json:"value"`
	Selected option `json:"selected_option"`
}

type option struct {
	Value field `json:"value"`
}

// Shortcut is the callback id of the message shortcut in the manifest.
const Shortcut = "answer_from_library"

// interaction takes an interaction on.
func (t *taken) interaction(payload json.RawMessage) {
	var i interaction
	if !t.read(payload, &i) {
		return
	}
	switch {
	case i.Type == "block_suggestion":
		t.suggestion(&i)
	case i.Type == "block_actions" && len(i.Actions) > 0:
		t.pressed(&i)
	case i.Type == "message_action" && i.CallbackID == Shortcut:
		t.shortcut(&i)
	default:
		t.ignore("an interaction that the bot does not know", "type", bot.Echo(string(i.Type)))
	}
}

// once takes the interaction on unless it was delivered before, acknowledges
// it, and works on it.
func (t *taken) once(i *interaction, key string, work func()) {
	if !t.seen.Claim(key) {
		t.again()
		return
	}
	t.answer(reply{})
	traced := func() {
		defer t.end()
		work()
	}
	if !t.events.Go(traced) {
		t.vitals.Count(bot.Dropped)
		t.log.Warn("slack: too much is under way: a press is left out")
		t.commands.Go(func() { t.tell(i, bot.Busy()) })
	}
}

// message is what the interaction asks the bot.
func (t *taken) message(i *interaction, text string, ref bot.Ref) *bot.Message {
	return &bot.Message{
		ID: cmp.Or(string(i.TriggerID), string(i.Type)), Platform: t.Name(), Workspace: i.workspace(),
		Channel: i.channel(), User: string(i.User.ID), Text: text, Ref: ref, Time: time.Now(),
	}
}

// workspace is the team; an app that is installed for a whole organisation may get none.
func (i *interaction) workspace() string { return cmp.Or(string(i.Team.ID), string(i.Enterprise.ID)) }

func (i *interaction) channel() string {
	return cmp.Or(string(i.Channel.ID), string(i.Container.ChannelID))
}

// isDirect reports whether the card stands in the conversation with the bot.
func (i *interaction) isDirect() bool { return strings.HasPrefix(i.channel(), "D") }

// shortcut offers answers to somebody's message.
func (t *taken) shortcut(i *interaction) {
	t.once(i, "shortcut|"+i.workspace()+"|"+string(i.TriggerID), func() {
		a := bot.Choices(t.work, t.handler, t.cfg.Suggest, t.message(i, string(i.Message.Text), ""))
		o := options{commands: t.cfg.Commands, private: true, asker: string(i.User.ID), replyTo: cmp.Or(string(i.Message.ThreadTS), string(i.Message.TS))}
		b := privately(render(a, o))
		b.ThreadTS = string(i.Message.ThreadTS)
		t.send(i, b)
	})
}

// send answers by the interaction's response_url.
func (t *taken) send(i *interaction, b body) bool {
	err := t.poster.post(t.work, string(i.ResponseURL), b)
	if err != nil {
		t.vitals.Count(bot.Undelivered)
		t.log.Error("slack: an interaction could not be answered", "type", string(i.Type), "channel", i.channel(), "err", redact(err))
	}
	return err == nil
}

// tell says something to the person alone, beside the card.
func (t *taken) tell(i *interaction, a *bot.Answer) {
	t.send(i, t.beside(i, render(a, options{commands: t.cfg.Commands, private: true})))
}

// tellLine is tell for one line.
func (t *taken) tellLine(i *interaction, line string) { t.send(i, t.beside(i, renderLine(line))) }

// beside is a private message that stands in the thread of the card, if that is in one.
func (t *taken) beside(i *interaction, m message) body {
	b := privately(m)
	b.ThreadTS = string(i.Container.ThreadTS)
	return b
}
