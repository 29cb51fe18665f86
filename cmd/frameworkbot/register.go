package main

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/spf13/cobra"

	"frameworkbot/bot/discord"
)

// registerWithin is how long registering may take, waiting for Discord's rate
// limits included.
const registerWithin = time.Minute

func (p *program) registerCommand() *cobra.Command {
	onDiscord := &cobra.Command{
		Use:   "discord",
		Short: "Bring the commands at Discord up to date",
		Long: `Tells Discord which commands there are, if what it knows differs: in all
servers, or in the one that discord.guild_id names. "serve" does the same when
it starts; this command is for a host that answers over HTTP and wants the
commands there before it does.

Needs the token of the bot. Ends with 0 if Discord knows the commands, with 2
if that failed.`,
		Example: `  DISCORD_TOKEN=… frameworkbot register discord`,
		Args:    cobra.NoArgs,
		RunE:    func(cmd *cobra.Command, _ []string) error { return p.registerDiscord(cmd.Context()) },
	}
	return group(&cobra.Command{Use: "register", Short: "Tell a service which commands there are"}, onDiscord)
}

func (p *program) registerDiscord(ctx context.Context) error {
	ctx, stop := signal.NotifyContext(ctx, os.Interrupt, syscall.SIGTERM)
	defer stop()
	ctx, cancel := context.WithTimeout(ctx, registerWithin)
	defer cancel()
	on := true // it need not be, to be made ready; nor need it be called
	p.config.Discord.Enabled, p.config.Discord.Mode = &on, discord.Gateway
	cfg, _, problems := p.config.discordPlatform()
	if err := cannotBeUsed(problems); err != nil {
		return err
	}
	changed, err := discord.Register(ctx, cfg, p.logger())
	if err != nil {
		return wrong("register: %s", withoutSecrets(err))
	}
	where := "in all servers"
	if cfg.GuildID != "" {
		where = "in the server " + cfg.GuildID
	}
	if changed {
		fmt.Fprintf(p.out, "Discord now knows the commands, %s.\n", where)
	} else {
		fmt.Fprintf(p.out, "Discord knew the commands already, %s.\n", where)
	}
	return nil
}
