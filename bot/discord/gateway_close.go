package discord

import (
	"fmt"
	"strings"
)

// Codes that Discord closes a connection with
// (https://docs.discord.com/developers/topics/opcodes-and-status-codes#gateway-gateway-close-event-codes).
const (
	closedToken        = 4004
	closedSeq          = 4007
	closedTimeout      = 4009
	closedShard        = 4010
	closedSharding     = 4011
	closedVersion      = 4012
	closedIntents      = 4013
	closedDisallowed   = 4014
	closeNormal        = 1000 // ends the session: the bot goes offline
	closeAndResumeSoon = 4900 // keeps the session, as all codes but 1000 and 1001 do
)

// losesSession reports whether the session cannot be resumed after a code.
func losesSession(code int) bool { return code == closedSeq || code == closedTimeout }

// refusal is the sentence for a code after which connecting again is no use,
// nil if it is.
func refusal(code, intents, shard, shards int) error {
	switch code {
	case closedToken:
		return fmt.Errorf("the gateway refused the token (%d): %w", code, errToken)
	case closedShard:
		return fmt.Errorf("the gateway refused shard %d of %d (%d): start the bot again, so that it asks anew how many there are", shard, shards, code)
	case closedSharding:
		return fmt.Errorf("the bot is in too many servers for %d shards (%d): start the bot again, so that it asks anew how many there are", shards, code)
	case closedVersion:
		return fmt.Errorf("the gateway no longer speaks version %s (%d): install a newer frameworkbot", apiVersion, code)
	case closedIntents:
		return fmt.Errorf("the gateway does not know the intents %s (%d): install a newer frameworkbot", intentNames(intents), code)
	case closedDisallowed:
		asked := intents & privilegedIntents
		if asked == 0 {
			asked = intents
		}
		return fmt.Errorf("the application may not have the intents %s (%d): switch them on in the Developer Portal under Bot, Privileged Gateway Intents", intentNames(asked), code)
	}
	return nil
}

// Intents: what a bot wants to be told of
// (https://docs.discord.com/developers/events/gateway#list-of-intents).
const (
	intentGuilds         = 1 << 0
	intentMembers        = 1 << 1
	intentPresences      = 1 << 8
	intentGuildMessages  = 1 << 9
	intentDirectMessages = 1 << 12
	intentContent        = 1 << 15

	// neededIntents are those that the bot asks for. None of them is
	// privileged: a message that mentions the bot comes with its content.
	neededIntents = intentGuilds | intentGuildMessages | intentDirectMessages

	// privilegedIntents have to be switched on for an application.
	privilegedIntents = intentMembers | intentPresences | intentContent
)

// intentNames lists intents as the documentation writes them.
func intentNames(intents int) string {
	var names []string
	for _, one := range []struct {
		bit  int
		name string
	}{
		{intentGuilds, "GUILDS"},
		{intentMembers, "GUILD_MEMBERS"},
		{intentPresences, "GUILD_PRESENCES"},
		{intentGuildMessages, "GUILD_MESSAGES"},
		{intentDirectMessages, "DIRECT_MESSAGES"},
		{intentContent, "MESSAGE_CONTENT"},
	} {
		if intents&one.bit != 0 {
			names = append(names, one.name)
			intents &^= one.bit
		}
	}
	if intents != 0 || len(names) == 0 {
		names = append(names, fmt.Sprintf("%#x", intents))
	}
	return strings.Join(names, ", ")
}
