package web

import (
	"bytes"
	"context"
	"encoding/json"
	"flag"
	"io"
	"log/slog"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"go.uber.org/goleak"

	"frameworkbot/bot"
	"frameworkbot/bot/discord"
	"frameworkbot/bot/slack"
	"frameworkbot/index"
	"frameworkbot/seeds"
)

var update = flag.Bool("update", false, "accept the golden files as they are now")

func TestMain(m *testing.M) {
	goleak.VerifyTestMain(m, goleak.IgnoreTopFunction("github.com/blevesearch/bleve_index_api.AnalysisWorker"))
}

// seven are seven of the built-in pages, however many there are.
func seven() []*index.Page {
	return slices.DeleteFunc(must(index.ReadPages(seeds.Pages)), func(p *index.Page) bool {
		return !slices.Contains([]string{"cakephp", "choosing", "django", "express", "flask", "laravel", "rails"}, p.ID)
	})
}

// A shelf is a Library, an Explainer, a Suggester and a Handler over pages that
// can be exchanged: what the program has.
type shelf struct {
	mu       sync.Mutex
	n        uint64
	changed  chan struct{}
	answerer *bot.Answerer
	problems []bot.Problem
}

func newShelf(tb testing.TB) *shelf {
	tb.Helper()
	s := &shelf{changed: make(chan struct{})}
	s.put(tb, seven())
	return s
}

func (s *shelf) put(tb testing.TB, pages []*index.Page, problems ...bot.Problem) {
	tb.Helper()
	x, err := index.New(pages)
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { _ = x.Close() })
	s.mu.Lock()
	defer s.mu.Unlock()
	s.answerer, s.problems = bot.NewAnswerer(x), problems
	s.n++
	close(s.changed)
	s.changed = make(chan struct{})
}

func (s *shelf) now() *bot.Answerer {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.answerer
}

func (s *shelf) Generation() (uint64, <-chan struct{}) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.n, s.changed
}

func (s *shelf) Problems() []bot.Problem {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.problems
}

func (s *shelf) Pages() []bot.PageInfo { return s.now().Pages() }

func (s *shelf) Page(ctx context.Context, id string) (*bot.PageView, error) {
	return s.now().Page(ctx, id)
}

func (s *shelf) Answer(ctx context.Context, m *bot.Message) (*bot.Answer, error) {
	return s.now().Answer(ctx, m)
}

func (s *shelf) Explain(ctx context.Context, m *bot.Message) (*bot.Explanation, error) {
	return s.now().Explain(ctx, m)
}

func (s *shelf) Suggest(ctx context.Context, typed string, most int) []bot.Suggestion {
	return s.now().Suggest(ctx, typed, most)
}

// today is when the tests take place: the built-in pages were reviewed two days before.
var today = time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)

func previews() []Preview {
	return []Preview{
		{
			Name: "Slack", Draw: BlockKit,
			Render: func(a *bot.Answer) ([]byte, error) { return json.Marshal(slack.Render(a, nil)) },
			Limits: []Limit{{Blocks, 50, "https://docs.slack.dev/reference/block-kit/blocks"}, {Shown, 10_000, ""}, {Bytes, 18 << 10, ""}, {Spoken, 3000, ""}, {Label, 75, ""}, {Options, 100, ""}},
		},
		{
			Name: "Discord", Draw: Message,
			Render: func(a *bot.Answer) ([]byte, error) { return json.Marshal(discord.Render(a, "")) },
			Limits: []Limit{{Components, 40, "https://docs.discord.com/developers/components/reference"}, {Displayed, 4000, ""}, {Label, 80, ""}, {Options, 25, ""}},
		},
	}
}

func config(s *shelf) Config {
	return Config{Previews: previews(), Explain: s, Suggest: s, Library: s, Now: func() time.Time { return today }}
}

// A site is a page that is served, and a browser's cookies.
type site struct {
	tb     testing.TB
	web    *Web
	shelf  *shelf
	server *httptest.Server
	client *http.Client
	logged *bytes.Buffer
}

// serve runs a Web with the handler, the shelf itself if that is nil.
func serve(tb testing.TB, h bot.Handler, change ...func(*Config)) *site {
	tb.Helper()
	s := &site{tb: tb, shelf: newShelf(tb), logged: &bytes.Buffer{}}
	cfg := config(s.shelf)
	for _, c := range change {
		c(&cfg)
	}
	if h == nil {
		h = s.shelf
	}
	log := slog.New(slog.NewTextHandler(s.logged, &slog.HandlerOptions{Level: slog.LevelDebug}))
	s.web = New(cfg, log)
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- s.web.Run(ctx, h) }()
	<-s.web.begun
	s.server = httptest.NewServer(s.web)
	s.browser()
	tb.Cleanup(func() {
		cancel()
		if err := <-ended; err != nil {
			tb.Errorf("Run returned %v", err)
		}
		s.client.CloseIdleConnections()
		s.server.Close()
	})
	return s
}

// browser begins with no cookies.
func (s *site) browser() {
	jar, err := cookiejar.New(nil)
	if err != nil {
		s.tb.Fatal(err)
	}
	s.client = &http.Client{Jar: jar}
}

// A reply is what came back.
type reply struct {
	status int
	body   string
	header http.Header
	url    *url.URL
}

func (s *site) do(method, path, body string, change ...func(*http.Request)) reply {
	s.tb.Helper()
	r, err := http.NewRequestWithContext(s.tb.Context(), method, s.server.URL+path, strings.NewReader(body))
	if err != nil {
		s.tb.Fatal(err)
	}
	if method == http.MethodPost {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	for _, c := range change {
		c(r)
	}
	response, err := s.client.Do(r)
	if err != nil {
		s.tb.Fatal(err)
	}
	defer response.Body.Close()
	b, err := io.ReadAll(response.Body)
	if err != nil {
		s.tb.Fatal(err)
	}
	return reply{response.StatusCode, string(b), response.Header, response.Request.URL}
}

func (s *site) get(path string) reply {
	s.tb.Helper()
	return s.do(http.MethodGet, path, "")
}

func (s *site) ask(text string) reply {
	s.tb.Helper()
	return s.do(http.MethodPost, "/ask", url.Values{"q": {text}}.Encode())
}

func (s *site) press(ref bot.Ref) reply {
	s.tb.Helper()
	return s.do(http.MethodPost, "/ask", url.Values{"ref": {string(ref)}}.Encode())
}

// has reports each text that the reply lacks.
func (r reply) has(tb testing.TB, status int, texts ...string) {
	tb.Helper()
	if r.status != status {
		tb.Errorf("status %d, want %d", r.status, status)
	}
	for _, text := range texts {
		if !strings.Contains(r.body, text) {
			tb.Errorf("lacks %q in\n%s", text, bot.Shorten(r.body, 6000))
		}
	}
}

func (r reply) lacks(tb testing.TB, texts ...string) {
	tb.Helper()
	for _, text := range texts {
		if i := strings.Index(r.body, text); i >= 0 {
			tb.Errorf("has %q: …%s…", text, r.body[max(0, i-100):min(len(r.body), i+100)])
		}
	}
}

// edited are the built-in pages after somebody changed that on Flask.
func edited(tb testing.TB, change func(text string) string) []*index.Page {
	tb.Helper()
	files := map[string]string{}
	for _, p := range seven() {
		b, err := seeds.Pages.Open(p.File)
		if err != nil {
			tb.Fatal(err)
		}
		text, err := io.ReadAll(b)
		if err != nil {
			tb.Fatal(err)
		}
		_ = b.Close()
		files[p.File] = string(text)
	}
	files["flask.md"] = change(files["flask.md"])
	return must(index.ReadPages(mapFS(files)))
}

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

func mapFS(files map[string]string) fstest.MapFS {
	fs := fstest.MapFS{}
	for name, text := range files {
		fs[name] = &fstest.MapFile{Data: []byte(text)}
	}
	return fs
}
