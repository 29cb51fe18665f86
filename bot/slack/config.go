// Package slack is the platform Slack: slash commands, mentions, messages,
// buttons and menus, over Socket Mode or over HTTP.
package slack

import (
	"fmt"
	"strings"

	"frameworkbot/bot"
)

// The ways in which Slack delivers what people do.
const (
	Socket = "socket" // the bot dials Slack: no public address is needed
	HTTP   = "http"   // Slack calls the bot, with signed requests
)

// DefaultAPI is where Slack's Web API is (https://docs.slack.dev/apis/web-api/).
const DefaultAPI = "https://slack.com/api/"

// Config is what the bot has to know about its Slack app.
type Config struct {
	Mode          string     // [Socket] or [HTTP]
	BotToken      bot.Secret // xoxb-…
	AppToken      bot.Secret // xapp-…, for [Socket] alone
	SigningSecret bot.Secret // for [HTTP] alone
	APIURL        string     // "" means [DefaultAPI]; GovSlack has another
	Commands      []string   // slash commands as the app has them; none means /framework

	// Suggest offers answers in menus that search while somebody types.
	Suggest bot.Suggester
}

// Check returns the configuration with its defaults filled in, or all that is
// wrong with it: the key without its "slack." and a sentence with the fix.
func (c Config) Check() (Config, []bot.Fault) {
	var faults []bot.Fault
	fault := func(key, format string, args ...any) {
		faults = append(faults, bot.Fault{Key: key, Text: fmt.Sprintf(format, args...)})
	}
	if c.Mode == "" {
		c.Mode = Socket
	}
	if c.APIURL == "" {
		c.APIURL = DefaultAPI
	}
	if len(c.Commands) == 0 {
		c.Commands = []string{"/framework"}
	}
	checkToken(fault, "bot_token", c.BotToken, "xoxb-", "Slack shows it under OAuth & Permissions once the app is installed")
	switch c.Mode {
	case Socket:
		checkToken(fault, "app_token", c.AppToken, "xapp-", "make one with the scope connections:write under Basic Information, App-Level Tokens; or set slack.mode to http, where Slack calls the bot")
	case HTTP:
		switch {
		case c.SigningSecret.IsZero():
			fault("signing_secret", "is not set: Slack shows it under Basic Information, App Credentials")
		case hasBlanks(c.SigningSecret):
			fault("signing_secret", "has a space, a quote or a line break in it: copy it again")
		}
	default:
		fault("mode", "%q is not one of socket, http", c.Mode)
	}
	if err := bot.CheckURL(c.APIURL, "https", "http"); err != nil {
		fault("api_url", "%v", err)
	} else if !strings.HasSuffix(c.APIURL, "/") {
		c.APIURL += "/"
	}
	for _, name := range c.Commands {
		if err := checkCommand(name); err != nil {
			fault("commands", "%v", err)
		}
	}
	return c, faults
}

func checkToken(fault func(key, format string, args ...any), key string, s bot.Secret, prefix, where string) {
	switch {
	case s.IsZero():
		fault(key, "is not set: it begins with %s; %s", prefix, where)
	case !strings.HasPrefix(s.Reveal(), prefix):
		fault(key, "does not begin with %s: is it another kind of token? %s", prefix, where)
	case hasBlanks(s):
		fault(key, "has a space, a quote or a line break in it: copy it again")
	}
}

// hasBlanks reports whether something was copied along with the secret.
func hasBlanks(s bot.Secret) bool { return strings.ContainsAny(s.Reveal(), " \t\r\n\"") }

// The length of a command's name, with its slash
// (https://docs.slack.dev/reference/app-manifest#slash_commands).
const minCommand, maxCommand = 2, 32

func checkCommand(name string) error {
	switch {
	case !strings.HasPrefix(name, "/"):
		return fmt.Errorf("%q does not begin with a slash", name)
	case len(name) < minCommand || len(name) > maxCommand:
		return fmt.Errorf("%q must have %d to %d characters", name, minCommand, maxCommand)
	case strings.Trim(name[1:], "abcdefghijklmnopqrstuvwxyz0123456789_-") != "":
		return fmt.Errorf("%q may hold small letters, digits, '-' and '_' alone", name)
	}
	return nil
}
