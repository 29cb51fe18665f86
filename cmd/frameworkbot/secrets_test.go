package main

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"

	"frameworkbot/bot/discord/discordtest"
)

// secretEnv has a canary in every secret, of the form that the services give.
var secretEnv = []string{
	"SLACK_BOT_TOKEN=xoxb-1111-2222-canary", "SLACK_APP_TOKEN=xapp-1-A111-3333-canary", "SLACK_SIGNING_SECRET=canary5f1e2d3c4b5a69788796a5b4c3d2e1f0",
	"DISCORD_TOKEN=MTE4MDAwMDAwMDAwMDAwMDIwMg.Gcanar.canarycanarycanarycanarycanarycanary", "FRAMEWORKBOT_LOG_LEVEL=debug",
}

// TestCommandsShowNoSecrets runs every command with secrets around it.
func TestCommandsShowNoSecrets(t *testing.T) {
	unreachable := append(slices.Clip(secretEnv), "DISCORD_API_URL=http://127.0.0.1:9/api", "SLACK_API_URL=http://127.0.0.1:9/api/")
	for _, line := range []string{
		"", "ask laravel", "ask --batch", "chat --verbose", "check", "eval", "config validate", "config print", "config schema", "doctor", "health", "list", "register discord", "import --help", "manifest slack", "manifest discord --application-id 1",
		"render --as slack laravel", "render --as discord laravel", "serve --pages nowhere", "serve --nonsense", "nonsense",
	} {
		frameworkbotIn(unreachable, "laravel\n", strings.Fields(line)...).canaries(t, line)
	}
}

// TestMistakesShowNoSecrets sets secrets in wrong forms and wrong places.
func TestMistakesShowNoSecrets(t *testing.T) {
	const token = "xoxb-1111-2222-canary"
	for _, s := range settings {
		for _, value := range []string{token, token + "\n", " " + token, `"` + token + `"`, "Bearer canary-of-a-person", "/framework," + token} {
			for _, args := range [][]string{{"config", "validate"}, {"config", "print"}, {"serve"}, {"ask", "laravel"}} {
				if s.key == "pages" { // a folder is no secret, and is named
					continue
				}
				env := append(slices.Clip(secretEnv), variable(s.key)+"="+value, "SLACK_LISTEN=nowhere")
				frameworkbotIn(env, "", args...).canaries(t, s.key+" "+strings.Join(args, " "))
			}
		}
	}
	for _, text := range []string{
		"slack: canary", "slack: [canary]", "slack: {bot_token: [canary]}", "slack: {bot_token: {canary: 1}}", "slack: {bot_token: !!int canary}",
		"slack: {bot_token: 'canary}", "slack:\n  bot_token: xoxb-canary: x\n", "slack:\n\tbot_token: canary", "slack: {bot_token: xoxb-canary, bot_token: xoxb-canary}",
		"slack: {xoxb-canary: 1}", "slack: {bot_token: *xoxb-canary}", "slack: {mode: xoxb-canary}", "slack: {bot_token: canary", "slack: {bot_token: !canary canary}",
		"slack: {commands: [xoxb-canary, /a]}", "slack: {enabled: xoxb-canary}", "slack: {listen: xoxb-canary}", "slack: {bot_token_file: xoxb-canary}", "slack: {api_url: 'https://canary:canary@slack.com'}",
		"slack: {bot_token: canary}\n---\ncanary: 1", "discord: {token: canary, public_key: canary, guild_id: canary, application_id: canary}",
	} {
		file := filepath.Join(t.TempDir(), "c.yaml")
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		for _, args := range [][]string{{"config", "validate", file}, {"config", "print", "--config", file}, {"serve", "--config", file}} {
			got := frameworkbot("", args...)
			if got.code == 0 {
				t.Errorf("%s is fine with %q", args[0], text)
			}
			got.canaries(t, fmt.Sprintf("%s with %q", args[0], text))
		}
	}
}

// TestSettingsShowNoSecrets prints all settings in all ways.
func TestSettingsShowNoSecrets(t *testing.T) {
	p := newProgram(secretEnv, nil, nil, nil)
	c, problems, err := p.load("")
	if err != nil || len(problems) > 0 {
		t.Fatal(err, problems)
	}
	slackConfig, _, _ := c.slackPlatform()
	discordConfig, _, _ := c.discordPlatform()
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q"} {
		outcome{out: fmt.Sprintf(verb+verb+verb, c, slackConfig, discordConfig)}.canaries(t, verb)
	}
}

// TestSecretFiles are those that stories cannot make.
func TestSecretFiles(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) string {
		file := filepath.Join(dir, name)
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return file
	}
	link := filepath.Join(dir, "link")
	if err := os.Symlink(write("windows", "xoxb-1\r\n"), link); err != nil {
		t.Fatal(err)
	}
	for name, test := range map[string]struct{ file, want, err string }{
		"no line break":                     {write("a", "xoxb-1"), "xoxb-1", ""},
		"one line break":                    {write("b", "xoxb-1\n"), "xoxb-1", ""},
		"two line breaks":                   {write("c", "xoxb-1\n\n"), "xoxb-1\n", ""}, // which the platform refuses
		"of Windows":                        {link, "xoxb-1", ""},
		"a folder":                          {dir, "", "is not a file"},
		"too large":                         {write("d", strings.Repeat("x", longestSecret+1)), "", "has more than 16384 bytes"},
		"a very long name that is a secret": {strings.Repeat("canary", 1000), "", "cannot be looked at"},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := readSecret(test.file)
			if got.Reveal() != test.want || (err == nil) != (test.err == "") {
				t.Fatalf("got %q, %v", got.Reveal(), err)
			}
			if err != nil && (!strings.Contains(err.Error(), test.err) || strings.Contains(err.Error(), "canary")) {
				t.Errorf("got %v, want %s", err, test.err)
			}
		})
	}
	if os.Geteuid() == 0 || runtime.GOOS == "windows" {
		return // everything can be read
	}
	file := write("e", "xoxb-1")
	if err := os.Chmod(file, 0o200); err != nil {
		t.Fatal(err)
	}
	if _, err := readSecret(file); err == nil || !strings.Contains(err.Error(), "permission denied") {
		t.Errorf("got %v", err)
	}
}

func TestRegister(t *testing.T) {
	d := discordtest.New(t)
	env := discordEnv(d, "DISCORD_ENABLED=false", "DISCORD_MODE=http", "DISCORD_PUBLIC_KEY=") // it need not be served, to be registered
	for _, want := range []string{"Discord now knows the commands, in all servers.\n", "Discord knew the commands already, in all servers.\n"} {
		if got := frameworkbotIn(env, "", "register", "discord"); got.code != 0 || got.out != want {
			t.Errorf("got %+v, want %q", got, want)
		}
	}
	if len(d.Commands("")) == 0 {
		t.Error("there are no commands")
	}
	got := frameworkbotIn(append(env, "DISCORD_GUILD_ID="+discordtest.GuildID), "", "register", "discord")
	if got.code != 0 || got.out != "Discord now knows the commands, in the server "+discordtest.GuildID+".\n" || len(d.Commands(discordtest.GuildID)) == 0 {
		t.Errorf("got %+v", got)
	}
	got = frameworkbotIn(append(env, "DISCORD_TOKEN=MTIz.canary.of-another-application"), "", "register", "discord")
	if got.code != exitWrong || !strings.Contains(got.errs, "register: discord.token is not valid") {
		t.Errorf("got %+v", got)
	}
	got.canaries(t, "register with another token")
}
