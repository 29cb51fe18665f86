package slack

import (
	"context"
	"errors"
	"math/rand/v2"
	"time"

	"github.com/slack-go/slack"
)

// How often connections are opened.
const (
	openApart = time.Second

	// opensAMinute bounds them when each is of some use and ends at once.
	// Slack allows fifty (https://docs.slack.dev/reference/methods/apps.connections.open).
	opensAMinute = 40

	firstBackOff  = time.Second
	longestBack   = time.Minute
	youngLifetime = 30 * time.Second // a connection that ends sooner, and brought nothing, is a failure
)

// openings says when the next connection may be opened. The zero value says
// now.
type openings struct {
	last     [opensAMinute]time.Time // a ring: the oldest is at next
	next     int
	failures int // in a row
	rest     time.Time
}

// wait waits until a connection may be opened, and counts it. It reports false
// if ctx is done first.
func (o *openings) wait(ctx context.Context) bool {
	due := o.rest
	if before := o.last[(o.next+opensAMinute-1)%opensAMinute]; !before.IsZero() {
		due = later(due, before.Add(openApart))
	}
	if oldest := o.last[o.next]; !oldest.IsZero() {
		due = later(due, oldest.Add(time.Minute))
	}
	if !sleep(ctx, time.Until(due)) || ctx.Err() != nil {
		return false
	}
	o.last[o.next] = time.Now()
	o.next = (o.next + 1) % opensAMinute
	return true
}

// lived tells how long a connection served, and whether it brought anything.
func (o *openings) lived(d time.Duration, useful bool) {
	if useful || d >= youngLifetime {
		o.failures = 0
		return
	}
	o.backOff(0)
}

// failed tells that a connection could not be opened. It returns how long is
// waited now: longer each time, and as long as Slack says.
func (o *openings) failed(err error) time.Duration {
	var least time.Duration
	if limited, ok := errors.AsType[*slack.RateLimitedError](err); ok {
		least = limited.RetryAfter
	}
	return o.backOff(least)
}

// backOff waits for at least that long, with jitter: many bots lose their
// connections at the same time.
func (o *openings) backOff(least time.Duration) time.Duration {
	d := longestBack
	if o.failures < 6 { // 1, 2, 4, 8, 16, 32 seconds
		d = firstBackOff << o.failures
	}
	o.failures++
	d = max(least, d/2+rand.N(d/2))
	o.rest = time.Now().Add(d)
	return d
}

func later(a, b time.Time) time.Time {
	if a.Before(b) {
		return b
	}
	return a
}
