package slacktest

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"go.uber.org/goleak"
)

// start starts a server and checks that nothing of it is left.
func start(t *testing.T) *Server {
	leaks := goleak.IgnoreCurrent()
	t.Cleanup(func() { goleak.VerifyNone(t, leaks) })
	return New(t)
}

// answered is what a call was answered with.
type answered struct {
	status int
	header http.Header
	text   string
	body   map[string]any
}

// send posts args as JSON. It fails the test only if there is no answer, and
// not even then if that is wanted.
func send(t *testing.T, s *Server, address, token string, args map[string]any) (answered, error) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, address, bytes.NewReader(encode(args)))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/json; charset=utf-8")
	if token != "" {
		req.Header.Set("Authorization", "Bearer "+token)
	}
	res, err := s.Client().Do(req)
	if err != nil {
		return answered{}, err
	}
	defer res.Body.Close()
	data, err := io.ReadAll(res.Body)
	if err != nil {
		return answered{}, err
	}
	a := answered{status: res.StatusCode, header: res.Header, text: string(data)}
	_ = json.Unmarshal(data, &a.body) // not all of it is JSON
	return a, nil
}

func call(t *testing.T, s *Server, name, token string, args map[string]any) answered {
	t.Helper()
	a, err := send(t, s, s.URL()+name, token, args)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// plain is a message without faults.
func plain(channel, text string, blocks ...any) map[string]any {
	m := map[string]any{"channel": channel, "text": text, "unfurl_links": false, "unfurl_media": false}
	if len(blocks) > 0 {
		m["blocks"] = blocks
	}
	return m
}

func TestTokens(t *testing.T) {
	s := start(t)
	for token, want := range map[string]any{
		"": "not_authed", BotToken: nil, "xoxb-other": "invalid_auth", AppToken: "not_allowed_token_type",
	} {
		if a := call(t, s, "auth.test", token, nil); a.body["error"] != want || a.body["ok"] != (want == nil) {
			t.Errorf("%q: %s", token, a.text)
		}
	}
	s.Scopes("chat:write")
	if got := call(t, s, "auth.test", BotToken, nil).header.Get("X-OAuth-Scopes"); got != "chat:write" {
		t.Errorf("scopes are %q", got)
	}
	if a := call(t, s, "apps.connections.open", BotToken, nil); a.body["error"] != "not_allowed_token_type" {
		t.Error(a.text)
	}
	form := url.Values{"token": {AppToken}}
	res, err := s.Client().Do(must(http.NewRequestWithContext(t.Context(), http.MethodPost, s.URL()+"apps.connections.open", strings.NewReader(form.Encode()))))
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	if body, _ := io.ReadAll(res.Body); !bytes.Contains(body, []byte("not_authed")) {
		t.Errorf("a token in the form: %s", body)
	}
	if a := call(t, s, "chat.unheardOf", BotToken, nil); a.body["error"] != "unknown_method" || len(s.Violations()) != 1 {
		t.Error(a.text)
	}
	if calls := s.Calls("auth.test"); len(calls) != 5 || calls[0].Arg("token") != "" {
		t.Errorf("the journal has %+v", calls)
	}
}

func must(r *http.Request, err error) *http.Request {
	if err != nil {
		panic(err)
	}
	return r
}

func TestMessages(t *testing.T) {
	s := start(t)
	ts := call(t, s, "chat.postMessage", BotToken, plain("C1", "one")).body["ts"]
	call(t, s, "chat.postEphemeral", BotToken, merge(plain("C1", "two"), "user", "U1"))
	call(t, s, "chat.update", BotToken, merge(plain("C1", "three"), "ts", ts))
	call(t, s, "views.publish", BotToken, map[string]any{"user_id": "U1", "view": map[string]any{"type": "home", "blocks": []any{section("four")}}})
	var got []string
	for range 4 {
		p := s.Post(t.Context())
		got = append(got, p.Method+" "+p.Channel+" "+p.User+" "+p.Visible())
	}
	want := []string{"chat.postMessage C1  one", "chat.postEphemeral C1 U1 two", "chat.update C1  three", "views.publish  U1 four"}
	if !slices.Equal(got, want) || len(s.Sent("chat.update")) != 1 || len(s.Sent()) != 4 {
		t.Errorf("got %q", got)
	}
}

func merge(m map[string]any, name string, v any) map[string]any {
	m[name] = v
	return m
}

func TestResponseURL(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := InMemory(t)
		use := func(e Envelope) string {
			a, err := send(t, s, e.ResponseURL, "", plain("", "hello"))
			if err != nil {
				t.Fatal(err)
			}
			return http.StatusText(a.status) + " " + a.text
		}
		e := s.SlashCommand("U1", "C1", "/framework", "laravel")
		for range mostUses {
			if got := use(e); got != "OK ok" {
				t.Fatal(got)
			}
		}
		if got := use(e); !strings.HasPrefix(got, "Not Found") || !strings.Contains(got, "used_url") {
			t.Error(got)
		}
		old := s.MessageShortcut("U1", "C1", "callback", "text")
		<-time.After(goodFor + time.Second)
		other := s.BlockAction("U1", Target{Channel: "C1"}, Element{ActionID: "a"})
		s.Expire(other.ResponseURL)
		for _, e := range []Envelope{old, other} {
			if got := use(e); !strings.HasPrefix(got, "Not Found") || !strings.Contains(got, "expired_url") {
				t.Error(got)
			}
		}
		if p := s.Post(t.Context()); p.Method != "response_url" || p.Channel != "C1" || p.ResponseURL != e.ResponseURL {
			t.Errorf("%+v", p)
		}
		if _, err := send(t, s, e.ResponseURL, BotToken, plain("", "hello")); err != nil {
			t.Fatal(err)
		}
	})
}

func TestFaults(t *testing.T) {
	s := start(t)
	post := func(channel string) (answered, error) {
		return send(t, s, s.URL()+"chat.postMessage", BotToken, plain(channel, "hello"))
	}
	status := func(channel string) int {
		a, err := post(channel)
		if err != nil {
			t.Fatal(err)
		}
		return a.status
	}
	s.Fail("chat.postMessage", Fault{Status: 429, RetryAfter: "7", Channel: "C1", Times: 2})
	if a, _ := post("C1"); a.status != 429 || a.header.Get("Retry-After") != "7" {
		t.Errorf("%+v", a)
	}
	if got := []int{status("C2"), status("C1"), status("C1")}; !slices.Equal(got, []int{200, 429, 200}) {
		t.Error(got)
	}
	s.Fail("chat.postMessage", Fault{Error: "not_in_channel", Times: -1})
	for range 3 {
		if a, _ := post("C1"); a.body["error"] != "not_in_channel" {
			t.Error(a.text)
		}
	}
	s.Recover("chat.postMessage")
	before := len(s.Sent())
	s.Fail("chat.postMessage", Fault{Reset: true, Did: true})
	if _, err := post("C1"); err == nil || len(s.Sent()) != before+1 {
		t.Errorf("%v, %d posted", err, len(s.Sent())-before)
	}
	s.Fail("chat.postMessage", Fault{Status: 500, Body: "sorry"})
	if a, _ := post("C1"); a.status != 500 || a.text != "sorry" {
		t.Errorf("%+v", a)
	}
}

func TestSlowAnswers(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := InMemory(t)
		s.Fail("auth.test", Fault{Delay: 2 * time.Second})
		begun := time.Now()
		if a := call(t, s, "auth.test", BotToken, nil); a.body["ok"] != true || time.Since(begun) != 2*time.Second {
			t.Errorf("%s after %v", a.text, time.Since(begun))
		}
		s.Fail("auth.test", Fault{Hang: true})
		ctx, cancel := context.WithTimeout(t.Context(), time.Hour)
		defer cancel()
		req := must(http.NewRequestWithContext(ctx, http.MethodPost, s.URL()+"auth.test", nil))
		if res, err := s.Client().Do(req); err == nil {
			res.Body.Close()
			t.Error("there is an answer")
		}
		s.LimitChannels()
		var got []int
		for _, channel := range []string{"C1", "C1", "C2"} {
			got = append(got, call(t, s, "chat.postMessage", BotToken, plain(channel, "hello")).status)
		}
		<-time.After(time.Second)
		if got = append(got, call(t, s, "chat.postMessage", BotToken, plain("C1", "hello")).status); !slices.Equal(got, []int{200, 429, 200, 200}) {
			t.Error(got)
		}
	})
}
