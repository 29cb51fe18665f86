package discord

import (
	"strings"
	"testing"
	"time"

	"frameworkbot/bot/discord/discordtest"
)

// TestShards starts each shard in its turn, and sends to each what is its own.
func TestShards(t *testing.T) {
	inBubble(t, func(r *gatewayRun) {
		r.d.Change(func(s *discordtest.Settings) { s.Shards, s.MaxConcurrency = 5, 2 })
		r.start()
		r.d.AwaitReady()
		ids := r.d.Identifies()
		for _, one := range ids {
			round := one.Shard[0] / 2
			if after := one.At.Sub(ids[0].At); after != time.Duration(round)*startSpacing || one.Shard[1] != 5 {
				t.Errorf("shard %v started after %v", one.Shard, after)
			}
		}
		var said []string
		for shard := range 5 {
			e := discordtest.Mention("laravel", discordtest.In(discordtest.GuildOn(shard, 5), discordtest.ChannelID))
			r.d.Dispatch(e)
			said = append(said, e.Data["id"].(string))
			r.hears(said...)
		}
		r.stop()
		if c := r.d.Closes(); len(ids) != 5 || len(c) != 5 {
			t.Errorf("%d IDENTIFYs, closed as %+v", len(ids), c)
		}
	})
}

// TestShardHeldUp: one shard that never gets HELLO holds up those behind it
// for no longer than that takes, and no other.
func TestShardHeldUp(t *testing.T) {
	inBubble(t, func(r *gatewayRun) {
		r.d.Change(func(s *discordtest.Settings) { s.Shards = 3 })
		r.d.On(discordtest.BeforeHello, discordtest.Silence())
		r.start()
		r.d.AwaitWithin(time.Minute, "all shards", r.d.Ready)
		r.stop()
	})
}

// TestShardRefused: what is wrong for one shard is wrong for all.
func TestShardRefused(t *testing.T) {
	inBubble(t, func(r *gatewayRun) {
		r.d.Change(func(s *discordtest.Settings) { s.Shards, s.MaxConcurrency = 4, 4 })
		r.start()
		r.d.AwaitReady()
		r.d.On(discordtest.BeforeResumed, discordtest.Close(4014))
		r.d.Now(discordtest.Reconnect())
		if err := r.fails(); err == nil || !strings.Contains(err.Error(), "4014") {
			t.Errorf("run returned %v", err)
		}
		before := r.d.Connections()
		time.Sleep(time.Hour)
		if r.d.Connections() != before || r.d.Ready() {
			t.Error("some shards go on")
		}
	})
}

// TestShardsLoseNetwork: all shards come back, and none starts a session for it.
func TestShardsLoseNetwork(t *testing.T) {
	inBubble(t, func(r *gatewayRun) {
		r.d.Change(func(s *discordtest.Settings) { s.Shards, s.MaxConcurrency = 3, 3 })
		r.start()
		r.d.AwaitReady()
		time.Sleep(time.Hour)
		r.d.Always(discordtest.BeforeHello, discordtest.Cut())
		r.d.Now(discordtest.Cut())
		time.Sleep(90 * time.Second)
		r.d.Heal()
		r.d.AwaitWithin(time.Minute, "the bot to be back", r.d.Ready)
		r.stop()
		if n := len(r.d.Identifies()); n != 3 {
			t.Errorf("%d IDENTIFYs", n)
		}
	})
}

// TestStartsLeft waits for Discord to let more sessions be started.
func TestStartsLeft(t *testing.T) {
	for name, c := range map[string]struct {
		total, left int
		reset       time.Duration
		wait        bool
	}{
		"enough":        {1000, 10, 3 * time.Hour, false},
		"few":           {1000, 9, 3 * time.Hour, true},
		"none":          {1000, 0, 3 * time.Hour, true},
		"none, shortly": {1000, 0, 0, true},
		"small bot":     {5, 1, 3 * time.Hour, false},
		"says nothing":  {0, 100, 0, false},
	} {
		t.Run(name, func(t *testing.T) {
			inBubble(t, func(r *gatewayRun) {
				r.d.Change(func(s *discordtest.Settings) { s.Starts, s.StartsLeft, s.ResetAfter = c.total, c.left, c.reset })
				began := time.Now()
				r.start()
				reset := max(c.reset, startSpacing)
				if c.wait {
					time.Sleep(reset - time.Second)
					if len(r.d.Identifies()) != 0 {
						t.Error("IDENTIFY before the limit was reset")
					}
				}
				if c.left == 0 {
					r.d.Change(func(s *discordtest.Settings) { s.StartsLeft = 100 })
				}
				r.d.AwaitReady()
				if took := time.Since(began); c.wait != (took >= reset) {
					t.Errorf("connected after %v", took)
				}
				r.stop()
				if c.wait != strings.Contains(r.log(), "gateway budget used up") {
					t.Errorf("logged %s", r.log())
				}
			})
		})
	}
}

// TestStartsADay: of a bot whose sessions all die, of however many shards, no
// more than 200 are started in any day.
func TestStartsADay(t *testing.T) {
	inBubble(t, func(r *gatewayRun) {
		r.d.Change(func(s *discordtest.Settings) { s.Shards, s.MaxConcurrency = 4, 4 })
		r.start()
		for range 2 * 24 * 6 {
			time.Sleep(10 * time.Minute)
			r.d.Now(discordtest.Invalid(false))
			r.d.Change(func(s *discordtest.Settings) { s.StartsLeft = 1000 })
		}
		ids := r.d.Identifies()
		for i := range ids {
			if j := i + startsADay; j < len(ids) && ids[j].At.Sub(ids[i].At) < day {
				t.Fatalf("%d sessions in %v", startsADay+1, ids[j].At.Sub(ids[i].At))
			}
		}
		if len(ids) < 2*startsADay {
			t.Errorf("%d sessions in two days", len(ids))
		}
		r.stop()
	})
}

// TestStartsUnknown: that Discord does not say how many sessions may be
// started holds up nothing.
func TestStartsUnknown(t *testing.T) {
	inBubble(t, func(r *gatewayRun) {
		r.start()
		r.d.AwaitReady()
		time.Sleep(time.Hour)
		r.d.FailAlways("GET /gateway/bot", discordtest.Hang())
		r.d.Now(discordtest.Invalid(false))
		r.d.AwaitWithin(time.Minute, "a new session", func() bool { return len(r.d.Identifies()) == 2 && r.d.Ready() })
		r.stop()
	})
}

func TestBackOff(t *testing.T) {
	if got := backOff(0, longestBackOff); got != 0 {
		t.Errorf("the first time: %v", got)
	}
	for fails, longest := range []time.Duration{0, time.Second, 2 * time.Second, 4 * time.Second, 8 * time.Second} {
		for range 100 {
			if got := backOff(fails, longestBackOff); got < longest/2 || got > longest {
				t.Errorf("after %d: %v", fails, got)
			}
		}
	}
	if got := backOff(1000, longestBackOff); got < longestBackOff/2 || got > longestBackOff {
		t.Errorf("after 1000: %v", got)
	}
}
