package main

import (
	"cmp"
	"log/slog"
	"slices"
	"time"

	"github.com/spf13/cobra"

	"frameworkbot/bot"
	"frameworkbot/bot/discord"
	"frameworkbot/bot/slack"
	"frameworkbot/index"
)

// A config holds the settings. Where they come from, the later one wins: the
// defaults, the file that --config names, the environment, the flags.
type config struct {
	Pages   string // folder, in place of all other pages; "" for those that Content names
	Content struct {
		Builtin bool
		Dirs    []string
		Cache   string // folder; "" keeps all in memory
	}
	Answer struct {
		Deadline time.Duration
	}
	Limits bot.Limits
	Log    struct {
		Level  slog.Level
		Format string // "text" or "json"
	}
	Ops struct {
		Listen string // "" for nowhere
	}
	Trace struct {
		Endpoint string // "" for nowhere
	}
	Web struct {
		Listen string // "": if no service is set up, on this machine alone; "off"
		Hosts  []string
	}
	Slack   slackConfig
	Discord discordConfig

	set map[string]place // where each key that is set was set
}

// A slackConfig is what a [slack.Config] is made of. Secrets are read from
// their files only by the commands that need them.
type slackConfig struct {
	Enabled       *bool // nil: if there is a bot token
	Mode          string
	BotToken      source
	AppToken      source
	SigningSecret source
	Listen        string // in mode http
	APIURL        string
	Commands      []string
}

// A discordConfig is what a [discord.Config] is made of.
type discordConfig struct {
	Enabled       *bool // nil: if there is a token
	Mode          string
	Token         source
	ApplicationID string
	PublicKey     string
	GuildID       string
	Listen        string // in mode http
	APIURL        string
	Style         string
}

func defaults() config {
	var c config
	c.Content.Builtin = true
	c.Answer.Deadline = 2 * time.Second
	c.Limits = bot.Limits{PerMinute: 120, Burst: 60}
	c.Log.Format = "text"
	c.Slack = slackConfig{Mode: slack.Socket, Listen: ":3000", APIURL: slack.DefaultAPI, Commands: []string{"/framework"}}
	c.Discord = discordConfig{Mode: discord.Gateway, Listen: ":3000", APIURL: discord.DefaultAPI, Style: discord.Components}
	return c
}

// A place is where a key was set.
type place struct {
	file  string // or the variable
	line  int
	key   string     // as it is written in the file, "" for a variable
	value bot.Secret // what it was set to, whatever it is

	misshapen bool // it was set to what cannot be read, which was reported
}

// problem is something that is wrong with what was set there.
func (at place) problem(text string) index.Problem {
	if at.key != "" {
		text = at.key + ": " + text
	}
	return index.Problem{File: at.file, Line: at.line, Text: redact(text)}
}

// needsServices marks the commands that connect to services: for them, the
// settings of the services have to be right as well.
var needsServices = map[string]string{"services": "needed"}

// configure brings the settings together for the command that is to run.
func (p *program) configure(cmd *cobra.Command) error {
	p.pagesSet = cmd.Flags().Changed("pages")
	c, problems, err := p.effective()
	if err != nil {
		return err
	}
	p.config = c
	if cmd.Annotations["services"] != "" {
		problems = append(problems, c.services()...)
	}
	return cannotBeUsed(problems)
}

// effective are the settings from all that the program was started with.
func (p *program) effective() (config, index.Problems, error) {
	c, problems, err := p.load(p.configFlag)
	if err == nil && p.pagesSet {
		c.Pages = p.pagesFlag
		c.set["pages"] = place{file: "--pages", value: bot.NewSecret(p.pagesFlag)}
	}
	return c, problems, err
}

// cannotBeUsed is the error that there are problems, nil if there are none.
func cannotBeUsed(problems index.Problems) error {
	if len(problems) == 0 {
		return nil
	}
	return wrong("the settings cannot be used:\n%w", inOrder(problems))
}

// inOrder sorts the problems of the file by line; the others come last, as they are.
func inOrder(problems index.Problems) index.Problems {
	slices.SortStableFunc(problems, func(a, b index.Problem) int {
		if a.Line == 0 || b.Line == 0 {
			return cmp.Compare(b.Line, a.Line)
		}
		return cmp.Compare(a.Line, b.Line)
	})
	return problems
}

// load reads the settings of file, if that is not "", and of the environment.
// It returns everything that is wrong with them at once.
func (p *program) load(file string) (config, index.Problems, error) {
	c := defaults()
	var problems index.Problems
	if file != "" {
		data, err := readConfig(file)
		if err != nil {
			return c, nil, err
		}
		problems = c.readFile(file, data)
	}
	return c, append(problems, c.apply(p.variables())...), nil
}

// readFile takes over what a settings file holds.
func (c *config) readFile(name string, data []byte) index.Problems {
	found, problems := parseConfig(name, data)
	return append(problems, c.apply(found)...)
}

// apply takes over what one source of settings holds, by key. An empty value
// means the default.
func (c *config) apply(found map[string]place) (problems index.Problems) {
	if c.set == nil {
		c.set = map[string]place{}
	}
	for _, s := range settings {
		at, ok := found[s.key]
		if !ok || s.isSecretFile() && at.value.IsZero() && !at.misshapen {
			continue
		}
		if other, ok := found[s.secret()]; ok && s.isSecretFile() && !other.value.IsZero() {
			problems = append(problems, at.problem("the secret itself is set as well: keep one of the two"))
			continue
		}
		if err := s.set(c, at.value.Reveal()); err != nil {
			problems = append(problems, at.problem(err.Error()))
			at.misshapen = true
		}
		c.set[s.secret()] = at
	}
	return problems
}
