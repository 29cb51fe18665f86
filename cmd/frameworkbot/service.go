package main

import (
	"log/slog"
	"net/http"
	"slices"

	"frameworkbot/bot"
	"frameworkbot/bot/discord"
	"frameworkbot/bot/slack"
)

// A service is a chat service that the bot answers on.
type service struct {
	platform bot.Platform
	mode     string
	calls    http.Handler // takes what the service sends, if it calls the bot; nil if the bot dials
	paths    []string     // where it sends that
	key      string       // of the setting that says where to listen
	listen   string
	on       *listener // once there is one
}

// nothingToServe is said where no service is set up, and the preview page is off.
const nothingToServe = `nothing to serve: no service is set up, and web.listen is off
  for Slack, set SLACK_BOT_TOKEN (xoxb-…) and SLACK_APP_TOKEN (xapp-…)
  for Discord, set DISCORD_TOKEN
  "frameworkbot manifest slack" and "frameworkbot manifest discord" help to get them;
  "frameworkbot chat" answers in the terminal, without any account`

// services are those that are on. Answers in menus and autocomplete come from suggest.
func (p *program) services(suggest bot.Suggester, log *slog.Logger) ([]service, error) {
	c := &p.config
	slackConfig, slackOn, wrongs := c.slackPlatform()
	discordConfig, discordOn, more := c.discordPlatform()
	if err := cannotBeUsed(slices.Concat(wrongs, more)); err != nil {
		return nil, err // a file was changed since they were looked at
	}
	var all []service
	if slackOn {
		slackConfig.Suggest = suggest
		s := slack.New(slackConfig, log)
		one := service{platform: s, mode: slackConfig.Mode}
		if slackConfig.Mode == slack.HTTP {
			one.calls, one.paths, one.key, one.listen = s, slack.Paths, "slack.listen", c.Slack.Listen
		}
		all = append(all, one)
	}
	if discordOn {
		discordConfig.Suggest = suggest
		d := discord.New(discordConfig, log)
		one := service{platform: d, mode: discordConfig.Mode}
		if discordConfig.Mode == discord.HTTP {
			one.calls, one.paths, one.key, one.listen = d, discord.Paths, "discord.listen", c.Discord.Listen
		}
		all = append(all, one)
	}
	return all, nil
}
