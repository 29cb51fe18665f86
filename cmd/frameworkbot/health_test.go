package main

import (
	"context"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestHealthURL(t *testing.T) {
	for _, test := range []struct{ listen, at, want string }{
		{"", "/readyz", "http://127.0.0.1:9090/readyz"},
		{":9191", "/readyz", "http://127.0.0.1:9191/readyz"},
		{"0.0.0.0:9191", "/healthz", "http://127.0.0.1:9191/healthz"},
		{"[::]:9191", "/readyz", "http://[::1]:9191/readyz"},
		{"10.1.2.3:9191", "/readyz", "http://10.1.2.3:9191/readyz"},
		{"localhost:9191", "/readyz", "http://localhost:9191/readyz"},
		{":9191", "http://127.0.0.1:8080/x", "http://127.0.0.1:8080/x"},
		{":9191", "https://bot.example.com/readyz", "https://bot.example.com/readyz"},
	} {
		if got, err := healthURL(test.listen, test.at); err != nil || got != test.want {
			t.Errorf("%q and %q: asks at %q (%v), want %q", test.listen, test.at, got, err, test.want)
		}
	}
	for _, test := range []struct{ listen, at, want string }{
		{"off", "/readyz", `ops.listen is "off"`},
		{"", "ftp://127.0.0.1/", "it must be an address"},
		{"", "http:///readyz", "it must be an address"},
		{"", "http://[::1/readyz", "it must be an address"},
	} {
		if got, err := healthURL(test.listen, test.at); code(err) != exitWrong || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%q and %q: %q and the error %v, want one with %q", test.listen, test.at, got, err, test.want)
		}
	}
}

// asked is a bot that gives one answer to all who ask.
func asked(t *testing.T, answer http.HandlerFunc) string {
	t.Helper()
	server := httptest.NewServer(answer)
	t.Cleanup(server.Close)
	return server.URL
}

func TestHealth(t *testing.T) {
	t.Setenv("HTTP_PROXY", "http://127.0.0.1:1") // never used
	well := asked(t, func(w http.ResponseWriter, r *http.Request) { _, _ = w.Write([]byte(r.URL.Path + " ok\n")) })
	ill := asked(t, func(w http.ResponseWriter, _ *http.Request) {
		http.Error(w, "slack: reconnecting since 12:00", http.StatusServiceUnavailable)
	})
	moved := asked(t, func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, well, http.StatusFound) })
	broken := asked(t, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Length", "100")
		_, _ = w.Write([]byte("half"))
	})
	for name, test := range map[string]struct {
		args      []string
		code      int
		out, errs string
	}{
		"well":      {[]string{"--url", well + "/readyz"}, 0, "/readyz ok\n", ""},
		"ill":       {[]string{"--url", ill}, exitNo, "slack: reconnecting since 12:00\n", "frameworkbot: not well: 503 Service Unavailable\n"},
		"moved":     {[]string{"--url", moved}, exitNo, "Found", "not well: 302 Found"},
		"broken":    {[]string{"--url", broken}, exitNo, "half", "the answer broke off: unexpected EOF"},
		"no bot":    {[]string{"--url", "http://" + unused(t)}, exitNo, "", "nobody says how the bot is: dial tcp 127.0.0.1"},
		"no URL":    {[]string{"--url", "ftp://x"}, exitWrong, "", `--url is "ftp://x"`},
		"arguments": {[]string{"please"}, exitWrong, "", "See frameworkbot health --help."},
	} {
		t.Run(name, func(t *testing.T) {
			got := frameworkbot("", append([]string{"health"}, test.args...)...)
			if got.code != test.code || !strings.Contains(got.out, test.out) || !strings.Contains(got.errs, test.errs) {
				t.Errorf("ended with %d, printed %q and said %q, want %d, %q and %q", got.code, got.out, got.errs, test.code, test.out, test.errs)
			}
			if test.code == 0 && got.errs != "" {
				t.Errorf("all is well, and it said %q", got.errs)
			}
		})
	}
}

// TestHealthAsksWhereTheBotListens: the container's check has no flag for that.
func TestHealthAsksWhereTheBotListens(t *testing.T) {
	well := asked(t, func(w http.ResponseWriter, r *http.Request) { _, _ = w.Write([]byte(r.URL.Path)) })
	got := frameworkbotIn([]string{"FRAMEWORKBOT_OPS_LISTEN=" + strings.TrimPrefix(well, "http://")}, "", "health", "--url", "/healthz")
	if diff := cmp.Diff(outcome{0, "/healthz\n", ""}, got, cmp.AllowUnexported(outcome{})); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestHealthDoesNotWait: a bot that accepts and never answers is not well.
func TestHealthDoesNotWait(t *testing.T) {
	stuck := asked(t, func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() })
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
	defer cancel()
	err := newProgram(nil, nil, nil, nil).health(ctx, stuck)
	if code(err) != exitNo || !strings.Contains(err.Error(), "no answer within") {
		t.Errorf("it ended with %d and said %v", code(err), err)
	}
}

// unused is an address on which nobody listens.
func unused(t *testing.T) string {
	t.Helper()
	l, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}
