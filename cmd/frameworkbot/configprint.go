package main

import (
	"errors"
	"fmt"
	"log/slog"
	"os"
	"strconv"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/spf13/cobra"

	"frameworkbot/bot"
	"frameworkbot/index"
)

func (p *program) printCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "print",
		Short: "Show every setting that holds, and where it comes from",
		Long: `Shows the value of every setting and where it comes from: the default, a line of
the file, a variable of the environment, or a flag. Secrets are masked.

Ends with 0, with 1 if the settings have problems, which it lists in place of
them, with 2 if the file cannot be read.`,
		Example: `  frameworkbot config print --config config.yaml`,
		Args:    cobra.NoArgs,
		PersistentPreRunE: func(cmd *cobra.Command, _ []string) error {
			p.pagesSet = cmd.Flags().Changed("pages")
			return nil
		},
		RunE: func(*cobra.Command, []string) error { return p.printConfig() },
	}
}

// printConfig prints the settings unless something is wrong with them: a value
// that is wrong may be a secret in the wrong place.
func (p *program) printConfig() error {
	c, problems, err := p.effective()
	if err != nil {
		return err
	}
	if problems = append(problems, c.services()...); len(problems) > 0 {
		return p.listProblems(problems)
	}
	w := tabwriter.NewWriter(p.out, 0, 0, 2, ' ', 0)
	for _, s := range settings {
		fmt.Fprintf(w, "%s:\t%s\t# %s\n", s.key, s.shown(&c), c.from(s))
	}
	if err := w.Flush(); err != nil {
		return wrong("write: %w", err)
	}
	return nil
}

// from is where the value of a setting comes from.
func (c *config) from(s setting) string {
	at, ok := c.set[s.secret()]
	isFile := strings.HasSuffix(at.file, strings.ToUpper(fileSuffix)) || strings.HasSuffix(at.key, fileSuffix)
	switch {
	case !ok || isFile != s.isSecretFile():
		return "default"
	case at.line > 0:
		return fmt.Sprintf("%s:%d", at.file, at.line)
	}
	return at.file
}

// shown is the value of a setting, as a settings file has it.
func (s setting) shown(c *config) string {
	switch v := s.get(c).(type) {
	case source:
		if s.isSecretFile() {
			return v.where()
		}
		return v.value.String()
	case string:
		return masked(v)
	case []string:
		return masked("[" + strings.Join(v, ", ") + "]")
	case *bool:
		if v == nil {
			return "auto"
		}
		return strconv.FormatBool(*v)
	case slog.Level:
		return strings.ToLower(v.String())
	case time.Duration:
		return v.String()
	default:
		return fmt.Sprint(v)
	}
}

// masked is a text without what looks like a secret.
func masked(text string) string { return bot.Redact(errors.New(text)) }

// where is the file of a secret, if there is one: a path that leads nowhere may
// be the secret itself.
func (s source) where() string {
	if _, err := os.Stat(s.file); s.file != "" && err != nil {
		return bot.Redacted
	}
	return s.file
}

// listProblems prints what is wrong with the settings.
func (p *program) listProblems(problems index.Problems) error {
	for _, one := range inOrder(problems) {
		fmt.Fprintln(p.out, one)
	}
	return exit{exitNo, fmt.Errorf("%s", count(len(problems), "problem"))}
}
