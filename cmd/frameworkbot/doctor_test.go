package main

import (
	"net"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"frameworkbot/bot/discord/discordtest"
	"frameworkbot/bot/slack/slacktest"
)

// TestDoctor looks at a bot that could serve.
func TestDoctor(t *testing.T) {
	s, d := slacktest.New(t), discordtest.New(t)
	s.Scopes("app_mentions:read,chat:write,commands,im:history")
	env := append(slackEnv(s, "FRAMEWORKBOT_CONTENT_CACHE="+t.TempDir(), "FRAMEWORKBOT_OPS_LISTEN=127.0.0.1:0"), discordEnv(d)...)
	if got := frameworkbotIn(env, "", "register", "discord"); got.code != 0 {
		t.Fatalf("%+v", got)
	}
	got := frameworkbotIn(env, "", "doctor")
	if got.code != 0 || got.errs != "" {
		t.Errorf("%+v", got)
	}
	for _, want := range []string{
		"ok    settings: no problems\n", "ok    pages: ", "ok    content.cache: can be written to\n", "ok    ops.listen: 127.0.0.1:0 is free\n",
		"ok    slack bot token: ", "ok    slack scopes: ", "ok    slack clock: ", "ok    slack app token: ",
		"ok    discord token: ", "ok    discord clock: ", "ok    discord application: ", "ok    discord intents: ", "ok    discord gateway: ", "ok    discord commands: ",
	} {
		if !strings.Contains(got.out, want) {
			t.Errorf("it does not say %q:\n%s", want, got.out)
		}
	}
	if strings.Contains(got.out, "warn") || len(s.Conns()) > 0 || len(d.Identifies()) > 0 {
		t.Errorf("something is wrong, or was started:\n%s", got.out)
	}
	got.canaries(t, "doctor")
}

// TestDoctorFinds what does not work, each with what mends it, and goes on.
func TestDoctorFinds(t *testing.T) {
	s, d := slacktest.New(t), discordtest.New(t)
	dir := t.TempDir()
	file := filepath.Join(dir, "file")
	if err := os.WriteFile(file, []byte("---\ntitel: A\n---\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	taken, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	good := append(slackEnv(s), discordEnv(d)...)
	for name, test := range map[string]struct {
		env  []string
		code int
		want []string
	}{
		"nothing set up":      {nil, 0, []string{"ok    settings", "ok    pages", "warn  services: none is set up"}},
		"a wrong setting":     {[]string{"FRAMEWORKBOT_LOG_LEVEL=loud"}, exitNo, []string{`fix   settings: FRAMEWORKBOT_LOG_LEVEL: "loud" is not one of`}},
		"a token of no form":  {append(slices.Clip(good), "SLACK_BOT_TOKEN=xoxp-canary"), exitNo, []string{"fix   settings: SLACK_BOT_TOKEN: does not begin with xoxb-", "ok    discord token"}},
		"a token that leaks":  {append(slices.Clip(good), "SLACK_BOT_TOKEN=", "SLACK_BOT_TOKEN_FILE="+file), exitNo, []string{"chmod 600"}},
		"other tokens":        {append(slices.Clip(good), "SLACK_BOT_TOKEN=xoxb-canary-2", "DISCORD_TOKEN=MTIz.canary.2"), exitNo, []string{"fix   slack bot token: slack.bot_token is not valid", "fix   discord token: discord.token is not valid"}},
		"no pages":            {[]string{"FRAMEWORKBOT_PAGES=" + filepath.Join(dir, "nowhere")}, exitNo, []string{"fix   pages: "}},
		"no cache":            {[]string{"FRAMEWORKBOT_CONTENT_CACHE=" + filepath.Join(file, "x")}, exitNo, []string{"fix   content.cache: cannot be written to"}},
		"an address in use":   {[]string{"FRAMEWORKBOT_WEB_LISTEN=" + taken.Addr().String()}, 0, []string{"warn  web.listen: nobody can listen on " + taken.Addr().String()}},
		"in mode http":        {append(slices.Clip(good), "SLACK_MODE=http", "SLACK_LISTEN=127.0.0.1:0"), 0, []string{"ok    slack.listen: 127.0.0.1:0 is free", "ok    slack signing secret"}},
		"nowhere to trace to": {[]string{"OTEL_EXPORTER_OTLP_ENDPOINT=localhost:4318"}, exitNo, []string{"fix   traces: "}},
	} {
		t.Run(name, func(t *testing.T) {
			got := frameworkbotIn(test.env, "", "doctor")
			if got.code != test.code {
				t.Errorf("%+v", got)
			}
			for _, want := range test.want {
				if !strings.Contains(got.out, want) {
					t.Errorf("it does not say %q:\n%s", want, got.out)
				}
			}
			got.canaries(t, name)
		})
	}
}

// TestConfigPrint shows where each value comes from, and no secret.
func TestConfigPrint(t *testing.T) {
	dir := t.TempDir()
	secret, file := filepath.Join(dir, "token"), filepath.Join(dir, "c.yaml")
	for name, text := range map[string]string{secret: "xapp-1-canary", file: "answer: {deadline: 3s}\nslack:\n  commands: [/a, /b]\n  app_token_file: " + secret + "\n"} {
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	got := frameworkbotIn([]string{"SLACK_BOT_TOKEN=xoxb-1-canary", "FRAMEWORKBOT_LOG_FORMAT=json"}, "", "config", "print", "--config", file, "--pages", "mine")
	lines := map[string]string{}
	for line := range strings.Lines(got.out) {
		key, rest, _ := strings.Cut(line, ":")
		lines[key] = strings.Join(strings.Fields(rest), " ")
	}
	for key, want := range map[string]string{
		"pages": "mine # --pages", "answer.deadline": "3s # " + file + ":1", "slack.commands": "[/a, /b] # " + file + ":3", "log.format": "json # FRAMEWORKBOT_LOG_FORMAT",
		"log.level": "info # default", "slack.enabled": "auto # default", "slack.bot_token": "[redacted] # SLACK_BOT_TOKEN", "slack.bot_token_file": "# default",
		"slack.app_token": "# default", "slack.app_token_file": secret + " # " + file + ":4", "limits.burst": "60 # default", "content.builtin": "true # default",
	} {
		if lines[key] != want {
			t.Errorf("%s: %q, want %q", key, lines[key], want)
		}
	}
	if got.code != 0 || len(lines) != len(settings) {
		t.Errorf("%d lines of %d settings: %+v", len(lines), len(settings), got)
	}
	got.canaries(t, "config print")
	got = frameworkbotIn([]string{"SLACK_MODE=pigeon", "SLACK_BOT_TOKEN=xoxb-1"}, "", "config", "print")
	if got.code != exitNo || !strings.Contains(got.out, "SLACK_MODE") || strings.Contains(got.out, "default") {
		t.Errorf("%+v", got)
	}
}

// TestLoggingChanges: what was made of a logger before changes with it.
func TestLoggingChanges(t *testing.T) {
	var b strings.Builder
	var l logging
	c := defaults()
	l.set(&c)
	log := l.logger(&b).With("a", 1).WithGroup("g")
	log.Debug("one")
	log.Info("two", "b", time.Second)
	c.Log.Level, c.Log.Format = -4, "json"
	l.set(&c)
	log.Debug("three", "b", 3)
	if got := b.String(); strings.Contains(got, "one") || !strings.Contains(got, "msg=two a=1 g.b=1s") || !strings.Contains(got, `"msg":"three","a":1,"g":{"b":3}`) {
		t.Error(got)
	}
}
