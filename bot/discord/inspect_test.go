package discord

import (
	"log/slog"
	"strings"
	"testing"
	"time"

	"frameworkbot/bot"
	"frameworkbot/bot/discord/discordtest"
)

func TestInspect(t *testing.T) {
	set := func(change func(*discordtest.Settings)) func(*discordtest.Server, *Config) {
		return func(s *discordtest.Server, _ *Config) { s.Change(change) }
	}
	for name, test := range map[string]struct {
		mode   string
		before func(*discordtest.Server, *Config)
		after  time.Duration // that our clock is ahead
		want   []string
	}{
		"all is well": {Gateway, func(s *discordtest.Server, c *Config) {
			if _, err := Register(t.Context(), *c, slog.New(slog.DiscardHandler)); err != nil {
				t.Fatal(err)
			}
		}, 0, []string{
			"ok discord token: is that of the bot ", "ok discord clock: ", "ok discord application: fits discord.mode gateway\n",
			"ok discord intents: none", "ok discord gateway: 1000 of 1000 sessions may be started today, for 1 shards\n", "ok discord commands: are registered in all servers\n",
		}},
		"nothing registered":  {Gateway, nil, 0, []string{"warn discord commands: differ from those that are registered in all servers: \"frameworkbot register discord\""}},
		"of one server":       {Gateway, func(_ *discordtest.Server, c *Config) { c.GuildID = discordtest.GuildID }, 0, []string{"registered in the server " + discordtest.GuildID}},
		"another token":       {Gateway, func(_ *discordtest.Server, c *Config) { c.Token = bot.NewSecret("MTIz.canary.of-another") }, 0, []string{"fix discord token: discord.token is not valid"}},
		"no network":          {Gateway, func(s *discordtest.Server, _ *Config) { s.FailAlways("GET /users/@me", discordtest.Reset()) }, 0, []string{"fix discord token: Discord cannot be reached"}},
		"banned":              {Gateway, func(s *discordtest.Server, _ *Config) { s.FailAlways("GET /users/@me", discordtest.Banned()) }, 0, []string{"fix discord token: the network before Discord refuses this machine"}},
		"out of order":        {Gateway, func(s *discordtest.Server, _ *Config) { s.FailAlways("GET /gateway/bot", discordtest.BadGateway()) }, 0, []string{"fix discord gateway: Discord says status 502"}},
		"no sessions left":    {Gateway, set(func(s *discordtest.Settings) { s.StartsLeft = 7 }), 0, []string{"fix discord gateway: 7 of 1000 sessions may be started today", "wait for 24h0m0s"}},
		"few sessions left":   {Gateway, set(func(s *discordtest.Settings) { s.StartsLeft = 400 }), 0, []string{"warn discord gateway: 400 of 1000"}},
		"more intents":        {Gateway, set(func(s *discordtest.Settings) { s.Flags = 1<<15 | 1<<18 }), 0, []string{"warn discord intents: are more than the bot needs: switch GUILD_MEMBERS, MESSAGE_CONTENT off"}},
		"an endpoint":         {Gateway, set(func(s *discordtest.Settings) { s.EndpointURL = "https://bot.example.com/discord" }), 0, []string{"fix discord application: has an Interactions Endpoint URL"}},
		"no endpoint":         {HTTP, nil, 0, []string{"warn discord application: has no Interactions Endpoint URL"}},
		"an endpoint is good": {HTTP, set(func(s *discordtest.Settings) { s.EndpointURL = "https://bot.example.com/discord" }), 0, []string{"ok discord application: fits discord.mode http"}},
		"another key":         {HTTP, func(_ *discordtest.Server, c *Config) { c.PublicKey = strings.Repeat("ab", 32) }, 0, []string{"fix discord application: has another public key"}},
		"another application": {Gateway, func(_ *discordtest.Server, c *Config) { c.ApplicationID = "42" }, 0, []string{"warn discord application: discord.application_id is another application's"}},
		"our clock":           {Gateway, nil, -time.Hour, []string{"fix discord clock: runs ", " behind"}},
	} {
		t.Run(name, func(t *testing.T) {
			d := discordtest.New(t)
			cfg := Config{Mode: test.mode, Token: bot.NewSecret(d.Token()), PublicKey: d.PublicKey(), APIURL: d.URL()}.withDefaults()
			if test.before != nil {
				test.before(d, &cfg)
			}
			var b strings.Builder
			for _, f := range Inspect(t.Context(), cfg, func() time.Time { return time.Now().Add(test.after) }) {
				b.WriteString(string(f.Verdict) + " " + f.About + ": " + f.Text + "\n")
			}
			got := b.String()
			for _, want := range test.want {
				if !strings.Contains(got, want) {
					t.Errorf("it is not said: %s\n%s", want, got)
				}
			}
			if strings.Contains(got, "canary") || strings.Contains(got, d.Token()) {
				t.Errorf("a finding holds a secret:\n%s", got)
			}
			if len(d.Identifies()) > 0 {
				t.Error("a session was started")
			}
		})
	}
}
