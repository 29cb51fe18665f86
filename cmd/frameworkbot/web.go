package main

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"net"
	"slices"
	"strconv"

	"frameworkbot/bot"
	"frameworkbot/bot/discord"
	"frameworkbot/bot/slack"
	"frameworkbot/bot/web"
)

// previewAddress is where the preview page is if nothing else is asked for: on
// this machine alone.
const previewAddress = "127.0.0.1:8080"

// webOff is what turns the preview page off.
const webOff = "off"

// preview is the preview page as a service. Unless an address is set, there is
// one only where no other service is.
func (p *program) preview(swap *bot.Swap, alone bool, log *slog.Logger) (s service, on bool) {
	address := p.config.Web.Listen
	switch {
	case address == webOff, address == "" && !alone:
		return service{}, false
	case address == "":
		address = previewAddress
	}
	w := web.New(web.Config{
		Hosts: p.config.Web.Hosts, Explain: swap, Suggest: swap, Library: swap, Now: p.now, Version: version(),
		Previews: []web.Preview{p.slackPreview(), p.discordPreview()},
	}, log)
	return service{platform: w, mode: "http", calls: w, paths: []string{"/{path...}"}, key: "web.listen", listen: address}, true
}

func (p *program) slackPreview() web.Preview {
	return web.Preview{Name: "Slack", Draw: web.BlockKit, Render: p.drawing("slack"), Limits: []web.Limit{
		{Of: web.Blocks, Most: slack.MaxBlocks, Link: "https://docs.slack.dev/reference/block-kit/blocks"},
		{Of: web.Shown, Most: slack.MaxVisible},
		{Of: web.Bytes, Most: slack.MaxBytes},
		{Of: web.Spoken, Most: slack.MaxSpoken},
		{Of: web.Label, Most: slack.MaxLabel},
		{Of: web.Options, Most: slack.MaxChoices},
	}}
}

func (p *program) discordPreview() web.Preview {
	return web.Preview{Name: "Discord", Draw: web.Message, Render: p.drawing("discord"), Limits: []web.Limit{
		{Of: web.Components, Most: discord.MaxComponents, Link: "https://docs.discord.com/developers/components/reference"},
		{Of: web.Displayed, Most: discord.MaxText},
		{Of: web.Content, Most: discord.MaxContent},
		{Of: web.Embedded, Most: discord.MaxEmbed},
		{Of: web.Options, Most: discord.MaxOptions},
	}}
}

// drawing makes the message that a service would get.
func (p *program) drawing(as string) func(*bot.Answer) ([]byte, error) {
	return func(a *bot.Answer) ([]byte, error) { return json.Marshal(p.payload(a, as, "")) }
}

// welcome says where the preview page is, and what is missing to answer in chat.
func (p *program) welcome(pages []service, alone bool, log *slog.Logger) {
	for _, page := range pages {
		address, open := browsable(page.on.Addr())
		fmt.Fprintf(p.out, "Preview page: http://%s\n", address)
		if open {
			log.Warn("the preview page asks for no login, and others may reach it: put a proxy before it that does, or listen on 127.0.0.1", "address", page.on.Addr().String())
		}
	}
	if alone {
		fmt.Fprintln(p.out, "To answer in chat as well, set SLACK_BOT_TOKEN and SLACK_APP_TOKEN for Slack, DISCORD_TOKEN for Discord.")
	}
}

// browsable is the address under which a browser on this machine finds what
// listens there; open is whether others may find it, too.
func browsable(at net.Addr) (address string, open bool) {
	tcp, ok := at.(*net.TCPAddr)
	if !ok || tcp.IP.IsLoopback() {
		return at.String(), false
	}
	if tcp.IP.IsUnspecified() {
		return net.JoinHostPort("localhost", strconv.Itoa(tcp.Port)), true
	}
	return at.String(), true
}

// runAll runs the chat services, and the preview page beside them: it neither
// keeps the program alive once they have all failed, nor ends them if it fails.
func runAll(ctx context.Context, h bot.Handler, chats, pages []service, log *slog.Logger) error {
	if len(chats) == 0 || len(pages) == 0 {
		return bot.Run(ctx, h, platforms(slices.Concat(chats, pages), log)...)
	}
	beside, stop := context.WithCancel(ctx)
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		_ = bot.Run(beside, h, platforms(pages, log)...) // it was logged
	}()
	err := bot.Run(ctx, h, platforms(chats, log)...)
	stop()
	<-ended
	return err
}
