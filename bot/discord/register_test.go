package discord

import (
	"maps"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"frameworkbot/bot"
	"frameworkbot/bot/discord/discordtest"
)

const (
	gets = "GET /applications/*/commands"
	puts = "PUT /applications/*/commands"
)

func TestRegistersByDifference(t *testing.T) {
	for guild, route := range map[string]string{"": "/applications/*/commands", discordtest.GuildID: "/applications/*/guilds/*/commands"} {
		d := discordtest.New(t)
		cfg, faults := Config{Token: bot.NewSecret(d.Token()), APIURL: d.URL(), GuildID: guild}.Check()
		if len(faults) > 0 {
			t.Fatal(faults)
		}
		for i, want := range []bool{true, false, false} {
			changed, err := Register(t.Context(), cfg, quietLog())
			if err != nil || changed != want {
				t.Errorf("guild %q, time %d: changed %v, %v", guild, i+1, changed, err)
			}
		}
		if n := len(d.Requests("PUT " + route)); n != 1 {
			t.Errorf("guild %q: %d overwrites, want 1", guild, n)
		}
		if n := len(d.Commands(guild)); n != len(commandDefinitions(CommandName)) {
			t.Errorf("guild %q: %d commands", guild, n)
		}
		for _, r := range d.Requests("PUT " + route) {
			if has := strings.Contains(string(r.Body), "contexts"); has != (guild == "") {
				t.Errorf("guild %q: sent %s", guild, r.Body)
			}
		}
	}
}

// TestRegistersWhatSomebodyChanged: by hand, or another version of the bot.
func TestRegistersWhatSomebodyChanged(t *testing.T) {
	for name, change := range map[string]func(all []map[string]any) []map[string]any{
		"one more": func(all []map[string]any) []map[string]any {
			return append(all, map[string]any{"type": 2.0, "name": "Old"})
		},
		"one less":    func(all []map[string]any) []map[string]any { return all[1:] },
		"description": func(all []map[string]any) []map[string]any { all[0]["description"] = "x"; return all },
		"localised": func(all []map[string]any) []map[string]any {
			all[0]["name_localizations"] = map[string]any{"de": "x"}
			return all
		},
		"permissions":    func(all []map[string]any) []map[string]any { all[0]["default_member_permissions"] = "0"; return all },
		"age-restricted": func(all []map[string]any) []map[string]any { all[0]["nsfw"] = true; return all },
		"places":         func(all []map[string]any) []map[string]any { all[0]["contexts"] = []any{0.0}; return all },
		"option's order": func(all []map[string]any) []map[string]any {
			options := all[0]["options"].([]any)
			options[0], options[1] = options[1], options[0]
			return all
		},
		"option": func(all []map[string]any) []map[string]any {
			all[0]["options"].([]any)[0].(map[string]any)["required"] = true
			return all
		},
	} {
		d := New(good(), quietLog())
		want, err := d.commands()
		if err != nil {
			t.Fatal(err)
		}
		have, _ := d.commands()
		if have = change(have); sameCommands(want, have) {
			t.Errorf("%s: not noticed", name)
		}
	}
}

// TestSameCommandsIgnoresWhatDiscordAdds also ignores the order of commands.
func TestSameCommandsIgnoresWhatDiscordAdds(t *testing.T) {
	for _, guild := range []string{"", discordtest.GuildID} {
		cfg := good()
		cfg.GuildID = guild
		d := New(cfg, quietLog())
		want, _ := d.commands()
		have, _ := d.commands()
		for _, c := range have {
			maps.Copy(c, map[string]any{
				"id": "1", "application_id": "2", "version": "3", "nsfw": false, "default_member_permissions": nil, "dm_permission": true,
				"default_permission": true, "name_localizations": nil, "description_localizations": map[string]any{}, "guild_id": guild,
			})
			if guild != "" {
				c["contexts"], c["integration_types"] = nil, []any{0.0}
			}
			if c["description"] == nil {
				c["description"], c["options"] = "", []any{}
			}
		}
		have[0], have[1] = have[1], have[0]
		if !sameCommands(want, have) {
			t.Errorf("guild %q: held to be different:\n%v\n%v", guild, want, have)
		}
	}
}

// TestStartRegistersOnce: the second start overwrites nothing.
func TestStartRegistersOnce(t *testing.T) {
	modes(t, func(t *testing.T, mode string) {
		d := discordtest.New(t)
		for range 3 {
			s := startScene(t, d, mode, parrot)
			s.Await("the commands to be compared", func() bool { return len(d.Commands("")) > 0 })
			s.finish()
		}
		if n := len(d.Requests(puts)); n != 1 {
			t.Errorf("%d overwrites", n)
		}
	})
}

// TestFailureToRegisterStopsNothing: the commands may be there from before.
func TestFailureToRegisterStopsNothing(t *testing.T) {
	modes(t, func(t *testing.T, mode string) {
		synctest.Test(t, func(t *testing.T) {
			d := discordtest.NewInMemory(t)
			d.FailAlways(gets, discordtest.Refused(403, 20012))
			s := startScene(t, d, mode, parrot)
			time.Sleep(time.Second) // of the bubble
			in := s.Command("framework", discordtest.Option("name", "laravel"))
			s.do(in)
			s.Answer(in)
			s.finish()
			if s.log.count("commands could not be registered") != 1 {
				t.Errorf("log: %s", s.log)
			}
		})
	})
}

func TestRegisterFails(t *testing.T) {
	d := discordtest.New(t)
	cfg, _ := Config{Token: bot.NewSecret("another.token.canary"), APIURL: d.URL()}.Check()
	if changed, err := Register(t.Context(), cfg, quietLog()); changed || err == nil || !strings.Contains(err.Error(), "discord.token is not valid") || strings.Contains(err.Error(), "canary") {
		t.Errorf("changed %v, %v", changed, err)
	}
}
