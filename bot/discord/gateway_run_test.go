package discord

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"frameworkbot/bot"
	"frameworkbot/bot/discord/discordtest"
)

// A gatewayRun is a gateway under test.
type gatewayRun struct {
	*gateway
	t      *testing.T
	d      *discordtest.Server
	cancel context.CancelFunc
	done   chan error

	mu     sync.Mutex
	events []string // the IDs of messages that were dispatched
	panics bool
	logged bytes.Buffer
}

// newGatewayRun prepares a gateway to d, with what Discord is to be like.
func newGatewayRun(t *testing.T, d *discordtest.Server) *gatewayRun {
	r := &gatewayRun{t: t, d: d, done: make(chan error, 1)}
	r.gateway = &gateway{
		token: bot.NewSecret(d.Token()), intents: neededIntents, allowPlain: true,
		fetch: r.ask, dispatch: r.take, dial: d.DialContext,
		log: slog.New(slog.NewTextHandler(r, &slog.HandlerOptions{Level: slog.LevelDebug})),
	}
	return r
}

// Write takes in what is logged.
func (r *gatewayRun) Write(line []byte) (int, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.logged.Write(line)
}

func (r *gatewayRun) ask(ctx context.Context) (at gatewayBot, err error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, r.d.URL()+"/v10/gateway/bot", http.NoBody)
	if err != nil {
		return at, err
	}
	req.Header.Set("Authorization", "Bot "+r.d.Token())
	req.Header.Set("User-Agent", userAgent())
	res, err := r.d.Client().Do(req)
	if err != nil {
		return at, err
	}
	defer res.Body.Close()
	if res.StatusCode != http.StatusOK {
		return at, fmt.Errorf("GET %s: %d, Bot %s", r.d.URL(), res.StatusCode, r.d.Token())
	}
	return at, json.NewDecoder(res.Body).Decode(&at)
}

func (r *gatewayRun) take(_ context.Context, event string, data json.RawMessage) {
	if event != "MESSAGE_CREATE" {
		return
	}
	var m struct{ ID string }
	if err := json.Unmarshal(data, &m); err != nil {
		r.t.Errorf("an event that is no message: %s", data)
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.events = append(r.events, m.ID)
	if r.panics {
		panic("as told")
	}
}

func (r *gatewayRun) start() {
	ctx, cancel := context.WithCancel(r.t.Context())
	r.cancel = cancel
	go func() { r.done <- r.run(ctx) }()
}

// stop ends the gateway, which must be without an error and within a second or two.
func (r *gatewayRun) stop() {
	r.t.Helper()
	r.cancel()
	select {
	case err := <-r.done:
		if err != nil {
			r.t.Errorf("run returned %v", err)
		}
	case <-time.After(3 * time.Second):
		r.t.Fatal("run does not return although its context is done")
	}
}

// fails waits until the gateway ends with an error.
func (r *gatewayRun) fails() error {
	r.t.Helper()
	defer r.cancel()
	select {
	case err := <-r.done:
		return err
	case <-time.After(time.Minute):
		r.t.Fatal("run goes on")
		return nil
	}
}

// say sends a message, and returns its ID.
func (r *gatewayRun) say() string {
	e := discordtest.Mention("laravel")
	r.d.Dispatch(e)
	return e.Data["id"].(string)
}

// hears waits until each of the messages was dispatched, and checks that each
// was once, in order.
func (r *gatewayRun) hears(ids ...string) {
	r.t.Helper()
	for range 600 {
		synctest.Wait()
		if slices.Equal(r.heard(), ids) {
			return
		}
		time.Sleep(time.Second)
	}
	r.t.Errorf("dispatched %v, want %v", r.heard(), ids)
}

func (r *gatewayRun) heard() []string {
	r.mu.Lock()
	defer r.mu.Unlock()
	return slices.Clone(r.events)
}

func (r *gatewayRun) log() string {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.logged.String()
}

// inBubble runs a test of the gateway in which time is not that of the clock.
func inBubble(t *testing.T, test func(r *gatewayRun)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		d := discordtest.NewInMemory(t)
		d.Change(func(s *discordtest.Settings) { s.IdentifySpacing = startSpacing })
		r := newGatewayRun(t, d)
		test(r)
		for _, one := range d.Identifies() {
			if one.TooSoon {
				t.Errorf("IDENTIFY came too soon, at %v", one.At)
			}
		}
		for _, secret := range d.Secrets() {
			if strings.Contains(r.log(), secret) {
				t.Errorf("a secret was logged: %q in\n%s", secret, r.log())
			}
		}
	})
}
