package discord

import (
	"bytes"
	"context"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"frameworkbot/bot"
	"frameworkbot/bot/discord/discordtest"
)

// A scene is a bot that is connected to a Discord of its own.
type scene struct {
	*discordtest.Server
	t    *testing.T
	bot  *Discord
	log  *logged
	stop context.CancelFunc
	end  chan error // what Run returned
	over bool
}

// modes runs a test over both transports.
func modes(t *testing.T, test func(t *testing.T, mode string)) {
	for _, mode := range []string{Gateway, HTTP} {
		t.Run(mode, func(t *testing.T) { test(t, mode) })
	}
}

// newScene starts a bot, and waits until it is ready.
func newScene(t *testing.T, mode string, h bot.HandlerFunc, changes ...func(*scene)) *scene {
	t.Helper()
	return startScene(t, discordtest.New(t), mode, h, changes...)
}

// newSceneInMemory is newScene for a bubble of testing/synctest.
func newSceneInMemory(t *testing.T, mode string, h bot.HandlerFunc) *scene {
	t.Helper()
	return startScene(t, discordtest.NewInMemory(t), mode, h)
}

func startScene(t *testing.T, d *discordtest.Server, mode string, h bot.HandlerFunc, changes ...func(*scene)) *scene {
	t.Helper()
	s := prepareScene(t, d, mode, changes...)
	s.run(h)
	s.ready()
	return s
}

// prepareScene makes a bot that does not run yet.
func prepareScene(t *testing.T, d *discordtest.Server, mode string, changes ...func(*scene)) *scene {
	t.Helper()
	s := &scene{Server: d, t: t, log: &logged{}, end: make(chan error, 1)}
	cfg := Config{Mode: mode, Token: bot.NewSecret(d.Token()), PublicKey: d.PublicKey(), APIURL: d.URL(), Suggest: shelf{}}
	cfg, faults := cfg.Check()
	if len(faults) > 0 {
		t.Fatal(faults)
	}
	s.bot = New(cfg, slog.New(slog.NewTextHandler(s.log, &slog.HandlerOptions{Level: slog.LevelDebug})))
	for _, change := range changes {
		change(s)
	}
	s.bot.dial = d.DialContext
	dialInMemory(s.bot.rest, d)
	return s
}

// start runs the bot.
func (s *scene) start(h bot.HandlerFunc) {
	ctx, stop := context.WithCancel(context.Background())
	s.stop = stop
	go func() { s.end <- s.bot.Run(ctx, h) }()
}

// run runs the bot until the test ends, unless that stops it.
func (s *scene) run(h bot.HandlerFunc) {
	s.start(h)
	s.t.Cleanup(func() {
		if !s.over {
			s.finish()
		}
	})
}

// ready waits until the bot takes what people do.
func (s *scene) ready() {
	s.t.Helper()
	if s.bot.cfg.Mode == Gateway {
		s.AwaitReady()
		return
	}
	s.Await("the bot to know itself", func() bool { return len(s.Requests("GET /applications/*/commands")) > 0 })
}

// finish stops the bot.
func (s *scene) finish() {
	s.t.Helper()
	s.over = true
	s.stop()
	if err := <-s.end; err != nil {
		s.t.Errorf("Run returned %v", err)
	}
}

// do delivers an interaction and waits for its callback.
func (s *scene) do(in discordtest.Interaction) discordtest.Callback {
	s.t.Helper()
	s.deliver(in)
	return s.Callback(in)
}

// deliver delivers an interaction, over HTTP until it was answered. It returns
// the status of that.
func (s *scene) deliver(in discordtest.Interaction) int {
	s.t.Helper()
	if s.bot.cfg.Mode == Gateway {
		s.Dispatch(in.Event)
		return http.StatusOK
	}
	return s.Post(s.client(), "http://bot.invalid/discord/interactions", in)
}

// client reaches the bot without a network.
func (s *scene) client() *http.Client { return &http.Client{Transport: direct{s.bot}} }

// direct hands requests to a handler, in the goroutine of who makes them.
type direct struct{ http.Handler }

// RoundTrip implements [http.RoundTripper].
func (d direct) RoundTrip(r *http.Request) (*http.Response, error) {
	if r.Body == nil {
		r.Body = http.NoBody
	}
	w := httptest.NewRecorder()
	d.ServeHTTP(w, r)
	return w.Result(), nil
}

// logged is a log.
type logged struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

// Write implements [io.Writer].
func (l *logged) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.buf.Write(p)
}

func (l *logged) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.buf.String()
}

// count is how often the log holds text.
func (l *logged) count(text string) int { return strings.Count(l.String(), text) }

// shelf is a library of two pages.
type shelf struct{}

// Suggest implements [bot.Suggester].
func (shelf) Suggest(_ context.Context, typed string, most int) []bot.Suggestion {
	all := []bot.Suggestion{
		{Ref: "page:laravel", Title: "Laravel", Hint: "PHP", Page: "page:laravel"},
		{Ref: "page:rails", Title: "Ruby on Rails", Hint: "Ruby", Page: "page:rails"},
	}
	var found []bot.Suggestion
	for _, s := range all {
		if strings.HasPrefix(strings.ToLower(s.Title), strings.ToLower(typed)) && len(found) < most {
			found = append(found, s)
		}
	}
	return found
}

// parrot answers with what it was asked: the title is the Ref or the words.
func parrot(_ context.Context, m *bot.Message) (*bot.Answer, error) {
	switch {
	case m.Ref == bot.Help:
		return &bot.Answer{Kind: bot.HelpKind, Title: "What I can tell you", Text: "Ask me.", Private: true, Ref: bot.Help}, nil
	case m.Ref != "":
		return card("card of "+strings.ReplaceAll(string(m.Ref), ":", " "), m.Ref), nil
	}
	return card("you said "+strings.Join(strings.Fields(bot.Normalise(m.Text)), " "), "page:laravel"), nil
}

func card(text string, ref bot.Ref) *bot.Answer {
	return &bot.Answer{
		Kind: bot.PageKind, Title: "Laravel", Text: text, Ref: ref, Pages: []string{"laravel"},
		More: []bot.Ask{{Label: "Features", Text: "laravel features", Ref: "part:laravel:features"}},
		Asks: []bot.Ask{{Label: "All about Ruby on Rails", Text: "rails", Ref: "page:rails"}},
	}
}

// asked keeps what the bot was asked.
type asked struct {
	mu  sync.Mutex
	all []*bot.Message
}

func (a *asked) parrot(ctx context.Context, m *bot.Message) (*bot.Answer, error) {
	a.mu.Lock()
	a.all = append(a.all, m)
	a.mu.Unlock()
	return parrot(ctx, m)
}

// last is the newest question, and how many there were.
func (a *asked) last() (*bot.Message, int) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if len(a.all) == 0 {
		return &bot.Message{}, 0
	}
	return a.all[len(a.all)-1], len(a.all)
}

// quietLog keeps nothing.
func quietLog() *slog.Logger { return slog.New(slog.DiscardHandler) }
