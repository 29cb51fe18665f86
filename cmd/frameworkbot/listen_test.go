package main

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"testing"

	"go.uber.org/goleak"

	"frameworkbot/bot"
)

// A fake is a platform that is called.
type fake struct {
	name  string
	run   func(context.Context) error
	serve http.HandlerFunc
}

func (f fake) Name() string { return f.name }

func (f fake) Run(ctx context.Context, _ bot.Handler) error { return f.run(ctx) }

func (f fake) service(key, listen string, paths ...string) service {
	return service{platform: f, mode: "http", calls: f.serve, paths: paths, key: key, listen: listen}
}

func untilDone(ctx context.Context) error {
	<-ctx.Done()
	return nil
}

// answering answers with its own name.
func answering(name string) fake {
	return fake{name, untilDone, func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte(name)) }}
}

// running runs services until the test ends, and returns what was logged.
func running(t *testing.T, services []service) (listeners, *bytes.Buffer) {
	t.Helper()
	leaks := goleak.IgnoreCurrent()
	var logged bytes.Buffer
	log := slog.New(slog.NewTextHandler(&logged, nil))
	p := newProgram(nil, nil, nil, nil)
	all, err := p.listen(t.Context(), services, log)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- bot.Run(ctx, nil, platforms(services, log)...) }()
	t.Cleanup(func() {
		cancel()
		if err := <-ended; err != nil {
			t.Error(err)
		}
		all.close()
		goleak.VerifyNone(t, leaks)
	})
	return all, &logged
}

func get(t *testing.T, url string, header http.Header) (status int, body string, err error) {
	t.Helper()
	client := &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
	r, err := http.NewRequestWithContext(context.Background(), http.MethodGet, url, nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Header = header
	answer, err := client.Do(r)
	if err != nil {
		return 0, "", err
	}
	defer answer.Body.Close()
	var text bytes.Buffer
	if _, err := text.ReadFrom(answer.Body); err != nil {
		return 0, "", err
	}
	return answer.StatusCode, text.String(), nil
}

// TestListeners: services with the same address share it, others do not.
func TestListeners(t *testing.T) {
	all, _ := running(t, []service{
		answering("a").service("a.listen", "127.0.0.1:0", "/a", "/a/x"),
		answering("b").service("b.listen", "127.0.0.1:0", "/b", "/"),
		answering("c").service("c.listen", "localhost:0", "/a", "/"),
	})
	if len(all) != 2 {
		t.Fatalf("%d listeners, want 2", len(all))
	}
	for path, want := range map[string]string{"/a": "a", "/a/x": "a", "/b": "b", "/": "b", "/c": "404 page not found\n", "/a/y": "404 page not found\n"} {
		if _, got, err := get(t, "http://"+all[0].Addr().String()+path, nil); got != want || err != nil {
			t.Errorf("%s answers %q (%v), want %q", path, got, err, want)
		}
	}
	if _, got, err := get(t, "http://"+all[1].Addr().String()+"/a", nil); got != "c" || err != nil {
		t.Errorf("the other address answers %q (%v)", got, err)
	}
}

// TestBusyAddress: what was bound before is free again.
func TestBusyAddress(t *testing.T) {
	taken, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	p := newProgram(nil, nil, nil, nil)
	all, err := p.listen(t.Context(), []service{
		answering("slack").service("slack.listen", "127.0.0.1:0", "/"),
		answering("discord").service("discord.listen", taken.Addr().String(), "/"),
	}, silence)
	if code(err) != exitNo || !strings.HasPrefix(err.Error(), "discord.listen (DISCORD_LISTEN): listen tcp "+taken.Addr().String()) {
		t.Errorf("got %v", err)
	}
	if _, err := all[0].Accept(); !errors.Is(err, net.ErrClosed) {
		t.Errorf("the first address is still bound: %v", err)
	}
}

// TestRequestPanics: a panic ends its request alone, and nobody reads of it.
func TestRequestPanics(t *testing.T) {
	all, logged := running(t, []service{
		fake{"a", untilDone, func(http.ResponseWriter, *http.Request) { panic("a canary of somebody's words") }}.service("a.listen", "127.0.0.1:0", "/panics"),
		answering("b").service("b.listen", "127.0.0.1:0", "/b"),
	})
	address := "http://" + all[0].Addr().String()
	if status, _, err := get(t, address+"/panics", nil); err == nil {
		t.Errorf("a request that panicked was answered with %d", status)
	}
	if _, got, err := get(t, address+"/b", nil); got != "b" || err != nil {
		t.Errorf("the next request got %q (%v)", got, err)
	}
	all.close()
	if !strings.Contains(logged.String(), "msg=panic kind=string") || strings.Contains(logged.String(), "canary") {
		t.Errorf("logged: %s", logged)
	}
}

func TestLargeHeadersAreRefused(t *testing.T) {
	all, _ := running(t, []service{answering("a").service("a.listen", "127.0.0.1:0", "/")})
	status, _, err := get(t, "http://"+all[0].Addr().String(), http.Header{"X-Large": {strings.Repeat("x", 2*maxHeader)}})
	if status != http.StatusRequestHeaderFieldsTooLarge && err == nil {
		t.Errorf("32 kB of headers are answered with %d", status)
	}
}

// TestPlatformEnds: a platform that fails or panics ends alone, and tells why at
// once, without secrets.
func TestPlatformEnds(t *testing.T) {
	var logged bytes.Buffer
	log := slog.New(slog.NewTextHandler(&logged, nil))
	for name, test := range map[string]struct {
		run  func(context.Context) error
		want string
	}{
		"error":  {func(context.Context) error { return errors.New("slack.bot_token is not valid: xoxb-1-canary") }, "slack.bot_token is not valid: [redacted]"},
		"panic":  {func(context.Context) error { panic("canary") }, "stopped by a panic of the kind string"},
		"nobody": {func(context.Context) error { return nil }, ""},
	} {
		t.Run(name, func(t *testing.T) {
			err := watched{Platform: fake{name: "fake", run: test.run}, log: log}.Run(t.Context(), nil)
			if err == nil && test.want != "" || err != nil && err.Error() != test.want {
				t.Errorf("ended with %v, want %q", err, test.want)
			}
			if !strings.Contains(logged.String(), test.want) || strings.Contains(logged.String(), "canary") {
				t.Errorf("logged: %s", logged.String())
			}
		})
	}
}

// TestRequestsFinish: a request that is under way when the bot is asked to end
// gets its answer, as does one that comes while others finish.
func TestRequestsFinish(t *testing.T) {
	asked, last := make(chan struct{}), make(chan struct{})
	services := []service{fake{
		"slack", func(ctx context.Context) error {
			<-ctx.Done()
			close(asked)
			<-last // as if it drained
			return nil
		}, func(w http.ResponseWriter, r *http.Request) {
			if r.URL.Path == "/slow" {
				<-asked
			}
			_, _ = w.Write([]byte("answer"))
		},
	}.service("slack.listen", "127.0.0.1:0", "/slow", "/late", "/first")}
	all, err := newProgram(nil, nil, nil, nil).listen(t.Context(), services, silence)
	if err != nil {
		t.Fatal(err)
	}
	address := "http://" + all[0].Addr().String()
	ctx, stop := context.WithCancel(t.Context())
	ended, answers := make(chan error, 1), make(chan string)
	go func() {
		defer all.close()
		ended <- bot.Run(ctx, nil, platforms(services, silence)...)
	}()
	if _, got, err := get(t, address+"/first", nil); got != "answer" || err != nil {
		t.Fatalf("got %q (%v)", got, err)
	}
	go func() {
		_, got, _ := get(t, address+"/slow", nil)
		answers <- got
	}()
	stop()
	<-asked
	if _, got, err := get(t, address+"/late", nil); got != "answer" || err != nil {
		t.Errorf("a late request got %q (%v)", got, err)
	}
	if got := <-answers; got != "answer" {
		t.Errorf("the request under way got %q", got)
	}
	close(last)
	if err := <-ended; err != nil {
		t.Error(err)
	}
}

// TestListenerIsLost: a platform that is called cannot go on without its listener.
func TestListenerIsLost(t *testing.T) {
	services := []service{answering("slack").service("slack.listen", "127.0.0.1:0", "/")}
	all, err := newProgram(nil, nil, nil, nil).listen(t.Context(), services, silence)
	if err != nil {
		t.Fatal(err)
	}
	defer all.close()
	ended := make(chan error, 1)
	go func() { ended <- platforms(services, silence)[0].Run(t.Context(), nil) }()
	if _, got, err := get(t, "http://"+all[0].Addr().String(), nil); got != "slack" || err != nil {
		t.Fatalf("got %q (%v)", got, err)
	}
	_ = all[0].Close() // as if the network had gone
	if err := <-ended; err == nil || !strings.HasPrefix(err.Error(), "listen on "+all[0].Addr().String()) {
		t.Errorf("ended with %v", err)
	}
}
