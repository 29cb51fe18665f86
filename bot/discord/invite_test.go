package discord

import (
	"net/url"
	"testing"

	"frameworkbot/bot/discord/discordtest"
)

// TestInvitesAskForTheLeast holds the permissions against their numbers in
// https://docs.discord.com/developers/topics/permissions.
func TestInvitesAskForTheLeast(t *testing.T) {
	const want = 1<<10 | 1<<11 | 1<<14 | 1<<16 | 1<<38
	if Permissions != want {
		t.Errorf("permissions are %d, want %d", int64(Permissions), int64(want))
	}
	all := Invites(discordtest.ApplicationID)
	if len(all) != 2 {
		t.Fatalf("got %d links", len(all))
	}
	for i, values := range []url.Values{
		{"client_id": {discordtest.ApplicationID}, "scope": {"bot applications.commands"}, "integration_type": {"0"}, "permissions": {"274877991936"}},
		{"client_id": {discordtest.ApplicationID}, "scope": {"applications.commands"}, "integration_type": {"1"}},
	} {
		u, err := url.Parse(all[i].URL)
		if err != nil || u.Scheme != "https" || u.Host != "discord.com" || u.Path != "/oauth2/authorize" || all[i].Title == "" {
			t.Errorf("%+v: %v", all[i], err)
			continue
		}
		if got := u.Query().Encode(); got != values.Encode() {
			t.Errorf("got %s, want %s", got, values.Encode())
		}
	}
}
