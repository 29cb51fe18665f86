package discord

import (
	"context"
	"errors"
	"net/http"
	"sync"
	"time"
)

// Discord allows a bot fifty requests in a second, whatever they are, but for
// those that answer interactions
// (https://docs.discord.com/developers/topics/rate-limits#global-rate-limit).
// Forty-five, and two at once, are no more than that when they arrive, even if
// some are overtaken by others.
const (
	requestEvery = time.Second / 45
	atOnce       = 2
)

// Where Discord says less than it should, and where it says too much.
const (
	waitUnknown = time.Second      // for a 429 that does not say how long
	longestWait = 10 * time.Minute // that is believed
	banTime     = 10 * time.Minute // that the network before Discord is left alone after it refused a request
)

// maxBuckets is how many buckets are kept before those are dropped that have nothing to say.
const maxBuckets = 1024

// errBanned is why nothing is sent: the network before Discord refuses this
// machine, and would do so for longer if it was asked again.
var errBanned = errors.New("the network before Discord refuses requests from here; waiting some minutes")

// limits hold calls back until Discord allows them. They know nothing by
// themselves but the overall limit: what each route allows, Discord says with
// each response (https://docs.discord.com/developers/topics/rate-limits).
type limits struct {
	mu      sync.Mutex
	buckets map[string]*bucket
	names   map[string]string // of a route: what Discord calls its bucket
	every   time.Duration     // of the overall limit
	ready   time.Time         // when the last request of it is paid off
	blocked time.Time         // no request before it: a 429 for everything

	banned struct{ calls, interactions time.Time } // not even tried before it
}

func newLimits() *limits {
	return &limits{buckets: map[string]*bucket{}, names: map[string]string{}, every: requestEvery}
}

// wait holds the call back until it may be made. Interactions never wait; the
// bucket is nil for them.
func (l *limits) wait(ctx context.Context, c *call) (*bucket, error) {
	if l.isBanned(c) {
		return nil, errBanned
	}
	if c.interaction {
		return nil, ctx.Err()
	}
	b := l.bucket(c)
	select {
	case b.queue <- struct{}{}:
		defer func() { <-b.queue }()
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	for {
		after, changed := l.take(b)
		if after == 0 {
			break
		}
		if err := pause(ctx, after, changed); err != nil {
			return nil, err
		}
	}
	err := l.share(ctx)
	if err == nil && l.isBanned(c) { // meanwhile
		err = errBanned
	}
	if err != nil {
		l.done(c, b, nil)
		return nil, err
	}
	return b, nil
}

// pause waits for a time, or until a response came if one is to come. It does
// not begin to wait for longer than ctx lasts.
func pause(ctx context.Context, after time.Duration, changed <-chan struct{}) error {
	if end, ok := ctx.Deadline(); changed == nil && ok && time.Until(end) < after {
		return errLimited
	}
	timer := time.NewTimer(after)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-changed:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// errLimited is why a call is given up that would have to wait for too long.
var errLimited = errors.New("the rate limit leaves no room in time")

func (l *limits) isBanned(c *call) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	until := l.banned.calls
	if c.interaction {
		until = l.banned.interactions
	}
	return time.Now().Before(until)
}

// take takes one request from the bucket. If there is none to take, it returns
// when to look again: after a time, or once changed is closed.
func (l *limits) take(b *bucket) (after time.Duration, changed <-chan struct{}) {
	l.mu.Lock()
	defer l.mu.Unlock()
	now := time.Now()
	if now.Before(b.blocked) {
		return b.blocked.Sub(now), nil
	}
	if after := b.wait(now); after > 0 {
		if b.underWay > 0 {
			changed = b.changed
		}
		return after, changed
	}
	b.left--
	b.underWay++
	return 0, nil
}

// share waits for one request of those that all buckets share.
func (l *limits) share(ctx context.Context) error {
	for {
		at, ok := l.place(ctx)
		if !ok || !sleep(ctx, time.Until(at)) {
			return errLimited
		}
		l.mu.Lock()
		again := time.Now().Before(l.blocked) // everything was refused meanwhile
		l.mu.Unlock()
		if !again {
			return nil
		}
	}
}

// place gives away the next place in the line of all requests, each to who asks
// first, and returns when it comes. There is none that comes in time if ctx ends
// sooner.
func (l *limits) place(ctx context.Context) (time.Time, bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	at := time.Now()
	for _, no := range []time.Time{l.blocked, l.ready.Add(-(atOnce - 1) * l.every)} {
		if at.Before(no) {
			at = no
		}
	}
	if end, limited := ctx.Deadline(); limited && end.Before(at) {
		return at, false
	}
	if l.ready.Before(at) {
		l.ready = at
	}
	l.ready = l.ready.Add(l.every)
	return at, true
}

// done notes what a response said of limits; it is nil if there was none.
func (l *limits) done(c *call, b *bucket, res *response) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if res != nil && res.status == http.StatusTooManyRequests {
		l.refused(c, b, res)
	}
	if b == nil {
		return
	}
	b.underWay--
	if res != nil {
		b.learn(res.header, time.Now())
		l.name(c, b, res.header.Get("X-RateLimit-Bucket"))
	}
	close(b.changed)
	b.changed = make(chan struct{})
}

// refused notes a 429.
func (l *limits) refused(c *call, b *bucket, res *response) {
	failure, now := res.failure(), time.Now()
	until := now.Add(min(failure.wait, longestWait))
	switch {
	case failure.banned && c.interaction:
		l.banned.interactions = now.Add(banTime)
	case failure.banned:
		l.banned.calls = now.Add(banTime)
	case c.interaction: // waits for itself
	case res.header.Get("X-RateLimit-Global") == "true", res.header.Get("X-RateLimit-Scope") == "global":
		l.blocked = until
	default:
		b.blocked = until
	}
}

// bucket is the one that the call takes from.
func (l *limits) bucket(c *call) *bucket {
	l.mu.Lock()
	defer l.mu.Unlock()
	key := l.key(c)
	b := l.buckets[key]
	if b == nil {
		l.makeRoom()
		b = &bucket{queue: make(chan struct{}, 1), changed: make(chan struct{})}
		l.buckets[key] = b
	}
	return b
}

// key names the bucket of a call: what Discord calls it, or the route until that
// is known, and the channel or application that it is about.
func (l *limits) key(c *call) string {
	name, about := c.method+" "+c.route, ""
	if known := l.names[name]; known != "" {
		name = known
	}
	if len(c.args) > 0 {
		about = c.args[0]
	}
	return name + " " + about
}

// name notes what Discord calls the bucket of a route, which it may share with others.
func (l *limits) name(c *call, b *bucket, name string) {
	route := c.method + " " + c.route
	if name == "" || l.names[route] == name {
		return
	}
	l.names[route] = name
	if key := l.key(c); l.buckets[key] == nil {
		l.buckets[key] = b
	}
}

// makeRoom drops the buckets that nobody waits for and that are full again.
func (l *limits) makeRoom() {
	if len(l.buckets) < maxBuckets {
		return
	}
	now := time.Now()
	for key, b := range l.buckets {
		if b.underWay == 0 && len(b.queue) == 0 && !now.Before(b.reset) && !now.Before(b.blocked) {
			delete(l.buckets, key)
		}
	}
}
