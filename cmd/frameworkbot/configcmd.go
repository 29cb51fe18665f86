package main

import (
	"cmp"
	"fmt"
	"os"
	"slices"

	"github.com/spf13/cobra"
)

func (p *program) configCommand() *cobra.Command {
	validate := &cobra.Command{
		Use:   "validate [FILE]",
		Short: "Look for problems in the settings",
		Long: `Reads the settings of FILE, or of the file that --config names, and of the
environment, and reports every problem, also with the files of secrets; then it
says which services they switch on.

Ends with 0 if there are none, with 1 if there are, with 2 if the file cannot be read.`,
		Example: `  frameworkbot config validate config.yaml`,
		Args:    cobra.MaximumNArgs(1),
		// The settings are what is looked at: they must not be needed to start.
		PersistentPreRunE: func(*cobra.Command, []string) error { return nil },
		RunE: func(_ *cobra.Command, files []string) error {
			return p.validate(append(files, p.configFlag)[0])
		},
	}
	return group(&cobra.Command{Use: "config", Short: "Work with the settings"}, validate, p.printCommand(), p.schemaCommand())
}

func (p *program) validate(file string) error {
	c, problems, err := p.load(file)
	if err != nil {
		return err
	}
	if info, err := os.Stat(c.Pages); c.Pages != "" && (err != nil || !info.IsDir()) {
		problems = append(problems, c.set["pages"].problem(fmt.Sprintf("there is no folder %q", c.Pages)))
	}
	slackConfig, slackOn, wrongs := c.slackPlatform()
	discordConfig, discordOn, more := c.discordPlatform()
	problems = slices.Concat(problems, wrongs, more)
	if len(problems) > 0 {
		return p.listProblems(problems)
	}
	fmt.Fprintf(p.out, "%s: no problems\n", cmp.Or(file, "the environment"))
	p.sayIsOn("slack", slackOn, slackConfig.Mode)
	p.sayIsOn("discord", discordOn, discordConfig.Mode)
	return nil
}

// sayIsOn says whether the settings are enough for a service to be served.
func (p *program) sayIsOn(name string, on bool, mode string) {
	if on {
		fmt.Fprintf(p.out, "%s is on, mode %s\n", name, mode)
	} else {
		fmt.Fprintf(p.out, "%s is off\n", name)
	}
}
