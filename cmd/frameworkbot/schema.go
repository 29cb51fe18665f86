package main

import (
	"encoding/json"
	"log/slog"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"frameworkbot/bot/discord"
	"frameworkbot/bot/slack"
)

func (p *program) schemaCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "schema",
		Short: "Print the JSON Schema of settings files, for editors",
		Long: `Prints the JSON Schema of a settings file, with which editors complete keys and
mark mistakes. docs/config.schema.json is the same.`,
		Example:           `  frameworkbot config schema > config.schema.json`,
		Args:              cobra.NoArgs,
		PersistentPreRunE: func(*cobra.Command, []string) error { return nil },
		RunE: func(*cobra.Command, []string) error {
			data, err := schema()
			if err != nil {
				return wrong("%w", err)
			}
			_, _ = p.out.Write(data) // which remembers the error
			return nil
		},
	}
}

// A form is what the type of a setting does not tell: what it is for, and the
// values that it takes, if those are few.
type form struct {
	about string
	enum  []string
}

// forms are what the schema says of each setting.
var forms = map[string]form{
	"pages":                     {about: "Folder whose pages are answered from, in place of all that content names."},
	"content.builtin":           {about: "Whether the built-in pages are answered from."},
	"content.dirs":              {about: "Folders of Markdown besides the built-in pages."},
	"content.cache":             {about: "Folder in which large sets are kept between starts."},
	"answer.deadline":           {about: "The longest that one answer may take."},
	"limits.per_minute":         {about: "Questions that one person may ask in a minute; 0 for no limit."},
	"limits.burst":              {about: "Questions of one person that may come at once; 0 for no limit."},
	"log.level":                 {about: "What is logged, and whatever is more severe.", enum: []string{"debug", "info", "warn", "error"}},
	"log.format":                {about: "How it is logged.", enum: []string{"text", "json"}},
	"ops.listen":                {about: "Where operators see /healthz, /readyz and /metrics; a private address."},
	"trace.endpoint":            {about: "Collector of OpenTelemetry traces over OTLP/HTTP, without a path."},
	"web.listen":                {about: "Where the preview page is, or off."},
	"web.hosts":                 {about: "Names, beside localhost, under which a browser may ask for the preview page."},
	"slack.enabled":             {about: "Whether to serve Slack; auto if there is a bot token."},
	"slack.mode":                {about: "How Slack delivers what people do.", enum: []string{slack.Socket, slack.HTTP}},
	"slack.bot_token":           {about: "The bot's token, xoxb-…; better in a file of its own."},
	"slack.bot_token_file":      {about: "File that holds the bot's token."},
	"slack.app_token":           {about: "The app-level token, xapp-…, for mode socket."},
	"slack.app_token_file":      {about: "File that holds the app-level token."},
	"slack.signing_secret":      {about: "The signing secret, for mode http."},
	"slack.signing_secret_file": {about: "File that holds the signing secret."},
	"slack.listen":              {about: "Where to listen in mode http."},
	"slack.api_url":             {about: "Slack's Web API."},
	"slack.commands":            {about: "The slash commands that the Slack app has."},
	"discord.enabled":           {about: "Whether to serve Discord; auto if there is a token."},
	"discord.mode":              {about: "How Discord delivers what people do.", enum: []string{discord.Gateway, discord.HTTP}},
	"discord.token":             {about: "The bot's token; better in a file of its own."},
	"discord.token_file":        {about: "File that holds the bot's token."},
	"discord.application_id":    {about: "The application's ID; empty to ask Discord for it."},
	"discord.public_key":        {about: "The application's public key, for mode http."},
	"discord.guild_id":          {about: "The one server that has the commands; empty for all."},
	"discord.listen":            {about: "Where to listen in mode http."},
	"discord.api_url":           {about: "Discord's REST API, without a version."},
	"discord.style":             {about: "How answers look.", enum: []string{discord.Components, discord.Embed, discord.Text}},
}

// An object is one of JSON.
type object map[string]any

// schema is the JSON Schema of a settings file
// (https://json-schema.org/draft/2020-12/json-schema-core).
func schema() ([]byte, error) {
	root := node("Settings of frameworkbot. Each key can be set in the environment as well.")
	root["$schema"], root["title"] = "https://json-schema.org/draft/2020-12/schema", "frameworkbot"
	standard := defaults()
	for _, s := range settings {
		group, name, nested := strings.Cut(s.key, ".")
		properties := root["properties"].(object)
		if !nested {
			properties[group] = s.schema(&standard)
			continue
		}
		if properties[group] == nil {
			properties[group] = node("")
		}
		properties[group].(object)["properties"].(object)[name] = s.schema(&standard)
	}
	data, err := json.MarshalIndent(root, "", "  ")
	return append(data, '\n'), err
}

// node is the schema of keys with values; without any, it may be left empty.
func node(about string) object {
	o := object{"type": []string{"object", "null"}, "additionalProperties": false, "properties": object{}}
	if about != "" {
		o["description"] = about
	}
	return o
}

// schema is what one setting may be. An empty value means its default.
func (s setting) schema(standard *config) object {
	f := forms[s.key]
	o := object{"description": f.about + " Environment: " + variable(s.key) + "."}
	switch v := s.get(standard).(type) {
	case bool:
		o["type"], o["default"] = []string{"boolean", "null"}, v
	case *bool:
		o["enum"], o["default"] = []any{true, false, "auto", "", nil}, "auto"
	case int:
		o["type"], o["minimum"], o["default"] = []string{"integer", "null"}, 0, v
	case []string:
		o["type"], o["items"] = []string{"array", "null"}, object{"type": "string"}
		if v != nil {
			o["default"] = v
		}
	case time.Duration:
		o["type"], o["default"], o["pattern"] = []string{"string", "null"}, v.String(), `^([0-9]+(\.[0-9]+)?(ns|us|µs|ms|s|m|h))*$`
	case source:
		o["type"] = []string{"string", "null"}
	case slog.Level:
		o["default"] = strings.ToLower(v.String())
	case string:
		o["type"], o["default"] = []string{"string", "null"}, v
		if strings.HasSuffix(s.key, "_id") { // a number, which need not be in quotes
			o["type"] = []string{"string", "integer", "null"}
		}
	}
	if f.enum != nil {
		values := []any{"", nil}
		for _, one := range f.enum {
			values = append(values, one)
		}
		delete(o, "type")
		o["enum"] = values
	}
	return o
}
