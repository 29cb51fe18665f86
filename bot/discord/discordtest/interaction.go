package discordtest

import (
	"encoding/base64"
	"maps"
)

// An Interaction is what Discord tells the bot when somebody uses a command,
// presses a button, or types in a field with autocomplete.
type Interaction struct {
	ID    string
	Token string // what the bot answers with
	Event        // INTERACTION_CREATE
}

// Types of interactions
// (https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-object-interaction-type).
const (
	typePing         = 1
	typeCommand      = 2
	typeComponent    = 3
	typeAutocomplete = 4
)

// Types of options
// (https://docs.discord.com/developers/interactions/application-commands#application-command-object-application-command-option-type).
const (
	stringOption  = 3
	integerOption = 4
	booleanOption = 5
	userOption    = 6
)

// ephemeral is the flag of a message that one person sees alone.
const ephemeral = 1 << 6

// interaction is one of the guild's channel with the given data.
func (s *Server) interaction(kind int, data Object, edits []Edit) Interaction {
	id := Snowflake()
	token := base64.RawURLEncoding.EncodeToString([]byte("interaction:" + id + ":canary-of-an-interaction-token-that-must-not-be-seen"))
	m := member()
	m["user"] = User(UserID)
	m["permissions"] = permissions(0)
	o := edit(Object{
		"id": id, "application_id": ApplicationID, "type": kind, "token": token, "version": 1, "data": data,
		"guild_id": GuildID, "channel_id": ChannelID, "member": m, "locale": "en-GB", "guild_locale": "en-US",
		"guild":           Object{"id": GuildID, "locale": "en-US", "features": []any{}},
		"channel":         Object{"id": ChannelID, "guild_id": GuildID, "type": 0, "name": "general", "permissions": permissions(0), "flags": 0},
		"app_permissions": permissions(0), "context": 0, "entitlements": []any{}, "entitlement_sku_ids": []any{},
		"authorizing_integration_owners": Object{"0": GuildID}, "attachment_size_limit": 10485760,
	}, edits)
	s.change(func() {
		s.secrets = append(s.secrets, token)
		s.open[token] = newOpened(id, o)
	})
	return Interaction{ID: id, Token: token, Event: Event{"INTERACTION_CREATE", o}}
}

// Command is the use of a slash command. Its options are made by [Option].
func (s *Server) Command(name string, edits ...Edit) Interaction {
	return s.interaction(typeCommand, Object{"id": s.commandID(name), "name": name, "type": 1}, edits)
}

// Autocomplete is somebody typing in an option of a slash command: the one of
// them that is made by [Focused].
func (s *Server) Autocomplete(name string, edits ...Edit) Interaction {
	return s.interaction(typeAutocomplete, Object{"id": s.commandID(name), "name": name, "type": 1}, edits)
}

// MessageCommand is the use of a command on a message, which [Said] and its
// kin make.
func (s *Server) MessageCommand(name string, on Event, edits ...Edit) Interaction {
	target := maps.Clone(on.Data)
	for _, absent := range []string{"guild_id", "member", "nonce"} { // as Discord does
		delete(target, absent)
	}
	id, _ := target["id"].(string)
	data := Object{"id": s.commandID(name), "name": name, "type": 3, "target_id": id, "resolved": Object{"messages": Object{id: target}}}
	return s.interaction(typeCommand, data, edits)
}

// Press is a button or a menu being pressed on a message of the bot. Values
// are what was chosen in a menu.
func (s *Server) Press(on *Message, customID string, values []string, edits ...Edit) Interaction {
	data := Object{"custom_id": customID, "component_type": 2, "id": 1}
	if values != nil {
		data["component_type"], data["values"] = 3, values
	}
	in := s.interaction(typeComponent, data, append([]Edit{With("message", on.Object()), place(on)}, edits...))
	s.change(func() {
		s.open[in.Token].on = on
		if !on.has(customID) {
			s.violate("a press on %q, which message %s does not have", customID, on.ID)
		}
	})
	return in
}

// place puts an interaction where the message is that was pressed on.
func place(on *Message) Edit {
	if on.Channel == DirectID {
		return InDirect()
	}
	return func(o Object) { o["channel_id"] = on.Channel }
}

// commandID is the ID of a registered command, or a new one.
func (s *Server) commandID(name string) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, commands := range s.commands {
		for _, c := range commands {
			if c["name"] == name {
				return c["id"].(string)
			}
		}
	}
	return Snowflake()
}

// Option is an option of a command: a string, an int, a bool, or a [Person].
func Option(name string, value any) Edit { return option(name, value, false) }

// Focused is the option that somebody is typing in.
func Focused(name, typed string) Edit { return option(name, typed, true) }

// A Person is the value of an option that is a user.
type Person string

func option(name string, value any, focused bool) Edit {
	return func(o Object) {
		data := o["data"].(Object)
		one := Object{"name": name, "type": stringOption, "value": value}
		switch v := value.(type) {
		case int:
			one["type"] = integerOption
		case bool:
			one["type"] = booleanOption
		case Person:
			one["type"], one["value"] = userOption, string(v)
			data["resolved"] = Object{"users": Object{string(v): User(string(v))}, "members": Object{string(v): member()}}
		}
		if focused {
			one["focused"] = true
		}
		options, _ := data["options"].([]any)
		data["options"] = append(options, one)
	}
}

// InDirect puts an interaction in the direct messages with the bot.
func InDirect() Edit {
	return func(o Object) {
		user := o["member"].(Object)["user"]
		outsideGuild(o)
		o["user"], o["channel_id"], o["context"] = user, DirectID, 1
		o["channel"] = Object{"id": DirectID, "type": 1, "flags": 0, "recipients": []any{user}}
		o["authorizing_integration_owners"] = Object{"0": "0"}
	}
}

// InGroup puts an interaction in a message group, where the bot can only be if
// who asks installed it for themselves.
func InGroup() Edit {
	return func(o Object) {
		user := o["member"].(Object)["user"].(Object)
		outsideGuild(o)
		channel := Snowflake()
		o["user"], o["channel_id"], o["context"] = user, channel, 2
		o["channel"] = Object{"id": channel, "type": 3, "flags": 0, "name": "A group"}
		o["authorizing_integration_owners"] = Object{"1": user["id"]}
	}
}

func outsideGuild(o Object) {
	for _, key := range []string{"guild_id", "guild", "guild_locale", "member"} {
		delete(o, key)
	}
}

// UserInstalled puts an interaction in a guild that the bot is not in: who asks
// installed it for themselves.
func UserInstalled() Edit {
	return func(o Object) {
		m := o["member"].(Object)
		o["authorizing_integration_owners"] = Object{"1": m["user"].(Object)["id"]}
	}
}

// Permissions that matter to the bot
// (https://docs.discord.com/developers/topics/permissions#permissions-bitwise-permission-flags).
const (
	ManageMessages = 1 << 13
	everyone       = 1<<6 | 1<<10 | 1<<11 | 1<<14 | 1<<15 | 1<<16 | 1<<31 | 1<<38
)

func permissions(more int) string { return itoa(everyone | more) }

// May gives who asks more permissions than everyone has.
func May(more int) Edit {
	return func(o Object) {
		if m, ok := o["member"].(Object); ok {
			m["permissions"] = permissions(more)
		}
	}
}

// Locale is the language of who asks.
func Locale(locale string) Edit { return With("locale", locale) }
