package slacktest

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strconv"
	"time"
)

// HTTP sends to the bot what Slack would send to its Request URLs.
type HTTP struct {
	server *Server
	client *http.Client
	base   string // of the bot's address: "http://127.0.0.1:3000"
	one    bool   // everything goes to /slack
}

// Over returns a sender to a bot that listens at base, an address without a path.
func (s *Server) Over(base string) *HTTP {
	transport := &http.Transport{MaxIdleConnsPerHost: 64}
	s.t.Cleanup(transport.CloseIdleConnections)
	return &HTTP{server: s, base: base, client: &http.Client{
		Transport:     transport,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}}
}

// Serve is Over for a handler, which it serves until the test ends.
func (s *Server) Serve(bot http.Handler) *HTTP {
	server := httptest.NewServer(bot)
	s.t.Cleanup(server.Close)
	return s.Over(server.URL)
}

// ToOnePath returns a sender that sends everything to /slack.
func (h *HTTP) ToOnePath() *HTTP {
	other := *h
	other.one = true
	return &other
}

// A Request is about to be signed and sent.
type Request struct {
	Path   string
	Header http.Header
	Body   []byte
	Time   time.Time // of the signature
	Secret string    // "" for no signature

	tamper bool
}

// A Response is what the bot answered.
type Response struct {
	Status int
	Header http.Header
	Body   []byte
	Took   time.Duration
}

// Expired signs six minutes ago: Slack wants that refused.
func Expired(r *Request) { r.Time = r.Time.Add(-6 * time.Minute) }

// Future signs six minutes ahead.
func Future(r *Request) { r.Time = r.Time.Add(6 * time.Minute) }

// Tampered changes the body after it was signed.
func Tampered(r *Request) { r.tamper = true }

// Padded adds that many blanks to the body, which is signed with them.
func Padded(blanks int) func(*Request) {
	return func(r *Request) { r.Body = append(bytes.Clone(r.Body), bytes.Repeat([]byte(" "), blanks)...) }
}

// Unsigned sends no signature.
func Unsigned(r *Request) { r.Secret = "" }

// Forged signs with another secret.
func Forged(r *Request) { r.Secret = "not the secret" }

// Send sends an envelope as Slack does over HTTP, signed, and changed.
func (h *HTTP) Send(ctx context.Context, e Envelope, changes ...func(*Request)) Response {
	h.server.t.Helper()
	path, kind, body := e.form()
	r := &Request{Path: path, Body: body, Header: http.Header{"Content-Type": {kind}}}
	if e.Retry > 0 {
		r.Header.Set("X-Slack-Retry-Num", strconv.Itoa(e.Retry))
		r.Header.Set("X-Slack-Retry-Reason", e.RetryReason)
	}
	res := h.Do(ctx, r, changes...)
	if res.Status == http.StatusOK && len(res.Body) > 0 && e.Type != "events_api" {
		h.server.said(e, "http", res.Body)
	}
	return res
}

// form is where an envelope goes over HTTP, and as what.
func (e Envelope) form() (path, contentType string, body []byte) {
	const form = "application/x-www-form-urlencoded"
	switch e.Type {
	case "slash_commands":
		fields := url.Values{}
		for name, v := range e.Payload {
			s, _ := v.(string)
			fields.Set(name, s)
		}
		return "/slack/commands", form, []byte(fields.Encode())
	case "interactive":
		path = "/slack/interactivity"
		if e.Payload["type"] == "block_suggestion" {
			path = "/slack/options"
		}
		return path, form, []byte(url.Values{"payload": {string(encode(e.Payload))}}.Encode())
	}
	return "/slack/events", "application/json", encode(e.Payload)
}

// URLVerification asks for the challenge back, as Slack does when the Request
// URL of events is set.
func (h *HTTP) URLVerification(ctx context.Context, challenge string, changes ...func(*Request)) Response {
	h.server.t.Helper()
	body := encode(map[string]any{"type": "url_verification", "token": "verification", "challenge": challenge})
	return h.Do(ctx, &Request{Path: "/slack/events", Body: body, Header: http.Header{"Content-Type": {"application/json"}}}, changes...)
}

// SSLCheck asks whether the certificate is good, without a signature.
func (h *HTTP) SSLCheck(ctx context.Context) Response {
	h.server.t.Helper()
	r := &Request{Path: "/slack/commands", Body: []byte("ssl_check=1"), Header: http.Header{"Content-Type": {"application/x-www-form-urlencoded"}}}
	return h.Do(ctx, r, Unsigned)
}

// Do changes a request, signs it and sends it.
func (h *HTTP) Do(ctx context.Context, r *Request, changes ...func(*Request)) Response {
	t := h.server.t
	t.Helper()
	r.Time, r.Secret = time.Now(), SigningSecret
	if h.one {
		r.Path = "/slack"
	}
	for _, change := range changes {
		change(r)
	}
	r.sign()
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, h.base+r.Path, bytes.NewReader(r.Body))
	if err != nil {
		t.Fatalf("slacktest: %v", err)
	}
	req.Header = r.Header
	begun := time.Now()
	res, err := h.client.Do(req)
	if err != nil {
		t.Fatalf("slacktest: the bot gave no answer: %v", err)
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatalf("slacktest: the bot's answer breaks off: %v", err)
	}
	return Response{Status: res.StatusCode, Header: res.Header, Body: body, Took: time.Since(begun)}
}

// sign adds the headers of a signature
// (https://docs.slack.dev/authentication/verifying-requests-from-slack).
func (r *Request) sign() {
	if r.Secret == "" {
		return
	}
	at := strconv.FormatInt(r.Time.Unix(), 10)
	mac := hmac.New(sha256.New, []byte(r.Secret))
	mac.Write([]byte("v0:" + at + ":"))
	mac.Write(r.Body)
	r.Header.Set("X-Slack-Request-Timestamp", at)
	r.Header.Set("X-Slack-Signature", "v0="+hex.EncodeToString(mac.Sum(nil)))
	if r.tamper {
		r.Body = append(bytes.Clone(r.Body), ' ')
	}
}

// encode is v as JSON.
func encode(v any) []byte {
	data, err := json.Marshal(v)
	if err != nil {
		panic(err) // a test's own payload
	}
	return data
}
