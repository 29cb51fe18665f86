package web

import (
	"bufio"
	"context"
	"html"
	"io"
	"log/slog"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"testing/synctest"

	"frameworkbot/bot"
	"frameworkbot/bot/bottest"
)

func discard() *slog.Logger { return slog.New(slog.DiscardHandler) }

// A visitor is a person with a browser, one question after the other.
type visitor struct {
	client *http.Client
	base   string
	heard  chan string
	said   chan string
}

var tags = regexp.MustCompile(`<[^>]*>`)

func (v *visitor) Say(text string)      { v.said <- text }
func (v *visitor) Heard() <-chan string { return v.heard }

// visit asks and tells what the person sees of the answer.
func (v *visitor) visit(text string) {
	r, err := http.NewRequestWithContext(context.Background(), http.MethodPost, v.base+"/ask", strings.NewReader(url.Values{"q": {text}}.Encode()))
	if err != nil {
		return
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	response, err := v.client.Do(r)
	if err != nil {
		return
	}
	defer response.Body.Close()
	b, _ := io.ReadAll(response.Body) // what arrived is what was seen
	v.heard <- html.UnescapeString(tags.ReplaceAllString(string(b), ""))
}

func TestPlatform(t *testing.T) {
	bottest.TestPlatform(t, func(t *testing.T) (bot.Platform, bottest.Service) {
		w := New(Config{Previews: previews()}, discard())
		server := httptest.NewServer(w)
		jar, err := cookiejar.New(nil)
		if err != nil {
			t.Fatal(err)
		}
		v := &visitor{&http.Client{Jar: jar}, server.URL, make(chan string, 100), make(chan string, 100)}
		ended := make(chan struct{})
		go func() {
			defer close(ended)
			for text := range v.said {
				v.visit(text)
			}
		}()
		t.Cleanup(func() {
			close(v.said)
			<-ended
			v.client.CloseIdleConnections()
			server.Close()
		})
		return w, v
	})
}

// A stream is what a browser gets of the events.
type stream struct {
	lines *bufio.Scanner
	close func()
}

func (s *site) stream() *stream {
	s.tb.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, s.server.URL+"/events", nil)
	if err != nil {
		s.tb.Fatal(err)
	}
	response, err := s.client.Do(r) //nolint:bodyclose // closed by the stream's close
	if err != nil {
		s.tb.Fatal(err)
	}
	if kind := response.Header.Get("Content-Type"); response.StatusCode == http.StatusOK && kind != "text/event-stream; charset=utf-8" {
		s.tb.Errorf("Content-Type %q", kind)
	}
	return &stream{bufio.NewScanner(response.Body), func() { cancel(); _ = response.Body.Close() }}
}

// next is the data of the next event, "" at the end.
func (s *stream) next() string {
	for s.lines.Scan() {
		if data, ok := strings.CutPrefix(s.lines.Text(), "data: "); ok {
			return data
		}
	}
	return ""
}

func TestEvents(t *testing.T) {
	s := serve(t, nil)
	events := s.stream()
	defer events.close()
	if n := events.next(); n != "1" {
		t.Errorf("the first event is %q", n)
	}
	s.shelf.put(t, seven())
	if n := events.next(); n != "2" {
		t.Errorf("after a change the event is %q", n)
	}
	s.get("/generation").has(t, 200, "2")
}

func TestTooManyStreams(t *testing.T) {
	s := serve(t, nil)
	for range maxStreams {
		s.web.streams <- struct{}{}
	}
	s.get("/events").has(t, 503)
}

// TestStreamsEnd: a stream ends when Run does, so that nothing waits for it.
func TestStreamsEnd(t *testing.T) {
	s := serve(t, nil)
	events := s.stream()
	defer events.close()
	events.next()
	s.web.stop.Do(func() { close(s.web.stopping) })
	if n := events.next(); n != "" {
		t.Errorf("an event after the end: %q", n)
	}
}

// TestHeartbeat: a quiet stream gives a sign of life.
func TestHeartbeat(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := New(Config{}, discard())
		ctx, cancel := context.WithTimeout(t.Context(), 3*heartbeat-1)
		defer cancel()
		out := httptest.NewRecorder()
		w.events(out, httptest.NewRequestWithContext(ctx, http.MethodGet, "/events", nil))
		if n := strings.Count(out.Body.String(), ": still here"); n != 2 || !strings.HasPrefix(out.Body.String(), "event: generation\ndata: 0\n\n") {
			t.Errorf("%q", out.Body)
		}
	})
}
