package bot_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"frameworkbot/bot"
)

// TestRedact has what errors of the platforms' clients look like. Every secret
// has the canary in it.
func TestRedact(t *testing.T) {
	const c = "CANARYcanary0123456789"
	for text, want := range map[string]string{
		"slack: invalid_auth":                                                   "slack: invalid_auth",
		"dial tcp 127.0.0.1:443: refused":                                       "dial tcp 127.0.0.1:443: refused",
		"open seeds/laravel.md: no such file":                                   "open seeds/laravel.md: no such file",
		"the bot understands nothing of this":                                   "the bot understands nothing of this",
		"HTTP 404 Not Found, {\"code\": 10062}":                                 "HTTP 404 Not Found, {\"code\": 10062}",
		"token: not_authed":                                                     "token: not_authed",
		"see https://docs.slack.dev":                                            "see https://docs.slack.dev",
		"see https://docs.slack.dev, or ask":                                    "see https://docs.slack.dev, or ask",
		"Get \"http://127.0.0.1:8080\": EOF":                                    "Get \"http://127.0.0.1:8080\": EOF",
		"bad token xoxb-1-2-" + c + " here":                                     "bad token [redacted] here",
		"xoxp-1-2-3-" + c:                                                       bot.Redacted,
		"XOXB-1-" + c:                                                           bot.Redacted,
		"t=xoxe.xoxp-1-" + c + ", t=xoxe-1-" + c:                                "t=[redacted], t=[redacted]",
		"xoxe.xoxb-1-" + c:                                                      bot.Redacted,
		"xoxa-2-" + c + " xoxs-" + c:                                            "[redacted] [redacted]",
		"d=xoxd-a%2Bb/" + c + "%3D":                                             "d=[redacted]",
		"xapp-1-A0B-1-" + c:                                                     bot.Redacted,
		"xwfp-" + c:                                                             bot.Redacted,
		"value_xoxb-1-" + c:                                                     "value_[redacted]",
		"Authorization: Bearer " + c:                                            "Authorization: Bearer [redacted]",
		"authorization: bearer a.b-" + c:                                        "authorization: bearer [redacted]",
		"Authorization:[Bot " + c + "." + c + "]":                               "Authorization:[Bot [redacted]]",
		"MTIzNDU2Nzg5MDEyMzQ1Njc4.GaBcDe." + c + "-_x is wrong":                 "[redacted] is wrong",
		"aW50ZXJhY3Rpb246" + c + "== is unknown":                                "[redacted] is unknown",
		"https://hooks.slack.com/commands/T1/22/" + c + " failed":               "https://hooks.slack.com/[redacted] failed",
		"post \"https://hooks.slack.com/actions/T1/22/" + c + "\": EOF":         "post \"https://hooks.slack.com/[redacted]\": EOF",
		`{"response_url":"https:\/\/hooks.slack.com\/commands\/T1\/` + c + `"}`: `{"response_url":"[redacted]"}`,
		`{"u":"https:\/\/hooks.slack.com\/commands\/T1\/` + c + `"}`:            `{"u":"https:\/\/hooks.slack.com/[redacted]"}`,
		"payload=https%3A%2F%2Fhooks.slack.com%2Fcommands%2F" + c + "&x=1":      "payload=https%3A%2F%2Fhooks.slack.com/[redacted]",
		"POST hooks.slack.com/services/T1/B1/" + c:                              "POST hooks.slack.com/[redacted]",
		"websocket: dial wss://wss-primary.slack.com/link/?ticket=" + c + "&app_id=1: bad": "websocket: dial wss://wss-primary.slack.com/[redacted] bad",
		"WSS://gateway.discord.gg?token=" + c:                                              "WSS://gateway.discord.gg/[redacted]",
		"wss://gateway.discord.gg/#" + c:                                                   "wss://gateway.discord.gg/[redacted]",
		"https://discord.com/api/v10/webhooks/123/" + c + "/messages/@original":            "https://discord.com/[redacted]",
		"https://discord.com/api/v10/interactions/123/" + c + "/callback gave 404":         "https://discord.com/[redacted] gave 404",
		"rate limit on /interactions/123/" + c + "/callback":                               "rate limit on /interactions/123/[redacted]",
		"rate limit on /webhooks/123/" + c:                                                 "rate limit on /webhooks/123/[redacted]",
		"https://user:" + c + "@proxy.example":                                             "https://proxy.example",
		"proxy http://" + c + "@10.0.0.1:3128/x?y":                                         "proxy http://10.0.0.1:3128/[redacted]",
		"http://[::1]:80/" + c:                                                             "http://[::1]:80/[redacted]",
		"token=" + c + "&ticket=" + c:                                                      "token=[redacted]&ticket=[redacted]",
		`{"token": "` + c + `", "client_secret":"` + c + `"}`:                              `{"token": "[redacted]", "client_secret":"[redacted]"}`,
	} {
		for _, err := range []error{errors.New(text), fmt.Errorf("%w", errors.New(text))} {
			got := bot.Redact(err)
			if got != want {
				t.Errorf("%s\nis shown as %s\nwant        %s", text, got, want)
			}
			if strings.Contains(strings.ToLower(got), "canary") {
				t.Errorf("shown: %s", got)
			}
		}
	}
	if got := bot.Redact(nil); got != "" {
		t.Errorf("no error is shown as %q", got)
	}
}

// TestRedactTwice: what was redacted stays as it is.
func TestRedactTwice(t *testing.T) {
	once := bot.Redact(errors.New("Bearer abcdefghijklmnopqrst https://a.example/b?token=c xoxb-1-2"))
	if twice := bot.Redact(errors.New(once)); twice != once {
		t.Errorf("%q is redacted to %q", once, twice)
	}
}

// TestRedactURLError: net/http says where a request went, which is the secret.
func TestRedactURLError(t *testing.T) {
	secret := "https://hooks.slack.com/commands/T1/2/" + canary + "?a b \"c\" " + canary
	at := &url.Error{Op: "Post", URL: secret, Err: io.ErrUnexpectedEOF}
	for name, err := range map[string]error{
		"plain":    at,
		"wrapped":  fmt.Errorf("respond to %s: %w", secret, at),
		"joined":   errors.Join(errors.New("first"), at),
		"redirect": &url.Error{Op: "Get", URL: secret, Err: at},
		"dialled":  &url.Error{Op: "Post", URL: secret, Err: &net.OpError{Op: "dial", Net: "tcp", Err: io.ErrUnexpectedEOF}},
	} {
		if got := bot.Redact(err); strings.Contains(got, canary) || !strings.Contains(got, io.ErrUnexpectedEOF.Error()) {
			t.Errorf("%s is shown as %q, want the reason alone", name, got)
		}
	}
	if got := bot.Redact(&url.Error{Op: "parse", URL: secret}); strings.Contains(got, canary) {
		t.Errorf("an error without a reason is shown as %q", got)
	}
}

// TestRedactRealErrors makes the errors that net/http and net/url really make.
func TestRedactRealErrors(t *testing.T) {
	var all []error
	for _, address := range []string{"https://a.example/" + canary + "\x00", "https://user:" + canary + "\x00@a.example/", "https://" + canary + ":x/"} {
		_, err := url.Parse(address)
		all = append(all, err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	for _, address := range []string{"http://127.0.0.1:1/" + canary + "?ticket=" + canary, "nosuch://a.example/" + canary} {
		req, err := http.NewRequestWithContext(ctx, http.MethodPost, address, http.NoBody)
		if err != nil {
			t.Fatal(err)
		}
		res, err := http.DefaultClient.Do(req)
		if err == nil {
			res.Body.Close()
		}
		all = append(all, err)
	}
	for _, err := range all {
		if err == nil || !strings.Contains(err.Error(), canary) {
			t.Fatalf("the error does not hold what is to be hidden: %v", err)
		}
		if got := bot.Redact(err); got == "" || strings.Contains(got, canary) {
			t.Errorf("%T is shown as %q", err, got)
		}
	}
}

func FuzzRedact(f *testing.F) {
	for _, text := range []string{"", "https://a.example/b", "xoxb-1", "Bearer ", "\xff", "https://https://a/b", `"token":"`} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		planted := text + " https://hooks.slack.com/commands/" + canary + " xoxb-1-" + canary + " wss://a.example/?ticket=" + canary
		if got := bot.Redact(errors.New(planted)); strings.Contains(got, canary) {
			t.Errorf("%q is shown as %q", planted, got)
		}
	})
}
