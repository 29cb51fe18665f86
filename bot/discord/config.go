// Package discord is the platform Discord: a slash command with autocomplete,
// mentions, messages, buttons and menus, over the gateway or over HTTP.
package discord

import "frameworkbot/bot"

// The ways in which Discord delivers what people do.
const (
	Gateway = "gateway" // the bot dials Discord: no public address is needed
	HTTP    = "http"    // Discord calls the bot, with signed interactions; there are no mentions
)

// The ways in which an answer is shown.
const (
	Components = "components" // Components V2
	Embed      = "embed"
	Text       = "text"
)

// DefaultAPI is where Discord's REST API is, without a version.
const DefaultAPI = "https://discord.com/api"

// Config is what the bot has to know about its Discord application.
type Config struct {
	Mode          string     // [Gateway] or [HTTP]
	Token         bot.Secret // of the bot, with or without "Bot " before it
	ApplicationID string     // "" in mode gateway: asked for with the token
	PublicKey     string     // hexadecimal, for [HTTP] alone
	GuildID       string     // commands are registered for this server alone; "" for all
	APIURL        string     // ends in /api; "" means [DefaultAPI]
	Style         string     // [Components], [Embed] or [Text]

	// Suggest offers answers while somebody types.
	Suggest bot.Suggester
}
