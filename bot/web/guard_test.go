package web

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"frameworkbot/bot"
)

func TestHosts(t *testing.T) {
	s := serve(t, nil, func(c *Config) { c.Hosts = []string{"Bot.Example.com"} })
	for host, ok := range map[string]bool{
		"localhost": true, "localhost:8080": true, "LOCALHOST.:80": true, "127.0.0.1": true, "127.0.0.1:8080": true, "127.9.9.9:1": true,
		"[::1]:8080": true, "[::1]": true, "bot.example.com": true, "bot.example.com:8443": true,
		"evil.example": false, "evil.example:8080": false, "localhost.evil.example": false, "127.0.0.1.nip.io": false, "10.0.0.1": false,
		"0.0.0.0": false, "[::]:80": false, "169.254.169.254": false, "xlocalhost": false, "127.0.0.1@evil.example": false, "a.bot.example.com": false,
	} {
		got := s.do(http.MethodGet, "/", "", func(r *http.Request) { r.Host = host })
		want := http.StatusOK
		if !ok {
			want = http.StatusMisdirectedRequest
		}
		if got.status != want {
			t.Errorf("%s: status %d, want %d", host, got.status, want)
		}
		got.lacks(t, "evil.example")
	}
}

func TestNoHost(t *testing.T) {
	w := New(Config{}, discard())
	r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/", nil)
	r.Host = ""
	out := httptest.NewRecorder()
	w.ServeHTTP(out, r)
	if out.Code != http.StatusMisdirectedRequest {
		t.Errorf("status %d", out.Code)
	}
}

func TestOrigins(t *testing.T) {
	s := serve(t, nil)
	own := s.server.URL
	for _, c := range []struct {
		method, path string
		header       map[string]string
		status       int
	}{
		{"POST", "/ask", map[string]string{"Origin": own}, 200},
		{"POST", "/ask", map[string]string{"Sec-Fetch-Site": "same-origin", "Origin": "null"}, 200},
		{"POST", "/ask", nil, 200}, // no browser
		{"POST", "/ask", map[string]string{"Origin": "https://evil.example"}, 403},
		{"POST", "/ask", map[string]string{"Origin": "null"}, 403},
		{"POST", "/ask", map[string]string{"Sec-Fetch-Site": "cross-site"}, 403},
		{"POST", "/ask", map[string]string{"Sec-Fetch-Site": "same-site"}, 403},
		{"POST", "/theme", map[string]string{"Origin": "https://evil.example"}, 403},
		{"POST", "/forget", map[string]string{"Origin": "http://localhost:1"}, 403},
		{"GET", "/", map[string]string{"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"}, 200},
		{"GET", "/", map[string]string{"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "iframe"}, 403},
		{"GET", "/pages", map[string]string{"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors", "Sec-Fetch-Dest": "image"}, 403},
		{"GET", "/events", map[string]string{"Origin": "https://evil.example"}, 403},
		{"GET", "/generation", map[string]string{"Origin": own}, 200},
	} {
		got := s.do(c.method, c.path, "q=laravel", func(r *http.Request) {
			for k, v := range c.header {
				r.Header.Set(k, v)
			}
		})
		if got.status != c.status {
			t.Errorf("%s %s with %v: status %d, want %d", c.method, c.path, c.header, got.status, c.status)
		}
		if got.header.Get("Access-Control-Allow-Origin") != "" {
			t.Error("other sites may read this")
		}
	}
}

func TestHeaders(t *testing.T) {
	s := serve(t, nil)
	s.ask("laravel")
	for _, path := range []string{"/", "/?view=why", "/pages", "/pages/flask", "/problems", "/nothing", "/generation", s.web.assets["web.js"].address} {
		got := s.get(path)
		for name, want := range headers {
			if have := got.header.Get(name); have != want && name != "Cache-Control" {
				t.Errorf("%s: %s is %q", path, name, have)
			}
		}
		for _, inline := range []string{"<style", "<script>", " style=", " onclick", " onload", "javascript:", "http://www", "cdn"} {
			if got.header.Get("Content-Type") == "text/html; charset=utf-8" {
				got.lacks(t, inline)
			}
		}
	}
	if strings.Contains(policy, "unsafe") || strings.Contains(policy, "*") {
		t.Errorf("the policy is weak: %s", policy)
	}
}

func TestMissing(t *testing.T) {
	s := serve(t, nil)
	for _, path := range []string{
		"/x", "/.git/config", "/..%2f..%2fetc/passwd", "/pages/../../etc/passwd", "/pages/..%2f..%2fgo.mod", "/pages/nothing", "/pages/%00", "/assets/x/web.css",
		"/assets/" + strings.Split(s.web.assets["web.css"].address, "/")[2] + "/web.js", "/assets/", "/templates/layout.html", "/turns/1/slack.json", "/turns/x/slack.json", "/healthz", "/debug/pprof/", "/config",
	} {
		if got := s.get(path); got.status != http.StatusNotFound || !strings.Contains(got.body, "There is no such page") {
			t.Errorf("%s: status %d", path, got.status)
		}
	}
	for _, c := range []string{"PUT /", "DELETE /pages/flask", "POST /pages/flask", "GET /ask", "OPTIONS /ask", "TRACE /"} {
		method, path, _ := strings.Cut(c, " ")
		if got := s.do(method, path, ""); got.status != http.StatusMethodNotAllowed && (method != "GET" || got.status != http.StatusNotFound) {
			t.Errorf("%s: status %d", c, got.status)
		}
	}
}

func TestHugeBodies(t *testing.T) {
	s := serve(t, nil)
	for _, body := range []string{"q=" + strings.Repeat("a", 1<<20), "q=" + strings.Repeat("a", 60<<10), strings.Repeat("q=a&", 1<<18)} {
		if got := s.do(http.MethodPost, "/ask", body); got.status != http.StatusRequestEntityTooLarge {
			t.Errorf("%d bytes: status %d", len(body), got.status)
		}
	}
	if got := s.do(http.MethodPost, "/ask", "q=%zz"); got.status != http.StatusBadRequest {
		t.Errorf("a form that is none: status %d", got.status)
	}
	s.do(http.MethodPost, "/theme", strings.Repeat("here=a&", 1<<18)).has(t, http.StatusRequestEntityTooLarge)
	s.ask(strings.Repeat("wort ", 700)).has(t, 200, "Nothing found")
	s.ask("\xff\xfe\x00 laravel").has(t, 200)
}

func TestAssets(t *testing.T) {
	s := serve(t, nil)
	for name, a := range s.web.assets {
		got := s.get(a.address)
		if got.status != 200 || got.header.Get("Content-Type") != assetKinds[name] || !strings.Contains(got.header.Get("Cache-Control"), "immutable") || got.body != string(a.content) {
			t.Errorf("%s: %d %v", name, got.status, got.header)
		}
		s.do(http.MethodGet, a.address, "", func(r *http.Request) { r.Header.Set("Accept-Encoding", "identity") }).has(t, 200, string(a.content[:20]))
		if name != "icon.svg" {
			s.get("/").has(t, 200, a.address)
		}
	}
	if got := s.get("/favicon.ico"); got.status != 200 || got.header.Get("Content-Type") != "image/svg+xml" {
		t.Errorf("favicon: %d", got.status)
	}
}

func TestTheme(t *testing.T) {
	s := serve(t, nil)
	s.get("/").lacks(t, "data-theme")
	got := s.do(http.MethodPost, "/theme", "theme=dark&here=%2Fpages%3Fq%3Dx")
	got.has(t, 200, `data-theme="dark"`)
	if got.url.RequestURI() != "/pages?q=x" {
		t.Errorf("leads to %s", got.url)
	}
	s.do(http.MethodPost, "/theme", "theme=%22%3E%3Cscript%3E").lacks(t, "data-theme", "<script>")
}

func TestThemeLeadsNowhereElse(t *testing.T) {
	for _, address := range []string{"https://evil.example", "//evil.example", "/\\evil.example", "\\\\evil.example", "/\t/evil.example", "javascript:alert(1)", "", "pages"} {
		if got := ownAddress(address); got != "/" {
			t.Errorf("%q leads to %q", address, got)
		}
	}
	if got := ownAddress("/pages/flask?x=1"); got != "/pages/flask?x=1" {
		t.Error(got)
	}
}

// TestNothingIsLogged: what people write is in no line of the log.
func TestNothingIsLogged(t *testing.T) {
	s := serve(t, nil, func(c *Config) {
		c.Previews = append(c.Previews, Preview{Name: "Broken", Draw: Message, Render: func(*bot.Answer) ([]byte, error) { return []byte("canary {"), nil }})
	})
	s.ask("canary laravel secret").has(t, 200, "The message is not what the service takes.")
	s.get("/?view=why&q=canary")
	s.get("/pages?q=canary")
	s.get("/suggest?q=canary")
	s.get("/canary")
	s.do(http.MethodPost, "/ask", "q=canary%zz")
	if strings.Contains(s.logged.String(), "canary") {
		t.Errorf("the log repeats what was asked: %s", s.logged)
	}
}

func TestBeforeAndAfterRun(t *testing.T) {
	w := New(Config{}, discard())
	close(w.begun) // nothing is to be waited for
	out := httptest.NewRecorder()
	r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "http://localhost/ask", strings.NewReader("q=laravel"))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	w.ServeHTTP(out, r)
	body, _ := io.ReadAll(out.Body)
	if out.Code != http.StatusServiceUnavailable || out.Header().Get("Retry-After") == "" || !strings.Contains(string(body), "starting or stopping") {
		t.Errorf("%d %s", out.Code, body)
	}
	out = httptest.NewRecorder()
	w.ServeHTTP(out, httptest.NewRequestWithContext(t.Context(), http.MethodGet, "http://localhost/", nil))
	if out.Code != http.StatusOK {
		t.Errorf("the page itself: %d", out.Code)
	}
}
