package main

import (
	"fmt"

	"github.com/spf13/cobra"
	"go.yaml.in/yaml/v4"

	"frameworkbot/bot/slack"
)

func (p *program) manifestSlackCommand() *cobra.Command {
	var c slack.ManifestConfig
	var format string
	cmd := &cobra.Command{
		Use:   "slack",
		Short: "Print the manifest of the Slack app",
		Long: `Prints the manifest of an app with the fewest scopes that the bot needs: paste it
at https://api.slack.com/apps under Create New App, From a manifest. A link that
does so by itself is in a comment at its end; of JSON, which has no comments, it
goes to the standard error output.

In mode http, --url is the address at which Slack reaches the bot, without a path.`,
		Example: `  frameworkbot manifest slack
  frameworkbot manifest slack --command /docs --command /framework
  frameworkbot manifest slack --mode http --url https://bot.example.com --format json > manifest.json`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if format != "yaml" && format != "json" {
				return fmt.Errorf("--format is %q: it must be yaml or json", format)
			}
			if !cmd.Flags().Changed("mode") && c.URL != "" {
				c.Mode = slack.HTTP // nothing else needs an address
			} else if !cmd.Flags().Changed("mode") {
				c.Mode = p.config.Slack.Mode
			}
			if !cmd.Flags().Changed("command") {
				c.Commands = p.config.Slack.Commands
			}
			return p.manifestSlack(c, format)
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&c.Mode, "mode", "", "how Slack delivers: `socket` or http (default as in the settings)")
	flags.StringVar(&c.URL, "url", "", "`address` at which Slack reaches the bot, for mode http")
	flags.StringArrayVar(&c.Commands, "command", nil, "a slash `command`; can be repeated (default as in the settings)")
	flags.StringVar(&c.Name, "name", "", "`name` of the app (default frameworkbot)")
	flags.StringVar(&format, "format", "yaml", "how to write it: `yaml` or json")
	must(
		cmd.RegisterFlagCompletionFunc("mode", cobra.FixedCompletions([]string{slack.Socket, slack.HTTP}, cobra.ShellCompDirectiveNoFileComp)),
		cmd.RegisterFlagCompletionFunc("format", cobra.FixedCompletions([]string{"yaml", "json"}, cobra.ShellCompDirectiveNoFileComp)),
	)
	return cmd
}

// manifestSlack prints the manifest, and how to create the app from it: where a
// file can hold that, as a comment in it.
func (p *program) manifestSlack(c slack.ManifestConfig, format string) error {
	data, err := slack.Manifest(c)
	if err != nil {
		return err
	}
	link := slack.ManifestLink(data)
	if format == "json" {
		fmt.Fprintf(p.out, "%s", data)
		fmt.Fprintf(p.errs, "To create the app in Slack, open\n%s\n", link)
		return nil
	}
	text, err := asYAML(data)
	if err != nil {
		return wrong("manifest: %w", err)
	}
	fmt.Fprintf(p.out, "%s\n# To create the app in Slack, open\n# %s\n", text, link)
	return nil
}

// asYAML writes JSON as YAML, its members in the same order.
func asYAML(data []byte) ([]byte, error) {
	var doc yaml.Node
	if err := yaml.Load(data, &doc); err != nil {
		return nil, err
	}
	plain(&doc)
	return yaml.Dump(&doc)
}

// plain takes off the style that JSON has.
func plain(node *yaml.Node) {
	node.Style = 0
	for _, child := range node.Content {
		plain(child)
	}
}
