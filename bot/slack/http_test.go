package slack

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strconv"
	"strings"
	"testing"
	"time"

	"frameworkbot/bot"
	"frameworkbot/bot/slack/slacktest"
)

const secret = slacktest.SigningSecret

// sign signs a body as Slack does.
func sign(secret, timestamp, body string) string {
	mac := hmac.New(sha256.New, []byte(secret))
	mac.Write([]byte("v0:" + timestamp + ":" + body))
	return "v0=" + hex.EncodeToString(mac.Sum(nil))
}

// signedRequest is a request of Slack's, at that distance from now.
func signedRequest(body, contentType string, ago time.Duration) *http.Request {
	r := httptest.NewRequestWithContext(context.Background(), http.MethodPost, "/slack", strings.NewReader(body))
	at := strconv.FormatInt(time.Now().Add(-ago).Unix(), 10)
	r.Header.Set("Content-Type", contentType)
	r.Header.Set("X-Slack-Request-Timestamp", at)
	r.Header.Set("X-Slack-Signature", sign(secret, at, body))
	return r
}

const (
	asJSON = "application/json"
	asForm = "application/x-www-form-urlencoded"
)

// open is a platform that takes requests, without a network.
func open(t testing.TB, h bot.HandlerFunc) *Slack {
	t.Helper()
	cfg, faults := Config{Mode: HTTP, BotToken: bot.NewSecret("xoxb-canary"), SigningSecret: bot.NewSecret(secret), APIURL: "http://127.0.0.1:1/"}.Check()
	if len(faults) > 0 {
		t.Fatal(faults)
	}
	s := New(cfg, slog.New(slog.DiscardHandler))
	handler := bot.Handler(h)
	s.handler.Store(&handler)
	close(s.begun)
	return s
}

func echoes(_ context.Context, m *bot.Message) (*bot.Answer, error) {
	return &bot.Answer{Kind: bot.PageKind, Title: "Answer", Text: "you said " + m.Text}, nil
}

// served is what the bot answered.
type served struct {
	status int
	body   string
}

func serve(s *Slack, r *http.Request) served {
	w := httptest.NewRecorder()
	s.ServeHTTP(w, r)
	return served{w.Code, w.Body.String()}
}

func TestSignatures(t *testing.T) {
	s := open(t, echoes)
	const body = `{"type":"event_callback","event":{"type":"unknown"}}`
	for name, test := range map[string]struct {
		change func(*http.Request)
		ago    time.Duration
		want   int
	}{
		"valid":                {nil, 0, 200},
		"four minutes old":     {nil, 4 * time.Minute, 200},
		"six minutes old":      {nil, 6 * time.Minute, 401},
		"six minutes ahead":    {nil, -6 * time.Minute, 401},
		"ten years old":        {nil, 10 * 365 * 24 * time.Hour, 401},
		"no signature":         {func(r *http.Request) { r.Header.Del("X-Slack-Signature") }, 0, 401},
		"no timestamp":         {func(r *http.Request) { r.Header.Del("X-Slack-Request-Timestamp") }, 0, 401},
		"timestamp no number":  {func(r *http.Request) { r.Header.Set("X-Slack-Request-Timestamp", "now") }, 0, 401},
		"timestamp overflows":  {func(r *http.Request) { r.Header.Set("X-Slack-Request-Timestamp", "99999999999999999999") }, 0, 401},
		"two signatures":       {func(r *http.Request) { r.Header.Add("X-Slack-Signature", r.Header.Get("X-Slack-Signature")) }, 0, 401},
		"capital hexadecimals": {func(r *http.Request) { capitals(r) }, 0, 401},
		"another version":      {func(r *http.Request) { swap(r, "v0=", "v1=") }, 0, 401},
		"cut short":            {func(r *http.Request) { r.Header.Set("X-Slack-Signature", r.Header.Get("X-Slack-Signature")[:60]) }, 0, 401},
		"body changed":         {func(r *http.Request) { r.Body = io.NopCloser(strings.NewReader(body + " ")) }, 0, 401},
		"another secret": {func(r *http.Request) {
			r.Header.Set("X-Slack-Signature", sign("other", r.Header.Get("X-Slack-Request-Timestamp"), body))
		}, 0, 401},
		"GET": {func(r *http.Request) { r.Method = http.MethodGet }, 0, 405},
		"PUT": {func(r *http.Request) { r.Method = http.MethodPut }, 0, 405},
	} {
		t.Run(name, func(t *testing.T) {
			r := signedRequest(body, asJSON, test.ago)
			if test.change != nil {
				test.change(r)
			}
			if got := serve(s, r).status; got != test.want {
				t.Errorf("status %d, want %d", got, test.want)
			}
		})
	}
}

func capitals(r *http.Request) {
	got := r.Header.Get("X-Slack-Signature")
	r.Header.Set("X-Slack-Signature", "v0="+strings.ToUpper(strings.TrimPrefix(got, "v0=")))
}

func swap(r *http.Request, from, to string) {
	r.Header.Set("X-Slack-Signature", strings.Replace(r.Header.Get("X-Slack-Signature"), from, to, 1))
}

// TestSignedIsTakenWell: what is signed and of no use gets a good status, or
// Slack would switch the app's events off.
func TestSignedIsTakenWell(t *testing.T) {
	s := open(t, echoes)
	for name, body := range map[string]string{
		"no JSON":           "{",
		"a list":            "[]",
		"null":              "null",
		"empty":             "",
		"event of a list":   `{"type":"event_callback","event":[1]}`,
		"user is an object": `{"type":"event_callback","event":{"type":"team_join","user":{"id":"U1"}}}`,
		"unknown workspace": `{"type":"event_callback","team_id":"T404","event":{"type":"reaction_added"}}`,
		"rate limited":      `{"type":"app_rate_limited","team_id":"T1"}`,
		"bad form":          "%zz",
		"payload no JSON":   "payload=" + url.QueryEscape("{{"),
		"payload unknown":   "payload=" + url.QueryEscape(`{"type":"dialog_submission"}`),
		"nothing pressed":   "payload=" + url.QueryEscape(`{"type":"block_actions","actions":[]}`),
	} {
		for _, contentType := range []string{asJSON, asForm, "", "text/plain"} {
			t.Run(name+"/"+contentType, func(t *testing.T) {
				if got := serve(s, signedRequest(body, contentType, 0)).status; got != http.StatusOK {
					t.Errorf("status %d", got)
				}
			})
		}
	}
}

func TestAddressIsVerified(t *testing.T) {
	s := open(t, echoes)
	res := serve(s, signedRequest(`{"type":"url_verification","challenge":"abc<>"}`, asJSON, 0))
	var got map[string]string
	if err := json.Unmarshal([]byte(res.body), &got); err != nil || got["challenge"] != "abc<>" {
		t.Errorf("got %v, %v", got, err)
	}
	for _, r := range []*http.Request{
		httptest.NewRequestWithContext(context.Background(), http.MethodGet, "/slack/commands?ssl_check=1", nil),
		httptest.NewRequestWithContext(context.Background(), http.MethodPost, "/slack/commands", strings.NewReader("ssl_check=1")),
		signedRequest("ssl_check=1&token=x", asForm, 0),
	} {
		if got := serve(s, r).status; got != http.StatusOK {
			t.Errorf("%s %s: status %d", r.Method, r.URL, got)
		}
	}
}

func TestLargeBodiesAreRefusedUnread(t *testing.T) {
	s := open(t, echoes)
	r := httptest.NewRequestWithContext(context.Background(), http.MethodPost, "/slack", io.LimitReader(zeros{}, 64<<20))
	if got := serve(s, r).status; got != http.StatusRequestEntityTooLarge {
		t.Errorf("status %d", got)
	}
}

type zeros struct{}

func (zeros) Read(b []byte) (int, error) { return len(b), nil }

// TestClosed: before Run and after it, events are to be sent again, and who
// types a command is told.
func TestClosed(t *testing.T) {
	s := open(t, echoes)
	s.handler.Store(nil)
	event := signedRequest(`{"type":"event_callback","event":{"type":"app_mention"}}`, asJSON, 0)
	if got := serve(s, event).status; got != http.StatusServiceUnavailable {
		t.Errorf("an event got status %d", got)
	}
	res := serve(s, signedRequest("command=%2Fframework&text=laravel", asForm, 0))
	if res.status != http.StatusOK || !strings.Contains(res.body, "try again") {
		t.Errorf("a command got status %d, %s", res.status, res.body)
	}
}

func TestCommandIsAnsweredInTheResponse(t *testing.T) {
	s := open(t, echoes)
	form := url.Values{"command": {"/framework"}, "text": {"laravel <@U1>"}, "team_id": {"T1"}, "user_id": {"U1"}, "trigger_id": {"1.2"}, "is_enterprise_install": {"false"}}.Encode()
	res := serve(s, signedRequest(form, asForm, 0))
	var got struct {
		ResponseType string            `json:"response_type"`
		Text         string            `json:"text"`
		Blocks       []json.RawMessage `json:"blocks"`
	}
	if err := json.Unmarshal([]byte(res.body), &got); err != nil {
		t.Fatal(err)
	}
	if got.ResponseType != ephemeral || !strings.Contains(got.Text, "you said laravel") || len(got.Blocks) == 0 {
		t.Errorf("got %+v", got)
	}
	again := serve(s, signedRequest(form, asForm, 0))
	if again.status != http.StatusOK || again.body != "" {
		t.Errorf("a replay got status %d, %q", again.status, again.body)
	}
}

func FuzzSigned(f *testing.F) {
	f.Add("payload=%7B%22type%22%3A%22block_actions%22%7D", asForm)
	f.Add(`{"type":"event_callback"}`, asJSON)
	f.Fuzz(func(t *testing.T, body, contentType string) {
		s := open(t, echoes)
		if got := serve(s, signedRequest(body, contentType, 0)).status; got != http.StatusOK && got != http.StatusServiceUnavailable {
			t.Errorf("status %d", got)
		}
	})
}
