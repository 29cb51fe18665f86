package discord

import (
	"fmt"
	"strings"
	"testing"

	"frameworkbot/bot"
)

func good() Config {
	return Config{Token: bot.NewSecret("MTE4MDAwMDAwMDAwMDAwMDIwMg.Gcanar.canarycanarycanarycanarycanary")}
}

func TestConfigHasDefaults(t *testing.T) {
	c, faults := good().Check()
	if len(faults) > 0 {
		t.Fatal(faults)
	}
	if c.Mode != Gateway || c.APIURL != DefaultAPI || c.Style != Components || c.Suggest == nil {
		t.Errorf("got %+v", c)
	}
}

func TestConfigTakesTheTokenWithBotBeforeIt(t *testing.T) {
	c := good()
	c.Token = bot.NewSecret("Bot " + c.Token.Reveal())
	c, faults := c.Check()
	if len(faults) > 0 || c.Token.Reveal() != good().Token.Reveal() {
		t.Errorf("%v", faults)
	}
}

func TestConfigFaults(t *testing.T) {
	key := strings.Repeat("ab", 32)
	for name, test := range map[string]struct {
		change func(*Config)
		want   string // "" if nothing is wrong
	}{
		"no token":             {func(c *Config) { c.Token = bot.Secret{} }, "token: is not set"},
		"token of Slack":       {func(c *Config) { c.Token = bot.NewSecret("xoxb-1-canary") }, "token: is a token for Slack"},
		"application ID":       {func(c *Config) { c.Token = bot.NewSecret("1180000000000000101") }, "token: is a number"},
		"public key for token": {func(c *Config) { c.Token = bot.NewSecret(key) }, "token: is the application's public key"},
		"token of a person":    {func(c *Config) { c.Token = bot.NewSecret("Bearer canary") }, "token: is a token of a person"},
		"pasted line break":    {func(c *Config) { c.Token = bot.NewSecret("canary.x.y\n") }, "token: has a space, a quote or a line break"},
		"pasted quotes":        {func(c *Config) { c.Token = bot.NewSecret(`"canary.x.y"`) }, "token: has a space, a quote or a line break"},
		"token not of ASCII":   {func(c *Config) { c.Token = bot.NewSecret("canary…") }, "token: has a space"},
		"plain token":          {func(c *Config) { c.Token = bot.NewSecret("test-token") }, ""},
		"unknown mode":         {func(c *Config) { c.Mode = "webhook" }, `mode: "webhook" is not one of gateway, http`},
		"no public key":        {func(c *Config) { c.Mode = HTTP }, "public_key: is not set"},
		"short public key":     {func(c *Config) { c.Mode, c.PublicKey = HTTP, key[2:] }, "public_key: has 31 bytes in place of 32"},
		"odd public key":       {func(c *Config) { c.Mode, c.PublicKey = HTTP, key[1:] }, "public_key: is not hexadecimal"},
		"public key of zeros":  {func(c *Config) { c.Mode, c.PublicKey = HTTP, strings.Repeat("0", 64) }, "public_key: is nothing but zeros"},
		"public key":           {func(c *Config) { c.Mode, c.PublicKey = HTTP, key }, ""},
		"gateway needs no key": {func(c *Config) { c.PublicKey = "x" }, ""},
		"application's name":   {func(c *Config) { c.ApplicationID = "frameworkbot" }, "application_id: is not a number"},
		"negative application": {func(c *Config) { c.ApplicationID = "-5" }, "application_id: is not a number"},
		"server's name":        {func(c *Config) { c.GuildID = "my server" }, "guild_id: is not a number"},
		"plain http":           {func(c *Config) { c.APIURL = "http://discord.com/api" }, "api_url: must begin with https://"},
		"version in address":   {func(c *Config) { c.APIURL = "https://discord.com/api/v10" }, "api_url: must end in /api, without a version"},
		"api in a query":       {func(c *Config) { c.APIURL = "https://example.com/?x=/api" }, "api_url: must end in /api"},
		"slash at the end":     {func(c *Config) { c.APIURL = "https://discord.com/api/" }, ""},
		"loopback":             {func(c *Config) { c.APIURL = "http://127.0.0.1:4000/api" }, ""},
		"unknown style":        {func(c *Config) { c.Style = "fancy" }, `style: "fancy" is not one of components, embed, text`},
	} {
		t.Run(name, func(t *testing.T) {
			c := good()
			test.change(&c)
			_, faults := c.Check()
			var said strings.Builder
			for _, f := range faults {
				fmt.Fprintf(&said, "%s: %s\n", f.Key, f.Text)
			}
			if !strings.Contains(said.String(), test.want) || test.want == "" && said.Len() > 0 {
				t.Errorf("got %q, want %q in it", said.String(), test.want)
			}
			if strings.Contains(said.String()+fmt.Sprintf("%v%+v%#v", c, c, c), "canary") {
				t.Error("a secret is shown")
			}
		})
	}
}

func TestConfigTellsAllFaultsAtOnce(t *testing.T) {
	_, faults := Config{Mode: "x", Style: "y", GuildID: "z", APIURL: "ftp://a"}.Check()
	if len(faults) != 5 {
		t.Errorf("got %d faults, want 5: %v", len(faults), faults)
	}
}
