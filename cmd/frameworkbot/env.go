package main

import (
	"strings"

	"frameworkbot/bot"
)

// environment is the environment by variable.
func environment(env []string) map[string]string {
	m := make(map[string]string, len(env))
	for _, e := range env {
		key, value, _ := strings.Cut(e, "=")
		m[key] = value
	}
	return m
}

// variable is the name of what sets the key in the environment: slack.bot_token
// is SLACK_BOT_TOKEN, as others call it too; answer.deadline, which could be
// any program's, is FRAMEWORKBOT_ANSWER_DEADLINE.
func variable(key string) string {
	name := strings.ToUpper(strings.ReplaceAll(key, ".", "_"))
	if strings.HasPrefix(key, "slack.") || strings.HasPrefix(key, "discord.") {
		return name
	}
	return "FRAMEWORKBOT_" + name
}

// variables are the settings of the environment.
func (p *program) variables() map[string]place {
	found := map[string]place{}
	for _, s := range settings {
		if value, ok := p.env[variable(s.key)]; ok {
			found[s.key] = place{file: variable(s.key), value: bot.NewSecret(value)}
		}
	}
	return found
}
