package main

import (
	"strconv"
	"testing"
	"time"

	"frameworkbot/bot/slack/slacktest"
)

// slackChild starts the program against a Slack, and returns what delivers to it.
func slackChild(b *testing.B, mode string) (*slacktest.Server, *child, func(slacktest.Envelope) []byte) {
	b.Helper()
	s := slacktest.New(b)
	address := freePort(b)
	c := serveChild(b, "SLACK_API_URL="+s.URL(), "SLACK_MODE="+mode, "SLACK_LISTEN="+address,
		"SLACK_BOT_TOKEN="+slacktest.BotToken, "SLACK_APP_TOKEN="+slacktest.AppToken, "SLACK_SIGNING_SECRET="+slacktest.SigningSecret)
	send := func(e slacktest.Envelope) []byte { return s.Deliver(e).Ack(b.Context()).Payload }
	if mode == "http" {
		listening(b, address)
		over := s.Over("http://" + address)
		send = func(e slacktest.Envelope) []byte { return over.Send(b.Context(), e).Body }
	} else {
		s.Connected(b.Context())
	}
	if len(send(s.SlashCommand("U1", "C1", "/framework", "laravel"))) == 0 {
		b.Fatal("no answer")
	}
	c.ready = time.Since(c.began)
	return s, c, send
}

// BenchmarkSlack measures slash commands and mentions, in both modes:
//
//	go test ./cmd/frameworkbot -run '^$' -bench 'Slack$' -benchtime 10000x
func BenchmarkSlack(b *testing.B) {
	for _, mode := range []string{"socket", "http"} {
		b.Run(mode+"/commands", func(b *testing.B) {
			s, c, send := slackChild(b, mode)
			load(b, c, *pace, func(n int) {
				if len(send(s.SlashCommand("U"+strconv.Itoa(n%50), "C1", "/framework", questions[n%len(questions)]))) == 0 {
					b.Error("a question was not answered")
				}
			})
		})
		b.Run(mode+"/mentions", func(b *testing.B) {
			s, c, send := slackChild(b, mode)
			load(b, c, *pace, func(n int) {
				send(s.Mention("U"+strconv.Itoa(n%50), "C"+strconv.Itoa(n), questions[n%len(questions)]))
			})
			checkOnce(b, s, b.N)
		})
	}
}

// BenchmarkSlackBurst measures a thousand commands at once:
//
//	go test ./cmd/frameworkbot -run '^$' -bench SlackBurst -benchtime 5x
func BenchmarkSlackBurst(b *testing.B) {
	for _, mode := range []string{"socket", "http"} {
		b.Run(mode, func(b *testing.B) {
			s, c, send := slackChild(b, mode)
			burst(b, c, func(n int) {
				send(s.SlashCommand("U"+strconv.Itoa(n%50), "C1", "/framework", questions[n%len(questions)]))
			})
		})
	}
}

// checkOnce waits until every mention was answered, and checks that none was twice.
func checkOnce(b *testing.B, s *slacktest.Server, want int) {
	b.Helper()
	times := map[string]int{}
	for range want {
		p := s.Post(b.Context())
		for p.Method != "chat.postMessage" {
			p = s.Post(b.Context())
		}
		times[p.Channel]++
	}
	double := 0
	for _, n := range times {
		double += n - 1
	}
	b.ReportMetric(float64(want-len(times)), "lost")
	b.ReportMetric(float64(double), "double")
}
