package discordtest

import (
	"fmt"
	"maps"
	"time"
)

// An Edit changes a payload before it is used.
type Edit func(Object)

// edit applies the edits to the payload.
func edit(o Object, edits []Edit) Object {
	for _, e := range edits {
		e(o)
	}
	return o
}

// With sets a field of a payload, whatever it was.
func With(key string, value any) Edit {
	return func(o Object) { o[key] = value }
}

// Without takes a field out of a payload.
func Without(key string) Edit {
	return func(o Object) { delete(o, key) }
}

// User is a person as Discord describes one
// (https://docs.discord.com/developers/resources/user#user-object).
func User(id string) Object {
	return Object{
		"id": id, "username": "user" + id[len(id)-4:], "discriminator": "0", "global_name": "User " + id[len(id)-4:],
		"avatar": nil, "public_flags": 0, "clan": nil, "primary_guild": nil, "avatar_decoration_data": nil, "collectibles": nil,
	}
}

// member is what a message or an interaction in a guild says of its author.
func member() Object {
	return Object{
		"roles": []string{}, "nick": nil, "avatar": nil, "banner": nil, "joined_at": "2024-02-03T10:11:12.345000+00:00",
		"premium_since": nil, "deaf": false, "mute": false, "pending": false, "flags": 0, "communication_disabled_until": nil,
	}
}

// By makes somebody else the one who wrote, asked or pressed.
func By(user string) Edit {
	return func(o Object) {
		switch m := o["member"].(type) {
		case Object:
			if m["user"] != nil {
				m["user"] = User(user)
				return
			}
		}
		if o["user"] != nil {
			o["user"] = User(user)
			return
		}
		o["author"] = User(user)
	}
}

// In puts the message or the interaction in a guild's channel.
func In(guild, channel string) Edit {
	return func(o Object) {
		o["guild_id"], o["channel_id"] = guild, channel
		if c, ok := o["channel"].(Object); ok {
			c["guild_id"], c["id"] = guild, channel
		}
		if g, ok := o["guild"].(Object); ok {
			g["id"] = guild
		}
	}
}

// Said is a message that somebody wrote in a channel of the guild. Without
// a mention of the bot it has no content, as the bot lacks the intent for it
// (https://docs.discord.com/developers/events/gateway#message-content-intent).
func Said(content string, edits ...Edit) Event {
	return Event{"MESSAGE_CREATE", edit(message(content), edits)}
}

func message(content string) Object {
	m := member()
	return Object{
		"id": Snowflake(), "type": 0, "channel_id": ChannelID, "guild_id": GuildID, "channel_type": 0,
		"author": User(UserID), "member": m, "content": content, "timestamp": time.Now().UTC().Format(time.RFC3339Nano),
		"edited_timestamp": nil, "tts": false, "mention_everyone": false, "mentions": []any{}, "mention_roles": []any{},
		"attachments": []any{}, "embeds": []any{}, "components": []any{}, "pinned": false, "flags": 0, "nonce": Snowflake(),
	}
}

// mentioned is the bot as a message's mentions describe it.
func mentioned() Object {
	m := member()
	u := Object{"member": m}
	maps.Copy(u, self())
	return u
}

// Mention is a message to the bot in a channel of the guild: "<@bot> text".
func Mention(text string, edits ...Edit) Event {
	o := message(fmt.Sprintf("<@%s> %s", BotID, text))
	o["mentions"] = []any{mentioned()}
	return Event{"MESSAGE_CREATE", edit(o, edits)}
}

// Direct is a direct message to the bot.
func Direct(text string, edits ...Edit) Event {
	o := message(text)
	delete(o, "guild_id")
	delete(o, "member")
	o["channel_id"], o["channel_type"] = DirectID, 1
	return Event{"MESSAGE_CREATE", edit(o, edits)}
}

// Reply is a reply to a message of the bot, with the ping on, as it is unless
// who replies switches it off.
func Reply(to *Message, text string, edits ...Edit) Event {
	o := message(text)
	o["type"] = 19
	o["channel_id"] = to.Channel
	o["mentions"] = []any{mentioned()}
	o["message_reference"] = Object{"type": 0, "message_id": to.ID, "channel_id": to.Channel, "guild_id": GuildID}
	o["referenced_message"] = to.Object()
	return Event{"MESSAGE_CREATE", edit(o, edits)}
}

// ByWebhook makes a message one of a webhook.
func ByWebhook() Edit {
	return func(o Object) {
		id := Snowflake()
		o["webhook_id"] = id
		o["author"] = Object{"id": id, "username": "Deployments", "avatar": nil, "discriminator": "0000", "bot": true}
		delete(o, "member")
	}
}

// ByBot makes a message one of another bot.
func ByBot() Edit {
	return func(o Object) {
		u := User(OtherID)
		u["bot"] = true
		o["author"] = u
	}
}

// BySelf makes a message the bot's own.
func BySelf() Edit {
	return func(o Object) { o["author"] = self() }
}

// AsSystem makes a message one that Discord writes, such as that a message was pinned.
func AsSystem() Edit {
	return func(o Object) { o["type"] = 6; o["content"] = "" }
}

// WithUnknownComponents puts components in a message that no library knows.
func WithUnknownComponents() Edit {
	return func(o Object) {
		o["components"] = []any{
			Object{"type": 16, "id": 1, "made": Object{"of": "nothing known"}},
			Object{"type": 1, "id": 2, "components": []any{Object{"type": 4242, "id": 3}}},
		}
	}
}

// Edited is the MESSAGE_UPDATE of a message that was sent before.
func Edited(e Event, content string) Event {
	o := maps.Clone(e.Data)
	o["content"], o["edited_timestamp"] = content, time.Now().UTC().Format(time.RFC3339Nano)
	return Event{"MESSAGE_UPDATE", o}
}

// Deleted is the MESSAGE_DELETE of a message that was sent before.
func Deleted(e Event) Event {
	return Event{"MESSAGE_DELETE", Object{"id": e.Data["id"], "channel_id": e.Data["channel_id"], "guild_id": e.Data["guild_id"]}}
}

// Guild is the GUILD_CREATE of a guild that the bot is in.
func Guild(id string) Event {
	return Event{"GUILD_CREATE", Object{
		"id": id, "name": "A guild", "owner_id": OtherID, "unavailable": false, "large": false, "member_count": 3,
		"joined_at": "2024-02-03T10:11:12.345000+00:00", "preferred_locale": "en-US",
		"channels": []any{Object{"id": ChannelID, "type": 0, "name": "general", "position": 0, "permission_overwrites": []any{}}},
		"threads":  []any{}, "members": []any{}, "presences": []any{}, "voice_states": []any{}, "stage_instances": []any{},
		"roles": []any{Object{"id": id, "name": "@everyone", "permissions": "2248473465835073", "position": 0}},
	}}
}

// GuildGone is the GUILD_DELETE of a guild that threw the bot out, or that is
// out of order for a while.
func GuildGone(id string, unavailable bool) Event {
	o := Object{"id": id}
	if unavailable {
		o["unavailable"] = true
	}
	return Event{"GUILD_DELETE", o}
}
