package slack

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"

	"frameworkbot/bot"
)

// hook is a response_url that answers with the given responses in turn.
type hook struct {
	*httptest.Server
	mu     sync.Mutex
	bodies []string
}

// posts are the bodies that were sent so far.
func (h *hook) posts() []string {
	h.mu.Lock()
	defer h.mu.Unlock()
	return slices.Clone(h.bodies)
}

func newHook(t *testing.T, responses ...http.HandlerFunc) *hook {
	h := &hook{}
	h.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		data, _ := io.ReadAll(r.Body)
		h.mu.Lock()
		h.bodies = append(h.bodies, string(data))
		n := len(h.bodies)
		h.mu.Unlock()
		responses[min(n, len(responses))-1](w, r)
	}))
	t.Cleanup(h.Close)
	return h
}

func answers(status int, text string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(status)
		_, _ = io.WriteString(w, text)
	}
}

func limits(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Retry-After", "0")
	w.WriteHeader(http.StatusTooManyRequests)
}

// cuts reads the request and closes the connection: what became of it is unknown.
func cuts(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }

func TestPosterRepeatsOnlyWhatDoesNoHarm(t *testing.T) {
	replace := body{ReplaceOriginal: true, Text: "new"}
	public := body{ResponseType: inChannel, Text: "shared"}
	for name, test := range map[string]struct {
		body      body
		responses []http.HandlerFunc
		posts     int
		err       string
	}{
		"taken":                      {public, []http.HandlerFunc{answers(200, "ok")}, 1, ""},
		"too many, then taken":       {public, []http.HandlerFunc{limits, answers(200, "ok")}, 2, ""},
		"too many for ever":          {public, []http.HandlerFunc{limits}, maxTries, "too many messages"},
		"unknown outcome":            {public, []http.HandlerFunc{cuts}, 1, "EOF"},
		"unknown outcome, replaced":  {replace, []http.HandlerFunc{cuts, answers(200, "ok")}, 2, ""},
		"server error":               {public, []http.HandlerFunc{answers(502, "<html>")}, 1, "status 502"},
		"server error, replaced":     {replace, []http.HandlerFunc{answers(502, ""), answers(200, "ok")}, 2, ""},
		"used up":                    {replace, []http.HandlerFunc{answers(404, "used_url")}, 1, "used up"},
		"too old":                    {replace, []http.HandlerFunc{answers(404, "expired_url")}, 1, "used up"},
		"refused with a good status": {public, []http.HandlerFunc{answers(200, `{"ok":false,"error":"invalid_blocks"}`)}, 1, "refused: invalid blocks"},
		"taken with an object":       {public, []http.HandlerFunc{answers(200, `{"ok":true}`)}, 1, ""},
	} {
		t.Run(name, func(t *testing.T) {
			h := newHook(t, test.responses...)
			p := newPoster(h.URL)
			err := p.post(t.Context(), h.URL+"/secret-canary", test.body)
			switch {
			case test.err == "" && err != nil, test.err != "" && (err == nil || !strings.Contains(err.Error(), test.err)):
				t.Errorf("got %v, want %q", err, test.err)
			case err != nil && strings.Contains(err.Error(), "canary"):
				t.Errorf("the address is shown: %v", err)
			}
			if n := len(h.posts()); n != test.posts {
				t.Errorf("posted %d times, want %d", n, test.posts)
			}
		})
	}
}

func TestPosterSendsWhatSlackWants(t *testing.T) {
	h := newHook(t, answers(200, "ok"))
	if err := newPoster(h.URL).post(t.Context(), h.URL, body{ResponseType: inChannel, Text: "x", ThreadTS: "1.2"}); err != nil {
		t.Fatal(err)
	}
	var got map[string]any
	if err := json.Unmarshal([]byte(h.posts()[0]), &got); err != nil {
		t.Fatal(err)
	}
	for key, want := range map[string]any{"response_type": "in_channel", "replace_original": false, "unfurl_links": false, "unfurl_media": false, "thread_ts": "1.2"} {
		if got[key] != want {
			t.Errorf("%s is %v, want %v", key, got[key], want)
		}
	}
	if _, there := got["blocks"]; there {
		t.Error("blocks are sent although there are none")
	}
}

// TestPosterCallsSlackAlone: what is signed may still hold an address that
// leads elsewhere.
func TestPosterCallsSlackAlone(t *testing.T) {
	abroad := newPoster(DefaultAPI)
	for _, address := range []string{
		"", "x", "http://hooks.slack.com/commands/1", "https://hooks.slack.com.example.com/", "https://example.com/?slack.com",
		"http://127.0.0.1/", "https://169.254.169.254/latest", "file:///etc/passwd", "https://evilslack.com/",
	} {
		if err := abroad.check(address); err == nil {
			t.Errorf("%q would be called", address)
		}
	}
	for _, address := range []string{"https://hooks.slack.com/commands/T1/2/3", "https://hooks.slack-gov.com/actions/1"} {
		if err := abroad.check(address); err != nil {
			t.Errorf("%q: %v", address, err)
		}
	}
}

func TestPosterFollowsNoRedirect(t *testing.T) {
	target := newHook(t, answers(200, "ok"))
	h := newHook(t, func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, target.URL, http.StatusTemporaryRedirect)
	})
	if err := newPoster(h.URL).post(t.Context(), h.URL, body{Text: "x"}); err == nil {
		t.Error("a redirect passes for success")
	}
	if len(target.posts()) > 0 {
		t.Error("the redirect was followed")
	}
}

func TestPosterEndsWithContext(t *testing.T) {
	h := newHook(t, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Retry-After", "30")
		w.WriteHeader(http.StatusTooManyRequests)
	})
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := newPoster(h.URL).post(ctx, h.URL, body{Text: "x"}); err == nil || errors.Is(err, errExpired) {
		t.Errorf("got %v", err)
	}
	if !bot.IsLoopback("127.0.0.1") {
		t.Error("this machine is not loopback")
	}
}
