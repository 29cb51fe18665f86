package discord

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/bwmarrin/discordgo"

	"frameworkbot/bot"
	"frameworkbot/bot/discord/discordtest"
)

// send makes a request to the bot, and returns the status and the body.
func (s *scene) send(r *http.Request) (int, string) {
	s.t.Helper()
	res, err := s.client().Do(r)
	if err != nil {
		s.t.Fatal(err)
	}
	defer res.Body.Close()
	data, _ := io.ReadAll(res.Body)
	if res.StatusCode == http.StatusOK && res.Header.Get("Content-Type") != "application/json" {
		s.t.Errorf("Content-Type is %q", res.Header.Get("Content-Type"))
	}
	return res.StatusCode, strings.TrimSpace(string(data))
}

const endpoint = "http://bot.invalid/discord/interactions"

func TestForgeriesAreRefused(t *testing.T) {
	var l asked
	s := newScene(t, HTTP, l.parrot)
	for name, body := range map[string][]byte{
		"command": s.Command("framework", discordtest.Option("name", "laravel")).Body(), "ping": discordtest.Ping(),
	} {
		for _, f := range s.Forgeries(endpoint, body) {
			if status, said := s.send(f.Request); status != http.StatusUnauthorized {
				t.Errorf("%s, %s: status %d: %s", name, f.Name, status, said)
			}
		}
		twice := s.Signed(endpoint, body, time.Now())
		twice.Header.Add("X-Signature-Ed25519", twice.Header.Get("X-Signature-Ed25519"))
		if status, _ := s.send(twice); status != http.StatusUnauthorized {
			t.Errorf("%s with two signatures: status %d", name, status)
		}
	}
	if _, n := l.last(); n > 0 {
		t.Errorf("%d forgeries were answered", n)
	}
}

func TestPing(t *testing.T) {
	s := newScene(t, HTTP, parrot)
	ping := discordtest.Ping()
	for range 2 { // Discord tries as often as it wants
		if status, body := s.send(s.Signed(endpoint, ping, time.Now())); status != http.StatusOK || body != `{"type":1}` {
			t.Errorf("status %d: %s", status, body)
		}
	}
	for name, skew := range map[string]time.Duration{"a little late": -4 * time.Minute, "a little early": 4 * time.Minute} {
		if status, _ := s.send(s.Signed(endpoint, discordtest.Ping(), time.Now().Add(skew))); status != http.StatusOK {
			t.Errorf("%s: status %d", name, status)
		}
	}
}

func TestOddRequests(t *testing.T) {
	s := newScene(t, HTTP, parrot)
	signed := func(body string) *http.Request { return s.Signed(endpoint, []byte(body), time.Now()) }
	get, err := http.NewRequestWithContext(t.Context(), http.MethodGet, endpoint, http.NoBody)
	if err != nil {
		t.Fatal(err)
	}
	for name, test := range map[string]struct {
		request *http.Request
		status  int
	}{
		"get":                {get, http.StatusMethodNotAllowed},
		"empty":              {signed(""), http.StatusBadRequest},
		"no JSON":            {signed("{"), http.StatusBadRequest},
		"a list":             {signed("[]"), http.StatusBadRequest},
		"a number":           {signed("5"), http.StatusBadRequest},
		"two objects":        {signed(`{"type":1}{"type":1}`), http.StatusBadRequest},
		"blank before":       {signed(` {"type":1}`), http.StatusBadRequest},
		"no ID":              {signed(`{"type":2}`), http.StatusBadRequest},
		"nothing":            {signed(`{}`), http.StatusBadRequest},
		"odd types":          {signed(`{"type":"2","id":7,"data":[]}`), http.StatusBadRequest},
		"unknown type":       {signed(`{"type":9,"id":"7"}`), http.StatusBadRequest},
		"too large":          {signed(`{"type":1,"x":"` + strings.Repeat("x", maxBody) + `"}`), http.StatusRequestEntityTooLarge},
		"as large as may be": {signed(`{"type":1,"x":"` + strings.Repeat("x", maxBody-17) + `"}`), http.StatusOK},
	} {
		if status, body := s.send(test.request); status != test.status {
			t.Errorf("%s: status %d, want %d: %s", name, status, test.status, body)
		}
	}
}

// flood is a body without an end.
type flood struct{ read int }

func (f *flood) Read(p []byte) (int, error) {
	f.read += len(p)
	return len(p), nil
}

func TestFloodIsCut(t *testing.T) {
	s := newScene(t, HTTP, parrot)
	body := &flood{}
	r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, endpoint, body)
	w := httptest.NewRecorder()
	s.bot.ServeHTTP(w, r)
	if w.Code != http.StatusUnauthorized || body.read > 0 {
		t.Errorf("without a signature: status %d after %d bytes", w.Code, body.read)
	}
	r.Header.Set("X-Signature-Ed25519", strings.Repeat("00", 64))
	r.Header.Set("X-Signature-Timestamp", strconv.FormatInt(time.Now().Unix(), 10))
	w = httptest.NewRecorder()
	s.bot.ServeHTTP(w, r)
	if w.Code != http.StatusRequestEntityTooLarge || body.read > 2*maxBody {
		t.Errorf("status %d after %d bytes", w.Code, body.read)
	}
}

// TestClosedWhileNotRunning: before Run and after it ended. A request that comes
// a moment too early waits.
func TestClosedWhileNotRunning(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := prepareScene(t, discordtest.NewInMemory(t), HTTP)
		status := func() int {
			got, _ := s.send(s.Signed(endpoint, discordtest.Ping(), time.Now()))
			return got
		}
		if got := status(); got != http.StatusServiceUnavailable {
			t.Errorf("before: status %d", got)
		}
		early := make(chan int, 1)
		go func() { early <- status() }()
		time.Sleep(startWithin / 2) // of the bubble
		s.run(parrot)
		if got := <-early; got != http.StatusOK {
			t.Errorf("a moment before: status %d", got)
		}
		if got := status(); got != http.StatusOK {
			t.Errorf("while it runs: status %d", got)
		}
		s.finish()
		if got := status(); got != http.StatusServiceUnavailable {
			t.Errorf("after: status %d", got)
		}
		for _, f := range s.Forgeries(endpoint, discordtest.Ping()) {
			if got, _ := s.send(f.Request); got != http.StatusUnauthorized {
				t.Errorf("%s: status %d", f.Name, got)
			}
		}
	})
}

// TestPingBeforeTheTokenIsChecked: Discord wants an answer at once when the
// address is set, whatever its API does meanwhile.
func TestPingBeforeTheTokenIsChecked(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := prepareScene(t, discordtest.NewInMemory(t), HTTP)
		s.FailAlways("GET /users/@me", discordtest.BadGateway())
		s.run(parrot)
		synctest.Wait()
		in := s.Command("framework", discordtest.Option("name", "laravel"))
		if s.do(in); !strings.Contains(s.Answer(in).Text(), "you said laravel") {
			t.Errorf("got %q", s.Answer(in).Text())
		}
		s.Mend()
	})
}

// TestRequestThatEnds: who does not wait gets nothing, and holds nothing up.
func TestRequestThatEnds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newSceneInMemory(t, HTTP, func(ctx context.Context, m *bot.Message) (*bot.Answer, error) {
			time.Sleep(2 * time.Second) // of the bubble
			return parrot(ctx, m)
		})
		in := s.Command("framework", discordtest.Option("name", "laravel"))
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		if status, _ := s.send(s.Signed(endpoint, in.Body(), time.Now()).WithContext(ctx)); status != http.StatusServiceUnavailable {
			t.Errorf("status %d", status)
		}
		s.finish()
		if n := len(s.Requests("PATCH /webhooks/*/*/messages/@original")); n > 0 {
			t.Error("an answer follows a deferral that nobody got")
		}
	})
}

// hangsUp is a response to somebody who ends the request once it is there.
type hangsUp struct {
	*httptest.ResponseRecorder
	end context.CancelFunc
}

// Flush implements [http.Flusher].
func (w hangsUp) Flush() {
	w.ResponseRecorder.Flush()
	w.end()
	<-time.After(time.Millisecond) // of the bubble: all that follows from the end has happened
}

// TestRequestThatEndsWithItsResponse: what was promised in the response is done.
func TestRequestThatEndsWithItsResponse(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newSceneInMemory(t, HTTP, parrot)
		in := s.Press(s.public(), press{do: doDelete, user: discordtest.UserID}.encode(), nil)
		ctx, end := context.WithCancel(t.Context())
		defer end()
		w := hangsUp{httptest.NewRecorder(), end}
		s.bot.ServeHTTP(w, s.Signed(endpoint, in.Body(), time.Now()).WithContext(ctx))
		if w.Code != http.StatusOK {
			t.Errorf("status %d", w.Code)
		}
		s.finish()
		if len(s.Requests("DELETE /webhooks/*/*/messages/@original")) == 0 {
			t.Error("the deletion was promised and not done")
		}
		s.Violations() // the callback is not known: it went elsewhere
	})
}

// FuzzSignature holds the verifier against discordgo's: it accepts nothing that
// that one refuses, and whatever that one accepts if it is of now.
func FuzzSignature(f *testing.F) {
	public, private, err := ed25519.GenerateKey(bytes.NewReader(bytes.Repeat([]byte("seed"), 8)))
	if err != nil {
		f.Fatal(err)
	}
	now := time.Unix(1_780_000_000, 0)
	body := []byte(`{"type":1}`)
	sign := func(stamp string, body []byte) string {
		return hex.EncodeToString(ed25519.Sign(private, append([]byte(stamp), body...)))
	}
	for _, stamp := range []string{"1780000000", "1779999700", "1780000301", "", "abc", "178000000", "-1", "+1780000000", "1780000000 ", "1e9", "01780000000"} {
		f.Add(sign(stamp, body), stamp, body, true)
		f.Add(strings.ToUpper(sign(stamp, body)), stamp, body, false)
	}
	f.Add(sign("1780000000", body), "178000000", append([]byte("0"), body...), false)
	f.Add("", "1780000000", body, false)
	f.Add("00", "1780000000", body, false)
	f.Add(strings.Repeat("zz", 64), "1780000000", body, false)
	f.Fuzz(func(t *testing.T, signature, stamp string, body []byte, good bool) {
		if good { // a forger does not find one by chance
			signature = sign(stamp, body)
		}
		h := http.Header{}
		h.Set("X-Signature-Ed25519", signature)
		h.Set("X-Signature-Timestamp", stamp)
		r := &http.Request{Header: h, Body: io.NopCloser(bytes.NewReader(body))}
		theirs := discordgo.VerifyInteraction(r, public)
		ours := isSigned(public, h, body, now)
		seconds, err := strconv.ParseInt(stamp, 10, 64)
		isNow := err == nil && timestamp.MatchString(stamp) && now.Sub(time.Unix(seconds, 0)).Abs() <= maxSkew
		if want := theirs && isNow; ours != want {
			t.Errorf("%q at %q over %q: %v, want %v", signature, stamp, body, ours, want)
		}
	})
}

// TestVerifierNeedsAKey: discordgo's panics.
func TestVerifierNeedsAKey(t *testing.T) {
	stamp := strconv.FormatInt(time.Now().Unix(), 10)
	h := http.Header{"X-Signature-Ed25519": {strings.Repeat("00", 64)}, "X-Signature-Timestamp": {stamp}}
	for _, key := range []ed25519.PublicKey{nil, {}, make([]byte, 31), make([]byte, 33)} {
		if isSigned(key, h, nil, time.Now()) {
			t.Errorf("a key of %d bytes verifies", len(key))
		}
	}
}

// FuzzInteraction: whatever is signed, the bot answers and lives.
func FuzzInteraction(f *testing.F) {
	d := New(Config{Mode: HTTP, Token: bot.NewSecret("x.y.z"), APIURL: "http://127.0.0.1:1/api", Suggest: shelf{}}, quietLog())
	var h bot.Handler = bot.HandlerFunc(parrot)
	d.handler.Store(&h)
	close(d.begun)
	for _, kind := range []int{2, 3, 4, 5} {
		f.Add(fmt.Sprintf(`{"type":%d,"data":{"type":1,"name":"framework","options":[{"name":"name","value":"laravel","focused":true}]}}`, kind))
		f.Add(fmt.Sprintf(`{"type":%d,"data":{"type":3,"target_id":"5","resolved":{"messages":{"5":{"content":"x"}}}}}`, kind))
		f.Add(fmt.Sprintf(`{"type":%d,"data":{"custom_id":"ask|page:laravel","values":["x"]},"message":{"id":"1","flags":64,"components":[{"content":"You asked: “x”"}]}}`, kind))
	}
	f.Add(`{"type":2,"data":null,"member":[],"user":7,"message":"x","context":"y","authorizing_integration_owners":[]}`)
	f.Fuzz(func(t *testing.T, text string) {
		var fields map[string]any
		if json.Unmarshal([]byte(text), &fields) != nil || fields == nil {
			return
		}
		data, _ := fields["data"].(map[string]any)
		if custom, _ := data["custom_id"].(string); strings.HasPrefix(custom, "share") || strings.HasPrefix(custom, "post") || strings.HasPrefix(custom, "delete") {
			return // needs Discord
		}
		fields["id"] = discordtest.Snowflake()
		body, err := json.Marshal(fields)
		if err != nil {
			return
		}
		w := httptest.NewRecorder()
		d.signed(w, httptest.NewRequestWithContext(t.Context(), http.MethodPost, endpoint, http.NoBody), body)
		if w.Code != http.StatusOK && w.Code != http.StatusBadRequest {
			t.Errorf("status %d for %s", w.Code, text)
		}
		if w.Code == http.StatusOK && !json.Valid(w.Body.Bytes()) {
			t.Errorf("answered %s", w.Body)
		}
	})
}
