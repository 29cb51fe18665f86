package bot_test

import (
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"frameworkbot/bot"
)

// vitals are those of a platform that runs and should have two connections.
func vitals() *bot.Vitals {
	v := bot.NewVitals("slack", "socket")
	v.Begin()
	v.Want(2)
	return v
}

// state checks the state, since when it is so and why.
func state(t *testing.T, v *bot.Vitals, want bot.State, ago time.Duration, why string) {
	t.Helper()
	h := v.Health()
	if h.State != want || time.Since(h.Since) != ago || h.Why != why {
		t.Errorf("%s since %v because %q, want %s since %v because %q", h.State, time.Since(h.Since), h.Why, want, ago, why)
	}
	if takes := want == bot.Ready || want == bot.Degraded; h.State.TakesQuestions() != takes {
		t.Errorf("%s takes questions: %v", h.State, !takes)
	}
}

func TestVitals(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		v := bot.NewVitals("slack", "socket")
		time.Sleep(time.Second)
		state(t, v, bot.Starting, time.Second, "")
		v.Begin()
		v.Want(2)
		v.Trouble("no address")
		time.Sleep(time.Second)
		state(t, v, bot.Connecting, time.Second, "no address")
		v.Up(1, time.Minute)
		v.Trouble("of the other one")
		time.Sleep(time.Second)
		state(t, v, bot.Degraded, time.Second, "")
		v.Up(2, time.Minute)
		state(t, v, bot.Ready, 0, "")
		v.Down(1, "cut off")
		state(t, v, bot.Degraded, 0, "cut off")
		v.Down(2, "closed")
		state(t, v, bot.Connecting, 0, "closed")
		v.Up(3, 0)
		v.Up(4, 0)
		time.Sleep(time.Hour)
		state(t, v, bot.Ready, time.Hour, "") // nobody waits to hear of them
		v.Stop()
		state(t, v, bot.Stopping, 0, "")
		v.End(nil)
		state(t, v, bot.Stopped, 0, "")
	})
}

func TestVitalsOfSilentConnections(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		const dead = "nothing is heard of a connection"
		v := vitals()
		v.Up(1, time.Minute)
		v.Up(2, 2*time.Minute)
		time.Sleep(time.Minute)
		state(t, v, bot.Ready, time.Minute, "")
		time.Sleep(time.Second)
		state(t, v, bot.Degraded, time.Second, dead)
		time.Sleep(time.Minute)
		state(t, v, bot.Connecting, time.Second, dead)
		if h := v.Health(); h.Up != 0 || h.Wanted != 2 {
			t.Errorf("%d of %d are up", h.Up, h.Wanted)
		}
		v.Heard(1)
		v.Heard(2)
		v.Heard(3) // which is none
		if h := v.Health(); h.State != bot.Ready || !h.Heard.Equal(time.Now()) {
			t.Errorf("%+v", h)
		}
	})
}

func TestVitalsEndForGood(t *testing.T) {
	v := vitals()
	v.End(errors.New("the token xoxb-1111-2222-canary is no good"))
	v.Begin() // no more
	v.Up(1, 0)
	if h := v.Health(); h.State != bot.Failed || h.Why != "the token [redacted] is no good" {
		t.Errorf("%s because %q", h.State, h.Why)
	}
}

func TestVitalsCount(t *testing.T) {
	v := vitals()
	if h := v.Health(); !h.Inbound.IsZero() || h.IdentifiesLeft >= 0 {
		t.Errorf("something is known of nothing: %+v", h)
	}
	v.Deliver(false)
	v.Deliver(true)
	v.Count(bot.Duplicates)
	v.IdentifiesLeft(17)
	v.Acknowledged(20 * time.Millisecond)
	v.Acknowledged(time.Hour)
	h := v.Health()
	if h.Counts[bot.Delivered] != 2 || h.Counts[bot.Redelivered] != 1 || h.Counts[bot.Duplicates] != 1 || h.Counts[bot.Dropped] != 0 || h.IdentifiesLeft != 17 || h.Inbound.IsZero() {
		t.Errorf("%+v", h)
	}
	if a := h.Acks; a.Count != 2 || a.Sum != time.Hour+20*time.Millisecond || a.Within[10*time.Millisecond] != 0 || a.Within[25*time.Millisecond] != 1 || a.Within[3*time.Second] != 1 {
		t.Errorf("%+v", h.Acks)
	}
}

func TestNoVitals(*testing.T) {
	var v *bot.Vitals
	v.Begin()
	v.Want(1)
	v.Up(1, 0)
	v.Heard(1)
	v.Down(1, "")
	v.Trouble("")
	v.Deliver(true)
	v.Count(bot.Retries)
	v.Acknowledged(time.Second)
	v.IdentifiesLeft(1)
	v.Stop()
	v.End(nil)
}
