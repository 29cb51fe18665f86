package discord

import (
	"cmp"
	"net/url"
	"strconv"

	"github.com/bwmarrin/discordgo"
)

// Permissions are what the bot needs in a channel, and no more: to see it, to
// answer in it and in its threads, to reply to a message, and to show an answer
// as an embed (https://docs.discord.com/developers/topics/permissions).
const Permissions = discordgo.PermissionViewChannel | discordgo.PermissionSendMessages | discordgo.PermissionSendMessagesInThreads |
	discordgo.PermissionReadMessageHistory | discordgo.PermissionEmbedLinks

// An Invite is a link that adds the bot.
type Invite struct {
	Title string // what it is for
	URL   string
}

// Invites are the links that add the application to a server, and to a person's
// account so that its commands work everywhere
// (https://docs.discord.com/developers/topics/oauth2#bot-authorization-flow).
func Invites(applicationID string) []Invite {
	link := func(install discordgo.ApplicationIntegrationType, scope string, permissions int64) string {
		q := url.Values{
			"client_id":        {cmp.Or(applicationID, "APPLICATION_ID")},
			"scope":            {scope},
			"integration_type": {strconv.Itoa(int(install))},
		}
		if permissions > 0 {
			q.Set("permissions", strconv.FormatInt(permissions, 10))
		}
		return "https://discord.com/oauth2/authorize?" + q.Encode()
	}
	return []Invite{
		{"Add to a server", link(discordgo.ApplicationIntegrationGuildInstall, "bot applications.commands", Permissions)},
		{"Add to your account: commands in every server and message, privately", link(discordgo.ApplicationIntegrationUserInstall, "applications.commands", 0)},
	}
}
