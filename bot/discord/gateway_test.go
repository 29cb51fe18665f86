package discord

import (
	"context"
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"go.uber.org/goleak"

	"frameworkbot/bot/discord/discordtest"
)

func TestGateway(t *testing.T) {
	inBubble(t, func(r *gatewayRun) {
		r.start()
		r.d.AwaitReady()
		r.hears(r.say())
		r.stop()
		id := r.d.Identifies()[0]
		if id.Intents != 1|1<<9|1<<12 || id.Shard != [2]int{0, 1} || id.Properties["browser"] != "frameworkbot" {
			t.Errorf("IDENTIFY: %+v", id)
		}
		if c := r.d.Closes(); len(c) != 1 || c[0].Code != 1000 {
			t.Errorf("closed as %+v, want 1000", c)
		}
	})
}

// TestGatewayStopsDispatching: what comes in when the context is done is not passed on.
func TestGatewayStopsDispatching(t *testing.T) {
	inBubble(t, func(r *gatewayRun) {
		passOn := r.dispatch
		r.dispatch = func(ctx context.Context, event string, data json.RawMessage) {
			passOn(ctx, event, data)
			if event == "MESSAGE_CREATE" {
				r.cancel()
			}
		}
		r.start()
		r.d.AwaitReady()
		first, second := discordtest.Mention("laravel"), discordtest.Mention("flask")
		r.d.Dispatch(first, second)
		err := <-r.done
		if got := r.heard(); err != nil || len(got) != 1 || got[0] != first.Data["id"] {
			t.Errorf("dispatched %v, %v", got, err)
		}
	})
}

func TestGatewayHeartbeats(t *testing.T) {
	inBubble(t, func(r *gatewayRun) {
		const interval = 10 * time.Second
		r.d.Change(func(s *discordtest.Settings) { s.HeartbeatInterval = interval })
		began := time.Now()
		r.start()
		r.d.AwaitReady()
		time.Sleep(time.Minute)
		r.say()
		time.Sleep(interval + time.Millisecond)
		beats := r.d.Heartbeats()
		if first := beats[0].At.Sub(began); first > interval {
			t.Errorf("the first heartbeat after %v", first)
		}
		for i := 1; i < len(beats); i++ {
			if d := beats[i].At.Sub(beats[i-1].At); d != interval {
				t.Errorf("%v between two heartbeats", d)
			}
		}
		if last := beats[len(beats)-1].Seq; len(beats) < 7 || last == nil || *last != 3 {
			t.Errorf("%d heartbeats, the last with %v, want that of the third event", len(beats), last)
		}
		r.d.Now(discordtest.AskHeartbeat())
		synctest.Wait()
		if n := len(r.d.Heartbeats()); n != len(beats)+1 {
			t.Errorf("%d heartbeats right after op 1", n-len(beats))
		}
		for range 1000 {
			r.d.Now(discordtest.AskHeartbeat())
		}
		time.Sleep(time.Minute)
		r.hears(r.heard()[0])
		r.stop()
		if len(r.d.Closes()) != 1 {
			t.Errorf("closed more than once: %+v", r.d.Closes())
		}
	})
}

// TestGatewayNoAck: two heartbeats without an acknowledgement between them.
func TestGatewayNoAck(t *testing.T) {
	inBubble(t, func(r *gatewayRun) {
		r.start()
		r.d.AwaitReady()
		r.d.Change(func(s *discordtest.Settings) { s.IgnoreHeartbeats = true })
		before := time.Now()
		r.d.AwaitWithin(90*time.Second, "the connection to be given up", func() bool { return len(r.d.Closes()) > 0 })
		if c := r.d.Closes()[0]; c.Code != closeAndResumeSoon || time.Since(before) < usualInterval {
			t.Errorf("closed with %d after %v", c.Code, time.Since(before))
		}
		r.d.Change(func(s *discordtest.Settings) { s.IgnoreHeartbeats = false })
		r.d.AwaitReady()
		r.hears(r.say())
		r.stop()
		if got := r.d.Resumes(); len(got) != 1 || !got[0].Right || len(r.d.Identifies()) != 1 {
			t.Errorf("%+v, %d IDENTIFYs", got, len(r.d.Identifies()))
		}
	})
}

func TestGatewayPanic(t *testing.T) {
	inBubble(t, func(r *gatewayRun) {
		r.panics = true
		r.start()
		r.d.AwaitReady()
		r.hears(r.say(), r.say())
		r.stop()
		if log := r.log(); !strings.Contains(log, "panic") || strings.Contains(log, "as told") {
			t.Errorf("logged %s", log)
		}
	})
}

// TestGatewayFinds waits for GET /gateway/bot.
func TestGatewayFinds(t *testing.T) {
	inBubble(t, func(r *gatewayRun) {
		r.d.Fail("GET /gateway/bot", discordtest.BadGateway(), discordtest.Reset(), discordtest.RateLimited(time.Second, "user"), discordtest.Hang())
		r.start()
		r.d.AwaitWithin(5*time.Minute, "the bot to be connected", r.d.Ready)
		r.stop()
	})
}

// TestGatewayOnNetwork is over real connections, and leaves no goroutine behind.
func TestGatewayOnNetwork(t *testing.T) {
	defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
	t.Run("", func(t *testing.T) {
		d := discordtest.New(t)
		d.Change(func(s *discordtest.Settings) { s.HeartbeatInterval = 100 * time.Millisecond })
		r := newGatewayRun(t, d)
		r.dial = nil
		r.start()
		d.AwaitReady()
		first := r.say()
		d.Now(discordtest.Reconnect())
		second := r.say()
		d.Await("both messages", func() bool { return slices.Equal(r.heard(), []string{first, second}) || len(r.heard()) > 2 })
		d.Now(discordtest.Silence())
		d.Await("another connection", func() bool { return len(d.Resumes()) == 2 })
		d.AwaitReady()
		r.stop()
		d.Await("a close with 1000", func() bool {
			closes := d.Closes()
			return closes[len(closes)-1].Code == closeNormal && closes[0].Code == closeAndResumeSoon
		})
	})
}
