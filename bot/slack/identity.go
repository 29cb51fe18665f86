package slack

import (
	"context"
	"time"
)

// An identity is who the bot is in its workspace.
type identity struct {
	user string // U…: what a mention of the bot holds
	bot  string // B…
	team string
}

// How long to wait before asking again who the bot is.
const (
	firstWait   = time.Second
	longestWait = time.Minute
)

// introduce asks Slack who the bot is, until it is known. It is not needed for
// an answer: mentions say themselves that they are for the bot, and what bots
// write says that it is by a bot. But a token that is no good shows here.
func (s *Slack) introduce(ctx context.Context) {
	for wait := firstWait; ; wait = min(2*wait, longestWait) {
		me, err := s.rest.whoAmI(ctx)
		if err == nil {
			s.self.Store(me)
			s.log.Info("slack: signed in", "user", me.user, "team", me.team)
			return
		}
		if s.rest.judge(err) || ctx.Err() != nil {
			return
		}
		s.log.Warn("slack: who am I?", "err", redact(err), "again_in", wait)
		if !sleep(ctx, wait) {
			return
		}
	}
}

// me is who the bot is, with empty fields while that is not known.
func (s *Slack) me() identity {
	if me := s.self.Load(); me != nil {
		return *me
	}
	return identity{}
}

// sleep waits and reports false if ctx ended first.
func sleep(ctx context.Context, d time.Duration) bool {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-ctx.Done():
		return false
	}
}
