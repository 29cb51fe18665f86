package slack

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"strings"

	"frameworkbot/bot"
)

// ManifestConfig is what the manifest of an app depends on.
type ManifestConfig struct {
	Mode     string   // [Socket] or [HTTP]; "" means [Socket]
	URL      string   // of [HTTP] alone: where Slack reaches the bot, as in https://bot.example.com
	Commands []string // slash commands; none means /framework
	Name     string   // of the app, "" means frameworkbot
}

// ShortcutName is what the message shortcut is called in Slack's menus.
const ShortcutName = "Answer from the library"

// Limits of a manifest (https://docs.slack.dev/reference/app-manifest).
const (
	maxAppName        = 35
	maxAppDescription = 140
	maxBotName        = 80
	maxShortcuts      = 10
	maxShortcutName   = 24
	maxSlashCommands  = 50
	maxBotEvents      = 100
)

// Where Slack sends what, below the address of the bot. Each of them is one of [Paths].
const (
	pathEvents        = "/slack/events"
	pathCommands      = "/slack/commands"
	pathInteractivity = "/slack/interactivity"
	pathOptions       = "/slack/options"
)

// scopes are the fewest that do all that the bot does
// (https://docs.slack.dev/reference/scopes):
//
//   - app_mentions:read for the event app_mention;
//   - chat:write for answers in channels and conversations that the bot is in,
//     replies in threads among them. Where it is no member, the response_url of
//     a command or a shortcut posts without a scope, so chat:write.public is
//     not needed;
//   - commands for slash commands and for the message shortcut;
//   - im:history for the event message.im, the direct messages.
//
// The App Home, its event app_home_opened, views.publish and all buttons and
// menus need none. No user is looked up and no history read.
var scopes = []string{"app_mentions:read", "chat:write", "commands", "im:history"}

// botEvents are what the bot is told of. message.channels is left out: it would
// bring every mention a second time, and everything else that is said.
var botEvents = []string{"app_home_opened", "app_mention", "message.im"}

// manifest is an app's manifest. The library's type leaves out what is false,
// but messages_tab_read_only_enabled must be there: without it, nobody can
// write to the bot.
type manifest struct {
	Metadata struct {
		Major int `json:"major_version"`
		Minor int `json:"minor_version"`
	} `json:"_metadata"`
	Display  appDisplay  `json:"display_information"`
	Features appFeatures `json:"features"`
	OAuth    struct {
		Scopes struct {
			Bot []string `json:"bot"`
		} `json:"scopes"`
	} `json:"oauth_config"`
	Settings appSettings `json:"settings"`
}

type appDisplay struct {
	Name        string `json:"name"`
	Description string `json:"description"`
}

type appFeatures struct {
	Home struct {
		Home     bool `json:"home_tab_enabled"`
		Messages bool `json:"messages_tab_enabled"`
		ReadOnly bool `json:"messages_tab_read_only_enabled"`
	} `json:"app_home"`
	Bot struct {
		Name   string `json:"display_name"`
		Online bool   `json:"always_online"`
	} `json:"bot_user"`
	Shortcuts []appShortcut `json:"shortcuts"`
	Commands  []appCommand  `json:"slash_commands"`
}

type appShortcut struct {
	Name        string `json:"name"`
	Type        string `json:"type"`
	CallbackID  string `json:"callback_id"`
	Description string `json:"description"`
}

type appCommand struct {
	Command     string `json:"command"`
	URL         string `json:"url,omitempty"`
	Description string `json:"description"`
	UsageHint   string `json:"usage_hint"`
	Escape      bool   `json:"should_escape"`
}

type appSettings struct {
	Events struct {
		URL    string   `json:"request_url,omitempty"`
		Events []string `json:"bot_events"`
	} `json:"event_subscriptions"`
	Interactivity struct {
		Enabled bool   `json:"is_enabled"`
		URL     string `json:"request_url,omitempty"`
		Options string `json:"message_menu_options_url,omitempty"`
	} `json:"interactivity"`
	OrgDeploy bool `json:"org_deploy_enabled"`
	Socket    bool `json:"socket_mode_enabled"`
	Rotation  bool `json:"token_rotation_enabled"`
}

// Manifest returns the manifest, as JSON, of an app that can do all that the
// bot does (https://docs.slack.dev/app-manifests).
func Manifest(c ManifestConfig) ([]byte, error) {
	c, err := c.check()
	if err != nil {
		return nil, err
	}
	var m manifest
	m.Metadata.Major, m.Metadata.Minor = 2, 1
	m.Display = appDisplay{c.Name, "Answers questions about back-end frameworks from a reviewed library, with source and date."}
	m.Features = c.features()
	m.OAuth.Scopes.Bot = scopes
	m.Settings.Events.Events = botEvents
	m.Settings.Interactivity.Enabled = true
	m.Settings.Socket = c.Mode == Socket
	if c.Mode == HTTP {
		m.Settings.Events.URL = c.URL + pathEvents
		m.Settings.Interactivity.URL, m.Settings.Interactivity.Options = c.URL+pathInteractivity, c.URL+pathOptions
	}
	data, err := json.MarshalIndent(&m, "", "  ")
	if err != nil {
		return nil, fmt.Errorf("manifest: %w", err)
	}
	return append(data, '\n'), nil
}

// check fills in the defaults.
func (c ManifestConfig) check() (ManifestConfig, error) {
	if c.Mode == "" {
		c.Mode = Socket
	}
	if c.Name == "" {
		c.Name = "frameworkbot"
	}
	if len(c.Commands) == 0 {
		c.Commands = []string{"/framework"}
	}
	c.URL = strings.TrimRight(c.URL, "/")
	switch {
	case c.Mode != Socket && c.Mode != HTTP:
		return c, fmt.Errorf("mode: %q is not one of socket, http", c.Mode)
	case c.Mode == Socket && c.URL != "":
		return c, errors.New("url: Slack calls no address in the mode socket")
	case c.Mode == HTTP && c.URL == "":
		return c, errors.New("url: is missing: in the mode http Slack has to know where the bot is, as in https://bot.example.com")
	case units(c.Name) > maxAppName:
		return c, fmt.Errorf("name: %q has more than %d characters", c.Name, maxAppName)
	case len(c.Commands) > maxSlashCommands:
		return c, fmt.Errorf("commands: an app has at most %d", maxSlashCommands)
	}
	if c.Mode == HTTP {
		if err := bot.CheckURL(c.URL, "https", "https"); err != nil {
			return c, fmt.Errorf("url: %w", err)
		}
	}
	for _, name := range c.Commands {
		if err := checkCommand(name); err != nil {
			return c, fmt.Errorf("commands: %w", err)
		}
	}
	return c, nil
}

func (c ManifestConfig) features() appFeatures {
	var f appFeatures
	f.Home.Home, f.Home.Messages = true, true
	f.Bot.Name, f.Bot.Online = c.Name, true
	f.Shortcuts = []appShortcut{{ShortcutName, "message", Shortcut, "Finds answers to this message; you choose the one to post as a reply."}}
	for _, name := range c.Commands {
		command := appCommand{
			Command: name, Description: "Ask about back-end frameworks; only you see the answer",
			UsageHint: "laravel, or: django vs flask", Escape: true, // mentions come as ids, which are left out of questions
		}
		if c.Mode == HTTP {
			command.URL = c.URL + pathCommands
		}
		f.Commands = append(f.Commands, command)
	}
	return f
}

// ManifestLink is the address that creates an app from a manifest as JSON
// (https://docs.slack.dev/app-manifests/configuring-apps-with-app-manifests#sharing-manifests).
func ManifestLink(manifest []byte) string {
	text := strings.ReplaceAll(url.QueryEscape(compact(manifest)), "+", "%20") // as browsers encode it
	return "https://api.slack.com/apps?new_app=1&manifest_json=" + text
}

// compact is JSON without blanks; anything else stays as it is.
func compact(data []byte) string {
	var v json.RawMessage
	if json.Unmarshal(data, &v) != nil {
		return string(data)
	}
	out, err := json.Marshal(v) // compacts raw JSON
	if err != nil {
		return string(data)
	}
	return string(out)
}
