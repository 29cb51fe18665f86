package discordtest

import (
	"context"
	"crypto/ed25519"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"net"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

// Who and where, unless a test says otherwise.
const (
	ApplicationID = "1180000000000000101" // not the same as BotID, so that mixing them up shows
	BotID         = "1180000000000000202"
	UserID        = "1180000000000000303" // who asks
	OtherID       = "1180000000000000404" // somebody else
	GuildID       = "1180000000000000505"
	ChannelID     = "1180000000000000606" // in the guild
	DirectID      = "1180000000000000707" // the channel of direct messages with UserID
)

// patience is how long a test waits for what should happen at once.
const patience = 20 * time.Second

// A Server plays Discord. Its methods may be called by several goroutines.
type Server struct {
	t      testing.TB
	url    string // without /api
	dial   func(ctx context.Context, network, address string) (net.Conn, error)
	client *http.Client
	key    ed25519.PrivateKey
	heard  chan string

	mu         sync.Mutex
	changed    chan struct{} // closed when something changes
	settings   Settings
	violations []string
	secrets    []string

	gateway  gateway
	rest     rest
	commands map[string][]Object // by guild; "" are the global ones
	messages []*Message
	nonces   map[string]*Message // by channel and nonce
	open     map[string]*opened  // interactions, by token
}

// New starts a Server on loopback. It ends with the test.
func New(t testing.TB) *Server {
	t.Helper()
	var listen net.ListenConfig
	l, err := listen.Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	var dialer net.Dialer
	return start(t, l, dialer.DialContext)
}

// NewInMemory starts a Server that only [Server.DialContext] and
// [Server.Client] reach, so that it can be used in a bubble of testing/synctest.
func NewInMemory(t testing.TB) *Server {
	t.Helper()
	l := newListener()
	return start(t, l, l.dial)
}

func start(t testing.TB, l net.Listener, dial func(context.Context, string, string) (net.Conn, error)) *Server {
	_, key, err := ed25519.GenerateKey(nil)
	if err != nil {
		t.Fatal(err)
	}
	transport := &http.Transport{DialContext: dial, MaxIdleConnsPerHost: 64}
	s := &Server{
		t: t, url: "http://" + l.Addr().String(), dial: dial, key: key,
		client:   &http.Client{Transport: transport, Timeout: patience},
		heard:    make(chan string, 1<<14),
		changed:  make(chan struct{}),
		settings: defaults(),
		commands: map[string][]Object{},
		nonces:   map[string]*Message{},
		open:     map[string]*opened{},
	}
	s.secrets = []string{s.Token()}
	server := &http.Server{Handler: s.routes(), ReadHeaderTimeout: patience}
	done := make(chan struct{})
	go func() {
		defer close(done)
		_ = server.Serve(l)
	}()
	t.Cleanup(func() {
		transport.CloseIdleConnections()
		s.gateway.end(s)
		_ = server.Close()
		<-done
		s.gateway.wait.Wait()
		for _, v := range s.Violations() {
			t.Errorf("Discord would not have liked: %s", v)
		}
	})
	return s
}

// URL is the address of the REST API without a version: it ends in /api.
func (s *Server) URL() string { return s.url + "/api" }

// DialContext connects to the Server, whatever the address.
func (s *Server) DialContext(ctx context.Context, network, address string) (net.Conn, error) {
	return s.dial(ctx, network, address)
}

// Client is an HTTP client that reaches the Server also if it is in memory.
func (s *Server) Client() *http.Client { return s.client }

// Token is the token of the bot, without "Bot " before it. It has the form of
// a real one.
func (s *Server) Token() string {
	return base64.RawURLEncoding.EncodeToString([]byte(BotID)) + ".Gcanar." + strings.Repeat("canary", 6)
}

// PublicKey is the application's public key, hexadecimal.
func (s *Server) PublicKey() string {
	return hex.EncodeToString(s.key.Public().(ed25519.PublicKey))
}

// Secrets are all secrets that the bot was given so far: its token, session
// IDs, interaction tokens. None of them may be in a log.
func (s *Server) Secrets() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.secrets)
}

// Violations returns the rules of Discord that were broken so far, and forgets
// them. Those that nobody asked for fail the test in the end.
func (s *Server) Violations() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	v := s.violations
	s.violations = nil
	return v
}

// violate notes a broken rule. The Server must be locked.
func (s *Server) violate(format string, args ...any) {
	s.violations = append(s.violations, fmt.Sprintf(format, args...))
}

// change runs f on the locked Server and wakes those that wait for something.
func (s *Server) change(f func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	f()
	close(s.changed)
	s.changed = make(chan struct{})
}

// Await waits until ok holds, and fails the test if that takes too long. What
// says what is waited for. It must be called by the test's own goroutine.
func (s *Server) Await(what string, ok func() bool) {
	s.t.Helper()
	s.AwaitWithin(patience, what, ok)
}

// AwaitWithin is [Server.Await] with a patience of one's own.
func (s *Server) AwaitWithin(within time.Duration, what string, ok func() bool) {
	s.t.Helper()
	if !s.await(within, ok) {
		s.t.Fatalf("waited %v in vain for %s", within, what)
	}
}

func (s *Server) await(within time.Duration, ok func() bool) bool {
	timeout := time.NewTimer(within)
	defer timeout.Stop()
	for {
		s.mu.Lock()
		changed := s.changed
		s.mu.Unlock()
		if ok() {
			return true
		}
		select {
		case <-changed:
		case <-timeout.C:
			return false
		}
	}
}

// Heard delivers the text of each message that people came to see, and of
// each edit, in order.
func (s *Server) Heard() <-chan string { return s.heard }
