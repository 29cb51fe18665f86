package discord

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/bwmarrin/discordgo"

	"frameworkbot/bot"
	"frameworkbot/bot/discord/discordtest"
)

// newTestRest calls s. The error that it holds to be permanent goes to the returned pointer.
func newTestRest(t *testing.T, s *discordtest.Server) (*rest, *error) {
	var permanent error
	r := newRest(Config{APIURL: s.URL(), Token: bot.NewSecret(s.Token())}, func(err error) { permanent = err })
	dialInMemory(r, s)
	t.Cleanup(r.close)
	return r, &permanent
}

func dialInMemory(r *rest, s *discordtest.Server) {
	transport := r.transport.(*http.Transport)
	transport.DialContext, transport.Proxy = s.DialContext, nil
}

// Calls of each kind.
var (
	harmless = call{method: http.MethodGet, route: "/users/@me", harmless: true}
	posting  = call{
		method: http.MethodPost, route: "/channels/{channel}/messages", args: []string{discordtest.ChannelID},
		body: map[string]any{"content": "hello", "allowed_mentions": map[string]any{"parse": []string{}}},
	}
	nonced = call{
		method: http.MethodPost, route: posting.route, args: posting.args, harmless: true,
		body: map[string]any{"content": "hello", "nonce": "7", "enforce_nonce": true, "allowed_mentions": map[string]any{"parse": []string{}}},
	}
	postings = "POST /channels/*/messages"
)

func TestRestTriesAgainWhatDoesNoHarm(t *testing.T) {
	for name, test := range map[string]struct {
		call     call
		route    string
		failures []discordtest.Failure
		requests int
		err      string
		took     time.Duration // at least
	}{
		"at once":                      {harmless, "GET /users/@me", nil, 1, "", 0},
		"bad gateway":                  {harmless, "GET /users/@me", []discordtest.Failure{discordtest.BadGateway()}, 2, "", 0},
		"bad gateway for ever":         {harmless, "GET /users/@me", slices.Repeat([]discordtest.Failure{discordtest.BadGateway()}, 9), maxTries, "status 502", 0},
		"reset":                        {harmless, "GET /users/@me", []discordtest.Failure{discordtest.Reset()}, 2, "", 0},
		"no answer":                    {harmless, "GET /users/@me", []discordtest.Failure{discordtest.Hang()}, 2, "", callTimeout},
		"post, bad gateway":            {posting, postings, []discordtest.Failure{discordtest.BadGateway()}, 1, "status 502", 0},
		"post, done and bad gateway":   {posting, postings, []discordtest.Failure{discordtest.ButDone(discordtest.BadGateway())}, 1, "status 502", 0},
		"post, reset":                  {posting, postings, []discordtest.Failure{discordtest.Reset()}, 1, "EOF", 0},
		"nonce, bad gateway":           {nonced, postings, []discordtest.Failure{discordtest.BadGateway()}, 2, "", 0},
		"nonce, done and bad gateway":  {nonced, postings, []discordtest.Failure{discordtest.ButDone(discordtest.BadGateway())}, 2, "", 0},
		"nonce, done and reset":        {nonced, postings, []discordtest.Failure{discordtest.ButDone(discordtest.Reset())}, 2, "", 0},
		"post, too many":               {posting, postings, []discordtest.Failure{discordtest.RateLimited(time.Second, "user")}, 2, "", time.Second},
		"post, too many, shared":       {posting, postings, []discordtest.Failure{discordtest.RateLimited(2*time.Second, "shared")}, 2, "", 2 * time.Second},
		"post, too many, everything":   {posting, postings, []discordtest.Failure{discordtest.RateLimited(3*time.Second, "global")}, 2, "", 3 * time.Second},
		"post, too many for a minute":  {posting, postings, []discordtest.Failure{discordtest.RateLimited(59*time.Second, "user")}, 2, "", 59 * time.Second},
		"post, too many for an hour":   {posting, postings, []discordtest.Failure{discordtest.RateLimited(time.Hour, "user")}, 1, "no room in time", 0},
		"post, too many, at once":      {posting, postings, []discordtest.Failure{discordtest.RateLimited(0, "user")}, 2, "", 0},
		"post, too many, no time said": {posting, postings, []discordtest.Failure{discordtest.RateLimitedBare()}, 2, "", waitUnknown},
		"post, too many for ever":      {posting, postings, slices.Repeat([]discordtest.Failure{discordtest.RateLimited(time.Second, "user")}, 9), maxTries, "status 429", 2 * time.Second},
		"post, refused":                {posting, postings, []discordtest.Failure{discordtest.Refused(403, 50013)}, 1, "status 403, code 50013", 0},
		"huge wait in the header": {
			posting, postings,
			[]discordtest.Failure{discordtest.WithHeader(discordtest.RateLimitedBare(), "Retry-After", "1e300")},
			1, "no room in time", 0,
		},
		"fraction in the header": {
			posting, postings,
			[]discordtest.Failure{discordtest.WithHeader(discordtest.RateLimitedBare(), "Retry-After", "1.5")},
			2, "", 1500 * time.Millisecond,
		},
		"nonsense in the header": {
			posting, postings,
			[]discordtest.Failure{discordtest.WithHeader(discordtest.RateLimitedBare(), "Retry-After", "NaN")},
			2, "", waitUnknown,
		},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s := discordtest.NewInMemory(t)
				r, permanent := newTestRest(t, s)
				s.Fail(test.route, test.failures...)
				start := time.Now()
				err := r.do(t.Context(), test.call, nil)
				took := time.Since(start)
				if test.err == "" && err != nil || test.err != "" && (err == nil || !strings.Contains(err.Error(), test.err)) {
					t.Errorf("got %v, want %q", err, test.err)
				}
				if got := len(s.Requests(test.route)); got != test.requests {
					t.Errorf("%d requests, want %d", got, test.requests)
				}
				if took < test.took || took > test.took+5*time.Second {
					t.Errorf("took %v, want about %v", took, test.took)
				}
				if test.route == postings && len(s.Messages()) > 1 {
					t.Errorf("posted %d times", len(s.Messages()))
				}
				if *permanent != nil {
					t.Errorf("held to be permanent: %v", *permanent)
				}
			})
		})
	}
}

// TestRestStopsAtABan: the network before Discord refuses in HTML, and does not
// want to be asked again for a while. Interactions have a ban of their own.
func TestRestStopsAtABan(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := discordtest.NewInMemory(t)
		r, _ := newTestRest(t, s)
		s.Fail(postings, discordtest.Banned())
		if err := r.do(t.Context(), posting, nil); err == nil || !strings.Contains(err.Error(), "status 429") {
			t.Errorf("got %v", err)
		}
		for range 100 {
			if err := r.do(t.Context(), harmless, nil); !errors.Is(err, errBanned) {
				t.Fatalf("got %v", err)
			}
		}
		if n := len(s.Requests("")); n != 1 {
			t.Errorf("%d requests, want 1", n)
		}
		in := s.Command("framework")
		d := &Discord{rest: r, work: t.Context()}
		i := &interaction{ID: in.ID, Token: in.Token}
		if err := d.callBack(i, callback{Type: discordgo.InteractionResponseDeferredChannelMessageWithSource}); err != nil {
			t.Errorf("an interaction waits for the ban: %v", err)
		}
		time.Sleep(banTime) // of the bubble
		if err := r.do(t.Context(), harmless, nil); err != nil {
			t.Errorf("after the ban: %v", err)
		}
	})
}

func TestRestTellsOfAnInvalidToken(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := discordtest.NewInMemory(t)
		r, permanent := newTestRest(t, s)
		r.token = bot.NewSecret("no.good.canary")
		err := r.do(t.Context(), harmless, nil)
		if !errors.Is(*permanent, errToken) || err == nil || len(s.Requests("")) != 1 {
			t.Errorf("got %v, permanent %v", err, *permanent)
		}
	})
}

// TestRestEndsWithContext: no wait outlives the context.
func TestRestEndsWithContext(t *testing.T) {
	for name, failure := range map[string]discordtest.Failure{
		"too many":          discordtest.RateLimited(30*time.Second, "user"),
		"too many, overall": discordtest.RateLimited(30*time.Second, "global"),
		"no answer":         discordtest.Hang(),
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s := discordtest.NewInMemory(t)
				r, _ := newTestRest(t, s)
				s.FailAlways(postings, failure)
				ctx, cancel := context.WithCancel(t.Context())
				time.AfterFunc(3*time.Second, cancel)
				start := time.Now()
				if err := r.do(ctx, nonced, nil); err == nil {
					t.Error("no error")
				}
				if took := time.Since(start); took != 3*time.Second {
					t.Errorf("ended after %v", took)
				}
			})
		})
	}
}

// TestRestErrorsHoldNoSecret: the tokens of interactions are part of addresses.
func TestRestErrorsHoldNoSecret(t *testing.T) {
	c := call{method: http.MethodPost, route: webhook, args: []string{"1", "aW50ZXJhY3Rpb24canary"}, interaction: true}
	for name, base := range map[string]string{
		"refused connection": "http://127.0.0.1:1/api/v10",
		"not an address":     "http://127.0.0.1:x/api/v10",
		"no such scheme":     "gopher://127.0.0.1/api/v10",
	} {
		r := newRest(Config{APIURL: DefaultAPI, Token: bot.NewSecret("canary")}, func(error) {})
		r.base = base
		ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
		err := r.do(ctx, c, nil)
		cancel()
		if err == nil || strings.Contains(err.Error(), "canary") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestRestFollowsNoRedirectAndReadsNoFlood(t *testing.T) {
	var elsewhere int
	other := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { elsewhere++ }))
	defer other.Close()
	for name, handler := range map[string]http.HandlerFunc{
		"redirect": func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, other.URL, http.StatusTemporaryRedirect)
		},
		"flood": func(w http.ResponseWriter, _ *http.Request) {
			for range 5 << 10 {
				if _, err := w.Write(make([]byte, 1<<10)); err != nil {
					return
				}
			}
		},
		"no JSON": func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte("<html>")) },
	} {
		s := httptest.NewServer(handler)
		r := newRest(Config{APIURL: s.URL, Token: bot.NewSecret("x")}, func(error) {})
		c := harmless
		c.harmless = false
		var me person
		if err := r.do(t.Context(), c, &me); err == nil {
			t.Errorf("%s: no error", name)
		}
		r.close()
		s.Close()
	}
	if elsewhere > 0 {
		t.Error("a redirect was followed")
	}
}

func TestRestFillsPaths(t *testing.T) {
	c := call{route: "/a/{b}/c/{d}/e", args: []string{"1/2", "x?y"}, query: "z=1"}
	if got := c.path(); got != "/a/1%2F2/c/x%3Fy/e?z=1" {
		t.Errorf("got %s", got)
	}
}

// TestCallbackTwiceIsOnce: the first one arrived, its response did not.
func TestCallbackTwiceIsOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := discordtest.NewInMemory(t)
		r, _ := newTestRest(t, s)
		d := &Discord{rest: r, work: t.Context()}
		in := s.Command("framework")
		s.Fail("POST /interactions/*/*/callback", discordtest.ButDone(discordtest.Reset()))
		i := &interaction{ID: in.ID, Token: in.Token}
		if err := d.callBack(i, callback{Type: discordgo.InteractionResponseDeferredChannelMessageWithSource}); err != nil {
			t.Errorf("got %v", err)
		}
		if err := d.callBack(i, callback{Type: discordgo.InteractionResponseDeferredChannelMessageWithSource}); !isGone(err) {
			t.Errorf("another one got %v", err)
		}
	})
}
