package discord

import (
	"context"
	"encoding/json"
	"log/slog"
	"slices"
	"strconv"
	"time"

	"github.com/bwmarrin/discordgo"

	"frameworkbot/bot"
)

// dispatch takes in an event of the gateway
// (https://docs.discord.com/developers/events/gateway-events#receive-events).
// It is called in the order in which events come, and never waits.
func (d *Discord) dispatch(_ context.Context, kind string, data json.RawMessage) {
	switch kind {
	case "READY":
		d.greeted(data)
	case "MESSAGE_CREATE":
		d.said(data)
	case "INTERACTION_CREATE":
		d.interacted(data)
	}
}

// A said is a message that somebody wrote. Its components are not read: there
// are new kinds of them at any time.
type said struct {
	ID        string   `json:"id"`
	ChannelID string   `json:"channel_id"`
	GuildID   string   `json:"guild_id"`
	Type      int      `json:"type"`
	Author    person   `json:"author"`
	WebhookID string   `json:"webhook_id"`
	Content   string   `json:"content"`
	Mentions  []person `json:"mentions"`
}

// A person is a user: somebody, or a bot.
type person struct {
	ID     string `json:"id"`
	Bot    bool   `json:"bot"`
	System bool   `json:"system"`
}

// said answers a message that is for the bot.
func (d *Discord) said(data json.RawMessage) {
	var m said
	handler := d.handler.Load()
	switch {
	case handler == nil:
		return
	case !read(data, &m):
		d.log.Warn("discord: a message cannot be read and is ignored", "bytes", len(data))
		return
	case !d.isQuestion(&m):
		return
	}
	d.vitals.Deliver(false)
	switch {
	case d.quiet.has(m.ChannelID):
		d.log.Debug("discord: a question is left out where the bot may not speak", "channel", m.ChannelID)
		return
	case !d.seen.Claim("message|" + m.ID):
		d.vitals.Count(bot.Duplicates)
		d.log.Debug("discord: a message was delivered before", "id", m.ID)
		return
	}
	if !d.questions.Go(func() { d.answerMessage(*handler, &m) }) {
		d.seen.Forget("message|" + m.ID)
		d.vitals.Count(bot.Dropped)
		d.log.Warn("discord: too much is under way: a question is left out", "id", m.ID, "channel", m.ChannelID)
	}
}

// isQuestion reports whether a person said this to the bot: in a direct message,
// with a mention of the bot, or in a reply to the bot that pings it, which
// Discord counts among the mentions. A mention of everybody or of a role is none.
func (d *Discord) isQuestion(m *said) bool {
	me := d.me().user
	switch {
	case m.ID == "", m.ChannelID == "", m.Author.ID == "":
		return false
	case m.Author.Bot, m.Author.System, m.WebhookID != "", m.Author.ID == me:
		return false
	case m.Type != int(discordgo.MessageTypeDefault) && m.Type != int(discordgo.MessageTypeReply):
		return false
	}
	isMe := func(p person) bool { return p.ID == me && me != "" }
	return m.GuildID == "" || slices.ContainsFunc(m.Mentions, isMe)
}

// answerMessage answers with a reply.
func (d *Discord) answerMessage(h bot.Handler, m *said) {
	work, end := bot.Trace(d.work, "question", slog.String("platform", d.Name()), slog.String("delivery", "message"))
	a := d.think(func() *bot.Answer {
		return bot.Reply(work, h, &bot.Message{
			ID: m.ID, Platform: d.Name(), Workspace: m.GuildID, Channel: m.ChannelID, User: m.Author.ID,
			Text: m.Content, Time: timeOf(m.ID),
		})
	})
	defer end(kindOf(a))
	if a.Again {
		return
	}
	o := options{style: d.cfg.Style, asker: m.Author.ID, deletable: true}
	_ = d.post(work, m.ChannelID, m.ID, m.ID, func(style string) message {
		_, drawn := bot.Trace(work, "render")
		defer drawn()
		o.style = style
		return render(a, o)
	}) // which has logged what went wrong
}

// epoch is the first second of 2015, from which Discord counts
// (https://docs.discord.com/developers/reference#snowflakes).
const epoch = 1420070400000

// timeOf is when an ID was given; now if it is none.
func timeOf(id string) time.Time {
	if n, err := strconv.ParseInt(id, 10, 64); err == nil && n>>22 > 0 {
		return time.UnixMilli(n>>22 + epoch)
	}
	return time.Now()
}
