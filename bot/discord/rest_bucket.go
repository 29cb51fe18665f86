package discord

import (
	"math"
	"net/http"
	"strconv"
	"time"
)

// A bucket is what some calls may take from together.
type bucket struct {
	queue chan struct{} // holds the one that is next, so that all go in order

	known    bool      // a response came
	limit    int       // of requests in a window; 0 while unknown, or if there is none
	least    int       // that a response said was left in this window
	left     int       // of them, as far as is known
	reset    time.Time // when the window ends
	blocked  time.Time // a 429 for this bucket
	underWay int
	changed  chan struct{} // closed when a response came
}

// sameReset is how far two responses may be apart about when a window ends.
const sameReset = 250 * time.Millisecond

// wait is how long the bucket has nothing left, as far as is known.
func (b *bucket) wait(now time.Time) time.Duration {
	switch {
	case !b.known && b.underWay > 0:
		return callTimeout // its response will tell
	case b.limit == 0 || b.left > 0:
		return 0
	case now.Before(b.reset):
		return b.reset.Sub(now)
	case b.underWay > 0:
		return callTimeout // a new window, of which nothing is known yet
	}
	return 0
}

// learn reads what the bucket has left. Requests that are under way may not be
// counted in it, and responses may come in another order than the requests were
// counted in.
func (b *bucket) learn(h http.Header, now time.Time) {
	b.known = true
	limit, err := strconv.Atoi(h.Get("X-RateLimit-Limit"))
	least, err2 := strconv.Atoi(h.Get("X-RateLimit-Remaining"))
	after, ok := seconds(h.Get("X-RateLimit-Reset-After"))
	if err != nil || err2 != nil || !ok || limit <= 0 {
		return
	}
	reset := now.Add(min(after, longestWait))
	if reset.Sub(b.reset) < sameReset {
		least = min(least, b.least)
	}
	b.limit, b.least, b.left, b.reset = limit, least, least-b.underWay, reset
}

// retryAfter is how long a 429 says to wait: in its body, more exactly, or in its header.
func retryAfter(body *float64, header string) time.Duration {
	if body != nil {
		if d, ok := toDuration(*body); ok {
			return d
		}
	}
	if d, ok := seconds(header); ok {
		return d
	}
	return waitUnknown
}

// seconds reads a number of seconds, which may have a fraction.
func seconds(s string) (time.Duration, bool) {
	n, err := strconv.ParseFloat(s, 64)
	if err != nil {
		return 0, false
	}
	return toDuration(n)
}

func toDuration(seconds float64) (time.Duration, bool) {
	if math.IsNaN(seconds) || seconds < 0 {
		return 0, false
	}
	return time.Duration(min(seconds, 1e6) * float64(time.Second)), true
}
