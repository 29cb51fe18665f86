package main

import (
	"context"
	"log/slog"
	"os"
	"os/signal"
	"syscall"

	"github.com/spf13/cobra"

	"frameworkbot/bot"
	"frameworkbot/bot/console"
)

func (p *program) chatCommand() *cobra.Command {
	var verbose bool
	cmd := &cobra.Command{
		Use:   "chat",
		Short: "Converse in the terminal",
		Long: `Holds a conversation in the terminal, or over a pipe: a line is a question, a
number chooses a line of the last answer, "quit" ends.`,
		Example: `  frameworkbot chat
  frameworkbot chat --pages ./pages --verbose 2> chat.log`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return p.chat(cmd.Context(), verbose) },
	}
	cmd.Flags().BoolVarP(&verbose, "verbose", "v", false, "log each message to the standard error output")
	return cmd
}

func (p *program) chat(ctx context.Context, verbose bool) error {
	ctx, stop := signal.NotifyContext(ctx, os.Interrupt, syscall.SIGTERM)
	defer stop()
	log := slog.New(slog.DiscardHandler)
	if verbose {
		log = p.logger()
	}
	h, done, err := p.handler(ctx, log)
	if err != nil {
		return err
	}
	defer done()
	style := p.style()
	style.Width = 0 // the console asks again for each answer: windows change
	platform := console.New(console.Config{In: p.in, Out: p.out.Writer, Style: style, Dumb: p.isDumb()}, log)
	if err := bot.Run(ctx, bot.Chain(h, bot.Observe(log)), platform); err != nil {
		return wrong("%w", err)
	}
	return nil
}
