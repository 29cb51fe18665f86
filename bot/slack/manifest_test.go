package slack

import (
	"encoding/json"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/slack-go/slack"
)

// made is a manifest as the library reads it, which knows all its keys.
func made(t *testing.T, c ManifestConfig) (data []byte, m slack.Manifest) {
	t.Helper()
	data, err := Manifest(c)
	if err != nil {
		t.Fatal(err)
	}
	d := json.NewDecoder(strings.NewReader(string(data)))
	d.DisallowUnknownFields()
	if err := d.Decode(&m); err != nil {
		t.Fatal(err)
	}
	return data, m
}

var inHTTP = ManifestConfig{Mode: HTTP, URL: "https://bot.example.com/", Commands: []string{"/framework", "/fw"}, Name: "library"}

// TestManifest: the manifest holds all that the bot does, and keeps Slack's limits.
func TestManifest(t *testing.T) {
	for _, c := range []ManifestConfig{{}, {Mode: Socket, Commands: []string{"/fw"}}, inHTTP} {
		_, m := made(t, c)
		if diff := cmp.Diff([]string{"app_mentions:read", "chat:write", "commands", "im:history"}, m.OAuthConfig.Scopes.Bot); diff != "" {
			t.Errorf("scopes: %s", diff)
		}
		events := m.Settings.EventSubscriptions.BotEvents
		for _, e := range []string{"app_mention", "message.im", "app_home_opened"} {
			if !slices.Contains(events, e) {
				t.Errorf("the event %s is missing", e)
			}
		}
		if !m.Settings.Interactivity.IsEnabled || m.Settings.SocketModeEnabled != (c.Mode != HTTP) {
			t.Errorf("settings: %+v", m.Settings)
		}
		if h := m.Features.AppHome; !h.HomeTabEnabled || !h.MessagesTabEnabled || h.MessagesTabReadOnlyEnabled {
			t.Errorf("the App Home: %+v", h)
		}
		for _, limit := range []struct {
			what       string
			size, most int
		}{
			{"name", units(m.Display.Name), maxAppName},
			{"description", units(m.Display.Description), maxAppDescription},
			{"name of the bot", units(m.Features.BotUser.DisplayName), maxBotName},
			{"shortcuts", len(m.Features.Shortcuts), maxShortcuts},
			{"name of the shortcut", units(m.Features.Shortcuts[0].Name), maxShortcutName},
			{"commands", len(m.Features.SlashCommands), maxSlashCommands},
			{"events", len(events), maxBotEvents},
		} {
			if limit.size == 0 || limit.size > limit.most {
				t.Errorf("%s: %d of %d", limit.what, limit.size, limit.most)
			}
		}
	}
}

// TestManifestAddresses: in http mode Slack knows where everything is, and the bot is there.
func TestManifestAddresses(t *testing.T) {
	_, m := made(t, inHTTP)
	got := []string{
		m.Settings.EventSubscriptions.RequestUrl, m.Features.SlashCommands[0].Url, m.Features.SlashCommands[1].Url,
		m.Settings.Interactivity.RequestUrl, m.Settings.Interactivity.MessageMenuOptionsUrl,
	}
	base := "https://bot.example.com"
	want := []string{base + "/slack/events", base + "/slack/commands", base + "/slack/commands", base + "/slack/interactivity", base + "/slack/options"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	for _, address := range got {
		if !slices.Contains(Paths, strings.TrimPrefix(address, base)) {
			t.Errorf("the bot does not serve %s", address)
		}
	}
	if data, _ := made(t, ManifestConfig{}); strings.Contains(string(data), "url") {
		t.Errorf("in socket mode there are addresses: %s", data)
	}
	if data, _ := made(t, ManifestConfig{}); !strings.Contains(string(data), `"messages_tab_read_only_enabled": false`) {
		t.Error("nobody can write to the bot")
	}
}

func TestManifestFaults(t *testing.T) {
	for want, c := range map[string]ManifestConfig{
		"mode:":                     {Mode: "carrier pigeon"},
		"url: is missing":           {Mode: HTTP},
		"url: Slack calls":          {URL: "https://bot.example.com"},
		"url: must begin with http": {Mode: HTTP, URL: "http://bot.example.com"},
		"url: must not hold":        {Mode: HTTP, URL: "https://a:b@bot.example.com"},
		"commands: \"framework\"":   {Commands: []string{"framework"}},
		"commands: an app":          {Commands: slices.Repeat([]string{"/fw"}, 51)},
		"name:":                     {Name: strings.Repeat("n", 36)},
	} {
		if _, err := Manifest(c); err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%+v: got %v, want %s", c, err, want)
		}
	}
}

// TestManifestLink: the link carries the whole manifest.
func TestManifestLink(t *testing.T) {
	data, _ := made(t, inHTTP)
	u, err := url.Parse(ManifestLink(data))
	if err != nil {
		t.Fatal(err)
	}
	if u.Scheme != "https" || u.Host != "api.slack.com" || u.Path != "/apps" || u.Query().Get("new_app") != "1" || strings.Contains(u.RawQuery, "+") {
		t.Errorf("the link leads to %s", u)
	}
	var want, got any
	if err := json.Unmarshal(data, &want); err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal([]byte(u.Query().Get("manifest_json")), &got); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}
