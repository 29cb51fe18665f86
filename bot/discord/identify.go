package discord

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"frameworkbot/bot"
)

// How often sessions are started. Discord resets the token of a bot that
// starts more than 1,000 in a day
// (https://docs.discord.com/developers/events/gateway#identifying).
const (
	startSpacing  = 5 * time.Second // between two of a bucket
	startsADay    = 200
	startsReserve = 10 // that are left for who starts the bot by hand
	day           = 24 * time.Hour
	askAgainAfter = time.Minute // how long an answer of GET /gateway/bot is good for
	askWithin     = 20 * time.Second
)

// starts sees to it that the shards do not start sessions too often. Shards
// whose number has the same remainder by max_concurrency are in one bucket, and
// start one after the other.
type starts struct {
	fetch func(context.Context) (gatewayBot, error)
	log   *slog.Logger
	most  int // in a day

	vitals *bot.Vitals

	mu      sync.Mutex
	at      gatewayBot
	asked   time.Time
	reset   time.Time   // when Discord lets more be started; zero if it does so now
	taken   []time.Time // in the last day, oldest first
	pending int         // that will be taken in a moment, if nothing goes wrong
	buckets []startBucket
}

// A startBucket is a line in which shards wait to start a session.
type startBucket struct {
	last time.Time       // when a session was started
	end  <-chan struct{} // closed when the last in the line has passed
}

func newStarts(fetch func(context.Context) (gatewayBot, error), at gatewayBot, log *slog.Logger) *starts {
	return &starts{
		fetch: fetch, log: log, at: at, asked: time.Now(),
		most:    max(startsADay, 2*at.Shards), // of more than a hundred shards, each may start twice
		buckets: make([]startBucket, max(1, at.Limit.MaxConcurrency)),
	}
}

// address is where sessions are started.
func (s *starts) address() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.at.URL
}

// A turn is a shard's place in the line of those that want to start a session.
type turn struct {
	*starts
	bucket *startBucket
	before <-chan struct{} // closed when it is this one's turn
	after  chan struct{}   // closed by this one
	mayGo  bool            // counts as pending
}

// line gives a shard its place, behind those that came before.
func (s *starts) line(shard int) *turn {
	s.mu.Lock()
	defer s.mu.Unlock()
	b := &s.buckets[shard%len(s.buckets)]
	t := &turn{starts: s, bucket: b, before: b.end, after: make(chan struct{})}
	b.end = t.after
	return t
}

// pass lets the next one in the line have its turn. It may be called again.
func (t *turn) pass() {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.mayGo {
		t.mayGo = false
		t.pending--
	}
	if t.after != nil {
		close(t.after)
		t.after = nil
	}
}

// come waits until the shard may start a session, and reports false if ctx is
// done first. Until it passes, no other shard of its bucket starts one.
func (t *turn) come(ctx context.Context) bool {
	if t.before != nil {
		select {
		case <-t.before:
		case <-ctx.Done():
			return false
		}
	}
	for {
		wait := t.wait(ctx)
		if wait <= 0 || !sleep(ctx, wait) {
			return ctx.Err() == nil
		}
	}
}

// take notes that the shard starts its session now.
func (t *turn) take() {
	t.mu.Lock()
	defer t.mu.Unlock()
	now := time.Now()
	t.mayGo = false
	t.pending--
	t.bucket.last = now
	t.taken = append(t.taken, now)
	t.at.Limit.Remaining--
	t.tell()
}

// tell tells how many more may be started. Discord leaves it out where it does
// not count.
func (s *starts) tell() {
	if s.at.Limit.Total > 0 {
		s.vitals.IdentifiesLeft(max(0, s.at.Limit.Remaining))
	}
}

// wait is how long it is until a session may be started. If that is now, it
// counts as pending.
func (t *turn) wait(ctx context.Context) time.Duration {
	t.ask(ctx)
	t.mu.Lock()
	defer t.mu.Unlock()
	now := time.Now()
	if wait := t.untilReset(now); wait > 0 {
		return wait
	}
	for len(t.taken) > 0 && now.Sub(t.taken[0]) >= day {
		t.taken = t.taken[1:]
	}
	if len(t.taken) > 0 && len(t.taken)+t.pending >= t.most {
		wait := t.taken[0].Add(day).Sub(now)
		t.log.Error("discord: gateway budget used up: too many sessions were started today", "sessions", len(t.taken), "wait", wait)
		return wait
	}
	wait := t.bucket.last.Add(startSpacing).Sub(now)
	if wait <= 0 {
		t.mayGo = true
		t.pending++
	}
	return wait
}

// untilReset is how long it is until Discord lets more sessions be started, 0
// if it does so now. Once that time is over, it is taken to do so.
func (t *turn) untilReset(now time.Time) time.Duration {
	l := &t.at.Limit
	if !t.reset.IsZero() {
		if wait := t.reset.Sub(now); wait > 0 {
			return wait
		}
		t.reset, t.asked, l.Remaining = time.Time{}, now, l.Total
	}
	if l.Total == 0 || l.Remaining-t.pending >= max(1, min(startsReserve, l.Total/10)) {
		return 0
	}
	t.reset = t.asked.Add(max(time.Duration(l.ResetAfter)*time.Millisecond, startSpacing))
	wait := t.reset.Sub(now)
	t.log.Error("discord: gateway budget used up: Discord lets few more sessions be started", "left", l.Remaining, "wait", wait)
	return wait
}

// ask asks Discord how many sessions may be started, unless that was done a
// moment ago. If it does not say, what it said before is good enough: what was
// started since is taken off.
func (t *turn) ask(ctx context.Context) {
	t.mu.Lock()
	good := time.Since(t.asked) < askAgainAfter || !t.reset.IsZero()
	t.mu.Unlock()
	if good {
		return
	}
	within, cancel := context.WithTimeout(ctx, askWithin)
	defer cancel()
	at, err := t.fetch(within)
	if err != nil {
		t.log.Warn("discord: gateway budget unknown", "error", bot.Redact(err))
		return
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	t.at, t.asked = at, time.Now()
	t.tell()
}
