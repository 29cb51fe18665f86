package discord

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"net/http"
	"regexp"
	"time"

	"github.com/bwmarrin/discordgo"

	"frameworkbot/bot"
)

// An interaction is what Discord delivers when somebody uses a command, presses
// something or types
// (https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-object).
type interaction struct {
	ID            string  `json:"id"`
	ApplicationID string  `json:"application_id"`
	Type          int     `json:"type"`
	Token         string  `json:"token"`
	GuildID       string  `json:"guild_id"`
	ChannelID     string  `json:"channel_id"`
	Locale        string  `json:"locale"`
	Context       *int    `json:"context"`
	User          person  `json:"user"` // outside of servers
	Member        member  `json:"member"`
	Data          details `json:"data"`
	Message       pressed `json:"message"`

	// Owners has a key for each way in which the bot was installed here.
	Owners map[string]json.RawMessage `json:"authorizing_integration_owners"`
}

type member struct {
	User        person `json:"user"`
	Permissions string `json:"permissions"` // in the channel
}

// details are what was used: a command or a component.
type details struct {
	Type     int    `json:"type"`
	Name     string `json:"name"`
	Options  []used `json:"options"`
	TargetID string `json:"target_id"`
	Resolved struct {
		Messages map[string]target `json:"messages"`
	} `json:"resolved"`
	CustomID string   `json:"custom_id"`
	Values   []string `json:"values"`
}

// used is an option of a command, with what was typed or chosen in it.
type used struct {
	Name    string `json:"name"`
	Value   any    `json:"value"`
	Focused bool   `json:"focused"`
}

// A target is the message that a command was used on.
type target struct {
	Content string `json:"content"`
	Embeds  []struct {
		Title       string `json:"title"`
		Description string `json:"description"`
	} `json:"embeds"`
}

// pressed is the message of the bot whose component was used.
type pressed struct {
	ID         string `json:"id"`
	Flags      int    `json:"flags"`
	Content    any    `json:"content"`
	Embeds     any    `json:"embeds"`
	Components any    `json:"components"`
}

// asked is what the card says that its reader asked, which nothing else
// remembers; "" if it does not say so.
func (p *pressed) asked() string {
	for _, part := range []any{p.Components, p.Embeds, p.Content} {
		if found := askedIn(part); found != "" {
			return found
		}
	}
	return ""
}

// askedOn is how a card says it.
var askedOn = regexp.MustCompile(regexp.QuoteMeta(askedWords(options{private: true})) + `“([^”]+)”`)

// askedIn looks through all texts of a value of JSON.
func askedIn(v any) string {
	switch v := v.(type) {
	case string:
		if found := askedOn.FindStringSubmatch(v); found != nil {
			return bot.Echo(found[1])
		}
	case []any:
		for _, one := range v {
			if found := askedIn(one); found != "" {
				return found
			}
		}
	case map[string]any:
		for _, one := range v {
			if found := askedIn(one); found != "" {
				return found
			}
		}
	}
	return ""
}

// user is who did it.
func (in *interaction) user() string { return cmp.Or(in.Member.User.ID, in.User.ID) }

// isDirect reports whether it was done in the conversation with the bot.
func (in *interaction) isDirect() bool {
	if in.Context == nil {
		return in.GuildID == ""
	}
	return *in.Context == int(discordgo.InteractionContextBotDM)
}

// isHere reports whether the bot itself is where the interaction comes from, and
// not only somebody who brought it along.
func (in *interaction) isHere() bool {
	_, guild := in.Owners["0"]
	return guild || len(in.Owners) == 0
}

// A callback is the first answer to an interaction
// (https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-response-object).
type callback struct {
	Type discordgo.InteractionResponseType `json:"type"` // 0 if nothing can be answered
	Data any                               `json:"data,omitempty"`

	refuses bool // there was no room for the question, and is none to wait for this to arrive
}

// defers reports whether the answer proper is yet to come.
func (c *callback) defers() bool {
	return c.Type == discordgo.InteractionResponseDeferredChannelMessageWithSource || c.Type == discordgo.InteractionResponseDeferredMessageUpdate
}

// callbackTime is how long a callback is tried; after three seconds Discord no
// longer wants it.
const callbackTime = discordgo.InteractionDeadline - 500*time.Millisecond

// interacted takes an interaction of the gateway on.
func (d *Discord) interacted(data json.RawMessage) {
	var in interaction
	if !read(data, &in) || in.ID == "" || in.Token == "" {
		d.log.Warn("discord: an interaction cannot be read and is ignored", "bytes", len(data))
		return
	}
	taken := d.take(&in, func(c callback) error {
		if !c.refuses {
			return d.callBack(&in, c)
		}
		d.refusals.Go(func() { d.note(&in, "callback", d.callBack(&in, c)) })
		return nil
	})
	if !taken {
		d.log.Debug("discord: an interaction was delivered before", "id", in.ID)
	}
}

// callBack sends the callback, outside of all limits and queues. If it arrives
// twice, Discord takes it once.
func (d *Discord) callBack(in *interaction, c callback) error {
	if c.Type == 0 {
		return nil
	}
	body, err := c.encode()
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(d.work, callbackTime)
	defer cancel()
	return d.rest.do(ctx, call{
		method: http.MethodPost, route: "/interactions/{id}/{token}/callback", args: []string{in.ID, in.Token},
		body: body, interaction: true, harmless: true,
	}, nil)
}

// take takes an interaction on, over either transport, and returns at once. It
// reports false if it was delivered before. Whatever comes of it, answer is
// called once, and again only with another form of what it did not take.
func (d *Discord) take(in *interaction, answer func(callback) error) bool {
	handler := d.handler.Load()
	if handler == nil { // it ended meanwhile
		_ = answer(callback{}) // which says nothing
		return true
	}
	d.vitals.Deliver(false)
	if !d.seen.Claim("interaction|" + in.ID) {
		d.vitals.Count(bot.Duplicates)
		return false
	}
	t := &taken{Discord: d, in: in, handler: *handler, answer: d.timed(answer)}
	t.work, t.end = bot.Trace(d.work, "question", slog.String("platform", d.Name()), slog.Int("delivery", in.Type))
	switch discordgo.InteractionType(in.Type) {
	case discordgo.InteractionApplicationCommandAutocomplete:
		t.autocomplete()
	case discordgo.InteractionApplicationCommand:
		t.command()
	case discordgo.InteractionMessageComponent:
		t.press()
	default:
		d.log.Warn("discord: an interaction of an unknown type is ignored", "type", in.Type)
		t.note(in, "callback", answer(callback{}))
	}
	return true
}

// note logs that something did not reach Discord. Errors hold no secret; that
// the person was quicker than the bot is none.
func (d *Discord) note(in *interaction, what string, err error) {
	switch {
	case err == nil:
	case isGone(err), errors.Is(err, errHungUp):
		d.vitals.Count(bot.Undelivered)
		d.log.Info("discord: too late for an answer", "what", what, "interaction", in.ID, "err", bot.Redact(err))
	default:
		d.vitals.Count(bot.Undelivered)
		d.log.Error("discord: an answer could not be sent", "what", what, "interaction", in.ID, "channel", in.ChannelID, "err", bot.Redact(err))
	}
}
