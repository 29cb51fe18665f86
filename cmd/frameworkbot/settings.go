package main

import (
	"errors"
	"fmt"
	"log/slog"
	"net"
	"reflect"
	"regexp"
	"strconv"
	"strings"
	"time"

	"frameworkbot/bot"
	"frameworkbot/bot/ops"
)

// A setting is one key of the settings.
type setting struct {
	key string
	access
}

// An access reads and writes one field of the settings.
type access struct {
	set  func(c *config, text string) error
	get  func(c *config) any
	same func(c, other *config) bool
}

// settings are all there are, in the order of config.example.yaml.
var settings = []setting{
	{"pages", field(func(c *config) *string { return &c.Pages }, anything)},
	{"content.builtin", field(func(c *config) *bool { return &c.Content.Builtin }, yesOrNo)},
	{"content.dirs", field(func(c *config) *[]string { return &c.Content.Dirs }, list)},
	{"content.cache", field(func(c *config) *string { return &c.Content.Cache }, anything)},
	{"answer.deadline", field(func(c *config) *time.Duration { return &c.Answer.Deadline }, duration)},
	{"limits.per_minute", field(func(c *config) *int { return &c.Limits.PerMinute }, number)},
	{"limits.burst", field(func(c *config) *int { return &c.Limits.Burst }, number)},
	{"log.level", field(func(c *config) *slog.Level { return &c.Log.Level }, level)},
	{"log.format", field(func(c *config) *string { return &c.Log.Format }, format)},

	{"ops.listen", field(func(c *config) *string { return &c.Ops.Listen }, address)},

	{"trace.endpoint", field(func(c *config) *string { return &c.Trace.Endpoint }, endpoint)},

	{"web.listen", field(func(c *config) *string { return &c.Web.Listen }, addressOrOff)},
	{"web.hosts", field(func(c *config) *[]string { return &c.Web.Hosts }, list)},

	{"slack.enabled", field(func(c *config) **bool { return &c.Slack.Enabled }, enabled)},
	{"slack.mode", field(func(c *config) *string { return &c.Slack.Mode }, anything)},
	{"slack.bot_token", field(func(c *config) *source { return &c.Slack.BotToken }, itself)},
	{"slack.bot_token_file", field(func(c *config) *source { return &c.Slack.BotToken }, inFile)},
	{"slack.app_token", field(func(c *config) *source { return &c.Slack.AppToken }, itself)},
	{"slack.app_token_file", field(func(c *config) *source { return &c.Slack.AppToken }, inFile)},
	{"slack.signing_secret", field(func(c *config) *source { return &c.Slack.SigningSecret }, itself)},
	{"slack.signing_secret_file", field(func(c *config) *source { return &c.Slack.SigningSecret }, inFile)},
	{"slack.listen", field(func(c *config) *string { return &c.Slack.Listen }, address)},
	{"slack.api_url", field(func(c *config) *string { return &c.Slack.APIURL }, anything)},
	{"slack.commands", field(func(c *config) *[]string { return &c.Slack.Commands }, list)},

	{"discord.enabled", field(func(c *config) **bool { return &c.Discord.Enabled }, enabled)},
	{"discord.mode", field(func(c *config) *string { return &c.Discord.Mode }, anything)},
	{"discord.token", field(func(c *config) *source { return &c.Discord.Token }, itself)},
	{"discord.token_file", field(func(c *config) *source { return &c.Discord.Token }, inFile)},
	{"discord.application_id", field(func(c *config) *string { return &c.Discord.ApplicationID }, anything)},
	{"discord.public_key", field(func(c *config) *string { return &c.Discord.PublicKey }, anything)},
	{"discord.guild_id", field(func(c *config) *string { return &c.Discord.GuildID }, anything)},
	{"discord.listen", field(func(c *config) *string { return &c.Discord.Listen }, address)},
	{"discord.api_url", field(func(c *config) *string { return &c.Discord.APIURL }, anything)},
	{"discord.style", field(func(c *config) *string { return &c.Discord.Style }, anything)},
}

// lists are the keys that are lists in a file.
var lists = []string{"content.dirs", "web.hosts", "slack.commands"}

// field sets one field. An empty text sets it to its default.
func field[T any](of func(*config) *T, parse func(string) (T, error)) access {
	set := func(c *config, text string) error {
		standard := defaults()
		value := *of(&standard)
		if text != "" {
			var err error
			if value, err = parse(text); err != nil {
				return err
			}
		}
		*of(c) = value
		return nil
	}
	return access{
		set: set, get: func(c *config) any { return *of(c) },
		same: func(c, other *config) bool { return reflect.DeepEqual(*of(c), *of(other)) },
	}
}

// anything is what the platform checks, or what opening it will show.
func anything(text string) (string, error) { return text, nil }

func duration(text string) (time.Duration, error) {
	d, err := time.ParseDuration(text)
	if err != nil || d <= 0 {
		return 0, fmt.Errorf("%q is not a time such as 2s or 500ms", text)
	}
	return d, nil
}

// number is one that counts something; 0 stands for no limit.
func number(text string) (int, error) {
	n, err := strconv.Atoi(text)
	if err != nil || n < 0 {
		return 0, fmt.Errorf("%q is not a whole number such as 60, or 0 for no limit", text)
	}
	return n, nil
}

func level(text string) (slog.Level, error) {
	levels := map[string]slog.Level{"debug": slog.LevelDebug, "info": slog.LevelInfo, "warn": slog.LevelWarn, "error": slog.LevelError}
	l, ok := levels[text]
	if !ok {
		return 0, fmt.Errorf("%q is not one of debug, info, warn, error", text)
	}
	return l, nil
}

func format(text string) (string, error) {
	if text != "text" && text != "json" {
		return "", fmt.Errorf("%q is not one of text, json", text)
	}
	return text, nil
}

// enabled is nil for auto: a platform is on if its main token is set.
func enabled(text string) (*bool, error) {
	on := false
	switch strings.ToLower(text) {
	case "auto":
		return nil, nil //nolint:nilnil // "auto" is a value
	case "true", "yes", "on", "1":
		on = true
	case "false", "no", "off", "0":
	default:
		return nil, fmt.Errorf("%q is not one of true, false, auto", text)
	}
	return &on, nil
}

func yesOrNo(text string) (bool, error) {
	on, err := enabled(text)
	if err != nil || on == nil {
		return false, fmt.Errorf("%q is not one of true, false", text)
	}
	return *on, nil
}

// addressOrOff is where to listen, or that nobody does.
func addressOrOff(text string) (string, error) {
	if text == webOff {
		return text, nil
	}
	return address(text)
}

// address is where to listen.
func address(text string) (string, error) {
	_, port, err := net.SplitHostPort(text)
	if n, notNumber := strconv.ParseUint(port, 10, 16); err != nil || notNumber != nil && n == 0 {
		return "", fmt.Errorf("%q is not an address to listen on such as :3000 or 127.0.0.1:3000", text)
	}
	return text, nil
}

// endpoint is where traces are sent.
func endpoint(text string) (string, error) {
	if err := ops.CheckEndpoint(text); err != nil {
		return "", fmt.Errorf("%w", err)
	}
	return text, nil
}

// list is separated by commas.
func list(text string) ([]string, error) {
	var items []string
	for item := range strings.SplitSeq(text, ",") {
		if item = strings.TrimSpace(item); item != "" {
			items = append(items, item)
		}
	}
	if len(items) == 0 {
		return nil, errors.New("the list has nothing in it: write its items with commas between them")
	}
	return items, nil
}

// redact takes tokens out of what a sentence quotes: one may have been set in
// the wrong place.
func redact(sentence string) string {
	return quoted.ReplaceAllStringFunc(sentence, func(text string) string { return bot.Redact(errors.New(text)) })
}

var quoted = regexp.MustCompile(`"(?:[^"\\]|\\.)*"|'[^']*'`)
