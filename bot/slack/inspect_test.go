package slack

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"frameworkbot/bot"
	"frameworkbot/bot/slack/slacktest"
)

// saidOf are findings as lines, without what holds a canary.
func saidOf(t *testing.T, found []bot.Finding) string {
	t.Helper()
	var b strings.Builder
	for _, f := range found {
		b.WriteString(string(f.Verdict) + " " + f.About + ": " + f.Text + "\n")
	}
	if strings.Contains(b.String(), "canary") {
		t.Errorf("a finding holds a secret:\n%s", b.String())
	}
	return b.String()
}

func TestInspect(t *testing.T) {
	for name, test := range map[string]struct {
		mode   string
		before func(*slacktest.Server)
		token  string
		after  time.Duration // that our clock is ahead
		want   []string
	}{
		"all is well": {Socket, func(s *slacktest.Server) { s.Scopes("commands,chat:write,im:history,app_mentions:read") }, "", 0, []string{
			"ok slack bot token: is that of U0BOT in the workspace T0TEAM\n", "ok slack scopes: are those of the manifest\n", "ok slack clock: ", "ok slack app token: opens connections\n",
		}},
		"over HTTP":      {HTTP, nil, "", 0, []string{"ok slack signing secret: is set"}},
		"more scopes":    {Socket, nil, "", 0, []string{"warn slack scopes: are more than the bot needs: take away im:write\n"}},
		"fewer scopes":   {Socket, func(s *slacktest.Server) { s.Scopes("commands") }, "", 0, []string{"fix slack scopes: lack app_mentions:read, chat:write, im:history: paste what \"frameworkbot manifest slack\" prints"}},
		"unknown scopes": {Socket, func(s *slacktest.Server) { s.Scopes("") }, "", 0, []string{"warn slack scopes: are not known"}},
		"another token":  {Socket, nil, "xoxb-canary-other", 0, []string{"fix slack bot token: slack.bot_token is not valid: copy it again"}},
		"our clock":      {Socket, nil, "", time.Hour, []string{"fix slack clock: runs ", "signed requests are refused"}},
		"no app token": {Socket, func(s *slacktest.Server) {
			s.Fail("apps.connections.open", slacktest.Fault{Error: "missing_scope"})
		}, "", 0, []string{"fix slack app token: slack.app_token lacks the scope connections:write"}},
		"out of order": {Socket, func(s *slacktest.Server) {
			s.Fail("auth.test", slacktest.Fault{Error: "internal_error"})
		}, "", 0, []string{"fix slack bot token: Slack says internal_error: try again"}},
		"a busy network": {Socket, func(s *slacktest.Server) {
			s.Fail("auth.test", slacktest.Fault{Status: http.StatusTooManyRequests, RetryAfter: "30"})
		}, "", 0, []string{"fix slack bot token: Slack refuses calls for 30s"}},
		"no network": {Socket, func(s *slacktest.Server) {
			s.Fail("auth.test", slacktest.Fault{Reset: true})
		}, "", 0, []string{"fix slack bot token: Slack cannot be reached"}},
	} {
		t.Run(name, func(t *testing.T) {
			s := slacktest.New(t)
			if test.before != nil {
				test.before(s)
			}
			cfg := Config{
				Mode: test.mode, APIURL: s.URL(), BotToken: bot.NewSecret(slacktest.BotToken), AppToken: bot.NewSecret(slacktest.AppToken), SigningSecret: bot.NewSecret(slacktest.SigningSecret),
			}
			if test.token != "" {
				cfg.BotToken = bot.NewSecret(test.token)
			}
			cfg, faults := cfg.Check()
			if len(faults) > 0 {
				t.Fatal(faults)
			}
			got := saidOf(t, Inspect(t.Context(), cfg, func() time.Time { return time.Now().Add(test.after) }))
			for _, want := range test.want {
				if !strings.Contains(got, want) {
					t.Errorf("it is not said: %s\n%s", want, got)
				}
			}
			if conns := s.Conns(); len(conns) > 0 {
				t.Errorf("%d connections were opened", len(conns))
			}
		})
	}
}
