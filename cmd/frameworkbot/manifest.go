package main

import (
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"frameworkbot/bot/discord"
)

func (p *program) manifestCommand() *cobra.Command {
	return group(&cobra.Command{
		Use:   "manifest",
		Short: "Print what a service needs to know of the bot",
	}, p.manifestSlackCommand(), p.manifestDiscordCommand())
}

func (p *program) manifestDiscordCommand() *cobra.Command {
	var application string
	cmd := &cobra.Command{
		Use:   "discord",
		Short: "Print the links that add the bot",
		Long: `Prints the links that add the bot to a server and to a person's own account,
with the fewest permissions that it needs. The application's ID is a number that
the Developer Portal shows under General Information.`,
		Example: `  frameworkbot manifest discord --application-id 1180000000000000101`,
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if !cmd.Flags().Changed("application-id") {
				application = p.config.Discord.ApplicationID
			}
			return p.manifestDiscord(application)
		},
	}
	cmd.Flags().StringVar(&application, "application-id", "", "`ID` of the application (default discord.application_id)")
	return cmd
}

func (p *program) manifestDiscord(application string) error {
	if err := checkApplication(application); err != nil {
		return wrong("%s or --application-id %w", naming("discord.application_id"), err)
	}
	for _, invite := range discord.Invites(application) {
		fmt.Fprintf(p.out, "%s\n  %s\n", invite.Title, invite.URL)
	}
	return nil
}

// checkApplication says what is wrong with the ID of an application.
func checkApplication(id string) error {
	if id == "" {
		return errors.New("is needed: Discord shows it under General Information")
	}
	_, faults := discord.Config{ApplicationID: id}.Check()
	for _, f := range faults {
		if f.Key == "application_id" {
			return errors.New(f.Text)
		}
	}
	return nil
}
