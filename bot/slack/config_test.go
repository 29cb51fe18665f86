package slack

import (
	"fmt"
	"strings"
	"testing"

	"frameworkbot/bot"
)

func good() Config {
	return Config{BotToken: bot.NewSecret("xoxb-1-canary"), AppToken: bot.NewSecret("xapp-1-canary"), SigningSecret: bot.NewSecret("canary")}
}

func TestConfigHasDefaults(t *testing.T) {
	c, faults := good().Check()
	if len(faults) > 0 {
		t.Fatal(faults)
	}
	if c.Mode != Socket || c.APIURL != DefaultAPI || len(c.Commands) != 1 || c.Commands[0] != "/framework" {
		t.Errorf("got %+v", c)
	}
}

func TestConfigFaults(t *testing.T) {
	for name, test := range map[string]struct {
		change func(*Config)
		want   string
	}{
		"no bot token":      {func(c *Config) { c.BotToken = bot.Secret{} }, "bot_token: is not set: it begins with xoxb-"},
		"swapped tokens":    {func(c *Config) { c.BotToken = c.AppToken }, "bot_token: does not begin with xoxb-"},
		"pasted line break": {func(c *Config) { c.AppToken = bot.NewSecret("xapp-1\n") }, "app_token: has a space, a quote or a line break in it"},
		"no app token":      {func(c *Config) { c.AppToken = bot.Secret{} }, "app_token: is not set"},
		"no signing secret": {func(c *Config) { c.Mode, c.SigningSecret = HTTP, bot.Secret{} }, "signing_secret: is not set"},
		"unknown mode":      {func(c *Config) { c.Mode = "rtm" }, `mode: "rtm" is not one of socket, http`},
		"plain http":        {func(c *Config) { c.APIURL = "http://slack.com/api/" }, "api_url: must begin with https://"},
		"command":           {func(c *Config) { c.Commands = []string{"framework"} }, `commands: "framework" does not begin with a slash`},
		"long command":      {func(c *Config) { c.Commands = []string{"/" + strings.Repeat("x", 32)} }, "must have 2 to 32 characters"},
		"capital letters":   {func(c *Config) { c.Commands = []string{"/Framework"} }, "may hold small letters"},
	} {
		t.Run(name, func(t *testing.T) {
			c := good()
			test.change(&c)
			_, faults := c.Check()
			var said strings.Builder
			for _, f := range faults {
				fmt.Fprintf(&said, "%s: %s\n", f.Key, f.Text)
			}
			if !strings.Contains(said.String(), test.want) {
				t.Errorf("got %q, want %q in it", said.String(), test.want)
			}
			if strings.Contains(said.String()+fmt.Sprintf("%v%+v%#v", c, c, c), "canary") {
				t.Error("a secret is shown")
			}
		})
	}
}

func TestLoopbackMayBePlain(t *testing.T) {
	c := good()
	c.APIURL = "http://127.0.0.1:4000/api"
	if c, faults := c.Check(); len(faults) > 0 || c.APIURL != "http://127.0.0.1:4000/api/" {
		t.Errorf("%v, %v", c.APIURL, faults)
	}
}
