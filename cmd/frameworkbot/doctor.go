package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"frameworkbot/bot"
	"frameworkbot/bot/discord"
	"frameworkbot/bot/ops"
	"frameworkbot/bot/slack"
	"frameworkbot/index"
)

// inspectWithin is how long one service may take to answer the doctor.
const inspectWithin = 20 * time.Second

func (p *program) doctorCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "doctor",
		Short: "Look whether the bot could serve, and say what to mend",
		Long: `Looks at the settings, the pages, folders and ports, and asks Slack and Discord
whether the tokens are good and the apps are set up as the bot needs it. It
changes nothing, and starts no session. Each line begins with ok, with warn for
what could be better, or with fix for what does not work; it says how to mend it.

Ends with 0 if there is nothing to fix, with 1 if there is, with 2 if it cannot look.`,
		Example: `  frameworkbot doctor
  frameworkbot doctor --config config.yaml`,
		Args: cobra.NoArgs,
		// What is wrong with the settings is one of the findings.
		PersistentPreRunE: func(cmd *cobra.Command, _ []string) error {
			p.pagesSet = cmd.Flags().Changed("pages")
			return nil
		},
		RunE: func(cmd *cobra.Command, _ []string) error { return p.doctor(cmd.Context()) },
	}
}

// doctor prints all findings, each as soon as it is made.
func (p *program) doctor(ctx context.Context) error {
	c, problems, err := p.effective()
	if err != nil {
		return err
	}
	p.config = c
	slackConfig, slackOn, ofSlack := c.slackPlatform()
	discordConfig, discordOn, ofDiscord := c.discordPlatform()
	toFix := p.tell(settingsFound(slices.Concat(problems, ofSlack, ofDiscord)))
	toFix += p.tell(c.foldersFound()...)
	toFix += p.tell(p.pagesFound(ctx), cacheFound(c.Content.Cache))
	toFix += p.tell(p.addressesFound(ctx, slackOn, discordOn)...)
	if endpoint := p.endpoint(); endpoint != "" && ops.CheckEndpoint(endpoint) != nil {
		toFix += p.tell(bot.Finding{Verdict: bot.ToFix, About: "traces", Text: "the address " + ops.CheckEndpoint(endpoint).Error()})
	}
	if !slackOn && !discordOn {
		p.tell(bot.Finding{Verdict: bot.Warned, About: "services", Text: "none is set up: \"frameworkbot serve\" shows the preview page alone"})
	}
	if slackOn && len(ofSlack) == 0 {
		ctx, cancel := context.WithTimeout(ctx, inspectWithin)
		toFix += p.tell(slack.Inspect(ctx, slackConfig, time.Now)...)
		cancel()
	}
	if discordOn && len(ofDiscord) == 0 {
		ctx, cancel := context.WithTimeout(ctx, inspectWithin)
		toFix += p.tell(discord.Inspect(ctx, discordConfig, time.Now)...)
		cancel()
	}
	if toFix > 0 {
		return exit{exitNo, fmt.Errorf("%s to fix", count(toFix, "thing"))}
	}
	return nil
}

// tell prints findings, and returns how many are to be fixed.
func (p *program) tell(found ...bot.Finding) (toFix int) {
	for _, f := range found {
		if f.Verdict == "" {
			continue
		}
		text := bot.Redact(errors.New(f.Text))
		fmt.Fprintf(p.out, "%-4s  %s: %s\n", f.Verdict, f.About, strings.ReplaceAll(text, "\n", "\n      "))
		if f.Verdict == bot.ToFix {
			toFix++
		}
	}
	return toFix
}

// settingsFound is what is wrong with the settings.
func settingsFound(problems index.Problems) bot.Finding {
	if len(problems) == 0 {
		return bot.Finding{Verdict: bot.Fine, About: "settings", Text: "no problems"}
	}
	return bot.Finding{Verdict: bot.ToFix, About: "settings", Text: inOrder(problems).Error()}
}

// pagesFound is how many pages there are, and whether all of them can be read.
func (p *program) pagesFound(ctx context.Context) bot.Finding {
	f := bot.Finding{Verdict: bot.Fine, About: "pages"}
	g, err := p.readFrom(ctx, p.config.content())
	if err != nil {
		f.Verdict, f.Text = bot.ToFix, withoutSecrets(err)
		return f
	}
	defer g.Index.Close()
	f.Text = fmt.Sprintf("%s to answer from, read in %v", count(len(g.Index.Pages()), "page"), g.Took.Round(time.Millisecond))
	if n := len(g.Problems); n > 0 {
		f.Verdict, f.Text = bot.Warned, f.Text+fmt.Sprintf("; %s: \"frameworkbot check\" lists them", count(n, "problem"))
	}
	return f
}

// foldersFound are the folders of pages that are not there.
func (c *config) foldersFound() (found []bot.Finding) {
	about, dirs := "content.dirs", c.Content.Dirs
	if c.Pages != "" {
		about, dirs = "pages", []string{c.Pages}
	}
	for _, dir := range dirs {
		info, err := os.Stat(dir)
		if err == nil && !info.IsDir() {
			err = errors.New("not a folder")
		}
		if err != nil {
			found = append(found, bot.Finding{Verdict: bot.ToFix, About: about, Text: fmt.Sprintf("%q cannot be read (%s): make the folder, mount it, or take it out of the settings", dir, reason(err))})
		}
	}
	return found
}

// cacheFound is whether the folder can be written to.
func cacheFound(dir string) bot.Finding {
	if dir == "" {
		return bot.Finding{}
	}
	f := bot.Finding{Verdict: bot.Fine, About: "content.cache", Text: "can be written to"}
	file, err := os.CreateTemp(dir, ".doctor-*")
	if err == nil {
		err = errors.Join(file.Close(), os.Remove(file.Name()))
	}
	if err != nil {
		f.Verdict, f.Text = bot.ToFix, fmt.Sprintf("cannot be written to (%s): let the bot's user write to the folder %q, or leave the setting out", reason(err), dir)
	}
	return f
}

// addressesFound are whether nobody else listens where the bot is to.
func (p *program) addressesFound(ctx context.Context, slackOn, discordOn bool) (found []bot.Finding) {
	c := &p.config
	seen := map[string]bool{}
	for _, at := range []struct {
		key, address string
		needed       bool
	}{
		{"slack.listen", c.Slack.Listen, slackOn && c.Slack.Mode == slack.HTTP},
		{"discord.listen", c.Discord.Listen, discordOn && c.Discord.Mode == discord.HTTP},
		{"ops.listen", c.Ops.Listen, c.Ops.Listen != ""},
		{"web.listen", c.Web.Listen, c.Web.Listen != "" && c.Web.Listen != webOff},
	} {
		if at.needed && !seen[at.address] {
			seen[at.address] = true
			found = append(found, addressFound(ctx, at.key, at.address))
		}
	}
	return found
}

func addressFound(ctx context.Context, key, address string) bot.Finding {
	bound, err := (&net.ListenConfig{}).Listen(ctx, "tcp", address)
	if err != nil {
		return bot.Finding{Verdict: bot.Warned, About: key, Text: fmt.Sprintf("nobody can listen on %s (%v): all is well if that is this bot, which runs; else stop what does, or choose another address", address, shortly(err))}
	}
	_ = bound.Close()
	return bot.Finding{Verdict: bot.Fine, About: key, Text: address + " is free"}
}

// shortly is an error of listening without the address.
func shortly(err error) error {
	if at, ok := errors.AsType[*net.OpError](err); ok {
		return at.Err
	}
	return err
}
