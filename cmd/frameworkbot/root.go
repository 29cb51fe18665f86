package main

import (
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"frameworkbot/bot/console"
)

func (p *program) root() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "frameworkbot",
		Short: "Answers questions about back-end frameworks",
		Long: `frameworkbot answers questions about back-end frameworks from a small library
of Markdown pages: one page a framework, each claim with its source and date.`,
		Example: `  frameworkbot ask laravel
  frameworkbot ask "django vs flask"
  frameworkbot chat
  frameworkbot check ./pages
  frameworkbot serve`,
		Args: p.noSuchCommand,
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
		PersistentPreRunE: func(cmd *cobra.Command, _ []string) error {
			return p.configure(cmd)
		},
		SilenceUsage:               true,
		SilenceErrors:              true,
		SuggestionsMinimumDistance: 2,
		Version:                    version(),
	}
	cmd.SetVersionTemplate("{{.Name}} {{.Version}}\n")
	flags := cmd.PersistentFlags()
	flags.StringVar(&p.pagesFlag, "pages", "", "read pages from `DIR` instead of the built-in ones")
	flags.StringVar(&p.configFlag, "config", "", "read settings from `FILE`")
	must(cmd.MarkPersistentFlagDirname("pages"), cmd.MarkPersistentFlagFilename("config", "yaml", "yml"))
	cmd.AddCommand(p.askCommand(), p.chatCommand(), p.checkCommand(), p.evalCommand(), p.configCommand(),
		p.serveCommand(), p.manifestCommand(), p.registerCommand(), p.importCommand(), p.listCommand(), p.renderCommand())
	cmd.AddCommand(p.doctorCommand(), p.healthCommand())
	return cmd
}

// must reports a mistake in the commands themselves, which every test would meet.
func must(errs ...error) {
	if err := errors.Join(errs...); err != nil {
		panic(err)
	}
}

// noSuchCommand refuses a first word that is no command. Several words are
// likely a question.
func (p *program) noSuchCommand(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	text := fmt.Sprintf("unknown command %q", args[0])
	if near := cmd.SuggestionsFor(args[0]); len(near) > 0 && (len(args) == 1 || near[0] == "ask") {
		return fmt.Errorf("%s: did you mean %q?", text, near[0])
	}
	return fmt.Errorf("%s; to ask a question: %s ask %s", text, cmd.CommandPath(), strings.Join(args, " "))
}

// group makes a command that only holds others.
func group(cmd *cobra.Command, members ...*cobra.Command) *cobra.Command {
	cmd.Args = cobra.NoArgs
	cmd.RunE = func(cmd *cobra.Command, _ []string) error { return cmd.Help() }
	cmd.AddCommand(members...)
	return cmd
}

// style is what the standard output can show. NO_COLOR and TERM are the
// conventions of https://no-color.org and of termcap.
func (p *program) style() console.Style {
	out := p.out.terminal()
	if out == nil {
		return console.Style{}
	}
	width, _, err := term.GetSize(int(out.Fd()))
	if err != nil || width <= 0 {
		width = 80
	}
	return console.Style{Width: min(width, console.MaxWidth), ANSI: p.env["NO_COLOR"] == "" && !p.isDumb()}
}

func (p *program) isDumb() bool { return p.env["TERM"] == "dumb" }
