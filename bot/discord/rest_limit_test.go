package discord

import (
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"frameworkbot/bot"
	"frameworkbot/bot/discord/discordtest"
)

// A counter answers requests as Discord does when it counts them: some in five
// seconds for each channel, some in a second altogether.
type counter struct {
	perChannel, perSecond int
	latency               time.Duration // at most

	mu      sync.Mutex
	windows map[string]*window
	refused int
}

type window struct {
	end   time.Time
	count int
}

// RoundTrip implements [http.RoundTripper].
func (c *counter) RoundTrip(r *http.Request) (*http.Response, error) {
	time.Sleep(rand.N(c.latency + 1)) // of the bubble
	status, header := c.count(r.URL.Path)
	time.Sleep(rand.N(c.latency + 1))
	body := `{"retry_after":` + header.Get("Retry-After") + `}`
	if status == http.StatusOK {
		body = "{}"
	}
	return &http.Response{StatusCode: status, Header: header, Body: io.NopCloser(strings.NewReader(body)), Request: r}, nil
}

func (c *counter) count(channel string) (int, http.Header) {
	c.mu.Lock()
	defer c.mu.Unlock()
	h := http.Header{}
	if left, after := c.take("", c.perSecond, time.Second); left < 0 {
		c.refused++
		h.Set("X-RateLimit-Global", "true")
		h.Set("Retry-After", fmt.Sprint(after.Seconds()))
		return http.StatusTooManyRequests, h
	}
	if c.perChannel == 0 {
		return http.StatusOK, h
	}
	left, after := c.take(channel, c.perChannel, 5*time.Second)
	h.Set("X-RateLimit-Limit", strconv.Itoa(c.perChannel))
	h.Set("X-RateLimit-Remaining", strconv.Itoa(max(0, left)))
	h.Set("X-RateLimit-Reset-After", fmt.Sprint(after.Seconds()))
	h.Set("X-RateLimit-Bucket", "abcdef")
	if left < 0 {
		c.refused++
		h.Set("Retry-After", fmt.Sprint(after.Seconds()))
		return http.StatusTooManyRequests, h
	}
	return http.StatusOK, h
}

// take counts one request, and returns how many are left and until when.
func (c *counter) take(key string, limit int, length time.Duration) (int, time.Duration) {
	w := c.windows[key]
	if w == nil || !time.Now().Before(w.end) {
		w = &window{end: time.Now().Add(length)}
		c.windows[key] = w
	}
	w.count++
	if limit == 0 {
		return 0, 0
	}
	return limit - w.count, time.Until(w.end)
}

// newCounted is a rest whose requests are counted.
func newCounted(perChannel, perSecond int, latency time.Duration) (*rest, *counter) {
	c := &counter{perChannel: perChannel, perSecond: perSecond, latency: latency, windows: map[string]*window{}}
	r := newRest(Config{APIURL: DefaultAPI, Token: bot.NewSecret("x")}, func(error) {})
	r.transport = c
	return r, c
}

// forgive forgets what was refused, as time does.
func (l *limits) forgive() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.blocked, l.banned.calls, l.banned.interactions = time.Time{}, time.Time{}, time.Time{}
	clear(l.buckets)
}

// postAll posts n messages to each of the channels, all at once, and returns
// how many succeeded.
func postAll(ctx context.Context, r *rest, n int, channels ...string) int {
	var wg sync.WaitGroup
	var ok atomic.Int64
	for _, channel := range channels {
		for range n {
			wg.Go(func() {
				c := posting
				c.args = []string{channel}
				if r.do(ctx, c, nil) == nil {
					ok.Add(1)
				}
			})
		}
	}
	wg.Wait()
	return int(ok.Load())
}

// TestLimitsKeepToBuckets: Discord never has to refuse anything.
func TestLimitsKeepToBuckets(t *testing.T) {
	for name, test := range map[string]struct {
		perChannel, perSecond int
		latency               time.Duration
		each, channels        int
		within                time.Duration
	}{
		"five in five seconds":    {5, 0, 0, 40, 1, 36 * time.Second},
		"with latency":            {5, 0, 200 * time.Millisecond, 40, 1, 40 * time.Second},
		"each channel for itself": {5, 0, 100 * time.Millisecond, 10, 8, 8 * time.Second},
		"fifty in a second":       {0, 50, 50 * time.Millisecond, 50, 8, 10 * time.Second},
		"both":                    {5, 50, 50 * time.Millisecond, 10, 30, 13 * time.Second},
		"no limit at all":         {0, 0, 100 * time.Millisecond, 100, 1, 3 * time.Second},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				r, counted := newCounted(test.perChannel, test.perSecond, test.latency)
				var channels []string
				for i := range test.channels {
					channels = append(channels, strconv.Itoa(1000+i))
				}
				start := time.Now()
				if got, want := postAll(t.Context(), r, test.each, channels...), test.each*test.channels; got != want {
					t.Errorf("%d of %d messages were posted", got, want)
				}
				if counted.refused > 0 {
					t.Errorf("Discord refused %d requests", counted.refused)
				}
				if took := time.Since(start); took > test.within {
					t.Errorf("took %v, more than %v", took, test.within)
				}
			})
		})
	}
}

// TestLimitsGiveUpInTime: what would have to wait for more than a minute fails,
// the rest does not.
func TestLimitsGiveUpInTime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r, counted := newCounted(5, 0, 100*time.Millisecond)
		start := time.Now()
		if got := postAll(t.Context(), r, 200, discordtest.ChannelID); got < 50 || got > 65 {
			t.Errorf("%d messages were posted within a minute, want about 60", got)
		}
		if took := time.Since(start); took > longestCall+time.Second {
			t.Errorf("took %v", took)
		}
		if counted.refused > 0 {
			t.Errorf("Discord refused %d requests", counted.refused)
		}
	})
}

// TestInteractionsDoNotWait: a bucket that is empty, and a limit on everything,
// are none of theirs.
func TestInteractionsDoNotWait(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := discordtest.NewInMemory(t)
		r, _ := newTestRest(t, s)
		s.Fail(postings, discordtest.RateLimited(30*time.Second, "global"))
		done := make(chan error, 1)
		go func() { done <- r.do(t.Context(), posting, nil) }()
		synctest.Wait()
		start := time.Now()
		d := &Discord{rest: r, work: t.Context()}
		for range 500 {
			in := s.Command("framework")
			if err := d.callBack(&interaction{ID: in.ID, Token: in.Token}, deferral(showing{})); err != nil {
				t.Fatal(err)
			}
		}
		if took := time.Since(start); took > 0 {
			t.Errorf("500 interactions took %v", took)
		}
		if err := <-done; err != nil || time.Since(start) < 30*time.Second {
			t.Errorf("%v after %v", err, time.Since(start))
		}
		if n := len(r.limits.buckets); n > 2 {
			t.Errorf("%d buckets are kept", n)
		}
	})
}

// TestBucketsAreDropped: a bot speaks in very many channels.
func TestBucketsAreDropped(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := newLimits()
		for i := range 10 * maxBuckets {
			c := call{method: http.MethodPost, route: posting.route, args: []string{strconv.Itoa(i)}}
			b, err := l.wait(t.Context(), &c)
			if err != nil {
				t.Fatal(err)
			}
			l.done(&c, b, &response{status: http.StatusOK, header: http.Header{
				"X-Ratelimit-Limit": {"5"}, "X-Ratelimit-Remaining": {"4"}, "X-Ratelimit-Reset-After": {"1"}, "X-Ratelimit-Bucket": {"abc"},
			}})
		}
		if n := len(l.buckets); n > maxBuckets {
			t.Errorf("%d buckets are kept", n)
		}
	})
}

// TestBucketLearns goes through what responses can say.
func TestBucketLearns(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		header := func(limit, left, after string) http.Header {
			return http.Header{"X-Ratelimit-Limit": {limit}, "X-Ratelimit-Remaining": {left}, "X-Ratelimit-Reset-After": {after}}
		}
		b := &bucket{underWay: 2}
		b.learn(header("5", "4", "5.0"), time.Now())
		if b.left != 2 {
			t.Errorf("left %d, want 2: two may not be counted yet", b.left)
		}
		b.underWay = 0
		b.learn(header("5", "2", "5.0"), time.Now())
		b.learn(header("5", "3", "5.0"), time.Now())
		if b.left != 2 {
			t.Errorf("left %d, want 2: an older response came later", b.left)
		}
		time.Sleep(5 * time.Second) // of the bubble
		b.learn(header("5", "4", "5.0"), time.Now())
		if b.left != 4 {
			t.Errorf("left %d, want 4: a new window", b.left)
		}
		for _, h := range []http.Header{header("x", "0", "5"), header("5", "", "5"), header("5", "0", "-1"), header("5", "0", "Inf"), header("0", "0", "5"), {}} {
			before := *b
			b.learn(h, time.Now())
			if *b != before && h.Get("X-RateLimit-Reset-After") != "Inf" {
				t.Errorf("%v changed the bucket", h)
			}
		}
		if time.Until(b.reset) > longestWait {
			t.Errorf("waits until %v", b.reset)
		}
	})
}

// TestLimitsAreFair: who asks first goes first, however many wait.
func TestLimitsAreFair(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r, counted := newCounted(0, 50, 20*time.Millisecond)
		var wg sync.WaitGroup
		var longest atomic.Int64
		for i := range 40 * 60 { // about as much as there may be, for a minute
			time.Sleep(time.Second / 44) // of the bubble
			wg.Go(func() {
				c := posting
				c.args = []string{strconv.Itoa(i)}
				start := time.Now()
				if err := r.do(t.Context(), c, nil); err != nil {
					t.Errorf("message %d: %v", i, err)
				}
				raise(&longest, int64(time.Since(start)))
			})
		}
		wg.Wait()
		if d := time.Duration(longest.Load()); d > time.Second || counted.refused > 0 {
			t.Errorf("one took %v, %d were refused", d, counted.refused)
		}
	})
}
