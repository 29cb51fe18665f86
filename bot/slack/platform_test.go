package slack

import (
	"log/slog"
	"net/http"
	"strconv"
	"testing"
	"time"

	"frameworkbot/bot"
	"frameworkbot/bot/bottest"
	"frameworkbot/bot/slack/slacktest"
)

// A person writes to the bot, as another one each time: one conversation takes
// one message a second.
type person struct {
	*slacktest.Server
	t     *testing.T
	http  *slacktest.HTTP // nil in Socket Mode
	said  int
	heard chan string
}

func (p *person) Say(text string) {
	p.said++
	e := p.DirectMessage("U"+strconv.Itoa(p.said), text)
	if p.http == nil {
		p.Deliver(e)
		return
	}
	for p.http.Send(p.t.Context(), e).Status != http.StatusOK { // the bot is starting: Slack sends it again
		<-time.After(time.Millisecond)
	}
}

func (p *person) Heard() <-chan string { return p.heard }

// listen passes on what is posted, until the test ends.
func (p *person) listen() {
	done := make(chan struct{})
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		for {
			select {
			case post := <-p.Posts():
				p.heard <- post.Visible()
			case <-done:
				return
			}
		}
	}()
	p.t.Cleanup(func() { close(done); <-ended })
}

// TestConformance holds the contract of every platform, over both transports.
func TestConformance(t *testing.T) {
	answerer()
	for _, mode := range []string{HTTP, Socket} {
		t.Run(mode, func(t *testing.T) {
			bottest.TestPlatform(t, func(t *testing.T) (bot.Platform, bottest.Service) {
				p := &person{Server: slacktest.New(t), t: t, heard: make(chan string, 1000)}
				cfg, faults := Config{
					Mode: mode, APIURL: p.URL(), Suggest: answerer(), BotToken: bot.NewSecret(slacktest.BotToken),
					AppToken: bot.NewSecret(slacktest.AppToken), SigningSecret: bot.NewSecret(slacktest.SigningSecret),
				}.Check()
				if len(faults) > 0 {
					t.Fatal(faults)
				}
				s := New(cfg, slog.New(slog.DiscardHandler))
				if mode == HTTP {
					p.http = p.Serve(s)
				}
				p.listen()
				return s, p
			})
		})
	}
}
