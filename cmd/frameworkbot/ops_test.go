package main

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"frameworkbot/bot/discord/discordtest"
	"frameworkbot/bot/slack/slacktest"
)

// ask asks a page for operators.
func (s *serving) ask(address, path string) (status int, body string) {
	s.t.Helper()
	request, err := http.NewRequestWithContext(s.t.Context(), http.MethodGet, "http://"+address+path, nil)
	if err != nil {
		s.t.Fatal(err)
	}
	answer, err := (&http.Client{Transport: &http.Transport{DisableKeepAlives: true}}).Do(request)
	if err != nil {
		s.t.Fatal(err)
	}
	defer answer.Body.Close()
	data, err := io.ReadAll(answer.Body)
	if err != nil {
		s.t.Fatal(err)
	}
	return answer.StatusCode, string(data)
}

// until asks until the answer is as a test wants it.
func (s *serving) until(address, path string, ok func(status int, body string) bool) string {
	s.t.Helper()
	for deadline := time.Now().Add(patience); ; {
		status, body := s.ask(address, path)
		if ok(status, body) {
			return body
		}
		if time.Now().After(deadline) {
			s.t.Fatalf("%s says %d:\n%s", path, status, body)
		}
		<-time.After(10 * time.Millisecond)
	}
}

// holdsNone checks that a page holds no secret, and nothing of who asked what.
func (s *serving) holdsNone(where, text string, secrets []string) {
	s.t.Helper()
	for _, secret := range append(secrets, "canary", "U1", "C1", "laravel", "T0TEAM") {
		if strings.Contains(strings.ToLower(text), strings.ToLower(secret)) {
			s.t.Errorf("%s holds %q:\n%s", where, secret, text)
		}
	}
}

// TestServeOperations looks at a bot that serves as its operators do.
func TestServeOperations(t *testing.T) {
	s, d := slacktest.New(t), discordtest.New(t)
	secrets := append(s.Secrets(), d.Secrets()...)
	p := serve(t, append(slackEnv(s, "FRAMEWORKBOT_OPS_LISTEN=127.0.0.1:0"), discordEnv(d)...)...)
	address := p.logs(`msg=operations address=(\S+)`)
	body := p.until(address, "/readyz", func(status int, body string) bool {
		return status == http.StatusOK && strings.Contains(body, `"status": "ready"`)
	})
	var ready struct {
		Content   struct{ Pages int }
		Platforms []struct{ Name, Mode, State string }
	}
	if err := json.Unmarshal([]byte(body), &ready); err != nil || ready.Content.Pages < 50 || len(ready.Platforms) != 2 || ready.Platforms[0].Mode != "socket" || ready.Platforms[1].Mode != "gateway" {
		t.Errorf("%v\n%s", err, body)
	}
	s.Connected(t.Context())
	s.Deliver(s.SlashCommand("U1", "C1", "/framework", "laravel canary")).Ack(t.Context())
	s.Deliver(s.SlashCommand("U1", "C1", "/framework", "laravel")).Ack(t.Context())
	metrics := p.until(address, "/metrics", func(_ int, body string) bool {
		return strings.Contains(body, `frameworkbot_acknowledgement_seconds_count{platform="slack"} 2`)
	})
	for _, want := range []string{
		`frameworkbot_questions_total{kind="page",outcome="answered",platform="slack"} 2`, `frameworkbot_deliveries_total{platform="slack"} 2`,
		`frameworkbot_platform_state{platform="discord",state="ready"} 1`, `frameworkbot_identifies_left{platform="discord"} 999`,
		`frameworkbot_index_generation 1`, `frameworkbot_index_problems 0`, "go_goroutines ", "frameworkbot_build_info{",
	} {
		if !strings.Contains(metrics, want) {
			t.Errorf("there is no %s in\n%s", want, metrics)
		}
	}
	status, alive := p.ask(address, "/healthz")
	if status != http.StatusOK {
		t.Errorf("%d: %s", status, alive)
	}
	for where, text := range map[string]string{"/readyz": body, "/metrics": metrics, "/healthz": alive} {
		p.holdsNone(where, text, secrets)
	}
	got := frameworkbotIn([]string{"FRAMEWORKBOT_OPS_LISTEN=" + address}, "", "health")
	if got.code != 0 || !strings.Contains(got.out, `"status": "ready"`) {
		t.Errorf("health: %+v", got)
	}
	p.signal(syscall.SIGTERM)
	p.endsWith(0, secrets...)
}

// TestServeOutOfOrder: a vendor that is out of order is no reason to restart,
// and one platform is enough to be ready.
func TestServeOutOfOrder(t *testing.T) {
	s, d := slacktest.New(t), discordtest.New(t)
	d.FailAlways("GET /gateway/bot", discordtest.BadGateway())
	p := serve(t, append(slackEnv(s, "FRAMEWORKBOT_OPS_LISTEN=127.0.0.1:0"), discordEnv(d)...)...)
	address := p.logs(`msg=operations address=(\S+)`)
	p.until(address, "/readyz", func(status int, body string) bool {
		return status == http.StatusOK && strings.Contains(body, `"status": "degraded"`) && strings.Contains(body, "the gateway was not found")
	})
	s.Fail("apps.connections.open", slacktest.Fault{Error: "internal_error", Times: -1})
	for _, c := range s.Conns() {
		c.Cut()
	}
	body := p.until(address, "/readyz", func(status int, _ string) bool { return status == http.StatusServiceUnavailable })
	if !strings.Contains(body, "no platform takes questions") {
		t.Error(body)
	}
	if status, _ := p.ask(address, "/healthz"); status != http.StatusOK {
		t.Errorf("alive: %d", status)
	}
	p.signal(syscall.SIGTERM)
	p.endsWith(0, append(s.Secrets(), d.Secrets()...)...)
}

// TestServePreviewIsReady: without a chat, the page is what answers.
func TestServePreviewIsReady(t *testing.T) {
	p := serve(t, "FRAMEWORKBOT_OPS_LISTEN=127.0.0.1:0", "FRAMEWORKBOT_WEB_LISTEN=127.0.0.1:0")
	address := p.logs(`msg=operations address=(\S+)`)
	p.until(address, "/readyz", func(status int, body string) bool {
		return status == http.StatusOK && strings.Contains(body, `"name": "web"`)
	})
	p.signal(syscall.SIGTERM)
	if code := p.wait(); code != 0 {
		t.Errorf("ended with %d:\n%s", code, p.errs.String())
	}
}

// TestServeReloads changes the settings of a bot that serves.
func TestServeReloads(t *testing.T) {
	s := slacktest.New(t)
	dir := t.TempDir()
	file, pages := filepath.Join(dir, "c.yaml"), filepath.Join(dir, "pages")
	write := func(name, text string) {
		t.Helper()
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Mkdir(pages, 0o700); err != nil {
		t.Fatal(err)
	}
	write(filepath.Join(pages, "alpha.md"), "---\ntitle: Alpha\nkind: micro\n---\nAlpha is small.\n")
	write(file, "log: {level: info}\n")
	p := serveWith(t, []string{"--config", file}, slackEnv(s, "FRAMEWORKBOT_OPS_LISTEN=127.0.0.1:0")...)
	address := p.logs(`msg=operations address=(\S+)`)
	s.Connected(t.Context())

	write(file, "log: {levl: debug}\nslack: {listen: nowhere, bot_token: xoxb-canary}\n")
	p.signal(syscall.SIGHUP)
	p.logs(`settings not reloaded, the old ones stay" file=\S*c\.yaml line=1 problem="unknown key \\"levl\\" in log: did you mean \\"level\\"\?"`)
	p.logs(`line=2 problem=".*is not an address to listen on`)

	write(file, "pages: "+pages+"\nlog: {level: debug, format: json}\nlimits: {per_minute: 1, burst: 1}\nslack: {mode: http, listen: ':3999'}\n")
	p.signal(syscall.SIGHUP)
	p.logs(`"msg":"settings reloaded","changed":"pages,limits\.per_minute,limits\.burst,log\.level,log\.format"`)
	p.logs(`"settings changed that need a restart","settings":"slack\.mode,slack\.listen"`)
	p.until(address, "/metrics", func(_ int, body string) bool {
		return strings.Contains(body, "frameworkbot_index_pages 1\n") && strings.Contains(body, "frameworkbot_index_generation 2\n")
	})
	ack := s.Deliver(s.SlashCommand("U1", "C1", "/framework", "alpha")).Ack(t.Context())
	if !strings.Contains(string(ack.Payload), "Alpha") {
		t.Errorf("the new pages do not answer: %s", ack.Payload)
	}
	if ack := s.Deliver(s.SlashCommand("U1", "C1", "/framework", "alpha")).Ack(t.Context()); !strings.Contains(string(ack.Payload), "One at a time") {
		t.Errorf("the new limits do not hold: %s", ack.Payload)
	}

	write(file, "pages: "+filepath.Join(dir, "nowhere")+"\n")
	p.signal(syscall.SIGHUP)
	p.logs(`pages not reloaded, the old ones stay`)
	p.logs(`msg="settings reloaded" changed=limits\.per_minute,limits\.burst,log\.level,log\.format`)
	if ack := s.Deliver(s.SlashCommand("U2", "C1", "/framework", "alpha")).Ack(t.Context()); !strings.Contains(string(ack.Payload), "Alpha") {
		t.Errorf("the old pages do not answer: %s", ack.Payload)
	}
	p.signal(syscall.SIGTERM)
	p.endsWith(0, s.Secrets()...)
}

// A collector is a collector of traces.
type collector struct {
	mu  sync.Mutex
	got []string // bodies
}

func (c *collector) ServeHTTP(_ http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	c.mu.Lock()
	defer c.mu.Unlock()
	c.got = append(c.got, r.URL.Path, string(body))
}

// TestServeTraces: a question is followed from its delivery to the reply, with
// search and render inside, and without its words.
func TestServeTraces(t *testing.T) {
	s, c := slacktest.New(t), &collector{}
	server := httptest.NewServer(c)
	defer server.Close()
	p := serve(t, slackEnv(s, "OTEL_EXPORTER_OTLP_ENDPOINT="+server.URL)...)
	p.logs(`msg="traces are sent"`)
	s.Connected(t.Context())
	s.Deliver(s.SlashCommand("U1", "C1", "/framework", "laravel")).Ack(t.Context())
	s.Deliver(s.Mention("U1", "C1", "<@"+slacktest.BotUser+"> django vs canary")).Ack(t.Context())
	s.Post(t.Context())
	p.logs("msg=answered")
	p.logs("msg=answered")
	p.signal(syscall.SIGTERM)
	p.endsWith(0, s.Secrets()...)
	all := strings.Join(c.got, "\n")
	for _, want := range []string{"/v1/traces", "question", "search", "render", "frameworkbot.platform", "slash_commands", "events_api", "frameworkbot.outcome", "answered", "service.name"} {
		if !strings.Contains(all, want) {
			t.Errorf("no trace holds %q", want)
		}
	}
	p.holdsNone("a trace", all, s.Secrets())
}

// TestNoTraces: without an address nothing is started, and a wrong one is told.
func TestNoTraces(t *testing.T) {
	for _, env := range []string{"OTEL_EXPORTER_OTLP_ENDPOINT=localhost:4318", "OTEL_EXPORTER_OTLP_ENDPOINT=http://me:canary@example.com", "FRAMEWORKBOT_TRACE_ENDPOINT=ftp://example.com"} {
		got := frameworkbotIn([]string{env, "FRAMEWORKBOT_WEB_LISTEN=127.0.0.1:0"}, "", "serve")
		if got.code != exitWrong || !strings.Contains(got.errs, "ENDPOINT: ") {
			t.Errorf("%s: %+v", env, got)
		}
		got.canaries(t, env)
	}
	if got := frameworkbotIn([]string{"FRAMEWORKBOT_OPS_LISTEN=192.0.2.1:9090", "FRAMEWORKBOT_WEB_LISTEN=127.0.0.1:0"}, "", "serve"); got.code != exitWrong || !strings.Contains(got.errs, "ops.listen (FRAMEWORKBOT_OPS_LISTEN): listen tcp 192.0.2.1:9090") {
		t.Errorf("%+v", got)
	}
}

// TestChangeable: each prefix is one of settings that there are.
func TestChangeable(t *testing.T) {
	for _, prefix := range changeable {
		if !slices.ContainsFunc(settings, func(s setting) bool { return strings.HasPrefix(s.key, prefix) }) {
			t.Errorf("%s is no setting", prefix)
		}
	}
	for _, key := range []string{"slack.bot_token", "ops.listen", "trace.endpoint", "web.listen", "discord.mode"} {
		if isChangeable(key) {
			t.Errorf("%s cannot change", key)
		}
	}
}
