package main

import (
	"flag"
	"net/http"
	"strconv"
	"testing"
	"time"

	"frameworkbot/bot/discord/discordtest"
)

// anew makes every question one that was not asked before, so that nothing that
// is remembered answers it.
var anew = flag.Bool("new", false, "ask no question twice in Discord")

// numbered is text for question number n: itself, or with -new followed by signs
// that no other number has, and that mean nothing.
func numbered(text string, n int) string {
	if !*anew {
		return text
	}
	marked := []byte(text)
	for ; n > 0; n /= 3 {
		marked = append(marked, "?!."[n%3])
	}
	return string(marked)
}

// discordChild starts the program against a Discord, and returns what delivers
// interactions to it.
func discordChild(b *testing.B, mode string) (*discordtest.Server, *child, func(discordtest.Interaction) discordtest.Callback) {
	b.Helper()
	d := discordtest.New(b)
	address := freePort(b)
	c := serveChild(b, "DISCORD_API_URL="+d.URL(), "DISCORD_MODE="+mode, "DISCORD_LISTEN="+address,
		"DISCORD_TOKEN="+d.Token(), "DISCORD_PUBLIC_KEY="+d.PublicKey())
	send := func(in discordtest.Interaction) discordtest.Callback {
		d.Dispatch(in.Event)
		return d.Callback(in)
	}
	if mode == "http" {
		listening(b, address)
		client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 64}}
		b.Cleanup(client.CloseIdleConnections)
		send = func(in discordtest.Interaction) discordtest.Callback {
			if status := d.Post(client, "http://"+address+"/discord/interactions", in); status != http.StatusOK {
				b.Errorf("status %d", status)
			}
			return d.Callback(in)
		}
	} else {
		d.AwaitReady()
	}
	if send(d.Command("framework", discordtest.Option("name", "laravel"))).Data == nil {
		b.Fatal("no answer")
	}
	c.ready = time.Since(c.began)
	return d, c, send
}

// messagesPerSecond is less than Discord takes of a bot, whatever it sends:
// fifty (https://docs.discord.com/developers/topics/rate-limits#global-rate-limit).
const messagesPerSecond = 40

// BenchmarkDiscord measures commands, autocomplete and mentions:
//
//	go test ./cmd/frameworkbot -run '^$' -bench 'Discord$' -benchtime 10000x [-new]
func BenchmarkDiscord(b *testing.B) {
	for _, mode := range []string{"gateway", "http"} {
		b.Run(mode+"/commands", func(b *testing.B) {
			d, c, send := discordChild(b, mode)
			load(b, c, *pace, func(n int) {
				if send(d.Command("framework", discordtest.Option("name", numbered(questions[n%len(questions)], n)))).Data == nil {
					b.Error("a question was not answered")
				}
			})
		})
		b.Run(mode+"/autocomplete", func(b *testing.B) {
			d, c, send := discordChild(b, mode)
			load(b, c, *pace, func(n int) {
				typed := questions[n%len(questions)]
				send(d.Autocomplete("framework", discordtest.Focused("name", numbered(typed[:1+n%len(typed)], n))))
			})
		})
	}
	b.Run("gateway/mentions", func(b *testing.B) {
		d, c, _ := discordChild(b, "gateway")
		load(b, c, messagesPerSecond, func(n int) {
			d.Dispatch(discordtest.Mention(questions[n%len(questions)], discordtest.In(discordtest.GuildID, strconv.Itoa(100000000000000000+n))))
		})
		d.AwaitMessage(b.N)
		b.ReportMetric(float64(len(d.Messages())-b.N), "double")
	})
}
