package main

import (
	"slices"

	"frameworkbot/bot"
	"frameworkbot/bot/discord"
	"frameworkbot/bot/slack"
	"frameworkbot/index"
)

// services is all that is wrong with the settings of the services.
func (c *config) services() index.Problems {
	_, _, ofSlack := c.slackPlatform()
	_, _, ofDiscord := c.discordPlatform()
	return slices.Concat(ofSlack, ofDiscord)
}

// slackPlatform returns the configuration of Slack, whether it is on, and all
// that is wrong with it. Of what is off, only what was set has to be right;
// nothing has to be of what was switched off.
func (c *config) slackPlatform() (cfg slack.Config, on bool, problems index.Problems) {
	s := &c.Slack
	on, off := isOn(s.Enabled, s.BotToken)
	if off {
		return cfg, false, nil
	}
	cfg = slack.Config{Mode: s.Mode, APIURL: s.APIURL, Commands: s.Commands}
	secrets := []secretOf{{"bot_token", s.BotToken, &cfg.BotToken}, {"app_token", s.AppToken, &cfg.AppToken}, {"signing_secret", s.SigningSecret, &cfg.SigningSecret}}
	unreadable, problems := c.readSecrets("slack.", secrets)
	cfg, faults := cfg.Check()
	wanted := on || s.AppToken.isSet() || s.SigningSecret.isSet() // somebody forgot the bot token
	return cfg, on, append(problems, c.faulty("slack.", faults, wanted, unreadable)...)
}

// discordPlatform is slackPlatform for Discord.
func (c *config) discordPlatform() (cfg discord.Config, on bool, problems index.Problems) {
	d := &c.Discord
	on, off := isOn(d.Enabled, d.Token)
	if off {
		return cfg, false, nil
	}
	cfg = discord.Config{
		Mode: d.Mode, ApplicationID: d.ApplicationID, PublicKey: d.PublicKey, GuildID: d.GuildID, APIURL: d.APIURL, Style: d.Style,
	}
	unreadable, problems := c.readSecrets("discord.", []secretOf{{"token", d.Token, &cfg.Token}})
	cfg, faults := cfg.Check()
	return cfg, on, append(problems, c.faulty("discord.", faults, on, unreadable)...)
}

// isOn reports whether a platform is to run, and whether it was switched off.
func isOn(enabled *bool, token source) (on, off bool) {
	if enabled == nil {
		return token.isSet(), false
	}
	return *enabled, !*enabled
}

// A secretOf is a secret of a platform, and where it goes.
type secretOf struct {
	key  string // without the platform's
	from source
	to   *bot.Secret
}

// readSecrets reads the secrets, and returns the keys of those that cannot be read.
func (c *config) readSecrets(prefix string, secrets []secretOf) (unreadable map[string]bool, problems index.Problems) {
	unreadable = map[string]bool{}
	for _, s := range secrets {
		var err error
		if *s.to, err = s.from.read(); err != nil {
			unreadable[s.key] = true
			problems = append(problems, c.set[prefix+s.key].problem(err.Error()))
		}
	}
	return unreadable, problems
}

// faulty tells where the faults that a platform found come from. Unless all is
// wanted, what was never set is no problem.
func (c *config) faulty(prefix string, faults []bot.Fault, all bool, unreadable map[string]bool) (problems index.Problems) {
	for _, f := range faults {
		at, known := c.set[prefix+f.Key]
		switch {
		case unreadable[f.Key], at.misshapen, !all && at.value.IsZero():
		case known:
			problems = append(problems, at.problem(f.Text))
		default:
			problems = append(problems, index.Problem{File: naming(prefix + f.Key), Text: f.Text})
		}
	}
	return problems
}

// naming is a key as people may look for it: in a file or in the environment.
func naming(key string) string { return key + " (" + variable(key) + ")" }
