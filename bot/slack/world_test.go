package slack

import (
	"bytes"
	"context"
	"encoding/json"
	"log/slog"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"

	"frameworkbot/bot"
	"frameworkbot/bot/slack/slacktest"
	"frameworkbot/index"
	"frameworkbot/seeds"
)

// answerer answers from the built-in pages, made once for all tests.
var answerer = sync.OnceValue(func() *bot.Answerer {
	pages, err := index.ReadPages(seeds.Pages)
	if err != nil {
		panic(err)
	}
	x, err := index.New(pages)
	if err != nil {
		panic(err)
	}
	return bot.NewAnswerer(x)
})

// A world is a bot that runs against a Slack in this process.
type world struct {
	*slacktest.Server
	t      *testing.T
	mode   string
	http   *slacktest.HTTP
	bot    *Slack
	log    *bytes.Buffer // complete once the world has ended
	cancel context.CancelFunc
	ended  chan error
	err    error
	over   bool
}

// An ack is what came back in an acknowledgement.
type ack struct {
	status int // of the response; 200 in Socket Mode
	body   []byte
}

// inBothModes runs a test over either transport.
func inBothModes(t *testing.T, h bot.Handler, test func(t *testing.T, w *world)) {
	for _, mode := range []string{HTTP, Socket} {
		t.Run(mode, func(t *testing.T) { test(t, newWorld(t, mode, h)) })
	}
}

// newWorld starts the bot. A nil handler answers from the built-in pages.
func newWorld(t *testing.T, mode string, h bot.Handler) *world {
	answerer() // what Bleve keeps running is not the platform's
	leaks := goleak.IgnoreCurrent()
	t.Cleanup(func() { goleak.VerifyNone(t, leaks) })
	w := &world{Server: slacktest.New(t), t: t, mode: mode}
	w.http = w.Serve(http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) { w.bot.ServeHTTP(rw, r) }))
	w.start(h)
	t.Cleanup(w.stop)
	return w
}

// start starts a new process, so to say: it remembers nothing.
func (w *world) start(h bot.Handler) {
	w.t.Helper()
	cfg, faults := Config{
		Mode: w.mode, APIURL: w.URL(), Suggest: answerer(), Commands: []string{"/framework", "/fw"},
		BotToken: bot.NewSecret(slacktest.BotToken), AppToken: bot.NewSecret(slacktest.AppToken), SigningSecret: bot.NewSecret(slacktest.SigningSecret),
	}.Check()
	if len(faults) > 0 {
		w.t.Fatal(faults)
	}
	if h == nil {
		h = answerer()
	}
	w.log, w.ended, w.over = &bytes.Buffer{}, make(chan error, 1), false
	log := slog.New(slog.NewTextHandler(w.log, &slog.HandlerOptions{Level: slog.LevelDebug}))
	w.bot = New(cfg, log)
	ctx, cancel := context.WithCancel(context.Background())
	w.cancel = cancel
	running := make(chan struct{})
	go func() {
		close(running)
		w.ended <- w.bot.Run(ctx, bot.Chain(h, bot.Observe(log), bot.Recover(log)))
	}()
	<-running
	if w.mode == Socket {
		w.Connected(w.t.Context())
	}
	w.until("the bot knows who it is", func() bool { return w.bot.self.Load() != nil && w.bot.handler.Load() != nil })
}

// until waits for a condition that other goroutines bring about.
func (w *world) until(what string, ready func() bool) {
	w.t.Helper()
	for deadline := time.Now().Add(20 * time.Second); !ready(); {
		if time.Now().After(deadline) {
			w.t.Fatalf("never happened: %s", what)
		}
		<-time.After(time.Millisecond)
	}
}

// stop ends the bot and checks that nothing secret was logged.
func (w *world) stop() {
	if w.over {
		return
	}
	w.over = true
	w.cancel()
	select {
	case w.err = <-w.ended:
	case <-time.After(20 * time.Second):
		w.t.Fatal("Run did not return")
	}
	for _, secret := range w.Secrets() {
		if strings.Contains(w.log.String(), secret) {
			w.t.Errorf("the log holds %q", secret)
		}
	}
	if strings.Contains(w.log.String(), "canary") {
		w.t.Errorf("the log holds a canary:\n%s", w.log.String())
	}
}

// send delivers an envelope and returns the acknowledgement.
func (w *world) send(e slacktest.Envelope) ack {
	w.t.Helper()
	if w.mode == Socket {
		return ack{http.StatusOK, w.Deliver(e).Ack(w.t.Context()).Payload}
	}
	res := w.http.Send(w.t.Context(), e)
	return ack{res.Status, res.Body}
}

// seen is an acknowledgement as a person sees it.
func (w *world) seen(a ack) slacktest.Post {
	w.t.Helper()
	p := slacktest.Post{Method: "ack", Body: map[string]any{}}
	if err := json.Unmarshal(a.body, &p.Body); err != nil {
		w.t.Fatalf("the acknowledgement holds no answer: %v, %q", err, a.body)
	}
	p.Text, _ = p.Body["text"].(string)
	return p
}

// ask types a command and returns the card.
func (w *world) ask(text string) slacktest.Post {
	w.t.Helper()
	return w.seen(w.send(w.SlashCommand("U1", "C1", "/framework", text)))
}

// next is the next thing that is posted, apart from acknowledgements.
func (w *world) next() slacktest.Post {
	w.t.Helper()
	for {
		if p := w.Post(w.t.Context()); p.Method != "ack" && p.Method != "http" {
			return p
		}
	}
}

// nothingMore checks that nothing else is posted until the bot has ended.
func (w *world) nothingMore() {
	w.t.Helper()
	w.stop()
	for {
		select {
		case p := <-w.Posts():
			if p.Method != "ack" && p.Method != "http" {
				w.t.Errorf("posted as well: %s %s", p.Method, p.Text)
			}
		default:
			return
		}
	}
}

// button finds an element by the beginning of its id and of what it carries.
func (w *world) button(card slacktest.Post, id, value string) slacktest.Element {
	w.t.Helper()
	for _, b := range card.Buttons(id) {
		if strings.HasPrefix(b.Value, value) {
			return b
		}
	}
	w.t.Fatalf("no %s button %q on the card: %v", id, value, card.Buttons(""))
	return slacktest.Element{}
}

// private is where the card of a command stands.
var private = slacktest.Target{Channel: "C1", TS: "1700000000.000001", Ephemeral: true}

// shows checks that the card shows all of the texts.
func (w *world) shows(p slacktest.Post, texts ...string) {
	w.t.Helper()
	for _, text := range texts {
		if !strings.Contains(p.Visible(), text) {
			w.t.Errorf("%s does not show %q:\n%s", p.Method, text, p.Visible())
		}
	}
}
