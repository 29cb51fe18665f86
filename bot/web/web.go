// Package web is the platform that needs neither an account nor a terminal: a
// page in a browser on which one can ask as in chat, see each answer as Slack
// and Discord would show it and why it was given, and read the pages and their
// problems while they are being written.
//
//	web.go         connect: the configuration, and Run
//	routes.go      what there is, and under which address
//	guard.go       who may ask for it: loopback names, no other site's pages
//	ask.go         in: from a form to a Message
//	session.go     the conversations, in memory
//	conversation.go, answer.go, pages.go   out: what the templates are handed
//	events.go      the page learns that files changed
//	preview.go     an answer as a service shows it, drawn from its exact JSON:
//	               slack.go slack_rich.go mrkdwn.go, discord.go discord_text.go;
//	               measure.go holds it against the service's limits
//	node.go        what is drawn, whoever's markup it was written in
//
// Everything works without JavaScript. What the page shows of people's words
// and pages goes through html/template; nothing but the pages is reachable.
package web

import (
	"context"
	"log/slog"
	"net/http"
	"sync"
	"time"

	"frameworkbot/bot"
)

// Config says what the page shows.
type Config struct {
	// Previews are the services whose messages are shown beside an answer.
	Previews []Preview

	// Explain says why an answer was given. It may be nil.
	Explain bot.Explainer

	// Suggest offers answers while somebody types. It may be nil.
	Suggest bot.Suggester

	// Library is the pages and their problems. It may be nil.
	Library bot.Library

	// Hosts are the names, without ports, by which the page may be asked for
	// beside those of the loopback: "bot.example.com". Everybody who can reach
	// it under one of them sees it.
	Hosts []string

	// Version is told by the name at the top when it is pointed at, "" for none.
	Version string

	// Now tells the time; nil means [time.Now].
	Now func() time.Time
}

// maxAnswering is how many questions are answered at once; others are told to wait.
const maxAnswering = 32

// Web is the preview page: the [bot.Platform] of people with a browser, and
// the [http.Handler] that serves them. Whoever listens sets the time that
// clients have; the stream of events sets its own.
type Web struct {
	cfg       Config
	log       *slog.Logger
	routes    http.Handler
	sessions  *sessions
	templates *templates
	assets    map[string]asset

	begun    chan struct{} // closed when Run has begun
	stopping chan struct{} // closed when Run is to end
	begin    sync.Once
	stop     sync.Once
	slots    chan struct{} // held by questions under way
	streams  chan struct{} // held by streams of events

	mu      sync.Mutex
	handler bot.Handler // nil before Run and once it is to end
	under   sync.WaitGroup
}

// New returns a Web that answers once it runs. It touches no network.
func New(cfg Config, log *slog.Logger) *Web {
	if cfg.Now == nil {
		cfg.Now = time.Now
	}
	w := &Web{
		cfg: cfg, log: log, sessions: newSessions(), assets: loadAssets(),
		begun: make(chan struct{}), stopping: make(chan struct{}),
		slots: make(chan struct{}, maxAnswering), streams: make(chan struct{}, maxStreams),
	}
	w.templates = newTemplates(w.assets)
	w.routes = w.guard(w.newRoutes())
	return w
}

// Name is "web".
func (w *Web) Name() string { return "web" }

// Run lets h answer what people ask on the page until ctx is done, and waits
// for the answers under way. The page itself is served by [Web.ServeHTTP],
// before, during and after it.
func (w *Web) Run(ctx context.Context, h bot.Handler) error {
	w.mu.Lock()
	w.handler = h
	w.mu.Unlock()
	w.begin.Do(func() { close(w.begun) })
	<-ctx.Done()
	w.mu.Lock()
	w.handler = nil
	w.mu.Unlock()
	w.stop.Do(func() { close(w.stopping) })
	w.under.Wait()
	return nil
}

// ServeHTTP serves the page.
func (w *Web) ServeHTTP(out http.ResponseWriter, r *http.Request) { w.routes.ServeHTTP(out, r) }

// take returns the handler and what to call when its answer is there; ok is
// false before Run and once it is to end.
func (w *Web) take() (h bot.Handler, done func(), ok bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.handler == nil {
		return nil, nil, false
	}
	w.under.Add(1)
	return w.handler, w.under.Done, true
}

// generation is the number of the library's present state.
func (w *Web) generation() (n uint64, changed <-chan struct{}) {
	if w.cfg.Library == nil {
		return 0, nil
	}
	return w.cfg.Library.Generation()
}
