package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"frameworkbot/bot"
	"frameworkbot/bot/discord"
	"frameworkbot/bot/slack"
)

// What --as and --style can be.
var (
	renderers     = []string{"slack", "discord"}
	discordStyles = []string{discord.Components, discord.Embed, discord.Text}
)

func (p *program) renderCommand() *cobra.Command {
	var as, style string
	cmd := &cobra.Command{
		Use:   "render --as slack|discord QUESTION...",
		Short: "Print the message that a service would get",
		Long: `Answers a question and prints the JSON that Slack or Discord would be sent for
it, without any account. Slack's Block Kit Builder shows it as a card:
https://app.slack.com/block-kit-builder. Without a question, the answer is what
can be asked.`,
		Example: `  frameworkbot render --as slack laravel
  frameworkbot render --as discord --style embed django vs flask`,
		ValidArgsFunction: cobra.NoFileCompletions,
		RunE: func(cmd *cobra.Command, words []string) error {
			switch {
			case !slices.Contains(renderers, as):
				return fmt.Errorf("--as is %q: it must be %s", as, strings.Join(renderers, " or "))
			case style != "" && as != "discord":
				return errors.New("--style is Discord's: Slack has one style")
			case style != "" && !slices.Contains(discordStyles, style):
				return fmt.Errorf("--style is %q: it must be one of %s", style, strings.Join(discordStyles, ", "))
			}
			return p.render(cmd.Context(), words, as, style)
		},
	}
	cmd.Flags().StringVar(&as, "as", "", "whose message: `slack` or discord")
	cmd.Flags().StringVar(&style, "style", "", "how Discord shows it: `components`, embed or text (default as in the settings)")
	must(
		cmd.MarkFlagRequired("as"),
		cmd.RegisterFlagCompletionFunc("as", cobra.FixedCompletions(renderers, cobra.ShellCompDirectiveNoFileComp)),
		cmd.RegisterFlagCompletionFunc("style", cobra.FixedCompletions(discordStyles, cobra.ShellCompDirectiveNoFileComp)),
	)
	return cmd
}

func (p *program) render(ctx context.Context, words []string, as, style string) error {
	if err := checkWords(words); err != nil {
		return wrong("%w", err)
	}
	h, done, err := p.handler(ctx, p.logger())
	if err != nil {
		return err
	}
	defer done()
	a, err := h.Answer(ctx, message(1, strings.Join(words, " ")))
	if err != nil {
		return wrong("%s (%w)", bot.Apology, err)
	}
	e := newEncoder(p.out)
	e.SetIndent("", "  ")
	if err := e.Encode(p.payload(a, as, style)); err != nil {
		return wrong("write the message: %w", err)
	}
	return nil
}

// payload is the answer as a service gets it.
func (p *program) payload(a *bot.Answer, as, style string) any {
	if as == "slack" {
		return slack.Render(a, p.config.Slack.Commands)
	}
	if style == "" {
		style = p.config.Discord.Style
	}
	return discord.Render(a, style)
}
