package discord

import (
	"cmp"
	"context"
	"log/slog"
	"net/http"
	"sync/atomic"
	"time"

	"github.com/bwmarrin/discordgo"

	"frameworkbot/bot"
)

// taken is one interaction that is being worked on.
type taken struct {
	*Discord
	in      *interaction
	handler bot.Handler
	answer  func(callback) error
	work    context.Context    // of all that is done for the interaction, which may be followed
	end     func(...slog.Attr) // of what is followed
}

// message is what the interaction asks the bot.
func (t *taken) message(text string, ref bot.Ref) *bot.Message {
	return &bot.Message{
		ID: t.in.ID, Platform: t.Name(), Workspace: t.in.GuildID, Channel: t.in.ChannelID, User: t.in.user(),
		Text: text, Ref: ref, Locale: t.in.Locale, Time: timeOf(t.in.ID),
	}
}

// ask answers a message.
func (t *taken) ask(m *bot.Message) *bot.Answer {
	return t.think(func() *bot.Answer { return bot.Reply(t.work, t.handler, m) })
}

// isRefusal reports whether an answer says no more than that there is none: it
// is not worth the card that is there.
func isRefusal(a *bot.Answer) bool { return a.Kind == bot.BusyKind || a.Kind == bot.FailedKind }

// A showing is how the answer to an interaction is shown.
type showing struct {
	options
	replace bool // in place of the message that was pressed, if that is worth it
}

// privately is a showing that nobody else sees.
func (t *taken) privately() showing {
	return showing{options: options{private: true, share: !t.in.isDirect(), asker: t.in.user()}}
}

// show asks, and shows the answer: in the callback if it is there soon, else
// after a deferral, whose visibility cannot be changed any more.
func (t *taken) show(s showing, ask func() *bot.Answer) {
	var began atomic.Bool
	deferred := false
	bot.Prompt(t.interactions,
		func() *bot.Answer {
			began.Store(true)
			return ask()
		},
		func(a *bot.Answer) {
			if a != nil {
				defer t.end(kindOf(a))
				t.now(s, a, !began.Load())
				return
			}
			err := t.answer(deferral(s))
			t.note(t.in, "deferral", err)
			deferred = err == nil
		},
		func(a *bot.Answer) {
			defer t.end(kindOf(a))
			if deferred {
				t.late(s, a)
			}
		},
	)
}

// deferral promises an answer. It can have no flag but one
// (https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-response-object-messages).
func deferral(s showing) callback {
	switch {
	case s.replace:
		return callback{Type: discordgo.InteractionResponseDeferredMessageUpdate}
	case s.private:
		return callback{
			Type: discordgo.InteractionResponseDeferredChannelMessageWithSource,
			Data: map[string]any{"flags": discordgo.MessageFlagsEphemeral},
		}
	}
	return callback{Type: discordgo.InteractionResponseDeferredChannelMessageWithSource}
}

// now answers in the callback. It does not wait for that to arrive if there was
// no room for the question: the one that waits then is who brings the questions.
func (t *taken) now(s showing, a *bot.Answer, full bool) {
	if full {
		t.vitals.Count(bot.Dropped)
	}
	switch asked := s.asked; {
	case isRefusal(a):
		s = t.privately()
		s.asked = asked
	case a.Private && !s.replace && !s.private:
		s.options = t.privately().options
		s.asked = asked
	}
	t.note(t.in, "callback", t.respond(s, a, full))
}

// respond sends the callback with an answer. Where Discord does not take it as
// it is, it is tried as plain text.
func (t *taken) respond(s showing, a *bot.Answer, full bool) error {
	c := callback{Type: discordgo.InteractionResponseChannelMessageWithSource, refuses: full}
	s = t.styled(s)
	if s.replace {
		c.Type = discordgo.InteractionResponseUpdateMessage
	}
	_, drawn := bot.Trace(t.work, "render")
	c.Data = t.cards.of(s, a)
	drawn()
	err := t.answer(c)
	if isUnfit(err) && s.style != Text {
		t.log.Warn("discord: an answer is shown as plain text", "interaction", t.in.ID, "err", bot.Redact(err))
		s.style = Text
		c.Data = s.body(a)
		err = t.answer(c)
	}
	return err
}

// body is the message as the callback or a follow-up takes it.
func (s showing) body(a *bot.Answer) message {
	m := render(a, s.options)
	if a.Kind == sentence {
		m = renderLine(a.Text, s.options)
	}
	if s.replace {
		return m.edit()
	}
	return m
}

// late answers after a deferral.
func (t *taken) late(s showing, a *bot.Answer) {
	if s.replace && isRefusal(a) {
		t.note(t.in, "follow-up", t.followUp(t.privately(), a))
		return
	}
	t.note(t.in, "late answer", t.edit(s, a))
}

// edit changes the message that answers the interaction, or that was pressed.
func (t *taken) edit(s showing, a *bot.Answer) error {
	s = t.styled(s)
	_, drawn := bot.Trace(t.work, "render")
	c := call{method: http.MethodPatch, route: original, body: s.body(a).edit(), harmless: true}
	drawn()
	err := t.webhook(c)
	if isUnfit(err) && s.style != Text {
		s.style = Text
		c.body = s.body(a).edit()
		err = t.webhook(c)
	}
	return err
}

// followUp sends one more message. Where the bot is only installed by a person,
// there may be five of them; no interaction has more than two.
func (t *taken) followUp(s showing, a *bot.Answer) error {
	s = t.styled(s)
	return t.webhook(call{method: http.MethodPost, route: webhook, body: s.body(a)})
}

// Where messages of an interaction are after its callback
// (https://docs.discord.com/developers/interactions/receiving-and-responding#followup-messages).
const (
	webhook  = "/webhooks/{application}/{token}"
	original = "/webhooks/{application}/{token}/messages/@original"
)

// How often, and after which time, a call is tried again that came before
// Discord had read the callback from the response of its request.
const (
	overtakenTries = 3
	overtakenWait  = 250 * time.Millisecond
)

// webhook makes a call with the interaction's token.
func (t *taken) webhook(c call) error {
	c.args = []string{cmp.Or(t.in.ApplicationID, t.me().application), t.in.Token}
	c.interaction = true
	for try := 1; ; try++ {
		err := t.rest.do(t.work, c, nil)
		overtook := t.cfg.Mode == HTTP && says(err, discordgo.ErrCodeUnknownWebhook)
		if !overtook || try == overtakenTries || !sleep(t.work, overtakenWait) {
			return err
		}
	}
}

// styled is the showing in the style that fits. What replaces a message has to
// stay what that is: Components V2 cannot be taken back, and is not put on
// (https://docs.discord.com/developers/components/using-message-components).
func (t *taken) styled(s showing) showing {
	s.style = t.cfg.Style
	switch isV2 := t.in.Message.Flags&flagComponentsV2 != 0; {
	case !s.replace:
	case isV2:
		s.style = Components
	case s.style == Components:
		s.style = Embed
	}
	return s
}

// tell says one sentence to the person alone, in the callback.
func (t *taken) tell(text string) {
	t.note(t.in, "callback", t.respond(showing{options: options{private: true}}, line(text), false))
}

// tellLater is tell after the callback.
func (t *taken) tellLater(text string) {
	t.note(t.in, "follow-up", t.followUp(showing{options: options{private: true}}, line(text)))
}

// acknowledge is a callback that changes nothing, for what follows it.
func (t *taken) acknowledge() bool {
	err := t.answer(callback{Type: discordgo.InteractionResponseDeferredMessageUpdate})
	t.note(t.in, "callback", err)
	return err == nil
}

// sentence is the kind of an answer that is one line, and no card.
const sentence bot.Kind = "sentence"

// line is an answer of one sentence.
func line(text string) *bot.Answer { return &bot.Answer{Kind: sentence, Text: text, Private: true} }

// run does something that answers by itself. If there is no room for it, the
// person is told.
func (t *taken) run(task func()) {
	traced := func() {
		defer t.end()
		task()
	}
	if !t.interactions.Go(traced) {
		t.now(t.privately(), bot.Busy(), true)
	}
}
