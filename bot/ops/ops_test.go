package ops_test

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"frameworkbot/bot"
	"frameworkbot/bot/ops"
)

// now is when the tests take place.
var now = time.Date(2026, 12, 1, 12, 0, 0, 0, time.UTC)

// A platform says what a test wants it to say.
type platform struct{ is bot.Health }

func (p *platform) Health() bot.Health { return p.is }

// said is a platform in a state, for an hour.
func said(name string, state bot.State) *platform {
	return &platform{bot.Health{Platform: name, Mode: "socket", State: state, Since: now.Add(-time.Hour), IdentifiesLeft: -1, Wanted: 1}}
}

// pages are the pages with 60 pages and what else is given.
func pages(content ops.Content, all ...bot.Reporter) *ops.Ops {
	content.Built, content.Took = now.Add(-time.Minute), 1500*time.Millisecond
	return ops.New(ops.Config{
		Platforms: func() []bot.Reporter { return all }, Content: func() ops.Content { return content }, Now: func() time.Time { return now },
		Build: ops.Build{Version: "v1.2.3", Commit: "abc", Go: "go1.26"},
	})
}

func get(t *testing.T, o http.Handler, method, path string) *httptest.ResponseRecorder {
	t.Helper()
	w := httptest.NewRecorder()
	o.ServeHTTP(w, httptest.NewRequestWithContext(t.Context(), method, path, nil))
	return w
}

// TestReady is the table of what is ready, and what is alive: everything.
func TestReady(t *testing.T) {
	for name, test := range map[string]struct {
		pages, problems int
		states          string // of the platforms
		status          int
		word            string
	}{
		"all is well":                        {60, 0, "ready ready", http.StatusOK, "ready"},
		"one alone":                          {60, 0, "ready", http.StatusOK, "ready"},
		"pages with problems":                {60, 2, "ready", http.StatusOK, "degraded"},
		"some shards are away":               {60, 0, "degraded", http.StatusOK, "degraded"},
		"one service is out of order":        {60, 0, "ready connecting", http.StatusOK, "degraded"},
		"one stopped for good":               {60, 0, "failed ready", http.StatusOK, "degraded"},
		"the other starts":                   {60, 0, "starting ready", http.StatusOK, "degraded"},
		"all services are out of order":      {60, 0, "connecting connecting", http.StatusServiceUnavailable, "not ready"},
		"it starts":                          {60, 0, "starting", http.StatusServiceUnavailable, "not ready"},
		"it stops":                           {60, 0, "stopping stopping", http.StatusServiceUnavailable, "not ready"},
		"it has stopped":                     {60, 0, "stopped failed", http.StatusServiceUnavailable, "not ready"},
		"there is no page":                   {0, 0, "ready", http.StatusServiceUnavailable, "not ready"},
		"there is no page, and problems too": {0, 3, "ready", http.StatusServiceUnavailable, "not ready"},
		"there is no platform":               {60, 0, "", http.StatusServiceUnavailable, "not ready"},
	} {
		t.Run(name, func(t *testing.T) {
			var all []bot.Reporter
			for i, state := range strings.Fields(test.states) {
				all = append(all, said([]string{"slack", "discord"}[i], bot.State(state)))
			}
			o := pages(ops.Content{Pages: test.pages, Problems: test.problems, Generation: 3}, all...)
			w := get(t, o, http.MethodGet, "/readyz")
			var body struct {
				Status    string
				Why       []string
				Content   struct{ Pages, Problems, Generation int }
				Platforms []struct{ Name, State, Since string }
			}
			if err := json.Unmarshal(w.Body.Bytes(), &body); err != nil {
				t.Fatal(err)
			}
			if w.Code != test.status || body.Status != test.word || (len(body.Why) == 0) != (test.word == "ready") {
				t.Errorf("%d, %q because %q; want %d, %q", w.Code, body.Status, body.Why, test.status, test.word)
			}
			if body.Content.Pages != test.pages || body.Content.Problems != test.problems || body.Content.Generation != 3 || len(body.Platforms) != len(all) {
				t.Errorf("%s", w.Body)
			}
			for i, p := range body.Platforms {
				if p.State != strings.Fields(test.states)[i] || p.Since != "2026-12-01T11:00:00Z" {
					t.Errorf("%+v", p)
				}
			}
			if alive := get(t, o, http.MethodGet, "/healthz"); alive.Code != http.StatusOK || !strings.Contains(alive.Body.String(), "alive") {
				t.Errorf("alive: %d %s", alive.Code, alive.Body)
			}
		})
	}
}

func TestReadyTells(t *testing.T) {
	p := said("discord", bot.Connecting)
	p.is.Why, p.is.Heard, p.is.Inbound, p.is.Up, p.is.Wanted = "a connection ended: closed", now.Add(-time.Minute), now.Add(-2*time.Minute), 1, 2
	got := get(t, pages(ops.Content{Pages: 60}, p), http.MethodGet, "/readyz")
	for _, want := range []string{
		`"why": "a connection ended: closed"`, `"last_heard": "2026-12-01T11:59:00Z"`, `"last_inbound": "2026-12-01T11:58:00Z"`, `"connections": 1`, `"wanted": 2`,
		`"no platform takes questions"`, `"up": "0s"`,
	} {
		if !strings.Contains(got.Body.String(), want) {
			t.Errorf("it does not say %s:\n%s", want, got.Body)
		}
	}
	if h := got.Header(); h.Get("Cache-Control") != "no-store" || h.Get("X-Content-Type-Options") != "nosniff" || h.Get("Content-Security-Policy") == "" {
		t.Errorf("%v", h)
	}
}

func TestOtherPages(t *testing.T) {
	o := pages(ops.Content{Pages: 60})
	for path, want := range map[string]int{"/": http.StatusNotFound, "/debug/pprof/": http.StatusNotFound, "/metrics/": http.StatusNotFound} {
		if got := get(t, o, http.MethodGet, path); got.Code != want {
			t.Errorf("%s: %d", path, got.Code)
		}
	}
	for _, path := range []string{"/healthz", "/readyz", "/metrics"} {
		if got := get(t, o, http.MethodPost, path); got.Code != http.StatusMethodNotAllowed {
			t.Errorf("POST %s: %d", path, got.Code)
		}
		if got := get(t, o, http.MethodHead, path); got.Code == http.StatusMethodNotAllowed {
			t.Errorf("HEAD %s: %d", path, got.Code)
		}
	}
}
