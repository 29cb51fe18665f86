package slack

import (
	"net/http"
	"testing"
	"testing/synctest"
	"time"

	"frameworkbot/bot"
	"frameworkbot/bot/slack/slacktest"
)

// TestHealth follows a bot from its start to its end, over either transport.
func TestHealth(t *testing.T) {
	inBothModes(t, nil, func(t *testing.T, w *world) {
		w.until("ready", func() bool { return w.bot.Health().State == bot.Ready })
		e := w.Mention("U1", "C1", "laravel")
		w.send(e)
		w.send(w.Again(e, 1, "timeout"))
		w.send(w.ChannelMessage("U1", "C1", "nothing to the bot"))
		w.until("counted", func() bool { return w.bot.Health().Acks.Count == 3 })
		h := w.bot.Health()
		if h.Platform != "slack" || h.Mode != w.mode || h.Up != 1 || h.Wanted != 1 || h.Inbound.IsZero() {
			t.Errorf("%+v", h)
		}
		want := [bot.Counts]uint64{bot.Delivered: 3, bot.Redelivered: 1, bot.Duplicates: 1}
		if h.Counts != want {
			t.Errorf("counted %v, want %v", h.Counts, want)
		}
		w.stop()
		if h := w.bot.Health(); h.State != bot.Stopped || h.Up != 0 {
			t.Errorf("%+v", h)
		}
	})
}

// TestHealthOfCalls counts calls that are refused, made again and given up.
func TestHealthOfCalls(t *testing.T) {
	w := newWorld(t, Socket, nil)
	w.Fail("chat.postMessage", slacktest.Fault{Status: http.StatusTooManyRequests, RetryAfter: "0", Times: 1})
	w.send(w.Mention("U1", "C1", "laravel"))
	w.Post(t.Context())
	w.Fail("chat.postMessage", slacktest.Fault{Error: "channel_not_found"})
	w.send(w.Mention("U1", "C2", "laravel"))
	w.until("undelivered", func() bool { return w.bot.Health().Counts[bot.Undelivered] == 1 })
	if got := w.bot.Health().Counts; got[bot.RateLimited] != 1 || got[bot.Retries] != 1 {
		t.Errorf("counted %v", got)
	}
}

// TestHealthOfSocket: it is past hello, with pings; silence shows, and so does
// the connection that takes the place of another.
func TestHealthOfSocket(t *testing.T) {
	inBubble(t, agree, func(t *testing.T, r *runner) {
		state := func(want bot.State, up int) {
			t.Helper()
			synctest.Wait()
			if h := r.socket.vitals.Health(); h.State != want || h.Up != up {
				t.Errorf("%s with %d connections because %q, want %s with %d", h.State, h.Up, h.Why, want, up)
			}
		}
		r.slack.OnConnect(func(*slacktest.Conn) {}) // says nothing
		r.start()
		state(bot.Connecting, 0)
		first := r.slack.Conns()[0]
		first.Hello()
		r.slack.Connected(t.Context())
		state(bot.Ready, 1)
		r.slack.OnConnect(func(c *slacktest.Conn) { c.Hello() })
		first.Cut()
		r.slack.Connected(t.Context())
		time.Sleep(time.Second)
		state(bot.Ready, 1)
		if h := r.socket.vitals.Health(); h.Counts[bot.Reconnects] != 1 {
			t.Errorf("%d reconnects", h.Counts[bot.Reconnects])
		}
		r.slack.Fail("apps.connections.open", slacktest.Fault{Error: "internal_error", Times: -1})
		for _, c := range r.slack.Conns() {
			c.Cut()
		}
		time.Sleep(10 * time.Second)
		state(bot.Connecting, 0)
	})
}
