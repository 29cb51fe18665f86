package discord

import (
	"testing"
	"testing/synctest"
	"time"

	"frameworkbot/bot"
	"frameworkbot/bot/discord/discordtest"
)

// TestHealth follows a bot from its start to its end, over either transport.
func TestHealth(t *testing.T) {
	modes(t, func(t *testing.T, mode string) {
		s := newScene(t, mode, parrot)
		s.until("the bot to be ready", func() bool { return s.bot.Health().State == bot.Ready })
		s.do(s.Command(CommandName, discordtest.Option("name", "laravel")))
		s.until("the answer to be counted", func() bool { return s.bot.Health().Acks.Count == 1 })
		h := s.bot.Health()
		if h.Platform != "discord" || h.Mode != mode || h.Up != 1 || h.Wanted != 1 || h.Inbound.IsZero() || h.Counts != [bot.Counts]uint64{bot.Delivered: 1} {
			t.Errorf("%+v", h)
		}
		if known := h.IdentifiesLeft >= 0; known != (mode == Gateway) || known && h.IdentifiesLeft != 999 {
			t.Errorf("%d sessions may be started", h.IdentifiesLeft)
		}
		s.finish()
		if h := s.bot.Health(); h.State != bot.Stopped || h.Up != 0 {
			t.Errorf("%+v", h)
		}
	})
}

// TestHealthOfGateway: each shard is past READY, with heartbeats that are acknowledged.
func TestHealthOfGateway(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := discordtest.NewInMemory(t)
		d.Change(func(set *discordtest.Settings) { set.Shards = 2 })
		s := startScene(t, d, Gateway, parrot)
		state := func(want bot.State, up int) {
			t.Helper()
			synctest.Wait()
			if h := s.bot.Health(); h.State != want || h.Up != up || h.Wanted != 2 {
				t.Errorf("%s with %d of %d because %q, want %s with %d", h.State, h.Up, h.Wanted, h.Why, want, up)
			}
		}
		state(bot.Ready, 2)
		time.Sleep(time.Hour) // nobody asks anything
		state(bot.Ready, 2)
		d.FailAlways("GET /gateway/bot", discordtest.BadGateway())
		d.Always(discordtest.BeforeHello, discordtest.Cut())
		d.Now(discordtest.Cut())
		time.Sleep(time.Second)
		state(bot.Connecting, 0)
		d.Heal()
		d.Mend()
		time.Sleep(5 * time.Minute)
		state(bot.Ready, 2)
		if h := s.bot.Health(); h.Counts[bot.Reconnects] < 2 {
			t.Errorf("%d reconnects", h.Counts[bot.Reconnects])
		}
		s.finish()
	})
}

// until waits for what nobody at Discord notices.
func (s *scene) until(what string, ok func() bool) {
	s.t.Helper()
	for deadline := time.Now().Add(20 * time.Second); !ok(); {
		if time.Now().After(deadline) {
			s.t.Fatalf("waited in vain for %s", what)
		}
		<-time.After(time.Millisecond)
	}
}
