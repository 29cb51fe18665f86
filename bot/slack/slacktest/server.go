// Package slacktest is a Slack in this process, for tests: the Web API, Socket
// Mode, response_urls and signed requests, over loopback, plain http and ws.
// It checks everything that a bot sends against Slack's limits and keeps a
// journal. Nothing in it knows the bot.
//
// A test makes a [Server], points the bot at [Server.URL] with [BotToken] and
// [AppToken], waits for [Server.Connected], and delivers envelopes:
//
//	slack := slacktest.New(t)
//	… start the bot …
//	slack.Connected(ctx)
//	ack := slack.Deliver(slack.SlashCommand("U1", "C1", "/framework", "laravel")).Ack(ctx)
//
// What breaks a rule of Slack's fails the test when it ends; a test that wants
// to see it calls [Server.Violations].
package slacktest

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"
	"time"
)

// What the bot has to be configured with. All of them hold the word canary, so
// that they can be searched for where they must not be.
const (
	BotToken      = "xoxb-1111-2222-canary" //nolint:gosec // opens nothing
	AppToken      = "xapp-1-A111-3333-canary"
	SigningSecret = "canary5f1e2d3c4b5a69788796a5b4c3d2e1f0"
)

// Who the bot is, and where.
const (
	BotUser = "U0BOT"
	BotID   = "B0BOT"
	AppID   = "A0APP"
	Team    = "T0TEAM"
)

// patience is how long a test waits for what should happen at once.
const patience = time.Minute

// A Server is a Slack with one workspace and one app. Its methods may be
// called by several goroutines at once, those that take a context or wait from
// the test's alone: they end the test when what they wait for does not come.
type Server struct {
	t       testing.TB
	http    *httptest.Server
	memory  *memory // nil on loopback
	done    chan struct{}
	workers sync.WaitGroup

	mu         sync.Mutex
	seq        int
	scopes     string
	onConnect  func(*Conn)
	paced      bool
	lastPost   map[string]time.Time
	tickets    map[string]bool // true once used
	opens      []time.Time
	conns      []*Conn
	fresh      chan *Conn
	deliveries map[string]*Delivery
	urls       map[string]*responseURL
	faults     []*Fault
	calls      []Call
	posts      chan Post
	sent       []Post
	secrets    []string
	violations []string
}

// New starts a Server on loopback. It is stopped when the test ends.
func New(t testing.TB) *Server {
	s := newServer(t)
	s.http = httptest.NewUnstartedServer(s.routes())
	s.http.Listener = wires{s.http.Listener}
	s.http.Start()
	return s
}

// InMemory starts a Server whose connections are pipes, for a test in a bubble
// of testing/synctest, where time stands still until everybody waits. It is
// reached by [Server.Dial] and [Server.Client] alone.
func InMemory(t testing.TB) *Server {
	s := newServer(t)
	s.memory = newMemory()
	s.http = &httptest.Server{Listener: wires{s.memory}, Config: &http.Server{Handler: s.routes(), ReadHeaderTimeout: patience}}
	s.http.Start()
	return s
}

func newServer(t testing.TB) *Server {
	s := &Server{
		t: t, done: make(chan struct{}), fresh: make(chan *Conn, 1024), posts: make(chan Post, 1<<14),
		scopes:   "app_mentions:read,chat:write,commands,im:history,im:write",
		lastPost: map[string]time.Time{}, tickets: map[string]bool{}, deliveries: map[string]*Delivery{}, urls: map[string]*responseURL{},
		secrets: []string{BotToken, AppToken, SigningSecret},
	}
	s.onConnect = func(c *Conn) { c.Hello() }
	t.Cleanup(s.close)
	return s
}

func (s *Server) close() {
	close(s.done)
	for _, c := range s.Conns() {
		c.Cut()
	}
	s.http.Close()
	s.workers.Wait()
	for _, v := range s.Violations() {
		s.t.Errorf("slacktest: %s", v)
	}
}

// URL is the address of the Web API; it ends in a slash.
func (s *Server) URL() string { return s.http.URL + "/api/" }

// Dial connects to the server, whatever the address.
func (s *Server) Dial(ctx context.Context, network, address string) (net.Conn, error) {
	if s.memory != nil {
		return s.memory.dial(ctx)
	}
	return (&net.Dialer{}).DialContext(ctx, network, s.http.Listener.Addr().String())
}

// Client is an HTTP client that reaches the server.
func (s *Server) Client() *http.Client {
	transport := &http.Transport{DialContext: s.Dial}
	s.t.Cleanup(transport.CloseIdleConnections)
	return &http.Client{Transport: transport}
}

// Scopes sets what X-OAuth-Scopes says, separated by commas.
func (s *Server) Scopes(scopes string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.scopes = scopes
}

// Secrets are the tokens, tickets and response_urls so far: none of them may
// be seen in a log or an error.
func (s *Server) Secrets() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]string(nil), s.secrets...)
}

// Violations returns the rules that were broken so far, and forgets them: the
// test does not fail because of them.
func (s *Server) Violations() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	v := s.violations
	s.violations = nil
	return v
}

// violate notes a broken rule.
func (s *Server) violate(format string, args ...any) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.violations = append(s.violations, fmt.Sprintf(format, args...))
}

// next counts: ids are made of it.
func (s *Server) next() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.seq++
	return s.seq
}

// hide makes a secret known to Secrets.
func (s *Server) hide(secret string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.secrets = append(s.secrets, secret)
}

// await receives from ch, or ends the test.
func await[T any](ctx context.Context, t testing.TB, ch <-chan T, what string) T {
	t.Helper()
	timeout := time.NewTimer(patience)
	defer timeout.Stop()
	select {
	case v := <-ch:
		return v
	case <-ctx.Done():
		t.Fatalf("slacktest: %s did not come: %v", what, ctx.Err())
	case <-timeout.C:
		t.Fatalf("slacktest: %s did not come within %v", what, patience)
	}
	panic("unreachable")
}
