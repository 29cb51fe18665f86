// Package discord is the platform Discord: a slash command with autocomplete,
// mentions, messages, buttons and menus, over the gateway or over HTTP.
//
// A tour of the room:
//
//	discord.go       New, Run: what is under way, and how it ends
//	identity.go      who the bot is
//	gateway.go       events come in over a WebSocket (shards.go, identify.go, gateway_*.go)
//	http.go          interactions come in as signed requests
//	event.go         a message becomes a question; the answer is a reply
//	interaction.go   what an interaction is; commands in interaction_command.go
//	action.go        what is pressed, and what it does (press.go: what a button carries)
//	interaction_reply.go  an answer in the callback, or after a deferral (cards.go, recent.go: what is made once)
//	render.go        an answer becomes a message: pure (render_*.go, markdown*.go, limits.go)
//	choices.go       what autocomplete offers
//	rest.go          calls to Discord, held back as Discord wants it (rest_*.go)
//	register.go      the commands (commands.go) are registered if they differ
//	invite.go        links that add the bot
package discord

import (
	"crypto/ed25519"
	"encoding/hex"
	"errors"
	"fmt"
	"net/url"
	"strconv"
	"strings"

	"frameworkbot/bot"
)

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
	ApplicationID string     // "" means that it is asked for with the token
	PublicKey     string     // hexadecimal, for [HTTP] alone
	GuildID       string     // commands are registered for this server alone; "" for all
	APIURL        string     // ends in /api; "" means [DefaultAPI]
	Style         string     // [Components], [Embed] or [Text]

	// Suggest offers answers while somebody types.
	Suggest bot.Suggester
}

// Check returns the configuration with its defaults filled in, or all that is
// wrong with it: the key without its "discord." and a sentence with the fix.
func (c Config) Check() (Config, []bot.Fault) {
	var faults []bot.Fault
	fault := func(key, format string, args ...any) {
		faults = append(faults, bot.Fault{Key: key, Text: fmt.Sprintf(format, args...)})
	}
	c = c.withDefaults()
	if err := checkToken(c.Token.Reveal()); err != nil {
		fault("token", "%v", err)
	}
	switch c.Mode {
	case Gateway:
	case HTTP:
		if _, err := publicKey(c.PublicKey); err != nil {
			fault("public_key", "%v", err)
		}
	default:
		fault("mode", "%q is not one of gateway, http", c.Mode)
	}
	if c.ApplicationID != "" && !isSnowflake(c.ApplicationID) {
		fault("application_id", "is not a number: Discord shows it under General Information")
	}
	if c.GuildID != "" && !isSnowflake(c.GuildID) {
		fault("guild_id", "is not a number: right-click the server in Discord, Copy Server ID")
	}
	if err := checkAPI(c.APIURL); err != nil {
		fault("api_url", "%v", err)
	}
	if c.Style != Components && c.Style != Embed && c.Style != Text {
		fault("style", "%q is not one of components, embed, text", c.Style)
	}
	return c, faults
}

// withDefaults fills in what is not set, and takes off what people paste with it.
func (c Config) withDefaults() Config {
	if c.Mode == "" {
		c.Mode = Gateway
	}
	if c.Style == "" {
		c.Style = Components
	}
	if c.APIURL == "" {
		c.APIURL = DefaultAPI
	}
	c.APIURL = strings.TrimRight(c.APIURL, "/")
	if c.Suggest == nil {
		c.Suggest = silent{}
	}
	token := c.Token.Reveal()
	if rest, ok := strings.CutPrefix(token, "Bot "); ok {
		token = rest
	}
	c.Token = bot.NewSecret(token)
	return c
}

const wherePortal = "copy it from the Developer Portal, Bot, Reset Token"

// checkToken reports why s cannot be the token of a bot. Discord does not say
// what a token looks like, so it is what else is shown beside it that is told
// apart. The error does not hold the token.
func checkToken(s string) error {
	_, notHex := hex.DecodeString(s)
	switch {
	case s == "":
		return errors.New("is not set: " + wherePortal)
	case strings.Trim(s, "0123456789") == "":
		return errors.New("is a number, perhaps the application's ID: " + wherePortal)
	case len(s) == 2*ed25519.PublicKeySize && notHex == nil:
		return errors.New("is the application's public key: " + wherePortal)
	case strings.HasPrefix(s, "xox"), strings.HasPrefix(s, "xapp-"):
		return errors.New("is a token for Slack: " + wherePortal)
	case strings.HasPrefix(s, "Bearer "):
		return errors.New("is a token of a person, not of a bot: " + wherePortal)
	case strings.ContainsFunc(s, func(r rune) bool { return r <= ' ' || r > '~' || r == '"' || r == '\'' }):
		return errors.New("has a space, a quote or a line break in it: copy it again")
	}
	return nil
}

// publicKey reads the key that interactions are signed with. One of nothing but
// zeros, as examples have, would let anybody sign.
func publicKey(s string) (ed25519.PublicKey, error) {
	const where = "Discord shows it under General Information"
	key, err := hex.DecodeString(s)
	switch {
	case s == "":
		return nil, errors.New("is not set: " + where)
	case err != nil:
		return nil, errors.New("is not hexadecimal: " + where)
	case len(key) != ed25519.PublicKeySize:
		return nil, fmt.Errorf("has %d bytes in place of %d: %s", len(key), ed25519.PublicKeySize, where)
	case strings.Trim(s, "0") == "":
		return nil, errors.New("is nothing but zeros: " + where)
	}
	return key, nil
}

func checkAPI(s string) error {
	if err := bot.CheckURL(s, "https", "http"); err != nil {
		return err
	}
	u, err := url.Parse(s)
	if err != nil || u.RawQuery != "" || u.Fragment != "" || !strings.HasSuffix(u.Path, "/api") {
		return errors.New("must end in /api, without a version: " + DefaultAPI)
	}
	return nil
}

// isSnowflake reports whether s is an ID as Discord gives them
// (https://docs.discord.com/developers/reference#snowflakes).
func isSnowflake(s string) bool {
	n, err := strconv.ParseUint(s, 10, 64)
	return err == nil && n > 0
}
