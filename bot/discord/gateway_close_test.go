package discord

import (
	"context"
	"errors"
	"fmt"
	"net"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"frameworkbot/bot"
	"frameworkbot/bot/discord/discordtest"
)

func TestGatewayRefused(t *testing.T) {
	for code, names := range map[int]string{
		4004: "discord.token", 4010: "shard 0 of 1", 4011: "too many servers", 4012: "version 10",
		4013: "GUILDS, GUILD_MESSAGES, DIRECT_MESSAGES", 4014: "GUILDS, GUILD_MESSAGES, DIRECT_MESSAGES",
	} {
		for _, stage := range []discordtest.Stage{discordtest.BeforeHello, discordtest.BeforeReady, discordtest.AfterReady} {
			t.Run(fmt.Sprintf("%d %s", code, stage), func(t *testing.T) {
				inBubble(t, func(r *gatewayRun) {
					r.d.Always(stage, discordtest.Close(code))
					r.start()
					err := r.fails()
					if err == nil || !strings.Contains(err.Error(), names) || !strings.Contains(err.Error(), strconv.Itoa(code)) {
						t.Errorf("run returned %v, which should name %q and %d", err, names, code)
					}
					time.Sleep(time.Hour)
					if n := r.d.Connections(); n != 1 {
						t.Errorf("%d connections", n)
					}
				})
			})
		}
	}
}

// TestGatewayRefusedByItself: Discord checks what it is told in IDENTIFY.
func TestGatewayRefusedByItself(t *testing.T) {
	for name, c := range map[string]struct {
		intents int
		token   string
		want    string
	}{
		"content":        {neededIntents | intentContent, "", "MESSAGE_CONTENT (4014)"},
		"members":        {neededIntents | intentMembers, "", "GUILD_MEMBERS (4014)"},
		"unknown intent": {neededIntents | 1<<40, "", "0x10000000000 (4013)"},
		"token":          {neededIntents, "MTE4MDAwMDAwMDAwMDAwMDIwMg.Gother.notthetokenthatitshouldbe", "(4004): discord.token is not valid"},
	} {
		t.Run(name, func(t *testing.T) {
			inBubble(t, func(r *gatewayRun) {
				r.intents = c.intents
				if c.token != "" {
					r.token = bot.NewSecret(c.token)
				}
				r.start()
				err := r.fails()
				if err == nil || !strings.Contains(err.Error(), c.want) {
					t.Errorf("run returned %v, want %q in it", err, c.want)
				}
				if c.token != "" && strings.Contains(err.Error()+r.log(), c.token) {
					t.Error("the token is shown")
				}
			})
		})
	}
}

// TestGatewayStaysClosed ends the gateway at each moment at which it waits.
func TestGatewayStaysClosed(t *testing.T) {
	for name, prepare := range map[string]func(r *gatewayRun){
		"back-off":          func(r *gatewayRun) { r.d.Always(discordtest.BeforeHello, discordtest.Cut()) },
		"no HELLO":          func(r *gatewayRun) { r.d.Always(discordtest.BeforeHello, discordtest.Silence()) },
		"no READY":          func(r *gatewayRun) { r.d.Always(discordtest.BeforeReady, discordtest.Silence()) },
		"after op 9":        func(r *gatewayRun) { r.d.Always(discordtest.BeforeReady, discordtest.Invalid(false)) },
		"budget":            func(r *gatewayRun) { r.d.Change(func(s *discordtest.Settings) { s.StartsLeft = 3 }) },
		"no answer to REST": func(r *gatewayRun) { r.d.FailAlways("GET /gateway/bot", discordtest.Hang()) },
		"REST fails":        func(r *gatewayRun) { r.d.FailAlways("GET /gateway/bot", discordtest.BadGateway()) },
		"no handshake": func(r *gatewayRun) {
			r.dial = func(context.Context, string, string) (net.Conn, error) {
				here, there := net.Pipe()
				r.t.Cleanup(func() { _ = there.Close() })
				return here, nil
			}
		},
		"no network": func(r *gatewayRun) {
			r.dial = func(ctx context.Context, _, _ string) (net.Conn, error) {
				<-ctx.Done()
				return nil, ctx.Err()
			}
		},
	} {
		t.Run(name, func(t *testing.T) {
			inBubble(t, func(r *gatewayRun) {
				prepare(r)
				r.start()
				time.Sleep(17 * time.Second)
				r.stop()
				before := r.d.Connections()
				time.Sleep(time.Hour)
				if after := r.d.Connections(); after != before {
					t.Errorf("%d more connections after the end", after-before)
				}
			})
		})
	}
}

func TestRefusal(t *testing.T) {
	for code := range 5000 {
		fatal := slices.Contains([]int{4004, 4010, 4011, 4012, 4013, 4014}, code)
		if err := refusal(code, neededIntents, 0, 1); (err != nil) != fatal {
			t.Errorf("%d: %v", code, err)
		}
	}
	if err := refusal(4004, 0, 0, 1); !errors.Is(err, errToken) {
		t.Errorf("4004: %v", err)
	}
}
